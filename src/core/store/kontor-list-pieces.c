/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits cut into pieces that a view digests in a few milliseconds each. GTK makes a widget for each
 * of some two hundred rows around the place that is seen, at once and in the middle of what tells
 * it that there are rows; so few of those come and go at a time, and the first screenful is painted
 * before the others come. Rows far from what is seen cost nothing, and go in one. */
#include "config.h"

#include "kontor-list-private.h"

/* A view that shows the beginning has widgets for less rows than NEAR; where there are enough rows,
 * for more than WIDGETS. */
#define NEAR 240
#define WIDGETS 200
#define SCREENFUL KONTOR_LIST_SCREENFUL
/* Making a widget costs four times as much as dropping one. */
#define MAX_ADDED 2
#define MAX_REMOVED 8
/* An edit of so few rows is told as it is. */
#define SMALL 4
/* Rows that go near what is seen, once those that are not have gone. */
#define MOST_NEAR (2 * NEAR)

/**
 * kontor_list_model_get_held:
 * @self: a model
 * @first: (out): position of the first row that somebody holds
 * @end: (out): behind the last one; @first where nobody holds any
 *
 * Where the rows are that have widgets.
 */
void
kontor_list_model_get_held (KontorListModel *self, guint *first, guint *end)
{
  GHashTableIter iter;
  gpointer row;

  *first = G_MAXUINT;
  *end = 0;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      guint position = kontor_list_row_get_hint (row);

      *first = MIN (*first, position);
      *end = MAX (*end, position + 1);
    }
  *end = MIN (*end, kontor_list_model_count (self));
  *first = MIN (*first, *end);
}

static void
add_piece (KontorListModel *self, KontorPiece piece)
{
  if (piece.removed > 0 || piece.added > 0)
    g_array_append_val (self->pieces, piece);
}

/* Some of the rows of @edit, from its beginning on; the old ones end at @tail_end. */
static void
cut_off (KontorListModel *self, KontorEdit *edit, guint tail_end, guint removed, guint added)
{
  KontorPiece piece = { .position = edit->to,
                        .removed = removed,
                        .added = added,
                        .n_head = edit->to + added,
                        .tail_start = edit->from + removed,
                        .tail_end = tail_end };

  edit->from += removed;
  edit->removed -= removed;
  edit->to += added;
  edit->added -= added;
  add_piece (self, piece);
}

static void
rest_after_screenful (KontorListModel *self, guint before, guint after)
{
  if (before < SCREENFUL && after >= SCREENFUL)
    g_array_index (self->pieces, KontorPiece, self->pieces->len - 1).rests = TRUE;
}

/* Whether a view has widgets for the rows at the beginning of @edit, or makes them. */
static gboolean
is_near (const KontorEdit *edit, guint first, guint end)
{
  if (end - first < WIDGETS)
    return edit->to < NEAR;
  return edit->from < end && edit->from + edit->removed >= first;
}

/* --- Many that go --------------------------------------------------------------------------- */

/* Which of the removed rows have widgets, and their neighbours, since rows that touch those move.
 */
static void
get_kept (KontorListModel *self, const KontorEdit *edit, guint *start, guint *end)
{
  guint first, last, behind = edit->from + edit->removed;

  kontor_list_model_get_held (self, &first, &last);
  if (first < NEAR)
    last = MAX (last, NEAR);
  *start = CLAMP (first, edit->from + 1, behind) - 1;
  *end = CLAMP (last + 1, *start, behind);
}

/* The old rows without those of @edit up to @start and from @end on. */
static KontorRids *
copy_without (const KontorRids *old, const KontorEdit *edit, guint start, guint end)
{
  guint behind = edit->from + edit->removed;
  KontorRids *rids = kontor_rids_new ();

  kontor_rids_reserve (rids, old->n);
  kontor_rids_append (rids, old->rids, edit->from);
  kontor_rids_append (rids, old->rids + start, end - start);
  kontor_rids_append (rids, old->rids + behind, old->n - behind);
  return rids;
}

static KontorStage *
split_edit (KontorListModel *self, KontorStage *stage, guint i, guint start, guint end)
{
  KontorEdit edit = g_array_index (stage->edits, KontorEdit, i);
  guint before = start - edit.from, after = edit.from + edit.removed - end;
  KontorEdit far[] = { { edit.from, before, edit.from, 0 }, { end, after, end - before, 0 } };
  KontorStage *first = g_new0 (KontorStage, 1);
  GArray *edits = g_array_copy (stage->edits);

  first->rids = copy_without (self->head, &edit, start, end);
  first->edits = g_array_new (FALSE, FALSE, sizeof (KontorEdit));
  for (guint k = 0; k < G_N_ELEMENTS (far); k++)
    if (far[k].removed > 0)
      g_array_append_val (first->edits, far[k]);
  g_array_index (edits, KontorEdit, i).removed -= before + after;
  for (guint k = i + 1; k < edits->len; k++)
    g_array_index (edits, KontorEdit, k).from -= before + after;
  g_array_unref (stage->edits);
  stage->edits = edits;
  return first;
}

/**
 * kontor_list_model_split_stage:
 * @self: a model that shows all of .head, and is to begin a stage
 * @stage: the stage
 *
 * Where many rows go, of which some have widgets, the widgets would be given row after row that
 * goes as well. Those without widgets go first, in one.
 *
 * Returns: (transfer full) (nullable): a stage that comes before @stage, which then leads on from
 * it
 */
KontorStage *
kontor_list_model_split_stage (KontorListModel *self, KontorStage *stage)
{
  for (guint i = 0; i < stage->edits->len; i++)
    {
      const KontorEdit *edit = &g_array_index (stage->edits, KontorEdit, i);
      guint first, last, start, end;

      if (edit->removed <= MOST_NEAR)
        continue;
      kontor_list_model_get_held (self, &first, &last);
      if (!is_near (edit, first, last))
        continue;
      get_kept (self, edit, &start, &end);
      if (edit->removed > end - start)
        return split_edit (self, stage, i, start, end);
    }
  return NULL;
}

/* --- Pieces --------------------------------------------------------------------------------- */

/**
 * kontor_list_model_cut_edits:
 * @self: a model that begins a stage
 * @edits: (element-type KontorEdit): what leads there
 */
void
kontor_list_model_cut_edits (KontorListModel *self, GArray *edits)
{
  guint first, end, n_near = 0;

  kontor_list_model_get_held (self, &first, &end);
  g_array_set_size (self->pieces, 0);
  for (guint i = 0; i < edits->len; i++)
    {
      KontorEdit edit = g_array_index (edits, KontorEdit, i);
      /* where rows go, those behind them come near */
      gboolean goes = edit.removed <= MOST_NEAR && is_near (&edit, first, end);

      while (edit.removed + edit.added > SMALL &&
             ((goes && edit.added == 0) || (n_near < NEAR && is_near (&edit, first, end))))
        {
          guint added = MIN (edit.added, MAX_ADDED), removed = MIN (edit.removed, MAX_ADDED);
          guint n;

          /* "all were replaced by as many" tells a view nothing; there is more, or it was small */
          if (added == removed && removed == self->tail->n)
            added++;
          n = MAX (added, removed);
          cut_off (self, &edit, self->tail->n, removed, added);
          rest_after_screenful (self, n_near, n_near + n);
          n_near += n;
        }
      cut_off (self, &edit, self->tail->n, edit.removed, edit.added);
    }
}

/**
 * kontor_list_model_cut_replacement:
 * @self: a model that shows nothing but .tail, and is to show .head
 * @from_beginning: whether a view of it is at its beginning
 *
 * Old rows go, from the end on, before others come; a screenful of them is replaced in its place,
 * so that the list is not empty in between. A view that is elsewhere ends up at the beginning
 * because it is.
 */
void
kontor_list_model_cut_replacement (KontorListModel *self, gboolean from_beginning)
{
  guint n = self->head->n;
  guint kept = from_beginning ? MIN (self->tail_end, MIN (n, SCREENFUL)) : 0;
  KontorEdit edit = { 0, kept, 0, n };

  /* not all by as many, again */
  if (kept <= MAX_ADDED)
    edit.removed = kept = 0;
  g_array_set_size (self->pieces, 0);
  for (guint left = self->tail_end; left > kept;)
    {
      guint removed = MIN (left - kept, MAX_REMOVED);
      KontorPiece piece = { .position = left - removed,
                            .removed = removed,
                            .tail_end = left - removed };

      left -= removed;
      add_piece (self, piece);
    }
  while (edit.removed > 0 || (edit.added > 0 && edit.to < NEAR))
    {
      guint before = edit.to;

      cut_off (self, &edit, kept, MIN (edit.removed, MAX_ADDED), MIN (edit.added, MAX_ADDED));
      rest_after_screenful (self, before, edit.to);
    }
  cut_off (self, &edit, kept, 0, edit.added);
}
