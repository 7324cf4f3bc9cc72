/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children side by side at their natural width, in as many lines as it takes: chips and tags. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_WRAP_LAYOUT (kontor_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (KontorWrapLayout, kontor_wrap_layout, KONTOR, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *kontor_wrap_layout_new (int spacing);

G_END_DECLS
