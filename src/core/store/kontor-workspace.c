/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorWorkspace: opening and closing of the file and its threads, and what is known of it without
 * asking them. Reading, writing, signals are in the files beside it. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-migrate.h"
#include "kontor-path.h"
#include "kontor-workspace-private.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define CHECKPOINT_REST_MS 1500

G_DEFINE_FINAL_TYPE (KontorWorkspace, kontor_workspace, G_TYPE_OBJECT)

struct _KontorFile
{
  gatomicrefcount ref_count;
  char *path;
  KontorEnv *env;
  KontorLease *lease; /* given up by the writer's thread, last */
  GWeakRef workspace; /* for signals */
  KontorDbMode reader_mode;
  GMutex lock;
  GCond readers_gone;
  guint n_readers; /* threads that have not ended */
};

static KontorFile *
ref_file (KontorFile *file)
{
  g_atomic_ref_count_inc (&file->ref_count);
  return file;
}

static void
unref_file (gpointer data)
{
  KontorFile *file = data;

  if (!g_atomic_ref_count_dec (&file->ref_count))
    return;
  kontor_lease_close (file->lease);
  kontor_env_unref (file->env);
  g_weak_ref_clear (&file->workspace);
  g_mutex_clear (&file->lock);
  g_cond_clear (&file->readers_gone);
  g_free (file->path);
  g_free (file);
}

/* --- Threads ------------------------------------------------------------------------------ */

static KontorDb *
open_reader (gpointer data, GError **error)
{
  KontorFile *file = data;

  return kontor_db_open (file->path, file->reader_mode, file->env, error);
}

static void
close_reader (KontorDb *db, gpointer data, GError **error)
{
  KontorFile *file = data;

  kontor_db_free (db);
  g_mutex_lock (&file->lock);
  file->n_readers--;
  g_cond_signal (&file->readers_gone);
  g_mutex_unlock (&file->lock);
}

static void
rest_writer (KontorDb *db, gpointer data)
{
  KontorFile *file = data;
  g_autoptr(KontorWorkspace) self = NULL;
  g_autoptr(GError) error = NULL;

  if (g_atomic_int_get (&db->wal_pages) == 0 || kontor_db_checkpoint (db, FALSE, &error))
    return;
  self = g_weak_ref_get (&file->workspace);
  if (self != NULL)
    kontor_workspace_emit_error (self, error);
}

/* The file becomes a plain one when the last connection goes: the readers go first. */
static void
close_writer (KontorDb *db, gpointer data, GError **error)
{
  KontorFile *file = data;

  g_mutex_lock (&file->lock);
  while (file->n_readers > 0)
    g_cond_wait (&file->readers_gone, &file->lock);
  g_mutex_unlock (&file->lock);
  if (db != NULL)
    kontor_db_close_file (db, error);
  kontor_db_free (db);
  g_clear_pointer (&file->lease, kontor_lease_close);
}

static const KontorThreadClass writer_class = {
  .rest = rest_writer,
  .close = close_writer,
  .free = unref_file,
  .rest_ms = CHECKPOINT_REST_MS,
};

static const KontorThreadClass reader_class = {
  .open = open_reader,
  .close = close_reader,
  .free = unref_file,
};

static void
start_threads (KontorWorkspace *self, KontorDb *db)
{
  self->file->n_readers = 2;
  self->writer = kontor_thread_new ("kontor-writer", &writer_class, db, ref_file (self->file));
  self->readers[0] =
    kontor_thread_new ("kontor-reader-1", &reader_class, NULL, ref_file (self->file));
  self->readers[1] =
    kontor_thread_new ("kontor-reader-2", &reader_class, NULL, ref_file (self->file));
}

static void
stop_threads (KontorWorkspace *self)
{
  if (self->writer == NULL)
    return;
  kontor_thread_stop (self->readers[0], FALSE);
  kontor_thread_stop (self->readers[1], FALSE);
  kontor_thread_stop (self->writer, TRUE);
}

/* --- The object --------------------------------------------------------------------------- */

static void
kontor_workspace_dispose (GObject *object)
{
  KontorWorkspace *self = KONTOR_WORKSPACE (object);

  kontor_watch_stop (self);
  kontor_workspace_drop_signals (self);
  /* Never joined here: the last reference may be given up on one of the threads. */
  stop_threads (self);
  g_clear_pointer (&self->readers[0], kontor_thread_unref);
  g_clear_pointer (&self->readers[1], kontor_thread_unref);
  g_clear_pointer (&self->writer, kontor_thread_unref);
  G_OBJECT_CLASS (kontor_workspace_parent_class)->dispose (object);
}

static void
kontor_workspace_finalize (GObject *object)
{
  KontorWorkspace *self = KONTOR_WORKSPACE (object);

  g_clear_pointer (&self->file, unref_file);
  g_clear_pointer (&self->schema, kontor_schema_unref);
  g_clear_pointer (&self->env, kontor_env_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self->path);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (kontor_workspace_parent_class)->finalize (object);
}

static void
kontor_workspace_class_init (KontorWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kontor_workspace_dispose;
  object_class->finalize = kontor_workspace_finalize;
  kontor_workspace_install_signals (object_class);
}

static void
kontor_workspace_init (KontorWorkspace *self)
{
  g_mutex_init (&self->lock);
  g_queue_init (&self->changes);
  g_queue_init (&self->errors);
}

KontorLease *
kontor_workspace_lease (KontorWorkspace *self)
{
  return self->file->lease;
}

/* What the writer knows becomes what everybody may ask for. */
void
kontor_workspace_publish (KontorWorkspace *self, KontorDb *db)
{
  g_mutex_lock (&self->lock);
  if (self->schema != db->schema)
    {
      g_clear_pointer (&self->schema, kontor_schema_unref);
      self->schema = kontor_schema_ref (db->schema);
    }
  self->access = db->access;
  self->user = db->user;
  self->device = db->device;
  g_strlcpy (self->country, db->country, sizeof self->country);
  g_strlcpy (self->currency, db->currency, sizeof self->currency);
  g_mutex_unlock (&self->lock);
}

/* --- Opening ------------------------------------------------------------------------------ */

/**
 * kontor_workspace_default_path:
 *
 * Returns: (transfer full): where the workspace is when nobody says otherwise
 */
char *
kontor_workspace_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (),
                           "kontor",
                           "office" KONTOR_WORKSPACE_SUFFIX,
                           NULL);
}

static gboolean
prepare_file (KontorDb *db, KontorLease *lease, GError **error)
{
  if (!kontor_migrate (db, lease, error) || !kontor_db_load_schema (db, error))
    return FALSE;
  return db->read_only || kontor_recover (db, lease, error);
}

static gboolean
prepare_writer (KontorDb *db, KontorLease **lease, GError **error)
{
  *lease = kontor_lease_open (db->path, error);
  if (*lease != NULL && kontor_db_start_writing (db, error) && prepare_file (db, *lease, error))
    return TRUE;
  g_clear_pointer (lease, kontor_lease_close);
  return FALSE;
}

static KontorDb *
open_prepared (const char *path,
               KontorOpenFlags flags,
               KontorEnv *env,
               KontorLease **lease,
               GError **error)
{
  gboolean read_only = (flags & KONTOR_OPEN_READ_ONLY) != 0;
  KontorDb *db =
    kontor_db_open (path, read_only ? KONTOR_DB_READ_ONLY : KONTOR_DB_WRITER, env, error);

  if (db == NULL)
    return NULL;
  if (db->read_only ? prepare_file (db, NULL, error) : prepare_writer (db, lease, error))
    return db;
  kontor_db_free (db);
  return NULL;
}

static KontorFile *
make_file (KontorWorkspace *self, KontorDb *db, KontorLease *lease)
{
  KontorFile *file = g_new0 (KontorFile, 1);

  g_atomic_ref_count_init (&file->ref_count);
  file->path = g_strdup (db->path);
  file->env = kontor_env_ref (db->env);
  file->lease = lease;
  g_weak_ref_init (&file->workspace, self);
  file->reader_mode = db->read_only ? KONTOR_DB_READ_ONLY : KONTOR_DB_READER;
  g_mutex_init (&file->lock);
  g_cond_init (&file->readers_gone);
  return file;
}

/* One name for one file, so that everybody's WAL and lease are the same. */
static char *
resolve_path (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);
  return copy;
}

KontorWorkspace *
kontor_workspace_open_in (const char *path,
                          KontorOpenFlags flags,
                          KontorEnv *env,
                          GMainContext *context,
                          GError **error)
{
  g_autofree char *resolved = resolve_path (path);
  KontorLease *lease = NULL;
  KontorWorkspace *self;
  KontorDb *db;
  g_autofree char *stale = NULL; /* the country to read numbers by, where it is another */
  gboolean erase;

  kontor_model_init ();
  db = open_prepared (resolved, flags, env, &lease, error);
  if (db == NULL)
    return NULL;
  self = g_object_new (KONTOR_TYPE_WORKSPACE, NULL);
  self->path = g_steal_pointer (&resolved);
  self->flags = flags;
  self->read_only = db->read_only;
  self->env = kontor_env_ref (db->env);
  self->context =
    context != NULL ? g_main_context_ref (context) : g_main_context_ref_thread_default ();
  self->file = make_file (self, db, lease);
  kontor_workspace_publish (self, db);
  kontor_workspace_update_undo (self, db);
  self->undo_changed = FALSE;
  kontor_watch_begin (self, db);
  erase = !db->read_only && kontor_erase_is_due (db);
  if (!db->read_only && kontor_search_is_stale (db))
    stale = g_strdup (db->country);
  start_threads (self, db);
  if (erase)
    kontor_erase_resume (self);
  if (stale != NULL)
    kontor_search_refresh (self, stale);
  kontor_watch_start (self);
  return self;
}

/**
 * kontor_workspace_open:
 * @path: the file
 * @flags: how
 * @env: (nullable): clock and random source
 * @error: (nullable): place for an error
 *
 * Opens a workspace: brings it to this program's schema and puts right what a process that died has
 * left. A file or folder that can't be written is opened read-only.
 *
 * Returns: (transfer full) (nullable): the workspace, or %NULL with @error set:
 *   %KONTOR_ERROR_NOT_FOUND, %KONTOR_ERROR_FOREIGN, %KONTOR_ERROR_NEWER, %KONTOR_ERROR_BUSY,
 *   %KONTOR_ERROR_CORRUPT, %KONTOR_ERROR_DENIED, %KONTOR_ERROR_INVALID, %KONTOR_ERROR_FULL,
 *   %KONTOR_ERROR_IO
 */
KontorWorkspace *
kontor_workspace_open (const char *path, KontorOpenFlags flags, KontorEnv *env, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  return kontor_workspace_open_in (path, flags, env, NULL, error);
}

static gboolean
fail_create (const char *path, int saved_errno, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  KontorErrorCode code = KONTOR_ERROR_IO;

  if (saved_errno == EEXIST)
    {
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("“%s” is there already. Open it, or choose another name."),
                        shown);
      return FALSE;
    }
  if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    code = KONTOR_ERROR_FULL;
  else if (saved_errno == EACCES || saved_errno == EROFS || saved_errno == EPERM)
    code = KONTOR_ERROR_READ_ONLY;
  else if (saved_errno == ENOENT || saved_errno == ENOTDIR)
    code = KONTOR_ERROR_NOT_FOUND;
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    code,
                    _("The workspace “%s” could not be made: %s"),
                    shown,
                    g_strerror (saved_errno));
  return FALSE;
}

static gboolean
write_new_file (const char *path, const KontorInit *init, KontorEnv *env, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  KontorDb *db;
  gboolean ok;

  if (fd < 0)
    return fail_create (path, errno, error);
  close (fd);
  db = kontor_db_create (path, env, error);
  ok = db != NULL && kontor_init_write (db, init, error);
  kontor_db_free (db);
  if (!ok)
    return FALSE;
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0 || fsync (fd) != 0)
    ok = fail_create (path, errno, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* link() and not rename(): a file that is there must never be replaced. */
static gboolean
give_name (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (link (part, path) != 0)
    {
      if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK)
        return fail_create (path, errno, error);
      if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return fail_create (path, EEXIST, error);
      if (g_rename (part, path) != 0)
        return fail_create (path, errno, error);
    }
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return TRUE;
}

/**
 * kontor_workspace_create:
 * @path: a file that is not there; its folder is made
 * @init: (nullable): what the person said
 * @env: (nullable): clock and random source
 * @error: (nullable): place for an error
 *
 * Makes a workspace and opens it. It gets its name when it is whole.
 *
 * Returns: (transfer full) (nullable): the workspace, or %NULL with @error set; nothing is left
 * then
 */
KontorWorkspace *
kontor_workspace_create (const char *path, const KontorInit *init, KontorEnv *env, GError **error)
{
  static const KontorInit nothing = { NULL, NULL, NULL, NULL };
  g_autofree char *folder = NULL;
  g_autofree char *part = NULL;
  gboolean ok;

  g_return_val_if_fail (path != NULL, NULL);
  kontor_model_init ();
  if (kontor_path_is_lent (path))
    {
      kontor_db_error_lent (path, error);
      return NULL;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      fail_create (path, EEXIST, error);
      return NULL;
    }
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_create (path, errno, error);
      return NULL;
    }
  part = g_strdup_printf ("%s.%d-%08x.part", path, (int) getpid (), g_random_int ());
  ok = write_new_file (part, init != NULL ? init : &nothing, env, error) &&
       give_name (part, path, error);
  g_unlink (part);
  return ok ? kontor_workspace_open (path, KONTOR_OPEN_DEFAULT, env, error) : NULL;
}

/* --- Closing ------------------------------------------------------------------------------ */

/**
 * kontor_workspace_close:
 * @self: a workspace
 * @error: (nullable): place for an error
 *
 * Finishes what was handed over to be written, refuses the rest, and waits for the threads to end.
 * The file is a plain single one afterwards, unless another process is on it. A step that was not
 * ended is taken back. May be called twice.
 *
 * Returns: %FALSE with @error set where putting the file in order failed; it is closed all the same
 */
gboolean
kontor_workspace_close (KontorWorkspace *self, GError **error)
{
  gboolean closed, ok;

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (self), FALSE);
  g_mutex_lock (&self->lock);
  closed = self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->lock);
  if (closed)
    return TRUE;
  kontor_watch_stop (self);
  kontor_workspace_abandon_long_step (self);
  stop_threads (self);
  ok = kontor_thread_join (self->readers[0], error);
  ok = kontor_thread_join (self->readers[1], ok ? error : NULL) && ok;
  return kontor_thread_join (self->writer, ok ? error : NULL) && ok;
}

/* --- What is known without asking --------------------------------------------------------- */

/**
 * kontor_workspace_get_path:
 * @self: a workspace
 *
 * Returns: (transfer none): its file, links resolved
 */
const char *
kontor_workspace_get_path (KontorWorkspace *self)
{
  return self->path;
}

/**
 * kontor_workspace_is_read_only:
 * @self: a workspace
 *
 * Returns: whether it can't be changed: it was asked for, or the file or its folder can't be
 * written
 */
gboolean
kontor_workspace_is_read_only (KontorWorkspace *self)
{
  return self->read_only;
}

/**
 * kontor_workspace_get_user:
 * @self: a workspace
 *
 * Returns: (transfer none): id of the user at this device
 */
const KontorId *
kontor_workspace_get_user (KontorWorkspace *self)
{
  return &self->user;
}

/**
 * kontor_workspace_get_device:
 * @self: a workspace
 *
 * Returns: (transfer none): id of this replica of the workspace
 */
const KontorId *
kontor_workspace_get_device (KontorWorkspace *self)
{
  return &self->device;
}

/**
 * kontor_workspace_get_access:
 * @self: a workspace
 *
 * Returns: what the user may
 */
KontorAccess
kontor_workspace_get_access (KontorWorkspace *self)
{
  KontorAccess access;

  g_mutex_lock (&self->lock);
  access = self->access;
  g_mutex_unlock (&self->lock);
  return access;
}

/**
 * kontor_workspace_ref_schema:
 * @self: a workspace
 *
 * Returns: (transfer full): the present fields and pick lists, which don't change any more
 */
KontorSchema *
kontor_workspace_ref_schema (KontorWorkspace *self)
{
  KontorSchema *schema;

  g_mutex_lock (&self->lock);
  schema = kontor_schema_ref (self->schema);
  g_mutex_unlock (&self->lock);
  return schema;
}

/**
 * kontor_workspace_get_env:
 * @self: a workspace
 *
 * Returns: (transfer none): its clock and random source
 */
KontorEnv *
kontor_workspace_get_env (KontorWorkspace *self)
{
  return self->env;
}

static char *
dup_locked (KontorWorkspace *self, const char *text)
{
  char *copy;

  g_mutex_lock (&self->lock);
  copy = *text != '\0' ? g_strdup (text) : NULL;
  g_mutex_unlock (&self->lock);
  return copy;
}

/**
 * kontor_workspace_dup_country:
 * @self: a workspace
 *
 * Returns: (transfer full) (nullable): the country it is in, ISO 3166-1
 */
char *
kontor_workspace_dup_country (KontorWorkspace *self)
{
  return dup_locked (self, self->country);
}

/**
 * kontor_workspace_dup_currency:
 * @self: a workspace
 *
 * Returns: (transfer full) (nullable): its currency, ISO 4217
 */
char *
kontor_workspace_dup_currency (KontorWorkspace *self)
{
  return dup_locked (self, self->currency);
}
