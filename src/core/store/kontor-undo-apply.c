/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One operation taken back on the working set: guarded by value, piece by piece. What somebody
 * changed since is left alone and named. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"

/**
 * kontor_undo_dup_user_name:
 * @db: a connection
 * @user: a user
 *
 * Returns: (transfer full) (nullable): the employee's name, else the login
 */
char *
kontor_undo_dup_user_name (KontorDb *db, const KontorId *user)
{
  const KontorRecordType *type = kontor_record_type_by_name ("user");
  const KontorFieldDef *employee = kontor_record_type_find_field (type, "employee");
  g_autoptr(KontorRecord) record = kontor_rows_get (db, type, user, KONTOR_READ_TRASHED, NULL);
  const KontorId *person;
  char *name = NULL;

  if (record == NULL)
    return NULL;
  person = employee != NULL ? kontor_record_value_link (record, employee) : NULL;
  if (person != NULL && !kontor_id_is_null (person))
    name = kontor_rows_dup_title (db, kontor_record_type_by_name (employee->target), person);
  return name != NULL ? name : kontor_record_dup_title (record);
}

/* Who changed the record, or a field of it, last. */
static char *
dup_author (KontorWork *work, const KontorId *id, gint64 after, const KontorFieldDef *field)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (work->db,
                       "SELECT s.user FROM change_op o JOIN change_tx t ON t.x=o.x JOIN step s ON "
                       "s.step=t.step "
                       "WHERE o.id=?1 AND o.x>?2 AND (?3 IS NULL OR instr(o.now,?3)>0) "
                       "ORDER BY o.x DESC,o.i DESC LIMIT 1",
                       NULL);
  g_autofree char *key = field != NULL ? g_strdup_printf ("\"%s\":", field->name) : NULL;
  char *name = NULL;
  KontorId user;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_blob (stmt, 1, id->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, after);
  if (key != NULL)
    sqlite3_bind_text (stmt, 3, key, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (stmt, 3);
  if (sqlite3_step (stmt) == SQLITE_ROW && kontor_db_column_id (stmt, 0, &user))
    name = kontor_undo_dup_user_name (work->db, &user);
  sqlite3_reset (stmt);
  return name;
}

static void
add_rest (KontorWork *work,
          const KontorRecordType *type,
          const KontorId *id,
          gint64 after,
          const KontorFieldDef *field)
{
  KontorUndoRest *rest;
  KontorWorkRow *row = kontor_work_lookup (work, id);

  if (work->rest == NULL)
    return;
  for (guint i = 0; i < work->rest->len; i++)
    {
      rest = g_ptr_array_index (work->rest, i);
      if (rest->field == field && kontor_id_equal (&rest->id, id))
        return;
    }
  rest = g_new0 (KontorUndoRest, 1);
  rest->type = type;
  rest->id = *id;
  rest->field = field;
  rest->title = row != NULL ? kontor_record_dup_title (row->record)
                            : kontor_rows_dup_title (work->db, type, id);
  rest->by = dup_author (work, id, after, field);
  g_ptr_array_add (work->rest, rest);
}

static void
leave (KontorWork *work, const KontorLogEntry *entry, const KontorFieldDef *field)
{
  add_rest (work, entry->type, &entry->id, entry->x, field);
}

static gboolean
can (KontorWork *work, const KontorLogEntry *entry, const KontorFieldDef *field, KontorRights right)
{
  return work->silent || kontor_access_can (&work->db->access, entry->type, field, right);
}

static void
undo_field (KontorWork *work,
            KontorWorkRow *row,
            const KontorLogEntry *entry,
            const KontorLogField *piece,
            KontorPieces *pieces)
{
  g_auto(KontorValue) present = KONTOR_VALUE_INIT;

  kontor_record_get_value (row->record, piece->field, &present);
  if (kontor_value_equal (&present, &piece->was))
    return;
  if (!kontor_value_equal (&present, &piece->now) ||
      !can (work, entry, piece->field, KONTOR_RIGHT_WRITE))
    {
      leave (work, entry, piece->field);
      return;
    }
  kontor_work_set_logged (row, piece->field, &piece->was, pieces);
}

static void
undo_set (KontorWork *work, KontorWorkRow *row, const KontorLogEntry *entry)
{
  g_auto(KontorPieces) pieces = { NULL, NULL };

  kontor_pieces_init (&pieces);
  for (guint i = 0; i < entry->fields->len; i++)
    undo_field (work, row, entry, &g_array_index (entry->fields, KontorLogField, i), &pieces);
  if (pieces.now->len <= 1)
    return;
  kontor_work_log_pieces (work, KONTOR_OP_KIND_SET, row, &pieces, 0);
  kontor_work_stamp (work, row);
}

static void
undo_inc (KontorWork *work, KontorWorkRow *row, const KontorLogEntry *entry)
{
  g_auto(KontorPieces) pieces = { NULL, NULL };

  kontor_pieces_init (&pieces);
  for (guint i = 0; i < entry->fields->len; i++)
    {
      const KontorLogField *piece = &g_array_index (entry->fields, KontorLogField, i);
      g_auto(KontorValue) was = KONTOR_VALUE_INIT;
      KontorValue value = { .type = KONTOR_VALUE_INTEGER };
      KontorValue by = { .type = KONTOR_VALUE_INTEGER };

      kontor_record_get_value (row->record, piece->field, &was);
      if (piece->now.type != KONTOR_VALUE_INTEGER ||
          __builtin_sub_overflow (0, piece->now.integer, &by.integer) ||
          __builtin_add_overflow (was.type == KONTOR_VALUE_INTEGER ? was.integer : 0,
                                  by.integer,
                                  &value.integer) ||
          !can (work, entry, piece->field, KONTOR_RIGHT_WRITE))
        {
          leave (work, entry, piece->field);
          continue;
        }
      /* nothing was there before and nobody added since: nothing is there again */
      if (value.integer == 0 && piece->was.type == KONTOR_VALUE_NULL)
        value.type = KONTOR_VALUE_NULL;
      kontor_work_set_value (row, piece->field, &value);
      kontor_pieces_append (pieces.now, piece->field, &by);
      kontor_pieces_append (pieces.was, piece->field, &was);
    }
  if (pieces.now->len <= 1)
    return;
  kontor_work_log_pieces (work, KONTOR_OP_KIND_INC, row, &pieces, 0);
  kontor_work_stamp (work, row);
}

/* "on" and what else the operation set; of one that made the membership only "on". */
static void
undo_link (KontorWork *work, KontorWorkRow *row, const KontorLogEntry *entry)
{
  const KontorFieldDef *on = kontor_record_type_find_field (entry->type, "on");
  g_auto(KontorPieces) pieces = { NULL, NULL };

  kontor_pieces_init (&pieces);
  for (guint i = 0; i < entry->fields->len; i++)
    {
      KontorLogField piece = g_array_index (entry->fields, KontorLogField, i);

      if (!entry->has_was)
        piece.was = (KontorValue){ .type = KONTOR_VALUE_INTEGER, .integer = 0 };
      undo_field (work, row, entry, &piece, &pieces);
    }
  if (pieces.now->len <= 1)
    return;
  row->hidden = kontor_record_value_integer (row->record, on) == 0;
  kontor_work_log_pieces (work, KONTOR_OP_KIND_LINK, row, &pieces, 0);
  kontor_work_stamp (work, row);
}

static void
undo_hide (KontorWork *work, KontorWorkRow *row, const KontorLogEntry *entry, gboolean hidden)
{
  if (row->hidden == hidden)
    return;
  if (!can (work, entry, NULL, KONTOR_RIGHT_DELETE) || (row->type->flags & KONTOR_TYPE_SINGLE) != 0)
    {
      leave (work, entry, NULL);
      return;
    }
  kontor_work_touch (row);
  row->hidden = hidden;
  kontor_work_log (work,
                   hidden ? KONTOR_OP_KIND_DEL : KONTOR_OP_KIND_UNDEL,
                   entry->type,
                   &entry->id);
  kontor_work_stamp (work, row);
}

/**
 * kontor_undo_entry:
 * @work: a working set
 * @entry: an operation of the log
 * @error: (nullable): place for an error
 *
 * Takes one operation back as far as nobody changed since what it did; the rest is added to the
 * working set's .rest.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_undo_entry (KontorWork *work, const KontorLogEntry *entry, GError **error)
{
  GError *local_error = NULL;
  KontorWorkRow *row = kontor_work_load (work, entry->type, &entry->id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (row == NULL || entry->kind == KONTOR_OP_KIND_PURGE)
    {
      leave (work, entry, NULL);
      return TRUE;
    }
  switch (entry->kind)
    {
    case KONTOR_OP_KIND_NEW:
    case KONTOR_OP_KIND_UNDEL:
      undo_hide (work, row, entry, TRUE);
      break;
    case KONTOR_OP_KIND_DEL:
      undo_hide (work, row, entry, FALSE);
      break;
    case KONTOR_OP_KIND_SET:
      undo_set (work, row, entry);
      break;
    case KONTOR_OP_KIND_INC:
      undo_inc (work, row, entry);
      break;
    case KONTOR_OP_KIND_LINK:
      undo_link (work, row, entry);
      break;
    case KONTOR_OP_KIND_PURGE:
    default:
      break;
    }
  return TRUE;
}

/**
 * kontor_undo_erase_entry:
 * @work: a silent working set
 * @entry: an operation of a step that was never whole
 * @error: (nullable): place for an error
 *
 * Takes one operation back as if it had never been: what it made is erased, not put in the trash.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_undo_erase_entry (KontorWork *work, const KontorLogEntry *entry, GError **error)
{
  GError *local_error = NULL;
  KontorWorkRow *row;

  if (entry->kind != KONTOR_OP_KIND_NEW && (entry->kind != KONTOR_OP_KIND_LINK || entry->has_was))
    return kontor_undo_entry (work, entry, error);
  row = kontor_work_load (work, entry->type, &entry->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (row == NULL)
    return TRUE;
  kontor_work_touch (row);
  row->removed = row->hidden = row->edited = TRUE;
  return TRUE;
}

/* --- Links ---------------------------------------------------------------------------------- */

static gboolean
is_link_fine (KontorWork *work, KontorWorkRow *row, const KontorFieldDef *field)
{
  g_autoptr(GError) error = NULL;

  return kontor_work_check_link (work, row, field, &error);
}

/* Sets a link again to what it was before the undo, and logs that too. */
static void
leave_link (KontorWork *work, KontorWorkRow *row, const KontorFieldDef *field)
{
  g_auto(KontorPieces) pieces = { NULL, NULL };
  g_auto(KontorValue) before = KONTOR_VALUE_INIT;

  kontor_pieces_init (&pieces);
  kontor_record_get_value (row->before, field, &before);
  kontor_work_set_logged (row, field, &before, &pieces);
  kontor_work_log_pieces (work, KONTOR_OP_KIND_SET, row, &pieces, 0);
  add_rest (work, row->type, &row->id, 0, field);
}

static gboolean
settle_row (KontorWork *work, KontorWorkRow *row)
{
  gboolean settled = TRUE;

  for (guint i = 0; i < row->plan->n_columns; i++)
    {
      const KontorFieldDef *field = row->plan->columns[i].field;
      g_auto(KontorValue) before = KONTOR_VALUE_INIT;
      g_auto(KontorValue) now = KONTOR_VALUE_INIT;

      if (!kontor_work_is_link (field) || !kontor_field_set_has (&row->changed, i))
        continue;
      kontor_record_get_value (row->before, field, &before);
      kontor_record_get_value (row->record, field, &now);
      if (kontor_value_equal (&before, &now) || is_link_fine (work, row, field))
        continue;
      leave_link (work, row, field);
      settled = FALSE;
    }
  return settled;
}

/**
 * kontor_undo_settle_links:
 * @work: a working set with all operations of a transaction taken back
 *
 * Leaves links alone that would lead to nothing or round in a circle. Only the end counts: while a
 * step is taken back piece by piece, its chains may cross. Each round leaves links as they were
 * before, where all was well, so that it ends.
 */
void
kontor_undo_settle_links (KontorWork *work)
{
  gboolean settled;

  do
    {
      settled = TRUE;
      for (guint i = 0; i < work->order->len; i++)
        {
          KontorWorkRow *row = g_ptr_array_index (work->order, i);

          if (row->edited && !row->removed && row->before != NULL)
            settled &= settle_row (work, row);
        }
    }
  while (!settled);
}
