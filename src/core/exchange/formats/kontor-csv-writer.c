/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing CSV. A text that a spreadsheet would take for a formula gets an apostrophe in front
 * (sync.md 3.1), and so does one that has such an apostrophe already: taking off one apostrophe
 * brings every text back as it was. */
#include "config.h"

#include "kontor-csv-writer.h"

#include <string.h>

/* = + - @, TAB, CR, LF, and the full-width forms of the first four. */
static gboolean
begins_formula (const char *text)
{
  static const char *const wide[] = { "＝", "＋", "－", "＠" };

  if (*text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;
  return FALSE;
}

static gboolean
needs_guard (const char *text)
{
  return begins_formula (text + strspn (text, "'"));
}

/* libcsv and spreadsheets drop space around a cell without quotes. */
static gboolean
needs_quotes (const char *text)
{
  gsize length = strlen (text);

  return strpbrk (text, ",\";\t|\r\n") != NULL ||
         (length > 0 && (text[0] == ' ' || text[length - 1] == ' '));
}

/**
 * kontor_csv_writer_init:
 * @self: a writer
 * @out: rows are appended to it; outlives the writer
 * @flags: how
 */
void
kontor_csv_writer_init (KontorCsvWriter *self, GString *out, KontorCsvWriteFlags flags)
{
  self->out = out;
  self->flags = flags;
  self->in_row = FALSE;
}

static void
begin_cell (KontorCsvWriter *self)
{
  if (self->in_row)
    g_string_append_c (self->out, ',');
  self->in_row = TRUE;
}

static void
append_quoted (GString *out, const char *text, gboolean guard)
{
  const char *quote;

  g_string_append (out, guard ? "\"'" : "\"");
  while ((quote = strchr (text, '"')) != NULL)
    {
      g_string_append_len (out, text, quote - text + 1);
      g_string_append_c (out, '"');
      text = quote + 1;
    }
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

/**
 * kontor_csv_writer_add_text:
 * @self: a writer
 * @text: (nullable): UTF-8; %NULL is an empty cell
 *
 * Adds the next cell of the row.
 */
void
kontor_csv_writer_add_text (KontorCsvWriter *self, const char *text)
{
  gboolean guard;

  begin_cell (self);
  if (text == NULL || *text == '\0')
    return;
  guard = (self->flags & KONTOR_CSV_WRITE_PLAIN) == 0 && needs_guard (text);
  if (guard || (self->flags & KONTOR_CSV_WRITE_QUOTED) != 0 || needs_quotes (text))
    append_quoted (self->out, text, guard);
  else
    g_string_append (self->out, text);
}

/**
 * kontor_csv_writer_add_number:
 * @self: a writer
 * @digits: (nullable): a number, date or other value made by the program, not by people
 *
 * Adds the next cell of the row as it is.
 */
void
kontor_csv_writer_add_number (KontorCsvWriter *self, const char *digits)
{
  begin_cell (self);
  if (digits != NULL)
    g_string_append (self->out, digits);
}

/**
 * kontor_csv_writer_end_row:
 * @self: a writer
 *
 * A row of one empty cell is written as "", because an empty line is no row.
 */
void
kontor_csv_writer_end_row (KontorCsvWriter *self)
{
  gsize length = self->out->len;

  if (length == 0 || self->out->str[length - 1] == '\n')
    g_string_append (self->out, "\"\"");
  g_string_append (self->out, "\r\n");
  self->in_row = FALSE;
}

/**
 * kontor_csv_unguard:
 * @cell: a cell as it was read
 *
 * Returns: (transfer none): the text without the apostrophe that disarmed it
 */
const char *
kontor_csv_unguard (const char *cell)
{
  return *cell == '\'' && needs_guard (cell) ? cell + 1 : cell;
}
