/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import as a job: it tells how far it is, can be stopped at any moment, and is one step. */
#include "config.h"

#include "import-fixture.h"
#include <string.h>

/* Enough for many transactions. */
#define N_ROWS 6000

static char *
make_people (guint n)
{
  GString *text = g_string_new ("Name,Company,City,Phone,E-mail\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "Person %u,Company %u,Berlin,+49 30 %u,p%u@example.com\n",
                            i,
                            i / 10,
                            100000 + i,
                            i);
  return g_string_free (text, FALSE);
}

static KontorImportJob *
prepare_people (ImportFixture *fixture, guint n)
{
  g_autofree char *text = make_people (n);

  fixture->type = "contact";
  fixture->name = "people.csv";
  return prepare_text (fixture, text);
}

/* Not even in the trash, nor in the history or the search. */
static void
assert_nothing (ImportFixture *fixture)
{
  import_assert_sql (fixture,
                     "SELECT (SELECT count(*) FROM contact WHERE hid=0),(SELECT count(*) FROM "
                     "account WHERE hid=0),(SELECT count(*) FROM contact_point WHERE "
                     "hid=0),(SELECT "
                     "count(*) FROM address WHERE hid=0),(SELECT count(*) FROM import_batch WHERE "
                     "hid=0)",
                     "0|0|0|0|0");
  import_assert_sound (fixture);
}

static void
assert_nothing_found (ImportFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorSearchResult) result =
    kontor_workspace_search (fixture->workspace, "person", NULL, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->hits->len, ==, 0);
}

/* --- Progress --------------------------------------------------------------------------------- */

typedef struct
{
  KontorImportJob *job;
  KontorImportState last;
  guint n_calls;
  gboolean stop_in_reading; /* at the first call */
  gboolean keep;
} Watch;

static void
progress_cb (const KontorImportState *state, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpfloat (state->fraction, >=, 0.0);
  g_assert_cmpfloat (state->fraction, <=, 1.0);
  g_assert_cmpuint (state->bytes, <=, state->total_bytes);
  if (watch->n_calls > 0 && state->phase == watch->last.phase)
    g_assert_cmpuint (state->rows, >=, watch->last.rows);
  g_assert_cmpint (state->phase, >=, watch->last.phase);
  watch->last = *state;
  watch->n_calls++;
  if (watch->stop_in_reading && state->phase == KONTOR_IMPORT_READING && state->rows > 0)
    kontor_import_job_stop (watch->job, watch->keep);
}

static void
test_progress (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, N_ROWS);
  Watch watch = { .job = job };
  KontorImportState state;

  kontor_import_job_get_state (job, &state);
  g_assert_cmpuint (state.total_bytes, >, 300000);
  fixture->result = kontor_import_job_run (job, progress_cb, &watch, NULL, &fixture->error);
  import_assert_counts (fixture, N_ROWS, 0, 0, 0);
  g_assert_false (fixture->result->stopped);
  g_assert_cmpuint (watch.n_calls, >=, 2);
  g_assert_cmpint (watch.last.phase, ==, KONTOR_IMPORT_FINISHING);
  kontor_import_job_get_state (job, &state);
  g_assert_cmpuint (state.rows, >, N_ROWS * 9 / 10);
  g_assert_cmpuint (kontor_import_report_get_counts (fixture->result->report)->others,
                    ==,
                    N_ROWS / 10);
}

/* --- A view of what came ---------------------------------------------------------------------- */

static char *
find_names (ImportFixture *fixture, const char *text)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorQuery) query = kontor_query_parse (schema, text, &error);
  g_autoptr(GArray) rids = NULL;
  g_autoptr(GPtrArray) records = NULL;
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  rids = kontor_workspace_query (fixture->workspace, query, 0, NULL, &error);
  g_assert_no_error (error);
  records = kontor_workspace_fetch (fixture->workspace,
                                    kontor_query_get_record_type (query),
                                    (const gint64 *) (gpointer) rids->data,
                                    rids->len,
                                    KONTOR_READ_DEFAULT,
                                    &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *title = kontor_record_dup_title (g_ptr_array_index (records, i));

      g_string_append_printf (names, "%s;", title);
    }
  return g_string_free (names, FALSE);
}

/* It has what was made and what was changed, and goes with the import. */
static void
test_view (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *query = NULL;
  g_autofree char *names = NULL;
  g_autofree char *after = NULL;
  g_autoptr(KontorCommit) commit = NULL;

  fixture->type = "account";
  import_text (fixture, "Name\nAcme\nOld & Co\n");
  g_assert_true (kontor_id_is_null (&fixture->result->view));
  fixture->options = kontor_import_options_new ();
  fixture->options->keep_view = TRUE;
  fixture->type = "account";
  fixture->mode = KONTOR_IMPORT_FILL;
  import_text (fixture, "Name,City\nAcme,Berlin\nNew Inc,Rome\nOld & Co,\n");
  import_assert_counts (fixture, 1, 1, 1, 0);
  g_assert_false (kontor_id_is_null (&fixture->result->view));
  import_assert_sql (fixture, "SELECT count(*),type,kind FROM v_saved_view", "1|account|list");
  query = import_sql (fixture, "SELECT query FROM v_saved_view");
  names = find_names (fixture, query);
  g_assert_cmpstr (names, ==, "Acme;New Inc;");

  commit = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, NULL);
  g_assert_nonnull (commit);
  import_assert_sql (fixture, "SELECT count(*) FROM v_saved_view", "0");
  after = find_names (fixture, "account");
  g_assert_cmpstr (after, ==, "Acme;Old & Co;");
}

/* Of cards the people; of what stands in no list of people none. */
static void
test_view_of_cards (ImportFixture *fixture, gconstpointer data)
{
  fixture->options = kontor_import_options_new ();
  fixture->options->keep_view = TRUE;
  import_text (fixture, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nORG:Acme\r\nEND:VCARD\r\n");
  import_assert_sql (fixture, "SELECT type FROM v_saved_view", "contact");
  fixture->options = kontor_import_options_new ();
  fixture->options->keep_view = TRUE;
  fixture->type = "tag";
  import_text (fixture, "Name\nVIP\n");
  g_assert_true (kontor_id_is_null (&fixture->result->view));
}

/* --- Cancel ----------------------------------------------------------------------------------- */

static void
test_cancelled_before (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, 10);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  fixture->result = kontor_import_job_run (job, NULL, NULL, cancellable, &fixture->error);
  g_assert_null (fixture->result);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing (fixture);
}

/* Stopped in the middle, nothing is left, and there is nothing to undo. */
static void
test_cancel (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = NULL;
  Watch watch = { .stop_in_reading = TRUE };
  g_autofree char *before = kontor_workspace_dup_undo_label (fixture->workspace);
  g_autofree char *after = NULL;

  fixture->mode = (KontorImportMode) GPOINTER_TO_INT (data);
  watch.job = job = prepare_people (fixture, N_ROWS);
  fixture->result = kontor_import_job_run (job, progress_cb, &watch, NULL, &fixture->error);
  g_assert_null (fixture->result);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (watch.last.phase, ==, KONTOR_IMPORT_TAKING_BACK);
  assert_nothing (fixture);
  assert_nothing_found (fixture);
  after = kontor_workspace_dup_undo_label (fixture->workspace);
  g_assert_cmpstr (after, ==, before);
  /* and the workspace takes the same file again */
  fixture->type = "contact";
  import_text (fixture, "Name\nAna\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
}

/* Stopped, but what is there stays: whole rows, as one step. */
static void
test_keep (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, N_ROWS);
  Watch watch = { .job = job, .stop_in_reading = TRUE, .keep = TRUE };
  g_autoptr(KontorCommit) undone = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  const KontorImportCounts *counts;

  /* the first call may come before the first part is written */
  fixture->result = kontor_import_job_run (job, progress_cb, &watch, NULL, &fixture->error);
  if (fixture->result == NULL)
    {
      g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_nothing (fixture);
      g_test_skip ("stopped before the first row was there");
      return;
    }
  g_assert_true (fixture->result->stopped);
  counts = kontor_import_report_get_counts (fixture->result->report);
  g_assert_cmpuint (counts->created, >, 0);
  g_assert_cmpuint (counts->created, <, N_ROWS);
  expected = g_strdup_printf ("%u|1", (guint) counts->created);
  import_assert_sql (fixture,
                     "SELECT (SELECT count(*) FROM contact),(SELECT count(*) FROM import_batch)",
                     expected);
  import_assert_sound (fixture);
  undone = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_nothing (fixture);
}

/* --- One step --------------------------------------------------------------------------------- */

static void
test_one_step (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, N_ROWS);
  g_autoptr(KontorCommit) undone = NULL;
  g_autoptr(KontorCommit) redone = NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(GError) error = NULL;
  const KontorStepInfo *step;

  fixture->result = kontor_import_job_run (job, NULL, NULL, NULL, &fixture->error);
  import_assert_counts (fixture, N_ROWS, 0, 0, 0);
  steps = kontor_workspace_list_steps (fixture->workspace, 10, &error);
  g_assert_no_error (error);
  step = g_ptr_array_index (steps, 0);
  g_assert_true (kontor_id_equal (&step->step, &fixture->result->step));
  g_assert_cmpint (step->origin, ==, KONTOR_ORIGIN_IMPORT);
  g_assert_nonnull (strstr (step->label, "people.csv"));
  g_assert_cmpuint (step->n_ops, >, 3 * N_ROWS);
  import_assert_sql (fixture, "SELECT count(*) FROM step WHERE origin=1", "1");

  undone = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->rest != NULL ? undone->rest->len : 0, ==, 0);
  assert_nothing (fixture);
  assert_nothing_found (fixture);
  redone = kontor_workspace_redo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  import_assert_sql (fixture, "SELECT count(*) FROM contact WHERE hid=0", "6000");
  import_assert_sound (fixture);
}

/* Rows that change known records: undoing brings back what was there. */
static void
test_undo_update (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorCommit) undone = NULL;
  g_autoptr(GError) error = NULL;

  fixture->type = "account";
  import_text (fixture, "Number,Name,City,Phone\n1,Acme,Berlin,030 1\n2,Beta,Bonn,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  fixture->type = "account";
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  fixture->key = "number";
  import_text (fixture, "Number,Name,City,Phone\n1,ACME,Bremen,030 2\n2,Beta,Bonn,\n3,New,,\n");
  import_assert_counts (fixture, 1, 1, 1, 0);
  import_assert_sql (fixture,
                     "SELECT name,city,main_phone FROM account WHERE hid=0 ORDER BY number",
                     "ACME|Bremen|030 2;Beta|Bonn|-;New|-|-");
  undone = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  import_assert_sql (fixture,
                     "SELECT name,city,main_phone FROM account WHERE hid=0 ORDER BY number",
                     "Acme|Berlin|030 1;Beta|Bonn|-");
  import_assert_sound (fixture);
}

/* Files of which nothing goes in leave no step to be undone by mistake. */
static void
test_no_step (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *before = kontor_workspace_dup_undo_label (fixture->workspace);
  g_autofree char *after = NULL;

  fixture->type = "contact";
  import_text (fixture, "Name,Birthday\nAna,never\n");
  import_assert_counts (fixture, 0, 0, 0, 1);
  g_assert_true (kontor_id_is_null (&fixture->result->step));
  after = kontor_workspace_dup_undo_label (fixture->workspace);
  g_assert_cmpstr (after, ==, before);
  import_assert_sql (fixture, "SELECT count(*) FROM step WHERE state=0", "0");
}

/* --- On another thread ------------------------------------------------------------------------ */

typedef struct
{
  guint n_signals;
  GAsyncResult *result;
  GThread *thread;
} Outcome;

static void
signal_cb (KontorImportJob *job, const KontorImportState *state, Outcome *outcome)
{
  g_assert_true (outcome->thread == g_thread_self ());
  g_assert_cmpfloat (state->fraction, <=, 1.0);
  outcome->n_signals++;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  g_assert_true (outcome->thread == g_thread_self ());
  outcome->result = g_object_ref (result);
}

static void
test_async (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, N_ROWS);
  Outcome outcome = { .thread = g_thread_self () };

  g_signal_connect (job, "progress", G_CALLBACK (signal_cb), &outcome);
  kontor_import_job_run_async (job, done_cb, &outcome);
  while (outcome.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  fixture->result = kontor_import_job_run_finish (job, outcome.result, &fixture->error);
  import_assert_counts (fixture, N_ROWS, 0, 0, 0);
  g_assert_cmpuint (outcome.n_signals, >, 0);
  g_object_unref (outcome.result);
}

/* The window stops it while it runs. */
static void
test_async_stop (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, N_ROWS);
  Outcome outcome = { .thread = g_thread_self () };
  KontorImportState state;

  kontor_import_job_run_async (job, done_cb, &outcome);
  do
    {
      g_main_context_iteration (NULL, FALSE);
      kontor_import_job_get_state (job, &state);
    }
  while (state.rows < 100 && outcome.result == NULL);
  g_assert_null (outcome.result);
  kontor_import_job_stop (job, FALSE);
  while (outcome.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  fixture->result = kontor_import_job_run_finish (job, outcome.result, &fixture->error);
  g_assert_null (fixture->result);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing (fixture);
  g_object_unref (outcome.result);
}

/* --- What goes wrong meanwhile ------------------------------------------------------------------
 */

/* The workspace is gone: the import says so and does not hang. */
static void
test_closed (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportJob) job = prepare_people (fixture, 10);
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  g_assert_no_error (error);
  fixture->result = kontor_import_job_run (job, NULL, NULL, NULL, &fixture->error);
  g_assert_null (fixture->result);
  g_assert_nonnull (fixture->error);
}

#define ADD(path, data, function)    \
  g_test_add ("/job/" path,          \
              ImportFixture,         \
              data,                  \
              import_fixture_set_up, \
              function,              \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  ADD ("progress", NULL, test_progress);
  ADD ("view", NULL, test_view);
  ADD ("view-of-cards", NULL, test_view_of_cards);
  ADD ("cancelled-before", NULL, test_cancelled_before);
  /* with indexes and search put off, and without */
  ADD ("cancel", GINT_TO_POINTER (KONTOR_IMPORT_SKIP), test_cancel);
  ADD ("cancel-live", GINT_TO_POINTER (KONTOR_IMPORT_OVERWRITE), test_cancel);
  ADD ("keep", NULL, test_keep);
  ADD ("one-step", NULL, test_one_step);
  ADD ("undo-update", NULL, test_undo_update);
  ADD ("no-step", NULL, test_no_step);
  ADD ("async", NULL, test_async);
  ADD ("async-stop", NULL, test_async_stop);
  ADD ("closed", NULL, test_closed);
  return g_test_run ();
}
