/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of queries as SQL: answers against a plain evaluation, plans, rights, mistakes. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-query-private.h"
#include "kontor-validate.h"
#include "query-model.h"
#include <string.h>

static KontorQuery *
parse (KontorDb *db, const char *text)
{
  g_autoptr(GError) error = NULL;
  KontorQuery *query = kontor_query_parse (db->schema, text, &error);

  g_assert_no_error (error);
  return query;
}

/* --- Against a plain evaluation ------------------------------------------------------------- */

static gboolean
is_in_scope (KontorQuery *query, KontorRecord *record)
{
  KontorQueryScope scope = kontor_query_get_scope (query);

  return scope == KONTOR_QUERY_ALL ||
         (scope == KONTOR_QUERY_TRASHED) == kontor_record_is_trashed (record);
}

typedef struct
{
  QueryWorld *world;
  KontorQuery *query;
} Order;

static int
compare_records (gconstpointer a, gconstpointer b, gpointer data)
{
  KontorRecord *left = *(KontorRecord *const *) a, *right = *(KontorRecord *const *) b;
  gint64 rids = kontor_record_get_rid (left) - kontor_record_get_rid (right);
  Order *order = data;
  guint n;
  const KontorSort *sort = kontor_query_get_sort (order->query, &n);

  for (guint i = 0; i < n; i++)
    {
      int result =
        query_world_compare (order->world, sort[i].field, sort[i].descending, left, right);

      if (result != 0)
        return result;
    }
  if (n > 0 && sort[n - 1].descending)
    rids = -rids;
  return rids < 0 ? -1 : rids > 0;
}

/* The rids of the records the query should find, in order. */
static GArray *
evaluate (QueryWorld *world, KontorQuery *query)
{
  GPtrArray *records = world->records[kontor_query_get_record_type (query)->number];
  const KontorFilter *filter = kontor_query_get_filter (query);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Order order = { world, query };

  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);

      if (is_in_scope (query, record) &&
          (filter == NULL || query_world_holds (world, filter, record)))
        g_ptr_array_add (found, record);
    }
  g_ptr_array_sort_with_data (found, compare_records, &order);
  for (guint i = 0; i < found->len; i++)
    {
      gint64 rid = kontor_record_get_rid (g_ptr_array_index (found, i));

      g_array_append_val (rids, rid);
    }
  return rids;
}

static void
assert_same (KontorQuery *query, GArray *got, GArray *expected, guint limit)
{
  guint n = limit > 0 ? MIN (limit, expected->len) : expected->len;

  if (got->len != n || (n > 0 && memcmp (got->data, expected->data, n * sizeof (gint64)) != 0))
    {
      g_autofree char *text = kontor_query_to_text (query);

      g_test_message ("%s", text);
      for (guint i = 0; i < MAX (n, got->len); i++)
        g_test_message ("%u: got %d, expected %d",
                        i,
                        i < got->len ? (int) g_array_index (got, gint64, i) : -1,
                        i < n ? (int) g_array_index (expected, gint64, i) : -1);
      g_assert_not_reached ();
    }
}

static void
found_cb (gint64 rid, gpointer data)
{
  g_array_append_val ((GArray *) data, rid);
}

static GArray *
collect (KontorDb *db, KontorQuery *query, const KontorQueryHow *how)
{
  g_autoptr(GError) error = NULL;
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  kontor_query_each (db, query, how, found_cb, rids, &error);
  if (error != NULL)
    {
      g_autofree char *text = kontor_query_to_text (query);

      g_test_message ("%s", text);
    }
  g_assert_no_error (error);
  return rids;
}

/* How many records the query finds. */
static guint
check_query (QueryWorld *world, KontorQuery *query)
{
  g_autoptr(GArray) expected = evaluate (world, query);
  g_autoptr(GError) error = NULL;

  for (int plan = KONTOR_PLAN_FREE; plan <= KONTOR_PLAN_COLLECT; plan++)
    for (guint limit = 0; limit <= 7; limit += 7)
      {
        KontorQueryHow how = { .plan = (KontorQueryPlan) plan, .limit = limit };
        g_autoptr(GArray) got = collect (world->db, query, &how);

        assert_same (query, got, expected, limit);
      }
  g_assert_cmpint (kontor_query_count (world->db, query, &error), ==, expected->len);
  g_assert_no_error (error);
  return expected->len;
}

static void
test_filters (void)
{
  QueryWorld world;
  guint n_telling = 0;

  query_world_set_up (&world, 60);
  for (guint i = 0; i < 800; i++)
    {
      const KontorRecordType *type = i % 3 == 0 ? &kontor_account_type : &kontor_contact_type;
      g_autoptr(KontorQuery) query = kontor_query_new (type);
      guint n;

      kontor_query_take_filter (query, query_world_make_filter (&world, type, 3));
      kontor_query_set_scope (query,
                              i % 7 == 0   ? KONTOR_QUERY_TRASHED
                              : i % 5 == 0 ? KONTOR_QUERY_ALL
                                           : KONTOR_QUERY_LIVE);
      n = check_query (&world, query);
      n_telling += n > 0 && n < world.records[type->number]->len / 2;
    }
  /* Most filters let some records through, and not all. */
  g_assert_cmpuint (n_telling, >, 250);
  query_world_tear_down (&world);
}

static void
test_sorts (void)
{
  static const char *const fields[] = { "name",         "first_name", "position",       "number",
                                        "city",         "country",    "stage",          "source",
                                        "birth_date",   "account",    "do_not_contact", "owner",
                                        "last_contact", "main_phone" };
  QueryWorld world;

  query_world_set_up (&world, 60);
  for (guint i = 0; i < 250; i++)
    {
      g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);

      for (guint n = i < 2 * G_N_ELEMENTS (fields) ? 1 : 1 + i % 3; n > 0; n--)
        kontor_query_add_sort (
          query,
          kontor_record_type_find_field (&kontor_contact_type,
                                         fields[i < 2 * G_N_ELEMENTS (fields)
                                                  ? i / 2
                                                  : (guint) g_rand_int_range (world.rand, 0, 14)]),
          i % 2);
      if (i % 4 == 3)
        kontor_query_take_filter (query, query_world_make_filter (&world, &kontor_contact_type, 1));
      check_query (&world, query);
    }
  query_world_tear_down (&world);
}

/* The list model asks about single records, with and without the filter. */
static void
test_only_some (void)
{
  QueryWorld world;
  g_autoptr(KontorQuery) query = NULL;
  g_autoptr(GArray) all = NULL;
  g_autoptr(GArray) filtered = NULL;

  query_world_set_up (&world, 60);
  query = parse (world.db, "contact where city=berlin sort name");
  all = evaluate (&world, query);
  g_assert_cmpuint (all->len, >, 3);
  {
    gint64 rids[] = { g_array_index (all, gint64, 2), 1000000, g_array_index (all, gint64, 0) };
    KontorQueryHow how = { .rids = rids, .n_rids = 3, .plan = KONTOR_PLAN_COLLECT };

    filtered = collect (world.db, query, &how);
    g_assert_cmpuint (filtered->len, ==, 2);
    g_assert_cmpint (g_array_index (filtered, gint64, 0), ==, rids[2]);
    g_assert_cmpint (g_array_index (filtered, gint64, 1), ==, rids[0]);
  }
  query_world_tear_down (&world);
}

/* --- Plans ---------------------------------------------------------------------------------- */

static char *
explain (KontorDb *db, KontorQuery *query, guint limit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) binds = NULL;
  g_autofree char *sql = kontor_query_to_sql (db, query, FALSE, limit, &binds, &error);
  g_autofree char *explained = NULL;
  GString *plan = g_string_new (NULL);
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  g_assert_no_error (error);
  explained = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  stmt = kontor_db_prepare (db, explained, &error);
  g_assert_no_error (error);
  while (kontor_db_step (db, stmt, &row, NULL) && row)
    g_string_append_printf (plan, "%s\n", sqlite3_column_text (stmt, 3));
  g_test_message ("%s\n%s", sql, plan->str);
  return g_string_free (plan, FALSE);
}

static gboolean
is_offered (const KontorRecordType *type)
{
  return (type->flags & (KONTOR_TYPE_INTERNAL | KONTOR_TYPE_SINGLE)) == 0;
}

static void
check_sort_plan (KontorDb *db, const KontorRecordType *type, const KontorFieldDef *field)
{
  for (int descending = 0; descending < 2; descending++)
    {
      g_autoptr(KontorQuery) query = kontor_query_new (type);
      g_autofree char *plan = NULL;

      kontor_query_add_sort (query, field, descending);
      plan = explain (db, query, 200);
      g_assert_null (strstr (plan, "TEMP B-TREE"));
      g_assert_true (kontor_query_can_walk (db, query));
    }
}

/* A value that is one for every kind an index is on. */
static const char *
sample_value (const KontorFieldDef *field)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_COUNTRY:
      return "DE";
    case KONTOR_FIELD_DATE:
    case KONTOR_FIELD_INSTANT:
      return "today";
    case KONTOR_FIELD_PICK:
      return "software";
    case KONTOR_FIELD_CHOICE:
      return field->choices[0].value;
    default:
      return "me";
    }
}

static void
check_equality_plan (KontorDb *db, const KontorRecordType *type, const KontorFieldDef *field)
{
  static const KontorFilterOp ops[] = { KONTOR_OP_EQ, KONTOR_OP_IN, KONTOR_OP_EMPTY };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      gboolean empty = ops[i] == KONTOR_OP_EMPTY;
      g_autoptr(KontorQuery) query = kontor_query_new (type);
      g_autofree char *plan = NULL;

      kontor_query_take_filter (query,
                                kontor_filter_new_compare (field,
                                                           ops[i],
                                                           empty ? NULL : sample_value (field)));
      plan = explain (db, query, 0);
      g_assert_nonnull (strstr (plan, "SEARCH t0 USING"));
      g_assert_null (strstr (plan, "SCAN t0"));
    }
}

static void
test_plans (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  guint n_checked = 0;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      guint n_fields;
      const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

      for (guint k = 0; is_offered (type) && k < n_fields; k++)
        if ((fields[k]->flags & KONTOR_FIELD_INDEXED) != 0)
          {
            check_sort_plan (db, type, fields[k]);
            check_equality_plan (db, type, fields[k]);
            n_checked++;
          }
    }
  g_assert_cmpuint (n_checked, >, 25);
  kontor_db_free (db);
}

static void
assert_plan (KontorDb *db, const char *text, guint limit, const char *has, const char *has_not)
{
  g_autoptr(KontorQuery) query = parse (db, text);
  g_autofree char *plan = explain (db, query, limit);

  g_assert_nonnull (strstr (plan, has));
  if (has_not != NULL)
    g_assert_null (strstr (plan, has_not));
}

static void
test_more_plans (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);

  assert_plan (db, "contact", 200, "SCAN t0", "TEMP B-TREE");
  assert_plan (db,
               "contact where name ^= mu sort name",
               200,
               "t0 USING INDEX contact__name",
               "TEMP B-TREE");
  assert_plan (db, "contact where city ^= mu", 0, "SEARCH t0 USING INDEX contact__city", NULL);
  assert_plan (db, "account where number=K-1", 0, "SEARCH t0 USING INDEX account__number", NULL);
  assert_plan (db,
               "contact where account=Acme",
               0,
               "SEARCH t0 USING INDEX contact__account",
               "SCAN t0");
  assert_plan (db, "contact where account=Acme", 0, "USING INDEX account__name", "SCAN t1");
  assert_plan (db, "contact where account.city=Bern", 0, "USING INDEX account__city", "SCAN t");
  assert_plan (db, "contact where tags=VIP", 0, "USING INDEX tag__name", "SCAN t");
  assert_plan (db,
               "contact where last_contact<today-30 sort last_contact",
               0,
               "SEARCH t0 USING INDEX contact__last_contact",
               NULL);
  assert_plan (db,
               "contact where has activity (kind=call)",
               0,
               "SEARCH t1 USING INDEX activity_link__target",
               "SCAN t1");
  assert_plan (db, "account where has contact", 0, "contact__account", "SCAN t1");
  assert_plan (db, "contact trashed sort modified_at desc", 200, "contact__trash", "TEMP B-TREE");
  kontor_db_free (db);
}

/* Lists of any length: SQLite bounds how deep an expression may be. */
static void
test_long_list (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  static const char *const fields[] = { "name",       "number", "account",
                                        "birth_date", "tags",   "last_contact" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const KontorFieldDef *field = kontor_record_type_find_field (&kontor_contact_type, fields[i]);
      KontorFilter *filter = kontor_filter_new_compare (field, KONTOR_OP_IN, NULL);
      g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);
      g_autoptr(GError) error = NULL;

      for (guint k = 0; k < KONTOR_FILTER_MAX_VALUES; k++)
        {
          g_autofree char *value = g_strdup_printf ("20%02u-01-01", k % 100);

          kontor_filter_add_value (filter, value);
        }
      kontor_query_take_filter (query, filter);
      g_assert_cmpint (kontor_query_count (db, query, &error), ==, 0);
      g_assert_no_error (error);
    }
  kontor_db_free (db);
}

static void
test_many_conditions (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  g_autoptr(GString) text = g_string_new ("contact where ");
  g_autoptr(KontorQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < KONTOR_FILTER_MAX_NODES; i++)
    g_string_append_printf (text, "%scity=a", i == 0 ? "" : i % 2 == 0 ? " and " : " or ");
  query = parse (db, text->str);
  g_assert_cmpint (kontor_query_count (db, query, &error), ==, 0);
  g_assert_no_error (error);
  kontor_db_free (db);
}

/* --- Mistakes ------------------------------------------------------------------------------- */

static void
refuse (KontorDb *db, const char *text, KontorErrorCode code, const char *field, const char *says)
{
  g_autoptr(KontorQuery) query = parse (db, text);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rids = kontor_query_run (db, query, 0, &error);

  g_assert_null (rids);
  g_assert_nonnull (error);
  g_test_message ("%s: %s", text, error->message);
  g_assert_true (kontor_error_is (error, code));
  g_assert_cmpstr (kontor_error_get_detail (error)->field, ==, field);
  if (says != NULL)
    g_assert_nonnull (strstr (error->message, says));
}

static void
test_mistakes (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);

  refuse (db, "account where employees=many", KONTOR_ERROR_INVALID, "employees", "many");
  refuse (db, "account where employees~1", KONTOR_ERROR_INVALID, "employees", "~");
  refuse (db, "contact where birth_date=soon", KONTOR_ERROR_INVALID, "birth_date", "soon");
  refuse (db, "contact where birth_date>today-", KONTOR_ERROR_INVALID, "birth_date", NULL);
  refuse (db, "contact where birth_date>today-9999999", KONTOR_ERROR_INVALID, "birth_date", NULL);
  refuse (db, "contact where last_contact>2026-13-01", KONTOR_ERROR_INVALID, "last_contact", NULL);
  refuse (db, "contact where stage=nonsense", KONTOR_ERROR_INVALID, "stage", "after_sale");
  refuse (db, "account where industry=nonsense", KONTOR_ERROR_INVALID, "industry", "software");
  refuse (db, "account where revenue>lots", KONTOR_ERROR_INVALID, "revenue", "lots");
  refuse (db, "contact where country=Nowhere", KONTOR_ERROR_INVALID, "country", "Nowhere");
  refuse (db, "contact where country<DE", KONTOR_ERROR_INVALID, "country", "<");
  refuse (db, "contact where owner<Anna", KONTOR_ERROR_INVALID, "owner", "<");
  refuse (db, "contact where tags>=VIP", KONTOR_ERROR_INVALID, "tags", ">=");
  refuse (db, "contact where do_not_contact=perhaps", KONTOR_ERROR_INVALID, "do_not_contact", NULL);
  refuse (db, "contact where name ~ \"\"", KONTOR_ERROR_INVALID, "name", "is empty");
  refuse (db, "contact where city in (a, \" \")", KONTOR_ERROR_INVALID, "city", "is empty");
  refuse (db, "account_contact where reports_to=Anna", KONTOR_ERROR_INVALID, "reports_to", "Anna");
  refuse (db, "contact where account.employees=x", KONTOR_ERROR_INVALID, "employees", "x");
  refuse (db, "contact where has activity (at=x)", KONTOR_ERROR_INVALID, "at", "x");
  kontor_db_free (db);
}

static void
test_unsortable (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  g_autoptr(KontorQuery) query = parse (db, "contact sort tags");
  g_autoptr(GError) error = NULL;

  g_assert_null (kontor_query_run (db, query, 0, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
  g_assert_false (kontor_query_can_walk (db, query));
  kontor_db_free (db);
}

/* A custom field that is gone, and one of another type: an error, not SQL that fails. */
static void
test_strange_fields (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  g_autoptr(KontorSchema) schema = kontor_schema_new ();
  KontorId id = { { 9 } };
  const KontorFieldDef *custom = kontor_schema_add_custom_field (schema,
                                                                 "contact",
                                                                 &id,
                                                                 "Gone",
                                                                 KONTOR_FIELD_TEXT,
                                                                 KONTOR_FIELD_FLAG_NONE,
                                                                 NULL,
                                                                 NULL,
                                                                 NULL,
                                                                 NULL);
  const KontorFieldDef *foreign = kontor_field_by_id (KONTOR_ACCOUNT_EMPLOYEES);
  const KontorFieldDef *strange[] = { custom, foreign };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(KontorQuery) filtered = kontor_query_new (&kontor_contact_type);
      g_autoptr(KontorQuery) sorted = kontor_query_new (&kontor_contact_type);
      g_autoptr(GError) error = NULL;

      kontor_query_take_filter (filtered,
                                kontor_filter_new_compare (strange[i], KONTOR_OP_EQ, "1"));
      kontor_query_add_sort (sorted, strange[i], FALSE);
      g_assert_null (kontor_query_run (db, filtered, 0, &error));
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_NOT_FOUND));
      g_clear_error (&error);
      g_assert_null (kontor_query_run (db, sorted, 0, &error));
      g_assert_true (kontor_error_is (error, KONTOR_ERROR_NOT_FOUND));
    }
  kontor_db_free (db);
}

/* --- Rights --------------------------------------------------------------------------------- */

static void
assert_denied (KontorDb *db, const char *text, gboolean denied)
{
  g_autoptr(KontorQuery) query = parse (db, text);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rids = kontor_query_run (db, query, 0, &error);

  g_test_message ("%s", text);
  if (denied)
    g_assert_true (kontor_error_is (error, KONTOR_ERROR_DENIED));
  else
    g_assert_no_error (error);
  g_assert_true (denied == (rids == NULL));
}

static void
test_rights (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db = kontor_db_open_for_test (NULL, env);
  g_autoptr(GError) error = NULL;

  assert_denied (db, "contact where birth_date<today sort birth_date", FALSE);
  kontor_access_parse ("{\"contacts\":\"r\",\"mask\":{\"contacts\":\"no_sensitive\"}}",
                       &db->access,
                       &error);
  g_assert_no_error (error);
  assert_denied (db, "contact where city=a sort name", FALSE);
  assert_denied (db, "contact where birth_date<today", TRUE);
  assert_denied (db, "contact where not birth_date is empty", TRUE);
  assert_denied (db, "contact where birth_date is empty", TRUE);
  assert_denied (db, "contact sort birth_date", TRUE);
  assert_denied (db, "contact where has consumer_profile (income_band is empty)", TRUE);
  assert_denied (db, "contact where has activity", TRUE);
  assert_denied (db, "contact where owner.number=1", TRUE);
  assert_denied (db, "employee", TRUE);
  assert_denied (db, "tag sort name", FALSE);
  kontor_db_free (db);
}

/* --- Values are values ---------------------------------------------------------------------- */

static void
test_injection (void)
{
  static const char *const values[] = { "'; DROP TABLE contact; --",
                                        "\" OR 1=1 --",
                                        "%",
                                        "_",
                                        "*",
                                        "?1",
                                        "\\",
                                        "a\x01"
                                        "b" };
  QueryWorld world;

  query_world_set_up (&world, 20);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (int op = KONTOR_OP_EQ; op <= KONTOR_OP_IN; op++)
      {
        static const char *const fields[] = { "name", "number", "position", "account", "tags" };

        for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
          {
            g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);
            const KontorFieldDef *field =
              kontor_record_type_find_field (&kontor_contact_type, fields[k]);

            if (k >= 3 && op >= KONTOR_OP_LT && op <= KONTOR_OP_GE)
              continue;
            kontor_query_take_filter (query,
                                      kontor_filter_new_compare (field,
                                                                 (KontorFilterOp) op,
                                                                 values[i]));
            check_query (&world, query);
          }
      }
  query_world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  g_test_add_func ("/query-sql/filters", test_filters);
  g_test_add_func ("/query-sql/sorts", test_sorts);
  g_test_add_func ("/query-sql/only-some", test_only_some);
  g_test_add_func ("/query-sql/plans", test_plans);
  g_test_add_func ("/query-sql/more-plans", test_more_plans);
  g_test_add_func ("/query-sql/long-list", test_long_list);
  g_test_add_func ("/query-sql/many-conditions", test_many_conditions);
  g_test_add_func ("/query-sql/mistakes", test_mistakes);
  g_test_add_func ("/query-sql/unsortable", test_unsortable);
  g_test_add_func ("/query-sql/strange-fields", test_strange_fields);
  g_test_add_func ("/query-sql/rights", test_rights);
  g_test_add_func ("/query-sql/injection", test_injection);
  return g_test_run ();
}
