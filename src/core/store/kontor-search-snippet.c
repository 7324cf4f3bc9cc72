/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folded words looked up in texts as people wrote them: where they stand, and a line around them.
 */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-search-private.h"
#include <string.h>

/* Characters shown before and in all. */
#define LEAD 30
#define WIDTH 120

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
         g_unichar_type (c) == G_UNICODE_MODIFIER_LETTER;
}

/* The next run of letters and digits; signs of scripts without spaces stand by themselves. */
static const char *
next_run (const char **at, gsize *length)
{
  const char *p = *at, *start;

  while (*p != '\0' && !is_of_word (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  start = p;
  while (*p != '\0' && is_of_word (g_utf8_get_char (p)))
    {
      gboolean wide = g_unichar_iswide (g_utf8_get_char (p));

      if (wide && p > start)
        break;
      p = g_utf8_next_char (p);
      if (wide)
        break;
    }
  *length = (gsize) (p - start);
  *at = p;
  return *length > 0 ? start : NULL;
}

static gboolean
has_prefix (const char *folded, const char *prefix)
{
  gsize length = strlen (prefix);

  for (const char *p = folded; p != NULL; p = strchr (p, ' '))
    {
      if (*p == ' ')
        p++;
      if (strncmp (p, prefix, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * kontor_search_locate:
 * @text: any text in UTF-8
 * @folded: a folded word, or the beginning of one
 * @start: (out): where the word stands, in bytes
 * @length: (out): its length in bytes
 *
 * Returns: whether a word of @text begins with @folded once it is folded
 */
gboolean
kontor_search_locate (const char *text, const char *folded, gsize *start, gsize *length)
{
  g_autoptr(GString) run = g_string_new (NULL);
  g_autofree char *other = kontor_fold_other_prefix (folded);
  const char *at = text, *word;

  while ((word = next_run (&at, length)) != NULL)
    {
      g_string_truncate (run, 0);
      kontor_fold_search_append (run, word, (gssize) *length);
      if (has_prefix (run->str, folded) || (other != NULL && has_prefix (run->str, other)))
        {
          *start = (gsize) (word - text);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
are_numbers (GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    for (const char *p = g_ptr_array_index (words, i); *p != '\0'; p++)
      if (!g_ascii_isdigit (*p))
        return FALSE;
  return words->len > 0;
}

static gboolean
is_ascii (const char *text)
{
  while ((guchar) *text - 1u < 127)
    text++;
  return *text == '\0';
}

static gboolean
has_number (const char *text, const char *number)
{
  gsize length = strlen (number);

  for (const char *p = strstr (text, number); p != NULL; p = strstr (p + length, number))
    if (p == text || !g_ascii_isalnum (p[-1]))
      return TRUE;
  return FALSE;
}

/* Folding takes long, and leaves numbers between ASCII characters as they are. */
static guint
count_numbers (const char *text, GPtrArray *numbers)
{
  guint n = 0;

  for (guint i = 0; i < numbers->len; i++)
    n += has_number (text, g_ptr_array_index (numbers, i));
  return n;
}

/**
 * kontor_search_count_words:
 * @text: (nullable): any text
 * @words: (element-type utf8): folded words, or beginnings of them
 *
 * Returns: how many of them are in @text
 */
guint
kontor_search_count_words (const char *text, GPtrArray *words)
{
  g_autofree char *folded = NULL;
  guint n = 0;

  if (text == NULL)
    return 0;
  if (are_numbers (words) && is_ascii (text))
    return count_numbers (text, words);
  folded = kontor_fold_search (text);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *other = NULL;

      if (has_prefix (folded, word))
        {
          n++;
          continue;
        }
      other = kontor_fold_other_prefix (word);
      n += other != NULL && has_prefix (folded, other);
    }
  return n;
}

static gboolean
is_space (const char *p)
{
  return g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_iscntrl (g_utf8_get_char (p));
}

/* Back from @at over LEAD characters at most, to where a word begins. */
static const char *
find_start (const char *text, const char *at)
{
  const char *start = at;
  guint n = 0;

  for (const char *p = at; p > text && n < LEAD; n++)
    {
      p = g_utf8_prev_char (p);
      if (p == text)
        return text;
      if (is_space (p))
        start = g_utf8_next_char (p);
    }
  return start;
}

/**
 * kontor_search_make_snippet:
 * @text: any text in UTF-8
 * @words: (element-type utf8): folded words
 *
 * Returns: (transfer full): one line of @text around the first word of @words that is in it, else
 *   its beginning; "…" stands for what was left out
 */
char *
kontor_search_make_snippet (const char *text, GPtrArray *words)
{
  GString *out = g_string_new (NULL);
  gsize start = 0, length;
  const char *p = text;
  guint n = 0;
  gboolean blank = FALSE;

  for (guint i = 0; i < words->len; i++)
    if (kontor_search_locate (text, g_ptr_array_index (words, i), &start, &length))
      {
        p = find_start (text, text + start);
        break;
      }
  if (p > text)
    g_string_append (out, "…");
  for (; *p != '\0' && n < WIDTH; p = g_utf8_next_char (p))
    {
      if (is_space (p))
        {
          blank = n > 0;
          continue;
        }
      if (blank)
        g_string_append_c (out, ' ');
      n += blank;
      blank = FALSE;
      g_string_append_unichar (out, g_utf8_get_char (p));
      n++;
    }
  if (*p != '\0')
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}
