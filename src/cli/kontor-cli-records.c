/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records on the command line: types and records by name, columns, sorting, values as text and
 * JSON. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-wire.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

#define MAX_CANDIDATES 5
#define DEFAULT_COLUMNS 6

/* Columns of a table nobody chose columns for; other types show the first they offer. */
static const struct
{
  const char *type;
  const char *columns;
} default_columns[] = {
  { "contact", "name,account,position,city,main_phone,main_mail" },
  { "account", "name,kind,city,main_phone,main_mail,people" },
  { "employee", "name,position,org_unit,manager,phone,mail" },
  { "activity", "kind,subject,at,due,state" },
  { "org_unit", "name,kind,parent,region" },
  { "tag", "name,color" },
  { "pick_list", "list,code,label,inactive" },
  { "saved_view", "name,type,query" },
};

/**
 * kontor_cli_find_type:
 * @cli: a run
 * @name: a record type as a person types it: its name, or the plural of it
 *
 * Returns: (transfer none) (nullable): the type, or %NULL: the person was told
 */
const KontorRecordType *
kontor_cli_find_type (KontorCli *cli, const char *name)
{
  const KontorRecordType *type = kontor_record_type_by_name (name);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *nearest;

  for (guint i = 0; type == NULL && i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *candidate = kontor_record_type_nth (i);
      g_autofree char *plural = g_strconcat (candidate->name, "s", NULL);

      g_ptr_array_add (names, (gpointer) candidate->name);
      if (g_ascii_strcasecmp (name, plural) == 0 ||
          g_ascii_strcasecmp (name, candidate->name) == 0 ||
          g_strcmp0 (name, kontor_record_type_get_label (candidate)) == 0 ||
          g_strcmp0 (name, kontor_record_type_get_label_plural (candidate)) == 0)
        type = candidate;
    }
  if (type != NULL)
    return type;
  g_ptr_array_add (names, NULL);
  nearest = kontor_cli_find_nearest (name, (const char *const *) names->pdata);
  if (nearest != NULL)
    kontor_cli_fail_usage (cli,
                           _("There is no record type “%s”. Did you mean “%s”?"),
                           name,
                           nearest);
  else
    kontor_cli_fail_usage (cli,
                           _("There is no record type “%s”. “kontorctl schema” lists them."),
                           name);
  return NULL;
}

static const KontorFieldDef *
find_title_field (KontorCli *cli, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (cli->schema, type);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if ((field->flags & KONTOR_FIELD_TITLE) != 0)
        return field;
    }
  return NULL;
}

/* Records of which @field is @text, in @scope; a few are enough to know that there are several. */
static GPtrArray *
find_by_field (KontorCli *cli,
               const KontorRecordType *type,
               const KontorFieldDef *field,
               const char *text,
               KontorQueryScope scope,
               GError **error)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  g_autoptr(GArray) rids = NULL;

  kontor_query_take_filter (query, kontor_filter_new_compare (field, KONTOR_OP_EQ, text));
  kontor_query_set_scope (query, scope);
  rids = kontor_workspace_query (cli->workspace, query, MAX_CANDIDATES, cli->cancellable, error);
  if (rids == NULL)
    return NULL;
  return kontor_workspace_fetch (cli->workspace,
                                 type,
                                 (const gint64 *) (gpointer) rids->data,
                                 rids->len,
                                 KONTOR_READ_TRASHED,
                                 error);
}

static void
set_ambiguous_error (const KontorRecordType *type,
                     const char *text,
                     GPtrArray *records,
                     GError **error)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      char id[KONTOR_ID_TEXT_SIZE];

      if (record == NULL)
        continue;
      kontor_id_format (kontor_record_get_id (record), id);
      g_string_append_printf (ids, "\n  %s", id);
    }
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    KONTOR_ERROR_CONFLICT,
                    /* Translators: a record type, a name, and a list of ids, each on a new line */
                    _("Several records of type “%s” are called “%s”. Say which by its id:%s"),
                    type->name,
                    text,
                    ids->str);
}

static gboolean
take_only (const KontorRecordType *type,
           const char *text,
           GPtrArray *records,
           KontorId *id,
           GError **error)
{
  if (records->len > 1)
    {
      set_ambiguous_error (type, text, records, error);
      return FALSE;
    }
  *id = *kontor_record_get_id (g_ptr_array_index (records, 0));
  return TRUE;
}

static gboolean
resolve_id (KontorCli *cli,
            const KontorRecordType *type,
            KontorQueryScope scope,
            const KontorId *id,
            GError **error)
{
  g_autoptr(KontorRecord) record =
    kontor_workspace_get (cli->workspace, type, id, KONTOR_READ_TRASHED, error);

  if (record == NULL)
    return FALSE;
  if (scope == KONTOR_QUERY_ALL ||
      (scope == KONTOR_QUERY_TRASHED) == kontor_record_is_trashed (record))
    return TRUE;
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    scope == KONTOR_QUERY_TRASHED ? _("The record is not in the trash.")
                                                  : _("The record is in the trash."));
  return FALSE;
}

/**
 * kontor_cli_resolve:
 * @cli: a run with an open workspace
 * @type: a record type
 * @text: an id, a name, or a number as other systems have it
 * @scope: where to look
 * @id: (out): the record
 * @error: (nullable): place for an error: there is none, or several
 *
 * Returns: whether exactly one was found
 */
gboolean
kontor_cli_resolve (KontorCli *cli,
                    const KontorRecordType *type,
                    const char *text,
                    KontorQueryScope scope,
                    KontorId *id,
                    GError **error)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (cli->schema, type);
  const KontorFieldDef *title = find_title_field (cli, type);

  if (kontor_id_parse (text, id))
    return resolve_id (cli, type, scope, id, error);
  if (title != NULL)
    {
      g_autoptr(GPtrArray) records = find_by_field (cli, type, title, text, scope, error);

      if (records == NULL)
        return FALSE;
      if (records->len > 0)
        return take_only (type, text, records, id, error);
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autoptr(GPtrArray) records = NULL;

      if ((field->flags & KONTOR_FIELD_UNIQUE_HINT) == 0 || field == title)
        continue;
      records = find_by_field (cli, type, field, text, scope, error);
      if (records == NULL)
        return FALSE;
      if (records->len > 0)
        return take_only (type, text, records, id, error);
    }
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    scope == KONTOR_QUERY_TRASHED
                      ? _("There is no record of type “%s” called “%s” in the trash.")
                      : _("There is no record of type “%s” called “%s”."),
                    type->name,
                    text);
  return FALSE;
}

static const KontorFieldDef *
find_field (KontorCli *cli, const KontorRecordType *type, const char *name, GError **error)
{
  const KontorFieldDef *field = kontor_schema_find_field (cli->schema, type, name);
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(GPtrArray) names = NULL;
  const char *nearest;

  if (field != NULL)
    return field;
  fields = kontor_schema_get_fields (cli->schema, type);
  names = g_ptr_array_new ();
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (names, (gpointer) ((KontorFieldDef *) g_ptr_array_index (fields, i))->name);
  g_ptr_array_add (names, NULL);
  nearest = kontor_cli_find_nearest (name, (const char *const *) names->pdata);
  if (nearest != NULL)
    kontor_set_error (error,
                      KONTOR_CLI_ERROR,
                      KONTOR_ERROR_NOT_FOUND,
                      _("Records of type “%s” have no field “%s”. Did you mean “%s”?"),
                      type->name,
                      name,
                      nearest);
  else
    kontor_set_error (error,
                      KONTOR_CLI_ERROR,
                      KONTOR_ERROR_NOT_FOUND,
                      _("Records of type “%s” have no field “%s”."),
                      type->name,
                      name);
  return NULL;
}

/**
 * kontor_cli_parse_columns:
 * @cli: a run with a schema
 * @type: a record type
 * @text: names of fields between commas; "id" is the record's id
 * @error: (nullable): place for an error that names the field
 *
 * Returns: (transfer full) (element-type KontorFieldDef) (nullable): the fields; %NULL among them
 *   stands for the id
 */
GPtrArray *
kontor_cli_parse_columns (KontorCli *cli,
                          const KontorRecordType *type,
                          const char *text,
                          GError **error)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_auto(GStrv) names = g_strsplit (text, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      const KontorFieldDef *field = NULL;

      if (name[0] == '\0')
        continue;
      if (!g_str_equal (name, "id"))
        {
          field = find_field (cli, type, name, error);
          if (field == NULL)
            return NULL;
        }
      g_ptr_array_add (columns, (gpointer) field);
    }
  if (columns->len == 0)
    {
      kontor_set_error (error,
                        KONTOR_CLI_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("No columns are named: write fields with commas between them."));
      return NULL;
    }
  return g_steal_pointer (&columns);
}

/**
 * kontor_cli_parse_sort:
 * @cli: a run with a schema
 * @query: where the sort is added
 * @text: "name, created_at desc"
 * @error: (nullable): place for an error that names the field
 *
 * Returns: whether @text was understood
 */
gboolean
kontor_cli_parse_sort (KontorCli *cli, KontorQuery *query, const char *text, GError **error)
{
  const KontorRecordType *type = kontor_query_get_record_type (query);
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);
      char *space = strchr (part, ' ');
      const char *direction = "asc";
      const KontorFieldDef *field;

      if (space != NULL)
        {
          *space = '\0';
          direction = g_strstrip (space + 1);
        }
      if (!g_str_equal (direction, "asc") && !g_str_equal (direction, "desc"))
        {
          kontor_set_error (error,
                            KONTOR_CLI_ERROR,
                            KONTOR_ERROR_INVALID,
                            _("“%s” is no direction: write asc or desc behind the field."),
                            direction);
          return FALSE;
        }
      field = find_field (cli, type, part, error);
      if (field == NULL)
        return FALSE;
      kontor_query_add_sort (query, field, g_str_equal (direction, "desc"));
    }
  return TRUE;
}

/**
 * kontor_cli_build_query:
 * @cli: a run with a schema
 * @type: a record type
 * @where: (nullable): a filter in its text form
 * @search: (nullable): words to find
 * @error: (nullable): place for an error that names the place
 *
 * Returns: (transfer full) (nullable): the query, without sort and columns
 */
KontorQuery *
kontor_cli_build_query (KontorCli *cli,
                        const KontorRecordType *type,
                        const char *where,
                        const char *search,
                        GError **error)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  g_autoptr(KontorFilter) filter = NULL;

  if (where != NULL)
    {
      filter = kontor_filter_parse (cli->schema, type, where, error);
      if (filter == NULL)
        return NULL;
    }
  if (search != NULL && filter != NULL)
    {
      KontorFilter *both = kontor_filter_new_group (KONTOR_FILTER_AND);

      kontor_filter_add (both, g_steal_pointer (&filter));
      kontor_filter_add (both, kontor_filter_new_search (search));
      filter = both;
    }
  else if (search != NULL)
    {
      filter = kontor_filter_new_search (search);
    }
  if (filter != NULL)
    kontor_query_take_filter (query, g_steal_pointer (&filter));
  return g_steal_pointer (&query);
}

/**
 * kontor_cli_get_default_columns:
 * @cli: a run with a schema
 * @type: a record type
 *
 * Returns: (transfer full) (element-type KontorFieldDef): columns of a table
 */
GPtrArray *
kontor_cli_get_default_columns (KontorCli *cli, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (cli->schema, type);
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  guint pass;

  for (guint i = 0; i < G_N_ELEMENTS (default_columns); i++)
    if (g_str_equal (default_columns[i].type, type->name))
      {
        GPtrArray *known = kontor_cli_parse_columns (cli, type, default_columns[i].columns, NULL);

        if (known != NULL)
          return known;
      }
  for (pass = 0; pass < 2 && columns->len == 0; pass++)
    for (guint i = 0; i < fields->len && columns->len < DEFAULT_COLUMNS; i++)
      {
        const KontorFieldDef *field = g_ptr_array_index (fields, i);

        if ((field->flags & KONTOR_FIELD_HIDDEN) == 0 &&
            (pass == 1 || (field->flags & (KONTOR_FIELD_IN_LIST | KONTOR_FIELD_TITLE)) != 0))
          g_ptr_array_add (columns, (gpointer) field);
      }
  return g_steal_pointer (&columns);
}

static const char *
get_companion_text (KontorCli *cli, KontorRecord *record, const KontorFieldDef *field)
{
  const KontorFieldDef *companion =
    field->companion != NULL
      ? kontor_record_type_find_field (kontor_record_get_record_type (record), field->companion)
      : NULL;

  return companion != NULL ? kontor_record_value_text (record, companion) : NULL;
}

/**
 * kontor_cli_dup_tags:
 * @cli: a run with an open workspace
 * @record: a record
 * @json: as a JSON array, else with semicolons between them
 *
 * Returns: (transfer full) (nullable): the names of its tags; %NULL where it has none
 */
char *
kontor_cli_dup_tags (KontorCli *cli, KontorRecord *record, gboolean json)
{
  g_autoptr(GPtrArray) links = kontor_workspace_find (cli->workspace,
                                                       &kontor_tag_link_type,
                                                       kontor_field_by_id (KONTOR_TAG_LINK_TARGET),
                                                       kontor_record_get_id (record),
                                                       KONTOR_READ_LINK_TITLES,
                                                       NULL);
  const KontorFieldDef *tag = kontor_field_by_id (KONTOR_TAG_LINK_TAG);
  g_autoptr(GString) out = g_string_new (NULL);

  if (links == NULL || links->len == 0)
    return NULL;
  for (guint i = 0; i < links->len; i++)
    {
      const char *title = kontor_record_get_link_title (g_ptr_array_index (links, i), tag);

      if (title == NULL)
        continue;
      if (out->len > 0)
        g_string_append (out, json ? "," : "; ");
      if (json)
        kontor_wire_append_string (out, title);
      else
        g_string_append (out, title);
    }
  if (json)
    {
      g_string_prepend_c (out, '[');
      g_string_append_c (out, ']');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * kontor_cli_dup_value:
 * @cli: a run with an open workspace
 * @record: a record with link titles
 * @field: a field of it
 *
 * Returns: (transfer full) (nullable): the value as people read it, in CSV as programs do; %NULL
 *   where there is none
 */
char *
kontor_cli_dup_value (KontorCli *cli, KontorRecord *record, const KontorFieldDef *field)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  const char *title;

  if (field->kind == KONTOR_FIELD_TAGS)
    return kontor_cli_dup_tags (cli, record, FALSE);
  if (kontor_record_value_is_null (record, field))
    return NULL;
  kontor_record_get_value (record, field, &value);
  title = value.type == KONTOR_VALUE_ID ? kontor_record_get_link_title (record, field) : NULL;
  if (cli->format != KONTOR_CLI_CSV)
    return kontor_value_display (cli->schema,
                                 field,
                                 &value,
                                 get_companion_text (cli, record, field),
                                 title);
  if (title != NULL)
    return g_strdup (title);
  if (field->kind == KONTOR_FIELD_MONEY)
    {
      const char *currency = get_companion_text (cli, record, field);

      return kontor_decimal_to_text (value.integer,
                                     currency != NULL ? kontor_currency_digits (currency) : 2);
    }
  return kontor_value_to_text (field, &value);
}

/**
 * kontor_cli_append_json_link:
 * @out: where it is appended
 * @id: a record
 * @title: (nullable): its title
 *
 * Appends {"id":…,"title":…}.
 */
void
kontor_cli_append_json_link (GString *out, const KontorId *id, const char *title)
{
  char text[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (id, text);
  g_string_append_printf (out, "{\"id\":\"%s\"", text);
  if (title != NULL)
    {
      g_string_append (out, ",\"title\":");
      kontor_wire_append_string (out, title);
    }
  g_string_append_c (out, '}');
}

/**
 * kontor_cli_append_json_value:
 * @cli: a run with an open workspace
 * @out: where it is appended
 * @record: a record with link titles
 * @field: a field of it that has a value
 */
void
kontor_cli_append_json_value (KontorCli *cli,
                              GString *out,
                              KontorRecord *record,
                              const KontorFieldDef *field)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (field->kind == KONTOR_FIELD_TAGS)
    {
      g_autofree char *tags = kontor_cli_dup_tags (cli, record, TRUE);

      g_string_append (out, tags != NULL ? tags : "[]");
      return;
    }
  kontor_record_get_value (record, field, &value);
  if (value.type == KONTOR_VALUE_ID)
    kontor_cli_append_json_link (out, &value.id, kontor_record_get_link_title (record, field));
  else
    kontor_wire_append_value (out, field, &value);
}

/**
 * kontor_cli_table_add_record:
 * @table: rows with a column for each of @columns
 * @cli: a run with an open workspace
 * @record: a record with link titles
 * @columns: (element-type KontorFieldDef): fields; %NULL among them is the id
 *
 * Adds the cells of one row.
 */
void
kontor_cli_table_add_record (KontorCliTable *table,
                             KontorCli *cli,
                             KontorRecord *record,
                             GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (columns, i);
      g_autofree char *text = NULL;
      g_autoptr(GString) json = NULL;

      if (field == NULL)
        {
          text = kontor_id_to_string (kontor_record_get_id (record));
          kontor_cli_table_add_text (table, text);
          continue;
        }
      text = kontor_cli_dup_value (cli, record, field);
      if (text != NULL && cli->format == KONTOR_CLI_JSON)
        {
          json = g_string_new (NULL);
          kontor_cli_append_json_value (cli, json, record, field);
        }
      kontor_cli_table_add_json (table, text, json != NULL ? json->str : NULL);
    }
}

/**
 * kontor_cli_report_rest:
 * @cli: a run
 * @commit: what an undo did
 *
 * Names what was left alone because somebody changed it since.
 *
 * Returns: the exit status: %KONTOR_CLI_NOT_ALL where something was left alone
 */
int
kontor_cli_report_rest (KontorCli *cli, const KontorCommit *commit)
{
  if (commit->rest == NULL || commit->rest->len == 0)
    return KONTOR_CLI_OK;
  for (guint i = 0; i < commit->rest->len; i++)
    {
      const KontorUndoRest *rest = g_ptr_array_index (commit->rest, i);
      const char *title = rest->title != NULL ? rest->title : rest->type->name;

      if (rest->field != NULL)
        /* Translators: the name of a record, the label of a field */
        kontor_cli_warn (cli,
                         _("“%s”, %s: was changed since and stays as it is."),
                         title,
                         kontor_field_get_label (rest->field));
      else
        kontor_cli_warn (cli, _("“%s”: was changed since and stays as it is."), title);
    }
  return KONTOR_CLI_NOT_ALL;
}
