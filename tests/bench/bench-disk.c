/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files are SQLite's own; only the table of their functions is replaced by a copy with another
 * xSync, one copy for each table that SQLite has. */
#include "config.h"

#include "bench-disk.h"
#include <sqlite3.h>

#define MAX_METHODS 16

typedef struct
{
  sqlite3_io_methods methods;
  const sqlite3_io_methods *real;
} Methods;

static struct
{
  GMutex lock;
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  Methods methods[MAX_METHODS];
  guint n_methods;
  gint n_syncs;
} disk;

static const sqlite3_io_methods *
find_real (const sqlite3_io_methods *methods)
{
  for (guint i = 0; i < MAX_METHODS; i++)
    if (methods == &disk.methods[i].methods)
      return disk.methods[i].real;
  g_assert_not_reached ();
}

static int
sync_file (sqlite3_file *file, int flags)
{
  g_atomic_int_inc (&disk.n_syncs);
  g_usleep (BENCH_SYNC_US);
  return find_real (file->pMethods)->xSync (file, flags);
}

static const sqlite3_io_methods *
replace_methods (const sqlite3_io_methods *real)
{
  const sqlite3_io_methods *found = NULL;

  g_mutex_lock (&disk.lock);
  for (guint i = 0; i < disk.n_methods; i++)
    if (disk.methods[i].real == real)
      found = &disk.methods[i].methods;
  if (found == NULL)
    {
      Methods *next = &disk.methods[disk.n_methods++];

      g_assert (disk.n_methods <= MAX_METHODS);
      next->methods = *real;
      next->methods.xSync = sync_file;
      next->real = real;
      found = &next->methods;
    }
  g_mutex_unlock (&disk.lock);
  return found;
}

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  int rc = disk.real->xOpen (disk.real, name, file, flags, out_flags);

  if (rc == SQLITE_OK && file->pMethods != NULL)
    file->pMethods = replace_methods (file->pMethods);
  return rc;
}

/**
 * bench_disk_install:
 *
 * Registers the VFS under the name %BENCH_DISK, for the rest of the process.
 */
void
bench_disk_install (void)
{
  if (disk.real != NULL)
    return;
  disk.real = sqlite3_vfs_find (NULL);
  disk.vfs = *disk.real;
  disk.vfs.pNext = NULL;
  disk.vfs.zName = BENCH_DISK;
  disk.vfs.xOpen = open_file;
  sqlite3_vfs_register (&disk.vfs, 0);
}

/**
 * bench_disk_get_n_syncs:
 *
 * Returns: how often a file was brought to the disk
 */
guint
bench_disk_get_n_syncs (void)
{
  return (guint) g_atomic_int_get (&disk.n_syncs);
}
