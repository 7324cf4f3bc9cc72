/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record in a list of two lines. */
#pragma once

#include "kontor-list-model.h"
#include "kontor-list-spec.h"
#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_RECORD_ROW (kontor_record_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorRecordRow, kontor_record_row, KONTOR, RECORD_ROW, GtkWidget)

GtkWidget *kontor_record_row_new (KontorSession *session);
void kontor_record_row_bind (KontorRecordRow *self, const KontorListSpec *spec, KontorListRow *row);
void kontor_record_row_unbind (KontorRecordRow *self);
void kontor_record_row_show_stray (GtkWidget *widget, KontorListRow *row);

G_END_DECLS
