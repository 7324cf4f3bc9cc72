/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's organisations and people with what hangs on them. */
#include "config.h"

#include "kontor-demo-private.h"
#include "kontor-model.h"
#include <string.h>

#define STREAM_ACCOUNT (G_GUINT64_CONSTANT (5) << 60)
#define STREAM_CONTACT (G_GUINT64_CONSTANT (6) << 60)
#define N_SAMPLES 16

static const char *
get_currency (const char *country)
{
  static const struct
  {
    const char *country, *currency;
  } currencies[] = {
    { "GB", "GBP" }, { "US", "USD" }, { "CA", "CAD" }, { "CH", "CHF" }, { "SE", "SEK" },
    { "PL", "PLN" }, { "RU", "RUB" }, { "BY", "BYN" }, { "KZ", "KZT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_str_equal (currencies[i].country, country))
      return currencies[i].currency;
  return "EUR";
}

static void
add_point (KontorDemoFill *fill,
           const KontorRecordType *type,
           const KontorId *party,
           const char *kind,
           const char *value,
           gboolean is_main)
{
  KontorRecord *point = kontor_demo_new_record (fill, &kontor_contact_point_type);

  kontor_record_set_text (point, KONTOR_CONTACT_POINT_PARTY_TYPE, type->name);
  kontor_record_set_link (point, KONTOR_CONTACT_POINT_PARTY, party);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_KIND, kind);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_VALUE, value);
  kontor_record_set_integer (point, KONTOR_CONTACT_POINT_MAIN, is_main);
  kontor_demo_add (fill, point);
}

static void
add_phone (KontorDemoFill *fill,
           const KontorRecordType *type,
           const KontorId *party,
           const char *kind,
           const char *pattern,
           KontorDemoRandom *random)
{
  g_autoptr(GString) number = g_string_new (NULL);

  kontor_demo_random_pattern (random, number, pattern);
  add_point (fill, type, party, kind, number->str, strcmp (kind, "phone") == 0);
}

static void
add_address (KontorDemoFill *fill,
             const KontorRecordType *type,
             const KontorId *party,
             const char *kind,
             const KontorDemoPlace *place,
             gboolean is_main)
{
  KontorRecord *address = kontor_demo_new_record (fill, &kontor_address_type);

  kontor_record_set_text (address, KONTOR_ADDRESS_PARTY_TYPE, type->name);
  kontor_record_set_link (address, KONTOR_ADDRESS_PARTY, party);
  kontor_record_set_text (address, KONTOR_ADDRESS_KIND, kind);
  kontor_record_set_text (address, KONTOR_ADDRESS_STREET, place->street);
  kontor_record_set_text (address, KONTOR_ADDRESS_CITY, place->city->name);
  kontor_record_set_text (address, KONTOR_ADDRESS_REGION, place->city->region);
  kontor_record_set_text (address, KONTOR_ADDRESS_POSTCODE, place->postcode);
  kontor_record_set_text (address, KONTOR_ADDRESS_COUNTRY, place->country->code);
  kontor_record_set_integer (address, KONTOR_ADDRESS_MAIN, is_main);
  kontor_demo_add (fill, address);
}

/* --- Organisations -------------------------------------------------------------------------- */

static const char *
pick_stage (KontorDemoRandom *random)
{
  static const char *const stages[] = { "attracted", "deal", "deal", "after_sale", NULL };

  return kontor_demo_random_pick (random, stages);
}

static const char *
pick_account_kind (KontorDemoRandom *random)
{
  guint percent = kontor_demo_random_below (random, 100);

  return percent < 58   ? "customer"
         : percent < 83 ? "prospect"
         : percent < 90 ? "supplier"
         : percent < 96 ? "partner"
                        : "competitor";
}

static void
set_account_figures (KontorDemoFill *fill,
                     KontorRecord *account,
                     const KontorDemoCompany *company,
                     KontorDemoRandom *random)
{
  int employees =
    kontor_demo_random_between (random, 2, 60) * kontor_demo_random_between (random, 1, 20);
  gint64 revenue = (gint64) employees * kontor_demo_random_between (random, 60, 180) * 1000 * 100;
  char year[5];

  memcpy (year, fill->today, 4);
  year[4] = '\0';
  kontor_record_set_integer (account, KONTOR_ACCOUNT_EMPLOYEES, employees);
  kontor_record_set_integer (account, KONTOR_ACCOUNT_REVENUE, revenue);
  kontor_record_set_text (account,
                          KONTOR_ACCOUNT_CURRENCY,
                          get_currency (company->place.country->code));
  kontor_record_set_integer (account,
                             KONTOR_ACCOUNT_FOUNDED,
                             (gint64) g_ascii_strtoull (year, NULL, 10) -
                               kontor_demo_random_between (random, 2, 90));
}

static KontorRecord *
create_account (KontorDemoFill *fill,
                const KontorDemoCompany *company,
                guint index,
                KontorDemoRandom *random)
{
  KontorRecord *account = kontor_demo_new_record (fill, &kontor_account_type);
  g_autofree char *website = g_strconcat ("https://www.", company->domain, NULL);
  char number[16];

  g_snprintf (number, sizeof number, "K-%05u", 10001 + index);
  kontor_record_set_text (account, KONTOR_ACCOUNT_NAME, company->name);
  kontor_record_set_text (account, KONTOR_ACCOUNT_LEGAL_FORM, company->legal_form);
  kontor_record_set_text (account, KONTOR_ACCOUNT_NUMBER, number);
  kontor_record_set_text (account, KONTOR_ACCOUNT_WEBSITE, website);
  kontor_demo_set_pick (fill, account, KONTOR_ACCOUNT_KIND, pick_account_kind (random), random);
  kontor_demo_set_pick (fill, account, KONTOR_ACCOUNT_INDUSTRY, company->industry->code, random);
  kontor_demo_set_pick (fill, account, KONTOR_ACCOUNT_VALUE_CLASS, NULL, random);
  kontor_demo_set_pick (fill, account, KONTOR_ACCOUNT_SOURCE, NULL, random);
  kontor_record_set_text (account, KONTOR_ACCOUNT_STAGE, pick_stage (random));
  set_account_figures (fill, account, company, random);
  if (kontor_demo_random_chance (random, 8) && !kontor_id_is_null (&fill->last_account))
    kontor_record_set_link (account, KONTOR_ACCOUNT_PARENT, &fill->last_account);
  if (kontor_demo_random_chance (random, 45))
    {
      g_autofree char *day = kontor_demo_pick_day (fill, random, -700, -5);

      kontor_record_set_text (account, KONTOR_ACCOUNT_CHECKED_ON, day);
    }
  kontor_demo_set_owner (fill, account, random);
  kontor_demo_set_created (fill, account, kontor_demo_pick_time (fill, random, -900, -190));
  return account;
}

static void
add_relation (KontorDemoFill *fill,
              const KontorId *left,
              const KontorId *right,
              KontorDemoRandom *random)
{
  static const char *const kinds[] = { "partner", "supplier", "competitor", "recommends", NULL };
  const char *kind = kontor_demo_random_pick (random, kinds);
  KontorRecord *relation;

  if (kontor_schema_find_pick (fill->schema, "relation_kind", kind) == NULL)
    return;
  relation = kontor_demo_new_record (fill, &kontor_party_relation_type);
  kontor_record_set_text (relation, KONTOR_PARTY_RELATION_LEFT_TYPE, kontor_account_type.name);
  kontor_record_set_link (relation, KONTOR_PARTY_RELATION_LEFT, left);
  kontor_record_set_text (relation, KONTOR_PARTY_RELATION_KIND, kind);
  kontor_record_set_text (relation, KONTOR_PARTY_RELATION_RIGHT_TYPE, kontor_account_type.name);
  kontor_record_set_link (relation, KONTOR_PARTY_RELATION_RIGHT, right);
  kontor_demo_add (fill, relation);
}

static KontorId
add_account (KontorDemoFill *fill,
             const KontorDemoCompany *company,
             guint index,
             KontorDemoRandom *random)
{
  KontorRecord *account = create_account (fill, company, index, random);
  g_autofree char *mail = g_strconcat ("info@", company->domain, NULL);
  KontorId id = kontor_demo_add (fill, account);

  add_point (fill, &kontor_account_type, &id, "phone", company->phone, TRUE);
  if (kontor_demo_random_chance (random, 20))
    add_phone (fill, &kontor_account_type, &id, "fax", company->place.city->phone, random);
  add_point (fill, &kontor_account_type, &id, "mail", mail, TRUE);
  add_address (fill, &kontor_account_type, &id, "postal", &company->place, TRUE);
  if (kontor_demo_random_chance (random, 12))
    {
      KontorDemoPlace place = { 0 };

      kontor_demo_place_init (&place, company->data, random);
      add_address (fill, &kontor_account_type, &id, "delivery", &place, FALSE);
      kontor_demo_place_clear (&place);
    }
  kontor_demo_add_extras (fill, company->data, &kontor_account_type, &id, random);
  if (!kontor_id_is_null (&fill->last_account) && kontor_demo_random_chance (random, 10))
    add_relation (fill, &id, &fill->last_account, random);
  fill->last_account = id;
  fill->n_done++;
  return id;
}

/* --- People --------------------------------------------------------------------------------- */

static void
set_contact_details (KontorDemoFill *fill,
                     KontorRecord *contact,
                     const KontorDemoData *data,
                     KontorDemoRandom *random)
{
  if (kontor_demo_random_chance (random, 60))
    {
      char birth[32];

      g_snprintf (birth,
                  sizeof birth,
                  "%04d-%02d-%02d",
                  kontor_demo_random_between (random, 1955, 2003),
                  kontor_demo_random_between (random, 1, 12),
                  kontor_demo_random_between (random, 1, 28));
      kontor_record_set_text (contact, KONTOR_CONTACT_BIRTH_DATE, birth);
    }
  if (kontor_demo_random_chance (random, 15))
    kontor_record_set_text (contact,
                            KONTOR_CONTACT_NOTES,
                            kontor_demo_random_pick (random, data->remarks));
  if (kontor_demo_random_chance (random, 30))
    kontor_demo_set_pick (fill, contact, KONTOR_CONTACT_PREFERRED_CHANNEL, NULL, random);
  if (kontor_demo_random_chance (random, 3))
    kontor_record_set_integer (contact, KONTOR_CONTACT_DO_NOT_CONTACT, TRUE);
  if (kontor_demo_random_chance (random, 35))
    {
      g_autofree char *day = kontor_demo_pick_day (fill, random, -700, -5);

      kontor_record_set_text (contact, KONTOR_CONTACT_CHECKED_ON, day);
    }
  kontor_demo_set_pick (fill, contact, KONTOR_CONTACT_SOURCE, NULL, random);
  kontor_record_set_text (contact, KONTOR_CONTACT_STAGE, pick_stage (random));
}

static KontorId
add_contact_record (KontorDemoFill *fill,
                    const KontorDemoPerson *person,
                    const KontorDemoPlace *place,
                    const KontorDemoData *data,
                    KontorDemoRandom *random)
{
  KontorRecord *contact = kontor_demo_new_record (fill, &kontor_contact_type);
  char number[24];

  kontor_record_set_text (contact, KONTOR_CONTACT_NAME, person->name);
  kontor_record_set_text (contact, KONTOR_CONTACT_FIRST_NAME, person->first);
  kontor_record_set_text (contact, KONTOR_CONTACT_MIDDLE_NAME, person->middle);
  kontor_record_set_text (contact, KONTOR_CONTACT_LAST_NAME, person->last);
  g_snprintf (number, sizeof number, "P-%06" G_GUINT64_FORMAT, fill->n_done + 1);
  kontor_record_set_text (contact, KONTOR_CONTACT_NUMBER, number);
  kontor_record_set_text (contact, KONTOR_CONTACT_LANGUAGE, place->country->language);
  kontor_demo_set_pick (fill,
                        contact,
                        KONTOR_CONTACT_GENDER,
                        person->female ? "female" : "male",
                        random);
  set_contact_details (fill, contact, data, random);
  kontor_demo_set_owner (fill, contact, random);
  kontor_demo_set_created (fill, contact, kontor_demo_pick_time (fill, random, -900, -185));
  return kontor_demo_add (fill, contact);
}

static void
add_membership (KontorDemoFill *fill,
                const KontorId *contact,
                const KontorId *account,
                const KontorDemoData *data,
                KontorDemoRandom *random)
{
  KontorRecord *membership = kontor_demo_new_record (fill, &kontor_account_contact_type);
  const KontorDemoPosition *position;
  guint n = 0;

  while (data->positions[n].title != NULL)
    n++;
  position = &data->positions[kontor_demo_random_below (random, n)];
  kontor_record_set_link (membership, KONTOR_ACCOUNT_CONTACT_CONTACT, contact);
  kontor_record_set_link (membership, KONTOR_ACCOUNT_CONTACT_ACCOUNT, account);
  kontor_record_set_text (membership, KONTOR_ACCOUNT_CONTACT_POSITION, position->title);
  kontor_record_set_text (membership, KONTOR_ACCOUNT_CONTACT_DEPARTMENT, position->department);
  kontor_demo_set_pick (fill,
                        membership,
                        KONTOR_ACCOUNT_CONTACT_DECISION_ROLE,
                        position->role,
                        random);
  kontor_record_set_integer (membership, KONTOR_ACCOUNT_CONTACT_MAIN, TRUE);
  kontor_demo_add (fill, membership);
}

static void
add_contact (KontorDemoFill *fill,
             const KontorDemoData *data,
             const KontorDemoCompany *company,
             const KontorDemoPlace *place,
             const KontorId *account,
             KontorDemoRandom *random)
{
  const KontorRecordType *type = &kontor_contact_type;
  KontorDemoPerson person = { 0 };
  gboolean has_phone;
  KontorId id;

  kontor_demo_person_init (&person,
                           data,
                           place->country,
                           company != NULL ? company->domain : NULL,
                           random);
  id = add_contact_record (fill, &person, place, data, random);
  if (account != NULL)
    add_membership (fill, &id, account, data, random);
  add_address (fill, type, &id, account != NULL ? "visit" : "home", place, TRUE);
  has_phone = account != NULL && kontor_demo_random_chance (random, 75);
  if (has_phone)
    add_phone (fill, type, &id, "phone", place->city->phone, random);
  if (account == NULL || kontor_demo_random_chance (random, 65))
    add_point (fill, type, &id, "mobile", person.mobile, !has_phone);
  add_point (fill, type, &id, "mail", person.mail, TRUE);
  for (guint i = 0; data->tags[i].name != NULL && i < fill->tags->len; i++)
    if (kontor_demo_random_chance (random, data->tags[i].percent))
      kontor_step_tag (fill->part, &g_array_index (fill->tags, KontorId, i), type, &id, TRUE);
  kontor_demo_add_extras (fill, data, type, &id, random);
  kontor_demo_add_activities (fill, data, account, &id, random);
  if (fill->samples->len < N_SAMPLES && kontor_demo_random_chance (random, 25))
    g_array_append_val (fill->samples, id);
  fill->n_done++;
  kontor_demo_person_clear (&person);
}

static gboolean
add_group (KontorDemoFill *fill, guint index, GError **error)
{
  const KontorDemoOptions *options = fill->options;
  const KontorDemoData *data = kontor_demo_data_for (options->language, options->seed, index);
  gboolean is_company = index < options->accounts;
  guint n = kontor_demo_count_staff (options, index);
  KontorDemoCompany company = { 0 };
  KontorDemoRandom random;
  KontorId account = KONTOR_ID_NULL;
  gboolean added = TRUE;

  kontor_demo_random_init (&random, options->seed, STREAM_ACCOUNT | index);
  if (is_company)
    {
      kontor_demo_company_init (&company, data, options->seed, index);
      account = add_account (fill, &company, index, &random);
    }
  for (guint i = 0; i < n && added; i++)
    {
      KontorDemoPlace home = { 0 };

      kontor_demo_random_init (&random,
                               options->seed,
                               STREAM_CONTACT | ((guint64) index << 24) | i);
      if (!is_company)
        {
          data = kontor_demo_data_for (options->language, options->seed, i);
          kontor_demo_place_init (&home, data, &random);
        }
      add_contact (fill,
                   data,
                   is_company ? &company : NULL,
                   is_company ? &company.place : &home,
                   is_company ? &account : NULL,
                   &random);
      kontor_demo_place_clear (&home);
      added = kontor_demo_flush (fill, FALSE, error);
    }
  kontor_demo_company_clear (&company);
  return added && kontor_demo_flush (fill, FALSE, error);
}

/**
 * kontor_demo_add_parties:
 * @fill: a filling with an office
 * @error: (nullable): place for an error
 *
 * Adds each organisation with its people, then the people without one.
 *
 * Returns: whether to go on
 */
gboolean
kontor_demo_add_parties (KontorDemoFill *fill, GError **error)
{
  for (guint i = 0; i <= fill->options->accounts; i++)
    if (!add_group (fill, i, error))
      return FALSE;
  return TRUE;
}
