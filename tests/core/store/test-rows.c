/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows to records: many at once, in the order that was asked for, with what their links show. */
#include "config.h"

#include "commit-fixture.h"

#define N_PEOPLE 150

static GArray *
add_people (Fixture *fixture, const KontorId *account)
{
  g_autoptr(KontorStep) step = kontor_step_new ("People");
  GArray *rids;
  KontorQuery *query;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %03u", i);
      g_autoptr(KontorRecord) person = fixture_new_contact (name);
      KontorId id = kontor_step_create (step, person);
      g_autoptr(KontorRecord) membership = fixture_new_membership (&id, account);

      kontor_step_create (step, membership);
    }
  kontor_commit_free (fixture_commit (fixture, g_steal_pointer (&step)));
  query = kontor_query_new (&kontor_contact_type);
  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_CONTACT_NAME), FALSE);
  rids = kontor_workspace_query (fixture->workspace, query, 0, NULL, NULL);
  kontor_query_unref (query);
  g_assert_nonnull (rids);
  g_assert_cmpuint (rids->len, ==, N_PEOPLE);
  return rids;
}

static GPtrArray *
fetch (Fixture *fixture, const gint64 *rids, guint n, KontorReadFlags flags)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *records =
    kontor_workspace_fetch (fixture->workspace, &kontor_contact_type, rids, n, flags, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, n);
  return records;
}

static void
assert_person (GPtrArray *records, guint i, guint number)
{
  g_autofree char *name = g_strdup_printf ("Person %03u", number);

  g_assert_nonnull (g_ptr_array_index (records, i));
  g_assert_cmpstr (kontor_record_get_text (g_ptr_array_index (records, i), KONTOR_CONTACT_NAME),
                   ==,
                   name);
}

/* More rows than one statement reads, none of them where the file has it. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Acme"));
  g_autoptr(GArray) rids = add_people (fixture, &account);
  gint64 asked[N_PEOPLE];
  g_autoptr(GPtrArray) records = NULL;

  for (guint i = 0; i < N_PEOPLE; i++)
    asked[i] = g_array_index (rids, gint64, i * 7 % N_PEOPLE);
  records = fetch (fixture, asked, N_PEOPLE, KONTOR_READ_DEFAULT);
  for (guint i = 0; i < N_PEOPLE; i++)
    assert_person (records, i, i * 7 % N_PEOPLE);
}

/* Rows that are gone, in the trash, or asked for twice keep their places. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Acme"));
  g_autoptr(GArray) rids = add_people (fixture, &account);
  const gint64 *all = (const gint64 *) (gpointer) rids->data;
  const gint64 asked[] = { all[5], 999999, all[3], all[5], 0, -1 };
  g_autoptr(GPtrArray) before = fetch (fixture, asked, 6, KONTOR_READ_DEFAULT);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) trashed = NULL;
  g_autoptr(GPtrArray) none = fetch (fixture, asked, 0, KONTOR_READ_LINK_TITLES);

  assert_person (before, 0, 5);
  assert_person (before, 2, 3);
  assert_person (before, 3, 5);
  g_assert_null (g_ptr_array_index (before, 1));
  g_assert_null (g_ptr_array_index (before, 4));
  g_assert_null (g_ptr_array_index (before, 5));
  g_assert_cmpuint (none->len, ==, 0);
  fixture_commit_trash (fixture,
                        &kontor_contact_type,
                        kontor_record_get_id (g_ptr_array_index (before, 2)));
  after = fetch (fixture, asked, 6, KONTOR_READ_DEFAULT);
  assert_person (after, 0, 5);
  g_assert_null (g_ptr_array_index (after, 2));
  trashed = fetch (fixture, asked, 6, KONTOR_READ_TRASHED);
  assert_person (trashed, 2, 3);
}

static void
assert_titles (Fixture *fixture, GArray *rids, const char *account)
{
  const KontorFieldDef *link = kontor_field_by_id (KONTOR_CONTACT_ACCOUNT);
  const KontorFieldDef *author = kontor_record_type_find_field (&kontor_contact_type, "created_by");
  g_autofree char *user =
    kontor_workspace_dup_title (fixture->workspace,
                                kontor_record_type_by_name ("user"),
                                kontor_workspace_get_user (fixture->workspace));
  g_autoptr(GPtrArray) records =
    fetch (fixture, (const gint64 *) (gpointer) rids->data, rids->len, KONTOR_READ_LINK_TITLES);

  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);

      g_assert_cmpstr (kontor_record_get_link_title (record, link), ==, account);
      g_assert_cmpstr (kontor_record_get_link_title (record, author), ==, user);
    }
}

/* The organisation's name stands in the person's row; the user's is read once for all. */
static void
test_titles (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Acme"));
  g_autoptr(GArray) rids = add_people (fixture, &account);

  assert_titles (fixture, rids, "Acme");
  fixture_commit_text (fixture, &account, KONTOR_ACCOUNT_NAME, "Acme & Sons");
  assert_titles (fixture, rids, "Acme & Sons");
}

#define ADD(name, function) \
  g_test_add ("/store/rows/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("order", test_order);
  ADD ("gone", test_gone);
  ADD ("titles", test_titles);
  return g_test_run ();
}
