/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of values: reading, writing, showing, checking. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-model.h"
#include <string.h>

/* A field of any kind, with the least that it needs. */
static KontorFieldDef
make_field (KontorFieldKind kind)
{
  static const KontorChoice choices[] = { { "open", "Open" }, { "done", "Done" }, { NULL, NULL } };
  KontorFieldDef field = { .name = "field", .label = "Field", .kind = kind };

  if (kind == KONTOR_FIELD_CHOICE)
    field.choices = choices;
  if (kind == KONTOR_FIELD_PICK)
    field.pick = "source";
  if (kind == KONTOR_FIELD_DECIMAL)
    field.scale = 3;
  return field;
}

static KontorSchema *
make_schema (void)
{
  KontorSchema *schema = kontor_schema_new ();

  kontor_schema_add_pick_value (schema, "source", "fair", "Trade fair", 1, NULL, TRUE);
  kontor_schema_add_pick_value (schema, "source", "fax", "Fax", 2, NULL, FALSE);
  return schema;
}

/* Reads @text, checks it, and compares its canonical text, which must read back the same. */
static void
assert_reads (KontorFieldKind kind, const char *text, const char *canonical)
{
  g_autoptr(KontorSchema) schema = make_schema ();
  KontorFieldDef field = make_field (kind);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_auto(KontorValue) again = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  g_autofree char *written = NULL;
  g_autofree char *shown = NULL;

  kontor_value_parse (&field, text, &value, &error);
  g_assert_no_error (error);
  kontor_validate_value (schema, &field, &value, &error);
  g_assert_no_error (error);
  written = kontor_value_to_text (&field, &value);
  g_assert_cmpstr (written, ==, canonical);
  kontor_value_parse (&field, written, &again, &error);
  g_assert_no_error (error);
  g_assert_true (kontor_value_equal (&value, &again));
  shown = kontor_value_display (schema, &field, &value, NULL, NULL);
  g_assert_cmpstr (shown, !=, *canonical == '\0' ? NULL : "");
}

/* Either reading or checking refuses @text, and says where and what. */
static void
assert_refuses (KontorFieldKind kind, const char *text)
{
  g_autoptr(KontorSchema) schema = make_schema ();
  KontorFieldDef field = make_field (kind);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  if (kontor_value_parse (&field, text, &value, &error))
    g_assert_false (kontor_validate_value (schema, &field, &value, &error));
  g_assert_error (error, KONTOR_MODEL_ERROR, KONTOR_ERROR_INVALID);
  g_assert_cmpstr (kontor_error_get_detail (error)->field, ==, "field");
  g_assert_true (g_str_has_prefix (error->message, "Field: "));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_text (void)
{
  assert_reads (KONTOR_FIELD_TEXT, "  a\tb\r\nc ", "a b c");
  assert_reads (KONTOR_FIELD_TEXT, "   ", "");
  assert_reads (KONTOR_FIELD_LONG_TEXT, "a\r\nb\rc", "a\nb\nc");
  assert_reads (KONTOR_FIELD_ADDRESS, "Street 1\nBack door", "Street 1\nBack door");
  assert_refuses (KONTOR_FIELD_TEXT, "a\x01z");
  assert_refuses (KONTOR_FIELD_TEXT, "a\x7fz");
  assert_refuses (KONTOR_FIELD_TEXT, "a\xc2\x85z");
  assert_refuses (KONTOR_FIELD_LONG_TEXT, "a\x1bz");
  assert_refuses (KONTOR_FIELD_TEXT, "a\xffz");
}

static void
test_lengths (void)
{
  static const struct
  {
    KontorFieldKind kind;
    gsize max;
  } limits[] = { { KONTOR_FIELD_TEXT, 1000 },
                 { KONTOR_FIELD_NAME, 255 },
                 { KONTOR_FIELD_LONG_TEXT, 256 * 1024 } };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *fits = g_strnfill (limits[i].max, 'x');
      g_autofree char *over = g_strnfill (limits[i].max + 1, 'x');

      assert_reads (limits[i].kind, fits, fits);
      assert_refuses (limits[i].kind, over);
    }
  {
    g_autoptr(GString) wide = g_string_new (NULL);

    for (guint i = 0; i < 255; i++)
      g_string_append (wide, "ж");
    assert_reads (KONTOR_FIELD_NAME, wide->str, wide->str);
  }
}

static void
test_numbers (void)
{
  assert_reads (KONTOR_FIELD_INTEGER, "1 234", "1234");
  assert_reads (KONTOR_FIELD_INTEGER, "-7", "-7");
  assert_reads (KONTOR_FIELD_INTEGER, "9007199254740991", "9007199254740991");
  assert_refuses (KONTOR_FIELD_INTEGER, "9007199254740992");
  assert_refuses (KONTOR_FIELD_INTEGER, "many");
  assert_refuses (KONTOR_FIELD_INTEGER, "99999999999999999999999");
  assert_reads (KONTOR_FIELD_DECIMAL, "1234.5", "1234.500");
  assert_reads (KONTOR_FIELD_PERCENT, "12,5 %", "12.50");
  assert_refuses (KONTOR_FIELD_PERCENT, "%");
  assert_reads (KONTOR_FIELD_MONEY, "1 234,56", "1234.56");
  assert_reads (KONTOR_FIELD_CURRENCY, "eur", "EUR");
  assert_refuses (KONTOR_FIELD_CURRENCY, "EURO");
  assert_refuses (KONTOR_FIELD_MONEY, "much");
}

static void
test_money (void)
{
  KontorFieldDef field = make_field (KONTOR_FIELD_MONEY);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autofree char *currency = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_value_parse_with (&field, "1500", "JPY", &value, &currency, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value.integer, ==, 1500);
  g_assert_cmpstr (currency, ==, "JPY");
  text = kontor_value_to_text_with (&field, &value, "JPY");
  g_assert_cmpstr (text, ==, "1500");
  g_clear_pointer (&currency, g_free);
  g_assert_true (kontor_value_parse_with (&field, "12,50 €", "JPY", &value, &currency, &error));
  g_assert_cmpint (value.integer, ==, 1250);
  g_assert_cmpstr (currency, ==, "EUR");
}

static void
test_booleans (void)
{
  static const char *const yes[] = { "1", "yes", "YES", "да", "Да", "x", "true", "✓" };
  static const char *const no[] = { "0", "no", "Нет", "false", "-" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    assert_reads (KONTOR_FIELD_BOOLEAN, yes[i], "1");
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    assert_reads (KONTOR_FIELD_BOOLEAN, no[i], "0");
  assert_refuses (KONTOR_FIELD_BOOLEAN, "maybe");
  assert_refuses (KONTOR_FIELD_BOOLEAN, "2");
}

static void
test_times (void)
{
  assert_reads (KONTOR_FIELD_DATE, "31.12.2025", "2025-12-31");
  assert_reads (KONTOR_FIELD_DATE, "2024-02-29", "2024-02-29");
  assert_refuses (KONTOR_FIELD_DATE, "31.02.2026");
  assert_refuses (KONTOR_FIELD_DATE, "soon");
  assert_reads (KONTOR_FIELD_INSTANT, "2025-03-12T14:00:00Z", "2025-03-12T14:00:00.000Z");
  assert_refuses (KONTOR_FIELD_INSTANT, "noon");
  assert_reads (KONTOR_FIELD_WALL_TIME, "2025-03-12 14:05", "2025-03-12T14:05:00");
  assert_reads (KONTOR_FIELD_WALL_TIME, "2025-03-12T14:05:09", "2025-03-12T14:05:09");
  assert_refuses (KONTOR_FIELD_WALL_TIME, "2025-03-12T24:05:09");
  assert_refuses (KONTOR_FIELD_WALL_TIME, "2025-03-12 14:05x");
  assert_reads (KONTOR_FIELD_DURATION, "1:30:00", "1:30:00");
  assert_refuses (KONTOR_FIELD_DURATION, "long");
  assert_reads (KONTOR_FIELD_ZONE, "Europe/Berlin", "Europe/Berlin");
  assert_refuses (KONTOR_FIELD_ZONE, "../../etc/passwd");
  assert_refuses (KONTOR_FIELD_ZONE, "Europe/Atlantis");
}

static void
test_addresses (void)
{
  assert_reads (KONTOR_FIELD_COUNTRY, "Germany", "DE");
  assert_reads (KONTOR_FIELD_COUNTRY, "россия", "RU");
  assert_refuses (KONTOR_FIELD_COUNTRY, "Atlantis");
  assert_reads (KONTOR_FIELD_MAIL, "mailto:ana@example.org", "ana@example.org");
  assert_refuses (KONTOR_FIELD_MAIL, "ana");
  assert_refuses (KONTOR_FIELD_MAIL, "@example.org");
  assert_refuses (KONTOR_FIELD_MAIL, "ana@");
  assert_refuses (KONTOR_FIELD_MAIL, "ana maria@example.org");
  assert_refuses (KONTOR_FIELD_MAIL, "a@b.org,c@d.org");
  assert_reads (KONTOR_FIELD_WEB, "example.org", "example.org");
  assert_reads (KONTOR_FIELD_WEB, "example.org:8080/a?b:c", "example.org:8080/a?b:c");
  assert_reads (KONTOR_FIELD_WEB, "HTTPS://example.org/", "HTTPS://example.org/");
  assert_refuses (KONTOR_FIELD_WEB, "javascript:alert(1)");
  assert_refuses (KONTOR_FIELD_WEB, "JavaScript:1");
  assert_refuses (KONTOR_FIELD_WEB, "data:text/html,x");
  assert_refuses (KONTOR_FIELD_WEB, "file:///etc/passwd");
  assert_refuses (KONTOR_FIELD_WEB, "http:example.org");
  assert_refuses (KONTOR_FIELD_WEB, "https://");
  assert_refuses (KONTOR_FIELD_WEB, "two words");
}

static void
test_codes (void)
{
  assert_reads (KONTOR_FIELD_CHOICE, "OPEN", "open");
  assert_refuses (KONTOR_FIELD_CHOICE, "closed");
  assert_reads (KONTOR_FIELD_PICK, "fair", "fair");
  assert_reads (KONTOR_FIELD_PICK, "fax", "fax"); /* not offered, but known */
  assert_refuses (KONTOR_FIELD_PICK, "gone");
  assert_reads (KONTOR_FIELD_TYPE, "contact", "contact");
  assert_reads (KONTOR_FIELD_TYPE, "Person", "contact");
  assert_refuses (KONTOR_FIELD_TYPE, "nothing");
  assert_reads (KONTOR_FIELD_LINK,
                "01234567-89AB-7DEF-8123-456789abcdef",
                "01234567-89ab-7def-8123-456789abcdef");
  assert_refuses (KONTOR_FIELD_LINK, "Ana");
  assert_reads (KONTOR_FIELD_JSON,
                "{\"a\":[1,2.5e3,\"\\ud83d\\ude00\"]}",
                "{\"a\":[1,2.5e3,\"\\ud83d\\ude00\"]}");
  assert_refuses (KONTOR_FIELD_JSON, "{\"a\":}");
  assert_refuses (KONTOR_FIELD_FILE, "abc");
}

static void
test_compare (void)
{
  g_auto(KontorValue) null = KONTOR_VALUE_INIT;
  g_auto(KontorValue) one = KONTOR_VALUE_INIT;
  g_auto(KontorValue) text = KONTOR_VALUE_INIT;
  g_auto(KontorValue) copy = KONTOR_VALUE_INIT;

  kontor_value_set_integer (&one, 1);
  kontor_value_set_text (&text, "a");
  g_assert_cmpint (kontor_value_compare (&null, &one), <, 0);
  g_assert_cmpint (kontor_value_compare (&text, &one), >, 0);
  kontor_value_copy (&text, &copy);
  g_assert_true (kontor_value_equal (&text, &copy));
  kontor_value_copy (&copy, &copy);
  g_assert_cmpstr (copy.text, ==, "a");
  kontor_value_set_text (&copy, "");
  g_assert_true (kontor_value_equal (&copy, &null));
  kontor_value_set_id (&copy, &KONTOR_ID_NULL);
  g_assert_true (kontor_value_equal (&copy, &null));
}

static gboolean
check_record (KontorRecord *record, const char *field)
{
  g_autoptr(KontorSchema) schema = make_schema ();
  g_autoptr(GError) error = NULL;
  gboolean ok = kontor_validate_record (schema, record, &error);

  g_assert_true (ok == (error == NULL));
  if (error != NULL)
    g_assert_cmpstr (kontor_error_get_detail (error)->field, ==, field);
  return ok;
}

static void
test_records (void)
{
  g_autoptr(KontorRecord) account = kontor_record_new (&kontor_account_type, NULL);

  g_assert_false (check_record (account, "name"));
  kontor_record_set_text (account, KONTOR_ACCOUNT_NAME, "Trujillo");
  g_assert_true (check_record (account, NULL));
  kontor_record_set_integer (account, KONTOR_ACCOUNT_REVENUE, 100);
  g_assert_false (check_record (account, "revenue"));
  kontor_record_set_text (account, KONTOR_ACCOUNT_CURRENCY, "EUR");
  g_assert_true (check_record (account, NULL));
  kontor_record_set_integer (account, KONTOR_ACCOUNT_FOUNDED, 999);
  g_assert_false (check_record (account, "founded"));
  kontor_record_set_integer (account, KONTOR_ACCOUNT_FOUNDED, 1000);
  kontor_record_set_text (account, KONTOR_ACCOUNT_CITY, "computed\x01"); /* the store's */
  g_assert_true (check_record (account, NULL));
}

static void
test_required_custom (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorRecord) tag = kontor_record_new (&kontor_tag_type, NULL);
  KontorId id = { { 0 } };

  kontor_schema_add_custom_field (schema,
                                  "tag",
                                  &id,
                                  "Why",
                                  KONTOR_FIELD_TEXT,
                                  KONTOR_FIELD_REQUIRED,
                                  NULL,
                                  NULL,
                                  NULL,
                                  NULL);
  kontor_record_set_text (tag, KONTOR_TAG_NAME, "vip");
  g_assert_false (kontor_validate_record (schema, tag, NULL));
  kontor_record_set_row (tag, 1, 0, FALSE, 0);
  g_assert_true (kontor_validate_record (schema, tag, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/value/text", test_text);
  g_test_add_func ("/model/value/lengths", test_lengths);
  g_test_add_func ("/model/value/numbers", test_numbers);
  g_test_add_func ("/model/value/money", test_money);
  g_test_add_func ("/model/value/booleans", test_booleans);
  g_test_add_func ("/model/value/times", test_times);
  g_test_add_func ("/model/value/addresses", test_addresses);
  g_test_add_func ("/model/value/codes", test_codes);
  g_test_add_func ("/model/value/compare", test_compare);
  g_test_add_func ("/model/value/records", test_records);
  g_test_add_func ("/model/value/required-custom", test_required_custom);
  return g_test_run ();
}
