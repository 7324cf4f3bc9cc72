/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: their order, across restarts, guarded by value, of long steps, and the rolling
 * back of steps that never became whole. */
#include "config.h"

#include "commit-fixture.h"
#include "kontor-db-private.h"

static void
assert_labels (Fixture *fixture, const char *undo, const char *redo)
{
  g_autofree char *undo_label = kontor_workspace_dup_undo_label (fixture->workspace);
  g_autofree char *redo_label = kontor_workspace_dup_redo_label (fixture->workspace);

  g_assert_cmpstr (undo_label, ==, undo);
  g_assert_cmpstr (redo_label, ==, redo);
}

static void
undo (Fixture *fixture)
{
  KontorCommit *commit = fixture_undo (fixture);

  g_assert_nonnull (commit);
  g_assert_cmpuint (commit->rest->len, ==, 0);
  kontor_commit_free (commit);
}

static void
redo (Fixture *fixture)
{
  KontorCommit *commit = fixture_redo (fixture);

  g_assert_nonnull (commit);
  g_assert_cmpuint (commit->rest->len, ==, 0);
  kontor_commit_free (commit);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_null (fixture_undo (fixture));
  g_assert_null (fixture_redo (fixture));
  assert_labels (fixture, NULL, NULL);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));

  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "two");
  assert_labels (fixture, "Change", NULL);
  undo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  undo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, NULL);
  undo (fixture);
  g_assert_false (fixture_is_live (fixture, &kontor_contact_type, &id));
  assert_labels (fixture, NULL, "Create");
  redo (fixture);
  redo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  undo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, NULL);
  redo (fixture);
  redo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "two");
  g_assert_null (fixture_redo (fixture));
  fixture_assert_sound (fixture);
}

/* What a person does anew ends what can be redone. */
static void
test_new_step_ends_redo (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));

  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  undo (fixture);
  assert_labels (fixture, "Create", "Change");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "other");
  assert_labels (fixture, "Change", NULL);
  g_assert_null (fixture_redo (fixture));
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));

  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  fixture_reopen (fixture);
  undo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, NULL);
  fixture_reopen (fixture);
  assert_labels (fixture, "Create", "Change");
  redo (fixture);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
}

/* A piece that was changed since is left alone and named; the others are taken back. */
static void
test_guarded_by_value (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorStep *step = kontor_step_new ("Two fields");
  g_autoptr(GError) error = NULL;
  const KontorUndoRest *rest;
  KontorCommit *commit;
  KontorId two_fields;

  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, "one");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_NUMBER, "4711");
  commit = fixture_commit (fixture, step);
  two_fields = commit->step;
  kontor_commit_free (commit);
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "somebody's");
  commit = kontor_workspace_undo_step (fixture->workspace, &two_fields, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit->n_ops, ==, 1);
  g_assert_cmpuint (commit->rest->len, ==, 1);
  rest = g_ptr_array_index (commit->rest, 0);
  g_assert_cmpstr (rest->field->name, ==, "notes");
  g_assert_cmpstr (rest->title, ==, "Anna");
  g_assert_nonnull (rest->by);
  kontor_commit_free (commit);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "somebody's");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NUMBER, NULL);
  commit = kontor_workspace_undo_step (fixture->workspace, &two_fields, NULL, NULL, NULL, &error);
  g_assert_null (commit);
  g_assert_cmpint (error->code, ==, KONTOR_ERROR_INVALID);
}

static void
test_unknown_step (Fixture *fixture, gconstpointer data)
{
  KontorId nobody = kontor_id_new (fixture->env);
  g_autoptr(GError) error = NULL;

  g_assert_null (
    kontor_workspace_undo_step (fixture->workspace, &nobody, NULL, NULL, NULL, &error));
  g_assert_cmpint (error->code, ==, KONTOR_ERROR_NOT_FOUND);
}

static void
test_increment (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorStep *step = kontor_step_new ("Hire");
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;
  KontorId hire;

  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, 5);
  commit = fixture_commit (fixture, step);
  hire = commit->step;
  kontor_commit_free (commit);
  step = kontor_step_new ("Hire more");
  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, 2);
  kontor_commit_free (fixture_commit (fixture, step));
  /* sums commute: the first is taken back without the second */
  commit = kontor_workspace_undo_step (fixture->workspace, &hire, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit->rest->len, ==, 0);
  kontor_commit_free (commit);
  g_assert_cmpint (fixture_get_integer (fixture, &id, KONTOR_ACCOUNT_EMPLOYEES), ==, 2);
}

static void
test_trash_and_tag (Fixture *fixture, gconstpointer data)
{
  KontorId contact = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_tag_type, &KONTOR_ID_NULL);
  KontorStep *step = kontor_step_new ("Tag");
  KontorId tag, link;

  kontor_record_set_text (draft, KONTOR_TAG_NAME, "VIP");
  tag = kontor_step_create (step, draft);
  kontor_step_tag (step, &tag, &kontor_contact_type, &contact, TRUE);
  link = kontor_step_get_op (step, 1)->id;
  kontor_commit_free (fixture_commit (fixture, step));
  fixture_commit_trash (fixture, &kontor_contact_type, &contact);
  undo (fixture);
  g_assert_true (fixture_is_live (fixture, &kontor_contact_type, &contact));
  undo (fixture);
  g_assert_false (fixture_is_live (fixture, &kontor_tag_link_type, &link));
  g_assert_false (fixture_is_live (fixture, &kontor_tag_type, &tag));
  redo (fixture);
  g_assert_true (fixture_is_live (fixture, &kontor_tag_link_type, &link));
  redo (fixture);
  g_assert_false (fixture_is_live (fixture, &kontor_contact_type, &contact));
  fixture_assert_sound (fixture);
}

/* Turning a chain round and back: the pieces cross, the ends do not. */
static void
test_chain (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Alpha"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("Beta"));
  KontorStep *step = kontor_step_new ("A below B");

  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &b);
  kontor_commit_free (fixture_commit (fixture, step));
  step = kontor_step_new ("B below A");
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_PARENT, &a);
  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, NULL);
  kontor_commit_free (fixture_commit (fixture, step));
  undo (fixture);
  {
    g_autoptr(KontorRecord) record = fixture_get (fixture, &kontor_account_type, &a);

    g_assert_true (kontor_id_equal (kontor_record_get_link (record, KONTOR_ACCOUNT_PARENT), &b));
  }
}

/* A link that would go round in a circle now is left alone and named. */
static void
test_circle_is_left_alone (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Alpha"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("Beta"));
  KontorStep *step = kontor_step_new ("A below B");
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;
  KontorId cleared;

  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &b);
  kontor_commit_free (fixture_commit (fixture, step));
  step = kontor_step_new ("A alone");
  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, NULL);
  commit = fixture_commit (fixture, step);
  cleared = commit->step;
  kontor_commit_free (commit);
  step = kontor_step_new ("B below A");
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_PARENT, &a);
  kontor_commit_free (fixture_commit (fixture, step));
  commit = kontor_workspace_undo_step (fixture->workspace, &cleared, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit->rest->len, ==, 1);
  kontor_commit_free (commit);
  {
    g_autoptr(KontorRecord) record = fixture_get (fixture, &kontor_account_type, &a);

    g_assert_null (kontor_record_get_link (record, KONTOR_ACCOUNT_PARENT));
  }
}

static KontorStep *
make_many (guint n)
{
  KontorStep *step = kontor_step_new ("Import");

  kontor_step_set_origin (step, KONTOR_ORIGIN_IMPORT);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Contact %u", i);
      g_autoptr(KontorRecord) draft = fixture_new_contact (name);

      kontor_step_create (step, draft);
    }
  return step;
}

static gint64
count_contacts (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gint64 n;

  g_assert_true (
    kontor_workspace_get_total (fixture->workspace, "contact_count", NULL, &n, NULL, &error));
  g_assert_no_error (error);
  return n;
}

static void
count_progress (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  *(guint *) data += 1;
}

static void
test_long_step (Fixture *fixture, gconstpointer data)
{
  const guint n = 2 * KONTOR_TRANSACTION_MAX_OPS + 10;
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;
  guint progress = 0;

  kontor_commit_free (fixture_commit (fixture, make_many (n)));
  g_assert_cmpint (count_contacts (fixture), ==, n);
  commit = kontor_workspace_undo (fixture->workspace, count_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit->n_ops, ==, n);
  g_assert_cmpuint (progress, >, 0);
  kontor_commit_free (commit);
  g_assert_cmpint (count_contacts (fixture), ==, 0);
  assert_labels (fixture, NULL, "Import");
  redo (fixture);
  g_assert_cmpint (count_contacts (fixture), ==, n);
  fixture_assert_sound (fixture);
}

static void
cancel_progress (guint64 done, guint64 total, gpointer data)
{
  if (done < total)
    g_cancellable_cancel (data);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  const guint n = 2 * KONTOR_TRANSACTION_MAX_OPS + 10;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  kontor_commit_free (fixture_commit (fixture, make_many (n)));
  g_assert_null (
    kontor_workspace_undo (fixture->workspace, cancel_progress, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count_contacts (fixture), ==, n);
  assert_labels (fixture, "Import", NULL);
  fixture_assert_sound (fixture);
}

/* What a long step that is not kept made is erased, what it changed is as it was. */
static void
test_not_kept (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(KontorStep) many = make_many (20);
  g_autoptr(KontorStep) change = kontor_step_new ("Change");
  KontorId made = kontor_step_get_op (many, 0)->id;
  gint64 x = fixture_get_last_x (fixture);
  g_autoptr(GError) error = NULL;
  KontorLongStep *whole = kontor_workspace_begin_long (fixture->workspace,
                                                       "Import",
                                                       KONTOR_ORIGIN_IMPORT,
                                                       KONTOR_LONG_DEFAULT,
                                                       &error);

  g_assert_no_error (error);
  kontor_step_set_text (change, &id, KONTOR_CONTACT_NOTES, "changed");
  g_assert_true (kontor_long_step_append (whole, many, NULL, &error));
  g_assert_true (kontor_long_step_append (whole, change, NULL, &error));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "changed");
  assert_labels (fixture, "Create", NULL);
  kontor_commit_free (kontor_long_step_end (whole, FALSE, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (kontor_workspace_get (fixture->workspace,
                                       &kontor_contact_type,
                                       &made,
                                       KONTOR_READ_TRASHED,
                                       NULL));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, NULL);
  g_assert_cmpint (fixture_get_last_x (fixture), ==, x);
  g_assert_cmpint (count_contacts (fixture), ==, 1);
  fixture_assert_sound (fixture);
}

/* A log that is damaged can't be undone; it says so and changes nothing. */
static void
test_damaged_log (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, FIXTURE_START);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autoptr(KontorCommit) commit = g_new0 (KontorCommit, 1);
  g_autoptr(KontorCommit) undone = g_new0 (KontorCommit, 1);
  g_autoptr(KontorStep) step = kontor_step_new ("Create");
  g_autoptr(KontorRecord) draft = fixture_new_contact ("Anna");
  g_autoptr(KontorRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  KontorId id = kontor_step_create (step, draft);

  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, "one");
  g_assert_true (kontor_commit_step (db, step, commit, changes, &error));
  g_assert_true (
    kontor_db_exec (db, "UPDATE change_op SET was='{\"notes\":' WHERE o='set'", &error));
  g_assert_false (kontor_undo_apply (db, &commit->step, undone, changes, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  record = kontor_rows_get (db, &kontor_contact_type, &id, KONTOR_READ_DEFAULT, NULL);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NOTES), ==, "one");
  kontor_db_free (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
#define ADD(path, func) \
  g_test_add ("/store/undo/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("nothing", test_nothing);
  ADD ("order", test_order);
  ADD ("new-step-ends-redo", test_new_step_ends_redo);
  ADD ("restart", test_restart);
  ADD ("guarded-by-value", test_guarded_by_value);
  ADD ("unknown-step", test_unknown_step);
  ADD ("increment", test_increment);
  ADD ("trash-and-tag", test_trash_and_tag);
  ADD ("chain", test_chain);
  ADD ("circle-is-left-alone", test_circle_is_left_alone);
  ADD ("long-step", test_long_step);
  ADD ("cancelled", test_cancelled);
  ADD ("not-kept", test_not_kept);
  g_test_add_func ("/store/undo/damaged-log", test_damaged_log);
  return g_test_run ();
}
