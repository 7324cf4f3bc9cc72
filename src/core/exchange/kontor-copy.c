/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table is what an export would write, in other clothes: formulas are disarmed there. */
#include "config.h"

#include "kontor-copy.h"

#include "kontor-csv-reader.h"
#include "kontor-error.h"
#include "kontor-export.h"
#include "kontor-import-source.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* Lines that are looked at to tell a table. */
#define PASTE_LINES 50

/**
 * kontor_copy_free:
 * @copy: (transfer full) (nullable): a copy
 */
void
kontor_copy_free (KontorCopy *copy)
{
  if (copy == NULL)
    return;
  g_free (copy->tsv);
  g_free (copy->html);
  g_free (copy->cards);
  g_free (copy);
}

/* --- The table -------------------------------------------------------------------------------- */

static void
append_tsv (GString *out, const char *cell, gboolean first)
{
  if (!first)
    g_string_append_c (out, '\t');
  for (const char *at = cell != NULL ? cell : ""; *at != '\0'; at++)
    g_string_append_c (out, *at == '\t' || *at == '\r' || *at == '\n' ? ' ' : *at);
}

static void
append_html (GString *out, const char *cell, const char *tag)
{
  g_autofree char *escaped = g_markup_escape_text (cell != NULL ? cell : "", -1);
  g_autoptr(GString) text = g_string_new (escaped);

  g_string_replace (text, "\n", "<br>", 0);
  /* not every program knows that one */
  g_string_replace (text, "&apos;", "&#39;", 0);
  g_string_append_printf (out, "<%s>%s</%s>", tag, text->str, tag);
}

static void
append_header (GString *tsv, GString *html, KontorQuery *query)
{
  guint n;
  const KontorFieldDef *const *columns = kontor_query_get_columns (query, &n);

  g_string_append (html, "<meta charset=\"utf-8\"><table><tr>");
  for (guint i = 0; i < n; i++)
    {
      const char *label = kontor_field_get_label (columns[i]);

      append_tsv (tsv, label, i == 0);
      append_html (html, label, "th");
    }
  g_string_append (tsv, "\n");
  g_string_append (html, "</tr>\n");
}

static gboolean
append_rows (GString *tsv, GString *html, GInputStream *stream, GError **error)
{
  const KontorCsvDialect dialect = { .encoding = "UTF-8", .delimiter = ',', .has_header = TRUE };
  g_autoptr(KontorCsvReader) reader = kontor_csv_reader_new (stream, &dialect, error);
  KontorCsvRow row;

  for (guint n = 0; reader != NULL; n++)
    {
      KontorCsvStatus status = kontor_csv_reader_next (reader, &row, NULL, error);

      if (status != KONTOR_CSV_ROW)
        return status == KONTOR_CSV_END;
      if (n == 0)
        continue; /* names of fields */
      g_string_append (html, "<tr>");
      for (guint i = 0; i < row.n_cells; i++)
        {
          append_tsv (tsv, row.cells[i], i == 0);
          append_html (html, row.cells[i], "td");
        }
      g_string_append (tsv, "\n");
      g_string_append (html, "</tr>\n");
    }
  return FALSE;
}

static gboolean
copy_table (KontorWorkspace *workspace,
            KontorQuery *query,
            GArray *rids,
            KontorCopy *copy,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr(KontorExport) export = kontor_export_new (workspace, KONTOR_EXPORT_CSV);
  g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr(GInputStream) in = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GString) tsv = g_string_new (NULL);
  g_autoptr(GString) html = g_string_new (NULL);
  guint n;
  const KontorFieldDef *const *columns = kontor_query_get_columns (query, &n);

  kontor_export_add_query (export, query);
  kontor_export_set_rids (export, rids);
  for (guint i = 0; i < n; i++)
    kontor_export_add_column (export, columns[i]);
  if (!kontor_export_write (export, out, NULL, NULL, cancellable, error) ||
      !g_output_stream_close (out, NULL, error))
    return FALSE;
  copy->n = (guint) kontor_export_get_n_rows (export);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  in = g_memory_input_stream_new_from_bytes (bytes);
  append_header (tsv, html, query);
  if (!append_rows (tsv, html, in, error))
    return FALSE;
  g_string_append (html, "</table>\n");
  copy->tsv = g_string_free (g_steal_pointer (&tsv), FALSE);
  copy->html = g_string_free (g_steal_pointer (&html), FALSE);
  return TRUE;
}

/* --- The cards -------------------------------------------------------------------------------- */

static gboolean
copy_cards (KontorWorkspace *workspace,
            const KontorRecordType *type,
            GArray *rids,
            KontorCopy *copy,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (KontorId));

  if (!kontor_export_can_be_cards (type) || rids->len > KONTOR_COPY_MAX_CARDS)
    return TRUE;
  records = kontor_workspace_fetch (workspace,
                                    type,
                                    (const gint64 *) (gpointer) rids->data,
                                    rids->len,
                                    KONTOR_READ_DEFAULT,
                                    error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      g_array_append_val (ids, *kontor_record_get_id (g_ptr_array_index (records, i)));
  copy->cards = kontor_export_cards_to_text (workspace,
                                             type,
                                             (const KontorId *) (gpointer) ids->data,
                                             ids->len,
                                             KONTOR_EXPORT_VCARD_3,
                                             FALSE,
                                             cancellable,
                                             error);
  return copy->cards != NULL;
}

/**
 * kontor_copy_records:
 * @workspace: a workspace
 * @query: type, order and columns
 * @rids: (element-type gint64): which of its records
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Waits for a database thread.
 *
 * Returns: (transfer full) (nullable): the records, or %NULL with @error set: they are too many
 */
KontorCopy *
kontor_copy_records (KontorWorkspace *workspace,
                     KontorQuery *query,
                     GArray *rids,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr(KontorCopy) copy = g_new0 (KontorCopy, 1);

  if (rids->len > KONTOR_COPY_MAX_ROWS)
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_LIMIT,
                        _("So many records don't fit into the clipboard. Export them instead."));
      return NULL;
    }
  if (!copy_table (workspace, query, rids, copy, cancellable, error) ||
      !copy_cards (workspace, kontor_query_get_record_type (query), rids, copy, cancellable, error))
    return NULL;
  return g_steal_pointer (&copy);
}

/* --- Pasting ---------------------------------------------------------------------------------- */

static guint
count_char (const char *line, gsize length, char c)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += line[i] == c;
  return n;
}

/* Two lines or more, each with as many of the separator as the first. */
static gboolean
is_parted_by (const char *text, char separator)
{
  guint first = 0, n = 0;

  for (const char *at = text; *at != '\0' && n < PASTE_LINES;)
    {
      gsize length = strcspn (at, "\r\n");
      guint count = count_char (at, length, separator);

      if (length > 0)
        {
          if (n == 0)
            first = count;
          if (count == 0 || count != first)
            return FALSE;
          n++;
        }
      at += length + strspn (at + length, "\r\n");
    }
  return n >= 2;
}

/**
 * kontor_paste_find_kind:
 * @text: what the clipboard has
 *
 * Returns: what it is
 */
KontorPasteKind
kontor_paste_find_kind (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  if (*text == '\0')
    return KONTOR_PASTE_NOTHING;
  if (g_ascii_strncasecmp (text, "BEGIN:VCARD", 11) == 0)
    return KONTOR_PASTE_CARDS;
  if (is_parted_by (text, '\t') || is_parted_by (text, ';') || is_parted_by (text, ','))
    return KONTOR_PASTE_TABLE;
  return KONTOR_PASTE_TEXT;
}
