/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import without a writer: the same rows, the same questions, nothing written. */
#include "config.h"

#include "kontor-import-check.h"

#include "kontor-import-run-private.h"

typedef struct
{
  KontorImportCheck *check;
  KontorProgress progress;
  gpointer progress_data;
  guint64 size;
  gint64 next; /* monotonic time from which progress is told again */
} Look;

/**
 * kontor_import_check_free:
 * @self: (transfer full) (nullable): a check
 */
void
kontor_import_check_free (KontorImportCheck *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_clear_pointer (&self->report, kontor_import_report_unref);
  g_free (self);
}

static void
seen_cb (guint64 line, KontorImportVerdict verdict, const KontorId *record, gpointer data)
{
  KontorImportCheck *check = ((Look *) data)->check;
  KontorCheckedRow row = { .line = line, .verdict = verdict, .record = *record };

  switch (verdict)
    {
    case KONTOR_VERDICT_NEW:
      check->n_new++;
      return;
    case KONTOR_VERDICT_UPDATE:
      check->n_update++;
      break;
    case KONTOR_VERDICT_KNOWN:
      check->n_known++;
      break;
    case KONTOR_VERDICT_DUPLICATE:
      check->n_duplicates++;
      break;
    case KONTOR_VERDICT_FAULTY:
    default:
      check->n_faulty++;
      break;
    }
  if (check->rows->len < KONTOR_CHECK_MAX_ROWS)
    g_array_append_val (check->rows, row);
}

static void
tick_cb (guint64 rows, guint64 bytes, gpointer data)
{
  Look *look = data;
  gint64 now = g_get_monotonic_time ();

  if (look->progress == NULL || now < look->next)
    return;
  look->next = now + G_USEC_PER_SEC / 10;
  look->progress (bytes, look->size, look->progress_data);
}

/**
 * kontor_import_check:
 * @workspace: a workspace
 * @source: a file
 * @inspection: what was found out about it
 * @map: (nullable): where the columns go; not of JSON lines
 * @options: (nullable): what the person wants
 * @progress: (nullable) (scope call): told how many bytes are read
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with file, line and column
 *
 * Looks what an import would do, row by row. Call it on a working thread.
 *
 * Returns: (transfer full) (nullable): what would become of the rows; %NULL with @error set: the
 *   file as a whole can't be imported
 */
KontorImportCheck *
kontor_import_check (KontorWorkspace *workspace,
                     KontorImportSource *source,
                     const KontorInspection *inspection,
                     KontorImportMap *map,
                     const KontorImportOptions *options,
                     KontorProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  static const KontorImportOptions none = { 0 };
  g_autoptr(KontorImportCheck) check = g_new0 (KontorImportCheck, 1);
  Look look = { .check = check,
                .progress = progress,
                .progress_data = progress_data,
                .size = kontor_import_source_get_size (source) };
  KontorImportRun run = { .workspace = workspace,
                          .source = source,
                          .inspection = inspection,
                          .map = map,
                          .options = options != NULL ? options : &none,
                          .seen = seen_cb,
                          .seen_data = &look,
                          .tick = tick_cb,
                          .tick_data = &look,
                          .cancellable = cancellable };

  check->rows = g_array_new (FALSE, FALSE, sizeof (KontorCheckedRow));
  check->report = kontor_import_report_new (kontor_import_source_get_name (source),
                                            (const char *const *) inspection->columns->pdata,
                                            inspection->columns->len);
  run.report = check->report;
  if (!kontor_import_run (&run, error))
    return NULL;
  check->n_others = kontor_import_report_get_counts (check->report)->others;
  return g_steal_pointer (&check);
}
