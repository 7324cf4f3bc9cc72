/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is taken for, and where its columns go. */
#include "config.h"

#include "import-fixture.h"
#include <string.h>

/* "path;path;-;…", with the order of dates behind a colon. */
static char *
describe (KontorImportMap *map)
{
  static const char *const orders[] = { "", ":dmy", ":mdy", ":ymd" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kontor_import_map_get_n_columns (map); i++)
    {
      const KontorImportTarget *target = kontor_import_map_get_target (map, i);

      g_string_append_printf (out,
                              "%s%s%s",
                              i > 0 ? ";" : "",
                              target != NULL ? target->path : "-",
                              orders[kontor_import_map_get_date_order (map, i)]);
    }
  return g_string_free (out, FALSE);
}

static void
assert_guess (ImportFixture *fixture, const char *type, const char *text, const char *expected)
{
  g_autoptr(KontorImportMap) map = NULL;
  g_autofree char *found = NULL;

  fixture->type = type;
  map = guess_text (fixture, text);
  found = describe (map);
  g_assert_cmpstr (found, ==, expected);
}

/* --- Headers of other programs -------------------------------------------------------------- */

static void
test_outlook (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,"
                "Business Street,Business Street 2,Business City,Business State,Business Postal "
                "Code,Business Country/Region,Home Street,Home City,Business Fax,Business "
                "Phone,Business Phone 2,Home Phone,Mobile Phone,Birthday,Categories,E-mail "
                "Address,E-mail 2 Address,Notes,Web Page,Anniversary of nothing\n"
                "Dr.,Ana,,Trujillo,,Acme,,,,,,,,,,,,,,,,1970-01-02,,,,,,\n",
                "prefix;first_name;middle_name;last_name;suffix;account;department;position;"
                "street;street;city;region;postcode;country;street[home];city[home];fax;"
                "phone[work];phone[work];phone[home];mobile;birth_date:ymd;tags;mail;mail[2];notes;"
                "website;-");
}

static void
test_google (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "First Name,Last Name,Name Prefix,Nickname,Organization Name,Organization "
                "Title,Organization Department,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - "
                "Value,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - "
                "Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Address 2 - "
                "City,Website 1 - Value\n",
                "first_name;last_name;prefix;nickname;account;position;department;birth_date;"
                "notes;tags;mail[1].label;mail[1];mail[2];phone[1].label;phone[1];street[1];"
                "city[1];postcode[1];country[1];city[2];web[1]");
}

static void
test_hubspot (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact "
                "owner,Associated Company,Job Title,City,State/Region,Postal Code,Country/Region,"
                "Create Date\n",
                "number;first_name;last_name;mail;phone;mobile;owner;account;position;city;region;"
                "postcode;country;created_at");
}

/* All columns that Outlook writes, as far as they go anywhere. */
static void
test_outlook_whole (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "First Name,Last Name,Company,Business Address PO Box,Business Country/Region,"
                "Other Street,Other Country/Region,Assistant's Phone,Callback,Car Phone,Company "
                "Main Phone,Home Fax,Home Phone 2,ISDN,Other Fax,Other Phone,Pager,TTY/TDD "
                "Phone,Telex,Account,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 "
                "Address,E-mail 2 Type,E-mail 2 Display Name,Office Location,Spouse,User 1\n",
                "first_name;last_name;account;street;country;street[other];country[other];"
                "phone[assistant];phone[callback];phone[car];phone;fax[home];phone[home];"
                "phone[isdn];fax[other];phone[other];phone[pager];phone[textphone];phone[telex];-;"
                "mail;-;-;mail[2];mail[2].label;-;-;-;-");
}

static void
test_outlook_russian (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "Обращение,Имя,Отчество,Фамилия,Суффикс,Организация,Отдел,Должность,Улица (раб. "
                "адрес),Улица 2 (раб. адрес),Город (раб. адрес),Область (раб. адрес),Индекс (раб. "
                "адрес),Страна или регион (раб. адрес),Улица (дом. адрес),Город (дом. "
                "адрес),Индекс (дом. адрес),Улица  (другой адрес),Рабочий факс,Рабочий "
                "телефон,Телефон раб. 2,Телефон в машине,Домашний факс,Домашний телефон,Телефон "
                "дом. 2,Телефон переносной,Пейджер,Основной телефон,Веб-страница,День "
                "рождения,Заметки,Категории,Адрес эл. почты,Тип эл. почты,Краткое имя эл. "
                "почты,Адрес 2 эл. почты,Язык\n"
                "г-н,Иван,,Иванов,,,,,,,,,,,,,,,,,,,,,,,,,,31.01.1970,,,,,,,\n",
                "prefix;first_name;middle_name;last_name;suffix;account;department;position;"
                "street;street;city;region;postcode;country;street[home];city[home];"
                "postcode[home];street[other];fax;phone[work];phone[work];phone[car];fax[home];"
                "phone[home];phone[home];mobile;phone[pager];phone;website;birth_date:dmy;notes;"
                "tags;mail;-;-;mail[2];language");
}

static void
test_google_whole (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name "
                "Suffix,Nickname,File As,Organization Name,Photo,Labels,E-mail 1 - Label,E-mail 1 "
                "- Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - "
                "Formatted,Address 1 - Street,Address 1 - PO Box,Address 1 - City,Website 1 - "
                "Label,Website 1 - Value,IM 1 - Service,IM 1 - Value\n",
                "first_name;middle_name;last_name;-;prefix;suffix;nickname;-;account;-;tags;"
                "mail[1].label;mail[1];phone[1].label;phone[1];address_kind[1];-;street[1];"
                "street[1];city[1];web[1].label;web[1];messenger[1].label;messenger[1]");
}

static void
test_hubspot_companies (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "account",
                "Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity "
                "Date,City,Country/Region,Industry,Company Domain Name,Website URL,Number of "
                "Employees,Annual Revenue,Street Address,State/Region,Postal "
                "Code,Description\n",
                "number;name;owner;created_at;phone;-;city;country;industry;website;-;employees;"
                "revenue;street;region;postcode;notes");
}

/* Several numbers and addresses of a row keep what they are called. */
static void
test_google_labels (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - "
               "Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Address 1 - "
               "Label,Address 1 - Street,Address 1 - City,Address 2 - Label,Address 2 - City\n"
               "Maria,Anders,* Work,m@example.de,Mobile,+49 1,Work Fax,+49 2,Dacha,+49 "
               "3,Home,Obere Str. 57,Berlin,Work,Bonn\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT kind,label,value,main FROM contact_point WHERE hid=0 ORDER BY rid",
                     "mail|work|m@example.de|1;mobile|-|+49 1|-;fax|work|+49 2|-;"
                     "phone|Dacha|+49 3|-");
  import_assert_sql (fixture,
                     "SELECT kind,street,city FROM address WHERE hid=0 ORDER BY rid",
                     "home|Obere Str. 57|Berlin;-|-|Bonn");
}

/* What Outlook calls a type is the system of the mailbox. */
static void
test_outlook_types (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "First Name,Last Name,E-mail Address,E-mail 2 Address,E-mail 2 Type\n"
               "Ana,Trujillo,a@example.com,b@example.com,SMTP\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT value,label FROM contact_point WHERE hid=0 ORDER BY rid",
                     "a@example.com|-;b@example.com|-");
}

static void
test_russian (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "Фамилия;Имя;Отчество;Организация;Должность;Телефон;Мобильный телефон;"
                "Электронная почта;Город;Индекс;Страна;Дата рождения;Примечание\n"
                "Иванов;Иван;Иванович;ООО Ромашка;;;;;;;;31.01.1970;\n",
                "last_name;first_name;middle_name;account;position;phone;mobile;mail;city;"
                "postcode;country;birth_date:dmy;notes");
  assert_guess (fixture,
                "account",
                "Название\tКонтактное лицо\tТЕЛЕФОН\tАдрес\n",
                "name;contact.name;phone;street");
}

/* What an export of our own calls its columns goes where it came from. */
static void
test_own_names (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture,
                "contact",
                "id,name,owner,owner.id,PHONE[home],consent_mail\n",
                "id;name;owner;owner.id;phone[home];-");
  assert_guess (fixture,
                "account",
                "name,parent,parent.id,contact.mail,tags,role\n",
                "name;parent;parent.id;contact.mail;tags;role");
  assert_guess (fixture,
                "activity",
                "kind,subject,about.account,starts_at\n",
                "kind;subject;about.account;-");
}

/* --- What one header alone does not say ------------------------------------------------------- */

static void
test_title (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture, "contact", "Name,Title\nA,Mr.\nB,Dr.\nC,Prof.\n", "name;prefix");
  assert_guess (fixture,
                "contact",
                "Name,Title\nA,Sales Manager\nB,Owner\nC,CEO\n",
                "name;position");
}

static void
test_choices (ImportFixture *fixture, gconstpointer data)
{
  assert_guess (fixture, "activity", "Subject,Type\nA,call\nB,Call\nC,something\n", "subject;kind");
  assert_guess (fixture, "activity", "Subject,Type\nA,red\nB,green\nC,blue\n", "subject;-");
}

static void
test_dates (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportMap) map = NULL;

  assert_guess (fixture,
                "contact",
                "Name,Birthday\nA,01-02-17\nB,31-12-80\n",
                "name;birth_date:dmy");
  assert_guess (fixture,
                "contact",
                "Name,Birthday\nA,01/02/17\nB,12/31/80\n",
                "name;birth_date:mdy");
  assert_guess (fixture, "contact", "Name,Birthday\nA,2017-02-01\n", "name;birth_date:ymd");
  fixture->type = "contact";
  map = guess_text (fixture, "Name,Birthday\nA,01-02-17\n");
  kontor_import_map_set_date_order (map, 1, KONTOR_DATE_ORDER_MDY);
  g_assert_cmpint (kontor_import_map_get_date_order (map, 1), ==, KONTOR_DATE_ORDER_MDY);
}

/* --- Checking and changing -------------------------------------------------------------------- */

static void
assert_refused (KontorImportMap *map, const char *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (kontor_import_map_check (map, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_double_headers (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(GError) error = NULL;

  fixture->type = "contact";
  map = guess_text (fixture, "Name,Notes,Birthday,notes\nA,b,1970-01-01,c\n");
  assert_refused (map, "2 and 4");
  /* once it is said where they go there is no question left */
  g_assert_true (kontor_import_map_assign (map, "#4=tags", &error));
  g_assert_true (kontor_import_map_check (map, &error));
  g_assert_no_error (error);
  g_assert_true (kontor_import_map_assign (map, "#4=birth_date", &error));
  assert_refused (map, "3 and 4");
  g_assert_true (kontor_import_map_assign (map, "#4=-", &error));
  g_assert_true (kontor_import_map_check (map, &error));

  /* unknown columns may be called what they like; several phones are several phones */
  g_clear_pointer (&map, kontor_import_map_unref);
  fixture->type = "contact";
  map = guess_text (fixture, "Name,x,x,Phone,Phone\nA,1,2,3,4\n");
  g_assert_true (kontor_import_map_check (map, &error));
  g_assert_no_error (error);
}

static void
test_check (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportMap) nothing = NULL, nameless = NULL, numbered = NULL;
  g_autoptr(GError) error = NULL;

  fixture->type = "contact";
  nothing = guess_text (fixture, "x,y\n1,2\n");
  assert_refused (nothing, "None of the columns");
  fixture->type = "contact";
  nameless = guess_text (fixture, "Phone,City\n1,2\n");
  assert_refused (nameless, "no column goes to");
  g_assert_false (kontor_import_map_check (nameless, &error));
  g_assert_cmpstr (kontor_error_get_detail (error)->field, ==, "name");
  g_clear_error (&error);
  /* records that are there may be known by their number alone */
  fixture->type = "contact";
  numbered = guess_text (fixture, "Number,City\n1,2\n");
  g_assert_true (kontor_import_map_check (numbered, &error));
  g_assert_no_error (error);
}

static void
assert_not_assigned (KontorImportMap *map, const char *assignment, KontorErrorCode code)
{
  g_autofree char *before = describe (map), *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (kontor_import_map_assign (map, assignment, &error));
  g_test_message ("%s", error->message);
  g_assert_true (kontor_error_is (error, code));
  after = describe (map);
  g_assert_cmpstr (after, ==, before);
}

static void
test_assign (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *found = NULL;

  fixture->type = "contact";
  map = guess_text (fixture, "Name,a=b,c\nA,1,2\n");
  g_assert_true (kontor_import_map_assign (map, "a=b=phone[home]", &error));
  g_assert_true (kontor_import_map_assign (map, "C = city[billing]", &error));
  found = describe (map);
  g_assert_cmpstr (found, ==, "name;phone[home];city[billing]");
  assert_not_assigned (map, "c", KONTOR_ERROR_INVALID);
  assert_not_assigned (map, "d=phone", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "#4=phone", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "#0=phone", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "c=nonsense", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "c=name[home]", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "c=contact.name", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "c=phone[home", KONTOR_ERROR_NOT_FOUND);
  assert_not_assigned (map, "c=last_contact", KONTOR_ERROR_NOT_FOUND);
  g_assert_true (kontor_import_map_assign (map, "c=", &error));
  g_assert_null (kontor_import_map_get_target (map, 2));
}

static void
test_json (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportMap) map = NULL, other = NULL;
  g_autofree char *json = NULL, *found = NULL;
  g_autoptr(GError) error = NULL;

  fixture->type = "contact";
  map = guess_text (fixture, "Name,Born \"x\",c\nA,2,3\n");
  g_assert_true (kontor_import_map_assign (map, "#2=birth_date", &error));
  kontor_import_map_set_date_order (map, 1, KONTOR_DATE_ORDER_MDY);
  json = kontor_import_map_to_json (map);
  fixture->type = "contact";
  other = guess_text (fixture, "c,Born \"x\",Phone,Name\nA,2,3,4\n");
  g_assert_true (kontor_import_map_assign (other, "c=city", &error));
  g_assert_true (kontor_import_map_apply_json (other, json, &error));
  g_assert_no_error (error);
  found = describe (other);
  g_assert_cmpstr (found, ==, "-;birth_date:mdy;phone;name");

  g_assert_false (kontor_import_map_apply_json (other, "{\"columns\":1}", &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  g_clear_error (&error);
  g_assert_false (kontor_import_map_apply_json (other, "{", &error));
  g_clear_error (&error);
  g_assert_false (
    kontor_import_map_apply_json (other,
                                  "{\"columns\":[{\"name\":\"Name\",\"to\":\"nonsense\"}]}",
                                  &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_NOT_FOUND));
  g_clear_error (&error);

  /* columns of one name keep their order; a name that looks like a number is a name */
  g_clear_pointer (&map, kontor_import_map_unref);
  g_clear_pointer (&json, g_free);
  g_clear_pointer (&found, g_free);
  fixture->type = "contact";
  map = guess_text (fixture, "#2,x,x\nA,2,3\n");
  g_assert_true (kontor_import_map_assign (map, "#2=name", &error));
  g_assert_true (kontor_import_map_assign (map, "#3=city", &error));
  json = kontor_import_map_to_json (map);
  fixture->type = "contact";
  g_clear_pointer (&other, kontor_import_map_unref);
  other = guess_text (fixture, "#2,x,x\nA,2,3\n");
  g_assert_true (kontor_import_map_apply_json (other, json, &error));
  found = describe (other);
  g_assert_cmpstr (found, ==, "name;-;city");
}

/* Whatever may be chosen can be written and read as a path, and is called something. */
static void
test_targets (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  guint n = 0;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GPtrArray) targets = NULL;

      if ((type->flags & KONTOR_TYPE_INTERNAL) != 0)
        continue;
      targets = kontor_import_target_list (schema, type);
      for (guint k = 0; k < targets->len; k++)
        {
          const KontorImportTarget *target = g_ptr_array_index (targets, k);
          g_autoptr(GError) error = NULL;
          g_autoptr(KontorImportTarget) parsed =
            kontor_import_target_parse (schema, type, target->path, &error);
          g_autofree char *label = kontor_import_target_dup_label (target);

          g_assert_no_error (error);
          g_assert_cmpstr (parsed->path, ==, target->path);
          g_assert_cmpint (parsed->slot, ==, target->slot);
          g_assert_true (parsed->field == target->field);
          g_assert_cmpstr (label, !=, "");
          n++;
        }
    }
  g_assert_cmpuint (n, >, 150);
}

/* --- What a file is --------------------------------------------------------------------------- */

static void
assert_type (ImportFixture *fixture,
             const char *name,
             const char *header,
             const char *type,
             const char *role)
{
  g_autofree char *text = g_strconcat (header, "\n", NULL);
  g_autoptr(KontorInspection) found = NULL;

  fixture->name = name;
  found = inspect_bytes (fixture, text, strlen (text), NULL);
  g_assert_no_error (fixture->error);
  g_test_message ("%s", name);
  g_assert_cmpstr (found->type != NULL ? found->type->name : NULL, ==, type);
  g_assert_cmpstr (found->role, ==, role);
}

static void
test_types (ImportFixture *fixture, gconstpointer data)
{
  assert_type (fixture,
               "accounts.csv",
               "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
               "account",
               NULL);
  assert_type (fixture, "sales_teams.csv", "sales_agent,manager,regional_office", "employee", NULL);
  assert_type (fixture,
               "customers.csv",
               "customer_id,company_name,contact_name,contact_title,address,city,phone,fax",
               "account",
               "customer");
  assert_type (fixture,
               "suppliers.csv",
               "supplier_id,company_name,contact_name,contact_title,homepage",
               "account",
               "supplier");
  assert_type (fixture,
               "employees.csv",
               "employee_id,last_name,first_name,title,hire_date,reports_to",
               "employee",
               NULL);
  assert_type (fixture,
               "contacts.csv",
               "First Name,Last Name,E-mail Address,Business Phone",
               "contact",
               NULL);
  assert_type (fixture, "Клиенты.csv", "Название;Город;Телефон", "account", "customer");
  assert_type (fixture, "export.csv", "First Name,Last Name,Company,Email", "contact", NULL);
  assert_type (fixture, "export.csv", "Foo,Bar,Baz", NULL, NULL);
}

static KontorInspection *
inspect_encoded (ImportFixture *fixture, const char *text, const char *encoding)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);

  g_assert_no_error (error);
  return inspect_bytes (fixture, bytes, length, NULL);
}

static void
test_dialects (ImportFixture *fixture, gconstpointer data)
{
  static const char text[] =
    "Фамилия;Имя;Город\nИванов;Пётр;Москва\nСидорова;Анна;Нижний Новгород\n"
    "Кузнецов;Сергей;Екатеринбург\n";
  static const char *const encodings[] = { "UTF-8",    "WINDOWS-1251", "KOI8-R",
                                           "UTF-16LE", "UTF-16BE",     "UTF-16" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr(KontorInspection) found = inspect_encoded (fixture, text, encodings[i]);

      g_assert_no_error (fixture->error);
      g_test_message ("%s: %s", encodings[i], found->dialect.encoding);
      g_assert_cmpint (found->kind, ==, KONTOR_FILE_CSV);
      g_assert_cmpint (found->dialect.delimiter, ==, ';');
      g_assert_true (found->dialect.has_header);
      g_assert_cmpuint (found->columns->len, ==, 3);
      g_assert_cmpstr (g_ptr_array_index (found->columns, 0), ==, "Фамилия");
      g_assert_cmpuint (found->sample->len, ==, 3);
      g_assert_cmpstr (((char **) g_ptr_array_index (found->sample, 1))[2], ==, "Нижний Новгород");
      g_assert_cmpuint (found->n_rows, ==, 3);
      g_assert_true (found->n_rows_exact);
    }
}

static void
test_hints (ImportFixture *fixture, gconstpointer data)
{
  KontorInspectHints hints = { .delimiter = '|', .header = KONTOR_HEADER_NO };
  KontorInspectHints encoding = { .encoding = "ISO-8859-15" },
                     nonsense = { .encoding = "nonsense" };
  g_autoptr(KontorInspection) found = inspect_bytes (fixture, "a,b|c\nd|e|f\n", 12, &hints);
  g_autoptr(KontorInspection) euro = NULL, none = NULL;

  g_assert_no_error (fixture->error);
  g_assert_false (found->dialect.has_header);
  g_assert_cmpuint (found->columns->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (found->columns, 2), ==, "Column 3");
  g_assert_cmpuint (found->n_rows, ==, 2);
  euro = inspect_bytes (fixture, "Name,Price\nA,\xa4 5\n", 17, &encoding);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (((char **) g_ptr_array_index (euro->sample, 0))[1], ==, "€ 5");
  none = inspect_bytes (fixture, "Name\nA\n", 7, &nonsense);
  g_assert_null (none);
  g_assert_true (kontor_error_is (fixture->error, KONTOR_ERROR_INVALID));
}

/* The first letter that is not ASCII may stand megabytes down. */
static void
test_late_letters (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,City\n");
  g_autoptr(KontorInspection) found = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "Person %u,Town %u\n", i, i);
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "Jos\xe9 Mu\xf1oz,M\xe1laga\n");
  found = inspect_bytes (fixture, text->str, text->len, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (found->dialect.encoding, ==, "WINDOWS-1252");
  g_assert_cmpuint (found->sample->len, ==, KONTOR_INSPECT_SAMPLE_ROWS);
  g_assert_false (found->n_rows_exact);
  g_assert_cmpuint (found->n_rows, >, 60000);
  g_assert_cmpuint (found->n_rows, <, 240000);
}

static void
test_json_lines (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorInspection) found = NULL;
  static const char text[] = "{\"type\":\"tag\",\"name\":\"A\"}\n{\"type\":\"tag\",\"name\":\"B\"}";

  fixture->name = "x.txt";
  found = inspect_bytes (fixture, text, strlen (text), NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (found->kind, ==, KONTOR_FILE_JSON_LINES);
  g_assert_cmpuint (found->n_rows, ==, 2);
  g_assert_true (found->n_rows_exact);
}

static void
inspected_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
  g_main_context_wakeup (NULL);
}

static void
test_async (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GInputStream) stream =
    g_memory_input_stream_new_from_data ("Name,Phone\nA,1\n", 15, NULL);
  g_autoptr(KontorImportSource) source =
    kontor_import_source_new_for_stream (stream, "x.csv", NULL, NULL);
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(KontorInspection) found = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kontor_inspect_async (source, schema, NULL, NULL, inspected_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = kontor_inspect_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->columns->len, ==, 2);
}

#define ADD(path, function)          \
  g_test_add ("/map/" path,          \
              ImportFixture,         \
              NULL,                  \
              import_fixture_set_up, \
              function,              \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  ADD ("outlook", test_outlook);
  ADD ("google", test_google);
  ADD ("hubspot", test_hubspot);
  ADD ("outlook-whole", test_outlook_whole);
  ADD ("outlook-types", test_outlook_types);
  ADD ("outlook-russian", test_outlook_russian);
  ADD ("google-whole", test_google_whole);
  ADD ("google-labels", test_google_labels);
  ADD ("hubspot-companies", test_hubspot_companies);
  ADD ("russian", test_russian);
  ADD ("own-names", test_own_names);
  ADD ("title", test_title);
  ADD ("choices", test_choices);
  ADD ("dates", test_dates);
  ADD ("double-headers", test_double_headers);
  ADD ("check", test_check);
  ADD ("assign", test_assign);
  ADD ("json", test_json);
  ADD ("targets", test_targets);
  ADD ("types", test_types);
  ADD ("dialects", test_dialects);
  ADD ("hints", test_hints);
  ADD ("late-letters", test_late_letters);
  ADD ("json-lines", test_json_lines);
  ADD ("async", test_async);
  return g_test_run ();
}
