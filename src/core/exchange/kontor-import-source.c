/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is opened as often as it is read. Of what can't be read twice (a pipe) a copy without a
 * name is kept on the disk as long as the source lives. */
#include "config.h"

#include "kontor-import-source.h"

#include "kontor-csv-reader.h"
#include "kontor-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK (256 * 1024)
/* No reader takes a longer line, in whatever encoding; a pipe may go on without an end. */
#define MAX_LINE_BYTES (4 * (guint64) KONTOR_CSV_MAX_ROW)

struct _KontorImportSource
{
  gatomicrefcount refs;
  char *name;           /* shown to people */
  GFile *file;          /* (nullable): opened anew each time */
  GInputStream *stream; /* (nullable): seekable, read from its start each time */
  GFileIOStream *copy;  /* (nullable): owner of .stream */
  guint64 size;
};

/**
 * kontor_import_source_get_type:
 *
 * Returns: the boxed type of sources
 */
GType
kontor_import_source_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorImportSource"),
                                                     (GBoxedCopyFunc) kontor_import_source_ref,
                                                     (GBoxedFreeFunc) kontor_import_source_unref));
  return (GType) type;
}

/**
 * kontor_exchange_error_quark:
 *
 * Returns: the domain of this library's errors
 */
GQuark
kontor_exchange_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, kontor_error_domain_register ("kontor-exchange-error"));
  return (GQuark) quark;
}

/* What GIO says, with a code of ours and the name of the file. */
static void
propagate (GError *local, const char *name, GError **error)
{
  KontorErrorCode code = KONTOR_ERROR_IO;
  GError *own;

  if (local->domain == KONTOR_EXCHANGE_ERROR)
    kontor_error_set_file (local, name);
  if (local->domain == KONTOR_EXCHANGE_ERROR ||
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local);
      return;
    }
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    code = KONTOR_ERROR_NOT_FOUND;
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    code = KONTOR_ERROR_DENIED;
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = KONTOR_ERROR_FULL;
  own = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                          code,
                          code == KONTOR_ERROR_NOT_FOUND ? _("There is no such file.")
                                                         : _("It can't be read: %s."),
                          local->message);
  kontor_error_set_file (own, name);
  g_propagate_error (error, own);
  g_error_free (local);
}

/* A name may hold anything; what is shown and kept of it has no line breaks. */
static char *
clean_name (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (out,
                             g_unichar_iscntrl (g_utf8_get_char (at)) ? ' ' : g_utf8_get_char (at));
  return g_string_free (out, FALSE);
}

static KontorImportSource *
create (const char *name)
{
  KontorImportSource *self = g_new0 (KontorImportSource, 1);

  g_atomic_ref_count_init (&self->refs);
  self->name = clean_name (name);
  return self;
}

/* Lines end with either character; in wide encodings their bytes are among others. */
static gsize
bytes_after_last_end (const char *block, gsize length)
{
  gsize at = length;

  while (at > 0 && block[at - 1] != '\n' && block[at - 1] != '\r')
    at--;
  return length - at;
}

static gboolean
count_line_bytes (const char *block,
                  gsize length,
                  guint64 *line,
                  guint64 *line_bytes,
                  GError **error)
{
  gsize after = bytes_after_last_end (block, length);

  *line_bytes = after < length ? after : *line_bytes + length;
  for (gsize i = 0; i < length; i++)
    *line += block[i] == '\n';
  if (*line_bytes <= MAX_LINE_BYTES)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_LIMIT,
                    _("This line is longer than 16 MB. Is this a table?"));
  if (error != NULL)
    kontor_error_set_line (*error, *line);
  return FALSE;
}

static gboolean
copy_stream (KontorImportSource *self,
             GInputStream *stream,
             GCancellable *cancellable,
             GError **error)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->copy));
  g_autofree char *block = g_malloc (BLOCK);
  guint64 line = 1, line_bytes = 0;

  for (;;)
    {
      gssize n = g_input_stream_read (stream, block, BLOCK, cancellable, error);

      if (n <= 0)
        return n == 0;
      if (!count_line_bytes (block, (gsize) n, &line, &line_bytes, error) ||
          !g_output_stream_write_all (out, block, (gsize) n, NULL, cancellable, error))
        return FALSE;
      self->size += (guint64) n;
    }
}

/* A stream that can go back to its start is read from there; any other is copied. */
static gboolean
take_stream (KontorImportSource *self,
             GInputStream *stream,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr(GFile) file = NULL;

  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    {
      if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, cancellable, error))
        return FALSE;
      self->stream = g_object_ref (stream);
      self->size = (guint64) g_seekable_tell (G_SEEKABLE (stream));
      return TRUE;
    }
  file = g_file_new_tmp ("kontor-import-XXXXXX", &self->copy, error);
  if (file == NULL)
    return FALSE;
  /* without a name it goes with the process, however that ends */
  g_file_delete (file, NULL, NULL);
  if (!copy_stream (self, stream, cancellable, error))
    return FALSE;
  self->stream = g_object_ref (g_io_stream_get_input_stream (G_IO_STREAM (self->copy)));
  return TRUE;
}

/**
 * kontor_import_source_new_for_stream:
 * @stream: bytes
 * @name: what people call it
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with the name
 *
 * A stream that can't go back is read to its end and kept in a file without a name. The same thread
 * may read a source of this kind only once at a time.
 *
 * Returns: (transfer full) (nullable): the source, or %NULL with @error set
 */
KontorImportSource *
kontor_import_source_new_for_stream (GInputStream *stream,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_autoptr(KontorImportSource) self = create (name);
  GError *local_error = NULL;

  if (take_stream (self, stream, cancellable, &local_error))
    return g_steal_pointer (&self);
  propagate (local_error, name, error);
  return NULL;
}

/**
 * kontor_import_source_new_for_path:
 * @path: a file; a pipe is read to its end
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with the file's name
 *
 * Returns: (transfer full) (nullable): the source, or %NULL with @error set
 */
KontorImportSource *
kontor_import_source_new_for_path (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr(GFileInfo) info = NULL;
  g_autoptr(GInputStream) stream = NULL;
  GError *local_error = NULL;
  KontorImportSource *self;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE,
                            cancellable,
                            &local_error);
  if (info != NULL)
    stream = G_INPUT_STREAM (g_file_read (file, cancellable, &local_error));
  if (stream == NULL)
    {
      propagate (local_error, name, error);
      return NULL;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return kontor_import_source_new_for_stream (stream, name, cancellable, error);
  self = create (name);
  self->file = g_steal_pointer (&file);
  self->size = (guint64) g_file_info_get_size (info);
  return self;
}

/**
 * kontor_import_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
KontorImportSource *
kontor_import_source_ref (KontorImportSource *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kontor_import_source_unref:
 * @self: (transfer full): a source
 */
void
kontor_import_source_unref (KontorImportSource *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->file);
  g_clear_object (&self->stream);
  g_clear_object (&self->copy);
  g_free (self->name);
  g_free (self);
}

/**
 * kontor_import_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none): what people call it: the file's name without its folder
 */
const char *
kontor_import_source_get_name (KontorImportSource *self)
{
  return self->name;
}

/**
 * kontor_import_source_get_size:
 * @self: a source
 *
 * Returns: bytes
 */
guint64
kontor_import_source_get_size (KontorImportSource *self)
{
  return self->size;
}

/**
 * kontor_import_source_open:
 * @self: a source
 * @error: (nullable): place for an error with the name
 *
 * Returns: (transfer full) (nullable): its bytes from the start; %NULL with @error set
 */
GInputStream *
kontor_import_source_open (KontorImportSource *self, GError **error)
{
  GError *local_error = NULL;
  GInputStream *stream = NULL;

  if (self->file != NULL)
    stream = G_INPUT_STREAM (g_file_read (self->file, NULL, &local_error));
  else if (g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, NULL, &local_error))
    stream = g_object_ref (self->stream);
  if (stream == NULL)
    propagate (local_error, self->name, error);
  return stream;
}
