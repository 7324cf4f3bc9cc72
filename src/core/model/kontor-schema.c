/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of one workspace: the built-in tables with its custom fields and pick lists. */
#include "config.h"

#include "kontor-schema.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-validate.h"
#include <string.h>
#include <glib/gi18n-lib.h>

struct _KontorSchema
{
  gatomicrefcount ref_count;
  GPtrArray *custom[256]; /* (element-type KontorFieldDef), by type number; interned */
  GHashTable *picks;      /* list → PickList */
  GHashTable *layouts;    /* "contact/page" → KontorLayout */
};

typedef struct
{
  GPtrArray *values;   /* (element-type KontorPickValue), in order */
  GHashTable *by_code; /* borrowed from the values */
} PickList;

static void
free_pick_value (gpointer data)
{
  KontorPickValue *value = data;

  g_free (value->code);
  g_free (value->label);
  g_free (value->color);
  g_free (value);
}

static void
free_pick_list (gpointer data)
{
  PickList *list = data;

  g_hash_table_unref (list->by_code);
  g_ptr_array_unref (list->values);
  g_free (list);
}

static PickList *
get_pick_list (KontorSchema *schema, const char *name)
{
  return name != NULL ? g_hash_table_lookup (schema->picks, name) : NULL;
}

/**
 * kontor_schema_get_type:
 *
 * Returns: the boxed type of schemas
 */
GType
kontor_schema_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorSchema"),
                                                     (GBoxedCopyFunc) kontor_schema_ref,
                                                     (GBoxedFreeFunc) kontor_schema_unref));

  return (GType) type;
}

/**
 * kontor_schema_new:
 *
 * Returns: (transfer full): the built-in fields, no custom ones, and empty pick lists
 */
KontorSchema *
kontor_schema_new (void)
{
  KontorSchema *schema = g_new0 (KontorSchema, 1);

  kontor_model_init ();
  g_atomic_ref_count_init (&schema->ref_count);
  schema->picks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_pick_list);
  schema->layouts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kontor_layout_unref);
  return schema;
}

/**
 * kontor_schema_ref:
 * @schema: a schema
 *
 * Returns: (transfer full): @schema
 */
KontorSchema *
kontor_schema_ref (KontorSchema *schema)
{
  g_atomic_ref_count_inc (&schema->ref_count);
  return schema;
}

/**
 * kontor_schema_unref:
 * @schema: (transfer full): a schema
 */
void
kontor_schema_unref (KontorSchema *schema)
{
  if (!g_atomic_ref_count_dec (&schema->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (schema->custom); i++)
    g_clear_pointer (&schema->custom[i], g_ptr_array_unref);
  g_hash_table_unref (schema->picks);
  g_hash_table_unref (schema->layouts);
  g_free (schema);
}

/**
 * kontor_schema_copy:
 * @schema: a schema
 *
 * Returns: (transfer full): another one with the same content, to build on
 */
KontorSchema *
kontor_schema_copy (KontorSchema *schema)
{
  KontorSchema *copy = kontor_schema_new ();
  GHashTableIter iter;
  gpointer list, values;

  for (guint i = 0; i < G_N_ELEMENTS (schema->custom); i++)
    if (schema->custom[i] != NULL)
      copy->custom[i] = g_ptr_array_copy (schema->custom[i], NULL, NULL);
  g_hash_table_iter_init (&iter, schema->picks);
  while (g_hash_table_iter_next (&iter, &list, &values))
    for (guint i = 0; i < ((PickList *) values)->values->len; i++)
      {
        const KontorPickValue *value = g_ptr_array_index (((PickList *) values)->values, i);

        kontor_schema_add_pick_value (copy,
                                      list,
                                      value->code,
                                      value->label,
                                      value->position,
                                      value->color,
                                      value->active);
      }
  g_hash_table_iter_init (&iter, schema->layouts);
  while (g_hash_table_iter_next (&iter, &list, &values))
    g_hash_table_insert (copy->layouts, g_strdup (list), kontor_layout_ref (values));
  return copy;
}

/**
 * kontor_schema_custom_field_name:
 * @definition: id of a custom_field record
 *
 * The name comes from the id's random part, so that two workspaces never give different fields one
 * name, and renaming the label changes nothing.
 *
 * Returns: (transfer full): "c_" and 10 base32 characters: column, JSON key and name
 */
char *
kontor_schema_custom_field_name (const KontorId *definition)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  char name[13] = "c_";
  guint64 bits = 0;

  for (guint i = 9; i < KONTOR_ID_SIZE; i++)
    bits = bits << 8 | definition->b[i];
  for (guint i = 0; i < 10; i++)
    name[2 + i] = alphabet[bits >> (5 * (9 - i)) & 31];
  return g_strdup (name);
}

static guint
hash_field (gconstpointer data)
{
  const KontorFieldDef *field = data;

  return g_str_hash (field->name) ^ g_str_hash (field->label);
}

static gboolean
equal_field (gconstpointer a, gconstpointer b)
{
  const KontorFieldDef *left = a;
  const KontorFieldDef *right = b;

  return left->name == right->name && left->id == right->id && left->kind == right->kind &&
         left->flags == right->flags && left->label == right->label && left->pick == right->pick &&
         left->target == right->target && left->help == right->help;
}

/* Definitions live as long as the process: records, queries, list columns and steps point at them
 * while snapshots of the schema come and go. They are few, and the same content is kept once. */
static const KontorFieldDef *
intern_field (const KontorFieldDef *field)
{
  static GMutex lock;
  static GHashTable *known;
  KontorFieldDef *found;

  g_mutex_lock (&lock);
  if (known == NULL)
    known = g_hash_table_new (hash_field, equal_field);
  found = g_hash_table_lookup (known, field);
  if (found == NULL)
    {
      found = g_memdup2 (field, sizeof *field);
      g_hash_table_add (known, found);
    }
  g_mutex_unlock (&lock);
  return found;
}

static gboolean
check_custom_kind (KontorFieldKind kind, const char *pick, const char *target, GError **error)
{
  switch (kind)
    {
    case KONTOR_FIELD_MONEY:     /* would need a companion with the currency */
    case KONTOR_FIELD_WALL_TIME: /* a companion with the zone */
    case KONTOR_FIELD_LINK_ANY:  /* a companion with the type */
    case KONTOR_FIELD_CHOICE:    /* programs branch on choices; people have pick lists */
    case KONTOR_FIELD_FILE:
    case KONTOR_FIELD_TAGS:
    case KONTOR_FIELD_N_KINDS:
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("A custom field can't be of this kind. Choose another kind."));
      return FALSE;

    case KONTOR_FIELD_PICK:
      if (pick != NULL && *pick != '\0')
        return TRUE;
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("The custom field needs a pick list. Name one."));
      return FALSE;

    case KONTOR_FIELD_LINK:
      if (kontor_record_type_by_name (target) != NULL)
        return TRUE;
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("The custom field links to nothing. Say what it links to."));
      return FALSE;

    default:
      return TRUE;
    }
}

/**
 * kontor_schema_add_custom_field:
 * @schema: a schema nobody else has yet
 * @type_name: (nullable): name of a record type
 * @definition: id of the custom_field record
 * @label: what people call it
 * @kind: its kind
 * @flags: required, in list, searched, hidden; others are ignored
 * @pick: (nullable): pick list of kind pick
 * @target: (nullable): record type of kind link
 * @help: (nullable): one sentence
 * @error: return location; not found for the type, invalid, limit above 200 fields
 *
 * The definition that comes back lives as long as the process.
 *
 * Returns: (transfer none) (nullable): the field; %NULL with @error set
 */
const KontorFieldDef *
kontor_schema_add_custom_field (KontorSchema *schema,
                                const char *type_name,
                                const KontorId *definition,
                                const char *label,
                                KontorFieldKind kind,
                                KontorFieldFlags flags,
                                const char *pick,
                                const char *target,
                                const char *help,
                                GError **error)
{
  const KontorRecordType *type = kontor_record_type_by_name (type_name);
  g_autofree char *name = kontor_schema_custom_field_name (definition);
  const KontorFieldFlags kept =
    KONTOR_FIELD_REQUIRED | KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SEARCHED | KONTOR_FIELD_HIDDEN |
    KONTOR_FIELD_SENSITIVE | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SORTED | KONTOR_FIELD_UNIQUE_HINT;
  KontorFieldDef field = { .kind = kind,
                           .flags = (flags & kept) | KONTOR_FIELD_CUSTOM,
                           .since = 1 };
  const KontorFieldDef *interned;

  if (type == NULL)
    {
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_NOT_FOUND,
                        _("There are no records of type “%s”."),
                        type_name != NULL ? type_name : "");
      return NULL;
    }
  if (!check_custom_kind (kind, pick, target, error))
    return NULL;
  if (schema->custom[type->number] != NULL && schema->custom[type->number]->len >= 200)
    {
      kontor_set_error (error,
                        KONTOR_MODEL_ERROR,
                        KONTOR_ERROR_LIMIT,
                        _("There are 200 custom fields already. Remove one first."));
      return NULL;
    }
  if (kontor_field_kind_storage (kind) != KONTOR_STORAGE_TEXT)
    field.flags &= ~(KontorFieldFlags) (KONTOR_FIELD_SEARCHED | KONTOR_FIELD_SORTED);
  field.name = g_intern_string (name);
  field.label = g_intern_string (label != NULL ? label : name);
  field.scale = kind == KONTOR_FIELD_DECIMAL ? 4 : 0;
  field.pick = kind == KONTOR_FIELD_PICK ? g_intern_string (pick) : NULL;
  field.target = kind == KONTOR_FIELD_LINK ? g_intern_string (target) : NULL;
  field.help = g_intern_string (help);
  field.id = KONTOR_COMMON_FIELD (type->number, 0xff);
  field.index = 0xff;
  interned = intern_field (&field);
  if (schema->custom[type->number] == NULL)
    schema->custom[type->number] = g_ptr_array_new ();
  g_ptr_array_add (schema->custom[type->number], (gpointer) interned);
  return interned;
}

static int
compare_pick_values (const KontorPickValue *left, const KontorPickValue *right)
{
  if (left->position != right->position)
    return left->position < right->position ? -1 : 1;
  return strcmp (left->code, right->code);
}

/* From the end: they mostly come in order. */
static void
insert_pick_value (PickList *list, KontorPickValue *value)
{
  guint at = list->values->len;

  while (at > 0 && compare_pick_values (g_ptr_array_index (list->values, at - 1), value) > 0)
    at--;
  g_ptr_array_insert (list->values, (int) at, value);
  g_hash_table_insert (list->by_code, value->code, value);
}

/**
 * kontor_schema_add_pick_value:
 * @schema: a schema nobody else has yet
 * @list: name of a pick list
 * @code: what records keep
 * @label: (nullable): what people see; @code if %NULL
 * @position: its place; values of one place are sorted by code
 * @color: (nullable): a colour
 * @active: whether it is still offered
 *
 * A code that is there already is replaced.
 */
void
kontor_schema_add_pick_value (KontorSchema *schema,
                              const char *list,
                              const char *code,
                              const char *label,
                              int position,
                              const char *color,
                              gboolean active)
{
  PickList *values;
  KontorPickValue *value;

  g_return_if_fail (list != NULL && code != NULL);

  values = get_pick_list (schema, list);
  if (values == NULL)
    {
      values = g_new0 (PickList, 1);
      values->values = g_ptr_array_new_with_free_func (free_pick_value);
      values->by_code = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (schema->picks, g_strdup (list), values);
    }
  value = g_hash_table_lookup (values->by_code, code);
  if (value != NULL)
    {
      g_hash_table_remove (values->by_code, code);
      g_ptr_array_remove (values->values, value);
    }
  value = g_new0 (KontorPickValue, 1);
  value->code = g_strdup (code);
  value->label = g_strdup (label != NULL ? label : code);
  value->position = position;
  value->color = g_strdup (color);
  value->active = active;
  insert_pick_value (values, value);
}

/**
 * kontor_schema_get_fields:
 * @schema: a schema
 * @type: a record type
 *
 * Returns: (transfer container) (element-type KontorFieldDef): own, common and custom fields
 */
GPtrArray *
kontor_schema_get_fields (KontorSchema *schema, const KontorRecordType *type)
{
  GPtrArray *fields = g_ptr_array_new ();
  guint n_fields;
  const KontorFieldDef *const *built_in = kontor_record_type_get_fields (type, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    g_ptr_array_add (fields, (gpointer) built_in[i]);
  if (schema->custom[type->number] != NULL)
    g_ptr_array_extend (fields, schema->custom[type->number], NULL, NULL);
  return fields;
}

/**
 * kontor_schema_get_custom_fields:
 * @schema: a schema
 * @type: a record type
 *
 * Returns: (transfer container) (element-type KontorFieldDef): its custom fields, maybe none
 */
GPtrArray *
kontor_schema_get_custom_fields (KontorSchema *schema, const KontorRecordType *type)
{
  GPtrArray *fields = g_ptr_array_new ();

  if (schema->custom[type->number] != NULL)
    g_ptr_array_extend (fields, schema->custom[type->number], NULL, NULL);
  return fields;
}

/**
 * kontor_schema_find_field:
 * @schema: a schema
 * @type: a record type
 * @name: (nullable): name of a built-in or custom field
 *
 * Returns: (transfer none) (nullable): the field
 */
const KontorFieldDef *
kontor_schema_find_field (KontorSchema *schema, const KontorRecordType *type, const char *name)
{
  const KontorFieldDef *field = kontor_record_type_find_field (type, name);
  const GPtrArray *custom = schema->custom[type->number];

  for (guint i = 0; field == NULL && name != NULL && custom != NULL && i < custom->len; i++)
    {
      const KontorFieldDef *candidate = g_ptr_array_index (custom, i);

      if (g_str_equal (candidate->name, name))
        field = candidate;
    }
  return field;
}

/**
 * kontor_schema_find_label:
 * @schema: a schema
 * @type: a record type
 * @label: (nullable): what people call a field
 * @except: (nullable): name of a field that is left out
 *
 * Returns: (transfer none) (nullable): a field that can be seen and is called so, in any case
 */
const KontorFieldDef *
kontor_schema_find_label (KontorSchema *schema,
                          const KontorRecordType *type,
                          const char *label,
                          const char *except)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);
  g_autofree char *folded = kontor_fold_sort (label != NULL ? label : "");

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *other = NULL;

      if (g_strcmp0 (field->name, except) == 0 ||
          ((field->flags & KONTOR_FIELD_HIDDEN) != 0 && (field->flags & KONTOR_FIELD_CUSTOM) == 0))
        continue;
      other = kontor_fold_sort (kontor_field_get_label (field));
      if (g_str_equal (other, folded))
        return field;
    }
  return NULL;
}

/**
 * kontor_schema_get_pick_values:
 * @schema: a schema
 * @list: (nullable): name of a pick list
 *
 * Returns: (transfer container) (element-type KontorPickValue): the values that are offered, in
 *   order
 */
GPtrArray *
kontor_schema_get_pick_values (KontorSchema *schema, const char *list)
{
  GPtrArray *offered = g_ptr_array_new ();
  const PickList *picks = get_pick_list (schema, list);

  for (guint i = 0; picks != NULL && i < picks->values->len; i++)
    if (((const KontorPickValue *) g_ptr_array_index (picks->values, i))->active)
      g_ptr_array_add (offered, g_ptr_array_index (picks->values, i));
  return offered;
}

static gboolean
equal_folded (const char *folded, const char *label)
{
  g_autofree char *other = kontor_fold_search (label);

  return g_str_equal (folded, other);
}

/**
 * kontor_schema_find_pick:
 * @schema: a schema
 * @list: (nullable): name of a pick list
 * @code_or_label: (nullable): a code, or a label in any spelling
 *
 * Returns: (transfer none) (nullable): the value, also when it is no longer offered; a code goes
 *   before a label
 */
const KontorPickValue *
kontor_schema_find_pick (KontorSchema *schema, const char *list, const char *code_or_label)
{
  const PickList *picks = get_pick_list (schema, list);
  const KontorPickValue *found;
  g_autofree char *folded = NULL;

  if (picks == NULL || code_or_label == NULL)
    return NULL;
  found = g_hash_table_lookup (picks->by_code, code_or_label);
  if (found != NULL)
    return found;
  folded = kontor_fold_search (code_or_label);
  for (guint i = 0; i < picks->values->len && *folded != '\0'; i++)
    {
      const KontorPickValue *value = g_ptr_array_index (picks->values, i);

      if (equal_folded (folded, value->label) || equal_folded (folded, value->code))
        return value;
    }
  return NULL;
}

/**
 * kontor_schema_pick_label:
 * @schema: a schema
 * @list: (nullable): name of a pick list
 * @code: (nullable): a code
 *
 * Returns: (transfer none) (nullable): its label; @code itself when the list hasn't got it
 */
const char *
kontor_schema_pick_label (KontorSchema *schema, const char *list, const char *code)
{
  const PickList *picks = get_pick_list (schema, list);
  const KontorPickValue *found =
    picks != NULL && code != NULL ? g_hash_table_lookup (picks->by_code, code) : NULL;

  return found != NULL ? found->label : code;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kontor_schema_list_picks:
 * @schema: a schema
 *
 * Returns: (transfer container) (element-type utf8): names of the pick lists that have values, by
 *   name
 */
GPtrArray *
kontor_schema_list_picks (KontorSchema *schema)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, schema->picks);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  return names;
}

/**
 * kontor_schema_set_layout:
 * @schema: a schema nobody else has yet
 * @type: a record type
 * @place: "page", "new" or "list"
 * @layout: (transfer none): which fields stand there
 */
void
kontor_schema_set_layout (KontorSchema *schema,
                          const KontorRecordType *type,
                          const char *place,
                          KontorLayout *layout)
{
  g_hash_table_insert (schema->layouts,
                       g_strconcat (type->name, "/", place, NULL),
                       kontor_layout_ref (layout));
}

/**
 * kontor_schema_get_layout:
 * @schema: a schema
 * @type: a record type
 * @place: "page", "new" or "list"
 *
 * Returns: (transfer none) (nullable): which fields stand there; %NULL: the usual ones
 */
KontorLayout *
kontor_schema_get_layout (KontorSchema *schema, const KontorRecordType *type, const char *place)
{
  g_autofree char *key = g_strconcat (type->name, "/", place, NULL);

  return g_hash_table_lookup (schema->layouts, key);
}
