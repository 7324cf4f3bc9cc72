/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs over tables, JSON lines and vCards share. */
#include "config.h"

#include "kontor-import-run-private.h"

#include "kontor-error.h"

/* Rows between two looks at the clock. */
#define TICK_ROWS 64

static void
refused_cb (guint tag,
            guint64 line,
            const char *const *cells,
            guint n_cells,
            const GError *error,
            gpointer data)
{
  KontorImportRun *run = data;
  KontorImportCounts *counts = kontor_import_report_edit_counts (run->report);

  if (tag == KONTOR_VERDICT_UPDATE)
    counts->updated--;
  else
    counts->created--;
  kontor_import_report_add_problem (run->report, error, line, cells, n_cells);
}

/**
 * kontor_import_run_begin:
 * @run: (type KontorImportRun): a run that writes
 * @error: (nullable): place for an error
 *
 * Begins the long step: with the first row that changes anything, so that a file without news costs
 * nothing.
 *
 * Returns: (transfer none) (nullable): its writer, or %NULL with @error set
 */
KontorImportWriter *
kontor_import_run_begin (gpointer run, GError **error)
{
  KontorImportRun *self = run;

  if (self->writer == NULL)
    self->writer =
      kontor_import_writer_new (self->workspace, self->label, self->bulk, refused_cb, self, error);
  return self->writer;
}

/**
 * kontor_import_run_tick:
 * @run: a run
 * @n: rows so far
 * @bytes: bytes so far
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the person wants it to stop
 */
gboolean
kontor_import_run_tick (KontorImportRun *run, guint64 n, guint64 bytes, GError **error)
{
  if (n % TICK_ROWS != 0)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  if (run->tick != NULL)
    run->tick (n, bytes, run->tick_data);
  return TRUE;
}

/**
 * kontor_import_run:
 * @run: a run
 * @error: (nullable): place for an error with the file's name
 *
 * Reads the file to its end. Where this run writes, its writer is left for the caller to finish.
 *
 * Returns: %FALSE with @error set: it was stopped, or nothing more can be done
 */
gboolean
kontor_import_run (KontorImportRun *run, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  const KontorErrorDetail *detail;
  gboolean ok;

  switch (run->inspection->kind)
    {
    case KONTOR_FILE_CSV:
      ok = kontor_import_run_table (run, &local_error);
      break;
    case KONTOR_FILE_VCARD:
      ok = kontor_import_run_cards (run, &local_error);
      break;
    case KONTOR_FILE_JSON_LINES:
    default:
      ok = kontor_import_run_lines (run, &local_error);
      break;
    }
  if (ok && run->writer != NULL)
    ok = kontor_import_writer_flush (run->writer, &local_error);
  if (ok)
    return TRUE;
  detail = kontor_error_get_detail (local_error);
  if (detail != NULL && detail->file == NULL)
    kontor_error_set_file (local_error, kontor_import_source_get_name (run->source));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
