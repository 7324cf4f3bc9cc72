/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of attachments, on the database threads: contents by their hash, in chunks. One chunk is
 * one transaction outside the log; a content counts when its last chunk is there, so that nothing
 * has to be undone after a crash. */
#include "config.h"

#include "kontor-blob-private.h"

#include "kontor-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

G_STATIC_ASSERT (KONTOR_BLOB_HASH_SIZE * 2 == KONTOR_BLOB_HASH_TEXT);

#define DIRECTION_OWN 1 /* made here, to be sent; pulled ones are 0 */
#define WAL_LIMIT_PAGES 4096

void
kontor_blob_hash_format (const KontorBlobHash *hash, char text[KONTOR_BLOB_HASH_TEXT + 1])
{
  sodium_bin2hex (text, KONTOR_BLOB_HASH_TEXT + 1, hash->bytes, KONTOR_BLOB_HASH_SIZE);
}

gboolean
kontor_blob_hash_parse (const char *text, KontorBlobHash *hash)
{
  gsize length = 0;

  return text != NULL && strlen (text) == KONTOR_BLOB_HASH_TEXT &&
         sodium_hex2bin (hash->bytes,
                         KONTOR_BLOB_HASH_SIZE,
                         text,
                         strlen (text),
                         NULL,
                         &length,
                         NULL) == 0 &&
         length == KONTOR_BLOB_HASH_SIZE;
}

static sqlite3_stmt *
prepare_with_hash (KontorDb *db, const char *sql, const KontorBlobHash *hash, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);

  if (stmt != NULL)
    sqlite3_bind_blob (stmt, 1, hash->bytes, KONTOR_BLOB_HASH_SIZE, SQLITE_TRANSIENT);
  return stmt;
}

gpointer
kontor_blob_read_state (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorBlobRequest *request = data;
  sqlite3_stmt *stmt =
    prepare_with_hash (db, "SELECT size,got,st FROM blob WHERE hash=?", &request->hash, error);
  gboolean row;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, error))
    return NULL;
  request->state = row ? sqlite3_column_int (stmt, 2) : -1;
  request->size = row ? sqlite3_column_int64 (stmt, 0) : 0;
  request->got = row ? sqlite3_column_int64 (stmt, 1) : 0;
  sqlite3_reset (stmt);
  return request;
}

static gboolean
write_chunk_row (KontorDb *db, KontorBlobRequest *request, GError **error)
{
  sqlite3_stmt *stmt =
    prepare_with_hash (db,
                       "INSERT OR REPLACE INTO blob_chunk(hash,no,data) VALUES(?,?,?)",
                       &request->hash,
                       error);
  gsize length;
  const void *bytes;

  if (stmt == NULL)
    return FALSE;
  bytes = g_bytes_get_data (request->chunk, &length);
  sqlite3_bind_int64 (stmt, 2, request->number);
  sqlite3_bind_blob64 (stmt, 3, bytes, length, SQLITE_STATIC);
  return kontor_db_run (db, stmt, error);
}

static gboolean
write_blob_row (KontorDb *db, KontorBlobRequest *request, GError **error)
{
  sqlite3_stmt *stmt =
    prepare_with_hash (db,
                       "INSERT INTO blob(hash,size,got,dir,st,used_at) VALUES(?,?,?,?,?,?) ON "
                       "CONFLICT(hash) DO UPDATE SET size=excluded.size,got=excluded.got,"
                       "st=excluded.st,used_at=excluded.used_at",
                       &request->hash,
                       error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 2, request->size);
  sqlite3_bind_int64 (stmt, 3, request->got);
  sqlite3_bind_int (stmt, 4, DIRECTION_OWN);
  sqlite3_bind_int (stmt,
                    5,
                    request->got >= request->size ? KONTOR_BLOB_WHOLE : KONTOR_BLOB_PARTIAL);
  sqlite3_bind_int64 (stmt, 6, kontor_env_now (db->env));
  return kontor_db_run (db, stmt, error);
}

gpointer
kontor_blob_write_chunk (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorBlobRequest *request = data;

  if (!kontor_db_begin (db, error))
    return NULL;
  if ((request->chunk == NULL || write_chunk_row (db, request, error)) &&
      write_blob_row (db, request, error) && kontor_db_commit (db, error))
    {
      if (g_atomic_int_get (&db->wal_pages) > WAL_LIMIT_PAGES)
        kontor_db_checkpoint (db, FALSE, NULL);
      return request;
    }
  kontor_db_rollback (db);
  return NULL;
}

gpointer
kontor_blob_read_chunk (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorBlobRequest *request = data;
  sqlite3_stmt *stmt = prepare_with_hash (db,
                                          "SELECT data FROM blob_chunk WHERE hash=? AND no=?",
                                          &request->hash,
                                          error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 2, request->number);
  if (!kontor_db_step (db, stmt, &row, error))
    return NULL;
  if (row)
    request->chunk = g_bytes_new (sqlite3_column_blob (stmt, 0), sqlite3_column_bytes (stmt, 0));
  sqlite3_reset (stmt);
  return request;
}

gpointer
kontor_blob_verify (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorBlobRequest *request = data;
  crypto_generichash_state state;
  KontorBlobHash hash;

  crypto_generichash_init (&state, NULL, 0, KONTOR_BLOB_HASH_SIZE);
  for (request->number = 0;; request->number++)
    {
      gsize length;
      const void *bytes;

      g_clear_pointer (&request->chunk, g_bytes_unref);
      if (kontor_blob_read_chunk (db, request, cancellable, error) == NULL)
        return NULL;
      if (request->chunk == NULL)
        break;
      bytes = g_bytes_get_data (request->chunk, &length);
      crypto_generichash_update (&state, bytes, length);
    }
  crypto_generichash_final (&state, hash.bytes, KONTOR_BLOB_HASH_SIZE);
  request->state = memcmp (hash.bytes, request->hash.bytes, KONTOR_BLOB_HASH_SIZE) == 0;
  return request;
}

gpointer
kontor_blob_forget (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorBlobRequest *request = data;
  sqlite3_stmt *stmt;

  if (!kontor_db_begin (db, error))
    return NULL;
  stmt = prepare_with_hash (db, "DELETE FROM blob_chunk WHERE hash=?", &request->hash, error);
  if (stmt != NULL && kontor_db_run (db, stmt, error))
    {
      stmt = prepare_with_hash (db, "DELETE FROM blob WHERE hash=?", &request->hash, error);
      if (stmt != NULL && kontor_db_run (db, stmt, error) && kontor_db_commit (db, error))
        return request;
    }
  kontor_db_rollback (db);
  return NULL;
}

/* --- Check -------------------------------------------------------------------------------- */

static gboolean
check_one (KontorDb *db, const KontorBlobHash *hash, GPtrArray *problems, GError **error)
{
  KontorBlobRequest request = { .hash = *hash };
  char text[KONTOR_BLOB_HASH_TEXT + 1];

  if (kontor_blob_verify (db, &request, NULL, error) == NULL)
    return FALSE;
  if (request.state)
    return TRUE;
  kontor_blob_hash_format (hash, text);
  g_ptr_array_add (problems,
                   g_strdup_printf (_("The contents of the attachment %s are damaged."), text));
  return TRUE;
}

/**
 * kontor_blob_check:
 * @db: a connection
 * @problems: (element-type utf8): one sentence each is added
 * @error: (nullable): place for an error
 *
 * Compares the contents of all attachments with their hashes.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_blob_check (KontorDb *db, GPtrArray *problems, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, "SELECT hash FROM blob WHERE st=1", error);
  gboolean row = TRUE;

  if (stmt == NULL || sodium_init () < 0)
    return FALSE;
  while (row)
    {
      KontorBlobHash hash;

      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (!row || sqlite3_column_bytes (stmt, 0) != KONTOR_BLOB_HASH_SIZE)
        continue;
      memcpy (hash.bytes, sqlite3_column_blob (stmt, 0), KONTOR_BLOB_HASH_SIZE);
      if (!check_one (db, &hash, problems, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  sqlite3_reset (stmt);
  return TRUE;
}
