/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame every verb of kontorctl runs in: options, opening, errors, interruption. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const KontorCliVerb *const verbs[] = {
  &kontor_cmd_init,
  &kontor_cmd_import,
  &kontor_cmd_export,
  &kontor_cmd_list,
  &kontor_cmd_show,
  &kontor_cmd_add,
  &kontor_cmd_set,
  &kontor_cmd_delete,
  &kontor_cmd_restore,
  &kontor_cmd_search,
  &kontor_cmd_history,
  &kontor_cmd_undo,
  &kontor_cmd_redo,
  &kontor_cmd_sql,
  &kontor_cmd_schema,
  &kontor_cmd_backup,
  &kontor_cmd_check,
  &kontor_cmd_demo,
  NULL,
};

/**
 * kontor_cli_error_quark:
 *
 * Returns: the domain of errors of the command line
 */
GQuark
kontor_cli_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-cli-error"));
  return (GQuark) quark;
}

/**
 * kontor_cli_get_verbs:
 *
 * Returns: (transfer none): all verbs in the order of the help, ends with %NULL
 */
const KontorCliVerb *const *
kontor_cli_get_verbs (void)
{
  return verbs;
}

/**
 * kontor_cli_find_verb:
 * @name: what the person typed
 *
 * Returns: (transfer none) (nullable): the verb
 */
const KontorCliVerb *
kontor_cli_find_verb (const char *name)
{
  for (guint i = 0; verbs[i] != NULL; i++)
    if (g_str_equal (verbs[i]->name, name))
      return verbs[i];
  return NULL;
}

/* Edits that make one word of another, swapped letters counting as one; words here are short. */
static guint
count_edits (const char *a, const char *b)
{
  gsize n = strlen (b), m = strlen (a), width = n + 1;
  g_autofree guint *table = g_new (guint, (m + 1) * width);

  for (gsize i = 0; i <= m; i++)
    for (gsize j = 0; j <= n; j++)
      {
        guint *cell = &table[i * width + j];

        if (i == 0 || j == 0)
          {
            *cell = i + j;
            continue;
          }
        *cell = cell[-(gssize) width - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        *cell = MIN (*cell, MIN (cell[-1], cell[-(gssize) width]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          *cell = MIN (*cell, cell[-2 * (gssize) width - 2] + 1);
      }
  return table[m * width + n];
}

/**
 * kontor_cli_find_nearest:
 * @text: a word that is not known
 * @words: known words, ends with %NULL
 *
 * Returns: (transfer none) (nullable): the word that was probably meant
 */
const char *
kontor_cli_find_nearest (const char *text, const char *const *words)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  if (strlen (text) > 40)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint edits = count_edits (text, words[i]);

      if (strlen (text) >= 2 && g_str_has_prefix (words[i], text))
        edits = 1;
      if (edits < least)
        {
          least = edits;
          nearest = words[i];
        }
    }
  return least <= MAX (1, strlen (text) / 3) ? nearest : NULL;
}

/* The main thread waits for the database, so a thread of its own waits for the signals. */
static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t set;
  int caught = 0;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  sigwait (&set, &caught);
  g_cancellable_cancel (cancellable);
  /* asked twice: go at once, the workspace stands that */
  sigwait (&set, &caught);
  _exit (128 + caught);
  return NULL;
}

/**
 * kontor_cli_watch_signals:
 * @cancellable: cancelled by the first SIGINT, SIGTERM or SIGHUP; a second one ends the process
 *
 * Call before any other thread is started.
 */
void
kontor_cli_watch_signals (GCancellable *cancellable)
{
  sigset_t set;

  signal (SIGPIPE, SIG_IGN);
  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
}

static void
print_message (KontorCli *cli, const char *text)
{
  kontor_cli_end_progress (cli);
  kontor_cli_flush (cli);
  fprintf (stderr, "kontorctl: %s\n", text);
}

/**
 * kontor_cli_warn:
 * @cli: a run
 * @format: a translated sentence
 * @...: its arguments
 *
 * Tells the person something beside the output.
 */
void
kontor_cli_warn (KontorCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  print_message (cli, text);
}

/**
 * kontor_cli_fail:
 * @cli: a run
 * @error: what happened
 *
 * Says so on standard error, unless nobody reads the output any more.
 *
 * Returns: the exit status, also kept in @cli
 */
int
kontor_cli_fail (KontorCli *cli, const GError *error)
{
  g_autofree char *text = NULL;

  if (cli->output_closed)
    return cli->status;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      print_message (cli, _("Interrupted."));
      return cli->status = KONTOR_CLI_INTERRUPTED;
    }
  text = kontor_error_describe (error);
  print_message (cli, text);
  return cli->status = kontor_error_exit_status (error);
}

/**
 * kontor_cli_fail_usage:
 * @cli: a run
 * @format: a translated sentence: what is wrong with the command line
 * @...: its arguments
 *
 * Returns: %KONTOR_CLI_USAGE, also kept in @cli
 */
int
kontor_cli_fail_usage (KontorCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  print_message (cli, text);
  /* Translators: %s is a verb, such as "list" */
  fprintf (stderr, _("Try “kontorctl %s --help”."), cli->verb->name);
  fputc ('\n', stderr);
  return cli->status = KONTOR_CLI_USAGE;
}

static gboolean
parse_format (KontorCli *cli)
{
  static const char *const names[] = { "table", "json", "csv", NULL };

  cli->format = KONTOR_CLI_TABLE;
  if (cli->format_name == NULL)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (cli->format_name, names[i]))
      {
        cli->format = (KontorCliFormat) i;
        return TRUE;
      }
  kontor_cli_fail_usage (cli,
                         _("There is no format “%s”: it is table, json or csv."),
                         cli->format_name);
  return FALSE;
}

static GOptionContext *
create_context (KontorCli *cli, KontorCliFlags flags, const GOptionEntry *entries)
{
  GOptionContext *context =
    g_option_context_new (cli->verb->arguments != NULL ? _(cli->verb->arguments) : NULL);
  const GOptionEntry workspace[] = {
    { "workspace",
      'w',
      0,
      G_OPTION_ARG_FILENAME,
      &cli->workspace_path,
      N_("The workspace file; else KONTOR_WORKSPACE, else your own"),
      N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry format[] = {
    { "format",
      'f',
      0,
      G_OPTION_ARG_STRING,
      &cli->format_name,
      N_("How to write: table, json (one object a line) or csv"),
      N_("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(cli->verb->summary));
  if (cli->verb->description != NULL)
    g_option_context_set_description (context, _(cli->verb->description));
  if ((flags & KONTOR_CLI_TAKES_WORKSPACE) != 0)
    g_option_context_add_main_entries (context, workspace, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if ((flags & KONTOR_CLI_TAKES_FORMAT) != 0)
    g_option_context_add_main_entries (context, format, GETTEXT_PACKAGE);
  return context;
}

/* GOption wants the program's name first, and leaves "--" in front of what follows it. */
static gboolean
parse_arguments (KontorCli *cli, GOptionContext *context, GError **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) argv = NULL;
  gboolean parsed;
  guint first = 1;

  g_strv_builder_add (builder, "kontorctl");
  g_strv_builder_addv (builder, (const char **) cli->args);
  argv = g_strv_builder_end (builder);
  parsed = g_option_context_parse_strv (context, &argv, error);
  g_clear_pointer (&cli->args, g_strfreev);
  if (parsed && argv[0] != NULL && argv[1] != NULL && g_str_equal (argv[1], "--"))
    first = 2;
  cli->args = g_strdupv (parsed && argv[0] != NULL ? argv + first : (char *[]){ NULL });
  cli->n_args = g_strv_length (cli->args);
  return parsed;
}

/**
 * kontor_cli_parse:
 * @cli: a run
 * @flags: options many verbs have
 * @entries: (nullable): the verb's own options
 * @min_args: arguments it needs
 * @max_args: arguments it takes at most, %G_MAXUINT for any number
 *
 * Takes the options out of the command line. "--help" prints and ends the process.
 *
 * Returns: %FALSE when the command line is wrong: the person was told, return @cli's status
 */
gboolean
kontor_cli_parse (KontorCli *cli,
                  KontorCliFlags flags,
                  const GOptionEntry *entries,
                  guint min_args,
                  guint max_args)
{
  g_autoptr(GOptionContext) context = create_context (cli, flags, entries);
  g_autofree char *name = g_strconcat ("kontorctl ", cli->verb->name, NULL);
  g_autoptr(GError) error = NULL;

  g_set_prgname (name);
  if (!parse_arguments (cli, context, &error))
    {
      kontor_cli_fail_usage (cli, "%s", error->message);
      return FALSE;
    }
  if (cli->n_args < min_args)
    {
      kontor_cli_fail_usage (cli, _("Something is missing: %s."), _(cli->verb->arguments));
      return FALSE;
    }
  if (cli->n_args > max_args)
    {
      kontor_cli_fail_usage (cli, _("“%s” is too much."), cli->args[max_args]);
      return FALSE;
    }
  for (guint i = 0; i < cli->n_args && (flags & KONTOR_CLI_TAKES_FILES) == 0; i++)
    if (!g_utf8_validate (cli->args[i], -1, NULL))
      {
        kontor_cli_fail_usage (cli, _("The command line is not valid UTF-8 text."));
        return FALSE;
      }
  return parse_format (cli);
}

/**
 * kontor_cli_dup_workspace_path:
 * @cli: a run
 *
 * Returns: (transfer full): the workspace of --workspace, of the environment, or the person's own
 */
char *
kontor_cli_dup_workspace_path (KontorCli *cli)
{
  const char *environment = g_getenv ("KONTOR_WORKSPACE");

  if (cli->workspace_path != NULL)
    return g_strdup (cli->workspace_path);
  if (environment != NULL && environment[0] != '\0')
    return g_strdup (environment);
  return kontor_workspace_default_path ();
}

/**
 * kontor_cli_open:
 * @cli: a run
 * @flags: %KONTOR_OPEN_READ_ONLY for verbs that must not write
 *
 * Opens the workspace and takes its schema.
 *
 * Returns: %FALSE when it can't be opened: the person was told, return @cli's status
 */
gboolean
kontor_cli_open (KontorCli *cli, KontorOpenFlags flags)
{
  g_autofree char *path = kontor_cli_dup_workspace_path (cli);
  g_autoptr(GError) error = NULL;

  cli->workspace =
    kontor_workspace_open (path, flags | KONTOR_OPEN_NO_WATCH, kontor_env_get_default (), &error);
  if (cli->workspace == NULL)
    {
      kontor_cli_fail (cli, error);
      if (kontor_error_is (error, KONTOR_ERROR_NOT_FOUND))
        /* Translators: %s is a verb to type */
        kontor_cli_warn (cli, _("“kontorctl %s” makes a new workspace."), "init");
      return FALSE;
    }
  cli->schema = kontor_workspace_ref_schema (cli->workspace);
  return TRUE;
}

/**
 * kontor_cli_run:
 * @verb: a verb
 * @args: the command line behind it
 * @cancellable: cancelled when the person interrupts
 *
 * Returns: the exit status
 */
int
kontor_cli_run (const KontorCliVerb *verb, char **args, GCancellable *cancellable)
{
  KontorCli cli = {
    .verb = verb,
    .args = g_strdupv (args),
    .n_args = g_strv_length (args),
    .cancellable = cancellable,
    .output = g_string_new (NULL),
    .output_fd = STDOUT_FILENO,
  };
  g_autoptr(GError) error = NULL;
  int status = verb->run (&cli);

  kontor_cli_end_progress (&cli);
  if (!kontor_cli_flush (&cli) && status == KONTOR_CLI_OK)
    status = cli.status;
  if (cli.workspace != NULL && !kontor_workspace_close (cli.workspace, &error) &&
      status == KONTOR_CLI_OK)
    status = kontor_cli_fail (&cli, error);
  g_clear_object (&cli.workspace);
  g_clear_pointer (&cli.schema, kontor_schema_unref);
  g_clear_pointer (&cli.args, g_strfreev);
  g_free (cli.workspace_path);
  g_free (cli.format_name);
  g_string_free (cli.output, TRUE);
  return status;
}
