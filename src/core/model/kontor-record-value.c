/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of records by definition, built-in and custom fields alike. */
#include "config.h"

#include "kontor-record-private.h"

/**
 * kontor_record_get_value:
 * @record: a record
 * @field: a built-in or custom field
 * @value: (inout): cleared, then a copy; clear it
 */
void
kontor_record_get_value (KontorRecord *record, const KontorFieldDef *field, KontorValue *value)
{
  KontorValue found = kontor_record_peek (record, field);

  kontor_value_copy (&found, value);
}

/**
 * kontor_record_value_is_null:
 * @record: a record
 * @field: a built-in or custom field
 *
 * Returns: whether the field has no value
 */
gboolean
kontor_record_value_is_null (KontorRecord *record, const KontorFieldDef *field)
{
  return kontor_record_peek (record, field).type == KONTOR_VALUE_NULL;
}

/**
 * kontor_record_value_integer:
 * @record: a record
 * @field: a built-in or custom field
 *
 * Returns: its number, 0 when it has none
 */
gint64
kontor_record_value_integer (KontorRecord *record, const KontorFieldDef *field)
{
  KontorValue value = kontor_record_peek (record, field);

  return value.type == KONTOR_VALUE_INTEGER ? value.integer : 0;
}

/**
 * kontor_record_value_text:
 * @record: a record
 * @field: a built-in or custom field
 *
 * Returns: (nullable) (transfer none): its text
 */
const char *
kontor_record_value_text (KontorRecord *record, const KontorFieldDef *field)
{
  KontorValue value = kontor_record_peek (record, field);

  return value.type == KONTOR_VALUE_TEXT ? value.text : NULL;
}

/**
 * kontor_record_value_link:
 * @record: a record
 * @field: a built-in or custom field
 *
 * Returns: (nullable) (transfer none): the id it links to
 */
const KontorId *
kontor_record_value_link (KontorRecord *record, const KontorFieldDef *field)
{
  KontorRecordCustom *custom;

  if ((field->flags & KONTOR_FIELD_CUSTOM) == 0)
    return kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_ID
             ? kontor_record_get_link (record, field->id)
             : NULL;
  custom = kontor_record_find_custom (record, field);
  return custom != NULL && custom->value.type == KONTOR_VALUE_ID ? &custom->value.id : NULL;
}

/**
 * kontor_record_set_value:
 * @record: a record
 * @field: a built-in or custom field
 * @value: the value; copied
 */
void
kontor_record_set_value (KontorRecord *record,
                         const KontorFieldDef *field,
                         const KontorValue *value)
{
  KontorValue copy = KONTOR_VALUE_INIT;

  kontor_value_copy (value, &copy);
  kontor_record_take_value (record, field, &copy);
}

/**
 * kontor_record_take_text:
 * @record: a record
 * @field: a built-in or custom field kept as text
 * @text: (nullable) (transfer full): the value
 */
void
kontor_record_take_text (KontorRecord *record, const KontorFieldDef *field, char *text)
{
  KontorValue value = KONTOR_VALUE_INIT;

  kontor_value_take_text (&value, text);
  kontor_record_take_value (record, field, &value);
}
