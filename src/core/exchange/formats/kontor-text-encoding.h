/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encoding of a text, found by looking at its bytes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many bytes from the start of a file are enough to look at. */
#define KONTOR_TEXT_SAMPLE (256 * 1024)

const char *
kontor_text_guess_encoding (const guint8 *data, gsize length, gboolean whole, gsize *bom);
const char *kontor_text_find_encoding (const char *name);

G_END_DECLS
