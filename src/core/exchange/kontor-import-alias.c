/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that exports of other programs give their columns, in English, Russian and German: those
 * of the field tables, and those of what hangs on people and organisations. Numbers of Outlook and
 * Google ("E-mail 2 Address", "Phone 1 - Value") are understood. */
#include "config.h"

#include "kontor-import-private.h"
#include "kontor-model.h"
#include <string.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  const char *path;
  const char *const *names; /* as kontor_import_fold_header() leaves them; ends with NULL */
} Alias;

#define NAMES(...) \
  (const char *const[]) { __VA_ARGS__, NULL }

/* clang-format off */

static const Alias party_aliases[] = {
  { "phone", NAMES ("phone", "telephone", "phone number", "telephone number", "tel", "tel no",
                    "telefon", "telefonnummer", "main phone", "primary phone", "company phone",
                    "company main phone", "телефон", "тел", "номер телефона", "основной телефон") },
  { "phone[work]", NAMES ("work phone", "business phone", "office phone", "phone work",
                          "telefon geschäftlich", "рабочий телефон", "телефон рабочий",
                          "телефон рабочий номер", "телефон раб") },
  { "phone[home]", NAMES ("home phone", "private phone", "phone home", "telefon privat",
                          "домашний телефон", "телефон домашний", "телефон дом") },
  { "phone[other]", NAMES ("other phone", "radio phone", "другой телефон", "радиотелефон") },
  { "phone[main]", NAMES ("основной телефон организации") },
  { "phone[car]", NAMES ("car phone", "телефон в машине") },
  { "phone[pager]", NAMES ("pager", "пейджер") },
  { "phone[assistant]", NAMES ("assistant s phone", "телефон помощника") },
  { "phone[callback]", NAMES ("callback", "обратный вызов") },
  { "phone[isdn]", NAMES ("isdn") },
  { "phone[textphone]", NAMES ("tty tdd phone", "телетайп телефон с титрами") },
  { "phone[telex]", NAMES ("telex", "телекс") },
  { "mobile", NAMES ("mobile", "mobile phone", "mobile number", "mobile phone number", "cell",
                     "cell phone", "cellphone", "handy", "mobil", "mobiltelefon", "мобильный",
                     "мобильный телефон", "мобильный номер", "сотовый", "моб",
                     "телефон переносной") },
  { "fax", NAMES ("fax", "fax number", "business fax", "work fax", "telefax", "факс",
                  "рабочий факс") },
  { "fax[home]", NAMES ("home fax", "домашний факс") },
  { "fax[other]", NAMES ("other fax", "другой факс") },
  { "mail", NAMES ("mail", "email", "e mail", "email address", "e mail address", "mail address",
                   "primary email", "main e mail", "emails", "e mails", "почта", "эл почта",
                   "электронная почта", "адрес эл почты", "адрес электронной почты", "имейл",
                   "адрес эл почты 1") },
  { "mail[work]", NAMES ("work email", "business email", "work e mail", "рабочая почта",
                         "e mail рабочий") },
  { "mail[home]", NAMES ("home email", "personal email", "private email", "личная почта",
                         "e mail личный") },
  { "web", NAMES ("personal web page", "web address", "internet", "веб страница") },
  { "messenger", NAMES ("messenger", "im address", "skype", "whatsapp", "telegram", "мессенджер",
                        "скайп", "телеграм") },
  { "street", NAMES ("business address po box", "улица раб адрес", "улица 2 раб адрес",
                     "улица 3 раб адрес", "почтовый ящик раб адрес", "street", "address", "street address", "address line 1", "address 1",
                     "address line 2", "street address line 2", "business street",
                     "business street 2", "business street 3", "work street", "mailing street",
                     "billing street", "straße", "strasse", "adresse", "anschrift", "улица",
                     "адрес", "рабочий адрес улица") },
  { "city", NAMES ("город раб адрес", "city", "town", "business city", "work city", "mailing city", "billing city",
                   "ort", "stadt", "город", "населенный пункт") },
  { "region", NAMES ("область раб адрес", "область край раб адрес", "region", "state", "province", "county", "state region", "state province",
                     "business state", "work state", "mailing state", "billing state",
                     "mailing state province", "billing state province", "bundesland", "регион",
                     "область", "край") },
  { "postcode", NAMES ("индекс раб адрес", "почтовый код раб адрес", "postcode", "postal code", "postalcode", "zip", "zip code", "zipcode",
                       "zip postal code", "business postal code", "work postal code",
                       "mailing zip postal code", "billing zip postal code", "plz",
                       "postleitzahl", "индекс", "почтовый индекс") },
  { "country", NAMES ("страна раб адрес", "страна или регион раб адрес", "country", "country code", "country region", "business country",
                      "business country region", "work country", "mailing country",
                      "billing country", "office location", "land", "страна") },
  { "street[home]", NAMES ("home address po box", "улица дом адрес", "улица 2 дом адрес",
                           "улица 3 дом адрес", "почтовый ящик дом адрес", "home street", "home street 2", "home street 3", "home address",
                           "домашний адрес") },
  { "city[home]", NAMES ("home city", "город дом адрес") },
  { "region[home]", NAMES ("home state", "область дом адрес", "область край дом адрес") },
  { "postcode[home]", NAMES ("home postal code", "индекс дом адрес", "почтовый код дом адрес") },
  { "country[home]", NAMES ("home country", "home country region", "страна дом адрес",
                            "страна или регион дом адрес") },
  { "street[other]", NAMES ("other street", "other street 2", "other street 3",
                            "other address po box", "улица другой адрес", "улица 2 другой адрес",
                            "улица 3 другой адрес", "почтовый ящик другой адрес") },
  { "city[other]", NAMES ("other city", "город другой адрес") },
  { "region[other]", NAMES ("other state", "область другой адрес", "область край другой адрес") },
  { "postcode[other]", NAMES ("other postal code", "индекс другой адрес",
                              "почтовый код другой адрес") },
  { "country[other]", NAMES ("other country", "other country region", "страна другой адрес",
                             "страна или регион другой адрес") },
  { "role", NAMES ("role", "business role", "роль") },
  { "tags", NAMES ("категории", "ключевые слова", "group membership", "labels", "group", "groups", "группы", "группа") },
  { NULL, NULL },
};

static const Alias contact_aliases[] = {
  { "account", NAMES ("account", "account name", "company", "company name", "companyname",
                      "organisation", "organization", "organisation name", "organization name",
                      "name of the organisation", "employer", "associated company",
                      "associated company name", "customer", "firm", "firma", "unternehmen",
                      "организация", "компания", "фирма", "название организации",
                      "название компании", "место работы") },
  { "position", NAMES ("position", "job title", "jobtitle", "organization title", "function",
                       "contact title", "occupation", "beruf", "funktion", "должность") },
  { "department", NAMES ("department", "dept", "organization department", "abteilung", "отдел",
                         "подразделение") },
  { "owner", NAMES ("contact owner", "hubspot owner") },
  { "suffix", NAMES ("суффикс") },
  { "website", NAMES ("website url", "веб страница") },
  { NULL, NULL },
};

static const Alias account_aliases[] = {
  { "contact.name", NAMES ("contact", "contact name", "contactname", "contact person",
                           "primary contact", "main contact", "ansprechpartner",
                           "контактное лицо", "контакт") },
  { "contact.first_name", NAMES ("contact first name", "first name", "firstname", "vorname",
                                 "имя") },
  { "contact.last_name", NAMES ("contact last name", "last name", "lastname", "surname",
                                "nachname", "фамилия") },
  { "contact.position", NAMES ("contact title", "contact position", "contacttitle", "job title",
                               "position", "должность", "должность контактного лица") },
  { "contact.phone", NAMES ("contact phone", "телефон контактного лица") },
  { "contact.mobile", NAMES ("contact mobile", "contact mobile phone") },
  { "contact.mail", NAMES ("contact email", "contact e mail", "contact mail",
                           "почта контактного лица") },
  { "owner", NAMES ("company owner") },
  { "number", NAMES ("record id") },
  { "website", NAMES ("company domain name", "website url") },
  { NULL, NULL },
};

static const Alias activity_aliases[] = {
  { "about.contact", NAMES ("contact", "contact name", "person", "about", "контакт", "с кем") },
  { "about.account", NAMES ("account", "account name", "company", "company name", "organisation",
                            "organization", "customer", "организация", "компания", "клиент") },
  { NULL, NULL },
};

/* "Address 1 - City" and its likes, without the number: what stands in front and behind. */
static const struct
{
  const char *before, *after, *path;
} numbered[] = {
  { "phone", "", "phone" },
  { "phone", "value", "phone" },
  { "phone", "type", "phone.label" },
  { "phone", "label", "phone.label" },
  { "phone number", "", "phone" },
  { "business phone", "", "phone[work]" },
  { "home phone", "", "phone[home]" },
  { "mobile", "", "mobile" },
  { "mobile phone", "", "mobile" },
  { "телефон", "", "phone" },
  { "телефон раб", "", "phone[work]" },
  { "телефон дом", "", "phone[home]" },
  { "адрес", "эл почты", "mail" },
  { "мобильный телефон", "", "mobile" },
  { "fax", "", "fax" },
  { "e mail", "", "mail" },
  { "e mail", "address", "mail" },
  { "e mail", "value", "mail" },
  { "e mail", "type", "mail.label" },
  { "e mail", "label", "mail.label" },
  { "email", "", "mail" },
  { "почта", "", "mail" },
  { "website", "value", "web" },
  { "website", "label", "web.label" },
  { "website", "type", "web.label" },
  { "im", "value", "messenger" },
  { "im", "service", "messenger.label" },
  { "address", "label", "address_kind" },
  { "address", "type", "address_kind" },
  { "address", "po box", "street" },
  { "address", "street", "street" },
  { "address", "extended address", "street" },
  { "address", "city", "city" },
  { "address", "region", "region" },
  { "address", "postal code", "postcode" },
  { "address", "country", "country" },
  { "organization", "name", "account" },
  { "organization", "title", "position" },
  { "organization", "department", "department" },
};

/* clang-format on */

/**
 * kontor_import_fold_header:
 * @header: name of a column
 *
 * Returns: (transfer full): it without case and with one space for all that is no letter or digit
 */
char *
kontor_import_fold_header (const char *header)
{
  g_autofree char *composed = g_utf8_normalize (header, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (composed != NULL ? composed : header, -1);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalnum (c))
        {
          space = out->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c == 0x451 /* ё */ ? 0x435 : c);
    }
  return g_string_free (out, FALSE);
}

/* The first meaning of a name stays. */
static void
add_name (GHashTable *aliases, const char *name, const char *path)
{
  g_autofree char *folded = kontor_import_fold_header (name);

  if (*folded != '\0' && !g_hash_table_contains (aliases, folded))
    g_hash_table_insert (aliases, g_steal_pointer (&folded), g_strdup (path));
}

static void
add_all (GHashTable *aliases, const Alias *table)
{
  for (; table->path != NULL; table++)
    for (guint i = 0; table->names[i] != NULL; i++)
      add_name (aliases, table->names[i], table->path);
}

static void
add_fields (GHashTable *aliases, KontorSchema *schema, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);
  guint pass;

  /* names and labels go before the other names a field may have */
  for (pass = 0; pass < 2; pass++)
    for (guint i = 0; i < fields->len; i++)
      {
        const KontorFieldDef *field = g_ptr_array_index (fields, i);
        g_autoptr(KontorImportTarget) target =
          kontor_import_target_parse (schema, type, field->name, NULL);

        if (target == NULL)
          continue;
        if (pass == 0)
          {
            add_name (aliases, field->name, target->path);
            add_name (aliases, field->label, target->path);
            add_name (aliases, kontor_field_get_label (field), target->path);
          }
        for (guint k = 0; pass == 1 && field->import != NULL && field->import[k] != NULL; k++)
          add_name (aliases, field->import[k], target->path);
      }
}

/**
 * kontor_import_aliases:
 * @schema: fields of the workspace
 * @type: a record type
 *
 * Returns: (transfer full) (element-type utf8 utf8): folded names of columns to paths
 */
GHashTable *
kontor_import_aliases (KontorSchema *schema, const KontorRecordType *type)
{
  GHashTable *aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add_name (aliases, "id", "id");
  add_fields (aliases, schema, type);
  if (type == &kontor_contact_type)
    add_all (aliases, contact_aliases);
  if (type == &kontor_account_type)
    add_all (aliases, account_aliases);
  if (type == &kontor_activity_type)
    add_all (aliases, activity_aliases);
  if ((type->flags & KONTOR_TYPE_PARTY) != 0)
    add_all (aliases, party_aliases);
  return aliases;
}

/* "e mail 2 address" into "e mail", 2, "address". */
static gboolean
split_number (const char *folded, char **before, guint *number, char **after)
{
  const char *at = folded;
  const char *end;

  while ((at = strchr (at, ' ')) != NULL && !g_ascii_isdigit (at[1]))
    at++;
  if (at == NULL)
    return FALSE;
  *number = (guint) g_ascii_strtoull (at + 1, (char **) &end, 10);
  if (*number == 0 || *number > 99 || (*end != '\0' && *end != ' '))
    return FALSE;
  *before = g_strndup (folded, at - folded);
  *after = g_strdup (*end == ' ' ? end + 1 : end);
  return TRUE;
}

/* The number goes in brackets, before a field of the contact point. */
static char *
add_number (const char *path, guint number)
{
  const char *dot = strchr (path, '.');
  int length = dot != NULL ? (int) (dot - path) : (int) strlen (path);

  if (strchr (path, '[') != NULL || g_str_equal (path, "account") ||
      g_str_equal (path, "position") || g_str_equal (path, "department"))
    return g_strdup (path);
  return g_strdup_printf ("%.*s[%u]%s", length, path, number, path + length);
}

static char *
find_numbered (GHashTable *aliases, const char *folded)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint number;

  if (!split_number (folded, &before, &number, &after))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (numbered); i++)
    if (g_str_equal (numbered[i].before, before) && g_str_equal (numbered[i].after, after))
      /* only of types that have such a thing */
      return g_hash_table_contains (aliases, "mobile phone") ? add_number (numbered[i].path, number)
                                                             : NULL;
  return NULL;
}

/**
 * kontor_import_find_alias:
 * @aliases: what kontor_import_aliases() returned
 * @header: name of a column
 *
 * Returns: (transfer full) (nullable): the path it probably means
 */
char *
kontor_import_find_alias (GHashTable *aliases, const char *header)
{
  g_autofree char *folded = kontor_import_fold_header (header);
  const char *path = g_hash_table_lookup (aliases, folded);

  return path != NULL ? g_strdup (path) : find_numbered (aliases, folded);
}

static gpointer
collect_known (gpointer unused)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GHashTable) aliases = NULL;
      GHashTableIter iter;
      gpointer name;

      if ((type->flags & KONTOR_TYPE_INTERNAL) != 0)
        continue;
      aliases = kontor_import_aliases (schema, type);
      g_hash_table_iter_init (&iter, aliases);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_hash_table_add (known, g_strdup (name));
    }
  return known;
}

/**
 * kontor_import_knows_header:
 * @header: a cell
 * @unused: nothing
 *
 * Returns: whether files of any type have a column of that name
 */
gboolean
kontor_import_knows_header (const char *header, gpointer unused)
{
  static GOnce once = G_ONCE_INIT;
  GHashTable *known = g_once (&once, collect_known, NULL);
  g_autofree char *folded = kontor_import_fold_header (header);

  return g_hash_table_contains (known, folded);
}
