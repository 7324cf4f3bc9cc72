/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of one type of records: a person's own to add, change and put in order, the built-in
 * ones below. */
#pragma once

#include "kontor-settings-pane.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_FIELDS_PANE (kontor_fields_pane_get_type ())
G_DECLARE_FINAL_TYPE (KontorFieldsPane, kontor_fields_pane, KONTOR, FIELDS_PANE, KontorSettingsPane)

GtkWidget *kontor_fields_pane_new (KontorSession *session, const KontorRecordType *type);
void kontor_settings_add_position (KontorStep *step,
                                   KontorRecord *record,
                                   KontorFieldId field,
                                   gint64 position);

G_END_DECLS
