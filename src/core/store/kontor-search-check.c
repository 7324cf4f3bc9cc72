/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether search agrees with the records: documents with what they are made of, and the full-text
 * indexes, words and phone numbers with the documents. Reads only: the indexes are compared by sums
 * over all their entries, which come to the same in whatever order they are added up. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-search-private.h"
#include <inttypes.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/* Records that are named; of the others only how many there are. */
#define MAX_NAMED 20
/* What SQLite cuts words at. */
#define MAX_TOKEN_BYTES 32768

typedef struct
{
  guint64 n, sum;
} Sum;

typedef struct
{
  KontorDb *db;
  GPtrArray *problems;
  guint64 n_documents; /* of the present type */
  guint64 n_wrong;
  gboolean is_stale;                 /* numbers are still being read by another country */
  Sum texts, titles, threes, phones; /* as they must be */
  GHashTable *counts;                /* word → how often it is in titles and names */
  GHashTable *once;                  /* entries of the present document */
} SearchCheck;

static void add_problem (SearchCheck *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (SearchCheck *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* --- Documents against records -------------------------------------------------------------- */

static void
report_document (SearchCheck *self, const KontorRecordType *type, const char *title)
{
  if (self->n_wrong++ < MAX_NAMED)
    add_problem (self,
                 /* Translators: a kind of record, its title. */
                 _("%s “%s”: search has something else than the record says."),
                 kontor_record_type_get_label (type),
                 title);
}

static gboolean
check_document (KontorDb *db, const KontorSearchDoc *doc, gpointer data, GError **error)
{
  SearchCheck *self = data;
  g_auto(KontorSearchText) must = { 0 };
  g_auto(KontorSearchText) is = { 0 };
  gboolean found;

  kontor_search_text_fold (&must, db, doc);
  if (!kontor_search_text_read (&is, db, KONTOR_SEARCH_ROWID (doc->type, doc->rid), &found, error))
    return FALSE;
  self->n_documents += found;
  if (self->is_stale && found)
    kontor_search_text_copy_phones (&must, &is);
  if (!found || !kontor_search_text_equal (&is, &must))
    report_document (self, doc->type, doc->title);
  return TRUE;
}

static void
report_extra (SearchCheck *self, const char *label, gint64 n)
{
  if (n > 0)
    add_problem (self,
                 g_dngettext (GETTEXT_PACKAGE,
                              /* Translators: a kind of records. */
                              "%s: search has %" PRId64 " record that is not there.",
                              "%s: search has %" PRId64 " records that are not there.",
                              (gulong) n),
                 label,
                 n);
}

static gboolean
count_documents (KontorDb *db, gint64 from, gint64 to, gint64 *n, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT count(*) FROM search_doc WHERE rowid BETWEEN ? AND ?", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, from);
  sqlite3_bind_int64 (stmt, 2, to);
  if (!kontor_db_step (db, stmt, &row, error))
    return FALSE;
  *n = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
check_type (SearchCheck *self, const KontorRecordType *type, gint64 *n_known, GError **error)
{
  const char *label = kontor_record_type_get_label_plural (type);
  gint64 n;

  self->n_documents = self->n_wrong = 0;
  if (!kontor_derive_each_document (self->db, type, check_document, self, error) ||
      !count_documents (self->db, KONTOR_SEARCH_FIRST (type), KONTOR_SEARCH_LAST (type), &n, error))
    return FALSE;
  if (self->n_wrong > MAX_NAMED)
    add_problem (self,
                 /* Translators: a kind of records, a number. */
                 _("%s: search has something else than the record says in %" PRIu64 " more."),
                 label,
                 self->n_wrong - MAX_NAMED);
  report_extra (self, label, n - (gint64) self->n_documents);
  *n_known += n;
  return TRUE;
}

static gboolean
check_documents (SearchCheck *self, GError **error)
{
  gint64 n_known = 0, n;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if ((type->flags & KONTOR_TYPE_SEARCHED) != 0 && !check_type (self, type, &n_known, error))
        return FALSE;
    }
  if (!count_documents (self->db, G_MININT64, G_MAXINT64, &n, error))
    return FALSE;
  report_extra (self, _("Other records"), n - n_known);
  return TRUE;
}

/* --- Sums over the documents ---------------------------------------------------------------- */

/* One entry of an index: a word and a document. */
static void
add_entry (Sum *sum, const char *word, gsize length, gint64 doc)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ (guint64) doc;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) word[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 29;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  sum->sum += hash ^ hash >> 32;
  sum->n++;
}

static void
count_word (SearchCheck *self, const char *word)
{
  gpointer key, n;

  if (strlen (word) > KONTOR_WORD_MAX_BYTES)
    return;
  if (g_hash_table_lookup_extended (self->counts, word, &key, &n))
    g_hash_table_insert (self->counts,
                         g_strdup (word),
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
  else
    g_hash_table_insert (self->counts, g_strdup (word), GUINT_TO_POINTER (1));
}

/* The words of a column, each once a document. */
static void
sum_words (SearchCheck *self, gint64 doc, const char *text, KontorSearchColumn column)
{
  const char *word;
  gsize length;

  while ((word = kontor_search_next_word (&text, &length)) != NULL)
    {
      char *copy = g_strndup (word, MIN (length, MAX_TOKEN_BYTES));
      gsize cut = strlen (copy);

      if (column <= KONTOR_SEARCH_NAMES)
        count_word (self, copy);
      if (!g_hash_table_add (self->once, copy))
        continue;
      add_entry (&self->texts, copy, cut, doc);
      if (column == KONTOR_SEARCH_TITLE)
        add_entry (&self->titles, copy, cut, doc);
    }
}

static void
sum_phones (SearchCheck *self, gint64 doc, const char *text)
{
  const char *at = text, *digits;
  gsize length;

  g_hash_table_remove_all (self->once);
  for (const char *p = text; strlen (p) >= 3; p++)
    {
      char *three = g_strndup (p, 3);

      if (g_hash_table_add (self->once, three))
        add_entry (&self->threes, three, 3, doc);
    }
  g_hash_table_remove_all (self->once);
  while ((digits = kontor_search_next_word (&at, &length)) != NULL)
    {
      char *key;

      digits = kontor_search_phone_key (digits, &length);
      key = g_strndup (digits, length);
      if (g_hash_table_add (self->once, key))
        add_entry (&self->phones, key, length, doc);
    }
}

static gboolean
sum_documents (SearchCheck *self, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (self->db,
                       "SELECT rowid,title,names,points,text,phones FROM search_doc ORDER BY rowid",
                       error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  for (;;)
    {
      gint64 doc;

      if (!kontor_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      doc = sqlite3_column_int64 (stmt, 0);
      g_hash_table_remove_all (self->once);
      for (guint i = KONTOR_SEARCH_TITLE; i <= KONTOR_SEARCH_TEXT; i++)
        sum_words (self, doc, (const char *) sqlite3_column_text (stmt, (int) i + 1), i);
      sum_phones (self, doc, (const char *) sqlite3_column_text (stmt, 5));
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/* --- Sums over the indexes ------------------------------------------------------------------ */

/* A page of the index that can't be read is what was looked for. */
static gboolean
sum_entries (SearchCheck *self, const char *sql, Sum *sum, gboolean *damaged, GError **error)
{
  sqlite3_stmt *stmt;
  g_autoptr(GError) local_error = NULL;
  gboolean row = TRUE;

  stmt = kontor_db_prepare (self->db, sql, &local_error);
  while (stmt != NULL && row && kontor_db_step (self->db, stmt, &row, &local_error))
    if (row)
      add_entry (sum,
                 (const char *) sqlite3_column_text (stmt, 0),
                 (gsize) sqlite3_column_bytes (stmt, 0),
                 sqlite3_column_int64 (stmt, 1));
  if (stmt != NULL)
    sqlite3_reset (stmt);
  *damaged = local_error != NULL && kontor_error_is (local_error, KONTOR_ERROR_CORRUPT);
  if (local_error == NULL || *damaged)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
compare_sums (SearchCheck *self,
              const char *sql,
              const Sum *must,
              const char *problem,
              GError **error)
{
  Sum is = { 0, 0 };
  gboolean damaged;

  if (!sum_entries (self, sql, &is, &damaged, error))
    return FALSE;
  if (damaged || is.n != must->n || is.sum != must->sum)
    add_problem (self, "%s", problem);
  return TRUE;
}

/* What is in a full-text index is shown by a table of the connection's own. */
static gboolean
compare_indexes (SearchCheck *self, GError **error)
{
  gboolean ok =
    kontor_db_exec (self->db,
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_entry USING "
                    "fts5vocab(main, search_fts, instance);"
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.title_entry USING "
                    "fts5vocab(main, title_fts, instance);"
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.phone_entry USING "
                    "fts5vocab(main, phone_fts, instance)",
                    error) &&
    compare_sums (self,
                  "SELECT term,doc FROM temp.search_entry",
                  &self->texts,
                  _("The full-text index does not agree with what it is made of."),
                  error) &&
    compare_sums (self,
                  "SELECT term,doc FROM temp.title_entry",
                  &self->titles,
                  _("The index of titles does not agree with what it is made of."),
                  error) &&
    compare_sums (self,
                  "SELECT term,doc FROM temp.phone_entry",
                  &self->threes,
                  _("The index of parts of phone numbers does not agree with the numbers."),
                  error) &&
    compare_sums (self,
                  "SELECT digits,doc FROM phone_digits",
                  &self->phones,
                  _("The index of phone numbers does not agree with the numbers."),
                  error);

  g_hash_table_remove_all (self->db->statements);
  return kontor_db_exec (self->db,
                         "DROP TABLE IF EXISTS temp.search_entry;"
                         "DROP TABLE IF EXISTS temp.title_entry;"
                         "DROP TABLE IF EXISTS temp.phone_entry",
                         ok ? error : NULL) &&
         ok;
}

/* Reading connections allow no changes, not even of tables that only they have. */
static gboolean
check_indexes (SearchCheck *self, GError **error)
{
  gint64 query_only = kontor_db_get_integer (self->db, "PRAGMA query_only", 0);
  gboolean ok;

  if (!sum_documents (self, error) || !kontor_db_exec (self->db, "PRAGMA query_only=OFF", error))
    return FALSE;
  ok = compare_indexes (self, error);
  if (query_only != 0)
    kontor_db_exec (self->db, "PRAGMA query_only=ON", NULL);
  return ok;
}

/* --- Words ---------------------------------------------------------------------------------- */

static gboolean
check_words (SearchCheck *self, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db, "SELECT w,n FROM word", error);
  gboolean row = TRUE;
  guint n_wrong = 0;

  if (stmt == NULL)
    return FALSE;
  for (;;)
    {
      gpointer key, n = NULL;

      if (!kontor_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!g_hash_table_steal_extended (self->counts,
                                        (const char *) sqlite3_column_text (stmt, 0),
                                        &key,
                                        &n))
        key = NULL;
      g_free (key);
      n_wrong += GPOINTER_TO_UINT (n) != (guint64) sqlite3_column_int64 (stmt, 1);
    }
  sqlite3_reset (stmt);
  /* what was not taken is missing */
  n_wrong += g_hash_table_size (self->counts);
  if (n_wrong > 0)
    add_problem (self,
                 g_dngettext (GETTEXT_PACKAGE,
                              "The list of words of search is wrong in %u place.",
                              "The list of words of search is wrong in %u places.",
                              n_wrong),
                 n_wrong);
  return TRUE;
}

/**
 * kontor_search_check:
 * @db: a connection
 * @problems: (element-type utf8): what is found is added, a sentence each
 * @error: (nullable): place for an error
 *
 * Compares search with the records. While a bulk load runs there is nothing to compare: what it
 * puts off is made at its end, or at the next opening.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_check (KontorDb *db, GPtrArray *problems, GError **error)
{
  SearchCheck self = {
    .db = db,
    .problems = problems,
    .counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .is_stale = kontor_search_is_stale (db),
    .once = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean ok =
    kontor_db_get_meta_integer (db, "bulk", 0) != 0 ||
    (check_documents (&self, error) && check_indexes (&self, error) && check_words (&self, error));

  g_hash_table_unref (self.counts);
  g_hash_table_unref (self.once);
  return ok;
}
