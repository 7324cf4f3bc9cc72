/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menus of a table's headers: sort by the column, hide it, choose those that are shown. */
#include "config.h"

#include "kontor-record-table-private.h"

#include "kontor-field-text.h"
#include <glib/gi18n.h>

/* Names of actions know no "_". */
static char *
dup_action_name (const KontorFieldDef *field)
{
  return g_strdelimit (g_strdup (field->name), "_", '-');
}

static void
show_column (KontorRecordTable *self, KontorTableColumn *column, gboolean visible)
{
  g_autofree char *name = dup_action_name (column->field);

  g_action_group_change_action_state (G_ACTION_GROUP (self->actions),
                                      name,
                                      g_variant_new_boolean (visible));
}

static void
column_toggled_cb (GSimpleAction *action, GVariant *state, KontorRecordTable *self)
{
  KontorTableColumn *column = g_object_get_data (G_OBJECT (action), "column");

  g_simple_action_set_state (action, state);
  column->shown = g_variant_get_boolean (state);
  self->settling = TRUE;
  if (column->shown)
    gtk_column_view_append_column (self->view, column->column);
  else
    gtk_column_view_remove_column (self->view, column->column);
  self->settling = FALSE;
  kontor_record_table_save_columns (self);
}

static void
hide_cb (GSimpleAction *action, GVariant *name, KontorRecordTable *self)
{
  KontorTableColumn *column =
    kontor_record_table_find_column (self, g_variant_get_string (name, NULL));

  if (column != NULL)
    show_column (self, column, FALSE);
}

static void
sort_by_name (KontorRecordTable *self, GVariant *name, gboolean descending)
{
  KontorTableColumn *column =
    kontor_record_table_find_column (self, g_variant_get_string (name, NULL));

  if (column == NULL)
    return;
  kontor_record_table_sort_by (self, column, descending);
}

static void
ascending_cb (GSimpleAction *action, GVariant *name, KontorRecordTable *self)
{
  sort_by_name (self, name, FALSE);
}

static void
descending_cb (GSimpleAction *action, GVariant *name, KontorRecordTable *self)
{
  sort_by_name (self, name, TRUE);
}

/* Dragging a header does the same. */
static void
move_by_name (KontorRecordTable *self, GVariant *name, int by)
{
  KontorTableColumn *column =
    kontor_record_table_find_column (self, g_variant_get_string (name, NULL));
  GListModel *order = gtk_column_view_get_columns (self->view);
  int n = (int) g_list_model_get_n_items (order);

  for (int i = 0; column != NULL && i < n; i++)
    {
      g_autoptr(GtkColumnViewColumn) at = g_list_model_get_item (order, (guint) i);

      if (at != column->column)
        continue;
      self->settling = TRUE;
      gtk_column_view_insert_column (self->view, (guint) CLAMP (i + by, 0, n - 1), at);
      self->settling = FALSE;
      break;
    }
  kontor_record_table_save_columns (self);
}

static void
left_cb (GSimpleAction *action, GVariant *name, KontorRecordTable *self)
{
  move_by_name (self, name, -1);
}

static void
right_cb (GSimpleAction *action, GVariant *name, KontorRecordTable *self)
{
  move_by_name (self, name, 1);
}

/* One toggle a column, all in one group: "column.city". Names of fields never begin with "-". */
void
kontor_record_table_create_actions (KontorRecordTable *self)
{
  static const struct
  {
    const char *name;
    void (*activate) (GSimpleAction *, GVariant *, KontorRecordTable *);
  } verbs[] = {
    { "-hide", hide_cb }, { "-ascending", ascending_cb }, { "-descending", descending_cb },
    { "-left", left_cb }, { "-right", right_cb },
  };

  g_clear_object (&self->actions);
  self->actions = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (verbs[i].name, G_VARIANT_TYPE_STRING);

      g_signal_connect (action, "activate", G_CALLBACK (verbs[i].activate), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);
      g_autofree char *name = dup_action_name (column->field);
      g_autoptr(GSimpleAction) action =
        g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (column->shown));

      /* without a name nobody would know what a row is */
      g_simple_action_set_enabled (action, column->least_width == 0);
      g_object_set_data (G_OBJECT (action), "column", column);
      g_signal_connect (action, "change-state", G_CALLBACK (column_toggled_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "column", G_ACTION_GROUP (self->actions));
}

static GMenuModel *
create_choice_menu (KontorRecordTable *self)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);
      g_autofree char *name = dup_action_name (column->field);
      g_autofree char *action = g_strconcat ("column.", name, NULL);
      g_autofree char *label = column->title != NULL ? g_strdup (_(column->title))
                                                     : kontor_field_text_menu (column->field);

      g_menu_append (menu, label, action);
    }
  return G_MENU_MODEL (menu);
}

static void
append_verb (GMenu *menu, const char *label, const char *verb, const char *field)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, verb, "s", field);
  g_menu_append_item (menu, item);
}

void
kontor_record_table_create_menus (KontorRecordTable *self)
{
  g_autoptr(GMenuModel) choice = create_choice_menu (self);

  for (guint i = 0; i < self->columns->len; i++)
    {
      KontorTableColumn *column = g_ptr_array_index (self->columns, i);
      const char *name = column->field->name;
      g_autoptr(GMenu) menu = g_menu_new ();
      g_autoptr(GMenu) verbs = g_menu_new ();
      g_autoptr(GMenu) columns = g_menu_new ();

      if (kontor_table_column_can_sort (column))
        {
          append_verb (verbs, _("Sort _ascending"), "column.-ascending", name);
          append_verb (verbs, _("Sort _descending"), "column.-descending", name);
        }
      if (column->least_width == 0)
        append_verb (verbs, _("_Hide this column"), "column.-hide", name);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (verbs));
      append_verb (columns, _("Move to the _left"), "column.-left", name);
      append_verb (columns, _("Move to the _right"), "column.-right", name);
      g_menu_append_submenu (columns, _("_Columns"), choice);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));
      gtk_column_view_column_set_header_menu (column->column, G_MENU_MODEL (menu));
    }
}
