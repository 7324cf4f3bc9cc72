/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorQuery: a question as an object. It is built once and not changed any more when others have
 * it, so that threads may share it. */
#include "config.h"

#include "kontor-filter-private.h"

#include "kontor-error.h"
#include <glib/gi18n-lib.h>

struct _KontorQuery
{
  gatomicrefcount ref_count;
  const KontorRecordType *type;
  KontorFilter *filter; /* nullable */
  GArray *sort;         /* (element-type KontorSort) */
  GPtrArray *columns;   /* (element-type KontorFieldDef) */
  KontorQueryScope scope;
};

/**
 * kontor_query_get_type:
 *
 * Returns: the boxed type of queries
 */
GType
kontor_query_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorQuery"),
                                                     (GBoxedCopyFunc) kontor_query_ref,
                                                     (GBoxedFreeFunc) kontor_query_unref));

  return (GType) type;
}

/**
 * kontor_query_new:
 * @type: type of the records that are asked for
 *
 * Returns: (transfer full): a query for all of them outside the trash
 */
KontorQuery *
kontor_query_new (const KontorRecordType *type)
{
  KontorQuery *query;

  g_return_val_if_fail (type != NULL, NULL);

  query = g_new0 (KontorQuery, 1);
  g_atomic_ref_count_init (&query->ref_count);
  query->type = type;
  query->sort = g_array_new (FALSE, FALSE, sizeof (KontorSort));
  query->columns = g_ptr_array_new ();
  return query;
}

/**
 * kontor_query_ref:
 * @query: a query
 *
 * Returns: (transfer full): @query
 */
KontorQuery *
kontor_query_ref (KontorQuery *query)
{
  g_return_val_if_fail (query != NULL, NULL);

  g_atomic_ref_count_inc (&query->ref_count);
  return query;
}

/**
 * kontor_query_unref:
 * @query: (transfer full): a query
 */
void
kontor_query_unref (KontorQuery *query)
{
  g_return_if_fail (query != NULL);

  if (!g_atomic_ref_count_dec (&query->ref_count))
    return;
  kontor_filter_free (query->filter);
  g_array_unref (query->sort);
  g_ptr_array_unref (query->columns);
  g_free (query);
}

/**
 * kontor_query_copy:
 * @query: a query
 *
 * Returns: (transfer full): another one like it, to be changed
 */
KontorQuery *
kontor_query_copy (KontorQuery *query)
{
  KontorQuery *copy = kontor_query_new (query->type);

  copy->filter = kontor_filter_copy (query->filter);
  copy->scope = query->scope;
  g_array_append_vals (copy->sort, query->sort->data, query->sort->len);
  g_ptr_array_extend (copy->columns, query->columns, NULL, NULL);
  return copy;
}

static gboolean
equal_sort (GArray *a, GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const KontorSort *left = &g_array_index (a, KontorSort, i);
      const KontorSort *right = &g_array_index (b, KontorSort, i);

      if (left->field != right->field || !left->descending != !right->descending)
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_query_equal:
 * @a: a query
 * @b: another
 *
 * Returns: whether both ask the same
 */
gboolean
kontor_query_equal (KontorQuery *a, KontorQuery *b)
{
  if (a == b)
    return TRUE;
  if (a->type != b->type || a->scope != b->scope || a->columns->len != b->columns->len)
    return FALSE;
  for (guint i = 0; i < a->columns->len; i++)
    if (g_ptr_array_index (a->columns, i) != g_ptr_array_index (b->columns, i))
      return FALSE;
  return equal_sort (a->sort, b->sort) && kontor_filter_equal (a->filter, b->filter);
}

/**
 * kontor_query_take_filter:
 * @query: a query nobody else has yet
 * @filter: (nullable) (transfer full): what must hold; replaces what was there
 */
void
kontor_query_take_filter (KontorQuery *query, KontorFilter *filter)
{
  kontor_filter_free (query->filter);
  query->filter = filter;
}

/**
 * kontor_query_add_sort:
 * @query: a query nobody else has yet
 * @field: a field of its type
 * @descending: from the end to the beginning
 *
 * Adds a field by which records are sorted that are equal by the fields before. Records without a
 * value stand last either way.
 */
void
kontor_query_add_sort (KontorQuery *query, const KontorFieldDef *field, gboolean descending)
{
  KontorSort sort = { field, descending != FALSE };

  g_return_if_fail (field != NULL);

  g_array_append_val (query->sort, sort);
}

/**
 * kontor_query_clear_sort:
 * @query: a query nobody else has yet
 *
 * Back to the order in which records were made.
 */
void
kontor_query_clear_sort (KontorQuery *query)
{
  g_array_set_size (query->sort, 0);
}

/**
 * kontor_query_add_column:
 * @query: a query nobody else has yet
 * @field: a field to be shown
 */
void
kontor_query_add_column (KontorQuery *query, const KontorFieldDef *field)
{
  g_return_if_fail (field != NULL);

  g_ptr_array_add (query->columns, (gpointer) field);
}

/**
 * kontor_query_set_scope:
 * @query: a query nobody else has yet
 * @scope: with or without the trash
 */
void
kontor_query_set_scope (KontorQuery *query, KontorQueryScope scope)
{
  query->scope = scope;
}

/**
 * kontor_query_get_record_type:
 * @query: a query
 *
 * Returns: (transfer none): the type of the records that are asked for
 */
const KontorRecordType *
kontor_query_get_record_type (KontorQuery *query)
{
  return query->type;
}

/**
 * kontor_query_get_filter:
 * @query: a query
 *
 * Returns: (transfer none) (nullable): what must hold
 */
const KontorFilter *
kontor_query_get_filter (KontorQuery *query)
{
  return query->filter;
}

/**
 * kontor_query_get_sort:
 * @query: a query
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n) (nullable): what it is sorted by
 */
const KontorSort *
kontor_query_get_sort (KontorQuery *query, guint *n)
{
  *n = query->sort->len;
  return query->sort->len > 0 ? (const KontorSort *) (gpointer) query->sort->data : NULL;
}

/**
 * kontor_query_get_columns:
 * @query: a query
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n) (nullable): what is shown
 */
const KontorFieldDef *const *
kontor_query_get_columns (KontorQuery *query, guint *n)
{
  *n = query->columns->len;
  return (const KontorFieldDef *const *) query->columns->pdata;
}

/**
 * kontor_query_get_scope:
 * @query: a query
 *
 * Returns: with or without the trash
 */
KontorQueryScope
kontor_query_get_scope (KontorQuery *query)
{
  return query->scope;
}

/* --- Text ----------------------------------------------------------------------------------- */

static gboolean
parse_sort (KontorScanner *scanner, KontorQuery *query, GError **error)
{
  do
    {
      const KontorFieldDef *field = kontor_scanner_take_field (scanner, query->type, error);
      gboolean descending;

      if (field == NULL)
        return FALSE;
      descending = kontor_scanner_take_keyword (scanner, "desc");
      if (!descending)
        kontor_scanner_take_keyword (scanner, "asc");
      kontor_query_add_sort (query, field, descending);
      if (query->sort->len > KONTOR_FILTER_MAX_DEPTH)
        return kontor_scanner_fail (scanner,
                                    scanner->at,
                                    KONTOR_ERROR_LIMIT,
                                    error,
                                    _("The query is sorted by more than %d fields."),
                                    KONTOR_FILTER_MAX_DEPTH);
    }
  while (kontor_scanner_take_char (scanner, ','));
  return TRUE;
}

static gboolean
parse_columns (KontorScanner *scanner, KontorQuery *query, GError **error)
{
  do
    {
      const KontorFieldDef *field = kontor_scanner_take_field (scanner, query->type, error);

      if (field == NULL)
        return FALSE;
      kontor_query_add_column (query, field);
    }
  while (kontor_scanner_take_char (scanner, ','));
  return TRUE;
}

static gboolean
parse_parts (KontorScanner *scanner, KontorQuery *query, GError **error)
{
  if (kontor_scanner_take_keyword (scanner, "trashed"))
    query->scope = KONTOR_QUERY_TRASHED;
  else if (kontor_scanner_take_keyword (scanner, "all"))
    query->scope = KONTOR_QUERY_ALL;
  if (kontor_scanner_take_keyword (scanner, "where"))
    {
      query->filter = kontor_scanner_take_filter (scanner, query->type, error);
      if (query->filter == NULL)
        return FALSE;
    }
  if (kontor_scanner_take_keyword (scanner, "sort") && !parse_sort (scanner, query, error))
    return FALSE;
  if (kontor_scanner_take_keyword (scanner, "columns") && !parse_columns (scanner, query, error))
    return FALSE;
  if (kontor_scanner_is_at_end (scanner))
    return TRUE;
  return kontor_scanner_fail_expected (scanner,
                                       _("“where”, “and”, “or”, “sort”, “columns” or the end"),
                                       error);
}

/**
 * kontor_query_parse:
 * @schema: fields, custom ones included
 * @text: a query in its text form
 * @error: (nullable): place for an error as of kontor_filter_parse()
 *
 * Returns: (transfer full) (nullable): the query, %NULL with @error set
 */
KontorQuery *
kontor_query_parse (KontorSchema *schema, const char *text, GError **error)
{
  KontorScanner scanner;
  const KontorRecordType *type;
  g_autoptr(KontorQuery) query = NULL;

  g_return_val_if_fail (schema != NULL && text != NULL, NULL);

  if (!kontor_scanner_init (&scanner, schema, text, error))
    return NULL;
  type = kontor_scanner_take_type (&scanner, error);
  if (type == NULL)
    return NULL;
  query = kontor_query_new (type);
  return parse_parts (&scanner, query, error) ? g_steal_pointer (&query) : NULL;
}

/**
 * kontor_query_to_text:
 * @query: a query
 *
 * Returns: (transfer full): the text kontor_query_parse() reads the same query from
 */
char *
kontor_query_to_text (KontorQuery *query)
{
  static const char *const scopes[] = { [KONTOR_QUERY_LIVE] = "",
                                        [KONTOR_QUERY_TRASHED] = " trashed",
                                        [KONTOR_QUERY_ALL] = " all" };
  GString *out = g_string_new (query->type->name);
  g_autofree char *where = query->filter != NULL ? kontor_filter_to_text (query->filter) : NULL;

  g_string_append (out, scopes[query->scope]);
  if (where != NULL && *where != '\0')
    g_string_append_printf (out, " where %s", where);
  for (guint i = 0; i < query->sort->len; i++)
    {
      const KontorSort *sort = &g_array_index (query->sort, KontorSort, i);

      g_string_append_printf (out,
                              "%s%s%s",
                              i > 0 ? ", " : " sort ",
                              sort->field->name,
                              sort->descending ? " desc" : "");
    }
  for (guint i = 0; i < query->columns->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (query->columns, i);

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : " columns ", field->name);
    }
  return g_string_free (out, FALSE);
}
