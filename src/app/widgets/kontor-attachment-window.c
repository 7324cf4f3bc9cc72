/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escape and Space close it again. */
#include "config.h"

#include "kontor-attachment-window.h"

#include "kontor-attachment-file.h"
#include "kontor-compat.h"
#include "kontor-error.h"
#include <glib/gi18n.h>
#include <string.h>

#define PICTURE_SIZE 2048

struct _KontorAttachmentWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkPicture *picture;
  GtkTextBuffer *buffer;
  AdwStatusPage *facts;

  /* owned */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KontorAttachmentWindow, kontor_attachment_window, ADW_TYPE_WINDOW)

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorAttachmentWindow *self)
{
  if (keyval != GDK_KEY_space && keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

/* What can't be shown says so. */
static void
show_facts (KontorAttachmentWindow *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL && error->domain == KONTOR_STORE_ERROR)
    adw_status_page_set_description (self->facts, error->message);
  else if (error != NULL)
    adw_status_page_set_description (self->facts,
                                     _("The file can't be shown. It may be damaged."));
  gtk_stack_set_visible_child_name (self->stack, "facts");
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentWindow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = kontor_attachment_load_picture_finish (result, &error);

  if (self->stack != NULL && texture != NULL)
    {
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
      gtk_stack_set_visible_child_name (self->stack, "picture");
    }
  else if (self->stack != NULL)
    show_facts (self, error);
  g_object_unref (self);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorAttachmentWindow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = kontor_attachment_load_text_finish (result, &error);

  if (self->stack != NULL && text != NULL)
    {
      gtk_text_buffer_set_text (self->buffer, text, -1);
      if (strlen (text) >= KONTOR_ATTACHMENT_TEXT_MAX)
        adw_window_title_set_subtitle (self->title, _("The beginning"));
      gtk_stack_set_visible_child_name (self->stack, "text");
    }
  else if (self->stack != NULL)
    show_facts (self, error);
  g_object_unref (self);
}

static void
kontor_attachment_window_dispose (GObject *object)
{
  KontorAttachmentWindow *self = KONTOR_ATTACHMENT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_ATTACHMENT_WINDOW);
  G_OBJECT_CLASS (kontor_attachment_window_parent_class)->dispose (object);
}

static void
kontor_attachment_window_class_init (KontorAttachmentWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_attachment_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/widgets/kontor-attachment-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentWindow, buffer);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentWindow, facts);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
kontor_attachment_window_init (KontorAttachmentWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
  self->cancellable = g_cancellable_new ();
}

/**
 * kontor_attachment_window_new:
 * @session: a session
 * @record: an attachment
 *
 * Returns: (transfer full): a window that shows it
 */
GtkWidget *
kontor_attachment_window_new (KontorSession *session, KontorRecord *record)
{
  KontorAttachmentWindow *self = g_object_new (KONTOR_TYPE_ATTACHMENT_WINDOW, NULL);
  const char *name = kontor_record_get_text (record, KONTOR_ATTACHMENT_NAME);
  g_autofree char *facts = kontor_attachment_dup_facts (record);
  KontorAttachmentKind kind = kontor_attachment_get_kind (record);

  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, facts);
  adw_status_page_set_title (self->facts, name);
  adw_status_page_set_description (self->facts, facts);
  if (kind == KONTOR_ATTACHMENT_PICTURE)
    kontor_attachment_load_picture_async (session,
                                          record,
                                          PICTURE_SIZE,
                                          self->cancellable,
                                          picture_cb,
                                          g_object_ref (self));
  else if (kind == KONTOR_ATTACHMENT_TEXT)
    kontor_attachment_load_text_async (session,
                                       record,
                                       self->cancellable,
                                       text_cb,
                                       g_object_ref (self));
  else
    show_facts (self, NULL);
  return GTK_WIDGET (self);
}
