/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output of kontorctl: buffered text, progress on a terminal, and rows as table, JSON or CSV. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-csv-writer.h"
#include "kontor-wire.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define OUTPUT_BUFFER (64 * 1024)
/* Rows that decide how wide the columns of a table are; later ones follow as they are. */
#define TABLE_SAMPLE 500
#define TABLE_GAP 2
#define CELL_MAX_WIDTH 60

typedef struct
{
  char *name;
  char *label;
  KontorCliAlign align;
  int width;
} Column;

typedef struct
{
  char *text; /* (nullable) */
  char *json; /* (nullable): @text is a string */
} Cell;

struct _KontorCliTable
{
  KontorCli *cli;
  GArray *columns; /* (element-type Column) */
  GArray *cells;   /* (element-type Cell): of the row being made, and of the sample before it */
  guint64 n_rows;
  guint n_sampled;
  gboolean started; /* header and sample are written */
};

/* --- Text ----------------------------------------------------------------------------------- */

/**
 * kontor_cli_flush:
 * @cli: a run
 *
 * Writes what is buffered to standard output. A reader that went away is no error.
 *
 * Returns: %FALSE when it could not be written: stop
 */
gboolean
kontor_cli_flush (KontorCli *cli)
{
  gsize done = 0;

  if (cli->output_closed)
    g_string_truncate (cli->output, 0);
  while (done < cli->output->len)
    {
      gssize n = write (cli->output_fd, cli->output->str + done, cli->output->len - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int saved_errno = errno;
          g_autoptr(GError) error = NULL;

          g_string_truncate (cli->output, 0);
          cli->output_closed = saved_errno == EPIPE;
          kontor_set_error (&error,
                            KONTOR_CLI_ERROR,
                            saved_errno == ENOSPC ? KONTOR_ERROR_FULL : KONTOR_ERROR_IO,
                            _("The output can't be written: %s."),
                            g_strerror (saved_errno));
          kontor_cli_fail (cli, error);
          cli->output_closed = TRUE;
          return FALSE;
        }
      done += n;
    }
  g_string_truncate (cli->output, 0);
  return !cli->output_closed;
}

/**
 * kontor_cli_print:
 * @cli: a run
 * @text: UTF-8
 *
 * Returns: %FALSE when the output can't be written: stop
 */
gboolean
kontor_cli_print (KontorCli *cli, const char *text)
{
  g_string_append (cli->output, text);
  return cli->output->len < OUTPUT_BUFFER ? !cli->output_closed : kontor_cli_flush (cli);
}

/**
 * kontor_cli_printf:
 * @cli: a run
 * @format: format
 * @...: its arguments
 *
 * Returns: %FALSE when the output can't be written: stop
 */
gboolean
kontor_cli_printf (KontorCli *cli, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (cli->output, format, args);
  va_end (args);
  return cli->output->len < OUTPUT_BUFFER ? !cli->output_closed : kontor_cli_flush (cli);
}

/**
 * kontor_cli_write_file:
 * @path: a file to make or replace
 * @text: its content
 * @length: bytes of @text
 * @error: (nullable): place for an error with the file's name
 *
 * Returns: whether all of it was written
 */
gboolean
kontor_cli_write_file (const char *path, const char *text, gsize length, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr(GError) local_error = NULL;

  if (g_file_set_contents (path, text, length, &local_error))
    return TRUE;
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                      ? KONTOR_ERROR_FULL
                      : KONTOR_ERROR_IO,
                    _("The file can't be written: %s."),
                    local_error->message);
  if (error != NULL)
    kontor_error_set_file (*error, name);
  return FALSE;
}

/* --- Progress ------------------------------------------------------------------------------- */

/**
 * kontor_cli_begin_progress:
 * @cli: a run
 * @label: translated: what is being done
 */
void
kontor_cli_begin_progress (KontorCli *cli, const char *label)
{
  cli->progress_label = label;
}

/**
 * kontor_cli_show_progress:
 * @done: units done
 * @total: units in all, 0 while unknown
 * @cli: (type KontorCli): a run
 *
 * A #KontorProgress that writes to standard error, if that is a terminal.
 */
void
kontor_cli_show_progress (guint64 done, guint64 total, gpointer cli)
{
  KontorCli *self = cli;

  if (!isatty (STDERR_FILENO) || self->progress_label == NULL)
    return;
  self->progress_shown = TRUE;
  if (total > 0)
    fprintf (stderr,
             "\r%s %3u %% (%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT ")\033[K",
             self->progress_label,
             (guint) (MIN (done, total) * 100 / total),
             done,
             total);
  else
    fprintf (stderr, "\r%s %" G_GUINT64_FORMAT "\033[K", self->progress_label, done);
  fflush (stderr);
}

/**
 * kontor_cli_end_progress:
 * @cli: a run
 *
 * Clears the line of the progress, before anything else is written.
 */
void
kontor_cli_end_progress (KontorCli *cli)
{
  if (cli->progress_shown)
    fputs ("\r\033[K", stderr);
  cli->progress_shown = FALSE;
}

/* --- Tables --------------------------------------------------------------------------------- */

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column->label);
}

static void
clear_cell (gpointer data)
{
  Cell *cell = data;

  g_free (cell->text);
  g_free (cell->json);
}

/**
 * kontor_cli_table_new:
 * @cli: a run
 *
 * Returns: (transfer full): rows to be written in the format the person asked for; ends with
 *   kontor_cli_table_finish()
 */
KontorCliTable *
kontor_cli_table_new (KontorCli *cli)
{
  KontorCliTable *table = g_new0 (KontorCliTable, 1);

  table->cli = cli;
  table->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  table->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_array_set_clear_func (table->columns, clear_column);
  g_array_set_clear_func (table->cells, clear_cell);
  return table;
}

/**
 * kontor_cli_table_add_column:
 * @table: rows without a cell yet
 * @name: the key in JSON, the header in CSV
 * @label: translated: the header for people
 * @align: %KONTOR_CLI_RIGHT for numbers
 */
void
kontor_cli_table_add_column (KontorCliTable *table,
                             const char *name,
                             const char *label,
                             KontorCliAlign align)
{
  Column column = { .name = g_strdup (name), .label = g_strdup (label), .align = align };

  g_array_append_val (table->columns, column);
}

/**
 * kontor_cli_table_add_json:
 * @table: rows
 * @text: (nullable): what people read; %NULL leaves the cell empty, and the key out
 * @json: (nullable): the value in JSON, if it is not @text as a string
 *
 * Adds the next cell of the row.
 */
void
kontor_cli_table_add_json (KontorCliTable *table, const char *text, const char *json)
{
  Cell cell = { .text = g_strdup (text), .json = g_strdup (json) };

  g_array_append_val (table->cells, cell);
}

/**
 * kontor_cli_table_add_text:
 * @table: rows
 * @text: (nullable): the next cell of the row
 */
void
kontor_cli_table_add_text (KontorCliTable *table, const char *text)
{
  kontor_cli_table_add_json (table, text, NULL);
}

/**
 * kontor_cli_table_add_number:
 * @table: rows
 * @number: the next cell of the row
 */
void
kontor_cli_table_add_number (KontorCliTable *table, gint64 number)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  kontor_cli_table_add_json (table, text, text);
}

static int
measure_character (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/* Line breaks and control characters out of data would break the table, or the terminal. */
static char *
prepare_cell (const char *text, int max_width, int *width)
{
  GString *out = g_string_new (NULL);

  *width = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int w;

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        c = ' ';
      w = measure_character (c);
      if (*width + w > max_width - 1 && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (out, "…");
          *width += 1;
          break;
        }
      g_string_append_unichar (out, c);
      *width += w;
    }
  return g_string_free (out, FALSE);
}

static void
append_aligned (GString *out, const char *text, int width, const Column *column, gboolean last)
{
  int padding = MAX (0, column->width - width);

  if (column->align == KONTOR_CLI_RIGHT)
    g_string_append_printf (out, "%*s", padding, "");
  g_string_append (out, text);
  if (column->align == KONTOR_CLI_LEFT && !last)
    g_string_append_printf (out, "%*s", padding, "");
  if (!last)
    g_string_append_printf (out, "%*s", TABLE_GAP, "");
}

static int
get_cell_max (void)
{
  return isatty (STDOUT_FILENO) ? CELL_MAX_WIDTH : G_MAXINT;
}

static void
write_table_row (KontorCliTable *table, const Cell *cells)
{
  GString *out = table->cli->output;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const Column *column = &g_array_index (table->columns, Column, i);
      g_autofree char *text = NULL;
      int width;

      text = prepare_cell (cells[i].text != NULL ? cells[i].text : "", get_cell_max (), &width);
      append_aligned (out, text, width, column, i + 1 == table->columns->len);
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static void
measure_columns (KontorCliTable *table)
{
  guint n = table->columns->len;

  for (guint i = 0; i < n; i++)
    {
      Column *column = &g_array_index (table->columns, Column, i);
      g_autofree char *label = prepare_cell (column->label, G_MAXINT, &column->width);

      for (guint j = i; j < table->cells->len; j += n)
        {
          const Cell *cell = &g_array_index (table->cells, Cell, j);
          g_autofree char *text = NULL;
          int width = 0;

          if (cell->text != NULL)
            text = prepare_cell (cell->text, get_cell_max (), &width);
          column->width = MAX (column->width, width);
        }
    }
}

static void
write_table_header (KontorCliTable *table)
{
  GString *out = table->cli->output;
  guint n = table->columns->len;

  for (guint i = 0; i < n; i++)
    {
      const Column *column = &g_array_index (table->columns, Column, i);
      g_autofree char *text = NULL;
      int width;

      text = prepare_cell (column->label, G_MAXINT, &width);
      append_aligned (out, text, width, column, i + 1 == n);
    }
  g_string_append_c (out, '\n');
  for (guint i = 0; i < n; i++)
    {
      for (int j = 0; j < g_array_index (table->columns, Column, i).width; j++)
        g_string_append (out, "─");
      if (i + 1 < n)
        g_string_append_printf (out, "%*s", TABLE_GAP, "");
    }
  g_string_append_c (out, '\n');
}

static void
write_csv_header (KontorCliTable *table)
{
  KontorCsvWriter writer;

  kontor_csv_writer_init (&writer, table->cli->output, KONTOR_CSV_WRITE_DEFAULT);
  for (guint i = 0; i < table->columns->len; i++)
    kontor_csv_writer_add_text (&writer, g_array_index (table->columns, Column, i).name);
  kontor_csv_writer_end_row (&writer);
}

/* A number, day or instant in a column of such: no formula, whatever it begins with. */
static gboolean
is_number (const Column *column, const Cell *cell)
{
  const char *digits;

  if (cell->text == NULL || column->align != KONTOR_CLI_RIGHT)
    return FALSE;
  digits = cell->text + (*cell->text == '-');
  return g_ascii_isdigit (*digits) && strspn (digits, "0123456789.:-TZ") == strlen (digits);
}

static void
write_csv_row (KontorCliTable *table, const Cell *cells)
{
  KontorCsvWriter writer;

  kontor_csv_writer_init (&writer, table->cli->output, KONTOR_CSV_WRITE_DEFAULT);
  for (guint i = 0; i < table->columns->len; i++)
    if (is_number (&g_array_index (table->columns, Column, i), &cells[i]))
      kontor_csv_writer_add_number (&writer, cells[i].text);
    else
      kontor_csv_writer_add_text (&writer, cells[i].text);
  kontor_csv_writer_end_row (&writer);
}

static void
write_json_row (KontorCliTable *table, const Cell *cells)
{
  GString *out = table->cli->output;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (guint i = 0; i < table->columns->len; i++)
    {
      if (cells[i].text == NULL)
        continue;
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      kontor_wire_append_string (out, g_array_index (table->columns, Column, i).name);
      g_string_append_c (out, ':');
      if (cells[i].json != NULL)
        g_string_append (out, cells[i].json);
      else
        kontor_wire_append_string (out, cells[i].text);
    }
  g_string_append (out, "}\n");
}

static void
start_table (KontorCliTable *table)
{
  guint n = table->columns->len;

  if (table->started)
    return;
  table->started = TRUE;
  if (table->cli->format == KONTOR_CLI_CSV)
    write_csv_header (table);
  if (table->cli->format != KONTOR_CLI_TABLE || table->n_sampled == 0)
    return;
  measure_columns (table);
  write_table_header (table);
  for (guint i = 0; i < table->n_sampled; i++)
    write_table_row (table, &g_array_index (table->cells, Cell, i * n));
  g_array_set_size (table->cells, 0);
}

/**
 * kontor_cli_table_end_row:
 * @table: rows with a cell for each column
 *
 * Returns: %FALSE when the output can't be written: stop
 */
gboolean
kontor_cli_table_end_row (KontorCliTable *table)
{
  const Cell *cells;

  g_return_val_if_fail (table->columns->len > 0, FALSE);
  g_return_val_if_fail (table->cells->len % table->columns->len == 0, FALSE);

  table->n_rows++;
  if (table->cli->format == KONTOR_CLI_TABLE && !table->started)
    {
      if (++table->n_sampled == TABLE_SAMPLE)
        start_table (table);
    }
  else
    {
      start_table (table);
      cells = &g_array_index (table->cells, Cell, 0);
      if (table->cli->format == KONTOR_CLI_JSON)
        write_json_row (table, cells);
      else if (table->cli->format == KONTOR_CLI_CSV)
        write_csv_row (table, cells);
      else
        write_table_row (table, cells);
      g_array_set_size (table->cells, 0);
    }
  return table->cli->output->len < OUTPUT_BUFFER ? !table->cli->output_closed
                                                 : kontor_cli_flush (table->cli);
}

/**
 * kontor_cli_table_get_n_rows:
 * @table: rows
 *
 * Returns: how many rows were added
 */
guint64
kontor_cli_table_get_n_rows (KontorCliTable *table)
{
  return table->n_rows;
}

/**
 * kontor_cli_table_finish:
 * @table: (transfer full): rows
 *
 * Writes what is left.
 */
void
kontor_cli_table_finish (KontorCliTable *table)
{
  start_table (table);
  g_array_unref (table->columns);
  g_array_unref (table->cells);
  g_free (table);
}
