/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of a JSON object by the field table: steps of the log, and whole records. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-wire-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_INTEGER ((G_GINT64_CONSTANT (1) << 53) - 1)

static gboolean
fail_member (const KontorWireMember *member, const char *message, GError **error)
{
  GError *local = kontor_error_new (KONTOR_WIRE_ERROR,
                                    KONTOR_ERROR_INVALID,
                                    /* Translators: name of a field, then what is wrong there */
                                    C_("error", "%s: %s"),
                                    member->name,
                                    message);

  kontor_error_set_field (local, member->name);
  kontor_error_set_value (local, member->text);
  g_propagate_error (error, local);
  return FALSE;
}

/* Digits and a minus, nothing else: what other readers would round is refused. */
static gboolean
read_integer (const char *text, gint64 *integer)
{
  char *end;

  if (strspn (text, "-0123456789") != strlen (text))
    return FALSE;
  *integer = g_ascii_strtoll (text, &end, 10);
  return *end == '\0' && *integer >= -MAX_INTEGER && *integer <= MAX_INTEGER;
}

static gboolean
read_integer_kind (const KontorWireMember *member,
                   const KontorFieldDef *field,
                   KontorValue *value,
                   GError **error)
{
  gint64 integer = member->boolean;

  if (member->shape == KONTOR_WIRE_BOOLEAN && field->kind == KONTOR_FIELD_BOOLEAN)
    {
      kontor_value_set_integer (value, integer);
      return TRUE;
    }
  if (member->shape != KONTOR_WIRE_NUMBER || !read_integer (member->text, &integer))
    return fail_member (member, _("This must be a whole number below 2⁵³."), error);
  kontor_value_set_integer (value, integer);
  return TRUE;
}

static gboolean
read_id_kind (const KontorWireMember *member, KontorValue *value, GError **error)
{
  const char *text = member->shape == KONTOR_WIRE_STRING ? member->text : member->id;
  KontorId id;

  if (text == NULL || !kontor_id_parse (text, &id))
    return fail_member (member, _("This must be the id of a record."), error);
  kontor_value_set_id (value, &id);
  return TRUE;
}

/**
 * kontor_wire_read_member:
 * @member: a member
 * @field: its field, one that is stored
 * @value: (inout): becomes its value
 * @error: return location; invalid
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_wire_read_member (const KontorWireMember *member,
                         const KontorFieldDef *field,
                         KontorValue *value,
                         GError **error)
{
  kontor_value_clear (value);
  if (member->shape == KONTOR_WIRE_NULL)
    return TRUE;
  switch (kontor_field_kind_storage (field->kind))
    {
    case KONTOR_STORAGE_INTEGER:
      return read_integer_kind (member, field, value, error);

    case KONTOR_STORAGE_ID:
      return read_id_kind (member, value, error);

    case KONTOR_STORAGE_TEXT:
      if (member->shape != KONTOR_WIRE_STRING)
        return fail_member (member, _("This must be text."), error);
      kontor_value_set_text (value, member->text);
      return TRUE;

    case KONTOR_STORAGE_NONE:
    default:
      return fail_member (member, _("This can’t be set here."), error);
    }
}

/**
 * kontor_wire_field_clear:
 * @field: what it holds is freed
 */
void
kontor_wire_field_clear (KontorWireField *field)
{
  g_clear_pointer (&field->name, g_free);
  g_clear_pointer (&field->json, g_free);
  kontor_value_clear (&field->value);
  field->field = NULL;
}

static void
clear_field (gpointer data)
{
  kontor_wire_field_clear (data);
}

/**
 * kontor_wire_parse_fields:
 * @schema: fields and custom fields
 * @type: the record type
 * @json: one JSON object in UTF-8
 * @length: its bytes, -1 when a NUL ends it
 * @error: return location; invalid, or limit
 *
 * Values are of the right kind but not validated. What the schema doesn't know comes as name and
 * JSON.
 *
 * Returns: (transfer full) (nullable) (element-type KontorWireField): the fields in their order;
 *   %NULL with @error set
 */
GArray *
kontor_wire_parse_fields (KontorSchema *schema,
                          const KontorRecordType *type,
                          const char *json,
                          gssize length,
                          GError **error)
{
  g_autoptr(GArray) members = kontor_wire_parse_members (json, length, error);
  g_autoptr(GArray) fields = NULL;

  if (members == NULL)
    return NULL;
  fields = g_array_sized_new (FALSE, TRUE, sizeof (KontorWireField), members->len);
  g_array_set_clear_func (fields, clear_field);
  g_array_set_size (fields, members->len);
  for (guint i = 0; i < members->len; i++)
    {
      const KontorWireMember *member = &g_array_index (members, KontorWireMember, i);
      KontorWireField *field = &g_array_index (fields, KontorWireField, i);

      field->field = kontor_schema_find_field (schema, type, member->name);
      if (field->field == NULL)
        {
          GString *text = g_string_new (NULL);

          kontor_wire_append_member (text, member);
          field->name = g_strdup (member->name);
          field->json = g_string_free (text, FALSE);
        }
      else if (!kontor_wire_read_member (member, field->field, &field->value, error))
        return NULL;
    }
  return g_steal_pointer (&fields);
}

static const KontorWireMember *
find_member (GArray *members, const char *name)
{
  for (guint i = 0; i < members->len; i++)
    {
      const KontorWireMember *member = &g_array_index (members, KontorWireMember, i);

      if (g_str_equal (member->name, name))
        return member;
    }
  return NULL;
}

static const KontorRecordType *
read_type (GArray *members, const KontorRecordType *default_type, GError **error)
{
  const KontorWireMember *member = find_member (members, "type");
  const KontorRecordType *type = default_type;

  if (member != NULL)
    type = member->shape == KONTOR_WIRE_STRING ? kontor_record_type_by_name (member->text) : NULL;
  if (type == NULL && member != NULL)
    fail_member (member, _("There are no records of this type."), error);
  else if (type == NULL)
    kontor_set_error (error,
                      KONTOR_WIRE_ERROR,
                      KONTOR_ERROR_INVALID,
                      _("The record doesn’t say of which type it is."));
  return type;
}

static gboolean
read_envelope (GArray *members, KontorId *id, gboolean *trashed, GError **error)
{
  const KontorWireMember *member = find_member (members, "id");

  *id = KONTOR_ID_NULL;
  *trashed = FALSE;
  if (member != NULL && member->shape != KONTOR_WIRE_NULL &&
      (member->shape != KONTOR_WIRE_STRING || !kontor_id_parse (member->text, id)))
    return fail_member (member, _("This must be the id of a record."), error);
  member = find_member (members, "trashed");
  if (member == NULL || member->shape == KONTOR_WIRE_NULL)
    return TRUE;
  *trashed = member->boolean;
  return member->shape == KONTOR_WIRE_BOOLEAN ||
         fail_member (member, _("This must be true or false."), error);
}

static gboolean
is_kept (const KontorFieldDef *field)
{
  return kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_NONE &&
         ((field->flags & KONTOR_FIELD_COMPUTED) == 0 || (field->id & 0xff) >= KONTOR_COMMON_FIRST);
}

/* Returns %FALSE with @error set; unknown members are appended to @extra. */
static gboolean
read_record_member (KontorSchema *schema,
                    KontorRecord *record,
                    const KontorWireMember *member,
                    GString *extra,
                    GError **error)
{
  const char *name = g_str_equal (member->name, "record_type") ? "type" : member->name;
  const KontorFieldDef *field =
    kontor_schema_find_field (schema, kontor_record_get_record_type (record), name);
  KontorValue value = KONTOR_VALUE_INIT;

  if (g_str_equal (member->name, "type") || g_str_equal (member->name, "id") ||
      g_str_equal (member->name, "trashed"))
    return TRUE;
  if (field == NULL)
    {
      g_string_append_c (extra, extra->len == 0 ? '{' : ',');
      kontor_wire_append_string (extra, member->name);
      g_string_append_c (extra, ':');
      kontor_wire_append_member (extra, member);
      return TRUE;
    }
  if (!is_kept (field))
    return TRUE;
  if (!kontor_wire_read_member (member, field, &value, error))
    return FALSE;
  kontor_record_take_value (record, field, &value);
  return TRUE;
}

/**
 * kontor_wire_parse_record:
 * @schema: fields and custom fields
 * @json: one JSON object in UTF-8
 * @length: its bytes, -1 when a NUL ends it
 * @default_type: (nullable): the type of an object that names none
 * @trashed: (out) (optional): whether it says that it is in the trash
 * @error: return location; invalid, or limit
 *
 * Values are of the right kind but not validated. An object without "id" gives a record with the
 * null id. Computed fields are left out, but who created and changed the record and when is kept.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with @error set
 */
KontorRecord *
kontor_wire_parse_record (KontorSchema *schema,
                          const char *json,
                          gssize length,
                          const KontorRecordType *default_type,
                          gboolean *trashed,
                          GError **error)
{
  g_autoptr(GArray) members = kontor_wire_parse_members (json, length, error);
  g_autoptr(GString) extra = g_string_new (NULL);
  g_autoptr(KontorRecord) record = NULL;
  const KontorRecordType *type;
  gboolean is_trashed;
  KontorId id;

  if (members == NULL || (type = read_type (members, default_type, error)) == NULL ||
      !read_envelope (members, &id, &is_trashed, error))
    return NULL;
  record = kontor_record_new (type, &id);
  for (guint i = 0; i < members->len; i++)
    if (!read_record_member (schema,
                             record,
                             &g_array_index (members, KontorWireMember, i),
                             extra,
                             error))
      return NULL;
  if (extra->len > 0)
    {
      g_string_append_c (extra, '}');
      kontor_record_set_extra (record, extra->str);
    }
  kontor_record_set_row (record, 0, 0, is_trashed, 0);
  if (trashed != NULL)
    *trashed = is_trashed;
  return g_steal_pointer (&record);
}
