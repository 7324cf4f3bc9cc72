/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of positions as sorted ranges. Unlike those of a GtkBitset, all of them move for the price
 * of the ranges, not of the positions: a whole list that is selected is one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint first, end; /* without .end */
} KontorRange;

typedef struct _KontorRanges KontorRanges;

KontorRanges *kontor_ranges_new (void);
KontorRanges *kontor_ranges_copy (const KontorRanges *ranges);
void kontor_ranges_free (KontorRanges *ranges);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorRanges, kontor_ranges_free)

const KontorRange *kontor_ranges_get (const KontorRanges *ranges, guint *n);
guint kontor_ranges_get_size (const KontorRanges *ranges);
gboolean kontor_ranges_contain (const KontorRanges *ranges, guint position);
void kontor_ranges_set (KontorRanges *ranges, guint first, guint end, gboolean contained);
void kontor_ranges_splice (KontorRanges *ranges, guint position, guint removed, guint added);
gboolean kontor_ranges_find_difference (const KontorRanges *a,
                                        const KontorRanges *b,
                                        guint *first,
                                        guint *last);

G_END_DECLS
