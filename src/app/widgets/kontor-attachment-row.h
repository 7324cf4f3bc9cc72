/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One attachment: what it looks like, its name and size, and what can be done with it. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ATTACHMENT_ROW (kontor_attachment_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorAttachmentRow, kontor_attachment_row, KONTOR, ATTACHMENT_ROW, GtkWidget)

GtkWidget *kontor_attachment_row_new (KontorSession *session);
void kontor_attachment_row_set_compact (KontorAttachmentRow *self);
void kontor_attachment_row_set_record (KontorAttachmentRow *self, KontorRecord *record);
KontorRecord *kontor_attachment_row_get_record (KontorAttachmentRow *self);

G_END_DECLS
