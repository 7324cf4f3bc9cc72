/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry over the tables of record types: common fields, look-up by name, number and id. */
#include "config.h"

#include "kontor-record-private.h"
#include "kontor-schema-activity.h"
#include "kontor-schema-contacts.h"
#include "kontor-schema-data.h"
#include "kontor-schema-people.h"
#include "kontor-schema-private.h"
#include <glib/gi18n-lib.h>

#define N_COMMON (KONTOR_COMMON_END - KONTOR_COMMON_FIRST)

/* By number: the order in which records of different types go over the wire. */
const KontorRecordType *const kontor_record_types[] = {
  &kontor_workspace_settings_type,
  &kontor_org_unit_type,
  &kontor_team_type,
  &kontor_employee_type,
  &kontor_user_type,
  &kontor_role_type,
  &kontor_account_type,
  &kontor_contact_type,
  &kontor_account_contact_type,
  &kontor_contact_point_type,
  &kontor_address_type,
  &kontor_party_role_type,
  &kontor_party_relation_type,
  &kontor_need_type,
  &kontor_consent_type,
  &kontor_consumer_profile_type,
  &kontor_verification_type,
  &kontor_not_duplicate_type,
  &kontor_activity_type,
  &kontor_activity_link_type,
  &kontor_tag_type,
  &kontor_tag_link_type,
  &kontor_attachment_type,
  &kontor_import_batch_type,
  &kontor_saved_view_type,
  &kontor_pick_list_type,
  &kontor_custom_field_type,
  &kontor_layout_type,
  &kontor_import_mapping_type,
  &kontor_star_type,
};
const guint kontor_n_record_types = G_N_ELEMENTS (kontor_record_types);

#define COMMON(position) [KONTOR_COMMON_##position - KONTOR_COMMON_FIRST]

/* Without id and index, which differ from type to type. */
static const KontorFieldDef common_fields[N_COMMON] = {
  COMMON (OWNER) = { .name = "owner",
                     .label = N_("Owner"),
                     .kind = KONTOR_FIELD_LINK,
                     .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
                     .since = 1,
                     .target = "employee",
                     .import = ALIASES ("account owner",
                                        "contact owner",
                                        "assigned to",
                                        "sales_agent",
                                        "sales agent",
                                        "ответственный") },
  COMMON (TEAM) = { .name = "team",
                    .label = N_("Team"),
                    .kind = KONTOR_FIELD_LINK,
                    .flags = KONTOR_FIELD_IN_LIST,
                    .since = 1,
                    .target = "team",
                    .import = ALIASES ("sales team", "команда") },
  COMMON (ORG_UNIT) = { .name = "org_unit",
                        .label = N_("Department"),
                        .kind = KONTOR_FIELD_LINK,
                        .flags = KONTOR_FIELD_IN_LIST,
                        .since = 1,
                        .target = "org_unit",
                        .import = ALIASES ("regional office", "подразделение") },
  COMMON (
    CREATED_AT) = { .name = "created_at",
                    .label = N_("Created at"),
                    .kind = KONTOR_FIELD_INSTANT,
                    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY,
                    .since = 1,
                    .import =
                      ALIASES ("created on", "create date", "created date", "дата создания") },
  COMMON (CREATED_BY) = { .name = "created_by",
                          .label = N_("Created by"),
                          .kind = KONTOR_FIELD_LINK,
                          .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY,
                          .since = 1,
                          .target = "user" },
  COMMON (MODIFIED_AT) = { .name = "modified_at",
                           .label = N_("Changed at"),
                           .kind = KONTOR_FIELD_INSTANT,
                           .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY,
                           .since = 1 },
  COMMON (MODIFIED_BY) = { .name = "modified_by",
                           .label = N_("Changed by"),
                           .kind = KONTOR_FIELD_LINK,
                           .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY,
                           .since = 1,
                           .target = "user" },
};

/* All that the registry knows of one type. Made once, never changed, never freed. */
typedef struct
{
  const KontorRecordType *type;
  GType gtype;
  guint n_fields;
  const KontorFieldDef **fields;
  GHashTable *by_name;
  KontorFieldDef common[N_COMMON];
} TypeEntry;

static TypeEntry *entries[256];
static GHashTable *types_by_name;

static KontorCommonPosition
get_first_common (const KontorRecordType *type)
{
  return (type->flags & KONTOR_TYPE_OWNED) != 0 ? KONTOR_COMMON_OWNER : KONTOR_COMMON_CREATED_AT;
}

static void
fill_common (TypeEntry *entry, KontorCommonPosition position, guint8 index)
{
  KontorFieldDef *field = &entry->common[position - KONTOR_COMMON_FIRST];

  *field = common_fields[position - KONTOR_COMMON_FIRST];
  field->id = KONTOR_COMMON_FIELD (entry->type->number, position);
  field->index = index;
  field->since = MAX (field->since, entry->type->since);
  if (position == KONTOR_COMMON_CREATED_AT && (entry->type->flags & KONTOR_TYPE_OWNED) != 0)
    field->flags |= KONTOR_FIELD_IN_LIST;
  if (position == KONTOR_COMMON_MODIFIED_AT && (entry->type->flags & KONTOR_TYPE_OWNED) != 0)
    field->flags |= KONTOR_FIELD_IN_LIST;
  if (position == KONTOR_COMMON_MODIFIED_AT && (entry->type->flags & KONTOR_TYPE_PARTY) != 0)
    field->flags |= KONTOR_FIELD_INDEXED;
}

static TypeEntry *
make_entry (const KontorRecordType *type)
{
  TypeEntry *entry = g_new0 (TypeEntry, 1);
  KontorCommonPosition first = get_first_common (type);
  guint n = 0;

  entry->type = type;
  entry->fields = g_new0 (const KontorFieldDef *, type->n_fields + KONTOR_COMMON_END - first + 1);
  entry->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (; n < type->n_fields; n++)
    entry->fields[n] = &type->fields[n];
  for (KontorCommonPosition position = first; position < KONTOR_COMMON_END; position++, n++)
    {
      fill_common (entry, position, n);
      entry->fields[n] = &entry->common[position - KONTOR_COMMON_FIRST];
    }
  entry->n_fields = n;
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (entry->by_name,
                         (gpointer) entry->fields[i]->name,
                         (gpointer) entry->fields[i]);
  return entry;
}

static gpointer
fill_registry (gpointer data)
{
  types_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < kontor_n_record_types; i++)
    {
      const KontorRecordType *type = kontor_record_types[i];

      entries[type->number] = make_entry (type);
      g_hash_table_insert (types_by_name, (gpointer) type->name, (gpointer) type);
    }
  for (guint i = 0; i < kontor_n_record_types; i++)
    {
      TypeEntry *entry = entries[kontor_record_types[i]->number];

      entry->gtype = kontor_record_register_type (entry->type, entry->fields, entry->n_fields);
    }
  return types_by_name;
}

/**
 * kontor_model_init:
 *
 * Makes the registry and registers one GType per record type, so that `.ui` files can name them.
 * May be called any number of times from any thread; all functions of the registry call it.
 */
void
kontor_model_init (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, fill_registry, NULL);
}

static const TypeEntry *
get_entry (const KontorRecordType *type)
{
  kontor_model_init ();

  return entries[type->number];
}

/**
 * kontor_record_type_count:
 *
 * Returns: how many record types there are
 */
guint
kontor_record_type_count (void)
{
  return kontor_n_record_types;
}

/**
 * kontor_record_type_nth:
 * @i: from 0, below kontor_record_type_count()
 *
 * Returns: a record type; they stand in the order of their numbers
 */
const KontorRecordType *
kontor_record_type_nth (guint i)
{
  g_return_val_if_fail (i < kontor_n_record_types, NULL);

  return kontor_record_types[i];
}

/**
 * kontor_record_type_by_name:
 * @name: (nullable): a name as tables and JSON have it: "contact"
 *
 * Returns: (nullable): the record type
 */
const KontorRecordType *
kontor_record_type_by_name (const char *name)
{
  kontor_model_init ();

  return name != NULL ? g_hash_table_lookup (types_by_name, name) : NULL;
}

/**
 * kontor_record_type_by_number:
 * @number: any number
 *
 * Returns: (nullable): the record type with that number
 */
const KontorRecordType *
kontor_record_type_by_number (guint number)
{
  kontor_model_init ();

  return number < G_N_ELEMENTS (entries) && entries[number] != NULL ? entries[number]->type : NULL;
}

/**
 * kontor_record_type_get_gtype:
 * @type: a record type
 *
 * Returns: its GType, derived from #KontorRecord
 */
GType
kontor_record_type_get_gtype (const KontorRecordType *type)
{
  g_return_val_if_fail (type != NULL, G_TYPE_INVALID);

  return get_entry (type)->gtype;
}

/**
 * kontor_record_type_get_fields:
 * @type: a record type
 * @n_fields: (out) (optional): how many
 *
 * Returns: (transfer none) (array length=n_fields): its own fields, then the common ones; the index
 *   of a field is its place here. A %NULL follows the last.
 */
const KontorFieldDef *const *
kontor_record_type_get_fields (const KontorRecordType *type, guint *n_fields)
{
  const TypeEntry *entry;

  g_return_val_if_fail (type != NULL, NULL);

  entry = get_entry (type);
  if (n_fields != NULL)
    *n_fields = entry->n_fields;
  return (const KontorFieldDef *const *) entry->fields;
}

/**
 * kontor_record_type_find_field:
 * @type: a record type
 * @name: (nullable): name of a built-in field
 *
 * Returns: (nullable): the field
 */
const KontorFieldDef *
kontor_record_type_find_field (const KontorRecordType *type, const char *name)
{
  g_return_val_if_fail (type != NULL, NULL);

  return name != NULL ? g_hash_table_lookup (get_entry (type)->by_name, name) : NULL;
}

/**
 * kontor_field_by_id:
 * @id: id of a built-in field
 *
 * Returns: (nullable): the field; %NULL when no type has it
 */
const KontorFieldDef *
kontor_field_by_id (KontorFieldId id)
{
  const TypeEntry *entry;
  guint position = id & 0xff;

  kontor_model_init ();
  entry = entries[id >> 8];
  if (entry == NULL)
    return NULL;
  if (position < entry->type->n_fields)
    return &entry->type->fields[position];
  if (position >= get_first_common (entry->type) && position < KONTOR_COMMON_END)
    return &entry->common[position - KONTOR_COMMON_FIRST];

  return NULL;
}

/**
 * kontor_field_get_type_of:
 * @field: a built-in or custom field
 *
 * Returns: the record type it belongs to
 */
const KontorRecordType *
kontor_field_get_type_of (const KontorFieldDef *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return kontor_record_type_by_number (field->id >> 8);
}

/**
 * kontor_record_type_get_label:
 * @type: a record type
 *
 * Returns: "Person" in the user's language
 */
const char *
kontor_record_type_get_label (const KontorRecordType *type)
{
  return _(type->label);
}

/**
 * kontor_record_type_get_label_plural:
 * @type: a record type
 *
 * Returns: "People" in the user's language
 */
const char *
kontor_record_type_get_label_plural (const KontorRecordType *type)
{
  return _(type->label_plural);
}
