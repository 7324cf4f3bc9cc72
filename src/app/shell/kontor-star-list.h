/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is starred, in the sidebar: opens it, puts it in order. Hidden while there is nothing. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_STAR_LIST (kontor_star_list_get_type ())
G_DECLARE_FINAL_TYPE (KontorStarList, kontor_star_list, KONTOR, STAR_LIST, GtkWidget)

void kontor_star_list_set_session (KontorStarList *self, KontorSession *session);

G_END_DECLS
