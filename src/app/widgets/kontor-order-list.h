/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list people put in order: by Alt+Up and Alt+Down, by dragging, by the menu of a row. Rows may
 * be ticked, and headings stand among them. Thousands of rows are no more work than twenty. */
#pragma once

#include "kontor-order-item.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ORDER_LIST (kontor_order_list_get_type ())
G_DECLARE_FINAL_TYPE (KontorOrderList, kontor_order_list, KONTOR, ORDER_LIST, GtkWidget)

/* Signals:
 *   "open-item" (KontorOrderItem *)    Enter, a double click, "Edit" of its menu
 *   "remove-item" (KontorOrderItem *)  Delete, "Remove" of its menu
 *   "toggled" (KontorOrderItem *)      its tick was set or taken away by the person
 *   "moved" (KontorOrderItem *)        the person put it elsewhere
 *
 * Actions for the menu of rows, about the selected one: order.open, order.remove, order.up,
 * order.down. */

void kontor_order_list_set_items (KontorOrderList *self, GPtrArray *items);
GListModel *kontor_order_list_get_items (KontorOrderList *self);
KontorOrderItem *kontor_order_list_get_selected (KontorOrderList *self);
void kontor_order_list_select (KontorOrderList *self, const char *key);
void kontor_order_list_move (KontorOrderList *self, KontorOrderItem *item, guint position);
void kontor_order_list_set_menu (KontorOrderList *self, GMenuModel *menu);
void kontor_order_list_set_label (KontorOrderList *self, const char *label);
void kontor_order_list_set_search (KontorOrderList *self, const char *text);

/* Names of colours of the palette, as records keep them; ends with NULL. */
extern const char *const kontor_color_names[];
const char *kontor_color_label (const char *name);
GtkWidget *kontor_color_dot_new (const char *name);
void kontor_color_dot_set_color (GtkWidget *dot, const char *name);

G_END_DECLS
