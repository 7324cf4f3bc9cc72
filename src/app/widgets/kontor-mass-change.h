/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change of many records at once, as one step, off the main thread. */
#pragma once

#include "kontor-progress.h"
#include "kontor-session.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_MASS_TRASH,
  KONTOR_MASS_RESTORE,
  KONTOR_MASS_PURGE,
} KontorMassKind;

void kontor_mass_change_async (KontorSession *session,
                               KontorMassKind kind,
                               const KontorRecordType *type,
                               GArray *rids,
                               const char *label,
                               KontorProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KontorCommit *kontor_mass_change_finish (GAsyncResult *result, GError **error);

G_END_DECLS
