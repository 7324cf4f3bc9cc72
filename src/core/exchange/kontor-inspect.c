/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at the start of a file, and at pieces further on for its encoding: enough to show a
 * person what will be read, and to begin. */
#include "config.h"

#include "kontor-inspect.h"

#include "kontor-card-private.h"
#include "kontor-error.h"
#include "kontor-import-map.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include "kontor-text-encoding.h"
#include "kontor-vcard-reader.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* Pieces of a large file that are looked at for bytes that are not ASCII. */
#define PIECES 16
#define PIECE_BYTES (32 * 1024)

typedef struct
{
  KontorImportSource *source;
  KontorSchema *schema;
  GByteArray *bytes; /* the start of the file */
  gboolean whole;
} Look;

static void
clear_look (Look *look)
{
  g_byte_array_unref (look->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, clear_look)

/**
 * kontor_inspection_ref:
 * @self: an inspection
 *
 * Returns: (transfer full): @self
 */
KontorInspection *
kontor_inspection_ref (KontorInspection *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kontor_inspection_unref:
 * @self: (transfer full) (nullable): an inspection
 */
void
kontor_inspection_unref (KontorInspection *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->sample);
  g_free (self);
}

/* --- Bytes ---------------------------------------------------------------------------------- */

static gboolean
read_start (Look *look, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  gsize n;

  g_byte_array_set_size (look->bytes, KONTOR_TEXT_SAMPLE);
  if (!g_input_stream_read_all (stream,
                                look->bytes->data,
                                KONTOR_TEXT_SAMPLE,
                                &n,
                                cancellable,
                                error))
    return FALSE;
  g_byte_array_set_size (look->bytes, (guint) n);
  look->whole = n < KONTOR_TEXT_SAMPLE;
  return TRUE;
}

static gboolean
is_ascii (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] >= 0x80 || data[i] == '\0')
      return FALSE;
  return TRUE;
}

/* The first name with an accent may stand far down. What is found there is appended to @bytes. */
static void
read_pieces (Look *look, GInputStream *stream, GByteArray *bytes, GCancellable *cancellable)
{
  guint64 size = kontor_import_source_get_size (look->source);
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);

  if (!G_IS_SEEKABLE (stream) || !g_seekable_can_seek (G_SEEKABLE (stream)))
    return;
  for (guint i = 1; i <= PIECES; i++)
    {
      guint64 at = (size - PIECE_BYTES) / PIECES * i;
      const guint8 *line;
      gsize n;

      if (at < KONTOR_TEXT_SAMPLE ||
          !g_seekable_seek (G_SEEKABLE (stream), (goffset) at, G_SEEK_SET, cancellable, NULL) ||
          !g_input_stream_read_all (stream, piece, PIECE_BYTES, &n, cancellable, NULL))
        continue;
      /* from the start of a line, so that no character is cut there */
      line = memchr (piece, '\n', n);
      if (line != NULL && !is_ascii (line, n - (gsize) (line - piece)))
        {
          const guint8 *end = memrchr (piece, '\n', n);

          g_byte_array_append (bytes, line, (guint) (end - line));
        }
    }
}

static const char *
find_encoding (Look *look, GInputStream *stream, GCancellable *cancellable)
{
  g_autoptr(GByteArray) bytes = NULL;

  if (look->whole || !is_ascii (look->bytes->data, look->bytes->len))
    return kontor_text_guess_encoding (look->bytes->data, look->bytes->len, look->whole, NULL);
  bytes = g_byte_array_new ();
  read_pieces (look, stream, bytes, cancellable);
  return kontor_text_guess_encoding (bytes->data, bytes->len, FALSE, NULL);
}

/* --- Rows ----------------------------------------------------------------------------------- */

static gboolean
fail_empty (Look *look, GError **error)
{
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("There are no rows in the file."));
  if (error != NULL)
    kontor_error_set_file (*error, kontor_import_source_get_name (look->source));
  return FALSE;
}

/* Columns without a name get one of their own. */
static char *
name_column (const char *cell, guint number)
{
  g_autofree char *name = cell != NULL ? g_strstrip (g_strdup (cell)) : NULL;

  if (name == NULL || *name == '\0')
    /* Translators: a column without a name, %u is its number */
    return g_strdup_printf (_("Column %u"), number);
  return g_steal_pointer (&name);
}

static void
add_columns (KontorInspection *self, const KontorCsvRow *header, guint n)
{
  for (guint i = self->columns->len; i < n; i++)
    {
      const char *cell = header != NULL && i < header->n_cells ? header->cells[i] : NULL;

      g_ptr_array_add (self->columns, name_column (cell, i + 1));
    }
}

static void
add_sample_row (KontorInspection *self, const KontorCsvRow *row)
{
  char **cells = g_new0 (char *, row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    cells[i] = g_strstrip (g_strdup (row->cells[i]));
  g_ptr_array_add (self->sample, cells);
}

/* The header must be right: everything after it depends on it. */
static gboolean
read_header (Look *look, KontorInspection *self, KontorCsvReader *reader, GError **error)
{
  KontorCsvRow row;

  if (!self->dialect.has_header)
    return TRUE;
  switch (kontor_csv_reader_next (reader, &row, NULL, error))
    {
    case KONTOR_CSV_ROW:
      add_columns (self, &row, row.n_cells);
      return TRUE;

    case KONTOR_CSV_END:
      return fail_empty (look, error);

    case KONTOR_CSV_BAD_ROW:
    case KONTOR_CSV_FAILED:
    default:
      return FALSE;
    }
}

/* A file whose first row does not fit into the sample is read as far as it takes. */
static KontorCsvReader *
open_reader (Look *look, KontorInspection *self, GError **error)
{
  g_autoptr(GInputStream) stream = NULL;
  KontorCsvReader *reader;

  if (memchr (look->bytes->data, '\n', look->bytes->len) == NULL && !look->whole)
    stream = kontor_import_source_open (look->source, error);
  else
    stream = g_memory_input_stream_new_from_data (look->bytes->data, look->bytes->len, NULL);
  if (stream == NULL)
    return NULL;
  reader = kontor_csv_reader_new (stream, &self->dialect, error);
  if (reader != NULL)
    kontor_csv_reader_set_name (reader, kontor_import_source_get_name (look->source));
  return reader;
}

static gboolean
read_rows (Look *look, KontorInspection *self, GError **error)
{
  g_autoptr(KontorCsvReader) reader = open_reader (look, self, error);
  KontorCsvStatus status;
  guint64 n = 0, last_line = 1;
  KontorCsvRow row;

  if (reader == NULL || !read_header (look, self, reader, error))
    return FALSE;
  while ((status = kontor_csv_reader_next (reader, &row, NULL, NULL)) <= KONTOR_CSV_BAD_ROW)
    {
      n++;
      last_line = row.line;
      if (status == KONTOR_CSV_BAD_ROW || self->sample->len == KONTOR_INSPECT_SAMPLE_ROWS)
        continue;
      if (!self->dialect.has_header)
        add_columns (self, NULL, row.n_cells);
      add_sample_row (self, &row);
    }
  if (n == 0 && status == KONTOR_CSV_END && !self->dialect.has_header)
    return fail_empty (look, error);
  self->n_rows_exact = look->whole && status == KONTOR_CSV_END;
  self->n_rows = n;
  if (!look->whole && last_line > self->dialect.first_line)
    self->n_rows = n * kontor_import_source_get_size (look->source) /
                   MAX (1, kontor_csv_reader_get_bytes (reader));
  return TRUE;
}

static void
count_lines (Look *look, KontorInspection *self)
{
  guint64 n = 0;

  for (guint i = 0; i < look->bytes->len; i++)
    n += look->bytes->data[i] == '\n';
  if (look->whole && look->bytes->data[look->bytes->len - 1] != '\n')
    n++;
  self->n_rows_exact = look->whole;
  self->n_rows =
    look->whole ? n : n * kontor_import_source_get_size (look->source) / MAX (1, look->bytes->len);
}

/* --- All of it ------------------------------------------------------------------------------ */

static gboolean
inspect_csv (Look *look, KontorInspection *self, const KontorInspectHints *hints, GError **error)
{
  self->dialect.delimiter = hints->delimiter;
  if (!kontor_csv_guess_dialect (look->bytes->data,
                                 look->bytes->len,
                                 look->whole,
                                 kontor_import_knows_header,
                                 NULL,
                                 &self->dialect,
                                 error))
    return FALSE;
  if (hints->header != KONTOR_HEADER_GUESS)
    self->dialect.has_header = hints->header == KONTOR_HEADER_YES;
  if (!read_rows (look, self, error))
    return FALSE;
  self->type = kontor_import_guess_type (look->schema,
                                         kontor_import_source_get_name (look->source),
                                         (const char *const *) self->columns->pdata,
                                         self->columns->len,
                                         &self->role);
  return TRUE;
}

static guint64
count_cards (Look *look)
{
  const char *at = (const char *) look->bytes->data;
  const char *end = at + look->bytes->len;
  guint64 n = 0;

  while ((at = memchr (at, ':', (gsize) (end - at))) != NULL)
    {
      at++;
      n += end - at >= 5 && g_ascii_strncasecmp (at, "VCARD", 5) == 0;
    }
  /* each has a start and an end */
  return (n + 1) / 2;
}

/* The first cards; the last one of the sample may be cut by it. */
static gboolean
inspect_cards (Look *look, KontorInspection *self, GError **error)
{
  g_autoptr(GInputStream) stream =
    g_memory_input_stream_new_from_data (look->bytes->data, look->bytes->len, NULL);
  g_autoptr(KontorVcardReader) reader =
    kontor_vcard_reader_new (stream, self->dialect.encoding, error);
  KontorVcardStatus status = KONTOR_VCARD_READ;
  guint64 n = 0;

  if (reader == NULL)
    return FALSE;
  kontor_card_list_columns (self->columns);
  while (status <= KONTOR_VCARD_BAD &&
         (look->whole || self->sample->len < KONTOR_INSPECT_SAMPLE_ROWS))
    {
      g_autoptr(KontorVcard) card = NULL;

      status = kontor_vcard_reader_next (reader, &card, NULL, NULL);
      n += card != NULL;
      if (status == KONTOR_VCARD_READ && self->sample->len < KONTOR_INSPECT_SAMPLE_ROWS)
        g_ptr_array_add (self->sample, kontor_card_summarise (card));
    }
  self->dialect.first_line = 1;
  self->type = &kontor_contact_type;
  self->n_rows_exact = look->whole;
  self->n_rows = look->whole
                   ? n
                   : MAX (n, count_cards (look)) * kontor_import_source_get_size (look->source) /
                       MAX (1, look->bytes->len);
  return look->whole && n == 0 ? fail_empty (look, error) : TRUE;
}

static gboolean
inspect_look (Look *look, KontorInspection *self, const KontorInspectHints *hints, GError **error)
{
  if (!kontor_file_kind_guess (look->bytes->data,
                               look->bytes->len,
                               self->dialect.encoding,
                               &self->kind,
                               error))
    {
      if (error != NULL)
        kontor_error_set_file (*error, kontor_import_source_get_name (look->source));
      return FALSE;
    }
  if (hints->json)
    self->kind = KONTOR_FILE_JSON_LINES;
  else if (hints->csv)
    self->kind = KONTOR_FILE_CSV;
  else if (hints->vcard)
    self->kind = KONTOR_FILE_VCARD;
  if (self->kind == KONTOR_FILE_CSV)
    return inspect_csv (look, self, hints, error);
  if (self->kind == KONTOR_FILE_VCARD)
    return inspect_cards (look, self, error);
  /* JSON is Unicode (RFC 8259, 8.1): other bytes are a mistake of their lines */
  if (hints->encoding == NULL && !g_str_has_prefix (self->dialect.encoding, "UTF-"))
    self->dialect.encoding = "UTF-8";
  self->dialect.first_line = 1;
  g_ptr_array_add (self->columns, g_strdup ("record"));
  count_lines (look, self);
  return TRUE;
}

static gboolean
find_given_encoding (const char *name, KontorInspection *self, GError **error)
{
  self->dialect.encoding = kontor_text_find_encoding (name);
  if (self->dialect.encoding == NULL)
    kontor_set_error (error,
                      KONTOR_EXCHANGE_ERROR,
                      KONTOR_ERROR_INVALID,
                      _("There is no encoding “%s”."),
                      name);
  return self->dialect.encoding != NULL;
}

/**
 * kontor_inspect:
 * @source: a file
 * @schema: fields of the workspace
 * @hints: (nullable): what the person knows better
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with file, line and column
 *
 * Finds out what a file is and how it is written.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL with @error set: it can't be imported
 */
KontorInspection *
kontor_inspect (KontorImportSource *source,
                KontorSchema *schema,
                const KontorInspectHints *hints,
                GCancellable *cancellable,
                GError **error)
{
  static const KontorInspectHints none = { 0 };
  g_auto(Look) look = { .source = source, .schema = schema, .bytes = g_byte_array_new () };
  g_autoptr(GInputStream) stream = kontor_import_source_open (source, error);
  g_autoptr(KontorInspection) self = NULL;

  if (stream == NULL || !read_start (&look, stream, cancellable, error))
    return NULL;
  self = g_new0 (KontorInspection, 1);
  g_atomic_ref_count_init (&self->refs);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->sample = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (hints == NULL)
    hints = &none;
  if (hints->encoding != NULL && !find_given_encoding (hints->encoding, self, error))
    return NULL;
  if (self->dialect.encoding == NULL)
    self->dialect.encoding = find_encoding (&look, stream, cancellable);
  if (!inspect_look (&look, self, hints, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* --- In the background ------------------------------------------------------------------------ */

typedef struct
{
  KontorImportSource *source;
  KontorSchema *schema;
  KontorInspectHints hints;
} InspectData;

static void
free_inspect_data (gpointer data)
{
  InspectData *inspect = data;

  kontor_import_source_unref (inspect->source);
  kontor_schema_unref (inspect->schema);
  g_free ((char *) inspect->hints.encoding);
  g_free (inspect);
}

static void
inspect_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  InspectData *inspect = data;
  GError *error = NULL;
  KontorInspection *inspection =
    kontor_inspect (inspect->source, inspect->schema, &inspect->hints, cancellable, &error);

  if (inspection != NULL)
    g_task_return_pointer (task, inspection, (GDestroyNotify) kontor_inspection_unref);
  else
    g_task_return_error (task, error);
}

/**
 * kontor_inspect_async:
 * @source: a file
 * @schema: fields of the workspace
 * @hints: (nullable): what the person knows better
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As kontor_inspect(), on another thread.
 */
void
kontor_inspect_async (KontorImportSource *source,
                      KontorSchema *schema,
                      const KontorInspectHints *hints,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  InspectData *inspect = g_new0 (InspectData, 1);

  inspect->source = kontor_import_source_ref (source);
  inspect->schema = kontor_schema_ref (schema);
  if (hints != NULL)
    {
      inspect->hints = *hints;
      inspect->hints.encoding = g_strdup (hints->encoding);
    }
  g_task_set_task_data (task, inspect, free_inspect_data);
  g_task_run_in_thread (task, inspect_in_thread);
}

/**
 * kontor_inspect_finish:
 * @result: what the callback got
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with @error set
 */
KontorInspection *
kontor_inspect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
