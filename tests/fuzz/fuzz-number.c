/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: decimals and money. The first byte is the scale; what is read is read back from its
 * own text. */
#include "config.h"

#include "kontor-number.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = NULL;
  g_autofree char *currency = NULL;
  g_autoptr(GError) error = NULL;
  gint64 value, again;
  guint scale;

  if (size == 0)
    return 0;

  scale = data[0] % 19;
  text = g_strndup ((const char *) data + 1, size - 1);
  if (kontor_decimal_parse (text, scale, &value, &error))
    {
      g_autofree char *written = kontor_decimal_to_text (value, scale);
      g_autofree char *shown = kontor_decimal_format (value, scale);

      g_assert_no_error (error);
      g_assert_true (kontor_decimal_parse (written, scale, &again, NULL));
      g_assert_cmpint (again, ==, value);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
  else
    g_assert_nonnull (error);
  g_clear_error (&error);

  if (kontor_money_parse (text, "RUB", &value, &currency, &error))
    {
      g_autofree char *shown = kontor_money_format (value, currency);
      g_autofree char *other = NULL;

      g_assert_true (kontor_currency_is_valid (currency));
      g_assert_true (kontor_money_parse (shown, NULL, &again, &other, &error));
      g_assert_no_error (error);
      g_assert_cmpint (again, ==, value);
      g_assert_cmpstr (other, ==, currency);
    }
  else
    g_assert_nonnull (error);

  return 0;
}
