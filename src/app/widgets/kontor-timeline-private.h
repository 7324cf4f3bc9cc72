/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorTimeline share. */
#pragma once

#include "kontor-composer.h"
#include "kontor-timeline.h"

G_BEGIN_DECLS

struct _KontorTimeline
{
  GtkWidget parent_instance;

  /* template */
  KontorComposer *composer;
  GtkWidget *composer_clamp;
  GtkMenuButton *kinds_button;
  GtkBox *kinds_box;
  GtkMenuButton *scope_button;
  GtkToggleButton *search_button;
  GtkRevealer *search_revealer;
  GtkEditable *search_entry;
  GtkLabel *count;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  KontorTimelineData *data; /* (nullable): the entries as they were last read */
  GPtrArray *history;       /* (nullable) (element-type KontorHistoryEntry): the changes */
  GListStore *rows;
  GCancellable *cancellable;

  /* what is shown */
  guint kinds; /* as KontorTimelineFilter has them */
  gboolean shows_changes;
  KontorTimelineScope scope; /* of organisations */
  guint limit;
  gboolean more; /* there is what is not loaded */
  gboolean settling;
};

/* kontor-timeline.c */
void kontor_timeline_load (KontorTimeline *self);

/* kontor-timeline-filter.c */
void kontor_timeline_bind_filter (GtkWidgetClass *klass);
void kontor_timeline_set_up_filter (KontorTimeline *self);
void kontor_timeline_get_filter (KontorTimeline *self, KontorTimelineFilter *filter);
gboolean kontor_timeline_is_filtered (KontorTimeline *self);
gboolean kontor_timeline_history_matches (KontorTimeline *self, const char *text);
void kontor_timeline_show_filter (KontorTimeline *self);

G_END_DECLS
