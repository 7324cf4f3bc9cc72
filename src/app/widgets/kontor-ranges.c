/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges are sorted, not empty, and never touch each other. */
#include "config.h"

#include "kontor-ranges.h"

struct _KontorRanges
{
  GArray *ranges; /* (element-type KontorRange) */
};

/**
 * kontor_ranges_new:
 *
 * Returns: (transfer full): an empty set
 */
KontorRanges *
kontor_ranges_new (void)
{
  KontorRanges *self = g_new0 (KontorRanges, 1);

  self->ranges = g_array_new (FALSE, FALSE, sizeof (KontorRange));
  return self;
}

/**
 * kontor_ranges_copy:
 * @ranges: a set
 *
 * Returns: (transfer full): the same positions
 */
KontorRanges *
kontor_ranges_copy (const KontorRanges *ranges)
{
  KontorRanges *copy = kontor_ranges_new ();

  g_array_append_vals (copy->ranges, ranges->ranges->data, ranges->ranges->len);
  return copy;
}

/**
 * kontor_ranges_free:
 * @ranges: (transfer full): a set
 */
void
kontor_ranges_free (KontorRanges *ranges)
{
  g_array_unref (ranges->ranges);
  g_free (ranges);
}

/**
 * kontor_ranges_get:
 * @ranges: a set
 * @n: (out): how many ranges
 *
 * Returns: (array length=n): the ranges, until the set changes
 */
const KontorRange *
kontor_ranges_get (const KontorRanges *ranges, guint *n)
{
  *n = ranges->ranges->len;
  return (const KontorRange *) ranges->ranges->data;
}

/**
 * kontor_ranges_get_size:
 * @ranges: a set
 *
 * Returns: how many positions are in it
 */
guint
kontor_ranges_get_size (const KontorRanges *ranges)
{
  guint n, size = 0;
  const KontorRange *each = kontor_ranges_get (ranges, &n);

  for (guint i = 0; i < n; i++)
    size += each[i].end - each[i].first;
  return size;
}

/* The first range that ends behind @position. */
static guint
find (const KontorRanges *ranges, guint position)
{
  guint low = 0, high = ranges->ranges->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (ranges->ranges, KontorRange, middle).end <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * kontor_ranges_contain:
 * @ranges: a set
 * @position: a position
 *
 * Returns: whether it is in the set
 */
gboolean
kontor_ranges_contain (const KontorRanges *ranges, guint position)
{
  guint i = find (ranges, position);

  return i < ranges->ranges->len &&
         g_array_index (ranges->ranges, KontorRange, i).first <= position;
}

/* Nothing of @first up to @end is in the set afterwards; where it would stand is returned. */
static guint
cut_out (KontorRanges *self, guint first, guint end)
{
  guint i = find (self, first), n_gone = 0;

  if (i < self->ranges->len && g_array_index (self->ranges, KontorRange, i).first < first)
    {
      KontorRange *range = &g_array_index (self->ranges, KontorRange, i);
      KontorRange rest = { end, range->end };

      range->end = first;
      i++;
      if (rest.end > rest.first)
        {
          g_array_insert_val (self->ranges, i, rest);
          return i;
        }
    }
  while (i + n_gone < self->ranges->len &&
         g_array_index (self->ranges, KontorRange, i + n_gone).end <= end)
    n_gone++;
  g_array_remove_range (self->ranges, i, n_gone);
  if (i < self->ranges->len && g_array_index (self->ranges, KontorRange, i).first < end)
    g_array_index (self->ranges, KontorRange, i).first = end;
  return i;
}

/* Ranges @i - 1 and @i are one where they touch. */
static void
join (KontorRanges *self, guint i)
{
  KontorRange *range;

  if (i == 0 || i >= self->ranges->len)
    return;
  range = &g_array_index (self->ranges, KontorRange, i - 1);
  if (range[0].end != range[1].first)
    return;
  range[0].end = range[1].end;
  g_array_remove_index (self->ranges, i);
}

/**
 * kontor_ranges_set:
 * @ranges: a set
 * @first: a position
 * @end: a position behind @first, not part of what is set
 * @contained: whether the positions are in the set afterwards
 */
void
kontor_ranges_set (KontorRanges *ranges, guint first, guint end, gboolean contained)
{
  KontorRange range = { first, end };
  guint i;

  if (first >= end)
    return;
  i = cut_out (ranges, first, end);
  if (!contained)
    return;
  g_array_insert_val (ranges->ranges, i, range);
  join (ranges, i + 1);
  join (ranges, i);
}

/**
 * kontor_ranges_splice:
 * @ranges: a set
 * @position: where positions go and come
 * @removed: how many go
 * @added: how many come, which are not in the set
 */
void
kontor_ranges_splice (KontorRanges *ranges, guint position, guint removed, guint added)
{
  guint i;

  /* an empty range is cut as well: what comes stands between its halves */
  i = cut_out (ranges, position, position + removed);
  for (guint j = i; j < ranges->ranges->len; j++)
    {
      KontorRange *range = &g_array_index (ranges->ranges, KontorRange, j);

      range->first += added - removed;
      range->end += added - removed;
    }
  if (added == 0)
    join (ranges, i);
}

/**
 * kontor_ranges_find_difference:
 * @a: a set
 * @b: another
 * @first: (out): the first position that is in one of them only
 * @last: (out): the last one
 *
 * Returns: %FALSE where they are equal
 */
gboolean
kontor_ranges_find_difference (const KontorRanges *a,
                               const KontorRanges *b,
                               guint *first,
                               guint *last)
{
  static const KontorRange none = { G_MAXUINT, G_MAXUINT }, before = { 0, 0 };
  guint n_a, n_b, i = 0, j = 0;
  const KontorRange *in_a = kontor_ranges_get (a, &n_a), *in_b = kontor_ranges_get (b, &n_b);
  const KontorRange *x, *y;

  while (i < n_a && i < n_b && in_a[i].first == in_b[i].first && in_a[i].end == in_b[i].end)
    i++;
  if (i == n_a && i == n_b)
    return FALSE;
  x = i < n_a ? &in_a[i] : &none;
  y = i < n_b ? &in_b[i] : &none;
  *first = x->first != y->first ? MIN (x->first, y->first) : MIN (x->end, y->end);
  while (j < n_a - i && j < n_b - i && in_a[n_a - 1 - j].first == in_b[n_b - 1 - j].first &&
         in_a[n_a - 1 - j].end == in_b[n_b - 1 - j].end)
    j++;
  x = j < n_a ? &in_a[n_a - 1 - j] : &before;
  y = j < n_b ? &in_b[n_b - 1 - j] : &before;
  *last = (x->end != y->end ? MAX (x->end, y->end) : MAX (x->first, y->first)) - 1;
  return TRUE;
}
