/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of records as text: in full on pages, short in lists, and as it is edited. Never NULL. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

char *
kontor_field_text_full (KontorSession *session, KontorRecord *record, const KontorFieldDef *field);
char *
kontor_field_text_short (KontorSession *session, KontorRecord *record, const KontorFieldDef *field);
char *
kontor_field_text_edit (KontorSession *session, KontorRecord *record, const KontorFieldDef *field);
char *kontor_field_text_uri (KontorRecord *record, const KontorFieldDef *field);
char *kontor_field_text_menu (const KontorFieldDef *field);
char *kontor_field_text_changed (const char *label);
char *kontor_field_text_avatar (KontorRecord *record);
gboolean kontor_field_text_is_empty (KontorRecord *record, const KontorFieldDef *field);
gboolean kontor_field_text_is_number (const KontorFieldDef *field);

G_END_DECLS
