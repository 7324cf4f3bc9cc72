/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface of areas. */
#include "config.h"

#include "kontor-area.h"

enum
{
  SIGNAL_PLACE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (KontorArea, kontor_area, GTK_TYPE_WIDGET)

static void
kontor_area_default_init (KontorAreaInterface *iface)
{
  signals[SIGNAL_PLACE_CHANGED] = g_signal_new ("place-changed",
                                                KONTOR_TYPE_AREA,
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                0);
}

/**
 * kontor_area_can_open:
 * @self: an area
 * @type: a record type
 *
 * Returns: whether the area has a page for records of @type
 */
gboolean
kontor_area_can_open (KontorArea *self, const KontorRecordType *type)
{
  return KONTOR_AREA_GET_IFACE (self)->can_open (self, type);
}

/**
 * kontor_area_open_record:
 * @self: an area
 * @type: type of a record it has a page for
 * @id: which
 */
void
kontor_area_open_record (KontorArea *self, const KontorRecordType *type, const KontorId *id)
{
  KONTOR_AREA_GET_IFACE (self)->open_record (self, type, id);
}

/**
 * kontor_area_get_current:
 * @self: an area
 * @type: (out): type of the record it shows
 * @id: (out): which
 *
 * Returns: whether it shows one
 */
gboolean
kontor_area_get_current (KontorArea *self, const KontorRecordType **type, KontorId *id)
{
  KontorAreaInterface *iface = KONTOR_AREA_GET_IFACE (self);

  return iface->get_current != NULL && iface->get_current (self, type, id);
}

/**
 * kontor_area_set_view:
 * @self: an area
 * @n: number of a view, from 0; others are ignored
 */
void
kontor_area_set_view (KontorArea *self, guint n)
{
  if (KONTOR_AREA_GET_IFACE (self)->set_view != NULL)
    KONTOR_AREA_GET_IFACE (self)->set_view (self, n);
}

/**
 * kontor_area_search:
 * @self: an area
 *
 * Moves the focus to its search field.
 */
void
kontor_area_search (KontorArea *self)
{
  if (KONTOR_AREA_GET_IFACE (self)->search != NULL)
    KONTOR_AREA_GET_IFACE (self)->search (self);
}

/**
 * kontor_area_go_back:
 * @self: an area
 *
 * Returns: whether it went from its page to its list
 */
gboolean
kontor_area_go_back (KontorArea *self)
{
  return KONTOR_AREA_GET_IFACE (self)->go_back != NULL &&
         KONTOR_AREA_GET_IFACE (self)->go_back (self);
}

/**
 * kontor_area_step:
 * @self: an area
 * @by: 1 for the next record of its list, -1 for the previous one
 *
 * Returns: whether there was one
 */
gboolean
kontor_area_step (KontorArea *self, int by)
{
  return KONTOR_AREA_GET_IFACE (self)->step != NULL &&
         KONTOR_AREA_GET_IFACE (self)->step (self, by);
}

/**
 * kontor_area_activate:
 * @self: an area
 * @action: name of an action of its page or list
 *
 * Returns: whether there was such an action, and it could be done
 */
gboolean
kontor_area_activate (KontorArea *self, const char *action)
{
  return KONTOR_AREA_GET_IFACE (self)->activate != NULL &&
         KONTOR_AREA_GET_IFACE (self)->activate (self, action);
}

/**
 * kontor_area_set_can_go_back:
 * @self: an area
 * @can_go_back: whether the window has anything to go back to
 */
void
kontor_area_set_can_go_back (KontorArea *self, gboolean can_go_back)
{
  if (KONTOR_AREA_GET_IFACE (self)->set_can_go_back != NULL)
    KONTOR_AREA_GET_IFACE (self)->set_can_go_back (self, can_go_back);
}

/**
 * kontor_area_get_panes:
 * @self: an area
 * @panes: (out caller-allocates): room for %KONTOR_AREA_MOST_PANES widgets
 *
 * Returns: how many panes are in sight
 */
guint
kontor_area_get_panes (KontorArea *self, GtkWidget **panes)
{
  return KONTOR_AREA_GET_IFACE (self)->get_panes != NULL
           ? KONTOR_AREA_GET_IFACE (self)->get_panes (self, panes)
           : 0;
}

/**
 * kontor_area_place_changed:
 * @self: an area
 *
 * Has "place-changed" emitted.
 */
void
kontor_area_place_changed (KontorArea *self)
{
  g_signal_emit (self, signals[SIGNAL_PLACE_CHANGED], 0);
}
