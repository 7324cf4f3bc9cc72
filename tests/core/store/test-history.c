/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as people read it: steps, what happened to a record, the record as it was. */
#include "config.h"

#include "commit-fixture.h"
#include "kontor-db-private.h"

static GPtrArray *
get_history (Fixture *fixture, const KontorId *id, const KontorFieldDef *field)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *entries =
    kontor_workspace_get_history (fixture->workspace, &kontor_contact_type, id, field, 0, &error);

  g_assert_no_error (error);
  return entries;
}

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(GError) error = NULL;
  const KontorStepInfo *info;

  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  kontor_commit_free (fixture_undo (fixture));
  steps = kontor_workspace_list_steps (fixture->workspace, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 3);
  info = g_ptr_array_index (steps, 0);
  g_assert_cmpint (info->origin, ==, KONTOR_ORIGIN_UNDO);
  g_assert_cmpstr (info->label, ==, "Change");
  info = g_ptr_array_index (steps, 1);
  g_assert_cmpint (info->origin, ==, KONTOR_ORIGIN_PERSON);
  g_assert_true (info->undone);
  g_assert_cmpint (info->at, ==, FIXTURE_START + 2000);
  info = g_ptr_array_index (steps, 2);
  g_assert_cmpstr (info->label, ==, "Create");
  g_assert_false (info->undone);
  g_assert_cmpuint (info->n_ops, ==, 1);
  g_assert_true (info->first_type == &kontor_contact_type);
  g_assert_cmpstr (info->first_title, ==, "Anna");
  g_assert_nonnull (info->user_name);
}

static void
test_of_record (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId other = fixture_commit_new (fixture, fixture_new_contact ("Bert"));
  KontorId point =
    fixture_commit_new (fixture,
                        fixture_new_point (&kontor_contact_type, &id, "mail", "a@example.org"));
  g_autoptr(GPtrArray) entries = NULL;
  const KontorHistoryEntry *entry;
  const KontorHistoryField *field;

  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  fixture_commit_text (fixture, &other, KONTOR_CONTACT_NOTES, "not hers");
  fixture_commit_text (fixture, &point, KONTOR_CONTACT_POINT_VALUE, "b@example.org");
  fixture_commit_trash (fixture, &kontor_contact_point_type, &point);
  entries = get_history (fixture, &id, NULL);
  g_assert_cmpuint (entries->len, ==, 5);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpint (entry->kind, ==, KONTOR_OP_KIND_DEL);
  g_assert_true (kontor_id_equal (&entry->id, &point));
  entry = g_ptr_array_index (entries, 1);
  g_assert_true (entry->type == &kontor_contact_point_type);
  field = &g_array_index (entry->fields, KontorHistoryField, 0);
  g_assert_cmpstr (field->was_text, ==, "a@example.org");
  g_assert_cmpstr (field->now_text, ==, "b@example.org");
  entry = g_ptr_array_index (entries, 4);
  g_assert_cmpint (entry->kind, ==, KONTOR_OP_KIND_NEW);
  g_assert_cmpuint (entry->fields->len, ==, 0);
  g_assert_nonnull (entry->user_name);
}

static void
test_of_field (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(GPtrArray) entries = NULL;
  const KontorHistoryEntry *entry;

  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NUMBER, "\"notes\":");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "two");
  entries = get_history (fixture, &id, kontor_field_by_id (KONTOR_CONTACT_NOTES));
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (g_array_index (entry->fields, KontorHistoryField, 0).was.text, ==, "one");
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, text);
    }
  entries =
    kontor_workspace_get_history (fixture->workspace, &kontor_contact_type, &id, NULL, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (g_array_index (((KontorHistoryEntry *) g_ptr_array_index (entries, 0))->fields,
                                  KontorHistoryField,
                                  0)
                     .now_text,
                   ==,
                   "4");
}

static KontorRecord *
get_as_of (Fixture *fixture, const KontorId *id, gint64 x)
{
  return kontor_workspace_get_as_of (fixture->workspace, &kontor_contact_type, id, x, NULL);
}

static void
test_as_of (Fixture *fixture, gconstpointer data)
{
  gint64 before = fixture_get_last_x (fixture), created, first, second;
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId nobody = kontor_id_new (fixture->env);
  g_autoptr(KontorRecord) record = NULL;
  g_autoptr(GError) error = NULL;

  created = fixture_get_last_x (fixture);
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "one");
  first = fixture_get_last_x (fixture);
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "two");
  fixture_commit_trash (fixture, &kontor_contact_type, &id);
  second = fixture_get_last_x (fixture);
  g_assert_null (
    kontor_workspace_get_as_of (fixture->workspace, &kontor_contact_type, &id, before, &error));
  g_assert_cmpint (error->code, ==, KONTOR_ERROR_NOT_FOUND);
  g_assert_null (get_as_of (fixture, &nobody, second));
  record = get_as_of (fixture, &id, created);
  g_assert_null (kontor_record_get_text (record, KONTOR_CONTACT_NOTES));
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NAME), ==, "Anna");
  g_assert_false (kontor_record_is_trashed (record));
  g_clear_object (&record);
  record = get_as_of (fixture, &id, first);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NOTES), ==, "one");
  g_clear_object (&record);
  record = get_as_of (fixture, &id, second);
  g_assert_true (kontor_record_is_trashed (record));
}

/* Every kind of value comes back from the log as it went in. */
static void
test_values_survive (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  const char *hostile = "line\nbreak \"quoted\" \\ back\ttab / Ж 漢 😀 {\"a\":1}";
  KontorStep *step = kontor_step_new ("Values");
  g_autoptr(KontorRecord) record = NULL;
  gint64 x;

  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, hostile);
  kontor_step_set_integer (step, &id, KONTOR_CONTACT_DO_NOT_CONTACT, 1);
  kontor_step_set_text (step, &id, KONTOR_CONTACT_BIRTH_DATE, "1984-02-29");
  kontor_commit_free (fixture_commit (fixture, step));
  x = fixture_get_last_x (fixture);
  step = kontor_step_new ("Empty");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, NULL);
  kontor_step_set_integer (step, &id, KONTOR_CONTACT_DO_NOT_CONTACT, 0);
  kontor_step_set_text (step, &id, KONTOR_CONTACT_BIRTH_DATE, NULL);
  kontor_commit_free (fixture_commit (fixture, step));
  record = get_as_of (fixture, &id, x);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NOTES), ==, hostile);
  g_assert_cmpint (kontor_record_get_integer (record, KONTOR_CONTACT_DO_NOT_CONTACT), ==, 1);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_BIRTH_DATE), ==, "1984-02-29");
}

static void
commit_to (KontorDb *db, KontorStep *step)
{
  g_autoptr(KontorStep) owned G_GNUC_UNUSED = step;
  g_autoptr(KontorCommit) commit = g_new0 (KontorCommit, 1);
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autoptr(GError) error = NULL;

  kontor_commit_step (db, step, commit, changes, &error);
  g_assert_no_error (error);
}

static gint64
read_changes (KontorDb *db, gint64 after, KontorChangeSet *changes)
{
  g_autoptr(GError) error = NULL;
  gint64 last;

  g_assert_true (kontor_history_changes_since (db, after, &last, changes, &error));
  g_assert_no_error (error);
  return last;
}

/* What another process committed is told like one's own changes, owners included. */
static void
test_changes_since (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, FIXTURE_START);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  g_autoptr(KontorChangeSet) none = kontor_change_set_new ();
  g_autoptr(KontorChangeSet) set = kontor_change_set_new ();
  g_autoptr(KontorRecord) draft = fixture_new_contact ("Anna");
  g_autoptr(KontorRecord) point = NULL;
  KontorStep *step = kontor_step_new ("Create");
  const KontorChange *changes;
  gint64 before, middle;
  KontorId id;
  guint n;

  before = read_changes (db, 0, none);
  id = kontor_step_create (step, draft);
  commit_to (db, step);
  middle = read_changes (db, before, set);
  g_assert_cmpint (middle, ==, before + 1);
  changes = kontor_change_set_get_changes (set, &kontor_contact_type, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (changes[0].kind, ==, KONTOR_CHANGE_ADDED);
  g_assert_cmpint (changes[0].rid, >, 0);
  g_clear_pointer (&set, kontor_change_set_unref);
  set = kontor_change_set_new ();
  point = fixture_new_point (&kontor_contact_type, &id, "mail", "a@example.org");
  step = kontor_step_new ("Mail");
  kontor_step_create (step, point);
  commit_to (db, step);
  read_changes (db, middle, set);
  g_assert_true (kontor_change_set_touches (set, &kontor_contact_type, &id));
  changes = kontor_change_set_get_changes (set, &kontor_contact_type, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (changes[0].kind, ==, KONTOR_CHANGE_CHANGED);
  g_assert_cmpint (read_changes (db, middle + 1, set), ==, middle + 1);
  kontor_db_free (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
#define ADD(path, func) \
  g_test_add ("/store/history/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("steps", test_steps);
  ADD ("of-record", test_of_record);
  ADD ("of-field", test_of_field);
  ADD ("limit", test_limit);
  ADD ("as-of", test_as_of);
  ADD ("values-survive", test_values_survive);
  g_test_add_func ("/store/history/changes-since", test_changes_since);
  return g_test_run ();
}
