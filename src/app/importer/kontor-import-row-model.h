/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checked rows of a file as a list, of all or of one kind, with what is decided for each. */
#pragma once

#include "kontor-import-check.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* By what the rows are shown and counted. */
typedef enum
{
  KONTOR_ROWS_ALL,
  KONTOR_ROWS_NEW,
  KONTOR_ROWS_UPDATE,
  KONTOR_ROWS_KNOWN,
  KONTOR_ROWS_DUPLICATE,
  KONTOR_ROWS_FAULTY,
  KONTOR_N_ROWS
} KontorImportShow;

/* What may be decided for a row. */
typedef enum
{
  KONTOR_CHOICE_NONE, /* what holds for all */
  KONTOR_CHOICE_CREATE,
  KONTOR_CHOICE_FILL,
  KONTOR_CHOICE_OVERWRITE,
  KONTOR_CHOICE_SKIP,
  KONTOR_N_CHOICES
} KontorImportChoice;

#define KONTOR_TYPE_IMPORT_ROW (kontor_import_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorImportRow, kontor_import_row, KONTOR, IMPORT_ROW, GObject)

const KontorCheckedRow *kontor_import_row_get_checked (KontorImportRow *self);

#define KONTOR_TYPE_IMPORT_ROW_MODEL (kontor_import_row_model_get_type ())
G_DECLARE_FINAL_TYPE (KontorImportRowModel,
                      kontor_import_row_model,
                      KONTOR,
                      IMPORT_ROW_MODEL,
                      GObject)

/* Signal "decided" (): something else is decided for some rows. */

KontorImportRowModel *kontor_import_row_model_new (void);
void kontor_import_row_model_set_check (KontorImportRowModel *self,
                                        KontorImportCheck *check,
                                        gboolean may_add);
void kontor_import_row_model_show (KontorImportRowModel *self, KontorImportShow show);
KontorImportShow kontor_import_row_model_get_show (KontorImportRowModel *self);
gboolean kontor_import_row_model_may_choose (KontorImportRowModel *self,
                                             const KontorCheckedRow *row,
                                             KontorImportChoice choice);
KontorImportChoice kontor_import_row_model_get_choice (KontorImportRowModel *self,
                                                       const KontorCheckedRow *row);
void kontor_import_row_model_choose (KontorImportRowModel *self,
                                     const KontorCheckedRow *row,
                                     KontorImportChoice choice);
void kontor_import_row_model_choose_shown (KontorImportRowModel *self, KontorImportChoice choice);
void kontor_import_row_model_forget (KontorImportRowModel *self);
void kontor_import_row_model_count (KontorImportRowModel *self, guint64 *counts);
guint kontor_import_row_model_count_decided (KontorImportRowModel *self, KontorImportShow show);
void kontor_import_row_model_add_to (KontorImportRowModel *self, KontorImportOptions *options);

G_END_DECLS
