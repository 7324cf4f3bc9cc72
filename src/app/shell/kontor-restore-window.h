/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which backup to go back to; says what it holds and what would be lost before it asks. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_RESTORE_WINDOW (kontor_restore_window_get_type ())
G_DECLARE_FINAL_TYPE (KontorRestoreWindow, kontor_restore_window, KONTOR, RESTORE_WINDOW, AdwWindow)

/* Signals: "chosen" (const char *path) a backup was chosen, and the question answered. */

GtkWidget *kontor_restore_window_new (KontorSession *session);

G_END_DECLS
