/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card becomes a row. What has no place in a record is kept as it is for the way back. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-model.h"
#include "kontor-wire.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_TAGS 100

typedef struct
{
  KontorCardPlan *plan;
  KontorVcard *card;
  KontorCardRow *row;
  gboolean *used; /* by property */
} Reading;

/* --- Cells ---------------------------------------------------------------------------------------
 */

static gboolean
set_cell (Reading *self, const char *path, const char *text)
{
  gboolean found;
  guint column = kontor_card_plan_find (self->plan, path, &found);

  if (!found || self->row->cells[column][0] != '\0')
    return FALSE;
  g_free (self->row->cells[column]);
  self->row->cells[column] = g_strdup (text);
  return TRUE;
}

static void
append_cell (Reading *self, const char *path, const char *text)
{
  gboolean found;
  guint column = kontor_card_plan_find (self->plan, path, &found);
  char *before = self->row->cells[column];

  g_return_if_fail (found);
  self->row->cells[column] =
    *before != '\0' ? g_strconcat (before, "\n", text, NULL) : g_strdup (text);
  g_free (before);
}

/* Several names of one kind part at commas, in the versions that know that. */
static char *
join_names (Reading *self, const char *raw)
{
  g_auto(GStrv) names = NULL;

  if (self->card->version == KONTOR_VCARD_2_1)
    return g_strstrip (kontor_vcard_unescape (raw));
  names = kontor_vcard_split (raw, ',');
  for (char **name = names; *name != NULL; name++)
    g_strstrip (*name);
  return g_strstrip (g_strjoinv (" ", names));
}

static void
read_name_parts (Reading *self, const char *value)
{
  static const char *const paths[] = { "last_name",
                                       "first_name",
                                       "middle_name",
                                       "prefix",
                                       "suffix" };
  const char *at = value;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const char *end = at;
      g_autofree char *raw = NULL;
      g_autofree char *text = NULL;

      while (*end != '\0' && *end != ';')
        end += *end == '\\' && end[1] != '\0' ? 2 : 1;
      raw = g_strndup (at, end - at);
      text = join_names (self, raw);
      set_cell (self, paths[i], text);
      if (*end == '\0')
        break;
      at = end + 1;
    }
}

static gboolean
read_gender (Reading *self, const KontorVcardProperty *property)
{
  static const char *const codes[] = { "female", "male", "other" };
  g_auto(GStrv) parts = kontor_vcard_split (property->value, ';');

  if (parts[0][0] == '\0' && parts[1] != NULL)
    return set_cell (self, "gender", parts[1]);
  if (parts[1] != NULL && *parts[1] != '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_ascii_strcasecmp (parts[0], codes[i]) == 0 ||
        (parts[0][1] == '\0' && g_ascii_tolower (parts[0][0]) == codes[i][0]))
      return set_cell (self, "gender", codes[i]);
  return FALSE;
}

/* A day without its year, as phones have them, is no date; it is kept. */
static gboolean
read_birthday (Reading *self, const KontorVcardProperty *property)
{
  g_autofree char *iso = kontor_vcard_date_to_iso (property->value);

  return iso != NULL && kontor_vcard_property_get_param (property, "X-APPLE-OMIT-YEAR") == NULL &&
         set_cell (self, "birth_date", iso);
}

static gboolean
read_website (Reading *self, const KontorVcardProperty *property)
{
  g_autofree char *label = kontor_card_dup_label (self->card, property);
  g_autofree char *text = kontor_vcard_unescape (property->value);
  g_autofree char *clean = NULL;

  if (label != NULL || kontor_vcard_property_get_param (property, KONTOR_CARD_POINT) != NULL)
    return FALSE;
  clean = kontor_import_clean_text (kontor_record_type_find_field (self->plan->type, "website"),
                                    g_strstrip (text),
                                    NULL);
  return clean != NULL && set_cell (self, "website", clean);
}

static gboolean
read_field (Reading *self, const KontorVcardProperty *property)
{
  const char *name = kontor_vcard_property_get_param (property, KONTOR_CARD_NAME);
  g_autofree char *text = kontor_vcard_unescape (property->value);

  return name != NULL && set_cell (self, name, text);
}

static gboolean
read_tags (Reading *self, const KontorVcardProperty *property)
{
  g_auto(GStrv) names = kontor_vcard_split (property->value, ',');

  for (char **name = names; *name != NULL; name++)
    {
      char *clean = kontor_import_clean_text (kontor_field_by_id (KONTOR_TAG_NAME), *name, NULL);

      if (clean == NULL)
        continue;
      if (self->row->tags->len < MAX_TAGS)
        g_ptr_array_add (self->row->tags, clean);
      else
        g_free (clean);
    }
  return self->row->tags->len < MAX_TAGS;
}

static gboolean
says_nothing (const KontorVcardProperty *property)
{
  static const char *const names[] = {
    "KIND", "PRODID", "REV", "X-ABSHOWAS", "UID", "FN", "X-ADDRESSBOOKSERVER-KIND", NULL
  };

  return g_strv_contains (names, property->name) ||
         (property->data == NULL && strspn (property->value, "; ") == strlen (property->value));
}

static gboolean
read_text (Reading *self, const KontorVcardProperty *property)
{
  g_autofree char *text = kontor_vcard_unescape (property->value);

  if (g_str_equal (property->name, "NICKNAME"))
    return set_cell (self, "nickname", text);
  if (g_str_equal (property->name, "LANG"))
    return set_cell (self, "language", text);
  if (!g_str_equal (property->name, "NOTE"))
    return FALSE;
  append_cell (self, "notes", text);
  return TRUE;
}

static gboolean
read_property (Reading *self, const KontorVcardProperty *property)
{
  if (says_nothing (property))
    return TRUE;
  if (g_str_equal (property->name, "N") && self->plan->type == &kontor_contact_type)
    {
      read_name_parts (self, property->value);
      return TRUE;
    }
  if (g_str_equal (property->name, "BDAY"))
    return read_birthday (self, property);
  if (g_str_equal (property->name, "GENDER") || g_str_equal (property->name, "X-GENDER"))
    return read_gender (self, property);
  if (g_str_equal (property->name, "URL"))
    return read_website (self, property);
  if (g_str_equal (property->name, "CATEGORIES"))
    return read_tags (self, property);
  if (g_str_equal (property->name, KONTOR_CARD_FIELD))
    return read_field (self, property);
  return read_text (self, property);
}

/* --- Employments ---------------------------------------------------------------------------------
 */

static char *
join_units (char **parts)
{
  g_autoptr(GStrvBuilder) units = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  for (char **unit = parts + 1; *parts != NULL && *unit != NULL; unit++)
    if (*g_strstrip (*unit) != '\0')
      g_strv_builder_add (units, *unit);
  list = g_strv_builder_end (units);
  return *list != NULL ? g_strjoinv (", ", list) : NULL;
}

/* The title that goes with an organisation: of the same group, else the next one without. */
static const KontorVcardProperty *
take_title (Reading *self, const char *group)
{
  for (guint i = 0; i < self->card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);

      if (self->used[i] || !g_str_equal (property->name, "TITLE") ||
          g_strcmp0 (property->group, group) != 0)
        continue;
      self->used[i] = TRUE;
      return property;
    }
  return NULL;
}

static void
fill_job (KontorRecord *job, KontorFieldId field, const char *text)
{
  const KontorFieldDef *def = kontor_field_by_id (field);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (text == NULL)
    return;
  if (def->kind == KONTOR_FIELD_TEXT)
    kontor_value_take_text (&value, kontor_import_clean_text (def, text, NULL));
  else if (!kontor_value_parse (def, text, &value, NULL))
    return;
  if (value.type != KONTOR_VALUE_NULL && (value.type != KONTOR_VALUE_TEXT || value.text != NULL))
    kontor_record_take_value (job, def, &value);
}

static void
add_job (Reading *self,
         const KontorVcardProperty *property,
         const char *account,
         const char *department,
         const char *position)
{
  const char *role = kontor_vcard_property_get_param (property, KONTOR_CARD_ROLE);
  KontorCardJob *job = g_new0 (KontorCardJob, 1);

  job->account = g_strdup (account);
  job->record = kontor_record_new (&kontor_account_contact_type, NULL);
  fill_job (job->record, KONTOR_ACCOUNT_CONTACT_DEPARTMENT, department);
  fill_job (job->record, KONTOR_ACCOUNT_CONTACT_POSITION, position);
  fill_job (job->record,
            KONTOR_ACCOUNT_CONTACT_FROM_DATE,
            kontor_vcard_property_get_param (property, KONTOR_CARD_FROM));
  fill_job (job->record,
            KONTOR_ACCOUNT_CONTACT_TO_DATE,
            kontor_vcard_property_get_param (property, KONTOR_CARD_TO));
  if (role != NULL && kontor_schema_find_pick (self->plan->schema, "decision_role", role) != NULL)
    kontor_record_set_text (job->record, KONTOR_ACCOUNT_CONTACT_DECISION_ROLE, role);
  if (kontor_vcard_property_get_param (property, KONTOR_CARD_MAIN) != NULL)
    kontor_record_set_integer (job->record, KONTOR_ACCOUNT_CONTACT_MAIN, 1);
  g_ptr_array_add (self->row->jobs, job);
}

static void
set_param_cell (Reading *self,
                const char *path,
                const KontorVcardProperty *property,
                const char *name)
{
  const char *value = kontor_vcard_property_get_param (property, name);

  if (value != NULL)
    set_cell (self, path, value);
}

/* The first goes through the columns as in a table; the role in decisions is of a list. */
static void
read_job (Reading *self, const KontorVcardProperty *property)
{
  g_auto(GStrv) parts = kontor_vcard_split (property->value, ';');
  g_autofree char *department = join_units (parts);
  const KontorVcardProperty *title = take_title (self, property->group);
  g_autofree char *position = title != NULL ? kontor_vcard_unescape (title->value) : NULL;
  const char *account = g_strstrip (parts[0]);

  if (*account == '\0' && department != NULL)
    account = department;
  if (!set_cell (self, "account", account))
    {
      add_job (self, property, account, department, position);
      return;
    }
  if (department != NULL && account != department)
    set_cell (self, "department", department);
  if (position != NULL)
    set_cell (self, "position", position);
  set_param_cell (self, "decision_role", property, KONTOR_CARD_ROLE);
  set_param_cell (self, "from_date", property, KONTOR_CARD_FROM);
  set_param_cell (self, "to_date", property, KONTOR_CARD_TO);
  self->row->main = kontor_vcard_property_get_param (property, KONTOR_CARD_MAIN) != NULL;
}

static void
read_jobs (Reading *self)
{
  for (guint i = 0; i < self->card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);

      if (self->used[i] || !g_str_equal (property->name, "ORG"))
        continue;
      self->used[i] = TRUE;
      read_job (self, property);
    }
  /* without any organisation the position goes where that of a table goes */
  if (self->row->jobs->len == 0)
    {
      const KontorVcardProperty *title = take_title (self, NULL);
      g_autofree char *position = title != NULL ? kontor_vcard_unescape (title->value) : NULL;

      if (position != NULL && !set_cell (self, "position", position))
        append_cell (self, "notes", position);
    }
}

/* Of an organisation's card ORG is its own name; units make the card one of a part of it. */
static void
read_own_name (Reading *self)
{
  g_autofree char *name = kontor_card_dup_text (self->card, "FN");

  for (guint i = 0; i < self->card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);
      g_auto(GStrv) parts = NULL;
      g_autofree char *joined = NULL;

      if (!g_str_equal (property->name, "ORG"))
        continue;
      parts = kontor_vcard_split (property->value, ';');
      joined = join_units (parts);
      self->used[i] = joined == NULL && (name == NULL || g_str_equal (parts[0], name));
    }
  if (name == NULL)
    name = kontor_card_dup_first (self->card, "ORG");
  if (name != NULL)
    set_cell (self, "name", name);
}

/* --- Pictures and what is kept ---------------------------------------------------------------- */

static gboolean
take_blob (Reading *self, const KontorVcardProperty *property, char **hash)
{
  g_autofree char *limit = NULL;

  if ((gint64) g_bytes_get_size (property->data) > self->plan->blob_limit)
    {
      limit = g_format_size ((guint64) self->plan->blob_limit);
      kontor_vcard_add_problem (self->card,
                                property->line,
                                /* Translators: name of a property of a vCard, a size */
                                _("%s is larger than %s, the most an attachment may have; it was "
                                   "left out."),
                                property->name,
                                limit);
      return FALSE;
    }
  *hash = kontor_card_hash (property->data);
  g_ptr_array_add (self->row->blobs, g_bytes_ref (property->data));
  return TRUE;
}

static void
read_photo (Reading *self)
{
  for (guint i = 0; i < self->card->properties->len && self->row->photo == NULL; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);

      if (g_str_equal (property->name, "PHOTO") && property->data != NULL)
        {
          self->used[i] = TRUE;
          take_blob (self, property, &self->row->photo);
        }
    }
}

/* "logo.png": a picture that no field has becomes an attachment, and the kept line names it. */
static gboolean
attach (Reading *self, KontorVcardProperty *kept, const KontorVcardProperty *property)
{
  const char *media_type = kontor_vcard_media_type (property->data);
  g_autofree char *lower = g_ascii_strdown (property->name, -1);
  g_autofree char *name =
    media_type != NULL ? g_strconcat (lower, ".", strchr (media_type, '/') + 1, NULL) : NULL;
  g_autofree char *hash = NULL;
  KontorRecord *attachment;

  if (!take_blob (self, property, &hash))
    return FALSE;
  attachment = kontor_record_new (&kontor_attachment_type, NULL);
  kontor_record_set_text (attachment, KONTOR_ATTACHMENT_NAME, name != NULL ? name : lower);
  kontor_record_set_text (attachment, KONTOR_ATTACHMENT_MEDIA_TYPE, media_type);
  kontor_record_set_integer (attachment,
                             KONTOR_ATTACHMENT_SIZE,
                             (gint64) g_bytes_get_size (property->data));
  kontor_record_set_text (attachment, KONTOR_ATTACHMENT_HASH, hash);
  g_ptr_array_add (self->row->attachments, attachment);
  kontor_vcard_property_add_param (kept, KONTOR_CARD_BLOB, hash);
  g_clear_pointer (&kept->data, g_bytes_unref);
  return TRUE;
}

/* The label of something that has its place is there too. */
static gboolean
is_of_used (Reading *self, const KontorVcardProperty *label)
{
  if (label->group == NULL ||
      (!g_str_equal (label->name, KONTOR_CARD_LABEL) && !g_str_equal (label->name, "X-ABADR")))
    return FALSE;
  for (guint i = 0; i < self->card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);

      if (self->used[i] && property->group != NULL &&
          g_ascii_strcasecmp (property->group, label->group) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
keep (Reading *self, GString *json, const KontorVcardProperty *property)
{
  g_autoptr(KontorVcardProperty) kept = kontor_vcard_property_copy (property);
  g_autoptr(GString) line = g_string_new (NULL);
  gsize before = json->len;

  if (kept->data != NULL && !attach (self, kept, property))
    return;
  kontor_vcard_property_append (kept, KONTOR_VCARD_3_0, FALSE, line);
  g_string_append_c (json, json->len > 0 ? ',' : '[');
  kontor_wire_append_string (json, line->str);
  if (json->len <= KONTOR_CARD_MAX_KEPT)
    return;
  g_string_truncate (json, before);
  kontor_vcard_add_problem (self->card,
                            property->line,
                            /* Translators: %s is the name of a property of a vCard */
                            _("%s is too long to be kept; it was left out."),
                            property->name);
}

static void
keep_rest (Reading *self)
{
  g_autoptr(GString) json = g_string_new (NULL);

  for (guint i = 0; i < self->card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);

      if (!self->used[i] && !is_of_used (self, property))
        keep (self, json, property);
    }
  if (json->len == 0)
    return;
  g_string_append_c (json, ']');
  set_cell (self, "vcard", json->str);
}

/* --- All of it -------------------------------------------------------------------------------- */

static const char *
get_first_point (const KontorCardRow *row)
{
  return row->points->len > 0
           ? kontor_record_get_text (row->points->pdata[0], KONTOR_CONTACT_POINT_VALUE)
           : NULL;
}

/* Somebody of whom nothing but a number is known is called by it. */
static void
find_name (Reading *self)
{
  g_autofree char *name = kontor_card_dup_text (self->card, "FN");

  if (name == NULL && kontor_card_has_name_parts (self->card))
    return;
  if (name == NULL)
    name = kontor_card_dup_first (self->card, "NICKNAME");
  if (name == NULL)
    name = kontor_card_dup_first (self->card, "ORG");
  if (name == NULL)
    name = g_strdup (get_first_point (self->row));
  if (name != NULL)
    set_cell (self, "name", name);
}

static void
free_job (gpointer data)
{
  KontorCardJob *job = data;

  g_object_unref (job->record);
  g_free (job->account);
  g_free (job);
}

static KontorCardRow *
make_row (KontorCardPlan *plan)
{
  KontorCardRow *row = g_new0 (KontorCardRow, 1);

  row->n_cells = kontor_import_map_get_n_columns (plan->map);
  row->cells = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    row->cells[i] = g_strdup ("");
  row->points = g_ptr_array_new_with_free_func (g_object_unref);
  row->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  row->jobs = g_ptr_array_new_with_free_func (free_job);
  row->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  row->tags = g_ptr_array_new_with_free_func (g_free);
  row->blobs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return row;
}

/**
 * kontor_card_row_free:
 * @row: (transfer full) (nullable): a row
 */
void
kontor_card_row_free (KontorCardRow *row)
{
  if (row == NULL)
    return;
  g_strfreev (row->cells);
  g_ptr_array_unref (row->points);
  g_ptr_array_unref (row->addresses);
  g_ptr_array_unref (row->jobs);
  g_ptr_array_unref (row->attachments);
  g_ptr_array_unref (row->tags);
  g_ptr_array_unref (row->blobs);
  g_free (row->photo);
  g_strfreev (row->summary);
  g_free (row);
}

/**
 * kontor_card_row_new:
 * @plan: of people or organisations
 * @card: a card of one; gets the problems
 *
 * Returns: (transfer full): the card as a row
 */
KontorCardRow *
kontor_card_row_new (KontorCardPlan *plan, KontorVcard *card)
{
  g_autofree gboolean *used = g_new0 (gboolean, card->properties->len + 1);
  KontorCardRow *row = make_row (plan);
  Reading self = { .plan = plan, .card = card, .row = row, .used = used };

  row->summary = kontor_card_summarise (card);
  for (guint i = 0; i < card->properties->len; i++)
    used[i] = read_property (&self, g_ptr_array_index (card->properties, i));
  kontor_card_read_points (row, card, used);
  kontor_card_read_addresses (row, card, used);
  if (plan->type == &kontor_contact_type)
    {
      read_jobs (&self);
      read_photo (&self);
      find_name (&self);
    }
  else
    read_own_name (&self);
  keep_rest (&self);
  return row;
}
