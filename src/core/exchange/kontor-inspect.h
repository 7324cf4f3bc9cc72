/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first step of an import: what a file is, how it is written, and what is probably in it. */
#pragma once

#include "kontor-csv-dialect.h"
#include "kontor-file-kind.h"
#include "kontor-import-source.h"
#include "kontor-schema.h"

G_BEGIN_DECLS

#define KONTOR_INSPECT_SAMPLE_ROWS 1000

/**
 * KontorInspectHints:
 * @encoding: (nullable): the encoding, if the person knows it
 * @delimiter: the delimiter, or NUL
 * @header: %KONTOR_HEADER_GUESS, or what the person knows
 * @json: JSON lines, whatever it looks like
 * @csv: CSV, whatever it looks like
 * @vcard: vCards, whatever it looks like
 */
typedef enum
{
  KONTOR_HEADER_GUESS,
  KONTOR_HEADER_YES,
  KONTOR_HEADER_NO,
} KontorHeader;

typedef struct
{
  const char *encoding;
  char delimiter;
  KontorHeader header;
  gboolean json;
  gboolean csv;
  gboolean vcard;
} KontorInspectHints;

/**
 * KontorInspection:
 * @refs: private
 * @kind: CSV, JSON lines or vCards
 * @dialect: of CSV: how it is written; of both: the encoding
 * @columns: (element-type utf8): of CSV: names of the columns; without a header as many as the
 * widest row of the sample has. Of vCards: what a preview shows of each
 * @sample: (element-type GStrv): of CSV and vCards: the first rows, without the header
 * @n_rows: rows, lines or cards; an estimate unless @n_rows_exact
 * @n_rows_exact: the whole file was looked at
 * @type: (nullable): what the records probably are
 * @role: (nullable): business role the file's name tells, such as "supplier"
 */
typedef struct
{
  gatomicrefcount refs;
  KontorFileKind kind;
  KontorCsvDialect dialect;
  GPtrArray *columns;
  GPtrArray *sample;
  guint64 n_rows;
  gboolean n_rows_exact;
  const KontorRecordType *type;
  const char *role;
} KontorInspection;

KontorInspection *kontor_inspect (KontorImportSource *source,
                                  KontorSchema *schema,
                                  const KontorInspectHints *hints,
                                  GCancellable *cancellable,
                                  GError **error);
void kontor_inspect_async (KontorImportSource *source,
                           KontorSchema *schema,
                           const KontorInspectHints *hints,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
KontorInspection *kontor_inspect_finish (GAsyncResult *result, GError **error);
KontorInspection *kontor_inspection_ref (KontorInspection *self);
void kontor_inspection_unref (KontorInspection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorInspection, kontor_inspection_unref)

G_END_DECLS
