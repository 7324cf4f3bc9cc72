/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list model has done on a reader's thread. Nobody knows beforehand how many rows a filter
 * lets through, so the ways are tried in turn, each for a moment: all that the filter finds, then
 * along the index of the sort until enough is found. What takes longer is done where nobody waits
 * for anything else. */
#include "config.h"

#include "kontor-list-private.h"

/* µs each way may take while somebody waits. */
#define QUICK_US 30000
#define WALK_US 150000
#define WHOLE_US 400000

static gint64 patience_us; /* set before there are threads */

/**
 * kontor_list_set_patience_for_testing:
 * @us: µs each way may take while somebody waits; 0: as it is
 */
void
kontor_list_set_patience_for_testing (gint64 us)
{
  patience_us = us;
}

/**
 * kontor_list_job_new:
 * @model: for whom
 * @kind: what is to be done
 *
 * Returns: (transfer full): a job to be filled in
 */
KontorListJob *
kontor_list_job_new (KontorListModel *model, KontorListJobKind kind)
{
  KontorListJob *self = g_new0 (KontorListJob, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_weak_ref_init (&self->model, model);
  self->kind = kind;
  self->kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->strays = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * kontor_list_job_ref:
 * @self: a job
 *
 * Returns: (transfer full): @self
 */
KontorListJob *
kontor_list_job_ref (KontorListJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * kontor_list_job_unref:
 * @self: (transfer full): a job
 */
void
kontor_list_job_unref (KontorListJob *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_weak_ref_clear (&self->model);
  g_clear_pointer (&self->query, kontor_query_unref);
  g_clear_pointer (&self->base, kontor_rids_unref);
  g_clear_pointer (&self->changes, kontor_change_set_unref);
  g_clear_pointer (&self->rids, kontor_rids_unref);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->overtaken, kontor_change_set_unref);
  g_array_unref (self->kept);
  g_array_unref (self->strays);
  g_free (self);
}

/**
 * kontor_list_job_overtake:
 * @self: a job that is under way
 * @changes: what changed, maybe after it has looked
 */
void
kontor_list_job_overtake (KontorListJob *self, KontorChangeSet *changes)
{
  if (self->overtaken == NULL)
    self->overtaken = kontor_change_set_new ();
  kontor_change_set_merge (self->overtaken, changes);
}

/* --- Asking --------------------------------------------------------------------------------- */

static void
found_cb (gint64 rid, gpointer data)
{
  kontor_rids_append (data, &rid, 1);
}

/* Not in time is no error; what was found till then is in @rids. */
static gboolean
ask_until (KontorDb *db,
           KontorQuery *query,
           const KontorQueryHow *how,
           gint64 us,
           KontorRids *rids,
           GError **error)
{
  GError *local_error = NULL;
  gboolean in_time, done;

  if (us > 0 && patience_us > 0)
    us = patience_us;
  db->deadline = us > 0 ? g_get_monotonic_time () + us : 0;
  done = kontor_query_each (db, query, how, found_cb, rids, &local_error);
  in_time = db->deadline == 0 || g_get_monotonic_time () < db->deadline;
  db->deadline = 0;
  if (done)
    return TRUE;
  if (!in_time && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_cancellable_is_cancelled (db->cancellable) && !g_atomic_int_get (&db->stopping))
    g_error_free (local_error);
  else
    g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
is_plain (KontorQuery *query)
{
  return kontor_query_filter_is_empty (kontor_query_get_filter (query));
}

/* Without a filter the index has the order; with one, its rows are collected and sorted. */
static KontorRids *
ask_whole (KontorDb *db, KontorQuery *query, gint64 us, GError **error)
{
  g_autoptr(KontorRids) rids = kontor_rids_new ();
  KontorQueryHow how = { .plan = is_plain (query) ? KONTOR_PLAN_FREE : KONTOR_PLAN_COLLECT };

  return ask_until (db, query, &how, us, rids, error) ? g_steal_pointer (&rids) : NULL;
}

static KontorRids *
ask_first (KontorDb *db, KontorQuery *query, gint64 us, gboolean *complete, GError **error)
{
  g_autoptr(KontorRids) rids = kontor_rids_new ();
  KontorQueryHow how = { .plan = KONTOR_PLAN_WALK, .limit = KONTOR_LIST_FIRST_ROWS };
  GError *local_error = NULL;
  gboolean done = ask_until (db, query, &how, us, rids, &local_error);

  *complete = done && rids->n < KONTOR_LIST_FIRST_ROWS;
  if (local_error == NULL)
    return g_steal_pointer (&rids);
  g_propagate_error (error, local_error);
  return NULL;
}

/* --- Jobs ----------------------------------------------------------------------------------- */

static gboolean
find_first (KontorDb *db, KontorListJob *job, GError **error)
{
  gboolean can_walk = kontor_query_can_walk (db, job->query);
  GError *local_error = NULL;

  if (!can_walk || !is_plain (job->query))
    {
      job->rids = ask_whole (db, job->query, QUICK_US, &local_error);
      job->complete = job->rids != NULL;
    }
  if (job->rids == NULL && local_error == NULL && can_walk)
    job->rids = ask_first (db, job->query, WALK_US, &job->complete, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
find_whole (KontorDb *db, KontorListJob *job, GError **error)
{
  GError *local_error = NULL;

  job->rids = ask_whole (db, job->query, job->patient ? 0 : WHOLE_US, &local_error);
  job->complete = job->rids != NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return job->rids == NULL || kontor_list_add_kept (db, job, error);
}

static gboolean
read_records (KontorDb *db, KontorListJob *job, GError **error)
{
  job->records = kontor_rows_fetch (db,
                                    kontor_query_get_record_type (job->query),
                                    job->rids->rids,
                                    MIN (job->rids->n, KONTOR_LIST_FIRST_ROWS),
                                    KONTOR_READ_LINK_TITLES | KONTOR_READ_TRASHED,
                                    error);
  return job->records != NULL;
}

static gboolean
run (KontorDb *db, KontorListJob *job, GError **error)
{
  if (job->kind == KONTOR_LIST_JOB_FIRST)
    {
      if (!find_first (db, job, error))
        return FALSE;
      return job->rids == NULL || read_records (db, job, error);
    }
  if (job->changes != NULL && kontor_list_patch (db, job))
    {
      job->complete = job->patched = TRUE;
      return TRUE;
    }
  g_clear_pointer (&job->rids, kontor_rids_unref);
  g_array_set_size (job->strays, 0);
  return find_whole (db, job, error);
}

/**
 * kontor_list_job_run:
 * @db: a connection
 * @data: a #KontorListJob
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * A #KontorDbFunc.
 *
 * Returns: (transfer full) (nullable): the job with its results, %NULL with @error set
 */
gpointer
kontor_list_job_run (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorListJob *job = data;
  gint64 begin = g_get_monotonic_time ();

  if (!run (db, job, error))
    return NULL;
  if (job->rids != NULL)
    {
      if (job->rids != job->base)
        kontor_rids_trim (job->rids);
      if (job->kind == KONTOR_LIST_JOB_UPDATE)
        job->stages = kontor_rids_diff (job->base, job->rids);
    }
  job->cost = g_get_monotonic_time () - begin;
  return kontor_list_job_ref (job);
}
