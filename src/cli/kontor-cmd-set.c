/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl set: changes fields of a record. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
change_record (KontorCli *cli, const KontorRecordType *type)
{
  g_autoptr(KontorStep) step = NULL;
  g_autoptr(KontorCommit) commit = NULL;
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  g_autoptr(GError) error = NULL;
  KontorId id;

  if (!kontor_cli_resolve (cli, type, cli->args[1], KONTOR_QUERY_LIVE, &id, &error))
    return kontor_cli_fail (cli, error);
  title = kontor_workspace_dup_title (cli->workspace, type, &id);
  /* Translators: the label of a step; %s is the name of a record */
  label =
    g_strdup_printf (_("Change “%s”"),
                     title != NULL && *title != '\0' ? title : kontor_record_type_get_label (type));
  step = kontor_step_new (label);
  if (!kontor_cli_assign_change (cli, step, type, &id, cli->args + 2, &error))
    return kontor_cli_fail (cli, error);
  if (kontor_step_is_empty (step))
    return KONTOR_CLI_OK;
  commit = kontor_workspace_commit (cli->workspace, step, cli->cancellable, &error);
  return commit != NULL ? KONTOR_CLI_OK : kontor_cli_fail (cli, error);
}

static int
run_set (KontorCli *cli)
{
  const KontorRecordType *type;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, NULL, 3, G_MAXUINT))
    return cli->status;
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  return change_record (cli, type);
}

const KontorCliVerb kontor_cmd_set = {
  .name = "set",
  .arguments = N_("TYPE ID|NAME FIELD=VALUE…"),
  .summary = N_("Change a record"),
  .description =
    N_("“FIELD=” empties a field. phone, mail, city and so on change the main one.\n"
        "“tags=A;B” sets exactly these tags, “tags+=A” adds one, “tags-=A” takes it away."),
  .run = run_set,
};
