/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry that finds a record of one type by typing, and may offer to create it. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_LINK_ENTRY (kontor_link_entry_get_type ())
G_DECLARE_FINAL_TYPE (KontorLinkEntry, kontor_link_entry, KONTOR, LINK_ENTRY, GtkWidget)

/* Signals:
 *   "changed" ()   another record was chosen, or none
 *   "activate" ()  Enter with a choice made */

GtkWidget *kontor_link_entry_new (KontorSession *session, const KontorRecordType *type);
void kontor_link_entry_set_session (KontorLinkEntry *self,
                                    KontorSession *session,
                                    const KontorRecordType *type);
void kontor_link_entry_set_label (KontorLinkEntry *self, const char *label);
void kontor_link_entry_set_can_create (KontorLinkEntry *self, gboolean can_create);
void kontor_link_entry_set_link (KontorLinkEntry *self, const KontorId *id, const char *title);
gboolean kontor_link_entry_get_link (KontorLinkEntry *self, KontorId *id);
const char *kontor_link_entry_get_text (KontorLinkEntry *self);

G_END_DECLS
