/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed into a search field, as words and digits, and as an expression for MATCH. Only
 * folded words get into it, each in quotes: they have nothing but letters and digits, so that no
 * sign a person types means anything to SQLite. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-phone.h"
#include "kontor-search-private.h"
#include <string.h>

#define MAX_TEXT_BYTES 1024
#define MAX_WORDS 16
#define MAX_WORD_BYTES 96
#define MIN_DIGITS 3
#define MAX_DIGITS 32
/* Threes of digits that are asked for, and how common each of them may be (see
 * kontor-search-rebuild.c): reading a longer list costs more than looking at the numbers. */
#define MAX_THREES 4
#define ENOUGH_COVERED 6
static const char most_common[MAX_THREES] = { 'z', 'z', 'r', 'q' };

static void
add_word (GPtrArray *words, const char *word, gsize length)
{
  g_autofree char *copy = NULL;

  if (words->len >= MAX_WORDS)
    return;
  /* A cut word is still the beginning of what was meant. */
  while (length > MAX_WORD_BYTES || (length > 0 && (word[length] & 0xc0) == 0x80))
    length--;
  copy = g_strndup (word, length);
  if (!g_ptr_array_find_with_equal_func (words, copy, g_str_equal, NULL))
    g_ptr_array_add (words, g_steal_pointer (&copy));
}

static gboolean
is_sign (const char *word, gsize length)
{
  return (guchar) word[0] >= 128 && g_utf8_next_char (word) == word + length &&
         g_unichar_iswide (g_utf8_get_char (word));
}

/* The words of what stands between two spaces. */
static void
add_chunk (KontorSearchQuery *self, const char *chunk)
{
  g_autofree char *folded = kontor_fold_search (chunk);
  const char *at = folded, *word;
  gboolean has_sign = FALSE;
  guint n = 0;
  gsize length;

  while ((word = kontor_search_next_word (&at, &length)) != NULL)
    {
      has_sign |= is_sign (word, length);
      n++;
      add_word (self->words, word, length);
    }
  if (has_sign && n > 1 && self->phrases->len < MAX_WORDS)
    g_ptr_array_add (self->phrases, g_steal_pointer (&folded));
}

/* Digits with what people put between them. */
static gboolean
is_digits (const char *chunk)
{
  return strspn (chunk, "+()-./0123456789") == strlen (chunk);
}

static char *
dup_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && digits->len < MAX_DIGITS; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free (digits, FALSE);
}

static void
add_number (KontorSearchQuery *self, const char *digits)
{
  if (strlen (digits) >= MIN_DIGITS &&
      !g_ptr_array_find_with_equal_func (self->numbers, digits, g_str_equal, NULL))
    g_ptr_array_add (self->numbers, g_strdup (digits));
}

/* By the rules of the country; where it is not said, as it was typed, and without what is dialled
 * before it. */
static void
take_phone (KontorSearchQuery *self, const char *text, const char *country)
{
  g_autofree char *typed = dup_digits (text);
  g_autofree char *digits = kontor_phone_digits (text, country);
  const char *code = kontor_phone_country_prefix (country);

  add_number (self, digits);
  self->longest = kontor_phone_longest (text);
  if (strchr (text, '+') == NULL)
    {
      add_number (self, typed);
      if (code != NULL && g_str_has_prefix (typed, code))
        add_number (self, typed + strlen (code));
      if (typed[0] == '0' || typed[0] == '8')
        add_number (self, typed + 1);
    }
  if (self->numbers->len == 0)
    g_ptr_array_set_size (self->others, 0);
}

static void
find_phone (KontorSearchQuery *self, const char *text, char **chunks, const char *country)
{
  g_autoptr(GString) phone = g_string_new (NULL);

  if (kontor_phone_looks_like (text))
    {
      take_phone (self, text, country);
      return;
    }
  for (guint i = 0; chunks[i] != NULL; i++)
    {
      g_autofree char *folded = NULL;
      const char *at, *word;
      gsize length;

      if (is_digits (chunks[i]))
        {
          g_string_append_printf (phone, " %s", chunks[i]);
          continue;
        }
      folded = kontor_fold_search (chunks[i]);
      at = folded;
      while ((word = kontor_search_next_word (&at, &length)) != NULL)
        add_word (self->others, word, length);
    }
  take_phone (self, phone->str, country);
}

/* Any white space there is becomes one blank. */
static char *
dup_blanked (const char *text)
{
  GString *out = g_string_new (NULL);
  gsize length = strnlen (text, MAX_TEXT_BYTES);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/**
 * kontor_search_query_init:
 * @self: (out caller-allocates): the question
 * @text: (nullable): what was typed
 * @country: the country phone numbers are dialled in
 */
void
kontor_search_query_init (KontorSearchQuery *self, const char *text, const char *country)
{
  g_autofree char *blanked = dup_blanked (text != NULL ? text : "");
  g_auto(GStrv) chunks = g_strsplit (blanked, " ", -1);

  self->longest = 0;
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->phrases = g_ptr_array_new_with_free_func (g_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; chunks[i] != NULL; i++)
    add_chunk (self, chunks[i]);
  find_phone (self, blanked, chunks, country);
}

/**
 * kontor_search_query_clear:
 * @self: a question
 */
void
kontor_search_query_clear (KontorSearchQuery *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
}

/* --- MATCH ---------------------------------------------------------------------------------- */

/**
 * kontor_search_is_letter:
 * @word: a folded word
 *
 * Returns: whether it is one letter or digit: so many words begin with it that they are not looked
 *   for by MATCH
 */
gboolean
kontor_search_is_letter (const char *word)
{
  return word[0] != '\0' && word[1] == '\0';
}

/**
 * kontor_search_is_long:
 * @word: a folded word
 *
 * Returns: whether it has more letters than the beginnings that are in the full-text indexes
 */
gboolean
kontor_search_is_long (const char *word)
{
  return g_utf8_strlen (word, -1) > KONTOR_SEARCH_INDEX_LETTERS;
}

/**
 * kontor_search_append_word:
 * @match: an expression for MATCH
 * @word: a folded word
 * @prefix: whether words that begin with it are meant
 */
void
kontor_search_append_word (GString *match, const char *word, gboolean prefix)
{
  g_string_append_printf (match, "\"%s\"%s", word, prefix ? "*" : "");
}

static char *
dup_cut (const char *word, glong max)
{
  return g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), max));
}

static void
append_beginning (GString *match, const char *word, glong max)
{
  g_autofree char *other = kontor_fold_other_prefix (word);
  g_autofree char *begun = dup_cut (word, max);
  g_autofree char *other_begun = other != NULL ? dup_cut (other, max) : NULL;

  if (other == NULL || strcmp (begun, other_begun) == 0)
    {
      kontor_search_append_word (match, begun, TRUE);
      return;
    }
  g_string_append_c (match, '(');
  kontor_search_append_word (match, begun, TRUE);
  g_string_append (match, " OR ");
  kontor_search_append_word (match, other_begun, TRUE);
  g_string_append_c (match, ')');
}

/**
 * kontor_search_append_prefix:
 * @match: an expression for MATCH
 * @word: a folded word that may not have been typed to its end
 *
 * Appends whatever words that begin as @word was typed begin with once they are folded.
 */
void
kontor_search_append_prefix (GString *match, const char *word)
{
  append_beginning (match, word, G_MAXLONG);
}

/**
 * kontor_search_make_match:
 * @words: (element-type utf8): folded words
 * @how: what is asked of them
 *
 * Returns: (transfer full) (nullable): an expression for MATCH, %NULL where nothing is left
 */
char *
kontor_search_make_match (GPtrArray *words, KontorSearchHow how)
{
  g_autoptr(GString) match = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (how != KONTOR_SEARCH_WHOLE && kontor_search_is_letter (word))
        continue;
      if (match->len > 0)
        g_string_append (match, " AND ");
      if (how == KONTOR_SEARCH_WHOLE)
        kontor_search_append_word (match, word, FALSE);
      else
        append_beginning (match,
                          word,
                          how == KONTOR_SEARCH_INDEXED ? KONTOR_SEARCH_INDEX_LETTERS : G_MAXLONG);
    }
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* How many numbers have three digits, as far as that is known: see kontor-search-rebuild.c. */
static char
get_class (const char *classes, const char *three)
{
  guint number =
    (guint) (three[0] - '0') * 100 + (guint) (three[1] - '0') * 10 + (guint) (three[2] - '0');

  return classes != NULL && strlen (classes) == 1000 ? classes[number] : 'a';
}

/* A piece of a number, and which of its threes are asked for. */
typedef struct
{
  const char *digits, *classes;
  guint n_digits, n_taken, n_covered;
  gboolean taken[MAX_DIGITS];   /* that the three begins here is asked for */
  gboolean covered[MAX_DIGITS]; /* the digit is in one of those */
} Threes;

static guint
count_new (const Threes *self, guint at)
{
  guint n = 0;

  for (guint i = at; i < at + 3; i++)
    n += !self->covered[i];
  return n;
}

/* The place of the three that fewest numbers have. What has digits that others have says less. */
static gboolean
find_rarest (const Threes *self, guint *rarest)
{
  int least = G_MAXINT;

  for (guint at = 0; at + 3 <= self->n_digits; at++)
    {
      int rank = 2 * get_class (self->classes, self->digits + at) + 3 - (int) count_new (self, at);

      if (self->taken[at] || rank >= least)
        continue;
      least = rank;
      *rarest = at;
    }
  return least < G_MAXINT;
}

static void
take (Threes *self, guint at)
{
  self->n_covered += count_new (self, at);
  self->n_taken++;
  self->taken[at] = TRUE;
  for (guint i = at; i < at + 3; i++)
    self->covered[i] = TRUE;
}

/* A list that is read for nothing costs more than some documents that are looked at in vain. */
static gboolean
is_enough (const Threes *self)
{
  return self->n_taken == MAX_THREES ||
         (self->n_taken == MAX_THREES - 1 && self->n_covered >= ENOUGH_COVERED);
}

/**
 * kontor_search_make_digits_match:
 * @db: a connection
 * @digits: three digits or more
 *
 * Returns: (transfer full): an expression for MATCH of numbers that may contain them: the rarest of
 *   their threes, as many as are worth it. Who uses it looks at the digits themselves
 */
char *
kontor_search_make_digits_match (KontorDb *db, const char *digits)
{
  g_autofree char *classes = kontor_db_dup_meta (db, KONTOR_META_THREES);
  g_autoptr(GString) match = g_string_new (NULL);
  Threes threes = {
    .digits = digits,
    .classes = classes,
    .n_digits = (guint) MIN (strlen (digits), MAX_DIGITS),
  };
  guint at = 0;

  while (!is_enough (&threes) && find_rarest (&threes, &at))
    {
      if (get_class (classes, digits + at) > most_common[threes.n_taken])
        break;
      g_string_append_printf (match, "%s\"%.3s\"", threes.n_taken > 0 ? " AND " : "", digits + at);
      take (&threes, at);
    }
  return g_string_free (g_steal_pointer (&match), FALSE);
}

static void
append_condition (GString *filter, const char *word)
{
  char *sql = sqlite3_mprintf ("instr(' '||d.title,' '||%Q) OR instr(' '||d.names,' '||%Q)"
                               " OR instr(' '||d.points,' '||%Q) OR instr(' '||d.text,' '||%Q)",
                               word,
                               word,
                               word,
                               word);

  g_string_append (filter, sql);
  sqlite3_free (sql);
}

/**
 * kontor_search_make_phrase_filter:
 * @self: a question
 *
 * Returns: (transfer full): " AND …": that signs of scripts without spaces stand together in the
 *   document "d"; "" where the question has none
 */
char *
kontor_search_make_phrase_filter (const KontorSearchQuery *self)
{
  GString *filter = g_string_new (NULL);

  for (guint i = 0; i < self->phrases->len; i++)
    {
      g_string_append (filter, " AND (");
      append_condition (filter, g_ptr_array_index (self->phrases, i));
      g_string_append_c (filter, ')');
    }
  return g_string_free (filter, FALSE);
}

static gboolean
is_filtered (const char *word, KontorSearchFilter which)
{
  return which == KONTOR_SEARCH_FILTER_ALL || kontor_search_is_letter (word) ||
         (which == KONTOR_SEARCH_FILTER_LONG && kontor_search_is_long (word));
}

/**
 * kontor_search_make_word_filter:
 * @words: (element-type utf8): folded words
 * @which: which of them
 *
 * Returns: (transfer full): " AND …": that words of the document "d" begin with them; "" without
 *   any
 */
char *
kontor_search_make_word_filter (GPtrArray *words, KontorSearchFilter which)
{
  GString *filter = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *other = NULL;

      if (!is_filtered (word, which))
        continue;
      other = kontor_fold_other_prefix (word);
      g_string_append (filter, " AND (");
      append_condition (filter, word);
      if (other != NULL)
        {
          g_string_append (filter, " OR ");
          append_condition (filter, other);
        }
      g_string_append_c (filter, ')');
    }
  return g_string_free (filter, FALSE);
}
