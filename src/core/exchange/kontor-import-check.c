/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import without a writer: the same rows, the same questions, nothing written. */
#include "config.h"

#include "kontor-import-check.h"

#include "kontor-error.h"
#include "kontor-import-run-private.h"
#include <string.h>

/* What is shown of a row is cut off there. */
#define TEXT_BYTES 200
#define TITLE_CELLS 3

typedef struct
{
  KontorImportCheck *check;
  GHashTable *made; /* (element-type KontorId guint64): records of earlier rows → their lines */
  guint n_kept_new;
  KontorProgress progress;
  gpointer progress_data;
  guint64 size;
  gint64 next; /* monotonic time from which progress is told again */
} Look;

/**
 * kontor_import_check_ref:
 * @self: a check
 *
 * Returns: (transfer full): @self
 */
KontorImportCheck *
kontor_import_check_ref (KontorImportCheck *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kontor_import_check_unref:
 * @self: (transfer full): a check
 */
void
kontor_import_check_unref (KontorImportCheck *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->rows);
  g_string_chunk_free (self->texts);
  g_clear_pointer (&self->report, kontor_import_report_unref);
  g_free (self);
}

static const char *
keep_text (KontorImportCheck *check, const char *text)
{
  char shortened[TEXT_BYTES + 1];
  gsize length = strlen (text);

  if (length > TEXT_BYTES)
    {
      length = TEXT_BYTES;
      while (length > 0 && (text[length] & 0xc0) == 0x80)
        length--;
      memcpy (shortened, text, length);
      shortened[length] = '\0';
      text = shortened;
    }
  /* many rows say the same */
  return g_string_chunk_insert_const (check->texts, text);
}

static const char *
keep_title (KontorImportCheck *check, const KontorSeenRow *seen)
{
  g_autofree char *title = seen->draft != NULL ? kontor_record_dup_title (seen->draft) : NULL;
  g_autoptr(GString) cells = NULL;
  guint n = 0;

  if (title != NULL && *title != '\0')
    return keep_text (check, title);
  cells = g_string_new (NULL);
  for (guint i = 0; i < seen->n_cells && n < TITLE_CELLS; i++)
    if (seen->cells[i] != NULL && *seen->cells[i] != '\0')
      g_string_append_printf (cells, "%s%.*s", n++ > 0 ? ", " : "", TEXT_BYTES, seen->cells[i]);
  g_strdelimit (cells->str, "\r\n", ' ');
  /* bytes that are no text may be what is wrong with the row */
  g_free (title);
  title = g_utf8_make_valid (cells->str, (gssize) cells->len);
  return keep_text (check, title);
}

static void
keep_error (KontorImportCheck *check, KontorCheckedRow *row, const GError *error)
{
  const KontorErrorDetail *detail = kontor_error_get_detail ((GError *) error);

  row->reason = keep_text (check, error->message);
  if (detail != NULL && detail->column != NULL && detail->value != NULL)
    {
      g_autofree char *value = g_strdup_printf ("%s: %s", detail->column, detail->value);

      row->value = keep_text (check, value);
    }
}

static void
keep_row (Look *look, const KontorSeenRow *seen)
{
  KontorImportCheck *check = look->check;
  gboolean is_new = seen->verdict == KONTOR_VERDICT_NEW;
  guint kept = is_new ? look->n_kept_new : check->rows->len - look->n_kept_new;
  KontorCheckedRow row = { .line = seen->line,
                           .verdict = seen->verdict,
                           .type = seen->type,
                           .record = seen->record };
  const guint64 *other;

  if (kept >= KONTOR_CHECK_MAX_ROWS)
    return;
  other = kontor_id_is_null (&row.record) ? NULL : g_hash_table_lookup (look->made, &row.record);
  row.other_line = other != NULL ? *other : 0;
  row.title = keep_title (check, seen);
  if (seen->error != NULL)
    keep_error (check, &row, seen->error);
  look->n_kept_new += is_new;
  g_array_append_val (check->rows, row);
  if (!kontor_id_is_null (&seen->own))
    g_hash_table_insert (look->made,
                         g_memdup2 (&seen->own, sizeof seen->own),
                         g_memdup2 (&seen->line, sizeof seen->line));
}

static void
seen_cb (const KontorSeenRow *row, gpointer data)
{
  Look *look = data;
  KontorImportCheck *check = look->check;

  switch (row->verdict)
    {
    case KONTOR_VERDICT_NEW:
      check->n_new++;
      break;
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
  keep_row (look, row);
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
  g_autoptr(GHashTable) made =
    g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, g_free);
  Look look = { .check = check,
                .made = made,
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

  g_atomic_ref_count_init (&check->refs);
  check->rows = g_array_new (FALSE, FALSE, sizeof (KontorCheckedRow));
  check->texts = g_string_chunk_new (4096);
  check->report = kontor_import_report_new (kontor_import_source_get_name (source),
                                            (const char *const *) inspection->columns->pdata,
                                            inspection->columns->len);
  run.report = check->report;
  if (!kontor_import_run (&run, error))
    return NULL;
  check->n_others = kontor_import_report_get_counts (check->report)->others;
  return g_steal_pointer (&check);
}
