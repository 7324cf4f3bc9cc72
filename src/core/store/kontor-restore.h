/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going back to a backup: what it holds, what would be lost, and the exchange of the files. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 at; /* of its last step, ms since 1970; 0 without one */
  gint64 n_people, n_organisations, n_entries;
  gboolean is_same; /* it was copied from this workspace, or was it once */
  gint64 n_lost;    /* steps the workspace has and the backup does not */
  char *lost_label; /* (nullable): the last of them */
  gint64 lost_at;   /* when it was */
} KontorBackupFacts;

KontorBackupFacts *
kontor_backup_look (const char *backup, const char *workspace_path, GError **error);
void kontor_backup_facts_free (KontorBackupFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorBackupFacts, kontor_backup_facts_free)

gboolean kontor_backup_restore (const char *backup,
                                const char *workspace_path,
                                const char *kept_path,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
