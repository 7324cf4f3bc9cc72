/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields and records as JSON: one small emitter and one strict yajl parser (sync.md, amendment 12).
 * The log, JSON lines and later the network all speak through it. */
#pragma once

#include "kontor-record.h"
#include "kontor-schema.h"

G_BEGIN_DECLS

#define KONTOR_WIRE_ERROR (kontor_wire_error_quark ())
GQuark kontor_wire_error_quark (void);

#define KONTOR_WIRE_MAX_DEPTH 8
#define KONTOR_WIRE_MAX_KEYS 512
#define KONTOR_WIRE_MAX_STRING (256 * 1024)

/* Emitting. Appends to @out; text is escaped, ids are lower-case UUID text. */
void kontor_wire_append_string (GString *out, const char *text);
void kontor_wire_append_value (GString *out, const KontorFieldDef *field, const KontorValue *value);

/* One flat object of fields: {"phone":"+7 495 …","owner":null}. */
typedef struct
{
  const KontorFieldDef *field; /* NULL: unknown to this schema, kept in .name and .json */
  char *name;
  char *json;
  KontorValue value;
} KontorWireField;

void kontor_wire_field_clear (KontorWireField *field);
GArray *kontor_wire_parse_fields (KontorSchema *schema,
                                  const KontorRecordType *type,
                                  const char *json,
                                  gssize length,
                                  GError **error); /* (element-type KontorWireField) */

/* A whole record as one JSON line: {"type":"contact","id":"…","first_name":"…",…}; NULLs left out.
 */
typedef enum
{
  KONTOR_WIRE_DEFAULT = 0,
  KONTOR_WIRE_LINK_TITLES = 1 << 0, /* links as {"id":…,"title":…}, for people and reports */
  KONTOR_WIRE_COMPUTED = 1 << 1,    /* computed fields too */
  KONTOR_WIRE_TRASHED = 1 << 2,     /* "trashed":true where it is */
} KontorWireFlags;

void kontor_wire_append_record (GString *out,
                                KontorSchema *schema,
                                KontorRecord *record,
                                KontorWireFlags flags);
KontorRecord *kontor_wire_parse_record (KontorSchema *schema,
                                        const char *json,
                                        gssize length,
                                        const KontorRecordType *default_type,
                                        gboolean *trashed,
                                        GError **error);

G_END_DECLS
