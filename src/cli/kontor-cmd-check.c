/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl check: whether the file, the log, search and totals agree. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static GPtrArray *
check_workspace (KontorCli *cli, gboolean repair, GError **error)
{
  kontor_cli_begin_progress (cli, repair ? _("Repairing…") : _("Checking…"));
  return kontor_workspace_check (cli->workspace,
                                 repair,
                                 kontor_cli_show_progress,
                                 cli,
                                 cli->cancellable,
                                 error);
}

static void
print_problems (KontorCli *cli, GPtrArray *problems)
{
  kontor_cli_end_progress (cli);
  for (guint i = 0; i < problems->len; i++)
    kontor_cli_printf (cli, "%s\n", (const char *) g_ptr_array_index (problems, i));
}

static int
run_check (KontorCli *cli)
{
  gboolean repair = FALSE;
  const GOptionEntry entries[] = {
    { "repair",
      0,
      0,
      G_OPTION_ARG_NONE,
      &repair,
      N_("Build indexes, search and totals again"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GPtrArray) left = NULL;
  g_autoptr(GError) error = NULL;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, entries, 0, 0) ||
      !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  problems = check_workspace (cli, repair, &error);
  if (problems == NULL)
    return kontor_cli_fail (cli, error);
  print_problems (cli, problems);
  if (repair)
    {
      left = check_workspace (cli, FALSE, &error);
      if (left == NULL)
        return kontor_cli_fail (cli, error);
    }
  if ((repair ? left : problems)->len > 0)
    {
      kontor_cli_warn (cli,
                       repair
                         ? _("Not everything could be repaired: restore a backup.")
                         : _("The workspace has problems: try --repair, or restore a backup."));
      return KONTOR_CLI_NOT_ALL;
    }
  kontor_cli_printf (cli,
                     "%s\n",
                     problems->len > 0 ? _("The workspace was repaired.")
                                       : _("The workspace is in order."));
  return KONTOR_CLI_OK;
}

const KontorCliVerb kontor_cmd_check = {
  .name = "check",
  .summary = N_("Check that the workspace is whole"),
  .run = run_check,
};
