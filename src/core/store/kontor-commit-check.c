/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links of the working set in its end state: to records that exist, and without cycles where the
 * field forbids them. Rows that did not change are trusted. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>

/* Deeper chains than this are taken for a cycle that is there already and not ours. */
#define MAX_CHAIN 10000

static gboolean
row_exists (KontorWork *work, const KontorRecordType *type, const KontorId *id, GError **error)
{
  KontorRowPlan *plan = kontor_rows_plan (work->db, type);
  g_autofree char *sql = NULL;
  sqlite3_stmt *stmt;
  gboolean row = FALSE;

  if (plan->exists == NULL)
    sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id=?", type->name);
  stmt = kontor_row_plan_prepare (work->db, &plan->exists, sql, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, id->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  if (!kontor_db_step (work->db, stmt, &row, error))
    row = FALSE;
  sqlite3_reset (stmt);
  return row;
}

/* Whether @id names a record of @type: in the working set, in the file, or later in the step. */
static gboolean
link_exists (KontorWork *work, const KontorRecordType *type, const KontorId *id, GError **error)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);

  if (row != NULL)
    return row->type == type && !row->removed;
  if (g_hash_table_lookup (work->known, id) == type ||
      (work->step_ids != NULL && g_hash_table_lookup (work->step_ids, id) == type) ||
      (work->expected != NULL && g_hash_table_lookup (work->expected, id) == type))
    return TRUE;
  if (!row_exists (work, type, id, error))
    return FALSE;
  g_hash_table_insert (work->known, kontor_id_copy (id), (gpointer) type);
  return TRUE;
}

static gboolean
check_link (KontorWork *work, KontorWorkRow *row, const KontorFieldDef *field, GError **error)
{
  const KontorId *id = kontor_record_value_link (row->record, field);
  const KontorRecordType *target;
  GError *local_error = NULL;
  char text[KONTOR_ID_TEXT_SIZE];

  if (id == NULL || kontor_id_is_null (id))
    return TRUE;
  target = kontor_work_link_target (row->record, field);
  if (target != NULL && link_exists (work, target, id, &local_error))
    return TRUE;
  if (local_error == NULL)
    {
      kontor_id_format (id, text);
      local_error =
        kontor_work_error (work,
                           KONTOR_ERROR_INVALID,
                           row->type,
                           &row->id,
                           row->record,
                           field,
                           target != NULL ? _("It links to a record that does not exist.")
                                          : _("The type of the record it links to is missing."));
      kontor_error_set_value (local_error, text);
    }
  g_propagate_error (error, local_error);
  return FALSE;
}

/* The next record up a chain; %FALSE where it ends. */
static gboolean
follow_link (KontorWork *work,
             const KontorRecordType *type,
             const KontorFieldDef *field,
             KontorId *id)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);
  g_autoptr(KontorRecord) read = NULL;
  const KontorId *next;
  KontorRecord *record;

  if (row == NULL)
    read = kontor_rows_get (work->db, type, id, KONTOR_READ_TRASHED, NULL);
  record = row != NULL ? row->record : read;
  if (record == NULL)
    return FALSE;
  next = kontor_record_value_link (record, field);
  if (next == NULL || kontor_id_is_null (next))
    return FALSE;
  *id = *next;
  return TRUE;
}

static char *
dup_title (KontorWork *work, const KontorRecordType *type, const KontorId *id)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);
  char *title = row != NULL ? kontor_record_dup_title (row->record)
                            : kontor_rows_dup_title (work->db, type, id);

  return title != NULL ? title : kontor_id_to_string (id);
}

static GError *
make_cycle_error (KontorWork *work, KontorWorkRow *row, const KontorFieldDef *field)
{
  g_autoptr(GString) chain = g_string_new (NULL);
  g_autofree char *start = dup_title (work, row->type, &row->id);
  g_autofree char *reason = NULL;
  KontorId id = row->id;
  GError *error;

  g_string_append (chain, start);
  for (guint n = 0; n < 20 && follow_link (work, row->type, field, &id); n++)
    {
      g_autofree char *title = dup_title (work, row->type, &id);

      g_string_append_printf (chain, " → %s", title);
      if (kontor_id_equal (&id, &row->id))
        break;
    }
  /* Translators: %s is a chain of titles: A → B → A */
  reason = g_strdup_printf (_("This would go round in a circle: %s."), chain->str);
  error =
    kontor_work_error (work, KONTOR_ERROR_INVALID, row->type, &row->id, row->record, field, reason);
  kontor_error_set_value (error, chain->str);
  return error;
}

/* Whether nothing outside the working set can link to the record yet. */
static gboolean
is_unknown_outside (KontorWork *work, KontorWorkRow *row)
{
  return row->is_new && !work->is_later &&
         (work->expected == NULL || !g_hash_table_contains (work->expected, &row->id));
}

static gboolean
check_cycle (KontorWork *work, KontorWorkRow *row, const KontorFieldDef *field, GError **error)
{
  gboolean unknown = is_unknown_outside (work, row);
  KontorId id = row->id;

  for (guint n = 0; n < MAX_CHAIN; n++)
    {
      if (unknown && n > 0 && kontor_work_lookup (work, &id) == NULL)
        return TRUE;
      if (!follow_link (work, row->type, field, &id))
        return TRUE;
      if (kontor_id_equal (&id, &row->id))
        {
          g_propagate_error (error, make_cycle_error (work, row, field));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * kontor_work_check_link:
 * @work: a working set
 * @row: a record of it
 * @field: a link of it
 * @error: (nullable): place for an error with field and value
 *
 * Returns: %FALSE with @error set: it leads to nothing or round in a circle
 */
gboolean
kontor_work_check_link (KontorWork *work,
                        KontorWorkRow *row,
                        const KontorFieldDef *field,
                        GError **error)
{
  return check_link (work, row, field, error) &&
         ((field->flags & KONTOR_FIELD_ACYCLIC) == 0 || check_cycle (work, row, field, error));
}

/* All links of a new record, else those that changed. */
static gboolean
check_row (KontorWork *work, KontorWorkRow *row, GError **error)
{
  for (guint i = 0; i < row->plan->n_columns; i++)
    {
      const KontorFieldDef *field = row->plan->columns[i].field;

      if (row->plan->columns[i].storage != KONTOR_STORAGE_ID ||
          (field->flags & KONTOR_FIELD_COMPUTED) != 0 ||
          (field->id & 0xff) == KONTOR_COMMON_CREATED_BY ||
          (field->id & 0xff) == KONTOR_COMMON_MODIFIED_BY ||
          (!row->is_new && !kontor_field_set_has (&row->changed, i)))
        continue;
      if (!kontor_work_check_link (work, row, field, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_work_check:
 * @work: a working set with all operations applied
 * @error: (nullable): place for an error with field and value
 *
 * Returns: %FALSE with @error set: a link leads to nothing or round in a circle
 */
gboolean
kontor_work_check (KontorWork *work, GError **error)
{
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->edited && !row->removed && !check_row (work, row, error))
        return FALSE;
    }
  return TRUE;
}
