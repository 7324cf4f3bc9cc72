/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain model of a workspace in memory; see the header. */
#include "config.h"

#include "property-model.h"

#include "kontor-validate.h"

static void
free_row (gpointer data)
{
  ModelRow *row = data;

  g_object_unref (row->record);
  g_free (row);
}

static GHashTable *
new_rows (void)
{
  return g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, free_row);
}

static GHashTable *
copy_rows (GHashTable *rows)
{
  GHashTable *copy = new_rows ();
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const ModelRow *row = value;
      ModelRow *new_row = g_new0 (ModelRow, 1);

      new_row->record = kontor_record_copy (row->record);
      new_row->trashed = row->trashed;
      g_hash_table_insert (copy, kontor_id_copy (id), new_row);
    }
  return copy;
}

static void
clear_change (gpointer data)
{
  ModelChange *change = data;

  kontor_value_clear (&change->was);
  kontor_value_clear (&change->now);
}

static GArray *
new_changes (void)
{
  GArray *changes = g_array_new (FALSE, TRUE, sizeof (ModelChange));

  g_array_set_clear_func (changes, clear_change);
  return changes;
}

static void
free_step (gpointer data)
{
  ModelStep *step = data;

  g_array_unref (step->changes);
  g_free (step);
}

static void
free_state (gpointer data)
{
  ModelState *state = data;

  g_hash_table_unref (state->rows);
  g_free (state);
}

Model *
model_new (void)
{
  Model *model = g_new0 (Model, 1);

  model->rows = new_rows ();
  model->steps = g_ptr_array_new_with_free_func (free_step);
  model->states = g_ptr_array_new_with_free_func (free_state);
  return model;
}

void
model_free (Model *model)
{
  g_hash_table_unref (model->rows);
  g_ptr_array_unref (model->steps);
  g_ptr_array_unref (model->states);
  g_clear_pointer (&model->changes, g_array_unref);
  g_clear_pointer (&model->saved, g_hash_table_unref);
  g_free (model);
}

void
model_begin (Model *model)
{
  g_assert_null (model->changes);
  model->changes = new_changes ();
  model->saved = copy_rows (model->rows);
}

static ModelStep *
add_step (Model *model, const KontorId *id)
{
  ModelStep *step = g_new0 (ModelStep, 1);

  step->id = *id;
  step->changes = g_steal_pointer (&model->changes);
  g_ptr_array_add (model->steps, step);
  return step;
}

static void
add_state (Model *model, gint64 x)
{
  ModelState *state = g_new0 (ModelState, 1);

  state->x = x;
  state->rows = copy_rows (model->rows);
  g_ptr_array_add (model->states, state);
}

void
model_keep (Model *model, const KontorId *step, gint64 x)
{
  if (model->changes->len > 0)
    {
      add_step (model, step);
      add_state (model, x);
    }
  g_clear_pointer (&model->changes, g_array_unref);
  g_clear_pointer (&model->saved, g_hash_table_unref);
}

void
model_drop (Model *model)
{
  g_clear_pointer (&model->changes, g_array_unref);
  g_hash_table_unref (model->rows);
  model->rows = g_steal_pointer (&model->saved);
}

gboolean
model_has_changes (Model *model)
{
  return model->changes != NULL && model->changes->len > 0;
}

ModelRow *
model_lookup (Model *model, const KontorId *id)
{
  return g_hash_table_lookup (model->rows, id);
}

static ModelChange *
add_change (Model *model, ModelChangeKind kind, const KontorId *id)
{
  ModelChange *change;

  g_array_set_size (model->changes, model->changes->len + 1);
  change = &g_array_index (model->changes, ModelChange, model->changes->len - 1);
  change->kind = kind;
  change->id = *id;
  return change;
}

void
model_create (Model *model, KontorRecord *record)
{
  ModelRow *row = g_new0 (ModelRow, 1);

  row->record = kontor_record_copy (record);
  kontor_record_complete (row->record);
  g_hash_table_insert (model->rows, kontor_id_copy (kontor_record_get_id (record)), row);
  add_change (model, MODEL_CREATE, kontor_record_get_id (record));
}

static const KontorFieldId name_parts[] = { KONTOR_CONTACT_FIRST_NAME,
                                            KONTOR_CONTACT_MIDDLE_NAME,
                                            KONTOR_CONTACT_LAST_NAME };

/* The record as it would be if it had only its full name. */
static KontorRecord *
split_again (KontorRecord *record)
{
  KontorRecord *split = kontor_record_copy (record);

  for (guint i = 0; i < G_N_ELEMENTS (name_parts); i++)
    kontor_record_set_null (split, name_parts[i]);
  kontor_record_complete (split);
  return split;
}

static gboolean
is_split (KontorRecord *record)
{
  g_autoptr(KontorRecord) split = split_again (record);

  for (guint i = 0; i < G_N_ELEMENTS (name_parts); i++)
    if (g_strcmp0 (kontor_record_get_text (split, name_parts[i]),
                   kontor_record_get_text (record, name_parts[i])) != 0)
      return FALSE;
  return TRUE;
}

static void
set_field (Model *model, const KontorId *id, const KontorFieldDef *field, const KontorValue *value);

/* The parts of a person's name follow it if they came from it. */
void
model_set (Model *model, const KontorId *id, const KontorFieldDef *field, const KontorValue *value)
{
  ModelRow *row = model_lookup (model, id);
  gboolean follows = field->id == KONTOR_CONTACT_NAME && is_split (row->record);
  g_autoptr(KontorRecord) split = NULL;

  set_field (model, id, field, value);
  if (!follows)
    return;
  split = split_again (row->record);
  for (guint i = 0; i < G_N_ELEMENTS (name_parts); i++)
    {
      const KontorFieldDef *part = kontor_field_by_id (name_parts[i]);
      g_auto(KontorValue) now = KONTOR_VALUE_INIT;

      kontor_record_get_value (split, part, &now);
      set_field (model, id, part, &now);
    }
}

static void
set_field (Model *model, const KontorId *id, const KontorFieldDef *field, const KontorValue *value)
{
  ModelRow *row = model_lookup (model, id);
  g_auto(KontorValue) was = KONTOR_VALUE_INIT;
  ModelChange *change;

  kontor_record_get_value (row->record, field, &was);
  if (kontor_value_equal (&was, value))
    return;
  kontor_record_set_value (row->record, field, value);
  change = add_change (model, MODEL_FIELD, id);
  change->field = field;
  kontor_value_copy (&was, &change->was);
  kontor_value_copy (value, &change->now);
}

void
model_increment (Model *model, const KontorId *id, const KontorFieldDef *field, gint64 by)
{
  ModelRow *row = model_lookup (model, id);
  KontorValue value = KONTOR_VALUE_INIT;
  ModelChange *change;

  if (by == 0)
    return;
  change = add_change (model, MODEL_INC, id);
  change->field = field;
  kontor_record_get_value (row->record, field, &change->was);
  kontor_value_set_integer (&change->now, by);
  kontor_value_set_integer (&value,
                            (change->was.type == KONTOR_VALUE_INTEGER ? change->was.integer : 0) +
                              by);
  kontor_record_set_value (row->record, field, &value);
}

void
model_hide (Model *model, const KontorId *id, gboolean trashed)
{
  ModelRow *row = model_lookup (model, id);

  if (row->trashed == trashed)
    return;
  row->trashed = trashed;
  add_change (model, trashed ? MODEL_TRASH : MODEL_RESTORE, id);
}

static void
set_on (ModelRow *row, gint64 on)
{
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = on };

  kontor_record_set_value (row->record,
                           kontor_record_type_find_field (kontor_record_get_record_type (
                                                            row->record),
                                                          "on"),
                           &value);
  row->trashed = on == 0;
}

void
model_switch (Model *model, KontorRecord *member, gboolean on)
{
  const KontorId *id = kontor_record_get_id (member);
  const KontorFieldDef *field =
    kontor_record_type_find_field (kontor_record_get_record_type (member), "on");
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = on };
  ModelRow *row = model_lookup (model, id);

  if (row == NULL && !on)
    return;
  if (row == NULL)
    {
      model_create (model, member);
      set_on (model_lookup (model, id), 1);
      return;
    }
  model_set (model, id, field, &value);
  row->trashed = !on;
}

/* Erasing reaches into the past: no state ever had the record. */
void
model_purge (Model *model, const KontorId *id)
{
  g_hash_table_remove (model->rows, id);
  for (guint i = 0; i < model->states->len; i++)
    g_hash_table_remove (((ModelState *) g_ptr_array_index (model->states, i))->rows, id);
  for (guint i = 0; i < model->steps->len; i++)
    {
      GArray *changes = ((ModelStep *) g_ptr_array_index (model->steps, i))->changes;

      for (guint k = changes->len; k > 0; k--)
        if (kontor_id_equal (&g_array_index (changes, ModelChange, k - 1).id, id))
          g_array_remove_index (changes, k - 1);
    }
}

gboolean
model_has_cycle (Model *model, const KontorId *id, const KontorFieldDef *field)
{
  KontorId at = *id;

  for (guint n = 0; n < 1000; n++)
    {
      ModelRow *row = model_lookup (model, &at);
      const KontorId *next = row != NULL ? kontor_record_value_link (row->record, field) : NULL;

      if (next == NULL)
        return FALSE;
      at = *next;
      if (kontor_id_equal (&at, id))
        return TRUE;
    }
  return FALSE;
}

/* --- Undo ---------------------------------------------------------------------------------------
 */

ModelStep *
model_find_candidate (Model *model, gboolean redo)
{
  for (guint i = model->steps->len; i > 0; i--)
    {
      ModelStep *step = g_ptr_array_index (model->steps, i - 1);

      if (step->changes->len == 0)
        continue;
      if (!redo && !step->is_undo && !step->undone)
        return step;
      if (redo && step->is_undo && !step->undone)
        return step;
      if (redo && !step->is_undo && !step->is_redo)
        return NULL;
    }
  return NULL;
}

static void
undo_value (Model *model, const ModelChange *change, const KontorValue *was)
{
  ModelRow *row = model_lookup (model, &change->id);
  g_auto(KontorValue) present = KONTOR_VALUE_INIT;

  kontor_record_get_value (row->record, change->field, &present);
  if (!kontor_value_equal (&present, &change->now) || kontor_value_equal (&present, was))
    return;
  model_set (model, &change->id, change->field, was);
  if (g_str_equal (change->field->name, "on"))
    row->trashed = kontor_record_value_integer (row->record, change->field) == 0;
}

static void
undo_increment (Model *model, const ModelChange *change)
{
  ModelRow *row = model_lookup (model, &change->id);
  const KontorValue none = KONTOR_VALUE_INIT;

  model_increment (model, &change->id, change->field, -change->now.integer);
  if (change->was.type == KONTOR_VALUE_NULL &&
      kontor_record_value_integer (row->record, change->field) == 0)
    kontor_record_set_value (row->record, change->field, &none);
}

static void
undo_create (Model *model, const ModelChange *change)
{
  ModelRow *row = model_lookup (model, &change->id);
  const KontorRecordType *type = kontor_record_get_record_type (row->record);
  ModelChange on = { .kind = MODEL_FIELD, .id = change->id };
  const KontorValue off = { .type = KONTOR_VALUE_INTEGER, .integer = 0 };

  if ((type->flags & KONTOR_TYPE_SET) == 0)
    {
      model_hide (model, &change->id, TRUE);
      return;
    }
  on.field = kontor_record_type_find_field (type, "on");
  on.now = (KontorValue){ .type = KONTOR_VALUE_INTEGER, .integer = 1 };
  undo_value (model, &on, &off);
}

/* Links that would go round in a circle are as they were before, those met first first. */
static gboolean
settle_links (Model *model)
{
  guint n = model->changes->len;
  gboolean settled = TRUE;

  for (guint i = 0; i < n; i++)
    {
      KontorId id = g_array_index (model->changes, ModelChange, i).id;
      const KontorFieldDef *field = g_array_index (model->changes, ModelChange, i).field;
      g_auto(KontorValue) before = KONTOR_VALUE_INIT;
      g_auto(KontorValue) now = KONTOR_VALUE_INIT;

      if (field == NULL || (field->flags & KONTOR_FIELD_ACYCLIC) == 0)
        continue;
      kontor_record_get_value (((ModelRow *) g_hash_table_lookup (model->saved, &id))->record,
                               field,
                               &before);
      kontor_record_get_value (model_lookup (model, &id)->record, field, &now);
      if (kontor_value_equal (&before, &now) || !model_has_cycle (model, &id, field))
        continue;
      model_set (model, &id, field, &before);
      settled = FALSE;
    }
  return settled;
}

gboolean
model_undo (Model *model, ModelStep *step, const KontorId *id, gint64 x)
{
  gboolean any;

  model_begin (model);
  for (guint i = step->changes->len; i > 0; i--)
    {
      const ModelChange *change = &g_array_index (step->changes, ModelChange, i - 1);

      if (change->kind == MODEL_CREATE)
        undo_create (model, change);
      else if (change->kind == MODEL_FIELD)
        undo_value (model, change, &change->was);
      else if (change->kind == MODEL_INC)
        undo_increment (model, change);
      else
        model_hide (model, &change->id, change->kind == MODEL_RESTORE);
    }
  while (!settle_links (model))
    ;
  any = model_has_changes (model);
  step->undone = TRUE;
  model_keep (model, id, x);
  if (any)
    {
      ModelStep *taken = g_ptr_array_index (model->steps, model->steps->len - 1);

      taken->is_undo = !step->is_undo;
      taken->is_redo = step->is_undo;
    }
  return any;
}

gboolean
model_row_equal (const ModelRow *row, KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);

  if (row->trashed != kontor_record_is_trashed (record))
    return FALSE;
  for (guint i = 0; i < type->n_fields; i++)
    {
      const KontorFieldDef *field = &type->fields[i];
      g_auto(KontorValue) a = KONTOR_VALUE_INIT;
      g_auto(KontorValue) b = KONTOR_VALUE_INIT;

      if ((field->flags & KONTOR_FIELD_COMPUTED) != 0 ||
          kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE)
        continue;
      kontor_record_get_value (row->record, field, &a);
      kontor_record_get_value (record, field, &b);
      if (!kontor_value_equal (&a, &b))
        {
          g_autofree char *text_a = kontor_value_to_text (field, &a);
          g_autofree char *text_b = kontor_value_to_text (field, &b);

          g_test_message ("%s.%s: model has “%s”, store has “%s”",
                          type->name,
                          field->name,
                          text_a,
                          text_b);
          return FALSE;
        }
    }
  return TRUE;
}
