/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operation leaves in the log: the fields that really changed, as they are and as they
 * were. It is kept in memory until the transaction is written. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-wire.h"

/**
 * kontor_work_log:
 * @work: a working set
 * @kind: kind of an operation
 * @type: the record's type
 * @id: the record
 *
 * Returns: (transfer none): a log entry to be filled in, valid until the next one
 */
KontorLogOp *
kontor_work_log (KontorWork *work,
                 KontorOpKind kind,
                 const KontorRecordType *type,
                 const KontorId *id)
{
  KontorLogOp *op;

  g_array_set_size (work->log, work->log->len + 1);
  op = &g_array_index (work->log, KontorLogOp, work->log->len - 1);
  op->kind = kind;
  op->type = type;
  op->id = *id;
  return op;
}

/**
 * kontor_pieces_init:
 * @pieces: now and was of a log entry to be
 */
void
kontor_pieces_init (KontorPieces *pieces)
{
  pieces->now = g_string_new ("{");
  pieces->was = g_string_new ("{");
}

/**
 * kontor_pieces_clear:
 * @pieces: pieces, initialised or all zero
 */
void
kontor_pieces_clear (KontorPieces *pieces)
{
  if (pieces->now == NULL)
    return;
  g_string_free (pieces->now, TRUE);
  g_string_free (pieces->was, TRUE);
}

/**
 * kontor_pieces_append:
 * @out: one side of the pieces
 * @field: a field
 * @value: its value on that side
 */
void
kontor_pieces_append (GString *out, const KontorFieldDef *field, const KontorValue *value)
{
  if (out->len > 1)
    g_string_append_c (out, ',');
  kontor_wire_append_string (out, field->name);
  g_string_append_c (out, ':');
  kontor_wire_append_value (out, field, value);
}

/**
 * kontor_work_log_pieces:
 * @work: a working set
 * @kind: kind of the operation
 * @row: the record
 * @pieces: what changed; of no use afterwards but to be cleared
 * @seen: rev the author saw
 */
void
kontor_work_log_pieces (KontorWork *work,
                        KontorOpKind kind,
                        KontorWorkRow *row,
                        KontorPieces *pieces,
                        gint64 seen)
{
  KontorLogOp *op = kontor_work_log (work, kind, row->type, &row->id);

  g_string_append_c (pieces->now, '}');
  g_string_append_c (pieces->was, '}');
  op->now = g_string_free (g_steal_pointer (&pieces->now), FALSE);
  op->was = g_string_free (g_steal_pointer (&pieces->was), FALSE);
  op->seen_rev = seen;
}

/**
 * kontor_work_set_logged:
 * @row: a record of a working set
 * @field: a field of it
 * @value: its new value
 * @pieces: where the change is noted
 *
 * Returns: whether the value differs from the present one
 */
gboolean
kontor_work_set_logged (KontorWorkRow *row,
                        const KontorFieldDef *field,
                        const KontorValue *value,
                        KontorPieces *pieces)
{
  g_auto(KontorValue) was = KONTOR_VALUE_INIT;

  kontor_record_get_value (row->record, field, &was);
  if (!kontor_work_set_value (row, field, value))
    return FALSE;
  kontor_pieces_append (pieces->now, field, value);
  kontor_pieces_append (pieces->was, field, &was);
  return TRUE;
}

/**
 * kontor_work_stamp:
 * @work: a working set
 * @row: a record of it that an operation changes
 *
 * Notes that the record was edited, by whom and when.
 */
void
kontor_work_stamp (KontorWork *work, KontorWorkRow *row)
{
  guint number = row->type->number;
  KontorFieldId at = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_MODIFIED_AT);
  KontorFieldId by = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_MODIFIED_BY);
  const KontorId *author;

  if (row->edited)
    return;
  row->edited = TRUE;
  if (work->silent)
    return;
  kontor_work_touch (row);
  kontor_record_set_integer (row->record, at, work->now);
  kontor_work_mark (row, kontor_field_by_id (at));
  author = kontor_record_get_link (row->record, by);
  if (author != NULL && kontor_id_equal (author, &work->db->user))
    return;
  kontor_record_set_link (row->record, by, &work->db->user);
  kontor_work_mark (row, kontor_field_by_id (by));
}
