/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the text form of filters by recursive descent; kontor-query.h has the grammar. Depth and
 * size are bounded, and what is wrong is said with the column and what should stand there. */
#include "config.h"

#include "kontor-filter-private.h"

#include "kontor-error.h"
#include <glib/gi18n-lib.h>

static KontorFilter *
parse_or (KontorScanner *scanner, const KontorRecordType *type, GError **error);

static gboolean
count_node (KontorScanner *scanner, GError **error)
{
  if (++scanner->n_nodes <= KONTOR_FILTER_MAX_NODES)
    return TRUE;
  return kontor_scanner_fail (scanner,
                              scanner->at,
                              KONTOR_ERROR_LIMIT,
                              error,
                              _("The filter has more than %d conditions."),
                              KONTOR_FILTER_MAX_NODES);
}

static gboolean
check_depth (KontorScanner *scanner, guint depth, GError **error)
{
  if (depth <= KONTOR_FILTER_MAX_DEPTH)
    return TRUE;
  return kontor_scanner_fail (scanner,
                              scanner->at,
                              KONTOR_ERROR_LIMIT,
                              error,
                              _("The filter is nested more than %d levels deep."),
                              KONTOR_FILTER_MAX_DEPTH);
}

/* After "(": a filter and ")". */
static KontorFilter *
parse_group (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  g_autoptr(KontorFilter) filter = NULL;

  if (!check_depth (scanner, ++scanner->depth, error))
    return NULL;
  filter = parse_or (scanner, type, error);
  if (filter == NULL)
    return NULL;
  if (!kontor_scanner_take_char (scanner, ')'))
    {
      kontor_scanner_fail_expected (scanner, _("“and”, “or” or “)”"), error);
      return NULL;
    }
  scanner->depth--;
  return g_steal_pointer (&filter);
}

/* --- Comparisons ---------------------------------------------------------------------------- */

static const KontorRecordType *
follow_link (KontorScanner *scanner, const KontorFieldDef *field, GError **error)
{
  if (field->kind == KONTOR_FIELD_LINK)
    return kontor_record_type_by_name (field->target);
  kontor_scanner_fail (scanner,
                       scanner->at,
                       KONTOR_ERROR_INVALID,
                       error,
                       field->kind == KONTOR_FIELD_LINK_ANY
                         ? _("“%s” leads to records of several types, so that no field of theirs "
                              "can be compared.")
                         : _("“%s” is no link to another record: no “.” can follow."),
                       field->name);
  if (error != NULL)
    kontor_error_set_field (*error, field->name);
  return NULL;
}

static GPtrArray *
parse_path (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  g_autoptr(GPtrArray) path = g_ptr_array_new ();

  for (;;)
    {
      const KontorFieldDef *field = kontor_scanner_take_field (scanner, type, error);

      if (field == NULL)
        return NULL;
      g_ptr_array_add (path, (gpointer) field);
      if (*scanner->at != '.')
        return g_steal_pointer (&path);
      type = follow_link (scanner, field, error);
      if (type == NULL)
        return NULL;
      scanner->at++;
      if (!check_depth (scanner, path->len + 1, error))
        return NULL;
    }
}

static gboolean
parse_list (KontorScanner *scanner, KontorFilter *filter, GError **error)
{
  if (!kontor_scanner_take_char (scanner, '('))
    return kontor_scanner_fail_expected (scanner, _("“(” and values with commas between"), error);
  do
    {
      g_autofree char *value = kontor_scanner_take_value (scanner, TRUE, error);

      if (value == NULL)
        return FALSE;
      kontor_filter_add_value (filter, value);
    }
  while (kontor_scanner_take_char (scanner, ','));
  if (!kontor_scanner_take_char (scanner, ')'))
    return kontor_scanner_fail_expected (scanner, _("“,” or “)”"), error);
  return TRUE;
}

static gboolean
parse_operator (KontorScanner *scanner, KontorFilter *filter, GError **error)
{
  if (kontor_scanner_take_keyword (scanner, "is"))
    {
      filter->op =
        kontor_scanner_take_keyword (scanner, "not") ? KONTOR_OP_NOT_EMPTY : KONTOR_OP_EMPTY;
      if (kontor_scanner_take_keyword (scanner, "empty"))
        return TRUE;
      return kontor_scanner_fail_expected (scanner,
                                           filter->op == KONTOR_OP_EMPTY
                                             ? _("“empty” or “not empty”")
                                             : _("“empty”"),
                                           error);
    }
  if (kontor_scanner_take_keyword (scanner, "in"))
    {
      filter->op = KONTOR_OP_IN;
      return parse_list (scanner, filter, error);
    }
  if (kontor_scanner_take_operator (scanner, &filter->op))
    {
      g_autofree char *value = kontor_scanner_take_value (scanner, FALSE, error);

      if (value == NULL)
        return FALSE;
      kontor_filter_add_value (filter, value);
      return TRUE;
    }
  return kontor_scanner_fail_expected (scanner,
                                       _("=, !=, <, <=, >, >=, ~, ^=, “in (…)” or “is empty”"),
                                       error);
}

static KontorFilter *
parse_compare (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  g_autoptr(GPtrArray) path = parse_path (scanner, type, error);
  g_autoptr(KontorFilter) filter = NULL;

  if (path == NULL)
    return NULL;
  filter = kontor_filter_new_compare (g_ptr_array_index (path, 0), KONTOR_OP_EQ, NULL);
  kontor_filter_set_path (filter, g_steal_pointer (&path));
  return parse_operator (scanner, filter, error) ? g_steal_pointer (&filter) : NULL;
}

/* --- Related records ------------------------------------------------------------------------ */

static gboolean
parse_via (KontorScanner *scanner,
           const KontorRecordType *type,
           const KontorRecordType *related,
           const KontorFieldDef **via,
           GError **error)
{
  g_autofree char *name = NULL;
  const char *at = scanner->at;
  gboolean named = kontor_scanner_take_keyword (scanner, "via");

  *via = NULL;
  if (named)
    {
      name = kontor_scanner_take_name (scanner);
      if (name == NULL)
        return kontor_scanner_fail_expected (scanner, _("the name of a link"), error);
      *via = kontor_filter_find_via (scanner->schema, type, related, name);
      if (*via != NULL)
        return TRUE;
      return kontor_scanner_fail (scanner,
                                  at,
                                  KONTOR_ERROR_NOT_FOUND,
                                  error,
                                  _("No link “%s” leads from records of type “%s” to “%s”."),
                                  name,
                                  related->name,
                                  type->name);
    }
  if (kontor_filter_find_via (scanner->schema, type, related, NULL) != NULL)
    return TRUE;
  return kontor_scanner_fail (scanner,
                              at,
                              KONTOR_ERROR_NOT_FOUND,
                              error,
                              _("No link leads from records of type “%s” to “%s”."),
                              related->name,
                              type->name);
}

static KontorFilter *
parse_related (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  const KontorRecordType *related = kontor_scanner_take_type (scanner, error);
  g_autoptr(KontorFilter) child = NULL;
  const KontorFieldDef *via;

  if (related == NULL || !parse_via (scanner, type, related, &via, error))
    return NULL;
  if (kontor_scanner_take_char (scanner, '('))
    {
      child = parse_group (scanner, related, error);
      if (child == NULL)
        return NULL;
    }
  return kontor_filter_new_related (related, via, g_steal_pointer (&child));
}

/* --- The rest ------------------------------------------------------------------------------- */

static KontorFilter *
parse_not (KontorScanner *scanner, const KontorRecordType *type, GError **error);

static KontorFilter *
parse_factor (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  if (!count_node (scanner, error))
    return NULL;
  if (kontor_scanner_take_keyword (scanner, "not"))
    return parse_not (scanner, type, error);
  if (kontor_scanner_take_char (scanner, '('))
    return parse_group (scanner, type, error);
  if (kontor_scanner_take_keyword (scanner, "search"))
    {
      g_autofree char *text = kontor_scanner_take_value (scanner, FALSE, error);

      return text != NULL ? kontor_filter_new_search (text) : NULL;
    }
  if (kontor_scanner_take_keyword (scanner, "imported"))
    {
      g_autofree char *text = kontor_scanner_take_value (scanner, FALSE, error);

      return text != NULL ? kontor_filter_new_imported (text) : NULL;
    }
  if (kontor_scanner_take_keyword (scanner, "has"))
    return parse_related (scanner, type, error);
  return parse_compare (scanner, type, error);
}

static KontorFilter *
parse_not (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  KontorFilter *filter, *child;

  if (!check_depth (scanner, ++scanner->depth, error))
    return NULL;
  child = parse_factor (scanner, type, error);
  if (child == NULL)
    return NULL;
  scanner->depth--;
  filter = kontor_filter_new_group (KONTOR_FILTER_NOT);
  kontor_filter_add (filter, child);
  return filter;
}

typedef KontorFilter *(*Parse) (KontorScanner *, const KontorRecordType *, GError **);

/* One part, or a group of several with @word between. */
static KontorFilter *
parse_joined (KontorScanner *scanner,
              const KontorRecordType *type,
              const char *word,
              KontorFilterKind kind,
              Parse parse,
              GError **error)
{
  g_autoptr(KontorFilter) first = parse (scanner, type, error);
  g_autoptr(KontorFilter) group = NULL;

  if (first == NULL || !kontor_scanner_peek_keyword (scanner, word))
    return g_steal_pointer (&first);
  group = kontor_filter_new_group (kind);
  kontor_filter_add (group, g_steal_pointer (&first));
  while (kontor_scanner_take_keyword (scanner, word))
    {
      KontorFilter *next = parse (scanner, type, error);

      if (next == NULL)
        return NULL;
      kontor_filter_add (group, next);
    }
  return g_steal_pointer (&group);
}

static KontorFilter *
parse_and (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  return parse_joined (scanner, type, "and", KONTOR_FILTER_AND, parse_factor, error);
}

static KontorFilter *
parse_or (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  return parse_joined (scanner, type, "or", KONTOR_FILTER_OR, parse_and, error);
}

/**
 * kontor_scanner_take_filter:
 * @scanner: a scanner
 * @type: type of the records that are asked for
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the filter that stands here, as far as it goes; %NULL with
 *   @error set
 */
KontorFilter *
kontor_scanner_take_filter (KontorScanner *scanner, const KontorRecordType *type, GError **error)
{
  return parse_or (scanner, type, error);
}

/**
 * kontor_filter_parse:
 * @schema: fields, custom ones included
 * @type: type of the records that are asked for
 * @text: a filter in its text form
 * @error: (nullable): place for an error: %KONTOR_ERROR_INVALID, %KONTOR_ERROR_NOT_FOUND for a
 * field or type, %KONTOR_ERROR_LIMIT; it names the column
 *
 * Returns: (transfer full) (nullable): the filter, %NULL with @error set
 */
KontorFilter *
kontor_filter_parse (KontorSchema *schema,
                     const KontorRecordType *type,
                     const char *text,
                     GError **error)
{
  KontorScanner scanner;
  g_autoptr(KontorFilter) filter = NULL;

  g_return_val_if_fail (schema != NULL && type != NULL && text != NULL, NULL);

  if (!kontor_scanner_init (&scanner, schema, text, error))
    return NULL;
  filter = kontor_scanner_take_filter (&scanner, type, error);
  if (filter == NULL)
    return NULL;
  if (!kontor_scanner_is_at_end (&scanner))
    {
      kontor_scanner_fail_expected (&scanner,
                                    _("“and”, “or” or the end; a value of several words needs "
                                       "quotation marks (\"…\")"),
                                    error);
      return NULL;
    }
  return g_steal_pointer (&filter);
}
