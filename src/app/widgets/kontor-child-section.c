/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A heading, a button that adds, and a row a record. */
#include "config.h"

#include "kontor-child-section.h"

#include "kontor-compat.h"
#include "kontor-child-row.h"
#include "kontor-more-rows.h"
#include "kontor-new-dialog.h"
#include <glib/gi18n.h>

struct _KontorChildSection
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel *title;
  GtkWidget *add_button;
  GtkButton *more_button;
  GtkBox *rows;
  KontorMoreRows *more_rows;

  /* owned */
  KontorSession *session;
  KontorRecord *parent;
  GPtrArray *children;

  guint n_shown;
  const KontorChildSpec *spec;
};

G_DEFINE_FINAL_TYPE (KontorChildSection, kontor_child_section, GTK_TYPE_WIDGET)

static KontorChildRow *
find_row (KontorChildSection *self, const KontorId *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (kontor_id_equal (kontor_record_get_id (
                           kontor_child_row_get_record (KONTOR_CHILD_ROW (row))),
                         id))
      return KONTOR_CHILD_ROW (row);
  return NULL;
}

/* Rows stay with their record, so that what is unfolded or being edited stays so. */
static void
update_rows (KontorChildSection *self)
{
  guint n = self->n_shown = kontor_more_rows_update (self->more_rows, self->children->len);
  g_autoptr(GHashTable) kept = g_hash_table_new (NULL, NULL);
  GtkWidget *last = NULL;
  GtkWidget *next;

  for (guint i = 0; i < n; i++)
    {
      KontorRecord *child = g_ptr_array_index (self->children, i);
      KontorChildRow *row = find_row (self, kontor_record_get_id (child));

      if (row == NULL)
        {
          row = KONTOR_CHILD_ROW (kontor_child_row_new (self->session, self->spec));
          gtk_box_insert_child_after (self->rows, GTK_WIDGET (row), last);
        }
      else
        {
          gtk_box_reorder_child_after (self->rows, GTK_WIDGET (row), last);
        }
      kontor_child_row_set_record (row, child, self->parent);
      g_hash_table_add (kept, row);
      last = GTK_WIDGET (row);
    }
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (g_hash_table_contains (kept, row))
        continue;
      kontor_widget_hand_on_focus (row, self->add_button);
      gtk_box_remove (self->rows, row);
    }
}

/* Those that are there stay as they are. */
static void
append_rows (KontorChildSection *self)
{
  guint n = kontor_more_rows_update (self->more_rows, self->children->len);

  for (guint i = self->n_shown; i < n; i++)
    {
      GtkWidget *row = kontor_child_row_new (self->session, self->spec);

      gtk_box_append (self->rows, row);
      kontor_child_row_set_record (KONTOR_CHILD_ROW (row),
                                   g_ptr_array_index (self->children, i),
                                   self->parent);
    }
  self->n_shown = n;
}

static void
kontor_child_section_dispose (GObject *object)
{
  KontorChildSection *self = KONTOR_CHILD_SECTION (object);

  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_CHILD_SECTION);
  g_clear_object (&self->session);
  g_clear_object (&self->parent);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_child_section_parent_class)->dispose (object);
}

static void
kontor_child_section_class_init (KontorChildSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_child_section_dispose;
  g_type_ensure (KONTOR_TYPE_MORE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/widgets/kontor-child-section.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorChildSection, title);
  gtk_widget_class_bind_template_child (widget_class, KontorChildSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, KontorChildSection, more_button);
  gtk_widget_class_bind_template_child (widget_class, KontorChildSection, rows);
  gtk_widget_class_bind_template_child (widget_class, KontorChildSection, more_rows);
  gtk_widget_class_bind_template_callback (widget_class, kontor_child_section_add);
  gtk_widget_class_bind_template_callback (widget_class, append_rows);
}

static void
kontor_child_section_init (KontorChildSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_child_section_new:
 * @session: a session
 * @spec: what it shows; must live as long
 *
 * Returns: (transfer full): an empty section
 */
GtkWidget *
kontor_child_section_new (KontorSession *session, const KontorChildSpec *spec)
{
  KontorChildSection *self = g_object_new (KONTOR_TYPE_CHILD_SECTION, NULL);

  self->session = g_object_ref (session);
  self->spec = spec;
  gtk_label_set_text (self->title, _(spec->title));
  if (spec->add_label != NULL)
    {
      gtk_widget_set_tooltip_text (self->add_button, _(spec->add_label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _(spec->add_label),
                                      -1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), spec->more_action != NULL);
  if (spec->more_action != NULL)
    {
      gtk_button_set_icon_name (self->more_button, spec->more_icon);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->more_button), spec->more_action);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->more_button), _(spec->more_label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _(spec->more_label),
                                      -1);
    }
  return GTK_WIDGET (self);
}

/**
 * kontor_child_section_set_children:
 * @self: a section
 * @parent: the record the children belong to
 * @children: (element-type KontorRecord): the children
 *
 * A section without children that nobody may add to is hidden.
 */
void
kontor_child_section_set_children (KontorChildSection *self,
                                   KontorRecord *parent,
                                   GPtrArray *children)
{
  gboolean may_add = self->spec->add_label != NULL && !kontor_record_is_trashed (parent) &&
                     kontor_session_can (self->session, self->spec->type, NULL, KONTOR_RIGHT_WRITE);

  if (self->parent != NULL &&
      !kontor_id_equal (kontor_record_get_id (self->parent), kontor_record_get_id (parent)))
    kontor_more_rows_fold (self->more_rows);
  g_set_object (&self->parent, parent);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  self->children = g_ptr_array_ref (children);
  gtk_widget_set_visible (self->add_button, may_add);
  gtk_widget_set_visible (GTK_WIDGET (self), may_add || children->len > 0);
  if (children->len > 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "dim-label");
  update_rows (self);
}

/**
 * kontor_child_section_add:
 * @self: a section
 *
 * Asks for a new child.
 */
void
kontor_child_section_add (KontorChildSection *self)
{
  g_autoptr(KontorRecord) draft = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  if (self->spec->add_action != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), self->spec->add_action, NULL);
      return;
    }
  draft = self->spec->begin (self->parent);
  dialog = kontor_new_dialog_new (self->session, self->spec->type, _(self->spec->add_label));

  kontor_new_dialog_add_fields (KONTOR_NEW_DIALOG (dialog), self->spec->new_fields, FALSE);
  kontor_new_dialog_add_required (KONTOR_NEW_DIALOG (dialog));
  kontor_new_dialog_set_preset (KONTOR_NEW_DIALOG (dialog), draft);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (dialog));
}
