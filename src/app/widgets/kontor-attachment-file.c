/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that other programs open are copies in a private folder of the cache, read-only: what is
 * changed there would be lost. Pictures are scaled while they are read. */
#include "config.h"

#include "kontor-attachment-file.h"

#include "kontor-error.h"
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <string.h>

#define PIECE (256 * 1024)
/* A small file may say that it is a picture of any size. */
#define PIXELS_MAX (100 * 1000 * 1000)
/* Copies are kept so long. */
#define COPY_SECONDS (24 * 60 * 60)

typedef struct
{
  KontorWorkspace *workspace;
  char *hash, *name;
  GFile *file; /* (nullable): where to */
  int size;    /* of a picture */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->workspace);
  g_clear_object (&load->file);
  g_free (load->hash);
  g_free (load->name);
  g_free (load);
}

/* --- What it is ------------------------------------------------------------------------------- */

static const char *
get_media_type (KontorRecord *attachment)
{
  const char *type = kontor_record_get_text (attachment, KONTOR_ATTACHMENT_MEDIA_TYPE);

  return type != NULL ? type : "application/octet-stream";
}

/**
 * kontor_attachment_get_kind:
 * @attachment: an attachment
 *
 * Returns: how it can be shown
 */
KontorAttachmentKind
kontor_attachment_get_kind (KontorRecord *attachment)
{
  g_autofree char *type = g_content_type_from_mime_type (get_media_type (attachment));

  if (g_str_has_prefix (get_media_type (attachment), "image/"))
    return KONTOR_ATTACHMENT_PICTURE;
  return type != NULL && g_content_type_is_a (type, "text/plain") ? KONTOR_ATTACHMENT_TEXT
                                                                  : KONTOR_ATTACHMENT_OTHER;
}

/**
 * kontor_attachment_dup_size:
 * @attachment: an attachment
 *
 * Returns: (transfer full): "1.2 MB"
 */
char *
kontor_attachment_dup_size (KontorRecord *attachment)
{
  return g_format_size ((guint64) kontor_record_get_integer (attachment, KONTOR_ATTACHMENT_SIZE));
}

/**
 * kontor_attachment_dup_facts:
 * @attachment: an attachment
 *
 * Returns: (transfer full): its kind and size: "PDF document · 1.2 MB"
 */
char *
kontor_attachment_dup_facts (KontorRecord *attachment)
{
  g_autofree char *type = g_content_type_from_mime_type (get_media_type (attachment));
  g_autofree char *description = type != NULL ? g_content_type_get_description (type) : NULL;
  g_autofree char *size = kontor_attachment_dup_size (attachment);

  if (description == NULL)
    return g_steal_pointer (&size);
  return g_strdup_printf ("%s · %s", description, size);
}

/**
 * kontor_attachment_get_icon:
 * @attachment: an attachment
 *
 * Returns: (transfer full): the symbolic icon of its kind
 */
GIcon *
kontor_attachment_get_icon (KontorRecord *attachment)
{
  g_autofree char *type = g_content_type_from_mime_type (get_media_type (attachment));

  return g_content_type_get_symbolic_icon (type != NULL ? type : "application/octet-stream");
}

/**
 * kontor_attachment_dup_file_name:
 * @attachment: an attachment
 *
 * Returns: (transfer full): its name as the name of a file in any folder
 */
char *
kontor_attachment_dup_file_name (KontorRecord *attachment)
{
  const char *name = kontor_record_get_text (attachment, KONTOR_ATTACHMENT_NAME);
  g_autofree char *clean = g_strdup (name != NULL ? name : "");

  g_strdelimit (g_strstrip (clean), "/\\\n\r\t", '_');
  if (*clean == '.')
    *clean = '_';
  /* a name may have 255 bytes */
  while (strlen (clean) > 200)
    *g_utf8_prev_char (clean + strlen (clean)) = '\0';
  return g_strdup (*clean != '\0' ? clean : _("File"));
}

/* --- Reading ---------------------------------------------------------------------------------- */

static Load *
load_new (KontorSession *session, KontorRecord *attachment)
{
  Load *load = g_new0 (Load, 1);

  load->workspace = g_object_ref (kontor_session_get_workspace (session));
  load->hash = g_strdup (kontor_record_get_text (attachment, KONTOR_ATTACHMENT_HASH));
  load->name = kontor_attachment_dup_file_name (attachment);
  return load;
}

static void
run (Load *load,
     GTaskThreadFunc func,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, func);
}

/* --- Into a file ------------------------------------------------------------------------------ */

static void
remove_old_copies (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (folder, name, NULL);
      g_autoptr(GDir) copies = NULL;
      const char *copy;
      GStatBuf info;

      if (g_stat (inner, &info) != 0 ||
          info.st_mtime > g_get_real_time () / G_USEC_PER_SEC - COPY_SECONDS)
        continue;
      copies = g_dir_open (inner, 0, NULL);
      while (copies != NULL && (copy = g_dir_read_name (copies)) != NULL)
        {
          g_autofree char *path = g_build_filename (inner, copy, NULL);

          g_unlink (path);
        }
      g_rmdir (inner);
    }
}

/* A folder for each content, so that every copy has its own name. */
static GFile *
make_copy_file (Load *load, GError **error)
{
  g_autofree char *folder =
    g_build_filename (g_get_user_cache_dir (), "kontor", "attachments", NULL);
  g_autofree char *inner = g_build_filename (folder, load->hash, NULL);
  g_autofree char *path = g_build_filename (inner, load->name, NULL);

  remove_old_copies (folder);
  if (g_mkdir_with_parents (inner, 0700) != 0)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (errno),
                   _("The folder for copies can't be made: %s"),
                   g_strerror (errno));
      return NULL;
    }
  return g_file_new_for_path (path);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  g_autoptr(GError) error = NULL;
  gboolean is_copy = load->file == NULL;
  g_autoptr(GFile) file = is_copy ? make_copy_file (load, &error) : g_object_ref (load->file);
  g_autoptr(GInputStream) in =
    file != NULL ? kontor_workspace_open_blob (load->workspace, load->hash, &error) : NULL;
  g_autoptr(GFileOutputStream) out = NULL;

  if (in != NULL)
    out = g_file_replace (file,
                          NULL,
                          FALSE,
                          is_copy ? G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION
                                  : G_FILE_CREATE_NONE,
                          cancellable,
                          &error);
  if (out == NULL || g_output_stream_splice (G_OUTPUT_STREAM (out),
                                             in,
                                             G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                               G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                             cancellable,
                                             &error) < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (is_copy)
    g_chmod (g_file_peek_path (file), 0400);
  g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
}

/**
 * kontor_attachment_write_async:
 * @session: a session
 * @attachment: an attachment
 * @file: (nullable): where to; %NULL for a copy that another program may open
 * @cancellable: (nullable): to break off
 * @callback: called when it is written
 * @user_data: for @callback
 */
void
kontor_attachment_write_async (KontorSession *session,
                               KontorRecord *attachment,
                               GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Load *load = load_new (session, attachment);

  load->file = file != NULL ? g_object_ref (file) : NULL;
  run (load, write_in_thread, cancellable, callback, user_data);
}

/**
 * kontor_attachment_write_finish:
 * @result: of kontor_attachment_write_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with @error set
 */
GFile *
kontor_attachment_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- As a picture ----------------------------------------------------------------------------- */

typedef struct
{
  int size;
  gboolean too_large;
} Scale;

/* Never larger than it is; what says that it is immense is not read. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Scale *scale)
{
  double factor = MIN (1.0, (double) scale->size / MAX (MAX (width, height), 1));

  if ((gint64) width * height > PIXELS_MAX)
    scale->too_large = TRUE;
  else
    gdk_pixbuf_loader_set_size (loader,
                                MAX (1, (int) (width * factor)),
                                MAX (1, (int) (height * factor)));
}

static gboolean
feed (GdkPixbufLoader *loader,
      GInputStream *in,
      Scale *scale,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize length;

  while ((length = g_input_stream_read (in, piece, PIECE, cancellable, error)) > 0)
    {
      /* the size stands at the beginning: little is read before it is known */
      for (gssize at = 0; at < length && !scale->too_large; at += 4096)
        if (!gdk_pixbuf_loader_write (loader, piece + at, (gsize) MIN (4096, length - at), error))
          return FALSE;
      if (scale->too_large)
        {
          kontor_set_error (error,
                            KONTOR_STORE_ERROR,
                            KONTOR_ERROR_LIMIT,
                            _("The picture is too large to be shown here."));
          return FALSE;
        }
    }
  return length == 0;
}

static void
picture_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) in = kontor_workspace_open_blob (load->workspace, load->hash, &error);
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr(GdkPixbuf) turned = NULL;
  Scale scale = { load->size, FALSE };
  gboolean ok;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &scale);
  ok = in != NULL && feed (loader, in, &scale, cancellable, &error);
  if (!gdk_pixbuf_loader_close (loader, ok ? &error : NULL))
    ok = FALSE;
  if (ok && gdk_pixbuf_loader_get_pixbuf (loader) != NULL)
    turned = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  if (turned != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (turned), g_object_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "No picture");
}

/**
 * kontor_attachment_load_picture_async:
 * @session: a session
 * @attachment: an attachment
 * @size: the most pixels it may be wide or high
 * @cancellable: (nullable): to break off
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
kontor_attachment_load_picture_async (KontorSession *session,
                                      KontorRecord *attachment,
                                      int size,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  Load *load = load_new (session, attachment);

  load->size = size;
  run (load, picture_in_thread, cancellable, callback, user_data);
}

/**
 * kontor_attachment_load_picture_finish:
 * @result: of kontor_attachment_load_picture_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the picture, or %NULL with @error set
 */
GdkTexture *
kontor_attachment_load_picture_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- As text ---------------------------------------------------------------------------------- */

static void
text_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) in = kontor_workspace_open_blob (load->workspace, load->hash, &error);
  g_autofree char *bytes = g_malloc0 (KONTOR_ATTACHMENT_TEXT_MAX + 1);
  gsize length = 0;

  if (in == NULL || !g_input_stream_read_all (in,
                                              bytes,
                                              KONTOR_ATTACHMENT_TEXT_MAX,
                                              &length,
                                              cancellable,
                                              &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, g_utf8_make_valid (bytes, (gssize) strlen (bytes)), g_free);
}

/**
 * kontor_attachment_load_text_async:
 * @session: a session
 * @attachment: an attachment
 * @cancellable: (nullable): to break off
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
kontor_attachment_load_text_async (KontorSession *session,
                                   KontorRecord *attachment,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  run (load_new (session, attachment), text_in_thread, cancellable, callback, user_data);
}

/**
 * kontor_attachment_load_text_finish:
 * @result: of kontor_attachment_load_text_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): its beginning, at most %KONTOR_ATTACHMENT_TEXT_MAX bytes
 */
char *
kontor_attachment_load_text_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
