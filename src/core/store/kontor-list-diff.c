/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two orders of rows, as few and small edits: a view that is told so keeps its
 * place and its selection. E. Myers, An O(ND) Difference Algorithm and Its Variations (1986), for
 * what is left between the common beginning and end; rids are unique, so that it is nearly linear.
 * Done on a worker's thread, for arrays of any length. */
#include "config.h"

#include "kontor-list-private.h"
#include <string.h>

/* Single insertions and removals that are looked for; beyond, the middle is replaced as a whole. */
#define MAX_D 1000
/* Edits that are told; of more, those with the least between them become one. */
#define MAX_EDITS 64
/* Rows that may move before the order of telling matters less than the length of the list. */
#define MAX_MOVES 64
/* How many rows at the beginning are tried as the one that stays. */
#define MAX_ANCHORS 16

#define UNREACHABLE (-1)

typedef struct
{
  const gint64 *a, *b;
  int n, m;
  int *furthest; /* x on diagonal k at [k + MAX_D + 1] */
  GArray *trace; /* (element-type int): .furthest from -d to d, for each d */
} Myers;

static int
get_furthest (const Myers *myers, int k)
{
  return myers->furthest[k + MAX_D + 1];
}

/* Whether diagonal @k is best reached by going down (inserting); *@x is where that leads. */
static gboolean
goes_down (const Myers *myers, int d, int k, int *x)
{
  int above = k < d ? get_furthest (myers, k + 1) : UNREACHABLE;
  int left = k > -d ? get_furthest (myers, k - 1) : UNREACHABLE;
  gboolean can_go_down = above != UNREACHABLE && above - k <= myers->m;
  gboolean can_go_right = left != UNREACHABLE && left + 1 <= myers->n;

  if (can_go_down && (!can_go_right || above > left))
    {
      *x = above;
      return TRUE;
    }
  *x = can_go_right ? left + 1 : UNREACHABLE;
  return FALSE;
}

/* One more edit on every diagonal; TRUE when both ends are reached. */
static gboolean
advance (Myers *myers, int d)
{
  gboolean done = FALSE;

  for (int k = -d; k <= d; k += 2)
    {
      int x = 0;

      if (d > 0)
        goes_down (myers, d, k, &x);
      while (x != UNREACHABLE && x < myers->n && x - k < myers->m && myers->a[x] == myers->b[x - k])
        x++;
      myers->furthest[k + MAX_D + 1] = x;
      done = done || (x == myers->n && x - k == myers->m);
    }
  g_array_append_vals (myers->trace, &myers->furthest[-d + MAX_D + 1], (guint) (2 * d + 1));
  return done;
}

static void
restore (Myers *myers, int d)
{
  guint start = (guint) (d * d); /* the sum of 2i+1 for i < d */

  memcpy (&myers->furthest[-d + MAX_D + 1],
          &g_array_index (myers->trace, int, start),
          (gsize) (2 * d + 1) * sizeof (int));
}

/* An edit before those that were found, or part of the first of them. */
static void
prepend (GArray *reversed, guint x, guint y, gboolean added)
{
  KontorEdit *last =
    reversed->len > 0 ? &g_array_index (reversed, KontorEdit, reversed->len - 1) : NULL;
  KontorEdit edit = { .from = x, .removed = added ? 0 : 1, .to = y, .added = added ? 1 : 0 };

  if (last != NULL && last->from == x + edit.removed && last->to == y + edit.added)
    {
      last->from = x;
      last->to = y;
      last->removed += edit.removed;
      last->added += edit.added;
      return;
    }
  g_array_append_val (reversed, edit);
}

static GArray *
trace_back (Myers *myers, int d, guint offset)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (KontorEdit));
  int x = myers->n, y = myers->m;

  for (; d > 0; d--)
    {
      int k = x - y, start;
      gboolean down;

      restore (myers, d - 1);
      down = goes_down (myers, d, k, &start);
      x = down ? start : start - 1;
      y = x - (down ? k + 1 : k - 1);
      prepend (edits, offset + (guint) x, offset + (guint) y, down);
    }
  for (guint i = 0; i < edits->len / 2; i++)
    {
      KontorEdit *left = &g_array_index (edits, KontorEdit, i);
      KontorEdit *right = &g_array_index (edits, KontorEdit, edits->len - 1 - i);
      KontorEdit swap = *left;

      *left = *right;
      *right = swap;
    }
  return edits;
}

static GArray *
find_edits (const gint64 *a, guint n, const gint64 *b, guint m, guint offset)
{
  Myers myers = { .a = a, .b = b, .n = (int) n, .m = (int) m };
  GArray *edits = NULL;

  if (MAX (n, m) - MIN (n, m) > MAX_D || n > G_MAXINT / 2 || m > G_MAXINT / 2)
    return NULL;
  myers.furthest = g_new (int, 2 * MAX_D + 3);
  for (guint i = 0; i < 2 * MAX_D + 3; i++)
    myers.furthest[i] = UNREACHABLE;
  myers.trace = g_array_new (FALSE, FALSE, sizeof (int));
  for (int d = 0; edits == NULL && d <= MAX_D; d++)
    if (advance (&myers, d))
      edits = trace_back (&myers, d, offset);
  g_array_unref (myers.trace);
  g_free (myers.furthest);
  return edits;
}

/* --- Fewer edits ---------------------------------------------------------------------------- */

static guint
gap_before (GArray *edits, guint i)
{
  const KontorEdit *last = &g_array_index (edits, KontorEdit, i - 1);

  return g_array_index (edits, KontorEdit, i).from - (last->from + last->removed);
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return left < right ? 1 : left > right ? -1 : 0;
}

/* The gap that stays between two edits is larger than what is returned, or @n_equal of that size.
 */
static guint
find_least_gap (GArray *edits, guint *n_equal)
{
  g_autofree guint *gaps = g_new (guint, edits->len);
  guint least;

  for (guint i = 1; i < edits->len; i++)
    gaps[i - 1] = gap_before (edits, i);
  qsort (gaps, edits->len - 1, sizeof (guint), compare_gaps);
  least = gaps[MAX_EDITS - 2];
  *n_equal = 0;
  for (guint i = MAX_EDITS - 1; i-- > 0 && gaps[i] == least;)
    (*n_equal)++;
  return least;
}

static void
merge_edits (GArray *edits)
{
  guint n_equal, n = 1, least;

  if (edits->len <= MAX_EDITS)
    return;
  least = find_least_gap (edits, &n_equal);
  for (guint i = 1; i < edits->len; i++)
    {
      KontorEdit edit = g_array_index (edits, KontorEdit, i);
      KontorEdit *last = &g_array_index (edits, KontorEdit, n - 1);
      guint gap = edit.from - (last->from + last->removed);

      if (gap > least || (gap == least && n_equal > 0))
        {
          n_equal -= gap == least;
          g_array_index (edits, KontorEdit, n++) = edit;
          continue;
        }
      last->removed += gap + edit.removed;
      last->added += gap + edit.added;
    }
  g_array_set_size (edits, n);
}

/* --- Replacing all -------------------------------------------------------------------------- */

static GArray *
replace_middle (guint offset, guint n, guint m)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (KontorEdit));
  KontorEdit edit = { offset, n, offset, m };

  g_array_append_val (edits, edit);
  return edits;
}

static gboolean
replaces_all (GArray *edits, KontorRids *from, KontorRids *to)
{
  const KontorEdit *edit = &g_array_index (edits, KontorEdit, 0);

  return edits->len == 1 && edit->removed == from->n && edit->added == to->n && from->n == to->n;
}

/* "Everything was replaced by as many" tells a view nothing: one row stays, the first of the new
 * order that was there before, so that the view ends up at the beginning. Where none was, all rows
 * go before others come. */
static GArray *
replace_around (KontorRids *from, KontorRids *to)
{
  GArray *edits;
  KontorEdit edit = { from->n, 0, 0, to->n };

  for (guint j = 0; j < MIN (to->n, MAX_ANCHORS); j++)
    {
      guint i;

      if (!kontor_rids_find (from, to->rids[j], &i))
        continue;
      edits = replace_middle (0, i, j);
      edit = (KontorEdit){ i + 1, from->n - 1 - i, j + 1, to->n - 1 - j };
      g_array_append_val (edits, edit);
      return edits;
    }
  edits = replace_middle (0, from->n, 0);
  g_array_append_val (edits, edit);
  return edits;
}

/* --- Stages --------------------------------------------------------------------------------- */

void
kontor_stage_free (gpointer data)
{
  KontorStage *stage = data;

  kontor_rids_unref (stage->rids);
  g_array_unref (stage->edits);
  g_free (stage);
}

static void
add_stage (GPtrArray *stages, KontorRids *rids, GArray *edits)
{
  KontorStage *stage = g_new0 (KontorStage, 1);

  stage->rids = kontor_rids_ref (rids);
  stage->edits = g_array_ref (edits);
  g_ptr_array_add (stages, stage);
}

static void
add_edit (GArray *edits, guint from, guint removed, guint to, guint added)
{
  KontorEdit edit = { from, removed, to, added };

  if (removed > 0 || added > 0)
    g_array_append_val (edits, edit);
}

/* Removals first: who keeps rows by what they are has them back when they come again. */
static void
add_stages (GPtrArray *stages, KontorRids *from, KontorRids *to, GArray *edits)
{
  g_autoptr(KontorRids) between = kontor_rids_new ();
  g_autoptr(GArray) removals = g_array_new (FALSE, FALSE, sizeof (KontorEdit));
  g_autoptr(GArray) additions = g_array_new (FALSE, FALSE, sizeof (KontorEdit));
  guint kept = 0;

  kontor_rids_reserve (between, from->n);
  for (guint i = 0; i < edits->len; i++)
    {
      const KontorEdit *edit = &g_array_index (edits, KontorEdit, i);

      kontor_rids_append (between, from->rids + kept, edit->from - kept);
      kept = edit->from + edit->removed;
      add_edit (removals, edit->from, edit->removed, between->n, 0);
      add_edit (additions, between->n, 0, edit->to, edit->added);
    }
  kontor_rids_append (between, from->rids + kept, from->n - kept);
  if (removals->len > 0)
    add_stage (stages, between, removals);
  if (additions->len > 0)
    add_stage (stages, to, additions);
}

/* Few rows that move are taken out before they are put in; with many the list would be short for a
 * moment. */
static gboolean
goes_in_one (GArray *edits)
{
  guint removed = 0, added = 0;

  for (guint i = 0; i < edits->len; i++)
    {
      removed += g_array_index (edits, KontorEdit, i).removed;
      added += g_array_index (edits, KontorEdit, i).added;
    }
  return edits->len == 1 || removed == 0 || added == 0 || removed > MAX_MOVES;
}

/**
 * kontor_rids_diff:
 * @from: the order that is shown
 * @to: the one that is to be shown
 *
 * Returns: (transfer full) (element-type KontorStage): what leads from one to the other, nothing
 *   where they are the same
 */
GPtrArray *
kontor_rids_diff (KontorRids *from, KontorRids *to)
{
  GPtrArray *stages = g_ptr_array_new_with_free_func (kontor_stage_free);
  g_autoptr(GArray) edits = NULL;
  guint start = 0, end = 0, n, m;

  if (from == to)
    return stages;
  while (start < from->n && start < to->n && from->rids[start] == to->rids[start])
    start++;
  while (end < from->n - start && end < to->n - start &&
         from->rids[from->n - 1 - end] == to->rids[to->n - 1 - end])
    end++;
  n = from->n - start - end;
  m = to->n - start - end;
  if (n == 0 && m == 0)
    return stages;
  if (n > 0 && m > 0)
    edits = find_edits (from->rids + start, n, to->rids + start, m, start);
  if (edits != NULL)
    merge_edits (edits);
  else
    edits = replace_middle (start, n, m);
  if (replaces_all (edits, from, to))
    {
      g_array_unref (edits);
      edits = replace_around (from, to);
    }
  if (goes_in_one (edits))
    add_stage (stages, to, edits);
  else
    add_stages (stages, from, to, edits);
  return stages;
}
