/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a timeline: a day, an entry, or what one step changed. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_TIMELINE_DAY,
  KONTOR_TIMELINE_ENTRY,
  KONTOR_TIMELINE_CHANGE,
  KONTOR_TIMELINE_MORE, /* there is more that is not loaded */
} KontorTimelineKind;

#define KONTOR_TYPE_TIMELINE_ITEM (kontor_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (KontorTimelineItem, kontor_timeline_item, KONTOR, TIMELINE_ITEM, GObject)

struct _KontorTimelineItem
{
  GObject parent_instance;

  KontorTimelineKind kind;
  gint64 at; /* ms */
  char *title;
  char *who;
  char *with; /* (nullable): whose entry it is, beside the record of the timeline */
  char *text;
  KontorRecord *activity; /* owned (nullable): of an ENTRY */
  GPtrArray *attachments; /* owned (nullable) (element-type KontorRecord): of an ENTRY */
  KontorId step;          /* of a CHANGE */
  GPtrArray *history;     /* owned (element-type KontorHistoryEntry): of a CHANGE, its log */
  guint first, last;      /* of a CHANGE: its entries there, without the last */
};

GPtrArray *kontor_timeline_build (KontorSession *session,
                                  KontorTimelineData *data,
                                  GPtrArray *history,
                                  guint limit);
gboolean kontor_timeline_is_plan (KontorRecord *activity);
gboolean kontor_timeline_is_open (KontorRecord *activity);
gboolean kontor_timeline_item_can_restore (KontorTimelineItem *self);
KontorStep *kontor_timeline_item_restore (KontorTimelineItem *self);
gboolean kontor_timeline_item_equal (KontorTimelineItem *a, KontorTimelineItem *b);

G_END_DECLS
