/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a path says about the file, without looking at the disk. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kontor_path_is_lent (const char *path);
void kontor_path_set_lent_root_for_testing (const char *root);

G_END_DECLS
