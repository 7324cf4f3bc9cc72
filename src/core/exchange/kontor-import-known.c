/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what a row is known, and what merely looks like it. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-rows-private.h"
#include "kontor-model.h"
#include <glib/gi18n-lib.h>

static const char *const mail_kinds[] = { "mail", NULL };
static const char *const phone_kinds[] = { "phone", "mobile", NULL };

static void
add_key (GArray *keys,
         KontorMatchKind kind,
         const KontorRecordType *type,
         const KontorFieldDef *field)
{
  KontorMatchKey key = { kind, type, field };

  g_array_append_val (keys, key);
}

static gboolean
has_column (KontorImportPlan *plan, const KontorFieldDef *field, KontorTargetWhat what)
{
  for (guint i = 0; i < plan->n_cells; i++)
    if (plan->cells[i].slot == 0 && plan->cells[i].field == field && plan->cells[i].what == what)
      return TRUE;
  return FALSE;
}

/* By itself: the id, then numbers, then what a person or thing is called. */
static void
choose_keys (KontorImportPlan *plan, GArray *keys)
{
  const KontorRecordType *type = plan->type;
  const KontorFieldDef *name = plan->slots[0].title;

  if (has_column (plan, NULL, KONTOR_TARGET_ID))
    add_key (keys, KONTOR_MATCH_ID, type, NULL);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const KontorFieldDef *field = &type->fields[i];

      if ((field->flags & KONTOR_FIELD_UNIQUE_HINT) != 0 && field != name &&
          has_column (plan, field, KONTOR_TARGET_VALUE))
        add_key (keys, KONTOR_MATCH_FIELD, type, field);
    }
  if (type == &kontor_contact_type)
    add_key (keys, KONTOR_MATCH_PERSON, type, NULL);
  else if (name != NULL && name->kind == KONTOR_FIELD_NAME && type != &kontor_activity_type)
    add_key (keys, KONTOR_MATCH_FIELD, type, name);
}

static gboolean
find_key (KontorImportPlan *plan, const char *name, GArray *keys, GError **error)
{
  const KontorRecordType *type = plan->type;
  const KontorFieldDef *field = kontor_schema_find_field (plan->schema, type, name);
  gboolean is_party = (type->flags & KONTOR_TYPE_PARTY) != 0;

  if (g_str_equal (name, "id"))
    add_key (keys, KONTOR_MATCH_ID, type, NULL);
  else if (field != NULL && (field->flags & KONTOR_FIELD_COMPUTED) == 0 &&
           kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_TEXT)
    add_key (keys, KONTOR_MATCH_FIELD, type, field);
  else if (is_party && (g_str_equal (name, "mail") || g_str_equal (name, "email")))
    add_key (keys, KONTOR_MATCH_MAIL, type, NULL);
  else if (is_party && g_str_equal (name, "phone"))
    add_key (keys, KONTOR_MATCH_PHONE, type, NULL);
  else if (type == &kontor_contact_type && g_str_equal (name, "person"))
    add_key (keys, KONTOR_MATCH_PERSON, type, NULL);
  else
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_NOT_FOUND,
                        /* Translators: a type of records, a name of a field */
                        _("%s: records can't be told by “%s”."),
                        kontor_record_type_get_label_plural (type),
                        name);
      return FALSE;
    }
  return TRUE;
}

/**
 * kontor_import_rows_choose_keys:
 * @self: new rows
 * @error: (nullable): place for an error
 *
 * Returns: whether it is clear by what the rows are known
 */
gboolean
kontor_import_rows_choose_keys (KontorImportRows *self, GError **error)
{
  const KontorImportOptions *options = self->options;

  if (options->key != NULL)
    return find_key (self->plan, options->key, self->keys, error);
  if (options->mode != KONTOR_IMPORT_ADD || options->decisions != NULL)
    choose_keys (self->plan, self->keys);
  else if (has_column (self->plan, NULL, KONTOR_TARGET_ID))
    add_key (self->keys, KONTOR_MATCH_ID, self->plan->type, NULL);
  return TRUE;
}

static const char *
get_fact (KontorImportRows *self, KontorFact fact)
{
  const KontorDraftLink *account;

  switch (fact)
    {
    case KONTOR_FACT_MAIL:
      return kontor_import_draft_get_point (self->draft, FALSE, mail_kinds);

    case KONTOR_FACT_PHONE:
      return kontor_import_draft_get_point (self->draft, FALSE, phone_kinds);

    case KONTOR_FACT_ACCOUNT:
    case KONTOR_N_FACTS:
    default:
      account = kontor_import_draft_find_link (self->draft,
                                               kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_ACCOUNT));
      return account != NULL ? account->text : NULL;
    }
}

static char *
dup_person (KontorImportRows *self, KontorFact fact)
{
  return kontor_match_person (self->match,
                              kontor_record_get_text (self->draft->records[0], KONTOR_CONTACT_NAME),
                              fact,
                              get_fact (self, fact));
}

/**
 * kontor_import_rows_dup_key:
 * @self: rows, with one read
 * @key: a key
 *
 * Returns: (transfer full) (nullable): what the row says for it
 */
char *
kontor_import_rows_dup_key (KontorImportRows *self, const KontorMatchKey *key)
{
  KontorImportDraft *draft = self->draft;
  char *text = NULL;

  switch (key->kind)
    {
    case KONTOR_MATCH_ID:
      return kontor_id_is_null (&draft->id) ? NULL : kontor_id_to_string (&draft->id);

    case KONTOR_MATCH_MAIL:
      return g_strdup (get_fact (self, KONTOR_FACT_MAIL));

    case KONTOR_MATCH_PHONE:
      return g_strdup (get_fact (self, KONTOR_FACT_PHONE));

    case KONTOR_MATCH_PERSON:
      for (guint i = 0; i < KONTOR_N_FACTS && text == NULL; i++)
        text = dup_person (self, i);
      return text;

    case KONTOR_MATCH_FIELD:
    default:
      return g_strdup (kontor_record_value_text (draft->records[0], key->field));
    }
}

/* A person entered by hand has no id of the address book that is imported. */
static gboolean
is_foreign (const KontorMatchKey *key)
{
  return key->kind == KONTOR_MATCH_FIELD && (key->field->flags & KONTOR_FIELD_HIDDEN) != 0;
}

/**
 * kontor_import_rows_find_known:
 * @self: rows, with one read
 * @id: (out caller-allocates): place for the record
 * @found: (out): whether the row's record is there already
 * @error: (nullable): place for an error
 *
 * The first key the row has a value for decides; an id of another program only if it is known.
 *
 * Returns: %FALSE with @error set: the workspace can't be read
 */
gboolean
kontor_import_rows_find_known (KontorImportRows *self,
                               KontorId *id,
                               gboolean *found,
                               GError **error)
{
  *found = FALSE;
  for (guint i = 0; i < self->keys->len; i++)
    {
      const KontorMatchKey *key = &g_array_index (self->keys, KontorMatchKey, i);
      g_autofree char *text = kontor_import_rows_dup_key (self, key);

      if (text == NULL)
        continue;
      if (!kontor_match_find (self->match, key, text, id, found, error))
        return FALSE;
      if (*found || !is_foreign (key))
        return TRUE;
    }
  return TRUE;
}

/* What a person is told by may be another fact in a later row. */
static void
remember_person (KontorImportRows *self, const KontorMatchKey *key, const KontorId *id)
{
  for (guint i = 0; i < KONTOR_N_FACTS; i++)
    {
      g_autofree char *text = dup_person (self, i);

      kontor_match_add (self->match, key, text, id);
    }
}

/**
 * kontor_import_rows_remember:
 * @self: rows, with one read
 * @id: the record the row becomes
 *
 * Later rows find it.
 */
void
kontor_import_rows_remember (KontorImportRows *self, const KontorId *id)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const KontorMatchKey *key = &g_array_index (self->keys, KontorMatchKey, i);
      g_autofree char *text = kontor_import_rows_dup_key (self, key);

      if (text == NULL)
        continue;
      if (key->kind == KONTOR_MATCH_PERSON)
        remember_person (self, key, id);
      else
        kontor_match_add (self->match, key, text, id);
      if (!is_foreign (key))
        break;
    }
  for (guint i = 0; i < self->own_keys->len; i++)
    {
      const KontorMatchKey *key = &g_array_index (self->own_keys, KontorMatchKey, i);
      g_autofree char *text = kontor_import_rows_dup_key (self, key);

      kontor_match_add (self->match, key, text, id);
    }
}

/* --- What looks like it ----------------------------------------------------------------------- */

/* For the look before an import and for what was decided then: who has the same address, the same
 * name and one more fact, or of organisations the same name. */
static gboolean
is_looked_for (KontorImportRows *self)
{
  return (self->seen != NULL || self->options->decisions != NULL) &&
         (self->plan->type->flags & KONTOR_TYPE_PARTY) != 0;
}

static guint
list_likeness (KontorImportRows *self, KontorMatchKey *keys, char **texts)
{
  const KontorRecordType *type = self->plan->type;
  guint n = 0;

  keys[n] = (KontorMatchKey){ KONTOR_MATCH_MAIL, type, NULL };
  texts[n++] = g_strdup (get_fact (self, KONTOR_FACT_MAIL));
  if (type == &kontor_contact_type)
    for (guint i = 0; i < KONTOR_N_FACTS; i++)
      {
        keys[n] = (KontorMatchKey){ KONTOR_MATCH_PERSON, type, NULL };
        texts[n++] = dup_person (self, i);
      }
  else
    {
      keys[n] = (KontorMatchKey){ KONTOR_MATCH_FIELD, type, self->plan->slots[0].title };
      texts[n] = kontor_import_rows_dup_key (self, &keys[n]);
      n++;
    }
  return n;
}

#define MAX_LIKENESS (1 + KONTOR_N_FACTS)

/**
 * kontor_import_rows_find_likely:
 * @self: rows, with one read
 * @id: (out caller-allocates): place for a record
 * @found: (out): whether there is one that looks like the row's
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the workspace can't be read
 */
gboolean
kontor_import_rows_find_likely (KontorImportRows *self,
                                KontorId *id,
                                gboolean *found,
                                GError **error)
{
  KontorMatchKey keys[MAX_LIKENESS];
  char *texts[MAX_LIKENESS] = { NULL };
  gboolean ok = TRUE;
  guint n;

  *found = FALSE;
  if (!is_looked_for (self))
    return TRUE;
  n = list_likeness (self, keys, texts);
  for (guint i = 0; i < n; i++)
    {
      if (ok && !*found && texts[i] != NULL)
        ok = kontor_match_find (self->match, &keys[i], texts[i], id, found, error);
      g_free (texts[i]);
    }
  return ok;
}

/**
 * kontor_import_rows_remember_likely:
 * @self: rows, with one read
 * @id: the record the row becomes
 *
 * Later rows may look like it.
 */
void
kontor_import_rows_remember_likely (KontorImportRows *self, const KontorId *id)
{
  KontorMatchKey keys[MAX_LIKENESS];
  char *texts[MAX_LIKENESS] = { NULL };
  guint n;

  if (!is_looked_for (self))
    return;
  n = list_likeness (self, keys, texts);
  for (guint i = 0; i < n; i++)
    {
      kontor_match_add (self->match, &keys[i], texts[i], id);
      g_free (texts[i]);
    }
}
