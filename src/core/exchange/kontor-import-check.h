/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The third step of an import: what would become of each row, before anything is written. */
#pragma once

#include "kontor-import-map.h"
#include "kontor-import-options.h"
#include "kontor-import-report.h"
#include "kontor-import-source.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_VERDICT_NEW,       /* becomes a new record */
  KONTOR_VERDICT_UPDATE,    /* changes a known record */
  KONTOR_VERDICT_KNOWN,     /* is known and changes nothing */
  KONTOR_VERDICT_DUPLICATE, /* becomes a new record, but looks like one that is there */
  KONTOR_VERDICT_FAULTY,    /* is left out */
} KontorImportVerdict;

/**
 * KontorSeenRow:
 * @line: where the row stands
 * @verdict: what becomes of it
 * @type: (nullable): what it is
 * @own: the id its new record gets; else null
 * @record: the record that is known, or that it looks like; else null
 * @draft: (nullable): what was read from it
 * @cells: (array length=n_cells) (nullable): the row
 * @n_cells: how many
 * @error: (nullable): of FAULTY: what is wrong with it
 *
 * All of it is borrowed.
 */
typedef struct
{
  guint64 line;
  KontorImportVerdict verdict;
  const KontorRecordType *type;
  KontorId own;
  KontorId record;
  KontorRecord *draft;
  const char *const *cells;
  guint n_cells;
  const GError *error;
} KontorSeenRow;

/* Called for each row, on the thread that works. */
typedef void (*KontorImportSeen) (const KontorSeenRow *row, gpointer data);

/* So many rows that are simply new are kept, and as many others; all are counted. */
#define KONTOR_CHECK_MAX_ROWS 200000

/**
 * KontorCheckedRow:
 * @line: where the row stands
 * @other_line: line of an earlier row of the file that makes @record; 0: it is in the workspace
 * @verdict: what would become of it
 * @type: (nullable): what it is
 * @record: the record that is known, or that it looks like; else null
 * @title: what it is called, or its first cells
 * @reason: (nullable): of FAULTY: a sentence
 * @value: (nullable): of FAULTY: column and what stands there
 */
typedef struct
{
  guint64 line;
  guint64 other_line;
  KontorImportVerdict verdict;
  const KontorRecordType *type;
  KontorId record;
  const char *title;
  const char *reason;
  const char *value;
} KontorCheckedRow;

/**
 * KontorImportCheck:
 * @refs: private
 * @n_new: rows that would become new records
 * @n_update: rows that would change known records
 * @n_known: rows that are known and would change nothing
 * @n_duplicates: rows that look like records that are there; they would become new ones
 * @n_faulty: rows that would be left out
 * @n_others: records that would be made beside: organisations by name, tags, …
 * @rows: (element-type KontorCheckedRow): the rows, in the order of the file as far as they don't
 *   wait for each other
 * @texts: what @rows point to
 * @report: the problems
 */
typedef struct
{
  gatomicrefcount refs;
  guint64 n_new, n_update, n_known, n_duplicates, n_faulty, n_others;
  GArray *rows;
  GStringChunk *texts;
  KontorImportReport *report;
} KontorImportCheck;

KontorImportCheck *kontor_import_check (KontorWorkspace *workspace,
                                        KontorImportSource *source,
                                        const KontorInspection *inspection,
                                        KontorImportMap *map,
                                        const KontorImportOptions *options,
                                        KontorProgress progress,
                                        gpointer progress_data,
                                        GCancellable *cancellable,
                                        GError **error);
KontorImportCheck *kontor_import_check_ref (KontorImportCheck *self);
void kontor_import_check_unref (KontorImportCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportCheck, kontor_import_check_unref)

G_END_DECLS
