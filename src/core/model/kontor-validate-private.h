/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences about wrong values, shared by parsing and checking. */
#pragma once

#include "kontor-validate.h"

G_BEGIN_DECLS

gboolean kontor_validate_fail (const KontorFieldDef *field,
                               const char *value,
                               const char *message,
                               GError **error);
gboolean kontor_validate_fail_kind (const KontorFieldDef *field, const char *value, GError **error);

G_END_DECLS
