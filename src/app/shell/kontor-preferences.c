/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the device's is bound to its settings; what is the workspace's are fields of records, and
 * their changes steps. */
#include "config.h"

#include "kontor-preferences.h"

#include "kontor-backup.h"
#include "kontor-choice.h"
#include "kontor-compat.h"
#include "kontor-contacts-layout.h"
#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-field-row.h"
#include "kontor-fields-page.h"
#include "kontor-restore-window.h"
#include "kontor-view-state.h"
#include "kontor-window-private.h"
#include <glib/gi18n.h>

struct _KontorPreferences
{
  AdwPreferencesWindow parent_instance;

  /* template */
  GtkDropDown *appearance;
  GtkBox *me_box;
  GtkBox *company_box;
  KontorFieldsPage *fields_page;
  AdwActionRow *file_row;
  AdwActionRow *folder_row;
  GtkSwitch *backup;
  GtkSpinButton *keep;
  AdwActionRow *last_row;

  /* owned */
  KontorSession *session;
  GCancellable *cancellable;
  AdwToast *toast; /* weak: the last one */
  GPtrArray *rows; /* (element-type KontorFieldRow) borrowed: in both boxes */
};

G_DEFINE_FINAL_TYPE (KontorPreferences, kontor_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const KontorFieldId me_fields[] = { KONTOR_EMPLOYEE_NAME,
                                           KONTOR_EMPLOYEE_PHONE,
                                           KONTOR_EMPLOYEE_MAIL };
static const KontorFieldId company_fields[] = {
  KONTOR_WORKSPACE_SETTINGS_NAME,         KONTOR_WORKSPACE_SETTINGS_COMPANY,
  KONTOR_WORKSPACE_SETTINGS_COUNTRY,      KONTOR_WORKSPACE_SETTINGS_CURRENCY,
  KONTOR_WORKSPACE_SETTINGS_FISCAL_START, KONTOR_WORKSPACE_SETTINGS_TRASH_DAYS,
  KONTOR_WORKSPACE_SETTINGS_STALE_MONTHS
};

/* --- Appearance ------------------------------------------------------------------------------- */

static const char *const appearances[] = { "system", "light", "dark" };

/**
 * kontor_preferences_apply_appearance:
 *
 * Shows all windows light or dark, as it is set.
 */
void
kontor_preferences_apply_appearance (void)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  g_autofree char *name = g_settings_get_string (kontor_settings_get (), "appearance");

  for (guint i = 0; i < G_N_ELEMENTS (appearances); i++)
    if (g_str_equal (appearances[i], name))
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
}

static void
appearance_chosen_cb (KontorPreferences *self)
{
  guint selected = gtk_drop_down_get_selected (self->appearance);

  if (self->session == NULL || selected >= G_N_ELEMENTS (appearances))
    return;
  g_settings_set_string (kontor_settings_get (), "appearance", appearances[selected]);
  kontor_preferences_apply_appearance ();
}

static void
show_appearance (KontorPreferences *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  g_autofree char *name = g_settings_get_string (kontor_settings_get (), "appearance");

  gtk_string_list_append (words, _("As the system"));
  gtk_string_list_append (words, _("Light"));
  gtk_string_list_append (words, _("Dark"));
  kontor_choice_set_up (self->appearance, G_LIST_MODEL (words));
  kontor_choice_set_label (self->appearance, _("Appearance"));
  for (guint i = 0; i < G_N_ELEMENTS (appearances); i++)
    if (g_str_equal (appearances[i], name))
      gtk_drop_down_set_selected (self->appearance, i);
}

/* --- Records ---------------------------------------------------------------------------------- */

typedef struct
{
  KontorRecord *settings, *employee; /* (nullable) owned */
  gint64 last_backup;
} Records;

static void
records_free (gpointer data)
{
  Records *records = data;

  g_clear_object (&records->settings);
  g_clear_object (&records->employee);
  g_free (records);
}

static KontorRecord *
read_single (KontorWorkspace *workspace, const KontorRecordType *type)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  g_autoptr(GArray) rids = kontor_workspace_query (workspace, query, 1, NULL, NULL);
  g_autoptr(GPtrArray) found = NULL;

  if (rids == NULL || rids->len == 0)
    return NULL;
  found = kontor_workspace_fetch (workspace,
                                  type,
                                  &g_array_index (rids, gint64, 0),
                                  1,
                                  KONTOR_READ_DEFAULT,
                                  NULL);
  return found != NULL && g_ptr_array_index (found, 0) != NULL
           ? g_object_ref (g_ptr_array_index (found, 0))
           : NULL;
}

static KontorRecord *
read_employee (KontorWorkspace *workspace)
{
  g_autoptr(KontorRecord) user = kontor_workspace_get (workspace,
                                                        &kontor_user_type,
                                                        kontor_workspace_get_user (workspace),
                                                        KONTOR_READ_DEFAULT,
                                                        NULL);
  const KontorId *id = user != NULL ? kontor_record_get_link (user, KONTOR_USER_EMPLOYEE) : NULL;

  return id != NULL
           ? kontor_workspace_get (workspace, &kontor_employee_type, id, KONTOR_READ_DEFAULT, NULL)
           : NULL;
}

static void
read_records (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KontorWorkspace *workspace = data;
  Records *records = g_new0 (Records, 1);

  records->settings = read_single (workspace, &kontor_workspace_settings_type);
  records->employee = read_employee (workspace);
  records->last_backup = kontor_backup_get_last (workspace);
  g_task_return_pointer (task, records, records_free);
}

static void
show_backup (KontorPreferences *self, gint64 last)
{
  g_autofree char *folder = kontor_backup_dup_folder (kontor_session_get_workspace (self->session));
  g_autofree char *when = last > 0 ? kontor_instant_format_full (last) : g_strdup (_("Never"));

  adw_action_row_set_subtitle (self->folder_row, folder);
  adw_action_row_set_subtitle (self->last_row, when);
}

static void
records_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorPreferences *self = KONTOR_PREFERENCES (source);
  Records *records = g_task_propagate_pointer (G_TASK (result), NULL);

  if (records == NULL)
    return;
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    {
      KontorFieldRow *row = g_ptr_array_index (self->rows, i);
      const KontorFieldDef *field = kontor_field_row_get_field (row);
      KontorRecord *record = kontor_field_get_type_of (field) == &kontor_employee_type
                               ? records->employee
                               : records->settings;

      gtk_widget_set_visible (GTK_WIDGET (row), record != NULL);
      if (record != NULL)
        kontor_field_row_set_record (row, record);
    }
  if (self->session != NULL)
    show_backup (self, records->last_backup);
  records_free (records);
}

static void
read_again (KontorPreferences *self)
{
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, records_read_cb, NULL);
  g_task_set_task_data (task,
                        g_object_ref (kontor_session_get_workspace (self->session)),
                        g_object_unref);
  g_task_run_in_thread (task, read_records);
}

static void
add_rows (KontorPreferences *self, GtkBox *box, const KontorFieldId *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = kontor_field_row_new (self->session, kontor_field_by_id (fields[i]));

      gtk_widget_set_visible (row, FALSE);
      g_ptr_array_add (self->rows, row);
      gtk_box_append (box, row);
    }
}

/* --- Backup ----------------------------------------------------------------------------------- */

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorPreferences *self = KONTOR_PREFERENCES (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL || self->session == NULL)
    return;
  g_settings_set_string (kontor_settings_get (), "backup-folder", path);
  read_again (self);
}

static void
choose_folder_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_FOLDER,
                             _("Folder for backups"),
                             _("_Choose"),
                             NULL,
                             NULL,
                             folder_chosen_cb,
                             NULL);
}

static void
restore_chosen_cb (KontorRestoreWindow *window, const char *path, KontorPreferences *self)
{
  GtkWindow *main_window = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (main_window), "win.restore-backup", "s", path);
}

static void
restore_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPreferences *self = KONTOR_PREFERENCES (widget);
  GtkWidget *window = kontor_restore_window_new (self->session);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  g_signal_connect_object (window, "chosen", G_CALLBACK (restore_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
backup_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_backup_make (KONTOR_PREFERENCES (widget)->session, TRUE);
}

/* --- What was done ---------------------------------------------------------------------------- */

/* One at a time, as in the window. */
static void
show_toast (KontorPreferences *self, AdwToast *toast)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), toast);
}

static void
told_cb (KontorSession *session, const char *text, KontorPreferences *self)
{
  show_toast (self, kontor_toast_new (text));
  read_again (self);
}

static void
committed_cb (KontorSession *session, const KontorCommit *commit, KontorPreferences *self)
{
  show_toast (self, kontor_toast_committed (commit));
}

static void
undone_cb (KontorSession *session,
           const KontorCommit *commit,
           gboolean redo,
           KontorPreferences *self)
{
  show_toast (self, kontor_toast_undone (commit, redo));
}

static void
failed_cb (KontorSession *session, const GError *error, KontorPreferences *self)
{
  g_autofree char *text = kontor_error_describe (error);

  show_toast (self, kontor_toast_new (text));
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPreferences *self = KONTOR_PREFERENCES (widget);

  if (!kontor_window_undo_typing (widget, "text.undo"))
    kontor_session_undo (self->session, NULL);
}

static void
redo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPreferences *self = KONTOR_PREFERENCES (widget);

  if (!kontor_window_undo_typing (widget, "text.redo"))
    kontor_session_redo (self->session);
}

static void
undo_step_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorId step;

  if (kontor_id_parse (g_variant_get_string (parameter, NULL), &step))
    kontor_session_undo (KONTOR_PREFERENCES (widget)->session, &step);
}

static void
watch_session (KontorPreferences *self)
{
  g_signal_connect_object (self->session,
                           "changed",
                           G_CALLBACK (read_again),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "told", G_CALLBACK (told_cb), self, 0);
  g_signal_connect_object (self->session, "committed", G_CALLBACK (committed_cb), self, 0);
  g_signal_connect_object (self->session, "undone", G_CALLBACK (undone_cb), self, 0);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (failed_cb), self, 0);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_preferences_dispose (GObject *object)
{
  KontorPreferences *self = KONTOR_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->toast);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_PREFERENCES);
  G_OBJECT_CLASS (kontor_preferences_parent_class)->dispose (object);
}

static void
kontor_preferences_class_init (KontorPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_preferences_dispose;
  g_type_ensure (KONTOR_TYPE_FIELDS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, appearance);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, me_box);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, company_box);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, fields_page);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, file_row);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, backup);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, keep);
  gtk_widget_class_bind_template_child (widget_class, KontorPreferences, last_row);
  gtk_widget_class_bind_template_callback (widget_class, appearance_chosen_cb);
  gtk_widget_class_install_action (widget_class,
                                   "preferences.choose-folder",
                                   NULL,
                                   choose_folder_activated);
  gtk_widget_class_install_action (widget_class, "preferences.backup", NULL, backup_activated);
  gtk_widget_class_install_action (widget_class, "preferences.restore", NULL, restore_activated);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_activated);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_activated);
  gtk_widget_class_install_action (widget_class, "win.undo-step", "s", undo_step_activated);
}

/* The application's reach its own windows alone. */
static void
add_undo_keys (KontorPreferences *self)
{
  static const struct
  {
    GdkModifierType modifiers;
    const char *action;
  } keys[] = { { GDK_CONTROL_MASK, "win.undo" },
               { GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z,
                                                                                    keys[i]
                                                                                      .modifiers),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static gboolean
overlay_key_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorPreferences *self)
{
  if (keyval == GDK_KEY_Escape && self->toast != NULL)
    adw_toast_dismiss (self->toast);
  return GDK_EVENT_PROPAGATE;
}

/* A toast would take it, and leave the window open. */
static void
pass_escape (KontorPreferences *self)
{
  GtkWidget *overlay =
    gtk_widget_get_ancestor (GTK_WIDGET (self->fields_page), ADW_TYPE_TOAST_OVERLAY);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (overlay_key_cb), self);
  gtk_widget_add_controller (overlay, keys);
}

static void
kontor_preferences_init (KontorPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_undo_keys (self);
  pass_escape (self);
  self->rows = g_ptr_array_new ();
  show_appearance (self);
  g_settings_bind (kontor_settings_get (),
                   "backup",
                   self->backup,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (kontor_settings_get (),
                   "backup-keep",
                   gtk_spin_button_get_adjustment (self->keep),
                   "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
set_accessible_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

/* libadwaita 1.2 leaves its search button and its lists without names for screen readers; a list
 * gets that of the nearest group or page with a title. */
static void
name_parts (GtkWidget *widget, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *nearest = NULL;

      if (ADW_IS_PREFERENCES_PAGE (child))
        nearest = adw_preferences_page_get_title (ADW_PREFERENCES_PAGE (child));
      else if (ADW_IS_PREFERENCES_GROUP (child))
        nearest = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (child));
      else if (GTK_IS_LIST_BOX (child))
        set_accessible_label (child, title);
      else if (GTK_IS_BUTTON (child) &&
               g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (child)), "edit-find-symbolic") == 0)
        set_accessible_label (child, _("Search"));
      name_parts (child, nearest != NULL && *nearest != '\0' ? nearest : title);
    }
}

/**
 * kontor_preferences_new:
 * @session: a session
 *
 * Returns: (transfer full): a window of preferences
 */
GtkWidget *
kontor_preferences_new (KontorSession *session)
{
  KontorPreferences *self = g_object_new (KONTOR_TYPE_PREFERENCES, NULL);

  self->session = g_object_ref (session);
  adw_action_row_set_subtitle (self->file_row,
                               kontor_workspace_get_path (kontor_session_get_workspace (session)));
  add_rows (self, self->me_box, me_fields, G_N_ELEMENTS (me_fields));
  add_rows (self, self->company_box, company_fields, G_N_ELEMENTS (company_fields));
  kontor_fields_page_set_up (self->fields_page,
                             session,
                             kontor_contacts_layouts,
                             kontor_n_contacts_layouts);
  read_again (self);
  watch_session (self);
  name_parts (GTK_WIDGET (self), _("Preferences"));
  return GTK_WIDGET (self);
}

/**
 * kontor_preferences_show_fields:
 * @self: a window of preferences
 *
 * Shows the page of fields and lists.
 */
void
kontor_preferences_show_fields (KontorPreferences *self)
{
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self),
                                           ADW_PREFERENCES_PAGE (self->fields_page));
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->fields_page));
}
