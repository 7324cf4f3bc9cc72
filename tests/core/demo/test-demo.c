/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo generator: the same from the same seed, whole counts, sound and plausible. */
#include "config.h"

#include "kontor-demo.h"
#include "kontor-model.h"
#include "kontor-test.h"
#include <string.h>

#define NOW G_GINT64_CONSTANT (1760000000000) /* 2025-10-09 */

typedef struct
{
  KontorTestDir dir;
  char *path;
  KontorEnv *env;
  KontorWorkspace *workspace;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  kontor_model_init ();
  kontor_test_dir_set_up (&fixture->dir);
  fixture->path = kontor_test_dir_path (&fixture->dir, "demo.kontor");
  fixture->env = kontor_env_new_seeded (7, NOW);
  fixture->workspace = kontor_workspace_create (fixture->path, NULL, fixture->env, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  kontor_workspace_close (fixture->workspace, NULL);
  g_clear_object (&fixture->workspace);
  kontor_env_unref (fixture->env);
  g_free (fixture->path);
  kontor_test_dir_tear_down (&fixture->dir);
}

static void
fill (Fixture *fixture, guint64 seed, guint contacts, guint accounts, const char *language)
{
  KontorDemoOptions options = { .seed = seed,
                                .contacts = contacts,
                                .accounts = accounts,
                                .language = language,
                                .now_ms = NOW };
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_demo_fill (fixture->workspace, &options, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static gint64
count (Fixture *fixture, const char *text)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorQuery) query = kontor_query_parse (schema, text, &error);
  gint64 n;

  g_assert_no_error (error);
  n = kontor_workspace_count (fixture->workspace, query, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static gint64
count_trashed (Fixture *fixture, const KontorRecordType *type)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  g_autoptr(GError) error = NULL;
  gint64 n;

  kontor_query_set_scope (query, KONTOR_QUERY_TRASHED);
  n = kontor_workspace_count (fixture->workspace, query, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static void
assert_sound (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems =
    kontor_workspace_check (fixture->workspace, FALSE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All records of a type as text, in the order of their ids; without the times the store sets. */
static char *
dump (Fixture *fixture, const KontorRecordType *type)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rids = kontor_workspace_query (fixture->workspace, query, 0, NULL, &error);
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);

  g_assert_no_error (error);
  records = kontor_workspace_fetch (fixture->workspace,
                                    type,
                                    (gint64 *) (gpointer) rids->data,
                                    rids->len,
                                    KONTOR_READ_DEFAULT,
                                    &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      g_autoptr(GString) line = g_string_new (NULL);
      char id[KONTOR_ID_TEXT_SIZE];

      kontor_id_format (kontor_record_get_id (record), id);
      g_string_append (line, id);
      for (guint j = 0; j < n_fields; j++)
        {
          g_auto(KontorValue) value = KONTOR_VALUE_INIT;
          g_autofree char *text = NULL;
          guint position = fields[j]->id & 0xff;

          if (fields[j]->kind == KONTOR_FIELD_TAGS || position >= KONTOR_COMMON_CREATED_AT)
            continue;
          kontor_record_get_value (record, fields[j], &value);
          if (value.type != KONTOR_VALUE_NULL)
            text = kontor_value_to_text (fields[j], &value);
          g_string_append_printf (line, "|%s", text != NULL ? text : "");
        }
      g_ptr_array_add (lines, g_string_free (g_steal_pointer (&line), FALSE));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  fill (fixture, 1, 120, 40, data);
  g_assert_cmpint (count (fixture, "account"), ==, 40);
  g_assert_cmpint (count (fixture, "contact") + count_trashed (fixture, &kontor_contact_type),
                   ==,
                   120);
  g_assert_cmpint (count_trashed (fixture, &kontor_contact_type), >, 0);
  g_assert_cmpint (count (fixture, "employee"), ==, 14);
  g_assert_cmpint (count (fixture, "employee where manager is empty"), ==, 1);
  g_assert_cmpint (count (fixture, "team where leader is empty"), ==, 0);
  g_assert_cmpint (count (fixture, "contact where owner is empty"), ==, 0);
  g_assert_cmpint (count (fixture, "contact where main_mail is empty"), ==, 0);
  g_assert_cmpint (count (fixture, "account where city is empty"), ==, 0);
  g_assert_cmpint (count (fixture, "account where industry is empty"), ==, 0);
  g_assert_cmpint (count (fixture, "contact where account is empty"), <=, 10);
  g_assert_cmpint (count (fixture, "contact where tags=VIP"), >, 0);
  g_assert_cmpint (count (fixture, "activity where kind=call"), >, 10);
  g_assert_cmpint (count (fixture, "activity where kind=note"), >, 10);
  g_assert_cmpint (count (fixture, "activity where kind=task and state=open"), >, 3);
  g_assert_cmpint (count (fixture, "need"), >, 3);
  g_assert_cmpint (count (fixture, "party_relation"), >, 0);
  g_assert_cmpint (count (fixture, "consent"), >, 3);
  g_assert_cmpint (count (fixture, "verification"), >, 3);
  assert_sound (fixture);
}

static void
test_same_seed (Fixture *fixture, gconstpointer data)
{
  const KontorRecordType *types[] = { &kontor_account_type,  &kontor_contact_type,
                                      &kontor_address_type,  &kontor_contact_point_type,
                                      &kontor_employee_type, &kontor_activity_type };
  Fixture other = { 0 };

  set_up (&other, NULL);
  fill (fixture, 5, 60, 20, "en");
  fill (&other, 5, 60, 20, "en");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *first = dump (fixture, types[i]);
      g_autofree char *second = dump (&other, types[i]);

      g_assert_cmpstr (first, ==, second);
    }
  tear_down (&other, NULL);
}

static void
test_other_seed (Fixture *fixture, gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  set_up (&other, NULL);
  fill (fixture, 5, 60, 20, "en");
  fill (&other, 6, 60, 20, "en");
  first = dump (fixture, &kontor_contact_type);
  second = dump (&other, &kontor_contact_type);
  g_assert_cmpstr (first, !=, second);
  tear_down (&other, NULL);
}

static void
test_views_parse (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSchema) schema = NULL;
  g_autoptr(KontorQuery) all = kontor_query_new (&kontor_saved_view_type);
  g_autoptr(GArray) rids = NULL;
  g_autoptr(GPtrArray) views = NULL;
  g_autoptr(GError) error = NULL;

  fill (fixture, 1, 10, 5, data);
  schema = kontor_workspace_ref_schema (fixture->workspace);
  rids = kontor_workspace_query (fixture->workspace, all, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, >=, 3);
  views = kontor_workspace_fetch (fixture->workspace,
                                  &kontor_saved_view_type,
                                  (gint64 *) (gpointer) rids->data,
                                  rids->len,
                                  KONTOR_READ_DEFAULT,
                                  &error);
  g_assert_no_error (error);
  for (guint i = 0; i < views->len; i++)
    {
      const char *text =
        kontor_record_get_text (g_ptr_array_index (views, i), KONTOR_SAVED_VIEW_QUERY);
      g_autoptr(KontorQuery) query = kontor_query_parse (schema, text, &error);

      g_assert_no_error (error);
      g_assert_nonnull (query);
      kontor_workspace_count (fixture->workspace, query, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_times (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_activity_type);
  g_autoptr(GArray) rids = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  guint n_future = 0;

  fill (fixture, 3, 200, 50, "en");
  rids = kontor_workspace_query (fixture->workspace, query, 0, NULL, &error);
  g_assert_no_error (error);
  records = kontor_workspace_fetch (fixture->workspace,
                                    &kontor_activity_type,
                                    (gint64 *) (gpointer) rids->data,
                                    rids->len,
                                    KONTOR_READ_DEFAULT,
                                    &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      const char *due = kontor_record_get_text (record, KONTOR_ACTIVITY_DUE);

      if (!kontor_record_is_null (record, KONTOR_ACTIVITY_AT))
        g_assert_cmpint (kontor_record_get_integer (record, KONTOR_ACTIVITY_AT), <=, NOW);
      if (g_strcmp0 (kontor_record_get_text (record, KONTOR_ACTIVITY_STATE), "open") == 0 &&
          g_strcmp0 (due, "2025-10-09") > 0)
        n_future++;
    }
  g_assert_cmpuint (n_future, >, 3);
}

static void
test_bulk (Fixture *fixture, gconstpointer data)
{
  g_autoptr(KontorSearchResult) result = NULL;
  g_autoptr(GError) error = NULL;

  fill (fixture, 2, 5200, 900, "mixed");
  g_assert_cmpint (count (fixture, "account"), ==, 900);
  g_assert_cmpint (count (fixture, "contact") + count_trashed (fixture, &kontor_contact_type),
                   ==,
                   5200);
  result = kontor_workspace_search (fixture->workspace, "Екатерина", NULL, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->hits->len, >, 0);
  assert_sound (fixture);
}

static void
cancel_cb (guint64 done, guint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  KontorDemoOptions options = { .seed = 1, .contacts = 3000, .accounts = 500, .now_ms = NOW };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (
    kontor_demo_fill (fixture->workspace, &options, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, "account"), ==, 0);
  g_assert_cmpint (count (fixture, "contact"), ==, 0);
  g_assert_cmpint (count (fixture, "tag"), ==, 0);
}

static void
test_bad_options (Fixture *fixture, gconstpointer data)
{
  KontorDemoOptions none = { .contacts = 0, .accounts = 1 };
  KontorDemoOptions many = { .contacts = G_MAXUINT, .accounts = 1 };
  KontorDemoOptions klingon = { .contacts = 1, .accounts = 1, .language = "tlh" };
  g_autoptr(GError) error = NULL;

  g_assert_false (kontor_demo_fill (fixture->workspace, &none, NULL, NULL, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_LIMIT));
  g_clear_error (&error);
  g_assert_false (kontor_demo_fill (fixture->workspace, &many, NULL, NULL, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_LIMIT));
  g_clear_error (&error);
  g_assert_false (kontor_demo_fill (fixture->workspace, &klingon, NULL, NULL, NULL, &error));
  g_assert_true (kontor_error_is (error, KONTOR_ERROR_INVALID));
}

/* One person and one organisation, more organisations than people: no division by nothing. */
static void
test_small (Fixture *fixture, gconstpointer data)
{
  fill (fixture, 1, 1, 1, "en");
  fill (fixture, 2, 3, 10, "ru");
  g_assert_cmpint (count (fixture, "account"), ==, 11);
  g_assert_cmpint (count (fixture, "contact"), ==, 4);
}

/* --- CSV -------------------------------------------------------------------------------------- */

static char *
write_csv (guint64 seed, guint contacts, guint accounts, const char *language)
{
  KontorDemoOptions options = { .seed = seed,
                                .contacts = contacts,
                                .accounts = accounts,
                                .language = language,
                                .now_ms = NOW };
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_demo_write_csv (stream, &options, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (stream, NULL, &error));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static guint
count_cells (const char *line)
{
  gboolean quoted = FALSE;
  guint n = 1;

  for (const char *p = line; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      if (*p == ',' && !quoted)
        n++;
    }
  g_assert_false (quoted);
  return n;
}

static void
test_csv (void)
{
  g_autofree char *text = write_csv (1, 1000, 100, "mixed");
  g_autofree char *again = write_csv (1, 1000, 100, "mixed");
  g_autofree char *other = write_csv (2, 1000, 100, "mixed");
  g_auto(GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_autoptr(GHashTable) mails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (text, ==, again);
  g_assert_cmpstr (text, !=, other);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (g_strv_length (lines), ==, 1002); /* header, rows, the end */
  for (guint i = 0; i < 1001; i++)
    g_assert_cmpuint (count_cells (lines[i]), ==, 20);
  g_assert_true (g_str_has_prefix (lines[0], "first_name,last_name,organisation,"));
  for (guint i = 1; i < 1001; i++)
    {
      const char *at = strchr (lines[i], '@');

      g_assert_nonnull (at);
      g_hash_table_add (mails, g_strndup (at - 12, 24));
    }
  g_assert_cmpuint (g_hash_table_size (mails), >, 900);
}

static void
test_csv_companies (void)
{
  g_autofree char *text = write_csv (1, 20000, 20000, "en");
  g_auto(GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_autoptr(GHashTable) sites = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      char *site = strstr (lines[i], "https://www.");

      if (site == NULL)
        continue;
      site[strcspn (site, ",")] = '\0';
      n++;
      g_hash_table_add (sites, site);
    }
  /* no two organisations are called the same */
  g_assert_cmpuint (n, >, 15000);
  g_assert_cmpuint (g_hash_table_size (sites), ==, n);
}

static void
test_csv_stopped (void)
{
  KontorDemoOptions options = { .seed = 1, .contacts = 100000, .accounts = 20000 };
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (
    kontor_demo_write_csv (stream, &options, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, data, function) \
  g_test_add ("/demo/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("counts/en", "en", test_counts);
  ADD ("counts/ru", "ru", test_counts);
  ADD ("same-seed", NULL, test_same_seed);
  ADD ("other-seed", NULL, test_other_seed);
  ADD ("views-parse/en", "en", test_views_parse);
  ADD ("views-parse/ru", "ru", test_views_parse);
  ADD ("times", NULL, test_times);
  ADD ("bulk", NULL, test_bulk);
  ADD ("cancel", NULL, test_cancel);
  ADD ("bad-options", NULL, test_bad_options);
  ADD ("small", NULL, test_small);
  g_test_add_func ("/demo/csv", test_csv);
  g_test_add_func ("/demo/csv-companies", test_csv_companies);
  g_test_add_func ("/demo/csv-stopped", test_csv_stopped);
  return g_test_run ();
}
