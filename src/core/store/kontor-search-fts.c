/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full-text indexes when a document changes: of a text only the words that come and go are
 * taken out and put in. An index knows which documents have a word and nothing else (detail=none),
 * so that the rest of the text may stay as it is. */
#include "config.h"

#include "kontor-search-private.h"
#include <string.h>

/* Columns of the text index; that of titles has the first of them. */
#define MAX_COLUMNS 4

typedef struct
{
  const char *take_out, *put_in; /* ?1 is the rowid, the columns follow */
  guint n_columns;
  guint letters; /* of the shortest beginnings in the index */
} Fts;

static const Fts text_index = {
  "INSERT INTO search_fts(search_fts,rowid,title,names,points,text) VALUES('delete',?,?,?,?,?)",
  "INSERT INTO search_fts(rowid,title,names,points,text) VALUES(?,?,?,?,?)",
  4,
  2,
};

static const Fts title_index = {
  "INSERT INTO title_fts(title_fts,rowid,title) VALUES('delete',?,?)",
  "INSERT INTO title_fts(rowid,title) VALUES(?,?)",
  1,
  1,
};

/* How often a word is in each column. */
typedef struct
{
  guint was[MAX_COLUMNS], is[MAX_COLUMNS];
} Counts;

static void
count_words (GHashTable *words, const KontorSearchText *text, const Fts *fts, gboolean is)
{
  for (guint column = 0; text != NULL && column < fts->n_columns; column++)
    {
      const char *at = kontor_search_text_get (text, column), *word;
      gsize length;

      while ((word = kontor_search_next_word (&at, &length)) != NULL)
        {
          g_autofree char *key = g_strndup (word, length);
          Counts *counts = g_hash_table_lookup (words, key);

          if (counts == NULL)
            {
              counts = g_new0 (Counts, 1);
              g_hash_table_insert (words, g_steal_pointer (&key), counts);
            }
          (is ? counts->is : counts->was)[column]++;
        }
    }
}

static char *
dup_beginning (const char *word, guint letters)
{
  const char *end = word;

  for (guint i = 0; i < letters && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  return g_strndup (word, (gsize) (end - word));
}

/* The beginnings of words are in the index too, once for all words of a document that begin so.
 * Taking one of the words out takes them along: the others are put in again. */
static GHashTable *
list_touched (GHashTable *words, const Fts *fts)
{
  GHashTable *touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer word, value;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, &value))
    {
      const Counts *counts = value;

      if (memcmp (counts->was, counts->is, sizeof counts->is) != 0)
        g_hash_table_add (touched, dup_beginning (word, fts->letters));
    }
  return touched;
}

static void
append_word (GString *text, const char *word, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
}

/* What to take out of each column and what to put in. */
typedef struct
{
  GString *out[MAX_COLUMNS], *in[MAX_COLUMNS];
  gboolean any;
} Difference;

static void
compare_words (const Fts *fts,
               const KontorSearchText *was,
               const KontorSearchText *now,
               Difference *difference)
{
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) touched = NULL;
  GHashTableIter iter;
  gpointer word, value;

  count_words (words, was, fts, FALSE);
  count_words (words, now, fts, TRUE);
  touched = list_touched (words, fts);
  difference->any = g_hash_table_size (touched) > 0;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, &value))
    {
      const Counts *counts = value;
      g_autofree char *beginning = dup_beginning (word, fts->letters);

      for (guint i = 0; i < fts->n_columns && g_hash_table_contains (touched, beginning); i++)
        {
          append_word (difference->out[i], word, counts->was[i]);
          append_word (difference->in[i], word, counts->is[i]);
        }
    }
}

static gboolean
change_words (KontorDb *db,
              const Fts *fts,
              const char *sql,
              gint64 rowid,
              GString *const *columns,
              GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rowid);
  for (guint i = 0; i < fts->n_columns; i++)
    sqlite3_bind_text (stmt, (int) i + 2, columns[i]->str, -1, SQLITE_STATIC);
  return kontor_db_run (db, stmt, error);
}

static gboolean
replace_words (KontorDb *db,
               const Fts *fts,
               gint64 rowid,
               const KontorSearchText *was,
               const KontorSearchText *now,
               GError **error)
{
  Difference difference = { 0 };
  gboolean ok = TRUE;

  for (guint i = 0; i < fts->n_columns; i++)
    {
      difference.out[i] = g_string_new (NULL);
      difference.in[i] = g_string_new (NULL);
    }
  compare_words (fts, was, now, &difference);
  if (difference.any && was != NULL)
    ok = change_words (db, fts, fts->take_out, rowid, difference.out, error);
  if (ok && difference.any && now != NULL)
    ok = change_words (db, fts, fts->put_in, rowid, difference.in, error);
  for (guint i = 0; i < fts->n_columns; i++)
    {
      g_string_free (difference.out[i], TRUE);
      g_string_free (difference.in[i], TRUE);
    }
  return ok;
}

static gboolean
change_phones (KontorDb *db, const char *sql, gint64 rowid, const char *phones, GError **error)
{
  sqlite3_stmt *stmt;

  if (*phones == '\0')
    return TRUE;
  stmt = kontor_db_prepare (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rowid);
  sqlite3_bind_text (stmt, 2, phones, -1, SQLITE_STATIC);
  return kontor_db_run (db, stmt, error);
}

static const char *
get_phones (const KontorSearchText *text)
{
  return text != NULL ? kontor_search_text_get (text, KONTOR_SEARCH_PHONES) : "";
}

/**
 * kontor_search_fts_replace:
 * @db: a writing connection, in a transaction
 * @rowid: of a document
 * @was: (nullable): as it was, %NULL for a new one
 * @now: (nullable): as it is, %NULL when it goes
 * @error: (nullable): place for an error
 *
 * Brings the full-text indexes up to date.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_fts_replace (KontorDb *db,
                           gint64 rowid,
                           const KontorSearchText *was,
                           const KontorSearchText *now,
                           GError **error)
{
  if (!replace_words (db, &text_index, rowid, was, now, error) ||
      !replace_words (db, &title_index, rowid, was, now, error))
    return FALSE;
  if (strcmp (get_phones (was), get_phones (now)) == 0)
    return TRUE;
  return change_phones (db,
                        "INSERT INTO phone_fts(phone_fts,rowid,phones) VALUES('delete',?,?)",
                        rowid,
                        get_phones (was),
                        error) &&
         change_phones (db,
                        "INSERT INTO phone_fts(rowid,phones) VALUES(?,?)",
                        rowid,
                        get_phones (now),
                        error);
}
