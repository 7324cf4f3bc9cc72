/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who else is on the file: locks on a small file beside it, so that migration and bulk loads have
 * the workspace to themselves and nobody rolls back a step that is still being written. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KontorLease KontorLease;

KontorLease *kontor_lease_open (const char *path, GError **error);
void kontor_lease_close (KontorLease *lease); /* nullable */
gboolean kontor_lease_is_working (KontorLease *lease);
gboolean kontor_lease_take_exclusive (KontorLease *lease, guint wait_ms);
void kontor_lease_drop_exclusive (KontorLease *lease);
gboolean kontor_lease_enter_step (KontorLease *lease);
void kontor_lease_leave_step (KontorLease *lease);
gboolean kontor_lease_begin_recovery (KontorLease *lease);
void kontor_lease_end_recovery (KontorLease *lease);

G_END_DECLS
