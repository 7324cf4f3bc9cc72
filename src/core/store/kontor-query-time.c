/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and instants in filters: "2026-03-01" of an instant is the whole day on the local clocks,
 * and days may be named from the present one. */
#include "config.h"

#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-model.h"
#include "kontor-query-private.h"
#include <string.h>

/* "today", "today-7", "tomorrow": days from today. */
static gboolean
read_relative (const char *text, int *days)
{
  static const struct
  {
    const char *word;
    int days;
  } words[] = { { "today", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);
      const char *rest = text + length;
      gint64 more = 0;

      if (g_ascii_strncasecmp (text, words[i].word, length) != 0)
        continue;
      *days = words[i].days;
      if (*rest == '\0')
        return TRUE;
      if ((*rest != '+' && *rest != '-') || !g_ascii_isdigit (rest[1]) || strlen (rest) > 6 ||
          !g_ascii_string_to_signed (*rest == '+' ? rest + 1 : rest,
                                     10,
                                     -99999,
                                     99999,
                                     &more,
                                     NULL))
        return FALSE;
      *days += (int) more;
      return TRUE;
    }
  return FALSE;
}

static char *
dup_relative (KontorDb *db, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *today = NULL;
  int days;

  if (!read_relative (trimmed, &days))
    return NULL;
  today = kontor_date_today (kontor_env_now (db->env));
  return kontor_date_add (today, days);
}

/* A day without a time of day. */
static char *
dup_day (const char *text)
{
  if (strchr (text, ':') != NULL)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if ((*p == 'T' || *p == 't') && p > text && g_ascii_isdigit (p[-1]) && g_ascii_isdigit (p[1]))
      return NULL;
  return kontor_date_parse_iso (text, kontor_date_order_of_locale ());
}

static gboolean
set_instant (KontorValue *value, const char *day)
{
  gint64 ms;

  if (day == NULL || !kontor_instant_parse (day, KONTOR_DATE_ORDER_YMD, &ms))
    return FALSE;
  kontor_value_set_integer (value, ms);
  return TRUE;
}

/* The last day there is has no day after it, but nothing can be later either. */
static void
set_day (const KontorFieldDef *field, const char *day, KontorSpan *span)
{
  g_autofree char *next = kontor_date_add (day, 1);

  if (field->kind == KONTOR_FIELD_INSTANT)
    {
      set_instant (&span->from, day);
      if (!set_instant (&span->to, next))
        kontor_value_set_integer (&span->to, G_MAXINT64);
      return;
    }
  kontor_value_set_text (&span->from, day);
  if (field->kind == KONTOR_FIELD_WALL_TIME)
    kontor_value_set_text (&span->to, next != NULL ? next : "9999-12-32");
}

/**
 * kontor_query_parse_span:
 * @db: a connection
 * @field: a date, an instant or a wall time
 * @text: what somebody typed
 * @span: (out): the span of time it means
 * @error: (nullable): place for an error that names field and value
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_parse_span (KontorDb *db,
                         const KontorFieldDef *field,
                         const char *text,
                         KontorSpan *span,
                         GError **error)
{
  g_autofree char *day = dup_relative (db, text);

  memset (span, 0, sizeof *span);
  if (day == NULL)
    day = dup_day (text);
  if (day == NULL)
    return kontor_value_parse (field, text, &span->from, error);
  set_day (field, day, span);
  return TRUE;
}

void
kontor_span_clear (KontorSpan *span)
{
  kontor_value_clear (&span->from);
  kontor_value_clear (&span->to);
}

static gboolean
is_relative (const KontorFilter *filter)
{
  int days;

  for (guint i = 0; i < filter->values->len; i++)
    {
      g_autofree char *trimmed = g_strstrip (g_strdup (g_ptr_array_index (filter->values, i)));

      if (read_relative (trimmed, &days))
        return TRUE;
    }
  for (guint i = 0; i < filter->children->len; i++)
    if (is_relative (g_ptr_array_index (filter->children, i)))
      return TRUE;
  return FALSE;
}

/**
 * kontor_query_is_relative:
 * @query: a query
 *
 * Returns: whether its answer may be another one tomorrow
 */
gboolean
kontor_query_is_relative (KontorQuery *query)
{
  const KontorFilter *filter = kontor_query_get_filter (query);

  return filter != NULL && is_relative (filter);
}
