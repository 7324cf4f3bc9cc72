/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: JSON lines. A record that is read is written, read again and must be the same. */
#include "config.h"

#include "kontor-record-type.h"
#include "kontor-wire.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static KontorSchema *schema;
  const KontorRecordType *type;
  g_autoptr(KontorRecord) record = NULL;
  g_autoptr(KontorRecord) again = NULL;
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(GArray) fields = NULL;
  g_autoptr(GError) error = NULL;
  gboolean trashed;

  if (schema == NULL)
    schema = kontor_schema_new ();
  type = kontor_record_type_by_name ("contact");
  fields = kontor_wire_parse_fields (schema, type, (const char *) data, size, &error);
  g_assert_true ((fields == NULL) == (error != NULL));
  g_clear_error (&error);

  record = kontor_wire_parse_record (schema, (const char *) data, size, type, &trashed, &error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    return 0;
  kontor_wire_append_record (json, schema, record, KONTOR_WIRE_TRASHED);
  /* What is written may be longer than what was read, so that only a limit may refuse it. */
  again = kontor_wire_parse_record (schema, json->str, json->len, NULL, &trashed, &error);
  if (again == NULL)
    g_assert_cmpuint (json->len, >, KONTOR_WIRE_MAX_STRING);
  else
    g_assert_true (kontor_record_equal (record, again));
  return 0;
}
