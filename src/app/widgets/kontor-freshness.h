/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long ago somebody made sure that what is known of a person or an organisation is true, and
 * saying so anew. */
#pragma once

#include "kontor-session.h"

G_BEGIN_DECLS

void kontor_freshness_prepare (KontorSession *session);
gboolean kontor_freshness_knows (const KontorRecordType *type);
char *kontor_freshness_describe (KontorSession *session, KontorRecord *record, gboolean *stale);
char *
kontor_freshness_describe_point (KontorSession *session, GPtrArray *checks, KontorRecord *point);
char *kontor_freshness_dup_stale_filter (KontorSession *session);
void kontor_freshness_add_confirmation (KontorStep *step, KontorRecord *record, gint64 now);
void
kontor_freshness_add_check (KontorStep *step, KontorRecord *record, const char *what, gint64 now);

G_END_DECLS
