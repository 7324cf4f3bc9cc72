/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The area of people and organisations; the same widget with other views is their trash. */
#pragma once

#include "kontor-area.h"
#include "kontor-new-party-dialog.h"
#include "kontor-list-spec.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_CONTACTS_AREA (kontor_contacts_area_get_type ())
G_DECLARE_FINAL_TYPE (KontorContactsArea, kontor_contacts_area, KONTOR, CONTACTS_AREA, GtkWidget)

GtkWidget *kontor_contacts_area_new (KontorSession *session);
GtkWidget *kontor_contacts_area_new_trash (KontorSession *session);
void kontor_contacts_area_create_person (KontorContactsArea *self,
                                         const KontorNewPartyTexts *texts);
void
kontor_contacts_area_create (KontorContactsArea *self, const char *type_name, const char *name);
char *kontor_contacts_area_dup_view (KontorContactsArea *self);
void kontor_contacts_area_show_view (KontorContactsArea *self, const char *name);
void kontor_contacts_area_show_list (KontorContactsArea *self, const char *view);

void kontor_contacts_area_restore_record (KontorContactsArea *self,
                                          const KontorRecordType *type,
                                          const KontorId *id);
void kontor_contacts_area_show_tag (KontorContactsArea *self, const char *tag);
char *kontor_contacts_area_dup_title (KontorContactsArea *self);
void kontor_contacts_area_set_page_alone (KontorContactsArea *self);
void kontor_contacts_area_activate_when_loaded (KontorContactsArea *self,
                                                const KontorId *id,
                                                const char *action);

G_END_DECLS
