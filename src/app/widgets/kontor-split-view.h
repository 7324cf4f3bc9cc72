/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two panes side by side, or one after the other where there is no room for both. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_SPLIT_VIEW (kontor_split_view_get_type ())
G_DECLARE_FINAL_TYPE (KontorSplitView, kontor_split_view, KONTOR, SPLIT_VIEW, GtkWidget)

/* Properties: "first", "second" (GtkWidget); "folded" (read-only); "shows-second" while folded;
 * "single" never shows both */

gboolean kontor_split_view_get_folded (KontorSplitView *self);
gboolean kontor_split_view_get_shows_second (KontorSplitView *self);
void kontor_split_view_set_shows_second (KontorSplitView *self, gboolean shows_second);
void kontor_split_view_set_single (KontorSplitView *self, gboolean single);

G_END_DECLS
