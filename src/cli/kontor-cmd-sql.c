/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl sql: read-only SQL over the file and its readable views. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_SQL (1024 * 1024)

enum
{
  SQL_INTEGER = 1,
  SQL_FLOAT = 2,
  SQL_NULL = 5,
};

typedef struct
{
  KontorCli *cli;
  KontorCliTable *table;
  guint n_columns;
} Rows;

/* The kinds of the first row decide how columns are aligned. */
static void
start_rows (Rows *rows, guint n, const char *const *names, const int *types)
{
  rows->table = kontor_cli_table_new (rows->cli);
  rows->n_columns = n;
  for (guint i = 0; i < n; i++)
    kontor_cli_table_add_column (rows->table,
                                 names[i],
                                 names[i],
                                 types[i] == SQL_INTEGER || types[i] == SQL_FLOAT
                                   ? KONTOR_CLI_RIGHT
                                   : KONTOR_CLI_LEFT);
}

static gboolean
is_json_number (const char *text)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && isfinite (number) && !g_ascii_isalpha (text[0]);
}

static gboolean
row_read_cb (guint n_columns,
             const char *const *names,
             const char *const *texts,
             const int *types,
             gpointer data)
{
  Rows *rows = data;

  if (rows->table == NULL)
    start_rows (rows, n_columns, names, types);
  for (guint i = 0; i < rows->n_columns; i++)
    {
      gboolean is_number = (types[i] == SQL_INTEGER || types[i] == SQL_FLOAT) && texts[i] != NULL &&
                           is_json_number (texts[i]);

      kontor_cli_table_add_json (rows->table,
                                 types[i] != SQL_NULL ? texts[i] : NULL,
                                 is_number ? texts[i] : NULL);
    }
  return kontor_cli_table_end_row (rows->table);
}

static char *
read_statement (KontorCli *cli)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  char buffer[4096];
  size_t n;

  if (!g_str_equal (cli->args[0], "-"))
    return g_strdup (cli->args[0]);
  while (sql->len <= MAX_SQL && (n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (sql, buffer, n);
  if (sql->len > MAX_SQL || !g_utf8_validate (sql->str, sql->len, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static int
run_sql (KontorCli *cli)
{
  g_autofree char *sql = NULL;
  g_autoptr(GError) error = NULL;
  Rows rows = { .cli = cli };
  gboolean answered;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FORMAT, NULL, 1, 1))
    return cli->status;
  sql = read_statement (cli);
  if (sql == NULL)
    return kontor_cli_fail_usage (cli,
                                  _("What came in is no SQL: it is longer than 1 MB, or not UTF-8 "
                                     "text."));
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  answered =
    kontor_workspace_sql (cli->workspace, sql, row_read_cb, &rows, cli->cancellable, &error);
  if (rows.table != NULL)
    kontor_cli_table_finish (rows.table);
  return answered ? KONTOR_CLI_OK : kontor_cli_fail (cli, error);
}

const KontorCliVerb kontor_cmd_sql = {
  .name = "sql",
  .arguments = N_("STATEMENT|-"),
  .summary = N_("Ask by SQL, without changing anything"),
  .description =
    N_("Each record type has a readable view of its own; “-” reads the statement from standard\n"
        "input. docs/workspace.md describes the tables."),
  .run = run_sql,
};
