/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are collected until they fill a transaction. Should that fail, each row is tried by itself:
 * the one that is wrong is named and left out, the others go in. */
#include "config.h"

#include "kontor-import-writer-private.h"

#include "kontor-error.h"
#include "kontor-import-source.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* A row and what it does. */
typedef struct
{
  guint tag;
  guint64 line;
  guint first_op, n_ops;
  guint n_helpers; /* the first of them make records that later rows may use too */
  gsize first_cell;
  guint n_cells;
} Unit;

struct _KontorImportWriter
{
  KontorWorkspace *workspace; /* owned */
  KontorLongStep *long_step;  /* owned until it is finished */
  char *label;
  KontorStep *part; /* owned */
  GArray *units;    /* (element-type Unit): of the part */
  GArray *cells;    /* (element-type gsize): their cells, by where they begin in .text */
  GString *text;    /* cells, each with a NUL behind it */
  guint max_ops;    /* of a part */
  gboolean in_unit;
  KontorImportRefused refused;
  gpointer data;
};

static void
begin_part (KontorImportWriter *self)
{
  g_clear_pointer (&self->part, kontor_step_unref);
  self->part = kontor_step_new (self->label);
  kontor_step_set_origin (self->part, KONTOR_ORIGIN_IMPORT);
  g_array_set_size (self->units, 0);
  g_array_set_size (self->cells, 0);
  g_string_truncate (self->text, 0);
}

/**
 * kontor_import_writer_new:
 * @workspace: a workspace
 * @label: what the person does
 * @bulk: whether indexes are put off
 * @refused: told which rows the workspace refused
 * @data: for @refused
 * @error: (nullable): place for an error
 *
 * Begins the long step.
 *
 * Returns: (transfer full) (nullable): the writer, or %NULL with @error set
 */
KontorImportWriter *
kontor_import_writer_new (KontorWorkspace *workspace,
                          const char *label,
                          gboolean bulk,
                          KontorImportRefused refused,
                          gpointer data,
                          GError **error)
{
  KontorLongStep *long_step =
    kontor_workspace_begin_long (workspace,
                                 label,
                                 KONTOR_ORIGIN_IMPORT,
                                 bulk ? KONTOR_LONG_BULK : KONTOR_LONG_DEFAULT,
                                 error);
  KontorImportWriter *self;

  if (long_step == NULL)
    return NULL;
  self = g_new0 (KontorImportWriter, 1);
  self->workspace = g_object_ref (workspace);
  self->long_step = long_step;
  self->max_ops = kontor_long_step_get_max_ops (long_step);
  self->label = g_strdup (label);
  self->units = g_array_new (FALSE, TRUE, sizeof (Unit));
  self->cells = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->text = g_string_new (NULL);
  self->refused = refused;
  self->data = data;
  begin_part (self);
  return self;
}

/**
 * kontor_import_writer_free:
 * @self: (transfer full) (nullable): a writer; a step that was not finished is taken back
 */
void
kontor_import_writer_free (KontorImportWriter *self)
{
  if (self == NULL)
    return;
  if (self->long_step != NULL)
    kontor_commit_free (kontor_long_step_end (self->long_step, FALSE, NULL, NULL, NULL));
  kontor_step_unref (self->part);
  g_array_unref (self->units);
  g_array_unref (self->cells);
  g_string_free (self->text, TRUE);
  g_object_unref (self->workspace);
  g_free (self->label);
  g_free (self);
}

/**
 * kontor_import_writer_get_step:
 * @self: a writer
 *
 * Returns: (transfer none): the long step
 */
KontorLongStep *
kontor_import_writer_get_step (KontorImportWriter *self)
{
  return self->long_step;
}

/**
 * kontor_import_writer_begin:
 * @self: a writer
 * @tag: handed to the caller again when the row is refused
 * @line: where the row stands
 * @cells: (nullable) (array length=n_cells): the row, copied
 * @n_cells: how many
 * @max_ops: it makes no more operations than this; at most %KONTOR_IMPORT_MAX_ROW_OPS
 * @error: (nullable): place for an error
 *
 * Begins a row, after handing over those before it when both don't fit into one transaction. Its
 * operations go into the step until kontor_import_writer_end().
 *
 * Returns: (transfer none) (nullable): the step; %NULL with @error set: nothing more can be written
 */
KontorStep *
kontor_import_writer_begin (KontorImportWriter *self,
                            guint tag,
                            guint64 line,
                            const char *const *cells,
                            guint n_cells,
                            guint max_ops,
                            GError **error)
{
  Unit unit = { .tag = tag, .line = line, .n_cells = n_cells };

  g_return_val_if_fail (max_ops <= KONTOR_IMPORT_MAX_ROW_OPS, NULL);

  if (kontor_step_get_n_ops (self->part) + max_ops > self->max_ops &&
      !kontor_import_writer_flush (self, error))
    return NULL;
  unit.first_op = kontor_step_get_n_ops (self->part);
  unit.first_cell = self->cells->len;
  for (guint i = 0; i < n_cells; i++)
    {
      gsize at = self->text->len;

      g_array_append_val (self->cells, at);
      g_string_append_len (self->text, cells[i], (gssize) strlen (cells[i]) + 1);
    }
  g_array_append_val (self->units, unit);
  self->in_unit = TRUE;
  return self->part;
}

static Unit *
get_last (KontorImportWriter *self)
{
  return &g_array_index (self->units, Unit, self->units->len - 1);
}

/**
 * kontor_import_writer_end_helpers:
 * @self: a writer in a row
 *
 * The operations so far make records that later rows may use as well.
 */
void
kontor_import_writer_end_helpers (KontorImportWriter *self)
{
  get_last (self)->n_helpers = kontor_step_get_n_ops (self->part) - get_last (self)->first_op;
}

/**
 * kontor_import_writer_end:
 * @self: a writer in a row
 *
 * Ends the row.
 */
void
kontor_import_writer_end (KontorImportWriter *self)
{
  Unit *unit = get_last (self);

  self->in_unit = FALSE;
  unit->n_ops = kontor_step_get_n_ops (self->part) - unit->first_op;
}

/**
 * kontor_import_writer_touches:
 * @self: a writer
 * @id: a record
 *
 * Returns: whether rows that are not handed over yet make or change the record
 */
gboolean
kontor_import_writer_touches (KontorImportWriter *self, const KontorId *id)
{
  for (guint i = 0; i < kontor_step_get_n_ops (self->part); i++)
    if (kontor_id_equal (&kontor_step_get_op (self->part, i)->id, id))
      return TRUE;
  return FALSE;
}

/* --- Rows one by one -------------------------------------------------------------------------- */

static void
copy_op (KontorStep *step, const KontorOp *op)
{
  switch (op->kind)
    {
    case KONTOR_OP_KIND_NEW:
      kontor_step_create (step, op->record);
      break;

    case KONTOR_OP_KIND_LINK:
      kontor_step_link (step, op->record, op->on);
      break;

    case KONTOR_OP_KIND_SET:
      for (guint i = 0; i < op->fields->len; i++)
        {
          const KontorOpField *set = &g_array_index (op->fields, KontorOpField, i);

          kontor_step_set (step, op->type, &op->id, set->field, &set->value);
        }
      break;

    case KONTOR_OP_KIND_DEL:
      kontor_step_trash (step, op->type, &op->id);
      break;

    case KONTOR_OP_KIND_INC:
    case KONTOR_OP_KIND_UNDEL:
    case KONTOR_OP_KIND_PURGE:
    default:
      g_return_if_reached ();
    }
}

static KontorStep *
copy_ops (KontorImportWriter *self, guint first, guint n)
{
  KontorStep *step = kontor_step_new (self->label);

  kontor_step_set_origin (step, KONTOR_ORIGIN_IMPORT);
  for (guint i = first; i < first + n; i++)
    copy_op (step, kontor_step_get_op (self->part, i));
  return step;
}

/* What is wrong with the row, and not with the disk or the workspace. */
static gboolean
is_of_row (const GError *error)
{
  return kontor_error_is (error, KONTOR_ERROR_INVALID) ||
         kontor_error_is (error, KONTOR_ERROR_NOT_FOUND) ||
         kontor_error_is (error, KONTOR_ERROR_CONFLICT) ||
         kontor_error_is (error, KONTOR_ERROR_LIMIT);
}

static gboolean
has_link_to (KontorRecord *record, const KontorId *id)
{
  guint n;
  const KontorFieldDef *const *fields =
    kontor_record_type_get_fields (kontor_record_get_record_type (record), &n);

  for (guint i = 0; i < n; i++)
    if (kontor_field_kind_storage (fields[i]->kind) == KONTOR_STORAGE_ID)
      {
        const KontorId *link = kontor_record_value_link (record, fields[i]);

        if (link != NULL && kontor_id_equal (link, id))
          return TRUE;
      }
  return FALSE;
}

static gboolean
op_uses (const KontorOp *op, const KontorId *id)
{
  if (op->record != NULL && has_link_to (op->record, id))
    return TRUE;
  for (guint i = 0; op->fields != NULL && i < op->fields->len; i++)
    {
      const KontorValue *value = &g_array_index (op->fields, KontorOpField, i).value;

      if (value->type == KONTOR_VALUE_ID && kontor_id_equal (&value->id, id))
        return TRUE;
    }
  return FALSE;
}

/* What the refused row made beside itself stays if a later row relies on it. */
static gboolean
keep_helpers (KontorImportWriter *self, const Unit *unit, GError **error)
{
  guint end = kontor_step_get_n_ops (self->part);

  for (guint i = unit->first_op; i < unit->first_op + unit->n_helpers; i++)
    {
      const KontorId *id = &kontor_step_get_op (self->part, i)->id;

      for (guint k = unit->first_op + unit->n_ops; k < end; k++)
        if (op_uses (kontor_step_get_op (self->part, k), id))
          {
            g_autoptr(KontorStep) step = copy_ops (self, i, 1);

            if (!kontor_long_step_append (self->long_step, step, NULL, error))
              return FALSE;
            break;
          }
    }
  return TRUE;
}

static void
report_refused (KontorImportWriter *self, const Unit *unit, const GError *error)
{
  g_autofree const char **cells = g_new0 (const char *, unit->n_cells + 1);

  for (guint i = 0; i < unit->n_cells; i++)
    cells[i] = self->text->str + g_array_index (self->cells, gsize, unit->first_cell + i);
  self->refused (unit->tag, unit->line, cells, unit->n_cells, error, self->data);
}

/* Halves what fails until it is one row. */
static gboolean
append_units (KontorImportWriter *self, guint first, guint n, GError **error)
{
  const Unit *unit = &g_array_index (self->units, Unit, first);
  const Unit *last = &g_array_index (self->units, Unit, first + n - 1);
  g_autoptr(KontorStep) step =
    copy_ops (self, unit->first_op, last->first_op + last->n_ops - unit->first_op);
  g_autoptr(GError) local_error = NULL;

  if (kontor_long_step_append (self->long_step, step, NULL, &local_error))
    return TRUE;
  if (!is_of_row (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (n > 1)
    return append_units (self, first, n / 2, error) &&
           append_units (self, first + n / 2, n - n / 2, error);
  report_refused (self, unit, local_error);
  return keep_helpers (self, unit, error);
}

static gboolean
append_halves (KontorImportWriter *self, GError **error)
{
  guint n = self->units->len;

  if (n < 2)
    return append_units (self, 0, n, error);
  return append_units (self, 0, n / 2, error) && append_units (self, n / 2, n - n / 2, error);
}

/**
 * kontor_import_writer_flush:
 * @self: a writer between rows
 * @error: (nullable): place for an error
 *
 * Hands over what has been collected.
 *
 * Returns: %FALSE with @error set: nothing more can be written
 */
gboolean
kontor_import_writer_flush (KontorImportWriter *self, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean ok = TRUE;

  g_return_val_if_fail (!self->in_unit, FALSE);
  if (!kontor_long_step_append (self->long_step, self->part, NULL, &local_error))
    {
      ok = is_of_row (local_error);
      if (ok)
        ok = append_halves (self, error);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
    }
  begin_part (self);
  return ok;
}

/**
 * kontor_import_writer_append_now:
 * @self: a writer, perhaps in a row
 * @step: what has to be there before the row
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: nothing more can be written
 */
gboolean
kontor_import_writer_append_now (KontorImportWriter *self, KontorStep *step, GError **error)
{
  return kontor_long_step_append (self->long_step, step, NULL, error);
}

/**
 * kontor_import_writer_finish:
 * @self: a writer between rows; only to be freed afterwards
 * @keep: whether what was written stays
 * @progress: (nullable): told how far the end is, on the writer's thread
 * @progress_data: for @progress
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): what was done, or %NULL with @error set
 */
KontorCommit *
kontor_import_writer_finish (KontorImportWriter *self,
                             gboolean keep,
                             KontorProgress progress,
                             gpointer progress_data,
                             GError **error)
{
  return kontor_long_step_end (g_steal_pointer (&self->long_step),
                               keep,
                               progress,
                               progress_data,
                               error);
}
