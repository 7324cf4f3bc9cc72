/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connection knows of its workspace: custom fields, pick lists and layouts, who the user is
 * and what he may, country and currency. Read anew when any connection, of any process, changed it.
 */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-error.h"
#include <string.h>

static const char *
column_text (sqlite3_stmt *stmt, int i)
{
  return (const char *) sqlite3_column_text (stmt, i);
}

static gboolean
column_flag (sqlite3_stmt *stmt, int i, KontorFieldFlags flag)
{
  return sqlite3_column_int (stmt, i) != 0 ? flag : 0;
}

static void
add_custom_field (KontorSchema *schema, sqlite3_stmt *stmt)
{
  g_autoptr(GError) error = NULL;
  KontorFieldFlags flags = KONTOR_FIELD_CUSTOM;
  KontorFieldKind kind;
  KontorId id;

  if (!kontor_db_column_id (stmt, 0, &id) || column_text (stmt, 1) == NULL ||
      column_text (stmt, 2) == NULL || column_text (stmt, 3) == NULL ||
      !kontor_field_kind_from_name (column_text (stmt, 3), &kind))
    return;
  flags |= column_flag (stmt, 6, KONTOR_FIELD_REQUIRED);
  flags |= column_flag (stmt, 7, KONTOR_FIELD_IN_LIST);
  flags |= column_flag (stmt, 8, KONTOR_FIELD_SEARCHED);
  flags |= column_flag (stmt, 9, KONTOR_FIELD_HIDDEN);
  /* One that makes no sense, from a newer program or a damaged row, must not keep the file shut. */
  if (kontor_schema_add_custom_field (schema,
                                      column_text (stmt, 1),
                                      &id,
                                      column_text (stmt, 2),
                                      kind,
                                      flags,
                                      column_text (stmt, 4),
                                      column_text (stmt, 5),
                                      column_text (stmt, 10),
                                      &error) == NULL)
    g_message ("Custom field left out: %s", error != NULL ? error->message : "not understood");
}

static gboolean
read_custom_fields (KontorDb *db, KontorSchema *schema, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT id,type,label,kind,pick,target,required,in_list,searched,hidden,help"
                       " FROM custom_field WHERE hid=0 ORDER BY position,rid",
                       error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (row)
        add_custom_field (schema, stmt);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/* One in the trash is no longer offered, but still has its label where it was chosen; one that is
 * not goes before it. */
static gboolean
read_pick_lists (KontorDb *db, KontorSchema *schema, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT list,code,label,position,color,"
                                          "coalesce(inactive,0)<>0 OR hid<>0 FROM pick_list "
                                          "ORDER BY hid=0,list,position,rid",
                                          error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (row && column_text (stmt, 0) != NULL && column_text (stmt, 1) != NULL)
        kontor_schema_add_pick_value (schema,
                                      column_text (stmt, 0),
                                      column_text (stmt, 1),
                                      column_text (stmt, 2) != NULL ? column_text (stmt, 2)
                                                                    : column_text (stmt, 1),
                                      sqlite3_column_int (stmt, 3),
                                      column_text (stmt, 4),
                                      sqlite3_column_int (stmt, 5) == 0);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/* One that is not understood must not keep the file shut: the usual one is shown. */
static void
add_layout (KontorSchema *schema, sqlite3_stmt *stmt)
{
  const KontorRecordType *type = kontor_record_type_by_name (column_text (stmt, 0));
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorLayout) layout = NULL;

  if (type == NULL || column_text (stmt, 1) == NULL)
    return;
  layout = kontor_layout_parse (column_text (stmt, 2), &error);
  if (layout != NULL)
    kontor_schema_set_layout (schema, type, column_text (stmt, 1), layout);
  else
    g_message ("Layout of %s left out: %s", type->name, error->message);
}

static gboolean
has_layouts (KontorDb *db)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT 1 FROM sqlite_schema WHERE name='layout'", NULL);
  gboolean row = FALSE;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, NULL))
    return FALSE;
  sqlite3_reset (stmt);
  return row;
}

/* That of the user's role goes before that for everybody, an older one before a newer one: two
 * devices may have made one each. A file of version 1 that can't be written has none. */
static gboolean
read_layouts (KontorDb *db, KontorSchema *schema, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  if (!has_layouts (db))
    return TRUE;
  stmt = kontor_db_prepare (db,
                            "SELECT type,place,definition FROM layout WHERE hid=0 AND"
                            " (role IS NULL OR role=(SELECT role FROM \"user\" WHERE id=?))"
                            " ORDER BY role IS NOT NULL,id DESC",
                            error);
  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, &db->user);
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (row)
        add_layout (schema, stmt);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

static void
read_id_meta (KontorDb *db, const char *key, KontorId *id)
{
  g_autofree char *text = kontor_db_dup_meta (db, key);

  if (text == NULL || !kontor_id_parse (text, id))
    *id = KONTOR_ID_NULL;
}

static void
read_settings (KontorDb *db)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT country,currency FROM workspace_settings WHERE hid=0 LIMIT 1",
                       NULL);
  gboolean row;

  db->country[0] = db->currency[0] = '\0';
  if (stmt == NULL || !kontor_db_step (db, stmt, &row, NULL))
    return;
  if (row && column_text (stmt, 0) != NULL)
    g_strlcpy (db->country, column_text (stmt, 0), sizeof db->country);
  if (row && column_text (stmt, 1) != NULL)
    g_strlcpy (db->currency, column_text (stmt, 1), sizeof db->currency);
  sqlite3_reset (stmt);
}

/* The role's one JSON field holds what it may. */
static const char *
grants_column (void)
{
  const KontorRecordType *role = kontor_record_type_by_name ("role");
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (role, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (fields[i]->kind == KONTOR_FIELD_JSON)
      return fields[i]->name;
  return NULL;
}

/* A user without a role has every right: the one made at the beginning can't lock himself out. */
static void
read_access (KontorDb *db)
{
  const char *column = grants_column ();
  sqlite3_stmt *stmt;
  g_autoptr(GError) error = NULL;
  KontorAccess access;
  gboolean row;

  kontor_access_init_all (&db->access);
  if (column == NULL)
    return;
  stmt = kontor_db_prepare_printf (db,
                                   NULL,
                                   "SELECT r.\"%s\" FROM \"user\" u JOIN \"role\" r ON "
                                   "r.id=u.role WHERE u.id=? AND r.hid=0",
                                   column);
  if (stmt == NULL)
    return;
  kontor_db_bind_id (stmt, 1, &db->user);
  if (!kontor_db_step (db, stmt, &row, NULL))
    return;
  if (row && sqlite3_column_type (stmt, 0) == SQLITE_TEXT)
    {
      if (kontor_access_parse (column_text (stmt, 0), &access, &error))
        db->access = access;
      else
        g_message ("Rights of the role are not understood: %s", error->message);
    }
  sqlite3_reset (stmt);
}

/* Where these few pages are damaged, the rest can still be read. */
static gboolean
read_lists (KontorDb *db, KontorSchema *schema, GError **error)
{
  g_autoptr(GError) local_error = NULL;

  if (read_custom_fields (db, schema, &local_error) && read_pick_lists (db, schema, &local_error) &&
      read_layouts (db, schema, &local_error))
    return TRUE;
  if (kontor_error_is (local_error, KONTOR_ERROR_CORRUPT))
    {
      g_message ("%s", local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
load (KontorDb *db, GError **error)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  gint64 generation = kontor_db_get_meta_integer (db, "schema_generation", 0);

  read_id_meta (db, "user", &db->user);
  if (!read_lists (db, schema, error))
    return FALSE;
  g_clear_pointer (&db->schema, kontor_schema_unref);
  db->schema = g_steal_pointer (&schema);
  db->generation = generation;
  read_id_meta (db, "device", &db->device);
  read_settings (db);
  read_access (db);
  return TRUE;
}

/**
 * kontor_db_load_schema:
 * @db: a connection
 * @error: (nullable): place for an error
 *
 * Reads custom fields, pick lists, layouts, the user and the settings. Within a writing transaction
 * it is taken to mean that the transaction changed them: all other connections read them anew once
 * it is committed.
 *
 * Returns: %FALSE with @error set; what was known before stays then
 */
gboolean
kontor_db_load_schema (KontorDb *db, GError **error)
{
  if (sqlite3_txn_state (db->handle, "main") == SQLITE_TXN_WRITE)
    {
      gint64 generation = kontor_db_get_meta_integer (db, "schema_generation", 0);

      if (!kontor_db_set_meta_integer (db, "schema_generation", generation + 1, error))
        return FALSE;
    }
  return load (db, error);
}

/**
 * kontor_db_renew_schema:
 * @db: a connection
 * @error: (nullable): place for an error
 *
 * Reads the schema anew if another connection changed it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_db_renew_schema (KontorDb *db, GError **error)
{
  if (db->generation >= 0 &&
      kontor_db_get_meta_integer (db, "schema_generation", 0) == db->generation)
    return TRUE;
  return load (db, error);
}
