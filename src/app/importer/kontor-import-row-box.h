/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a file that is looked at before it is imported: what becomes of it, why, and a choice
 * of its own. */
#pragma once

#include "kontor-import-names.h"
#include "kontor-import-row-model.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_IMPORT_ROW_BOX (kontor_import_row_box_get_type ())
G_DECLARE_FINAL_TYPE (KontorImportRowBox, kontor_import_row_box, KONTOR, IMPORT_ROW_BOX, GtkWidget)

GtkWidget *kontor_import_row_box_new (KontorImportRowModel *model, KontorImportNames *names);
void kontor_import_row_box_bind (KontorImportRowBox *self, KontorImportRow *row);
void kontor_import_row_box_unbind (KontorImportRowBox *self);
void kontor_import_row_box_popup (KontorImportRowBox *self);

const char *kontor_import_choice_get_label (KontorImportShow kind, KontorImportChoice choice);

G_END_DECLS
