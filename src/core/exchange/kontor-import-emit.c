/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a row get to know each other and become operations. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-rows-private.h"
#include "kontor-model.h"
#include <string.h>

static void
set_text (KontorRecord *record, KontorFieldId field, const char *text)
{
  if (text != NULL)
    kontor_record_set_text (record, field, text);
}

/* A child is bound to its owner by the link that its type says. */
static void
bind_child (KontorRecord *child, KontorRecord *owner)
{
  const KontorRecordType *type = kontor_record_get_record_type (child);
  const KontorFieldDef *parent = kontor_record_type_find_field (type, type->parent_field);

  kontor_record_set_link (child, parent->id, kontor_record_get_id (owner));
  if (parent->kind == KONTOR_FIELD_LINK_ANY)
    kontor_record_set_text (child,
                            kontor_record_type_find_field (type, parent->companion)->id,
                            kontor_record_get_record_type (owner)->name);
}

static void
bind_point (const KontorImportSlot *slot, KontorRecord *point, KontorRecord *owner)
{
  bind_child (point, owner);
  if (kontor_record_is_null (point, KONTOR_CONTACT_POINT_KIND))
    set_text (point, KONTOR_CONTACT_POINT_KIND, slot->point);
  if (kontor_record_is_null (point, KONTOR_CONTACT_POINT_LABEL))
    set_text (point, KONTOR_CONTACT_POINT_LABEL, slot->label);
}

/* The person an organisation's row names works there. */
static void
bind_job (KontorImportRows *self, guint slot, KontorRecord *owner)
{
  KontorImportDraft *draft = self->draft;

  if (self->plan->slots[slot].of_person && draft->records[slot] == NULL)
    draft->records[slot] = kontor_record_new (&kontor_account_contact_type, NULL);
  if (draft->records[slot] == NULL)
    return;
  bind_child (draft->records[slot], owner);
  if (self->plan->slots[slot].of_person)
    kontor_record_set_link (draft->records[slot],
                            KONTOR_ACCOUNT_CONTACT_ACCOUNT,
                            kontor_record_get_id (draft->records[0]));
}

static void
bind_about (const KontorImportSlot *slot, KontorRecord *link, KontorRecord *activity)
{
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_ACTIVITY, kontor_record_get_id (activity));
  kontor_record_set_text (link, KONTOR_ACTIVITY_LINK_TARGET_TYPE, slot->variant);
}

static void
bind_slot (KontorImportRows *self, guint i)
{
  KontorImportDraft *draft = self->draft;
  const KontorImportSlot *slot = &self->plan->slots[i];
  KontorRecord *owner = draft->records[slot->of_person ? self->plan->person : 0];
  KontorRecord *record = draft->records[i];

  if (owner == NULL || (record == NULL && slot->kind != KONTOR_SLOT_JOB))
    return;
  switch (slot->kind)
    {
    case KONTOR_SLOT_RECORD:
      break;
    case KONTOR_SLOT_JOB:
      bind_job (self, i, owner);
      break;
    case KONTOR_SLOT_POINT:
      bind_point (slot, record, owner);
      break;
    case KONTOR_SLOT_ABOUT:
      bind_about (slot, record, owner);
      break;
    case KONTOR_SLOT_ADDRESS:
      bind_child (record, owner);
      set_text (record, KONTOR_ADDRESS_KIND, slot->address_kind);
      break;
    case KONTOR_SLOT_ROLE:
    case KONTOR_SLOT_CHILD:
    default:
      bind_child (record, owner);
      break;
    }
}

/* A record that brings along when it was made keeps that, and somebody must have made it. */
static void
stamp_author (KontorImportRows *self, KontorRecord *record)
{
  guint number = kontor_record_get_record_type (record)->number;
  KontorFieldId at = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_CREATED_AT);

  if (!kontor_record_is_null (record, at))
    kontor_record_set_link (record,
                            KONTOR_COMMON_FIELD (number, KONTOR_COMMON_CREATED_BY),
                            kontor_workspace_get_user (self->workspace));
}

static void
set_owner (KontorImportRows *self, KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  KontorFieldId owner = KONTOR_COMMON_FIELD (type->number, KONTOR_COMMON_OWNER);

  if ((type->flags & KONTOR_TYPE_OWNED) != 0 && !kontor_id_is_null (&self->options->owner) &&
      kontor_record_is_null (record, owner))
    kontor_record_set_link (record, owner, &self->options->owner);
}

/**
 * kontor_import_rows_bind:
 * @self: rows, with one read and resolved
 * @id: the id its record gets
 *
 * Ties the records of the row together.
 */
void
kontor_import_rows_bind (KontorImportRows *self, const KontorId *id)
{
  KontorImportDraft *draft = self->draft;
  int person = self->plan->person;

  kontor_record_set_id (draft->records[0], id);
  stamp_author (self, draft->records[0]);
  set_owner (self, draft->records[0]);
  if (person >= 0 && draft->records[person] != NULL)
    {
      KontorId person_id = kontor_id_new (self->env);

      kontor_record_set_id (draft->records[person], &person_id);
      set_owner (self, draft->records[person]);
    }
  for (guint i = 1; i < self->plan->n_slots; i++)
    bind_slot (self, i);
  for (guint i = 0; i < draft->points->len; i++)
    {
      const KontorImportSlot *slot =
        &self->plan->slots[g_array_index (draft->points_slots, guint, i)];
      KontorRecord *owner = draft->records[slot->of_person ? self->plan->person : 0];

      if (slot->kind == KONTOR_SLOT_POINT)
        bind_point (slot, g_ptr_array_index (draft->points, i), owner);
      else
        bind_child (g_ptr_array_index (draft->points, i), owner);
    }
}

/**
 * kontor_import_rows_count_ops:
 * @self: rows, with one read
 *
 * Returns: more operations than the row makes
 */
guint
kontor_import_rows_count_ops (KontorImportRows *self)
{
  KontorImportDraft *draft = self->draft;
  guint n_tags = self->options->tags != NULL ? g_strv_length (self->options->tags) : 0;
  guint n = 4 + draft->points->len + draft->links->len + 2 * draft->tags->len + 2 * n_tags;

  for (guint i = 0; i < self->plan->n_slots; i++)
    n += draft->records[i] != NULL;
  return n;
}

/* --- Operations ------------------------------------------------------------------------------- */

static void
create (KontorStep *step, KontorRecord **record)
{
  if (*record == NULL)
    return;
  kontor_step_create (step, *record);
  /* the step has it alone now, so that the workspace need not copy it */
  g_clear_object (record);
}

static KontorRowStatus
find_tags (KontorImportRows *self, char **names, guint n, GArray *tags, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      KontorRowStatus status;
      KontorId id;

      status = kontor_import_rows_find_tag (self, names[i], &id, error);
      if (status != KONTOR_ROW_DONE)
        return status;
      g_array_append_val (tags, id);
    }
  return KONTOR_ROW_DONE;
}

/**
 * kontor_import_rows_collect_tags:
 * @self: rows, with one read
 * @tags: (element-type KontorId): the tags its record gets are appended to it: those of the row and
 *   those that every row gets
 * @error: (nullable): place for an error
 *
 * Returns: %KONTOR_ROW_FATAL with @error set: nothing more can be done
 */
KontorRowStatus
kontor_import_rows_collect_tags (KontorImportRows *self, GArray *tags, GError **error)
{
  GPtrArray *own = self->draft->tags;
  char **all = self->options->tags;
  KontorRowStatus status = find_tags (self, (char **) own->pdata, own->len, tags, error);

  if (status == KONTOR_ROW_DONE && all != NULL &&
      kontor_record_type_find_field (self->plan->type, "tags") != NULL)
    status = find_tags (self, all, g_strv_length (all), tags, error);
  return status;
}

static void
emit_helpers (KontorImportRows *self, KontorStep *step)
{
  for (guint i = 0; i < self->helpers->len; i++)
    {
      KontorImportHelper *helper = &g_array_index (self->helpers, KontorImportHelper, i);

      set_owner (self, helper->record);
      create (step, &helper->record);
    }
  kontor_import_writer_end_helpers (self->writer);
}

/* Contents go in before the records that name them. */
static gboolean
put_blobs (KontorImportRows *self, GError **error)
{
  for (guint i = 0; i < self->draft->blobs->len; i++)
    {
      GBytes *blob = g_ptr_array_index (self->draft->blobs, i);
      g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (blob);
      g_autofree char *hash = kontor_workspace_put_blob (self->workspace,
                                                         stream,
                                                         (gint64) g_bytes_get_size (blob),
                                                         NULL,
                                                         NULL,
                                                         NULL,
                                                         NULL,
                                                         error);

      if (hash == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_import_rows_begin_unit:
 * @self: rows, with one read and resolved
 * @verdict: what the row becomes
 * @n_ops: more operations than it makes, with what it names
 * @error: (nullable): place for an error
 *
 * Begins the operations of the row: new values of lists are written, and what it names is made
 * first.
 *
 * Returns: (transfer none) (nullable): the step; %NULL with @error set: nothing more can be done
 */
KontorStep *
kontor_import_rows_begin_unit (KontorImportRows *self,
                               KontorImportVerdict verdict,
                               guint n_ops,
                               GError **error)
{
  g_autoptr(KontorStep) lists = kontor_step_new (NULL);
  KontorStep *step;

  if (self->writer == NULL)
    self->writer = self->begin (self->begin_data, error);
  if (self->writer == NULL)
    return NULL;
  kontor_import_picks_settle (self->plan->picks, TRUE);
  if (kontor_import_picks_take_new (self->plan->picks, lists) &&
      !kontor_import_writer_append_now (self->writer, lists, error))
    return NULL;
  if (!put_blobs (self, error))
    return NULL;
  step = kontor_import_writer_begin (self->writer,
                                     verdict,
                                     self->draft->line,
                                     self->draft->cells,
                                     self->draft->n_cells,
                                     MIN (n_ops, KONTOR_IMPORT_MAX_ROW_OPS),
                                     error);
  if (step != NULL)
    emit_helpers (self, step);
  return step;
}

/**
 * kontor_import_rows_make_role:
 * @self: rows
 * @owner: a person or organisation with an id
 *
 * Returns: (transfer full) (nullable): the business role that all records of the import get
 */
KontorRecord *
kontor_import_rows_make_role (KontorImportRows *self, KontorRecord *owner)
{
  KontorRecord *role;

  if (self->options->role == NULL || (self->plan->type->flags & KONTOR_TYPE_PARTY) == 0)
    return NULL;
  role = kontor_record_new (&kontor_party_role_type, NULL);
  bind_child (role, owner);
  kontor_record_set_text (role, KONTOR_PARTY_ROLE_ROLE, self->options->role);
  return role;
}

static void
emit_records (KontorImportRows *self, KontorStep *step)
{
  KontorImportDraft *draft = self->draft;
  KontorRecord *role = kontor_import_rows_make_role (self, draft->records[0]);
  int person = self->plan->person;

  create (step, &draft->records[0]);
  if (person >= 0)
    create (step, &draft->records[person]);
  for (guint i = 1; i < self->plan->n_slots; i++)
    create (step, &draft->records[i]);
  for (guint i = 0; i < draft->points->len; i++)
    kontor_step_create (step, g_ptr_array_index (draft->points, i));
  create (step, &role);
}

/**
 * kontor_import_rows_emit:
 * @self: rows, with one read, resolved and bound
 * @error: (nullable): place for an error
 *
 * Hands the row over to the writer, if there is one. The records of the draft are gone afterwards.
 *
 * Returns: %KONTOR_ROW_FATAL with @error set: nothing more can be done
 */
KontorRowStatus
kontor_import_rows_emit (KontorImportRows *self, GError **error)
{
  KontorId id = *kontor_record_get_id (self->draft->records[0]);
  guint n_ops = kontor_import_rows_count_ops (self);
  g_autoptr(GArray) tags = g_array_new (FALSE, FALSE, sizeof (KontorId));
  KontorRowStatus status = kontor_import_rows_collect_tags (self, tags, error);
  KontorStep *step;

  if (status != KONTOR_ROW_DONE || !self->write)
    return status;
  step = kontor_import_rows_begin_unit (self, KONTOR_VERDICT_NEW, n_ops, error);
  if (step == NULL)
    return KONTOR_ROW_FATAL;
  emit_records (self, step);
  for (guint i = 0; i < tags->len; i++)
    kontor_step_tag (step, &g_array_index (tags, KontorId, i), self->plan->type, &id, TRUE);
  kontor_import_writer_end (self->writer);
  return KONTOR_ROW_DONE;
}
