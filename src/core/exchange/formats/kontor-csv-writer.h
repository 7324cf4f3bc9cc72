/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of CSV as RFC 4180 has them, safe to be opened by spreadsheets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KONTOR_CSV_WRITE_DEFAULT = 0,
  KONTOR_CSV_WRITE_QUOTED = 1 << 0, /* quotes around all text, not only where it needs them */
  KONTOR_CSV_WRITE_PLAIN = 1 << 1,  /* as other programs write it: formulas are not disarmed */
} KontorCsvWriteFlags;

/**
 * KontorCsvWriter:
 * @out: rows are appended to it
 * @flags: how
 * @in_row: the row has a cell
 *
 * All fields are the writer's; the caller may empty @out between rows.
 */
typedef struct
{
  GString *out;
  KontorCsvWriteFlags flags;
  gboolean in_row;
} KontorCsvWriter;

void kontor_csv_writer_init (KontorCsvWriter *self, GString *out, KontorCsvWriteFlags flags);
void kontor_csv_writer_add_text (KontorCsvWriter *self, const char *text);
void kontor_csv_writer_add_number (KontorCsvWriter *self, const char *digits);
void kontor_csv_writer_end_row (KontorCsvWriter *self);

const char *kontor_csv_unguard (const char *cell);

G_END_DECLS
