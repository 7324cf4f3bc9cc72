/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selected rows stay selected by record while the list is sorted, changed and narrowed. */
#include "config.h"

#include "kontor-ranges.h"
#include "kontor-selection.h"
#include "list-fixture.h"
#include <string.h>

typedef struct
{
  Watch *watch;
  KontorSelection *selection;
  guint n_told;
} Chosen;

static void
told_cb (GtkSelectionModel *model, guint position, guint n, Chosen *chosen)
{
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (position + n, <=, g_list_model_get_n_items (G_LIST_MODEL (model)));
  chosen->n_told++;
}

static Chosen *
chosen_new (Fixture *fixture, const char *names)
{
  Chosen *chosen = g_new0 (Chosen, 1);
  g_auto(GStrv) each = g_strsplit (names, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    fixture_commit_new (fixture, fixture_new_contact (each[i]));
  chosen->watch = watch_new (fixture, "contact sort name");
  chosen->selection = kontor_selection_new (chosen->watch->model);
  g_signal_connect (chosen->selection, "selection-changed", G_CALLBACK (told_cb), chosen);
  return chosen;
}

static void
chosen_free (Chosen *chosen)
{
  g_object_unref (chosen->selection);
  watch_free (chosen->watch);
  g_free (chosen);
}

/* The names of the selected people, in order. */
static void
chosen_expect (Chosen *chosen, const char *expected)
{
  g_autoptr(GArray) rids = kontor_selection_get_rids (chosen->selection);
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (chosen->selection));

  for (guint i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (chosen->selection), i))
      {
        g_autoptr(KontorListRow) row = watch_hold (chosen->watch, i);
        g_autofree char *title = kontor_record_dup_title (kontor_list_row_get_record (row));

        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", title);
      }
  g_assert_cmpstr (names->str, ==, expected);
  g_assert_cmpuint (rids->len, ==, kontor_selection_get_n_selected (chosen->selection));
}

static void
choose (Chosen *chosen, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (chosen->selection), position, FALSE);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  Chosen *chosen = chosen_new (fixture, "Anna Boris Clara Dora");
  GtkSelectionModel *model = GTK_SELECTION_MODEL (chosen->selection);

  g_assert_cmpuint (kontor_selection_get_first (chosen->selection), ==, GTK_INVALID_LIST_POSITION);
  choose (chosen, 1);
  choose (chosen, 3);
  chosen_expect (chosen, "Boris Dora");
  g_assert_cmpuint (kontor_selection_get_first (chosen->selection), ==, 1);
  g_assert_cmpuint (chosen->n_told, ==, 2);

  choose (chosen, 3); /* is selected already */
  g_assert_cmpuint (chosen->n_told, ==, 2);
  gtk_selection_model_unselect_item (model, 1);
  chosen_expect (chosen, "Dora");
  gtk_selection_model_select_all (model);
  chosen_expect (chosen, "Anna Boris Clara Dora");
  gtk_selection_model_select_item (model, 2, TRUE);
  chosen_expect (chosen, "Clara");
  gtk_selection_model_unselect_all (model);
  chosen_expect (chosen, "");
  chosen_free (chosen);
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  Chosen *chosen = chosen_new (fixture, "Boris Clara Dora");
  KontorId id;

  choose (chosen, 1);
  id = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  watch_expect (chosen->watch, "Anna Boris Clara Dora");
  chosen_expect (chosen, "Clara");
  fixture_commit_trash (fixture, &kontor_contact_type, &id);
  watch_expect (chosen->watch, "Boris Clara Dora");
  chosen_expect (chosen, "Clara");
  chosen_free (chosen);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  Chosen *chosen = chosen_new (fixture, "Anna Boris Clara Dora");

  choose (chosen, 0);
  choose (chosen, 1);
  watch_set_query (chosen->watch, "contact sort name desc");
  watch_expect (chosen->watch, "Dora Clara Boris Anna");
  chosen_expect (chosen, "Boris Anna");
  chosen_free (chosen);
}

/* What a filter takes away is no longer selected: nobody changes what they can't see. */
static void
test_narrowed (Fixture *fixture, gconstpointer data)
{
  Chosen *chosen = chosen_new (fixture, "Anna Boris Clara");

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (chosen->selection));
  watch_set_query (chosen->watch, "contact where name=\"Boris\" sort name");
  watch_expect (chosen->watch, "Boris");
  chosen_expect (chosen, "Boris");
  watch_set_query (chosen->watch, "contact sort name");
  watch_expect (chosen->watch, "Anna Boris Clara");
  chosen_expect (chosen, "Boris");
  watch_set_query (chosen->watch, "contact where name=\"Nobody\" sort name");
  watch_expect (chosen->watch, "");
  watch_set_query (chosen->watch, "contact sort name");
  watch_expect (chosen->watch, "Anna Boris Clara");
  chosen_expect (chosen, "");
  chosen_free (chosen);
}

#define N_POSITIONS 40

static void
assert_ranges (const KontorRanges *ranges, const gboolean *plain, guint n)
{
  guint n_ranges, size = 0;
  const KontorRange *each = kontor_ranges_get (ranges, &n_ranges);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (kontor_ranges_contain (ranges, i), ==, plain[i]);
      size += plain[i] ? 1 : 0;
    }
  g_assert_cmpuint (kontor_ranges_get_size (ranges), ==, size);
  for (guint i = 0; i < n_ranges; i++)
    {
      g_assert_cmpuint (each[i].first, <, each[i].end);
      if (i > 0)
        g_assert_cmpuint (each[i - 1].end, <, each[i].first);
    }
}

static void
assert_difference (const KontorRanges *a, const KontorRanges *b)
{
  guint first, last, expected_first = 0, expected_last = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < 4 * N_POSITIONS; i++)
    if (kontor_ranges_contain (a, i) != kontor_ranges_contain (b, i))
      {
        expected_first = any ? expected_first : i;
        expected_last = i;
        any = TRUE;
      }
  g_assert_cmpint (kontor_ranges_find_difference (a, b, &first, &last), ==, any);
  if (any)
    {
      g_assert_cmpuint (first, ==, expected_first);
      g_assert_cmpuint (last, ==, expected_last);
    }
}

/* Random changes beside an array of booleans. */
static void
test_ranges (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(KontorRanges) ranges = kontor_ranges_new ();
      gboolean plain[4 * N_POSITIONS] = { FALSE };
      guint n = N_POSITIONS;

      for (guint change = 0; change < 20; change++)
        {
          g_autoptr(KontorRanges) before = kontor_ranges_copy (ranges);
          guint first = (guint) g_test_rand_int_range (0, (int) n + 1);
          guint length = (guint) g_test_rand_int_range (0, (int) (n - first) + 1);
          guint added = (guint) g_test_rand_int_range (0, 4);
          gboolean contained = g_test_rand_bit ();

          if (g_test_rand_bit () || n > 3 * N_POSITIONS)
            {
              kontor_ranges_set (ranges, first, first + length, contained);
              for (guint i = first; i < first + length; i++)
                plain[i] = contained;
            }
          else
            {
              kontor_ranges_splice (ranges, first, length, added);
              memmove (plain + first + added,
                       plain + first + length,
                       (n - first - length) * sizeof *plain);
              n = n - length + added;
              for (guint i = first; i < first + added; i++)
                plain[i] = FALSE;
            }
          assert_ranges (ranges, plain, n);
          assert_difference (before, ranges);
        }
    }
}

/* Any set and mask, as GTK's contract has it. */
static void
test_masks (Fixture *fixture, gconstpointer data)
{
  Chosen *chosen = chosen_new (fixture, "Anna Boris Clara Dora Emma");
  g_autoptr(GtkBitset) wanted = gtk_bitset_new_empty (), mask = gtk_bitset_new_empty ();

  gtk_bitset_add (wanted, 0);
  gtk_bitset_add (wanted, 2);
  gtk_bitset_add_range (wanted, 4, 100);
  gtk_bitset_add_range (mask, 0, 100);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (chosen->selection), wanted, mask);
  chosen_expect (chosen, "Anna Clara Emma");
  gtk_bitset_remove_all (wanted);
  gtk_bitset_remove_all (mask);
  gtk_bitset_add (mask, 0);
  gtk_bitset_add (mask, 3);
  gtk_bitset_add (wanted, 3);
  gtk_bitset_add (wanted, 1);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (chosen->selection), wanted, mask);
  chosen_expect (chosen, "Clara Dora Emma");
  chosen_free (chosen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

#define ADD(name, test) \
  g_test_add ("/app/selection/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("choose", test_choose);
  ADD ("live", test_live);
  ADD ("sort", test_sort);
  ADD ("narrowed", test_narrowed);
  ADD ("masks", test_masks);
  g_test_add_func ("/app/selection/ranges", test_ranges);
  return g_test_run ();
}
