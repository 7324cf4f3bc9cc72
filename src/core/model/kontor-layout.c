/* SPDX-License-Identifier: GPL-3.0-or-later */
/* {"sections":[{"title":"Numbers","fields":["number","tax_number"]}],"off":["notes"],"rest":true}
 */
#include "config.h"

#include "kontor-layout.h"

#include "kontor-error.h"
#include "kontor-json-private.h"
#include "kontor-schema.h"
#include "kontor-validate.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_SECTIONS 64
#define MAX_NAMES 2000

static void
free_section (gpointer data)
{
  KontorLayoutSection *section = data;

  g_free (section->title);
  g_ptr_array_unref (section->fields);
  g_free (section);
}

/**
 * kontor_layout_new:
 *
 * Returns: (transfer full): a layout without sections
 */
KontorLayout *
kontor_layout_new (void)
{
  KontorLayout *layout = g_atomic_rc_box_new0 (KontorLayout);

  layout->sections = g_ptr_array_new_with_free_func (free_section);
  layout->off = g_ptr_array_new_with_free_func (g_free);
  return layout;
}

/**
 * kontor_layout_ref:
 * @layout: a layout
 *
 * Returns: (transfer full): @layout
 */
KontorLayout *
kontor_layout_ref (KontorLayout *layout)
{
  return g_atomic_rc_box_acquire (layout);
}

static void
clear (gpointer data)
{
  KontorLayout *layout = data;

  g_ptr_array_unref (layout->sections);
  g_ptr_array_unref (layout->off);
}

/**
 * kontor_layout_unref:
 * @layout: (transfer full): a layout
 */
void
kontor_layout_unref (KontorLayout *layout)
{
  g_atomic_rc_box_release_full (layout, clear);
}

/**
 * kontor_layout_add_section:
 * @layout: a layout nobody else has yet
 * @title: (nullable): its title
 *
 * Returns: (transfer none): a new section, the last one
 */
KontorLayoutSection *
kontor_layout_add_section (KontorLayout *layout, const char *title)
{
  KontorLayoutSection *section = g_new0 (KontorLayoutSection, 1);

  section->title = g_strdup (title);
  section->fields = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (layout->sections, section);
  return section;
}

/**
 * kontor_layout_add_ids:
 * @layout: a layout nobody else has yet
 * @fields: (nullable) (array zero-terminated=1): built-in fields
 *
 * Adds a section of them without a title.
 */
void
kontor_layout_add_ids (KontorLayout *layout, const KontorFieldId *fields)
{
  KontorLayoutSection *section = kontor_layout_add_section (layout, NULL);

  for (; fields != NULL && *fields != 0; fields++)
    g_ptr_array_add (section->fields, g_strdup (kontor_field_by_id (*fields)->name));
}

/* --- Reading and writing ---------------------------------------------------------------------- */

typedef struct
{
  KontorLayout *layout;
  guint n_names;
} Reading;

static KontorLayoutSection *
get_section (Reading *reading, const char *index)
{
  guint64 i;

  if (!g_ascii_string_to_unsigned (index, 10, 0, MAX_SECTIONS - 1, &i, NULL))
    return NULL;
  while (reading->layout->sections->len <= i)
    kontor_layout_add_section (reading->layout, NULL);
  return g_ptr_array_index (reading->layout->sections, i);
}

static void
take_name (Reading *reading, GPtrArray *names, const char *name)
{
  if (reading->n_names++ < MAX_NAMES)
    g_ptr_array_add (names, g_strdup (name));
}

/* What is not known is left alone: a newer program may have written it. */
static gboolean
take_value (const char *path, const char *value, gpointer data)
{
  Reading *reading = data;
  g_auto(GStrv) parts = g_strsplit (path, "/", 5);
  guint n = g_strv_length (parts);
  KontorLayoutSection *section =
    n >= 3 && g_str_equal (parts[0], "sections") ? get_section (reading, parts[1]) : NULL;

  if (n == 2 && g_str_equal (parts[0], "off"))
    take_name (reading, reading->layout->off, value);
  else if (n == 1 && g_str_equal (parts[0], "rest"))
    reading->layout->rest = g_str_equal (value, "true");
  else if (section != NULL && n == 4 && g_str_equal (parts[2], "fields"))
    take_name (reading, section->fields, value);
  else if (section != NULL && n == 3 && g_str_equal (parts[2], "title") && *value != '\0')
    {
      g_free (section->title);
      section->title = g_strdup (value);
    }
  return TRUE;
}

/**
 * kontor_layout_parse:
 * @json: (nullable): definition of a layout
 * @error: return location; invalid
 *
 * Returns: (transfer full) (nullable): the layout; %NULL with @error set: there is no section in it
 */
KontorLayout *
kontor_layout_parse (const char *json, GError **error)
{
  g_autoptr(KontorLayout) layout = kontor_layout_new ();
  Reading reading = { layout, 0 };

  if (json != NULL && kontor_json_foreach_value (json, take_value, &reading) &&
      layout->sections->len > 0)
    return g_steal_pointer (&layout);
  kontor_set_error (error,
                    KONTOR_MODEL_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("This layout is not understood. The usual one is shown."));
  return NULL;
}

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) *text);
    else
      g_string_append_c (out, *text);
  g_string_append_c (out, '"');
}

static void
append_names (GString *out, GPtrArray *names)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_string (out, g_ptr_array_index (names, i));
    }
  g_string_append_c (out, ']');
}

/**
 * kontor_layout_to_text:
 * @layout: a layout
 *
 * Returns: (transfer full): its definition, JSON
 */
char *
kontor_layout_to_text (KontorLayout *layout)
{
  GString *out = g_string_new ("{\"sections\":[");

  for (guint i = 0; i < layout->sections->len; i++)
    {
      const KontorLayoutSection *section = g_ptr_array_index (layout->sections, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      if (section->title != NULL)
        {
          g_string_append (out, "\"title\":");
          append_string (out, section->title);
          g_string_append_c (out, ',');
        }
      g_string_append (out, "\"fields\":");
      append_names (out, section->fields);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  if (layout->off->len > 0)
    {
      g_string_append (out, ",\"off\":");
      append_names (out, layout->off);
    }
  g_string_append (out, layout->rest ? ",\"rest\":true}" : "}");
  return g_string_free (out, FALSE);
}

/* --- What is shown ---------------------------------------------------------------------------- */

static gboolean
has_name (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/**
 * kontor_layout_names:
 * @layout: a layout
 * @field: name of a field
 *
 * Returns: whether the layout says anything about it
 */
gboolean
kontor_layout_names (KontorLayout *layout, const char *field)
{
  if (has_name (layout->off, field))
    return TRUE;
  for (guint i = 0; i < layout->sections->len; i++)
    if (has_name (((KontorLayoutSection *) g_ptr_array_index (layout->sections, i))->fields, field))
      return TRUE;
  return FALSE;
}

static void
free_part (gpointer data)
{
  KontorLayoutPart *part = data;

  g_ptr_array_unref (part->fields);
  g_free (part);
}

typedef struct
{
  KontorSchema *schema;
  const KontorRecordType *type;
  GPtrArray *parts; /* (element-type KontorLayoutPart) */
  GHashTable *seen; /* of fields */
} Resolving;

static void
add_part (Resolving *self, const char *title)
{
  KontorLayoutPart *part = g_new0 (KontorLayoutPart, 1);

  part->title = title;
  part->fields = g_ptr_array_new ();
  g_ptr_array_add (self->parts, part);
}

static void
add_field (Resolving *self, guint part, const KontorFieldDef *field)
{
  if (field == NULL || (field->flags & KONTOR_FIELD_HIDDEN) != 0 ||
      !g_hash_table_add (self->seen, (gpointer) field))
    return;
  if (self->parts->len == 0)
    add_part (self, NULL);
  part = MIN (part, self->parts->len - 1);
  g_ptr_array_add (((KontorLayoutPart *) g_ptr_array_index (self->parts, part))->fields,
                   (gpointer) field);
}

/* Fields of the usual layout this one says nothing about: a newer version brought them. */
static void
add_rest (Resolving *self, KontorLayout *layout, KontorLayout *fallback)
{
  for (guint i = 0; i < fallback->sections->len; i++)
    {
      const KontorLayoutSection *section = g_ptr_array_index (fallback->sections, i);

      for (guint j = 0; j < section->fields->len; j++)
        {
          const char *name = g_ptr_array_index (section->fields, j);

          if (!kontor_layout_names (layout, name))
            add_field (self, G_MAXUINT, kontor_schema_find_field (self->schema, self->type, name));
        }
    }
}

static void
add_custom (Resolving *self, KontorLayout *layout, KontorLayoutAdd add)
{
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (self->schema, self->type);

  for (guint i = 0; i < custom->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (custom, i);

      if ((add & KONTOR_LAYOUT_ADD_REQUIRED) != 0 && (field->flags & KONTOR_FIELD_REQUIRED) != 0)
        add_field (self, 0, field);
      else if ((add & KONTOR_LAYOUT_ADD_CUSTOM) != 0 && layout->rest &&
               !kontor_layout_names (layout, field->name))
        add_field (self, G_MAXUINT, field);
    }
}

static void
add_sections (Resolving *self, KontorLayout *layout)
{
  for (guint i = 0; i < layout->sections->len; i++)
    {
      const KontorLayoutSection *section = g_ptr_array_index (layout->sections, i);

      add_part (self, section->title);
      for (guint j = 0; j < section->fields->len; j++)
        add_field (self,
                   i,
                   kontor_schema_find_field (self->schema,
                                             self->type,
                                             g_ptr_array_index (section->fields, j)));
    }
}

/**
 * kontor_layout_resolve:
 * @layout: (nullable): the layout of the workspace, or none
 * @fallback: the usual one, which says where new fields go
 * @schema: the fields of the workspace
 * @type: type of the records
 * @add: what stands there without being named
 *
 * Names that are not known, hidden fields and what is named twice are left out. A layout of which
 * nothing is left is none.
 *
 * Returns: (transfer full) (element-type KontorLayoutPart): the fields to show; titles are those of
 *   the layout, which must live as long
 */
GPtrArray *
kontor_layout_resolve (KontorLayout *layout,
                       KontorLayout *fallback,
                       KontorSchema *schema,
                       const KontorRecordType *type,
                       KontorLayoutAdd add)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  KontorLayout *shown = layout != NULL ? layout : fallback;
  Resolving self = { schema, type, g_ptr_array_new_with_free_func (free_part), seen };

  add_sections (&self, shown);
  if (layout != NULL && g_hash_table_size (seen) == 0)
    {
      g_ptr_array_unref (self.parts);
      return kontor_layout_resolve (NULL, fallback, schema, type, add);
    }
  if (layout != NULL && layout->rest)
    add_rest (&self, layout, fallback);
  add_custom (&self, shown, add);
  return self.parts;
}
