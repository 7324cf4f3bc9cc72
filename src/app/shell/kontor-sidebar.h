/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The areas at the side of the window. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_SIDEBAR (kontor_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KontorSidebar, kontor_sidebar, KONTOR, SIDEBAR, GtkWidget)

/* Signals:
 *   "area-chosen" (const char *name) */

void kontor_sidebar_add_area (KontorSidebar *self,
                              const char *name,
                              const char *title,
                              const char *icon,
                              const char *key,
                              gboolean at_bottom);
void kontor_sidebar_select (KontorSidebar *self, const char *name);
void kontor_sidebar_set_session (KontorSidebar *self, KontorSession *session);
void kontor_sidebar_set_undo (KontorSidebar *self, const char *undo, const char *redo);
void kontor_sidebar_open_menu (KontorSidebar *self);

G_END_DECLS
