/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing JSON lines: links in any order, definitions the file brings along, records that are
 * there already, and lines that are wrong. */
#include "config.h"

#include "import-fixture.h"
#include "pattern-stream.h"
#include <string.h>

#define ID(n) "01a20fd7-2200-7000-8000-0000000000" n

/* --- What is good ----------------------------------------------------------------------------- */

/* What hangs on others stands before them, and links lead further down. */
static void
test_order (ImportFixture *fixture, gconstpointer data)
{
  import_lines (
    fixture,
    "{\"type\":\"contact_point\",\"id\":\"" ID (
      "04") "\",\"party_type\":\"contact\","
            "\"party\":\"" ID (
              "01") "\",\"kind\":\"mail\",\"value\":\"ana@example.com\"}\n"
                    "{\"type\":\"account_contact\",\"contact\":\"" ID (
                      "01") "\",\"account\":\"" ID ("02") "\",\"position\":\"Owner\"}\n"
                                                          "\n"
                                                          "{\"type\":\"account\",\"id\":\"" ID (
                                                            "02") "\",\"name\":\"Acme\",\"parent\":"
                                                                  "\"" ID (
                                                                    "03") "\"}\r\n"
                                                                          "{\"type\":"
                                                                          "\"account\","
                                                                          "\"id\":\"" ID (
                                                                            "03") "\","
                                                                                  "\"name\":"
                                                                                  "\"Holding"
                                                                                  "\"}\n"
                                                                                  "{\"type\""
                                                                                  ":\"contac"
                                                                                  "t\","
                                                                                  "\"id\":"
                                                                                  "\"" ID (
                                                                                    "01") "\","
                                                                                          "\"first_"
                                                                                          "name\":"
                                                                                          "\"Ana\""
                                                                                          "}");
  import_assert_counts (fixture, 5, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,account_name,position,main_mail FROM contact",
                     "Ana|Acme|Owner|ana@example.com");
  import_assert_sql (fixture,
                     "SELECT name,parent_title FROM v_account ORDER BY name",
                     "Acme|Holding;Holding|-");
  import_assert_sound (fixture);
}

/* A field and a value of a list stand behind the record that has them. */
static void
test_definitions (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sql = NULL;
  KontorId id;

  g_assert_true (kontor_id_parse (ID ("0a"), &id));
  name = kontor_schema_custom_field_name (&id);
  text = g_strdup_printf ("{\"type\":\"contact\",\"name\":\"Ana\",\"source\":\"stork\",\"%s\":38}\n"
                          "{\"type\":\"custom_field\",\"id\":\"" ID (
                            "0a") "\",\"type\":"
                                  "\"custom_field\",\"of\":\"contact\"}\n",
                          name);
  import_lines (fixture, text);
  /* "type" twice: nobody can say what is meant */
  g_assert_cmpuint (kontor_import_report_get_counts (fixture->result->report)->failed, ==, 2);

  g_free (text);
  text = g_strdup_printf ("{\"type\":\"contact\",\"name\":\"Ana\",\"source\":\"stork\",\"%s\":38}\n"
                          "{\"type\":\"custom_field\",\"id\":\"" ID (
                            "0a") "\",\"record_type\":"
                                  "\"contact\",\"label\":\"Shoe size\",\"kind\":\"integer\"}\n"
                                  "{\"type\":\"pick_list\",\"list\":\"source\",\"code\":\"stork\","
                                  "\"label\":\"Stork\"}\n",
                          name);
  import_lines (fixture, text);
  import_assert_counts (fixture, 3, 0, 0, 0);
  sql = g_strdup_printf ("SELECT name,source,%s FROM contact", name);
  import_assert_sql (fixture, sql, "Ana|stork|38");
  import_assert_sound (fixture);
}

static void
test_modes (ImportFixture *fixture, gconstpointer data)
{
  static const char first[] = "{\"type\":\"account\",\"id\":\"" ID ("01") "\",\"name\":\"Acme\"}\n";
  static const char second[] = "{\"type\":\"account\",\"id\":\"" ID (
    "01") "\",\"name\":\"ACME\",\"employees\":7,\"notes\":null}\n";

  import_lines (fixture, first);
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_lines (fixture, second);
  import_assert_counts (fixture, 0, 0, 1, 0);
  fixture->mode = KONTOR_IMPORT_FILL;
  import_lines (fixture, second);
  import_assert_counts (fixture, 0, 1, 0, 0);
  import_assert_sql (fixture, "SELECT name,employees FROM account", "Acme|7");
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  import_lines (fixture, second);
  import_assert_counts (fixture, 0, 1, 0, 0);
  import_assert_sql (fixture, "SELECT name,employees FROM account", "ACME|7");
  fixture->mode = KONTOR_IMPORT_ADD;
  import_lines (fixture, second);
  import_assert_counts (fixture, 0, 0, 0, 1);
  import_assert_problem (fixture, 0, 1, "already");
  import_assert_sound (fixture);
}

/* Lines that name no type are of the type that was asked for. */
static void
test_given_type (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "account";
  import_lines (fixture, "{\"name\":\"Acme\"}\n{\"type\":\"contact\",\"first_name\":\"Ana\"}\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT (SELECT name FROM account),(SELECT name FROM contact)",
                     "Acme|Ana");
}

static void
test_memberships (ImportFixture *fixture, gconstpointer data)
{
  static const char lines[] = "{\"type\":\"contact\",\"id\":\"" ID (
    "01") "\",\"first_name\":\"Ana\"}\n"
          "{\"type\":\"tag\",\"id\":\"" ID (
            "02") "\",\"name\":\"VIP\"}\n"
                  "{\"type\":\"tag_link\",\"tag\":\"" ID (
                    "02") "\",\"target_type\":\"contact\",\"target\":\"" ID ("01") "\",\"on\":true}"
                                                                                   "\n";

  import_lines (fixture, lines);
  import_assert_counts (fixture, 3, 0, 0, 0);
  import_assert_sql (fixture, "SELECT count(*) FROM tag_link WHERE hid=0", "1");
  import_lines (fixture, lines);
  import_assert_counts (fixture, 0, 0, 3, 0);
  import_assert_sound (fixture);
}

/* --- What is wrong ---------------------------------------------------------------------------- */

static void
assert_faulty (ImportFixture *fixture, const char *line, const char *part)
{
  g_autofree char *text =
    g_strconcat ("{\"type\":\"contact\",\"first_name\":\"Good\"}\n", line, "\n", NULL);

  g_test_message ("%s", line);
  import_lines (fixture, text);
  import_assert_counts (fixture, 1, 0, 0, 1);
  import_assert_problem (fixture, 0, 2, part);
}

static void
test_faulty_lines (ImportFixture *fixture, gconstpointer data)
{
  assert_faulty (fixture, "no record", "JSON");
  assert_faulty (fixture, "{\"type\":\"contact\",\"first_name\":\"Cut o", "JSON");
  assert_faulty (fixture, "[1,2]", "object");
  assert_faulty (fixture, "{\"first_name\":\"Ana\"}", "type");
  assert_faulty (fixture, "{\"type\":\"kontact\",\"first_name\":\"Ana\"}", "type");
  assert_faulty (fixture, "{\"type\":7}", "type");
  assert_faulty (fixture, "{\"type\":\"contact\",\"first_name\":[\"Ana\"]}", "text");
  assert_faulty (fixture,
                 "{\"type\":\"contact\",\"name\":\"A\",\"birth_date\":\"2026-02-30\"}",
                 "2026-02-30");
  assert_faulty (fixture, "{\"type\":\"account\",\"name\":\"A\",\"employees\":-1}", "");
  assert_faulty (fixture, "{\"type\":\"account\",\"name\":\"A\",\"stage\":\"lost\"}", "lost");
  assert_faulty (fixture, "{\"type\":\"account\",\"employees\":1}", "Name");
  assert_faulty (fixture, "{\"type\":\"contact\",\"id\":\"01a2\",\"first_name\":\"Ana\"}", "");
  assert_faulty (fixture,
                 "{\"type\":\"account\",\"name\":\"A\",\"parent\":\"" ID ("99") "\"}",
                 "does not exist");
  assert_faulty (fixture,
                 "{\"type\":\"contact_point\",\"party_type\":\"tag\",\"party\":\"" ID (
                   "99") "\",\"kind\":\"mail\",\"value\":\"a@b.example\"}",
                 "");
  assert_faulty (fixture,
                 "{\"type\":\"attachment\",\"name\":\"a.pdf\",\"hash\":"
                 "\"0000000000000000000000000000000000000000000000000000000000000000\"}",
                 "");
  import_assert_sql (fixture, "SELECT DISTINCT name FROM contact", "Good");
  import_assert_sql (fixture, "SELECT count(*) FROM account", "0");
  import_assert_sound (fixture);
}

static void
test_bytes (ImportFixture *fixture, gconstpointer data)
{
  static const char text[] = "{\"type\":\"contact\",\"first_name\":\"Ana\"}\n"
                             "{\"type\":\"contact\",\"first_name\":\"B\0b\"}\n"
                             "{\"type\":\"contact\",\"first_name\":\"\xff\"}\n"
                             "{\"type\":\"contact\",\"first_name\":\"\\u0000\"}\n";

  fixture->name = "all.jsonl";
  import_bytes (fixture, text, sizeof text - 1);
  import_assert_counts (fixture, 1, 0, 0, 3);
  import_assert_problem (fixture, 0, 2, "NUL");
  import_assert_problem (fixture, 1, 3, "UTF-8");
  import_assert_problem (fixture, 2, 4, "");
}

static void
test_double_ids (ImportFixture *fixture, gconstpointer data)
{
  import_lines (fixture,
                "{\"type\":\"account\",\"id\":\"" ID ("01") "\",\"name\":\"First\"}\n"
                                                            "{\"type\":\"account\",\"id\":\"" ID (
                                                              "01") "\",\"name\":\"Second\"}\n");
  import_assert_counts (fixture, 1, 0, 0, 1);
  import_assert_problem (fixture, 0, 2, "line 1");
  import_assert_sql (fixture, "SELECT name FROM account", "First");
}

/* A circle is left out whole, with what hangs on it; each line is kept as it was. */
static void
test_circle (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;
  const char *written;

  import_lines (
    fixture,
    "{\"type\":\"account\",\"id\":\"" ID ("01") "\",\"name\":\"A\",\"parent\":\"" ID (
      "02") "\"}\n"
            "{\"type\":\"account\",\"id\":\"" ID ("02") "\",\"name\":\"B\",\"parent\":\"" ID (
              "01") "\"}\n"
                    "{\"type\":\"account\",\"id\":"
                    "\"" ID ("03") "\",\"name\":\"C\","
                                   "\"parent\":\"" ID (
                                     "03") "\"}\n"
                                           "{\"type\":"
                                           "\"account\""
                                           ",\"id\":"
                                           "\"" ID (
                                             "0"
                                             "4") "\",\"name\":\"D\",\"parent\":"
                                                  "\"" ID (
                                                    "02") "\"}"
                                                          "\n"
                                                          "{\""
                                                          "typ"
                                                          "e\""
                                                          ":\""
                                                          "acc"
                                                          "oun"
                                                          "t\""
                                                          ",\""
                                                          "id"
                                                          "\":"
                                                          "\"" ID (
                                                            "05") "\",\"name\":\"E\",\"parent\":"
                                                                  "\"" ID (
                                                                    "0"
                                                                    "4") "\"}\n"
                                                                         "{\"type"
                                                                         "\":"
                                                                         "\"accoun"
                                                                         "t\","
                                                                         "\"id\":"
                                                                         "\"" ID (
                                                                           "06") "\",\"name\":"
                                                                                 "\"F\"}\n");
  import_assert_counts (fixture, 1, 0, 0, 5);
  import_assert_problem (fixture, 0, 3, "itself");
  import_assert_problem (fixture, 1, 1, "1 → 2 → 1");
  import_assert_problem (fixture, 2, 2, "2 → 1 → 2");
  import_assert_problem (fixture, 3, 4, "line 2");
  import_assert_problem (fixture, 4, 5, "line 4");
  import_assert_sql (fixture, "SELECT name FROM account", "F");
  import_assert_sound (fixture);

  g_assert_true (kontor_import_report_write_faulty (fixture->result->report, stream, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  written = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream));
  g_assert_true (
    g_str_has_prefix (written,
                      "record,line,reason\r\n"
                      "\"{\"\"type\"\":\"\"account\"\",\"\"id\"\":\"\"" ID (
                        "03") "\"\",\"\"name\"\":\"\"C\"\",\"\"parent\"\":\"\"" ID ("03") "\"\"}\","
                                                                                          "3,"));
  g_assert_nonnull (
    strstr (written, "\"\"name\"\":\"\"A\"\",\"\"parent\"\":\"\"" ID ("02") "\"\"}\",1,"));
  g_assert_nonnull (
    strstr (written, "\"\"name\"\":\"\"E\"\",\"\"parent\"\":\"\"" ID ("04") "\"\"}\",5,"));
}

/* A line that can't be one ends the import, and what was good before it is not there either. */
static void
test_long_line (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GInputStream) stream =
    pattern_stream_new ("{\"type\":\"contact\",\"first_name\":\"Ana\"}\n{\"a\":\"",
                        "abcdefgh",
                        1 << 20,
                        "\"}\n");
  g_autoptr(KontorImportSource) source =
    kontor_import_source_new_for_stream (stream, "long.jsonl", NULL, NULL);
  g_autoptr(KontorImportJob) job = NULL;

  g_assert_nonnull (source);
  job = prepare_source (fixture, source);
  g_assert_no_error (fixture->error);
  fixture->result = kontor_import_job_run (job, NULL, NULL, NULL, &fixture->error);
  import_assert_failed (fixture, KONTOR_ERROR_LIMIT, "longer");
  g_assert_cmpuint (kontor_error_get_detail (fixture->error)->line, ==, 2);
  import_assert_sql (fixture,
                     "SELECT (SELECT count(*) FROM contact),(SELECT count(*) FROM import_batch)",
                     "0|0");
}

#define ADD(path, function)          \
  g_test_add ("/lines/" path,        \
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
  ADD ("order", test_order);
  ADD ("definitions", test_definitions);
  ADD ("modes", test_modes);
  ADD ("given-type", test_given_type);
  ADD ("memberships", test_memberships);
  ADD ("faulty-lines", test_faulty_lines);
  ADD ("bytes", test_bytes);
  ADD ("double-ids", test_double_ids);
  ADD ("circle", test_circle);
  ADD ("long-line", test_long_line);
  return g_test_run ();
}
