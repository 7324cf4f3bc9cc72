/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index made anew from the documents, after a bulk load and for repair: the full-text indexes
 * by one statement for many documents, words and phone numbers gathered in memory and written in
 * order. */
#include "config.h"

#include "kontor-phone.h"
#include "kontor-search-private.h"
#include <stdlib.h>
#include <string.h>

#define REPORT_EVERY 5000
#define CHUNK_ROWS 100000
#define N_THREES 1000

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
  GArray *phones;         /* (element-type Phone) */
  guint threes[N_THREES]; /* how often three digits are in numbers */
  KontorProgress progress;
  gpointer progress_data;
  guint64 done, total;
} Rebuild;

static void
report (Rebuild *self)
{
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->total), self->total, self->progress_data);
}

static void
tick (Rebuild *self)
{
  if (self->done++ % REPORT_EVERY == 0)
    report (self);
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
                      "INSERT INTO title_fts(title_fts) VALUES('delete-all');"
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
gather_threes (Rebuild *self, const char *digits, gsize length)
{
  for (gsize i = 0; i + 3 <= length; i++)
    self->threes[(digits[i] - '0') * 100 + (digits[i + 1] - '0') * 10 + digits[i + 2] - '0']++;
}

static void
gather_phones (Rebuild *self, gint64 doc, const char *text)
{
  const char *digits;
  gsize length;

  while ((digits = kontor_search_next_word (&text, &length)) != NULL)
    {
      Phone phone = { .doc = doc };

      gather_threes (self, digits, length);
      digits = kontor_search_phone_key (digits, &length);
      for (gsize i = 0; i < KONTOR_PHONE_MATCH_DIGITS; i++)
        phone.key = phone.key * 10 + (i < length ? (guint64) (digits[i] - '0') : 0);
      phone.key = phone.key * 16 + length;
      g_array_append_val (self->phones, phone);
    }
}

static gboolean
gather (Rebuild *self, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db,
                                          "SELECT rowid,title,names,phones FROM search_doc "
                                          "ORDER BY rowid",
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
      gather_words (self, (const char *) sqlite3_column_text (stmt, 1));
      gather_words (self, (const char *) sqlite3_column_text (stmt, 2));
      gather_phones (self, doc, (const char *) sqlite3_column_text (stmt, 3));
      tick (self);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/* kontor_tick (ROWID): the rowid; tells how far it is */
static void
tick_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  tick (sqlite3_user_data (context));
  sqlite3_result_value (context, values[0]);
}

static gboolean
set_tick (Rebuild *self, gboolean on, GError **error)
{
  int rc = sqlite3_create_function_v2 (self->db->handle,
                                       "kontor_tick",
                                       1,
                                       SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                       on ? self : NULL,
                                       on ? tick_cb : NULL,
                                       NULL,
                                       NULL,
                                       NULL);

  if (rc == SQLITE_OK)
    return TRUE;
  kontor_db_set_error (self->db, rc, error);
  return FALSE;
}

/* One statement each: at the beginning of every statement SQLite has the index written, and many
 * small pieces would have to be put together again. */
static gboolean
index_documents (Rebuild *self, GError **error)
{
  static const char *const inserts[] = {
    "INSERT INTO search_fts(rowid,title,names,points,text) SELECT kontor_tick(rowid),title,names,"
    "points,text FROM search_doc",
    "INSERT INTO title_fts(rowid,title) SELECT rowid,title FROM search_doc WHERE title<>''",
    "INSERT INTO phone_fts(rowid,phones) SELECT rowid,phones FROM search_doc WHERE phones<>''",
  };

  for (guint i = 0; i < G_N_ELEMENTS (inserts); i++)
    {
      if (!kontor_db_begin (self->db, error))
        return FALSE;
      if (!kontor_db_exec (self->db, inserts[i], error) || !kontor_db_commit (self->db, error))
        {
          kontor_db_rollback (self->db);
          return FALSE;
        }
      if (!kontor_db_keep_wal_short (self->db, error))
        return FALSE;
    }
  return TRUE;
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
      if (!ok || !kontor_db_commit (self->db, error))
        {
          kontor_db_rollback (self->db);
          return FALSE;
        }
      if (!kontor_db_keep_wal_short (self->db, error))
        return FALSE;
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

/* Logarithms will do to tell rare ones from common ones, and need not be kept up to date. */
static void
describe_threes (const Rebuild *self, char *classes)
{
  for (guint i = 0; i < N_THREES; i++)
    classes[i] = (char) ('a' + (self->threes[i] > 0 ? g_bit_storage (self->threes[i]) : 0));
  classes[N_THREES] = '\0';
}

static gboolean
finish (Rebuild *self, GError **error)
{
  gint64 generation = kontor_db_get_meta_integer (self->db, KONTOR_META_WORDS, 0);
  char classes[N_THREES + 1];

  describe_threes (self, classes);

  if (!write_words (self, error) || !write_phones (self, error) ||
      !kontor_db_begin (self->db, error))
    return FALSE;
  if (kontor_db_set_meta_integer (self->db, KONTOR_META_WORDS, generation + 1, error) &&
      kontor_db_set_meta (self->db, KONTOR_META_THREES, classes, error) &&
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
                   .total = 2 * (guint64) n + 1 };
  gboolean ok;

  db->search_later = TRUE;
  ok = empty_all (db, error) && set_tick (&self, TRUE, error) && index_documents (&self, error) &&
       gather (&self, error) && finish (&self, error);
  set_tick (&self, FALSE, NULL);
  if (ok)
    {
      db->search_later = FALSE;
      self.done = self.total;
      report (&self);
    }
  g_hash_table_unref (self.words);
  g_string_chunk_free (self.word_bytes);
  g_array_unref (self.phones);
  return ok;
}
