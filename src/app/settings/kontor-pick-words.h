/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pick lists as people know them. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

GPtrArray *kontor_pick_lists (KontorSchema *schema);
char *kontor_pick_list_title (KontorSchema *schema, const char *list);
char *kontor_pick_list_users (KontorSchema *schema, const char *list);
char *kontor_pick_code (KontorSchema *schema, const char *list, const char *label);
void kontor_pick_add_value (KontorStep *step,
                            const char *list,
                            const char *code,
                            const char *label,
                            gint64 position);

G_END_DECLS
