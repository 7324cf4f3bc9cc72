/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl history: the steps of the workspace, or what happened to a record or a field. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-wire.h"
#include "kontor-date.h"
#include <glib/gi18n.h>

#define DEFAULT_LIMIT 100

static const char *const origin_names[] = { "person", "import", "rule",
                                            "undo",   "pulled", "migration" };
static const char *const kind_names[] = { "new", "set", "inc", "link", "del", "undel", "purge" };

static const char *
get_origin_label (KontorOrigin origin)
{
  switch (origin)
    {
    case KONTOR_ORIGIN_PERSON:
      return _("Person");
    case KONTOR_ORIGIN_IMPORT:
      return _("Import");
    case KONTOR_ORIGIN_RULE:
      return _("Rule");
    case KONTOR_ORIGIN_UNDO:
      return C_("origin of a change", "Undo");
    case KONTOR_ORIGIN_PULLED:
      return C_("origin of a change", "Office");
    case KONTOR_ORIGIN_MIGRATION:
      return _("Migration");
    }
  return "";
}

static const char *
get_kind_label (KontorOpKind kind)
{
  switch (kind)
    {
    case KONTOR_OP_KIND_NEW:
      return _("Added");
    case KONTOR_OP_KIND_SET:
    case KONTOR_OP_KIND_INC:
      return _("Changed");
    case KONTOR_OP_KIND_LINK:
      return _("Linked");
    case KONTOR_OP_KIND_DEL:
      return _("To the trash");
    case KONTOR_OP_KIND_UNDEL:
      return _("Restored");
    case KONTOR_OP_KIND_PURGE:
      return _("Deleted for good");
    }
  return "";
}

static void
add_instant (KontorCliTable *table, KontorCli *cli, gint64 ms)
{
  gint64 now = kontor_env_now (kontor_env_get_default ());
  g_autofree char *text = cli->format == KONTOR_CLI_TABLE ? kontor_instant_format_short (ms, now)
                                                          : kontor_instant_to_iso (ms);

  kontor_cli_table_add_text (table, text);
}

static void
add_id (KontorCliTable *table, const KontorId *id)
{
  char text[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (id, text);
  kontor_cli_table_add_text (table, text);
}

/* --- Steps ------------------------------------------------------------------------------------ */

static void
add_step (KontorCliTable *table, KontorCli *cli, const KontorStepInfo *info)
{
  gboolean is_table = cli->format == KONTOR_CLI_TABLE;

  add_instant (table, cli, info->at);
  kontor_cli_table_add_text (table, info->label);
  kontor_cli_table_add_text (table, info->user_name);
  kontor_cli_table_add_text (table,
                             is_table ? get_origin_label (info->origin)
                                      : origin_names[MIN (info->origin, 5)]);
  kontor_cli_table_add_number (table, info->n_ops);
  if (is_table)
    kontor_cli_table_add_text (table, info->undone ? _("undone") : "");
  else
    kontor_cli_table_add_json (table,
                               info->undone ? "true" : "false",
                               info->undone ? "true" : "false");
  add_id (table, &info->step);
}

static int
list_steps (KontorCli *cli, int limit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) steps = kontor_workspace_list_steps (cli->workspace, limit, &error);
  KontorCliTable *table;

  if (steps == NULL)
    return kontor_cli_fail (cli, error);
  table = kontor_cli_table_new (cli);
  kontor_cli_table_add_column (table, "at", _("When"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "label", _("What"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "user", _("Who"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "origin", _("By"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "changes", _("Changes"), KONTOR_CLI_RIGHT);
  kontor_cli_table_add_column (table, "undone", _("State"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "step", _("Step"), KONTOR_CLI_LEFT);
  for (guint i = 0; i < steps->len; i++)
    {
      add_step (table, cli, g_ptr_array_index (steps, i));
      if (!kontor_cli_table_end_row (table))
        break;
    }
  kontor_cli_table_finish (table);
  return KONTOR_CLI_OK;
}

/* --- A record --------------------------------------------------------------------------------- */

static char *
describe_fields (const KontorHistoryEntry *entry, const KontorFieldDef *only)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; entry->fields != NULL && i < entry->fields->len; i++)
    {
      const KontorHistoryField *change = &g_array_index (entry->fields, KontorHistoryField, i);
      const char *was = change->was_text != NULL ? change->was_text : "";
      const char *now = change->now_text != NULL ? change->now_text : "";

      if (only != NULL && change->field != only)
        continue;
      if (out->len > 0)
        g_string_append (out, "; ");
      g_string_append_printf (out, "%s: ", kontor_field_get_label (change->field));
      if (was[0] != '\0')
        g_string_append_printf (out, "%s → ", was);
      g_string_append (out, now[0] != '\0' ? now : "–");
    }
  return g_string_free (out, FALSE);
}

static void
append_json_side (GString *out,
                  const char *name,
                  const KontorFieldDef *field,
                  const KontorValue *value,
                  const char *text)
{
  if (value->type == KONTOR_VALUE_NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", name);
  if (value->type == KONTOR_VALUE_ID)
    kontor_cli_append_json_link (out, &value->id, text);
  else
    kontor_wire_append_value (out, field, value);
}

static char *
fields_to_json (const KontorHistoryEntry *entry, const KontorFieldDef *only)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; entry->fields != NULL && i < entry->fields->len; i++)
    {
      const KontorHistoryField *change = &g_array_index (entry->fields, KontorHistoryField, i);

      if (only != NULL && change->field != only)
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      g_string_append (out, "{\"field\":");
      kontor_wire_append_string (out, change->field->name);
      append_json_side (out, "was", change->field, &change->was, change->was_text);
      append_json_side (out, "now", change->field, &change->now, change->now_text);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

static void
add_entry (KontorCliTable *table,
           KontorCli *cli,
           const KontorHistoryEntry *entry,
           const KontorFieldDef *only)
{
  g_autofree char *fields = describe_fields (entry, only);
  g_autofree char *json = cli->format == KONTOR_CLI_JSON ? fields_to_json (entry, only) : NULL;
  gboolean is_table = cli->format == KONTOR_CLI_TABLE;

  add_instant (table, cli, entry->at);
  kontor_cli_table_add_text (table, entry->label);
  kontor_cli_table_add_text (table, entry->user_name);
  kontor_cli_table_add_text (table,
                             is_table ? kontor_record_type_get_label (entry->type)
                                      : entry->type->name);
  kontor_cli_table_add_text (table,
                             is_table ? get_kind_label (entry->kind)
                                      : kind_names[MIN (entry->kind, 6)]);
  kontor_cli_table_add_json (table, fields, json);
  if (!is_table)
    {
      add_id (table, &entry->id);
      add_id (table, &entry->step);
    }
}

static int
list_entries (KontorCli *cli, const KontorRecordType *type, const char *field_name, int limit)
{
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;
  const KontorFieldDef *field = NULL;
  KontorCliTable *table;
  KontorId id;

  if (field_name != NULL)
    {
      fields = kontor_cli_parse_columns (cli, type, field_name, &error);
      if (fields == NULL)
        return kontor_cli_fail (cli, error);
      field = g_ptr_array_index (fields, 0);
    }
  if (!kontor_cli_resolve (cli, type, cli->args[1], KONTOR_QUERY_ALL, &id, &error))
    return kontor_cli_fail (cli, error);
  entries = kontor_workspace_get_history (cli->workspace, type, &id, field, limit, &error);
  if (entries == NULL)
    return kontor_cli_fail (cli, error);
  table = kontor_cli_table_new (cli);
  kontor_cli_table_add_column (table, "at", _("When"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "label", _("What"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "user", _("Who"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "type", _("Type"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "kind", _("Change"), KONTOR_CLI_LEFT);
  kontor_cli_table_add_column (table, "fields", _("Fields"), KONTOR_CLI_LEFT);
  if (cli->format != KONTOR_CLI_TABLE)
    {
      kontor_cli_table_add_column (table, "id", _("Id"), KONTOR_CLI_LEFT);
      kontor_cli_table_add_column (table, "step", _("Step"), KONTOR_CLI_LEFT);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      add_entry (table, cli, g_ptr_array_index (entries, i), field);
      if (!kontor_cli_table_end_row (table))
        break;
    }
  kontor_cli_table_finish (table);
  return KONTOR_CLI_OK;
}

static int
run_history (KontorCli *cli)
{
  g_autofree char *field = NULL;
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "field", 0, 0, G_OPTION_ARG_STRING, &field, N_("Only changes of this field"), N_("FIELD") },
    { "limit", 'l', 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };
  const KontorRecordType *type = NULL;

  if (!kontor_cli_parse (cli, KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FORMAT, entries, 0, 2))
    return cli->status;
  if (cli->n_args == 1 || (cli->n_args == 0 && field != NULL))
    return kontor_cli_fail_usage (cli, _("Say which record: TYPE ID|NAME."));
  if (limit <= 0)
    return kontor_cli_fail_usage (cli, _("The limit must be positive."));
  if (cli->n_args == 2)
    {
      type = kontor_cli_find_type (cli, cli->args[0]);
      if (type == NULL)
        return cli->status;
    }
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT))
    return cli->status;
  return type != NULL ? list_entries (cli, type, field, limit) : list_steps (cli, limit);
}

const KontorCliVerb kontor_cmd_history = {
  .name = "history",
  .arguments = N_("[TYPE ID|NAME]"),
  .summary = N_("Show the steps of the workspace, or the history of a record"),
  .run = run_history,
};
