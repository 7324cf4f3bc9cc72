/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers reduced to the digits they are found by (design C9). What was typed is never
 * changed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KONTOR_PHONE_MATCH_DIGITS 9

char *kontor_phone_digits (const char *text, const char *country);
char *kontor_phone_extension (const char *text);
gboolean kontor_phone_equal (const char *digits_a, const char *digits_b);
guint kontor_phone_longest (const char *text);
gboolean kontor_phone_looks_like (const char *text);
const char *kontor_phone_country_prefix (const char *country);

G_END_DECLS
