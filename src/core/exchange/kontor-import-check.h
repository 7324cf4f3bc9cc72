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

/* Called for each row, on the thread that works. @record: of NEW the id it would get. */
typedef void (*KontorImportSeen) (guint64 line,
                                  KontorImportVerdict verdict,
                                  const KontorId *record,
                                  gpointer data);

/* Verdicts that say more than "new" are kept up to this many. */
#define KONTOR_CHECK_MAX_ROWS 10000

/**
 * KontorCheckedRow:
 * @line: where the row stands
 * @verdict: what would become of it
 * @record: the record that is known, or that it looks like; else null
 */
typedef struct
{
  guint64 line;
  KontorImportVerdict verdict;
  KontorId record;
} KontorCheckedRow;

/**
 * KontorImportCheck:
 * @n_new: rows that would become new records
 * @n_update: rows that would change known records
 * @n_known: rows that are known and would change nothing
 * @n_duplicates: rows that look like records that are there; they would become new ones
 * @n_faulty: rows that would be left out
 * @n_others: records that would be made beside: organisations by name, tags, …
 * @rows: (element-type KontorCheckedRow): the first rows that are not simply new
 * @report: the problems
 */
typedef struct
{
  guint64 n_new, n_update, n_known, n_duplicates, n_faulty, n_others;
  GArray *rows;
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
void kontor_import_check_free (KontorImportCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportCheck, kontor_import_check_free)

G_END_DECLS
