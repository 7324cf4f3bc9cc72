/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl schema: the reference of all record types and fields. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
run_schema (KontorCli *cli)
{
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format",
      'f',
      0,
      G_OPTION_ARG_STRING,
      &format,
      N_("How to write: markdown or json"),
      N_("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *text = NULL;
  gboolean json;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, entries, 0, 0))
    return cli->status;
  json = g_strcmp0 (format, "json") == 0;
  if (format != NULL && !json && !g_str_equal (format, "markdown"))
    return kontor_cli_fail_usage (cli,
                                  _("There is no format “%s”: it is markdown or json."),
                                  format);
  /* a workspace adds its own fields and pick lists; without one it is the program's reference */
  if (cli->workspace_path == NULL)
    cli->schema = kontor_schema_new ();
  else if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  text = json ? kontor_schema_to_json (cli->schema) : kontor_schema_to_markdown (cli->schema);
  kontor_cli_print (cli, text);
  return KONTOR_CLI_OK;
}

const KontorCliVerb kontor_cmd_schema = {
  .name = "schema",
  .summary = N_("Describe all record types and their fields"),
  .run = run_schema,
};
