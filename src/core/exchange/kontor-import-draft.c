/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row becomes the records it speaks of. Nothing here knows the workspace: links are texts, and
 * who belongs to whom is said when the row is good. */
#include "config.h"

#include "kontor-csv-writer.h"
#include "kontor-error.h"
#include "kontor-import-private.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_TAGS 100
#define MAX_POINTS 600

/**
 * kontor_import_draft_new:
 * @plan: a plan; outlives the draft
 *
 * Returns: (transfer full): a draft to be filled again and again
 */
KontorImportDraft *
kontor_import_draft_new (KontorImportPlan *plan)
{
  KontorImportDraft *draft = g_new0 (KontorImportDraft, 1);

  draft->plan = plan;
  draft->records = g_new0 (KontorRecord *, plan->n_slots);
  draft->points = g_ptr_array_new_with_free_func (g_object_unref);
  draft->points_slots = g_array_new (FALSE, FALSE, sizeof (guint));
  draft->blobs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  draft->links = g_array_new (FALSE, FALSE, sizeof (KontorDraftLink));
  draft->tags = g_ptr_array_new_with_free_func (g_free);
  return draft;
}

/**
 * kontor_import_draft_clear:
 * @draft: a draft
 *
 * Drops what the last row left.
 */
void
kontor_import_draft_clear (KontorImportDraft *draft)
{
  for (guint i = 0; i < draft->plan->n_slots; i++)
    g_clear_object (&draft->records[i]);
  if (draft->points->len > 0)
    g_ptr_array_set_size (draft->points, 0);
  if (draft->blobs->len > 0)
    g_ptr_array_set_size (draft->blobs, 0);
  g_array_set_size (draft->points_slots, 0);
  g_array_set_size (draft->links, 0);
  if (draft->tags->len > 0)
    g_ptr_array_set_size (draft->tags, 0);
  draft->id = KONTOR_ID_NULL;
}

/**
 * kontor_import_draft_free:
 * @draft: (transfer full) (nullable): a draft
 */
void
kontor_import_draft_free (KontorImportDraft *draft)
{
  if (draft == NULL)
    return;
  kontor_import_draft_clear (draft);
  g_free (draft->records);
  g_ptr_array_unref (draft->points);
  g_ptr_array_unref (draft->blobs);
  g_array_unref (draft->points_slots);
  g_array_unref (draft->links);
  g_ptr_array_unref (draft->tags);
  g_free (draft);
}

static KontorRecord *
ensure_record (KontorImportDraft *draft, guint slot)
{
  if (draft->records[slot] == NULL)
    draft->records[slot] = kontor_record_new (draft->plan->slots[slot].type, NULL);
  return draft->records[slot];
}

/* --- Contact points --------------------------------------------------------------------------- */

/* Google parts by " ::: ", people by semicolons and line breaks; addresses by commas too. */
static char **
split_points (const char *text, gboolean is_mail)
{
  if (strstr (text, " ::: ") != NULL)
    return g_strsplit (text, " ::: ", -1);
  return g_strsplit_set (text, is_mail ? ";\n," : ";\n", -1);
}

static gboolean
is_mail (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && at[1] != '\0' && strpbrk (text, " \t<>") == NULL;
}

static gboolean
fail_point (const KontorImportSlot *slot, const char *text, GError **error)
{
  const char *kind =
    kontor_field_choice_label (kontor_field_by_id (KONTOR_CONTACT_POINT_KIND), slot->point);

  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_INVALID,
                    /* Translators: "E-mail", then what stands there instead */
                    _("%s: “%s” is not an e-mail address."),
                    kind,
                    text);
  if (error != NULL)
    {
      kontor_error_set_field (*error, slot->point);
      kontor_error_set_value (*error, text);
    }
  return FALSE;
}

/* "Ana Trujillo <ana@example.com>", "mailto:ana@example.com" */
static char *
clean_mail (char *text)
{
  char *open = strchr (text, '<');
  char *close = open != NULL ? strchr (open, '>') : NULL;

  if (close != NULL)
    {
      char *inner = g_strndup (open + 1, close - open - 1);

      g_free (text);
      text = inner;
    }
  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    memmove (text, text + 7, strlen (text + 7) + 1);
  return g_strstrip (text);
}

static gboolean
add_point (KontorImportDraft *draft,
           KontorImportCell *cell,
           const char *text,
           gboolean first,
           GError **error)
{
  const KontorImportSlot *slot = &draft->plan->slots[cell->slot];
  GError *local_error = NULL;
  char *clean = kontor_import_clean_text (cell->field, text, &local_error);
  KontorRecord *record;

  if (clean == NULL && local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (clean == NULL)
    return TRUE;
  if (g_str_equal (slot->point, "mail"))
    {
      clean = clean_mail (clean);
      if (!is_mail (clean))
        {
          fail_point (slot, clean, error);
          g_free (clean);
          return FALSE;
        }
    }
  if (first)
    record = ensure_record (draft, cell->slot);
  else
    {
      record = kontor_record_new (slot->type, NULL);
      g_ptr_array_add (draft->points, record);
      g_array_append_val (draft->points_slots, cell->slot);
    }
  kontor_record_take_text (record, cell->field, clean);
  return TRUE;
}

static gboolean
read_points (KontorImportDraft *draft, KontorImportCell *cell, const char *text, GError **error)
{
  const char *point = draft->plan->slots[cell->slot].point;
  gboolean splits = g_str_equal (point, "mail") || g_str_equal (point, "phone") ||
                    g_str_equal (point, "mobile") || g_str_equal (point, "fax");
  g_auto(GStrv) parts = NULL;
  gboolean first = TRUE;

  if (!splits || strpbrk (text, ";,\n:") == NULL)
    return add_point (draft, cell, text, TRUE, error);
  parts = split_points (text, g_str_equal (point, "mail"));
  for (char **part = parts; *part != NULL; part++)
    {
      guint before = draft->points->len;

      if (before >= MAX_POINTS)
        break;
      if (!add_point (draft, cell, *part, first, error))
        return FALSE;
      first = first && draft->records[cell->slot] == NULL;
    }
  return TRUE;
}

/* --- Tags ----------------------------------------------------------------------------------- */

/* The next name of a list: quoted as exports of our own write it, or up to a separator. */
static char *
take_tag (const char **at, const char *separators)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gboolean quoted;

  *at += strspn (*at, " \t");
  quoted = **at == '"';
  if (quoted)
    (*at)++;
  while (**at != '\0' && (quoted || strchr (separators, **at) == NULL))
    {
      if (quoted && **at == '"')
        {
          (*at)++;
          if (**at != '"')
            {
              *at += strcspn (*at, separators);
              break;
            }
        }
      g_string_append_c (name, *(*at)++);
    }
  if (**at != '\0')
    (*at)++;
  return g_strstrip (g_string_free (g_steal_pointer (&name), FALSE));
}

static gboolean
add_tag (KontorImportDraft *draft, const char *name, GError **error)
{
  GError *local_error = NULL;
  char *clean;

  /* Google marks its own groups so */
  if (g_str_has_prefix (name, "* "))
    name += 2;
  clean = kontor_import_clean_text (kontor_field_by_id (KONTOR_TAG_NAME), name, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (clean != NULL)
    g_ptr_array_add (draft->tags, clean);
  return TRUE;
}

static gboolean
read_tags (KontorImportDraft *draft, const char *text, GError **error)
{
  const char *at = kontor_csv_unguard (text);
  const char *separators = strpbrk (at, ";\n") != NULL || strstr (at, ":::") != NULL ? ";\n:" : ",";

  while (*at != '\0')
    {
      g_autofree char *name = take_tag (&at, separators);

      if (*name == '\0')
        continue;
      if (draft->tags->len >= MAX_TAGS)
        {
          kontor_set_error (error,
                            KONTOR_EXCHANGE_ERROR,
                            KONTOR_ERROR_LIMIT,
                            _("There are more than %d tags."),
                            MAX_TAGS);
          return FALSE;
        }
      if (!add_tag (draft, name, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Rows ----------------------------------------------------------------------------------- */

static gboolean
read_id (KontorImportDraft *draft, const char *text, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (kontor_id_parse (g_strstrip (lower), &draft->id))
    return TRUE;
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("“%s” is not the id of a record."),
                    text);
  if (error != NULL)
    {
      kontor_error_set_field (*error, "id");
      kontor_error_set_value (*error, text);
    }
  return FALSE;
}

static void
add_link (KontorImportDraft *draft, KontorImportCell *cell, const char *text)
{
  KontorDraftLink link = { .cell = cell, .text = text };

  /* the record it stands in is there even with nothing else in it */
  ensure_record (draft, cell->slot);
  g_array_append_val (draft->links, link);
}

/* Other programs know kinds that are none of ours, such as that of work. */
static gboolean
read_address_kind (KontorImportDraft *draft, KontorImportCell *cell, const char *text)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (kontor_value_parse (cell->field, text, &value, NULL))
    kontor_record_take_value (ensure_record (draft, cell->slot), cell->field, &value);
  return TRUE;
}

static gboolean
read_cell (KontorImportDraft *draft, KontorImportCell *cell, const char *text, GError **error)
{
  switch (cell->what)
    {
    case KONTOR_TARGET_ID:
      return read_id (draft, text, error);

    case KONTOR_TARGET_TAGS:
      return read_tags (draft, text, error);

    case KONTOR_TARGET_LINK:
    case KONTOR_TARGET_LINK_ID:
      add_link (draft, cell, text);
      return TRUE;

    case KONTOR_TARGET_VALUE:
    default:
      if (cell->is_points)
        return read_points (draft, cell, text, error);
      if (cell->field->id == KONTOR_ADDRESS_KIND)
        return read_address_kind (draft, cell, text);
      return kontor_import_read_cell (draft->plan,
                                      cell,
                                      text,
                                      ensure_record (draft, cell->slot),
                                      error);
    }
}

static gboolean
is_blank_text (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

static void
set_place (KontorImportDraft *draft, const KontorImportCell *cell, GError *error)
{
  kontor_error_set_line (error, draft->line);
  kontor_error_set_column (error, kontor_import_map_get_column (draft->plan->map, cell->column));
}

static gboolean
fail_missing (KontorImportDraft *draft, const KontorImportSlot *slot, GError **error)
{
  GError *local = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                    KONTOR_ERROR_INVALID,
                                    /* Translators: a type of records, a field of it */
                                    _("%s: “%s” is missing."),
                                    kontor_record_type_get_label (slot->type),
                                    kontor_field_get_label (slot->title));

  kontor_error_set_line (local, draft->line);
  kontor_error_set_field (local, slot->title->name);
  g_propagate_error (error, local);
  return FALSE;
}

/* Contact points without a value, and places of work without an organisation, are nothing. */
static void
drop_hollow (KontorImportDraft *draft)
{
  for (guint i = 1; i < draft->plan->n_slots; i++)
    if (draft->records[i] != NULL && draft->plan->slots[i].kind == KONTOR_SLOT_POINT &&
        kontor_record_is_null (draft->records[i], KONTOR_CONTACT_POINT_VALUE))
      g_clear_object (&draft->records[i]);
    else if (draft->records[i] != NULL && draft->plan->slots[i].kind == KONTOR_SLOT_POINT)
      kontor_import_settle_label (draft->records[i], draft->plan->slots[i].point);
}

/* A position without an organisation has no place of its own: the notes keep it. */
static void
keep_position (KontorImportDraft *draft)
{
  int job = draft->plan->person < 0
              ? kontor_import_plan_find_slot (draft->plan, KONTOR_SLOT_JOB, FALSE)
              : -1;
  KontorRecord *membership = job >= 0 ? draft->records[job] : NULL;
  const char *position, *notes;
  g_autofree char *text = NULL;

  if (membership == NULL ||
      kontor_import_draft_find_link (draft, kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_ACCOUNT)) !=
        NULL)
    return;
  position = kontor_record_get_text (membership, KONTOR_ACCOUNT_CONTACT_POSITION);
  if (position != NULL)
    {
      KontorRecord *person = ensure_record (draft, 0);

      notes = kontor_record_get_text (person, KONTOR_CONTACT_NOTES);
      text = g_strdup_printf ("%s%s%s: %s",
                              notes != NULL ? notes : "",
                              notes != NULL ? "\n" : "",
                              kontor_field_get_label (
                                kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_POSITION)),
                              position);
      kontor_record_set_text (person, KONTOR_CONTACT_NOTES, text);
    }
  g_clear_object (&draft->records[job]);
}

static gboolean
has_person (const KontorImportDraft *draft)
{
  for (guint i = 1; i < draft->plan->n_slots; i++)
    if (draft->plan->slots[i].of_person && draft->records[i] != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
complete (KontorImportDraft *draft, GError **error)
{
  KontorImportPlan *plan = draft->plan;

  drop_hollow (draft);
  keep_position (draft);
  kontor_record_complete (ensure_record (draft, 0));
  if (plan->person < 0 || !has_person (draft))
    return TRUE;
  kontor_record_complete (ensure_record (draft, (guint) plan->person));
  if (plan->slots[plan->person].title != NULL &&
      kontor_record_value_is_null (draft->records[plan->person], plan->slots[plan->person].title))
    return fail_missing (draft, &plan->slots[plan->person], error);
  return TRUE;
}

/**
 * kontor_import_draft_read:
 * @draft: a draft
 * @line: where the row stands
 * @cells: (array length=n_cells): its cells; outlive what is done with the draft
 * @n_cells: how many
 * @blank: (out): the row has nothing that is imported
 * @error: (nullable): place for an error with line, column, field and value
 *
 * Returns: %FALSE with @error set: the row is faulty
 */
gboolean
kontor_import_draft_read (KontorImportDraft *draft,
                          guint64 line,
                          const char *const *cells,
                          guint n_cells,
                          gboolean *blank,
                          GError **error)
{
  KontorImportPlan *plan = draft->plan;

  kontor_import_draft_clear (draft);
  draft->line = line;
  draft->cells = cells;
  draft->n_cells = n_cells;
  *blank = TRUE;
  for (guint i = 0; i < plan->n_cells; i++)
    {
      KontorImportCell *cell = &plan->cells[i];
      const char *text = cell->column < n_cells ? cells[cell->column] : "";
      GError *local_error = NULL;

      if (*text == '\0' || is_blank_text (text))
        continue;
      *blank = FALSE;
      if (read_cell (draft, cell, text, &local_error))
        continue;
      set_place (draft, cell, local_error);
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return *blank || complete (draft, error);
}

/**
 * kontor_import_draft_add:
 * @draft: a draft with a row in it
 * @slot: a slot
 * @record: (transfer full): a record for it; goes behind those that are there
 */
void
kontor_import_draft_add (KontorImportDraft *draft, guint slot, KontorRecord *record)
{
  if (draft->records[slot] == NULL)
    {
      draft->records[slot] = record;
      return;
    }
  g_ptr_array_add (draft->points, record);
  g_array_append_val (draft->points_slots, slot);
}

/**
 * kontor_import_draft_find_link:
 * @draft: a draft
 * @field: a link of one of its records
 *
 * Returns: (transfer none) (nullable): what the row says about it
 */
const KontorDraftLink *
kontor_import_draft_find_link (const KontorImportDraft *draft, const KontorFieldDef *field)
{
  for (guint i = 0; i < draft->links->len; i++)
    {
      const KontorDraftLink *link = &g_array_index (draft->links, KontorDraftLink, i);

      if (link->cell->field == field)
        return link;
    }
  return NULL;
}

/**
 * kontor_import_draft_get_point:
 * @draft: a draft
 * @of_person: of the person an organisation's row names
 * @kinds: kinds of contact points, ends with %NULL
 *
 * Returns: (transfer none) (nullable): the value of the first one there is
 */
const char *
kontor_import_draft_get_point (const KontorImportDraft *draft,
                               gboolean of_person,
                               const char *const *kinds)
{
  for (guint i = 1; i < draft->plan->n_slots; i++)
    {
      const KontorImportSlot *slot = &draft->plan->slots[i];

      if (slot->kind == KONTOR_SLOT_POINT && slot->of_person == of_person &&
          draft->records[i] != NULL && g_strv_contains (kinds, slot->point))
        return kontor_record_get_text (draft->records[i], KONTOR_CONTACT_POINT_VALUE);
    }
  return NULL;
}
