/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What few records have: values of custom fields, titles of links, fields of a newer version. */
#include "config.h"

#include "kontor-record-private.h"

/* Room for titles is made for so many at a time: owner, who made and who changed it, and one more.
 */
#define SOME_LINKS 4

static void
clear_custom (gpointer data)
{
  kontor_value_clear (&((KontorRecordCustom *) data)->value);
}

static KontorRecordSide *
ensure_side (KontorRecord *record)
{
  KontorRecordSide **side = kontor_record_get_side (record);

  if (*side == NULL)
    *side = g_slice_new0 (KontorRecordSide);
  return *side;
}

/**
 * kontor_record_side_free:
 * @side: (transfer full): what a record had
 */
void
kontor_record_side_free (KontorRecordSide *side)
{
  g_free (side->extra);
  g_clear_pointer (&side->custom, g_array_unref);
  for (guint i = 0; i < side->n_titles; i++)
    g_clear_pointer (&side->titles[i].title, g_ref_string_release);
  g_free (side->titles);
  g_slice_free (KontorRecordSide, side);
}

/**
 * kontor_record_find_custom:
 * @record: a record
 * @field: a custom field
 *
 * Names of custom fields are interned: the same pointer in every snapshot of the schema.
 *
 * Returns: (nullable) (transfer none): its value
 */
KontorRecordCustom *
kontor_record_find_custom (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorRecordSide *side = *kontor_record_get_side (record);

  for (guint i = 0; side != NULL && side->custom != NULL && i < side->custom->len; i++)
    {
      KontorRecordCustom *custom = &g_array_index (side->custom, KontorRecordCustom, i);

      if (custom->field->name == field->name)
        return custom;
    }
  return NULL;
}

/**
 * kontor_record_put_custom:
 * @record: a record
 * @field: a custom field
 * @value: (inout): its value; %NULL afterwards, as the record takes it
 */
void
kontor_record_put_custom (KontorRecord *record, const KontorFieldDef *field, KontorValue *value)
{
  KontorRecordCustom *custom = kontor_record_find_custom (record, field);
  KontorRecordCustom fresh = { field, *value };
  KontorRecordSide *side;

  value->type = KONTOR_VALUE_NULL;
  if (custom != NULL)
    {
      kontor_value_clear (&custom->value);
      *custom = fresh;
      return;
    }
  if (fresh.value.type == KONTOR_VALUE_NULL)
    return;
  side = ensure_side (record);
  if (side->custom == NULL)
    {
      side->custom = g_array_new (FALSE, FALSE, sizeof (KontorRecordCustom));
      g_array_set_clear_func (side->custom, clear_custom);
    }
  g_array_append_val (side->custom, fresh);
}

/**
 * kontor_record_get_extra:
 * @record: a record
 *
 * Returns: (nullable) (transfer none): JSON object of fields a newer version wrote
 */
const char *
kontor_record_get_extra (KontorRecord *record)
{
  const KontorRecordSide *side = *kontor_record_get_side (record);

  return side != NULL ? side->extra : NULL;
}

/**
 * kontor_record_set_extra:
 * @record: a record
 * @json: (nullable): JSON object of fields a newer version wrote
 */
void
kontor_record_set_extra (KontorRecord *record, const char *json)
{
  KontorRecordSide *side = *kontor_record_get_side (record);

  if (json == NULL && side == NULL)
    return;
  side = ensure_side (record);
  if (side->extra == json)
    return;
  g_free (side->extra);
  side->extra = g_strdup (json);
}

static KontorRecordTitle *
find_link_title (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorRecordSide *side = *kontor_record_get_side (record);

  for (guint i = 0; side != NULL && i < side->n_titles; i++)
    if (side->titles[i].field == field || side->titles[i].field->name == field->name)
      return &side->titles[i];
  return NULL;
}

/**
 * kontor_record_get_link_title:
 * @record: a record
 * @field: a link
 *
 * Returns: (nullable) (transfer none): the title of what it links to, where the store gave one
 */
const char *
kontor_record_get_link_title (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorRecordTitle *title = find_link_title (record, field);

  return title != NULL ? title->title : NULL;
}

static void
add_link_title (KontorRecord *record, const KontorFieldDef *field, char *shared)
{
  KontorRecordSide *side = ensure_side (record);

  if (side->n_titles % SOME_LINKS == 0)
    side->titles = g_renew (KontorRecordTitle, side->titles, side->n_titles + SOME_LINKS);
  side->titles[side->n_titles++] = (KontorRecordTitle){ field, shared };
}

/**
 * kontor_record_set_link_title:
 * @record: a record
 * @field: a link
 * @title: (nullable): the title of what it links to
 */
void
kontor_record_set_link_title (KontorRecord *record, const KontorFieldDef *field, const char *title)
{
  KontorRecordTitle *known = find_link_title (record, field);

  if (known == NULL && title != NULL)
    add_link_title (record, field, g_ref_string_new (title));
  else if (known != NULL && g_strcmp0 (known->title, title) != 0)
    {
      g_clear_pointer (&known->title, g_ref_string_release);
      known->title = title != NULL ? g_ref_string_new (title) : NULL;
    }
}

/**
 * kontor_record_share_link_title:
 * @record: a record
 * @field: a link that has no title yet
 * @title: the title of what it links to, of g_ref_string_new(): many records may have it
 */
void
kontor_record_share_link_title (KontorRecord *record, const KontorFieldDef *field, char *title)
{
  g_return_if_fail (find_link_title (record, field) == NULL);

  add_link_title (record, field, g_ref_string_acquire (title));
}

/**
 * kontor_record_begin_child:
 * @owner: a record
 * @type: a type of children it may have
 *
 * Returns: (transfer full): a draft that belongs to @owner
 */
KontorRecord *
kontor_record_begin_child (KontorRecord *owner, const KontorRecordType *type)
{
  KontorRecord *child = kontor_record_new (type, NULL);
  const KontorFieldDef *link = kontor_record_type_find_field (type, type->parent_field);

  kontor_record_set_link (child, link->id, kontor_record_get_id (owner));
  if (link->companion != NULL)
    kontor_record_set_text (child,
                            kontor_record_type_find_field (type, link->companion)->id,
                            kontor_record_get_record_type (owner)->name);
  return child;
}
