/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kontorctl import: CSV files, JSON lines and vCards into the workspace, each file as one step. */
#include "config.h"

#include "kontor-cli.h"
#include "kontor-csv-dialect.h"
#include "kontor-import-check.h"
#include "kontor-import-job.h"
#include "kontor-import-saved.h"
#include "kontor-model.h"
#include "kontor-number.h"
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* Faulty rows that are named; --errors writes them all. */
#define NAMED_PROBLEMS 20

typedef struct
{
  char *type_name;
  char *format;
  char *encoding;
  char *delimiter;
  gboolean header, no_header;
  char *update;
  char *key;
  char **maps;
  char *mapping;
  char *dates;
  char **tags;
  char *role;
  char *owner;
  char *currency;
  char *errors;
  gboolean dry_run;
  gboolean keep;
  gboolean view;
} Arguments;

static void
clear_arguments (Arguments *arguments)
{
  g_free (arguments->type_name);
  g_free (arguments->format);
  g_free (arguments->encoding);
  g_free (arguments->delimiter);
  g_free (arguments->update);
  g_free (arguments->key);
  g_strfreev (arguments->maps);
  g_free (arguments->mapping);
  g_free (arguments->dates);
  g_strfreev (arguments->tags);
  g_free (arguments->role);
  g_free (arguments->owner);
  g_free (arguments->currency);
  g_free (arguments->errors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

/* What all files of one command have in common. */
typedef struct
{
  KontorCli *cli;
  const Arguments *arguments;
  const KontorRecordType *type; /* (nullable): by the file */
  KontorInspectHints hints;
  KontorDateOrder date_order; /* unknown: by the file */
  KontorImportOptions *options;
  KontorRecord *mapping; /* (nullable) owned: a saved one */
} Import;

/* --- Options ---------------------------------------------------------------------------------- */

static gboolean
parse_mode (KontorCli *cli, const char *name, KontorImportMode *mode)
{
  static const char *const names[] = { [KONTOR_IMPORT_SKIP] = "skip",
                                       [KONTOR_IMPORT_FILL] = "fill",
                                       [KONTOR_IMPORT_OVERWRITE] = "overwrite",
                                       [KONTOR_IMPORT_ADD] = "add" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (name == NULL || g_str_equal (names[i], name))
      {
        *mode = (KontorImportMode) i;
        return TRUE;
      }
  kontor_cli_fail_usage (cli,
                         _("There is no way “%s” to update: it is skip, fill, overwrite or add."),
                         name);
  return FALSE;
}

static gboolean
parse_dates (Import *import)
{
  static const char *const names[] = { [KONTOR_DATE_ORDER_DMY] = "dmy",
                                       [KONTOR_DATE_ORDER_MDY] = "mdy",
                                       [KONTOR_DATE_ORDER_YMD] = "ymd" };
  const char *name = import->arguments->dates;

  for (guint i = KONTOR_DATE_ORDER_DMY; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      import->date_order = (KontorDateOrder) i;
  if (name == NULL || import->date_order != KONTOR_DATE_ORDER_UNKNOWN)
    return TRUE;
  kontor_cli_fail_usage (import->cli,
                         _("There is no order “%s” of dates: it is dmy, mdy or ymd."),
                         name);
  return FALSE;
}

static gboolean
parse_hints (Import *import)
{
  const Arguments *arguments = import->arguments;

  import->hints.encoding = arguments->encoding;
  if (arguments->header)
    import->hints.header = KONTOR_HEADER_YES;
  else if (arguments->no_header)
    import->hints.header = KONTOR_HEADER_NO;
  if (arguments->format != NULL)
    {
      import->hints.csv = g_str_equal (arguments->format, "csv");
      import->hints.json = g_str_equal (arguments->format, "json");
      import->hints.vcard = g_str_equal (arguments->format, "vcard");
      if (!import->hints.csv && !import->hints.json && !import->hints.vcard)
        {
          kontor_cli_fail_usage (import->cli,
                                 _("There is no format “%s”: it is csv, json or vcard."),
                                 arguments->format);
          return FALSE;
        }
    }
  if (arguments->delimiter == NULL ||
      kontor_csv_delimiter_from_text (arguments->delimiter, &import->hints.delimiter))
    return TRUE;
  kontor_cli_fail_usage (import->cli,
                         _("“%s” can't part columns: give one character, or “tab”."),
                         arguments->delimiter);
  return FALSE;
}

static gboolean
fill_options (Import *import)
{
  const Arguments *arguments = import->arguments;
  KontorImportOptions *options = import->options;
  g_autoptr(GError) error = NULL;

  options->key = g_strdup (arguments->key);
  options->tags = g_strdupv (arguments->tags);
  options->role = g_strdup (arguments->role);
  options->currency = g_strdup (arguments->currency);
  options->keep_view = arguments->view;
  if (arguments->owner == NULL || kontor_cli_resolve (import->cli,
                                                      kontor_record_type_by_name ("employee"),
                                                      arguments->owner,
                                                      KONTOR_QUERY_LIVE,
                                                      &options->owner,
                                                      &error))
    return TRUE;
  kontor_cli_fail (import->cli, error);
  return FALSE;
}

static gboolean
find_mapping (Import *import)
{
  g_autoptr(GError) error = NULL;
  KontorId id;

  if (import->arguments->mapping == NULL)
    return TRUE;
  if (kontor_cli_resolve (import->cli,
                          &kontor_import_mapping_type,
                          import->arguments->mapping,
                          KONTOR_QUERY_LIVE,
                          &id,
                          &error))
    import->mapping = kontor_workspace_get (import->cli->workspace,
                                            &kontor_import_mapping_type,
                                            &id,
                                            KONTOR_READ_DEFAULT,
                                            &error);
  if (import->mapping != NULL)
    return TRUE;
  kontor_cli_fail (import->cli, error);
  return FALSE;
}

/* --- One file --------------------------------------------------------------------------------- */

static KontorImportSource *
open_source (Import *import, const char *path, GError **error)
{
  g_autoptr(GInputStream) input = NULL;

  if (!g_str_equal (path, "-"))
    return kontor_import_source_new_for_path (path, import->cli->cancellable, error);
  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  /* Translators: name of what comes in by a pipe */
  return kontor_import_source_new_for_stream (input,
                                              _("standard input"),
                                              import->cli->cancellable,
                                              error);
}

static gboolean
fail_type (KontorImportSource *source, GError **error)
{
  kontor_set_error (error,
                    KONTOR_CLI_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("What the rows are can't be told. Say it by --type, such as --type "
                       "contact."));
  if (error != NULL)
    kontor_error_set_file (*error, kontor_import_source_get_name (source));
  return FALSE;
}

/* By the mapping that was saved, or by itself. */
static KontorImportMap *
map_columns (Import *import,
             const KontorRecordType *type,
             const KontorInspection *inspection,
             GError **error)
{
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  KontorImportMap *map;

  if (import->mapping == NULL)
    return kontor_import_map_guess (import->cli->schema, type, inspection);
  map =
    kontor_import_saved_make_map (import->mapping, import->cli->schema, inspection, lost, error);
  for (guint i = 0; i < lost->len; i++)
    kontor_cli_warn (import->cli,
                     _("The field that “%s” goes to is no longer there."),
                     (const char *) g_ptr_array_index (lost, i));
  return map;
}

/* Of JSON lines only the type of records that name none. */
static gboolean
make_map (Import *import,
          KontorImportSource *source,
          const KontorInspection *inspection,
          KontorImportMap **map,
          GError **error)
{
  const KontorRecordType *type = import->type != NULL ? import->type : inspection->type;

  *map = NULL;
  if (inspection->kind == KONTOR_FILE_JSON_LINES)
    {
      if (import->type != NULL)
        *map = kontor_import_map_new (import->cli->schema, import->type, NULL, 0);
      return TRUE;
    }
  if (inspection->kind == KONTOR_FILE_VCARD)
    return TRUE;
  if (type == NULL && import->mapping == NULL)
    return fail_type (source, error);
  *map = map_columns (import, type, inspection, error);
  if (*map == NULL)
    return FALSE;
  for (char **at = import->arguments->maps; at != NULL && *at != NULL; at++)
    if (!kontor_import_map_assign (*map, *at, error))
      return FALSE;
  if (import->date_order != KONTOR_DATE_ORDER_UNKNOWN)
    kontor_import_map_set_date_orders (*map, import->date_order);
  else
    kontor_import_map_guess_dates (*map, inspection);
  return TRUE;
}

/* Suppliers in a file of that name are suppliers. */
static KontorImportOptions *
dup_options (Import *import, const KontorInspection *inspection, KontorImportMap *map)
{
  KontorImportOptions *options = kontor_import_options_copy (import->options);

  if (options->role == NULL && map != NULL &&
      kontor_import_map_get_record_type (map) == inspection->type)
    options->role = g_strdup (inspection->role);
  return options;
}

static void
name_problems (Import *import, KontorImportReport *report)
{
  GPtrArray *problems = kontor_import_report_get_problems (report);
  GPtrArray *warnings = kontor_import_report_get_warnings (report);
  guint64 failed = kontor_import_report_get_counts (report)->failed;
  const char *file = kontor_import_report_get_file (report);

  for (guint i = 0; i < warnings->len; i++)
    kontor_cli_warn (import->cli, "%s: %s", file, (const char *) g_ptr_array_index (warnings, i));
  for (guint i = 0; i < MIN (problems->len, NAMED_PROBLEMS); i++)
    {
      const KontorImportProblem *problem = g_ptr_array_index (problems, i);

      kontor_cli_warn (import->cli,
                       "%s:%" G_GUINT64_FORMAT ": %s",
                       file,
                       problem->line,
                       problem->reason);
    }
  if (failed > NAMED_PROBLEMS)
    kontor_cli_warn (import->cli,
                     ngettext ("%s: %" PRIu64 " more row was left out.",
                               "%s: %" PRIu64 " more rows were left out.",
                               (gulong) (failed - NAMED_PROBLEMS)),
                     file,
                     failed - NAMED_PROBLEMS);
}

static int
save_errors (Import *import, KontorImportReport *report)
{
  g_autoptr(GError) error = NULL;

  if (import->arguments->errors == NULL || kontor_import_report_get_counts (report)->failed == 0)
    return KONTOR_CLI_OK;
  if (kontor_import_report_save_faulty (report,
                                        import->arguments->errors,
                                        import->cli->cancellable,
                                        &error))
    return KONTOR_CLI_OK;
  return kontor_cli_fail (import->cli, error);
}

static int
conclude (Import *import, KontorImportReport *report)
{
  int status;

  kontor_cli_flush (import->cli);
  name_problems (import, report);
  status = save_errors (import, report);
  if (status == KONTOR_CLI_OK && kontor_import_report_get_counts (report)->failed > 0)
    status = KONTOR_CLI_NOT_ALL;
  return status;
}

static int
look_at_file (Import *import,
              KontorImportSource *source,
              const KontorInspection *inspection,
              KontorImportMap *map,
              const KontorImportOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorImportCheck) check = NULL;

  kontor_cli_begin_progress (import->cli, _("Checking…"));
  check = kontor_import_check (import->cli->workspace,
                               source,
                               inspection,
                               map,
                               options,
                               kontor_cli_show_progress,
                               import->cli,
                               import->cli->cancellable,
                               &error);
  kontor_cli_end_progress (import->cli);
  if (check == NULL)
    return kontor_cli_fail (import->cli, error);
  /* Translators: a file and numbers of rows */
  kontor_cli_printf (import->cli,
                     _("%s: new %" PRIu64 ", to update %" PRIu64 ", known %" PRIu64
                        ", likely duplicates %" PRIu64 ", faulty %" PRIu64),
                     kontor_import_source_get_name (source),
                     check->n_new,
                     check->n_update,
                     check->n_known,
                     check->n_duplicates,
                     check->n_faulty);
  kontor_cli_print (import->cli, "\n");
  return conclude (import, check->report);
}

static void
progress_cb (const KontorImportState *state, gpointer data)
{
  KontorCli *cli = data;

  if (state->phase == KONTOR_IMPORT_READING)
    kontor_cli_begin_progress (cli, _("Importing…"));
  else if (state->phase == KONTOR_IMPORT_FINISHING)
    kontor_cli_begin_progress (cli, _("Building indexes…"));
  else
    kontor_cli_begin_progress (cli, _("Taking back…"));
  if (state->phase == KONTOR_IMPORT_READING)
    kontor_cli_show_progress (state->bytes, state->total_bytes, cli);
  else
    kontor_cli_show_progress ((guint64) (state->fraction * 1000), 1000, cli);
}

static void
keep_cb (GCancellable *cancellable, gpointer job)
{
  kontor_import_job_stop (job, TRUE);
}

static KontorImportResult *
run_job (Import *import, KontorImportJob *job, GError **error)
{
  GCancellable *cancellable = import->cli->cancellable;
  KontorImportResult *result;
  gulong handler;

  if (!import->arguments->keep)
    return kontor_import_job_run (job, progress_cb, import->cli, cancellable, error);
  handler =
    g_cancellable_connect (cancellable, G_CALLBACK (keep_cb), g_object_ref (job), g_object_unref);
  result = kontor_import_job_run (job, progress_cb, import->cli, NULL, error);
  g_cancellable_disconnect (cancellable, handler);
  return result;
}

static int
write_file (Import *import,
            KontorImportSource *source,
            KontorInspection *inspection,
            KontorImportMap *map,
            const KontorImportOptions *options)
{
  g_autoptr(KontorImportJob) job =
    kontor_import_job_new (import->cli->workspace, source, inspection, map, options);
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorImportResult) result = run_job (import, job, &error);
  const KontorImportCounts *counts;
  int status;

  kontor_cli_end_progress (import->cli);
  if (result == NULL)
    return kontor_cli_fail (import->cli, error);
  counts = kontor_import_report_get_counts (result->report);
  /* Translators: a file and numbers of rows */
  kontor_cli_printf (import->cli,
                     _("%s: created %" PRIu64 ", updated %" PRIu64 ", known %" PRIu64
                        ", left out %" PRIu64),
                     kontor_import_source_get_name (source),
                     counts->created,
                     counts->updated,
                     counts->skipped,
                     counts->failed);
  kontor_cli_print (import->cli, "\n");
  status = conclude (import, result->report);
  return result->stopped ? KONTOR_CLI_INTERRUPTED : status;
}

static int
import_file (Import *import, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorImportSource) source = open_source (import, path, &error);
  g_autoptr(KontorInspection) inspection = NULL;
  g_autoptr(KontorImportMap) map = NULL;
  g_autoptr(KontorImportOptions) options = NULL;

  if (source != NULL)
    inspection = kontor_inspect (source,
                                 import->cli->schema,
                                 &import->hints,
                                 import->cli->cancellable,
                                 &error);
  if (inspection == NULL || !make_map (import, source, inspection, &map, &error))
    return kontor_cli_fail (import->cli, error);
  options = dup_options (import, inspection, map);
  if (import->arguments->dry_run)
    return look_at_file (import, source, inspection, map, options);
  return write_file (import, source, inspection, map, options);
}

/* A file that can't be read ends the command: the next ones may build on it. */
static int
import_files (Import *import)
{
  int status = KONTOR_CLI_OK;

  for (guint i = 0; i < import->cli->n_args; i++)
    {
      int of_file = import_file (import, import->cli->args[i]);

      if (of_file != KONTOR_CLI_OK && of_file != KONTOR_CLI_NOT_ALL)
        return of_file;
      status = MAX (status, of_file);
    }
  return status;
}

/* --- The command ------------------------------------------------------------------------------ */

/* The faulty rows in the place of the file they come from would be all that is left of it. */
static gboolean
check_errors_file (KontorCli *cli, const Arguments *arguments)
{
  GStatBuf errors, source;

  if (arguments->errors == NULL)
    return TRUE;
  if (cli->n_args > 1)
    {
      kontor_cli_fail_usage (cli, _("--errors goes with one file at a time."));
      return FALSE;
    }
  if (g_stat (arguments->errors, &errors) != 0 || g_stat (cli->args[0], &source) != 0 ||
      errors.st_dev != source.st_dev || errors.st_ino != source.st_ino)
    return TRUE;
  kontor_cli_fail_usage (cli, _("--errors would replace the file that is imported."));
  return FALSE;
}

static int
run_with (KontorCli *cli, const Arguments *arguments)
{
  g_autoptr(KontorImportOptions) options = kontor_import_options_new ();
  Import import = { .cli = cli, .arguments = arguments, .options = options };
  int status;

  if (!check_errors_file (cli, arguments) || !parse_mode (cli, arguments->update, &options->mode) ||
      !parse_hints (&import) || !parse_dates (&import))
    return cli->status;
  if (arguments->type_name != NULL)
    {
      import.type = kontor_cli_find_type (cli, arguments->type_name);
      if (import.type == NULL)
        return cli->status;
    }
  if (arguments->currency != NULL && !kontor_currency_is_valid (arguments->currency))
    return kontor_cli_fail_usage (cli, _("There is no currency “%s”."), arguments->currency);
  if (!kontor_cli_open (cli, KONTOR_OPEN_DEFAULT) || !fill_options (&import) ||
      !find_mapping (&import))
    return cli->status;
  status = import_files (&import);
  g_clear_object (&import.mapping);
  return status;
}

#define TEXT(name, short_name, place, help, argument)               \
  {                                                                 \
    name, short_name, 0, G_OPTION_ARG_STRING, place, help, argument \
  }
#define FLAG(name, place, help)                      \
  {                                                  \
    name, 0, 0, G_OPTION_ARG_NONE, place, help, NULL \
  }
#define LIST(name, place, help, argument)                        \
  {                                                              \
    name, 0, 0, G_OPTION_ARG_STRING_ARRAY, place, help, argument \
  }

static int
run_import (KontorCli *cli)
{
  g_auto(Arguments) arguments = { 0 };
  const GOptionEntry entries[] = {
    TEXT ("type",
          't',
          &arguments.type_name,
          N_("What the rows are; else by the file"),
          N_("TYPE")),
    TEXT ("format",
          'f',
          &arguments.format,
          N_("csv, json (one record a line) or vcard"),
          N_("FORMAT")),
    TEXT ("encoding", 0, &arguments.encoding, N_("Encoding of the file"), N_("NAME")),
    TEXT ("delimiter", 0, &arguments.delimiter, N_("What parts the columns"), N_("CHARACTER")),
    FLAG ("header", &arguments.header, N_("The first row names the columns")),
    FLAG ("no-header", &arguments.no_header, N_("The first row is data")),
    LIST ("map",
          &arguments.maps,
          N_("Where a column goes; “-” leaves it out"),
          N_("COLUMN=FIELD")),
    TEXT ("mapping",
          0,
          &arguments.mapping,
          N_("A mapping of columns that was saved in the window"),
          N_("NAME")),
    TEXT ("dates",
          0,
          &arguments.dates,
          N_("What stands first in dates: dmy, mdy or ymd"),
          N_("ORDER")),
    TEXT ("update",
          0,
          &arguments.update,
          N_("What to do with known records: skip, fill, overwrite, or add all as new ones"),
          N_("WAY")),
    TEXT ("key", 0, &arguments.key, N_("The field by which records are known"), N_("FIELD")),
    LIST ("tag", &arguments.tags, N_("A tag for all records"), N_("NAME")),
    TEXT ("role",
          0,
          &arguments.role,
          N_("A business role for all, such as supplier"),
          N_("ROLE")),
    TEXT ("owner", 0, &arguments.owner, N_("Owner of new records"), N_("EMPLOYEE")),
    TEXT ("currency", 0, &arguments.currency, N_("Currency of amounts without one"), N_("CODE")),
    { "errors",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &arguments.errors,
      N_("Write rows that are left out to a CSV file, with the reason"),
      N_("FILE") },
    FLAG ("dry-run", &arguments.dry_run, N_("Only say what would be done")),
    FLAG ("view", &arguments.view, N_("Save a view of what is imported")),
    FLAG ("keep", &arguments.keep, N_("Interrupted, keep what is imported by then")),
    G_OPTION_ENTRY_NULL,
  };

  if (!kontor_cli_parse (cli,
                         KONTOR_CLI_TAKES_WORKSPACE | KONTOR_CLI_TAKES_FILES,
                         entries,
                         1,
                         G_MAXUINT))
    return cli->status;
  return run_with (cli, &arguments);
}

const KontorCliVerb kontor_cmd_import = {
  .name = "import",
  .arguments = N_("FILE|-…"),
  .summary = N_("Import CSV files, JSON lines or vCards"),
  .run = run_import,
};
