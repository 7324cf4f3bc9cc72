/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random steps beside a plain model that keeps every state: present rows, as-of reading at each
 * step, undo and redo, computed columns and totals agree with it. Seeded; KONTOR_TEST_LONG=N runs N
 * times as many seeds. */
#include "config.h"

#include "property-check.h"

#define SEEDS 6
#define STEPS 120

typedef struct
{
  Fixture *fixture;
  Model *model;
  GRand *rand;
  GHashTable *types; /* type → (element-type KontorId) GArray of all that were made */
  guint serial;
  gboolean no_links; /* a step of several transactions: circles are looked for in each */
  gboolean last;     /* nothing may follow in this step: it would heal what makes it invalid */
  gboolean invalid;  /* the step being made must be refused */
} Run;

static GArray *
get_ids (Run *run, const KontorRecordType *type)
{
  GArray *ids = g_hash_table_lookup (run->types, type);

  if (ids == NULL)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (KontorId));
      g_hash_table_insert (run->types, (gpointer) type, ids);
    }
  return ids;
}

/* A record of @type that is there; live ones nearly always. */
static gboolean
pick (Run *run, const KontorRecordType *type, KontorId *id)
{
  GArray *ids = get_ids (run, type);
  gboolean any = g_rand_int_range (run->rand, 0, 50) == 0;

  for (guint n = 0; ids->len > 0 && n < 20; n++)
    {
      ModelRow *row;

      *id = g_array_index (ids, KontorId, g_rand_int_range (run->rand, 0, (int) ids->len));
      row = model_lookup (run->model, id);
      if (row != NULL && (any || !row->trashed))
        return TRUE;
    }
  return FALSE;
}

static char *
make_text (Run *run, const char *stem)
{
  return g_strdup_printf ("%s \"%u\" Ü",
                          stem,
                          g_rand_int_range (run->rand, 0, 12) + run->serial++ % 3);
}

static void
create (Run *run, KontorStep *step, KontorRecord *draft)
{
  g_autoptr(KontorRecord) owned G_GNUC_UNUSED = draft;
  KontorId id = kontor_step_create (step, draft);

  g_array_append_val (get_ids (run, kontor_record_get_record_type (draft)), id);
  model_create (run->model, draft);
}

static void
create_plain (Run *run, KontorStep *step)
{
  g_autofree char *name = make_text (run, "Name");
  KontorRecord *draft;

  switch (g_rand_int_range (run->rand, 0, 4))
    {
    case 0:
      draft = fixture_new_account (name);
      break;
    case 1:
      draft = kontor_record_new (&kontor_tag_type, &KONTOR_ID_NULL);
      kontor_record_set_text (draft, KONTOR_TAG_NAME, name);
      break;
    case 2:
      draft = fixture_new_activity (g_rand_boolean (run->rand) ? "note" : "task", name);
      break;
    default:
      draft = fixture_new_contact (name);
    }
  create (run, step, draft);
}

static void
create_child (Run *run, KontorStep *step)
{
  g_autofree char *mail =
    g_strdup_printf ("m%d@example.org", g_rand_int_range (run->rand, 0, 1000));
  KontorId contact, account;

  if (!pick (run, &kontor_contact_type, &contact))
    return;
  if (g_rand_boolean (run->rand))
    create (run,
            step,
            fixture_new_point (&kontor_contact_type,
                               &contact,
                               g_rand_boolean (run->rand) ? "mail" : "phone",
                               g_rand_boolean (run->rand) ? mail : "+49 30 1234567"));
  else if (pick (run, &kontor_account_type, &account))
    create (run, step, fixture_new_membership (&contact, &account));
}

/* --- Fields
 * ----------------------------------------------------------------------------------------- */

static void
set_value (Run *run,
           KontorStep *step,
           const KontorId *id,
           KontorFieldId field_id,
           const KontorValue *value)
{
  const KontorFieldDef *field = kontor_field_by_id (field_id);
  const KontorRecordType *type = kontor_record_type_by_number (field_id >> 8);
  ModelRow *row = model_lookup (run->model, id);
  g_auto(KontorValue) expected = KONTOR_VALUE_INIT;

  run->invalid |= row->trashed;
  kontor_record_get_value (row->record, field, &expected);
  if (g_rand_int_range (run->rand, 0, 10) == 0)
    {
      if (g_rand_int_range (run->rand, 0, 4) == 0)
        {
          kontor_value_set_text (&expected, "what nobody wrote");
          run->invalid = TRUE;
        }
      kontor_step_set_guarded (step, type, id, field, value, &expected);
    }
  else
    kontor_step_set (step, type, id, field, value);
  model_set (run->model, id, field, value);
}

static void
set_text (Run *run, KontorStep *step)
{
  static const KontorFieldId fields[] = { KONTOR_CONTACT_NAME,  KONTOR_CONTACT_NOTES,
                                          KONTOR_ACCOUNT_NAME,  KONTOR_ACCOUNT_NOTES,
                                          KONTOR_TAG_NAME,      KONTOR_CONTACT_POINT_VALUE,
                                          KONTOR_ACTIVITY_TEXT, KONTOR_CONTACT_NUMBER };
  KontorFieldId field = fields[g_rand_int_range (run->rand, 0, G_N_ELEMENTS (fields))];
  g_autofree char *text = make_text (run, "Text");
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  KontorId id;

  if (!pick (run, kontor_record_type_by_number (field >> 8), &id))
    return;
  if ((kontor_field_by_id (field)->flags & KONTOR_FIELD_REQUIRED) != 0 ||
      g_rand_int_range (run->rand, 0, 4) > 0)
    kontor_value_set_text (&value, text);
  set_value (run, step, &id, field, &value);
}

static void
set_flag (Run *run, KontorStep *step)
{
  static const KontorFieldId fields[] = { KONTOR_CONTACT_DO_NOT_CONTACT,
                                          KONTOR_CONTACT_POINT_MAIN,
                                          KONTOR_CONTACT_POINT_INVALID,
                                          KONTOR_ACCOUNT_CONTACT_MAIN };
  KontorFieldId field = fields[g_rand_int_range (run->rand, 0, G_N_ELEMENTS (fields))];
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  KontorId id;

  if (!pick (run, kontor_record_type_by_number (field >> 8), &id))
    return;
  if (g_rand_int_range (run->rand, 0, 3) > 0)
    kontor_value_set_integer (&value, g_rand_boolean (run->rand));
  set_value (run, step, &id, field, &value);
}

static void
set_parent (Run *run, KontorStep *step)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACCOUNT_PARENT);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  KontorId id, parent;

  if (run->no_links || !pick (run, &kontor_account_type, &id) ||
      !pick (run, &kontor_account_type, &parent))
    return;
  if (g_rand_int_range (run->rand, 0, 4) > 0)
    kontor_value_set_id (&value, &parent);
  if (g_rand_int_range (run->rand, 0, 40) == 0)
    {
      KontorId nobody = { { 1, 2, 3 } };

      kontor_step_set_link (step, &id, KONTOR_ACCOUNT_PARENT, &nobody);
      run->invalid = run->last = TRUE;
      return;
    }
  run->invalid |= model_lookup (run->model, &id)->trashed;
  kontor_step_set (step, &kontor_account_type, &id, field, &value);
  model_set (run->model, &id, field, &value);
}

static void
increment (Run *run, KontorStep *step)
{
  gint64 by = g_rand_int_range (run->rand, 0, 5);
  KontorId id;

  if (!pick (run, &kontor_account_type, &id))
    return;
  run->invalid |= model_lookup (run->model, &id)->trashed;
  kontor_step_increment (step, &id, KONTOR_ACCOUNT_EMPLOYEES, by);
  model_increment (run->model, &id, kontor_field_by_id (KONTOR_ACCOUNT_EMPLOYEES), by);
}

/* --- Records as a whole
 * ------------------------------------------------------------------------------- */

static void
hide (Run *run, KontorStep *step)
{
  static const KontorRecordType *const types[] = {
    &kontor_contact_type,         &kontor_account_type,  &kontor_contact_point_type,
    &kontor_account_contact_type, &kontor_activity_type, &kontor_tag_type
  };
  const KontorRecordType *type = types[g_rand_int_range (run->rand, 0, G_N_ELEMENTS (types))];
  GArray *ids = get_ids (run, type);
  gboolean trash = g_rand_boolean (run->rand);
  KontorId id;

  if (ids->len == 0)
    return;
  id = g_array_index (ids, KontorId, g_rand_int_range (run->rand, 0, (int) ids->len));
  if (model_lookup (run->model, &id) == NULL)
    return;
  if (trash)
    kontor_step_trash (step, type, &id);
  else
    kontor_step_restore (step, type, &id);
  model_hide (run->model, &id, trash);
}

static void
switch_member (Run *run, KontorStep *step)
{
  gboolean is_tag = g_rand_boolean (run->rand);
  gboolean on = g_rand_int_range (run->rand, 0, 3) > 0;
  KontorRecord *member;
  KontorId left, contact;

  if (!pick (run, &kontor_contact_type, &contact) ||
      !pick (run, is_tag ? &kontor_tag_type : &kontor_activity_type, &left))
    return;
  if (is_tag)
    {
      member = kontor_record_new (&kontor_tag_link_type, &KONTOR_ID_NULL);
      kontor_record_set_link (member, KONTOR_TAG_LINK_TAG, &left);
      kontor_record_set_text (member, KONTOR_TAG_LINK_TARGET_TYPE, "contact");
      kontor_record_set_link (member, KONTOR_TAG_LINK_TARGET, &contact);
    }
  else
    member = fixture_new_activity_link (&left, &kontor_contact_type, &contact);
  kontor_step_link (step, member, on);
  model_switch (run->model, member, on);
  if (model_lookup (run->model, kontor_record_get_id (member)) != NULL)
    {
      GArray *ids = get_ids (run, kontor_record_get_record_type (member));
      KontorId id = *kontor_record_get_id (member);

      g_array_append_val (ids, id);
    }
  g_object_unref (member);
}

static void
add_random_op (Run *run, KontorStep *step)
{
  static void (*const makers[]) (Run *,
                                 KontorStep *) = { create_plain, create_child, set_text,
                                                   set_text,     set_flag,     set_parent,
                                                   increment,    hide,         switch_member };

  makers[g_rand_int_range (run->rand, 0, G_N_ELEMENTS (makers))](run, step);
}

/* --- One move
 * ----------------------------------------------------------------------------------------- */

/* Only the end of a step counts, of all accounts it changed. */
static gboolean
has_any_cycle (Run *run)
{
  GArray *ids = get_ids (run, &kontor_account_type);

  for (guint i = 0; i < ids->len; i++)
    if (model_has_cycle (run->model,
                         &g_array_index (ids, KontorId, i),
                         kontor_field_by_id (KONTOR_ACCOUNT_PARENT)))
      return TRUE;
  return FALSE;
}

static void
commit_random (Run *run, guint n_ops)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Random");
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;

  model_begin (run->model);
  run->invalid = run->last = FALSE;
  run->no_links = n_ops > KONTOR_TRANSACTION_MAX_OPS;
  for (guint i = 0; i < n_ops && !run->last; i++)
    add_random_op (run, step);
  run->invalid |= has_any_cycle (run);
  kontor_env_advance (run->fixture->env, 1000);
  commit = kontor_workspace_commit (run->fixture->workspace, step, NULL, &error);
  if (run->invalid)
    {
      g_assert_null (commit);
      g_assert_nonnull (error);
      model_drop (run->model);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (commit->n_ops > 0, ==, model_has_changes (run->model));
  model_keep (run->model, &commit->step, fixture_get_last_x (run->fixture));
}

/* A step in parts; one that is not kept leaves nothing. */
static void
commit_in_parts (Run *run)
{
  gboolean keep = g_rand_boolean (run->rand);
  g_autoptr(GError) error = NULL;
  KontorLongStep *whole = kontor_workspace_begin_long (run->fixture->workspace,
                                                       "Parts",
                                                       KONTOR_ORIGIN_IMPORT,
                                                       KONTOR_LONG_DEFAULT,
                                                       &error);
  gboolean ok = TRUE;
  KontorCommit *commit;

  g_assert_no_error (error);
  model_begin (run->model);
  run->invalid = run->last = FALSE;
  run->no_links = keep;
  for (guint i = 0; i < 4 && ok; i++)
    {
      g_autoptr(KontorStep) part = kontor_step_new ("Part");

      for (guint k = 0; k < 6 && !run->last; k++)
        add_random_op (run, part);
      run->invalid |= has_any_cycle (run);
      ok = kontor_long_step_append (whole, part, NULL, &error);
      g_assert_cmpint (ok, ==, !run->invalid);
      g_clear_error (&error);
    }
  keep = keep && ok;
  commit = kontor_long_step_end (whole, keep, NULL, NULL, &error);
  g_assert_no_error (error);
  if (keep)
    model_keep (run->model, &commit->step, fixture_get_last_x (run->fixture));
  else
    model_drop (run->model);
  kontor_commit_free (commit);
}

static void
take_back (Run *run, gboolean redo)
{
  ModelStep *step = model_find_candidate (run->model, redo);
  KontorCommit *commit = redo ? fixture_redo (run->fixture) : fixture_undo (run->fixture);
  gboolean any;

  g_assert_cmpint (commit != NULL, ==, step != NULL);
  if (commit == NULL)
    return;
  any = model_undo (run->model, step, &commit->step, fixture_get_last_x (run->fixture));
  g_assert_cmpint (commit->n_ops > 0, ==, any);
  kontor_commit_free (commit);
}

static void
take_back_any (Run *run)
{
  ModelStep *step;
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;

  if (run->model->steps->len == 0)
    return;
  step = g_ptr_array_index (run->model->steps,
                            g_rand_int_range (run->rand, 0, (int) run->model->steps->len));
  commit =
    kontor_workspace_undo_step (run->fixture->workspace, &step->id, NULL, NULL, NULL, &error);
  if (step->undone)
    {
      g_assert_null (commit);
      g_assert_cmpint (error->code, ==, KONTOR_ERROR_INVALID);
      return;
    }
  g_assert_no_error (error);
  model_undo (run->model, step, &commit->step, fixture_get_last_x (run->fixture));
}

static gboolean
names_row (const ModelRow *row, const KontorId *id)
{
  const KontorRecordType *type = kontor_record_get_record_type (row->record);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const KontorFieldDef *field = &type->fields[i];
      const KontorId *link;

      if (kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_ID ||
          (field->flags & (KONTOR_FIELD_REQUIRED | KONTOR_FIELD_COMPUTED)) != KONTOR_FIELD_REQUIRED)
        continue;
      link = kontor_record_value_link (row->record, field);
      if (link != NULL && kontor_id_equal (link, id))
        return TRUE;
    }
  return FALSE;
}

/* Erases a contact, a leaf of the links that are not required. */
static void
purge (Run *run)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Erase");
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (KontorId));
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;
  GHashTableIter iter;
  gpointer key, value;
  KontorId id;

  if (!pick (run, &kontor_contact_type, &id))
    return;
  g_hash_table_iter_init (&iter, run->model->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (names_row (value, &id))
      g_array_append_vals (gone, key, 1);
  g_array_append_val (gone, id);
  kontor_step_purge (step, &kontor_contact_type, &id);
  commit = kontor_workspace_commit (run->fixture->workspace, step, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < gone->len; i++)
    model_purge (run->model, &g_array_index (gone, KontorId, i));
}

static void
make_move (Run *run)
{
  int dice = g_rand_int_range (run->rand, 0, 100);

  if (dice < 58)
    commit_random (run, (guint) g_rand_int_range (run->rand, 1, 6));
  else if (dice < 72)
    take_back (run, FALSE);
  else if (dice < 82)
    take_back (run, TRUE);
  else if (dice < 88)
    take_back_any (run);
  else if (dice < 93)
    commit_in_parts (run);
  else if (dice < 95)
    purge (run);
  else if (dice < 98)
    fixture_reopen (run->fixture);
  else
    commit_random (run, KONTOR_TRANSACTION_MAX_OPS + 200);
}

static void
undo_everything (Run *run)
{
  guint n = 0;

  while (model_find_candidate (run->model, FALSE) != NULL)
    {
      take_back (run, FALSE);
      g_assert_cmpuint (n++, <, 10 * STEPS);
    }
  g_assert_null (fixture_undo (run->fixture));
  property_compare_present (run->fixture, run->model);
}

static void
run_seed (guint32 seed)
{
  Fixture fixture = { 0 };
  Run run = { .fixture = &fixture };

  g_test_message ("seed %u", seed);
  fixture_set_up (&fixture, NULL);
  run.model = model_new ();
  run.rand = g_rand_new_with_seed (seed);
  run.types = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < STEPS; i++)
    {
      make_move (&run);
      if (i % 10 == 9)
        property_compare_present (&fixture, run.model);
      if (i % 10 == 9)
        property_check_computed (&fixture, run.model);
    }
  for (guint i = 0; i < run.model->states->len; i++)
    property_compare_state (&fixture, run.model, g_ptr_array_index (run.model->states, i));
  fixture_assert_sound (&fixture);
  undo_everything (&run);
  property_check_computed (&fixture, run.model);
  fixture_assert_sound (&fixture);
  g_hash_table_unref (run.types);
  g_rand_free (run.rand);
  model_free (run.model);
  fixture_tear_down (&fixture, NULL);
}

static void
test_random (void)
{
  const char *factor = g_getenv ("KONTOR_TEST_LONG");
  const char *first = g_getenv ("KONTOR_TEST_SEED");
  guint n = SEEDS * (factor != NULL ? (guint) MAX (atoi (factor), 1) : 1);
  guint32 start = first != NULL ? (guint32) atoi (first) : 1;

  for (guint i = 0; i < n; i++)
    run_seed (start + i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  g_test_add_func ("/store/property/random-steps", test_random);
  return g_test_run ();
}
