/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many selected rows of a KontorListModel, kept by record: a selection survives another sort and
 * live changes, and costs nothing on a million rows. */
#pragma once

#include "kontor-list-model.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Selections of more rows are kept by position only. */
#define KONTOR_SELECTION_KEEP 10000

#define KONTOR_TYPE_SELECTION (kontor_selection_get_type ())
G_DECLARE_FINAL_TYPE (KontorSelection, kontor_selection, KONTOR, SELECTION, GObject)

KontorSelection *kontor_selection_new (KontorListModel *model);
KontorListModel *kontor_selection_get_model (KontorSelection *self);
gboolean kontor_selection_is_settling (KontorSelection *self);
guint kontor_selection_get_n_selected (KontorSelection *self);
guint kontor_selection_get_first (KontorSelection *self);
GArray *kontor_selection_get_rids (KontorSelection *self);

G_END_DECLS
