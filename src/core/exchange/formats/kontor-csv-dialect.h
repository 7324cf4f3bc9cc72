/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a CSV file is written, found by looking at its start. */
#pragma once

#include "kontor-csv-reader.h"

G_BEGIN_DECLS

/**
 * KontorCsvIsHeader:
 * @cell: a cell of the first row
 * @data: what the caller gave
 *
 * Returns: whether it is known as the name of a column
 */
typedef gboolean (*KontorCsvIsHeader) (const char *cell, gpointer data);

gboolean kontor_csv_guess_dialect (const guint8 *data,
                                   gsize length,
                                   gboolean whole,
                                   KontorCsvIsHeader is_header,
                                   gpointer is_header_data,
                                   KontorCsvDialect *dialect,
                                   GError **error);
gboolean kontor_csv_delimiter_from_text (const char *text, char *delimiter);

G_END_DECLS
