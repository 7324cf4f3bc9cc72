/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chips in as many lines as it takes. They can all that attachments on a page can. */
#include "config.h"

#include "kontor-entry-files.h"

#include "kontor-attachment-row.h"
#include "kontor-wrap-layout.h"

struct _KontorEntryFiles
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KontorEntryFiles, kontor_entry_files, GTK_TYPE_WIDGET)

static void
kontor_entry_files_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kontor_entry_files_parent_class)->dispose (object);
}

static void
kontor_entry_files_class_init (KontorEntryFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kontor_entry_files_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), KONTOR_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kontor_entry_files_init (KontorEntryFiles *self)
{
}

/* Chips are used again, as rows of the list are. */
static KontorAttachmentRow *
ensure_chip (KontorEntryFiles *self, GtkWidget *present, KontorSession *session)
{
  GtkWidget *chip = present;

  if (chip != NULL)
    return KONTOR_ATTACHMENT_ROW (chip);
  chip = kontor_attachment_row_new (session);
  kontor_attachment_row_set_compact (KONTOR_ATTACHMENT_ROW (chip));
  gtk_widget_set_parent (chip, GTK_WIDGET (self));
  return KONTOR_ATTACHMENT_ROW (chip);
}

/**
 * kontor_entry_files_set_attachments:
 * @self: the files of an entry
 * @session: a session
 * @attachments: (nullable) (element-type KontorRecord): what is attached to it
 *
 * Shows them; without any it is not seen.
 */
void
kontor_entry_files_set_attachments (KontorEntryFiles *self,
                                    KontorSession *session,
                                    GPtrArray *attachments)
{
  guint n = attachments != NULL ? attachments->len : 0;
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < n; i++)
    {
      KontorAttachmentRow *row = ensure_chip (self, chip, session);

      kontor_attachment_row_set_record (row, g_ptr_array_index (attachments, i));
      chip = gtk_widget_get_next_sibling (GTK_WIDGET (row));
    }
  while (chip != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (chip);

      gtk_widget_unparent (chip);
      chip = next;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
