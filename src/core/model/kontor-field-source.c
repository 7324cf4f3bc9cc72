/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of computed fields that show a child's, and the choice of the child. */
#include "config.h"

#include "kontor-field-source.h"

#include "kontor-schema-contacts.h"
#include <string.h>

static const char *const phone_kinds[] = { "phone", "mobile", NULL };
static const char *const mail_kinds[] = { "mail", NULL };

#define POINT(owner, codes)                                                                       \
  .field = (owner), .source = KONTOR_CONTACT_POINT_VALUE, .main = KONTOR_CONTACT_POINT_MAIN,      \
  .position = KONTOR_CONTACT_POINT_POSITION, .kind = KONTOR_CONTACT_POINT_KIND, .kinds = (codes), \
  .invalid = KONTOR_CONTACT_POINT_INVALID

#define ADDRESS(owner, part) .field = (owner), .source = (part), .main = KONTOR_ADDRESS_MAIN

#define EMPLOYMENT(owner, part)                                            \
  .field = (owner), .source = (part), .main = KONTOR_ACCOUNT_CONTACT_MAIN, \
  .until = KONTOR_ACCOUNT_CONTACT_TO_DATE

static const KontorFieldSource sources[] = {
  { POINT (KONTOR_CONTACT_MAIN_PHONE, phone_kinds) },
  { POINT (KONTOR_CONTACT_MAIN_MAIL, mail_kinds) },
  { ADDRESS (KONTOR_CONTACT_CITY, KONTOR_ADDRESS_CITY) },
  { ADDRESS (KONTOR_CONTACT_REGION, KONTOR_ADDRESS_REGION) },
  { ADDRESS (KONTOR_CONTACT_COUNTRY, KONTOR_ADDRESS_COUNTRY) },
  { EMPLOYMENT (KONTOR_CONTACT_ACCOUNT, KONTOR_ACCOUNT_CONTACT_ACCOUNT) },
  { EMPLOYMENT (KONTOR_CONTACT_ACCOUNT_NAME, KONTOR_ACCOUNT_CONTACT_ACCOUNT) },
  { EMPLOYMENT (KONTOR_CONTACT_POSITION, KONTOR_ACCOUNT_CONTACT_POSITION) },
  { POINT (KONTOR_ACCOUNT_MAIN_PHONE, phone_kinds) },
  { POINT (KONTOR_ACCOUNT_MAIN_MAIL, mail_kinds) },
  { ADDRESS (KONTOR_ACCOUNT_CITY, KONTOR_ADDRESS_CITY) },
  { ADDRESS (KONTOR_ACCOUNT_REGION, KONTOR_ADDRESS_REGION) },
  { ADDRESS (KONTOR_ACCOUNT_COUNTRY, KONTOR_ADDRESS_COUNTRY) },
};

/**
 * kontor_field_get_source:
 * @field: a field
 *
 * Returns: (transfer none) (nullable): where its value comes from; %NULL: it stands for itself
 */
const KontorFieldSource *
kontor_field_get_source (const KontorFieldDef *field)
{
  if ((field->flags & KONTOR_FIELD_COMPUTED) == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i].field == field->id)
      return &sources[i];
  return NULL;
}

/**
 * kontor_field_source_get_child_type:
 * @source: a source
 *
 * Returns: (transfer none): type of the records the value is in
 */
const KontorRecordType *
kontor_field_source_get_child_type (const KontorFieldSource *source)
{
  return kontor_field_get_type_of (kontor_field_by_id (source->source));
}

/**
 * kontor_field_source_shares_child:
 * @a: a source
 * @b: another one
 *
 * Returns: whether both values are always in the same record
 */
gboolean
kontor_field_source_shares_child (const KontorFieldSource *a, const KontorFieldSource *b)
{
  return a->main == b->main && a->kinds == b->kinds;
}

/**
 * kontor_field_source_counts:
 * @source: a source
 * @child: a child record that is not in the trash
 * @today: an ISO date
 *
 * Returns: whether @child may stand for its owner
 */
gboolean
kontor_field_source_counts (const KontorFieldSource *source, KontorRecord *child, const char *today)
{
  const char *until;

  if (kontor_record_get_record_type (child) != kontor_field_source_get_child_type (source) ||
      (source->invalid != 0 && kontor_record_get_integer (child, source->invalid) != 0))
    return FALSE;
  if (source->kind != 0)
    {
      const char *kind = kontor_record_get_text (child, source->kind);

      if (kind == NULL || !g_strv_contains (source->kinds, kind))
        return FALSE;
    }
  until = source->until != 0 ? kontor_record_get_text (child, source->until) : NULL;
  return until == NULL || strcmp (until, today) >= 0;
}

static gint64
get_position (KontorRecord *child, KontorFieldId position)
{
  return kontor_record_is_null (child, position) ? G_MAXINT64
                                                 : kontor_record_get_integer (child, position);
}

/**
 * kontor_field_source_is_before:
 * @source: a source
 * @a: a child that counts
 * @b: another one
 *
 * Main ones go first, then by position, then the oldest; those without a row yet are the youngest.
 *
 * Returns: whether @a stands for the owner rather than @b
 */
gboolean
kontor_field_source_is_before (const KontorFieldSource *source, KontorRecord *a, KontorRecord *b)
{
  gint64 a_rid = kontor_record_get_rid (a), b_rid = kontor_record_get_rid (b);
  gboolean a_main = kontor_record_get_integer (a, source->main) != 0;
  gboolean b_main = kontor_record_get_integer (b, source->main) != 0;

  if (a_main != b_main)
    return a_main;
  if (source->position != 0)
    {
      gint64 a_position = get_position (a, source->position);
      gint64 b_position = get_position (b, source->position);

      if (a_position != b_position)
        return a_position < b_position;
    }
  if ((a_rid == 0) != (b_rid == 0))
    return b_rid == 0;
  return a_rid < b_rid;
}

/**
 * kontor_field_source_choose:
 * @source: a source
 * @children: (element-type KontorRecord) (nullable): children of one owner
 * @today: an ISO date
 *
 * Returns: (transfer none) (nullable): the one that stands for the owner
 */
KontorRecord *
kontor_field_source_choose (const KontorFieldSource *source, GPtrArray *children, const char *today)
{
  KontorRecord *best = NULL;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorRecord *child = g_ptr_array_index (children, i);

      if (kontor_field_source_counts (source, child, today) &&
          (best == NULL || kontor_field_source_is_before (source, child, best)))
        best = child;
    }
  return best;
}

/**
 * kontor_field_source_begin:
 * @source: a source
 * @owner: a record without a child that counts
 *
 * Returns: (transfer full): the draft of such a child
 */
KontorRecord *
kontor_field_source_begin (const KontorFieldSource *source, KontorRecord *owner)
{
  KontorRecord *draft =
    kontor_record_begin_child (owner, kontor_field_source_get_child_type (source));

  if (source->kind != 0)
    kontor_record_set_text (draft, source->kind, source->kinds[0]);
  return draft;
}
