/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintained totals (C3): what a row counted for is subtracted, what it counts for now is added, in
 * the transaction that changes it. They count live records. The key is the id, text or number of
 * the group, an empty blob for no group. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>
#include <inttypes.h>

typedef struct
{
  const KontorTotalDef *def;
  KontorValue key;
} Cell;

typedef struct
{
  gint64 n, sum;
} Delta;

static guint
hash_cell (gconstpointer data)
{
  const Cell *cell = data;
  guint hash = g_direct_hash (cell->def);

  if (cell->key.type == KONTOR_VALUE_ID)
    hash ^= kontor_id_hash (&cell->key.id);
  else if (cell->key.type == KONTOR_VALUE_TEXT)
    hash ^= g_str_hash (cell->key.text);
  else if (cell->key.type == KONTOR_VALUE_INTEGER)
    hash ^= (guint) cell->key.integer;
  return hash;
}

static gboolean
equal_cells (gconstpointer a, gconstpointer b)
{
  const Cell *cell_a = a, *cell_b = b;

  return cell_a->def == cell_b->def && kontor_value_equal (&cell_a->key, &cell_b->key);
}

static void
free_cell (gpointer data)
{
  Cell *cell = data;

  kontor_value_clear (&cell->key);
  g_free (cell);
}

/* Splits "state=open"; @value points into the definition. */
static const KontorFieldDef *
find_filter_field (const KontorRecordType *type, const KontorTotalDef *def, const char **value)
{
  const char *equals = def->filter != NULL ? strchr (def->filter, '=') : NULL;
  g_autofree char *name = NULL;

  if (equals == NULL)
    return NULL;
  name = g_strstrip (g_strndup (def->filter, equals - def->filter));
  *value = equals + 1;
  while (**value == ' ')
    (*value)++;
  return kontor_record_type_find_field (type, name);
}

static gboolean
counts (KontorRecord *record, const KontorRecordType *type, const KontorTotalDef *def)
{
  const char *wanted = NULL;
  const KontorFieldDef *field = find_filter_field (type, def, &wanted);

  if (field == NULL)
    return TRUE;
  if (kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_INTEGER)
    return kontor_record_value_integer (record, field) == g_ascii_strtoll (wanted, NULL, 10);
  return g_strcmp0 (kontor_record_value_text (record, field), wanted) == 0;
}

static GHashTable *
new_totals (void)
{
  return g_hash_table_new_full (hash_cell, equal_cells, free_cell, g_free);
}

/* @key is copied where it is new. */
static Delta *
find_delta (GHashTable *totals, const KontorTotalDef *def, const KontorValue *key)
{
  const Cell cell = { def, *key };
  Delta *delta = g_hash_table_lookup (totals, &cell);
  Cell *copy;

  if (delta != NULL)
    return delta;
  copy = g_new0 (Cell, 1);
  copy->def = def;
  kontor_value_copy (key, &copy->key);
  delta = g_new0 (Delta, 1);
  g_hash_table_insert (totals, copy, delta);
  return delta;
}

static void
add_record (KontorWork *work, KontorRecord *record, const KontorRecordType *type, int sign)
{
  for (guint i = 0; i < type->n_totals; i++)
    {
      const KontorTotalDef *def = &type->totals[i];
      g_auto(KontorValue) key = KONTOR_VALUE_INIT;
      Delta *delta;

      if (!counts (record, type, def))
        continue;
      if (def->group_by != NULL)
        kontor_record_get_value (record, kontor_record_type_find_field (type, def->group_by), &key);
      delta = find_delta (work->totals, def, &key);
      delta->n += sign;
      if (def->kind == KONTOR_TOTAL_SUM)
        delta->sum +=
          sign *
          kontor_record_value_integer (record, kontor_record_type_find_field (type, def->sum));
    }
}

/**
 * kontor_totals_count:
 * @work: a working set
 * @row: a record of it
 *
 * Notes what the totals of the record's type change by.
 */
void
kontor_totals_count (KontorWork *work, KontorWorkRow *row)
{
  if (row->type->n_totals == 0 ||
      (row->before == NULL && !row->is_new && row->hidden == row->was_hidden))
    return;
  if (work->totals == NULL)
    work->totals = new_totals ();
  if (!row->is_new && !row->was_hidden)
    add_record (work, row->before != NULL ? row->before : row->record, row->type, -1);
  if (!row->hidden && !row->removed)
    add_record (work, row->record, row->type, 1);
}

static void
bind_key (sqlite3_stmt *stmt, int i, const KontorValue *key)
{
  if (key->type == KONTOR_VALUE_ID)
    sqlite3_bind_blob (stmt, i, key->id.b, KONTOR_ID_SIZE, SQLITE_STATIC);
  else if (key->type == KONTOR_VALUE_TEXT)
    sqlite3_bind_text (stmt, i, key->text, -1, SQLITE_STATIC);
  else if (key->type == KONTOR_VALUE_INTEGER)
    sqlite3_bind_int64 (stmt, i, key->integer);
  else
    sqlite3_bind_zeroblob (stmt, i, 0);
}

static gboolean
write_delta (KontorDb *db, const Cell *cell, const Delta *delta, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "INSERT INTO total(def,key,n,sum)VALUES(?1,?2,?3,?4) ON CONFLICT(def,key) "
                       "DO UPDATE SET n=n+excluded.n,sum=sum+excluded.sum",
                       error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, cell->def->name, -1, SQLITE_STATIC);
  bind_key (stmt, 2, &cell->key);
  sqlite3_bind_int64 (stmt, 3, delta->n);
  sqlite3_bind_int64 (stmt, 4, delta->sum);
  if (!kontor_db_run (db, stmt, error))
    return FALSE;
  if (delta->n >= 0)
    return TRUE;
  stmt = kontor_db_prepare (db, "DELETE FROM total WHERE def=? AND key=? AND n=0", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, cell->def->name, -1, SQLITE_STATIC);
  bind_key (stmt, 2, &cell->key);
  return kontor_db_run (db, stmt, error);
}

static gboolean
write_totals (KontorDb *db, GHashTable *totals, GError **error)
{
  GHashTableIter iter;
  gpointer cell, value;

  g_hash_table_iter_init (&iter, totals);
  while (g_hash_table_iter_next (&iter, &cell, &value))
    {
      const Delta *delta = value;

      if ((delta->n != 0 || delta->sum != 0) && !write_delta (db, cell, delta, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_totals_write:
 * @work: a working set
 * @error: (nullable): place for an error
 *
 * Writes what kontor_totals_count() noted.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_totals_write (KontorWork *work, GError **error)
{
  return work->totals == NULL || write_totals (work->db, work->totals, error);
}

/* Whether a row counts, as SQL. */
static void
append_condition (GString *sql, const KontorRecordType *type, const KontorTotalDef *def)
{
  const char *wanted = NULL;
  const KontorFieldDef *filter = find_filter_field (type, def, &wanted);
  char *quoted;

  if (filter == NULL)
    g_string_append_c (sql, '1');
  else if (kontor_field_kind_storage (filter->kind) == KONTOR_STORAGE_INTEGER)
    g_string_append_printf (sql,
                            "\"%s\"=%" G_GINT64_FORMAT,
                            filter->name,
                            g_ascii_strtoll (wanted, NULL, 10));
  else
    {
      quoted = sqlite3_mprintf ("\"%w\"=%Q", filter->name, wanted);
      g_string_append (sql, quoted);
      sqlite3_free (quoted);
    }
}

/* SELECT of the cells of one total as they must be. */
static char *
make_select (const KontorRecordType *type, const KontorTotalDef *def)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");

  g_string_append_printf (sql, "'%s' AS def,", def->name);
  if (def->group_by != NULL)
    g_string_append_printf (sql, "coalesce(\"%s\",x'') AS key,", def->group_by);
  else
    g_string_append (sql, "x'' AS key,");
  g_string_append (sql, "count(*) AS n,");
  if (def->kind == KONTOR_TOTAL_SUM)
    g_string_append_printf (sql, "coalesce(sum(\"%s\"),0) AS sum", def->sum);
  else
    g_string_append (sql, "0 AS sum");
  g_string_append_printf (sql, " FROM \"%s\" WHERE hid=0 AND ", type->name);
  append_condition (sql, type, def);
  g_string_append (sql, " GROUP BY 2 HAVING count(*)>0");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* SELECT of what each row counts for: whether it does, the key and what is added up, of each total
 * of the type. One pass over the rows, and nothing to sort. */
static char *
make_scan (const KontorRecordType *type)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; i < type->n_totals; i++)
    {
      const KontorTotalDef *def = &type->totals[i];

      if (i > 0)
        g_string_append_c (sql, ',');
      append_condition (sql, type, def);
      if (def->group_by != NULL)
        g_string_append_printf (sql, ",\"%s\"", def->group_by);
      else
        g_string_append (sql, ",NULL");
      if (def->kind == KONTOR_TOTAL_SUM)
        g_string_append_printf (sql, ",\"%s\"", def->sum);
      else
        g_string_append (sql, ",0");
    }
  g_string_append_printf (sql, " FROM \"%s\" WHERE hid=0", type->name);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* A text belongs to the statement. */
static KontorValue
peek_key (sqlite3_stmt *stmt, int i)
{
  KontorValue key = KONTOR_VALUE_INIT;

  switch (sqlite3_column_type (stmt, i))
    {
    case SQLITE_BLOB:
      if (kontor_db_column_id (stmt, i, &key.id))
        key.type = KONTOR_VALUE_ID;
      break;
    case SQLITE_TEXT:
      key.type = KONTOR_VALUE_TEXT;
      key.text = (char *) sqlite3_column_text (stmt, i);
      break;
    case SQLITE_INTEGER:
      key.type = KONTOR_VALUE_INTEGER;
      key.integer = sqlite3_column_int64 (stmt, i);
      break;
    default:
      break;
    }
  return key;
}

static gboolean
count_rows (KontorDb *db, const KontorRecordType *type, GHashTable *totals, GError **error)
{
  g_autofree char *sql = make_scan (type);
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);
  gboolean found, ok;

  if (stmt == NULL)
    return FALSE;
  while ((ok = kontor_db_step (db, stmt, &found, error)) && found)
    for (guint i = 0; i < type->n_totals; i++)
      if (sqlite3_column_int (stmt, (int) i * 3))
        {
          KontorValue key = peek_key (stmt, (int) i * 3 + 1);
          Delta *delta = find_delta (totals, &type->totals[i], &key);

          delta->n++;
          delta->sum += sqlite3_column_int64 (stmt, (int) i * 3 + 2);
        }
  sqlite3_reset (stmt);
  return ok;
}

/**
 * kontor_totals_rebuild:
 * @db: the writing connection, in a transaction or not
 * @error: (nullable): place for an error
 *
 * Counts all totals anew.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_totals_rebuild (KontorDb *db, GError **error)
{
  g_autoptr(GHashTable) totals = new_totals ();
  gboolean ok = kontor_db_exec (db, "SAVEPOINT totals; DELETE FROM total", error);

  if (!ok)
    return FALSE;
  for (guint i = 0; ok && i < kontor_record_type_count (); i++)
    if (kontor_record_type_nth (i)->n_totals > 0)
      ok = count_rows (db, kontor_record_type_nth (i), totals, error);
  if (ok && write_totals (db, totals, error))
    return kontor_db_exec (db, "RELEASE totals", error);
  kontor_db_exec (db, "ROLLBACK TO totals; RELEASE totals", NULL);
  return FALSE;
}

static gboolean
check_total (KontorDb *db,
             const KontorRecordType *type,
             const KontorTotalDef *def,
             GPtrArray *problems,
             GError **error)
{
  g_autofree char *must = make_select (type, def);
  g_autofree char *is =
    g_strdup_printf ("SELECT def,key,n,sum FROM total WHERE def='%s'", def->name);
  sqlite3_stmt *stmt =
    kontor_db_prepare_printf (db,
                              error,
                              "SELECT count(*) FROM (SELECT * FROM (%s EXCEPT %s) UNION ALL "
                              "SELECT * FROM (%s EXCEPT %s))",
                              must,
                              is,
                              is,
                              must);
  gboolean row;
  gint64 n = 0;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, error))
    return FALSE;
  if (row)
    n = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  if (n > 0)
    /* Translators: the first %s is the internal name of a total */
    g_ptr_array_add (problems,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                   "Total “%s” is wrong in %" PRId64 " place.",
                                                   "Total “%s” is wrong in %" PRId64 " places.",
                                                   n),
                                      def->name,
                                      n));
  return TRUE;
}

/**
 * kontor_totals_check:
 * @db: a connection
 * @problems: (element-type utf8): what is found is added, a sentence each
 * @error: (nullable): place for an error
 *
 * Compares all totals with what they count.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_totals_check (KontorDb *db, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      for (guint k = 0; k < type->n_totals; k++)
        if (!check_total (db, type, &type->totals[k], problems, error))
          return FALSE;
    }
  return TRUE;
}
