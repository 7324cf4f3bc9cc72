/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drop-down of words that shrinks: what is chosen is cut off where there is little room. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *kontor_choice_new (GListModel *words);
void kontor_choice_set_label (GtkDropDown *choice, const char *label);
void kontor_choice_set_up (GtkDropDown *choice, GListModel *words);

G_END_DECLS
