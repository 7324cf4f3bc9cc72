/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the list model with very many rows. */
#include "config.h"

#include "kontor-list-private.h"
#include "list-fixture.h"
#include "workspace-fixture.h"

static void
fill (Fixture *fixture, guint n)
{
  g_autofree char *sql =
    g_strdup_printf ("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<%u) "
                     "INSERT INTO contact(id,name,name__s,position) SELECT "
                     "randomblob(16),printf('P %%06d',"
                     "i*7919%%%u),printf('p %%06d',i*7919%%%u),printf('%%d',i*31%%1000) FROM c",
                     n,
                     n,
                     n);
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->workspace);
  file_exec (fixture->path, sql);
  fixture->workspace =
    kontor_workspace_open (fixture->path, KONTOR_OPEN_NO_WATCH, fixture->env, &error);
  g_assert_no_error (error);
}

static void
rename_row (Watch *watch, guint position, const char *name)
{
  g_autoptr(KontorListRow) row = watch_hold (watch, position);

  fixture_commit_text (watch->fixture,
                       kontor_record_get_id (kontor_list_row_get_record (row)),
                       KONTOR_CONTACT_NAME,
                       name);
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  const guint n = 100000;
  Watch *watch;

  fill (fixture, n);
  watch = watch_new (fixture, "contact sort name");
  g_assert_cmpuint (watch->shadow->len, ==, n);
  rename_row (watch, 99990, "A first");
  watch_settle (watch);
  g_assert_cmpuint (watch->n_touched, ==, 2);
  rename_row (watch, 0, "Z last");
  watch_settle (watch);
  g_assert_cmpuint (watch->n_touched, ==, 4);
  g_assert_cmpuint (watch->n_signals, ==, 4);
  watch_set_query (watch, "contact sort position, name desc");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, n);
  watch_reset (watch);
  rename_row (watch, 50000, "Somewhere");
  watch_settle (watch);
  g_assert_cmpuint (watch->n_touched, <=, 2);
  watch_set_query (watch, "contact where position=500 sort name");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 100);
  watch_set_query (watch, "contact where position < 5 sort name");
  watch_settle (watch);
  watch_free (watch);
}

static void
record_gone_cb (gpointer n_records, GObject *record)
{
  (*(guint *) n_records)--;
}

/* Who scrolls through very many rows does not keep what was read of them. */
static void
test_forgets (Fixture *fixture, gconstpointer data)
{
  const guint n = 20000, step = 50, most = 2200;
  guint n_records = 0;
  Watch *watch;

  fill (fixture, n);
  watch = watch_new (fixture, "contact sort name");
  for (guint i = 0; i < n; i += step)
    {
      g_autoptr(KontorListRow) first = watch_hold (watch, i);

      for (guint k = i; k < i + step; k++)
        {
          g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (watch->model), k);
          KontorRecord *record = kontor_list_row_get_record (row);

          if (record == NULL)
            continue;
          g_object_weak_ref (G_OBJECT (record), record_gone_cb, &n_records);
          n_records++;
        }
    }
  g_assert_cmpuint (n_records, >, 0);
  g_assert_cmpuint (n_records, <, most);
  watch_set_query (watch, "contact sort name desc");
  watch_settle (watch);
  pump (50);
  g_assert_cmpuint (n_records, <, most);
  watch_free (watch);
  g_assert_cmpuint (n_records, ==, 0);
}

/* Nothing is found in time: the other reader finds it in the end, and rows are told in order. */
static void
test_impatient (Fixture *fixture, gconstpointer data)
{
  Watch *watch;

  fill (fixture, 20000);
  kontor_list_set_patience_for_testing (1);
  watch = watch_new (fixture, "contact sort name");
  g_assert_cmpuint (watch->shadow->len, ==, 20000);
  watch_set_query (watch, "contact where position=500 sort name");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 20);
  watch_set_query (watch, "contact where name ~ \"7\" sort position desc, name");
  watch_settle (watch);
  rename_row (watch, 100, "None");
  watch_settle (watch);
  rename_row (watch, 100, "With a 7");
  watch_settle (watch);
  watch_set_query (watch, "contact where account.city=Berlin");
  watch_settle (watch);
  g_assert_cmpuint (watch->shadow->len, ==, 0);
  watch_free (watch);
  kontor_list_set_patience_for_testing (0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

#define ADD(path, func) \
  g_test_add ("/list-large/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

  ADD ("edits", test_large);
  ADD ("forgets", test_forgets);
  ADD ("impatient", test_impatient);
  return g_test_run ();
}
