/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed and not stored: kept on this device, also when the program is killed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void kontor_draft_set (const char *key, const char *text);
char *kontor_draft_dup (const char *key, gint64 *at);

G_END_DECLS
