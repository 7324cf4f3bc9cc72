/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a row's record with its children, shows editors for what can be set, and saves what was
 * edited. Which row is the next is not its business. */
#include "config.h"

#include "kontor-row-editor.h"

#include "kontor-compat.h"
#include "kontor-form.h"
#include "kontor-record-edit.h"

#define WIDTH 370
#define MAX_HEIGHT 440

struct _KontorRowEditor
{
  GtkPopover parent_instance;

  /* template */
  GtkLabel *title;
  GtkScrolledWindow *scrolled;
  KontorForm *form;
  GtkLabel *error;

  /* owned */
  KontorSession *session;
  GPtrArray *fields;  /* (element-type KontorFieldDef): as the table shows them */
  GPtrArray *editors; /* (element-type KontorFieldEditor): borrowed, one a field */
  KontorListRow *row;
  KontorPageData *data;
  GCancellable *cancellable;

  int step; /* what is wanted when it is saved */
  gboolean saving;
  gboolean discard; /* closed by Escape */
};

enum
{
  SIGNAL_STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorRowEditor, kontor_row_editor, GTK_TYPE_POPOVER)

static void
show_error (KontorRowEditor *self, const KontorFieldDef *field, const char *reason)
{
  guint index;

  if (field != NULL && g_ptr_array_find (self->fields, field, &index))
    {
      GtkWidget *editor = g_ptr_array_index (self->editors, index);

      kontor_form_show_error (self->form, editor, reason);
      gtk_widget_grab_focus (editor);
      reason = NULL;
    }
  gtk_label_set_text (self->error, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), reason != NULL);
}

static void
form_changed_cb (KontorRowEditor *self)
{
  show_error (self, NULL, NULL);
}

/* --- Reading ---------------------------------------------------------------------------------- */

static KontorFieldEditor *
find_focused (KontorRowEditor *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    if (gtk_widget_get_focus_child (g_ptr_array_index (self->editors, i)) != NULL)
      return g_ptr_array_index (self->editors, i);
  return self->editors->len > 0 ? g_ptr_array_index (self->editors, 0) : NULL;
}

/* The focus stays in its column, so that one column is put right row by row. */
static void
show_data (KontorRowEditor *self)
{
  g_autoptr(KontorRecordEdit) edit = kontor_record_edit_new (self->session, self->data);
  g_autofree char *title = kontor_record_dup_title (self->data->record);
  KontorFieldEditor *focused = find_focused (self);

  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (self->fields, i);
      KontorFieldEditor *editor = g_ptr_array_index (self->editors, i);

      kontor_field_editor_load (editor, kontor_record_edit_get_holder (edit, field));
      kontor_form_show_error (self->form, GTK_WIDGET (editor), NULL);
    }
  show_error (self, NULL, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), TRUE);
  if (focused == NULL)
    return;
  kontor_widget_grab_focus_soon (GTK_WIDGET (focused));
  kontor_field_editor_select_all (focused);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorRowEditor *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorPageData) data =
    kontor_workspace_read_page_finish (KONTOR_WORKSPACE (source), result, &error);

  if (data != NULL && self->form != NULL)
    {
      g_clear_pointer (&self->data, kontor_page_data_free);
      self->data = g_steal_pointer (&data);
      show_data (self);
    }
  else if (error != NULL && self->session != NULL)
    {
      kontor_session_fail (self->session, error);
    }
  g_object_unref (self);
}

static void
read_record (KontorRowEditor *self)
{
  KontorRecord *record = kontor_list_row_get_record (self->row);

  if (record == NULL)
    return; /* it will come */
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  kontor_workspace_read_page_async (kontor_session_get_workspace (self->session),
                                    kontor_record_get_record_type (record),
                                    kontor_record_get_id (record),
                                    0,
                                    self->cancellable,
                                    read_cb,
                                    g_object_ref (self));
}

static void
record_came_cb (KontorRowEditor *self)
{
  if (self->data == NULL)
    read_record (self);
}

/* --- Saving ----------------------------------------------------------------------------------- */

/* An emptied phone number is none, though a contact point must have a value. */
static gboolean
parse_editor (KontorRowEditor *self,
              const KontorFieldDef *field,
              KontorFieldEditor *editor,
              KontorValue *value,
              char **currency,
              GError **error)
{
  const KontorFieldDef *edited = kontor_field_editor_get_field (editor);
  g_autofree char *text = kontor_field_editor_dup_text (editor);
  g_autofree char *code = NULL;
  const KontorFieldDef *companion;

  if (*g_strstrip (text) == '\0' && kontor_field_get_source (field) != NULL)
    {
      kontor_value_clear (value);
      return TRUE;
    }
  if (edited->kind == KONTOR_FIELD_MONEY && edited->companion != NULL)
    {
      companion = kontor_schema_find_field (kontor_session_get_schema (self->session),
                                            kontor_field_get_type_of (edited),
                                            edited->companion);
      code = g_strdup (kontor_record_value_text (self->data->record, companion));
      if (code == NULL)
        code = kontor_workspace_dup_currency (kontor_session_get_workspace (self->session));
    }
  if (!kontor_field_editor_parse (editor, code, value, currency, error))
    return FALSE;
  if (code != NULL && *currency == NULL)
    *currency = g_steal_pointer (&code);
  return TRUE;
}

static gboolean
gather (KontorRowEditor *self, KontorRecordEdit *edit)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (self->fields, i);
      KontorFieldEditor *editor = g_ptr_array_index (self->editors, i);
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;
      g_autofree char *currency = NULL;
      g_autoptr(GError) error = NULL;

      if (!kontor_field_editor_is_edited (editor))
        continue;
      if (!parse_editor (self, field, editor, &value, &currency, &error))
        {
          show_error (self, field, error->message);
          return FALSE;
        }
      kontor_record_edit_set (edit, field, &value, currency);
    }
  return TRUE;
}

/* %FALSE: something is wrong, which is shown. *@step is %NULL when there is nothing to save. */
static gboolean
build_step (KontorRowEditor *self, KontorStep **step)
{
  g_autoptr(KontorRecordEdit) edit = kontor_record_edit_new (self->session, self->data);
  g_autoptr(GError) error = NULL;
  const KontorFieldDef *wrong;

  *step = NULL;
  if (!gather (self, edit))
    return FALSE;
  if (kontor_record_edit_finish (edit, step, &wrong, &error))
    return TRUE;
  show_error (self, wrong, error->message);
  return FALSE;
}

static void
go_on (KontorRowEditor *self)
{
  if (self->step != 0 && gtk_widget_get_visible (GTK_WIDGET (self)))
    g_signal_emit (self, signals[SIGNAL_STEP], 0, self->step);
}

/* What was refused is shown again with the reason. */
static void
saved_cb (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorRowEditor *self = data;

  self->saving = FALSE;
  if (self->form == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), TRUE);
  if (error == NULL)
    {
      go_on (self);
      return;
    }
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_popover_popup (GTK_POPOVER (self));
  show_error (self, NULL, error->message);
}

static gboolean
save (KontorRowEditor *self, int step)
{
  g_autoptr(KontorStep) made = NULL;

  if (self->data == NULL || self->saving)
    return TRUE;
  self->step = step;
  if (!build_step (self, &made))
    return FALSE;
  if (made == NULL)
    {
      go_on (self);
      return TRUE;
    }
  self->saving = TRUE;
  kontor_session_commit_then (self->session, made, saved_cb, g_object_ref (self), g_object_unref);
  return TRUE;
}

static void
save_and_next (KontorRowEditor *self)
{
  save (self, 1);
}

static void
save_and_previous (KontorRowEditor *self)
{
  save (self, -1);
}

/* Leaving saves, as on a page; only Escape does not. */
static void
closed_cb (GtkPopover *popover, gpointer data)
{
  KontorRowEditor *self = KONTOR_ROW_EDITOR (popover);
  gboolean discard = self->discard;

  self->discard = FALSE;
  if (self->form == NULL || discard)
    return;
  if (!save (self, 0))
    gtk_popover_popup (popover);
}

/* --- Keys ------------------------------------------------------------------------------------- */

static GtkWidget *
get_focus (KontorRowEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* Backwards GTK 4.8 doesn't find its way into an entry that has a popover of its own. */
static gboolean
focus_previous (KontorRowEditor *self)
{
  guint index;

  return g_ptr_array_find (self->editors, find_focused (self), &index) && index > 0 &&
         gtk_widget_grab_focus (g_ptr_array_index (self->editors, index - 1));
}

/* Enter in an entry is the entry's own; a drop-down is opened by the space bar here. */
static gboolean
first_key_pressed_cb (GtkEventControllerKey *controller,
                      guint keyval,
                      guint keycode,
                      GdkModifierType state,
                      KontorRowEditor *self)
{
  GtkWidget *focus = get_focus (self);
  gboolean choice = focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_DROP_DOWN) != NULL;

  if (keyval == GDK_KEY_ISO_Left_Tab)
    return focus_previous (self);
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_SHIFT_MASK) != 0)
    save (self, -1);
  else if ((state & GDK_CONTROL_MASK) != 0 || choice)
    save (self, 1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorRowEditor *self)
{
  switch (keyval)
    {
    case GDK_KEY_Escape:
      self->discard = TRUE;
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      save (self, -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      save (self, 1);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
forget_row (KontorRowEditor *self)
{
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->row);
  g_clear_pointer (&self->data, kontor_page_data_free);
}

static void
kontor_row_editor_dispose (GObject *object)
{
  KontorRowEditor *self = KONTOR_ROW_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_row (self);
  /* the popover takes its child away itself */
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_ROW_EDITOR);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_row_editor_parent_class)->dispose (object);
}

static void
kontor_row_editor_class_init (KontorRowEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_row_editor_dispose;
  signals[SIGNAL_STEP] = g_signal_new ("step",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       G_TYPE_INT);
  g_type_ensure (KONTOR_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-row-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorRowEditor, title);
  gtk_widget_class_bind_template_child (widget_class, KontorRowEditor, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KontorRowEditor, form);
  gtk_widget_class_bind_template_child (widget_class, KontorRowEditor, error);
  gtk_widget_class_bind_template_callback (widget_class, first_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_and_next);
  gtk_widget_class_bind_template_callback (widget_class, save_and_previous);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
kontor_row_editor_init (KontorRowEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->fields = g_ptr_array_new ();
  self->editors = g_ptr_array_new ();
  kontor_form_set_enter_ends (self->form, TRUE);
}

/**
 * kontor_row_editor_new:
 * @session: a session
 *
 * Returns: (transfer full): a popover without a row yet
 */
GtkWidget *
kontor_row_editor_new (KontorSession *session)
{
  KontorRowEditor *self = g_object_new (KONTOR_TYPE_ROW_EDITOR, NULL);

  self->session = g_object_ref (session);
  kontor_form_set_session (self->form, session);
  return GTK_WIDGET (self);
}

/**
 * kontor_row_editor_set_fields:
 * @self: a row editor that was just made
 * @fields: (element-type KontorFieldDef): the columns that are shown, in their order
 *
 * Offers those that can be set; two columns that show the same are one field.
 *
 * Returns: whether there is any
 */
gboolean
kontor_row_editor_set_fields (KontorRowEditor *self, GPtrArray *fields)
{
  int height;

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      const KontorFieldDef *edited = kontor_record_edit_get_editor_field (field);
      gboolean known = FALSE;

      for (guint j = 0; j < self->fields->len && edited != field; j++)
        known |=
          edited->kind == KONTOR_FIELD_LINK &&
          kontor_record_edit_get_editor_field (g_ptr_array_index (self->fields, j)) == edited;
      if (known || !kontor_record_edit_offers (self->session, field))
        continue;
      g_ptr_array_add (self->fields, (gpointer) field);
      g_ptr_array_add (self->editors,
                       kontor_form_add_field (self->form,
                                              edited,
                                              kontor_field_get_label (
                                                edited->kind == KONTOR_FIELD_LINK ? edited
                                                                                  : field)));
    }
  gtk_widget_measure (GTK_WIDGET (self->form),
                      GTK_ORIENTATION_VERTICAL,
                      WIDTH,
                      NULL,
                      &height,
                      NULL,
                      NULL);
  gtk_scrolled_window_set_max_content_height (self->scrolled, MIN (height + 12, MAX_HEIGHT));
  return self->fields->len > 0;
}

/**
 * kontor_row_editor_edit:
 * @self: a row editor with fields
 * @row: the row to edit
 *
 * Shows its record, once it is read.
 */
void
kontor_row_editor_edit (KontorRowEditor *self, KontorListRow *row)
{
  forget_row (self);
  self->row = g_object_ref (row);
  self->discard = FALSE;
  g_signal_connect_swapped (row, "notify::record", G_CALLBACK (record_came_cb), self);
  read_record (self);
}
