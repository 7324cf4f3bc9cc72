/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POSIX locks belong to the process, and whoever in it opens and closes a file drops all of them
 * (fcntl(2); "How To Corrupt An SQLite Database File", 2.2). A file chooser that shows the folder
 * of a workspace does, and from then on another process takes itself for the only one.
 *
 * So SQLite's locks are set on an open file description of our own, one for each file, by
 * F_OFD_SETLK. That keeps what SQLite builds on: all its connections in this process are one owner,
 * and those of other processes, whichever kind of lock they set, are others. Linux 3.15 and later;
 * where such locks or /proc are missing, SQLite's own remain. */
#include "config.h"

#include "kontor-file-locks.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  dev_t device;
  ino_t inode;
  int fd; /* the locks are on it; -1: on SQLite's own descriptors */
  guint n_users;
} Description;

static GMutex mutex;
static GPtrArray *descriptions; /* few: the files that are open */
static GHashTable *by_fd;       /* SQLite's descriptor → Description */

static int
open_again (int fd)
{
  char path[40];
  int mode = fcntl (fd, F_GETFL) & O_ACCMODE;
  int again;

  g_snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  again = open (path, O_RDWR | O_CLOEXEC);
  if (again < 0 && mode == O_RDONLY)
    again = open (path, O_RDONLY | O_CLOEXEC);
  return again;
}

static gboolean
has_ofd_locks (int fd)
{
  struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_len = 1 };

  return fcntl (fd, F_OFD_GETLK, &lock) == 0;
}

static Description *
describe (int fd)
{
  Description *description;
  struct stat info;

  if (fstat (fd, &info) != 0)
    return NULL;
  for (guint i = 0; i < descriptions->len; i++)
    {
      description = g_ptr_array_index (descriptions, i);
      if (description->inode == info.st_ino && description->device == info.st_dev)
        return description;
    }
  description = g_new0 (Description, 1);
  description->device = info.st_dev;
  description->inode = info.st_ino;
  description->fd = open_again (fd);
  if (description->fd >= 0 && !has_ofd_locks (description->fd))
    {
      close (description->fd);
      description->fd = -1;
    }
  g_ptr_array_add (descriptions, description);
  return description;
}

/* Returns: the descriptor that the locks of @fd are on, or -1 */
static int
find_lock_fd (int fd)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  Description *description = g_hash_table_lookup (by_fd, GINT_TO_POINTER (fd));

  if (description == NULL)
    {
      description = describe (fd);
      if (description == NULL)
        return -1;
      description->n_users++;
      g_hash_table_insert (by_fd, GINT_TO_POINTER (fd), description);
    }
  return description->fd;
}

static int
set_or_get_lock (int fd, int command, struct flock *lock)
{
  int lock_fd = find_lock_fd (fd);
  struct flock ours = *lock;
  int result;

  if (lock_fd < 0)
    return fcntl (fd, command, lock);
  ours.l_pid = 0; /* or EINVAL */
  result = fcntl (lock_fd,
                  command == F_GETLK    ? F_OFD_GETLK
                  : command == F_SETLKW ? F_OFD_SETLKW
                                        : F_OFD_SETLK,
                  &ours);
  if (command == F_GETLK && result == 0)
    *lock = ours;
  return result;
}

/* In the place of fcntl() as SQLite calls it. */
static int
fcntl_for_sqlite (int fd, int command, ...)
{
  va_list arguments;
  int result;

  va_start (arguments, command);
  switch (command)
    {
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
      result = set_or_get_lock (fd, command, va_arg (arguments, struct flock *));
      break;
    case F_GETFD:
    case F_GETFL:
      result = fcntl (fd, command);
      break;
    case F_SETFD:
    case F_SETFL:
      result = fcntl (fd, command, va_arg (arguments, int));
      break;
    default: /* one argument of a file system */
      result = fcntl (fd, command, va_arg (arguments, void *));
      break;
    }
  va_end (arguments);
  return result;
}

/* In the place of close(): the last descriptor of a file takes our own along, and with it what is
 * still locked. */
static int
close_for_sqlite (int fd)
{
  Description *description;

  g_mutex_lock (&mutex);
  description = g_hash_table_lookup (by_fd, GINT_TO_POINTER (fd));
  if (description != NULL)
    {
      g_hash_table_remove (by_fd, GINT_TO_POINTER (fd));
      if (--description->n_users == 0)
        {
          if (description->fd >= 0)
            close (description->fd);
          g_ptr_array_remove_fast (descriptions, description);
        }
    }
  g_mutex_unlock (&mutex);
  return close (fd);
}

/**
 * kontor_file_locks_install:
 *
 * From now on what SQLite locks in this process stays locked until SQLite unlocks it, whoever else
 * opens and closes the file. To be called before the first file is opened; it is no use to call it
 * again.
 */
void
kontor_file_locks_install (void)
{
  static gsize once;
  sqlite3_vfs *vfs;

  if (!g_once_init_enter (&once))
    return;
  vfs = sqlite3_vfs_find ("unix");
  if (vfs != NULL && vfs->iVersion >= 3)
    {
      descriptions = g_ptr_array_new_with_free_func (g_free);
      by_fd = g_hash_table_new (NULL, NULL);
      vfs->xSetSystemCall (vfs, "close", (sqlite3_syscall_ptr) close_for_sqlite);
      vfs->xSetSystemCall (vfs, "fcntl", (sqlite3_syscall_ptr) fcntl_for_sqlite);
    }
  g_once_init_leave (&once, 1);
}
