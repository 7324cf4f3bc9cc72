/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window for a new person or organisation. */
#pragma once

#include "kontor-new-dialog.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_NEW_PARTY_DIALOG (kontor_new_party_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KontorNewPartyDialog,
                      kontor_new_party_dialog,
                      KONTOR,
                      NEW_PARTY_DIALOG,
                      KontorNewDialog)

/* What is known of a new person already; all may be NULL. */
typedef struct
{
  const char *name;
  const char *account;
  const char *position;
  const char *phone;
  const char *mobile;
  const char *fax;
  const char *mail;
  const char *web;
  const char *street;
  const char *postcode;
  const char *city;
} KontorNewPartyTexts;

GtkWidget *kontor_new_party_dialog_new (KontorSession *session, const KontorRecordType *type);
void kontor_new_party_dialog_set_account (KontorNewPartyDialog *self,
                                          const KontorId *account,
                                          const char *title);
void kontor_new_party_dialog_set_texts (KontorNewPartyDialog *self,
                                        const KontorNewPartyTexts *texts);
void kontor_new_party_dialog_set_name (KontorNewPartyDialog *self, const char *name);

G_END_DECLS
