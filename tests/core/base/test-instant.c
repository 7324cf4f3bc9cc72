/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of instants and durations. The zone is Europe/Berlin. */
#include "config.h"

#include "kontor-date.h"

/* 2025-03-12T14:00:00Z, 15:00 in Berlin, a Wednesday. */
#define NOW G_GINT64_CONSTANT (1741788000000)
#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 expected;
  } cases[] = {
    { "2025-03-12T14:00:00Z", NOW },
    { "2025-03-12T14:00:00.000Z", NOW },
    { "2025-03-12T14:00:00.123Z", NOW + 123 },
    { "2025-03-12T14:00:00.123456789Z", NOW + 123 },
    { "2025-03-12T14:00:00,5Z", NOW + 500 },
    { "2025-03-12 14:00Z", NOW },
    { "2025-03-12T17:00:00+03:00", NOW },
    { "2025-03-12T17:00:00+0300", NOW },
    { "2025-03-12T17:00:00+03", NOW },
    { "2025-03-12T09:30:00-04:30", NOW },
    { "20250312T140000Z", NOW },
    { "20250312T1400Z", NOW },
    { "20250312T14:00:00Z", NOW },
    { "Wed, 12 Mar 2025 17:00:00 +0300 (MSK)", NOW },
    { "Wed, 12 Mar 2025 14:00:00 GMT", NOW },
    { "Wed Mar 12 2025 17:00:00 GMT+0300 (Moscow Standard Time)", NOW },
    { "2025-03-12 15:00", NOW },
    { "12.03.2025 15:00:00", NOW },
    { "12 March 2025 at 3:00 pm", NOW },
    { "12 March 2025, 3:00 p.m.", NOW },
    { "12.03.2025, 12:00 am", NOW - 15 * HOUR },
    { "12.03.2025 12:00 PM", NOW - 3 * HOUR },
    { "12.03.2025", NOW - 15 * HOUR },
    { "1970-01-01T00:00:00Z", 0 },
    { "1969-12-31T23:59:59.999Z", -1 },
    { "2016-12-31T23:59:60Z", G_GINT64_CONSTANT (1483228799000) },
    { "0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000) },
    { "9999-12-31T23:59:59.999Z", G_GINT64_CONSTANT (253402300799999) },
    /* the hour that doesn't exist moves forward; the one that is there twice is the first */
    { "2025-03-30 02:30", G_GINT64_CONSTANT (1743298200000) },
    { "2025-10-26 02:30", G_GINT64_CONSTANT (1761438600000) },
  };
  static const char *const wrong[] = {
    "",
    "14:00",
    "2025-03-12T24:00:00Z",
    "2025-03-12T14:00:61Z",
    "2025-03-12T14:00:00+19:00",
    "2025-03-12T14:00:00+03:60",
    "2025-03-12T14:00:00+",
    "2025-03-12T14:00:00Zx",
    "2025-03-12T14",
    "2025-03-12T14:0:00Z",
    "20250312T14000Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "2025-02-30T00:00:00Z",
    "12.03.2025 15:00 (",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 ms = 77;

      if (!kontor_instant_parse (cases[i].text, KONTOR_DATE_ORDER_DMY, &ms))
        g_error ("“%s” is an instant", cases[i].text);
      if (ms != cases[i].expected)
        g_error ("“%s” is %" G_GINT64_FORMAT, cases[i].text, ms);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 ms = 77;

      if (kontor_instant_parse (wrong[i], KONTOR_DATE_ORDER_DMY, &ms))
        g_error ("“%s” is no instant", wrong[i]);
      g_assert_cmpint (ms, ==, 77);
    }
  {
    gint64 ms;

    g_assert_false (kontor_instant_parse (NULL, KONTOR_DATE_ORDER_DMY, &ms));
  }
}

static void
test_iso (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (12);
  g_autofree char *now = kontor_instant_to_iso (NOW + 7);
  g_autofree char *before = kontor_instant_to_iso (-1);
  g_autofree char *least = kontor_instant_to_iso (G_MININT64);
  g_autofree char *most = kontor_instant_to_iso (G_MAXINT64);

  g_assert_cmpstr (now, ==, "2025-03-12T14:00:00.007Z");
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999Z");
  g_assert_cmpstr (least, ==, "0001-01-01T00:00:00.000Z");
  g_assert_cmpstr (most, ==, "9999-12-31T23:59:59.999Z");

  for (int i = 0; i < 20000; i++)
    {
      gint64 ms = (gint64) (g_rand_double_range (rand, -62135596800000.0, 253402300799999.0));
      gint64 again = 0;
      g_autofree char *text = kontor_instant_to_iso (ms);

      g_assert_true (kontor_instant_parse (text, KONTOR_DATE_ORDER_UNKNOWN, &again));
      g_assert_cmpint (again, ==, ms);
    }
}

static void
test_format (void)
{
  static const struct
  {
    gint64 ms;
    const char *expected;
  } cases[] = {
    { NOW, "15:00" },
    { NOW - 14 * HOUR, "01:00" },
    { NOW + 8 * HOUR, "23:00" },
    { NOW - DAY, "yesterday" },
    { NOW + DAY, "tomorrow 15:00" },
    { NOW - 2 * DAY, "Mon 15:00" },
    { NOW + 6 * DAY, "Tue 15:00" },
    { NOW - 6 * DAY, "Thu 15:00" },
    { NOW - 7 * DAY, "5 Mar" },
    { NOW + 7 * DAY, "19 Mar" },
    { NOW - 365 * DAY, "12.03.24" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = kontor_instant_format_short (cases[i].ms, NOW);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
  {
    g_autofree char *full = kontor_instant_format_full (NOW);
    g_autofree char *far = kontor_instant_format_full (G_MAXINT64);
    g_autofree char *odd = kontor_instant_format_short (G_MAXINT64, NOW);
    g_autofree char *today = kontor_date_today (NOW + 9 * HOUR);
    g_autofree char *fallback = kontor_date_today (G_MAXINT64);

    g_assert_cmpstr (full, ==, "Wednesday, 12 March 2025, 15:00");
    g_assert_cmpstr (far, ==, "");
    g_assert_cmpstr (odd, ==, "");
    g_assert_cmpstr (today, ==, "2025-03-13");
    g_assert_true (kontor_date_is_iso (fallback));
  }
}

static void
test_duration (void)
{
  static const struct
  {
    const char *text;
    gint64 expected; /* -1 for none */
  } cases[] = {
    { "1:30", 5400 },
    { "0:05", 300 },
    { "1:30:15", 5415 },
    { "100:00:00", 360000 },
    { "90", 5400 },
    { "90 min", 5400 },
    { "1 h 30 min", 5400 },
    { "1h30", 5400 },
    { "1h30m", 5400 },
    { "1h 30m 15s", 5415 },
    { "1.5 h", 5400 },
    { "1,5 ч", 5400 },
    { "1 ч 30 мин", 5400 },
    { "1 ч. 30 мин.", 5400 },
    { "2 d", 172800 },
    { "1 week, 2 days", 777600 },
    { "45 s", 45 },
    { "0.5 s", 1 },
    { "PT1H30M", 5400 },
    { "P1DT2H", 93600 },
    { "P2D", 172800 },
    { " 10 MIN ", 600 },
    { "0:05:00", 300 },
    { "", -1 },
    { "h", -1 },
    { "1:5", -1 },
    { "1:60", -1 },
    { "1:30:60", -1 },
    { "1:30:15:00", -1 },
    { "1:", -1 },
    { ":30", -1 },
    { "30 min 1 h", -1 },
    { "1 h 1 h", -1 },
    { "1 fortnight", -1 },
    { "99999999999999999999 h", -1 },
    { "277777 h 1 min", -1 },
    { "277777:00", 999997200 },
    { "277777 h", 999997200 },
    { "P1M", -1 },
    { "999999999999 h", -1 },
    { "9999999999:00", -1 },
    { "1 s 5", -1 },
    { "--5", -1 },
    { "\xff", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 seconds = -1;

      if (kontor_duration_parse (cases[i].text, &seconds) != (cases[i].expected >= 0) ||
          seconds != cases[i].expected)
        g_error ("“%s” is %" G_GINT64_FORMAT, cases[i].text, seconds);
    }
  {
    gint64 seconds = 0;
    g_autofree char *zero = kontor_duration_to_text (0);
    g_autofree char *some = kontor_duration_to_text (5415);
    g_autofree char *less = kontor_duration_to_text (-61);
    g_autofree char *least = kontor_duration_to_text (G_MININT64);

    g_assert_cmpstr (zero, ==, "0:00:00");
    g_assert_cmpstr (some, ==, "1:30:15");
    g_assert_cmpstr (less, ==, "-0:01:01");
    g_assert_cmpstr (least, ==, "-2562047788015215:30:08");
    g_assert_true (kontor_duration_parse (less, &seconds));
    g_assert_cmpint (seconds, ==, -61);
    g_assert_false (kontor_duration_parse (NULL, &seconds));
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/instant/parse", test_parse);
  g_test_add_func ("/base/instant/iso", test_iso);
  g_test_add_func ("/base/instant/format", test_format);
  g_test_add_func ("/base/instant/duration", test_duration);

  return g_test_run ();
}
