/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new workspace a test with a seeded clock, and short ways to commit and read. */
#include "config.h"

#include "commit-fixture.h"

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  const KontorInit init = { .name = "Test",
                            .user_name = "Anna",
                            .country = "DE",
                            .currency = "EUR" };
  g_autoptr(GError) error = NULL;

  kontor_model_init ();
  kontor_test_dir_set_up (&fixture->dir);
  fixture->path = kontor_test_dir_path (&fixture->dir, "test.kontor");
  fixture->env = kontor_env_new_seeded (4711, FIXTURE_START);
  fixture->workspace = kontor_workspace_create (fixture->path, &init, fixture->env, &error);
  g_assert_no_error (error);
}

static void
close_workspace (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_workspace_close (fixture->workspace, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->workspace);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  close_workspace (fixture);
  kontor_env_unref (fixture->env);
  g_free (fixture->path);
  kontor_test_dir_tear_down (&fixture->dir);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  close_workspace (fixture);
  fixture->workspace =
    kontor_workspace_open (fixture->path, KONTOR_OPEN_NO_WATCH, fixture->env, &error);
  g_assert_no_error (error);
}

KontorRecord *
fixture_new_contact (const char *name)
{
  KontorRecord *record = kontor_record_new (&kontor_contact_type, &KONTOR_ID_NULL);

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, name);
  return record;
}

KontorRecord *
fixture_new_account (const char *name)
{
  KontorRecord *record = kontor_record_new (&kontor_account_type, &KONTOR_ID_NULL);

  kontor_record_set_text (record, KONTOR_ACCOUNT_NAME, name);
  return record;
}

KontorRecord *
fixture_new_point (const KontorRecordType *type,
                   const KontorId *party,
                   const char *kind,
                   const char *value)
{
  KontorRecord *record = kontor_record_new (&kontor_contact_point_type, &KONTOR_ID_NULL);

  kontor_record_set_text (record, KONTOR_CONTACT_POINT_PARTY_TYPE, type->name);
  kontor_record_set_link (record, KONTOR_CONTACT_POINT_PARTY, party);
  kontor_record_set_text (record, KONTOR_CONTACT_POINT_KIND, kind);
  kontor_record_set_text (record, KONTOR_CONTACT_POINT_VALUE, value);
  return record;
}

KontorRecord *
fixture_new_membership (const KontorId *contact, const KontorId *account)
{
  KontorRecord *record = kontor_record_new (&kontor_account_contact_type, &KONTOR_ID_NULL);

  kontor_record_set_link (record, KONTOR_ACCOUNT_CONTACT_CONTACT, contact);
  kontor_record_set_link (record, KONTOR_ACCOUNT_CONTACT_ACCOUNT, account);
  return record;
}

KontorRecord *
fixture_new_activity (const char *kind, const char *subject)
{
  KontorRecord *record = kontor_record_new (&kontor_activity_type, &KONTOR_ID_NULL);

  kontor_record_set_text (record, KONTOR_ACTIVITY_KIND, kind);
  kontor_record_set_text (record, KONTOR_ACTIVITY_SUBJECT, subject);
  return record;
}

KontorRecord *
fixture_new_activity_link (const KontorId *activity,
                           const KontorRecordType *type,
                           const KontorId *target)
{
  KontorRecord *record = kontor_record_new (&kontor_activity_link_type, &KONTOR_ID_NULL);

  kontor_record_set_link (record, KONTOR_ACTIVITY_LINK_ACTIVITY, activity);
  kontor_record_set_text (record, KONTOR_ACTIVITY_LINK_TARGET_TYPE, type->name);
  kontor_record_set_link (record, KONTOR_ACTIVITY_LINK_TARGET, target);
  return record;
}

KontorCommit *
fixture_commit (Fixture *fixture, KontorStep *step)
{
  g_autoptr(KontorStep) owned G_GNUC_UNUSED = step;
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;

  kontor_env_advance (fixture->env, 1000);
  commit = kontor_workspace_commit (fixture->workspace, step, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (commit);
  return commit;
}

KontorId
fixture_commit_new (Fixture *fixture, KontorRecord *draft)
{
  g_autoptr(KontorRecord) owned G_GNUC_UNUSED = draft;
  KontorStep *step = kontor_step_new ("Create");
  KontorId id = kontor_step_create (step, draft);

  kontor_commit_free (fixture_commit (fixture, step));
  return id;
}

void
fixture_commit_text (Fixture *fixture, const KontorId *id, KontorFieldId field, const char *text)
{
  KontorStep *step = kontor_step_new ("Change");

  kontor_step_set_text (step, id, field, text);
  kontor_commit_free (fixture_commit (fixture, step));
}

void
fixture_commit_trash (Fixture *fixture, const KontorRecordType *type, const KontorId *id)
{
  KontorStep *step = kontor_step_new ("Delete");

  kontor_step_trash (step, type, id);
  kontor_commit_free (fixture_commit (fixture, step));
}

void
fixture_refuse (Fixture *fixture, KontorStep *step, KontorErrorCode code, const char *field)
{
  g_autoptr(KontorStep) owned G_GNUC_UNUSED = step;
  g_autoptr(GError) error = NULL;
  gint64 x = fixture_get_last_x (fixture);
  KontorCommit *commit = kontor_workspace_commit (fixture->workspace, step, NULL, &error);

  g_assert_null (commit);
  g_assert_nonnull (error);
  g_assert_cmpint (error->code, ==, code);
  if (field != NULL)
    g_assert_cmpstr (kontor_error_get_detail (error)->field, ==, field);
  g_assert_cmpint (fixture_get_last_x (fixture), ==, x);
}

KontorCommit *
fixture_undo (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;

  kontor_env_advance (fixture->env, 1000);
  commit = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return commit;
}

KontorCommit *
fixture_redo (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;

  kontor_env_advance (fixture->env, 1000);
  commit = kontor_workspace_redo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return commit;
}

KontorRecord *
fixture_get (Fixture *fixture, const KontorRecordType *type, const KontorId *id)
{
  g_autoptr(GError) error = NULL;
  KontorRecord *record =
    kontor_workspace_get (fixture->workspace, type, id, KONTOR_READ_DEFAULT, &error);

  g_assert_no_error (error);
  return record;
}

KontorRecord *
fixture_get_any (Fixture *fixture, const KontorRecordType *type, const KontorId *id)
{
  g_autoptr(GError) error = NULL;
  KontorRecord *record =
    kontor_workspace_get (fixture->workspace, type, id, KONTOR_READ_TRASHED, &error);

  g_assert_no_error (error);
  return record;
}

char *
fixture_dup_text (Fixture *fixture, const KontorId *id, KontorFieldId field)
{
  g_autoptr(KontorRecord) record =
    fixture_get_any (fixture, kontor_record_type_by_number (field >> 8), id);

  return g_strdup (kontor_record_get_text (record, field));
}

gint64
fixture_get_integer (Fixture *fixture, const KontorId *id, KontorFieldId field)
{
  g_autoptr(KontorRecord) record =
    fixture_get_any (fixture, kontor_record_type_by_number (field >> 8), id);

  return kontor_record_get_integer (record, field);
}

gboolean
fixture_is_live (Fixture *fixture, const KontorRecordType *type, const KontorId *id)
{
  g_autoptr(KontorRecord) record =
    kontor_workspace_get (fixture->workspace, type, id, KONTOR_READ_DEFAULT, NULL);

  return record != NULL;
}

gint64
fixture_get_last_x (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gint64 x = kontor_workspace_get_last_x (fixture->workspace, &error);

  g_assert_no_error (error);
  return x;
}

void
fixture_assert_sound (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems =
    kontor_workspace_check (fixture->workspace, FALSE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}
