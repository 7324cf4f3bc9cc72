/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a record below one another; empty ones fold away. */
#pragma once

#include "kontor-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KONTOR_TYPE_FIELD_LIST (kontor_field_list_get_type ())
G_DECLARE_FINAL_TYPE (KontorFieldList, kontor_field_list, KONTOR, FIELD_LIST, GtkWidget)

GtkWidget *kontor_field_list_new (KontorSession *session);
void kontor_field_list_set_session (KontorFieldList *self, KontorSession *session);
void kontor_field_list_set_fields (KontorFieldList *self,
                                   const KontorFieldDef *const *fields,
                                   guint n_fields);
void kontor_field_list_set_parts (KontorFieldList *self, GPtrArray *parts);
void kontor_field_list_set_record (KontorFieldList *self, KontorRecord *record);
void kontor_field_list_set_show_empty (KontorFieldList *self, gboolean show_empty);
void kontor_field_list_set_keep_open (KontorFieldList *self, gboolean keep_open);
gboolean kontor_field_list_edit_field (KontorFieldList *self, const KontorFieldDef *field);

G_END_DECLS
