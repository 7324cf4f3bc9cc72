/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an organisation or a person is related to others, seen from its side: the parent it is part
 * of, its subsidiaries, and relations of other kinds in both directions. */
#pragma once

#include "kontor-child-section.h"

G_BEGIN_DECLS

extern const KontorChildSpec kontor_relation_section;

char *kontor_relation_label (KontorSession *session, const char *kind, gboolean inverse);

G_END_DECLS
