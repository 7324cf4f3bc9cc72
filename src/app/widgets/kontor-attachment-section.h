/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attachments of a record on its page. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ATTACHMENT_SECTION (kontor_attachment_section_get_type ())
G_DECLARE_FINAL_TYPE (KontorAttachmentSection,
                      kontor_attachment_section,
                      KONTOR,
                      ATTACHMENT_SECTION,
                      GtkWidget)

void kontor_attachment_section_set_session (KontorAttachmentSection *self, KontorSession *session);
void kontor_attachment_section_set_attachments (KontorAttachmentSection *self,
                                                KontorRecord *parent,
                                                GPtrArray *attachments);
gboolean kontor_attachment_section_can_add (KontorAttachmentSection *self);
void kontor_attachment_section_add (KontorAttachmentSection *self);

G_END_DECLS
