/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv splits, this keeps count: of lines, bytes and columns, so that nothing grows without
 * bound and every complaint names its place. */
#include "config.h"

#include "kontor-csv-reader.h"

#include "kontor-error.h"
#include "kontor-formats.h"
#include "kontor-text-input.h"
#include <csv.h>
#include <string.h>
#include <glib/gi18n-lib.h>

typedef enum
{
  PROBLEM_NONE,
  PROBLEM_CELL,    /* longer than a cell may be */
  PROBLEM_COLUMNS, /* more than a row may have */
} Problem;

typedef struct
{
  guint64 line;
  gsize first_cell;
  guint n_cells;
  Problem problem;
  guint problem_column; /* from 0 */
} Row;

struct _KontorCsvReader
{
  KontorTextInput *input; /* owned */
  char *name;             /* (nullable): of the file, for messages */
  struct csv_parser parser;
  GString *block;    /* text not given to the parser yet */
  guint64 skip;      /* lines to leave out at the start */
  GString *text;     /* cells, each with a NUL behind it */
  GArray *starts;    /* (element-type gsize): where the cells begin in .text */
  GArray *rows;      /* (element-type Row): whole ones */
  guint next;        /* the next of .rows to be given out */
  GPtrArray *cells;  /* of the row given out last */
  Row row;           /* the one being read */
  guint64 line;      /* where the parser is, from 1 */
  guint64 cell_line; /* where its present cell began */
  gboolean after_cr;
  gsize row_bytes; /* of text since the row began, in whole blocks */
  gboolean more;
  GError *failure; /* (nullable): comes after the rows that were whole */
};

/* libcsv's state inside a cell; with .quoted set a quote is open. */
#define FIELD_BEGUN 2

/* --- What libcsv says --------------------------------------------------------------------- */

static guint
count_breaks (const char *text, gsize length)
{
  guint n = 0;

  if (memchr (text, '\n', length) == NULL && memchr (text, '\r', length) == NULL)
    return 0;
  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
  return n;
}

static void
note_problem (KontorCsvReader *self, Problem problem)
{
  if (self->row.problem != PROBLEM_NONE)
    return;
  self->row.problem = problem;
  self->row.problem_column = self->row.n_cells;
}

static void
cell_ended_cb (void *text, size_t length, void *data)
{
  KontorCsvReader *self = data;
  gsize start = self->text->len;

  self->after_cr = FALSE;
  if (self->row.n_cells == 0)
    self->row.line = self->cell_line;
  self->line += count_breaks (text, length);
  self->cell_line = self->line;
  if (length > KONTOR_CSV_MAX_CELL)
    {
      note_problem (self, PROBLEM_CELL);
      length = 200;
    }
  if (self->row.n_cells >= KONTOR_CSV_MAX_COLUMNS)
    note_problem (self, PROBLEM_COLUMNS);
  else
    {
      g_string_append_len (self->text, text, length);
      g_string_append_c (self->text, '\0');
      g_array_append_val (self->starts, start);
    }
  self->row.n_cells++;
}

static void
row_ended_cb (int c, void *data)
{
  KontorCsvReader *self = data;

  if (self->row.n_cells > 0)
    {
      g_array_append_val (self->rows, self->row);
      self->row = (Row){ .first_cell = self->starts->len };
      self->row_bytes = 0;
    }
  if (c == '\n' || c == '\r')
    self->line += c == '\n' && self->after_cr ? 0 : 1;
  self->after_cr = c == '\r';
  self->cell_line = self->line;
}

/* --- Blocks ------------------------------------------------------------------------------- */

static void
fail (KontorCsvReader *self, KontorErrorCode code, guint64 line, const char *message)
{
  self->failure = kontor_error_new (KONTOR_FORMATS_ERROR, code, "%s", message);
  kontor_error_set_line (self->failure, line);
}

/* Rows that were given out make room. */
static void
drop_rows (KontorCsvReader *self)
{
  gsize end;

  if (self->rows->len == 0)
    return;
  end = self->row.first_cell < self->starts->len
          ? g_array_index (self->starts, gsize, self->row.first_cell)
          : self->text->len;
  g_string_erase (self->text, 0, end);
  g_array_remove_range (self->starts, 0, self->row.first_cell);
  for (guint i = 0; i < self->starts->len; i++)
    g_array_index (self->starts, gsize, i) -= end;
  self->row.first_cell = 0;
  g_array_set_size (self->rows, 0);
  self->next = 0;
}

/* Leaves out the lines in front of the table. */
static void
skip_lines (KontorCsvReader *self)
{
  gsize at = 0;

  while (self->skip > 0 && at < self->block->len)
    {
      char c = self->block->str[at++];

      if (c != '\n' && c != '\r')
        continue;
      if (c == '\r' && at == self->block->len)
        self->after_cr = TRUE;
      else if (c == '\r' && self->block->str[at] == '\n')
        at++;
      self->skip--;
      self->line++;
      self->cell_line++;
    }
  g_string_erase (self->block, 0, at);
}

static void
finish (KontorCsvReader *self)
{
  if (self->parser.quoted && self->parser.pstate == FIELD_BEGUN)
    fail (self,
          KONTOR_ERROR_INVALID,
          self->cell_line,
          _("The quote that begins here is never closed. The file is not whole, or a quote is "
             "missing."));
  else
    csv_fini (&self->parser, cell_ended_cb, row_ended_cb, self);
}

static void
check_row_limit (KontorCsvReader *self)
{
  if (self->row_bytes <= KONTOR_CSV_MAX_ROW)
    return;
  fail (self,
        KONTOR_ERROR_LIMIT,
        self->cell_line,
        self->parser.quoted ? _("The quote that begins here is not closed within 16 MB.")
                            : _("This line is longer than 16 MB. Is this a table?"));
}

static void
parse_block (KontorCsvReader *self, GCancellable *cancellable)
{
  gsize parsed;

  drop_rows (self);
  g_string_truncate (self->block, 0);
  if (!kontor_text_input_read (self->input, self->block, &self->more, cancellable, &self->failure))
    return;
  skip_lines (self);
  self->row_bytes += self->block->len;
  parsed = csv_parse (&self->parser,
                      self->block->str,
                      self->block->len,
                      cell_ended_cb,
                      row_ended_cb,
                      self);
  if (parsed != self->block->len)
    fail (self, KONTOR_ERROR_FAILED, self->line, csv_strerror (csv_error (&self->parser)));
  else if (!self->more)
    finish (self);
  else
    check_row_limit (self);
}

/* --- Rows --------------------------------------------------------------------------------- */

static KontorCsvStatus
fail_row (KontorCsvReader *self,
          const Row *row,
          guint column,
          const char *value,
          KontorErrorCode code,
          const char *message,
          GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", column + 1);
  GError *local = kontor_error_new (KONTOR_FORMATS_ERROR, code, "%s", message);

  kontor_error_set_file (local, self->name);
  kontor_error_set_line (local, row->line);
  kontor_error_set_column (local, number);
  kontor_error_set_value (local, value);
  g_propagate_error (error, local);
  return KONTOR_CSV_BAD_ROW;
}

static KontorCsvStatus
fail_cell (KontorCsvReader *self, const Row *row, guint column, gsize length, GError **error)
{
  const char *cell = g_ptr_array_index (self->cells, column);
  g_autofree char *shown = NULL;
  g_autofree char *message = NULL;

  if (memchr (cell, '\0', length) != NULL)
    return fail_row (self,
                     row,
                     column,
                     cell,
                     KONTOR_ERROR_INVALID,
                     _("This has a NUL byte, which no text has."),
                     error);
  shown = g_utf8_make_valid (cell, MIN (length, 200));
  message = g_strdup_printf (_("This is not valid text in %s. Is the encoding another one?"),
                             kontor_text_input_get_encoding (self->input));
  return fail_row (self, row, column, shown, KONTOR_ERROR_INVALID, message, error);
}

static KontorCsvStatus
fail_limit (KontorCsvReader *self, const Row *row, GError **error)
{
  g_autofree char *message = NULL;

  if (row->problem == PROBLEM_CELL)
    return fail_row (self,
                     row,
                     row->problem_column,
                     NULL,
                     KONTOR_ERROR_LIMIT,
                     _("This cell is longer than 1 MB."),
                     error);
  message = g_strdup_printf (ngettext ("The row has %u column; at most %u are read.",
                                       "The row has %u columns; at most %u are read.",
                                       row->n_cells),
                             row->n_cells,
                             KONTOR_CSV_MAX_COLUMNS);
  return fail_row (self, row, row->problem_column, NULL, KONTOR_ERROR_LIMIT, message, error);
}

/* Cells that can't be shown whole are in the row all the same: reports need them. */
static KontorCsvStatus
give_row (KontorCsvReader *self, const Row *row, KontorCsvRow *out, GError **error)
{
  guint n = MIN (row->n_cells, KONTOR_CSV_MAX_COLUMNS);
  const gsize *starts = &g_array_index (self->starts, gsize, 0);
  KontorCsvStatus status = KONTOR_CSV_ROW;

  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->cells, self->text->str + starts[row->first_cell + i]);
  out->line = row->line;
  out->cells = (const char *const *) self->cells->pdata;
  out->n_cells = n;
  if (row->problem != PROBLEM_NONE)
    status = fail_limit (self, row, error);
  for (guint i = 0; i < n; i++)
    {
      gsize index = row->first_cell + i;
      gsize end = index + 1 < self->starts->len ? starts[index + 1] : self->text->len;
      gsize length = end - starts[index] - 1;
      char *cell = g_ptr_array_index (self->cells, i);

      if (G_LIKELY (g_utf8_validate_len (cell, length, NULL)))
        continue;
      if (status == KONTOR_CSV_ROW)
        status = fail_cell (self, row, i, length, error);
      /* up to the first byte that is none; what follows is not shown */
      g_utf8_validate_len (cell, length, (const char **) &cell);
      *cell = '\0';
    }
  return status;
}

/**
 * kontor_csv_reader_next:
 * @self: a reader
 * @row: (out caller-allocates): the row, valid until the next call; of a bad row what could be read
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with file, line and column
 *
 * Lines without anything on them are passed over.
 *
 * Returns: what was read
 */
KontorCsvStatus
kontor_csv_reader_next (KontorCsvReader *self,
                        KontorCsvRow *row,
                        GCancellable *cancellable,
                        GError **error)
{
  while (self->next == self->rows->len)
    {
      if (self->failure != NULL)
        {
          kontor_error_set_file (self->failure, self->name);
          g_propagate_error (error, g_error_copy (self->failure));
          return KONTOR_CSV_FAILED;
        }
      if (!self->more)
        return KONTOR_CSV_END;
      parse_block (self, cancellable);
    }
  return give_row (self, &g_array_index (self->rows, Row, self->next++), row, error);
}

/**
 * kontor_csv_reader_new:
 * @stream: bytes; read from where it stands, not closed
 * @dialect: how the rows are written
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the reader; %NULL with @error set
 */
KontorCsvReader *
kontor_csv_reader_new (GInputStream *stream, const KontorCsvDialect *dialect, GError **error)
{
  g_autoptr(KontorTextInput) input = kontor_text_input_new (stream, dialect->encoding, error);
  KontorCsvReader *self;

  if (input == NULL)
    return NULL;
  self = g_new0 (KontorCsvReader, 1);
  self->input = g_steal_pointer (&input);
  csv_init (&self->parser, CSV_REPALL_NL);
  csv_set_delim (&self->parser, dialect->delimiter);
  /* long cells grow in few pieces: where memory is moved for each, a piece of a page made them
   * cost the square of their length */
  csv_set_blk_size (&self->parser, 256 * 1024);
  self->block = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_ptr_array_new ();
  self->skip = dialect->first_line > 1 ? dialect->first_line - 1 : 0;
  self->line = self->cell_line = 1;
  self->more = TRUE;
  return self;
}

/**
 * kontor_csv_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void
kontor_csv_reader_free (KontorCsvReader *self)
{
  if (self == NULL)
    return;
  csv_free (&self->parser);
  kontor_text_input_free (self->input);
  g_string_free (self->block, TRUE);
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->cells);
  g_clear_error (&self->failure);
  g_free (self->name);
  g_free (self);
}

/**
 * kontor_csv_reader_get_bytes:
 * @self: a reader
 *
 * Returns: how many bytes of the file were read
 */
guint64
kontor_csv_reader_get_bytes (KontorCsvReader *self)
{
  return kontor_text_input_get_bytes (self->input);
}

/**
 * kontor_csv_reader_set_name:
 * @self: a reader
 * @name: (nullable): what errors call the file
 */
void
kontor_csv_reader_set_name (KontorCsvReader *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}
