/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money as minor units of a currency: the currencies, reading, writing and splitting. */
#include "config.h"

#include "kontor-number-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "kontor-error.h"

#define TEXT_MAX 96

/* ISO 4217 with the currencies withdrawn since 1999 that old data has; those without a number in
 * kontor_currency_digits() have 2 decimals. Sorted. */
static const char currencies[][4] = {
  "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "ATS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
  "BEF", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BYR",
  "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP",
  "CVE", "CYP", "CZK", "DEM", "DJF", "DKK", "DOP", "DZD", "EEK", "EGP", "ERN", "ESP", "ETB", "EUR",
  "FIM", "FJD", "FKP", "FRF", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GRD", "GTQ", "GYD", "HKD",
  "HNL", "HRK", "HTG", "HUF", "IDR", "IEP", "ILS", "INR", "IQD", "IRR", "ISK", "ITL", "JMD", "JOD",
  "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
  "LSL", "LTL", "LUF", "LVL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MTL",
  "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NLG", "NOK", "NPR", "NZD",
  "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PTE", "PYG", "QAR", "RON", "RSD", "RUB", "RUR",
  "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SIT", "SKK", "SLE", "SLL", "SOS", "SRD",
  "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRL", "TRY", "TTD", "TWD",
  "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST",
  "XAF", "XAG", "XAU", "XCD", "XDR", "XOF", "XPD", "XPF", "XPT", "XSU", "XUA", "YER", "ZAR", "ZMW",
  "ZWL",
};

/* Signs and words for currencies, longest first where one begins another. A sign that several
 * currencies share lists them; the first is meant unless the default currency is among them. */
static const struct
{
  const char *sign; /* lower case */
  const char *codes;
} signs[] = {
  { "us$", "USD" },
  { "usd$", "USD" },
  { "c$", "CAD" },
  { "ca$", "CAD" },
  { "a$", "AUD" },
  { "au$", "AUD" },
  { "nz$", "NZD" },
  { "hk$", "HKD" },
  { "s$", "SGD" },
  { "nt$", "TWD" },
  { "r$", "BRL" },
  { "mex$", "MXN" },
  { "$",
    "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP BSD BBD BMD BZD FJD GYD JMD KYD LRD NAD SBD "
    "SRD TTD XCD UYU DOP CUP" },
  { "€", "EUR" },
  { "euro", "EUR" },
  { "euros", "EUR" },
  { "евро", "EUR" },
  { "£", "GBP EGP LBP SYP FKP GIP SHP" },
  { "¥", "JPY CNY" },
  { "¥", "JPY CNY" },
  { "円", "JPY" },
  { "元", "CNY" },
  { "₽", "RUB" },
  { "руб", "RUB BYN" },
  { "р", "RUB BYN" },
  { "рублей", "RUB BYN" },
  { "rub", "RUB" },
  { "₴", "UAH" },
  { "грн", "UAH" },
  { "₸", "KZT" },
  { "тг", "KZT" },
  { "тенге", "KZT" },
  { "₹", "INR" },
  { "rs", "INR PKR LKR NPR MUR SCR" },
  { "₺", "TRY" },
  { "tl", "TRY" },
  { "₩", "KRW KPW" },
  { "₪", "ILS" },
  { "₫", "VND" },
  { "₱", "PHP" },
  { "₦", "NGN" },
  { "₾", "GEL" },
  { "₼", "AZN" },
  { "֏", "AMD" },
  { "฿", "THB" },
  { "zł", "PLN" },
  { "zl", "PLN" },
  { "kč", "CZK" },
  { "ft", "HUF" },
  { "лв", "BGN" },
  { "lei", "RON MDL" },
  { "kr", "SEK NOK DKK ISK" },
  { "fr", "CHF" },
  { "sfr", "CHF" },
  { "br", "BYN ETB" },
};

static int
compare_codes (const void *a, const void *b)
{
  return strcmp (a, b);
}

/**
 * kontor_currency_is_valid:
 * @code: (nullable): a text
 *
 * Returns: %TRUE when it is a currency of ISO 4217, three capitals
 */
gboolean
kontor_currency_is_valid (const char *code)
{
  if (code == NULL || strlen (code) != 3)
    return FALSE;

  return bsearch (code,
                  currencies,
                  G_N_ELEMENTS (currencies),
                  sizeof (currencies[0]),
                  compare_codes) != NULL;
}

/**
 * kontor_currency_digits:
 * @code: (nullable): a currency
 *
 * Returns: how many decimals it has by ISO 4217, 2 for unknown ones
 */
guint
kontor_currency_digits (const char *code)
{
  static const char none[] = "BIF BYR CLP DJF ESP GNF ISK ITL JPY KMF KRW PYG RWF UGX UYI VND VUV "
                             "XAF XAG XAU XDR XOF XPD XPF XPT XSU XUA ";
  static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
  static const char four[] = "CLF UYW ";
  char key[5];

  if (code == NULL || strlen (code) != 3)
    return 2;

  g_snprintf (key, sizeof (key), "%s ", code);
  if (strstr (none, key) != NULL)
    return 0;
  if (strstr (three, key) != NULL)
    return 3;

  return strstr (four, key) != NULL ? 4 : 2;
}

/* The currency a sign or code means; NULL for none. */
static const char *
find_currency (const char *sign, const char *default_currency, char code[4])
{
  if (strlen (sign) == 3 && g_ascii_isalpha (sign[0]))
    {
      for (gsize i = 0; i < 4; i++)
        code[i] = g_ascii_toupper (sign[i]);
      if (kontor_currency_is_valid (code))
        return code;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (!g_str_equal (signs[i].sign, sign))
        continue;
      if (default_currency != NULL && strstr (signs[i].codes, default_currency) != NULL)
        memcpy (code, default_currency, 3);
      else
        memcpy (code, signs[i].codes, 3);
      code[3] = '\0';
      return code;
    }

  return NULL;
}

static gboolean
is_of_number (gunichar c)
{
  /* Not every "р." of "100 р." is a decimal point: the ends are trimmed afterwards. */
  return g_unichar_isdigit (c) || g_unichar_isspace (c) ||
         (c < 128 && strchr (".,'()-+", (int) c) != NULL) || c == 0x2019 || c == 0x2212;
}

static gboolean
set_no_money (GError **error, const char *text)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, TEXT_MAX));

  if (error == NULL)
    return FALSE;

  kontor_set_error (error,
                    KONTOR_BASE_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("“%s” is not an amount of money."),
                    shown);
  kontor_error_set_value (*error, shown);

  return FALSE;
}

/* Parts an amount into number and sign of currency. FALSE when there are two signs. */
static gboolean
take_apart (const char *text, GString *number, GString *sign)
{
  gboolean inside = FALSE, done = FALSE;
  gboolean after = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_of_number (c))
        {
          if (inside)
            done = TRUE;
          inside = FALSE;
          /* A full stop behind "руб" ends the word. */
          if (!(c == '.' && done && after))
            g_string_append_unichar (number, c);
          after = FALSE;
          continue;
        }
      if (done)
        return FALSE;
      inside = TRUE;
      after = TRUE;
      g_string_append_unichar (sign, g_unichar_tolower (c));
    }

  return TRUE;
}

/**
 * kontor_money_parse:
 * @text: (nullable): an amount with or without a currency: "1 234,56 €", "$1,200", "USD 12",
 *   "100 руб."
 * @default_currency: (nullable): the currency of amounts that name none, and the one meant by a
 *   sign that it shares with others ("$", "kr")
 * @minor: (out): minor units of the currency
 * @currency: (out) (optional) (transfer full): its code
 * @error: return location; invalid, or limit when it doesn't fit
 *
 * The number is read as kontor_decimal_parse() reads it.
 *
 * Returns: %FALSE with @error set when @text is no amount, or names no currency and there is no
 *   default
 */
gboolean
kontor_money_parse (const char *text,
                    const char *default_currency,
                    gint64 *minor,
                    char **currency,
                    GError **error)
{
  g_autoptr(GString) number = g_string_new (NULL);
  g_autoptr(GString) sign = g_string_new (NULL);
  char code[4];
  const char *found = default_currency;

  g_return_val_if_fail (minor != NULL, FALSE);

  if (text == NULL || strnlen (text, TEXT_MAX + 1) > TEXT_MAX ||
      !g_utf8_validate (text, -1, NULL) || !take_apart (text, number, sign))
    return set_no_money (error, text != NULL ? text : "");

  if (sign->len > 0)
    {
      found = find_currency (sign->str, default_currency, code);
      if (found == NULL)
        return set_no_money (error, text);
    }
  if (found == NULL)
    {
      kontor_set_error (error,
                        KONTOR_BASE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("“%s” names no currency, and none is set for this workspace."),
                        text);
      return FALSE;
    }
  if (!kontor_decimal_parse (number->str, kontor_currency_digits (found), minor, error))
    return FALSE;
  if (currency != NULL)
    *currency = g_strdup (found);

  return TRUE;
}

/**
 * kontor_money_format:
 * @minor: minor units of @currency
 * @currency: (nullable): its code
 *
 * Returns: (transfer full): the amount in the form of the locale, "12,400 EUR"; decimals are left
 *   out when they are zero
 */
char *
kontor_money_format (gint64 minor, const char *currency)
{
  GString *out = g_string_new (NULL);

  kontor_number_append (out, minor, kontor_currency_digits (currency), FALSE);
  if (currency != NULL && currency[0] != '\0')
    g_string_append_printf (out, "\xc2\xa0%s", currency);

  return g_string_free (out, FALSE);
}

__extension__ typedef unsigned __int128 Wide;

/* What a part still lacks after rounding down. */
typedef struct
{
  Wide rest;
  gsize part;
} Remainder;

static int
compare_remainders (const void *a, const void *b)
{
  const Remainder *left = a, *right = b;

  if (left->rest != right->rest)
    return left->rest > right->rest ? -1 : 1;

  return left->part < right->part ? -1 : 1;
}

/**
 * kontor_money_split:
 * @minor: an amount
 * @weights: (array length=n) (nullable): how it is split; negative ones count as 0, and %NULL or
 *   all zeros as equal parts
 * @n: how many parts
 * @parts: (array length=n) (out caller-allocates): the parts, whose sum is @minor
 *
 * Splits by the largest remainder; of equal remainders the first parts get the odd units.
 */
void
kontor_money_split (gint64 minor, const gint64 *weights, gsize n, gint64 *parts)
{
  g_autofree Remainder *remainders = NULL;
  guint64 size = minor < 0 ? -(guint64) minor : (guint64) minor;
  guint64 left = size;
  Wide sum = 0;

  g_return_if_fail (parts != NULL || n == 0);

  if (n == 0)
    return;

  for (gsize i = 0; weights != NULL && i < n; i++)
    sum += (guint64) MAX (weights[i], 0);

  remainders = g_new (Remainder, n);
  for (gsize i = 0; i < n; i++)
    {
      Wide weight = sum > 0 ? (guint64) MAX (weights[i], 0) : 1;
      Wide total = sum > 0 ? sum : n;
      Wide share = size * weight;
      guint64 part = (guint64) (share / total);

      remainders[i] = (Remainder){ share % total, i };
      left -= part;
      parts[i] = (gint64) part;
    }
  qsort (remainders, n, sizeof (*remainders), compare_remainders);
  for (gsize i = 0; i < left; i++)
    parts[remainders[i].part]++;
  for (gsize i = 0; minor < 0 && i < n; i++)
    parts[i] = (gint64) (0 - (guint64) parts[i]);
}
