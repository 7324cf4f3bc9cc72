/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records become cards. */
#pragma once

#include "kontor-export.h"
#include "kontor-vcard.h"

G_BEGIN_DECLS

/* What belongs on one card. Lists may be NULL. */
typedef struct
{
  KontorWorkspace *workspace;
  KontorSchema *schema;
  KontorRecord *record;
  GPtrArray *points;    /* (element-type KontorRecord) */
  GPtrArray *addresses; /* (element-type KontorRecord) */
  GPtrArray *jobs;      /* (element-type KontorRecord): with the titles of their links */
  GPtrArray *tags;      /* (element-type utf8) */
  KontorVcardVersion version;
  gboolean own; /* also what only this program understands */
} KontorCardFacts;

KontorVcard *kontor_export_make_card (const KontorCardFacts *facts);

/* Called after each card, to write away what is there. */
typedef gboolean (*KontorCardWritten) (gpointer data, GError **error);

/* kontor-export-cards.c */
gboolean kontor_export_append_cards (KontorWorkspace *workspace,
                                     KontorSchema *schema,
                                     const KontorRecordType *type,
                                     GPtrArray *records,
                                     KontorVcardVersion version,
                                     gboolean own,
                                     GString *out,
                                     KontorCardWritten written,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
