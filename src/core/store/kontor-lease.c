/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks of the open file description (OFD) on "FILE-lease": they belong to one workspace object,
 * so that two in one process see each other too, and they end with the process. The workspace file
 * itself is never opened here: closing a descriptor of it would drop SQLite's own locks. */
#include "config.h"

#include "kontor-lease.h"
#include "kontor-error.h"
#include "kontor-workspace.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define BYTE_ALIVE 0 /* shared by everybody; exclusive by who has the workspace to himself */
#define BYTE_STEP 1  /* shared by who writes a step of many transactions */
#define WAIT_MS 5000
#define POLL_MS 20

struct _KontorLease
{
  char *path;
  int fd; /* -1: the file system has no such locks, or the folder can't be written */
  guint n_steps;
  gboolean exclusive;
};

static gboolean
set_lock (int fd, int byte, short kind)
{
  struct flock lock = { .l_type = kind, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int result;

  do
    result = fcntl (fd, F_OFD_SETLK, &lock);
  while (result != 0 && errno == EINTR);
  return result == 0;
}

static gboolean
wait_lock (int fd, int byte, short kind, guint wait_ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) wait_ms * 1000;

  while (!set_lock (fd, byte, kind))
    {
      if ((errno != EAGAIN && errno != EACCES) || g_get_monotonic_time () >= end)
        return FALSE;
      g_usleep (POLL_MS * 1000);
    }
  return TRUE;
}

/* Whether the file that is locked is still the one of that name: the last to leave removes it. */
static gboolean
is_same_file (int fd, const char *path)
{
  struct stat ours, there;

  return fstat (fd, &ours) == 0 && stat (path, &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

static void
set_busy (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_BUSY,
                    _("“%s” is being imported into or upgraded by another program. Try again when "
                       "that has ended."),
                    shown);
}

/**
 * kontor_lease_open:
 * @path: the workspace's file
 * @error: (nullable): place for an error
 *
 * Says that the workspace is in use here. Waits for who has it to himself. Where such locks can't
 * be had, nobody is ever alone on the file, and everything else works.
 *
 * Returns: (transfer full) (nullable): the lease, or %NULL with @error set (%KONTOR_ERROR_BUSY)
 */
KontorLease *
kontor_lease_open (const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, "-lease", NULL);
  KontorLease *lease = g_new0 (KontorLease, 1);

  lease->path = g_steal_pointer (&lock_path);
  for (;;)
    {
      lease->fd = g_open (lease->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (lease->fd < 0)
        return lease;
      if (!wait_lock (lease->fd, BYTE_ALIVE, F_RDLCK, WAIT_MS))
        {
          gboolean busy = errno == EAGAIN || errno == EACCES;

          close (lease->fd);
          lease->fd = -1;
          if (!busy)
            return lease;
          kontor_lease_close (lease);
          set_busy (path, error);
          return NULL;
        }
      if (is_same_file (lease->fd, lease->path))
        return lease;
      close (lease->fd);
    }
}

/**
 * kontor_lease_close:
 * @lease: (nullable): a lease
 *
 * Says that the workspace is no longer in use here. The last one removes the lock's file.
 */
void
kontor_lease_close (KontorLease *lease)
{
  if (lease == NULL)
    return;
  if (lease->fd >= 0)
    {
      if (set_lock (lease->fd, BYTE_ALIVE, F_WRLCK))
        g_unlink (lease->path);
      close (lease->fd);
    }
  g_free (lease->path);
  g_free (lease);
}

/**
 * kontor_lease_is_working:
 * @lease: (nullable): a lease
 *
 * Returns: whether others can be seen at all
 */
gboolean
kontor_lease_is_working (KontorLease *lease)
{
  return lease != NULL && lease->fd >= 0;
}

/**
 * kontor_lease_take_exclusive:
 * @lease: (nullable): a lease
 * @wait_ms: how long others may take to leave
 *
 * Returns: whether the workspace is now in use nowhere else, and can't be opened by others
 */
gboolean
kontor_lease_take_exclusive (KontorLease *lease, guint wait_ms)
{
  if (!kontor_lease_is_working (lease))
    return FALSE;
  lease->exclusive = wait_lock (lease->fd, BYTE_ALIVE, F_WRLCK, wait_ms);
  return lease->exclusive;
}

/**
 * kontor_lease_drop_exclusive:
 * @lease: (nullable): a lease
 *
 * Lets others in again.
 */
void
kontor_lease_drop_exclusive (KontorLease *lease)
{
  if (lease == NULL || !lease->exclusive)
    return;
  set_lock (lease->fd, BYTE_ALIVE, F_RDLCK);
  lease->exclusive = FALSE;
}

/**
 * kontor_lease_enter_step:
 * @lease: (nullable): a lease
 *
 * Says that a step of many transactions is being written here: until kontor_lease_leave_step()
 * nobody takes it for the remains of a process that died.
 *
 * Returns: %FALSE where somebody rolls such remains back just now
 */
gboolean
kontor_lease_enter_step (KontorLease *lease)
{
  if (!kontor_lease_is_working (lease))
    return TRUE;
  if (lease->n_steps == 0 && !wait_lock (lease->fd, BYTE_STEP, F_RDLCK, WAIT_MS))
    return FALSE;
  lease->n_steps++;
  return TRUE;
}

/**
 * kontor_lease_leave_step:
 * @lease: (nullable): a lease after kontor_lease_enter_step()
 */
void
kontor_lease_leave_step (KontorLease *lease)
{
  if (kontor_lease_is_working (lease) && --lease->n_steps == 0)
    set_lock (lease->fd, BYTE_STEP, F_UNLCK);
}

/**
 * kontor_lease_begin_recovery:
 * @lease: (nullable): a lease
 *
 * Returns: whether nobody writes a step of many transactions, so that an open one is what a process
 *   that died has left
 */
gboolean
kontor_lease_begin_recovery (KontorLease *lease)
{
  if (!kontor_lease_is_working (lease))
    return TRUE;
  return set_lock (lease->fd, BYTE_STEP, F_WRLCK);
}

/**
 * kontor_lease_end_recovery:
 * @lease: (nullable): a lease after kontor_lease_begin_recovery()
 */
void
kontor_lease_end_recovery (KontorLease *lease)
{
  if (kontor_lease_is_working (lease))
    set_lock (lease->fd, BYTE_STEP, F_UNLCK);
}
