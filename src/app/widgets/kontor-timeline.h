/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline of a record: notes, calls, tasks and changes, and where a note is written. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TIMELINE_PAGE 50

#define KONTOR_TYPE_TIMELINE (kontor_timeline_get_type ())
G_DECLARE_FINAL_TYPE (KontorTimeline, kontor_timeline, KONTOR, TIMELINE, GtkWidget)

void kontor_timeline_set_session (KontorTimeline *self, KontorSession *session);
void kontor_timeline_set_record (KontorTimeline *self, KontorRecord *record);
void kontor_timeline_focus_composer (KontorTimeline *self);
void kontor_timeline_log_text (KontorTimeline *self, const char *text);

G_END_DECLS
