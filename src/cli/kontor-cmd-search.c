/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl search: records of any type by words, phone digits and with a typing error. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

#define DEFAULT_LIMIT 50

static void
write_hits (KontorCli *cli, KontorSearchResult *result)
{
  KontorCliTable *table = kontor_cli_table_new (cli);

  kontor_cli_table_add_column (table, "type", _("Type"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "title", _("Name"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "detail", _("Found"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "id", _("Id"), KONTOR_CLI_LEFT);
  for (guint i = 0; i < result->hits->len; i++)
    {
      const KontorSearchHit *hit = g_ptr_array_index (result->hits, i);
      char id[KONTOR_ID_TEXT_SIZE];

      kontor_id_format (&hit->id, id);
      kontor_cli_table_add_text (table,
                                 cli->format == KONTOR_CLI_TABLE
                                   ? kontor_record_type_get_label (hit->type)
                                   : hit->type->name);
      kontor_cli_table_add_text (table, hit->title);
      kontor_cli_table_add_text (table, hit->detail);
      kontor_cli_table_add_text (table, id);
      if (!kontor_cli_table_end_row (table))
        break;
    }
  kontor_cli_table_finish (table);
}

static int
search_text (KontorCli *cli, const char *type_name, int limit)
{
  const KontorRecordType *type = NULL;
  g_autoptr(KontorSearchResult) result = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (limit <= 0)
    return kontor_cli_fail_usage (cli, _("The limit must be positive."));
  if (type_name != NULL)
    {
      type = kontor_cli_find_type (cli, type_name);
      if (type == NULL)
        return cli->status;
    }
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  text = g_strjoinv (" ", cli->args);
  result = kontor_workspace_search (cli->workspace, text, type, limit, cli->cancellable, &error);
  if (result == NULL)
    return kontor_cli_fail (cli, error);
  write_hits (cli, result);
  if (result->suggestion != NULL)
    kontor_cli_warn (cli, _("This is what was found for “%s”."), result->suggestion);
  if (result->more)
    kontor_cli_warn (cli, _("There is more: see --limit."));
  return KONTOR_CLI_OK;
}

static int
run_search (KontorCli *cli)
{
  g_autofree char *type_name = NULL;
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "type",
      't',
      0,
      G_OPTION_ARG_STRING,
      &type_name,
      N_("Only records of this type"),
      N_("TYPE") },
    { "limit", 'l', 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };

  if (!kontor_cli_parse (cli,
                         KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FORMAT,
                         entries,
                         1,
                         G_MAXUINT))
    return cli->status;
  return search_text (cli, type_name, limit);
}

const KontorCliVerb kontor_cmd_search = {
  .name = "search",
  .arguments = N_("TEXT…"),
  .summary = N_("Find records by words or digits"),
  .run = run_search,
};
