/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of record types: settings, departments, teams, employees, users and roles. */
#include "config.h"

#include "kontor-schema-people.h"
#include "kontor-schema-private.h"
#include <glib/gi18n-lib.h>

/* clang-format off */

static const KontorChoice user_state_choices[] = {
  { "active", N_("Active") },
  { "disabled", N_("Disabled") },
  { NULL, NULL }
};

static const KontorFieldDef workspace_settings_fields[] = {
  FIELD (KONTOR_WORKSPACE_SETTINGS_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE,
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_COMPANY) = {
    .name = "company", .label = N_("Company"), .kind = KONTOR_FIELD_NAME, .since = 1,
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_COUNTRY) = {
    .name = "country", .label = N_("Country"), .kind = KONTOR_FIELD_COUNTRY, .since = 1,
    .help = N_("Phone numbers without a country code belong to it"),
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_CURRENCY) = {
    .name = "currency", .label = N_("Currency"), .kind = KONTOR_FIELD_CURRENCY, .since = 1,
    .help = N_("Amounts without a currency are in it"),
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_ZONE) = {
    .name = "zone", .label = N_("Time zone"), .kind = KONTOR_FIELD_ZONE, .since = 1,
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_LANGUAGE) = {
    .name = "language", .label = N_("Language"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .max = 35,
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_FISCAL_START) = {
    .name = "fiscal_start", .label = N_("First month of the business year"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 1, .max = 12,
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_TRASH_DAYS) = {
    .name = "trash_days", .label = N_("Days in trash"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 3650,
    .help = N_("Deleted records stay in the trash this long"),
  },
  FIELD (KONTOR_WORKSPACE_SETTINGS_ATTACHMENT_LIMIT) = {
    .name = "attachment_limit", .label = N_("Largest attachment"), .kind = KONTOR_FIELD_INTEGER, .since = 1,
    .min = 0, .max = 1073741824,
    .help = N_("In bytes"),
  },
};

const KontorRecordType kontor_workspace_settings_type = {
  .number = 1, .name = "workspace_settings", .gtype = "KontorWorkspaceSettings",
  .label = N_("Workspace settings"), .label_plural = N_("Workspace settings"), .icon = "emblem-system-symbolic",
  .since = 1, .access = KONTOR_ACCESS_ADMIN,
  .flags = KONTOR_TYPE_SINGLE | KONTOR_TYPE_INTERNAL,
  .fields = workspace_settings_fields, .n_fields = G_N_ELEMENTS (workspace_settings_fields),
  .import = ALIASES ("settings"),
};

static const KontorFieldDef org_unit_fields[] = {
  FIELD (KONTOR_ORG_UNIT_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SORTED | KONTOR_FIELD_TITLE,
    .import = ALIASES ("department", "department name", "office", "regional office",
                       "name of department", "подразделение", "отдел", "название"),
  },
  FIELD (KONTOR_ORG_UNIT_KIND) = {
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "org_unit_kind",
    .import = ALIASES ("type", "вид"),
  },
  FIELD (KONTOR_ORG_UNIT_PARENT) = {
    .name = "parent", .label = N_("Part of"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_ACYCLIC | KONTOR_FIELD_IN_LIST,
    .target = "org_unit",
    .import = ALIASES ("parent department", "parent unit", "вышестоящее подразделение"),
  },
  FIELD (KONTOR_ORG_UNIT_REGION) = {
    .name = "region", .label = N_("Region"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("state", "территория", "регион"),
  },
  FIELD (KONTOR_ORG_UNIT_INDUSTRY) = {
    .name = "industry", .label = N_("Industry"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "industry",
    .import = ALIASES ("sector", "branch", "отрасль"),
  },
};

const KontorRecordType kontor_org_unit_type = {
  .number = 2, .name = "org_unit", .gtype = "KontorOrgUnit",
  .label = N_("Department"), .label_plural = N_("Departments"), .icon = "network-workgroup-symbolic",
  .since = 1, .access = KONTOR_ACCESS_PEOPLE,
  .flags = KONTOR_TYPE_SEARCHED,
  .fields = org_unit_fields, .n_fields = G_N_ELEMENTS (org_unit_fields),
  .import = ALIASES ("department", "departments", "org unit", "office", "подразделение",
                     "подразделения", "отдел"),
};

static const KontorFieldDef team_fields[] = {
  FIELD (KONTOR_TEAM_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SORTED | KONTOR_FIELD_TITLE,
    .import = ALIASES ("team", "team name", "команда", "название"),
  },
  FIELD (KONTOR_TEAM_KIND) = {
    .name = "kind", .label = N_("Kind"), .kind = KONTOR_FIELD_PICK, .since = 1,
    .pick = "team_kind",
    .import = ALIASES ("type", "вид"),
  },
  FIELD (KONTOR_TEAM_LEADER) = {
    .name = "leader", .label = N_("Leader"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .target = "employee",
    .import = ALIASES ("team leader", "manager", "руководитель"),
  },
  FIELD (KONTOR_TEAM_ORG_UNIT) = {
    .name = "org_unit", .label = N_("Department"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .target = "org_unit",
    .import = ALIASES ("department", "office", "regional office", "подразделение", "отдел"),
  },
};

const KontorRecordType kontor_team_type = {
  .number = 3, .name = "team", .gtype = "KontorTeam",
  .label = N_("Team"), .label_plural = N_("Teams"), .icon = "system-users-symbolic",
  .since = 1, .access = KONTOR_ACCESS_PEOPLE,
  .flags = KONTOR_TYPE_SEARCHED,
  .fields = team_fields, .n_fields = G_N_ELEMENTS (team_fields),
  .import = ALIASES ("team", "teams", "sales team", "команда", "команды", "группа"),
};

static const KontorFieldDef employee_fields[] = {
  FIELD (KONTOR_EMPLOYEE_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_INDEXED | KONTOR_FIELD_SEARCHED |
             KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SORTED | KONTOR_FIELD_TITLE,
    .import = ALIASES ("employee", "employee name", "full name", "fullname", "sales_agent",
                       "sales agent", "agent", "display name", "сотрудник", "фио"),
  },
  FIELD (KONTOR_EMPLOYEE_FIRST_NAME) = {
    .name = "first_name", .label = N_("First name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("first name", "firstname", "given name", "vorname", "имя"),
  },
  FIELD (KONTOR_EMPLOYEE_MIDDLE_NAME) = {
    .name = "middle_name", .label = N_("Middle name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("middle name", "middlename", "patronymic", "отчество"),
  },
  FIELD (KONTOR_EMPLOYEE_LAST_NAME) = {
    .name = "last_name", .label = N_("Last name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("last name", "lastname", "surname", "family name", "nachname", "фамилия"),
  },
  FIELD (KONTOR_EMPLOYEE_NUMBER) = {
    .name = "number", .label = N_("Number"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_UNIQUE_HINT | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("employee_id", "employee id", "employeeid", "staff number",
                       "personnel number", "табельный номер"),
  },
  FIELD (KONTOR_EMPLOYEE_POSITION) = {
    .name = "position", .label = N_("Position"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("job title", "job_title", "jobtitle", "title", "function", "должность"),
  },
  FIELD (KONTOR_EMPLOYEE_PREFIX) = {
    .name = "prefix", .label = N_("Form of address"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("title_of_courtesy", "title of courtesy", "titleofcourtesy", "salutation",
                       "courtesy title", "обращение"),
  },
  FIELD (KONTOR_EMPLOYEE_MANAGER) = {
    .name = "manager", .label = N_("Manager"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_ACYCLIC | KONTOR_FIELD_IN_LIST,
    .target = "employee",
    .import = ALIASES ("reports_to", "reports to", "reportsto", "supervisor", "руководитель",
                       "начальник"),
  },
  FIELD (KONTOR_EMPLOYEE_ORG_UNIT) = {
    .name = "org_unit", .label = N_("Department"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .target = "org_unit",
    .import = ALIASES ("department", "office", "regional_office", "regional office",
                       "подразделение", "отдел"),
  },
  FIELD (KONTOR_EMPLOYEE_TEAM) = {
    .name = "team", .label = N_("Team"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .target = "team",
    .import = ALIASES ("sales team", "команда"),
  },
  FIELD (KONTOR_EMPLOYEE_BIRTH_DATE) = {
    .name = "birth_date", .label = N_("Birth date"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_SENSITIVE,
    .import = ALIASES ("birthday", "birth_date", "birth date", "birthdate", "date of birth",
                       "geburtstag", "дата рождения"),
  },
  FIELD (KONTOR_EMPLOYEE_HIRE_DATE) = {
    .name = "hire_date", .label = N_("Hired on"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("hire date", "hiredate", "hire_date", "start date", "entry date",
                       "дата приёма", "принят"),
  },
  FIELD (KONTOR_EMPLOYEE_LEAVE_DATE) = {
    .name = "leave_date", .label = N_("Left on"), .kind = KONTOR_FIELD_DATE, .since = 1,
    .import = ALIASES ("leave date", "end date", "termination date", "дата увольнения"),
  },
  FIELD (KONTOR_EMPLOYEE_PHONE) = {
    .name = "phone", .label = N_("Phone"), .kind = KONTOR_FIELD_PHONE, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED | KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("home_phone", "home phone", "homephone", "telephone", "work phone",
                       "mobile", "телефон"),
  },
  FIELD (KONTOR_EMPLOYEE_EXTENSION) = {
    .name = "extension", .label = N_("Extension"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("ext", "phone extension", "добавочный"),
  },
  FIELD (KONTOR_EMPLOYEE_MAIL) = {
    .name = "mail", .label = N_("E-mail"), .kind = KONTOR_FIELD_MAIL, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED | KONTOR_FIELD_IN_LIST | KONTOR_FIELD_UNIQUE_HINT,
    .import = ALIASES ("email", "e-mail", "email address", "mail address", "почта", "эл. почта"),
  },
  FIELD (KONTOR_EMPLOYEE_STREET) = {
    .name = "street", .label = N_("Street"), .kind = KONTOR_FIELD_ADDRESS, .since = 1,
    .import = ALIASES ("address", "street address", "улица", "адрес"),
  },
  FIELD (KONTOR_EMPLOYEE_CITY) = {
    .name = "city", .label = N_("City"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_IN_LIST,
    .import = ALIASES ("town", "город"),
  },
  FIELD (KONTOR_EMPLOYEE_REGION) = {
    .name = "region", .label = N_("Region"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("state", "province", "регион", "область"),
  },
  FIELD (KONTOR_EMPLOYEE_POSTCODE) = {
    .name = "postcode", .label = N_("Postcode"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .import = ALIASES ("postal_code", "postal code", "postalcode", "zip", "zip code", "индекс"),
  },
  FIELD (KONTOR_EMPLOYEE_COUNTRY) = {
    .name = "country", .label = N_("Country"), .kind = KONTOR_FIELD_COUNTRY, .since = 1,
    .import = ALIASES ("country code", "страна"),
  },
  FIELD (KONTOR_EMPLOYEE_NOTES) = {
    .name = "notes", .label = N_("Notes"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1,
    .flags = KONTOR_FIELD_SEARCHED,
    .import = ALIASES ("note", "comment", "comments", "remarks", "description", "примечание",
                       "заметки"),
  },
  FIELD (KONTOR_EMPLOYEE_COST_RATE) = {
    .name = "cost_rate", .label = N_("Cost per hour"), .kind = KONTOR_FIELD_MONEY, .since = 1,
    .flags = KONTOR_FIELD_SENSITIVE,
    .companion = "cost_currency",
    .import = ALIASES ("hourly cost", "cost rate", "стоимость часа"),
  },
  FIELD (KONTOR_EMPLOYEE_COST_CURRENCY) = {
    .name = "cost_currency", .label = N_("Currency of the cost"), .kind = KONTOR_FIELD_CURRENCY, .since = 1,
    .import = ALIASES ("cost currency"),
  },
};

const KontorRecordType kontor_employee_type = {
  .number = 4, .name = "employee", .gtype = "KontorEmployee",
  .label = N_("Employee"), .label_plural = N_("Employees"), .icon = "avatar-default-symbolic",
  .since = 1, .access = KONTOR_ACCESS_PEOPLE,
  .flags = KONTOR_TYPE_SEARCHED,
  .fields = employee_fields, .n_fields = G_N_ELEMENTS (employee_fields),
  .import = ALIASES ("employee", "employees", "staff", "sales agent", "sales team", "сотрудник",
                     "сотрудники"),
};

static const KontorFieldDef user_fields[] = {
  FIELD (KONTOR_USER_LOGIN) = {
    .name = "login", .label = N_("Login"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_UNIQUE_HINT | KONTOR_FIELD_TITLE,
    .import = ALIASES ("username", "user name", "логин"),
  },
  FIELD (KONTOR_USER_EMPLOYEE) = {
    .name = "employee", .label = N_("Employee"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .target = "employee",
    .import = ALIASES ("сотрудник"),
  },
  FIELD (KONTOR_USER_ROLE) = {
    .name = "role", .label = N_("Role"), .kind = KONTOR_FIELD_LINK, .since = 1,
    .target = "role",
    .import = ALIASES ("роль"),
  },
  FIELD (KONTOR_USER_LANGUAGE) = {
    .name = "language", .label = N_("Language"), .kind = KONTOR_FIELD_TEXT, .since = 1,
    .max = 35,
  },
  FIELD (KONTOR_USER_ZONE) = {
    .name = "zone", .label = N_("Time zone"), .kind = KONTOR_FIELD_ZONE, .since = 1,
  },
  FIELD (KONTOR_USER_STATE) = {
    .name = "state", .label = N_("State"), .kind = KONTOR_FIELD_CHOICE, .since = 1,
    .choices = user_state_choices,
  },
  FIELD (KONTOR_USER_LAST_LOGIN) = {
    .name = "last_login", .label = N_("Last login"), .kind = KONTOR_FIELD_INSTANT, .since = 1,
    .flags = KONTOR_FIELD_READ_ONLY,
  },
};

const KontorRecordType kontor_user_type = {
  .number = 5, .name = "user", .gtype = "KontorUser",
  .label = N_("User"), .label_plural = N_("Users"), .icon = "system-users-symbolic",
  .since = 1, .access = KONTOR_ACCESS_ADMIN,
  .fields = user_fields, .n_fields = G_N_ELEMENTS (user_fields),
  .import = ALIASES ("user", "users", "пользователь", "пользователи"),
};

static const KontorFieldDef role_fields[] = {
  FIELD (KONTOR_ROLE_NAME) = {
    .name = "name", .label = N_("Name"), .kind = KONTOR_FIELD_NAME, .since = 1,
    .flags = KONTOR_FIELD_REQUIRED | KONTOR_FIELD_TITLE,
    .import = ALIASES ("role", "роль"),
  },
  FIELD (KONTOR_ROLE_DESCRIPTION) = {
    .name = "description", .label = N_("Description"), .kind = KONTOR_FIELD_LONG_TEXT, .since = 1,
    .import = ALIASES ("описание"),
  },
  FIELD (KONTOR_ROLE_GRANTS) = {
    .name = "grants", .label = N_("Rights"), .kind = KONTOR_FIELD_JSON, .since = 1,
    .help = N_("What users with this role may see and do"),
  },
};

const KontorRecordType kontor_role_type = {
  .number = 6, .name = "role", .gtype = "KontorRole",
  .label = N_("Role"), .label_plural = N_("Roles"), .icon = "security-high-symbolic",
  .since = 1, .access = KONTOR_ACCESS_ADMIN,
  .fields = role_fields, .n_fields = G_N_ELEMENTS (role_fields),
  .import = ALIASES ("role", "roles", "роль", "роли"),
};
