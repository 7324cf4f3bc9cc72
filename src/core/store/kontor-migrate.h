/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to a file before it is used: brought to this program's schema, and freed of what a
 * process that died has left. */
#pragma once

#include "kontor-db-private.h"
#include "kontor-lease.h"

G_BEGIN_DECLS

gboolean kontor_migrate (KontorDb *db, KontorLease *lease, GError **error);
gboolean kontor_recover (KontorDb *db, KontorLease *lease, GError **error);
gboolean kontor_recover_bulk (KontorDb *db, GError **error);

/* kontor-backup.c */
gboolean kontor_backup_write (KontorDb *db,
                              const char *path,
                              KontorProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GError **error);
gboolean kontor_backup_before_migration (KontorDb *db, char **path, GError **error);

G_END_DECLS
