/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card has becomes a row of fixed columns: the fields of the record, the first employment,
 * and one column for each kind of thing that a card may have several of. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-import-map-private.h"
#include "kontor-model.h"

static void
add_target (KontorCardPlan *self, KontorImportTarget *target)
{
  KontorImportColumn column = { .name = g_strdup (target->path), .same_as = -1 };

  if (g_hash_table_contains (self->columns, target->path))
    {
      kontor_import_target_free (target);
      g_free (column.name);
      return;
    }
  column.target = target;
  column.order = KONTOR_DATE_ORDER_YMD;
  g_array_append_val (self->map->columns, column);
  g_hash_table_insert (self->columns,
                       g_strdup (target->path),
                       GUINT_TO_POINTER (self->map->columns->len));
}

static void
add_path (KontorCardPlan *self, const char *path)
{
  KontorImportTarget *target = kontor_import_target_parse (self->schema, self->type, path, NULL);

  if (target != NULL)
    add_target (self, target);
}

/* Fields and records that no column of a table may go to. */
static void
add_hidden (KontorCardPlan *self,
            KontorSlotKind slot,
            const KontorRecordType *type,
            const char *field,
            const char *path)
{
  KontorImportTarget *target = g_new0 (KontorImportTarget, 1);

  target->path = g_strdup (path);
  target->slot = slot;
  target->type = type;
  target->field = kontor_record_type_find_field (type, field);
  target->what = KONTOR_TARGET_VALUE;
  add_target (self, target);
}

/* A link to another card of the file can't be followed while that is not read. */
static gboolean
is_own (const KontorRecordType *type, const KontorFieldDef *field)
{
  return (field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_HIDDEN | KONTOR_FIELD_READ_ONLY)) ==
           0 &&
         field->kind != KONTOR_FIELD_TAGS &&
         (field->kind != KONTOR_FIELD_LINK || g_strcmp0 (field->target, type->name) != 0);
}

static void
add_fields (KontorCardPlan *self)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (self->schema, self->type);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (is_own (self->type, field))
        add_path (self, field->name);
    }
}

/**
 * kontor_card_plan_new:
 * @schema: fields of the workspace
 * @type: people or organisations
 * @blob_limit: bytes an attachment may have
 *
 * Returns: (transfer full): the plan
 */
KontorCardPlan *
kontor_card_plan_new (KontorSchema *schema, const KontorRecordType *type, gint64 blob_limit)
{
  static const char *const paths[] = { "account",   "position", "department", "decision_role",
                                       "from_date", "to_date",  "phone",      "mobile",
                                       "fax",       "mail",     "web",        "messenger",
                                       "street",    "city",     "region",     "postcode",
                                       "country",   "latitude", "longitude" };
  KontorCardPlan *self = g_new0 (KontorCardPlan, 1);

  self->schema = kontor_schema_ref (schema);
  self->type = type;
  self->blob_limit = blob_limit;
  self->map = kontor_import_map_new (schema, type, NULL, 0);
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_path (self, "id");
  add_hidden (self, KONTOR_SLOT_RECORD, type, "uid", "uid");
  add_hidden (self, KONTOR_SLOT_RECORD, type, "vcard", "vcard");
  if (type == &kontor_contact_type)
    add_hidden (self, KONTOR_SLOT_RECORD, type, "photo", "photo");
  add_fields (self);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    add_path (self, paths[i]);
  add_hidden (self, KONTOR_SLOT_CHILD, &kontor_attachment_type, "name", "attachment");
  return self;
}

/**
 * kontor_card_plan_free:
 * @self: (transfer full) (nullable): a plan
 */
void
kontor_card_plan_free (KontorCardPlan *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->columns);
  kontor_import_map_unref (self->map);
  kontor_schema_unref (self->schema);
  g_free (self);
}

/**
 * kontor_card_plan_find:
 * @self: a plan
 * @path: a path, or the label of a field of the workspace's own
 * @found: (out): whether there is such a column
 *
 * Returns: its number
 */
guint
kontor_card_plan_find (KontorCardPlan *self, const char *path, gboolean *found)
{
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, path));
  g_autoptr(KontorImportTarget) target = NULL;

  if (column == 0)
    target = kontor_import_target_parse (self->schema, self->type, path, NULL);
  if (target != NULL)
    column = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, target->path));
  *found = column > 0;
  return *found ? column - 1 : 0;
}
