/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of the rows: what is done with the selected ones, by right click, Menu or Shift+F10. */
#include "config.h"

#include "kontor-record-list-private.h"

#include <glib/gi18n.h>

/* What is for the trash, or for the rest, is not shown elsewhere. */
static void
append_where_possible (GMenu *menu, const char *label, const char *action)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_model (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) clipboard = g_menu_new ();
  g_autoptr(GMenu) change = g_menu_new ();
  g_autoptr(GMenu) end = g_menu_new ();

  g_menu_append (clipboard, _("_Copy"), "records.copy");
  g_menu_append (clipboard, _("_Paste"), "win.paste");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clipboard));
  g_menu_append (change, _("_Change…"), "records.change");
  g_menu_append (change, _("_Tag…"), "records.tag");
  g_menu_append (change, _("_Assign…"), "records.assign");
  g_menu_append (change, _("_Export…"), "records.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  append_where_possible (end, _("_Restore"), "records.restore");
  append_where_possible (end, _("Move to t_rash"), "records.trash");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

static void
popup_at (KontorRecordList *self, double x, double y)
{
  const GdkRectangle place = { (int) x, (int) y, 1, 1 };

  if (self->row_menu == NULL)
    {
      g_autoptr(GMenuModel) model = create_model ();

      self->row_menu = GTK_POPOVER (gtk_popover_menu_new_from_model (model));
      gtk_popover_set_has_arrow (self->row_menu, FALSE);
      gtk_widget_set_halign (GTK_WIDGET (self->row_menu), GTK_ALIGN_START);
      gtk_widget_set_parent (GTK_WIDGET (self->row_menu), GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (self->row_menu, &place);
  gtk_popover_popup (self->row_menu);
}

/* The row under the pointer is meant, alone unless it is one of the selected. */
static void
select_under (GtkWidget *picked, GtkWidget *rows)
{
  for (GtkWidget *at = picked; at != NULL && at != rows; at = gtk_widget_get_parent (at))
    if ((gtk_widget_get_state_flags (at) & GTK_STATE_FLAG_SELECTED) != 0)
      return;
  if (picked != NULL)
    gtk_widget_activate_action (picked, "listitem.select", "(bb)", FALSE, FALSE);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, KontorRecordList *self)
{
  GtkWidget *rows = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  graphene_point_t in_list;

  select_under (gtk_widget_pick (rows, x, y, GTK_PICK_DEFAULT), rows);
  if (kontor_selection_get_n_selected (self->selection) == 0 ||
      !gtk_widget_compute_point (rows,
                                 GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                 &in_list))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, in_list.x, in_list.y);
}

static gboolean
key_cb (GtkWidget *rows, GVariant *arguments, gpointer data)
{
  KontorRecordList *self =
    KONTOR_RECORD_LIST (gtk_widget_get_ancestor (rows, KONTOR_TYPE_RECORD_LIST));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (rows));
  graphene_rect_t bounds;

  if (kontor_selection_get_n_selected (self->selection) == 0 || focus == NULL ||
      !gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return FALSE;
  popup_at (self, bounds.origin.x + 48, bounds.origin.y + bounds.size.height / 2);
  return TRUE;
}

/**
 * kontor_record_list_add_row_menu:
 * @self: a list pane
 * @rows: its list or table
 *
 * Gives the rows their menu.
 */
void
kontor_record_list_add_row_menu (KontorRecordList *self, GtkWidget *rows)
{
  static const guint keys[] = { GDK_KEY_Menu, GDK_KEY_F10 };
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (rows, GTK_EVENT_CONTROLLER (click));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i],
                                                keys[i] == GDK_KEY_F10 ? GDK_SHIFT_MASK : 0),
                        gtk_callback_action_new (key_cb, NULL, NULL)));
  gtk_widget_add_controller (rows, controller);
}
