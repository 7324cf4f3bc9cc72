/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value outside a record: keeping, comparing, and the canonical text. */
#include "config.h"

#include "kontor-value.h"

#include "kontor-date.h"
#include "kontor-number.h"
#include <string.h>

/**
 * kontor_value_clear:
 * @value: a value; becomes NULL
 */
void
kontor_value_clear (KontorValue *value)
{
  if (value->type == KONTOR_VALUE_TEXT)
    g_free (value->text);
  memset (value, 0, sizeof *value);
}

/**
 * kontor_value_set_integer:
 * @value: a value
 * @integer: what it becomes
 */
void
kontor_value_set_integer (KontorValue *value, gint64 integer)
{
  kontor_value_clear (value);
  value->type = KONTOR_VALUE_INTEGER;
  value->integer = integer;
}

/**
 * kontor_value_set_text:
 * @value: a value
 * @text: (nullable): what it becomes; "" and %NULL both become NULL
 */
void
kontor_value_set_text (KontorValue *value, const char *text)
{
  kontor_value_take_text (value, text != NULL && *text != '\0' ? g_strdup (text) : NULL);
}

/**
 * kontor_value_take_text:
 * @value: a value
 * @text: (nullable) (transfer full): what it becomes; "" and %NULL both become NULL
 */
void
kontor_value_take_text (KontorValue *value, char *text)
{
  kontor_value_clear (value);
  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  value->type = KONTOR_VALUE_TEXT;
  value->text = text;
}

/**
 * kontor_value_set_id:
 * @value: a value
 * @id: (nullable): what it becomes; %NULL and the null id both become NULL
 */
void
kontor_value_set_id (KontorValue *value, const KontorId *id)
{
  KontorId copy = id != NULL ? *id : KONTOR_ID_NULL;

  kontor_value_clear (value);
  if (kontor_id_is_null (&copy))
    return;
  value->type = KONTOR_VALUE_ID;
  value->id = copy;
}

/**
 * kontor_value_copy:
 * @from: a value
 * @to: (inout): cleared, then a copy of @from
 */
void
kontor_value_copy (const KontorValue *from, KontorValue *to)
{
  if (from == to)
    return;
  kontor_value_clear (to);
  *to = *from;
  if (from->type == KONTOR_VALUE_TEXT)
    to->text = g_strdup (from->text);
}

/**
 * kontor_value_equal:
 * @a: a value
 * @b: a value
 *
 * Returns: whether both have the same type and content
 */
gboolean
kontor_value_equal (const KontorValue *a, const KontorValue *b)
{
  return kontor_value_compare (a, b) == 0;
}

/**
 * kontor_value_compare:
 * @a: a value
 * @b: a value
 *
 * NULL goes first; then numbers, texts (by bytes) and ids.
 *
 * Returns: below, at or above 0
 */
int
kontor_value_compare (const KontorValue *a, const KontorValue *b)
{
  if (a->type != b->type)
    return a->type < b->type ? -1 : 1;
  switch (a->type)
    {
    case KONTOR_VALUE_INTEGER:
      return a->integer < b->integer ? -1 : a->integer > b->integer;

    case KONTOR_VALUE_TEXT:
      return strcmp (a->text, b->text);

    case KONTOR_VALUE_ID:
      return kontor_id_compare (&a->id, &b->id);

    case KONTOR_VALUE_NULL:
    default:
      return 0;
    }
}

static guint
get_money_digits (const char *currency)
{
  return kontor_currency_is_valid (currency) ? kontor_currency_digits (currency) : 2;
}

static char *
write_integer (const KontorFieldDef *field, gint64 integer, const char *companion)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_DECIMAL:
      return kontor_decimal_to_text (integer, field->scale);

    case KONTOR_FIELD_PERCENT:
      return kontor_decimal_to_text (integer, 2);

    case KONTOR_FIELD_MONEY:
      return kontor_decimal_to_text (integer, get_money_digits (companion));

    case KONTOR_FIELD_BOOLEAN:
      return g_strdup (integer != 0 ? "1" : "0");

    case KONTOR_FIELD_INSTANT:
      return kontor_instant_to_iso (integer);

    case KONTOR_FIELD_DURATION:
      return kontor_duration_to_text (integer);

    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, integer);
    }
}

/**
 * kontor_value_to_text_with:
 * @field: its field
 * @value: a value
 * @companion: (nullable): the value of the companion field: the currency of money
 *
 * The text that kontor_value_parse_with() reads back in any locale: ISO days and instants, plain
 * numbers with a full stop, "1" and "0", UUIDs. Money without a known currency has two decimals.
 *
 * Returns: (transfer full): the text, "" for NULL
 */
char *
kontor_value_to_text_with (const KontorFieldDef *field,
                           const KontorValue *value,
                           const char *companion)
{
  switch (value->type)
    {
    case KONTOR_VALUE_INTEGER:
      return write_integer (field, value->integer, companion);

    case KONTOR_VALUE_TEXT:
      return g_strdup (value->text);

    case KONTOR_VALUE_ID:
      return kontor_id_to_string (&value->id);

    case KONTOR_VALUE_NULL:
    default:
      return g_strdup ("");
    }
}

/**
 * kontor_value_to_text:
 * @field: its field
 * @value: a value
 *
 * Returns: (transfer full): kontor_value_to_text_with() without a companion
 */
char *
kontor_value_to_text (const KontorFieldDef *field, const KontorValue *value)
{
  return kontor_value_to_text_with (field, value, NULL);
}
