/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports: CSV that a spreadsheet takes for text and that comes back as it was, and files that are
 * there whole or not at all. */
#include "config.h"

#include "import-fixture.h"
#include "kontor-wire.h"
#include <glib/gstdio.h>
#include <string.h>

/* --- CSV -------------------------------------------------------------------------------------- */

/* What a spreadsheet would run or change. */
static const char *const dangerous[] = {
  "=1+1",
  "+49 30",
  "-2",
  "@SUM(A1)",
  "'=1+1",
  "''-x",
  "\xef\xbc\x9d"
  "1",
  "=HYPERLINK(\"x\";\"y\")",
};

static char *
dangerous_lines (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dangerous); i++)
    {
      g_string_append (text, "{\"type\":\"contact\",\"name\":");
      kontor_wire_append_string (text, dangerous[i]);
      g_string_append (text, ",\"nickname\":\"'quoted'\",\"notes\":\"=a\\n-b\"}\n");
    }
  return g_string_free (text, FALSE);
}

static void
test_formulas (ImportFixture *fixture, gconstpointer data)
{
  static const char sql[] = "SELECT name,nickname,notes FROM contact WHERE hid=0 ORDER BY name";
  ImportFixture other = { 0 };
  g_autofree char *lines = dangerous_lines ();
  g_autofree char *csv = NULL;
  g_autofree char *before = NULL;

  import_lines (fixture, lines);
  import_assert_counts (fixture, G_N_ELEMENTS (dangerous), 0, 0, 0);
  csv = export_csv (fixture, &kontor_contact_type);
  for (guint i = 0; i < G_N_ELEMENTS (dangerous); i++)
    {
      g_auto(GStrv) parts = g_strsplit (dangerous[i], "\"", -1);
      g_autofree char *doubled = g_strjoinv ("\"\"", parts);
      g_autofree char *guarded = g_strdup_printf ("\"'%s\"", doubled);
      g_autofree char *bare = g_strdup_printf ("\"%s\"", doubled);

      g_assert_nonnull (strstr (csv, guarded));
      g_assert_true (*dangerous[i] == '\'' || strstr (csv, bare) == NULL);
    }
  g_assert_nonnull (strstr (csv, "\"'quoted'\""));

  /* into another workspace, and over itself: the same */
  before = import_sql (fixture, sql);
  import_fixture_set_up (&other, NULL);
  other.type = "contact";
  import_text (&other, csv);
  import_assert_counts (&other, G_N_ELEMENTS (dangerous), 0, 0, 0);
  import_assert_sql (&other, sql, before);
  import_fixture_tear_down (&other, NULL);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  fixture->key = "id";
  import_text (fixture, csv);
  import_assert_counts (fixture, 0, 0, G_N_ELEMENTS (dangerous), 0);
}

static void
test_columns (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorExport) export = kontor_export_new (fixture->workspace, KONTOR_EXPORT_CSV);
  g_autoptr(KontorQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *csv = NULL;

  fixture->type = "contact";
  import_text (fixture,
               "Name,Company,Tags,City,Birthday,Do not contact\n"
               "Ana,Acme,\"VIP;\"\"a, b\"\"\",Berlin,1970-01-02,yes\n"
               "Bert,,,Bremen,,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  query = kontor_query_new (&kontor_contact_type);
  kontor_export_add_query (export, query);
  kontor_export_add_column (export, kontor_field_by_id (KONTOR_CONTACT_NAME));
  kontor_export_add_column (export, kontor_field_by_id (KONTOR_CONTACT_ACCOUNT));
  kontor_export_add_column (export, kontor_field_by_id (KONTOR_CONTACT_TAGS));
  kontor_export_add_column (export, kontor_field_by_id (KONTOR_CONTACT_CITY));
  kontor_export_add_column (export, kontor_field_by_id (KONTOR_CONTACT_BIRTH_DATE));
  kontor_export_add_column (export, kontor_field_by_id (KONTOR_CONTACT_DO_NOT_CONTACT));
  kontor_export_set_byte_order_mark (export, TRUE);
  csv = export_to_text (export);
  g_assert_cmpstr (csv,
                   ==,
                   "\xef\xbb\xbf\"name\",\"account\",\"tags\",\"city\",\"birth_date\","
                   "\"do_not_contact\"\r\n"
                   "\"Ana\",\"Acme\",\"VIP; \"\"a, b\"\"\",\"Berlin\",1970-01-02,1\r\n"
                   "\"Bert\",,,\"Bremen\",,\r\n");
  g_assert_cmpuint (kontor_export_get_n_rows (export), ==, 2);
}

/* --- Files ------------------------------------------------------------------------------------ */

static void
add_people (ImportFixture *fixture, guint n)
{
  g_autoptr(GString) text = g_string_new ("Name\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "Person %u\n", i);
  fixture->type = "contact";
  import_text (fixture, text->str);
  import_assert_counts (fixture, n, 0, 0, 0);
}

static KontorExport *
make_people_export (ImportFixture *fixture)
{
  KontorExport *export = kontor_export_new (fixture->workspace, KONTOR_EXPORT_CSV);
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);

  kontor_export_add_query (export, query);
  return export;
}

static void
cancel_cb (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  g_cancellable_cancel (data);
}

static void
assert_kept (ImportFixture *fixture, const char *path)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_cancel (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "people.csv");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(KontorExport) export = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;

  add_people (fixture, 2000);
  export = make_people_export (fixture);
  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_false (kontor_export_save (export, path, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_kept (fixture, path);
  g_clear_error (&error);
  g_assert_true (kontor_export_save (export, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kontor_export_get_n_rows (export), ==, 2000);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "\"Person 1999\""));
}

static void
test_bad_places (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = kontor_test_dir_path (&fixture->dir, "no/such/people.csv");
  g_autoptr(KontorExport) export = make_people_export (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_false (kontor_export_save (export, nowhere, NULL, NULL, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_NOT_FOUND));
  g_assert_nonnull (strstr (kontor_error_get_detail (error)->file, "people.csv"));
  g_clear_error (&error);
  /* never over a workspace, this or another */
  g_assert_false (kontor_export_save (export, fixture->path, NULL, NULL, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_CONFLICT));
  import_assert_sound (fixture);
  g_clear_error (&error);
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_autoptr(GFile) file = g_file_new_for_path ("/dev/full");
      g_autoptr(GFileOutputStream) stream =
        g_file_append_to (file, G_FILE_CREATE_NONE, NULL, &error);

      g_assert_no_error (error);
      g_assert_false (
        kontor_export_write (export, G_OUTPUT_STREAM (stream), NULL, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "people.csv");
  g_autoptr(KontorExport) export = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  add_people (fixture, 3);
  export = make_people_export (fixture);
  kontor_export_save_async (export, path, NULL, NULL, NULL, saved_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (kontor_export_save_finish (export, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kontor_export_get_n_rows (export), ==, 3);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

#define ADD(path, function)          \
  g_test_add ("/export/" path,       \
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
  ADD ("formulas", test_formulas);
  ADD ("columns", test_columns);
  ADD ("cancel", test_cancel);
  ADD ("bad-places", test_bad_places);
  ADD ("async", test_async);
  return g_test_run ();
}
