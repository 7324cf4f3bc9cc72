/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a window comes to its workspace: the first page, waiting, an error, or one that is open. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-backup.h"
#include "kontor-compat.h"
#include "kontor-error.h"
#include <glib/gi18n.h>

#define WAITING_MS 300

/* --- Opening ---------------------------------------------------------------------------------- */

static gboolean
waiting_cb (gpointer data)
{
  KontorWindow *self = data;

  self->waiting_timer = 0;
  gtk_widget_set_visible (self->waiting_box, TRUE);
  gtk_spinner_start (self->waiting_spinner);
  return G_SOURCE_REMOVE;
}

static void
start_waiting (KontorWindow *self, const char *text)
{
  gtk_label_set_text (self->waiting_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_progress), FALSE);
  gtk_stack_set_visible_child_name (self->pages, "waiting");
  if (self->waiting_timer == 0)
    self->waiting_timer = g_timeout_add (WAITING_MS, waiting_cb, self);
}

static void
stop_waiting (KontorWindow *self)
{
  g_clear_handle_id (&self->waiting_timer, g_source_remove);
  gtk_spinner_stop (self->waiting_spinner);
  gtk_widget_set_visible (self->waiting_box, FALSE);
}

/* How far filling is, handed from the working thread to the main loop. */
typedef struct
{
  GWeakRef window;
  gint permille; /* atomic */
  gint queued;   /* atomic */
} Filling;

static void
filling_free (gpointer data)
{
  Filling *filling = data;

  g_weak_ref_clear (&filling->window);
}

static gboolean
show_filling_cb (gpointer data)
{
  Filling *filling = data;
  g_autoptr(KontorWindow) self = g_weak_ref_get (&filling->window);

  g_atomic_int_set (&filling->queued, FALSE);
  if (self != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->waiting_progress), TRUE);
      gtk_progress_bar_set_fraction (self->waiting_progress,
                                     g_atomic_int_get (&filling->permille) / 1000.0);
    }
  g_atomic_rc_box_release_full (filling, filling_free);
  return G_SOURCE_REMOVE;
}

static void
filling_progress_cb (guint64 done, guint64 total, gpointer data)
{
  Filling *filling = data;

  g_atomic_int_set (&filling->permille, total > 0 ? (gint) (done * 1000 / total) : 0);
  if (g_atomic_int_compare_and_exchange (&filling->queued, FALSE, TRUE))
    g_idle_add (show_filling_cb, g_atomic_rc_box_acquire (filling));
}

typedef struct
{
  KontorWindow *window; /* owned */
  Filling *filling;     /* owned */
} Opening;

static void
show_error (KontorWindow *self, const GError *error)
{
  g_autofree char *text = kontor_error_describe (error);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->error_page, _("The workspace can't be opened"));
  adw_status_page_set_description (self->error_page, escaped);
  gtk_widget_set_visible (self->read_only_button,
                          kontor_error_is (error, KONTOR_ERROR_NEWER) ||
                            kontor_error_is (error, KONTOR_ERROR_CORRUPT) ||
                            kontor_error_is (error, KONTOR_ERROR_BUSY) ||
                            kontor_error_is (error, KONTOR_ERROR_FULL));
  gtk_stack_set_visible_child_name (self->pages, "error");
}

static void
let_go (KontorWindow *self)
{
  KontorPlace *place;

  kontor_window_remove_areas (self);
  kontor_sidebar_set_session (self->sidebar, NULL);
  g_clear_object (&self->session);
  g_clear_handle_id (&self->backup_timer, g_source_remove);
  g_clear_handle_id (&self->seen_timer, g_source_remove);
  while ((place = g_queue_pop_head (&self->back)) != NULL)
    kontor_place_free (place);
  while ((place = g_queue_pop_head (&self->forward)) != NULL)
    kontor_place_free (place);
}

/**
 * kontor_window_leave_workspace:
 * @self: a window that shows a workspace
 * @why: what is waited for
 *
 * Shows nothing of the workspace any more, and holds nothing of it.
 */
void
kontor_window_leave_workspace (KontorWindow *self, const char *why)
{
  start_waiting (self, why);
  let_go (self);
}

static void
show_workspace (KontorWindow *self, KontorWorkspace *workspace)
{
  let_go (self);
  self->session = kontor_session_new (workspace);
  self->backup_timer = kontor_backup_begin (self->session);
  kontor_window_watch_session (self);
  kontor_sidebar_set_session (self->sidebar, self->session);
  kontor_window_create_areas (self);
  kontor_window_update_undo (self);
  gtk_stack_set_visible_child_name (self->pages, "main");
  kontor_window_hide_banner (self);
  kontor_widget_grab_focus_soon (GTK_WIDGET (kontor_window_get_area (self)));
  if (kontor_workspace_is_read_only (workspace))
    kontor_window_show_banner (self,
                               _("This workspace is open read-only. What is in it can be read and "
                                  "saved as a copy."));
  if (self->ask_import)
    {
      self->ask_import = FALSE;
      gtk_widget_activate_action (GTK_WIDGET (self), "win.import", NULL);
    }
  kontor_window_tell_restored (self);
  kontor_window_restore_others (self);
  if (self->action_later != NULL)
    {
      g_autofree char *action = g_steal_pointer (&self->action_later);

      kontor_window_activate (self, action);
    }
  kontor_window_continue_imports (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  KontorWindow *self = opening->window;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorWorkspace) workspace = kontor_opener_open_finish (result, &error);

  if (self->pages == NULL)
    {
      if (workspace != NULL)
        kontor_workspace_close_async (workspace, NULL, NULL);
    }
  else if (workspace != NULL)
    {
      stop_waiting (self);
      show_workspace (self, workspace);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stop_waiting (self);
      show_error (self, error);
    }
  g_atomic_rc_box_release_full (opening->filling, filling_free);
  g_object_unref (opening->window);
  g_free (opening);
}

/**
 * kontor_window_open:
 * @self: a window
 * @path: a workspace
 * @mode: what to do where there is none
 * @flags: how to open it
 * @init: (nullable): what a new one is made with
 *
 * Opens a workspace in this window.
 */
void
kontor_window_open (KontorWindow *self,
                    const char *path,
                    KontorOpenerMode mode,
                    KontorOpenFlags flags,
                    const KontorInit *init)
{
  Opening *opening = g_new0 (Opening, 1);
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  self->mode = mode;
  opening->window = g_object_ref (self);
  opening->filling = g_atomic_rc_box_new0 (Filling);
  g_weak_ref_init (&opening->filling->window, self);
  start_waiting (self,
                 mode == KONTOR_OPENER_DEMO ? _("Preparing the demo…")
                                            : _("Opening the workspace…"));
  kontor_opener_open_async (self->path,
                            mode,
                            flags,
                            init,
                            filling_progress_cb,
                            opening->filling,
                            self->cancellable,
                            opened_cb,
                            opening);
}

/**
 * kontor_window_share:
 * @self: a new window
 * @workspace: a workspace that another window has open
 *
 * Shows @workspace here too.
 */
void
kontor_window_share (KontorWindow *self, KontorWorkspace *workspace)
{
  g_free (self->path);
  self->path = g_strdup (kontor_workspace_get_path (workspace));
  self->mode = KONTOR_OPENER_EXISTING;
  show_workspace (self, workspace);
}

/* --- The first page --------------------------------------------------------------------------- */

static void
open_default (KontorWindow *self, const KontorInit *init)
{
  g_autofree char *path = kontor_workspace_default_path ();

  kontor_window_open (self, path, KONTOR_OPENER_CREATE, KONTOR_OPEN_DEFAULT, init);
}

static void
welcome_chosen_cb (KontorWelcome *welcome, const char *what, KontorWindow *self)
{
  g_autofree char *name = kontor_welcome_dup_name (welcome);
  KontorInit init = { .user_name = *name != '\0' ? name : NULL,
                      .country = kontor_welcome_get_country (welcome) };

  if (g_str_equal (what, "demo"))
    {
      g_autofree char *path = kontor_opener_dup_demo_path ();

      kontor_window_open (self, path, KONTOR_OPENER_DEMO, KONTOR_OPEN_DEFAULT, &init);
    }
  else if (g_str_equal (what, "open"))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-workspace", NULL);
    }
  else
    {
      self->ask_import = g_str_equal (what, "import");
      open_default (self, &init);
    }
}

/**
 * kontor_window_welcome:
 * @self: a window
 *
 * Shows the first page.
 */
void
kontor_window_welcome (KontorWindow *self)
{
  if (gtk_stack_get_child_by_name (self->pages, "welcome") == NULL)
    {
      GtkWidget *welcome = g_object_new (KONTOR_TYPE_WELCOME, NULL);

      g_signal_connect_object (welcome, "chosen", G_CALLBACK (welcome_chosen_cb), self, 0);
      gtk_stack_add_named (self->pages, welcome, "welcome");
    }
  gtk_stack_set_visible_child_name (self->pages, "welcome");
}
