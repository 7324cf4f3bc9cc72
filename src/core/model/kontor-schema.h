/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of one workspace: the built-in tables and its own custom fields, pick lists and
 * layouts. An immutable snapshot: a change of either makes a new one. */
#pragma once

#include "kontor-layout.h"
#include "kontor-record-type.h"
#include "kontor-value.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_SCHEMA (kontor_schema_get_type ())
GType kontor_schema_get_type (void);

typedef struct
{
  char *code;
  char *label;
  int position;
  char *color; /* (nullable) */
  gboolean active;
} KontorPickValue;

KontorSchema *kontor_schema_new (void);
KontorSchema *kontor_schema_ref (KontorSchema *schema);
void kontor_schema_unref (KontorSchema *schema);
KontorSchema *kontor_schema_copy (KontorSchema *schema);

/* Building, before the snapshot is shared. */
const KontorFieldDef *kontor_schema_add_custom_field (KontorSchema *schema,
                                                      const char *type_name,
                                                      const KontorId *definition,
                                                      const char *label,
                                                      KontorFieldKind kind,
                                                      KontorFieldFlags flags,
                                                      const char *pick,
                                                      const char *target,
                                                      const char *help,
                                                      GError **error);
void kontor_schema_add_pick_value (KontorSchema *schema,
                                   const char *list,
                                   const char *code,
                                   const char *label,
                                   int position,
                                   const char *color,
                                   gboolean active);
char *kontor_schema_custom_field_name (const KontorId *definition);
void kontor_schema_set_layout (KontorSchema *schema,
                               const KontorRecordType *type,
                               const char *place,
                               KontorLayout *layout);

/* Reading. */
GPtrArray *kontor_schema_get_fields (KontorSchema *schema, const KontorRecordType *type);
const KontorFieldDef *
kontor_schema_find_field (KontorSchema *schema, const KontorRecordType *type, const char *name);
const KontorFieldDef *kontor_schema_find_label (KontorSchema *schema,
                                                const KontorRecordType *type,
                                                const char *label,
                                                const char *except);
GPtrArray *kontor_schema_get_custom_fields (KontorSchema *schema, const KontorRecordType *type);
GPtrArray *kontor_schema_get_pick_values (KontorSchema *schema, const char *list);
const KontorPickValue *
kontor_schema_find_pick (KontorSchema *schema, const char *list, const char *code_or_label);
const char *kontor_schema_pick_label (KontorSchema *schema, const char *list, const char *code);
GPtrArray *kontor_schema_list_picks (KontorSchema *schema);
KontorLayout *
kontor_schema_get_layout (KontorSchema *schema, const KontorRecordType *type, const char *place);

char *kontor_schema_to_markdown (KontorSchema *schema);
char *kontor_schema_to_json (KontorSchema *schema);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorSchema, kontor_schema_unref)

G_END_DECLS
