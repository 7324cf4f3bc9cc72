/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TYPE, X-ABLabel and the names of messengers, and what they are in a record: kinds and labels. */
#include "config.h"

#include "kontor-card-private.h"
#include "kontor-model.h"
#include <sodium.h>
#include <string.h>

/* Types that are labels of their own. Those that are missing are kinds, or say nothing. */
static const char *const label_words[] = {
  "home",  "work", "other",     "pager", "car",  "isdn",      "video",  "msg", "bbs",
  "modem", "pcs",  "textphone", "text",  "main", "assistant", "school", NULL,
};

/* Labels that Apple's programs show in the language of the person. */
static const struct
{
  const char *apple, *label;
} apple_labels[] = {
  { "_$!<Home>!$_", "home" },    { "_$!<Work>!$_", "work" },    { "_$!<Other>!$_", "other" },
  { "_$!<Main>!$_", "main" },    { "_$!<Pager>!$_", "pager" },  { "_$!<School>!$_", "school" },
  { "_$!<HomeFAX>!$_", "home" }, { "_$!<WorkFAX>!$_", "work" }, { "_$!<OtherFAX>!$_", "other" },
  { "_$!<Mobile>!$_", NULL },    { "_$!<HomePage>!$_", NULL },
};

static const char *
get_custom_label (const KontorVcard *card, const KontorVcardProperty *property)
{
  KontorVcardProperty *label = kontor_vcard_find_grouped (card, KONTOR_CARD_LABEL, property->group);

  if (label != NULL && *label->value != '\0')
    return label->value;
  return kontor_vcard_property_get_param (property, "X-CUSTOM");
}

static char *
strip_apple (const char *custom)
{
  for (guint i = 0; i < G_N_ELEMENTS (apple_labels); i++)
    if (g_ascii_strcasecmp (apple_labels[i].apple, custom) == 0)
      return g_strdup (apple_labels[i].label);
  if (g_str_has_prefix (custom, "_$!<") && g_str_has_suffix (custom, ">!$_"))
    return g_utf8_strdown (custom + 4, (gssize) strlen (custom) - 8);
  return kontor_vcard_unescape (custom);
}

/**
 * kontor_card_dup_label:
 * @card: a card
 * @property: one of its properties
 *
 * Returns: (transfer full) (nullable): what the record calls it: "home", "work, pager", "Dacha"
 */
char *
kontor_card_dup_label (const KontorVcard *card, const KontorVcardProperty *property)
{
  const char *custom = get_custom_label (card, property);
  g_autoptr(GString) label = g_string_new (NULL);

  if (custom != NULL)
    return strip_apple (custom);
  for (guint i = 0; i < property->params->len; i++)
    {
      const KontorVcardParam *param = &g_array_index (property->params, KontorVcardParam, i);

      if (!g_str_equal (param->name, "TYPE") || !g_strv_contains (label_words, param->value))
        continue;
      if (label->len > 0)
        g_string_append (label, ", ");
      g_string_append (label, param->value);
    }
  return label->len > 0 ? g_string_free (g_steal_pointer (&label), FALSE) : NULL;
}

/**
 * kontor_card_phone_kind:
 * @card: a card
 * @property: a number of it
 *
 * Returns: (transfer none): the kind of contact point it is
 */
const char *
kontor_card_phone_kind (const KontorVcard *card, const KontorVcardProperty *property)
{
  const char *custom = get_custom_label (card, property);

  if (kontor_vcard_property_has_type (property, "fax") ||
      (custom != NULL && g_str_has_suffix (custom, "FAX>!$_")))
    return "fax";
  if (kontor_vcard_property_has_type (property, "cell") ||
      kontor_vcard_property_has_type (property, "iphone") ||
      (custom != NULL && g_str_equal (custom, "_$!<Mobile>!$_")))
    return "mobile";
  return "phone";
}

/**
 * kontor_card_add_label:
 * @property: a property
 * @label: (nullable): what the record calls it
 *
 * Returns: %FALSE: it is no type of vCards and must be said beside it, by X-ABLabel
 */
gboolean
kontor_card_add_label (KontorVcardProperty *property, const char *label)
{
  g_auto(GStrv) words = label != NULL ? g_strsplit (label, ", ", -1) : NULL;

  for (char **word = words; word != NULL && *word != NULL; word++)
    if (!g_strv_contains (label_words, *word))
      return FALSE;
  for (char **word = words; word != NULL && *word != NULL; word++)
    kontor_vcard_property_add_param (property, "TYPE", *word);
  return TRUE;
}

/* --- Messengers ---------------------------------------------------------------------------------
 */

/* The first of a service is how it is written. */
static const struct
{
  const char *service, *scheme;
} services[] = {
  { "skype", "skype" },       { "xmpp", "xmpp" },         { "telegram", "tg" },
  { "telegram", "telegram" }, { "whatsapp", "whatsapp" }, { "viber", "viber" },
  { "signal", "signal" },     { "sip", "sip" },           { "icq", "icq" },
  { "aim", "aim" },           { "msn", "msnim" },         { "msn", "msn" },
  { "yahoo", "ymsgr" },       { "yahoo", "yahoo" },       { "irc", "irc" },
  { "matrix", "matrix" },     { "google talk", "gtalk" }, { "qq", "qq" },
  { "gadu-gadu", "gg" },      { "facebook", "fb" },       { "groupwise", "groupwise" },
};

static const struct
{
  const char *name, *service;
} service_properties[] = {
  { "X-SKYPE", "skype" },
  { "X-SKYPE-USERNAME", "skype" },
  { "X-JABBER", "xmpp" },
  { "X-ICQ", "icq" },
  { "X-AIM", "aim" },
  { "X-MSN", "msn" },
  { "X-YAHOO", "yahoo" },
  { "X-GTALK", "google talk" },
  { "X-GOOGLE-TALK", "google talk" },
  { "X-QQ", "qq" },
  { "X-GADUGADU", "gadu-gadu" },
  { "X-TELEGRAM", "telegram" },
  { "X-MATRIX", "matrix" },
  { "X-SIP", "sip" },
  { "X-GROUPWISE", "groupwise" },
  { "X-EVOLUTION-VIDEO-URL", NULL },
};

/**
 * kontor_card_service_of_property:
 * @name: name of a property, such as "X-SKYPE"
 *
 * Returns: (transfer none) (nullable): the messenger whose addresses it has
 */
const char *
kontor_card_service_of_property (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (service_properties); i++)
    if (g_str_equal (service_properties[i].name, name))
      return service_properties[i].service;
  return NULL;
}

/**
 * kontor_card_service_of_scheme:
 * @scheme: what stands before the colon, in small letters
 *
 * Returns: (transfer none) (nullable): the messenger
 */
const char *
kontor_card_service_of_scheme (const char *scheme)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    if (g_str_equal (services[i].scheme, scheme))
      return services[i].service;
  return NULL;
}

/**
 * kontor_card_scheme_of_service:
 * @service: (nullable): a messenger
 *
 * Returns: (transfer none) (nullable): what stands before the colon
 */
const char *
kontor_card_scheme_of_service (const char *service)
{
  for (guint i = 0; service != NULL && i < G_N_ELEMENTS (services); i++)
    if (g_str_equal (services[i].service, service))
      return services[i].scheme;
  return NULL;
}

/* --- Addresses -----------------------------------------------------------------------------------
 */

/**
 * kontor_card_dup_address_kind:
 * @card: a card
 * @property: an address of it
 *
 * Returns: (transfer full) (nullable): the kind of address; %NULL for that of the work
 */
char *
kontor_card_dup_address_kind (const KontorVcard *card, const KontorVcardProperty *property)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ADDRESS_KIND);
  g_autofree char *label = kontor_card_dup_label (card, property);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;

  if (label != NULL && kontor_value_parse (field, label, &value, NULL))
    return g_strdup (value.text);
  if (kontor_vcard_property_has_type (property, "home"))
    return g_strdup ("home");
  if (kontor_vcard_property_has_type (property, "postal"))
    return g_strdup ("postal");
  if (kontor_vcard_property_has_type (property, "parcel"))
    return g_strdup ("delivery");
  return NULL;
}

/**
 * kontor_card_add_address_kind:
 * @property: an address
 * @kind: (nullable): its kind
 *
 * Says it as well as types can; kinds without a type need a label beside.
 */
void
kontor_card_add_address_kind (KontorVcardProperty *property, const char *kind)
{
  const char *type = "work";

  if (g_strcmp0 (kind, "home") == 0 || g_strcmp0 (kind, "postal") == 0)
    type = kind;
  else if (g_strcmp0 (kind, "delivery") == 0)
    type = "parcel";
  kontor_vcard_property_add_param (property, "TYPE", type);
}

/**
 * kontor_card_hash:
 * @data: a content
 *
 * Returns: (transfer full): the name the workspace has for it
 */
char *
kontor_card_hash (GBytes *data)
{
  guint8 hash[crypto_generichash_BYTES];
  char *text = g_malloc (sizeof hash * 2 + 1);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);

  crypto_generichash (hash, sizeof hash, bytes, length, NULL, 0);
  return sodium_bin2hex (text, sizeof hash * 2 + 1, hash, sizeof hash);
}
