/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folder and backups are read on other threads. */
#include "config.h"

#include "kontor-restore-window.h"

#include "kontor-backup.h"
#include "kontor-compat.h"
#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-number.h"
#include "kontor-restore.h"
#include <glib/gi18n.h>

struct _KontorRestoreWindow
{
  AdwWindow parent_instance;

  /* template */
  GtkStack *pages;
  GtkListBox *list;
  GtkWidget *spinner;

  /* owned */
  KontorSession *session;
  GCancellable *cancellable;
  char *chosen; /* (nullable): the backup that is asked about */

  gboolean looking; /* at one; insensitive widgets would lose the focus */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorRestoreWindow, kontor_restore_window, ADW_TYPE_WINDOW)

static const KontorFileFilter filters[] = {
  { N_("Kontor workspaces"), "*.kontor" },
  { N_("All files"), "*" },
  { NULL, NULL },
};

/* --- The question ----------------------------------------------------------------------------- */

static void
answered_cb (AdwMessageDialog *dialog, const char *response, KontorRestoreWindow *self)
{
  g_autofree char *path = NULL;

  if (!g_str_equal (response, "restore"))
    return;
  path = g_strdup (self->chosen);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, path);
  gtk_window_close (GTK_WINDOW (self));
}

static char *
dup_holds (const KontorBackupFacts *facts)
{
  g_autofree char *people = kontor_integer_format (facts->n_people);
  g_autofree char *organisations = kontor_integer_format (facts->n_organisations);
  g_autofree char *entries = kontor_integer_format (facts->n_entries);
  g_autofree char *people_text =
    g_strdup_printf (ngettext ("%s person", "%s people", (gulong) facts->n_people), people);
  g_autofree char *organisations_text = g_strdup_printf (ngettext ("%s organisation",
                                                                   "%s organisations",
                                                                   (gulong) facts->n_organisations),
                                                         organisations);
  g_autofree char *entries_text =
    g_strdup_printf (ngettext ("%s entry", "%s entries", (gulong) facts->n_entries), entries);

  /* Translators: what a backup holds: "120 people", "205 organisations", "340 entries" */
  return g_strdup_printf (_("It holds %s, %s and %s."),
                          people_text,
                          organisations_text,
                          entries_text);
}

static char *
dup_lost (const KontorBackupFacts *facts)
{
  g_autofree char *number = kontor_integer_format (facts->n_lost);
  g_autofree char *at = kontor_instant_format_full (facts->lost_at);

  if (facts->n_lost == 0)
    return g_strdup (_("Nothing was changed since."));
  if (facts->lost_label == NULL)
    return g_strdup_printf (ngettext ("%s step done since would be lost.",
                                      "%s steps done since would be lost.",
                                      (gulong) facts->n_lost),
                            number);
  /* Translators: how many steps, the label of the last one, and when it was */
  return g_strdup_printf (ngettext ("%s step done since would be lost: “%s”, %s.",
                                    "%s steps done since would be lost, the last one “%s”, %s.",
                                    (gulong) facts->n_lost),
                          number,
                          facts->lost_label,
                          at);
}

/* Without the weekday, which has another case after "of" in some languages. */
static char *
dup_moment (gint64 ms)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);

  /* Translators: after "the backup of"; see g_date_time_format() */
  return g_date_time_format (local, C_("date", "%-d %B %Y, %H:%M"));
}

static void
ask (KontorRestoreWindow *self, const KontorBackupFacts *facts)
{
  g_autofree char *at = dup_moment (facts->at);
  g_autofree char *heading = g_strdup_printf (_("Restore the backup of %s?"), at);
  g_autofree char *holds = dup_holds (facts);
  g_autofree char *lost = dup_lost (facts);
  g_autoptr(GString) body = g_string_new (holds);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);

  if (!facts->is_same)
    g_string_append_printf (body, "\n\n%s", _("It is a backup of another workspace."));
  g_string_append_printf (body,
                          "\n\n%s\n\n%s",
                          lost,
                          _("The workspace as it is now is kept as a backup, too."));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body->str);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _("_Cancel"),
                                    "restore",
                                    _("_Restore"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "restore",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell_error (KontorRestoreWindow *self, const GError *error)
{
  g_autofree char *text = kontor_error_describe (error);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("This can't be restored"), text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Looking at a backup ---------------------------------------------------------------------- */

typedef struct
{
  char *backup;
  char *workspace;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->backup);
  g_free (look->workspace);
  g_free (look);
}

static void
free_facts (gpointer facts)
{
  kontor_backup_facts_free (facts);
}

static void
run_look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;
  GError *error = NULL;
  KontorBackupFacts *facts = kontor_backup_look (look->backup, look->workspace, &error);

  if (facts != NULL)
    g_task_return_pointer (task, facts, free_facts);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorRestoreWindow *self = KONTOR_RESTORE_WINDOW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorBackupFacts) facts = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  self->looking = FALSE;
  gtk_widget_set_visible (self->spinner, FALSE);
  if (facts != NULL)
    ask (self, facts);
  else
    tell_error (self, error);
}

static void
look_at (KontorRestoreWindow *self, const char *path)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, looked_cb, NULL);
  Look *look = g_new0 (Look, 1);
  char *copy = g_strdup (path);

  self->looking = TRUE;
  g_free (self->chosen);
  self->chosen = copy;
  look->backup = g_strdup (path);
  look->workspace =
    g_strdup (kontor_workspace_get_path (kontor_session_get_workspace (self->session)));
  gtk_widget_set_visible (self->spinner, TRUE);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, run_look);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, KontorRestoreWindow *self)
{
  if (!self->looking)
    look_at (self, g_object_get_data (G_OBJECT (row), "path"));
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorRestoreWindow *self = KONTOR_RESTORE_WINDOW (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && self->session != NULL && !self->looking)
    look_at (self, path);
}

static void
choose_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_OPEN,
                             _("Restore a backup"),
                             _("_Choose"),
                             NULL,
                             filters,
                             file_chosen_cb,
                             NULL);
}

/* --- The list --------------------------------------------------------------------------------- */

static void
append_row (KontorRestoreWindow *self, const KontorBackupFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = kontor_instant_format_full (file->at);
  g_autofree char *size = g_format_size ((guint64) file->size);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (file->path), g_free);
  gtk_list_box_append (self->list, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KontorRestoreWindow) self = user_data;
  g_autoptr(GPtrArray) files = kontor_backup_list_finish (result, NULL);

  if (files == NULL || self->session == NULL)
    return;
  for (guint i = 0; i < files->len; i++)
    append_row (self, g_ptr_array_index (files, i));
  gtk_stack_set_visible_child_name (self->pages, files->len > 0 ? "list" : "none");
  gtk_widget_set_visible (self->spinner, FALSE);
  if (files->len > 0)
    kontor_widget_grab_focus_soon (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_restore_window_dispose (GObject *object)
{
  KontorRestoreWindow *self = KONTOR_RESTORE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (kontor_restore_window_parent_class)->dispose (object);
}

static void
kontor_restore_window_class_init (KontorRestoreWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_restore_window_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/shell/kontor-restore-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorRestoreWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, KontorRestoreWindow, list);
  gtk_widget_class_bind_template_child (widget_class, KontorRestoreWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "restore.choose", NULL, choose_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kontor_restore_window_init (KontorRestoreWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->pages);
  self->cancellable = g_cancellable_new ();
}

/**
 * kontor_restore_window_new:
 * @session: a session on the workspace that would be replaced
 *
 * Returns: (transfer full): a window
 */
GtkWidget *
kontor_restore_window_new (KontorSession *session)
{
  KontorRestoreWindow *self = g_object_new (KONTOR_TYPE_RESTORE_WINDOW, NULL);

  self->session = g_object_ref (session);
  kontor_backup_list_async (kontor_session_get_workspace (session),
                            self->cancellable,
                            listed_cb,
                            g_object_ref (self));
  return GTK_WIDGET (self);
}
