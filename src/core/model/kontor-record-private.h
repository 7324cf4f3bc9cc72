/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files about records share with each other and with the registry. */
#pragma once

#include "kontor-record.h"

G_BEGIN_DECLS

typedef struct
{
  const KontorFieldDef *field; /* lives for ever */
  KontorValue value;
} KontorRecordCustom;

typedef struct
{
  const KontorFieldDef *field; /* lives for ever */
  char *title;                 /* (nullable): a GRefString */
} KontorRecordTitle;

/**
 * KontorRecordSide:
 * @extra: (nullable): JSON object of fields a newer version wrote
 * @custom: (nullable) (element-type KontorRecordCustom): values of custom fields
 * @titles: (nullable) (array length=n_titles): what links show
 *
 * What few records have.
 */
typedef struct
{
  char *extra;
  GArray *custom;
  KontorRecordTitle *titles;
  guint n_titles;
} KontorRecordSide;

GType kontor_record_register_type (const KontorRecordType *type,
                                   const KontorFieldDef *const *fields,
                                   guint n_fields);

KontorValue kontor_record_peek (KontorRecord *record, const KontorFieldDef *field);

KontorRecordSide **kontor_record_get_side (KontorRecord *record);
void kontor_record_side_free (KontorRecordSide *side);
KontorRecordCustom *kontor_record_find_custom (KontorRecord *record, const KontorFieldDef *field);
void
kontor_record_put_custom (KontorRecord *record, const KontorFieldDef *field, KontorValue *value);

G_END_DECLS
