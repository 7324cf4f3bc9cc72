/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card is about, and what people see of it. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-model.h"
#include <string.h>

static gboolean
is_type (const KontorVcard *card, const char *name, const char *value)
{
  KontorVcardProperty *property = kontor_vcard_find (card, name);

  return property != NULL && g_ascii_strcasecmp (property->value, value) == 0;
}

/**
 * kontor_card_is_group:
 * @card: a card
 *
 * Returns: whether it names others and is nobody itself
 */
gboolean
kontor_card_is_group (const KontorVcard *card)
{
  return is_type (card, "KIND", "group") || is_type (card, "X-ADDRESSBOOKSERVER-KIND", "group") ||
         is_type (card, "X-EVOLUTION-LIST", "TRUE");
}

/**
 * kontor_card_dup_text:
 * @card: a card
 * @name: name of a property
 *
 * Returns: (transfer full) (nullable): the text of the first one
 */
char *
kontor_card_dup_text (const KontorVcard *card, const char *name)
{
  KontorVcardProperty *property = kontor_vcard_find (card, name);
  char *text = property != NULL ? g_strstrip (kontor_vcard_unescape (property->value)) : NULL;

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/**
 * kontor_card_dup_first:
 * @card: a card
 * @name: name of a property
 *
 * Returns: (transfer full) (nullable): the first part of it, which of ORG is the organisation
 */
char *
kontor_card_dup_first (const KontorVcard *card, const char *name)
{
  KontorVcardProperty *property = kontor_vcard_find (card, name);
  g_auto(GStrv) parts = property != NULL ? kontor_vcard_split (property->value, ';') : NULL;

  if (parts == NULL || *g_strstrip (parts[0]) == '\0')
    return NULL;
  return g_strdup (parts[0]);
}

/**
 * kontor_card_has_name_parts:
 * @card: a card
 *
 * Returns: whether it says the parts of a name
 */
gboolean
kontor_card_has_name_parts (const KontorVcard *card)
{
  KontorVcardProperty *property = kontor_vcard_find (card, "N");

  return property != NULL && strspn (property->value, "; ") < strlen (property->value);
}

/**
 * kontor_card_is_organisation:
 * @card: a card
 *
 * Returns: whether it is an organisation's
 */
gboolean
kontor_card_is_organisation (const KontorVcard *card)
{
  KontorVcardProperty *kind = kontor_vcard_find (card, "KIND");
  g_autofree char *organisation = kontor_card_dup_first (card, "ORG");
  g_autofree char *name = kontor_card_dup_text (card, "FN");

  if (kind != NULL)
    return g_ascii_strcasecmp (kind->value, "individual") != 0;
  if (kontor_card_has_name_parts (card) || kontor_vcard_find (card, "TITLE") != NULL)
    return FALSE;
  return is_type (card, "X-ABSHOWAS", "COMPANY") ||
         (organisation != NULL && (name == NULL || g_str_equal (name, organisation)));
}

/**
 * kontor_card_dup_uid:
 * @card: a card
 *
 * Returns: (transfer full) (nullable): what tells it in address books; of UUIDs with what they
 *   begin with there
 */
char *
kontor_card_dup_uid (const KontorVcard *card)
{
  char *text = kontor_card_dup_text (card, "UID");
  char *uuid;

  if (text == NULL || !g_uuid_string_is_valid (text))
    return text;
  uuid = g_strconcat (KONTOR_CARD_UUID, text, NULL);
  g_free (text);
  return uuid;
}

/* --- For people ------------------------------------------------------------------------------- */

/**
 * kontor_card_list_columns:
 * @columns: (element-type utf8): gets what a preview of cards shows of each
 */
void
kontor_card_list_columns (GPtrArray *columns)
{
  static const KontorFieldId fields[] = {
    KONTOR_CONTACT_NAME,       KONTOR_ACCOUNT_CONTACT_ACCOUNT, KONTOR_ACCOUNT_CONTACT_POSITION,
    KONTOR_CONTACT_MAIN_PHONE, KONTOR_CONTACT_MAIN_MAIL,       KONTOR_ADDRESS_CITY
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_ptr_array_add (columns, g_strdup (kontor_field_get_label (kontor_field_by_id (fields[i]))));
  g_ptr_array_add (columns, g_strdup ("vCard"));
}

/* The card again, without pictures. */
static char *
dup_card_text (const KontorVcard *card)
{
  GString *out = g_string_new ("BEGIN:VCARD\nVERSION:3.0\n");

  for (guint i = 0; i < card->properties->len; i++)
    {
      const KontorVcardProperty *property = g_ptr_array_index (card->properties, i);

      if (property->data != NULL)
        continue;
      kontor_vcard_property_append (property, KONTOR_VCARD_3_0, FALSE, out);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "END:VCARD\n");
  return g_string_free (out, FALSE);
}

/**
 * kontor_card_summarise:
 * @card: a card
 *
 * Returns: (transfer full): a text for each column of kontor_card_list_columns()
 */
char **
kontor_card_summarise (const KontorVcard *card)
{
  g_autoptr(GStrvBuilder) cells = g_strv_builder_new ();
  KontorVcardProperty *address = kontor_vcard_find (card, "ADR");
  g_auto(GStrv) parts = address != NULL ? kontor_vcard_split (address->value, ';') : NULL;
  g_autofree char *name = kontor_card_dup_text (card, "FN");
  g_autofree char *account = kontor_card_dup_first (card, "ORG");
  g_autofree char *position = kontor_card_dup_text (card, "TITLE");
  g_autofree char *phone = kontor_card_dup_text (card, "TEL");
  g_autofree char *mail = kontor_card_dup_text (card, "EMAIL");
  g_autofree char *text = dup_card_text (card);

  if (name == NULL)
    {
      name = kontor_card_dup_text (card, "N");
      if (name != NULL)
        g_strdelimit (name, ";", ' ');
    }
  g_strv_builder_add (cells, name != NULL ? name : "");
  g_strv_builder_add (cells, account != NULL ? account : "");
  g_strv_builder_add (cells, position != NULL ? position : "");
  g_strv_builder_add (cells, phone != NULL ? phone : "");
  g_strv_builder_add (cells, mail != NULL ? mail : "");
  g_strv_builder_add (cells, parts != NULL && g_strv_length (parts) > 3 ? parts[3] : "");
  g_strv_builder_add (cells, text);
  return g_strv_builder_end (cells);
}
