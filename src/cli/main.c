/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl: workspaces from the command line. Finds the verb and prints the help. */
#include "config.h"

#include "kontor-cli.h"
#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static void
set_up_locale (void)
{
  const char *directory = g_getenv ("KONTOR_LOCALE_DIR");

  setlocale (LC_ALL, "");
  /* the C locale knows ASCII only, and names are not ASCII */
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968"))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : KONTOR_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
print_help (FILE *file)
{
  const KontorCliVerb *const *verbs = kontor_cli_get_verbs ();

  fprintf (file, "%s\n", _("Usage:"));
  fprintf (file, "  kontorctl %s\n\n", _("VERB [OPTION…] …"));
  fprintf (file, "%s\n\n", _("Works with Kontor workspaces, also beside the open application."));
  fprintf (file, "%s\n", _("Verbs:"));
  for (guint i = 0; verbs[i] != NULL; i++)
    fprintf (file, "  %-10s%s\n", verbs[i]->name, _(verbs[i]->summary));
  fprintf (file, "  %-10s%s\n", "help", _("Explain a verb"));
  fprintf (file, "\n%s\n", _("“kontorctl VERB --help” explains the verb and its options."));
}

static int
fail_unknown_verb (const char *name)
{
  const KontorCliVerb *const *verbs = kontor_cli_get_verbs ();
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *nearest;

  for (guint i = 0; verbs[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) verbs[i]->name);
  g_ptr_array_add (names, (gpointer) "help");
  g_ptr_array_add (names, NULL);
  nearest = kontor_cli_find_nearest (name, (const char *const *) names->pdata);
  fputs ("kontorctl: ", stderr);
  if (nearest != NULL)
    fprintf (stderr, _("There is no verb “%s”. Did you mean “%s”?"), name, nearest);
  else
    fprintf (stderr, _("There is no verb “%s”. “kontorctl help” lists them."), name);
  fputc ('\n', stderr);
  return KONTOR_CLI_USAGE;
}

static int
run_help (int argc, char **argv, GCancellable *cancellable)
{
  char *args[] = { (char *) "--help", NULL };
  const KontorCliVerb *verb;

  if (argc < 3)
    {
      print_help (stdout);
      return fflush (stdout) == 0 ? KONTOR_CLI_OK : KONTOR_CLI_NOT_ALL;
    }
  verb = kontor_cli_find_verb (argv[2]);
  return verb != NULL ? kontor_cli_run (verb, args, cancellable) : fail_unknown_verb (argv[2]);
}

int
main (int argc, char **argv)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const KontorCliVerb *verb;

  set_up_locale ();
  g_set_prgname ("kontorctl");
  kontor_cli_watch_signals (cancellable);
  kontor_model_init ();

  if (argc < 2)
    {
      print_help (stderr);
      return KONTOR_CLI_USAGE;
    }
  if (g_str_equal (argv[1], "help") || g_str_equal (argv[1], "--help") ||
      g_str_equal (argv[1], "-h"))
    return run_help (argc, argv, cancellable);
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("kontorctl %s\n", KONTOR_VERSION);
      return fflush (stdout) == 0 ? KONTOR_CLI_OK : KONTOR_CLI_NOT_ALL;
    }
  verb = kontor_cli_find_verb (argv[1]);
  if (verb == NULL)
    return fail_unknown_verb (argv[1]);
  return kontor_cli_run (verb, argv + 2, cancellable);
}
