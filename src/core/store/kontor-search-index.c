/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search index (C7 to C9): documents, their full-text index, words of titles and names, digits
 * of phone numbers. Kept up to date beside the rows; a bulk load only writes the documents, and
 * kontor-search-rebuild.c makes the rest of them. */
#include "config.h"

#include "kontor-search-private.h"
#include <string.h>

/* detail: positions would double the index; nothing asks for them. columnsize: nothing is ranked by
 * frequency. prefix: beginnings of few letters would else be put together of half the index; see
 * KONTOR_SEARCH_INDEX_LETTERS. title_fts: of titles alone, so that a beginning few titles have and
 * very many addresses is not looked for among the addresses. categories: each word of a folded text
 * is one token, also of letters that are newer than SQLite. */
#define FOLDED_TOKENS "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn'\""
#define OVER_DOCUMENTS "content='search_doc', content_rowid='rowid', detail=none, columnsize=0"

/* As SQLite keeps them. */
static const struct
{
  const char *name, *sql;
} tables[] = {
  { "search_doc",
    "CREATE TABLE search_doc(rowid INTEGER PRIMARY KEY, type INTEGER NOT NULL,"
    " id BLOB NOT NULL, title TEXT NOT NULL, names TEXT NOT NULL, points TEXT NOT NULL,"
    " phones TEXT NOT NULL, text TEXT NOT NULL) STRICT" },
  { "search_fts",
    "CREATE VIRTUAL TABLE search_fts USING fts5(title, names, points, text, " OVER_DOCUMENTS
    ", prefix='2 3 4', " FOLDED_TOKENS ")" },
  { "title_fts",
    "CREATE VIRTUAL TABLE title_fts USING fts5(title, " OVER_DOCUMENTS
    ", prefix='1 2 3 4', " FOLDED_TOKENS ")" },
  { "phone_fts",
    "CREATE VIRTUAL TABLE phone_fts USING fts5(phones, " OVER_DOCUMENTS ", tokenize='trigram')" },
  { "word",
    "CREATE TABLE word(no INTEGER PRIMARY KEY AUTOINCREMENT, w TEXT NOT NULL UNIQUE,"
    " n INTEGER NOT NULL) STRICT" },
  { "phone_digits",
    "CREATE TABLE phone_digits(digits TEXT NOT NULL, doc INTEGER NOT NULL,"
    " PRIMARY KEY(digits,doc)) STRICT, WITHOUT ROWID" },
};

/* Bytes of words kept before they are written. A transaction of a person never has as many; made
 * anew, the indexes are in few pieces by this and need not be put together again and again. */
static const char options[] = "INSERT INTO search_fts(search_fts,rank) VALUES('hashsize',67108864);"
                              "INSERT INTO title_fts(title_fts,rank) VALUES('hashsize',33554432);"
                              "INSERT INTO phone_fts(phone_fts,rank) VALUES('hashsize',33554432);";

static gboolean
is_present (KontorDb *db, const char *name, const char *sql, gboolean *present, GError **error)
{
  g_autofree char *drop = g_strdup_printf ("DROP TABLE \"%s\"", name);
  sqlite3_stmt *stmt = kontor_db_prepare (db, "SELECT sql FROM sqlite_schema WHERE name=?", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, name, -1, SQLITE_STATIC);
  if (!kontor_db_step (db, stmt, &row, error))
    return FALSE;
  *present = row && g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), sql) == 0;
  sqlite3_reset (stmt);
  return !row || *present || kontor_db_exec (db, drop, error);
}

/**
 * kontor_search_create:
 * @db: a writing connection
 * @error: (nullable): place for an error
 *
 * Makes the tables of search that are not there, or are those of another version: all of it is made
 * anew then, see kontor_recover_bulk().
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_create (KontorDb *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gboolean present;

      if (!is_present (db, tables[i].name, tables[i].sql, &present, error) ||
          (!present && !kontor_db_exec (db, tables[i].sql, error)))
        return FALSE;
    }
  return kontor_db_exec (db, options, error);
}

/**
 * kontor_search_update_hash:
 * @sum: a checksum
 *
 * Adds what the tables of search are made by: two programs with others can't write the same file.
 */
void
kontor_search_update_hash (GChecksum *sum)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_checksum_update (sum, (const guchar *) tables[i].sql, -1);
}

static void
bind_column (sqlite3_stmt *stmt, int i, const KontorSearchText *text, KontorSearchColumn column)
{
  sqlite3_bind_text (stmt, i, kontor_search_text_get (text, column), -1, SQLITE_STATIC);
}

/* --- Words ---------------------------------------------------------------------------------- */

static void
count_words (GHashTable *changes, const char *text, int sign)
{
  const char *word;
  gsize length;

  while ((word = kontor_search_next_word (&text, &length)) != NULL)
    {
      char *key;
      int n;

      if (length > KONTOR_WORD_MAX_BYTES)
        continue;
      key = g_strndup (word, length);
      n = GPOINTER_TO_INT (g_hash_table_lookup (changes, key)) + sign;
      g_hash_table_insert (changes, key, GINT_TO_POINTER (n));
    }
}

static gboolean
add_to_word (KontorDb *db, const char *word, int n, gboolean *known, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "UPDATE word SET n=n+? WHERE w=? RETURNING n", error);
  gint64 left = 0;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, n);
  sqlite3_bind_text (stmt, 2, word, -1, SQLITE_STATIC);
  if (!kontor_db_step (db, stmt, known, error))
    return FALSE;
  if (*known)
    left = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  if (!*known || left > 0)
    return TRUE;
  stmt = kontor_db_prepare (db, "DELETE FROM word WHERE w=?", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, word, -1, SQLITE_STATIC);
  return kontor_db_run (db, stmt, error);
}

static gboolean
change_word (KontorDb *db, const char *word, int n, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean known;

  if (n == 0)
    return TRUE;
  if (!add_to_word (db, word, n, &known, error))
    return FALSE;
  if (known || n < 0)
    return TRUE;
  stmt = kontor_db_prepare (db, "INSERT INTO word(w,n) VALUES(?,?)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, word, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 2, n);
  return kontor_db_run (db, stmt, error);
}

static gboolean
change_words (KontorDb *db,
              const KontorSearchText *was,
              const KontorSearchText *now,
              GError **error)
{
  g_autoptr(GHashTable) changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer word, n;

  for (guint column = KONTOR_SEARCH_TITLE; column <= KONTOR_SEARCH_NAMES; column++)
    {
      if (was != NULL)
        count_words (changes, kontor_search_text_get (was, column), -1);
      if (now != NULL)
        count_words (changes, kontor_search_text_get (now, column), 1);
    }
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &word, &n))
    if (!change_word (db, word, GPOINTER_TO_INT (n), error))
      return FALSE;
  return TRUE;
}

/* --- Phones --------------------------------------------------------------------------------- */

static gboolean
change_phones (KontorDb *db,
               const char *sql,
               gint64 rowid,
               const KontorSearchText *text,
               GError **error)
{
  const char *at = kontor_search_text_get (text, KONTOR_SEARCH_PHONES);
  const char *digits;
  gsize length;

  while ((digits = kontor_search_next_word (&at, &length)) != NULL)
    {
      sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);

      if (stmt == NULL)
        return FALSE;
      digits = kontor_search_phone_key (digits, &length);
      sqlite3_bind_text (stmt, 1, digits, (int) length, SQLITE_STATIC);
      sqlite3_bind_int64 (stmt, 2, rowid);
      if (!kontor_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Documents ------------------------------------------------------------------------------ */

static gboolean
differs (const KontorSearchText *was,
         const KontorSearchText *now,
         KontorSearchColumn from,
         KontorSearchColumn to)
{
  if (was == NULL || now == NULL)
    return TRUE;
  for (guint i = from; i <= to; i++)
    if (strcmp (kontor_search_text_get (was, i), kontor_search_text_get (now, i)) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
replace_phones (KontorDb *db,
                gint64 rowid,
                const KontorSearchText *was,
                const KontorSearchText *now,
                GError **error)
{
  if (was != NULL &&
      !change_phones (db, "DELETE FROM phone_digits WHERE digits=? AND doc=?", rowid, was, error))
    return FALSE;
  return now == NULL || change_phones (db,
                                       "INSERT OR IGNORE INTO phone_digits(digits,doc) VALUES(?,?)",
                                       rowid,
                                       now,
                                       error);
}

/* What is made of the documents, when one of them becomes another, comes or goes. */
static gboolean
update_index (KontorDb *db,
              gint64 rowid,
              const KontorSearchText *was,
              const KontorSearchText *now,
              GError **error)
{
  if (db->bulk || db->search_later)
    return TRUE;
  if (!kontor_search_fts_replace (db, rowid, was, now, error))
    return FALSE;
  if (differs (was, now, KONTOR_SEARCH_TITLE, KONTOR_SEARCH_NAMES) &&
      !change_words (db, was, now, error))
    return FALSE;
  return !differs (was, now, KONTOR_SEARCH_PHONES, KONTOR_SEARCH_PHONES) ||
         replace_phones (db, rowid, was, now, error);
}

static gboolean
write_document (KontorDb *db,
                const char *sql,
                const KontorSearchDoc *doc,
                const KontorSearchText *text,
                GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, KONTOR_SEARCH_ROWID (doc->type, doc->rid));
  sqlite3_bind_int (stmt, 2, doc->type->number);
  sqlite3_bind_blob (stmt, 3, doc->id.b, KONTOR_ID_SIZE, SQLITE_STATIC);
  for (guint i = 0; i < KONTOR_N_SEARCH_COLUMNS; i++)
    bind_column (stmt, (int) i + 4, text, i);
  return kontor_db_run (db, stmt, error);
}

static gboolean
replace_document (KontorDb *db,
                  const KontorSearchDoc *doc,
                  const KontorSearchText *now,
                  gboolean *found,
                  GError **error)
{
  gint64 rowid = KONTOR_SEARCH_ROWID (doc->type, doc->rid);
  g_auto(KontorSearchText) was = { 0 };

  if (!kontor_search_text_read (&was, db, rowid, found, error))
    return FALSE;
  if (!*found || kontor_search_text_equal (&was, now))
    return TRUE;
  return write_document (db,
                         "UPDATE search_doc SET type=?2,id=?3,title=?4,names=?5,points=?6,text=?7,"
                         "phones=?8 WHERE rowid=?1",
                         doc,
                         now,
                         error) &&
         update_index (db, rowid, &was, now, error);
}

/**
 * kontor_search_put:
 * @db: a writing connection, in a transaction
 * @doc: a document
 * @is_new: whether there is most likely none of its rowid yet
 * @error: (nullable): place for an error
 *
 * Writes a document where it differs from the one that is there.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_put (KontorDb *db, const KontorSearchDoc *doc, gboolean is_new, GError **error)
{
  g_auto(KontorSearchText) now = { 0 };
  gboolean found;

  kontor_search_text_fold (&now, db, doc);
  if (!is_new)
    {
      if (!replace_document (db, doc, &now, &found, error))
        return FALSE;
      if (found)
        return TRUE;
    }
  if (!write_document (db,
                       "INSERT OR IGNORE INTO search_doc(rowid,type,id,title,names,points,text,"
                       "phones) VALUES(?,?,?,?,?,?,?,?)",
                       doc,
                       &now,
                       error))
    return FALSE;
  if (sqlite3_changes (db->handle) == 0)
    return replace_document (db, doc, &now, &found, error);
  return update_index (db, KONTOR_SEARCH_ROWID (doc->type, doc->rid), NULL, &now, error);
}

/**
 * kontor_search_remove:
 * @db: a writing connection, in a transaction
 * @type: a record type
 * @rid: a record of it
 * @error: (nullable): place for an error
 *
 * Takes a document out of the index. That there is none is no error.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_remove (KontorDb *db, const KontorRecordType *type, gint64 rid, GError **error)
{
  gint64 rowid = KONTOR_SEARCH_ROWID (type, rid);
  g_auto(KontorSearchText) was = { 0 };
  sqlite3_stmt *stmt;
  gboolean found;

  if (!kontor_search_text_read (&was, db, rowid, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  stmt = kontor_db_prepare (db, "DELETE FROM search_doc WHERE rowid=?", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rowid);
  return kontor_db_run (db, stmt, error) && update_index (db, rowid, &was, NULL, error);
}
