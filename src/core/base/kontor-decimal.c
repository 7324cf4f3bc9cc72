/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals as integers scaled by a power of ten: reading them as spreadsheets and people write
 * them, and writing them for files and for people. */
#include "config.h"

#include "kontor-number-private.h"

#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "kontor-error.h"

#define TEXT_MAX 64   /* longer texts are no numbers */
#define DIGITS_MAX 48 /* of a mantissa; far beyond 64 bits */

/* What a text was found to be. */
typedef struct
{
  char digits[DIGITS_MAX]; /* of the mantissa, without separators */
  int n_digits;
  int exponent; /* power of ten the digits are multiplied by */
  gboolean negative;
} Mantissa;

static const guint64 powers[] = {
  1,
  10,
  100,
  1000,
  10000,
  100000,
  1000000,
  10000000,
  100000000,
  1000000000,
  G_GUINT64_CONSTANT (10000000000),
  G_GUINT64_CONSTANT (100000000000),
  G_GUINT64_CONSTANT (1000000000000),
  G_GUINT64_CONSTANT (10000000000000),
  G_GUINT64_CONSTANT (100000000000000),
  G_GUINT64_CONSTANT (1000000000000000),
  G_GUINT64_CONSTANT (10000000000000000),
  G_GUINT64_CONSTANT (100000000000000000),
  G_GUINT64_CONSTANT (1000000000000000000),
};

static gboolean
set_not_a_number (GError **error, const char *text)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, TEXT_MAX));

  if (error == NULL)
    return FALSE;

  if (shown[0] == '\0')
    kontor_set_error (error,
                      KONTOR_BASE_ERROR,
                      KONTOR_ERROR_INVALID,
                      _("A number is missing here."));
  else
    kontor_set_error (error,
                      KONTOR_BASE_ERROR,
                      KONTOR_ERROR_INVALID,
                      _("“%s” is not a number."),
                      shown);
  kontor_error_set_value (*error, shown);

  return FALSE;
}

static gboolean
set_too_large (GError **error, const char *text)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, TEXT_MAX));

  if (error == NULL)
    return FALSE;

  kontor_set_error (error,
                    KONTOR_BASE_ERROR,
                    KONTOR_ERROR_LIMIT,
                    _("“%s” is larger than a number can be here."),
                    shown);
  kontor_error_set_value (*error, shown);

  return FALSE;
}

/* ASCII for the characters numbers are written with: ' ' and '\'' part digits, '-' is minus. */
static gboolean
normalise (const char *text, char buffer[TEXT_MAX + 1])
{
  gsize length = strnlen (text, TEXT_MAX + 1);
  char *out = buffer;

  if (length > TEXT_MAX || !g_utf8_validate (text, (gssize) length, NULL))
    return FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == 0xa0 || c == 0x2007 || c == 0x2009 || c == 0x202f || c == '\t')
        c = ' ';
      else if (c == 0x2019 || c == 0x2bc || c == 0x60 || c == 0xb4)
        c = '\'';
      else if (c == 0x2212 || c == 0x2010 || c == 0x2011 || c == 0x2013)
        c = '-';
      else if (c >= 0xff10 && c <= 0xff19)
        c -= 0xff10 - '0';
      else if (c >= 128)
        return FALSE;
      *out++ = (char) c;
    }
  while (out > buffer && out[-1] == ' ')
    out--;
  *out = '\0';

  return TRUE;
}

/* Takes signs and parentheses off; returns where the digits begin and cuts what is behind them. */
static char *
read_sign (char *text, gboolean *negative)
{
  gsize length;

  *negative = FALSE;
  while (*text == ' ')
    text++;
  length = strlen (text);
  if (*text == '(' && length > 2 && text[length - 1] == ')')
    {
      *negative = TRUE;
      text[length - 1] = '\0';
      text++;
    }
  else if (*text == '-' || *text == '+')
    {
      *negative = *text == '-';
      text++;
    }
  else if (length > 2 && text[length - 1] == '-' && strchr (".,", text[length - 2]) != NULL)
    text[length - 2] = '\0'; /* "100,-" is no debt, but has no cents */
  else if (length > 1 && text[length - 1] == '-')
    {
      *negative = TRUE;
      text[length - 1] = '\0';
    }
  text = g_strstrip (text);

  return text;
}

static gboolean
is_separator (char c)
{
  return c == ' ' || c == '\'' || c == '.' || c == ',';
}

/* Groups before a separator of thousands: three digits, or two as in India, and the last three. */
static gboolean
check_groups (const char *text, const char *end, char separator)
{
  const char *group = text;
  gboolean first = TRUE;

  for (const char *p = text;; p++)
    {
      if (p < end && *p != separator)
        {
          if (!g_ascii_isdigit (*p))
            return FALSE;
          continue;
        }
      if (p - group > 3 || p - group < (first ? 1 : 2) || (p == end && p - group != 3))
        return FALSE;
      if (p == end)
        return TRUE;
      first = FALSE;
      group = p + 1;
    }
}

static gboolean
is_point_of_locale (char c)
{
  const char *point = localeconv ()->decimal_point;

  return point != NULL && point[0] == c && point[1] == '\0';
}

/* Whether the only separator in a number, @mark, is its decimal point. */
static gboolean
is_point (const char *text, const char *mark, guint scale)
{
  gsize behind = strspn (mark + 1, "0123456789");
  gsize before = (gsize) (mark - text);

  if (*mark == ' ' || *mark == '\'')
    return FALSE;
  if (behind != 3 || before < 1 || before > 3 || text[0] == '0')
    return TRUE;

  return scale >= 3 && (*mark == '.' || is_point_of_locale (*mark));
}

/* Finds the decimal point, checks the groups before it. Returns FALSE when they are in disorder;
 * @point is NULL for whole numbers. */
static gboolean
find_point (const char *text, const char *end, guint scale, const char **point)
{
  const char *first = NULL, *last = NULL;
  gboolean mixed = FALSE;
  int marks = 0;

  for (const char *p = text; p < end; p++)
    {
      if (!is_separator (*p))
        {
          if (!g_ascii_isdigit (*p))
            return FALSE;
          continue;
        }
      if (first == NULL)
        first = p;
      mixed = mixed || *p != *first;
      last = p;
      marks++;
    }

  *point = NULL;
  if (marks == 0)
    return TRUE;
  if (marks == 1)
    {
      if (is_point (text, first, scale))
        {
          *point = first;
          return TRUE;
        }
      return check_groups (text, end, *first);
    }
  if (!mixed)
    return check_groups (text, end, *first);
  if (*last == ' ' || *last == '\'')
    return FALSE;
  *point = last;

  return check_groups (text, last, *first);
}

static gboolean
read_exponent (const char *text, int *exponent)
{
  gboolean negative = *text == '-';
  int value = 0;

  if (*text == '-' || *text == '+')
    text++;
  if (!g_ascii_isdigit (*text))
    return FALSE;
  for (; g_ascii_isdigit (*text); text++)
    value = MIN (value * 10 + (*text - '0'), 1000);
  if (*text != '\0')
    return FALSE;
  *exponent = negative ? -value : value;

  return TRUE;
}

static gboolean
read_mantissa (char *text, guint scale, Mantissa *mantissa)
{
  const char *start = read_sign (text, &mantissa->negative);
  const char *end = start + strcspn (start, "eE");
  const char *point;

  mantissa->n_digits = 0;
  mantissa->exponent = 0;
  if (*end != '\0' && !read_exponent (end + 1, &mantissa->exponent))
    return FALSE;
  if (!find_point (start, end, scale, &point))
    return FALSE;

  for (const char *p = start; p < end; p++)
    {
      if (p == point || !g_ascii_isdigit (*p))
        continue;
      if (mantissa->n_digits == 0 && *p == '0' && (point == NULL || p < point))
        {
          /* Leading zeros say nothing, but a lone one is a number. */
          if (p + 1 < end && g_ascii_isdigit (p[1]))
            continue;
        }
      if (mantissa->n_digits == DIGITS_MAX)
        return FALSE;
      mantissa->digits[mantissa->n_digits++] = *p;
      if (point != NULL && p > point)
        mantissa->exponent--;
    }

  return mantissa->n_digits > 0;
}

/* Rounds half away from zero, as people do with money. */
static gboolean
scale_mantissa (const Mantissa *mantissa, guint scale, gint64 *value)
{
  int exponent = mantissa->exponent + (int) scale;
  int kept = mantissa->n_digits + MIN (exponent, 0);
  guint64 limit = (guint64) G_MAXINT64 + (mantissa->negative ? 1 : 0);
  guint64 sum = 0;

  for (int i = 0; i < kept; i++)
    {
      guint digit = (guint) (mantissa->digits[i] - '0');

      if (sum > (limit - digit) / 10)
        return FALSE;
      sum = sum * 10 + digit;
    }
  for (; exponent > 0 && sum > 0; exponent--)
    {
      if (sum > limit / 10)
        return FALSE;
      sum *= 10;
    }
  if (exponent < 0 && kept >= 0 && mantissa->digits[kept] >= '5')
    {
      if (sum == limit)
        return FALSE;
      sum++;
    }
  *value = mantissa->negative ? (gint64) (0 - sum) : (gint64) sum;

  return TRUE;
}

/**
 * kontor_decimal_parse:
 * @text: (nullable): a number: "1234.5", "1 234,56", "1,234.56", "1'234.50", "(12.5)", "12,5-",
 *   "1.2E+06"
 * @scale: decimals the value has, at most 18
 * @value: (out): the number times 10 to the power of @scale
 * @error: return location; invalid, or limit when it doesn't fit
 *
 * Of two kinds of separators the last one is the decimal point. A single separator with exactly
 * three digits behind it and one to three before it parts thousands ("1,234", "1.234"), but where
 * @scale is 3 or more a full stop, and the decimal point of the locale, is taken as such, so that
 * what Kontor wrote is read back. Digits beyond @scale are rounded, half away from zero. Signs of
 * currency and per cent are the caller's.
 *
 * Returns: %FALSE with @error set when @text is no such number
 */
gboolean
kontor_decimal_parse (const char *text, guint scale, gint64 *value, GError **error)
{
  char buffer[TEXT_MAX + 1];
  Mantissa mantissa;

  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (scale < G_N_ELEMENTS (powers), FALSE);

  if (text == NULL)
    return set_not_a_number (error, "");
  if (!normalise (text, buffer) || !read_mantissa (buffer, scale, &mantissa))
    return set_not_a_number (error, text);
  if (!scale_mantissa (&mantissa, scale, value))
    return set_too_large (error, text);

  return TRUE;
}

/**
 * kontor_decimal_to_text:
 * @value: a number times 10 to the power of @scale
 * @scale: decimals it has, at most 18
 *
 * Returns: (transfer full): the number with a full stop and all its decimals, "-0.50", for files
 */
char *
kontor_decimal_to_text (gint64 value, guint scale)
{
  guint64 size = value < 0 ? -(guint64) value : (guint64) value;
  const char *sign = value < 0 ? "-" : "";

  g_return_val_if_fail (scale < G_N_ELEMENTS (powers), NULL);

  if (scale == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, size);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
                          sign,
                          size / powers[scale],
                          (int) scale,
                          size % powers[scale]);
}

/* Puts the locale's separators between groups of digits. */
static void
append_grouped (GString *out, guint64 size)
{
  const struct lconv *locale = localeconv ();
  const char *separator = locale->thousands_sep;
  const char *grouping = locale->grouping;
  char digits[24];
  gsize cuts[24];
  gsize n_cuts = 0, rest, group;

  g_snprintf (digits, sizeof (digits), "%" G_GUINT64_FORMAT, size);
  rest = strlen (digits);
  if (separator == NULL || separator[0] == '\0' || grouping == NULL || grouping[0] <= 0)
    {
      g_string_append (out, digits);
      return;
    }

  /* One size a group from the right; the last size repeats, CHAR_MAX ends grouping. */
  for (group = (gsize) *grouping; rest > group; group = (gsize) *grouping)
    {
      rest -= group;
      cuts[n_cuts++] = rest;
      if (grouping[1] != '\0')
        grouping++;
      if (*grouping <= 0 || *grouping == G_MAXINT8)
        break;
    }
  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (n_cuts > 0 && cuts[n_cuts - 1] == i)
        {
          g_string_append (out, separator);
          n_cuts--;
        }
      g_string_append_c (out, digits[i]);
    }
}

/**
 * kontor_number_append:
 * @out: where it is appended
 * @value: a number times 10 to the power of @scale
 * @scale: decimals it has, at most 18
 * @decimals: whether they are shown when all are zero
 *
 * Appends the number in the form of the locale.
 */
void
kontor_number_append (GString *out, gint64 value, guint scale, gboolean decimals)
{
  guint64 size = value < 0 ? -(guint64) value : (guint64) value;

  if (value < 0)
    g_string_append (out, "−");
  append_grouped (out, size / powers[scale]);
  if (scale > 0 && (decimals || size % powers[scale] != 0))
    g_string_append_printf (out,
                            "%s%0*" G_GUINT64_FORMAT,
                            localeconv ()->decimal_point,
                            (int) scale,
                            size % powers[scale]);
}

/**
 * kontor_decimal_format:
 * @value: a number times 10 to the power of @scale
 * @scale: decimals it has, at most 18
 *
 * Returns: (transfer full): the number in the form of the locale, with all its decimals
 */
char *
kontor_decimal_format (gint64 value, guint scale)
{
  GString *out;

  g_return_val_if_fail (scale < G_N_ELEMENTS (powers), NULL);

  out = g_string_new (NULL);
  kontor_number_append (out, value, scale, TRUE);

  return g_string_free (out, FALSE);
}

/**
 * kontor_integer_format:
 * @value: a number
 *
 * Returns: (transfer full): the number in the form of the locale
 */
char *
kontor_integer_format (gint64 value)
{
  return kontor_decimal_format (value, 0);
}
