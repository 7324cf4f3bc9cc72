/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row after another: read, looked up, linked, and handed to the writer. */
#include "config.h"

#include "kontor-import-rows-private.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

static const char *const mail_kinds[] = { "mail", NULL };
static const char *const phone_kinds[] = { "phone", "mobile", NULL };

/* --- Keys ----------------------------------------------------------------------------------- */

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

/* The first key the row has a value for decides. */
static gboolean
find_known (KontorImportRows *self, KontorId *id, gboolean *found, GError **error)
{
  *found = FALSE;
  for (guint i = 0; i < self->keys->len; i++)
    {
      const KontorMatchKey *key = &g_array_index (self->keys, KontorMatchKey, i);
      g_autofree char *text = kontor_import_rows_dup_key (self, key);

      if (text != NULL)
        return kontor_match_find (self->match, key, text, id, found, error);
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

static void
remember (KontorImportRows *self, const KontorId *id)
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
      break;
    }
  for (guint i = 0; i < self->own_keys->len; i++)
    {
      const KontorMatchKey *key = &g_array_index (self->own_keys, KontorMatchKey, i);
      g_autofree char *text = kontor_import_rows_dup_key (self, key);

      kontor_match_add (self->match, key, text, id);
    }
}

/* --- One row -------------------------------------------------------------------------------- */

static void
tell (KontorImportRows *self, KontorImportVerdict verdict, const KontorId *id)
{
  if (self->seen != NULL)
    self->seen (self->draft->line, verdict, id, self->seen_data);
}

static gboolean
fail_row (KontorImportRows *self,
          KontorErrorCode code,
          const KontorFieldDef *field,
          const char *message,
          GError **error)
{
  GError *local = kontor_error_new (KONTOR_EXCHANGE_ERROR, code, "%s", message);

  kontor_error_set_line (local, self->draft->line);
  if (field != NULL)
    kontor_error_set_field (local, field->name);
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check_required (KontorImportRows *self, GError **error)
{
  KontorRecord *record = self->draft->records[0];
  const KontorRecordType *type = self->plan->type;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const KontorFieldDef *field = &type->fields[i];
      g_autofree char *message = NULL;

      if ((field->flags & KONTOR_FIELD_REQUIRED) == 0 ||
          !kontor_record_value_is_null (record, field))
        continue;
      /* Translators: name of a field */
      message = g_strdup_printf (_("“%s” is missing."), kontor_field_get_label (field));
      return fail_row (self, KONTOR_ERROR_INVALID, field, message, error);
    }
  if (kontor_import_rows_count_ops (self) <= KONTOR_IMPORT_MAX_ROW_OPS)
    return TRUE;
  return fail_row (self,
                   KONTOR_ERROR_LIMIT,
                   NULL,
                   _("The row has more phone numbers, tags and the like than one record takes."),
                   error);
}

/* --- What looks like it ----------------------------------------------------------------------- */

/* For the look before an import only: who has the same address, the same name and one more fact, or
 * of organisations the same name. */
static gboolean
is_looked_for (KontorImportRows *self)
{
  return self->seen != NULL && (self->plan->type->flags & KONTOR_TYPE_PARTY) != 0;
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

static gboolean
find_likely (KontorImportRows *self, KontorId *id, gboolean *found, GError **error)
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

static void
remember_likely (KontorImportRows *self, const KontorId *id)
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

/* --- What becomes of it ----------------------------------------------------------------------- */

static KontorRowStatus
create_row (KontorImportRows *self, gboolean may_wait, GError **error)
{
  KontorId id, likely = KONTOR_ID_NULL;
  KontorRowStatus status;
  gboolean found;

  if (!check_required (self, error))
    return KONTOR_ROW_FAULTY;
  status = kontor_import_rows_resolve (self, may_wait, error);
  if (status != KONTOR_ROW_DONE)
    return status;
  if (!find_likely (self, &likely, &found, error))
    return KONTOR_ROW_FATAL;
  id = kontor_id_is_null (&self->draft->id) ? kontor_id_new (self->env) : self->draft->id;
  remember (self, &id);
  remember_likely (self, &id);
  if (self->waiting != NULL)
    kontor_import_waiting_note_done (self->waiting);
  kontor_import_rows_bind (self, &id);
  status = kontor_import_rows_emit (self, error);
  if (status == KONTOR_ROW_DONE)
    {
      kontor_import_report_edit_counts (self->report)->created++;
      tell (self, found ? KONTOR_VERDICT_DUPLICATE : KONTOR_VERDICT_NEW, found ? &likely : &id);
    }
  return status;
}

static KontorRowStatus
skip_row (KontorImportRows *self, const KontorId *id)
{
  kontor_import_report_edit_counts (self->report)->skipped++;
  tell (self, KONTOR_VERDICT_KNOWN, id);
  return KONTOR_ROW_DONE;
}

static KontorRowStatus
update_row (KontorImportRows *self,
            const KontorId *id,
            gboolean overwrite,
            gboolean may_wait,
            GError **error)
{
  KontorRowStatus status = kontor_import_rows_resolve (self, may_wait, error);
  gboolean changed = FALSE;

  if (status == KONTOR_ROW_DONE)
    status = kontor_import_rows_update (self, id, overwrite, &changed, error);
  if (status != KONTOR_ROW_DONE)
    return status;
  if (!changed)
    return skip_row (self, id);
  kontor_import_report_edit_counts (self->report)->updated++;
  tell (self, KONTOR_VERDICT_UPDATE, id);
  return KONTOR_ROW_DONE;
}

static KontorRowStatus
fail_known (KontorImportRows *self, GError **error)
{
  fail_row (self,
            KONTOR_ERROR_CONFLICT,
            NULL,
            _("There is a record with this id already."),
            error);
  return KONTOR_ROW_FAULTY;
}

static KontorRowStatus
handle_row (KontorImportRows *self, gboolean may_wait, GError **error)
{
  static const KontorImportDecision by_mode[] = {
    [KONTOR_IMPORT_SKIP] = KONTOR_DECISION_SKIP,
    [KONTOR_IMPORT_FILL] = KONTOR_DECISION_FILL,
    [KONTOR_IMPORT_OVERWRITE] = KONTOR_DECISION_OVERWRITE,
    [KONTOR_IMPORT_ADD] = KONTOR_DECISION_CREATE,
  };
  KontorImportDecision decision = by_mode[self->options->mode];
  KontorId id = KONTOR_ID_NULL, chosen;
  gboolean found;

  if (!find_known (self, &id, &found, error))
    return KONTOR_ROW_FATAL;
  if (kontor_import_options_get_decision (self->options, self->draft->line, &decision, &chosen))
    {
      if (!kontor_id_is_null (&chosen))
        id = chosen;
      found = found || !kontor_id_is_null (&chosen);
    }
  else if (!found)
    decision = KONTOR_DECISION_CREATE;
  if (decision == KONTOR_DECISION_SKIP)
    return skip_row (self, &id);
  if (decision == KONTOR_DECISION_CREATE || !found)
    return found && !kontor_id_is_null (&self->draft->id) ? fail_known (self, error)
                                                          : create_row (self, may_wait, error);
  return update_row (self, &id, decision == KONTOR_DECISION_OVERWRITE, may_wait, error);
}

/**
 * kontor_import_rows_process:
 * @self: rows, with one read
 * @may_wait: whether it may wait for rows further down
 * @error: (nullable): place for an error
 *
 * Returns: what became of the row; nothing of it is left unless it is done
 */
KontorRowStatus
kontor_import_rows_process (KontorImportRows *self, gboolean may_wait, GError **error)
{
  KontorRowStatus status = handle_row (self, may_wait, error);

  if (status == KONTOR_ROW_WAITS)
    return status;
  kontor_import_picks_settle (self->plan->picks, status == KONTOR_ROW_DONE);
  kontor_import_rows_drop_helpers (self, status != KONTOR_ROW_DONE);
  return status;
}

/* --- All rows ------------------------------------------------------------------------------- */

static void
note_refused (KontorImportRows *self)
{
  for (guint i = 0; i < self->own_keys->len && self->draft->records[0] != NULL; i++)
    {
      const KontorMatchKey *key = &g_array_index (self->own_keys, KontorMatchKey, i);
      g_autofree char *text = kontor_import_rows_dup_key (self, key);

      if (text == NULL)
        continue;
      if (self->refused == NULL)
        self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->refused,
                           kontor_fold_sort (text),
                           g_memdup2 (&self->draft->line, sizeof self->draft->line));
    }
}

/**
 * kontor_import_rows_refuse:
 * @self: rows
 * @error: what is wrong with a row
 * @line: where it stands
 * @cells: (array length=n_cells): its cells
 * @n_cells: how many
 *
 * Notes a faulty row.
 */
void
kontor_import_rows_refuse (KontorImportRows *self,
                           const GError *error,
                           guint64 line,
                           const char *const *cells,
                           guint n_cells)
{
  kontor_import_report_add_problem (self->report, error, line, cells, n_cells);
  if (self->seen != NULL)
    self->seen (line, KONTOR_VERDICT_FAULTY, &KONTOR_ID_NULL, self->seen_data);
}

/**
 * kontor_import_rows_take:
 * @self: rows
 * @line: where the row stands
 * @cells: (array length=n_cells): its cells
 * @n_cells: how many
 * @error: (nullable): place for an error
 *
 * Takes the next row. A faulty one is noted in the report.
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_rows_take (KontorImportRows *self,
                         guint64 line,
                         const char *const *cells,
                         guint n_cells,
                         GError **error)
{
  KontorRowStatus status = KONTOR_ROW_FAULTY;
  g_autoptr(GError) local_error = NULL;
  gboolean blank;

  if (kontor_import_draft_read (self->draft, line, cells, n_cells, &blank, &local_error))
    {
      if (blank)
        return TRUE;
      status = kontor_import_rows_process (self, self->waiting != NULL, &local_error);
    }
  else
    kontor_import_picks_settle (self->plan->picks, FALSE);
  kontor_import_report_edit_counts (self->report)->rows++;
  switch (status)
    {
    case KONTOR_ROW_DONE:
      return self->waiting == NULL || kontor_import_waiting_release (self->waiting, error);

    case KONTOR_ROW_WAITS:
      return kontor_import_waiting_add (self->waiting, error);

    case KONTOR_ROW_FAULTY:
      note_refused (self);
      kontor_import_rows_refuse (self, local_error, line, cells, n_cells);
      return TRUE;

    case KONTOR_ROW_FATAL:
    default:
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
}

/**
 * kontor_import_rows_finish:
 * @self: rows
 * @error: (nullable): place for an error
 *
 * There are no more rows: those that waited in vain are dealt with.
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_rows_finish (KontorImportRows *self, GError **error)
{
  return self->waiting == NULL || kontor_import_waiting_finish (self->waiting, error);
}

static gboolean
links_to_own_type (KontorImportPlan *plan)
{
  for (guint i = 0; i < plan->n_cells; i++)
    if (plan->cells[i].what == KONTOR_TARGET_LINK && plan->cells[i].slot == 0 &&
        g_strcmp0 (plan->cells[i].field->target, plan->type->name) == 0)
      return TRUE;
  return FALSE;
}

static void
clear_helper (gpointer data)
{
  KontorImportHelper *helper = data;

  g_clear_object (&helper->record);
  g_free (helper->name);
}

/**
 * kontor_import_rows_new:
 * @workspace: a workspace
 * @plan: a plan; outlives the rows
 * @options: what the person wants; outlives the rows
 * @report: where counts and problems go; outlives the rows
 * @preload: whether there are so many rows that all keys of the workspace are read at once
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): rows to be taken, or %NULL with @error set
 */
KontorImportRows *
kontor_import_rows_new (KontorWorkspace *workspace,
                        KontorImportPlan *plan,
                        const KontorImportOptions *options,
                        KontorImportReport *report,
                        gboolean preload,
                        GError **error)
{
  g_autoptr(KontorImportRows) self = g_new0 (KontorImportRows, 1);

  self->workspace = g_object_ref (workspace);
  self->env = kontor_workspace_get_env (workspace);
  self->plan = plan;
  self->options = options;
  self->report = report;
  self->match = kontor_match_new (workspace, preload);
  self->draft = kontor_import_draft_new (plan);
  self->keys = g_array_new (FALSE, FALSE, sizeof (KontorMatchKey));
  self->own_keys = g_array_new (FALSE, FALSE, sizeof (KontorMatchKey));
  self->helpers = g_array_new (FALSE, TRUE, sizeof (KontorImportHelper));
  g_array_set_clear_func (self->helpers, clear_helper);
  if (options->key != NULL)
    {
      if (!find_key (plan, options->key, self->keys, error))
        return NULL;
    }
  else if (options->mode != KONTOR_IMPORT_ADD || options->decisions != NULL)
    choose_keys (plan, self->keys);
  else if (has_column (plan, NULL, KONTOR_TARGET_ID))
    add_key (self->keys, KONTOR_MATCH_ID, plan->type, NULL);
  if (links_to_own_type (plan))
    {
      kontor_import_rows_list_link_keys (plan->type, self->own_keys);
      self->waiting = kontor_import_waiting_new (self);
    }
  return g_steal_pointer (&self);
}

/**
 * kontor_import_rows_free:
 * @self: (transfer full) (nullable): rows
 */
void
kontor_import_rows_free (KontorImportRows *self)
{
  if (self == NULL)
    return;
  kontor_import_waiting_free (self->waiting);
  kontor_import_draft_free (self->draft);
  kontor_match_free (self->match);
  g_array_unref (self->keys);
  g_array_unref (self->own_keys);
  g_array_unref (self->helpers);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_object_unref (self->workspace);
  g_free (self);
}
