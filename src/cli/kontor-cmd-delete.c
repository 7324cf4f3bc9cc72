/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl delete: records to the trash. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
trash_records (KontorCli *cli, const KontorRecordType *type)
{
  g_autoptr(KontorStep) step = kontor_step_new (_("Move to the trash"));
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 1; i < cli->n_args; i++)
    {
      KontorId id;

      if (!kontor_cli_resolve (cli, type, cli->args[i], KONTOR_QUERY_LIVE, &id, &error))
        return kontor_cli_fail (cli, error);
      kontor_step_trash (step, type, &id);
    }
  commit = kontor_workspace_commit (cli->workspace, step, cli->cancellable, &error);
  return commit != NULL ? KONTOR_CLI_OK : kontor_cli_fail (cli, error);
}

static int
run_delete (KontorCli *cli)
{
  const KontorRecordType *type;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, NULL, 2, G_MAXUINT))
    return cli->status;
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  return trash_records (cli, type);
}

const KontorCliVerb kontor_cmd_delete = {
  .name = "delete",
  .arguments = N_("TYPE ID|NAME…"),
  .summary = N_("Move records to the trash"),
  .run = run_delete,
};
