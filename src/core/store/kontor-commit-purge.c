/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing a record for good, with what can't be without it: children, memberships, and every record
 * that needs its link to it. Their log goes too; what is left is one operation without values. */
#include "config.h"

#include "kontor-commit-private.h"

static gboolean
erase_log (KontorWork *work, const KontorId *id, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (work->db, "DELETE FROM change_op WHERE id=?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, id->b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
  return kontor_db_run (work->db, stmt, error);
}

static void
drop_log_entries (KontorWork *work, const KontorId *id)
{
  for (guint i = work->log->len; i > 0; i--)
    if (kontor_id_equal (&g_array_index (work->log, KontorLogOp, i - 1).id, id))
      g_array_remove_index (work->log, i - 1);
}

/* Whether a record can't be without what @link names. */
static gboolean
needs_link (const KontorRecordType *type,
            const KontorFieldDef *link,
            const KontorRecordType *target)
{
  if (link->kind != KONTOR_FIELD_LINK_ANY &&
      (link->kind != KONTOR_FIELD_LINK || g_strcmp0 (link->target, target->name) != 0))
    return FALSE;
  return (link->flags & KONTOR_FIELD_REQUIRED) != 0 ||
         ((type->flags & KONTOR_TYPE_CHILD) != 0 && kontor_type_parent_field (type) == link);
}

static gboolean
purge_linking (KontorWork *work,
               const KontorRecordType *type,
               const KontorFieldDef *link,
               const KontorId *target,
               GError **error)
{
  g_autoptr(GPtrArray) found =
    kontor_rows_find (work->db, type, link, target, KONTOR_READ_TRASHED, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (found, i);

      if (!kontor_work_purge (work, kontor_work_add_read (work, g_object_ref (record)), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
purge_dependents (KontorWork *work, KontorWorkRow *row, GError **error)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      for (guint k = 0; k < type->n_fields; k++)
        if (needs_link (type, &type->fields[k], row->type) &&
            !purge_linking (work, type, &type->fields[k], &row->id, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * kontor_work_purge:
 * @work: a working set
 * @row: a record of it
 * @error: (nullable): place for an error
 *
 * Marks a record and what depends on it for erasing and erases their log.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_work_purge (KontorWork *work, KontorWorkRow *row, GError **error)
{
  if (row->removed)
    return TRUE;
  kontor_work_touch (row);
  row->removed = TRUE;
  row->hidden = TRUE;
  row->edited = TRUE;
  drop_log_entries (work, &row->id);
  if (!purge_dependents (work, row, error) || !erase_log (work, &row->id, error))
    return FALSE;
  kontor_work_log (work, KONTOR_OP_KIND_PURGE, row->type, &row->id);
  return TRUE;
}
