/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl add: a new record. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>

static int
add_record (KontorCli *cli, const KontorRecordType *type)
{
  /* Translators: the label of a step; %s is the singular of a record type, such as "Person" */
  g_autofree char *label = g_strdup_printf (_("New: %s"), kontor_record_type_get_label (type));
  g_autoptr(KontorStep) step = kontor_step_new (label);
  g_autoptr(KontorCommit) commit = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  KontorId id;

  if (!kontor_cli_assign_new (cli, step, type, cli->args + 1, &id, &error))
    return kontor_cli_fail (cli, error);
  commit = kontor_workspace_commit (cli->workspace, step, cli->cancellable, &error);
  if (commit == NULL)
    return kontor_cli_fail (cli, error);
  text = kontor_id_to_string (&id);
  kontor_cli_printf (cli, "%s\n", text);
  return KONTOR_CLI_OK;
}

static int
run_add (KontorCli *cli)
{
  const KontorRecordType *type;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, NULL, 2, G_MAXUINT))
    return cli->status;
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  return add_record (cli, type);
}

const KontorCliVerb kontor_cmd_add = {
  .name = "add",
  .arguments = N_("TYPE FIELD=VALUE…"),
  .summary = N_("Add a record and print its id"),
  .description = N_(
    "People and organisations also take phone, mobile, fax, mail, web, messenger, street, city,\n"
    "region, postcode, country and tags; people also account, position and department:\n"
    "  kontorctl add contact first_name=Ana last_name=Trujillo phone='(5) 555-4729' tags=VIP"),
  .run = run_add,
};
