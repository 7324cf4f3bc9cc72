/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as ms since 1970 UTC, and durations as seconds. */
#include "config.h"

#include "kontor-date-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MS_A_SECOND G_GINT64_CONSTANT (1000)
#define SECONDS_A_DAY G_GINT64_CONSTANT (86400)
#define MS_A_DAY (SECONDS_A_DAY * MS_A_SECOND)

/* 0001-01-01 and 9999-12-31T23:59:59.999 in UTC. */
#define INSTANT_MIN G_GINT64_CONSTANT (-62135596800000)
#define INSTANT_MAX G_GINT64_CONSTANT (253402300799999)

#define DURATION_MAX (G_GINT64_CONSTANT (277777) * 3600) /* 31 years */

static GDateTime *
load_local (gint64 ms)
{
  gint64 seconds = ms / 1000 - (ms % 1000 < 0 ? 1 : 0);

  return g_date_time_new_from_unix_local (seconds);
}

static gint64
get_offset (GTimeZone *zone, gint64 seconds)
{
  return g_time_zone_get_offset (zone,
                                 g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/* Seconds since 1970 for a time on the local clocks. Of two such times the first counts, and one
 * that is skipped moves forward (design C11): both are what the offset of the day before says. */
static gint64
settle_local (gint64 wall)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 before = wall - get_offset (zone, wall - SECONDS_A_DAY);

  if (before + get_offset (zone, before) != wall)
    {
      gint64 after = wall - get_offset (zone, wall + SECONDS_A_DAY);

      if (after + get_offset (zone, after) == wall)
        return after;
    }

  return before;
}

/**
 * kontor_instant_parse:
 * @text: (nullable): a day with a time of day, see kontor_date_parse(); without one it is midnight
 * @order: order of day, month and year where @text leaves it open
 * @ms: (out): ms since 1970, UTC
 *
 * A text that names a zone ("Z", "+03:00") is taken by it, any other one by the local zone; a time
 * that the local clocks skip moves forward, one they show twice is the first.
 *
 * Returns: %FALSE when @text is no instant of the years 1 to 9999; nothing is set then
 */
gboolean
kontor_instant_parse (const char *text, KontorDateOrder order, gint64 *ms)
{
  KontorStamp stamp;
  gint64 wall, value;

  g_return_val_if_fail (ms != NULL, FALSE);

  if (text == NULL || !kontor_stamp_parse (text, order, &stamp))
    return FALSE;

  wall = kontor_date_to_day (stamp.year, stamp.month, stamp.day) * SECONDS_A_DAY +
         stamp.hour * 3600 + stamp.minute * 60 + stamp.second;
  value = stamp.has_offset ? wall - stamp.offset : settle_local (wall);
  value = value * MS_A_SECOND + stamp.ms;
  if (value < INSTANT_MIN || value > INSTANT_MAX)
    return FALSE;
  *ms = value;

  return TRUE;
}

/**
 * kontor_instant_to_iso:
 * @ms: ms since 1970, UTC
 *
 * Returns: (transfer full): "2025-03-12T14:00:00.000Z"; instants outside the years 1 to 9999 are
 *   moved to their ends
 */
char *
kontor_instant_to_iso (gint64 ms)
{
  int year, month, day;
  gint64 number, rest;

  ms = CLAMP (ms, INSTANT_MIN, INSTANT_MAX);
  number = ms / MS_A_DAY - (ms % MS_A_DAY < 0 ? 1 : 0);
  rest = ms - number * MS_A_DAY;
  kontor_date_from_day (number, &year, &month, &day);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          year,
                          month,
                          day,
                          (int) (rest / 3600000),
                          (int) (rest / 60000 % 60),
                          (int) (rest / 1000 % 60),
                          (int) (rest % 1000));
}

/**
 * kontor_instant_format_short:
 * @ms: ms since 1970, UTC
 * @now_ms: the present
 *
 * Returns: (transfer full): in the local zone "14:00" for today, "yesterday", "tomorrow 14:00",
 *   "Tue 14:00" within 6 days, else as kontor_date_format_short() says the day
 */
char *
kontor_instant_format_short (gint64 ms, gint64 now_ms)
{
  g_autoptr(GDateTime) instant = load_local (ms);
  g_autofree char *today = kontor_date_today (now_ms);
  g_autofree char *iso = NULL;
  int days;

  if (instant == NULL)
    return g_strdup ("");

  iso = g_date_time_format (instant, "%Y-%m-%d");
  days = kontor_date_days_between (today, iso);
  if (days == 0)
    /* Translators: a time of today; see g_date_time_format() */
    return g_date_time_format (instant, C_("time", "%H:%M"));
  if (days == 1)
    /* Translators: a time of tomorrow; see g_date_time_format() */
    return g_date_time_format (instant, C_("time", "tomorrow %H:%M"));
  if (days != -1 && ABS (days) < 7)
    /* Translators: a time within a week, "Tue 14:00"; see g_date_time_format() */
    return g_date_time_format (instant, C_("time", "%a %H:%M"));

  return kontor_date_format_short (iso, today);
}

/**
 * kontor_instant_format_full:
 * @ms: ms since 1970, UTC
 *
 * Returns: (transfer full): "Wednesday, 12 March 2025, 14:00" in the local zone
 */
char *
kontor_instant_format_full (gint64 ms)
{
  g_autoptr(GDateTime) instant = load_local (ms);

  if (instant == NULL)
    return g_strdup ("");

  /* Translators: a day and its time, "Wednesday, 12 March 2025, 14:00"; see g_date_time_format() */
  return g_date_time_format (instant, C_("time", "%A, %-d %B %Y, %H:%M"));
}

/* Seconds in a unit by its name, 0 for no unit. Names as exports have them, in lower case. */
static gint64
find_unit (const char *word, gsize length)
{
  static const struct
  {
    const char *name;
    gint64 seconds;
  } units[] = {
    { "s", 1 },          { "sec", 1 },        { "secs", 1 },     { "second", 1 },
    { "seconds", 1 },    { "с", 1 },          { "сек", 1 },      { "секунд", 1 },
    { "секунды", 1 },    { "секунда", 1 },    { "m", 60 },       { "min", 60 },
    { "mins", 60 },      { "minute", 60 },    { "minutes", 60 }, { "м", 60 },
    { "мин", 60 },       { "минут", 60 },     { "минуты", 60 },  { "минута", 60 },
    { "minuten", 60 },   { "h", 3600 },       { "hr", 3600 },    { "hrs", 3600 },
    { "hour", 3600 },    { "hours", 3600 },   { "ч", 3600 },     { "час", 3600 },
    { "часа", 3600 },    { "часов", 3600 },   { "std", 3600 },   { "stunde", 3600 },
    { "stunden", 3600 }, { "d", 86400 },      { "day", 86400 },  { "days", 86400 },
    { "д", 86400 },      { "дн", 86400 },     { "день", 86400 }, { "дня", 86400 },
    { "дней", 86400 },   { "tag", 86400 },    { "tage", 86400 }, { "w", 604800 },
    { "week", 604800 },  { "weeks", 604800 }, { "нед", 604800 }, { "недель", 604800 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (strlen (units[i].name) == length && memcmp (units[i].name, word, length) == 0)
        return units[i].seconds;
    }

  return 0;
}

/* A number in thousandths; FALSE when there is none. */
static gboolean
read_thousandths (const char **at, gint64 *value)
{
  const char *p = *at;
  gint64 whole = 0, scale = 100;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    {
      whole = whole * 10 + (*p - '0');
      if (whole > DURATION_MAX)
        return FALSE;
    }
  whole *= 1000;
  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1]))
    {
      for (p++; g_ascii_isdigit (*p); p++, scale /= 10)
        whole += scale * (*p - '0');
    }
  *value = whole;
  *at = p;

  return TRUE;
}

/* "1:30" and "1:30:15". */
static gboolean
parse_clock (const char *text, gint64 *seconds)
{
  gint64 total = 0;
  int parts = 0;

  for (;;)
    {
      gint64 value = 0;
      int digits = 0;

      for (; g_ascii_isdigit (*text); text++, digits++)
        {
          value = value * 10 + (*text - '0');
          if (value > DURATION_MAX / 3600)
            return FALSE;
        }
      if (digits == 0 || (parts > 0 && (digits != 2 || value > 59)))
        return FALSE;
      total = total * 60 + value;
      parts++;
      if (*text != ':' || parts == 3)
        break;
      text++;
    }
  if (*text != '\0' || parts < 2)
    return FALSE;
  *seconds = parts == 2 ? total * 60 : total;

  return TRUE;
}

/* "90 min", "1 h 30 min", "1h30". */
static gboolean
parse_units (const char *text, gint64 *seconds)
{
  gint64 total = 0, last = 0;

  while (*text != '\0')
    {
      gint64 value, unit;
      const char *word;

      if (!read_thousandths (&text, &value))
        return FALSE;
      while (*text == ' ')
        text++;
      for (word = text; *text != '\0' && g_unichar_isalpha (g_utf8_get_char (text));)
        text = g_utf8_next_char (text);
      if (text == word)
        /* "1h30": the unit below the one before; alone, minutes. */
        unit = last == 3600 || last == 0 ? 60 : last == 60 ? 1 : 0;
      else
        unit = find_unit (word, (gsize) (text - word));
      if (unit == 0 || (last != 0 && unit >= last) || value > DURATION_MAX * 1000 / unit)
        return FALSE;
      last = unit;
      total += value * unit;
      if (total > DURATION_MAX * 1000)
        return FALSE;
      if (*text == '.')
        text++;
      while (*text == ' ' || *text == ',')
        text++;
    }
  if (last == 0)
    return FALSE;
  *seconds = (total + 500) / 1000;

  return TRUE;
}

/* Takes the "t" out of "1dt2h"; NULL for months, whose "m" stands before it. */
static char *
read_iso_units (const char *text)
{
  gsize days = strcspn (text, "t");

  if (memchr (text, 'm', days) != NULL)
    return NULL;

  return g_strdup_printf ("%.*s%s", (int) days, text, text[days] == 't' ? text + days + 1 : "");
}

/**
 * kontor_duration_parse:
 * @text: (nullable): "1:30" (hours and minutes), "1:30:15", "90 min", "1 h 30 min", "1h30",
 *   "1.5 h", "2 d", "1 ч 30 мин", "PT1H30M"; a number alone is minutes
 * @seconds: (out): the duration
 *
 * Returns: %FALSE when @text is no duration; nothing is set then
 */
gboolean
kontor_duration_parse (const char *text, gint64 *seconds)
{
  g_autofree char *lower = NULL;
  g_autofree char *iso = NULL;
  const char *start;
  gint64 value;
  gboolean negative;

  g_return_val_if_fail (seconds != NULL, FALSE);

  if (text == NULL || strnlen (text, 65) > 64 || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  lower = g_utf8_strdown (text, -1);
  g_strdelimit (lower, "\t", ' ');
  start = g_strstrip (lower);
  negative = *start == '-';
  if (negative)
    start++;
  if (*start == 'p')
    {
      iso = read_iso_units (start + 1);
      start = iso;
    }
  if (start == NULL || (!parse_clock (start, &value) && !parse_units (start, &value)))
    return FALSE;
  *seconds = negative ? -value : value;

  return TRUE;
}

/**
 * kontor_duration_to_text:
 * @seconds: a duration
 *
 * Returns: (transfer full): "1:30:15", "0:05:00"; what kontor_duration_parse() reads back
 */
char *
kontor_duration_to_text (gint64 seconds)
{
  guint64 value = seconds < 0 ? -(guint64) seconds : (guint64) seconds;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ":%02u:%02u",
                          seconds < 0 ? "-" : "",
                          value / 3600,
                          (guint) (value / 60 % 60),
                          (guint) (value % 60));
}
