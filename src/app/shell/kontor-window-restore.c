/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going back to a backup: everything lets go of the workspace, the files are exchanged on another
 * thread, and the window opens what is there then. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-application.h"
#include "kontor-backup.h"
#include "kontor-restore.h"
#include <glib/gi18n.h>

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  char *backup;
  gint64 now;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *restore = data;

  g_object_unref (restore->workspace);
  g_free (restore->backup);
  g_free (restore);
}

static void
run_restore (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Restore *restore = data;
  const char *path = kontor_workspace_get_path (restore->workspace);
  g_autofree char *kept = kontor_backup_dup_new_path (restore->workspace, restore->now);
  GError *error = NULL;

  if (kontor_workspace_close (restore->workspace, &error) &&
      kontor_backup_restore (restore->backup, path, kept, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorWindow *self = KONTOR_WINDOW (source);
  g_autofree char *path = g_strdup (self->path);
  g_autoptr(GError) error = NULL;

  if (self->pages == NULL)
    return;
  /* opened again, whatever came of it */
  self->restored = g_task_propagate_boolean (G_TASK (result), &error);
  g_clear_error (&self->restore_error);
  self->restore_error = g_steal_pointer (&error);
  kontor_window_open (self, path, KONTOR_OPENER_EXISTING, KONTOR_OPEN_DEFAULT, NULL);
}

/**
 * kontor_window_tell_restored:
 * @self: a window that shows a workspace
 *
 * Says what came of going back to a backup, if that is why it was opened.
 */
void
kontor_window_tell_restored (KontorWindow *self)
{
  g_autoptr(GError) error = g_steal_pointer (&self->restore_error);

  if (error != NULL)
    kontor_session_fail (self->session, error);
  else if (self->restored)
    kontor_window_toast (self, _("Backup restored"));
  self->restored = FALSE;
}

static gboolean
has_running_job (KontorWindow *self)
{
  GListModel *jobs = kontor_session_get_jobs (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr(KontorJob) job = g_list_model_get_item (jobs, i);

      if (!kontor_job_is_finished (job))
        return TRUE;
    }
  return FALSE;
}

/* Other windows on the workspace. */
static void
close_others (KontorWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self && KONTOR_IS_WINDOW (l->data) &&
        kontor_window_get_workspace (l->data) == kontor_window_get_workspace (self))
      gtk_window_destroy (l->data);
  g_list_free (g_steal_pointer (&windows));
  /* what stands before this one: preferences, steps */
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (self))
      gtk_window_destroy (l->data);
}

static void
restore_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  KontorWorkspace *workspace = kontor_window_get_workspace (self);
  g_autoptr(GTask) task = NULL;
  Restore *restore;

  if (workspace == NULL)
    return;
  if (has_running_job (self))
    {
      kontor_window_show_banner (self,
                                 _("Wait until the work under way has ended, then restore."));
      return;
    }
  close_others (self);
  restore = g_new0 (Restore, 1);
  restore->workspace = g_object_ref (workspace);
  restore->backup = g_variant_dup_string (parameter, NULL);
  restore->now = kontor_session_now (self->session);
  kontor_application_forget (KONTOR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                             workspace);
  kontor_window_leave_workspace (self, _("Restoring the backup…"));
  task = g_task_new (self, NULL, restored_cb, NULL);
  g_task_set_task_data (task, restore, restore_free);
  g_task_run_in_thread (task, run_restore);
}

void
kontor_window_install_restore (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.restore-backup", "s", restore_activated);
}
