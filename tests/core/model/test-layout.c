/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts: what is written comes back, what is not understood does no harm, new fields find their
 * place. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-model.h"

static char *
resolve (const char *json, KontorSchema *schema, KontorLayoutAdd add)
{
  static const KontorFieldId usual[] = { KONTOR_CONTACT_NAME, KONTOR_CONTACT_NOTES, 0 };
  g_autoptr(KontorLayout) fallback = kontor_layout_new ();
  g_autoptr(KontorLayout) layout = kontor_layout_parse (json, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) parts = NULL;

  kontor_layout_add_ids (fallback, usual);
  parts = kontor_layout_resolve (layout, fallback, schema, &kontor_contact_type, add);
  for (guint i = 0; i < parts->len; i++)
    {
      const KontorLayoutPart *part = g_ptr_array_index (parts, i);

      g_string_append_printf (text, "[%s]", part->title != NULL ? part->title : "");
      for (guint j = 0; j < part->fields->len; j++)
        g_string_append_printf (text,
                                " %s",
                                ((KontorFieldDef *) g_ptr_array_index (part->fields, j))->label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check (const char *json, KontorSchema *schema, KontorLayoutAdd add, const char *expected)
{
  g_autofree char *shown = resolve (json, schema, add);

  g_assert_cmpstr (shown, ==, expected);
}

static KontorSchema *
schema_with (KontorFieldFlags flags)
{
  KontorSchema *schema = kontor_schema_new ();
  KontorId id = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } };

  kontor_schema_add_custom_field (schema,
                                  "contact",
                                  &id,
                                  "Shoe size",
                                  KONTOR_FIELD_INTEGER,
                                  flags,
                                  NULL,
                                  NULL,
                                  NULL,
                                  NULL);
  return schema;
}

static void
test_round_trip (void)
{
  static const char json[] =
    "{\"sections\":[{\"fields\":[\"name\",\"gone\"]},{\"title\":\"A \\\"b\\\" \\\\\\u0001 Ж\","
    "\"fields\":[]}],\"off\":[\"notes\"],\"rest\":true}";
  g_autoptr(KontorLayout) layout = kontor_layout_parse (json, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (layout);
  g_assert_cmpuint (layout->sections->len, ==, 2);
  g_assert_true (kontor_layout_names (layout, "gone"));
  g_assert_true (kontor_layout_names (layout, "notes"));
  g_assert_false (kontor_layout_names (layout, "city"));
  text = kontor_layout_to_text (layout);
  g_assert_cmpstr (text, ==, json);
}

static void
test_resolve (void)
{
  g_autoptr(KontorSchema) plain = kontor_schema_new ();
  g_autoptr(KontorSchema) custom = schema_with (KONTOR_FIELD_FLAG_NONE);
  g_autoptr(KontorSchema) required = schema_with (KONTOR_FIELD_REQUIRED);
  g_autoptr(KontorSchema) hidden = schema_with (KONTOR_FIELD_REQUIRED | KONTOR_FIELD_HIDDEN);

  /* none: the usual one, to which custom fields are added where they are */
  check (NULL, plain, KONTOR_LAYOUT_ADD_CUSTOM, "[] Full name Notes");
  check (NULL, custom, KONTOR_LAYOUT_ADD_NONE, "[] Full name Notes");
  /* one that says all there is to say */
  check ("{\"sections\":[{\"fields\":[\"notes\"]},{\"title\":\"B\",\"fields\":[\"name\"]}]}",
         custom,
         KONTOR_LAYOUT_ADD_CUSTOM,
         "[] Notes[B] Full name");
  /* what it does not name stands at the end */
  check ("{\"sections\":[{\"fields\":[\"nickname\"]},{\"title\":\"B\",\"fields\":[]}],\"rest\":"
         "true}",
         custom,
         KONTOR_LAYOUT_ADD_CUSTOM,
         "[] Nickname[B] Full name Notes Shoe size");
  check ("{\"sections\":[{\"fields\":[\"nickname\"]}],\"off\":[\"notes\"],\"rest\":true}",
         custom,
         KONTOR_LAYOUT_ADD_NONE,
         "[] Nickname Full name");
  /* nobody is created without it, unless nobody can see it */
  check ("{\"sections\":[{\"fields\":[\"name\"]}]}",
         required,
         KONTOR_LAYOUT_ADD_REQUIRED,
         "[] Full name Shoe size");
  check ("{\"sections\":[{\"fields\":[\"name\"]}]}",
         hidden,
         KONTOR_LAYOUT_ADD_REQUIRED | KONTOR_LAYOUT_ADD_CUSTOM,
         "[] Full name");
  /* gone, unknown, twice */
  check ("{\"sections\":[{\"fields\":[\"gone\",\"name\",\"name\",17,null]}],\"new\":{\"a\":[1]}}",
         plain,
         KONTOR_LAYOUT_ADD_NONE,
         "[] Full name");
  check ("{\"sections\":[{\"fields\":[\"gone\"]}]}",
         plain,
         KONTOR_LAYOUT_ADD_NONE,
         "[] Full name Notes");
}

static void
test_custom_in_fallback (void)
{
  static const KontorFieldId usual[] = { KONTOR_CONTACT_NAME, 0 };
  g_autoptr(KontorSchema) schema = schema_with (KONTOR_FIELD_FLAG_NONE);
  g_autoptr(KontorLayout) fallback = kontor_layout_new ();
  g_autoptr(GPtrArray) parts = NULL;

  fallback->rest = TRUE;
  kontor_layout_add_ids (fallback, usual);
  parts =
    kontor_layout_resolve (NULL, fallback, schema, &kontor_contact_type, KONTOR_LAYOUT_ADD_CUSTOM);
  g_assert_cmpuint (((KontorLayoutPart *) g_ptr_array_index (parts, 0))->fields->len, ==, 2);
}

static void
test_broken (void)
{
  static const char *const broken[] = {
    "",
    "{",
    "[]",
    "null",
    "\"sections\"",
    "{\"sections\":7}",
    "{\"sections\":{\"0\":{\"title\":\"x\"",
    "{\"sections\":[{\"fields\":[\"\xff\"]}]}",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  };
  g_autoptr(GString) large = g_string_new ("{\"sections\":[{\"fields\":[\"name\"");
  g_autoptr(KontorLayout) layout = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kontor_layout_parse (broken[i], &error));
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
    }
  g_assert_null (kontor_layout_parse (NULL, NULL));
  for (guint i = 0; i < 5000; i++)
    g_string_append (large, ",\"x\"");
  g_string_append (large, "]},{\"fields\":[\"notes\"]}]}");
  layout = kontor_layout_parse (large->str, NULL);
  g_assert_nonnull (layout);
  g_assert_cmpuint (((KontorLayoutSection *) g_ptr_array_index (layout->sections, 0))->fields->len,
                    <,
                    5000);
}

/* Lists of thousands of values are kept in order, and one that comes again replaces the old one. */
static void
test_pick_lists (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorSchema) copy = NULL;
  g_autoptr(GPtrArray) values = NULL;

  for (int i = 4999; i >= 0; i--)
    {
      g_autofree char *code = g_strdup_printf ("v%d", i);

      kontor_schema_add_pick_value (schema, "many", code, code, i, NULL, i != 7);
    }
  kontor_schema_add_pick_value (schema, "many", "v3", "Three", 6000, "blue", TRUE);
  copy = kontor_schema_copy (schema);
  values = kontor_schema_get_pick_values (copy, "many");
  g_assert_cmpuint (values->len, ==, 4999);
  g_assert_cmpstr (((KontorPickValue *) g_ptr_array_index (values, 3))->code, ==, "v4");
  g_assert_cmpstr (((KontorPickValue *) g_ptr_array_index (values, 4998))->label, ==, "Three");
  g_assert_cmpstr (kontor_schema_pick_label (copy, "many", "v3"), ==, "Three");
  g_assert_cmpstr (kontor_schema_pick_label (copy, "many", "v7"), ==, "v7");
  g_assert_cmpstr (kontor_schema_pick_label (copy, "many", "gone"), ==, "gone");
  g_assert_cmpstr (kontor_schema_find_pick (copy, "many", "three")->code, ==, "v3");
}

static void
test_find_label (void)
{
  g_autoptr(KontorSchema) schema = schema_with (KONTOR_FIELD_HIDDEN);
  const KontorFieldDef *field =
    kontor_schema_find_label (schema, &kontor_contact_type, "SHOE SIZE", NULL);

  g_assert_nonnull (field);
  g_assert_null (kontor_schema_find_label (schema, &kontor_contact_type, "Shoe size", field->name));
  g_assert_null (kontor_schema_find_label (schema, &kontor_account_type, "Shoe size", NULL));
  g_assert_nonnull (kontor_schema_find_label (schema, &kontor_contact_type, "notes", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/layout/round-trip", test_round_trip);
  g_test_add_func ("/model/layout/resolve", test_resolve);
  g_test_add_func ("/model/layout/custom-in-fallback", test_custom_in_fallback);
  g_test_add_func ("/model/layout/broken", test_broken);
  g_test_add_func ("/model/layout/pick-lists", test_pick_lists);
  g_test_add_func ("/model/layout/find-label", test_find_label);
  return g_test_run ();
}
