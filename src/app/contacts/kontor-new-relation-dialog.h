/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window for a new relation of an organisation or a person to another one. */
#pragma once

#include "kontor-new-dialog.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_NEW_RELATION_DIALOG (kontor_new_relation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KontorNewRelationDialog,
                      kontor_new_relation_dialog,
                      KONTOR,
                      NEW_RELATION_DIALOG,
                      KontorNewDialog)

GtkWidget *kontor_new_relation_dialog_new (KontorSession *session, KontorRecord *party);

G_END_DECLS
