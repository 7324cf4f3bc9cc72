/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries by ISO 3166-1 alpha-2 code: names as exports write them, and how an address is laid
 * out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kontor_country_code_from_text (const char *text);
char *kontor_country_name (const char *code);
GPtrArray *kontor_country_list_codes (void);
char *kontor_address_format (const char *street,
                             const char *city,
                             const char *region,
                             const char *postcode,
                             const char *country_code,
                             const char *separator);

G_END_DECLS
