/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of values and records, with messages a person understands. */
#pragma once

#include "kontor-record.h"
#include "kontor-schema.h"

G_BEGIN_DECLS

#define KONTOR_MODEL_ERROR (kontor_model_error_quark ())
GQuark kontor_model_error_quark (void);

gboolean kontor_validate_value (KontorSchema *schema,
                                const KontorFieldDef *field,
                                const KontorValue *value,
                                GError **error);
gboolean kontor_validate_record (KontorSchema *schema, KontorRecord *record, GError **error);
void kontor_record_complete (KontorRecord *record); /* display name from parts and the like */
char *kontor_value_display (KontorSchema *schema,
                            const KontorFieldDef *field,
                            const KontorValue *value,
                            const char *companion,
                            const char *link_title);

G_END_DECLS
