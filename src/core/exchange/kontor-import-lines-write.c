/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The good records of a file of JSON lines into the workspace: as they are, or what they say more
 * about records that are there. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-lines-private.h"
#include "kontor-model.h"
#include <glib/gi18n-lib.h>

/* --- Known records ---------------------------------------------------------------------------- */

static void
set_field (KontorStep *step,
           KontorRecord *present,
           KontorRecord *record,
           const KontorFieldDef *field,
           gboolean overwrite)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_auto(KontorValue) old = KONTOR_VALUE_INIT;

  if (!kontor_field_is_editable (field) ||
      kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE ||
      kontor_record_value_is_null (record, field))
    return;
  kontor_record_get_value (record, field, &value);
  kontor_record_get_value (present, field, &old);
  if (kontor_value_equal (&value, &old) || (old.type != KONTOR_VALUE_NULL && !overwrite))
    return;
  kontor_step_set (step,
                   kontor_record_get_record_type (present),
                   kontor_record_get_id (present),
                   field,
                   &value);
}

static void
collect_changes (KontorImportLines *self,
                 KontorStep *step,
                 KontorRecord *present,
                 KontorRecord *record,
                 KontorImportMode mode)
{
  gboolean overwrite = mode == KONTOR_IMPORT_OVERWRITE;
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (self->schema, type);

  for (guint i = 0; i < fields->len; i++)
    set_field (step, present, record, g_ptr_array_index (fields, i), overwrite);
}

static KontorRecord *
read_single (KontorImportLines *self, const KontorRecordType *type, GError **error)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  g_autoptr(GArray) rids = kontor_workspace_query (self->run->workspace, query, 1, NULL, error);
  g_autoptr(GPtrArray) records = NULL;

  if (rids == NULL || rids->len == 0)
    return NULL;
  records = kontor_workspace_fetch (self->run->workspace,
                                    type,
                                    &g_array_index (rids, gint64, 0),
                                    1,
                                    KONTOR_READ_DEFAULT,
                                    error);
  return records != NULL && g_ptr_array_index (records, 0) != NULL
           ? g_object_ref (g_ptr_array_index (records, 0))
           : NULL;
}

static KontorRecord *
read_present (KontorImportLines *self, KontorRecord *record, GError **error)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);

  if ((type->flags & KONTOR_TYPE_SINGLE) != 0)
    return read_single (self, type, error);
  return kontor_workspace_get (self->run->workspace,
                               type,
                               kontor_record_get_id (record),
                               KONTOR_READ_TRASHED,
                               error);
}

static gboolean
fail_trashed (GError **error)
{
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_CONFLICT,
                    _("The record is in the trash. Restore it first."));
  return FALSE;
}

/* Fills @step with what changes. %FALSE with @error set: the line is faulty. */
static gboolean
plan_update (KontorImportLines *self,
             KontorStep *step,
             KontorRecord *record,
             gboolean trashed,
             KontorImportMode mode,
             GError **error)
{
  g_autoptr(KontorRecord) present = read_present (self, record, error);
  const KontorRecordType *type = kontor_record_get_record_type (record);

  if (present == NULL)
    return FALSE;
  if ((type->flags & KONTOR_TYPE_SET) != 0)
    {
      const KontorFieldDef *on = kontor_record_type_find_field (type, "on");

      if (kontor_record_is_trashed (present) && !trashed &&
          (kontor_record_value_is_null (record, on) ||
           kontor_record_value_integer (record, on) != 0))
        kontor_step_link (step, record, TRUE);
      return TRUE;
    }
  if (kontor_record_is_trashed (present))
    return trashed || fail_trashed (error);
  collect_changes (self, step, present, record, mode);
  if (trashed && mode == KONTOR_IMPORT_OVERWRITE)
    kontor_step_trash (step, type, kontor_record_get_id (record));
  return TRUE;
}

/* --- Writing -------------------------------------------------------------------------------- */

typedef struct
{
  KontorImportLines *lines;
  guint rank;        /* only records of this rank; G_MAXUINT for all */
  gboolean defining; /* what was handed over last were definitions */
  guint64 done;      /* lines of all passes */
} Pass;

static KontorStep *
begin_unit (Pass *pass,
            KontorImportVerdict verdict,
            const KontorLine *line,
            guint n_ops,
            GError **error)
{
  KontorImportRun *run = pass->lines->run;
  const char *cells[] = { line->text };
  KontorImportWriter *writer = kontor_import_run_begin (run, error);

  if (writer == NULL)
    return NULL;
  return kontor_import_writer_begin (writer, verdict, line->number, cells, 1, n_ops, error);
}

static void
tell (Pass *pass, const KontorLine *line, KontorImportVerdict verdict, KontorRecord *record)
{
  KontorImportRun *run = pass->lines->run;
  const char *cells[] = { line->text };
  KontorSeenRow row = { .line = line->number,
                        .verdict = verdict,
                        .type = kontor_record_get_record_type (record),
                        .draft = record,
                        .cells = cells,
                        .n_cells = 1 };

  if (run->seen == NULL)
    return;
  if (verdict == KONTOR_VERDICT_NEW)
    row.own = *kontor_record_get_id (record);
  else
    row.record = *kontor_record_get_id (record);
  run->seen (&row, run->seen_data);
}

/* Fields and lists must be there before the records that have them. */
static gboolean
settle_definitions (Pass *pass, const KontorRecordType *type, GError **error)
{
  gboolean defines = kontor_import_lines_is_definition (type);
  gboolean flush = pass->defining && !defines && pass->lines->run->writer != NULL;

  pass->defining = defines;
  return !flush || kontor_import_writer_flush (pass->lines->run->writer, error);
}

static gboolean
create_record (Pass *pass,
               const KontorLine *line,
               KontorRecord *record,
               gboolean trashed,
               GError **error)
{
  KontorImportRun *run = pass->lines->run;
  const KontorRecordType *type = kontor_record_get_record_type (record);
  KontorStep *step;
  KontorId id;

  kontor_import_report_edit_counts (run->report)->created++;
  tell (pass, line, KONTOR_VERDICT_NEW, record);
  if (!run->write)
    return TRUE;
  step = begin_unit (pass, KONTOR_VERDICT_NEW, line, 2, error);
  if (step == NULL)
    return FALSE;
  id = kontor_step_create (step, record);
  if (trashed)
    kontor_step_trash (step, type, &id);
  kontor_import_writer_end (run->writer);
  return TRUE;
}

static void
copy_ops (KontorStep *from, KontorStep *to)
{
  for (guint i = 0; i < kontor_step_get_n_ops (from); i++)
    {
      const KontorOp *op = kontor_step_get_op (from, i);

      if (op->kind == KONTOR_OP_KIND_LINK)
        kontor_step_link (to, op->record, op->on);
      else if (op->kind == KONTOR_OP_KIND_DEL)
        kontor_step_trash (to, op->type, &op->id);
      for (guint k = 0; op->kind == KONTOR_OP_KIND_SET && k < op->fields->len; k++)
        {
          const KontorOpField *set = &g_array_index (op->fields, KontorOpField, k);

          kontor_step_set (to, op->type, &op->id, set->field, &set->value);
        }
    }
}

static gboolean
skip_record (Pass *pass, const KontorLine *line, KontorRecord *record)
{
  kontor_import_report_edit_counts (pass->lines->run->report)->skipped++;
  tell (pass, line, KONTOR_VERDICT_KNOWN, record);
  return TRUE;
}

static gboolean
update_record (Pass *pass,
               const KontorLine *line,
               KontorRecord *record,
               gboolean trashed,
               GError **error)
{
  KontorImportRun *run = pass->lines->run;
  g_autoptr(KontorStep) changes = kontor_step_new (NULL);
  KontorImportMode mode = kontor_import_options_get_mode (run->options, line->number);
  GError *local_error = NULL;
  KontorStep *step;

  if (!plan_update (pass->lines, changes, record, trashed, mode, &local_error))
    {
      kontor_import_lines_refuse (pass->lines, local_error, line->number, line->text);
      return TRUE;
    }
  if (kontor_step_is_empty (changes))
    return skip_record (pass, line, record);
  kontor_import_report_edit_counts (run->report)->updated++;
  tell (pass, line, KONTOR_VERDICT_UPDATE, record);
  if (!run->write)
    return TRUE;
  step = begin_unit (pass, KONTOR_VERDICT_UPDATE, line, kontor_step_get_n_ops (changes), error);
  if (step == NULL)
    return FALSE;
  copy_ops (changes, step);
  kontor_import_writer_end (run->writer);
  return TRUE;
}

/* A membership that was switched off and is not here need not be. */
static gboolean
is_nothing (KontorRecord *record, gboolean trashed)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  const KontorFieldDef *on = kontor_record_type_find_field (type, "on");

  return (type->flags & KONTOR_TYPE_SET) != 0 &&
         (trashed || (!kontor_record_value_is_null (record, on) &&
                      kontor_record_value_integer (record, on) == 0));
}

static gboolean
write_line (Pass *pass, const KontorLine *line, const KontorLineEntry *entry, GError **error)
{
  const KontorRecordType *type = kontor_record_type_by_number (entry->type);
  KontorImportMode mode = kontor_import_options_get_mode (pass->lines->run->options, line->number);
  gboolean known = (entry->flags & KONTOR_LINE_KNOWN) != 0;
  g_autoptr(KontorRecord) record = NULL;
  gboolean trashed;

  if ((entry->flags & KONTOR_LINE_FAULTY) != 0 ||
      (pass->rank != G_MAXUINT && kontor_import_lines_get_rank (type) != pass->rank))
    return TRUE;
  if (!settle_definitions (pass, type, error))
    return FALSE;
  record = kontor_import_lines_parse (pass->lines, line->text, line->length, &trashed, error);
  if (record == NULL)
    return FALSE;
  if (known ? mode == KONTOR_IMPORT_SKIP : is_nothing (record, trashed))
    return skip_record (pass, line, record);
  return known ? update_record (pass, line, record, trashed, error)
               : create_record (pass, line, record, trashed, error);
}

static gboolean
run_pass (Pass *pass, GError **error)
{
  KontorImportRun *run = pass->lines->run;
  KontorLineIndex *index = pass->lines->index;
  g_autoptr(GInputStream) stream = kontor_import_source_open (run->source, error);
  g_autoptr(KontorLineReader) reader = NULL;
  guint64 size = kontor_import_source_get_size (run->source);
  KontorLine line;
  guint i = 0;

  if (stream != NULL)
    reader = kontor_line_reader_new (stream, run->inspection->dialect.encoding, error);
  if (reader == NULL)
    return FALSE;
  for (;;)
    {
      KontorLineStatus status = kontor_line_reader_next (reader, &line, run->cancellable, NULL);

      if (!kontor_import_run_tick (run,
                                   pass->done++,
                                   (size + kontor_line_reader_get_bytes (reader)) / 2,
                                   error))
        return FALSE;
      if (status > KONTOR_LINE_BAD)
        return TRUE;
      while (i < kontor_line_index_get_size (index) &&
             kontor_line_index_nth (index, i)->number < line.number)
        i++;
      if (status == KONTOR_LINE_READ && i < kontor_line_index_get_size (index) &&
          kontor_line_index_nth (index, i)->number == line.number &&
          !write_line (pass, &line, kontor_line_index_nth (index, i), error))
        return FALSE;
    }
}

/* Links may lead to what stands further down. */
static gboolean
expect_awaited (KontorImportLines *self, GError **error)
{
  const guint wanted = KONTOR_LINE_AWAITED;

  for (guint i = 0; i < kontor_line_index_get_size (self->index); i++)
    {
      const KontorLineEntry *entry = kontor_line_index_nth (self->index, i);

      if ((entry->flags & (wanted | KONTOR_LINE_FAULTY | KONTOR_LINE_KNOWN)) != wanted)
        continue;
      if (kontor_import_run_begin (self->run, error) == NULL)
        return FALSE;
      kontor_long_step_expect (kontor_import_writer_get_step (self->run->writer),
                               kontor_record_type_by_number (entry->type),
                               &entry->id);
    }
  return TRUE;
}

/**
 * kontor_import_lines_write:
 * @self: lines that were surveyed
 * @error: (nullable): place for an error
 *
 * Hands the good records over to the writer, if the run writes, or says what would become of them.
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_lines_write (KontorImportLines *self, GError **error)
{
  Pass pass = { .lines = self, .rank = G_MAXUINT };

  if (self->run->write && !expect_awaited (self, error))
    return FALSE;
  if (!self->shuffled)
    return run_pass (&pass, error);
  for (pass.rank = 0; pass.rank <= 2; pass.rank++)
    if (!run_pass (&pass, error))
      return FALSE;
  return TRUE;
}
