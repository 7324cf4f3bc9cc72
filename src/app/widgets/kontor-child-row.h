/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a child section, folded or with its fields. */
#pragma once

#include "kontor-child-section.h"

G_BEGIN_DECLS

#define KONTOR_TYPE_CHILD_ROW (kontor_child_row_get_type ())
G_DECLARE_FINAL_TYPE (KontorChildRow, kontor_child_row, KONTOR, CHILD_ROW, GtkWidget)

GtkWidget *kontor_child_row_new (KontorSession *session, const KontorChildSpec *spec);
void kontor_child_row_set_record (KontorChildRow *self, KontorRecord *record, KontorRecord *page);
KontorRecord *kontor_child_row_get_record (KontorChildRow *self);

G_END_DECLS
