/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record ids: UUIDv7 made on the device, UUIDv8 derived for set memberships (RFC 9562). */
#pragma once

#include "kontor-env.h"

G_BEGIN_DECLS

#define KONTOR_ID_SIZE 16
#define KONTOR_ID_TEXT_SIZE 37 /* 36 characters and the NUL */

typedef struct
{
  guint8 b[KONTOR_ID_SIZE];
} KontorId;

extern const KontorId KONTOR_ID_NULL;

KontorId kontor_id_new (KontorEnv *env);
KontorId kontor_id_derive (const char *kind, const KontorId *left, const KontorId *right);
KontorId kontor_id_derive_text (const char *kind, const char *text);
gboolean kontor_id_is_derived (const KontorId *id);
gboolean kontor_id_parse (const char *text, KontorId *id);
void kontor_id_format (const KontorId *id, char text[KONTOR_ID_TEXT_SIZE]);
char *kontor_id_to_string (const KontorId *id);
gboolean kontor_id_equal (gconstpointer a, gconstpointer b);
guint kontor_id_hash (gconstpointer id);
int kontor_id_compare (gconstpointer a, gconstpointer b);
gboolean kontor_id_is_null (const KontorId *id);
KontorId *kontor_id_copy (const KontorId *id);

G_END_DECLS
