/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a function of the database gets to run on a thread of the workspace, waited for or not, and
 * the asynchronous forms of opening, closing and the long questions. */
#include "config.h"

#include "kontor-workspace-private.h"

static KontorThread *
lane_thread (KontorWorkspace *self, KontorLane lane)
{
  switch (lane)
    {
    case KONTOR_LANE_READ:
      return self->readers[0];
    case KONTOR_LANE_LONG:
      return self->readers[1];
    case KONTOR_LANE_WRITE:
    default:
      return self->writer;
    }
}

static void
init_job (KontorJob *job,
          KontorLane lane,
          KontorPriority priority,
          KontorDbFunc func,
          gpointer data,
          GCancellable *cancellable)
{
  job->func = func;
  job->data = data;
  job->cancellable = cancellable;
  job->priority = priority;
  job->interruptible = job->snapshot = lane != KONTOR_LANE_WRITE;
}

/**
 * kontor_workspace_run:
 * @self: a workspace
 * @lane: which thread
 * @priority: before what else
 * @func: what to do there
 * @data: for @func
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Waits for @func on a database thread, without running a main loop.
 *
 * Returns: what @func returned
 */
gpointer
kontor_workspace_run (KontorWorkspace *self,
                      KontorLane lane,
                      KontorPriority priority,
                      KontorDbFunc func,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  KontorJob job = { 0 };

  init_job (&job, lane, priority, func, data, cancellable);
  kontor_thread_run (lane_thread (self, lane), &job);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.result;
}

typedef struct
{
  KontorJob job;
  GTask *task;
  GDestroyNotify free_data, free_result;
} AsyncJob;

static void
async_done_cb (KontorJob *job, gpointer data)
{
  AsyncJob *async = data;

  if (job->error != NULL)
    {
      if (job->result != NULL && async->free_result != NULL)
        async->free_result (job->result);
      g_task_return_error (async->task, job->error);
    }
  else
    g_task_return_pointer (async->task, job->result, async->free_result);
  if (async->free_data != NULL)
    async->free_data (job->data);
  g_clear_object (&job->cancellable);
  g_object_unref (async->task);
  g_free (async);
}

/**
 * kontor_workspace_run_async:
 * @self: a workspace
 * @lane: which thread
 * @priority: before what else
 * @func: what to do there
 * @data: for @func
 * @free_data: (nullable): frees @data afterwards, on any thread
 * @free_result: (nullable): frees a result nobody takes
 * @cancellable: (nullable): to break off
 * @callback: called in the thread's main context
 * @user_data: for @callback
 */
void
kontor_workspace_run_async (KontorWorkspace *self,
                            KontorLane lane,
                            KontorPriority priority,
                            KontorDbFunc func,
                            gpointer data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  AsyncJob *async = g_new0 (AsyncJob, 1);

  async->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (async->task, "kontor_workspace_run_async");
  /* What was committed was committed: the answer is not replaced by "cancelled". */
  g_task_set_check_cancellable (async->task, FALSE);
  async->free_data = free_data;
  async->free_result = free_result;
  init_job (&async->job,
            lane,
            priority,
            func,
            data,
            cancellable != NULL ? g_object_ref (cancellable) : NULL);
  async->job.done = async_done_cb;
  async->job.done_data = async;
  kontor_thread_push (lane_thread (self, lane), &async->job);
}

/**
 * kontor_workspace_run_finish:
 * @self: a workspace
 * @result: of kontor_workspace_run_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full): what the function returned
 */
gpointer
kontor_workspace_run_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Opening and closing ------------------------------------------------------------------ */

typedef struct
{
  char *path;
  KontorOpenFlags flags;
  KontorEnv *env;
  GMainContext *context;
} Open;

static void
free_open (gpointer data)
{
  Open *open = data;

  g_clear_pointer (&open->env, kontor_env_unref);
  g_main_context_unref (open->context);
  g_free (open->path);
  g_free (open);
}

/* The workspace's signals and its watch belong to the caller's context, not to this thread. */
static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Open *open = data;
  GError *error = NULL;
  KontorWorkspace *workspace =
    kontor_workspace_open_in (open->path, open->flags, open->env, open->context, &error);

  if (workspace != NULL)
    g_task_return_pointer (task, workspace, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * kontor_workspace_open_async:
 * @path: the file
 * @flags: how
 * @env: (nullable): clock and random source
 * @cancellable: (nullable): to break off
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens a workspace as kontor_workspace_open() without keeping a main loop waiting.
 */
void
kontor_workspace_open_async (const char *path,
                             KontorOpenFlags flags,
                             KontorEnv *env,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Open *open = g_new0 (Open, 1);

  open->path = g_strdup (path);
  open->flags = flags;
  open->env = env != NULL ? kontor_env_ref (env) : NULL;
  open->context = g_main_context_ref_thread_default ();
  g_task_set_name (task, "kontor_workspace_open_async");
  g_task_set_task_data (task, open, free_open);
  g_task_run_in_thread (task, open_thread);
}

/**
 * kontor_workspace_open_finish:
 * @result: of kontor_workspace_open_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the workspace, or %NULL with @error set
 */
KontorWorkspace *
kontor_workspace_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (kontor_workspace_close (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kontor_workspace_close_async:
 * @self: a workspace
 * @callback: called when it is closed
 * @user_data: for @callback
 */
void
kontor_workspace_close_async (KontorWorkspace *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_name (task, "kontor_workspace_close_async");
  g_task_run_in_thread (task, close_thread);
}

/**
 * kontor_workspace_close_finish:
 * @self: a workspace
 * @result: of kontor_workspace_close_async()
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_workspace_close_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
