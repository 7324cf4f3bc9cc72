/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the figures of reading are compared with: plain SQLite over the same file, with a reader's
 * pragmas and statements that are prepared. Each function runs one question to its end. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFERENCE_N_TABLES 256

typedef struct _Reference Reference;

Reference *reference_open (const char *path, const char *const *tables);
void reference_close (Reference *self);
guint reference_match (Reference *self, const char *folded, guint limit);
void reference_walk (Reference *self, const char *sql);
void reference_sort (Reference *self, const char *sql, GArray *rids);
guint reference_scan_words (Reference *self, const char *folded);
guint reference_get_n_words (Reference *self);

G_END_DECLS
