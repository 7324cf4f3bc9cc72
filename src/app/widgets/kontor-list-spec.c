/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of a view stand for. */
#include "config.h"

#include "kontor-list-spec.h"

/**
 * kontor_list_spec_get_subject:
 * @self: a view
 * @record: the record of one of its rows
 * @type: (out) (transfer none): type of whom the row is about
 * @id: (out): and its id
 *
 * Returns: %FALSE where the row is about nobody
 */
gboolean
kontor_list_spec_get_subject (const KontorListSpec *self,
                              KontorRecord *record,
                              const KontorRecordType **type,
                              KontorId *id)
{
  const KontorFieldDef *link = self->subject != 0 ? kontor_field_by_id (self->subject) : NULL;
  const KontorId *target = link != NULL ? kontor_record_value_link (record, link) : NULL;
  const KontorFieldDef *companion;
  const char *name;

  if (link == NULL)
    {
      *type = kontor_record_get_record_type (record);
      *id = *kontor_record_get_id (record);
      return TRUE;
    }
  companion =
    link->companion != NULL ? kontor_record_type_find_field (self->type, link->companion) : NULL;
  name = companion != NULL ? kontor_record_value_text (record, companion) : link->target;
  *type = name != NULL ? kontor_record_type_by_name (name) : NULL;
  if (target == NULL || *type == NULL)
    return FALSE;
  *id = *target;
  return TRUE;
}

/**
 * kontor_list_spec_get_new_type:
 * @self: a view
 *
 * Returns: (transfer none): type of the records that are made new from it
 */
const KontorRecordType *
kontor_list_spec_get_new_type (const KontorListSpec *self)
{
  return self->new_type != NULL ? self->new_type : self->type;
}

/**
 * kontor_list_spec_dup_name:
 * @self: a view
 * @record: the record of one of its rows
 *
 * Returns: (transfer full): what it is called in a sentence
 */
char *
kontor_list_spec_dup_name (const KontorListSpec *self, KontorRecord *record)
{
  return self->dup_name != NULL ? self->dup_name (record) : kontor_record_dup_title (record);
}
