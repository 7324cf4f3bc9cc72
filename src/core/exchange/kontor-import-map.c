/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns and their targets: holding and changing them. Guessing is in kontor-import-guess.c. */
#include "config.h"

#include "kontor-import-map-private.h"

#include "kontor-error.h"
#include "kontor-import-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/**
 * kontor_import_map_get_type:
 *
 * Returns: the boxed type of maps
 */
GType
kontor_import_map_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorImportMap"),
                                                     (GBoxedCopyFunc) kontor_import_map_ref,
                                                     (GBoxedFreeFunc) kontor_import_map_unref));
  return (GType) type;
}

static void
clear_column (gpointer data)
{
  KontorImportColumn *column = data;

  g_free (column->name);
  kontor_import_target_free (column->target);
}

/**
 * kontor_import_map_new:
 * @schema: fields of the workspace
 * @type: what the rows become
 * @columns: (array length=n_columns): names of the columns
 * @n_columns: how many
 *
 * Returns: (transfer full): a map in which no column goes anywhere
 */
KontorImportMap *
kontor_import_map_new (KontorSchema *schema,
                       const KontorRecordType *type,
                       const char *const *columns,
                       guint n_columns)
{
  KontorImportMap *self = g_new0 (KontorImportMap, 1);

  g_atomic_ref_count_init (&self->refs);
  self->schema = kontor_schema_ref (schema);
  self->type = type;
  self->columns = g_array_new (FALSE, TRUE, sizeof (KontorImportColumn));
  g_array_set_clear_func (self->columns, clear_column);
  for (guint i = 0; i < n_columns; i++)
    {
      KontorImportColumn column = { .name = g_strdup (columns[i]), .same_as = -1 };

      g_array_append_val (self->columns, column);
    }
  return self;
}

/**
 * kontor_import_map_ref:
 * @self: a map
 *
 * Returns: (transfer full): @self
 */
KontorImportMap *
kontor_import_map_ref (KontorImportMap *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kontor_import_map_unref:
 * @self: (transfer full): a map
 */
void
kontor_import_map_unref (KontorImportMap *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->columns);
  kontor_schema_unref (self->schema);
  g_free (self);
}

/**
 * kontor_import_map_get_schema:
 * @self: a map
 *
 * Returns: (transfer none): the fields it was made with
 */
KontorSchema *
kontor_import_map_get_schema (KontorImportMap *self)
{
  return self->schema;
}

/**
 * kontor_import_map_get_record_type:
 * @self: a map
 *
 * Returns: (transfer none): what the rows become
 */
const KontorRecordType *
kontor_import_map_get_record_type (KontorImportMap *self)
{
  return self->type;
}

/**
 * kontor_import_map_get_n_columns:
 * @self: a map
 *
 * Returns: number of columns
 */
guint
kontor_import_map_get_n_columns (KontorImportMap *self)
{
  return self->columns->len;
}

/**
 * kontor_import_map_get_column:
 * @self: a map
 * @column: from 0
 *
 * Returns: (transfer none): its name
 */
const char *
kontor_import_map_get_column (KontorImportMap *self, guint column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return kontor_import_map_nth (self, column)->name;
}

/**
 * kontor_import_map_get_target:
 * @self: a map
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): where its cells go; %NULL: they are not imported
 */
const KontorImportTarget *
kontor_import_map_get_target (KontorImportMap *self, guint column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return kontor_import_map_nth (self, column)->target;
}

/**
 * kontor_import_map_get_date_order:
 * @self: a map
 * @column: from 0
 *
 * Returns: the order of day, month and year in its cells
 */
KontorDateOrder
kontor_import_map_get_date_order (KontorImportMap *self, guint column)
{
  g_return_val_if_fail (column < self->columns->len, KONTOR_DATE_ORDER_UNKNOWN);

  return kontor_import_map_nth (self, column)->order;
}

/**
 * kontor_import_map_set_date_order:
 * @self: a map
 * @column: from 0
 * @order: the order of day, month and year in its cells; unknown: that of the locale
 */
void
kontor_import_map_set_date_order (KontorImportMap *self, guint column, KontorDateOrder order)
{
  g_return_if_fail (column < self->columns->len);

  kontor_import_map_nth (self, column)->order = order;
}

/**
 * kontor_import_map_set_target:
 * @self: a map that no import uses yet
 * @column: from 0
 * @path: (nullable): a path; %NULL, "" and "-" leave the column out
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: the path leads nowhere, and nothing was changed
 */
gboolean
kontor_import_map_set_target (KontorImportMap *self, guint column, const char *path, GError **error)
{
  KontorImportTarget *target = NULL;
  KontorImportColumn *place;

  g_return_val_if_fail (column < self->columns->len, FALSE);

  place = kontor_import_map_nth (self, column);
  if (path != NULL && *path != '\0' && !g_str_equal (path, "-"))
    {
      target = kontor_import_target_parse (self->schema, self->type, path, error);
      if (target == NULL)
        return FALSE;
    }
  kontor_import_target_free (place->target);
  place->target = target;
  place->same_as = -1;
  return TRUE;
}

/**
 * kontor_import_map_find_column:
 * @self: a map
 * @name: name of a column, in any spelling; or "#" and its number
 *
 * Returns: its position, or -1
 */
int
kontor_import_map_find_column (KontorImportMap *self, const char *name)
{
  g_autofree char *folded = NULL;
  guint64 number;

  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (kontor_import_map_nth (self, i)->name, name))
      return (int) i;
  if (*name == '#' &&
      g_ascii_string_to_unsigned (name + 1, 10, 1, self->columns->len, &number, NULL))
    return (int) number - 1;
  folded = kontor_import_fold_header (name);
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *own = kontor_import_fold_header (kontor_import_map_nth (self, i)->name);

      if (g_str_equal (own, folded))
        return (int) i;
    }
  return -1;
}

/**
 * kontor_import_map_assign:
 * @self: a map that no import uses yet
 * @assignment: "Column=path"; "Column=-" leaves the column out
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_import_map_assign (KontorImportMap *self, const char *assignment, GError **error)
{
  const char *equals = strrchr (assignment, '=');
  g_autofree char *name = equals != NULL ? g_strndup (assignment, equals - assignment) : NULL;
  g_autofree char *path = equals != NULL ? g_strstrip (g_strdup (equals + 1)) : NULL;
  int column;

  if (name == NULL)
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("“%s”: write COLUMN=FIELD."),
                        assignment);
      return FALSE;
    }
  column = kontor_import_map_find_column (self, g_strstrip (name));
  if (column < 0)
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_NOT_FOUND,
                        _("The file has no column “%s”."),
                        name);
      return FALSE;
    }
  return kontor_import_map_set_target (self, (guint) column, path, error);
}

/**
 * kontor_import_map_find_claim:
 * @self: a map
 * @before: columns from this one on don't count
 * @path: a path
 *
 * Returns: the first column that goes there, or -1
 */
int
kontor_import_map_find_claim (KontorImportMap *self, guint before, const char *path)
{
  for (guint i = 0; i < before; i++)
    if (kontor_import_map_nth (self, i)->target != NULL &&
        g_str_equal (kontor_import_map_nth (self, i)->target->path, path))
      return (int) i;
  return -1;
}
