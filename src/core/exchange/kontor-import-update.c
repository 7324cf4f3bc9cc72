/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row whose record is there: what it says more, or else, becomes operations on it. A cell without
 * text says nothing: nothing is ever emptied. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-rows-private.h"
#include "kontor-model.h"
#include "kontor-phone.h"
#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  KontorImportRows *rows;
  KontorRecord *record; /* owned: as it is */
  KontorId id;
  KontorStep *step; /* owned: what changes */
  GPtrArray *taken; /* (element-type KontorRecord): addresses that others have taken the place of */
  gboolean overwrite;
} Update;

static void
clear_update (Update *update)
{
  g_clear_object (&update->record);
  g_clear_pointer (&update->step, kontor_step_unref);
  g_clear_pointer (&update->taken, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Update, clear_update)

/* --- Fields ---------------------------------------------------------------------------------- */

static void
set_field (Update *update,
           KontorRecord *present,
           const KontorFieldDef *field,
           const KontorValue *value)
{
  g_auto(KontorValue) old = KONTOR_VALUE_INIT;

  if (value->type == KONTOR_VALUE_NULL ||
      (field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY)) != 0)
    return;
  kontor_record_get_value (present, field, &old);
  if (kontor_value_equal (&old, value) || (old.type != KONTOR_VALUE_NULL && !update->overwrite))
    return;
  kontor_step_set (update->step,
                   kontor_record_get_record_type (present),
                   kontor_record_get_id (present),
                   field,
                   value);
}

/* An amount goes with its currency, or not at all. */
static void
set_money (Update *update, KontorRecord *present, KontorRecord *draft, const KontorFieldDef *field)
{
  const KontorFieldDef *companion =
    kontor_record_type_find_field (kontor_record_get_record_type (draft), field->companion);
  g_auto(KontorValue) currency = KONTOR_VALUE_INIT;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (!update->overwrite && !kontor_record_value_is_null (present, field))
    return;
  kontor_record_get_value (draft, field, &value);
  kontor_record_get_value (draft, companion, &currency);
  set_field (update, present, field, &value);
  if (currency.type == KONTOR_VALUE_NULL ||
      g_strcmp0 (currency.text, kontor_record_value_text (present, companion)) == 0)
    return;
  kontor_step_set (update->step,
                   kontor_record_get_record_type (present),
                   kontor_record_get_id (present),
                   companion,
                   &currency);
}

/* Only what columns say: what the model completed by itself is no news. */
static void
set_slot (Update *update, guint slot, KontorRecord *draft, KontorRecord *present)
{
  KontorImportPlan *plan = update->rows->plan;

  for (guint i = 0; draft != NULL && i < plan->n_cells; i++)
    {
      const KontorFieldDef *field = plan->cells[i].field;
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      if (plan->cells[i].slot != slot || field == NULL || field->kind == KONTOR_FIELD_TAGS ||
          kontor_record_value_is_null (draft, field))
        continue;
      if (field->kind == KONTOR_FIELD_MONEY)
        {
          set_money (update, present, draft, field);
          continue;
        }
      kontor_record_get_value (draft, field, &value);
      set_field (update, present, field, &value);
    }
}

/* --- What hangs on it ------------------------------------------------------------------------- */

static GPtrArray *
read_children (Update *update, const KontorRecordType *type, GError **error)
{
  const KontorFieldDef *parent = kontor_record_type_find_field (type, type->parent_field);

  return kontor_workspace_find (update->rows->workspace,
                                type,
                                parent,
                                &update->id,
                                KONTOR_READ_DEFAULT,
                                error);
}

static gboolean
is_same_point (const char *kind, const char *a, const char *b)
{
  g_autofree char *digits_a = NULL;
  g_autofree char *digits_b = NULL;
  g_autofree char *fold_a = NULL;
  g_autofree char *fold_b = NULL;

  if (g_str_equal (a, b))
    return TRUE;
  if (g_str_equal (kind, "mail") || g_str_equal (kind, "web") || g_str_equal (kind, "messenger"))
    {
      fold_a = g_utf8_casefold (a, -1);
      fold_b = g_utf8_casefold (b, -1);
      return g_str_equal (fold_a, fold_b);
    }
  digits_a = kontor_phone_digits (a, NULL);
  digits_b = kontor_phone_digits (b, NULL);
  return digits_a != NULL && digits_b != NULL && kontor_phone_equal (digits_a, digits_b);
}

static gboolean
is_phone_kind (const char *kind)
{
  return g_str_equal (kind, "phone") || g_str_equal (kind, "mobile");
}

/* The point that is the same; else the one that stands in its place: of its kind and label. */
static KontorRecord *
find_point (GPtrArray *points, const KontorImportSlot *slot, KontorRecord *draft, gboolean *same)
{
  const char *value = kontor_record_get_text (draft, KONTOR_CONTACT_POINT_VALUE);
  const char *own_label = kontor_record_get_text (draft, KONTOR_CONTACT_POINT_LABEL);
  KontorRecord *place = NULL;

  *same = FALSE;
  for (guint i = 0; i < points->len; i++)
    {
      KontorRecord *point = g_ptr_array_index (points, i);
      const char *kind = kontor_record_get_text (point, KONTOR_CONTACT_POINT_KIND);
      const char *label = kontor_record_get_text (point, KONTOR_CONTACT_POINT_LABEL);

      if ((g_strcmp0 (kind, slot->point) == 0 ||
           (is_phone_kind (kind) && is_phone_kind (slot->point))) &&
          is_same_point (kind, kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE), value))
        {
          *same = TRUE;
          return point;
        }
      if (place == NULL && g_strcmp0 (kind, slot->point) == 0 && g_strcmp0 (label, own_label) == 0)
        place = point;
    }
  return place;
}

static void
add_child (Update *update, KontorRecord **record)
{
  kontor_step_create (update->step, *record);
  g_clear_object (record);
}

/* A new point is added; with overwriting it takes the place of the old one. */
static void
update_point (Update *update, guint slot, KontorRecord **record, GPtrArray *points)
{
  const char *value = kontor_record_get_text (*record, KONTOR_CONTACT_POINT_VALUE);
  gboolean same;
  KontorRecord *present = find_point (points, &update->rows->plan->slots[slot], *record, &same);

  if (same)
    return;
  if (present == NULL || !update->overwrite)
    {
      add_child (update, record);
      return;
    }
  kontor_step_set_text (update->step,
                        kontor_record_get_id (present),
                        KONTOR_CONTACT_POINT_VALUE,
                        value);
  g_ptr_array_remove (points, present);
}

static KontorRecord *
find_address (GPtrArray *addresses, const char *kind)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      KontorRecord *address = g_ptr_array_index (addresses, i);
      const char *present = kontor_record_get_text (address, KONTOR_ADDRESS_KIND);

      if (kind == NULL || g_strcmp0 (kind, present) == 0)
        return address;
    }
  return NULL;
}

/* Parts of one address must not be filled into another. */
static gboolean
is_other_address (KontorRecord *present, KontorRecord *draft)
{
  static const KontorFieldId fields[] = { KONTOR_ADDRESS_CITY,
                                          KONTOR_ADDRESS_POSTCODE,
                                          KONTOR_ADDRESS_COUNTRY };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *a = kontor_record_get_text (present, fields[i]);
      const char *b = kontor_record_get_text (draft, fields[i]);

      if (a != NULL && b != NULL && !g_str_equal (a, b))
        return TRUE;
    }
  return FALSE;
}

/* Of several addresses of a card: the one that is there already; else, to be overwritten, one of
 * its kind, which then is taken. */
static KontorRecord *
find_same_address (Update *update, GPtrArray *addresses, KontorRecord *draft)
{
  const char *street = kontor_record_get_text (draft, KONTOR_ADDRESS_STREET);
  const char *kind = kontor_record_get_text (draft, KONTOR_ADDRESS_KIND);
  KontorRecord *place = NULL;

  for (guint i = 0; i < addresses->len; i++)
    {
      KontorRecord *present = g_ptr_array_index (addresses, i);

      if (!is_other_address (present, draft) &&
          g_strcmp0 (street, kontor_record_get_text (present, KONTOR_ADDRESS_STREET)) == 0)
        return present;
      if (place == NULL &&
          g_strcmp0 (kind, kontor_record_get_text (present, KONTOR_ADDRESS_KIND)) == 0)
        place = present;
    }
  if (!update->overwrite || place == NULL)
    return NULL;
  g_ptr_array_remove (addresses, g_object_ref (place));
  g_ptr_array_add (update->taken, place);
  return place;
}

static KontorRecord *
find_by_text (GPtrArray *records, KontorFieldId field, const char *text)
{
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (kontor_record_get_text (g_ptr_array_index (records, i), field), text) == 0)
      return g_ptr_array_index (records, i);
  return NULL;
}

static KontorRecord *
find_by_link (GPtrArray *records, KontorFieldId field, const KontorId *target)
{
  for (guint i = 0; i < records->len; i++)
    {
      const KontorId *link = kontor_record_get_link (g_ptr_array_index (records, i), field);

      if (link != NULL && target != NULL && kontor_id_equal (link, target))
        return g_ptr_array_index (records, i);
    }
  return NULL;
}

static void
update_other (Update *update, guint i, KontorRecord **record, GPtrArray *children)
{
  const KontorImportSlot *slot = &update->rows->plan->slots[i];
  KontorRecord *present = NULL;

  switch (slot->kind)
    {
    case KONTOR_SLOT_ADDRESS:
      present = update->rows->fill != NULL
                  ? find_same_address (update, children, *record)
                  : find_address (children, kontor_record_get_text (*record, KONTOR_ADDRESS_KIND));
      if (present != NULL && !update->overwrite && is_other_address (present, *record))
        return;
      break;
    case KONTOR_SLOT_JOB:
      present = find_by_link (children,
                              KONTOR_ACCOUNT_CONTACT_ACCOUNT,
                              kontor_record_get_link (*record, KONTOR_ACCOUNT_CONTACT_ACCOUNT));
      break;
    case KONTOR_SLOT_ROLE:
      if (find_by_text (children,
                        KONTOR_PARTY_ROLE_ROLE,
                        kontor_record_get_text (*record, KONTOR_PARTY_ROLE_ROLE)) != NULL)
        return;
      break;
    case KONTOR_SLOT_CHILD:
    default:
      if (slot->type == &kontor_attachment_type &&
          find_by_text (children,
                        KONTOR_ATTACHMENT_HASH,
                        kontor_record_get_text (*record, KONTOR_ATTACHMENT_HASH)) != NULL)
        return;
      if (slot->type != &kontor_attachment_type && children->len > 0)
        present = g_ptr_array_index (children, 0);
      break;
    }
  if (present != NULL)
    set_slot (update, i, *record, present);
  else
    add_child (update, record);
}

static void
update_record (Update *update, guint i, KontorRecord **record, GPtrArray *children)
{
  if (update->rows->plan->slots[i].kind == KONTOR_SLOT_POINT)
    update_point (update, i, record, children);
  else
    update_other (update, i, record, children);
}

static gboolean
update_slot (Update *update, guint i, GError **error)
{
  KontorImportDraft *draft = update->rows->draft;
  const KontorImportSlot *slot = &update->rows->plan->slots[i];
  g_autoptr(GPtrArray) children = NULL;

  if (draft->records[i] == NULL || slot->of_person)
    return TRUE;
  if (slot->kind == KONTOR_SLOT_ABOUT)
    {
      add_child (update, &draft->records[i]);
      return TRUE;
    }
  children = read_children (update, slot->type, error);
  if (children == NULL)
    return FALSE;
  update_record (update, i, &draft->records[i], children);
  for (guint k = 0; k < draft->points->len; k++)
    if (g_array_index (draft->points_slots, guint, k) == i)
      {
        KontorRecord *point = g_object_ref (g_ptr_array_index (draft->points, k));

        update_record (update, i, &point, children);
        g_clear_object (&point);
      }
  return TRUE;
}

/* --- The person an organisation's row names --------------------------------------------------- */

static gboolean
has_name (Update *update, const KontorId *contact, const char *name)
{
  g_autoptr(KontorRecord) record = kontor_workspace_get (update->rows->workspace,
                                                          &kontor_contact_type,
                                                          contact,
                                                          KONTOR_READ_DEFAULT,
                                                          NULL);
  g_autofree char *present = NULL;
  g_autofree char *wanted = NULL;

  if (record == NULL)
    return FALSE;
  present = g_utf8_casefold (kontor_record_get_text (record, KONTOR_CONTACT_NAME), -1);
  wanted = g_utf8_casefold (name, -1);
  return g_str_equal (present, wanted);
}

/* Whoever of that name works there stays as he is; else the person is added. */
static gboolean
update_person (Update *update, GError **error)
{
  KontorImportRows *rows = update->rows;
  KontorImportDraft *draft = rows->draft;
  int slot = rows->plan->person;
  g_autoptr(GPtrArray) jobs = NULL;
  const char *name;

  if (slot < 0 || draft->records[slot] == NULL)
    return TRUE;
  jobs = kontor_workspace_find (rows->workspace,
                                &kontor_account_contact_type,
                                kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_ACCOUNT),
                                &update->id,
                                KONTOR_READ_DEFAULT,
                                error);
  if (jobs == NULL)
    return FALSE;
  name = kontor_record_get_text (draft->records[slot], KONTOR_CONTACT_NAME);
  for (guint i = 0; i < jobs->len; i++)
    {
      const KontorId *contact =
        kontor_record_get_link (g_ptr_array_index (jobs, i), KONTOR_ACCOUNT_CONTACT_CONTACT);

      if (contact != NULL && has_name (update, contact, name))
        return TRUE;
    }
  add_child (update, &draft->records[slot]);
  for (guint i = 1; i < rows->plan->n_slots; i++)
    if (rows->plan->slots[i].of_person && draft->records[i] != NULL)
      add_child (update, &draft->records[i]);
  return TRUE;
}

/* --- Tags and roles of all rows --------------------------------------------------------------- */

static KontorRowStatus
update_tags (Update *update, GError **error)
{
  g_autoptr(GArray) tags = g_array_new (FALSE, FALSE, sizeof (KontorId));
  g_autoptr(GPtrArray) links = NULL;
  KontorRowStatus status = kontor_import_rows_collect_tags (update->rows, tags, error);

  if (status != KONTOR_ROW_DONE || tags->len == 0)
    return status;
  links = kontor_workspace_find (update->rows->workspace,
                                 &kontor_tag_link_type,
                                 kontor_field_by_id (KONTOR_TAG_LINK_TARGET),
                                 &update->id,
                                 KONTOR_READ_DEFAULT,
                                 error);
  if (links == NULL)
    return KONTOR_ROW_FATAL;
  for (guint i = 0; i < tags->len; i++)
    {
      const KontorId *tag = &g_array_index (tags, KontorId, i);

      if (find_by_link (links, KONTOR_TAG_LINK_TAG, tag) == NULL)
        kontor_step_tag (update->step, tag, update->rows->plan->type, &update->id, TRUE);
    }
  return KONTOR_ROW_DONE;
}

static gboolean
update_role (Update *update, GError **error)
{
  KontorRecord *role = kontor_import_rows_make_role (update->rows, update->record);
  g_autoptr(GPtrArray) roles = NULL;

  if (role == NULL)
    return TRUE;
  roles = read_children (update, &kontor_party_role_type, error);
  if (roles != NULL &&
      find_by_text (roles, KONTOR_PARTY_ROLE_ROLE, update->rows->options->role) == NULL)
    add_child (update, &role);
  g_clear_object (&role);
  return roles != NULL;
}

/* --- All of it -------------------------------------------------------------------------------- */

/* Rows that are not written yet may be about the same record. */
static KontorRowStatus
load (Update *update, GError **error)
{
  KontorImportRows *rows = update->rows;
  GError *local_error = NULL;

  if (rows->writer != NULL && kontor_import_writer_touches (rows->writer, &update->id) &&
      !kontor_import_writer_flush (rows->writer, error))
    return KONTOR_ROW_FATAL;
  update->record = kontor_workspace_get (rows->workspace,
                                         rows->plan->type,
                                         &update->id,
                                         KONTOR_READ_TRASHED,
                                         &local_error);
  if (update->record != NULL && !kontor_record_is_trashed (update->record))
    return KONTOR_ROW_DONE;
  if (update->record != NULL)
    kontor_set_error (error,
                      KONTOR_EXCHANGE_ERROR,
                      KONTOR_ERROR_CONFLICT,
                      _("The record is in the trash. Restore it first."));
  else if (!kontor_error_is (local_error, KONTOR_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local_error);
      return KONTOR_ROW_FATAL;
    }
  /* in the look before an import an earlier row of the file is not there yet */
  else if (!rows->write)
    {
      g_clear_error (&local_error);
      return KONTOR_ROW_DONE;
    }
  else
    g_propagate_error (error, local_error);
  return KONTOR_ROW_FAULTY;
}

static KontorRowStatus
collect (Update *update, GError **error)
{
  KontorImportRows *rows = update->rows;

  kontor_import_rows_bind (rows, &update->id);
  set_slot (update, 0, rows->draft->records[0], update->record);
  for (guint i = 1; i < rows->plan->n_slots; i++)
    if (!update_slot (update, i, error))
      return KONTOR_ROW_FATAL;
  if (!update_person (update, error) || !update_role (update, error))
    return KONTOR_ROW_FATAL;
  return update_tags (update, error);
}

static void
copy_ops (KontorStep *from, KontorStep *to)
{
  for (guint i = 0; i < kontor_step_get_n_ops (from); i++)
    {
      const KontorOp *op = kontor_step_get_op (from, i);

      if (op->kind == KONTOR_OP_KIND_NEW)
        kontor_step_create (to, op->record);
      else if (op->kind == KONTOR_OP_KIND_LINK)
        kontor_step_link (to, op->record, op->on);
      for (guint k = 0; op->kind == KONTOR_OP_KIND_SET && k < op->fields->len; k++)
        {
          const KontorOpField *set = &g_array_index (op->fields, KontorOpField, k);

          kontor_step_set (to, op->type, &op->id, set->field, &set->value);
        }
    }
}

static KontorRowStatus
write_update (Update *update, GError **error)
{
  KontorImportRows *rows = update->rows;
  guint n_ops = kontor_step_get_n_ops (update->step) + rows->helpers->len;
  KontorStep *step;

  if (n_ops > KONTOR_IMPORT_MAX_ROW_OPS)
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_LIMIT,
                        _("The row has more phone numbers, tags and the like than one record "
                           "takes."));
      return KONTOR_ROW_FAULTY;
    }
  step = kontor_import_rows_begin_unit (rows, KONTOR_VERDICT_UPDATE, n_ops, error);
  if (step == NULL)
    return KONTOR_ROW_FATAL;
  copy_ops (update->step, step);
  kontor_import_writer_end (rows->writer);
  return KONTOR_ROW_DONE;
}

/**
 * kontor_import_rows_update:
 * @self: rows, with one read and resolved
 * @id: the record it means
 * @overwrite: whether it replaces what is there; else it only fills what is empty
 * @changed: (out): whether it changes anything
 * @error: (nullable): place for an error
 *
 * Returns: what became of the row
 */
KontorRowStatus
kontor_import_rows_update (KontorImportRows *self,
                           const KontorId *id,
                           gboolean overwrite,
                           gboolean *changed,
                           GError **error)
{
  g_auto(Update) update = { .rows = self, .id = *id, .overwrite = overwrite };
  KontorRowStatus status = load (&update, error);

  if (status != KONTOR_ROW_DONE)
    return status;
  *changed = update.record == NULL;
  if (update.record == NULL)
    return KONTOR_ROW_DONE;
  update.step = kontor_step_new (NULL);
  update.taken = g_ptr_array_new_with_free_func (g_object_unref);
  status = collect (&update, error);
  if (status != KONTOR_ROW_DONE)
    return status;
  *changed = !kontor_step_is_empty (update.step);
  return *changed && self->write ? write_update (&update, error) : KONTOR_ROW_DONE;
}
