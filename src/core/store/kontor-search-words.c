/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways a search looks for words: titles that begin with what was typed, words of titles, words
 * of anything. Each stops as soon as enough is found; none ranks. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-search-private.h"
#include <string.h>

/* So many words of titles and names a beginning that is not in the index is replaced by. */
#define MAX_WORDS_OF_PREFIX 16

/* --- Titles that begin with it -------------------------------------------------------------- */

static const KontorFieldDef *
find_title_field (const KontorRecordType *type)
{
  guint n;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n);
  const KontorFieldDef *title = NULL;

  for (guint i = 0; i < n; i++)
    if ((fields[i]->flags & KONTOR_FIELD_TITLE) != 0)
      {
        if (title != NULL)
          return NULL;
        title = fields[i];
      }
  return title != NULL && (title->flags & KONTOR_FIELD_SORTED) != 0 &&
             (title->flags & KONTOR_FIELD_INDEXED) != 0
           ? title
           : NULL;
}

/* NULL without @error set: there is no index, as while a bulk load runs. */
static sqlite3_stmt *
prepare_beginning (KontorSearch *self, const KontorRecordType *type)
{
  const KontorFieldDef *title = find_title_field (type);

  if (title == NULL)
    return NULL;
  return kontor_db_prepare_printf (self->db,
                                   NULL,
                                   "SELECT rid FROM \"%s\" INDEXED BY \"%s__%s\" WHERE hid=0 AND "
                                   "\"%s__s\">=?1 AND \"%s__s\"<?2 ORDER BY \"%s__s\" LIMIT ?3",
                                   type->name,
                                   type->name,
                                   title->name,
                                   title->name,
                                   title->name,
                                   title->name);
}

/**
 * kontor_search_collect_beginnings:
 * @self: a search
 * @text: what was typed
 * @error: (nullable): place for an error
 *
 * Takes records whose title begins with @text in its own script, in the order of the alphabet: a
 * title that is just @text comes first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_beginnings (KontorSearch *self, const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, 256));
  g_autofree char *from = kontor_fold_sort (valid);
  g_autofree char *to = g_strconcat (from, "\xf4\x8f\xbf\xbf", NULL);

  for (guint i = 0; *from != '\0' && i < self->groups->len; i++)
    {
      KontorSearchGroup *group = g_ptr_array_index (self->groups, i);
      sqlite3_stmt *stmt =
        kontor_search_group_is_full (self, group) ? NULL : prepare_beginning (self, group->type);
      gboolean row = stmt != NULL;

      if (stmt == NULL)
        continue;
      sqlite3_bind_text (stmt, 1, from, -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, to, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (stmt, 3, (gint64) self->limit + 1);
      while (row && !kontor_search_group_is_full (self, group))
        {
          if (!kontor_db_step (self->db, stmt, &row, error))
            return FALSE;
          if (row)
            kontor_search_add_candidate (self,
                                         group,
                                         KONTOR_SEARCH_ROWID (group->type,
                                                              sqlite3_column_int64 (stmt, 0)),
                                         KONTOR_FOUND_BEGINNING);
        }
      sqlite3_reset (stmt);
    }
  return TRUE;
}

/* --- Words ---------------------------------------------------------------------------------- */

/* A word that was typed, and those of titles and names that begin with it. */
typedef struct
{
  const char *word;
  GPtrArray *words;   /* (nullable) (element-type utf8): NULL when there are too many, and of
                         beginnings that are in the index */
  gboolean is_itself; /* .word is one of them */
} TypedWord;

static void
clear_typed_word (gpointer data)
{
  g_clear_pointer (&((TypedWord *) data)->words, g_ptr_array_unref);
}

static gboolean
find_words (KontorSearch *self, TypedWord *typed, GError **error)
{
  gboolean is_long = kontor_search_is_long (typed->word);
  guint max = is_long ? MAX_WORDS_OF_PREFIX : 0;
  g_autofree char *other = is_long ? kontor_fold_other_prefix (typed->word) : NULL;
  g_autoptr(GPtrArray) words = kontor_words_find_prefix (self->db, typed->word, max + 1, error);
  GPtrArray *more;

  if (words == NULL)
    return FALSE;
  typed->is_itself = words->len > 0 && strcmp (g_ptr_array_index (words, 0), typed->word) == 0;
  if (other != NULL && words->len <= max)
    {
      more = kontor_words_find_prefix (self->db, other, max + 1, error);
      if (more == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (words, more);
    }
  if (is_long && words->len <= max)
    typed->words = g_steal_pointer (&words);
  return TRUE;
}

static GArray *
list_typed_words (KontorSearch *self, GError **error)
{
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (TypedWord));

  g_array_set_clear_func (list, clear_typed_word);
  for (guint i = 0; i < self->query.words->len; i++)
    {
      TypedWord typed = { .word = g_ptr_array_index (self->query.words, i) };

      if (!find_words (self, &typed, error))
        return NULL;
      g_array_append_val (list, typed);
    }
  return g_steal_pointer (&list);
}

static void
append_words (GString *match, GPtrArray *words)
{
  g_string_append_c (match, '(');
  for (guint i = 0; i < words->len; i++)
    {
      if (i > 0)
        g_string_append (match, " OR ");
      kontor_search_append_word (match, g_ptr_array_index (words, i), FALSE);
    }
  g_string_append_c (match, ')');
}

static gboolean
is_in_no_title (const TypedWord *typed)
{
  return kontor_search_is_long (typed->word) && typed->words != NULL && typed->words->len == 0;
}

/* Beginnings that are in the index, and of longer ones the words that are known to begin so; a long
 * one of which none are known, or too many, only as it is. */
static char *
make_ready_match (GArray *list, gboolean of_titles)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const TypedWord *typed = &g_array_index (list, TypedWord, i);

      if (i > 0)
        g_string_append (match, " AND ");
      if (typed->words != NULL && typed->words->len > 0)
        append_words (match, typed->words);
      else if (!kontor_search_is_long (typed->word) &&
               (of_titles || !kontor_search_is_letter (typed->word)))
        kontor_search_append_prefix (match, typed->word);
      else
        kontor_search_append_word (match, typed->word, FALSE);
    }
  return g_string_free (match, FALSE);
}

/* Whether make_ready_match() says all there is to say. */
static gboolean
is_all_said (GArray *list, gboolean of_titles)
{
  for (guint i = 0; i < list->len; i++)
    {
      const TypedWord *typed = &g_array_index (list, TypedWord, i);

      if (kontor_search_is_letter (typed->word)
            ? !of_titles
            : kontor_search_is_long (typed->word) && (!of_titles || typed->words == NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_whole (GArray *list)
{
  for (guint i = 0; i < list->len; i++)
    if (!g_array_index (list, TypedWord, i).is_itself)
      return FALSE;
  return TRUE;
}

/* Whether each word begins no other one of titles. */
static gboolean
are_unique (GArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const TypedWord *typed = &g_array_index (list, TypedWord, i);

      if (typed->words == NULL || typed->words->len != 1 || !typed->is_itself)
        return FALSE;
    }
  return TRUE;
}

/* --- Ways ----------------------------------------------------------------------------------- */

/* Few documents have several pieces of a number, and hardly any has them as whole words. */
static gboolean
is_number_in_pieces (const KontorSearchQuery *query)
{
  return query->numbers->len > 0 && query->others->len == 0 && query->words->len > 1;
}

/* What is cut to what is in the index is looked for in the documents it finds: that is the quick
 * way where many of them have it. Where few have, SQLite has little to put together. */
static gboolean
collect_begun (KontorSearch *self, KontorSearchTable table, KontorSearchFound found, GError **error)
{
  g_autofree char *cut = kontor_search_make_match (self->query.words, KONTOR_SEARCH_INDEXED);
  g_autofree char *begun = kontor_search_make_match (self->query.words, KONTOR_SEARCH_BEGUN);
  g_autofree char *phrases = kontor_search_make_phrase_filter (&self->query);
  g_autofree char *letters =
    kontor_search_make_word_filter (self->query.words, KONTOR_SEARCH_FILTER_LETTERS);
  g_autofree char *longer =
    kontor_search_make_word_filter (self->query.words, KONTOR_SEARCH_FILTER_LONG);
  g_autofree char *filter = g_strconcat (phrases, letters, NULL);
  g_autofree char *longer_filter = g_strconcat (phrases, longer, NULL);
  gboolean all = FALSE;

  if (!is_number_in_pieces (&self->query) &&
      !kontor_search_collect_match (self, table, cut, longer_filter, found, &all, error))
    return FALSE;
  return all || self->total >= self->limit ||
         kontor_search_collect_match (self, table, begun, filter, found, NULL, error);
}

static gboolean
collect_titles (KontorSearch *self, GArray *list, GError **error)
{
  const KontorSearchTable table = KONTOR_SEARCH_IN_TITLES;
  g_autofree char *whole = kontor_search_make_match (self->query.words, KONTOR_SEARCH_WHOLE);
  g_autofree char *ready = make_ready_match (list, TRUE);
  g_autofree char *phrases = kontor_search_make_phrase_filter (&self->query);

  for (guint i = 0; i < list->len; i++)
    if (is_in_no_title (&g_array_index (list, TypedWord, i)))
      return TRUE;
  if (are_whole (list) && !kontor_search_collect_match (self,
                                                        table,
                                                        whole,
                                                        phrases,
                                                        KONTOR_FOUND_TITLE_WORD,
                                                        NULL,
                                                        error))
    return FALSE;
  if (are_unique (list))
    return TRUE;
  return kontor_search_collect_match (self,
                                      table,
                                      ready,
                                      phrases,
                                      KONTOR_FOUND_TITLE,
                                      NULL,
                                      error) &&
         (is_all_said (list, TRUE) || self->total >= self->limit ||
          collect_begun (self, table, KONTOR_FOUND_TITLE, error));
}

static gboolean
collect_anywhere (KontorSearch *self, GArray *list, GError **error)
{
  const KontorSearchTable table = KONTOR_SEARCH_IN_ALL;
  g_autofree char *ready = make_ready_match (list, FALSE);
  g_autofree char *phrases = kontor_search_make_phrase_filter (&self->query);
  gboolean is_said = is_all_said (list, FALSE);

  /* several words are rarely in one document: whole ones and beginnings in one pass */
  if ((is_said || list->len == 1) &&
      !kontor_search_collect_match (self, table, ready, phrases, KONTOR_FOUND_WORD, NULL, error))
    return FALSE;
  return is_said || self->total >= self->limit ||
         collect_begun (self, table, KONTOR_FOUND_ANYWHERE, error);
}

/* Where many of those that are shown begin with the words, the others may be in any order. */
static gboolean
are_many_begun (const KontorSearch *self, const GArray *list)
{
  return list->len > 1 && self->total >= self->limit / 4;
}

/**
 * kontor_search_collect_words:
 * @self: a search
 * @error: (nullable): place for an error
 *
 * Takes documents with the words in their titles, then, when there are few, those that have them
 * anywhere.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_words (KontorSearch *self, GError **error)
{
  g_autoptr(GArray) list = list_typed_words (self, error);

  return list != NULL && (are_many_begun (self, list) || collect_titles (self, list, error)) &&
         kontor_search_collect_digits (self, error) &&
         (self->total >= self->limit || collect_anywhere (self, list, error));
}
