/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk fails: what was committed is there, what failed left nothing, and the workspace stays
 * readable. Crashes are tried at every single write of a short script. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-fault-vfs.h"
#include "workspace-fixture.h"
#include <string.h>
#include <glib/gstdio.h>

#define N_STEPS 5

/* Every write; in a sanitizer's build, where each takes ten times as long, every seventh. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 7
#else
#define STRIDE 1
#endif

typedef struct
{
  KontorTestDir dir;
  char *path;
  GBytes *file;              /* a closed workspace with one person */
  char *states[N_STEPS + 1]; /* what is there after so many steps of the script */
} Faults;

/* --- The script --------------------------------------------------------------------------- */

typedef struct
{
  KontorId first, second;
} Script;

static KontorStep *
make_step (Script *script, guint i)
{
  KontorStep *step = kontor_step_new ("Step");

  if (i == 0 || i == 2)
    {
      g_autoptr(KontorRecord) contact = fixture_new_contact (i == 0 ? "Anna" : "Bert");
      KontorId id = kontor_step_create (step, contact);

      if (i == 0)
        script->first = id;
      else
        {
          g_autoptr(KontorRecord) point =
            fixture_new_point (&kontor_contact_type, &id, "phone", "030 123456");

          kontor_step_create (step, point);
          script->second = id;
        }
    }
  else if (i == 1)
    kontor_step_set_text (step, &script->first, KONTOR_CONTACT_NUMBER, "4711");
  else
    kontor_step_trash (step, &kontor_contact_type, &script->second);
  return step;
}

static gboolean
run_step (KontorWorkspace *workspace, Script *script, guint i, GError **error)
{
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (i == N_STEPS - 1)
    commit = kontor_workspace_undo (workspace, NULL, NULL, NULL, error);
  else
    {
      step = make_step (script, i);
      commit = kontor_workspace_commit (workspace, step, NULL, error);
    }
  return commit != NULL;
}

/* How many steps returned before one failed; @failed is that one's error. */
static guint
run_script (KontorWorkspace *workspace, GError **failed)
{
  Script script = { 0 };

  for (guint i = 0; i < N_STEPS; i++)
    if (!run_step (workspace, &script, i, failed))
      return i;
  return N_STEPS;
}

static void
faults_set_up (Faults *faults, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace;
  Script script = { 0 };

  kontor_model_init ();
  kontor_fault_vfs_install ();
  kontor_fault_vfs_reset ();
  kontor_test_dir_set_up (&faults->dir);
  faults->path = kontor_test_dir_path (&faults->dir, "test.kontor");
  workspace = kontor_workspace_create (faults->path, NULL, NULL, &error);
  g_assert_no_error (error);
  workspace_add_contact (workspace, "Zoe");
  workspace_close (workspace);
  faults->file = file_read (faults->path);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  for (guint i = 0; i <= N_STEPS; i++)
    {
      faults->states[i] = workspace_dump (workspace);
      if (i < N_STEPS)
        g_assert_true (run_step (workspace, &script, i, NULL));
    }
  workspace_close (workspace);
  kontor_store_set_vfs_for_testing (KONTOR_FAULT_VFS);
}

static void
remove_beside (Faults *faults)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", "-lease" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (faults->path, suffixes[i], NULL);

      g_unlink (path);
    }
}

static void
restore_file (Faults *faults)
{
  remove_beside (faults);
  file_write (faults->path, faults->file);
}

static void
faults_tear_down (Faults *faults, gconstpointer data)
{
  kontor_fault_vfs_reset ();
  kontor_store_set_vfs_for_testing (NULL);
  kontor_fault_vfs_remove ();
  for (guint i = 0; i <= N_STEPS; i++)
    g_free (faults->states[i]);
  g_bytes_unref (faults->file);
  g_free (faults->path);
  kontor_test_dir_tear_down (&faults->dir);
}

/* --- Crashes ------------------------------------------------------------------------------ */

/* After a loss of power nothing is left of shared memory. */
static void
forget_memory (Faults *faults)
{
  g_autofree char *shm = g_strconcat (faults->path, "-shm", NULL);

  g_unlink (shm);
}

static void
assert_after_crash (Faults *faults, guint n_returned, guint k)
{
  KontorWorkspace *workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  g_autofree char *state = workspace_dump (workspace);
  gboolean as_returned = g_str_equal (state, faults->states[n_returned]);
  gboolean one_more = n_returned < N_STEPS && g_str_equal (state, faults->states[n_returned + 1]);

  /* The step that was under way may have reached the disk before its answer. */
  if (!as_returned && !one_more)
    g_test_message ("write %u, %u steps had returned, found:\n%s", k, n_returned, state);
  g_assert_true (as_returned || one_more);
  workspace_assert_sound (workspace);
  workspace_add_contact (workspace, "Afterwards");
  workspace_close (workspace);
}

static gboolean
crash_at (Faults *faults, KontorFault fault, guint k)
{
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace;
  guint n_returned = 0;
  gboolean struck;

  restore_file (faults);
  kontor_fault_vfs_arm (fault, k, k);
  workspace = kontor_workspace_open (faults->path, KONTOR_OPEN_NO_WATCH, NULL, NULL);
  if (workspace != NULL)
    {
      n_returned = run_script (workspace, NULL);
      workspace_drop (workspace);
    }
  struck = kontor_fault_vfs_has_struck ();
  kontor_fault_vfs_reset ();
  forget_memory (faults);
  assert_after_crash (faults, n_returned, k);
  return struck;
}

static void
test_crash (Faults *faults, gconstpointer data)
{
  KontorFault fault = GPOINTER_TO_INT (data);
  guint k = 1;

  while (crash_at (faults, fault, k))
    k += STRIDE;
  g_test_message ("%u crashes", (k - 1) / STRIDE);
  g_assert_cmpuint (k, >, 50);
}

/* --- Errors ------------------------------------------------------------------------------- */

/* Reading still works, and everything does once the disk is in order. */
static void
assert_usable (Faults *faults, KontorWorkspace *workspace, guint n_returned)
{
  g_autofree char *state = NULL;
  g_autoptr(GError) error = NULL;
  Script script = { 0 };

  state = workspace_dump (workspace);
  g_assert_cmpstr (state, ==, faults->states[n_returned]);
  kontor_fault_vfs_reset ();
  g_assert_true (run_step (workspace, &script, 0, &error));
  g_assert_no_error (error);
  workspace_assert_sound (workspace);
}

static gboolean
fail_at (Faults *faults, KontorFault fault, KontorErrorCode code, guint k)
{
  KontorWorkspace *workspace;
  g_autoptr(GError) error = NULL;
  guint n_returned;
  gboolean struck;

  restore_file (faults);
  kontor_fault_vfs_reset ();
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  kontor_fault_vfs_arm (fault, k, k);
  n_returned = run_script (workspace, &error);
  struck = kontor_fault_vfs_has_struck ();
  if (struck)
    {
      g_assert_error (error, KONTOR_STORE_ERROR, (int) code);
      assert_usable (faults, workspace, n_returned);
    }
  kontor_fault_vfs_reset ();
  workspace_close (workspace);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  workspace_assert_sound (workspace);
  workspace_close (workspace);
  return struck;
}

static void
test_full (Faults *faults, gconstpointer data)
{
  for (guint k = 1; fail_at (faults, KONTOR_FAULT_FULL, KONTOR_ERROR_FULL, k); k += 3 * STRIDE)
    continue;
}

static void
test_write_error (Faults *faults, gconstpointer data)
{
  for (guint k = 1; fail_at (faults, KONTOR_FAULT_WRITE, KONTOR_ERROR_IO, k); k += 3 * STRIDE)
    continue;
}

static void
test_sync_error (Faults *faults, gconstpointer data)
{
  guint k = 1;

  while (fail_at (faults, KONTOR_FAULT_SYNC, KONTOR_ERROR_IO, k))
    k++;
  g_assert_cmpuint (k, >, N_STEPS);
}

/* Whatever page can't be read: an error, no crash, and all is well when it can be read again. */
static void
test_read_error (Faults *faults, gconstpointer data)
{
  gboolean struck = TRUE;

  for (guint k = 1; struck; k += STRIDE)
    {
      g_autoptr(GError) error = NULL;
      KontorWorkspace *workspace;

      restore_file (faults);
      kontor_fault_vfs_arm (KONTOR_FAULT_READ, k, k);
      workspace = kontor_workspace_open (faults->path, KONTOR_OPEN_NO_WATCH, NULL, &error);
      if (workspace != NULL)
        run_script (workspace, error == NULL ? &error : NULL);
      struck = kontor_fault_vfs_has_struck ();
      if (error != NULL && !kontor_error_is (error, KONTOR_ERROR_IO))
        g_test_message ("read %u: %s", k, error->message);
      if (error != NULL)
        g_assert_true (kontor_error_is (error, KONTOR_ERROR_IO) ||
                       kontor_error_is (error, KONTOR_ERROR_FAILED));
      kontor_fault_vfs_reset ();
      if (workspace != NULL)
        workspace_drop (workspace);
      workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
      workspace_assert_sound (workspace);
      workspace_close (workspace);
    }
}

static void
test_unreadable (Faults *faults, gconstpointer data)
{
  kontor_fault_vfs_arm (KONTOR_FAULT_READ_ALL, 1, 1);
  workspace_refuse (faults->path, KONTOR_OPEN_NO_WATCH, KONTOR_ERROR_IO);
}

/* --- How much is written ------------------------------------------------------------------ */

static void
test_one_sync (Faults *faults, gconstpointer data)
{
  KontorWorkspace *workspace;
  KontorFaultCounts counts;
  Script script = { 0 };

  restore_file (faults);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  kontor_fault_vfs_reset ();
  g_assert_true (run_step (workspace, &script, 0, NULL));
  kontor_fault_vfs_get_counts (&counts);
  /* The first after a checkpoint also makes the WAL's new header safe. */
  g_assert_cmpuint (counts.syncs, <=, 2);
  g_assert_cmpuint (counts.syncs, >=, 1);
  for (guint i = 1; i < N_STEPS; i++)
    {
      kontor_fault_vfs_reset ();
      g_assert_true (run_step (workspace, &script, i, NULL));
      kontor_fault_vfs_get_counts (&counts);
      g_assert_cmpuint (counts.syncs, ==, 1);
      g_assert_cmpuint (counts.wal_syncs, ==, 1);
    }
  workspace_close (workspace);
}

/* --- Files and folders that can't be written ---------------------------------------------- */

static void
assert_refuses_writing (KontorWorkspace *workspace)
{
  g_autoptr(GError) error = NULL;
  Script script = { 0 };

  g_assert_false (run_step (workspace, &script, 0, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_READ_ONLY);
}

/* Saving a copy is what its user is told to do. */
static void
assert_copies (Faults *faults, KontorWorkspace *workspace)
{
  g_autofree char *copy = kontor_test_dir_path (&faults->dir, "copy.kontor");
  g_autoptr(GError) error = NULL;
  KontorWorkspace *copied;
  g_autofree char *state = NULL;

  kontor_fault_vfs_set_read_only (FALSE, FALSE);
  g_assert_true (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  copied = workspace_open (copy, KONTOR_OPEN_NO_WATCH);
  state = workspace_dump (copied);
  g_assert_cmpstr (state, ==, faults->states[0]);
  workspace_close (copied);
  g_unlink (copy);
}

static void
test_read_only (Faults *faults, gconstpointer data)
{
  gboolean folder = GPOINTER_TO_INT (data);
  KontorWorkspace *workspace;
  g_autofree char *state = NULL;

  restore_file (faults);
  kontor_fault_vfs_set_read_only (TRUE, folder);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  g_assert_true (kontor_workspace_is_read_only (workspace));
  state = workspace_dump (workspace);
  g_assert_cmpstr (state, ==, faults->states[0]);
  assert_refuses_writing (workspace);
  assert_copies (faults, workspace);
  workspace_close (workspace);
}

/* A file that was not closed, in a folder that can't be written: what is in it, without its WAL. */
static void
test_read_only_wal (Faults *faults, gconstpointer data)
{
  KontorWorkspace *workspace;
  g_autofree char *state = NULL;

  restore_file (faults);
  file_exec (faults->path, "PRAGMA journal_mode=WAL");
  kontor_fault_vfs_set_read_only (TRUE, TRUE);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  g_assert_true (kontor_workspace_is_read_only (workspace));
  state = workspace_dump (workspace);
  g_assert_cmpstr (state, ==, faults->states[0]);
  assert_refuses_writing (workspace);
  workspace_close (workspace);
}

/* --- Copies and beginnings on a full disk ------------------------------------------------- */

static void
test_backup_full (Faults *faults, gconstpointer data)
{
  g_autofree char *copy = kontor_test_dir_path (&faults->dir, "copy.kontor");
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  KontorWorkspace *workspace;
  g_autoptr(GError) error = NULL;

  restore_file (faults);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  kontor_fault_vfs_arm (KONTOR_FAULT_FULL, 5, 1);
  g_assert_false (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_FULL);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  kontor_fault_vfs_reset ();
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

static void
test_create_full (Faults *faults, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) entries = NULL;

  remove_beside (faults);
  kontor_fault_vfs_arm (KONTOR_FAULT_FULL, 10, 1);
  g_assert_null (kontor_workspace_create (faults->path, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_FULL);
  entries = g_dir_open (faults->dir.dir, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (entries), ==, NULL);
}

/* --- Damage ------------------------------------------------------------------------------- */

static gboolean
ignore_row (guint n,
            const char *const *names,
            const char *const *texts,
            const int *types,
            gpointer data)
{
  return TRUE;
}

/* The page with the person on it is overwritten: the rest can be read, the check says so. */
static void
test_corrupt_page (Faults *faults, gconstpointer data)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (faults->file, &length);
  g_autofree guint8 *damaged = g_memdup2 (bytes, length);
  g_autoptr(GBytes) contents = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *users = NULL, *copy = NULL;
  KontorWorkspace *workspace;
  guint n = 0;

  for (gsize page = 1; page < length / 4096; page++)
    if (memmem (bytes + page * 4096, 4096, "Zoe", 3) != NULL)
      {
        memset (damaged + page * 4096, 0xa5, 4096);
        n++;
      }
  g_assert_cmpuint (n, >, 0);
  contents = g_bytes_new (damaged, length);
  remove_beside (faults);
  file_write (faults->path, contents);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  users = workspace_sql (workspace, "SELECT count(*) FROM user");
  g_assert_cmpstr (users, ==, "1\n");
  problems = kontor_workspace_check (workspace, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  kontor_workspace_sql (workspace, "SELECT name FROM contact", ignore_row, NULL, NULL, &error);
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_CORRUPT);
  g_clear_error (&error);
  /* A copy as it is, with a word of warning. */
  copy = kontor_test_dir_path (&faults->dir, "copy.kontor");
  g_assert_false (kontor_workspace_backup (workspace, copy, NULL, NULL, NULL, &error));
  g_assert_error (error, KONTOR_STORE_ERROR, KONTOR_ERROR_CORRUPT);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  workspace_drop (workspace);
}

/* --- Migration ---------------------------------------------------------------------------- */

static void
make_older (Faults *faults)
{
  restore_file (faults);
  file_exec (faults->path,
             "DROP VIEW v_account;ALTER TABLE account DROP COLUMN website;DELETE FROM meta WHERE "
             "k='model';PRAGMA user_version=0");
}

static gboolean
crash_migration_at (Faults *faults, GBytes *older, guint k)
{
  KontorWorkspace *workspace;
  g_autofree char *state = NULL, *columns = NULL;
  gboolean struck;

  remove_beside (faults);
  file_write (faults->path, older);
  kontor_fault_vfs_arm (KONTOR_FAULT_POWER_LOSS, k, k);
  workspace = kontor_workspace_open (faults->path, KONTOR_OPEN_NO_WATCH, NULL, NULL);
  if (workspace != NULL)
    workspace_drop (workspace);
  struck = kontor_fault_vfs_has_struck ();
  kontor_fault_vfs_reset ();
  forget_memory (faults);
  workspace = workspace_open (faults->path, KONTOR_OPEN_NO_WATCH);
  state = workspace_dump (workspace);
  g_assert_cmpstr (state, ==, faults->states[0]);
  columns =
    workspace_sql (workspace,
                   "SELECT count(*) FROM pragma_table_info('account') WHERE name='website'");
  g_assert_cmpstr (columns, ==, "1\n");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
  return struck;
}

static void
test_migration_crash (Faults *faults, gconstpointer data)
{
  g_autoptr(GBytes) older = NULL;
  guint step = g_test_thorough () ? 1 : 29 * STRIDE;

  make_older (faults);
  older = file_read (faults->path);
  for (guint k = 1; crash_migration_at (faults, older, k); k += step)
    continue;
}

#define ADD(name, data, function) \
  g_test_add ("/store/faults/" name, Faults, data, faults_set_up, function, faults_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("one-sync", NULL, test_one_sync);
  ADD ("crash", GINT_TO_POINTER (KONTOR_FAULT_CRASH), test_crash);
  ADD ("torn", GINT_TO_POINTER (KONTOR_FAULT_TORN), test_crash);
  ADD ("power-loss", GINT_TO_POINTER (KONTOR_FAULT_POWER_LOSS), test_crash);
  ADD ("full", NULL, test_full);
  ADD ("write-error", NULL, test_write_error);
  ADD ("sync-error", NULL, test_sync_error);
  ADD ("read-error", NULL, test_read_error);
  ADD ("unreadable", NULL, test_unreadable);
  ADD ("read-only-file", GINT_TO_POINTER (FALSE), test_read_only);
  ADD ("read-only-folder", GINT_TO_POINTER (TRUE), test_read_only);
  ADD ("read-only-wal", NULL, test_read_only_wal);
  ADD ("backup-full", NULL, test_backup_full);
  ADD ("create-full", NULL, test_create_full);
  ADD ("corrupt-page", NULL, test_corrupt_page);
  ADD ("migration-crash", NULL, test_migration_crash);
  return g_test_run ();
}
