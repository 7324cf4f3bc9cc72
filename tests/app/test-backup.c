/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files count as copies of a workspace, and which are removed: nothing but the oldest. */
#include "config.h"

#include "kontor-backup.h"
#include <glib/gstdio.h>
#include <utime.h>

static void
add (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

/* As if it was written early that day, so before what its name says. */
static void
set_written (const char *folder, const char *name, int day)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GDateTime) at = g_date_time_new_utc (2026, 11, day, 0, 30, 0);
  struct utimbuf times = { .actime = g_date_time_to_unix (at),
                           .modtime = g_date_time_to_unix (at) };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static gboolean
has (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_thin (void)
{
  static const char *const others[] = {
    "office.kontor",
    "office 2026-11-30.kontor",
    "office 2026-11-30 0915.kontor-wal",
    "office 2026-1a-30 0915.kontor",
    "other 2026-11-30 0915.kontor",
    "office two 2026-11-30 0915.kontor",
  };
  g_autofree char *folder = g_dir_make_tmp ("kontor-test-XXXXXX", NULL);
  g_autoptr(GPtrArray) files = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    add (folder, others[i]);
  add (folder, "office 2026-11-28 0915.kontor");
  add (folder, "office 2026-11-30 0915.kontor");
  add (folder, "office 2026-11-29 2359.kontor");
  set_written (folder, "office 2026-11-28 0915.kontor", 28);
  set_written (folder, "office 2026-11-30 0915.kontor", 30);
  set_written (folder, "office 2026-11-29 2359.kontor", 29);
  files = kontor_backup_list (folder, "office");
  g_assert_cmpuint (files->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (files, 0), ==, "office 2026-11-30 0915.kontor");
  g_assert_cmpstr (g_ptr_array_index (files, 2), ==, "office 2026-11-28 0915.kontor");
  kontor_backup_thin (folder, "office", 2);
  g_assert_false (has (folder, "office 2026-11-28 0915.kontor"));
  g_assert_true (has (folder, "office 2026-11-29 2359.kontor"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (has (folder, others[i]));
  set_written (folder, "office 2026-11-29 2359.kontor", 30); /* somebody went on in it */
  kontor_backup_thin (folder, "office", 0);
  g_assert_false (has (folder, "office 2026-11-30 0915.kontor"));
  g_assert_false (has (folder, "office 2026-11-29 2359.kontor"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_build_filename (folder, others[i], NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_no_folder (void)
{
  g_autoptr(GPtrArray) files = kontor_backup_list ("/nowhere/at/all", "office");

  g_assert_cmpuint (files->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/backup/thin", test_thin);
  g_test_add_func ("/backup/no-folder", test_no_folder);
  return g_test_run ();
}
