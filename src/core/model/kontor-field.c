/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from a field's kind and flags. */
#include "config.h"

#include "kontor-field.h"
#include <glib/gi18n-lib.h>

#define MAX_LINE 1000
#define MAX_NAME 255
#define MAX_ADDRESS 2000
#define MAX_MAIL 320
#define MAX_WEB 2048
#define MAX_LONG_TEXT (256 * 1024)
#define MAX_JSON (64 * 1024)

typedef struct
{
  const char *name;
  KontorStorage storage;
  int max_length; /* characters; JSON and long text: bytes; 0 where it isn't text */
} Kind;

static const Kind kinds[KONTOR_FIELD_N_KINDS] = {
  [KONTOR_FIELD_TEXT] = { "text", KONTOR_STORAGE_TEXT, MAX_LINE },
  [KONTOR_FIELD_LONG_TEXT] = { "long_text", KONTOR_STORAGE_TEXT, MAX_LONG_TEXT },
  [KONTOR_FIELD_NAME] = { "name", KONTOR_STORAGE_TEXT, MAX_NAME },
  [KONTOR_FIELD_PHONE] = { "phone", KONTOR_STORAGE_TEXT, MAX_NAME },
  [KONTOR_FIELD_MAIL] = { "mail", KONTOR_STORAGE_TEXT, MAX_MAIL },
  [KONTOR_FIELD_ADDRESS] = { "address", KONTOR_STORAGE_TEXT, MAX_ADDRESS },
  [KONTOR_FIELD_COUNTRY] = { "country", KONTOR_STORAGE_TEXT, 2 },
  [KONTOR_FIELD_WEB] = { "web", KONTOR_STORAGE_TEXT, MAX_WEB },
  [KONTOR_FIELD_INTEGER] = { "integer", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_DECIMAL] = { "decimal", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_MONEY] = { "money", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_CURRENCY] = { "currency", KONTOR_STORAGE_TEXT, 3 },
  [KONTOR_FIELD_PERCENT] = { "percent", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_BOOLEAN] = { "boolean", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_DATE] = { "date", KONTOR_STORAGE_TEXT, 10 },
  [KONTOR_FIELD_INSTANT] = { "instant", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_WALL_TIME] = { "wall_time", KONTOR_STORAGE_TEXT, 19 },
  [KONTOR_FIELD_ZONE] = { "zone", KONTOR_STORAGE_TEXT, 64 },
  [KONTOR_FIELD_DURATION] = { "duration", KONTOR_STORAGE_INTEGER, 0 },
  [KONTOR_FIELD_CHOICE] = { "choice", KONTOR_STORAGE_TEXT, 64 },
  [KONTOR_FIELD_PICK] = { "pick", KONTOR_STORAGE_TEXT, MAX_NAME },
  [KONTOR_FIELD_LINK] = { "link", KONTOR_STORAGE_ID, 0 },
  [KONTOR_FIELD_LINK_ANY] = { "link_any", KONTOR_STORAGE_ID, 0 },
  [KONTOR_FIELD_TYPE] = { "type", KONTOR_STORAGE_TEXT, 64 },
  [KONTOR_FIELD_FILE] = { "file", KONTOR_STORAGE_TEXT, 64 },
  [KONTOR_FIELD_JSON] = { "json", KONTOR_STORAGE_TEXT, MAX_JSON },
  [KONTOR_FIELD_TAGS] = { "tags", KONTOR_STORAGE_NONE, 0 },
};

/**
 * kontor_field_kind_storage:
 * @kind: a kind
 *
 * Returns: how values of the kind are kept
 */
KontorStorage
kontor_field_kind_storage (KontorFieldKind kind)
{
  g_return_val_if_fail ((guint) kind < KONTOR_FIELD_N_KINDS, KONTOR_STORAGE_NONE);

  return kinds[kind].storage;
}

/**
 * kontor_field_kind_name:
 * @kind: a kind
 *
 * Returns: its name in custom fields and schema documents: "long_text"
 */
const char *
kontor_field_kind_name (KontorFieldKind kind)
{
  g_return_val_if_fail ((guint) kind < KONTOR_FIELD_N_KINDS, NULL);

  return kinds[kind].name;
}

/**
 * kontor_field_kind_from_name:
 * @name: (nullable): what kontor_field_kind_name() gives
 * @kind: (out): the kind
 *
 * Returns: %FALSE when there is no such kind; @kind is not touched then
 */
gboolean
kontor_field_kind_from_name (const char *name, KontorFieldKind *kind)
{
  for (guint i = 0; i < KONTOR_FIELD_N_KINDS; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * kontor_field_kind_is_text:
 * @kind: a kind
 *
 * Returns: whether values of the kind are kept as text
 */
gboolean
kontor_field_kind_is_text (KontorFieldKind kind)
{
  return kontor_field_kind_storage (kind) == KONTOR_STORAGE_TEXT;
}

/**
 * kontor_field_get_label:
 * @field: a field
 *
 * Returns: the label in the user's language; that of a custom field is as somebody wrote it
 */
const char *
kontor_field_get_label (const KontorFieldDef *field)
{
  if ((field->flags & KONTOR_FIELD_CUSTOM) != 0)
    return field->label;

  return _(field->label);
}

/**
 * kontor_field_choice_label:
 * @field: a field of kind choice
 * @value: (nullable): one of its values
 *
 * Returns: (nullable): the label in the user's language; %NULL when @value is none of the choices
 */
const char *
kontor_field_choice_label (const KontorFieldDef *field, const char *value)
{
  if (field->choices == NULL || value == NULL)
    return NULL;
  for (const KontorChoice *choice = field->choices; choice->value != NULL; choice++)
    if (g_str_equal (choice->value, value))
      return _(choice->label);

  return NULL;
}

/**
 * kontor_field_is_editable:
 * @field: a field
 *
 * Returns: whether a form may offer an editor for it
 */
gboolean
kontor_field_is_editable (const KontorFieldDef *field)
{
  return (field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY | KONTOR_FIELD_HIDDEN)) ==
         0;
}

/**
 * kontor_field_max_length:
 * @field: a field
 *
 * Returns: the longest text it takes: characters, but bytes for long text and JSON; 0 when it isn't
 *   kept as text
 */
gint64
kontor_field_max_length (const KontorFieldDef *field)
{
  if (kinds[field->kind].storage == KONTOR_STORAGE_TEXT && field->max > 0)
    return MIN (field->max, MAX_LONG_TEXT);

  return kinds[field->kind].max_length;
}
