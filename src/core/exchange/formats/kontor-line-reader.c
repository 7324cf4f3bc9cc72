/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines end with LF or CR LF; empty ones are passed over. */
#include "config.h"

#include "kontor-line-reader.h"

#include "kontor-error.h"
#include "kontor-formats.h"
#include "kontor-text-input.h"
#include <string.h>
#include <glib/gi18n-lib.h>

struct _KontorLineReader
{
  KontorTextInput *input; /* owned */
  char *name;             /* (nullable) */
  GString *text;          /* read and not given out, from .at on */
  gsize at;
  gsize searched; /* no end of a line stands between .at and here */
  guint64 number; /* of the last line */
  gboolean more;
};

/**
 * kontor_line_reader_new:
 * @stream: bytes; read from where it stands, not closed
 * @encoding: a name from kontor_text_guess_encoding()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the reader; %NULL with @error set
 */
KontorLineReader *
kontor_line_reader_new (GInputStream *stream, const char *encoding, GError **error)
{
  g_autoptr(KontorTextInput) input = kontor_text_input_new (stream, encoding, error);
  KontorLineReader *self;

  if (input == NULL)
    return NULL;
  self = g_new0 (KontorLineReader, 1);
  self->input = g_steal_pointer (&input);
  self->text = g_string_new (NULL);
  self->more = TRUE;
  return self;
}

/**
 * kontor_line_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void
kontor_line_reader_free (KontorLineReader *self)
{
  if (self == NULL)
    return;
  kontor_text_input_free (self->input);
  g_string_free (self->text, TRUE);
  g_free (self->name);
  g_free (self);
}

static KontorLineStatus
fail (KontorLineReader *self, KontorErrorCode code, const char *message, GError **error)
{
  GError *local = kontor_error_new (KONTOR_FORMATS_ERROR, code, "%s", message);

  kontor_error_set_file (local, self->name);
  kontor_error_set_line (local, self->number);
  g_propagate_error (error, local);
  return KONTOR_LINE_FAILED;
}

static KontorLineStatus
check_line (KontorLineReader *self, const KontorLine *line, GError **error)
{
  if (G_LIKELY (g_utf8_validate_len (line->text, line->length, NULL)))
    return KONTOR_LINE_READ;
  fail (self,
        KONTOR_ERROR_INVALID,
        memchr (line->text, '\0', line->length) != NULL
          ? _("This has a NUL byte, which no text has.")
          : _("This is not valid text in UTF-8."),
        error);
  return KONTOR_LINE_BAD;
}

/* Makes the text longer until it has the end of a line, or ends. */
static gboolean
find_end (KontorLineReader *self, gsize *end, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      const char *found =
        memchr (self->text->str + self->searched, '\n', self->text->len - self->searched);

      *end = found != NULL ? (gsize) (found - self->text->str) : self->text->len;
      self->searched = *end;
      if (found != NULL || !self->more || *end - self->at > KONTOR_LINE_MAX)
        return TRUE;
      g_string_erase (self->text, 0, self->at);
      self->searched -= self->at;
      self->at = 0;
      if (!kontor_text_input_read (self->input, self->text, &self->more, cancellable, error))
        {
          self->more = FALSE;
          return FALSE;
        }
    }
}

/**
 * kontor_line_reader_next:
 * @self: a reader
 * @line: (out caller-allocates): the line, valid until the next call
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with file and line
 *
 * Returns: what was read
 */
KontorLineStatus
kontor_line_reader_next (KontorLineReader *self,
                         KontorLine *line,
                         GCancellable *cancellable,
                         GError **error)
{
  gsize end, start;

  do
    {
      if (!find_end (self, &end, cancellable, error))
        {
          if (error != NULL)
            kontor_error_set_file (*error, self->name);
          return KONTOR_LINE_FAILED;
        }
      if (end == self->at && end == self->text->len)
        return KONTOR_LINE_END;
      self->number++;
      if (end - self->at > KONTOR_LINE_MAX)
        {
          self->more = FALSE;
          g_string_truncate (self->text, 0);
          self->at = self->searched = 0;
          return fail (self,
                       KONTOR_ERROR_LIMIT,
                       _("This line is longer than 4 MB. Are these records?"),
                       error);
        }
      start = self->at;
      self->at = self->searched = MIN (end + 1, self->text->len);
      if (end > start && self->text->str[end - 1] == '\r')
        end--;
    }
  while (end == start);
  line->number = self->number;
  line->text = self->text->str + start;
  line->length = end - start;
  self->text->str[end] = '\0'; /* where its end was, or that of all */
  return check_line (self, line, error);
}

/**
 * kontor_line_reader_get_bytes:
 * @self: a reader
 *
 * Returns: how many bytes of the file were read
 */
guint64
kontor_line_reader_get_bytes (KontorLineReader *self)
{
  return kontor_text_input_get_bytes (self->input);
}

/**
 * kontor_line_reader_set_name:
 * @self: a reader
 * @name: (nullable): what errors call the file
 */
void
kontor_line_reader_set_name (KontorLineReader *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}
