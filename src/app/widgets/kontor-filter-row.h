/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One condition of the filter builder: a field, a verb, a value. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FILTER_ROW (kontor_filter_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorFilterRow, kontor_filter_row, KONTOR, FILTER_ROW, GtkWidget)

/* Signals:
 *   "changed" ()   another condition is meant now
 *   "removed" ()   the person wants it away */

GtkWidget *kontor_filter_row_new (KontorSession *session, const KontorRecordType *type);
void kontor_filter_row_set_filter (KontorFilterRow *self, const KontorFilter *filter);
KontorFilter *kontor_filter_row_dup_filter (KontorFilterRow *self);

G_END_DECLS
