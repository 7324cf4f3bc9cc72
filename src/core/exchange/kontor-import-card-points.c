/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card may have several of: numbers, mail addresses, pages, messengers and addresses. What
 * can't be one stays among what is kept of the card. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-country.h"
#include "kontor-model.h"
#include <string.h>

static gboolean
is_first_choice (const KontorVcardProperty *property)
{
  const char *pref = kontor_vcard_property_get_param (property, "PREF");

  return pref != NULL ? g_str_equal (pref, "1") : kontor_vcard_property_has_type (property, "pref");
}

static void
take_text (KontorRecord *record, KontorFieldId field, const char *text)
{
  char *clean =
    text != NULL ? kontor_import_clean_text (kontor_field_by_id (field), text, NULL) : NULL;

  if (clean != NULL)
    kontor_record_take_text (record, kontor_field_by_id (field), clean);
}

static void
take_value (KontorRecord *record, KontorFieldId field, const char *text)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  const KontorFieldDef *def = kontor_field_by_id (field);

  if (text != NULL && kontor_value_parse (def, text, &value, NULL) &&
      kontor_validate_value (NULL, def, &value, NULL))
    kontor_record_take_value (record, def, &value);
}

/* --- Contact points --------------------------------------------------------------------------- */

static gboolean
add_point (KontorCardRow *row,
           const KontorVcardProperty *property,
           const char *kind,
           const char *label,
           const char *value)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_CONTACT_POINT_VALUE);
  char *clean = kontor_import_clean_text (field, value, NULL);
  KontorRecord *point;

  if (clean == NULL)
    return FALSE;
  point = kontor_record_new (&kontor_contact_point_type, NULL);
  kontor_record_take_text (point, field, clean);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_KIND, kind);
  take_text (point, KONTOR_CONTACT_POINT_LABEL, label);
  take_text (point,
             KONTOR_CONTACT_POINT_NOTE,
             kontor_vcard_property_get_param (property, KONTOR_CARD_NOTE));
  if (is_first_choice (property))
    kontor_record_set_integer (point, KONTOR_CONTACT_POINT_MAIN, 1);
  if (kontor_vcard_property_get_param (property, KONTOR_CARD_INVALID) != NULL)
    kontor_record_set_integer (point, KONTOR_CONTACT_POINT_INVALID, 1);
  take_value (point,
              KONTOR_CONTACT_POINT_POSITION,
              kontor_vcard_property_get_param (property, KONTOR_CARD_POSITION));
  g_ptr_array_add (row->points, point);
  return TRUE;
}

/* "tel:+44-171-555-9199;ext=3" */
static char *
dup_number (const KontorVcardProperty *property)
{
  char *text = g_strstrip (kontor_vcard_unescape (property->value));
  char *extension;
  char *number;

  if (g_ascii_strncasecmp (text, "tel:", 4) != 0)
    return text;
  extension = strstr (text, ";ext=");
  if (extension == NULL)
    number = g_strdup (text + 4);
  else
    number =
      g_strdup_printf ("%.*s ext. %s", (int) (extension - text - 4), text + 4, extension + 5);
  g_free (text);
  return number;
}

static gboolean
read_phone (KontorCardRow *row, const KontorVcard *card, const KontorVcardProperty *property)
{
  g_autofree char *label = kontor_card_dup_label (card, property);
  g_autofree char *number = dup_number (property);

  return add_point (row, property, kontor_card_phone_kind (card, property), label, number);
}

static gboolean
read_mail (KontorCardRow *row, const KontorVcard *card, const KontorVcardProperty *property)
{
  g_autofree char *label = kontor_card_dup_label (card, property);
  g_autofree char *text = g_strstrip (kontor_vcard_unescape (property->value));
  const char *address = g_ascii_strncasecmp (text, "mailto:", 7) == 0 ? text + 7 : text;
  const char *at = strchr (address, '@');

  /* addresses of Lotus Notes and X.400 are none of ours */
  if (at == NULL || at == address || at[1] == '\0' || strpbrk (address, " \t<>") != NULL)
    return FALSE;
  return add_point (row, property, "mail", label, address);
}

static gboolean
read_page (KontorCardRow *row, const KontorVcard *card, const KontorVcardProperty *property)
{
  g_autofree char *label = kontor_card_dup_label (card, property);
  g_autofree char *text = g_strstrip (kontor_vcard_unescape (property->value));

  return add_point (row, property, "web", label, text);
}

static char *
join_labels (const char *service, const char *label)
{
  if (service == NULL || label == NULL)
    return g_strdup (service != NULL ? service : label);
  return g_strdup_printf ("%s, %s", service, label);
}

/* "skype:ana", "x-apple:ana" with the name of the service beside */
static gboolean
read_messenger (KontorCardRow *row,
                const KontorVcard *card,
                const KontorVcardProperty *property,
                const char *service)
{
  g_autofree char *label = kontor_card_dup_label (card, property);
  g_autofree char *text = g_strstrip (kontor_vcard_unescape (property->value));
  g_autofree char *lower_type = NULL;
  g_autofree char *joined = NULL;
  const char *type = kontor_vcard_property_get_param (property, "X-SERVICE-TYPE");
  const char *colon = service == NULL ? strchr (text, ':') : NULL;
  const char *address = text;

  if (colon != NULL)
    {
      g_autofree char *scheme = g_ascii_strdown (text, colon - text);

      service = kontor_card_service_of_scheme (scheme);
      if (service != NULL || g_str_equal (scheme, "x-apple"))
        address = colon + 1;
    }
  if (service == NULL && type != NULL)
    service = lower_type = g_utf8_strdown (type, -1);
  joined = join_labels (service, label);
  return add_point (row, property, "messenger", joined, address);
}

static gboolean
read_point (KontorCardRow *row, const KontorVcard *card, const KontorVcardProperty *property)
{
  const char *service = kontor_card_service_of_property (property->name);

  if (g_str_equal (property->name, "TEL"))
    return read_phone (row, card, property);
  if (g_str_equal (property->name, "EMAIL"))
    return read_mail (row, card, property);
  if (g_str_equal (property->name, "URL"))
    return read_page (row, card, property);
  if (g_str_equal (property->name, "X-MS-IMADDRESS"))
    return read_messenger (row, card, property, NULL);
  return (g_str_equal (property->name, "IMPP") || service != NULL) &&
         read_messenger (row, card, property, service);
}

/**
 * kontor_card_read_points:
 * @row: a row that is made of @card
 * @card: a card
 * @used: which of its properties have their place
 *
 * Reads its contact points.
 */
void
kontor_card_read_points (KontorCardRow *row, KontorVcard *card, gboolean *used)
{
  for (guint i = 0; i < card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);

      if (!used[i] && property->data == NULL && *property->value != '\0')
        used[i] = read_point (row, card, property);
    }
}

/* --- Addresses -------------------------------------------------------------------------------- */

static void
add_line (GString *lines, const char *text)
{
  g_autofree char *line = g_strstrip (g_strdup (text));

  if (*line == '\0')
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

static const char *
get_part (char **parts, guint n, guint i)
{
  return i < n ? parts[i] : "";
}

/* A country that is none we know stays readable, at the end of the lines. */
static void
read_country (KontorRecord *address, const char *text, const char *code, GString *lines)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *found = NULL;

  if (*trimmed != '\0')
    found = kontor_country_code_from_text (trimmed);
  else if (code != NULL)
    found = kontor_country_code_from_text (code);
  if (found != NULL)
    kontor_record_set_text (address, KONTOR_ADDRESS_COUNTRY, found);
  else
    add_line (lines, trimmed);
}

/* "geo:51.5,-0.12", "51.5;-0.12" */
static void
read_geo (KontorRecord *address, const char *text)
{
  g_auto(GStrv) parts = NULL;

  if (text == NULL)
    return;
  if (g_ascii_strncasecmp (text, "geo:", 4) == 0)
    text += 4;
  parts = g_strsplit_set (text, ",;", 3);
  if (g_strv_length (parts) < 2)
    return;
  take_value (address, KONTOR_ADDRESS_LATITUDE, parts[0]);
  take_value (address, KONTOR_ADDRESS_LONGITUDE, parts[1]);
}

static const char *
get_geo (const KontorVcardProperty *property)
{
  const char *own = kontor_vcard_property_get_param (property, KONTOR_CARD_GEO);

  return own != NULL ? own : kontor_vcard_property_get_param (property, "GEO");
}

static void
read_facts (KontorRecord *address, const KontorVcard *card, const KontorVcardProperty *property)
{
  g_autofree char *kind = kontor_card_dup_address_kind (card, property);

  if (kind != NULL)
    kontor_record_set_text (address, KONTOR_ADDRESS_KIND, kind);
  if (is_first_choice (property))
    kontor_record_set_integer (address, KONTOR_ADDRESS_MAIN, 1);
  take_value (address,
              KONTOR_ADDRESS_FROM_DATE,
              kontor_vcard_property_get_param (property, KONTOR_CARD_FROM));
  take_value (address,
              KONTOR_ADDRESS_TO_DATE,
              kontor_vcard_property_get_param (property, KONTOR_CARD_TO));
  read_geo (address, get_geo (property));
}

/* Box, supplement and street are the lines of the street. */
static gboolean
read_address (KontorCardRow *row, const KontorVcard *card, const KontorVcardProperty *property)
{
  KontorVcardProperty *region_code = kontor_vcard_find_grouped (card, "X-ABADR", property->group);
  g_auto(GStrv) parts = kontor_vcard_split (property->value, ';');
  guint n = g_strv_length (parts);
  g_autoptr(KontorRecord) address = kontor_record_new (&kontor_address_type, NULL);
  g_autoptr(GString) lines = g_string_new (NULL);
  const char *code = kontor_vcard_property_get_param (property, "CC");

  if (code == NULL && region_code != NULL)
    code = region_code->value;
  add_line (lines, get_part (parts, n, 2));
  add_line (lines, get_part (parts, n, 1));
  add_line (lines, get_part (parts, n, 0));
  read_country (address, get_part (parts, n, 6), code, lines);
  take_text (address, KONTOR_ADDRESS_STREET, lines->str);
  take_text (address, KONTOR_ADDRESS_CITY, get_part (parts, n, 3));
  take_text (address, KONTOR_ADDRESS_REGION, get_part (parts, n, 4));
  take_text (address, KONTOR_ADDRESS_POSTCODE, get_part (parts, n, 5));
  if (kontor_record_is_null (address, KONTOR_ADDRESS_STREET) &&
      kontor_record_is_null (address, KONTOR_ADDRESS_CITY) &&
      kontor_record_is_null (address, KONTOR_ADDRESS_REGION) &&
      kontor_record_is_null (address, KONTOR_ADDRESS_POSTCODE) &&
      kontor_record_is_null (address, KONTOR_ADDRESS_COUNTRY))
    return strspn (property->value, "; ") == strlen (property->value);
  read_facts (address, card, property);
  g_ptr_array_add (row->addresses, g_steal_pointer (&address));
  return TRUE;
}

/* Where there is no address but only what stands on the envelope. */
static gboolean
read_envelope (KontorCardRow *row, const KontorVcard *card, const KontorVcardProperty *property)
{
  g_autofree char *text = kontor_vcard_unescape (property->value);
  g_autoptr(KontorRecord) address = kontor_record_new (&kontor_address_type, NULL);

  take_text (address, KONTOR_ADDRESS_STREET, text);
  if (kontor_record_is_null (address, KONTOR_ADDRESS_STREET))
    return FALSE;
  read_facts (address, card, property);
  g_ptr_array_add (row->addresses, g_steal_pointer (&address));
  return TRUE;
}

/**
 * kontor_card_read_addresses:
 * @row: a row that is made of @card
 * @card: a card
 * @used: which of its properties have their place
 *
 * Reads its addresses.
 */
void
kontor_card_read_addresses (KontorCardRow *row, KontorVcard *card, gboolean *used)
{
  for (guint i = 0; i < card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);

      if (!used[i] && g_str_equal (property->name, "ADR"))
        used[i] = read_address (row, card, property);
    }
  for (guint i = 0; i < card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);

      if (!used[i] && g_str_equal (property->name, "LABEL"))
        used[i] = row->addresses->len > 0 || read_envelope (row, card, property);
      else if (!used[i] && g_str_equal (property->name, "GEO") && row->addresses->len == 1)
        {
          read_geo (row->addresses->pdata[0], property->value);
          used[i] = TRUE;
        }
    }
}
