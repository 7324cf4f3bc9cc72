/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a list people put in order. */
#pragma once

#include "kontor-order-list.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_ORDER_ROW (kontor_order_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorOrderRow, kontor_order_row, KONTOR, ORDER_ROW, GtkWidget)

/* Signals:
 *   "toggled" ()                                 its tick was set or taken away
 *   "pressed" ()                                 its menu was asked for
 *   "dropped" (KontorOrderItem *, gboolean below)  an item was dropped on it */

GtkWidget *kontor_order_row_new (GMenuModel *menu);
void kontor_order_row_bind (KontorOrderRow *self, KontorOrderItem *item);
void kontor_order_row_unbind (KontorOrderRow *self);
KontorOrderItem *kontor_order_row_get_item (KontorOrderRow *self);
void kontor_order_row_popup (KontorOrderRow *self);

G_END_DECLS
