/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an entry of a timeline is written: one line is understood, what was understood is shown as
 * chips that can be changed. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_COMPOSER (kontor_composer_get_type ())
G_DECLARE_FINAL_TYPE (KontorComposer, kontor_composer, KONTOR, COMPOSER, GtkWidget)

void kontor_composer_set_session (KontorComposer *self, KontorSession *session);
void kontor_composer_set_record (KontorComposer *self, KontorRecord *record);
void kontor_composer_focus (KontorComposer *self);
void kontor_composer_log_text (KontorComposer *self, const char *text);

G_END_DECLS
