/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a workspace where there is none, on a thread of its own, then opens it so that its signals
 * come to the main loop. */
#include "config.h"

#include "kontor-opener.h"

#include "kontor-demo.h"
#include "kontor-error.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define DEMO_SEED 1

typedef struct
{
  char *path;
  KontorOpenerMode mode;
  KontorOpenFlags flags;
  char *name, *user_name, *country;
  KontorProgress progress;
  gpointer progress_data;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request->name);
  g_free (request->user_name);
  g_free (request->country);
  g_free (request);
}

/**
 * kontor_opener_dup_demo_path:
 *
 * Returns: (transfer full): where demo data is kept, apart from the person's own
 */
char *
kontor_opener_dup_demo_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "kontor", "demo" KONTOR_WORKSPACE_SUFFIX, NULL);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int saved_errno;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  saved_errno = errno;
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    saved_errno == EACCES || saved_errno == EROFS ? KONTOR_ERROR_DENIED
                                                                  : KONTOR_ERROR_IO,
                    _("The folder can't be made: %s."),
                    g_strerror (saved_errno));
  if (error != NULL && *error != NULL)
    kontor_error_set_file (*error, folder);
  return FALSE;
}

static gboolean
create_empty (const Request *request, const char *path, GError **error)
{
  KontorInit init = { .name = request->name,
                      .user_name = request->user_name,
                      .country = request->country };
  g_autoptr(KontorWorkspace) workspace =
    kontor_workspace_create (path, &init, kontor_env_get_default (), error);

  return workspace != NULL && kontor_workspace_close (workspace, error);
}

static gboolean
fill_demo (const Request *request, const char *path, GCancellable *cancellable, GError **error)
{
  KontorInit init = { .name = _("Demo"), .user_name = request->user_name };
  KontorDemoOptions options = { .seed = DEMO_SEED,
                                .contacts = KONTOR_DEMO_CONTACTS,
                                .accounts = KONTOR_DEMO_ACCOUNTS };
  g_autoptr(KontorWorkspace) workspace =
    kontor_workspace_create (path, &init, kontor_env_get_default (), error);
  gboolean filled;

  if (workspace == NULL)
    return FALSE;
  filled = kontor_demo_fill (workspace,
                             &options,
                             request->progress,
                             request->progress_data,
                             cancellable,
                             error);
  return kontor_workspace_close (workspace, filled ? error : NULL) && filled;
}

/* A file appears under its name when it is whole. */
static gboolean
create_demo (const Request *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *part = g_strconcat (request->path, ".part", NULL);

  g_unlink (part);
  if (fill_demo (request, part, cancellable, error) && g_rename (part, request->path) == 0)
    return TRUE;
  if (error != NULL && *error == NULL)
    *error = kontor_error_new (KONTOR_STORE_ERROR,
                               KONTOR_ERROR_IO,
                               _("The file can't be written: %s."),
                               g_strerror (errno));
  g_unlink (part);
  return FALSE;
}

static void
prepare (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;
  gboolean ready = TRUE;

  if (request->mode != KONTOR_OPENER_EXISTING && !g_file_test (request->path, G_FILE_TEST_EXISTS))
    ready = make_folder (request->path, &error) &&
            (request->mode == KONTOR_OPENER_DEMO ? create_demo (request, cancellable, &error)
                                                 : create_empty (request, request->path, &error));
  if (ready)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  KontorWorkspace *workspace = kontor_workspace_open_finish (result, &error);

  if (workspace != NULL)
    g_task_return_pointer (task, workspace, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  const Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  kontor_workspace_open_async (request->path,
                               request->flags,
                               kontor_env_get_default (),
                               g_task_get_cancellable (task),
                               opened_cb,
                               g_object_ref (task));
}

/**
 * kontor_opener_open_async:
 * @path: the file
 * @mode: what to do where there is none
 * @flags: how to open it
 * @init: (nullable): what a new one is made with
 * @progress: (nullable) (scope forever): told how far filling is, on another thread
 * @progress_data: for @progress; must live until @callback
 * @cancellable: (nullable): to break off
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens a workspace.
 */
void
kontor_opener_open_async (const char *path,
                          KontorOpenerMode mode,
                          KontorOpenFlags flags,
                          const KontorInit *init,
                          KontorProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  g_autoptr(GTask) first = NULL;

  request->path = g_strdup (path);
  request->mode = mode;
  request->flags = flags;
  request->name = g_strdup (init != NULL ? init->name : NULL);
  request->user_name = g_strdup (init != NULL ? init->user_name : NULL);
  request->country = g_strdup (init != NULL ? init->country : NULL);
  request->progress = progress;
  request->progress_data = progress_data;
  g_task_set_task_data (task, request, request_free);
  first = g_task_new (NULL, cancellable, prepared_cb, task);
  g_task_set_task_data (first, request, NULL);
  g_task_run_in_thread (first, prepare);
}

/**
 * kontor_opener_open_finish:
 * @result: of kontor_opener_open_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the workspace, or %NULL with @error set
 */
KontorWorkspace *
kontor_opener_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
