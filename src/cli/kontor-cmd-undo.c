/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl undo: takes back the last step, or one that is named. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
run_undo (KontorCli *cli)
{
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  KontorId step;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, NULL, 0, 1))
    return cli->status;
  if (cli->n_args == 1 && !kontor_id_parse (cli->args[0], &step))
    return kontor_cli_fail_usage (cli,
                                  _("“%s” is not the id of a step. “kontorctl history” lists "
                                     "them."),
                                  cli->args[0]);
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  kontor_cli_begin_progress (cli, _("Undoing…"));
  if (cli->n_args == 1)
    commit = kontor_workspace_undo_step (cli->workspace,
                                         &step,
                                         kontor_cli_show_progress,
                                         cli,
                                         cli->cancellable,
                                         &error);
  else
    commit = kontor_workspace_undo (cli->workspace,
                                    kontor_cli_show_progress,
                                    cli,
                                    cli->cancellable,
                                    &error);
  if (error != NULL)
    return kontor_cli_fail (cli, error);
  if (commit == NULL)
    {
      kontor_cli_warn (cli, _("There is nothing to undo."));
      return KONTOR_CLI_NOT_ALL;
    }
  if (commit->n_ops > 0)
    {
      kontor_cli_printf (cli, _("Undone: %s"), commit->label);
      kontor_cli_print (cli, "\n");
    }
  return kontor_cli_report_rest (cli, commit);
}

const KontorCliVerb kontor_cmd_undo = {
  .name = "undo",
  .arguments = N_("[STEP]"),
  .summary = N_("Take back the last step, or the one named"),
  .run = run_undo,
};
