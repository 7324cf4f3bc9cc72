/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a timeline, and what can be done with an entry. */
#pragma once

#include "kontor-session.h"
#include "kontor-timeline-item.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_TIMELINE_ROW (kontor_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorTimelineRow, kontor_timeline_row, KONTOR, TIMELINE_ROW, GtkWidget)

GtkWidget *kontor_timeline_row_new (KontorSession *session);
void kontor_timeline_row_set_item (KontorTimelineRow *self, KontorTimelineItem *item);
KontorTimelineRow *kontor_timeline_row_find (GtkWidget *widget);
KontorRecord *kontor_timeline_row_get_entry (KontorTimelineRow *self);
const char *kontor_timeline_row_get_title (KontorTimelineRow *self);

G_END_DECLS
