/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a stream as text in UTF-8, block by block in bounded memory. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Stands in the text for bytes that are no character of the encoding: it is not valid UTF-8, so
 * that whoever checks a line finds it there. */
#define KONTOR_TEXT_BAD_BYTE ((char) 0xff)

typedef struct _KontorTextInput KontorTextInput;

KontorTextInput *kontor_text_input_new (GInputStream *stream, const char *encoding, GError **error);
void kontor_text_input_free (KontorTextInput *self);
gboolean kontor_text_input_read (KontorTextInput *self,
                                 GString *out,
                                 gboolean *more,
                                 GCancellable *cancellable,
                                 GError **error);
guint64 kontor_text_input_get_bytes (KontorTextInput *self);
const char *kontor_text_input_get_encoding (KontorTextInput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorTextInput, kontor_text_input_free)

G_END_DECLS
