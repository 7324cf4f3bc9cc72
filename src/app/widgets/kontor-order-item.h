/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a list people put in order. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ORDER_ITEM (kontor_order_item_get_type ())
G_DECLARE_FINAL_TYPE (KontorOrderItem, kontor_order_item, KONTOR, ORDER_ITEM, GObject)

/* What a row shows. Filled in by its owner before it is given to a list. */
struct _KontorOrderItem
{
  GObject parent_instance;

  char *key; /* tells items apart when others are shown */
  char *title;
  char *subtitle;    /* (nullable) */
  char *color;       /* (nullable): one of kontor_color_names */
  gboolean heading;  /* of those below it */
  gboolean fixed;    /* stays where it is */
  gboolean passable; /* fixed, but others may go past it */
  gboolean plain;    /* has no menu and can't be opened */
  gboolean checkable, checked;
  gboolean dim;
};

KontorOrderItem *kontor_order_item_new (const char *key, const char *title, const char *subtitle);
void kontor_order_item_update (KontorOrderItem *self, KontorOrderItem *from);

/* Signals:
 *   "changed"   what a row shows is something else */

G_END_DECLS
