/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last step of an import: it writes. The whole import is one step that can be undone. */
#pragma once

#include "kontor-import-map.h"
#include "kontor-import-options.h"
#include "kontor-import-report.h"
#include "kontor-import-source.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_IMPORT_READING,
  KONTOR_IMPORT_FINISHING,   /* indexes, search and totals are built */
  KONTOR_IMPORT_TAKING_BACK, /* what was written is taken back */
} KontorImportPhase;

/**
 * KontorImportState:
 * @phase: what is being done
 * @rows: rows read
 * @bytes: bytes read
 * @total_bytes: bytes of the file
 * @fraction: how far the phase is, 0 to 1
 */
typedef struct
{
  KontorImportPhase phase;
  guint64 rows;
  guint64 bytes;
  guint64 total_bytes;
  double fraction;
} KontorImportState;

typedef void (*KontorImportProgress) (const KontorImportState *state, gpointer data);

/**
 * KontorImportResult:
 * @report: counts and problems
 * @stopped: the person stopped it and kept the first rows
 * @step: the step, for Undo
 * @batch: the import_batch record
 * @view: the saved view of what it brought, or null
 */
typedef struct
{
  KontorImportReport *report;
  gboolean stopped;
  KontorId step;
  KontorId batch;
  KontorId view;
} KontorImportResult;

void kontor_import_result_free (KontorImportResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportResult, kontor_import_result_free)

#define KONTOR_TYPE_IMPORT_JOB (kontor_import_job_get_type ())
G_DECLARE_FINAL_TYPE (KontorImportJob, kontor_import_job, KONTOR, IMPORT_JOB, GObject)

KontorImportJob *kontor_import_job_new (KontorWorkspace *workspace,
                                        KontorImportSource *source,
                                        KontorInspection *inspection,
                                        KontorImportMap *map,
                                        const KontorImportOptions *options);
KontorImportResult *kontor_import_job_run (KontorImportJob *self,
                                           KontorImportProgress progress,
                                           gpointer progress_data,
                                           GCancellable *cancellable,
                                           GError **error);

/* On a thread of its own. Signal "progress" (KontorImportState *), at most ten times a second, in
 * the main context the job was started in. */
void kontor_import_job_run_async (KontorImportJob *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
KontorImportResult *
kontor_import_job_run_finish (KontorImportJob *self, GAsyncResult *result, GError **error);
void kontor_import_job_get_state (KontorImportJob *self, KontorImportState *state);
void kontor_import_job_stop (KontorImportJob *self, gboolean keep);

G_END_DECLS
