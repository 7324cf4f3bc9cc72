/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of JSON lines through an import. */
#include "config.h"

#include "kontor-import-lines-private.h"

/* So many records are worth building the indexes anew. */
#define BULK_LINES 20000
#define PRELOAD_LINES 2000

static gint64
count_existing (KontorImportRun *run)
{
  gint64 n = 0;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(KontorQuery) query = NULL;

      if ((type->flags & KONTOR_TYPE_SEARCHED) == 0)
        continue;
      query = kontor_query_new (type);
      n += MAX (0, kontor_workspace_count (run->workspace, query, run->cancellable, NULL));
    }
  return n;
}

static void
free_fault (gpointer error)
{
  g_error_free (error);
}

static void
clear_lines (KontorImportLines *lines)
{
  g_clear_pointer (&lines->schema, kontor_schema_unref);
  g_clear_pointer (&lines->match, kontor_match_free);
  g_clear_pointer (&lines->index, kontor_line_index_free);
  g_clear_pointer (&lines->open, g_array_unref);
  g_clear_pointer (&lines->chains, g_array_unref);
  g_clear_pointer (&lines->faults, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorImportLines, clear_lines)

/**
 * kontor_import_run_lines:
 * @run: a run over a file of JSON lines
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_run_lines (KontorImportRun *run, GError **error)
{
  g_auto(KontorImportLines) lines = { .run = run };
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (run->workspace);
  guint64 n = run->inspection->n_rows;

  lines.schema = kontor_schema_copy (schema);
  lines.match = kontor_match_new (run->workspace, n >= PRELOAD_LINES);
  lines.index = kontor_line_index_new ();
  lines.open = g_array_new (FALSE, FALSE, sizeof (KontorOpenLink));
  lines.chains = g_array_new (FALSE, FALSE, sizeof (KontorOpenLink));
  lines.faults = g_hash_table_new_full (NULL, NULL, NULL, free_fault);
  if (!kontor_import_lines_survey (&lines, error))
    return FALSE;
  run->bulk = n >= BULK_LINES && n >= (guint64) count_existing (run) &&
              kontor_import_options_only_adds (run->options);
  return kontor_import_lines_write (&lines, error);
}
