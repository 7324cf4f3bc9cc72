/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl list: the records of a type that a filter lets through. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-wire.h"
#include <glib/gi18n.h>

#define PAGE_ROWS 256

typedef struct
{
  char *where;
  char *search;
  char *sort;
  char *columns;
  int limit;
  gboolean trashed;
  gboolean count;
} ListOptions;

static void
clear_options (ListOptions *options)
{
  g_free (options->where);
  g_free (options->search);
  g_free (options->sort);
  g_free (options->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, clear_options)

/* All fields of each record; without chosen columns JSON leaves nothing out. */
static gboolean
write_whole_record (KontorCli *cli, KontorRecord *record)
{
  kontor_wire_append_record (cli->output,
                             cli->schema,
                             record,
                             KONTOR_WIRE_LINK_TITLES | KONTOR_WIRE_COMPUTED | KONTOR_WIRE_TRASHED);
  return kontor_cli_print (cli, "\n");
}

static gboolean
write_rows (KontorCli *cli,
            const KontorRecordType *type,
            GArray *rids,
            GPtrArray *columns,
            KontorCliTable *table,
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
        {
          KontorRecord *record = g_ptr_array_index (records, i);

          if (record == NULL)
            continue;
          if (columns == NULL)
            {
              if (!write_whole_record (cli, record))
                return TRUE;
              continue;
            }
          kontor_cli_table_add_record (table, cli, record, columns);
          if (!kontor_cli_table_end_row (table))
            return TRUE;
        }
    }
  return TRUE;
}

static gboolean
is_number (const KontorFieldDef *field)
{
  return field->kind == KONTOR_FIELD_INTEGER || field->kind == KONTOR_FIELD_DECIMAL ||
         field->kind == KONTOR_FIELD_MONEY || field->kind == KONTOR_FIELD_PERCENT ||
         field->kind == KONTOR_FIELD_DURATION;
}

static KontorCliTable *
create_table (KontorCli *cli, GPtrArray *columns)
{
  KontorCliTable *table = kontor_cli_table_new (cli);

  for (guint i = 0; i < columns->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (columns, i);

      if (field == NULL)
        kontor_cli_table_add_column (table, "id", _("Id"), KONTOR_CLI_LEFT);
      else
        kontor_cli_table_add_column (table,
                                     field->name,
                                     kontor_field_get_label (field),
                                     is_number (field) ? KONTOR_CLI_RIGHT : KONTOR_CLI_LEFT);
    }
  return table;
}

static int
write_answer (KontorCli *cli, KontorQuery *query, ListOptions *options)
{
  const KontorRecordType *type = kontor_query_get_record_type (query);
  g_autoptr(GPtrArray) columns = NULL;
  g_autoptr(GArray) rids = NULL;
  g_autoptr(GError) error = NULL;
  KontorCliTable *table = NULL;
  gboolean written;

  if (options->columns != NULL)
    {
      columns = kontor_cli_parse_columns (cli, type, options->columns, &error);
      if (columns == NULL)
        return kontor_cli_fail (cli, error);
    }
  else if (cli->format != KONTOR_CLI_JSON)
    {
      columns = kontor_cli_get_default_columns (cli, type);
    }
  rids = kontor_workspace_query (cli->workspace, query, options->limit, cli->cancellable, &error);
  if (rids == NULL)
    return kontor_cli_fail (cli, error);
  if (columns != NULL)
    table = create_table (cli, columns);
  written = write_rows (cli, type, rids, columns, table, &error);
  if (table != NULL)
    kontor_cli_table_finish (table);
  return written ? KONTOR_CLI_OK : kontor_cli_fail (cli, error);
}

static int
write_count (KontorCli *cli, KontorQuery *query)
{
  g_autoptr(GError) error = NULL;
  gint64 n = kontor_workspace_count (cli->workspace, query, cli->cancellable, &error);

  if (n < 0)
    return kontor_cli_fail (cli, error);
  kontor_cli_printf (cli, "%" G_GINT64_FORMAT "\n", n);
  return KONTOR_CLI_OK;
}

static int
run_query (KontorCli *cli, ListOptions *options)
{
  const KontorRecordType *type;
  g_autoptr(KontorQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  if (options->limit < 0)
    return kontor_cli_fail_usage (cli, _("The limit can't be negative."));
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  query = kontor_cli_build_query (cli, type, options->where, options->search, &error);
  if (query == NULL ||
      (options->sort != NULL && !kontor_cli_parse_sort (cli, query, options->sort, &error)))
    return kontor_cli_fail (cli, error);
  if (options->trashed)
    kontor_query_set_scope (query, KONTOR_QUERY_TRASHED);
  return options->count ? write_count (cli, query) : write_answer (cli, query, options);
}

static int
run_list (KontorCli *cli)
{
  g_auto(ListOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "where",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.where,
      N_("Only records for which this holds, such as city=Berlin"),
      N_("FILTER") },
    { "search",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.search,
      N_("Only records with these words"),
      N_("TEXT") },
    { "sort",
      's',
      0,
      G_OPTION_ARG_STRING,
      &options.sort,
      N_("In this order, such as “name, created_at desc”"),
      N_("FIELDS") },
    { "columns",
      'c',
      0,
      G_OPTION_ARG_STRING,
      &options.columns,
      N_("These fields; “id” is the record's id"),
      N_("FIELDS") },
    { "limit", 'l', 0, G_OPTION_ARG_INT, &options.limit, N_("At most so many"), N_("NUMBER") },
    { "trashed", 0, 0, G_OPTION_ARG_NONE, &options.trashed, N_("What is in the trash"), NULL },
    { "count", 0, 0, G_OPTION_ARG_NONE, &options.count, N_("Only how many there are"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FORMAT, entries, 1, 1))
    return cli->status;
  return run_query (cli, &options);
}

const KontorCliVerb kontor_cmd_list = {
  .name = "list",
  .arguments = N_("TYPE"),
  .summary = N_("List records"),
  .description =
    N_("Filters compare fields by = != < <= > >= ~ (contains) ^= (begins with), “in (a, b)” and\n"
        "“is empty”, joined by and, or, not and parentheses:\n"
        "  kontorctl list contact --where 'city=Berlin and not tags=VIP' --sort name\n"
        "  kontorctl list account --where 'country=DE' --columns name,city --format json"),
  .run = run_list,
};
