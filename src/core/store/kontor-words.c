/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of titles and names, to find those that one typing error makes of others (C8). A
 * connection keeps them in memory, packed: the first eight bytes of each in one array, so that a
 * pass over half a million words touches four megabytes. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-search-private.h"
#include <string.h>

#define HEAD_BYTES 8

typedef struct
{
  gint64 generation; /* meta.word_generation it was read at */
  gint64 last;       /* word.no of the last word it knows */
  GArray *heads;     /* (element-type guint64): first bytes, the first one on top */
  GArray *starts;    /* (element-type guint32): where the word begins in .bytes */
  GArray *counts;    /* (element-type guint32): how often it was there */
  GString *bytes;    /* the words, each ended by NUL */
} Words;

static void
free_words (Words *words)
{
  g_array_unref (words->heads);
  g_array_unref (words->starts);
  g_array_unref (words->counts);
  g_string_free (words->bytes, TRUE);
  g_free (words);
}

static Words *
new_words (gint64 generation)
{
  Words *words = g_new0 (Words, 1);

  words->generation = generation;
  words->heads = g_array_new (FALSE, FALSE, sizeof (guint64));
  words->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  words->counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  words->bytes = g_string_new (NULL);
  return words;
}

/**
 * kontor_words_free:
 * @db: a connection
 *
 * Forgets the words @db keeps in memory.
 */
void
kontor_words_free (KontorDb *db)
{
  g_clear_pointer ((Words **) &db->words, free_words);
}

static guint64
pack_head (const char *word, gsize length)
{
  guint64 head = 0;

  for (gsize i = 0; i < HEAD_BYTES; i++)
    head = head << 8 | (i < length ? (guchar) word[i] : 0);
  return head;
}

static void
add_word (Words *words, const char *text, gsize length, guint32 count)
{
  guint64 head = pack_head (text, length);
  guint32 start = (guint32) words->bytes->len;

  g_array_append_val (words->heads, head);
  g_array_append_val (words->starts, start);
  g_array_append_val (words->counts, count);
  g_string_append_len (words->bytes, text, (gssize) length + 1);
}

/* Words that are gone stay until the list is made anew: nothing is found by them. */
static gboolean
read_new_words (KontorDb *db, Words *words, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT no,w,n FROM word WHERE no>? ORDER BY no", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, words->last);
  for (;;)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (!row || words->bytes->len > G_MAXUINT32 - 2 * KONTOR_WORD_MAX_BYTES)
        break;
      words->last = sqlite3_column_int64 (stmt, 0);
      add_word (words,
                (const char *) sqlite3_column_text (stmt, 1),
                (gsize) sqlite3_column_bytes (stmt, 1),
                (guint32) sqlite3_column_int64 (stmt, 2));
    }
  sqlite3_reset (stmt);
  return TRUE;
}

static Words *
get_words (KontorDb *db, GError **error)
{
  gint64 generation = kontor_db_get_meta_integer (db, KONTOR_META_WORDS, 0);
  Words *words = db->words;

  if (words != NULL && words->generation != generation)
    kontor_words_free (db);
  if (db->words == NULL)
    db->words = new_words (generation);
  words = db->words;
  if (read_new_words (db, words, error))
    return words;
  return NULL;
}

/* --- One typing error ----------------------------------------------------------------------- */

/* The word that was typed, as the pass over the heads needs it. */
typedef struct
{
  const char *text;
  gsize length;
  guint64 head;
  guint n; /* bytes in .head */
} Pattern;

/* The first @n bytes of a head. */
static guint64
first_bytes (guint n)
{
  return n == 0 ? 0 : ~G_GUINT64_CONSTANT (0) << (8 * (HEAD_BYTES - n));
}

static guint64
drop_bytes (guint64 head, guint n)
{
  return n >= HEAD_BYTES ? 0 : head << (8 * n);
}

/* Whether the beginnings allow that one error lies between the pattern and the beginning of the
 * word. The first difference is where the error is: what follows must be equal, shifted or not. */
static inline gboolean
may_be_near (const Pattern *pattern, guint64 head)
{
  guint64 difference = pattern->head ^ head;
  guint k, rest;
  guint64 typed, word;

  if ((difference & first_bytes (pattern->n)) == 0)
    return pattern->length > pattern->n; /* an exact beginning is found without us */
  k = (guint) (__builtin_clzll (difference) / 8);
  rest = pattern->n - k;
  typed = drop_bytes (pattern->head, k);
  word = drop_bytes (head, k);
  /* a wrong one; one too many; one missing; two swapped */
  if (((typed ^ word) << 8 & first_bytes (rest - 1)) == 0 ||
      ((typed << 8 ^ word) & first_bytes (rest - 1)) == 0 ||
      ((typed ^ word << 8) & first_bytes (MIN (rest, HEAD_BYTES - 1 - k))) == 0)
    return TRUE;
  return typed >> 56 == (word << 8) >> 56 && (typed << 8) >> 56 == word >> 56 &&
         (rest <= 2 || (drop_bytes (typed ^ word, 2) & first_bytes (rest - 2)) == 0);
}

static gboolean
begins_with (const char *text, gsize length, const char *prefix, gsize prefix_length)
{
  return length >= prefix_length && memcmp (text, prefix, prefix_length) == 0;
}

/* Whether the pattern is the beginning of the word but for one error. */
static gboolean
is_near_beginning (const Pattern *pattern, const char *word, gsize length)
{
  gsize k = 0;
  const char *typed = pattern->text;
  gsize n = pattern->length;

  while (k < n && k < length && typed[k] == word[k])
    k++;
  if (k == n)
    return FALSE;
  typed += k;
  word += k;
  n -= k;
  length -= k;
  return begins_with (word, length, typed + 1, n - 1) ||
         (length > 0 && (begins_with (word + 1, length - 1, typed + 1, n - 1) ||
                         begins_with (word + 1, length - 1, typed, n))) ||
         (length > 1 && n > 1 && typed[0] == word[1] && typed[1] == word[0] &&
          begins_with (word + 2, length - 2, typed + 2, n - 2));
}

typedef struct
{
  guint32 start;
  guint32 count;
  gboolean whole; /* near as a whole, not only its beginning */
} Near;

static gboolean
is_better (const Near *a, const Near *b)
{
  if (a->whole != b->whole)
    return a->whole;
  return a->count > b->count;
}

static void
keep_best (GArray *best, guint max, const Near *near)
{
  guint at = best->len;

  while (at > 0 && is_better (near, &g_array_index (best, Near, at - 1)))
    at--;
  if (at >= max)
    return;
  g_array_insert_val (best, at, *near);
  if (best->len > max)
    g_array_set_size (best, max);
}

static void
look_at (const Words *words, guint i, const Pattern *pattern, GArray *best, guint max)
{
  Near near = { .start = g_array_index (words->starts, guint32, i),
                .count = g_array_index (words->counts, guint32, i) };
  const char *word = words->bytes->str + near.start;
  gsize length = strlen (word);

  if (!is_near_beginning (pattern, word, length))
    return;
  near.whole = kontor_word_within_one (pattern->text, pattern->length, word, length);
  keep_best (best, max, &near);
}

/**
 * kontor_words_find_near:
 * @db: a connection
 * @word: a folded word
 * @max: at most so many
 * @error: (nullable): place for an error
 *
 * Passes over all words of titles and names. Those that begin with @word are not among the result:
 * they need no correction.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): words that are, or begin with, @word but
 *   for one typing error, best first; %NULL with @error set
 */
GPtrArray *
kontor_words_find_near (KontorDb *db, const char *word, guint max, GError **error)
{
  Words *words = get_words (db, error);
  gsize length = strlen (word);
  Pattern pattern = { word, length, pack_head (word, length), (guint) MIN (length, HEAD_BYTES) };
  g_autoptr(GArray) best = g_array_new (FALSE, FALSE, sizeof (Near));
  GPtrArray *found;
  const guint64 *heads;

  if (words == NULL)
    return NULL;
  heads = (const guint64 *) (gpointer) words->heads->data;
  for (guint i = 0; i < words->heads->len; i++)
    if (G_UNLIKELY (may_be_near (&pattern, heads[i])))
      look_at (words, i, &pattern, best, max);
  found = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < best->len; i++)
    g_ptr_array_add (found, g_strdup (words->bytes->str + g_array_index (best, Near, i).start));
  return found;
}

/**
 * kontor_words_find_prefix:
 * @db: a connection
 * @prefix: the beginning of a folded word
 * @max: at most so many
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type utf8) (nullable): words of titles and names that begin
 *   with @prefix, in order; %NULL with @error set
 */
GPtrArray *
kontor_words_find_prefix (KontorDb *db, const char *prefix, guint max, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT w FROM word WHERE w>=?1 AND w<?2 ORDER BY w LIMIT ?3", error);
  /* the last character there is */
  g_autofree char *end = g_strconcat (prefix, "\xf4\x8f\xbf\xbf", NULL);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, prefix, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, end, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 3, max);
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (found, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&found);
}
