/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window on one workspace. */
#pragma once

#include "kontor-opener.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_WINDOW (kontor_window_get_type ())
G_DECLARE_FINAL_TYPE (KontorWindow, kontor_window, KONTOR, WINDOW, AdwApplicationWindow)

KontorWindow *kontor_window_new (AdwApplication *application);
void kontor_window_open (KontorWindow *self,
                         const char *path,
                         KontorOpenerMode mode,
                         KontorOpenFlags flags,
                         const KontorInit *init);
void kontor_window_welcome (KontorWindow *self);
void kontor_window_import (KontorWindow *self, GFile *file);
void kontor_window_import_files (KontorWindow *self, GSList *files);
void kontor_window_activate (KontorWindow *self, const char *action);
KontorWorkspace *kontor_window_get_workspace (KontorWindow *self);

G_END_DECLS
