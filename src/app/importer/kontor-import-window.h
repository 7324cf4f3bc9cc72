/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import assistant: file, match, check, done. Nothing is written before the last. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_IMPORT_WINDOW (kontor_import_window_get_type ())
G_DECLARE_FINAL_TYPE (KontorImportWindow, kontor_import_window, KONTOR, IMPORT_WINDOW, AdwWindow)

GtkWidget *kontor_import_window_new (KontorSession *session);
void kontor_import_window_open (KontorImportWindow *self, GFile *file);
void
kontor_import_window_open_stream (KontorImportWindow *self, GInputStream *stream, const char *name);

G_END_DECLS
