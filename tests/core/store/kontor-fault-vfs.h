/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A VFS of SQLite that fails where a test says: the k-th write, a full disk, an unreadable disk, a
 * crash with power loss, a folder that can't be written. It counts what goes to the disk. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KONTOR_FAULT_VFS "kontor-fault"

typedef enum
{
  KONTOR_FAULT_NONE,
  KONTOR_FAULT_FULL,       /* writes fail with "disk full" from the k-th on */
  KONTOR_FAULT_FULL_ONCE,  /* only the k-th */
  KONTOR_FAULT_WRITE,      /* the k-th write fails with an I/O error, once */
  KONTOR_FAULT_SYNC,       /* the k-th sync fails, once */
  KONTOR_FAULT_READ,       /* the k-th read of a database or WAL fails, once */
  KONTOR_FAULT_READ_ALL,   /* all reads from the k-th on fail */
  KONTOR_FAULT_CRASH,      /* the k-th write or sync does not happen, nor anything after it */
  KONTOR_FAULT_TORN,       /* half of the k-th write happens, and nothing after it */
  KONTOR_FAULT_POWER_LOSS, /* as CRASH, and of what was not synced some is lost, some is not */
} KontorFault;

typedef struct
{
  guint reads, writes, syncs; /* writes: also truncations and deletions */
  guint wal_syncs, main_syncs;
} KontorFaultCounts;

void kontor_fault_vfs_install (void);
void kontor_fault_vfs_remove (void);
void kontor_fault_vfs_reset (void); /* no fault, counts at 0, files may be written */
void kontor_fault_vfs_arm (KontorFault fault, guint k, guint32 seed); /* k from 1, from now on */
gboolean kontor_fault_vfs_has_struck (void);
void kontor_fault_vfs_set_read_only (gboolean file, gboolean folder);
void kontor_fault_vfs_get_counts (KontorFaultCounts *counts);

G_END_DECLS
