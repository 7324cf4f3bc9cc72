/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorRecord: values packed behind the instance, in one piece of memory with it, because an
 * import makes millions of them. What few records have stands beside (kontor-record-side.c). */
#include "config.h"

#include "kontor-record-private.h"
#include <string.h>

#define MAX_FIELDS 128

/* Where the values of one record type stand behind the instance. */
typedef struct
{
  const KontorRecordType *type;
  const KontorFieldDef *const *fields;
  guint n_fields;
  guint n_own;
  guint first_common;
  GParamSpec *specs[MAX_FIELDS]; /* NULL: virtual */
  guint16 offsets[MAX_FIELDS];   /* from the start of the values */
  guint8 storages[MAX_FIELDS];
} Layout;

typedef struct
{
  const Layout *layout;
  KontorRecordSide *side;
  KontorId id;
  gint64 rid;
  gint64 rev;
  guint64 set[MAX_FIELDS / 64]; /* bit by index: not NULL */
  guint rights;
  gboolean trashed;
} KontorRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KontorRecord, kontor_record, G_TYPE_OBJECT)

static Layout *layouts[256];

static inline KontorRecordPrivate *
get_private (KontorRecord *record)
{
  return kontor_record_get_instance_private (record);
}

static inline gpointer
get_slot (KontorRecord *record, const Layout *layout, guint index)
{
  return (char *) record + sizeof (KontorRecord) + layout->offsets[index];
}

static inline gboolean
is_set (const KontorRecordPrivate *priv, guint index)
{
  return (priv->set[index / 64] >> (index % 64) & 1) != 0;
}

static inline void
mark_set (KontorRecordPrivate *priv, guint index, gboolean set)
{
  if (set)
    priv->set[index / 64] |= G_GUINT64_CONSTANT (1) << (index % 64);
  else
    priv->set[index / 64] &= ~(G_GUINT64_CONSTANT (1) << (index % 64));
}

/* Most records are filled with nobody looking, which GObject sees at once; to ask it first would
 * cost four times as much. */
static void
notify_field (KontorRecord *record, const Layout *layout, guint index)
{
  if (layout->specs[index] != NULL)
    g_object_notify_by_pspec (G_OBJECT (record), layout->specs[index]);
}

/* The place of a field in the value array; MAX_FIELDS for a field of another type. */
static guint
find_index (const Layout *layout, KontorFieldId field)
{
  guint position = field & 0xff;

  if (field >> 8 == layout->type->number)
    {
      if (position < layout->n_own)
        return position;
      if (position >= layout->first_common && position < KONTOR_COMMON_END)
        return layout->n_own + position - layout->first_common;
    }
  g_critical ("a record of type %s has no field %u", layout->type->name, field);
  return MAX_FIELDS;
}

static guint
find_index_with (const Layout *layout, KontorFieldId field, KontorStorage storage)
{
  guint index = find_index (layout, field);

  if (index < MAX_FIELDS && layout->storages[index] != storage)
    {
      g_critical ("field %s of type %s is of another kind",
                  layout->fields[index]->name,
                  layout->type->name);
      return MAX_FIELDS;
    }
  return index;
}

/* Puts @value, taking its text, into the slot. Returns whether that changed anything. */
static gboolean
store_value (KontorRecord *record, guint index, KontorValue *value)
{
  KontorRecordPrivate *priv = get_private (record);
  const Layout *layout = priv->layout;
  gpointer slot = get_slot (record, layout, index);
  gboolean was = is_set (priv, index);
  gboolean changed = was;

  switch (value->type)
    {
    case KONTOR_VALUE_INTEGER:
      changed = !was || *(gint64 *) slot != value->integer;
      *(gint64 *) slot = value->integer;
      break;

    case KONTOR_VALUE_TEXT:
      changed = !was || strcmp (*(char **) slot, value->text) != 0;
      g_free (*(char **) slot);
      *(char **) slot = value->text;
      break;

    case KONTOR_VALUE_ID:
      changed = !was || memcmp (slot, &value->id, sizeof (KontorId)) != 0;
      *(KontorId *) slot = value->id;
      break;

    case KONTOR_VALUE_NULL:
    default:
      if (layout->storages[index] == KONTOR_STORAGE_TEXT)
        g_clear_pointer ((char **) slot, g_free);
      else if (was)
        memset (slot,
                0,
                layout->storages[index] == KONTOR_STORAGE_ID ? sizeof (KontorId) : sizeof (gint64));
      break;
    }
  mark_set (priv, index, value->type != KONTOR_VALUE_NULL);
  value->type = KONTOR_VALUE_NULL;
  return changed;
}

static void
put_value (KontorRecord *record, guint index, KontorValue *value)
{
  const Layout *layout = get_private (record)->layout;

  if (store_value (record, index, value))
    notify_field (record, layout, index);
}

/* A look at the slot: text is borrowed, so the result must not be cleared. */
static KontorValue
peek_value (KontorRecord *record, guint index)
{
  KontorRecordPrivate *priv = get_private (record);
  gconstpointer slot = get_slot (record, priv->layout, index);
  KontorValue value = KONTOR_VALUE_INIT;

  if (!is_set (priv, index))
    return value;
  switch ((KontorStorage) priv->layout->storages[index])
    {
    case KONTOR_STORAGE_INTEGER:
      value.type = KONTOR_VALUE_INTEGER;
      value.integer = *(const gint64 *) slot;
      break;

    case KONTOR_STORAGE_TEXT:
      value.type = KONTOR_VALUE_TEXT;
      value.text = *(char *const *) slot;
      break;

    case KONTOR_STORAGE_ID:
      value.type = KONTOR_VALUE_ID;
      value.id = *(const KontorId *) slot;
      break;

    case KONTOR_STORAGE_NONE:
    default:
      break;
    }
  return value;
}

static gboolean
fits_storage (KontorValueType type, KontorStorage storage)
{
  return type == KONTOR_VALUE_NULL ||
         (type == KONTOR_VALUE_INTEGER && storage == KONTOR_STORAGE_INTEGER) ||
         (type == KONTOR_VALUE_TEXT && storage == KONTOR_STORAGE_TEXT) ||
         (type == KONTOR_VALUE_ID && storage == KONTOR_STORAGE_ID);
}

/**
 * kontor_record_peek:
 * @record: a record
 * @field: a built-in or custom field
 *
 * Returns: its value; the text is borrowed, so that it must not be cleared
 */
KontorValue
kontor_record_peek (KontorRecord *record, const KontorFieldDef *field)
{
  KontorValue none = KONTOR_VALUE_INIT;
  guint index;

  if ((field->flags & KONTOR_FIELD_CUSTOM) != 0)
    {
      const KontorRecordCustom *custom = kontor_record_find_custom (record, field);

      return custom != NULL ? custom->value : none;
    }
  index = find_index (get_private (record)->layout, field->id);
  return index < MAX_FIELDS ? peek_value (record, index) : none;
}

/**
 * kontor_record_take_value:
 * @record: a record
 * @field: a built-in or custom field
 * @value: (inout): the value; %NULL afterwards, as its text goes to the record
 */
void
kontor_record_take_value (KontorRecord *record, const KontorFieldDef *field, KontorValue *value)
{
  guint index;

  if (!fits_storage (value->type, kontor_field_kind_storage (field->kind)))
    {
      g_critical ("a value for field %s is of another kind", field->name);
      kontor_value_clear (value);
    }
  else if ((field->flags & KONTOR_FIELD_CUSTOM) != 0)
    kontor_record_put_custom (record, field, value);
  else if ((index = find_index (get_private (record)->layout, field->id)) < MAX_FIELDS)
    put_value (record, index, value);
  else
    kontor_value_clear (value);
}

/**
 * kontor_record_fill:
 * @record: a record nobody has seen yet
 * @index: .index of a built-in field
 * @value: (inout): a value that fits the field; %NULL afterwards, as its text goes to the record
 *
 * Puts a value without telling anybody: reading a row does it for each column of each row.
 */
void
kontor_record_fill (KontorRecord *record, guint index, KontorValue *value)
{
  store_value (record, index, value);
}

static void
kontor_record_get_property (GObject *object, guint prop_id, GValue *out, GParamSpec *pspec)
{
  KontorValue value = peek_value (KONTOR_RECORD (object), prop_id - 1);

  switch (value.type)
    {
    case KONTOR_VALUE_INTEGER:
      if (G_VALUE_HOLDS_BOOLEAN (out))
        g_value_set_boolean (out, value.integer != 0);
      else
        g_value_set_int64 (out, value.integer);
      break;

    case KONTOR_VALUE_TEXT:
      g_value_set_string (out, value.text);
      break;

    case KONTOR_VALUE_ID:
      g_value_take_string (out, kontor_id_to_string (&value.id));
      break;

    case KONTOR_VALUE_NULL:
    default:
      break;
    }
}

static void
kontor_record_set_property (GObject *object, guint prop_id, const GValue *in, GParamSpec *pspec)
{
  KontorRecord *self = KONTOR_RECORD (object);
  const Layout *layout = get_private (self)->layout;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  KontorId id;

  if (G_VALUE_HOLDS_BOOLEAN (in))
    kontor_value_set_integer (&value, g_value_get_boolean (in));
  else if (G_VALUE_HOLDS_INT64 (in))
    kontor_value_set_integer (&value, g_value_get_int64 (in));
  else if (layout->storages[prop_id - 1] == KONTOR_STORAGE_TEXT)
    kontor_value_set_text (&value, g_value_get_string (in));
  else if (kontor_id_parse (g_value_get_string (in), &id))
    kontor_value_set_id (&value, &id);
  put_value (self, prop_id - 1, &value);
}

static void
kontor_record_finalize (GObject *object)
{
  KontorRecord *self = KONTOR_RECORD (object);
  KontorRecordPrivate *priv = get_private (self);
  const Layout *layout = priv->layout;

  for (guint i = 0; i < layout->n_fields; i++)
    if (layout->storages[i] == KONTOR_STORAGE_TEXT && is_set (priv, i))
      g_free (*(char **) get_slot (self, layout, i));
  g_clear_pointer (&priv->side, kontor_record_side_free);

  G_OBJECT_CLASS (kontor_record_parent_class)->finalize (object);
}

static void
kontor_record_class_init (KontorRecordClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = kontor_record_finalize;
}

static void
kontor_record_init (KontorRecord *self)
{
}

static GParamSpec *
make_spec (const KontorFieldDef *field)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  g_autofree char *canonical = g_strdelimit (g_strdup (field->name), "_", '-');
  const char *name = g_intern_string (canonical);

  if (kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE)
    return NULL;
  if (field->kind == KONTOR_FIELD_BOOLEAN)
    return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
  if (kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_INTEGER)
    return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  return g_param_spec_string (name, NULL, NULL, NULL, flags);
}

static void
init_type_class (gpointer class, gpointer data)
{
  Layout *layout = data;

  /* GObject empties these two in every derived class. */
  G_OBJECT_CLASS (class)->get_property = kontor_record_get_property;
  G_OBJECT_CLASS (class)->set_property = kontor_record_set_property;
  ((KontorRecordClass *) class)->type = layout->type;
  for (guint i = 0; i < layout->n_fields; i++)
    {
      layout->specs[i] = make_spec (layout->fields[i]);
      if (layout->specs[i] != NULL)
        g_object_class_install_property (class, i + 1, layout->specs[i]);
    }
}

static void
init_type_instance (GTypeInstance *instance, gpointer class)
{
  get_private ((KontorRecord *) instance)->layout =
    layouts[((KontorRecordClass *) class)->type->number];
}

/**
 * kontor_record_register_type:
 * @type: a record type
 * @fields: its fields, common ones included; kept
 * @n_fields: how many
 *
 * Makes the GType of a record type. Called once a type, by the registry.
 *
 * Returns: the GType
 */
GType
kontor_record_register_type (const KontorRecordType *type,
                             const KontorFieldDef *const *fields,
                             guint n_fields)
{
  Layout *layout = g_new0 (Layout, 1);
  GTypeInfo info = { .class_size = sizeof (KontorRecordClass),
                     .class_init = init_type_class,
                     .class_data = layout,
                     .instance_init = init_type_instance };
  guint size = 0;

  g_assert (n_fields <= MAX_FIELDS);
  layout->type = type;
  layout->fields = fields;
  layout->n_fields = n_fields;
  layout->n_own = type->n_fields;
  layout->first_common = n_fields > layout->n_own ? fields[layout->n_own]->id & 0xff : 0xff;
  for (guint i = 0; i < n_fields; i++)
    {
      layout->storages[i] = kontor_field_kind_storage (fields[i]->kind);
      layout->offsets[i] = size;
      size += layout->storages[i] == KONTOR_STORAGE_NONE ? 0
              : layout->storages[i] == KONTOR_STORAGE_ID ? sizeof (KontorId)
                                                         : sizeof (gint64);
    }
  info.instance_size = sizeof (KontorRecord) + size;
  layouts[type->number] = layout;
  return g_type_register_static (KONTOR_TYPE_RECORD, type->gtype, &info, G_TYPE_FLAG_FINAL);
}

/**
 * kontor_record_new:
 * @type: its type
 * @id: (nullable): its id; %NULL leaves it null
 *
 * Returns: (transfer full): a record without values
 */
KontorRecord *
kontor_record_new (const KontorRecordType *type, const KontorId *id)
{
  KontorRecord *record;

  g_return_val_if_fail (type != NULL, NULL);

  record = g_object_new (kontor_record_type_get_gtype (type), NULL);
  if (id != NULL)
    get_private (record)->id = *id;
  return record;
}

/**
 * kontor_record_get_record_type:
 * @record: a record
 *
 * Returns: its type
 */
const KontorRecordType *
kontor_record_get_record_type (KontorRecord *record)
{
  g_return_val_if_fail (KONTOR_IS_RECORD (record), NULL);

  return get_private (record)->layout->type;
}

/**
 * kontor_record_get_id:
 * @record: a record
 *
 * Returns: (transfer none): its id, null where none was given
 */
const KontorId *
kontor_record_get_id (KontorRecord *record)
{
  return &get_private (record)->id;
}

/**
 * kontor_record_set_id:
 * @record: a record
 * @id: its id
 */
void
kontor_record_set_id (KontorRecord *record, const KontorId *id)
{
  get_private (record)->id = *id;
}

/**
 * kontor_record_get_rid:
 * @record: a record
 *
 * Returns: its row in the store, 0 for a draft
 */
gint64
kontor_record_get_rid (KontorRecord *record)
{
  return get_private (record)->rid;
}

/**
 * kontor_record_get_rev:
 * @record: a record
 *
 * Returns: its revision, 0 without an office
 */
gint64
kontor_record_get_rev (KontorRecord *record)
{
  return get_private (record)->rev;
}

/**
 * kontor_record_is_trashed:
 * @record: a record
 *
 * Returns: whether it is in the trash
 */
gboolean
kontor_record_is_trashed (KontorRecord *record)
{
  return get_private (record)->trashed;
}

/**
 * kontor_record_get_rights:
 * @record: a record
 *
 * Returns: the office's word of rights on this record; 0 without an office
 */
guint
kontor_record_get_rights (KontorRecord *record)
{
  return get_private (record)->rights;
}

/**
 * kontor_record_set_row:
 * @record: a record
 * @rid: its row in the store
 * @rev: its revision
 * @trashed: whether it is in the trash
 * @rights: the office's word of rights
 *
 * What the store knows beside the fields.
 */
void
kontor_record_set_row (KontorRecord *record, gint64 rid, gint64 rev, gboolean trashed, guint rights)
{
  KontorRecordPrivate *priv = get_private (record);

  priv->rid = rid;
  priv->rev = rev;
  priv->trashed = trashed;
  priv->rights = rights;
}

/**
 * kontor_record_is_null:
 * @record: a record
 * @field: a built-in field of its type
 *
 * Returns: whether the field has no value
 */
gboolean
kontor_record_is_null (KontorRecord *record, KontorFieldId field)
{
  const KontorRecordPrivate *priv = get_private (record);
  guint index = find_index (priv->layout, field);

  return index >= MAX_FIELDS || !is_set (priv, index);
}

/**
 * kontor_record_get_integer:
 * @record: a record
 * @field: a built-in field kept as a number
 *
 * Returns: its value in the unit of its kind, 0 when it has none
 */
gint64
kontor_record_get_integer (KontorRecord *record, KontorFieldId field)
{
  guint index = find_index_with (get_private (record)->layout, field, KONTOR_STORAGE_INTEGER);

  return index < MAX_FIELDS ? *(gint64 *) get_slot (record, get_private (record)->layout, index)
                            : 0;
}

/**
 * kontor_record_get_text:
 * @record: a record
 * @field: a built-in field kept as text
 *
 * Returns: (nullable) (transfer none): its value
 */
const char *
kontor_record_get_text (KontorRecord *record, KontorFieldId field)
{
  guint index = find_index_with (get_private (record)->layout, field, KONTOR_STORAGE_TEXT);

  return index < MAX_FIELDS ? *(char **) get_slot (record, get_private (record)->layout, index)
                            : NULL;
}

/**
 * kontor_record_get_link:
 * @record: a record
 * @field: a built-in link
 *
 * Returns: (nullable) (transfer none): the id it links to
 */
const KontorId *
kontor_record_get_link (KontorRecord *record, KontorFieldId field)
{
  const KontorRecordPrivate *priv = get_private (record);
  guint index = find_index_with (priv->layout, field, KONTOR_STORAGE_ID);

  return index < MAX_FIELDS && is_set (priv, index) ? get_slot (record, priv->layout, index) : NULL;
}

/**
 * kontor_record_set_integer:
 * @record: a record
 * @field: a built-in field kept as a number
 * @value: the value in the unit of its kind
 */
void
kontor_record_set_integer (KontorRecord *record, KontorFieldId field, gint64 value)
{
  guint index = find_index_with (get_private (record)->layout, field, KONTOR_STORAGE_INTEGER);
  KontorValue new_value = { .type = KONTOR_VALUE_INTEGER, .integer = value };

  if (index < MAX_FIELDS)
    put_value (record, index, &new_value);
}

/**
 * kontor_record_set_text:
 * @record: a record
 * @field: a built-in field kept as text
 * @value: (nullable): the value; "" is the same as %NULL
 */
void
kontor_record_set_text (KontorRecord *record, KontorFieldId field, const char *value)
{
  guint index = find_index_with (get_private (record)->layout, field, KONTOR_STORAGE_TEXT);
  KontorValue new_value = KONTOR_VALUE_INIT;

  if (index >= MAX_FIELDS)
    return;
  kontor_value_set_text (&new_value, value);
  put_value (record, index, &new_value);
}

/**
 * kontor_record_set_link:
 * @record: a record
 * @field: a built-in link
 * @value: (nullable): the id; the null id is the same as %NULL
 */
void
kontor_record_set_link (KontorRecord *record, KontorFieldId field, const KontorId *value)
{
  guint index = find_index_with (get_private (record)->layout, field, KONTOR_STORAGE_ID);
  KontorValue new_value = KONTOR_VALUE_INIT;

  if (index >= MAX_FIELDS)
    return;
  kontor_value_set_id (&new_value, value);
  put_value (record, index, &new_value);
}

/**
 * kontor_record_set_null:
 * @record: a record
 * @field: a built-in field
 */
void
kontor_record_set_null (KontorRecord *record, KontorFieldId field)
{
  guint index = find_index (get_private (record)->layout, field);
  KontorValue value = KONTOR_VALUE_INIT;

  if (index < MAX_FIELDS && get_private (record)->layout->storages[index] != KONTOR_STORAGE_NONE)
    put_value (record, index, &value);
}

/**
 * kontor_record_get_side:
 * @record: a record
 *
 * Returns: (transfer none): where what few records have is kept; %NULL in it while there is none
 */
KontorRecordSide **
kontor_record_get_side (KontorRecord *record)
{
  return &get_private (record)->side;
}
