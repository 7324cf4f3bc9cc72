/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: quick entries. Subjects are valid text, times are days that exist. */
#include "config.h"

#include "kontor-quick-entry.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_time (const KontorQuickTime *time)
{
  g_assert_true (time->day[0] == '\0' || kontor_date_is_iso (time->day));
  g_assert_true (time->minute >= -1 && time->minute < 1440);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const KontorQuickNow now = { "2026-03-10", 720 };
  g_autofree char *text = g_strndup ((const char *) data, size);
  KontorQuickParts ignored = size > 0 ? data[0] % 16 : 0;
  g_autoptr(KontorQuickEntry) entry =
    kontor_quick_entry_parse (text, ignored, &now, KONTOR_DATE_ORDER_DMY);
  KontorQuickTime time;

  check_time (&entry->when);
  check_time (&entry->follow_when);
  g_assert_cmpint (entry->planned, ==, entry->subject != NULL);
  g_assert_true (entry->subject == NULL || g_utf8_validate (entry->subject, -1, NULL));
  g_assert_true (entry->follow_subject == NULL ||
                 g_utf8_validate (entry->follow_subject, -1, NULL));
  if (kontor_quick_time_parse (text, &now, KONTOR_DATE_ORDER_MDY, &time))
    check_time (&time);
  return 0;
}
