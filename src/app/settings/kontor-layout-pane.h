/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields of a type stand on its page, in the window for new records, in lists, and in what
 * order. */
#pragma once

#include "kontor-layout-spec.h"
#include "kontor-settings-pane.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_LAYOUT_PANE (kontor_layout_pane_get_type ())
G_DECLARE_FINAL_TYPE (KontorLayoutPane, kontor_layout_pane, KONTOR, LAYOUT_PANE, KontorSettingsPane)

GtkWidget *kontor_layout_pane_new (KontorSession *session, const KontorLayoutSpec *spec);

G_END_DECLS
