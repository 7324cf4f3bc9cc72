/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of a record, shown and edited in place. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FIELD_ROW (kontor_field_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorFieldRow, kontor_field_row, KONTOR, FIELD_ROW, GtkWidget)

/* Signals:
 *   "editing-ended" ()   the value was stored, or left as it was */

GtkWidget *kontor_field_row_new (KontorSession *session, const KontorFieldDef *field);
const KontorFieldDef *kontor_field_row_get_field (KontorFieldRow *self);
KontorRecord *kontor_field_row_get_record (KontorFieldRow *self);
void kontor_field_row_set_record (KontorFieldRow *self, KontorRecord *record);
void kontor_field_row_set_label (KontorFieldRow *self, const char *label);
void kontor_field_row_set_uri (KontorFieldRow *self, const char *uri);
void kontor_field_row_add_suffix (KontorFieldRow *self, GtkWidget *widget);
gboolean kontor_field_row_is_empty (KontorFieldRow *self);
gboolean kontor_field_row_is_editable (KontorFieldRow *self);
gboolean kontor_field_row_is_editing (KontorFieldRow *self);
gboolean kontor_field_row_has_unsaved_text (KontorFieldRow *self);
void kontor_field_row_edit (KontorFieldRow *self);
gboolean kontor_field_row_save (KontorFieldRow *self);
void kontor_field_row_cancel (KontorFieldRow *self);
void kontor_field_row_set_keep_open (KontorFieldRow *self, gboolean keep_open);

G_END_DECLS
