/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing of one connection: whose file it is, the pragmas (design C14), and what is
 * left of a workspace on disk. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-error.h"
#include "kontor-file-locks.h"
#include "kontor-path.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define CACHE_KIB_WRITER 32768
#define CACHE_KIB_READER 8192
#define CACHE_KIB_BULK 262144
#define BUSY_TIMEOUT_MS 5000
#define WAL_LIMIT_PAGES 16384
#define VACUUM_LEAST_PAGES 256
#define VACUUM_PAGES 8192

/* Before the first table: these are of the file, not of the connection. */
static const char create_pragmas[] = "PRAGMA page_size=4096;"
                                     "PRAGMA auto_vacuum=INCREMENTAL;"
                                     "PRAGMA encoding='UTF-8';"
                                     "PRAGMA application_id=%d;";

static const char open_pragmas[] = "PRAGMA mmap_size=0;"
                                   "PRAGMA foreign_keys=OFF;"
                                   "PRAGMA trusted_schema=OFF;"
                                   "PRAGMA cell_size_check=ON;"
                                   "PRAGMA temp_store=FILE;"
                                   "PRAGMA secure_delete=FAST;";

static const char write_pragmas[] = "PRAGMA wal_autocheckpoint=0;"
                                    "PRAGMA journal_size_limit=67108864;"
                                    "PRAGMA synchronous=FULL;";

static char *vfs_for_testing;

/**
 * kontor_store_set_vfs_for_testing:
 * @name: (nullable): a VFS that is registered with SQLite; %NULL for SQLite's own
 *
 * All files opened from now on go through @name, so that tests can make the disk fail.
 */
void
kontor_store_set_vfs_for_testing (const char *name)
{
  g_free (vfs_for_testing);
  vfs_for_testing = g_strdup (name);
}

/**
 * kontor_store_get_vfs:
 *
 * Returns: (nullable): what kontor_store_set_vfs_for_testing() was told
 */
const char *
kontor_store_get_vfs (void)
{
  return vfs_for_testing;
}

/**
 * kontor_db_error_not_workspace:
 * @path: a file
 * @error: (nullable): place for an error
 *
 * Sets the error for a file of another program.
 */
void
kontor_db_error_not_workspace (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_FOREIGN,
                    _("“%s” is not a Kontor workspace. Choose a file that Kontor made, or import "
                       "this one into a workspace."),
                    shown);
}

/**
 * kontor_db_error_lent:
 * @path: a file for which kontor_path_is_lent() holds
 * @error: (nullable): place for an error
 *
 * Sets the error for a workspace where no workspace can live.
 */
void
kontor_db_error_lent (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_DENIED,
                    _("Kontor's sandbox was given “%s” alone, and a workspace needs its folder "
                       "too. Allow that folder, for example by “flatpak override --user "
                       "--filesystem=FOLDER %s”, and try again."),
                    name,
                    KONTOR_APP_ID);
  if (error != NULL && *error != NULL)
    kontor_error_set_file (*error, path);
}

static gboolean
fail_path (const char *path, KontorErrorCode code, const char *format, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  kontor_set_error (error, KONTOR_STORE_ERROR, code, format, shown);
  if (error != NULL && *error != NULL)
    kontor_error_set_file (*error, path);
  return FALSE;
}

/* What SQLite would only call "unable to open database file", and where it would lose what is in
 * the WAL. */
static gboolean
check_path (const char *path, GError **error)
{
  struct stat link_info, info;

  if (kontor_path_is_lent (path))
    {
      kontor_db_error_lent (path, error);
      return FALSE;
    }
  if (lstat (path, &link_info) != 0)
    {
      if (errno == EACCES)
        return fail_path (path,
                          KONTOR_ERROR_DENIED,
                          _("You have no right to look into the folder of “%s”."),
                          error);
      return fail_path (path, KONTOR_ERROR_NOT_FOUND, _("There is no file “%s”."), error);
    }
  if (stat (path, &info) != 0)
    {
      if (errno == ELOOP)
        return fail_path (path,
                          KONTOR_ERROR_INVALID,
                          _("“%s” is a symbolic link that leads back to itself."),
                          error);
      return fail_path (path,
                        KONTOR_ERROR_NOT_FOUND,
                        _("“%s” is a symbolic link to a file that is not there."),
                        error);
    }
  if (S_ISDIR (info.st_mode))
    return fail_path (path, KONTOR_ERROR_INVALID, _("“%s” is a folder, not a file."), error);
  if (!S_ISREG (info.st_mode))
    return fail_path (path, KONTOR_ERROR_INVALID, _("“%s” is not an ordinary file."), error);
  if (info.st_size == 0)
    return fail_path (path,
                      KONTOR_ERROR_FOREIGN,
                      _("“%s” is empty: it is not a Kontor workspace."),
                      error);
  if (g_access (path, R_OK) != 0)
    return fail_path (path, KONTOR_ERROR_DENIED, _("You have no right to read “%s”."), error);
  return TRUE;
}

static int
count_wal_cb (void *data, sqlite3 *handle, const char *name, int pages)
{
  KontorDb *db = data;

  g_atomic_int_set (&db->wal_pages, pages);
  return SQLITE_OK;
}

static int
look_for_cancel_cb (void *data)
{
  KontorDb *db = data;

  return g_atomic_int_get (&db->stopping) ||
         (db->cancellable != NULL && g_cancellable_is_cancelled (db->cancellable)) ||
         (db->deadline != 0 && g_get_monotonic_time () >= db->deadline);
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static KontorDb *
make_db (const char *path, KontorEnv *env)
{
  KontorDb *db = g_new0 (KontorDb, 1);

  db->path = g_strdup (path);
  db->env = kontor_env_ref (env != NULL ? env : kontor_env_get_default ());
  db->schema = kontor_schema_new ();
  db->generation = -1;
  kontor_access_init_all (&db->access);
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  return db;
}

static gboolean
open_handle (KontorDb *db, int flags, gboolean immutable, GError **error)
{
  g_autofree char *uri = NULL;
  g_autofree char *escaped = NULL;
  const char *name = db->path;
  int rc;

  kontor_file_locks_install ();
  g_clear_pointer (&db->handle, sqlite3_close);
  if (immutable)
    {
      escaped = g_uri_escape_string (db->path, "/", FALSE);
      uri = g_strdup_printf ("file:%s?immutable=1", escaped);
      name = uri;
      flags |= SQLITE_OPEN_URI;
    }
  db->immutable = immutable;
  rc =
    sqlite3_open_v2 (name,
                     &db->handle,
                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
                     vfs_for_testing);
  if (rc != SQLITE_OK)
    {
      kontor_db_set_error (db, rc, error);
      return FALSE;
    }
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_progress_handler (db->handle, 4000, look_for_cancel_cb, db);
  return TRUE;
}

static gboolean
set_cache (KontorDb *db, int kib, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size=-%d", kib);

  return kontor_db_exec (db, sql, error);
}

/* TRUE where the header can be read. A file in WAL mode in a folder that can't be written can't be
 * opened without immutable=1. */
static gboolean
can_read (KontorDb *db, int *result)
{
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (db->handle, "SELECT count(*) FROM sqlite_schema", -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  *result = rc;
  return rc == SQLITE_ROW;
}

static gboolean
is_unwritable (int rc)
{
  return (rc & 0xff) == SQLITE_READONLY || (rc & 0xff) == SQLITE_CANTOPEN ||
         (rc & 0xff) == SQLITE_PERM || rc == SQLITE_IOERR_SHMOPEN || rc == SQLITE_IOERR_LOCK;
}

static gboolean
open_read_only (KontorDb *db, GError **error)
{
  int rc;

  db->read_only = TRUE;
  if (!open_handle (db, SQLITE_OPEN_READONLY, FALSE, error))
    return FALSE;
  if (can_read (db, &rc))
    return TRUE;
  if (!is_unwritable (rc))
    {
      kontor_db_set_error (db, rc, error);
      return FALSE;
    }
  if (!open_handle (db, SQLITE_OPEN_READONLY, TRUE, error))
    return FALSE;
  if (can_read (db, &rc))
    return TRUE;
  kontor_db_set_error (db, rc, error);
  return FALSE;
}

/* Reads the whole answer of PRAGMA journal_mode: it says "delete" where WAL can't be had. */
static gboolean
set_journal_mode (KontorDb *db, const char *mode, int *result)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA journal_mode=%s", mode);
  sqlite3_stmt *stmt = NULL;
  gboolean is_set = FALSE;
  int rc = sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  if (rc == SQLITE_ROW)
    is_set = g_ascii_strcasecmp ((const char *) sqlite3_column_text (stmt, 0), mode) == 0;
  sqlite3_finalize (stmt);
  *result = rc;
  return is_set;
}

static gboolean
read_integer (KontorDb *db, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, error))
    return FALSE;
  *value = row ? sqlite3_column_int64 (stmt, 0) : 0;
  sqlite3_reset (stmt);
  return TRUE;
}

/* A page that can't be read just now must not pass for a file of somebody else. */
static gboolean
check_identity (KontorDb *db, GError **error)
{
  gint64 application, version;

  if (!read_integer (db, "PRAGMA application_id", &application, error) ||
      !read_integer (db, "PRAGMA user_version", &version, error))
    return FALSE;
  db->user_version = (int) version;
  if (application == KONTOR_SQLITE_APPLICATION_ID)
    return TRUE;
  kontor_db_error_not_workspace (db->path, error);
  return FALSE;
}

/* Not yet in WAL mode: nothing may appear beside a file that is not ours. */
static gboolean
open_writer (KontorDb *db, GError **error)
{
  int rc;

  if (!open_handle (db, SQLITE_OPEN_READWRITE, FALSE, error))
    return FALSE;
  if (sqlite3_db_readonly (db->handle, "main") == 1)
    return open_read_only (db, error);
  if (can_read (db, &rc))
    return TRUE;
  if (is_unwritable (rc))
    return open_read_only (db, error);
  kontor_db_set_error (db, rc, error);
  return FALSE;
}

static gboolean
open_reader (KontorDb *db, GError **error)
{
  return open_handle (db, SQLITE_OPEN_READWRITE, FALSE, error) &&
         kontor_db_exec (db, "PRAGMA query_only=ON;PRAGMA wal_autocheckpoint=0", error);
}

static gboolean
open_as (KontorDb *db, KontorDbMode mode, GError **error)
{
  if (mode == KONTOR_DB_WRITER)
    return open_writer (db, error);
  if (mode == KONTOR_DB_READER)
    return open_reader (db, error);
  return open_read_only (db, error);
}

/**
 * kontor_db_open:
 * @path: the file
 * @mode: what the connection is for. A writer of a file or folder that can't be written becomes
 *   read-only: see KontorDb.read_only
 * @env: (nullable): clock and random source
 * @error: (nullable): place for an error
 *
 * Opens a workspace as it is: nothing is migrated or repaired, the schema is not yet read.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with @error set
 */
KontorDb *
kontor_db_open (const char *path, KontorDbMode mode, KontorEnv *env, GError **error)
{
  KontorDb *db;

  if (!check_path (path, error))
    return NULL;
  db = make_db (path, env);
  if (open_as (db, mode, error) && check_identity (db, error) &&
      kontor_db_exec (db, open_pragmas, error) &&
      set_cache (db, mode == KONTOR_DB_WRITER ? CACHE_KIB_WRITER : CACHE_KIB_READER, error))
    return db;
  kontor_db_free (db);
  return NULL;
}

/**
 * kontor_db_start_writing:
 * @db: a connection of kontor_db_open() for %KONTOR_DB_WRITER
 * @error: (nullable): place for an error
 *
 * Puts the file in WAL mode, and looks again which version it is of: it may have been migrated
 * while the lease was waited for. In a folder that can't be written @db becomes read-only here.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_start_writing (KontorDb *db, GError **error)
{
  int rc;

  if (db->read_only)
    return TRUE;
  if (set_journal_mode (db, "wal", &rc))
    {
      if (!kontor_db_exec (db, write_pragmas, error) || !check_identity (db, error))
        return FALSE;
      /* after wal_autocheckpoint, which is a hook of SQLite's own and takes this one's place */
      sqlite3_wal_hook (db->handle, count_wal_cb, db);
      return TRUE;
    }
  g_hash_table_remove_all (db->statements);
  if (is_unwritable (rc) || rc == SQLITE_ROW)
    return open_read_only (db, error) && check_identity (db, error) &&
           kontor_db_exec (db, open_pragmas, error);
  kontor_db_set_error (db, rc, error);
  return FALSE;
}

/**
 * kontor_db_create:
 * @path: (nullable): a file that is not there or empty; %NULL for a database in memory
 * @env: (nullable): clock and random source
 * @error: (nullable): place for an error
 *
 * Makes an empty database with the workspace's pragmas. It writes without WAL and without waiting
 * for the disk: the caller puts a finished file in place.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with @error set
 */
KontorDb *
kontor_db_create (const char *path, KontorEnv *env, GError **error)
{
  KontorDb *db = make_db (path != NULL ? path : ":memory:", env);
  g_autofree char *sql = g_strdup_printf (create_pragmas, KONTOR_SQLITE_APPLICATION_ID);

  db->user_version = KONTOR_SCHEMA_VERSION;
  if (open_handle (db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, FALSE, error) &&
      kontor_db_exec (db, "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF", error) &&
      kontor_db_exec (db, sql, error) && kontor_db_exec (db, open_pragmas, error) &&
      set_cache (db, CACHE_KIB_WRITER, error))
    return db;
  kontor_db_free (db);
  return NULL;
}

/**
 * kontor_db_free:
 * @db: (nullable): a connection
 *
 * Closes @db. Changes that are not committed are gone.
 */
void
kontor_db_free (KontorDb *db)
{
  if (db == NULL)
    return;
  if (db->handle != NULL)
    {
      kontor_rows_free (db);
      kontor_words_free (db);
      g_hash_table_remove_all (db->statements);
      /* A statement left over would keep the file and its locks for ever. Those of FTS5 itself are
       * finalized by the first attempt. */
      if (sqlite3_close (db->handle) != SQLITE_OK)
        {
          for (sqlite3_stmt *stmt; (stmt = sqlite3_next_stmt (db->handle, NULL)) != NULL;)
            sqlite3_finalize (stmt);
          sqlite3_close (db->handle);
        }
    }
  g_clear_pointer (&db->statements, g_hash_table_unref);
  g_clear_pointer (&db->schema, kontor_schema_unref);
  g_clear_pointer (&db->env, kontor_env_unref);
  g_free (db->path);
  g_free (db);
}

/**
 * kontor_db_checkpoint:
 * @db: a writing connection, in no transaction
 * @truncate: wait for readers and make the WAL empty; else only what can be done at once
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set; that readers were in the way is no error
 */
gboolean
kontor_db_checkpoint (KontorDb *db, gboolean truncate, GError **error)
{
  int n_log = 0, n_done = 0;
  int rc =
    sqlite3_wal_checkpoint_v2 (db->handle,
                               "main",
                               truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                               &n_log,
                               &n_done);

  if ((rc & 0xff) == SQLITE_BUSY)
    return TRUE;
  if (rc != SQLITE_OK)
    {
      kontor_db_set_error (db, rc, error);
      return FALSE;
    }
  if (n_done >= n_log)
    g_atomic_int_set (&db->wal_pages, 0);
  return TRUE;
}

/**
 * kontor_db_keep_wal_short:
 * @db: a writing connection, in no transaction
 * @error: (nullable): place for an error
 *
 * For work of many transactions in one job: copies what they wrote into the file once it is a lot.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_keep_wal_short (KontorDb *db, GError **error)
{
  return g_atomic_int_get (&db->wal_pages) < WAL_LIMIT_PAGES ||
         kontor_db_checkpoint (db, FALSE, error);
}

/* What was freed goes back to the disk when it is a good part of the file, a bounded piece a time.
 */
static void
give_back_space (KontorDb *db)
{
  gint64 n_free = kontor_db_get_integer (db, "PRAGMA freelist_count", 0);
  gint64 n_pages = kontor_db_get_integer (db, "PRAGMA page_count", 0);

  if (n_free > VACUUM_LEAST_PAGES && n_free > n_pages / 8)
    kontor_db_exec (db, "PRAGMA incremental_vacuum(" G_STRINGIFY (VACUUM_PAGES) ")", NULL);
}

/**
 * kontor_db_close_file:
 * @db: a writing connection, the last of this workspace
 * @error: (nullable): place for an error
 *
 * Leaves a plain single file, unless another process is on it.
 *
 * Returns: %FALSE with @error set; the file is whole all the same, with its WAL beside it
 */
gboolean
kontor_db_close_file (KontorDb *db, GError **error)
{
  int rc;

  if (db->read_only)
    return TRUE;
  kontor_rows_free (db);
  sqlite3_busy_timeout (db->handle, 0);
  give_back_space (db);
  g_hash_table_remove_all (db->statements);
  if (!kontor_db_checkpoint (db, TRUE, error))
    return FALSE;
  if (set_journal_mode (db, "delete", &rc) || (rc & 0xff) == SQLITE_BUSY || rc == SQLITE_ROW)
    return TRUE;
  kontor_db_set_error (db, rc, error);
  return FALSE;
}

/**
 * kontor_db_set_bulk_pragmas:
 * @db: a writing connection, in no transaction
 * @bulk: whether a bulk load begins or ends
 *
 * While loading, memory is spent on the page cache, and a commit does not wait for the disk: the
 * step is open, so that a power loss takes it back as a whole.
 */
void
kontor_db_set_bulk_pragmas (KontorDb *db, gboolean bulk)
{
  set_cache (db, bulk ? CACHE_KIB_BULK : CACHE_KIB_WRITER, NULL);
  kontor_db_exec (db, bulk ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL", NULL);
}
