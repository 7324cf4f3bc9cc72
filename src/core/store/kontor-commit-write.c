/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working set to the file: rows, search documents, totals, and the log of it all
 * (sync.md, amendments 1 and 2). */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-model.h"
#include <glib/gi18n-lib.h>

static const char *const op_names[] = { "new", "set", "inc", "link", "del", "undel", "purge" };

/**
 * kontor_op_kind_to_text:
 * @kind: kind of an operation
 *
 * Returns: (transfer none): its name in the log
 */
const char *
kontor_op_kind_to_text (KontorOpKind kind)
{
  return op_names[kind];
}

/**
 * kontor_op_kind_from_text:
 * @text: (nullable): a name from the log
 * @kind: (out): the kind
 *
 * Returns: whether there is such a kind
 */
gboolean
kontor_op_kind_from_text (const char *text, KontorOpKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (op_names); i++)
    if (g_strcmp0 (op_names[i], text) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static GError *
make_exists_error (KontorWork *work, KontorWorkRow *row)
{
  return kontor_work_error (work,
                            KONTOR_ERROR_CONFLICT,
                            row->type,
                            &row->id,
                            row->record,
                            NULL,
                            _("There is a record with this id already."));
}

static gboolean
insert_row (KontorWork *work, KontorWorkRow *row, GError **error)
{
  GError *local_error = NULL;

  if (row->removed)
    return TRUE;
  kontor_record_set_row (row->record, 0, 0, row->hidden, 0);
  if (G_LIKELY (kontor_rows_insert (work->db, row->record, &local_error)))
    return TRUE;
  if (sqlite3_extended_errcode (work->db->handle) == SQLITE_CONSTRAINT_UNIQUE)
    {
      g_clear_error (&local_error);
      local_error = make_exists_error (work, row);
    }
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
remove_row (KontorWork *work, KontorWorkRow *row, GError **error)
{
  gint64 rid = kontor_record_get_rid (row->record);

  if (row->is_new)
    return TRUE;
  if ((row->type->flags & KONTOR_TYPE_SEARCHED) != 0 &&
      !kontor_search_remove (work->db, row->type, rid, error))
    return FALSE;
  return kontor_rows_delete (work->db, row->type, rid, error);
}

static gboolean
write_row (KontorWork *work, KontorWorkRow *row, GError **error)
{
  gboolean ok;

  if (row->is_new)
    ok = insert_row (work, row, error);
  else if (row->removed)
    ok = remove_row (work, row, error);
  else
    {
      ok = kontor_rows_update_set (work->db, row->record, &row->changed, error);
      if (ok && row->hidden != row->was_hidden)
        ok = kontor_rows_set_hidden (work->db, row->record, row->hidden, error);
    }
  return ok;
}

static gboolean
is_dirty (KontorWorkRow *row)
{
  return row->is_new || row->removed || row->touched || row->hidden != row->was_hidden ||
         !kontor_field_set_is_empty (&row->changed);
}

static KontorChangeKind
find_change_kind (KontorWorkRow *row)
{
  if (row->removed)
    return KONTOR_CHANGE_REMOVED;
  if (row->is_new)
    return row->hidden ? KONTOR_CHANGE_TRASHED : KONTOR_CHANGE_ADDED;
  if (row->hidden != row->was_hidden)
    return row->hidden ? KONTOR_CHANGE_TRASHED : KONTOR_CHANGE_RESTORED;
  return KONTOR_CHANGE_CHANGED;
}

static void
note_change (KontorWork *work, KontorWorkRow *row, KontorChangeSet *changes)
{
  const KontorFieldDef *parent = kontor_type_parent_field (row->type);
  const KontorId *owner = parent != NULL ? kontor_record_value_link (row->record, parent) : NULL;
  KontorChange change = { .kind = find_change_kind (row),
                          .id = row->id,
                          .rid = kontor_record_get_rid (row->record) };

  if (owner != NULL && !kontor_id_is_null (owner))
    {
      change.owner = *owner;
      change.owner_type = kontor_work_link_target (row->record, parent);
    }
  kontor_change_set_add (changes, row->type, &change);
}

static gboolean
write_rows (KontorWork *work, GError **error)
{
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (is_dirty (row) && !write_row (work, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_documents (KontorWork *work, GError **error)
{
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->search && !row->removed && !kontor_derive_put_document (work, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_transaction (KontorWork *work, const KontorId *step, gint64 *x, GError **error)
{
  KontorDb *db = work->db;
  KontorId txid = kontor_id_new (db->env);
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "INSERT INTO change_tx(txid,step,at,off,base,schema)VALUES(?,?,?,0,0,?)",
                       error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, txid.b, KONTOR_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (stmt, 2, step->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 3, work->now);
  sqlite3_bind_int (stmt, 4, KONTOR_SCHEMA_VERSION);
  if (!kontor_db_run (db, stmt, error))
    return FALSE;
  *x = sqlite3_last_insert_rowid (db->handle);
  return TRUE;
}

static gboolean
write_log (KontorWork *work, gint64 x, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (work->db,
                       "INSERT INTO change_op(x,i,o,type,id,b,now,was)VALUES(?,?,?,?,?,?,?,?)",
                       error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, x);
  for (guint i = 0; i < work->log->len; i++)
    {
      const KontorLogOp *op = &g_array_index (work->log, KontorLogOp, i);

      sqlite3_bind_int64 (stmt, 2, i);
      sqlite3_bind_text (stmt, 3, op_names[op->kind], -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 4, op->type->name, -1, SQLITE_STATIC);
      sqlite3_bind_blob (stmt, 5, op->id.b, KONTOR_ID_SIZE, SQLITE_STATIC);
      sqlite3_bind_int64 (stmt, 6, op->seen_rev);
      if (op->now != NULL)
        sqlite3_bind_text (stmt, 7, op->now, -1, SQLITE_STATIC);
      else
        sqlite3_bind_null (stmt, 7);
      if (op->was != NULL)
        sqlite3_bind_text (stmt, 8, op->was, -1, SQLITE_STATIC);
      else
        sqlite3_bind_null (stmt, 8);
      if (!kontor_db_run (work->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_changed_any (KontorWork *work, const KontorRecordType *const *types, guint n)
{
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      for (guint k = 0; k < n; k++)
        if (row->type == types[k] && is_dirty (row))
          return TRUE;
    }
  return FALSE;
}

/* Custom fields become columns; with pick lists, layouts, settings and rights they are what a
 * connection knows of the workspace, to be read anew. */
static gboolean
renew_schema (KontorWork *work, GError **error)
{
  static const KontorRecordType *const known[] = {
    &kontor_custom_field_type,       &kontor_pick_list_type, &kontor_layout_type,
    &kontor_workspace_settings_type, &kontor_user_type,      &kontor_role_type
  };
  static const KontorRecordType *const columns[] = { &kontor_custom_field_type };

  if (!has_changed_any (work, known, G_N_ELEMENTS (known)))
    return TRUE;
  work->schema_changed = TRUE;
  return kontor_db_load_schema (work->db, error) &&
         (!has_changed_any (work, columns, G_N_ELEMENTS (columns)) ||
          kontor_ddl_add_missing_columns (work->db, error));
}

/**
 * kontor_work_finish:
 * @work: a working set, applied and checked
 * @step: id of the step it belongs to
 * @changes: (nullable): where the changes are noted
 * @x: (out): number of the transaction
 * @error: (nullable): place for an error
 *
 * Derives what is computed and writes everything but the step. COMMIT is the caller's.
 *
 * Returns: %FALSE with @error set; the caller must roll back
 */
gboolean
kontor_work_finish (KontorWork *work,
                    const KontorId *step,
                    KontorChangeSet *changes,
                    gint64 *x,
                    GError **error)
{
  if (!kontor_derive_work (work, error) || !write_rows (work, error) ||
      !kontor_derive_after_write (work, error) || !write_documents (work, error))
    return FALSE;
  if (!work->db->bulk)
    for (guint i = 0; i < work->order->len; i++)
      kontor_totals_count (work, g_ptr_array_index (work->order, i));
  if (!kontor_totals_write (work, error))
    return FALSE;
  if (!work->silent && (!write_transaction (work, step, x, error) || !write_log (work, *x, error)))
    return FALSE;
  if (!renew_schema (work, error))
    return FALSE;
  for (guint i = 0; changes != NULL && i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (is_dirty (row))
        note_change (work, row, changes);
    }
  return TRUE;
}

/**
 * kontor_commit_write_step:
 * @db: a connection in a transaction
 * @step: id of the step
 * @label: what the person did
 * @origin: where it comes from
 * @undo_of: (nullable): the step it takes back
 * @state: 0 while transactions of it are to come, 1 whole, 2 undone
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_write_step (KontorDb *db,
                          const KontorId *step,
                          const char *label,
                          KontorOrigin origin,
                          const KontorId *undo_of,
                          int state,
                          GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (
    db,
    "INSERT INTO step(step,label,at,user,device,origin,undo_of,state)VALUES(?,?,?,?,?,?,?,?)",
    error);

  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, step);
  sqlite3_bind_text (stmt, 2, label, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 3, kontor_env_now (db->env));
  /* the columns are NOT NULL: a null id is 16 zero bytes here */
  sqlite3_bind_blob (stmt, 4, db->user.b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_blob (stmt, 5, db->device.b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 6, (int) origin);
  if (undo_of != NULL)
    kontor_db_bind_id (stmt, 7, undo_of);
  else
    sqlite3_bind_null (stmt, 7);
  sqlite3_bind_int (stmt, 8, state);
  return kontor_db_run (db, stmt, error);
}

/**
 * kontor_commit_set_state:
 * @db: a connection in a transaction
 * @step: a step
 * @state: its new state
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_set_state (KontorDb *db, const KontorId *step, int state, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "UPDATE step SET state=? WHERE step=?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, state);
  kontor_db_bind_id (stmt, 2, step);
  return kontor_db_run (db, stmt, error);
}

/**
 * kontor_commit_set_label:
 * @db: a connection in a transaction
 * @step: a step that is still open
 * @label: what it is called from now on
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_commit_set_label (KontorDb *db, const KontorId *step, const char *label, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "UPDATE step SET label=? WHERE step=?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, label, -1, SQLITE_TRANSIENT);
  kontor_db_bind_id (stmt, 2, step);
  return kontor_db_run (db, stmt, error);
}
