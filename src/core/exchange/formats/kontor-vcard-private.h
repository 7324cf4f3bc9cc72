/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the vCard parser share. */
#pragma once

#include "kontor-vcard.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Of a line that is too long so much is kept: its name. */
#define KONTOR_VCARD_HEAD 256

/**
 * KontorVcardLine:
 * @number: from 1
 * @text: bytes without the line's end and without NULs; valid until the next line is read
 * @length: how many
 * @too_long: only the first %KONTOR_VCARD_HEAD bytes are there
 * @had_nul: NUL bytes were taken out
 */
typedef struct
{
  guint64 number;
  char *text;
  gsize length;
  gboolean too_long;
  gboolean had_nul;
} KontorVcardLine;

/* kontor-vcard-lines.c: lines as they stand in the file */
typedef struct _KontorVcardLines KontorVcardLines;

KontorVcardLines *
kontor_vcard_lines_new (GInputStream *stream, const char *encoding, GError **error);
void kontor_vcard_lines_free (KontorVcardLines *self);
gboolean kontor_vcard_lines_next (KontorVcardLines *self,
                                  KontorVcardLine *line,
                                  gboolean *end,
                                  GCancellable *cancellable,
                                  GError **error);
void kontor_vcard_lines_put_back (KontorVcardLines *self, const KontorVcardLine *line);
guint64 kontor_vcard_lines_get_bytes (KontorVcardLines *self);

/* How a value is written. */
typedef enum
{
  KONTOR_VCARD_PLAIN,
  KONTOR_VCARD_QUOTED_PRINTABLE,
  KONTOR_VCARD_BASE64,
} KontorVcardCoding;

/* A property whose value is not decoded yet. */
typedef struct
{
  KontorVcardProperty *property; /* owned: params in bytes of the file, no value */
  KontorVcardCoding coding;
  char *charset;   /* (nullable): as declared */
  GByteArray *raw; /* owned */
} KontorVcardRaw;

/* kontor-vcard-parse.c: a line of content into its parts */
KontorVcardCoding kontor_vcard_find_coding (const char *text, gsize length);
KontorVcardRaw *kontor_vcard_raw_new (const char *text, gsize length, guint64 number);
void kontor_vcard_raw_free (KontorVcardRaw *self);

/* kontor-vcard-decode.c: bytes into text */
void kontor_vcard_decode_quoted_printable (GByteArray *raw);
void kontor_vcard_decode (GPtrArray *raws, const char *encoding, KontorVcard *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorVcardLines, kontor_vcard_lines_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorVcardRaw, kontor_vcard_raw_free)

G_END_DECLS
