/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list model shows, and how it tells that it changes: edit by edit, a few milliseconds of
 * them at a time. Meanwhile what is shown is the beginning of the new order and the end of the old
 * one. */
#include "config.h"

#include "kontor-list-private.h"

/* µs of telling at once. */
#define TELL_US 3000

guint
kontor_list_model_count (KontorListModel *self)
{
  return self->n_head + (self->tail != NULL ? self->tail->n - self->tail_start : 0);
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

  self->tail = self->head;
  self->head = kontor_rids_ref (stage->rids);
  self->n_head = self->tail_start = self->next_edit = 0;
}

/* All edits of the stage are told: its rows are what is shown. Returns the old ones: a million of
 * them take a while to be given back. */
static KontorRids *
end_stage (KontorListModel *self)
{
  KontorRids *old = g_steal_pointer (&self->tail);

  self->n_head = self->head->n;
  self->tail_start = 0;
  kontor_stage_free (g_queue_pop_head (&self->stages));
  if (!g_queue_is_empty (&self->stages))
    begin_stage (self);
  return old;
}

static void
tell_edit (KontorListModel *self)
{
  KontorStage *stage = g_queue_peek_head (&self->stages);
  KontorEdit edit = g_array_index (stage->edits, KontorEdit, self->next_edit++);
  g_autoptr(KontorRids) old = NULL;

  self->n_head = edit.to + edit.added;
  self->tail_start = edit.from + edit.removed;
  if (self->next_edit == stage->edits->len)
    old = end_stage (self);
  g_list_model_items_changed (G_LIST_MODEL (self), edit.to, edit.removed, edit.added);
}

static gboolean
tell_cb (gpointer data)
{
  KontorListModel *self = g_object_ref (data);
  gint64 end = g_get_monotonic_time () + TELL_US;
  gboolean more;

  while (kontor_list_model_is_telling (self) && !self->disposed && g_get_monotonic_time () < end)
    tell_edit (self);
  more = kontor_list_model_is_telling (self) && !self->disposed;
  if (more && self->emission == NULL)
    self->emission = kontor_list_model_add_source (self, 0, tell_cb);
  if (!more)
    kontor_list_model_clear_source (&self->emission);
  if (!more && !self->disposed)
    kontor_list_update_told (self);
  g_object_unref (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * kontor_list_model_show:
 * @self: a model
 * @stages: (element-type KontorStage): what leads from the present target to the next
 *
 * Tells what changed, now and in the next turns of the main loop.
 */
void
kontor_list_model_show (KontorListModel *self, GPtrArray *stages)
{
  g_object_ref (self);
  while (kontor_list_model_is_telling (self) && !self->disposed)
    tell_edit (self);
  kontor_list_model_clear_source (&self->emission);
  for (guint i = 0; i < stages->len && !self->disposed; i++)
    g_queue_push_tail (&self->stages, copy_stage (g_ptr_array_index (stages, i)));
  if (kontor_list_model_is_telling (self))
    begin_stage (self);
  tell_cb (self);
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
  self->n_head = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
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
          !find_between (self->tail, self->tail_start, self->tail->n, rid, &found))
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
