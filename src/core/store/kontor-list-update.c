/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the list model asks which rows there are: for a new query the first ones, then all; after
 * changes what they touch, and not more often than asking takes; what a step of very many records
 * does, part after part, once a second. One question is under way at a
 * time; one that nobody waits for any more is cancelled. */
#include "config.h"

#include "kontor-date.h"
#include "kontor-list-private.h"
#include "kontor-workspace-private.h"

/* Asking anew takes at most a quarter of the reader's time, and comes at most so late. */
#define REST_FACTOR 3
#define MAX_REST_US 3000000
#define MIN_REST_US 20000
#define PARTS_REST_US 1000000
#define CLOCK_MS 30000

static void start_job (KontorListModel *self, KontorListJobKind kind, gboolean patient);

/* --- Answers -------------------------------------------------------------------------------- */

static void
fail (KontorListModel *self, GError *error)
{
  self->pending_all = TRUE; /* the next change has it asked again */
  kontor_list_model_take_error (self, error);
  kontor_list_model_set_state (self, FALSE, self->complete);
}

/* Rows of the first answer that were changed before it came are read again. */
static void
take_records (KontorListModel *self, KontorListJob *job)
{
  for (guint i = 0; i < job->records->len; i += KONTOR_LIST_PAGE)
    {
      g_autoptr(GPtrArray) page = g_ptr_array_new ();

      for (guint k = i; k < MIN (i + KONTOR_LIST_PAGE, job->records->len); k++)
        {
          KontorRecord *record = g_ptr_array_index (job->records, k);

          if (record != NULL &&
              (job->overtaken == NULL || !kontor_list_record_is_touched (record, job->overtaken)))
            g_ptr_array_add (page, record);
        }
      kontor_list_fetch_add_records (self, page);
    }
}

static void
take_answer (KontorListModel *self, KontorListJob *job)
{
  self->rested_since = g_get_monotonic_time ();
  if (!job->patched)
    self->cost = job->cost;
  kontor_list_model_take_error (self, NULL);
  if (job->rids == NULL)
    {
      self->pending_all = TRUE;
      start_job (self, KONTOR_LIST_JOB_UPDATE, job->kind == KONTOR_LIST_JOB_UPDATE);
      return;
    }
  if (job->records != NULL)
    take_records (self, job);
  self->answered = job->complete;
  kontor_list_model_set_strays (self, job->strays);
  if (job->stages != NULL)
    kontor_list_model_show (self, job->stages);
  else
    kontor_list_model_show_instead (self, job->rids);
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(KontorListJob) job = data;
  g_autoptr(KontorListModel) self = g_weak_ref_get (&job->model);
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorListJob) done =
    kontor_workspace_run_finish (KONTOR_WORKSPACE (source), result, &error);

  if (self == NULL || self->disposed || self->job != job)
    return;
  self->job = NULL;
  if (done != NULL)
    take_answer (self, done);
  else
    fail (self, g_steal_pointer (&error));
}

/**
 * kontor_list_update_told:
 * @self: a model
 *
 * The edits of an answer are told: on to what is still to be asked.
 */
void
kontor_list_update_told (KontorListModel *self)
{
  if (self->job != NULL)
    return;
  if (!self->answered)
    {
      start_job (self, KONTOR_LIST_JOB_UPDATE, FALSE);
      return;
    }
  self->told_at = g_get_monotonic_time ();
  kontor_list_model_set_state (self, FALSE, TRUE);
  kontor_list_update_schedule (self);
}

/* --- Questions ------------------------------------------------------------------------------ */

static void
unref_job (gpointer job)
{
  kontor_list_job_unref (job);
}

static void
copy_rids (GHashTable *set, GArray *rids)
{
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    g_array_append_vals (rids, rid, 1);
}

static void
start_job (KontorListModel *self, KontorListJobKind kind, gboolean patient)
{
  KontorListJob *job = kontor_list_job_new (self, kind);

  job->query = kontor_query_ref (self->query);
  job->base = kontor_rids_ref (kontor_list_model_get_target (self));
  job->patient = patient;
  copy_rids (self->kept, job->kept);
  if (kind == KONTOR_LIST_JOB_UPDATE && self->complete && !self->pending_all)
    job->changes = g_steal_pointer (&self->pending);
  g_clear_pointer (&self->pending, kontor_change_set_unref);
  self->pending_all = FALSE;
  self->job = job;
  kontor_workspace_run_async (self->workspace,
                              patient ? KONTOR_LANE_LONG : KONTOR_LANE_READ,
                              kind == KONTOR_LIST_JOB_FIRST || patient ? KONTOR_PRIORITY_PERSON
                                                                       : KONTOR_PRIORITY_WORK,
                              kontor_list_job_run,
                              kontor_list_job_ref (job),
                              unref_job,
                              unref_job,
                              self->cancellable,
                              job_done_cb,
                              job);
}

static gboolean
timer_cb (gpointer data)
{
  KontorListModel *self = data;

  kontor_list_model_clear_source (&self->timer);
  if (self->job == NULL && !kontor_list_model_is_telling (self))
    start_job (self, KONTOR_LIST_JOB_UPDATE, FALSE);
  return G_SOURCE_REMOVE;
}

static guint
get_rest_ms (KontorListModel *self)
{
  gint64 rest = CLAMP (self->cost * REST_FACTOR, MIN_REST_US, MAX_REST_US);
  gint64 end = 0, left;

  if (self->pending_all)
    end = self->rested_since + rest;
  if (self->in_parts)
    end = MAX (end, self->told_at + PARTS_REST_US);
  left = end - g_get_monotonic_time ();
  return left > 0 ? (guint) (left / 1000 + 1) : 0;
}

/**
 * kontor_list_update_schedule:
 * @self: a model
 *
 * Has what is pending asked, at once where few records are touched, else when the reader and the
 * main thread have had time for others.
 */
void
kontor_list_update_schedule (KontorListModel *self)
{
  if (self->job != NULL || self->timer != NULL || kontor_list_model_is_telling (self) ||
      (self->pending == NULL && !self->pending_all))
    return;
  self->timer = kontor_list_model_add_source (self, get_rest_ms (self), timer_cb);
}

/* --- Queries that depend on the day --------------------------------------------------------- */

static char *
dup_today (KontorListModel *self)
{
  return kontor_date_today (kontor_env_now (kontor_workspace_get_env (self->workspace)));
}

static void
look_at_day (KontorListModel *self)
{
  g_autofree char *today = self->clock != NULL ? dup_today (self) : NULL;

  if (today == NULL || g_str_equal (today, self->today))
    return;
  g_free (self->today);
  self->today = g_steal_pointer (&today);
  self->pending_all = TRUE;
  kontor_list_update_schedule (self);
}

static gboolean
clock_cb (gpointer data)
{
  look_at_day (data);
  return G_SOURCE_CONTINUE;
}

/* --- Changes -------------------------------------------------------------------------------- */

/* A step of very many records comes in parts. */
static void
note_step (KontorListModel *self, const KontorId *step)
{
  self->in_parts = !kontor_id_is_null (step) && kontor_id_equal (step, &self->last_step);
  self->last_step = *step;
}

/**
 * kontor_list_update_note:
 * @self: a model
 * @changes: what changed
 */
void
kontor_list_update_note (KontorListModel *self, KontorChangeSet *changes)
{
  KontorEffect effect = kontor_query_effect_of (self->query, changes);

  look_at_day (self);
  if (self->job != NULL && self->job->kind == KONTOR_LIST_JOB_FIRST)
    kontor_list_job_overtake (self->job, changes);
  if (effect == KONTOR_EFFECT_NONE)
    return;
  note_step (self, kontor_change_set_get_step (changes));
  if (effect == KONTOR_EFFECT_ALL)
    self->pending_all = TRUE;
  else
    {
      if (self->pending == NULL)
        self->pending = kontor_change_set_new ();
      kontor_change_set_merge (self->pending, changes);
    }
  kontor_list_update_schedule (self);
}

/* -------------------------------------------------------------------------------------------- */

/**
 * kontor_list_update_stop:
 * @self: a model
 *
 * Nobody waits for the answer any more.
 */
void
kontor_list_update_stop (KontorListModel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->job = NULL;
  kontor_list_model_clear_source (&self->timer);
  kontor_list_model_clear_source (&self->clock);
  g_clear_pointer (&self->pending, kontor_change_set_unref);
  self->pending_all = FALSE;
}

/**
 * kontor_list_update_begin:
 * @self: a model with a new query
 */
void
kontor_list_update_begin (KontorListModel *self)
{
  kontor_list_update_stop (self);
  self->cancellable = g_cancellable_new ();
  self->answered = FALSE;
  if (kontor_query_is_relative (self->query))
    {
      g_free (self->today);
      self->today = dup_today (self);
      self->clock = kontor_list_model_add_source (self, CLOCK_MS, clock_cb);
    }
  start_job (self, KONTOR_LIST_JOB_FIRST, FALSE);
  kontor_list_model_set_state (self, TRUE, FALSE);
}
