/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is opened and what is refused; what is left on disk; migration and backup. */
#include "config.h"

#include "kontor-restore.h"
#include "kontor-db-private.h"
#include "kontor-path.h"
#include "workspace-fixture.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

typedef Fixture File;

/* Closes the fixture's workspace for the time of the test. */
static void
file_set_up (File *file, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorStep) step = kontor_step_new ("New Person");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Anna");
  KontorId id;

  fixture_set_up (file, data);
  id = kontor_step_create (step, contact);
  kontor_commit_free (kontor_workspace_commit (file->workspace, step, NULL, &error));
  g_assert_no_error (error);
  fixture_commit_text (file, &id, KONTOR_CONTACT_NUMBER, "4711");
  g_assert_true (kontor_workspace_close (file->workspace, &error));
  g_assert_no_error (error);
}

static void
refuse_contents (File *file, const char *contents, gssize length, KontorErrorCode code)
{
  g_autofree char *path = kontor_test_dir_path (&file->dir, "other.kontor");
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *lease = g_strconcat (path, "-lease", NULL);
  g_autoptr(GBytes) before = NULL, after = NULL;

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
  before = file_read (path);
  workspace_refuse (path, KONTOR_OPEN_DEFAULT, code);
  workspace_refuse (path, KONTOR_OPEN_READ_ONLY, code);
  after = file_read (path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (lease, G_FILE_TEST_EXISTS));
}

static void
test_not_a_database (File *file, gconstpointer data)
{
  g_autofree char *noise = g_malloc (20000);

  refuse_contents (file, "", 0, KONTOR_ERROR_FOREIGN);
  refuse_contents (file, "x", 1, KONTOR_ERROR_FOREIGN);
  refuse_contents (file, "name;city\nAnna;Berlin\n", -1, KONTOR_ERROR_FOREIGN);
  refuse_contents (file, "SQLite format 3", 16, KONTOR_ERROR_FOREIGN);
  for (guint i = 0; i < 20000; i++)
    noise[i] = (char) (i * 7919 >> 3);
  refuse_contents (file, noise, 20000, KONTOR_ERROR_FOREIGN);
}

/* The first pages of a workspace: a copy that was broken off. */
static void
test_truncated (File *file, gconstpointer data)
{
  g_autoptr(GBytes) whole = file_read (file->path);
  gsize length;
  const char *bytes = g_bytes_get_data (whole, &length);
  g_autofree char *path = kontor_test_dir_path (&file->dir, "part.kontor");

  for (gsize part = 100; part < length; part += length / 7)
    {
      g_autoptr(GError) error = NULL;
      KontorWorkspace *workspace;

      g_assert_true (g_file_set_contents (path, bytes, (gssize) part, NULL));
      workspace = kontor_workspace_open (path, KONTOR_OPEN_NO_WATCH, NULL, &error);
      if (workspace != NULL)
        {
          g_autoptr(GPtrArray) problems =
            kontor_workspace_check (workspace, FALSE, NULL, NULL, NULL, NULL);

          g_assert_true (problems == NULL || problems->len > 0);
          workspace_drop (workspace);
        }
      else
        g_assert_true (kontor_error_is (error, KONTOR_ERROR_CORRUPT) ||
                       kontor_error_is (error, KONTOR_ERROR_FOREIGN));
    }
}

static void
test_foreign (File *file, gconstpointer data)
{
  g_autofree char *path = kontor_test_dir_path (&file->dir, "foreign.kontor");

  file_exec (path, "CREATE TABLE contact(id INTEGER PRIMARY KEY, name TEXT)");
  workspace_refuse (path, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_FOREIGN);
  file_exec (path, "PRAGMA application_id=1196444487");
  workspace_refuse (path, KONTOR_OPEN_READ_ONLY, KONTOR_ERROR_FOREIGN);
}

static void
test_newer (File *file, gconstpointer data)
{
  KontorWorkspace *workspace;
  g_autofree char *state = NULL;
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d;ALTER TABLE contact ADD COLUMN "
                                          "from_tomorrow TEXT",
                                          KONTOR_SCHEMA_VERSION + 1);

  file_exec (file->path, sql);
  workspace_refuse (file->path, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_NEWER);
  workspace = workspace_open (file->path, KONTOR_OPEN_READ_ONLY);
  g_assert_true (kontor_workspace_is_read_only (workspace));
  state = workspace_sql (workspace, "SELECT name FROM contact");
  g_assert_cmpstr (state, ==, "Anna\n");
  workspace_close (workspace);
}

/* Another Kontor has migrated the file while it is open here. */
static void
test_newer_meanwhile (File *file, gconstpointer data)
{
  KontorWorkspace *workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", KONTOR_SCHEMA_VERSION + 1);
  g_autoptr(KontorStep) step = kontor_step_new ("New");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Bert");
  g_autoptr(GError) error = NULL;

  file_exec (file->path, sql);
  kontor_step_create (step, contact);
  g_assert_null (kontor_workspace_commit (workspace, step, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_NEWER);
  workspace_close (workspace);
}

static void
test_paths (File *file, gconstpointer data)
{
  g_autofree char *link = kontor_test_dir_path (&file->dir, "link.kontor");
  g_autofree char *dangling = kontor_test_dir_path (&file->dir, "dangling.kontor");
  g_autofree char *loop = kontor_test_dir_path (&file->dir, "loop.kontor");
  g_autofree char *fifo = kontor_test_dir_path (&file->dir, "fifo.kontor");
  g_autofree char *none = kontor_test_dir_path (&file->dir, "none.kontor");
  g_autofree char *odd = kontor_test_dir_path (&file->dir, "a?b#c%20ä.kontor");
  KontorWorkspace *workspace;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (symlink (file->path, link), ==, 0);
  g_assert_cmpint (symlink (none, dangling), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  workspace_refuse (none, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_NOT_FOUND);
  workspace_refuse (dangling, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_NOT_FOUND);
  workspace_refuse (loop, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_INVALID);
  workspace_refuse (fifo, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_INVALID);
  workspace_refuse (file->dir.dir, KONTOR_OPEN_DEFAULT, KONTOR_ERROR_INVALID);
  workspace = workspace_open (link, KONTOR_OPEN_NO_WATCH);
  g_assert_cmpstr (kontor_workspace_get_path (workspace), ==, file->path);
  workspace_close (workspace);
  workspace_close (kontor_workspace_create (odd, NULL, NULL, &error));
  g_assert_no_error (error);
  workspace_close (workspace_open (odd, KONTOR_OPEN_READ_ONLY));
}

static void
test_create_refuses (File *file, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *link = kontor_test_dir_path (&file->dir, "link.kontor");
  g_autofree char *below = g_build_filename (file->path, "below.kontor", NULL);
  g_autofree char *deep = g_build_filename (file->dir.dir, "new", "folder", "w.kontor", NULL);
  g_autoptr(GBytes) before = file_read (file->path), after = NULL;

  g_assert_null (kontor_workspace_create (file->path, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_INVALID);
  g_clear_error (&error);
  after = file_read (file->path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpint (symlink ("nowhere", link), ==, 0);
  g_assert_null (kontor_workspace_create (link, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (kontor_workspace_create (below, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  workspace_close (kontor_workspace_create (deep, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_locked (File *file, gconstpointer data)
{
  sqlite3 *other = NULL;
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace;
  g_autoptr(KontorStep) step = kontor_step_new ("New");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Bert");
  g_autofree char *state = NULL;

  workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  g_assert_cmpint (sqlite3_open (file->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  kontor_step_create (step, contact);
  g_assert_null (kontor_workspace_commit (workspace, step, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_BUSY);
  state = workspace_sql (workspace, "SELECT name FROM contact");
  g_assert_cmpstr (state, ==, "Anna\n");
  sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL);
  workspace_add_contact (workspace, "Carl");
  sqlite3_close (other);
  workspace_close (workspace);
}

static void
test_on_disk (File *file, gconstpointer data)
{
  g_autofree char *expected = g_path_get_basename (file->path);
  g_autoptr(GDir) entries = NULL;
  struct stat info;
  g_autoptr(GBytes) contents = file_read (file->path);
  const guint8 *bytes = g_bytes_get_data (contents, NULL);

  g_assert_cmpint (stat (file->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  /* Not a file in WAL mode: it can be copied and read anywhere. */
  g_assert_cmpint (bytes[18], ==, 1);
  entries = g_dir_open (file->dir.dir, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (entries), ==, expected);
  g_assert_cmpstr (g_dir_read_name (entries), ==, NULL);
}

static char *
migrated_backup_path (File *file)
{
  g_autofree char *name = g_strdup_printf ("test.before-v%d.kontor", KONTOR_SCHEMA_VERSION);

  return kontor_test_dir_path (&file->dir, name);
}

static void
make_older (File *file)
{
  file_exec (file->path,
             "DROP VIEW v_account;DROP VIEW v_contact;DROP INDEX contact__city;"
             "ALTER TABLE account DROP COLUMN website;ALTER TABLE contact DROP COLUMN city__s;"
             "ALTER TABLE contact DROP COLUMN first_name__s;DROP TABLE tag_link;"
             "DELETE FROM meta WHERE k='model';PRAGMA user_version=0");
}

static void
test_migration (File *file, gconstpointer data)
{
  g_autofree char *backup = migrated_backup_path (file);
  g_autofree char *found = NULL, *view = NULL;
  KontorWorkspace *workspace;

  make_older (file);
  workspace_refuse (file->path, KONTOR_OPEN_READ_ONLY, KONTOR_ERROR_READ_ONLY);
  workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  found = workspace_sql (workspace,
                         "SELECT (SELECT count(*) FROM pragma_table_info('account') WHERE "
                         "name='website'),(SELECT count(*) FROM sqlite_schema WHERE "
                         "name='contact__city'),(SELECT count(*) FROM tag_link),(SELECT count(*) "
                         "FROM meta WHERE k='bulk'),(SELECT count(*) FROM contact)");
  g_assert_cmpstr (found, ==, "1|1|0|0|1\n");
  view = workspace_sql (workspace, "SELECT name FROM v_contact");
  g_assert_cmpstr (view, ==, "Anna\n");
  workspace_assert_sound (workspace);
  workspace_add_contact (workspace, "Bert");
  workspace_close (workspace);
  /* The copy is the old file: it has what was there, and can be migrated in its turn. */
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  workspace = workspace_open (backup, KONTOR_OPEN_NO_WATCH);
  g_clear_pointer (&view, g_free);
  view = workspace_sql (workspace, "SELECT name FROM contact");
  g_assert_cmpstr (view, ==, "Anna\n");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

/* What the first schema lacked is there afterwards, and can be written. */
static void
test_migration_from_1 (File *file, gconstpointer data)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autofree char *found = NULL;
  KontorWorkspace *workspace;

  for (guint i = 0; i < kontor_record_type_count (); i++)
    g_string_append_printf (sql, "DROP VIEW v_%s;", kontor_record_type_nth (i)->name);
  g_string_append (sql,
                   "DROP TABLE layout;DROP TABLE import_mapping;DROP TABLE star;"
                   "DROP TABLE not_duplicate;ALTER TABLE workspace_settings DROP COLUMN "
                   "stale_months;"
                   "DELETE FROM meta WHERE k='model';PRAGMA user_version=1");
  file_exec (file->path, sql->str);
  workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  found = workspace_sql (workspace,
                         "SELECT (SELECT count(*) FROM star),(SELECT count(*) FROM not_duplicate),"
                         "(SELECT count(*) FROM v_layout),(SELECT count(stale_months) FROM "
                         "v_workspace_settings),(SELECT count(*) FROM contact)");
  g_assert_cmpstr (found, ==, "0|0|0|0|1\n");
  workspace_assert_sound (workspace);
  workspace_add_contact (workspace, "Bert");
  workspace_close (workspace);
}

/* Attachments are not copied before a migration: they don't change. */
static void
test_migration_leaves_blobs (File *file, gconstpointer data)
{
  g_autofree char *backup = migrated_backup_path (file);
  g_autofree char *count = NULL;
  g_autofree char *hash = NULL;
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  KontorWorkspace *workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);

  hash = kontor_workspace_put_blob (workspace, stream, 0, NULL, NULL, NULL, NULL, NULL);
  g_assert_nonnull (hash);
  workspace_close (workspace);
  file_exec (file->path, "PRAGMA user_version=0");
  workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  count = workspace_sql (workspace, "SELECT count(*) FROM blob_chunk");
  g_assert_cmpstr (count, ==, "1\n");
  workspace_close (workspace);
  file_exec (backup,
             "CREATE TEMP TABLE t(n CHECK(n=0));INSERT INTO t SELECT count(*) FROM blob_chunk");
}

static void
test_backup (File *file, gconstpointer data)
{
  g_autofree char *copy = kontor_test_dir_path (&file->dir, "copy.kontor");
  KontorWorkspace *workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *state = NULL;
  struct stat info;

  workspace_add_contact (workspace, "Bert");
  g_assert_true (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  workspace_add_contact (workspace, "Carl");
  /* Broken off, or to a place that is not there: what there was stays. */
  g_cancellable_cancel (cancelled);
  g_assert_false (kontor_workspace_backup (workspace, copy, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (kontor_workspace_backup (workspace, file->path, NULL, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
    kontor_workspace_backup (workspace, "/nowhere/x.kontor", NULL, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_NOT_FOUND);
  workspace_close (workspace);
  g_assert_cmpint (stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  workspace = workspace_open (copy, KONTOR_OPEN_NO_WATCH);
  state = workspace_sql (workspace, "SELECT name FROM contact ORDER BY name");
  g_assert_cmpstr (state, ==, "Anna\nBert\n");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

static void
test_restore (File *file, gconstpointer data)
{
  g_autofree char *copy = kontor_test_dir_path (&file->dir, "copy.kontor");
  g_autofree char *kept = kontor_test_dir_path (&file->dir, "kept.kontor");
  g_autofree char *other = kontor_test_dir_path (&file->dir, "nothing.kontor");
  KontorWorkspace *workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  g_autoptr(KontorBackupFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *state = NULL, *state_kept = NULL;

  g_assert_true (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  workspace_add_contact (workspace, "Bert");
  workspace_add_contact (workspace, "Carl");
  facts = kontor_backup_look (copy, file->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts->n_people, ==, 1);
  g_assert_cmpint (facts->n_organisations, ==, 0);
  g_assert_true (facts->is_same);
  g_assert_cmpint (facts->n_lost, ==, 2);
  g_assert_nonnull (facts->lost_label);
  g_assert_cmpint (facts->lost_at, >=, facts->at);
  /* while somebody is on it nothing is changed */
  g_assert_false (kontor_backup_restore (copy, file->path, kept, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_BUSY);
  g_clear_error (&error);
  workspace_close (workspace);
  g_assert_false (kontor_backup_restore (other, file->path, kept, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (kontor_backup_restore (copy, file->path, kept, NULL, &error));
  g_assert_no_error (error);
  workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  state = workspace_sql (workspace, "SELECT name FROM contact ORDER BY name");
  g_assert_cmpstr (state, ==, "Anna\n");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
  workspace = workspace_open (kept, KONTOR_OPEN_NO_WATCH);
  state_kept = workspace_sql (workspace, "SELECT name FROM contact ORDER BY name");
  g_assert_cmpstr (state_kept, ==, "Anna\nBert\nCarl\n");
  workspace_close (workspace);
}

/* What is no workspace, or another one. */
static void
test_restore_others (File *file, gconstpointer data)
{
  g_autofree char *text = kontor_test_dir_path (&file->dir, "text.kontor");
  g_autofree char *other = kontor_test_dir_path (&file->dir, "other.kontor");
  KontorInit init = { .user_name = "Somebody" };
  g_autoptr(KontorBackupFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace;

  g_assert_true (g_file_set_contents (text, "Dear diary", -1, NULL));
  g_assert_null (kontor_backup_look (text, file->path, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  workspace = kontor_workspace_create (other, &init, NULL, &error);
  g_assert_no_error (error);
  workspace_close (workspace);
  facts = kontor_backup_look (other, file->path, &error);
  g_assert_no_error (error);
  g_assert_false (facts->is_same);
  g_assert_cmpint (facts->n_lost, >, 0);
}

/* In a sandbox's lent file no workspace lives, but a copy gets there whole or not at all. */
static void
test_lent (File *file, gconstpointer data)
{
  g_autofree char *root = kontor_test_dir_path (&file->dir, "doc");
  g_autofree char *folder = g_build_filename (root, "5f9c461", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.kontor", NULL);
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  g_autofree char *own = g_build_filename (g_get_user_cache_dir (), "kontor", NULL);
  g_autofree char *work = g_build_filename (own, "copy.kontor.part", NULL);
  KontorWorkspace *workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  g_autoptr(GError) error = NULL;
  g_autofree char *state = NULL;
  struct stat info;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  kontor_path_set_lent_root_for_testing (root);
  /* not through SQLite: it could not make its file there */
  g_assert_cmpint (g_mkdir_with_parents (own, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (work, 0700), ==, 0);
  g_assert_false (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (work), ==, 0);
  g_assert_true (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
  workspace_close (workspace);

  workspace = kontor_workspace_open (copy, KONTOR_OPEN_NO_WATCH, NULL, &error);
  g_assert_null (workspace);
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_DENIED);
  g_clear_error (&error);
  workspace = kontor_workspace_create (part, NULL, NULL, &error);
  g_assert_null (workspace);
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_DENIED);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  kontor_path_set_lent_root_for_testing (NULL);
  g_assert_cmpint (stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  workspace = workspace_open (copy, KONTOR_OPEN_NO_WATCH);
  state = workspace_sql (workspace, "SELECT name FROM contact ORDER BY name");
  g_assert_cmpstr (state, ==, "Anna\n");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

/* The check sees what does not agree, and repair makes what can be computed. */
static void
test_check (File *file, gconstpointer data)
{
  static const char *const damages[] = {
    "UPDATE contact SET number='wrong'",
    "UPDATE contact SET hid=1",
    "UPDATE total SET n=n+1 WHERE def='contact_count'",
    "DELETE FROM contact",
  };
  g_autoptr(GBytes) whole = file_read (file->path);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      KontorWorkspace *workspace;
      g_autoptr(GPtrArray) problems = NULL;
      g_autoptr(GError) error = NULL;

      file_write (file->path, whole);
      file_exec (file->path, damages[i]);
      workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
      problems = kontor_workspace_check (workspace, FALSE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %u problems", damages[i], problems->len);
      g_assert_cmpuint (problems->len, >, 0);
      if (i == 2)
        {
          g_ptr_array_unref (g_steal_pointer (&problems));
          problems = kontor_workspace_check (workspace, TRUE, NULL, NULL, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (problems->len, ==, 0);
        }
      workspace_close (workspace);
    }
}

/* What was written is copied into the file as it grows: the WAL stays short. */
static void
test_wal_is_short (File *file, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (file->path, "-wal", NULL);
  g_autofree char *long_text = g_strnfill (250 * 1024, 'x');
  KontorWorkspace *workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  GStatBuf info;

  for (guint i = 0; i < 90; i++)
    {
      g_autoptr(KontorStep) step = kontor_step_new ("New Person");
      g_autoptr(KontorRecord) contact = fixture_new_contact ("Anna");
      g_autoptr(GError) error = NULL;

      kontor_record_set_text (contact, KONTOR_CONTACT_NOTES, long_text);
      kontor_step_create (step, contact);
      kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (g_stat (file->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 16 * 1024 * 1024);
  g_assert_cmpint (g_stat (wal, &info), ==, 0);
  g_assert_cmpint (info.st_size, <, 24 * 1024 * 1024);
  workspace_close (workspace);
}

/* Keys and documents of an older fold are made anew, and an index of another version. */
static void
test_older_fold (File *file, gconstpointer data)
{
  KontorWorkspace *workspace;
  g_autoptr(KontorSearchResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;

  file_exec (file->path,
             "UPDATE meta SET v=0 WHERE k='fold_version';"
             "UPDATE contact SET name__s='old key';"
             "UPDATE search_doc SET title='old fold' WHERE type=11;"
             "DROP TABLE title_fts;"
             "CREATE VIRTUAL TABLE title_fts USING fts5(title);"
             "DROP TABLE word");
  workspace = workspace_open (file->path, KONTOR_OPEN_NO_WATCH);
  key = workspace_sql (workspace, "SELECT name__s FROM contact");
  g_assert_cmpstr (key, ==, "anna\n");
  result = kontor_workspace_search (workspace, "anna", &kontor_contact_type, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->hits->len, ==, 1);
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

#define ADD(name, function) \
  g_test_add ("/store/file/" name, File, NULL, file_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("not-a-database", test_not_a_database);
  ADD ("truncated", test_truncated);
  ADD ("foreign", test_foreign);
  ADD ("newer", test_newer);
  ADD ("newer-meanwhile", test_newer_meanwhile);
  ADD ("paths", test_paths);
  ADD ("create-refuses", test_create_refuses);
  ADD ("locked", test_locked);
  ADD ("on-disk", test_on_disk);
  ADD ("restore", test_restore);
  ADD ("restore-others", test_restore_others);
  ADD ("migration", test_migration);
  ADD ("migration-from-1", test_migration_from_1);
  ADD ("older-fold", test_older_fold);
  ADD ("migration-blobs", test_migration_leaves_blobs);
  ADD ("backup", test_backup);
  ADD ("lent", test_lent);
  ADD ("check", test_check);
  ADD ("wal-is-short", test_wal_is_short);
  return g_test_run ();
}
