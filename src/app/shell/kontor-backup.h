/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of a workspace, made every day by themselves: the newest are kept. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

char *kontor_backup_dup_folder (KontorWorkspace *workspace);

typedef struct
{
  char *path;
  gint64 at;   /* ms since 1970 */
  gint64 size; /* bytes */
} KontorBackupFile;

void kontor_backup_list_async (KontorWorkspace *workspace,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *kontor_backup_list_finish (GAsyncResult *result, GError **error);
char *kontor_backup_dup_new_path (KontorWorkspace *workspace, gint64 now);
gint64 kontor_backup_get_last (KontorWorkspace *workspace);
void kontor_backup_make (KontorSession *session, gboolean tell);
guint kontor_backup_begin (KontorSession *session);

/* For tests: files of @folder that are copies of the workspace @name, the newest first. */
GPtrArray *kontor_backup_list (const char *folder, const char *name);
void kontor_backup_thin (const char *folder, const char *name, guint keep);

G_END_DECLS
