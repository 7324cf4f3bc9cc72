/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attaching files to a record: looked at, stored and linked without the main thread waiting. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* At once; more are refused before one is looked at. */
#define KONTOR_ATTACH_MAX 200

void kontor_attach_files (KontorSession *session, KontorRecord *record, GPtrArray *files);
void kontor_attach_choose (KontorSession *session, KontorRecord *record, GtkWidget *widget);
void kontor_attach_bytes (KontorSession *session,
                          KontorRecord *record,
                          const char *name,
                          const char *media_type,
                          GBytes *bytes);

G_END_DECLS
