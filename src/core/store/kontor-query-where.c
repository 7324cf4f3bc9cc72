/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filter trees as SQL. Every condition is true or not: "not" turns round what is not true, so that
 * a record without a value is in exactly one of A and "not A". */
#include "config.h"

#include "kontor-error.h"
#include "kontor-query-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/**
 * kontor_query_check_field:
 * @db: a connection
 * @type: a record type
 * @field: (nullable): a field that should be one of it; %NULL for its records as a whole
 * @error: (nullable): place for an error: %KONTOR_ERROR_DENIED, %KONTOR_ERROR_NOT_FOUND
 *
 * Returns: %FALSE with @error set where the user may not read it, or it is not there
 */
gboolean
kontor_query_check_field (KontorDb *db,
                          const KontorRecordType *type,
                          const KontorFieldDef *field,
                          GError **error)
{
  gboolean custom = field != NULL && (field->flags & KONTOR_FIELD_CUSTOM) != 0;

  if (!kontor_access_can (&db->access, type, field, KONTOR_RIGHT_READ))
    kontor_set_error (error,
                      KONTOR_STORE_ERROR,
                      KONTOR_ERROR_DENIED,
                      _("You may not read “%s” of records of type “%s”."),
                      field != NULL ? kontor_field_get_label (field) : "*",
                      kontor_record_type_get_label (type));
  else if (field != NULL &&
           (kontor_field_get_type_of (field) != type ||
            (custom && kontor_schema_find_field (db->schema, type, field->name) == NULL)))
    kontor_set_error (error,
                      KONTOR_STORE_ERROR,
                      KONTOR_ERROR_NOT_FOUND,
                      _("Records of type “%s” have no field “%s”."),
                      type->name,
                      field->name);
  else
    return TRUE;
  if (error != NULL && field != NULL)
    kontor_error_set_field (*error, field->name);
  return FALSE;
}

/**
 * kontor_query_find_title:
 * @type: a record type
 *
 * Returns: (transfer none) (nullable): the field that links to its records show first
 */
const KontorFieldDef *
kontor_query_find_title (const KontorRecordType *type)
{
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if ((fields[i]->flags & KONTOR_FIELD_TITLE) != 0)
      return fields[i];
  return NULL;
}

/**
 * kontor_query_is_linkable:
 * @type: a record type
 *
 * Returns: whether a link to records of any type leads to one of it by its title
 */
gboolean
kontor_query_is_linkable (const KontorRecordType *type)
{
  const KontorFieldDef *title = kontor_query_find_title (type);

  return title != NULL && (title->flags & KONTOR_FIELD_SORTED) != 0 &&
         (type->flags & KONTOR_TYPE_INTERNAL) == 0;
}

/* --- Comparisons ---------------------------------------------------------------------------- */

/* A comparison as it is written, and as it is asked: without "not" in the operator. */
typedef struct
{
  const KontorFilter *filter;
  const KontorFieldDef *field;
  KontorFilterOp op;
  gboolean negated;
} Compare;

static gboolean
is_blank (const char *value)
{
  return value[strspn (value, " \t\r\n")] == '\0';
}

static gboolean
fail_blank (const KontorFieldDef *field, GError **error)
{
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: label of a field */
                    _("%s: there is nothing to compare with. Write “is empty” for records without "
                       "a value."),
                    kontor_field_get_label (field));
  if (error != NULL)
    kontor_error_set_field (*error, field->name);
  return FALSE;
}

static gboolean
check_values (Compare *compare, GError **error)
{
  GPtrArray *values = compare->filter->values;
  gboolean takes_none = compare->op == KONTOR_OP_NOT_EMPTY;

  if (takes_none)
    return TRUE;
  if (values->len == 0)
    return fail_blank (compare->field, error);
  for (guint i = 0; i < values->len; i++)
    if (is_blank (g_ptr_array_index (values, i)))
      return fail_blank (compare->field, error);
  return TRUE;
}

static gboolean
is_no (const KontorFieldDef *field, const char *text)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  return field->kind == KONTOR_FIELD_BOOLEAN && kontor_value_parse (field, text, &value, NULL) &&
         value.type == KONTOR_VALUE_INTEGER && value.integer == 0;
}

static Compare
read_compare (const KontorFilter *filter)
{
  Compare compare = { .filter = filter, .op = filter->op };
  const char *value = filter->values->len > 0 ? g_ptr_array_index (filter->values, 0) : NULL;

  compare.field = g_ptr_array_index (filter->path, filter->path->len - 1);
  if (filter->op == KONTOR_OP_NE)
    {
      compare.op = KONTOR_OP_EQ;
      compare.negated = TRUE;
    }
  if (filter->op == KONTOR_OP_EMPTY ||
      (compare.op == KONTOR_OP_EQ && value != NULL && is_blank (value)))
    {
      compare.op = KONTOR_OP_NOT_EMPTY;
      compare.negated = !compare.negated;
    }
  return compare;
}

/* The sort key is there where the text is, and the index is over it. */
static void
append_stored (KontorSql *sql, guint alias, const KontorFieldDef *field)
{
  if ((field->flags & KONTOR_FIELD_SORTED) != 0)
    kontor_sql_append_key (sql, alias, field);
  else
    kontor_sql_append_column (sql, alias, field);
}

static gboolean
append_has_value (KontorSql *sql, Compare *compare, guint alias, GError **error)
{
  if (compare->field->kind == KONTOR_FIELD_TAGS)
    return kontor_query_append_tags (sql, alias, compare->field, KONTOR_OP_NOT_EMPTY, NULL, error);
  append_stored (sql, alias, compare->field);
  g_string_append (sql->sql, " IS NOT NULL");
  return TRUE;
}

static gboolean
append_last (KontorSql *sql, Compare *compare, guint alias, GError **error)
{
  if (compare->op == KONTOR_OP_NOT_EMPTY)
    return append_has_value (sql, compare, alias, error);
  return kontor_query_append_leaf (sql,
                                   alias,
                                   compare->field,
                                   compare->op,
                                   compare->filter->values,
                                   error);
}

/* "account.city=Berlin": the link is one of those to accounts for which the rest holds. */
static gboolean
append_path (KontorSql *sql,
             Compare *compare,
             const KontorRecordType *type,
             guint alias,
             guint place,
             GError **error)
{
  const KontorFieldDef *field = g_ptr_array_index (compare->filter->path, place);
  const KontorRecordType *target;
  guint next;

  if (!kontor_query_check_field (sql->db, type, field, error))
    return FALSE;
  if (place + 1 == compare->filter->path->len)
    return append_last (sql, compare, alias, error);
  target = field->kind == KONTOR_FIELD_LINK ? kontor_record_type_by_name (field->target) : NULL;
  if (target == NULL)
    return kontor_query_fail_op (field, compare->op, error);
  next = sql->n_aliases++;
  kontor_sql_append_column (sql, alias, field);
  g_string_append_printf (sql->sql,
                          " IN (SELECT t%u.id FROM \"%s\" t%u WHERE t%u.hid=0 AND ",
                          next,
                          target->name,
                          next,
                          next);
  if (!append_path (sql, compare, target, next, place + 1, error))
    return FALSE;
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

/* What an index finds: no value in a column of one's own. */
static gboolean
is_plain_empty (const Compare *compare)
{
  return compare->negated && compare->op == KONTOR_OP_NOT_EMPTY &&
         compare->filter->path->len == 1 && compare->field->kind != KONTOR_FIELD_TAGS;
}

static gboolean
append_compare (KontorSql *sql,
                const KontorRecordType *type,
                guint alias,
                const KontorFilter *filter,
                GError **error)
{
  Compare compare = read_compare (filter);
  const char *value = filter->values->len > 0 ? g_ptr_array_index (filter->values, 0) : "";
  g_autoptr(KontorFilter) yes = NULL;

  if (!check_values (&compare, error))
    return FALSE;
  if (is_plain_empty (&compare))
    {
      if (!kontor_query_check_field (sql->db, type, compare.field, error))
        return FALSE;
      append_stored (sql, alias, compare.field);
      g_string_append (sql->sql, " IS NULL");
      return TRUE;
    }
  /* "No" of a record that a link leads to is also that there is none. */
  if (compare.op == KONTOR_OP_EQ && filter->path->len > 1 && is_no (compare.field, value))
    {
      yes = kontor_filter_copy (filter);
      g_ptr_array_set_size (yes->values, 0);
      kontor_filter_add_value (yes, "1");
      compare.filter = yes;
      compare.negated = !compare.negated;
    }
  if (compare.negated)
    g_string_append_c (sql->sql, '(');
  if (!append_path (sql, &compare, type, alias, 0, error))
    return FALSE;
  if (compare.negated)
    g_string_append (sql->sql, ") IS NOT TRUE");
  return TRUE;
}

/* --- The tree ------------------------------------------------------------------------------- */

/**
 * kontor_query_filter_is_empty:
 * @filter: (nullable): a filter
 *
 * Returns: whether it has no condition, so that everything passes
 */
gboolean
kontor_query_filter_is_empty (const KontorFilter *filter)
{
  if (filter == NULL)
    return TRUE;
  if (filter->kind > KONTOR_FILTER_NOT)
    return FALSE;
  for (guint i = 0; i < filter->children->len; i++)
    if (!kontor_query_filter_is_empty (g_ptr_array_index (filter->children, i)))
      return FALSE;
  return TRUE;
}

/* The log says what a step wrote. */
static void
append_written (KontorSql *sql, const KontorRecordType *type, const KontorId *step)
{
  g_string_append (sql->sql,
                   "SELECT o.id FROM change_tx x JOIN change_op o ON o.x=x.x WHERE x.step=");
  kontor_sql_bind_id (sql, step);
  g_string_append (sql->sql, " AND o.type=");
  kontor_sql_bind_text (sql, type->name);
}

/* A phone number or a tag that came is a change of who has it. */
static void
append_written_parts (KontorSql *sql,
                      const KontorRecordType *part,
                      const KontorRecordType *owner,
                      const KontorId *step)
{
  const char *name = (part->flags & KONTOR_TYPE_SET) != 0 ? part->right : part->parent_field;
  const KontorFieldDef *link = name != NULL ? kontor_record_type_find_field (part, name) : NULL;

  /* a file of an older version has no other tables */
  if (link == NULL || part->since > 1 ||
      (link->kind != KONTOR_FIELD_LINK_ANY && g_strcmp0 (link->target, owner->name) != 0))
    return;
  g_string_append_printf (sql->sql,
                          " UNION SELECT \"%s\" FROM \"%s\" WHERE id IN (",
                          name,
                          part->name);
  append_written (sql, part, step);
  g_string_append_c (sql->sql, ')');
}

static gboolean
append_imported (KontorSql *sql,
                 const KontorRecordType *type,
                 guint alias,
                 const KontorFilter *filter,
                 GError **error)
{
  KontorId step;

  if (!kontor_id_parse (filter->text, &step))
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("“%s” is no import."),
                        filter->text);
      return FALSE;
    }
  g_string_append_printf (sql->sql, "t%u.id IN (", alias);
  append_written (sql, type, &step);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    append_written_parts (sql, kontor_record_type_nth (i), type, &step);
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

static gboolean
append_search (KontorSql *sql,
               const KontorRecordType *type,
               guint alias,
               const KontorFilter *filter,
               GError **error)
{
  g_autoptr(GPtrArray) binds = g_ptr_array_new_with_free_func (g_free);

  if (!kontor_query_check_field (sql->db, type, NULL, error))
    return FALSE;
  g_string_append_printf (sql->sql, "t%u.rid IN (", alias);
  kontor_search_append_sql (sql->db, type, filter->text, sql->sql, binds);
  g_string_append_c (sql->sql, ')');
  for (guint i = 0; i < binds->len; i++)
    {
      KontorValue value = KONTOR_VALUE_INIT;

      value.type = KONTOR_VALUE_TEXT;
      value.text = g_strdup (g_ptr_array_index (binds, i));
      g_array_append_val (sql->binds, value);
    }
  return TRUE;
}

static gboolean
append_group (KontorSql *sql,
              const KontorRecordType *type,
              guint alias,
              const KontorFilter *filter,
              GError **error)
{
  const char *between = "";

  for (guint i = 0; i < filter->children->len; i++)
    {
      const KontorFilter *child = g_ptr_array_index (filter->children, i);

      if (kontor_query_filter_is_empty (child))
        continue;
      g_string_append_printf (sql->sql, "%s(", between);
      if (!kontor_query_append_filter (sql, type, alias, child, error))
        return FALSE;
      g_string_append_c (sql->sql, ')');
      if (filter->kind == KONTOR_FILTER_NOT)
        {
          g_string_append (sql->sql, " IS NOT TRUE");
          return TRUE;
        }
      between = filter->kind == KONTOR_FILTER_OR ? " OR " : " AND ";
    }
  return TRUE;
}

/**
 * kontor_query_append_filter:
 * @sql: SQL so far
 * @type: type of the records
 * @alias: number of their table
 * @filter: a filter with conditions
 * @error: (nullable): place for an error that names field and value
 *
 * Appends an expression; NULL is as good as false.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_append_filter (KontorSql *sql,
                            const KontorRecordType *type,
                            guint alias,
                            const KontorFilter *filter,
                            GError **error)
{
  switch (filter->kind)
    {
    case KONTOR_FILTER_COMPARE:
      return append_compare (sql, type, alias, filter, error);

    case KONTOR_FILTER_SEARCH:
      return append_search (sql, type, alias, filter, error);

    case KONTOR_FILTER_IMPORTED:
      return append_imported (sql, type, alias, filter, error);

    case KONTOR_FILTER_RELATED:
      return kontor_query_append_related (sql, type, alias, filter, error);

    case KONTOR_FILTER_AND:
    case KONTOR_FILTER_OR:
    case KONTOR_FILTER_NOT:
    default:
      return append_group (sql, type, alias, filter, error);
    }
}
