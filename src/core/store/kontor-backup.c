/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the workspace: a whole one while it is in use, and one of everything but attachments
 * before a migration. A copy gets its name when it is whole and on the disk. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-migrate.h"
#include "kontor-path.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define STEP_PAGES 512
#define REPORT_US 100000
#define COPY_BYTES (256 * 1024)

static gboolean
fail_file (const char *path, int saved_errno, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  KontorErrorCode code = KONTOR_ERROR_IO;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    code = KONTOR_ERROR_FULL;
  else if (saved_errno == EACCES || saved_errno == EPERM || saved_errno == EROFS)
    code = KONTOR_ERROR_READ_ONLY;
  else if (saved_errno == ENOENT || saved_errno == ENOTDIR)
    code = KONTOR_ERROR_NOT_FOUND;
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    code,
                    _("The copy “%s” could not be written: %s"),
                    shown,
                    g_strerror (saved_errno));
  return FALSE;
}

static void
remove_part (const char *part)
{
  g_autofree char *journal = g_strconcat (part, "-journal", NULL);
  g_autofree char *wal = g_strconcat (part, "-wal", NULL);
  g_autofree char *shm = g_strconcat (part, "-shm", NULL);

  g_unlink (part);
  g_unlink (journal);
  g_unlink (wal);
  g_unlink (shm);
}

/* The file is made here, so that nobody else may read it at any moment. */
static KontorDb *
open_part (KontorDb *db, const char *part, GError **error)
{
  int fd;

  remove_part (part);
  fd = g_open (part, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail_file (part, errno, error);
      return NULL;
    }
  close (fd);
  return kontor_db_create (part, db->env, error);
}

static gboolean
sync_path (const char *path, int flags)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
put_in_place (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!sync_path (part, O_RDONLY) || g_rename (part, path) != 0)
    return fail_file (path, errno, error);
  sync_path (folder, O_RDONLY | O_DIRECTORY);
  return TRUE;
}

static gboolean
copy_bytes (int from, int to, GCancellable *cancellable, GError **error)
{
  g_autofree char *buffer = g_malloc (COPY_BYTES);
  gssize got;

  while ((got = read (from, buffer, COPY_BYTES)) > 0)
    for (gssize done = 0, put; done < got; done += put)
      {
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return FALSE;
        put = write (to, buffer + done, got - done);
        if (put < 0)
          return FALSE;
      }
  return got == 0;
}

static gboolean
copy_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  int in = g_open (from, O_RDONLY | O_CLOEXEC, 0);
  int out = in >= 0 ? g_open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
  GError *local_error = NULL;
  gboolean ok = out >= 0 && copy_bytes (in, out, cancellable, &local_error);
  int saved_errno = errno;

  if (in >= 0)
    close (in);
  if (out >= 0 && close (out) != 0 && ok)
    {
      ok = FALSE;
      saved_errno = errno;
    }
  if (!ok && local_error == NULL)
    return fail_file (to, saved_errno, error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return ok;
}

/* SQLite can't write where only one file is lent: there the copy is made in a folder of Kontor's
 * own and gets to the lent place when it is whole. */
static char *
dup_work_path (const char *path, const char *part)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (!kontor_path_is_lent (path))
    return g_strdup (part);
  folder = g_build_filename (g_get_user_cache_dir (), "kontor", NULL);
  g_mkdir_with_parents (folder, 0700);
  name = g_path_get_basename (part);
  return g_build_filename (folder, name, NULL);
}

static gboolean
deliver (const char *work,
         const char *part,
         const char *path,
         GCancellable *cancellable,
         GError **error)
{
  if (strcmp (work, part) != 0 && !copy_file (work, part, cancellable, error))
    return FALSE;
  return put_in_place (part, path, error);
}

static gboolean
check_copy (KontorDb *copy, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (copy, "PRAGMA quick_check(1)", error);
  gboolean row, ok;

  if (stmt == NULL || !kontor_db_step (copy, stmt, &row, error))
    return FALSE;
  ok = row && g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0;
  sqlite3_reset (stmt);
  if (!ok)
    kontor_set_error (error,
                      KONTOR_STORE_ERROR,
                      KONTOR_ERROR_CORRUPT,
                      _(
                        "The workspace is damaged, and its copy with it. Keep the copy if there is "
                        "no better one, and run a check."));
  return ok;
}

static gboolean
copy_pages (KontorDb *db,
            KontorDb *copy,
            KontorProgress progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (copy->handle, "main", db->handle, "main");
  gint64 reported = 0;
  int rc = SQLITE_OK;

  if (backup == NULL)
    {
      kontor_db_set_error (copy, sqlite3_errcode (copy->handle), error);
      return FALSE;
    }
  while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          g_atomic_int_get (&db->stopping))
        break;
      rc = sqlite3_backup_step (backup, STEP_PAGES);
      if (progress != NULL && g_get_monotonic_time () - reported > REPORT_US)
        {
          guint64 total = sqlite3_backup_pagecount (backup);

          progress (total - sqlite3_backup_remaining (backup), total, progress_data);
          reported = g_get_monotonic_time ();
        }
      if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
        g_usleep (10000);
    }
  sqlite3_backup_finish (backup);
  if (rc == SQLITE_DONE)
    return TRUE;
  if (error != NULL && *error == NULL)
    kontor_db_set_error (copy, rc == SQLITE_OK ? SQLITE_INTERRUPT : rc, error);
  return FALSE;
}

static gboolean
write_copy (KontorDb *db,
            KontorDb *copy,
            KontorProgress progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  return copy_pages (db, copy, progress, progress_data, cancellable, error) &&
         kontor_db_exec (copy, "PRAGMA journal_mode=DELETE", error) && check_copy (copy, error);
}

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat info_a, info_b;

  return stat (a, &info_a) == 0 && stat (b, &info_b) == 0 && info_a.st_ino == info_b.st_ino &&
         info_a.st_dev == info_b.st_dev;
}

/**
 * kontor_backup_write:
 * @db: a reading connection
 * @path: where the copy goes; a file there is replaced
 * @progress: (nullable): told how many pages are copied
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Copies the workspace as it is at one moment, attachments included, and checks the copy. On
 * failure what stood at @path is still there.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_backup_write (KontorDb *db,
                     const char *path,
                     KontorProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *work = dup_work_path (path, part);
  GError *local_error = NULL;
  KontorDb *copy;
  gboolean ok;

  if (is_same_file (db->path, path) || g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("Choose another name for the copy: this one is the workspace itself, or "
                           "a folder."));
      return FALSE;
    }
  copy = open_part (db, work, &local_error);
  ok = copy != NULL && write_copy (db, copy, progress, progress_data, cancellable, &local_error);
  kontor_db_free (copy);
  /* Of a damaged workspace a copy as it is may be all that can be saved; a better one must not be
   * replaced by it. */
  if (ok || (kontor_error_is (local_error, KONTOR_ERROR_CORRUPT) &&
             !g_file_test (path, G_FILE_TEST_EXISTS)))
    ok = deliver (work, part, path, cancellable, ok ? &local_error : NULL) && ok;
  if (!ok || strcmp (work, part) != 0)
    remove_part (work);
  if (!ok)
    {
      g_unlink (part);
      g_propagate_error (error, local_error);
    }
  return ok;
}

/* --- Before a migration ------------------------------------------------------------------- */

static GPtrArray *
read_strings (KontorDb *db, const char *sql, GError **error)
{
  g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (strings, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&strings);
}

static gboolean
exec_all (KontorDb *db, GPtrArray *statements, GError **error)
{
  for (guint i = 0; statements != NULL && i < statements->len; i++)
    if (!kontor_db_exec (db, g_ptr_array_index (statements, i), error))
      return FALSE;
  return statements != NULL;
}

#define PLAIN_TABLES                                                                   \
  "name IN (SELECT name FROM pragma_table_list WHERE schema='main' AND type='table') " \
  "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
#define VIRTUAL_TABLES \
  "name IN (SELECT name FROM pragma_table_list WHERE schema='main' AND type='virtual')"

static gboolean
create_like (KontorDb *db, KontorDb *copy, const char *where, GError **error)
{
  g_autofree char *sql =
    g_strconcat ("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND ", where, NULL);
  g_autoptr(GPtrArray) statements = read_strings (db, sql, error);

  return exec_all (copy, statements, error);
}

static gboolean
copy_rows (KontorDb *db, GError **error)
{
  g_autoptr(GPtrArray) names = read_strings (db,
                                              "SELECT name FROM sqlite_schema WHERE type='table' "
                                              "AND name<>'blob_chunk' AND " PLAIN_TABLES,
                                              error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *sql =
        g_strdup_printf ("INSERT INTO copy.\"%s\" SELECT * FROM main.\"%s\"", name, name);

      if (!kontor_db_exec (db, sql, error))
        return FALSE;
    }
  return names != NULL;
}

static gboolean
copy_all_rows (KontorDb *db, const char *part, GError **error)
{
  sqlite3_stmt *attach = kontor_db_prepare (db, "ATTACH ? AS copy", error);
  gboolean ok;

  if (attach == NULL)
    return FALSE;
  sqlite3_bind_text (attach, 1, part, -1, SQLITE_TRANSIENT);
  if (!kontor_db_run (db, attach, error))
    return FALSE;
  ok = kontor_db_exec (db, "PRAGMA copy.synchronous=OFF;BEGIN", error) && copy_rows (db, error) &&
       kontor_db_exec (db, "COMMIT", error);
  if (!ok)
    kontor_db_rollback (db);
  g_hash_table_remove_all (db->statements);
  return kontor_db_exec (db, "DETACH copy", ok ? error : NULL) && ok;
}

static gboolean
rebuild_search (KontorDb *db, KontorDb *copy, GError **error)
{
  g_autoptr(GPtrArray) statements =
    read_strings (db,
                  "SELECT 'INSERT INTO \"'||name||'\"(\"'||name||'\") VALUES(''rebuild'')' FROM "
                  "sqlite_schema WHERE sql LIKE '%using fts5%' AND " VIRTUAL_TABLES,
                  error);

  return exec_all (copy, statements, error);
}

static gboolean
write_small_copy (KontorDb *db, const char *part, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version=%d", db->user_version);
  KontorDb *copy = open_part (db, part, error);
  gboolean ok;

  if (copy == NULL)
    return FALSE;
  ok = create_like (db, copy, "type='table' AND " PLAIN_TABLES, error);
  kontor_db_free (copy);
  if (!ok || !copy_all_rows (db, part, error))
    return FALSE;
  copy = kontor_db_create (part, db->env, error);
  ok = copy != NULL && create_like (db, copy, "type='index'", error) &&
       create_like (db, copy, VIRTUAL_TABLES, error) && rebuild_search (db, copy, error) &&
       create_like (db, copy, "type='view'", error) && kontor_db_exec (copy, version, error) &&
       check_copy (copy, error);
  kontor_db_free (copy);
  return ok;
}

/**
 * kontor_backup_before_migration:
 * @db: the writing connection, alone on the file
 * @path: (out): where the copy is
 * @error: (nullable): place for an error
 *
 * Copies everything but the attachments' contents, which no migration touches, to
 * "NAME.before-vN.kontor". A copy an interrupted migration has made is replaced.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_backup_before_migration (KontorDb *db, char **path, GError **error)
{
  g_autofree char *stem =
    g_str_has_suffix (db->path, KONTOR_WORKSPACE_SUFFIX)
      ? g_strndup (db->path, strlen (db->path) - strlen (KONTOR_WORKSPACE_SUFFIX))
      : g_strdup (db->path);
  g_autofree char *name =
    g_strdup_printf ("%s.before-v%d%s", stem, KONTOR_SCHEMA_VERSION, KONTOR_WORKSPACE_SUFFIX);
  g_autofree char *part = g_strconcat (name, ".part", NULL);

  if (!write_small_copy (db, part, error) || !put_in_place (part, name, error))
    {
      remove_part (part);
      return FALSE;
    }
  *path = g_steal_pointer (&name);
  return TRUE;
}
