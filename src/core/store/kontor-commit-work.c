/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working set of a transaction: finding, loading and changing its records. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-model.h"
#include <glib/gi18n-lib.h>

static void
free_row (gpointer data)
{
  KontorWorkRow *row = data;

  g_clear_object (&row->record);
  g_clear_object (&row->before);
  g_free (row);
}

static void
clear_log_op (gpointer data)
{
  KontorLogOp *op = data;

  g_free (op->now);
  g_free (op->was);
}

/**
 * kontor_work_new:
 * @db: the writing connection
 *
 * Returns: (transfer full): an empty working set
 */
KontorWork *
kontor_work_new (KontorDb *db)
{
  KontorWork *work = g_new0 (KontorWork, 1);

  work->db = db;
  work->now = kontor_env_now (db->env);
  work->rows = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, NULL, free_row);
  work->order = g_ptr_array_new ();
  work->children = g_hash_table_new_full (kontor_id_hash,
                                          kontor_id_equal,
                                          g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  work->log = g_array_new (FALSE, TRUE, sizeof (KontorLogOp));
  g_array_set_clear_func (work->log, clear_log_op);
  work->known = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  work->targets = g_ptr_array_new ();
  work->renamed = g_ptr_array_new ();
  return work;
}

/**
 * kontor_work_free:
 * @work: (transfer full): a working set
 */
void
kontor_work_free (KontorWork *work)
{
  g_hash_table_unref (work->children);
  g_hash_table_unref (work->rows);
  g_ptr_array_unref (work->order);
  g_array_unref (work->log);
  g_hash_table_unref (work->known);
  g_clear_pointer (&work->totals, g_hash_table_unref);
  g_clear_pointer (&work->people, g_hash_table_unref);
  g_clear_pointer (&work->names, g_hash_table_unref);
  g_free (work->today);
  g_ptr_array_unref (work->targets);
  g_ptr_array_unref (work->renamed);
  g_free (work);
}

/**
 * kontor_work_lookup:
 * @work: a working set
 * @id: a record
 *
 * Returns: (transfer none) (nullable): its row if the transaction touched it
 */
KontorWorkRow *
kontor_work_lookup (KontorWork *work, const KontorId *id)
{
  return g_hash_table_lookup (work->rows, id);
}

/* The link of @type to what its records belong to, found once. */
static gsize
find_parent_field (const KontorRecordType *type)
{
  const char *name = (type->flags & KONTOR_TYPE_SET) != 0 ? type->right : type->parent_field;
  const KontorFieldDef *field = name != NULL ? kontor_record_type_find_field (type, name) : NULL;

  return field != NULL ? (gsize) field : 1;
}

/**
 * kontor_type_parent_field:
 * @type: a record type
 *
 * Returns: (transfer none) (nullable): the link of an owned child to its owner, of a membership to
 *   what is a member
 */
const KontorFieldDef *
kontor_type_parent_field (const KontorRecordType *type)
{
  static gsize fields[256]; /* 1: it has none */

  if (g_once_init_enter (&fields[type->number]))
    g_once_init_leave (&fields[type->number], find_parent_field (type));
  return fields[type->number] != 1 ? (const KontorFieldDef *) fields[type->number] : NULL;
}

/**
 * kontor_work_children:
 * @work: a working set
 * @id: a record
 *
 * Returns: (transfer none) (nullable) (element-type KontorWorkRow): the children of the record that
 *   are in the working set, hidden ones too
 */
GPtrArray *
kontor_work_children (KontorWork *work, const KontorId *id)
{
  return g_hash_table_lookup (work->children, id);
}

static void
add_child (KontorWork *work, const KontorId *owner, KontorWorkRow *child)
{
  GPtrArray *children = kontor_work_children (work, owner);

  if (children == NULL)
    {
      children = g_ptr_array_new ();
      g_hash_table_insert (work->children, kontor_id_copy (owner), children);
    }
  g_ptr_array_add (children, child);
}

static KontorWorkRow *
add_row (KontorWork *work, KontorRecord *record)
{
  KontorWorkRow *row = g_new0 (KontorWorkRow, 1);
  const KontorFieldDef *parent;

  row->record = record;
  row->type = kontor_record_get_record_type (record);
  row->id = *kontor_record_get_id (record);
  row->plan = kontor_rows_plan (work->db, row->type);
  row->was_hidden = row->hidden = kontor_record_is_trashed (record);
  g_hash_table_insert (work->rows, &row->id, row);
  g_ptr_array_add (work->order, row);
  if ((row->type->flags & KONTOR_TYPE_CHILD) != 0 &&
      (parent = kontor_type_parent_field (row->type)) != NULL)
    {
      const KontorId *id = kontor_record_value_link (record, parent);

      if (id != NULL && !kontor_id_is_null (id))
        add_child (work, id, row);
    }
  return row;
}

/**
 * kontor_work_add_new:
 * @work: a working set
 * @record: (transfer full): a record without a row
 *
 * Returns: (transfer none): its row in the working set
 */
KontorWorkRow *
kontor_work_add_new (KontorWork *work, KontorRecord *record)
{
  KontorWorkRow *row = add_row (work, record);

  row->is_new = TRUE;
  row->was_hidden = TRUE;
  row->edited = TRUE;
  row->children_loaded = TRUE;
  return row;
}

/**
 * kontor_work_add_read:
 * @work: a working set
 * @record: (transfer full): a record as it was just read; forgotten if it is known already
 *
 * Returns: (transfer none): its row in the working set
 */
KontorWorkRow *
kontor_work_add_read (KontorWork *work, KontorRecord *record)
{
  KontorWorkRow *row = kontor_work_lookup (work, kontor_record_get_id (record));

  if (row == NULL)
    return add_row (work, record);
  g_object_unref (record);
  return row;
}

/**
 * kontor_work_load:
 * @work: a working set
 * @type: a record type
 * @id: a record of it
 * @error: (nullable): place for an error
 *
 * Returns: (transfer none) (nullable): the record's row, read if need be, also from the trash;
 *   %NULL without @error set: there is no such record
 */
KontorWorkRow *
kontor_work_load (KontorWork *work,
                  const KontorRecordType *type,
                  const KontorId *id,
                  GError **error)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);
  KontorRecord *record;

  if (row != NULL)
    return row->type == type && !row->removed ? row : NULL;
  record = kontor_rows_get (work->db, type, id, KONTOR_READ_TRASHED, error);
  if (record == NULL)
    return NULL;
  return add_row (work, record);
}

static gboolean
has_searched_field (const KontorRecordType *type)
{
  guint n;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n);

  for (guint i = 0; i < n; i++)
    if ((fields[i]->flags & KONTOR_FIELD_SEARCHED) != 0)
      return TRUE;
  return FALSE;
}

/**
 * kontor_type_owns:
 * @type: a record type
 * @child: another one
 *
 * Returns: whether records of @child may be children of those of @type, and of those that are
 *   searched
 */
gboolean
kontor_type_owns (const KontorRecordType *type, const KontorRecordType *child)
{
  const KontorFieldDef *parent = kontor_type_parent_field (child);
  KontorTypeFlags needed;

  if ((child->flags & KONTOR_TYPE_CHILD) == 0 || parent == NULL)
    return FALSE;
  needed = g_str_equal (parent->name, "party") ? KONTOR_TYPE_PARTY : KONTOR_TYPE_SEARCHED;
  return parent->kind == KONTOR_FIELD_LINK_ANY ? (type->flags & needed) != 0
                                               : g_strcmp0 (parent->target, type->name) == 0;
}

/* What an owner's computed columns and its document are made of. */
static gsize
find_child_types (const KontorRecordType *type)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *child = kontor_record_type_nth (i);

      /* consents say whether numbers may be called */
      if (kontor_type_owns (type, child) &&
          (has_searched_field (child) || child == &kontor_consent_type))
        g_ptr_array_add (found, (gpointer) child);
    }
  return (gsize) found;
}

/**
 * kontor_work_child_types:
 * @type: a record type
 *
 * Returns: (transfer none) (element-type KontorRecordType): types of the children that computed
 *   columns and search documents of @type are made of
 */
GPtrArray *
kontor_work_child_types (const KontorRecordType *type)
{
  static gsize types[256];

  if (g_once_init_enter (&types[type->number]))
    g_once_init_leave (&types[type->number], find_child_types (type));
  return (GPtrArray *) types[type->number];
}

/**
 * kontor_work_load_children:
 * @work: a working set
 * @row: a record of it
 * @error: (nullable): place for an error
 *
 * Makes sure that the live children it is derived from are in the working set.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_work_load_children (KontorWork *work, KontorWorkRow *row, GError **error)
{
  GPtrArray *types;

  if (row->children_loaded)
    return TRUE;
  row->children_loaded = TRUE;
  types = kontor_work_child_types (row->type);
  for (guint i = 0; i < types->len; i++)
    {
      const KontorRecordType *child = g_ptr_array_index (types, i);
      g_autoptr(GPtrArray) records = kontor_rows_find (work->db,
                                                        child,
                                                        kontor_type_parent_field (child),
                                                        &row->id,
                                                        KONTOR_READ_DEFAULT,
                                                        error);

      if (records == NULL)
        return FALSE;
      for (guint k = 0; k < records->len; k++)
        kontor_work_add_read (work, g_object_ref (g_ptr_array_index (records, k)));
    }
  return TRUE;
}

/**
 * kontor_work_touch:
 * @row: a record of a working set
 *
 * Keeps the record as it was before its first change; totals and undo compare with it.
 */
void
kontor_work_touch (KontorWorkRow *row)
{
  if (row->before == NULL && !row->is_new)
    row->before = kontor_record_copy (row->record);
}

/**
 * kontor_work_mark:
 * @row: a record of a working set
 * @field: a field that changed and must be written
 */
void
kontor_work_mark (KontorWorkRow *row, const KontorFieldDef *field)
{
  kontor_field_set_add (&row->changed, kontor_row_plan_position (row->plan, field));
}

/**
 * kontor_work_set_value:
 * @row: a record of a working set
 * @field: a field of it
 * @value: its new value
 *
 * Returns: whether the value differs from the present one
 */
gboolean
kontor_work_set_value (KontorWorkRow *row, const KontorFieldDef *field, const KontorValue *value)
{
  g_auto(KontorValue) present = KONTOR_VALUE_INIT;

  kontor_record_get_value (row->record, field, &present);
  if (kontor_value_equal (&present, value))
    return FALSE;
  kontor_work_touch (row);
  kontor_record_set_value (row->record, field, value);
  kontor_work_mark (row, field);
  return TRUE;
}

/**
 * kontor_work_set_computed_text:
 * @row: a record of a working set
 * @field: a computed text field
 * @text: (nullable): its value
 */
void
kontor_work_set_computed_text (KontorWorkRow *row, KontorFieldId field, const char *text)
{
  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (kontor_record_get_text (row->record, field), text) == 0)
    return;
  kontor_work_touch (row);
  kontor_record_set_text (row->record, field, text);
  kontor_field_set_add (&row->changed, kontor_field_by_id (field)->index);
}

/**
 * kontor_work_set_computed_integer:
 * @row: a record of a working set
 * @field: a computed integer field
 * @is_null: whether it has no value
 * @value: its value otherwise
 */
void
kontor_work_set_computed_integer (KontorWorkRow *row,
                                  KontorFieldId field,
                                  gboolean is_null,
                                  gint64 value)
{
  if (kontor_record_is_null (row->record, field) == is_null &&
      (is_null || kontor_record_get_integer (row->record, field) == value))
    return;
  kontor_work_touch (row);
  if (is_null)
    kontor_record_set_null (row->record, field);
  else
    kontor_record_set_integer (row->record, field, value);
  kontor_field_set_add (&row->changed, kontor_field_by_id (field)->index);
}

/**
 * kontor_work_set_computed_link:
 * @row: a record of a working set
 * @field: a computed link
 * @target: (nullable): what it links to
 */
void
kontor_work_set_computed_link (KontorWorkRow *row, KontorFieldId field, const KontorId *target)
{
  const KontorId *present = kontor_record_get_link (row->record, field);

  if (target != NULL && kontor_id_is_null (target))
    target = NULL;
  if (present != NULL && kontor_id_is_null (present))
    present = NULL;
  if (present == NULL ? target == NULL : target != NULL && kontor_id_equal (present, target))
    return;
  kontor_work_touch (row);
  if (target != NULL)
    kontor_record_set_link (row->record, field, target);
  else
    kontor_record_set_null (row->record, field);
  kontor_field_set_add (&row->changed, kontor_field_by_id (field)->index);
}

/**
 * kontor_work_link_target:
 * @record: a record
 * @field: a link of it
 *
 * Returns: (transfer none) (nullable): type of what it links to; %NULL where the companion field
 *   names none
 */
const KontorRecordType *
kontor_work_link_target (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorFieldDef *companion;
  const char *name;

  if (field->kind == KONTOR_FIELD_LINK)
    return kontor_record_type_by_name (field->target);
  companion =
    kontor_record_type_find_field (kontor_record_get_record_type (record), field->companion);
  name = companion != NULL ? kontor_record_value_text (record, companion) : NULL;
  return name != NULL ? kontor_record_type_by_name (name) : NULL;
}

/**
 * kontor_work_error:
 * @work: a working set
 * @code: an error code
 * @type: type of the record it is about
 * @id: (nullable): the record
 * @record: (nullable): its values where they are known
 * @field: (nullable): the field it is about
 * @reason: a translated sentence
 *
 * Returns: (transfer full): an error that names type, record and field
 */
GError *
kontor_work_error (KontorWork *work,
                   KontorErrorCode code,
                   const KontorRecordType *type,
                   const KontorId *id,
                   KontorRecord *record,
                   const KontorFieldDef *field,
                   const char *reason)
{
  const char *label = kontor_record_type_get_label (type);
  g_autofree char *title = NULL;
  GError *error;

  if (record != NULL)
    title = kontor_record_dup_title (record);
  else if (id != NULL)
    title = kontor_rows_dup_title (work->db, type, id);
  if ((title == NULL || *title == '\0') && id != NULL)
    {
      g_free (title);
      title = kontor_id_to_string (id);
    }
  if (field != NULL)
    /* Translators: type of record, its title, a field of it, what is wrong */
    error = kontor_error_new (KONTOR_STORE_ERROR,
                              code,
                              _("%s “%s”, %s: %s"),
                              label,
                              title,
                              kontor_field_get_label (field),
                              reason);
  else
    /* Translators: type of record, its title, what is wrong */
    error = kontor_error_new (KONTOR_STORE_ERROR, code, _("%s “%s”: %s"), label, title, reason);
  if (field != NULL)
    kontor_error_set_field (error, field->name);
  return error;
}
