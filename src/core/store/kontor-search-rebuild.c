/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index made anew from the documents, after a bulk load and for repair: the full-text indexes
 * by one statement for many documents, words and phone numbers gathered in memory and written in
 * order. */
#include "config.h"

#include "kontor-phone.h"
#include "kontor-search-private.h"
#include <stdlib.h>
#include <string.h>

/* Documents a transaction: enough that the full-text index is not cut into small pieces. */
#define CHUNK_DOCUMENTS 50000
#define CHUNK_ROWS 100000
#define WAL_LIMIT_PAGES 16384

/* Numbers in the order of their texts: the digits filled up with zeros to nine, then how many there
 * are. */
typedef struct
{
  guint64 key;
  gint64 doc;
} Phone;

#define PHONE_LENGTH(key) ((key) % 16)
#define PHONE_DIGITS(key) ((key) / 16)

typedef struct
{
  KontorDb *db;
  GHashTable *words; /* word → how often */
  GStringChunk *word_bytes;
  GArray *phones; /* (element-type Phone) */
  KontorProgress progress;
  gpointer progress_data;
  guint64 done, total;
} Rebuild;

static void
report (Rebuild *self, guint64 n)
{
  self->done += n;
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->total), self->total, self->progress_data);
}

/* The WAL of what is written here would grow as large as the index. */
static gboolean
commit (KontorDb *db, GError **error)
{
  if (!kontor_db_commit (db, error))
    return FALSE;
  return g_atomic_int_get (&db->wal_pages) < WAL_LIMIT_PAGES ||
         kontor_db_checkpoint (db, FALSE, error);
}

/* The mark of a bulk load stays until everything is there: what dies in between is begun again at
 * the next opening. */
static gboolean
empty_all (KontorDb *db, GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  if (kontor_db_set_meta_integer (db, "bulk", 1, error) &&
      kontor_db_exec (db,
                      "INSERT INTO search_fts(search_fts) VALUES('delete-all');"
                      "INSERT INTO phone_fts(phone_fts) VALUES('delete-all');"
                      "DELETE FROM word; DELETE FROM phone_digits",
                      error) &&
      kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/* --- Documents ------------------------------------------------------------------------------ */

static void
gather_words (Rebuild *self, const char *text)
{
  const char *word;
  gsize length;
  char key[KONTOR_WORD_MAX_BYTES + 1];

  while ((word = kontor_search_next_word (&text, &length)) != NULL)
    {
      gpointer known, n;

      if (length > KONTOR_WORD_MAX_BYTES)
        continue;
      memcpy (key, word, length);
      key[length] = '\0';
      if (g_hash_table_lookup_extended (self->words, key, &known, &n))
        g_hash_table_insert (self->words, known, GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
      else
        g_hash_table_insert (self->words,
                             g_string_chunk_insert_len (self->word_bytes, key, (gssize) length),
                             GUINT_TO_POINTER (1));
    }
}

static void
gather_phones (Rebuild *self, gint64 doc, const char *text)
{
  const char *digits;
  gsize length;

  while ((digits = kontor_search_next_word (&text, &length)) != NULL)
    {
      Phone phone = { .doc = doc };

      digits = kontor_search_phone_key (digits, &length);
      for (gsize i = 0; i < KONTOR_PHONE_MATCH_DIGITS; i++)
        phone.key = phone.key * 10 + (i < length ? (guint64) (digits[i] - '0') : 0);
      phone.key = phone.key * 16 + length;
      g_array_append_val (self->phones, phone);
    }
}

/* Reads documents from @from on; @next: where to go on, 0 at the end. */
static gboolean
gather_chunk (Rebuild *self, gint64 from, gint64 *next, guint *n, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db,
                                          "SELECT rowid,title,names,phones FROM search_doc "
                                          "WHERE rowid>=? ORDER BY rowid LIMIT ?",
                                          error);
  gboolean row = TRUE;

  *next = 0;
  *n = 0;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, from);
  sqlite3_bind_int (stmt, 2, CHUNK_DOCUMENTS);
  for (;;)
    {
      gint64 doc;

      if (!kontor_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      doc = sqlite3_column_int64 (stmt, 0);
      gather_words (self, (const char *) sqlite3_column_text (stmt, 1));
      gather_words (self, (const char *) sqlite3_column_text (stmt, 2));
      gather_phones (self, doc, (const char *) sqlite3_column_text (stmt, 3));
      *next = doc + 1;
      (*n)++;
    }
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
insert_range (KontorDb *db, const char *sql, gint64 from, gint64 to, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, from);
  sqlite3_bind_int64 (stmt, 2, to);
  return kontor_db_run (db, stmt, error);
}

static gboolean
index_chunk (Rebuild *self, gint64 from, gint64 to, GError **error)
{
  if (!kontor_db_begin (self->db, error))
    return FALSE;
  if (insert_range (self->db,
                    "INSERT INTO search_fts(rowid,title,names,points,text) SELECT rowid,title,"
                    "names,points,text FROM search_doc WHERE rowid>=? AND rowid<?",
                    from,
                    to,
                    error) &&
      insert_range (self->db,
                    "INSERT INTO phone_fts(rowid,phones) SELECT rowid,phones FROM search_doc "
                    "WHERE rowid>=? AND rowid<? AND phones<>''",
                    from,
                    to,
                    error) &&
      commit (self->db, error))
    return TRUE;
  kontor_db_rollback (self->db);
  return FALSE;
}

static gboolean
index_documents (Rebuild *self, GError **error)
{
  gint64 from = G_MININT64, next;
  guint n;

  for (;;)
    {
      if (!gather_chunk (self, from, &next, &n, error))
        return FALSE;
      if (n == 0)
        return TRUE;
      if (!index_chunk (self, from, next, error))
        return FALSE;
      report (self, n);
      from = next;
    }
}

/* --- Words ---------------------------------------------------------------------------------- */

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
insert_word (Rebuild *self, const char *word, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db, "INSERT INTO word(w,n) VALUES(?,?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, word, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, GPOINTER_TO_UINT (g_hash_table_lookup (self->words, word)));
  return kontor_db_run (self->db, stmt, error);
}

static gboolean
insert_phone (Rebuild *self, const Phone *phone, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (self->db,
                       "INSERT OR IGNORE INTO phone_digits(digits,doc) VALUES(?,?)",
                       error);
  char digits[24];

  if (stmt == NULL)
    return FALSE;
  g_snprintf (digits, sizeof digits, "%09" G_GUINT64_FORMAT, PHONE_DIGITS (phone->key));
  sqlite3_bind_text (stmt, 1, digits, (int) PHONE_LENGTH (phone->key), SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, phone->doc);
  return kontor_db_run (self->db, stmt, error);
}

typedef gboolean (*InsertNth) (Rebuild *self, gpointer list, guint i, GError **error);

static gboolean
insert_nth_word (Rebuild *self, gpointer list, guint i, GError **error)
{
  return insert_word (self, ((const char **) list)[i], error);
}

static gboolean
insert_nth_phone (Rebuild *self, gpointer list, guint i, GError **error)
{
  return insert_phone (self, &((const Phone *) list)[i], error);
}

static gboolean
insert_all (Rebuild *self, gpointer list, guint n, InsertNth insert, GError **error)
{
  for (guint i = 0; i < n; i += CHUNK_ROWS)
    {
      gboolean ok = kontor_db_begin (self->db, error);

      if (!ok)
        return FALSE;
      for (guint k = i; ok && k < MIN (n, i + CHUNK_ROWS); k++)
        ok = insert (self, list, k, error);
      if (!ok || !commit (self->db, error))
        {
          kontor_db_rollback (self->db);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_words (Rebuild *self, GError **error)
{
  guint n;
  g_autofree gpointer *words = g_hash_table_get_keys_as_array (self->words, &n);

  qsort (words, n, sizeof *words, compare_words);
  return insert_all (self, words, n, insert_nth_word, error);
}

/* --- Phones --------------------------------------------------------------------------------- */

static int
compare_phones (gconstpointer a, gconstpointer b)
{
  const Phone *phone_a = a, *phone_b = b;

  if (phone_a->key != phone_b->key)
    return phone_a->key < phone_b->key ? -1 : 1;
  return phone_a->doc < phone_b->doc ? -1 : phone_a->doc > phone_b->doc;
}

static gboolean
write_phones (Rebuild *self, GError **error)
{
  g_array_sort (self->phones, compare_phones);
  return insert_all (self, self->phones->data, self->phones->len, insert_nth_phone, error);
}

/* --- Documents of nothing ------------------------------------------------------------------- */

static gboolean
delete_orphans (KontorDb *db, const KontorRecordType *type, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare_printf (db,
                              error,
                              "DELETE FROM search_doc WHERE rowid BETWEEN ? AND ? AND NOT EXISTS("
                              "SELECT 1 FROM \"%s\" WHERE rid=(search_doc.rowid&1099511627775) "
                              "AND hid=0)",
                              type->name);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, KONTOR_SEARCH_FIRST (type));
  sqlite3_bind_int64 (stmt, 2, KONTOR_SEARCH_LAST (type));
  return kontor_db_run (db, stmt, error);
}

static gboolean
delete_strangers (KontorDb *db, GError **error)
{
  g_autoptr(GString) sql =
    g_string_new ("DELETE FROM search_doc WHERE rowid<0 OR (rowid>>40) NOT IN (-1");

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if ((type->flags & KONTOR_TYPE_SEARCHED) != 0)
        g_string_append_printf (sql, ",%u", type->number);
    }
  g_string_append_c (sql, ')');
  return kontor_db_exec (db, sql->str, error);
}

/**
 * kontor_search_drop_orphans:
 * @db: the writing connection, in no transaction; its index is made anew afterwards
 * @error: (nullable): place for an error
 *
 * Deletes documents of records that are not there or in the trash.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_drop_orphans (KontorDb *db, GError **error)
{
  gboolean ok;

  if (!kontor_db_begin (db, error))
    return FALSE;
  ok = delete_strangers (db, error);
  for (guint i = 0; ok && i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      ok = (type->flags & KONTOR_TYPE_SEARCHED) == 0 || delete_orphans (db, type, error);
    }
  if (ok && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/* --- All of it ------------------------------------------------------------------------------ */

static gboolean
finish (Rebuild *self, GError **error)
{
  gint64 generation = kontor_db_get_meta_integer (self->db, "word_generation", 0);

  if (!write_words (self, error) || !write_phones (self, error) ||
      !kontor_db_begin (self->db, error))
    return FALSE;
  if (kontor_db_set_meta_integer (self->db, "word_generation", generation + 1, error) &&
      kontor_db_commit (self->db, error))
    return TRUE;
  kontor_db_rollback (self->db);
  return FALSE;
}

/**
 * kontor_search_rebuild_index:
 * @db: the writing connection, in no transaction
 * @progress: (nullable): told how far it is
 * @data: for @progress
 * @error: (nullable): place for an error
 *
 * Makes the full-text indexes, the words and the phone numbers anew from the documents, in
 * transactions of its own. While it is at it, and when it fails, the mark of a bulk load stands in
 * the file: taking it away is the caller's.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_rebuild_index (KontorDb *db, KontorProgress progress, gpointer data, GError **error)
{
  gint64 n = kontor_db_get_integer (db, "SELECT count(*) FROM search_doc", 0);
  Rebuild self = { .db = db,
                   .words = g_hash_table_new (g_str_hash, g_str_equal),
                   .word_bytes = g_string_chunk_new (65536),
                   .phones = g_array_new (FALSE, FALSE, sizeof (Phone)),
                   .progress = progress,
                   .progress_data = data,
                   /* words and phones take about as long as a fifth of the documents */
                   .total = (guint64) n + (guint64) n / 5 + 1 };
  gboolean ok;

  db->search_later = TRUE;
  ok = empty_all (db, error) && index_documents (&self, error) && finish (&self, error);
  if (ok)
    {
      db->search_later = FALSE;
      report (&self, self.total);
    }
  g_hash_table_unref (self.words);
  g_string_chunk_free (self.word_bytes);
  g_array_unref (self.phones);
  return ok;
}
