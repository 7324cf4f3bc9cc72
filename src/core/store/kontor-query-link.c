/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links, tags and related records in filters. A record in the trash is found by its id, but not by
 * its title or anything else it has. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-query-private.h"
#include <glib/gi18n-lib.h>

/* What somebody typed for a link, apart by what it is. */
typedef struct
{
  GPtrArray *ids;    /* (element-type KontorId) */
  GPtrArray *titles; /* (element-type utf8), borrowed */
  gboolean me;
} Targets;

static void
clear_targets (Targets *targets)
{
  g_clear_pointer (&targets->ids, g_ptr_array_unref);
  g_clear_pointer (&targets->titles, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Targets, clear_targets)

static void
sort_out (Targets *targets, KontorFilterOp op, GPtrArray *values)
{
  targets->ids = g_ptr_array_new_with_free_func (g_free);
  targets->titles = g_ptr_array_new ();
  targets->me = FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const char *value = g_ptr_array_index (values, i);
      g_autofree char *lower = g_ascii_strdown (value, -1);
      gboolean exact = op == KONTOR_OP_EQ || op == KONTOR_OP_IN;
      KontorId id;

      if (exact && kontor_id_parse (lower, &id))
        g_ptr_array_add (targets->ids, kontor_id_copy (&id));
      else if (exact && g_str_equal (lower, "me"))
        targets->me = TRUE;
      else
        g_ptr_array_add (targets->titles, (gpointer) value);
    }
}

static void
append_ids (KontorSql *sql, GPtrArray *ids)
{
  g_string_append (sql->sql, " IN (");
  for (guint i = 0; i < ids->len; i++)
    {
      if (i > 0)
        g_string_append_c (sql->sql, ',');
      kontor_sql_bind_id (sql, g_ptr_array_index (ids, i));
    }
  g_string_append_c (sql->sql, ')');
}

/* The user, and the employee who is that user. */
static void
append_me (KontorSql *sql, guint alias, const KontorFieldDef *field)
{
  gboolean any = field->kind == KONTOR_FIELD_LINK_ANY;

  g_string_append_c (sql->sql, '(');
  if (any || g_strcmp0 (field->target, "user") == 0)
    {
      kontor_sql_append_column (sql, alias, field);
      g_string_append_c (sql->sql, '=');
      kontor_sql_bind_id (sql, &sql->db->user);
    }
  if (any)
    g_string_append (sql->sql, " OR ");
  if (any || g_strcmp0 (field->target, "employee") == 0)
    {
      kontor_sql_append_column (sql, alias, field);
      g_string_append (sql->sql, " IN (SELECT employee FROM \"user\" WHERE id=");
      kontor_sql_bind_id (sql, &sql->db->user);
      g_string_append_c (sql->sql, ')');
    }
  g_string_append_c (sql->sql, ')');
}

/* "(SELECT id FROM …)" of the records of @type whose title is so. */
static gboolean
append_titled (KontorSql *sql,
               const KontorRecordType *type,
               KontorFilterOp op,
               GPtrArray *titles,
               GError **error)
{
  guint alias = sql->n_aliases++;
  const KontorFieldDef *title = kontor_query_find_title (type);

  g_string_append_printf (sql->sql,
                          " IN (SELECT t%u.id FROM \"%s\" t%u WHERE t%u.hid=0 AND ",
                          alias,
                          type->name,
                          alias,
                          alias);
  if (!kontor_query_append_leaf (sql, alias, title, op, titles, error))
    return FALSE;
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

static gboolean
append_any_titled (KontorSql *sql,
                   guint alias,
                   const KontorFieldDef *field,
                   KontorFilterOp op,
                   GPtrArray *titles,
                   GError **error)
{
  gboolean first = TRUE;

  g_string_append_c (sql->sql, '(');
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if (!kontor_query_is_linkable (type))
        continue;
      if (!first)
        g_string_append (sql->sql, " OR ");
      kontor_sql_append_column (sql, alias, field);
      if (!append_titled (sql, type, op, titles, error))
        return FALSE;
      first = FALSE;
    }
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

static gboolean
fail_untitled (const KontorFieldDef *field, const char *value, GError **error)
{
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: label of a field, what was typed */
                    _("%s: “%s” is not the id of a record, and these records have no names."),
                    kontor_field_get_label (field),
                    value);
  if (error != NULL)
    {
      kontor_error_set_field (*error, field->name);
      kontor_error_set_value (*error, value);
    }
  return FALSE;
}

static gboolean
append_link_titles (KontorSql *sql,
                    guint alias,
                    const KontorFieldDef *field,
                    KontorFilterOp op,
                    GPtrArray *titles,
                    GError **error)
{
  const KontorRecordType *target;

  if (field->kind == KONTOR_FIELD_LINK_ANY)
    return append_any_titled (sql, alias, field, op, titles, error);
  target = kontor_record_type_by_name (field->target);
  if (kontor_query_find_title (target) == NULL)
    return fail_untitled (field, g_ptr_array_index (titles, 0), error);
  kontor_sql_append_column (sql, alias, field);
  return append_titled (sql, target, op, titles, error);
}

static gboolean
takes_title (KontorFilterOp op)
{
  return op == KONTOR_OP_EQ || op == KONTOR_OP_IN || op == KONTOR_OP_CONTAINS ||
         op == KONTOR_OP_STARTS;
}

static void
treat_me_as_title (const KontorFieldDef *field, Targets *targets)
{
  if (!targets->me || field->kind == KONTOR_FIELD_LINK_ANY ||
      g_strcmp0 (field->target, "user") == 0 || g_strcmp0 (field->target, "employee") == 0)
    return;
  g_ptr_array_add (targets->titles, (gpointer) "me");
  targets->me = FALSE;
}

/**
 * kontor_query_append_link:
 * @sql: SQL so far
 * @alias: number of the table
 * @field: a link of it
 * @op: =, in, ~ or ^=
 * @values: (element-type utf8): ids, "me", titles
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_append_link (KontorSql *sql,
                          guint alias,
                          const KontorFieldDef *field,
                          KontorFilterOp op,
                          GPtrArray *values,
                          GError **error)
{
  g_auto(Targets) targets = { 0 };
  const char *between = "";

  sort_out (&targets, op, values);
  treat_me_as_title (field, &targets);
  if (!takes_title (op))
    return kontor_query_fail_op (field, op, error);
  g_string_append_c (sql->sql, '(');
  if (targets.ids->len > 0)
    {
      kontor_sql_append_column (sql, alias, field);
      append_ids (sql, targets.ids);
      between = " OR ";
    }
  if (targets.me)
    {
      g_string_append (sql->sql, between);
      append_me (sql, alias, field);
      between = " OR ";
    }
  if (targets.titles->len > 0)
    {
      g_string_append (sql->sql, between);
      if (!append_link_titles (sql, alias, field, op, targets.titles, error))
        return FALSE;
    }
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

/* --- Tags ----------------------------------------------------------------------------------- */

/**
 * kontor_query_append_tags:
 * @sql: SQL so far
 * @alias: number of the table
 * @field: its tags
 * @op: =, in, ~, ^= or %KONTOR_OP_NOT_EMPTY
 * @values: (element-type utf8): names or ids of tags; none for %KONTOR_OP_NOT_EMPTY
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_append_tags (KontorSql *sql,
                          guint alias,
                          const KontorFieldDef *field,
                          KontorFilterOp op,
                          GPtrArray *values,
                          GError **error)
{
  const KontorRecordType *tag = kontor_record_type_by_name ("tag");
  guint link = sql->n_aliases++;
  g_auto(Targets) targets = { 0 };

  if (op == KONTOR_OP_NOT_EMPTY)
    {
      g_string_append_printf (sql->sql,
                              "EXISTS (SELECT 1 FROM tag_link t%u JOIN tag ON tag.id=t%u.tag WHERE "
                              "t%u.target=t%u.id AND t%u.hid=0 AND tag.hid=0)",
                              link,
                              link,
                              link,
                              alias,
                              link);
      return TRUE;
    }
  sort_out (&targets, op, values);
  if (!takes_title (op))
    return kontor_query_fail_op (field, op, error);
  if (targets.me)
    g_ptr_array_add (targets.titles, (gpointer) "me");
  g_string_append_printf (sql->sql,
                          "t%u.id IN (SELECT t%u.target FROM tag_link t%u WHERE t%u.hid=0 AND (",
                          alias,
                          link,
                          link,
                          link);
  if (targets.ids->len > 0)
    {
      g_string_append_printf (sql->sql, "t%u.tag", link);
      append_ids (sql, targets.ids);
    }
  if (targets.titles->len > 0)
    {
      g_string_append_printf (sql->sql, "%st%u.tag", targets.ids->len > 0 ? " OR " : "", link);
      if (!append_titled (sql, tag, op, targets.titles, error))
        return FALSE;
    }
  g_string_append (sql->sql, "))");
  return TRUE;
}

/* --- Related records ------------------------------------------------------------------------ */

static gboolean
is_indexed (const KontorRecordType *type, const KontorFieldDef *field)
{
  return (field->flags & KONTOR_FIELD_INDEXED) != 0 ||
         g_strcmp0 (type->parent_field, field->name) == 0 ||
         g_strcmp0 (type->left, field->name) == 0 || g_strcmp0 (type->right, field->name) == 0;
}

static gboolean
append_child_filter (KontorSql *sql, const KontorFilter *filter, guint alias, GError **error)
{
  const KontorFilter *child =
    filter->children->len > 0 ? g_ptr_array_index (filter->children, 0) : NULL;

  if (kontor_query_filter_is_empty (child))
    return TRUE;
  g_string_append (sql->sql, " AND (");
  if (!kontor_query_append_filter (sql, filter->related, alias, child, error))
    return FALSE;
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

/* The related record links here itself. Without an index to look it up by, all are read once. */
static gboolean
append_direct (KontorSql *sql,
               guint alias,
               const KontorFilter *filter,
               const KontorFieldDef *via,
               GError **error)
{
  gboolean indexed = is_indexed (filter->related, via);
  guint child = sql->n_aliases++;

  if (indexed)
    g_string_append_printf (sql->sql,
                            "EXISTS (SELECT 1 FROM \"%s\" t%u WHERE t%u.\"%s\"=t%u.id AND "
                            "t%u.hid=0",
                            filter->related->name,
                            child,
                            child,
                            via->name,
                            alias,
                            child);
  else
    g_string_append_printf (sql->sql,
                            "t%u.id IN (SELECT t%u.\"%s\" FROM \"%s\" t%u WHERE t%u.hid=0",
                            alias,
                            child,
                            via->name,
                            filter->related->name,
                            child,
                            child);
  if (!append_child_filter (sql, filter, child, error))
    return FALSE;
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

/* A set stands between both. */
static gboolean
append_through (KontorSql *sql,
                guint alias,
                const KontorFilter *filter,
                const KontorFieldDef *via,
                GError **error)
{
  const KontorRecordType *set = kontor_field_get_type_of (via);
  const char *other = g_strcmp0 (set->right, via->name) == 0 ? set->left : set->right;
  guint link = sql->n_aliases++;
  guint child = sql->n_aliases++;

  g_string_append_printf (sql->sql,
                          "EXISTS (SELECT 1 FROM \"%s\" t%u JOIN \"%s\" t%u ON t%u.id=t%u.\"%s\" "
                          "WHERE t%u.\"%s\"=t%u.id AND t%u.hid=0 AND t%u.hid=0",
                          set->name,
                          link,
                          filter->related->name,
                          child,
                          child,
                          link,
                          other,
                          link,
                          via->name,
                          alias,
                          link,
                          child);
  if (!append_child_filter (sql, filter, child, error))
    return FALSE;
  g_string_append_c (sql->sql, ')');
  return TRUE;
}

/**
 * kontor_query_append_related:
 * @sql: SQL so far
 * @type: type of the records that are asked for
 * @alias: number of their table
 * @filter: a condition on related records
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_append_related (KontorSql *sql,
                             const KontorRecordType *type,
                             guint alias,
                             const KontorFilter *filter,
                             GError **error)
{
  const KontorFieldDef *via =
    filter->via != NULL ? filter->via
                        : kontor_filter_find_via (sql->db->schema, type, filter->related, NULL);
  const KontorRecordType *holder = via != NULL ? kontor_field_get_type_of (via) : NULL;

  if (via == NULL || (holder != filter->related && (holder->flags & KONTOR_TYPE_SET) == 0))
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("No link leads from records of type “%s” to “%s”."),
                        filter->related->name,
                        type->name);
      return FALSE;
    }
  if (!kontor_query_check_field (sql->db, filter->related, NULL, error) ||
      !kontor_query_check_field (sql->db, holder, via, error))
    return FALSE;
  if (holder == filter->related)
    return append_direct (sql, alias, filter, via, error);
  return append_through (sql, alias, filter, via, error);
}
