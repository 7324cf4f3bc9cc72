/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a number of the phone book. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

char *kontor_phone_book_dup_name (KontorRecord *point);
void kontor_phone_book_call (KontorRecord *point,
                             gboolean anyway,
                             KontorSession *session,
                             GtkWidget *widget);
void kontor_phone_book_copy (KontorRecord *point, KontorSession *session, GtkWidget *widget);

G_END_DECLS
