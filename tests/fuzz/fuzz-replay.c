/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over the files named on the command line, and those in folders named there:
 * the committed corpus as a plain test, without libFuzzer. */
#include "config.h"

#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static int count;

static void
run_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree guint8 *exact = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    g_error ("%s: %s", path, error->message);

  /* Without the NUL behind it, so that a sanitizer sees reading beyond the end. */
  exact = g_memdup2 (contents, length);
  g_print ("# %s\n", path); /* before, so that the last one named is the one that broke it */
  LLVMFuzzerTestOneInput (exact, length);
  count++;
}

static void
run_path (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      run_file (path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      run_path (inner);
    }
}

int
main (int argc, char *argv[])
{
  for (int i = 1; i < argc; i++)
    run_path (argv[i]);

  /* An empty corpus tests nothing: that is a mistake in the build files. */
  if (count == 0)
    {
      g_print ("not ok 1 - no seeds\n1..1\n");
      return 1;
    }
  g_print ("ok 1 - %d seeds\n1..1\n", count);

  return 0;
}
