/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags are only looked at by name; what is not understood is text or nothing. */
#include "config.h"

#include "kontor-html-text.h"

#include "kontor-csv-writer.h"
#include <string.h>

#define NAME_BYTES 12

typedef struct
{
  const char *at;
  const char *end;
  char name[NAME_BYTES]; /* of the tag, lower case; "/" in front of an end tag */
} Scan;

/* --- Pieces ----------------------------------------------------------------------------------- */

static void
read_name (Scan *scan)
{
  gsize n = 0;

  if (scan->at < scan->end && *scan->at == '/')
    scan->name[n++] = *scan->at++;
  while (scan->at < scan->end && g_ascii_isalnum (*scan->at))
    {
      if (n < NAME_BYTES - 1)
        scan->name[n++] = g_ascii_tolower (*scan->at);
      scan->at++;
    }
  scan->name[n] = '\0';
}

static void
skip_past (Scan *scan, const char *text)
{
  const char *found = g_strstr_len (scan->at, scan->end - scan->at, text);

  scan->at = found != NULL ? found + strlen (text) : scan->end;
}

/* At a "<": reads the tag's name and goes behind it. A ">" in quotes does not end it. */
static void
take_tag (Scan *scan)
{
  char quote = '\0';

  scan->at++;
  if (g_str_has_prefix (scan->at, "!--"))
    {
      scan->name[0] = '\0';
      skip_past (scan, "-->");
      return;
    }
  read_name (scan);
  for (; scan->at < scan->end; scan->at++)
    {
      if (quote != '\0')
        quote = *scan->at == quote ? '\0' : quote;
      else if (*scan->at == '"' || *scan->at == '\'')
        quote = *scan->at;
      else if (*scan->at == '>')
        break;
    }
  if (scan->at < scan->end)
    scan->at++;
  if (g_str_equal (scan->name, "style"))
    skip_past (scan, "</style>");
  else if (g_str_equal (scan->name, "script"))
    skip_past (scan, "</script>");
  else if (g_str_equal (scan->name, "title"))
    skip_past (scan, "</title>");
}

static gunichar
find_named (const char *name, gsize length)
{
  static const struct
  {
    const char *name;
    gunichar c;
  } named[] = { { "amp", '&' },     { "lt", '<' },    { "gt", '>' },       { "quot", '"' },
                { "apos", '\'' },   { "nbsp", ' ' },  { "ndash", 0x2013 }, { "mdash", 0x2014 },
                { "middot", 0xb7 }, { "auml", 0xe4 }, { "ouml", 0xf6 },    { "uuml", 0xfc },
                { "Auml", 0xc4 },   { "Ouml", 0xd6 }, { "Uuml", 0xdc },    { "szlig", 0xdf },
                { "eacute", 0xe9 } };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (strlen (named[i].name) == length && strncmp (named[i].name, name, length) == 0)
      return named[i].c;
  return 0;
}

/* At a "&". What is no entity stays a "&". */
static gunichar
take_entity (Scan *scan)
{
  gsize room = MIN ((gsize) (scan->end - scan->at), 12);
  const char *semicolon = memchr (scan->at, ';', room);
  const char *name = scan->at + 1;
  gunichar c = 0;

  if (semicolon != NULL && *name == '#')
    c = (gunichar) g_ascii_strtoull (name[1] == 'x' || name[1] == 'X' ? name + 2 : name + 1,
                                     NULL,
                                     name[1] == 'x' || name[1] == 'X' ? 16 : 10);
  else if (semicolon != NULL)
    c = find_named (name, (gsize) (semicolon - name));
  if (c == 0xa0)
    c = ' ';
  if (c == 0 || !g_unichar_validate (c))
    {
      scan->at++;
      return '&';
    }
  scan->at = semicolon + 1;
  return c;
}

/* One character of text; white space is one space. */
static void
take_text (Scan *scan, GString *out)
{
  gunichar c;

  if (*scan->at == '&')
    c = take_entity (scan);
  else
    {
      c = g_utf8_get_char (scan->at);
      scan->at = g_utf8_next_char (scan->at);
    }
  if (c == 0xa0 || g_unichar_isspace (c))
    c = ' ';
  if (c != ' ' || (out->len > 0 && out->str[out->len - 1] != ' ' && out->str[out->len - 1] != '\n'))
    g_string_append_unichar (out, c);
}

static char *
make_valid (const char *html, gsize length)
{
  return g_utf8_make_valid (html, (gssize) MIN (length, KONTOR_HTML_MAX_BYTES));
}

static gboolean
is_break (const char *name)
{
  static const char *const breaks[] = { "br", "p",  "/p",  "div", "/div", "tr",
                                        "li", "h1", "/h1", "h2",  "/h2",  "/table" };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    if (g_str_equal (breaks[i], name))
      return TRUE;
  return FALSE;
}

/* --- A table ---------------------------------------------------------------------------------- */

typedef struct
{
  KontorCsvWriter csv;
  GString *cell;
  gboolean in_cell;
  gboolean in_row;
  guint depth; /* tables within tables are text */
  guint n_rows;
} Table;

static void
end_cell (Table *table)
{
  if (!table->in_cell)
    return;
  g_strstrip (table->cell->str);
  kontor_csv_writer_add_text (&table->csv, table->cell->str);
  g_string_truncate (table->cell, 0);
  table->in_cell = FALSE;
}

static void
end_row (Table *table)
{
  end_cell (table);
  if (table->in_row)
    {
      kontor_csv_writer_end_row (&table->csv);
      table->n_rows++;
    }
  table->in_row = FALSE;
}

static void
handle_tag (Table *table, const char *name)
{
  if (g_str_equal (name, "table"))
    table->depth++;
  else if (g_str_equal (name, "/table") && table->depth > 0)
    {
      if (table->depth == 1)
        end_row (table);
      table->depth--;
    }
  else if (table->depth == 1 && (g_str_equal (name, "tr") || g_str_equal (name, "/tr")))
    end_row (table);
  else if (table->depth == 1 && (g_str_equal (name, "td") || g_str_equal (name, "th")))
    {
      end_cell (table);
      table->in_cell = table->in_row = TRUE;
    }
  else if (table->depth == 1 && (g_str_equal (name, "/td") || g_str_equal (name, "/th")))
    end_cell (table);
  else if (table->in_cell && is_break (name) && table->cell->len > 0 &&
           table->cell->str[table->cell->len - 1] != ' ')
    g_string_append_c (table->cell, ' ');
}

/**
 * kontor_html_table_to_csv:
 * @html: HTML, of which nothing is expected
 * @length: its length in bytes
 *
 * Returns: (transfer full) (nullable): the rows of its first table as CSV in UTF-8; %NULL: it has
 * no table with two rows or two columns
 */
char *
kontor_html_table_to_csv (const char *html, gsize length)
{
  g_autofree char *valid = make_valid (html, length);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) cell = g_string_new (NULL);
  Scan scan = { .at = valid, .end = valid + strlen (valid) };
  Table table = { .cell = cell };

  kontor_csv_writer_init (&table.csv, out, KONTOR_CSV_WRITE_PLAIN);
  while (scan.at < scan.end)
    {
      if (*scan.at == '<')
        {
          take_tag (&scan);
          handle_tag (&table, scan.name);
          if (table.n_rows > 0 && table.depth == 0)
            break;
        }
      else if (table.in_cell)
        take_text (&scan, cell);
      else
        scan.at++;
    }
  end_row (&table);
  if (table.n_rows < 2 && (table.n_rows == 0 || strchr (out->str, ',') == NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * kontor_html_to_text:
 * @html: HTML, of which nothing is expected
 * @length: its length in bytes
 *
 * Returns: (transfer full): its lines, without what is between them
 */
char *
kontor_html_to_text (const char *html, gsize length)
{
  g_autofree char *valid = make_valid (html, length);
  GString *out = g_string_new (NULL);
  Scan scan = { .at = valid, .end = valid + strlen (valid) };

  while (scan.at < scan.end)
    {
      if (*scan.at != '<')
        {
          take_text (&scan, out);
          continue;
        }
      take_tag (&scan);
      if (is_break (scan.name) && out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c (out, '\n');
      else if (g_str_equal (scan.name, "td") && out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c (out, ' ');
    }
  return g_string_free (out, FALSE);
}
