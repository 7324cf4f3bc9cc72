/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl restore: records out of the trash. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
restore_records (KontorCli *cli, const KontorRecordType *type)
{
  g_autoptr(KontorStep) step = kontor_step_new (_("Restore from the trash"));
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 1; i < cli->n_args; i++)
    {
      KontorId id;

      if (!kontor_cli_resolve (cli, type, cli->args[i], KONTOR_QUERY_TRASHED, &id, &error))
        return kontor_cli_fail (cli, error);
      kontor_step_restore (step, type, &id);
    }
  commit = kontor_workspace_commit (cli->workspace, step, cli->cancellable, &error);
  return commit != NULL ? KONTOR_CLI_OK : kontor_cli_fail (cli, error);
}

static int
run_restore (KontorCli *cli)
{
  const KontorRecordType *type;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, NULL, 2, G_MAXUINT))
    return cli->status;
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  return restore_records (cli, type);
}

const KontorCliVerb kontor_cmd_restore = {
  .name = "restore",
  .arguments = N_("TYPE ID|NAME…"),
  .summary = N_("Take records out of the trash"),
  .run = run_restore,
};
