/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets sorted into the records they make up, with what is worth knowing of each column. */
#include "config.h"

#include "kontor-import-private.h"
#include "kontor-model.h"
#include <string.h>

/* Of amounts where neither file nor workspace names a currency; the report says so. */
#define FALLBACK_CURRENCY "USD"

static gboolean
is_number (const char *text)
{
  return text != NULL && strspn (text, "0123456789") == strlen (text);
}

static void
fill_slot (KontorImportSlot *slot, const KontorImportTarget *target)
{
  slot->kind = target->slot;
  slot->of_person = target->of_person;
  slot->type = target->type;
  slot->point = target->point;
  slot->variant = target->variant;
  if (target->slot == KONTOR_SLOT_POINT && !is_number (target->variant))
    slot->label = target->variant;
  if (target->slot == KONTOR_SLOT_ADDRESS && target->variant != NULL &&
      kontor_field_choice_label (kontor_field_by_id (KONTOR_ADDRESS_KIND), target->variant) != NULL)
    slot->address_kind = target->variant;
}

/* Each column of values is a contact point of its own; what is said about one belongs to the first
 * with the same variant. */
static gboolean
is_same_slot (const KontorImportSlot *slot, const KontorImportTarget *target)
{
  if (slot->kind != target->slot || slot->of_person != target->of_person ||
      slot->type != target->type || g_strcmp0 (slot->variant, target->variant) != 0)
    return FALSE;
  return target->slot != KONTOR_SLOT_POINT || g_str_equal (slot->point, target->point);
}

static guint
find_or_add_slot (KontorImportPlan *plan, const KontorImportTarget *target)
{
  gboolean own = kontor_import_target_is_repeatable (target) && target->what == KONTOR_TARGET_VALUE;

  if (target->slot == KONTOR_SLOT_RECORD)
    return target->of_person ? (guint) plan->person : 0;
  /* the label may stand before its value */
  for (guint i = 0; i < plan->n_slots; i++)
    if (is_same_slot (&plan->slots[i], target) && !(own && plan->slots[i].has_value))
      {
        plan->slots[i].has_value |= own;
        return i;
      }
  fill_slot (&plan->slots[plan->n_slots], target);
  plan->slots[plan->n_slots].has_value = own;
  return plan->n_slots++;
}

static gboolean
has_few_values (const KontorFieldDef *field)
{
  return field->kind == KONTOR_FIELD_COUNTRY || field->kind == KONTOR_FIELD_PICK ||
         field->kind == KONTOR_FIELD_CHOICE || field->kind == KONTOR_FIELD_BOOLEAN ||
         field->kind == KONTOR_FIELD_CURRENCY;
}

static void
add_cell (KontorImportPlan *plan, guint column)
{
  const KontorImportTarget *target = kontor_import_map_get_target (plan->map, column);
  KontorImportCell *cell = &plan->cells[plan->n_cells];

  cell->column = column;
  cell->slot = find_or_add_slot (plan, target);
  cell->field = target->field;
  cell->what = target->what;
  cell->order = kontor_import_map_get_date_order (plan->map, column);
  cell->is_points =
    target->slot == KONTOR_SLOT_POINT && target->field->id == KONTOR_CONTACT_POINT_VALUE;
  for (guint i = 0; i < plan->n_cells; i++)
    cell->joined |= plan->cells[i].slot == cell->slot && plan->cells[i].field == cell->field &&
                    plan->cells[i].what == cell->what;
  if (cell->field != NULL && has_few_values (cell->field))
    cell->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  plan->n_cells++;
}

static gboolean
is_currency (const KontorImportTarget *target)
{
  return target->field != NULL && target->field->kind == KONTOR_FIELD_CURRENCY;
}

static gboolean
needs_person (KontorImportMap *map)
{
  for (guint i = 0; i < kontor_import_map_get_n_columns (map); i++)
    {
      const KontorImportTarget *target = kontor_import_map_get_target (map, i);

      if (target != NULL && target->of_person)
        return TRUE;
    }
  return FALSE;
}

static const KontorFieldDef *
find_title (const KontorRecordType *type)
{
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & KONTOR_FIELD_TITLE) != 0 &&
        (type->fields[i].flags & KONTOR_FIELD_REQUIRED) != 0)
      return &type->fields[i];
  return NULL;
}

static void
add_record_slot (KontorImportPlan *plan, const KontorRecordType *type, gboolean of_person)
{
  KontorImportSlot *slot = &plan->slots[plan->n_slots++];

  slot->kind = KONTOR_SLOT_RECORD;
  slot->type = type;
  slot->of_person = of_person;
  slot->title = find_title (type);
}

/* A person's row has the position without the organisation, and the other way round. */
static void
add_job_slot (KontorImportPlan *plan)
{
  KontorImportTarget job = { .slot = KONTOR_SLOT_JOB,
                             .of_person = TRUE,
                             .type = &kontor_account_contact_type };

  if (plan->person >= 0)
    find_or_add_slot (plan, &job);
}

/**
 * kontor_import_plan_new:
 * @map: where the columns go; must not be changed any more
 * @currency: (nullable): of amounts that name none
 *
 * Returns: (transfer full): the plan
 */
KontorImportPlan *
kontor_import_plan_new (KontorImportMap *map, const char *currency)
{
  KontorImportPlan *plan = g_new0 (KontorImportPlan, 1);
  guint n = kontor_import_map_get_n_columns (map);

  plan->map = kontor_import_map_ref (map);
  plan->schema = kontor_import_map_get_schema (map);
  plan->type = kontor_import_map_get_record_type (map);
  plan->picks = kontor_import_picks_new (plan->schema);
  plan->currency_guessed = currency == NULL;
  plan->currency = g_strdup (currency != NULL ? currency : FALLBACK_CURRENCY);
  plan->slots = g_new0 (KontorImportSlot, n + 4);
  plan->cells = g_new0 (KontorImportCell, n + 1);
  plan->person = -1;
  add_record_slot (plan, plan->type, FALSE);
  if (needs_person (map))
    {
      plan->person = (int) plan->n_slots;
      add_record_slot (plan, &kontor_contact_type, TRUE);
    }
  add_job_slot (plan);
  /* currencies first: amounts are read by them */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        const KontorImportTarget *target = kontor_import_map_get_target (map, i);

        if (target != NULL && is_currency (target) == (pass == 0))
          add_cell (plan, i);
      }
  return plan;
}

/**
 * kontor_import_plan_free:
 * @plan: (transfer full) (nullable): a plan
 */
void
kontor_import_plan_free (KontorImportPlan *plan)
{
  if (plan == NULL)
    return;
  for (guint i = 0; i < plan->n_cells; i++)
    {
      g_clear_pointer (&plan->cells[i].codes, g_hash_table_unref);
      g_free (plan->cells[i].last_text);
    }
  g_free (plan->cells);
  g_free (plan->slots);
  kontor_import_picks_free (plan->picks);
  kontor_import_map_unref (plan->map);
  g_free (plan->currency);
  g_free (plan);
}

/**
 * kontor_import_plan_find_slot:
 * @plan: a plan
 * @kind: kind of a slot
 * @of_person: of the person an organisation's row names
 *
 * Returns: the first such slot, or -1
 */
int
kontor_import_plan_find_slot (KontorImportPlan *plan, KontorSlotKind kind, gboolean of_person)
{
  for (guint i = 0; i < plan->n_slots; i++)
    if (plan->slots[i].kind == kind && plan->slots[i].of_person == of_person)
      return (int) i;
  return -1;
}

/* --- Decimal points ------------------------------------------------------------------------- */

/* What a number says about the decimal point: with both marks the last one is it, a single mark
 * that does not part exactly three digits is it. */
static char
find_decimal (const char *text)
{
  const char *point = strrchr (text, '.');
  const char *comma = strrchr (text, ',');
  const char *last = point == NULL || (comma != NULL && comma > point) ? comma : point;

  if (last == NULL)
    return '\0';
  if (point != NULL && comma != NULL)
    return *last;
  if (strchr (text, *last) != last)
    return *last == '.' ? ',' : '.';
  return strspn (last + 1, "0123456789") != 3 || last - text > 3 || text[0] == '0' ? *last : '\0';
}

static gboolean
is_decimal (const KontorFieldDef *field)
{
  return field != NULL &&
         (field->kind == KONTOR_FIELD_DECIMAL || field->kind == KONTOR_FIELD_MONEY ||
          field->kind == KONTOR_FIELD_PERCENT);
}

/**
 * kontor_import_plan_learn:
 * @plan: a plan
 * @sample: (element-type GStrv): first rows
 *
 * Finds the decimal points of the columns, so that "1.234" means in each row what it means in the
 * others.
 */
void
kontor_import_plan_learn (KontorImportPlan *plan, GPtrArray *sample)
{
  for (guint i = 0; i < plan->n_cells; i++)
    {
      KontorImportCell *cell = &plan->cells[i];
      guint points = 0, commas = 0;

      if (!is_decimal (cell->field))
        continue;
      for (guint k = 0; k < sample->len; k++)
        {
          char **cells = g_ptr_array_index (sample, k);
          char found =
            cell->column < g_strv_length (cells) ? find_decimal (cells[cell->column]) : '\0';

          points += found == '.';
          commas += found == ',';
        }
      if (points != commas)
        cell->decimal = points > commas ? '.' : ',';
    }
}
