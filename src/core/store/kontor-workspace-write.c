/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing: a step, a long step in parts, undo and redo. All of it runs on the writer's thread and
 * ends in kontor_workspace_after_write(). */
#include "config.h"

#include "kontor-error.h"
#include "kontor-migrate.h"
#include "kontor-workspace-private.h"
#include <glib/gi18n-lib.h>

#define WAL_LIMIT_PAGES 4096 /* 16 MiB */
#define WAL_LIMIT_HARD 5120
#define WAL_LIMIT_BULK 16384 /* a page that is written often is copied back less often */

/* --- After each commit -------------------------------------------------------------------- */

static gboolean
touches_settings (KontorChangeSet *changes)
{
  static const char *const names[] = { "workspace_settings", "user", "role" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kontor_change_set_touches_type (changes, kontor_record_type_by_name (names[i])))
      return TRUE;
  return FALSE;
}

static gboolean
is_wal_long (KontorDb *db)
{
  return g_atomic_int_get (&db->wal_pages) > (db->bulk ? WAL_LIMIT_BULK : WAL_LIMIT_PAGES);
}

static void
look_after_wal (KontorWorkspace *self, KontorDb *db)
{
  g_autoptr(GError) error = NULL;

  if (is_wal_long (db) && !kontor_db_checkpoint (db, FALSE, &error))
    kontor_workspace_emit_error (self, error);
}

static gpointer
shorten_wal (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  look_after_wal (data, db);
  return NULL;
}

/* Nobody waits for it who has only edited something, but when one edit follows the other without a
 * moment between. */
static void
look_after_wal_next (KontorWorkspace *self, KontorDb *db)
{
  if (g_atomic_int_get (&db->wal_pages) > WAL_LIMIT_HARD)
    look_after_wal (self, db);
  else if (is_wal_long (db))
    kontor_workspace_run_async (self,
                                KONTOR_LANE_WRITE,
                                KONTOR_PRIORITY_WORK,
                                shorten_wal,
                                self,
                                NULL,
                                NULL,
                                NULL,
                                NULL,
                                NULL);
}

static void
tell_written (KontorWorkspace *self, KontorDb *db, KontorChangeSet *changes)
{
  if (touches_settings (changes) || kontor_change_set_touches_schema (changes))
    {
      kontor_workspace_publish (self, db);
      if (kontor_search_is_stale (db))
        kontor_search_refresh (self, db->country);
    }
  kontor_workspace_emit_changes (self, changes);
  kontor_watch_look (self, db);
}

/**
 * kontor_workspace_after_write:
 * @self: a workspace
 * @db: the writing connection, in no transaction
 * @changes: what was changed
 *
 * Tells everybody, looks what others have written, and keeps the WAL short.
 */
void
kontor_workspace_after_write (KontorWorkspace *self, KontorDb *db, KontorChangeSet *changes)
{
  tell_written (self, db, changes);
  look_after_wal (self, db);
}

/* --- One step ----------------------------------------------------------------------------- */

typedef struct
{
  KontorWorkspace *self;
  KontorStep *step; /* commit */
  KontorId undo;    /* undo: a step, or null for the last */
  gboolean redo;
  KontorProgress progress;
  gpointer progress_data;
} Write;

static void
free_write (gpointer data)
{
  Write *write = data;

  g_clear_pointer (&write->step, kontor_step_unref);
  g_free (write);
}

static gboolean
enter_step (KontorWorkspace *self, KontorDb *db, GError **error)
{
  if (kontor_lease_enter_step (kontor_workspace_lease (self)))
    return TRUE;
  kontor_db_set_error (db, SQLITE_BUSY, error);
  return FALSE;
}

static gpointer
commit_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Write *write = data;
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autoptr(KontorCommit) commit = g_new0 (KontorCommit, 1);
  gboolean is_long = kontor_step_get_n_ops (write->step) > KONTOR_TRANSACTION_MAX_OPS;
  gboolean erases, ok;

  if (is_long && !enter_step (write->self, db, error))
    return NULL;
  erases = kontor_erase_begin (db, write->step);
  ok = kontor_commit_step (db, write->step, commit, changes, error);
  if (erases)
    kontor_erase_end (write->self, db);
  if (is_long)
    kontor_lease_leave_step (kontor_workspace_lease (write->self));
  /* Parts of a long one that failed were there for a moment, and were seen. */
  if (!ok && is_long)
    kontor_workspace_after_write (write->self, db, changes);
  if (!ok)
    return NULL;
  if (commit->n_ops > 0)
    {
      tell_written (write->self, db, changes);
      look_after_wal_next (write->self, db);
      kontor_workspace_update_undo (write->self, db);
    }
  return g_steal_pointer (&commit);
}

/**
 * kontor_workspace_commit:
 * @self: a workspace
 * @step: what to do; not to be changed afterwards
 * @cancellable: (nullable): to break off before it begins
 * @error: (nullable): place for an error
 *
 * Commits a step and waits until it is safe on the disk.
 *
 * Returns: (transfer full) (nullable): what was done, or %NULL with @error set: nothing was
 */
KontorCommit *
kontor_workspace_commit (KontorWorkspace *self,
                         KontorStep *step,
                         GCancellable *cancellable,
                         GError **error)
{
  Write write = { .self = self, .step = step };

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self) && step != NULL, NULL);
  return kontor_workspace_run (self,
                               KONTOR_LANE_WRITE,
                               KONTOR_PRIORITY_PERSON,
                               commit_on_writer,
                               &write,
                               cancellable,
                               error);
}

static void
free_commit (gpointer commit)
{
  kontor_commit_free (commit);
}

/**
 * kontor_workspace_commit_async:
 * @self: a workspace
 * @step: what to do; not to be changed afterwards
 * @cancellable: (nullable): to break off before it begins
 * @callback: called when it is safe on the disk
 * @user_data: for @callback
 */
void
kontor_workspace_commit_async (KontorWorkspace *self,
                               KontorStep *step,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Write *write = g_new0 (Write, 1);

  write->self = self;
  write->step = kontor_step_ref (step);
  kontor_workspace_run_async (self,
                              KONTOR_LANE_WRITE,
                              KONTOR_PRIORITY_PERSON,
                              commit_on_writer,
                              write,
                              free_write,
                              free_commit,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_commit_finish:
 * @self: a workspace
 * @result: of kontor_workspace_commit_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): as kontor_workspace_commit()
 */
KontorCommit *
kontor_workspace_commit_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}

/* --- Undo and redo ------------------------------------------------------------------------ */

static gboolean
find_step (KontorDb *db, Write *write, GError **error)
{
  KontorUndoPoint point = { 0 };

  if (!kontor_id_is_null (&write->undo))
    return TRUE;
  if (!kontor_undo_peek (db, write->redo, &point, error))
    return FALSE;
  write->undo = point.step;
  g_free (point.label);
  return TRUE;
}

static gpointer
undo_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Write *write = data;
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autoptr(KontorCommit) commit = g_new0 (KontorCommit, 1);
  gboolean ok;

  if (!find_step (db, write, error) || !enter_step (write->self, db, error))
    return NULL;
  ok = kontor_undo_apply (db,
                          &write->undo,
                          commit,
                          changes,
                          write->progress,
                          write->progress_data,
                          cancellable,
                          error);
  kontor_lease_leave_step (kontor_workspace_lease (write->self));
  /* Also where it was broken off: what was taken back so far, and given again, is told. */
  kontor_workspace_after_write (write->self, db, changes);
  kontor_workspace_update_undo (write->self, db);
  return ok ? g_steal_pointer (&commit) : NULL;
}

static KontorCommit *
run_undo (KontorWorkspace *self, Write *write, GCancellable *cancellable, GError **error)
{
  return kontor_workspace_run (self,
                               KONTOR_LANE_WRITE,
                               KONTOR_PRIORITY_PERSON,
                               undo_on_writer,
                               write,
                               cancellable,
                               error);
}

/**
 * kontor_workspace_undo:
 * @self: a workspace
 * @progress: (nullable): told how far it is, on the writer's thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Takes this device's last step back that is not taken back yet.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL without @error where there is nothing
 *   to take back
 */
KontorCommit *
kontor_workspace_undo (KontorWorkspace *self,
                       KontorProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Write write = { .self = self, .progress = progress, .progress_data = progress_data };

  return run_undo (self, &write, cancellable, error);
}

/**
 * kontor_workspace_redo:
 * @self: a workspace
 * @progress: (nullable): told how far it is, on the writer's thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Does again what was taken back last.
 *
 * Returns: (transfer full) (nullable): as kontor_workspace_undo()
 */
KontorCommit *
kontor_workspace_redo (KontorWorkspace *self,
                       KontorProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Write write = { .self = self,
                  .redo = TRUE,
                  .progress = progress,
                  .progress_data = progress_data };

  return run_undo (self, &write, cancellable, error);
}

/**
 * kontor_workspace_undo_step:
 * @self: a workspace
 * @step: any step
 * @progress: (nullable): told how far it is, on the writer's thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Takes one step back, whatever came after it; what was changed since is left alone and named.
 *
 * Returns: (transfer full) (nullable): what was done, or %NULL with @error set
 */
KontorCommit *
kontor_workspace_undo_step (KontorWorkspace *self,
                            const KontorId *step,
                            KontorProgress progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GError **error)
{
  Write write = { .self = self,
                  .undo = *step,
                  .progress = progress,
                  .progress_data = progress_data };

  return run_undo (self, &write, cancellable, error);
}

/**
 * kontor_workspace_undo_async:
 * @self: a workspace
 * @step: (nullable): a step; %NULL for the last
 * @redo: whether to do again instead, without @step
 * @cancellable: (nullable): to break off
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
kontor_workspace_undo_async (KontorWorkspace *self,
                             const KontorId *step,
                             gboolean redo,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Write *write = g_new0 (Write, 1);

  write->self = self;
  write->undo = step != NULL ? *step : KONTOR_ID_NULL;
  write->redo = redo;
  kontor_workspace_run_async (self,
                              KONTOR_LANE_WRITE,
                              KONTOR_PRIORITY_PERSON,
                              undo_on_writer,
                              write,
                              free_write,
                              free_commit,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_undo_finish:
 * @self: a workspace
 * @result: of kontor_workspace_undo_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): as kontor_workspace_undo()
 */
KontorCommit *
kontor_workspace_undo_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}

/* --- What a commit says ------------------------------------------------------------------- */

static void
free_rest (gpointer data)
{
  KontorUndoRest *rest = data;

  g_free (rest->title);
  g_free (rest->by);
  g_free (rest);
}

static gpointer
copy_rest (const KontorUndoRest *rest)
{
  KontorUndoRest *copy = g_memdup2 (rest, sizeof *rest);

  copy->title = g_strdup (rest->title);
  copy->by = g_strdup (rest->by);
  return copy;
}

/**
 * kontor_commit_copy:
 * @commit: what a commit said
 *
 * Returns: (transfer full): a copy
 */
KontorCommit *
kontor_commit_copy (const KontorCommit *commit)
{
  KontorCommit *copy = g_memdup2 (commit, sizeof *commit);

  copy->label = g_strdup (commit->label);
  copy->rest = NULL;
  if (commit->rest != NULL)
    {
      copy->rest = g_ptr_array_new_with_free_func (free_rest);
      for (guint i = 0; i < commit->rest->len; i++)
        g_ptr_array_add (copy->rest, copy_rest (g_ptr_array_index (commit->rest, i)));
    }
  return copy;
}

/**
 * kontor_commit_free:
 * @commit: (nullable): what a commit said
 */
void
kontor_commit_free (KontorCommit *commit)
{
  if (commit == NULL)
    return;
  g_clear_pointer (&commit->rest, g_ptr_array_unref);
  g_free (commit->label);
  g_free (commit);
}
