/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorStep: operations on records under one label. It only collects; the store checks them. */
#include "config.h"

#include "kontor-step.h"

struct _KontorStep
{
  gatomicrefcount ref_count;
  char *label;
  KontorOrigin origin;
  GArray *ops; /* (element-type KontorOp) */
};

/**
 * kontor_step_get_type:
 *
 * Returns: the boxed type. Written out: G_DEFINE_BOXED_TYPE() converts to a union, which ISO C has
 *   not.
 */
GType
kontor_step_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorStep"),
                                                     (GBoxedCopyFunc) kontor_step_ref,
                                                     (GBoxedFreeFunc) kontor_step_unref));
  return type;
}

static void
clear_op_field (gpointer data)
{
  KontorOpField *field = data;

  kontor_value_clear (&field->value);
  kontor_value_clear (&field->expected);
}

static void
clear_op (gpointer data)
{
  KontorOp *op = data;

  g_clear_object (&op->record);
  g_clear_pointer (&op->fields, g_array_unref);
}

/**
 * kontor_step_new:
 * @label: what the person did, as Undo shows it: "Move to Won"
 *
 * Returns: (transfer full): an empty step of origin %KONTOR_ORIGIN_PERSON
 */
KontorStep *
kontor_step_new (const char *label)
{
  KontorStep *step = g_new0 (KontorStep, 1);

  g_atomic_ref_count_init (&step->ref_count);
  step->label = g_strdup (label != NULL ? label : "");
  step->origin = KONTOR_ORIGIN_PERSON;
  step->ops = g_array_new (FALSE, TRUE, sizeof (KontorOp));
  g_array_set_clear_func (step->ops, clear_op);
  return step;
}

/**
 * kontor_step_ref:
 * @step: a step
 *
 * Returns: (transfer full): @step
 */
KontorStep *
kontor_step_ref (KontorStep *step)
{
  g_return_val_if_fail (step != NULL, NULL);

  g_atomic_ref_count_inc (&step->ref_count);
  return step;
}

/**
 * kontor_step_unref:
 * @step: (transfer full): a step
 */
void
kontor_step_unref (KontorStep *step)
{
  g_return_if_fail (step != NULL);

  if (!g_atomic_ref_count_dec (&step->ref_count))
    return;
  g_array_unref (step->ops);
  g_free (step->label);
  g_free (step);
}

/**
 * kontor_step_get_label:
 * @step: a step
 *
 * Returns: (transfer none): what the person did
 */
const char *
kontor_step_get_label (KontorStep *step)
{
  return step->label;
}

/**
 * kontor_step_set_origin:
 * @step: a step
 * @origin: where the change comes from
 */
void
kontor_step_set_origin (KontorStep *step, KontorOrigin origin)
{
  step->origin = origin;
}

/**
 * kontor_step_get_origin:
 * @step: a step
 *
 * Returns: where the change comes from
 */
KontorOrigin
kontor_step_get_origin (KontorStep *step)
{
  return step->origin;
}

/**
 * kontor_step_get_n_ops:
 * @step: a step
 *
 * Returns: number of operations; those that set fields of one record in a row count as one
 */
guint
kontor_step_get_n_ops (KontorStep *step)
{
  return step->ops->len;
}

/**
 * kontor_step_get_op:
 * @step: a step
 * @i: position below kontor_step_get_n_ops()
 *
 * Returns: (transfer none): the operation, valid until the step changes
 */
const KontorOp *
kontor_step_get_op (KontorStep *step, guint i)
{
  g_return_val_if_fail (i < step->ops->len, NULL);

  return &g_array_index (step->ops, KontorOp, i);
}

/**
 * kontor_step_is_empty:
 * @step: a step
 *
 * Returns: whether it has no operations
 */
gboolean
kontor_step_is_empty (KontorStep *step)
{
  return step->ops->len == 0;
}

static KontorOp *
append_op (KontorStep *step, KontorOpKind kind, const KontorRecordType *type, const KontorId *id)
{
  KontorOp *op;

  g_array_set_size (step->ops, step->ops->len + 1);
  op = &g_array_index (step->ops, KontorOp, step->ops->len - 1);
  op->kind = kind;
  op->type = type;
  op->id = *id;
  return op;
}

/**
 * kontor_step_create:
 * @step: a step
 * @draft: a record, kept by the step: don't change it afterwards
 *
 * Adds a new record. A null id is replaced by a new one, that of a set membership by the one
 * derived from its sides.
 *
 * Returns: the record's id
 */
KontorId
kontor_step_create (KontorStep *step, KontorRecord *draft)
{
  const KontorRecordType *type;
  KontorId id;

  g_return_val_if_fail (KONTOR_IS_RECORD (draft), KONTOR_ID_NULL);

  type = kontor_record_get_record_type (draft);
  if ((type->flags & KONTOR_TYPE_SET) != 0)
    {
      const KontorFieldDef *on = kontor_record_type_find_field (type, "on");
      gboolean is_on =
        kontor_record_value_is_null (draft, on) || kontor_record_value_integer (draft, on) != 0;

      return kontor_step_link (step, draft, is_on);
    }
  id = *kontor_record_get_id (draft);
  if (kontor_id_is_null (&id))
    {
      id = kontor_id_new (kontor_env_get_default ());
      kontor_record_set_id (draft, &id);
    }
  append_op (step, KONTOR_OP_KIND_NEW, type, &id)->record = g_object_ref (draft);
  return id;
}

/* Fields of one record that are set one after another are one operation; a field set twice, or
 * guarded, keeps its order. */
static KontorOp *
find_open_set (KontorStep *step,
               const KontorRecordType *type,
               const KontorId *id,
               const KontorFieldDef *field)
{
  KontorOp *op;

  if (step->ops->len == 0)
    return NULL;
  op = &g_array_index (step->ops, KontorOp, step->ops->len - 1);
  if (op->kind != KONTOR_OP_KIND_SET || op->type != type || !kontor_id_equal (&op->id, id))
    return NULL;
  for (guint i = 0; i < op->fields->len; i++)
    if (g_array_index (op->fields, KontorOpField, i).field == field)
      return NULL;
  return op;
}

static void
add_field (KontorStep *step,
           KontorOpKind kind,
           const KontorRecordType *type,
           const KontorId *id,
           const KontorFieldDef *field,
           const KontorValue *value,
           const KontorValue *expected)
{
  KontorOp *op = kind == KONTOR_OP_KIND_SET ? find_open_set (step, type, id, field) : NULL;
  KontorOpField new_field = { .field = field, .guarded = expected != NULL };

  if (op == NULL)
    {
      op = append_op (step, kind, type, id);
      op->fields = g_array_new (FALSE, TRUE, sizeof (KontorOpField));
      g_array_set_clear_func (op->fields, clear_op_field);
    }
  if (value != NULL)
    kontor_value_copy (value, &new_field.value);
  if (expected != NULL)
    kontor_value_copy (expected, &new_field.expected);
  g_array_append_val (op->fields, new_field);
}

/**
 * kontor_step_set:
 * @step: a step
 * @type: the record's type
 * @id: the record
 * @field: a field of @type
 * @value: (nullable): its new value
 *
 * Sets one field.
 */
void
kontor_step_set (KontorStep *step,
                 const KontorRecordType *type,
                 const KontorId *id,
                 const KontorFieldDef *field,
                 const KontorValue *value)
{
  g_return_if_fail (type != NULL && id != NULL && field != NULL);

  add_field (step, KONTOR_OP_KIND_SET, type, id, field, value, NULL);
}

/**
 * kontor_step_set_guarded:
 * @step: a step
 * @type: the record's type
 * @id: the record
 * @field: a field of @type
 * @value: (nullable): its new value
 * @expected: the value the author saw
 *
 * Sets one field unless somebody changed it meanwhile: then the commit fails with
 * %KONTOR_ERROR_CONFLICT.
 */
void
kontor_step_set_guarded (KontorStep *step,
                         const KontorRecordType *type,
                         const KontorId *id,
                         const KontorFieldDef *field,
                         const KontorValue *value,
                         const KontorValue *expected)
{
  static const KontorValue none = KONTOR_VALUE_INIT;

  g_return_if_fail (type != NULL && id != NULL && field != NULL);

  add_field (step, KONTOR_OP_KIND_SET, type, id, field, value, expected != NULL ? expected : &none);
}

static void
set_by_id (KontorStep *step, const KontorId *id, KontorFieldId field_id, const KontorValue *value)
{
  const KontorFieldDef *field = kontor_field_by_id (field_id);

  g_return_if_fail (field != NULL);

  add_field (step,
             KONTOR_OP_KIND_SET,
             kontor_record_type_by_number (field_id >> 8),
             id,
             field,
             value,
             NULL);
}

/**
 * kontor_step_set_text:
 * @step: a step
 * @id: the record
 * @field: a built-in field
 * @text: (nullable): its new value; "" empties it
 */
void
kontor_step_set_text (KontorStep *step, const KontorId *id, KontorFieldId field, const char *text)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_value_set_text (&value, text);
  set_by_id (step, id, field, &value);
}

/**
 * kontor_step_set_integer:
 * @step: a step
 * @id: the record
 * @field: a built-in field
 * @value: its new value
 */
void
kontor_step_set_integer (KontorStep *step, const KontorId *id, KontorFieldId field, gint64 value)
{
  KontorValue set = { .type = KONTOR_VALUE_INTEGER, .integer = value };

  set_by_id (step, id, field, &set);
}

/**
 * kontor_step_set_link:
 * @step: a step
 * @id: the record
 * @field: a built-in field
 * @target: (nullable): the record it links to; %NULL empties it
 */
void
kontor_step_set_link (KontorStep *step,
                      const KontorId *id,
                      KontorFieldId field,
                      const KontorId *target)
{
  KontorValue value = KONTOR_VALUE_INIT;

  if (target != NULL && !kontor_id_is_null (target))
    kontor_value_set_id (&value, target);
  set_by_id (step, id, field, &value);
}

/**
 * kontor_step_increment:
 * @step: a step
 * @id: the record
 * @field: a built-in integer field
 * @by: what is added, may be negative
 */
void
kontor_step_increment (KontorStep *step, const KontorId *id, KontorFieldId field, gint64 by)
{
  const KontorFieldDef *def = kontor_field_by_id (field);
  KontorValue value = { .type = KONTOR_VALUE_INTEGER, .integer = by };

  g_return_if_fail (def != NULL);

  add_field (step,
             KONTOR_OP_KIND_INC,
             kontor_record_type_by_number (field >> 8),
             id,
             def,
             &value,
             NULL);
}

/**
 * kontor_set_member_id:
 * @values: a record of a %KONTOR_TYPE_SET type with both sides filled in
 *
 * Returns: the membership's id, the same on every device
 */
KontorId
kontor_set_member_id (KontorRecord *values)
{
  const KontorRecordType *type = kontor_record_get_record_type (values);
  const KontorId *left, *right;

  g_return_val_if_fail ((type->flags & KONTOR_TYPE_SET) != 0, KONTOR_ID_NULL);

  left = kontor_record_value_link (values, kontor_record_type_find_field (type, type->left));
  right = kontor_record_value_link (values, kontor_record_type_find_field (type, type->right));
  return kontor_id_derive (type->name,
                           left != NULL ? left : &KONTOR_ID_NULL,
                           right != NULL ? right : &KONTOR_ID_NULL);
}

/**
 * kontor_step_link:
 * @step: a step
 * @values: a record of a %KONTOR_TYPE_SET type, kept by the step: both sides, the companion type,
 *   and what else the membership says
 * @on: whether it is a member afterwards
 *
 * Returns: the membership's id
 */
KontorId
kontor_step_link (KontorStep *step, KontorRecord *values, gboolean on)
{
  KontorId id = kontor_set_member_id (values);
  KontorOp *op;

  if (!kontor_id_equal (kontor_record_get_id (values), &id))
    kontor_record_set_id (values, &id);
  op = append_op (step, KONTOR_OP_KIND_LINK, kontor_record_get_record_type (values), &id);
  op->record = g_object_ref (values);
  op->on = on;
  return id;
}

/**
 * kontor_step_tag:
 * @step: a step
 * @tag: the tag
 * @target_type: type of the record
 * @target: the record that gets or loses it
 * @on: whether it has the tag afterwards
 */
void
kontor_step_tag (KontorStep *step,
                 const KontorId *tag,
                 const KontorRecordType *target_type,
                 const KontorId *target,
                 gboolean on)
{
  const KontorRecordType *type = kontor_record_type_by_name ("tag_link");
  g_autoptr(KontorRecord) values = kontor_record_new (type, &KONTOR_ID_NULL);
  const KontorFieldDef *right = kontor_record_type_find_field (type, type->right);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_value_set_id (&value, tag);
  kontor_record_set_value (values, kontor_record_type_find_field (type, type->left), &value);
  kontor_value_set_id (&value, target);
  kontor_record_set_value (values, right, &value);
  kontor_value_set_text (&value, target_type->name);
  kontor_record_set_value (values, kontor_record_type_find_field (type, right->companion), &value);
  kontor_step_link (step, values, on);
}

/**
 * kontor_step_trash:
 * @step: a step
 * @type: the record's type
 * @id: the record
 *
 * Puts a record in the trash.
 */
void
kontor_step_trash (KontorStep *step, const KontorRecordType *type, const KontorId *id)
{
  append_op (step, KONTOR_OP_KIND_DEL, type, id);
}

/**
 * kontor_step_restore:
 * @step: a step
 * @type: the record's type
 * @id: the record
 *
 * Takes a record out of the trash.
 */
void
kontor_step_restore (KontorStep *step, const KontorRecordType *type, const KontorId *id)
{
  append_op (step, KONTOR_OP_KIND_UNDEL, type, id);
}

/**
 * kontor_step_purge:
 * @step: a step
 * @type: the record's type
 * @id: the record
 *
 * Erases a record with its children, its log and what is found of it. It can't be undone.
 */
void
kontor_step_purge (KontorStep *step, const KontorRecordType *type, const KontorId *id)
{
  append_op (step, KONTOR_OP_KIND_PURGE, type, id);
}
