/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queries as SQL, and running them. */
#include "config.h"

#include "kontor-query-private.h"

/* --- SQL with its values -------------------------------------------------------------------- */

static void
clear_value (gpointer value)
{
  kontor_value_clear (value);
}

void
kontor_sql_init (KontorSql *sql, KontorDb *db)
{
  sql->db = db;
  sql->sql = g_string_new (NULL);
  sql->binds = g_array_new (FALSE, TRUE, sizeof (KontorValue));
  sql->n_aliases = 1;
  g_array_set_clear_func (sql->binds, clear_value);
}

void
kontor_sql_clear (KontorSql *sql)
{
  g_string_free (sql->sql, TRUE);
  g_array_unref (sql->binds);
}

void
kontor_sql_bind_value (KontorSql *sql, const KontorValue *value)
{
  KontorValue copy = KONTOR_VALUE_INIT;

  kontor_value_copy (value, &copy);
  g_array_append_val (sql->binds, copy);
  g_string_append_c (sql->sql, '?');
}

void
kontor_sql_bind_text (KontorSql *sql, const char *text)
{
  KontorValue value = { .type = KONTOR_VALUE_TEXT, .text = g_strdup (text) };

  g_array_append_val (sql->binds, value);
  g_string_append_c (sql->sql, '?');
}

void
kontor_sql_bind_integer (KontorSql *sql, gint64 integer)
{
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = integer };

  g_array_append_val (sql->binds, value);
  g_string_append_c (sql->sql, '?');
}

void
kontor_sql_bind_id (KontorSql *sql, const KontorId *id)
{
  KontorValue value = { .type = KONTOR_VALUE_ID, .id = *id };

  g_array_append_val (sql->binds, value);
  g_string_append_c (sql->sql, '?');
}

void
kontor_sql_append_column (KontorSql *sql, guint alias, const KontorFieldDef *field)
{
  g_string_append_printf (sql->sql, "t%u.\"%s\"", alias, field->name);
}

void
kontor_sql_append_key (KontorSql *sql, guint alias, const KontorFieldDef *field)
{
  if ((field->flags & KONTOR_FIELD_SORTED) != 0)
    g_string_append_printf (sql->sql, "t%u.\"%s__s\"", alias, field->name);
  else
    g_string_append_printf (sql->sql, "kontor_fold(t%u.\"%s\")", alias, field->name);
}

typedef struct
{
  KontorSql *sql;
  KontorQuery *query;
  const KontorQueryHow *how;
  const KontorRecordType *type;
  GArray *terms; /* (element-type KontorSortTerm) */
} Select;

static const KontorSortTerm *
first_term (const Select *select)
{
  return select->terms->len > 0 ? &g_array_index (select->terms, KontorSortTerm, 0) : NULL;
}

/* --- Conditions ----------------------------------------------------------------------------- */

static gboolean
append_conditions (Select *select, GError **error)
{
  KontorSql *sql = select->sql;
  const KontorFilter *filter = kontor_query_get_filter (select->query);
  KontorQueryScope scope = kontor_query_get_scope (select->query);

  g_string_append (sql->sql, " WHERE 1");
  if (select->how->rids != NULL)
    {
      g_string_append (sql->sql, " AND t0.rid IN (");
      for (guint i = 0; i < select->how->n_rids; i++)
        {
          if (i > 0)
            g_string_append_c (sql->sql, ',');
          kontor_sql_bind_integer (sql, select->how->rids[i]);
        }
      g_string_append_c (sql->sql, ')');
    }
  if (scope != KONTOR_QUERY_ALL && !select->how->no_scope)
    g_string_append (sql->sql, scope == KONTOR_QUERY_TRASHED ? " AND t0.hid=1" : " AND t0.hid=0");
  if (select->how->no_filter || kontor_query_filter_is_empty (filter))
    return TRUE;
  g_string_append (sql->sql, " AND (");
  if (!kontor_query_append_filter (sql, select->type, 0, filter, error))
    return FALSE;
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

static void
append_order (Select *select, guint first)
{
  kontor_query_append_order (select->sql,
                             select->terms,
                             first,
                             select->how->plan == KONTOR_PLAN_COLLECT);
}

static void
append_limit (Select *select)
{
  if (select->how->limit > 0)
    g_string_append_printf (select->sql->sql, " LIMIT %u", select->how->limit);
}

/* --- Ways ----------------------------------------------------------------------------------- */

/* By a link alone, all records, only the first: the targets in their order, and for each its
 * records; those that lead nowhere behind. */
static gboolean
goes_by_targets (Select *select)
{
  const KontorSortTerm *term = first_term (select);
  const KontorFieldDef *title;

  if (term == NULL || select->terms->len > 1 || term->target == NULL || select->how->limit == 0 ||
      select->how->plan == KONTOR_PLAN_COLLECT || select->how->rids != NULL ||
      (term->field->flags & KONTOR_FIELD_INDEXED) == 0 ||
      kontor_query_get_scope (select->query) != KONTOR_QUERY_LIVE)
    return FALSE;
  if (select->how->plan != KONTOR_PLAN_WALK &&
      !kontor_query_filter_is_empty (kontor_query_get_filter (select->query)))
    return FALSE;
  title = kontor_query_find_title (term->target);
  return (title->flags & KONTOR_FIELD_SORTED) != 0 && (title->flags & KONTOR_FIELD_INDEXED) != 0;
}

static gboolean
append_by_targets (Select *select, GError **error)
{
  KontorSql *sql = select->sql;
  const KontorSortTerm *term = first_term (select);

  g_string_append_printf (sql->sql,
                          "SELECT rid FROM (SELECT t0.rid AS rid FROM \"%s\" t%u CROSS JOIN \"%s\" "
                          "t0 ON t0.\"%s\"=t%u.id",
                          term->target->name,
                          term->alias,
                          select->type->name,
                          term->field->name,
                          term->alias);
  if (!append_conditions (select, error))
    return FALSE;
  g_string_append_printf (sql->sql, " AND t%u.hid=0", term->alias);
  append_order (select, 0);
  append_limit (select);
  g_string_append_printf (sql->sql,
                          ") UNION ALL SELECT rid FROM (SELECT t0.rid AS rid FROM \"%s\" t0",
                          select->type->name);
  if (!append_conditions (select, error))
    return FALSE;
  g_string_append_printf (sql->sql,
                          " AND NOT EXISTS (SELECT 1 FROM \"%s\" t%u WHERE t%u.id=t0.\"%s\" AND "
                          "t%u.hid=0)",
                          term->target->name,
                          term->alias,
                          term->alias,
                          term->field->name,
                          term->alias);
  append_order (select, 1);
  append_limit (select);
  g_string_append_c (sql->sql, ')');
  append_limit (select);
  return TRUE;
}

static char *
dup_walk_index (Select *select)
{
  const KontorSortTerm *term = first_term (select);

  if (kontor_query_get_scope (select->query) != KONTOR_QUERY_LIVE || term == NULL ||
      term->target != NULL || (term->field->flags & KONTOR_FIELD_INDEXED) == 0 ||
      kontor_field_kind_storage (term->field->kind) == KONTOR_STORAGE_ID)
    return NULL;
  return g_strdup_printf ("%s__%s", select->type->name, term->field->name);
}

static void
append_from (Select *select)
{
  KontorSql *sql = select->sql;
  g_autofree char *index = NULL;

  g_string_append_printf (sql->sql, " FROM \"%s\" t0", select->type->name);
  if (select->how->count)
    return;
  if (select->how->plan == KONTOR_PLAN_WALK && select->terms->len == 0)
    g_string_append (sql->sql, " NOT INDEXED");
  else if (select->how->plan == KONTOR_PLAN_WALK && (index = dup_walk_index (select)) != NULL)
    g_string_append_printf (sql->sql, " INDEXED BY \"%s\"", index);
  for (guint i = 0; i < select->terms->len; i++)
    {
      const KontorSortTerm *term = &g_array_index (select->terms, KontorSortTerm, i);

      if (term->target != NULL)
        g_string_append_printf (sql->sql,
                                " LEFT JOIN \"%s\" t%u ON t%u.id=t0.\"%s\" AND t%u.hid=0",
                                term->target->name,
                                term->alias,
                                term->alias,
                                term->field->name,
                                term->alias);
    }
}

static gboolean
append_select (Select *select, GError **error)
{
  if (!kontor_query_check_field (select->sql->db, select->type, NULL, error) ||
      !kontor_query_read_order (select->sql, select->query, select->terms, error))
    return FALSE;
  if (!select->how->count && goes_by_targets (select))
    return append_by_targets (select, error);
  g_string_append (select->sql->sql, select->how->count ? "SELECT count(*)" : "SELECT t0.rid");
  append_from (select);
  if (!append_conditions (select, error))
    return FALSE;
  if (!select->how->count)
    {
      append_order (select, 0);
      append_limit (select);
    }
  return TRUE;
}

/**
 * kontor_query_make_sql:
 * @db: a connection
 * @query: what is asked
 * @how: and how
 * @binds: (out) (element-type KontorValue): values of the "?", in order
 * @error: (nullable): place for an error that names field and value
 *
 * Returns: (transfer full) (nullable): SQL that gives rids in order, or their number; %NULL with
 *   @error set
 */
char *
kontor_query_make_sql (KontorDb *db,
                       KontorQuery *query,
                       const KontorQueryHow *how,
                       GArray **binds,
                       GError **error)
{
  KontorSql sql;
  Select select = { .sql = &sql,
                    .query = query,
                    .how = how,
                    .type = kontor_query_get_record_type (query) };
  char *text = NULL;

  *binds = NULL;
  if (!kontor_query_ensure_functions (db, error))
    return NULL;
  kontor_sql_init (&sql, db);
  select.terms = g_array_new (FALSE, FALSE, sizeof (KontorSortTerm));
  if (append_select (&select, error))
    {
      text = g_strdup (sql.sql->str);
      *binds = g_array_ref (sql.binds);
    }
  g_array_unref (select.terms);
  kontor_sql_clear (&sql);
  return text;
}

/**
 * kontor_query_to_sql:
 * @db: a connection
 * @query: what is asked
 * @count: only how many there are
 * @limit: at most so many; 0 for all
 * @binds: (out) (element-type KontorValue): values of the "?", in order
 * @error: (nullable): place for an error that names field and value
 *
 * Returns: (transfer full) (nullable): SQL that gives rids in order, or their number; %NULL with
 *   @error set
 */
char *
kontor_query_to_sql (KontorDb *db,
                     KontorQuery *query,
                     gboolean count,
                     guint limit,
                     GArray **binds,
                     GError **error)
{
  KontorQueryHow how = { .count = count, .limit = limit };

  return kontor_query_make_sql (db, query, &how, binds, error);
}

/* While a bulk load runs, the indexes are not there. Asking by name for no row at all tells that
 * without reading the whole schema. */
static gboolean
has_index (KontorDb *db, const KontorRecordType *type, const char *index)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare_printf (db,
                              NULL,
                              "SELECT 1 FROM \"%s\" INDEXED BY \"%s\" WHERE hid=0 LIMIT 0",
                              type->name,
                              index);
  gboolean row;

  return stmt != NULL && kontor_db_step (db, stmt, &row, NULL);
}

/**
 * kontor_query_can_walk:
 * @db: a connection
 * @query: what is asked
 *
 * Returns: whether there is an index that has the records in the order they are asked for, so that
 *   the first ones are found without sorting
 */
gboolean
kontor_query_can_walk (KontorDb *db, KontorQuery *query)
{
  KontorSql sql;
  KontorQueryHow how = { .plan = KONTOR_PLAN_WALK, .limit = 1 };
  Select select = { &sql, query, &how, kontor_query_get_record_type (query), NULL };
  g_autofree char *index = NULL;
  gboolean can = FALSE;

  kontor_sql_init (&sql, db);
  select.terms = g_array_new (FALSE, FALSE, sizeof (KontorSortTerm));
  if (kontor_query_read_order (&sql, query, select.terms, NULL))
    {
      can = select.terms->len == 0 || goes_by_targets (&select);
      index = can ? NULL : dup_walk_index (&select);
    }
  if (index != NULL)
    can = has_index (db, select.type, index);
  g_array_unref (select.terms);
  kontor_sql_clear (&sql);
  return can;
}

/* --- Running -------------------------------------------------------------------------------- */

static void
bind_values (sqlite3_stmt *stmt, GArray *binds)
{
  for (guint i = 0; i < binds->len; i++)
    {
      const KontorValue *value = &g_array_index (binds, KontorValue, i);

      switch (value->type)
        {
        case KONTOR_VALUE_INTEGER:
          sqlite3_bind_int64 (stmt, (int) i + 1, value->integer);
          break;
        case KONTOR_VALUE_TEXT:
          sqlite3_bind_text (stmt, (int) i + 1, value->text, -1, SQLITE_TRANSIENT);
          break;
        case KONTOR_VALUE_ID:
          kontor_db_bind_id (stmt, (int) i + 1, &value->id);
          break;
        case KONTOR_VALUE_NULL:
        default:
          break;
        }
    }
}

static sqlite3_stmt *
prepare_as (KontorDb *db, KontorQuery *query, const KontorQueryHow *how, GError **error)
{
  g_autoptr(GArray) binds = NULL;
  g_autofree char *sql = kontor_query_make_sql (db, query, how, &binds, error);
  sqlite3_stmt *stmt = sql != NULL ? kontor_db_prepare (db, sql, error) : NULL;

  if (stmt != NULL)
    bind_values (stmt, binds);
  return stmt;
}

/* An index that is asked for by name may have gone a moment ago. */
static sqlite3_stmt *
prepare (KontorDb *db, KontorQuery *query, const KontorQueryHow *how, GError **error)
{
  KontorQueryHow free_how = *how;
  sqlite3_stmt *stmt = how->plan == KONTOR_PLAN_WALK ? prepare_as (db, query, how, NULL) : NULL;

  free_how.plan = how->plan == KONTOR_PLAN_WALK ? KONTOR_PLAN_FREE : how->plan;
  return stmt != NULL ? stmt : prepare_as (db, query, &free_how, error);
}

/**
 * kontor_query_each:
 * @db: a connection
 * @query: what is asked
 * @how: and how
 * @found: called for each rid, in order
 * @data: for @found
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set, maybe after some rids
 */
gboolean
kontor_query_each (KontorDb *db,
                   KontorQuery *query,
                   const KontorQueryHow *how,
                   KontorQueryFound found,
                   gpointer data,
                   GError **error)
{
  sqlite3_stmt *stmt = prepare (db, query, how, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (row)
        found (sqlite3_column_int64 (stmt, 0), data);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

static void
append_found (gint64 rid, gpointer data)
{
  g_array_append_val ((GArray *) data, rid);
}

/**
 * kontor_query_run:
 * @db: a connection
 * @query: what is asked
 * @limit: at most so many; 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): rids in order, %NULL with @error set
 */
GArray *
kontor_query_run (KontorDb *db, KontorQuery *query, guint limit, GError **error)
{
  g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  KontorQueryHow how = { .limit = limit };

  return kontor_query_each (db, query, &how, append_found, rids, error) ? g_steal_pointer (&rids)
                                                                        : NULL;
}

/**
 * kontor_query_count:
 * @db: a connection
 * @query: what is asked
 * @error: (nullable): place for an error
 *
 * Returns: how many records there are, -1 with @error set
 */
gint64
kontor_query_count (KontorDb *db, KontorQuery *query, GError **error)
{
  KontorQueryHow how = { .count = TRUE };
  sqlite3_stmt *stmt = prepare (db, query, &how, error);
  gint64 n = -1;
  gboolean row;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, error))
    return -1;
  if (row)
    n = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return n;
}
