/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding by iconv. UTF-8 passes as it is and is checked where lines and cells are known, so that
 * one broken letter costs one line and not the file. */
#include "config.h"

#include "kontor-text-input.h"

#include "kontor-error.h"
#include "kontor-formats.h"
#include "kontor-text-encoding.h"
#include <errno.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#define BLOCK (64 * 1024)

struct _KontorTextInput
{
  GInputStream *stream; /* owned */
  const char *encoding;
  GIConv converter; /* (GIConv) -1: UTF-8 */
  gsize unit;       /* bytes that are skipped where a character can't be read */
  guint64 n_bytes;
  gboolean started;
  gsize n_kept; /* bytes at the start of .block: a character that is not whole yet */
  char block[BLOCK];
};

/**
 * kontor_text_input_new:
 * @stream: bytes; read from where it stands, not closed
 * @encoding: a name from kontor_text_guess_encoding() or kontor_text_find_encoding()
 * @error: (nullable): place for an error
 *
 * A byte order mark at the start is left out.
 *
 * Returns: (transfer full) (nullable): the reader; %NULL with @error set: the encoding is not known
 */
KontorTextInput *
kontor_text_input_new (GInputStream *stream, const char *encoding, GError **error)
{
  const char *known = kontor_text_find_encoding (encoding);
  KontorTextInput *self;

  if (known == NULL)
    {
      kontor_set_error (error,
                        KONTOR_FORMATS_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("There is no encoding “%s”."),
                        encoding);
      return NULL;
    }
  self = g_new0 (KontorTextInput, 1);
  self->stream = g_object_ref (stream);
  self->encoding = known;
  self->converter = g_str_equal (known, "UTF-8") ? (GIConv) -1 : g_iconv_open ("UTF-8", known);
  self->unit = g_str_has_prefix (known, "UTF-16") ? 2 : g_str_has_prefix (known, "UTF-32") ? 4 : 1;
  return self;
}

/**
 * kontor_text_input_free:
 * @self: (transfer full) (nullable): a reader
 */
void
kontor_text_input_free (KontorTextInput *self)
{
  if (self == NULL)
    return;
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_object_unref (self->stream);
  g_free (self);
}

/* Appends what can be converted; what is left of the block is a character that is not whole. */
static void
convert (KontorTextInput *self, gsize length, gboolean last, GString *out)
{
  char *from = self->block;
  gsize left = length;

  while (left > 0)
    {
      gsize at = out->len, space = left * 4 + 16;
      char *to;

      g_string_set_size (out, at + space);
      to = out->str + at;
      if (g_iconv (self->converter, &from, &left, &to, &space) == (gsize) -1 && errno != E2BIG)
        {
          gboolean cut = errno == EINVAL;
          gsize skip = MIN (left, self->unit);

          g_string_set_size (out, to - out->str);
          if (cut && !last)
            break;
          g_string_append_c (out, KONTOR_TEXT_BAD_BYTE);
          from += skip;
          left -= skip;
          continue;
        }
      g_string_set_size (out, to - out->str);
    }
  memmove (self->block, from, left);
  self->n_kept = left;
}

static void
skip_mark (KontorTextInput *self, GString *out, gsize at)
{
  if (self->started || out->len == at)
    return;
  self->started = TRUE;
  if (out->len - at >= 3 && memcmp (out->str + at, "\xef\xbb\xbf", 3) == 0)
    g_string_erase (out, at, 3);
}

/* What GIO says of a broken disk or pipe, as an error that can name the file. */
static gboolean
fail_read (GError *local, GError **error)
{
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) || local->domain != G_IO_ERROR)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  kontor_set_error (error,
                    KONTOR_FORMATS_ERROR,
                    KONTOR_ERROR_IO,
                    _("It can't be read: %s."),
                    local->message);
  g_error_free (local);
  return FALSE;
}

/**
 * kontor_text_input_read:
 * @self: a reader
 * @out: the next block of text is appended to it; bytes that are no character become
 *   %KONTOR_TEXT_BAD_BYTE
 * @more: (out): whether there may be more
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set when the stream can't be read
 */
gboolean
kontor_text_input_read (KontorTextInput *self,
                        GString *out,
                        gboolean *more,
                        GCancellable *cancellable,
                        GError **error)
{
  GError *local_error = NULL;
  gsize at = out->len;
  gsize n;

  /* a mark is told apart from the text only when it is there whole */
  if (!g_input_stream_read_all (self->stream,
                                self->block + self->n_kept,
                                BLOCK - self->n_kept,
                                &n,
                                cancellable,
                                &local_error))
    return fail_read (local_error, error);
  *more = n == BLOCK - self->n_kept;
  self->n_bytes += n;
  n += self->n_kept;
  self->n_kept = 0;
  if (self->converter == (GIConv) -1)
    g_string_append_len (out, self->block, n);
  else
    convert (self, n, !*more, out);
  skip_mark (self, out, at);
  return TRUE;
}

/**
 * kontor_text_input_get_bytes:
 * @self: a reader
 *
 * Returns: how many bytes of the stream were read
 */
guint64
kontor_text_input_get_bytes (KontorTextInput *self)
{
  return self->n_bytes;
}

/**
 * kontor_text_input_get_encoding:
 * @self: a reader
 *
 * Returns: (transfer none): the encoding it reads
 */
const char *
kontor_text_input_get_encoding (KontorTextInput *self)
{
  return self->encoding;
}
