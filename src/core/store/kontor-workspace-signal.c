/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals of KontorWorkspace: collected on the database threads, emitted in the main context the
 * workspace was opened in, in the order of the commits. */
#include "config.h"

#include "kontor-workspace-private.h"

/* Where nobody runs the main loop, what waits is put together instead of growing for ever. */
#define MAX_WAITING 64

enum
{
  SIGNAL_CHANGED,
  SIGNAL_UNDO_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
kontor_workspace_install_signals (GObjectClass *klass)
{
  GType type = G_OBJECT_CLASS_TYPE (klass);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          KONTOR_TYPE_CHANGE_SET);
  signals[SIGNAL_UNDO_CHANGED] =
    g_signal_new ("undo-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR);
}

static void
unref_changes (gpointer changes)
{
  kontor_change_set_unref (changes);
}

static void
free_error (gpointer error)
{
  g_error_free (error);
}

static gboolean
emit_cb (gpointer data)
{
  KontorWorkspace *self = data;
  GQueue changes, errors;
  gboolean undo_changed;
  gpointer item;

  g_mutex_lock (&self->lock);
  changes = self->changes;
  errors = self->errors;
  undo_changed = self->undo_changed;
  g_queue_init (&self->changes);
  g_queue_init (&self->errors);
  self->undo_changed = FALSE;
  g_clear_pointer (&self->emit, g_source_unref);
  g_mutex_unlock (&self->lock);
  while ((item = g_queue_pop_head (&changes)) != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0, item);
      unref_changes (item);
    }
  if (undo_changed)
    g_signal_emit (self, signals[SIGNAL_UNDO_CHANGED], 0);
  while ((item = g_queue_pop_head (&errors)) != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, item);
      free_error (item);
    }
  return G_SOURCE_REMOVE;
}

/* With the lock held. A priority as that of GTask's answers, so that they come after it. */
static void
ensure_source (KontorWorkspace *self)
{
  if (self->emit != NULL)
    return;
  self->emit = g_idle_source_new ();
  g_source_set_priority (self->emit, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->emit, emit_cb, g_object_ref (self), g_object_unref);
  g_source_set_static_name (self->emit, "kontor-workspace signals");
  g_source_attach (self->emit, self->context);
}

static gboolean
is_of_same_step (KontorChangeSet *a, KontorChangeSet *b)
{
  const KontorId *step_a = kontor_change_set_get_step (a);
  const KontorId *step_b = kontor_change_set_get_step (b);

  return step_a != NULL && step_b != NULL && !kontor_id_is_null (step_a) &&
         kontor_id_equal (step_a, step_b);
}

/**
 * kontor_workspace_has_listeners:
 * @self: a workspace
 *
 * Returns: whether somebody wants to know of changes. On any thread
 */
gboolean
kontor_workspace_has_listeners (KontorWorkspace *self)
{
  return g_signal_has_handler_pending (self, signals[SIGNAL_CHANGED], 0, TRUE);
}

/**
 * kontor_workspace_emit_changes:
 * @self: a workspace
 * @changes: what a commit changed; not to be changed by the caller any more
 *
 * Has "changed" emitted. On any thread.
 */
void
kontor_workspace_emit_changes (KontorWorkspace *self, KontorChangeSet *changes)
{
  KontorChangeSet *tail;

  if (!kontor_workspace_has_listeners (self))
    return;
  g_mutex_lock (&self->lock);
  tail = g_queue_peek_tail (&self->changes);
  if (tail != NULL &&
      (is_of_same_step (tail, changes) || g_queue_get_length (&self->changes) >= MAX_WAITING))
    kontor_change_set_merge (tail, changes);
  else
    g_queue_push_tail (&self->changes, kontor_change_set_ref (changes));
  ensure_source (self);
  g_mutex_unlock (&self->lock);
}

/**
 * kontor_workspace_emit_error:
 * @self: a workspace
 * @error: what failed
 *
 * Has "failed" emitted. On any thread.
 */
void
kontor_workspace_emit_error (KontorWorkspace *self, const GError *error)
{
  g_message ("%s", error->message);
  g_mutex_lock (&self->lock);
  if (g_queue_get_length (&self->errors) < MAX_WAITING)
    g_queue_push_tail (&self->errors, g_error_copy (error));
  ensure_source (self);
  g_mutex_unlock (&self->lock);
}

static char *
read_label (KontorDb *db, gboolean redo)
{
  KontorUndoPoint point = { 0 };

  return kontor_undo_peek (db, redo, &point, NULL) ? point.label : NULL;
}

static gboolean
replace_label (char **place, char *label)
{
  gboolean differs = g_strcmp0 (*place, label) != 0;

  g_free (*place);
  *place = label;
  return differs;
}

/**
 * kontor_workspace_update_undo:
 * @self: a workspace
 * @db: the writing connection, in no transaction
 *
 * Looks what Undo and Redo would do now, and has "undo-changed" emitted if it is something else.
 */
void
kontor_workspace_update_undo (KontorWorkspace *self, KontorDb *db)
{
  char *undo = read_label (db, FALSE);
  char *redo = read_label (db, TRUE);
  gboolean differs;

  g_mutex_lock (&self->lock);
  differs = replace_label (&self->undo_label, undo);
  differs = replace_label (&self->redo_label, redo) || differs;
  if (differs)
    {
      self->undo_changed = TRUE;
      if (self->writer != NULL)
        ensure_source (self);
    }
  g_mutex_unlock (&self->lock);
}

/**
 * kontor_workspace_drop_signals:
 * @self: a workspace that is going
 */
void
kontor_workspace_drop_signals (KontorWorkspace *self)
{
  g_queue_clear_full (&self->changes, unref_changes);
  g_queue_clear_full (&self->errors, free_error);
}

/**
 * kontor_workspace_dup_undo_label:
 * @self: a workspace
 *
 * Returns: (transfer full) (nullable): label of the step that Undo would take back; never waits
 */
char *
kontor_workspace_dup_undo_label (KontorWorkspace *self)
{
  char *label;

  g_mutex_lock (&self->lock);
  label = g_strdup (self->undo_label);
  g_mutex_unlock (&self->lock);
  return label;
}

/**
 * kontor_workspace_dup_redo_label:
 * @self: a workspace
 *
 * Returns: (transfer full) (nullable): label of the step that Redo would do again; never waits
 */
char *
kontor_workspace_dup_redo_label (KontorWorkspace *self)
{
  char *label;

  g_mutex_lock (&self->lock);
  label = g_strdup (self->redo_label);
  g_mutex_unlock (&self->lock);
  return label;
}
