/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorChangeSet: what a commit changed, by record while that is few, else by type. */
#include "config.h"

#include "kontor-change-set.h"

typedef struct
{
  GArray *changes;   /* (element-type KontorChange) */
  GHashTable *by_id; /* KontorId → position + 1 */
  gboolean all;
} TypeChanges;

struct _KontorChangeSet
{
  gatomicrefcount ref_count;
  KontorId step;
  char *label;
  KontorOrigin origin;
  gboolean coarse;
  TypeChanges *types[256]; /* by type number */
  GHashTable *owners;      /* ids of records whose children changed */
};

/**
 * kontor_change_set_get_type:
 *
 * Returns: the boxed type. Written out: G_DEFINE_BOXED_TYPE() converts to a union, which ISO C has
 *   not.
 */
GType
kontor_change_set_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorChangeSet"),
                                                     (GBoxedCopyFunc) kontor_change_set_ref,
                                                     (GBoxedFreeFunc) kontor_change_set_unref));
  return type;
}

static void
free_type_changes (TypeChanges *changes)
{
  if (changes == NULL)
    return;
  g_array_unref (changes->changes);
  g_hash_table_unref (changes->by_id);
  g_free (changes);
}

static TypeChanges *
ensure_type (KontorChangeSet *set, const KontorRecordType *type)
{
  TypeChanges **place = &set->types[type->number];

  if (*place == NULL)
    {
      *place = g_new0 (TypeChanges, 1);
      (*place)->changes = g_array_new (FALSE, FALSE, sizeof (KontorChange));
      (*place)->by_id = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
    }
  return *place;
}

/**
 * kontor_change_set_new:
 *
 * Returns: (transfer full): an empty set
 */
KontorChangeSet *
kontor_change_set_new (void)
{
  KontorChangeSet *set = g_new0 (KontorChangeSet, 1);

  g_atomic_ref_count_init (&set->ref_count);
  set->owners = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  return set;
}

/**
 * kontor_change_set_ref:
 * @set: a set
 *
 * Returns: (transfer full): @set
 */
KontorChangeSet *
kontor_change_set_ref (KontorChangeSet *set)
{
  g_return_val_if_fail (set != NULL, NULL);

  g_atomic_ref_count_inc (&set->ref_count);
  return set;
}

/**
 * kontor_change_set_unref:
 * @set: (transfer full): a set
 */
void
kontor_change_set_unref (KontorChangeSet *set)
{
  g_return_if_fail (set != NULL);

  if (!g_atomic_ref_count_dec (&set->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (set->types); i++)
    free_type_changes (set->types[i]);
  g_hash_table_unref (set->owners);
  g_free (set->label);
  g_free (set);
}

/**
 * kontor_change_set_set_step:
 * @set: a set
 * @step: id of the step that made the changes
 * @label: its label
 * @origin: its origin
 */
void
kontor_change_set_set_step (KontorChangeSet *set,
                            const KontorId *step,
                            const char *label,
                            KontorOrigin origin)
{
  set->step = *step;
  g_free (set->label);
  set->label = g_strdup (label);
  set->origin = origin;
}

/**
 * kontor_change_set_set_coarse:
 * @set: an empty set
 *
 * From now on the set only knows types, which costs less.
 */
void
kontor_change_set_set_coarse (KontorChangeSet *set)
{
  set->coarse = TRUE;
}

/* What two changes of one record are together. */
static KontorChangeKind
combine_kinds (KontorChangeKind first, KontorChangeKind second)
{
  if (second == KONTOR_CHANGE_CHANGED)
    return first;
  if (first == KONTOR_CHANGE_ADDED && second == KONTOR_CHANGE_RESTORED)
    return KONTOR_CHANGE_ADDED;
  if ((first == KONTOR_CHANGE_TRASHED && second == KONTOR_CHANGE_RESTORED) ||
      (first == KONTOR_CHANGE_RESTORED && second == KONTOR_CHANGE_TRASHED))
    return KONTOR_CHANGE_CHANGED;
  return second;
}

/**
 * kontor_change_set_add:
 * @set: a set
 * @type: the record's type
 * @change: what happened to it
 *
 * Adds a change, or combines it with an earlier one of the same record. Beyond
 * %KONTOR_CHANGE_SET_LIMIT of a type the set only knows that the type changed.
 */
void
kontor_change_set_add (KontorChangeSet *set,
                       const KontorRecordType *type,
                       const KontorChange *change)
{
  TypeChanges *changes = ensure_type (set, type);
  guint position;

  if (set->coarse && change->owner_type != NULL)
    kontor_change_set_add_all (set, change->owner_type);
  if (set->coarse)
    kontor_change_set_add_all (set, type);
  if (changes->all)
    return;
  if (change->owner_type != NULL && !g_hash_table_contains (set->owners, &change->owner))
    g_hash_table_add (set->owners, kontor_id_copy (&change->owner));
  position = GPOINTER_TO_UINT (g_hash_table_lookup (changes->by_id, &change->id));
  if (position > 0)
    {
      KontorChange *known = &g_array_index (changes->changes, KontorChange, position - 1);

      known->kind = combine_kinds (known->kind, change->kind);
      known->rid = change->rid;
      return;
    }
  if (changes->changes->len >= KONTOR_CHANGE_SET_LIMIT)
    {
      kontor_change_set_add_all (set, type);
      return;
    }
  g_array_append_vals (changes->changes, change, 1);
  g_hash_table_insert (changes->by_id,
                       kontor_id_copy (&change->id),
                       GUINT_TO_POINTER (changes->changes->len));
}

/**
 * kontor_change_set_add_all:
 * @set: a set
 * @type: a type of which any record may have changed
 */
void
kontor_change_set_add_all (KontorChangeSet *set, const KontorRecordType *type)
{
  TypeChanges *changes = ensure_type (set, type);

  if (changes->all)
    return;
  changes->all = TRUE;
  g_array_set_size (changes->changes, 0);
  g_hash_table_remove_all (changes->by_id);
}

/**
 * kontor_change_set_merge:
 * @set: a set
 * @other: later changes to be added to it
 */
void
kontor_change_set_merge (KontorChangeSet *set, KontorChangeSet *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (other->types); i++)
    {
      const KontorRecordType *type;
      TypeChanges *from = other->types[i];

      if (from == NULL)
        continue;
      type = kontor_record_type_by_number (i);
      if (from->all)
        kontor_change_set_add_all (set, type);
      for (guint k = 0; k < from->changes->len; k++)
        kontor_change_set_add (set, type, &g_array_index (from->changes, KontorChange, k));
    }
}

/**
 * kontor_change_set_get_step:
 * @set: a set
 *
 * Returns: (transfer none): the step that made the changes; null where they are of several
 */
const KontorId *
kontor_change_set_get_step (KontorChangeSet *set)
{
  return &set->step;
}

/**
 * kontor_change_set_get_label:
 * @set: a set
 *
 * Returns: (transfer none) (nullable): label of the step
 */
const char *
kontor_change_set_get_label (KontorChangeSet *set)
{
  return set->label;
}

/**
 * kontor_change_set_get_origin:
 * @set: a set
 *
 * Returns: origin of the step
 */
KontorOrigin
kontor_change_set_get_origin (KontorChangeSet *set)
{
  return set->origin;
}

/**
 * kontor_change_set_touches_type:
 * @set: a set
 * @type: a record type
 *
 * Returns: whether records of @type changed
 */
gboolean
kontor_change_set_touches_type (KontorChangeSet *set, const KontorRecordType *type)
{
  TypeChanges *changes = set->types[type->number];

  return changes != NULL && (changes->all || changes->changes->len > 0);
}

static gboolean
may_be_owned_by (const KontorRecordType *child, const KontorRecordType *owner)
{
  const char *name = (child->flags & KONTOR_TYPE_SET) != 0 ? child->right : child->parent_field;
  const KontorFieldDef *field = name != NULL ? kontor_record_type_find_field (child, name) : NULL;

  if (field == NULL)
    return FALSE;
  return field->kind == KONTOR_FIELD_LINK_ANY || g_strcmp0 (field->target, owner->name) == 0;
}

/**
 * kontor_change_set_touches:
 * @set: a set
 * @type: a record type
 * @id: a record of it
 *
 * Returns: whether the record or a child of it changed, or may have changed where the set is
 *   wholesale
 */
gboolean
kontor_change_set_touches (KontorChangeSet *set, const KontorRecordType *type, const KontorId *id)
{
  TypeChanges *changes = set->types[type->number];

  if (changes != NULL && (changes->all || g_hash_table_contains (changes->by_id, id)))
    return TRUE;
  if (g_hash_table_contains (set->owners, id))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (set->types); i++)
    if (set->types[i] != NULL && set->types[i]->all &&
        may_be_owned_by (kontor_record_type_by_number (i), type))
      return TRUE;
  return FALSE;
}

/**
 * kontor_change_set_is_wholesale:
 * @set: a set
 * @type: a record type
 *
 * Returns: whether so many records of @type changed that they are not named
 */
gboolean
kontor_change_set_is_wholesale (KontorChangeSet *set, const KontorRecordType *type)
{
  TypeChanges *changes = set->types[type->number];

  return changes != NULL && changes->all;
}

/**
 * kontor_change_set_get_changes:
 * @set: a set
 * @type: a record type
 * @n: (out): number of changes
 *
 * Returns: (transfer none) (nullable): the changes of records of @type, each record once
 */
const KontorChange *
kontor_change_set_get_changes (KontorChangeSet *set, const KontorRecordType *type, guint *n)
{
  TypeChanges *changes = set->types[type->number];

  *n = changes != NULL ? changes->changes->len : 0;
  return *n > 0 ? (const KontorChange *) (gpointer) changes->changes->data : NULL;
}

/**
 * kontor_change_set_touches_schema:
 * @set: a set
 *
 * Returns: whether custom fields, pick lists or layouts changed: forms and columns must be made
 * anew
 */
gboolean
kontor_change_set_touches_schema (KontorChangeSet *set)
{
  return kontor_change_set_touches_type (set, kontor_record_type_by_name ("custom_field")) ||
         kontor_change_set_touches_type (set, kontor_record_type_by_name ("pick_list")) ||
         kontor_change_set_touches_type (set, kontor_record_type_by_name ("layout"));
}
