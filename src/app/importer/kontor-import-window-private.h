/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorImportWindow share. */
#pragma once

#include "kontor-import-check.h"
#include "kontor-import-job.h"
#include "kontor-import-names.h"
#include "kontor-import-row-model.h"
#include "kontor-import-window.h"
#include "kontor-link-entry.h"
#include "kontor-list-model.h"

G_BEGIN_DECLS

struct _KontorImportWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  GtkButton *next_button;
  GtkStack *pages;
  AdwStatusPage *file_page;
  GtkWidget *choose_button;
  GtkSpinner *spinner;
  GtkWidget *match_bar;
  GtkLabel *facts_label;
  GtkDropDown *type_choice;
  GtkMenuButton *mapping_button;
  GtkLabel *mapping_label;
  GtkMenuButton *save_mapping_button;
  GtkEditable *mapping_name;
  GtkWidget *mapping_done_button;
  GtkListBox *columns;
  GtkLabel *verdict_label;
  GtkSpinner *check_spinner;
  GtkListBox *kinds;
  GtkWidget *known_group;
  GtkCheckButton *fill_choice;
  GtkCheckButton *overwrite_choice;
  GtkCheckButton *skip_choice;
  GtkCheckButton *ask_choice;
  GtkCheckButton *add_choice;
  GtkWidget *all_group;
  GtkWidget *owner_row;
  KontorLinkEntry *owner_entry;
  GtkEditable *tags_row;
  GtkMenuButton *tags_button;
  GtkWidget *problem_group;
  GtkListBox *problems;
  GtkDropDown *show_choice;
  GtkLabel *shown_label;
  GtkMenuButton *choose_shown_button;
  GtkListView *rows_list;
  GtkProgressBar *progress;
  GtkLabel *progress_label;
  AdwStatusPage *done_page;
  GtkWidget *show_button;
  GtkWidget *undo_button;
  GtkWidget *save_faulty_button;
  GtkListBox *done_problems;

  /* owned */
  KontorSession *session;
  KontorImportSource *source;
  KontorInspection *inspection;
  KontorImportMap *map;
  KontorImportCheck *check;
  KontorImportRowModel *rows;
  KontorImportNames *names;
  KontorListModel *mappings;
  GMenu *mapping_menu;
  GPtrArray *mapping_rows; /* (element-type KontorListRow): held, so that they are read */
  KontorListModel *tags;   /* (nullable): of the workspace */
  KontorImportResult *result;
  KontorImportJob *job;
  GCancellable *cancellable; /* of reading and checking */
  GPtrArray *types;          /* (element-type KontorRecordType): rows of .type_choice */
  GPtrArray *targets;        /* (element-type KontorImportTarget): rows of the columns' choices */
  GtkStringList *target_names;

  guint fill_source;   /* while .columns is being filled */
  guint n_columns;     /* rows that are there */
  guint n_choices;     /* of those that have their choice */
  guint n_old_columns; /* before those: of another file or type, about to go */
  KontorId mapping;    /* the saved one that is in use, or null */
  gboolean mapping_changed;
  gboolean awaits_mapping;
  gboolean renames_mapping; /* the name that is typed is for the one in use */
  guint64 n_to_import;
  KontorImportShow shows[KONTOR_N_ROWS]; /* rows of .show_choice */
  gboolean settling;
  gboolean pasted;
};

/* kontor-import-window.c */
void kontor_import_window_show_page (KontorImportWindow *self, const char *name);
void kontor_import_window_show_error (KontorImportWindow *self, const GError *error);
void
kontor_import_window_fill_problems (GtkListBox *list, KontorImportReport *report, guint n_shown);

/* kontor-import-window-match.c */
void kontor_import_window_show_match (KontorImportWindow *self);
void kontor_import_window_fields_changed (KontorImportWindow *self);
void kontor_import_window_type_changed (KontorImportWindow *self);
void kontor_import_window_set_map (KontorImportWindow *self, KontorImportMap *map);

/* kontor-import-window-mapping.c: mappings that are kept */
void kontor_import_window_set_up_mappings (KontorImportWindow *self);
gboolean kontor_import_window_offer_mapping (KontorImportWindow *self);
void kontor_import_window_mapping_edited (KontorImportWindow *self);
void kontor_import_window_forget_mapping (KontorImportWindow *self);
void kontor_import_window_bind_mappings (GtkWidgetClass *klass);

/* kontor-import-window-options.c: what holds for all rows */
void kontor_import_window_set_up_options (KontorImportWindow *self);
void kontor_import_window_show_options (KontorImportWindow *self);
KontorImportOptions *kontor_import_window_build_options (KontorImportWindow *self);
gboolean kontor_import_window_check_options (KontorImportWindow *self);
void kontor_import_window_bind_options (GtkWidgetClass *klass);

/* kontor-import-window-rows.c */
void kontor_import_window_set_up_rows (KontorImportWindow *self);
void kontor_import_window_show_checked (KontorImportWindow *self);
void kontor_import_window_leave_rows (KontorImportWindow *self);
void kontor_import_window_bind_rows (GtkWidgetClass *klass);

/* kontor-import-window-run.c */
void kontor_import_window_start_check (KontorImportWindow *self);
void kontor_import_window_start (KontorImportWindow *self);
void kontor_import_window_install_actions (GtkWidgetClass *klass);

G_END_DECLS
