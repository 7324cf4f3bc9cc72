/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorRecordTable share. */
#pragma once

#include "kontor-record-table.h"

G_BEGIN_DECLS

struct _KontorRecordTable
{
  GtkWidget parent_instance;

  /* borrowed: children */
  GtkWidget *scrolled;
  GtkColumnView *view;

  /* owned */
  KontorSession *session;
  GPtrArray *columns; /* (element-type KontorTableColumn) */
  GObject *probes[2];
  GSimpleActionGroup *actions;

  const KontorListSpec *spec;
  const KontorFieldDef *asked; /* by the probe */
  const KontorFieldDef *sort;
  gboolean descending;
  gboolean settling; /* columns or the sort are being set by us */
};

typedef struct
{
  KontorRecordTable *table;
  const KontorFieldDef *field;
  GtkColumnViewColumn *column; /* owned */
  const char *title;           /* (nullable): not the field's label */
  int least_width;             /* of the one that expands */
  gboolean shown;              /* in the view: GTK 4.8 counts the width of hidden columns */
} KontorTableColumn;

/* kontor-record-table.c */
KontorTableColumn *kontor_record_table_find_column (KontorRecordTable *self, const char *name);
gboolean kontor_table_column_can_sort (KontorTableColumn *column);
void kontor_record_table_save_columns (KontorRecordTable *self);
void kontor_record_table_sort_by (KontorRecordTable *self,
                                  KontorTableColumn *column,
                                  gboolean descending);

/* kontor-record-table-menu.c: what the menus of the headers do */
void kontor_record_table_create_actions (KontorRecordTable *self);
void kontor_record_table_create_menus (KontorRecordTable *self);

G_END_DECLS
