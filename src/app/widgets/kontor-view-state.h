/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a device keeps of each view: sort, columns, list or table. In GSettings. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *kontor_settings_get (void);

GVariant *kontor_view_state_get (const char *view, const char *key, const GVariantType *type);
void kontor_view_state_set (const char *view, const char *key, GVariant *value);

G_END_DECLS
