/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals and money as scaled integers; parsing of numbers as spreadsheets and people write them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kontor_decimal_parse (const char *text, guint scale, gint64 *value, GError **error);
char *kontor_decimal_to_text (gint64 value, guint scale);
char *kontor_decimal_format (gint64 value, guint scale);
char *kontor_integer_format (gint64 value);

gboolean kontor_currency_is_valid (const char *code);
guint kontor_currency_digits (const char *code);
gboolean kontor_money_parse (const char *text,
                             const char *default_currency,
                             gint64 *minor,
                             char **currency,
                             GError **error);
char *kontor_money_format (gint64 minor, const char *currency);
void kontor_money_split (gint64 minor, const gint64 *weights, gsize n, gint64 *parts);

G_END_DECLS
