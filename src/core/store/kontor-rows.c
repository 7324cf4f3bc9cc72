/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows to records, by the field table: one plan a type with its statements, kept while the schema
 * stays the same. Writing is in kontor-rows-write.c. */
#include "config.h"

#include "kontor-query-private.h"
#include "kontor-rows-private.h"

/* Columns of .select before the fields. */
enum
{
  COLUMN_RID,
  COLUMN_ID,
  COLUMN_REV,
  COLUMN_RIGHTS,
  COLUMN_HID,
  COLUMN_EXTRA,
  N_FIXED_COLUMNS
};

/* Rows that are read by one statement. */
#define FETCH_ROWS 64

typedef struct
{
  KontorRowPlan *plans[256]; /* by type number */
  GHashTable *todo;          /* of kontor-derive-bulk.c: id → what a bulk step leaves to do */
} Rows;

static guint
hash_field_set (gconstpointer data)
{
  const KontorFieldSet *set = data;
  guint64 hash = 0;

  for (guint i = 0; i < KONTOR_MASK_WORDS; i++)
    hash = hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + set->words[i];
  return (guint) (hash ^ hash >> 32);
}

static gboolean
equal_field_sets (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (KontorFieldSet)) == 0;
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static void
free_plan (KontorRowPlan *plan)
{
  if (plan == NULL)
    return;
  sqlite3_finalize (plan->by_id);
  sqlite3_finalize (plan->by_rids);
  sqlite3_finalize (plan->insert);
  sqlite3_finalize (plan->hide);
  sqlite3_finalize (plan->remove);
  sqlite3_finalize (plan->title);
  sqlite3_finalize (plan->exists);
  g_hash_table_unref (plan->finds);
  g_hash_table_unref (plan->ups);
  g_hash_table_unref (plan->updates);
  g_ptr_array_unref (plan->title_fields);
  g_string_free (plan->select, TRUE);
  g_free (plan->columns);
  g_free (plan->links);
  kontor_schema_unref (plan->schema);
  g_free (plan);
}

static void
add_column (KontorRowPlan *plan, const KontorFieldDef *field)
{
  KontorRowColumn *column = &plan->columns[plan->n_columns++];

  column->field = field;
  column->storage = kontor_field_kind_storage (field->kind);
  column->sorted =
    column->storage != KONTOR_STORAGE_NONE && (field->flags & KONTOR_FIELD_SORTED) != 0;
  column->custom = (field->flags & KONTOR_FIELD_CUSTOM) != 0;
  if (column->storage == KONTOR_STORAGE_ID)
    plan->links[plan->n_links++] = (guint16) (plan->n_columns - 1);
  if (field->kind == KONTOR_FIELD_LINK && !column->custom)
    column->beside = kontor_query_find_name_beside (plan->type, field);
  plan->searched |= (field->flags & KONTOR_FIELD_SEARCHED) != 0;
  if ((field->flags & KONTOR_FIELD_TITLE) != 0)
    g_ptr_array_add (plan->title_fields, (gpointer) field);
  if (column->storage != KONTOR_STORAGE_NONE)
    g_string_append_printf (plan->select, ",\"%s\"", field->name);
}

static KontorRowPlan *
make_plan (KontorSchema *schema, const KontorRecordType *type)
{
  KontorRowPlan *plan = g_new0 (KontorRowPlan, 1);
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (schema, type);
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);
  guint n_custom = custom != NULL ? custom->len : 0;

  plan->type = type;
  plan->schema = kontor_schema_ref (schema);
  /* More custom fields than a field set holds can't be made (kontor-schema.c limits them). */
  n_custom = MIN (n_custom, KONTOR_MASK_WORDS * 64 - n_fields);
  plan->columns = g_new0 (KontorRowColumn, n_fields + n_custom);
  plan->links = g_new (guint16, n_fields + n_custom);
  plan->title_fields = g_ptr_array_new ();
  plan->select = g_string_new ("SELECT rid,id,rev,rights,hid,extra");
  plan->finds = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  plan->ups = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  plan->updates =
    g_hash_table_new_full (hash_field_set, equal_field_sets, g_free, finalize_statement);
  for (guint i = 0; i < n_fields; i++)
    add_column (plan, fields[i]);
  for (guint i = 0; i < n_custom; i++)
    add_column (plan, g_ptr_array_index (custom, i));
  g_string_append_printf (plan->select, " FROM \"%s\" ", type->name);
  return plan;
}

static Rows *
ensure_rows (KontorDb *db)
{
  if (G_UNLIKELY (db->rows == NULL))
    db->rows = g_new0 (Rows, 1);
  return db->rows;
}

/**
 * kontor_rows_todo:
 * @db: a connection
 *
 * Returns: (transfer none): ids of records whose computed columns wait for the end of a bulk step
 */
GHashTable *
kontor_rows_todo (KontorDb *db)
{
  Rows *rows = ensure_rows (db);

  if (rows->todo == NULL)
    rows->todo = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  return rows->todo;
}

/**
 * kontor_rows_plan:
 * @db: a connection
 * @type: a record type
 *
 * Returns: (transfer none): the plan for the present schema; valid until that changes
 */
KontorRowPlan *
kontor_rows_plan (KontorDb *db, const KontorRecordType *type)
{
  Rows *rows = ensure_rows (db);
  KontorRowPlan *plan;

  plan = rows->plans[type->number];
  if (G_LIKELY (plan != NULL && plan->schema == db->schema))
    return plan;
  free_plan (plan);
  return rows->plans[type->number] = make_plan (db->schema, type);
}

/**
 * kontor_rows_free:
 * @db: a connection about to be closed
 *
 * Drops all row plans and their statements.
 */
void
kontor_rows_free (KontorDb *db)
{
  Rows *rows = db->rows;

  if (rows == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows->plans); i++)
    free_plan (rows->plans[i]);
  g_clear_pointer (&rows->todo, g_hash_table_unref);
  g_clear_pointer (&db->rows, g_free);
}

/**
 * kontor_row_plan_position:
 * @plan: a plan
 * @field: a field of its type
 *
 * Returns: the field's position in the plan and in field sets
 */
guint
kontor_row_plan_position (const KontorRowPlan *plan, const KontorFieldDef *field)
{
  if (G_LIKELY ((field->flags & KONTOR_FIELD_CUSTOM) == 0))
    return field->index;
  for (guint i = plan->n_columns; i > 0; i--)
    if (plan->columns[i - 1].field == field ||
        (plan->columns[i - 1].custom &&
         g_str_equal (plan->columns[i - 1].field->name, field->name)))
      return i - 1;
  g_return_val_if_reached (0);
}

/**
 * kontor_row_plan_prepare:
 * @db: a connection
 * @place: where the plan keeps the statement
 * @sql: its text, used the first time
 *
 * Returns: (transfer none): the statement, reset; %NULL with @error set
 */
sqlite3_stmt *
kontor_row_plan_prepare (KontorDb *db, sqlite3_stmt **place, const char *sql, GError **error)
{
  int rc;

  if (G_LIKELY (*place != NULL))
    {
      sqlite3_reset (*place);
      return *place;
    }
  rc = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, place, NULL);
  if (rc != SQLITE_OK)
    {
      kontor_db_set_error (db, rc, error);
      return NULL;
    }
  return *place;
}

/* Text is a copy. Only of an integer the type is asked for: the others are NULL where they have no
 * bytes. */
static void
read_value (sqlite3_stmt *stmt, int i, KontorStorage storage, KontorValue *value)
{
  const char *text;

  if (storage == KONTOR_STORAGE_INTEGER && sqlite3_column_type (stmt, i) != SQLITE_NULL)
    {
      value->type = KONTOR_VALUE_INTEGER;
      value->integer = sqlite3_column_int64 (stmt, i);
    }
  else if (storage == KONTOR_STORAGE_TEXT &&
           (text = (const char *) sqlite3_column_text (stmt, i)) != NULL && *text != '\0')
    {
      value->type = KONTOR_VALUE_TEXT;
      value->text = g_strdup (text);
    }
  else if (storage == KONTOR_STORAGE_ID && kontor_db_column_id (stmt, i, &value->id))
    value->type = KONTOR_VALUE_ID;
}

static void
read_column (KontorRecord *record, const KontorRowColumn *column, sqlite3_stmt *stmt, int i)
{
  KontorValue value = KONTOR_VALUE_INIT;

  read_value (stmt, i, column->storage, &value);
  if (value.type == KONTOR_VALUE_NULL)
    return;
  if (G_UNLIKELY (column->custom))
    kontor_record_take_value (record, column->field, &value);
  else
    kontor_record_fill (record, column->field->index, &value);
}

/**
 * kontor_row_plan_read:
 * @plan: a plan
 * @stmt: a statement that starts with its .select, on a row
 *
 * Returns: (transfer full): the row as a record
 */
KontorRecord *
kontor_row_plan_read (const KontorRowPlan *plan, sqlite3_stmt *stmt)
{
  KontorId id = KONTOR_ID_NULL;
  KontorRecord *record;
  int n = N_FIXED_COLUMNS;

  kontor_db_column_id (stmt, COLUMN_ID, &id);
  record = kontor_record_new (plan->type, &id);
  kontor_record_set_row (record,
                         sqlite3_column_int64 (stmt, COLUMN_RID),
                         sqlite3_column_int64 (stmt, COLUMN_REV),
                         sqlite3_column_int (stmt, COLUMN_HID) != 0,
                         (guint) sqlite3_column_int (stmt, COLUMN_RIGHTS));
  if (sqlite3_column_type (stmt, COLUMN_EXTRA) != SQLITE_NULL)
    kontor_record_set_extra (record, (const char *) sqlite3_column_text (stmt, COLUMN_EXTRA));
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].storage != KONTOR_STORAGE_NONE)
      read_column (record, &plan->columns[i], stmt, n++);
  return record;
}

static KontorRecord *
read_one (KontorDb *db,
          const KontorRowPlan *plan,
          sqlite3_stmt *stmt,
          KontorReadFlags flags,
          GError **error)
{
  KontorRecord *record = NULL;
  gboolean row;

  if (kontor_db_step (db, stmt, &row, error) && row &&
      ((flags & KONTOR_READ_TRASHED) != 0 || sqlite3_column_int (stmt, COLUMN_HID) == 0))
    record = kontor_row_plan_read (plan, stmt);
  sqlite3_reset (stmt);
  return record;
}

static sqlite3_stmt *
prepare_where (KontorDb *db,
               KontorRowPlan *plan,
               sqlite3_stmt **place,
               const char *where,
               GError **error)
{
  g_autofree char *sql = NULL;

  if (*place == NULL)
    sql = g_strconcat (plan->select->str, where, NULL);
  return kontor_row_plan_prepare (db, place, sql, error);
}

static gboolean
fill_titles_of_one (KontorDb *db, KontorRecord *record, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, record);
  return kontor_rows_fill_link_titles (db, records, error);
}

/**
 * kontor_rows_get:
 * @db: a connection
 * @type: a record type
 * @id: a record of it
 * @flags: what else to read
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the record; %NULL without @error set: there is none
 */
KontorRecord *
kontor_rows_get (KontorDb *db,
                 const KontorRecordType *type,
                 const KontorId *id,
                 KontorReadFlags flags,
                 GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, type);
  sqlite3_stmt *stmt = prepare_where (db, plan, &plan->by_id, "WHERE id=?", error);
  g_autoptr(KontorRecord) record = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_blob (stmt, 1, id->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  record = read_one (db, plan, stmt, flags, error);
  if (record != NULL && (flags & KONTOR_READ_LINK_TITLES) != 0 &&
      !fill_titles_of_one (db, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

static void
unref_record (gpointer record)
{
  if (record != NULL)
    g_object_unref (record);
}

/* One statement for many rows: it keeps the memory for their columns from row to row. */
static sqlite3_stmt *
prepare_fetch (KontorDb *db, KontorRowPlan *plan, GError **error)
{
  g_autoptr(GString) where = NULL;

  if (plan->by_rids != NULL)
    return kontor_row_plan_prepare (db, &plan->by_rids, NULL, error);
  where = g_string_new ("WHERE rid IN (?");
  for (guint i = 1; i < FETCH_ROWS; i++)
    g_string_append (where, ",?");
  g_string_append_c (where, ')');
  return prepare_where (db, plan, &plan->by_rids, where->str, error);
}

static void
place_record (KontorRecord *record, const gint64 *rids, guint n, gpointer *records)
{
  gint64 rid = kontor_record_get_rid (record);

  for (guint i = 0; i < n; i++)
    if (rids[i] == rid && records[i] == NULL)
      records[i] = g_object_ref (record);
  g_object_unref (record);
}

/* At most FETCH_ROWS. SQLite answers in the order of the rids, not in that of the question. */
static gboolean
fetch_some (KontorDb *db,
            KontorRowPlan *plan,
            const gint64 *rids,
            guint n,
            KontorReadFlags flags,
            gpointer *records, /* (array length=n) */
            GError **error)
{
  sqlite3_stmt *stmt = prepare_fetch (db, plan, error);
  gboolean row, ok;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < FETCH_ROWS; i++)
    if (i < n)
      sqlite3_bind_int64 (stmt, (int) i + 1, rids[i]);
    else
      sqlite3_bind_null (stmt, (int) i + 1);
  while ((ok = kontor_db_step (db, stmt, &row, error)) && row)
    if ((flags & KONTOR_READ_TRASHED) != 0 || sqlite3_column_int (stmt, COLUMN_HID) == 0)
      place_record (kontor_row_plan_read (plan, stmt), rids, n, records);
  sqlite3_reset (stmt);
  return ok;
}

/**
 * kontor_rows_fetch:
 * @db: a connection
 * @type: a record type
 * @rids: rowids
 * @n: how many
 * @flags: what else to read
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable) (element-type KontorRecord): aligned with @rids, %NULL where
 *   a row is gone
 */
GPtrArray *
kontor_rows_fetch (KontorDb *db,
                   const KontorRecordType *type,
                   const gint64 *rids,
                   guint n,
                   KontorReadFlags flags,
                   GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, type);
  g_autoptr(GPtrArray) records = g_ptr_array_new_full (n, unref_record);

  g_ptr_array_set_size (records, (int) n);
  for (guint i = 0; i < n; i += FETCH_ROWS)
    if (!fetch_some (db, plan, rids + i, MIN (FETCH_ROWS, n - i), flags, &records->pdata[i], error))
      return NULL;
  if ((flags & KONTOR_READ_LINK_TITLES) != 0 && !kontor_rows_fill_link_titles (db, records, error))
    return NULL;
  return g_steal_pointer (&records);
}

static sqlite3_stmt *
prepare_find (KontorDb *db,
              KontorRowPlan *plan,
              const KontorFieldDef *link,
              KontorReadFlags flags,
              GError **error)
{
  gboolean trashed = (flags & KONTOR_READ_TRASHED) != 0;
  /* fields are at least pointer aligned, which leaves the lowest bit for the variant */
  gpointer key = (guint8 *) (gpointer) link + trashed;
  sqlite3_stmt *stmt = g_hash_table_lookup (plan->finds, key);
  g_autofree char *where = NULL;

  if (stmt == NULL)
    where =
      g_strdup_printf ("WHERE \"%s\"=?%s ORDER BY rid", link->name, trashed ? "" : " AND hid=0");
  if (stmt == NULL && prepare_where (db, plan, &stmt, where, error) != NULL)
    g_hash_table_insert (plan->finds, key, stmt);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return stmt;
}

/**
 * kontor_rows_find:
 * @db: a connection
 * @type: a record type
 * @link: a link of it
 * @target: what it links to
 * @flags: what else to read
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable) (element-type KontorRecord): the records, oldest first
 */
GPtrArray *
kontor_rows_find (KontorDb *db,
                  const KontorRecordType *type,
                  const KontorFieldDef *link,
                  const KontorId *target,
                  KontorReadFlags flags,
                  GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (db, type);
  sqlite3_stmt *stmt = prepare_find (db, plan, link, flags, error);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row = FALSE, ok;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_blob (stmt, 1, target->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  while ((ok = kontor_db_step (db, stmt, &row, error)) && row)
    g_ptr_array_add (records, kontor_row_plan_read (plan, stmt));
  sqlite3_reset (stmt);
  if (!ok)
    return NULL;
  if ((flags & KONTOR_READ_LINK_TITLES) != 0 && !kontor_rows_fill_link_titles (db, records, error))
    return NULL;
  return g_steal_pointer (&records);
}

static sqlite3_stmt *
prepare_title (KontorDb *db, KontorRowPlan *plan, GError **error)
{
  g_autoptr(GString) sql = NULL;

  if (plan->title == NULL)
    {
      sql = g_string_new ("SELECT rid");
      for (guint i = 0; i < plan->title_fields->len; i++)
        {
          const KontorFieldDef *field = g_ptr_array_index (plan->title_fields, i);

          g_string_append_printf (sql, ",\"%s\"", field->name);
        }
      g_string_append_printf (sql, " FROM \"%s\" WHERE id=?", plan->type->name);
    }
  return kontor_row_plan_prepare (db, &plan->title, sql != NULL ? sql->str : NULL, error);
}

/* Of types without a title of their own, and where it is empty: a note is called by its first line.
 */
static char *
dup_whole_title (KontorDb *db, const KontorRecordType *type, const KontorId *id)
{
  g_autoptr(KontorRecord) record = kontor_rows_get (db, type, id, KONTOR_READ_TRASHED, NULL);

  return record != NULL ? kontor_record_dup_title (record) : NULL;
}

/**
 * kontor_rows_dup_title:
 * @db: a connection
 * @type: a record type
 * @id: a record of it, in the trash or not
 *
 * Returns: (transfer full) (nullable): the record's title; %NULL if there is no such record
 */
char *
kontor_rows_dup_title (KontorDb *db, const KontorRecordType *type, const KontorId *id)
{
  KontorRowPlan *plan = kontor_rows_plan (db, type);
  g_autoptr(KontorRecord) record = NULL;
  sqlite3_stmt *stmt;
  g_autofree char *title = NULL;

  if (plan->title_fields->len == 0)
    return dup_whole_title (db, type, id);
  stmt = prepare_title (db, plan, NULL);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_blob (stmt, 1, id->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      /* Nearly all types have one title field: no record is needed for it. */
      if (plan->title_fields->len == 1 && sqlite3_column_type (stmt, 1) == SQLITE_TEXT &&
          sqlite3_column_bytes (stmt, 1) > 0)
        {
          title = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
          sqlite3_reset (stmt);
          return g_steal_pointer (&title);
        }
      record = kontor_record_new (type, id);
      for (guint i = 0; i < plan->title_fields->len; i++)
        read_column (record,
                     &plan->columns[kontor_row_plan_position (plan,
                                                              g_ptr_array_index (plan->title_fields,
                                                                                 i))],
                     stmt,
                     (int) i + 1);
    }
  sqlite3_reset (stmt);
  if (record == NULL)
    return NULL;
  title = kontor_record_dup_title (record);
  return *title != '\0' ? g_steal_pointer (&title) : dup_whole_title (db, type, id);
}
