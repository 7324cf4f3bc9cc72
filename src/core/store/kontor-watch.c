/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeing the other process (design C12): when the -wal file changes, and once a second, the
 * writer's connection asks whether somebody else has committed, and reads the log beyond what it
 * knows. */
#include "config.h"

#include "kontor-workspace-private.h"

#define POLL_SECONDS 1

static gint64
read_data_version (KontorDb *db)
{
  return kontor_db_get_integer (db, "PRAGMA data_version", 0);
}

static gint64
read_last_x (KontorDb *db)
{
  return kontor_db_get_integer (db, "SELECT max(x) FROM change_tx", 0);
}

/**
 * kontor_watch_begin:
 * @self: a workspace
 * @db: the writing connection
 *
 * What is in the log now is known.
 */
void
kontor_watch_begin (KontorWorkspace *self, KontorDb *db)
{
  self->data_version = read_data_version (db);
  self->known_x = read_last_x (db);
}

static void
add_everything (KontorChangeSet *changes)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    kontor_change_set_add_all (changes, kontor_record_type_nth (i));
}

/**
 * kontor_watch_look:
 * @self: a workspace
 * @db: the writing connection, in no transaction
 *
 * Emits what others have committed since the last look, if they have. After an own commit the part
 * of the log that is ours is only passed over when nobody else wrote in between.
 */
void
kontor_watch_look (KontorWorkspace *self, KontorDb *db)
{
  gint64 version = read_data_version (db);
  gint64 last = read_last_x (db);
  g_autoptr(KontorChangeSet) changes = NULL;
  g_autoptr(GError) error = NULL;

  if (version == self->data_version)
    {
      self->known_x = last;
      return;
    }
  self->data_version = version;
  if (!kontor_db_renew_schema (db, &error))
    {
      kontor_workspace_emit_error (self, error);
      return;
    }
  kontor_workspace_publish (self, db);
  if (last == self->known_x)
    return;
  changes = kontor_change_set_new ();
  /* A log that has become shorter: steps of the other one were erased. */
  if (last < self->known_x)
    add_everything (changes);
  else if (!kontor_history_changes_since (db, self->known_x, &last, changes, &error))
    {
      kontor_workspace_emit_error (self, error);
      return;
    }
  self->known_x = last;
  kontor_workspace_emit_changes (self, changes);
  kontor_workspace_update_undo (self, db);
}

static gpointer
look_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KontorWorkspace *self = data;

  g_atomic_int_set (&self->watch_queued, 0);
  kontor_watch_look (self, db);
  return NULL;
}

static void
queue_look (KontorWorkspace *self)
{
  if (g_atomic_int_compare_and_exchange (&self->watch_queued, 0, 1))
    kontor_workspace_run_async (self,
                                KONTOR_LANE_WRITE,
                                KONTOR_PRIORITY_IDLE,
                                look_on_writer,
                                self,
                                NULL,
                                NULL,
                                NULL,
                                NULL,
                                NULL);
}

static gboolean
poll_cb (gpointer data)
{
  g_autoptr(KontorWorkspace) self = g_weak_ref_get (data);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  queue_look (self);
  return G_SOURCE_CONTINUE;
}

static void
wal_changed_cb (GFileMonitor *monitor,
                GFile *file,
                GFile *other,
                GFileMonitorEvent event,
                gpointer data)
{
  g_autoptr(KontorWorkspace) self = g_weak_ref_get (data);

  if (self != NULL)
    queue_look (self);
}

static GWeakRef *
make_weak_ref (KontorWorkspace *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
free_weak_ref_closure (gpointer data, GClosure *closure)
{
  free_weak_ref (data);
}

static void
start_monitor (KontorWorkspace *self)
{
  g_autofree char *path = g_strconcat (self->path, "-wal", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  /* Without it the clock is all there is: a second later. */
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (self->monitor, 50);
  g_signal_connect_data (self->monitor,
                         "changed",
                         G_CALLBACK (wal_changed_cb),
                         make_weak_ref (self),
                         free_weak_ref_closure,
                         0);
}

/* In the context itself: a monitor's signals go to the one that is in force where it is made. */
static gboolean
start_monitor_cb (gpointer data)
{
  g_autoptr(KontorWorkspace) self = g_weak_ref_get (data);
  gboolean closed;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->lock);
  closed = self->closed;
  g_mutex_unlock (&self->lock);
  if (!closed)
    start_monitor (self);
  return G_SOURCE_REMOVE;
}

/**
 * kontor_watch_start:
 * @self: a workspace with its threads
 *
 * Begins to look, in the context the workspace was opened in.
 */
void
kontor_watch_start (KontorWorkspace *self)
{
  g_autoptr(GSource) idle = NULL;

  if ((self->flags & KONTOR_OPEN_NO_WATCH) != 0)
    return;
  self->timer = g_timeout_source_new_seconds (POLL_SECONDS);
  g_source_set_callback (self->timer, poll_cb, make_weak_ref (self), free_weak_ref);
  g_source_set_static_name (self->timer, "kontor-workspace watch");
  g_source_attach (self->timer, self->context);
  idle = g_idle_source_new ();
  g_source_set_callback (idle, start_monitor_cb, make_weak_ref (self), free_weak_ref);
  g_source_attach (idle, self->context);
}

/**
 * kontor_watch_stop:
 * @self: a workspace
 */
void
kontor_watch_stop (KontorWorkspace *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}
