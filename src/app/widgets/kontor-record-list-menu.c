/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The context menu of rows, by the secondary button, the Menu key and Shift+F10. */
#include "config.h"

#include "kontor-record-list-private.h"

#include <glib/gi18n.h>

static void
popup_at (KontorRecordList *self, GtkWidget *rows, double x, double y)
{
  graphene_point_t at = GRAPHENE_POINT_INIT ((float) x, (float) y);
  graphene_point_t there;

  if (!gtk_widget_compute_point (rows, GTK_WIDGET (self), &at, &there))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu),
                               &(const GdkRectangle){ (int) there.x, (int) there.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
}

/* What is clicked on is meant, unless it is one of many that are selected. */
static gboolean
select_clicked (KontorRecordList *self, GtkWidget *rows, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (rows, x, y, GTK_PICK_DEFAULT);
  KontorListRow *row = NULL;
  guint position;

  for (; widget != NULL && widget != rows && row == NULL; widget = gtk_widget_get_parent (widget))
    row = g_object_get_data (G_OBJECT (widget), KONTOR_ROW_OF_WIDGET);
  if (row != NULL &&
      kontor_list_model_find_rid (self->model, kontor_list_row_get_rid (row), &position) &&
      !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  return row != NULL;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, KontorRecordList *self)
{
  GtkWidget *rows = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  /* titles of columns have menus of their own */
  if (self->selection == NULL || !select_clicked (self, rows, x, y))
    return;
  popup_at (self, rows, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_key_cb (GtkWidget *rows, GVariant *args, gpointer data)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (data);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (rows));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 24, 24);

  if (self->selection == NULL || kontor_selection_get_n_selected (self->selection) == 0)
    return FALSE;
  if (focus != NULL && gtk_widget_is_ancestor (focus, rows) &&
      !gtk_widget_compute_bounds (focus, rows, &bounds))
    return FALSE;
  popup_at (self, rows, bounds.origin.x + 24, bounds.origin.y + bounds.size.height);
  return TRUE;
}

/* Gives the list or the table its context menu. */
void
kontor_record_list_add_row_menu (KontorRecordList *self, GtkWidget *rows)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (rows, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (
                                                            "Menu|<Shift>F10"),
                                                          gtk_callback_action_new (menu_key_cb,
                                                                                   self,
                                                                                   NULL)));
  gtk_widget_add_controller (rows, keys);
}

/* --- What is in it ---------------------------------------------------------------------------- */

static GMenuModel *
create_own_items (const KontorListSpec *spec)
{
  GMenu *section = g_menu_new ();

  for (const KontorListItem *item = spec->items; item->label != NULL; item++)
    {
      g_autoptr(GMenuItem) entry = g_menu_item_new (_(item->label), item->action);

      g_menu_item_set_attribute (entry, "hidden-when", "s", "action-disabled");
      g_menu_append_item (section, entry);
    }
  return G_MENU_MODEL (section);
}

static GMenuModel *
copy_section (GMenuModel *from, const KontorListSpec *spec)
{
  GMenu *section = g_menu_new ();

  for (int i = 0; i < g_menu_model_get_n_items (from); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new_from_model (from, i);
      const char *action = NULL;

      g_menu_item_get_attribute (item, G_MENU_ATTRIBUTE_ACTION, "&s", &action);
      if (spec->trash_label != NULL && g_strcmp0 (action, "records.trash") == 0)
        g_menu_item_set_label (item, _(spec->trash_label));
      g_menu_append_item (section, item);
    }
  return G_MENU_MODEL (section);
}

static void
name_trash_button (KontorRecordList *self)
{
  const char *own = self->spec->trash_name;
  const char *label = own != NULL ? _(own) : _("Move to trash");
  /* Translators: tooltip of a button with its key: "Move number to trash (Delete)" */
  g_autofree char *tooltip = own != NULL ? g_strdup_printf (_("%s (Delete)"), label)
                                         : g_strdup (_("Move to trash (Delete)"));

  gtk_widget_set_tooltip_text (self->trash_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->trash_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

/* What the view has of its own, then what all of them have. */
void
kontor_record_list_build_row_menu (KontorRecordList *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  if (self->usual_items == NULL)
    self->usual_items = g_object_ref (gtk_popover_menu_get_menu_model (self->row_menu));
  if (self->spec->items != NULL)
    {
      g_autoptr(GMenuModel) own = create_own_items (self->spec);

      g_menu_append_section (menu, NULL, own);
    }
  for (int i = 0; i < g_menu_model_get_n_items (self->usual_items); i++)
    {
      g_autoptr(GMenuModel) from =
        g_menu_model_get_item_link (self->usual_items, i, G_MENU_LINK_SECTION);
      g_autoptr(GMenuModel) section = copy_section (from, self->spec);

      g_menu_append_section (menu, NULL, section);
    }
  gtk_popover_menu_set_menu_model (self->row_menu, G_MENU_MODEL (menu));
  name_trash_button (self);
}
