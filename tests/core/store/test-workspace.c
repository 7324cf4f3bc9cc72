/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The object: signals, asynchronous calls, threads, cancelling, closing, long steps, attachments,
 * read-only SQL. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-workspace-private.h"
#include "workspace-fixture.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

/* --- Signals ------------------------------------------------------------------------------ */

typedef struct
{
  GString *log;
} Heard;

static void
changed_cb (KontorWorkspace *workspace, KontorChangeSet *changes, Heard *heard)
{
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_string_append_printf (heard->log, "changed(%s) ", kontor_change_set_get_label (changes));
}

static void
undo_changed_cb (KontorWorkspace *workspace, Heard *heard)
{
  g_autofree char *undo = kontor_workspace_dup_undo_label (workspace);
  g_autofree char *redo = kontor_workspace_dup_redo_label (workspace);

  g_string_append_printf (heard->log,
                          "undo(%s,%s) ",
                          undo != NULL ? undo : "-",
                          redo != NULL ? redo : "-");
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_signals (Fixture *fixture, gconstpointer data)
{
  Heard heard = { g_string_new (NULL) };

  g_signal_connect (fixture->workspace, "changed", G_CALLBACK (changed_cb), &heard);
  g_signal_connect (fixture->workspace, "undo-changed", G_CALLBACK (undo_changed_cb), &heard);
  run_pending ();
  g_string_truncate (heard.log, 0);
  workspace_add_contact (fixture->workspace, "Anna");
  /* Nothing comes on another thread than the one that runs the loop. */
  g_assert_cmpstr (heard.log->str, ==, "");
  run_pending ();
  g_assert_cmpstr (heard.log->str, ==, "changed(New Person) undo(New Person,-) ");
  g_string_truncate (heard.log, 0);
  kontor_commit_free (fixture_undo (fixture));
  run_pending ();
  g_assert_nonnull (strstr (heard.log->str, "undo(-,New Person)"));
  run_pending ();
  g_signal_handlers_disconnect_by_data (fixture->workspace, &heard);
  g_string_free (heard.log, TRUE);
}

/* --- Asynchronous ------------------------------------------------------------------------- */

typedef struct
{
  guint n_done;
  KontorCommit *commit;
  GError *error;
} Answer;

static gboolean
is_answered (gpointer data)
{
  return ((Answer *) data)->n_done > 0;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->commit =
    kontor_workspace_commit_finish (KONTOR_WORKSPACE (source), result, &answer->error);
  answer->n_done++;
}

static KontorStep *
new_contact_step (const char *name)
{
  KontorStep *step = kontor_step_new ("New Person");
  g_autoptr(KontorRecord) contact = fixture_new_contact (name);

  kontor_step_create (step, contact);
  return step;
}

static void
test_commit_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = new_contact_step ("Anna");
  Answer answer = { 0 };

  kontor_workspace_commit_async (fixture->workspace, step, NULL, committed_cb, &answer);
  kontor_test_wait_until (is_answered, &answer, 5000);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.commit->n_ops, ==, 1);
  kontor_commit_free (answer.commit);
}

static void
test_commit_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = new_contact_step ("Anna");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *count = NULL;
  Answer answer = { 0 };

  g_cancellable_cancel (cancellable);
  kontor_workspace_commit_async (fixture->workspace, step, cancellable, committed_cb, &answer);
  kontor_test_wait_until (is_answered, &answer, 5000);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answer.commit);
  g_error_free (answer.error);
  count = workspace_sql (fixture->workspace, "SELECT count(*) FROM contact");
  g_assert_cmpstr (count, ==, "0\n");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KontorWorkspace **workspace = data;
  g_autoptr(GError) error = NULL;

  *workspace = kontor_workspace_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_workspace_close_finish (KONTOR_WORKSPACE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Its signals come in the context it was opened from, not on the thread that opened it. */
static void
test_open_async (Fixture *fixture, gconstpointer data)
{
  KontorWorkspace *workspace = NULL;
  Heard heard = { g_string_new (NULL) };
  gboolean closed = FALSE;

  kontor_workspace_open_async (fixture->path,
                               KONTOR_OPEN_DEFAULT,
                               NULL,
                               NULL,
                               opened_cb,
                               &workspace);
  kontor_test_wait_until (is_set, &workspace, 5000);
  g_signal_connect (workspace, "changed", G_CALLBACK (changed_cb), &heard);
  workspace_add_contact (workspace, "Anna");
  run_pending ();
  g_assert_cmpstr (heard.log->str, ==, "changed(New Person) ");
  kontor_workspace_close_async (workspace, closed_cb, &closed);
  kontor_test_wait_until (is_true, &closed, 5000);
  run_pending ();
  g_object_unref (workspace);
  g_string_free (heard.log, TRUE);
}

/* --- Closing ------------------------------------------------------------------------------ */

static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = new_contact_step ("Bert");
  g_autoptr(GError) error = NULL;
  Answer answers[20] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(KontorStep) one = new_contact_step ("Anna");

      kontor_workspace_commit_async (fixture->workspace, one, NULL, committed_cb, &answers[i]);
    }
  /* What was handed over is written. */
  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      kontor_test_wait_until (is_answered, &answers[i], 5000);
      g_assert_no_error (answers[i].error);
      kontor_commit_free (answers[i].commit);
    }
  g_assert_null (kontor_workspace_commit (fixture->workspace, step, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_FAILED);
}

/* Dropped without closing: the threads end by themselves and leave a plain file. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  Answer answer = { 0 };
  g_autoptr(KontorStep) step = new_contact_step ("Anna");
  KontorWorkspace *workspace = g_steal_pointer (&fixture->workspace);

  kontor_workspace_commit_async (workspace, step, NULL, committed_cb, &answer);
  g_object_unref (workspace);
  kontor_test_wait_until (is_answered, &answer, 5000);
  kontor_commit_free (answer.commit);
  for (guint i = 0; i < 500 && g_file_test (wal, G_FILE_TEST_EXISTS); i++)
    {
      run_pending ();
      g_usleep (10000);
    }
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  fixture->workspace = workspace_open (fixture->path, KONTOR_OPEN_NO_WATCH);
}

/* --- Threads ------------------------------------------------------------------------------ */

#define N_THREADS 6
#define N_EACH 30

static gpointer
commit_and_read (gpointer data)
{
  KontorWorkspace *workspace = data;

  for (guint i = 0; i < N_EACH; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorStep) step = kontor_step_new ("New Person");
      g_autoptr(KontorRecord) contact = fixture_new_contact ("Anna");
      g_autoptr(KontorRecord) read = NULL;
      KontorId id = kontor_step_create (step, contact);

      kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
      g_assert_no_error (error);
      /* A commit that returned is seen by who reads then. */
      read = kontor_workspace_get (workspace, &kontor_contact_type, &id, 0, &error);
      g_assert_no_error (error);
      g_assert_nonnull (read);
    }
  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[N_THREADS];
  g_autofree char *count = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("test", commit_and_read, fixture->workspace);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  count = workspace_sql (fixture->workspace, "SELECT count(*) FROM contact");
  g_assert_cmpint (atoi (count), ==, N_THREADS * N_EACH);
  fixture_assert_sound (fixture);
}

typedef struct
{
  GString *order;
  GMutex lock;
  GCond cond;
  gboolean go;
} Order;

static gpointer
wait_job (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  g_mutex_lock (&order->lock);
  while (!order->go)
    g_cond_wait (&order->cond, &order->lock);
  g_mutex_unlock (&order->lock);
  return NULL;
}

static gpointer
person_job (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_string_append_c (((Order *) data)->order, 'p');
  return NULL;
}

static gpointer
work_job (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_string_append_c (((Order *) data)->order, 'w');
  return NULL;
}

static void
push (Fixture *fixture, KontorPriority priority, KontorDbFunc func, Order *order)
{
  kontor_workspace_run_async (fixture->workspace,
                              KONTOR_LANE_WRITE,
                              priority,
                              func,
                              order,
                              NULL,
                              NULL,
                              NULL,
                              NULL,
                              NULL);
}

/* A person's step goes before the parts of an import that wait. */
static void
test_priority (Fixture *fixture, gconstpointer data)
{
  Order order = { g_string_new (NULL) };

  push (fixture, KONTOR_PRIORITY_PERSON, wait_job, &order);
  push (fixture, KONTOR_PRIORITY_WORK, work_job, &order);
  push (fixture, KONTOR_PRIORITY_WORK, work_job, &order);
  push (fixture, KONTOR_PRIORITY_PERSON, person_job, &order);
  g_mutex_lock (&order.lock);
  order.go = TRUE;
  g_cond_signal (&order.cond);
  g_mutex_unlock (&order.lock);
  workspace_add_contact (fixture->workspace, "Anna");
  kontor_workspace_run (fixture->workspace,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_IDLE,
                        person_job,
                        &order,
                        NULL,
                        NULL);
  g_assert_cmpstr (order.order->str, ==, "pwwp");
  run_pending ();
  g_string_free (order.order, TRUE);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static gboolean
ignore_row (guint n,
            const char *const *names,
            const char *const *texts,
            const int *types,
            gpointer data)
{
  return TRUE;
}

#define ENDLESS \
  "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c"

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);
  g_autofree char *one = NULL;

  g_assert_false (
    kontor_workspace_sql (fixture->workspace, ENDLESS, ignore_row, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  one = workspace_sql (fixture->workspace, "SELECT 1");
  g_assert_cmpstr (one, ==, "1\n");
}

static gpointer
close_later (gpointer data)
{
  g_usleep (100000);
  g_assert_true (kontor_workspace_close (data, NULL));
  return NULL;
}

/* Closing does not wait for a question that never ends. */
static void
test_close_while_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("close", close_later, fixture->workspace);

  g_assert_false (
    kontor_workspace_sql (fixture->workspace, ENDLESS, ignore_row, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_thread_join (thread);
}

/* --- Long steps --------------------------------------------------------------------------- */

static void
append_contacts (KontorLongStep *step, guint n)
{
  g_autoptr(KontorStep) part = kontor_step_new ("");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Imported %u", i);
      g_autoptr(KontorRecord) contact = fixture_new_contact (name);

      kontor_step_create (part, contact);
    }
  kontor_long_step_append (step, part, NULL, &error);
  g_assert_no_error (error);
}

static void
test_long_step (Fixture *fixture, gconstpointer data)
{
  KontorLongFlags flags = GPOINTER_TO_INT (data);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *undo = NULL, *labels = NULL;
  g_autoptr(KontorCommit) commit = NULL, undone = NULL;
  KontorLongStep *step;

  before = workspace_sql (fixture->workspace, "SELECT name FROM sqlite_schema ORDER BY 1");
  for (gboolean keep = FALSE; keep <= TRUE; keep++)
    {
      g_autofree char *count = NULL;

      step = kontor_workspace_begin_long (fixture->workspace,
                                          "Import",
                                          KONTOR_ORIGIN_IMPORT,
                                          flags,
                                          &error);
      g_assert_no_error (error);
      append_contacts (step, 1500);
      workspace_add_contact (fixture->workspace, keep ? "Bert" : "Anna");
      append_contacts (step, 100);
      kontor_long_step_set_label (step, "A part of it");
      g_clear_pointer (&commit, kontor_commit_free);
      commit = kontor_long_step_end (step, keep, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (commit->n_ops, ==, keep ? 1600 : 0);
      count = workspace_sql (fixture->workspace, "SELECT count(*) FROM contact");
      g_assert_cmpstr (count, ==, keep ? "1602\n" : "1\n");
      fixture_assert_sound (fixture);
    }
  after = workspace_sql (fixture->workspace, "SELECT name FROM sqlite_schema ORDER BY 1");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (commit->label, ==, "A part of it");
  labels = workspace_sql (fixture->workspace,
                          "SELECT label FROM step WHERE label IN ('Import','A part of it')");
  g_assert_cmpstr (labels, ==, "A part of it\n");
  undone = kontor_workspace_undo_step (fixture->workspace, &commit->step, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  undo = workspace_sql (fixture->workspace, "SELECT name FROM contact WHERE hid=0 ORDER BY 1");
  g_assert_cmpstr (undo, ==, "Anna\nBert\n");
  fixture_assert_sound (fixture);
}

static void
test_long_step_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  KontorLongStep *step = kontor_workspace_begin_long (fixture->workspace,
                                                      "Import",
                                                      KONTOR_ORIGIN_IMPORT,
                                                      KONTOR_LONG_DEFAULT,
                                                      &error);
  g_autofree char *count = NULL;

  g_assert_null (kontor_workspace_begin_long (fixture->workspace,
                                              "Import",
                                              KONTOR_ORIGIN_IMPORT,
                                              KONTOR_LONG_DEFAULT,
                                              &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_BUSY);
  g_clear_error (&error);
  append_contacts (step, 10);
  /* Closed while it is open: it is taken back. */
  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  g_assert_null (kontor_long_step_end (step, TRUE, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_object_unref (fixture->workspace);
  fixture->workspace = workspace_open (fixture->path, KONTOR_OPEN_NO_WATCH);
  count = workspace_sql (fixture->workspace, "SELECT count(*) FROM contact");
  g_assert_cmpstr (count, ==, "0\n");
  fixture_assert_sound (fixture);
}

/* --- Attachments -------------------------------------------------------------------------- */

static GBytes *
make_contents (gsize length)
{
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (bytes, length);
}

static void
assert_reads_back (Fixture *fixture, const char *hash, GBytes *contents)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = kontor_workspace_open_blob (fixture->workspace, hash, &error);
  g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr(GBytes) read = NULL;

  g_assert_no_error (error);
  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  read = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  g_assert_true (g_bytes_equal (read, contents));
}

static void
test_blob (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 0,
                                 1,
                                 KONTOR_BLOB_CHUNK - 1,
                                 KONTOR_BLOB_CHUNK,
                                 KONTOR_BLOB_CHUNK + 1,
                                 3 * KONTOR_BLOB_CHUNK + 17 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) contents = make_contents (sizes[i]);
      g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (contents);
      g_autoptr(GInputStream) again = g_memory_input_stream_new_from_bytes (contents);
      g_autoptr(GInputStream) once = g_buffered_input_stream_new (again);
      g_autofree char *hash = NULL, *same = NULL;
      g_autoptr(GError) error = NULL;
      gint64 size = -1;

      hash =
        kontor_workspace_put_blob (fixture->workspace, stream, 0, &size, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (size, ==, (gint64) sizes[i]);
      g_assert_cmpuint (strlen (hash), ==, KONTOR_BLOB_HASH_TEXT);
      assert_reads_back (fixture, hash, contents);
      /* Kept once, whatever kind of stream it comes from. */
      same =
        kontor_workspace_put_blob (fixture->workspace, once, 0, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (same, ==, hash);
    }
  fixture_assert_sound (fixture);
}

static void
cancel_at_half_cb (guint64 done, guint64 total, gpointer data)
{
  if (done * 2 >= total)
    g_cancellable_cancel (data);
}

/* Broken off in the middle, it is not there; the next attempt goes on from there. */
static void
test_blob_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GBytes) contents = make_contents (4 * KONTOR_BLOB_CHUNK);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (contents);
  g_autoptr(GInputStream) again = g_memory_input_stream_new_from_bytes (contents);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *state = NULL, *hash = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (kontor_workspace_put_blob (fixture->workspace,
                                            stream,
                                            0,
                                            NULL,
                                            cancel_at_half_cb,
                                            cancellable,
                                            cancellable,
                                            &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  state = workspace_sql (fixture->workspace, "SELECT st,got,hex(hash) FROM blob");
  g_assert_true (g_str_has_prefix (state, "0|2097152|"));
  hash = g_ascii_strdown (g_strchomp (state) + strlen ("0|2097152|"), -1);
  g_assert_null (kontor_workspace_open_blob (fixture->workspace, hash, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_pointer (&hash, g_free);
  hash = kontor_workspace_put_blob (fixture->workspace, again, 0, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_reads_back (fixture, hash, contents);
  fixture_assert_sound (fixture);
}

/* What nobody went on with goes at an opening a day later. */
static void
test_blob_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GBytes) contents = make_contents (4 * KONTOR_BLOB_CHUNK);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (contents);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *kept = NULL, *gone = NULL;

  g_assert_null (kontor_workspace_put_blob (fixture->workspace,
                                            stream,
                                            0,
                                            NULL,
                                            cancel_at_half_cb,
                                            cancellable,
                                            cancellable,
                                            NULL));
  fixture_reopen (fixture);
  kept = workspace_sql (fixture->workspace, "SELECT count(*) FROM blob_chunk");
  g_assert_cmpstr (kept, ==, "2\n");
  kontor_env_advance (fixture->env, G_GINT64_CONSTANT (25) * 3600 * 1000);
  fixture_reopen (fixture);
  gone = workspace_sql (fixture->workspace, "SELECT count(*) FROM blob_chunk");
  g_assert_cmpstr (gone, ==, "0\n");
}

static void
test_blob_limits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "large");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) declared = NULL;
  g_autoptr(GBytes) contents = make_contents (2000);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (contents);
  g_autoptr(GError) error = NULL;
  g_autofree char *count = NULL;

  g_assert_null (
    kontor_workspace_put_blob (fixture->workspace, stream, 1999, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_LIMIT);
  g_clear_error (&error);
  /* Two gigabytes of nothing: refused by what the file says of itself. */
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (2147483648)), ==, 0);
  declared = g_file_read (file, NULL, &error);
  g_assert_null (kontor_workspace_put_blob (fixture->workspace,
                                            G_INPUT_STREAM (declared),
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            NULL,
                                            &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (kontor_workspace_open_blob (fixture->workspace, "../../etc/passwd", &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_NOT_FOUND);
  count = workspace_sql (fixture->workspace, "SELECT count(*) FROM blob");
  g_assert_cmpstr (count, ==, "0\n");
}

static void
test_blob_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autofree char *hash =
    kontor_workspace_put_blob (fixture->workspace, stream, 0, NULL, NULL, NULL, NULL, NULL);
  g_autoptr(GPtrArray) problems = NULL;

  g_assert_true (kontor_workspace_close (fixture->workspace, NULL));
  g_object_unref (fixture->workspace);
  file_exec (fixture->path, "UPDATE blob_chunk SET data=x'616264'");
  fixture->workspace = workspace_open (fixture->path, KONTOR_OPEN_NO_WATCH);
  problems = kontor_workspace_check (fixture->workspace, FALSE, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), hash));
}

/* --- SQL ---------------------------------------------------------------------------------- */

static void
test_sql (Fixture *fixture, gconstpointer data)
{
  static const char *const refused[] = {
    "DELETE FROM contact",
    "UPDATE sqlite_master SET sql=''",
    "PRAGMA user_version=9",
    "PRAGMA writable_schema=ON",
    "PRAGMA query_only=OFF",
    "ATTACH '/tmp/x' AS x",
    "VACUUM INTO '/tmp/x'",
    "CREATE TEMP TABLE t(a)",
    "BEGIN IMMEDIATE",
    "SELECT load_extension('x')",
    "WITH x AS (SELECT 1) INSERT INTO contact(id) SELECT zeroblob(16)",
  };
  static const char *const wrong[] = { "",         ";",     "SELEC 1", "SELECT 1; SELECT 2",
                                       "SELECT x", "-- no", "SELECT (" };
  g_autofree char *json = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (
        kontor_workspace_sql (fixture->workspace, refused[i], ignore_row, NULL, NULL, &error));
      g_test_message ("%s: %s", refused[i], error->message);
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_DENIED) ||
                     kontor_error_is (error, KONTOR_ERROR_INVALID));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (
        kontor_workspace_sql (fixture->workspace, wrong[i], ignore_row, NULL, NULL, &error));
      g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_INVALID);
    }
  json = workspace_sql (fixture->workspace, "SELECT value FROM json_each('[1,2]')");
  g_assert_cmpstr (json, ==, "1\n2\n");
  workspace_add_contact (fixture->workspace, "Anna");
  fixture_assert_sound (fixture);
}

static void
test_views (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = kontor_step_new ("New");
  g_autoptr(KontorRecord) account = fixture_new_account ("Acme");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Anna");
  KontorId account_id = kontor_step_create (step, account);
  KontorId contact_id = kontor_step_create (step, contact);
  g_autoptr(KontorRecord) membership = fixture_new_membership (&contact_id, &account_id);
  char text[KONTOR_ID_TEXT_SIZE];
  g_autofree char *rows = NULL, *expected = NULL, *all = NULL;
  g_autoptr(GError) error = NULL;

  kontor_step_create (step, membership);
  kontor_commit_free (kontor_workspace_commit (fixture->workspace, step, NULL, &error));
  g_assert_no_error (error);
  kontor_id_format (&contact_id, text);
  expected = g_strdup_printf ("%s|Anna|Acme|2023-11-14T22:13:20Z\n", text);
  rows =
    workspace_sql (fixture->workspace, "SELECT id,name,account_title,created_at FROM v_contact");
  g_assert_cmpstr (rows, ==, expected);
  /* Every view can be read. */
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT * FROM v_%s LIMIT 1", kontor_record_type_nth (i)->name);

      g_clear_pointer (&all, g_free);
      all = workspace_sql (fixture->workspace, sql);
    }
}

/* --- Reading ------------------------------------------------------------------------------ */

static void
test_find_by_value (Fixture *fixture, gconstpointer data)
{
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_CONTACT_NAME);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GPtrArray) found = NULL, none = NULL;
  g_autoptr(GError) error = NULL;

  workspace_add_contact (fixture->workspace, "Anna");
  workspace_add_contact (fixture->workspace, "anna");
  workspace_add_contact (fixture->workspace, "Bert");
  kontor_value_set_text (&value, "ANNA");
  found = kontor_workspace_find_by_value (fixture->workspace,
                                          &kontor_contact_type,
                                          name,
                                          &value,
                                          0,
                                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  kontor_value_set_text (&value, "Ann");
  none = kontor_workspace_find_by_value (fixture->workspace,
                                         &kontor_contact_type,
                                         name,
                                         &value,
                                         0,
                                         &error);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = kontor_step_new ("New");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Anna");
  KontorId id = kontor_step_create (step, contact);
  KontorId nobody = kontor_id_new (fixture->env);
  g_autoptr(KontorRecord) point =
    fixture_new_point (&kontor_contact_type, &id, "phone", "030 123456");
  g_autoptr(KontorRecord) activity = fixture_new_activity ("note", "Met");
  g_autoptr(KontorRecord) link = NULL;
  g_autoptr(KontorPageData) page = NULL;
  g_autoptr(GError) error = NULL;
  KontorId activity_id;
  GPtrArray *points;

  kontor_step_create (step, point);
  activity_id = kontor_step_create (step, activity);
  link = fixture_new_activity_link (&activity_id, &kontor_contact_type, &id);
  kontor_step_link (step, link, TRUE);
  kontor_commit_free (kontor_workspace_commit (fixture->workspace, step, NULL, &error));
  g_assert_no_error (error);
  page = kontor_workspace_read_page (fixture->workspace, &kontor_contact_type, &id, 10, &error);
  g_assert_no_error (error);
  points = g_hash_table_lookup (page->children, "contact_point");
  g_assert_cmpuint (points->len, ==, 1);
  g_assert_cmpuint (page->activities->len, ==, 1);
  g_assert_cmpuint (page->tags->len, ==, 0);
  g_assert_null (
    kontor_workspace_read_page (fixture->workspace, &kontor_contact_type, &nobody, 10, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_NOT_FOUND);
}

static gpointer
nothing_job (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* Nothing of what was purged can be found in the file. */
static void
test_erase (Fixture *fixture, gconstpointer data)
{
  static const char secret[] = "Xylokarpamythos";
  g_autoptr(GBytes) before = NULL, after = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *left = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", secret, i);
      g_autoptr(KontorStep) create = kontor_step_new ("New"), purge = kontor_step_new ("Erase");
      g_autoptr(KontorRecord) contact = fixture_new_contact (name);
      KontorId id = kontor_step_create (create, contact);

      workspace_add_contact (fixture->workspace, "Somebody who stays");
      kontor_commit_free (kontor_workspace_commit (fixture->workspace, create, NULL, &error));
      g_assert_no_error (error);
      if (i == 39)
        {
          fixture_reopen (fixture);
          before = file_read (fixture->path);
        }
      kontor_step_trash (purge, &kontor_contact_type, &id);
      kontor_step_purge (purge, &kontor_contact_type, &id);
      kontor_commit_free (kontor_workspace_commit (fixture->workspace, purge, NULL, &error));
      g_assert_no_error (error);
    }
  fixture_assert_sound (fixture);
  /* Once this is done the clearing has begun. */
  kontor_workspace_run (fixture->workspace,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_IDLE,
                        nothing_job,
                        NULL,
                        NULL,
                        &error);
  for (guint i = 0; i < 1000 && g_strcmp0 (left, "0\n") != 0; i++)
    {
      g_free (left);
      g_usleep (5000);
      left = workspace_sql (fixture->workspace, "SELECT count(*) FROM meta WHERE k='erasing'");
    }
  g_assert_cmpstr (left, ==, "0\n");
  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  after = file_read (fixture->path);
  g_assert_nonnull (
    memmem (g_bytes_get_data (before, NULL), g_bytes_get_size (before), secret, strlen (secret)));
  g_assert_null (
    memmem (g_bytes_get_data (after, NULL), g_bytes_get_size (after), secret, strlen (secret)));
}

#define ADD_DATA(name, data, function) \
  g_test_add ("/store/workspace/" name, Fixture, data, fixture_set_up, function, fixture_tear_down)
#define ADD(name, function) ADD_DATA (name, NULL, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("signals", test_signals);
  ADD ("commit-async", test_commit_async);
  ADD ("commit-cancelled", test_commit_cancelled);
  ADD ("open-async", test_open_async);
  ADD ("close", test_close);
  ADD ("drop", test_drop);
  ADD ("threads", test_threads);
  ADD ("priority", test_priority);
  ADD ("cancel", test_cancel);
  ADD ("close-while-reading", test_close_while_reading);
  ADD_DATA ("long-step", GINT_TO_POINTER (KONTOR_LONG_DEFAULT), test_long_step);
  ADD_DATA ("long-step-bulk", GINT_TO_POINTER (KONTOR_LONG_BULK), test_long_step);
  ADD ("long-step-alone", test_long_step_alone);
  ADD ("blob", test_blob);
  ADD ("blob-interrupted", test_blob_interrupted);
  ADD ("blob-left", test_blob_left);
  ADD ("blob-limits", test_blob_limits);
  ADD ("blob-damaged", test_blob_damaged);
  ADD ("sql", test_sql);
  ADD ("views", test_views);
  ADD ("find-by-value", test_find_by_value);
  ADD ("page", test_page);
  ADD ("erase", test_erase);
  return g_test_run ();
}
