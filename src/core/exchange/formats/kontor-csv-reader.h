/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a CSV file, one after another in bounded memory, with the lines they stand on. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a file may have at most. A cell or a row of cells beyond costs its row; a longer row, or a
 * longer line, ends the reading. */
#define KONTOR_CSV_MAX_COLUMNS 4096
#define KONTOR_CSV_MAX_CELL (1024 * 1024)
#define KONTOR_CSV_MAX_ROW (16 * 1024 * 1024)

/**
 * KontorCsvDialect:
 * @encoding: a name from kontor_text_find_encoding()
 * @delimiter: an ASCII character
 * @has_header: the first row names the columns
 * @first_line: line on which the first row begins, from 1
 */
typedef struct
{
  const char *encoding;
  char delimiter;
  gboolean has_header;
  guint64 first_line;
} KontorCsvDialect;

/**
 * KontorCsvRow:
 * @line: line of the file on which the row begins, from 1; breaks inside quotes count
 * @cells: (array length=n_cells): valid UTF-8
 * @n_cells: how many
 */
typedef struct
{
  guint64 line;
  const char *const *cells;
  guint n_cells;
} KontorCsvRow;

typedef enum
{
  KONTOR_CSV_ROW,     /* a row was read */
  KONTOR_CSV_BAD_ROW, /* a row that can't be used: error is set, reading goes on */
  KONTOR_CSV_END,
  KONTOR_CSV_FAILED, /* error is set, nothing more can be read */
} KontorCsvStatus;

typedef struct _KontorCsvReader KontorCsvReader;

KontorCsvReader *
kontor_csv_reader_new (GInputStream *stream, const KontorCsvDialect *dialect, GError **error);
void kontor_csv_reader_free (KontorCsvReader *self);
KontorCsvStatus kontor_csv_reader_next (KontorCsvReader *self,
                                        KontorCsvRow *row,
                                        GCancellable *cancellable,
                                        GError **error);
guint64 kontor_csv_reader_get_bytes (KontorCsvReader *self);
void kontor_csv_reader_set_name (KontorCsvReader *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KontorCsvReader, kontor_csv_reader_free)

G_END_DECLS
