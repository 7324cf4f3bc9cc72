/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linker puts these in the place of Kontor's functions (-Wl,--wrap): a workspace that is
 * "opened" without a file, a database or a thread, and that answers nothing. */
#include "config.h"

#include "kontor-opener.h"
#include "kontor-workspace-private.h"

void __wrap_kontor_opener_open_async (const char *path,
                                      KontorOpenerMode mode,
                                      KontorOpenFlags flags,
                                      const KontorInit *init,
                                      KontorProgress progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void __wrap_kontor_workspace_run_async (KontorWorkspace *self,
                                        KontorLane lane,
                                        KontorPriority priority,
                                        KontorDbFunc func,
                                        gpointer data,
                                        GDestroyNotify free_data,
                                        GDestroyNotify free_result,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

static KontorWorkspace *
make_workspace (const char *path)
{
  KontorWorkspace *self = g_object_new (KONTOR_TYPE_WORKSPACE, NULL);

  self->path = g_strdup (path);
  self->env = kontor_env_ref (kontor_env_get_default ());
  self->context = g_main_context_ref_thread_default ();
  self->schema = kontor_schema_new ();
  kontor_access_init_all (&self->access);
  return self;
}

void
__wrap_kontor_opener_open_async (const char *path,
                                 KontorOpenerMode mode,
                                 KontorOpenFlags flags,
                                 const KontorInit *init,
                                 KontorProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_pointer (task, make_workspace (path), g_object_unref);
}

void
__wrap_kontor_workspace_run_async (KontorWorkspace *self,
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
}
