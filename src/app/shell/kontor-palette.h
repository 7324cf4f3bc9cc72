/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command palette: finds any record and does any command of the window it belongs to. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_PALETTE (kontor_palette_get_type ())
G_DECLARE_FINAL_TYPE (KontorPalette, kontor_palette, KONTOR, PALETTE, AdwWindow)

GtkWidget *kontor_palette_new (KontorSession *session, GtkWindow *window);

G_END_DECLS
