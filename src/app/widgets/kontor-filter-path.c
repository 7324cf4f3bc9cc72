/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields and verbs of conditions, in the words of the filter builder. */
#include "config.h"

#include "kontor-filter-path.h"

#include <glib/gi18n.h>

/**
 * kontor_filter_path_free:
 * @path: (transfer full): a path
 */
void
kontor_filter_path_free (KontorFilterPath *path)
{
  g_ptr_array_unref (path->fields);
  g_free (path->label);
  g_free (path);
}

static KontorFilterValue
value_of_field (const KontorFieldDef *field)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_TAGS:
      return KONTOR_FILTER_VALUE_TAGS;
    case KONTOR_FIELD_BOOLEAN:
      return KONTOR_FILTER_VALUE_BOOLEAN;
    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_PICK:
      return KONTOR_FILTER_VALUE_CHOICE;
    case KONTOR_FIELD_LINK:
      return KONTOR_FILTER_VALUE_LINK;
    case KONTOR_FIELD_DATE:
    case KONTOR_FIELD_INSTANT:
    case KONTOR_FIELD_WALL_TIME:
      return KONTOR_FILTER_VALUE_DAY;
    case KONTOR_FIELD_INTEGER:
    case KONTOR_FIELD_DECIMAL:
    case KONTOR_FIELD_MONEY:
    case KONTOR_FIELD_PERCENT:
    case KONTOR_FIELD_DURATION:
      return KONTOR_FILTER_VALUE_NUMBER;
    default:
      return KONTOR_FILTER_VALUE_TEXT;
    }
}

static gboolean
can_filter (const KontorFieldDef *field)
{
  if ((field->flags & KONTOR_FIELD_HIDDEN) != 0)
    return FALSE;
  return field->kind != KONTOR_FIELD_JSON && field->kind != KONTOR_FIELD_FILE &&
         field->kind != KONTOR_FIELD_LINK_ANY && field->kind != KONTOR_FIELD_TYPE;
}

static void
add_path (GPtrArray *paths, const KontorFieldDef *link, const KontorFieldDef *field)
{
  KontorFilterPath *path = g_new0 (KontorFilterPath, 1);

  path->fields = g_ptr_array_new ();
  if (link != NULL)
    g_ptr_array_add (path->fields, (gpointer) link);
  if (field != NULL)
    g_ptr_array_add (path->fields, (gpointer) field);
  if (field == NULL)
    path->label = g_strdup (_("Anything"));
  else if (link == NULL)
    path->label = g_strdup (kontor_field_get_label (field));
  else
    /* Translators: a field of what a link leads to: "Organisation › City" */
    path->label = g_strdup_printf (_("%s › %s"),
                                   kontor_field_get_label (link),
                                   kontor_field_get_label (field));
  path->value = field != NULL ? value_of_field (field) : KONTOR_FILTER_VALUE_SEARCH;
  g_ptr_array_add (paths, path);
}

static void
add_linked (GPtrArray *paths, KontorSchema *schema, const KontorFieldDef *link)
{
  const KontorRecordType *target = kontor_record_type_by_name (link->target);
  g_autoptr(GPtrArray) fields = target != NULL ? kontor_schema_get_fields (schema, target) : NULL;

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (can_filter (field) && (field->flags & KONTOR_FIELD_IN_LIST) != 0)
        add_path (paths, link, field);
    }
}

/**
 * kontor_filter_path_list:
 * @schema: the fields of the workspace
 * @type: a record type
 *
 * Returns: (transfer full) (element-type KontorFilterPath): what a condition on records of @type
 *   can be about: the search, their fields, the fields of what they link to
 */
GPtrArray *
kontor_filter_path_list (KontorSchema *schema, const KontorRecordType *type)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_filter_path_free);
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);

  for (guint i = 0; i < fields->len; i++)
    if (can_filter (g_ptr_array_index (fields, i)))
      add_path (paths, NULL, g_ptr_array_index (fields, i));
  if ((type->flags & KONTOR_TYPE_SEARCHED) != 0)
    add_path (paths, NULL, NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (can_filter (field) && field->kind == KONTOR_FIELD_LINK)
        add_linked (paths, schema, field);
    }
  return paths;
}

/**
 * kontor_filter_path_equal:
 * @path: a path
 * @fields: (element-type KontorFieldDef): links, then a field
 *
 * Returns: whether @path leads along @fields
 */
gboolean
kontor_filter_path_equal (const KontorFilterPath *path, GPtrArray *fields)
{
  if (path->fields->len != fields->len)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    if (g_ptr_array_index (path->fields, i) != g_ptr_array_index (fields, i))
      return FALSE;
  return TRUE;
}

/* --- Verbs ------------------------------------------------------------------------------------ */

static const KontorFilterVerb text_verbs[] = {
  { KONTOR_OP_CONTAINS, N_("contains") },
  { KONTOR_OP_EQ, N_("is") },
  { KONTOR_OP_NE, N_("is not") },
  { KONTOR_OP_STARTS, N_("begins with") },
  { KONTOR_OP_IN, N_("is one of") },
  { KONTOR_OP_EMPTY, N_("is empty") },
  { KONTOR_OP_NOT_EMPTY, N_("has a value") },
};

static const KontorFilterVerb number_verbs[] = {
  { KONTOR_OP_EQ, N_("is") },           { KONTOR_OP_NE, N_("is not") },
  { KONTOR_OP_GE, N_("is at least") },  { KONTOR_OP_LE, N_("is at most") },
  { KONTOR_OP_GT, N_("is more than") }, { KONTOR_OP_LT, N_("is less than") },
  { KONTOR_OP_EMPTY, N_("is empty") },  { KONTOR_OP_NOT_EMPTY, N_("has a value") },
};

static const KontorFilterVerb day_verbs[] = {
  { KONTOR_OP_EQ, N_("is on") },           { KONTOR_OP_GE, N_("is on or after") },
  { KONTOR_OP_LE, N_("is on or before") }, { KONTOR_OP_GT, N_("is after") },
  { KONTOR_OP_LT, N_("is before") },       { KONTOR_OP_NE, N_("is not on") },
  { KONTOR_OP_EMPTY, N_("is empty") },     { KONTOR_OP_NOT_EMPTY, N_("has a value") },
};

static const KontorFilterVerb choice_verbs[] = {
  { KONTOR_OP_EQ, N_("is") },
  { KONTOR_OP_NE, N_("is not") },
  { KONTOR_OP_IN, N_("is one of") },
  { KONTOR_OP_GE, N_("is at least") },
  { KONTOR_OP_LE, N_("is at most") },
  { KONTOR_OP_EMPTY, N_("is empty") },
  { KONTOR_OP_NOT_EMPTY, N_("has a value") },
};

static const KontorFilterVerb boolean_verbs[] = {
  { KONTOR_OP_EQ, N_("is") },
};

static const KontorFilterVerb link_verbs[] = {
  { KONTOR_OP_EQ, N_("is") },
  { KONTOR_OP_NE, N_("is not") },
  { KONTOR_OP_EMPTY, N_("is empty") },
  { KONTOR_OP_NOT_EMPTY, N_("has a value") },
};

static const KontorFilterVerb tag_verbs[] = {
  { KONTOR_OP_EQ, N_("have") },           { KONTOR_OP_NE, N_("don't have") },
  { KONTOR_OP_IN, N_("have one of") },    { KONTOR_OP_EMPTY, N_("are none") },
  { KONTOR_OP_NOT_EMPTY, N_("are any") },
};

static const KontorFilterVerb search_verbs[] = {
  { KONTOR_OP_CONTAINS, N_("contains the words") },
};

/**
 * kontor_filter_verbs:
 * @value: how values are asked for
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): what can be asked of such a value
 */
const KontorFilterVerb *
kontor_filter_verbs (KontorFilterValue value, guint *n)
{
  static const struct
  {
    const KontorFilterVerb *verbs;
    guint n;
  } tables[] = {
    [KONTOR_FILTER_VALUE_SEARCH] = { search_verbs, G_N_ELEMENTS (search_verbs) },
    [KONTOR_FILTER_VALUE_TEXT] = { text_verbs, G_N_ELEMENTS (text_verbs) },
    [KONTOR_FILTER_VALUE_NUMBER] = { number_verbs, G_N_ELEMENTS (number_verbs) },
    [KONTOR_FILTER_VALUE_DAY] = { day_verbs, G_N_ELEMENTS (day_verbs) },
    [KONTOR_FILTER_VALUE_CHOICE] = { choice_verbs, G_N_ELEMENTS (choice_verbs) },
    [KONTOR_FILTER_VALUE_BOOLEAN] = { boolean_verbs, G_N_ELEMENTS (boolean_verbs) },
    [KONTOR_FILTER_VALUE_LINK] = { link_verbs, G_N_ELEMENTS (link_verbs) },
    [KONTOR_FILTER_VALUE_TAGS] = { tag_verbs, G_N_ELEMENTS (tag_verbs) },
  };

  *n = tables[value].n;
  return tables[value].verbs;
}

/**
 * kontor_filter_op_has_value:
 * @op: an operator
 *
 * Returns: whether something is compared with
 */
gboolean
kontor_filter_op_has_value (KontorFilterOp op)
{
  return op != KONTOR_OP_EMPTY && op != KONTOR_OP_NOT_EMPTY;
}

/* --- Related records -------------------------------------------------------------------------- */

/**
 * kontor_filter_related_types:
 * @schema: the fields of the workspace
 * @type: a record type
 *
 * Returns: (transfer container) (element-type KontorRecordType): types of records that may belong
 *   to one of @type
 */
GPtrArray *
kontor_filter_related_types (KontorSchema *schema, const KontorRecordType *type)
{
  GPtrArray *types = g_ptr_array_new ();

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *related = kontor_record_type_nth (i);

      if ((related->flags & (KONTOR_TYPE_INTERNAL | KONTOR_TYPE_SET | KONTOR_TYPE_SINGLE)) == 0 &&
          kontor_filter_find_via (schema, type, related, NULL) != NULL)
        g_ptr_array_add (types, (gpointer) related);
    }
  return types;
}
