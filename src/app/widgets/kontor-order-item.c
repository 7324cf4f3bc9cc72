/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a list people put in order. */
#include "config.h"

#include "kontor-order-item.h"

#include "kontor-compat.h"
#include <string.h>

enum
{
  SIGNAL_CHANGED,
  N_ITEM_SIGNALS
};

static guint item_signals[N_ITEM_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorOrderItem, kontor_order_item, G_TYPE_OBJECT)

static void
kontor_order_item_finalize (GObject *object)
{
  KontorOrderItem *self = KONTOR_ORDER_ITEM (object);

  g_free (self->key);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->color);
  G_OBJECT_CLASS (kontor_order_item_parent_class)->finalize (object);
}

static void
kontor_order_item_class_init (KontorOrderItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_order_item_finalize;
  item_signals[SIGNAL_CHANGED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "changed");
}

static void
kontor_order_item_init (KontorOrderItem *self)
{
}

/**
 * kontor_order_item_new:
 * @key: tells it from the others of its list
 * @title: what it is
 * @subtitle: (nullable): more about it
 *
 * Returns: (transfer full): an item
 */
KontorOrderItem *
kontor_order_item_new (const char *key, const char *title, const char *subtitle)
{
  KontorOrderItem *self = g_object_new (KONTOR_TYPE_ORDER_ITEM, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  return self;
}

/**
 * kontor_order_item_update:
 * @self: an item
 * @from: what it is to be
 *
 * Takes everything but the key from another one. The object stays, so that its row does.
 */
void
kontor_order_item_update (KontorOrderItem *self, KontorOrderItem *from)
{
  if (g_strcmp0 (self->title, from->title) == 0 &&
      g_strcmp0 (self->subtitle, from->subtitle) == 0 &&
      g_strcmp0 (self->color, from->color) == 0 && self->heading == from->heading &&
      self->fixed == from->fixed && self->passable == from->passable &&
      self->plain == from->plain && self->checkable == from->checkable &&
      self->checked == from->checked && self->dim == from->dim)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->color);
  self->title = g_strdup (from->title);
  self->subtitle = g_strdup (from->subtitle);
  self->color = g_strdup (from->color);
  self->heading = from->heading;
  self->fixed = from->fixed;
  self->passable = from->passable;
  self->plain = from->plain;
  self->checkable = from->checkable;
  self->checked = from->checked;
  self->dim = from->dim;
  g_signal_emit (self, item_signals[SIGNAL_CHANGED], 0);
}
