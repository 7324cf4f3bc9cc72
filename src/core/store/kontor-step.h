/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorStep: what a person did, as operations on records with one label. The unit of undo. */
#pragma once

#include "kontor-record.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_ORIGIN_PERSON = 0,
  KONTOR_ORIGIN_IMPORT = 1,
  KONTOR_ORIGIN_RULE = 2,
  KONTOR_ORIGIN_UNDO = 3,
  KONTOR_ORIGIN_PULLED = 4,
  KONTOR_ORIGIN_MIGRATION = 5,
} KontorOrigin;

typedef enum
{
  KONTOR_OP_KIND_NEW,
  KONTOR_OP_KIND_SET,
  KONTOR_OP_KIND_INC,
  KONTOR_OP_KIND_LINK,  /* a set membership on or off */
  KONTOR_OP_KIND_DEL,   /* to the trash */
  KONTOR_OP_KIND_UNDEL, /* out of it */
  KONTOR_OP_KIND_PURGE, /* for good: row, log and search; can't be undone */
} KontorOpKind;

/* One field of a SET or INC. With @guarded the operation is refused unless the stored value equals
 * @expected. */
typedef struct
{
  const KontorFieldDef *field;
  KontorValue value;
  gboolean guarded;
  KontorValue expected;
} KontorOpField;

typedef struct
{
  KontorOpKind kind;
  const KontorRecordType *type;
  KontorId id;
  KontorRecord *record; /* NEW; LINK: the membership's fields */
  GArray *fields;       /* (element-type KontorOpField): SET, INC */
  gboolean on;          /* LINK */
  gint64 seen_rev;      /* rev the author saw, 0 without an office */
} KontorOp;

typedef struct _KontorStep KontorStep;
#define KONTOR_TYPE_STEP (kontor_step_get_type ())
GType kontor_step_get_type (void);

KontorStep *kontor_step_new (const char *label);
KontorStep *kontor_step_ref (KontorStep *step);
void kontor_step_unref (KontorStep *step);

const char *kontor_step_get_label (KontorStep *step);
void kontor_step_set_origin (KontorStep *step, KontorOrigin origin);
KontorOrigin kontor_step_get_origin (KontorStep *step);
guint kontor_step_get_n_ops (KontorStep *step);
const KontorOp *kontor_step_get_op (KontorStep *step, guint i);
gboolean kontor_step_is_empty (KontorStep *step);

/* A draft becomes a record; a null id is replaced by a new one. Returns the record's id. */
KontorId kontor_step_create (KontorStep *step, KontorRecord *draft);
void kontor_step_set (KontorStep *step,
                      const KontorRecordType *type,
                      const KontorId *id,
                      const KontorFieldDef *field,
                      const KontorValue *value);
void kontor_step_set_guarded (KontorStep *step,
                              const KontorRecordType *type,
                              const KontorId *id,
                              const KontorFieldDef *field,
                              const KontorValue *value,
                              const KontorValue *expected);
void
kontor_step_set_text (KontorStep *step, const KontorId *id, KontorFieldId field, const char *text);
void
kontor_step_set_integer (KontorStep *step, const KontorId *id, KontorFieldId field, gint64 value);
void kontor_step_set_link (KontorStep *step,
                           const KontorId *id,
                           KontorFieldId field,
                           const KontorId *target);
void kontor_step_increment (KontorStep *step, const KontorId *id, KontorFieldId field, gint64 by);

/* A set membership: @values holds .left and .right (and the companion type), other fields may be
 * set. */
KontorId kontor_step_link (KontorStep *step, KontorRecord *values, gboolean on);
void kontor_step_tag (KontorStep *step,
                      const KontorId *tag,
                      const KontorRecordType *target_type,
                      const KontorId *target,
                      gboolean on);
void kontor_step_trash (KontorStep *step, const KontorRecordType *type, const KontorId *id);
void kontor_step_restore (KontorStep *step, const KontorRecordType *type, const KontorId *id);
void kontor_step_purge (KontorStep *step, const KontorRecordType *type, const KontorId *id);

KontorId
kontor_set_member_id (KontorRecord *values); /* id of a KONTOR_TYPE_SET record from its sides */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorStep, kontor_step_unref)

G_END_DECLS
