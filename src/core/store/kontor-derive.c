/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Computed columns of people and organisations (C5): main phone, mail, city, organisation. Derived
 * in memory from the children in the working set; those of stored records are loaded first. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-date.h"
#include "kontor-model.h"

/* The same computed field of the two kinds of parties. */
typedef struct
{
  KontorFieldId main_phone, main_mail, city, region, country;
} PartyFields;

static const PartyFields contact_fields = { KONTOR_CONTACT_MAIN_PHONE,
                                            KONTOR_CONTACT_MAIN_MAIL,
                                            KONTOR_CONTACT_CITY,
                                            KONTOR_CONTACT_REGION,
                                            KONTOR_CONTACT_COUNTRY };
static const PartyFields account_fields = { KONTOR_ACCOUNT_MAIN_PHONE,
                                            KONTOR_ACCOUNT_MAIN_MAIL,
                                            KONTOR_ACCOUNT_CITY,
                                            KONTOR_ACCOUNT_REGION,
                                            KONTOR_ACCOUNT_COUNTRY };

static gboolean
is_live (KontorWorkRow *row)
{
  return !row->hidden && !row->removed;
}

static gboolean
has_changed (KontorWorkRow *row, KontorFieldId field)
{
  return kontor_field_set_has (&row->changed, kontor_field_by_id (field)->index);
}

/* --- Which child stands for the record ------------------------------------------------------ */

static const char *
get_today (KontorWork *work)
{
  if (work->today == NULL)
    work->today = kontor_date_today (work->now);
  return work->today;
}

/* The live child that @field shows. */
static KontorRecord *
choose_child (KontorWork *work, GPtrArray *children, KontorFieldId field)
{
  const KontorFieldSource *source = kontor_field_get_source (kontor_field_by_id (field));
  KontorRecord *best = NULL;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorWorkRow *child = g_ptr_array_index (children, i);

      if (is_live (child) && kontor_field_source_counts (source, child->record, get_today (work)) &&
          (best == NULL || kontor_field_source_is_before (source, child->record, best)))
        best = child->record;
    }
  return best;
}

static void
derive_text (KontorWorkRow *row, KontorFieldId field, KontorRecord *child)
{
  const KontorFieldSource *source = kontor_field_get_source (kontor_field_by_id (field));

  kontor_work_set_computed_text (row,
                                 field,
                                 child != NULL ? kontor_record_get_text (child, source->source)
                                               : NULL);
}

static void
derive_points (KontorWork *work, KontorWorkRow *row, GPtrArray *children, const PartyFields *fields)
{
  derive_text (row, fields->main_phone, choose_child (work, children, fields->main_phone));
  derive_text (row, fields->main_mail, choose_child (work, children, fields->main_mail));
}

static void
derive_address (KontorWork *work,
                KontorWorkRow *row,
                GPtrArray *children,
                const PartyFields *fields)
{
  KontorRecord *address = choose_child (work, children, fields->city);

  derive_text (row, fields->city, address);
  derive_text (row, fields->region, address);
  derive_text (row, fields->country, address);
}

static const char *
get_account_name (KontorWork *work, const KontorId *id)
{
  KontorWorkRow *row = kontor_work_lookup (work, id);
  char *name;

  if (row != NULL)
    return row->type == &kontor_account_type
             ? kontor_record_get_text (row->record, KONTOR_ACCOUNT_NAME)
             : NULL;
  if (work->names == NULL)
    work->names = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, g_free);
  name = g_hash_table_lookup (work->names, id);
  if (name == NULL)
    {
      name = kontor_rows_dup_title (work->db, &kontor_account_type, id);
      if (name != NULL)
        g_hash_table_insert (work->names, kontor_id_copy (id), name);
    }
  return name;
}

static void
derive_organisation (KontorWork *work, KontorWorkRow *row, GPtrArray *children)
{
  KontorRecord *employment = choose_child (work, children, KONTOR_CONTACT_ACCOUNT);
  const KontorId *account = NULL;

  if (employment != NULL)
    account = kontor_record_get_link (employment, KONTOR_ACCOUNT_CONTACT_ACCOUNT);
  kontor_work_set_computed_link (row, KONTOR_CONTACT_ACCOUNT, account);
  kontor_work_set_computed_text (row,
                                 KONTOR_CONTACT_ACCOUNT_NAME,
                                 account != NULL ? get_account_name (work, account) : NULL);
  derive_text (row, KONTOR_CONTACT_POSITION, employment);
}

static gboolean
derive_party (KontorWork *work, KontorWorkRow *row, GError **error)
{
  const PartyFields *fields;
  GPtrArray *children;

  if (!kontor_work_load_children (work, row, error))
    return FALSE;
  children = kontor_work_children (work, &row->id);
  fields = row->type == &kontor_contact_type ? &contact_fields : &account_fields;
  derive_points (work, row, children, fields);
  derive_address (work, row, children, fields);
  if (row->type == &kontor_contact_type)
    derive_organisation (work, row, children);
  else if (row->is_new)
    kontor_work_set_computed_integer (row, KONTOR_ACCOUNT_PEOPLE, FALSE, 0);
  return TRUE;
}

/* --- People of an organisation ------------------------------------------------------------ */

static void
add_people (KontorWork *work, const KontorId *account, int by)
{
  gpointer key, value;

  if (account == NULL || kontor_id_is_null (account))
    return;
  if (work->db->bulk)
    {
      kontor_derive_remember (work->db, &kontor_account_type, account, KONTOR_TODO_PEOPLE);
      return;
    }
  if (work->people == NULL)
    work->people = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  if (!g_hash_table_lookup_extended (work->people, account, &key, &value))
    value = NULL;
  g_hash_table_insert (work->people,
                       kontor_id_copy (account),
                       GINT_TO_POINTER (GPOINTER_TO_INT (value) + by));
}

static void
count_people (KontorWork *work, KontorWorkRow *row)
{
  KontorRecord *before = row->before != NULL ? row->before : row->record;

  if (!row->is_new && !row->was_hidden)
    add_people (work, kontor_record_get_link (before, KONTOR_CONTACT_ACCOUNT), -1);
  if (is_live (row))
    add_people (work, kontor_record_get_link (row->record, KONTOR_CONTACT_ACCOUNT), 1);
}

static gboolean
derive_people (KontorWork *work, GError **error)
{
  GHashTableIter iter;
  gpointer id, by;

  if (work->people == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, work->people);
  while (g_hash_table_iter_next (&iter, &id, &by))
    {
      KontorWorkRow *account;
      GError *local_error = NULL;

      if (GPOINTER_TO_INT (by) == 0)
        continue;
      account = kontor_work_load (work, &kontor_account_type, id, &local_error);
      if (account != NULL)
        kontor_work_set_computed_integer (account,
                                          KONTOR_ACCOUNT_PEOPLE,
                                          FALSE,
                                          kontor_record_get_integer (account->record,
                                                                     KONTOR_ACCOUNT_PEOPLE) +
                                            GPOINTER_TO_INT (by));
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- What the operations of the transaction call for -------------------------------------- */

static gboolean
mark_owner (KontorWork *work, KontorWorkRow *child, gboolean derive, GError **error)
{
  const KontorFieldDef *parent = kontor_type_parent_field (child->type);
  const KontorId *id = kontor_record_value_link (child->record, parent);
  const KontorRecordType *type = kontor_work_link_target (child->record, parent);
  KontorWorkRow *owner;
  GError *local_error = NULL;

  if (id == NULL || type == NULL || (type->flags & KONTOR_TYPE_SEARCHED) == 0)
    return TRUE;
  owner = kontor_work_lookup (work, id);
  if (work->db->bulk && (owner == NULL || !owner->is_new))
    {
      kontor_derive_remember (work->db, type, id, KONTOR_TODO_ALL);
      return TRUE;
    }
  if (owner == NULL)
    owner = kontor_work_load (work, type, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (owner == NULL || owner->type != type)
    return TRUE;
  owner->derive |= derive;
  owner->search = TRUE;
  return TRUE;
}

static gboolean
has_searched_change (KontorWorkRow *row)
{
  if (row->is_new || row->hidden != row->was_hidden)
    return TRUE;
  for (guint i = 0; i < row->plan->n_columns; i++)
    if ((row->plan->columns[i].field->flags & (KONTOR_FIELD_SEARCHED | KONTOR_FIELD_TITLE)) != 0 &&
        kontor_field_set_has (&row->changed, i))
      return TRUE;
  return FALSE;
}

/* Its numbers stand in the phone book under another name, or with another mark. */
static gboolean
is_called_otherwise (KontorWorkRow *row)
{
  return row->type == &kontor_account_type ? has_changed (row, KONTOR_ACCOUNT_NAME)
                                           : has_changed (row, KONTOR_CONTACT_NAME) ||
                                               has_changed (row, KONTOR_CONTACT_DO_NOT_CONTACT);
}

static void
mark_party (KontorWork *work, KontorWorkRow *row)
{
  /* what came out of the trash may have missed a new name of its organisation */
  if (row->is_new || (row->was_hidden && !row->hidden))
    row->derive = TRUE;
  row->points |= row->hidden != row->was_hidden || is_called_otherwise (row);
  if (row->type == &kontor_account_type && !row->is_new && has_changed (row, KONTOR_ACCOUNT_NAME))
    {
      if (work->db->bulk)
        kontor_derive_remember (work->db, row->type, &row->id, KONTOR_TODO_ALL);
      else
        g_ptr_array_add (work->renamed, row);
    }
}

static gboolean
mark_row (KontorWork *work, KontorWorkRow *row, GError **error)
{
  if ((row->type->flags & KONTOR_TYPE_SEARCHED) != 0 && has_searched_change (row))
    {
      if (work->db->bulk && !row->is_new)
        kontor_derive_remember (work->db, row->type, &row->id, KONTOR_TODO_ALL);
      else
        row->search = TRUE;
    }
  if ((row->type->flags & KONTOR_TYPE_PARTY) != 0)
    mark_party (work, row);
  if (row->type == &kontor_contact_point_type || row->type == &kontor_address_type ||
      row->type == &kontor_account_contact_type || row->type == &kontor_consent_type)
    return mark_owner (work, row, TRUE, error);
  if ((row->type->flags & KONTOR_TYPE_CHILD) != 0)
    return !row->plan->searched || !has_searched_change (row) ||
           mark_owner (work, row, FALSE, error);
  return kontor_derive_collect_targets (work, row, error);
}

/**
 * kontor_derive_work:
 * @work: a working set, applied and checked
 * @error: (nullable): place for an error
 *
 * Brings the computed columns of the working set up to date, in memory.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_work (KontorWork *work, GError **error)
{
  /* the working set grows while owners and children are loaded: what is loaded is not edited */
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->edited && !mark_row (work, row, error))
        return FALSE;
    }
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->removed || (row->type->flags & KONTOR_TYPE_PARTY) == 0)
        continue;
      /* in the trash nothing shows; what comes out of it is derived again */
      if ((!row->hidden || row->is_new) && row->derive && !derive_party (work, row, error))
        return FALSE;
      if ((row->derive || row->points) && !kontor_derive_points (work, row, error))
        return FALSE;
      if (row->type == &kontor_contact_type && has_changed (row, KONTOR_CONTACT_ACCOUNT_NAME))
        row->search = TRUE;
    }
  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->type == &kontor_contact_type && (row->is_new || row->hidden != row->was_hidden ||
                                                has_changed (row, KONTOR_CONTACT_ACCOUNT)))
        count_people (work, row);
    }
  return derive_people (work, error);
}

/* --- After the rows are written ------------------------------------------------------------- */

static gboolean
rename_in_contacts (KontorWork *work, KontorWorkRow *account, GError **error)
{
  const KontorFieldDef *link = kontor_field_by_id (KONTOR_CONTACT_ACCOUNT);
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_CONTACT_ACCOUNT_NAME);
  const char *text = kontor_record_get_text (account->record, KONTOR_ACCOUNT_NAME);
  g_autoptr(GPtrArray) contacts = NULL;

  if (!kontor_rows_update_where (work->db,
                                 &kontor_contact_type,
                                 name,
                                 text,
                                 link,
                                 &account->id,
                                 error))
    return FALSE;
  contacts = kontor_rows_find (work->db,
                               &kontor_contact_type,
                               link,
                               &account->id,
                               KONTOR_READ_DEFAULT,
                               error);
  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      KontorWorkRow *contact =
        kontor_work_add_read (work, g_object_ref (g_ptr_array_index (contacts, i)));

      kontor_record_set_text (contact->record, KONTOR_CONTACT_ACCOUNT_NAME, text);
      contact->search = TRUE;
      contact->touched = TRUE;
      if (!kontor_derive_points_after_write (work, contact, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_derive_after_write:
 * @work: a working set whose rows are written
 * @error: (nullable): place for an error
 *
 * Derives what is asked of the file itself: names shown by others, and what activities say.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_after_write (KontorWork *work, GError **error)
{
  for (guint i = 0; i < work->renamed->len; i++)
    if (!rename_in_contacts (work, g_ptr_array_index (work->renamed, i), error))
      return FALSE;
  return kontor_derive_targets (work, error);
}
