/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the Contacts area. */
#include "config.h"

#include "kontor-contacts-layout.h"

#include "kontor-country.h"
#include "kontor-field-text.h"
#include "kontor-freshness.h"
#include "kontor-phone-book.h"
#include "kontor-relations.h"
#include <glib/gi18n.h>

#define CONTACT_OWNER KONTOR_COMMON_FIELD (11, KONTOR_COMMON_OWNER)
#define ACCOUNT_OWNER KONTOR_COMMON_FIELD (10, KONTOR_COMMON_OWNER)

/* --- Views ------------------------------------------------------------------------------------ */

static const KontorColumnSpec people_columns[] = {
  { .field = KONTOR_CONTACT_NAME, .width = 220, .expand = TRUE },
  { .field = KONTOR_CONTACT_ACCOUNT_NAME, .width = 180 },
  { .field = KONTOR_CONTACT_POSITION, .width = 140 },
  { .field = KONTOR_CONTACT_MAIN_PHONE, .width = 140 },
  { .field = KONTOR_CONTACT_MAIN_MAIL, .width = 180 },
  { .field = KONTOR_CONTACT_CITY, .width = 110 },
  { .field = CONTACT_OWNER, .width = 110 },
  { .field = KONTOR_CONTACT_LAST_CONTACT, .width = 100 },
  { .field = KONTOR_CONTACT_NEXT_STEP, .width = 130 },
};

static const KontorColumnSpec organisation_columns[] = {
  { .field = KONTOR_ACCOUNT_NAME, .width = 240, .expand = TRUE },
  { .field = KONTOR_ACCOUNT_KIND, .width = 100 },
  { .field = KONTOR_ACCOUNT_CITY, .width = 120 },
  { .field = KONTOR_ACCOUNT_MAIN_PHONE, .width = 140 },
  { .field = ACCOUNT_OWNER, .width = 110 },
  { .field = KONTOR_ACCOUNT_PEOPLE, .width = 64 },
  { .field = KONTOR_ACCOUNT_LAST_CONTACT, .width = 100 },
  { .field = KONTOR_ACCOUNT_NEXT_STEP, .width = 130 },
};

static const KontorFieldId people_sorts[] = { KONTOR_CONTACT_NAME,
                                              KONTOR_CONTACT_LAST_NAME,
                                              KONTOR_CONTACT_ACCOUNT_NAME,
                                              KONTOR_CONTACT_CITY,
                                              KONTOR_CONTACT_LAST_CONTACT,
                                              KONTOR_CONTACT_NEXT_STEP,
                                              KONTOR_COMMON_FIELD (11, KONTOR_COMMON_CREATED_AT),
                                              0 };

static const KontorFieldId organisation_sorts[] = { KONTOR_ACCOUNT_NAME,
                                                    KONTOR_ACCOUNT_CITY,
                                                    KONTOR_ACCOUNT_LAST_CONTACT,
                                                    KONTOR_ACCOUNT_NEXT_STEP,
                                                    KONTOR_COMMON_FIELD (10,
                                                                         KONTOR_COMMON_CREATED_AT),
                                                    0 };

static const KontorColumnSpec phone_book_columns[] = {
  { .field = KONTOR_CONTACT_POINT_PARTY_NAME, .width = 220, .expand = TRUE },
  { .field = KONTOR_CONTACT_POINT_ORGANISATION, .width = 200 },
  { .field = KONTOR_CONTACT_POINT_VALUE, .width = 180, .title = N_("Number") },
  { .field = KONTOR_CONTACT_POINT_KIND, .width = 100 },
  { .field = KONTOR_CONTACT_POINT_DO_NOT_CALL, .width = 100 },
  { .field = KONTOR_CONTACT_POINT_LABEL, .width = 120 },
  { .field = KONTOR_CONTACT_POINT_PARTY_TYPE, .width = 120, .hidden = TRUE },
};

static const KontorColumnSpec checked_people_columns[] = {
  { .field = KONTOR_CONTACT_NAME, .width = 220, .expand = TRUE },
  { .field = KONTOR_CONTACT_CHECKED_ON, .width = 110 },
  { .field = KONTOR_CONTACT_ACCOUNT_NAME, .width = 180 },
  { .field = KONTOR_CONTACT_POSITION, .width = 140 },
  { .field = KONTOR_CONTACT_MAIN_PHONE, .width = 140 },
  { .field = KONTOR_CONTACT_MAIN_MAIL, .width = 180 },
  { .field = KONTOR_CONTACT_CITY, .width = 110 },
};

static const KontorColumnSpec checked_organisation_columns[] = {
  { .field = KONTOR_ACCOUNT_NAME, .width = 240, .expand = TRUE },
  { .field = KONTOR_ACCOUNT_CHECKED_ON, .width = 110 },
  { .field = KONTOR_ACCOUNT_CITY, .width = 120 },
  { .field = KONTOR_ACCOUNT_MAIN_PHONE, .width = 140 },
  { .field = KONTOR_ACCOUNT_MAIN_MAIL, .width = 180 },
  { .field = ACCOUNT_OWNER, .width = 110 },
};

static const KontorFieldId phone_book_sorts[] = { KONTOR_CONTACT_POINT_PARTY_NAME,
                                                  KONTOR_CONTACT_POINT_ORGANISATION,
                                                  KONTOR_CONTACT_POINT_KIND,
                                                  0 };
static const KontorFieldId checked_people_sorts[] = { KONTOR_CONTACT_CHECKED_ON,
                                                      KONTOR_CONTACT_NAME,
                                                      KONTOR_CONTACT_ACCOUNT_NAME,
                                                      0 };
static const KontorFieldId checked_organisation_sorts[] = { KONTOR_ACCOUNT_CHECKED_ON,
                                                            KONTOR_ACCOUNT_NAME,
                                                            0 };

/* Only numbers that can be called have a name. */
static char *
make_phone_book_filter (KontorSession *session)
{
  return g_strdup ("party_name is not empty");
}

static const KontorListItem number_items[] = { { N_("Ca_ll"), "number.call" },
                                               { N_("_Show page"), "number.show" },
                                               { N_("Cop_y number"), "number.copy" },
                                               { N_("_Write an e-mail"), "number.mail" },
                                               { NULL, NULL } };

const KontorListSpec kontor_contacts_views[] = {
  {
    .name = "people",
    .title = N_("People"),
    .type = &kontor_contact_type,
    .columns = people_columns,
    .n_columns = G_N_ELEMENTS (people_columns),
    .line = KONTOR_CONTACT_NAME,
    .detail = KONTOR_CONTACT_ACCOUNT_NAME,
    .trailing = KONTOR_CONTACT_LAST_CONTACT,
    .warning = KONTOR_CONTACT_NEXT_STEP,
    .sort = KONTOR_CONTACT_NAME,
    .sorts = people_sorts,
    .empty_icon = "avatar-default-symbolic",
    .empty_title = N_("No people yet"),
    .empty_text = N_("Import a file or add the first one."),
    .empty_label = N_("_Import…"),
    .empty_action = "win.import",
    .found_none = N_("Nobody found for “%s”"),
    .new_label = N_("New person"),
  },
  {
    .name = "organisations",
    .title = N_("Organisations"),
    .type = &kontor_account_type,
    .columns = organisation_columns,
    .n_columns = G_N_ELEMENTS (organisation_columns),
    .line = KONTOR_ACCOUNT_NAME,
    .detail = KONTOR_ACCOUNT_CITY,
    .second_detail = KONTOR_ACCOUNT_INDUSTRY,
    .trailing = KONTOR_ACCOUNT_LAST_CONTACT,
    .warning = KONTOR_ACCOUNT_NEXT_STEP,
    .sort = KONTOR_ACCOUNT_NAME,
    .sorts = organisation_sorts,
    .empty_icon = "x-office-address-book-symbolic",
    .empty_title = N_("No organisations yet"),
    .empty_text = N_("Import a file or add the first one."),
    .empty_label = N_("_Import…"),
    .empty_action = "win.import",
    .found_none = N_("No organisation found for “%s”"),
    .new_label = N_("New organisation"),
  },
  {
    .name = "phone-book",
    .title = N_("Phone book"),
    .type = &kontor_contact_point_type,
    .make_filter = make_phone_book_filter,
    .activate = "number.dial",
    .subject = KONTOR_CONTACT_POINT_PARTY,
    .columns = phone_book_columns,
    .n_columns = G_N_ELEMENTS (phone_book_columns),
    .line = KONTOR_CONTACT_POINT_PARTY_NAME,
    .detail = KONTOR_CONTACT_POINT_VALUE,
    .second_detail = KONTOR_CONTACT_POINT_ORGANISATION,
    .trailing = KONTOR_CONTACT_POINT_KIND,
    .alarm = KONTOR_CONTACT_POINT_DO_NOT_CALL,
    .sort = KONTOR_CONTACT_POINT_PARTY_NAME,
    .sorts = phone_book_sorts,
    .empty_icon = "call-start-symbolic",
    .empty_title = N_("Nobody to call yet"),
    .empty_text = N_("People and organisations with a phone number stand here. Enter calls."),
    .empty_label = N_("_Import…"),
    .empty_action = "win.import",
    .found_none = N_("No number found for “%s”"),
    .new_label = N_("New person"),
    .new_type = &kontor_contact_type,
    .items = number_items,
    .trash_label = N_("Move number to _trash"),
    .trash_name = N_("Move number to trash"),
    .dup_name = kontor_phone_book_dup_name,
  },
  {
    .name = "recheck-people",
    .title = N_("To re-check: people"),
    .type = &kontor_contact_type,
    .make_filter = kontor_freshness_dup_stale_filter,
    .columns = checked_people_columns,
    .n_columns = G_N_ELEMENTS (checked_people_columns),
    .line = KONTOR_CONTACT_NAME,
    .detail = KONTOR_CONTACT_ACCOUNT_NAME,
    .trailing = KONTOR_CONTACT_CHECKED_ON,
    .sort = KONTOR_CONTACT_CHECKED_ON,
    .sorts = checked_people_sorts,
    .empty_icon = "object-select-symbolic",
    .empty_title = N_("Everybody is checked"),
    .empty_text = N_("People whose details nobody has confirmed for long stand here."),
    .found_none = N_("Nobody found for “%s”"),
    .new_label = N_("New person"),
  },
  {
    .name = "recheck-organisations",
    .title = N_("To re-check: organisations"),
    .type = &kontor_account_type,
    .make_filter = kontor_freshness_dup_stale_filter,
    .columns = checked_organisation_columns,
    .n_columns = G_N_ELEMENTS (checked_organisation_columns),
    .line = KONTOR_ACCOUNT_NAME,
    .detail = KONTOR_ACCOUNT_CITY,
    .trailing = KONTOR_ACCOUNT_CHECKED_ON,
    .sort = KONTOR_ACCOUNT_CHECKED_ON,
    .sorts = checked_organisation_sorts,
    .empty_icon = "object-select-symbolic",
    .empty_title = N_("Every organisation is checked"),
    .empty_text = N_("Organisations whose details nobody has confirmed for long stand here."),
    .found_none = N_("No organisation found for “%s”"),
    .new_label = N_("New organisation"),
  },
};

const guint kontor_n_contacts_views = G_N_ELEMENTS (kontor_contacts_views);

/* --- Trash ------------------------------------------------------------------------------------ */

#define DELETED_BY(type) KONTOR_COMMON_FIELD (type, KONTOR_COMMON_MODIFIED_BY)
#define DELETED_AT(type) KONTOR_COMMON_FIELD (type, KONTOR_COMMON_MODIFIED_AT)

static const KontorColumnSpec trashed_people_columns[] = {
  { .field = KONTOR_CONTACT_NAME, .width = 260, .expand = TRUE },
  { .field = KONTOR_CONTACT_ACCOUNT_NAME, .width = 180 },
  { .field = DELETED_BY (11), .width = 120 },
  { .field = DELETED_AT (11), .width = 110 },
};

static const KontorColumnSpec trashed_organisation_columns[] = {
  { .field = KONTOR_ACCOUNT_NAME, .width = 260, .expand = TRUE },
  { .field = KONTOR_ACCOUNT_CITY, .width = 120 },
  { .field = DELETED_BY (10), .width = 120 },
  { .field = DELETED_AT (10), .width = 110 },
};

static const KontorColumnSpec trashed_entry_columns[] = {
  { .field = KONTOR_ACTIVITY_TEXT, .width = 260, .expand = TRUE },
  { .field = KONTOR_ACTIVITY_KIND, .width = 110 },
  { .field = DELETED_BY (30), .width = 120 },
  { .field = DELETED_AT (30), .width = 110 },
};

static const KontorColumnSpec trashed_point_columns[] = {
  { .field = KONTOR_CONTACT_POINT_VALUE, .width = 200, .expand = TRUE },
  { .field = KONTOR_CONTACT_POINT_KIND, .width = 100 },
  { .field = KONTOR_CONTACT_POINT_PARTY, .width = 200 },
  { .field = DELETED_BY (13), .width = 120 },
  { .field = DELETED_AT (13), .width = 110 },
};

static const KontorFieldId trashed_people_sorts[] = { KONTOR_CONTACT_NAME, DELETED_AT (11), 0 };
static const KontorFieldId trashed_organisation_sorts[] = { KONTOR_ACCOUNT_NAME,
                                                            DELETED_AT (10),
                                                            0 };
static const KontorFieldId trashed_entry_sorts[] = { KONTOR_ACTIVITY_KIND, DELETED_AT (30), 0 };
static const KontorFieldId trashed_point_sorts[] = { KONTOR_CONTACT_POINT_VALUE,
                                                     DELETED_AT (13),
                                                     0 };

#define TRASH                                                                             \
  .scope = KONTOR_QUERY_TRASHED, .descending = TRUE, .empty_icon = "user-trash-symbolic", \
  .empty_title = N_("Trash is empty"),                                                   \
  .empty_text = N_("Deleted records stay here and can be restored."),                    \
  .found_none = N_("Nothing in the trash for “%s”")

const KontorListSpec kontor_trash_views[] = {
  {
    .name = "trashed-people",
    .title = N_("Trash: people"),
    .type = &kontor_contact_type,
    .columns = trashed_people_columns,
    .n_columns = G_N_ELEMENTS (trashed_people_columns),
    .line = KONTOR_CONTACT_NAME,
    .detail = KONTOR_CONTACT_ACCOUNT_NAME,
    .trailing = DELETED_AT (11),
    .sort = DELETED_AT (11),
    .sorts = trashed_people_sorts,
    TRASH,
  },
  {
    .name = "trashed-organisations",
    .title = N_("Trash: organisations"),
    .type = &kontor_account_type,
    .columns = trashed_organisation_columns,
    .n_columns = G_N_ELEMENTS (trashed_organisation_columns),
    .line = KONTOR_ACCOUNT_NAME,
    .detail = KONTOR_ACCOUNT_CITY,
    .trailing = DELETED_AT (10),
    .sort = DELETED_AT (10),
    .sorts = trashed_organisation_sorts,
    TRASH,
  },
  {
    .name = "trashed-entries",
    .title = N_("Trash: entries"),
    .type = &kontor_activity_type,
    .columns = trashed_entry_columns,
    .n_columns = G_N_ELEMENTS (trashed_entry_columns),
    .line = KONTOR_ACTIVITY_TEXT,
    .detail = KONTOR_ACTIVITY_KIND,
    .second_detail = KONTOR_ACTIVITY_SUBJECT,
    .trailing = DELETED_AT (30),
    .sort = DELETED_AT (30),
    .sorts = trashed_entry_sorts,
    TRASH,
  },
  {
    .name = "trashed-points",
    .title = N_("Trash: numbers and e-mail addresses"),
    .type = &kontor_contact_point_type,
    .subject = KONTOR_CONTACT_POINT_PARTY,
    .columns = trashed_point_columns,
    .n_columns = G_N_ELEMENTS (trashed_point_columns),
    .line = KONTOR_CONTACT_POINT_VALUE,
    .detail = KONTOR_CONTACT_POINT_PARTY,
    .second_detail = KONTOR_CONTACT_POINT_KIND,
    .trailing = DELETED_AT (13),
    .sort = DELETED_AT (13),
    .sorts = trashed_point_sorts,
    .dup_name = kontor_phone_book_dup_name,
    TRASH,
  },
};

const guint kontor_n_trash_views = G_N_ELEMENTS (kontor_trash_views);

/* --- Pages ------------------------------------------------------------------------------------ */

static const KontorFieldId person_fields[] = {
  CONTACT_OWNER,
  KONTOR_CONTACT_NEXT_STEP,
  KONTOR_CONTACT_LAST_CONTACT,
  KONTOR_CONTACT_STAGE,
  KONTOR_CONTACT_VALUE_CLASS,
  KONTOR_CONTACT_SOURCE,
  KONTOR_CONTACT_BIRTH_DATE,
  KONTOR_CONTACT_LANGUAGE,
  KONTOR_CONTACT_PREFERRED_CHANNEL,
  KONTOR_CONTACT_DO_NOT_CONTACT,
  KONTOR_CONTACT_WEBSITE,
  KONTOR_CONTACT_NUMBER,
  KONTOR_CONTACT_CHECKED_ON,
  KONTOR_CONTACT_NAME,
  KONTOR_CONTACT_PREFIX,
  KONTOR_CONTACT_FIRST_NAME,
  KONTOR_CONTACT_MIDDLE_NAME,
  KONTOR_CONTACT_LAST_NAME,
  KONTOR_CONTACT_SUFFIX,
  KONTOR_CONTACT_NICKNAME,
  KONTOR_CONTACT_GENDER,
  KONTOR_CONTACT_NOTES,
  0,
};

static const KontorFieldId organisation_fields[] = {
  ACCOUNT_OWNER,
  KONTOR_ACCOUNT_NEXT_STEP,
  KONTOR_ACCOUNT_LAST_CONTACT,
  KONTOR_ACCOUNT_KIND,
  KONTOR_ACCOUNT_STAGE,
  KONTOR_ACCOUNT_VALUE_CLASS,
  KONTOR_ACCOUNT_INDUSTRY,
  KONTOR_ACCOUNT_SOURCE,
  KONTOR_ACCOUNT_PARENT,
  KONTOR_ACCOUNT_EMPLOYEES,
  KONTOR_ACCOUNT_REVENUE,
  KONTOR_ACCOUNT_FOUNDED,
  KONTOR_ACCOUNT_WEBSITE,
  KONTOR_ACCOUNT_NAME,
  KONTOR_ACCOUNT_LEGAL_FORM,
  KONTOR_ACCOUNT_NUMBER,
  KONTOR_ACCOUNT_TAX_NUMBER,
  KONTOR_ACCOUNT_CHECKED_ON,
  KONTOR_ACCOUNT_NOTES,
  0,
};

const KontorFieldId *
kontor_contacts_page_fields (const KontorRecordType *type)
{
  return type == &kontor_account_type ? organisation_fields : person_fields;
}

/* --- Sections --------------------------------------------------------------------------------- */

static const KontorFieldId address_fields[] = { KONTOR_ADDRESS_KIND,     KONTOR_ADDRESS_STREET,
                                                KONTOR_ADDRESS_POSTCODE, KONTOR_ADDRESS_CITY,
                                                KONTOR_ADDRESS_REGION,   KONTOR_ADDRESS_COUNTRY,
                                                KONTOR_ADDRESS_MAIN,     KONTOR_ADDRESS_FROM_DATE,
                                                KONTOR_ADDRESS_TO_DATE,  0 };

static const KontorFieldId new_address_fields[] = { KONTOR_ADDRESS_STREET,
                                                    KONTOR_ADDRESS_POSTCODE,
                                                    KONTOR_ADDRESS_CITY,
                                                    KONTOR_ADDRESS_REGION,
                                                    KONTOR_ADDRESS_COUNTRY,
                                                    KONTOR_ADDRESS_KIND,
                                                    0 };

static const KontorFieldId position_fields[] = {
  KONTOR_ACCOUNT_CONTACT_ACCOUNT,    KONTOR_ACCOUNT_CONTACT_POSITION,
  KONTOR_ACCOUNT_CONTACT_DEPARTMENT, KONTOR_ACCOUNT_CONTACT_DECISION_ROLE,
  KONTOR_ACCOUNT_CONTACT_MAIN,       KONTOR_ACCOUNT_CONTACT_FROM_DATE,
  KONTOR_ACCOUNT_CONTACT_TO_DATE,    0
};

static const KontorFieldId new_position_fields[] = { KONTOR_ACCOUNT_CONTACT_ACCOUNT,
                                                     KONTOR_ACCOUNT_CONTACT_POSITION,
                                                     KONTOR_ACCOUNT_CONTACT_DEPARTMENT,
                                                     KONTOR_ACCOUNT_CONTACT_DECISION_ROLE,
                                                     0 };

static const KontorFieldId people_fields[] = {
  KONTOR_ACCOUNT_CONTACT_POSITION,      KONTOR_ACCOUNT_CONTACT_DEPARTMENT,
  KONTOR_ACCOUNT_CONTACT_DECISION_ROLE, KONTOR_ACCOUNT_CONTACT_FROM_DATE,
  KONTOR_ACCOUNT_CONTACT_TO_DATE,       0
};

static const KontorFieldId need_fields[] = { KONTOR_NEED_TEXT,     KONTOR_NEED_KIND,
                                             KONTOR_NEED_STRENGTH, KONTOR_NEED_STATE,
                                             KONTOR_NEED_FOUND_BY, 0 };

static const KontorFieldId role_fields[] = { KONTOR_PARTY_ROLE_ROLE,
                                             KONTOR_PARTY_ROLE_FROM_DATE,
                                             KONTOR_PARTY_ROLE_TO_DATE,
                                             0 };

static const KontorFieldId consent_fields[] = {
  KONTOR_CONSENT_PURPOSE, KONTOR_CONSENT_GIVEN_AT, KONTOR_CONSENT_WITHDRAWN_AT,
  KONTOR_CONSENT_SOURCE,  KONTOR_CONSENT_PROOF,    0
};

static const KontorFieldId profile_fields[] = { KONTOR_CONSUMER_PROFILE_AGE_BAND,
                                                KONTOR_CONSUMER_PROFILE_INCOME_BAND,
                                                KONTOR_CONSUMER_PROFILE_OCCUPATION,
                                                KONTOR_CONSUMER_PROFILE_RESIDENCE,
                                                KONTOR_CONSUMER_PROFILE_EDUCATION,
                                                KONTOR_CONSUMER_PROFILE_CHILDREN,
                                                0 };

/* The values of some fields, parted by "·" or a line break. */
static char *
join_fields (KontorSession *session,
             KontorRecord *record,
             const KontorFieldId *fields,
             const char *separator)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (; *fields != 0; fields++)
    {
      g_autofree char *value =
        kontor_field_text_full (session, record, kontor_field_by_id (*fields));

      if (*value == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, separator);
      g_string_append (text, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
kontor_contacts_summarize_address (KontorSession *session, KontorRecord *address)
{
  static const KontorFieldId details[] = { KONTOR_ADDRESS_KIND, 0 };
  g_autofree char *detail = join_fields (session, address, details, " · ");
  g_autofree char *text =
    kontor_address_format (kontor_record_get_text (address, KONTOR_ADDRESS_STREET),
                           kontor_record_get_text (address, KONTOR_ADDRESS_CITY),
                           kontor_record_get_text (address, KONTOR_ADDRESS_REGION),
                           kontor_record_get_text (address, KONTOR_ADDRESS_POSTCODE),
                           kontor_record_get_text (address, KONTOR_ADDRESS_COUNTRY),
                           ", ");

  if (*text == '\0')
    return g_strdup (_("Empty address"));
  g_strdelimit (text, "\n", ' ');
  return g_strconcat (text, "\n", detail, NULL);
}

static char *
summarize_position (KontorSession *session, KontorRecord *position)
{
  static const KontorFieldId lines[] = { KONTOR_ACCOUNT_CONTACT_ACCOUNT, 0 };
  static const KontorFieldId details[] = { KONTOR_ACCOUNT_CONTACT_POSITION,
                                           KONTOR_ACCOUNT_CONTACT_DEPARTMENT,
                                           KONTOR_ACCOUNT_CONTACT_DECISION_ROLE,
                                           0 };
  g_autofree char *line = join_fields (session, position, lines, " · ");
  g_autofree char *detail = join_fields (session, position, details, " · ");

  return g_strconcat (line, "\n", detail, NULL);
}

static char *
summarize_member (KontorSession *session, KontorRecord *position)
{
  static const KontorFieldId lines[] = { KONTOR_ACCOUNT_CONTACT_CONTACT, 0 };
  static const KontorFieldId details[] = { KONTOR_ACCOUNT_CONTACT_POSITION,
                                           KONTOR_ACCOUNT_CONTACT_DEPARTMENT,
                                           KONTOR_ACCOUNT_CONTACT_DECISION_ROLE,
                                           0 };
  g_autofree char *line = join_fields (session, position, lines, " · ");
  g_autofree char *detail = join_fields (session, position, details, " · ");

  return g_strconcat (line, "\n", detail, NULL);
}

static char *
summarize_need (KontorSession *session, KontorRecord *need)
{
  static const KontorFieldId lines[] = { KONTOR_NEED_TEXT, 0 };
  static const KontorFieldId details[] = { KONTOR_NEED_KIND,
                                           KONTOR_NEED_STRENGTH,
                                           KONTOR_NEED_STATE,
                                           0 };
  g_autofree char *line = join_fields (session, need, lines, " · ");
  g_autofree char *detail = join_fields (session, need, details, " · ");

  g_strdelimit (line, "\n", ' ');
  return g_strconcat (line, "\n", detail, NULL);
}

static char *
summarize_role (KontorSession *session, KontorRecord *role)
{
  static const KontorFieldId lines[] = { KONTOR_PARTY_ROLE_ROLE, 0 };
  static const KontorFieldId details[] = { KONTOR_PARTY_ROLE_FROM_DATE,
                                           KONTOR_PARTY_ROLE_TO_DATE,
                                           0 };
  g_autofree char *line = join_fields (session, role, lines, " · ");
  g_autofree char *detail = join_fields (session, role, details, " – ");

  return g_strconcat (line, "\n", detail, NULL);
}

static char *
summarize_consent (KontorSession *session, KontorRecord *consent)
{
  static const KontorFieldId lines[] = { KONTOR_CONSENT_PURPOSE, 0 };
  static const KontorFieldId details[] = { KONTOR_CONSENT_SOURCE, 0 };
  g_autofree char *line = join_fields (session, consent, lines, " · ");
  g_autofree char *detail = join_fields (session, consent, details, " · ");

  if (!kontor_record_is_null (consent, KONTOR_CONSENT_WITHDRAWN_AT))
    return g_strconcat (line, "\n", _("Withdrawn"), NULL);
  return g_strconcat (line, "\n", detail, NULL);
}

static char *
summarize_profile (KontorSession *session, KontorRecord *profile)
{
  g_autofree char *line = join_fields (session, profile, profile_fields, " · ");

  return *line != '\0' ? g_steal_pointer (&line) : g_strdup (_("Empty profile"));
}

static KontorRecord *
begin_address (KontorRecord *parent)
{
  return kontor_record_begin_child (parent, &kontor_address_type);
}

static KontorRecord *
begin_position (KontorRecord *parent)
{
  return kontor_record_begin_child (parent, &kontor_account_contact_type);
}

static KontorRecord *
begin_need (KontorRecord *parent)
{
  KontorRecord *need = kontor_record_begin_child (parent, &kontor_need_type);

  kontor_record_set_text (need, KONTOR_NEED_STATE, "open");
  return need;
}

static KontorRecord *
begin_role (KontorRecord *parent)
{
  return kontor_record_begin_child (parent, &kontor_party_role_type);
}

static KontorRecord *
begin_consent (KontorRecord *parent)
{
  return kontor_record_begin_child (parent, &kontor_consent_type);
}

static KontorRecord *
begin_profile (KontorRecord *parent)
{
  return kontor_record_begin_child (parent, &kontor_consumer_profile_type);
}

static const KontorChildSpec address_section = {
  .type = &kontor_address_type,
  .title = N_("Addresses"),
  .add_label = N_("New address"),
  .fields = address_fields,
  .new_fields = new_address_fields,
  .summarize = kontor_contacts_summarize_address,
  .begin = begin_address,
};

static const KontorChildSpec position_section = {
  .type = &kontor_account_contact_type,
  .title = N_("Works at"),
  .add_label = N_("New position"),
  .fields = position_fields,
  .new_fields = new_position_fields,
  .summarize = summarize_position,
  .begin = begin_position,
  .open_link = KONTOR_ACCOUNT_CONTACT_ACCOUNT,
};

static const KontorChildSpec people_section = {
  .type = &kontor_account_contact_type,
  .title = N_("People"),
  .add_label = N_("New person here"),
  .add_action = "page.new-person",
  .more_action = "page.org-chart",
  .more_label = N_("Org chart"),
  .more_icon = "view-list-bullet-symbolic",
  .fields = people_fields,
  .summarize = summarize_member,
  .open_link = KONTOR_ACCOUNT_CONTACT_CONTACT,
};

static const KontorChildSpec need_section = {
  .type = &kontor_need_type,
  .title = N_("Needs"),
  .add_label = N_("New need"),
  .fields = need_fields,
  .new_fields = need_fields,
  .summarize = summarize_need,
  .begin = begin_need,
};

static const KontorChildSpec role_section = {
  .type = &kontor_party_role_type,
  .title = N_("Business roles"),
  .add_label = N_("New business role"),
  .fields = role_fields,
  .new_fields = role_fields,
  .summarize = summarize_role,
  .begin = begin_role,
};

static const KontorChildSpec consent_section = {
  .type = &kontor_consent_type,
  .title = N_("Consents"),
  .add_label = N_("New consent"),
  .fields = consent_fields,
  .new_fields = consent_fields,
  .summarize = summarize_consent,
  .begin = begin_consent,
};

static const KontorChildSpec profile_section = {
  .type = &kontor_consumer_profile_type,
  .title = N_("Consumer profile"),
  .add_label = N_("New consumer profile"),
  .fields = profile_fields,
  .new_fields = profile_fields,
  .summarize = summarize_profile,
  .begin = begin_profile,
};

static const KontorChildSpec *const person_sections[] = { &position_section,
                                                          &address_section,
                                                          &kontor_relation_section,
                                                          &need_section,
                                                          &consent_section,
                                                          &profile_section,
                                                          NULL };

static const KontorChildSpec *const organisation_sections[] = { &people_section,
                                                                &kontor_relation_section,
                                                                &address_section,
                                                                &need_section,
                                                                &role_section,
                                                                &consent_section,
                                                                NULL };

const KontorChildSpec *const *
kontor_contacts_page_sections (const KontorRecordType *type)
{
  return type == &kontor_account_type ? organisation_sections : person_sections;
}
