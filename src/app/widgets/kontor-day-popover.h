/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar below an entry for a day. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_DAY_POPOVER (kontor_day_popover_get_type ())
G_DECLARE_FINAL_TYPE (KontorDayPopover, kontor_day_popover, KONTOR, DAY_POPOVER, GtkPopover)

void kontor_day_popover_attach (GtkEntry *entry);

G_END_DECLS
