/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the window. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-export-records.h"
#include "kontor-field-row.h"
#include "kontor-keys.h"
#include "kontor-preferences.h"
#include "kontor-steps-window.h"
#include "kontor-view-state.h"
#include <glib/gi18n.h>

static const KontorFileFilter workspace_filters[] = {
  { N_("Kontor workspaces"), "*.kontor" },
  { N_("All files"), "*" },
  { NULL, NULL },
};

/* --- Undo ------------------------------------------------------------------------------------- */

/* Whether the focus is in a text with something typed that is not stored yet. */
static gboolean
is_typing (GtkWidget *focus)
{
  GtkWidget *row = gtk_widget_get_ancestor (focus, KONTOR_TYPE_FIELD_ROW);

  if (row != NULL)
    return kontor_field_row_has_unsaved_text (KONTOR_FIELD_ROW (row));
  if (GTK_IS_TEXT (focus))
    return *gtk_editable_get_text (GTK_EDITABLE (focus)) != '\0';
  if (GTK_IS_TEXT_VIEW (focus))
    return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus))) > 0;
  return FALSE;
}

/**
 * kontor_window_undo_typing:
 * @window: a window
 * @action: "text.undo" or "text.redo"
 *
 * "text.undo" claims success with nothing to undo, so it is asked only where there is something.
 *
 * Returns: whether the focus was in a text that took it
 */
gboolean
kontor_window_undo_typing (GtkWidget *window, const char *action)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)) && is_typing (focus) &&
         gtk_widget_activate_action (focus, action, NULL);
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->session != NULL && !kontor_window_undo_typing (widget, "text.undo"))
    kontor_session_undo (self->session, NULL);
}

static void
redo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->session != NULL && !kontor_window_undo_typing (widget, "text.redo"))
    kontor_session_redo (self->session);
}

static void
undo_step_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  KontorId step;

  if (self->session != NULL && kontor_id_parse (g_variant_get_string (parameter, NULL), &step))
    kontor_session_undo (self->session, &step);
}

static void
steps_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  GtkWidget *steps;

  if (self->session == NULL)
    return;
  steps = kontor_steps_window_new (self->session);
  gtk_window_set_transient_for (GTK_WINDOW (steps), GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (steps), TRUE);
  gtk_window_present (GTK_WINDOW (steps));
}

void
kontor_window_update_undo (KontorWindow *self)
{
  KontorWorkspace *workspace = kontor_session_get_workspace (self->session);
  g_autofree char *undo = kontor_workspace_dup_undo_label (workspace);
  g_autofree char *redo = kontor_workspace_dup_redo_label (workspace);
  gboolean writable = !kontor_workspace_is_read_only (workspace);

  /* typing can be undone even where no step can */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", writable);
  kontor_sidebar_set_undo (self->sidebar, undo, redo);
}

/* --- Areas and views -------------------------------------------------------------------------- */

static void
area_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const areas[] = { "contacts", "trash" };
  KontorWindow *self = KONTOR_WINDOW (widget);
  gint32 n = g_variant_get_int32 (parameter);

  if (self->contacts == NULL || n < 0 || n >= (int) G_N_ELEMENTS (areas))
    return;
  kontor_window_show_area (self, areas[n]);
  gtk_widget_grab_focus (GTK_WIDGET (kontor_window_get_area (self)));
}

static void
view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts != NULL && g_variant_get_int32 (parameter) >= 0)
    kontor_area_set_view (kontor_window_get_area (self), (guint) g_variant_get_int32 (parameter));
}

static void
step_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts != NULL)
    kontor_area_step (kontor_window_get_area (self), g_variant_get_int32 (parameter));
}

static void
search_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts != NULL)
    kontor_area_search (kontor_window_get_area (self));
}

static void
new_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts == NULL)
    return;
  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_create (self->contacts, g_variant_get_string (parameter, NULL), NULL);
}

/* What the area's page or list does; the table of keys says which. */
static void
area_action_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  for (guint i = 0; i < kontor_n_keys && self->contacts != NULL; i++)
    if (kontor_keys[i].area_action != NULL && g_str_equal (kontor_keys[i].action, name))
      kontor_area_activate (kontor_window_get_area (self), kontor_keys[i].area_action);
}

/* --- Files ------------------------------------------------------------------------------------ */

static void
import_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_window_import (KONTOR_WINDOW (widget), NULL);
}

/**
 * kontor_window_parse_records:
 * @self: a window
 * @parameter: a query as text, and ids of rows
 * @rids: (out) (transfer full) (nullable): those rows; %NULL: all
 *
 * Returns: (transfer full) (nullable): the query; %NULL: no workspace is open
 */
KontorQuery *
kontor_window_parse_records (KontorWindow *self, GVariant *parameter, GArray **rids)
{
  g_autoptr(GVariant) ids = NULL;
  const gint64 *elements;
  const char *text;
  gsize n;

  g_variant_get (parameter, "(&s@ax)", &text, &ids);
  elements = g_variant_get_fixed_array (ids, &n, sizeof (gint64));
  *rids = NULL;
  if (n > 0)
    {
      *rids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n);
      g_array_append_vals (*rids, elements, (guint) n);
    }
  return self->session != NULL
           ? kontor_query_parse (kontor_session_get_schema (self->session), text, NULL)
           : NULL;
}

static void
export_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autoptr(GArray) rids = NULL;
  g_autoptr(KontorQuery) query = kontor_window_parse_records (self, parameter, &rids);

  if (query != NULL)
    kontor_export_records (self->session, widget, query, rids);
}

static void
workspace_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorWindow *self = KONTOR_WINDOW (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    kontor_window_open (self, path, KONTOR_OPENER_EXISTING, KONTOR_OPEN_DEFAULT, NULL);
}

static void
open_workspace_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_OPEN,
                             _("Open workspace"),
                             _("_Open"),
                             NULL,
                             workspace_filters,
                             workspace_chosen_cb,
                             NULL);
}

/* From the demo to one's own workspace, or to the first page where there is none yet. */
static void
start_own_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autofree char *path = kontor_workspace_default_path ();

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    kontor_window_open (self, path, KONTOR_OPENER_EXISTING, KONTOR_OPEN_DEFAULT, NULL);
  else
    kontor_window_welcome (self);
}

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  char *path;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->workspace);
  g_free (copy->path);
  g_free (copy);
}

static void
write_copy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Copy *copy = data;
  GError *error = NULL;

  if (kontor_workspace_backup (copy->workspace, copy->path, NULL, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
copy_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorWindow *self = KONTOR_WINDOW (source);
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    kontor_window_toast (self, _("Copy saved"));
  else if (self->session != NULL)
    kontor_session_fail (self->session, error);
}

static void
copy_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorWindow *self = KONTOR_WINDOW (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr(GTask) task = NULL;
  Copy *copy;

  if (path == NULL || self->session == NULL)
    return;
  copy = g_new0 (Copy, 1);
  copy->workspace = g_object_ref (kontor_session_get_workspace (self->session));
  copy->path = g_steal_pointer (&path);
  task = g_task_new (self, self->cancellable, copy_written_cb, NULL);
  g_task_set_task_data (task, copy, copy_free);
  g_task_run_in_thread (task, write_copy);
}

static void
save_copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *suggestion = g_date_time_format (now, "kontor %Y-%m-%d.kontor");

  if (self->session == NULL)
    return;
  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_SAVE,
                             _("Save a copy"),
                             _("_Save"),
                             suggestion,
                             workspace_filters,
                             copy_chosen_cb,
                             NULL);
}

static void
retry_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autofree char *path = g_strdup (self->path);

  kontor_window_open (self, path, self->mode, KONTOR_OPEN_DEFAULT, NULL);
}

static void
read_only_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autofree char *path = g_strdup (self->path);

  kontor_window_open (self, path, KONTOR_OPENER_EXISTING, KONTOR_OPEN_READ_ONLY, NULL);
}

/* --- Handing over ----------------------------------------------------------------------------- */

static void
uri_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KontorWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error) || self->session == NULL)
    return;
  {
    g_autofree char *text =
      g_strdup_printf (_("No program opened this: %s. Choose one in the system's settings."),
                       error->message);

    kontor_window_show_banner (self, text);
  }
}

static void
open_uri_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_widget_open_uri (widget,
                          g_variant_get_string (parameter, NULL),
                          uri_opened_cb,
                          g_object_ref (widget));
}

/* --- The window itself ------------------------------------------------------------------------ */

static void
menu_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  kontor_sidebar_open_menu (self->sidebar);
}

static void
shortcuts_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *window = kontor_keys_create_window ();

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (widget));
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  GtkWidget *preferences;

  if (self->session == NULL)
    return;
  preferences = kontor_preferences_new (self->session);
  if (g_str_equal (name, "win.fields"))
    kontor_preferences_show_fields (KONTOR_PREFERENCES (preferences));
  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (preferences), TRUE);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
about_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const developers[] = { "The Kontor authors", NULL };
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "application-name",
                "Kontor",
                "application-icon",
                KONTOR_APP_ID,
                "version",
                KONTOR_VERSION,
                "developer-name",
                developers[0],
                "developers",
                developers,
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "comments",
                _("Your customers, in a file you own."),
                /* Translators: put your names here, one a line */
                "translator-credits",
                _("translator-credits"),
                NULL);
  gtk_window_set_transient_for (GTK_WINDOW (about), GTK_WINDOW (widget));
  gtk_window_present (GTK_WINDOW (about));
}

void
kontor_window_install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.undo", NULL, undo_activated },
    { "win.redo", NULL, redo_activated },
    { "win.undo-step", "s", undo_step_activated },
    { "win.steps", NULL, steps_activated },
    { "win.area", "i", area_activated },
    { "win.view", "i", view_activated },
    { "win.step", "i", step_activated },
    { "win.search", NULL, search_activated },
    { "win.new", "s", new_activated },
    { "win.import", NULL, import_activated },
    { "win.export", "(sax)", export_activated },
    { "win.open-workspace", NULL, open_workspace_activated },
    { "win.start-own", NULL, start_own_activated },
    { "win.save-copy", NULL, save_copy_activated },
    { "win.retry", NULL, retry_activated },
    { "win.open-read-only", NULL, read_only_activated },
    { "win.open-uri", "s", open_uri_activated },
    { "win.menu", NULL, menu_activated },
    { "win.shortcuts", NULL, shortcuts_activated },
    { "win.preferences", NULL, preferences_activated },
    { "win.fields", NULL, preferences_activated },
    { "win.about", NULL, about_activated },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass,
                                     actions[i].name,
                                     actions[i].parameter,
                                     actions[i].activate);
  for (guint i = 0; i < kontor_n_keys; i++)
    if (kontor_keys[i].area_action != NULL)
      gtk_widget_class_install_action (klass, kontor_keys[i].action, NULL, area_action_activated);
  gtk_widget_class_install_property_action (klass, "win.fullscreen", "fullscreened");
}
