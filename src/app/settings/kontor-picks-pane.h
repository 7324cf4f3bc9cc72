/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one pick list. */
#pragma once

#include "kontor-settings-pane.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_PICKS_PANE (kontor_picks_pane_get_type ())
G_DECLARE_FINAL_TYPE (KontorPicksPane, kontor_picks_pane, KONTOR, PICKS_PANE, KontorSettingsPane)

GtkWidget *kontor_picks_pane_new (KontorSession *session, const char *list);

G_END_DECLS
