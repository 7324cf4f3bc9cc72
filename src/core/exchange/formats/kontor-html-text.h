/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clipboard has as HTML: its table, or its lines. Nothing is shown, run or fetched. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More is not looked at. */
#define KONTOR_HTML_MAX_BYTES (16 * 1024 * 1024)

char *kontor_html_table_to_csv (const char *html, gsize length);
char *kontor_html_to_text (const char *html, gsize length);

G_END_DECLS
