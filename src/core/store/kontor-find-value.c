/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records by the exact value of one field, as imports ask: through the index where there is one. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-workspace-private.h"

static sqlite3_stmt *
prepare_find (KontorDb *db,
              const KontorRecordType *type,
              const KontorFieldDef *field,
              const KontorValue *value,
              GError **error)
{
  const char *key = (field->flags & KONTOR_FIELD_SORTED) != 0 ? "__s" : "";

  if (value->type == KONTOR_VALUE_NULL)
    return kontor_db_prepare_printf (db,
                                     error,
                                     "SELECT rid FROM \"%s\" WHERE \"%s\" IS NULL AND hid=0 "
                                     "ORDER BY rid LIMIT ?2",
                                     type->name,
                                     field->name);
  /* "+rid": else the order would be taken from the table, by reading all of it. */
  return kontor_db_prepare_printf (db,
                                   error,
                                   "SELECT rid FROM \"%s\" WHERE \"%s%s\"=?1 AND hid=0 "
                                   "ORDER BY +rid LIMIT ?2",
                                   type->name,
                                   field->name,
                                   key);
}

static void
bind_value (sqlite3_stmt *stmt, const KontorFieldDef *field, const KontorValue *value)
{
  switch (value->type)
    {
    case KONTOR_VALUE_INTEGER:
      sqlite3_bind_int64 (stmt, 1, value->integer);
      break;
    case KONTOR_VALUE_ID:
      kontor_db_bind_id (stmt, 1, &value->id);
      break;
    case KONTOR_VALUE_TEXT:
      if ((field->flags & KONTOR_FIELD_SORTED) != 0)
        sqlite3_bind_text (stmt, 1, kontor_fold_sort (value->text), -1, g_free);
      else
        sqlite3_bind_text (stmt, 1, value->text, -1, SQLITE_TRANSIENT);
      break;
    case KONTOR_VALUE_NULL:
    default:
      break;
    }
}

static GArray *
read_rids (KontorDb *db, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = TRUE;

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
  return g_steal_pointer (&rids);
}

/**
 * kontor_rows_find_by_value:
 * @db: a connection
 * @type: type of the records
 * @field: a stored field of it
 * @value: the value
 * @limit: at most so many; 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorRecord) (nullable): the records outside the trash,
 *   oldest first, or %NULL with @error set
 */
GPtrArray *
kontor_rows_find_by_value (KontorDb *db,
                           const KontorRecordType *type,
                           const KontorFieldDef *field,
                           const KontorValue *value,
                           guint limit,
                           GError **error)
{
  sqlite3_stmt *stmt = prepare_find (db, type, field, value, error);
  g_autoptr(GArray) rids = NULL;

  if (stmt == NULL)
    return NULL;
  bind_value (stmt, field, value);
  sqlite3_bind_int64 (stmt, 2, limit > 0 ? (gint64) limit : -1);
  rids = read_rids (db, stmt, error);
  if (rids == NULL)
    return NULL;
  return kontor_rows_fetch (db,
                            type,
                            (const gint64 *) (gpointer) rids->data,
                            rids->len,
                            KONTOR_READ_DEFAULT,
                            error);
}
