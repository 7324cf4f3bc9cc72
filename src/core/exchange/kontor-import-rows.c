/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row after another: read, looked up, linked, and handed to the writer. */
#include "config.h"

#include "kontor-import-rows-private.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* --- One row -------------------------------------------------------------------------------- */

/* @own: (nullable): id of the record that is made; @record: (nullable): that is there */
static void
tell (KontorImportRows *self,
      KontorImportVerdict verdict,
      const KontorId *own,
      const KontorId *record)
{
  KontorSeenRow row = { .line = self->draft->line,
                        .verdict = verdict,
                        .type = self->plan->type,
                        .draft = self->draft->records[0],
                        .cells = self->draft->cells,
                        .n_cells = self->draft->n_cells };

  if (self->seen == NULL)
    return;
  if (own != NULL)
    row.own = *own;
  if (record != NULL)
    row.record = *record;
  self->seen (&row, self->seen_data);
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
  if (!kontor_import_rows_find_likely (self, &likely, &found, error))
    return KONTOR_ROW_FATAL;
  id = kontor_id_is_null (&self->draft->id) ? kontor_id_new (self->env) : self->draft->id;
  kontor_import_rows_remember (self, &id);
  kontor_import_rows_remember_likely (self, &id);
  if (self->waiting != NULL)
    kontor_import_waiting_note_done (self->waiting);
  kontor_import_rows_bind (self, &id);
  status = kontor_import_rows_emit (self, error);
  if (status == KONTOR_ROW_DONE)
    {
      kontor_import_report_edit_counts (self->report)->created++;
      tell (self, found ? KONTOR_VERDICT_DUPLICATE : KONTOR_VERDICT_NEW, &id, &likely);
    }
  return status;
}

static KontorRowStatus
skip_row (KontorImportRows *self, const KontorId *id)
{
  kontor_import_report_edit_counts (self->report)->skipped++;
  tell (self, KONTOR_VERDICT_KNOWN, NULL, id);
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
  tell (self, KONTOR_VERDICT_UPDATE, NULL, id);
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

/* What the person decided for this row. An update without a record means the one the row looks
 * like, which may be made by an earlier row. */
static gboolean
decide (KontorImportRows *self,
        KontorImportDecision *decision,
        KontorId *id,
        gboolean *found,
        GError **error)
{
  KontorId chosen;

  if (!kontor_import_options_get_decision (self->options, self->draft->line, decision, &chosen))
    {
      if (!*found)
        *decision = KONTOR_DECISION_CREATE;
      return TRUE;
    }
  if (!kontor_id_is_null (&chosen))
    {
      *id = chosen;
      *found = TRUE;
    }
  if (*found || *decision == KONTOR_DECISION_CREATE || *decision == KONTOR_DECISION_SKIP)
    return TRUE;
  return kontor_import_rows_find_likely (self, id, found, error);
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
  KontorId id = KONTOR_ID_NULL;
  gboolean found;

  if (!kontor_import_rows_find_known (self, &id, &found, error) ||
      !decide (self, &decision, &id, &found, error))
    return KONTOR_ROW_FATAL;
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
  KontorSeenRow row = { .line = line,
                        .verdict = KONTOR_VERDICT_FAULTY,
                        .type = self->plan->type,
                        .cells = cells,
                        .n_cells = n_cells,
                        .error = error };

  kontor_import_report_add_problem (self->report, error, line, cells, n_cells);
  if (self->seen != NULL)
    self->seen (&row, self->seen_data);
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

  if (kontor_import_draft_read (self->draft, line, cells, n_cells, &blank, &local_error) && blank)
    return TRUE;
  if (self->fill != NULL)
    self->fill (self->draft, self->fill_data);
  if (local_error == NULL)
    status = kontor_import_rows_process (self, self->waiting != NULL, &local_error);
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
      /* of a card the report has other cells */
      kontor_import_rows_refuse (self,
                                 local_error,
                                 line,
                                 self->fill != NULL ? self->draft->cells : cells,
                                 self->fill != NULL ? self->draft->n_cells : n_cells);
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
  if (!kontor_import_rows_choose_keys (self, error))
    return NULL;
  if (links_to_own_type (plan))
    {
      kontor_import_rows_list_link_keys (plan->type, self->own_keys);
      self->waiting = kontor_import_waiting_new (self);
    }
  return g_steal_pointer (&self);
}

/**
 * kontor_import_rows_share_match:
 * @self: new rows
 * @with: other new rows of the same import, which outlive @self
 *
 * What either makes, both find.
 */
void
kontor_import_rows_share_match (KontorImportRows *self, KontorImportRows *with)
{
  kontor_match_free (self->match);
  self->match = with->match;
  self->borrows_match = TRUE;
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
  if (!self->borrows_match)
    kontor_match_free (self->match);
  g_array_unref (self->keys);
  g_array_unref (self->own_keys);
  g_array_unref (self->helpers);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_object_unref (self->workspace);
  g_free (self);
}
