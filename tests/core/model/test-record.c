/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of records: values, properties, notification, copies, names completed. */
#include "config.h"

#include "kontor-model.h"
#include <string.h>

static const KontorId some_id = { { 1, 2, 3, 4, 5, 6, 0x70, 8, 0x90, 10, 11, 12, 13, 14, 15, 16 } };

static KontorRecord *
new_contact (void)
{
  return kontor_record_new (&kontor_contact_type, &some_id);
}

static void
test_values (void)
{
  g_autoptr(KontorRecord) record = new_contact ();

  g_assert_true (kontor_record_get_record_type (record) == &kontor_contact_type);
  g_assert_true (kontor_id_equal (kontor_record_get_id (record), &some_id));
  g_assert_true (kontor_record_is_null (record, KONTOR_CONTACT_NAME));
  g_assert_null (kontor_record_get_text (record, KONTOR_CONTACT_NAME));
  g_assert_cmpint (kontor_record_get_integer (record, KONTOR_CONTACT_DO_NOT_CONTACT), ==, 0);
  g_assert_null (kontor_record_get_link (record, KONTOR_CONTACT_ACCOUNT));

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, "Ana");
  kontor_record_set_integer (record, KONTOR_CONTACT_DO_NOT_CONTACT, 0);
  kontor_record_set_link (record, KONTOR_CONTACT_ACCOUNT, &some_id);
  kontor_record_set_link (record, KONTOR_COMMON_FIELD (11, KONTOR_COMMON_MODIFIED_BY), &some_id);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NAME), ==, "Ana");
  g_assert_false (kontor_record_is_null (record, KONTOR_CONTACT_DO_NOT_CONTACT));
  g_assert_true (
    kontor_id_equal (kontor_record_get_link (record, KONTOR_CONTACT_ACCOUNT), &some_id));
  g_assert_true (
    kontor_id_equal (kontor_record_get_link (record,
                                             KONTOR_COMMON_FIELD (11, KONTOR_COMMON_MODIFIED_BY)),
                     &some_id));

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, "");
  g_assert_true (kontor_record_is_null (record, KONTOR_CONTACT_NAME));
  kontor_record_set_null (record, KONTOR_CONTACT_DO_NOT_CONTACT);
  g_assert_true (kontor_record_is_null (record, KONTOR_CONTACT_DO_NOT_CONTACT));
  kontor_record_set_link (record, KONTOR_CONTACT_ACCOUNT, &KONTOR_ID_NULL);
  g_assert_true (kontor_record_is_null (record, KONTOR_CONTACT_ACCOUNT));
}

/* A text may be set to itself. */
static void
test_alias (void)
{
  g_autoptr(KontorRecord) record = new_contact ();

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, "Ana");
  kontor_record_set_text (record,
                          KONTOR_CONTACT_NAME,
                          kontor_record_get_text (record, KONTOR_CONTACT_NAME));
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NAME), ==, "Ana");
}

static void
test_wrong_type (void)
{
  g_autoptr(KontorRecord) record = new_contact ();

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*contact has no field*");
  kontor_record_set_text (record, KONTOR_ACCOUNT_NAME, "Ana");
  g_test_assert_expected_messages ();
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*name*another kind*");
  kontor_record_set_integer (record, KONTOR_CONTACT_NAME, 1);
  g_test_assert_expected_messages ();
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*tags*another kind*");
  kontor_record_set_text (record, KONTOR_CONTACT_TAGS, "vip");
  g_test_assert_expected_messages ();
  g_assert_true (kontor_record_is_null (record, KONTOR_CONTACT_NAME));
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  g_string_append_printf (data, "%s;", pspec->name);
}

static void
test_properties (void)
{
  g_autoptr(KontorRecord) record = new_contact ();
  g_autoptr(GString) seen = g_string_new (NULL);
  g_autofree char *id_text = kontor_id_to_string (&some_id);
  g_autofree char *last = NULL;
  g_autofree char *account = NULL;
  gboolean no_contact = FALSE;

  kontor_record_set_text (record, KONTOR_CONTACT_LAST_NAME, "Unseen");
  g_signal_connect (record, "notify", G_CALLBACK (count_cb), seen);
  g_object_set (record, "last-name", "Trujillo", NULL);
  g_object_set (record, "do_not_contact", TRUE, NULL);
  g_object_set (record, "account", id_text, NULL);
  g_object_set (record, "created-at", G_GINT64_CONSTANT (17), NULL);
  g_object_get (record,
                "last-name",
                &last,
                "do-not-contact",
                &no_contact,
                "account",
                &account,
                NULL);
  g_assert_cmpstr (last, ==, "Trujillo");
  g_assert_true (no_contact);
  g_assert_cmpstr (account, ==, id_text);
  g_assert_cmpstr (seen->str, ==, "last-name;do-not-contact;account;created-at;");
  g_string_truncate (seen, 0);
  kontor_record_set_text (record, KONTOR_CONTACT_LAST_NAME, "Trujillo");
  g_assert_cmpstr (seen->str, ==, "");
  kontor_record_set_null (record, KONTOR_CONTACT_LAST_NAME);
  g_assert_cmpstr (seen->str, ==, "last-name;");
  g_object_set (record, "account", "no uuid", NULL);
  g_assert_true (kontor_record_is_null (record, KONTOR_CONTACT_ACCOUNT));
}

/* Reading a row puts values in without a word to anybody. */
static void
test_fill (void)
{
  g_autoptr(KontorRecord) record = new_contact ();
  g_autoptr(GString) seen = g_string_new (NULL);
  KontorValue name = { .type = KONTOR_VALUE_TEXT, .text = g_strdup ("Trujillo") };
  KontorValue at = { .type = KONTOR_VALUE_INTEGER, .integer = 17 };
  KontorFieldId created_at =
    KONTOR_COMMON_FIELD (kontor_contact_type.number, KONTOR_COMMON_CREATED_AT);

  g_signal_connect (record, "notify", G_CALLBACK (count_cb), seen);
  kontor_record_fill (record, kontor_field_by_id (KONTOR_CONTACT_LAST_NAME)->index, &name);
  kontor_record_fill (record, kontor_field_by_id (created_at)->index, &at);
  g_assert_cmpint (name.type, ==, KONTOR_VALUE_NULL);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_LAST_NAME), ==, "Trujillo");
  g_assert_cmpint (kontor_record_get_integer (record, created_at), ==, 17);
  g_assert_cmpstr (seen->str, ==, "");
}

/* Many records have one title between them; each may lose it. */
static void
test_link_titles (void)
{
  const KontorFieldDef *link = kontor_field_by_id (KONTOR_CONTACT_ACCOUNT);
  g_autoptr(KontorRecord) first = new_contact ();
  g_autoptr(KontorRecord) copy = NULL;
  char *title = g_ref_string_new ("Acme");

  {
    g_autoptr(KontorRecord) second = new_contact ();

    kontor_record_share_link_title (first, link, title);
    kontor_record_share_link_title (second, link, title);
    g_ref_string_release (title);
    kontor_record_set_link_title (second, link, NULL);
    g_assert_null (kontor_record_get_link_title (second, link));
  }
  g_assert_cmpstr (kontor_record_get_link_title (first, link), ==, "Acme");
  copy = kontor_record_copy (first);
  kontor_record_set_link_title (first, link, "Other");
  g_assert_cmpstr (kontor_record_get_link_title (first, link), ==, "Other");
  g_assert_cmpstr (kontor_record_get_link_title (copy, link), ==, "Acme");
}

static void
test_assign (void)
{
  g_autoptr(KontorRecord) record = new_contact ();
  g_autoptr(KontorRecord) from = NULL;
  g_autoptr(GString) seen = g_string_new (NULL);
  const KontorFieldDef *account = kontor_field_by_id (KONTOR_CONTACT_ACCOUNT);

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, "Ana");
  kontor_record_set_text (record, KONTOR_CONTACT_CITY, "México");
  kontor_record_set_link (record, KONTOR_CONTACT_ACCOUNT, &some_id);
  kontor_record_set_link_title (record, account, "Trujillo");
  kontor_record_set_extra (record, "{\"later\":1}");
  kontor_record_set_row (record, 7, 3, TRUE, 5);
  from = kontor_record_copy (record);
  g_assert_true (kontor_record_equal (record, from));
  g_assert_cmpint (kontor_record_get_rid (from), ==, 7);
  g_assert_cmpint (kontor_record_get_rev (from), ==, 3);
  g_assert_true (kontor_record_is_trashed (from));
  g_assert_cmpuint (kontor_record_get_rights (from), ==, 5);
  g_assert_cmpstr (kontor_record_get_link_title (from, account), ==, "Trujillo");
  g_assert_cmpstr (kontor_record_get_extra (from), ==, "{\"later\":1}");

  kontor_record_set_text (from, KONTOR_CONTACT_CITY, NULL);
  g_assert_true (kontor_record_equal (record, from)); /* city is computed */
  kontor_record_set_text (from, KONTOR_CONTACT_NICKNAME, "Anita");
  g_assert_false (kontor_record_equal (record, from));
  kontor_record_set_link_title (from, account, "Trujillo S.A.");
  g_signal_connect (record, "notify", G_CALLBACK (count_cb), seen);
  kontor_record_assign (record, from);
  g_assert_true (kontor_record_equal (record, from));
  g_assert_nonnull (strstr (seen->str, "nickname;"));
  g_assert_nonnull (strstr (seen->str, "account;"));
  g_assert_nonnull (strstr (seen->str, "city;"));
  g_assert_cmpuint (seen->len, ==, strlen ("nickname;account;city;"));
  g_assert_cmpstr (kontor_record_get_link_title (record, account), ==, "Trujillo S.A.");
  g_string_truncate (seen, 0);
  kontor_record_assign (record, from);
  g_assert_cmpstr (seen->str, ==, "");
}

static void
test_custom (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorRecord) record = new_contact ();
  g_autoptr(KontorRecord) copy = NULL;
  g_autoptr(KontorRecord) empty = new_contact ();
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  const KontorFieldDef *text = kontor_schema_add_custom_field (schema,
                                                               "contact",
                                                               &some_id,
                                                               "Hobby",
                                                               KONTOR_FIELD_TEXT,
                                                               0,
                                                               NULL,
                                                               NULL,
                                                               NULL,
                                                               NULL);

  g_assert_true (kontor_record_value_is_null (record, text));
  kontor_record_take_text (record, text, g_strdup ("Chess"));
  g_assert_cmpstr (kontor_record_value_text (record, text), ==, "Chess");
  copy = kontor_record_copy (record);
  g_assert_true (kontor_record_equal (copy, record));
  g_assert_false (kontor_record_equal (copy, empty));
  g_assert_false (kontor_record_equal (empty, copy));
  kontor_record_assign (copy, empty);
  g_assert_true (kontor_record_value_is_null (copy, text));
  g_assert_true (kontor_record_equal (copy, empty));
  kontor_record_set_value (record, text, &value);
  g_assert_true (kontor_record_equal (record, empty));
}

static void
assert_name (const char *name, const char *first, const char *middle, const char *last)
{
  g_autoptr(KontorRecord) record = new_contact ();

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, name);
  kontor_record_complete (record);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_FIRST_NAME), ==, first);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_MIDDLE_NAME), ==, middle);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_LAST_NAME), ==, last);
}

static void
test_complete (void)
{
  g_autoptr(KontorRecord) record = new_contact ();
  g_autoptr(KontorRecord) employee = kontor_record_new (&kontor_employee_type, NULL);

  assert_name ("Ana Trujillo", "Ana", NULL, "Trujillo");
  assert_name ("Ana María Trujillo", "Ana", "María", "Trujillo");
  assert_name ("  Ludwig  van Beethoven ", "Ludwig", NULL, "van Beethoven");
  assert_name ("María de la Cruz", "María", NULL, "de la Cruz");
  assert_name ("Иванов Иван Петрович", "Иван", "Петрович", "Иванов");
  assert_name ("Иванова Анна Ильинична", "Анна", "Ильинична", "Иванова");
  assert_name ("Trujillo, Ana", "Ana", NULL, "Trujillo");
  assert_name ("Madonna", NULL, NULL, NULL);
  assert_name (",", NULL, NULL, NULL);

  kontor_record_set_text (record, KONTOR_CONTACT_FIRST_NAME, "Иван");
  kontor_record_set_text (record, KONTOR_CONTACT_MIDDLE_NAME, "Петрович");
  kontor_record_set_text (record, KONTOR_CONTACT_LAST_NAME, "Иванов");
  kontor_record_complete (record);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NAME),
                   ==,
                   "Иванов Иван Петрович");
  kontor_record_set_text (record, KONTOR_CONTACT_FIRST_NAME, "Пётр");
  kontor_record_complete (record);
  g_assert_cmpstr (kontor_record_get_text (record, KONTOR_CONTACT_NAME),
                   ==,
                   "Иванов Иван Петрович");

  kontor_record_set_text (employee, KONTOR_EMPLOYEE_FIRST_NAME, "Nancy");
  kontor_record_set_text (employee, KONTOR_EMPLOYEE_LAST_NAME, "Davolio");
  kontor_record_complete (employee);
  g_assert_cmpstr (kontor_record_get_text (employee, KONTOR_EMPLOYEE_NAME), ==, "Nancy Davolio");
}

static void
test_title (void)
{
  g_autoptr(KontorRecord) record = new_contact ();
  g_autoptr(KontorRecord) note = kontor_record_new (&kontor_activity_type, NULL);
  g_autofree char *empty = kontor_record_dup_title (record);
  g_autofree char *name = NULL;
  g_autofree char *line = NULL;

  kontor_record_set_text (record, KONTOR_CONTACT_NAME, "Ana");
  name = kontor_record_dup_title (record);
  kontor_record_set_text (note, KONTOR_ACTIVITY_TEXT, "# Called\nand wrote");
  line = kontor_record_dup_title (note);
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (name, ==, "Ana");
  g_assert_cmpstr (line, ==, "Called");
}

/* Imports make millions: a bound that only a much heavier record breaks. */
static void
test_cost (void)
{
  const guint n = 100000;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorRecord) record = new_contact ();

      kontor_record_set_text (record, KONTOR_CONTACT_FIRST_NAME, "Ana");
      kontor_record_set_text (record, KONTOR_CONTACT_LAST_NAME, "Trujillo");
      kontor_record_set_text (record, KONTOR_CONTACT_NAME, "Ana Trujillo");
      kontor_record_set_text (record, KONTOR_CONTACT_CITY, "México");
      kontor_record_set_integer (record, KONTOR_CONTACT_DO_NOT_CONTACT, 1);
    }
  start = g_get_monotonic_time () - start;
  g_test_message ("%.0f ns a record with 5 values", (double) start * 1000 / n);
  g_assert_cmpint (start, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/record/values", test_values);
  g_test_add_func ("/model/record/alias", test_alias);
  g_test_add_func ("/model/record/wrong-type", test_wrong_type);
  g_test_add_func ("/model/record/properties", test_properties);
  g_test_add_func ("/model/record/fill", test_fill);
  g_test_add_func ("/model/record/link-titles", test_link_titles);
  g_test_add_func ("/model/record/assign", test_assign);
  g_test_add_func ("/model/record/custom", test_custom);
  g_test_add_func ("/model/record/complete", test_complete);
  g_test_add_func ("/model/record/title", test_title);
  g_test_add_func ("/model/record/cost", test_cost);
  return g_test_run ();
}
