/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimiter and header: the delimiter is the one by which most rows have the same number of cells;
 * a header is a row that differs in kind from those below it. */
#include "config.h"

#include "kontor-csv-dialect.h"

#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-number.h"
#include "kontor-phone.h"
#include "kontor-text-encoding.h"
#include <string.h>

#define SAMPLE_ROWS 200
/* Lines of words that may stand in front of a table. */
#define MAX_TITLE_LINES 20

static const char delimiters[] = { ',', ';', '\t', '|' };

typedef struct
{
  guint64 line;
  char **cells; /* owned */
  guint n_cells;
  gboolean is_bad;
} SampleRow;

static void
clear_sample_row (gpointer data)
{
  SampleRow *row = data;

  g_strfreev (row->cells);
}

/* The last row of a sample that was cut is not whole, unless it is the only one. */
static GArray *
read_sample (const guint8 *data,
             gsize length,
             gboolean whole,
             const KontorCsvDialect *dialect,
             GError **error)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, length, NULL);
  g_autoptr(KontorCsvReader) reader = kontor_csv_reader_new (stream, dialect, error);
  g_autoptr(GArray) rows = NULL;
  KontorCsvStatus status = KONTOR_CSV_ROW;
  KontorCsvRow row;

  if (reader == NULL)
    return NULL;
  rows = g_array_new (FALSE, TRUE, sizeof (SampleRow));
  g_array_set_clear_func (rows, clear_sample_row);
  while (rows->len < SAMPLE_ROWS && status <= KONTOR_CSV_BAD_ROW)
    {
      status = kontor_csv_reader_next (reader, &row, NULL, NULL);
      if (status <= KONTOR_CSV_BAD_ROW)
        {
          SampleRow sample = { .line = row.line,
                               .n_cells = row.n_cells,
                               .is_bad = status == KONTOR_CSV_BAD_ROW };

          sample.cells = g_new0 (char *, row.n_cells + 1);
          for (guint i = 0; i < row.n_cells; i++)
            sample.cells[i] = g_strstrip (g_strdup (row.cells[i]));
          g_array_append_val (rows, sample);
        }
    }
  if (!whole && status == KONTOR_CSV_END && rows->len > 1)
    g_array_set_size (rows, rows->len - 1);
  return g_steal_pointer (&rows);
}

/* The number of cells that most rows have. */
static guint
find_usual_count (GArray *rows, guint *n_usual)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint usual = 1;

  *n_usual = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      guint n = g_array_index (rows, SampleRow, i).n_cells;
      gpointer key = GUINT_TO_POINTER (n);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (count));
      if (count > *n_usual || (count == *n_usual && n > usual))
        {
          *n_usual = count;
          usual = n;
        }
    }
  return usual;
}

/* --- Delimiter ---------------------------------------------------------------------------- */

/* In thousandths: how many rows have the usual number of cells. A delimiter that parts nothing is
 * worth nothing. */
static guint
score_delimiter (GArray *rows)
{
  guint n_usual;
  guint usual = find_usual_count (rows, &n_usual);

  return usual > 1 && rows->len > 0 ? n_usual * 1000 / rows->len + MIN (usual, 20) : 0;
}

static void
guess_delimiter (const guint8 *data, gsize length, gboolean whole, KontorCsvDialect *dialect)
{
  KontorCsvDialect candidate = *dialect;
  guint best_score = 0;

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      g_autoptr(GArray) rows = NULL;
      guint score;

      candidate.delimiter = delimiters[i];
      rows = read_sample (data, length, whole, &candidate, NULL);
      score = rows != NULL ? score_delimiter (rows) : 0;
      if (score > best_score)
        {
          best_score = score;
          dialect->delimiter = delimiters[i];
        }
    }
}

/* Excel's own way to say it: a first line "sep=;". */
static gboolean
read_sep_line (GArray *rows, KontorCsvDialect *dialect)
{
  const SampleRow *first = rows->len > 0 ? &g_array_index (rows, SampleRow, 0) : NULL;
  const char *cell = first != NULL && first->n_cells > 0 ? first->cells[0] : NULL;
  char delimiter;

  if (cell == NULL || g_ascii_strncasecmp (cell, "sep=", 4) != 0)
    return FALSE;
  delimiter = cell[4] != '\0' ? cell[4] : dialect->delimiter;
  if ((cell[4] != '\0' && cell[5] != '\0') || !g_ascii_isprint (delimiter) ||
      g_ascii_isalnum (delimiter) || delimiter == '"')
    return FALSE;
  dialect->delimiter = delimiter;
  dialect->first_line = first->line + 1;
  return TRUE;
}

/* --- Header ------------------------------------------------------------------------------- */

/* Whether a cell is a value of some kind, and not words. */
static gboolean
is_typed (const char *cell)
{
  int year, month, day;
  gint64 number;

  if (*cell == '\0')
    return FALSE;
  if (kontor_decimal_parse (cell, 6, &number, NULL) || strchr (cell, '@') != NULL)
    return TRUE;
  if (g_str_has_prefix (cell, "http"))
    return TRUE;
  /* "c100" could be an extension, but here it is a name */
  if (kontor_phone_looks_like (cell) && !g_unichar_isalpha (g_utf8_get_char (cell)))
    return TRUE;
  return kontor_date_parse (cell, KONTOR_DATE_ORDER_UNKNOWN, &year, &month, &day);
}

static guint
count_typed (const SampleRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n += is_typed (row->cells[i]);
  return n;
}

/* Values come again further down; names of columns don't. */
static gboolean
has_repeated_cell (GArray *rows, const SampleRow *first)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const SampleRow *row = &g_array_index (rows, SampleRow, i);

      if (row->line <= first->line)
        continue;
      for (guint k = 0; k < MIN (row->n_cells, first->n_cells); k++)
        if (*first->cells[k] != '\0' && g_str_equal (first->cells[k], row->cells[k]))
          return TRUE;
    }
  return FALSE;
}

static gboolean
guess_header (GArray *rows, const SampleRow *first, KontorCsvIsHeader is_header, gpointer data)
{
  guint known = 0, words = 0;

  /* whoever reads it as one is told what is wrong with it */
  if (first->is_bad)
    return TRUE;
  for (guint i = 0; i < first->n_cells; i++)
    {
      words += *first->cells[i] != '\0';
      known += *first->cells[i] != '\0' && is_header != NULL && is_header (first->cells[i], data);
    }
  if (known > 0 && known * 3 >= words)
    return TRUE;
  if (count_typed (first) > 0)
    return FALSE;
  return words > 0 && !has_repeated_cell (rows, first);
}

/* Titles and dates of a report may stand in front of the table: rows with few cells before those
 * with many. */
static const SampleRow *
find_first_row (GArray *rows)
{
  guint n_usual;
  guint usual = find_usual_count (rows, &n_usual);

  for (guint i = 0; i < MIN (rows->len, MAX_TITLE_LINES); i++)
    {
      const SampleRow *row = &g_array_index (rows, SampleRow, i);

      if (row->is_bad || (row->n_cells * 2 >= usual && (row->n_cells > 1 || usual == 1)) ||
          n_usual * 2 < rows->len)
        return row;
    }
  return rows->len > 0 ? &g_array_index (rows, SampleRow, 0) : NULL;
}

/**
 * kontor_csv_guess_dialect:
 * @data: (array length=length): bytes from the start of a file
 * @length: how many
 * @whole: whether that is all of it
 * @is_header: (nullable) (scope call): knows names of columns
 * @is_header_data: for @is_header
 * @dialect: (inout): what is not NULL or 0 of encoding and delimiter is taken as it is; the rest is
 *   found
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the encoding that was given is not known
 */
gboolean
kontor_csv_guess_dialect (const guint8 *data,
                          gsize length,
                          gboolean whole,
                          KontorCsvIsHeader is_header,
                          gpointer is_header_data,
                          KontorCsvDialect *dialect,
                          GError **error)
{
  gboolean given = dialect->delimiter != '\0';
  g_autoptr(GArray) rows = NULL;
  const SampleRow *first;

  if (dialect->encoding == NULL)
    dialect->encoding = kontor_text_guess_encoding (data, length, whole, NULL);
  dialect->first_line = 1;
  if (!given)
    dialect->delimiter = ',';
  rows = read_sample (data, length, whole, dialect, error);
  if (rows == NULL)
    return FALSE;
  if (!read_sep_line (rows, dialect) && !given)
    guess_delimiter (data, length, whole, dialect);
  g_clear_pointer (&rows, g_array_unref);
  rows = read_sample (data, length, whole, dialect, error);
  first = find_first_row (rows);
  if (first == NULL)
    return TRUE;
  dialect->first_line = first->line;
  dialect->has_header = guess_header (rows, first, is_header, is_header_data);
  return TRUE;
}

/**
 * kontor_csv_delimiter_from_text:
 * @text: what somebody typed: the character itself, or "tab", "comma", "semicolon", "pipe"
 * @delimiter: (out): the character
 *
 * Returns: whether it can be one
 */
gboolean
kontor_csv_delimiter_from_text (const char *text, char *delimiter)
{
  static const char *const names[] = { "comma", "semicolon", "tab", "pipe", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (text, names[i]) == 0)
      {
        *delimiter = delimiters[i];
        return TRUE;
      }
  if (g_str_equal (text, "\\t"))
    text = "\t";
  *delimiter = text[0];
  return text[0] != '\0' && text[1] == '\0' && text[0] > 0 && !g_ascii_isalnum (text[0]) &&
         text[0] != '"' && text[0] != '\n' && text[0] != '\r' && text[0] != ' ';
}
