/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of filters and queries: what is read, what is written, and what is said of mistakes. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-model.h"
#include "kontor-query.h"
#include "kontor-validate.h"

static KontorSchema *
new_schema (void)
{
  KontorSchema *schema = kontor_schema_new ();
  KontorId id = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } };
  g_autoptr(GError) error = NULL;

  kontor_schema_add_custom_field (schema,
                                  "contact",
                                  &id,
                                  "Shoe size",
                                  KONTOR_FIELD_INTEGER,
                                  KONTOR_FIELD_FLAG_NONE,
                                  NULL,
                                  NULL,
                                  NULL,
                                  &error);
  g_assert_no_error (error);
  return schema;
}

static KontorFilter *
parse (KontorSchema *schema, const char *type, const char *text)
{
  g_autoptr(GError) error = NULL;
  KontorFilter *filter =
    kontor_filter_parse (schema, kontor_record_type_by_name (type), text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  return filter;
}

/* What @text becomes when it is read and written. */
static void
assert_text (const char *type, const char *text, const char *expected)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(KontorFilter) filter = parse (schema, type, text);
  g_autofree char *written = kontor_filter_to_text (filter);
  g_autoptr(KontorFilter) again = NULL;

  g_assert_cmpstr (written, ==, expected);
  again = parse (schema, type, written);
  g_assert_true (kontor_filter_equal (filter, again));
}

static void
test_compare (void)
{
  assert_text ("contact", "city=Berlin", "city = Berlin");
  assert_text ("contact", "  city  !=\tBerlin\n", "city != Berlin");
  assert_text ("account", "employees<10", "employees < 10");
  assert_text ("account", "employees<=10", "employees <= 10");
  assert_text ("account", "employees>10", "employees > 10");
  assert_text ("account", "employees >= 10", "employees >= 10");
  assert_text ("contact", "name~mann", "name ~ mann");
  assert_text ("contact", "name^=Ber", "name ^= Ber");
  assert_text ("contact", "city is empty", "city is empty");
  assert_text ("contact", "city IS NOT Empty", "city is not empty");
  assert_text ("contact",
               "city in (Berlin,\"New York\" , Köln)",
               "city in (Berlin, \"New York\", Köln)");
  assert_text ("contact", "tags=VIP", "tags = VIP");
  assert_text ("contact", "owner=me", "owner = me");
  assert_text ("activity", "due<=today-7", "due <= today-7");
  assert_text ("activity", "at>=2026-01-01T10:00:00Z", "at >= 2026-01-01T10:00:00Z");
  assert_text ("contact", "main_mail=a.b+c@example.org", "main_mail = a.b+c@example.org");
}

static void
test_values (void)
{
  assert_text ("contact", "name=\"say \\\"hello\\\" \\\\ \"", "name = \"say \\\"hello\\\" \\\\ \"");
  assert_text ("contact", "name=\"\"", "name = \"\"");
  assert_text ("contact", "name=\"and\"", "name = \"and\"");
  assert_text ("contact", "name=\"Not\"", "name = \"Not\"");
  assert_text ("contact", "name=\"=x\"", "name = \"=x\"");
  assert_text ("contact",
               "website=https://example.org/?a=b&c",
               "website = \"https://example.org/?a=b&c\"");
  assert_text ("account", "revenue>1,000.50", "revenue > \"1,000.50\"");
  assert_text ("contact", "name=O'Brien", "name = \"O'Brien\"");
  assert_text ("contact", "name=\"two\nlines\"", "name = \"two\nlines\"");
}

static void
test_groups (void)
{
  assert_text ("contact",
               "city=A and name=B and country=DE",
               "city = A and name = B and country = DE");
  assert_text ("contact",
               "city=A or name=B and country=DE",
               "city = A or (name = B and country = DE)");
  assert_text ("contact",
               "(city=A or name=B) and country=DE",
               "(city = A or name = B) and country = DE");
  assert_text ("contact", "((city=A))", "city = A");
  assert_text ("contact", "not city=A and name=B", "not city = A and name = B");
  assert_text ("contact", "not (city=A and name=B)", "not (city = A and name = B)");
  assert_text ("contact", "NOT NOT city=A", "not not city = A");
  assert_text ("contact", "not(city=A)or(name=B)", "not city = A or name = B");
}

static void
test_paths (void)
{
  assert_text ("contact", "account.city=Berlin", "account.city = Berlin");
  assert_text ("contact", "account.parent.owner.name ~ x", "account.parent.owner.name ~ x");
  assert_text ("contact", "account.tags=VIP", "account.tags = VIP");
}

static void
test_search (void)
{
  assert_text ("contact", "search ana", "search ana");
  assert_text ("contact", "imported 0190 and city=A", "imported 0190 and city = A");
  assert_text ("import_batch", "step=0190", "step = 0190");
  assert_text ("contact", "search \"ana tru\" and city=A", "search \"ana tru\" and city = A");
}

static void
test_related (void)
{
  assert_text ("contact",
               "has activity (kind=call and at>=2026-01-01)",
               "has activity (kind = call and at >= 2026-01-01)");
  assert_text ("contact", "not has activity", "not has activity");
}

static const KontorFieldDef *
find_via (KontorSchema *schema, const char *type, const char *related, const char *name)
{
  return kontor_filter_find_via (schema,
                                 kontor_record_type_by_name (type),
                                 kontor_record_type_by_name (related),
                                 name);
}

static void
assert_via (KontorSchema *schema,
            const char *type,
            const char *related,
            const char *name,
            const char *holder,
            const char *field)
{
  const KontorFieldDef *via = find_via (schema, type, related, name);

  g_assert_nonnull (via);
  g_assert_cmpstr (via->name, ==, field);
  g_assert_cmpstr (kontor_field_get_type_of (via)->name, ==, holder);
}

static void
test_via (void)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(KontorFilter) filter = NULL;
  g_autofree char *text = NULL;

  assert_via (schema, "account", "contact", NULL, "contact", "account");
  assert_via (schema, "employee", "contact", NULL, "contact", "owner");
  assert_via (schema, "contact", "contact_point", NULL, "contact_point", "party");
  assert_via (schema, "contact", "activity", NULL, "activity_link", "target");
  assert_via (schema, "activity", "contact", NULL, "activity_link", "activity");
  assert_via (schema, "contact", "tag", NULL, "tag_link", "target");
  assert_via (schema, "tag", "contact", NULL, "tag_link", "tag");
  assert_via (schema, "account", "account", NULL, "account", "parent");
  assert_via (schema, "account", "account", "merged_into", "account", "merged_into");
  assert_via (schema, "contact", "account_contact", NULL, "account_contact", "contact");
  g_assert_null (find_via (schema, "contact", "team", NULL));
  g_assert_null (find_via (schema, "account", "contact", "owner"));

  filter = parse (schema, "user", "has contact via modified_by (city=A)");
  text = kontor_filter_to_text (filter);
  g_assert_cmpstr (text, ==, "has contact via modified_by (city = A)");
}

static void
test_custom (void)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(GPtrArray) fields =
    kontor_schema_get_custom_fields (schema, kontor_record_type_by_name ("contact"));
  const KontorFieldDef *field = g_ptr_array_index (fields, 0);
  g_autofree char *by_name = g_strdup_printf ("%s > 42", field->name);
  g_autoptr(KontorFilter) filter = parse (schema, "contact", by_name);

  g_assert_true (g_ptr_array_index (filter->path, 0) == field);
  assert_text ("contact", "\"shoe Size\" > 42", by_name);
  assert_text ("contact", "\"city\" = A", "city = A");
}

/* --- Mistakes ------------------------------------------------------------------------------- */

static void
refuse (const char *type, const char *text, KontorErrorCode code, guint column, const char *says)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorFilter) filter =
    kontor_filter_parse (schema, kontor_record_type_by_name (type), text, &error);
  g_autofree char *expected = g_strdup_printf ("%u", column);
  g_autofree char *shown = g_strescape (text, NULL);

  g_test_message ("%.80s", shown);
  g_assert_null (filter);
  g_assert_error (error, KONTOR_MODEL_ERROR, (int) code);
  g_test_message ("%s: %s", kontor_error_get_detail (error)->column, error->message);
  if (column > 0)
    g_assert_cmpstr (kontor_error_get_detail (error)->column, ==, expected);
  if (says != NULL)
    g_assert_nonnull (strstr (error->message, says));
}

static void
test_mistakes (void)
{
  refuse ("contact", "", KONTOR_ERROR_INVALID, 1, "field");
  refuse ("contact", "   ", KONTOR_ERROR_INVALID, 4, "field");
  refuse ("contact", "city", KONTOR_ERROR_INVALID, 5, "is empty");
  refuse ("contact", "city=", KONTOR_ERROR_INVALID, 6, "a value");
  refuse ("contact", "city= and name=x", KONTOR_ERROR_INVALID, 7, "“and”");
  refuse ("contact", "city==x", KONTOR_ERROR_INVALID, 6, "a value");
  refuse ("contact", "city<>x", KONTOR_ERROR_INVALID, 6, "a value");
  refuse ("contact", "(city=A", KONTOR_ERROR_INVALID, 8, "“)”");
  refuse ("contact", "city=A)", KONTOR_ERROR_INVALID, 7, "the end");
  refuse ("contact", "city=New York", KONTOR_ERROR_INVALID, 10, "quotation marks");
  refuse ("contact", "city=\"New York", KONTOR_ERROR_INVALID, 6, "not closed");
  refuse ("contact", "city=a\"b\"", KONTOR_ERROR_INVALID, 7, NULL);
  refuse ("contact", "city is", KONTOR_ERROR_INVALID, 8, "empty");
  refuse ("contact", "city is not", KONTOR_ERROR_INVALID, 12, "empty");
  refuse ("contact", "city in Berlin", KONTOR_ERROR_INVALID, 9, "“(”");
  refuse ("contact", "city in ()", KONTOR_ERROR_INVALID, 10, "a value");
  refuse ("contact", "city in (a", KONTOR_ERROR_INVALID, 11, "“)”");
  refuse ("contact", "city in (a,)", KONTOR_ERROR_INVALID, 12, "a value");
  refuse ("contact", "city=A or", KONTOR_ERROR_INVALID, 10, "field");
  refuse ("contact", "name=x & city=y", KONTOR_ERROR_INVALID, 8, "“&”");
  refuse ("contact", "name=ü ü", KONTOR_ERROR_INVALID, 8, NULL);
  refuse ("contact", "search", KONTOR_ERROR_INVALID, 7, "a value");
  refuse ("contact", "has", KONTOR_ERROR_INVALID, 4, "type");
  refuse ("contact", "has activity (", KONTOR_ERROR_INVALID, 15, "field");
  refuse ("contact", "city=\xff", KONTOR_ERROR_INVALID, 6, "UTF-8");
}

static void
test_unknown (void)
{
  refuse ("contact", "citty=A", KONTOR_ERROR_NOT_FOUND, 1, "“city”");
  refuse ("address", "city=A and town=A", KONTOR_ERROR_NOT_FOUND, 12, "“city”");
  refuse ("address", "Город=A", KONTOR_ERROR_NOT_FOUND, 1, "“city”");
  refuse ("contact", "xyzzy=A", KONTOR_ERROR_NOT_FOUND, 1, "“xyzzy”");
  refuse ("contact", "\"No such label\"=A", KONTOR_ERROR_NOT_FOUND, 1, "No such label");
  refuse ("contact", "account.citty=A", KONTOR_ERROR_NOT_FOUND, 9, "“city”");
  refuse ("contact", "city.name=A", KONTOR_ERROR_INVALID, 5, "no link");
  refuse ("activity_link", "target.name=A", KONTOR_ERROR_INVALID, 7, "several types");
  refuse ("contact", "has activitty", KONTOR_ERROR_NOT_FOUND, 5, "“activity”");
  refuse ("contact", "has calls", KONTOR_ERROR_NOT_FOUND, 5, "“activity”");
  refuse ("contact", "has team", KONTOR_ERROR_NOT_FOUND, 9, "No link");
  refuse ("account", "has contact via owner", KONTOR_ERROR_NOT_FOUND, 12, "owner");
  refuse ("account", "has contact via (name=x)", KONTOR_ERROR_INVALID, 17, "link");
  refuse ("contact", "has activity (city=A)", KONTOR_ERROR_NOT_FOUND, 15, "city");
}

static char *
repeat (const char *text, guint n)
{
  GString *out = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *parens = repeat ("(", 100000 / 2);
  g_autofree char *nots = repeat ("not ", 100);
  g_autofree char *ands = repeat ("city=a and ", 500);
  g_autofree char *links = repeat ("parent.", 50);
  g_autofree char *path = g_strconcat (links, "name=x", NULL);
  g_autofree char *list = repeat ("a,", 5000);
  g_autofree char *in = g_strconcat ("city in (", list, "a)", NULL);
  g_autofree char *whole = repeat ("x", KONTOR_FILTER_MAX_TEXT + 1);
  g_autofree char *name = repeat ("x", 1000);

  refuse ("contact", parens, KONTOR_ERROR_LIMIT, 0, "levels");
  refuse ("contact", nots, KONTOR_ERROR_LIMIT, 0, "levels");
  refuse ("contact", ands, KONTOR_ERROR_LIMIT, 0, "conditions");
  refuse ("account", path, KONTOR_ERROR_LIMIT, 0, "levels");
  refuse ("contact", in, KONTOR_ERROR_LIMIT, 0, "values");
  refuse ("contact", name, KONTOR_ERROR_INVALID, 1, NULL);
  {
    g_autoptr(KontorSchema) schema = new_schema ();
    g_autoptr(GError) error = NULL;

    g_assert_null (
      kontor_filter_parse (schema, kontor_record_type_by_name ("contact"), whole, &error));
    g_assert_error (error, KONTOR_MODEL_ERROR, KONTOR_ERROR_LIMIT);
  }
}

/* As deep as it may be, and still read: the limits are not off by one. */
static void
test_deep (void)
{
  g_autofree char *opening = repeat ("(", KONTOR_FILTER_MAX_DEPTH);
  g_autofree char *closing = repeat (")", KONTOR_FILTER_MAX_DEPTH);
  g_autofree char *deep = g_strconcat (opening, "city=a", closing, NULL);
  g_autofree char *deeper = g_strconcat ("(", deep, ")", NULL);
  g_autofree char *ands = repeat ("city=a and ", KONTOR_FILTER_MAX_NODES - 1);
  g_autofree char *wide = g_strconcat (ands, "city=a", NULL);
  g_autofree char *wider = g_strconcat (ands, "city=a and city=a", NULL);
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(KontorFilter) one = parse (schema, "contact", deep);
  g_autoptr(KontorFilter) many = parse (schema, "contact", wide);

  g_assert_cmpuint (many->children->len, ==, KONTOR_FILTER_MAX_NODES);
  refuse ("contact", deeper, KONTOR_ERROR_LIMIT, 0, NULL);
  refuse ("contact", wider, KONTOR_ERROR_LIMIT, 0, NULL);
}

/* A condition that begins with a field can't be taken for one that begins with a word. */
static void
test_keywords (void)
{
  static const char *const words[] = { "not", "has", "search" };

  for (guint i = 0; i < kontor_record_type_count (); i++)
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      g_assert_null (kontor_record_type_find_field (kontor_record_type_nth (i), words[k]));
}

/* --- Random trees --------------------------------------------------------------------------- */

static char *
make_value (GRand *rand)
{
  static const char *const pieces[] = { "a", "Z", "7",   " ",   "\"", "\\", "(",  ")",
                                        ",", "=", "and", "not", "ö",  "щ",  "日", "\n",
                                        ".", "-", "~",   "<",   "'",  "" };
  GString *out = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append (out, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (out, FALSE);
}

static const KontorFieldDef *
pick_field (GRand *rand, KontorSchema *schema, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);

  return g_ptr_array_index (fields, g_rand_int_range (rand, 0, (int) fields->len));
}

static KontorFilter *
make_compare (GRand *rand, KontorSchema *schema, const KontorRecordType *type)
{
  KontorFilterOp op = (KontorFilterOp) g_rand_int_range (rand, 0, KONTOR_OP_NOT_EMPTY + 1);
  const KontorFieldDef *field = pick_field (rand, schema, type);
  KontorFilter *filter = kontor_filter_new_compare (field, op, NULL);
  int n = op == KONTOR_OP_IN ? g_rand_int_range (rand, 1, 5) : op < KONTOR_OP_IN ? 1 : 0;

  while (field->kind == KONTOR_FIELD_LINK && g_rand_boolean (rand) && filter->path->len < 5)
    {
      field = pick_field (rand, schema, kontor_record_type_by_name (field->target));
      g_ptr_array_add (filter->path, (gpointer) field);
    }
  while (n-- > 0)
    {
      g_autofree char *value = make_value (rand);

      kontor_filter_add_value (filter, value);
    }
  return filter;
}

static KontorFilter *
make_tree (GRand *rand, KontorSchema *schema, const KontorRecordType *type, int depth)
{
  static const char *const related[] = { "activity", "tag", "contact", "account", "contact_point" };
  int kind = g_rand_int_range (rand, 0, depth > 0 ? 8 : 3);

  if (kind < 2)
    return make_compare (rand, schema, type);
  if (kind == 2)
    {
      g_autofree char *value = make_value (rand);

      return kontor_filter_new_search (value);
    }
  if (kind == 3)
    {
      const KontorRecordType *other =
        kontor_record_type_by_name (related[g_rand_int_range (rand, 0, G_N_ELEMENTS (related))]);
      const KontorFieldDef *via = kontor_filter_find_via (schema, type, other, NULL);

      if (via == NULL)
        return make_compare (rand, schema, type);
      return kontor_filter_new_related (other,
                                        g_rand_boolean (rand) ? via : NULL,
                                        g_rand_boolean (rand)
                                          ? make_tree (rand, schema, other, depth - 1)
                                          : NULL);
    }
  {
    KontorFilter *group = kontor_filter_new_group ((KontorFilterKind) (kind % 3));
    int n = group->kind == KONTOR_FILTER_NOT ? 1 : g_rand_int_range (rand, 2, 5);

    while (n-- > 0)
      kontor_filter_add (group, make_tree (rand, schema, type, depth - 1));
    return group;
  }
}

static void
test_random (void)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());
  const KontorRecordType *type = kontor_record_type_by_name ("contact");

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr(KontorFilter) filter = make_tree (rand, schema, type, 4);
      g_autofree char *text = kontor_filter_to_text (filter);
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorFilter) again = kontor_filter_parse (schema, type, text, &error);
      g_autoptr(KontorFilter) copy = kontor_filter_copy (filter);

      if (error != NULL && kontor_error_is (error, KONTOR_ERROR_LIMIT))
        continue;
      if (error != NULL)
        {
          g_autofree char *shown = g_strescape (text, NULL);

          g_test_message ("%s", shown);
        }
      g_assert_no_error (error);
      g_assert_true (kontor_filter_equal (filter, again));
      g_assert_true (kontor_filter_equal (filter, copy));
    }
  g_rand_free (rand);
}

/* Every prefix of a filter, and every byte changed: read or refused, but nothing else. */
static void
test_damaged (void)
{
  static const char text[] = "not (city in (\"a\\\"b\", c) or has activity via activity_link "
                             "(at>=today-7 and subject ^= \"x\")) and search \"ana tru\"";
  g_autoptr(KontorSchema) schema = new_schema ();
  const KontorRecordType *type = kontor_record_type_by_name ("contact");

  for (gsize i = 0; i < sizeof text - 1; i++)
    for (int c = 0; c < 256; c += c < 128 ? 1 : 13)
      {
        g_autofree char *damaged = g_strdup (text);
        g_autoptr(GError) error = NULL;
        g_autoptr(KontorFilter) filter = NULL;

        damaged[i] = (char) c;
        filter = kontor_filter_parse (schema, type, damaged, &error);
        g_assert_true ((filter == NULL) == (error != NULL));
      }
}

/* --- Queries -------------------------------------------------------------------------------- */

static void
assert_query (const char *text, const char *expected)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorQuery) query = kontor_query_parse (schema, text, &error);
  g_autoptr(KontorQuery) again = NULL;
  g_autoptr(KontorQuery) copy = NULL;
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  written = kontor_query_to_text (query);
  g_assert_cmpstr (written, ==, expected);
  again = kontor_query_parse (schema, written, &error);
  g_assert_no_error (error);
  g_assert_true (kontor_query_equal (query, again));
  copy = kontor_query_copy (query);
  g_assert_true (kontor_query_equal (query, copy));
  kontor_query_set_scope (copy,
                          kontor_query_get_scope (copy) == KONTOR_QUERY_ALL ? KONTOR_QUERY_LIVE
                                                                            : KONTOR_QUERY_ALL);
  g_assert_false (kontor_query_equal (query, copy));
}

static void
refuse_query (const char *text, KontorErrorCode code, const char *says)
{
  g_autoptr(KontorSchema) schema = new_schema ();
  g_autoptr(GError) error = NULL;

  g_assert_null (kontor_query_parse (schema, text, &error));
  g_assert_error (error, KONTOR_MODEL_ERROR, (int) code);
  if (says != NULL)
    g_assert_nonnull (strstr (error->message, says));
}

static void
test_query (void)
{
  assert_query ("contact", "contact");
  assert_query ("contact where city=Berlin and not (tags=VIP) sort name, created_at desc columns "
                "name,city",
                "contact where city = Berlin and not tags = VIP sort name, created_at desc columns "
                "name, city");
  assert_query ("account trashed sort name asc", "account trashed sort name");
  assert_query ("account all columns name", "account all columns name");
  assert_query ("contact where name=\"sort\" sort name", "contact where name = \"sort\" sort name");
  refuse_query ("", KONTOR_ERROR_INVALID, "type of records");
  refuse_query ("contacts", KONTOR_ERROR_NOT_FOUND, "“contact”");
  refuse_query ("contact where", KONTOR_ERROR_INVALID, "field");
  refuse_query ("contact where sort name", KONTOR_ERROR_NOT_FOUND, NULL);
  refuse_query ("contact city=A", KONTOR_ERROR_INVALID, "where");
  refuse_query ("contact sort", KONTOR_ERROR_INVALID, "field");
  refuse_query ("contact sort name,", KONTOR_ERROR_INVALID, "field");
  refuse_query ("contact sort town", KONTOR_ERROR_NOT_FOUND, "town");
  refuse_query ("contact columns name sort name", KONTOR_ERROR_INVALID, "the end");
}

static void
test_query_object (void)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);
  g_autoptr(KontorQuery) other = kontor_query_new (&kontor_contact_type);
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_CONTACT_NAME);
  const KontorSort *sort;
  guint n;

  g_assert_true (kontor_query_equal (query, other));
  kontor_query_add_sort (query, name, 5);
  g_assert_false (kontor_query_equal (query, other));
  kontor_query_add_sort (other, name, TRUE);
  g_assert_true (kontor_query_equal (query, other));
  sort = kontor_query_get_sort (query, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (sort[0].field == name);
  kontor_query_clear_sort (query);
  kontor_query_get_sort (query, &n);
  g_assert_cmpuint (n, ==, 0);
  kontor_query_take_filter (query, kontor_filter_new_compare (name, KONTOR_OP_EQ, "a"));
  kontor_query_take_filter (query, kontor_filter_new_compare (name, KONTOR_OP_EQ, "b"));
  g_assert_cmpstr (g_ptr_array_index (kontor_query_get_filter (query)->values, 0), ==, "b");
}

/* Groups without conditions say nothing, wherever they stand. */
static void
test_empty_groups (void)
{
  g_autoptr(KontorFilter) filter = kontor_filter_new_group (KONTOR_FILTER_OR);
  KontorFilter *group = kontor_filter_new_group (KONTOR_FILTER_AND);
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_CONTACT_NAME);
  g_autofree char *nothing = NULL;
  g_autofree char *text = NULL;

  kontor_filter_add (group, kontor_filter_new_group (KONTOR_FILTER_NOT));
  kontor_filter_add (filter, group);
  nothing = kontor_filter_to_text (filter);
  g_assert_cmpstr (nothing, ==, "");
  kontor_filter_add (filter, kontor_filter_new_compare (name, KONTOR_OP_EQ, "a"));
  text = kontor_filter_to_text (filter);
  g_assert_cmpstr (text, ==, "name = a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  g_test_add_func ("/query/compare", test_compare);
  g_test_add_func ("/query/values", test_values);
  g_test_add_func ("/query/groups", test_groups);
  g_test_add_func ("/query/paths", test_paths);
  g_test_add_func ("/query/search", test_search);
  g_test_add_func ("/query/related", test_related);
  g_test_add_func ("/query/via", test_via);
  g_test_add_func ("/query/custom", test_custom);
  g_test_add_func ("/query/mistakes", test_mistakes);
  g_test_add_func ("/query/unknown", test_unknown);
  g_test_add_func ("/query/limits", test_limits);
  g_test_add_func ("/query/deep", test_deep);
  g_test_add_func ("/query/keywords", test_keywords);
  g_test_add_func ("/query/random", test_random);
  g_test_add_func ("/query/damaged", test_damaged);
  g_test_add_func ("/query/query", test_query);
  g_test_add_func ("/query/object", test_query_object);
  g_test_add_func ("/query/empty-groups", test_empty_groups);
  return g_test_run ();
}
