/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an import can go by a map. And the map as JSON. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-json-private.h"
#include "kontor-import-map-private.h"
#include "kontor-wire.h"
#include <glib/gi18n-lib.h>

/* --- Checking ------------------------------------------------------------------------------- */

static gboolean
has_path (KontorImportMap *self, const char *path)
{
  return kontor_import_map_find_claim (self, self->columns->len, path) >= 0;
}

static gboolean
has_key (KontorImportMap *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KontorImportTarget *target = kontor_import_map_nth (self, i)->target;

      if (target == NULL || target->of_person || target->slot != KONTOR_SLOT_RECORD)
        continue;
      if (target->what == KONTOR_TARGET_ID ||
          (target->field->flags & KONTOR_FIELD_UNIQUE_HINT) != 0)
        return TRUE;
    }
  return FALSE;
}

/* The display name follows from its parts. */
static gboolean
can_fill (KontorImportMap *self, const KontorFieldDef *field)
{
  static const char *const parts[] = { "first_name", "last_name", "middle_name", "nickname" };

  if (has_path (self, field->name))
    return TRUE;
  if (!g_str_equal (field->name, "name"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (has_path (self, parts[i]))
      return TRUE;
  return FALSE;
}

/**
 * kontor_import_map_find_unfilled:
 * @self: a map
 *
 * Returns: (transfer none) (nullable): a field that each record needs and no column goes to
 */
const KontorFieldDef *
kontor_import_map_find_unfilled (KontorImportMap *self)
{
  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const KontorFieldDef *field = &self->type->fields[i];

      if ((field->flags & KONTOR_FIELD_REQUIRED) != 0 && !can_fill (self, field))
        return field;
    }
  return NULL;
}

static gboolean
fail_columns (KontorImportMap *self, guint first, guint second, const char *format, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", second + 1);
  GError *local = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                    KONTOR_ERROR_INVALID,
                                    format,
                                    first + 1,
                                    second + 1,
                                    kontor_import_map_nth (self, second)->name);

  kontor_error_set_column (local, number);
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check_claims (KontorImportMap *self, GError **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KontorImportColumn *column = kontor_import_map_nth (self, i);
      int first;

      if (column->same_as >= 0 &&
          kontor_import_map_nth (self, (guint) column->same_as)->target != NULL)
        return fail_columns (self,
                             (guint) column->same_as,
                             i,
                             /* Translators: numbers of two columns, their common name */
                             _("The columns %u and %u are both called “%s”. Rename one, or say "
                                "where each of them goes."),
                             error);
      if (column->target == NULL || kontor_import_target_is_repeatable (column->target) ||
          kontor_import_target_is_joinable (column->target))
        continue;
      first = kontor_import_map_find_claim (self, i, column->target->path);
      if (first >= 0)
        return fail_columns (self,
                             (guint) first,
                             i,
                             /* Translators: numbers of two columns, the name of the second */
                             _("The columns %u and %u (“%s”) go to the same field."),
                             error);
    }
  return TRUE;
}

static gboolean
is_empty (KontorImportMap *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (kontor_import_map_nth (self, i)->target != NULL)
      return FALSE;
  return TRUE;
}

/**
 * kontor_import_map_check:
 * @self: a map
 * @error: (nullable): place for an error
 *
 * Whether an import can go by it: each record can get what it needs, and no two columns claim the
 * same.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_import_map_check (KontorImportMap *self, GError **error)
{
  const KontorFieldDef *missing;

  if (!check_claims (self, error))
    return FALSE;
  if (is_empty (self))
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("None of the columns is known. Say where they go."));
      return FALSE;
    }
  missing = has_key (self) ? NULL : kontor_import_map_find_unfilled (self);
  if (missing != NULL)
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_INVALID,
                        /* Translators: a type of records, a field of it */
                        _("%s: no column goes to “%s”, which each record needs."),
                        kontor_record_type_get_label_plural (self->type),
                        kontor_field_get_label (missing));
      if (error != NULL)
        kontor_error_set_field (*error, missing->name);
    }
  return missing == NULL;
}

/* --- JSON ----------------------------------------------------------------------------------- */

static const char *const order_names[] = { NULL, "dmy", "mdy", "ymd" };

/**
 * kontor_import_map_to_json:
 * @self: a map
 *
 * Returns: (transfer full): it as JSON, for import_batch and saved mappings
 */
char *
kontor_import_map_to_json (KontorImportMap *self)
{
  GString *out = g_string_new ("{\"type\":");

  kontor_wire_append_string (out, self->type->name);
  g_string_append (out, ",\"columns\":[");
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KontorImportColumn *column = kontor_import_map_nth (self, i);

      g_string_append (out, i > 0 ? ",{\"name\":" : "{\"name\":");
      kontor_wire_append_string (out, column->name);
      if (column->target != NULL)
        {
          g_string_append (out, ",\"to\":");
          kontor_wire_append_string (out, column->target->path);
        }
      if (column->order != KONTOR_DATE_ORDER_UNKNOWN)
        g_string_append_printf (out, ",\"dates\":\"%s\"", order_names[column->order]);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static const char *
get_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* Of columns with one name the first that had no turn yet. */
static int
find_unused (KontorImportMap *self, const char *name, gboolean *used)
{
  int column = kontor_import_map_find_column (self, name);

  for (guint i = 0; i < self->columns->len; i++)
    if (!used[i] && g_str_equal (kontor_import_map_nth (self, i)->name, name))
      {
        column = (int) i;
        break;
      }
  if (column >= 0)
    used[column] = TRUE;
  return column;
}

static gboolean
apply_column (KontorImportMap *self,
              JsonNode *node,
              gboolean *used,
              GPtrArray *lost,
              GError **error)
{
  g_autoptr(GError) local_error = NULL;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? get_member (object, "name") : NULL;
  const char *order = object != NULL ? get_member (object, "dates") : NULL;
  int column = name != NULL ? find_unused (self, name, used) : -1;

  /* the file may have other columns than the one the mapping was made for */
  if (column < 0)
    return TRUE;
  if (!kontor_import_map_set_target (self, (guint) column, get_member (object, "to"), &local_error))
    {
      if (lost == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_ptr_array_add (lost, g_strdup (name));
    }
  for (guint i = 1; order != NULL && i < G_N_ELEMENTS (order_names); i++)
    if (g_str_equal (order, order_names[i]))
      kontor_import_map_nth (self, (guint) column)->order = (KontorDateOrder) i;
  return TRUE;
}

/**
 * kontor_import_map_apply_json:
 * @self: a map that no import uses yet
 * @json: what kontor_import_map_to_json() wrote, perhaps for another file
 * @error: (nullable): place for an error
 *
 * Sets the columns that both have.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_import_map_apply_json (KontorImportMap *self, const char *json, GError **error)
{
  return kontor_import_map_apply (self, json, NULL, error);
}

/**
 * kontor_import_map_apply:
 * @self: a map that no import uses yet
 * @json: what kontor_import_map_to_json() wrote, perhaps for another file
 * @lost: (nullable) (element-type utf8): gets the names of columns whose field is no longer there;
 *   %NULL: that is an error
 * @error: (nullable): place for an error
 *
 * Sets the columns that both have.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_import_map_apply (KontorImportMap *self, const char *json, GPtrArray *lost, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonNode *root = kontor_import_json_load (parser, json);
  g_autofree gboolean *used = g_new0 (gboolean, self->columns->len + 1);
  JsonNode *columns = NULL;
  JsonArray *array;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    columns = json_object_get_member (json_node_get_object (root), "columns");
  if (columns == NULL || !JSON_NODE_HOLDS_ARRAY (columns))
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("This is not a mapping of columns."));
      return FALSE;
    }
  array = json_node_get_array (columns);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!apply_column (self, json_array_get_element (array, i), used, lost, error))
      return FALSE;
  return TRUE;
}
