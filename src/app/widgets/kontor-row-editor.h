/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A popover over a row of a table with its columns as fields. Enter saves the row as one step and
 * goes on to the next, so that many rows are put right without a page. */
#pragma once

#include "kontor-list-model.h"
#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ROW_EDITOR (kontor_row_editor_get_type ())
G_DECLARE_FINAL_TYPE (KontorRowEditor, kontor_row_editor, KONTOR, ROW_EDITOR, GtkPopover)

/* Signals:
 *   "step" (int)   the row is saved; 1: the next is wanted, -1: the previous one */

GtkWidget *kontor_row_editor_new (KontorSession *session);
gboolean kontor_row_editor_set_fields (KontorRowEditor *self, GPtrArray *fields);
void kontor_row_editor_edit (KontorRowEditor *self, KontorListRow *row);

G_END_DECLS
