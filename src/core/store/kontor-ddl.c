/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL from the type tables: tables, indexes, missing columns. Views are in kontor-ddl-view.c. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-error.h"
#include "kontor-fold.h"
#include <string.h>

/* The engine's own tables, as the sync specification has them; total and the search tables beside
 * them. */
static const char engine_tables[] =
  "CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS unknown_row(id BLOB PRIMARY KEY, e TEXT NOT NULL,"
  " rev INTEGER NOT NULL, sc BLOB, doc TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS step(step BLOB PRIMARY KEY, label TEXT NOT NULL, at INTEGER NOT NULL,"
  " user BLOB NOT NULL, device BLOB NOT NULL, origin INTEGER NOT NULL, undo_of BLOB,"
  " state INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS step_undo_of ON step(undo_of) WHERE undo_of IS NOT NULL;"
  "CREATE INDEX IF NOT EXISTS step_open ON step(state) WHERE state=0;"
  "CREATE TABLE IF NOT EXISTS change_tx(x INTEGER PRIMARY KEY, txid BLOB NOT NULL UNIQUE,"
  " step BLOB NOT NULL, at INTEGER NOT NULL, off INTEGER NOT NULL DEFAULT 0, base INTEGER NOT NULL,"
  " schema INTEGER NOT NULL, seq INTEGER) STRICT;"
  "CREATE INDEX IF NOT EXISTS change_tx_step ON change_tx(step);"
  "CREATE TABLE IF NOT EXISTS change_op(x INTEGER NOT NULL, i INTEGER NOT NULL, o TEXT NOT NULL,"
  " type TEXT NOT NULL, id BLOB NOT NULL, b INTEGER NOT NULL DEFAULT 0, now TEXT, was TEXT,"
  " PRIMARY KEY(x,i)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS outbox(n INTEGER PRIMARY KEY, x INTEGER NOT NULL UNIQUE,"
  " st INTEGER NOT NULL DEFAULT 0, code TEXT, tries INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE IF NOT EXISTS shadow(id BLOB NOT NULL, fld TEXT NOT NULL, val ANY,"
  " x INTEGER NOT NULL, PRIMARY KEY(id,fld)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS scope(id INTEGER PRIMARY KEY, rights INTEGER NOT NULL,"
  " kind TEXT NOT NULL, name TEXT, st INTEGER NOT NULL DEFAULT 0, resume TEXT) STRICT;"
  "CREATE TABLE IF NOT EXISTS conflict(cid INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
  " kind TEXT NOT NULL, n INTEGER, e TEXT, id BLOB, fld TEXT, mine TEXT, theirs TEXT, by_user BLOB,"
  " code TEXT, resolved INTEGER) STRICT;"
  "CREATE TABLE IF NOT EXISTS blob(hash BLOB PRIMARY KEY, size INTEGER NOT NULL,"
  " got INTEGER NOT NULL DEFAULT 0, dir INTEGER NOT NULL, st INTEGER NOT NULL,"
  " pin INTEGER NOT NULL DEFAULT 0, used_at INTEGER) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS blob_chunk(hash BLOB NOT NULL, no INTEGER NOT NULL,"
  " data BLOB NOT NULL, PRIMARY KEY(hash,no)) STRICT;"
  "CREATE TABLE IF NOT EXISTS total(def TEXT NOT NULL, key ANY NOT NULL, n INTEGER NOT NULL,"
  " sum INTEGER NOT NULL, PRIMARY KEY(def,key)) STRICT, WITHOUT ROWID;";

/* The one index of the engine's tables that a bulk load is better off without. */
static const char log_index[] = "CREATE INDEX IF NOT EXISTS change_op_id ON change_op(id,x)";

static const char common_columns[] = "rid INTEGER PRIMARY KEY,"
                                     "id BLOB NOT NULL UNIQUE CHECK(length(id)=16),"
                                     "rev INTEGER NOT NULL DEFAULT 0,"
                                     "sc BLOB,"
                                     "rights INTEGER NOT NULL DEFAULT 0,"
                                     "hid INTEGER NOT NULL DEFAULT 0,"
                                     "extra TEXT";

static const char *
column_type (const KontorFieldDef *field)
{
  switch (kontor_field_kind_storage (field->kind))
    {
    case KONTOR_STORAGE_INTEGER:
      return "INTEGER";
    case KONTOR_STORAGE_TEXT:
      return "TEXT";
    case KONTOR_STORAGE_ID:
      return "BLOB";
    case KONTOR_STORAGE_NONE:
    default:
      return NULL;
    }
}

/**
 * kontor_ddl_table:
 * @schema: fields, custom ones included
 * @type: a record type
 *
 * Returns: (transfer full): CREATE TABLE for records of @type
 */
char *
kontor_ddl_table (KontorSchema *schema, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "CREATE TABLE IF NOT EXISTS \"%s\"(%s", type->name, common_columns);
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      const char *kind = column_type (field);

      if (kind == NULL)
        continue;
      g_string_append_printf (sql, ",\"%s\" %s", field->name, kind);
      if (field->flags & KONTOR_FIELD_SORTED)
        g_string_append_printf (sql, ",\"%s__s\" TEXT", field->name);
    }
  g_string_append (sql, ") STRICT");
  return g_string_free (sql, FALSE);
}

static void
add_index (GPtrArray *indexes,
           const KontorRecordType *type,
           const char *name,
           const char *columns,
           const char *where)
{
  g_ptr_array_add (indexes,
                   g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s__%s\" ON \"%s\"(%s)%s%s",
                                    type->name,
                                    name,
                                    type->name,
                                    columns,
                                    where != NULL ? " WHERE " : "",
                                    where != NULL ? where : ""));
}

static gboolean
is_name (const char *a, const char *b)
{
  return a != NULL && strcmp (a, b) == 0;
}

/* Links are followed from both ends, in the trash too; everything else is only listed. */
static void
add_field_index (GPtrArray *indexes, const KontorRecordType *type, const KontorFieldDef *field)
{
  gboolean is_side = is_name (type->parent_field, field->name) ||
                     is_name (type->left, field->name) || is_name (type->right, field->name);
  gboolean is_link = kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_ID;
  g_autofree char *columns = NULL;

  if (!is_side && (field->flags & KONTOR_FIELD_INDEXED) == 0)
    return;
  if (is_name (type->right, field->name) && kontor_record_type_find_field (type, "at") != NULL)
    columns = g_strdup_printf ("\"%s\",\"at\"", field->name);
  else
    columns =
      g_strdup_printf ("\"%s%s\"", field->name, field->flags & KONTOR_FIELD_SORTED ? "__s" : "");
  add_index (indexes, type, field->name, columns, is_side || is_link ? NULL : "hid=0");
}

/**
 * kontor_ddl_indexes:
 * @schema: fields, custom ones included
 * @type: a record type
 *
 * Returns: (transfer full) (element-type utf8): CREATE INDEX for each secondary index
 */
GPtrArray *
kontor_ddl_indexes (KontorSchema *schema, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);
  GPtrArray *indexes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (column_type (field) != NULL)
        add_field_index (indexes, type, field);
    }
  if ((type->flags & (KONTOR_TYPE_CHILD | KONTOR_TYPE_SET | KONTOR_TYPE_SINGLE)) == 0)
    add_index (indexes, type, "trash", "\"modified_at\"", "hid=1");
  return indexes;
}

static gboolean
run_all (KontorDb *db, GPtrArray *statements, GError **error)
{
  for (guint i = 0; i < statements->len; i++)
    if (!kontor_db_exec (db, g_ptr_array_index (statements, i), error))
      return FALSE;
  return TRUE;
}

/**
 * kontor_ddl_create_all:
 * @db: a writing connection, best in a transaction
 * @error: (nullable): place for an error
 *
 * Makes all tables, columns, indexes and views that are not there, and reads the schema.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_ddl_create_all (KontorDb *db, GError **error)
{
  if (!kontor_db_exec (db, engine_tables, error) || !kontor_db_exec (db, log_index, error))
    return FALSE;
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      g_autofree char *table = kontor_ddl_table (db->schema, kontor_record_type_nth (i));

      if (!kontor_db_exec (db, table, error))
        return FALSE;
    }
  /* The columns of built-in fields first: reading the custom ones needs them. */
  if (!kontor_ddl_add_missing_columns (db, error) || !kontor_db_load_schema (db, error) ||
      !kontor_ddl_add_missing_columns (db, error))
    return FALSE;
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      g_autoptr(GPtrArray) indexes = kontor_ddl_indexes (db->schema, kontor_record_type_nth (i));

      if (!run_all (db, indexes, error))
        return FALSE;
    }
  return kontor_search_create (db, error) && kontor_ddl_create_views (db, error);
}

static GHashTable *
read_columns (KontorDb *db, const KontorRecordType *type, GError **error)
{
  g_autoptr(GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *stmt =
    kontor_db_prepare_printf (db, error, "SELECT name FROM pragma_table_info('%s')", type->name);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        g_hash_table_add (columns, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&columns);
}

static gboolean
add_column (KontorDb *db,
            const KontorRecordType *type,
            const char *name,
            const char *kind,
            GHashTable *present,
            gboolean *added,
            GError **error)
{
  g_autofree char *sql = NULL;

  if (g_hash_table_contains (present, name))
    return TRUE;
  sql = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", type->name, name, kind);
  *added = TRUE;
  return kontor_db_exec (db, sql, error);
}

/* Rows that were there before the key's column. */
static gboolean
fill_sort_keys (KontorDb *db,
                const KontorRecordType *type,
                const KontorFieldDef *field,
                GError **error)
{
  sqlite3_stmt *read = kontor_db_prepare_printf (db,
                                                 error,
                                                 "SELECT rid,\"%s\" FROM \"%s\" WHERE "
                                                 "\"%s\" IS NOT NULL AND \"%s__s\" IS NULL",
                                                 field->name,
                                                 type->name,
                                                 field->name,
                                                 field->name);
  sqlite3_stmt *write = kontor_db_prepare_printf (db,
                                                  error,
                                                  "UPDATE \"%s\" SET \"%s__s\"=? WHERE rid=?",
                                                  type->name,
                                                  field->name);
  gboolean row = TRUE;

  if (read == NULL || write == NULL)
    return FALSE;
  while (row)
    {
      g_autofree char *key = NULL;

      if (!kontor_db_step (db, read, &row, error))
        return FALSE;
      if (!row)
        break;
      key = kontor_fold_sort ((const char *) sqlite3_column_text (read, 1));
      sqlite3_bind_text (write, 1, key, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (write, 2, sqlite3_column_int64 (read, 0));
      if (!kontor_db_run (db, write, error))
        return FALSE;
    }
  sqlite3_reset (read);
  return TRUE;
}

static gboolean
renew_sort_key (KontorDb *db,
                const KontorRecordType *type,
                const KontorFieldDef *field,
                GError **error)
{
  g_autofree char *sql = NULL;

  if ((field->flags & KONTOR_FIELD_SORTED) == 0)
    return TRUE;
  sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s__s\"=NULL", type->name, field->name);
  return kontor_db_exec (db, sql, error) && fill_sort_keys (db, type, field, error);
}

/**
 * kontor_ddl_renew_sort_keys:
 * @db: a writing connection in a transaction
 * @error: (nullable): place for an error
 *
 * Makes the keys lists are sorted by anew, of all records: they were made by another fold.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_ddl_renew_sort_keys (KontorDb *db, GError **error)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GPtrArray) fields = kontor_schema_get_fields (db->schema, type);

      for (guint k = 0; k < fields->len; k++)
        if (!renew_sort_key (db, type, g_ptr_array_index (fields, k), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
add_sort_key (KontorDb *db,
              const KontorRecordType *type,
              const KontorFieldDef *field,
              GHashTable *present,
              gboolean *added,
              GError **error)
{
  g_autofree char *name = g_strconcat (field->name, "__s", NULL);

  if ((field->flags & KONTOR_FIELD_SORTED) == 0 || g_hash_table_contains (present, name))
    return TRUE;
  return add_column (db, type, name, "TEXT", present, added, error) &&
         fill_sort_keys (db, type, field, error);
}

static gboolean
add_columns_of (KontorDb *db,
                const KontorRecordType *type,
                GPtrArray *fields,
                gboolean *added,
                GError **error)
{
  g_autoptr(GHashTable) present = read_columns (db, type, error);

  if (present == NULL)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      const char *kind = column_type (field);

      if (kind == NULL)
        continue;
      if (!add_column (db, type, field->name, kind, present, added, error) ||
          !add_sort_key (db, type, field, present, added, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_ddl_add_missing_columns:
 * @db: a writing connection, in a transaction
 * @error: (nullable): place for an error
 *
 * Adds a column for each field of db->schema that has none, and its index: after a migration, and
 * when a custom field arrives. Columns are never dropped.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_ddl_add_missing_columns (KontorDb *db, GError **error)
{
  gboolean added = FALSE;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GPtrArray) fields = kontor_schema_get_fields (db->schema, type);
      g_autoptr(GPtrArray) indexes = NULL;
      gboolean added_here = FALSE;

      if (!add_columns_of (db, type, fields, &added_here, error))
        return FALSE;
      if (!added_here)
        continue;
      added = TRUE;
      indexes = kontor_ddl_indexes (db->schema, type);
      if (!db->bulk && !run_all (db, indexes, error))
        return FALSE;
    }
  return !added || kontor_ddl_create_views (db, error);
}

static GPtrArray *
list_indexes (KontorDb *db, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  /* Names with two underscores are those of kontor_ddl_indexes(). */
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT name FROM sqlite_schema WHERE type='index' AND sql IS NOT NULL AND "
                       "(name GLOB '*[_][_]*' OR name='change_op_id')",
                       error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&names);
}

static gboolean
drop_listed (KontorDb *db, GPtrArray *names, GError **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("DROP INDEX \"%s\"", (const char *) g_ptr_array_index (names, i));

      if (!kontor_db_exec (db, sql, error))
        return FALSE;
    }
  return kontor_db_set_meta_integer (db, "bulk", 1, error);
}

/**
 * kontor_ddl_drop_indexes:
 * @db: the writing connection, in no transaction, with the lease
 * @error: (nullable): place for an error
 *
 * Begins a bulk load: drops the secondary indexes and leaves the mark that they are missing.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_ddl_drop_indexes (KontorDb *db, GError **error)
{
  g_autoptr(GPtrArray) names = NULL;

  if (!kontor_db_begin (db, error))
    return FALSE;
  names = list_indexes (db, error);
  if (names != NULL && drop_listed (db, names, error) && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

static gboolean
build_one (KontorDb *db, const char *sql, GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  if (kontor_db_exec (db, sql, error) && kontor_db_commit (db, error))
    return kontor_db_keep_wal_short (db, error);
  kontor_db_rollback (db);
  return FALSE;
}

/**
 * kontor_ddl_build_indexes:
 * @db: the writing connection, in no transaction
 * @progress: (nullable): told how many indexes are there
 * @data: for @progress
 * @error: (nullable): place for an error
 *
 * Makes the indexes that are missing, each in a transaction of its own: it can be begun again. The
 * mark stays: what else a bulk load leaves to do is the caller's.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_ddl_build_indexes (KontorDb *db, KontorProgress progress, gpointer data, GError **error)
{
  guint n = kontor_record_type_count ();

  if (!build_one (db, log_index, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GPtrArray) indexes = kontor_ddl_indexes (db->schema, kontor_record_type_nth (i));

      for (guint k = 0; k < indexes->len; k++)
        if (!build_one (db, g_ptr_array_index (indexes, k), error))
          return FALSE;
      if (progress != NULL)
        progress (i + 1, n, data);
    }
  return TRUE;
}

/**
 * kontor_ddl_model_hash:
 *
 * Two programs with the same hash have the same built-in tables.
 *
 * Returns: (transfer full): a hash of everything the tables are made from
 */
char *
kontor_ddl_model_hash (void)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      guint n_fields;
      const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

      g_checksum_update (sum, (const guchar *) type->name, -1);
      for (guint k = 0; k < n_fields; k++)
        {
          guint32 traits[2] = { fields[k]->kind, fields[k]->flags };

          g_checksum_update (sum, (const guchar *) fields[k]->name, -1);
          g_checksum_update (sum, (const guchar *) traits, sizeof traits);
        }
    }
  kontor_search_update_hash (sum);
  return g_strndup (g_checksum_get_string (sum), 16);
}
