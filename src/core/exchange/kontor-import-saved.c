/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is told by the names of its columns, in whatever order and spelling. */
#include "config.h"

#include "kontor-import-saved.h"

#include "kontor-error.h"
#include "kontor-import-map-private.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include "kontor-wire.h"
#include <glib/gi18n-lib.h>

static int
compare_headers (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The folded names, sorted, as a JSON array: two files with the same text have the same columns. */
static char *
join_headers (GPtrArray *folded)
{
  GString *out = g_string_new ("[");

  g_ptr_array_sort (folded, compare_headers);
  for (guint i = 0; i < folded->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      kontor_wire_append_string (out, g_ptr_array_index (folded, i));
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

static char *
dup_headers_of_map (KontorImportMap *map)
{
  g_autoptr(GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < kontor_import_map_get_n_columns (map); i++)
    g_ptr_array_add (folded, kontor_import_fold_header (kontor_import_map_get_column (map, i)));
  return join_headers (folded);
}

/**
 * kontor_import_saved_fill:
 * @record: an import_mapping
 * @map: a map
 * @name: what it is called
 *
 * Puts @map into @record.
 */
void
kontor_import_saved_fill (KontorRecord *record, KontorImportMap *map, const char *name)
{
  g_autofree char *headers = dup_headers_of_map (map);
  g_autofree char *mapping = kontor_import_map_to_json (map);

  kontor_record_set_text (record, KONTOR_IMPORT_MAPPING_NAME, name);
  kontor_record_set_text (record,
                          KONTOR_IMPORT_MAPPING_KIND,
                          kontor_import_map_get_record_type (map)->name);
  kontor_record_set_text (record, KONTOR_IMPORT_MAPPING_HEADERS, headers);
  kontor_record_set_text (record, KONTOR_IMPORT_MAPPING_MAPPING, mapping);
}

/**
 * kontor_import_saved_fits:
 * @record: an import_mapping
 * @inspection: what was found out about a file
 *
 * Returns: whether it was made for a file with the same columns
 */
gboolean
kontor_import_saved_fits (KontorRecord *record, const KontorInspection *inspection)
{
  g_autoptr(GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *headers = NULL;

  /* without a header columns are only numbers */
  if (inspection->kind != KONTOR_FILE_CSV || !inspection->dialect.has_header)
    return FALSE;
  for (guint i = 0; i < inspection->columns->len; i++)
    g_ptr_array_add (folded,
                     kontor_import_fold_header (g_ptr_array_index (inspection->columns, i)));
  headers = join_headers (folded);
  return g_strcmp0 (headers, kontor_record_get_text (record, KONTOR_IMPORT_MAPPING_HEADERS)) == 0;
}

/**
 * kontor_import_saved_make_map:
 * @record: an import_mapping
 * @schema: fields of the workspace
 * @inspection: what was found out about a file
 * @lost: (nullable) (element-type utf8): gets the names of columns whose field is no longer there
 * @error: (nullable): place for an error
 *
 * Columns that the mapping does not know go nowhere.
 *
 * Returns: (transfer full) (nullable): a map for that file, or %NULL with @error set
 */
KontorImportMap *
kontor_import_saved_make_map (KontorRecord *record,
                              KontorSchema *schema,
                              const KontorInspection *inspection,
                              GPtrArray *lost,
                              GError **error)
{
  const char *kind = kontor_record_get_text (record, KONTOR_IMPORT_MAPPING_KIND);
  const char *mapping = kontor_record_get_text (record, KONTOR_IMPORT_MAPPING_MAPPING);
  const KontorRecordType *type = kind != NULL ? kontor_record_type_by_name (kind) : NULL;
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(GPtrArray) unheard = g_ptr_array_new_with_free_func (g_free);

  if (type == NULL || mapping == NULL)
    {
      kontor_set_error (error,
                        KONTOR_EXCHANGE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("This is not a mapping of columns."));
      return NULL;
    }
  map = kontor_import_map_new (schema,
                               type,
                               (const char *const *) inspection->columns->pdata,
                               inspection->columns->len);
  if (!kontor_import_map_apply (map, mapping, lost != NULL ? lost : unheard, error))
    return NULL;
  kontor_import_map_guess_dates (map, inspection);
  return g_steal_pointer (&map);
}
