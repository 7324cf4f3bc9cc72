/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records for the clipboard: as a table and as cards, and what of a text from there is a table. */
#pragma once

#include "kontor-workspace.h"

G_BEGIN_DECLS

/* More would be too much for a clipboard; of cards with pictures far sooner. */
#define KONTOR_COPY_MAX_ROWS 20000
#define KONTOR_COPY_MAX_CARDS 1000

/**
 * KontorCopy:
 * @n: how many records
 * @tsv: a table, its columns parted by tabs
 * @html: the same table
 * @cards: (nullable): vCards, of people and organisations that are not too many
 */
typedef struct
{
  guint n;
  char *tsv;
  char *html;
  char *cards;
} KontorCopy;

KontorCopy *kontor_copy_records (KontorWorkspace *workspace,
                                 KontorQuery *query,
                                 GArray *rids,
                                 GCancellable *cancellable,
                                 GError **error);
void kontor_copy_free (KontorCopy *copy);

typedef enum
{
  KONTOR_PASTE_NOTHING,
  KONTOR_PASTE_TABLE,
  KONTOR_PASTE_CARDS,
  KONTOR_PASTE_TEXT, /* a few lines that are neither: perhaps a signature */
} KontorPasteKind;

KontorPasteKind kontor_paste_find_kind (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorCopy, kontor_copy_free)

G_END_DECLS
