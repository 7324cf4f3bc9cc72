/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Migration: a backup, then everything in one transaction, so that after a crash the file is either
 * the old one or the new one. Tables and columns follow from the type tables; steps that change
 * data are functions with a number. What takes long (indexes, search, computed columns) is left to
 * kontor_recover() by the mark of a bulk load. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-migrate.h"
#include <glib/gi18n-lib.h>

#define LEASE_WAIT_MS 5000
#define PARTIAL_BLOB_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  int version; /* runs for files older than this */
  gboolean (*run) (KontorDb *db, GError **error);
} DataStep;

/* Ends with a version of 0. The first released schema has none behind it. */
static const DataStep data_steps[] = { { 0, NULL } };

static gboolean
run_data_steps (KontorDb *db, int from, GError **error)
{
  for (const DataStep *step = data_steps; step->version != 0; step++)
    if (from < step->version && !step->run (db, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_present_fold (KontorDb *db)
{
  return kontor_db_get_meta_integer (db, "fold_version", 0) == KONTOR_FOLD_VERSION;
}

/* Keys are made anew at once; search is, like all of it, by kontor_recover(). */
static gboolean
renew_fold (KontorDb *db, GError **error)
{
  return has_present_fold (db) ||
         (kontor_ddl_renew_sort_keys (db, error) &&
          kontor_db_set_meta_integer (db, "fold_version", KONTOR_FOLD_VERSION, error));
}

static gboolean
write_migration (KontorDb *db, int from, const char *model, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version=%d", KONTOR_SCHEMA_VERSION);

  return kontor_ddl_create_all (db, error) && run_data_steps (db, from, error) &&
         renew_fold (db, error) && kontor_db_set_meta (db, "model", model, error) &&
         kontor_db_set_meta_integer (db, "bulk", 1, error) && kontor_db_exec (db, version, error);
}

static gboolean
begin_migration (KontorDb *db, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "BEGIN IMMEDIATE", error);

  return stmt != NULL && kontor_db_run (db, stmt, error);
}

static gboolean
migrate_alone (KontorDb *db, const char *model, GError **error)
{
  int from = kontor_db_get_integer (db, "PRAGMA user_version", 0);
  g_autofree char *backup = NULL;

  db->user_version = from;
  if (from > KONTOR_SCHEMA_VERSION)
    return TRUE;
  if (from < KONTOR_SCHEMA_VERSION && !kontor_backup_before_migration (db, &backup, error))
    return FALSE;
  if (!begin_migration (db, error))
    return FALSE;
  if (write_migration (db, from, model, error) && kontor_db_commit (db, error))
    {
      db->user_version = KONTOR_SCHEMA_VERSION;
      return TRUE;
    }
  kontor_db_rollback (db);
  return FALSE;
}

static gboolean
fail (KontorDb *db, KontorErrorCode code, const char *format, GError **error)
{
  g_autofree char *shown = g_filename_display_name (db->path);

  kontor_set_error (error, KONTOR_STORE_ERROR, code, format, shown);
  if (error != NULL && *error != NULL)
    kontor_error_set_file (*error, db->path);
  return FALSE;
}

/**
 * kontor_migrate:
 * @db: a connection as kontor_db_open() made it
 * @lease: (nullable): the workspace's lease
 * @error: (nullable): place for an error
 *
 * Brings an older file to this program's schema. Where it was interrupted it is simply run again.
 *
 * Returns: %FALSE with @error set: %KONTOR_ERROR_NEWER for a file of a newer program that is not
 *   opened read-only, %KONTOR_ERROR_BUSY while another process is on it, %KONTOR_ERROR_READ_ONLY
 *   where it would have to be changed and can't be
 */
gboolean
kontor_migrate (KontorDb *db, KontorLease *lease, GError **error)
{
  g_autofree char *model = kontor_ddl_model_hash ();
  g_autofree char *present = NULL;
  gboolean ok;

  if (db->user_version > KONTOR_SCHEMA_VERSION)
    return db->read_only ||
           fail (db,
                 KONTOR_ERROR_NEWER,
                 _("“%s” was written by a newer Kontor. Update this program, or open the file "
                    "read-only."),
                 error);
  present = kontor_db_dup_meta (db, "model");
  if (db->user_version == KONTOR_SCHEMA_VERSION && g_strcmp0 (present, model) == 0 &&
      has_present_fold (db))
    return TRUE;
  if (db->read_only && db->user_version < KONTOR_SCHEMA_VERSION)
    return fail (db,
                 KONTOR_ERROR_READ_ONLY,
                 _(
                   "“%s” is of an older Kontor and must be upgraded, but it can't be written. Copy "
                   "it to a place where you may write."),
                 error);
  if (db->read_only)
    return TRUE;
  if (kontor_lease_is_working (lease) && !kontor_lease_take_exclusive (lease, LEASE_WAIT_MS))
    return fail (db,
                 KONTOR_ERROR_BUSY,
                 _("“%s” has to be upgraded, but another program has it open. Close it there and "
                    "try again."),
                 error);
  ok = migrate_alone (db, model, error);
  kontor_lease_drop_exclusive (lease);
  return ok;
}

/**
 * kontor_recover_bulk:
 * @db: the writing connection, alone on the file
 * @error: (nullable): place for an error
 *
 * Rebuilds everything a bulk load leaves for its end, and removes the mark. Can be begun again.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_recover_bulk (KontorDb *db, GError **error)
{
  gboolean ok;

  if (!kontor_ddl_build_indexes (db, NULL, NULL, error))
    return FALSE;
  /* Search is not whole: what is rolled back must not be taken out of it. */
  db->bulk = TRUE;
  ok = kontor_undo_roll_back_open (db, NULL, error);
  db->bulk = FALSE;
  db->search_later = TRUE;
  if (!ok || !kontor_derive_rebuild (db, NULL, NULL, error) ||
      !kontor_search_rebuild_index (db, NULL, NULL, error) || !kontor_totals_rebuild (db, error) ||
      !kontor_db_begin (db, error))
    return FALSE;
  if (kontor_db_set_meta (db, "bulk", NULL, error) && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/* Chunks of attachments whose reading was broken off a day ago or more. */
static gboolean
remove_partial_blobs (KontorDb *db, GError **error)
{
  sqlite3_stmt *stmt;

  if (kontor_db_get_integer (db, "SELECT count(*) FROM blob WHERE st=0", 0) == 0)
    return TRUE;
  if (!kontor_db_begin (db, error))
    return FALSE;
  for (int i = 0; i < 2; i++)
    {
      stmt = kontor_db_prepare (db,
                                i == 0 ? "DELETE FROM blob_chunk WHERE hash IN (SELECT hash FROM "
                                         "blob WHERE st=0 AND used_at<?)"
                                       : "DELETE FROM blob WHERE st=0 AND used_at<?",
                                error);
      if (stmt == NULL)
        break;
      sqlite3_bind_int64 (stmt, 1, kontor_env_now (db->env) - PARTIAL_BLOB_MS);
      if (!kontor_db_run (db, stmt, error))
        break;
      if (i == 1 && kontor_db_commit (db, error))
        return TRUE;
    }
  kontor_db_rollback (db);
  return FALSE;
}

static gboolean
recover_steps (KontorDb *db, KontorLease *lease, GError **error)
{
  gboolean ok;

  if (!kontor_lease_begin_recovery (lease))
    return TRUE;
  ok = kontor_undo_roll_back_open (db, NULL, error) && remove_partial_blobs (db, error);
  kontor_lease_end_recovery (lease);
  return ok;
}

/**
 * kontor_recover:
 * @db: the writing connection, with the present schema
 * @lease: (nullable): the workspace's lease
 * @error: (nullable): place for an error
 *
 * Puts right what a process that died has left: steps that were not whole are taken back, indexes
 * and search that were put off are built.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_recover (KontorDb *db, KontorLease *lease, GError **error)
{
  gboolean ok = TRUE;

  if (kontor_db_get_meta_integer (db, "bulk", 0) == 0)
    return recover_steps (db, lease, error);
  if (kontor_lease_is_working (lease) && !kontor_lease_take_exclusive (lease, LEASE_WAIT_MS))
    return fail (db,
                 KONTOR_ERROR_BUSY,
                 _("“%s” has to be repaired after an interrupted import, but another program has "
                    "it "
                    "open. Close it there and try again."),
                 error);
  if (kontor_db_get_meta_integer (db, "bulk", 0) != 0)
    ok = kontor_recover_bulk (db, error);
  kontor_lease_drop_exclusive (lease);
  return ok && recover_steps (db, lease, error);
}
