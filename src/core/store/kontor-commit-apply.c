/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on the working set: checked against rights and model, logged as what really changes.
 * Erasing is in kontor-commit-purge.c, links are checked afterwards in kontor-commit-check.c. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-validate.h"
#include "kontor-wire.h"
#include <glib/gi18n-lib.h>

static gboolean
check_right (KontorWork *work,
             const KontorOp *op,
             const KontorFieldDef *field,
             KontorRights right,
             GError **error)
{
  if (G_LIKELY (kontor_access_can (&work->db->access, op->type, field, right)))
    return TRUE;
  g_propagate_error (error,
                     kontor_work_error (work,
                                        KONTOR_ERROR_DENIED,
                                        op->type,
                                        &op->id,
                                        op->record,
                                        field,
                                        _("You may not change this.")));
  return FALSE;
}

static KontorWorkRow *
load_existing (KontorWork *work, const KontorOp *op, GError **error)
{
  GError *local_error = NULL;
  KontorWorkRow *row = kontor_work_load (work, op->type, &op->id, &local_error);

  if (row != NULL)
    return row;
  if (local_error == NULL)
    local_error = kontor_work_error (work,
                                     KONTOR_ERROR_NOT_FOUND,
                                     op->type,
                                     &op->id,
                                     NULL,
                                     NULL,
                                     _("There is no such record."));
  g_propagate_error (error, local_error);
  return NULL;
}

/* The draft itself if nobody else can see it, else a copy. */
static KontorRecord *
take_draft (const KontorOp *op)
{
  if (G_OBJECT (op->record)->ref_count == 1)
    return g_object_ref (op->record);
  return kontor_record_copy (op->record);
}

static void
stamp_new (KontorWork *work, KontorRecord *record)
{
  guint number = kontor_record_get_record_type (record)->number;
  KontorFieldId created_at = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_CREATED_AT);
  KontorFieldId created_by = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_CREATED_BY);
  KontorFieldId modified_at = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_MODIFIED_AT);
  KontorFieldId modified_by = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_MODIFIED_BY);

  /* a record that brings its creation along is being brought back: it keeps what it was */
  if (kontor_record_is_null (record, created_at))
    {
      kontor_record_set_integer (record, created_at, work->now);
      kontor_record_set_link (record, created_by, &work->db->user);
      kontor_record_set_null (record, modified_at);
    }
  if (kontor_record_is_null (record, modified_at))
    {
      const KontorId *author = kontor_record_get_link (record, created_by);

      kontor_record_set_integer (record,
                                 modified_at,
                                 kontor_record_get_integer (record, created_at));
      if (author != NULL)
        kontor_record_set_link (record, modified_by, author);
    }
}

static void
clear_computed (KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);

  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & KONTOR_FIELD_COMPUTED) != 0 &&
        !kontor_record_is_null (record, type->fields[i].id))
      kontor_record_set_null (record, type->fields[i].id);
}

/* Names the record in front of what is wrong with it. */
static void
prefix_title (GError **error, KontorRecord *record)
{
  g_autofree char *title = kontor_record_dup_title (record);
  const KontorRecordType *type = kontor_record_get_record_type (record);

  /* Translators: type of a record, its title; what is wrong with it follows */
  g_prefix_error (error,
                  _("%s “%s”: "),
                  kontor_record_type_get_label (type),
                  title != NULL ? title : "");
}

static KontorWorkRow *
add_checked (KontorWork *work, const KontorOp *op, KontorRecord *record, GError **error)
{
  g_autoptr(KontorRecord) owned = record;
  KontorWorkRow *row;

  if (kontor_work_lookup (work, &op->id) != NULL)
    {
      g_propagate_error (error,
                         kontor_work_error (work,
                                            KONTOR_ERROR_CONFLICT,
                                            op->type,
                                            &op->id,
                                            record,
                                            NULL,
                                            _("There is a record with this id already.")));
      return NULL;
    }
  clear_computed (record);
  kontor_record_complete (record);
  if (!kontor_validate_record (work->db->schema, record, error))
    {
      prefix_title (error, record);
      return NULL;
    }
  stamp_new (work, record);
  kontor_record_set_row (record, 0, 0, FALSE, 0);
  row = kontor_work_add_new (work, g_steal_pointer (&owned));
  return row;
}

/* Of some types there is one record a workspace. */
static gboolean
check_single (KontorWork *work, const KontorOp *op, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean found;

  if (G_LIKELY ((op->type->flags & KONTOR_TYPE_SINGLE) == 0))
    return TRUE;
  stmt = kontor_db_prepare_printf (work->db, error, "SELECT 1 FROM \"%s\"", op->type->name);
  if (stmt == NULL || !kontor_db_step (work->db, stmt, &found, error))
    return FALSE;
  sqlite3_reset (stmt);
  if (found)
    g_propagate_error (error,
                       kontor_work_error (work,
                                          KONTOR_ERROR_CONFLICT,
                                          op->type,
                                          &op->id,
                                          op->record,
                                          NULL,
                                          _("There can only be one.")));
  return !found;
}

static gboolean
apply_new (KontorWork *work, const KontorOp *op, GError **error)
{
  if (!check_right (work, op, NULL, KONTOR_RIGHT_WRITE, error) || !check_single (work, op, error) ||
      add_checked (work, op, take_draft (op), error) == NULL)
    return FALSE;
  kontor_work_log (work, KONTOR_OP_KIND_NEW, op->type, &op->id);
  return TRUE;
}

static gboolean
check_settable (KontorWork *work,
                const KontorOp *op,
                KontorWorkRow *row,
                const KontorOpField *set,
                GError **error)
{
  const char *reason = NULL;

  if ((set->field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY)) != 0 ||
      kontor_field_kind_storage (set->field->kind) == KONTOR_STORAGE_NONE)
    reason = _("This field can't be set.");
  else if ((set->field->flags & KONTOR_FIELD_CUSTOM) != 0 &&
           kontor_schema_find_field (work->db->schema, op->type, set->field->name) == NULL)
    reason = _("This field does not exist any more.");
  else if ((set->field->flags & KONTOR_FIELD_REQUIRED) != 0 &&
           set->value.type == KONTOR_VALUE_NULL && op->kind == KONTOR_OP_KIND_SET)
    reason = _("This field must not be empty.");
  if (reason == NULL)
    return check_right (work, op, set->field, KONTOR_RIGHT_WRITE, error);
  g_propagate_error (error,
                     kontor_work_error (work,
                                        KONTOR_ERROR_INVALID,
                                        row->type,
                                        &row->id,
                                        row->record,
                                        set->field,
                                        reason));
  return FALSE;
}

static gboolean
check_guard (KontorWork *work, KontorWorkRow *row, const KontorOpField *set, GError **error)
{
  g_auto(KontorValue) present = KONTOR_VALUE_INIT;
  g_autofree char *text = NULL;
  GError *conflict;

  if (!set->guarded)
    return TRUE;
  kontor_record_get_value (row->record, set->field, &present);
  if (kontor_value_equal (&present, &set->expected))
    return TRUE;
  conflict = kontor_work_error (work,
                                KONTOR_ERROR_CONFLICT,
                                row->type,
                                &row->id,
                                row->record,
                                set->field,
                                _("Somebody changed this since you saw it."));
  text = kontor_value_to_text (set->field, &present);
  kontor_error_set_value (conflict, text);
  g_propagate_error (error, conflict);
  return FALSE;
}

/* A display name that was put together from its parts follows them. */
static gboolean
follow_parts (KontorWorkRow *row, KontorRecord *before, KontorPieces *pieces)
{
  const KontorFieldDef *name = kontor_record_type_find_field (row->type, "name");
  g_autoptr(KontorRecord) then = NULL;
  g_autoptr(KontorRecord) now = NULL;
  g_auto(KontorValue) was = KONTOR_VALUE_INIT;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (name == NULL || (name->flags & KONTOR_FIELD_TITLE) == 0)
    return FALSE;
  then = kontor_record_copy (before);
  kontor_record_set_null (then, name->id);
  kontor_record_complete (then);
  kontor_record_get_value (then, name, &was);
  if (was.type == KONTOR_VALUE_NULL ||
      g_strcmp0 (was.text, kontor_record_value_text (before, name)) != 0)
    return FALSE;
  now = kontor_record_copy (row->record);
  kontor_record_set_null (now, name->id);
  kontor_record_complete (now);
  kontor_record_get_value (now, name, &value);
  return value.type != KONTOR_VALUE_NULL && kontor_work_set_logged (row, name, &value, pieces);
}

static const char *const part_names[] = { "first_name", "middle_name", "last_name" };

static void
clear_parts (KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);

  for (guint i = 0; i < G_N_ELEMENTS (part_names); i++)
    kontor_record_set_null (record, kontor_record_type_find_field (type, part_names[i])->id);
}

/* Whether the parts are what the display name splits into. */
static gboolean
have_parts_agreed (KontorRecord *before)
{
  const KontorRecordType *type = kontor_record_get_record_type (before);
  g_autoptr(KontorRecord) split = kontor_record_copy (before);

  clear_parts (split);
  kontor_record_complete (split);
  for (guint i = 0; i < G_N_ELEMENTS (part_names); i++)
    {
      const KontorFieldDef *part = kontor_record_type_find_field (type, part_names[i]);

      if (g_strcmp0 (kontor_record_value_text (split, part),
                     kontor_record_value_text (before, part)) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Parts that were split off the display name follow it. */
static void
follow_name (KontorWorkRow *row, KontorRecord *before, KontorPieces *pieces)
{
  g_autoptr(KontorRecord) now = NULL;

  if (!have_parts_agreed (before))
    return;
  now = kontor_record_copy (row->record);
  clear_parts (now);
  kontor_record_complete (now);
  for (guint i = 0; i < G_N_ELEMENTS (part_names); i++)
    {
      const KontorFieldDef *part = kontor_record_type_find_field (row->type, part_names[i]);
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      kontor_record_get_value (now, part, &value);
      kontor_work_set_logged (row, part, &value, pieces);
    }
}

/* Of people and employees: the name is set and no part of it. */
static gboolean
has_name_alone (const KontorOp *op)
{
  gboolean name = FALSE;

  if (kontor_record_type_find_field (op->type, part_names[0]) == NULL)
    return FALSE;
  for (guint i = 0; i < op->fields->len; i++)
    {
      const KontorFieldDef *field = g_array_index (op->fields, KontorOpField, i).field;

      for (guint j = 0; j < G_N_ELEMENTS (part_names); j++)
        if (g_str_equal (field->name, part_names[j]))
          return FALSE;
      name |= g_str_equal (field->name, "name");
    }
  return name;
}

static gboolean
has_name_part (const KontorOp *op)
{
  gboolean part = FALSE;

  for (guint i = 0; i < op->fields->len; i++)
    {
      const KontorFieldDef *field = g_array_index (op->fields, KontorOpField, i).field;

      if ((field->flags & KONTOR_FIELD_TITLE) != 0)
        return FALSE;
      /* prefix and suffix are plain texts */
      part |= field->kind == KONTOR_FIELD_NAME || g_str_has_suffix (field->name, "fix");
    }
  return part;
}

static gboolean
check_live (KontorWork *work, const KontorOp *op, KontorWorkRow *row, GError **error)
{
  if (!row->hidden)
    return TRUE;
  g_propagate_error (error,
                     kontor_work_error (work,
                                        KONTOR_ERROR_INVALID,
                                        op->type,
                                        &op->id,
                                        row->record,
                                        NULL,
                                        _("The record is in the trash. Restore it first.")));
  return FALSE;
}

static gboolean
apply_set (KontorWork *work, const KontorOp *op, GError **error)
{
  KontorWorkRow *row = load_existing (work, op, error);
  g_autoptr(KontorRecord) before = NULL;
  g_auto(KontorPieces) pieces = { NULL, NULL };
  gboolean changed = FALSE;

  kontor_pieces_init (&pieces);
  if (row == NULL || !check_live (work, op, row, error))
    return FALSE;
  if (has_name_part (op) || has_name_alone (op))
    before = kontor_record_copy (row->record);
  for (guint i = 0; i < op->fields->len; i++)
    {
      const KontorOpField *set = &g_array_index (op->fields, KontorOpField, i);

      if (!check_settable (work, op, row, set, error) || !check_guard (work, row, set, error))
        return FALSE;
      if (set->value.type != KONTOR_VALUE_NULL &&
          !kontor_validate_value (work->db->schema, set->field, &set->value, error))
        {
          prefix_title (error, row->record);
          return FALSE;
        }
      changed |= kontor_work_set_logged (row, set->field, &set->value, &pieces);
    }
  if (!changed)
    return TRUE;
  if (before != NULL && has_name_alone (op))
    follow_name (row, before, &pieces);
  else if (before != NULL)
    follow_parts (row, before, &pieces);
  kontor_work_log_pieces (work, KONTOR_OP_KIND_SET, row, &pieces, op->seen_rev);
  kontor_work_stamp (work, row);
  return TRUE;
}

static gboolean
apply_inc (KontorWork *work, const KontorOp *op, GError **error)
{
  KontorWorkRow *row = load_existing (work, op, error);
  g_auto(KontorPieces) pieces = { NULL, NULL };
  gboolean changed = FALSE;

  kontor_pieces_init (&pieces);
  if (row == NULL || !check_live (work, op, row, error))
    return FALSE;
  for (guint i = 0; i < op->fields->len; i++)
    {
      const KontorOpField *inc = &g_array_index (op->fields, KontorOpField, i);
      g_auto(KontorValue) was = KONTOR_VALUE_INIT;
      KontorValue value = { .type = KONTOR_VALUE_INTEGER };

      if (!check_settable (work, op, row, inc, error))
        return FALSE;
      kontor_record_get_value (row->record, inc->field, &was);
      if (kontor_field_kind_storage (inc->field->kind) != KONTOR_STORAGE_INTEGER ||
          __builtin_add_overflow (was.type == KONTOR_VALUE_INTEGER ? was.integer : 0,
                                  inc->value.integer,
                                  &value.integer))
        {
          g_propagate_error (error,
                             kontor_work_error (work,
                                                KONTOR_ERROR_INVALID,
                                                row->type,
                                                &row->id,
                                                row->record,
                                                inc->field,
                                                _("This can't be added up.")));
          return FALSE;
        }
      if (!kontor_validate_value (work->db->schema, inc->field, &value, error))
        {
          prefix_title (error, row->record);
          return FALSE;
        }
      if (inc->value.integer == 0)
        continue;
      kontor_work_set_value (row, inc->field, &value);
      kontor_pieces_append (pieces.now, inc->field, &inc->value);
      kontor_pieces_append (pieces.was, inc->field, &was);
      changed = TRUE;
    }
  if (!changed)
    return TRUE;
  kontor_work_log_pieces (work, KONTOR_OP_KIND_INC, row, &pieces, op->seen_rev);
  kontor_work_stamp (work, row);
  return TRUE;
}

/* Whether a membership can't exist yet because one of its sides is made in this transaction. */
static gboolean
is_surely_absent (KontorWork *work, KontorRecord *values)
{
  const KontorRecordType *type = kontor_record_get_record_type (values);
  const char *sides[] = { type->left, type->right };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const KontorId *id =
        kontor_record_value_link (values, kontor_record_type_find_field (type, sides[i]));
      KontorWorkRow *side = id != NULL ? kontor_work_lookup (work, id) : NULL;

      if (side != NULL && side->is_new)
        return TRUE;
    }
  return FALSE;
}

static gboolean
create_member (KontorWork *work, const KontorOp *op, GError **error)
{
  const KontorFieldDef *on = kontor_record_type_find_field (op->type, "on");
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = 1 };
  KontorRecord *record = take_draft (op);
  KontorLogOp *log;

  kontor_record_set_value (record, on, &value);
  if (add_checked (work, op, record, error) == NULL)
    return FALSE;
  log = kontor_work_log (work, KONTOR_OP_KIND_LINK, op->type, &op->id);
  log->now = g_strdup ("{\"on\":1}");
  return TRUE;
}

/* Takes over what else a membership says; values left out stay. */
static void
set_member_values (KontorWorkRow *row, const KontorOp *op, KontorPieces *pieces)
{
  for (guint i = 0; op->record != NULL && i < op->type->n_fields; i++)
    {
      const KontorFieldDef *field = &op->type->fields[i];
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      if ((field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY)) != 0 ||
          g_str_equal (field->name, "on") ||
          kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE ||
          kontor_record_value_is_null (op->record, field))
        continue;
      kontor_record_get_value (op->record, field, &value);
      kontor_work_set_logged (row, field, &value, pieces);
    }
}

static gboolean
apply_link (KontorWork *work, const KontorOp *op, GError **error)
{
  const KontorFieldDef *on = kontor_record_type_find_field (op->type, "on");
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = op->on };
  g_auto(KontorPieces) pieces = { NULL, NULL };
  KontorWorkRow *row = NULL;
  GError *local_error = NULL;

  if (!check_right (work, op, NULL, KONTOR_RIGHT_WRITE, error))
    return FALSE;
  if (op->record == NULL || !is_surely_absent (work, op->record) ||
      kontor_work_lookup (work, &op->id) != NULL)
    row = kontor_work_load (work, op->type, &op->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (row == NULL)
    return !op->on || op->record == NULL || create_member (work, op, error);
  kontor_pieces_init (&pieces);
  kontor_work_set_logged (row, on, &value, &pieces);
  if (op->on)
    set_member_values (row, op, &pieces);
  if (pieces.now->len <= 1)
    return TRUE;
  row->hidden = !op->on;
  kontor_work_log_pieces (work, KONTOR_OP_KIND_LINK, row, &pieces, op->seen_rev);
  kontor_work_stamp (work, row);
  return TRUE;
}

static gboolean
apply_hide (KontorWork *work, const KontorOp *op, gboolean hidden, GError **error)
{
  KontorWorkRow *row;
  KontorOp link = *op;

  if (!check_right (work, op, NULL, KONTOR_RIGHT_DELETE, error))
    return FALSE;
  row = load_existing (work, op, error);
  if (row == NULL)
    return FALSE;
  if ((op->type->flags & KONTOR_TYPE_SET) != 0)
    {
      link.kind = KONTOR_OP_KIND_LINK;
      link.on = !hidden;
      link.record = NULL;
      return apply_link (work, &link, error);
    }
  if ((op->type->flags & KONTOR_TYPE_SINGLE) != 0)
    {
      g_propagate_error (error,
                         kontor_work_error (work,
                                            KONTOR_ERROR_INVALID,
                                            op->type,
                                            &op->id,
                                            row->record,
                                            NULL,
                                            _("This record can't be deleted.")));
      return FALSE;
    }
  if (row->hidden == hidden)
    return TRUE;
  kontor_work_touch (row);
  row->hidden = hidden;
  kontor_work_log (work, op->kind, op->type, &op->id)->seen_rev = op->seen_rev;
  kontor_work_stamp (work, row);
  return TRUE;
}

static gboolean
apply_purge (KontorWork *work, const KontorOp *op, GError **error)
{
  KontorWorkRow *row;

  if (!check_right (work, op, NULL, KONTOR_RIGHT_DELETE, error))
    return FALSE;
  row = load_existing (work, op, error);
  return row != NULL && kontor_work_purge (work, row, error);
}

/**
 * kontor_work_apply:
 * @work: a working set
 * @op: an operation
 * @error: (nullable): place for an error that names type, record and field
 *
 * Applies one operation in memory. One without effect leaves no trace.
 *
 * Returns: %FALSE with @error set; the working set is of no use then
 */
gboolean
kontor_work_apply (KontorWork *work, const KontorOp *op, GError **error)
{
  switch (op->kind)
    {
    case KONTOR_OP_KIND_NEW:
      return apply_new (work, op, error);
    case KONTOR_OP_KIND_SET:
      return apply_set (work, op, error);
    case KONTOR_OP_KIND_INC:
      return apply_inc (work, op, error);
    case KONTOR_OP_KIND_LINK:
      return apply_link (work, op, error);
    case KONTOR_OP_KIND_DEL:
      return apply_hide (work, op, TRUE, error);
    case KONTOR_OP_KIND_UNDEL:
      return apply_hide (work, op, FALSE, error);
    case KONTOR_OP_KIND_PURGE:
      return apply_purge (work, op, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
