/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as it was after a transaction: the present row with later operations applied backwards
 * (sync.md, amendment 2). And what other processes committed since a transaction (C12). */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>

static void
set_trashed (KontorRecord *record, gboolean trashed)
{
  kontor_record_set_row (record,
                         kontor_record_get_rid (record),
                         kontor_record_get_rev (record),
                         trashed,
                         kontor_record_get_rights (record));
}

static void
put_back (KontorRecord *record, const KontorLogEntry *entry)
{
  for (guint i = 0; i < entry->fields->len; i++)
    {
      const KontorLogField *piece = &g_array_index (entry->fields, KontorLogField, i);

      kontor_record_set_value (record, piece->field, &piece->was);
    }
}

/* FALSE: before this operation there was no such record. */
static gboolean
go_back (KontorRecord *record, const KontorLogEntry *entry)
{
  switch (entry->kind)
    {
    case KONTOR_OP_KIND_NEW:
      return FALSE;
    case KONTOR_OP_KIND_SET:
    case KONTOR_OP_KIND_INC:
      put_back (record, entry);
      return TRUE;
    case KONTOR_OP_KIND_LINK:
      if (!entry->has_was)
        return FALSE;
      put_back (record, entry);
      set_trashed (record,
                   kontor_record_value_integer (record,
                                                kontor_record_type_find_field (entry->type,
                                                                               "on")) == 0);
      return TRUE;
    case KONTOR_OP_KIND_DEL:
      set_trashed (record, FALSE);
      return TRUE;
    case KONTOR_OP_KIND_UNDEL:
      set_trashed (record, TRUE);
      return TRUE;
    case KONTOR_OP_KIND_PURGE:
    default:
      return TRUE;
    }
}

static gboolean
go_back_to (KontorDb *db, KontorRecord *record, gint64 x, gboolean *existed, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT " KONTOR_LOG_COLUMNS
                       " FROM change_op o WHERE o.id=? AND o.x>? ORDER BY o.x DESC,o.i DESC",
                       error);
  GError *local_error = NULL;
  gboolean found, ok;

  *existed = TRUE;
  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, kontor_record_get_id (record));
  sqlite3_bind_int64 (stmt, 2, x);
  while (*existed && (ok = kontor_db_step (db, stmt, &found, &local_error)) && found)
    {
      g_auto(KontorLogEntry) entry = { 0 };

      if (kontor_log_entry_read (db, stmt, 0, &entry, &local_error))
        *existed = go_back (record, &entry);
      if (local_error != NULL)
        break;
    }
  sqlite3_reset (stmt);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * kontor_history_as_of:
 * @db: a connection
 * @type: a record type
 * @id: a record of it
 * @x: a transaction
 * @error: (nullable): place for an error
 *
 * Computed fields are as they are now: the log does not have them.
 *
 * Returns: (transfer full) (nullable): the record as it was after @x, in the trash or not; %NULL
 *   with @error set to %KONTOR_ERROR_NOT_FOUND where it did not exist then or was erased
 */
KontorRecord *
kontor_history_as_of (KontorDb *db,
                      const KontorRecordType *type,
                      const KontorId *id,
                      gint64 x,
                      GError **error)
{
  GError *local_error = NULL;
  g_autoptr(KontorRecord) record =
    kontor_rows_get (db, type, id, KONTOR_READ_TRASHED, &local_error);
  gboolean existed = FALSE;

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (record != NULL && !go_back_to (db, record, x, &existed, error))
    return NULL;
  if (existed)
    return g_steal_pointer (&record);
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    _("%s: there was no such record then."),
                    kontor_record_type_get_label (type));
  return NULL;
}

/* --- Changes of other processes
 * -------------------------------------------------------------------- */

static KontorChangeKind
get_change_kind (KontorOpKind kind, const char *now)
{
  switch (kind)
    {
    case KONTOR_OP_KIND_NEW:
      return KONTOR_CHANGE_ADDED;
    case KONTOR_OP_KIND_DEL:
      return KONTOR_CHANGE_TRASHED;
    case KONTOR_OP_KIND_UNDEL:
      return KONTOR_CHANGE_RESTORED;
    case KONTOR_OP_KIND_PURGE:
      return KONTOR_CHANGE_REMOVED;
    case KONTOR_OP_KIND_LINK:
      return now != NULL && strstr (now, "\"on\":0") != NULL ? KONTOR_CHANGE_TRASHED
                                                             : KONTOR_CHANGE_ADDED;
    case KONTOR_OP_KIND_SET:
    case KONTOR_OP_KIND_INC:
    default:
      return KONTOR_CHANGE_CHANGED;
    }
}

typedef struct
{
  const KontorRecordType *type;
  KontorChange change;
} Found;

/* Types with too many changes to be named. */
static gboolean
add_wholesale (KontorDb *db, gint64 after, KontorChangeSet *changes, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT type,count(*) FROM change_op WHERE x>? GROUP BY type", error);
  gboolean found, ok;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, after);
  while ((ok = kontor_db_step (db, stmt, &found, error)) && found)
    {
      const KontorRecordType *type =
        kontor_record_type_by_name ((const char *) sqlite3_column_text (stmt, 0));

      if (type != NULL && sqlite3_column_int64 (stmt, 1) > KONTOR_CHANGE_SET_LIMIT)
        kontor_change_set_add_all (changes, type);
    }
  sqlite3_reset (stmt);
  return ok;
}

static gboolean
read_changes (KontorDb *db,
              gint64 after,
              gint64 *last,
              GArray *found_changes,
              KontorChangeSet *changes,
              GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT o.x,o.o,o.type,o.id,o.now FROM change_op o WHERE "
                                          "o.x>? ORDER BY o.x,o.i",
                                          error);
  gboolean found, ok;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, after);
  while ((ok = kontor_db_step (db, stmt, &found, error)) && found)
    {
      const char *name = (const char *) sqlite3_column_text (stmt, 2);
      Found one = { .type = name != NULL ? kontor_record_type_by_name (name) : NULL };
      KontorOpKind kind;

      *last = sqlite3_column_int64 (stmt, 0);
      if (one.type == NULL || kontor_change_set_is_wholesale (changes, one.type) ||
          !kontor_op_kind_from_text ((const char *) sqlite3_column_text (stmt, 1), &kind) ||
          !kontor_db_column_id (stmt, 3, &one.change.id))
        continue;
      one.change.kind = get_change_kind (kind, (const char *) sqlite3_column_text (stmt, 4));
      g_array_append_val (found_changes, one);
    }
  sqlite3_reset (stmt);
  return ok;
}

/* Rowid and owner of a change; the owner's computed columns may have changed with it. */
static gboolean
add_found (KontorDb *db, Found *one, KontorChangeSet *changes, GError **error)
{
  GError *local_error = NULL;
  g_autoptr(KontorRecord) record =
    kontor_rows_get (db, one->type, &one->change.id, KONTOR_READ_TRASHED, &local_error);
  const KontorFieldDef *parent = kontor_type_parent_field (one->type);
  g_autoptr(KontorRecord) owner = NULL;
  const KontorId *id;

  if (record != NULL)
    one->change.rid = kontor_record_get_rid (record);
  id = record != NULL && parent != NULL ? kontor_record_value_link (record, parent) : NULL;
  if (id != NULL)
    {
      one->change.owner = *id;
      one->change.owner_type = kontor_work_link_target (record, parent);
    }
  if (local_error == NULL && one->change.owner_type != NULL)
    owner = kontor_rows_get (db, one->change.owner_type, id, KONTOR_READ_TRASHED, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  kontor_change_set_add (changes, one->type, &one->change);
  if (owner != NULL)
    {
      KontorChange change = { .kind = KONTOR_CHANGE_CHANGED,
                              .id = *id,
                              .rid = kontor_record_get_rid (owner) };

      kontor_change_set_add (changes, one->change.owner_type, &change);
    }
  return TRUE;
}

/**
 * kontor_history_changes_since:
 * @db: a connection
 * @after: the last transaction that is known
 * @last: (out): the last one there is
 * @changes: changes are added to it
 * @error: (nullable): place for an error
 *
 * Reads what another process committed.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_history_changes_since (KontorDb *db,
                              gint64 after,
                              gint64 *last,
                              KontorChangeSet *changes,
                              GError **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, TRUE, sizeof (Found));

  *last = after;
  if (!add_wholesale (db, after, changes, error) ||
      !read_changes (db, after, last, found, changes, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (!add_found (db, &g_array_index (found, Found, i), changes, error))
      return FALSE;
  return TRUE;
}
