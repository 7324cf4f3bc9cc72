/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is, by its first bytes: rows, JSON lines, vCards, or something that must be saved
 * otherwise first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KONTOR_FILE_CSV,        /* text in rows and columns */
  KONTOR_FILE_JSON_LINES, /* one JSON object a line */
  KONTOR_FILE_VCARD,      /* cards of people and organisations */
} KontorFileKind;

gboolean kontor_file_kind_guess (const guint8 *data,
                                 gsize length,
                                 const char *encoding,
                                 KontorFileKind *kind,
                                 GError **error);

G_END_DECLS
