/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list pane: views to choose from, search, sort, the records as a list or a table, and what can
 * be done with the selected ones. */
#pragma once

#include "kontor-list-model.h"
#include "kontor-list-spec.h"
#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A saved view is called so, and by its id. */
#define KONTOR_SAVED_VIEW_PREFIX "saved:"

#define KONTOR_TYPE_RECORD_LIST (kontor_record_list_get_type ())
G_DECLARE_FINAL_TYPE (KontorRecordList, kontor_record_list, KONTOR, RECORD_LIST, GtkWidget)

/* Properties: "table" (gboolean) shown as a table; "folded" (gboolean) nothing stands beside it.
 * Signals:
 *   "show" (KontorListRow *)     one row is selected and has stayed so for a moment; NULL: none
 *   "open" (KontorListRow *)     a row was opened by Enter or double click
 *   "many" (guint)               so many rows are selected, more than one
 *   "view-changed" ()            another view was chosen */

void kontor_record_list_set_session (KontorRecordList *self, KontorSession *session);
void kontor_record_list_set_specs (KontorRecordList *self, const KontorListSpec *specs, guint n);
void kontor_record_list_set_view (KontorRecordList *self, const char *name);
const KontorListSpec *kontor_record_list_get_spec (KontorRecordList *self);
char *kontor_record_list_dup_view (KontorRecordList *self);
KontorListModel *kontor_record_list_get_model (KontorRecordList *self);
void kontor_record_list_filter (KontorRecordList *self, const KontorFilter *filter);
void kontor_record_list_set_search (KontorRecordList *self, const char *text);
void kontor_record_list_focus_search (KontorRecordList *self);
void kontor_record_list_select_rid (KontorRecordList *self, gint64 rid);
void kontor_record_list_follow_now (KontorRecordList *self);
guint kontor_record_list_get_n_selected (KontorRecordList *self);
KontorListRow *kontor_record_list_dup_selected (KontorRecordList *self);
gboolean kontor_record_list_step (KontorRecordList *self, int by);
gboolean kontor_record_list_is_table (KontorRecordList *self);
void kontor_record_list_set_folded (KontorRecordList *self, gboolean folded);
GtkWidget *kontor_record_list_get_header (KontorRecordList *self);
void kontor_record_list_set_new_menu (KontorRecordList *self, GMenuModel *menu);

G_END_DECLS
