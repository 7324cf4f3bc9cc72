/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace to import into, and imports of texts in one call. */
#include "config.h"

#include "import-fixture.h"
#include <string.h>

void
import_fixture_set_up (ImportFixture *fixture, gconstpointer data)
{
  const KontorInit init = { .name = "Test",
                            .user_name = "Tester",
                            .country = "DE",
                            .currency = "EUR" };
  g_autoptr(GError) error = NULL;

  kontor_test_dir_set_up (&fixture->dir);
  fixture->path = kontor_test_dir_path (&fixture->dir, "w.kontor");
  fixture->workspace = kontor_workspace_create (fixture->path, &init, NULL, &error);
  g_assert_no_error (error);
}

static void
forget_last (ImportFixture *fixture)
{
  g_clear_pointer (&fixture->result, kontor_import_result_free);
  g_clear_error (&fixture->error);
}

void
import_fixture_tear_down (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  forget_last (fixture);
  if (fixture->workspace != NULL)
    {
      g_assert_true (kontor_workspace_close (fixture->workspace, &error));
      g_assert_no_error (error);
      g_clear_object (&fixture->workspace);
    }
  g_free (fixture->path);
  kontor_test_dir_tear_down (&fixture->dir);
}

static KontorImportSource *
open_source (ImportFixture *fixture, const char *bytes, gsize length)
{
  g_autoptr(GInputStream) stream =
    g_memory_input_stream_new_from_data (g_memdup2 (bytes, length), (gssize) length, g_free);
  const char *name = fixture->name != NULL ? fixture->name : "file.csv";

  return kontor_import_source_new_for_stream (stream, name, NULL, NULL);
}

static KontorImportMap *
make_map (ImportFixture *fixture,
          KontorSchema *schema,
          KontorInspection *inspection,
          GError **error)
{
  const KontorRecordType *type = inspection->type;
  KontorImportMap *map;

  if (fixture->type != NULL)
    type = kontor_record_type_by_name (fixture->type);
  if (inspection->kind != KONTOR_FILE_CSV)
    return fixture->type != NULL ? kontor_import_map_new (schema, type, NULL, 0) : NULL;
  g_assert_nonnull (type);
  map = kontor_import_map_guess (schema, type, inspection);
  if (fixture->map != NULL)
    {
      g_auto(GStrv) assignments = g_strsplit (fixture->map, ";", -1);

      for (char **at = assignments; *at != NULL; at++)
        {
          kontor_import_map_assign (map, *at, error);
          g_assert_no_error (*error);
        }
    }
  return map;
}

static KontorImportOptions *
take_options (ImportFixture *fixture)
{
  KontorImportOptions *options =
    fixture->options != NULL ? g_steal_pointer (&fixture->options) : kontor_import_options_new ();

  options->mode = fixture->mode;
  options->key = g_strdup (fixture->key);
  fixture->mode = KONTOR_IMPORT_SKIP;
  fixture->key = NULL;
  fixture->type = NULL;
  fixture->map = NULL;
  fixture->name = NULL;
  return options;
}

KontorImportJob *
prepare_source (ImportFixture *fixture, KontorImportSource *source)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(KontorInspection) inspection = NULL;
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(KontorImportOptions) options = NULL;

  forget_last (fixture);
  inspection = kontor_inspect (source, schema, NULL, NULL, &fixture->error);
  if (inspection != NULL)
    map = make_map (fixture, schema, inspection, &fixture->error);
  options = take_options (fixture);
  if (inspection == NULL)
    return NULL;
  return kontor_import_job_new (fixture->workspace, source, inspection, map, options);
}

KontorImportJob *
prepare_text (ImportFixture *fixture, const char *text)
{
  g_autoptr(KontorImportSource) source = open_source (fixture, text, strlen (text));

  return prepare_source (fixture, source);
}

static KontorImportResult *
run (ImportFixture *fixture, KontorImportJob *job)
{
  if (job == NULL)
    return NULL;
  fixture->result = kontor_import_job_run (job, NULL, NULL, NULL, &fixture->error);
  g_assert_true ((fixture->result == NULL) == (fixture->error != NULL));
  return fixture->result;
}

KontorImportResult *
import_bytes (ImportFixture *fixture, const char *bytes, gsize length)
{
  g_autoptr(KontorImportSource) source = open_source (fixture, bytes, length);
  g_autoptr(KontorImportJob) job = prepare_source (fixture, source);

  return run (fixture, job);
}

KontorImportResult *
import_file (ImportFixture *fixture, const char *path)
{
  g_autoptr(KontorImportSource) source = NULL;
  g_autoptr(KontorImportJob) job = NULL;

  forget_last (fixture);
  source = kontor_import_source_new_for_path (path, NULL, &fixture->error);
  if (source == NULL)
    return NULL;
  job = prepare_source (fixture, source);
  return run (fixture, job);
}

KontorImportResult *
import_text (ImportFixture *fixture, const char *text)
{
  return import_bytes (fixture, text, strlen (text));
}

KontorImportCheck *
check_text (ImportFixture *fixture, const char *text)
{
  g_autoptr(KontorImportSource) source = open_source (fixture, text, strlen (text));
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(KontorInspection) inspection = NULL;
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(KontorImportOptions) options = NULL;
  KontorImportCheck *check;

  forget_last (fixture);
  inspection = kontor_inspect (source, schema, NULL, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  map = make_map (fixture, schema, inspection, &fixture->error);
  options = take_options (fixture);
  check = kontor_import_check (fixture->workspace,
                               source,
                               inspection,
                               map,
                               options,
                               NULL,
                               NULL,
                               NULL,
                               &fixture->error);
  g_assert_no_error (fixture->error);
  return check;
}

KontorInspection *
inspect_bytes (ImportFixture *fixture,
               const char *bytes,
               gsize length,
               const KontorInspectHints *hints)
{
  g_autoptr(KontorImportSource) source = open_source (fixture, bytes, length);
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  KontorInspection *inspection;

  forget_last (fixture);
  inspection = kontor_inspect (source, schema, hints, NULL, &fixture->error);
  g_assert_true ((inspection == NULL) == (fixture->error != NULL));
  kontor_import_options_free (take_options (fixture));
  return inspection;
}

KontorImportMap *
guess_text (ImportFixture *fixture, const char *text)
{
  g_autoptr(KontorImportSource) source = open_source (fixture, text, strlen (text));
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (fixture->workspace);
  g_autoptr(KontorInspection) inspection = NULL;
  g_autoptr(GError) error = NULL;
  KontorImportMap *map;

  inspection = kontor_inspect (source, schema, NULL, NULL, &error);
  g_assert_no_error (error);
  map = make_map (fixture, schema, inspection, &error);
  kontor_import_options_free (take_options (fixture));
  return map;
}

static gboolean
append_row (guint n,
            const char *const *names,
            const char *const *texts,
            const int *types,
            gpointer data)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, ';');
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", texts[i] != NULL ? texts[i] : "-");
  return TRUE;
}

char *
import_sql (ImportFixture *fixture, const char *sql)
{
  g_autoptr(GError) error = NULL;
  GString *out = g_string_new (NULL);

  kontor_workspace_sql (fixture->workspace, sql, append_row, out, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

void
import_assert_sound (ImportFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems =
    kontor_workspace_check (fixture->workspace, FALSE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

const KontorImportProblem *
import_get_problem (ImportFixture *fixture, guint i)
{
  GPtrArray *problems;

  g_assert_nonnull (fixture->result);
  problems = kontor_import_report_get_problems (fixture->result->report);
  g_assert_cmpuint (i, <, problems->len);
  return g_ptr_array_index (problems, i);
}

void
import_print_problems (ImportFixture *fixture)
{
  GPtrArray *problems = kontor_import_report_get_problems (fixture->result->report);

  for (guint i = 0; i < problems->len; i++)
    {
      const KontorImportProblem *problem = g_ptr_array_index (problems, i);

      g_test_message ("line %u: %s", (guint) problem->line, problem->reason);
    }
}

char *
export_to_text (KontorExport *export)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_assert_true (kontor_export_write (export, stream, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

char *
export_all (ImportFixture *fixture, KontorQueryScope scope)
{
  g_autoptr(KontorExport) export = kontor_export_new (fixture->workspace, KONTOR_EXPORT_JSON);

  kontor_export_add_all (export, scope);
  return export_to_text (export);
}

char *
export_csv (ImportFixture *fixture, const KontorRecordType *type)
{
  g_autoptr(KontorExport) export = kontor_export_new (fixture->workspace, KONTOR_EXPORT_CSV);
  g_autoptr(KontorQuery) query = kontor_query_new (type);

  kontor_export_add_query (export, query);
  return export_to_text (export);
}

void
import_lines (ImportFixture *fixture, const char *text)
{
  fixture->name = "all.jsonl";
  import_text (fixture, text);
}
