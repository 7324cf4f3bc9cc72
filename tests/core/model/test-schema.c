/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the tables of record types: what must hold for every row, the released form, the
 * documents, custom fields and pick lists. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-model.h"
#include <gio/gio.h>
#include <string.h>

static gboolean
is_well_formed (const char *name)
{
  return g_ascii_islower (*name) &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (name);
}

/* "Last contact", "E-mail": capital first, no capitals of words after. */
static void
assert_sentence_case (const char *label)
{
  g_assert_cmpstr (label, !=, "");
  g_assert_true (g_unichar_isupper (g_utf8_get_char (label)) || g_ascii_isdigit (*label));
  for (const char *space = strchr (label, ' '); space != NULL; space = strchr (space + 1, ' '))
    g_assert_false (g_ascii_isupper (space[1]));
  g_assert_false (g_str_has_suffix (label, ".") || g_str_has_suffix (label, ":"));
}

static void
assert_companion (const KontorRecordType *type, const KontorFieldDef *field)
{
  const KontorFieldDef *companion = kontor_record_type_find_field (type, field->companion);

  if (field->kind == KONTOR_FIELD_MONEY)
    g_assert_cmpint (companion->kind, ==, KONTOR_FIELD_CURRENCY);
  else if (field->kind == KONTOR_FIELD_WALL_TIME)
    g_assert_cmpint (companion->kind, ==, KONTOR_FIELD_ZONE);
  else if (field->kind == KONTOR_FIELD_LINK_ANY)
    g_assert_cmpint (companion->kind, ==, KONTOR_FIELD_TYPE);
  else
    g_assert_null (companion);
}

static void
assert_pick_list (const char *list)
{
  guint n = 0;

  for (const KontorPickDefault *value = kontor_pick_defaults; value->list != NULL; value++)
    n += g_str_equal (value->list, list);
  g_assert_cmpuint (n, >, 1);
}

static void
assert_kind (const KontorRecordType *type, const KontorFieldDef *field)
{
  g_assert_cmpint (field->kind, <, KONTOR_FIELD_N_KINDS);
  assert_companion (type, field);
  g_assert_true ((field->kind == KONTOR_FIELD_CHOICE) == (field->choices != NULL));
  g_assert_true ((field->kind == KONTOR_FIELD_PICK) == (field->pick != NULL));
  g_assert_true ((field->kind == KONTOR_FIELD_LINK) == (field->target != NULL));
  g_assert_true (field->kind == KONTOR_FIELD_DECIMAL || field->scale == 0);
  if (field->pick != NULL)
    assert_pick_list (field->pick);
  if (field->target != NULL)
    g_assert_nonnull (kontor_record_type_by_name (field->target));
  for (const KontorChoice *choice = field->choices; choice != NULL && choice->value != NULL;
       choice++)
    {
      g_assert_true (is_well_formed (choice->value));
      assert_sentence_case (choice->label);
      g_assert_cmpstr (kontor_field_choice_label (field, choice->value), ==, choice->label);
    }
  if (field->choices != NULL)
    g_assert_nonnull (field->choices[0].value);
  g_assert_cmpint (field->min, <=, field->max);
}

static void
assert_flags (const KontorRecordType *type, const KontorFieldDef *field)
{
  gboolean is_text = kontor_field_kind_is_text (field->kind);

  if ((field->flags & KONTOR_FIELD_SEARCHED) != 0)
    g_assert_true (is_text);
  if ((field->flags & KONTOR_FIELD_SORTED) != 0)
    g_assert_true (is_text);
  if ((field->flags & KONTOR_FIELD_TITLE) != 0)
    g_assert_true (is_text);
  if ((field->flags & KONTOR_FIELD_ACYCLIC) != 0)
    g_assert_cmpstr (field->target, ==, type->name);
  if ((field->flags & KONTOR_FIELD_COMPUTED) != 0)
    g_assert_false ((field->flags & KONTOR_FIELD_REQUIRED) != 0);
  if ((field->flags & KONTOR_FIELD_HIDDEN) != 0)
    g_assert_false ((field->flags & KONTOR_FIELD_IN_LIST) != 0);
  g_assert_false ((field->flags & KONTOR_FIELD_CUSTOM) != 0);
  g_assert_cmpint (kontor_field_is_editable (field),
                   ==,
                   (field->flags &
                    (KONTOR_FIELD_COMPUTED | KONTOR_FIELD_READ_ONLY | KONTOR_FIELD_HIDDEN)) == 0);
}

static void
assert_aliases (GHashTable *seen, const char *const *aliases)
{
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    {
      g_autofree char *lower = g_utf8_strdown (aliases[i], -1);

      g_assert_cmpstr (aliases[i], ==, lower);
      if (!g_hash_table_add (seen, (gpointer) aliases[i]))
        g_error ("the alias \"%s\" stands twice", aliases[i]);
    }
}

static void
test_fields (void)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr(GHashTable) aliases = g_hash_table_new (g_str_hash, g_str_equal);
      guint n_fields;
      const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

      g_assert_cmpuint (n_fields, <=, 128);
      for (guint j = 0; j < n_fields; j++)
        {
          const KontorFieldDef *field = fields[j];

          g_test_message ("%s.%s", type->name, field->name);
          g_assert_nonnull (field->name);
          g_assert_true (is_well_formed (field->name));
          g_assert_true (g_hash_table_add (names, (gpointer) field->name));
          assert_sentence_case (field->label);
          g_assert_cmpuint (field->index, ==, j);
          g_assert_true (kontor_field_by_id (field->id) == field);
          g_assert_true (kontor_field_get_type_of (field) == type);
          g_assert_true (kontor_record_type_find_field (type, field->name) == field);
          if (j < type->n_fields)
            g_assert_true (field == &type->fields[j]);
          g_assert_cmpuint (field->since, >=, type->since);
          g_assert_cmpuint (field->since, <=, KONTOR_SCHEMA_VERSION);
          assert_kind (type, field);
          assert_flags (type, field);
          assert_aliases (aliases, field->import);
        }
      for (guint j = 0; j < n_fields; j++)
        if (g_hash_table_contains (aliases, fields[j]->name))
          g_error ("%s.%s is also an alias", type->name, fields[j]->name);
      /* Taken by the envelope of JSON lines. */
      g_assert_false (g_hash_table_contains (names, "id"));
      g_assert_false (g_hash_table_contains (names, "trashed"));
      g_assert_false (g_hash_table_contains (names, "record_type"));
      g_assert_null (kontor_record_type_find_field (type, "no_such_field"));
      g_assert_null (kontor_record_type_find_field (type, NULL));
    }
}

/* Columns that every table has beside the fields. */
static void
test_reserved_names (void)
{
  static const char *const reserved[] = { "rid", "id", "rev", "sc", "rights", "hid", "extra" };

  for (guint i = 0; i < kontor_record_type_count (); i++)
    for (guint j = 0; j < G_N_ELEMENTS (reserved); j++)
      g_assert_null (kontor_record_type_find_field (kontor_record_type_nth (i), reserved[j]));
}

static void
assert_totals (const KontorRecordType *type, GHashTable *names)
{
  for (guint i = 0; i < type->n_totals; i++)
    {
      const KontorTotalDef *total = &type->totals[i];
      g_auto(GStrv) filter = total->filter != NULL ? g_strsplit (total->filter, "=", 2) : NULL;

      g_assert_true (g_hash_table_add (names, (gpointer) total->name));
      if (total->group_by != NULL)
        g_assert_nonnull (kontor_record_type_find_field (type, total->group_by));
      if (filter != NULL)
        g_assert_nonnull (kontor_record_type_find_field (type, filter[0]));
      if (total->kind == KONTOR_TOTAL_SUM)
        g_assert_nonnull (kontor_record_type_find_field (type, total->sum));
    }
}

static void
test_types (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) totals = g_hash_table_new (g_str_hash, g_str_equal);
  guint number = 0;

  g_assert_cmpuint (kontor_record_type_count (), ==, 30);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      g_test_message ("%s", type->name);
      g_assert_cmpuint (type->number, >, number);
      number = type->number;
      g_assert_true (is_well_formed (type->name));
      g_assert_true (g_hash_table_add (names, (gpointer) type->name));
      assert_sentence_case (type->label);
      assert_sentence_case (type->label_plural);
      g_assert_true (g_str_has_suffix (type->icon, "-symbolic"));
      g_assert_cmpuint (type->since, <=, KONTOR_SCHEMA_VERSION);
      g_assert_cmpuint (type->n_fields, >, 0);
      g_assert_cmpuint (type->n_fields, <, KONTOR_COMMON_FIRST);
      g_assert_true (kontor_record_type_by_name (type->name) == type);
      g_assert_true (kontor_record_type_by_number (type->number) == type);
      g_assert_cmpstr (g_type_name (kontor_record_type_get_gtype (type)), ==, type->gtype);
      g_assert_true (g_type_is_a (kontor_record_type_get_gtype (type), KONTOR_TYPE_RECORD));
      g_assert_nonnull (kontor_access_class_name (type->access));
      g_assert_true (((type->flags & KONTOR_TYPE_CHILD) != 0) == (type->parent_field != NULL));
      g_assert_true (((type->flags & KONTOR_TYPE_SET) != 0) == (type->left != NULL));
      g_assert_true ((type->left != NULL) == (type->right != NULL));
      if (type->parent_field != NULL)
        {
          const KontorFieldDef *parent = kontor_record_type_find_field (type, type->parent_field);

          g_assert_cmpint (kontor_field_kind_storage (parent->kind), ==, KONTOR_STORAGE_ID);
          g_assert_true ((parent->flags & KONTOR_FIELD_INDEXED) != 0);
          g_assert_true ((parent->flags & KONTOR_FIELD_REQUIRED) != 0);
        }
      if (type->left != NULL)
        {
          g_assert_nonnull (kontor_record_type_find_field (type, type->left));
          g_assert_nonnull (kontor_record_type_find_field (type, type->right));
          g_assert_cmpint (kontor_record_type_find_field (type, "on")->kind,
                           ==,
                           KONTOR_FIELD_BOOLEAN);
        }
      assert_totals (type, totals);
    }
  g_assert_null (kontor_record_type_by_name ("nothing"));
  g_assert_null (kontor_record_type_by_name (NULL));
  g_assert_null (kontor_record_type_by_number (0));
  g_assert_null (kontor_record_type_by_number (9999));
  g_assert_null (kontor_field_by_id (0xffff));
  g_assert_null (kontor_field_by_id (KONTOR_COMMON_FIELD (11, KONTOR_COMMON_END)));
  g_assert_null (kontor_field_by_id (KONTOR_COMMON_FIELD (40, KONTOR_COMMON_OWNER)));
}

static void
test_type_aliases (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < kontor_record_type_count (); i++)
    assert_aliases (seen, kontor_record_type_nth (i)->import);
}

/* What a released version fixes for ever: numbers, names, kinds, positions, choices. */
static char *
describe_released (void)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_string_append_printf (out, "{\"version\":%d,\"fields\":[", KONTOR_SCHEMA_VERSION);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      guint n_fields;
      const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

      for (guint j = 0; j < n_fields; j++)
        {
          g_string_append_printf (out,
                                  "%s\n{\"type\":\"%s\",\"number\":%u,\"name\":\"%s\","
                                  "\"position\":%u,\"kind\":\"%s\",\"scale\":%u,\"merge\":%d,"
                                  "\"since\":%u,\"target\":\"%s\",\"choices\":\"",
                                  i + j > 0 ? "," : "",
                                  type->name,
                                  type->number,
                                  fields[j]->name,
                                  fields[j]->id & 0xff,
                                  kontor_field_kind_name (fields[j]->kind),
                                  fields[j]->scale,
                                  fields[j]->merge,
                                  fields[j]->since,
                                  fields[j]->target != NULL ? fields[j]->target : "");
          for (const KontorChoice *choice = fields[j]->choices;
               choice != NULL && choice->value != NULL;
               choice++)
            g_string_append_printf (out,
                                    "%s%s",
                                    choice == fields[j]->choices ? "" : " ",
                                    choice->value);
          g_string_append (out, "\"}");
        }
    }
  g_string_append (out, "\n]}\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_file (const char *path, const char *text)
{
  g_autofree char *committed = NULL;
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (g_getenv ("KONTOR_TEST_REGENERATE"), "1") == 0)
    {
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
    }
  g_file_get_contents (path, &committed, NULL, &error);
  g_assert_no_error (error);
  if (!g_str_equal (committed, text))
    g_error ("%s differs from the tables; look at the difference, then run this test with "
             "KONTOR_TEST_REGENERATE=1",
             path);
}

static void
test_released (void)
{
  g_autofree char *name = g_strdup_printf ("schema-v%d.json", KONTOR_SCHEMA_VERSION);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "model", name, NULL);
  g_autofree char *text = describe_released ();

  assert_file (path, text);
}

static void
test_document (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "schema.md", NULL);
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autofree char *text = kontor_schema_to_markdown (schema);
  g_autofree char *json = kontor_schema_to_json (schema);

  assert_file (path, text);
  g_assert_nonnull (strstr (json, "{\"name\":\"first_name\",\"label\":\"First name\""));
  g_assert_true (g_str_has_suffix (json, "]}\n]}\n"));
}

static const KontorFieldDef *
add_custom (KontorSchema *schema, guint8 number, KontorFieldKind kind, GError **error)
{
  KontorId id = { { 0 } };

  id.b[15] = number;
  return kontor_schema_add_custom_field (schema,
                                         "contact",
                                         &id,
                                         "Shoe size",
                                         kind,
                                         KONTOR_FIELD_IN_LIST | KONTOR_FIELD_SEARCHED |
                                           KONTOR_FIELD_COMPUTED,
                                         "list",
                                         "account",
                                         NULL,
                                         error);
}

static void
test_custom_fields (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorSchema) other = kontor_schema_new ();
  g_autoptr(KontorSchema) copy = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) fields = NULL;
  const KontorFieldDef *field = add_custom (schema, 1, KONTOR_FIELD_INTEGER, &error);
  KontorId id = { { 0 } };

  g_assert_no_error (error);
  g_assert_cmpstr (field->name, ==, "c_aaaaaaaaab");
  g_assert_cmpstr (kontor_field_get_label (field), ==, "Shoe size");
  g_assert_cmpint (field->flags, ==, KONTOR_FIELD_CUSTOM | KONTOR_FIELD_IN_LIST);
  g_assert_true (kontor_field_get_type_of (field) == &kontor_contact_type);
  g_assert_true (kontor_schema_find_field (schema, &kontor_contact_type, field->name) == field);
  g_assert_null (kontor_schema_find_field (schema, &kontor_account_type, field->name));
  g_assert_null (kontor_schema_find_field (other, &kontor_contact_type, field->name));
  g_assert_true (add_custom (other, 1, KONTOR_FIELD_INTEGER, NULL) == field);
  g_assert_true (add_custom (other, 2, KONTOR_FIELD_TEXT, NULL) != field);
  fields = kontor_schema_get_fields (other, &kontor_contact_type);
  g_assert_cmpuint (fields->len, ==, KONTOR_CONTACT_END - KONTOR_CONTACT_NAME + 7 + 2);
  copy = kontor_schema_copy (schema);
  g_assert_true (kontor_schema_find_field (copy, &kontor_contact_type, field->name) == field);

  g_assert_null (add_custom (schema, 3, KONTOR_FIELD_MONEY, &error));
  g_assert_error (error, KONTOR_MODEL_ERROR, KONTOR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (kontor_schema_add_custom_field (schema,
                                                 "gone",
                                                 &id,
                                                 "X",
                                                 KONTOR_FIELD_TEXT,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 &error));
  g_assert_error (error, KONTOR_MODEL_ERROR, KONTOR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  for (guint8 i = 3; i < 202; i++)
    g_assert_nonnull (add_custom (schema, i, KONTOR_FIELD_TEXT, NULL));
  g_assert_null (add_custom (schema, 202, KONTOR_FIELD_TEXT, &error));
  g_assert_error (error, KONTOR_MODEL_ERROR, KONTOR_ERROR_LIMIT);
}

static void
test_picks (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  g_autoptr(KontorSchema) copy = NULL;
  g_autoptr(GPtrArray) values = NULL;

  kontor_schema_add_pick_value (schema, "source", "web", "Website", 2, "red", TRUE);
  kontor_schema_add_pick_value (schema, "source", "fair", "Messe", 1, NULL, TRUE);
  kontor_schema_add_pick_value (schema, "source", "old", "Fax", 3, NULL, FALSE);
  kontor_schema_add_pick_value (schema, "source", "fair", "Fair", 1, NULL, TRUE);
  copy = kontor_schema_copy (schema);
  values = kontor_schema_get_pick_values (copy, "source");
  g_assert_cmpuint (values->len, ==, 2);
  g_assert_cmpstr (((KontorPickValue *) values->pdata[0])->label, ==, "Fair");
  g_assert_cmpstr (((KontorPickValue *) values->pdata[1])->color, ==, "red");
  g_assert_cmpstr (kontor_schema_find_pick (copy, "source", "WEBSITE")->code, ==, "web");
  g_assert_cmpstr (kontor_schema_find_pick (copy, "source", "old")->label, ==, "Fax");
  g_assert_null (kontor_schema_find_pick (copy, "source", "Messe"));
  g_assert_null (kontor_schema_find_pick (copy, "nothing", "web"));
  g_assert_null (kontor_schema_find_pick (copy, "source", ""));
  g_assert_cmpstr (kontor_schema_pick_label (copy, "source", "web"), ==, "Website");
  g_assert_cmpstr (kontor_schema_pick_label (copy, "source", "gone"), ==, "gone");
  g_assert_null (kontor_schema_pick_label (copy, "source", NULL));
}

static void
test_pick_defaults (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) lists = g_hash_table_new (g_str_hash, g_str_equal);
  const char *list = "";

  for (const KontorPickDefault *value = kontor_pick_defaults; value->list != NULL; value++)
    {
      g_assert_true (is_well_formed (value->list));
      g_assert_cmpstr (value->code, !=, "");
      assert_sentence_case (value->label);
      g_assert_true (g_hash_table_add (seen, g_strconcat (value->list, "/", value->code, NULL)));
      if (!g_str_equal (list, value->list))
        g_assert_true (g_hash_table_add (lists, (gpointer) value->list));
      list = value->list;
    }
}

static gpointer
init_in_thread (gpointer data)
{
  return (gpointer) kontor_record_type_by_name ("contact");
}

static void
test_threads (void)
{
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("init", init_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == &kontor_contact_type);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/schema/threads", test_threads);
  g_test_add_func ("/model/schema/fields", test_fields);
  g_test_add_func ("/model/schema/reserved-names", test_reserved_names);
  g_test_add_func ("/model/schema/types", test_types);
  g_test_add_func ("/model/schema/type-aliases", test_type_aliases);
  g_test_add_func ("/model/schema/released", test_released);
  g_test_add_func ("/model/schema/document", test_document);
  g_test_add_func ("/model/schema/custom-fields", test_custom_fields);
  g_test_add_func ("/model/schema/picks", test_picks);
  g_test_add_func ("/model/schema/pick-defaults", test_pick_defaults);
  return g_test_run ();
}
