/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of many transactions: imports and mass changes. It is open until it ends; what it leaves
 * when its process dies is taken back at the next opening (kontor_recover()). */
#include "config.h"

#include "kontor-error.h"
#include "kontor-migrate.h"
#include "kontor-workspace-private.h"
#include <glib/gi18n-lib.h>

/* Operations that share a transaction of the file while it is loaded in bulk: enough to write each
 * page but once, few enough that a person's step need not wait long. */
#define BULK_OPS 5000

struct _KontorLongStep
{
  KontorWorkspace *workspace; /* owned */
  KontorId id;
  char *label;
  KontorOrigin origin;
  KontorLongFlags flags;
  gboolean bulk;
  gboolean open;
  guint n_ops;
  const KontorRecordType *first_type;
  KontorId first_id;
  GHashTable *expected;    /* (nullable): id → type of what is to come, links may lead there */
  KontorStep *part;        /* borrowed: while it is appended */
  gboolean renamed;        /* since it began */
  gboolean keep;           /* while it ends */
  KontorProgress progress; /* while it ends */
  gpointer progress_data;
};

static void
free_long_step (KontorLongStep *self)
{
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->expected, g_hash_table_unref);
  g_free (self->label);
  g_free (self);
}

/* --- Bulk --------------------------------------------------------------------------------- */

/* With anybody else on the file the indexes stay, and everything is merely slower. */
static gboolean
begin_bulk (KontorLongStep *self, KontorDb *db, GError **error)
{
  KontorLease *lease = kontor_workspace_lease (self->workspace);

  if ((self->flags & KONTOR_LONG_BULK) == 0 || !kontor_lease_take_exclusive (lease, 0))
    return TRUE;
  if (!kontor_ddl_drop_indexes (db, error))
    {
      kontor_lease_drop_exclusive (lease);
      return FALSE;
    }
  db->bulk = self->bulk = TRUE;
  kontor_db_set_bulk_pragmas (db, TRUE);
  return TRUE;
}

/* Share of each part of the work at the end, in thousandths. */
typedef struct
{
  KontorLongStep *step;
  guint from, to;
} Phase;

static void
phase_progress_cb (guint64 done, guint64 total, gpointer data)
{
  const Phase *phase = data;
  guint64 at = phase->from;

  if (total > 0)
    at += (phase->to - phase->from) * MIN (done, total) / total;
  if (phase->step->progress != NULL)
    phase->step->progress (at, 1000, phase->step->progress_data);
}

static gboolean
build_indexes (KontorLongStep *self, KontorDb *db, GError **error)
{
  Phase phase = { self, 0, 350 };

  return kontor_ddl_build_indexes (db, phase_progress_cb, &phase, error);
}

static gboolean
clear_mark (KontorDb *db, GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  if (kontor_db_set_meta (db, "bulk", NULL, error) && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

static gboolean
finish_bulk (KontorLongStep *self, KontorDb *db, GError **error)
{
  Phase derive = { self, 350, 500 }, search = { self, 500, 1000 };

  if (!self->bulk)
    return TRUE;
  if (!build_indexes (self, db, error))
    return FALSE;
  db->bulk = FALSE;
  db->search_later = TRUE;
  if (!kontor_derive_finish_bulk (db, phase_progress_cb, &derive, error) ||
      !kontor_search_rebuild_index (db, phase_progress_cb, &search, error) ||
      !kontor_totals_rebuild (db, error))
    {
      /* The mark stays: the next opening builds everything anew. Until then nothing may touch
       * indexes that are not whole. */
      db->bulk = TRUE;
      return FALSE;
    }
  kontor_db_set_bulk_pragmas (db, FALSE);
  if (!clear_mark (db, error))
    return FALSE;
  kontor_lease_drop_exclusive (kontor_workspace_lease (self->workspace));
  return TRUE;
}

/* --- Begin -------------------------------------------------------------------------------- */

static gpointer
begin_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorLongStep *self = data;
  KontorLease *lease = kontor_workspace_lease (self->workspace);

  self->id = kontor_id_new (db->env);
  if (!kontor_lease_enter_step (lease))
    {
      kontor_db_set_error (db, SQLITE_BUSY, error);
      return NULL;
    }
  if (begin_bulk (self, db, error))
    {
      if (kontor_commit_open_step (db, &self->id, self->label, self->origin, error))
        {
          self->open = TRUE;
          return self;
        }
      finish_bulk (self, db, NULL);
    }
  kontor_lease_leave_step (lease);
  return NULL;
}

static gboolean
take_place (KontorWorkspace *workspace, KontorLongStep *step, GError **error)
{
  gboolean taken;

  g_mutex_lock (&workspace->lock);
  taken = workspace->long_step != NULL;
  if (!taken)
    workspace->long_step = step;
  g_mutex_unlock (&workspace->lock);
  if (taken)
    kontor_set_error (error,
                      KONTOR_STORE_ERROR,
                      KONTOR_ERROR_BUSY,
                      _("Another import or change of many records is still running. Wait until it "
                         "has ended."));
  return !taken;
}

static void
leave_place (KontorLongStep *self)
{
  KontorWorkspace *workspace = self->workspace;

  g_mutex_lock (&workspace->lock);
  if (workspace->long_step == self)
    workspace->long_step = NULL;
  g_mutex_unlock (&workspace->lock);
}

/**
 * kontor_workspace_begin_long:
 * @self: a workspace
 * @label: what the person does
 * @origin: where it comes from
 * @flags: how
 * @error: (nullable): place for an error
 *
 * Begins a step of any size, one at a time.
 *
 * Returns: (transfer full) (nullable): the step, for kontor_long_step_end(); %NULL with @error set
 */
KontorLongStep *
kontor_workspace_begin_long (KontorWorkspace *self,
                             const char *label,
                             KontorOrigin origin,
                             KontorLongFlags flags,
                             GError **error)
{
  KontorLongStep *step;
  GError *local_error = NULL;

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self), NULL);
  step = g_new0 (KontorLongStep, 1);
  step->workspace = g_object_ref (self);
  step->label = g_strdup (label);
  step->origin = origin;
  step->flags = flags;
  if (take_place (self, step, &local_error))
    {
      kontor_workspace_run (self,
                            KONTOR_LANE_WRITE,
                            KONTOR_PRIORITY_WORK,
                            begin_on_writer,
                            step,
                            NULL,
                            &local_error);
      if (local_error == NULL)
        return step;
      leave_place (step);
    }
  g_propagate_error (error, local_error);
  free_long_step (step);
  return NULL;
}

/* --- Parts -------------------------------------------------------------------------------- */

/* What has come is not expected any more. */
static void
forget_expected (KontorLongStep *self)
{
  for (guint i = 0; i < kontor_step_get_n_ops (self->part); i++)
    {
      const KontorOp *op = kontor_step_get_op (self->part, i);

      if (op->kind == KONTOR_OP_KIND_NEW || op->kind == KONTOR_OP_KIND_LINK)
        g_hash_table_remove (self->expected, &op->id);
    }
}

static void
note_part (KontorLongStep *self)
{
  const KontorOp *first = kontor_step_get_op (self->part, 0);

  if (self->expected != NULL)
    forget_expected (self);

  if (self->n_ops == 0)
    {
      self->first_type = first->type;
      self->first_id = first->id;
    }
  self->n_ops += kontor_step_get_n_ops (self->part);
}

static gpointer
append_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorLongStep *self = data;
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  gboolean ok;

  if (!self->open)
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_FAILED,
                        _("The workspace is closed."));
      return NULL;
    }
  if (!kontor_workspace_has_listeners (self->workspace))
    kontor_change_set_set_coarse (changes);
  /* A power loss takes the whole step back anyway: its parts need not wait for the disk. */
  kontor_db_exec (db, "PRAGMA synchronous=NORMAL", NULL);
  ok = kontor_commit_part (db, &self->id, self->part, self->expected, changes, error);
  kontor_db_exec (db, "PRAGMA synchronous=FULL", NULL);
  kontor_change_set_set_step (changes, &self->id, self->label, self->origin);
  kontor_workspace_after_write (self->workspace, db, changes);
  if (ok)
    note_part (self);
  return ok ? self : NULL;
}

/**
 * kontor_long_step_append:
 * @self: a long step
 * @part: operations, any number
 * @cancellable: (nullable): to break off before it begins
 * @error: (nullable): place for an error
 *
 * Commits a part of the step. It may be seen at once; it stays when the step ends with it kept.
 *
 * Returns: %FALSE with @error set: of the transaction that failed nothing is there
 */
gboolean
kontor_long_step_append (KontorLongStep *self,
                         KontorStep *part,
                         GCancellable *cancellable,
                         GError **error)
{
  if (kontor_step_is_empty (part))
    return TRUE;
  self->part = part;
  return kontor_workspace_run (self->workspace,
                               KONTOR_LANE_WRITE,
                               KONTOR_PRIORITY_WORK,
                               append_on_writer,
                               self,
                               cancellable,
                               error) != NULL;
}

/**
 * kontor_long_step_get_max_ops:
 * @self: a long step
 *
 * Returns: how many operations a part may have so that it is committed whole or not at all
 */
guint
kontor_long_step_get_max_ops (KontorLongStep *self)
{
  return self->bulk ? BULK_OPS : KONTOR_TRANSACTION_MAX_OPS;
}

/**
 * kontor_long_step_expect:
 * @self: a long step
 * @type: a record type
 * @id: a record that a later part creates
 *
 * Lets links lead to a record before it is there. A step that ends without it is taken back, even
 * if it was to be kept.
 */
void
kontor_long_step_expect (KontorLongStep *self, const KontorRecordType *type, const KontorId *id)
{
  if (self->expected == NULL)
    self->expected = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  g_hash_table_insert (self->expected, kontor_id_copy (id), (gpointer) type);
}

/**
 * kontor_long_step_set_label:
 * @self: a long step
 * @label: what the person did after all, where that is less than what was begun
 *
 * Names the step anew; stored when it ends with what was written kept.
 */
void
kontor_long_step_set_label (KontorLongStep *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  self->renamed = TRUE;
}

/* --- End ---------------------------------------------------------------------------------- */

static gboolean
roll_back (KontorLongStep *self, KontorDb *db, KontorChangeSet *changes, GError **error)
{
  if (self->bulk && !build_indexes (self, db, error))
    return FALSE;
  return kontor_undo_roll_back_step (db,
                                     &self->id,
                                     changes,
                                     self->bulk ? NULL : self->progress,
                                     self->progress_data,
                                     error);
}

static gboolean
check_expected (KontorLongStep *self, GError **error)
{
  if (self->expected == NULL || g_hash_table_size (self->expected) == 0)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("There are links to records that did not come."));
  return FALSE;
}

/* Kept first, then finished: should the machine fail in between, the records are there and what
 * is computed from them is made at the next opening. */
static gboolean
end_step (KontorLongStep *self, KontorDb *db, KontorChangeSet *changes, GError **error)
{
  gboolean ok;

  if (self->keep && !check_expected (self, error))
    {
      self->keep = FALSE;
      roll_back (self, db, changes, NULL);
      finish_bulk (self, db, NULL);
      return FALSE;
    }
  if (self->keep)
    ok = kontor_commit_close_step (db, &self->id, self->renamed ? self->label : NULL, error);
  else
    ok = roll_back (self, db, changes, error);
  return finish_bulk (self, db, ok ? error : NULL) && ok;
}

static void
add_all_types (KontorChangeSet *changes)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    kontor_change_set_add_all (changes, kontor_record_type_nth (i));
}

static gpointer
end_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorLongStep *self = data;
  g_autoptr(KontorChangeSet) changes = NULL;
  gboolean ok;

  if (!self->open)
    return NULL;
  changes = kontor_change_set_new ();
  ok = end_step (self, db, changes, error);
  self->open = FALSE;
  kontor_lease_leave_step (kontor_workspace_lease (self->workspace));
  kontor_change_set_set_step (changes, &self->id, self->label, self->origin);
  /* Computed columns of any record may be others now. */
  if (self->bulk)
    add_all_types (changes);
  kontor_workspace_after_write (self->workspace, db, changes);
  kontor_workspace_update_undo (self->workspace, db);
  return ok ? self : NULL;
}

static KontorCommit *
make_commit (KontorLongStep *self)
{
  KontorCommit *commit = g_new0 (KontorCommit, 1);

  commit->step = self->id;
  commit->label = g_strdup (self->label);
  commit->n_ops = self->keep ? self->n_ops : 0;
  commit->first_type = self->first_type;
  commit->first_id = self->first_id;
  return commit;
}

/**
 * kontor_long_step_end:
 * @self: (transfer full): a long step
 * @keep: whether what was written stays
 * @progress: (nullable): told how far the end is, on the writer's thread
 * @progress_data: for @progress
 * @error: (nullable): place for an error
 *
 * Makes the step whole, or takes back what was written.
 *
 * Returns: (transfer full) (nullable): what was done, or %NULL with @error set
 */
KontorCommit *
kontor_long_step_end (KontorLongStep *self,
                      gboolean keep,
                      KontorProgress progress,
                      gpointer progress_data,
                      GError **error)
{
  KontorCommit *commit = NULL;
  GError *local_error = NULL;

  self->keep = keep;
  self->progress = progress;
  self->progress_data = progress_data;
  kontor_workspace_run (self->workspace,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_WORK,
                        end_on_writer,
                        self,
                        NULL,
                        &local_error);
  leave_place (self);
  if (local_error == NULL)
    commit = make_commit (self);
  else
    g_propagate_error (error, local_error);
  free_long_step (self);
  return commit;
}

/**
 * kontor_long_step_get_id:
 * @self: a long step
 *
 * Returns: (transfer none): the step's id
 */
const KontorId *
kontor_long_step_get_id (KontorLongStep *self)
{
  return &self->id;
}

/**
 * kontor_workspace_abandon_long_step:
 * @self: a workspace that is being closed
 *
 * Takes back a step that nobody has ended. Its owner still frees it by kontor_long_step_end().
 */
void
kontor_workspace_abandon_long_step (KontorWorkspace *self)
{
  KontorLongStep *step;

  g_mutex_lock (&self->lock);
  step = g_steal_pointer (&self->long_step);
  g_mutex_unlock (&self->lock);
  if (step == NULL)
    return;
  step->keep = FALSE;
  kontor_workspace_run (self,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_WORK,
                        end_on_writer,
                        step,
                        NULL,
                        NULL);
}
