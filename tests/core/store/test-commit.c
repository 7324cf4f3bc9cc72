/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps and commits: what is written, what is logged, what is refused and leaves nothing. */
#include "config.h"

#include "commit-fixture.h"

static KontorCommit *
commit_text (Fixture *fixture, const KontorId *id, KontorFieldId field, const char *text)
{
  KontorStep *step = kontor_step_new ("Change");

  kontor_step_set_text (step, id, field, text);
  return fixture_commit (fixture, step);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  g_autoptr(KontorRecord) record = fixture_get (fixture, &kontor_contact_type, &id);
  KontorFieldId created_at =
    KONTOR_COMMON_FIELD (kontor_contact_type.number, KONTOR_COMMON_CREATED_AT);
  KontorFieldId created_by =
    KONTOR_COMMON_FIELD (kontor_contact_type.number, KONTOR_COMMON_CREATED_BY);

  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NAME), ==, "Anna Berg");
  g_assert_cmpint (kontor_record_get_integer (record, created_at), ==, FIXTURE_START + 1000);
  g_assert_nonnull (kontor_record_get_link (record, created_by));
  g_assert_cmpint (kontor_record_get_rid (record), >, 0);
  g_assert_false (kontor_record_is_trashed (record));
  fixture_assert_sound (fixture);
}

static void
test_set (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  gint64 x = fixture_get_last_x (fixture);
  KontorCommit *commit = commit_text (fixture, &id, KONTOR_CONTACT_NOTES, "met at the fair");

  g_assert_cmpuint (commit->n_ops, ==, 1);
  g_assert_true (commit->first_type == &kontor_contact_type);
  g_assert_true (kontor_id_equal (&commit->first_id, &id));
  kontor_commit_free (commit);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, "met at the fair");
  g_assert_cmpint (fixture_get_last_x (fixture), ==, x + 1);
  g_assert_cmpint (fixture_get_integer (fixture,
                                        &id,
                                        KONTOR_COMMON_FIELD (kontor_contact_type.number,
                                                             KONTOR_COMMON_MODIFIED_AT)),
                   ==,
                   FIXTURE_START + 2000);
}

static void
test_no_effect (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  gint64 x = fixture_get_last_x (fixture);
  KontorCommit *commit = commit_text (fixture, &id, KONTOR_CONTACT_NAME, "Anna Berg");

  g_assert_cmpuint (commit->n_ops, ==, 0);
  kontor_commit_free (commit);
  commit = fixture_commit (fixture, kontor_step_new ("Nothing"));
  g_assert_cmpuint (commit->n_ops, ==, 0);
  kontor_commit_free (commit);
  g_assert_cmpint (fixture_get_last_x (fixture), ==, x);
}

/* Fields of one record are one operation, those that did not change are left out. */
static void
test_equal_fields_are_dropped (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  KontorStep *step = kontor_step_new ("Change");
  g_autoptr(GPtrArray) history = NULL;
  g_autoptr(GError) error = NULL;
  KontorHistoryEntry *entry;
  KontorCommit *commit;

  kontor_step_set_text (step, &id, KONTOR_CONTACT_NAME, "Anna Berg");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, "new");
  g_assert_cmpuint (kontor_step_get_n_ops (step), ==, 1);
  commit = fixture_commit (fixture, step);
  g_assert_cmpuint (commit->n_ops, ==, 1);
  kontor_commit_free (commit);
  history =
    kontor_workspace_get_history (fixture->workspace, &kontor_contact_type, &id, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
  entry = g_ptr_array_index (history, 0);
  g_assert_cmpint (entry->kind, ==, KONTOR_OP_KIND_SET);
  g_assert_cmpuint (entry->fields->len, ==, 1);
  g_assert_cmpstr (g_array_index (entry->fields, KontorHistoryField, 0).field->name, ==, "notes");
}

static void
test_guarded (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_CONTACT_NAME);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_auto(KontorValue) expected = KONTOR_VALUE_INIT;
  KontorStep *step = kontor_step_new ("Rename");

  kontor_value_set_text (&value, "Anna Tal");
  kontor_value_set_text (&expected, "Anna Berg");
  kontor_step_set_guarded (step, &kontor_contact_type, &id, field, &value, &expected);
  kontor_commit_free (fixture_commit (fixture, step));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NAME, "Anna Tal");
  step = kontor_step_new ("Rename");
  kontor_value_set_text (&value, "Anna See");
  kontor_step_set_guarded (step, &kontor_contact_type, &id, field, &value, &expected);
  fixture_refuse (fixture, step, KONTOR_ERROR_CONFLICT, "name");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NAME, "Anna Tal");
}

static void
test_increment (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorStep *step = kontor_step_new ("Hire");

  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, 3);
  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, 4);
  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, 0);
  kontor_commit_free (fixture_commit (fixture, step));
  g_assert_cmpint (fixture_get_integer (fixture, &id, KONTOR_ACCOUNT_EMPLOYEES), ==, 7);
  step = kontor_step_new ("Overflow");
  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, G_MAXINT64);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, NULL);
  step = kontor_step_new ("Of a text");
  kontor_step_increment (step, &id, KONTOR_ACCOUNT_NOTES, 1);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "notes");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  KontorId other = kontor_id_new (fixture->env);
  g_autoptr(KontorRecord) nameless = fixture_new_contact (NULL);
  g_autoptr(KontorRecord) twin = fixture_new_contact ("Twin");
  KontorStep *step;

  step = kontor_step_new ("Unknown record");
  kontor_step_set_text (step, &other, KONTOR_CONTACT_NOTES, "x");
  fixture_refuse (fixture, step, KONTOR_ERROR_NOT_FOUND, NULL);
  step = kontor_step_new ("Computed field");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_CITY, "Berlin");
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "city");
  step = kontor_step_new ("Required field");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_NAME, "");
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "name");
  step = kontor_step_new ("Bad date");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_BIRTH_DATE, "yesterday");
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, NULL);
  step = kontor_step_new ("No name");
  kontor_step_create (step, nameless);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, NULL);
  step = kontor_step_new ("Same id");
  kontor_record_set_id (twin, &id);
  kontor_step_create (step, twin);
  fixture_refuse (fixture, step, KONTOR_ERROR_CONFLICT, NULL);
}

/* The good operations before a bad one leave nothing either. */
static void
test_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  g_autoptr(KontorRecord) draft = fixture_new_contact ("Bert");
  KontorId nobody = kontor_id_new (fixture->env);
  KontorStep *step = kontor_step_new ("Mixed");
  KontorId made;

  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, "changed");
  made = kontor_step_create (step, draft);
  kontor_step_trash (step, &kontor_contact_type, &nobody);
  fixture_refuse (fixture, step, KONTOR_ERROR_NOT_FOUND, NULL);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, NULL);
  g_assert_false (fixture_is_live (fixture, &kontor_contact_type, &made));
  fixture_assert_sound (fixture);
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna Berg"));
  KontorStep *step;

  fixture_commit_trash (fixture, &kontor_contact_type, &id);
  g_assert_false (fixture_is_live (fixture, &kontor_contact_type, &id));
  step = kontor_step_new ("Set in the trash");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, "x");
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, NULL);
  step = kontor_step_new ("Delete again");
  kontor_step_trash (step, &kontor_contact_type, &id);
  {
    KontorCommit *commit = fixture_commit (fixture, step);

    g_assert_cmpuint (commit->n_ops, ==, 0);
    kontor_commit_free (commit);
  }
  step = kontor_step_new ("Restore");
  kontor_step_restore (step, &kontor_contact_type, &id);
  kontor_commit_free (fixture_commit (fixture, step));
  g_assert_true (fixture_is_live (fixture, &kontor_contact_type, &id));
  fixture_assert_sound (fixture);
}

static void
test_links_must_exist (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorId nobody = kontor_id_new (fixture->env);
  g_autoptr(KontorRecord) point =
    fixture_new_point (&kontor_contact_type, &nobody, "mail", "a@example.org");
  g_autoptr(KontorRecord) wrong_type =
    fixture_new_point (&kontor_contact_type, &account, "mail", "a@example.org");
  KontorStep *step = kontor_step_new ("Parent");

  kontor_step_set_link (step, &account, KONTOR_ACCOUNT_PARENT, &nobody);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "parent");
  step = kontor_step_new ("Point of nobody");
  kontor_step_create (step, point);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "party");
  step = kontor_step_new ("Account taken for a contact");
  kontor_step_create (step, wrong_type);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "party");
}

/* A record may link to one that the step makes further on. */
static void
test_forward_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) child = fixture_new_account ("Daughter");
  g_autoptr(KontorRecord) parent = fixture_new_account ("Mother");
  KontorId parent_id = kontor_id_new (fixture->env);
  KontorStep *step = kontor_step_new ("Both");
  KontorId child_id;

  kontor_record_set_link (child, KONTOR_ACCOUNT_PARENT, &parent_id);
  kontor_record_set_id (parent, &parent_id);
  child_id = kontor_step_create (step, child);
  kontor_step_create (step, parent);
  kontor_commit_free (fixture_commit (fixture, step));
  {
    g_autoptr(KontorRecord) record = fixture_get (fixture, &kontor_account_type, &child_id);

    g_assert_true (
      kontor_id_equal (kontor_record_get_link (record, KONTOR_ACCOUNT_PARENT), &parent_id));
  }
}

static void
test_cycles (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Alpha"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("Beta"));
  KontorId c = fixture_commit_new (fixture, fixture_new_account ("Gamma"));
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorStep) circle = kontor_step_new ("Circle");
  KontorStep *step = kontor_step_new ("Self");

  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &a);
  fixture_refuse (fixture, step, KONTOR_ERROR_INVALID, "parent");
  step = kontor_step_new ("Chain");
  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &b);
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_PARENT, &c);
  kontor_commit_free (fixture_commit (fixture, step));
  kontor_step_set_link (circle, &c, KONTOR_ACCOUNT_PARENT, &a);
  g_assert_null (kontor_workspace_commit (fixture->workspace, circle, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "Gamma → Alpha → Beta → Gamma"));
  /* turning the chain round in one step is fine: only the end counts */
  step = kontor_step_new ("Turn round");
  kontor_step_set_link (step, &c, KONTOR_ACCOUNT_PARENT, &a);
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_PARENT, NULL);
  kontor_commit_free (fixture_commit (fixture, step));
}

static void
test_membership (Fixture *fixture, gconstpointer data)
{
  KontorId contact = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_tag_type, &KONTOR_ID_NULL);
  KontorStep *step = kontor_step_new ("Tag");
  KontorId tag, link;
  KontorCommit *commit;

  kontor_record_set_text (draft, KONTOR_TAG_NAME, "VIP");
  tag = kontor_step_create (step, draft);
  kontor_step_tag (step, &tag, &kontor_contact_type, &contact, TRUE);
  link = kontor_step_get_op (step, 1)->id;
  commit = fixture_commit (fixture, step);
  g_assert_cmpuint (commit->n_ops, ==, 2);
  kontor_commit_free (commit);
  g_assert_true (fixture_is_live (fixture, &kontor_tag_link_type, &link));
  step = kontor_step_new ("Tag again");
  kontor_step_tag (step, &tag, &kontor_contact_type, &contact, TRUE);
  commit = fixture_commit (fixture, step);
  g_assert_cmpuint (commit->n_ops, ==, 0);
  kontor_commit_free (commit);
  step = kontor_step_new ("Untag");
  kontor_step_tag (step, &tag, &kontor_contact_type, &contact, FALSE);
  kontor_commit_free (fixture_commit (fixture, step));
  g_assert_false (fixture_is_live (fixture, &kontor_tag_link_type, &link));
  step = kontor_step_new ("Tag once more");
  kontor_step_tag (step, &tag, &kontor_contact_type, &contact, TRUE);
  kontor_commit_free (fixture_commit (fixture, step));
  g_assert_true (fixture_is_live (fixture, &kontor_tag_link_type, &link));
  fixture_assert_sound (fixture);
}

static void
test_name_follows_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_contact_type, &KONTOR_ID_NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  KontorStep *step;
  KontorId id;

  kontor_record_set_text (draft, KONTOR_CONTACT_FIRST_NAME, "Anna");
  kontor_record_set_text (draft, KONTOR_CONTACT_LAST_NAME, "Berg");
  id = fixture_commit_new (fixture, g_object_ref (draft));
  before = fixture_dup_text (fixture, &id, KONTOR_CONTACT_NAME);
  g_assert_nonnull (strstr (before, "Berg"));
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "Tal");
  after = fixture_dup_text (fixture, &id, KONTOR_CONTACT_NAME);
  g_assert_nonnull (strstr (after, "Tal"));
  kontor_commit_free (fixture_undo (fixture));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NAME, before);
  /* a name somebody wrote beside the parts is left alone */
  step = kontor_step_new ("Both");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_NAME, "Die Bergs");
  kontor_step_set_text (step, &id, KONTOR_CONTACT_LAST_NAME, "Berg");
  kontor_commit_free (fixture_commit (fixture, step));
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "See");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NAME, "Die Bergs");
}

/* Parts that were split off the name are split off again, and come back with undo; parts that say
 * something else stay. */
static void
test_parts_follow_name (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Алексеев Дмитрий Викторович"));

  fixture_assert_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "Алексеев");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NAME, "Anna van der Berg");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_FIRST_NAME, "Anna");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MIDDLE_NAME, NULL);
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "van der Berg");
  kontor_commit_free (fixture_undo (fixture));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "Алексеев");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_MIDDLE_NAME, "Викторович");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NAME, "Дима");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, NULL);
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "Орлов");
  fixture_commit_text (fixture, &id, KONTOR_CONTACT_NAME, "Дима с завода");
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_LAST_NAME, "Орлов");
}

/* A form may go on showing its draft: the commit does not write into it. */
static void
test_draft_is_left_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorRecord) draft = fixture_new_contact ("Anna");
  KontorFieldId created_at =
    KONTOR_COMMON_FIELD (kontor_contact_type.number, KONTOR_COMMON_CREATED_AT);

  fixture_commit_new (fixture, g_object_ref (draft));
  g_assert_true (kontor_record_is_null (draft, created_at));
  g_assert_cmpint (kontor_record_get_rid (draft), ==, 0);
}

static void
test_long_step (Fixture *fixture, gconstpointer data)
{
  const guint n = 2 * KONTOR_TRANSACTION_MAX_OPS + 500;
  KontorStep *step = kontor_step_new ("Many");
  gint64 x = fixture_get_last_x (fixture);
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(GError) error = NULL;
  KontorStepInfo *info;
  KontorCommit *commit;
  gint64 count;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Contact %u", i);
      g_autoptr(KontorRecord) draft = fixture_new_contact (name);

      kontor_step_create (step, draft);
    }
  commit = fixture_commit (fixture, step);
  g_assert_cmpuint (commit->n_ops, ==, n);
  kontor_commit_free (commit);
  g_assert_cmpint (fixture_get_last_x (fixture), ==, x + 3);
  steps = kontor_workspace_list_steps (fixture->workspace, 1, &error);
  g_assert_no_error (error);
  info = g_ptr_array_index (steps, 0);
  g_assert_cmpuint (info->n_ops, ==, n);
  g_assert_cmpstr (info->label, ==, "Many");
  g_assert_true (
    kontor_workspace_get_total (fixture->workspace, "contact_count", NULL, &count, NULL, &error));
  g_assert_cmpint (count, ==, n);
  fixture_assert_sound (fixture);
}

/* A step of several transactions that fails in the last leaves nothing of the first. */
static void
test_long_step_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Many");
  g_autoptr(GError) error = NULL;
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId nobody = kontor_id_new (fixture->env), first = KONTOR_ID_NULL;
  gint64 count;

  kontor_step_set_text (step, &id, KONTOR_CONTACT_NOTES, "changed");
  for (guint i = 0; i < KONTOR_TRANSACTION_MAX_OPS + 10; i++)
    {
      g_autoptr(KontorRecord) draft = fixture_new_contact ("One of many");
      KontorId made = kontor_step_create (step, draft);

      if (i == 0)
        first = made;
    }
  kontor_step_trash (step, &kontor_contact_type, &nobody);
  g_assert_null (kontor_workspace_commit (fixture->workspace, step, NULL, &error));
  g_assert_cmpint (error->code, ==, KONTOR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (kontor_workspace_get (fixture->workspace,
                                       &kontor_contact_type,
                                       &first,
                                       KONTOR_READ_TRASHED,
                                       NULL));
  fixture_assert_text (fixture, &id, KONTOR_CONTACT_NOTES, NULL);
  kontor_workspace_get_total (fixture->workspace, "contact_count", NULL, &count, NULL, &error);
  g_assert_cmpint (count, ==, 1);
  {
    g_autofree char *label = kontor_workspace_dup_undo_label (fixture->workspace);

    g_assert_cmpstr (label, ==, "Create");
  }
  fixture_assert_sound (fixture);
}

static void
test_purge (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Nordwind"));
  KontorId contact = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId point = fixture_commit_new (fixture,
                                       fixture_new_point (&kontor_contact_type,
                                                          &contact,
                                                          "mail",
                                                          "a@example.org"));
  KontorId member = fixture_commit_new (fixture, fixture_new_membership (&contact, &account));
  KontorStep *step = kontor_step_new ("Erase");
  g_autoptr(GPtrArray) history = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (fixture_get_integer (fixture, &account, KONTOR_ACCOUNT_PEOPLE), ==, 1);
  kontor_step_purge (step, &kontor_contact_type, &contact);
  kontor_commit_free (fixture_commit (fixture, step));
  g_assert_null (kontor_workspace_get (fixture->workspace,
                                       &kontor_contact_type,
                                       &contact,
                                       KONTOR_READ_TRASHED,
                                       NULL));
  g_assert_null (kontor_workspace_get (fixture->workspace,
                                       &kontor_contact_point_type,
                                       &point,
                                       KONTOR_READ_TRASHED,
                                       NULL));
  g_assert_null (kontor_workspace_get (fixture->workspace,
                                       &kontor_account_contact_type,
                                       &member,
                                       KONTOR_READ_TRASHED,
                                       NULL));
  g_assert_cmpint (fixture_get_integer (fixture, &account, KONTOR_ACCOUNT_PEOPLE), ==, 0);
  history = kontor_workspace_get_history (fixture->workspace,
                                          &kontor_contact_type,
                                          &contact,
                                          NULL,
                                          0,
                                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpint (((KontorHistoryEntry *) g_ptr_array_index (history, 0))->kind,
                   ==,
                   KONTOR_OP_KIND_PURGE);
  /* what Undo would do next is the step before: erasing is for good */
  {
    g_autofree char *label = kontor_workspace_dup_undo_label (fixture->workspace);

    g_assert_cmpstr (label, ==, "Create");
  }
  fixture_assert_sound (fixture);
}

static KontorId
add_custom_field (Fixture *fixture, const char *label)
{
  KontorRecord *draft = kontor_record_new (&kontor_custom_field_type, &KONTOR_ID_NULL);

  kontor_record_set_text (draft, KONTOR_CUSTOM_FIELD_TYPE, "contact");
  kontor_record_set_text (draft, KONTOR_CUSTOM_FIELD_LABEL, label);
  kontor_record_set_text (draft, KONTOR_CUSTOM_FIELD_KIND, "text");
  return fixture_commit_new (fixture, draft);
}

static const KontorFieldDef *
find_custom_field (Fixture *fixture, const KontorId *definition)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autofree char *name = kontor_schema_custom_field_name (definition);

  return kontor_schema_find_field (schema, &kontor_contact_type, name);
}

static void
set_custom_field (Fixture *fixture,
                  const KontorId *id,
                  const KontorFieldDef *field,
                  const char *text)
{
  KontorStep *step = kontor_step_new ("Custom");
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_value_set_text (&value, text);
  kontor_step_set (step, &kontor_contact_type, id, field, &value);
  kontor_commit_free (fixture_commit (fixture, step));
}

static void
assert_custom_field (Fixture *fixture,
                     const KontorId *id,
                     const KontorFieldDef *field,
                     const char *expected)
{
  g_autoptr(KontorRecord) record = fixture_get (fixture, &kontor_contact_type, id);

  g_assert_cmpstr (kontor_record_value_text (record, field), ==, expected);
}

/* A custom field is a column from its commit on: set, undone, and there after opening again. */
static void
test_custom_field (Fixture *fixture, gconstpointer data)
{
  KontorId id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId definition = add_custom_field (fixture, "Shoe size");
  const KontorFieldDef *field = find_custom_field (fixture, &definition);
  gint64 x;

  g_assert_nonnull (field);
  set_custom_field (fixture, &id, field, "38");
  x = fixture_get_last_x (fixture);
  assert_custom_field (fixture, &id, field, "38");
  set_custom_field (fixture, &id, field, "39");
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(KontorRecord) then =
      kontor_workspace_get_as_of (fixture->workspace, &kontor_contact_type, &id, x, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (kontor_record_value_text (then, field), ==, "38");
  }
  fixture_reopen (fixture);
  field = find_custom_field (fixture, &definition);
  g_assert_nonnull (field);
  assert_custom_field (fixture, &id, field, "39");
  kontor_commit_free (fixture_undo (fixture));
  assert_custom_field (fixture, &id, field, "38");
  kontor_commit_free (fixture_undo (fixture));
  kontor_commit_free (fixture_undo (fixture));
  g_assert_null (find_custom_field (fixture, &definition));
  kontor_commit_free (fixture_redo (fixture));
  kontor_commit_free (fixture_redo (fixture));
  field = find_custom_field (fixture, &definition);
  assert_custom_field (fixture, &id, field, "38");
}

static void
test_change_set (void)
{
  g_autoptr(KontorChangeSet) set = kontor_change_set_new ();
  g_autoptr(KontorChangeSet) other = kontor_change_set_new ();
  KontorChange change = { .kind = KONTOR_CHANGE_ADDED, .rid = 1 };
  const KontorChange *changes;
  KontorId owner = { { 1 } };
  guint n;

  change.id.b[0] = 7;
  kontor_change_set_add (set, &kontor_contact_type, &change);
  change.kind = KONTOR_CHANGE_CHANGED;
  kontor_change_set_add (set, &kontor_contact_type, &change);
  changes = kontor_change_set_get_changes (set, &kontor_contact_type, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (changes[0].kind, ==, KONTOR_CHANGE_ADDED);
  g_assert_true (kontor_change_set_touches (set, &kontor_contact_type, &change.id));
  g_assert_false (kontor_change_set_touches (set, &kontor_contact_type, &owner));
  change.id.b[0] = 8;
  change.owner = owner;
  change.owner_type = &kontor_contact_type;
  kontor_change_set_add (other, &kontor_contact_point_type, &change);
  kontor_change_set_merge (set, other);
  g_assert_true (kontor_change_set_touches (set, &kontor_contact_type, &owner));
  g_assert_false (kontor_change_set_touches_type (set, &kontor_account_type));
  g_assert_false (kontor_change_set_touches_schema (set));
}

static void
test_change_set_limit (void)
{
  g_autoptr(KontorChangeSet) set = kontor_change_set_new ();
  KontorId unknown = { { 99, 99, 99, 99 } };
  guint n;

  for (guint i = 0; i < KONTOR_CHANGE_SET_LIMIT + 1; i++)
    {
      KontorChange change = { .kind = KONTOR_CHANGE_ADDED, .rid = i + 1 };

      memcpy (change.id.b, &i, sizeof i);
      g_assert_false (kontor_change_set_is_wholesale (set, &kontor_contact_point_type));
      kontor_change_set_add (set, &kontor_contact_point_type, &change);
    }
  g_assert_true (kontor_change_set_is_wholesale (set, &kontor_contact_point_type));
  kontor_change_set_get_changes (set, &kontor_contact_point_type, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (kontor_change_set_touches (set, &kontor_contact_point_type, &unknown));
  /* any contact may own one of them, no tag does */
  g_assert_true (kontor_change_set_touches (set, &kontor_contact_type, &unknown));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
#define ADD(path, func) \
  g_test_add ("/store/commit/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("create", test_create);
  ADD ("set", test_set);
  ADD ("no-effect", test_no_effect);
  ADD ("equal-fields", test_equal_fields_are_dropped);
  ADD ("guarded", test_guarded);
  ADD ("increment", test_increment);
  ADD ("refused", test_refused);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("trash", test_trash);
  ADD ("links-must-exist", test_links_must_exist);
  ADD ("forward-link", test_forward_link);
  ADD ("cycles", test_cycles);
  ADD ("membership", test_membership);
  ADD ("name-follows-parts", test_name_follows_parts);
  ADD ("parts-follow-name", test_parts_follow_name);
  ADD ("draft-is-left-alone", test_draft_is_left_alone);
  ADD ("long-step", test_long_step);
  ADD ("long-step-fails", test_long_step_fails);
  ADD ("purge", test_purge);
  ADD ("custom-field", test_custom_field);
  g_test_add_func ("/store/change-set/combine", test_change_set);
  g_test_add_func ("/store/change-set/limit", test_change_set_limit);
  return g_test_run ();
}
