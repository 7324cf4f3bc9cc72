/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with the tree of an organisation: its people by reporting line, or its subsidiaries. Who
 * stands below whom is changed by keys, by a choice and by dragging. */
#pragma once

#include "kontor-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_ORG_CHART (kontor_org_chart_get_type ())
G_DECLARE_FINAL_TYPE (KontorOrgChart, kontor_org_chart, KONTOR, ORG_CHART, AdwWindow)

GtkWidget *kontor_org_chart_new (KontorSession *session, KontorRecord *account, gboolean people);

G_END_DECLS
