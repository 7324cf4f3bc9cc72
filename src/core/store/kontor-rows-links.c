/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What links of records show: the titles of what they lead to, each read once. Some stand in the
 * record itself. */
#include "config.h"

#include "kontor-rows-private.h"

static const KontorRecordType *
find_target_type (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  const KontorFieldDef *companion;
  const char *name;

  if (field->kind == KONTOR_FIELD_LINK)
    return kontor_record_type_by_name (field->target);
  companion = kontor_record_type_find_field (type, field->companion);
  name = companion != NULL ? kontor_record_value_text (record, companion) : NULL;
  return name != NULL ? kontor_record_type_by_name (name) : NULL;
}

/* The title of what a link leads to; NULL: there is no such record. */
static char *
find_link_title (KontorDb *db,
                 KontorRecord *record,
                 const KontorFieldDef *field,
                 const KontorId *id,
                 GHashTable *known)
{
  const KontorRecordType *target;
  g_autofree char *title = NULL;
  gpointer shared;

  if (g_hash_table_lookup_extended (known, id, NULL, &shared))
    return shared;
  target = find_target_type (record, field);
  title = target != NULL ? kontor_rows_dup_title (db, target, id) : NULL;
  shared = title != NULL ? g_ref_string_new (title) : NULL;
  g_hash_table_insert (known, kontor_id_copy (id), shared);
  return shared;
}

static void
fill_titles (KontorDb *db, KontorRecord *record, GHashTable *known)
{
  KontorRowPlan *plan = kontor_rows_plan (db, kontor_record_get_record_type (record));

  for (guint i = 0; i < plan->n_links; i++)
    {
      const KontorRowColumn *column = &plan->columns[plan->links[i]];
      const KontorId *id = kontor_record_value_link (record, column->field);
      const char *beside =
        column->beside != NULL ? kontor_record_value_text (record, column->beside) : NULL;
      char *shared;

      if (id == NULL || kontor_id_is_null (id))
        continue;
      if (beside != NULL)
        {
          kontor_record_set_link_title (record, column->field, beside);
          continue;
        }
      shared = find_link_title (db, record, column->field, id, known);
      if (shared != NULL && kontor_record_get_link_title (record, column->field) == NULL)
        kontor_record_share_link_title (record, column->field, shared);
      else
        kontor_record_set_link_title (record, column->field, shared);
    }
}

static void
release_title (gpointer title)
{
  if (title != NULL)
    g_ref_string_release (title);
}

/**
 * kontor_rows_fill_link_titles:
 * @db: a connection
 * @records: (element-type KontorRecord): records of any types; %NULL elements are passed over
 * @error: (nullable): place for an error
 *
 * Fills in what links of the records show.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_fill_link_titles (KontorDb *db, GPtrArray *records, GError **error)
{
  g_autoptr(GHashTable) known =
    g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, release_title);

  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      fill_titles (db, g_ptr_array_index (records, i), known);
  return TRUE;
}
