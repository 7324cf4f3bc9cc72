/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handle, tick, dot, title over subtitle, menu. */
#include "config.h"

#include "kontor-order-row.h"

#include "kontor-compat.h"
#include <glib/gi18n.h>

struct _KontorOrderRow
{
  GtkWidget parent_instance;

  KontorOrderItem *item; /* owned (nullable) */
  GtkWidget *handle, *check, *dot, *title, *subtitle, *menu;
  GMenuModel *menu_model; /* owned (nullable) */
  gboolean binding;
};

enum
{
  SIGNAL_TOGGLED,
  SIGNAL_PRESSED,
  SIGNAL_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorOrderRow, kontor_order_row, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show (KontorOrderRow *self)
{
  KontorOrderItem *item = self->item;
  /* Translators: what a screen reader says of the menu of a row; %s is the row */
  g_autofree char *menu = g_strdup_printf (_("Menu of “%s”"), item->title);

  self->binding = TRUE;
  gtk_widget_set_visible (self->handle, !item->fixed);
  gtk_widget_set_visible (self->check, item->checkable);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), item->checked);
  kontor_color_dot_set_color (self->dot, item->color);
  gtk_label_set_text (GTK_LABEL (self->title), item->title);
  kontor_widget_set_tooltip (self->title,
                             g_utf8_strlen (item->title, 500) > 40 ? item->title : NULL);
  gtk_label_set_text (GTK_LABEL (self->subtitle), item->subtitle);
  gtk_widget_set_visible (self->subtitle, item->subtitle != NULL && *item->subtitle != '\0');
  gtk_widget_set_visible (self->menu, self->menu_model != NULL && !item->plain);
  set_class (self->title, "heading", item->heading);
  set_class (self->title, "dim-label", item->dim);
  set_class (GTK_WIDGET (self), "kontor-order-heading", item->heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->title,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  item->subtitle != NULL ? item->subtitle : "",
                                  -1);
  self->binding = FALSE;
}

static void
check_toggled_cb (KontorOrderRow *self)
{
  if (self->binding || self->item == NULL)
    return;
  self->item->checked = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

/* The menu is made when it is wanted: a list has many rows. */
static void
open_menu (GtkMenuButton *button, gpointer data)
{
  KontorOrderRow *self = data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->menu_model);
  g_signal_emit (self, signals[SIGNAL_PRESSED], 0);
}

/* --- Dragging --------------------------------------------------------------------------------- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, KontorOrderRow *self)
{
  if (self->item == NULL || self->item->fixed)
    return NULL;
  return gdk_content_provider_new_typed (KONTOR_TYPE_ORDER_ITEM, self->item);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, KontorOrderRow *self)
{
  g_autoptr(GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, icon, 12, gtk_widget_get_height (GTK_WIDGET (self)) / 2);
}

static void
show_place (KontorOrderRow *self, gboolean above, gboolean below)
{
  set_class (GTK_WIDGET (self), "kontor-drop-above", above);
  set_class (GTK_WIDGET (self), "kontor-drop-below", below);
}

static gboolean
is_below (KontorOrderRow *self, double y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2;
}

static GdkDragAction
drop_motion_cb (GtkDropTarget *target, double x, double y, KontorOrderRow *self)
{
  show_place (self, !is_below (self, y), is_below (self, y));
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (GtkDropTarget *target, KontorOrderRow *self)
{
  show_place (self, FALSE, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, KontorOrderRow *self)
{
  show_place (self, FALSE, FALSE);
  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, g_value_get_object (value), is_below (self, y));
  return TRUE;
}

static void
add_dragging (KontorOrderRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (KONTOR_TYPE_ORDER_ITEM, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_order_row_dispose (GObject *object)
{
  KontorOrderRow *self = KONTOR_ORDER_ROW (object);
  GtkWidget *child;

  kontor_order_row_unbind (self);
  g_clear_object (&self->menu_model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kontor_order_row_parent_class)->dispose (object);
}

static void
kontor_order_row_class_init (KontorOrderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_order_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "orderrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_TOGGLED] =
    g_signal_new ("toggled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PRESSED] =
    g_signal_new ("pressed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DROPPED] = g_signal_new ("dropped",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          KONTOR_TYPE_ORDER_ITEM,
                                          G_TYPE_BOOLEAN);
}

static GtkWidget *
create_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
kontor_order_row_init (KontorOrderRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_spacing (layout, 9);
  self->handle = g_object_new (GTK_TYPE_IMAGE,
                               "accessible-role",
                               GTK_ACCESSIBLE_ROLE_PRESENTATION,
                               "icon-name",
                               "list-drag-handle-symbolic",
                               NULL);
  gtk_widget_add_css_class (self->handle, "dim-label");
  self->check = gtk_check_button_new ();
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  self->dot = kontor_color_dot_new (NULL);
  self->title = create_label ();
  self->subtitle = create_label ();
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->subtitle);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), open_menu, self, NULL);
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
  gtk_widget_set_parent (self->dot, GTK_WIDGET (self));
  gtk_widget_set_parent (texts, GTK_WIDGET (self));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (check_toggled_cb), self);
  add_dragging (self);
}

/**
 * kontor_order_row_new:
 * @menu: (nullable): what can be done with a row
 *
 * Returns: (transfer full): a row without an item
 */
GtkWidget *
kontor_order_row_new (GMenuModel *menu)
{
  KontorOrderRow *self = g_object_new (KONTOR_TYPE_ORDER_ROW, NULL);

  g_set_object (&self->menu_model, menu);
  return GTK_WIDGET (self);
}

/**
 * kontor_order_row_bind:
 * @self: a row
 * @item: what to show
 */
void
kontor_order_row_bind (KontorOrderRow *self, KontorOrderItem *item)
{
  g_set_object (&self->item, item);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show), self);
  show (self);
}

/**
 * kontor_order_row_unbind:
 * @self: a row
 */
void
kontor_order_row_unbind (KontorOrderRow *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
}

/**
 * kontor_order_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
KontorOrderItem *
kontor_order_row_get_item (KontorOrderRow *self)
{
  return self->item;
}

/**
 * kontor_order_row_popup:
 * @self: a row
 *
 * Opens its menu.
 */
void
kontor_order_row_popup (KontorOrderRow *self)
{
  if (self->item != NULL && self->menu_model != NULL && !self->item->plain)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}
