/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading an attachment: a stream over its chunks. */
#include "config.h"

#include "kontor-blob-private.h"

#include "kontor-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define KONTOR_TYPE_BLOB_STREAM (kontor_blob_stream_get_type ())
G_DECLARE_FINAL_TYPE (KontorBlobStream, kontor_blob_stream, KONTOR, BLOB_STREAM, GInputStream)

struct _KontorBlobStream
{
  GInputStream parent_instance;
  KontorWorkspace *workspace;
  KontorBlobRequest request;
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
                            kontor_blob_read_chunk,
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
  KontorBlobRequest request = { .state = -1 };
  KontorBlobStream *stream;

  if (kontor_blob_hash_parse (hash, &request.hash) && kontor_workspace_run (self,
                                                                            KONTOR_LANE_READ,
                                                                            KONTOR_PRIORITY_PERSON,
                                                                            kontor_blob_read_state,
                                                                            &request,
                                                                            NULL,
                                                                            error) == NULL)
    return NULL;
  if (request.state != KONTOR_BLOB_WHOLE)
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
