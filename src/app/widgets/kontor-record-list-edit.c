/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing row by row in the table: which row the editor is over, and which is the next. */
#include "config.h"

#include "kontor-record-list-private.h"

#include "kontor-row-editor.h"

static void edit_position (KontorRecordList *self, guint position);

static void
close_editor (KontorRecordList *self)
{
  if (self->row_editor == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self->row_editor));
}

/* After the last row there is nothing to go on with. */
static void
stepped_cb (KontorRowEditor *editor, int by, KontorRecordList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint position;

  if (!kontor_list_model_find_rid (self->model, self->next_rid[by > 0], &position) || position >= n)
    close_editor (self);
  else
    edit_position (self, position);
}

/* When the popover is gone the table has the focus again; the person may have clicked elsewhere. */
static void
closed_cb (KontorRecordList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || gtk_widget_is_ancestor (focus, self->row_editor))
    gtk_widget_grab_focus (GTK_WIDGET (self->table_view));
}

/* The columns may have changed since it was last shown. */
static gboolean
create_editor (KontorRecordList *self)
{
  g_autoptr(GPtrArray) fields = kontor_record_table_get_fields (self->table_view);
  GtkWidget *editor = kontor_row_editor_new (self->session);

  g_clear_pointer (&self->row_editor, gtk_widget_unparent);
  if (!kontor_row_editor_set_fields (KONTOR_ROW_EDITOR (editor), fields))
    {
      g_object_ref_sink (editor);
      g_object_unref (editor);
      return FALSE;
    }
  self->row_editor = editor;
  gtk_widget_set_parent (editor, GTK_WIDGET (self->table_view));
  g_signal_connect_object (editor, "step", G_CALLBACK (stepped_cb), self, 0);
  g_signal_connect_object (editor, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  return TRUE;
}

/* A row that was out of view has its place only when the table has been laid out again. */
static gboolean
point_cb (gpointer data)
{
  KontorRecordList *self = data;
  guint position = kontor_selection_get_first (self->selection);
  GdkRectangle place;

  self->point_idle = 0;
  if (self->row_editor == NULL || position == GTK_INVALID_LIST_POSITION)
    return G_SOURCE_REMOVE;
  if (kontor_record_table_get_row_place (self->table_view,
                                         kontor_list_model_get_rid (self->model, position),
                                         &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->row_editor), &place);
  gtk_popover_popup (GTK_POPOVER (self->row_editor));
  return G_SOURCE_REMOVE;
}

/* Where to go on from here is settled before an edit moves the row. */
static void
edit_position (KontorRecordList *self, guint position)
{
  g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (row == NULL)
    return;
  self->next_rid[0] = position > 0 ? kontor_list_model_get_rid (self->model, position - 1) : 0;
  self->next_rid[1] = position + 1 < n ? kontor_list_model_get_rid (self->model, position + 1) : 0;
  kontor_record_list_select_position (self, position);
  kontor_row_editor_edit (KONTOR_ROW_EDITOR (self->row_editor), row);
  if (self->point_idle == 0)
    self->point_idle = g_timeout_add (16, point_cb, self);
}

static void
edit_row_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  guint position = kontor_selection_get_first (self->selection);

  if (self->is_table && position != GTK_INVALID_LIST_POSITION && create_editor (self))
    edit_position (self, position);
}

static void
edit_row_cb (KontorRecordTable *table, gint64 rid, KontorRecordList *self)
{
  guint position;

  if (!kontor_list_model_find_rid (self->model, rid, &position))
    return;
  kontor_record_list_select_position (self, position);
  gtk_widget_activate_action (GTK_WIDGET (self), "records.edit-row", NULL);
}

/* Installs what edits the selected row of the table. */
void
kontor_record_list_install_edit (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "records.edit-row", NULL, edit_row_activated);
}

/* Listens to the pencils of the rows. */
void
kontor_record_list_watch_pencils (KontorRecordList *self)
{
  g_signal_connect (self->table_view, "edit-row", G_CALLBACK (edit_row_cb), self);
}
