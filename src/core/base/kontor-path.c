/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that a sandbox was given one by one. The document portal shows each in a folder of its own,
 * ROOT/ID/NAME. What a program makes beside it there is put on the disk as ".xdp-NAME-XXXXXX" and
 * is not found again by the next process; there are no locks either. A folder that was given as a
 * whole is ROOT/ID/FOLDER, and what is in it is as everywhere. */
#include "config.h"

#include "kontor-path.h"
#include <string.h>

static char *root_for_testing;

/* What follows ROOT and a slash, or NULL. */
static const char *
skip_root (const char *path, const char *root)
{
  gsize length = strlen (root);

  return strncmp (path, root, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static const char *
skip_user_root (const char *path)
{
  const char *rest = skip_root (path, "/run/user");

  if (rest == NULL || !g_ascii_isdigit (*rest))
    return NULL;
  while (g_ascii_isdigit (*rest))
    rest++;
  return skip_root (rest, "/doc");
}

/**
 * kontor_path_is_lent:
 * @path: a file's name
 *
 * A lent file can be read and replaced as a whole, but a database can't live in it.
 *
 * Returns: %TRUE where @path is a single file that the document portal shows
 */
gboolean
kontor_path_is_lent (const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  const char *rest = skip_user_root (whole);
  const char *name;

  if (rest == NULL)
    rest = skip_root (whole, "/run/flatpak/doc");
  if (rest == NULL && root_for_testing != NULL)
    rest = skip_root (whole, root_for_testing);
  name = rest != NULL ? strchr (rest, '/') : NULL;
  return name != NULL && strchr (name + 1, '/') == NULL;
}

/**
 * kontor_path_set_lent_root_for_testing:
 * @root: (nullable): an absolute path that stands for the portal's too
 *
 * Not for use beside other threads.
 */
void
kontor_path_set_lent_root_for_testing (const char *root)
{
  g_free (root_for_testing);
  root_for_testing = g_strdup (root);
}
