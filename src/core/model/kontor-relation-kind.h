/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program knows of the kinds of relations between parties: how they read from the other
 * side, and which of them mean a hierarchy. Kinds a workspace adds read the same from both sides.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kontor_relation_kind_is_hierarchy (const char *kind);
const char *kontor_relation_kind_get_inverse (const char *kind);

G_END_DECLS
