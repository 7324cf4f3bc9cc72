/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the list model: what it shows and tells while records are made, changed, trashed and
 * taken back, by itself and against the query asked anew. */
#include "config.h"

#include "kontor-date.h"
#include "kontor-list-private.h"
#include "list-fixture.h"
#include "workspace-fixture.h"
#include <string.h>

static const KontorFieldId contact_owner = KONTOR_COMMON_FIELD (11, KONTOR_COMMON_OWNER);

static KontorId
add_contact (Fixture *fixture, const char *name)
{
  return fixture_commit_new (fixture, fixture_new_contact (name));
}

static void
add_contacts (Fixture *fixture, guint n)
{
  while (n > 0)
    {
      KontorStep *step = kontor_step_new ("Create");

      for (guint i = 0; i < 400 && n > 0; i++, n--)
        {
          g_autofree char *name = g_strdup_printf ("Person %06u", n);
          g_autoptr(KontorRecord) contact = fixture_new_contact (name);

          kontor_step_create (step, contact);
        }
      kontor_commit_free (fixture_commit (fixture, step));
    }
}

/* --- First rows ----------------------------------------------------------------------------- */

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  Watch *watch = watch_new_unready (fixture, "contact sort name");

  watch_settle (watch);
  g_assert_cmpuint (watch->n_signals, ==, 0);
  add_contact (fixture, "Anna");
  watch_expect (watch, "Anna");
  g_assert_cmpuint (watch->n_signals, ==, 1);
  watch_free (watch);
}

static void
test_first (Fixture *fixture, gconstpointer data)
{
  Watch *watch;
  g_autoptr(KontorListRow) row = NULL;

  add_contacts (fixture, 1000);
  watch = watch_new_unready (fixture, "contact sort name");
  /* A screenful comes a few rows at a time, and may be painted before there are more. */
  while (watch->shadow->len < 40)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (watch->shadow->len, ==, 40);
  g_assert_cmpuint (watch->n_signals, >=, 4);
  /* The first rows are there with their records, the others a moment later, behind them. */
  while (watch->shadow->len < 200)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(KontorListRow) early = g_list_model_get_item (G_LIST_MODEL (watch->model), i);

      g_assert_nonnull (kontor_list_row_get_record (early));
    }
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 1000);
  g_assert_cmpuint (watch->n_touched, ==, 1000);
  row = watch_hold (watch, 999);
  g_assert_cmpstr (kontor_record_get_text (kontor_list_row_get_record (row), KONTOR_CONTACT_NAME),
                   ==,
                   "Person 001000");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (watch->model), 1000));
  watch_free (watch);
}

/* What is still to be told when there is another question is not told any more. */
static void
test_first_overtaken (Fixture *fixture, gconstpointer data)
{
  Watch *watch;
  g_autoptr(KontorListRow) row = NULL;

  add_contacts (fixture, 1000);
  watch = watch_new_unready (fixture, "contact sort name");
  for (guint round = 0; round < 4; round++)
    {
      const char *query = round % 2 == 0 ? "contact sort name desc" : "contact sort name";

      while (watch->shadow->len < 8 * round + 4)
        g_main_context_iteration (NULL, TRUE);
      g_clear_object (&row);
      row = g_list_model_get_item (G_LIST_MODEL (watch->model), 4 * round);
      watch_set_query (watch, query);
    }
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 1000);
  g_assert_cmpuint (watch->n_touched, <, 2000);
  watch_free (watch);
}

/* --- Changes -------------------------------------------------------------------------------- */

static void
test_edits (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  KontorId boris;
  Watch *watch;

  add_contact (fixture, "Dora");
  watch = watch_new (fixture, "contact sort name");
  boris = add_contact (fixture, "Boris");
  watch_expect (watch, "Anna Boris Dora");
  g_assert_cmpuint (watch->n_signals, ==, 1);
  fixture_commit_text (fixture, &anna, KONTOR_CONTACT_NAME, "Zoe");
  watch_expect (watch, "Boris Dora Zoe");
  g_assert_cmpuint (watch->n_touched, ==, 3); /* one row came, one went and came again */
  fixture_commit_trash (fixture, &kontor_contact_type, &boris);
  watch_expect (watch, "Dora Zoe");
  kontor_commit_free (fixture_undo (fixture));
  watch_expect (watch, "Boris Dora Zoe");
  kontor_commit_free (fixture_undo (fixture));
  watch_expect (watch, "Anna Boris Dora");
  kontor_commit_free (fixture_redo (fixture));
  watch_expect (watch, "Boris Dora Zoe");
  g_assert_cmpuint (watch->n_touched, ==, 9);
  watch_free (watch);
}

typedef struct
{
  guint n;
} Count;

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  ((Count *) data)->n++;
}

static gboolean
has_counted (gpointer data)
{
  return ((Count *) data)->n > 0;
}

static void
test_in_place (Fixture *fixture, gconstpointer data)
{
  KontorId id = add_contact (fixture, "Anna");
  Watch *watch;
  g_autoptr(KontorListRow) row = NULL;
  g_autoptr(KontorListRow) other = NULL;
  Count count = { 0 }, other_count = { 0 };

  add_contact (fixture, "Boris");
  watch = watch_new (fixture, "contact sort name");
  row = watch_hold (watch, 0);
  other = watch_hold (watch, 1);
  g_signal_connect (row, "notify::record", G_CALLBACK (count_cb), &count);
  g_signal_connect (other, "notify::record", G_CALLBACK (count_cb), &other_count);
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "new");
  kontor_test_wait_until (has_counted, &count, 10000);
  g_assert_cmpstr (kontor_record_get_text (kontor_list_row_get_record (row), KONTOR_CONTACT_NOTES),
                   ==,
                   "new");
  pump (100);
  g_assert_cmpuint (count.n, ==, 1);
  g_assert_cmpuint (other_count.n, ==, 0);
  g_assert_cmpuint (watch->n_signals, ==, 0);
  watch_free (watch);
}

/* What a row shows of another record: the title behind a link, and what is computed from children.
 */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  KontorRecord *draft = kontor_record_new (&kontor_employee_type, &KONTOR_ID_NULL);
  KontorStep *step;
  KontorId employee;
  Watch *watch;
  g_autoptr(KontorListRow) row = NULL;
  Count count = { 0 };

  kontor_record_set_text (draft, KONTOR_EMPLOYEE_NAME, "Olga");
  employee = fixture_commit_new (fixture, draft);
  step = kontor_step_new ("Assign");
  kontor_step_set_link (step, &anna, contact_owner, &employee);
  kontor_commit_free (fixture_commit (fixture, step));
  watch = watch_new (fixture, "contact sort name");
  row = watch_hold (watch, 0);
  g_signal_connect (row, "notify::record", G_CALLBACK (count_cb), &count);
  fixture_commit_text (fixture, &employee, KONTOR_EMPLOYEE_NAME, "Olena");
  kontor_test_wait_until (has_counted, &count, 10000);
  g_assert_cmpstr (kontor_record_get_link_title (kontor_list_row_get_record (row),
                                                 kontor_field_by_id (contact_owner)),
                   ==,
                   "Olena");
  count.n = 0;
  fixture_commit_new (fixture, fixture_new_point (&kontor_contact_type, &anna, "phone", "030 1"));
  kontor_test_wait_until (has_counted, &count, 10000);
  g_assert_cmpstr (kontor_record_get_text (kontor_list_row_get_record (row),
                                           KONTOR_CONTACT_MAIN_PHONE),
                   ==,
                   "030 1");
  watch_free (watch);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  KontorId boris = add_contact (fixture, "Boris");
  Watch *watch = watch_new (fixture, "contact where name ^= A sort name desc");

  watch_expect (watch, "Anna");
  fixture_commit_text (fixture, &boris, KONTOR_CONTACT_NAME, "Albert");
  watch_expect (watch, "Anna Albert");
  fixture_commit_text (fixture, &anna, KONTOR_CONTACT_NAME, "Hanna");
  watch_expect (watch, "Albert");
  watch_free (watch);
}

/* Lists that depend on other records than their own. */
static void
test_dependent (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  KontorId boris = add_contact (fixture, "Boris");
  KontorId acme = fixture_commit_new (fixture, fixture_new_account ("Acme"));
  KontorRecord *draft = kontor_record_new (&kontor_tag_type, &KONTOR_ID_NULL);
  KontorId tag, call;
  KontorStep *step;
  Watch *tagged = watch_new (fixture, "contact where tags=VIP sort name");
  Watch *at_acme =
    watch_new (fixture, "contact where account.name ^= acme sort account, name desc");
  Watch *called = watch_new (fixture, "contact where has activity (kind=call and subject ^= x)");
  Watch *searched = watch_new (fixture, "contact where search 555123");

  kontor_record_set_text (draft, KONTOR_TAG_NAME, "VIP");
  tag = fixture_commit_new (fixture, draft);
  step = kontor_step_new ("Tag");
  kontor_step_tag (step, &tag, &kontor_contact_type, &boris, TRUE);
  kontor_commit_free (fixture_commit (fixture, step));
  watch_expect (tagged, "Boris");
  fixture_commit_text (fixture, &tag, KONTOR_TAG_NAME, "Old");
  watch_expect (tagged, "");
  kontor_commit_free (fixture_undo (fixture));
  watch_expect (tagged, "Boris");

  fixture_commit_new (fixture, fixture_new_membership (&anna, &acme));
  fixture_commit_new (fixture, fixture_new_membership (&boris, &acme));
  watch_expect (at_acme, "Boris Anna");
  fixture_commit_text (fixture, &acme, KONTOR_ACCOUNT_NAME, "Other");
  watch_expect (at_acme, "");
  fixture_commit_text (fixture, &acme, KONTOR_ACCOUNT_NAME, "Acme again");
  watch_expect (at_acme, "Boris Anna");

  call = fixture_commit_new (fixture, fixture_new_activity ("call", "y"));
  fixture_commit_new (fixture, fixture_new_activity_link (&call, &kontor_contact_type, &anna));
  pump (50);
  watch_expect (called, "");
  fixture_commit_text (fixture, &call, KONTOR_ACTIVITY_SUBJECT, "xyz");
  watch_expect (called, "Anna");

  fixture_commit_new (fixture,
                      fixture_new_point (&kontor_contact_type, &boris, "phone", "030 555123"));
  watch_expect (searched, "Boris");
  watch_free (tagged);
  watch_free (at_acme);
  watch_free (called);
  watch_free (searched);
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  Watch *trash = watch_new (fixture, "contact trashed sort name");
  Watch *all = watch_new (fixture, "contact all sort name");
  KontorStep *step;

  add_contact (fixture, "Boris");
  watch_expect (all, "Anna Boris");
  fixture_commit_trash (fixture, &kontor_contact_type, &anna);
  watch_expect (trash, "Anna");
  pump (50);
  watch_expect (all, "Anna Boris");
  step = kontor_step_new ("Erase");
  kontor_step_purge (step, &kontor_contact_type, &anna);
  kontor_commit_free (fixture_commit (fixture, step));
  watch_expect (trash, "");
  watch_expect (all, "Boris");
  watch_free (trash);
  watch_free (all);
}

/* A day later other tasks are due. */
static void
test_day (Fixture *fixture, gconstpointer data)
{
  g_autofree char *today = kontor_date_today (kontor_env_now (fixture->env));
  g_autofree char *tomorrow = kontor_date_add (today, 1);
  KontorRecord *task = fixture_new_activity ("task", "Call");
  Watch *watch;

  kontor_record_set_text (task, KONTOR_ACTIVITY_DUE, tomorrow);
  fixture_commit_new (fixture, task);
  watch = watch_new (fixture, "activity where due <= today");
  watch_expect (watch, "");
  kontor_env_advance (fixture->env, 86400000);
  add_contact (fixture, "Anna"); /* anything that happens */
  watch_expect (watch, "Call");
  watch_free (watch);
}

/* Many changes at once, and in between nobody looks. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  Watch *watch;
  KontorStep *step = kontor_step_new ("Rename");
  g_autoptr(GArray) rids = NULL;

  add_contacts (fixture, 800);
  watch = watch_new (fixture, "contact sort name");
  for (guint i = 0; i < 800; i += 4)
    {
      g_autoptr(GPtrArray) records =
        kontor_workspace_fetch (fixture->workspace,
                                &kontor_contact_type,
                                &g_array_index (watch->shadow, gint64, i),
                                1,
                                KONTOR_READ_DEFAULT,
                                NULL);
      g_autofree char *name = g_strdup_printf ("%c %u", 'A' + i % 53, i);

      kontor_step_set_text (step,
                            kontor_record_get_id (g_ptr_array_index (records, 0)),
                            KONTOR_CONTACT_NAME,
                            name);
    }
  kontor_commit_free (fixture_commit (fixture, step));
  watch_settle (watch);
  kontor_commit_free (fixture_undo (fixture));
  kontor_commit_free (fixture_redo (fixture));
  kontor_commit_free (fixture_undo (fixture));
  pump (20);
  watch_settle (watch);
  watch_free (watch);
}

/* --- Random steps ----------------------------------------------------------------------------- */

static const char *const queries[] = {
  "contact",
  "contact sort name",
  "contact sort name desc",
  "contact sort account, last_name desc",
  "contact sort owner",
  "contact sort notes",
  "contact where name ^= a sort created_at desc",
  "contact where not tags=VIP sort stage, name",
  "contact where account.city=Berlin or owner=Olga sort city",
  "contact where has activity (kind=call) sort last_contact desc",
  "contact where search anna sort name",
  "contact all sort modified_at desc",
  "account sort name",
  "account where has contact (name ^= a) sort people desc",
};

typedef struct
{
  Fixture *fixture;
  GRand *rand;
  GArray *contacts, *accounts, *employees, *tags, *calls; /* (element-type KontorId) */
} Random;

static const KontorId *
draw (Random *random, GArray *ids)
{
  return &g_array_index (ids, KontorId, g_rand_int_range (random->rand, 0, (int) ids->len));
}

static char *
draw_name (Random *random)
{
  static const char *const first[] = { "Anna", "Boris", "Albert", "Ägidius", "Zoe", "anna" };

  return g_strdup_printf ("%s %d",
                          first[g_rand_int_range (random->rand, 0, G_N_ELEMENTS (first))],
                          g_rand_int_range (random->rand, 0, 9));
}

static void
add_new (Random *random, KontorStep *step)
{
  g_autofree char *name = draw_name (random);
  g_autoptr(KontorRecord) draft =
    g_rand_boolean (random->rand) ? fixture_new_contact (name) : fixture_new_account (name);
  gboolean contact = kontor_record_get_record_type (draft) == &kontor_contact_type;
  KontorId id = kontor_step_create (step, draft);

  g_array_append_val (contact ? random->contacts : random->accounts, id);
}

static void
add_child (Random *random, KontorStep *step)
{
  const KontorId *contact = draw (random, random->contacts);
  g_autoptr(KontorRecord) draft = NULL;

  switch (g_rand_int_range (random->rand, 0, 3))
    {
    case 0:
      draft = fixture_new_membership (contact, draw (random, random->accounts));
      break;
    case 1:
      draft = fixture_new_point (&kontor_contact_type, contact, "phone", "030 123");
      break;
    default:
      kontor_step_tag (step,
                       draw (random, random->tags),
                       &kontor_contact_type,
                       contact,
                       g_rand_boolean (random->rand));
      return;
    }
  kontor_step_create (step, draft);
}

static void
change_something (Random *random, KontorStep *step)
{
  g_autofree char *name = draw_name (random);
  const KontorId *contact = draw (random, random->contacts);

  switch (g_rand_int_range (random->rand, 0, 8))
    {
    case 0:
      kontor_step_set_text (step, contact, KONTOR_CONTACT_NAME, name);
      break;
    case 1:
      kontor_step_set_text (step, contact, KONTOR_CONTACT_LAST_NAME, name);
      break;
    case 2:
      kontor_step_set_text (step, contact, KONTOR_CONTACT_NOTES, name);
      break;
    case 3:
      kontor_step_set_link (step, contact, contact_owner, draw (random, random->employees));
      break;
    case 4:
      kontor_step_set_text (step, draw (random, random->accounts), KONTOR_ACCOUNT_NAME, name);
      break;
    case 5:
      kontor_step_set_text (step,
                            draw (random, random->employees),
                            KONTOR_EMPLOYEE_NAME,
                            g_rand_boolean (random->rand) ? "Olga" : name);
      break;
    case 6:
      kontor_step_set_text (step, contact, KONTOR_CONTACT_STAGE, "deal");
      break;
    default:
      kontor_step_set_text (step,
                            draw (random, random->tags),
                            KONTOR_TAG_NAME,
                            g_rand_boolean (random->rand) ? "VIP" : name);
    }
}

static void
commit_something (Random *random)
{
  KontorStep *step = kontor_step_new ("Something");
  g_autoptr(KontorStep) owned G_GNUC_UNUSED = step;
  const KontorId *contact = draw (random, random->contacts);
  gboolean live = fixture_is_live (random->fixture, &kontor_contact_type, contact);

  switch (g_rand_int_range (random->rand, 0, 8))
    {
    case 0:
    case 1:
      add_new (random, step);
      break;
    case 2:
      add_child (random, step);
      break;
    case 3:
      if (live)
        kontor_step_trash (step, &kontor_contact_type, contact);
      else
        kontor_step_restore (step, &kontor_contact_type, contact);
      break;
    default:
      change_something (random, step);
    }
  kontor_env_advance (random->fixture->env, 1000);
  /* What can't be done is refused, and nothing must change. */
  kontor_commit_free (kontor_workspace_commit (random->fixture->workspace, step, NULL, NULL));
}

static GArray *
new_ids (void)
{
  return g_array_new (FALSE, FALSE, sizeof (KontorId));
}

static void
add_named (Random *random,
           GArray *ids,
           const KontorRecordType *type,
           KontorFieldId field,
           const char *name)
{
  KontorRecord *draft = kontor_record_new (type, &KONTOR_ID_NULL);
  KontorId id;

  kontor_record_set_text (draft, field, name);
  id = fixture_commit_new (random->fixture, draft);
  g_array_append_val (ids, id);
}

static void
random_set_up (Random *random, Fixture *fixture)
{
  random->fixture = fixture;
  random->rand = g_rand_new_with_seed (g_test_rand_int ());
  random->contacts = new_ids ();
  random->accounts = new_ids ();
  random->employees = new_ids ();
  random->tags = new_ids ();
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);

      add_named (random, random->contacts, &kontor_contact_type, KONTOR_CONTACT_NAME, name);
      add_named (random, random->accounts, &kontor_account_type, KONTOR_ACCOUNT_NAME, name);
      add_named (random, random->employees, &kontor_employee_type, KONTOR_EMPLOYEE_NAME, name);
      add_named (random, random->tags, &kontor_tag_type, KONTOR_TAG_NAME, name);
    }
}

static void
random_tear_down (Random *random)
{
  g_rand_free (random->rand);
  g_array_unref (random->contacts);
  g_array_unref (random->accounts);
  g_array_unref (random->employees);
  g_array_unref (random->tags);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  Random random;
  Watch *watches[G_N_ELEMENTS (queries)];

  random_set_up (&random, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    watches[i] = watch_new (fixture, queries[i]);
  for (guint round = 0; round < 40; round++)
    {
      for (int n = g_rand_int_range (random.rand, 1, 8); n > 0; n--)
        {
          commit_something (&random);
          if (g_rand_int_range (random.rand, 0, 6) == 0)
            kontor_commit_free (fixture_undo (fixture));
          if (g_rand_boolean (random.rand))
            pump ((guint) g_rand_int_range (random.rand, 1, 8));
        }
      if (round % 4 == 3)
        for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
          watch_settle (watches[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      watch_settle (watches[i]);
      watch_free (watches[i]);
    }
  random_tear_down (&random);
}

/* --- Other queries -------------------------------------------------------------------------- */

static void
test_set_query (Fixture *fixture, gconstpointer data)
{
  Watch *watch;

  add_contacts (fixture, 500);
  watch = watch_new (fixture, "contact sort name");
  watch_set_query (watch, "contact sort name desc");
  while (kontor_list_model_is_loading (watch->model))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (watch->shadow->len, >=, 36); /* never blank */
    }
  watch_settle (watch);
  watch_set_query (watch, "contact sort name desc");
  g_assert_false (kontor_list_model_is_loading (watch->model));
  watch_set_query (watch, "contact where name ~ \"00049\" sort name");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 11);
  watch_set_query (watch, "contact where name ~ \"0004\" sort name");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 111);
  /* Typed fast: only the last one counts. */
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("contact where name ~ \"%u\" sort name", i);

      watch_set_query (watch, text);
      pump (i % 3);
    }
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 15);
  watch_set_query (watch, "account sort name");
  g_assert_cmpuint (watch->shadow->len, ==, 0);
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 0);
  watch_set_query (watch, "contact");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 500);
  watch_free (watch);
}

static gboolean
is_stray (gpointer row)
{
  return kontor_list_row_is_stray (row);
}

static gboolean
is_no_stray (gpointer row)
{
  return !kontor_list_row_is_stray (row);
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  KontorId albert = add_contact (fixture, "Albert");
  Watch *watch = watch_new (fixture, "contact where name ^= a sort name");
  g_autoptr(KontorListRow) row = watch_hold (watch, 1);

  kontor_list_model_keep_row (watch->model, watch_find_rid (watch, "Anna"));
  fixture_commit_text (fixture, &anna, KONTOR_CONTACT_NAME, "Hanna");
  watch_expect (watch, "Albert Hanna");
  kontor_test_wait_until (is_stray, row, 10000);
  fixture_commit_text (fixture, &albert, KONTOR_CONTACT_NAME, "Robert");
  watch_expect (watch, "Hanna");
  /* It stays through a whole new answer, and goes with its record. */
  {
    KontorStep *step = kontor_step_new ("Create");

    for (guint i = 0; i < 100; i++)
      {
        g_autoptr(KontorRecord) draft = fixture_new_contact ("B");

        kontor_step_create (step, draft);
      }
    kontor_commit_free (fixture_commit (fixture, step));
    pump (100);
    watch_expect (watch, "Hanna");
  }
  fixture_commit_text (fixture, &anna, KONTOR_CONTACT_NAME, "Anna");
  watch_expect (watch, "Anna");
  kontor_test_wait_until (is_no_stray, row, 10000);
  fixture_commit_text (fixture, &anna, KONTOR_CONTACT_NAME, "Hanna");
  kontor_test_wait_until (is_stray, row, 10000);
  watch_expect (watch, "Hanna");
  fixture_commit_trash (fixture, &kontor_contact_type, &anna);
  watch_expect (watch, "");
  kontor_commit_free (fixture_undo (fixture));
  pump (50);
  watch_expect (watch, "");
  watch_free (watch);
}

static void
test_keep_until_query (Fixture *fixture, gconstpointer data)
{
  KontorId anna = add_contact (fixture, "Anna");
  Watch *watch = watch_new (fixture, "contact where name ^= a");

  kontor_list_model_keep_row (watch->model, watch_find_rid (watch, "Anna"));
  fixture_commit_text (fixture, &anna, KONTOR_CONTACT_NAME, "Hanna");
  pump (50);
  watch_expect (watch, "Hanna");
  watch_set_query (watch, "contact where name ^= ab");
  watch_expect (watch, "");
  watch_free (watch);
}

/* --- Errors --------------------------------------------------------------------------------- */

static GError *
dup_error (Watch *watch)
{
  GError *error = NULL;

  g_object_get (watch->model, "error", &error, NULL);
  return error;
}

static gboolean
is_idle (gpointer data)
{
  return !kontor_list_model_is_loading (data);
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  Watch *watch;
  g_autoptr(GError) error = NULL;
  Count count = { 0 };

  add_contact (fixture, "Anna");
  watch = watch_new (fixture, "contact");
  g_signal_connect (watch->model, "notify::error", G_CALLBACK (count_cb), &count);
  watch_set_query (watch, "contact where birth_date > soon");
  kontor_test_wait_until (is_idle, watch->model, 10000);
  error = dup_error (watch);
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  g_assert_cmpuint (count.n, ==, 1);
  g_assert_cmpuint (watch->shadow->len, ==, 1); /* what was there stays */
  watch_set_query (watch, "contact where name ^= b");
  watch_settle (watch);
  g_assert_null (dup_error (watch));
  g_assert_cmpuint (count.n, ==, 2);
  watch_free (watch);
}

/* --- Rows ----------------------------------------------------------------------------------- */

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  Watch *watch;
  KontorListRow *a, *b;

  add_contacts (fixture, 1000);
  watch = watch_new (fixture, "contact sort name");
  a = g_list_model_get_item (G_LIST_MODEL (watch->model), 500);
  b = g_list_model_get_item (G_LIST_MODEL (watch->model), 500);
  g_assert_true (a == b);
  g_assert_cmpuint (kontor_list_model_get_n_loaded (watch->model), ==, 1);
  g_object_unref (a);
  g_object_unref (b);
  g_assert_cmpuint (kontor_list_model_get_n_loaded (watch->model), ==, 0);
  /* A view scrolls past everything; what it stops at comes, and what it left is not read. */
  for (guint i = 0; i < 1000; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (watch->model), i));
  g_assert_cmpuint (kontor_list_model_get_n_loaded (watch->model), ==, 0);
  a = watch_hold (watch, 700);
  b = g_list_model_get_item (G_LIST_MODEL (watch->model), 703);
  g_assert_nonnull (kontor_list_row_get_record (b)); /* of the same page */
  g_object_unref (b);
  b = g_list_model_get_item (G_LIST_MODEL (watch->model), 300);
  g_assert_null (kontor_list_row_get_record (b));
  g_object_unref (b);
  /* The row is its record's, wherever that stands. */
  {
    guint position;
    gint64 rid = kontor_list_row_get_rid (a);

    watch_set_query (watch, "contact sort name desc");
    watch_settle (watch);
    g_assert_true (kontor_list_model_find_rid (watch->model, rid, &position));
    g_assert_cmpuint (position, ==, 299);
    b = g_list_model_get_item (G_LIST_MODEL (watch->model), position);
    g_assert_true (a == b);
    g_object_unref (b);
    g_assert_false (kontor_list_model_find_rid (watch->model, 123456789, &position));
  }
  g_object_unref (a);
  watch_free (watch);
}

static void
touch (KontorListModel *model, guint position)
{
  g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  if (row != NULL)
    g_assert_cmpint (kontor_list_row_get_rid (row), !=, 0);
}

/* A row outlives its model, and the model its workspace's threads. */
static void
test_going (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorListRow) row = NULL;
  g_autoptr(GError) error = NULL;
  Watch *watch;

  add_contacts (fixture, 300);
  watch = watch_new (fixture, "contact sort name");
  row = watch_hold (watch, 250);
  watch_free (watch);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr(KontorQuery) query =
        fixture_parse_query (fixture, i % 2 ? "contact sort name" : "contact sort notes");
      KontorListModel *model = kontor_list_model_new (fixture->workspace, query);

      pump (i % 6);
      touch (model, 250);
      g_object_unref (model);
    }
  pump (50);
  g_assert_nonnull (kontor_list_row_get_record (row));
  watch = watch_new (fixture, "contact sort name desc");
  watch_set_query (watch, "contact where name ~ x");
  touch (watch->model, 290);
  kontor_workspace_close (fixture->workspace, &error);
  g_assert_no_error (error);
  kontor_test_wait_until (is_idle, watch->model, 10000);
  touch (watch->model, 280);
  pump (20);
  watch_set_query (watch, "contact where name ~ y");
  kontor_test_wait_until (is_idle, watch->model, 10000);
  error = dup_error (watch);
  g_assert_nonnull (error);
  watch_free (watch);
}

static gboolean
dispose_cb (gpointer data)
{
  g_object_run_dispose (data);
  return G_SOURCE_REMOVE;
}

/* Thrown away from within its own signals. */
static void
drop_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  KontorListModel **place = data;

  g_clear_object (place);
}

static void
test_dropped_within (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorQuery) query = fixture_parse_query (fixture, "contact sort name");
  KontorListModel *model, *other;

  add_contacts (fixture, 700);
  model = kontor_list_model_new (fixture->workspace, query);
  g_signal_connect (model, "items-changed", G_CALLBACK (drop_cb), &model);
  while (model != NULL)
    g_main_context_iteration (NULL, TRUE);
  other = kontor_list_model_new (fixture->workspace, query);
  g_idle_add (dispose_cb, other);
  pump (30);
  g_object_unref (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

#define ADD(path, func) \
  g_test_add ("/list-model/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

  ADD ("empty", test_empty);
  ADD ("first", test_first);
  ADD ("first-overtaken", test_first_overtaken);
  ADD ("edits", test_edits);
  ADD ("in-place", test_in_place);
  ADD ("others", test_others);
  ADD ("filter", test_filter);
  ADD ("dependent", test_dependent);
  ADD ("trash", test_trash);
  ADD ("day", test_day);
  ADD ("burst", test_burst);
  ADD ("random", test_random);
  ADD ("set-query", test_set_query);
  ADD ("keep", test_keep);
  ADD ("keep-until-query", test_keep_until_query);
  ADD ("error", test_error);
  ADD ("rows", test_rows);
  ADD ("going", test_going);
  ADD ("dropped-within", test_dropped_within);
  return g_test_run ();
}
