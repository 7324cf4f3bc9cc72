/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parsers of filters and queries share: one scanner over the text. */
#pragma once

#include "kontor-query.h"

G_BEGIN_DECLS

typedef struct
{
  KontorSchema *schema;
  const char *text;
  const char *at;
  guint depth, n_nodes, n_values;
} KontorScanner;

/* kontor-filter-scan.c */
gboolean kontor_scanner_init (KontorScanner *scanner,
                              KontorSchema *schema,
                              const char *text,
                              GError **error);
gboolean kontor_scanner_is_at_end (KontorScanner *scanner);
gboolean kontor_scanner_peek_keyword (KontorScanner *scanner, const char *keyword);
gboolean kontor_scanner_take_keyword (KontorScanner *scanner, const char *keyword);
gboolean kontor_scanner_take_char (KontorScanner *scanner, char c);
gboolean kontor_scanner_take_operator (KontorScanner *scanner, KontorFilterOp *op);
char *kontor_scanner_take_name (KontorScanner *scanner);
char *kontor_scanner_take_value (KontorScanner *scanner, gboolean in_list, GError **error);
const KontorRecordType *kontor_scanner_take_type (KontorScanner *scanner, GError **error);
const KontorFieldDef *
kontor_scanner_take_field (KontorScanner *scanner, const KontorRecordType *type, GError **error);
gboolean kontor_scanner_fail (KontorScanner *scanner,
                              const char *at,
                              int code,
                              GError **error,
                              const char *format,
                              ...) G_GNUC_PRINTF (5, 6);
gboolean kontor_scanner_fail_expected (KontorScanner *scanner, const char *what, GError **error);

/* kontor-filter.c */
const char *kontor_filter_op_sign (KontorFilterOp op); /* NULL for those that are words */
void kontor_filter_append_value (GString *out, const char *value);
gboolean kontor_filter_is_keyword (const char *word, gsize length);
void kontor_filter_append_text (GString *out, const KontorFilter *filter);
void kontor_filter_set_path (KontorFilter *filter, GPtrArray *path); /* takes it */

/* kontor-filter-parse.c */
KontorFilter *
kontor_scanner_take_filter (KontorScanner *scanner, const KontorRecordType *type, GError **error);

G_END_DECLS
