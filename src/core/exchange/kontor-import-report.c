/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems are kept up to a number; faulty rows go to a file without a name once they are many. */
#include "config.h"

#include "kontor-import-report.h"

#include "kontor-csv-writer.h"
#include "kontor-error.h"
#include "kontor-export.h"
#include "kontor-import-source.h"
#include "kontor-wire.h"
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_WARNINGS 20
/* Faulty rows in memory before they go to the disk. */
#define SPOOL_BYTES (256 * 1024)
/* A field of JSON holds 64 KB. */
#define JSON_BYTES (48 * 1024)
/* Of a faulty row so much is kept in the batch. */
#define JSON_ROW_BYTES 4096

struct _KontorImportReport
{
  gatomicrefcount refs;
  char *file;
  char **columns;
  KontorImportCounts counts;
  GPtrArray *problems; /* (element-type KontorImportProblem) */
  GPtrArray *warnings; /* (element-type utf8) */
  GString *spool;      /* faulty rows as CSV that are not on the disk */
  GFileIOStream *disk; /* (nullable): those before */
  GError *disk_error;  /* (nullable): why the disk did not take them */
  GString *rows;       /* the first faulty rows as JSON arrays, one a problem that fits */
  guint n_json_rows;
};

/**
 * kontor_import_report_get_type:
 *
 * Returns: the boxed type of reports
 */
GType
kontor_import_report_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorImportReport"),
                                                     (GBoxedCopyFunc) kontor_import_report_ref,
                                                     (GBoxedFreeFunc) kontor_import_report_unref));
  return (GType) type;
}

/**
 * kontor_import_problem_free:
 * @problem: (transfer full) (nullable): a problem
 */
void
kontor_import_problem_free (KontorImportProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->column);
  g_free (problem->field);
  g_free (problem->value);
  g_free (problem->reason);
  g_free (problem);
}

static void
begin_csv (KontorImportReport *self)
{
  KontorCsvWriter writer;

  kontor_csv_writer_init (&writer, self->spool, KONTOR_CSV_WRITE_DEFAULT);
  for (guint i = 0; self->columns[i] != NULL; i++)
    kontor_csv_writer_add_text (&writer, self->columns[i]);
  kontor_csv_writer_add_text (&writer, "line");
  kontor_csv_writer_add_text (&writer, "reason");
  kontor_csv_writer_end_row (&writer);
}

/**
 * kontor_import_report_new:
 * @file: what people call the file
 * @columns: (array length=n_columns): names of its columns
 * @n_columns: how many
 *
 * Returns: (transfer full): an empty report
 */
KontorImportReport *
kontor_import_report_new (const char *file, const char *const *columns, guint n_columns)
{
  KontorImportReport *self = g_new0 (KontorImportReport, 1);

  g_atomic_ref_count_init (&self->refs);
  self->file = g_strdup (file);
  self->columns = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    self->columns[i] = g_strdup (columns[i]);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_import_problem_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->spool = g_string_new (NULL);
  self->rows = g_string_new (NULL);
  begin_csv (self);
  return self;
}

/**
 * kontor_import_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
KontorImportReport *
kontor_import_report_ref (KontorImportReport *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kontor_import_report_unref:
 * @self: (transfer full): a report
 */
void
kontor_import_report_unref (KontorImportReport *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->file);
  g_strfreev (self->columns);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->warnings);
  g_string_free (self->spool, TRUE);
  g_string_free (self->rows, TRUE);
  g_clear_object (&self->disk);
  g_clear_error (&self->disk_error);
  g_free (self);
}

/**
 * kontor_import_report_edit_counts:
 * @self: a report
 *
 * Returns: (transfer none): its counts, to be changed by who fills it
 */
KontorImportCounts *
kontor_import_report_edit_counts (KontorImportReport *self)
{
  return &self->counts;
}

/**
 * kontor_import_report_get_counts:
 * @self: a report
 *
 * Returns: (transfer none): its counts
 */
const KontorImportCounts *
kontor_import_report_get_counts (KontorImportReport *self)
{
  return &self->counts;
}

/**
 * kontor_import_report_get_file:
 * @self: a report
 *
 * Returns: (transfer none): what people call the file
 */
const char *
kontor_import_report_get_file (KontorImportReport *self)
{
  return self->file;
}

/**
 * kontor_import_report_get_problems:
 * @self: a report
 *
 * Returns: (transfer none) (element-type KontorImportProblem): the first problems
 */
GPtrArray *
kontor_import_report_get_problems (KontorImportReport *self)
{
  return self->problems;
}

/**
 * kontor_import_report_get_warnings:
 * @self: a report
 *
 * Returns: (transfer none) (element-type utf8): what the person should know of the import as a
 *   whole
 */
GPtrArray *
kontor_import_report_get_warnings (KontorImportReport *self)
{
  return self->warnings;
}

/**
 * kontor_import_report_add_warning:
 * @self: a report
 * @text: a sentence
 */
void
kontor_import_report_add_warning (KontorImportReport *self, const char *text)
{
  if (self->warnings->len < MAX_WARNINGS)
    g_ptr_array_add (self->warnings, g_strdup (text));
}

/* --- Problems ------------------------------------------------------------------------------- */

static void
spool_row (KontorImportReport *self,
           const KontorImportProblem *problem,
           const char *const *cells,
           guint n_cells)
{
  guint n_columns = g_strv_length (self->columns);
  char line[24];
  KontorCsvWriter writer;

  kontor_csv_writer_init (&writer, self->spool, KONTOR_CSV_WRITE_DEFAULT);
  /* of cells beyond the columns nobody knows where they belong */
  for (guint i = 0; i < n_columns; i++)
    kontor_csv_writer_add_text (&writer, i < n_cells ? cells[i] : NULL);
  g_snprintf (line, sizeof line, "%" G_GUINT64_FORMAT, problem->line);
  kontor_csv_writer_add_number (&writer, line);
  kontor_csv_writer_add_text (&writer, problem->reason);
  kontor_csv_writer_end_row (&writer);
}

static void
move_to_disk (KontorImportReport *self)
{
  if (self->spool->len < SPOOL_BYTES || self->disk_error != NULL)
    return;
  if (self->disk == NULL)
    {
      g_autoptr(GFile) file =
        g_file_new_tmp ("kontor-faulty-XXXXXX", &self->disk, &self->disk_error);

      if (file == NULL)
        return;
      g_file_delete (file, NULL, NULL);
    }
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (self->disk)),
                             self->spool->str,
                             self->spool->len,
                             NULL,
                             NULL,
                             &self->disk_error);
  g_string_truncate (self->spool, 0);
}

/* The row in the batch, as a JSON array, while there is room. */
static void
keep_row (KontorImportReport *self, const char *const *cells, guint n_cells)
{
  gsize before = self->rows->len;

  if (self->n_json_rows + 1 != self->problems->len || before > JSON_BYTES / 2)
    return;
  g_string_append_c (self->rows, '[');
  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (self->rows, ',');
      kontor_wire_append_string (self->rows, cells[i]);
    }
  g_string_append (self->rows, "]\n");
  if (self->rows->len - before > JSON_ROW_BYTES)
    g_string_truncate (self->rows, before);
  else
    self->n_json_rows++;
}

/**
 * kontor_import_report_add_problem:
 * @self: a report
 * @error: what is wrong with a row; its detail names column, field and value
 * @line: where the row stands
 * @cells: (nullable) (array length=n_cells): the row
 * @n_cells: how many
 *
 * Counts a faulty row.
 */
void
kontor_import_report_add_problem (KontorImportReport *self,
                                  const GError *error,
                                  guint64 line,
                                  const char *const *cells,
                                  guint n_cells)
{
  KontorErrorDetail *detail = kontor_error_get_detail ((GError *) error);
  KontorImportProblem *problem = g_new0 (KontorImportProblem, 1);

  self->counts.failed++;
  problem->line = line;
  problem->reason = g_strdup (error->message);
  if (detail != NULL)
    {
      problem->column = g_strdup (detail->column);
      problem->field = g_strdup (detail->field);
      problem->value = g_strdup (detail->value);
    }
  spool_row (self, problem, cells, cells != NULL ? n_cells : 0);
  move_to_disk (self);
  if (self->problems->len == KONTOR_IMPORT_MAX_PROBLEMS)
    {
      kontor_import_problem_free (problem);
      return;
    }
  g_ptr_array_add (self->problems, problem);
  if (cells != NULL)
    keep_row (self, cells, n_cells);
}

/* --- JSON ----------------------------------------------------------------------------------- */

static void
append_member (GString *out, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", name);
  kontor_wire_append_string (out, text);
}

static void
append_problem (GString *out, const KontorImportProblem *problem, const char *row, gsize row_length)
{
  g_string_append_printf (out, "{\"line\":%" G_GUINT64_FORMAT, problem->line);
  append_member (out, "column", problem->column);
  append_member (out, "field", problem->field);
  append_member (out, "value", problem->value);
  append_member (out, "reason", problem->reason);
  if (row != NULL)
    {
      g_string_append (out, ",\"row\":");
      g_string_append_len (out, row, (gssize) row_length);
    }
  g_string_append_c (out, '}');
}

/**
 * kontor_import_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full) (nullable): the problems for an import_batch, as many as fit there;
 *   %NULL without any
 */
char *
kontor_import_report_to_json (KontorImportReport *self)
{
  GString *out;
  const char *row = self->rows->str;

  if (self->counts.failed == 0)
    return NULL;
  out = g_string_new (NULL);
  g_string_append_printf (out,
                          "{\"total\":%" G_GUINT64_FORMAT ",\"columns\":[",
                          self->counts.failed);
  for (guint i = 0; self->columns[i] != NULL && out->len < JSON_BYTES / 4; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      kontor_wire_append_string (out, self->columns[i]);
    }
  g_string_append (out, "],\"problems\":[");
  for (guint i = 0; i < self->problems->len && out->len < JSON_BYTES; i++)
    {
      const char *end = i < self->n_json_rows ? strchr (row, '\n') : NULL;

      if (i > 0)
        g_string_append_c (out, ',');
      append_problem (out,
                      g_ptr_array_index (self->problems, i),
                      end != NULL ? row : NULL,
                      end != NULL ? (gsize) (end - row) : 0);
      if (end != NULL)
        row = end + 1;
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

/* --- Faulty rows ------------------------------------------------------------------------------ */

static gboolean
copy_disk (KontorImportReport *self,
           GOutputStream *stream,
           GCancellable *cancellable,
           GError **error)
{
  GInputStream *disk;

  if (self->disk_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->disk_error));
      return FALSE;
    }
  if (self->disk == NULL)
    return TRUE;
  disk = g_io_stream_get_input_stream (G_IO_STREAM (self->disk));
  return g_seekable_seek (G_SEEKABLE (disk), 0, G_SEEK_SET, cancellable, error) &&
         g_output_stream_splice (stream, disk, G_OUTPUT_STREAM_SPLICE_NONE, cancellable, error) >=
           0;
}

/**
 * kontor_import_report_write_faulty:
 * @self: a report that is complete
 * @stream: where the rows go; it is not closed
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Writes all faulty rows as CSV, with line and reason behind their columns.
 *
 * Returns: whether all was written
 */
gboolean
kontor_import_report_write_faulty (KontorImportReport *self,
                                   GOutputStream *stream,
                                   GCancellable *cancellable,
                                   GError **error)
{
  return copy_disk (self, stream, cancellable, error) &&
         g_output_stream_write_all (stream,
                                    self->spool->str,
                                    self->spool->len,
                                    NULL,
                                    cancellable,
                                    error);
}

/**
 * kontor_import_report_save_faulty:
 * @self: a report that is complete
 * @path: a file, made or replaced
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with the file's name
 *
 * As kontor_import_report_write_faulty(); the file is there whole or not at all.
 *
 * Returns: whether it was written
 */
gboolean
kontor_import_report_save_faulty (KontorImportReport *self,
                                  const char *path,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr(GFileOutputStream) stream = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GCancellable) give_up = g_cancellable_new ();

  if (!kontor_export_may_replace (path, error))
    return FALSE;
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, &local_error);
  if (stream != NULL &&
      kontor_import_report_write_faulty (self, G_OUTPUT_STREAM (stream), cancellable, &local_error))
    {
      if (g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &local_error))
        return TRUE;
    }
  else if (stream != NULL)
    {
      /* closed under a cancelled cancellable, the old file stays */
      g_cancellable_cancel (give_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), give_up, NULL);
    }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
                      ? KONTOR_ERROR_FULL
                      : KONTOR_ERROR_IO,
                    _("The file can't be written: %s."),
                    local_error->message);
  if (error != NULL)
    kontor_error_set_file (*error, name);
  return FALSE;
}
