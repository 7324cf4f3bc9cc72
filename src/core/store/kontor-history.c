/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log for people: steps, what happened to a record, and the record as it was. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-validate.h"
#include "kontor-schema-activity.h"

/**
 * kontor_step_info_free:
 * @info: (transfer full): a step's description
 */
void
kontor_step_info_free (KontorStepInfo *info)
{
  g_free (info->label);
  g_free (info->user_name);
  g_free (info->first_title);
  g_free (info);
}

static void
clear_history_field (gpointer data)
{
  KontorHistoryField *field = data;

  kontor_value_clear (&field->was);
  kontor_value_clear (&field->now);
  g_free (field->was_text);
  g_free (field->now_text);
}

/**
 * kontor_history_entry_free:
 * @entry: (transfer full): an entry
 */
void
kontor_history_entry_free (KontorHistoryEntry *entry)
{
  g_free (entry->label);
  g_free (entry->user_name);
  g_clear_pointer (&entry->fields, g_array_unref);
  g_free (entry);
}

/* --- Steps --------------------------------------------------------------------------------------
 */

static void
describe_first (KontorDb *db, KontorStepInfo *info)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT type,id FROM change_op WHERE x=(SELECT min(x) "
                                          "FROM change_tx WHERE step=?) "
                                          "ORDER BY i LIMIT 1",
                                          NULL);

  if (stmt == NULL)
    return;
  kontor_db_bind_id (stmt, 1, &info->step);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (stmt, 0);

      info->first_type = name != NULL ? kontor_record_type_by_name (name) : NULL;
      kontor_db_column_id (stmt, 1, &info->first_id);
    }
  sqlite3_reset (stmt);
  if (info->first_type != NULL)
    info->first_title = kontor_rows_dup_title (db, info->first_type, &info->first_id);
}

static gboolean
count_ops (KontorDb *db, KontorStepInfo *info, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT count(*) FROM change_tx t JOIN change_op o ON "
                                          "o.x=t.x WHERE t.step=?",
                                          error);
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, &info->step);
  if (!kontor_db_step (db, stmt, &found, error))
    return FALSE;
  info->n_ops = (guint64) sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

static KontorStepInfo *
read_step (sqlite3_stmt *stmt)
{
  KontorStepInfo *info = g_new0 (KontorStepInfo, 1);

  info->x = sqlite3_column_int64 (stmt, 0);
  kontor_db_column_id (stmt, 1, &info->step);
  info->label = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
  info->at = sqlite3_column_int64 (stmt, 3);
  kontor_db_column_id (stmt, 4, &info->user);
  kontor_db_column_id (stmt, 5, &info->device);
  info->origin = (KontorOrigin) sqlite3_column_int (stmt, 6);
  info->undone = sqlite3_column_int (stmt, 7) == 2;
  return info;
}

/**
 * kontor_history_steps:
 * @db: a connection
 * @limit: at most so many, 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable) (element-type KontorStepInfo): whole and undone steps, newest
 *   first
 */
GPtrArray *
kontor_history_steps (KontorDb *db, guint limit, GError **error)
{
  g_autoptr(GPtrArray) steps =
    g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_step_info_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (kontor_id_hash, kontor_id_equal);
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT t.x,s.step,s.label,s.at,s.user,s.device,s.origin,s.state FROM "
                       "change_tx t "
                       "JOIN step s ON s.step=t.step WHERE s.state<>0 ORDER BY t.x DESC",
                       error);
  gboolean found, ok = stmt != NULL;

  while (ok && (limit == 0 || steps->len < limit) &&
         (ok = kontor_db_step (db, stmt, &found, error)) && found)
    {
      KontorStepInfo *info = read_step (stmt);

      if (g_hash_table_contains (seen, &info->step))
        {
          kontor_step_info_free (info);
          continue;
        }
      g_ptr_array_add (steps, info);
      g_hash_table_add (seen, &info->step);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  for (guint i = 0; ok && i < steps->len; i++)
    {
      KontorStepInfo *info = g_ptr_array_index (steps, i);

      info->user_name = kontor_undo_dup_user_name (db, &info->user);
      describe_first (db, info);
      ok = count_ops (db, info, error);
    }
  return ok ? g_steal_pointer (&steps) : NULL;
}

/* --- What happened to a record
 * -------------------------------------------------------------------- */

/* The record, its children and its memberships, in the trash or not. That entries were linked to it
 * is no news beside the entries, and there may be thousands. */
static gboolean
collect_ids (KontorDb *db,
             const KontorRecordType *type,
             const KontorId *id,
             GArray *ids,
             GError **error)
{
  g_array_append_vals (ids, id, 1);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *child = kontor_record_type_nth (i);
      const KontorFieldDef *parent = kontor_type_parent_field (child);
      sqlite3_stmt *stmt;
      gboolean found, ok;

      if (parent == NULL || child == &kontor_activity_link_type ||
          (parent->kind == KONTOR_FIELD_LINK && g_strcmp0 (parent->target, type->name) != 0))
        continue;
      stmt = kontor_db_prepare_printf (db,
                                       error,
                                       "SELECT id FROM \"%s\" WHERE \"%s\"=?",
                                       child->name,
                                       parent->name);
      if (stmt == NULL)
        return FALSE;
      kontor_db_bind_id (stmt, 1, id);
      while ((ok = kontor_db_step (db, stmt, &found, error)) && found)
        {
          KontorId child_id;

          if (kontor_db_column_id (stmt, 0, &child_id))
            g_array_append_val (ids, child_id);
        }
      sqlite3_reset (stmt);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static const char history_sql[] =
  "SELECT " KONTOR_LOG_COLUMNS ",t.at,s.step,s.label,s.origin,s.user FROM change_op o "
  "JOIN change_tx t ON t.x=o.x JOIN step s ON s.step=t.step "
  "WHERE o.id=?1 AND (?2 IS NULL OR instr(o.now,?2)>0) ORDER BY o.x DESC,o.i DESC LIMIT ?3";

static char *
display_value (KontorDb *db, const KontorFieldDef *field, const KontorValue *value)
{
  g_autofree char *title = NULL;
  const KontorRecordType *target;

  if (value->type == KONTOR_VALUE_NULL)
    return g_strdup ("");
  if (field->kind == KONTOR_FIELD_LINK && value->type == KONTOR_VALUE_ID)
    {
      target = kontor_record_type_by_name (field->target);
      title = target != NULL ? kontor_rows_dup_title (db, target, &value->id) : NULL;
    }
  return kontor_value_display (db->schema, field, value, NULL, title);
}

static void
take_fields (KontorDb *db, KontorHistoryEntry *entry, KontorLogEntry *log)
{
  entry->fields = g_array_new (FALSE, TRUE, sizeof (KontorHistoryField));
  g_array_set_clear_func (entry->fields, clear_history_field);
  for (guint i = 0; i < log->fields->len; i++)
    {
      KontorLogField *from = &g_array_index (log->fields, KontorLogField, i);
      KontorHistoryField field = { .field = from->field };

      kontor_value_copy (&from->was, &field.was);
      kontor_value_copy (&from->now, &field.now);
      g_array_append_val (entry->fields, field);
    }
}

/* Texts ask the database for titles: not while the log is being read. */
static void
describe_fields (KontorDb *db, KontorHistoryEntry *entry)
{
  for (guint i = 0; i < entry->fields->len; i++)
    {
      KontorHistoryField *field = &g_array_index (entry->fields, KontorHistoryField, i);

      field->was_text = display_value (db, field->field, &field->was);
      field->now_text = display_value (db, field->field, &field->now);
    }
}

static KontorHistoryEntry *
read_entry (KontorDb *db, sqlite3_stmt *stmt, KontorId *user, GError **error)
{
  g_auto(KontorLogEntry) log = { 0 };
  KontorHistoryEntry *entry;

  if (!kontor_log_entry_read (db, stmt, 0, &log, error))
    return NULL;
  entry = g_new0 (KontorHistoryEntry, 1);
  entry->x = log.x;
  entry->i = log.i;
  entry->kind = log.kind;
  entry->type = log.type;
  entry->id = log.id;
  entry->at = sqlite3_column_int64 (stmt, 7);
  kontor_db_column_id (stmt, 8, &entry->step);
  entry->label = g_strdup ((const char *) sqlite3_column_text (stmt, 9));
  entry->origin = (KontorOrigin) sqlite3_column_int (stmt, 10);
  *user = KONTOR_ID_NULL;
  kontor_db_column_id (stmt, 11, user);
  take_fields (db, entry, &log);
  return entry;
}

static gboolean
read_entries (KontorDb *db,
              const KontorId *id,
              const KontorFieldDef *field,
              guint limit,
              GPtrArray *entries,
              GArray *users,
              GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, history_sql, error);
  g_autofree char *key = field != NULL ? g_strdup_printf ("\"%s\":", field->name) : NULL;
  GError *local_error = NULL;
  gboolean found, ok = TRUE;

  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, id);
  if (key != NULL)
    sqlite3_bind_text (stmt, 2, key, -1, SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (stmt, 2);
  sqlite3_bind_int64 (stmt, 3, limit > 0 ? (gint64) limit : -1);
  while (local_error == NULL && (ok = kontor_db_step (db, stmt, &found, error)) && found)
    {
      KontorId user;
      KontorHistoryEntry *entry = read_entry (db, stmt, &user, &local_error);

      if (entry == NULL)
        continue;
      g_ptr_array_add (entries, entry);
      g_array_append_val (users, user);
      entry->user_name = GUINT_TO_POINTER (users->len); /* until the titles are read */
    }
  sqlite3_reset (stmt);
  if (local_error == NULL)
    return ok;
  g_propagate_error (error, local_error);
  return FALSE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const KontorHistoryEntry *entry_a = *(KontorHistoryEntry *const *) a;
  const KontorHistoryEntry *entry_b = *(KontorHistoryEntry *const *) b;

  if (entry_a->x != entry_b->x)
    return entry_a->x < entry_b->x ? 1 : -1;
  return entry_a->i < entry_b->i ? 1 : entry_a->i > entry_b->i ? -1 : 0;
}

static void
fill_user_names (KontorDb *db, GPtrArray *entries, GArray *users)
{
  g_autoptr(GHashTable) names =
    g_hash_table_new_full (kontor_id_hash, kontor_id_equal, NULL, g_free);

  for (guint i = 0; i < entries->len; i++)
    {
      KontorHistoryEntry *entry = g_ptr_array_index (entries, i);
      KontorId *user = &g_array_index (users, KontorId, GPOINTER_TO_UINT (entry->user_name) - 1);

      if (!g_hash_table_contains (names, user))
        g_hash_table_insert (names, user, kontor_undo_dup_user_name (db, user));
      entry->user_name = g_strdup (g_hash_table_lookup (names, user));
    }
}

/**
 * kontor_history_of:
 * @db: a connection
 * @type: a record type
 * @id: a record of it
 * @field: (nullable): only what touches this field of the record itself
 * @limit: at most so many, 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable) (element-type KontorHistoryEntry): what happened to the
 *   record and, without @field, to its children and memberships; newest first
 */
GPtrArray *
kontor_history_of (KontorDb *db,
                   const KontorRecordType *type,
                   const KontorId *id,
                   const KontorFieldDef *field,
                   guint limit,
                   GError **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  g_autoptr(GArray) users = g_array_new (FALSE, FALSE, sizeof (KontorId));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (KontorId));
  gboolean ok = TRUE;

  if (field != NULL)
    g_array_append_vals (ids, id, 1);
  else
    ok = collect_ids (db, type, id, ids, error);
  for (guint i = 0; ok && i < ids->len; i++)
    ok = read_entries (db, &g_array_index (ids, KontorId, i), field, limit, entries, users, error);
  fill_user_names (db, entries, users);
  g_ptr_array_set_free_func (entries, (GDestroyNotify) kontor_history_entry_free);
  if (!ok)
    return NULL;
  g_ptr_array_sort (entries, compare_entries);
  if (limit > 0 && entries->len > limit)
    g_ptr_array_set_size (entries, (int) limit);
  for (guint i = 0; i < entries->len; i++)
    describe_fields (db, g_ptr_array_index (entries, i));
  return g_steal_pointer (&entries);
}
