/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last steps: who did what when, each with a way back by itself. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_STEPS_WINDOW (kontor_steps_window_get_type ())
G_DECLARE_FINAL_TYPE (KontorStepsWindow, kontor_steps_window, KONTOR, STEPS_WINDOW, AdwWindow)

GtkWidget *kontor_steps_window_new (KontorSession *session);

G_END_DECLS
