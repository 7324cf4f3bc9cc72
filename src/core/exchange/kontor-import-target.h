/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the cells of a column go: to a field of the record, or of what hangs on it. Targets are
 * written as paths: "first_name", "phone", "phone[home]", "city[billing]", "account", "tags",
 * "owner.id", "contact.name" (the person named in the row of an organisation). */
#pragma once

#include "kontor-schema.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_SLOT_RECORD,  /* the record of the row */
  KONTOR_SLOT_JOB,     /* account_contact between a person and an organisation */
  KONTOR_SLOT_POINT,   /* a contact point */
  KONTOR_SLOT_ADDRESS, /* an address */
  KONTOR_SLOT_ROLE,    /* a business role */
  KONTOR_SLOT_ABOUT,   /* activity_link: who an entry is about */
  KONTOR_SLOT_CHILD,   /* any other child, one a row */
} KontorSlotKind;

typedef enum
{
  KONTOR_TARGET_VALUE,
  KONTOR_TARGET_ID,      /* the record's id */
  KONTOR_TARGET_LINK,    /* a record found by its name, number or address, or made */
  KONTOR_TARGET_LINK_ID, /* a record by its id */
  KONTOR_TARGET_TAGS,
} KontorTargetWhat;

/**
 * KontorImportTarget:
 * @path: its canonical path
 * @slot: which record of the row
 * @of_person: that record hangs on the person the row of an organisation names, or is that person
 * @variant: (nullable): which of several, such as "home" or "2"
 * @point: (nullable): of a contact point: its kind
 * @type: type of the record in the slot
 * @field: (nullable): the field; %NULL for id and tags
 * @what: what is done with the cell
 */
typedef struct
{
  char *path;
  KontorSlotKind slot;
  gboolean of_person;
  char *variant;
  const char *point;
  const KontorRecordType *type;
  const KontorFieldDef *field;
  KontorTargetWhat what;
} KontorImportTarget;

KontorImportTarget *kontor_import_target_parse (KontorSchema *schema,
                                                const KontorRecordType *type,
                                                const char *path,
                                                GError **error);
void kontor_import_target_free (KontorImportTarget *self);
gboolean kontor_import_target_is_joinable (const KontorImportTarget *self);
gboolean kontor_import_target_is_repeatable (const KontorImportTarget *self);
char *kontor_import_target_dup_label (const KontorImportTarget *self);

/* All that a person may choose for a column. (element-type KontorImportTarget) */
GPtrArray *kontor_import_target_list (KontorSchema *schema, const KontorRecordType *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorImportTarget, kontor_import_target_free)

G_END_DECLS
