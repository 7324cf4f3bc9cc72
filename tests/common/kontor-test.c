/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Temporary directories and sample data for tests. */
#include "config.h"

#include "kontor-test.h"
#include <glib/gstdio.h>

/**
 * kontor_test_dir_set_up:
 * @dir: filled in with a new, empty directory
 */
void
kontor_test_dir_set_up (KontorTestDir *dir)
{
  g_autoptr(GError) error = NULL;

  dir->dir = g_dir_make_tmp ("kontor-test-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) entries = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_unlink (path);
      return;
    }
  g_chmod (path, 0700);
  entries = g_dir_open (path, 0, NULL);
  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_rmdir (path);
}

/**
 * kontor_test_dir_tear_down:
 * @dir: a directory of kontor_test_dir_set_up(); it and everything in it is removed
 */
void
kontor_test_dir_tear_down (KontorTestDir *dir)
{
  remove_tree (dir->dir);
  g_clear_pointer (&dir->dir, g_free);
}

/**
 * kontor_test_dir_path:
 * @dir: a temporary directory
 * @name: a file name
 *
 * Returns: (transfer full): the path of @name in @dir
 */
char *
kontor_test_dir_path (const KontorTestDir *dir, const char *name)
{
  return g_build_filename (dir->dir, name, NULL);
}

/**
 * kontor_test_shared_data:
 * @relative: a path below the sample data, such as "northwind/customers.csv"
 *
 * Returns: (transfer full) (nullable): the file's path, or %NULL after g_test_skip()
 */
char *
kontor_test_shared_data (const char *relative)
{
  const char *root = g_getenv ("KONTOR_SHARED_DATA");
  g_autofree char *path = root != NULL ? g_build_filename (root, relative, NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the sample data is not beside this checkout");
      return NULL;
    }
  return g_steal_pointer (&path);
}

static gboolean
time_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * kontor_test_wait_until:
 * @condition: what to wait for
 * @data: for @condition
 * @timeout_ms: the test fails after so many milliseconds
 *
 * Runs the default main context until @condition holds.
 */
void
kontor_test_wait_until (gboolean (*condition) (gpointer), gpointer data, guint timeout_ms)
{
  gboolean timed_out = FALSE;
  guint source = g_timeout_add (timeout_ms, time_out_cb, &timed_out);

  while (!condition (data) && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (timed_out);
  g_source_remove (source);
}
