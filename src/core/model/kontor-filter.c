/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of conditions of a query: making, copying, comparing, and its text. Reading the text is
 * in kontor-filter-parse.c. */
#include "config.h"

#include "kontor-filter-private.h"

#include <string.h>

static const char *const signs[] = {
  [KONTOR_OP_EQ] = "=",       [KONTOR_OP_NE] = "!=",        [KONTOR_OP_LT] = "<",
  [KONTOR_OP_LE] = "<=",      [KONTOR_OP_GT] = ">",         [KONTOR_OP_GE] = ">=",
  [KONTOR_OP_CONTAINS] = "~", [KONTOR_OP_STARTS] = "^=",    [KONTOR_OP_IN] = NULL,
  [KONTOR_OP_EMPTY] = NULL,   [KONTOR_OP_NOT_EMPTY] = NULL,
};

/* Words that can't stand for values without quotes, so that a forgotten value is noticed. */
static const char *const keywords[] = { "and",    "or",   "not",   "in",      "is", "has",
                                        "search", "sort", "where", "columns", NULL };

static void
free_filter (gpointer filter)
{
  kontor_filter_free (filter);
}

static KontorFilter *
make_filter (KontorFilterKind kind)
{
  KontorFilter *filter = g_new0 (KontorFilter, 1);

  filter->kind = kind;
  filter->children = g_ptr_array_new_with_free_func (free_filter);
  filter->path = g_ptr_array_new ();
  filter->values = g_ptr_array_new_with_free_func (g_free);
  return filter;
}

/**
 * kontor_filter_new_group:
 * @kind: %KONTOR_FILTER_AND, %KONTOR_FILTER_OR or %KONTOR_FILTER_NOT
 *
 * Returns: (transfer full): a group to which conditions are added
 */
KontorFilter *
kontor_filter_new_group (KontorFilterKind kind)
{
  g_return_val_if_fail (kind <= KONTOR_FILTER_NOT, NULL);

  return make_filter (kind);
}

/**
 * kontor_filter_new_compare:
 * @field: a field of the query's type
 * @op: how it is compared
 * @value: (nullable): with what, as somebody types it; %NULL where @op takes no value, or takes
 *   several that are added afterwards
 *
 * Returns: (transfer full): a condition on one field
 */
KontorFilter *
kontor_filter_new_compare (const KontorFieldDef *field, KontorFilterOp op, const char *value)
{
  KontorFilter *filter;

  g_return_val_if_fail (field != NULL, NULL);

  filter = make_filter (KONTOR_FILTER_COMPARE);
  filter->op = op;
  g_ptr_array_add (filter->path, (gpointer) field);
  if (value != NULL)
    kontor_filter_add_value (filter, value);
  return filter;
}

/**
 * kontor_filter_new_search:
 * @text: words to find
 *
 * Returns: (transfer full): the condition that they stand in the record's search document
 */
KontorFilter *
kontor_filter_new_search (const char *text)
{
  KontorFilter *filter;

  g_return_val_if_fail (text != NULL, NULL);

  filter = make_filter (KONTOR_FILTER_SEARCH);
  filter->text = g_strdup (text);
  return filter;
}

/**
 * kontor_filter_new_imported:
 * @step: the step of an import, as text
 *
 * Returns: (transfer full): the condition that it has made or changed the record
 */
KontorFilter *
kontor_filter_new_imported (const char *step)
{
  KontorFilter *filter;

  g_return_val_if_fail (step != NULL, NULL);

  filter = make_filter (KONTOR_FILTER_IMPORTED);
  filter->text = g_strdup (step);
  return filter;
}

/**
 * kontor_filter_new_related:
 * @related: type of the other records
 * @via: (nullable): the link of kontor_filter_find_via(); %NULL for the first
 * @child: (nullable) (transfer full): what holds for one of them; %NULL: there is one
 *
 * Returns: (transfer full): the condition that there is such a record
 */
KontorFilter *
kontor_filter_new_related (const KontorRecordType *related,
                           const KontorFieldDef *via,
                           KontorFilter *child)
{
  KontorFilter *filter;

  g_return_val_if_fail (related != NULL, NULL);

  filter = make_filter (KONTOR_FILTER_RELATED);
  filter->related = related;
  filter->via = via;
  if (child != NULL)
    kontor_filter_add (filter, child);
  return filter;
}

/**
 * kontor_filter_add:
 * @group: a group, or a condition on related records that has no child
 * @child: (transfer full): what is added
 */
void
kontor_filter_add (KontorFilter *group, KontorFilter *child)
{
  g_return_if_fail (group != NULL && child != NULL);
  g_return_if_fail (group->kind <= KONTOR_FILTER_NOT || group->kind == KONTOR_FILTER_RELATED);

  g_ptr_array_add (group->children, child);
}

/**
 * kontor_filter_add_value:
 * @filter: a condition on a field
 * @value: another value of a list
 */
void
kontor_filter_add_value (KontorFilter *filter, const char *value)
{
  g_return_if_fail (filter != NULL && filter->kind == KONTOR_FILTER_COMPARE && value != NULL);

  g_ptr_array_add (filter->values, g_strdup (value));
}

void
kontor_filter_set_path (KontorFilter *filter, GPtrArray *path)
{
  g_ptr_array_unref (filter->path);
  filter->path = path;
}

/**
 * kontor_filter_copy:
 * @filter: (nullable): a filter
 *
 * Returns: (transfer full) (nullable): another one like it
 */
KontorFilter *
kontor_filter_copy (const KontorFilter *filter)
{
  KontorFilter *copy;

  if (filter == NULL)
    return NULL;
  copy = make_filter (filter->kind);
  copy->op = filter->op;
  copy->text = g_strdup (filter->text);
  copy->related = filter->related;
  copy->via = filter->via;
  g_ptr_array_extend (copy->path, filter->path, NULL, NULL);
  for (guint i = 0; i < filter->values->len; i++)
    g_ptr_array_add (copy->values, g_strdup (g_ptr_array_index (filter->values, i)));
  for (guint i = 0; i < filter->children->len; i++)
    g_ptr_array_add (copy->children, kontor_filter_copy (g_ptr_array_index (filter->children, i)));
  return copy;
}

/**
 * kontor_filter_free:
 * @filter: (nullable) (transfer full): a filter
 */
void
kontor_filter_free (KontorFilter *filter)
{
  if (filter == NULL)
    return;
  g_ptr_array_unref (filter->children);
  g_ptr_array_unref (filter->path);
  g_ptr_array_unref (filter->values);
  g_free (filter->text);
  g_free (filter);
}

static gboolean
equal_arrays (GPtrArray *a, GPtrArray *b, gboolean (*equal) (gconstpointer, gconstpointer))
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
equal_children (gconstpointer a, gconstpointer b)
{
  return kontor_filter_equal (a, b);
}

/**
 * kontor_filter_equal:
 * @a: (nullable): a filter
 * @b: (nullable): another
 *
 * Returns: whether both are the same tree
 */
gboolean
kontor_filter_equal (const KontorFilter *a, const KontorFilter *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->kind == b->kind && a->related == b->related && a->via == b->via &&
         (a->kind != KONTOR_FILTER_COMPARE || a->op == b->op) &&
         g_strcmp0 (a->text, b->text) == 0 && equal_arrays (a->path, b->path, g_direct_equal) &&
         equal_arrays (a->values, b->values, g_str_equal) &&
         equal_arrays (a->children, b->children, equal_children);
}

/* --- The way to related records ------------------------------------------------------------- */

static gboolean
leads_to (const KontorFieldDef *link, const KontorRecordType *type)
{
  return link->kind == KONTOR_FIELD_LINK_ANY ||
         (link->kind == KONTOR_FIELD_LINK && g_strcmp0 (link->target, type->name) == 0);
}

static const KontorFieldDef *
find_direct (KontorSchema *schema,
             const KontorRecordType *type,
             const KontorRecordType *related,
             const char *name)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, related);
  const KontorFieldDef *found =
    name == NULL ? kontor_record_type_find_field (related, related->parent_field) : NULL;

  if (found != NULL && leads_to (found, type))
    return found;
  found = NULL;
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (!leads_to (field, type))
        continue;
      if (name != NULL ? g_str_equal (field->name, name)
                       : (field->flags & KONTOR_FIELD_HIDDEN) == 0)
        return field;
    }
  return found;
}

/* The field of @set that leads to @type while its other one leads to @related. */
static const KontorFieldDef *
find_side (const KontorRecordType *set,
           const KontorRecordType *type,
           const KontorRecordType *related,
           gboolean is_named)
{
  const KontorFieldDef *left = kontor_record_type_find_field (set, set->left);
  const KontorFieldDef *right = kontor_record_type_find_field (set, set->right);

  if (left == NULL || right == NULL)
    return NULL;
  /* between any two records: meant only where it is named */
  if (!is_named && left->kind == KONTOR_FIELD_LINK_ANY && right->kind == KONTOR_FIELD_LINK_ANY)
    return NULL;
  if (leads_to (right, type) && leads_to (left, related))
    return right;
  return leads_to (left, type) && leads_to (right, related) ? left : NULL;
}

/**
 * kontor_filter_find_via:
 * @schema: fields
 * @type: the type that is asked for
 * @related: another type
 * @name: (nullable): name of a link of @related, or of a set type between both; %NULL for the first
 *   way there is: the owner of a child, a link, a set
 *
 * Returns: (transfer none) (nullable): the link that leads to records of @type: of @related itself,
 *   or of a set type whose other side leads to @related
 */
const KontorFieldDef *
kontor_filter_find_via (KontorSchema *schema,
                        const KontorRecordType *type,
                        const KontorRecordType *related,
                        const char *name)
{
  const KontorFieldDef *via = find_direct (schema, type, related, name);

  for (guint i = 0; via == NULL && i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *set = kontor_record_type_nth (i);

      if ((set->flags & KONTOR_TYPE_SET) != 0 && (name == NULL || g_str_equal (set->name, name)))
        via = find_side (set, type, related, name != NULL);
    }
  return via;
}

/* --- Text ----------------------------------------------------------------------------------- */

const char *
kontor_filter_op_sign (KontorFilterOp op)
{
  return signs[op];
}

gboolean
kontor_filter_is_keyword (const char *word, gsize length)
{
  for (guint i = 0; keywords[i] != NULL; i++)
    if (strlen (keywords[i]) == length && g_ascii_strncasecmp (keywords[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_plain (const char *value)
{
  gsize length =
    strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.:/@");

  return length > 0 && value[length] == '\0' && !kontor_filter_is_keyword (value, length);
}

/* Letters of any script need no quotes; everything that might be read otherwise gets them. */
static gboolean
is_word (const char *value)
{
  if (is_plain (value))
    return TRUE;
  if (*value == '\0' || kontor_filter_is_keyword (value, strlen (value)))
    return FALSE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && (c > 127 || strchr ("_-+.:/@", (int) c) == NULL))
        return FALSE;
    }
  return TRUE;
}

void
kontor_filter_append_value (GString *out, const char *value)
{
  if (g_utf8_validate (value, -1, NULL) && is_word (value))
    {
      g_string_append (out, value);
      return;
    }
  g_string_append_c (out, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *value);
    }
  g_string_append_c (out, '"');
}

static gboolean
is_empty (const KontorFilter *filter)
{
  if (filter->kind > KONTOR_FILTER_NOT)
    return FALSE;
  for (guint i = 0; i < filter->children->len; i++)
    if (!is_empty (g_ptr_array_index (filter->children, i)))
      return FALSE;
  return TRUE;
}

static void
append_list (GString *out, const KontorFilter *filter)
{
  g_string_append (out, " in (");
  for (guint i = 0; i < filter->values->len; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      kontor_filter_append_value (out, g_ptr_array_index (filter->values, i));
    }
  g_string_append_c (out, ')');
}

static void
append_compare (GString *out, const KontorFilter *filter)
{
  for (guint i = 0; i < filter->path->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (filter->path, i);

      g_string_append_printf (out, "%s%s", i > 0 ? "." : "", field->name);
    }
  if (filter->op == KONTOR_OP_IN)
    append_list (out, filter);
  else if (filter->op == KONTOR_OP_EMPTY)
    g_string_append (out, " is empty");
  else if (filter->op == KONTOR_OP_NOT_EMPTY)
    g_string_append (out, " is not empty");
  else
    {
      g_string_append_printf (out, " %s ", signs[filter->op]);
      kontor_filter_append_value (out,
                                  filter->values->len > 0 ? g_ptr_array_index (filter->values, 0)
                                                          : "");
    }
}

static void
append_related (GString *out, const KontorFilter *filter)
{
  g_string_append_printf (out, "has %s", filter->related->name);
  if (filter->via != NULL)
    {
      const KontorRecordType *type = kontor_field_get_type_of (filter->via);

      g_string_append_printf (out,
                              " via %s",
                              type == filter->related ? filter->via->name : type->name);
    }
  if (filter->children->len == 0 || is_empty (g_ptr_array_index (filter->children, 0)))
    return;
  g_string_append (out, " (");
  kontor_filter_append_text (out, g_ptr_array_index (filter->children, 0));
  g_string_append_c (out, ')');
}

static void
append_child (GString *out, const KontorFilter *child)
{
  gboolean grouped = child->kind == KONTOR_FILTER_AND || child->kind == KONTOR_FILTER_OR;

  if (grouped)
    g_string_append_c (out, '(');
  kontor_filter_append_text (out, child);
  if (grouped)
    g_string_append_c (out, ')');
}

static void
append_group (GString *out, const KontorFilter *filter)
{
  const char *word = filter->kind == KONTOR_FILTER_OR ? " or " : " and ";
  gboolean first = TRUE;

  for (guint i = 0; i < filter->children->len; i++)
    {
      const KontorFilter *child = g_ptr_array_index (filter->children, i);

      if (is_empty (child))
        continue;
      if (filter->kind == KONTOR_FILTER_NOT)
        g_string_append (out, "not ");
      else if (!first)
        g_string_append (out, word);
      append_child (out, child);
      if (filter->kind == KONTOR_FILTER_NOT)
        return;
      first = FALSE;
    }
}

void
kontor_filter_append_text (GString *out, const KontorFilter *filter)
{
  switch (filter->kind)
    {
    case KONTOR_FILTER_COMPARE:
      append_compare (out, filter);
      break;

    case KONTOR_FILTER_SEARCH:
      g_string_append (out, "search ");
      kontor_filter_append_value (out, filter->text);
      break;

    case KONTOR_FILTER_IMPORTED:
      g_string_append (out, "imported ");
      kontor_filter_append_value (out, filter->text);
      break;

    case KONTOR_FILTER_RELATED:
      append_related (out, filter);
      break;

    case KONTOR_FILTER_AND:
    case KONTOR_FILTER_OR:
    case KONTOR_FILTER_NOT:
    default:
      append_group (out, filter);
      break;
    }
}

/**
 * kontor_filter_to_text:
 * @filter: a filter
 *
 * Returns: (transfer full): the text kontor_filter_parse() reads the same filter from; groups
 *   without conditions are left out, so that it may be ""
 */
char *
kontor_filter_to_text (const KontorFilter *filter)
{
  GString *out = g_string_new (NULL);

  kontor_filter_append_text (out, filter);
  return g_string_free (out, FALSE);
}
