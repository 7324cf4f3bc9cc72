/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mappings that are kept, and found again by the columns of a file. */
#include "config.h"

#include "import-fixture.h"
#include "kontor-error.h"
#include <string.h>

#define FILE_A "Vorname;Nachname;Firma;Seit\nAna;Trujillo;Emparedados;01.02.2020\n"

static KontorInspection *
inspect (ImportFixture *fixture, const char *text)
{
  return inspect_bytes (fixture, text, strlen (text), NULL);
}

static KontorRecord *
save (ImportFixture *fixture, const char *map)
{
  KontorRecord *record = kontor_record_new (&kontor_import_mapping_type, NULL);
  g_autoptr(KontorImportMap) guessed = NULL;

  fixture->type = "contact";
  fixture->map = map;
  guessed = guess_text (fixture, FILE_A);
  kontor_import_saved_fill (record, guessed, "HubSpot");
  return record;
}

static const char *
get_path (KontorImportMap *map, const char *column)
{
  for (guint i = 0; i < kontor_import_map_get_n_columns (map); i++)
    if (g_str_equal (kontor_import_map_get_column (map, i), column))
      {
        const KontorImportTarget *target = kontor_import_map_get_target (map, i);

        return target != NULL ? target->path : NULL;
      }
  g_assert_not_reached ();
}

static void
test_fits (ImportFixture *fixture, gconstpointer data)
{
  /* other order, case and delimiter; one column more, one less, none named */
  static const struct
  {
    const char *text;
    gboolean fits;
  } files[] = {
    { FILE_A, TRUE },
    { "SEIT,Firma,vorname,Nachname\n2020-01-01,X,Y,Z\n", TRUE },
    { "Vorname;Nachname;Firma;Seit;Ort\nAna;Trujillo;E;01.02.2020;Berlin\n", FALSE },
    { "Vorname;Nachname;Firma\nAna;Trujillo;E\n", FALSE },
    { "Ana;Trujillo;Emparedados;01.02.2020\nBert;Brecht;Theater;02.03.2021\n", FALSE },
    { "{\"type\":\"contact\",\"name\":\"Ana\"}\n", FALSE },
  };
  g_autoptr(KontorRecord) record = save (fixture, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(KontorInspection) inspection = inspect (fixture, files[i].text);

      g_test_message ("%s", files[i].text);
      g_assert_cmpint (kontor_import_saved_fits (record, inspection), ==, files[i].fits);
    }
}

/* It comes back from the workspace as it was, and goes to columns by name. */
static void
test_kept (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) record = save (fixture, "Firma=notes;Seit=-");
  g_autoptr(KontorStep) step = kontor_step_new ("Mapping saved");
  g_autoptr(KontorInspection) inspection = NULL;
  g_autoptr(KontorRecord) again = NULL;
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(GError) error = NULL;

  kontor_step_create (step, record);
  commit = kontor_workspace_commit (fixture->workspace, step, NULL, &error);
  g_assert_no_error (error);
  again = kontor_workspace_get (fixture->workspace,
                                &kontor_import_mapping_type,
                                &commit->first_id,
                                KONTOR_READ_DEFAULT,
                                &error);
  g_assert_no_error (error);
  inspection = inspect (fixture, "Seit,Firma,Vorname,Nachname,Ort\n2020-01-01,X,Y,Z,Berlin\n");
  map = kontor_import_saved_make_map (again, schema, inspection, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kontor_import_map_get_record_type (map) == &kontor_contact_type);
  g_assert_cmpstr (get_path (map, "Firma"), ==, "notes");
  g_assert_cmpstr (get_path (map, "Vorname"), ==, "first_name");
  g_assert_null (get_path (map, "Seit"));
  g_assert_null (get_path (map, "Ort"));
}

/* A field of one's own may be gone since; the others still go where they went. */
static void
test_lost_field (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) record = save (fixture, NULL);
  g_autoptr(KontorInspection) inspection = inspect (fixture, FILE_A);
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(GError) error = NULL;

  kontor_record_set_text (record,
                          KONTOR_IMPORT_MAPPING_MAPPING,
                          "{\"columns\":[{\"name\":\"Firma\",\"to\":\"x_gone\"},"
                          "{\"name\":\"Vorname\",\"to\":\"first_name\"}]}");
  map = kontor_import_saved_make_map (record, schema, inspection, lost, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lost->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (lost, 0), ==, "Firma");
  g_assert_cmpstr (get_path (map, "Vorname"), ==, "first_name");
}

static void
test_damaged (ImportFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"columns\":1}", "[[[[", "null" };
  g_autoptr(KontorRecord) record = save (fixture, NULL);
  g_autoptr(KontorInspection) inspection = inspect (fixture, FILE_A);
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      kontor_record_set_text (record, KONTOR_IMPORT_MAPPING_MAPPING, texts[i]);
      g_assert_null (kontor_import_saved_make_map (record, schema, inspection, NULL, &error));
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
    }
  kontor_record_set_text (record, KONTOR_IMPORT_MAPPING_KIND, "spaceship");
  g_assert_null (kontor_import_saved_make_map (record, schema, inspection, NULL, NULL));
}

#define ADD(path, function)          \
  g_test_add ("/saved-map/" path,    \
              ImportFixture,         \
              NULL,                  \
              import_fixture_set_up, \
              function,              \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  ADD ("fits", test_fits);
  ADD ("kept", test_kept);
  ADD ("lost-field", test_lost_field);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
