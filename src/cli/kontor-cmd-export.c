/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl export: the records of a type to a file, as CSV for spreadsheets or as JSON lines that
 * lose nothing. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-export.h"
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* Instead of a type: all of them, as JSON lines. */
#define ALL_TYPES "all"

typedef struct
{
  char *where;
  char *columns;
  gboolean trashed;
} ExportOptions;

static void
clear_options (ExportOptions *options)
{
  g_free (options->where);
  g_free (options->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ExportOptions, clear_options)

static gboolean
add_columns (KontorCli *cli,
             KontorExport *export,
             const KontorRecordType *type,
             const char *text,
             GError **error)
{
  g_autoptr(GPtrArray) columns = NULL;

  if (text == NULL)
    return TRUE;
  columns = kontor_cli_parse_columns (cli, type, text, error);
  for (guint i = 0; columns != NULL && i < columns->len; i++)
    kontor_export_add_column (export, g_ptr_array_index (columns, i));
  return columns != NULL;
}

static KontorExport *
make_export (KontorCli *cli,
             const KontorRecordType *type,
             const ExportOptions *options,
             GError **error)
{
  KontorQueryScope scope = options->trashed ? KONTOR_QUERY_ALL : KONTOR_QUERY_LIVE;
  g_autoptr(KontorExport) export =
    kontor_export_new (cli->workspace,
                       cli->format == KONTOR_CLI_CSV ? KONTOR_EXPORT_CSV : KONTOR_EXPORT_JSON);
  g_autoptr(KontorQuery) query = NULL;

  if (type == NULL)
    {
      kontor_export_add_all (export, scope);
      return g_steal_pointer (&export);
    }
  query = kontor_cli_build_query (cli, type, options->where, NULL, error);
  if (query == NULL || !add_columns (cli, export, type, options->columns, error))
    return NULL;
  kontor_query_set_scope (query, scope);
  kontor_export_add_query (export, query);
  return g_steal_pointer (&export);
}

static int
write_export (KontorCli *cli, KontorExport *export, const char *path)
{
  g_autoptr(GOutputStream) output = NULL;
  g_autoptr(GError) error = NULL;
  gboolean written;

  if (g_str_equal (path, "-"))
    {
      output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
      written = kontor_export_write (export, output, NULL, NULL, cli->cancellable, &error);
      cli->output_closed = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
    }
  else
    {
      kontor_cli_begin_progress (cli, _("Writing…"));
      written =
        kontor_export_save (export, path, kontor_cli_show_progress, cli, cli->cancellable, &error);
    }
  return written ? KONTOR_CLI_OK : kontor_cli_fail (cli, error);
}

static int
run_with (KontorCli *cli, const ExportOptions *options, const char *format)
{
  const char *path = cli->args[1];
  gboolean all = g_str_equal (cli->args[0], ALL_TYPES);
  gboolean json = format != NULL
                    ? g_str_equal (format, "json")
                    : all || g_str_has_suffix (path, ".json") || g_str_has_suffix (path, ".jsonl");
  const KontorRecordType *type = NULL;
  g_autoptr(KontorExport) export = NULL;
  g_autoptr(GError) error = NULL;

  if (format != NULL && !json && !g_str_equal (format, "csv"))
    return kontor_cli_fail_usage (cli, _("There is no format “%s”: it is csv or json."), format);
  if (json && options->columns != NULL)
    return kontor_cli_fail_usage (cli, _("JSON lines have all fields: leave out --columns."));
  if (all && (!json || options->where != NULL))
    return kontor_cli_fail_usage (cli, _("All types go into one file of JSON lines, whole."));
  if (!all && (type = kontor_cli_find_type (cli, cli->args[0])) == NULL)
    return cli->status;
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  cli->format = json ? KONTOR_CLI_JSON : KONTOR_CLI_CSV;
  export = make_export (cli, type, options, &error);
  return export != NULL ? write_export (cli, export, path) : kontor_cli_fail (cli, error);
}

static int
run_export (KontorCli *cli)
{
  g_auto(ExportOptions) options = { 0 };
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "where",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.where,
      N_("Only records for which this holds, such as city=Berlin"),
      N_("FILTER") },
    { "columns",
      'c',
      0,
      G_OPTION_ARG_STRING,
      &options.columns,
      N_("These fields; “id” is the record's id"),
      N_("FIELDS") },
    { "format",
      'f',
      0,
      G_OPTION_ARG_STRING,
      &format,
      N_("How to write: csv, or json (one record a line)"),
      N_("FORMAT") },
    { "trashed",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.trashed,
      N_("Also what is in the trash"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FILES, entries, 2, 2))
    return cli->status;
  return run_with (cli, &options, format);
}

const KontorCliVerb kontor_cmd_export = {
  .name = "export",
  .arguments = N_("TYPE|all FILE|-"),
  .summary = N_("Write records to a CSV or JSON lines file"),
  .run = run_export,
};
