/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parsers and writers of file formats share: their errors. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KONTOR_FORMATS_ERROR (kontor_formats_error_quark ())
GQuark kontor_formats_error_quark (void);

G_END_DECLS
