/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The button below the first rows of many: "Show all 500". What comes then is made a few rows at a
 * time, so that the window goes on. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_MORE_ROWS (kontor_more_rows_get_type ())
G_DECLARE_FINAL_TYPE (KontorMoreRows, kontor_more_rows, KONTOR, MORE_ROWS, GtkButton)

/* Signals:
 *   "more" ()   more rows are to be shown than before: kontor_more_rows_update() says how many */

GtkWidget *kontor_more_rows_new (void);
guint kontor_more_rows_update (KontorMoreRows *self, guint n_rows);
void kontor_more_rows_fold (KontorMoreRows *self);

G_END_DECLS
