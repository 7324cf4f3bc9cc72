/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Very many checked rows as a list: shown by kind, decided one by one and all at once. */
#include "config.h"

#include "kontor-import-row-model.h"
#include "kontor-test.h"

#define N_ROWS 100000

/* Rows of all kinds in turn. */
static KontorImportCheck *
create_check (guint n)
{
  KontorImportCheck *check = g_new0 (KontorImportCheck, 1);

  g_atomic_ref_count_init (&check->refs);
  check->texts = g_string_chunk_new (16);
  check->rows = g_array_new (FALSE, FALSE, sizeof (KontorCheckedRow));
  check->n_new = check->n_update = check->n_known = check->n_duplicates = check->n_faulty = n / 5;
  for (guint i = 0; i < n; i++)
    {
      KontorCheckedRow row = { .line = i + 2, .verdict = i % 5, .title = "Ana" };

      if (row.verdict != KONTOR_VERDICT_NEW)
        row.record.b[0] = 1;
      row.other_line = row.verdict == KONTOR_VERDICT_DUPLICATE ? 2 : 0;
      g_array_append_val (check->rows, row);
    }
  return check;
}

static const KontorCheckedRow *
get_shown (KontorImportRowModel *model, guint position)
{
  g_autoptr(KontorImportRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  return kontor_import_row_get_checked (row);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n_changes)
{
  g_assert_cmpuint (position, ==, 0);
  (*n_changes)++;
}

static void
test_shown_by_kind (void)
{
  g_autoptr(KontorImportCheck) check = create_check (N_ROWS);
  g_autoptr(KontorImportRowModel) model = kontor_import_row_model_new ();
  guint n_changes = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (changed_cb), &n_changes);
  kontor_import_row_model_set_check (model, check, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, N_ROWS);
  kontor_import_row_model_show (model, KONTOR_ROWS_FAULTY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, N_ROWS / 5);
  g_assert_cmpuint (get_shown (model, N_ROWS / 5 - 1)->line, ==, N_ROWS + 1);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), N_ROWS / 5));
}

static void
test_decided (void)
{
  g_autoptr(KontorImportCheck) check = create_check (N_ROWS);
  g_autoptr(KontorImportRowModel) model = kontor_import_row_model_new ();
  g_autoptr(KontorImportOptions) options = kontor_import_options_new ();
  guint64 counts[KONTOR_N_ROWS];
  KontorImportDecision decision;
  KontorId record;

  kontor_import_row_model_set_check (model, check, TRUE);
  kontor_import_row_model_show (model, KONTOR_ROWS_DUPLICATE);
  kontor_import_row_model_choose_shown (model, KONTOR_CHOICE_FILL);
  kontor_import_row_model_choose (model, get_shown (model, 0), KONTOR_CHOICE_SKIP);
  kontor_import_row_model_choose (model, get_shown (model, 1), KONTOR_CHOICE_NONE);
  kontor_import_row_model_count (model, counts);
  g_assert_cmpuint (counts[KONTOR_ROWS_DUPLICATE], ==, 1);
  g_assert_cmpuint (counts[KONTOR_ROWS_KNOWN], ==, N_ROWS / 5 + 1);
  g_assert_cmpuint (counts[KONTOR_ROWS_UPDATE], ==, 2 * N_ROWS / 5 - 2);
  g_assert_cmpuint (counts[KONTOR_ROWS_ALL], ==, N_ROWS);
  g_assert_cmpuint (kontor_import_row_model_count_decided (model, KONTOR_ROWS_DUPLICATE),
                    ==,
                    N_ROWS / 5 - 1);

  /* what an earlier row makes has no id yet */
  kontor_import_row_model_add_to (model, options);
  g_assert_true (
    kontor_import_options_get_decision (options, get_shown (model, 2)->line, &decision, &record));
  g_assert_cmpint (decision, ==, KONTOR_DECISION_FILL);
  g_assert_true (kontor_id_is_null (&record));
  g_assert_false (kontor_import_options_get_decision (options, 2, &decision, &record));
}

/* A choice stays with its line, and waits while the row is of a kind that can't have it. */
static void
test_kept (void)
{
  g_autoptr(KontorImportCheck) check = create_check (10);
  g_autoptr(KontorImportCheck) again = create_check (10);
  g_autoptr(KontorImportRowModel) model = kontor_import_row_model_new ();
  KontorCheckedRow *row = &g_array_index (again->rows, KontorCheckedRow, 1);
  const KontorCheckedRow *shown;

  kontor_import_row_model_set_check (model, check, TRUE);
  kontor_import_row_model_choose (model, get_shown (model, 1), KONTOR_CHOICE_OVERWRITE);
  kontor_import_row_model_set_check (model, again, TRUE);
  shown = get_shown (model, 1);
  g_assert_cmpint (kontor_import_row_model_get_choice (model, shown), ==, KONTOR_CHOICE_OVERWRITE);
  row->verdict = KONTOR_VERDICT_NEW;
  g_assert_cmpint (kontor_import_row_model_get_choice (model, shown), ==, KONTOR_CHOICE_NONE);
  row->verdict = KONTOR_VERDICT_KNOWN;
  g_assert_cmpint (kontor_import_row_model_get_choice (model, shown), ==, KONTOR_CHOICE_OVERWRITE);
  kontor_import_row_model_forget (model);
  g_assert_cmpint (kontor_import_row_model_get_choice (model, shown), ==, KONTOR_CHOICE_NONE);
}

static void
test_what_may_be_chosen (void)
{
  /* by verdict: nothing, create, fill, overwrite, skip */
  static const gboolean may[][KONTOR_N_CHOICES] = {
    [KONTOR_VERDICT_NEW] = { TRUE, FALSE, FALSE, FALSE, TRUE },
    [KONTOR_VERDICT_UPDATE] = { TRUE, TRUE, TRUE, TRUE, TRUE },
    [KONTOR_VERDICT_KNOWN] = { TRUE, TRUE, TRUE, TRUE, TRUE },
    [KONTOR_VERDICT_DUPLICATE] = { TRUE, FALSE, TRUE, TRUE, TRUE },
    [KONTOR_VERDICT_FAULTY] = { FALSE, FALSE, FALSE, FALSE, FALSE },
  };
  g_autoptr(KontorImportCheck) check = create_check (5);
  g_autoptr(KontorImportRowModel) model = kontor_import_row_model_new ();

  kontor_import_row_model_set_check (model, check, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (may); i++)
    for (int choice = 0; choice < KONTOR_N_CHOICES; choice++)
      g_assert_cmpint (kontor_import_row_model_may_choose (model, get_shown (model, i), choice),
                       ==,
                       may[i][choice]);
  /* a line that says its id stays that record */
  kontor_import_row_model_set_check (model, check, FALSE);
  g_assert_false (
    kontor_import_row_model_may_choose (model, get_shown (model, 1), KONTOR_CHOICE_CREATE));
  g_assert_false (
    kontor_import_row_model_may_choose (model, get_shown (model, 0), KONTOR_CHOICE_SKIP));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import-rows/shown-by-kind", test_shown_by_kind);
  g_test_add_func ("/import-rows/decided", test_decided);
  g_test_add_func ("/import-rows/kept", test_kept);
  g_test_add_func ("/import-rows/what-may-be-chosen", test_what_may_be_chosen);
  return g_test_run ();
}
