/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags of a record as chips: taken off, chosen and made here. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_TAG_BOX (kontor_tag_box_get_type ())
G_DECLARE_FINAL_TYPE (KontorTagBox, kontor_tag_box, KONTOR, TAG_BOX, GtkWidget)

void kontor_tag_box_set_session (KontorTagBox *self, KontorSession *session);
void kontor_tag_box_set_record (KontorTagBox *self, KontorRecord *record, GPtrArray *tags);
void kontor_tag_box_popup (KontorTagBox *self);

G_END_DECLS
