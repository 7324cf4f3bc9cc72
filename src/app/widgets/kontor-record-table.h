/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as a table: a column a field, sorted by its header, columns chosen and kept. */
#pragma once

#include "kontor-list-spec.h"
#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_RECORD_TABLE (kontor_record_table_get_type ())
G_DECLARE_FINAL_TYPE (KontorRecordTable, kontor_record_table, KONTOR, RECORD_TABLE, GtkWidget)

/* Signals:
 *   "sort-changed" ()      the person chose another sort
 *   "activate" (guint)     a row was opened
 *   "edit-row" (gint64)    the pencil of a row was pressed; its row id */

/* Under this name a widget that shows a row has its KontorListRow. */
#define KONTOR_ROW_OF_WIDGET "kontor-row"

void kontor_record_table_set_session (KontorRecordTable *self, KontorSession *session);
void kontor_record_table_set_spec (KontorRecordTable *self, const KontorListSpec *spec);
void kontor_record_table_set_model (KontorRecordTable *self, GtkSelectionModel *model);
void kontor_record_table_set_sort (KontorRecordTable *self,
                                   const KontorFieldDef *field,
                                   gboolean descending);
const KontorFieldDef *kontor_record_table_get_sort (KontorRecordTable *self, gboolean *descending);
GPtrArray *kontor_record_table_get_fields (KontorRecordTable *self);
gboolean
kontor_record_table_get_row_place (KontorRecordTable *self, gint64 rid, GdkRectangle *place);
void kontor_record_table_scroll_to (KontorRecordTable *self, guint position);

G_END_DECLS
