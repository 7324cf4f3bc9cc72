/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Custom fields and values of lists that a file of JSON lines brings along for its records. */
#include "config.h"

#include "kontor-import-lines-private.h"
#include "kontor-model.h"
#include <string.h>

/**
 * kontor_import_lines_is_definition:
 * @type: a record type
 *
 * Returns: whether its records say what fields and values others may have
 */
gboolean
kontor_import_lines_is_definition (const KontorRecordType *type)
{
  return type == &kontor_custom_field_type || type == &kontor_pick_list_type;
}

static void
add_custom_field (KontorImportLines *self, KontorRecord *record)
{
  g_autofree char *name = kontor_schema_custom_field_name (kontor_record_get_id (record));
  const char *type_name = kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_TYPE);
  const KontorRecordType *type = type_name != NULL ? kontor_record_type_by_name (type_name) : NULL;
  const char *kind_name = kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_KIND);
  KontorFieldFlags flags = KONTOR_FIELD_CUSTOM;
  KontorFieldKind kind;

  if (type == NULL || kind_name == NULL || !kontor_field_kind_from_name (kind_name, &kind) ||
      kontor_schema_find_field (self->schema, type, name) != NULL)
    return;
  if (kontor_record_get_integer (record, KONTOR_CUSTOM_FIELD_REQUIRED) != 0)
    flags |= KONTOR_FIELD_REQUIRED;
  kontor_schema_add_custom_field (self->schema,
                                  type_name,
                                  kontor_record_get_id (record),
                                  kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_LABEL),
                                  kind,
                                  flags,
                                  kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_PICK),
                                  kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_TARGET),
                                  kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_HELP),
                                  NULL);
}

static void
add_pick_value (KontorImportLines *self, KontorRecord *record)
{
  const char *list = kontor_record_get_text (record, KONTOR_PICK_LIST_LIST);
  const char *code = kontor_record_get_text (record, KONTOR_PICK_LIST_CODE);
  const char *label = kontor_record_get_text (record, KONTOR_PICK_LIST_LABEL);

  if (list == NULL || code == NULL || kontor_schema_find_pick (self->schema, list, code) != NULL)
    return;
  kontor_schema_add_pick_value (self->schema,
                                list,
                                code,
                                label != NULL ? label : code,
                                (int) kontor_record_get_integer (record, KONTOR_PICK_LIST_POSITION),
                                kontor_record_get_text (record, KONTOR_PICK_LIST_COLOR),
                                kontor_record_get_integer (record, KONTOR_PICK_LIST_INACTIVE) == 0);
}

static gboolean
may_define (const KontorLine *line)
{
  return memmem (line->text, line->length, "custom_field", 12) != NULL ||
         memmem (line->text, line->length, "pick_list", 9) != NULL;
}

/**
 * kontor_import_lines_define:
 * @self: lines
 * @line: one of them
 *
 * Takes the fields and values that the file brings along, wherever in it, into the schema by which
 * its records are read.
 */
void
kontor_import_lines_define (KontorImportLines *self, const KontorLine *line)
{
  g_autoptr(KontorRecord) record = NULL;
  gboolean trashed;

  if (!may_define (line))
    return;
  record = kontor_import_lines_parse (self, line->text, line->length, &trashed, NULL);
  if (record == NULL || kontor_id_is_null (kontor_record_get_id (record)))
    return;
  if (kontor_record_get_record_type (record) == &kontor_custom_field_type)
    add_custom_field (self, record);
  else if (kontor_record_get_record_type (record) == &kontor_pick_list_type)
    add_pick_value (self, record);
}
