/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line is a few clauses: those that tell make the entry, the first one that plans what follows. A
 * line that only plans is itself what is planned. */
#include "config.h"

#include "kontor-quick-private.h"

#include <string.h>

#define SUBJECT_MAX 120
#define CLAUSES_MAX 24

typedef struct
{
  guint from, to;
  const KontorQuickWord *kind; /* (nullable) */
  const KontorQuickWord *result;
  guint kind_at;
  gboolean told;     /* it says that it took place */
  gboolean intended; /* it says that it is to be done */
  gboolean planned;
  gboolean has_time;
  KontorQuickTime time;
} Clause;

typedef struct
{
  KontorQuickLine line;
  Clause clauses[CLAUSES_MAX];
  guint n_clauses;
  KontorQuickParts ignored;
} Reader;

static guint
match (const Reader *reader, guint at, guint end, const KontorQuickWord *list)
{
  return kontor_quick_match (&reader->line, at, end, list, NULL);
}

static const KontorQuickWord *
find_word (const Reader *reader, guint from, guint to, const KontorQuickWord *list, guint *at)
{
  const KontorQuickWord *found = NULL;

  for (guint i = from; i < to; i++)
    if (kontor_quick_match (&reader->line, i, to, list, &found) > 0)
      {
        if (at != NULL)
          *at = i;
        return found;
      }
  return NULL;
}

static gboolean
tells (const Reader *reader, guint from, guint to)
{
  const KontorQuickWord *kind = find_word (reader, from, to, kontor_quick_kinds, NULL);

  return (kind != NULL && kind->value != 0) ||
         find_word (reader, from, to, kontor_quick_results, NULL) != NULL;
}

static gboolean
intends (const Reader *reader, guint from, guint to)
{
  return find_word (reader, from, to, kontor_quick_intents, NULL) != NULL ||
         find_word (reader, from, to, kontor_quick_verbs, NULL) != NULL;
}

/* --- Clauses ---------------------------------------------------------------------------------- */

static guint
find_end (const Reader *reader, guint from)
{
  guint i = from + 1;

  while (i < reader->line.n_tokens && !reader->line.tokens[i].begins)
    i++;
  return i;
}

/* "Called and will send …", "Called will send …": a clause begins without a mark. */
static gboolean
begins_clause (const Reader *reader, guint from, guint at, guint end)
{
  if (match (reader, at, end, kontor_quick_joints) > 0 &&
      (intends (reader, at, end) || find_word (reader, at, end, kontor_quick_kinds, NULL) != NULL))
    return TRUE;
  return (match (reader, at, end, kontor_quick_intents) > 0 ||
          match (reader, at, end, kontor_quick_verbs) > 0) &&
         tells (reader, from, at);
}

static void
add_clause (Reader *reader, guint from, guint to)
{
  if (reader->n_clauses < CLAUSES_MAX)
    reader->clauses[reader->n_clauses++] = (Clause){ .from = from, .to = to };
}

static void
split (Reader *reader)
{
  for (guint from = 0; from < reader->line.n_tokens;)
    {
      guint end = find_end (reader, from);
      guint at = from + 1;

      while (at < end && !begins_clause (reader, from, at, end))
        at++;
      add_clause (reader, from, at);
      from = at;
    }
}

/* --- What a clause says ----------------------------------------------------------------------- */

/* "Called about the meeting on Friday" doesn't say when it was called. */
static gboolean
time_is_of_another (const Reader *reader, const Clause *clause, guint time_at)
{
  return clause->told && clause->kind != NULL && time_at > clause->kind_at &&
         find_word (reader, clause->kind_at + 1, time_at, kontor_quick_kinds, NULL) != NULL;
}

static void
understand (Reader *reader, Clause *clause)
{
  const KontorQuickNow *now = reader->line.now;
  gboolean calls_back;
  guint time_at = 0;

  clause->kind = find_word (reader, clause->from, clause->to, kontor_quick_kinds, &clause->kind_at);
  clause->result = find_word (reader, clause->from, clause->to, kontor_quick_results, NULL);
  calls_back = clause->result != NULL && strcmp (clause->result->text, "call_back") == 0;
  clause->intended = !calls_back && intends (reader, clause->from, clause->to);
  clause->told = !clause->intended && !calls_back && tells (reader, clause->from, clause->to);
  clause->has_time = kontor_quick_find_time (&reader->line,
                                             clause->from,
                                             clause->to,
                                             clause->told,
                                             FALSE,
                                             &clause->time,
                                             &time_at);
  if (clause->has_time && time_is_of_another (reader, clause, time_at))
    clause->has_time = FALSE;
  if (clause->has_time && clause->told && kontor_quick_time_is_future (&clause->time, now))
    clause->has_time = FALSE;
  clause->planned =
    clause->intended || (clause->has_time && kontor_quick_time_is_future (&clause->time, now));
}

/* --- What is to be done ----------------------------------------------------------------------- */

/* Marks what doesn't belong to the subject: when, and that it will be done. */
static void
use_words (Reader *reader, guint from, guint to)
{
  KontorQuickTime time;
  guint first;

  kontor_quick_find_time (&reader->line, from, to, FALSE, TRUE, &time, &first);
  for (guint i = from; i < to && i < from + match (reader, from, to, kontor_quick_joints); i++)
    reader->line.tokens[i].use = KONTOR_QUICK_USED;
  for (guint i = from; i < to; i++)
    {
      const KontorQuickWord *word = NULL;
      guint n = kontor_quick_match (&reader->line, i, to, kontor_quick_intents, &word);

      for (guint k = i; n > 0 && word->value != 0 && k < i + n; k++)
        reader->line.tokens[k].use = KONTOR_QUICK_USED;
      if (n > 1)
        i += n - 1;
      if (kontor_quick_match (&reader->line, i, to, kontor_quick_verbs, &word) == 0)
        continue;
      reader->line.tokens[i].use = KONTOR_QUICK_VERB;
      reader->line.tokens[i].instead = word->text;
    }
}

/* Appends what stands between two words, a run of spaces as one. */
static void
append_gap (GString *text, const char *line, gsize from, gsize to)
{
  for (const char *at = line + from; at < line + to; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
        g_string_append_unichar (text, c);
      else if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    }
}

static void
trim (GString *text)
{
  while (text->len > 0)
    {
      const char *last = g_utf8_prev_char (text->str + text->len);
      gunichar c = g_utf8_get_char (last);

      if (!g_unichar_isspace (c) && (c >= 0x80 || strchr (",.;:-(!", (int) c) == NULL) &&
          c != 0x2014 && c != 0x2013)
        return;
      g_string_truncate (text, (gsize) (last - text->str));
    }
}

static void
clamp (GString *text)
{
  if (g_utf8_strlen (text->str, (gssize) text->len) > SUBJECT_MAX)
    {
      g_string_truncate (text,
                         (gsize) (g_utf8_offset_to_pointer (text->str, SUBJECT_MAX - 1) -
                                  text->str));
      g_string_append (text, "…");
    }
}

static char *
capitalise (const char *text)
{
  char first[6];
  int length = g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);

  return g_strdup_printf ("%.*s%s", length, first, g_utf8_next_char (text));
}

static void
append_token (GString *text, const Reader *reader, const KontorQuickToken *token, gsize behind)
{
  const char *line = reader->line.line;
  gboolean gap = token > reader->line.tokens && token[-1].use == KONTOR_QUICK_USED;

  if (text->len > 0 && gap && token->begins)
    trim (text);
  else if (text->len > 0 && gap && text->str[text->len - 1] != ' ')
    g_string_append_c (text, ' ');
  if (text->len > 0 && (!gap || token->begins))
    append_gap (text, line, behind, token->start);
  if (token->use == KONTOR_QUICK_VERB)
    g_string_append (text, token->instead);
  else
    g_string_append_len (text, line + token->start, (gssize) (token->end - token->start));
}

/* Returns NULL where nothing but a time is left. */
static char *
dup_subject (Reader *reader, guint from, guint to)
{
  const char *line = reader->line.line;
  gsize end = to < reader->line.n_tokens ? reader->line.tokens[to].start : strlen (line);
  gsize behind = 0;
  g_autoptr(GString) text = g_string_new (NULL);

  use_words (reader, from, to);
  for (guint i = from; i < to; i++)
    {
      const KontorQuickToken *token = &reader->line.tokens[i];

      if (token->use != KONTOR_QUICK_USED)
        append_token (text, reader, token, behind);
      else if (text->len > 0 && token[-1].use != KONTOR_QUICK_USED)
        append_gap (text, line, behind, token->start);
      behind = token->end;
    }
  if (text->len > 0 && reader->line.tokens[to - 1].use != KONTOR_QUICK_USED)
    append_gap (text, line, behind, end);
  trim (text);
  clamp (text);
  return text->len > 0 ? capitalise (text->str) : NULL;
}

static const char *
planned_kind (const Clause *clause)
{
  if (clause->kind != NULL &&
      (strcmp (clause->kind->text, "meeting") == 0 || strcmp (clause->kind->text, "visit") == 0))
    return clause->kind->text;
  return "task";
}

/* Its own time, or that of the next clause: "will send it, on Friday". */
static KontorQuickTime
planned_time (const Reader *reader, const Clause *clause, const Clause **last)
{
  const Clause *next = clause + 1;

  *last = clause;
  if (clause->has_time)
    return clause->time;
  if (next < reader->clauses + reader->n_clauses && next->has_time && next->planned &&
      !next->intended)
    {
      *last = next;
      return next->time;
    }
  return (KontorQuickTime){ "", -1 };
}

static void
set_follow_up (Reader *reader, KontorQuickEntry *entry, const Clause *clause)
{
  const Clause *last;
  KontorQuickTime time = planned_time (reader, clause, &last);
  char *subject = dup_subject (reader, clause->from, last->to);

  if (subject == NULL)
    return;
  entry->understood |= KONTOR_QUICK_FOLLOW_UP;
  entry->follow_kind = planned_kind (clause);
  entry->follow_subject = subject;
  entry->follow_when = time;
}

/* --- The entry -------------------------------------------------------------------------------- */

static gboolean
set_planned (Reader *reader, KontorQuickEntry *entry, const Clause *clause)
{
  const Clause *last;
  KontorQuickTime time = planned_time (reader, clause, &last);
  const char *kind = planned_kind (clause);

  for (const Clause *other = clause; other < reader->clauses + reader->n_clauses; other++)
    {
      if (!kontor_quick_time_is_set (&time) && other->has_time)
        time = other->time;
      if (strcmp (kind, "task") == 0)
        kind = planned_kind (other);
    }
  entry->subject = dup_subject (reader, 0, reader->line.n_tokens);
  if (entry->subject == NULL)
    return FALSE;
  entry->planned = TRUE;
  entry->understood |= KONTOR_QUICK_KIND;
  entry->kind = kind;
  if ((reader->ignored & KONTOR_QUICK_WHEN) == 0)
    entry->when = time;
  if (kontor_quick_time_is_set (&entry->when))
    entry->understood |= KONTOR_QUICK_WHEN;
  return TRUE;
}

static void
take_told (Reader *reader, KontorQuickEntry *entry, const Clause *clause)
{
  if (clause->result != NULL && (entry->understood & KONTOR_QUICK_RESULT) == 0)
    {
      entry->result = clause->result->text;
      entry->understood |= KONTOR_QUICK_RESULT;
    }
  if (clause->planned)
    return;
  if (clause->kind != NULL && (entry->understood & KONTOR_QUICK_KIND) == 0)
    {
      entry->kind = clause->kind->text;
      entry->understood |= KONTOR_QUICK_KIND;
    }
  if (clause->has_time && (entry->understood & KONTOR_QUICK_WHEN) == 0 &&
      (reader->ignored & KONTOR_QUICK_WHEN) == 0)
    {
      entry->when = clause->time;
      entry->understood |= KONTOR_QUICK_WHEN;
    }
}

static void
settle (Reader *reader, KontorQuickEntry *entry)
{
  if (entry->result != NULL && (entry->understood & KONTOR_QUICK_KIND) == 0)
    {
      entry->kind = "call";
      entry->understood |= KONTOR_QUICK_KIND;
    }
  if ((reader->ignored & KONTOR_QUICK_KIND) != 0)
    entry->kind = "note";
  if (strcmp (entry->kind, "task") == 0)
    entry->kind = "note";
  if (strcmp (entry->kind, "call") == 0 && entry->result == NULL)
    entry->result = "reached";
  if (strcmp (entry->kind, "call") != 0 || (reader->ignored & KONTOR_QUICK_RESULT) != 0)
    {
      entry->result = NULL;
      entry->understood &= ~KONTOR_QUICK_RESULT;
    }
  if (strcmp (entry->kind, "note") == 0)
    entry->understood &= ~KONTOR_QUICK_KIND;
}

/* A line whose first clause plans is a plan, unless something is told behind it. */
static gboolean
is_plan (const Reader *reader)
{
  if ((reader->ignored & KONTOR_QUICK_KIND) != 0 || !reader->clauses[0].planned)
    return FALSE;
  for (guint i = 0; i < reader->n_clauses; i++)
    if (reader->clauses[i].told)
      return FALSE;
  return TRUE;
}

static void
read_line (Reader *reader, KontorQuickEntry *entry)
{
  gboolean follows = FALSE;

  for (guint i = 0; i < reader->n_clauses; i++)
    understand (reader, &reader->clauses[i]);
  /* the entry's own time, not that of what follows */
  if ((reader->ignored & KONTOR_QUICK_WHEN) != 0 && !reader->clauses[0].intended)
    reader->clauses[0].has_time = reader->clauses[0].planned = FALSE;
  if (is_plan (reader) && set_planned (reader, entry, &reader->clauses[0]))
    return;
  for (guint i = 0; i < reader->n_clauses; i++)
    {
      const Clause *clause = &reader->clauses[i];

      take_told (reader, entry, clause);
      if (!clause->planned || follows || (reader->ignored & KONTOR_QUICK_FOLLOW_UP) != 0 ||
          reader->n_clauses == 1)
        continue;
      set_follow_up (reader, entry, clause);
      follows = entry->follow_subject != NULL;
    }
  settle (reader, entry);
}

/* "Note: …" is one, whatever follows. */
static gboolean
is_named_note (const Reader *reader)
{
  const KontorQuickToken *tokens = reader->line.tokens;

  return reader->line.n_tokens > 1 && tokens[1].begins && reader->line.line[tokens[0].end] == ':' &&
         (strcmp (tokens[0].word, "note") == 0 || strcmp (tokens[0].word, "заметка") == 0);
}

/* The first line where it may be a quick entry, else NULL: a pasted page or letter is a text. */
static char *
dup_first_line (const char *text)
{
  gsize most = (gsize) KONTOR_QUICK_LINE_MAX * 4;
  gsize length;

  while (g_ascii_isspace (*text))
    text++;
  length = strcspn (text, "\n");
  if (*text == '<' || length > most || !g_utf8_validate (text, (gssize) length, NULL) ||
      g_utf8_strlen (text, (gssize) length) > KONTOR_QUICK_LINE_MAX)
    return NULL;
  return g_strndup (text, length);
}

/**
 * kontor_quick_entry_parse:
 * @text: what was typed; its first line is understood
 * @ignored: parts that are not to be understood
 * @now: the present
 * @order: order of day, month and year where the text leaves it open
 *
 * Returns: (transfer full): what it says; a note of now where nothing was understood
 */
KontorQuickEntry *
kontor_quick_entry_parse (const char *text,
                          KontorQuickParts ignored,
                          const KontorQuickNow *now,
                          KontorDateOrder order)
{
  KontorQuickEntry *entry = g_new0 (KontorQuickEntry, 1);
  g_autofree char *line = dup_first_line (text);
  g_autofree Reader *reader = NULL;

  entry->kind = "note";
  entry->when.minute = -1;
  entry->follow_when.minute = -1;
  if (line == NULL)
    return entry;
  reader = g_new0 (Reader, 1);
  reader->ignored = ignored;
  kontor_quick_line_init (&reader->line, line, now, order);
  if (reader->line.n_tokens == 0 || is_named_note (reader))
    return entry;
  split (reader);
  read_line (reader, entry);
  return entry;
}

/**
 * kontor_quick_entry_free:
 * @self: (nullable): a quick entry
 */
void
kontor_quick_entry_free (KontorQuickEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->follow_subject);
  g_free (self);
}
