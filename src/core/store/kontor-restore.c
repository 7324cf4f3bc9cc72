/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The backup is copied and checked beside the workspace; then the workspace's file gets another
 * name and the copy its own. At any moment one of the two is there under some name. */
#include "config.h"

#include "kontor-restore.h"

#include "kontor-error.h"
#include "kontor-migrate.h"
#include <string.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define LEASE_WAIT_MS 2000

#define COUNT(type) "SELECT count(*) FROM " type " WHERE hid=0"

static KontorDb *
open_quietly (const char *path, GError **error)
{
  KontorDb *db = kontor_db_open (path, KONTOR_DB_READ_ONLY, NULL, error);

  if (db != NULL && db->user_version > KONTOR_SCHEMA_VERSION)
    {
      g_autofree char *shown = g_filename_display_name (path);

      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_NEWER,
                        _(
                          "“%s” was written by a newer Kontor. Update this program to restore it."),
                        shown);
      g_clear_pointer (&db, kontor_db_free);
    }
  return db;
}

static void
count_records (KontorDb *db, KontorBackupFacts *facts)
{
  facts->n_people = kontor_db_get_integer (db, COUNT ("contact"), 0);
  facts->n_organisations = kontor_db_get_integer (db, COUNT ("account"), 0);
  facts->n_entries = kontor_db_get_integer (db, COUNT ("activity"), 0);
  facts->at = kontor_db_get_integer (db, "SELECT max(at) FROM change_tx", 0);
}

static gboolean
read_last_transaction (KontorDb *db, KontorId *txid, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT txid FROM change_tx ORDER BY x DESC LIMIT 1", error);
  gboolean found = stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW;

  *txid = KONTOR_ID_NULL;
  if (found)
    memcpy (txid->b, sqlite3_column_blob (stmt, 0), KONTOR_ID_SIZE);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return stmt != NULL;
}

/* What the workspace's log has after the backup's last transaction. */
static gboolean
compare_logs (KontorDb *db, const KontorId *txid, KontorBackupFacts *facts, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (
    db,
    "WITH last(x) AS (SELECT x FROM change_tx WHERE txid=?1), newer(step,at,x) AS (SELECT "
    "step,at,x FROM change_tx WHERE x>coalesce((SELECT x FROM last),-1)) SELECT EXISTS(SELECT 1 "
    "FROM last),(SELECT count(DISTINCT step) FROM newer),(SELECT label FROM step WHERE "
    "step.step=(SELECT step FROM newer ORDER BY x DESC LIMIT 1)),(SELECT max(at) FROM newer)",
    error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, txid->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      facts->is_same = sqlite3_column_int (stmt, 0) != 0;
      facts->n_lost = sqlite3_column_int64 (stmt, 1);
      facts->lost_label = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
      facts->lost_at = sqlite3_column_int64 (stmt, 3);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * kontor_backup_look:
 * @backup: a copy of a workspace
 * @workspace_path: the workspace it would replace; it may be open
 * @error: (nullable): place for an error
 *
 * Reads two files: not on a thread that draws.
 *
 * Returns: (transfer full) (nullable): what the backup holds and what would be lost, or %NULL with
 *   @error set
 */
KontorBackupFacts *
kontor_backup_look (const char *backup, const char *workspace_path, GError **error)
{
  g_autoptr(KontorBackupFacts) facts = g_new0 (KontorBackupFacts, 1);
  KontorDb *copy = open_quietly (backup, error);
  KontorDb *present = copy != NULL ? open_quietly (workspace_path, error) : NULL;
  KontorId txid;
  gboolean ok = present != NULL && read_last_transaction (copy, &txid, error) &&
                compare_logs (present, &txid, facts, error);

  if (ok)
    count_records (copy, facts);
  kontor_db_free (copy);
  kontor_db_free (present);
  return ok ? g_steal_pointer (&facts) : NULL;
}

/**
 * kontor_backup_facts_free:
 * @facts: (transfer full): facts
 */
void
kontor_backup_facts_free (KontorBackupFacts *facts)
{
  g_free (facts->lost_label);
  g_free (facts);
}

static gboolean
fail_in_use (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_BUSY,
                    _("“%s” is still in use by another program. Close it there and try again; "
                       "nothing was changed."),
                    shown);
  return FALSE;
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);

  return g_file_move (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

/* Nobody is on it and nothing of it lies elsewhere. */
static gboolean
exchange (const char *restored, const char *path, const char *kept, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  GStatBuf info;

  if (g_stat (wal, &info) == 0 && info.st_size > 0)
    return fail_in_use (path, error);
  g_unlink (wal);
  g_unlink (shm);
  if (!move (path, kept, error))
    return FALSE;
  if (move (restored, path, error))
    return TRUE;
  move (kept, path, NULL);
  return FALSE;
}

static gboolean
exchange_alone (const char *restored, const char *path, const char *kept, GError **error)
{
  KontorLease *lease = kontor_lease_open (path, error);
  gboolean ok;

  if (lease == NULL)
    return FALSE;
  ok = !kontor_lease_is_working (lease) || kontor_lease_take_exclusive (lease, LEASE_WAIT_MS)
         ? exchange (restored, path, kept, error)
         : fail_in_use (path, error);
  kontor_lease_close (lease);
  return ok;
}

/**
 * kontor_backup_restore:
 * @backup: a copy of a workspace
 * @workspace_path: the workspace it replaces, closed
 * @kept_path: where the workspace's file as it is goes to; nothing may be there
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Puts a copy of @backup, checked, in the workspace's place. On failure the workspace is as it was.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_backup_restore (const char *backup,
                       const char *workspace_path,
                       const char *kept_path,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *restored = g_strconcat (workspace_path, ".restored", NULL);
  KontorDb *copy = open_quietly (backup, error);
  gboolean ok;

  if (copy == NULL)
    return FALSE;
  ok = kontor_backup_write (copy, restored, NULL, NULL, cancellable, error);
  kontor_db_free (copy);
  if (ok)
    ok = exchange_alone (restored, workspace_path, kept_path, error);
  g_unlink (restored);
  return ok;
}
