/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl export: the records of a type to a file, as CSV for spreadsheets or as JSON lines that
 * lose nothing. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-wire.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PAGE_ROWS 256

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

static GPtrArray *
list_columns (KontorCli *cli, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (cli->schema, type);
  GPtrArray *columns = g_ptr_array_new ();

  g_ptr_array_add (columns, NULL); /* the id */
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if ((field->flags & KONTOR_FIELD_HIDDEN) == 0)
        g_ptr_array_add (columns, (gpointer) field);
    }
  return columns;
}

static gboolean
write_record (KontorCli *cli, KontorRecord *record, KontorCliTable *table, GPtrArray *columns)
{
  if (table == NULL)
    {
      kontor_wire_append_record (cli->output, cli->schema, record, KONTOR_WIRE_TRASHED);
      return kontor_cli_print (cli, "\n");
    }
  kontor_cli_table_add_record (table, cli, record, columns);
  return kontor_cli_table_end_row (table);
}

static gboolean
write_records (KontorCli *cli,
               const KontorRecordType *type,
               GArray *rids,
               KontorCliTable *table,
               GPtrArray *columns,
               GError **error)
{
  for (guint first = 0; first < rids->len; first += PAGE_ROWS)
    {
      g_autoptr(GPtrArray) records =
        kontor_workspace_fetch (cli->workspace,
                                type,
                                &g_array_index (rids, gint64, first),
                                MIN (PAGE_ROWS, rids->len - first),
                                KONTOR_READ_LINK_TITLES | KONTOR_READ_TRASHED,
                                error);

      if (records == NULL || g_cancellable_set_error_if_cancelled (cli->cancellable, error))
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (g_ptr_array_index (records, i) != NULL &&
            !write_record (cli, g_ptr_array_index (records, i), table, columns))
          return TRUE;
      if (cli->output_fd != STDOUT_FILENO)
        kontor_cli_show_progress (first + records->len, rids->len, cli);
    }
  return TRUE;
}

static KontorCliTable *
create_table (KontorCli *cli, GPtrArray *columns)
{
  KontorCliTable *table = kontor_cli_table_new (cli);

  for (guint i = 0; i < columns->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (columns, i);
      const char *name = field != NULL ? field->name : "id";

      kontor_cli_table_add_column (table, name, name, KONTOR_CLI_LEFT);
    }
  return table;
}

static gboolean
export_records (KontorCli *cli,
                const KontorRecordType *type,
                const ExportOptions *options,
                GError **error)
{
  g_autoptr(KontorQuery) query = kontor_cli_build_query (cli, type, options->where, NULL, error);
  g_autoptr(GPtrArray) columns = NULL;
  g_autoptr(GArray) rids = NULL;
  KontorCliTable *table = NULL;
  gboolean written;

  if (query == NULL)
    return FALSE;
  if (options->trashed)
    kontor_query_set_scope (query, KONTOR_QUERY_ALL);
  columns = options->columns != NULL ? kontor_cli_parse_columns (cli, type, options->columns, error)
                                     : list_columns (cli, type);
  if (columns == NULL)
    return FALSE;
  rids = kontor_workspace_query (cli->workspace, query, 0, cli->cancellable, error);
  if (rids == NULL)
    return FALSE;
  if (cli->format == KONTOR_CLI_CSV)
    table = create_table (cli, columns);
  written = write_records (cli, type, rids, table, columns, error);
  if (table != NULL)
    kontor_cli_table_finish (table);
  return written;
}

/* The file appears under its name when it is whole; one that was there stays until then. */
static int
export_to_file (KontorCli *cli,
                const KontorRecordType *type,
                const ExportOptions *options,
                const char *path)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr(GError) error = NULL;
  gboolean written;

  cli->output_fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (cli->output_fd < 0)
    {
      int saved_errno = errno;

      cli->output_fd = STDOUT_FILENO;
      error = kontor_error_new (KONTOR_CLI_ERROR,
                                saved_errno == EACCES ? KONTOR_ERROR_DENIED : KONTOR_ERROR_IO,
                                _("The file can't be written: %s."),
                                g_strerror (saved_errno));
      kontor_error_set_file (error, name);
      return kontor_cli_fail (cli, error);
    }
  kontor_cli_begin_progress (cli, _("Writing…"));
  written = export_records (cli, type, options, &error) && kontor_cli_flush (cli);
  g_string_truncate (cli->output, 0);
  close (cli->output_fd);
  cli->output_fd = STDOUT_FILENO;
  if (written && g_rename (part, path) == 0)
    return KONTOR_CLI_OK;
  if (written)
    error = kontor_error_new (KONTOR_CLI_ERROR,
                              KONTOR_ERROR_IO,
                              _("The file can't be written: %s."),
                              g_strerror (errno));
  g_unlink (part);
  return error != NULL ? kontor_cli_fail (cli, error) : cli->status;
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
  const KontorRecordType *type;
  g_autoptr(GError) error = NULL;
  gboolean json;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FILES, entries, 2, 2))
    return cli->status;
  json = format != NULL ? g_str_equal (format, "json") : g_str_has_suffix (cli->args[1], ".json");
  if (format != NULL && !json && !g_str_equal (format, "csv"))
    return kontor_cli_fail_usage (cli, _("There is no format “%s”: it is csv or json."), format);
  if (json && options.columns != NULL)
    return kontor_cli_fail_usage (cli, _("JSON lines have all fields: leave out --columns."));
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  cli->format = json ? KONTOR_CLI_JSON : KONTOR_CLI_CSV;
  if (!g_str_equal (cli->args[1], "-"))
    return export_to_file (cli, type, &options, cli->args[1]);
  return export_records (cli, type, &options, &error) ? KONTOR_CLI_OK
                                                      : kontor_cli_fail (cli, error);
}

const KontorCliVerb kontor_cmd_export = {
  .name = "export",
  .arguments = N_("TYPE FILE|-"),
  .summary = N_("Write records to a CSV or JSON lines file"),
  .run = run_export,
};
