/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phones, mails and other ways to reach somebody, edited in place. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_POINT_LIST (kontor_point_list_get_type ())
G_DECLARE_FINAL_TYPE (KontorPointList, kontor_point_list, KONTOR, POINT_LIST, GtkWidget)

void kontor_point_list_set_session (KontorPointList *self, KontorSession *session);
void kontor_point_list_set_points (KontorPointList *self,
                                   KontorRecord *party,
                                   GPtrArray *points,
                                   GPtrArray *checks);
void kontor_point_list_add (KontorPointList *self, const char *kind);

G_END_DECLS
