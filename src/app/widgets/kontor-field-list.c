/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of fields, and the button that unfolds the empty ones. */
#include "config.h"

#include "kontor-field-list.h"

#include "kontor-field-row.h"
#include <glib/gi18n.h>

struct _KontorFieldList
{
  GtkWidget parent_instance;

  KontorSession *session; /* owned */
  GPtrArray *rows;        /* borrowed: children */
  GPtrArray *headings;    /* (element-type Heading) */
  GtkWidget *unfold;      /* borrowed: a child */
  gboolean show_empty;
  gboolean keep_open;
};

/* Of a section: shown while one of its fields is. */
typedef struct
{
  GtkWidget *label; /* borrowed: a child */
  guint first, n;   /* its rows */
} Heading;

G_DEFINE_FINAL_TYPE (KontorFieldList, kontor_field_list, GTK_TYPE_WIDGET)

static void
update_headings (KontorFieldList *self)
{
  for (guint i = 0; i < self->headings->len; i++)
    {
      const Heading *heading = g_ptr_array_index (self->headings, i);
      gboolean shown = FALSE;

      for (guint j = heading->first; j < heading->first + heading->n; j++)
        shown |= gtk_widget_get_visible (g_ptr_array_index (self->rows, j));
      gtk_widget_set_visible (heading->label, shown);
    }
}

static void
update_folding (KontorFieldList *self)
{
  guint n_empty = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KontorFieldRow *row = g_ptr_array_index (self->rows, i);
      gboolean folds = kontor_field_row_is_empty (row) && !kontor_field_row_is_editing (row);

      gtk_widget_set_visible (GTK_WIDGET (row),
                              !folds || (self->show_empty && kontor_field_row_is_editable (row)));
      if (folds && kontor_field_row_is_editable (row))
        n_empty++;
    }
  update_headings (self);
  gtk_widget_set_visible (self->unfold, n_empty > 0 && !self->show_empty);
  if (n_empty > 0)
    {
      g_autofree char *label =
        g_strdup_printf (ngettext ("Show %u empty field", "Show %u empty fields", n_empty),
                         n_empty);

      gtk_button_set_label (GTK_BUTTON (self->unfold), label);
    }
}

static void
unfold_clicked_cb (KontorFieldList *self)
{
  KontorFieldRow *first = NULL;

  for (guint i = 0; i < self->rows->len && first == NULL; i++)
    if (!gtk_widget_get_visible (g_ptr_array_index (self->rows, i)) &&
        kontor_field_row_is_editable (g_ptr_array_index (self->rows, i)))
      first = g_ptr_array_index (self->rows, i);
  kontor_field_list_set_show_empty (self, TRUE);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
editing_ended_cb (KontorFieldList *self)
{
  update_folding (self);
}

static void
kontor_field_list_dispose (GObject *object)
{
  KontorFieldList *self = KONTOR_FIELD_LIST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_field_list_parent_class)->dispose (object);
}

static void
kontor_field_list_class_init (KontorFieldListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_field_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
kontor_field_list_init (KontorFieldList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->rows = g_ptr_array_new ();
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->unfold = gtk_button_new ();
  gtk_widget_add_css_class (self->unfold, "flat");
  gtk_widget_add_css_class (self->unfold, "kontor-unfold");
  gtk_widget_set_halign (self->unfold, GTK_ALIGN_START);
  gtk_widget_set_parent (self->unfold, GTK_WIDGET (self));
  g_signal_connect_object (self->unfold,
                           "clicked",
                           G_CALLBACK (unfold_clicked_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->unfold, FALSE);
}

/**
 * kontor_field_list_new:
 * @session: a session
 *
 * Returns: (transfer full): a list without fields yet
 */
GtkWidget *
kontor_field_list_new (KontorSession *session)
{
  KontorFieldList *self = g_object_new (KONTOR_TYPE_FIELD_LIST, NULL);

  kontor_field_list_set_session (self, session);
  return GTK_WIDGET (self);
}

/**
 * kontor_field_list_set_session:
 * @self: a list, of a template
 * @session: a session
 */
void
kontor_field_list_set_session (KontorFieldList *self, KontorSession *session)
{
  g_set_object (&self->session, session);
}

/* One that is there already stays, with what is typed in it. */
static GtkWidget *
take_row (KontorFieldList *self, GPtrArray *old, const KontorFieldDef *field)
{
  GtkWidget *row;

  for (guint i = 0; i < old->len; i++)
    if (kontor_field_row_get_field (g_ptr_array_index (old, i)) == field)
      return g_ptr_array_steal_index (old, i);
  row = kontor_field_row_new (self->session, field);
  if (self->keep_open)
    kontor_field_row_set_keep_open (KONTOR_FIELD_ROW (row), TRUE);
  g_signal_connect_object (row,
                           "editing-ended",
                           G_CALLBACK (editing_ended_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
add_heading (KontorFieldList *self, const KontorLayoutPart *part)
{
  Heading *heading = g_new0 (Heading, 1);

  heading->label = gtk_label_new (part->title);
  heading->first = self->rows->len;
  heading->n = part->fields->len;
  gtk_label_set_xalign (GTK_LABEL (heading->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (heading->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_top (heading->label, 12);
  gtk_widget_set_margin_bottom (heading->label, 3);
  gtk_widget_add_css_class (heading->label, "heading");
  gtk_widget_insert_before (heading->label, GTK_WIDGET (self), self->unfold);
  g_ptr_array_add (self->headings, heading);
}

/**
 * kontor_field_list_set_parts:
 * @self: a list
 * @parts: (element-type KontorLayoutPart): fields of one type, in sections
 *
 * Shows these fields, in this order. What is being edited in a field that stays is kept.
 */
void
kontor_field_list_set_parts (KontorFieldList *self, GPtrArray *parts)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->rows);

  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < self->headings->len; i++)
    gtk_widget_unparent (((Heading *) g_ptr_array_index (self->headings, i))->label);
  g_ptr_array_set_size (self->headings, 0);
  for (guint i = 0; i < parts->len; i++)
    {
      const KontorLayoutPart *part = g_ptr_array_index (parts, i);

      if (part->title != NULL && part->fields->len > 0)
        add_heading (self, part);
      for (guint j = 0; j < part->fields->len; j++)
        {
          GtkWidget *row = take_row (self, old, g_ptr_array_index (part->fields, j));

          gtk_widget_insert_before (row, GTK_WIDGET (self), self->unfold);
          g_ptr_array_add (self->rows, row);
        }
    }
  for (guint i = 0; i < old->len; i++)
    gtk_widget_unparent (g_ptr_array_index (old, i));
}

/**
 * kontor_field_list_set_fields:
 * @self: a list
 * @fields: (array length=n_fields): fields of one type
 * @n_fields: how many
 *
 * Shows these fields, in this order.
 */
void
kontor_field_list_set_fields (KontorFieldList *self,
                              const KontorFieldDef *const *fields,
                              guint n_fields)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  KontorLayoutPart part = { NULL, all };

  for (guint i = 0; i < n_fields; i++)
    g_ptr_array_add (all, (gpointer) fields[i]);
  g_ptr_array_add (parts, &part);
  kontor_field_list_set_parts (self, parts);
}

/**
 * kontor_field_list_set_record:
 * @self: a list
 * @record: a stored record of the fields' type
 */
void
kontor_field_list_set_record (KontorFieldList *self, KontorRecord *record)
{
  for (guint i = 0; i < self->rows->len; i++)
    kontor_field_row_set_record (g_ptr_array_index (self->rows, i), record);
  update_folding (self);
}

/**
 * kontor_field_list_set_show_empty:
 * @self: a list
 * @show_empty: whether empty fields are shown
 */
void
kontor_field_list_set_show_empty (KontorFieldList *self, gboolean show_empty)
{
  self->show_empty = show_empty;
  update_folding (self);
}

/**
 * kontor_field_list_set_keep_open:
 * @self: a list
 * @keep_open: whether all fields are open for editing
 */
void
kontor_field_list_set_keep_open (KontorFieldList *self, gboolean keep_open)
{
  if (self->keep_open == keep_open)
    return;
  self->keep_open = keep_open;
  self->show_empty = keep_open;
  for (guint i = 0; i < self->rows->len; i++)
    kontor_field_row_set_keep_open (g_ptr_array_index (self->rows, i), keep_open);
  update_folding (self);
}

/**
 * kontor_field_list_edit_field:
 * @self: a list
 * @field: (nullable): a field, or the first that can be edited
 *
 * Opens one field, and shows it if it was folded away.
 *
 * Returns: whether there was one
 */
gboolean
kontor_field_list_edit_field (KontorFieldList *self, const KontorFieldDef *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KontorFieldRow *row = g_ptr_array_index (self->rows, i);

      if ((field != NULL && kontor_field_row_get_field (row) != field) ||
          !kontor_field_row_is_editable (row))
        continue;
      gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
      kontor_field_row_edit (row);
      return TRUE;
    }
  return FALSE;
}
