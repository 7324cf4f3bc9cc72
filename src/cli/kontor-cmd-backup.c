/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl backup: a whole copy of a workspace, also while it is open. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
run_backup (KontorCli *cli)
{
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_("Replace the file if it is there"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FILES, entries, 1, 1))
    return cli->status;
  name = g_filename_display_name (cli->args[0]);
  if (!force && g_file_test (cli->args[0], G_FILE_TEST_EXISTS))
    {
      error = kontor_error_new (KONTOR_CLI_ERROR,
                                KONTOR_ERROR_CONFLICT,
                                _("There is a file of this name. Take another one, or --force."));
      kontor_error_set_file (error, name);
      return kontor_cli_fail (cli, error);
    }
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  kontor_cli_begin_progress (cli, _("Backing up…"));
  if (!kontor_workspace_backup (cli->workspace,
                                cli->args[0],
                                kontor_cli_show_progress,
                                cli,
                                cli->cancellable,
                                &error))
    return kontor_cli_fail (cli, error);
  kontor_cli_printf (cli, _("Saved a copy as “%s”."), name);
  kontor_cli_print (cli, "\n");
  return KONTOR_CLI_OK;
}

const KontorCliVerb kontor_cmd_backup = {
  .name = "backup",
  .arguments = N_("FILE"),
  .summary = N_("Save a whole copy, also while the workspace is open"),
  .run = run_backup,
};
