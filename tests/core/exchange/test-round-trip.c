/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Out and in again: JSON lines lose nothing of any type, and CSV over itself changes nothing. */
#include "config.h"

#include "import-fixture.h"
#include "kontor-wire.h"
#include <string.h>

/* --- Every type ------------------------------------------------------------------------------- */

#define N_EACH 2

/* CSV is read without space around a cell; JSON lines keep it. */
static const char spaced_text[] = " 'Äß; Ø, \"ж\" – '=x ";
static const char plain_text[] = "'Äß; Ø, \"ж\" – '=x";

/* The same ids in every run: type and number. */
static void
make_id (const KontorRecordType *type, guint i, KontorId *id)
{
  g_autofree char *text = g_strdup_printf ("01a20fd7-2200-7000-8000-%06x%06x", type->number, i);

  g_assert_true (kontor_id_parse (text, id));
}

static const char *
choose_pick (KontorSchema *schema, const char *list)
{
  const KontorPickValue *value =
    g_ptr_array_index (kontor_schema_get_pick_values (schema, list), 0);

  return value->code;
}

static const char *
choose_text (KontorSchema *schema, const KontorFieldDef *field, const char *text)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_PHONE:
      return "+49 (30) 901820-0";
    case KONTOR_FIELD_MAIL:
      return "a.b+c@example.com";
    case KONTOR_FIELD_LONG_TEXT:
    case KONTOR_FIELD_ADDRESS:
      return "=1+1\n\"two\"\t\\three\\ ≠ \xf0\x9f\x98\x80";
    case KONTOR_FIELD_COUNTRY:
      return "MX";
    case KONTOR_FIELD_WEB:
      return "https://example.com/?a=1&b=%20";
    case KONTOR_FIELD_CURRENCY:
      return "JPY";
    case KONTOR_FIELD_DATE:
      return "1969-02-28";
    case KONTOR_FIELD_WALL_TIME:
      return "2026-03-29T02:30:00";
    case KONTOR_FIELD_ZONE:
      return "Europe/Berlin";
    case KONTOR_FIELD_CHOICE:
      return field->choices[0].value;
    case KONTOR_FIELD_PICK:
      return choose_pick (schema, field->pick);
    case KONTOR_FIELD_TYPE:
      return "contact";
    case KONTOR_FIELD_JSON:
      return "{\"a\":[1,null,\"é\"]}";
    default:
      return field->max > 0 && field->max < 60 ? "en" : text;
    }
}

static void
fill_field (KontorSchema *schema,
            KontorRecord *record,
            const KontorFieldDef *field,
            guint i,
            const char *text,
            const char *hash)
{
  const KontorRecordType *target = NULL;
  KontorId id;

  switch (kontor_field_kind_storage (field->kind))
    {
    case KONTOR_STORAGE_INTEGER:
      kontor_record_set_integer (record,
                                 field->id,
                                 field->kind == KONTOR_FIELD_INSTANT   ? -1234567
                                 : field->kind == KONTOR_FIELD_BOOLEAN ? 1
                                 : field->max > 0                      ? field->max
                                                                       : 9007199254740990);
      break;

    case KONTOR_STORAGE_TEXT:
      kontor_record_set_text (record,
                              field->id,
                              field->kind == KONTOR_FIELD_FILE ? hash
                                                               : choose_text (schema, field, text));
      break;

    case KONTOR_STORAGE_ID:
      target =
        kontor_record_type_by_name (field->kind == KONTOR_FIELD_LINK ? field->target : "contact");
      /* the first of each begins the chains; nothing is merged */
      if (target == kontor_record_get_record_type (record) && i == 0)
        break;
      if ((field->flags & KONTOR_FIELD_HIDDEN) != 0)
        break;
      make_id (target, target == kontor_record_get_record_type (record) ? 0 : i, &id);
      kontor_record_set_link (record, field->id, &id);
      break;

    case KONTOR_STORAGE_NONE:
    default:
      break;
    }
}

/* Values that would contradict one another, or mean something to the program. */
static void
mend_record (KontorRecord *record, guint i)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  g_autofree char *code = g_strdup_printf ("code_%u", i);

  if (type == &kontor_custom_field_type)
    {
      kontor_record_set_text (record, KONTOR_CUSTOM_FIELD_KIND, i == 0 ? "integer" : "text");
      kontor_record_set_null (record, KONTOR_CUSTOM_FIELD_PICK);
      kontor_record_set_null (record, KONTOR_CUSTOM_FIELD_TARGET);
      kontor_record_set_null (record, KONTOR_CUSTOM_FIELD_REQUIRED);
    }
  else if (type == &kontor_tag_type)
    kontor_record_set_text (record, KONTOR_TAG_NAME, i == 0 ? "VIP" : "a; \"b\", c");
  else if (type == &kontor_party_relation_type)
    /* both sides are one person here, who can't be his own parent company */
    kontor_record_set_text (record, KONTOR_PARTY_RELATION_KIND, "partner");
  else if (type == &kontor_pick_list_type)
    {
      kontor_record_set_text (record, KONTOR_PICK_LIST_LIST, "source");
      kontor_record_set_text (record, KONTOR_PICK_LIST_CODE, code);
    }
}

static KontorRecord *
make_record (KontorSchema *schema,
             const KontorRecordType *type,
             guint i,
             const char *text,
             const char *hash)
{
  KontorRecord *record;
  const KontorFieldDef *const *fields;
  KontorId id;
  guint n;

  make_id (type, i, &id);
  record = kontor_record_new (type, &id);
  fields = kontor_record_type_get_fields (type, &n);
  for (guint k = 0; k < n; k++)
    if ((fields[k]->flags & KONTOR_FIELD_COMPUTED) == 0)
      fill_field (schema, record, fields[k], i, text, hash);
  mend_record (record, i);
  if ((type->flags & KONTOR_TYPE_SET) != 0)
    {
      id = kontor_set_member_id (record);
      kontor_record_set_id (record, &id);
    }
  return record;
}

static char *
put_content (KontorWorkspace *workspace)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("content", 7, NULL);
  g_autoptr(GError) error = NULL;
  char *hash;

  hash = kontor_workspace_put_blob (workspace, stream, 100, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return hash;
}

static GPtrArray *
make_records (ImportFixture *fixture, const char *text, const char *hash)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint t = 0; t < kontor_record_type_count (); t++)
    for (guint i = 0; i < N_EACH; i++)
      if ((kontor_record_type_nth (t)->flags & KONTOR_TYPE_SINGLE) == 0)
        g_ptr_array_add (records, make_record (schema, kontor_record_type_nth (t), i, text, hash));
  return records;
}

static char *
to_lines (ImportFixture *fixture, GPtrArray *records)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      kontor_wire_append_record (out, schema, g_ptr_array_index (records, i), KONTOR_WIRE_DEFAULT);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

/* Each of @records is in @lines, with every field. */
static void
assert_all_there (ImportFixture *fixture, GPtrArray *records, const char *lines)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_auto(GStrv) split = g_strsplit (lines, "\n", -1);
  guint found = 0;

  for (guint i = 0; split[i] != NULL && split[i][0] != '\0'; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorRecord) record =
        kontor_wire_parse_record (schema, split[i], -1, NULL, NULL, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < records->len; k++)
        {
          KontorRecord *made = g_ptr_array_index (records, k);

          if (!kontor_id_equal (kontor_record_get_id (made), kontor_record_get_id (record)))
            continue;
          found++;
          if (!kontor_record_equal (made, record))
            {
              g_autoptr(GString) text = g_string_new (NULL);

              kontor_wire_append_record (text, schema, made, KONTOR_WIRE_DEFAULT);
              g_test_message ("made:  %s", text->str);
              g_test_message ("found: %s", split[i]);
              g_test_fail ();
            }
        }
    }
  g_assert_cmpuint (found, ==, records->len);
}

/* All fields of all types, out of one workspace into another, and the same comes out of that. */
static void
test_every_type (ImportFixture *fixture, gconstpointer data)
{
  ImportFixture other = { 0 };
  g_autofree char *hash = put_content (fixture->workspace);
  g_autoptr(GPtrArray) records = make_records (fixture, spaced_text, hash);
  g_autofree char *made = to_lines (fixture, records);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto(GStrv) lines = NULL;
  const KontorImportCounts *counts;

  import_lines (fixture, made);
  import_assert_counts (fixture, records->len, 0, 0, 0);
  import_assert_sound (fixture);
  first = export_all (fixture, KONTOR_QUERY_LIVE);
  assert_all_there (fixture, records, first);

  import_fixture_set_up (&other, NULL);
  g_free (put_content (other.workspace));
  import_lines (&other, first);
  counts = kontor_import_report_get_counts (other.result->report);
  import_print_problems (&other);
  g_assert_cmpuint (counts->failed, ==, 0);
  /* what each workspace has from its beginning: lists and settings */
  g_assert_cmpuint (counts->skipped, >, 100);
  import_assert_sound (&other);
  second = export_all (&other, KONTOR_QUERY_LIVE);
  lines = g_strsplit (first, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], "\"type\":\"pick_list\"") == NULL &&
        strstr (lines[i], "\"type\":\"workspace_settings\"") == NULL &&
        strstr (second, lines[i]) == NULL)
      {
        g_test_message ("lost: %s", lines[i]);
        g_test_fail ();
      }
  import_fixture_tear_down (&other, NULL);
}

/* What a newer Kontor wrote into a record goes along. */
static void
test_extra (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *lines = NULL;

  import_lines (fixture,
                "{\"type\":\"account\",\"name\":\"Acme\",\"of_2030\":{\"a\":[1,\"b\"]}}\n");
  import_assert_counts (fixture, 1, 0, 0, 0);
  lines = export_all (fixture, KONTOR_QUERY_LIVE);
  g_assert_nonnull (strstr (lines, "\"of_2030\":{\"a\":[1,\"b\"]}"));
}

static void
test_trash (ImportFixture *fixture, gconstpointer data)
{
  ImportFixture other = { 0 };
  g_autofree char *live = NULL;
  g_autofree char *all = NULL;

  import_lines (fixture,
                "{\"type\":\"account\",\"name\":\"Kept\"}\n"
                "{\"type\":\"account\",\"name\":\"Thrown away\",\"trashed\":true}\n");
  import_assert_counts (fixture, 2, 0, 0, 0);
  import_assert_sql (fixture, "SELECT name FROM account WHERE hid=0", "Kept");
  live = export_all (fixture, KONTOR_QUERY_LIVE);
  all = export_all (fixture, KONTOR_QUERY_ALL);
  g_assert_null (strstr (live, "Thrown away"));
  g_assert_nonnull (strstr (all, "Thrown away"));
  import_fixture_set_up (&other, NULL);
  import_lines (&other, all);
  import_assert_sql (&other, "SELECT name,hid FROM account ORDER BY name", "Kept|0;Thrown away|1");
  import_fixture_tear_down (&other, NULL);
}

/* Each type's CSV, imported over itself, changes nothing. */
static void
test_csv_of_types (ImportFixture *fixture, gconstpointer data)
{
  static const KontorRecordType *const types[] = {
    &kontor_org_unit_type, &kontor_team_type,    &kontor_employee_type,
    &kontor_account_type,  &kontor_contact_type, &kontor_tag_type,
  };
  g_autofree char *hash = put_content (fixture->workspace);
  g_autoptr(GPtrArray) records = make_records (fixture, plain_text, hash);
  g_autofree char *made = to_lines (fixture, records);

  import_lines (fixture, made);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *csv = export_csv (fixture, types[i]);
      const KontorImportCounts *counts;

      g_test_message ("%s: %s", types[i]->name, csv);
      fixture->type = types[i]->name;
      fixture->mode = KONTOR_IMPORT_OVERWRITE;
      fixture->key = "id";
      import_text (fixture, csv);
      g_assert_no_error (fixture->error);
      import_print_problems (fixture);
      counts = kontor_import_report_get_counts (fixture->result->report);
      g_assert_cmpuint (counts->rows, >=, N_EACH);
      g_assert_cmpuint (counts->skipped, ==, counts->rows);
    }
}

#define ADD(path, function)          \
  g_test_add ("/round-trip/" path,   \
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
  ADD ("every-type", test_every_type);
  ADD ("extra", test_extra);
  ADD ("trash", test_trash);
  ADD ("csv", test_csv_of_types);
  return g_test_run ();
}
