/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KontorQuickEntry share: a line as words, and the lists of words. */
#pragma once

#include "kontor-quick-entry.h"

G_BEGIN_DECLS

#define KONTOR_QUICK_WORD_MAX 48
#define KONTOR_QUICK_TOKENS_MAX 160

/* What a word was understood as; it isn't part of a subject then. */
typedef enum
{
  KONTOR_QUICK_PLAIN,
  KONTOR_QUICK_USED,
  KONTOR_QUICK_VERB, /* "отправлю": written as .instead */
} KontorQuickUse;

typedef struct
{
  char word[KONTOR_QUICK_WORD_MAX]; /* in lower case; "" for longer ones */
  gsize start, end;                 /* in the line */
  int numbers[3];                   /* "13.03.2026": its parts */
  int digits[3];
  int n_numbers;
  char mark;       /* between the numbers */
  gboolean begins; /* something that ends a clause stands before it */
  KontorQuickUse use;
  const char *instead;
} KontorQuickToken;

typedef struct
{
  const char *line;
  KontorQuickToken tokens[KONTOR_QUICK_TOKENS_MAX];
  guint n_tokens;
  const KontorQuickNow *now;
  KontorDateOrder order;
} KontorQuickLine;

/* A list of phrases: words between single spaces; a word may end in "*", which stands for any
 * ending. Ends with a NULL phrase. */
typedef struct
{
  const char *phrase;
  int value;
  const char *text;
} KontorQuickWord;

extern const KontorQuickWord kontor_quick_kinds[];    /* text: kind; value: it says it is past */
extern const KontorQuickWord kontor_quick_results[];  /* text: result */
extern const KontorQuickWord kontor_quick_intents[];  /* value: it is left out of the subject */
extern const KontorQuickWord kontor_quick_verbs[];    /* text: infinitive */
extern const KontorQuickWord kontor_quick_joints[];   /* between clauses */
extern const KontorQuickWord kontor_quick_days[];     /* value: days from today, or a code */
extern const KontorQuickWord kontor_quick_moments[];  /* value: minutes from now */
extern const KontorQuickWord kontor_quick_units[];    /* value: days; negative: minutes */
extern const KontorQuickWord kontor_quick_weekdays[]; /* value: 0 is Monday */
extern const KontorQuickWord kontor_quick_numbers[];  /* value */
extern const KontorQuickWord
  kontor_quick_day_words[]; /* before a day: "on", "by"; value: +1 next, -1 last */
extern const KontorQuickWord
  kontor_quick_time_words[];                        /* before a time; value: never before a day */
extern const KontorQuickWord kontor_quick_halves[]; /* "pm", "утра" */
extern const KontorQuickWord
  kontor_quick_after_hour[]; /* may stand after an hour without minutes */

/* Days that are not a number of days away. */
#define KONTOR_QUICK_NEXT_MONDAY 1000
#define KONTOR_QUICK_FRIDAY 1001
#define KONTOR_QUICK_NEXT_MONTH 1002
#define KONTOR_QUICK_LAST_MONTH 1003
#define KONTOR_QUICK_MONTH 31 /* as a unit */

enum
{
  KONTOR_QUICK_AM,
  KONTOR_QUICK_PM,
  KONTOR_QUICK_OF_DAY, /* "3 часа дня" */
  KONTOR_QUICK_OF_NIGHT,
  KONTOR_QUICK_HOURS, /* "часов" */
};

void kontor_quick_line_init (KontorQuickLine *self,
                             const char *line,
                             const KontorQuickNow *now,
                             KontorDateOrder order);
guint kontor_quick_match (const KontorQuickLine *self,
                          guint at,
                          guint end,
                          const KontorQuickWord *list,
                          const KontorQuickWord **found);
int kontor_quick_find_month (const char *word);

/* kontor-quick-time.c */
gboolean kontor_quick_find_time (KontorQuickLine *self,
                                 guint from,
                                 guint to,
                                 gboolean past,
                                 gboolean use,
                                 KontorQuickTime *time,
                                 guint *first);

G_END_DECLS
