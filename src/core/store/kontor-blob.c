/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking in an attachment: read once for its hash, once more for its chunks. */
#include "config.h"

#include "kontor-blob-private.h"

#include "kontor-error.h"
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

typedef struct
{
  KontorWorkspace *workspace;
  GInputStream *stream; /* one that can be read twice */
  gint64 limit;
  gint64 size;
  KontorBlobHash hash;
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

  crypto_generichash_init (&state, NULL, 0, KONTOR_BLOB_HASH_SIZE);
  while ((length = read_piece (put, from, buffer, error)) > 0)
    {
      crypto_generichash_update (&state, buffer, length);
      if (copy != NULL &&
          !g_output_stream_write_all (copy, buffer, length, NULL, put->cancellable, error))
        return FALSE;
    }
  crypto_generichash_final (&state, put->hash.bytes, KONTOR_BLOB_HASH_SIZE);
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
put_chunk (Put *put, KontorBlobRequest *request, GBytes *chunk, GError **error)
{
  request->chunk = chunk;
  request->got += chunk != NULL ? (gint64) g_bytes_get_size (chunk) : 0;
  return kontor_workspace_run (put->workspace,
                               KONTOR_LANE_WRITE,
                               KONTOR_PRIORITY_WORK,
                               kontor_blob_write_chunk,
                               request,
                               put->cancellable,
                               error) != NULL;
}

static gboolean
put_chunks (Put *put, KontorBlobRequest *request, GError **error)
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
  KontorBlobRequest request = { .hash = put->hash };

  if (kontor_workspace_run (put->workspace,
                            KONTOR_LANE_WRITE,
                            KONTOR_PRIORITY_WORK,
                            kontor_blob_read_state,
                            &request,
                            put->cancellable,
                            error) == NULL)
    return FALSE;
  if (request.state == KONTOR_BLOB_WHOLE)
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

static gboolean
verify (Put *put, GError **error)
{
  KontorBlobRequest request = { .hash = put->hash };

  if (kontor_workspace_run (put->workspace,
                            KONTOR_LANE_LONG,
                            KONTOR_PRIORITY_WORK,
                            kontor_blob_verify,
                            &request,
                            put->cancellable,
                            error) == NULL)
    return FALSE;
  if (request.state)
    return TRUE;
  kontor_workspace_run (put->workspace,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_WORK,
                        kontor_blob_forget,
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
  kontor_blob_hash_format (&put.hash, text);
  return g_strdup (text);
}
