/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attachments: contents by their hash, in chunks. One chunk is one transaction outside the log; a
 * content counts when its last chunk is there, so that nothing has to be undone after a crash. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-workspace-private.h"
#include <sodium.h>
#include <string.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define HASH_SIZE crypto_generichash_BYTES
G_STATIC_ASSERT (HASH_SIZE * 2 == KONTOR_BLOB_HASH_TEXT);

#define STATE_PARTIAL 0
#define STATE_WHOLE 1
#define DIRECTION_OWN 1 /* made here, to be sent; pulled ones are 0 */
#define WAL_LIMIT_PAGES 4096

typedef struct
{
  guint8 bytes[HASH_SIZE];
} BlobHash;

static void
format_hash (const BlobHash *hash, char text[KONTOR_BLOB_HASH_TEXT + 1])
{
  sodium_bin2hex (text, KONTOR_BLOB_HASH_TEXT + 1, hash->bytes, HASH_SIZE);
}

static gboolean
parse_hash (const char *text, BlobHash *hash)
{
  gsize length = 0;

  return text != NULL && strlen (text) == KONTOR_BLOB_HASH_TEXT &&
         sodium_hex2bin (hash->bytes, HASH_SIZE, text, strlen (text), NULL, &length, NULL) == 0 &&
         length == HASH_SIZE;
}

/* --- On the database threads -------------------------------------------------------------- */

typedef struct
{
  BlobHash hash;
  gint64 size, got;
  int state;
  gint64 number;
  GBytes *chunk; /* (nullable) */
} BlobRequest;

static sqlite3_stmt *
prepare_with_hash (KontorDb *db, const char *sql, const BlobHash *hash, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db, sql, error);

  if (stmt != NULL)
    sqlite3_bind_blob (stmt, 1, hash->bytes, HASH_SIZE, SQLITE_TRANSIENT);
  return stmt;
}

/* .state is -1 where there is none. */
static gpointer
read_state (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRequest *request = data;
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
write_chunk_row (KontorDb *db, BlobRequest *request, GError **error)
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
write_blob_row (KontorDb *db, BlobRequest *request, GError **error)
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
  sqlite3_bind_int (stmt, 5, request->got >= request->size ? STATE_WHOLE : STATE_PARTIAL);
  sqlite3_bind_int64 (stmt, 6, kontor_env_now (db->env));
  return kontor_db_run (db, stmt, error);
}

static gpointer
write_chunk (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRequest *request = data;

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

static gpointer
read_chunk (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRequest *request = data;
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

/* --- Putting ------------------------------------------------------------------------------ */

typedef struct
{
  KontorWorkspace *workspace;
  GInputStream *stream; /* one that can be read twice */
  gint64 limit;
  gint64 size;
  BlobHash hash;
  KontorProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Put;

static gboolean
fail_limit (gint64 limit, GError **error)
{
  g_autofree char *shown = g_format_size (limit);

  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_LIMIT,
                    _("The file is larger than %s, the most an attachment may have."),
                    shown);
  return FALSE;
}

/* Refused before a byte is read, where the size is known. */
static gboolean
check_declared_size (GInputStream *stream, gint64 limit, GError **error)
{
  g_autoptr(GFileInfo) info = NULL;

  if (!G_IS_FILE_INPUT_STREAM (stream))
    return TRUE;
  info = g_file_input_stream_query_info (G_FILE_INPUT_STREAM (stream),
                                         G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                         NULL,
                                         NULL);
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE) ||
      g_file_info_get_size (info) <= limit)
    return TRUE;
  return fail_limit (limit, error);
}

static gboolean
can_be_read_twice (GInputStream *stream)
{
  return G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream));
}

static gssize
read_piece (Put *put, GInputStream *from, guint8 *buffer, GError **error)
{
  gsize length = 0;

  if (!g_input_stream_read_all (from, buffer, KONTOR_BLOB_CHUNK, &length, put->cancellable, error))
    return -1;
  if (put->limit - put->size < (gint64) length)
    {
      fail_limit (put->limit, error);
      return -1;
    }
  put->size += (gint64) length;
  return (gssize) length;
}

/* The first reading: hash and size, and a copy where the stream can't be read twice. */
static gboolean
hash_stream (Put *put, GInputStream *from, GOutputStream *copy, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (KONTOR_BLOB_CHUNK);
  crypto_generichash_state state;
  gssize length;

  crypto_generichash_init (&state, NULL, 0, HASH_SIZE);
  while ((length = read_piece (put, from, buffer, error)) > 0)
    {
      crypto_generichash_update (&state, buffer, length);
      if (copy != NULL &&
          !g_output_stream_write_all (copy, buffer, length, NULL, put->cancellable, error))
        return FALSE;
    }
  crypto_generichash_final (&state, put->hash.bytes, HASH_SIZE);
  return length == 0;
}

static gboolean
spool_stream (Put *put, GInputStream *from, GError **error)
{
  g_autoptr(GFileIOStream) io = NULL;
  g_autoptr(GFile) file = g_file_new_tmp ("kontor-XXXXXX", &io, error);
  gboolean ok;

  if (file == NULL)
    return FALSE;
  /* Only the open stream keeps it: nothing is left behind, whatever happens. */
  g_file_delete (file, NULL, NULL);
  ok = hash_stream (put, from, g_io_stream_get_output_stream (G_IO_STREAM (io)), error) &&
       g_seekable_seek (G_SEEKABLE (io), 0, G_SEEK_SET, NULL, error);
  if (ok)
    {
      put->stream = g_object_ref (g_io_stream_get_input_stream (G_IO_STREAM (io)));
      g_object_set_data_full (G_OBJECT (put->stream),
                              "kontor-spool",
                              g_steal_pointer (&io),
                              g_object_unref);
    }
  return ok;
}

static gboolean
read_first (Put *put, GInputStream *from, GError **error)
{
  goffset start;

  if (!can_be_read_twice (from))
    return spool_stream (put, from, error);
  start = g_seekable_tell (G_SEEKABLE (from));
  if (!hash_stream (put, from, NULL, error) ||
      !g_seekable_seek (G_SEEKABLE (from), start, G_SEEK_SET, put->cancellable, error))
    return FALSE;
  put->stream = g_object_ref (from);
  return TRUE;
}

static gboolean
put_chunk (Put *put, BlobRequest *request, GBytes *chunk, GError **error)
{
  request->chunk = chunk;
  request->got += chunk != NULL ? (gint64) g_bytes_get_size (chunk) : 0;
  return kontor_workspace_run (put->workspace,
                               KONTOR_LANE_WRITE,
                               KONTOR_PRIORITY_WORK,
                               write_chunk,
                               request,
                               put->cancellable,
                               error) != NULL;
}

static gboolean
put_chunks (Put *put, BlobRequest *request, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (KONTOR_BLOB_CHUNK);

  if (put->size == 0)
    return put_chunk (put, request, NULL, error);
  while (request->got < put->size)
    {
      g_autoptr(GBytes) chunk = NULL;
      gsize want = MIN (KONTOR_BLOB_CHUNK, put->size - request->got), length = 0;

      if (!g_input_stream_read_all (put->stream, buffer, want, &length, put->cancellable, error))
        return FALSE;
      if (length != want)
        {
          kontor_set_error (error,
                            KONTOR_STORE_ERROR,
                            KONTOR_ERROR_CONFLICT,
                            _("The file was changed while it was being read. Try again."));
          return FALSE;
        }
      chunk = g_bytes_new (buffer, length);
      if (!put_chunk (put, request, chunk, error))
        return FALSE;
      request->number++;
      if (put->progress != NULL)
        put->progress (request->got, put->size, put->progress_data);
    }
  return TRUE;
}

/* The second reading, from where an earlier one was broken off. */
static gboolean
write_contents (Put *put, GError **error)
{
  BlobRequest request = { .hash = put->hash };

  if (kontor_workspace_run (put->workspace,
                            KONTOR_LANE_WRITE,
                            KONTOR_PRIORITY_WORK,
                            read_state,
                            &request,
                            put->cancellable,
                            error) == NULL)
    return FALSE;
  if (request.state == STATE_WHOLE)
    return TRUE;
  if (request.state < 0 || request.size != put->size || request.got % KONTOR_BLOB_CHUNK != 0)
    request.got = 0;
  request.size = put->size;
  request.number = request.got / KONTOR_BLOB_CHUNK;
  if (request.got > 0 &&
      !g_seekable_seek (G_SEEKABLE (put->stream), request.got, G_SEEK_CUR, put->cancellable, error))
    return FALSE;
  return put_chunks (put, &request, error);
}

/* Whether the file changed between the two readings. */
static gpointer
verify_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRequest *request = data;
  crypto_generichash_state state;
  BlobHash hash;

  crypto_generichash_init (&state, NULL, 0, HASH_SIZE);
  for (request->number = 0;; request->number++)
    {
      gsize length;
      const void *bytes;

      g_clear_pointer (&request->chunk, g_bytes_unref);
      if (read_chunk (db, request, cancellable, error) == NULL)
        return NULL;
      if (request->chunk == NULL)
        break;
      bytes = g_bytes_get_data (request->chunk, &length);
      crypto_generichash_update (&state, bytes, length);
    }
  crypto_generichash_final (&state, hash.bytes, HASH_SIZE);
  request->state = memcmp (hash.bytes, request->hash.bytes, HASH_SIZE) == 0;
  return request;
}

static gpointer
forget_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRequest *request = data;
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

static gboolean
verify (Put *put, GError **error)
{
  BlobRequest request = { .hash = put->hash };

  if (kontor_workspace_run (put->workspace,
                            KONTOR_LANE_LONG,
                            KONTOR_PRIORITY_WORK,
                            verify_on_reader,
                            &request,
                            put->cancellable,
                            error) == NULL)
    return FALSE;
  if (request.state)
    return TRUE;
  kontor_workspace_run (put->workspace,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_WORK,
                        forget_on_writer,
                        &request,
                        NULL,
                        NULL);
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_CONFLICT,
                    _("The file was changed while it was being read. Try again."));
  return FALSE;
}

static gpointer
limit_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *limit = data;
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT attachment_limit FROM workspace_settings", error);
  gboolean row;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, error))
    return NULL;
  if (row && sqlite3_column_type (stmt, 0) == SQLITE_INTEGER)
    *limit = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return limit;
}

/**
 * kontor_workspace_get_blob_limit:
 * @self: a workspace
 *
 * Returns: how many bytes an attachment may have, as the settings of the workspace say
 */
gint64
kontor_workspace_get_blob_limit (KontorWorkspace *self)
{
  gint64 limit = KONTOR_BLOB_LIMIT;

  kontor_workspace_run (self,
                        KONTOR_LANE_READ,
                        KONTOR_PRIORITY_WORK,
                        limit_on_reader,
                        &limit,
                        NULL,
                        NULL);
  return limit;
}

/**
 * kontor_workspace_put_blob:
 * @self: a workspace
 * @stream: what to keep; read to its end
 * @limit: at most so many bytes; 0 for %KONTOR_BLOB_LIMIT
 * @size: (out) (optional): how many there were
 * @progress: (nullable): told how many bytes are written, on the calling thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to break off; what was written is used by the next attempt, or removed
 * @error: (nullable): place for an error
 *
 * Keeps a content. Call it before the attachment's record is committed.
 *
 * Returns: (transfer full) (nullable): its hash in hex, or %NULL with @error set
 */
char *
kontor_workspace_put_blob (KontorWorkspace *self,
                           GInputStream *stream,
                           gint64 limit,
                           gint64 *size,
                           KontorProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error)
{
  Put put = { .workspace = self,
              .limit = limit > 0 ? limit : KONTOR_BLOB_LIMIT,
              .progress = progress,
              .progress_data = progress_data,
              .cancellable = cancellable };
  char text[KONTOR_BLOB_HASH_TEXT + 1];
  gboolean ok;

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self) && G_IS_INPUT_STREAM (stream), NULL);
  if (sodium_init () < 0 || !check_declared_size (stream, put.limit, error))
    return NULL;
  ok = read_first (&put, stream, error) && write_contents (&put, error) && verify (&put, error);
  g_clear_object (&put.stream);
  if (!ok)
    return NULL;
  if (size != NULL)
    *size = put.size;
  format_hash (&put.hash, text);
  return g_strdup (text);
}

/* --- Reading: a stream over the chunks ---------------------------------------------------- */

#define KONTOR_TYPE_BLOB_STREAM (kontor_blob_stream_get_type ())
G_DECLARE_FINAL_TYPE (KontorBlobStream, kontor_blob_stream, KONTOR, BLOB_STREAM, GInputStream)

struct _KontorBlobStream
{
  GInputStream parent_instance;
  KontorWorkspace *workspace;
  BlobRequest request;
  gsize offset; /* in the present chunk */
  gint64 done;
};

G_DEFINE_FINAL_TYPE (KontorBlobStream, kontor_blob_stream, G_TYPE_INPUT_STREAM)

static gboolean
load_chunk (KontorBlobStream *self, GCancellable *cancellable, GError **error)
{
  g_clear_pointer (&self->request.chunk, g_bytes_unref);
  self->request.number = self->done / KONTOR_BLOB_CHUNK;
  self->offset = 0;
  if (kontor_workspace_run (self->workspace,
                            KONTOR_LANE_READ,
                            KONTOR_PRIORITY_WORK,
                            read_chunk,
                            &self->request,
                            cancellable,
                            error) == NULL)
    return FALSE;
  if (self->request.chunk != NULL && g_bytes_get_size (self->request.chunk) > 0)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_CORRUPT,
                    _("A part of this attachment is missing from the workspace."));
  return FALSE;
}

static gssize
kontor_blob_stream_read (GInputStream *stream,
                         void *buffer,
                         gsize count,
                         GCancellable *cancellable,
                         GError **error)
{
  KontorBlobStream *self = KONTOR_BLOB_STREAM (stream);
  const guint8 *bytes;
  gsize length;

  if (self->done >= self->request.size)
    return 0;
  if ((self->request.chunk == NULL || self->offset >= g_bytes_get_size (self->request.chunk)) &&
      !load_chunk (self, cancellable, error))
    return -1;
  bytes = g_bytes_get_data (self->request.chunk, &length);
  length = MIN (length - self->offset, count);
  memcpy (buffer, bytes + self->offset, length);
  self->offset += length;
  self->done += (gint64) length;
  return (gssize) length;
}

static void
kontor_blob_stream_finalize (GObject *object)
{
  KontorBlobStream *self = KONTOR_BLOB_STREAM (object);

  g_clear_pointer (&self->request.chunk, g_bytes_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (kontor_blob_stream_parent_class)->finalize (object);
}

static void
kontor_blob_stream_class_init (KontorBlobStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_blob_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = kontor_blob_stream_read;
}

static void
kontor_blob_stream_init (KontorBlobStream *self)
{
}

/**
 * kontor_workspace_open_blob:
 * @self: a workspace
 * @hash: of kontor_workspace_put_blob()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): a stream of the content, or %NULL with @error set:
 *   %KONTOR_ERROR_NOT_FOUND where it is not, or not wholly, here
 */
GInputStream *
kontor_workspace_open_blob (KontorWorkspace *self, const char *hash, GError **error)
{
  BlobRequest request = { .state = -1 };
  KontorBlobStream *stream;

  if (parse_hash (hash, &request.hash) && kontor_workspace_run (self,
                                                                KONTOR_LANE_READ,
                                                                KONTOR_PRIORITY_PERSON,
                                                                read_state,
                                                                &request,
                                                                NULL,
                                                                error) == NULL)
    return NULL;
  if (request.state != STATE_WHOLE)
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_NOT_FOUND,
                        _("The contents of this attachment are not in the workspace."));
      return NULL;
    }
  stream = g_object_new (KONTOR_TYPE_BLOB_STREAM, NULL);
  stream->workspace = g_object_ref (self);
  stream->request = request;
  return G_INPUT_STREAM (stream);
}

/* --- Check -------------------------------------------------------------------------------- */

static gboolean
check_one (KontorDb *db, const BlobHash *hash, GPtrArray *problems, GError **error)
{
  BlobRequest request = { .hash = *hash };
  char text[KONTOR_BLOB_HASH_TEXT + 1];

  if (verify_on_reader (db, &request, NULL, error) == NULL)
    return FALSE;
  if (request.state)
    return TRUE;
  format_hash (hash, text);
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
      BlobHash hash;

      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (!row || sqlite3_column_bytes (stmt, 0) != HASH_SIZE)
        continue;
      memcpy (hash.bytes, sqlite3_column_blob (stmt, 0), HASH_SIZE);
      if (!check_one (db, &hash, problems, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  sqlite3_reset (stmt);
  return TRUE;
}
