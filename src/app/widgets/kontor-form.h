/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labelled editors below one another, for a record that does not exist yet. */
#pragma once

#include "kontor-field-editor.h"
#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FORM (kontor_form_get_type ())
G_DECLARE_FINAL_TYPE (KontorForm, kontor_form, KONTOR, FORM, GtkWidget)

/* Signals:
 *   "changed" (KontorFieldEditor *)   the content of an editor is another one
 *   "activate" ()                     Enter in the last editor, or in any that ends */

void kontor_form_set_session (KontorForm *self, KontorSession *session);
void kontor_form_set_enter_ends (KontorForm *self, gboolean enter_ends);
KontorFieldEditor *
kontor_form_add_field (KontorForm *self, const KontorFieldDef *field, const char *label);
void kontor_form_add_widget (KontorForm *self, GtkWidget *widget, const char *label);
KontorFieldEditor *kontor_form_find (KontorForm *self, const KontorFieldDef *field);
gboolean kontor_form_fill_record (KontorForm *self, KontorRecord *record);
void kontor_form_load_record (KontorForm *self, KontorRecord *record);
gboolean kontor_form_is_edited (KontorForm *self);
void kontor_form_show_error (KontorForm *self, GtkWidget *widget, const char *reason);
char *kontor_form_dup_texts (KontorForm *self);
void kontor_form_set_texts (KontorForm *self, const char *texts);
void kontor_form_clear (KontorForm *self);

G_END_DECLS
