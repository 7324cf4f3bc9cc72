/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorRecordList share. */
#pragma once

#include "kontor-filter-group.h"
#include "kontor-job-button.h"
#include "kontor-record-list.h"
#include "kontor-record-table.h"
#include "kontor-selection.h"
#include <adwaita.h>

G_BEGIN_DECLS

struct _KontorRecordList
{
  GtkWidget parent_instance;

  /* template */
  AdwHeaderBar *header;
  GtkMenuButton *view_button;
  AdwSplitButton *new_button;
  KontorJobButton *job_button;
  GtkSearchEntry *search_entry;
  GtkMenuButton *filter_button;
  GtkPopover *filter_popover;
  AdwBin *filter_bin;
  GtkRevealer *save_revealer;
  GtkEditable *view_name;
  GtkWidget *save_view_button;
  GtkLabel *count_label;
  GtkSpinner *spinner;
  GtkMenuButton *sort_button;
  GtkToggleButton *table_button;
  GtkStack *stack;
  GtkListView *list;
  AdwBin *table_bin;
  AdwStatusPage *empty_page;
  GtkWidget *empty_button;
  GtkActionBar *action_bar;
  GtkLabel *selected_label;
  GtkButton *select_all_button;
  GtkWidget *change_button;
  GtkWidget *trash_button;
  GtkWidget *restore_button;
  GtkPopoverMenu *row_menu;

  /* owned */
  KontorSession *session;
  KontorListModel *model;
  KontorSelection *selection;
  GMenuModel *new_menu;
  GMenuModel *usual_items; /* of the context menu, in any view */
  char *search;
  KontorFilter *filter;   /* (nullable): what the builder says */
  KontorListModel *views; /* of the saved views */
  GPtrArray *view_rows;   /* (element-type KontorListRow): held, so that they are read */
  KontorRecord *saved;    /* (nullable): the saved view that is shown */
  char *wanted_view;      /* (nullable): a saved view that is not read yet */
  char *left_view;        /* (nullable): a saved view with a field that is gone */
  char *whole_filter;     /* (nullable): with conditions on fields that are gone */
  char *pruned_filter;    /* (nullable): what was left of it */
  char *waiting_action;   /* (nullable): to be done when all rows are there */
  char *asked_for;        /* the search that found nothing and was looked for elsewhere */
  guint follow_timer;
  guint status_timer;
  guint spinner_timer;
  guint narrow_idle;
  guint point_idle;

  /* borrowed */
  KontorFilterGroup *filter_group; /* in .filter_bin */
  KontorRecordTable *table_view;
  GtkWidget *row_editor; /* (nullable): a child of .table_view */
  const KontorListSpec *specs;
  guint n_specs;
  const KontorListSpec *spec; /* NULL until a view is shown */

  const KontorFieldDef *sort;
  gboolean descending;
  gboolean is_table;
  gboolean wants_table;
  gboolean folded;
  gboolean goes_in;       /* from the search to its first hit, once that is there */
  gboolean is_selecting;  /* the selection is being changed by us */
  gboolean selects_all;   /* rows that are still to come are selected too */
  gboolean stale_builder; /* there are other fields than the builder offers */
  gboolean renames;       /* the name that is typed is for the view that is shown */
  guint n_all;            /* rows without a search, as last seen */
  gint64 next_rid[2];     /* the rows before and after the one that is edited; 0: none */
};

/* kontor-record-list.c */
void kontor_record_list_selection_changed (KontorRecordList *self);
void kontor_record_list_select_position (KontorRecordList *self, guint position);
GtkWidget *kontor_record_list_get_rows_widget (KontorRecordList *self);

/* kontor-record-list-view.c: which rows, in what order */
KontorQuery *kontor_record_list_build_query (KontorRecordList *self);
void kontor_record_list_requery (KontorRecordList *self);
void kontor_record_list_set_sort (KontorRecordList *self,
                                  const KontorFieldDef *field,
                                  gboolean descending);
const KontorFieldDef *kontor_record_list_find_sort (KontorRecordList *self, gboolean *descending);
void kontor_record_list_set_sort_by_name (KontorRecordList *self, const char *name);
void kontor_record_list_set_table (KontorRecordList *self, gboolean is_table);

/* kontor-record-list-schema.c: fields that come and go */
void kontor_record_list_watch_schema (KontorRecordList *self);
void kontor_record_list_renew_filter (KontorRecordList *self);

/* kontor-record-list-filter.c: the filter builder */
void kontor_record_list_add_filter_keys (KontorRecordList *self);
void kontor_record_list_bind_filter (GtkWidgetClass *klass);
void kontor_record_list_set_filter (KontorRecordList *self, const KontorFilter *filter);
guint kontor_record_list_count_conditions (KontorRecordList *self);
gboolean kontor_record_list_is_narrowed (KontorRecordList *self); /* by search or filter */

/* kontor-record-list-edit.c: editing row by row */
void kontor_record_list_install_edit (GtkWidgetClass *klass);
void kontor_record_list_watch_pencils (KontorRecordList *self);

/* kontor-record-list-menu.c: the context menu */
void kontor_record_list_add_row_menu (KontorRecordList *self, GtkWidget *rows);
void kontor_record_list_build_row_menu (KontorRecordList *self);

/* kontor-record-list-saved.c: saved views */
void kontor_record_list_bind_saved (GtkWidgetClass *klass);
void kontor_record_list_watch_saved (KontorRecordList *self);
KontorRecord *kontor_record_list_find_saved (KontorRecordList *self, const char *name);
const KontorListSpec *kontor_record_list_spec_of_saved (KontorRecordList *self, KontorRecord *view);
KontorQuery *kontor_record_list_parse_saved (KontorRecordList *self, KontorRecord *view);
char *kontor_record_list_dup_saved_name (KontorRecord *view);
void kontor_record_list_append_saved (KontorRecordList *self, GMenu *menu);

gboolean kontor_record_list_is_reading_saved (KontorRecordList *self);

/* kontor-record-list-view.c */
void kontor_record_list_show_wanted (KontorRecordList *self);
void kontor_record_list_follow_saved (KontorRecordList *self);

/* kontor-record-list-search.c */
void kontor_record_list_bind_search (GtkWidgetClass *klass);
void kontor_record_list_go_in (KontorRecordList *self);

/* kontor-record-list-status.c: words and menus around the rows */
void kontor_record_list_update_status (KontorRecordList *self);
void kontor_record_list_update_status_soon (KontorRecordList *self);
void kontor_record_list_update_new_button (KontorRecordList *self);
void kontor_record_list_build_view_menu (KontorRecordList *self);
void kontor_record_list_build_sort_menu (KontorRecordList *self);

/* kontor-record-list-actions.c: what is done with selected rows */
void kontor_record_list_install_actions (GtkWidgetClass *klass);
void kontor_record_list_select_all (KontorRecordList *self);
void kontor_record_list_do_what_waited (KontorRecordList *self);
void kontor_record_list_update_actions (KontorRecordList *self, guint n_selected);

G_END_DECLS
