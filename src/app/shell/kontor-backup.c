/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "office-1f3a90c2 2026-11-30 0915.kontor" in a folder: the names say of what and when, in UTC, so
 * that nothing else has to be kept. Only whole copies have such a name, and only those that nobody
 * has worked in are thinned out. */
#include "config.h"

#include "kontor-backup.h"

#include "kontor-view-state.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define HOUR_MS (G_GINT64_CONSTANT (60) * 60 * 1000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define LOOK_SECONDS (5 * 60) /* not at the start, which has enough to do */
#define STAMP "%Y-%m-%d %H%M"
#define STAMP_LENGTH 15 /* "2026-11-30 0915" */

/* --- Names ------------------------------------------------------------------------------------ */

static char *
dup_name (KontorWorkspace *workspace)
{
  const char *path = kontor_workspace_get_path (workspace);
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, KONTOR_WORKSPACE_SUFFIX))
    name[strlen (name) - strlen (KONTOR_WORKSPACE_SUFFIX)] = '\0';
  /* workspaces of the same name may share a folder */
  return g_strdup_printf ("%s-%08x", name, g_str_hash (path));
}

/**
 * kontor_backup_dup_folder:
 * @workspace: a workspace
 *
 * Returns: (transfer full): the folder its copies go to
 */
char *
kontor_backup_dup_folder (KontorWorkspace *workspace)
{
  g_autofree char *chosen = g_settings_get_string (kontor_settings_get (), "backup-folder");
  g_autofree char *beside = g_path_get_dirname (kontor_workspace_get_path (workspace));

  return *chosen != '\0' ? g_steal_pointer (&chosen) : g_build_filename (beside, "backups", NULL);
}

static gboolean
is_stamp (const char *text)
{
  static const char pattern[] = "0000-00-00 0000";

  for (guint i = 0; i < STAMP_LENGTH; i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;
  return TRUE;
}

/* Whether it is "NAME STAMP.kontor". */
static gboolean
is_copy (const char *file, const char *name)
{
  gsize length = strlen (name);

  return g_str_has_prefix (file, name) && file[length] == ' ' &&
         strlen (file) == length + 1 + STAMP_LENGTH + strlen (KONTOR_WORKSPACE_SUFFIX) &&
         is_stamp (file + length + 1) && g_str_has_suffix (file, KONTOR_WORKSPACE_SUFFIX);
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  return -strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kontor_backup_list:
 * @folder: a folder
 * @name: name of a workspace, without ".kontor"
 *
 * Returns: (transfer full) (element-type filename): its copies there, the newest first
 */
GPtrArray *
kontor_backup_list (const char *folder, const char *name)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (is_copy (file, name))
      g_ptr_array_add (files, g_strdup (file));
  g_ptr_array_sort (files, compare_newest);
  return files;
}

static gint64
parse_stamp (const char *stamp)
{
  int year = 0, month = 0, day = 0, time = 0;
  g_autoptr(GDateTime) at = NULL;

  if (sscanf (stamp, "%4d-%2d-%2d %4d", &year, &month, &day, &time) != 4)
    return 0;
  at = g_date_time_new_utc (year, month, day, time / 100, time % 100, 0);
  return at != NULL ? g_date_time_to_unix (at) * 1000 : 0;
}

/* Somebody has opened the copy and gone on with it. */
static gboolean
was_worked_in (const char *path, gint64 made_at)
{
  GStatBuf status;

  return g_stat (path, &status) != 0 || (gint64) status.st_mtime * 1000 > made_at + HOUR_MS;
}

/**
 * kontor_backup_thin:
 * @folder: a folder
 * @name: name of a workspace
 * @keep: how many copies to keep
 *
 * Removes older copies.
 */
void
kontor_backup_thin (const char *folder, const char *name, guint keep)
{
  g_autoptr(GPtrArray) files = kontor_backup_list (folder, name);

  for (guint i = keep; i < files->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (files, i), NULL);

      if (was_worked_in (path,
                         parse_stamp ((const char *) g_ptr_array_index (files, i) + strlen (name) +
                                      1)))
        continue;
      if (g_unlink (path) != 0)
        g_warning ("An old copy can't be removed: %s", path);
    }
}

/**
 * kontor_backup_get_last:
 * @workspace: a workspace
 *
 * Reads a folder: not on a thread that draws.
 *
 * Returns: when the last copy was made, in ms since 1970, or 0 without one
 */
gint64
kontor_backup_get_last (KontorWorkspace *workspace)
{
  g_autofree char *folder = kontor_backup_dup_folder (workspace);
  g_autofree char *name = dup_name (workspace);
  g_autoptr(GPtrArray) files = kontor_backup_list (folder, name);
  gint64 now = g_get_real_time () / 1000;

  /* a clock that was wrong once makes copies of the future */
  for (guint i = 0; i < files->len; i++)
    {
      gint64 at = parse_stamp ((const char *) g_ptr_array_index (files, i) + strlen (name) + 1);

      if (at <= now)
        return at;
    }
  return 0;
}

/* --- Those there are -------------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  char *name;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_free (listing->folder);
  g_free (listing->name);
  g_free (listing);
}

static void
backup_file_free (gpointer data)
{
  KontorBackupFile *file = data;

  g_free (file->path);
  g_free (file);
}

static void
free_files (gpointer files)
{
  g_ptr_array_unref (files);
}

static void
run_listing (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Listing *listing = data;
  g_autoptr(GPtrArray) names = kontor_backup_list (listing->folder, listing->name);
  GPtrArray *files = g_ptr_array_new_with_free_func (backup_file_free);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      KontorBackupFile *file = g_new0 (KontorBackupFile, 1);
      GStatBuf status;

      file->path = g_build_filename (listing->folder, name, NULL);
      file->at = parse_stamp (name + strlen (listing->name) + 1);
      file->size = g_stat (file->path, &status) == 0 ? (gint64) status.st_size : 0;
      g_ptr_array_add (files, file);
    }
  g_task_return_pointer (task, files, free_files);
}

/**
 * kontor_backup_list_async:
 * @workspace: a workspace
 * @cancellable: (nullable): to break off
 * @callback: called when the folder is read
 * @user_data: for @callback
 *
 * Lists the copies of a workspace.
 */
void
kontor_backup_list_async (KontorWorkspace *workspace,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  listing->folder = kontor_backup_dup_folder (workspace);
  listing->name = dup_name (workspace);
  g_task_set_task_data (task, listing, listing_free);
  g_task_run_in_thread (task, run_listing);
}

/**
 * kontor_backup_list_finish:
 * @result: of kontor_backup_list_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable) (element-type KontorBackupFile): the copies, the newest
 * first, or %NULL with @error set
 */
GPtrArray *
kontor_backup_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
dup_copy_path (const char *folder, const char *name, gint64 now)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autofree char *stamp = g_date_time_format (utc, STAMP);
  g_autofree char *file = g_strdup_printf ("%s %s%s", name, stamp, KONTOR_WORKSPACE_SUFFIX);

  return g_build_filename (folder, file, NULL);
}

/**
 * kontor_backup_dup_new_path:
 * @workspace: a workspace
 * @now: the time, in ms since 1970
 *
 * Looks into a folder: not on a thread that draws.
 *
 * Returns: (transfer full): where a copy made now goes, a name nothing has yet
 */
char *
kontor_backup_dup_new_path (KontorWorkspace *workspace, gint64 now)
{
  g_autofree char *folder = kontor_backup_dup_folder (workspace);
  g_autofree char *name = dup_name (workspace);
  char *path = dup_copy_path (folder, name, now);

  g_mkdir_with_parents (folder, 0700);
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (path);
      now += 60 * 1000;
      path = dup_copy_path (folder, name, now);
    }
  return path;
}

/* --- Making one ------------------------------------------------------------------------------- */

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  char *folder;
  char *name;
  guint keep;
  gint64 now;
  gboolean tell; /* somebody asked for it; else only when it is due */
  gboolean made;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->workspace);
  g_free (copy->folder);
  g_free (copy->name);
  g_free (copy);
}

static void
make_copy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copy *copy = data;
  g_autofree char *path = dup_copy_path (copy->folder, copy->name, copy->now);
  gint64 last = kontor_backup_get_last (copy->workspace);
  GError *error = NULL;

  if (!copy->tell && last != 0 && copy->now - last < DAY_MS)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_mkdir_with_parents (copy->folder, 0700);
  if (!kontor_workspace_backup (copy->workspace, path, NULL, NULL, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  copy->made = TRUE;
  kontor_backup_thin (copy->folder, copy->name, copy->keep);
  g_task_return_boolean (task, TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorSession *session = KONTOR_SESSION (source);
  const Copy *copy = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_prefix_error (&error, "%s ", _("The backup failed."));
      kontor_session_fail (session, error);
    }
  else if (copy->made && copy->tell)
    {
      kontor_session_tell (session, _("Backup made"));
    }
}

/**
 * kontor_backup_make:
 * @session: a session
 * @tell: whether somebody asked for it; else it is made only when the last is a day old
 *
 * Copies the workspace on another thread. The window tells what went wrong.
 */
void
kontor_backup_make (KontorSession *session, gboolean tell)
{
  KontorWorkspace *workspace = kontor_session_get_workspace (session);
  g_autoptr(GTask) task = g_task_new (session, NULL, made_cb, NULL);
  Copy *copy = g_new0 (Copy, 1);

  copy->workspace = g_object_ref (workspace);
  copy->folder = kontor_backup_dup_folder (workspace);
  copy->name = dup_name (workspace);
  copy->keep = (guint) g_settings_get_int (kontor_settings_get (), "backup-keep");
  copy->now = kontor_session_now (session);
  copy->tell = tell;
  g_task_set_task_data (task, copy, copy_free);
  g_task_run_in_thread (task, make_copy);
}

static gboolean
look_cb (gpointer data)
{
  if (g_settings_get_boolean (kontor_settings_get (), "backup"))
    kontor_backup_make (data, FALSE);
  return G_SOURCE_CONTINUE;
}

/**
 * kontor_backup_begin:
 * @session: a session
 *
 * From now on looks every five minutes whether a copy is due.
 *
 * Returns: a source of the main loop, to be removed when @session ends
 */
guint
kontor_backup_begin (KontorSession *session)
{
  if (kontor_workspace_is_read_only (kontor_session_get_workspace (session)))
    return 0;
  return g_timeout_add_seconds (LOOK_SECONDS, look_cb, session);
}
