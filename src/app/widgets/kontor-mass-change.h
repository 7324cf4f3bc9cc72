/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change of many records at once, as one step, off the main thread. */
#pragma once

#include "kontor-job.h"
#include "kontor-session.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_MASS_TRASH,
  KONTOR_MASS_RESTORE,
  KONTOR_MASS_PURGE,
  KONTOR_MASS_SET,     /* a field to a value */
  KONTOR_MASS_TAG,     /* a tag on */
  KONTOR_MASS_UNTAG,   /* and off */
  KONTOR_MASS_CONFIRM, /* somebody checked them */
} KontorMassKind;

typedef struct
{
  KontorMassKind kind;

  const KontorFieldDef *field; /* SET */
  KontorValue value;
  char *currency; /* (nullable) */

  KontorId tag;  /* TAG, UNTAG */
  char *new_tag; /* (nullable): name of a tag that is made first */
} KontorMassAction;

KontorMassAction *kontor_mass_action_new (KontorMassKind kind);
char *kontor_mass_action_dup_label (const KontorMassAction *action, guint n);
void kontor_mass_action_free (KontorMassAction *action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorMassAction, kontor_mass_action_free)

void kontor_mass_change_async (KontorSession *session,
                               KontorMassAction *action, /* takes it */
                               const KontorRecordType *type,
                               GArray *rids,
                               const char *label,
                               KontorJob *job,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KontorCommit *kontor_mass_change_finish (GAsyncResult *result, GError **error);

G_END_DECLS
