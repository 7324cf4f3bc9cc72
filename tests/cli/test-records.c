/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl on records: init, add, set, show, list, delete, restore, search, history, undo, redo.
 */
#include "config.h"

#include "cli-fixture.h"
#include <string.h>

static char *
add_contact (Fixture *fixture)
{
  const char *out = fixture_ask (fixture,
                                 "add",
                                 "contact",
                                 "first_name=Ana",
                                 "last_name=Trujillo",
                                 "phone=(5) 555-4729",
                                 "mail=ana@example.com",
                                 "street=Avda. de la Constitución 2222",
                                 "city=México D.F.",
                                 "country=Mexico",
                                 "account=Emparedados Trujillo",
                                 "position=Owner",
                                 "tags=VIP;Food",
                                 NULL);

  return g_strndup (out, strcspn (out, "\n"));
}

static void
test_init (Fixture *fixture, gconstpointer data)
{
  fixture_assert_contains (fixture_ask (fixture, "init", "--name", "Ours", NULL), "w.kontor");
  g_assert_true (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));
  /* a second time would destroy the first */
  g_assert_cmpint (fixture_run (fixture, "init", NULL), >, 2);
  fixture_assert_contains (fixture->err, "kontorctl: ");
  fixture_assert_contains (fixture_ask (fixture, "check", NULL), "order");
}

static void
test_init_wrong (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_run (fixture, "init", "--country", "Atlantis", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "init", "--currency", "GOLD", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "init", "more", NULL), ==, 2);
  g_assert_false (g_file_test (fixture->workspace, G_FILE_TEST_EXISTS));
}

static void
test_add_show (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_contact (fixture);
  const char *out;

  g_assert_cmpuint (strlen (id), ==, 36);
  out = fixture_ask (fixture, "show", "contact", id, NULL);
  fixture_assert_contains (out, "Ana Trujillo");
  fixture_assert_contains (out, "(5) 555-4729");
  fixture_assert_contains (out, "México D.F.");
  fixture_assert_contains (out, "Emparedados Trujillo");
  fixture_assert_contains (out, "VIP");
  out = fixture_ask (fixture, "show", "contact", "Ana Trujillo", "--format", "json", NULL);
  fixture_assert_contains (out, "\"first_name\":\"Ana\"");
  fixture_assert_contains (out, "\"contact_point\":[");
  fixture_assert_contains (out, "\"city\":\"México D.F.\"");
  fixture_assert_contains (out, "\"country\":\"MX\"");
  g_assert_null (strstr (out, "null"));
  /* one object, one line */
  g_assert_cmpuint (strcspn (out, "\n"), ==, strlen (out) - 1);
  out = fixture_ask (fixture, "show", "account", "Emparedados Trujillo", NULL);
  fixture_assert_contains (out, "Emparedados Trujillo");
}

static void
test_add_wrong (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_run (fixture, "add", "contact", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "add", "kontact", "name=A", NULL), ==, 2);
  fixture_assert_contains (fixture->err, "contact");
  g_assert_cmpint (fixture_run (fixture, "add", "contact", "name", NULL), >, 0);
  fixture_assert_contains (fixture->err, "name");
  g_assert_cmpint (fixture_run (fixture, "add", "contact", "nome=A", NULL), >, 0);
  fixture_assert_contains (fixture->err, "name");
  g_assert_cmpint (fixture_run (fixture, "add", "contact", "name=A", "birth_date=31.02.2000", NULL),
                   >,
                   0);
  fixture_assert_contains (fixture->err, "31.02.2000");
  g_assert_cmpint (fixture_run (fixture, "add", "contact", "name=A", "owner=Nobody", NULL), >, 0);
  fixture_assert_contains (fixture->err, "Nobody");
  g_assert_cmpint (fixture_run (fixture, "add", "contact", "name=A", "position=Boss", NULL), >, 0);
  g_assert_cmpint (fixture_run (fixture, "add", "contact", "name=A", "created_at=2020-01-01", NULL),
                   >,
                   0);
  g_assert_cmpint (fixture_run (fixture, "add", "account", "kind=unheard", "name=A", NULL), >, 0);
  /* none of it left anything */
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
  g_assert_cmpstr (fixture_ask (fixture, "list", "account", "--count", NULL), ==, "0\n");
}

static void
test_set (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_contact (fixture);
  const char *out;

  fixture_ask (fixture,
               "set",
               "contact",
               "Ana Trujillo",
               "phone=030 1234567",
               "city=Berlin",
               "country=DE",
               "tags-=Food",
               "tags+=New",
               "position=",
               "mobile=0170 1234567",
               NULL);
  out = fixture_ask (fixture,
                     "list",
                     "contact",
                     "--columns",
                     "name,main_phone,city,tags,position",
                     "-f",
                     "csv",
                     NULL);
  fixture_assert_contains (out, "name,main_phone,city,tags,position\r\n");
  fixture_assert_contains (out, "Ana Trujillo,030 1234567,Berlin,");
  fixture_assert_contains (out, "VIP");
  fixture_assert_contains (out, "New");
  g_assert_null (strstr (out, "Food"));
  g_assert_null (strstr (out, "Owner"));
  /* still one phone, one address */
  out = fixture_ask (fixture, "list", "contact_point", "--where", "kind=phone", "--count", NULL);
  g_assert_cmpstr (out, ==, "1\n");
  g_assert_cmpstr (fixture_ask (fixture, "list", "address", "--count", NULL), ==, "1\n");
  fixture_ask (fixture, "set", "contact", id, "phone=", "tags=", NULL);
  out = fixture_ask (fixture, "list", "contact_point", "--where", "kind=phone", "--count", NULL);
  g_assert_cmpstr (out, ==, "0\n");
  g_assert_cmpint (fixture_run (fixture, "set", "contact", "Nobody", "name=A", NULL), >, 2);
  fixture_assert_contains (fixture->err, "Nobody");
}

static void
test_ambiguous (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  const char *out;

  out = fixture_ask (fixture, "add", "account", "name=Twice", NULL);
  first = g_strndup (out, 36);
  fixture_ask (fixture, "add", "account", "name=Twice", NULL);
  g_assert_cmpint (fixture_run (fixture, "set", "account", "Twice", "notes=A", NULL), >, 2);
  fixture_assert_contains (fixture->err, first);
  fixture_ask (fixture, "set", "account", first, "notes=A", NULL);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  const char *out;

  fixture_ask (fixture, "add", "account", "name=Alfreds", "city=Berlin", "employees=12", NULL);
  fixture_ask (fixture, "add", "account", "name=Ångström", "city=Stockholm", NULL);
  fixture_ask (fixture, "add", "account", "name==2+3", "city=Berlin", NULL);
  out = fixture_ask (fixture,
                     "list",
                     "account",
                     "--where",
                     "city=berlin",
                     "--sort",
                     "name desc",
                     "-c",
                     "name",
                     NULL);
  fixture_assert_contains (out, "Alfreds\n=2+3\n");
  out = fixture_ask (fixture,
                     "list",
                     "account",
                     "--sort",
                     "name",
                     "--columns",
                     "name",
                     "-f",
                     "json",
                     "-l",
                     "2",
                     NULL);
  g_assert_cmpstr (out, ==, "{\"name\":\"=2+3\"}\n{\"name\":\"Alfreds\"}\n");
  /* a spreadsheet must not compute it */
  out = fixture_ask (fixture,
                     "list",
                     "account",
                     "--where",
                     "city=Berlin",
                     "-c",
                     "name",
                     "-f",
                     "csv",
                     NULL);
  fixture_assert_contains (out, "'=2+3");
  out = fixture_ask (fixture, "list", "accounts", "--format=json", NULL);
  fixture_assert_contains (out, "\"employees\":12");
  fixture_assert_contains (out, "\"id\":\"");
  g_assert_null (strstr (out, "null"));
  out = fixture_ask (fixture, "list", "account", "--search", "angstrom", "--count", NULL);
  g_assert_cmpstr (out, ==, "1\n");
}

/* Columns line up by what is seen, not by bytes. */
static void
test_table (Fixture *fixture, gconstpointer data)
{
  g_auto(GStrv) lines = NULL;
  const char *out;

  fixture_ask (fixture, "add", "account", "name=Ångström", "legal_form=AB", NULL);
  fixture_ask (fixture, "add", "account", "name=Бюро", "legal_form=ООО", NULL);
  fixture_ask (fixture, "add", "account", "name=Long name", "legal_form=X", NULL);
  out = fixture_ask (fixture, "list", "account", "-c", "name,legal_form", "--sort", "name", NULL);
  lines = g_strsplit (out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  for (guint i = 0; i < 5; i++)
    {
      const char *last = strrchr (lines[i], ' ');

      if (i == 0)
        continue;
      g_assert_nonnull (last);
      g_assert_cmpint (g_utf8_pointer_to_offset (lines[i], last), ==, 10);
    }
  /* a note of several lines stays in its row */
  fixture_ask (fixture, "set", "account", "Long name", "notes=One\nTwo", NULL);
  out = fixture_ask (fixture, "list", "account", "-c", "notes", "--where", "legal_form=X", NULL);
  fixture_assert_contains (out, "One Two\n");
}

static void
test_list_wrong (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_run (fixture, "list", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "more", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--format", "xml", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--limit", "-1", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--unheard", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--where", "city=", NULL), >, 0);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--where", "(city=A", NULL), >, 0);
  fixture_assert_contains (fixture->err, "kontorctl: ");
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--where", "town=A", NULL), >, 0);
  fixture_assert_contains (fixture->err, "town");
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--sort", "nmae", NULL), >, 0);
  fixture_assert_contains (fixture->err, "name");
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--sort", "name up", NULL), >, 0);
  g_assert_cmpint (fixture_run (fixture, "list", "contact", "--columns", ",", NULL), >, 0);
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_contact (fixture);

  fixture_ask (fixture, "delete", "contact", "Ana Trujillo", NULL);
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "0\n");
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--trashed", "--count", NULL),
                   ==,
                   "1\n");
  g_assert_cmpint (fixture_run (fixture, "delete", "contact", id, NULL), >, 2);
  g_assert_cmpint (fixture_run (fixture, "set", "contact", id, "nickname=A", NULL), >, 2);
  fixture_ask (fixture, "restore", "contact", "Ana Trujillo", NULL);
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "1\n");
  g_assert_cmpint (fixture_run (fixture, "restore", "contact", id, NULL), >, 2);
  /* one of several is missing: nothing is done */
  g_assert_cmpint (fixture_run (fixture, "delete", "contact", id, "Nobody", NULL), >, 2);
  g_assert_cmpstr (fixture_ask (fixture, "list", "contact", "--count", NULL), ==, "1\n");
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_contact (fixture);
  const char *out;

  out = fixture_ask (fixture, "search", "truj", "--type", "contact", NULL);
  fixture_assert_contains (out, "Ana Trujillo");
  fixture_assert_contains (out, id);
  out = fixture_ask (fixture, "search", "5554729", "-f", "json", NULL);
  fixture_assert_contains (out, "\"type\":\"contact\"");
  fixture_run (fixture, "search", "Trujilo", NULL);
  fixture_assert_status (fixture, 0);
  fixture_assert_contains (fixture->out, "Ana Trujillo");
  g_assert_cmpstr (fixture_ask (fixture, "search", "xyzzyx", NULL), ==, "");
  g_assert_cmpint (fixture_run (fixture, "search", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "search", "a", "--limit", "0", NULL), ==, 2);
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_contact (fixture);
  const char *out;

  fixture_ask (fixture, "set", "contact", id, "nickname=Anita", NULL);
  fixture_ask (fixture, "set", "contact", id, "nickname=Ani", "notes=Hello", NULL);
  out = fixture_ask (fixture, "history", NULL);
  fixture_assert_contains (out, "Ana Trujillo");
  out = fixture_ask (fixture, "history", "contact", id, "--field", "nickname", NULL);
  fixture_assert_contains (out, "Anita → Ani");
  out = fixture_ask (fixture, "history", "contact", id, "--field", "notes", "-f", "json", NULL);
  fixture_assert_contains (out, "\"field\":\"notes\",\"now\":\"Hello\"");
  g_assert_null (strstr (out, "Anita"));
  g_assert_cmpint (fixture_run (fixture, "history", "contact", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "history", "--field", "name", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "history", "--limit", "0", NULL), ==, 2);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_contact (fixture);
  g_autofree char *step = NULL;
  const char *out;

  fixture_ask (fixture, "set", "contact", id, "nickname=Anita", NULL);
  out = fixture_ask (fixture, "history", "--limit", "1", "-f", "json", NULL);
  step = g_strndup (strstr (out, "\"step\":\"") + 8, 36);
  /* changed since: the named step can't be taken back whole */
  fixture_ask (fixture, "set", "contact", id, "nickname=Nita", NULL);
  g_assert_cmpint (fixture_run (fixture, "undo", step, NULL), ==, 1);
  fixture_assert_contains (fixture->err, "Ana Trujillo");
  fixture_assert_contains (fixture_ask (fixture, "show", "contact", id, NULL), "Nita");
  fixture_ask (fixture, "set", "contact", id, "notes=Hello", NULL);
  fixture_ask (fixture, "undo", NULL);
  out = fixture_ask (fixture, "show", "contact", id, NULL);
  g_assert_null (strstr (out, "Hello"));
  fixture_ask (fixture, "redo", NULL);
  fixture_assert_contains (fixture_ask (fixture, "show", "contact", id, NULL), "Hello");
  g_assert_cmpint (fixture_run (fixture, "undo", "yesterday", NULL), ==, 2);
  g_assert_cmpint (fixture_run (fixture, "undo", "00000000-0000-7000-8000-000000000000", NULL),
                   >,
                   2);
}

static void
test_undo_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_run (fixture, "undo", NULL), ==, 1);
  fixture_assert_contains (fixture->err, "nothing");
  g_assert_cmpint (fixture_run (fixture, "redo", NULL), ==, 1);
}

#define ADD(path, function) \
  g_test_add ("/cli/records/" path, Fixture, NULL, fixture_set_up_init, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add ("/cli/records/init", Fixture, NULL, fixture_set_up, test_init, fixture_tear_down);
  g_test_add ("/cli/records/init-wrong",
              Fixture,
              NULL,
              fixture_set_up,
              test_init_wrong,
              fixture_tear_down);
  ADD ("add-show", test_add_show);
  ADD ("add-wrong", test_add_wrong);
  ADD ("set", test_set);
  ADD ("ambiguous", test_ambiguous);
  ADD ("list", test_list);
  ADD ("table", test_table);
  ADD ("list-wrong", test_list_wrong);
  ADD ("trash", test_trash);
  ADD ("search", test_search);
  ADD ("history", test_history);
  ADD ("undo", test_undo);
  ADD ("undo-nothing", test_undo_nothing);
  return g_test_run ();
}
