/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Computed columns and totals: main phone and mail, city, organisation, people, last contact, next
 * step; live, after undo, and after a bulk step. */
#include "config.h"

#include "commit-fixture.h"

static KontorId
add_point (Fixture *fixture, const KontorId *contact, const char *kind, const char *value)
{
  return fixture_commit_new (fixture,
                             fixture_new_point (&kontor_contact_type, contact, kind, value));
}

static void
set_integer (Fixture *fixture, const KontorId *id, KontorFieldId field, gint64 value)
{
  KontorStep *step = kontor_step_new ("Set");

  kontor_step_set_integer (step, id, field, value);
  kontor_commit_free (fixture_commit (fixture, step));
}

static void
test_points (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId first = add_point (fixture, &id, "mail", "first@example.org");
  KontorId second = add_point (fixture, &id, "mail", "second@example.org");

  add_point (fixture, &id, "fax", "+49 30 99");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_PHONE, NULL);
  add_point (fixture, &id, "mobile", "+49 171 1234567");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_PHONE, "+49 171 1234567");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "first@example.org");
  set_integer (fixture, &second, KONTOR_CONTACT_POINT_POSITION, 1);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "second@example.org");
  set_integer (fixture, &first, KONTOR_CONTACT_POINT_MAIN, 1);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "first@example.org");
  set_integer (fixture, &first, KONTOR_CONTACT_POINT_INVALID, 1);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "second@example.org");
  fixture_commit_text (fixture, &second, KONTOR_CONTACT_POINT_VALUE, "new@example.org");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "new@example.org");
  fixture_commit_trash (fixture, &kontor_contact_point_type, &second);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, NULL);
  kontor_commit_free (fixture_undo (fixture));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "new@example.org");
}

/* A record and its children in one step are derived without asking the file. */
static void
test_new_with_children (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) draft = fixture_new_account ("Nordwind");
  g_autoptr(KontorRecord) address = kontor_record_new (&kontor_address_type, &KONTOR_ID_NULL);
  KontorId id = kontor_id_new (fixture->env);
  KontorStep *step = kontor_step_new ("Create");
  KontorRecord *point;

  kontor_record_set_id (draft, &id);
  /* the children may come first */
  point = fixture_new_point (&kontor_account_type, &id, "phone", "+49 30 1234");
  kontor_step_create (step, point);
  g_object_unref (point);
  kontor_step_create (step, draft);
  kontor_record_set_text (address, KONTOR_ADDRESS_PARTY_TYPE, "account");
  kontor_record_set_link (address, KONTOR_ADDRESS_PARTY, &id);
  kontor_record_set_text (address, KONTOR_ADDRESS_KIND, "postal");
  kontor_record_set_text (address, KONTOR_ADDRESS_CITY, "Berlin");
  kontor_record_set_text (address, KONTOR_ADDRESS_COUNTRY, "DE");
  kontor_step_create (step, address);
  kontor_commit_free (fixture_commit (fixture, step));
  fixture_assert_text (fixture, &id, KONTOR_ACCOUNT_MAIN_PHONE, "+49 30 1234");
  fixture_assert_text (fixture, &id, KONTOR_ACCOUNT_CITY, "Berlin");
  fixture_assert_text (fixture, &id, KONTOR_ACCOUNT_COUNTRY, "DE");
}

static gboolean
has_account (Fixture *fixture, const KontorId *contact, const KontorId *account)
{
  g_autoptr(KontorRecord) record = fixture_get_any (fixture, &kontor_contact_type, contact);
  const KontorId *link = kontor_record_get_link (record, KONTOR_CONTACT_ACCOUNT);

  return link != NULL && account != NULL ? kontor_id_equal (link, account) : link == account;
}

static gint64
count_people (Fixture *fixture, const KontorId *account)
{
  return fixture_get_integer (fixture, account, KONTOR_ACCOUNT_PEOPLE);
}

static void
test_organisation (Fixture *fixture, gconstpointer data)
{
  KontorId contact = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId old = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorId new = fixture_commit_new (fixture, fixture_new_account ("Südwind"));
  KontorId first = fixture_commit_new (fixture, fixture_new_membership (&contact, &old));
  KontorId second = fixture_commit_new (fixture, fixture_new_membership (&contact, &new));

  fixture_commit_text (fixture, &first, KONTOR_ACCOUNT_CONTACT_POSITION, "Buyer");
  g_assert_true (has_account (fixture, &contact, &old));
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_ACCOUNT_NAME, "Nordwind");
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_POSITION, "Buyer");
  g_assert_cmpint (count_people (fixture, &old), ==, 1);
  g_assert_cmpint (count_people (fixture, &new), ==, 0);
  /* she has left: the other one counts */
  fixture_commit_text (fixture, &first, KONTOR_ACCOUNT_CONTACT_TO_DATE, "2020-01-31");
  g_assert_true (has_account (fixture, &contact, &new));
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_POSITION, NULL);
  g_assert_cmpint (count_people (fixture, &old), ==, 0);
  g_assert_cmpint (count_people (fixture, &new), ==, 1);
  fixture_commit_text (fixture, &first, KONTOR_ACCOUNT_CONTACT_TO_DATE, "2099-01-31");
  g_assert_true (has_account (fixture, &contact, &old));
  set_integer (fixture, &second, KONTOR_ACCOUNT_CONTACT_MAIN, 1);
  g_assert_true (has_account (fixture, &contact, &new));
  fixture_commit_trash (fixture, &kontor_contact_type, &contact);
  g_assert_cmpint (count_people (fixture, &new), ==, 0);
  kontor_commit_free (fixture_undo (fixture));
  g_assert_cmpint (count_people (fixture, &new), ==, 1);
  fixture_assert_sound (fixture);
}

static void
test_rename (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorId anna = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId bert = fixture_commit_new (fixture, fixture_new_contact ("Bert"));

  fixture_commit_new (fixture, fixture_new_membership (&anna, &account));
  fixture_commit_new (fixture, fixture_new_membership (&bert, &account));
  fixture_commit_trash (fixture, &kontor_contact_type, &bert);
  fixture_commit_text (fixture, &account, KONTOR_ACCOUNT_NAME, "Ostwind");
  fixture_assert_text (fixture, &anna, KONTOR_CONTACT_ACCOUNT_NAME, "Ostwind");
  {
    KontorStep *step = kontor_step_new ("Restore");

    kontor_step_restore (step, &kontor_contact_type, &bert);
    kontor_commit_free (fixture_commit (fixture, step));
  }
  fixture_assert_text (fixture, &bert, KONTOR_CONTACT_ACCOUNT_NAME, "Ostwind");
  fixture_assert_sound (fixture);
}

static KontorId
add_activity (Fixture *fixture, KontorRecord *activity, const KontorId *contact)
{
  KontorStep *step = kontor_step_new ("Activity");
  KontorId id = kontor_step_create (step, activity);
  KontorRecord *link = fixture_new_activity_link (&id, &kontor_contact_type, contact);

  kontor_step_create (step, link);
  kontor_commit_free (fixture_commit (fixture, step));
  g_object_unref (activity);
  g_object_unref (link);
  return id;
}

static void
test_activities (Fixture *fixture, gconstpointer data)
{
  KontorId contact = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorRecord *call = fixture_new_activity ("call", "Called");
  KontorRecord *task = fixture_new_activity ("task", "Send offer");
  KontorRecord *sooner = fixture_new_activity ("task", "Call back");
  KontorId call_id, sooner_id;

  add_activity (fixture, fixture_new_activity ("note", "A note"), &contact);
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT), ==, 0);
  kontor_record_set_integer (call, KONTOR_ACTIVITY_AT, FIXTURE_START - 5000);
  call_id = add_activity (fixture, call, &contact);
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT),
                   ==,
                   FIXTURE_START - 5000);
  set_integer (fixture, &call_id, KONTOR_ACTIVITY_AT, FIXTURE_START - 4000);
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT),
                   ==,
                   FIXTURE_START - 4000);
  kontor_record_set_text (task, KONTOR_ACTIVITY_DUE, "2023-12-01");
  kontor_record_set_text (sooner, KONTOR_ACTIVITY_DUE, "2023-11-20");
  add_activity (fixture, task, &contact);
  sooner_id = add_activity (fixture, sooner, &contact);
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_NEXT_STEP, "2023-11-20");
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_NEXT_STEP_TEXT, "Call back");
  fixture_commit_text (fixture, &sooner_id, KONTOR_ACTIVITY_STATE, "done");
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_NEXT_STEP, "2023-12-01");
  fixture_commit_trash (fixture, &kontor_activity_type, &call_id);
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT), ==, 0);
  kontor_commit_free (fixture_undo (fixture));
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT),
                   ==,
                   FIXTURE_START - 4000);
}

/* A meeting is the next step while it is planned, and the last contact when it is done. */
static void
test_meeting (Fixture *fixture, gconstpointer data)
{
  KontorId contact = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorRecord *meeting = fixture_new_activity ("meeting", "Show the pumps");
  KontorId id;

  kontor_record_set_text (meeting, KONTOR_ACTIVITY_DUE, "2023-12-01");
  kontor_record_set_text (meeting, KONTOR_ACTIVITY_STATE, "open");
  kontor_record_set_integer (meeting, KONTOR_ACTIVITY_AT, FIXTURE_START + 5000);
  id = add_activity (fixture, meeting, &contact);
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_NEXT_STEP, "2023-12-01");
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_NEXT_STEP_TEXT, "Show the pumps");
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT), ==, 0);
  fixture_commit_text (fixture, &id, KONTOR_ACTIVITY_STATE, "done");
  fixture_assert_text (fixture, &contact, KONTOR_CONTACT_NEXT_STEP, NULL);
  g_assert_cmpint (fixture_get_integer (fixture, &contact, KONTOR_CONTACT_LAST_CONTACT),
                   ==,
                   FIXTURE_START + 5000);
}

static gint64
get_total (Fixture *fixture, const char *name, const KontorId *key)
{
  g_autoptr(GError) error = NULL;
  gint64 n;

  g_assert_true (kontor_workspace_get_total (fixture->workspace, name, key, &n, NULL, &error));
  g_assert_no_error (error);
  return n;
}

static void
test_totals (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_employee_type, &KONTOR_ID_NULL);
  KontorFieldId owner = KONTOR_COMMON_FIELD (kontor_account_type.number, KONTOR_COMMON_OWNER);
  KontorId account, employee;
  KontorStep *step;

  kontor_record_set_text (draft, KONTOR_EMPLOYEE_NAME, "Olga");
  employee = fixture_commit_new (fixture, g_object_ref (draft));
  account = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  g_assert_cmpint (get_total (fixture, "accounts_by_owner", NULL), ==, 1);
  step = kontor_step_new ("Assign");
  kontor_step_set_link (step, &account, owner, &employee);
  kontor_commit_free (fixture_commit (fixture, step));
  g_assert_cmpint (get_total (fixture, "accounts_by_owner", NULL), ==, 0);
  g_assert_cmpint (get_total (fixture, "accounts_by_owner", &employee), ==, 1);
  g_assert_cmpint (get_total (fixture, "account_count", NULL), ==, 1);
  fixture_commit_trash (fixture, &kontor_account_type, &account);
  g_assert_cmpint (get_total (fixture, "accounts_by_owner", &employee), ==, 0);
  g_assert_cmpint (get_total (fixture, "account_count", NULL), ==, 0);
  kontor_commit_free (fixture_undo (fixture));
  g_assert_cmpint (get_total (fixture, "accounts_by_owner", &employee), ==, 1);
  fixture_assert_sound (fixture);
}

/* In a bulk step owners, children and activities come in parts; at its end all is derived. */
static void
test_bulk (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorId known = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(KontorStep) first = kontor_step_new ("First part");
  g_autoptr(KontorStep) second = kontor_step_new ("Second part");
  g_autoptr(KontorRecord) draft = fixture_new_contact ("Bert");
  g_autoptr(KontorRecord) call = fixture_new_activity ("call", "Called");
  g_autoptr(KontorRecord) link = NULL;
  g_autoptr(GError) error = NULL;
  KontorRecord *children[4];
  KontorLongStep *whole;
  KontorId id, call_id;

  fixture_commit_new (fixture, fixture_new_membership (&known, &account));
  id = kontor_step_create (first, draft);
  children[0] = fixture_new_membership (&id, &account);
  children[1] = fixture_new_point (&kontor_contact_type, &id, "mail", "bert@example.org");
  children[2] = fixture_new_point (&kontor_contact_type, &known, "mail", "anna@example.org");
  children[3] = fixture_new_point (&kontor_contact_type, &id, "phone", "+49 30 1234");
  kontor_step_create (first, children[0]);
  kontor_step_create (first, children[1]);
  kontor_step_create (second, children[2]);
  kontor_step_create (second, children[3]);
  kontor_step_set_text (second, &account, KONTOR_ACCOUNT_NAME, "Ostwind");
  kontor_record_set_integer (call, KONTOR_ACTIVITY_AT, FIXTURE_START);
  call_id = kontor_step_create (second, call);
  link = fixture_new_activity_link (&call_id, &kontor_contact_type, &id);
  kontor_step_create (second, link);
  whole = kontor_workspace_begin_long (fixture->workspace,
                                       "Import",
                                       KONTOR_ORIGIN_IMPORT,
                                       KONTOR_LONG_BULK,
                                       &error);
  g_assert_no_error (error);
  g_assert_true (kontor_long_step_append (whole, first, NULL, &error));
  g_assert_true (kontor_long_step_append (whole, second, NULL, &error));
  kontor_commit_free (kontor_long_step_end (whole, TRUE, NULL, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    g_object_unref (children[i]);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_MAIL, "bert@example.org");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MAIN_PHONE, "+49 30 1234");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_ACCOUNT_NAME, "Ostwind");
  fixture_assert_text (fixture, &known, KONTOR_CONTACT_ACCOUNT_NAME, "Ostwind");
  fixture_assert_text (fixture, &known, KONTOR_CONTACT_MAIN_MAIL, "anna@example.org");
  g_assert_cmpint (count_people (fixture, &account), ==, 2);
  g_assert_cmpint (fixture_get_integer (fixture, &id, KONTOR_CONTACT_LAST_CONTACT),
                   ==,
                   FIXTURE_START);
  g_assert_cmpint (get_total (fixture, "contact_count", NULL), ==, 2);
  fixture_assert_sound (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
#define ADD(path, func) \
  g_test_add ("/store/derive/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("points", test_points);
  ADD ("new-with-children", test_new_with_children);
  ADD ("organisation", test_organisation);
  ADD ("rename", test_rename);
  ADD ("activities", test_activities);
  ADD ("meeting", test_meeting);
  ADD ("totals", test_totals);
  ADD ("bulk", test_bulk);
  return g_test_run ();
}
