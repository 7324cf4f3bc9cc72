/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records of a file of JSON lines are good: by themselves, by what they link to, and by what
 * is in the workspace already. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-lines-private.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include "kontor-wire.h"
#include <inttypes.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/**
 * kontor_import_lines_get_rank:
 * @type: a record type
 *
 * Returns: 0 for definitions, 1 for records of their own, 2 for what hangs on others
 */
guint
kontor_import_lines_get_rank (const KontorRecordType *type)
{
  if (kontor_import_lines_is_definition (type))
    return 0;
  return (type->flags & (KONTOR_TYPE_CHILD | KONTOR_TYPE_SET)) != 0 ? 2 : 1;
}

/**
 * kontor_import_lines_refuse:
 * @self: lines
 * @error: (transfer full): what is wrong with a line
 * @number: its number
 * @text: (nullable): the line
 *
 * Notes a faulty line.
 */
void
kontor_import_lines_refuse (KontorImportLines *self,
                            GError *error,
                            guint64 number,
                            const char *text)
{
  const char *cells[] = { text };
  KontorSeenRow row = { .line = number,
                        .verdict = KONTOR_VERDICT_FAULTY,
                        .cells = cells,
                        .n_cells = text != NULL ? 1 : 0,
                        .error = error };

  kontor_error_set_line (error, number);
  kontor_import_report_add_problem (self->run->report,
                                    error,
                                    number,
                                    text != NULL ? cells : NULL,
                                    row.n_cells);
  if (self->run->seen != NULL)
    self->run->seen (&row, self->run->seen_data);
  g_error_free (error);
}

/* --- Parsing -------------------------------------------------------------------------------- */

/* Memberships and values of lists have the same id in every workspace. */
static void
give_id (KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  KontorId id;

  if ((type->flags & KONTOR_TYPE_SET) != 0)
    id = kontor_set_member_id (record);
  else if (type == &kontor_pick_list_type && kontor_id_is_null (kontor_record_get_id (record)) &&
           !kontor_record_is_null (record, KONTOR_PICK_LIST_LIST) &&
           !kontor_record_is_null (record, KONTOR_PICK_LIST_CODE))
    id = kontor_import_pick_id (kontor_record_get_text (record, KONTOR_PICK_LIST_LIST),
                                kontor_record_get_text (record, KONTOR_PICK_LIST_CODE));
  else
    return;
  kontor_record_set_id (record, &id);
}

/**
 * kontor_import_lines_parse:
 * @self: lines
 * @text: a line
 * @length: bytes of @text
 * @trashed: (out): whether the record is in the trash
 * @error: (nullable): place for an error with field and value
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with @error set
 */
KontorRecord *
kontor_import_lines_parse (KontorImportLines *self,
                           const char *text,
                           gsize length,
                           gboolean *trashed,
                           GError **error)
{
  const KontorRecordType *type =
    self->run->map != NULL ? kontor_import_map_get_record_type (self->run->map) : NULL;
  KontorRecord *record =
    kontor_wire_parse_record (self->schema, text, (gssize) length, type, trashed, error);

  if (record == NULL)
    return NULL;
  give_id (record);
  kontor_record_complete (record);
  return record;
}

/* --- Links ---------------------------------------------------------------------------------- */

/* Who made and changed a record need not be here. */
static gboolean
is_checked (const KontorFieldDef *field)
{
  guint position = field->id & 0xff;

  if (kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_ID)
    return FALSE;
  if ((field->flags & KONTOR_FIELD_CUSTOM) != 0)
    return TRUE;
  return (field->flags & KONTOR_FIELD_COMPUTED) == 0 && position != KONTOR_COMMON_CREATED_BY &&
         position != KONTOR_COMMON_MODIFIED_BY;
}

static const KontorRecordType *
get_target (KontorRecord *record, const KontorFieldDef *field)
{
  const char *name = field->target;

  if (field->kind == KONTOR_FIELD_LINK_ANY)
    name = kontor_record_value_text (record,
                                     kontor_record_type_find_field (kontor_record_get_record_type (
                                                                      record),
                                                                    field->companion));
  return name != NULL ? kontor_record_type_by_name (name) : NULL;
}

/* A link to a line further up is settled; one to anything else is noted. */
static gboolean
check_link (KontorImportLines *self,
            KontorRecord *record,
            const KontorFieldDef *field,
            guint from,
            GError **error)
{
  const KontorId *to = kontor_record_value_link (record, field);
  KontorOpenLink link = { .from = from, .field = field };
  const KontorLineEntry *entry;

  if (to == NULL || kontor_id_is_null (to))
    return TRUE;
  link.to = *to;
  link.target = get_target (record, field);
  if (link.target == NULL)
    return kontor_import_lines_fail_link (field,
                                          to,
                                          _("the type of the record it links to is missing."),
                                          error);
  if ((field->flags & KONTOR_FIELD_ACYCLIC) != 0)
    g_array_append_val (self->chains, link);
  entry = kontor_line_index_find (self->index, to);
  if (entry == NULL)
    g_array_append_val (self->open, link);
  else if (entry->type != link.target->number)
    return kontor_import_lines_fail_link (field,
                                          to,
                                          _("it links to a record of another type."),
                                          error);
  else if ((entry->flags & KONTOR_LINE_FAULTY) != 0)
    return kontor_import_lines_fail_line (field, to, entry->number, error);
  else if (kontor_line_index_nth (self->index, from) == entry)
    return kontor_import_lines_fail_link (field, to, _("it links to itself."), error);
  return TRUE;
}

static gboolean
check_links (KontorImportLines *self, KontorRecord *record, guint from, GError **error)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (self->schema, type);
  guint n, n_custom = custom != NULL ? custom->len : 0;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n);

  for (guint i = 0; i < n + n_custom; i++)
    {
      const KontorFieldDef *field = i < n ? fields[i] : g_ptr_array_index (custom, i - n);

      if (is_checked (field) && !check_link (self, record, field, from, error))
        return FALSE;
    }
  return TRUE;
}

/* --- One record ------------------------------------------------------------------------------- */

/* The content of an attachment is not in the file; without it the record would promise too much. */
static gboolean
check_content (KontorImportLines *self, KontorRecord *record, GError **error)
{
  const char *hash;
  g_autoptr(GInputStream) content = NULL;

  if (kontor_record_get_record_type (record) != &kontor_attachment_type)
    return TRUE;
  hash = kontor_record_get_text (record, KONTOR_ATTACHMENT_HASH);
  if (hash != NULL)
    content = kontor_workspace_open_blob (self->run->workspace, hash, NULL);
  if (content != NULL)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    _("The content of this attachment is not in the workspace. Backups hold the "
                       "contents of attachments, JSON lines don't."));
  return FALSE;
}

/**
 * kontor_import_lines_check_record:
 * @self: lines
 * @record: a record
 * @error: (nullable): place for an error with field and value
 *
 * Returns: whether the record is right by itself; %FALSE with @error set
 */
gboolean
kontor_import_lines_check_record (KontorImportLines *self, KontorRecord *record, GError **error)
{
  return kontor_validate_record (self->schema, record, error) &&
         check_content (self, record, error);
}

static gboolean
find_single (KontorImportLines *self, const KontorRecordType *type, gboolean *known, GError **error)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  gint64 n = kontor_workspace_count (self->run->workspace, query, NULL, error);

  *known = n > 0;
  return n >= 0;
}

/**
 * kontor_import_lines_find_known:
 * @self: lines
 * @type: a record type
 * @id: an id
 * @known: (out): whether the workspace has a record of it
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the workspace can't be read
 */
gboolean
kontor_import_lines_find_known (KontorImportLines *self,
                                const KontorRecordType *type,
                                const KontorId *id,
                                gboolean *known,
                                GError **error)
{
  KontorMatchKey key = { KONTOR_MATCH_ID, type, NULL };
  char text[KONTOR_ID_TEXT_SIZE];
  KontorId found;

  *known = FALSE;
  if ((type->flags & KONTOR_TYPE_SINGLE) != 0)
    return find_single (self, type, known, error);
  if (kontor_id_is_null (id))
    return TRUE;
  kontor_id_format (id, text);
  return kontor_match_find (self->match, &key, text, &found, known, error);
}

static gboolean
fail_double (guint64 number, GError **error)
{
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_CONFLICT,
                    _("The record on line %" PRIu64 " has the same id."),
                    number);
  return FALSE;
}

/* Sets @fatal when it is not the line that is wrong. */
static gboolean
survey_record (KontorImportLines *self,
               KontorRecord *record,
               guint64 number,
               gboolean *fatal,
               GError **error)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  KontorLineEntry entry = { .id = *kontor_record_get_id (record),
                            .number = number,
                            .type = type->number,
                            .flags = KONTOR_LINE_OF_RECORD };
  KontorImportMode mode = kontor_import_options_get_mode (self->run->options, number);
  gboolean is_new, known;
  guint position;

  if (!kontor_import_lines_find_known (self, type, &entry.id, &known, error))
    {
      *fatal = TRUE;
      return FALSE;
    }
  if (known)
    entry.flags |= KONTOR_LINE_KNOWN;
  position = kontor_line_index_add (self->index, &entry, &is_new);
  if (!is_new)
    return fail_double (kontor_line_index_nth (self->index, position)->number, error);
  if (known && mode == KONTOR_IMPORT_ADD)
    kontor_set_error (error,
                      KONTOR_EXCHANGE_ERROR,
                      KONTOR_ERROR_CONFLICT,
                      _("There is a record with this id already."));
  else if ((known && mode == KONTOR_IMPORT_SKIP) ||
           (kontor_import_lines_check_record (self, record, error) &&
            check_links (self, record, position, error)))
    return TRUE;
  kontor_line_index_nth (self->index, position)->flags |= KONTOR_LINE_FAULTY;
  return FALSE;
}

static gboolean
survey_line (KontorImportLines *self, const KontorLine *line, GError **error)
{
  g_autoptr(KontorRecord) record = NULL;
  GError *local_error = NULL;
  gboolean trashed, fatal = FALSE;

  record = kontor_import_lines_parse (self, line->text, line->length, &trashed, &local_error);
  if (record != NULL && survey_record (self, record, line->number, &fatal, &local_error))
    return TRUE;
  if (fatal)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  kontor_import_lines_refuse (self, local_error, line->number, line->text);
  return TRUE;
}

/* --- Passes --------------------------------------------------------------------------------- */

static KontorLineReader *
open_reader (KontorImportLines *self, GError **error)
{
  g_autoptr(GInputStream) stream = kontor_import_source_open (self->run->source, error);
  KontorLineReader *reader;

  if (stream == NULL)
    return NULL;
  reader = kontor_line_reader_new (stream, self->run->inspection->dialect.encoding, error);
  if (reader != NULL)
    kontor_line_reader_set_name (reader, kontor_import_source_get_name (self->run->source));
  return reader;
}

static gboolean
scan_definitions (KontorImportLines *self, GError **error)
{
  g_autoptr(KontorLineReader) reader = open_reader (self, error);
  KontorLineStatus status;
  KontorLine line;

  if (reader == NULL)
    return FALSE;
  do
    {
      g_autoptr(GError) local_error = NULL;

      status = kontor_line_reader_next (reader, &line, self->run->cancellable, &local_error);
      if (status == KONTOR_LINE_READ)
        kontor_import_lines_define (self, &line);
      else if (status == KONTOR_LINE_FAILED)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  while (status != KONTOR_LINE_END);
  return TRUE;
}

static gboolean
scan_records (KontorImportLines *self, GError **error)
{
  g_autoptr(KontorLineReader) reader = open_reader (self, error);
  KontorImportCounts *counts = kontor_import_report_edit_counts (self->run->report);
  KontorLine line;

  if (reader == NULL)
    return FALSE;
  for (;;)
    {
      GError *local_error = NULL;
      KontorLineStatus status =
        kontor_line_reader_next (reader, &line, self->run->cancellable, &local_error);

      if (status == KONTOR_LINE_END)
        return TRUE;
      if (status == KONTOR_LINE_FAILED)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (!kontor_import_run_tick (self->run,
                                   counts->rows++,
                                   kontor_line_reader_get_bytes (reader) / 2,
                                   error))
        {
          g_clear_error (&local_error);
          return FALSE;
        }
      if (status == KONTOR_LINE_BAD)
        kontor_import_lines_refuse (self, local_error, line.number, NULL);
      else if (!survey_line (self, &line, error))
        return FALSE;
    }
}

/* --- Who hangs on a faulty line --------------------------------------------------------------- */

/* What was found while the text was not at hand. */
static void
tell_fault (KontorImportLines *self, const KontorLine *line, guint i)
{
  gpointer fault = NULL;

  if (g_hash_table_steal_extended (self->faults, GUINT_TO_POINTER (i + 1), NULL, &fault))
    kontor_import_lines_refuse (self, fault, line->number, line->text);
}

static void
recheck_line (KontorImportLines *self, const KontorLine *line, guint i, gboolean *any)
{
  KontorLineEntry *entry = kontor_line_index_nth (self->index, i);
  g_autoptr(KontorRecord) record = NULL;
  GError *error = NULL;
  gboolean trashed;

  tell_fault (self, line, i);
  if ((entry->flags & (KONTOR_LINE_FAULTY | KONTOR_LINE_KNOWN)) != 0)
    return;
  record = kontor_import_lines_parse (self, line->text, line->length, &trashed, NULL);
  if (record == NULL || check_links (self, record, i, &error))
    return;
  entry->flags |= KONTOR_LINE_FAULTY;
  kontor_import_lines_refuse (self, error, line->number, line->text);
  *any = TRUE;
}

/* Lines that were good while those they link to seemed to be. */
static gboolean
recheck (KontorImportLines *self, gboolean *any, GError **error)
{
  g_autoptr(KontorLineReader) reader = open_reader (self, error);
  KontorLineStatus status;
  KontorLine line;
  guint i = 0;

  *any = FALSE;
  if (reader == NULL)
    return FALSE;
  g_array_set_size (self->open, 0);
  g_array_set_size (self->chains, 0);
  do
    {
      status = kontor_line_reader_next (reader, &line, self->run->cancellable, NULL);
      if (status != KONTOR_LINE_READ)
        continue;
      while (i < kontor_line_index_get_size (self->index) &&
             kontor_line_index_nth (self->index, i)->number < line.number)
        i++;
      if (i < kontor_line_index_get_size (self->index) &&
          kontor_line_index_nth (self->index, i)->number == line.number)
        recheck_line (self, &line, i, any);
    }
  while (status <= KONTOR_LINE_BAD);
  return !g_cancellable_set_error_if_cancelled (self->run->cancellable, error);
}

/* Definitions must be there before what they define. */
static void
look_for_late_definitions (KontorImportLines *self)
{
  guint highest = 0;

  for (guint i = 0; i < kontor_line_index_get_size (self->index); i++)
    {
      const KontorLineEntry *entry = kontor_line_index_nth (self->index, i);
      guint rank = kontor_import_lines_get_rank (kontor_record_type_by_number (entry->type));

      highest = MAX (highest, rank);
      self->shuffled |= rank == 0 && highest > 0;
    }
}

/**
 * kontor_import_lines_survey:
 * @self: lines
 * @error: (nullable): place for an error
 *
 * Reads the file and finds out which of its records are good. The faulty ones are in the report.
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_lines_survey (KontorImportLines *self, GError **error)
{
  gboolean any;

  if (!scan_definitions (self, error) || !scan_records (self, error))
    return FALSE;
  look_for_late_definitions (self);
  if (!kontor_import_lines_settle_links (self, &any, error))
    return FALSE;
  any |= kontor_import_lines_refuse_circles (self);
  while (any)
    if (!recheck (self, &any, error))
      return FALSE;
  return TRUE;
}
