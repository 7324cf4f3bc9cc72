/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorQuickEntry: what one line says of a contact: what it was, when, how it ended and what
 * follows. English and Russian are both understood, whatever the locale. */
#pragma once

#include "kontor-date.h"

G_BEGIN_DECLS

/* A longer first line is a text and no quick entry. */
#define KONTOR_QUICK_LINE_MAX 300

/* The present, where the person is. */
typedef struct
{
  char today[11]; /* YYYY-MM-DD */
  int minute;     /* of the day */
} KontorQuickNow;

/* A day, and a time of it. */
typedef struct
{
  char day[11]; /* "" for none */
  int minute;   /* of the day, -1 for none */
} KontorQuickTime;

typedef enum
{
  KONTOR_QUICK_KIND = 1 << 0,
  KONTOR_QUICK_WHEN = 1 << 1,
  KONTOR_QUICK_RESULT = 1 << 2,
  KONTOR_QUICK_FOLLOW_UP = 1 << 3,
} KontorQuickParts;

typedef struct
{
  KontorQuickParts understood; /* what the words say; the rest is what is usual */
  const char *kind;            /* of an activity: "note", "call", "meeting" … */
  gboolean planned;            /* it is still to be done */
  char *subject;               /* (nullable) of what is planned */
  KontorQuickTime when;        /* none is now, or of what is planned, not yet known */
  const char *result;          /* (nullable) code of a "call_result" */

  const char *follow_kind; /* (nullable) of what follows */
  char *follow_subject;
  KontorQuickTime follow_when;
} KontorQuickEntry;

KontorQuickEntry *kontor_quick_entry_parse (const char *text,
                                            KontorQuickParts ignored,
                                            const KontorQuickNow *now,
                                            KontorDateOrder order);
void kontor_quick_entry_free (KontorQuickEntry *self);
gboolean kontor_quick_time_parse (const char *text,
                                  const KontorQuickNow *now,
                                  KontorDateOrder order,
                                  KontorQuickTime *time);
void kontor_quick_now_init (KontorQuickNow *now, gint64 ms, GTimeZone *zone);
gboolean kontor_quick_time_is_set (const KontorQuickTime *time);
gboolean kontor_quick_time_is_future (const KontorQuickTime *time, const KontorQuickNow *now);
gint64 kontor_quick_time_to_ms (const KontorQuickTime *time, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorQuickEntry, kontor_quick_entry_free)

G_END_DECLS
