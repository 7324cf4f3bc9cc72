/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file as a whole: backup, check, read-only SQL. Long work: reader 2. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-migrate.h"
#include "kontor-workspace-private.h"
#include <glib/gi18n-lib.h>

#define LEASE_WAIT_MS 5000

typedef struct
{
  KontorWorkspace *self;
  const char *path;
  gboolean repair;
  const char *sql;
  KontorSqlRow row;
  gpointer row_data;
  KontorProgress progress;
  gpointer progress_data;
} FileWork;

static gpointer
run_long (FileWork *work, KontorDbFunc func, GCancellable *cancellable, GError **error)
{
  return kontor_workspace_run (work->self,
                               KONTOR_LANE_LONG,
                               KONTOR_PRIORITY_WORK,
                               func,
                               work,
                               cancellable,
                               error);
}

static gpointer
backup_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  FileWork *work = data;

  return kontor_backup_write (db,
                              work->path,
                              work->progress,
                              work->progress_data,
                              cancellable,
                              error)
           ? work
           : NULL;
}

/**
 * kontor_workspace_backup:
 * @self: a workspace
 * @path: where the copy goes; a file there is replaced when the copy is whole
 * @progress: (nullable): told how many pages are copied, on the reader's thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Copies the workspace as it is at one moment while it goes on being used, and checks the copy.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_workspace_backup (KontorWorkspace *self,
                         const char *path,
                         KontorProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GError **error)
{
  FileWork work = { .self = self,
                    .path = path,
                    .progress = progress,
                    .progress_data = progress_data };

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self) && path != NULL, FALSE);
  return run_long (&work, backup_on_reader, cancellable, error) != NULL;
}

static gpointer
check_on_thread (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  FileWork *work = data;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean ok =
    kontor_check_run (db, work->repair, problems, work->progress, work->progress_data, error);

  if (work->repair)
    {
      g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();

      for (guint i = 0; i < kontor_record_type_count (); i++)
        kontor_change_set_add_all (changes, kontor_record_type_nth (i));
      kontor_workspace_after_write (work->self, db, changes);
    }
  return ok ? g_steal_pointer (&problems) : NULL;
}

static gboolean
fail_busy (const char *message, GError **error)
{
  kontor_set_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_BUSY, "%s", message);
  return FALSE;
}

/* Nobody else may write while indexes are made anew, nor leave half of an import to them. */
static gboolean
begin_repair (KontorWorkspace *self, GError **error)
{
  KontorLease *lease = kontor_workspace_lease (self);
  gboolean is_importing;

  g_mutex_lock (&self->lock);
  is_importing = self->long_step != NULL;
  g_mutex_unlock (&self->lock);
  if (is_importing)
    return fail_busy (_("Another import or change of many records is still running. Wait until it "
                         "has ended."),
                      error);
  if (kontor_lease_is_working (lease) && !kontor_lease_take_exclusive (lease, LEASE_WAIT_MS))
    return fail_busy (_("Another program has this workspace open. Close it there to repair it."),
                      error);
  return TRUE;
}

static gpointer
repair_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  FileWork *work = data;
  gpointer problems;

  if (!begin_repair (work->self, error))
    return NULL;
  problems = check_on_thread (db, data, cancellable, error);
  kontor_lease_drop_exclusive (kontor_workspace_lease (work->self));
  return problems;
}

/**
 * kontor_workspace_check:
 * @self: a workspace
 * @repair: rebuild indexes, computed columns, search and totals first
 * @progress: (nullable): told how far it is, on a database thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off; a repair is not broken off
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the problems found, empty when all is
 *   well; %NULL with @error set where the check could not be made; %KONTOR_ERROR_BUSY for a repair
 *   while another program has it open, or an import runs
 */
GPtrArray *
kontor_workspace_check (KontorWorkspace *self,
                        gboolean repair,
                        KontorProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  FileWork work = { .self = self,
                    .repair = repair,
                    .progress = progress,
                    .progress_data = progress_data };

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self), NULL);
  if (!repair)
    return run_long (&work, check_on_thread, cancellable, error);
  return kontor_workspace_run (self,
                               KONTOR_LANE_WRITE,
                               KONTOR_PRIORITY_WORK,
                               repair_on_writer,
                               &work,
                               cancellable,
                               error);
}

static gpointer
sql_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  FileWork *work = data;

  return kontor_sql_run (db, work->sql, work->row, work->row_data, error) ? work : NULL;
}

/**
 * kontor_workspace_sql:
 * @self: a workspace
 * @sql: one SELECT
 * @row: called for each row, on the reader's thread; %FALSE ends it
 * @row_data: for @row
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Asks the file in SQL. The tables are described in docs/workspace.md; the views "v_<type>" show
 * them as people read them. Nothing can be changed.
 *
 * Returns: %FALSE with @error set: %KONTOR_ERROR_DENIED for anything but reading,
 *   %KONTOR_ERROR_INVALID for what is not understood
 */
gboolean
kontor_workspace_sql (KontorWorkspace *self,
                      const char *sql,
                      KontorSqlRow row,
                      gpointer row_data,
                      GCancellable *cancellable,
                      GError **error)
{
  FileWork work = { .self = self, .sql = sql, .row = row, .row_data = row_data };

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self) && sql != NULL, FALSE);
  return run_long (&work, sql_on_reader, cancellable, error) != NULL;
}
