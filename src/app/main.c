/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kontor, the desktop program. Everything is in libraries, so that tests link it. */
#include "config.h"

#include "kontor-application.h"
#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  const char *directory = g_getenv ("KONTOR_LOCALE_DIR");
  g_autoptr(KontorApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : KONTOR_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Kontor");
  application = kontor_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
