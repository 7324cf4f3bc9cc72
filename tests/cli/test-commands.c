/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl as a command: help, usage, sql, schema, backup, check, demo, pipes, signals, and files
 * that are no workspace. */
#include "config.h"

#include "cli-fixture.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char *const verbs[] = { "init", "import", "export",  "list",   "show",    "add",
                                     "set",  "delete", "restore", "search", "history", "undo",
                                     "redo", "sql",    "schema",  "backup", "check",   "demo" };

/* --- Help and usage --------------------------------------------------------------------------- */

static void
test_help (Fixture *fixture, gconstpointer data)
{
  g_autofree char *help = g_strdup (fixture_ask (fixture, "help", NULL));

  g_assert_cmpstr (fixture_ask (fixture, "--help", NULL), ==, help);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *usage = g_strconcat ("kontorctl ", verbs[i], NULL);
      g_autofree char *own = NULL;

      fixture_assert_contains (help, verbs[i]);
      own = g_strdup (fixture_ask (fixture, verbs[i], "--help", NULL));
      fixture_assert_contains (own, usage);
      g_assert_cmpstr (fixture_ask (fixture, "help", verbs[i], NULL), ==, own);
    }
  fixture_assert_contains (fixture_ask (fixture, "--version", NULL), KONTOR_VERSION);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_run (fixture, NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "lsit", NULL), ==, 2);
  fixture_assert_contains (fixture->err, "“list”");
  g_assert_cmpint (fixture_run (fixture, "xyzzy", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "help", "xyzzy", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--format=xml", NULL), ==, 2);
  fixture_assert_contains (fixture->err, "kontorctl: ");
  fixture_assert_contains (fixture->err, "--help");
  g_assert_cmpstr (fixture->out, ==, "");
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "--dry-run --errors …": what a text names, each once, sorted. */
static char *
collect_options (const char *text)
{
  g_autoptr(GRegex) option = g_regex_new ("--[a-z]+(-[a-z]+)*", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GString *out = g_string_new (NULL);

  g_regex_match (option, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 0);

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_sort (names, compare_texts_cb);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (out, "%s ", (const char *) g_ptr_array_index (names, i));
  return g_string_free (out, FALSE);
}

/* What bash offers behind "kontorctl VERB WORD". */
static char *
complete (const char *path, const char *verb, const char *word)
{
  g_autofree char *script =
    g_strdup_printf ("source '%s'; COMP_WORDS=(kontorctl '%s' '%s'); COMP_CWORD=2; _kontorctl; "
                     "printf '%%s\\n' \"${COMPREPLY[@]}\"",
                     path,
                     verb,
                     word);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) bash = NULL;
  char *out = NULL;

  bash = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "bash", "-c", script, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (bash, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  return out;
}

static char *
find_document (const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", name, NULL);
}

/* The completion offers the options of each verb, all of them and no others. */
static void
test_completion (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_document ("completions/kontorctl");
  g_autofree char *bash = g_find_program_in_path ("bash");
  g_autofree char *types = NULL;
  g_autofree char *schema = NULL;
  g_autofree char *folder = NULL;

  if (bash == NULL)
    {
      g_test_skip ("there is no bash");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *offered = complete (path, verbs[i], "--");
      g_autofree char *found = collect_options (offered);
      g_autofree char *expected = collect_options (fixture_ask (fixture, verbs[i], "--help", NULL));

      g_test_message ("%s", verbs[i]);
      g_assert_cmpstr (found, ==, expected);
    }
  types = complete (path, "list", "account_");
  g_assert_cmpstr (types, ==, "account_contact\n");
  schema = g_strdup (fixture_ask (fixture, "schema", NULL));
  folder = complete (path, "show", "");
  for (char *at = strstr (schema, "\n## "); at != NULL; at = strstr (at + 1, "\n## "))
    {
      g_autofree char *type = g_strndup (at + 4, strcspn (at + 4, "\n"));

      fixture_assert_contains (folder, type);
    }
}

/* The man page has a paragraph for each verb that names the verb's options. */
static void
test_man_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_document ("kontorctl.1");
  g_autofree char *man = NULL;
  g_autoptr(GError) error = NULL;
  const char *at;

  g_file_get_contents (path, &man, NULL, &error);
  g_assert_no_error (error);
  at = strstr (man, "\n.SH VERBS");
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *heading = g_strconcat ("\n.B ", verbs[i], NULL);
      g_autofree char *next =
        i + 1 < G_N_ELEMENTS (verbs) ? g_strconcat ("\n.B ", verbs[i + 1], NULL) : NULL;
      g_autofree char *expected = collect_options (fixture_ask (fixture, verbs[i], "--help", NULL));
      g_auto(GStrv) options = g_strsplit (expected, " ", -1);
      g_autofree char *paragraph = NULL;
      const char *begin = strstr (at, heading);
      const char *end =
        begin != NULL && next != NULL ? strstr (begin, next) : strstr (at, "\n.SH F");

      g_test_message ("%s", verbs[i]);
      g_assert_nonnull (begin);
      g_assert_nonnull (end);
      paragraph = g_strndup (begin, (gsize) (end - begin));
      for (char **option = options; *option != NULL && **option != '\0'; option++)
        {
          g_auto(GStrv) parts = g_strsplit (*option, "-", -1);
          g_autofree char *escaped = g_strjoinv ("\\-", parts);

          /* those that many verbs have are explained once */
          if (g_str_equal (*option, "--workspace") || g_str_equal (*option, "--help"))
            continue;
          fixture_assert_contains (g_str_equal (*option, "--format") ? man : paragraph, escaped);
        }
      at = begin;
    }
}

/* --- sql, schema, backup, check --------------------------------------------------------------- */

static void
test_sql (Fixture *fixture, gconstpointer data)
{
  const char *out;

  fixture_ask (fixture, "add", "account", "name=Alfreds", "employees=12", NULL);
  out = fixture_ask (fixture, "sql", "SELECT name, employees FROM account", "-f", "json", NULL);
  g_assert_cmpstr (out, ==, "{\"name\":\"Alfreds\",\"employees\":12}\n");
  out = fixture_ask (fixture,
                     "sql",
                     "SELECT 1 AS a, NULL AS b, 'x\"y' AS c, 1.5 AS d",
                     "-f",
                     "json",
                     NULL);
  g_assert_cmpstr (out, ==, "{\"a\":1,\"c\":\"x\\\"y\",\"d\":1.5}\n");
  out = fixture_ask (fixture, "sql", "SELECT 1 AS a, 'b,c' AS b", "--format=csv", NULL);
  g_assert_cmpstr (out, ==, "a,b\r\n1,\"b,c\"\r\n");
  fixture_run_input (fixture, "SELECT 'from ' || 'input' AS a", "sql", "-", NULL);
  fixture_assert_status (fixture, 0);
  fixture_assert_contains (fixture->out, "from input");
  g_assert_cmpint (fixture_run (fixture, "sql", "DELETE FROM account", NULL), >, 0);
  g_assert_cmpint (fixture_run (fixture, "sql", "PRAGMA user_version = 99", NULL), >, 0);
  g_assert_cmpint (fixture_run (fixture, "sql", "ATTACH 'other.db' AS o", NULL), >, 0);
  g_assert_cmpint (fixture_run (fixture, "sql", "SELEC 1", NULL), >, 0);
  fixture_assert_contains (fixture->err, "SELEC");
  g_assert_cmpint (fixture_run_input (fixture, "\xff\xfe", "sql", "-", NULL), ==, 2);
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "1\n");
}

static void
test_schema (Fixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = NULL;

  markdown = g_strdup (fixture_ask (fixture, "schema", "--format=markdown", NULL));
  fixture_assert_contains (markdown, "contact");
  fixture_assert_contains (markdown, "birth_date");
  g_assert_cmpstr (fixture_ask (fixture, "schema", NULL), ==, markdown);
  fixture_assert_contains (fixture_ask (fixture, "schema", "-f", "json", NULL), "\"birth_date\"");
  g_assert_cmpint (fixture_run (fixture, "schema", "-f", "csv", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "schema", "contact", NULL), ==, 2);
  /* needs no workspace */
  g_assert_false (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = kontor_test_dir_path (&fixture->dir, "copy.kontor");
  g_autofree char *nowhere = kontor_test_dir_path (&fixture->dir, "no/such/copy.kontor");
  const char *out;

  fixture_ask (fixture, "add", "account", "name=Kept", NULL);
  fixture_ask (fixture, "backup", copy, NULL);
  fixture_ask (fixture, "delete", "account", "Kept", NULL);
  out = fixture_ask (fixture, "list", "account", "--workspace", copy, "-c", "name", NULL);
  fixture_assert_contains (out, "Kept");
  fixture_ask (fixture, "check", "-w", copy, NULL);
  g_assert_cmpint (fixture_run (fixture, "backup", copy, NULL), >, 2);
  fixture_assert_contains (fixture->err, "copy.kontor");
  out = fixture_ask (fixture, "list", "account", "--workspace", copy, "--count", NULL);
  g_assert_cmpstr (out, ==, "1\n");
  fixture_ask (fixture, "backup", "--force", copy, NULL);
  out = fixture_ask (fixture, "list", "account", "--workspace", copy, "--count", NULL);
  g_assert_cmpstr (out, ==, "0\n");
  g_assert_cmpint (fixture_run (fixture, "backup", nowhere, NULL), >, 2);
  g_assert_cmpint (fixture_run (fixture, "backup", NULL), ==, 2);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  fixture_ask (fixture, "add", "account", "name=A", NULL);
  fixture_ask (fixture, "check", NULL);
  fixture_ask (fixture, "check", "--repair", NULL);
  g_assert_cmpint (fixture_run (fixture, "check", "more", NULL), ==, 2);
}

/* --- Files that are no workspace ---------------------------------------------------------------
 */

static void
test_wrong_file (Fixture *fixture, gconstpointer data)
{
  static const char *const ways[][4] = {
    { "list", "contact", NULL },
    { "show", "contact", "A", NULL },
    { "add", "contact", "name=A", NULL },
    { "search", "a", NULL },
    { "history", NULL },
    { "undo", NULL },
    { "sql", "SELECT 1", NULL },
    { "check", NULL },
  };
  g_autofree char *text = fixture_write (fixture, "w.kontor", "This is a letter, not a workspace.");

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *after = NULL;

      fixture_run (fixture, ways[i][0], ways[i][1], ways[i][1] != NULL ? ways[i][2] : NULL, NULL);
      g_assert_cmpint (fixture->status, >, 2);
      fixture_assert_contains (fixture->err, "w.kontor");
      g_assert_cmpstr (fixture->out, ==, "");
      g_assert_true (g_file_get_contents (text, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, "This is a letter, not a workspace.");
    }
  g_assert_cmpint (fixture_run (fixture, "init", NULL), >, 2);
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_run (fixture, "list", "contact", NULL), >, 2);
  fixture_assert_contains (fixture->err, "w.kontor");
  fixture_assert_contains (fixture->err, "init");
  g_assert_false (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  fixture_ask (fixture, "add", "account", "name=Kept", NULL);
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everything");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->workspace, 0400), ==, 0);
  g_assert_cmpint (g_chmod (fixture->dir.dir, 0500), ==, 0);
  fixture_assert_contains (fixture_ask (fixture, "list", "account", "-c", "name", NULL), "Kept");
  g_assert_cmpint (fixture_run (fixture, "add", "account", "name=New", NULL), >, 2);
  fixture_assert_contains (fixture->err, "kontorctl: ");
  g_assert_cmpint (g_chmod (fixture->dir.dir, 0700), ==, 0);
}

/* --- demo ------------------------------------------------------------------------------------- */

static void
test_demo (Fixture *fixture, gconstpointer data)
{
  const char *out;

  fixture_ask (fixture, "demo", "--contacts", "60", "--accounts", "20", "--language", "en", NULL);
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "20\n");
  out = fixture_ask (fixture, "list", "contact", "--limit", "5", NULL);
  g_assert_cmpuint (g_utf8_strlen (out, -1), >, 200);
  fixture_ask (fixture, "check", NULL);
  /* it fills a new file, never one that is there */
  g_assert_cmpint (fixture_run (fixture, "demo", NULL), >, 2);
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "20\n");
  g_assert_cmpint (fixture_run (fixture, "demo", "--contacts", "0", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "demo", "--language", "tlh", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "demo", "--contacts", "many", NULL), ==, 2);
}

static void
test_demo_csv (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "people.csv");
  g_autofree char *text = NULL;
  const char *out;

  fixture_ask (fixture, "demo", "--csv", path, "--contacts", "50", "--language", "ru", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  out = fixture_ask (fixture, "demo", "--csv", "-", "--contacts", "50", "--language", "ru", NULL);
  g_assert_cmpstr (out, ==, text);
  g_assert_false (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));
}

/* --- Pipes and signals --------------------------------------------------------------------------
 */

static void
test_closed_pipe (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GSubprocess) process = NULL;
  char err[1024] = { 0 };
  gsize length;
  g_autoptr(GError) error = NULL;
  char byte;

  process = fixture_spawn (fixture,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                           "demo",
                           "--csv",
                           "-",
                           "--contacts",
                           "200000",
                           NULL);
  g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL, &error);
  g_assert_no_error (error);
  g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stderr_pipe (process),
                           err,
                           sizeof err - 1,
                           &length,
                           NULL,
                           &error);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_assert_cmpstr (err, ==, "");
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = NULL;
  int status = 0;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full here");
      return;
    }
  command =
    g_strdup_printf ("sh -c '\"%s\" schema >/dev/full 2>/dev/null'", g_getenv ("KONTORCTL"));
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), >, 2);
}

static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *err = NULL;
  g_autoptr(GError) error = NULL;

  process = fixture_spawn (fixture,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                           "demo",
                           "--contacts",
                           "200000",
                           "--accounts",
                           "40000",
                           NULL);
  for (guint i = 0; i < 500 && !g_file_test (fixture->workspace, G_FILE_TEST_EXISTS); i++)
    g_usleep (10000);
  g_usleep (200000);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  fixture_assert_contains (err, "Interrupted");
  g_assert_false (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));
}

#define ADD_EMPTY(path, function) \
  g_test_add ("/cli/commands/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
#define ADD(path, function)          \
  g_test_add ("/cli/commands/" path, \
              Fixture,               \
              NULL,                  \
              fixture_set_up_init,   \
              function,              \
              fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD_EMPTY ("help", test_help);
  ADD_EMPTY ("usage", test_usage);
  ADD_EMPTY ("completion", test_completion);
  ADD_EMPTY ("man-page", test_man_page);
  ADD ("sql", test_sql);
  ADD_EMPTY ("schema", test_schema);
  ADD ("backup", test_backup);
  ADD ("check", test_check);
  ADD_EMPTY ("wrong-file", test_wrong_file);
  ADD_EMPTY ("missing-file", test_missing_file);
  ADD ("read-only", test_read_only);
  ADD_EMPTY ("demo", test_demo);
  ADD_EMPTY ("demo-csv", test_demo_csv);
  ADD_EMPTY ("closed-pipe", test_closed_pipe);
  ADD_EMPTY ("full-disk", test_full_disk);
  ADD_EMPTY ("interrupt", test_interrupt);
  return g_test_run ();
}
