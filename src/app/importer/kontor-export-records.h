/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a list to a file, as a job. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

void
kontor_export_records (KontorSession *session, GtkWidget *parent, KontorQuery *query, GArray *rids);

G_END_DECLS
