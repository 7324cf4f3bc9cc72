/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records are read page by page, in the order of the query. */
#include "config.h"

#include "kontor-export.h"

#include "kontor-csv-writer.h"
#include "kontor-export-card-private.h"
#include "kontor-model.h"
#include "kontor-wire.h"
#include <string.h>

#define PAGE_ROWS 256
#define BUFFER (128 * 1024)

typedef enum
{
  COLUMN_ID,
  COLUMN_VALUE,
  COLUMN_LINK_ID, /* beside the title of a link: its id */
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  const KontorFieldDef *field; /* (nullable): of COLUMN_ID */
} Column;

struct _KontorExport
{
  gatomicrefcount refs;
  KontorWorkspace *workspace; /* owned */
  KontorSchema *schema;       /* owned */
  KontorExportFormat format;
  GPtrArray *queries; /* (element-type KontorQuery) */
  GArray *rids;       /* (nullable) (element-type gint64): in place of the rows of the query */
  GArray *columns;    /* (element-type Column) */
  gboolean mark;
  guint64 n_rows;
};

/* One run. */
typedef struct
{
  KontorExport *export;
  GOutputStream *stream;
  GString *out;
  KontorCsvWriter csv;
  GHashTable *tags; /* (nullable): of a page: record's id → names */
  guint64 total;
  KontorProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Run;

/**
 * kontor_export_get_type:
 *
 * Returns: the boxed type of exports
 */
GType
kontor_export_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorExport"),
                                                     (GBoxedCopyFunc) kontor_export_ref,
                                                     (GBoxedFreeFunc) kontor_export_unref));
  return (GType) type;
}

/**
 * kontor_export_new:
 * @workspace: a workspace
 * @format: how it is written
 *
 * Returns: (transfer full): an export of nothing yet
 */
KontorExport *
kontor_export_new (KontorWorkspace *workspace, KontorExportFormat format)
{
  KontorExport *self = g_new0 (KontorExport, 1);

  g_atomic_ref_count_init (&self->refs);
  self->workspace = g_object_ref (workspace);
  self->schema = kontor_workspace_ref_schema (workspace);
  self->format = format;
  self->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_query_unref);
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  return self;
}

/**
 * kontor_export_ref:
 * @self: an export
 *
 * Returns: (transfer full): @self
 */
KontorExport *
kontor_export_ref (KontorExport *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kontor_export_unref:
 * @self: (transfer full): an export
 */
void
kontor_export_unref (KontorExport *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->queries);
  g_clear_pointer (&self->rids, g_array_unref);
  g_array_unref (self->columns);
  kontor_schema_unref (self->schema);
  g_object_unref (self->workspace);
  g_free (self);
}

static gboolean
is_cards (KontorExport *self)
{
  return self->format == KONTOR_EXPORT_VCARD_3 || self->format == KONTOR_EXPORT_VCARD_4;
}

/**
 * kontor_export_add_query:
 * @self: an export that was not written yet
 * @query: which records, in which order
 */
void
kontor_export_add_query (KontorExport *self, KontorQuery *query)
{
  g_return_if_fail (self->format != KONTOR_EXPORT_CSV || self->queries->len == 0);
  g_return_if_fail (!is_cards (self) ||
                    kontor_export_can_be_cards (kontor_query_get_record_type (query)));

  g_ptr_array_add (self->queries, kontor_query_ref (query));
}

/* Fields and lists first, then records of their own, then what hangs on them: the order in which
 * they are read back fastest. */
static guint
get_rank (const KontorRecordType *type)
{
  if (type == &kontor_custom_field_type || type == &kontor_pick_list_type)
    return 0;
  return (type->flags & (KONTOR_TYPE_CHILD | KONTOR_TYPE_SET)) != 0 ? 2 : 1;
}

/**
 * kontor_export_set_rids:
 * @self: an export with one query
 * @rids: (element-type gint64): records of its type, in order
 *
 * Writes these in place of what the query finds.
 */
void
kontor_export_set_rids (KontorExport *self, GArray *rids)
{
  g_return_if_fail (self->queries->len == 1);

  g_array_ref (rids);
  g_clear_pointer (&self->rids, g_array_unref);
  self->rids = rids;
}

/**
 * kontor_export_add_all:
 * @self: an export as JSON lines
 * @scope: with or without the trash
 *
 * Adds the records of all types.
 */
void
kontor_export_add_all (KontorExport *self, KontorQueryScope scope)
{
  for (guint rank = 0; rank <= 2; rank++)
    for (guint i = 0; i < kontor_record_type_count (); i++)
      {
        const KontorRecordType *type = kontor_record_type_nth (i);
        g_autoptr(KontorQuery) query = NULL;

        if (get_rank (type) != rank)
          continue;
        query = kontor_query_new (type);
        kontor_query_set_scope (query, scope);
        kontor_export_add_query (self, query);
      }
}

/**
 * kontor_export_add_column:
 * @self: an export as CSV
 * @field: (nullable): a field; %NULL is the id
 *
 * Adds a column. Without any there are all that can be read back.
 */
void
kontor_export_add_column (KontorExport *self, const KontorFieldDef *field)
{
  Column column = { .kind = field != NULL ? COLUMN_VALUE : COLUMN_ID, .field = field };

  g_array_append_val (self->columns, column);
}

/**
 * kontor_export_set_byte_order_mark:
 * @self: an export as CSV
 * @mark: whether the file begins with a byte order mark, by which Excel knows UTF-8
 */
void
kontor_export_set_byte_order_mark (KontorExport *self, gboolean mark)
{
  self->mark = mark;
}

/**
 * kontor_export_get_n_rows:
 * @self: an export that was written
 *
 * Returns: number of records
 */
guint64
kontor_export_get_n_rows (KontorExport *self)
{
  return self->n_rows;
}

/* --- Columns -------------------------------------------------------------------------------- */

/* All fields; beside what a link is called its id, because names may be shared. */
static void
add_all_columns (KontorExport *self, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (self->schema, type);

  kontor_export_add_column (self, NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      Column id = { .kind = COLUMN_LINK_ID, .field = field };

      if ((field->flags & KONTOR_FIELD_HIDDEN) != 0)
        continue;
      kontor_export_add_column (self, field);
      if (field->kind == KONTOR_FIELD_LINK)
        g_array_append_val (self->columns, id);
    }
}

static void
write_header (Run *run)
{
  GArray *columns = run->export->columns;

  if (run->export->mark)
    g_string_append (run->out, "\xef\xbb\xbf");
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      g_autofree char *id_name = NULL;

      if (column->kind == COLUMN_LINK_ID)
        id_name = g_strconcat (column->field->name, ".id", NULL);
      kontor_csv_writer_add_text (&run->csv,
                                  column->kind == COLUMN_ID ? "id"
                                  : id_name != NULL         ? id_name
                                                            : column->field->name);
    }
  kontor_csv_writer_end_row (&run->csv);
}

/* --- Tags ----------------------------------------------------------------------------------- */

/* "VIP; Key account": a name with a separator in it is quoted. */
static void
append_tag (GString *out, const char *name)
{
  if (out->len > 0)
    g_string_append (out, "; ");
  if (strpbrk (name, ";,\"\n") == NULL && strstr (name, ":::") == NULL &&
      !g_str_has_prefix (name, "* "))
    {
      g_string_append (out, name);
      return;
    }
  g_string_append_c (out, '"');
  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *name);
    }
  g_string_append_c (out, '"');
}

static void
free_tags (gpointer data)
{
  g_string_free (data, TRUE);
}

static gboolean
tag_read_cb (guint n,
             const char *const *names,
             const char *const *texts,
             const int *types,
             gpointer data)
{
  GHashTable *tags = data;
  GString *list;

  if (texts[0] == NULL || texts[1] == NULL)
    return TRUE;
  list = g_hash_table_lookup (tags, texts[0]);
  if (list == NULL)
    {
      list = g_string_new (NULL);
      g_hash_table_insert (tags, g_strdup (texts[0]), list);
    }
  append_tag (list, texts[1]);
  return TRUE;
}

static void
append_hex (GString *out, const KontorId *id)
{
  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    g_string_append_printf (out, "%02X", id->b[i]);
}

static gboolean
has_tags (Run *run)
{
  for (guint i = 0; i < run->export->columns->len; i++)
    {
      const KontorFieldDef *field = g_array_index (run->export->columns, Column, i).field;

      if (field != NULL && field->kind == KONTOR_FIELD_TAGS)
        return TRUE;
    }
  return FALSE;
}

/* The tags of a page in one question. */
static gboolean
read_tags (Run *run, GPtrArray *records, GError **error)
{
  g_autoptr(GString) sql = NULL;

  if (!has_tags (run))
    return TRUE;
  if (run->tags == NULL)
    run->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_tags);
  g_hash_table_remove_all (run->tags);
  sql = g_string_new ("SELECT hex(l.target),t.name FROM tag_link l JOIN tag t ON t.id=l.tag WHERE "
                      "l.hid=0 AND t.hid=0 AND l.target IN (");
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      {
        g_string_append (sql, sql->str[sql->len - 1] == '(' ? "x'" : ",x'");
        append_hex (sql, kontor_record_get_id (g_ptr_array_index (records, i)));
        g_string_append_c (sql, '\'');
      }
  g_string_append (sql, ") ORDER BY l.rid");
  return kontor_workspace_sql (run->export->workspace,
                               sql->str,
                               tag_read_cb,
                               run->tags,
                               run->cancellable,
                               error);
}

/* --- Rows ----------------------------------------------------------------------------------- */

static const char *
get_currency (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorFieldDef *companion =
    field->companion != NULL
      ? kontor_record_type_find_field (kontor_record_get_record_type (record), field->companion)
      : NULL;

  return companion != NULL ? kontor_record_value_text (record, companion) : NULL;
}

/* What the program made is written as it is; what people wrote could be a formula. */
static gboolean
is_typed (const KontorFieldDef *field)
{
  return kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_INTEGER ||
         field->kind == KONTOR_FIELD_DATE || field->kind == KONTOR_FIELD_WALL_TIME;
}

static void
write_value (Run *run, KontorRecord *record, const KontorFieldDef *field)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autofree char *text = NULL;
  const char *title;

  kontor_record_get_value (record, field, &value);
  title = value.type == KONTOR_VALUE_ID ? kontor_record_get_link_title (record, field) : NULL;
  if (value.type != KONTOR_VALUE_NULL)
    text = title != NULL ? g_strdup (title)
                         : kontor_value_to_text_with (field, &value, get_currency (record, field));
  if (is_typed (field))
    kontor_csv_writer_add_number (&run->csv, text);
  else
    kontor_csv_writer_add_text (&run->csv, text);
}

static void
write_tags (Run *run, KontorRecord *record)
{
  g_autoptr(GString) hex = g_string_new (NULL);
  GString *list;

  append_hex (hex, kontor_record_get_id (record));
  list = g_hash_table_lookup (run->tags, hex->str);
  kontor_csv_writer_add_text (&run->csv, list != NULL ? list->str : NULL);
}

static void
write_id (Run *run, const KontorId *id)
{
  char text[KONTOR_ID_TEXT_SIZE] = "";

  if (id != NULL && !kontor_id_is_null (id))
    kontor_id_format (id, text);
  kontor_csv_writer_add_number (&run->csv, text);
}

static void
write_row (Run *run, KontorRecord *record)
{
  for (guint i = 0; i < run->export->columns->len; i++)
    {
      const Column *column = &g_array_index (run->export->columns, Column, i);

      if (column->kind == COLUMN_ID)
        write_id (run, kontor_record_get_id (record));
      else if (column->kind == COLUMN_LINK_ID)
        write_id (run, kontor_record_value_link (record, column->field));
      else if (column->field->kind == KONTOR_FIELD_TAGS)
        write_tags (run, record);
      else
        write_value (run, record, column->field);
    }
  kontor_csv_writer_end_row (&run->csv);
}

static void
write_record (Run *run, KontorRecord *record)
{
  if (run->export->format == KONTOR_EXPORT_CSV)
    {
      write_row (run, record);
      return;
    }
  kontor_wire_append_record (run->out, run->export->schema, record, KONTOR_WIRE_TRASHED);
  g_string_append_c (run->out, '\n');
}

static gboolean
flush (Run *run, gboolean always, GError **error)
{
  gboolean written;

  if (!always && run->out->len < BUFFER)
    return TRUE;
  written = g_output_stream_write_all (run->stream,
                                       run->out->str,
                                       run->out->len,
                                       NULL,
                                       run->cancellable,
                                       error);
  g_string_truncate (run->out, 0);
  return written;
}

/* A card may have a picture of megabytes. */
static gboolean
card_written_cb (gpointer data, GError **error)
{
  return flush (data, FALSE, error);
}

static gboolean
write_cards (Run *run, const KontorRecordType *type, GPtrArray *records, GError **error)
{
  return kontor_export_append_cards (run->export->workspace,
                                     run->export->schema,
                                     type,
                                     records,
                                     run->export->format == KONTOR_EXPORT_VCARD_4
                                       ? KONTOR_VCARD_4_0
                                       : KONTOR_VCARD_3_0,
                                     TRUE,
                                     run->out,
                                     card_written_cb,
                                     run,
                                     run->cancellable,
                                     error);
}

static gboolean
write_page (Run *run, const KontorRecordType *type, const gint64 *rids, guint n, GError **error)
{
  KontorReadFlags titles =
    run->export->format == KONTOR_EXPORT_JSON ? KONTOR_READ_DEFAULT : KONTOR_READ_LINK_TITLES;
  g_autoptr(GPtrArray) records = kontor_workspace_fetch (run->export->workspace,
                                                          type,
                                                          rids,
                                                          n,
                                                          titles | KONTOR_READ_TRASHED,
                                                          error);

  if (records == NULL ||
      (run->export->format == KONTOR_EXPORT_CSV && !read_tags (run, records, error)))
    return FALSE;
  if (is_cards (run->export) && !write_cards (run, type, records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      {
        if (!is_cards (run->export))
          write_record (run, g_ptr_array_index (records, i));
        run->export->n_rows++;
      }
  if (run->progress != NULL)
    run->progress (run->export->n_rows, run->total, run->progress_data);
  return flush (run, FALSE, error);
}

static gboolean
write_query (Run *run, KontorQuery *query, GError **error)
{
  const KontorRecordType *type = kontor_query_get_record_type (query);
  g_autoptr(GArray) rids =
    run->export->rids != NULL
      ? g_array_ref (run->export->rids)
      : kontor_workspace_query (run->export->workspace, query, 0, run->cancellable, error);

  if (rids == NULL)
    return FALSE;
  run->total += rids->len;
  for (guint first = 0; first < rids->len; first += PAGE_ROWS)
    if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
        !write_page (run,
                     type,
                     &g_array_index (rids, gint64, first),
                     MIN (PAGE_ROWS, rids->len - first),
                     error))
      return FALSE;
  return TRUE;
}

/**
 * kontor_export_write:
 * @self: an export
 * @stream: where it goes; it is not closed
 * @progress: (nullable) (scope call): told how many records are written
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Returns: whether all was written
 */
gboolean
kontor_export_write (KontorExport *self,
                     GOutputStream *stream,
                     KontorProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  Run run = { .export = self,
              .stream = stream,
              .out = g_string_sized_new (BUFFER + 4096),
              .progress = progress,
              .progress_data = progress_data,
              .cancellable = cancellable };
  gboolean written = TRUE;

  self->n_rows = 0;
  kontor_csv_writer_init (&run.csv, run.out, KONTOR_CSV_WRITE_QUOTED);
  if (self->format == KONTOR_EXPORT_CSV && self->queries->len > 0)
    {
      if (self->columns->len == 0)
        add_all_columns (self, kontor_query_get_record_type (g_ptr_array_index (self->queries, 0)));
      write_header (&run);
    }
  for (guint i = 0; i < self->queries->len && written; i++)
    written = write_query (&run, g_ptr_array_index (self->queries, i), error);
  written = written && flush (&run, TRUE, error);
  g_clear_pointer (&run.tags, g_hash_table_unref);
  g_string_free (run.out, TRUE);
  return written;
}
