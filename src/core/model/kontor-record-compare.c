/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as a whole: copying, taking over, comparing, and what a link to one shows. */
#include "config.h"

#include "kontor-record-private.h"
#include <string.h>

#define TITLE_CHARACTERS 80

static gboolean
is_stored (const KontorFieldDef *field)
{
  return kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_NONE;
}

static void
copy_side (KontorRecord *record, KontorRecord *from)
{
  const KontorRecordSide *side = *kontor_record_get_side (from);

  kontor_record_set_extra (record, side != NULL ? side->extra : NULL);
  for (guint i = 0; side != NULL && side->custom != NULL && i < side->custom->len; i++)
    {
      const KontorRecordCustom *custom = &g_array_index (side->custom, KontorRecordCustom, i);

      kontor_record_set_value (record, custom->field, &custom->value);
    }
  for (guint i = 0; side != NULL && i < side->n_titles; i++)
    {
      const KontorRecordTitle *title = &side->titles[i];

      kontor_record_set_link_title (record, title->field, title->title);
    }
}

/* Empties what @record has beside its fields and @from has not. */
static void
drop_side (KontorRecord *record, KontorRecord *from)
{
  const KontorRecordSide *side = *kontor_record_get_side (record);

  for (guint i = 0; side != NULL && side->custom != NULL && i < side->custom->len; i++)
    {
      KontorRecordCustom *custom = &g_array_index (side->custom, KontorRecordCustom, i);

      if (kontor_record_find_custom (from, custom->field) == NULL)
        kontor_value_clear (&custom->value);
    }
  for (guint i = 0; side != NULL && i < side->n_titles; i++)
    {
      const KontorRecordTitle *title = &side->titles[i];

      if (kontor_record_get_link_title (from, title->field) == NULL)
        kontor_record_set_link_title (record, title->field, NULL);
    }
}

static void
copy_row (KontorRecord *record, KontorRecord *from)
{
  kontor_record_set_row (record,
                         kontor_record_get_rid (from),
                         kontor_record_get_rev (from),
                         kontor_record_is_trashed (from),
                         kontor_record_get_rights (from));
}

/**
 * kontor_record_copy:
 * @record: a record
 *
 * Returns: (transfer full): another one with the same id, values and row
 */
KontorRecord *
kontor_record_copy (KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  KontorRecord *copy = kontor_record_new (type, kontor_record_get_id (record));
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (is_stored (fields[i]) && !kontor_record_value_is_null (record, fields[i]))
      {
        KontorValue value = KONTOR_VALUE_INIT;

        kontor_record_get_value (record, fields[i], &value);
        kontor_record_take_value (copy, fields[i], &value);
      }
  copy_side (copy, record);
  copy_row (copy, record);
  return copy;
}

/**
 * kontor_record_assign:
 * @record: a record
 * @from: one of the same type
 *
 * Makes @record what @from is, the id included. Fields that differ are notified, all at the end,
 * so that whoever shows @record updates in place; a link is also notified when only the title of
 * what it links to has changed.
 */
void
kontor_record_assign (KontorRecord *record, KontorRecord *from)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  g_return_if_fail (type == kontor_record_get_record_type (from));

  g_object_freeze_notify (G_OBJECT (record));
  kontor_record_set_id (record, kontor_record_get_id (from));
  for (guint i = 0; i < n_fields; i++)
    {
      KontorValue value = KONTOR_VALUE_INIT;

      if (!is_stored (fields[i]))
        continue;
      if (g_strcmp0 (kontor_record_get_link_title (record, fields[i]),
                     kontor_record_get_link_title (from, fields[i])) != 0)
        g_object_notify (G_OBJECT (record), fields[i]->name);
      kontor_record_get_value (from, fields[i], &value);
      kontor_record_take_value (record, fields[i], &value);
    }
  drop_side (record, from);
  copy_side (record, from);
  copy_row (record, from);
  g_object_thaw_notify (G_OBJECT (record));
}

/* Whether all custom values of @a are in @b. */
static gboolean
has_custom_values (KontorRecord *b, KontorRecord *a)
{
  const KontorRecordSide *side = *kontor_record_get_side (a);
  const KontorValue none = KONTOR_VALUE_INIT;

  for (guint i = 0; side != NULL && side->custom != NULL && i < side->custom->len; i++)
    {
      const KontorRecordCustom *custom = &g_array_index (side->custom, KontorRecordCustom, i);
      const KontorRecordCustom *other = kontor_record_find_custom (b, custom->field);

      if (!kontor_value_equal (&custom->value, other != NULL ? &other->value : &none))
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_record_equal:
 * @a: a record
 * @b: a record
 *
 * Returns: whether both have the same type and the same values in all fields that are stored and
 *   not computed, custom fields and those of a newer version included; ids and rows may differ
 */
gboolean
kontor_record_equal (KontorRecord *a, KontorRecord *b)
{
  const KontorRecordType *type = kontor_record_get_record_type (a);
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  if (type != kontor_record_get_record_type (b))
    return FALSE;
  for (guint i = 0; i < n_fields; i++)
    {
      g_auto(KontorValue) left = KONTOR_VALUE_INIT;
      g_auto(KontorValue) right = KONTOR_VALUE_INIT;

      if (!is_stored (fields[i]) || (fields[i]->flags & KONTOR_FIELD_COMPUTED) != 0)
        continue;
      kontor_record_get_value (a, fields[i], &left);
      kontor_record_get_value (b, fields[i], &right);
      if (!kontor_value_equal (&left, &right))
        return FALSE;
    }
  return has_custom_values (a, b) && has_custom_values (b, a) &&
         g_strcmp0 (kontor_record_get_extra (a), kontor_record_get_extra (b)) == 0;
}

/* The first line of a text, without the marks of Markdown before it. */
static char *
dup_first_line (const char *text)
{
  g_autofree char *line = NULL;

  text += strspn (text, "#>*- \t\r\n");
  line = g_strndup (text, strcspn (text, "\r\n"));
  if (g_utf8_strlen (line, -1) > TITLE_CHARACTERS)
    {
      g_autofree char *start = g_utf8_substring (line, 0, TITLE_CHARACTERS - 1);

      return g_strconcat (start, "…", NULL);
    }
  return g_steal_pointer (&line);
}

/**
 * kontor_record_dup_title:
 * @record: a record
 *
 * Returns: (transfer full): what a link to it shows: its fields with the flag title, else the first
 *   line of its first long text; "" when it has neither
 */
char *
kontor_record_dup_title (KontorRecord *record)
{
  g_autoptr(GString) title = g_string_new (NULL);
  guint n_fields;
  const KontorFieldDef *const *fields =
    kontor_record_type_get_fields (kontor_record_get_record_type (record), &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      const char *text = (fields[i]->flags & KONTOR_FIELD_TITLE) != 0
                           ? kontor_record_value_text (record, fields[i])
                           : NULL;

      if (text != NULL && title->len > 0)
        g_string_append_c (title, ' ');
      if (text != NULL)
        g_string_append (title, text);
    }
  for (guint i = 0; i < n_fields && title->len == 0; i++)
    if (fields[i]->kind == KONTOR_FIELD_LONG_TEXT)
      {
        const char *text = kontor_record_value_text (record, fields[i]);
        g_autofree char *line = text != NULL ? dup_first_line (text) : NULL;

        g_string_append (title, line != NULL ? line : "");
      }

  return g_string_free (g_steal_pointer (&title), FALSE);
}
