/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A VFS of SQLite whose disk is as slow on every machine: each xSync takes 5 ms more, and is
 * counted. Both sides of a figure go through it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_DISK "kontor-bench-disk"
#define BENCH_SYNC_US 5000

void bench_disk_install (void);
guint bench_disk_get_n_syncs (void);

G_END_DECLS
