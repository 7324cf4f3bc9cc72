/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a custom field is: label, kind, what it may hold, where it is shown. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FIELD_FORM (kontor_field_form_get_type ())
G_DECLARE_FINAL_TYPE (KontorFieldForm, kontor_field_form, KONTOR, FIELD_FORM, GtkWidget)

/* Signal "activate" (): Enter in its last editor. */

GtkWidget *kontor_field_form_new (KontorSession *session,
                                  const KontorRecordType *type,
                                  KontorRecord *definition);
void kontor_field_form_set_locked (KontorFieldForm *self, gboolean locked);
KontorStep *kontor_field_form_build_step (KontorFieldForm *self, gint64 position);
const char *kontor_field_kind_label (const KontorFieldDef *field);

G_END_DECLS
