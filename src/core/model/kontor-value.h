/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field's value outside a record: in steps, queries, imports. */
#pragma once

#include "kontor-field.h"
#include "kontor-id.h"

G_BEGIN_DECLS

typedef enum
{
  KONTOR_VALUE_NULL,
  KONTOR_VALUE_INTEGER,
  KONTOR_VALUE_TEXT,
  KONTOR_VALUE_ID,
} KontorValueType;

/* A KontorValue owns its text. All zero is NULL. */
typedef struct
{
  KontorValueType type;
  union
  {
    gint64 integer;
    char *text;
    KontorId id;
  };
} KontorValue;

#define KONTOR_VALUE_INIT     \
  {                           \
    .type = KONTOR_VALUE_NULL \
  }

void kontor_value_clear (KontorValue *value);
void kontor_value_set_integer (KontorValue *value, gint64 integer);
void kontor_value_set_text (KontorValue *value,
                            const char *text); /* "" and NULL both become NULL */
void kontor_value_take_text (KontorValue *value, char *text);
void kontor_value_set_id (KontorValue *value, const KontorId *id);
void kontor_value_copy (const KontorValue *from, KontorValue *to);
gboolean kontor_value_equal (const KontorValue *a, const KontorValue *b);
int kontor_value_compare (const KontorValue *a, const KontorValue *b);

gboolean kontor_value_parse (const KontorFieldDef *field,
                             const char *text,
                             KontorValue *value,
                             GError **error);
gboolean kontor_value_parse_with (const KontorFieldDef *field,
                                  const char *text,
                                  const char *companion,
                                  KontorValue *value,
                                  char **currency,
                                  GError **error);
char *kontor_value_to_text (const KontorFieldDef *field, const KontorValue *value);
char *kontor_value_to_text_with (const KontorFieldDef *field,
                                 const KontorValue *value,
                                 const char *companion);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorValue, kontor_value_clear)

G_END_DECLS
