/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Desktop notifications. libnotify waits for the daemon, so it has a thread of its own. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void kontor_notifier_show (const char *title, const char *body);
void kontor_notifier_watch_jobs (GListModel *jobs);

G_END_DECLS
