/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links of the working set in its end state: to records that exist, and without cycles where the
 * field forbids them. Rows that did not change are trusted. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-model.h"
#include <glib/gi18n-lib.h>

/* What a message names of a circle at most. */
#define MAX_NAMED 20

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

/* A link of a stored record, without reading the rest of it; trashed ones count. */
static gboolean
read_link (KontorWork *work,
           const KontorRecordType *type,
           const KontorFieldDef *field,
           KontorId *id)
{
  KontorRowPlan *plan = kontor_rows_plan (work->db, type);
  sqlite3_stmt *stmt = g_hash_table_lookup (plan->ups, field);
  gboolean row = FALSE, found = FALSE;

  if (stmt == NULL)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id=?", field->name, type->name);

      if (kontor_row_plan_prepare (work->db, &stmt, sql, NULL) == NULL)
        return FALSE;
      g_hash_table_insert (plan->ups, (gpointer) field, stmt);
    }
  sqlite3_bind_blob (stmt, 1, id->b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
  if (kontor_db_step (work->db, stmt, &row, NULL) && row &&
      sqlite3_column_bytes (stmt, 0) == KONTOR_ID_SIZE)
    {
      memcpy (id->b, sqlite3_column_blob (stmt, 0), KONTOR_ID_SIZE);
      found = TRUE;
    }
  sqlite3_reset (stmt);
  return found;
}

/* The next record up a chain; %FALSE where it ends. */
static gboolean
follow_link (KontorWork *work,
             const KontorRecordType *type,
             const KontorFieldDef *field,
             KontorId *id)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);
  const KontorId *next;

  if (row == NULL)
    return read_link (work, type, field, id) && !kontor_id_is_null (id);
  next = kontor_record_value_link (row->record, field);
  if (next == NULL || kontor_id_is_null (next))
    return FALSE;
  *id = *next;
  return TRUE;
}

/* An employment has no name of its own: it is the person's. */
static char *
dup_title (KontorWork *work, const KontorRecordType *type, const KontorId *id)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);
  char *title = NULL;

  if (type == &kontor_account_contact_type)
    {
      const KontorFieldDef *contact = kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_CONTACT);
      KontorId person = *id;

      return follow_link (work, type, contact, &person)
               ? dup_title (work, &kontor_contact_type, &person)
               : kontor_id_to_string (id);
    }
  title = row != NULL ? kontor_record_dup_title (row->record)
                      : kontor_rows_dup_title (work->db, type, id);
  return title != NULL ? title : kontor_id_to_string (id);
}

/* An error of an employment names the person. */
static GError *
make_named_error (KontorWork *work,
                  KontorWorkRow *row,
                  const KontorFieldDef *field,
                  const char *reason)
{
  const KontorId *person = row->type == &kontor_account_contact_type
                             ? kontor_record_get_link (row->record, KONTOR_ACCOUNT_CONTACT_CONTACT)
                             : NULL;
  KontorWorkRow *person_row = person != NULL ? kontor_work_lookup (work, person) : NULL;

  if (person == NULL)
    return kontor_work_error (work,
                              KONTOR_ERROR_INVALID,
                              row->type,
                              &row->id,
                              row->record,
                              field,
                              reason);
  return kontor_work_error (work,
                            KONTOR_ERROR_INVALID,
                            &kontor_contact_type,
                            person,
                            person_row != NULL ? person_row->record : NULL,
                            field,
                            reason);
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
  for (guint n = 0; n < MAX_NAMED && follow_link (work, row->type, field, &id); n++)
    {
      g_autofree char *title = dup_title (work, row->type, &id);

      g_string_append_printf (chain, " → %s", title);
      if (kontor_id_equal (&id, &row->id))
        break;
    }
  /* Translators: %s is a chain of titles: A → B → A */
  reason = g_strdup_printf (_("This would go round in a circle: %s."), chain->str);
  error = make_named_error (work, row, field, reason);
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

/* Walks up from @row. Who came to an end once needs no second walk: @ended has those of this field,
 * so that a chain of any length costs its length, whatever of it changed. A circle that @row is not
 * part of was there before. */
static gboolean
check_cycle (KontorWork *work,
             KontorWorkRow *row,
             const KontorFieldDef *field,
             GHashTable *ended,
             GError **error)
{
  g_autoptr(GHashTable) seen =
    g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  gboolean unknown = is_unknown_outside (work, row);
  KontorId id = row->id;

  while (g_hash_table_add (seen, kontor_id_copy (&id)))
    {
      if ((unknown && g_hash_table_size (seen) > 1 && kontor_work_lookup (work, &id) == NULL) ||
          (ended != NULL && g_hash_table_contains (ended, &id)) ||
          !follow_link (work, row->type, field, &id))
        {
          GHashTableIter iter;
          gpointer passed;

          g_hash_table_iter_init (&iter, seen);
          while (ended != NULL && g_hash_table_iter_next (&iter, &passed, NULL))
            g_hash_table_add (ended, kontor_id_copy (passed));
          return TRUE;
        }
      if (kontor_id_equal (&id, &row->id))
        {
          g_propagate_error (error, make_cycle_error (work, row, field));
          return FALSE;
        }
    }
  return TRUE;
}

/* --- Relations that mean a hierarchy ---------------------------------------------------------- */

/* A parent company of a parent company … is a circle as much as one of links is. Here a party may
 * have several parents, so all ways up are gone. */
typedef struct
{
  KontorWork *work;
  GHashTable *above; /* party → the one it was reached from; the first maps to itself */
  GQueue queue;      /* (element-type KontorId) */
} Climb;

static gboolean
is_hierarchy (KontorRecord *relation)
{
  return kontor_relation_kind_is_hierarchy (
    kontor_record_get_text (relation, KONTOR_PARTY_RELATION_KIND));
}

static void
reach (Climb *climb, const KontorId *parent, const KontorId *from)
{
  if (parent == NULL || kontor_id_is_null (parent) || g_hash_table_contains (climb->above, parent))
    return;
  g_hash_table_insert (climb->above, kontor_id_copy (parent), kontor_id_copy (from));
  g_queue_push_tail (&climb->queue, kontor_id_copy (parent));
}

static void
reach_from_work (Climb *climb, const KontorId *id)
{
  for (guint i = 0; i < climb->work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (climb->work->order, i);

      if (row->type == &kontor_party_relation_type && !row->removed && is_hierarchy (row->record) &&
          kontor_id_equal (kontor_record_get_link (row->record, KONTOR_PARTY_RELATION_RIGHT), id))
        reach (climb, kontor_record_get_link (row->record, KONTOR_PARTY_RELATION_LEFT), id);
    }
}

static gboolean
reach_from_file (Climb *climb, const KontorId *id, GError **error)
{
  g_autoptr(GPtrArray) relations =
    kontor_rows_find (climb->work->db,
                      &kontor_party_relation_type,
                      kontor_field_by_id (KONTOR_PARTY_RELATION_RIGHT),
                      id,
                      KONTOR_READ_TRASHED,
                      error);

  if (relations == NULL)
    return FALSE;
  for (guint i = 0; i < relations->len; i++)
    {
      KontorRecord *relation = g_ptr_array_index (relations, i);

      if (kontor_work_lookup (climb->work, kontor_record_get_id (relation)) == NULL &&
          is_hierarchy (relation))
        reach (climb, kontor_record_get_link (relation, KONTOR_PARTY_RELATION_LEFT), id);
    }
  return TRUE;
}

static const KontorRecordType *
get_side_type (KontorRecord *relation, KontorFieldId side)
{
  const char *name = kontor_record_get_text (relation, side);

  return name != NULL ? kontor_record_type_by_name (name) : NULL;
}

/* "Opora → Glad → Opora": from the lower party up and back. */
static GError *
make_climb_error (Climb *climb, KontorWorkRow *row)
{
  const KontorRecordType *type = get_side_type (row->record, KONTOR_PARTY_RELATION_RIGHT_TYPE);
  const KontorId *lower = kontor_record_get_link (row->record, KONTOR_PARTY_RELATION_RIGHT);
  const KontorId *at = lower;
  g_autoptr(GString) chain = g_string_new (NULL);
  g_autofree char *reason = NULL;
  GError *error;
  guint n = 0;

  do
    {
      g_autofree char *title = dup_title (climb->work, type, at);

      g_string_prepend (chain, title);
      g_string_prepend (chain, " → ");
      at = g_hash_table_lookup (climb->above, at);
    }
  while (!kontor_id_equal (at, g_hash_table_lookup (climb->above, at)) && ++n < MAX_NAMED);
  {
    g_autofree char *first = dup_title (climb->work, type, at);
    g_autofree char *last = dup_title (climb->work, type, lower);

    g_string_prepend (chain, first);
    if (!kontor_id_equal (at, lower))
      {
        g_string_prepend (chain, " → ");
        g_string_prepend (chain, last);
      }
  }
  reason = g_strdup_printf (_("This would go round in a circle: %s."), chain->str);
  error = kontor_work_error (climb->work,
                             KONTOR_ERROR_INVALID,
                             row->type,
                             &row->id,
                             row->record,
                             kontor_field_by_id (KONTOR_PARTY_RELATION_LEFT),
                             reason);
  kontor_error_set_value (error, chain->str);
  return error;
}

static gboolean
climb_up (Climb *climb, KontorWorkRow *row, GError **error)
{
  const KontorId *lower = kontor_record_get_link (row->record, KONTOR_PARTY_RELATION_RIGHT);
  const KontorId *upper = kontor_record_get_link (row->record, KONTOR_PARTY_RELATION_LEFT);

  if (lower == NULL || upper == NULL)
    return TRUE;
  reach (climb, upper, upper);
  while (!g_hash_table_contains (climb->above, lower))
    {
      g_autofree KontorId *id = g_queue_pop_head (&climb->queue);

      if (id == NULL)
        return TRUE;
      reach_from_work (climb, id);
      if (!reach_from_file (climb, id, error))
        return FALSE;
    }
  g_propagate_error (error, make_climb_error (climb, row));
  return FALSE;
}

static gboolean
check_relation (KontorWork *work, KontorWorkRow *row, GError **error)
{
  Climb climb = { .work = work };
  gboolean fine;

  if (!is_hierarchy (row->record))
    return TRUE;
  climb.above = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, g_free);
  fine = climb_up (&climb, row, error);
  g_queue_clear_full (&climb.queue, g_free);
  g_hash_table_unref (climb.above);
  return fine;
}

static gboolean
check_field (KontorWork *work,
             KontorWorkRow *row,
             const KontorFieldDef *field,
             GHashTable *ended,
             GError **error)
{
  if (field->id == KONTOR_PARTY_RELATION_KIND)
    return check_relation (work, row, error);
  if (!check_link (work, row, field, error))
    return FALSE;
  if (field->id == KONTOR_PARTY_RELATION_LEFT || field->id == KONTOR_PARTY_RELATION_RIGHT)
    return check_relation (work, row, error);
  return (field->flags & KONTOR_FIELD_ACYCLIC) == 0 || check_cycle (work, row, field, ended, error);
}

/**
 * kontor_work_is_link:
 * @field: a stored field
 *
 * Returns: whether its value can lead to nothing or round in a circle
 */
gboolean
kontor_work_is_link (const KontorFieldDef *field)
{
  return field->id == KONTOR_PARTY_RELATION_KIND ||
         (kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_ID &&
          (field->flags & KONTOR_FIELD_COMPUTED) == 0);
}

/**
 * kontor_work_check_link:
 * @work: a working set
 * @row: a record of it
 * @field: a link of it, see kontor_work_is_link()
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
  return check_field (work, row, field, NULL, error);
}

/* Those that a walk along @field came to an end from. */
static GHashTable *
get_ended (GHashTable *walks, const KontorFieldDef *field)
{
  GHashTable *ended;

  if ((field->flags & KONTOR_FIELD_ACYCLIC) == 0)
    return NULL;
  ended = g_hash_table_lookup (walks, field);
  if (ended == NULL)
    {
      ended = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
      g_hash_table_insert (walks, (gpointer) field, ended);
    }
  return ended;
}

static gboolean
is_to_check (KontorWorkRow *row, guint position)
{
  const KontorFieldDef *field = row->plan->columns[position].field;

  return (row->is_new || kontor_field_set_has (&row->changed, position)) &&
         kontor_work_is_link (field) && (field->id & 0xff) != KONTOR_COMMON_CREATED_BY &&
         (field->id & 0xff) != KONTOR_COMMON_MODIFIED_BY;
}

/* All links of a new record, else those that changed. The kind of a relation is no link, but says
 * what its sides may be; a new one is checked with them. */
static gboolean
check_row (KontorWork *work, KontorWorkRow *row, GHashTable *walks, GError **error)
{
  for (guint i = 0; i < row->plan->n_links; i++)
    {
      const KontorFieldDef *field = row->plan->columns[row->plan->links[i]].field;

      if (is_to_check (row, row->plan->links[i]) &&
          !check_field (work, row, field, get_ended (walks, field), error))
        return FALSE;
    }
  if (row->type == &kontor_party_relation_type && !row->is_new)
    {
      const KontorFieldDef *kind = kontor_field_by_id (KONTOR_PARTY_RELATION_KIND);

      return !is_to_check (row, kontor_row_plan_position (row->plan, kind)) ||
             check_field (work, row, kind, NULL, error);
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
  g_autoptr(GHashTable) walks =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->edited && !row->removed && !check_row (work, row, walks, error))
        return FALSE;
    }
  return TRUE;
}
