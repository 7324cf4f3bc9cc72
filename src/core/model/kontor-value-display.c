/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values for people: in the user's language and by the locale's habits. */
#include "config.h"

#include "kontor-country.h"
#include "kontor-date.h"
#include "kontor-number.h"
#include "kontor-validate.h"
#include <glib/gi18n-lib.h>

static char *
display_integer (const KontorFieldDef *field, gint64 integer, const char *companion)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_DECIMAL:
      return kontor_decimal_format (integer, field->scale);

    case KONTOR_FIELD_MONEY:
      return companion != NULL ? kontor_money_format (integer, companion)
                               : kontor_decimal_format (integer, 2);

    case KONTOR_FIELD_PERCENT:
      {
        g_autofree char *number = kontor_decimal_format (integer, 2);

        /* Translators: a percentage */
        return g_strdup_printf (_("%s %%"), number);
      }

    case KONTOR_FIELD_BOOLEAN:
      return g_strdup (integer != 0 ? _("Yes") : _("No"));

    case KONTOR_FIELD_INSTANT:
      return kontor_instant_format_full (integer);

    case KONTOR_FIELD_DURATION:
      return kontor_duration_to_text (integer);

    default:
      /* Years are not grouped. */
      if (field->min == 1000 && field->max == 9999)
        return g_strdup_printf ("%" G_GINT64_FORMAT, integer);
      return kontor_integer_format (integer);
    }
}

static char *
display_text (KontorSchema *schema, const KontorFieldDef *field, const char *text)
{
  const KontorRecordType *type;
  const char *label = NULL;

  switch (field->kind)
    {
    case KONTOR_FIELD_COUNTRY:
      return kontor_country_name (text);

    case KONTOR_FIELD_DATE:
      return kontor_date_format_full (text);

    case KONTOR_FIELD_CHOICE:
      label = kontor_field_choice_label (field, text);
      break;

    case KONTOR_FIELD_PICK:
      label = kontor_schema_pick_label (schema, field->pick, text);
      break;

    case KONTOR_FIELD_TYPE:
      type = kontor_record_type_by_name (text);
      label = type != NULL ? kontor_record_type_get_label (type) : NULL;
      break;

    default:
      break;
    }
  return g_strdup (label != NULL ? label : text);
}

/**
 * kontor_value_display:
 * @schema: pick lists
 * @field: a field
 * @value: a value of it
 * @companion: (nullable): the value of the companion field: the currency of money
 * @link_title: (nullable): the title of what a link leads to
 *
 * Returns: (transfer full): the value for people, "" for NULL; a link without title as its id
 */
char *
kontor_value_display (KontorSchema *schema,
                      const KontorFieldDef *field,
                      const KontorValue *value,
                      const char *companion,
                      const char *link_title)
{
  switch (value->type)
    {
    case KONTOR_VALUE_INTEGER:
      return display_integer (field, value->integer, companion);

    case KONTOR_VALUE_TEXT:
      return display_text (schema, field, value->text);

    case KONTOR_VALUE_ID:
      return link_title != NULL ? g_strdup (link_title) : kontor_id_to_string (&value->id);

    case KONTOR_VALUE_NULL:
    default:
      return g_strdup ("");
    }
}
