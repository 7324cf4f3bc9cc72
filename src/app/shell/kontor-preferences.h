/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences: what this device shows, who one is, the company, backups. Takes effect at once. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_PREFERENCES (kontor_preferences_get_type ())
G_DECLARE_FINAL_TYPE (KontorPreferences,
                      kontor_preferences,
                      KONTOR,
                      PREFERENCES,
                      AdwPreferencesWindow)

GtkWidget *kontor_preferences_new (KontorSession *session);
void kontor_preferences_show_fields (KontorPreferences *self);
void kontor_preferences_apply_appearance (void);

G_END_DECLS
