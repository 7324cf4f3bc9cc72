/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Database threads (design C13): a queue by priority, cancellation of the running statement, an
 * orderly end. Nothing here knows what the jobs do. */
#include "config.h"

#include "kontor-threads.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>

struct _KontorThread
{
  gatomicrefcount ref_count;
  const KontorThreadClass *klass;
  gpointer data;
  GThread *thread; /* joined or given up by whoever ends it */

  GMutex lock;
  GCond wake;
  GQueue queues[KONTOR_N_PRIORITIES];
  gboolean stopping;
  gboolean drain;
  gboolean joined;

  KontorDb *db; /* changed by the thread only, under the lock */
  GError *close_error;
};

static KontorThread *
ref_thread (KontorThread *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * kontor_thread_unref:
 * @self: a thread
 *
 * Gives a reference up; never waits. The thread has one of its own until it ends.
 */
void
kontor_thread_unref (KontorThread *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (!self->joined)
    g_thread_unref (self->thread);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_clear_error (&self->close_error);
  g_free (self);
}

static KontorJob *
pop_job (KontorThread *self)
{
  for (guint i = 0; i < KONTOR_N_PRIORITIES; i++)
    if (!g_queue_is_empty (&self->queues[i]))
      return g_queue_pop_head (&self->queues[i]);
  return NULL;
}

static void
finish_job (KontorJob *job)
{
  job->done (job, job->done_data);
}

static void
refuse_job (KontorJob *job)
{
  kontor_set_error (&job->error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_FAILED,
                    _("The workspace is closed."));
  finish_job (job);
}

static void
interrupt_cb (GCancellable *cancellable, gpointer data)
{
  KontorDb *db = data;

  sqlite3_interrupt (db->handle);
}

static gboolean
begin_snapshot (KontorDb *db, GError **error)
{
  if (sqlite3_get_autocommit (db->handle))
    {
      sqlite3_stmt *stmt = kontor_db_prepare (db, "BEGIN", error);

      if (stmt == NULL || !kontor_db_run (db, stmt, error))
        return FALSE;
    }
  return kontor_db_renew_schema (db, error);
}

static void
run_on (KontorDb *db, KontorJob *job)
{
  gulong handler = 0;

  if (g_cancellable_set_error_if_cancelled (job->cancellable, &job->error))
    return;
  kontor_db_trim_statements (db);
  if (job->interruptible && job->cancellable != NULL)
    {
      db->cancellable = job->cancellable;
      handler = g_cancellable_connect (job->cancellable, G_CALLBACK (interrupt_cb), db, NULL);
    }
  if (!job->snapshot || begin_snapshot (db, &job->error))
    job->result = job->func (db, job->data, job->cancellable, &job->error);
  if (handler != 0)
    g_cancellable_disconnect (job->cancellable, handler);
  db->cancellable = NULL;
  if (job->snapshot)
    kontor_db_rollback (db);
}

static KontorDb *
ensure_db (KontorThread *self, GError **error)
{
  KontorDb *db;

  if (self->db != NULL)
    return self->db;
  db = self->klass->open (self->data, error);
  g_mutex_lock (&self->lock);
  self->db = db;
  if (db != NULL && self->stopping && !self->drain)
    g_atomic_int_set (&db->stopping, TRUE);
  g_mutex_unlock (&self->lock);
  return db;
}

static void
run_job (KontorThread *self, KontorJob *job)
{
  KontorDb *db = ensure_db (self, &job->error);

  if (db != NULL)
    run_on (db, job);
  finish_job (job);
}

/* The next job, with the lock held on return; NULL: the thread is to end. */
static KontorJob *
wait_for_job (KontorThread *self)
{
  gboolean rested = self->klass->rest_ms == 0;

  for (;;)
    {
      KontorJob *job;

      if (self->stopping && !self->drain)
        return NULL;
      job = pop_job (self);
      if (job != NULL || self->stopping)
        return job;
      if (rested || self->db == NULL)
        g_cond_wait (&self->wake, &self->lock);
      else if (!g_cond_wait_until (&self->wake,
                                   &self->lock,
                                   g_get_monotonic_time () + self->klass->rest_ms * 1000))
        {
          g_mutex_unlock (&self->lock);
          self->klass->rest (self->db, self->data);
          g_mutex_lock (&self->lock);
          rested = TRUE;
        }
    }
}

static void
end_thread (KontorThread *self)
{
  KontorDb *db;
  KontorJob *job;

  g_mutex_lock (&self->lock);
  self->drain = FALSE;
  while ((job = pop_job (self)) != NULL)
    {
      g_mutex_unlock (&self->lock);
      refuse_job (job);
      g_mutex_lock (&self->lock);
    }
  db = self->db;
  self->db = NULL;
  g_mutex_unlock (&self->lock);
  if (db != NULL)
    g_atomic_int_set (&db->stopping, FALSE);
  self->klass->close (db, self->data, &self->close_error);
  if (self->klass->free != NULL)
    self->klass->free (self->data);
}

static gpointer
run_thread (gpointer data)
{
  KontorThread *self = data;

  for (;;)
    {
      KontorJob *job;

      g_mutex_lock (&self->lock);
      job = wait_for_job (self);
      g_mutex_unlock (&self->lock);
      if (job == NULL)
        break;
      run_job (self, job);
    }
  end_thread (self);
  kontor_thread_unref (self);
  return NULL;
}

/**
 * kontor_thread_new:
 * @name: name for debuggers, at most 15 characters
 * @klass: what the thread does beside its jobs
 * @db: (nullable) (transfer full): its connection, where it is open already
 * @data: for the functions of @klass
 *
 * Returns: (transfer full): a thread that waits for jobs
 */
KontorThread *
kontor_thread_new (const char *name, const KontorThreadClass *klass, KontorDb *db, gpointer data)
{
  KontorThread *self = g_new0 (KontorThread, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->klass = klass;
  self->data = data;
  self->db = db;
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  for (guint i = 0; i < KONTOR_N_PRIORITIES; i++)
    g_queue_init (&self->queues[i]);
  self->thread = g_thread_new (name, run_thread, ref_thread (self));
  return self;
}

/**
 * kontor_thread_push:
 * @self: a thread
 * @job: what to do; .done is called in any case, on the thread, or here when it has ended
 */
void
kontor_thread_push (KontorThread *self, KontorJob *job)
{
  gboolean refused;

  g_mutex_lock (&self->lock);
  refused = self->stopping;
  if (!refused)
    {
      g_queue_push_tail (&self->queues[job->priority], job);
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->lock);
  if (refused)
    refuse_job (job);
}

typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean done;
} Waiter;

static void
job_done_cb (KontorJob *job, gpointer data)
{
  Waiter *waiter = data;

  g_mutex_lock (&waiter->lock);
  waiter->done = TRUE;
  g_cond_signal (&waiter->cond);
  g_mutex_unlock (&waiter->lock);
}

/**
 * kontor_thread_run:
 * @self: a thread
 * @job: what to do
 *
 * Waits until @job is done. On the thread itself it is done at once.
 *
 * Returns: %FALSE where .error is set
 */
gboolean
kontor_thread_run (KontorThread *self, KontorJob *job)
{
  Waiter waiter = { 0 };

  if (kontor_thread_is_current (self))
    {
      job->result = job->func (self->db, job->data, job->cancellable, &job->error);
      return job->error == NULL;
    }
  g_mutex_init (&waiter.lock);
  g_cond_init (&waiter.cond);
  job->done = job_done_cb;
  job->done_data = &waiter;
  kontor_thread_push (self, job);
  g_mutex_lock (&waiter.lock);
  while (!waiter.done)
    g_cond_wait (&waiter.cond, &waiter.lock);
  g_mutex_unlock (&waiter.lock);
  g_mutex_clear (&waiter.lock);
  g_cond_clear (&waiter.cond);
  return job->error == NULL;
}

/**
 * kontor_thread_stop:
 * @self: a thread
 * @drain: do the jobs that wait first; else the running one is cut off and the others are refused
 *
 * Tells the thread to end; does not wait for it.
 */
void
kontor_thread_stop (KontorThread *self, gboolean drain)
{
  g_mutex_lock (&self->lock);
  if (!self->stopping)
    {
      self->stopping = TRUE;
      self->drain = drain;
      if (!drain && self->db != NULL)
        {
          g_atomic_int_set (&self->db->stopping, TRUE);
          sqlite3_interrupt (self->db->handle);
        }
    }
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

/**
 * kontor_thread_join:
 * @self: a thread that was told to stop
 * @error: (nullable): place for an error
 *
 * Waits for its end, once; not on the thread itself.
 *
 * Returns: %FALSE with @error set where closing its connection failed
 */
gboolean
kontor_thread_join (KontorThread *self, GError **error)
{
  if (kontor_thread_is_current (self) || self->joined)
    return TRUE;
  g_thread_join (self->thread);
  self->joined = TRUE;
  if (self->close_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->close_error));
  return FALSE;
}

/**
 * kontor_thread_is_current:
 * @self: a thread
 *
 * Returns: whether the caller runs on it
 */
gboolean
kontor_thread_is_current (KontorThread *self)
{
  return g_thread_self () == self->thread;
}
