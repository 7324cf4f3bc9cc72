/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of days: reading, arithmetic, words. */
#include "config.h"

#include <string.h>

#include "kontor-date-private.h"

#define UNKNOWN KONTOR_DATE_ORDER_UNKNOWN
#define DMY KONTOR_DATE_ORDER_DMY
#define MDY KONTOR_DATE_ORDER_MDY
#define YMD KONTOR_DATE_ORDER_YMD

static const struct
{
  const char *text;
  KontorDateOrder order;
  const char *expected;
} parse_cases[] = {
  { "2024-03-12", UNKNOWN, "2024-03-12" },
  { "2024-03-12", MDY, "2024-03-12" },
  { "20240312", UNKNOWN, "2024-03-12" },
  { "2024/3/12", UNKNOWN, "2024-03-12" },
  { "2024.03.12", DMY, "2024-03-12" },
  { "2024. 03. 12.", UNKNOWN, "2024-03-12" },
  { "12.03.2024", UNKNOWN, "2024-03-12" },
  { "12.3.2024", UNKNOWN, "2024-03-12" },
  { " 12. 3. 2024 ", UNKNOWN, "2024-03-12" },
  { "3/12/2024", MDY, "2024-03-12" },
  { "3/12/2024", DMY, "2024-12-03" },
  { "25/12/2021", MDY, "2021-12-25" },
  { "12/25/2021", DMY, "2021-12-25" },
  { "12/25/2021", UNKNOWN, "2021-12-25" },
  { "20-10-16", DMY, "2016-10-20" },
  { "01-03-17", UNKNOWN, "2017-03-01" },
  { "20-10-16", YMD, "2020-10-16" },
  { "98-03-12", UNKNOWN, "1998-03-12" },
  { "03/04/21", MDY, "2021-03-04" },
  { "03/04/21", DMY, "2021-04-03" },
  { "03/04/21", YMD, "2003-04-21" },
  { "1/1/49", DMY, "2049-01-01" },
  { "1/1/50", DMY, "1950-01-01" },
  { "1/1/00", DMY, "2000-01-01" },
  { "12 Mar 2024", UNKNOWN, "2024-03-12" },
  { "12-Mar-24", UNKNOWN, "2024-03-12" },
  { "12-MAR-2024", UNKNOWN, "2024-03-12" },
  { "24-Mar-12", YMD, "2024-03-12" },
  { "Mar 12, 2024", UNKNOWN, "2024-03-12" },
  { "March 12th, 2024", UNKNOWN, "2024-03-12" },
  { "Tuesday, 12 March 2024", UNKNOWN, "2024-03-12" },
  { "the 12th of March 2024", UNKNOWN, "2024-03-12" },
  { "2024 Mar 12", UNKNOWN, "2024-03-12" },
  { "Sept. 5 2024", UNKNOWN, "2024-09-05" },
  { "12 марта 2024 г.", UNKNOWN, "2024-03-12" },
  { "12 МАРТА 2024", UNKNOWN, "2024-03-12" },
  { "5 мая 2024 года", UNKNOWN, "2024-05-05" },
  { "вт, 12 мар. 2024", UNKNOWN, "2024-03-12" },
  { "12. März 2024", UNKNOWN, "2024-03-12" },
  { "12 août 2024", UNKNOWN, "2024-08-12" },
  { "12 de marzo de 2024", UNKNOWN, "2024-03-12" },
  { "12\xc2\xa0Mar\xc2\xa0"
    "2024",
    UNKNOWN,
    "2024-03-12" },
  { "12\xe2\x80\x93"
    "03\xe2\x80\x93"
    "2024",
    UNKNOWN,
    "2024-03-12" },
  { "2024-03-12 14:30", UNKNOWN, "2024-03-12" },
  { "2024-03-12T14:30:00Z", UNKNOWN, "2024-03-12" },
  { "12.03.2024 0:00:00", UNKNOWN, "2024-03-12" },
  { "3/12/2024 12:00:00 AM", MDY, "2024-03-12" },
  { "Tue Mar 12 14:30:00 2024", UNKNOWN, "2024-03-12" },
  { "14:30 12.03.2024", UNKNOWN, "2024-03-12" },
  { "29.02.2024", UNKNOWN, "2024-02-29" },
  { "0001-01-01", UNKNOWN, "0001-01-01" },
  { "9999-12-31", UNKNOWN, "9999-12-31" },
  /* what is no day */
  { "", UNKNOWN, NULL },
  { "   ", UNKNOWN, NULL },
  { "31.02.2026", UNKNOWN, NULL },
  { "29.02.2023", UNKNOWN, NULL },
  { "29.02.1900", UNKNOWN, NULL },
  { "0.1.2024", UNKNOWN, NULL },
  { "2024-13-13", UNKNOWN, NULL },
  { "2024-25-03", UNKNOWN, NULL },
  { "0000-01-01", UNKNOWN, NULL },
  { "2024-3", UNKNOWN, NULL },
  { "12 Mar", UNKNOWN, NULL },
  { "March 2024", UNKNOWN, NULL },
  { "2024", UNKNOWN, NULL },
  { "45363", UNKNOWN, NULL },
  { "12.03.202", UNKNOWN, NULL },
  { "12.03.20244", UNKNOWN, NULL },
  { "12.03.2024.5", UNKNOWN, NULL },
  { "12--03-2024", UNKNOWN, NULL },
  { "-12-03-2024", UNKNOWN, NULL },
  { "12-03-2024-", UNKNOWN, NULL },
  { "12.03.2024 x", UNKNOWN, NULL },
  { "12 Foo 2024", UNKNOWN, NULL },
  { "Mar Mar 2024", UNKNOWN, NULL },
  { "12 Mar 2024 Mar", UNKNOWN, NULL },
  { "12 Mar Apr 2024", UNKNOWN, NULL },
  { "12.03.2024 25:00", UNKNOWN, NULL },
  { "12.03.2024 14:60", UNKNOWN, NULL },
  { "12.03.2024 13:00 pm", UNKNOWN, NULL },
  { "12.03.2024 1:00 1:00", UNKNOWN, NULL },
  { "2024-03-12T", UNKNOWN, "2024-03-12" },
  { "\xff\xfe", UNKNOWN, NULL },
  { "jui 12 2024", UNKNOWN, NULL },
  { "99999999999999999999", UNKNOWN, NULL },
  { "yesterday", UNKNOWN, NULL },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      g_autofree char *iso = kontor_date_parse_iso (parse_cases[i].text, parse_cases[i].order);

      if (g_strcmp0 (iso, parse_cases[i].expected) != 0)
        g_error ("“%s” is %s, not %s", parse_cases[i].text, iso, parse_cases[i].expected);
    }
  g_assert_null (kontor_date_parse_iso (NULL, UNKNOWN));
  {
    g_autofree char *huge = g_strnfill (1000000, ' ');

    g_assert_null (kontor_date_parse_iso (huge, UNKNOWN));
  }
}

static void
test_parse_leaves_out_alone (void)
{
  int year = 1, month = 2, day = 3;

  g_assert_false (kontor_date_parse ("31.02.2026", DMY, &year, &month, &day));
  g_assert_cmpint (year * 100 + month * 10 + day, ==, 123);
  g_assert_true (kontor_date_parse ("28.02.2026", DMY, NULL, NULL, NULL));
  g_assert_true (kontor_date_parse ("28.02.2026", DMY, &year, &month, &day));
  g_assert_cmpint (year, ==, 2026);
  g_assert_cmpint (month, ==, 2);
  g_assert_cmpint (day, ==, 28);
}

static void
test_is_iso (void)
{
  g_assert_true (kontor_date_is_iso ("2024-02-29"));
  g_assert_false (kontor_date_is_iso ("2023-02-29"));
  g_assert_false (kontor_date_is_iso ("2024-2-9"));
  g_assert_false (kontor_date_is_iso ("2024-02-29 "));
  g_assert_false (kontor_date_is_iso ("2024-02-2"));
  g_assert_false (kontor_date_is_iso (" 2024-02-29"));
  g_assert_false (kontor_date_is_iso ("2024/02/29"));
  g_assert_false (kontor_date_is_iso (""));
  g_assert_false (kontor_date_is_iso (NULL));
}

static void
check_guess (KontorDateOrder expected, const char *const *samples)
{
  g_assert_cmpint (kontor_date_guess_order (samples, g_strv_length ((char **) samples)),
                   ==,
                   expected);
}

static void
test_guess (void)
{
  const char *const crm[] = { "20-10-16", "25-10-16", "01-03-17", "11-03-17", NULL };
  const char *const american[] = { "03/04/2021", "03/14/2021", "", "x", NULL };
  const char *const european[] = { "03/04/2021", "14/03/2021", NULL };
  const char *const open[] = { "03/04/2021", "05/06/2021", NULL };
  const char *const dots[] = { "03.04.2021", "05.06.2021", NULL };
  const char *const iso[] = { "2021-04-03", "2021-06-05", NULL };
  const char *const short_years[] = { "98-03-12", "99-04-11", NULL };
  const char *const mostly[] = { "14/03/2021", "15/03/2021", "03/16/2021", NULL };
  const char *const tie[] = { "14/03/2021", "03/16/2021", NULL };
  const char *const none[] = { NULL };
  const char *const gaps[] = { NULL, "03/14/2021", NULL };

  check_guess (DMY, crm);
  check_guess (MDY, american);
  check_guess (DMY, european);
  check_guess (UNKNOWN, open);
  check_guess (DMY, dots);
  check_guess (YMD, iso);
  check_guess (YMD, short_years);
  check_guess (DMY, mostly);
  check_guess (UNKNOWN, tie);
  check_guess (UNKNOWN, none);
  g_assert_cmpint (kontor_date_guess_order (NULL, 0), ==, UNKNOWN);
  g_assert_cmpint (kontor_date_guess_order (gaps, 3), ==, MDY);
}

/* Every day from year 1 on, against GDate. */
static void
test_days (void)
{
  GDate date;
  gint64 first = kontor_date_to_day (1, 1, 1);

  g_assert_cmpint (kontor_date_to_day (1970, 1, 1), ==, 0);
  g_assert_cmpint (kontor_date_to_day (2000, 3, 1), ==, 11017);
  g_date_clear (&date, 1);
  for (guint32 julian = 1; julian <= 3652059; julian += 1 + julian % 5)
    {
      int year, month, day;

      g_date_set_julian (&date, julian);
      kontor_date_from_day (first + julian - 1, &year, &month, &day);
      g_assert_cmpint (year, ==, g_date_get_year (&date));
      g_assert_cmpint (month, ==, (int) g_date_get_month (&date));
      g_assert_cmpint (day, ==, g_date_get_day (&date));
      g_assert_true (kontor_date_is_valid (year, month, day));
      g_assert_cmpint (kontor_date_to_day (year, month, day), ==, first + julian - 1);
    }
}

static void
test_add (void)
{
  g_autofree char *leap = kontor_date_add ("2024-02-28", 1);
  g_autofree char *year = kontor_date_add ("2024-12-31", 1);
  g_autofree char *back = kontor_date_add ("2024-03-01", -1);
  g_autofree char *same = kontor_date_add ("2024-03-01", 0);

  g_assert_cmpstr (leap, ==, "2024-02-29");
  g_assert_cmpstr (year, ==, "2025-01-01");
  g_assert_cmpstr (back, ==, "2024-02-29");
  g_assert_cmpstr (same, ==, "2024-03-01");
  g_assert_null (kontor_date_add ("9999-12-31", 1));
  g_assert_null (kontor_date_add ("0001-01-01", -1));
  g_assert_null (kontor_date_add ("2024-01-01", G_MAXINT));
  g_assert_null (kontor_date_add ("2024-01-01", G_MININT));
  g_assert_null (kontor_date_add ("2024-02-30", 1));
  g_assert_null (kontor_date_add (NULL, 1));

  g_assert_cmpint (kontor_date_days_between ("2024-02-28", "2024-03-01"), ==, 2);
  g_assert_cmpint (kontor_date_days_between ("2024-03-01", "2024-02-28"), ==, -2);
  g_assert_cmpint (kontor_date_days_between ("0001-01-01", "9999-12-31"), ==, 3652058);
  g_assert_cmpint (kontor_date_days_between ("x", "2024-02-28"), ==, 0);
  g_assert_cmpint (kontor_date_days_between ("2024-02-28", NULL), ==, 0);
}

static void
test_format (void)
{
  static const char *const cases[][3] = {
    { "2025-03-12", "2025-03-12", "today" },    { "2025-03-11", "2025-03-12", "yesterday" },
    { "2025-03-13", "2025-03-12", "tomorrow" }, { "2025-03-10", "2025-03-12", "Mon" },
    { "2025-03-18", "2025-03-12", "Tue" },      { "2025-03-06", "2025-03-12", "Thu" },
    { "2025-03-05", "2025-03-12", "5 Mar" },    { "2025-03-19", "2025-03-12", "19 Mar" },
    { "2025-12-31", "2025-03-12", "31 Dec" },   { "2024-12-31", "2025-01-01", "yesterday" },
    { "2024-12-30", "2025-01-01", "Mon" },      { "2024-12-01", "2025-01-01", "01.12.24" },
    { "2026-03-12", "2025-03-12", "12.03.26" }, { "2025-03-12", NULL, "12.03.25" },
    { "nonsense", "2025-03-12", "nonsense" },   { NULL, "2025-03-12", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = kontor_date_format_short (cases[i][0], cases[i][1]);

      g_assert_cmpstr (text, ==, cases[i][2]);
    }
  {
    g_autofree char *full = kontor_date_format_full ("2025-03-12");
    g_autofree char *wrong = kontor_date_format_full ("2025-02-30");
    g_autofree char *none = kontor_date_format_full (NULL);

    g_assert_cmpstr (full, ==, "Wednesday, 12 March 2025");
    g_assert_cmpstr (wrong, ==, "2025-02-30");
    g_assert_cmpstr (none, ==, "");
  }
  g_assert_cmpint (kontor_date_order_of_locale (), ==, UNKNOWN);
}

/* A day written in any way that names its parts without doubt is read back. */
static void
test_round_trip (void)
{
  static const char *const formats[] = {
    "%Y-%m-%d", "%Y%m%d",    "%d %B %Y",     "%B %-d, %Y",
    "%d.%m.%Y", "%-d-%b-%Y", "%A, %d %b %Y", "%d/%m/%Y %H:%M"
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr(GDateTime) date = g_date_time_new_utc (g_rand_int_range (rand, 1000, 10000),
                                                        g_rand_int_range (rand, 1, 13),
                                                        g_rand_int_range (rand, 1, 29),
                                                        g_rand_int_range (rand, 0, 24),
                                                        g_rand_int_range (rand, 0, 60),
                                                        0);
      g_autofree char *text =
        g_date_time_format (date, formats[g_rand_int_range (rand, 0, G_N_ELEMENTS (formats))]);
      g_autofree char *iso = kontor_date_parse_iso (text, DMY);
      g_autofree char *expected = g_date_time_format (date, "%Y-%m-%d");

      if (g_strcmp0 (iso, expected) != 0)
        g_error ("“%s” is %s", text, iso);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/date/parse", test_parse);
  g_test_add_func ("/base/date/parse-leaves-out-alone", test_parse_leaves_out_alone);
  g_test_add_func ("/base/date/is-iso", test_is_iso);
  g_test_add_func ("/base/date/guess", test_guess);
  g_test_add_func ("/base/date/days", test_days);
  g_test_add_func ("/base/date/add", test_add);
  g_test_add_func ("/base/date/format", test_format);
  g_test_add_func ("/base/date/round-trip", test_round_trip);

  return g_test_run ();
}
