/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hangs on a person or an organisation (phone, city, organisation, …), named like a field on
 * the command line. */
#include "config.h"

#include "kontor-cli-assign-private.h"

#include "kontor-country.h"
#include <string.h>

typedef enum
{
  CHILD_POINT,
  CHILD_ADDRESS,
  CHILD_MEMBERSHIP,
} ChildKind;

struct _KontorCliChild
{
  const char *name;
  ChildKind kind;
  gboolean contacts_only;
  const char *point; /* kind of a contact point */
  KontorFieldId field;
};

static const KontorCliChild child_targets[] = {
  { "phone", CHILD_POINT, FALSE, "phone", KONTOR_CONTACT_POINT_VALUE },
  { "mobile", CHILD_POINT, FALSE, "mobile", KONTOR_CONTACT_POINT_VALUE },
  { "fax", CHILD_POINT, FALSE, "fax", KONTOR_CONTACT_POINT_VALUE },
  { "mail", CHILD_POINT, FALSE, "mail", KONTOR_CONTACT_POINT_VALUE },
  { "email", CHILD_POINT, FALSE, "mail", KONTOR_CONTACT_POINT_VALUE },
  { "web", CHILD_POINT, FALSE, "web", KONTOR_CONTACT_POINT_VALUE },
  { "messenger", CHILD_POINT, FALSE, "messenger", KONTOR_CONTACT_POINT_VALUE },
  { "street", CHILD_ADDRESS, FALSE, NULL, KONTOR_ADDRESS_STREET },
  { "city", CHILD_ADDRESS, FALSE, NULL, KONTOR_ADDRESS_CITY },
  { "region", CHILD_ADDRESS, FALSE, NULL, KONTOR_ADDRESS_REGION },
  { "postcode", CHILD_ADDRESS, FALSE, NULL, KONTOR_ADDRESS_POSTCODE },
  { "country", CHILD_ADDRESS, FALSE, NULL, KONTOR_ADDRESS_COUNTRY },
  { "account", CHILD_MEMBERSHIP, TRUE, NULL, KONTOR_ACCOUNT_CONTACT_ACCOUNT },
  { "position", CHILD_MEMBERSHIP, TRUE, NULL, KONTOR_ACCOUNT_CONTACT_POSITION },
  { "department", CHILD_MEMBERSHIP, TRUE, NULL, KONTOR_ACCOUNT_CONTACT_DEPARTMENT },
};

const KontorCliChild *
kontor_cli_assign_find_child (KontorCliAssign *self, const char *name)
{
  if ((self->type->flags & KONTOR_TYPE_PARTY) == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (child_targets); i++)
    if (g_str_equal (child_targets[i].name, name) &&
        (!child_targets[i].contacts_only || self->type == &kontor_contact_type))
      return &child_targets[i];
  return NULL;
}

static const KontorRecordType *
get_child_type (const KontorCliChild *target)
{
  return kontor_record_type_by_number (target->field >> 8);
}

static gboolean
is_child_for (KontorRecord *record, const KontorCliChild *target)
{
  return kontor_record_get_record_type (record) == get_child_type (target) &&
         (target->kind != CHILD_POINT ||
          g_strcmp0 (kontor_record_get_text (record, KONTOR_CONTACT_POINT_KIND), target->point) ==
            0);
}

/* The main child of the kind, else the first one. */
static KontorRecord *
find_stored_child (KontorCliAssign *self, const KontorCliChild *target, GError **error)
{
  const KontorRecordType *type = get_child_type (target);
  const KontorFieldDef *main_field = kontor_record_type_find_field (type, "main");
  g_autoptr(GPtrArray) children =
    kontor_workspace_find (self->cli->workspace,
                           type,
                           kontor_record_type_find_field (type, type->parent_field),
                           &self->id,
                           KONTOR_READ_DEFAULT,
                           error);
  KontorRecord *found = NULL;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      KontorRecord *child = g_ptr_array_index (children, i);

      if (!is_child_for (child, target))
        continue;
      if (found == NULL || (kontor_record_value_integer (child, main_field) != 0 &&
                            kontor_record_value_integer (found, main_field) == 0))
        found = child;
    }
  return found != NULL ? g_object_ref (found) : NULL;
}

static KontorRecord *
find_draft_child (KontorCliAssign *self, const KontorCliChild *target)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      KontorRecord *draft = g_ptr_array_index (self->drafts, i);

      /* a second phone in one command is a second phone; a street and a city are one address */
      if (target->kind != CHILD_POINT && is_child_for (draft, target))
        return draft;
    }
  return NULL;
}

static KontorRecord *
add_draft_child (KontorCliAssign *self, const KontorCliChild *target)
{
  const KontorRecordType *type = get_child_type (target);
  KontorId id = kontor_id_new (kontor_workspace_get_env (self->cli->workspace));
  KontorRecord *draft = kontor_record_new (type, &id);
  g_auto(KontorValue) parent = KONTOR_VALUE_INIT;
  gboolean is_main = TRUE;

  kontor_value_set_id (&parent, &self->id);
  kontor_record_set_value (draft,
                           kontor_record_type_find_field (type, type->parent_field),
                           &parent);
  if (target->kind == CHILD_POINT)
    {
      kontor_record_set_text (draft, KONTOR_CONTACT_POINT_PARTY_TYPE, self->type->name);
      kontor_record_set_text (draft, KONTOR_CONTACT_POINT_KIND, target->point);
      for (guint i = 0; i < self->drafts->len; i++)
        is_main = is_main && !is_child_for (g_ptr_array_index (self->drafts, i), target);
      kontor_record_set_integer (draft, KONTOR_CONTACT_POINT_MAIN, is_main);
    }
  else if (target->kind == CHILD_ADDRESS)
    {
      kontor_record_set_text (draft, KONTOR_ADDRESS_PARTY_TYPE, self->type->name);
      kontor_record_set_text (draft, KONTOR_ADDRESS_KIND, "postal");
      kontor_record_set_integer (draft, KONTOR_ADDRESS_MAIN, TRUE);
    }
  else
    {
      kontor_record_set_integer (draft, KONTOR_ACCOUNT_CONTACT_MAIN, TRUE);
    }
  g_ptr_array_add (self->drafts, draft);
  return draft;
}

static gboolean
parse_child_value (KontorCliAssign *self,
                   const KontorCliChild *target,
                   const char *text,
                   KontorValue *value,
                   GError **error)
{
  const KontorFieldDef *field = kontor_field_by_id (target->field);
  KontorId id;

  if (target->field == KONTOR_ADDRESS_COUNTRY && text[0] != '\0')
    {
      kontor_value_take_text (value, kontor_country_code_from_text (text));
      if (value->type != KONTOR_VALUE_NULL)
        return TRUE;
      return kontor_value_parse (field, text, value, error);
    }
  if (target->field != KONTOR_ACCOUNT_CONTACT_ACCOUNT || text[0] == '\0')
    return kontor_cli_assign_parse (self, field, text, value, error) &&
           kontor_validate_value (self->cli->schema, field, value, error);
  if (!kontor_cli_assign_find_or_create (self,
                                         &kontor_account_type,
                                         KONTOR_ACCOUNT_NAME,
                                         text,
                                         &id,
                                         error))
    return FALSE;
  kontor_value_set_id (value, &id);
  return TRUE;
}

static gboolean
change_stored_child (KontorCliAssign *self,
                     const KontorCliChild *target,
                     KontorRecord *stored,
                     const KontorValue *value)
{
  const KontorFieldDef *field = kontor_field_by_id (target->field);
  const KontorRecordType *type = kontor_record_get_record_type (stored);

  /* without its value a phone or a membership is nothing */
  if (value->type == KONTOR_VALUE_NULL && (field->flags & KONTOR_FIELD_REQUIRED) != 0)
    kontor_step_trash (self->step, type, kontor_record_get_id (stored));
  else
    kontor_step_set (self->step, type, kontor_record_get_id (stored), field, value);
  return TRUE;
}

gboolean
kontor_cli_assign_child (KontorCliAssign *self,
                         const KontorCliChild *target,
                         const char *text,
                         GError **error)
{
  KontorRecord *draft = find_draft_child (self, target);
  g_autoptr(KontorRecord) stored = NULL;
  g_autoptr(GError) local_error = NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (!parse_child_value (self, target, text, &value, error))
    return FALSE;
  if (self->draft == NULL && draft == NULL)
    {
      stored = find_stored_child (self, target, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if (stored != NULL)
    return change_stored_child (self, target, stored, &value);
  if (value.type == KONTOR_VALUE_NULL)
    return TRUE;
  if (draft == NULL)
    draft = add_draft_child (self, target);
  kontor_record_set_value (draft, kontor_field_by_id (target->field), &value);
  return TRUE;
}
