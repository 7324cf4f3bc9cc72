/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values read from text as people and files write it. What is read still has to be validated. */
#include "config.h"

#include "kontor-country.h"
#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-number.h"
#include "kontor-validate-private.h"
#include <stdio.h>
#include <string.h>
#include <glib/gi18n-lib.h>

static gboolean
is_one_line (KontorFieldKind kind)
{
  return kind != KONTOR_FIELD_LONG_TEXT && kind != KONTOR_FIELD_ADDRESS &&
         kind != KONTOR_FIELD_JSON;
}

/* Without space around; in a line, breaks and tabs become one space. */
static char *
clean_text (const char *text, KontorFieldKind kind)
{
  char *clean = g_strstrip (g_strdup (text));
  char *to = clean;

  if (!is_one_line (kind))
    {
      for (const char *from = clean; *from != '\0'; from++)
        if (*from != '\r')
          *to++ = *from;
        else if (from[1] != '\n')
          *to++ = '\n';
      *to = '\0';
      return clean;
    }
  if (strpbrk (clean, "\r\n\t\v\f") == NULL)
    return clean;
  for (const char *from = clean; *from != '\0'; from++)
    if (!g_ascii_isspace (*from) || *from == ' ')
      *to++ = *from;
    else if (to > clean && to[-1] != ' ')
      *to++ = ' ';
  *to = '\0';
  return clean;
}

static gboolean
parse_boolean (const char *text, gint64 *value)
{
  static const char *const yes[] = { "1",      "yes", "y", "true", "t",  "on",  "x",  "да", "д",
                                     "истина", "+",   "✓", "✔",    "ja", "oui", "sí", "si", NULL };
  static const char *const no[] = { "0", "no",   "n", "false", "f",   "off", "нет",
                                    "н", "ложь", "-", "nein",  "non", NULL };
  g_autofree char *folded = g_utf8_casefold (text, -1);

  *value = g_strv_contains (yes, folded) || g_utf8_collate (text, _("Yes")) == 0;
  return *value != 0 || g_strv_contains (no, folded) || g_utf8_collate (text, _("No")) == 0;
}

static gboolean
parse_percent (const char *text, gint64 *value)
{
  g_autofree char *number = g_strdup (text);
  gsize length = strlen (number);

  if (length > 0 && number[length - 1] == '%')
    number[length - 1] = '\0';
  return kontor_decimal_parse (g_strstrip (number), 2, value, NULL);
}

/* "2026-03-12 10:30", "12.03.2026 10:30:15" → "2026-03-12T10:30:15" */
static char *
parse_wall_time (const char *text)
{
  const char *space = strpbrk (text, "T ");
  g_autofree char *day = space != NULL ? g_strndup (text, space - text) : NULL;
  g_autofree char *iso =
    day != NULL ? kontor_date_parse_iso (day, kontor_date_order_of_locale ()) : NULL;
  int hour = 0, minute = 0, second = 0, used = 0;

  if (iso == NULL)
    return NULL;
  space += strspn (space, "T ");
  if (sscanf (space, "%2d:%2d%n:%2d%n", &hour, &minute, &used, &second, &used) < 2 ||
      space[used] != '\0' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59)
    return NULL;
  return g_strdup_printf ("%sT%02d:%02d:%02d", iso, hour, minute, second);
}

/* A choice by value, by label in the user's language or by label in English. */
static const char *
find_choice (const KontorFieldDef *field, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (const KontorChoice *choice = field->choices; choice != NULL && choice->value != NULL;
       choice++)
    {
      g_autofree char *label = g_utf8_casefold (_(choice->label), -1);
      g_autofree char *english = g_utf8_casefold (choice->label, -1);

      if (g_str_equal (choice->value, folded) || g_str_equal (label, folded) ||
          g_str_equal (english, folded))
        return choice->value;
    }
  return NULL;
}

static const char *
find_type (const char *text)
{
  const KontorRecordType *type = kontor_record_type_by_name (text);

  for (guint i = 0; type == NULL && i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *candidate = kontor_record_type_nth (i);

      if (g_strcmp0 (kontor_record_type_get_label (candidate), text) == 0)
        type = candidate;
    }
  return type != NULL ? type->name : NULL;
}

static gboolean
parse_integer_kind (const KontorFieldDef *field,
                    const char *text,
                    const char *companion,
                    gint64 *integer,
                    char **currency)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_INTEGER:
      return kontor_decimal_parse (text, 0, integer, NULL);

    case KONTOR_FIELD_DECIMAL:
      return kontor_decimal_parse (text, field->scale, integer, NULL);

    case KONTOR_FIELD_MONEY:
      if (companion == NULL && kontor_decimal_parse (text, 2, integer, NULL))
        return TRUE;
      return kontor_money_parse (text, companion, integer, currency, NULL);

    case KONTOR_FIELD_PERCENT:
      return parse_percent (text, integer);

    case KONTOR_FIELD_BOOLEAN:
      return parse_boolean (text, integer);

    case KONTOR_FIELD_INSTANT:
      return kontor_instant_parse (text, kontor_date_order_of_locale (), integer);

    case KONTOR_FIELD_DURATION:
      return kontor_duration_parse (text, integer);

    default:
      return FALSE;
    }
}

/* Other programs write UUIDs in capitals, too. */
static gboolean
parse_id (const char *text, KontorId *id)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return kontor_id_parse (lower, id);
}

/* Returns %NULL for what can't be read. */
static char *
parse_text_kind (const KontorFieldDef *field, const char *text)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_COUNTRY:
      return kontor_country_code_from_text (text);

    case KONTOR_FIELD_CURRENCY:
      {
        g_autofree char *code = g_ascii_strup (text, -1);

        return kontor_currency_is_valid (code) ? g_steal_pointer (&code) : NULL;
      }

    case KONTOR_FIELD_DATE:
      return kontor_date_parse_iso (text, kontor_date_order_of_locale ());

    case KONTOR_FIELD_WALL_TIME:
      return parse_wall_time (text);

    case KONTOR_FIELD_CHOICE:
      return g_strdup (find_choice (field, text));

    case KONTOR_FIELD_TYPE:
      return g_strdup (find_type (text));

    case KONTOR_FIELD_MAIL:
      return g_strdup (g_ascii_strncasecmp (text, "mailto:", 7) == 0 ? text + 7 : text);

    default:
      return g_strdup (text);
    }
}

/**
 * kontor_value_parse_with:
 * @field: a field
 * @text: (nullable): what somebody typed or a file has; only space gives NULL
 * @companion: (nullable): the value of the companion field: the currency of money that names none
 * @value: (inout): the value; NULL when it can't be read
 * @currency: (out) (optional) (transfer full) (nullable): the currency that money named, or
 *   @companion
 * @error: return location; invalid, with field and value
 *
 * Days and instants in the order of the locale, numbers as spreadsheets write them, "yes", "да" and
 * "x", names of countries, labels of choices. Codes of pick lists are taken as they are:
 * kontor_schema_find_pick() knows their labels. Money without @companion that names no currency has
 * two decimals.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_value_parse_with (const KontorFieldDef *field,
                         const char *text,
                         const char *companion,
                         KontorValue *value,
                         char **currency,
                         GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *named = NULL;
  KontorStorage storage = kontor_field_kind_storage (field->kind);
  char *parsed = NULL;
  gint64 integer = 0;
  KontorId id;
  gboolean ok = FALSE;

  kontor_value_clear (value);
  if (currency != NULL)
    *currency = NULL;
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return kontor_validate_fail (field, text, _("This is not text in UTF-8."), error);
  clean = clean_text (text, field->kind);
  if (*clean == '\0')
    return TRUE;
  if (storage == KONTOR_STORAGE_INTEGER &&
      (ok = parse_integer_kind (field, clean, companion, &integer, &named)))
    kontor_value_set_integer (value, integer);
  else if (storage == KONTOR_STORAGE_ID && (ok = parse_id (clean, &id)))
    kontor_value_set_id (value, &id);
  else if (storage == KONTOR_STORAGE_TEXT &&
           (ok = (parsed = parse_text_kind (field, clean)) != NULL))
    kontor_value_take_text (value, parsed);
  if (ok && currency != NULL)
    *currency = g_steal_pointer (&named);
  return ok || kontor_validate_fail_kind (field, clean, error);
}

/**
 * kontor_value_parse:
 * @field: a field
 * @text: (nullable): what somebody typed or a file has; only space gives NULL
 * @value: (inout): the value; NULL when it can't be read
 * @error: return location; invalid, with field and value
 *
 * Returns: kontor_value_parse_with() without a companion
 */
gboolean
kontor_value_parse (const KontorFieldDef *field,
                    const char *text,
                    KontorValue *value,
                    GError **error)
{
  return kontor_value_parse_with (field, text, NULL, value, NULL, error);
}
