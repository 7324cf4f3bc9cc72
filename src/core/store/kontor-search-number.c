/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers (C9): whole ones by their last nine digits, pieces by threes of digits, each with
 * the words that were typed beside them. */
#include "config.h"

#include "kontor-phone.h"
#include "kontor-search-private.h"
#include <string.h>

/* Documents that are looked at: for the words beside a piece of a number, and for the digits. */
#define MAX_WITH_WORDS 2000
#define MAX_WITH_DIGITS 20000
#define MAX_WITH_BEGINNING 200
#define MAX_ROWS_WITH_BEGINNING 400
/* Digits by which numbers are looked up, at the least: one of ten thousand begins so. */
#define LEAST_LEFT 4

static const char *
get_key (const char *digits)
{
  gsize length = strlen (digits);

  return kontor_search_phone_key (digits, &length);
}

/**
 * kontor_search_collect_numbers:
 * @self: a search
 * @error: (nullable): place for an error
 *
 * Takes records with just this number.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_numbers (KontorSearch *self, GError **error)
{
  g_autofree char *others =
    kontor_search_make_word_filter (self->query.others, KONTOR_SEARCH_FILTER_ALL);
  guint before = self->total;

  for (guint i = 0; i < self->query.numbers->len && self->total == before; i++)
    {
      KontorSearchAsk ask = { .sql = "SELECT doc FROM phone_digits WHERE digits=?1 AND doc BETWEEN "
                                     "?2 AND ?3",
                              .value = get_key (g_ptr_array_index (self->query.numbers, i)),
                              .filter = others,
                              .found = KONTOR_FOUND_PHONE,
                              .phones_only = TRUE };

      if (!kontor_search_collect (self, &ask, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Pieces --------------------------------------------------------------------------------- */

/* Takes documents with the words beside the number, of those that @ask finds and @holds is true of,
 * an expression of SQL on the digits. */
static gboolean
collect_holding (KontorSearch *self,
                 KontorSearchAsk ask,
                 const char *holds,
                 KontorSearchFilter words,
                 gboolean *all,
                 GError **error)
{
  g_autofree char *others = kontor_search_make_word_filter (self->query.others, words);
  g_autofree char *filter = g_strdup_printf (" AND %s%s", holds, others);

  ask.filter = filter;
  ask.found = KONTOR_FOUND_DIGITS;
  ask.phones_only = TRUE;
  return kontor_search_collect (self, &ask, all, error);
}

/* Documents with these digits, of those among them the words. */
static gboolean
collect_by_digits (KontorSearch *self, const char *digits, GError **error)
{
  g_autofree char *match = kontor_search_make_digits_match (self->db, digits);
  g_autofree char *holds = g_strdup_printf ("instr(d.phones,'%s')>0", digits);
  KontorSearchAsk ask = { .sql = "SELECT rowid FROM phone_fts WHERE phone_fts MATCH ?1 AND rowid "
                                 "BETWEEN ?2 AND ?3",
                          .value = match,
                          .max_looked_at = MAX_WITH_DIGITS };

  return collect_holding (self, ask, holds, KONTOR_SEARCH_FILTER_ALL, NULL, error);
}

/* Numbers that begin with these digits. They are known by their last nine, which is what is left of
 * the beginning of a number with nine digits, with ten and so on. */
static gboolean
collect_by_beginning (KontorSearch *self,
                      const char *digits,
                      guint n_left,
                      gboolean *all,
                      GError **error)
{
  g_autofree char *holds = g_strdup_printf ("instr(' '||d.phones,' %s')>0", digits);
  KontorSearchAsk ask = { .sql = "SELECT doc FROM phone_digits WHERE digits>=?1 AND digits<?1||':' "
                                 "AND doc BETWEEN ?2 AND ?3",
                          .max_looked_at = MAX_WITH_BEGINNING,
                          .max_rows = MAX_ROWS_WITH_BEGINNING };

  *all = TRUE;
  for (guint i = 0; *all && i <= n_left; i++)
    {
      ask.value = digits + i;
      if (!collect_holding (self, ask, holds, KONTOR_SEARCH_FILTER_ALL, all, error))
        return FALSE;
    }
  return TRUE;
}

/* Few enough numbers have what is left of the digits. */
static gboolean
can_ask_beginning (const KontorSearchQuery *query, const char *digits, guint *n_left)
{
  *n_left =
    query->longest > KONTOR_PHONE_MATCH_DIGITS ? query->longest - KONTOR_PHONE_MATCH_DIGITS : 0;
  return query->longest > 0 && strlen (digits) >= *n_left + LEAST_LEFT;
}

/* The documents with the words, of those that have the digits. */
static gboolean
collect_by_words (KontorSearch *self, const char *match, const char *digits, GError **error)
{
  g_autofree char *holds = g_strdup_printf ("instr(d.phones,'%s')>0", digits);
  KontorSearchAsk ask = { .sql = "SELECT rowid FROM search_fts WHERE search_fts MATCH ?1 AND rowid "
                                 "BETWEEN ?2 AND ?3",
                          .value = match,
                          .max_looked_at = MAX_WITH_WORDS };

  return collect_holding (self, ask, holds, KONTOR_SEARCH_FILTER_LETTERS, NULL, error);
}

/* Whether few documents have the words: then the digits are looked for among those. */
static gboolean
are_few (KontorSearch *self, const char *match, gboolean *few, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db,
                                          "SELECT count(*) FROM (SELECT 1 FROM search_fts WHERE "
                                          "search_fts MATCH ?1 LIMIT ?2)",
                                          error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 2, MAX_WITH_WORDS);
  if (!kontor_db_step (self->db, stmt, &row, error))
    return FALSE;
  *few = row && sqlite3_column_int (stmt, 0) < MAX_WITH_WORDS;
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * kontor_search_collect_digits:
 * @self: a search
 * @error: (nullable): place for an error
 *
 * Takes records with a number these digits are a piece of.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_collect_digits (KontorSearch *self, GError **error)
{
  g_autofree char *match = kontor_search_make_match (self->query.others, KONTOR_SEARCH_BEGUN);
  GPtrArray *numbers = self->query.numbers;
  guint before = self->total;
  gboolean few = FALSE, ok = TRUE, all = FALSE;
  guint n_left;

  if (numbers->len > 0 && can_ask_beginning (&self->query, g_ptr_array_index (numbers, 0), &n_left))
    ok = collect_by_beginning (self, g_ptr_array_index (numbers, 0), n_left, &all, error);
  if (!ok || (all && self->total > before))
    return ok;
  before = self->total;
  if (numbers->len > 0 && match != NULL && !are_few (self, match, &few, error))
    return FALSE;
  for (guint i = 0; ok && i < numbers->len && self->total == before; i++)
    {
      const char *digits = g_ptr_array_index (numbers, i);

      ok = few ? collect_by_words (self, match, digits, error)
               : collect_by_digits (self, digits, error);
    }
  return ok;
}

/* --- As a filter ---------------------------------------------------------------------------- */

/* Of a child it is its own number that counts, not another one of its owner. */
static char *
make_own_condition (const KontorSearchReach *reach, const char *digits, gboolean whole)
{
  if (reach->number == NULL)
    return g_strdup ("");
  if (whole)
    return g_strdup_printf (" AND kontor_phone_is(c.\"%s\",'%s')", reach->number, digits);
  return g_strdup_printf (" AND instr(kontor_phone(c.\"%s\"),'%s')>0", reach->number, digits);
}

static void
append_number (KontorDb *db,
               GString *sql,
               const char *digits,
               const char *others,
               const KontorSearchReach *reach)
{
  g_autofree char *match = kontor_search_make_digits_match (db, digits);
  g_autofree char *whole = make_own_condition (reach, digits, TRUE);
  g_autofree char *piece = make_own_condition (reach, digits, FALSE);

  g_string_append_printf (sql,
                          " UNION SELECT %s FROM phone_digits p CROSS JOIN search_doc d ON "
                          "d.rowid=p.doc%s WHERE p.digits='%s' AND p.doc BETWEEN "
                          "%" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT "%s%s",
                          reach->rid,
                          reach->join,
                          get_key (digits),
                          reach->first,
                          reach->last,
                          others,
                          whole);
  g_string_append_printf (sql,
                          " UNION SELECT %s FROM phone_fts p CROSS JOIN search_doc d ON "
                          "d.rowid=p.rowid%s WHERE p.phone_fts MATCH '%s' AND "
                          "p.rowid BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT
                          " AND instr(d.phones,'%s')%s%s",
                          reach->rid,
                          reach->join,
                          match,
                          reach->first,
                          reach->last,
                          digits,
                          others,
                          piece);
}

/**
 * kontor_search_append_number_sql:
 * @db: a connection
 * @query: a question
 * @reach: what is looked at
 * @sql: a SELECT of rids
 *
 * Appends " UNION SELECT …": the records within @reach with the number, or a piece of it, and the
 * words beside it.
 */
void
kontor_search_append_number_sql (KontorDb *db,
                                 const KontorSearchQuery *query,
                                 const KontorSearchReach *reach,
                                 GString *sql)
{
  g_autofree char *others =
    kontor_search_make_word_filter (query->others, KONTOR_SEARCH_FILTER_ALL);

  for (guint i = 0; i < query->numbers->len; i++)
    append_number (db, sql, g_ptr_array_index (query->numbers, i), others, reach);
}
