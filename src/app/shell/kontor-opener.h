/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, making and filling workspaces off the main thread. */
#pragma once

#include "kontor-progress.h"
#include "kontor-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_OPENER_EXISTING,
  KONTOR_OPENER_CREATE, /* makes it where there is none */
  KONTOR_OPENER_DEMO,   /* makes it and fills it with demo data where there is none */
} KontorOpenerMode;

char *kontor_opener_dup_demo_path (void);

void kontor_opener_open_async (const char *path,
                               KontorOpenerMode mode,
                               KontorOpenFlags flags,
                               const KontorInit *init,
                               KontorProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KontorWorkspace *kontor_opener_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
