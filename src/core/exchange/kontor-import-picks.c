/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of pick lists by code or label. A file may have values nobody thought of: they are added
 * to the list, but not without bound, so that a column of prose does not become a list. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-fold.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_NEW 200
#define MAX_LABEL 100
#define MAX_CODE 40

typedef struct
{
  char *list;
  char *code;
  char *label;
  gint64 position;
  gboolean kept; /* a row that was good has it */
} NewValue;

struct _KontorImportPicks
{
  KontorSchema *schema; /* owned */
  GPtrArray *values;    /* (element-type NewValue): made by this import */
  guint n_written;
};

static void
free_value (gpointer data)
{
  NewValue *value = data;

  g_free (value->list);
  g_free (value->code);
  g_free (value->label);
  g_free (value);
}

/**
 * kontor_import_picks_new:
 * @schema: the workspace's lists
 *
 * Returns: (transfer full): no new values yet
 */
KontorImportPicks *
kontor_import_picks_new (KontorSchema *schema)
{
  KontorImportPicks *self = g_new0 (KontorImportPicks, 1);

  self->schema = kontor_schema_ref (schema);
  self->values = g_ptr_array_new_with_free_func (free_value);
  return self;
}

/**
 * kontor_import_picks_free:
 * @self: (transfer full) (nullable): values
 */
void
kontor_import_picks_free (KontorImportPicks *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->values);
  kontor_schema_unref (self->schema);
  g_free (self);
}

static const NewValue *
find_new (KontorImportPicks *self, const char *list, const char *code, const char *folded)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const NewValue *value = g_ptr_array_index (self->values, i);
      g_autofree char *other = folded != NULL ? kontor_fold_sort (value->label) : NULL;

      if (g_str_equal (value->list, list) && ((code != NULL && g_str_equal (value->code, code)) ||
                                              (folded != NULL && g_str_equal (other, folded))))
        return value;
    }
  return NULL;
}

static guint
count_new (KontorImportPicks *self, const char *list)
{
  guint n = 0;

  for (guint i = 0; i < self->values->len; i++)
    n += g_str_equal (((NewValue *) g_ptr_array_index (self->values, i))->list, list);
  return n;
}

/* "Hotels and restaurants" → "hotels_and_restaurants", in Latin letters, not taken yet. */
static char *
make_code (KontorImportPicks *self, const char *list, const char *label)
{
  g_autofree char *folded =
    g_str_is_ascii (label) ? g_ascii_strdown (label, -1) : kontor_fold_search (label);
  g_autoptr(GString) code = g_string_new (NULL);
  gsize stem;

  for (const char *at = folded; *at != '\0' && code->len < MAX_CODE; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (code, *at);
    else if (code->len > 0 && code->str[code->len - 1] != '_')
      g_string_append_c (code, '_');
  while (code->len > 0 && code->str[code->len - 1] == '_')
    g_string_truncate (code, code->len - 1);
  if (code->len == 0)
    g_string_append (code, "value");
  stem = code->len;
  for (guint n = 2; find_new (self, list, code->str, NULL) != NULL ||
                    kontor_schema_find_pick (self->schema, list, code->str) != NULL;
       n++)
    {
      g_string_truncate (code, stem);
      g_string_append_printf (code, "_%u", n);
    }
  return g_string_free (g_steal_pointer (&code), FALSE);
}

static gint64
find_last_position (KontorImportPicks *self, const char *list)
{
  g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (self->schema, list);
  gint64 last = 0;

  for (guint i = 0; values != NULL && i < values->len; i++)
    last = MAX (last, ((const KontorPickValue *) g_ptr_array_index (values, i))->position);
  return last + count_new (self, list);
}

static const char *
add_value (KontorImportPicks *self, const char *list, const char *label)
{
  NewValue *value = g_new0 (NewValue, 1);

  value->list = g_strdup (list);
  value->label = g_strdup (label);
  value->code = make_code (self, list, label);
  value->position = find_last_position (self, list) + 1;
  g_ptr_array_add (self->values, value);
  return value->code;
}

/**
 * kontor_import_picks_find:
 * @self: values
 * @field: a field with a pick list
 * @text: a code or label
 * @stays: (out): whether the value is there whatever becomes of the row that asks
 * @error: (nullable): place for an error with field and value
 *
 * A value that is not there is made, and stays when kontor_import_picks_settle() keeps it.
 *
 * Returns: (transfer none) (nullable): the code, valid until it is settled; %NULL with @error set
 */
const char *
kontor_import_picks_find (KontorImportPicks *self,
                          const KontorFieldDef *field,
                          const char *text,
                          gboolean *stays,
                          GError **error)
{
  const KontorPickValue *known = kontor_schema_find_pick (self->schema, field->pick, text);
  g_autofree char *folded = NULL;
  const NewValue *made;

  *stays = known != NULL;
  if (known != NULL)
    return known->code;
  folded = kontor_fold_sort (text);
  made = find_new (self, field->pick, NULL, folded);
  if (made != NULL)
    {
      *stays = made->kept;
      return made->code;
    }
  if (g_utf8_strlen (text, -1) <= MAX_LABEL && count_new (self, field->pick) < MAX_NEW)
    return add_value (self, field->pick, text);
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: name of a field */
                    _("%s: the value is not in the list, and too many new ones are in the file."),
                    kontor_field_get_label (field));
  if (error != NULL)
    {
      kontor_error_set_field (*error, field->name);
      kontor_error_set_value (*error, text);
    }
  return NULL;
}

/**
 * kontor_import_picks_settle:
 * @self: values
 * @keep: whether the row that asked since the last time was good
 *
 * Keeps the values that were made since, or forgets them.
 */
void
kontor_import_picks_settle (KontorImportPicks *self, gboolean keep)
{
  guint n = self->values->len;

  while (n > 0 && !((NewValue *) g_ptr_array_index (self->values, n - 1))->kept)
    {
      n--;
      ((NewValue *) g_ptr_array_index (self->values, n))->kept = keep;
    }
  if (!keep)
    g_ptr_array_set_size (self->values, (int) n);
}

/**
 * kontor_import_pick_id:
 * @list: name of a pick list
 * @code: code of one of its values
 *
 * Returns: the id of the value's record, the same in every workspace
 */
KontorId
kontor_import_pick_id (const char *list, const char *code)
{
  g_autofree char *key = g_strconcat (list, "/", code, NULL);

  return kontor_id_derive_text ("pick_list", key);
}

/**
 * kontor_import_picks_take_new:
 * @self: values
 * @step: the values that were kept and not taken yet are added to it
 *
 * Returns: whether there were any
 */
gboolean
kontor_import_picks_take_new (KontorImportPicks *self, KontorStep *step)
{
  guint first = self->n_written;

  for (; self->n_written < self->values->len; self->n_written++)
    {
      const NewValue *value = g_ptr_array_index (self->values, self->n_written);
      KontorId id = kontor_import_pick_id (value->list, value->code);
      g_autoptr(KontorRecord) record = kontor_record_new (&kontor_pick_list_type, &id);

      if (!value->kept)
        break;
      kontor_record_set_text (record, KONTOR_PICK_LIST_LIST, value->list);
      kontor_record_set_text (record, KONTOR_PICK_LIST_CODE, value->code);
      kontor_record_set_text (record, KONTOR_PICK_LIST_LABEL, value->label);
      kontor_record_set_integer (record, KONTOR_PICK_LIST_POSITION, value->position);
      kontor_step_create (step, record);
    }
  return self->n_written > first;
}
