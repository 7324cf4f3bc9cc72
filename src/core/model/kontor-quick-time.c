/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and times among the words of a line: "tomorrow at 10", "через неделю", "13 March". */
#include "config.h"

#include "kontor-quick-private.h"

#include <string.h>

#define EPOCH "1970-01-01"
#define DAY_MINUTES 1440
/* A day of the year that is longer past is that of the next year. */
#define PAST_DAYS 60
#define MORNING_HOUR 7

/* What is looked for in a part of a line. */
typedef struct
{
  KontorQuickLine *line;
  guint from, to;
  gboolean past; /* it is told, not planned */
  gint64 today;
} Search;

static gint64
number_of (const char *iso)
{
  return kontor_date_days_between (EPOCH, iso);
}

static const KontorQuickToken *
token_at (const Search *search, guint i)
{
  return &search->line->tokens[i];
}

static gboolean
has_next (const Search *search, guint i)
{
  return i < search->to && !token_at (search, i)->begins;
}

static gboolean
is_word (const Search *search, guint i, const char *word)
{
  return has_next (search, i) && strcmp (token_at (search, i)->word, word) == 0;
}

/* The word of @list before @at, if any. */
static const KontorQuickWord *
word_before (const Search *search, guint at, const KontorQuickWord *list)
{
  const KontorQuickWord *found = NULL;

  if (at <= search->from || token_at (search, at)->begins)
    return NULL;
  return kontor_quick_match (search->line, at - 1, at, list, &found) > 0 ? found : NULL;
}

/* --- Days ------------------------------------------------------------------------------------- */

static gboolean
make_day (int year, int month, int day, gint64 *number)
{
  char iso[32];

  g_snprintf (iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
  if (!kontor_date_is_iso (iso))
    return FALSE;
  *number = number_of (iso);
  return TRUE;
}

static gint64
add_months (const Search *search, int months)
{
  const char *today = search->line->now->today;
  int month = (int) g_ascii_strtoll (today, NULL, 10) * 12 +
              (int) g_ascii_strtoll (today + 5, NULL, 10) - 1 + months;
  gint64 number = search->today;

  for (int day = (int) g_ascii_strtoll (today + 8, NULL, 10); day > 27; day--)
    if (make_day (month / 12, month % 12 + 1, day, &number))
      return number;
  make_day (month / 12, month % 12 + 1, (int) g_ascii_strtoll (today + 8, NULL, 10), &number);
  return number;
}

/* The year that is meant where none is written. */
static gboolean
make_day_near (const Search *search, int month, int day, gint64 *number)
{
  int year = (int) g_ascii_strtoll (search->line->now->today, NULL, 10);

  if (!make_day (year, month, day, number))
    return FALSE;
  if (search->past && *number > search->today)
    return make_day (year - 1, month, day, number);
  if (!search->past && *number < search->today - PAST_DAYS)
    return make_day (year + 1, month, day, number);
  return TRUE;
}

static int
weekday_of (gint64 number)
{
  return (int) ((number % 7 + 10) % 7); /* 1970-01-01 was a Thursday */
}

static gint64
find_weekday (const Search *search, int weekday, int turn)
{
  int today = weekday_of (search->today);
  int ahead = (weekday - today + 7) % 7;

  if (turn > 0)
    return search->today + 7 - today + weekday;
  if (turn < 0)
    return search->today - (7 - ahead);
  if (search->past)
    return search->today - (7 - ahead) % 7;
  return search->today + (ahead == 0 ? 7 : ahead);
}

static gint64
day_of_code (const Search *search, int code)
{
  int weekday = weekday_of (search->today);

  switch (code)
    {
    case KONTOR_QUICK_NEXT_MONDAY:
      return search->today + 7 - weekday;
    case KONTOR_QUICK_FRIDAY:
      return search->today + (weekday <= 4 ? 4 - weekday : 11 - weekday);
    case KONTOR_QUICK_NEXT_MONTH:
      return add_months (search, 1);
    case KONTOR_QUICK_LAST_MONTH:
      return add_months (search, -1);
    default:
      return search->today + code;
    }
}

static guint
match_weekday (const Search *search, guint at, gint64 *day)
{
  const KontorQuickWord *weekday = NULL, *before;
  const char *word = token_at (search, at)->word;

  if (kontor_quick_match (search->line, at, search->to, kontor_quick_weekdays, &weekday) == 0)
    return 0;
  before = word_before (search, at, kontor_quick_day_words);
  if (before == NULL && (strcmp (word, "sat") == 0 || strcmp (word, "sun") == 0))
    return 0;
  *day = find_weekday (search, weekday->value, before != NULL ? before->value : 0);
  return 1;
}

static gboolean
is_small_number (const KontorQuickToken *token, int most)
{
  return token->n_numbers == 1 && token->digits[0] <= 3 && token->numbers[0] <= most;
}

static guint
skip_suffix (const Search *search, guint at)
{
  static const char *const suffixes[] = { "st", "nd", "rd", "th", "го", "ого", NULL };

  return has_next (search, at) && g_strv_contains (suffixes, token_at (search, at)->word) ? 1 : 0;
}

/* "13 March", "the 13th of March", "March 13", each with or without a year. */
static guint
match_named_date (const Search *search, guint at, gint64 *day)
{
  guint n = at;
  int number, month;
  gboolean day_first = is_small_number (token_at (search, at), 31);

  if (day_first)
    {
      number = token_at (search, n++)->numbers[0];
      n += skip_suffix (search, n);
      if (is_word (search, n, "of"))
        n++;
      month = has_next (search, n) ? kontor_quick_find_month (token_at (search, n++)->word) : 0;
    }
  else
    {
      month = kontor_quick_find_month (token_at (search, n++)->word);
      if (month == 0 || !has_next (search, n) || !is_small_number (token_at (search, n), 31))
        return 0;
      number = token_at (search, n++)->numbers[0];
      n += skip_suffix (search, n);
    }
  if (month == 0 || number == 0)
    return 0;
  if (n < search->to && token_at (search, n)->n_numbers == 1 &&
      token_at (search, n)->digits[0] == 4)
    return make_day (token_at (search, n)->numbers[0], month, number, day) ? n + 1 - at : 0;
  return make_day_near (search, month, number, day) ? n - at : 0;
}

/* "13.03.2026", "2026-03-13", "13.03"; "3/13" only where a word says that it is a day. */
static guint
match_written_date (const Search *search, guint at, gint64 *day)
{
  const KontorQuickToken *token = token_at (search, at);
  gboolean told = word_before (search, at, kontor_quick_day_words) != NULL;
  gboolean month_first = token->mark == '/' && search->line->order == KONTOR_DATE_ORDER_MDY;

  if (token->n_numbers == 3 && token->mark != ':')
    {
      g_autofree char *text =
        g_strndup (search->line->line + token->start, token->end - token->start);
      g_autofree char *iso = kontor_date_parse_iso (text, search->line->order);

      if (iso == NULL)
        return 0;
      *day = number_of (iso);
      return 1;
    }
  if (token->n_numbers != 2 || (token->mark != '.' && token->mark != '/') ||
      (!told && (token->mark == '/' || token->digits[0] != 2 || token->digits[1] != 2)))
    return 0;
  return make_day_near (search,
                        token->numbers[month_first ? 0 : 1],
                        token->numbers[month_first ? 1 : 0],
                        day)
           ? 1
           : 0;
}

/* "3", "three". */
static gboolean
read_count (const Search *search, guint at, int *count)
{
  const KontorQuickWord *number = NULL;

  if (at >= search->to)
    return FALSE;
  if (is_small_number (token_at (search, at), 999))
    *count = token_at (search, at)->numbers[0];
  else if (kontor_quick_match (search->line, at, at + 1, kontor_quick_numbers, &number) > 0)
    *count = number->value;
  else
    return FALSE;
  return TRUE;
}

/* "in 3 days", "через 2 недели", "2 hours ago"; the number of the unit's days, or minutes below 0.
 */
static guint
match_distance (const Search *search, guint at, int *count, int *unit)
{
  static const char *const words[] = { "in", "within", "через", NULL };
  gboolean ahead = g_strv_contains (words, token_at (search, at)->word);
  guint n = at + (ahead ? 1 : 0);
  const KontorQuickWord *found = NULL;

  if (ahead && !has_next (search, n))
    return 0;
  if (!read_count (search, n++, count) || !has_next (search, n) ||
      kontor_quick_match (search->line, n, n + 1, kontor_quick_units, &found) == 0)
    return 0;
  n++;
  *unit = found->value;
  if (ahead)
    return n - at;
  if (!is_word (search, n, "ago") && !is_word (search, n, "назад"))
    return 0;
  *count = -*count;
  return n + 1 - at;
}

static guint
match_day (const Search *search, guint at, gint64 *day)
{
  const KontorQuickWord *word = NULL;
  int count, unit;
  guint n = kontor_quick_match (search->line, at, search->to, kontor_quick_days, &word);

  if (n > 0)
    {
      *day = day_of_code (search, word->value);
      return n;
    }
  n = match_distance (search, at, &count, &unit);
  if (n > 0 && unit > 0)
    {
      *day = unit == KONTOR_QUICK_MONTH ? add_months (search, count) : search->today + count * unit;
      return n;
    }
  n = match_weekday (search, at, day);
  if (n == 0)
    n = match_named_date (search, at, day);
  return n > 0 ? n : match_written_date (search, at, day);
}

/* --- Times of the day ------------------------------------------------------------------------- */

/* "now", "in an hour", "10 minutes ago": minutes from now. */
static guint
match_moment (const Search *search, guint at, int *minutes)
{
  const KontorQuickWord *word = NULL;
  int count, unit;
  guint n = kontor_quick_match (search->line, at, search->to, kontor_quick_moments, &word);

  if (n > 0)
    {
      *minutes = word->value;
      return n;
    }
  n = match_distance (search, at, &count, &unit);
  if (n == 0 || unit > 0)
    return 0;
  *minutes = count * -unit;
  return n;
}

/* "pm", "часа дня". */
static guint
match_half (const Search *search, guint at, int *half)
{
  const KontorQuickWord *word = NULL;
  guint n = 0;

  *half = -1;
  while (n < 2 && has_next (search, at + n) &&
         kontor_quick_match (search->line, at + n, at + n + 1, kontor_quick_halves, &word) > 0 &&
         (*half < 0 || *half == KONTOR_QUICK_HOURS))
    {
      *half = word->value;
      n++;
    }
  return n;
}

static int
turn_hour (int hour, int half)
{
  switch (half)
    {
    case KONTOR_QUICK_AM:
      return hour == 12 ? 0 : hour;
    case KONTOR_QUICK_PM:
    case KONTOR_QUICK_OF_DAY:
      return hour < 12 ? hour + 12 : hour;
    case KONTOR_QUICK_OF_NIGHT:
      return hour == 12 ? 0 : hour;
    default:
      return hour;
    }
}

/* "отправить", "встретиться": what is to be done, in any verb. */
static gboolean
is_infinitive (const char *word)
{
  static const char *const endings[] = { "ать", "еть", "ить", "оть", "уть", "ыть", "ять" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      const char *found = g_strrstr (word, endings[i]);
      const char *rest = found != NULL ? found + strlen (endings[i]) : NULL;

      if (rest != NULL && (*rest == '\0' || strcmp (rest, "ся") == 0))
        return TRUE;
    }
  return FALSE;
}

/* Whether what follows "at 10" leaves it a time: not "at 10 Main Street". */
static gboolean
may_follow (const Search *search, guint at)
{
  const KontorQuickWord *const lists[] = { kontor_quick_after_hour, kontor_quick_kinds,
                                           kontor_quick_days,       kontor_quick_weekdays,
                                           kontor_quick_day_words,  kontor_quick_verbs };

  if (!has_next (search, at) || is_infinitive (token_at (search, at)->word))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (kontor_quick_match (search->line, at, search->to, lists[i], NULL) > 0)
      return TRUE;
  return FALSE;
}

/* "10:30", and "10.30" behind a word that says it is a time. */
static guint
match_full_time (const Search *search, guint at, int *minute)
{
  const KontorQuickToken *token = token_at (search, at);
  const KontorQuickWord *before = word_before (search, at, kontor_quick_time_words);
  int half;
  guint n;

  if (token->n_numbers != 2 || token->digits[0] > 2 || token->digits[1] != 2 ||
      token->numbers[0] > 23 || token->numbers[1] > 59 ||
      (token->mark != ':' && (token->mark != '.' || before == NULL || before->value == 0)))
    return 0;
  n = match_half (search, at + 1, &half);
  *minute = turn_hour (token->numbers[0], half) * 60 + token->numbers[1];
  return n + 1;
}

static guint
match_hour (const Search *search, guint at, int *minute)
{
  const KontorQuickWord *before = word_before (search, at, kontor_quick_time_words);
  gboolean is_number = is_small_number (token_at (search, at), 24);
  int hour, half;
  guint n;

  if (!read_count (search, at, &hour) || hour > 23 || token_at (search, at)->digits[0] > 2)
    return 0;
  n = match_half (search, at + 1, &half);
  if (before == NULL && (half < 0 || half > KONTOR_QUICK_PM || !is_number))
    return 0;
  if (half < 0 && (!is_number || !may_follow (search, at + 1)))
    return 0;
  if ((half < 0 || half == KONTOR_QUICK_HOURS) && hour < MORNING_HOUR && hour > 0)
    hour += 12;
  *minute = turn_hour (hour, half) * 60;
  return n + 1;
}

static guint
match_clock (const Search *search, guint at, int *minute)
{
  guint n = match_full_time (search, at, minute);

  if (n == 0 && (strcmp (token_at (search, at)->word, "noon") == 0 ||
                 strcmp (token_at (search, at)->word, "midday") == 0 ||
                 strcmp (token_at (search, at)->word, "полдень") == 0))
    {
      *minute = 12 * 60;
      return 1;
    }
  return n > 0 ? n : match_hour (search, at, minute);
}

/* --- Both ------------------------------------------------------------------------------------- */

static void
use_tokens (const Search *search, guint at, guint n)
{
  guint first = at;

  while (word_before (search, first, kontor_quick_day_words) != NULL ||
         word_before (search, first, kontor_quick_time_words) != NULL)
    first--;
  for (guint i = first; i < at + n; i++)
    search->line->tokens[i].use = KONTOR_QUICK_USED;
}

static gint64
floor_days (gint64 minutes)
{
  return minutes >= 0 ? minutes / DAY_MINUTES : -((DAY_MINUTES - 1 - minutes) / DAY_MINUTES);
}

static void
settle (const Search *search, gboolean has_day, gint64 day, int minute, KontorQuickTime *time)
{
  g_autofree char *iso = NULL;

  /* a time alone is that of today; what is told lies behind */
  if (!has_day)
    day = search->today - (search->past && minute > search->line->now->minute ? 1 : 0);
  iso = kontor_date_add (EPOCH, (int) day);
  time->minute = minute;
  if (iso != NULL && strlen (iso) < sizeof time->day)
    g_strlcpy (time->day, iso, sizeof time->day);
}

/**
 * kontor_quick_find_time:
 * @self: a line
 * @from: the first token that counts
 * @to: the one behind the last
 * @past: whether something is told, so that "Friday" is the last one
 * @use: whether to mark the tokens as used
 * @time: (out): a day, a time or both
 * @first: (out): the first token of it
 *
 * Returns: whether there is one
 */
gboolean
kontor_quick_find_time (KontorQuickLine *self,
                        guint from,
                        guint to,
                        gboolean past,
                        gboolean use,
                        KontorQuickTime *time,
                        guint *first)
{
  Search search = { self, from, to, past, number_of (self->now->today) };
  gboolean has_day = FALSE, found = FALSE;
  gint64 day = 0;
  int minute = -1;

  *time = (KontorQuickTime){ "", -1 };
  for (guint i = from; i < to;)
    {
      int offset;
      guint n = !has_day && minute < 0 ? match_moment (&search, i, &offset) : 0;

      if (n > 0)
        {
          gint64 total = self->now->minute + offset;

          has_day = TRUE;
          day = search.today + floor_days (total);
          minute = (int) (total - floor_days (total) * DAY_MINUTES);
        }
      if (n == 0 && minute < 0)
        n = match_clock (&search, i, &minute);
      if (n == 0 && !has_day)
        has_day = (n = match_day (&search, i, &day)) > 0;
      if (n > 0 && !found)
        *first = i;
      found = found || n > 0;
      if (n > 0 && use)
        use_tokens (&search, i, n);
      i += MAX (n, 1);
    }
  if (found)
    settle (&search, has_day, day, minute, time);
  return found && time->day[0] != '\0';
}

/**
 * kontor_quick_time_parse:
 * @text: a day, a time or both: "yesterday 14:00"
 * @now: the present
 * @order: order of day, month and year where the text leaves it open
 * @time: (out): what it says
 *
 * Returns: whether it says one
 */
gboolean
kontor_quick_time_parse (const char *text,
                         const KontorQuickNow *now,
                         KontorDateOrder order,
                         KontorQuickTime *time)
{
  g_autofree KontorQuickLine *line = NULL;
  guint first;

  *time = (KontorQuickTime){ "", -1 };
  if (strnlen (text, KONTOR_QUICK_LINE_MAX + 1) > KONTOR_QUICK_LINE_MAX ||
      !g_utf8_validate (text, -1, NULL))
    return FALSE;
  line = g_new (KontorQuickLine, 1);
  kontor_quick_line_init (line, text, now, order);
  return kontor_quick_find_time (line, 0, line->n_tokens, FALSE, FALSE, time, &first);
}

/**
 * kontor_quick_now_init:
 * @now: (out): the present
 * @ms: in ms since 1970, UTC
 * @zone: where the person is
 */
void
kontor_quick_now_init (KontorQuickNow *now, gint64 ms, GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *day = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;

  g_strlcpy (now->today, day != NULL ? day : EPOCH, sizeof now->today);
  now->minute =
    local != NULL ? g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local) : 0;
}

/**
 * kontor_quick_time_is_set:
 * @time: a time
 *
 * Returns: whether it says anything
 */
gboolean
kontor_quick_time_is_set (const KontorQuickTime *time)
{
  return time->day[0] != '\0';
}

/**
 * kontor_quick_time_is_future:
 * @time: a time
 * @now: the present
 *
 * Returns: whether it is still to come; a day without a time is when it isn't today
 */
gboolean
kontor_quick_time_is_future (const KontorQuickTime *time, const KontorQuickNow *now)
{
  int order = strcmp (time->day, now->today);

  return kontor_quick_time_is_set (time) &&
         (order > 0 || (order == 0 && time->minute > now->minute));
}

/**
 * kontor_quick_time_to_ms:
 * @time: a time that is set
 * @zone: where the person is
 *
 * A day without a time is its noon.
 *
 * Returns: it in ms since 1970, UTC
 */
gint64
kontor_quick_time_to_ms (const KontorQuickTime *time, GTimeZone *zone)
{
  int minute = time->minute >= 0 ? time->minute : DAY_MINUTES / 2;
  g_autoptr(GDateTime) local = g_date_time_new (zone,
                                                 (int) g_ascii_strtoll (time->day, NULL, 10),
                                                 (int) g_ascii_strtoll (time->day + 5, NULL, 10),
                                                 (int) g_ascii_strtoll (time->day + 8, NULL, 10),
                                                 minute / 60,
                                                 minute % 60,
                                                 0);

  return local != NULL ? g_date_time_to_unix (local) * 1000 : 0;
}
