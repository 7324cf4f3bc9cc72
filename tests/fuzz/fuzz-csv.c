/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: CSV from guessing the dialect to rows. Rows are on rising lines, their cells are
 * text, and what is written of them reads the same. */
#include "config.h"

#include "kontor-csv-dialect.h"
#include "kontor-csv-writer.h"
#include "kontor-file-kind.h"
#include "kontor-text-encoding.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
is_header (const char *cell, gpointer data)
{
  return g_str_equal (cell, "name");
}

static void
check_written (const KontorCsvRow *row)
{
  const KontorCsvDialect dialect = { .encoding = "UTF-8", .delimiter = ',', .first_line = 1 };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(KontorCsvReader) reader = NULL;
  KontorCsvWriter writer;
  KontorCsvRow again;

  kontor_csv_writer_init (&writer, out, KONTOR_CSV_WRITE_DEFAULT);
  for (guint i = 0; i < row->n_cells; i++)
    kontor_csv_writer_add_text (&writer, row->cells[i]);
  kontor_csv_writer_end_row (&writer);
  stream = g_memory_input_stream_new_from_data (out->str, out->len, NULL);
  reader = kontor_csv_reader_new (stream, &dialect, NULL);
  g_assert_cmpint (kontor_csv_reader_next (reader, &again, NULL, NULL), ==, KONTOR_CSV_ROW);
  g_assert_cmpuint (again.n_cells, ==, row->n_cells);
  for (guint i = 0; i < row->n_cells; i++)
    g_assert_cmpstr (kontor_csv_unguard (again.cells[i]), ==, row->cells[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, size, NULL);
  const char *encoding = kontor_text_guess_encoding (data, size, TRUE, NULL);
  g_autoptr(KontorCsvReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  KontorCsvDialect dialect = { 0 };
  KontorCsvStatus status;
  KontorFileKind kind;
  KontorCsvRow row;
  guint64 line = 0;

  g_assert_true (kontor_file_kind_guess (data, size, encoding, &kind, &error) == (error == NULL));
  g_clear_error (&error);
  g_assert_true (kontor_csv_guess_dialect (data, size, TRUE, is_header, NULL, &dialect, NULL));
  reader = kontor_csv_reader_new (stream, &dialect, NULL);
  do
    {
      status = kontor_csv_reader_next (reader, &row, NULL, &error);
      g_assert_true ((status == KONTOR_CSV_ROW || status == KONTOR_CSV_END) == (error == NULL));
      g_clear_error (&error);
      if (status > KONTOR_CSV_BAD_ROW)
        break;
      g_assert_cmpuint (row.line, >, line);
      line = row.line;
      for (guint i = 0; i < row.n_cells; i++)
        g_assert_true (g_utf8_validate (row.cells[i], -1, NULL));
      if (status == KONTOR_CSV_ROW)
        check_written (&row);
    }
  while (TRUE);
  g_assert_cmpuint (kontor_csv_reader_get_bytes (reader), <=, size);
  return 0;
}
