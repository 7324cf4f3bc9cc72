/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking an index: what it finds becomes candidates, in the order of the rowids, until each type of
 * records has as many as may be shown. */
#include "config.h"

#include "kontor-search-private.h"

/* Documents that are looked at in vain for what MATCH can't tell; fewer where there is another way
 * to find it. */
#define MAX_LOOKED_AT 2000
#define MAX_TRIED 50

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

/**
 * kontor_search_add_candidate:
 * @self: a search
 * @group: the group of its type
 * @rowid: of a document
 * @found: how it was found
 *
 * Takes a document, unless it was found before.
 */
void
kontor_search_add_candidate (KontorSearch *self,
                             KontorSearchGroup *group,
                             gint64 rowid,
                             KontorSearchFound found)
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
find_hungry (KontorSearch *self, const KontorSearchAsk *ask, guint *i)
{
  for (; *i < self->groups->len; (*i)++)
    {
      KontorSearchGroup *group = g_ptr_array_index (self->groups, *i);

      if (!kontor_search_group_is_full (self, group) && (!ask->phones_only || group->has_phones))
        return group;
    }
  return NULL;
}

/* The last of the groups after @i that wants more. */
static KontorSearchGroup *
find_last (KontorSearch *self, const KontorSearchAsk *ask, guint i)
{
  KontorSearchGroup *last = NULL, *group;

  for (; (group = find_hungry (self, ask, &i)) != NULL; i++)
    last = group;
  return last;
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

/* Goes through the rowids of a statement. Returns the number of the type that is full, 0 at the end
 * or when enough rows were looked at. */
static guint
take_rowids (KontorSearch *self,
             sqlite3_stmt *stmt,
             const KontorSearchAsk *ask,
             guint *looked_at,
             GError **error)
{
  gboolean row, has_condition = sqlite3_column_count (stmt) > 1;
  guint full = 0;

  while (full == 0)
    {
      KontorSearchGroup *group;
      gint64 rowid;

      if (!kontor_db_step (self->db, stmt, &row, error))
        return 0;
      if (!row)
        break;
      if (has_condition && sqlite3_column_int (stmt, 1) == 0)
        {
          if (++*looked_at > ask->max_looked_at)
            break;
          continue;
        }
      rowid = sqlite3_column_int64 (stmt, 0);
      group = self->by_number[KONTOR_SEARCH_TYPE (rowid)];
      if (group != NULL && !kontor_search_group_is_full (self, group))
        kontor_search_add_candidate (self, group, rowid, ask->found);
      if (group == NULL || kontor_search_group_is_full (self, group))
        full = MAX (KONTOR_SEARCH_TYPE (rowid), 1);
    }
  sqlite3_reset (stmt);
  return full;
}

/**
 * kontor_search_collect:
 * @self: a search
 * @ask: what to ask
 * @all: (out) (optional): %FALSE when enough rows were looked at before the end
 * @error: (nullable): place for an error
 *
 * Takes what @ask finds. Beyond a type that is full it is asked anew from the next one on.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect (KontorSearch *self,
                       const KontorSearchAsk *ask,
                       gboolean *all,
                       GError **error)
{
  KontorSearchGroup *group;
  guint looked_at = 0;

  if (all != NULL)
    *all = TRUE;
  for (guint i = 0; ask->value != NULL && (group = find_hungry (self, ask, &i)) != NULL;)
    {
      sqlite3_stmt *stmt = kontor_db_prepare (self->db, ask->sql, error);
      const KontorSearchGroup *last = find_last (self, ask, i);
      GError *local_error = NULL;
      guint full;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_text (stmt, 1, ask->value, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (stmt, 2, KONTOR_SEARCH_FIRST (group->type));
      sqlite3_bind_int64 (stmt, 3, KONTOR_SEARCH_LAST (last->type));
      full = take_rowids (self, stmt, ask, &looked_at, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (full == 0)
        {
          if (all != NULL)
            *all = looked_at <= ask->max_looked_at;
          return TRUE;
        }
      i = find_behind (self, MAX (full, group->type->number));
    }
  return TRUE;
}

/**
 * kontor_search_collect_match:
 * @self: a search
 * @table: which index
 * @match: (nullable): an expression for MATCH
 * @filter: " AND …", on the document "d", or ""
 * @found: how they are found
 * @all: (out) (optional): for callers with another way: %FALSE when enough documents were looked at
 *   for @filter before the end
 * @error: (nullable): place for an error
 *
 * Takes the documents that match.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_match (KontorSearch *self,
                             KontorSearchTable table,
                             const char *match,
                             const char *filter,
                             KontorSearchFound found,
                             gboolean *all,
                             GError **error)
{
  static const char *const names[] = { "title_fts", "search_fts" };
  static const char *const plain[] = {
    "SELECT rowid FROM title_fts WHERE title_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3",
    "SELECT rowid FROM search_fts WHERE search_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
  };
  KontorSearchAsk ask = { .sql = plain[table],
                          .value = match,
                          .found = found,
                          .max_looked_at = all != NULL ? MAX_TRIED : MAX_LOOKED_AT };
  g_autofree char *sql = NULL;

  if (*filter != '\0')
    ask.sql = sql = g_strdup_printf ("SELECT f.rowid,1%s FROM %s f CROSS JOIN search_doc d ON "
                                     "d.rowid=f.rowid WHERE f.%s MATCH ?1 AND f.rowid BETWEEN ?2 "
                                     "AND ?3",
                                     filter,
                                     names[table],
                                     names[table]);
  return kontor_search_collect (self, &ask, all, error);
}
