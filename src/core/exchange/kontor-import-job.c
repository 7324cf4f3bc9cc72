/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorImportJob: one import from beginning to end, on whatever thread it is run. */
#include "config.h"

#include "kontor-import-job.h"

#include "kontor-error.h"
#include "kontor-import-run-private.h"
#include "kontor-model.h"
#include "kontor-schema-data.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

struct _KontorImportJob
{
  GObject parent_instance;

  /* owned */
  KontorWorkspace *workspace;
  KontorImportSource *source;
  KontorInspection *inspection;
  KontorImportMap *map; /* (nullable) */
  KontorImportOptions *options;
  GCancellable *stop;
  char *label;

  GMutex lock; /* guards the next three */
  KontorImportState state;
  gboolean keep;
  gboolean announced; /* a "progress" is on its way to the main context */

  /* while it runs */
  KontorImportProgress progress;
  gpointer progress_data;
  GMainContext *context; /* owned (nullable): where "progress" is emitted */
  gint64 next;
};

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorImportJob, kontor_import_job, G_TYPE_OBJECT)

/**
 * kontor_import_result_free:
 * @result: (transfer full) (nullable): a result
 */
void
kontor_import_result_free (KontorImportResult *result)
{
  if (result == NULL)
    return;
  kontor_import_report_unref (result->report);
  g_free (result);
}

static void
kontor_import_job_finalize (GObject *object)
{
  KontorImportJob *self = KONTOR_IMPORT_JOB (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->source, kontor_import_source_unref);
  g_clear_pointer (&self->inspection, kontor_inspection_unref);
  g_clear_pointer (&self->map, kontor_import_map_unref);
  g_clear_pointer (&self->options, kontor_import_options_free);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->label);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (kontor_import_job_parent_class)->finalize (object);
}

static void
kontor_import_job_class_init (KontorImportJobClass *class)
{
  G_OBJECT_CLASS (class)->finalize = kontor_import_job_finalize;

  signals[PROGRESS] = g_signal_new ("progress",
                                    KONTOR_TYPE_IMPORT_JOB,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_POINTER);
}

static void
kontor_import_job_init (KontorImportJob *self)
{
  g_mutex_init (&self->lock);
  self->stop = g_cancellable_new ();
}

/**
 * kontor_import_job_new:
 * @workspace: a workspace
 * @source: a file
 * @inspection: what was found out about it
 * @map: (nullable): where the columns go; not of JSON lines. It must not be changed any more
 * @options: (nullable): what the person wants, copied
 *
 * Returns: (transfer full): an import that can be run once
 */
KontorImportJob *
kontor_import_job_new (KontorWorkspace *workspace,
                       KontorImportSource *source,
                       KontorInspection *inspection,
                       KontorImportMap *map,
                       const KontorImportOptions *options)
{
  KontorImportJob *self = g_object_new (KONTOR_TYPE_IMPORT_JOB, NULL);

  self->workspace = g_object_ref (workspace);
  self->source = kontor_import_source_ref (source);
  self->inspection = kontor_inspection_ref (inspection);
  self->map = map != NULL ? kontor_import_map_ref (map) : NULL;
  self->options =
    options != NULL ? kontor_import_options_copy (options) : kontor_import_options_new ();
  /* Translators: name of a step in the history, %s is a file */
  self->label = g_strdup_printf (_("Import of %s"), kontor_import_source_get_name (source));
  self->state.total_bytes = kontor_import_source_get_size (source);
  return self;
}

/* --- Progress ------------------------------------------------------------------------------- */

static gboolean
announce_cb (gpointer data)
{
  KontorImportJob *self = data;
  KontorImportState state;

  g_mutex_lock (&self->lock);
  self->announced = FALSE;
  state = self->state;
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[PROGRESS], 0, &state);
  return G_SOURCE_REMOVE;
}

static void
announce (KontorImportJob *self)
{
  g_autoptr(GSource) source = NULL;
  gboolean announced;

  g_mutex_lock (&self->lock);
  announced = self->announced;
  self->announced = TRUE;
  g_mutex_unlock (&self->lock);
  if (announced)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, announce_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
tell (KontorImportJob *self, const KontorImportState *state, gboolean always)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  self->state = *state;
  g_mutex_unlock (&self->lock);
  if (!always && now < self->next)
    return;
  self->next = now + PROGRESS_INTERVAL;
  if (self->progress != NULL)
    self->progress (state, self->progress_data);
  if (self->context != NULL)
    announce (self);
}

static void
tick_cb (guint64 rows, guint64 bytes, gpointer data)
{
  KontorImportJob *self = data;
  guint64 total = self->state.total_bytes;
  KontorImportState state = { .phase = KONTOR_IMPORT_READING,
                              .rows = rows,
                              .bytes = bytes,
                              .total_bytes = total,
                              .fraction =
                                total > 0 ? MIN (1.0, (double) bytes / (double) total) : 0.0 };

  tell (self, &state, FALSE);
}

static void
finish_progress_cb (guint64 done, guint64 total, gpointer data)
{
  KontorImportJob *self = data;
  KontorImportState state;

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);
  state.fraction = total > 0 ? MIN (1.0, (double) done / (double) total) : 0.0;
  tell (self, &state, FALSE);
}

static void
begin_phase (KontorImportJob *self, KontorImportPhase phase)
{
  KontorImportState state;

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);
  state.phase = phase;
  state.fraction = 0.0;
  tell (self, &state, TRUE);
}

/* --- Running -------------------------------------------------------------------------------- */

static void
set_count (KontorRecord *batch, KontorFieldId field, guint64 n)
{
  kontor_record_set_integer (batch, field, (gint64) MIN (n, 1000000000));
}

/* The batch says what was imported, from where and by which mapping, and what was wrong. */
static gboolean
write_batch (KontorImportJob *self, KontorImportRun *run, KontorId *id, GError **error)
{
  const KontorImportCounts *counts = kontor_import_report_get_counts (run->report);
  const KontorId *step_id = kontor_long_step_get_id (kontor_import_writer_get_step (run->writer));
  g_autoptr(KontorStep) step = kontor_step_new (self->label);
  g_autoptr(KontorRecord) batch = kontor_record_new (&kontor_import_batch_type, NULL);
  g_autofree char *mapping = self->map != NULL ? kontor_import_map_to_json (self->map) : NULL;
  g_autofree char *errors = kontor_import_report_to_json (run->report);
  g_autofree char *step_text = kontor_id_to_string (step_id);
  gsize max_length =
    (gsize) kontor_field_max_length (kontor_field_by_id (KONTOR_IMPORT_BATCH_MAPPING));
  gboolean updates =
    self->options->mode == KONTOR_IMPORT_FILL || self->options->mode == KONTOR_IMPORT_OVERWRITE;

  kontor_record_set_text (batch,
                          KONTOR_IMPORT_BATCH_FILE,
                          kontor_import_source_get_name (self->source));
  kontor_record_set_text (batch,
                          KONTOR_IMPORT_BATCH_KIND,
                          self->inspection->kind == KONTOR_FILE_VCARD ? "vcard"
                          : self->map != NULL ? kontor_import_map_get_record_type (self->map)->name
                                              : "json");
  kontor_record_set_text (batch, KONTOR_IMPORT_BATCH_MODE, updates ? "update" : "add");
  set_count (batch, KONTOR_IMPORT_BATCH_CREATED, counts->created);
  set_count (batch, KONTOR_IMPORT_BATCH_UPDATED, counts->updated);
  set_count (batch, KONTOR_IMPORT_BATCH_SKIPPED, counts->skipped);
  set_count (batch, KONTOR_IMPORT_BATCH_FAILED, counts->failed);
  /* of a table with thousands of columns it is too long to be kept */
  if (mapping != NULL && strlen (mapping) <= max_length)
    kontor_record_set_text (batch, KONTOR_IMPORT_BATCH_MAPPING, mapping);
  kontor_record_set_text (batch, KONTOR_IMPORT_BATCH_STEP, step_text);
  kontor_record_set_text (batch, KONTOR_IMPORT_BATCH_ERRORS, errors);
  *id = kontor_step_create (step, batch);
  return kontor_import_writer_append_now (run->writer, step, error);
}

/* What the rows became, if it stands in a list of people or organisations; of files with records of
 * several types the first that came. */
static const KontorRecordType *
find_party (KontorImportJob *self, const char *step)
{
  const KontorRecordType *parties[] = { &kontor_contact_type, &kontor_account_type };
  const KontorRecordType *type =
    self->map != NULL ? kontor_import_map_get_record_type (self->map) : NULL;

  if (self->inspection->kind == KONTOR_FILE_CSV)
    return type != NULL && (type->flags & KONTOR_TYPE_PARTY) != 0 ? type : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parties); i++)
    {
      g_autoptr(KontorQuery) query = kontor_query_new (parties[i]);

      kontor_query_take_filter (query, kontor_filter_new_imported (step));
      if (kontor_workspace_count (self->workspace, query, NULL, NULL) > 0)
        return parties[i];
    }
  return NULL;
}

static char *
dup_view_name (KontorImportJob *self)
{
  gint64 now = kontor_env_now (kontor_workspace_get_env (self->workspace));
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (now / 1000);
  /* xgettext:no-c-format. Translators: day and name of the month, as of strftime: "12 Mar" */
  g_autofree char *day = g_date_time_format (time, _("%-e %b"));

  /* Translators: name of a view of imported records: name of the file, day */
  return g_strdup_printf (_("%s · %s"), kontor_import_source_get_name (self->source), day);
}

/* With the step it goes, too. */
static gboolean
write_view (KontorImportJob *self, KontorImportRun *run, KontorId *id, GError **error)
{
  const KontorId *step_id = kontor_long_step_get_id (kontor_import_writer_get_step (run->writer));
  g_autofree char *step_text = kontor_id_to_string (step_id);
  const KontorRecordType *type = self->options->keep_view ? find_party (self, step_text) : NULL;
  g_autoptr(KontorStep) step = NULL;
  g_autoptr(KontorRecord) view = NULL;
  g_autoptr(KontorQuery) query = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (type == NULL)
    return TRUE;
  step = kontor_step_new (self->label);
  view = kontor_record_new (&kontor_saved_view_type, NULL);
  query = kontor_query_new (type);
  kontor_query_take_filter (query, kontor_filter_new_imported (step_text));
  name = dup_view_name (self);
  text = kontor_query_to_text (query);
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_NAME, name);
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_KIND, "list");
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_TYPE, type->name);
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_QUERY, text);
  *id = kontor_step_create (step, view);
  return kontor_import_writer_append_now (run->writer, step, error);
}

static gboolean
wants_to_keep (KontorImportJob *self)
{
  gboolean keep;

  g_mutex_lock (&self->lock);
  keep = self->keep;
  g_mutex_unlock (&self->lock);
  return keep;
}

/* Takes back what was written. Should even that fail, the next opening of the workspace does it. */
static void
take_back (KontorImportJob *self, KontorImportRun *run)
{
  if (run->writer == NULL)
    return;
  begin_phase (self, KONTOR_IMPORT_TAKING_BACK);
  kontor_commit_free (
    kontor_import_writer_finish (run->writer, FALSE, finish_progress_cb, self, NULL));
}

/* Rows that are all known, or all faulty, leave no step. */
static gboolean
has_effect (KontorImportRun *run)
{
  const KontorImportCounts *counts = kontor_import_report_get_counts (run->report);

  return counts->created > 0 || counts->updated > 0;
}

/* The last moment to stop: after this the step is whole. */
static gboolean
seal (KontorImportJob *self, KontorImportRun *run, KontorImportResult *result, GError **error)
{
  return kontor_import_writer_flush (run->writer, error) &&
         write_batch (self, run, &result->batch, error) &&
         write_view (self, run, &result->view, error) &&
         (wants_to_keep (self) || !g_cancellable_set_error_if_cancelled (self->stop, error));
}

static KontorImportResult *
finish (KontorImportJob *self, KontorImportRun *run, gboolean stopped, GError **error)
{
  g_autoptr(KontorImportResult) result = g_new0 (KontorImportResult, 1);
  g_autoptr(KontorCommit) commit = NULL;

  result->report = kontor_import_report_ref (run->report);
  result->stopped = stopped;
  if (!has_effect (run))
    {
      take_back (self, run);
      return g_steal_pointer (&result);
    }
  if (!seal (self, run, result, error))
    {
      take_back (self, run);
      return NULL;
    }
  begin_phase (self, KONTOR_IMPORT_FINISHING);
  commit = kontor_import_writer_finish (run->writer, TRUE, finish_progress_cb, self, error);
  if (commit == NULL)
    return NULL;
  result->step = commit->step;
  return g_steal_pointer (&result);
}

static KontorImportReport *
make_report (KontorImportJob *self)
{
  return kontor_import_report_new (kontor_import_source_get_name (self->source),
                                   (const char *const *) self->inspection->columns->pdata,
                                   self->inspection->columns->len);
}

static void
forward_cancel_cb (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

/**
 * kontor_import_job_run:
 * @self: a job that was not run yet
 * @progress: (nullable) (scope call): told how far it is, on this thread and the writer's
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it, as kontor_import_job_stop() does without keeping
 * @error: (nullable): place for an error with file, line and column
 *
 * Imports. A faulty row leaves nothing of itself and is in the report; a faulty file leaves nothing
 * at all. Call it on a working thread.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL with @error set: nothing was
 */
KontorImportResult *
kontor_import_job_run (KontorImportJob *self,
                       KontorImportProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr(KontorImportReport) report = make_report (self);
  KontorImportRun run = { .workspace = self->workspace,
                          .source = self->source,
                          .inspection = self->inspection,
                          .map = self->map,
                          .options = self->options,
                          .report = report,
                          .write = TRUE,
                          .label = self->label,
                          .tick = tick_cb,
                          .tick_data = self,
                          .cancellable = self->stop };
  KontorImportResult *result = NULL;
  GError *local_error = NULL;
  gulong forward = 0;

  self->progress = progress;
  self->progress_data = progress_data;
  if (cancellable != NULL)
    forward = g_cancellable_connect (cancellable,
                                     G_CALLBACK (forward_cancel_cb),
                                     g_object_ref (self->stop),
                                     g_object_unref);
  if (kontor_import_run (&run, &local_error))
    {
      result = finish (self, &run, FALSE, error);
    }
  else if (run.writer != NULL && wants_to_keep (self) &&
           g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&local_error);
      result = finish (self, &run, TRUE, error);
    }
  else
    {
      take_back (self, &run);
      g_propagate_error (error, local_error);
    }
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, forward);
  kontor_import_writer_free (run.writer);
  self->progress = NULL;
  return result;
}

static void
run_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  KontorImportResult *result =
    kontor_import_job_run (KONTOR_IMPORT_JOB (object), NULL, NULL, NULL, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) kontor_import_result_free);
  else
    g_task_return_error (task, error);
}

/**
 * kontor_import_job_run_async:
 * @self: a job that was not run yet
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As kontor_import_job_run(), on another thread.
 */
void
kontor_import_job_run_async (KontorImportJob *self,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (self->context == NULL);

  self->context = g_main_context_ref_thread_default ();
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * kontor_import_job_run_finish:
 * @self: a job
 * @result: what the callback got
 * @error: (nullable): place for an error with file, line and column
 *
 * Returns: (transfer full) (nullable): what was done; %NULL with @error set: nothing was
 */
KontorImportResult *
kontor_import_job_run_finish (KontorImportJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kontor_import_job_get_state:
 * @self: a job
 * @state: (out caller-allocates): how far it is; on any thread
 */
void
kontor_import_job_get_state (KontorImportJob *self, KontorImportState *state)
{
  g_mutex_lock (&self->lock);
  *state = self->state;
  g_mutex_unlock (&self->lock);
}

/**
 * kontor_import_job_stop:
 * @self: a job
 * @keep: whether the rows that are imported stay; else they are taken back
 *
 * Stops it, from any thread.
 */
void
kontor_import_job_stop (KontorImportJob *self, gboolean keep)
{
  g_mutex_lock (&self->lock);
  self->keep = keep;
  g_mutex_unlock (&self->lock);
  g_cancellable_cancel (self->stop);
}
