/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers (C9): whole ones by their last nine digits, pieces by threes of digits, each with
 * the words that were typed beside them. */
#include "config.h"

#include "kontor-search-private.h"
#include <string.h>

/* Documents that are looked at: for the words beside a piece of a number, and for the digits. */
#define MAX_WITH_WORDS 2000
#define MAX_WITH_DIGITS 20000

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
  GPtrArray *numbers = self->query.numbers;
  g_autofree char *others = kontor_search_make_word_filter (self->query.others, FALSE);
  g_autofree char *sql = NULL;
  guint before = self->total;

  if (numbers->len == 0)
    return TRUE;
  sql = g_strdup_printf ("SELECT p.doc FROM phone_digits p CROSS JOIN search_doc d "
                         "ON d.rowid=p.doc WHERE p.digits=?1 AND p.doc BETWEEN ?2 AND ?3%s "
                         "ORDER BY p.doc",
                         others);
  for (guint i = 0; i < numbers->len && self->total == before; i++)
    if (!kontor_search_collect (self,
                                sql,
                                get_key (g_ptr_array_index (numbers, i)),
                                FALSE,
                                KONTOR_FOUND_PHONE,
                                error))
      return FALSE;
  return TRUE;
}

/* --- Pieces --------------------------------------------------------------------------------- */

static char *
make_digits_condition (const char *digits)
{
  return g_strdup_printf ("instr(d.phones,'%s')", digits);
}

/* Documents with these digits, of those among them the words. */
static gboolean
collect_by_digits (KontorSearch *self, const char *digits, GError **error)
{
  g_autofree char *match = kontor_search_make_digits_match (digits);
  g_autofree char *condition = make_digits_condition (digits);
  g_autofree char *others = kontor_search_make_word_filter (self->query.others, FALSE);
  g_autofree char *sql =
    g_strdup_printf ("SELECT p.rowid FROM (SELECT rowid FROM phone_fts WHERE phone_fts MATCH ?1 "
                     "AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT %d) p "
                     "CROSS JOIN search_doc d ON d.rowid=p.rowid WHERE %s%s",
                     MAX_WITH_DIGITS,
                     condition,
                     others);

  return kontor_search_collect (self, sql, match, TRUE, KONTOR_FOUND_DIGITS, error);
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

static gboolean
collect_piece (KontorSearch *self, const char *digits, GError **error)
{
  g_autofree char *match = kontor_search_make_match (self->query.others, NULL, FALSE);
  gboolean few = FALSE;

  if (match != NULL && !are_few (self, match, &few, error))
    return FALSE;
  if (few)
    {
      g_autofree char *letters = kontor_search_make_word_filter (self->query.others, TRUE);
      g_autofree char *condition = make_digits_condition (digits);
      g_autofree char *filter = g_strconcat (" AND ", condition, letters, NULL);

      return kontor_search_collect_match (self, match, filter, KONTOR_FOUND_DIGITS, error);
    }
  return collect_by_digits (self, digits, error);
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
  GPtrArray *numbers = self->query.numbers;
  guint before = self->total;

  for (guint i = 0; i < numbers->len && self->total == before; i++)
    if (!collect_piece (self, g_ptr_array_index (numbers, i), error))
      return FALSE;
  return TRUE;
}

/* --- As a filter ---------------------------------------------------------------------------- */

static void
append_number (GString *sql, const char *digits, const char *others, const KontorRecordType *type)
{
  g_autofree char *match = kontor_search_make_digits_match (digits);

  g_string_append_printf (sql,
                          " UNION SELECT d.rowid&1099511627775 FROM phone_digits p CROSS JOIN "
                          "search_doc d ON d.rowid=p.doc WHERE p.digits='%s' AND p.doc BETWEEN "
                          "%" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT "%s",
                          get_key (digits),
                          KONTOR_SEARCH_FIRST (type),
                          KONTOR_SEARCH_LAST (type),
                          others);
  g_string_append_printf (sql,
                          " UNION SELECT d.rowid&1099511627775 FROM phone_fts p CROSS JOIN "
                          "search_doc d ON d.rowid=p.rowid WHERE p.phone_fts MATCH '%s' AND "
                          "p.rowid BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT
                          " AND instr(d.phones,'%s')%s",
                          match,
                          KONTOR_SEARCH_FIRST (type),
                          KONTOR_SEARCH_LAST (type),
                          digits,
                          others);
}

/**
 * kontor_search_append_number_sql:
 * @query: a question
 * @type: a record type
 * @sql: a SELECT of rids
 *
 * Appends " UNION SELECT …": the records of @type with the number, or a piece of it, and the words
 * beside it.
 */
void
kontor_search_append_number_sql (const KontorSearchQuery *query,
                                 const KontorRecordType *type,
                                 GString *sql)
{
  g_autofree char *others = kontor_search_make_word_filter (query->others, FALSE);

  for (guint i = 0; i < query->numbers->len; i++)
    append_number (sql, g_ptr_array_index (query->numbers, i), others, type);
}
