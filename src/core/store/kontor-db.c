/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection: cached statements, transactions, errors in words, the meta table. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-error.h"
#include <errno.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/**
 * kontor_store_error_quark:
 *
 * Returns: the domain of errors of the store
 */
GQuark
kontor_store_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-store-error-quark"));
  return (GQuark) quark;
}

static KontorErrorCode
code_from_sqlite (KontorDb *db, int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return KONTOR_ERROR_BUSY;
    case SQLITE_FULL:
      return KONTOR_ERROR_FULL;
    case SQLITE_IOERR:
      return sqlite3_system_errno (db->handle) == ENOSPC ? KONTOR_ERROR_FULL : KONTOR_ERROR_IO;
    case SQLITE_CORRUPT:
      return KONTOR_ERROR_CORRUPT;
    case SQLITE_NOTADB:
      return KONTOR_ERROR_FOREIGN;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return KONTOR_ERROR_READ_ONLY;
    case SQLITE_AUTH:
      return KONTOR_ERROR_DENIED;
    case SQLITE_CANTOPEN:
      return KONTOR_ERROR_IO;
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return KONTOR_ERROR_LIMIT;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return KONTOR_ERROR_INVALID;
    default:
      return KONTOR_ERROR_FAILED;
    }
}

static char *
describe_code (KontorDb *db, KontorErrorCode code)
{
  const char *path = db->path != NULL ? db->path : "";
  g_autofree char *shown = g_filename_display_name (path);
  const char *why = db->handle != NULL ? sqlite3_errmsg (db->handle) : "";

  switch (code)
    {
    case KONTOR_ERROR_BUSY:
      return g_strdup_printf (_(
                                "“%s” is being written by another program. Try again in a moment."),
                              shown);
    case KONTOR_ERROR_FULL:
      return g_strdup_printf (_("The disk with “%s” is full. Nothing was saved of this change; "
                                 "free "
                                 "some space and try again."),
                              shown);
    case KONTOR_ERROR_IO:
      return g_strdup_printf (_("Reading or writing “%s” failed (%s). Check the disk and save a "
                                 "copy elsewhere."),
                              shown,
                              why);
    case KONTOR_ERROR_CORRUPT:
      return g_strdup_printf (_("“%s” is damaged (%s). Save a copy of what can be read, then go "
                                 "back "
                                 "to a backup."),
                              shown,
                              why);
    case KONTOR_ERROR_FOREIGN:
      return g_strdup_printf (_("“%s” is not a Kontor workspace."), shown);
    case KONTOR_ERROR_READ_ONLY:
      return g_strdup_printf (_("“%s” can't be written: the file or its folder is read-only. Save "
                                 "a "
                                 "copy to change it."),
                              shown);
    default:
      return g_strdup_printf (_("The database of “%s” reported: %s"), shown, why);
    }
}

/**
 * kontor_db_set_error:
 * @db: a connection
 * @rc: a result of SQLite that is not OK, ROW or DONE
 * @error: (nullable): place for an error
 *
 * Puts a failure of SQLite in words. An interrupted statement becomes %G_IO_ERROR_CANCELLED.
 */
void
kontor_db_set_error (KontorDb *db, int rc, GError **error)
{
  KontorErrorCode code;
  g_autofree char *text = NULL;

  if ((rc & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
      return;
    }
  code = code_from_sqlite (db, rc);
  text = describe_code (db, code);
  g_debug ("SQLite %d: %s", rc, db->handle != NULL ? sqlite3_errmsg (db->handle) : "");
  kontor_set_error (error, KONTOR_STORE_ERROR, code, "%s", text);
  if (error != NULL && *error != NULL && db->path != NULL)
    kontor_error_set_file (*error, db->path);
}

/**
 * kontor_db_prepare:
 * @db: a connection
 * @sql: one statement
 * @error: (nullable): place for an error
 *
 * The statement is kept with the connection: the next call with the same text gets the same one,
 * reset and without values. It must not be in use.
 *
 * Returns: (transfer none) (nullable): the statement, or %NULL with @error set
 */
sqlite3_stmt *
kontor_db_prepare (KontorDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (db->statements, sql);
  int rc;

  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
      return stmt;
    }
  rc = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (rc != SQLITE_OK)
    {
      kontor_db_set_error (db, rc, error);
      return NULL;
    }
  g_hash_table_insert (db->statements, g_strdup (sql), stmt);
  return stmt;
}

/**
 * kontor_db_trim_statements:
 * @db: a connection nobody uses just now
 *
 * Questions of people are of endless variety: those that were asked long ago make room.
 */
void
kontor_db_trim_statements (KontorDb *db)
{
  if (g_hash_table_size (db->statements) >= 512)
    g_hash_table_remove_all (db->statements);
}

/**
 * kontor_db_prepare_printf:
 * @db: a connection
 * @error: (nullable): place for an error
 * @format: printf() format of one statement
 * @...: its arguments
 *
 * Returns: (transfer none) (nullable): as kontor_db_prepare()
 */
sqlite3_stmt *
kontor_db_prepare_printf (KontorDb *db, GError **error, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return kontor_db_prepare (db, sql, error);
}

/**
 * kontor_db_step:
 * @db: a connection
 * @stmt: a statement of it
 * @row: (out): whether there is a row
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set; the statement is reset then
 */
gboolean
kontor_db_step (KontorDb *db, sqlite3_stmt *stmt, gboolean *row, GError **error)
{
  int rc = sqlite3_step (stmt);

  *row = rc == SQLITE_ROW;
  if (rc == SQLITE_ROW || rc == SQLITE_DONE)
    return TRUE;
  kontor_db_set_error (db, rc, error);
  sqlite3_reset (stmt);
  return FALSE;
}

/**
 * kontor_db_run:
 * @db: a connection
 * @stmt: a statement of it
 * @error: (nullable): place for an error
 *
 * Runs @stmt to its end and resets it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_run (KontorDb *db, sqlite3_stmt *stmt, GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!kontor_db_step (db, stmt, &row, error))
      return FALSE;
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * kontor_db_exec:
 * @db: a connection
 * @sql: any number of statements
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_exec (KontorDb *db, const char *sql, GError **error)
{
  int rc = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    return TRUE;
  kontor_db_set_error (db, rc, error);
  return FALSE;
}

static gboolean
check_version (KontorDb *db, GError **error)
{
  gint64 version = kontor_db_get_integer (db, "PRAGMA user_version", -1);
  g_autofree char *shown = NULL;

  if (version < 0 || version == db->user_version)
    return TRUE;
  shown = g_filename_display_name (db->path);
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_NEWER,
                    _(
                      "“%s” has been brought to a newer version by another Kontor meanwhile. Close "
                      "it and open it again with the newer program."),
                    shown);
  return FALSE;
}

/**
 * kontor_db_begin:
 * @db: a writing connection, in no transaction
 * @error: (nullable): place for an error
 *
 * Begins a writing transaction, once nobody else writes. Refuses when another program has migrated
 * the file meanwhile, and takes over custom fields and pick lists another process has made.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_begin (KontorDb *db, GError **error)
{
  sqlite3_stmt *stmt;

  if (db->read_only)
    {
      kontor_db_set_error (db, SQLITE_READONLY, error);
      return FALSE;
    }
  stmt = kontor_db_prepare (db, "BEGIN IMMEDIATE", error);
  if (stmt == NULL || !kontor_db_run (db, stmt, error))
    return FALSE;
  if (check_version (db, error) && kontor_db_renew_schema (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/**
 * kontor_db_commit:
 * @db: a connection in a transaction
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the caller must roll back
 */
gboolean
kontor_db_commit (KontorDb *db, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "COMMIT", error);

  return stmt != NULL && kontor_db_run (db, stmt, error);
}

/**
 * kontor_db_rollback:
 * @db: a connection
 *
 * Ends the transaction and leaves nothing of it; harmless when SQLite has ended it by itself.
 */
void
kontor_db_rollback (KontorDb *db)
{
  sqlite3_stmt *stmt;

  if (sqlite3_get_autocommit (db->handle))
    return;
  stmt = kontor_db_prepare (db, "ROLLBACK", NULL);
  if (stmt == NULL || !kontor_db_run (db, stmt, NULL))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * kontor_db_get_integer:
 * @db: a connection
 * @sql: a statement with one row of one column
 * @fallback: what to return where there is no row, or on failure
 *
 * Returns: the value
 */
gint64
kontor_db_get_integer (KontorDb *db, const char *sql, gint64 fallback)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, NULL);
  gboolean row;
  gint64 value = fallback;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, NULL))
    return fallback;
  if (row && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    value = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return value;
}

/**
 * kontor_db_bind_id:
 * @stmt: a statement
 * @i: number of the parameter, from 1
 * @id: (nullable): an id; null becomes NULL
 */
void
kontor_db_bind_id (sqlite3_stmt *stmt, int i, const KontorId *id)
{
  if (id == NULL || kontor_id_is_null (id))
    sqlite3_bind_null (stmt, i);
  else
    sqlite3_bind_blob (stmt, i, id->b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
}

/**
 * kontor_db_column_id:
 * @stmt: a statement with a row
 * @i: number of the column, from 0
 * @id: (out): the id, null where there is none
 *
 * Returns: whether there is one
 */
gboolean
kontor_db_column_id (sqlite3_stmt *stmt, int i, KontorId *id)
{
  const void *bytes = sqlite3_column_blob (stmt, i);

  if (bytes == NULL || sqlite3_column_bytes (stmt, i) != KONTOR_ID_SIZE)
    {
      *id = KONTOR_ID_NULL;
      return FALSE;
    }
  memcpy (id->b, bytes, KONTOR_ID_SIZE);
  return TRUE;
}

static sqlite3_stmt *
find_meta (KontorDb *db, const char *key)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "SELECT v FROM meta WHERE k=?", NULL);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  if (!kontor_db_step (db, stmt, &row, NULL))
    return NULL;
  if (row && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    return stmt;
  sqlite3_reset (stmt);
  return NULL;
}

/**
 * kontor_db_dup_meta:
 * @db: a connection
 * @key: a key of the table meta
 *
 * Returns: (transfer full) (nullable): its value as text
 */
char *
kontor_db_dup_meta (KontorDb *db, const char *key)
{
  sqlite3_stmt *stmt = find_meta (db, key);
  char *text;

  if (stmt == NULL)
    return NULL;
  text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return text;
}

/**
 * kontor_db_get_meta_integer:
 * @db: a connection
 * @key: a key of the table meta
 * @fallback: what to return where it is not there
 *
 * Returns: its value
 */
gint64
kontor_db_get_meta_integer (KontorDb *db, const char *key, gint64 fallback)
{
  sqlite3_stmt *stmt = find_meta (db, key);
  gint64 value;

  if (stmt == NULL)
    return fallback;
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return value;
}

static sqlite3_stmt *
prepare_set_meta (KontorDb *db, const char *key, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "INSERT OR REPLACE INTO meta(k,v) VALUES(?,?)", error);

  if (stmt != NULL)
    sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  return stmt;
}

/**
 * kontor_db_set_meta:
 * @db: a writing connection
 * @key: a key of the table meta
 * @text: (nullable): its value; %NULL takes it away
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_set_meta (KontorDb *db, const char *key, const char *text, GError **error)
{
  sqlite3_stmt *stmt = text != NULL ? prepare_set_meta (db, key, error)
                                    : kontor_db_prepare (db, "DELETE FROM meta WHERE k=?", error);

  if (stmt == NULL)
    return FALSE;
  if (text != NULL)
    sqlite3_bind_text (stmt, 2, text, -1, SQLITE_TRANSIENT);
  else
    sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  return kontor_db_run (db, stmt, error);
}

/**
 * kontor_db_set_meta_integer:
 * @db: a writing connection
 * @key: a key of the table meta
 * @value: its value
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_set_meta_integer (KontorDb *db, const char *key, gint64 value, GError **error)
{
  sqlite3_stmt *stmt = prepare_set_meta (db, key, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 2, value);
  return kontor_db_run (db, stmt, error);
}
