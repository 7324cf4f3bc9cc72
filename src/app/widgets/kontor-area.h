/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window knows of an area. Areas know nothing of the window, or of each other: they
 * activate its actions. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_AREA (kontor_area_get_type ())
G_DECLARE_INTERFACE (KontorArea, kontor_area, KONTOR, AREA, GtkWidget)

/**
 * KontorAreaInterface:
 * @can_open: whether it has a page for records of a type
 * @open_record: shows a record
 * @get_current: (nullable): the record it shows; %FALSE without one
 * @set_view: (nullable): shows its view number n, from 0
 * @search: (nullable): moves the focus to its search field
 * @go_back: (nullable): from the page to the list where only one is seen; whether there was a way
 * @step: (nullable): the next (1) or previous (-1) record of its list
 * @activate: (nullable): activates an action of its page or list, such as "page.log"
 * @set_can_go_back: (nullable): told whether the window has anything to go back to
 * @get_panes: (nullable): its panes that are in sight, in reading order, at most
 *   %KONTOR_AREA_MOST_PANES; returns how many
 *
 * Signals: "place-changed" () another record, view or pane is seen now
 */
struct _KontorAreaInterface
{
  GTypeInterface parent;

  gboolean (*can_open) (KontorArea *self, const KontorRecordType *type);
  void (*open_record) (KontorArea *self, const KontorRecordType *type, const KontorId *id);
  gboolean (*get_current) (KontorArea *self, const KontorRecordType **type, KontorId *id);
  void (*set_view) (KontorArea *self, guint n);
  void (*search) (KontorArea *self);
  gboolean (*go_back) (KontorArea *self);
  gboolean (*step) (KontorArea *self, int by);
  gboolean (*activate) (KontorArea *self, const char *action);
  void (*set_can_go_back) (KontorArea *self, gboolean can_go_back);
  guint (*get_panes) (KontorArea *self, GtkWidget **panes);
};

#define KONTOR_AREA_MOST_PANES 4

gboolean kontor_area_can_open (KontorArea *self, const KontorRecordType *type);
void kontor_area_open_record (KontorArea *self, const KontorRecordType *type, const KontorId *id);
gboolean kontor_area_get_current (KontorArea *self, const KontorRecordType **type, KontorId *id);
void kontor_area_set_view (KontorArea *self, guint n);
void kontor_area_search (KontorArea *self);
gboolean kontor_area_go_back (KontorArea *self);
gboolean kontor_area_step (KontorArea *self, int by);
gboolean kontor_area_activate (KontorArea *self, const char *action);
void kontor_area_set_can_go_back (KontorArea *self, gboolean can_go_back);
guint kontor_area_get_panes (KontorArea *self, GtkWidget **panes);
void kontor_area_place_changed (KontorArea *self);

G_END_DECLS
