/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream of any length that takes no memory: a beginning, one text over and over, an end. */
#include "config.h"

#include "pattern-stream.h"
#include <string.h>

struct _PatternStream
{
  GInputStream parent_instance;
  char *parts[3];
  guint64 lengths[3];
  guint64 at;
  guint64 fail_at; /* 0: never */
};

G_DEFINE_FINAL_TYPE (PatternStream, pattern_stream, G_TYPE_INPUT_STREAM)

static gssize
pattern_stream_read (GInputStream *stream,
                     void *buffer,
                     gsize count,
                     GCancellable *cancellable,
                     GError **error)
{
  PatternStream *self = PATTERN_STREAM (stream);
  guint64 at = self->at;
  guint part = 0;
  gsize length, offset, n;

  if (self->fail_at > 0 && self->at >= self->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the disk is gone");
      return -1;
    }
  while (part < 3 && at >= self->lengths[part])
    at -= self->lengths[part++];
  if (part == 3)
    return 0;
  length = strlen (self->parts[part]);
  offset = at % length;
  n = MIN (count, MIN (length - offset, self->lengths[part] - at));
  memcpy (buffer, self->parts[part] + offset, n);
  self->at += n;
  return (gssize) n;
}

static void
pattern_stream_finalize (GObject *object)
{
  PatternStream *self = PATTERN_STREAM (object);

  for (guint i = 0; i < 3; i++)
    g_free (self->parts[i]);
  G_OBJECT_CLASS (pattern_stream_parent_class)->finalize (object);
}

static void
pattern_stream_class_init (PatternStreamClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pattern_stream_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = pattern_stream_read;
}

static void
pattern_stream_init (PatternStream *self)
{
}

/* Short patterns are lengthened, so that huge streams are read in large pieces. */
GInputStream *
pattern_stream_new (const char *begin, const char *repeated, guint64 times, const char *end)
{
  PatternStream *self = g_object_new (PATTERN_TYPE_STREAM, NULL);
  GString *block = g_string_new (repeated);

  while (block->len > 0 && block->len < 65536)
    g_string_append (block, repeated);
  self->parts[0] = g_strdup (begin);
  self->parts[1] = g_string_free (block, FALSE);
  self->parts[2] = g_strdup (end);
  self->lengths[0] = strlen (begin);
  self->lengths[1] = strlen (repeated) * times;
  self->lengths[2] = strlen (end);
  return G_INPUT_STREAM (self);
}

guint64
pattern_stream_get_read (GInputStream *stream)
{
  return PATTERN_STREAM (stream)->at;
}

void
pattern_stream_fail_at (GInputStream *stream, guint64 offset)
{
  PATTERN_STREAM (stream)->fail_at = offset;
}
