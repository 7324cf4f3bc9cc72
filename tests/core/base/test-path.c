/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of files that a sandbox was lent, and paths that only look so. */
#include "config.h"

#include "kontor-path.h"

static void
test_lent (void)
{
  static const struct
  {
    const char *path;
    gboolean lent;
  } cases[] = {
    { "/run/user/1000/doc/5f9c461/office.kontor", TRUE },
    { "/run/user/0/doc/a/b", TRUE },
    { "/run/flatpak/doc/5f9c461/office.kontor", TRUE },
    { "/run/flatpak/../flatpak//doc/5f9c461/office.kontor", TRUE },
    { "/run/user/1000/doc/5f9c461/Documents/office.kontor", FALSE },
    { "/run/user/1000/doc/5f9c461", FALSE },
    { "/run/user/1000/doc", FALSE },
    { "/run/user/1000/documents/5f9c461/office.kontor", FALSE },
    { "/run/user/name/doc/5f9c461/office.kontor", FALSE },
    { "/run/user/1000x/doc/5f9c461/office.kontor", FALSE },
    { "/run/user/1000/gvfs/share/office.kontor", FALSE },
    { "/home/run/user/1000/doc/5f9c461/office.kontor", FALSE },
    { "/home/user/office.kontor", FALSE },
    { "office.kontor", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (kontor_path_is_lent (cases[i].path), ==, cases[i].lent);
    }
}

static void
test_root_for_testing (void)
{
  kontor_path_set_lent_root_for_testing ("/tmp/doc");
  g_assert_true (kontor_path_is_lent ("/tmp/doc/1/a"));
  g_assert_false (kontor_path_is_lent ("/tmp/doc/a"));
  kontor_path_set_lent_root_for_testing (NULL);
  g_assert_false (kontor_path_is_lent ("/tmp/doc/1/a"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/path/lent", test_lent);
  g_test_add_func ("/base/path/root-for-testing", test_root_for_testing);
  return g_test_run ();
}
