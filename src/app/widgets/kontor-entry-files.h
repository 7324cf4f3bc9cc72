/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an entry of a timeline, as chips side by side. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ENTRY_FILES (kontor_entry_files_get_type ())
G_DECLARE_FINAL_TYPE (KontorEntryFiles, kontor_entry_files, KONTOR, ENTRY_FILES, GtkWidget)

void kontor_entry_files_set_attachments (KontorEntryFiles *self,
                                         KontorSession *session,
                                         GPtrArray *attachments);

G_END_DECLS
