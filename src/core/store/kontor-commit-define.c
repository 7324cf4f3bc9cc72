/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Custom fields in the end state of a working set: a definition nothing could be made of would only
 * be left out later, without a word. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-error.h"
#include "kontor-schema-data.h"
#include <glib/gi18n-lib.h>

static gboolean
fail (KontorWork *work, KontorWorkRow *row, KontorFieldId field, const char *reason, GError **error)
{
  g_propagate_error (error,
                     kontor_work_error (work,
                                        KONTOR_ERROR_INVALID,
                                        row->type,
                                        &row->id,
                                        row->record,
                                        kontor_field_by_id (field),
                                        reason));
  return FALSE;
}

/* What programs write is taken as it is: two offices may call two fields the same. */
static gboolean
check_label (KontorWork *work, KontorWorkRow *row, GError **error)
{
  const KontorRecordType *type =
    kontor_record_type_by_name (kontor_record_get_text (row->record, KONTOR_CUSTOM_FIELD_TYPE));
  const char *label = kontor_record_get_text (row->record, KONTOR_CUSTOM_FIELD_LABEL);
  g_autofree char *name = kontor_schema_custom_field_name (&row->id);
  const KontorFieldDef *same =
    type != NULL ? kontor_schema_find_label (work->db->schema, type, label, name) : NULL;
  g_autofree char *reason = NULL;

  if (same == NULL || !work->by_person)
    return TRUE;
  reason = g_strdup_printf (_("There is a field “%s” already. Choose another label."),
                            kontor_field_get_label (same));
  return fail (work, row, KONTOR_CUSTOM_FIELD_LABEL, reason, error);
}

/* By making it, beside those that are there. */
static gboolean
check_definition (KontorWork *work, KontorWorkRow *row, KontorSchema *trial, GError **error)
{
  const char *kind_name = kontor_record_get_text (row->record, KONTOR_CUSTOM_FIELD_KIND);
  g_autoptr(GError) local_error = NULL;
  KontorFieldKind kind;

  if (!kontor_field_kind_from_name (kind_name, &kind))
    kind = KONTOR_FIELD_N_KINDS;
  if (kontor_schema_add_custom_field (trial,
                                      kontor_record_get_text (row->record,
                                                              KONTOR_CUSTOM_FIELD_TYPE),
                                      &row->id,
                                      kontor_record_get_text (row->record,
                                                              KONTOR_CUSTOM_FIELD_LABEL),
                                      kind,
                                      KONTOR_FIELD_FLAG_NONE,
                                      kontor_record_get_text (row->record,
                                                              KONTOR_CUSTOM_FIELD_PICK),
                                      kontor_record_get_text (row->record,
                                                              KONTOR_CUSTOM_FIELD_TARGET),
                                      NULL,
                                      &local_error) == NULL)
    return fail (work, row, KONTOR_CUSTOM_FIELD_KIND, local_error->message, error);
  return TRUE;
}

/**
 * kontor_work_check_definitions:
 * @work: a working set with all operations applied
 * @error: (nullable): place for an error with field and value
 *
 * Returns: %FALSE with @error set: a new custom field can't be made, or one is called as another
 */
gboolean
kontor_work_check_definitions (KontorWork *work, GError **error)
{
  g_autoptr(KontorSchema) trial = NULL;

  for (guint i = 0; i < work->order->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->order, i);

      if (row->type != &kontor_custom_field_type || !row->edited || row->removed || row->hidden)
        continue;
      if (trial == NULL)
        trial = kontor_schema_copy (work->db->schema);
      if (!check_label (work, row, error) ||
          (row->is_new && !check_definition (work, row, trial, error)))
        return FALSE;
    }
  return TRUE;
}
