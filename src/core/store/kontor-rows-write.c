/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records to rows: values are bound straight from the record, sort keys folded on the way. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-rows-private.h"

static void
bind_text (sqlite3_stmt *stmt, int i, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (stmt, i, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (stmt, i);
}

/* Binds a field and its sort key; returns the next free position. Text stays the record's. */
static int
bind_column (sqlite3_stmt *stmt, int i, const KontorRowColumn *column, KontorRecord *record)
{
  const KontorFieldDef *field = column->field;
  const char *text;
  const KontorId *id;

  if (column->storage == KONTOR_STORAGE_INTEGER)
    {
      if (kontor_record_value_is_null (record, field))
        sqlite3_bind_null (stmt, i);
      else
        sqlite3_bind_int64 (stmt, i, kontor_record_value_integer (record, field));
      return i + 1;
    }
  if (column->storage == KONTOR_STORAGE_ID)
    {
      id = kontor_record_value_link (record, field);
      if (id == NULL || kontor_id_is_null (id))
        sqlite3_bind_null (stmt, i);
      else
        sqlite3_bind_blob (stmt, i, id->b, KONTOR_ID_SIZE, SQLITE_STATIC);
      return i + 1;
    }
  text = kontor_record_value_text (record, field);
  bind_text (stmt, i++, text);
  if (!column->sorted)
    return i;
  if (text != NULL)
    sqlite3_bind_text (stmt, i, kontor_fold_sort (text), -1, g_free);
  else
    sqlite3_bind_null (stmt, i);
  return i + 1;
}

static void
append_placeholder (GString *columns, GString *values, const char *name, const char *suffix)
{
  g_string_append_printf (columns, ",\"%s%s\"", name, suffix);
  g_string_append (values, ",?");
}

static sqlite3_stmt *
prepare_insert (KontorDb *db, KontorRowPlan *plan, GError **error)
{
  g_autoptr(GString) columns = NULL;
  g_autoptr(GString) values = NULL;

  if (plan->insert != NULL)
    return kontor_row_plan_prepare (db, &plan->insert, NULL, error);
  columns = g_string_new (NULL);
  values = g_string_new (NULL);
  g_string_printf (columns, "INSERT INTO \"%s\"(id,rev,rights,hid,extra", plan->type->name);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      if (plan->columns[i].storage == KONTOR_STORAGE_NONE)
        continue;
      append_placeholder (columns, values, plan->columns[i].field->name, "");
      if (plan->columns[i].sorted)
        append_placeholder (columns, values, plan->columns[i].field->name, "__s");
    }
  g_string_append_printf (columns, ")VALUES(?,?,?,?,?%s)", values->str);
  return kontor_row_plan_prepare (db, &plan->insert, columns->str, error);
}

/**
 * kontor_rows_insert:
 * @db: a connection in a transaction
 * @record: a record that has no row yet
 * @error: (nullable): place for an error
 *
 * Writes the record and sets its rowid.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_insert (KontorDb *db, KontorRecord *record, GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, kontor_record_get_record_type (record));
  sqlite3_stmt *stmt = prepare_insert (db, plan, error);
  gboolean trashed = kontor_record_is_trashed (record);
  guint rights = kontor_record_get_rights (record);
  gint64 rev = kontor_record_get_rev (record);
  int next = 6;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, kontor_record_get_id (record)->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, rev);
  sqlite3_bind_int64 (stmt, 3, rights);
  sqlite3_bind_int (stmt, 4, trashed);
  bind_text (stmt, 5, kontor_record_get_extra (record));
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].storage != KONTOR_STORAGE_NONE)
      next = bind_column (stmt, next, &plan->columns[i], record);
  if (!kontor_db_run (db, stmt, error))
    return FALSE;
  kontor_record_set_row (record, sqlite3_last_insert_rowid (db->handle), rev, trashed, rights);
  return TRUE;
}

static sqlite3_stmt *
prepare_update (KontorDb *db, KontorRowPlan *plan, const KontorFieldSet *fields, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (plan->updates, fields);
  g_autoptr(GString) sql = NULL;
  const char *separator = " SET ";

  if (stmt != NULL)
    return kontor_row_plan_prepare (db, &stmt, NULL, error);
  sql = g_string_new (NULL);
  g_string_printf (sql, "UPDATE \"%s\"", plan->type->name);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      const char *name = plan->columns[i].field->name;

      if (!kontor_field_set_has (fields, i))
        continue;
      g_string_append_printf (sql, "%s\"%s\"=?", separator, name);
      separator = ",";
      if (plan->columns[i].sorted)
        g_string_append_printf (sql, ",\"%s__s\"=?", name);
    }
  g_string_append (sql, " WHERE rid=?");
  if (kontor_row_plan_prepare (db, &stmt, sql->str, error) != NULL)
    g_hash_table_insert (plan->updates, g_memdup2 (fields, sizeof *fields), stmt);
  return stmt;
}

/**
 * kontor_rows_update_set:
 * @db: a connection in a transaction
 * @record: a record with a row
 * @fields: the fields to write
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_update_set (KontorDb *db,
                        KontorRecord *record,
                        const KontorFieldSet *fields,
                        GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, kontor_record_get_record_type (record));
  KontorFieldSet stored = { { 0 } };
  sqlite3_stmt *stmt;
  int next = 1;

  for (guint i = 0; i < plan->n_columns; i++)
    if (kontor_field_set_has (fields, i) && plan->columns[i].storage != KONTOR_STORAGE_NONE)
      kontor_field_set_add (&stored, i);
  if (kontor_field_set_is_empty (&stored))
    return TRUE;
  stmt = prepare_update (db, plan, &stored, error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < plan->n_columns; i++)
    if (kontor_field_set_has (&stored, i))
      next = bind_column (stmt, next, &plan->columns[i], record);
  sqlite3_bind_int64 (stmt, next, kontor_record_get_rid (record));
  return kontor_db_run (db, stmt, error);
}

/**
 * kontor_rows_update:
 * @db: a connection in a transaction
 * @record: a record with a row
 * @fields: (nullable) (array length=n_fields): the fields to write; %NULL for all
 * @n_fields: how many
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_update (KontorDb *db,
                    KontorRecord *record,
                    const KontorFieldDef *const *fields,
                    guint n_fields,
                    GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, kontor_record_get_record_type (record));
  KontorFieldSet set = { { 0 } };

  for (guint i = 0; fields != NULL && i < n_fields; i++)
    kontor_field_set_add (&set, kontor_row_plan_position (plan, fields[i]));
  for (guint i = 0; fields == NULL && i < plan->n_columns; i++)
    kontor_field_set_add (&set, i);
  return kontor_rows_update_set (db, record, &set, error);
}

/**
 * kontor_rows_set_hidden:
 * @db: a connection in a transaction
 * @record: a record with a row
 * @hidden: whether it is in the trash (a membership: switched off)
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_set_hidden (KontorDb *db, KontorRecord *record, gboolean hidden, GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, kontor_record_get_record_type (record));
  g_autofree char *sql = NULL;
  sqlite3_stmt *stmt;

  if (plan->hide == NULL)
    sql = g_strdup_printf ("UPDATE \"%s\" SET hid=? WHERE rid=?", plan->type->name);
  stmt = kontor_row_plan_prepare (db, &plan->hide, sql, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, hidden);
  sqlite3_bind_int64 (stmt, 2, kontor_record_get_rid (record));
  if (!kontor_db_run (db, stmt, error))
    return FALSE;
  kontor_record_set_row (record,
                         kontor_record_get_rid (record),
                         kontor_record_get_rev (record),
                         hidden,
                         kontor_record_get_rights (record));
  return TRUE;
}

/**
 * kontor_rows_delete:
 * @db: a connection in a transaction
 * @type: a record type
 * @rid: a row of it
 * @error: (nullable): place for an error
 *
 * Erases a row.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_delete (KontorDb *db, const KontorRecordType *type, gint64 rid, GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, type);
  g_autofree char *sql = NULL;
  sqlite3_stmt *stmt;

  if (plan->remove == NULL)
    sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE rid=?", type->name);
  stmt = kontor_row_plan_prepare (db, &plan->remove, sql, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rid);
  return kontor_db_run (db, stmt, error);
}

/**
 * kontor_rows_update_where:
 * @db: a connection in a transaction
 * @type: a record type
 * @field: a text field of it
 * @text: (nullable): its new value
 * @link: a link of it
 * @target: what the link names in the records to change
 * @error: (nullable): place for an error
 *
 * Sets one field of all live records that link to @target.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_rows_update_where (KontorDb *db,
                          const KontorRecordType *type,
                          const KontorFieldDef *field,
                          const char *text,
                          const KontorFieldDef *link,
                          const KontorId *target,
                          GError **error)
{
  gboolean sorted = (field->flags & KONTOR_FIELD_SORTED) != 0;
  g_autofree char *sort_key = sorted && text != NULL ? kontor_fold_sort (text) : NULL;
  sqlite3_stmt *stmt =
    kontor_db_prepare_printf (db,
                              error,
                              "UPDATE \"%s\" SET \"%s\"=?1%s%s%s WHERE \"%s\"=?2 AND hid=0",
                              type->name,
                              field->name,
                              sorted ? ",\"" : "",
                              sorted ? field->name : "",
                              sorted ? "__s\"=?3" : "",
                              link->name);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, text);
  sqlite3_bind_blob (stmt, 2, target->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  if (sorted)
    bind_text (stmt, 3, sort_key);
  return kontor_db_run (db, stmt, error);
}
