/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter builder: conditions, groups in groups, and groups on related records. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FILTER_GROUP (kontor_filter_group_get_type ())
G_DECLARE_FINAL_TYPE (KontorFilterGroup, kontor_filter_group, KONTOR, FILTER_GROUP, GtkWidget)

/* Signals:
 *   "changed" ()   another filter is meant now
 *   "removed" ()   the person wants it away */

GtkWidget *kontor_filter_group_new (KontorSession *session, const KontorRecordType *type);
void kontor_filter_group_set_filter (KontorFilterGroup *self, const KontorFilter *filter);
KontorFilter *kontor_filter_group_dup_filter (KontorFilterGroup *self);

G_END_DECLS
