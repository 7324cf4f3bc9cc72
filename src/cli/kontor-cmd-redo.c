/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl redo: does again what was undone last. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
run_redo (KontorCli *cli)
{
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, NULL, 0, 0) ||
      !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  kontor_cli_begin_progress (cli, _("Redoing…"));
  commit =
    kontor_workspace_redo (cli->workspace, kontor_cli_show_progress, cli, cli->cancellable, &error);
  if (error != NULL)
    return kontor_cli_fail (cli, error);
  if (commit == NULL)
    {
      kontor_cli_warn (cli, _("There is nothing to redo."));
      return KONTOR_CLI_NOT_ALL;
    }
  if (commit->n_ops > 0)
    {
      kontor_cli_printf (cli, _("Redone: %s"), commit->label);
      kontor_cli_print (cli, "\n");
    }
  return kontor_cli_report_rest (cli, commit);
}

const KontorCliVerb kontor_cmd_redo = {
  .name = "redo",
  .summary = N_("Do again what was undone last"),
  .run = run_redo,
};
