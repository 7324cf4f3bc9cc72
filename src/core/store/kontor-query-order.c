/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of a query's answer as SQL. Orders are total: what is equal stands in the order in
 * which it was made. Records without a value are last, in either direction; "NULLS LAST" is what
 * SQLite still takes from an index, where "ORDER BY x IS NULL, x" would sort everything. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-query-private.h"
#include <glib/gi18n-lib.h>

/**
 * kontor_query_find_name_beside:
 * @type: a record type
 * @link: a link of it
 *
 * Returns: (transfer none) (nullable): the field that has the name of what the link leads to,
 * sorted and with an index, as "account_name" is to "account"
 */
const KontorFieldDef *
kontor_query_find_name_beside (const KontorRecordType *type, const KontorFieldDef *link)
{
  const KontorFieldFlags needed =
    KONTOR_FIELD_SORTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_COMPUTED;
  g_autofree char *name = g_strconcat (link->name, "_name", NULL);
  const KontorFieldDef *beside = kontor_record_type_find_field (type, name);

  return beside != NULL && (beside->flags & needed) == needed ? beside : NULL;
}

static gboolean
check_sort (const KontorFieldDef *field, GError **error)
{
  if (field->kind != KONTOR_FIELD_TAGS && field->kind != KONTOR_FIELD_JSON &&
      field->kind != KONTOR_FIELD_FILE)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: label of a field */
                    _("Records can't be sorted by “%s”."),
                    kontor_field_get_label (field));
  if (error != NULL)
    kontor_error_set_field (*error, field->name);
  return FALSE;
}

/**
 * kontor_query_read_order:
 * @sql: SQL so far, for new aliases
 * @query: a query
 * @terms: (inout) (element-type KontorSortTerm): what it is sorted by is added
 * @error: (nullable): place for an error that names the field
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_read_order (KontorSql *sql, KontorQuery *query, GArray *terms, GError **error)
{
  const KontorRecordType *type = kontor_query_get_record_type (query);
  guint n;
  const KontorSort *sort = kontor_query_get_sort (query, &n);

  for (guint i = 0; i < n; i++)
    {
      KontorSortTerm term = { .field = sort[i].field, .descending = sort[i].descending };

      if (!kontor_query_check_field (sql->db, type, term.field, error) ||
          !check_sort (term.field, error))
        return FALSE;
      if (term.field->kind == KONTOR_FIELD_LINK)
        {
          const KontorFieldDef *beside = kontor_query_find_name_beside (type, term.field);

          term.target = beside == NULL ? kontor_record_type_by_name (term.field->target) : NULL;
          term.field = beside != NULL ? beside : term.field;
        }
      if (term.target != NULL && kontor_query_find_title (term.target) == NULL)
        term.target = NULL;
      if (term.target != NULL)
        term.alias = sql->n_aliases++;
      g_array_append_val (terms, term);
    }
  return TRUE;
}

static gboolean
is_folded (const KontorFieldDef *field)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_TEXT:
    case KONTOR_FIELD_LONG_TEXT:
    case KONTOR_FIELD_NAME:
    case KONTOR_FIELD_PHONE:
    case KONTOR_FIELD_MAIL:
    case KONTOR_FIELD_ADDRESS:
    case KONTOR_FIELD_WEB:
      return (field->flags & KONTOR_FIELD_SORTED) != 0 ||
             (field->flags & KONTOR_FIELD_INDEXED) == 0;
    default:
      return FALSE;
    }
}

static void
append_place (KontorSql *sql, const char *code, guint place)
{
  g_string_append (sql->sql, " WHEN ");
  kontor_sql_bind_text (sql, code);
  g_string_append_printf (sql->sql, " THEN %u", place);
}

/* Choices and pick lists in the order of the list; unknown codes behind. */
static void
append_places (KontorSql *sql, const KontorFieldDef *field)
{
  g_autoptr(GPtrArray) values =
    field->pick != NULL ? kontor_schema_get_pick_values (sql->db->schema, field->pick) : NULL;

  if (field->choices == NULL && (values == NULL || values->len == 0))
    {
      kontor_sql_append_column (sql, 0, field);
      return;
    }
  g_string_append (sql->sql, "CASE ");
  kontor_sql_append_column (sql, 0, field);
  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    append_place (sql, field->choices[i].value, i);
  for (guint i = 0; values != NULL && i < values->len; i++)
    append_place (sql, ((const KontorPickValue *) g_ptr_array_index (values, i))->code, i);
  g_string_append (sql->sql, " ELSE ");
  kontor_sql_append_column (sql, 0, field);
  g_string_append (sql->sql, " END");
}

static void
append_any_title (KontorSql *sql, const KontorFieldDef *link)
{
  g_string_append (sql->sql, "coalesce(NULL");
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      guint alias;

      if (!kontor_query_is_linkable (type))
        continue;
      alias = sql->n_aliases++;
      g_string_append (sql->sql, ",(SELECT ");
      kontor_sql_append_key (sql, alias, kontor_query_find_title (type));
      g_string_append_printf (sql->sql, " FROM \"%s\" t%u WHERE t%u.id=", type->name, alias, alias);
      kontor_sql_append_column (sql, 0, link);
      g_string_append_printf (sql->sql, " AND t%u.hid=0)", alias);
    }
  g_string_append_c (sql->sql, ')');
}

static void
append_term (KontorSql *sql, const KontorSortTerm *term)
{
  const KontorFieldDef *field = term->field;
  gboolean coded = field->kind == KONTOR_FIELD_CHOICE || field->kind == KONTOR_FIELD_PICK;

  if (term->target != NULL)
    kontor_sql_append_key (sql, term->alias, kontor_query_find_title (term->target));
  else if (field->kind == KONTOR_FIELD_LINK_ANY)
    append_any_title (sql, field);
  else if (is_folded (field))
    kontor_sql_append_key (sql, 0, field);
  else if (coded && (field->flags & KONTOR_FIELD_INDEXED) == 0)
    append_places (sql, field);
  else if (field->kind == KONTOR_FIELD_BOOLEAN && (field->flags & KONTOR_FIELD_INDEXED) == 0)
    g_string_append_printf (sql->sql, "coalesce(t0.\"%s\",0)", field->name);
  else
    kontor_sql_append_column (sql, 0, field);
  g_string_append (sql->sql, term->descending ? " DESC NULLS LAST" : " NULLS LAST");
  if (term->target != NULL)
    g_string_append_printf (sql->sql, ",t%u.rid%s", term->alias, term->descending ? " DESC" : "");
}

/**
 * kontor_query_append_order:
 * @sql: SQL so far
 * @terms: (element-type KontorSortTerm): what it is sorted by
 * @first: the first of them that matters
 * @collect: don't take the order from an index
 *
 * Equal ones stand in the order they were made, turned round with the last term as an index has
 * them.
 */
void
kontor_query_append_order (KontorSql *sql, GArray *terms, guint first, gboolean collect)
{
  gboolean descending = FALSE;

  /* Rows are collected in the order they were made. */
  collect = collect && terms->len > 0;
  g_string_append (sql->sql, " ORDER BY ");
  for (guint i = 0; i < terms->len; i++)
    {
      const KontorSortTerm *term = &g_array_index (terms, KontorSortTerm, i);

      descending = term->descending;
      if (i < first)
        continue;
      if (collect)
        g_string_append_c (sql->sql, '+');
      append_term (sql, term);
      g_string_append_c (sql->sql, ',');
    }
  g_string_append_printf (sql->sql, "%st0.rid%s", collect ? "+" : "", descending ? " DESC" : "");
}
