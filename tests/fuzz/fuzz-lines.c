/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: a file of JSON lines from its encoding to its records. Lines are text on rising
 * numbers, and a record that is read is the same when it is written and read again. */
#include "config.h"

#include "kontor-line-reader.h"
#include "kontor-text-encoding.h"
#include "kontor-wire.h"
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_record (KontorSchema *schema, const KontorLine *line)
{
  g_autoptr(KontorRecord) record = NULL;
  g_autoptr(KontorRecord) again = NULL;
  g_autoptr(GString) json = NULL;
  g_autoptr(GError) error = NULL;
  gboolean trashed, still;

  record =
    kontor_wire_parse_record (schema, line->text, (gssize) line->length, NULL, &trashed, &error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    return;
  json = g_string_new (NULL);
  kontor_wire_append_record (json, schema, record, KONTOR_WIRE_TRASHED);
  again = kontor_wire_parse_record (schema, json->str, (gssize) json->len, NULL, &still, NULL);
  /* What is written may be longer than what was read, so that only a limit may refuse it. */
  if (again == NULL)
    g_assert_cmpuint (json->len, >, KONTOR_WIRE_MAX_STRING);
  else
    g_assert_true (kontor_record_equal (record, again));
}

static void
check_line (const KontorLine *line)
{
  g_assert_cmpuint (line->length, >, 0);
  g_assert_cmpuint (strlen (line->text), ==, line->length);
  g_assert_true (g_utf8_validate (line->text, -1, NULL));
  g_assert_null (strchr (line->text, '\n'));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static KontorSchema *schema;
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, size, NULL);
  g_autoptr(KontorLineReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  KontorLineStatus status;
  KontorLine line;
  guint64 number = 0;

  if (schema == NULL)
    schema = kontor_schema_new ();
  reader =
    kontor_line_reader_new (stream, kontor_text_guess_encoding (data, size, TRUE, NULL), &error);
  g_assert_no_error (error);
  do
    {
      status = kontor_line_reader_next (reader, &line, NULL, &error);
      g_assert_true ((status == KONTOR_LINE_READ || status == KONTOR_LINE_END) == (error == NULL));
      g_clear_error (&error);
      if (status > KONTOR_LINE_BAD)
        break;
      g_assert_cmpuint (line.number, >, number);
      number = line.number;
      if (status == KONTOR_LINE_READ)
        {
          check_line (&line);
          check_record (schema, &line);
        }
    }
  while (TRUE);
  g_assert_cmpuint (kontor_line_reader_get_bytes (reader), <=, size);
  return 0;
}
