/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of a JSON object before anybody knows what they mean. */
#pragma once

#include "kontor-wire.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_WIRE_NULL,
  KONTOR_WIRE_BOOLEAN,
  KONTOR_WIRE_NUMBER,
  KONTOR_WIRE_STRING,
  KONTOR_WIRE_CONTAINER,
} KontorWireShape;

/**
 * KontorWireMember:
 * @name: its key
 * @shape: what its value is
 * @boolean: the value of a boolean
 * @text: (nullable): a string's text; a number as it is written; the JSON of a container
 * @id: (nullable): of an object the text of its member "id"
 */
typedef struct
{
  char *name;
  KontorWireShape shape;
  gboolean boolean;
  char *text;
  char *id;
} KontorWireMember;

GArray *kontor_wire_parse_members (const char *json, gssize length, GError **error);
void kontor_wire_append_member (GString *out, const KontorWireMember *member);
gboolean kontor_wire_read_member (const KontorWireMember *member,
                                  const KontorFieldDef *field,
                                  KontorValue *value,
                                  GError **error);

G_END_DECLS
