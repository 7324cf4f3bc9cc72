/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search document of a record, put together from its fields and its children (C7). */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-model.h"

/* Records looked at together. */
#define CHUNK 500

typedef struct
{
  GString *names, *points, *text;
  GPtrArray *phones; /* (element-type utf8): borrowed from the records */
} Document;

static void
append_line (GString *out, const char *text)
{
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, text);
}

static gboolean
is_phone_point (KontorRecord *record, const KontorRecordType *type)
{
  const char *kind;

  if (type != &kontor_contact_point_type)
    return FALSE;
  kind = kontor_record_get_text (record, KONTOR_CONTACT_POINT_KIND);
  return kind != NULL &&
         (g_str_equal (kind, "phone") || g_str_equal (kind, "mobile") || g_str_equal (kind, "fax"));
}

static void
add_field (Document *doc,
           KontorRecord *record,
           const KontorFieldDef *field,
           const KontorRecordType *type)
{
  const char *text = kontor_record_value_text (record, field);

  if (text == NULL || *text == '\0')
    return;
  if (field->kind == KONTOR_FIELD_PHONE || is_phone_point (record, type))
    g_ptr_array_add (doc->phones, (gpointer) text);
  else if (field->kind == KONTOR_FIELD_NAME)
    append_line (doc->names, text);
  else if (field->kind == KONTOR_FIELD_MAIL || field->kind == KONTOR_FIELD_WEB ||
           type == &kontor_contact_point_type || type == &kontor_address_type)
    append_line (doc->points, text);
  else
    append_line (doc->text, text);
}

static void
add_record (Document *doc, KontorRecord *record, KontorRowPlan *plan, gboolean skip_title)
{
  for (guint i = 0; i < plan->n_columns; i++)
    {
      const KontorRowColumn *column = &plan->columns[i];

      if ((column->field->flags & KONTOR_FIELD_SEARCHED) == 0 ||
          column->storage != KONTOR_STORAGE_TEXT ||
          (skip_title && (column->field->flags & KONTOR_FIELD_TITLE) != 0))
        continue;
      add_field (doc, record, column->field, plan->type);
    }
}

static int
compare_children (const KontorWorkRow *a, const KontorWorkRow *b)
{
  gint64 rid_a = kontor_record_get_rid (a->record), rid_b = kontor_record_get_rid (b->record);

  if (a->type != b->type)
    return a->type->number - b->type->number;
  return rid_a < rid_b ? -1 : rid_a > rid_b;
}

static int
compare_children_cb (gconstpointer a, gconstpointer b)
{
  return compare_children (*(KontorWorkRow *const *) a, *(KontorWorkRow *const *) b);
}

/* In one order, whichever of them the transaction happened to touch first: else an equal document
 * would look like another. */
static void
sort_children (GPtrArray *children)
{
  for (guint i = 1; i < children->len; i++)
    if (compare_children (g_ptr_array_index (children, i - 1), g_ptr_array_index (children, i)) > 0)
      {
        g_ptr_array_sort (children, compare_children_cb);
        return;
      }
}

static void
fill_document (KontorWork *work, KontorWorkRow *row, Document *doc)
{
  GPtrArray *children = kontor_work_children (work, &row->id);

  add_record (doc, row->record, row->plan, TRUE);
  if (children != NULL)
    sort_children (children);
  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorWorkRow *child = g_ptr_array_index (children, i);

      if (!child->hidden && !child->removed)
        add_record (doc, child->record, child->plan, FALSE);
    }
  g_ptr_array_add (doc->phones, NULL);
}

typedef gboolean (*UseDocument) (KontorWork *work,
                                 KontorWorkRow *row,
                                 const KontorSearchDoc *doc,
                                 gpointer data,
                                 GError **error);

static gboolean
use_document (KontorWork *work, KontorWorkRow *row, UseDocument use, gpointer data, GError **error)
{
  Document doc;
  g_autofree char *title = NULL;
  KontorSearchDoc made = { .type = row->type,
                           .rid = kontor_record_get_rid (row->record),
                           .id = row->id };
  gboolean ok;

  if (!kontor_work_load_children (work, row, error))
    return FALSE;
  doc.names = g_string_new (NULL);
  doc.points = g_string_new (NULL);
  doc.text = g_string_new (NULL);
  doc.phones = g_ptr_array_new ();
  fill_document (work, row, &doc);
  title = kontor_record_dup_title (row->record);
  made.title = title != NULL ? title : "";
  made.names = doc.names->str;
  made.points = doc.points->str;
  made.text = doc.text->str;
  made.phones = (const char *const *) doc.phones->pdata;
  ok = use (work, row, &made, data, error);
  g_string_free (doc.names, TRUE);
  g_string_free (doc.points, TRUE);
  g_string_free (doc.text, TRUE);
  g_ptr_array_unref (doc.phones);
  return ok;
}

static gboolean
had_document (KontorWorkRow *row)
{
  return row->replace_document || (!row->is_new && !row->was_hidden);
}

static gboolean
put_document (KontorWork *work,
              KontorWorkRow *row,
              const KontorSearchDoc *doc,
              gpointer data,
              GError **error)
{
  return kontor_search_put (work->db, doc, !had_document (row), error);
}

/**
 * kontor_derive_put_document:
 * @work: a working set whose rows are written
 * @row: a record of a searched type
 * @error: (nullable): place for an error
 *
 * Writes the record's search document, or takes it away from a record in the trash.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_put_document (KontorWork *work, KontorWorkRow *row, GError **error)
{
  if (row->hidden)
    return !had_document (row) ||
           kontor_search_remove (work->db, row->type, kontor_record_get_rid (row->record), error);
  return use_document (work, row, put_document, NULL, error);
}

/* --- Documents as they must be -------------------------------------------------------------- */

typedef struct
{
  KontorDocumentFunc func;
  gpointer data;
} Visit;

static gboolean
visit_document (KontorWork *work,
                KontorWorkRow *row,
                const KontorSearchDoc *doc,
                gpointer data,
                GError **error)
{
  Visit *visit = data;

  return visit->func (work->db, doc, visit->data, error);
}

static gboolean
visit_rids (KontorDb *db, const KontorRecordType *type, GArray *rids, Visit *visit, GError **error)
{
  KontorWork *work;
  g_autoptr(GPtrArray) records = kontor_rows_fetch (db,
                                                     type,
                                                     (const gint64 *) (gpointer) rids->data,
                                                     rids->len,
                                                     KONTOR_READ_DEFAULT,
                                                     error);
  gboolean ok = records != NULL;

  work = kontor_work_new (db);
  for (guint i = 0; ok && i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);

      if (record != NULL)
        ok = use_document (work,
                           kontor_work_add_read (work, g_object_ref (record)),
                           visit_document,
                           visit,
                           error);
    }
  kontor_work_free (work);
  return ok;
}

/**
 * kontor_derive_each_document:
 * @db: a connection
 * @type: a searched type
 * @func: called with the document of each record that is not in the trash, by rid
 * @data: for @func
 * @error: (nullable): place for an error
 *
 * Makes the search documents anew, without writing them.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_each_document (KontorDb *db,
                             const KontorRecordType *type,
                             KontorDocumentFunc func,
                             gpointer data,
                             GError **error)
{
  g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Visit visit = { func, data };
  gint64 last = 0;

  do
    {
      sqlite3_stmt *stmt = kontor_db_prepare_printf (db,
                                                     error,
                                                     "SELECT rid FROM \"%s\" WHERE rid>? AND hid=0 "
                                                     "ORDER BY rid LIMIT %d",
                                                     type->name,
                                                     CHUNK);
      gboolean row = TRUE;

      if (stmt == NULL)
        return FALSE;
      g_array_set_size (rids, 0);
      sqlite3_bind_int64 (stmt, 1, last);
      for (;;)
        {
          if (!kontor_db_step (db, stmt, &row, error))
            return FALSE;
          if (!row)
            break;
          last = sqlite3_column_int64 (stmt, 0);
          g_array_append_val (rids, last);
        }
      sqlite3_reset (stmt);
      if (!visit_rids (db, type, rids, &visit, error))
        return FALSE;
    }
  while (rids->len == CHUNK);
  return TRUE;
}
