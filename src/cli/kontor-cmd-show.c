/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl show: one record with what hangs on it. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-wire.h"
#include <glib/gi18n.h>
#include <string.h>

#define ACTIVITY_LIMIT 50

static int
measure_label (const char *label)
{
  int width = 0;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    width += g_unichar_iszerowidth (g_utf8_get_char (p)) ? 0
             : g_unichar_iswide (g_utf8_get_char (p))    ? 2
                                                         : 1;
  return width;
}

/* Long texts keep their lines, below each other. */
static void
print_field (KontorCli *cli, const char *label, int width, const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      for (char *p = lines[i]; *p != '\0'; p++)
        if (g_ascii_iscntrl (*p))
          *p = ' ';
      kontor_cli_printf (cli,
                         "  %s%*s  %s\n",
                         i == 0 ? label : "",
                         width - (i == 0 ? measure_label (label) : 0),
                         "",
                         lines[i]);
    }
}

static gboolean
is_shown (const KontorFieldDef *field)
{
  return (field->flags & KONTOR_FIELD_HIDDEN) == 0;
}

static void
print_record (KontorCli *cli, KontorRecord *record)
{
  g_autoptr(GPtrArray) fields =
    kontor_schema_get_fields (cli->schema, kontor_record_get_record_type (record));
  int width = 0;

  for (guint i = 0; i < fields->len; i++)
    width = MAX (width, measure_label (kontor_field_get_label (g_ptr_array_index (fields, i))));
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *text = NULL;

      if (!is_shown (field))
        continue;
      text = kontor_cli_dup_value (cli, record, field);
      if (text != NULL && text[0] != '\0')
        print_field (cli, kontor_field_get_label (field), width, text);
    }
}

/* One line of a child: its values with spaces between them, without the link to its parent. */
static char *
describe_child (KontorCli *cli, KontorRecord *child, const KontorRecordType *parent)
{
  const KontorRecordType *type = kontor_record_get_record_type (child);
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (cli->schema, type);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *text = NULL;

      if (!is_shown (field) || (field->id & 0xff) >= KONTOR_COMMON_FIRST ||
          field->kind == KONTOR_FIELD_TYPE || field->kind == KONTOR_FIELD_TAGS ||
          field->kind == KONTOR_FIELD_LINK_ANY || g_strcmp0 (field->target, parent->name) == 0)
        continue;
      if (field->kind == KONTOR_FIELD_BOOLEAN)
        text = kontor_record_value_integer (child, field) != 0
                 ? g_strdup_printf ("(%s)", kontor_field_get_label (field))
                 : NULL;
      else
        text = kontor_cli_dup_value (cli, child, field);
      if (text != NULL && text[0] != '\0')
        g_string_append_printf (out, "%s%s", out->len > 0 ? "  " : "", text);
    }
  g_strdelimit (out->str, "\n\r\t\033", ' ');
  return g_string_free (out, FALSE);
}

static void
print_list (KontorCli *cli, GPtrArray *records, const char *label, const KontorRecordType *parent)
{
  if (records == NULL || records->len == 0)
    return;
  kontor_cli_printf (cli, "\n%s\n", label);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *text = describe_child (cli, g_ptr_array_index (records, i), parent);

      kontor_cli_printf (cli, "  %s\n", text);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

static GPtrArray *
list_child_types (KontorPageData *data)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, data->children);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (names, key);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
print_page (KontorCli *cli, KontorPageData *data)
{
  const KontorRecordType *type = kontor_record_get_record_type (data->record);
  g_autofree char *title = kontor_record_dup_title (data->record);
  g_autofree char *id = kontor_id_to_string (kontor_record_get_id (data->record));
  g_autoptr(GPtrArray) names = list_child_types (data);

  kontor_cli_printf (cli, "%s: %s\n", kontor_record_type_get_label (type), title);
  kontor_cli_printf (cli, "%s\n", id);
  if (kontor_record_is_trashed (data->record))
    kontor_cli_printf (cli, "%s\n", _("In the trash"));
  kontor_cli_print (cli, "\n");
  print_record (cli, data->record);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const KontorRecordType *child = kontor_record_type_by_name (name);

      if (child != NULL)
        print_list (cli,
                    g_hash_table_lookup (data->children, name),
                    kontor_record_type_get_label_plural (child),
                    type);
    }
  print_list (cli,
              data->activities,
              kontor_record_type_get_label_plural (&kontor_activity_type),
              type);
}

static void
append_json_list (KontorCli *cli, GString *out, const char *name, GPtrArray *records)
{
  if (records == NULL || records->len == 0)
    return;
  g_string_append_c (out, ',');
  kontor_wire_append_string (out, name);
  g_string_append (out, ":[");
  for (guint i = 0; i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      kontor_wire_append_record (out,
                                 cli->schema,
                                 g_ptr_array_index (records, i),
                                 KONTOR_WIRE_LINK_TITLES | KONTOR_WIRE_COMPUTED);
    }
  g_string_append_c (out, ']');
}

/* The record as "list" writes it, with its children by type beside its fields. */
static void
write_json (KontorCli *cli, KontorPageData *data)
{
  g_autoptr(GPtrArray) names = list_child_types (data);
  GString *out = cli->output;

  kontor_wire_append_record (out,
                             cli->schema,
                             data->record,
                             KONTOR_WIRE_LINK_TITLES | KONTOR_WIRE_COMPUTED | KONTOR_WIRE_TRASHED);
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);
  if (out->len > 0 && out->str[out->len - 1] == '}')
    g_string_truncate (out, out->len - 1);
  for (guint i = 0; i < names->len; i++)
    append_json_list (cli,
                      out,
                      g_ptr_array_index (names, i),
                      g_hash_table_lookup (data->children, g_ptr_array_index (names, i)));
  if (data->tags != NULL && data->tags->len > 0)
    {
      g_string_append (out, ",\"tags\":[");
      for (guint i = 0; i < data->tags->len; i++)
        {
          KontorRecord *tag = g_ptr_array_index (data->tags, i);
          const char *name = kontor_record_get_text (tag, KONTOR_TAG_NAME);

          if (i > 0)
            g_string_append_c (out, ',');
          kontor_cli_append_json_link (out, kontor_record_get_id (tag), name);
        }
      g_string_append_c (out, ']');
    }
  append_json_list (cli, out, "activities", data->activities);
  kontor_cli_print (cli, "}\n");
}

static void
write_csv (KontorCli *cli, KontorRecord *record)
{
  g_autoptr(GPtrArray) fields =
    kontor_schema_get_fields (cli->schema, kontor_record_get_record_type (record));
  KontorCliTable *table = kontor_cli_table_new (cli);

  kontor_cli_table_add_column (table, "field", _("Field"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "value", _("Value"), KONTOR_CLI_LEFT);
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *text = is_shown (field) ? kontor_cli_dup_value (cli, record, field) : NULL;

      if (text == NULL)
        continue;
      kontor_cli_table_add_text (table, field->name);
      kontor_cli_table_add_text (table, text);
      kontor_cli_table_end_row (table);
    }
  kontor_cli_table_finish (table);
}

static int
show_record (KontorCli *cli, const KontorRecordType *type, const char *name)
{
  g_autoptr(KontorPageData) data = NULL;
  g_autoptr(GError) error = NULL;
  KontorId id;

  if (!kontor_cli_resolve (cli, type, name, KONTOR_QUERY_ALL, &id, &error))
    return kontor_cli_fail (cli, error);
  data = kontor_workspace_read_page (cli->workspace, type, &id, ACTIVITY_LIMIT, &error);
  if (data == NULL)
    return kontor_cli_fail (cli, error);
  if (cli->format == KONTOR_CLI_JSON)
    write_json (cli, data);
  else if (cli->format == KONTOR_CLI_CSV)
    write_csv (cli, data->record);
  else
    print_page (cli, data);
  return KONTOR_CLI_OK;
}

static int
run_show (KontorCli *cli)
{
  const KontorRecordType *type;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FORMAT, NULL, 2, 2))
    return cli->status;
  type = kontor_cli_find_type (cli, cli->args[0]);
  if (type == NULL || !kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  return show_record (cli, type, cli->args[1]);
}

const KontorCliVerb kontor_cmd_show = {
  .name = "show",
  .arguments = N_("TYPE ID|NAME"),
  .summary = N_("Show a record with what belongs to it"),
  .run = run_show,
};
