/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row names by words: organisations, superiors, departments, tags. Found by id, number,
 * address or name, among those of the workspace and of the file; made by name where that is all
 * such a record needs. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-rows-private.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

/* --- Keys ----------------------------------------------------------------------------------- */

static const KontorFieldDef *
find_title (const KontorRecordType *type)
{
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & KONTOR_FIELD_TITLE) != 0 &&
        kontor_field_kind_storage (type->fields[i].kind) == KONTOR_STORAGE_TEXT)
      return &type->fields[i];
  return NULL;
}

/**
 * kontor_import_rows_list_link_keys:
 * @type: a record type
 * @keys: (element-type KontorMatchKey): by what a file may name its records; appended to it
 */
void
kontor_import_rows_list_link_keys (const KontorRecordType *type, GArray *keys)
{
  const KontorFieldDef *title = find_title (type);
  KontorMatchKey key = { KONTOR_MATCH_FIELD, type, title };

  if (title != NULL)
    g_array_append_val (keys, key);
  for (guint i = 0; i < type->n_fields; i++)
    {
      key.field = &type->fields[i];
      if ((key.field->flags & KONTOR_FIELD_UNIQUE_HINT) != 0 && key.field != title)
        g_array_append_val (keys, key);
    }
}

/* A new record of the type needs nothing but its name. */
static gboolean
can_create (const KontorRecordType *type)
{
  const KontorFieldDef *title = find_title (type);
  const KontorTypeFlags wrong =
    KONTOR_TYPE_CHILD | KONTOR_TYPE_SET | KONTOR_TYPE_SINGLE | KONTOR_TYPE_INTERNAL;

  if (title == NULL || title->kind != KONTOR_FIELD_NAME || (type->flags & wrong) != 0 ||
      type->access == KONTOR_ACCESS_ADMIN)
    return FALSE;
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & KONTOR_FIELD_REQUIRED) != 0 && &type->fields[i] != title)
      return FALSE;
  return TRUE;
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* --- Helpers -------------------------------------------------------------------------------- */

static void
add_helper (KontorImportRows *self, const KontorRecordType *type, const char *name, KontorId *id)
{
  KontorImportHelper helper = { .name = g_strdup (name) };

  *id = kontor_id_new (self->env);
  helper.key = (KontorMatchKey){ KONTOR_MATCH_FIELD, type, find_title (type) };
  helper.record = kontor_record_new (type, id);
  kontor_record_take_text (helper.record, helper.key.field, g_strdup (name));
  kontor_match_add (self->match, &helper.key, name, id);
  g_array_append_val (self->helpers, helper);
}

/**
 * kontor_import_rows_drop_helpers:
 * @self: rows
 * @undo: the row came to nothing: what it would have made is not there
 *
 * Forgets what the row made beside itself.
 */
void
kontor_import_rows_drop_helpers (KontorImportRows *self, gboolean undo)
{
  guint n = self->helpers->len;

  if (n == 0)
    return;
  if (!undo)
    kontor_import_report_edit_counts (self->report)->others += n;
  for (guint i = 0; i < n && undo; i++)
    {
      const KontorImportHelper *helper = &g_array_index (self->helpers, KontorImportHelper, i);

      kontor_match_remove (self->match, &helper->key, helper->name);
    }
  for (guint i = 0; i < self->plan->n_cells && undo; i++)
    g_clear_pointer (&self->plan->cells[i].last_text, g_free);
  g_array_set_size (self->helpers, 0);
}

/* --- Finding -------------------------------------------------------------------------------- */

static gboolean
find_by_keys (KontorImportRows *self,
              const KontorRecordType *type,
              const char *text,
              KontorId *id,
              gboolean *found,
              GError **error)
{
  g_autoptr(GArray) keys = NULL;
  KontorMatchKey by_id = { KONTOR_MATCH_ID, type, NULL };
  g_autofree char *lower = NULL;

  *found = FALSE;
  if (strlen (text) == KONTOR_ID_TEXT_SIZE - 1)
    {
      lower = g_ascii_strdown (text, -1);
      if (kontor_id_parse (lower, id))
        return kontor_match_find (self->match, &by_id, lower, id, found, error);
    }
  keys = g_array_new (FALSE, FALSE, sizeof (KontorMatchKey));
  kontor_import_rows_list_link_keys (type, keys);
  for (guint i = 0; i < keys->len && !*found; i++)
    if (!kontor_match_find (self->match,
                            &g_array_index (keys, KontorMatchKey, i),
                            text,
                            id,
                            found,
                            error))
      return FALSE;
  return TRUE;
}

static const KontorRecordType *
get_target (const KontorImportPlan *plan, const KontorImportCell *cell)
{
  const char *name =
    cell->field->kind == KONTOR_FIELD_LINK ? cell->field->target : plan->slots[cell->slot].variant;

  return kontor_record_type_by_name (name);
}

static void
set_place (KontorImportRows *self, const KontorImportCell *cell, const char *text, GError *error)
{
  kontor_error_set_line (error, self->draft->line);
  kontor_error_set_column (error, kontor_import_map_get_column (self->plan->map, cell->column));
  kontor_error_set_field (error, cell->field->name);
  kontor_error_set_value (error, text);
}

static KontorRowStatus
fail_nothing (KontorImportRows *self,
              const KontorImportCell *cell,
              const char *text,
              GError **error)
{
  GError *local =
    kontor_error_new (KONTOR_EXCHANGE_ERROR,
                      KONTOR_ERROR_NOT_FOUND,
                      /* Translators: name of a field, a type of records, what the file says */
                      _("%s: there is no record “%s” of the type “%s”."),
                      kontor_field_get_label (cell->field),
                      text,
                      kontor_record_type_get_label (get_target (self->plan, cell)));

  set_place (self, cell, text, local);
  g_propagate_error (error, local);
  return KONTOR_ROW_FAULTY;
}

static KontorRecord *
get_record (KontorImportRows *self, const KontorDraftLink *link)
{
  return link->record != NULL ? link->record : self->draft->records[link->cell->slot];
}

static void
set_link (KontorImportRows *self, const KontorDraftLink *link, const KontorId *id)
{
  KontorValue value = { .type = KONTOR_VALUE_ID, .id = *id };

  kontor_record_set_value (get_record (self, link), link->cell->field, &value);
}

/* The name beside an id decides where the id is of another workspace. */
static gboolean
has_name_beside (KontorImportRows *self, const KontorImportCell *cell)
{
  for (guint i = 0; i < self->draft->links->len; i++)
    {
      const KontorImportCell *other = g_array_index (self->draft->links, KontorDraftLink, i).cell;

      if (other != cell && other->slot == cell->slot && other->field == cell->field &&
          other->what == KONTOR_TARGET_LINK)
        return TRUE;
    }
  return FALSE;
}

static KontorRowStatus
resolve_id (KontorImportRows *self, const KontorDraftLink *link, GError **error)
{
  KontorMatchKey key = { KONTOR_MATCH_ID, get_target (self->plan, link->cell), NULL };
  g_autofree char *lower = g_strstrip (g_ascii_strdown (link->text, -1));
  gboolean found;
  KontorId id;

  if (!kontor_match_find (self->match, &key, lower, &id, &found, error))
    return KONTOR_ROW_FATAL;
  if (found)
    set_link (self, link, &id);
  else if (!has_name_beside (self, link->cell))
    return fail_nothing (self, link->cell, link->text, error);
  return KONTOR_ROW_DONE;
}

static gboolean
is_linked (KontorImportRows *self, const KontorDraftLink *link)
{
  return !kontor_record_value_is_null (get_record (self, link), link->cell->field);
}

static void
keep_last (KontorImportCell *cell, const char *text, const KontorId *id)
{
  g_free (cell->last_text);
  cell->last_text = g_strdup (text);
  cell->last_id = *id;
}

static KontorRowStatus
create_target (KontorImportRows *self,
               const KontorDraftLink *link,
               const char *name,
               GError **error)
{
  const KontorRecordType *type = get_target (self->plan, link->cell);
  KontorId id;

  if (!can_create (type) || !has_letter (name))
    return fail_nothing (self, link->cell, name, error);
  add_helper (self, type, name, &id);
  set_link (self, link, &id);
  return KONTOR_ROW_DONE;
}

static KontorRowStatus
resolve_name (KontorImportRows *self,
              const KontorDraftLink *link,
              gboolean may_wait,
              GError **error)
{
  const KontorRecordType *type = get_target (self->plan, link->cell);
  g_autofree char *name = NULL;
  GError *local_error = NULL;
  gboolean found;
  KontorId id;

  if (g_strcmp0 (link->cell->last_text, link->text) == 0)
    {
      set_link (self, link, &link->cell->last_id);
      return KONTOR_ROW_DONE;
    }
  name = kontor_import_clean_text (find_title (type), link->text, &local_error);
  if (name == NULL)
    {
      if (local_error == NULL)
        return KONTOR_ROW_DONE;
      set_place (self, link->cell, link->text, local_error);
      g_propagate_error (error, local_error);
      return KONTOR_ROW_FAULTY;
    }
  if (!find_by_keys (self, type, name, &id, &found, error))
    return KONTOR_ROW_FATAL;
  if (!found && may_wait)
    return KONTOR_ROW_WAITS;
  if (!found)
    return create_target (self, link, name, error);
  set_link (self, link, &id);
  keep_last (link->cell, link->text, &id);
  return KONTOR_ROW_DONE;
}

static gboolean
is_self_link (KontorImportRows *self, const KontorDraftLink *link)
{
  return link->cell->slot == 0 && link->cell->what == KONTOR_TARGET_LINK &&
         get_target (self->plan, link->cell) == self->plan->type;
}

/**
 * kontor_import_rows_find_self_link:
 * @self: rows, with one read
 *
 * Returns: (transfer none) (nullable): the record of its own type that the row names, and that is
 *   not known
 */
const KontorDraftLink *
kontor_import_rows_find_self_link (KontorImportRows *self)
{
  for (guint i = 0; i < self->draft->links->len; i++)
    {
      const KontorDraftLink *link = &g_array_index (self->draft->links, KontorDraftLink, i);

      if (is_self_link (self, link) && !is_linked (self, link))
        return link;
    }
  return NULL;
}

/* Ids first; then what may have to wait, before anything is made; then the rest. */
static KontorRowStatus
resolve_pass (KontorImportRows *self, guint pass, gboolean may_wait, GError **error)
{
  for (guint i = 0; i < self->draft->links->len; i++)
    {
      const KontorDraftLink *link = &g_array_index (self->draft->links, KontorDraftLink, i);
      gboolean by_id = link->cell->what == KONTOR_TARGET_LINK_ID;
      guint own_pass = by_id ? 0 : is_self_link (self, link) ? 1 : 2;
      KontorRowStatus status;

      if (own_pass != pass || (!by_id && is_linked (self, link)))
        continue;
      status = by_id ? resolve_id (self, link, error)
                     : resolve_name (self, link, may_wait && own_pass == 1, error);
      if (status != KONTOR_ROW_DONE)
        return status;
    }
  return KONTOR_ROW_DONE;
}

/**
 * kontor_import_rows_resolve:
 * @self: rows, with one read
 * @may_wait: whether it may wait for rows further down
 * @error: (nullable): place for an error with column, field and value
 *
 * Finds or makes what the row names.
 *
 * Returns: what became of it
 */
KontorRowStatus
kontor_import_rows_resolve (KontorImportRows *self, gboolean may_wait, GError **error)
{
  for (guint pass = 0; pass < 3; pass++)
    {
      KontorRowStatus status = resolve_pass (self, pass, may_wait, error);

      if (status != KONTOR_ROW_DONE)
        return status;
    }
  return KONTOR_ROW_DONE;
}

/**
 * kontor_import_rows_find_tag:
 * @self: rows
 * @name: name of a tag
 * @id: (out): the tag, found or made
 * @error: (nullable): place for an error
 *
 * Returns: %KONTOR_ROW_FATAL with @error set
 */
KontorRowStatus
kontor_import_rows_find_tag (KontorImportRows *self, const char *name, KontorId *id, GError **error)
{
  KontorMatchKey key = { KONTOR_MATCH_FIELD,
                         &kontor_tag_type,
                         kontor_field_by_id (KONTOR_TAG_NAME) };
  gboolean found;

  if (!kontor_match_find (self->match, &key, name, id, &found, error))
    return KONTOR_ROW_FATAL;
  if (!found)
    add_helper (self, &kontor_tag_type, name, id);
  return KONTOR_ROW_DONE;
}
