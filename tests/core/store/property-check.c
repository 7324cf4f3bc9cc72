/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store says held against the model: present rows, as-of reading, computed columns. */
#include "config.h"

#include "property-check.h"

void
property_compare_present (Fixture *fixture, Model *model)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, model->rows);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      ModelRow *row = value;
      g_autoptr(KontorRecord) stored =
        fixture_get_any (fixture, kontor_record_get_record_type (row->record), id);

      g_assert_true (model_row_equal (row, stored));
    }
}

void
property_compare_state (Fixture *fixture, Model *model, const ModelState *state)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, model->rows);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const KontorRecordType *type = kontor_record_get_record_type (((ModelRow *) value)->record);
      ModelRow *then = g_hash_table_lookup (state->rows, id);
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorRecord) stored =
        kontor_workspace_get_as_of (fixture->workspace, type, id, state->x, &error);

      if (then == NULL)
        {
          g_assert_null (stored);
          g_assert_cmpint (error->code, ==, KONTOR_ERROR_NOT_FOUND);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (model_row_equal (then, stored));
    }
}

static gboolean
point_is (ModelRow *row, const KontorId *contact, const char *kind)
{
  const KontorId *party;

  if (row->trashed || kontor_record_get_record_type (row->record) != &kontor_contact_point_type ||
      kontor_record_get_integer (row->record, KONTOR_CONTACT_POINT_INVALID) != 0 ||
      g_strcmp0 (kontor_record_get_text (row->record, KONTOR_CONTACT_POINT_KIND), kind) != 0)
    return FALSE;
  party = kontor_record_get_link (row->record, KONTOR_CONTACT_POINT_PARTY);
  return kontor_id_equal (party, contact);
}

/* The main mail is a valid one of the contact, a main one where there is one. */
static void
check_main_mail (Model *model, const KontorId *contact, KontorRecord *stored)
{
  const char *shown = kontor_record_get_text (stored, KONTOR_CONTACT_MAIN_MAIL);
  gboolean any = FALSE, main = FALSE, found = FALSE, found_main = FALSE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, model->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KontorRecord *point = ((ModelRow *) value)->record;
      gboolean is_main, is_shown;

      if (!point_is (value, contact, "mail"))
        continue;
      is_main = kontor_record_get_integer (point, KONTOR_CONTACT_POINT_MAIN) != 0;
      is_shown = g_strcmp0 (shown, kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE)) == 0;
      any = TRUE;
      main |= is_main;
      found |= is_shown;
      found_main |= is_shown && is_main;
    }
  g_assert_cmpint (shown != NULL, ==, any);
  g_assert_true (!any || found);
  g_assert_true (!main || found_main);
}

void
property_check_computed (Fixture *fixture, Model *model)
{
  g_autoptr(GHashTable) people = g_hash_table_new (kontor_id_hash, kontor_id_equal);
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, model->rows);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      ModelRow *row = value;
      g_autoptr(KontorRecord) stored = NULL;
      const KontorId *account;
      ModelRow *account_row;

      if (row->trashed || kontor_record_get_record_type (row->record) != &kontor_contact_type)
        continue;
      stored = fixture_get_any (fixture, &kontor_contact_type, id);
      check_main_mail (model, id, stored);
      account = kontor_record_get_link (stored, KONTOR_CONTACT_ACCOUNT);
      if (account == NULL)
        continue;
      account_row = model_lookup (model, account);
      g_assert_cmpstr (kontor_record_get_text (stored, KONTOR_CONTACT_ACCOUNT_NAME),
                       ==,
                       kontor_record_get_text (account_row->record, KONTOR_ACCOUNT_NAME));
      account = kontor_record_get_id (account_row->record);
      g_hash_table_insert (people,
                           (gpointer) account,
                           GINT_TO_POINTER (
                             GPOINTER_TO_INT (g_hash_table_lookup (people, account)) + 1));
    }
  g_hash_table_iter_init (&iter, model->rows);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (kontor_record_get_record_type (((ModelRow *) value)->record) == &kontor_account_type)
      g_assert_cmpint (fixture_get_integer (fixture, id, KONTOR_ACCOUNT_PEOPLE),
                       ==,
                       GPOINTER_TO_INT (g_hash_table_lookup (people, id)));
}
