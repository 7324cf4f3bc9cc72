/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page, where there is no workspace yet. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_WELCOME (kontor_welcome_get_type ())
G_DECLARE_FINAL_TYPE (KontorWelcome, kontor_welcome, KONTOR, WELCOME, GtkWidget)

/* Signals:
 *   "chosen" (const char *what)   "import", "demo", "empty" or "open" */

char *kontor_welcome_dup_name (KontorWelcome *self);
const char *kontor_welcome_get_country (KontorWelcome *self);

G_END_DECLS
