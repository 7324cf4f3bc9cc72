/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record with what hangs on it as a card: first what every address book knows, then what was
 * kept of the card it came from, then what only this program understands. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-country.h"
#include "kontor-export-card-private.h"
#include "kontor-model.h"
#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  const KontorCardFacts *facts;
  KontorVcard *card;
  guint group; /* number of the last group */
} Making;

static KontorVcardProperty *
add (Making *self, const char *name, const char *text)
{
  g_autofree char *value = kontor_vcard_escape (text);
  KontorVcardProperty *property = kontor_vcard_property_new (name, value);

  kontor_vcard_take (self->card, property);
  return property;
}

static KontorVcardProperty *
add_raw (Making *self, const char *name, const char *value)
{
  KontorVcardProperty *property = kontor_vcard_property_new (name, value);

  kontor_vcard_take (self->card, property);
  return property;
}

static void
add_own_param (Making *self, KontorVcardProperty *property, const char *name, const char *value)
{
  if (self->facts->own && value != NULL)
    kontor_vcard_property_add_param (property, name, value);
}

static const char *
get (Making *self, const char *field)
{
  const KontorFieldDef *def =
    kontor_record_type_find_field (kontor_record_get_record_type (self->facts->record), field);

  return def != NULL ? kontor_record_value_text (self->facts->record, def) : NULL;
}

static void
add_field (Making *self, const char *name, const char *field)
{
  const char *text = get (self, field);

  if (text != NULL)
    add (self, name, text);
}

/* A label that is no type stands beside, tied by a group. */
static void
add_custom_label (Making *self, KontorVcardProperty *property, const char *label)
{
  KontorVcardProperty *beside;

  property->group = g_strdup_printf ("item%u", ++self->group);
  beside = add (self, "X-ABLabel", label);
  beside->group = g_strdup (property->group);
}

/* --- Names ------------------------------------------------------------------------------------ */

static void
append_part (GString *value, const char *text)
{
  g_autofree char *escaped = kontor_vcard_escape (text != NULL ? text : "");

  g_string_append (value, escaped);
}

static void
add_names (Making *self)
{
  static const char *const fields[] = { "last_name",
                                        "first_name",
                                        "middle_name",
                                        "prefix",
                                        "suffix" };
  g_autoptr(GString) value = g_string_new (NULL);
  gboolean is_person = kontor_record_get_record_type (self->facts->record) == &kontor_contact_type;

  if (!is_person)
    add_raw (self,
             self->card->version == KONTOR_VCARD_4_0 ? "KIND" : "X-ABShowAs",
             self->card->version == KONTOR_VCARD_4_0 ? "org" : "COMPANY");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (i > 0)
        g_string_append_c (value, ';');
      append_part (value, is_person ? get (self, fields[i]) : NULL);
    }
  add_raw (self, "N", value->str);
  add_field (self, "FN", "name");
  if (!is_person)
    add_field (self, "ORG", "name");
}

static void
add_gender (Making *self)
{
  const char *gender = get (self, "gender");
  g_autofree char *escaped = gender != NULL ? kontor_vcard_escape (gender) : NULL;
  g_autofree char *other = g_strconcat (";", escaped, NULL);

  if (gender == NULL)
    return;
  add_raw (self,
           self->card->version == KONTOR_VCARD_4_0 ? "GENDER" : "X-GENDER",
           g_str_equal (gender, "female")  ? "F"
           : g_str_equal (gender, "male")  ? "M"
           : g_str_equal (gender, "other") ? "O"
                                           : other);
}

static void
add_birthday (Making *self)
{
  const char *iso = get (self, "birth_date");
  g_auto(GStrv) parts = NULL;
  g_autofree char *basic = NULL;

  if (iso == NULL)
    return;
  parts = g_strsplit (iso, "-", -1);
  basic = g_strjoinv ("", parts);
  add_raw (self, "BDAY", self->card->version == KONTOR_VCARD_4_0 ? basic : iso);
}

/* --- Employments ------------------------------------------------------------------------------ */

static void
add_job (Making *self, KontorRecord *job, guint number)
{
  const char *account =
    kontor_record_get_link_title (job, kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_ACCOUNT));
  const char *department = kontor_record_get_text (job, KONTOR_ACCOUNT_CONTACT_DEPARTMENT);
  const char *position = kontor_record_get_text (job, KONTOR_ACCOUNT_CONTACT_POSITION);
  g_autofree char *group = number > 0 ? g_strdup_printf ("job%u", number + 1) : NULL;
  g_autoptr(GString) value = g_string_new (NULL);
  KontorVcardProperty *org;

  append_part (value, account);
  if (department != NULL)
    {
      g_string_append_c (value, ';');
      append_part (value, department);
    }
  org = add_raw (self, "ORG", value->str);
  org->group = g_strdup (group);
  add_own_param (self,
                 org,
                 KONTOR_CARD_ROLE,
                 kontor_record_get_text (job, KONTOR_ACCOUNT_CONTACT_DECISION_ROLE));
  add_own_param (self,
                 org,
                 KONTOR_CARD_FROM,
                 kontor_record_get_text (job, KONTOR_ACCOUNT_CONTACT_FROM_DATE));
  add_own_param (self,
                 org,
                 KONTOR_CARD_TO,
                 kontor_record_get_text (job, KONTOR_ACCOUNT_CONTACT_TO_DATE));
  if (kontor_record_get_integer (job, KONTOR_ACCOUNT_CONTACT_MAIN) != 0)
    add_own_param (self, org, KONTOR_CARD_MAIN, "1");
  if (position != NULL)
    add (self, "TITLE", position)->group = g_steal_pointer (&group);
}

/* The main one goes first: most programs know but one. */
static void
add_jobs (Making *self)
{
  GPtrArray *jobs = self->facts->jobs;
  guint n = 0;

  for (guint pass = 0; jobs != NULL && pass < 2; pass++)
    for (guint i = 0; i < jobs->len; i++)
      {
        gboolean main =
          kontor_record_get_integer (jobs->pdata[i], KONTOR_ACCOUNT_CONTACT_MAIN) != 0;

        if (main == (pass == 0))
          add_job (self, jobs->pdata[i], n++);
      }
}

/* --- Contact points --------------------------------------------------------------------------- */

static KontorVcardProperty *
add_messenger (Making *self, const char *label, const char *value, const char **rest)
{
  gsize length = label != NULL ? strcspn (label, ",") : 0;
  g_autofree char *service = length > 0 ? g_strndup (label, length) : NULL;
  const char *scheme = kontor_card_scheme_of_service (service);
  g_autofree char *with_scheme = NULL;
  KontorVcardProperty *property;

  *rest = label;
  if (scheme == NULL)
    return add (self, "IMPP", value);
  with_scheme = g_strconcat (scheme, ":", value, NULL);
  property = add (self, "IMPP", with_scheme);
  *rest = label[length] == ',' ? label + length + 2 : NULL;
  return property;
}

static KontorVcardProperty *
add_point_value (Making *self, const char *kind, const char **label, const char *value)
{
  KontorVcardProperty *property;

  if (g_str_equal (kind, "mail"))
    return add (self, "EMAIL", value);
  if (g_str_equal (kind, "messenger"))
    return add_messenger (self, *label, value, label);
  if (g_str_equal (kind, "web"))
    {
      property = add (self, "URL", value);
      add_own_param (self, property, KONTOR_CARD_POINT, "web");
      return property;
    }
  property = add (self, "TEL", value);
  kontor_vcard_property_add_param (property,
                                   "TYPE",
                                   g_str_equal (kind, "mobile") ? "cell"
                                   : g_str_equal (kind, "fax")  ? "fax"
                                                                : "voice");
  return property;
}

static void
add_point (Making *self, KontorRecord *point)
{
  const char *label = kontor_record_get_text (point, KONTOR_CONTACT_POINT_LABEL);
  const char *kind = kontor_record_get_text (point, KONTOR_CONTACT_POINT_KIND);
  const char *value = kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE);
  g_autofree char *position = NULL;
  KontorVcardProperty *property;

  property = add_point_value (self, kind, &label, value);
  if (kontor_record_get_integer (point, KONTOR_CONTACT_POINT_MAIN) != 0)
    kontor_vcard_property_add_param (property, "TYPE", "pref");
  if (kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0)
    add_own_param (self, property, KONTOR_CARD_INVALID, "1");
  if (!kontor_record_is_null (point, KONTOR_CONTACT_POINT_POSITION))
    position = g_strdup_printf ("%" G_GINT64_FORMAT,
                                kontor_record_get_integer (point, KONTOR_CONTACT_POINT_POSITION));
  add_own_param (self, property, KONTOR_CARD_POSITION, position);
  add_own_param (self,
                 property,
                 KONTOR_CARD_NOTE,
                 kontor_record_get_text (point, KONTOR_CONTACT_POINT_NOTE));
  if (!kontor_card_add_label (property, label))
    add_custom_label (self, property, label);
}

/* --- Addresses -------------------------------------------------------------------------------- */

static char *
format_geo (KontorRecord *address, char separator)
{
  const KontorFieldDef *fields[] = { kontor_field_by_id (KONTOR_ADDRESS_LATITUDE),
                                     kontor_field_by_id (KONTOR_ADDRESS_LONGITUDE) };
  char *texts[2] = { NULL, NULL };
  char *geo = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      kontor_record_get_value (address, fields[i], &value);
      if (value.type != KONTOR_VALUE_NULL)
        texts[i] = kontor_value_to_text (fields[i], &value);
    }
  if (texts[0] != NULL && texts[1] != NULL)
    geo = g_strdup_printf ("%s%c%s", texts[0], separator, texts[1]);
  g_free (texts[0]);
  g_free (texts[1]);
  return geo;
}

static void
add_address_facts (Making *self, KontorVcardProperty *property, KontorRecord *address)
{
  const char *kind = kontor_record_get_text (address, KONTOR_ADDRESS_KIND);
  g_autofree char *geo = format_geo (address, ',');
  g_autofree char *uri = geo != NULL ? g_strconcat ("geo:", geo, NULL) : NULL;

  kontor_card_add_address_kind (property, kind);
  if (kontor_record_get_integer (address, KONTOR_ADDRESS_MAIN) != 0)
    kontor_vcard_property_add_param (property, "TYPE", "pref");
  if (uri != NULL && self->card->version == KONTOR_VCARD_4_0)
    kontor_vcard_property_add_param (property, "GEO", uri);
  else
    add_own_param (self, property, KONTOR_CARD_GEO, geo);
  add_own_param (self,
                 property,
                 KONTOR_CARD_FROM,
                 kontor_record_get_text (address, KONTOR_ADDRESS_FROM_DATE));
  add_own_param (self,
                 property,
                 KONTOR_CARD_TO,
                 kontor_record_get_text (address, KONTOR_ADDRESS_TO_DATE));
  if (g_strcmp0 (kind, "billing") == 0 || g_strcmp0 (kind, "visit") == 0)
    add_custom_label (self, property, kind);
}

static void
add_address (Making *self, KontorRecord *address)
{
  const char *code = kontor_record_get_text (address, KONTOR_ADDRESS_COUNTRY);
  g_autofree char *country = code != NULL ? kontor_country_name (code) : NULL;
  g_autoptr(GString) value = g_string_new (";;");

  append_part (value, kontor_record_get_text (address, KONTOR_ADDRESS_STREET));
  g_string_append_c (value, ';');
  append_part (value, kontor_record_get_text (address, KONTOR_ADDRESS_CITY));
  g_string_append_c (value, ';');
  append_part (value, kontor_record_get_text (address, KONTOR_ADDRESS_REGION));
  g_string_append_c (value, ';');
  append_part (value, kontor_record_get_text (address, KONTOR_ADDRESS_POSTCODE));
  g_string_append_c (value, ';');
  append_part (value, country != NULL ? country : code);
  add_address_facts (self, add_raw (self, "ADR", value->str), address);
}

/* --- The rest --------------------------------------------------------------------------------- */

static GBytes *
read_blob (Making *self, const char *hash)
{
  g_autoptr(GInputStream) stream = kontor_workspace_open_blob (self->facts->workspace, hash, NULL);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream == NULL ||
      g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL) <= 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_photo (Making *self)
{
  const char *hash = get (self, "photo");
  GBytes *data = hash != NULL ? read_blob (self, hash) : NULL;

  if (data != NULL)
    add_raw (self, "PHOTO", "")->data = data;
}

static void
add_tags (Making *self)
{
  g_autoptr(GString) value = g_string_new (NULL);

  for (guint i = 0; self->facts->tags != NULL && i < self->facts->tags->len; i++)
    {
      if (i > 0)
        g_string_append_c (value, ',');
      append_part (value, self->facts->tags->pdata[i]);
    }
  if (value->len > 0)
    add_raw (self, "CATEGORIES", value->str);
}

/* The record's own id, unless an address book gave it one. */
static void
add_uid (Making *self)
{
  const char *uid = get (self, "uid");
  g_autofree char *id = kontor_id_to_string (kontor_record_get_id (self->facts->record));
  g_autofree char *urn = g_strconcat (KONTOR_CARD_UUID, id, NULL);

  add (self, "UID", uid != NULL ? uid : urn);
}

static void
add_revision (Making *self)
{
  guint number = kontor_record_get_record_type (self->facts->record)->number;
  KontorFieldId field = KONTOR_COMMON_FIELD (number, KONTOR_COMMON_MODIFIED_AT);
  g_autoptr(GDateTime) at = NULL;
  g_autofree char *text = NULL;

  if (kontor_record_is_null (self->facts->record, field))
    return;
  at =
    g_date_time_new_from_unix_utc (kontor_record_get_integer (self->facts->record, field) / 1000);
  text = at != NULL ? g_date_time_format (at, "%Y%m%dT%H%M%SZ") : NULL;
  if (text != NULL)
    add_raw (self, "REV", text);
}

/* What the card brought that no field has. Pictures among it are attachments. */
static void
take_kept (Making *self, const char *line)
{
  g_autoptr(KontorVcardProperty) property = kontor_vcard_property_parse (line);
  const char *hash;

  if (property == NULL)
    return;
  hash = kontor_vcard_property_get_param (property, KONTOR_CARD_BLOB);
  if (hash != NULL)
    {
      property->data = read_blob (self, hash);
      if (property->data == NULL)
        return;
      for (guint i = 0; i < property->params->len; i++)
        if (g_str_equal (g_array_index (property->params, KontorVcardParam, i).name,
                         KONTOR_CARD_BLOB))
          g_array_remove_index (property->params, i--);
    }
  kontor_vcard_take (self->card, g_steal_pointer (&property));
}

/* Groups of our own are numbered on from those. */
static void
skip_groups (Making *self)
{
  for (guint i = 0; i < self->card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (self->card->properties, i);
      guint number = 0;

      if (property->group != NULL && g_ascii_strncasecmp (property->group, "item", 4) == 0)
        number = (guint) g_ascii_strtoull (property->group + 4, NULL, 10);
      self->group = MAX (self->group, MIN (number, 1000000));
    }
}

static void
add_kept (Making *self)
{
  const char *json = get (self, "vcard");
  g_autoptr(JsonParser) parser = NULL;
  JsonNode *root;
  JsonArray *lines;

  if (json == NULL)
    return;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, json, -1, NULL))
    return;
  root = json_parser_get_root (parser);
  lines = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonNode *line = json_array_get_element (lines, i);

      if (JSON_NODE_HOLDS_VALUE (line) && json_node_get_value_type (line) == G_TYPE_STRING)
        take_kept (self, json_node_get_string (line));
    }
  skip_groups (self);
}

static gboolean
has_property (const KontorFieldDef *field)
{
  static const char *const names[] = {
    "name",   "prefix",     "first_name", "middle_name", "last_name", "suffix", "nickname",
    "gender", "birth_date", "language",   "website",     "notes",     NULL,
  };

  return (field->flags & KONTOR_FIELD_CUSTOM) == 0 && g_strv_contains (names, field->name);
}

static char *
dup_value (KontorRecord *record, const KontorFieldDef *field)
{
  const KontorFieldDef *companion =
    field->companion != NULL
      ? kontor_record_type_find_field (kontor_record_get_record_type (record), field->companion)
      : NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  kontor_record_get_value (record, field, &value);
  if (value.type == KONTOR_VALUE_NULL)
    return NULL;
  if (value.type == KONTOR_VALUE_ID)
    return g_strdup (kontor_record_get_link_title (record, field));
  return kontor_value_to_text_with (field,
                                    &value,
                                    companion != NULL ? kontor_record_value_text (record, companion)
                                                      : NULL);
}

static gboolean
is_written (const KontorRecordType *type, const KontorFieldDef *field)
{
  return (field->flags & (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_HIDDEN | KONTOR_FIELD_READ_ONLY)) ==
           0 &&
         field->kind != KONTOR_FIELD_TAGS && !has_property (field) &&
         (field->kind != KONTOR_FIELD_LINK || g_strcmp0 (field->target, type->name) != 0);
}

static void
add_own_fields (Making *self)
{
  KontorRecord *record = self->facts->record;
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (self->facts->schema, type);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *text = is_written (type, field) ? dup_value (record, field) : NULL;

      if (text != NULL)
        kontor_vcard_property_add_param (add (self, KONTOR_CARD_FIELD, text),
                                         KONTOR_CARD_NAME,
                                         (field->flags & KONTOR_FIELD_CUSTOM) != 0
                                           ? kontor_field_get_label (field)
                                           : field->name);
    }
}

/**
 * kontor_export_make_card:
 * @facts: a record and what hangs on it
 *
 * Returns: (transfer full): its card
 */
KontorVcard *
kontor_export_make_card (const KontorCardFacts *facts)
{
  Making self = { .facts = facts, .card = kontor_vcard_new (facts->version) };

  add_kept (&self);
  add_names (&self);
  add_field (&self, "NICKNAME", "nickname");
  add_jobs (&self);
  for (guint i = 0; facts->points != NULL && i < facts->points->len; i++)
    add_point (&self, facts->points->pdata[i]);
  for (guint i = 0; facts->addresses != NULL && i < facts->addresses->len; i++)
    add_address (&self, facts->addresses->pdata[i]);
  add_field (&self, "URL", "website");
  add_birthday (&self);
  add_gender (&self);
  add_field (&self, "LANG", "language");
  add_field (&self, "NOTE", "notes");
  add_tags (&self);
  add_photo (&self);
  add_uid (&self);
  add_revision (&self);
  if (facts->own)
    add_own_fields (&self);
  return self.card;
}
