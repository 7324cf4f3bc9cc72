/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl init: a new, empty workspace. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-country.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

static int
run_init (KontorCli *cli)
{
  g_autofree char *name = NULL;
  g_autofree char *user = NULL;
  g_autofree char *country = NULL;
  g_autofree char *currency = NULL;
  const GOptionEntry entries[] = {
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, N_("Name of the workspace"), N_("NAME") },
    { "user", 'u', 0, G_OPTION_ARG_STRING, &user, N_("Your name"), N_("NAME") },
    { "country",
      0,
      0,
      G_OPTION_ARG_STRING,
      &country,
      N_("Country of phones and addresses without one, such as DE"),
      N_("CODE") },
    { "currency",
      0,
      0,
      G_OPTION_ARG_STRING,
      &currency,
      N_("Currency of amounts without one, such as EUR"),
      N_("CODE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *path = NULL;
  g_autofree char *display = NULL;
  g_autofree char *country_code = NULL;
  g_autoptr(GError) error = NULL;
  KontorInit init = { 0 };

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, entries, 0, 0))
    return cli->status;
  if (country != NULL)
    {
      country_code = kontor_country_code_from_text (country);
      if (country_code == NULL)
        return kontor_cli_fail_usage (cli, _("There is no country “%s”."), country);
    }
  if (currency != NULL && !kontor_currency_is_valid (currency))
    return kontor_cli_fail_usage (cli, _("There is no currency “%s”."), currency);
  init.name = name;
  init.user_name = user;
  init.country = country_code;
  init.currency = currency;
  path = kontor_cli_dup_workspace_path (cli);
  display = g_filename_display_name (path);
  cli->workspace = kontor_workspace_create (path, &init, kontor_env_get_default (), &error);
  if (cli->workspace == NULL)
    return kontor_cli_fail (cli, error);
  kontor_cli_printf (cli, _("Made the workspace “%s”."), display);
  kontor_cli_print (cli, "\n");
  return KONTOR_CLI_OK;
}

const KontorCliVerb kontor_cmd_init = {
  .name = "init",
  .summary = N_("Make a new workspace"),
  .run = run_init,
};
