/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A heading, a button that asks for files, and a row an attachment; of many only the first. */
#include "config.h"

#include "kontor-attachment-section.h"

#include "kontor-attach.h"
#include "kontor-attachment-row.h"
#include "kontor-compat.h"
#include <glib/gi18n.h>

/* So many are shown at first. */
#define ROWS_SHOWN 20

struct _KontorAttachmentSection
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *title;
  GtkWidget *add_button;
  GtkBox *rows;
  GtkButton *more_button;

  /* owned */
  KontorSession *session;
  KontorRecord *parent;
  GPtrArray *attachments; /* (element-type KontorRecord) */

  gboolean shows_all;
};

G_DEFINE_FINAL_TYPE (KontorAttachmentSection, kontor_attachment_section, GTK_TYPE_WIDGET)

static KontorAttachmentRow *
find_row (KontorAttachmentSection *self, const KontorId *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (kontor_id_equal (kontor_record_get_id (
                           kontor_attachment_row_get_record (KONTOR_ATTACHMENT_ROW (row))),
                         id))
      return KONTOR_ATTACHMENT_ROW (row);
  return NULL;
}

static gboolean
is_shown (KontorAttachmentSection *self, guint n, KontorRecord *attachment)
{
  for (guint i = 0; i < n; i++)
    if (kontor_id_equal (kontor_record_get_id (g_ptr_array_index (self->attachments, i)),
                         kontor_record_get_id (attachment)))
      return TRUE;
  return FALSE;
}

/* Rows stay with their attachment, so that the focus does. */
static void
update_rows (KontorAttachmentSection *self, guint n)
{
  GtkWidget *last = NULL;
  GtkWidget *next;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (!is_shown (self, n, kontor_attachment_row_get_record (KONTOR_ATTACHMENT_ROW (row))))
        gtk_box_remove (self->rows, row);
    }
  for (guint i = 0; i < n; i++)
    {
      KontorRecord *attachment = g_ptr_array_index (self->attachments, i);
      KontorAttachmentRow *row = find_row (self, kontor_record_get_id (attachment));

      if (row == NULL)
        {
          row = KONTOR_ATTACHMENT_ROW (kontor_attachment_row_new (self->session));
          gtk_box_insert_child_after (self->rows, GTK_WIDGET (row), last);
        }
      else
        {
          gtk_box_reorder_child_after (self->rows, GTK_WIDGET (row), last);
        }
      kontor_attachment_row_set_record (row, attachment);
      last = GTK_WIDGET (row);
    }
}

static void
show (KontorAttachmentSection *self)
{
  guint n = self->attachments->len;
  guint n_shown = self->shows_all ? n : MIN (n, ROWS_SHOWN);
  g_autofree char *more = NULL;

  more = g_strdup_printf (ngettext ("Show %u more", "Show %u more", n - n_shown), n - n_shown);
  gtk_button_set_label (self->more_button, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), n_shown < n);
  if (n > 0)
    gtk_widget_remove_css_class (self->title, "dim-label");
  else
    gtk_widget_add_css_class (self->title, "dim-label");
  update_rows (self, n_shown);
}

static void
more_clicked_cb (KontorAttachmentSection *self)
{
  self->shows_all = TRUE;
  show (self);
}

/* --- Adding ----------------------------------------------------------------------------------- */

/**
 * kontor_attachment_section_add:
 * @self: a section
 *
 * Asks for files to attach.
 */
void
kontor_attachment_section_add (KontorAttachmentSection *self)
{
  if (kontor_attachment_section_can_add (self))
    kontor_attach_choose (self->session, self->parent, GTK_WIDGET (self));
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_attachment_section_dispose (GObject *object)
{
  KontorAttachmentSection *self = KONTOR_ATTACHMENT_SECTION (object);

  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_ATTACHMENT_SECTION);
  g_clear_object (&self->session);
  g_clear_object (&self->parent);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_attachment_section_parent_class)->dispose (object);
}

static void
kontor_attachment_section_class_init (KontorAttachmentSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_attachment_section_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/widgets/kontor-attachment-section.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentSection, title);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentSection, rows);
  gtk_widget_class_bind_template_child (widget_class, KontorAttachmentSection, more_button);
  gtk_widget_class_bind_template_callback (widget_class, kontor_attachment_section_add);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
}

static void
kontor_attachment_section_init (KontorAttachmentSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_attachment_section_set_session:
 * @self: a section
 * @session: a session
 */
void
kontor_attachment_section_set_session (KontorAttachmentSection *self, KontorSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * kontor_attachment_section_can_add:
 * @self: a section
 *
 * Returns: whether files may be attached to what is shown
 */
gboolean
kontor_attachment_section_can_add (KontorAttachmentSection *self)
{
  return self->parent != NULL && !kontor_record_is_trashed (self->parent) &&
         kontor_session_can (self->session, &kontor_attachment_type, NULL, KONTOR_RIGHT_WRITE);
}

/**
 * kontor_attachment_section_set_attachments:
 * @self: a section with a session
 * @parent: a person or an organisation
 * @attachments: (element-type KontorRecord): what is attached to it
 */
void
kontor_attachment_section_set_attachments (KontorAttachmentSection *self,
                                           KontorRecord *parent,
                                           GPtrArray *attachments)
{
  gboolean same = self->parent != NULL && kontor_id_equal (kontor_record_get_id (self->parent),
                                                           kontor_record_get_id (parent));

  g_set_object (&self->parent, parent);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  self->attachments = g_ptr_array_ref (attachments);
  self->shows_all = self->shows_all && same;
  gtk_widget_set_visible (self->add_button, kontor_attachment_section_can_add (self));
  gtk_widget_set_visible (GTK_WIDGET (self),
                          attachments->len > 0 || kontor_attachment_section_can_add (self));
  show (self);
}
