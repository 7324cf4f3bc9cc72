/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of record types: organisations, people and who works where. */
#include "config.h"

#include "kontor-schema-contacts.h"
#include "kontor-schema-private.h"
#include <glib/gi18n-lib.h>

/* clang-format off */

static const KontorChoice stage_choices[] = {
  { "attracted", N_("Attracted") },
  { "deal", N_("Deal") },
  { "after_sale", N_("After sale") },
  { NULL, NULL }
};

static const KontorFieldDef account_fields[] = {
  FIELD (KONTOR_ACCOUNT_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SORTED | KONTOR_FIELD_TITLE,
    .import = ALIASES ("account", "account name", "company", "company name", "company_name",
                       "companyname", "organisation", "organization", "organisation name",
                       "organization name", "customer", "customer name", "supplier", "firm",
                       "firma", "организация", "компания", "название", "наименование"),
  },
  FIELD (KONTOR_ACCOUNT_KIND) = {
    .name = "kind", .label = N_("Type"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .pick = "account_kind",
    .import = ALIASES ("account type", "type of organisation", "relationship", "тип"),
  },
  FIELD (KONTOR_ACCOUNT_LEGAL_FORM) = {
    .name = "legal_form", .label = N_("Legal form"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("legal form", "rechtsform", "правовая форма", "опф"),
  },
  FIELD (KONTOR_ACCOUNT_NUMBER) = {
    .name = "number", .label = N_("Number"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_UNIQUE_HINT | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("customer_id", "customer id", "customerid", "customer number",
                       "supplier_id", "supplier id", "supplierid", "account id", "account_id",
                       "accountid", "account number", "kundennummer", "номер клиента",
                       "код клиента"),
  },
  FIELD (KONTOR_ACCOUNT_TAX_NUMBER) = {
    .name = "tax_number", .label = N_("Tax number"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_UNIQUE_HINT | KONTOR_FIELD_SEARCHED | KONTOR_FIELD_INDEXED,
    .import = ALIASES ("tax id", "tax_id", "vat", "vat id", "vat number", "ust-idnr", "инн"),
  },
  FIELD (KONTOR_ACCOUNT_INDUSTRY) = {
    .name = "industry", .label = N_("Industry"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST | KONTOR_FIELD_INDEXED,
    .pick = "industry",
    .import = ALIASES ("sector", "branch", "branche", "отрасль"),
  },
  FIELD (KONTOR_ACCOUNT_STAGE) = {
    .name = "stage", .label = N_("Stage"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .choices = stage_choices,
    .import = ALIASES ("lifecycle stage", "lifecycle", "status", "этап", "стадия"),
  },
  FIELD (KONTOR_ACCOUNT_VALUE_CLASS) = {
    .name = "value_class", .label = N_("Value class"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .pick = "value_class",
    .import = ALIASES ("rating", "class", "abc", "класс", "категория"),
  },
  FIELD (KONTOR_ACCOUNT_SOURCE) = {
    .name = "source", .label = N_("Source"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .pick = "source",
    .import = ALIASES ("lead source", "lead_source", "origin", "источник"),
  },
  FIELD (KONTOR_ACCOUNT_PARENT) = {
    .name = "parent", .label = N_("Part of"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_ACYCLIC | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
    .target = "account",
    .import = ALIASES ("subsidiary_of", "subsidiary of", "parent company", "parent account",
                       "parent organisation", "головная организация", "холдинг"),
  },
  FIELD (KONTOR_ACCOUNT_EMPLOYEES) = {
    .name = "employees", .label = N_("Number of employees"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .min = 0, .max = 100000000,
    .import = ALIASES ("employee count", "number of employees", "headcount", "mitarbeiter",
                       "сотрудников", "численность"),
  },
  FIELD (KONTOR_ACCOUNT_REVENUE) = {
    .name = "revenue", .label = N_("Annual revenue"), .kind = KONTOR_FIELD_MONEY, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .companion = "currency",
    .import = ALIASES ("annual revenue", "annual_revenue", "turnover", "umsatz", "выручка",
                       "оборот"),
  },
  FIELD (KONTOR_ACCOUNT_CURRENCY) = {
    .name = "currency", .label = N_("Currency"), .kind = KONTOR_FIELD_CURRENCY, .since = 1,
    .import = ALIASES ("currency code", "валюта"),
  },
  FIELD (KONTOR_ACCOUNT_FOUNDED) = {
    .name = "founded", .label = N_("Founded in"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .min = 1000, .max = 9999,
    .help = N_("The year"),
    .import = ALIASES ("year_established", "year established", "year founded", "founding year",
                       "gegründet", "год основания"),
  },
  FIELD (KONTOR_ACCOUNT_WEBSITE) = {
    .name = "website", .label = N_("Website"), .kind = KONTOR_FIELD_WEB, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("web site", "homepage", "home page", "url", "web page", "domain", "сайт"),
  },
  FIELD (KONTOR_ACCOUNT_NOTES) = {
    .name = "notes", .label = N_("Notes"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("note", "comment", "comments", "remarks", "description", "примечание",
                       "заметки", "комментарий"),
  },
  FIELD (KONTOR_ACCOUNT_MERGED_INTO) = {
    .name = "merged_into", .label = N_("Merged into"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN,
    .target = "account",
  },
  FIELD (KONTOR_ACCOUNT_CHECKED_ON) = {
    .name = "checked_on", .label = N_("Checked on"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("last checked", "verified on", "проверено"),
  },
  FIELD (KONTOR_ACCOUNT_TAGS) = {
    .name = "tags", .label = N_("Tags"), .kind = KONTOR_FIELD_TAGS, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("tag", "labels", "categories", "keywords", "метки", "теги"),
  },
  FIELD (KONTOR_ACCOUNT_MAIN_PHONE) = {
    .name = "main_phone", .label = N_("Main phone"), .kind = KONTOR_FIELD_PHONE, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_ACCOUNT_MAIN_MAIL) = {
    .name = "main_mail", .label = N_("Main e-mail"), .kind = KONTOR_FIELD_MAIL, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_ACCOUNT_CITY) = {
    .name = "city", .label = N_("City"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST |
             KONTOR_FIELD_SORTED,
  },
  FIELD (KONTOR_ACCOUNT_REGION) = {
    .name = "region", .label = N_("Region"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_ACCOUNT_COUNTRY) = {
    .name = "country", .label = N_("Country"), .kind = KONTOR_FIELD_COUNTRY, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_ACCOUNT_PEOPLE) = {
    .name = "people", .label = N_("People"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
    .help = N_("People whose main organisation it is"),
  },
  FIELD (KONTOR_ACCOUNT_LAST_CONTACT) = {
    .name = "last_contact", .label = N_("Last contact"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_ACCOUNT_NEXT_STEP) = {
    .name = "next_step", .label = N_("Next step"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_ACCOUNT_NEXT_STEP_TEXT) = {
    .name = "next_step_text", .label = N_("What to do next"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED,
  },
};

static const KontorTotalDef account_totals[] = {
  { .name = "accounts_by_owner", .kind = KONTOR_TOTAL_COUNT, .group_by = "owner" },
  { .name = "accounts_by_kind", .kind = KONTOR_TOTAL_COUNT, .group_by = "kind" },
  { .name = "account_count", .kind = KONTOR_TOTAL_COUNT },
};

const KontorRecordType kontor_account_type = {
  .number = 10, .name = "account", .gtype = "KontorAccount",
  .label = N_("Organisation"), .label_plural = N_("Organisations"), .icon = "x-office-address-book-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_OWNED | KONTOR_TYPE_PARTY | KONTOR_TYPE_SEARCHED,
  .fields = account_fields, .n_fields = G_N_ELEMENTS (account_fields),
  .totals = account_totals, .n_totals = G_N_ELEMENTS (account_totals),
  .import = ALIASES ("account", "accounts", "company", "companies", "organisation",
                     "organisations", "organization", "organizations", "customer", "customers",
                     "supplier", "suppliers", "организация", "организации", "компания",
                     "компании", "клиент", "клиенты"),
};

static const KontorFieldDef contact_fields[] = {
  FIELD (KONTOR_CONTACT_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SORTED | KONTOR_FIELD_TITLE,
    .import = ALIASES ("full name", "fullname", "full_name", "display name", "contact",
                       "contact name", "contact_name", "contactname", "person", "фио", "контакт",
                       "полное имя"),
  },
  FIELD (KONTOR_CONTACT_PREFIX) = {
    .name = "prefix", .label = N_("Prefix"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("title", "salutation", "name prefix", "titel", "anrede", "обращение"),
  },
  FIELD (KONTOR_CONTACT_FIRST_NAME) = {
    .name = "first_name", .label = N_("First name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED | KONTOR_FIELD_SORTED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("first name", "firstname", "given name", "givenname", "forename",
                       "vorname", "имя"),
  },
  FIELD (KONTOR_CONTACT_MIDDLE_NAME) = {
    .name = "middle_name", .label = N_("Middle name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("middle name", "middlename", "additional name", "second name",
                       "patronymic", "отчество"),
  },
  FIELD (KONTOR_CONTACT_LAST_NAME) = {
    .name = "last_name", .label = N_("Last name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_SEARCHED | KONTOR_FIELD_SORTED |
             KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("last name", "lastname", "surname", "family name", "familyname",
                       "nachname", "фамилия"),
  },
  FIELD (KONTOR_CONTACT_SUFFIX) = {
    .name = "suffix", .label = N_("Suffix"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("name suffix"),
  },
  FIELD (KONTOR_CONTACT_NICKNAME) = {
    .name = "nickname", .label = N_("Nickname"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("nick name", "nick", "псевдоним"),
  },
  FIELD (KONTOR_CONTACT_NUMBER) = {
    .name = "number", .label = N_("Number"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_INDEXED | KONTOR_FIELD_UNIQUE_HINT | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("contact id", "contact_id", "contactid", "customer number", "customer_id",
                       "person id", "record id", "номер", "код"),
  },
  FIELD (KONTOR_CONTACT_GENDER) = {
    .name = "gender", .label = N_("Gender"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "gender",
    .import = ALIASES ("sex", "geschlecht", "пол"),
  },
  FIELD (KONTOR_CONTACT_BIRTH_DATE) = {
    .name = "birth_date", .label = N_("Birth date"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SENSITIVE,
    .import = ALIASES ("birthday", "birth date", "birthdate", "date of birth", "geburtstag",
                       "день рождения", "дата рождения"),
  },
  FIELD (KONTOR_CONTACT_LANGUAGE) = {
    .name = "language", .label = N_("Language"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .max = 35,
    .import = ALIASES ("preferred language", "sprache", "язык"),
  },
  FIELD (KONTOR_CONTACT_SOURCE) = {
    .name = "source", .label = N_("Source"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .pick = "source",
    .import = ALIASES ("lead source", "lead_source", "origin", "источник"),
  },
  FIELD (KONTOR_CONTACT_STAGE) = {
    .name = "stage", .label = N_("Stage"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .choices = stage_choices,
    .import = ALIASES ("lifecycle stage", "lifecycle", "lead status", "status", "этап", "стадия"),
  },
  FIELD (KONTOR_CONTACT_VALUE_CLASS) = {
    .name = "value_class", .label = N_("Value class"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "value_class",
    .import = ALIASES ("rating", "class", "abc", "класс", "категория"),
  },
  FIELD (KONTOR_CONTACT_WEBSITE) = {
    .name = "website", .label = N_("Website"), .kind = KONTOR_FIELD_WEB, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("web site", "homepage", "home page", "url", "web page", "сайт"),
  },
  FIELD (KONTOR_CONTACT_NOTES) = {
    .name = "notes", .label = N_("Notes"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("note", "comment", "comments", "remarks", "description", "примечание",
                       "заметки", "комментарий"),
  },
  FIELD (KONTOR_CONTACT_PHOTO) = {
    .name = "photo", .label = N_("Photo"), .kind = KONTOR_FIELD_FILE, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN,
  },
  FIELD (KONTOR_CONTACT_PREFERRED_CHANNEL) = {
    .name = "preferred_channel", .label = N_("Preferred channel"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "channel",
    .import = ALIASES ("preferred channel", "preferred contact method", "канал связи"),
  },
  FIELD (KONTOR_CONTACT_DO_NOT_CONTACT) = {
    .name = "do_not_contact", .label = N_("Do not contact"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("do not contact", "opt out", "do not call", "unsubscribed", "не беспокоить"),
  },
  FIELD (KONTOR_CONTACT_MERGED_INTO) = {
    .name = "merged_into", .label = N_("Merged into"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_HIDDEN,
    .target = "contact",
  },
  FIELD (KONTOR_CONTACT_CHECKED_ON) = {
    .name = "checked_on", .label = N_("Checked on"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("last checked", "verified on", "проверено"),
  },
  FIELD (KONTOR_CONTACT_TAGS) = {
    .name = "tags", .label = N_("Tags"), .kind = KONTOR_FIELD_TAGS, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("tag", "labels", "categories", "keywords", "метки", "теги"),
  },
  FIELD (KONTOR_CONTACT_ACCOUNT) = {
    .name = "account", .label = N_("Organisation"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
    .target = "account",
  },
  FIELD (KONTOR_CONTACT_ACCOUNT_NAME) = {
    .name = "account_name", .label = N_("Name of the organisation"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SORTED |
             KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SEARCHED,
  },
  FIELD (KONTOR_CONTACT_POSITION) = {
    .name = "position", .label = N_("Position"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_MAIN_PHONE) = {
    .name = "main_phone", .label = N_("Main phone"), .kind = KONTOR_FIELD_PHONE, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_MAIN_MAIL) = {
    .name = "main_mail", .label = N_("Main e-mail"), .kind = KONTOR_FIELD_MAIL, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_CITY) = {
    .name = "city", .label = N_("City"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST |
             KONTOR_FIELD_SORTED,
  },
  FIELD (KONTOR_CONTACT_REGION) = {
    .name = "region", .label = N_("Region"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_COUNTRY) = {
    .name = "country", .label = N_("Country"), .kind = KONTOR_FIELD_COUNTRY, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_LAST_CONTACT) = {
    .name = "last_contact", .label = N_("Last contact"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_NEXT_STEP) = {
    .name = "next_step", .label = N_("Next step"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_IN_LIST,
  },
  FIELD (KONTOR_CONTACT_NEXT_STEP_TEXT) = {
    .name = "next_step_text", .label = N_("What to do next"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_COMPUTED,
  },
};

static const KontorTotalDef contact_totals[] = {
  { .name = "contacts_by_owner", .kind = KONTOR_TOTAL_COUNT, .group_by = "owner" },
  { .name = "contacts_by_account", .kind = KONTOR_TOTAL_COUNT, .group_by = "account" },
  { .name = "contact_count", .kind = KONTOR_TOTAL_COUNT },
};

const KontorRecordType kontor_contact_type = {
  .number = 11, .name = "contact", .gtype = "KontorContact",
  .label = N_("Person"), .label_plural = N_("People"), .icon = "avatar-default-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_OWNED | KONTOR_TYPE_PARTY | KONTOR_TYPE_SEARCHED,
  .fields = contact_fields, .n_fields = G_N_ELEMENTS (contact_fields),
  .totals = contact_totals, .n_totals = G_N_ELEMENTS (contact_totals),
  .import = ALIASES ("contact", "contacts", "person", "people", "persons", "контакт", "контакты",
                     "человек", "люди"),
};

static const KontorFieldDef account_contact_fields[] = {
  FIELD (KONTOR_ACCOUNT_CONTACT_CONTACT) = {
    .name = "contact", .label = N_("Person"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_READ_ONLY,
    .target = "contact",
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_ACCOUNT) = {
    .name = "account", .label = N_("Organisation"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED,
    .target = "account",
    .import = ALIASES ("company", "organisation", "organization", "employer", "организация",
                       "компания"),
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_POSITION) = {
    .name = "position", .label = N_("Position"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("job title", "job_title", "title", "function", "должность"),
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_DEPARTMENT) = {
    .name = "department", .label = N_("Department"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("отдел"),
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_DECISION_ROLE) = {
    .name = "decision_role", .label = N_("Role in decisions"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "decision_role",
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_REPORTS_TO) = {
    .name = "reports_to", .label = N_("Reports to"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_ACYCLIC,
    .target = "account_contact",
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_MAIN) = {
    .name = "main", .label = N_("Main"), .kind = KONTOR_FIELD_BOOLEAN, .since = 1,
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_FROM_DATE) = {
    .name = "from_date", .label = N_("From"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .import = ALIASES ("start date", "from", "с"),
  },
  FIELD (KONTOR_ACCOUNT_CONTACT_TO_DATE) = {
    .name = "to_date", .label = N_("To"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .import = ALIASES ("end date", "to", "until", "по"),
  },
};

const KontorRecordType kontor_account_contact_type = {
  .number = 12, .name = "account_contact", .gtype = "KontorAccountContact",
  .label = N_("Employment"), .label_plural = N_("Employments"), .icon = "x-office-address-book-symbolic",
  .since = 1, .access = KONTOR_ACCESS_CONTACTS,
  .flags = KONTOR_TYPE_CHILD | KONTOR_TYPE_INTERNAL,
  .fields = account_contact_fields, .n_fields = G_N_ELEMENTS (account_contact_fields),
  .parent_field = "contact",
  .import = ALIASES ("employment", "employments", "место работы"),
};
