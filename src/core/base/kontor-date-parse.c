/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads days and times as people, spreadsheets and other programs write them.
 *
 * A text is taken apart into at most three parts of a date (numbers, the name of a month), one time
 * with its zone, and words that say nothing (weekdays, "at", "г."). What is left over makes it no
 * date. */
#include "config.h"

#include "kontor-date-private.h"

#include <string.h>

/* Longer texts are no dates; "Wednesday, 11 September 2024 at 14:30:00.000000 GMT+03:00" has 56. */
#define TEXT_MAX 96

/* One part of a date. */
typedef struct
{
  int value;
  int digits; /* 0 for a month by name */
} Part;

typedef struct
{
  const char *at;
  Part parts[3];
  int n_parts;
  gboolean whole; /* one part that is YYYYMMDD */
  KontorStamp stamp;
} Reader;

static gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

/* Reads up to @max digits; returns how many there were, 0 also when there are more. */
static int
read_number (const char **at, int max, int *value)
{
  int digits = 0;
  const char *p = *at;

  *value = 0;
  while (is_digit (*p))
    {
      if (++digits > max)
        return 0;
      *value = *value * 10 + (*p++ - '0');
    }
  *at = p;

  return digits;
}

static void
skip_spaces (const char **at)
{
  while (**at == ' ' || **at == '\t')
    (*at)++;
}

/* "am", "p.m." and the like, in lower case. */
static gboolean
read_half (Reader *reader)
{
  const char *at = reader->at;
  gboolean afternoon;

  skip_spaces (&at);
  if (*at != 'a' && *at != 'p')
    return TRUE;
  afternoon = *at++ == 'p';
  if (*at == '.')
    at++;
  if (*at++ != 'm' || g_ascii_isalpha (*at))
    return TRUE;
  if (*at == '.')
    at++;
  if (reader->stamp.hour < 1 || reader->stamp.hour > 12)
    return FALSE;
  reader->stamp.hour = reader->stamp.hour % 12 + (afternoon ? 12 : 0);
  reader->at = at;

  return TRUE;
}

/* Z, UTC, GMT, +03, +0300, +03:00, GMT+3, with "(MSK)" behind it. */
static gboolean
read_zone (Reader *reader)
{
  const char *at = reader->at;
  int sign, digits, hours, minutes = 0;

  skip_spaces (&at);
  if (g_str_has_prefix (at, "utc") || g_str_has_prefix (at, "gmt"))
    at += 3;
  else if (*at == 'z' && !g_ascii_isalpha (at[1]))
    at++;
  else if (*at != '+' && *at != '-')
    return TRUE;
  else if (!is_digit (at[1]))
    return TRUE;
  reader->stamp.has_offset = TRUE;
  reader->stamp.offset = 0;
  reader->at = at;
  if (*at != '+' && *at != '-')
    return TRUE;

  sign = *at++ == '-' ? -1 : 1;
  digits = read_number (&at, 4, &hours);
  if (digits == 0)
    return FALSE;
  if (digits > 2)
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (*at == ':')
    {
      at++;
      if (read_number (&at, 2, &minutes) != 2)
        return FALSE;
    }
  if (hours > 18 || minutes > 59)
    return FALSE;
  reader->stamp.offset = sign * (hours * 3600 + minutes * 60);
  skip_spaces (&at);
  if (*at == '(')
    {
      const char *end = strchr (at, ')');

      if (end == NULL)
        return FALSE;
      at = end + 1;
    }
  reader->at = at;

  return TRUE;
}

static void
read_fraction (Reader *reader)
{
  int scale = 100;

  if ((*reader->at != '.' && *reader->at != ',') || !is_digit (reader->at[1]))
    return;
  for (reader->at++; is_digit (*reader->at); reader->at++, scale /= 10)
    reader->stamp.ms += scale * (*reader->at - '0');
}

static gboolean
check_time (const KontorStamp *stamp)
{
  return stamp->hour <= 23 && stamp->minute <= 59 && stamp->second <= 59;
}

/* The reader stands at "14:30", "2:30 pm" or "14:30:15.123+03:00". */
static gboolean
read_time (Reader *reader)
{
  KontorStamp *stamp = &reader->stamp;

  if (stamp->has_time || read_number (&reader->at, 2, &stamp->hour) == 0)
    return FALSE;
  stamp->has_time = TRUE;
  reader->at++;
  if (read_number (&reader->at, 2, &stamp->minute) != 2)
    return FALSE;
  if (*reader->at == ':')
    {
      reader->at++;
      if (read_number (&reader->at, 2, &stamp->second) != 2)
        return FALSE;
      read_fraction (reader);
      /* A leap second is the last one of its minute to everybody who counts without them. */
      if (stamp->second == 60)
        stamp->second = 59;
    }

  return read_half (reader) && check_time (stamp) && read_zone (reader);
}

/* "143000" of 20240312T143000Z. */
static gboolean
read_compact_time (Reader *reader)
{
  KontorStamp *stamp = &reader->stamp;
  int value;
  int digits = read_number (&reader->at, 6, &value);

  if (digits != 4 && digits != 6)
    return FALSE;
  if (digits == 4)
    value *= 100;
  stamp->has_time = TRUE;
  stamp->hour = value / 10000;
  stamp->minute = value / 100 % 100;
  stamp->second = value % 100;
  read_fraction (reader);

  return check_time (stamp) && read_zone (reader);
}

static gboolean
read_digits (Reader *reader)
{
  const char *at = reader->at;
  int value;
  int digits = read_number (&at, 8, &value);

  if ((digits == 1 || digits == 2) && *at == ':')
    return read_time (reader);
  if (digits == 8 && reader->n_parts == 0)
    {
      reader->parts[0] = (Part){ value / 10000, 4 };
      reader->parts[1] = (Part){ value / 100 % 100, 2 };
      reader->parts[2] = (Part){ value % 100, 2 };
      reader->n_parts = 3;
      reader->whole = TRUE;
      reader->at = at;
      if (*at != 't')
        return TRUE;
      reader->at++;
      return is_digit (reader->at[0]) && is_digit (reader->at[1]) && reader->at[2] == ':'
               ? read_time (reader)
               : read_compact_time (reader);
    }
  if (reader->n_parts == 3 || (digits != 1 && digits != 2 && digits != 4))
    return FALSE;

  reader->parts[reader->n_parts++] = (Part){ value, digits };
  reader->at = at;

  return TRUE;
}

static gboolean
is_filler (const char *word, gsize length)
{
  static const char *const words[] = { "t",   "at",  "st",   "nd", "rd", "th",  "of",
                                       "the", "de",  "del",  "le", "um", "uhr", "den",
                                       "г",   "год", "года", "в",  "р" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i]) == length && memcmp (words[i], word, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_word (Reader *reader)
{
  const char *start = reader->at;
  const char *at = start;
  gsize length;
  int month;

  while (*at != '\0' && g_unichar_isalpha (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  length = (gsize) (at - start);
  if (length == 0)
    return FALSE;
  reader->at = at;

  month = kontor_date_find_month (start, length);
  if (month > 0)
    {
      if (reader->n_parts == 3)
        return FALSE;
      for (int i = 0; i < reader->n_parts; i++)
        {
          if (reader->parts[i].digits == 0)
            return FALSE;
        }
      reader->parts[reader->n_parts++] = (Part){ month, 0 };
      return TRUE;
    }

  return is_filler (start, length) || kontor_date_is_weekday (start, length);
}

/* Spaces, and one mark between them, lie between two parts. */
static gboolean
skip_separators (Reader *reader)
{
  int marks = 0;

  for (; *reader->at != '\0'; reader->at++)
    {
      if (*reader->at == ' ' || *reader->at == '\t')
        continue;
      if (strchr (".,/-", *reader->at) == NULL)
        break;
      /* "12. März, 2024", "2024. 03. 12." and "Dec., 12" have up to two. */
      if (++marks > 2 || (marks > 1 && *reader->at != ','))
        return FALSE;
      if (*reader->at == '/' || *reader->at == '-')
        {
          if (reader->at[1] == '\0')
            return FALSE;
        }
    }

  return TRUE;
}

static int
complete_year (Part part)
{
  if (part.digits > 2)
    return part.value;

  return part.value < 50 ? 2000 + part.value : 1900 + part.value;
}

static gboolean
set_date (KontorStamp *stamp, Part year, Part month, Part day)
{
  if (month.digits > 2 || day.digits > 2 || (year.digits != 4 && year.digits != 2))
    return FALSE;
  if (!kontor_date_is_valid (complete_year (year), month.value, day.value))
    return FALSE;
  stamp->year = complete_year (year);
  stamp->month = month.value;
  stamp->day = day.value;

  return TRUE;
}

static gboolean
settle_with_name (KontorStamp *stamp, const Part *p, KontorDateOrder order)
{
  if (p[0].digits == 0)
    return set_date (stamp, p[2], p[0], p[1]) || set_date (stamp, p[1], p[0], p[2]);
  if (p[2].digits == 0)
    return set_date (stamp, p[0], p[2], p[1]);
  if (p[0].digits == 4 || (order == KONTOR_DATE_ORDER_YMD && p[2].digits != 4))
    return set_date (stamp, p[0], p[1], p[2]) || set_date (stamp, p[2], p[1], p[0]);

  return set_date (stamp, p[2], p[1], p[0]) || set_date (stamp, p[0], p[1], p[2]);
}

/* The order says which reading is tried first; another one counts where the first is no date. */
static gboolean
settle (KontorStamp *stamp, const Part *p, KontorDateOrder order)
{
  if (p[0].digits == 0 || p[1].digits == 0 || p[2].digits == 0)
    return settle_with_name (stamp, p, order);
  if (p[0].digits == 4)
    return set_date (stamp, p[0], p[1], p[2]);
  if (order == KONTOR_DATE_ORDER_YMD && p[2].digits != 4 && set_date (stamp, p[0], p[1], p[2]))
    return TRUE;
  if (order == KONTOR_DATE_ORDER_MDY && set_date (stamp, p[2], p[0], p[1]))
    return TRUE;
  if (set_date (stamp, p[2], p[1], p[0]) || set_date (stamp, p[2], p[0], p[1]))
    return TRUE;

  /* "98-03-12" can only begin with its year. */
  return p[0].value > 31 && set_date (stamp, p[0], p[1], p[2]);
}

/* Lower case, and plain spaces and hyphens for what looks like them. */
static gboolean
normalise (const char *text, char buffer[TEXT_MAX * 2])
{
  char *out = buffer;
  gsize length = strnlen (text, TEXT_MAX + 1);

  if (length > TEXT_MAX || !g_utf8_validate (text, (gssize) length, NULL))
    return FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      /* A letter never grows beyond twice its bytes in lower case. */
      if (c == 0xa0 || c == 0x202f || c == 0x2009 || c == 0x200e || c == 0x200f)
        *out++ = ' ';
      else if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2212)
        *out++ = '-';
      else
        out += g_unichar_to_utf8 (g_unichar_tolower (c), out);
    }
  while (out > buffer && out[-1] == ' ')
    out--;
  *out = '\0';

  return TRUE;
}

/**
 * kontor_stamp_parse:
 * @text: a text
 * @order: order of day, month and year where the text leaves it open
 * @stamp: (out): what it says
 *
 * Returns: %FALSE when @text is not one day with at most one time
 */
gboolean
kontor_stamp_parse (const char *text, KontorDateOrder order, KontorStamp *stamp)
{
  char buffer[TEXT_MAX * 2];
  Reader reader = { 0 };

  if (!normalise (text, buffer))
    return FALSE;

  reader.at = buffer;
  skip_spaces (&reader.at);
  while (*reader.at != '\0')
    {
      if (!(is_digit (*reader.at) ? read_digits (&reader) : read_word (&reader)))
        return FALSE;
      if (!skip_separators (&reader))
        return FALSE;
    }
  if (reader.n_parts != 3)
    return FALSE;

  *stamp = reader.stamp;

  return settle (stamp, reader.parts, order);
}

/* What one sample says about the order; weak where only its dots speak. */
static KontorDateOrder
guess_one (const char *text, gboolean *weak)
{
  int values[3], digits[3];
  char mark = '\0';

  *weak = FALSE;
  while (*text == ' ')
    text++;
  for (int i = 0; i < 3; i++)
    {
      digits[i] = read_number (&text, 4, &values[i]);
      if (digits[i] == 0)
        return KONTOR_DATE_ORDER_UNKNOWN;
      if (i == 2)
        break;
      if (*text != '.' && *text != '/' && *text != '-' && *text != ' ')
        return KONTOR_DATE_ORDER_UNKNOWN;
      mark = *text++;
      while (*text == ' ')
        text++;
    }
  if (digits[0] == 4)
    {
      *weak = TRUE;
      return KONTOR_DATE_ORDER_YMD;
    }
  if (digits[0] > 2 || digits[1] > 2)
    return KONTOR_DATE_ORDER_UNKNOWN;
  if (values[0] > 31)
    return KONTOR_DATE_ORDER_YMD;
  if (values[0] > 12 && values[1] <= 12)
    {
      /* "21-03-04" may begin with day or year; a last part that is no day decides. */
      *weak = digits[2] == 2 && values[2] <= 31;
      return KONTOR_DATE_ORDER_DMY;
    }
  if (values[1] > 12 && values[1] <= 31 && values[0] <= 12)
    return KONTOR_DATE_ORDER_MDY;

  *weak = TRUE;

  return mark == '.' ? KONTOR_DATE_ORDER_DMY : KONTOR_DATE_ORDER_UNKNOWN;
}

/**
 * kontor_date_guess_order:
 * @samples: (array length=n_samples): texts of one column; %NULL and empty ones are skipped
 * @n_samples: how many
 *
 * Guesses the order of day, month and year from values that leave no choice ("25/12/21"). The
 * majority decides; without such values dots speak for day first, and a year in front for itself.
 *
 * Returns: the order, %KONTOR_DATE_ORDER_UNKNOWN when the samples don't tell
 */
KontorDateOrder
kontor_date_guess_order (const char *const *samples, gsize n_samples)
{
  gsize strong[4] = { 0 }, weak[4] = { 0 };
  const gsize *counts = strong;
  KontorDateOrder best = KONTOR_DATE_ORDER_UNKNOWN;
  gboolean tie = FALSE;

  g_return_val_if_fail (samples != NULL || n_samples == 0, KONTOR_DATE_ORDER_UNKNOWN);

  for (gsize i = 0; i < n_samples; i++)
    {
      gboolean is_weak;
      KontorDateOrder order;

      if (samples[i] == NULL)
        continue;
      order = guess_one (samples[i], &is_weak);
      (is_weak ? weak : strong)[order]++;
    }

  if (strong[KONTOR_DATE_ORDER_DMY] + strong[KONTOR_DATE_ORDER_MDY] +
        strong[KONTOR_DATE_ORDER_YMD] ==
      0)
    counts = weak;
  for (KontorDateOrder order = KONTOR_DATE_ORDER_DMY; order <= KONTOR_DATE_ORDER_YMD; order++)
    {
      if (counts[order] == 0)
        continue;
      tie = best != KONTOR_DATE_ORDER_UNKNOWN && counts[order] == counts[best];
      if (best == KONTOR_DATE_ORDER_UNKNOWN || counts[order] > counts[best])
        best = order;
    }

  return tie ? KONTOR_DATE_ORDER_UNKNOWN : best;
}
