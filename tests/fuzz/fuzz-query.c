/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: filters and queries. What is read is written, read again and must be the same. */
#include "config.h"

#include "kontor-query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_filter (KontorSchema *schema, const KontorRecordType *type, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorFilter) filter = kontor_filter_parse (schema, type, text, &error);
  g_autoptr(KontorFilter) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((filter == NULL) == (error != NULL));
  if (filter == NULL)
    return;
  written = kontor_filter_to_text (filter);
  /* Quotes and spaces are added: only a limit may refuse what is written. */
  again = kontor_filter_parse (schema, type, written, &error);
  if (again == NULL)
    g_assert_cmpuint (strlen (written), >, KONTOR_FILTER_MAX_TEXT);
  else
    g_assert_true (kontor_filter_equal (filter, again));
}

static void
check_query (KontorSchema *schema, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorQuery) query = kontor_query_parse (schema, text, &error);
  g_autoptr(KontorQuery) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((query == NULL) == (error != NULL));
  if (query == NULL)
    return;
  written = kontor_query_to_text (query);
  again = kontor_query_parse (schema, written, NULL);
  if (again == NULL)
    g_assert_cmpuint (strlen (written), >, KONTOR_FILTER_MAX_TEXT);
  else
    g_assert_true (kontor_query_equal (query, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static KontorSchema *schema;
  g_autofree char *text = g_strndup ((const char *) data, size);

  if (schema == NULL)
    schema = kontor_schema_new ();
  check_filter (schema, kontor_record_type_by_name ("contact"), text);
  check_filter (schema, kontor_record_type_by_name ("activity_link"), text);
  check_query (schema, text);
  return 0;
}
