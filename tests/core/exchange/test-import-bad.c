/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are no tables, or broken ones: each says what is wrong and where, and leaves nothing
 * in the workspace. */
#include "config.h"

#include "import-fixture.h"
#include "pattern-stream.h"
#include <string.h>

static void
assert_nothing (ImportFixture *fixture)
{
  import_assert_sql (fixture,
                     "SELECT (SELECT count(*) FROM contact),(SELECT count(*) FROM account),(SELECT "
                     "count(*) FROM import_batch),(SELECT count(*) FROM tag)",
                     "0|0|0|0");
}

static void
assert_refused (ImportFixture *fixture, const char *bytes, gsize length, const char *part)
{
  fixture->type = "contact";
  import_bytes (fixture, bytes, length);
  import_assert_failed (fixture, KONTOR_ERROR_INVALID, part);
  assert_nothing (fixture);
}

static void
test_empty (ImportFixture *fixture, gconstpointer data)
{
  assert_refused (fixture, "", 0, "empty");
  assert_refused (fixture, "\xef\xbb\xbf", 3, "empty");
  assert_refused (fixture, "\n\n \n", 4, "empty");
  /* a header alone is a table without rows */
  fixture->type = "contact";
  import_text (fixture, "Name,Phone\n");
  import_assert_counts (fixture, 0, 0, 0, 0);
  assert_nothing (fixture);
}

static void
test_binary (ImportFixture *fixture, gconstpointer data)
{
  static const char zip[] = "PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00"
                            "[Content_Types].xml xl/workbook.xml";
  static const char pdf[] = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
  static const char png[] = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
  g_autofree char *noise = g_malloc (20000);

  assert_refused (fixture, zip, sizeof zip - 1, "Excel");
  assert_refused (fixture, pdf, sizeof pdf - 1, "PDF");
  assert_refused (fixture, png, sizeof png - 1, "picture");
  for (guint i = 0; i < 20000; i++)
    noise[i] = (char) g_test_rand_int_range (0, 256);
  noise[0] = '\x01';
  noise[77] = '\0';
  fixture->type = "contact";
  import_bytes (fixture, noise, 20000);
  g_assert_nonnull (fixture->error);
  g_assert_true (kontor_error_is (fixture->error, KONTOR_ERROR_INVALID));
  assert_nothing (fixture);
}

/* A quote that is never closed swallows all rows after it. */
static void
test_open_quote (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,Notes\n");

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "Person %u,x\n", i);
  g_string_append (text, "Ana,\"never closed\nBert,x\nCarl,x\n");
  fixture->type = "contact";
  import_text (fixture, text->str);
  import_assert_failed (fixture, KONTOR_ERROR_INVALID, "quot");
  g_assert_cmpuint (kontor_error_get_detail (fixture->error)->line, ==, 3002);
  assert_nothing (fixture);
  import_assert_sound (fixture);
}

static void
test_cut_file (ImportFixture *fixture, gconstpointer data)
{
  /* in the middle of a character */
  fixture->type = "contact";
  import_text (fixture, "Name,City\nAna,M\xc3\xbcnchen\nBert,K\xc3\xb6ln\nCarl,M\xc3");
  import_assert_counts (fixture, 2, 0, 0, 1);
  import_assert_problem (fixture, 0, 4, "");
  /* in the middle of a row: what is there is a row */
  fixture->type = "contact";
  import_text (fixture, "Name,City,Notes\nDora,Bonn,x\nEmil,Bo");
  import_assert_counts (fixture, 2, 0, 0, 0);
}

static void
test_nul (ImportFixture *fixture, gconstpointer data)
{
  static const char text[] = "Name,Notes\nAna,a\0b\nBert,x\n";
  static const char header[] = "Na\0me,Notes\nAna,likes tea\nBert,likes neither tea nor "
                               "coffee\nCarl,never comes on Mondays\n";

  fixture->type = "contact";
  import_bytes (fixture, text, sizeof text - 1);
  import_assert_counts (fixture, 1, 0, 0, 1);
  import_assert_problem (fixture, 0, 2, "NUL");
  import_assert_sql (fixture, "SELECT name FROM contact", "Bert");
  fixture->type = "contact";
  import_bytes (fixture, header, sizeof header - 1);
  import_assert_failed (fixture, KONTOR_ERROR_INVALID, "NUL");
}

static void
test_widths (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "Name,City\n"
               "Ana,Berlin\n"
               "Bert, jr.,Bremen\n"
               "Carl\n"
               "Dora,Dresden,,\n"
               "\n"
               ",\n");
  import_assert_counts (fixture, 3, 0, 0, 1);
  import_assert_problem (fixture, 0, 3, "more cells");
  import_assert_sql (fixture,
                     "SELECT name,city FROM contact ORDER BY name",
                     "Ana|Berlin;Carl|-;Dora|Dresden");
}

static void
test_many_columns (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) header = g_string_new ("Name");
  g_autoptr(GString) wide = g_string_new ("Name");

  for (guint i = 1; i < 10000; i++)
    g_string_append_printf (header, ",c%u", i);
  g_string_append (header, "\nAna\n");
  fixture->type = "contact";
  import_text (fixture, header->str);
  import_assert_failed (fixture, KONTOR_ERROR_LIMIT, "at most 4096");
  g_assert_cmpuint (kontor_error_get_detail (fixture->error)->line, ==, 1);
  assert_nothing (fixture);
  /* as many as there may be */
  for (guint i = 1; i < 4096; i++)
    g_string_append_printf (wide, ",c%u", i);
  g_string_append (wide, "\nAna,1\n");
  fixture->type = "contact";
  import_text (fixture, wide->str);
  import_assert_counts (fixture, 1, 0, 0, 0);
}

static void
test_double_headers (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, "Name,Birthday,Birthday\nAna,1970-01-01,1980-01-01\n");
  import_assert_failed (fixture, KONTOR_ERROR_INVALID, "2 and 3");
  g_assert_cmpstr (kontor_error_get_detail (fixture->error)->column, ==, "3");
  assert_nothing (fixture);
}

static void
test_encodings (ImportFixture *fixture, gconstpointer data)
{
  static const char *const encodings[] = { "WINDOWS-1251", "KOI8-R", "UTF-16LE",
                                           "UTF-16BE",     "UTF-16", "UTF-32" };
  static const char text[] = "Фамилия;Имя;Город\nИванов;Пётр;Москва\nСидорова;Анна;Нижний "
                             "Новгород\nКузнецов;Сергей;Екатеринбург\n";

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorCommit) undone = NULL;
      gsize length;
      g_autofree char *bytes = g_convert (text, -1, encodings[i], "UTF-8", NULL, &length, NULL);

      g_test_message ("%s", encodings[i]);
      fixture->type = "contact";
      import_bytes (fixture, bytes, length);
      import_assert_counts (fixture, 3, 0, 0, 0);
      import_assert_sql (fixture,
                         "SELECT name,city FROM contact WHERE hid=0 ORDER BY rid",
                         "Пётр Иванов|Москва;Анна Сидорова|Нижний Новгород;Сергей "
                         "Кузнецов|Екатеринбург");
      undone = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* Latin letters among Cyrillic UTF-8, and other bytes that are no characters. */
static void
test_wrong_bytes (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,City\n");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "Пётр %u,Москва\n", i);
  g_string_append (text, "Jos\xe9,Madrid\nAnna,Bonn\n");
  fixture->type = "contact";
  import_bytes (fixture, text->str, text->len);
  import_assert_counts (fixture, 101, 0, 0, 1);
  import_assert_problem (fixture, 0, 102, "UTF-8");
}

static void
test_endless_line (ImportFixture *fixture, gconstpointer data)
{
  const guint64 two_gb = G_GUINT64_CONSTANT (2) << 30;
  g_autoptr(GInputStream) stream = pattern_stream_new ("Name\n", "abcdefgh", two_gb / 8, "\n");
  g_autoptr(GError) error = NULL;
  KontorImportSource *source =
    kontor_import_source_new_for_stream (stream, "endless.csv", NULL, &error);

  g_assert_null (source);
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_LIMIT));
  g_assert_cmpuint (kontor_error_get_detail (error)->line, ==, 2);
  g_assert_cmpstr (kontor_error_get_detail (error)->file, ==, "endless.csv");
  g_assert_cmpuint (pattern_stream_get_read (stream), <, 80 << 20);
}

/* What is too long for a row to be one ends the import, after rows that were good. */
static void
test_long_line (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("Name,Notes\nAna,x\nBert,", "abcdefgh", 20 << 17, "\n");
  g_autoptr(KontorImportSource) source =
    kontor_import_source_new_for_stream (stream, "long.csv", NULL, NULL);
  g_autoptr(KontorImportJob) job = NULL;

  g_assert_nonnull (source);
  fixture->type = "contact";
  job = prepare_source (fixture, source);
  g_assert_no_error (fixture->error);
  fixture->result = kontor_import_job_run (job, NULL, NULL, NULL, &fixture->error);
  import_assert_failed (fixture, KONTOR_ERROR_LIMIT, "longer");
  g_assert_cmpuint (kontor_error_get_detail (fixture->error)->line, ==, 3);
  assert_nothing (fixture);
}

static void
test_broken_stream (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GInputStream) stream = pattern_stream_new ("Name\n", "Ana\n", 1000000, "");
  g_autoptr(GError) error = NULL;

  pattern_stream_fail_at (stream, 500000);
  g_assert_null (kontor_import_source_new_for_stream (stream, "pipe", NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_IO));
  g_assert_cmpstr (kontor_error_get_detail (error)->file, ==, "pipe");
}

static void
test_no_file (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "none.csv");

  import_file (fixture, path);
  import_assert_failed (fixture, KONTOR_ERROR_NOT_FOUND, "no such file");
  import_file (fixture, fixture->dir.dir);
  g_assert_nonnull (fixture->error);
}

/* Values that no field takes, each with line, column, field and value. */
static void
test_values (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) long_name = g_string_new ("Name,Notes\n");

  fixture->type = "contact";
  import_text (fixture,
               "Name,Birthday,E-mail,Company,id\n"
               "A,2026-02-30,,,\n"
               "B,,a b@c,,\n"
               "C,,,,01a20fd7-2200-7000-8000\n"
               "D,yesterday,,,\n"
               "E,,,,\n");
  import_assert_counts (fixture, 1, 0, 0, 4);
  import_assert_problem (fixture, 0, 2, "2026-02-30");
  import_assert_problem (fixture, 1, 3, "a b@c");
  import_assert_problem (fixture, 2, 4, "01a20fd7");
  import_assert_problem (fixture, 3, 5, "yesterday");
  g_assert_cmpstr (import_get_problem (fixture, 0)->field, ==, "birth_date");
  for (guint i = 0; i < 70000; i++)
    g_string_append_c (long_name, 'x');
  g_string_append (long_name, ",\nShort,\n");
  fixture->type = "contact";
  import_text (fixture, long_name->str);
  import_assert_counts (fixture, 1, 0, 0, 1);
  import_assert_problem (fixture, 0, 2, "long");
  g_assert_cmpuint (strlen (import_get_problem (fixture, 0)->value), <, 1000);
}

static void
test_links_to_nothing (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "Name,owner.id,account.id\n"
               "A,01a20fd7-2200-7000-8000-000000000098,\n"
               "B,,01a20fd7-2200-7000-8000-000000000099\n"
               "C,,\n");
  import_assert_counts (fixture, 1, 0, 0, 2);
  import_assert_problem (fixture, 0, 2, "01a20fd7-2200-7000-8000-000000000098");
  import_assert_problem (fixture, 1, 3, "01a20fd7-2200-7000-8000-000000000099");
  import_assert_sound (fixture);
}

#define ADD(path, function)          \
  g_test_add ("/import-bad/" path,   \
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
  ADD ("empty", test_empty);
  ADD ("binary", test_binary);
  ADD ("open-quote", test_open_quote);
  ADD ("cut-file", test_cut_file);
  ADD ("nul", test_nul);
  ADD ("widths", test_widths);
  ADD ("many-columns", test_many_columns);
  ADD ("double-headers", test_double_headers);
  ADD ("encodings", test_encodings);
  ADD ("wrong-bytes", test_wrong_bytes);
  ADD ("endless-line", test_endless_line);
  ADD ("long-line", test_long_line);
  ADD ("broken-stream", test_broken_stream);
  ADD ("no-file", test_no_file);
  ADD ("values", test_values);
  ADD ("links-to-nothing", test_links_to_nothing);
  return g_test_run ();
}
