/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks what to do with many records: a field and its value, an owner, or a tag. */
#pragma once

#include "kontor-mass-change.h"
#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  KONTOR_MASS_ASK_FIELD,
  KONTOR_MASS_ASK_OWNER,
  KONTOR_MASS_ASK_TAG,
} KontorMassAsk;

#define KONTOR_TYPE_MASS_DIALOG (kontor_mass_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KontorMassDialog, kontor_mass_dialog, KONTOR, MASS_DIALOG, AdwWindow)

/* Signals: "answered" ()   kontor_mass_dialog_take_action() says what is wanted */

GtkWidget *kontor_mass_dialog_new (KontorSession *session,
                                   const KontorRecordType *type,
                                   KontorMassAsk ask,
                                   guint n);
KontorMassAction *kontor_mass_dialog_take_action (KontorMassDialog *self);

G_END_DECLS
