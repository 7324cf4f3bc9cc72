/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of days and times, shared by days and instants. */
#pragma once

#include "kontor-date.h"

G_BEGIN_DECLS

/**
 * KontorStamp:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to the last of the month
 * @has_time: the text names a time of day
 * @hour: 0 to 23
 * @minute: 0 to 59
 * @second: 0 to 59
 * @ms: 0 to 999
 * @has_offset: the text names a zone
 * @offset: its seconds east of Greenwich
 */
typedef struct
{
  int year;
  int month;
  int day;
  gboolean has_time;
  int hour;
  int minute;
  int second;
  int ms;
  gboolean has_offset;
  int offset;
} KontorStamp;

gboolean kontor_stamp_parse (const char *text, KontorDateOrder order, KontorStamp *stamp);
gint64 kontor_date_to_day (int year, int month, int day);
void kontor_date_from_day (gint64 number, int *year, int *month, int *day);
gboolean kontor_date_is_valid (int year, int month, int day);
int kontor_date_find_month (const char *word, gsize length);
gboolean kontor_date_is_weekday (const char *word, gsize length);

G_END_DECLS
