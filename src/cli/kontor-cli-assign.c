/* SPDX-License-Identifier: GPL-3.0-or-later */
/* field=value on the command line becomes a step. What hangs on a person or an organisation
 * (phone, city, organisation, tags, …) is named like a field, as in imports. */
#include "config.h"

#include "kontor-cli-assign-private.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

/* --- Values ----------------------------------------------------------------------------------- */

static gboolean
resolve_link (KontorCliAssign *self,
              const KontorRecordType *target,
              const char *text,
              KontorValue *value,
              GError **error)
{
  KontorId id;

  if (!kontor_cli_resolve (self->cli, target, text, KONTOR_QUERY_LIVE, &id, error))
    return FALSE;
  kontor_value_set_id (value, &id);
  return TRUE;
}

/* A link to any type is written TYPE:NAME; the companion field gets the type. */
static gboolean
parse_link_any (KontorCliAssign *self,
                const KontorFieldDef *field,
                const char *text,
                const KontorRecordType **target,
                KontorValue *value,
                GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, colon - text) : NULL;

  *target = name != NULL ? kontor_record_type_by_name (name) : NULL;
  if (*target == NULL)
    {
      kontor_set_error (error,
                        KONTOR_CLI_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("Write a type before the record, such as contact:NAME."));
      return FALSE;
    }
  return resolve_link (self, *target, colon + 1, value, error);
}

static gboolean
parse_pick (KontorCliAssign *self,
            const KontorFieldDef *field,
            const char *text,
            KontorValue *value,
            GError **error)
{
  const KontorPickValue *pick = kontor_schema_find_pick (self->cli->schema, field->pick, text);
  g_autoptr(GPtrArray) values = NULL;
  g_autoptr(GString) known = NULL;

  if (pick != NULL)
    {
      kontor_value_set_text (value, pick->code);
      return TRUE;
    }
  values = kontor_schema_get_pick_values (self->cli->schema, field->pick);
  known = g_string_new (NULL);
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_string_append_printf (known,
                            "%s%s",
                            i > 0 ? ", " : "",
                            ((KontorPickValue *) g_ptr_array_index (values, i))->code);
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: a value and a list of values */
                    _("“%s” is not in the pick list: %s."),
                    text,
                    known->str);
  return FALSE;
}

gboolean
kontor_cli_assign_parse (KontorCliAssign *self,
                         const KontorFieldDef *field,
                         const char *text,
                         KontorValue *value,
                         GError **error)
{
  const KontorRecordType *target;

  if (text[0] == '\0')
    {
      kontor_value_clear (value);
      return TRUE;
    }
  if (field->kind == KONTOR_FIELD_PICK)
    return parse_pick (self, field, text, value, error);
  if (field->kind != KONTOR_FIELD_LINK)
    return kontor_value_parse (field, text, value, error);
  target = kontor_record_type_by_name (field->target);
  return resolve_link (self, target, text, value, error);
}

/* A value of a record that may be a draft of this step. */
static void
put_value (KontorCliAssign *self,
           KontorRecord *draft,
           const KontorRecordType *type,
           const KontorId *id,
           const KontorFieldDef *field,
           const KontorValue *value)
{
  if (draft != NULL)
    kontor_record_set_value (draft, field, value);
  else
    kontor_step_set (self->step, type, id, field, value);
}

static void
put_text (KontorCliAssign *self,
          KontorRecord *draft,
          const KontorRecordType *type,
          const KontorId *id,
          const char *name,
          const char *text)
{
  const KontorFieldDef *field = kontor_record_type_find_field (type, name);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_value_set_text (&value, text);
  put_value (self, draft, type, id, field, &value);
}

/* Money typed with its currency fills in the currency beside it. */
static gboolean
assign_money (KontorCliAssign *self, const KontorFieldDef *field, const char *text, GError **error)
{
  g_autofree char *default_currency = kontor_workspace_dup_currency (self->cli->workspace);
  g_autofree char *currency = NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  gint64 minor = 0;

  if (text[0] != '\0')
    {
      if (!kontor_money_parse (text, default_currency, &minor, &currency, error))
        return FALSE;
      kontor_value_set_integer (&value, minor);
    }
  put_value (self, self->draft, self->type, &self->id, field, &value);
  if (field->companion != NULL && currency != NULL)
    put_text (self, self->draft, self->type, &self->id, field->companion, currency);
  return TRUE;
}

static gboolean
assign_link_any (KontorCliAssign *self,
                 const KontorFieldDef *field,
                 const char *text,
                 GError **error)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  const KontorRecordType *target = NULL;

  if (text[0] != '\0' && !parse_link_any (self, field, text, &target, &value, error))
    return FALSE;
  put_value (self, self->draft, self->type, &self->id, field, &value);
  if (field->companion != NULL)
    put_text (self,
              self->draft,
              self->type,
              &self->id,
              field->companion,
              target != NULL ? target->name : NULL);
  return TRUE;
}

static gboolean
check_editable (KontorCliAssign *self, const KontorFieldDef *field, GError **error)
{
  gboolean set_once = self->draft != NULL && (field->flags & KONTOR_FIELD_COMPUTED) == 0;

  if (kontor_field_is_editable (field) || set_once)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("The field “%s” can't be set: Kontor keeps it."),
                    field->name);
  return FALSE;
}

static gboolean
assign_field (KontorCliAssign *self, const char *name, const char *text, GError **error)
{
  const KontorFieldDef *field = kontor_schema_find_field (self->cli->schema, self->type, name);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (field == NULL)
    {
      g_autoptr(GPtrArray) none = kontor_cli_parse_columns (self->cli, self->type, name, error);

      if (none != NULL)
        kontor_set_error (error,
                          KONTOR_CLI_ERROR,
                          KONTOR_ERROR_INVALID,
                          _("The id can't be set."));
      return FALSE;
    }
  if (!check_editable (self, field, error))
    return FALSE;
  if (field->kind == KONTOR_FIELD_MONEY)
    return assign_money (self, field, text, error);
  if (field->kind == KONTOR_FIELD_LINK_ANY)
    return assign_link_any (self, field, text, error);
  if (!kontor_cli_assign_parse (self, field, text, &value, error) ||
      !kontor_validate_value (self->cli->schema, field, &value, error))
    return FALSE;
  put_value (self, self->draft, self->type, &self->id, field, &value);
  return TRUE;
}

/* --- Tags and organisations: found by name, or made ------------------------------------------- */

gboolean
kontor_cli_assign_find_or_create (KontorCliAssign *self,
                                  const KontorRecordType *type,
                                  KontorFieldId name_field,
                                  const char *name,
                                  KontorId *id,
                                  GError **error)
{
  g_autofree char *key = g_strconcat (type->name, "\n", name, NULL);
  const KontorId *made = g_hash_table_lookup (self->new_items, key);
  g_autoptr(KontorRecord) draft = NULL;
  g_autoptr(GError) local_error = NULL;

  if (made != NULL)
    {
      *id = *made;
      return TRUE;
    }
  if (kontor_cli_resolve (self->cli, type, name, KONTOR_QUERY_LIVE, id, &local_error))
    return TRUE;
  if (!kontor_error_is (local_error, KONTOR_ERROR_NOT_FOUND) || kontor_id_parse (name, id))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *id = kontor_id_new (kontor_workspace_get_env (self->cli->workspace));
  draft = kontor_record_new (type, id);
  kontor_record_set_text (draft, name_field, name);
  kontor_step_create (self->step, draft);
  g_hash_table_insert (self->new_items, g_steal_pointer (&key), kontor_id_copy (id));
  return TRUE;
}

static gboolean
remove_other_tags (KontorCliAssign *self, GHashTable *kept, GError **error)
{
  g_autoptr(GPtrArray) links = NULL;

  if (self->draft != NULL)
    return TRUE;
  links = kontor_workspace_find (self->cli->workspace,
                                 &kontor_tag_link_type,
                                 kontor_field_by_id (KONTOR_TAG_LINK_TARGET),
                                 &self->id,
                                 KONTOR_READ_DEFAULT,
                                 error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      const KontorId *tag =
        kontor_record_get_link (g_ptr_array_index (links, i), KONTOR_TAG_LINK_TAG);

      if (tag != NULL && !g_hash_table_contains (kept, tag))
        kontor_step_tag (self->step, tag, self->type, &self->id, FALSE);
    }
  return TRUE;
}

/* "tags=" sets exactly these, "tags+=" adds, "tags-=" takes away. */
static gboolean
assign_tags (KontorCliAssign *self, const char *text, char mode, GError **error)
{
  g_auto(GStrv) names = g_strsplit_set (text, ";,", -1);
  g_autoptr(GHashTable) kept =
    g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      KontorId tag;

      if (name[0] == '\0')
        continue;
      if (mode == '-')
        {
          if (!kontor_cli_resolve (self->cli,
                                   &kontor_tag_type,
                                   name,
                                   KONTOR_QUERY_LIVE,
                                   &tag,
                                   error))
            return FALSE;
        }
      else if (!kontor_cli_assign_find_or_create (self,
                                                  &kontor_tag_type,
                                                  KONTOR_TAG_NAME,
                                                  name,
                                                  &tag,
                                                  error))
        {
          return FALSE;
        }
      if (self->draft != NULL)
        g_array_append_val (self->new_tags, tag);
      else
        kontor_step_tag (self->step, &tag, self->type, &self->id, mode != '-');
      g_hash_table_add (kept, kontor_id_copy (&tag));
    }
  return mode != '=' || remove_other_tags (self, kept, error);
}

/* --- Assignments ------------------------------------------------------------------------------ */

static gboolean
assign_one (KontorCliAssign *self, const char *assignment, GError **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = NULL;
  const KontorCliChild *target;
  char mode = '=';

  if (equals == NULL || equals == assignment)
    {
      kontor_set_error (error,
                        KONTOR_CLI_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("“%s” is not of the form field=value."),
                        assignment);
      return FALSE;
    }
  name = g_strndup (assignment, equals - assignment);
  if (g_str_equal (name, "tags+") || g_str_equal (name, "tags-"))
    {
      mode = name[4];
      name[4] = '\0';
    }
  if (g_str_equal (name, "tags"))
    return assign_tags (self, equals + 1, mode, error);
  target = kontor_cli_assign_find_child (self, name);
  if (target != NULL)
    return kontor_cli_assign_child (self, target, equals + 1, error);
  return assign_field (self, name, equals + 1, error);
}

/* A position without an organisation, a phone of spaces: say it in words of the command line. */
static gboolean
check_drafts (KontorCliAssign *self, GError **error)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      KontorRecord *draft = g_ptr_array_index (self->drafts, i);

      if (kontor_record_get_record_type (draft) == &kontor_account_contact_type &&
          kontor_record_get_link (draft, KONTOR_ACCOUNT_CONTACT_ACCOUNT) == NULL)
        {
          kontor_set_error (error,
                            KONTOR_CLI_ERROR,
                            KONTOR_ERROR_INVALID,
                            _("A position and a department need an organisation: add "
                               "account=NAME."));
          return FALSE;
        }
    }
  return TRUE;
}

/* An error of a value says which field it was meant for. */
static void
name_field (GError **error, const char *assignment)
{
  KontorErrorDetail *detail = error != NULL ? kontor_error_get_detail (*error) : NULL;
  g_autofree char *name = g_strndup (assignment, strcspn (assignment, "+-="));

  if (detail != NULL && detail->field == NULL && strchr (assignment, '=') != NULL)
    kontor_error_set_field (*error, name);
}

static gboolean
assign_all (KontorCliAssign *self, char **assignments, GError **error)
{
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  self->new_items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->new_tags = g_array_new (FALSE, FALSE, sizeof (KontorId));
  for (guint i = 0; assignments[i] != NULL; i++)
    if (!assign_one (self, assignments[i], error))
      {
        name_field (error, assignments[i]);
        return FALSE;
      }
  return check_drafts (self, error);
}

static void
clear_assign (KontorCliAssign *self)
{
  g_clear_object (&self->draft);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->new_items, g_hash_table_unref);
  g_clear_pointer (&self->new_tags, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KontorCliAssign, clear_assign)

static void
create_children (KontorCliAssign *self)
{
  for (guint i = 0; i < self->drafts->len; i++)
    kontor_step_create (self->step, g_ptr_array_index (self->drafts, i));
  for (guint i = 0; i < self->new_tags->len; i++)
    kontor_step_tag (self->step,
                     &g_array_index (self->new_tags, KontorId, i),
                     self->type,
                     &self->id,
                     TRUE);
}

/**
 * kontor_cli_assign_new:
 * @cli: a run with an open workspace
 * @step: where the operations go
 * @type: type of the new record
 * @assignments: "field=value", ends with %NULL
 * @id: (out): the new record
 * @error: (nullable): place for an error that names the field
 *
 * Returns: whether @step makes the record
 */
gboolean
kontor_cli_assign_new (KontorCli *cli,
                       KontorStep *step,
                       const KontorRecordType *type,
                       char **assignments,
                       KontorId *id,
                       GError **error)
{
  g_auto(KontorCliAssign) self = { .cli = cli, .type = type };

  self.id = kontor_id_new (kontor_workspace_get_env (cli->workspace));
  self.draft = kontor_record_new (type, &self.id);
  self.step = step;
  if (!assign_all (&self, assignments, error))
    return FALSE;
  kontor_record_complete (self.draft);
  if (!kontor_validate_record (cli->schema, self.draft, error))
    return FALSE;
  *id = kontor_step_create (step, self.draft);
  create_children (&self);
  return TRUE;
}

/**
 * kontor_cli_assign_change:
 * @cli: a run with an open workspace
 * @step: where the operations go
 * @type: type of the record
 * @id: the record
 * @assignments: "field=value", ends with %NULL; "field=" empties it
 * @error: (nullable): place for an error that names the field
 *
 * Returns: whether @step makes the changes
 */
gboolean
kontor_cli_assign_change (KontorCli *cli,
                          KontorStep *step,
                          const KontorRecordType *type,
                          const KontorId *id,
                          char **assignments,
                          GError **error)
{
  g_auto(KontorCliAssign) self = { .cli = cli, .step = step, .type = type, .id = *id };

  if (!assign_all (&self, assignments, error))
    return FALSE;
  create_children (&self);
  return TRUE;
}
