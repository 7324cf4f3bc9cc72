/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CSV file through the rows of an import. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-import-rows-private.h"
#include "kontor-import-run-private.h"
#include <glib/gi18n-lib.h>

/* With so many rows, against those that are there, building the indexes anew is the cheaper way. */
#define BULK_ROWS 2000
/* Asking for one row costs as much as reading so many in one pass. */
#define ASK_COST 50

static gint64
count_existing (KontorImportRun *run, const KontorRecordType *type)
{
  g_autoptr(KontorQuery) query = kontor_query_new (type);

  return MAX (0, kontor_workspace_count (run->workspace, query, run->cancellable, NULL));
}

/* While an import has no indexes nothing can be looked up that it has not read before. */
static gboolean
fail_surplus (KontorImportRun *run, const KontorCsvRow *row, guint column, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", column + 1);
  GError *local = kontor_error_new (
    KONTOR_EXCHANGE_ERROR,
    KONTOR_ERROR_INVALID,
    ngettext ("The row has more cells than the table, which has %u column. Is a quote missing?",
              "The row has more cells than the table, which has %u columns. Is a quote missing?",
              run->inspection->columns->len),
    run->inspection->columns->len);

  kontor_error_set_line (local, row->line);
  kontor_error_set_column (local, number);
  kontor_error_set_value (local, row->cells[column]);
  g_propagate_error (error, local);
  return FALSE;
}

/* Cells beyond the columns shift the row: nobody knows what belongs where. */
static gboolean
check_width (KontorImportRun *run, const KontorCsvRow *row, GError **error)
{
  for (guint i = run->inspection->columns->len; i < row->n_cells; i++)
    if (*row->cells[i] != '\0')
      return fail_surplus (run, row, i, error);
  return TRUE;
}

static gboolean
take_row (KontorImportRun *run,
          KontorImportRows *rows,
          const KontorCsvRow *row,
          GError *bad,
          GError **error)
{
  g_autoptr(GError) problem = bad;

  if (problem == NULL && check_width (run, row, &problem))
    return kontor_import_rows_take (rows, row->line, row->cells, row->n_cells, error);
  kontor_import_report_edit_counts (run->report)->rows++;
  kontor_import_rows_refuse (rows, problem, row->line, row->cells, row->n_cells);
  return TRUE;
}

static gboolean
read_rows (KontorImportRun *run, KontorImportRows *rows, KontorCsvReader *reader, GError **error)
{
  guint64 n = 0;

  for (;; n++)
    {
      KontorCsvRow row;
      GError *local_error = NULL;
      KontorCsvStatus status =
        kontor_csv_reader_next (reader, &row, run->cancellable, &local_error);

      if (status == KONTOR_CSV_END)
        return TRUE;
      if (status == KONTOR_CSV_FAILED)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (!kontor_import_run_tick (run, n, kontor_csv_reader_get_bytes (reader), error))
        {
          g_clear_error (&local_error);
          return FALSE;
        }
      /* the header was looked at when the file was inspected */
      if (n == 0 && run->inspection->dialect.has_header)
        g_clear_error (&local_error);
      else if (!take_row (run, rows, &row, local_error, error))
        return FALSE;
    }
}

static void
warn_currency (KontorImportRun *run, KontorImportPlan *plan)
{
  g_autofree char *text = NULL;

  for (guint i = 0; plan->currency_guessed && i < plan->n_cells; i++)
    if (plan->cells[i].field != NULL && plan->cells[i].field->kind == KONTOR_FIELD_MONEY)
      {
        text = g_strdup_printf (
          /* Translators: %s is a currency code */
          _("Neither the file nor the workspace names a currency: amounts were taken as %s."),
          plan->currency);
        kontor_import_report_add_warning (run->report, text);
        return;
      }
}

/* Read wrongly they would look right. */
static void
warn_dates (KontorImportRun *run)
{
  int column = kontor_import_map_find_unclear_date (run->map, run->inspection);
  KontorDateOrder order;
  g_autofree char *text = NULL;

  if (column < 0)
    return;
  order = kontor_import_map_get_date_order (run->map, (guint) column);
  if (order == KONTOR_DATE_ORDER_UNKNOWN)
    order = kontor_date_order_of_locale ();
  text = g_strdup_printf (
    order == KONTOR_DATE_ORDER_MDY
      /* Translators: name of a column */
      ? _("“%s”: days and months can't be told apart; the month was taken to stand first.")
      : _("“%s”: days and months can't be told apart; the day was taken to stand first."),
    kontor_import_map_get_column (run->map, (guint) column));
  kontor_import_report_add_warning (run->report, text);
}

static KontorImportPlan *
make_plan (KontorImportRun *run)
{
  g_autofree char *currency = run->options->currency != NULL
                                ? g_strdup (run->options->currency)
                                : kontor_workspace_dup_currency (run->workspace);
  KontorImportPlan *plan = kontor_import_plan_new (run->map, currency);

  kontor_import_plan_learn (plan, run->inspection->sample);
  warn_currency (run, plan);
  warn_dates (run);
  return plan;
}

static gboolean
check_role (KontorImportRun *run, GError **error)
{
  KontorSchema *schema = kontor_import_map_get_schema (run->map);
  const char *role = run->options->role;

  if (role == NULL || kontor_schema_find_pick (schema, "party_role", role) != NULL)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    _("There is no business role “%s”."),
                    role);
  return FALSE;
}

/**
 * kontor_import_run_table:
 * @run: a run over a CSV file
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set: nothing more can be done
 */
gboolean
kontor_import_run_table (KontorImportRun *run, GError **error)
{
  const KontorRecordType *type = kontor_import_map_get_record_type (run->map);
  guint64 n_rows = run->inspection->n_rows;
  guint64 existing = (guint64) count_existing (run, type);
  gboolean bulk =
    kontor_import_options_only_adds (run->options) && n_rows >= BULK_ROWS && n_rows * 2 >= existing;
  g_autoptr(KontorImportPlan) plan = NULL;
  g_autoptr(KontorImportRows) rows = NULL;
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(KontorCsvReader) reader = NULL;

  if (!kontor_import_map_check (run->map, error) || !check_role (run, error))
    return FALSE;
  plan = make_plan (run);
  rows = kontor_import_rows_new (run->workspace,
                                 plan,
                                 run->options,
                                 run->report,
                                 bulk || n_rows * ASK_COST >= existing,
                                 error);
  stream = rows != NULL ? kontor_import_source_open (run->source, error) : NULL;
  if (stream == NULL)
    return FALSE;
  reader = kontor_csv_reader_new (stream, &run->inspection->dialect, error);
  if (reader == NULL)
    return FALSE;
  kontor_csv_reader_set_name (reader, kontor_import_source_get_name (run->source));
  run->bulk = bulk;
  rows->write = run->write;
  rows->begin = kontor_import_run_begin;
  rows->begin_data = run;
  rows->seen = run->seen;
  rows->seen_data = run->seen_data;
  return read_rows (run, rows, reader, error) && kontor_import_rows_finish (rows, error);
}
