/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contents of attachments, between taking in, reading and the rows they are in. */
#pragma once

#include "kontor-workspace-private.h"
#include <sodium.h>

G_BEGIN_DECLS

#define KONTOR_BLOB_HASH_SIZE crypto_generichash_BYTES

#define KONTOR_BLOB_PARTIAL 0
#define KONTOR_BLOB_WHOLE 1

typedef struct
{
  guint8 bytes[KONTOR_BLOB_HASH_SIZE];
} KontorBlobHash;

typedef struct
{
  KontorBlobHash hash;
  gint64 size, got;
  int state;
  gint64 number;
  GBytes *chunk; /* (nullable) */
} KontorBlobRequest;

void kontor_blob_hash_format (const KontorBlobHash *hash, char text[KONTOR_BLOB_HASH_TEXT + 1]);
gboolean kontor_blob_hash_parse (const char *text, KontorBlobHash *hash);

/* KontorDbFunc of a KontorBlobRequest; each returns it, or NULL with an error set */

/* .state is -1 where there is none */
gpointer
kontor_blob_read_state (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error);
gpointer
kontor_blob_write_chunk (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error);
/* .chunk is NULL where there is no such .number */
gpointer
kontor_blob_read_chunk (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error);
/* .state says whether the chunks have the hash */
gpointer
kontor_blob_verify (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error);
gpointer
kontor_blob_forget (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
