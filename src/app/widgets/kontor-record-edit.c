/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers what is to be set and says it as one step. Commits nothing. */
#include "config.h"

#include "kontor-record-edit.h"

#include "kontor-error.h"
#include "kontor-field-text.h"
#include <glib/gi18n.h>

struct _KontorRecordEdit
{
  KontorSession *session; /* owned */
  KontorRecord *record;   /* owned */
  GHashTable *children;   /* owned: type name → (element-type KontorRecord) GPtrArray */
  char *today;
  GPtrArray *drafts; /* (element-type Draft) */
  GPtrArray *sets;   /* (element-type Set) */
};

/* A child that is not there yet. */
typedef struct
{
  const KontorFieldSource *source;
  KontorRecord *record; /* owned */
  gboolean filled;
} Draft;

typedef struct
{
  const KontorFieldDef *field; /* of the record, as it is shown */
  KontorValue value;
  char *currency;
} Set;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_object_unref (draft->record);
  g_free (draft);
}

static void
set_free (gpointer data)
{
  Set *set = data;

  kontor_value_clear (&set->value);
  g_free (set->currency);
  g_free (set);
}

/**
 * kontor_record_edit_get_editor_field:
 * @field: a field of a person or an organisation
 *
 * Returns: (transfer none): the field that is edited for it: its own, or the child's it shows
 */
const KontorFieldDef *
kontor_record_edit_get_editor_field (const KontorFieldDef *field)
{
  const KontorFieldSource *source = kontor_field_get_source (field);

  return source != NULL ? kontor_field_by_id (source->source) : field;
}

/**
 * kontor_record_edit_offers:
 * @session: a session
 * @field: a field of a person or an organisation
 *
 * Returns: whether the person may set it, by itself or in the child record it comes from
 */
gboolean
kontor_record_edit_offers (KontorSession *session, const KontorFieldDef *field)
{
  const KontorFieldDef *edited = kontor_record_edit_get_editor_field (field);

  return kontor_field_is_editable (edited) &&
         kontor_field_kind_storage (edited->kind) != KONTOR_STORAGE_NONE &&
         kontor_session_can (session,
                             kontor_field_get_type_of (edited),
                             edited,
                             KONTOR_RIGHT_WRITE);
}

/**
 * kontor_record_edit_new:
 * @session: a session
 * @data: the record and its children, as they were read
 *
 * Returns: (transfer full): nothing to be set yet
 */
KontorRecordEdit *
kontor_record_edit_new (KontorSession *session, KontorPageData *data)
{
  KontorRecordEdit *self = g_new0 (KontorRecordEdit, 1);

  self->session = g_object_ref (session);
  self->record = g_object_ref (data->record);
  self->children = g_hash_table_ref (data->children);
  self->today = kontor_session_today (session);
  self->drafts = g_ptr_array_new_with_free_func (draft_free);
  self->sets = g_ptr_array_new_with_free_func (set_free);
  return self;
}

/**
 * kontor_record_edit_free:
 * @self: (nullable) (transfer full): an edit
 */
void
kontor_record_edit_free (KontorRecordEdit *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->session);
  g_object_unref (self->record);
  g_hash_table_unref (self->children);
  g_free (self->today);
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->sets);
  g_free (self);
}

static Draft *
get_draft (KontorRecordEdit *self, const KontorFieldSource *source)
{
  Draft *draft;

  for (guint i = 0; i < self->drafts->len; i++)
    {
      draft = g_ptr_array_index (self->drafts, i);
      if (kontor_field_source_shares_child (draft->source, source))
        return draft;
    }
  draft = g_new0 (Draft, 1);
  draft->source = source;
  draft->record = kontor_field_source_begin (source, self->record);
  g_ptr_array_add (self->drafts, draft);
  return draft;
}

static KontorRecord *
choose_child (KontorRecordEdit *self, const KontorFieldSource *source)
{
  const KontorRecordType *type = kontor_field_source_get_child_type (source);

  return kontor_field_source_choose (source,
                                     g_hash_table_lookup (self->children, type->name),
                                     self->today);
}

/**
 * kontor_record_edit_get_holder:
 * @self: an edit
 * @field: a field that is offered
 *
 * Returns: (transfer none): the record whose kontor_record_edit_get_editor_field() an editor begins
 *   with: the record itself, a child, or the draft of one
 */
KontorRecord *
kontor_record_edit_get_holder (KontorRecordEdit *self, const KontorFieldDef *field)
{
  const KontorFieldSource *source = kontor_field_get_source (field);
  KontorRecord *child = source != NULL ? choose_child (self, source) : self->record;

  return child != NULL ? child : get_draft (self, source)->record;
}

/**
 * kontor_record_edit_set:
 * @self: an edit
 * @field: a field that is offered
 * @value: its new value, of the editor's field
 * @currency: (nullable): of money: the new currency
 */
void
kontor_record_edit_set (KontorRecordEdit *self,
                        const KontorFieldDef *field,
                        const KontorValue *value,
                        const char *currency)
{
  Set *set = g_new0 (Set, 1);

  set->field = field;
  kontor_value_copy (value, &set->value);
  set->currency = g_strdup (currency);
  g_ptr_array_add (self->sets, set);
}

/* A phone number that is emptied goes; an emptied city only leaves the address. */
static void
add_set (KontorRecordEdit *self, KontorStep *step, GHashTable *trashed, const Set *set)
{
  const KontorFieldDef *edited = kontor_record_edit_get_editor_field (set->field);
  const KontorFieldSource *source = kontor_field_get_source (set->field);
  KontorRecord *holder = source != NULL ? choose_child (self, source) : self->record;

  if (holder == NULL)
    {
      Draft *draft = get_draft (self, source);

      kontor_record_set_value (draft->record, edited, &set->value);
      draft->filled |= set->value.type != KONTOR_VALUE_NULL;
    }
  else if (source != NULL && set->value.type == KONTOR_VALUE_NULL &&
           (edited->flags & KONTOR_FIELD_REQUIRED) != 0)
    {
      if (g_hash_table_add (trashed, holder))
        kontor_step_trash (step,
                           kontor_record_get_record_type (holder),
                           kontor_record_get_id (holder));
    }
  else if (!g_hash_table_contains (trashed, holder))
    {
      kontor_session_add_field (kontor_session_get_schema (self->session),
                                step,
                                holder,
                                edited,
                                &set->value,
                                set->currency);
    }
}

static const KontorFieldDef *
find_set (KontorRecordEdit *self, const Draft *draft)
{
  for (guint i = 0; i < self->sets->len; i++)
    {
      const Set *set = g_ptr_array_index (self->sets, i);
      const KontorFieldSource *source = kontor_field_get_source (set->field);

      if (source != NULL && kontor_field_source_shares_child (source, draft->source))
        return set->field;
    }
  return NULL;
}

/* A position needs an organisation. */
static gboolean
create_draft (KontorRecordEdit *self,
              KontorStep *step,
              const Draft *draft,
              const KontorFieldDef **wrong,
              GError **error)
{
  guint n;
  const KontorFieldDef *const *fields =
    kontor_record_type_get_fields (kontor_record_get_record_type (draft->record), &n);

  for (guint i = 0; i < n; i++)
    if ((fields[i]->flags & KONTOR_FIELD_REQUIRED) != 0 &&
        kontor_record_value_is_null (draft->record, fields[i]))
      {
        *wrong = find_set (self, draft);
        kontor_set_error (error,
                          KONTOR_MODEL_ERROR,
                          KONTOR_ERROR_INVALID,
                          /* Translators: %s is the label of another field: a position can't be
                             stored without an organisation */
                          _("“%s” is missing for this. Fill it in first."),
                          kontor_field_get_label (fields[i]));
        return FALSE;
      }
  kontor_step_create (step, draft->record);
  return TRUE;
}

static char *
dup_label (KontorRecordEdit *self)
{
  g_autofree char *title = NULL;

  if (self->sets->len == 1)
    return kontor_field_text_changed (
      kontor_field_get_label (((Set *) g_ptr_array_index (self->sets, 0))->field));
  title = kontor_record_dup_title (self->record);
  return kontor_field_text_changed (title);
}

/**
 * kontor_record_edit_finish:
 * @self: an edit
 * @step: (out) (transfer full) (nullable): what sets everything; %NULL: all has its value already
 * @wrong: (out) (nullable): of an error: the field it is about
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: a child that would be made lacks something
 */
gboolean
kontor_record_edit_finish (KontorRecordEdit *self,
                           KontorStep **step,
                           const KontorFieldDef **wrong,
                           GError **error)
{
  g_autofree char *label = self->sets->len > 0 ? dup_label (self) : NULL;
  g_autoptr(KontorStep) made = kontor_step_new (label != NULL ? label : "");
  g_autoptr(GHashTable) trashed = g_hash_table_new (NULL, NULL);

  *step = NULL;
  *wrong = NULL;
  for (guint i = 0; i < self->sets->len; i++)
    add_set (self, made, trashed, g_ptr_array_index (self->sets, i));
  for (guint i = 0; i < self->drafts->len; i++)
    {
      const Draft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->filled && !create_draft (self, made, draft, wrong, error))
        return FALSE;
    }
  if (!kontor_step_is_empty (made))
    *step = g_steal_pointer (&made);
  return TRUE;
}
