/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of records as text for windows. */
#include "config.h"

#include "kontor-field-text.h"

#include "kontor-date.h"
#include <glib/gi18n.h>

#define MENU_CHARS 40
#include <string.h>

static const char *
find_companion (KontorSession *session, KontorRecord *record, const KontorFieldDef *field)
{
  const KontorFieldDef *companion;

  if (field->companion == NULL)
    return NULL;
  companion = kontor_schema_find_field (kontor_session_get_schema (session),
                                        kontor_record_get_record_type (record),
                                        field->companion);
  return companion != NULL ? kontor_record_value_text (record, companion) : NULL;
}

/**
 * kontor_field_text_is_empty:
 * @record: a record
 * @field: a field of it
 *
 * Returns: whether there is nothing to show
 */
gboolean
kontor_field_text_is_empty (KontorRecord *record, const KontorFieldDef *field)
{
  return kontor_record_value_is_null (record, field) ||
         (field->kind == KONTOR_FIELD_BOOLEAN && kontor_record_value_integer (record, field) == 0);
}

/**
 * kontor_field_text_is_number:
 * @field: a field
 *
 * Returns: whether its values stand at the right end of a column, in digits of one width
 */
gboolean
kontor_field_text_is_number (const KontorFieldDef *field)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_INTEGER:
    case KONTOR_FIELD_DECIMAL:
    case KONTOR_FIELD_MONEY:
    case KONTOR_FIELD_PERCENT:
    case KONTOR_FIELD_DURATION:
      return TRUE;

    default:
      return FALSE;
    }
}

/* "12 March 2026": what kontor_value_parse() reads back. */
static char *
dup_day (const char *iso)
{
  g_autoptr(GDateTime) date = NULL;
  int year, month, day;

  if (!kontor_date_parse (iso, KONTOR_DATE_ORDER_YMD, &year, &month, &day))
    return g_strdup (iso);
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  /* Translators: a day in a field that is edited, "12 March 2026"; see g_date_time_format() */
  return g_date_time_format (date, C_("date", "%-d %B %Y"));
}

/**
 * kontor_field_text_full:
 * @session: a session
 * @record: a record
 * @field: a field of it
 *
 * Returns: (transfer full): the value for people, "" where there is none
 */
char *
kontor_field_text_full (KontorSession *session, KontorRecord *record, const KontorFieldDef *field)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (kontor_field_text_is_empty (record, field))
    return g_strdup ("");
  kontor_record_get_value (record, field, &value);
  if (field->kind == KONTOR_FIELD_DATE)
    return dup_day (value.text);
  if (field->kind == KONTOR_FIELD_INSTANT)
    return kontor_instant_format_short (value.integer, kontor_session_now (session));
  return kontor_value_display (kontor_session_get_schema (session),
                               field,
                               &value,
                               find_companion (session, record, field),
                               kontor_record_get_link_title (record, field));
}

/* The first line of a text of many. */
static char *
dup_first_line (char *text)
{
  char *end = strpbrk (text, "\r\n");

  if (end != NULL)
    *end = '\0';
  return text;
}

/**
 * kontor_field_text_short:
 * @session: a session
 * @record: a record
 * @field: a field of it
 *
 * Returns: (transfer full): the value for a list: dates near today as words, one line; "" for none
 */
char *
kontor_field_text_short (KontorSession *session, KontorRecord *record, const KontorFieldDef *field)
{
  if (!kontor_record_value_is_null (record, field) && field->kind == KONTOR_FIELD_DATE)
    {
      g_autofree char *today = kontor_session_today (session);

      return kontor_date_format_short (kontor_record_value_text (record, field), today);
    }
  if (!kontor_record_value_is_null (record, field) && field->kind == KONTOR_FIELD_INSTANT)
    return kontor_instant_format_short (kontor_record_value_integer (record, field),
                                        kontor_session_now (session));
  return dup_first_line (kontor_field_text_full (session, record, field));
}

/**
 * kontor_field_text_edit:
 * @session: a session
 * @record: a record
 * @field: a field of it
 *
 * Returns: (transfer full): the value as an editor begins with it; "" for none
 */
char *
kontor_field_text_edit (KontorSession *session, KontorRecord *record, const KontorFieldDef *field)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  char *text;

  if (kontor_record_value_is_null (record, field))
    return g_strdup ("");
  kontor_record_get_value (record, field, &value);
  if (field->kind == KONTOR_FIELD_DATE)
    return dup_day (value.text);
  text = kontor_value_to_text_with (field, &value, find_companion (session, record, field));
  return text != NULL ? text : g_strdup ("");
}

/**
 * kontor_field_text_uri:
 * @record: a record
 * @field: a field of it
 *
 * Returns: (transfer full) (nullable): what the value leads to, "tel:", "mailto:" or a web address;
 *   %NULL where it leads nowhere
 */
char *
kontor_field_text_uri (KontorRecord *record, const KontorFieldDef *field)
{
  const char *text = kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_TEXT
                       ? kontor_record_value_text (record, field)
                       : NULL;
  g_autofree char *escaped = NULL;

  if (text == NULL)
    return NULL;
  switch (field->kind)
    {
    case KONTOR_FIELD_PHONE:
      escaped = g_uri_escape_string (text, "+", TRUE);
      return g_strconcat ("tel:", escaped, NULL);

    case KONTOR_FIELD_MAIL:
      escaped = g_uri_escape_string (text, "@+", TRUE);
      return g_strconcat ("mailto:", escaped, NULL);

    case KONTOR_FIELD_WEB:
      if (strstr (text, "://") == NULL)
        return g_strconcat ("https://", text, NULL);
      return g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://")
               ? g_strdup (text)
               : NULL;

    default:
      return NULL;
    }
}

/**
 * kontor_field_text_changed:
 * @label: label of a field
 *
 * Returns: (transfer full): label of a step that changed it
 */
char *
kontor_field_text_changed (const char *label)
{
  /* Translators: %s is the label of a field: "Phone changed". */
  return g_strdup_printf (_("%s changed"), label);
}

/**
 * kontor_field_text_menu:
 * @field: a field
 *
 * Returns: (transfer full): its label for an item of a menu, which takes "_" for a key and is as
 *   wide as its longest item
 */
char *
kontor_field_text_menu (const KontorFieldDef *field)
{
  const char *label = kontor_field_get_label (field);
  g_autofree char *start =
    g_utf8_strlen (label, -1) > MENU_CHARS ? g_utf8_substring (label, 0, MENU_CHARS) : NULL;
  g_autoptr(GString) text = g_string_new (start != NULL ? start : label);

  if (start != NULL)
    g_string_append (text, "…");
  g_string_replace (text, "_", "__", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * kontor_field_text_avatar:
 * @record: a record
 *
 * Returns: (transfer full): its name as an avatar makes two letters of: of people first and last
 *   name in the order they are said in, without what stands between or after them
 */
char *
kontor_field_text_avatar (KontorRecord *record)
{
  g_autofree char *title = kontor_record_dup_title (record);
  const char *first, *last;

  if (kontor_record_get_record_type (record) != &kontor_contact_type)
    return g_steal_pointer (&title);
  first = kontor_record_get_text (record, KONTOR_CONTACT_FIRST_NAME);
  last = kontor_record_get_text (record, KONTOR_CONTACT_LAST_NAME);
  if (first == NULL || last == NULL)
    return g_steal_pointer (&title);
  return g_str_has_prefix (title, last) ? g_strjoin (" ", last, first, NULL)
                                        : g_strjoin (" ", first, last, NULL);
}
