/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words with one typing error (C8): what may have been meant is looked up among the words of titles
 * and names, and then like any other word. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-search-private.h"
#include <string.h>

#define LEAST_LETTERS 4
#define MAX_NEAR_WORDS 16
#define MAX_CORRECTED 3

static gboolean
may_be_wrong (const char *word)
{
  return g_utf8_strlen (word, -1) >= LEAST_LETTERS && strpbrk (word, "0123456789") == NULL;
}

static void
free_words (gpointer words)
{
  if (words != NULL)
    g_ptr_array_unref (words);
}

/* A Spanish or English j that was heard as ж: Тружилло is Trujillo. */
static gboolean
add_heard_words (KontorSearch *self, const char *word, GPtrArray *near, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (word, "zh", -1);
  g_autofree char *spelt = g_strjoinv ("j", parts);
  g_autofree char *folded = kontor_fold_search (spelt);
  g_autoptr(GPtrArray) heard = NULL;

  if (parts[1] == NULL || strlen (folded) < LEAST_LETTERS - 1)
    return TRUE;
  heard = kontor_words_find_prefix (self->db, folded, MAX_NEAR_WORDS, error);
  if (heard == NULL)
    return FALSE;
  for (guint i = 0; i < heard->len; i++)
    g_ptr_array_add (near, g_strdup (g_ptr_array_index (heard, i)));
  return TRUE;
}

/* FALSE without @error set: there is nothing that may have been meant. */
static gboolean
find_near_words (KontorSearch *self, GError **error)
{
  guint n = 0;

  self->near = g_ptr_array_new_with_free_func (free_words);
  for (guint i = 0; i < self->query.words->len; i++)
    {
      const char *word = g_ptr_array_index (self->query.words, i);
      GPtrArray *near = NULL;

      if (n < MAX_CORRECTED && may_be_wrong (word))
        {
          near = kontor_words_find_near (self->db, word, MAX_NEAR_WORDS, error);
          if (near == NULL || !add_heard_words (self, word, near, error))
            {
              free_words (near);
              return FALSE;
            }
          if (near->len == 0)
            g_clear_pointer (&near, g_ptr_array_unref);
          n += near != NULL;
        }
      g_ptr_array_add (self->near, near);
    }
  return n > 0;
}

/* Words number @from to @to of a list, one of which is meant. */
static void
append_any (GString *match, GPtrArray *words, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append (match, " OR ");
      kontor_search_append_word (match, g_ptr_array_index (words, i), FALSE);
    }
}

/* A word as it was typed: what it begins in titles and names, where that is known, since SQLite
 * would have to put the documents of a long beginning together. */
static gboolean
append_typed (KontorSearch *self, GString *match, const char *word, GError **error)
{
  g_autoptr(GPtrArray) begun = NULL;

  if (kontor_search_is_long (word))
    {
      begun = kontor_words_find_prefix (self->db, word, MAX_NEAR_WORDS + 1, error);
      if (begun == NULL)
        return FALSE;
    }
  if (begun != NULL && begun->len > 0 && begun->len <= MAX_NEAR_WORDS)
    append_any (match, begun, 0, begun->len);
  else
    kontor_search_append_prefix (match, word);
  return TRUE;
}

/* In titles first: that is where they are from, most of them. */
static gboolean
collect (KontorSearch *self,
         const char *match,
         const char *filter,
         KontorSearchFound found,
         GError **error)
{
  for (guint table = KONTOR_SEARCH_IN_TITLES; table <= KONTOR_SEARCH_IN_ALL; table++)
    if (self->total < self->limit &&
        !kontor_search_collect_match (self, table, match, filter, found, NULL, error))
      return FALSE;
  return TRUE;
}

/* One word: the best first, then the others. */
static gboolean
collect_one_word (KontorSearch *self, GError **error)
{
  GPtrArray *near = g_ptr_array_index (self->near, 0);
  g_autoptr(GString) best = g_string_new (NULL);
  g_autoptr(GString) others = g_string_new (NULL);

  append_any (best, near, 0, 1);
  append_any (others, near, 1, near->len);
  return collect (self, best->str, "", KONTOR_FOUND_NEAR, error) &&
         (near->len < 2 || collect (self, others->str, "", KONTOR_FOUND_NEAR_OTHER, error));
}

/* Each word as it is, or as it may have been meant. */
static gboolean
collect_words (KontorSearch *self, GError **error)
{
  g_autoptr(GString) match = g_string_new (NULL);
  g_autofree char *filter =
    kontor_search_make_word_filter (self->query.words, KONTOR_SEARCH_FILTER_LETTERS);

  for (guint i = 0; i < self->query.words->len; i++)
    {
      const char *word = g_ptr_array_index (self->query.words, i);
      GPtrArray *near = g_ptr_array_index (self->near, i);

      if (kontor_search_is_letter (word))
        continue;
      g_string_append (match, match->len > 0 ? " AND (" : "(");
      if (!append_typed (self, match, word, error))
        return FALSE;
      if (near != NULL)
        {
          g_string_append (match, " OR ");
          append_any (match, near, 0, near->len);
        }
      g_string_append_c (match, ')');
    }
  return collect (self, match->str, filter, KONTOR_FOUND_NEAR, error);
}

/**
 * kontor_search_collect_near:
 * @self: a search that has found little
 * @error: (nullable): place for an error
 *
 * Takes records with words in titles and names that one typing error makes of those that were
 * typed.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_near (KontorSearch *self, GError **error)
{
  GError *local_error = NULL;

  if (!find_near_words (self, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }
  return self->query.words->len == 1 ? collect_one_word (self, error) : collect_words (self, error);
}

/* --- What it was corrected to --------------------------------------------------------------- */

static gboolean
has_word (const KontorSearchHit *hit, const char *folded, const char **text, gsize *start, gsize *n)
{
  *text = hit->title;
  if (kontor_search_locate (*text, folded, start, n))
    return TRUE;
  *text = hit->detail;
  return *text != NULL && kontor_search_locate (*text, folded, start, n);
}

/* The word of @near the hit was found by, as it is written there. */
static char *
dup_meant (const KontorSearchHit *hit, GPtrArray *near)
{
  const char *text;
  gsize start, length;

  for (guint i = 0; i < near->len; i++)
    if (has_word (hit, g_ptr_array_index (near, i), &text, &start, &length))
      return g_strndup (text + start, length);
  return g_strdup (g_ptr_array_index (near, 0));
}

static void
replace_word (GString *text, const char *folded, const char *by)
{
  gsize start, length;

  if (!kontor_search_locate (text->str, folded, &start, &length))
    return;
  g_string_erase (text, (gssize) start, (gssize) length);
  g_string_insert (text, (gssize) start, by);
}

/**
 * kontor_search_make_suggestion:
 * @self: a search that has found nothing without correcting words
 * @text: what was typed
 * @hit: its first hit
 *
 * Returns: (transfer full): @text with the words that were corrected
 */
char *
kontor_search_make_suggestion (KontorSearch *self, const char *text, const KontorSearchHit *hit)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *stripped = g_strstrip (g_steal_pointer (&valid));
  GString *suggestion = g_string_new (stripped);

  for (guint i = 0; i < self->near->len; i++)
    {
      const char *word = g_ptr_array_index (self->query.words, i);
      GPtrArray *near = g_ptr_array_index (self->near, i);
      g_autofree char *meant = NULL;
      const char *found;
      gsize start, length;

      if (near == NULL || has_word (hit, word, &found, &start, &length))
        continue;
      meant = dup_meant (hit, near);
      replace_word (suggestion, word, meant);
    }
  return g_string_free (suggestion, FALSE);
}
