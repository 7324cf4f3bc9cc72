/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo of whole steps, across restarts (C15), and the rolling back of steps that never
 * became whole. The log is read backwards a transaction at a time, so that a step of a million
 * operations needs no more memory than one of a thousand.
 *
 * Undoing S appends a step of origin "undo" with undo_of = S and sets S to state 2. Redoing that
 * step appends one of S's origin with undo_of = the undo step, which gets state 2 in turn. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>

enum
{
  STATE_OPEN,
  STATE_WHOLE,
  STATE_UNDONE
};

typedef struct
{
  KontorId id;
  char *label;
  KontorOrigin origin; /* of the step that takes it back */
  gint64 first, last;  /* its transactions */
  guint64 n_transactions;
} Taken;

static void
clear_taken (Taken *taken)
{
  g_free (taken->label);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, clear_taken)

/* --- What is next ----------------------------------------------------------------------------- */

/* Steps by their last transaction, newest first (CROSS JOIN keeps SQLite from sorting them all);
 * transactions that were purged empty, or that only purged, are not to be taken back. */
#define HAS_OPERATIONS "EXISTS(SELECT 1 FROM change_op o WHERE o.x=t.x AND o.o<>'purge')"

static const char undo_sql[] =
  "SELECT s.step,s.label FROM change_tx t CROSS JOIN step s ON s.step=t.step "
  "WHERE s.state=1 AND s.device=? AND s.origin IN(0,1) AND " HAS_OPERATIONS
  " ORDER BY t.x DESC LIMIT 1";
static const char redo_sql[] =
  "SELECT s.step,s.label,s.origin FROM change_tx t CROSS JOIN step s ON s.step=t.step "
  "WHERE s.device=? AND ((s.state=1 AND s.origin=3) OR (s.origin IN(0,1) AND s.undo_of IS NULL)) "
  "AND " HAS_OPERATIONS " ORDER BY t.x DESC LIMIT 1";

/**
 * kontor_undo_peek:
 * @db: a connection
 * @redo: whether Redo is asked for, else Undo
 * @point: (out caller-allocates): the step; its label is the caller's
 * @error: (nullable): place for an error
 *
 * Finds the step that Undo or Redo takes back. What a person does anew ends what can be redone.
 *
 * Returns: %FALSE without @error set: there is none
 */
gboolean
kontor_undo_peek (KontorDb *db, gboolean redo, KontorUndoPoint *point, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, redo ? redo_sql : undo_sql, error);
  gboolean found;

  point->label = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, db->device.b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
  if (!kontor_db_step (db, stmt, &found, error))
    found = FALSE;
  if (found && redo)
    found = sqlite3_column_int (stmt, 2) == KONTOR_ORIGIN_UNDO;
  if (found)
    {
      kontor_db_column_id (stmt, 0, &point->step);
      point->label = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
    }
  sqlite3_reset (stmt);
  return found;
}

/* --- Reading the step ------------------------------------------------------------------------- */

static gboolean
read_extent (KontorDb *db, Taken *taken, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT min(x),max(x),count(*) FROM change_tx WHERE step=?", error);
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, &taken->id);
  if (!kontor_db_step (db, stmt, &found, error))
    return FALSE;
  taken->first = sqlite3_column_int64 (stmt, 0);
  taken->last = sqlite3_column_int64 (stmt, 1);
  taken->n_transactions = (guint64) sqlite3_column_int64 (stmt, 2);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
read_taken (KontorDb *db, const KontorId *step, Taken *taken, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "SELECT s.label,s.state,s.origin,u.origin FROM step s "
                                          "LEFT JOIN step u ON u.step=s.undo_of "
                                          "WHERE s.step=?",
                                          error);
  gboolean found;
  int state;

  taken->id = *step;
  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, step);
  if (!kontor_db_step (db, stmt, &found, error))
    return FALSE;
  if (!found)
    {
      sqlite3_reset (stmt);
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_NOT_FOUND,
                        _("There is no such step."));
      return FALSE;
    }
  taken->label = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  state = sqlite3_column_int (stmt, 1);
  taken->origin = sqlite3_column_int (stmt, 2) == KONTOR_ORIGIN_UNDO
                    ? (KontorOrigin) sqlite3_column_int (stmt, 3)
                    : KONTOR_ORIGIN_UNDO;
  sqlite3_reset (stmt);
  if (state == STATE_WHOLE)
    return read_extent (db, taken, error);
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    state == STATE_OPEN ? _("“%s” is still going on.")
                                        : _("“%s” is undone already."),
                    taken->label);
  return FALSE;
}

/* The step's transaction before @x. */
static gboolean
find_previous (KontorDb *db, const KontorId *step, gint64 x, gint64 *previous, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT max(x) FROM change_tx WHERE step=? AND x<?", error);
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, step);
  sqlite3_bind_int64 (stmt, 2, x);
  if (!kontor_db_step (db, stmt, &found, error))
    return FALSE;
  *previous = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

typedef gboolean (*EntryFunc) (KontorWork *work, const KontorLogEntry *entry, GError **error);

static gboolean
take_back_transaction (KontorWork *work, gint64 x, EntryFunc func, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (work->db,
                                          "SELECT " KONTOR_LOG_COLUMNS
                                          " FROM change_op o WHERE o.x=? ORDER BY o.i DESC",
                                          error);
  GError *local_error = NULL;
  gboolean found, ok;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, x);
  while ((ok = kontor_db_step (work->db, stmt, &found, error)) && found)
    {
      g_auto(KontorLogEntry) entry = { 0 };

      if (kontor_log_entry_read (work->db, stmt, 0, &entry, &local_error))
        func (work, &entry, &local_error);
      if (local_error != NULL)
        break;
    }
  sqlite3_reset (stmt);
  if (local_error == NULL)
    kontor_undo_settle_links (work);
  else
    g_propagate_error (error, local_error);
  return ok && local_error == NULL;
}

static void
report (KontorProgress progress, gpointer data, guint64 done, guint64 total, gint64 *last)
{
  gint64 now = g_get_monotonic_time ();

  if (progress == NULL || (done < total && now - *last < G_USEC_PER_SEC / 10))
    return;
  *last = now;
  progress (done, total, data);
}

/* --- Taking a step back ----------------------------------------------------------------------- */

typedef struct
{
  KontorDb *db;
  const Taken *taken;
  KontorId id; /* of the step that takes it back */
  GPtrArray *rest;
  KontorChangeSet *changes;
  guint n_ops;
} Undo;

/* Writes one transaction of it, with the steps' rows where it is the only one. */
static gboolean
undo_transaction (Undo *undo, gint64 x, gboolean only, GError **error)
{
  KontorDb *db = undo->db;
  KontorWork *work;
  gint64 written;
  gboolean ok;

  if (!kontor_db_begin (db, error))
    return FALSE;
  work = kontor_work_new (db);
  work->rest = undo->rest;
  ok = take_back_transaction (work, x, kontor_undo_entry, error);
  undo->n_ops += work->log->len;
  if (ok && only && work->log->len > 0)
    ok = kontor_commit_write_step (db,
                                   &undo->id,
                                   undo->taken->label,
                                   undo->taken->origin,
                                   &undo->taken->id,
                                   STATE_WHOLE,
                                   error);
  if (ok && work->log->len > 0)
    ok = kontor_work_finish (work, &undo->id, undo->changes, &written, error);
  if (ok && only)
    ok = kontor_commit_set_state (db, &undo->taken->id, STATE_UNDONE, error);
  ok = ok && kontor_db_commit (db, error);
  if (!ok)
    {
      kontor_db_rollback (db);
      if (work->schema_changed)
        kontor_db_load_schema (db, NULL);
    }
  kontor_work_free (work);
  return ok;
}

static gboolean
end_transaction (KontorDb *db, gboolean ok, GError **error)
{
  if (ok && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

static gboolean
open_undo (Undo *undo, GError **error)
{
  if (!kontor_db_begin (undo->db, error))
    return FALSE;
  return end_transaction (undo->db,
                          kontor_commit_write_step (undo->db,
                                                    &undo->id,
                                                    undo->taken->label,
                                                    undo->taken->origin,
                                                    &undo->taken->id,
                                                    STATE_OPEN,
                                                    error),
                          error);
}

/* Both steps change their state at once: a crash before leaves the undo open, to be rolled back. */
static gboolean
close_undo (Undo *undo, GError **error)
{
  if (!kontor_db_begin (undo->db, error))
    return FALSE;
  return end_transaction (undo->db,
                          kontor_commit_set_state (undo->db, &undo->id, STATE_WHOLE, error) &&
                            kontor_commit_set_state (undo->db,
                                                     &undo->taken->id,
                                                     STATE_UNDONE,
                                                     error),
                          error);
}

static gboolean
undo_long (Undo *undo,
           KontorProgress progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  GError *local_error = NULL;
  gint64 x = undo->taken->last, reported = 0;
  guint64 done = 0;

  if (!open_undo (undo, error))
    return FALSE;
  while (local_error == NULL && x > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, &local_error) ||
          !undo_transaction (undo, x, FALSE, &local_error) ||
          !find_previous (undo->db, &undo->taken->id, x, &x, &local_error))
        break;
      report (progress, progress_data, ++done, undo->taken->n_transactions, &reported);
    }
  if (local_error == NULL && close_undo (undo, &local_error))
    return TRUE;
  kontor_undo_roll_back_step (undo->db, &undo->id, undo->changes, progress, progress_data, NULL);
  g_propagate_error (error, local_error);
  return FALSE;
}

static void
find_first_record (KontorDb *db, const Taken *taken, KontorCommit *commit)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT type,id FROM change_op WHERE x>=? ORDER BY x,i LIMIT 1", NULL);

  if (stmt == NULL)
    return;
  sqlite3_bind_int64 (stmt, 1, taken->first);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (stmt, 0);

      commit->first_type = name != NULL ? kontor_record_type_by_name (name) : NULL;
      kontor_db_column_id (stmt, 1, &commit->first_id);
    }
  sqlite3_reset (stmt);
}

static void
free_rest (gpointer data)
{
  KontorUndoRest *rest = data;

  g_free (rest->title);
  g_free (rest->by);
  g_free (rest);
}

/**
 * kontor_undo_apply:
 * @db: the writing connection, in no transaction
 * @step: a whole step; an undo step to redo what it undid
 * @commit: filled in; its .rest names what was left alone because somebody changed it since
 * @changes: changes are added to it
 * @progress: (nullable): told how many transactions are through
 * @progress_data: for @progress
 * @cancellable: (nullable): cancelling leaves everything as it was
 * @error: (nullable): place for an error
 *
 * Takes a step back.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_undo_apply (KontorDb *db,
                   const KontorId *step,
                   KontorCommit *commit,
                   KontorChangeSet *changes,
                   KontorProgress progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto(Taken) taken = { 0 };
  Undo undo = { .db = db, .taken = &taken, .changes = changes, .id = kontor_id_new (db->env) };
  gboolean ok;

  if (!read_taken (db, step, &taken, error))
    return FALSE;
  if (commit->rest == NULL)
    commit->rest = g_ptr_array_new_with_free_func (free_rest);
  undo.rest = commit->rest;
  if (taken.n_transactions > 1)
    ok = undo_long (&undo, progress, progress_data, cancellable, error);
  else
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         undo_transaction (&undo, taken.last, TRUE, error);
  if (!ok)
    return FALSE;
  commit->step = undo.id;
  commit->n_ops = undo.n_ops;
  g_free (commit->label);
  commit->label = g_strdup (taken.label);
  find_first_record (db, &taken, commit);
  kontor_change_set_set_step (changes, &undo.id, taken.label, taken.origin);
  return TRUE;
}

/* --- Steps that never became whole --------------------------------------------------------------
 */

static gboolean
delete_transaction (KontorDb *db, gint64 x, GError **error)
{
  static const char *const statements[] = { "DELETE FROM change_op WHERE x=?",
                                            "DELETE FROM change_tx WHERE x=?" };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      sqlite3_stmt *stmt = kontor_db_prepare (db, statements[i], error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, x);
      if (!kontor_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
erase_transaction (KontorDb *db, gint64 x, KontorChangeSet *changes, GError **error)
{
  KontorWork *work;
  gboolean ok;

  if (!kontor_db_begin (db, error))
    return FALSE;
  work = kontor_work_new (db);
  work->silent = TRUE;
  ok = take_back_transaction (work, x, kontor_undo_erase_entry, error) &&
       kontor_work_finish (work, NULL, changes, NULL, error) && delete_transaction (db, x, error);
  ok = end_transaction (db, ok, error);
  if (!ok && work->schema_changed)
    kontor_db_load_schema (db, NULL);
  kontor_work_free (work);
  return ok;
}

static gboolean
delete_step (KontorDb *db, const KontorId *step, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean ok;

  if (!kontor_db_begin (db, error))
    return FALSE;
  stmt = kontor_db_prepare (db, "DELETE FROM step WHERE step=?", error);
  ok = stmt != NULL;
  if (ok)
    {
      kontor_db_bind_id (stmt, 1, step);
      ok = kontor_db_run (db, stmt, error);
    }
  return end_transaction (db, ok, error);
}

/**
 * kontor_undo_roll_back_step:
 * @db: the writing connection, in no transaction
 * @step: an open step
 * @changes: (nullable): changes are added to it
 * @progress: (nullable): told how many transactions are through
 * @progress_data: for @progress
 * @error: (nullable): place for an error
 *
 * Erases what an open step has written, newest first, and then the step: each transaction goes with
 * its log, so that it can be begun again after a crash.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_undo_roll_back_step (KontorDb *db,
                            const KontorId *step,
                            KontorChangeSet *changes,
                            KontorProgress progress,
                            gpointer progress_data,
                            GError **error)
{
  Taken taken = { .id = *step };
  gint64 x, reported = 0;
  guint64 done = 0;

  if (!read_extent (db, &taken, error))
    return FALSE;
  x = taken.last;
  while (x > 0)
    {
      gint64 previous;

      if (!find_previous (db, step, x, &previous, error) ||
          !erase_transaction (db, x, changes, error))
        return FALSE;
      x = previous;
      report (progress, progress_data, ++done, taken.n_transactions, &reported);
    }
  return delete_step (db, step, error);
}

/**
 * kontor_undo_roll_back_open:
 * @db: the writing connection, in no transaction, with all indexes
 * @changes: (nullable): changes are added to it
 * @error: (nullable): place for an error
 *
 * Erases all steps of this device that were open when their process died.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_undo_roll_back_open (KontorDb *db, KontorChangeSet *changes, GError **error)
{
  for (;;)
    {
      sqlite3_stmt *stmt =
        kontor_db_prepare (db, "SELECT step FROM step WHERE state=0 AND device=? LIMIT 1", error);
      gboolean found;
      KontorId step;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_blob (stmt, 1, db->device.b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
      if (!kontor_db_step (db, stmt, &found, error))
        return FALSE;
      if (found)
        kontor_db_column_id (stmt, 0, &step);
      sqlite3_reset (stmt);
      if (!found)
        return TRUE;
      if (!kontor_undo_roll_back_step (db, &step, changes, NULL, NULL, error))
        return FALSE;
    }
}
