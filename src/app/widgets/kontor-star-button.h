/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows whether a record is starred; pressing it stars it or takes the star away. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_STAR_BUTTON (kontor_star_button_get_type ())
G_DECLARE_FINAL_TYPE (KontorStarButton, kontor_star_button, KONTOR, STAR_BUTTON, GtkWidget)

void kontor_star_button_set_session (KontorStarButton *self, KontorSession *session);
void kontor_star_button_set_record (KontorStarButton *self, KontorRecord *record);
void kontor_star_button_toggle (KontorStarButton *self);

G_END_DECLS
