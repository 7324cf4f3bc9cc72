/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long Kontor's own callbacks keep the main loop: thread CPU of each that GLib or GTK calls,
 * with all it does, GTK's work at its behest included. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_calls_reset (void);
double bench_calls_get_longest (char **name); /* ms; @name: (out) (transfer full) (nullable) */
guint64 bench_calls_get_count (void);

G_END_DECLS
