/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports of tables: what rows become, what they link to, what happens to known records and to
 * faulty rows. */
#include "config.h"

#include "import-fixture.h"
#include <string.h>

/* --- What a row becomes --------------------------------------------------------------------- */

static void
test_contact (ImportFixture *fixture, gconstpointer data)
{
  fixture->name = "people.csv";
  import_text (fixture,
               "first_name,last_name,organisation,position,department,phone,mobile,email,street,"
               "city,postcode,country,birth_date,source,website,tags,number,notes\n"
               "Ana,Trujillo,Trujillo Ltd,Owner,Board,+52 5 555 4729,+52 5 1,ana@example.com,Av. 1,"
               "México D.F.,05021,Mexico,1970-02-03,website,www.example.com,VIP; Key "
               "account,P-1,Likes tea\n"
               "Bert,Brecht,,,,,,,,,,,,,,,P-2,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,number,birth_date,source,website,notes,account_title,position,"
                     "main_phone,main_mail,city,country FROM v_contact ORDER BY number",
                     "Ana Trujillo|P-1|1970-02-03|website|www.example.com|Likes tea|Trujillo "
                     "Ltd|Owner|+52 5 555 4729|ana@example.com|México D.F.|MX;"
                     "Bert Brecht|P-2|-|-|-|-|-|-|-|-|-|-");
  import_assert_sql (fixture,
                     "SELECT kind,value FROM contact_point ORDER BY rid",
                     "phone|+52 5 555 4729;mobile|+52 5 1;mail|ana@example.com");
  import_assert_sql (fixture,
                     "SELECT street,city,postcode,country FROM address",
                     "Av. 1|México D.F.|05021|MX");
  import_assert_sql (fixture, "SELECT department FROM account_contact", "Board");
  import_assert_sql (fixture,
                     "SELECT t.name FROM tag_link l JOIN tag t ON t.id=l.tag ORDER BY l.rid",
                     "VIP;Key account");
  g_assert_cmpuint (kontor_import_report_get_counts (fixture->result->report)->others, ==, 3);
  import_assert_sound (fixture);
}

static void
test_account (ImportFixture *fixture, gconstpointer data)
{
  fixture->name = "suppliers.csv";
  import_text (fixture,
               "supplier_id,company_name,contact_name,contact_title,address,city,region,"
               "postal_code,country,phone,fax,homepage\n"
               "1,Exotic Liquids,Charlotte Cooper,Purchasing Manager,49 Gilbert "
               "St.,London,,EC1 4SD,UK,(171) 555-2222,,#CAJUN.HTM#\n"
               "2,Mayumi's,Mayumi Ohno,Owner,\"1\\nOsaka\",Osaka,,545,Japan,(06) 1,(06) "
               "2,Mayumi's#http://www.example.com/m.htm#\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,number,website,city,country,main_phone,people FROM account "
                     "ORDER BY number",
                     "Exotic Liquids|1|CAJUN.HTM|London|GB|(171) 555-2222|1;"
                     "Mayumi's|2|http://www.example.com/m.htm|Osaka|JP|(06) 1|1");
  import_assert_sql (fixture,
                     "SELECT name,position,account_title,main_phone FROM v_contact ORDER BY name",
                     "Charlotte Cooper|Purchasing Manager|Exotic Liquids|-;"
                     "Mayumi Ohno|Owner|Mayumi's|-");
  import_assert_sql (fixture, "SELECT count(*) FROM contact_point WHERE kind='fax'", "1");
  import_assert_sql (fixture, "SELECT street FROM address WHERE city='Osaka'", "1\nOsaka");
  import_assert_sound (fixture);
}

static void
test_employees (ImportFixture *fixture, gconstpointer data)
{
  fixture->name = "employees.csv";
  import_text (fixture,
               "employee_id,last_name,first_name,title,title_of_courtesy,birth_date,hire_date,"
               "home_phone,reports_to\n"
               "1,Davolio,Nancy,Sales Representative,Ms.,1948-12-08,1992-05-01,(206) 1,2\n"
               "6,Suyama,Michael,Sales Representative,Mr.,1963-07-02,1993-10-17,(71) 2,5\n"
               "2,Fuller,Andrew,\"Vice President, Sales\",Dr.,1952-02-19,1992-08-14,(206) 3,\n"
               "5,Buchanan,Steven,Sales Manager,Mr.,1955-03-04,1993-10-17,(71) 4,2\n");
  import_assert_counts (fixture, 4, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT number,name,position,prefix,manager_title FROM v_employee WHERE "
                     "number IS NOT NULL ORDER BY number",
                     "1|Nancy Davolio|Sales Representative|Ms.|Andrew Fuller;"
                     "2|Andrew Fuller|Vice President, Sales|Dr.|-;"
                     "5|Steven Buchanan|Sales Manager|Mr.|Andrew Fuller;"
                     "6|Michael Suyama|Sales Representative|Mr.|Steven Buchanan");
}

static void
test_teams (ImportFixture *fixture, gconstpointer data)
{
  fixture->name = "sales_teams.csv";
  import_text (fixture,
               "sales_agent,manager,regional_office\n"
               "Anna Snelling,Dustin Brinkmann,Central\n"
               "Cecily Lampkin,Dustin Brinkmann,Central\n"
               "Vicki Laflamme,Celia Rouche,West\n"
               "Celia Rouche,,West\n");
  import_assert_counts (fixture, 4, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,manager_title,org_unit_title FROM v_employee WHERE "
                     "name<>'Tester' "
                     "ORDER BY name",
                     "Anna Snelling|Dustin Brinkmann|Central;Cecily Lampkin|Dustin "
                     "Brinkmann|Central;Celia Rouche|-|West;Dustin Brinkmann|-|-;Vicki "
                     "Laflamme|Celia Rouche|West");
  import_assert_sql (fixture, "SELECT name FROM org_unit ORDER BY name", "Central;West");
}

static void
test_activities (ImportFixture *fixture, gconstpointer data)
{
  fixture->name = "people.csv";
  import_text (fixture, "first name,last name\nAna,Trujillo\n");
  fixture->name = "calls.csv";
  fixture->map = "Customer=about.account";
  import_text (fixture,
               "type,subject,date,contact,Customer,owner\n"
               "call,Asked for a quote,2026-03-02 10:30,Ana Trujillo,Trujillo Ltd,Tester\n"
               "note,Likes tea,2026-03-03,Ana Trujillo,,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT a.kind,a.subject,l.target_type,l.target_title FROM v_activity a JOIN "
                     "v_activity_link l ON l.activity=a.id ORDER BY a.subject,l.target_type",
                     "call|Asked for a quote|account|Trujillo Ltd;call|Asked for a "
                     "quote|contact|Ana Trujillo;note|Likes tea|contact|Ana Trujillo");
  import_assert_sql (fixture, "SELECT count(*) FROM contact WHERE last_contact IS NOT NULL", "1");
  import_assert_sound (fixture);
}

static void
test_points (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "Name,E-mail,Home Phone,Business Phone,E-mail 2 Address,Mobile\n"
               "Ana,\"a@example.com; b@example.com\",1 23 45,2 23 45,c@example.com,\"3 23 45 ::: "
               "4 23 45\"\n"
               "Bert,Bert Brecht <bert@example.com>,,,mailto:d@example.com,\n"
               "Carl,not an address,,,,\n");
  import_assert_counts (fixture, 2, 0, 0, 1);
  import_assert_problem (fixture, 0, 4, "not an e-mail address");
  g_assert_cmpstr (import_get_problem (fixture, 0)->column, ==, "E-mail");
  g_assert_cmpstr (import_get_problem (fixture, 0)->value, ==, "not an address");
  import_assert_sql (fixture,
                     "SELECT kind,label,value FROM contact_point p JOIN contact c ON c.id=p.party "
                     "WHERE c.name='Ana' ORDER BY value",
                     "phone|home|1 23 45;phone|work|2 23 45;mobile|-|3 23 45;mobile|-|4 23 45;"
                     "mail|-|a@example.com;mail|-|b@example.com;mail|-|c@example.com");
  import_assert_sql (fixture,
                     "SELECT value FROM contact_point p JOIN contact c ON c.id=p.party "
                     "WHERE c.name='Bert' ORDER BY value",
                     "bert@example.com;d@example.com");
}

/* A position without an organisation is not lost. */
static void
test_position_alone (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, "Name,Position,Notes\nAna,Owner,Tea\nBert,Cook,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,notes FROM contact ORDER BY name",
                     "Ana|Tea\nPosition: Owner;Bert|Position: Cook");
}

static void
test_children (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  fixture->map = "Needs=need.text;Band=consumer_profile.age_band;Post=city[billing];#5=city[home]";
  import_text (fixture,
               "Name,Needs,Band,Post,Home\n"
               "Ana,Forty pumps,25 to 34,Berlin,Potsdam\n"
               "Bert,,,,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture, "SELECT party_title,text FROM v_need", "Ana|Forty pumps");
  import_assert_sql (fixture, "SELECT contact_title,age_band FROM v_consumer_profile", "Ana|25_34");
  import_assert_sql (fixture,
                     "SELECT kind,city FROM address ORDER BY kind",
                     "billing|Berlin;home|Potsdam");
}

static void
test_owner_and_links (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *user = import_sql (fixture, "SELECT id FROM v_employee");
  g_autofree char *text = g_strdup_printf ("Name,Owner,Owner.id\n"
                                           "A,Tester,\n"
                                           "B,%s,\n"
                                           "C,,%s\n"
                                           "D,New Colleague,\n"
                                           "E,4711,\n"
                                           "F,,00000000-0000-7000-8000-000000000001\n",
                                           user,
                                           user);

  fixture->type = "account";
  import_text (fixture, text);
  import_assert_counts (fixture, 4, 0, 0, 2);
  import_assert_sql (fixture,
                     "SELECT name,owner_title FROM v_account ORDER BY name",
                     "A|Tester;B|Tester;C|Tester;D|New Colleague");
  import_assert_problem (fixture, 0, 6, "4711");
  import_assert_problem (fixture, 1, 7, "00000000-0000-7000-8000-000000000001");
}

/* --- Superiors further down ------------------------------------------------------------------- */

static void
test_subsidiaries (ImportFixture *fixture, gconstpointer data)
{
  fixture->name = "accounts.csv";
  import_text (fixture,
               "account,sector,revenue,employees,office_location,subsidiary_of\n"
               "Codehow,software,2714.90,2641,United States,Acme Corporation\n"
               "Tiny,software,,,Korea,Codehow\n"
               "Acme Corporation,technolgy,1100.04,2822,Philipines,\n"
               "Loner,technolgy,1,1,Kenya,Nobody Ltd\n");
  import_assert_counts (fixture, 4, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,parent_title,country,industry,revenue FROM v_account ORDER BY "
                     "name",
                     "Acme Corporation|-|PH|technolgy|1100.04;Codehow|Acme "
                     "Corporation|US|software|2714.90;Loner|Nobody Ltd|KE|technolgy|1.00;Nobody "
                     "Ltd|-|-|-|-;Tiny|Codehow|KR|software|-");
  import_assert_sql (fixture,
                     "SELECT label FROM pick_list WHERE list='industry' AND code='technolgy'",
                     "technolgy");
  import_assert_sound (fixture);
}

static void
test_circles (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "account";
  import_text (fixture,
               "Name,Part of\n"
               "A,B\n"
               "B,C\n"
               "C,A\n"
               "D,A\n"
               "E,E\n"
               "F,G\n"
               "G,\n"
               "H,D\n");
  import_assert_counts (fixture, 2, 0, 0, 6);
  import_assert_sql (fixture, "SELECT name,parent_title FROM v_account ORDER BY name", "F|G;G|-");
  import_assert_sql (fixture, "SELECT count(*) FROM account", "2");
  for (guint i = 0; i < 6; i++)
    {
      const KontorImportProblem *problem = import_get_problem (fixture, i);

      if (problem->line == 2)
        g_assert_nonnull (strstr (problem->reason, "A → B → C → A"));
      else if (problem->line == 6)
        g_assert_nonnull (strstr (problem->reason, "E → E"));
      else if (problem->line == 5)
        g_assert_nonnull (strstr (problem->reason, "line 2"));
      else if (problem->line == 9)
        g_assert_nonnull (strstr (problem->reason, "line 5"));
      else
        g_assert_nonnull (strstr (problem->reason, "circle"));
    }
  import_assert_sound (fixture);
}

static void
test_reporting_circle (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "employee";
  import_text (fixture,
               "employee_id,name,reports_to\n"
               "1,Ann,2\n"
               "2,Ben,1\n"
               "3,Cid,99\n"
               "4,Dan,\n");
  import_assert_counts (fixture, 1, 0, 0, 3);
  import_assert_sql (fixture, "SELECT name FROM employee WHERE name<>'Tester'", "Dan");
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (strstr (import_get_problem (fixture, i)->reason,
                              import_get_problem (fixture, i)->line == 4 ? "99" : "circle"));
}

/* Who hangs on a row that is faulty for another reason is told so. */
static void
test_left_out_superior (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "employee";
  import_text (fixture,
               "employee_id,name,hire_date,reports_to\n"
               "1,Ann,2020-01-01,2\n"
               "2,Ben,2020-02-31,\n"
               "3,Cid,2020-01-01,2\n");
  import_assert_counts (fixture, 0, 0, 0, 3);
  import_assert_problem (fixture, 0, 3, "2020-02-31");
  import_assert_problem (fixture, 1, 2, "line 3");
  import_assert_problem (fixture, 2, 4, "line 3");
  import_assert_sql (fixture, "SELECT count(*) FROM import_batch", "0");
}

/* The store sees circles that close over records that are there already. */
static void
test_circle_with_known (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "account";
  import_text (fixture, "Name,Part of\nA,B\nB,C\n");
  fixture->type = "account";
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  fixture->key = "name";
  import_text (fixture, "Name,Part of,Number\nC,A,7\nNew,A,8\nB,,9\n");
  import_assert_counts (fixture, 1, 1, 0, 1);
  import_assert_problem (fixture, 0, 2, "circle");
  import_assert_sql (fixture,
                     "SELECT name,parent_title,number FROM v_account ORDER BY name",
                     "A|B|-;B|C|9;C|-|-;New|A|8");
  import_assert_sound (fixture);
}

/* --- Known records ---------------------------------------------------------------------------- */

static const char first[] = "Number,Name,Phone,City,Notes,Tags\n"
                            "1,Ana Trujillo,030 11,Berlin,,VIP\n"
                            "2,Bert Brecht,,,Tea,\n";

static void
test_skip (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, first);
  import_assert_counts (fixture, 2, 0, 0, 0);
  fixture->type = "contact";
  import_text (fixture, "Number,Name,Notes\n1,Ana Other,New\n3,Carl,\n3,Carl again,\n");
  import_assert_counts (fixture, 1, 0, 2, 0);
  import_assert_sql (fixture,
                     "SELECT number,name,notes FROM contact ORDER BY number",
                     "1|Ana Trujillo|-;2|Bert Brecht|Tea;3|Carl|-");
  /* nothing new leaves no step behind */
  fixture->type = "contact";
  import_text (fixture, "Number,Name\n1,Ana\n");
  import_assert_counts (fixture, 0, 0, 1, 0);
  import_assert_sql (fixture, "SELECT count(*) FROM import_batch", "2");
  g_assert_true (kontor_id_is_null (&fixture->result->step));
}

static void
test_fill (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, first);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_FILL;
  import_text (fixture,
               "Number,Name,Phone,City,Notes,Tags,Company\n"
               "1,Ana Other,+49 30 11,Hamburg,Coffee,VIP;New,Acme\n"
               "2,,030 22,Bremen,,,\n"
               "3,Carl,,,,,\n"
               "1,,030 11,,,,\n");
  import_assert_counts (fixture, 1, 2, 1, 0);
  import_assert_sql (fixture,
                     "SELECT number,name,main_phone,city,notes,account_title FROM v_contact ORDER "
                     "BY number",
                     "1|Ana Trujillo|030 11|Berlin|Coffee|Acme;2|Bert Brecht|030 "
                     "22|Bremen|Tea|-;3|Carl|-|-|-|-");
  import_assert_sql (fixture,
                     "SELECT t.name FROM tag_link l JOIN tag t ON t.id=l.tag ORDER BY t.name",
                     "New;VIP");
  import_assert_sql (fixture, "SELECT count(*) FROM address", "2");
  import_assert_sound (fixture);
}

static void
test_overwrite (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, first);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  import_text (fixture,
               "Number,Name,Phone,City,Notes\n"
               "1,Ana Other,030 99,Hamburg,\n"
               "2,,,,Coffee\n");
  import_assert_counts (fixture, 0, 2, 0, 0);
  import_assert_sql (fixture,
                     "SELECT number,name,main_phone,city,notes FROM contact ORDER BY number",
                     "1|Ana Other|030 99|Hamburg|-;2|Bert Brecht|-|-|Coffee");
  import_assert_sql (fixture, "SELECT count(*) FROM contact_point", "1");
  import_assert_sql (fixture,
                     "SELECT mode,updated FROM import_batch ORDER BY rid DESC LIMIT 1",
                     "update|2");
  import_assert_sound (fixture);
}

static void
test_add (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, first);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_ADD;
  import_text (fixture, first);
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture, "SELECT count(*) FROM contact", "4");
}

static void
test_keys (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "Name,E-mail,Phone,Company\n"
               "Ana,a@example.com,030 123456,Acme\n"
               "Ana,,030 222222,\n"
               "Ana,,,Other\n"
               "Ana,,,\n");
  import_assert_counts (fixture, 4, 0, 0, 0);
  /* a person is known by the name and one more fact */
  fixture->type = "contact";
  import_text (fixture,
               "Name,E-mail,Phone,Company\n"
               "Ana,A@example.com,,\n"
               "ana,,+49 30 222222,\n"
               "Ána,,,other\n"
               "Ana,b@example.com,,\n"
               "Bert,a@example.com,,\n");
  import_assert_counts (fixture, 2, 0, 3, 0);
  fixture->type = "contact";
  fixture->key = "mail";
  import_text (fixture, "Name,E-mail\nX,a@example.com\nY,new@example.com\n");
  import_assert_counts (fixture, 1, 0, 1, 0);
  fixture->type = "contact";
  fixture->key = "phone";
  import_text (fixture, "Name,Phone\nX,(030) 12 34 56\nY,030 999999\n");
  import_assert_counts (fixture, 1, 0, 1, 0);
  fixture->type = "contact";
  fixture->key = "name";
  import_text (fixture, "Name\nBert\nZoe\n");
  import_assert_counts (fixture, 1, 0, 1, 0);
  fixture->type = "contact";
  fixture->key = "nonsense";
  import_text (fixture, "Name\nBert\n");
  import_assert_failed (fixture, KONTOR_ERROR_NOT_FOUND, "nonsense");
}

static void
test_ids (ImportFixture *fixture, gconstpointer data)
{
  static const char id[] = "01a20fd7-2200-7000-8000-000000000001";
  g_autofree char *text = g_strdup_printf ("id,Name\n%s,Ana\nnonsense,Bert\n", id);
  g_autofree char *again = g_strdup_printf ("id,Name,Notes\n%s,Ana,Tea\n", id);
  g_autoptr(KontorStep) step = kontor_step_new ("Trash");
  g_autoptr(KontorCommit) commit = NULL;
  KontorId contact;

  fixture->type = "contact";
  import_text (fixture, text);
  import_assert_counts (fixture, 1, 0, 0, 1);
  import_assert_problem (fixture, 0, 3, "nonsense");
  import_assert_sql (fixture, "SELECT id FROM v_contact", id);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_FILL;
  import_text (fixture, again);
  import_assert_counts (fixture, 0, 1, 0, 0);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_ADD;
  import_text (fixture, again);
  import_assert_counts (fixture, 0, 0, 0, 1);
  import_assert_problem (fixture, 0, 2, "already");

  g_assert_true (kontor_id_parse (id, &contact));
  kontor_step_trash (step, &kontor_contact_type, &contact);
  commit = kontor_workspace_commit (fixture->workspace, step, NULL, NULL);
  g_assert_nonnull (commit);
  fixture->type = "contact";
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  import_text (fixture, again);
  import_assert_counts (fixture, 0, 0, 0, 1);
  import_assert_problem (fixture, 0, 2, "trash");
}

/* An organisation's row names a person: he is known there by his name. */
static void
test_update_person (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "account";
  import_text (fixture, "customer_id,company,contact name\nA,Acme,Ana\n");
  fixture->type = "account";
  fixture->mode = KONTOR_IMPORT_FILL;
  import_text (fixture,
               "customer_id,company,contact name,contact email\n"
               "A,Acme,ANA,a@example.com\nA,Acme,Bert,b@example.com\n");
  import_assert_sql (fixture,
                     "SELECT name,main_mail,account_title FROM v_contact ORDER BY name",
                     "Ana|-|Acme;Bert|b@example.com|Acme");
}

static void
test_decisions (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportOptions) options = kontor_import_options_new ();
  g_autoptr(KontorImportOptions) copy = NULL;
  KontorImportDecision decision;
  KontorId record, other = KONTOR_ID_NULL;

  other.b[3] = 7;
  kontor_import_options_decide (options, 3, KONTOR_DECISION_OVERWRITE, &other);
  kontor_import_options_decide (options, 5, KONTOR_DECISION_SKIP, NULL);
  copy = kontor_import_options_copy (options);
  g_assert_true (kontor_import_options_get_decision (copy, 3, &decision, &record));
  g_assert_cmpint (decision, ==, KONTOR_DECISION_OVERWRITE);
  g_assert_true (kontor_id_equal (&record, &other));
  g_assert_true (kontor_import_options_get_decision (copy, 5, &decision, &record));
  g_assert_true (kontor_id_is_null (&record));
  g_assert_false (kontor_import_options_get_decision (copy, 4, &decision, &record));
}

/* --- Values ----------------------------------------------------------------------------------- */

static void
test_dates (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "Name,Birthday\n"
               "A,03-04-71\n"
               "B,25-12-80\n"
               "C,31-02-90\n"
               "D,1990-05-06\n");
  import_assert_counts (fixture, 3, 0, 0, 1);
  import_assert_problem (fixture, 0, 4, "31-02-90");
  g_assert_cmpstr (import_get_problem (fixture, 0)->column, ==, "Birthday");
  g_assert_cmpstr (import_get_problem (fixture, 0)->field, ==, "birth_date");
  g_assert_cmpstr (import_get_problem (fixture, 0)->value, ==, "31-02-90");
  import_assert_sql (fixture,
                     "SELECT name,birth_date FROM contact ORDER BY name",
                     "A|1971-04-03;B|1980-12-25;D|1990-05-06");
  fixture->type = "contact";
  import_text (fixture, "Name,Birthday\nE,03/04/71\nF,12/25/80\n");
  import_assert_sql (fixture,
                     "SELECT name,birth_date FROM contact WHERE name>'D' ORDER BY name",
                     "E|1971-03-04;F|1980-12-25");
  g_assert_cmpuint (kontor_import_report_get_warnings (fixture->result->report)->len, ==, 0);
  /* nobody can say: the day, but the person is told */
  fixture->type = "contact";
  import_text (fixture, "Name,Birthday\nG,03/04/71\nH,1980-12-25\n");
  import_assert_sql (fixture,
                     "SELECT name,birth_date FROM contact WHERE name>'F' ORDER BY name",
                     "G|1971-04-03;H|1980-12-25");
  g_assert_cmpuint (kontor_import_report_get_warnings (fixture->result->report)->len, ==, 1);
  g_assert_nonnull (
    strstr (g_ptr_array_index (kontor_import_report_get_warnings (fixture->result->report), 0),
            "“Birthday”"));
  /* the same day either way */
  fixture->type = "contact";
  import_text (fixture, "Name,Birthday\nI,05/05/71\n");
  g_assert_cmpuint (kontor_import_report_get_warnings (fixture->result->report)->len, ==, 0);
}

static void
test_numbers (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "account";
  import_text (fixture,
               "Name;Revenue;Currency\n"
               "A;1.234;\n"
               "B;1,5;USD\n"
               "C;2.345,67;\n"
               "D;10 %;\n"
               "E;7;XYZ\n");
  import_assert_counts (fixture, 3, 0, 0, 2);
  import_assert_sql (fixture,
                     "SELECT name,revenue,currency FROM v_account ORDER BY name",
                     "A|1234.00|EUR;B|1.50|USD;C|2345.67|EUR");
  import_assert_problem (fixture, 0, 5, "10 %");
  import_assert_problem (fixture, 1, 6, "XYZ");
  fixture->type = "account";
  import_text (fixture, "Name,Revenue\nF,1.234\nG,5.25\n");
  import_assert_sql (fixture,
                     "SELECT name,revenue FROM v_account WHERE name>'E' ORDER BY name",
                     "F|1.23;G|5.25");
}

/* What a faulty row alone brings along is not there afterwards. */
static void
test_nothing_left (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture,
               "Name,Company,Industry,Source,Tags,Owner,Birthday\n"
               "A,Gone Ltd,,Strange source,Lost,Nobody Else,1990-13-45\n"
               "B,,,,,,\n"
               "C,Kept Ltd,,,,007,\n"
               "D,Kept Ltd,,,,,\n");
  import_assert_counts (fixture, 2, 0, 0, 2);
  import_assert_sql (fixture, "SELECT name FROM account", "Kept Ltd");
  import_assert_sql (fixture, "SELECT count(*) FROM tag", "0");
  import_assert_sql (fixture, "SELECT count(*) FROM employee", "1");
  import_assert_sql (fixture,
                     "SELECT count(*) FROM pick_list WHERE list='source' AND label LIKE 'Strange%'",
                     "0");
}

static void
test_picks (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,Industry\nA,Finance\nB,SOFTWARE\n");

  for (guint i = 0; i < 210; i++)
    g_string_append_printf (text, "X%u,Sector %u\nY%u,sector %u\n", i, i, i, i);
  fixture->type = "account";
  import_text (fixture, text->str);
  import_assert_counts (fixture, 402, 0, 0, 20);
  import_assert_sql (fixture,
                     "SELECT name,industry FROM account WHERE name IN ('A','B','X0','Y0') ORDER BY "
                     "name",
                     "A|finance;B|software;X0|sector_0;Y0|sector_0");
  import_assert_sql (fixture,
                     "SELECT count(*) FROM pick_list WHERE list='industry' AND label LIKE "
                     "'Sector%'",
                     "200");
  import_assert_problem (fixture, 0, 404, "too many");
}

static void
test_created_at (ImportFixture *fixture, gconstpointer data)
{
  fixture->type = "contact";
  import_text (fixture, "Name,Create Date\nAna,2019-05-06 07:08\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT substr(created_at,1,4),created_by_title FROM v_contact",
                     "2019|Tester");
}

static void
test_custom_field (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Field");
  g_autoptr(KontorRecord) field = kontor_record_new (&kontor_custom_field_type, NULL);
  g_autoptr(KontorCommit) commit = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sql = NULL;
  g_autoptr(GError) error = NULL;
  KontorId id;

  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_TYPE, "contact");
  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_LABEL, "Shoe size");
  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_KIND, "integer");
  id = kontor_step_create (step, field);
  commit = kontor_workspace_commit (fixture->workspace, step, NULL, &error);
  g_assert_no_error (error);
  fixture->type = "contact";
  import_text (fixture, "Name,shoe size\nAna,38\nBert,large\n");
  import_assert_counts (fixture, 1, 0, 0, 1);
  import_assert_problem (fixture, 0, 3, "large");
  name = kontor_schema_custom_field_name (&id);
  sql = g_strdup_printf ("SELECT name,%s FROM contact", name);
  import_assert_sql (fixture, sql, "Ana|38");
}

/* --- Undo, batch, faulty rows -------------------------------------------------------------------
 */

static void
test_undo (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCommit) undone = NULL;
  g_autoptr(KontorCommit) redone = NULL;
  g_autofree char *label = NULL;
  g_autofree char *step = NULL;

  fixture->name = "people.csv";
  import_text (fixture, "Name,Company,Tags,Source\nAna,Acme,VIP,Odd\nBert,Acme,,\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  step = kontor_id_to_string (&fixture->result->step);
  import_assert_sql (fixture,
                     "SELECT file,kind,mode,created,failed FROM import_batch",
                     "people.csv|contact|add|2|0");
  import_assert_sql (fixture, "SELECT step FROM import_batch", step);
  label = kontor_workspace_dup_undo_label (fixture->workspace);
  g_assert_nonnull (strstr (label, "people.csv"));
  undone = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->rest != NULL ? undone->rest->len : 0, ==, 0);
  import_assert_sql (fixture,
                     "SELECT (SELECT count(*) FROM contact WHERE hid=0),(SELECT count(*) FROM "
                     "account WHERE hid=0),(SELECT count(*) FROM import_batch WHERE hid=0),(SELECT "
                     "count(*) FROM tag WHERE hid=0)",
                     "0|0|0|0");
  redone = kontor_workspace_redo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  import_assert_sql (fixture, "SELECT count(*) FROM contact WHERE hid=0", "2");
  import_assert_sound (fixture);
}

static void
test_faulty_rows (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&fixture->dir, "faulty.csv");
  g_autofree char *saved = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *csv = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  guint64 total;

  fixture->type = "contact";
  import_text (fixture,
               "Name,Birthday,Phone\n"
               "Ana,1970-01-02,+49 30 1\n"
               "Bert,\"31.02.2026\",\"+49 30 2\"\n"
               "\"Carl \"\"C\"\", jr.\",never,\n");
  import_assert_counts (fixture, 1, 0, 0, 2);
  g_assert_true (kontor_import_report_save_faulty (fixture->result->report, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_true (g_str_has_prefix (saved,
                                   "Name,Birthday,Phone,line,reason\r\n"
                                   "Bert,31.02.2026,\"'+49 30 2\",3,"));
  g_assert_nonnull (strstr (saved, "\r\n\"Carl \"\"C\"\", jr.\",never,,4,"));

  errors = import_sql (fixture, "SELECT errors FROM import_batch");
  problems = kontor_import_errors_parse (errors, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, 2);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpstr (((KontorImportProblem *) g_ptr_array_index (problems, 0))->value,
                   ==,
                   "31.02.2026");
  csv = kontor_import_errors_to_csv (errors, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (csv, ==, saved);

  /* corrected, they go in: the columns behind are nobody's */
  g_clear_pointer (&csv, g_free);
  fixture->type = "contact";
  import_text (fixture,
               "Name,Birthday,Phone,line,reason\r\nBert,28.02.2026,\"'+49 30 2\",3,\"no "
               "date\"\r\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture, "SELECT main_phone FROM contact WHERE name='Bert'", "+49 30 2");
}

static void
test_many_faulty_rows (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Name,Birthday,Notes\n");
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GPtrArray) problems = NULL;
  g_autofree char *errors = NULL;
  g_autoptr(GError) error = NULL;
  const char *written;
  guint64 total;
  guint lines = 0;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "Person %u,nonsense %u,%0100u\n", i, i, i);
  g_string_append (text, "Last,1970-01-01,\n");
  fixture->type = "contact";
  import_text (fixture, text->str);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (kontor_import_report_get_counts (fixture->result->report)->failed, ==, 5000);
  g_assert_cmpuint (kontor_import_report_get_problems (fixture->result->report)->len,
                    ==,
                    KONTOR_IMPORT_MAX_PROBLEMS);
  g_assert_true (kontor_import_report_write_faulty (fixture->result->report, stream, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  written = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream));
  for (const char *at = written; (at = strchr (at, '\n')) != NULL; at++)
    lines++;
  g_assert_cmpuint (lines, ==, 5001);
  g_assert_nonnull (strstr (written, "Person 4999,nonsense 4999"));
  errors = import_sql (fixture, "SELECT errors FROM import_batch");
  g_assert_cmpuint (strlen (errors), <, 64 * 1024);
  problems = kontor_import_errors_parse (errors, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, 5000);
  g_assert_cmpuint (problems->len, >, 50);
}

#define ADD(path, function)          \
  g_test_add ("/import/" path,       \
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
  ADD ("contact", test_contact);
  ADD ("account", test_account);
  ADD ("employees", test_employees);
  ADD ("teams", test_teams);
  ADD ("activities", test_activities);
  ADD ("points", test_points);
  ADD ("position-alone", test_position_alone);
  ADD ("children", test_children);
  ADD ("owner-and-links", test_owner_and_links);
  ADD ("subsidiaries", test_subsidiaries);
  ADD ("circles", test_circles);
  ADD ("reporting-circle", test_reporting_circle);
  ADD ("left-out-superior", test_left_out_superior);
  ADD ("circle-with-known", test_circle_with_known);
  ADD ("skip", test_skip);
  ADD ("fill", test_fill);
  ADD ("overwrite", test_overwrite);
  ADD ("add", test_add);
  ADD ("keys", test_keys);
  ADD ("ids", test_ids);
  ADD ("update-person", test_update_person);
  ADD ("decisions", test_decisions);
  ADD ("dates", test_dates);
  ADD ("numbers", test_numbers);
  ADD ("nothing-left", test_nothing_left);
  ADD ("picks", test_picks);
  ADD ("created-at", test_created_at);
  ADD ("custom-field", test_custom_field);
  ADD ("undo", test_undo);
  ADD ("faulty-rows", test_faulty_rows);
  ADD ("many-faulty-rows", test_many_faulty_rows);
  return g_test_run ();
}
