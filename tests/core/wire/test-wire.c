/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of JSON: round trips of random records of every type, and hostile input. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-model.h"
#include "kontor-wire.h"
#include <string.h>

static const KontorId some_id = { { 1, 2, 3, 4, 5, 6, 0x70, 8, 0x90, 10, 11, 12, 13, 14, 15, 16 } };

static char *
make_text (GRand *random)
{
  static const char *const pieces[] = { "a",    "Ana",  " ", "\"", "\\", "/",      "\n", "\t",
                                        "\x01", "\x7f", "ж", "é",  "😀",  "\u2028", "{}", "null" };
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = g_rand_int_range (random, 1, 12);

  while (n-- > 0)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill_field (KontorRecord *record, const KontorFieldDef *field, GRand *random)
{
  const gint64 bound = (G_GINT64_CONSTANT (1) << 53) - 1;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  KontorId id;

  switch (kontor_field_kind_storage (field->kind))
    {
    case KONTOR_STORAGE_INTEGER:
      if (field->kind == KONTOR_FIELD_BOOLEAN)
        kontor_value_set_integer (&value, g_rand_boolean (random));
      else
        kontor_value_set_integer (&value,
                                  g_rand_int_range (random, 0, 4) == 0
                                    ? (g_rand_boolean (random) ? bound : -bound)
                                    : (gint32) g_rand_int (random));
      break;

    case KONTOR_STORAGE_TEXT:
      kontor_value_take_text (&value, make_text (random));
      break;

    case KONTOR_STORAGE_ID:
      for (guint i = 0; i < KONTOR_ID_SIZE; i++)
        id.b[i] = g_rand_int (random);
      id.b[6] = 0x70 | (id.b[6] & 0x0f);
      id.b[8] = 0x80 | (id.b[8] & 0x3f);
      kontor_value_set_id (&value, &id);
      break;

    case KONTOR_STORAGE_NONE:
    default:
      return;
    }
  kontor_record_set_value (record, field, &value);
}

static KontorSchema *
make_schema (void)
{
  KontorSchema *schema = kontor_schema_new ();

  for (guint i = 0; i < kontor_record_type_count (); i++)
    kontor_schema_add_custom_field (schema,
                                    kontor_record_type_nth (i)->name,
                                    &some_id,
                                    "Own",
                                    i % 2 == 0 ? KONTOR_FIELD_TEXT : KONTOR_FIELD_INTEGER,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL);
  return schema;
}

static void
assert_same_common (KontorRecord *a, KontorRecord *b)
{
  guint n_fields;
  const KontorFieldDef *const *fields =
    kontor_record_type_get_fields (kontor_record_get_record_type (a), &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if ((fields[i]->id & 0xff) >= KONTOR_COMMON_FIRST)
      {
        g_auto(KontorValue) left = KONTOR_VALUE_INIT;
        g_auto(KontorValue) right = KONTOR_VALUE_INIT;

        kontor_record_get_value (a, fields[i], &left);
        kontor_record_get_value (b, fields[i], &right);
        g_assert_true (kontor_value_equal (&left, &right));
      }
}

static void
test_round_trip (void)
{
  g_autoptr(KontorSchema) schema = make_schema ();
  g_autoptr(GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < 40 * kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i % kontor_record_type_count ());
      g_autoptr(KontorRecord) record = kontor_record_new (type, &some_id);
      g_autoptr(KontorRecord) again = NULL;
      g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);
      g_autoptr(GString) json = g_string_new (NULL);
      g_autoptr(GString) twice = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      gboolean trashed = g_rand_boolean (random);
      gboolean read_trashed;

      for (guint j = 0; j < fields->len; j++)
        if (g_rand_boolean (random))
          fill_field (record, g_ptr_array_index (fields, j), random);
      if (g_rand_boolean (random))
        kontor_record_set_extra (record, "{\"later\":{\"a\":[1,null,true,\"\\u0001\"]},\"z\":1e9}");
      kontor_record_set_row (record, 0, 0, trashed, 0);
      kontor_wire_append_record (json,
                                 schema,
                                 record,
                                 KONTOR_WIRE_TRASHED | (i % 3 == 0 ? KONTOR_WIRE_COMPUTED : 0) |
                                   (i % 5 == 0 ? KONTOR_WIRE_LINK_TITLES : 0));
      g_assert_null (strchr (json->str, '\n'));
      again = kontor_wire_parse_record (schema, json->str, json->len, NULL, &read_trashed, &error);
      g_assert_no_error (error);
      g_assert_true (kontor_record_get_record_type (again) == type);
      g_assert_true (kontor_id_equal (kontor_record_get_id (again), &some_id));
      g_assert_cmpint (read_trashed, ==, trashed);
      g_assert_true (kontor_record_equal (record, again));
      assert_same_common (record, again);
      kontor_wire_append_record (twice, schema, again, KONTOR_WIRE_TRASHED);
      if (i % 3 != 0 && i % 5 != 0)
        g_assert_cmpstr (json->str, ==, twice->str);
    }
}

/* A field that was unknown when it came and is known by now stands once. */
static void
test_learnt_field (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorRecord) record = kontor_record_new (&kontor_tag_type, NULL);
  g_autoptr(GString) json = g_string_new (NULL);

  kontor_record_set_text (record, KONTOR_TAG_NAME, "vip");
  kontor_record_set_extra (record, "{\"name\":\"old\",\"more\":1,\"record_type\":\"x\",\"id\":2}");
  kontor_wire_append_record (json, schema, record, 0);
  g_assert_cmpstr (json->str,
                   ==,
                   "{\"type\":\"tag\",\"name\":\"vip\",\"more\":1,\"record_type\":\"x\"}");
}

static void
test_link_titles (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorRecord) record = kontor_record_new (&kontor_team_type, NULL);
  g_autoptr(GString) json = g_string_new (NULL);

  kontor_record_set_link (record, KONTOR_TEAM_LEADER, &some_id);
  kontor_record_set_link_title (record, kontor_field_by_id (KONTOR_TEAM_LEADER), "A \"B\"");
  kontor_wire_append_record (json, schema, record, KONTOR_WIRE_LINK_TITLES);
  g_assert_cmpstr (json->str,
                   ==,
                   "{\"type\":\"team\",\"leader\":{\"id\":\"01020304-0506-7008-900a-0b0c0d0e0f10\","
                   "\"title\":\"A \\\"B\\\"\"}}");
}

static void
test_type_field (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorRecord) view =
    kontor_wire_parse_record (schema,
                              "{\"record_type\":\"contact\",\"type\":\"saved_view\"}",
                              -1,
                              NULL,
                              NULL,
                              &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kontor_record_get_text (view, KONTOR_SAVED_VIEW_TYPE), ==, "contact");
}

static void
test_fields (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) fields =
    kontor_wire_parse_fields (schema,
                              &kontor_contact_type,
                              " {\"name\":\"\",\"owner\":null,\"do_not_contact\":true,"
                              "\"birth_date\":\"2000-01-01\",\"new\":[1,{\"a\":-0.5E+3}]} ",
                              -1,
                              &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fields->len, ==, 5);
  g_assert_cmpint (g_array_index (fields, KontorWireField, 0).value.type, ==, KONTOR_VALUE_NULL);
  g_assert_cmpint (g_array_index (fields, KontorWireField, 1).value.type, ==, KONTOR_VALUE_NULL);
  g_assert_cmpint (g_array_index (fields, KontorWireField, 2).value.integer, ==, 1);
  g_assert_cmpstr (g_array_index (fields, KontorWireField, 3).value.text, ==, "2000-01-01");
  g_assert_null (g_array_index (fields, KontorWireField, 4).field);
  g_assert_cmpstr (g_array_index (fields, KontorWireField, 4).name, ==, "new");
  g_assert_cmpstr (g_array_index (fields, KontorWireField, 4).json, ==, "[1,{\"a\":-0.5E+3}]");
}

static void
assert_refused (const char *json, gssize length, KontorErrorCode code)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (
    kontor_wire_parse_record (schema, json, length, &kontor_contact_type, NULL, &error));
  g_assert_error (error, KONTOR_WIRE_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_hostile (void)
{
  static const char *const wrong[] = {
    "",
    " ",
    "{",
    "null",
    "1",
    "[]",
    "\"a\"",
    "{}{}",
    "{} x",
    "{\"name\":\"a\",}",
    "{\"name\":\"a\",\"name\":\"b\"}",
    "{\"x\":{\"a\":1,\"a\":2}}",
    "{\"name\":\"\\u0000\"}",
    "{\"na\\u0000me\":1}",
    "{\"\":1}",
    "{\"name\":\"\\ud800\"}",
    "{\"name\":\"\\udc00\"}",
    "{\"name\":\"\\ud800\\u0041\"}",
    "{\"name\":\"\xff\"}",
    "{\"name\":\"\xc0\x80\"}",
    "{\"name\":\"a\nb\"}",
    "{\"name\":1}",
    "{\"name\":true}",
    "{\"name\":{\"a\":1}}",
    "{\"do_not_contact\":\"yes\"}",
    "{\"do_not_contact\":1.0}",
    "{\"created_at\":1e3}",
    "{\"created_at\":9007199254740992}",
    "{\"created_at\":-9007199254740992}",
    "{\"created_at\":99999999999999999999999999}",
    "{\"created_at\":true}",
    "{\"owner\":\"Ana\"}",
    "{\"owner\":{\"title\":\"Ana\"}}",
    "{\"owner\":17}",
    "{\"type\":\"nothing\"}",
    "{\"type\":1}",
    "{\"id\":\"x\"}",
    "{\"id\":1}",
    "{\"trashed\":1}",
    "/* c */ {}",
    "{\"name\":NaN}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i], -1, KONTOR_ERROR_INVALID);
  assert_refused ("{\0}", 3, KONTOR_ERROR_INVALID);
}

static char *
repeat (const char *head, const char *piece, guint n, const char *tail)
{
  g_autoptr(GString) text = g_string_new (head);

  while (n-- > 0)
    g_string_append (text, piece);
  g_string_append (text, tail);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_limits (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autofree char *deep = repeat ("{\"x\":", "[", 8, "");
  g_autofree char *very_deep = repeat ("{\"x\":", "[", 1000000, "");
  g_autofree char *fits = repeat ("{\"notes\":\"", "x", KONTOR_WIRE_MAX_STRING, "\"}");
  g_autofree char *over = repeat ("{\"notes\":\"", "x", KONTOR_WIRE_MAX_STRING + 1, "\"}");
  g_autofree char *number = repeat ("{\"x\":", "1", 65, "}");
  g_autoptr(GString) keys = g_string_new ("{\"type\":\"tag\"");
  g_autoptr(KontorRecord) long_notes = NULL;
  g_autoptr(KontorRecord) many = NULL;
  g_autofree char *all = NULL;
  g_autofree char *more = NULL;

  assert_refused (deep, -1, KONTOR_ERROR_LIMIT);
  assert_refused (very_deep, -1, KONTOR_ERROR_LIMIT);
  assert_refused (over, -1, KONTOR_ERROR_LIMIT);
  assert_refused (number, -1, KONTOR_ERROR_LIMIT);
  long_notes = kontor_wire_parse_record (schema, fits, -1, &kontor_contact_type, NULL, NULL);
  g_assert_nonnull (long_notes);
  for (guint i = 1; i < KONTOR_WIRE_MAX_KEYS; i++)
    g_string_append_printf (keys, ",\"k%u\":1", i);
  all = g_strconcat (keys->str, "}", NULL);
  more = g_strconcat (keys->str, ",\"k0\":1}", NULL);
  many = kontor_wire_parse_record (schema, all, -1, NULL, NULL, NULL);
  g_assert_nonnull (many);
  assert_refused (more, -1, KONTOR_ERROR_LIMIT);
}

static void
test_no_type (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (kontor_wire_parse_record (schema, "{}", -1, NULL, NULL, &error));
  g_assert_error (error, KONTOR_WIRE_ERROR, KONTOR_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/round-trip", test_round_trip);
  g_test_add_func ("/wire/learnt-field", test_learnt_field);
  g_test_add_func ("/wire/link-titles", test_link_titles);
  g_test_add_func ("/wire/type-field", test_type_field);
  g_test_add_func ("/wire/fields", test_fields);
  g_test_add_func ("/wire/hostile", test_hostile);
  g_test_add_func ("/wire/limits", test_limits);
  g_test_add_func ("/wire/no-type", test_no_type);
  return g_test_run ();
}
