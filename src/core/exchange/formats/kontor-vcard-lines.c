/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines end with LF, CR LF or CR alone. Bytes are passed on as they are: each property may have an
 * encoding of its own. */
#include "config.h"

#include "kontor-text-input.h"
#include "kontor-vcard-private.h"
#include <string.h>

struct _KontorVcardLines
{
  KontorTextInput *input; /* owned */
  GString *text;          /* read and not given out, from .at on */
  gsize at;
  gsize searched; /* no end of a line stands between .at and here */
  GString *head;  /* of a line that is too long */
  guint64 number; /* of the last line */
  gboolean more;
  gboolean has_back; /* .back is given out again */
  KontorVcardLine back;
};

/**
 * kontor_vcard_lines_new:
 * @stream: bytes; read from where it stands, not closed
 * @encoding: a name from kontor_text_guess_encoding(); only UTF-16 and UTF-32 are converted here
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the lines; %NULL with @error set
 */
KontorVcardLines *
kontor_vcard_lines_new (GInputStream *stream, const char *encoding, GError **error)
{
  gboolean wide = g_str_has_prefix (encoding, "UTF-16") || g_str_has_prefix (encoding, "UTF-32");
  g_autoptr(KontorTextInput) input =
    kontor_text_input_new (stream, wide ? encoding : "UTF-8", error);
  KontorVcardLines *self;

  if (input == NULL)
    return NULL;
  self = g_new0 (KontorVcardLines, 1);
  self->input = g_steal_pointer (&input);
  self->text = g_string_new (NULL);
  self->head = g_string_new (NULL);
  self->more = TRUE;
  return self;
}

/**
 * kontor_vcard_lines_free:
 * @self: (transfer full) (nullable): lines
 */
void
kontor_vcard_lines_free (KontorVcardLines *self)
{
  if (self == NULL)
    return;
  kontor_text_input_free (self->input);
  g_string_free (self->text, TRUE);
  g_string_free (self->head, TRUE);
  g_free (self);
}

/* Several CR before an LF are what is left of a file that was converted twice. */
static gboolean
find_break (KontorVcardLines *self, gsize *end, gsize *next)
{
  const char *from = self->text->str + self->searched;
  const char *last = self->text->str + self->text->len;
  const char *lf = memchr (from, '\n', last - from);
  const char *cr = memchr (from, '\r', (lf != NULL ? lf : last) - from);
  const char *after = cr;

  while (after != NULL && after < last && *after == '\r')
    after++;
  self->searched = (cr != NULL ? cr : last) - self->text->str;
  /* what follows the CR is not read yet */
  if (cr != NULL && after == last && self->more)
    return FALSE;
  if (cr == NULL && lf == NULL)
    return FALSE;
  *end = (cr != NULL ? cr : lf) - self->text->str;
  if (cr == NULL)
    *next = *end + 1;
  else
    *next = after < last && *after == '\n' ? (gsize) (after + 1 - self->text->str) : *end + 1;
  return TRUE;
}

static gboolean
read_more (KontorVcardLines *self, GCancellable *cancellable, GError **error)
{
  g_string_erase (self->text, 0, (gssize) self->at);
  self->searched -= self->at;
  self->at = 0;
  if (kontor_text_input_read (self->input, self->text, &self->more, cancellable, error))
    return TRUE;
  self->more = FALSE;
  return FALSE;
}

/* The start of the line is kept, the rest is forgotten as it comes. */
static void
cut (KontorVcardLines *self)
{
  if (self->searched - self->at <= KONTOR_VCARD_MAX_PROPERTY)
    return;
  if (self->head->len == 0)
    g_string_append_len (self->head, self->text->str + self->at, KONTOR_VCARD_HEAD);
  self->at = self->searched;
}

static void
drop_nuls (KontorVcardLine *line)
{
  gsize n = 0;

  line->had_nul = memchr (line->text, '\0', line->length) != NULL;
  if (!line->had_nul)
    return;
  for (gsize i = 0; i < line->length; i++)
    if (line->text[i] != '\0')
      line->text[n++] = line->text[i];
  line->length = n;
}

/* The mark stands at the start of each file that went into this one. */
static void
drop_mark (KontorVcardLine *line)
{
  if (line->length >= 3 && memcmp (line->text, "\xef\xbb\xbf", 3) == 0)
    {
      line->text += 3;
      line->length -= 3;
    }
}

static void
give_out (KontorVcardLines *self, gsize end, gsize next, KontorVcardLine *line)
{
  self->number++;
  line->number = self->number;
  line->too_long = self->head->len > 0;
  line->text = line->too_long ? self->head->str : self->text->str + self->at;
  line->length = line->too_long ? self->head->len : end - self->at;
  self->at = self->searched = next;
  drop_nuls (line);
  drop_mark (line);
}

/**
 * kontor_vcard_lines_next:
 * @self: lines
 * @line: (out caller-allocates): the next one
 * @end: (out): there are no more
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the stream can't be read
 */
gboolean
kontor_vcard_lines_next (KontorVcardLines *self,
                         KontorVcardLine *line,
                         gboolean *end,
                         GCancellable *cancellable,
                         GError **error)
{
  gsize stop, next;

  *end = FALSE;
  if (self->has_back)
    {
      *line = self->back;
      self->has_back = FALSE;
      return TRUE;
    }
  g_string_truncate (self->head, 0);
  while (!find_break (self, &stop, &next))
    {
      if (!self->more)
        {
          if (self->at == self->text->len && self->head->len == 0)
            {
              *end = TRUE;
              return TRUE;
            }
          stop = next = self->text->len;
          break;
        }
      cut (self);
      if (!read_more (self, cancellable, error))
        return FALSE;
    }
  give_out (self, stop, next, line);
  return TRUE;
}

/**
 * kontor_vcard_lines_put_back:
 * @self: lines
 * @line: the one that was read last; it is read again
 */
void
kontor_vcard_lines_put_back (KontorVcardLines *self, const KontorVcardLine *line)
{
  self->back = *line;
  self->has_back = TRUE;
}

/**
 * kontor_vcard_lines_get_bytes:
 * @self: lines
 *
 * Returns: how many bytes of the file were read
 */
guint64
kontor_vcard_lines_get_bytes (KontorVcardLines *self)
{
  return kontor_text_input_get_bytes (self->input);
}
