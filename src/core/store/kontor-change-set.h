/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a commit changed: what the signal "changed" carries to every list, page and total. */
#pragma once

#include "kontor-step.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_CHANGE_ADDED,
  KONTOR_CHANGE_CHANGED,
  KONTOR_CHANGE_TRASHED,
  KONTOR_CHANGE_RESTORED,
  KONTOR_CHANGE_REMOVED,
} KontorChangeKind;

typedef struct
{
  KontorChangeKind kind;
  KontorId id;
  gint64 rid;
  KontorId owner; /* of a child: the record it belongs to; else null */
  const KontorRecordType *owner_type;
} KontorChange;

typedef struct _KontorChangeSet KontorChangeSet;
#define KONTOR_TYPE_CHANGE_SET (kontor_change_set_get_type ())
GType kontor_change_set_get_type (void);

/* Above so many changes of a type they are no longer named one by one. */
#define KONTOR_CHANGE_SET_LIMIT 10000

KontorChangeSet *kontor_change_set_new (void);
KontorChangeSet *kontor_change_set_ref (KontorChangeSet *set);
void kontor_change_set_unref (KontorChangeSet *set);
void kontor_change_set_set_step (KontorChangeSet *set,
                                 const KontorId *step,
                                 const char *label,
                                 KontorOrigin origin);
void kontor_change_set_set_coarse (KontorChangeSet *set); /* by type alone */
void kontor_change_set_add (KontorChangeSet *set,
                            const KontorRecordType *type,
                            const KontorChange *change);
void kontor_change_set_add_all (KontorChangeSet *set, const KontorRecordType *type);
void kontor_change_set_merge (KontorChangeSet *set, KontorChangeSet *other);

const KontorId *kontor_change_set_get_step (KontorChangeSet *set);
const char *kontor_change_set_get_label (KontorChangeSet *set);
KontorOrigin kontor_change_set_get_origin (KontorChangeSet *set);
gboolean kontor_change_set_touches_type (KontorChangeSet *set, const KontorRecordType *type);
gboolean kontor_change_set_touches (KontorChangeSet *set,
                                    const KontorRecordType *type,
                                    const KontorId *id); /* itself or a child of it */
gboolean kontor_change_set_is_wholesale (KontorChangeSet *set, const KontorRecordType *type);
const KontorChange *
kontor_change_set_get_changes (KontorChangeSet *set, const KontorRecordType *type, guint *n);
gboolean kontor_change_set_touches_schema (KontorChangeSet *set); /* custom fields or pick lists */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorChangeSet, kontor_change_set_unref)

G_END_DECLS
