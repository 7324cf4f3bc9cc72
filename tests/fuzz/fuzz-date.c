/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: days, instants and durations. What is read must be valid, and be read back from its
 * own text. */
#include "config.h"

#include "kontor-date.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *samples[] = { text, NULL, text };
  gint64 ms, seconds;

  for (KontorDateOrder order = KONTOR_DATE_ORDER_UNKNOWN; order <= KONTOR_DATE_ORDER_YMD; order++)
    {
      g_autofree char *iso = kontor_date_parse_iso (text, order);

      if (iso != NULL)
        {
          g_autofree char *same = kontor_date_add (iso, 0);
          g_autofree char *shown = kontor_date_format_short (iso, "2024-03-12");
          g_autofree char *full = kontor_date_format_full (iso);

          g_assert_true (kontor_date_is_iso (iso));
          g_assert_cmpstr (iso, ==, same);
          g_assert_nonnull (shown);
          g_assert_nonnull (full);
        }
      if (kontor_instant_parse (text, order, &ms))
        {
          g_autofree char *written = kontor_instant_to_iso (ms);
          gint64 again = 0;

          g_assert_true (kontor_instant_parse (written, order, &again));
          g_assert_cmpint (again, ==, ms);
        }
    }
  if (kontor_duration_parse (text, &seconds))
    {
      g_autofree char *written = kontor_duration_to_text (seconds);
      gint64 again = 0;

      g_assert_true (kontor_duration_parse (written, &again));
      g_assert_cmpint (again, ==, seconds);
    }
  kontor_date_guess_order (samples, G_N_ELEMENTS (samples));

  return 0;
}
