/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The VFS stands before SQLite's own one and hands everything on that is not to fail. For a loss of
 * power it keeps what each write since the last sync has replaced. */
#include "config.h"

#include "kontor-fault-vfs.h"
#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
  int flags;
  GPtrArray *unsynced; /* (element-type Unsynced), oldest first */
} FaultFile;

/* What was there before a write. */
typedef struct
{
  sqlite3_int64 offset, old_size;
  GBytes *old;
} Unsynced;

static struct
{
  GMutex lock;
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  gboolean installed;
  KontorFault fault;
  guint k, at;
  gboolean struck, dead;
  gboolean file_read_only, folder_read_only;
  GRand *random;
  KontorFaultCounts counts;
  GPtrArray *files; /* (element-type FaultFile), borrowed: those that are open */
} fault;

static void
free_unsynced (gpointer data)
{
  Unsynced *unsynced = data;

  g_bytes_unref (unsynced->old);
  g_free (unsynced);
}

static FaultFile *
fault_file (sqlite3_file *file)
{
  return (FaultFile *) file;
}

/* Of what was not synced a part is lost: as the disk pleases, not in the order of writing. */
static void
lose_power (void)
{
  for (guint i = 0; i < fault.files->len; i++)
    {
      FaultFile *file = g_ptr_array_index (fault.files, i);

      for (guint n = file->unsynced->len; n > 0; n--)
        {
          Unsynced *unsynced = g_ptr_array_index (file->unsynced, n - 1);
          gsize length;
          const void *bytes = g_bytes_get_data (unsynced->old, &length);

          if (g_rand_boolean (fault.random))
            continue;
          if (length > 0)
            file->real->pMethods->xWrite (file->real, bytes, (int) length, unsynced->offset);
          if (n == file->unsynced->len)
            file->real->pMethods->xTruncate (file->real, unsynced->old_size);
        }
      g_ptr_array_set_size (file->unsynced, 0);
    }
}

/* With the lock held: whether this operation is the one. */
static gboolean
is_due (void)
{
  if (++fault.at != fault.k)
    return FALSE;
  fault.struck = TRUE;
  return TRUE;
}

static gboolean
is_crash (void)
{
  return fault.fault == KONTOR_FAULT_CRASH || fault.fault == KONTOR_FAULT_TORN ||
         fault.fault == KONTOR_FAULT_POWER_LOSS;
}

static void
die (void)
{
  fault.dead = TRUE;
  if (fault.fault == KONTOR_FAULT_POWER_LOSS)
    lose_power ();
}

/* What a write, truncation or deletion is to answer; @torn: half of it is to be done. */
static int
judge_write (gboolean *torn)
{
  fault.counts.writes++;
  *torn = FALSE;
  if (fault.dead)
    return SQLITE_IOERR_WRITE;
  switch (fault.fault)
    {
    case KONTOR_FAULT_FULL:
      if (fault.at + 1 >= fault.k)
        {
          fault.struck = TRUE;
          return SQLITE_FULL;
        }
      fault.at++;
      return SQLITE_OK;
    case KONTOR_FAULT_FULL_ONCE:
      return is_due () ? SQLITE_FULL : SQLITE_OK;
    case KONTOR_FAULT_WRITE:
      return is_due () ? SQLITE_IOERR_WRITE : SQLITE_OK;
    case KONTOR_FAULT_CRASH:
    case KONTOR_FAULT_POWER_LOSS:
    case KONTOR_FAULT_TORN:
      if (!is_due ())
        return SQLITE_OK;
      *torn = fault.fault == KONTOR_FAULT_TORN;
      die ();
      return SQLITE_IOERR_WRITE;
    default:
      return SQLITE_OK;
    }
}

static int
judge_sync (FaultFile *file)
{
  fault.counts.syncs++;
  if (file->flags & SQLITE_OPEN_WAL)
    fault.counts.wal_syncs++;
  if (file->flags & SQLITE_OPEN_MAIN_DB)
    fault.counts.main_syncs++;
  if (fault.dead)
    return SQLITE_IOERR_FSYNC;
  if (fault.fault == KONTOR_FAULT_SYNC && is_due ())
    return SQLITE_IOERR_FSYNC;
  if (is_crash () && is_due ())
    {
      die ();
      return SQLITE_IOERR_FSYNC;
    }
  return SQLITE_OK;
}

static int
judge_read (FaultFile *file)
{
  fault.counts.reads++;
  if (fault.dead)
    return SQLITE_IOERR_READ;
  if (fault.fault == KONTOR_FAULT_READ && is_due ())
    return SQLITE_IOERR_READ;
  if (fault.fault == KONTOR_FAULT_READ_ALL && ++fault.at >= fault.k)
    {
      fault.struck = TRUE;
      return SQLITE_IOERR_READ;
    }
  return SQLITE_OK;
}

/* --- Files -------------------------------------------------------------------------------- */

static int
fault_close (sqlite3_file *base)
{
  FaultFile *file = fault_file (base);
  int rc = file->real->pMethods->xClose (file->real);

  g_mutex_lock (&fault.lock);
  g_ptr_array_remove (fault.files, file);
  g_mutex_unlock (&fault.lock);
  g_clear_pointer (&file->unsynced, g_ptr_array_unref);
  g_clear_pointer (&file->real, g_free);
  return rc;
}

static int
fault_read (sqlite3_file *base, void *buffer, int n, sqlite3_int64 offset)
{
  FaultFile *file = fault_file (base);
  int rc;

  g_mutex_lock (&fault.lock);
  rc = judge_read (file);
  g_mutex_unlock (&fault.lock);
  return rc != SQLITE_OK ? rc : file->real->pMethods->xRead (file->real, buffer, n, offset);
}

static void
remember (FaultFile *file, sqlite3_int64 offset, int n)
{
  Unsynced *unsynced;
  guint8 *old;
  int rc;

  if (fault.fault != KONTOR_FAULT_POWER_LOSS)
    return;
  unsynced = g_new0 (Unsynced, 1);
  unsynced->offset = offset;
  file->real->pMethods->xFileSize (file->real, &unsynced->old_size);
  old = g_malloc0 (MAX (n, 1));
  rc = n > 0 ? file->real->pMethods->xRead (file->real, old, n, offset) : SQLITE_OK;
  unsynced->old = g_bytes_new_take (old, rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ ? n : 0);
  g_ptr_array_add (file->unsynced, unsynced);
}

static int
fault_write (sqlite3_file *base, const void *buffer, int n, sqlite3_int64 offset)
{
  FaultFile *file = fault_file (base);
  gboolean torn;
  int rc;

  g_mutex_lock (&fault.lock);
  rc = judge_write (&torn);
  if (rc == SQLITE_OK)
    remember (file, offset, n);
  if (rc == SQLITE_OK)
    rc = file->real->pMethods->xWrite (file->real, buffer, n, offset);
  else if (torn && n > 1)
    file->real->pMethods->xWrite (file->real, buffer, n / 2, offset);
  g_mutex_unlock (&fault.lock);
  return rc;
}

static int
fault_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  FaultFile *file = fault_file (base);
  gboolean torn;
  int rc;

  g_mutex_lock (&fault.lock);
  rc = judge_write (&torn);
  if (rc == SQLITE_OK)
    rc = file->real->pMethods->xTruncate (file->real, size);
  g_mutex_unlock (&fault.lock);
  return rc;
}

static int
fault_sync (sqlite3_file *base, int flags)
{
  FaultFile *file = fault_file (base);
  int rc;

  g_mutex_lock (&fault.lock);
  rc = judge_sync (file);
  if (rc == SQLITE_OK)
    g_ptr_array_set_size (file->unsynced, 0);
  g_mutex_unlock (&fault.lock);
  /* Nothing is gained by waiting for the disk of the machine the test runs on. */
  return rc;
}

static int
fault_file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  return fault_file (base)->real->pMethods->xFileSize (fault_file (base)->real, size);
}

static int
fault_lock (sqlite3_file *base, int level)
{
  return fault_file (base)->real->pMethods->xLock (fault_file (base)->real, level);
}

static int
fault_unlock (sqlite3_file *base, int level)
{
  return fault_file (base)->real->pMethods->xUnlock (fault_file (base)->real, level);
}

static int
fault_check_reserved (sqlite3_file *base, int *result)
{
  return fault_file (base)->real->pMethods->xCheckReservedLock (fault_file (base)->real, result);
}

static int
fault_control (sqlite3_file *base, int op, void *argument)
{
  return fault_file (base)->real->pMethods->xFileControl (fault_file (base)->real, op, argument);
}

static int
fault_sector_size (sqlite3_file *base)
{
  return fault_file (base)->real->pMethods->xSectorSize (fault_file (base)->real);
}

static int
fault_traits (sqlite3_file *base)
{
  return fault_file (base)->real->pMethods->xDeviceCharacteristics (fault_file (base)->real);
}

static int
fault_shm_map (sqlite3_file *base, int region, int size, int extend, void volatile **memory)
{
  gboolean refused;

  g_mutex_lock (&fault.lock);
  refused = fault.folder_read_only;
  g_mutex_unlock (&fault.lock);
  if (refused)
    return SQLITE_CANTOPEN;
  return fault_file (base)->real->pMethods->xShmMap (fault_file (base)->real,
                                                     region,
                                                     size,
                                                     extend,
                                                     memory);
}

static int
fault_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  return fault_file (base)->real->pMethods->xShmLock (fault_file (base)->real, offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *base)
{
  fault_file (base)->real->pMethods->xShmBarrier (fault_file (base)->real);
}

static int
fault_shm_unmap (sqlite3_file *base, int remove)
{
  return fault_file (base)->real->pMethods->xShmUnmap (fault_file (base)->real, remove);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved,
  .xFileControl = fault_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_traits,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

/* --- The VFS ------------------------------------------------------------------------------ */

#define TRANSIENT_FILES                                                        \
  (SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL | \
   SQLITE_OPEN_SUBJOURNAL)

/* As the operating system does it where the permissions say so. */
static int
judge_open (int *flags)
{
  gboolean file, folder, dead;

  g_mutex_lock (&fault.lock);
  file = fault.file_read_only;
  folder = fault.folder_read_only;
  dead = fault.dead;
  g_mutex_unlock (&fault.lock);
  if (dead)
    return SQLITE_CANTOPEN;
  if ((*flags & SQLITE_OPEN_MAIN_DB) && (file || folder))
    *flags = (*flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  else if (folder && (*flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)))
    return SQLITE_CANTOPEN;
  return SQLITE_OK;
}

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
  FaultFile *file = fault_file (base);
  int rc;

  if (flags & TRANSIENT_FILES)
    return fault.real->xOpen (fault.real, name, base, flags, out);
  file->base.pMethods = NULL;
  rc = judge_open (&flags);
  if (rc != SQLITE_OK)
    return rc;
  file->real = g_malloc0 (fault.real->szOsFile);
  rc = fault.real->xOpen (fault.real, name, file->real, flags, out);
  if (rc != SQLITE_OK)
    {
      g_clear_pointer (&file->real, g_free);
      return rc;
    }
  file->flags = flags;
  file->unsynced = g_ptr_array_new_with_free_func (free_unsynced);
  file->base.pMethods = &methods;
  g_mutex_lock (&fault.lock);
  g_ptr_array_add (fault.files, file);
  g_mutex_unlock (&fault.lock);
  return SQLITE_OK;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  gboolean torn;
  int rc;

  g_mutex_lock (&fault.lock);
  rc = fault.folder_read_only ? SQLITE_IOERR_DELETE : judge_write (&torn);
  g_mutex_unlock (&fault.lock);
  return rc != SQLITE_OK ? SQLITE_IOERR_DELETE : fault.real->xDelete (fault.real, name, 0);
}

static int
fault_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return fault.real->xAccess (fault.real, name, flags, result);
}

static int
fault_full_pathname (sqlite3_vfs *vfs, const char *name, int n, char *out)
{
  return fault.real->xFullPathname (fault.real, name, n, out);
}

/**
 * kontor_fault_vfs_install:
 *
 * Registers the VFS, once, under %KONTOR_FAULT_VFS.
 */
void
kontor_fault_vfs_install (void)
{
  if (fault.installed)
    return;
  fault.real = sqlite3_vfs_find ("unix");
  fault.vfs = *fault.real;
  fault.vfs.zName = KONTOR_FAULT_VFS;
  fault.vfs.pNext = NULL;
  fault.vfs.szOsFile = MAX ((int) sizeof (FaultFile), fault.real->szOsFile);
  fault.vfs.xOpen = fault_open;
  fault.vfs.xDelete = fault_delete;
  fault.vfs.xAccess = fault_access;
  fault.vfs.xFullPathname = fault_full_pathname;
  fault.files = g_ptr_array_new ();
  fault.random = g_rand_new_with_seed (1);
  g_assert_cmpint (sqlite3_vfs_register (&fault.vfs, 0), ==, SQLITE_OK);
  fault.installed = TRUE;
}

/**
 * kontor_fault_vfs_remove:
 *
 * Takes the VFS away; no file of it may be open.
 */
void
kontor_fault_vfs_remove (void)
{
  if (!fault.installed)
    return;
  g_assert_cmpuint (fault.files->len, ==, 0);
  sqlite3_vfs_unregister (&fault.vfs);
  g_clear_pointer (&fault.files, g_ptr_array_unref);
  g_clear_pointer (&fault.random, g_rand_free);
  fault.installed = FALSE;
}

/**
 * kontor_fault_vfs_reset:
 *
 * The disk works again and everything may be written; counts begin at 0.
 */
void
kontor_fault_vfs_reset (void)
{
  g_mutex_lock (&fault.lock);
  fault.fault = KONTOR_FAULT_NONE;
  fault.struck = fault.dead = FALSE;
  fault.file_read_only = fault.folder_read_only = FALSE;
  memset (&fault.counts, 0, sizeof fault.counts);
  g_mutex_unlock (&fault.lock);
}

/**
 * kontor_fault_vfs_arm:
 * @kind: what is to happen
 * @k: at which operation of its sort, from 1
 * @seed: for what is left to chance
 */
void
kontor_fault_vfs_arm (KontorFault kind, guint k, guint32 seed)
{
  g_mutex_lock (&fault.lock);
  fault.fault = kind;
  fault.k = k;
  fault.at = 0;
  fault.struck = fault.dead = FALSE;
  g_rand_set_seed (fault.random, seed);
  memset (&fault.counts, 0, sizeof fault.counts);
  g_mutex_unlock (&fault.lock);
}

/**
 * kontor_fault_vfs_has_struck:
 *
 * Returns: whether what kontor_fault_vfs_arm() said has happened
 */
gboolean
kontor_fault_vfs_has_struck (void)
{
  gboolean struck;

  g_mutex_lock (&fault.lock);
  struck = fault.struck;
  g_mutex_unlock (&fault.lock);
  return struck;
}

/**
 * kontor_fault_vfs_set_read_only:
 * @file: the file can't be written
 * @folder: nor can anything be made in its folder
 */
void
kontor_fault_vfs_set_read_only (gboolean file, gboolean folder)
{
  g_mutex_lock (&fault.lock);
  fault.file_read_only = file;
  fault.folder_read_only = folder;
  g_mutex_unlock (&fault.lock);
}

/**
 * kontor_fault_vfs_get_counts:
 * @counts: (out): what went to the disk since the last reset or arming
 */
void
kontor_fault_vfs_get_counts (KontorFaultCounts *counts)
{
  g_mutex_lock (&fault.lock);
  *counts = fault.counts;
  g_mutex_unlock (&fault.lock);
}
