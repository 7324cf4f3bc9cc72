/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list is called like the field that uses it; one of a person's own has the name they gave it. */
#include "config.h"

#include "kontor-pick-words.h"

#include "kontor-fold.h"
#include <string.h>
#include <glib/gi18n.h>

#define MAX_CODE 40

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kontor_pick_lists:
 * @schema: the fields of the workspace
 *
 * Returns: (transfer full) (element-type utf8): names of all lists that have values or a field, by
 *   name
 */
GPtrArray *
kontor_pick_lists (KontorSchema *schema)
{
  g_autoptr(GPtrArray) named = kontor_schema_list_picks (schema);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *lists = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < named->len; i++)
    if (g_hash_table_add (seen, g_ptr_array_index (named, i)))
      g_ptr_array_add (lists, g_strdup (g_ptr_array_index (named, i)));
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, kontor_record_type_nth (i));

      for (guint j = 0; j < fields->len; j++)
        {
          const KontorFieldDef *field = g_ptr_array_index (fields, j);

          if (field->pick != NULL && g_hash_table_add (seen, (gpointer) field->pick))
            g_ptr_array_add (lists, g_strdup (field->pick));
        }
    }
  g_ptr_array_sort (lists, compare_strings);
  return lists;
}

/* The first field with the list; @type: (out): of which records. */
static const KontorFieldDef *
find_user (KontorSchema *schema, const char *list, gboolean built_in, const KontorRecordType **type)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, kontor_record_type_nth (i));

      for (guint j = 0; j < fields->len; j++)
        {
          const KontorFieldDef *field = g_ptr_array_index (fields, j);

          if (g_strcmp0 (field->pick, list) == 0 &&
              (!built_in || (field->flags & KONTOR_FIELD_CUSTOM) == 0))
            {
              *type = kontor_record_type_nth (i);
              return field;
            }
        }
    }
  return NULL;
}

/**
 * kontor_pick_list_title:
 * @schema: the fields of the workspace
 * @list: name of a pick list
 *
 * Returns: (transfer full): what people call it
 */
char *
kontor_pick_list_title (KontorSchema *schema, const char *list)
{
  const KontorRecordType *type;
  const KontorFieldDef *field = find_user (schema, list, TRUE, &type);

  return g_strdup (field != NULL ? kontor_field_get_label (field) : list);
}

/**
 * kontor_pick_list_users:
 * @schema: the fields of the workspace
 * @list: name of a pick list
 *
 * Returns: (transfer full): which records and fields use it: "Organisation › Industry"; "" if none
 */
char *
kontor_pick_list_users (KontorSchema *schema, const char *list)
{
  const KontorRecordType *type;
  const KontorFieldDef *field = find_user (schema, list, FALSE, &type);

  return field != NULL ? g_strdup_printf (_("%s › %s"),
                                          kontor_record_type_get_label (type),
                                          kontor_field_get_label (field))
                       : g_strdup ("");
}

static gboolean
is_taken (KontorSchema *schema, const char *list, const char *code)
{
  return kontor_schema_pick_label (schema, list, code) != code;
}

/**
 * kontor_pick_code:
 * @schema: the fields of the workspace
 * @list: name of a pick list
 * @label: what people call a value
 *
 * Returns: (transfer full): a code records can keep that no value of the list has
 */
char *
kontor_pick_code (KontorSchema *schema, const char *list, const char *label)
{
  g_autofree char *folded = kontor_fold_search (label);
  g_autoptr(GString) code = g_string_new (NULL);
  gsize length;

  for (const char *at = folded; *at != '\0' && code->len < MAX_CODE; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (code, *at);
    else if (code->len > 0 && code->str[code->len - 1] != '_')
      g_string_append_c (code, '_');
  while (code->len > 0 && code->str[code->len - 1] == '_')
    g_string_truncate (code, code->len - 1);
  if (code->len == 0)
    g_string_append (code, "value");
  length = code->len;
  for (guint i = 2; is_taken (schema, list, code->str); i++)
    {
      g_string_truncate (code, length);
      g_string_append_printf (code, "_%u", i);
    }
  return g_string_free (g_steal_pointer (&code), FALSE);
}

/**
 * kontor_pick_add_value:
 * @step: where to
 * @list: name of a pick list
 * @code: of kontor_pick_code()
 * @label: what people call the value
 * @position: its place
 */
void
kontor_pick_add_value (KontorStep *step,
                       const char *list,
                       const char *code,
                       const char *label,
                       gint64 position)
{
  g_autoptr(KontorRecord) value = kontor_record_new (&kontor_pick_list_type, NULL);

  kontor_record_set_text (value, KONTOR_PICK_LIST_LIST, list);
  kontor_record_set_text (value, KONTOR_PICK_LIST_CODE, code);
  kontor_record_set_text (value, KONTOR_PICK_LIST_LABEL, label);
  kontor_record_set_integer (value, KONTOR_PICK_LIST_POSITION, position);
  kontor_step_create (step, value);
}
