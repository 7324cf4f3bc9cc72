/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a text, one after another in bounded memory, with their numbers. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KONTOR_LINE_MAX (4 * 1024 * 1024)

typedef enum
{
  KONTOR_LINE_READ,
  KONTOR_LINE_BAD, /* can't be used: error is set, reading goes on */
  KONTOR_LINE_END,
  KONTOR_LINE_FAILED, /* error is set, nothing more can be read */
} KontorLineStatus;

/**
 * KontorLine:
 * @number: from 1
 * @text: valid UTF-8 without the line's end, ends with NUL
 * @length: bytes of @text
 */
typedef struct
{
  guint64 number;
  const char *text;
  gsize length;
} KontorLine;

typedef struct _KontorLineReader KontorLineReader;

KontorLineReader *
kontor_line_reader_new (GInputStream *stream, const char *encoding, GError **error);
void kontor_line_reader_free (KontorLineReader *self);
KontorLineStatus kontor_line_reader_next (KontorLineReader *self,
                                          KontorLine *line,
                                          GCancellable *cancellable,
                                          GError **error);
guint64 kontor_line_reader_get_bytes (KontorLineReader *self);
void kontor_line_reader_set_name (KontorLineReader *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorLineReader, kontor_line_reader_free)

G_END_DECLS
