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

static void
trash_range (Watch *watch, guint from, guint to)
{
  KontorStep *step = kontor_step_new ("Delete");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records =
    kontor_workspace_fetch (watch->fixture->workspace,
                            &kontor_contact_type,
                            &g_array_index (watch->shadow, gint64, from),
                            to - from,
                            KONTOR_READ_DEFAULT,
                            &error);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    kontor_step_trash (step,
                       &kontor_contact_type,
                       kontor_record_get_id (g_ptr_array_index (records, i)));
  kontor_commit_free (fixture_commit (watch->fixture, step));
}

typedef struct
{
  guint first, end; /* what somebody sees */
  guint most;       /* of it that went at once */
} Seen;

static void
seen_changed_cb (GListModel *model, guint position, guint removed, guint added, Seen *seen)
{
  guint from = MAX (position, seen->first), to = MIN (position + removed, seen->end);
  guint n = to > from ? to - from : 0;

  seen->most = MAX (seen->most, n);
  if (position < seen->first)
    seen->first = seen->first - MIN (removed, seen->first - position) + added;
  if (position < seen->end)
    seen->end = seen->end - MIN (removed, seen->end - position) + added;
}

/* Where many rows go from a view, which makes 200 widgets, those which somebody sees go a few at a
 * time: in place of each comes another one. */
static void
test_many_go (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    guint held, from, to;
  } cases[] = { { 0, 0, 1800 },      { 0, 10, 1600 },     { 1000, 400, 1800 }, { 1000, 1010, 1990 },
                { 1000, 100, 1100 }, { 1790, 200, 2000 }, { 1000, 1300, 1800 } };
  Watch *watch;

  fill (fixture, 2000);
  watch = watch_new (fixture, "contact sort name");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
      Seen seen = { cases[i].held, cases[i].held + 210, 0 };
      gulong id =
        g_signal_connect (watch->model, "items-changed", G_CALLBACK (seen_changed_cb), &seen);

      for (guint k = seen.first; k < seen.end; k++)
        g_ptr_array_add (rows, watch_hold (watch, k));
      watch_reset (watch);
      trash_range (watch, cases[i].from, cases[i].to);
      watch_settle (watch);
      g_signal_handler_disconnect (watch->model, id);
      g_assert_cmpuint (watch->shadow->len, ==, 2000 - (cases[i].to - cases[i].from));
      g_assert_cmpuint (seen.most, <=, 4);
      g_assert_cmpuint (watch->n_signals, <=, 200);
      g_ptr_array_set_size (rows, 0);
      kontor_commit_free (fixture_undo (fixture));
      watch_settle (watch);
      g_assert_cmpuint (watch->shadow->len, ==, 2000);
    }
  watch_free (watch);
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
  ADD ("many-go", test_many_go);
  ADD ("impatient", test_impatient);
  return g_test_run ();
}
