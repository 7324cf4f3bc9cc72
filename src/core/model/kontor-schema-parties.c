/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of record types: what hangs on an organisation or a person. */
#include "config.h"

#include "kontor-schema-contacts.h"
#include "kontor-schema-private.h"
#include <glib/gi18n-lib.h>

/* clang-format off */

static const KontorChoice point_kind_choices[] = {
  { "phone", N_("Phone") },
  { "mobile", N_("Mobile") },
  { "fax", N_("Fax") },
  { "mail", N_("E-mail") },
  { "web", N_("Web") },
  { "messenger", N_("Messenger") },
  { NULL, NULL }
};

static const KontorChoice address_kind_choices[] = {
  { "postal", N_("Postal") },
  { "delivery", N_("Delivery") },
  { "billing", N_("Billing") },
  { "visit", N_("Visit") },
  { "home", N_("Home") },
  { NULL, NULL }
};

static const KontorChoice need_kind_choices[] = {
  { "need", N_("Need") },
  { "problem", N_("Problem") },
  { "preference", N_("Preference") },
  { NULL, NULL }
};

static const KontorChoice strength_choices[] = {
  { "low", N_("Low") },
  { "medium", N_("Medium") },
  { "high", N_("High") },
  { NULL, NULL }
};

static const KontorChoice need_state_choices[] = {
  { "open", N_("Open") },
  { "met", N_("Met") },
  { "dropped", N_("Dropped") },
  { NULL, NULL }
};

static const KontorFieldDef contact_point_fields[] = {
  FIELD (KONTOR_CONTACT_POINT_PARTY_TYPE,
    .name = "party_type", .label = N_("Type of party"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_CONTACT_POINT_PARTY,
    .name = "party", .label = N_("Party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "party_type"),
  FIELD (KONTOR_CONTACT_POINT_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_IN_LIST,
    .choices = point_kind_choices,
    .import = ALIASES ("type", "вид")),
  FIELD (KONTOR_CONTACT_POINT_LABEL,
    .name = "label", .label = N_("Label"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST),
  FIELD (KONTOR_CONTACT_POINT_VALUE,
    .name = "value", .label = N_("Value"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("number", "address", "значение")),
  FIELD (KONTOR_CONTACT_POINT_MAIN,
    .name = "main", .label = N_("Main"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_CONTACT_POINT_INVALID,
    .name = "invalid", .label = N_("No longer valid"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_CONTACT_POINT_POSITION,
    .name = "position", .label = N_("Order"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = -1000000, .max = 1000000),
  FIELD (KONTOR_CONTACT_POINT_NOTE,
    .name = "note", .label = N_("Note"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST),
  FIELD (KONTOR_CONTACT_POINT_PARTY_NAME,
    .name = "party_name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 2,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SORTED |
             KONTOR_FIELD_IN_LIST,
    .help = N_("Of numbers that can be called")),
  FIELD (KONTOR_CONTACT_POINT_ORGANISATION,
    .name = "organisation", .label = N_("Organisation"), .kind = KONTOR_FIELD_NAME, .since = 2,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
    .help = N_("Where the person works")),
  FIELD (KONTOR_CONTACT_POINT_DO_NOT_CALL,
    .name = "do_not_call", .label = N_("Do not call"), .kind = KONTOR_FIELD_BOOLEAN, .since = 2,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST),
};

const KontorRecordType kontor_contact_point_type = {
  .number = 13, .name = "contact_point", .gtype = "KontorContactPoint",
  .label = N_("Contact point"), .label_plural = N_("Contact points"), .icon = "call-start-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = contact_point_fields, .n_fields = G_N_ELEMENTS (contact_point_fields),
  .parent_field = "party",
  .import = ALIASES ("contact point", "contact points", "phone number", "phone numbers",
                     "телефоны"),
};

static const KontorFieldDef address_fields[] = {
  FIELD (KONTOR_ADDRESS_PARTY_TYPE,
    .name = "party_type", .label = N_("Type of party"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_ADDRESS_PARTY,
    .name = "party", .label = N_("Party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "party_type"),
  FIELD (KONTOR_ADDRESS_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = address_kind_choices,
    .import = ALIASES ("type", "address type", "вид")),
  FIELD (KONTOR_ADDRESS_STREET,
    .name = "street", .label = N_("Street"), .kind = KONTOR_FIELD_ADDRESS, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("address", "street address", "address line 1", "улица")),
  FIELD (KONTOR_ADDRESS_CITY,
    .name = "city", .label = N_("City"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("town", "ort", "город")),
  FIELD (KONTOR_ADDRESS_REGION,
    .name = "region", .label = N_("Region"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("state", "province", "county", "регион", "область")),
  FIELD (KONTOR_ADDRESS_POSTCODE,
    .name = "postcode", .label = N_("Postcode"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("postal_code", "postal code", "zip", "zip code", "plz", "индекс")),
  FIELD (KONTOR_ADDRESS_COUNTRY,
    .name = "country", .label = N_("Country"), .kind = KONTOR_FIELD_COUNTRY, .since = 1,
    .import = ALIASES ("country code", "land", "страна")),
  FIELD (KONTOR_ADDRESS_MAIN,
    .name = "main", .label = N_("Main"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1),
  FIELD (KONTOR_ADDRESS_FROM_DATE,
    .name = "from_date", .label = N_("From"), .kind = KONTOR_FIELD_DATE, .since = 1),
  FIELD (KONTOR_ADDRESS_TO_DATE,
    .name = "to_date", .label = N_("To"), .kind = KONTOR_FIELD_DATE, .since = 1),
  FIELD (KONTOR_ADDRESS_LATITUDE,
    .name = "latitude", .label = N_("Latitude"), .kind = KONTOR_FIELD_DECIMAL, .since = 1,
    .scale = 6, .min = -90000000, .max = 90000000),
  FIELD (KONTOR_ADDRESS_LONGITUDE,
    .name = "longitude", .label = N_("Longitude"), .kind = KONTOR_FIELD_DECIMAL, .since = 1,
    .scale = 6, .min = -180000000, .max = 180000000),
};

const KontorRecordType kontor_address_type = {
  .number = 14, .name = "address", .gtype = "KontorAddress",
  .label = N_("Address"), .label_plural = N_("Addresses"), .icon = "mark-location-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = address_fields, .n_fields = G_N_ELEMENTS (address_fields),
  .parent_field = "party",
  .import = ALIASES ("address", "addresses", "адрес", "адреса"),
};

static const KontorFieldDef party_role_fields[] = {
  FIELD (KONTOR_PARTY_ROLE_PARTY_TYPE,
    .name = "party_type", .label = N_("Type of party"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_PARTY_ROLE_PARTY,
    .name = "party", .label = N_("Party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "party_type"),
  FIELD (KONTOR_PARTY_ROLE_ROLE,
    .name = "role", .label = N_("Role"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED,
    .pick = "party_role"),
  FIELD (KONTOR_PARTY_ROLE_FROM_DATE,
    .name = "from_date", .label = N_("From"), .kind = KONTOR_FIELD_DATE, .since = 1),
  FIELD (KONTOR_PARTY_ROLE_TO_DATE,
    .name = "to_date", .label = N_("To"), .kind = KONTOR_FIELD_DATE, .since = 1),
};

const KontorRecordType kontor_party_role_type = {
  .number = 15, .name = "party_role", .gtype = "KontorPartyRole",
  .label = N_("Business role"), .label_plural = N_("Business roles"), .icon = "starred-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = party_role_fields, .n_fields = G_N_ELEMENTS (party_role_fields),
  .parent_field = "party",
  .import = ALIASES ("business role", "business roles"),
};

static const KontorFieldDef party_relation_fields[] = {
  FIELD (KONTOR_PARTY_RELATION_LEFT_TYPE,
    .name = "left_type", .label = N_("Type of the first party"), .kind = KONTOR_FIELD_TYPE, .since = 1),
  FIELD (KONTOR_PARTY_RELATION_LEFT,
    .name = "left", .label = N_("First party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED,
    .companion = "left_type"),
  FIELD (KONTOR_PARTY_RELATION_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE,
    .pick = "relation_kind"),
  FIELD (KONTOR_PARTY_RELATION_RIGHT_TYPE,
    .name = "right_type", .label = N_("Type of the second party"), .kind = KONTOR_FIELD_TYPE, .since = 1),
  FIELD (KONTOR_PARTY_RELATION_RIGHT,
    .name = "right", .label = N_("Second party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED,
    .companion = "right_type"),
  FIELD (KONTOR_PARTY_RELATION_FROM_DATE,
    .name = "from_date", .label = N_("From"), .kind = KONTOR_FIELD_DATE, .since = 1),
  FIELD (KONTOR_PARTY_RELATION_TO_DATE,
    .name = "to_date", .label = N_("To"), .kind = KONTOR_FIELD_DATE, .since = 1),
  FIELD (KONTOR_PARTY_RELATION_NOTE,
    .name = "note", .label = N_("Note"), .kind = KONTOR_FIELD_TEXT, .since = 1),
};

const KontorRecordType kontor_party_relation_type = {
  .number = 16, .name = "party_relation", .gtype = "KontorPartyRelation",
  .label = N_("Relation"), .label_plural = N_("Relations"), .icon = "insert-link-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_INTERNAL,
  .fields = party_relation_fields, .n_fields = G_N_ELEMENTS (party_relation_fields),
  .import = ALIASES ("relation", "relations", "связь", "связи"),
};

static const KontorFieldDef need_fields[] = {
  FIELD (KONTOR_NEED_PARTY_TYPE,
    .name = "party_type", .label = N_("Type of party"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_NEED_PARTY,
    .name = "party", .label = N_("Party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "party_type"),
  FIELD (KONTOR_NEED_KIND,
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = need_kind_choices),
  FIELD (KONTOR_NEED_TEXT,
    .name = "text", .label = N_("Text"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_SEARCHED),
  FIELD (KONTOR_NEED_STRENGTH,
    .name = "strength", .label = N_("Strength"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = strength_choices),
  FIELD (KONTOR_NEED_STATE,
    .name = "state", .label = N_("State"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = need_state_choices),
  FIELD (KONTOR_NEED_FOUND_BY,
    .name = "found_by", .label = N_("Found by"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .target = "employee"),
};

const KontorRecordType kontor_need_type = {
  .number = 17, .name = "need", .gtype = "KontorNeed",
  .label = N_("Need"), .label_plural = N_("Needs"), .icon = "dialog-question-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = need_fields, .n_fields = G_N_ELEMENTS (need_fields),
  .parent_field = "party",
  .import = ALIASES ("need", "needs", "потребность", "потребности"),
};

static const KontorFieldDef consent_fields[] = {
  FIELD (KONTOR_CONSENT_PARTY_TYPE,
    .name = "party_type", .label = N_("Type of party"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_CONSENT_PARTY,
    .name = "party", .label = N_("Party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "party_type"),
  FIELD (KONTOR_CONSENT_PURPOSE,
    .name = "purpose", .label = N_("Purpose"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE,
    .pick = "consent_purpose"),
  FIELD (KONTOR_CONSENT_GIVEN_AT,
    .name = "given_at", .label = N_("Given at"), .kind = KONTOR_FIELD_INSTANT, .since = 1),
  FIELD (KONTOR_CONSENT_WITHDRAWN_AT,
    .name = "withdrawn_at", .label = N_("Withdrawn at"), .kind = KONTOR_FIELD_INSTANT, .since = 1),
  FIELD (KONTOR_CONSENT_SOURCE,
    .name = "source", .label = N_("Source"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_CONSENT_PROOF,
    .name = "proof", .label = N_("Proof"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1),
};

const KontorRecordType kontor_consent_type = {
  .number = 18, .name = "consent", .gtype = "KontorConsent",
  .label = N_("Consent"), .label_plural = N_("Consents"), .icon = "emblem-ok-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = consent_fields, .n_fields = G_N_ELEMENTS (consent_fields),
  .parent_field = "party",
  .import = ALIASES ("consent", "consents", "согласие", "согласия"),
};

static const KontorFieldDef consumer_profile_fields[] = {
  FIELD (KONTOR_CONSUMER_PROFILE_CONTACT,
    .name = "contact", .label = N_("Person"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .target = "contact"),
  FIELD (KONTOR_CONSUMER_PROFILE_AGE_BAND,
    .name = "age_band", .label = N_("Age"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "age_band"),
  FIELD (KONTOR_CONSUMER_PROFILE_INCOME_BAND,
    .name = "income_band", .label = N_("Income"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_SENSITIVE,
    .pick = "income_band"),
  FIELD (KONTOR_CONSUMER_PROFILE_OCCUPATION,
    .name = "occupation", .label = N_("Occupation"), .kind = KONTOR_FIELD_TEXT, .since = 1),
  FIELD (KONTOR_CONSUMER_PROFILE_RESIDENCE,
    .name = "residence", .label = N_("Residence"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "residence"),
  FIELD (KONTOR_CONSUMER_PROFILE_EDUCATION,
    .name = "education", .label = N_("Education"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "education"),
  FIELD (KONTOR_CONSUMER_PROFILE_CHILDREN,
    .name = "children", .label = N_("Children"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 50),
};

const KontorRecordType kontor_consumer_profile_type = {
  .number = 19, .name = "consumer_profile", .gtype = "KontorConsumerProfile",
  .label = N_("Consumer profile"), .label_plural = N_("Consumer profiles"), .icon = "user-info-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = consumer_profile_fields, .n_fields = G_N_ELEMENTS (consumer_profile_fields),
  .parent_field = "contact",
  .import = ALIASES ("consumer profile", "consumer profiles"),
};

static const KontorFieldDef verification_fields[] = {
  FIELD (KONTOR_VERIFICATION_PARTY_TYPE,
    .name = "party_type", .label = N_("Type of party"), .kind = KONTOR_FIELD_TYPE, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_VERIFICATION_PARTY,
    .name = "party", .label = N_("Party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "party_type"),
  FIELD (KONTOR_VERIFICATION_WHAT,
    .name = "what", .label = N_("What was checked"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_TITLE),
  FIELD (KONTOR_VERIFICATION_CHECKED_AT,
    .name = "checked_at", .label = N_("Checked at"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED),
  FIELD (KONTOR_VERIFICATION_CHECKED_BY,
    .name = "checked_by", .label = N_("Checked by"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .target = "employee"),
  FIELD (KONTOR_VERIFICATION_RESULT,
    .name = "result", .label = N_("Result"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "verification_result"),
  FIELD (KONTOR_VERIFICATION_NEXT_CHECK,
    .name = "next_check", .label = N_("Next check"), .kind = KONTOR_FIELD_DATE, .since = 1),
};

const KontorRecordType kontor_verification_type = {
  .number = 20, .name = "verification", .gtype = "KontorVerification",
  .label = N_("Check of data"), .label_plural = N_("Checks of data"), .icon = "object-select-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = verification_fields, .n_fields = G_N_ELEMENTS (verification_fields),
  .parent_field = "party",
  .import = ALIASES ("verification", "verifications"),
};

static const KontorFieldDef not_duplicate_fields[] = {
  FIELD (KONTOR_NOT_DUPLICATE_FIRST_TYPE,
    .name = "first_type", .label = N_("Type of the first party"), .kind = KONTOR_FIELD_TYPE, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_NOT_DUPLICATE_FIRST,
    .name = "first", .label = N_("First party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "first_type"),
  FIELD (KONTOR_NOT_DUPLICATE_SECOND_TYPE,
    .name = "second_type", .label = N_("Type of the second party"), .kind = KONTOR_FIELD_TYPE, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_READ_ONLY),
  FIELD (KONTOR_NOT_DUPLICATE_SECOND,
    .name = "second", .label = N_("Second party"), .kind = KONTOR_FIELD_LINK_ANY, .since = 2,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .companion = "second_type"),
  FIELD (KONTOR_NOT_DUPLICATE_ON,
    .name = "on", .label = N_("On"), .kind = KONTOR_FIELD_BOOLEAN, .since = 2,
    .merge = KONTOR_MERGE_SET),
};

/* Two parties that somebody looked at and said to be two; .first is the smaller id. */
const KontorRecordType kontor_not_duplicate_type = {
  .number = 21, .name = "not_duplicate", .gtype = "KontorNotDuplicate",
  .label = N_("No duplicates"), .label_plural = N_("No duplicates"), .icon = "edit-copy-symbolic",
  .since = 2, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_SET | KONTOR_TYPE_INTERNAL,
  .fields = not_duplicate_fields, .n_fields = G_N_ELEMENTS (not_duplicate_fields),
  .left = "first", .right = "second",
  .import = ALIASES ("not duplicate", "not duplicates"),
};
