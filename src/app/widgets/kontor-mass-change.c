/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the records by pages and hands the operations over in parts, on a thread of its own. */
#include "config.h"

#include "kontor-mass-change.h"

#include "kontor-error.h"
#include "kontor-freshness.h"
#include "kontor-number.h"
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
  KontorJob *job; /* (nullable) owned */
  guint n_done;   /* of the records: in parts that are written */
} MassChange;

static void
mass_change_free (gpointer data)
{
  MassChange *change = data;

  g_object_unref (change->workspace);
  kontor_schema_unref (change->schema);
  kontor_mass_action_free (change->action);
  g_array_unref (change->rids);
  g_clear_object (&change->job);
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

static const char *
find_format (KontorMassKind kind, guint n)
{
  switch (kind)
    {
    case KONTOR_MASS_TRASH:
      return ngettext ("%s record moved to trash", "%s records moved to trash", n);
    case KONTOR_MASS_RESTORE:
      return ngettext ("%s record restored", "%s records restored", n);
    case KONTOR_MASS_PURGE:
      return ngettext ("%s record deleted for good", "%s records deleted for good", n);
    case KONTOR_MASS_TAG:
      return ngettext ("%s record tagged", "%s records tagged", n);
    case KONTOR_MASS_UNTAG:
      return ngettext ("Tag removed from %s record", "Tag removed from %s records", n);
    case KONTOR_MASS_CONFIRM:
      return ngettext ("%s record confirmed", "%s records confirmed", n);
    case KONTOR_MASS_SET:
    default:
      return NULL;
    }
}

/**
 * kontor_mass_action_dup_label:
 * @action: an action
 * @n: how many records it was done to
 *
 * Returns: (transfer full): what the step is called: "214 records moved to trash". On any thread.
 */
char *
kontor_mass_action_dup_label (const KontorMassAction *action, guint n)
{
  g_autofree char *number = kontor_integer_format (n);
  const char *format = find_format (action->kind, n);

  if (format == NULL)
    /* Translators: the first %s is a field, the second a number */
    return g_strdup_printf (ngettext ("%s of %s record changed", "%s of %s records changed", n),
                            kontor_field_get_label (action->field),
                            number);
  return g_strdup_printf (format, number);
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
      if (any)
        change->n_done = MIN (first + PART, change->rids->len);
      if (change->job != NULL)
        kontor_job_report (first, change->rids->len, change->job);
    }
  if (!any)
    set_nothing_to_do (error);
  return any;
}

/* The person stopped it and wants to keep what there is. */
static gboolean
is_kept (MassChange *change, const GError *error)
{
  return change->n_done > 0 && change->job != NULL && kontor_job_keeps (change->job) &&
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static KontorCommit *
commit_long (MassChange *change, GCancellable *cancellable, GError **error)
{
  KontorLongStep *steps = kontor_workspace_begin_long (change->workspace,
                                                       change->label,
                                                       KONTOR_ORIGIN_PERSON,
                                                       KONTOR_LONG_DEFAULT,
                                                       error);
  KontorProgress progress = change->job != NULL ? kontor_job_report : NULL;
  GError *local_error = NULL;
  KontorCommit *commit;

  if (steps == NULL)
    return NULL;
  if (append_parts (change, steps, cancellable, &local_error))
    return kontor_long_step_end (steps, TRUE, progress, change->job, error);
  if (is_kept (change, local_error))
    {
      g_autofree char *label = kontor_mass_action_dup_label (change->action, change->n_done);

      g_clear_error (&local_error);
      kontor_long_step_set_label (steps, label);
      return kontor_long_step_end (steps, TRUE, progress, change->job, error);
    }
  commit = kontor_long_step_end (steps, FALSE, progress, change->job, NULL);
  g_clear_pointer (&commit, kontor_commit_free);
  g_propagate_error (error, local_error);
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
 * @job: (nullable): told how many are done; stopped, it says whether they stay
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
                          KontorJob *job,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GCancellable *cancellable = job != NULL ? kontor_job_get_cancellable (job) : NULL;
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  MassChange *change = g_new0 (MassChange, 1);

  change->workspace = g_object_ref (kontor_session_get_workspace (session));
  change->schema = kontor_schema_ref (kontor_session_get_schema (session));
  change->action = action;
  change->type = type;
  change->now = kontor_session_now (session);
  change->rids = g_array_ref (rids);
  change->label = g_strdup (label);
  change->job = job != NULL ? g_object_ref (job) : NULL;
  /* what was done in spite of it is told as done */
  g_task_set_check_cancellable (task, FALSE);
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
