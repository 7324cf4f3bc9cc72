/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vCards into records and back: cards of other programs, people known already, organisations,
 * groups, photos, what is kept, and demo data out and in again. */
#include "config.h"

#include "import-fixture.h"
#include "kontor-demo.h"
#include "kontor-wire.h"
#include <string.h>

static char *seeds;

static void
import_seed (ImportFixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (seeds, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  import_bytes (fixture, text, length);
}

static char *
export_cards (ImportFixture *fixture, const KontorRecordType *type, KontorExportFormat format)
{
  g_autoptr(KontorExport) export = kontor_export_new (fixture->workspace, format);
  g_autoptr(KontorQuery) query = kontor_query_new (type);

  kontor_export_add_query (export, query);
  return export_to_text (export);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("“%s” is not in:\n%s", part, text);
  g_assert_nonnull (strstr (text, part));
}

#define POINTS                                                                                   \
  "SELECT kind,coalesce(label,'-'),value,coalesce(main,0) FROM contact_point WHERE hid=0 ORDER " \
  "BY rid"
#define PEOPLE                                                                               \
  "SELECT name,coalesce(first_name,'-'),coalesce(last_name,'-'),coalesce(account_name,'-')," \
  "coalesce(position,'-') FROM contact WHERE hid=0 ORDER BY rid"

/* --- Cards of other programs -------------------------------------------------------------------
 */

static void
test_outlook (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *card = NULL;

  import_seed (fixture, "outlook-21");
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture,
                     PEOPLE,
                     "Dr. Ana María Trujillo Jr.|Ana|Trujillo|Emparedados y helados|Owner");
  import_assert_sql (fixture,
                     "SELECT middle_name,prefix,suffix,nickname,birth_date,notes FROM contact",
                     "María|Dr.|Jr.|Anita|1960-04-12|First line\nSecond line with a = sign");
  import_assert_sql (fixture, "SELECT department FROM account_contact", "Ventas");
  import_assert_sql (fixture,
                     POINTS,
                     "phone|work|(5) 555-4729|0;mobile|-|(5) 555-0002|0;fax|work|(5) 555-3745|0;"
                     "mail|-|ana@example.com|1;web|work|http://www.example.com|0;"
                     "messenger|-|ana@im.example.com|0;phone|home|(5) 555-0001|0;"
                     "phone|pager|555-9|0;mail|-|ana2@example.com|0");
  import_assert_sql (fixture,
                     "SELECT coalesce(kind,'-'),street,city,postcode,country,main FROM address",
                     "-|Avda. de la Constitución 2222\nPiso 2|México D.F.|05021|MX|1");
  import_assert_sql (fixture, "SELECT size FROM blob", "133");
  import_assert_sql (fixture, "SELECT lower(hex(b.hash))=c.photo FROM contact c, blob b", "1");
  import_assert_sql (fixture, "SELECT kind,created FROM import_batch", "vcard|1");
  card = export_cards (fixture, &kontor_contact_type, KONTOR_EXPORT_VCARD_3);
  assert_has (card, "\r\nX-MS-ANNIVERSARY:20000101\r\n");
  assert_has (card, "\r\nX-MS-MANAGER:Boss\r\n");
  assert_has (card, "\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ");
  import_assert_sound (fixture);
}

static void
test_apple (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *people = NULL;
  g_autofree char *organisations = NULL;

  import_seed (fixture, "apple-30");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture, PEOPLE, "Pedro Afonso|Pedro|Afonso|Comércio Mineiro|Sales Associate");
  import_assert_sql (fixture, "SELECT name FROM account WHERE hid=0", "Comércio Mineiro");
  import_assert_sql (fixture,
                     "SELECT uid FROM contact",
                     "urn:uuid:8f3c1f2e-1d3a-4a55-9c0c-0a1b2c3d4e5f");
  /* a birthday without its year is no date, but is not lost */
  import_assert_sql (fixture, "SELECT birth_date IS NULL FROM contact", "1");
  import_assert_sql (fixture,
                     "SELECT t.name FROM tag t JOIN tag_link l ON l.tag=t.id WHERE l.hid=0 ORDER "
                     "BY 1",
                     "Brazil;Clients;Key clients");
  import_assert_sql (fixture,
                     "SELECT kind,label,value FROM contact_point WHERE kind IN "
                     "('messenger','mail') ORDER BY rid",
                     "mail|Lawyer|pedro@example.br;messenger|skype, home|pedro.afonso;"
                     "mail|home|pedro.home@example.br");
  import_assert_sql (fixture,
                     "SELECT kind,street,city,country FROM address",
                     "home|Av. dos Lusíadas, 23|Sao Paulo|BR");
  import_assert_sql (fixture, "SELECT name,media_type FROM attachment", "photo.png|image/png");
  people = export_cards (fixture, &kontor_contact_type, KONTOR_EXPORT_VCARD_3);
  assert_has (people, "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17");
  assert_has (people, "item5.X-ABDATE;TYPE=PREF:2001-09-09\r\nitem5.X-ABLabel:_$!<Anniversary>!$_");
  assert_has (people, "item7.EMAIL;TYPE=PREF:pedro@example.br\r\nitem7.X-ABLabel:Lawyer");
  assert_has (people, "UID:urn:uuid:8f3c1f2e-1d3a-4a55-9c0c-0a1b2c3d4e5f\r\n");
  organisations = export_cards (fixture, &kontor_account_type, KONTOR_EXPORT_VCARD_4);
  assert_has (organisations, "KIND:org\r\n");
  assert_has (organisations, "PHOTO;TYPE=png:data:image/png;base64,iVBORw0KGgo");
}

static void
test_thunderbird (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *cards = NULL;

  import_seed (fixture, "thunderbird-40");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT name,middle_name,gender IS NULL,language,birth_date FROM contact",
                     "Elizabeth Brown|Ann Mary|1|en-GB|1970-06-01");
  import_assert_sql (fixture,
                     "SELECT kind,latitude,longitude,country FROM address",
                     "home|51500000|-120000|GB");
  import_assert_sql (fixture,
                     "SELECT value,label,main FROM contact_point WHERE kind='phone' AND "
                     "party_type='contact' ORDER BY rid",
                     "(171) 555-2282|work|-;+44-171-555-9199 ext. 3|home|-");
  import_assert_sql (fixture, "SELECT name FROM tag", "Londoners");
  cards = export_cards (fixture, &kontor_contact_type, KONTOR_EXPORT_VCARD_4);
  assert_has (cards, "GENDER:F;she\r\n");
  assert_has (cards, "ANNIVERSARY;VALUE=DATE:19980101\r\n");
  assert_has (cards, "X-CUSTOM1;VALUE=TEXT:one\r\n");
  assert_has (cards, "TZ;VALUE=TEXT:Europe/London\r\n");
}

static void
test_others (ImportFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "android-21", "nokia-21-koi8", "blackberry-21",
                                       "lotus-30",   "google-30",     "evolution-30" };
  static const guint n_created[] = { 2, 1, 1, 1, 1, 1 };
  g_autofree char *cards = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      import_seed (fixture, names[i]);
      import_assert_counts (fixture, n_created[i], 0, 0, 0);
      g_assert_cmpuint (kontor_import_report_get_warnings (fixture->result->report)->len, ==, 0);
    }
  import_assert_sql (fixture,
                     PEOPLE,
                     "Иван Петрович Иванов|Иван|Иванов|-|-;Servis|Servis|-|-|-;"
                     "Пётр Петров|Пётр|Петров|ООО Ромашка|-;"
                     "Christina Berglund|Christina|Berglund|Berglunds snabbköp|Order "
                     "Administrator;Thomas Hardy|Thomas|Hardy|Around the Horn|Sales "
                     "Representative;Maria Anders|Maria|Anders|Alfreds Futterkiste|Sales "
                     "Representative;Antonio Moreno|Antonio|Moreno|-|-");
  import_assert_sql (fixture, "SELECT label FROM contact_point WHERE value='+74950000000'", "Дача");
  import_assert_sql (fixture,
                     "SELECT department FROM account_contact WHERE department IS NOT NULL",
                     "Sales, Europe");
  cards = export_cards (fixture, &kontor_contact_type, KONTOR_EXPORT_VCARD_3);
  assert_has (cards, "X-BLACKBERRY-PIN:2100000A\r\n");
  assert_has (cards, "EMAIL;TYPE=X-NOTES:CN=Thomas Hardy/OU=Sales/O=Horn\r\n");
  assert_has (cards, "X-EVOLUTION-SPOUSE:Carmen\r\n");
  assert_has (cards, "X-ABLabel:Ferienhaus\r\n");
  import_assert_sound (fixture);
}

/* --- Known already -------------------------------------------------------------------------------
 */

static void
test_known (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorImportCheck) check = NULL;

  fixture->type = "contact";
  import_text (fixture, "First name,Last name,E-mail\nMaria,Anders,maria@example.de\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  /* entered by hand, without the card's id: known by name and address */
  fixture->mode = KONTOR_IMPORT_FILL;
  import_seed (fixture, "google-30");
  import_assert_counts (fixture, 0, 1, 0, 0);
  import_assert_sql (fixture, "SELECT count(*),max(birth_date) FROM contact", "1|1972-03-01");
  import_assert_sql (fixture, "SELECT count(*) FROM contact_point WHERE kind='mail'", "2");
  fixture->mode = KONTOR_IMPORT_FILL;
  import_seed (fixture, "google-30");
  import_assert_counts (fixture, 0, 0, 1, 0);
  /* the same with an id: by that even when all else changed */
  import_text (fixture, "BEGIN:VCARD\nUID:x1\nFN:Old Name\nTEL:030 111111\nEND:VCARD\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  import_text (fixture, "BEGIN:VCARD\nUID:x1\nFN:New Name\nTEL:030 222222\nEND:VCARD\n");
  import_assert_counts (fixture, 0, 1, 0, 0);
  import_assert_sql (fixture, "SELECT name FROM contact WHERE uid='x1'", "New Name");
  import_assert_sql (fixture,
                     "SELECT p.value FROM contact_point p JOIN contact c ON p.party=c.id WHERE "
                     "c.uid='x1' AND p.hid=0",
                     "030 222222");
  check = check_text (fixture,
                      "BEGIN:VCARD\nUID:x1\nFN:New Name\nEND:VCARD\n"
                      "BEGIN:VCARD\nFN:Somebody\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n");
  g_assert_cmpuint (check->n_known, ==, 1);
  g_assert_cmpuint (check->n_new, ==, 1);
  g_assert_cmpuint (check->n_faulty, ==, 1);
}

static void
test_undo (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) error = NULL;

  import_seed (fixture, "apple-30");
  commit = kontor_workspace_undo (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  import_assert_sql (fixture,
                     "SELECT (SELECT count(*) FROM contact WHERE hid=0)+(SELECT count(*) FROM "
                     "account WHERE hid=0)+(SELECT count(*) FROM contact_point WHERE hid=0)",
                     "0");
}

/* --- Bad input -------------------------------------------------------------------------------- */

static void
test_bad (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autofree char *text = g_strdup_printf ("BEGIN:VCARD\nFN:%s\nEND:VCARD\n", long_name);
  GPtrArray *warnings;

  import_seed (fixture, "cut");
  import_assert_counts (fixture, 1, 0, 0, 2);
  import_assert_problem (fixture, 0, 6, "END:VCARD");
  import_assert_problem (fixture, 1, 10, "END:VCARD");
  import_text (fixture, text);
  import_assert_counts (fixture, 0, 0, 0, 1);
  import_assert_problem (fixture, 0, 1, "255");
  import_text (fixture,
               "BEGIN:VCARD\nFN:Odd\nEMAIL:no address\nTEL:1\nADR:;;;;;;Wonderland\n"
               "BDAY:someday\nPHOTO;ENCODING=b:!!\nEND:VCARD\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  warnings = kontor_import_report_get_warnings (fixture->result->report);
  g_assert_cmpuint (warnings->len, ==, 1);
  assert_has (warnings->pdata[0], "7: PHOTO is empty");
  import_assert_sql (fixture, "SELECT street FROM address", "Wonderland");
  import_assert_sql (fixture,
                     "SELECT vcard FROM contact WHERE name='Odd'",
                     "[\"EMAIL:no address\",\"BDAY:someday\"]");
  import_text (fixture, "BEGIN:VCARD\n\n");
  g_assert_cmpuint (kontor_import_report_get_counts (fixture->result->report)->failed, ==, 1);
}

static void
test_many_numbers (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("BEGIN:VCARD\nVERSION:3.0\nFN:Busy\n");

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "TEL;TYPE=work:+49 30 %06u\n", i);
  g_string_append (text, "END:VCARD\n");
  import_text (fixture, text->str);
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture, "SELECT count(*) FROM contact_point WHERE hid=0", "500");
}

static void
test_attachment_limit (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(KontorStep) step = kontor_step_new ("limit");
  g_autofree char *id_text = import_sql (fixture, "SELECT lower(hex(id)) FROM workspace_settings");
  KontorId id;
  GPtrArray *warnings;

  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    id.b[i] = (guint8) (g_ascii_xdigit_value (id_text[2 * i]) << 4 |
                        g_ascii_xdigit_value (id_text[2 * i + 1]));
  kontor_step_set_integer (step, &id, KONTOR_WORKSPACE_SETTINGS_ATTACHMENT_LIMIT, 100);
  kontor_commit_free (kontor_workspace_commit (fixture->workspace, step, NULL, NULL));
  import_seed (fixture, "outlook-21");
  import_assert_counts (fixture, 1, 0, 0, 0);
  warnings = kontor_import_report_get_warnings (fixture->result->report);
  g_assert_cmpuint (warnings->len, ==, 1);
  assert_has (warnings->pdata[0], "PHOTO is larger than 100");
  import_assert_sql (fixture, "SELECT photo IS NULL FROM contact", "1");
  import_assert_sql (fixture, "SELECT count(*) FROM blob", "0");
}

/* Enough of them to be imported in bulk, with a photo each. */
static void
test_bulk (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 2500; i++)
    g_string_append_printf (text,
                            "BEGIN:VCARD\nVERSION:3.0\nFN:Person %u\nORG:Firm %u\nTEL:+49 30 "
                            "%06u\nPHOTO;ENCODING=b:/9j/%04u\nUID:u%u\nEND:VCARD\n",
                            i,
                            i % 50,
                            i,
                            i,
                            i);
  import_text (fixture, text->str);
  import_assert_counts (fixture, 2500, 0, 0, 0);
  import_assert_sql (fixture, "SELECT count(*) FROM account WHERE hid=0", "50");
  import_assert_sql (fixture, "SELECT count(photo) FROM contact WHERE hid=0", "2500");
  import_text (fixture, text->str);
  import_assert_counts (fixture, 0, 0, 2500, 0);
  import_assert_sound (fixture);
}

/* --- Out and in again ------------------------------------------------------------------------- */

static const char *const dumps[] = {
  "SELECT name,prefix,first_name,middle_name,last_name,suffix,nickname,number,gender,birth_date,"
  "language,source,stage,value_class,website,notes,preferred_channel,do_not_contact,checked_on,"
  "(SELECT e.name FROM employee e WHERE e.id=c.owner) FROM contact c WHERE hid=0 ORDER BY "
  "name,number,rid",
  "SELECT name,kind,legal_form,number,tax_number,industry,stage,value_class,source,employees,"
  "revenue,currency,founded,website,notes,checked_on FROM account WHERE hid=0 ORDER BY "
  "name,number,rid",
  "SELECT "
  "c.name,a.name,j.position,j.department,j.decision_role,coalesce(j.main,0),j.from_date,j.to_date "
  "FROM "
  "account_contact j JOIN contact c ON c.id=j.contact JOIN account a ON a.id=j.account WHERE "
  "j.hid=0 AND c.hid=0 ORDER BY 1,2,3,4",
  "SELECT o.name,p.kind,p.label,p.value,coalesce(p.main,0),coalesce(p.invalid,0),p.position,p.note "
  "FROM contact_point p "
  "JOIN (SELECT id,name FROM contact WHERE hid=0 UNION SELECT id,name FROM account WHERE hid=0) o "
  "ON o.id=p.party WHERE "
  "p.hid=0 ORDER BY 1,2,4,3",
  "SELECT "
  "o.name,d.kind,d.street,d.city,d.region,d.postcode,d.country,coalesce(d.main,0),d.from_date,"
  "d.to_date,d.latitude,d.longitude FROM address d JOIN (SELECT id,name FROM contact WHERE hid=0 "
  "UNION SELECT id,name FROM account WHERE hid=0) o ON o.id=d.party WHERE d.hid=0 ORDER BY 1,3,4,2",
  "SELECT o.name,t.name FROM tag_link l JOIN tag t ON t.id=l.tag JOIN (SELECT id,name FROM contact "
  "WHERE "
  "hid=0 UNION SELECT id,name FROM account WHERE hid=0) o ON o.id=l.target WHERE l.hid=0 ORDER BY "
  "1,2",
};

static void
fill_demo (ImportFixture *fixture, guint64 seed)
{
  KontorDemoOptions options = { .seed = seed,
                                .contacts = 300,
                                .accounts = 60,
                                .language = "mixed" };
  g_autoptr(GError) error = NULL;

  kontor_demo_fill (fixture->workspace, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
check_round_trip (ImportFixture *from, KontorExportFormat format)
{
  g_autofree char *organisations = export_cards (from, &kontor_account_type, format);
  g_autofree char *people = export_cards (from, &kontor_contact_type, format);
  g_autofree char *all = g_strconcat (people, organisations, NULL);
  ImportFixture to = { 0 };

  import_fixture_set_up (&to, NULL);
  to.mode = KONTOR_IMPORT_ADD;
  import_text (&to, all);
  g_assert_no_error (to.error);
  import_print_problems (&to);
  g_assert_cmpuint (kontor_import_report_get_counts (to.result->report)->failed, ==, 0);
  g_assert_cmpuint (kontor_import_report_get_warnings (to.result->report)->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (dumps); i++)
    {
      g_autofree char *before = import_sql (from, dumps[i]);
      g_autofree char *after = import_sql (&to, dumps[i]);

      g_assert_cmpuint (strlen (before), >, 100);
      g_assert_cmpstr (after, ==, before);
    }
  import_assert_sound (&to);
  import_fixture_tear_down (&to, NULL);
}

/* What demo data do not have: all labels, kinds and facts at once. */
static void
add_odd_person (ImportFixture *fixture)
{
  import_text (
    fixture,
    "BEGIN:VCARD\nVERSION:4.0\nFN:Odd Person\nN:Person;Odd;;;\nORG:One\\, Inc.;R & D\nTITLE:Chief\n"
    "job2.ORG;X-KONTOR-MAIN=1;X-KONTOR-FROM=2020-01-02;X-KONTOR-ROLE=decides:Two\\; Ltd\n"
    "job2.TITLE:Adviser\n"
    "TEL;TYPE=work,pager;PREF=1;X-KONTOR-NOTE=\"ring ^'twice^'\";X-KONTOR-POSITION=7:1\n"
    "i1.TEL;TYPE=cell;X-KONTOR-INVALID=1:2\ni1.X-ABLabel:Dacha\\, old\nIMPP:tg:odd\n"
    "i2.ADR;TYPE=work;X-KONTOR-FROM=2021-01-01:;;Line 1\\nLine 2\\, right\\; back;City;R;P;DE\n"
    "i2.X-ABLabel:billing\nADR;TYPE=home;PREF=1;GEO=\"geo:1.5,-2.25\":;;S;C;;;\n"
    "URL;X-KONTOR-POINT=web:http://a.example/?b=c\\,d\nURL:https://main.example/\n"
    "NOTE:a\\nb \\\\ c\nCATEGORIES:x\\,y,z\nGENDER:F\nBDAY:19900203\n"
    "X-KONTOR-FIELD;X-NAME=number:N-1\nX-KONTOR-FIELD;X-NAME=do_not_contact:1\nEND:VCARD\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  import_assert_sql (fixture,
                     "SELECT a.name,j.position,j.main,j.decision_role FROM account_contact j JOIN "
                     "account a ON a.id=j.account JOIN contact c ON c.id=j.contact WHERE "
                     "c.name='Odd Person' ORDER BY a.name",
                     "One, Inc.|Chief|-|-;Two; Ltd|Adviser|1|decides");
}

static void
test_round_trip (ImportFixture *fixture, gconstpointer data)
{
  fill_demo (fixture, 7);
  add_odd_person (fixture);
  check_round_trip (fixture, KONTOR_EXPORT_VCARD_3);
  check_round_trip (fixture, KONTOR_EXPORT_VCARD_4);
}

/* Into the workspace they come from, they are all known and change nothing. */
static void
test_same_workspace (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *cards = NULL;
  const KontorImportCounts *counts;

  fill_demo (fixture, 11);
  add_odd_person (fixture);
  cards = export_cards (fixture, &kontor_contact_type, KONTOR_EXPORT_VCARD_4);
  fixture->mode = KONTOR_IMPORT_OVERWRITE;
  import_text (fixture, cards);
  import_print_problems (fixture);
  counts = kontor_import_report_get_counts (fixture->result->report);
  g_assert_cmpuint (counts->created + counts->updated + counts->failed, ==, 0);
  g_assert_cmpuint (counts->skipped, >=, 250);
}

static void
test_clipboard (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *hex = NULL;
  g_autofree char *text = NULL;
  g_autofree char *own = NULL;
  g_autoptr(GError) error = NULL;
  KontorId ids[2] = { KONTOR_ID_NULL, KONTOR_ID_NULL };

  add_odd_person (fixture);
  hex = import_sql (fixture, "SELECT hex(id) FROM contact");
  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    ids[0].b[i] =
      (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  text = kontor_export_cards_to_text (fixture->workspace,
                                      &kontor_contact_type,
                                      ids,
                                      2,
                                      KONTOR_EXPORT_VCARD_3,
                                      FALSE,
                                      NULL,
                                      &error);
  g_assert_no_error (error);
  assert_has (text, "FN:Odd Person\r\n");
  /* what is only for the house stays there */
  g_assert_null (strstr (text, "X-KONTOR"));
  own = kontor_export_cards_to_text (fixture->workspace,
                                     &kontor_contact_type,
                                     ids,
                                     1,
                                     KONTOR_EXPORT_VCARD_4,
                                     TRUE,
                                     NULL,
                                     &error);
  assert_has (own, "VERSION:4.0\r\n");
  assert_has (own, "X-KONTOR-FIELD;X-NAME=number:N-1\r\n");
}

static void
test_preview (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (seeds, "apple-30", NULL);
  g_autofree char *text = NULL;
  g_autoptr(KontorInspection) inspection = NULL;
  char **row;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  inspection = inspect_bytes (fixture, text, length, NULL);
  g_assert_cmpint (inspection->kind, ==, KONTOR_FILE_VCARD);
  g_assert_cmpuint (inspection->n_rows, ==, 3);
  g_assert_true (inspection->n_rows_exact);
  g_assert_true (inspection->type == &kontor_contact_type);
  g_assert_cmpuint (inspection->columns->len, ==, 7);
  row = g_ptr_array_index (inspection->sample, 0);
  g_assert_cmpuint (g_strv_length (row), ==, 7);
  g_assert_cmpstr (row[0], ==, "Pedro Afonso");
  g_assert_cmpstr (row[5], ==, "Sao Paulo");
}

#define ADD(path, function) \
  g_test_add (path, ImportFixture, NULL, import_fixture_set_up, function, import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, >, 1);
  seeds = argv[1];
  ADD ("/cards/outlook", test_outlook);
  ADD ("/cards/apple", test_apple);
  ADD ("/cards/thunderbird", test_thunderbird);
  ADD ("/cards/others", test_others);
  ADD ("/cards/known", test_known);
  ADD ("/cards/undo", test_undo);
  ADD ("/cards/bad", test_bad);
  ADD ("/cards/many-numbers", test_many_numbers);
  ADD ("/cards/attachment-limit", test_attachment_limit);
  ADD ("/cards/bulk", test_bulk);
  ADD ("/cards/round-trip", test_round_trip);
  ADD ("/cards/same-workspace", test_same_workspace);
  ADD ("/cards/clipboard", test_clipboard);
  ADD ("/cards/preview", test_preview);
  return g_test_run ();
}
