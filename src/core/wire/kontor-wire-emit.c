/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and records as JSON. */
#include "config.h"

#include "kontor-wire-private.h"
#include <string.h>

/**
 * kontor_wire_append_string:
 * @out: where to
 * @text: a text
 *
 * Appends a JSON string; what isn't UTF-8 in @text is replaced.
 */
void
kontor_wire_append_string (GString *out, const char *text)
{
  g_autofree char *valid = NULL;
  const char *run;

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (run = text; *text != '\0'; text++)
    {
      guchar c = *text;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, run, text - run);
      run = text + 1;
      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, c);
        }
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_len (out, run, text - run);
  g_string_append_c (out, '"');
}

static void
append_integer (GString *out, gint64 integer)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, integer);
  g_string_append (out, digits);
}

/**
 * kontor_wire_append_value:
 * @out: where to
 * @field: its field
 * @value: a value
 *
 * Appends a value: numbers in the unit of their kind, booleans as true and false, ids as UUIDs.
 */
void
kontor_wire_append_value (GString *out, const KontorFieldDef *field, const KontorValue *value)
{
  char id[KONTOR_ID_TEXT_SIZE];

  switch (value->type)
    {
    case KONTOR_VALUE_INTEGER:
      if (field->kind == KONTOR_FIELD_BOOLEAN && (value->integer == 0 || value->integer == 1))
        g_string_append (out, value->integer != 0 ? "true" : "false");
      else
        append_integer (out, value->integer);
      break;

    case KONTOR_VALUE_TEXT:
      kontor_wire_append_string (out, value->text);
      break;

    case KONTOR_VALUE_ID:
      kontor_id_format (&value->id, id);
      g_string_append_c (out, '"');
      g_string_append (out, id);
      g_string_append_c (out, '"');
      break;

    case KONTOR_VALUE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

/**
 * kontor_wire_append_member:
 * @out: where to
 * @member: a member
 *
 * Appends the value of a member as it came, without its name.
 */
void
kontor_wire_append_member (GString *out, const KontorWireMember *member)
{
  switch (member->shape)
    {
    case KONTOR_WIRE_BOOLEAN:
      g_string_append (out, member->boolean ? "true" : "false");
      break;

    case KONTOR_WIRE_STRING:
      kontor_wire_append_string (out, member->text);
      break;

    case KONTOR_WIRE_NUMBER:
    case KONTOR_WIRE_CONTAINER:
      g_string_append (out, member->text);
      break;

    case KONTOR_WIRE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

/* The envelope has the key "type"; the field of that name makes room. */
static const char *
get_key (const KontorFieldDef *field)
{
  return g_str_equal (field->name, "type") ? "record_type" : field->name;
}

/* Created and changed, at and by, are computed too, but lost unless they are written. */
static gboolean
is_written (const KontorFieldDef *field, KontorWireFlags flags)
{
  if (kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE)
    return FALSE;

  return (field->flags & KONTOR_FIELD_COMPUTED) == 0 || (flags & KONTOR_WIRE_COMPUTED) != 0 ||
         (field->id & 0xff) >= KONTOR_COMMON_FIRST;
}

static void
append_key (GString *out, const char *key)
{
  g_string_append_c (out, ',');
  kontor_wire_append_string (out, key);
  g_string_append_c (out, ':');
}

static void
append_field (GString *out,
              KontorRecord *record,
              const KontorFieldDef *field,
              KontorWireFlags flags)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  const char *title;

  kontor_record_get_value (record, field, &value);
  if (value.type == KONTOR_VALUE_NULL)
    return;
  append_key (out, get_key (field));
  if (value.type != KONTOR_VALUE_ID || (flags & KONTOR_WIRE_LINK_TITLES) == 0)
    {
      kontor_wire_append_value (out, field, &value);
      return;
    }
  title = kontor_record_get_link_title (record, field);
  g_string_append (out, "{\"id\":");
  kontor_wire_append_value (out, field, &value);
  if (title != NULL)
    {
      append_key (out, "title");
      kontor_wire_append_string (out, title);
    }
  g_string_append_c (out, '}');
}

static gboolean
is_known (KontorSchema *schema, const KontorRecordType *type, const char *key)
{
  return g_str_equal (key, "type") || g_str_equal (key, "id") || g_str_equal (key, "trashed") ||
         kontor_schema_find_field (schema, type, g_str_equal (key, "record_type") ? "type" : key) !=
           NULL;
}

/* Fields of a newer version come back out as they came; one that this schema has meanwhile learnt
 * stands among the fields and must not stand twice. */
static void
append_extra (GString *out, KontorSchema *schema, KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  const char *extra = kontor_record_get_extra (record);
  g_autoptr(GArray) members = extra != NULL ? kontor_wire_parse_members (extra, -1, NULL) : NULL;

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const KontorWireMember *member = &g_array_index (members, KontorWireMember, i);

      if (is_known (schema, type, member->name))
        continue;
      append_key (out, member->name);
      kontor_wire_append_member (out, member);
    }
}

/**
 * kontor_wire_append_record:
 * @out: where to
 * @schema: fields and custom fields
 * @record: a record
 * @flags: what else to write
 *
 * Appends the record as one JSON object without a line break: type, id, then the fields that have a
 * value, then those of a newer version. A field called "type" is written as "record_type".
 */
void
kontor_wire_append_record (GString *out,
                           KontorSchema *schema,
                           KontorRecord *record,
                           KontorWireFlags flags)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (schema, type);
  char id[KONTOR_ID_TEXT_SIZE];
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  g_string_append (out, "{\"type\":");
  kontor_wire_append_string (out, type->name);
  if (!kontor_id_is_null (kontor_record_get_id (record)))
    {
      kontor_id_format (kontor_record_get_id (record), id);
      append_key (out, "id");
      kontor_wire_append_string (out, id);
    }
  if ((flags & KONTOR_WIRE_TRASHED) != 0 && kontor_record_is_trashed (record))
    g_string_append (out, ",\"trashed\":true");
  for (guint i = 0; i < n_fields; i++)
    if (is_written (fields[i], flags))
      append_field (out, record, fields[i], flags);
  for (guint i = 0; i < custom->len; i++)
    append_field (out, record, g_ptr_array_index (custom, i), flags);
  append_extra (out, schema, record);
  g_string_append_c (out, '}');
}
