/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A contact point: what it is and leads to, and the field row that shows it. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *kontor_point_get_kind (KontorRecord *point);
gboolean kontor_point_is_phone (KontorRecord *point);
char *kontor_point_dup_label (KontorRecord *point);
char *kontor_point_dup_uri (KontorRecord *point);

/**
 * KontorPointLook:
 * @is_main: whether it is the main one of several
 * @has_menu: whether something can be done with it
 * @checked: (nullable): that somebody made sure of it: "Checked 12 days ago"
 */
typedef struct
{
  gboolean is_main;
  gboolean has_menu;
  const char *checked;
} KontorPointLook;

GtkWidget *kontor_point_row_new (KontorSession *session,
                                 GtkMenuButtonCreatePopupFunc create_menu,
                                 gpointer data);
void kontor_point_row_show (GtkWidget *row, KontorRecord *point, const KontorPointLook *look);

G_END_DECLS
