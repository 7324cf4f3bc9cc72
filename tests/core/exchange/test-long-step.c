/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of many parts as imports use them: links ahead of what they lead to, and parts that are
 * committed whole or not at all. */
#include "config.h"

#include "import-fixture.h"
#include <string.h>

static KontorLongStep *
begin (ImportFixture *fixture, KontorLongFlags flags)
{
  g_autoptr(GError) error = NULL;
  KontorLongStep *step =
    kontor_workspace_begin_long (fixture->workspace, "Load", KONTOR_ORIGIN_IMPORT, flags, &error);

  g_assert_no_error (error);
  return step;
}

static KontorId
add_account (KontorStep *part, const char *name, const KontorId *id, const KontorId *parent)
{
  g_autoptr(KontorRecord) account = kontor_record_new (&kontor_account_type, id);

  kontor_record_set_text (account, KONTOR_ACCOUNT_NAME, name);
  if (parent != NULL)
    kontor_record_set_link (account, KONTOR_ACCOUNT_PARENT, parent);
  return kontor_step_create (part, account);
}

static gboolean
append_account (KontorLongStep *step,
                const char *name,
                const KontorId *id,
                const KontorId *parent,
                GError **error)
{
  g_autoptr(KontorStep) part = kontor_step_new (NULL);

  add_account (part, name, id, parent);
  return kontor_long_step_append (step, part, NULL, error);
}

static void
make_ids (KontorId *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    ids[i] = kontor_id_new (kontor_env_get_default ());
}

static void
test_expected (ImportFixture *fixture, gconstpointer data)
{
  KontorLongStep *step = begin (fixture, GPOINTER_TO_INT (data));
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  KontorId ids[3];

  make_ids (ids, 3);
  g_assert_false (append_account (step, "Child", &ids[0], &ids[1], &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  g_clear_error (&error);
  kontor_long_step_expect (step, &kontor_account_type, &ids[1]);
  g_assert_true (append_account (step, "Child", &ids[0], &ids[1], &error));
  g_assert_true (append_account (step, "Parent", &ids[1], NULL, &error));
  g_assert_no_error (error);
  commit = kontor_long_step_end (step, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (commit);
  import_assert_sql (fixture,
                     "SELECT name,parent_title FROM v_account ORDER BY name",
                     "Child|Parent;Parent|-");
  import_assert_sound (fixture);
}

/* Of another type, or not at all: then all of it goes. */
static void
test_expected_in_vain (ImportFixture *fixture, gconstpointer data)
{
  KontorLongStep *step = begin (fixture, GPOINTER_TO_INT (data));
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  KontorId ids[3];

  make_ids (ids, 3);
  kontor_long_step_expect (step, &kontor_contact_type, &ids[2]);
  g_assert_false (append_account (step, "Wrong", &ids[0], &ids[2], &error));
  g_clear_error (&error);
  kontor_long_step_expect (step, &kontor_account_type, &ids[1]);
  g_assert_true (append_account (step, "Child", &ids[0], &ids[1], &error));
  commit = kontor_long_step_end (step, TRUE, NULL, NULL, &error);
  g_assert_null (commit);
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  import_assert_sql (fixture, "SELECT count(*) FROM account", "0");
  import_assert_sql (fixture, "SELECT count(*) FROM step WHERE label='Load'", "0");
  import_assert_sound (fixture);
}

static void
test_circle_ahead (ImportFixture *fixture, gconstpointer data)
{
  KontorLongStep *step = begin (fixture, GPOINTER_TO_INT (data));
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  KontorId ids[3];

  make_ids (ids, 3);
  kontor_long_step_expect (step, &kontor_account_type, &ids[1]);
  kontor_long_step_expect (step, &kontor_account_type, &ids[2]);
  g_assert_true (append_account (step, "A", &ids[0], &ids[1], &error));
  g_assert_true (append_account (step, "B", &ids[1], &ids[2], &error));
  g_assert_false (append_account (step, "C", &ids[2], &ids[0], &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  g_assert_nonnull (strstr (error->message, "circle"));
  commit = kontor_long_step_end (step, FALSE, NULL, NULL, NULL);
  g_assert_nonnull (commit);
  import_assert_sql (fixture, "SELECT count(*) FROM account", "0");
}

/* A step that is so long that it becomes several transactions may link ahead, too. */
static void
test_circle_in_one_step (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Long");
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  KontorId ids[2];

  make_ids (ids, 2);
  add_account (step, "A", &ids[0], &ids[1]);
  for (guint i = 0; i < 1500; i++)
    add_account (step, "Between", NULL, NULL);
  add_account (step, "B", &ids[1], &ids[0]);
  commit = kontor_workspace_commit (fixture->workspace, step, NULL, &error);
  g_assert_null (commit);
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  import_assert_sql (fixture, "SELECT count(*) FROM account", "0");
}

/* The parts of a bulk load are larger; one that fails left nothing, in the log neither. */
static void
test_whole_parts (ImportFixture *fixture, gconstpointer data)
{
  KontorLongStep *step = begin (fixture, GPOINTER_TO_INT (data));
  guint max = kontor_long_step_get_max_ops (step);
  g_autoptr(KontorStep) good = kontor_step_new (NULL);
  g_autoptr(KontorStep) bad = kontor_step_new (NULL);
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = g_strdup_printf ("%u", max);
  KontorId id;

  if ((GPOINTER_TO_INT (data) & KONTOR_LONG_BULK) != 0)
    g_assert_cmpuint (max, >, KONTOR_TRANSACTION_MAX_OPS);
  else
    g_assert_cmpuint (max, ==, KONTOR_TRANSACTION_MAX_OPS);
  id = add_account (good, "Good", NULL, NULL);
  while (kontor_step_get_n_ops (good) < max)
    add_account (good, "Good", NULL, NULL);
  while (kontor_step_get_n_ops (bad) < max - 1)
    add_account (bad, "Bad", NULL, NULL);
  add_account (bad, "Again", &id, NULL);
  g_assert_true (kontor_long_step_append (step, good, NULL, &error));
  g_assert_false (kontor_long_step_append (step, bad, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_CONFLICT));
  g_clear_error (&error);
  commit = kontor_long_step_end (step, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  import_assert_sql (fixture, "SELECT count(*) FROM account", expected);
  import_assert_sql (fixture,
                     "SELECT count(*) FROM change_op o JOIN change_tx t ON t.x=o.x JOIN step s ON "
                     "s.step=t.step WHERE s.label='Load'",
                     expected);
  import_assert_sql (fixture,
                     "SELECT max(n) FROM (SELECT count(*) n FROM change_op GROUP BY x)",
                     "1000");
  import_assert_sound (fixture);
}

#define ADD(path, flags, function)     \
  g_test_add ("/long-step/" path,      \
              ImportFixture,           \
              GINT_TO_POINTER (flags), \
              import_fixture_set_up,   \
              function,                \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  ADD ("expected", KONTOR_LONG_DEFAULT, test_expected);
  ADD ("expected-bulk", KONTOR_LONG_BULK, test_expected);
  ADD ("expected-in-vain", KONTOR_LONG_DEFAULT, test_expected_in_vain);
  ADD ("expected-in-vain-bulk", KONTOR_LONG_BULK, test_expected_in_vain);
  ADD ("circle-ahead", KONTOR_LONG_DEFAULT, test_circle_ahead);
  ADD ("circle-ahead-bulk", KONTOR_LONG_BULK, test_circle_ahead);
  ADD ("circle-in-one-step", KONTOR_LONG_DEFAULT, test_circle_in_one_step);
  ADD ("whole-parts", KONTOR_LONG_DEFAULT, test_whole_parts);
  ADD ("whole-parts-bulk", KONTOR_LONG_BULK, test_whole_parts);
  return g_test_run ();
}
