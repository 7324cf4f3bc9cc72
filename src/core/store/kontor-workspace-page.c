/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything a record page shows, of one state of the file: the record, its children by type, its
 * tags, its newest activities. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-workspace-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  const KontorRecordType *type;
  KontorId id;
  guint activity_limit;
} PageRequest;

/**
 * kontor_page_data_free:
 * @data: (nullable): what a record page shows
 */
void
kontor_page_data_free (KontorPageData *data)
{
  if (data == NULL)
    return;
  g_clear_object (&data->record);
  g_clear_pointer (&data->children, g_hash_table_unref);
  g_clear_pointer (&data->tags, g_ptr_array_unref);
  g_clear_pointer (&data->activities, g_ptr_array_unref);
  g_free (data);
}

static gboolean
may_belong_to (const KontorRecordType *child, const KontorRecordType *type)
{
  const KontorFieldDef *parent;

  if ((child->flags & KONTOR_TYPE_CHILD) == 0 || child->parent_field == NULL)
    return FALSE;
  parent = kontor_record_type_find_field (child, child->parent_field);
  return parent->kind == KONTOR_FIELD_LINK_ANY || g_strcmp0 (parent->target, type->name) == 0;
}

static gboolean
add_children (KontorDb *db, KontorPageData *page, const PageRequest *request, GError **error)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *child = kontor_record_type_nth (i);
      GPtrArray *records;

      if (!may_belong_to (child, request->type))
        continue;
      records = kontor_rows_find (db,
                                  child,
                                  kontor_record_type_find_field (child, child->parent_field),
                                  &request->id,
                                  KONTOR_READ_LINK_TITLES,
                                  error);
      if (records == NULL)
        return FALSE;
      g_hash_table_insert (page->children, (gpointer) child->name, records);
    }
  return TRUE;
}

static gboolean
append_found (KontorDb *db,
              GPtrArray *records,
              const KontorRecordType *type,
              const char *link,
              const KontorId *id,
              GError **error)
{
  g_autoptr(GPtrArray) found = kontor_rows_find (db,
                                                  type,
                                                  kontor_record_type_find_field (type, link),
                                                  id,
                                                  KONTOR_READ_LINK_TITLES,
                                                  error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (records, g_object_ref (g_ptr_array_index (found, i)));
  return TRUE;
}

/* Relations in both directions. One of a party to itself is found twice. */
static gboolean
add_relations (KontorDb *db, KontorPageData *page, const PageRequest *request, GError **error)
{
  const KontorRecordType *type = kontor_record_type_by_name ("party_relation");
  GPtrArray *records;

  if (type == NULL || (request->type->flags & KONTOR_TYPE_PARTY) == 0)
    return TRUE;
  records = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (page->children, (gpointer) type->name, records);
  return append_found (db, records, type, "left", &request->id, error) &&
         append_found (db, records, type, "right", &request->id, error);
}

/* Organisations it is part of, or that are part of it: the one above first. */
static gboolean
add_structure (KontorDb *db, KontorPageData *page, const PageRequest *request, GError **error)
{
  const KontorFieldDef *link = kontor_record_type_find_field (request->type, "parent");
  GPtrArray *records;
  const KontorId *parent;
  KontorRecord *above;

  if (link == NULL || (request->type->flags & KONTOR_TYPE_PARTY) == 0)
    return TRUE;
  records = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (page->children, (gpointer) request->type->name, records);
  parent = kontor_record_value_link (page->record, link);
  above = parent != NULL ? kontor_rows_get (db, request->type, parent, 0, NULL) : NULL;
  if (above != NULL)
    g_ptr_array_add (records, above);
  return append_found (db, records, request->type, link->name, &request->id, error);
}

static GPtrArray *
fetch_by_statement (KontorDb *db,
                    const KontorRecordType *type,
                    sqlite3_stmt *stmt,
                    const PageRequest *request,
                    GError **error)
{
  g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  kontor_db_bind_id (stmt, 1, &request->id);
  sqlite3_bind_int64 (stmt, 2, request->activity_limit);
  while (row)
    {
      gint64 rid;

      if (!kontor_db_step (db, stmt, &row, error))
        return NULL;
      rid = row ? sqlite3_column_int64 (stmt, 0) : 0;
      if (row)
        g_array_append_val (rids, rid);
    }
  sqlite3_reset (stmt);
  return kontor_rows_fetch (db,
                            type,
                            (const gint64 *) (gpointer) rids->data,
                            rids->len,
                            KONTOR_READ_LINK_TITLES,
                            error);
}

/* Memberships of a person in an organisation hang on the person; the organisation's page shows them
 * too. Of very many the first: all are in its org chart. */
static gboolean
add_people (KontorDb *db, KontorPageData *page, const PageRequest *request, GError **error)
{
  const KontorRecordType *type = kontor_record_type_by_name ("account_contact");
  sqlite3_stmt *stmt;
  GPtrArray *records;

  if (type == NULL || strcmp (request->type->name, "account") != 0)
    return TRUE;
  stmt = kontor_db_prepare (db,
                            "SELECT rid FROM account_contact WHERE account=?1 AND hid=0 AND ?2>=0 "
                            "ORDER BY rid LIMIT 1000",
                            error);
  records = fetch_by_statement (db, type, stmt, request, error);
  if (records == NULL)
    return FALSE;
  g_hash_table_insert (page->children, (gpointer) type->name, records);
  return TRUE;
}

static gboolean
add_tags (KontorDb *db, KontorPageData *page, const PageRequest *request, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT t.rid FROM tag_link l JOIN tag t ON t.id=l.tag WHERE l.target=?1 "
                       "AND "
                       "l.hid=0 AND l.\"on\"=1 AND t.hid=0 AND ?2>=0 ORDER BY t.name__s",
                       error);

  page->tags = fetch_by_statement (db, kontor_record_type_by_name ("tag"), stmt, request, error);
  return page->tags != NULL;
}

/* One range of the index (target, at), newest first. */
static gboolean
add_activities (KontorDb *db, KontorPageData *page, const PageRequest *request, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT a.rid FROM activity_link l JOIN activity a ON a.id=l.activity WHERE "
                       "l.target=?1 AND l.hid=0 AND l.\"on\"=1 AND a.hid=0 ORDER BY l.at DESC,"
                       "l.rid DESC LIMIT ?2",
                       error);

  page->activities =
    fetch_by_statement (db, kontor_record_type_by_name ("activity"), stmt, request, error);
  return page->activities != NULL;
}

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

static gpointer
page_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const PageRequest *request = data;
  g_autoptr(KontorPageData) page = g_new0 (KontorPageData, 1);
  GError *local_error = NULL;

  page->children = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_array);
  page->record = kontor_rows_get (db,
                                  request->type,
                                  &request->id,
                                  KONTOR_READ_LINK_TITLES | KONTOR_READ_TRASHED,
                                  &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (page->record == NULL)
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_NOT_FOUND,
                        _("There is no such record (%s)."),
                        kontor_record_type_get_label (request->type));
      return NULL;
    }
  if (!add_children (db, page, request, error) || !add_people (db, page, request, error) ||
      !add_relations (db, page, request, error) || !add_structure (db, page, request, error) ||
      !add_tags (db, page, request, error) || !add_activities (db, page, request, error))
    return NULL;
  return g_steal_pointer (&page);
}

/**
 * kontor_workspace_read_page:
 * @self: a workspace
 * @type: type of a record
 * @id: its id
 * @activity_limit: at most so many activities
 * @error: (nullable): place for an error
 *
 * Reads everything a record page shows. The record may be in the trash.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with @error set
 */
KontorPageData *
kontor_workspace_read_page (KontorWorkspace *self,
                            const KontorRecordType *type,
                            const KontorId *id,
                            guint activity_limit,
                            GError **error)
{
  PageRequest request = { type, *id, activity_limit };

  return kontor_workspace_run (self,
                               KONTOR_LANE_READ,
                               KONTOR_PRIORITY_PERSON,
                               page_on_reader,
                               &request,
                               NULL,
                               error);
}

static void
free_page (gpointer page)
{
  kontor_page_data_free (page);
}

/**
 * kontor_workspace_read_page_async:
 * @self: a workspace
 * @type: type of a record
 * @id: its id
 * @activity_limit: at most so many activities
 * @cancellable: (nullable): to break off
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
kontor_workspace_read_page_async (KontorWorkspace *self,
                                  const KontorRecordType *type,
                                  const KontorId *id,
                                  guint activity_limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  PageRequest *request = g_new0 (PageRequest, 1);

  *request = (PageRequest){ type, *id, activity_limit };
  kontor_workspace_run_async (self,
                              KONTOR_LANE_READ,
                              KONTOR_PRIORITY_PERSON,
                              page_on_reader,
                              request,
                              g_free,
                              free_page,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_read_page_finish:
 * @self: a workspace
 * @result: of kontor_workspace_read_page_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): as kontor_workspace_read_page()
 */
KontorPageData *
kontor_workspace_read_page_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}
