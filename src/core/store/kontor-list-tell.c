/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list model shows, and how it tells that it changes: edit by edit, a few milliseconds of
 * them at a time. Meanwhile what is shown is the beginning of the new order and the end of the old
 * one. */
#include "config.h"

#include "kontor-list-private.h"

/* µs of telling at once. */
#define TELL_US 1000
/* A frame comes within so many ms. */
#define FRAME_MS 33
/* Who takes in a piece in less µs gets a little more next time, who needs more, a single one. It is
 * never much: rows that a view has widgets for cost nothing, and the next ones may be others. */
#define QUICK_US 200
#define MAX_RUN 2

guint
kontor_list_model_count (KontorListModel *self)
{
  return self->n_head + (self->tail != NULL ? self->tail_end - self->tail_start : 0);
}

gint64
kontor_list_model_peek (KontorListModel *self, guint position)
{
  if (position < self->n_head)
    return self->head->rids[position];
  return self->tail->rids[self->tail_start + (position - self->n_head)];
}

static gboolean
find_between (const KontorRids *rids, guint start, guint end, gint64 rid, guint *found)
{
  for (guint i = start; i < end; i++)
    if (rids->rids[i] == rid)
      {
        *found = i;
        return TRUE;
      }
  return FALSE;
}

KontorRids *
kontor_list_model_get_target (KontorListModel *self)
{
  KontorStage *last = g_queue_peek_tail (&self->stages);

  return last != NULL ? last->rids : self->head;
}

gboolean
kontor_list_model_is_telling (KontorListModel *self)
{
  return !g_queue_is_empty (&self->stages);
}

static KontorStage *
copy_stage (const KontorStage *stage)
{
  KontorStage *copy = g_new0 (KontorStage, 1);

  copy->rids = kontor_rids_ref (stage->rids);
  copy->edits = g_array_ref (stage->edits);
  return copy;
}

static void
begin_stage (KontorListModel *self)
{
  KontorStage *stage = g_queue_peek_head (&self->stages);
  KontorStage *before = kontor_list_model_split_stage (self, stage);

  if (before != NULL)
    {
      g_queue_push_head (&self->stages, before);
      stage = before;
    }
  self->tail = self->head;
  self->head = kontor_rids_ref (stage->rids);
  self->n_head = self->tail_start = self->next_piece = 0;
  self->tail_end = self->tail->n;
  self->run = 1;
  kontor_list_model_cut_edits (self, stage->edits);
}

/* All of the stage is told: its rows are what is shown. A million old ones take a while to be given
 * back. */
static void
end_stage (KontorListModel *self)
{
  g_ptr_array_add (self->old_rids, g_steal_pointer (&self->tail));
  self->n_head = self->head->n;
  self->tail_start = self->tail_end = 0;
  kontor_stage_free (g_queue_pop_head (&self->stages));
  if (!g_queue_is_empty (&self->stages))
    begin_stage (self);
}

/* Whether @next begins where @piece ends, and is part of it now. */
static gboolean
join_pieces (KontorPiece *piece, const KontorPiece *next)
{
  if (piece->added == 0 || next->added == 0 || next->position != piece->position + piece->added)
    return FALSE;
  piece->added += next->added;
  piece->removed += next->removed;
  piece->n_head = next->n_head;
  piece->tail_start = next->tail_start;
  piece->tail_end = next->tail_end;
  piece->rests = next->rests;
  return TRUE;
}

/* Rows that somebody holds move with those before them. */
static void
items_changed (KontorListModel *self, guint position, guint removed, guint added)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (kontor_list_row_get_hint (row) >= position + removed)
      kontor_list_row_set_hint (row, kontor_list_row_get_hint (row) + added - removed);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static KontorPiece
take_piece (KontorListModel *self)
{
  KontorPiece piece = { 0 };

  if (self->next_piece < self->pieces->len)
    piece = g_array_index (self->pieces, KontorPiece, self->next_piece++);
  /* together with others it might be all, replaced by as many, which tells a view nothing */
  if (piece.position == 0 && piece.removed > 0 && piece.added > 0)
    return piece;
  for (guint i = 1; i < self->run && self->next_piece < self->pieces->len && !piece.rests; i++)
    {
      if (!join_pieces (&piece, &g_array_index (self->pieces, KontorPiece, self->next_piece)))
        break;
      self->next_piece++;
    }
  return piece;
}

static void
emit (KontorListModel *self, const KontorPiece *piece)
{
  gint64 begin = g_get_monotonic_time (), took;

  items_changed (self, piece->position, piece->removed, piece->added);
  took = g_get_monotonic_time () - begin;
  /* how quickly rows go says nothing about how others come */
  if (piece->added == 0)
    self->run = 1;
  else
    self->run = took < QUICK_US ? MIN (self->run + 1, MAX_RUN) : 1;
}

/* Returns whether what was told should be seen before more is. */
static gboolean
tell_piece (KontorListModel *self)
{
  KontorPiece piece = take_piece (self);

  if (piece.removed > 0 || piece.added > 0)
    {
      self->n_head = piece.n_head;
      self->tail_start = piece.tail_start;
      self->tail_end = piece.tail_end;
    }
  if (self->next_piece == self->pieces->len)
    end_stage (self);
  if (piece.removed > 0 || piece.added > 0)
    emit (self, &piece);
  return piece.rests && kontor_list_model_is_telling (self);
}

static gboolean tell_cb (gpointer data);

static void
go_on_later (KontorListModel *self, int priority)
{
  kontor_list_model_clear_source (&self->emission);
  self->emission = kontor_list_model_add_source (self, 0, tell_cb);
  g_source_set_priority (self->emission, priority);
}

static gboolean
rested_cb (gpointer data)
{
  go_on_later (data, G_PRIORITY_DEFAULT_IDLE);
  return G_SOURCE_REMOVE;
}

/* After a screenful everything else goes before: painting, and what the person does. Rows that were
 * quick were those that had widgets; the next ones need some. */
static void
rest (KontorListModel *self)
{
  self->run = 1;
  kontor_list_model_clear_source (&self->emission);
  self->emission = kontor_list_model_add_source (self, FRAME_MS, rested_cb);
  g_source_set_priority (self->emission, G_PRIORITY_DEFAULT_IDLE);
}

/* What was shown before is given back a piece at a time. */
static gboolean
told_cb (gpointer data)
{
  g_autoptr(KontorListModel) self = g_object_ref (data);

  if (self->old_rids->len > 0)
    {
      g_ptr_array_set_size (self->old_rids, (int) self->old_rids->len - 1);
      return G_SOURCE_CONTINUE;
    }
  if (kontor_list_records_trim (self->records, KONTOR_LIST_GIVEN_BACK))
    return G_SOURCE_CONTINUE;
  kontor_list_model_clear_source (&self->emission);
  kontor_list_update_told (self);
  return G_SOURCE_REMOVE;
}

/* In turns of its own: who tells or calls has had work in this one. */
static void
end_later (KontorListModel *self)
{
  kontor_list_model_clear_source (&self->emission);
  self->emission = kontor_list_model_add_source (self, 0, told_cb);
}

static gboolean
tell_cb (gpointer data)
{
  KontorListModel *self = g_object_ref (data);
  gint64 end = g_get_monotonic_time () + TELL_US;
  gboolean rests = FALSE, more;

  while (kontor_list_model_is_telling (self) && !self->disposed && !rests &&
         g_get_monotonic_time () < end)
    rests = tell_piece (self);
  more = kontor_list_model_is_telling (self) && !self->disposed;
  if (more && rests)
    rest (self);
  else if (more && self->emission == NULL)
    go_on_later (self, G_PRIORITY_DEFAULT);
  else if (!more && !self->disposed)
    end_later (self);
  g_object_unref (self);
  return more && !rests ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * kontor_list_model_show:
 * @self: a model that has told everything
 * @stages: (element-type KontorStage): what leads from what is shown to the next
 *
 * Tells what changed in the next turns of the main loop.
 */
void
kontor_list_model_show (KontorListModel *self, GPtrArray *stages)
{
  g_assert (!kontor_list_model_is_telling (self));

  for (guint i = 0; i < stages->len; i++)
    g_queue_push_tail (&self->stages, copy_stage (g_ptr_array_index (stages, i)));
  if (!kontor_list_model_is_telling (self))
    {
      end_later (self);
      return;
    }
  begin_stage (self);
  go_on_later (self, G_PRIORITY_DEFAULT);
}

/* --- Another order ---------------------------------------------------------------------------- */

static KontorRids *
copy_shown (KontorListModel *self, guint first, guint end)
{
  KontorRids *rids = kontor_rids_new ();

  kontor_rids_reserve (rids, end - first);
  for (guint i = first; i < end; i++)
    {
      gint64 rid = kontor_list_model_peek (self, i);

      kontor_rids_append (rids, &rid, 1);
    }
  return rids;
}

static void
drop_end (KontorListModel *self, guint n)
{
  guint removed = kontor_list_model_count (self) - n;

  if (n <= self->n_head)
    {
      self->n_head = n;
      self->tail_end = self->tail_start;
    }
  else
    self->tail_end = self->tail_start + (n - self->n_head);
  if (removed > 0)
    items_changed (self, n, removed, 0);
}

/* What is shown from @first up to @end, and nothing else, becomes the old rows. */
static void
keep_held (KontorListModel *self, KontorRids *held, KontorRids *rids, guint first)
{
  g_ptr_array_add (self->old_rids, self->head);
  if (self->tail != NULL)
    g_ptr_array_add (self->old_rids, self->tail);
  self->run = 1;
  self->head = kontor_rids_ref (rids);
  self->tail = kontor_rids_ref (held);
  self->n_head = self->tail_start = self->next_piece = 0;
  self->tail_end = held->n;
  kontor_list_model_cut_replacement (self, first == 0);
  if (first > 0)
    items_changed (self, 0, first, 0);
}

/**
 * kontor_list_model_show_instead:
 * @self: a model, whether it has told everything or not
 * @rids: the answer to another question
 *
 * Drops what is shown and tells the new rows from the first one on, in the next turns of the main
 * loop.
 */
void
kontor_list_model_show_instead (KontorListModel *self, KontorRids *rids)
{
  g_autoptr(KontorRids) held = NULL;
  KontorStage *stage = g_new0 (KontorStage, 1);
  guint first, end;

  g_object_ref (self);
  kontor_list_model_get_held (self, &first, &end);
  if (first == 0)
    end = MAX (end, MIN (kontor_list_model_count (self), KONTOR_LIST_SCREENFUL));
  held = copy_shown (self, first, end);
  g_queue_clear_full (&self->stages, kontor_stage_free);
  stage->rids = kontor_rids_ref (rids);
  stage->edits = g_array_new (FALSE, FALSE, sizeof (KontorEdit));
  g_queue_push_tail (&self->stages, stage);
  kontor_list_model_clear_source (&self->emission);
  drop_end (self, end);
  /* who is told may have asked for something else */
  if (!self->disposed && g_queue_peek_head (&self->stages) == stage)
    keep_held (self, held, rids, first);
  if (!self->disposed && kontor_list_model_is_telling (self) && self->emission == NULL)
    go_on_later (self, G_PRIORITY_DEFAULT);
  g_object_unref (self);
}

void
kontor_list_model_show_nothing (KontorListModel *self)
{
  guint n = kontor_list_model_count (self);

  kontor_list_model_clear_source (&self->emission);
  g_queue_clear_full (&self->stages, kontor_stage_free);
  g_clear_pointer (&self->tail, kontor_rids_unref);
  kontor_rids_unref (self->head);
  self->head = kontor_rids_new ();
  self->n_head = self->tail_start = self->tail_end = 0;
  if (n > 0)
    items_changed (self, 0, n, 0);
}

/**
 * kontor_list_model_find_rid:
 * @self: a model
 * @rid: a row id
 * @position: (out) (optional): where it is
 *
 * Returns: whether it is there
 */
gboolean
kontor_list_model_find_rid (KontorListModel *self, gint64 rid, guint *position)
{
  guint found = 0;

  g_return_val_if_fail (KONTOR_IS_LIST_MODEL (self), FALSE);

  if (!find_between (self->head, 0, self->n_head, rid, &found))
    {
      if (self->tail == NULL ||
          !find_between (self->tail, self->tail_start, self->tail_end, rid, &found))
        return FALSE;
      found = found - self->tail_start + self->n_head;
    }
  if (position != NULL)
    *position = found;
  return TRUE;
}

/* Where @rid is; mostly where it was. */
gboolean
kontor_list_model_find_near (KontorListModel *self, gint64 rid, guint hint, guint *position)
{
  *position = hint;
  return (hint < kontor_list_model_count (self) && kontor_list_model_peek (self, hint) == rid) ||
         kontor_list_model_find_rid (self, rid, position);
}
