/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the log read back into values: what undo, history and as-of reading share. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-wire.h"

static void
clear_log_field (gpointer data)
{
  KontorLogField *field = data;

  kontor_value_clear (&field->now);
  kontor_value_clear (&field->was);
}

static KontorLogField *
find_field (GArray *fields, const KontorFieldDef *def)
{
  KontorLogField *found;

  for (guint i = 0; i < fields->len; i++)
    if (g_array_index (fields, KontorLogField, i).field == def)
      return &g_array_index (fields, KontorLogField, i);
  g_array_set_size (fields, fields->len + 1);
  found = &g_array_index (fields, KontorLogField, fields->len - 1);
  found->field = def;
  return found;
}

/* Fields this schema does not know are passed over: what a newer version wrote, it takes back. */
static gboolean
parse_side (KontorDb *db, KontorLogEntry *entry, const char *json, gboolean was, GError **error)
{
  g_autoptr(GArray) parsed = NULL;

  if (json == NULL)
    return TRUE;
  parsed = kontor_wire_parse_fields (db->schema, entry->type, json, -1, error);
  if (parsed == NULL)
    return FALSE;
  for (guint i = 0; i < parsed->len; i++)
    {
      const KontorWireField *from = &g_array_index (parsed, KontorWireField, i);
      KontorLogField *field;

      if (from->field == NULL)
        continue;
      field = find_field (entry->fields, from->field);
      kontor_value_copy (&from->value, was ? &field->was : &field->now);
    }
  return TRUE;
}

/**
 * kontor_log_entry_read:
 * @db: a connection
 * @stmt: a statement on a row
 * @column: where %KONTOR_LOG_COLUMNS begin
 * @entry: (out caller-allocates): the entry; clear it
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set, or without: the record's type is unknown to this program
 */
gboolean
kontor_log_entry_read (KontorDb *db,
                       sqlite3_stmt *stmt,
                       int column,
                       KontorLogEntry *entry,
                       GError **error)
{
  const char *type = (const char *) sqlite3_column_text (stmt, column + 3);
  const char *was;

  memset (entry, 0, sizeof *entry);
  entry->x = sqlite3_column_int64 (stmt, column);
  entry->i = (guint) sqlite3_column_int (stmt, column + 1);
  entry->type = type != NULL ? kontor_record_type_by_name (type) : NULL;
  if (entry->type == NULL ||
      !kontor_op_kind_from_text ((const char *) sqlite3_column_text (stmt, column + 2),
                                 &entry->kind) ||
      !kontor_db_column_id (stmt, column + 4, &entry->id))
    return FALSE;
  entry->fields = g_array_new (FALSE, TRUE, sizeof (KontorLogField));
  g_array_set_clear_func (entry->fields, clear_log_field);
  was = (const char *) sqlite3_column_text (stmt, column + 6);
  entry->has_was = was != NULL;
  return parse_side (db, entry, was, TRUE, error) &&
         parse_side (db,
                     entry,
                     (const char *) sqlite3_column_text (stmt, column + 5),
                     FALSE,
                     error);
}

/**
 * kontor_log_entry_clear:
 * @entry: an entry that was read, or all zero
 */
void
kontor_log_entry_clear (KontorLogEntry *entry)
{
  g_clear_pointer (&entry->fields, g_array_unref);
}
