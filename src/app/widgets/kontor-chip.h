/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value in a rounded box that opens a choice of others, and may be dropped. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_CHIP (kontor_chip_get_type ())
G_DECLARE_FINAL_TYPE (KontorChip, kontor_chip, KONTOR, CHIP, GtkWidget)

/* Properties: "popover" (GtkPopover): the choice
 * Signals: "dropped" ()  by its button, Delete or Backspace */

void kontor_chip_set_menu (KontorChip *self, GMenuModel *menu);
void kontor_chip_show (KontorChip *self, const char *text, const char *label, gboolean can_drop);
void kontor_chip_focus_soon (KontorChip *self);
void kontor_chip_close (KontorChip *self);

G_END_DECLS
