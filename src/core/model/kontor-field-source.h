/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a computed field of a person or an organisation comes from: the field of a child record,
 * and which of the children it is that stands for its owner. One table for whoever derives the
 * computed field and for whoever edits what it shows. */
#pragma once

#include "kontor-record.h"

G_BEGIN_DECLS

/**
 * KontorFieldSource:
 * @field: the computed field
 * @source: the field of the child
 * @main: a boolean of the child: it goes before the others
 * @position: an integer of the child: the smaller goes before; or 0
 * @kind: a choice of the child that must be one of @kinds; or 0
 * @kinds: (nullable): codes; the first is that of a child made for the field
 * @invalid: a boolean of the child: it does not count; or 0
 * @until: a date of the child: after it the child does not count; or 0
 */
typedef struct
{
  KontorFieldId field;
  KontorFieldId source;
  KontorFieldId main;
  KontorFieldId position;
  KontorFieldId kind;
  const char *const *kinds;
  KontorFieldId invalid;
  KontorFieldId until;
} KontorFieldSource;

const KontorFieldSource *kontor_field_get_source (const KontorFieldDef *field);
const KontorRecordType *kontor_field_source_get_child_type (const KontorFieldSource *source);
gboolean kontor_field_source_shares_child (const KontorFieldSource *a, const KontorFieldSource *b);
gboolean kontor_field_source_counts (const KontorFieldSource *source,
                                     KontorRecord *child,
                                     const char *today);
gboolean
kontor_field_source_is_before (const KontorFieldSource *source, KontorRecord *a, KontorRecord *b);
KontorRecord *kontor_field_source_choose (const KontorFieldSource *source,
                                          GPtrArray *children,
                                          const char *today);
KontorRecord *kontor_field_source_begin (const KontorFieldSource *source, KontorRecord *owner);

G_END_DECLS
