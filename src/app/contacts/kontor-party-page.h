/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a person or an organisation: facts and timeline. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_PARTY_PAGE (kontor_party_page_get_type ())
G_DECLARE_FINAL_TYPE (KontorPartyPage, kontor_party_page, KONTOR, PARTY_PAGE, GtkWidget)

/* Signals:
 *   "loaded" (KontorRecord *)   the record was read, or read again
 *   "gone" ()                   there is no such record any more */

void kontor_party_page_set_session (KontorPartyPage *self, KontorSession *session);
void
kontor_party_page_show (KontorPartyPage *self, const KontorRecordType *type, const KontorId *id);
KontorRecord *kontor_party_page_get_record (KontorPartyPage *self);
GtkWidget *kontor_party_page_get_header (KontorPartyPage *self);
void kontor_party_page_set_place (KontorPartyPage *self, gboolean can_go_back, gboolean alone);

G_END_DECLS
