/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the rows of an import: counts, what was wrong with which, and the faulty rows
 * themselves, to be corrected and imported again. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* So many problems are kept to be shown; all are counted, and all faulty rows can be saved. */
#define KONTOR_IMPORT_MAX_PROBLEMS 1000

/**
 * KontorImportProblem:
 * @line: line of the file, from 1
 * @column: (nullable): name of the column
 * @field: (nullable): name of the field
 * @value: (nullable): what stood there, shortened
 * @reason: a sentence
 */
typedef struct
{
  guint64 line;
  char *column;
  char *field;
  char *value;
  char *reason;
} KontorImportProblem;

/**
 * KontorImportCounts:
 * @rows: rows with something in them
 * @created: became new records
 * @updated: changed known records
 * @skipped: are known, and changed nothing
 * @failed: faulty, left out
 * @others: records made beside those of the rows: organisations by name, tags, …
 */
typedef struct
{
  guint64 rows;
  guint64 created;
  guint64 updated;
  guint64 skipped;
  guint64 failed;
  guint64 others;
} KontorImportCounts;

typedef struct _KontorImportReport KontorImportReport;

#define KONTOR_TYPE_IMPORT_REPORT (kontor_import_report_get_type ())
GType kontor_import_report_get_type (void);

KontorImportReport *
kontor_import_report_new (const char *file, const char *const *columns, guint n_columns);
KontorImportReport *kontor_import_report_ref (KontorImportReport *self);
void kontor_import_report_unref (KontorImportReport *self);

/* Filling it, before it is given out. */
KontorImportCounts *kontor_import_report_edit_counts (KontorImportReport *self);
void kontor_import_report_add_problem (KontorImportReport *self,
                                       const GError *error,
                                       guint64 line,
                                       const char *const *cells,
                                       guint n_cells);
void kontor_import_report_add_warning (KontorImportReport *self, const char *text);

/* Reading it. */
const char *kontor_import_report_get_file (KontorImportReport *self);
const KontorImportCounts *kontor_import_report_get_counts (KontorImportReport *self);
GPtrArray *kontor_import_report_get_problems (KontorImportReport *self);
GPtrArray *kontor_import_report_get_warnings (KontorImportReport *self);
char *kontor_import_report_to_json (KontorImportReport *self);
gboolean kontor_import_report_write_faulty (KontorImportReport *self,
                                            GOutputStream *stream,
                                            GCancellable *cancellable,
                                            GError **error);
gboolean kontor_import_report_save_faulty (KontorImportReport *self,
                                           const char *path,
                                           GCancellable *cancellable,
                                           GError **error);

/* What an import_batch keeps: the problems of its errors, and its faulty rows as far as they fit
 * there. */
GPtrArray *kontor_import_errors_parse (const char *json, guint64 *total, GError **error);
char *kontor_import_errors_to_csv (const char *json, GError **error);
void kontor_import_problem_free (KontorImportProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportReport, kontor_import_report_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportProblem, kontor_import_problem_free)

G_END_DECLS
