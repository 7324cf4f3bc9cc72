/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page "Fields and lists" of the preferences: the way to the fields of each type, to the pick
 * lists, and to the layouts. */
#pragma once

#include "kontor-layout-spec.h"
#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FIELDS_PAGE (kontor_fields_page_get_type ())
G_DECLARE_FINAL_TYPE (KontorFieldsPage, kontor_fields_page, KONTOR, FIELDS_PAGE, AdwPreferencesPage)

void kontor_fields_page_set_up (KontorFieldsPage *self,
                                KontorSession *session,
                                const KontorLayoutSpec *layouts,
                                guint n_layouts);

G_END_DECLS
