/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of one field, by its kind. Everything that edits fields uses it: pages, tables, new
 * records, filters, mass changes. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FIELD_EDITOR (kontor_field_editor_get_type ())
G_DECLARE_FINAL_TYPE (KontorFieldEditor, kontor_field_editor, KONTOR, FIELD_EDITOR, GtkWidget)

/* Signals:
 *   "changed" ()   its content is another one
 *   "activate" ()  the person is done: Enter, or a choice made */

GtkWidget *kontor_field_editor_new (KontorSession *session, const KontorFieldDef *field);
const KontorFieldDef *kontor_field_editor_get_field (KontorFieldEditor *self);
void kontor_field_editor_load (KontorFieldEditor *self, KontorRecord *record);
void kontor_field_editor_set_text (KontorFieldEditor *self, const char *text);
char *kontor_field_editor_dup_text (KontorFieldEditor *self);
gboolean kontor_field_editor_parse (KontorFieldEditor *self,
                                    const char *companion,
                                    KontorValue *value,
                                    char **currency,
                                    GError **error);
gboolean kontor_field_editor_is_edited (KontorFieldEditor *self);
void kontor_field_editor_set_label (KontorFieldEditor *self, const char *label);
void kontor_field_editor_set_placeholder (KontorFieldEditor *self, const char *placeholder);
void kontor_field_editor_select_all (KontorFieldEditor *self);
GtkWidget *kontor_field_editor_get_target (KontorFieldEditor *self);

G_END_DECLS
