/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search document of a record, put together from its fields and its children (C7). */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-model.h"

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

static void
fill_document (KontorWork *work, KontorWorkRow *row, Document *doc)
{
  GPtrArray *children = kontor_work_children (work, &row->id);

  add_record (doc, row->record, row->plan, TRUE);
  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorWorkRow *child = g_ptr_array_index (children, i);

      if (!child->hidden && !child->removed)
        add_record (doc, child->record, child->plan, FALSE);
    }
  g_ptr_array_add (doc->phones, NULL);
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
  Document doc;
  g_autofree char *title = NULL;
  KontorSearchDoc put = { .type = row->type,
                          .rid = kontor_record_get_rid (row->record),
                          .id = row->id };
  gboolean had = row->replace_document || (!row->is_new && !row->was_hidden);
  gboolean ok;

  if (row->hidden)
    return !had || kontor_search_remove (work->db, row->type, put.rid, error);
  if (!kontor_work_load_children (work, row, error))
    return FALSE;
  doc.names = g_string_new (NULL);
  doc.points = g_string_new (NULL);
  doc.text = g_string_new (NULL);
  doc.phones = g_ptr_array_new ();
  fill_document (work, row, &doc);
  title = kontor_record_dup_title (row->record);
  put.title = title != NULL ? title : "";
  put.names = doc.names->str;
  put.points = doc.points->str;
  put.text = doc.text->str;
  put.phones = (const char *const *) doc.phones->pdata;
  ok = kontor_search_put (work->db, &put, !had, error);
  g_string_free (doc.names, TRUE);
  g_string_free (doc.points, TRUE);
  g_string_free (doc.text, TRUE);
  g_ptr_array_unref (doc.phones);
  return ok;
}
