/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking an index: what it finds becomes candidates, in the order of the rowids, until each type of
 * records has as many as may be shown. */
#include "config.h"

#include "kontor-search-private.h"

/* Documents that are looked at in vain for what MATCH can't tell; fewer where there is another way
 * to find it. */
#define MAX_LOOKED_AT 2000
#define MAX_TRIED 50
#define MAX_TRIED_OF_SEVERAL 200
/* So many are looked at before it is said that less than a fifth of them have it. */
#define LEAST_TRIED 20

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

/* One question, while it is asked. */
typedef struct
{
  KontorSearch *search;
  const KontorSearchAsk *ask;
  sqlite3_stmt *rowids, *check; /* .check: NULL where there is no filter */
  guint looked_at, taken;
  gboolean all; /* there are no more rows */
} Asking;

static gboolean
prepare (Asking *self, GError **error)
{
  KontorDb *db = self->search->db;
  const char *filter = self->ask->filter;

  self->rowids = kontor_db_prepare (db, self->ask->sql, error);
  if (self->rowids == NULL || filter == NULL || *filter == '\0')
    return self->rowids != NULL;
  self->check =
    kontor_db_prepare_printf (db, error, "SELECT 1%s FROM search_doc d WHERE d.rowid=?1", filter);
  return self->check != NULL;
}

static gboolean
check_document (Asking *self, gint64 rowid, gboolean *holds, GError **error)
{
  gboolean row;

  *holds = TRUE;
  if (self->check == NULL)
    return TRUE;
  sqlite3_bind_int64 (self->check, 1, rowid);
  if (!kontor_db_step (self->search->db, self->check, &row, error))
    return FALSE;
  *holds = row && sqlite3_column_int (self->check, 0) != 0;
  sqlite3_reset (self->check);
  self->looked_at += !*holds;
  return TRUE;
}

static gboolean
take_rowid (Asking *self, KontorSearchGroup *group, gint64 rowid, GError **error)
{
  gboolean holds;

  if (group == NULL || kontor_search_group_is_full (self->search, group) ||
      g_hash_table_contains (self->search->seen, &rowid))
    return TRUE;
  if (!check_document (self, rowid, &holds, error))
    return FALSE;
  if (holds)
    kontor_search_add_candidate (self->search, group, rowid, self->ask->found);
  self->taken += holds;
  return TRUE;
}

static gboolean
was_in_vain (const Asking *self)
{
  return self->looked_at > self->ask->max_looked_at ||
         (self->ask->tentative && self->looked_at >= LEAST_TRIED &&
          self->taken * 4 < self->looked_at);
}

/* Goes through the rowids. @full: the number of the type that is full; 0 at the end, or when enough
 * was looked at. */
static gboolean
take_rowids (Asking *self, guint *full, GError **error)
{
  KontorSearch *search = self->search;
  guint n_rows = 0;

  *full = 0;
  for (self->all = FALSE; *full == 0 && !was_in_vain (self);)
    {
      KontorSearchGroup *group;
      gboolean row;
      gint64 rowid;

      if (!kontor_db_step (search->db, self->rowids, &row, error))
        return FALSE;
      self->all = !row;
      if (self->all || (self->ask->max_rows > 0 && ++n_rows > self->ask->max_rows))
        break;
      rowid = sqlite3_column_int64 (self->rowids, 0);
      group = search->by_number[KONTOR_SEARCH_TYPE (rowid)];
      if (!take_rowid (self, group, rowid, error))
        return FALSE;
      if (self->ask->max_rows == 0 &&
          (group == NULL || kontor_search_group_is_full (search, group)))
        *full = MAX (KONTOR_SEARCH_TYPE (rowid), 1);
    }
  sqlite3_reset (self->rowids);
  return TRUE;
}

/**
 * kontor_search_collect:
 * @self: a search
 * @ask: what to ask
 * @all: (out) (optional): %FALSE when enough was looked at before the end
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
  Asking asking = { .search = self, .ask = ask };
  KontorSearchGroup *group;

  if (all != NULL)
    *all = TRUE;
  for (guint i = 0; ask->value != NULL && (group = find_hungry (self, ask, &i)) != NULL;)
    {
      const KontorSearchGroup *last = find_last (self, ask, i);
      guint full;

      if (!prepare (&asking, error))
        return FALSE;
      sqlite3_bind_text (asking.rowids, 1, ask->value, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (asking.rowids, 2, KONTOR_SEARCH_FIRST (group->type));
      sqlite3_bind_int64 (asking.rowids, 3, KONTOR_SEARCH_LAST (last->type));
      if (!take_rowids (&asking, &full, error))
        return FALSE;
      if (full == 0)
        {
          if (all != NULL)
            *all = asking.all;
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
 * @filter: " AND …", in SQL, of the document "d", or ""
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
  static const char *const sql[] = {
    "SELECT rowid FROM title_fts WHERE title_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3",
    "SELECT rowid FROM search_fts WHERE search_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
  };
  KontorSearchAsk ask = { .sql = sql[table],
                          .value = match,
                          .filter = filter,
                          .found = found,
                          .max_looked_at = MAX_LOOKED_AT };

  if (all != NULL)
    {
      ask.tentative = self->query.words->len == 1;
      ask.max_looked_at = ask.tentative ? MAX_TRIED : MAX_TRIED_OF_SEVERAL;
    }
  return kontor_search_collect (self, &ask, all, error);
}
