/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a change may bring records into a query's answer, take them out of it or move them: by
 * the types it names. What a record is found by lies in itself, in its children and memberships,
 * and in what its links lead to. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-list-private.h"
#include <string.h>

typedef struct
{
  const KontorRecordType *type; /* of the query */
  gboolean types[256];          /* by number: a change of such a record may matter anywhere */
  gboolean children;            /* so may one of children and memberships, to their owner */
} Depends;

static void
add_type (Depends *depends, const KontorRecordType *type)
{
  if (type != NULL)
    depends->types[type->number] = TRUE;
}

static void
add_type_named (Depends *depends, const char *name)
{
  add_type (depends, kontor_record_type_by_name (name));
}

/* A link is compared and sorted by the title of what it leads to. */
static void
add_link (Depends *depends, const KontorFieldDef *link)
{
  if (link->kind == KONTOR_FIELD_LINK)
    add_type_named (depends, link->target);
  for (guint i = 0; link->kind == KONTOR_FIELD_LINK_ANY && i < kontor_record_type_count (); i++)
    if (kontor_query_is_linkable (kontor_record_type_nth (i)))
      add_type (depends, kontor_record_type_nth (i));
}

static void
add_compare (Depends *depends, const KontorRecordType *type, const KontorFilter *filter)
{
  gboolean empty = filter->op == KONTOR_OP_EMPTY || filter->op == KONTOR_OP_NOT_EMPTY;

  for (guint i = 0; i < filter->path->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (filter->path, i);
      gboolean last = i + 1 == filter->path->len;

      if (field->kind == KONTOR_FIELD_TAGS)
        {
          add_type_named (depends, "tag");
          /* Of the query's own records the owner tells; of others nothing does. */
          if (i > 0 || type != depends->type)
            add_type_named (depends, "tag_link");
          depends->children = TRUE;
        }
      else if (!last || !empty)
        add_link (depends, field);
      for (guint k = 0; k < filter->values->len; k++)
        if (g_ascii_strcasecmp (g_ptr_array_index (filter->values, k), "me") == 0)
          add_type_named (depends, "user");
    }
}

/* A child is found by the words of its owner, to which all the other children of it contribute. */
static void
add_search (Depends *depends, const KontorRecordType *type)
{
  depends->children = TRUE;
  if ((type->flags & KONTOR_TYPE_SEARCHED) != 0)
    return;
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *owner = kontor_record_type_nth (i);
      GPtrArray *children = kontor_work_child_types (owner);

      if (!kontor_type_owns (owner, type))
        continue;
      add_type (depends, owner);
      for (guint k = 0; k < children->len; k++)
        if (g_ptr_array_index (children, k) != depends->type)
          add_type (depends, g_ptr_array_index (children, k));
    }
}

/* Children and memberships of the query's own records name their owner. */
static gboolean
names_owner (const KontorRecordType *holder, const KontorFieldDef *via)
{
  return g_strcmp0 ((holder->flags & KONTOR_TYPE_SET) != 0 ? holder->right : holder->parent_field,
                    via->name) == 0;
}

static void
add_filter (Depends *depends,
            KontorSchema *schema,
            const KontorRecordType *type,
            const KontorFilter *filter)
{
  const KontorFieldDef *via = NULL;
  const KontorRecordType *holder;

  if (filter->kind == KONTOR_FILTER_COMPARE)
    add_compare (depends, type, filter);
  if (filter->kind == KONTOR_FILTER_SEARCH)
    add_search (depends, type);
  if (filter->kind == KONTOR_FILTER_RELATED)
    {
      via = filter->via != NULL ? filter->via
                                : kontor_filter_find_via (schema, type, filter->related, NULL);
      holder = via != NULL ? kontor_field_get_type_of (via) : filter->related;
      depends->children = TRUE;
      if (via == NULL || type != depends->type || !names_owner (holder, via))
        add_type (depends, holder);
      if (holder != filter->related)
        add_type (depends, filter->related);
      type = filter->related;
    }
  for (guint i = 0; i < filter->children->len; i++)
    add_filter (depends, schema, type, g_ptr_array_index (filter->children, i));
}

static void
add_order (Depends *depends, KontorQuery *query)
{
  guint n;
  const KontorSort *sort = kontor_query_get_sort (query, &n);

  for (guint i = 0; i < n; i++)
    {
      if (kontor_query_find_name_beside (depends->type, sort[i].field) == NULL)
        add_link (depends, sort[i].field);
      if (sort[i].field->kind == KONTOR_FIELD_PICK)
        add_type_named (depends, "pick_list");
    }
}

/* Whether children of the query's records changed, or may have. */
static gboolean
touches_children (const Depends *depends, KontorChangeSet *changes, gboolean *wholesale)
{
  gboolean touched = FALSE;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      guint n;
      const KontorChange *change;

      if ((type->flags & (KONTOR_TYPE_CHILD | KONTOR_TYPE_SET)) == 0)
        continue;
      *wholesale = *wholesale || kontor_change_set_is_wholesale (changes, type);
      change = kontor_change_set_get_changes (changes, type, &n);
      for (guint k = 0; !touched && k < n; k++)
        touched = change[k].owner_type == depends->type;
    }
  return touched;
}

/**
 * kontor_query_effect_of:
 * @query: a query
 * @changes: what changed
 *
 * Returns: what the changes may do to its answer
 */
KontorEffect
kontor_query_effect_of (KontorQuery *query, KontorChangeSet *changes)
{
  Depends depends = { .type = kontor_query_get_record_type (query) };
  const KontorFilter *filter = kontor_query_get_filter (query);
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  gboolean wholesale = FALSE, children = FALSE;

  if (filter != NULL)
    add_filter (&depends, schema, depends.type, filter);
  add_order (&depends, query);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if (depends.types[type->number] && kontor_change_set_touches_type (changes, type))
        return KONTOR_EFFECT_ALL;
    }
  if (kontor_change_set_is_wholesale (changes, depends.type))
    return KONTOR_EFFECT_ALL;
  if (depends.children)
    children = touches_children (&depends, changes, &wholesale);
  if (wholesale)
    return KONTOR_EFFECT_ALL;
  if (children || kontor_change_set_touches_type (changes, depends.type))
    return KONTOR_EFFECT_RECORDS;
  return KONTOR_EFFECT_NONE;
}
