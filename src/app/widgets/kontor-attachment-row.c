/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with a picture or an icon, and a menu. Enter opens, Space and a click show. */
#include "config.h"

#include "kontor-attachment-row.h"

#include "kontor-attachment-file.h"
#include "kontor-attachment-window.h"
#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-field-editor.h"
#include <glib/gi18n.h>

#define CHIP_CHARS 28
#define PICTURE_SIZE 64 /* twice what is shown, for dense screens */

struct _KontorAttachmentRow
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *button;
  GtkImage *icon;
  GtkBox *texts;
  GtkLabel *name;
  GtkLabel *facts;
  AdwBin *slot;
  GtkWidget *menu;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  GCancellable *cancellable; /* of the picture */

  KontorFieldEditor *editor; /* borrowed, while it is renamed */
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (KontorAttachmentRow, kontor_attachment_row, GTK_TYPE_WIDGET)

static gboolean
can_change (KontorAttachmentRow *self)
{
  return kontor_session_can (self->session, &kontor_attachment_type, NULL, KONTOR_RIGHT_WRITE);
}

/* --- Opening and saving ----------------------------------------------------------------------- */

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentRow *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->session != NULL)
    {
      g_autoptr(GError) told =
        kontor_error_new (KONTOR_STORE_ERROR,
                          KONTOR_ERROR_NOT_FOUND,
                          _("There is no program for “%s”. Save it to open it elsewhere."),
                          gtk_label_get_text (self->name));

      kontor_session_fail (self->session, told);
    }
  g_object_unref (self);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentRow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = kontor_attachment_write_finish (result, &error);

  if (self->session != NULL && file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      kontor_widget_open_uri (GTK_WIDGET (self), uri, launched_cb, g_object_ref (self));
    }
  else if (self->session != NULL)
    kontor_session_fail (self->session, error);
  g_object_unref (self);
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorAttachmentRow *self = KONTOR_ATTACHMENT_ROW (widget);

  kontor_attachment_write_async (self->session,
                                 self->record,
                                 NULL,
                                 NULL,
                                 copied_cb,
                                 g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentRow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = kontor_attachment_write_finish (result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *text = NULL;

  if (self->session != NULL && name != NULL)
    {
      /* Translators: %s is the name of a file */
      text = g_strdup_printf (_("“%s” saved"), name);
      kontor_session_tell (self->session, text);
    }
  else if (self->session != NULL)
    kontor_session_fail (self->session, error);
  g_object_unref (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentRow *self = KONTOR_ATTACHMENT_ROW (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && self->session != NULL)
    kontor_attachment_write_async (self->session,
                                   self->record,
                                   file,
                                   NULL,
                                   saved_cb,
                                   g_object_ref (self));
}

static void
save_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *suggestion =
    kontor_attachment_dup_file_name (KONTOR_ATTACHMENT_ROW (widget)->record);

  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_SAVE,
                             _("Save attachment"),
                             _("_Save"),
                             suggestion,
                             NULL,
                             chosen_cb,
                             NULL);
}

static void
show_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorAttachmentRow *self = KONTOR_ATTACHMENT_ROW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window = kontor_attachment_window_new (self->session, self->record);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

/* --- Changing --------------------------------------------------------------------------------- */

static void
remove_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorAttachmentRow *self = KONTOR_ATTACHMENT_ROW (widget);
  g_autoptr(KontorStep) step = NULL;
  g_autofree char *label = NULL;

  if (!can_change (self))
    return;
  label = g_strdup_printf (_("%s moved to trash"), gtk_label_get_text (self->name));
  step = kontor_step_new (label);
  kontor_step_trash (step, &kontor_attachment_type, kontor_record_get_id (self->record));
  kontor_session_commit (self->session, step);
}

static void
end_edit (KontorAttachmentRow *self)
{
  self->editor = NULL;
  kontor_bin_empty_soon (self->slot);
  gtk_widget_set_visible (GTK_WIDGET (self->slot), FALSE);
  gtk_widget_set_visible (self->button, TRUE);
}

static void
save_edit (KontorAttachmentRow *self)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ATTACHMENT_NAME);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (self->editor == NULL)
    return;
  if (kontor_field_editor_parse (self->editor, NULL, &value, NULL, &error))
    step = kontor_session_step_field (self->session,
                                      self->record,
                                      field,
                                      &value,
                                      NULL,
                                      _("Attachment renamed"));
  else
    kontor_session_fail (self->session, error);
  if (step != NULL)
    kontor_session_commit (self->session, step);
  end_edit (self);
}

static void
edit_done_cb (KontorAttachmentRow *self)
{
  save_edit (self);
  gtk_widget_grab_focus (self->button);
}

static gboolean
edit_key_pressed_cb (GtkEventControllerKey *controller,
                     guint keyval,
                     guint keycode,
                     GdkModifierType state,
                     KontorAttachmentRow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end_edit (self);
  gtk_widget_grab_focus (self->button);
  return GDK_EVENT_STOP;
}

static void
rename_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorAttachmentRow *self = KONTOR_ATTACHMENT_ROW (widget);

  if (!can_change (self) || self->editor != NULL)
    return;
  self->editor = KONTOR_FIELD_EDITOR (
    kontor_field_editor_new (self->session, kontor_field_by_id (KONTOR_ATTACHMENT_NAME)));
  kontor_field_editor_load (self->editor, self->record);
  g_signal_connect_object (self->editor,
                           "activate",
                           G_CALLBACK (edit_done_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->editor));
  gtk_widget_set_visible (GTK_WIDGET (self->slot), TRUE);
  gtk_widget_set_visible (self->button, FALSE);
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->editor));
}

static gboolean
button_key_pressed_cb (GtkEventControllerKey *controller,
                       guint keyval,
                       guint keycode,
                       GdkModifierType state,
                       KontorAttachmentRow *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Return, "attachment.open" },   { GDK_KEY_KP_Enter, "attachment.open" },
    { GDK_KEY_space, "attachment.show" },    { GDK_KEY_F2, "attachment.rename" },
    { GDK_KEY_Delete, "attachment.remove" }, { GDK_KEY_KP_Delete, "attachment.remove" }
  };

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == keyval)
      {
        gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* --- Showing ---------------------------------------------------------------------------------- */

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentRow *self = user_data;
  g_autoptr(GdkTexture) texture = kontor_attachment_load_picture_finish (result, NULL);

  /* a picture that can't be read keeps the icon */
  if (texture != NULL && self->icon != NULL)
    gtk_image_set_from_paintable (self->icon, GDK_PAINTABLE (texture));
  g_object_unref (self);
}

static void
cancel (KontorAttachmentRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load_picture (KontorAttachmentRow *self)
{
  g_autoptr(GIcon) icon = kontor_attachment_get_icon (self->record);

  cancel (self);
  gtk_image_set_from_gicon (self->icon, icon);
  if (self->compact || kontor_attachment_get_kind (self->record) != KONTOR_ATTACHMENT_PICTURE)
    return;
  self->cancellable = g_cancellable_new ();
  kontor_attachment_load_picture_async (self->session,
                                        self->record,
                                        PICTURE_SIZE,
                                        self->cancellable,
                                        picture_cb,
                                        g_object_ref (self));
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_attachment_row_dispose (GObject *object)
{
  KontorAttachmentRow *self = KONTOR_ATTACHMENT_ROW (object);

  self->editor = NULL;
  cancel (self);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_ATTACHMENT_ROW);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  G_OBJECT_CLASS (kontor_attachment_row_parent_class)->dispose (object);
}

static void
kontor_attachment_row_class_init (KontorAttachmentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_attachment_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/widgets/kontor-attachment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, button);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, texts);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, name);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, facts);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, slot);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, button_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_edit);
  gtk_widget_class_bind_template_callback (widget_class, edit_key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "attachment.open", NULL, open_activated);
  gtk_widget_class_install_action (widget_class, "attachment.show", NULL, show_activated);
  gtk_widget_class_install_action (widget_class, "attachment.save", NULL, save_activated);
  gtk_widget_class_install_action (widget_class, "attachment.rename", NULL, rename_activated);
  gtk_widget_class_install_action (widget_class, "attachment.remove", NULL, remove_activated);
}

static void
kontor_attachment_row_init (KontorAttachmentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_attachment_row_new:
 * @session: a session
 *
 * Returns: (transfer full): a row without an attachment yet
 */
GtkWidget *
kontor_attachment_row_new (KontorSession *session)
{
  KontorAttachmentRow *self = g_object_new (KONTOR_TYPE_ATTACHMENT_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * kontor_attachment_row_set_compact:
 * @self: a row without an attachment yet
 *
 * Makes it a chip: an icon, the name and the size, side by side.
 */
void
kontor_attachment_row_set_compact (KontorAttachmentRow *self)
{
  self->compact = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->texts), GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->texts, 6);
  gtk_image_set_pixel_size (self->icon, 16);
  gtk_label_set_max_width_chars (self->name, CHIP_CHARS);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "kontor-field");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kontor-file-chip");
}

/**
 * kontor_attachment_row_set_record:
 * @self: a row
 * @record: an attachment, or its present state
 */
void
kontor_attachment_row_set_record (KontorAttachmentRow *self, KontorRecord *record)
{
  const char *name = kontor_record_get_text (record, KONTOR_ATTACHMENT_NAME);
  g_autofree char *facts =
    self->compact ? kontor_attachment_dup_size (record) : kontor_attachment_dup_facts (record);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, facts);
  g_autofree char *menu_label = NULL;
  gboolean same = self->record != NULL &&
                  g_strcmp0 (kontor_record_get_text (self->record, KONTOR_ATTACHMENT_HASH),
                             kontor_record_get_text (record, KONTOR_ATTACHMENT_HASH)) == 0;

  g_set_object (&self->record, record);
  gtk_label_set_text (self->name, name);
  kontor_widget_set_tooltip (GTK_WIDGET (self->name), name);
  gtk_label_set_text (self->facts, facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  /* Translators: of a menu: %s is the name of a file */
  menu_label = g_strdup_printf (_("Actions for %s"), name);
  kontor_widget_name_buttons (self->menu, menu_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_label,
                                  -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "attachment.rename", can_change (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "attachment.remove", can_change (self));
  if (!same)
    load_picture (self);
}

/**
 * kontor_attachment_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): its attachment
 */
KontorRecord *
kontor_attachment_row_get_record (KontorAttachmentRow *self)
{
  return self->record;
}
