/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorListModel: a GListModel over the answer to a query, of any size (design 6, style 4.4).
 * Items are KontorListRow: there at once, their record a moment later. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_LIST_ROW (kontor_list_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorListRow, kontor_list_row, KONTOR, LIST_ROW, GObject)

gint64 kontor_list_row_get_rid (KontorListRow *self);
KontorRecord *
kontor_list_row_get_record (KontorListRow *self); /* NULL while loading; property "record" */
gboolean
kontor_list_row_is_stray (KontorListRow *self); /* kept, but not in the filter; property "stray" */

#define KONTOR_TYPE_LIST_MODEL (kontor_list_model_get_type ())
G_DECLARE_FINAL_TYPE (KontorListModel, kontor_list_model, KONTOR, LIST_MODEL, GObject)

KontorListModel *kontor_list_model_new (KontorWorkspace *workspace, KontorQuery *query);
void kontor_list_model_set_query (KontorListModel *self, KontorQuery *query);
KontorQuery *kontor_list_model_get_query (KontorListModel *self);
/* Properties: "loading" (a query is under way), "complete" (n-items is exact), "error" (GError). */
gboolean kontor_list_model_is_loading (KontorListModel *self);
gboolean kontor_list_model_is_complete (KontorListModel *self);
gint64 kontor_list_model_get_rid (KontorListModel *self, guint position);
gboolean kontor_list_model_find_rid (KontorListModel *self, gint64 rid, guint *position);
/* Stays though it leaves the filter, until another query is set or it goes to the trash. */
void kontor_list_model_keep_row (KontorListModel *self, gint64 rid);
guint kontor_list_model_get_n_loaded (KontorListModel *self); /* live rows, for tests */

G_END_DECLS
