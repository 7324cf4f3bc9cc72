/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of decimals and money. */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "kontor-error.h"
#include "kontor-number.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    guint scale;
    gint64 expected;
  } cases[] = {
    { "0", 0, 0 },
    { "00", 0, 0 },
    { "007", 0, 7 },
    { "-0", 2, 0 },
    { "1234", 0, 1234 },
    { "1234.5", 2, 123450 },
    { "1234,5", 2, 123450 },
    { "1 234,56", 2, 123456 },
    { "1\xc2\xa0"
      "234,56",
      2,
      123456 },
    { "1\xe2\x80\xaf"
      "234,56",
      2,
      123456 },
    { "1,234.56", 2, 123456 },
    { "1.234,56", 2, 123456 },
    { "1'234.50", 2, 123450 },
    { "1’234.50", 2, 123450 },
    { "1,234,567", 2, 123456700 },
    { "1.234.567", 2, 123456700 },
    { "1 234 567", 0, 1234567 },
    { "1.234.567,8", 1, 12345678 },
    { "12,34,567.00", 2, 123456700 },
    { "1,234", 2, 123400 },
    { "1.234", 2, 123400 },
    { "1 234", 2, 123400 },
    { "1,234", 3, 1234000 },
    { "1.234", 3, 1234 },
    { "0,123", 2, 12 },
    { "0.123", 2, 12 },
    { "1234,567", 2, 123457 },
    { "1,23", 2, 123 },
    { "1,2345", 2, 123 },
    { ".5", 2, 50 },
    { ",5", 2, 50 },
    { "5.", 2, 500 },
    { "-12.5", 2, -1250 },
    { "+12.5", 2, 1250 },
    { "−12.5", 2, -1250 },
    { "- 12.5", 2, -1250 },
    { "12.5-", 2, -1250 },
    { "(12.5)", 2, -1250 },
    { "(1,234.56)", 2, -123456 },
    { "100,-", 2, 10000 },
    { "100.-", 2, 10000 },
    { " 12 ", 0, 12 },
    { "1.005", 2, 100500 },
    { "1.0050", 2, 101 },
    { "0.004", 2, 0 },
    { "0.005", 2, 1 },
    { "-0.005", 2, -1 },
    { "0.5", 0, 1 },
    { "0.49", 0, 0 },
    { "2.5", 0, 3 },
    { "-2.5", 0, -3 },
    { "1.2E+06", 2, 120000000 },
    { "1e3", 0, 1000 },
    { "12e-1", 1, 12 },
    { "1e-999", 2, 0 },
    { "0e999", 2, 0 },
    { "9223372036854775807", 0, G_MAXINT64 },
    { "-9223372036854775808", 0, G_MININT64 },
    { "92233720368547758.07", 2, G_MAXINT64 },
    { "0.000000000000000001", 18, 1 },
    { "０", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 value = -77;

      if (!kontor_decimal_parse (cases[i].text, cases[i].scale, &value, &error))
        g_error ("“%s”: %s", cases[i].text, error->message);
      if (value != cases[i].expected)
        g_error ("“%s” is %" G_GINT64_FORMAT, cases[i].text, value);
      g_assert_no_error (error);
    }
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    KontorErrorCode code;
  } cases[] = {
    { "", KONTOR_ERROR_INVALID },
    { "  ", KONTOR_ERROR_INVALID },
    { "x", KONTOR_ERROR_INVALID },
    { "-", KONTOR_ERROR_INVALID },
    { ".", KONTOR_ERROR_INVALID },
    { ",-", KONTOR_ERROR_INVALID },
    { "()", KONTOR_ERROR_INVALID },
    { "(5", KONTOR_ERROR_INVALID },
    { "1,2,3", KONTOR_ERROR_INVALID },
    { "1.2.3", KONTOR_ERROR_INVALID },
    { "1,23,4", KONTOR_ERROR_INVALID },
    { "1,2345,678", KONTOR_ERROR_INVALID },
    { "1,234.567,8", KONTOR_ERROR_INVALID },
    { "1 2", KONTOR_ERROR_INVALID },
    { "1..2", KONTOR_ERROR_INVALID },
    { "--1", KONTOR_ERROR_INVALID },
    { "1-2", KONTOR_ERROR_INVALID },
    { "1e", KONTOR_ERROR_INVALID },
    { "1e5x", KONTOR_ERROR_INVALID },
    { "e5", KONTOR_ERROR_INVALID },
    { "0x10", KONTOR_ERROR_INVALID },
    { "NaN", KONTOR_ERROR_INVALID },
    { "inf", KONTOR_ERROR_INVALID },
    { "5 %", KONTOR_ERROR_INVALID },
    { "1\xff", KONTOR_ERROR_INVALID },
    { "9223372036854775808", KONTOR_ERROR_LIMIT },
    { "-9223372036854775809", KONTOR_ERROR_LIMIT },
    { "99999999999999999999", KONTOR_ERROR_LIMIT },
    { "1e40", KONTOR_ERROR_LIMIT },
    { "9223372036854775807.5", KONTOR_ERROR_LIMIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 value;

      if (kontor_decimal_parse (cases[i].text, 0, &value, &error))
        g_error ("“%s” is no number", cases[i].text);
      if (!kontor_error_is (error, cases[i].code))
        g_error ("“%s”: %s", cases[i].text, error->message);
    }
  {
    g_autoptr(GError) error = NULL;
    g_autofree char *huge = g_strnfill (1000000, '1');
    gint64 value;

    g_assert_false (kontor_decimal_parse (NULL, 0, &value, &error));
    g_clear_error (&error);
    g_assert_false (kontor_decimal_parse (huge, 0, &value, &error));
    g_assert_cmpuint (strlen (error->message), <, 200);
    g_assert_false (kontor_decimal_parse ("x", 0, &value, NULL));
  }
}

static void
test_text (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (9);

  for (int i = 0; i < 50000; i++)
    {
      guint scale = (guint) g_rand_int_range (rand, 0, 19);
      gint64 value = (gint64) ((guint64) g_rand_int (rand) << 32 | g_rand_int (rand));
      gint64 again = 0;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;

      value >>= g_rand_int_range (rand, 0, 63);
      text = kontor_decimal_to_text (value, scale);
      g_assert_true (kontor_decimal_parse (text, scale, &again, &error));
      g_assert_no_error (error);
      g_assert_cmpint (again, ==, value);
    }
  {
    g_autofree char *half = kontor_decimal_to_text (-50, 2);
    g_autofree char *least = kontor_decimal_to_text (G_MININT64, 18);
    g_autofree char *whole = kontor_decimal_to_text (42, 0);
    g_autofree char *small = kontor_decimal_to_text (1, 3);

    g_assert_cmpstr (half, ==, "-0.50");
    g_assert_cmpstr (least, ==, "-9.223372036854775808");
    g_assert_cmpstr (whole, ==, "42");
    g_assert_cmpstr (small, ==, "0.001");
  }
}

static void
test_format (void)
{
  g_autofree char *plain = kontor_decimal_format (-123456789, 2);
  g_autofree char *integer = kontor_integer_format (1234567);
  g_autofree char *money = kontor_money_format (1240000, "EUR");
  g_autofree char *cents = kontor_money_format (1240050, "EUR");
  g_autofree char *yen = kontor_money_format (-1240, "JPY");
  g_autofree char *none = kontor_money_format (5, NULL);

  /* The C locale has no groups. */
  g_assert_cmpstr (plain, ==, "−1234567.89");
  g_assert_cmpstr (integer, ==, "1234567");
  g_assert_cmpstr (money,
                   ==,
                   "12400\xc2\xa0"
                   "EUR");
  g_assert_cmpstr (cents,
                   ==,
                   "12400.50\xc2\xa0"
                   "EUR");
  g_assert_cmpstr (yen, ==, "−1240\xc2\xa0JPY");
  g_assert_cmpstr (none, ==, "0.05");
}

static void
test_format_in_locales (void)
{
  static const struct
  {
    const char *locale, *expected;
  } cases[] = {
    { "en_US.UTF-8", "−1,234,567.89" },
    { "de_DE.UTF-8", "−1.234.567,89" },
    { "en_IN.UTF-8", "−12,34,567.89" },
  };
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      gint64 value = 0;

      if (setlocale (LC_ALL, cases[i].locale) == NULL)
        continue;
      any = TRUE;
      text = kontor_decimal_format (-123456789, 2);
      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_true (kontor_decimal_parse (text, 2, &value, NULL));
      g_assert_cmpint (value, ==, -123456789);
    }
  setlocale (LC_ALL, "C.UTF-8");
  if (!any)
    g_test_skip ("none of the locales is installed");
}

static void
test_currencies (void)
{
  g_assert_true (kontor_currency_is_valid ("EUR"));
  g_assert_true (kontor_currency_is_valid ("AED"));
  g_assert_true (kontor_currency_is_valid ("ZWL"));
  g_assert_false (kontor_currency_is_valid ("eur"));
  g_assert_false (kontor_currency_is_valid ("XYZ"));
  g_assert_false (kontor_currency_is_valid ("EU"));
  g_assert_false (kontor_currency_is_valid ("EURO"));
  g_assert_false (kontor_currency_is_valid (""));
  g_assert_false (kontor_currency_is_valid (NULL));

  g_assert_cmpuint (kontor_currency_digits ("EUR"), ==, 2);
  g_assert_cmpuint (kontor_currency_digits ("JPY"), ==, 0);
  g_assert_cmpuint (kontor_currency_digits ("XUA"), ==, 0);
  g_assert_cmpuint (kontor_currency_digits ("KWD"), ==, 3);
  g_assert_cmpuint (kontor_currency_digits ("CLF"), ==, 4);
  g_assert_cmpuint (kontor_currency_digits ("PY "), ==, 2);
  g_assert_cmpuint (kontor_currency_digits (NULL), ==, 2);
}

static void
test_money (void)
{
  static const struct
  {
    const char *text, *preset;
    gint64 minor;
    const char *currency;
  } cases[] = {
    { "1 234,56 €", NULL, 123456, "EUR" },
    { "€1.234,56", NULL, 123456, "EUR" },
    { "EUR 12", NULL, 1200, "EUR" },
    { "12 eur", NULL, 1200, "EUR" },
    { "12 euros", NULL, 1200, "EUR" },
    { "$1,200", NULL, 120000, "USD" },
    { "-$5.50", "EUR", -550, "USD" },
    { "$-5.50", "EUR", -550, "USD" },
    { "($5.50)", "EUR", -550, "USD" },
    { "$5", "CAD", 500, "CAD" },
    { "C$5", NULL, 500, "CAD" },
    { "US$ 5", "CAD", 500, "USD" },
    { "£3.20", NULL, 320, "GBP" },
    { "100 руб.", NULL, 10000, "RUB" },
    { "100 р.", NULL, 10000, "RUB" },
    { "1 200,50 ₽", NULL, 120050, "RUB" },
    { "100 руб", "BYN", 10000, "BYN" },
    { "¥500", NULL, 500, "JPY" },
    { "¥500", "CNY", 50000, "CNY" },
    { "100 kr", "NOK", 10000, "NOK" },
    { "100 kr", NULL, 10000, "SEK" },
    { "12 zł", NULL, 1200, "PLN" },
    { "1.234 KWD", NULL, 1234, "KWD" },
    { "1 234", "EUR", 123400, "EUR" },
    { "550", "USD", 55000, "USD" },
    { "1100.04", "USD", 110004, "USD" },
    { "0", "USD", 0, "USD" },
    { "100,- €", NULL, 10000, "EUR" },
  };
  static const char *const wrong[] = { "",       "€",        "EUR",        "12 XYZ",
                                       "€12€",   "12 EUR 5", "12 USD EUR", "1,2,3 €",
                                       "twelve", "12 \xff",  "EUR12USD",   "12 EURX" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *currency = NULL;
      gint64 minor = -77;

      if (!kontor_money_parse (cases[i].text, cases[i].preset, &minor, &currency, &error))
        g_error ("“%s”: %s", cases[i].text, error->message);
      if (minor != cases[i].minor || g_strcmp0 (currency, cases[i].currency) != 0)
        g_error ("“%s” is %" G_GINT64_FORMAT " %s", cases[i].text, minor, currency);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 minor;

      if (kontor_money_parse (wrong[i], "EUR", &minor, NULL, &error))
        g_error ("“%s” is no amount", wrong[i]);
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
    }
  {
    g_autoptr(GError) error = NULL;
    gint64 minor;

    g_assert_false (kontor_money_parse ("12", NULL, &minor, NULL, &error));
    g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
    g_clear_error (&error);
    g_assert_false (kontor_money_parse (NULL, "EUR", &minor, NULL, &error));
    g_clear_error (&error);
    g_assert_false (kontor_money_parse ("1e30 EUR", NULL, &minor, NULL, &error));
  }
}

static void
test_split (void)
{
  const gint64 thirds[] = { 1, 1, 1 };
  const gint64 uneven[] = { 50, 30, 20, 0, -5 };
  const gint64 nothing[] = { 0, 0 };
  const gint64 huge[] = { G_MAXINT64, G_MAXINT64, G_MAXINT64 };
  gint64 parts[8];

  kontor_money_split (100, thirds, 3, parts);
  g_assert_cmpint (parts[0], ==, 34);
  g_assert_cmpint (parts[1], ==, 33);
  g_assert_cmpint (parts[2], ==, 33);

  kontor_money_split (-100, thirds, 3, parts);
  g_assert_cmpint (parts[0], ==, -34);
  g_assert_cmpint (parts[2], ==, -33);

  kontor_money_split (999, uneven, 5, parts);
  g_assert_cmpint (parts[0], ==, 499); /* 499.5, 299.7, 199.8: the largest remainders win */
  g_assert_cmpint (parts[1], ==, 300);
  g_assert_cmpint (parts[2], ==, 200);
  g_assert_cmpint (parts[3], ==, 0);
  g_assert_cmpint (parts[4], ==, 0);

  kontor_money_split (5, nothing, 2, parts);
  g_assert_cmpint (parts[0], ==, 3);
  g_assert_cmpint (parts[1], ==, 2);
  kontor_money_split (5, NULL, 2, parts);
  g_assert_cmpint (parts[0], ==, 3);

  kontor_money_split (G_MININT64, huge, 3, parts);
  g_assert_cmpint (parts[0], ==, G_MININT64 / 3 - 1);
  g_assert_cmpint (parts[0] + parts[1] + parts[2], ==, G_MININT64);
  kontor_money_split (5, NULL, 0, NULL);
}

static void
test_split_properties (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);

  for (int i = 0; i < 20000; i++)
    {
      gint64 weights[12], parts[12], sum = 0, total = 0;
      gsize n = (gsize) g_rand_int_range (rand, 1, 13);
      gint64 minor = g_rand_int_range (rand, -1000000, 1000000);

      for (gsize j = 0; j < n; j++)
        {
          weights[j] = g_rand_int_range (rand, 0, 1000);
          total += weights[j];
        }
      kontor_money_split (minor, weights, n, parts);
      for (gsize j = 0; j < n; j++)
        {
          sum += parts[j];
          /* No part is off by a unit or more. */
          if (total > 0)
            g_assert_cmpint (ABS (parts[j] * total - minor * weights[j]), <, total);
        }
      g_assert_cmpint (sum, ==, minor);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/number/parse", test_parse);
  g_test_add_func ("/base/number/parse-refuses", test_parse_refuses);
  g_test_add_func ("/base/number/text", test_text);
  g_test_add_func ("/base/number/format", test_format);
  g_test_add_func ("/base/number/format-in-locales", test_format_in_locales);
  g_test_add_func ("/base/number/currencies", test_currencies);
  g_test_add_func ("/base/number/money", test_money);
  g_test_add_func ("/base/number/split", test_split);
  g_test_add_func ("/base/number/split-properties", test_split_properties);

  return g_test_run ();
}
