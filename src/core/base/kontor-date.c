/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as YYYY-MM-DD: arithmetic on them, and short and full words for people. */
#include "config.h"

#include "kontor-date-private.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define ISO_LENGTH 10

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/**
 * kontor_date_is_valid:
 * @year: a year
 * @month: a month
 * @day: a day
 *
 * Returns: %TRUE for days of the Gregorian calendar from year 1 to 9999
 */
gboolean
kontor_date_is_valid (int year, int month, int day)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return FALSE;

  return day <= days[month - 1] + (month == 2 && is_leap (year) ? 1 : 0);
}

/**
 * kontor_date_to_day:
 * @year: year of a valid day
 * @month: its month
 * @day: its day
 *
 * Counts days in eras of 400 years that begin in March (H. Hinnant, chrono-Compatible Low-Level
 * Date Algorithms).
 *
 * Returns: days since 1970-01-01
 */
gint64
kontor_date_to_day (int year, int month, int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 of_era = y - era * 400;
  gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/**
 * kontor_date_from_day:
 * @number: days since 1970-01-01
 * @year: (out): its year
 * @month: (out): its month
 * @day: (out): its day
 */
void
kontor_date_from_day (gint64 number, int *year, int *month, int *day)
{
  gint64 z = number + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 of_era = z - era * 146097;
  gint64 years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * years + years / 4 - years / 100);
  gint64 shifted = (5 * of_year + 2) / 153;

  *day = (int) (of_year - (153 * shifted + 2) / 5 + 1);
  *month = (int) (shifted < 10 ? shifted + 3 : shifted - 9);
  *year = (int) (years + era * 400 + (*month <= 2 ? 1 : 0));
}

static gboolean
read_iso (const char *text, int *year, int *month, int *day)
{
  if (text == NULL)
    return FALSE;
  for (int i = 0; i < ISO_LENGTH; i++)
    {
      if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
        return FALSE;
    }
  if (text[ISO_LENGTH] != '\0')
    return FALSE;

  *year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
  *month = (text[5] - '0') * 10 + text[6] - '0';
  *day = (text[8] - '0') * 10 + text[9] - '0';

  return kontor_date_is_valid (*year, *month, *day);
}

static char *
write_iso (int year, int month, int day)
{
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/**
 * kontor_date_order_of_locale:
 *
 * Returns: the order the user's locale writes days in; %KONTOR_DATE_ORDER_UNKNOWN for the C locale,
 *   which speaks for nobody
 */
KontorDateOrder
kontor_date_order_of_locale (void)
{
  const char *names = setlocale (LC_TIME, NULL);
  const char *format = nl_langinfo (D_FMT);

  if (names == NULL || g_str_equal (names, "C") || g_str_equal (names, "POSIX") ||
      g_str_has_prefix (names, "C."))
    return KONTOR_DATE_ORDER_UNKNOWN;

  for (; *format != '\0'; format++)
    {
      if (*format != '%')
        continue;
      format++;
      while (*format != '\0' && strchr ("-_0^#EO", *format) != NULL)
        format++;
      switch (*format)
        {
        case 'd':
        case 'e':
          return KONTOR_DATE_ORDER_DMY;
        case 'm':
        case 'b':
        case 'B':
        case 'D':
          return KONTOR_DATE_ORDER_MDY;
        case 'y':
        case 'Y':
        case 'F':
          return KONTOR_DATE_ORDER_YMD;
        case '\0':
          return KONTOR_DATE_ORDER_UNKNOWN;
        default:
          break;
        }
    }

  return KONTOR_DATE_ORDER_UNKNOWN;
}

/**
 * kontor_date_parse:
 * @text: (nullable): a day as people write it, with or without a time of day
 * @order: order of day, month and year where @text leaves it open; unknown counts as day first
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month, from 1
 * @day: (out) (optional): its day, from 1
 *
 * Understands 2024-03-12, 20240312, 12.3.2024, 12-03-24, 3/12/2024, "12 Mar 2024", "March 12th,
 * 2024", "12 марта 2024 г." and the like in the languages around. Two-digit years 00 to 49 are
 * 2000 to 2049, 50 to 99 are 1950 to 1999. A text that is no day in @order is read in the order in
 * which it is one ("25/12/2021" with the month first).
 *
 * Returns: %FALSE when @text is not a day of the calendar; nothing is set then
 */
gboolean
kontor_date_parse (const char *text, KontorDateOrder order, int *year, int *month, int *day)
{
  KontorStamp stamp;

  if (text == NULL)
    return FALSE;
  if (!read_iso (text, &stamp.year, &stamp.month, &stamp.day) &&
      !kontor_stamp_parse (text, order, &stamp))
    return FALSE;

  if (year != NULL)
    *year = stamp.year;
  if (month != NULL)
    *month = stamp.month;
  if (day != NULL)
    *day = stamp.day;

  return TRUE;
}

/**
 * kontor_date_parse_iso:
 * @text: (nullable): see kontor_date_parse()
 * @order: see kontor_date_parse()
 *
 * Returns: (transfer full) (nullable): the day as YYYY-MM-DD, %NULL when @text is none
 */
char *
kontor_date_parse_iso (const char *text, KontorDateOrder order)
{
  int year, month, day;

  return kontor_date_parse (text, order, &year, &month, &day) ? write_iso (year, month, day) : NULL;
}

/**
 * kontor_date_is_iso:
 * @text: (nullable): a text
 *
 * Returns: %TRUE when it is a day of the calendar as YYYY-MM-DD
 */
gboolean
kontor_date_is_iso (const char *text)
{
  int year, month, day;

  return read_iso (text, &year, &month, &day);
}

/**
 * kontor_date_today:
 * @now_ms: the present, in ms since 1970
 *
 * Returns: (transfer full): the day it is in the local zone, as YYYY-MM-DD
 */
char *
kontor_date_today (gint64 now_ms)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);

  if (now == NULL)
    return g_strdup ("1970-01-01");

  return write_iso (g_date_time_get_year (now),
                    g_date_time_get_month (now),
                    g_date_time_get_day_of_month (now));
}

/**
 * kontor_date_add:
 * @iso: a day as YYYY-MM-DD
 * @days: how many days later; negative for earlier
 *
 * Returns: (transfer full) (nullable): the day as YYYY-MM-DD; %NULL when @iso is none or the
 *   result lies outside the years 1 to 9999
 */
char *
kontor_date_add (const char *iso, int days)
{
  int year, month, day;

  if (!read_iso (iso, &year, &month, &day))
    return NULL;
  kontor_date_from_day (kontor_date_to_day (year, month, day) + days, &year, &month, &day);

  return kontor_date_is_valid (year, month, day) ? write_iso (year, month, day) : NULL;
}

/**
 * kontor_date_days_between:
 * @from_iso: a day as YYYY-MM-DD
 * @to_iso: a day as YYYY-MM-DD
 *
 * Returns: days from one to the other, negative when @to_iso is earlier; 0 when one is no day
 */
int
kontor_date_days_between (const char *from_iso, const char *to_iso)
{
  int year, month, day;
  gint64 from;

  if (!read_iso (from_iso, &year, &month, &day))
    return 0;
  from = kontor_date_to_day (year, month, day);
  if (!read_iso (to_iso, &year, &month, &day))
    return 0;

  return (int) (kontor_date_to_day (year, month, day) - from);
}

/**
 * kontor_date_format_short:
 * @iso: (nullable): a day as YYYY-MM-DD
 * @today_iso: the present day
 *
 * Returns: (transfer full): "today", "yesterday", "tomorrow", "Tue" within 6 days, "12 Mar" within
 *   the year, else "12.03.25" in the order of the locale; @iso itself when it is no day, "" for
 *   %NULL
 */
char *
kontor_date_format_short (const char *iso, const char *today_iso)
{
  g_autoptr(GDateTime) date = NULL;
  int year, month, day;
  int days;

  if (!read_iso (iso, &year, &month, &day))
    return g_strdup (iso != NULL ? iso : "");

  days = kontor_date_days_between (today_iso, iso);
  if (kontor_date_is_iso (today_iso))
    {
      if (days == 0)
        return g_strdup (_("today"));
      if (days == -1)
        return g_strdup (_("yesterday"));
      if (days == 1)
        return g_strdup (_("tomorrow"));
    }
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (kontor_date_is_iso (today_iso) && ABS (days) < 7)
    return g_date_time_format (date, "%a");
  if (today_iso != NULL && strncmp (iso, today_iso, 4) == 0)
    /* Translators: a day of this year, "12 Mar"; see g_date_time_format() */
    return g_date_time_format (date, C_("date", "%-d %b"));

  switch (kontor_date_order_of_locale ())
    {
    case KONTOR_DATE_ORDER_MDY:
      return g_date_time_format (date, "%m/%d/%y");
    case KONTOR_DATE_ORDER_YMD:
      return g_date_time_format (date, "%Y-%m-%d");
    case KONTOR_DATE_ORDER_UNKNOWN:
    case KONTOR_DATE_ORDER_DMY:
    default:
      return g_date_time_format (date, "%d.%m.%y");
    }
}

/**
 * kontor_date_format_full:
 * @iso: (nullable): a day as YYYY-MM-DD
 *
 * Returns: (transfer full): "Wednesday, 12 March 2025"; @iso itself when it is no day, "" for
 *   %NULL
 */
char *
kontor_date_format_full (const char *iso)
{
  g_autoptr(GDateTime) date = NULL;
  int year, month, day;

  if (!read_iso (iso, &year, &month, &day))
    return g_strdup (iso != NULL ? iso : "");

  date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  /* Translators: a day with its weekday, "Wednesday, 12 March 2025"; see g_date_time_format() */
  return g_date_time_format (date, C_("date", "%A, %-d %B %Y"));
}
