/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long work says how far it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KontorProgress:
 * @done: units done
 * @total: units in all, 0 while unknown
 *
 * Called from the thread that works, at most some ten times a second.
 */
typedef void (*KontorProgress) (guint64 done, guint64 total, gpointer data);

G_END_DECLS
