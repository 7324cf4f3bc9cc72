/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small window for a new record: the fields that matter, more on request. Areas derive from it
 * what needs more than fields. */
#pragma once

#include "kontor-form.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_NEW_DIALOG (kontor_new_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (KontorNewDialog, kontor_new_dialog, KONTOR, NEW_DIALOG, AdwWindow)

/**
 * KontorNewDialogClass:
 * @build_step: makes the step that creates everything; %NULL after it has said in the form what is
 *   wrong. By default one record of the type with the fields of the forms.
 * @edited: an editor of the first form was changed
 *
 * Signals: "created" (KontorCommit *)
 */
struct _KontorNewDialogClass
{
  AdwWindowClass parent_class;

  KontorStep *(*build_step) (KontorNewDialog *self);
  void (*edited) (KontorNewDialog *self, KontorFieldEditor *editor);
  void (*cleared) (KontorNewDialog *self);
};

GtkWidget *
kontor_new_dialog_new (KontorSession *session, const KontorRecordType *type, const char *title);
void kontor_new_dialog_set_up (KontorNewDialog *self,
                               KontorSession *session,
                               const KontorRecordType *type,
                               const char *title);
KontorSession *kontor_new_dialog_get_session (KontorNewDialog *self);
const KontorRecordType *kontor_new_dialog_get_record_type (KontorNewDialog *self);
KontorForm *kontor_new_dialog_get_form (KontorNewDialog *self);
GtkBox *kontor_new_dialog_get_hint_box (KontorNewDialog *self);
void
kontor_new_dialog_add_fields (KontorNewDialog *self, const KontorFieldId *fields, gboolean more);
void kontor_new_dialog_add_field_defs (KontorNewDialog *self, GPtrArray *fields, gboolean more);
void kontor_new_dialog_add_required (KontorNewDialog *self);
void kontor_new_dialog_set_preset (KontorNewDialog *self, KontorRecord *preset);
KontorRecord *kontor_new_dialog_fill (KontorNewDialog *self);

G_END_DECLS
