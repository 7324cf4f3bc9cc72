/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports to files. A file gets its name when it is whole and on the disk; what was there before
 * stays until then. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-export.h"
#include "kontor-import-source.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Every database of SQLite begins so, with the NUL. */
#define DATABASE_MAGIC "SQLite format 3"

static gboolean
fail_file (const char *path, int saved_errno, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  KontorErrorCode code = saved_errno == ENOSPC || saved_errno == EDQUOT  ? KONTOR_ERROR_FULL
                         : saved_errno == EACCES || saved_errno == EPERM ? KONTOR_ERROR_DENIED
                         : saved_errno == EROFS                          ? KONTOR_ERROR_READ_ONLY
                         : saved_errno == ENOENT                         ? KONTOR_ERROR_NOT_FOUND
                                                                         : KONTOR_ERROR_IO;

  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    code,
                    _("The file can't be written: %s."),
                    g_strerror (saved_errno));
  if (error != NULL)
    kontor_error_set_file (*error, name);
  return FALSE;
}

static gboolean
is_database (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = NULL;
  char head[sizeof DATABASE_MAGIC];
  gsize n = 0;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  stream = g_file_read (file, NULL, NULL);
  return stream != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &n, NULL, NULL) &&
         n == sizeof head && memcmp (head, DATABASE_MAGIC, sizeof head) == 0;
}

/**
 * kontor_export_may_replace:
 * @path: where a file is to be written
 * @error: (nullable): place for an error with the file's name
 *
 * A file that is written replaces what has its name, but a slip of the hand, such as "kontorctl
 * export contact office.kontor", must not replace a workspace.
 *
 * Returns: %FALSE with @error set: what is there is a workspace or another database
 */
gboolean
kontor_export_may_replace (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  if (!is_database (path))
    return TRUE;
  name = g_filename_display_name (path);
  kontor_set_error (error,
                    KONTOR_EXCHANGE_ERROR,
                    KONTOR_ERROR_CONFLICT,
                    _("This is a workspace or another database; it is not replaced. Choose "
                       "another name."));
  if (error != NULL)
    kontor_error_set_file (*error, name);
  return FALSE;
}

/* What GIO says about writing, with a code of ours and the file's name. */
static void
translate_error (const char *path, GError *local, GError **error)
{
  if (local->domain != G_IO_ERROR || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local);
      return;
    }
  fail_file (path, g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EIO, error);
  g_error_free (local);
}

static gboolean
write_part (KontorExport *self,
            int fd,
            const char *path,
            KontorProgress progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr(GOutputStream) stream = g_unix_output_stream_new (fd, FALSE);
  GError *local_error = NULL;

  if (!kontor_export_write (self, stream, progress, progress_data, cancellable, &local_error))
    {
      translate_error (path, local_error, error);
      return FALSE;
    }
  return fsync (fd) == 0 || errno == EINVAL || fail_file (path, errno, error);
}

/**
 * kontor_export_save:
 * @self: an export
 * @path: a file, made or replaced
 * @progress: (nullable) (scope call): told how many records are written
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error with the file's name
 *
 * Returns: whether the file is there, whole; otherwise what was there before is as it was
 */
gboolean
kontor_export_save (KontorExport *self,
                    const char *path,
                    KontorProgress progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean written;
  int fd;

  if (!kontor_export_may_replace (path, error))
    return FALSE;
  fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0)
    return fail_file (path, errno, error);
  written = write_part (self, fd, path, progress, progress_data, cancellable, error);
  if (close (fd) != 0 && written)
    written = fail_file (path, errno, error);
  if (written && g_rename (part, path) != 0)
    written = fail_file (path, errno, error);
  if (!written)
    g_unlink (part);
  return written;
}

typedef struct
{
  KontorExport *export;
  char *path;
  KontorProgress progress;
  gpointer progress_data;
} SaveData;

static void
free_save_data (gpointer data)
{
  SaveData *save = data;

  kontor_export_unref (save->export);
  g_free (save->path);
  g_free (save);
}

static void
save_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  SaveData *save = data;
  GError *error = NULL;

  if (kontor_export_save (save->export,
                          save->path,
                          save->progress,
                          save->progress_data,
                          cancellable,
                          &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kontor_export_save_async:
 * @self: an export
 * @path: a file, made or replaced
 * @progress: (nullable): told how many records are written, on another thread
 * @progress_data: for @progress; lives until @callback is called
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As kontor_export_save(), on another thread.
 */
void
kontor_export_save_async (KontorExport *self,
                          const char *path,
                          KontorProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SaveData *save = g_new0 (SaveData, 1);

  save->export = kontor_export_ref (self);
  save->path = g_strdup (path);
  save->progress = progress;
  save->progress_data = progress_data;
  g_task_set_task_data (task, save, free_save_data);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * kontor_export_save_finish:
 * @self: an export
 * @result: what the callback got
 * @error: (nullable): place for an error with the file's name
 *
 * Returns: whether the file is there, whole
 */
gboolean
kontor_export_save_finish (KontorExport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
