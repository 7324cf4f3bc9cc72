/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at an attachment: the picture, the beginning of the text, or what is known of it. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ATTACHMENT_WINDOW (kontor_attachment_window_get_type ())
G_DECLARE_FINAL_TYPE (KontorAttachmentWindow,
                      kontor_attachment_window,
                      KONTOR,
                      ATTACHMENT_WINDOW,
                      AdwWindow)

GtkWidget *kontor_attachment_window_new (KontorSession *session, KontorRecord *record);

G_END_DECLS
