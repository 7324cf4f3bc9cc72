/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problems an import_batch keeps, read back. */
#include "config.h"

#include "kontor-csv-writer.h"
#include "kontor-error.h"
#include "kontor-import-json-private.h"
#include "kontor-import-report.h"
#include "kontor-import-source.h"
#include <glib/gi18n-lib.h>

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gint64
get_integer (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
parse_errors (JsonParser *parser, const char *json, GError **error)
{
  JsonNode *root = kontor_import_json_load (parser, json);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) &&
      get_array (json_node_get_object (root), "problems") != NULL)
    return json_node_get_object (root);
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("These are not the problems of an import."));
  return NULL;
}

static JsonObject *
get_problem (JsonArray *problems, guint i)
{
  JsonNode *node = json_array_get_element (problems, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * kontor_import_errors_parse:
 * @json: errors of an import_batch
 * @total: (out) (optional): how many rows were faulty
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorImportProblem) (nullable): the problems that are
 *   kept there, or %NULL with @error set
 */
GPtrArray *
kontor_import_errors_parse (const char *json, guint64 *total, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *root = parse_errors (parser, json, error);
  GPtrArray *problems;
  JsonArray *array;

  if (root == NULL)
    return NULL;
  array = get_array (root, "problems");
  problems = g_ptr_array_new_with_free_func ((GDestroyNotify) kontor_import_problem_free);
  if (total != NULL)
    *total = (guint64) MAX (0, get_integer (root, "total"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_problem (array, i);
      KontorImportProblem *problem;

      if (object == NULL)
        continue;
      problem = g_new0 (KontorImportProblem, 1);
      problem->line = (guint64) MAX (0, get_integer (object, "line"));
      problem->column = g_strdup (get_text (object, "column"));
      problem->field = g_strdup (get_text (object, "field"));
      problem->value = g_strdup (get_text (object, "value"));
      problem->reason = g_strdup (get_text (object, "reason"));
      g_ptr_array_add (problems, problem);
    }
  return problems;
}

static void
add_array_cells (KontorCsvWriter *writer, JsonArray *array, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = array != NULL && i < json_array_get_length (array)
                         ? json_array_get_element (array, i)
                         : NULL;

      kontor_csv_writer_add_text (writer,
                                  node != NULL && JSON_NODE_HOLDS_VALUE (node)
                                    ? json_node_get_string (node)
                                    : NULL);
    }
}

/**
 * kontor_import_errors_to_csv:
 * @json: errors of an import_batch
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the faulty rows that are kept there, with line and reason
 *   behind them, or %NULL with @error set
 */
char *
kontor_import_errors_to_csv (const char *json, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *root = parse_errors (parser, json, error);
  JsonArray *columns, *problems;
  KontorCsvWriter writer;
  GString *out;
  guint n;

  if (root == NULL)
    return NULL;
  out = g_string_new (NULL);
  columns = get_array (root, "columns");
  problems = get_array (root, "problems");
  n = columns != NULL ? json_array_get_length (columns) : 0;
  kontor_csv_writer_init (&writer, out, KONTOR_CSV_WRITE_DEFAULT);
  add_array_cells (&writer, columns, n);
  kontor_csv_writer_add_text (&writer, "line");
  kontor_csv_writer_add_text (&writer, "reason");
  kontor_csv_writer_end_row (&writer);
  for (guint i = 0; i < json_array_get_length (problems); i++)
    {
      JsonObject *problem = get_problem (problems, i);
      g_autofree char *line = NULL;

      if (problem == NULL)
        continue;
      line = g_strdup_printf ("%" G_GINT64_FORMAT, get_integer (problem, "line"));
      add_array_cells (&writer, get_array (problem, "row"), n);
      kontor_csv_writer_add_number (&writer, line);
      kontor_csv_writer_add_text (&writer, get_text (problem, "reason"));
      kontor_csv_writer_end_row (&writer);
    }
  return g_string_free (out, FALSE);
}
