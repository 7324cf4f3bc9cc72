/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl demo: a new workspace, or a CSV file, filled with plausible data from a seed. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-demo.h"
#include "kontor-export.h"
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  gint64 seed;
  int contacts;
  int accounts;
  char *language;
  char *csv;
} DemoArguments;

static KontorDemoOptions
make_options (const DemoArguments *arguments)
{
  return (KontorDemoOptions){ .seed = (guint64) arguments->seed,
                              .contacts = arguments->contacts,
                              .accounts = arguments->accounts,
                              .language = arguments->language,
                              .now_ms = kontor_env_now (kontor_env_get_default ()) };
}

/* --- CSV -------------------------------------------------------------------------------------- */

static GOutputStream *
open_csv (const char *path, GError **error)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) local_error = NULL;
  GFileOutputStream *stream;

  if (g_str_equal (path, "-"))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  if (!kontor_export_may_replace (path, error))
    return NULL;
  file = g_file_new_for_commandline_arg (path);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &local_error);
  if (stream == NULL)
    {
      kontor_set_error (error,
                        KONTOR_CLI_ERROR,
                        KONTOR_ERROR_IO,
                        _("The file can't be written: %s."),
                        local_error->message);
      return NULL;
    }
  return G_OUTPUT_STREAM (stream);
}

static int
write_csv (KontorCli *cli, const DemoArguments *arguments)
{
  KontorDemoOptions options = make_options (arguments);
  g_autoptr(GOutputStream) stream = NULL;
  g_autoptr(GError) error = NULL;

  stream = open_csv (arguments->csv, &error);
  if (stream == NULL)
    return kontor_cli_fail (cli, error);
  kontor_cli_begin_progress (cli, _("Writing…"));
  if (kontor_demo_write_csv (stream,
                             &options,
                             kontor_cli_show_progress,
                             cli,
                             cli->cancellable,
                             &error) &&
      g_output_stream_close (stream, cli->cancellable, &error))
    return KONTOR_CLI_OK;
  cli->output_closed = g_str_equal (arguments->csv, "-") &&
                       g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  return kontor_cli_fail (cli, error);
}

/* --- A workspace ------------------------------------------------------------------------------ */

/* A file that was not there before, and is only half filled, is taken away again. */
static void
remove_workspace (KontorCli *cli, const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  kontor_workspace_close (cli->workspace, NULL);
  g_clear_object (&cli->workspace);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

static int
fill_workspace (KontorCli *cli, const DemoArguments *arguments)
{
  KontorDemoOptions options = make_options (arguments);
  g_autofree char *path = kontor_cli_dup_workspace_path (cli);
  g_autofree char *display = g_filename_display_name (path);
  KontorInit init = { .name = _("Demo") };
  g_autoptr(GError) error = NULL;

  cli->workspace = kontor_workspace_create (path, &init, kontor_env_get_default (), &error);
  if (cli->workspace == NULL)
    return kontor_cli_fail (cli, error);
  kontor_cli_begin_progress (cli, _("Filling…"));
  if (!kontor_demo_fill (cli->workspace,
                         &options,
                         kontor_cli_show_progress,
                         cli,
                         cli->cancellable,
                         &error))
    {
      remove_workspace (cli, path);
      return kontor_cli_fail (cli, error);
    }
  kontor_cli_end_progress (cli);
  /* Translators: a file, a number of people, a number of organisations */
  kontor_cli_printf (cli,
                     _("Filled “%s” (people: %d, organisations: %d)."),
                     display,
                     arguments->contacts,
                     arguments->accounts);
  kontor_cli_print (cli, "\n");
  return KONTOR_CLI_OK;
}

static int
run_demo (KontorCli *cli)
{
  DemoArguments arguments = { .seed = 1,
                              .contacts = KONTOR_DEMO_CONTACTS,
                              .accounts = KONTOR_DEMO_ACCOUNTS };
  g_autofree char *language = NULL;
  g_autofree char *csv = NULL;
  const GOptionEntry entries[] = {
    { "seed",
      0,
      0,
      G_OPTION_ARG_INT64,
      &arguments.seed,
      N_("Another seed makes other data"),
      N_("NUMBER") },
    { "contacts",
      0,
      0,
      G_OPTION_ARG_INT,
      &arguments.contacts,
      N_("So many people"),
      N_("NUMBER") },
    { "accounts",
      0,
      0,
      G_OPTION_ARG_INT,
      &arguments.accounts,
      N_("So many organisations"),
      N_("NUMBER") },
    { "language",
      0,
      0,
      G_OPTION_ARG_STRING,
      &language,
      N_("In this language: en, ru or mixed; else your own"),
      N_("LANGUAGE") },
    { "csv",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &csv,
      N_("Write the people to a CSV file instead of a workspace"),
      N_("FILE|-") },
    G_OPTION_ENTRY_NULL,
  };

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE, entries, 0, 0))
    return cli->status;
  if (arguments.contacts < 1 || arguments.accounts < 1)
    return kontor_cli_fail_usage (cli,
                                  _("There must be one person and one organisation at least."));
  if (language != NULL &&
      !g_strv_contains ((const char *const[]){ "en", "ru", "mixed", NULL }, language))
    return kontor_cli_fail_usage (cli,
                                  _("There is no language “%s”: it is en, ru or mixed."),
                                  language);
  arguments.language = language;
  arguments.csv = csv;
  return csv != NULL ? write_csv (cli, &arguments) : fill_workspace (cli, &arguments);
}

const KontorCliVerb kontor_cmd_demo = {
  .name = "demo",
  .summary = N_("Make a workspace filled with plausible data"),
  .run = run_demo,
};
