/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing of numbers in the form of the locale, shared by decimals and money. */
#pragma once

#include "kontor-number.h"

G_BEGIN_DECLS

void kontor_number_append (GString *out, gint64 value, guint scale, gboolean decimals);

G_END_DECLS
