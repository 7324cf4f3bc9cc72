/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways a search looks for words: titles that begin with what was typed, words of titles, of
 * names, of anything. Each asks one index, and stops as soon as every type of records has as many
 * hits as may be shown; none ranks. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-search-private.h"
#include <string.h>

/* Words of titles a beginning is replaced by, to be looked up one by one. */
#define MAX_WORDS_OF_PREFIX 16
#define MAX_WORDS_OF_LETTER 32
/* Documents that are looked at for what MATCH can't tell. */
#define MAX_LOOKED_AT 2000

/* --- Asking an index ------------------------------------------------------------------------ */

/**
 * kontor_search_group_is_full:
 * @self: a search
 * @group: a group of it
 *
 * Returns: whether it has more hits than are shown
 */
gboolean
kontor_search_group_is_full (const KontorSearch *self, const KontorSearchGroup *group)
{
  return group->candidates->len > self->limit;
}

static void
add_candidate (KontorSearch *self, KontorSearchGroup *group, gint64 rowid, KontorSearchFound found)
{
  KontorSearchCandidate candidate = { rowid, found };

  if (g_hash_table_contains (self->seen, &rowid))
    return;
  g_hash_table_add (self->seen, g_memdup2 (&rowid, sizeof rowid));
  g_array_append_val (group->candidates, candidate);
  self->total++;
}

/* The first of the groups from @i on that wants more; NULL: none. */
static KontorSearchGroup *
find_hungry (KontorSearch *self, guint *i)
{
  for (; *i < self->groups->len; (*i)++)
    {
      KontorSearchGroup *group = g_ptr_array_index (self->groups, *i);

      if (!kontor_search_group_is_full (self, group))
        return group;
    }
  return NULL;
}

/* The first group of a type with a greater number. */
static guint
find_behind (KontorSearch *self, guint number)
{
  guint i = 0;

  while (i < self->groups->len &&
         ((KontorSearchGroup *) g_ptr_array_index (self->groups, i))->type->number <= number)
    i++;
  return i;
}

/* Goes through the rowids of a statement, in order. Returns the number of the type that is full, 0
 * at the end. */
static guint
take_rowids (KontorSearch *self, sqlite3_stmt *stmt, KontorSearchFound found, GError **error)
{
  gboolean row;
  guint full = 0;

  while (full == 0)
    {
      KontorSearchGroup *group;
      gint64 rowid;

      if (!kontor_db_step (self->db, stmt, &row, error))
        return 0;
      if (!row)
        break;
      rowid = sqlite3_column_int64 (stmt, 0);
      group = self->by_number[KONTOR_SEARCH_TYPE (rowid)];
      if (group != NULL && !kontor_search_group_is_full (self, group))
        add_candidate (self, group, rowid, found);
      if (group == NULL || kontor_search_group_is_full (self, group))
        full = MAX (KONTOR_SEARCH_TYPE (rowid), 1);
    }
  sqlite3_reset (stmt);
  return full;
}

/**
 * kontor_search_collect:
 * @self: a search
 * @sql: selects rowids in order: ?1 is @value, ?2 and ?3 are the first and the last of them
 * @value: a text
 * @by_type: @sql looks at so many rows at most: ask it for each type by itself
 * @found: how they are found
 * @error: (nullable): place for an error
 *
 * Takes what @sql finds. Beyond a type that is full it begins anew at the next one.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect (KontorSearch *self,
                       const char *sql,
                       const char *value,
                       gboolean by_type,
                       KontorSearchFound found,
                       GError **error)
{
  const KontorSearchGroup *last = g_ptr_array_index (self->groups, self->groups->len - 1);
  KontorSearchGroup *group;

  for (guint i = 0; (group = find_hungry (self, &i)) != NULL;)
    {
      sqlite3_stmt *stmt = kontor_db_prepare (self->db, sql, error);
      GError *local_error = NULL;
      guint full;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_text (stmt, 1, value, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (stmt, 2, KONTOR_SEARCH_FIRST (group->type));
      sqlite3_bind_int64 (stmt, 3, KONTOR_SEARCH_LAST (by_type ? group->type : last->type));
      full = take_rowids (self, stmt, found, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (full == 0 && !by_type)
        return TRUE;
      i = find_behind (self, MAX (full, group->type->number));
    }
  return TRUE;
}

/**
 * kontor_search_collect_match:
 * @self: a search
 * @match: (nullable): an expression for MATCH
 * @filter: " AND …", on the document "d", or ""
 * @found: how they are found
 * @error: (nullable): place for an error
 *
 * Takes the documents that match.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_match (KontorSearch *self,
                             const char *match,
                             const char *filter,
                             KontorSearchFound found,
                             GError **error)
{
  g_autofree char *sql = NULL;

  if (match == NULL)
    return TRUE;
  if (*filter == '\0')
    return kontor_search_collect (self,
                                  "SELECT rowid FROM search_fts WHERE search_fts MATCH ?1 "
                                  "AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid",
                                  match,
                                  FALSE,
                                  found,
                                  error);
  sql = g_strdup_printf ("SELECT f.rowid FROM (SELECT rowid FROM search_fts WHERE search_fts "
                         "MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT %d) f "
                         "CROSS JOIN search_doc d ON d.rowid=f.rowid WHERE 1%s",
                         MAX_LOOKED_AT,
                         filter);
  return kontor_search_collect (self, sql, match, TRUE, found, error);
}

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
            add_candidate (self,
                           group,
                           KONTOR_SEARCH_ROWID (group->type, sqlite3_column_int64 (stmt, 0)),
                           KONTOR_FOUND_BEGINNING);
        }
      sqlite3_reset (stmt);
    }
  return TRUE;
}

/* --- Words of titles and names -------------------------------------------------------------- */

/* A word as it may be in titles and names. */
typedef struct
{
  const char *word;
  GPtrArray *words;   /* (element-type utf8): those that begin with it */
  gboolean all;       /* .words are all there are */
  gboolean is_itself; /* .word is one of them */
} TitleWord;

static void
clear_title_word (gpointer data)
{
  g_ptr_array_unref (((TitleWord *) data)->words);
}

static gboolean
find_title_word (KontorSearch *self, const char *word, TitleWord *found, GError **error)
{
  gboolean is_letter = kontor_search_is_letter (word);
  guint max = is_letter ? MAX_WORDS_OF_LETTER : MAX_WORDS_OF_PREFIX;
  g_autofree char *other = is_letter ? NULL : kontor_fold_other_prefix (word);
  g_autoptr(GPtrArray) more = NULL;

  found->word = word;
  found->words = kontor_words_find_prefix (self->db, word, max + 1, error);
  if (found->words == NULL)
    return FALSE;
  found->is_itself =
    found->words->len > 0 && strcmp (g_ptr_array_index (found->words, 0), word) == 0;
  if (other != NULL && found->words->len <= max)
    {
      more = kontor_words_find_prefix (self->db, other, max + 1 - found->words->len, error);
      if (more == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (found->words, g_steal_pointer (&more));
    }
  found->all = is_letter || found->words->len <= max;
  return TRUE;
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

/* Each word is looked up by itself where there are few: the documents of a beginning would have to
 * be put together first. */
static char *
make_title_match (GArray *words, const char *columns)
{
  GString *match = g_string_new (columns);

  g_string_append (match, " : (");
  for (guint i = 0; i < words->len; i++)
    {
      const TitleWord *word = &g_array_index (words, TitleWord, i);

      if (i > 0)
        g_string_append (match, " AND ");
      if (word->all)
        append_words (match, word->words);
      else
        kontor_search_append_prefix (match, word->word);
    }
  g_string_append_c (match, ')');
  return g_string_free (match, FALSE);
}

/* FALSE without @error set: one of the words is in no title or name. */
static gboolean
find_title_words (KontorSearch *self, GArray *words, gboolean *are_whole, GError **error)
{
  *are_whole = TRUE;
  for (guint i = 0; i < self->query.words->len; i++)
    {
      TitleWord word;

      if (!find_title_word (self, g_ptr_array_index (self->query.words, i), &word, error))
        return FALSE;
      g_array_append_val (words, word);
      if (word.words->len == 0)
        return FALSE;
      *are_whole &= word.is_itself;
    }
  return TRUE;
}

static gboolean
is_one_word (GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const TitleWord *word = &g_array_index (words, TitleWord, i);

      if (!word->is_itself || !word->all || word->words->len > 1)
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_search_collect_titles:
 * @self: a search
 * @error: (nullable): place for an error
 *
 * Takes documents with the words in their titles, then in other names.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_titles (KontorSearch *self, GError **error)
{
  g_autoptr(GArray) words = g_array_new (FALSE, FALSE, sizeof (TitleWord));
  g_autofree char *exact = kontor_search_make_match (self->query.words, "{title}", TRUE);
  g_autofree char *titles = NULL;
  g_autofree char *names = NULL;
  g_autofree char *filter = kontor_search_make_phrase_filter (&self->query);
  GError *local_error = NULL;
  gboolean are_whole;

  g_array_set_clear_func (words, clear_title_word);
  if (!find_title_words (self, words, &are_whole, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }
  titles = make_title_match (words, "{title}");
  names = make_title_match (words, "{title names}");
  return (!are_whole ||
          kontor_search_collect_match (self, exact, filter, KONTOR_FOUND_TITLE_WORD, error)) &&
         ((are_whole && is_one_word (words)) ||
          kontor_search_collect_match (self, titles, filter, KONTOR_FOUND_TITLE, error)) &&
         kontor_search_collect_match (self, names, filter, KONTOR_FOUND_NAME, error);
}

/* --- Words of anything ---------------------------------------------------------------------- */

/**
 * kontor_search_collect_anywhere:
 * @self: a search
 * @error: (nullable): place for an error
 *
 * Takes documents with the words anywhere: whole words first.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_anywhere (KontorSearch *self, GError **error)
{
  g_autofree char *whole = kontor_search_make_match (self->query.words, NULL, TRUE);
  g_autofree char *begun = kontor_search_make_match (self->query.words, NULL, FALSE);
  g_autofree char *phrases = kontor_search_make_phrase_filter (&self->query);
  g_autofree char *letters = kontor_search_make_word_filter (self->query.words, TRUE);
  g_autofree char *filter = g_strconcat (phrases, letters, NULL);

  return kontor_search_collect_match (self, whole, phrases, KONTOR_FOUND_WORD, error) &&
         kontor_search_collect_match (self, begun, filter, KONTOR_FOUND_ANYWHERE, error);
}
