/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the records by pages and hands the operations over in parts, on a thread of its own. */
#include "config.h"

#include "kontor-mass-change.h"

#include "kontor-error.h"
#include "kontor-freshness.h"
#include <gio/gio.h>
#include <glib/gi18n.h>

#define PART 500

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  KontorSchema *schema;       /* owned */
  KontorMassAction *action;   /* owned */
  const KontorRecordType *type;
  gint64 now;   /* ms */
  GArray *rids; /* owned (element-type gint64) */
  char *label;
  KontorProgress progress;
  gpointer progress_data;
} MassChange;

static void
mass_change_free (gpointer data)
{
  MassChange *change = data;

  g_object_unref (change->workspace);
  kontor_schema_unref (change->schema);
  kontor_mass_action_free (change->action);
  g_array_unref (change->rids);
  g_free (change->label);
  g_free (change);
}

/**
 * kontor_mass_action_new:
 * @kind: what to do
 *
 * Returns: (transfer full): an action, to be filled in
 */
KontorMassAction *
kontor_mass_action_new (KontorMassKind kind)
{
  KontorMassAction *action = g_new0 (KontorMassAction, 1);

  action->kind = kind;
  return action;
}

/**
 * kontor_mass_action_free:
 * @action: (transfer full): an action
 */
void
kontor_mass_action_free (KontorMassAction *action)
{
  kontor_value_clear (&action->value);
  g_free (action->currency);
  g_free (action->new_tag);
  g_free (action);
}

static void
add_operation (MassChange *change, KontorStep *step, KontorRecord *record)
{
  const KontorMassAction *action = change->action;
  const KontorId *id = kontor_record_get_id (record);

  switch (action->kind)
    {
    case KONTOR_MASS_TRASH:
      kontor_step_trash (step, change->type, id);
      break;
    case KONTOR_MASS_RESTORE:
      kontor_step_restore (step, change->type, id);
      break;
    case KONTOR_MASS_SET:
      kontor_session_add_field (change->schema,
                                step,
                                record,
                                action->field,
                                &action->value,
                                action->currency);
      break;
    case KONTOR_MASS_TAG:
    case KONTOR_MASS_UNTAG:
      kontor_step_tag (step, &action->tag, change->type, id, action->kind == KONTOR_MASS_TAG);
      break;
    case KONTOR_MASS_CONFIRM:
      kontor_freshness_add_confirmation (step, record, change->now);
      break;
    case KONTOR_MASS_PURGE:
    default:
      kontor_step_purge (step, change->type, id);
      break;
    }
}

/* The first part makes the tag that all have from then on, unless one is called so. */
static void
add_new_tag (MassChange *change, KontorStep *step)
{
  g_auto(KontorValue) name = KONTOR_VALUE_INIT;
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(KontorRecord) tag = NULL;

  if (change->action->new_tag == NULL)
    return;
  kontor_value_set_text (&name, change->action->new_tag);
  known = kontor_workspace_find_by_value (change->workspace,
                                          &kontor_tag_type,
                                          kontor_field_by_id (KONTOR_TAG_NAME),
                                          &name,
                                          1,
                                          NULL);
  if (known != NULL && known->len > 0)
    {
      change->action->tag = *kontor_record_get_id (g_ptr_array_index (known, 0));
      return;
    }
  tag = kontor_record_new (&kontor_tag_type, NULL);
  kontor_record_set_text (tag, KONTOR_TAG_NAME, change->action->new_tag);
  change->action->tag = kontor_step_create (step, tag);
}

static KontorStep *
build_part (MassChange *change, guint first, GError **error)
{
  g_autoptr(GPtrArray) records =
    kontor_workspace_fetch (change->workspace,
                            change->type,
                            &g_array_index (change->rids, gint64, first),
                            MIN (PART, change->rids->len - first),
                            KONTOR_READ_TRASHED,
                            error);
  g_autoptr(KontorStep) step = NULL;

  if (records == NULL)
    return NULL;
  step = kontor_step_new (change->label);
  if (first == 0)
    add_new_tag (change, step);
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);

      if (record != NULL)
        add_operation (change, step, record);
    }
  return g_steal_pointer (&step);
}

static void
set_nothing_to_do (GError **error)
{
  kontor_set_error (error,
                    KONTOR_MODEL_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("They all have this value already."));
}

static KontorCommit *
commit_short (MassChange *change, GCancellable *cancellable, GError **error)
{
  g_autoptr(KontorStep) step = build_part (change, 0, error);

  if (step != NULL && kontor_step_is_empty (step))
    set_nothing_to_do (error);
  return step != NULL && !kontor_step_is_empty (step)
           ? kontor_workspace_commit (change->workspace, step, cancellable, error)
           : NULL;
}

static gboolean
append_parts (MassChange *change, KontorLongStep *steps, GCancellable *cancellable, GError **error)
{
  gboolean any = FALSE;

  for (guint first = 0; first < change->rids->len; first += PART)
    {
      g_autoptr(KontorStep) part = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      part = build_part (change, first, error);
      if (part == NULL || (!kontor_step_is_empty (part) &&
                           !kontor_long_step_append (steps, part, cancellable, error)))
        return FALSE;
      any = any || !kontor_step_is_empty (part);
      if (change->progress != NULL)
        change->progress (first, change->rids->len, change->progress_data);
    }
  if (!any)
    set_nothing_to_do (error);
  return any;
}

static KontorCommit *
commit_long (MassChange *change, GCancellable *cancellable, GError **error)
{
  KontorLongStep *steps = kontor_workspace_begin_long (change->workspace,
                                                       change->label,
                                                       KONTOR_ORIGIN_PERSON,
                                                       KONTOR_LONG_DEFAULT,
                                                       error);
  KontorCommit *commit;

  if (steps == NULL)
    return NULL;
  if (append_parts (change, steps, cancellable, error))
    return kontor_long_step_end (steps, TRUE, change->progress, change->progress_data, error);
  commit = kontor_long_step_end (steps, FALSE, change->progress, change->progress_data, NULL);
  g_clear_pointer (&commit, kontor_commit_free);
  return NULL;
}

static void
free_commit (gpointer commit)
{
  kontor_commit_free (commit);
}

static void
run_change (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MassChange *change = data;
  GError *error = NULL;
  KontorCommit *commit = change->rids->len <= PART ? commit_short (change, cancellable, &error)
                                                   : commit_long (change, cancellable, &error);

  if (commit != NULL)
    g_task_return_pointer (task, commit, free_commit);
  else
    g_task_return_error (task, error);
}

/**
 * kontor_mass_change_async:
 * @session: a session
 * @action: (transfer full): what to do
 * @type: type of the records
 * @rids: (element-type gint64): the records
 * @label: what the step is called, such as "214 people moved to trash"
 * @progress: (nullable) (scope forever): told how many are done, on another thread
 * @progress_data: for @progress; must live until @callback
 * @cancellable: (nullable): takes back what was done
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Does one thing to many records, as one step.
 */
void
kontor_mass_change_async (KontorSession *session,
                          KontorMassAction *action,
                          const KontorRecordType *type,
                          GArray *rids,
                          const char *label,
                          KontorProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  MassChange *change = g_new0 (MassChange, 1);

  change->workspace = g_object_ref (kontor_session_get_workspace (session));
  change->schema = kontor_schema_ref (kontor_session_get_schema (session));
  change->action = action;
  change->type = type;
  change->now = kontor_session_now (session);
  change->rids = g_array_ref (rids);
  change->label = g_strdup (label);
  change->progress = progress;
  change->progress_data = progress_data;
  g_task_set_task_data (task, change, mass_change_free);
  g_task_run_in_thread (task, run_change);
  g_object_unref (task);
}

/**
 * kontor_mass_change_finish:
 * @result: of kontor_mass_change_async()
 * @error: (nullable): place for an error
 *
 * Announces nothing: kontor_session_announce() does.
 *
 * Returns: (transfer full) (nullable): what was done, or %NULL with @error set
 */
KontorCommit *
kontor_mass_change_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
