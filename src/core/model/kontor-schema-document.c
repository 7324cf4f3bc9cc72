/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference of all types and fields, as Markdown for people and JSON for programs. In English
 * whatever the locale, so that the committed copy has one form. */
#include "config.h"

#include "kontor-schema.h"
#include <string.h>

static const char *const flag_names[] = {
  "required",    "indexed", "searched", "in_list", "sensitive", "computed", "read_only",
  "unique_hint", "sorted",  "acyclic",  "title",   "hidden",    "custom",
};

static const char *const type_flag_names[] = {
  "owned", "child", "set", "single", "party", "searched", "internal",
};

static const char *const merge_names[] = {
  [KONTOR_MERGE_LAST] = "last",
  [KONTOR_MERGE_COUNTER] = "counter",
  [KONTOR_MERGE_SET] = "set",
  [KONTOR_MERGE_MIN] = "min",
};

static void
append_flags (GString *out,
              guint flags,
              const char *const *names,
              guint n_names,
              const char *quote,
              const char *separator)
{
  gboolean any = FALSE;

  for (guint i = 0; i < n_names; i++)
    if ((flags >> i & 1) != 0)
      {
        g_string_append_printf (out, "%s%s%s%s", any ? separator : "", quote, names[i], quote);
        any = TRUE;
      }
}

/* A cell of a table: bars would end it. */
static void
append_cell (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '|')
      g_string_append (out, "\\|");
    else
      g_string_append_c (out, *text);
}

static void
append_choices (GString *out, const KontorFieldDef *field)
{
  for (const KontorChoice *choice = field->choices; choice->value != NULL; choice++)
    g_string_append_printf (out, "%s`%s`", choice == field->choices ? "" : ", ", choice->value);
}

static void
append_details (GString *out, const KontorFieldDef *field)
{
  gsize start = out->len;

  if (field->target != NULL)
    g_string_append_printf (out, "to `%s`; ", field->target);
  if (field->companion != NULL)
    g_string_append_printf (out, "with `%s`; ", field->companion);
  if (field->pick != NULL)
    g_string_append_printf (out, "list `%s`; ", field->pick);
  if (field->choices != NULL)
    {
      append_choices (out, field);
      g_string_append (out, "; ");
    }
  if (field->scale > 0)
    g_string_append_printf (out, "%u decimals; ", field->scale);
  if (field->min != 0 || field->max != 0)
    g_string_append_printf (out,
                            "%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "; ",
                            field->min,
                            field->max);
  else if (kontor_field_max_length (field) > 0 && field->kind <= KONTOR_FIELD_WEB)
    g_string_append_printf (out, "at most %" G_GINT64_FORMAT "; ", kontor_field_max_length (field));
  if (field->help != NULL)
    {
      append_cell (out, field->help);
      g_string_append (out, "; ");
    }
  if (out->len > start)
    g_string_truncate (out, out->len - 2);
}

static void
append_aliases (GString *out, const char *const *aliases)
{
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      append_cell (out, aliases[i]);
    }
}

static void
append_field_row (GString *out, const KontorFieldDef *field)
{
  g_string_append_printf (out, "| `%s` | ", field->name);
  append_cell (out, field->label);
  g_string_append_printf (out, " | %s | ", kontor_field_kind_name (field->kind));
  append_flags (out, field->flags, flag_names, G_N_ELEMENTS (flag_names), "", ", ");
  g_string_append (out, " | ");
  append_details (out, field);
  g_string_append (out, " | ");
  append_aliases (out, field->import);
  g_string_append (out, " |\n");
}

static void
append_type_head (GString *out, const KontorRecordType *type)
{
  g_string_append_printf (out,
                          "\n## %s\n\n%s (%s), number %u, rights of class %s",
                          type->name,
                          type->label,
                          type->label_plural,
                          type->number,
                          kontor_access_class_name (type->access));
  if (type->flags != 0)
    {
      g_string_append (out, "; ");
      append_flags (out, type->flags, type_flag_names, G_N_ELEMENTS (type_flag_names), "", ", ");
    }
  if (type->parent_field != NULL)
    g_string_append_printf (out, "; belongs to `%s`", type->parent_field);
  if (type->left != NULL)
    g_string_append_printf (out, "; id made of `%s` and `%s`", type->left, type->right);
  g_string_append (out, ".\n");
  if (type->import != NULL)
    {
      g_string_append (out, "\nIn files also: ");
      append_aliases (out, type->import);
      g_string_append (out, ".\n");
    }
  if (type->n_totals > 0)
    g_string_append (out, "\nTotals:");
  for (guint i = 0; i < type->n_totals; i++)
    g_string_append_printf (out, "%s `%s`", i > 0 ? "," : "", type->totals[i].name);
  if (type->n_totals > 0)
    g_string_append (out, ".\n");
}

/**
 * kontor_schema_to_markdown:
 * @schema: a schema
 *
 * Returns: (transfer full): the reference of all types and fields for people
 */
char *
kontor_schema_to_markdown (KontorSchema *schema)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_string_append_printf (out,
                          "# Record types and fields\n\n"
                          "Schema version %d. Written by `kontorctl schema --format=markdown`.\n\n"
                          "Each type is a table of the workspace file; a field is a column, a key "
                          "in JSON lines and a name in queries. Lengths are in characters, of long "
                          "text and JSON in bytes.\n",
                          KONTOR_SCHEMA_VERSION);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);

      append_type_head (out, type);
      g_string_append (out,
                       "\n| Field | Label | Kind | Flags | Details | In files also |\n"
                       "| --- | --- | --- | --- | --- | --- |\n");
      for (guint j = 0; j < fields->len; j++)
        append_field_row (out, g_ptr_array_index (fields, j));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
append_json_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (out, "\\u%04x", (guchar) *text);
    else
      g_string_append_c (out, *text);
  g_string_append_c (out, '"');
}

static void
append_json_pair (GString *out, const char *key, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", key);
  append_json_string (out, text);
}

static void
append_json_list (GString *out, const char *key, const char *const *texts)
{
  if (texts == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":[", key);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_json_string (out, texts[i]);
    }
  g_string_append_c (out, ']');
}

static void
append_json_choices (GString *out, const KontorFieldDef *field)
{
  if (field->choices == NULL)
    return;
  g_string_append (out, ",\"choices\":[");
  for (const KontorChoice *choice = field->choices; choice->value != NULL; choice++)
    {
      g_string_append (out, choice == field->choices ? "" : ",");
      append_json_string (out, choice->value);
    }
  g_string_append_c (out, ']');
}

static void
append_json_field (GString *out, const KontorFieldDef *field)
{
  g_string_append (out, "{\"name\":");
  append_json_string (out, field->name);
  append_json_pair (out, "label", field->label);
  append_json_pair (out, "kind", kontor_field_kind_name (field->kind));
  g_string_append (out, ",\"flags\":[");
  append_flags (out, field->flags, flag_names, G_N_ELEMENTS (flag_names), "\"", ",");
  g_string_append_printf (out, "],\"since\":%u", field->since);
  if ((field->flags & KONTOR_FIELD_CUSTOM) == 0)
    g_string_append_printf (out, ",\"position\":%u", field->id & 0xff);
  if (field->scale > 0)
    g_string_append_printf (out, ",\"scale\":%u", field->scale);
  if (field->merge != KONTOR_MERGE_LAST)
    append_json_pair (out, "merge", merge_names[field->merge]);
  append_json_pair (out, "target", field->target);
  append_json_pair (out, "companion", field->companion);
  append_json_pair (out, "pick", field->pick);
  append_json_choices (out, field);
  if (field->min != 0 || field->max != 0)
    g_string_append_printf (out,
                            ",\"min\":%" G_GINT64_FORMAT ",\"max\":%" G_GINT64_FORMAT,
                            field->min,
                            field->max);
  append_json_list (out, "import", field->import);
  append_json_pair (out, "help", field->help);
  g_string_append_c (out, '}');
}

static void
append_json_type (GString *out, KontorSchema *schema, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);

  g_string_append_printf (out, "{\"name\":\"%s\",\"number\":%u", type->name, type->number);
  append_json_pair (out, "label", type->label);
  append_json_pair (out, "label_plural", type->label_plural);
  append_json_pair (out, "access", kontor_access_class_name (type->access));
  g_string_append_printf (out, ",\"since\":%u,\"flags\":[", type->since);
  append_flags (out, type->flags, type_flag_names, G_N_ELEMENTS (type_flag_names), "\"", ",");
  g_string_append_c (out, ']');
  append_json_pair (out, "parent_field", type->parent_field);
  append_json_pair (out, "left", type->left);
  append_json_pair (out, "right", type->right);
  append_json_list (out, "import", type->import);
  g_string_append (out, ",\"fields\":[");
  for (guint i = 0; i < fields->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n  " : "\n  ");
      append_json_field (out, g_ptr_array_index (fields, i));
    }
  g_string_append (out, "]}");
}

/**
 * kontor_schema_to_json:
 * @schema: a schema
 *
 * Returns: (transfer full): the reference of all types and fields for programs, one field a line
 */
char *
kontor_schema_to_json (KontorSchema *schema)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_string_append_printf (out, "{\"schema_version\":%d,\"types\":[", KONTOR_SCHEMA_VERSION);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      append_json_type (out, schema, kontor_record_type_nth (i));
    }
  g_string_append (out, "\n]}\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
