/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window tells: what was done, with a way back, and what did not work. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-notifier.h"
#include <glib/gi18n.h>

#define TOAST_SECONDS 5
#define UNDO_SECONDS 8

static void
toast_dismissed_cb (AdwToast *toast, KontorWindow *self)
{
  if (self->toast == toast)
    g_clear_object (&self->toast);
}

/* The toast is a child of the overlay beside its content. */
static void
name_toast_button (KontorWindow *self)
{
  GtkWidget *content = adw_toast_overlay_get_child (self->toasts);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->toasts)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != content)
      kontor_widget_name_buttons (child, _("Dismiss"));
}

/* One at a time: the newer replaces the older. */
static void
show_toast (KontorWindow *self, AdwToast *toast)
{
  if (self->toast != NULL)
    {
      g_autoptr(AdwToast) old = g_steal_pointer (&self->toast);

      adw_toast_dismiss (old);
    }
  self->toast = g_object_ref (toast);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  name_toast_button (self);
}

static AdwToast *
toast_new (const char *text, guint seconds)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, seconds);
  return toast;
}

void
kontor_window_toast (KontorWindow *self, const char *text)
{
  show_toast (self, kontor_toast_new (text));
}

/* Toasts of any window that has the actions win.undo, win.redo and win.undo-step. */
AdwToast *
kontor_toast_new (const char *text)
{
  return toast_new (text, TOAST_SECONDS);
}

AdwToast *
kontor_toast_committed (const KontorCommit *commit)
{
  AdwToast *toast = toast_new (commit->label, UNDO_SECONDS);
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (&commit->step, id);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-step");
  adw_toast_set_action_target (toast, "s", id);
  return toast;
}

static void
committed_cb (KontorSession *session, const KontorCommit *commit, KontorWindow *self)
{
  show_toast (self, kontor_toast_committed (commit));
}

/* "Undone: Phone changed", or what could not be taken back. */
static char *
dup_undone (const KontorCommit *commit, gboolean redo)
{
  guint n = commit->rest != NULL ? commit->rest->len : 0;

  if (n > 0)
    {
      const KontorUndoRest *first = g_ptr_array_index (commit->rest, 0);
      const char *what =
        first->field != NULL ? kontor_field_get_label (first->field) : first->title;

      if (n == 1 && what != NULL)
        /* Translators: %s is a field or a record that was changed since */
        return g_strdup_printf (_("Undone except “%s”, which was changed since"), what);
      return g_strdup_printf (ngettext ("Undone except %u change made since",
                                        "Undone except %u changes made since",
                                        n),
                              n);
    }
  /* Translators: %s is what a step did: "Undone: Phone changed" */
  return g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), commit->label);
}

/* What was undone is shown, if it is not in sight. */
static void
show_undone (KontorWindow *self, const KontorCommit *commit)
{
  const KontorRecordType *type = NULL;
  KontorId id;

  if (commit->first_type == NULL ||
      !kontor_area_can_open (KONTOR_AREA (self->contacts), commit->first_type))
    return;
  if (kontor_area_get_current (kontor_window_get_area (self), &type, &id) &&
      kontor_id_equal (&id, &commit->first_id))
    return;
  kontor_window_go_to_record (self, commit->first_type, &commit->first_id);
}

AdwToast *
kontor_toast_undone (const KontorCommit *commit, gboolean redo)
{
  g_autofree char *text = dup_undone (commit, redo);
  AdwToast *toast = toast_new (text, UNDO_SECONDS);

  adw_toast_set_button_label (toast, redo ? _("_Undo") : _("_Redo"));
  adw_toast_set_action_name (toast, redo ? "win.undo" : "win.redo");
  return toast;
}

static void
undone_cb (KontorSession *session, const KontorCommit *commit, gboolean redo, KontorWindow *self)
{
  show_toast (self, kontor_toast_undone (commit, redo));
  if (commit->n_ops == 1)
    show_undone (self, commit);
}

static void
show_banner (KontorWindow *self, const char *text, gboolean is_demo)
{
  gtk_label_set_text (self->banner_label, text);
  gtk_widget_set_visible (self->own_button, is_demo);
  gtk_widget_set_visible (self->banner_button, !is_demo);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

void
kontor_window_show_banner (KontorWindow *self, const char *text)
{
  show_banner (self, text, FALSE);
}

static gboolean
is_demo (KontorWindow *self)
{
  g_autofree char *demo = kontor_opener_dup_demo_path ();

  return self->session != NULL && g_strcmp0 (self->path, demo) == 0;
}

/* The one of the demo stays. */
void
kontor_window_hide_banner (KontorWindow *self)
{
  if (is_demo (self))
    show_banner (self, _("Demo data, kept apart from your own."), TRUE);
  else
    gtk_revealer_set_reveal_child (self->banner, FALSE);
}

static void
told_cb (KontorSession *session, const char *text, KontorWindow *self)
{
  kontor_window_toast (self, text);
}

static void
failed_cb (KontorSession *session, const GError *error, KontorWindow *self)
{
  g_autofree char *text = kontor_error_describe (error);

  kontor_window_show_banner (self, text);
}

static void
undo_changed_cb (KontorWindow *self)
{
  kontor_window_update_undo (self);
}

void
kontor_window_watch_session (KontorWindow *self)
{
  KontorSession *session = self->session;

  kontor_notifier_watch_jobs (kontor_session_get_jobs (session));
  g_signal_connect_object (session, "committed", G_CALLBACK (committed_cb), self, 0);
  g_signal_connect_object (session, "undone", G_CALLBACK (undone_cb), self, 0);
  g_signal_connect_object (session, "told", G_CALLBACK (told_cb), self, 0);
  g_signal_connect_object (session, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (kontor_session_get_workspace (session),
                           "undo-changed",
                           G_CALLBACK (undo_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}
