/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a number says of whose it is: computed columns of contact points, so that a phone book is
 * one index, walked in the order of names. Only numbers that can be called have a name. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-field-source.h"
#include "kontor-model.h"

static gboolean
is_live (KontorWorkRow *row)
{
  return !row->hidden && !row->removed;
}

static gboolean
is_phone_consent (KontorWorkRow *row)
{
  return row->type == &kontor_consent_type && is_live (row) &&
         g_strcmp0 (kontor_record_get_text (row->record, KONTOR_CONSENT_PURPOSE), "phone") == 0;
}

/* Withdrawn, and none given that still holds. */
static gboolean
has_withdrawn (GPtrArray *children)
{
  gboolean withdrawn = FALSE;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorWorkRow *child = g_ptr_array_index (children, i);

      if (!is_phone_consent (child))
        continue;
      if (kontor_record_is_null (child->record, KONTOR_CONSENT_WITHDRAWN_AT))
        return FALSE;
      withdrawn = TRUE;
    }
  return withdrawn;
}

static gboolean
must_not_be_called (KontorWorkRow *party, GPtrArray *children)
{
  return (party->type == &kontor_contact_type &&
          kontor_record_get_integer (party->record, KONTOR_CONTACT_DO_NOT_CONTACT) != 0) ||
         has_withdrawn (children);
}

/* The kinds of a main phone, and no longer valid ones left out, as there. */
static gboolean
can_be_called (KontorWorkRow *point)
{
  const KontorFieldSource *source =
    kontor_field_get_source (kontor_field_by_id (KONTOR_CONTACT_MAIN_PHONE));

  return kontor_field_source_counts (source, point->record, "");
}

/* No is no value, so that most numbers need none. */
static void
derive_point (KontorWorkRow *point,
              const char *name,
              const char *organisation,
              gboolean do_not_call)
{
  gboolean listed = name != NULL && can_be_called (point);
  gboolean marked = listed && do_not_call;

  kontor_work_set_computed_text (point, KONTOR_CONTACT_POINT_PARTY_NAME, listed ? name : NULL);
  kontor_work_set_computed_text (point,
                                 KONTOR_CONTACT_POINT_ORGANISATION,
                                 listed ? organisation : NULL);
  kontor_work_set_computed_integer (point, KONTOR_CONTACT_POINT_DO_NOT_CALL, !marked, marked);
}

/**
 * kontor_derive_points:
 * @work: a working set
 * @party: a person or an organisation, with its own computed columns up to date
 * @error: (nullable): place for an error
 *
 * Brings the computed columns of its contact points up to date, in memory. Those of who is in the
 * trash have none, and none have those that are.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_points (KontorWork *work, KontorWorkRow *party, GError **error)
{
  g_autofree char *name = NULL;
  const char *organisation = NULL;
  GPtrArray *children;
  gboolean do_not_call;

  if (!kontor_work_load_children (work, party, error))
    return FALSE;
  children = kontor_work_children (work, &party->id);
  if (is_live (party))
    name = kontor_record_dup_title (party->record);
  if (party->type == &kontor_contact_type)
    organisation = kontor_record_get_text (party->record, KONTOR_CONTACT_ACCOUNT_NAME);
  do_not_call = must_not_be_called (party, children);
  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorWorkRow *child = g_ptr_array_index (children, i);

      if (child->type == &kontor_contact_point_type && !child->removed)
        derive_point (child, child->hidden ? NULL : name, organisation, do_not_call);
    }
  return TRUE;
}

/**
 * kontor_derive_points_after_write:
 * @work: a working set whose rows are written
 * @party: a person of it whose computed columns changed since
 * @error: (nullable): place for an error
 *
 * The same, and writes them.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_points_after_write (KontorWork *work, KontorWorkRow *party, GError **error)
{
  GPtrArray *children;

  if (!kontor_derive_points (work, party, error))
    return FALSE;
  children = kontor_work_children (work, &party->id);
  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorWorkRow *child = g_ptr_array_index (children, i);

      if (child->type == &kontor_contact_point_type && is_live (child) &&
          !kontor_field_set_is_empty (&child->changed) &&
          !kontor_rows_update_set (work->db, child->record, &child->changed, error))
        return FALSE;
    }
  return TRUE;
}
