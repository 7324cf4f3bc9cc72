/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite's locks, so that they outlive a close() of the file elsewhere in the process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void kontor_file_locks_install (void);

G_END_DECLS
