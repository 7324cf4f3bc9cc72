/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one process, a window a workspace. */
#pragma once

#include "kontor-workspace.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_APPLICATION (kontor_application_get_type ())
G_DECLARE_FINAL_TYPE (KontorApplication, kontor_application, KONTOR, APPLICATION, AdwApplication)

KontorApplication *kontor_application_new (void);
void kontor_application_forget (KontorApplication *self, KontorWorkspace *workspace);

G_END_DECLS
