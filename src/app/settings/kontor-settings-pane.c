/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads its records off the main thread, again after each change. */
#include "config.h"

#include "kontor-settings-pane.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include <glib/gi18n.h>

/* Shorter lists are seen at a glance. */
#define SEARCH_FROM 20

typedef struct
{
  /* template */
  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkButton *add_button;
  GtkButton *accept_button;
  GtkStack *stack;
  GtkWidget *search;
  AdwBin *top;
  GtkStack *rows_stack;
  KontorOrderList *list;
  AdwStatusPage *empty;
  GtkLabel *hint;
  AdwBin *form_bin;
  GtkLabel *form_note;
  GtkLabel *form_error;

  /* owned */
  KontorSession *session;
  GPtrArray *records; /* (nullable) (element-type KontorRecord) */
  GCancellable *cancellable;
  char *heading; /* title and subtitle while no form is shown */
  char *sub_heading;
  gboolean can_add;
  gboolean filled;      /* rows were shown */
  gboolean wants_focus; /* once there are rows */
} KontorSettingsPanePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (KontorSettingsPane, kontor_settings_pane, ADW_TYPE_BIN)

static KontorSettingsPanePrivate *
get_private (KontorSettingsPane *self)
{
  return kontor_settings_pane_get_instance_private (self);
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void
read_records (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KontorQuery *query = data;
  KontorWorkspace *workspace = g_object_get_data (G_OBJECT (task), "workspace");
  const KontorRecordType *type = kontor_query_get_record_type (query);
  GError *error = NULL;
  g_autoptr(GArray) rids = kontor_workspace_query (workspace, query, 0, cancellable, &error);
  GPtrArray *records = rids != NULL
                         ? kontor_workspace_fetch (workspace,
                                                   type,
                                                   (const gint64 *) (gpointer) rids->data,
                                                   rids->len,
                                                   KONTOR_READ_DEFAULT,
                                                   &error)
                         : NULL;

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* Rows that are gone meanwhile are holes. */
static GPtrArray *
without_holes (GPtrArray *records)
{
  GPtrArray *whole = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      g_ptr_array_add (whole, g_object_ref (g_ptr_array_index (records, i)));
  return whole;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorSettingsPane *self = KONTOR_SETTINGS_PANE (source);
  KontorSettingsPanePrivate *priv = get_private (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = g_task_propagate_pointer (G_TASK (result), &error);

  if (priv->session == NULL)
    return;
  if (records == NULL)
    {
      kontor_session_fail (priv->session, error);
      return;
    }
  g_clear_pointer (&priv->records, g_ptr_array_unref);
  priv->records = without_holes (records);
  KONTOR_SETTINGS_PANE_GET_CLASS (self)->show (self, priv->records);
}

/**
 * kontor_settings_pane_read:
 * @self: a pane
 *
 * Reads what it shows anew.
 */
void
kontor_settings_pane_read (KontorSettingsPane *self)
{
  KontorSettingsPanePrivate *priv = get_private (self);
  g_autoptr(GTask) task = NULL;

  if (KONTOR_SETTINGS_PANE_GET_CLASS (self)->build_query == NULL)
    {
      KONTOR_SETTINGS_PANE_GET_CLASS (self)->show (self, NULL);
      return;
    }
  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  priv->cancellable = g_cancellable_new ();
  task = g_task_new (self, priv->cancellable, read_cb, NULL);
  g_object_set_data_full (G_OBJECT (task),
                          "workspace",
                          g_object_ref (kontor_session_get_workspace (priv->session)),
                          g_object_unref);
  g_task_set_task_data (task,
                        KONTOR_SETTINGS_PANE_GET_CLASS (self)->build_query (self),
                        (GDestroyNotify) kontor_query_unref);
  g_task_run_in_thread (task, read_records);
}

/* --- Committing ------------------------------------------------------------------------------- */

/**
 * kontor_settings_pane_commit:
 * @self: a pane
 * @step: what to do; nothing where it is empty
 *
 * Commits it. What was refused is told by the window, and the list shows again what is stored.
 */
void
kontor_settings_pane_commit (KontorSettingsPane *self, KontorStep *step)
{
  if (!kontor_step_is_empty (step))
    kontor_session_commit (get_private (self)->session, step);
}

static void
form_committed_cb (KontorSession *session,
                   const KontorCommit *commit,
                   const GError *error,
                   gpointer data)
{
  KontorSettingsPane *self = data;
  g_autofree char *text = error != NULL ? kontor_error_describe (error) : NULL;

  if (get_private (self)->session == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (error != NULL)
    {
      kontor_settings_pane_set_form_error (self, text);
      gtk_widget_grab_focus (adw_bin_get_child (get_private (self)->form_bin));
    }
  else
    kontor_settings_pane_close_form (self);
}

/**
 * kontor_settings_pane_commit_form:
 * @self: a pane that shows a form
 * @step: what the form says
 *
 * Commits it and closes the form; what was refused is told in the form.
 */
void
kontor_settings_pane_commit_form (KontorSettingsPane *self, KontorStep *step)
{
  if (kontor_step_is_empty (step))
    {
      kontor_settings_pane_close_form (self);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  kontor_session_commit_then (get_private (self)->session,
                              step,
                              form_committed_cb,
                              g_object_ref (self),
                              g_object_unref);
}

/**
 * kontor_settings_key:
 * @id: id of a record
 *
 * Returns: (transfer full): key of its row
 */
char *
kontor_settings_key (const KontorId *id)
{
  return kontor_id_to_string (id);
}

/**
 * kontor_settings_check_text:
 * @editor: the editor of a text that must not be empty
 *
 * Returns: (transfer full) (nullable): what is wrong with what was typed, %NULL for nothing
 */
char *
kontor_settings_check_text (KontorFieldEditor *editor)
{
  g_autofree char *text = g_strstrip (kontor_field_editor_dup_text (editor));
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  if (*text == '\0')
    return g_strdup (_("This is missing. Fill it in."));
  return kontor_field_editor_parse (editor, NULL, &value, NULL, &error) ? NULL
                                                                        : g_strdup (error->message);
}

/* --- What the person does --------------------------------------------------------------------- */

static void
search_changed_cb (KontorSettingsPane *self)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  kontor_order_list_set_search (priv->list, gtk_editable_get_text (GTK_EDITABLE (priv->search)));
}

static void
open_item_cb (KontorSettingsPane *self, KontorOrderItem *item)
{
  if (KONTOR_SETTINGS_PANE_GET_CLASS (self)->open != NULL)
    KONTOR_SETTINGS_PANE_GET_CLASS (self)->open (self, item);
}

static void
remove_item_cb (KontorSettingsPane *self, KontorOrderItem *item)
{
  if (KONTOR_SETTINGS_PANE_GET_CLASS (self)->remove != NULL)
    KONTOR_SETTINGS_PANE_GET_CLASS (self)->remove (self, item);
}

static void
toggled_cb (KontorSettingsPane *self, KontorOrderItem *item)
{
  if (KONTOR_SETTINGS_PANE_GET_CLASS (self)->toggled != NULL)
    KONTOR_SETTINGS_PANE_GET_CLASS (self)->toggled (self, item);
}

static void
moved_cb (KontorSettingsPane *self, KontorOrderItem *item)
{
  if (KONTOR_SETTINGS_PANE_GET_CLASS (self)->moved != NULL)
    KONTOR_SETTINGS_PANE_GET_CLASS (self)->moved (self, item);
}

/* To the list, else to the preferences. */
static void
back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorSettingsPane *self = KONTOR_SETTINGS_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (kontor_settings_pane_has_form (self))
    kontor_settings_pane_close_form (self);
  else if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (root));
}

static void
add_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorSettingsPane *self = KONTOR_SETTINGS_PANE (widget);

  if (get_private (self)->can_add && !kontor_settings_pane_has_form (self))
    KONTOR_SETTINGS_PANE_GET_CLASS (self)->add (self);
}

static void
accept_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorSettingsPane *self = KONTOR_SETTINGS_PANE (widget);

  if (kontor_settings_pane_has_form (self) && gtk_widget_get_sensitive (widget))
    KONTOR_SETTINGS_PANE_GET_CLASS (self)->accept (self);
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_settings_pane_grab_focus (GtkWidget *widget)
{
  KontorSettingsPanePrivate *priv = get_private (KONTOR_SETTINGS_PANE (widget));

  priv->wants_focus = !priv->filled;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (priv->rows_stack), "rows") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (priv->list));
  return priv->can_add && gtk_widget_grab_focus (GTK_WIDGET (priv->add_button));
}

static void
kontor_settings_pane_dispose (GObject *object)
{
  KontorSettingsPane *self = KONTOR_SETTINGS_PANE (object);
  KontorSettingsPanePrivate *priv = get_private (self);

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->records, g_ptr_array_unref);
  g_clear_pointer (&priv->heading, g_free);
  g_clear_pointer (&priv->sub_heading, g_free);
  G_OBJECT_CLASS (kontor_settings_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, title);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, back_button);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, add_button);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, accept_button);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, stack);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, search);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, top);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, rows_stack);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, list);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, empty);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, hint);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, form_bin);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, form_note);
  gtk_widget_class_bind_template_child_private (klass, KontorSettingsPane, form_error);
}

static void
kontor_settings_pane_class_init (KontorSettingsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_settings_pane_dispose;
  widget_class->grab_focus = kontor_settings_pane_grab_focus;
  g_type_ensure (KONTOR_TYPE_ORDER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/settings/kontor-settings-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_install_action (widget_class, "settings.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "settings.add", NULL, add_activated);
  gtk_widget_class_install_action (widget_class, "settings.accept", NULL, accept_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "settings.back", NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Left,
                                       GDK_ALT_MASK,
                                       "settings.back",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_n,
                                       GDK_CONTROL_MASK,
                                       "settings.add",
                                       NULL);
}

/* Before a text of many lines, which would take it for a new one. */
static void
add_accept_key (KontorSettingsPane *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger =
    gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                 gtk_keyval_trigger_new (GDK_KEY_KP_Enter, GDK_CONTROL_MASK));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (trigger,
                                                          gtk_named_action_new (
                                                            "settings.accept")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
kontor_settings_pane_init (KontorSettingsPane *self)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  add_accept_key (self);
  kontor_stack_tell_hidden (priv->stack);
  kontor_stack_tell_hidden (priv->rows_stack);
}

static void
show_titles (KontorSettingsPane *self)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  adw_window_title_set_title (priv->title, priv->heading);
  adw_window_title_set_subtitle (priv->title, priv->sub_heading != NULL ? priv->sub_heading : "");
}

/**
 * kontor_settings_pane_set_titles:
 * @self: a pane
 * @title: what it is about
 * @subtitle: (nullable): more about it
 */
void
kontor_settings_pane_set_titles (KontorSettingsPane *self, const char *title, const char *subtitle)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  g_free (priv->heading);
  g_free (priv->sub_heading);
  priv->heading = g_strdup (title);
  priv->sub_heading = g_strdup (subtitle);
  kontor_order_list_set_label (priv->list, title);
  if (!kontor_settings_pane_has_form (self))
    show_titles (self);
}

/**
 * kontor_settings_pane_set_up:
 * @self: a new pane
 * @session: a session
 * @title: what it is about
 * @subtitle: (nullable): more about it
 *
 * Begins to show what there is.
 */
void
kontor_settings_pane_set_up (KontorSettingsPane *self,
                             KontorSession *session,
                             const char *title,
                             const char *subtitle)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  priv->session = g_object_ref (session);
  kontor_settings_pane_set_titles (self, title, subtitle);
  g_signal_connect_object (session,
                           "schema-changed",
                           G_CALLBACK (kontor_settings_pane_read),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_settings_pane_read (self);
}

/**
 * kontor_settings_pane_get_session:
 * @self: a pane
 *
 * Returns: (transfer none): its session
 */
KontorSession *
kontor_settings_pane_get_session (KontorSettingsPane *self)
{
  return get_private (self)->session;
}

/**
 * kontor_settings_pane_get_list:
 * @self: a pane
 *
 * Returns: (transfer none): its rows
 */
KontorOrderList *
kontor_settings_pane_get_list (KontorSettingsPane *self)
{
  return get_private (self)->list;
}

/**
 * kontor_settings_pane_get_records:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable) (element-type KontorRecord): what was read last
 */
GPtrArray *
kontor_settings_pane_get_records (KontorSettingsPane *self)
{
  return get_private (self)->records;
}

/**
 * kontor_settings_pane_find_record:
 * @self: a pane
 * @key: key of a row, of kontor_settings_key()
 *
 * Returns: (transfer none) (nullable): the record it stands for
 */
KontorRecord *
kontor_settings_pane_find_record (KontorSettingsPane *self, const char *key)
{
  GPtrArray *records = get_private (self)->records;
  KontorId id;

  if (records == NULL || !kontor_id_parse (key, &id))
    return NULL;
  for (guint i = 0; i < records->len; i++)
    if (kontor_id_equal (kontor_record_get_id (g_ptr_array_index (records, i)), &id))
      return g_ptr_array_index (records, i);
  return NULL;
}

/**
 * kontor_settings_pane_set_words:
 * @self: a pane
 * @add_label: (nullable): of the button that adds; %NULL: nothing can be added
 * @hint: (nullable): a sentence below the rows
 * @empty_title: what is said without rows
 * @empty_text: what to do then
 */
void
kontor_settings_pane_set_words (KontorSettingsPane *self,
                                const char *add_label,
                                const char *hint,
                                const char *empty_title,
                                const char *empty_text)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  priv->can_add = add_label != NULL;
  gtk_widget_set_visible (GTK_WIDGET (priv->add_button), priv->can_add);
  gtk_button_set_label (priv->add_button, add_label != NULL ? add_label : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->add_button), _("Ctrl+N"));
  gtk_label_set_text (priv->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->hint), hint != NULL);
  adw_status_page_set_title (priv->empty, empty_title);
  adw_status_page_set_description (priv->empty, empty_text);
}

/**
 * kontor_settings_pane_set_top:
 * @self: a pane
 * @widget: what stands above the rows
 */
void
kontor_settings_pane_set_top (KontorSettingsPane *self, GtkWidget *widget)
{
  adw_bin_set_child (get_private (self)->top, widget);
}

/**
 * kontor_settings_pane_set_rows:
 * @self: a pane
 * @items: (element-type KontorOrderItem): what to show
 */
void
kontor_settings_pane_set_rows (KontorSettingsPane *self, GPtrArray *items)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  kontor_order_list_set_items (priv->list, items);
  gtk_stack_set_visible_child_name (priv->rows_stack, items->len > 0 ? "rows" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (priv->hint),
                          items->len > 0 && *gtk_label_get_text (priv->hint) != '\0');
  gtk_widget_set_visible (priv->search, items->len >= SEARCH_FROM);
  priv->filled = TRUE;
  if (priv->wants_focus)
    kontor_widget_grab_focus_soon (GTK_WIDGET (self));
}

/* --- The form --------------------------------------------------------------------------------- */

/**
 * kontor_settings_pane_has_form:
 * @self: a pane
 *
 * Returns: whether it shows a form
 */
gboolean
kontor_settings_pane_has_form (KontorSettingsPane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (get_private (self)->stack), "form") == 0;
}

static void
switch_to (KontorSettingsPane *self, const char *page)
{
  KontorSettingsPanePrivate *priv = get_private (self);
  gboolean form = g_str_equal (page, "form");

  gtk_stack_set_visible_child_name (priv->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (priv->accept_button), form);
  gtk_widget_set_visible (GTK_WIDGET (priv->add_button), !form && priv->can_add);
}

/**
 * kontor_settings_pane_show_form:
 * @self: a pane
 * @form: (transfer floating): what to fill in
 * @title: what it is about
 * @verb: label of the button that does it
 */
void
kontor_settings_pane_show_form (KontorSettingsPane *self,
                                GtkWidget *form,
                                const char *title,
                                const char *verb)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  adw_bin_set_child (priv->form_bin, form);
  kontor_settings_pane_set_form_note (self, NULL);
  kontor_settings_pane_set_form_error (self, NULL);
  gtk_button_set_label (priv->accept_button, verb);
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->accept_button), _("Ctrl+Enter"));
  adw_window_title_set_title (priv->title, title);
  adw_window_title_set_subtitle (priv->title, priv->heading);
  switch_to (self, "form");
  kontor_widget_grab_focus_soon (form);
}

static void
set_form_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/**
 * kontor_settings_pane_set_form_note:
 * @self: a pane that shows a form
 * @text: (nullable): what should be known
 */
void
kontor_settings_pane_set_form_note (KontorSettingsPane *self, const char *text)
{
  set_form_label (get_private (self)->form_note, text);
}

/**
 * kontor_settings_pane_set_form_error:
 * @self: a pane that shows a form
 * @text: (nullable): what is wrong, and what to do
 */
void
kontor_settings_pane_set_form_error (KontorSettingsPane *self, const char *text)
{
  set_form_label (get_private (self)->form_error, text);
}

/**
 * kontor_settings_pane_close_form:
 * @self: a pane that shows a form
 *
 * Goes back to the rows.
 */
void
kontor_settings_pane_close_form (KontorSettingsPane *self)
{
  KontorSettingsPanePrivate *priv = get_private (self);

  switch_to (self, "list");
  show_titles (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  kontor_bin_empty_soon (priv->form_bin);
}
