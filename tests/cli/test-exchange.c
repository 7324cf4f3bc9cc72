/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl import and export: formats, ways to update, links by name, faulty rows, exit statuses,
 * and files that must not be written over. */
#include "config.h"

#include "cli-fixture.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static char *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_sql (Fixture *fixture, const char *sql, const char *expected)
{
  const char *rows = strchr (fixture_ask (fixture, "sql", sql, "--format=csv", NULL), '\n');

  g_assert_nonnull (rows);
  g_assert_cmpstr (rows + 1, ==, expected);
}

/* --- Import ----------------------------------------------------------------------------------- */

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_write (fixture,
                                         "people.csv",
                                         "Name;Company;Phone;Birthday\n"
                                         "Ana Trujillo;Emparedados;(5) 555-4729;31.12.1970\n"
                                         "Bert;Emparedados;;\n");

  g_assert_cmpstr (fixture_ask (fixture, "import", "--type", "contact", path, NULL),
                   ==,
                   "people.csv: created 2, updated 0, known 0, left out 0\n");
  assert_sql (fixture,
              "SELECT name,account_title,main_phone,birth_date FROM v_contact ORDER BY name",
              "Ana Trujillo,Emparedados,(5) 555-4729,1970-12-31\r\nBert,Emparedados,,\r\n");
  /* the organisation was made once */
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "1\n");
  fixture_assert_contains (fixture_ask (fixture, "history", NULL), "people.csv");
  fixture_assert_contains (fixture_ask (fixture, "undo", NULL), "people.csv");
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "0\n");
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
}

static void
test_links_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *accounts =
    fixture_write (fixture, "accounts.csv", "account,subsidiary_of\nAcme,Holding\n");
  g_autofree char *contacts =
    fixture_write (fixture, "contacts.csv", "name,company\nAna,ACME\nBert,acme\nCarl,Beta\n");

  fixture_ask (fixture, "import", accounts, contacts, NULL);
  assert_sql (fixture,
              "SELECT name,parent_title FROM v_account ORDER BY name",
              "Acme,Holding\r\nBeta,\r\nHolding,\r\n");
  assert_sql (fixture,
              "SELECT name,account_title FROM v_contact ORDER BY name",
              "Ana,Acme\r\nBert,Acme\r\nCarl,Beta\r\n");
}

static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  fixture_run_input (fixture, "Name\tCity\nAna\tBerlin\n", "import", "-t", "contact", "-", NULL);
  fixture_assert_status (fixture, 0);
  fixture_assert_contains (fixture->out, "created 1");
  assert_sql (fixture, "SELECT name,city FROM v_contact", "Ana,Berlin\r\n");
}

static void
test_hints (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_write (fixture, "a.txt", "Ana|M\xfcnchen\nBert|K\xf6ln\n");

  fixture_ask (fixture,
               "import",
               "--type=contact",
               "--format=csv",
               "--encoding=ISO-8859-1",
               "--delimiter=|",
               "--no-header",
               "--map=#1=name",
               "--map=#2=city[home]",
               "--tag=Fair 2026",
               "--tag=VIP",
               "--role=partner",
               path,
               NULL);
  assert_sql (fixture,
              "SELECT name,city FROM v_contact ORDER BY name",
              "Ana,München\r\nBert,Köln\r\n");
  assert_sql (fixture, "SELECT count(*) FROM v_tag_link", "4\r\n");
  assert_sql (fixture, "SELECT DISTINCT role FROM v_party_role", "partner\r\n");
  assert_sql (fixture, "SELECT DISTINCT kind FROM v_address", "home\r\n");
}

static void
test_mapping (Fixture *fixture, gconstpointer data)
{
  g_autofree char *saved =
    fixture_write (fixture,
                   "saved.jsonl",
                   "{\"type\":\"import_mapping\",\"id\":\"0190b8a0-0000-7000-8000-000000000001\","
                   "\"name\":\"HubSpot\",\"kind\":\"contact\",\"mapping\":\"{\\\"columns\\\":["
                   "{\\\"name\\\":\\\"x\\\",\\\"to\\\":\\\"name\\\"},"
                   "{\\\"name\\\":\\\"y\\\",\\\"to\\\":\\\"x_gone\\\"}]}\"}\n");
  g_autofree char *path = fixture_write (fixture, "a.csv", "x,y\nAna,1\n");

  fixture_ask (fixture, "import", saved, NULL);
  g_assert_cmpint (fixture_run (fixture, "import", "--mapping=HubSpot", path, NULL), ==, 0);
  fixture_assert_contains (fixture->err, "“y”");
  assert_sql (fixture, "SELECT name FROM v_contact", "Ana\r\n");
  g_assert_cmpint (fixture_run (fixture, "import", "--mapping=Pipedrive", path, NULL), !=, 0);
}

static void
test_dates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
    fixture_write (fixture, "a.csv", "Name,Birthday,x\nAna,03/04/71,12/31/25\n");

  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", path, NULL), ==, 0);
  fixture_assert_contains (fixture->err, "“Birthday”");
  fixture_ask (fixture, "undo", NULL);
  /* a column that was assigned is looked at too */
  fixture_ask (fixture,
               "import",
               "--type=contact",
               "--dates=mdy",
               "--map=x=checked_on",
               path,
               NULL);
  assert_sql (fixture, "SELECT birth_date,checked_on FROM v_contact", "1971-03-04,2025-12-31\r\n");
  fixture_ask (fixture, "undo", NULL);
  fixture_ask (fixture,
               "import",
               "--type=contact",
               "--map=Birthday=-",
               "--map=x=checked_on",
               path,
               NULL);
  assert_sql (fixture, "SELECT checked_on FROM v_contact", "2025-12-31\r\n");
  g_assert_cmpint (fixture_run (fixture, "import", "--dates=dym", path, NULL), ==, 2);
}

static void
test_owner (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_write (fixture, "a.csv", "Name,Revenue\nAcme,1000\n");

  fixture_ask (fixture, "add", "employee", "name=Olga", NULL);
  fixture_ask (fixture, "import", "-t", "account", "--owner=Olga", "--currency=CHF", path, NULL);
  assert_sql (fixture,
              "SELECT owner_title,revenue,currency FROM v_account",
              "Olga,1000.00,CHF\r\n");
  g_assert_cmpint (fixture_run (fixture, "import", "--owner=Nobody", path, NULL), ==, 66);
  g_assert_cmpint (fixture_run (fixture, "import", "--currency=GOLD", path, NULL), ==, 2);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first =
    fixture_write (fixture, "first.csv", "Number,Name,City,Website\n7,Acme,Berlin,\n8,Beta,,\n");
  g_autofree char *second = fixture_write (fixture,
                                           "second.csv",
                                           "Number,Name,City,Website\n"
                                           "7,ACME AG,,acme.example\n8,Beta,,\n9,New,,\n");

  fixture_ask (fixture, "import", "-t", "account", first, NULL);
  fixture_assert_contains (fixture_ask (fixture,
                                        "import",
                                        "-t",
                                        "account",
                                        "--key=number",
                                        second,
                                        NULL),
                           "created 1, updated 0, known 2, left out 0");
  fixture_ask (fixture, "undo", NULL);
  fixture_assert_contains (fixture_ask (fixture,
                                        "import",
                                        "--type=account",
                                        "--update=fill",
                                        "--key=number",
                                        second,
                                        NULL),
                           "created 1, updated 1, known 1, left out 0");
  assert_sql (fixture,
              "SELECT name,city,website FROM v_account WHERE number='7'",
              "Acme,Berlin,acme.example\r\n");
  fixture_assert_contains (fixture_ask (fixture,
                                        "import",
                                        "--type=account",
                                        "--update=overwrite",
                                        "--key=number",
                                        second,
                                        NULL),
                           "created 0, updated 1, known 2, left out 0");
  /* an empty cell empties nothing */
  assert_sql (fixture,
              "SELECT name,city,website FROM v_account WHERE number='7'",
              "ACME AG,Berlin,acme.example\r\n");
  fixture_assert_contains (fixture_ask (fixture,
                                        "import",
                                        "--type=account",
                                        "--update=add",
                                        second,
                                        NULL),
                           "created 3, updated 0, known 0, left out 0");
  fixture_ask (fixture, "check", NULL);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
    fixture_write (fixture, "people.csv", "Name,Birthday\nAna,1970-01-02\nBert,never\n");
  g_autofree char *before = g_strdup (fixture_ask (fixture, "history", NULL));

  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--dry-run", path, NULL),
                   ==,
                   1);
  fixture_assert_contains (fixture->out, "new 1, to update 0");
  fixture_assert_contains (fixture->out, "faulty 1");
  fixture_assert_contains (fixture->err, "people.csv:3: ");
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
  g_assert_cmpstr (fixture_ask (fixture, "history", NULL), ==, before);
}

/* --- Faulty rows ------------------------------------------------------------------------------ */

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_write (fixture,
                                         "people.csv",
                                         "Name,Birthday,Company\n"
                                         "Ana,1970-01-02,Acme\n"
                                         "Bert,30.02.1970,\"Beta, \"\"B\"\"\"\n"
                                         ",,\n"
                                         "Carl,never,\n");
  g_autofree char *errors = kontor_test_dir_path (&fixture->dir, "errors.csv");
  g_autofree char *saved = NULL;

  g_assert_cmpint (fixture_run (fixture,
                                "import",
                                "--type=contact",
                                "--errors",
                                errors,
                                path,
                                NULL),
                   ==,
                   1);
  fixture_assert_contains (fixture->out, "created 1, updated 0, known 0, left out 2");
  fixture_assert_contains (fixture->err, "people.csv:3: Birth date: “30.02.1970”");
  fixture_assert_contains (fixture->err, "people.csv:5: Birth date: “never”");
  saved = read_file (errors);
  g_assert_true (g_str_has_prefix (saved,
                                   "Name,Birthday,Company,line,reason\r\n"
                                   "Bert,30.02.1970,\"Beta, \"\"B\"\"\",3,"));
  fixture_assert_contains (saved, "\r\nCarl,never,,5,");
  /* the organisation of a faulty row was not made */
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "1\n");
  /* good files write none */
  g_assert_cmpint (g_unlink (errors), ==, 0);
  g_free (path);
  path = fixture_write (fixture, "good.csv", "Name\nDora\n");
  fixture_ask (fixture, "import", "--type=contact", "--errors", errors, path, NULL);
  g_assert_false (g_file_test (errors, G_FILE_TEST_EXISTS));
}

/* The file that is read, and the workspace, stay what they are. */
static void
test_errors_place (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "Name,Birthday\nAna,never\n";
  g_autofree char *path = fixture_write (fixture, "people.csv", text);
  g_autofree char *after = NULL;

  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--errors", path, path, NULL),
                   ==,
                   2);
  after = read_file (path);
  g_assert_cmpstr (after, ==, text);
  g_assert_cmpint (fixture_run (fixture,
                                "import",
                                "--type=contact",
                                "--errors",
                                fixture->workspace,
                                path,
                                NULL),
                   ==,
                   79);
  fixture_ask (fixture, "check", NULL);
}

static void
assert_status (Fixture *fixture, const char *name, const char *text, int status, const char *part)
{
  g_autofree char *path = fixture_write (fixture, name, text);

  fixture_run (fixture, "import", "--type=contact", path, NULL);
  fixture_assert_status (fixture, status);
  fixture_assert_contains (fixture->err, name);
  fixture_assert_contains (fixture->err, part);
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) wide = g_string_new ("Name");

  assert_status (fixture, "empty.csv", "", 65, "empty");
  assert_status (fixture, "sheet.xlsx", "PK\x03\x04 xl/workbook.xml", 65, "Excel");
  assert_status (fixture, "double.csv", "Name,Birthday,Birthday\nAna,1,2\n", 65, "2 and 3");
  assert_status (fixture, "quote.csv", "Name,Notes\nAna,\"never closed\nBert,x\n", 65, "line 2");
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (wide, ",c%u", i);
  assert_status (fixture, "wide.csv", wide->str, 69, "4096");
  g_assert_cmpint (fixture_run (fixture, "import", "no/such.csv", NULL), ==, 66);
  g_assert_cmpint (fixture_run (fixture, "import", "--type=kontact", "a.csv", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "import", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "import", "--update=all", "a.csv", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "import", "--format=xml", "a.csv", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "import", "--delimiter=ab", "a.csv", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "import", "--errors=e", "a.csv", "b.csv", NULL), ==, 2);
}

static void
test_bad_options (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_write (fixture, "people.csv", "Name,x\nAna,1\n");
  g_autofree char *unknown = fixture_write (fixture, "some.csv", "a,b\n1,2\n");

  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--map=y=city", path, NULL),
                   ==,
                   66);
  fixture_assert_contains (fixture->err, "“y”");
  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--map=x=cty", path, NULL),
                   ==,
                   66);
  fixture_assert_contains (fixture->err, "cty");
  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--map=x", path, NULL),
                   ==,
                   65);
  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--key=shoe", path, NULL),
                   !=,
                   0);
  g_assert_cmpint (fixture_run (fixture, "import", "--type=contact", "--role=friend", path, NULL),
                   !=,
                   0);
  g_assert_cmpint (fixture_run (fixture, "import", "--encoding=EBCDIC-42", path, NULL), ==, 65);
  g_assert_cmpint (fixture_run (fixture, "import", unknown, NULL), ==, 65);
  fixture_assert_contains (fixture->err, "--type");
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
}

/* Ctrl+C takes back what was imported by then. */
static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,Company,City\n");
  g_autofree char *path = NULL;
  g_autoptr(GSubprocess) process = NULL;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "Person %u,Company %u,Berlin\n", i, i / 5);
  path = fixture_write (fixture, "people.csv", text->str);
  process = fixture_spawn (fixture,
                           G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           "import",
                           "--type=contact",
                           path,
                           NULL);
  g_usleep (G_USEC_PER_SEC / 2);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "0\n");
  fixture_ask (fixture, "check", NULL);
}

/* --- Export ----------------------------------------------------------------------------------- */

static void
fill (Fixture *fixture)
{
  g_autofree char *path = fixture_write (fixture,
                                         "people.csv",
                                         "Name,Company,City,Tags,Notes\n"
                                         "Ana,Acme,Berlin,VIP,=1+1\n"
                                         "Bert,Acme,Bremen,,\n");

  fixture_ask (fixture, "import", "--type=contact", path, NULL);
}

static void
test_export_csv (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "out.csv");
  g_autofree char *all = NULL;

  fill (fixture);
  g_assert_cmpstr (fixture_ask (fixture,
                                "export",
                                "contact",
                                "--columns=name,account,city,tags,notes",
                                "-",
                                NULL),
                   ==,
                   "\"name\",\"account\",\"city\",\"tags\",\"notes\"\r\n"
                   "\"Ana\",\"Acme\",\"Berlin\",\"VIP\",\"'=1+1\"\r\n"
                   "\"Bert\",\"Acme\",\"Bremen\",,\r\n");
  g_assert_cmpstr (fixture_ask (fixture,
                                "export",
                                "contact",
                                "--where",
                                "city=Bremen",
                                "--columns=name",
                                "--format=csv",
                                "-",
                                NULL),
                   ==,
                   "\"name\"\r\n\"Bert\"\r\n");
  /* all columns, and back over itself: nothing changes */
  fixture_ask (fixture, "export", "contact", path, NULL);
  all = read_file (path);
  g_assert_true (g_str_has_prefix (all, "\"id\",\"name\","));
  fixture_assert_contains (fixture_ask (fixture,
                                        "import",
                                        "--type=contact",
                                        "--update=overwrite",
                                        "--key=id",
                                        path,
                                        NULL),
                           "created 0, updated 0, known 2, left out 0");
  /* changed in a spreadsheet, the record is found by its id */
  {
    g_autoptr(GRegex) name = g_regex_new ("\"Bert\"", 0, 0, NULL);
    g_autofree char *changed = g_regex_replace_literal (name, all, -1, 0, "\"Berthold\"", 0, NULL);
    g_autofree char *other = fixture_write (fixture, "changed.csv", changed);

    fixture_assert_contains (fixture_ask (fixture,
                                          "import",
                                          "--type=contact",
                                          "--update=overwrite",
                                          "--key=id",
                                          other,
                                          NULL),
                             "created 0, updated 1, known 1, left out 0");
  }
  assert_sql (fixture, "SELECT name FROM v_contact ORDER BY name", "Ana\r\nBerthold\r\n");
}

static void
test_export_json (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "all.jsonl");
  g_autofree char *other = kontor_test_dir_path (&fixture->dir, "other.kontor");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  const char *out;

  fill (fixture);
  fixture_ask (fixture, "delete", "contact", "Bert", NULL);
  out = fixture_ask (fixture, "export", "contact", "--format=json", "-", NULL);
  g_assert_true (g_str_has_prefix (out, "{\"type\":\"contact\",\"id\":\""));
  g_assert_null (strstr (out, "Bert"));
  fixture_assert_contains (fixture_ask (fixture,
                                        "export",
                                        "contact",
                                        "--trashed",
                                        "--format=json",
                                        "-",
                                        NULL),
                           "\"trashed\":true");

  fixture_ask (fixture, "export", "all", "--trashed", path, NULL);
  fixture_ask (fixture, "init", "-w", other, NULL);
  fixture_assert_contains (fixture_ask (fixture, "import", "-w", other, path, NULL), "left out 0");
  first =
    g_strdup (fixture_ask (fixture, "export", "contact", "--trashed", "--format=json", "-", NULL));
  second = g_strdup (fixture_ask (fixture,
                                  "export",
                                  "-w",
                                  other,
                                  "contact",
                                  "--trashed",
                                  "--format=json",
                                  "-",
                                  NULL));
  g_assert_cmpstr (second, ==, first);
  fixture_ask (fixture, "check", "-w", other, NULL);
}

static void
test_export_wrong (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = kontor_test_dir_path (&fixture->dir, "no/such/out.csv");

  fill (fixture);
  g_assert_cmpint (fixture_run (fixture, "export", "contact", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "export", "kontact", "-", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "export", "all", "--format=csv", "-", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "export", "contact", "--format=xml", "-", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture,
                                "export",
                                "contact",
                                "--format=json",
                                "--columns=name",
                                "-",
                                NULL),
                   ==,
                   2);
  g_assert_cmpint (fixture_run (fixture, "export", "contact", "--columns=shoe", "-", NULL), ==, 66);
  g_assert_cmpint (fixture_run (fixture, "export", "contact", "--where=shoe=1", "-", NULL), !=, 0);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_cmpint (fixture_run (fixture, "export", "contact", nowhere, NULL), ==, 66);
  /* a slip of the hand does not replace the workspace */
  g_assert_cmpint (fixture_run (fixture, "export", "contact", fixture->workspace, NULL), ==, 79);
  fixture_assert_contains (fixture->err, "w.kontor");
  g_assert_cmpint (fixture_run (fixture,
                                "demo",
                                "--csv",
                                fixture->workspace,
                                "--contacts",
                                "1",
                                NULL),
                   ==,
                   79);
  fixture_ask (fixture, "check", NULL);
}

#define ADD(path, function) \
  g_test_add ("/exchange/" path, Fixture, NULL, fixture_set_up_init, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("import", test_import);
  ADD ("links-found", test_links_found);
  ADD ("pipe", test_pipe);
  ADD ("hints", test_hints);
  ADD ("mapping", test_mapping);
  ADD ("dates", test_dates);
  ADD ("owner", test_owner);
  ADD ("update", test_update);
  ADD ("dry-run", test_dry_run);
  ADD ("errors", test_errors);
  ADD ("errors-place", test_errors_place);
  ADD ("bad-files", test_bad_files);
  ADD ("bad-options", test_bad_options);
  ADD ("interrupt", test_interrupt);
  ADD ("export-csv", test_export_csv);
  ADD ("export-json", test_export_json);
  ADD ("export-wrong", test_export_wrong);
  return g_test_run ();
}
