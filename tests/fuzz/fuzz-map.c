/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what people and files say about an import: targets of columns, assignments, kept
 * maps and kept errors. Each is taken or refused with a reason, and what is taken can be written
 * and taken again. */
#include "config.h"

#include "kontor-csv-dialect.h"
#include "kontor-import-map.h"
#include "kontor-import-report.h"
#include "kontor-model.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char *const columns[] = { "Name", "Phone", "Birthday", "#3", "a=b", "", "Phone", "" };

static void
check_target (KontorSchema *schema, const KontorRecordType *type, const char *path)
{
  g_autoptr(KontorImportTarget) target = NULL;
  g_autoptr(KontorImportTarget) again = NULL;
  g_autofree char *label = NULL;
  g_autoptr(GError) error = NULL;

  target = kontor_import_target_parse (schema, type, path, &error);
  g_assert_true ((target == NULL) == (error != NULL));
  if (target == NULL)
    return;
  label = kontor_import_target_dup_label (target);
  g_assert_true (g_utf8_validate (label, -1, NULL));
  again = kontor_import_target_parse (schema, type, target->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->path, ==, target->path);
}

static void
check_map (KontorSchema *schema, const KontorRecordType *type, const char *text)
{
  g_autoptr(KontorImportMap) map =
    kontor_import_map_new (schema, type, columns, G_N_ELEMENTS (columns));
  g_autoptr(KontorImportMap) again =
    kontor_import_map_new (schema, type, columns, G_N_ELEMENTS (columns));
  g_autofree char *json = NULL;
  g_autofree char *same = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_import_map_apply_json (map, text, &error) == (error == NULL));
  g_clear_error (&error);
  g_assert_true (kontor_import_map_assign (map, text, &error) == (error == NULL));
  g_clear_error (&error);
  json = kontor_import_map_to_json (map);
  kontor_import_map_apply_json (again, json, &error);
  g_assert_no_error (error);
  same = kontor_import_map_to_json (again);
  g_assert_cmpstr (same, ==, json);
  g_assert_true (kontor_import_map_check (map, &error) == (error == NULL));
}

static void
check_errors (const char *text)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autofree char *csv = NULL;
  g_autoptr(GError) error = NULL;
  guint64 total;

  problems = kontor_import_errors_parse (text, &total, &error);
  g_assert_true ((problems == NULL) == (error != NULL));
  g_clear_error (&error);
  csv = kontor_import_errors_to_csv (text, &error);
  g_assert_true ((csv == NULL) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static KontorSchema *schema;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  char delimiter;

  if (schema == NULL)
    {
      kontor_model_init ();
      schema = kontor_schema_new ();
    }
  check_target (schema, &kontor_contact_type, text);
  check_target (schema, &kontor_account_type, text);
  check_map (schema, &kontor_contact_type, text);
  check_errors (text);
  if (kontor_csv_delimiter_from_text (text, &delimiter))
    g_assert_cmpint (delimiter, !=, '\0');
  return 0;
}
