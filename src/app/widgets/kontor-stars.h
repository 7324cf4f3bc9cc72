/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user has starred: records and saved views, in an order of their own. Kept in the
 * workspace (ui.md 7), so that it is undone and synchronised. One object a session. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_STARS (kontor_stars_get_type ())
G_DECLARE_FINAL_TYPE (KontorStars, kontor_stars, KONTOR, STARS, GObject)

/* Signals: "changed" (): others are starred, in another order or by other names. */

typedef struct
{
  const KontorRecordType *type; /* NULL: not known here */
  KontorId id;
  const char *title; /* (nullable): NULL while it is read or when it is gone */
} KontorStar;

KontorStars *kontor_stars_get (KontorSession *session);
guint kontor_stars_get_n (KontorStars *self);
gboolean kontor_stars_get_nth (KontorStars *self, guint n, KontorStar *star);
gboolean kontor_stars_contain (KontorStars *self, const KontorId *id);
void kontor_stars_toggle (KontorStars *self,
                          const KontorRecordType *type,
                          const KontorId *id,
                          const char *title);
void kontor_stars_move (KontorStars *self, guint from, guint to);

G_END_DECLS
