/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and instants: ISO 8601 for storage, forgiving parsing for imports, short words for people.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Order of day, month and year where a text leaves it open ("03/04/21"). */
typedef enum
{
  KONTOR_DATE_ORDER_UNKNOWN,
  KONTOR_DATE_ORDER_DMY,
  KONTOR_DATE_ORDER_MDY,
  KONTOR_DATE_ORDER_YMD,
} KontorDateOrder;

KontorDateOrder kontor_date_order_of_locale (void);
KontorDateOrder kontor_date_guess_order (const char *const *samples, gsize n_samples);
gboolean
kontor_date_parse (const char *text, KontorDateOrder order, int *year, int *month, int *day);
char *kontor_date_parse_iso (const char *text, KontorDateOrder order);
gboolean kontor_date_is_iso (const char *text);
char *kontor_date_today (gint64 now_ms);
char *kontor_date_add (const char *iso, int days);
int kontor_date_days_between (const char *from_iso, const char *to_iso);
char *kontor_date_format_short (const char *iso, const char *today_iso);
char *kontor_date_format_full (const char *iso);

gboolean kontor_instant_parse (const char *text, KontorDateOrder order, gint64 *ms);
char *kontor_instant_to_iso (gint64 ms);
char *kontor_instant_format_short (gint64 ms, gint64 now_ms);
char *kontor_instant_format_full (gint64 ms);

gboolean kontor_duration_parse (const char *text, gint64 *seconds);
char *kontor_duration_to_text (gint64 seconds);

G_END_DECLS
