/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone book: which numbers have a name, under which, with which marks, live, after undo and
 * after a rebuild; the search of numbers by the words of whose they are and by their own digits;
 * the list that follows. */
#include "config.h"

#include "list-fixture.h"
#include <sqlite3.h>

#define BOOK "contact_point where party_name is not empty sort party_name"

typedef struct
{
  KontorId anna, bert, nordwind;
  KontorId anna_mobile, anna_phone;
} People;

static KontorId
add_point (Fixture *fixture,
           const KontorRecordType *type,
           const KontorId *party,
           const char *kind,
           const char *value)
{
  return fixture_commit_new (fixture, fixture_new_point (type, party, kind, value));
}

static void
set_integer (Fixture *fixture, const KontorId *id, KontorFieldId field, gint64 value)
{
  KontorStep *step = kontor_step_new ("Set");

  kontor_step_set_integer (step, id, field, value);
  kontor_commit_free (fixture_commit (fixture, step));
}

static People
add_people (Fixture *fixture)
{
  People people;

  people.nordwind = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  people.anna = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  people.bert = fixture_commit_new (fixture, fixture_new_contact ("Zoe Bert"));
  people.anna_mobile =
    add_point (fixture, &kontor_contact_type, &people.anna, "mobile", "+49 171 1234567");
  people.anna_phone =
    add_point (fixture, &kontor_contact_type, &people.anna, "phone", "030 7654321");
  add_point (fixture, &kontor_contact_type, &people.anna, "fax", "+49 30 99");
  add_point (fixture, &kontor_contact_type, &people.anna, "mail", "anna@example.org");
  add_point (fixture, &kontor_contact_type, &people.bert, "mobile", "+49 172 5550000");
  add_point (fixture, &kontor_account_type, &people.nordwind, "phone", "+49 30 4440");
  return people;
}

/* "Anna Berg +49 30 99 @Nordwind !; …" */
static char *
dup_book (Fixture *fixture, const char *text)
{
  g_autoptr(GError) error = NULL;
  KontorQuery *query = fixture_parse_query (fixture, text);
  g_autoptr(GArray) rids = kontor_workspace_query (fixture->workspace, query, 0, NULL, &error);
  g_autoptr(GPtrArray) points = NULL;
  GString *book = g_string_new (NULL);

  g_assert_no_error (error);
  points = kontor_workspace_fetch (fixture->workspace,
                                   &kontor_contact_point_type,
                                   (const gint64 *) (gpointer) rids->data,
                                   rids->len,
                                   KONTOR_READ_LINK_TITLES,
                                   &error);
  g_assert_no_error (error);
  for (guint i = 0; i < points->len; i++)
    {
      KontorRecord *point = g_ptr_array_index (points, i);
      const char *organisation = kontor_record_get_text (point, KONTOR_CONTACT_POINT_ORGANISATION);

      g_string_append_printf (book,
                              "%s%s %s%s%s%s",
                              i > 0 ? "; " : "",
                              kontor_record_get_text (point, KONTOR_CONTACT_POINT_PARTY_NAME),
                              kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE),
                              organisation != NULL ? " @" : "",
                              organisation != NULL ? organisation : "",
                              kontor_record_get_integer (point, KONTOR_CONTACT_POINT_DO_NOT_CALL) !=
                                  0
                                ? " !"
                                : "");
      g_assert_cmpstr (kontor_record_get_link_title (point,
                                                     kontor_field_by_id (
                                                       KONTOR_CONTACT_POINT_PARTY)),
                       ==,
                       kontor_record_get_text (point, KONTOR_CONTACT_POINT_PARTY_NAME));
    }
  kontor_query_unref (query);
  return g_string_free (book, FALSE);
}

#define assert_book(fixture, expected) assert_finds (fixture, BOOK, expected)

static void
assert_finds (Fixture *fixture, const char *query, const char *expected)
{
  g_autofree char *book = dup_book (fixture, query);

  g_assert_cmpstr (book, ==, expected);
}

static void
undo (Fixture *fixture)
{
  kontor_commit_free (fixture_undo (fixture));
}

#define ANNA "Anna Berg +49 171 1234567; Anna Berg 030 7654321"
#define NORDWIND "Nordwind +49 30 4440"
#define ZOE "Zoe Bert +49 172 5550000"

static void
test_listed (Fixture *fixture, gconstpointer data)
{
  People people = add_people (fixture);

  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
  set_integer (fixture, &people.anna_phone, KONTOR_CONTACT_POINT_INVALID, 1);
  assert_book (fixture, "Anna Berg +49 171 1234567; " NORDWIND "; " ZOE);
  undo (fixture);
  fixture_commit_text (fixture, &people.anna, KONTOR_CONTACT_NAME, "Yvonne Berg");
  assert_book (fixture, NORDWIND "; Yvonne Berg +49 171 1234567; Yvonne Berg 030 7654321; " ZOE);
  undo (fixture);
  fixture_commit_trash (fixture, &kontor_contact_type, &people.anna);
  assert_book (fixture, NORDWIND "; " ZOE);
  undo (fixture);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
  fixture_commit_trash (fixture, &kontor_contact_point_type, &people.anna_phone);
  fixture_assert_text (fixture, &people.anna_phone, KONTOR_CONTACT_POINT_PARTY_NAME, NULL);
  undo (fixture);
  fixture_commit_trash (fixture, &kontor_account_type, &people.nordwind);
  assert_book (fixture, ANNA "; " ZOE);
  fixture_assert_sound (fixture);
}

static void
test_organisation (Fixture *fixture, gconstpointer data)
{
  People people = add_people (fixture);

  fixture_commit_new (fixture, fixture_new_membership (&people.anna, &people.nordwind));
  assert_book (fixture,
               "Anna Berg +49 171 1234567 @Nordwind; Anna Berg 030 7654321 @Nordwind; " NORDWIND
               "; " ZOE);
  fixture_commit_text (fixture, &people.nordwind, KONTOR_ACCOUNT_NAME, "Ostwind");
  assert_book (fixture,
               "Anna Berg +49 171 1234567 @Ostwind; Anna Berg 030 7654321 @Ostwind; Ostwind +49 30 "
               "4440; " ZOE);
  undo (fixture);
  undo (fixture);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
}

static KontorId
add_consent (Fixture *fixture, const KontorId *contact, const char *purpose)
{
  KontorRecord *consent = kontor_record_new (&kontor_consent_type, &KONTOR_ID_NULL);

  kontor_record_set_text (consent, KONTOR_CONSENT_PARTY_TYPE, "contact");
  kontor_record_set_link (consent, KONTOR_CONSENT_PARTY, contact);
  kontor_record_set_text (consent, KONTOR_CONSENT_PURPOSE, purpose);
  kontor_record_set_integer (consent, KONTOR_CONSENT_GIVEN_AT, FIXTURE_START - 9000);
  return fixture_commit_new (fixture, consent);
}

static void
test_do_not_call (Fixture *fixture, gconstpointer data)
{
  People people = add_people (fixture);
  KontorId mail, phone;

  set_integer (fixture, &people.bert, KONTOR_CONTACT_DO_NOT_CONTACT, 1);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE " !");
  undo (fixture);
  mail = add_consent (fixture, &people.bert, "mail");
  phone = add_consent (fixture, &people.bert, "phone");
  set_integer (fixture, &mail, KONTOR_CONSENT_WITHDRAWN_AT, FIXTURE_START);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
  set_integer (fixture, &phone, KONTOR_CONSENT_WITHDRAWN_AT, FIXTURE_START);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE " !");
  /* given again */
  add_consent (fixture, &people.bert, "phone");
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
  undo (fixture);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE " !");
  fixture_commit_trash (fixture, &kontor_consent_type, &phone);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
}

#define SEARCH(words) \
  "contact_point where party_name is not empty and search \"" words "\" sort party_name"

static void
test_search (Fixture *fixture, gconstpointer data)
{
  People people = add_people (fixture);

  assert_finds (fixture, SEARCH ("berg"), ANNA);
  assert_finds (fixture, SEARCH ("nordw"), NORDWIND);
  assert_finds (fixture, SEARCH ("7654"), "Anna Berg 030 7654321");
  assert_finds (fixture, SEARCH ("+49 30 7654321"), "Anna Berg 030 7654321");
  assert_finds (fixture, SEARCH ("0171 1234567"), "Anna Berg +49 171 1234567");
  assert_finds (fixture, SEARCH ("anna 123"), "Anna Berg +49 171 1234567");
  assert_finds (fixture, SEARCH ("zoe 123"), "");
  assert_finds (fixture, SEARCH ("anna@example"), ANNA);
  fixture_commit_new (fixture, fixture_new_membership (&people.anna, &people.nordwind));
  assert_finds (fixture,
                SEARCH ("nordwind"),
                "Anna Berg +49 171 1234567 @Nordwind; Anna Berg 030 7654321 @Nordwind; " NORDWIND);
  fixture_commit_trash (fixture, &kontor_contact_type, &people.anna);
  assert_finds (fixture, SEARCH ("berg"), "");
}

/* Computed columns of before are not trusted. */
static void
test_rebuilt (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *file = NULL;

  add_people (fixture);
  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (fixture->path, &file), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (file,
                                 "UPDATE contact_point SET party_name=NULL, party_name__s=NULL",
                                 NULL,
                                 NULL,
                                 NULL),
                   ==,
                   SQLITE_OK);
  sqlite3_close (file);
  fixture_reopen (fixture);
  assert_book (fixture, "");
  problems = kontor_workspace_check (fixture->workspace, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_book (fixture, ANNA "; " NORDWIND "; " ZOE);
}

static guint
count_rows (Watch *watch)
{
  watch_settle (watch);
  return g_list_model_get_n_items (G_LIST_MODEL (watch->model));
}

/* The list of a search follows what changes with whose the numbers are. */
static void
test_list_follows (Fixture *fixture, gconstpointer data)
{
  People people = add_people (fixture);
  Watch *all = watch_new (fixture, BOOK);
  Watch *found = watch_new (fixture, SEARCH ("berg"));

  g_assert_cmpuint (count_rows (all), ==, 4);
  g_assert_cmpuint (count_rows (found), ==, 2);
  fixture_commit_text (fixture, &people.bert, KONTOR_CONTACT_NAME, "Zoe Bergmann");
  g_assert_cmpuint (count_rows (found), ==, 3);
  fixture_commit_trash (fixture, &kontor_contact_type, &people.anna);
  g_assert_cmpuint (count_rows (found), ==, 1);
  g_assert_cmpuint (count_rows (all), ==, 2);
  undo (fixture);
  g_assert_cmpuint (count_rows (found), ==, 3);
  g_assert_cmpuint (count_rows (all), ==, 4);
  watch_free (all);
  watch_free (found);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

#define ADD(name, func) \
  g_test_add ("/phone-book/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("listed", test_listed);
  ADD ("organisation", test_organisation);
  ADD ("do-not-call", test_do_not_call);
  ADD ("search", test_search);
  ADD ("rebuilt", test_rebuilt);
  ADD ("list-follows", test_list_follows);
  return g_test_run ();
}
