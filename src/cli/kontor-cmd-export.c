/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl export: the records of a type to a file, as CSV for spreadsheets, as JSON lines that
 * lose nothing, or as vCards. */
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
  KontorExportFormat format;
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
  g_autoptr(KontorExport) export = kontor_export_new (cli->workspace, options->format);
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

/* By its name, else by that of the file. */
static gboolean
parse_format (const char *name, const char *path, gboolean all, KontorExportFormat *format)
{
  static const struct
  {
    const char *name;
    KontorExportFormat format;
  } names[] = {
    { "csv", KONTOR_EXPORT_CSV },        { "json", KONTOR_EXPORT_JSON },
    { "vcard", KONTOR_EXPORT_VCARD_3 },  { "vcard3", KONTOR_EXPORT_VCARD_3 },
    { "vcard4", KONTOR_EXPORT_VCARD_4 },
  };

  if (name == NULL)
    {
      gboolean json = all || g_str_has_suffix (path, ".json") || g_str_has_suffix (path, ".jsonl");
      gboolean cards = g_str_has_suffix (path, ".vcf") || g_str_has_suffix (path, ".vcard");

      *format = json ? KONTOR_EXPORT_JSON : cards ? KONTOR_EXPORT_VCARD_3 : KONTOR_EXPORT_CSV;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, name))
      {
        *format = names[i].format;
        return TRUE;
      }
  return FALSE;
}

static int
run_with (KontorCli *cli, ExportOptions *options, const char *format)
{
  const char *path = cli->args[1];
  gboolean all = g_str_equal (cli->args[0], ALL_TYPES);
  gboolean known = parse_format (format, path, all, &options->format);
  gboolean json = known && options->format == KONTOR_EXPORT_JSON;
  gboolean csv = known && options->format == KONTOR_EXPORT_CSV;
  const KontorRecordType *type = NULL;
  g_autoptr(KontorExport) export = NULL;
  g_autoptr(GError) error = NULL;

  if (!known)
    return kontor_cli_fail_usage (cli,
                                  _("There is no format “%s”: it is csv, json, vcard (3.0) or "
                                     "vcard4."),
                                  format);
  if (json && options->columns != NULL)
    return kontor_cli_fail_usage (cli, _("JSON lines have all fields: leave out --columns."));
  if (all && (!json || options->where != NULL))
    return kontor_cli_fail_usage (cli, _("All types go into one file of JSON lines, whole."));
  if (!all && (type = kontor_cli_find_type (cli, cli->args[0])) == NULL)
    return cli->status;
  if (!csv && !json && options->columns != NULL)
    return kontor_cli_fail_usage (cli, _("vCards have all fields: leave out --columns."));
  if (!csv && !json && !kontor_export_can_be_cards (type))
    return kontor_cli_fail_usage (cli, _("Only people and organisations have vCards."));
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
      N_("How to write: csv, json (one record a line), vcard or vcard4"),
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
  .summary = N_("Write records to a CSV, JSON lines or vCard file"),
  .run = run_export,
};
