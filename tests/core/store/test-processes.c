/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several processes on one file, and processes that are killed. The program calls itself with a
 * role instead of a test. */
#include "config.h"

#include "kontor-db-private.h"
#include "workspace-fixture.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <glib/gstdio.h>

#define N_KILLS 12

static char *self_path;

typedef struct
{
  KontorTestDir dir;
  char *path;
} Processes;

static void
processes_set_up (Processes *processes, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  kontor_test_dir_set_up (&processes->dir);
  processes->path = kontor_test_dir_path (&processes->dir, "test.kontor");
  workspace_close (kontor_workspace_create (processes->path, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
processes_tear_down (Processes *processes, gconstpointer data)
{
  g_free (processes->path);
  kontor_test_dir_tear_down (&processes->dir);
}

/* --- The other side ----------------------------------------------------------------------- */

/* Says each name once its commit has returned. The pause lets others write, too. */
static void
child_commit (KontorWorkspace *workspace, const char *prefix, guint n, gulong pause_us)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%05u", prefix, i);

      workspace_add_contact (workspace, name);
      printf ("%s\n", name);
      fflush (stdout);
      g_usleep (pause_us);
    }
}

static void
child_import (KontorWorkspace *workspace, KontorLongFlags flags)
{
  g_autoptr(GError) error = NULL;
  KontorLongStep *step =
    kontor_workspace_begin_long (workspace, "Import", KONTOR_ORIGIN_IMPORT, flags, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(KontorStep) part = kontor_step_new ("");

      for (guint k = 0; k < 20; k++)
        {
          g_autofree char *name = g_strdup_printf ("Imported %u", i * 20 + k);
          g_autoptr(KontorRecord) contact = fixture_new_contact (name);

          kontor_step_create (part, contact);
        }
      g_assert_true (kontor_long_step_append (step, part, NULL, &error));
      printf ("%u\n", i);
      fflush (stdout);
    }
  kontor_commit_free (kontor_long_step_end (step, TRUE, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
child_field (KontorWorkspace *workspace)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorStep) step = kontor_step_new ("New Field");
  g_autoptr(KontorRecord) field = kontor_record_new (&kontor_custom_field_type, &KONTOR_ID_NULL);

  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_TYPE, "contact");
  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_LABEL, "Shoe size");
  kontor_record_set_text (field, KONTOR_CUSTOM_FIELD_KIND, "text");
  kontor_step_create (step, field);
  kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
  g_assert_no_error (error);
}

/* What a file chooser does with every file of the folder that it shows. */
static void
look_at_files (const char *path)
{
  const char *suffixes[] = { "", "-wal", "-shm", "-lease" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      int fd = g_open (name, O_RDONLY | O_CLOEXEC);

      g_assert_cmpint (fd, >=, 0);
      close (fd);
    }
}

static int
run_child (const char *role, const char *path, const char *prefix)
{
  KontorWorkspace *workspace;

  kontor_model_init ();
  workspace = workspace_open (path, KONTOR_OPEN_NO_WATCH);
  if (strcmp (role, "commit") == 0)
    child_commit (workspace, prefix, 100000, 0);
  else if (strcmp (role, "commit-some") == 0)
    child_commit (workspace, prefix, 50, 0);
  else if (strcmp (role, "import") == 0)
    child_import (workspace, KONTOR_LONG_DEFAULT);
  else if (strcmp (role, "bulk") == 0)
    child_import (workspace, KONTOR_LONG_BULK);
  else if (strcmp (role, "field") == 0)
    child_field (workspace);
  else if (strcmp (role, "commit-looked-at") == 0)
    {
      look_at_files (path);
      child_commit (workspace, prefix, 100000, 20000);
    }
  else if (strcmp (role, "hold") == 0)
    {
      printf ("open\n");
      fflush (stdout);
      getchar ();
    }
  workspace_close (workspace);
  return 0;
}

typedef struct
{
  GPid pid;
  int in, out;
  FILE *lines;
} Child;

static void
start_child (Child *child, const char *role, const char *path, const char *prefix)
{
  const char *arguments[] = { self_path, "--child", role, path, prefix, NULL };
  g_autoptr(GError) error = NULL;

  g_spawn_async_with_pipes (NULL,
                            (char **) arguments,
                            NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD,
                            NULL,
                            NULL,
                            &child->pid,
                            &child->in,
                            &child->out,
                            NULL,
                            &error);
  g_assert_no_error (error);
  child->lines = fdopen (child->out, "r");
}

static char *
read_line (Child *child)
{
  char buffer[256];

  if (fgets (buffer, sizeof buffer, child->lines) == NULL)
    return NULL;
  return g_strdup (g_strchomp (buffer));
}

static int
end_child (Child *child, gboolean kill_it)
{
  int status;

  if (kill_it)
    kill (child->pid, SIGKILL);
  close (child->in);
  while (waitpid (child->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  fclose (child->lines);
  g_spawn_close_pid (child->pid);
  return status;
}

/* --- Killed ------------------------------------------------------------------------------- */

/* Each name that was said is there, at most one more, and nothing is out of order. */
static void
test_kill_commit (Processes *processes, gconstpointer data)
{
  guint said = 0;

  for (guint round = 0; round < N_KILLS; round++)
    {
      g_autofree char *prefix = g_strdup_printf ("r%02u-", round);
      g_autofree char *sql =
        g_strdup_printf ("SELECT count(*) FROM contact WHERE name LIKE '%s%%'", prefix);
      guint n = 1 + round * 5, said_here = 0;
      KontorWorkspace *workspace;
      g_autofree char *count = NULL;
      g_autofree char *line = NULL;
      Child child;

      start_child (&child, "commit", processes->path, prefix);
      while (said_here < n && (line = read_line (&child)) != NULL)
        {
          g_clear_pointer (&line, g_free);
          said_here++;
        }
      kill (child.pid, SIGKILL);
      while ((line = read_line (&child)) != NULL)
        {
          g_clear_pointer (&line, g_free);
          said_here++;
        }
      end_child (&child, FALSE);
      workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
      count = workspace_sql (workspace, sql);
      g_assert_cmpint (atoi (count), >=, said_here);
      g_assert_cmpint (atoi (count), <=, said_here + 1);
      workspace_assert_sound (workspace);
      workspace_close (workspace);
      said += said_here;
    }
  g_test_message ("%u commits, %u kills", said, N_KILLS);
}

static void
assert_no_index_missing (KontorWorkspace *workspace, const char *expected)
{
  g_autofree char *indexes =
    workspace_sql (workspace, "SELECT name FROM sqlite_schema WHERE type='index' ORDER BY name");

  g_assert_cmpstr (indexes, ==, expected);
}

/* An import that died is gone, and what it had put off is made. */
static void
test_kill_import (Processes *processes, gconstpointer data)
{
  const char *role = data;
  KontorWorkspace *workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  g_autofree char *indexes =
    workspace_sql (workspace, "SELECT name FROM sqlite_schema WHERE type='index' ORDER BY name");

  workspace_add_contact (workspace, "Before");
  workspace_close (workspace);
  for (guint parts = 1; parts < 60; parts += 19)
    {
      g_autofree char *state = NULL;
      g_autofree char *left = NULL;
      g_autofree char *line = NULL;
      Child child;

      start_child (&child, role, processes->path, "");
      for (guint i = 0; i < parts; i++)
        {
          g_clear_pointer (&line, g_free);
          line = read_line (&child);
          g_assert_nonnull (line);
        }
      end_child (&child, TRUE);
      workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
      state = workspace_sql (workspace, "SELECT name FROM contact");
      g_assert_cmpstr (state, ==, "Before\n");
      left = workspace_sql (workspace,
                            "SELECT (SELECT count(*) FROM step WHERE state=0),(SELECT count(*) "
                            "FROM meta WHERE k='bulk')");
      g_assert_cmpstr (left, ==, "0|0\n");
      assert_no_index_missing (workspace, indexes);
      workspace_assert_sound (workspace);
      workspace_close (workspace);
    }
}

/* --- Looked at ---------------------------------------------------------------------------- */

static void
assert_n_contacts (KontorWorkspace *workspace, const char *prefix, int least, int most)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM contact WHERE name LIKE '%s%%'", prefix);
  g_autofree char *count = workspace_sql (workspace, sql);

  g_assert_cmpint (atoi (count), >=, least);
  g_assert_cmpint (atoi (count), <=, most);
}

/* Somebody in this process opens and closes the files. What comes and goes beside it afterwards
 * still sees that it is not alone, leaves the WAL where it is, and loses nothing. */
static void
test_looked_at (Processes *processes, gconstpointer data)
{
  KontorWorkspace *workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  g_autofree char *wal = g_strconcat (processes->path, "-wal", NULL);
  GStatBuf before, after;

  workspace_add_contact (workspace, "here 1");
  look_at_files (processes->path);
  g_assert_cmpint (g_stat (wal, &before), ==, 0);
  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *prefix = g_strdup_printf ("child %u ", round);
      g_autofree char *line = NULL;
      Child child;

      start_child (&child, "commit-some", processes->path, prefix);
      while ((line = read_line (&child)) != NULL)
        g_clear_pointer (&line, g_free);
      g_assert_cmpint (end_child (&child, FALSE), ==, 0);
      g_assert_cmpint (g_stat (wal, &after), ==, 0);
      g_assert_cmpuint (before.st_ino, ==, after.st_ino);
      workspace_add_contact (workspace, "here 2");
      look_at_files (processes->path);
    }
  assert_n_contacts (workspace, "here", 4, 4);
  assert_n_contacts (workspace, "child", 150, 150);
  workspace_assert_sound (workspace);
  workspace_close (workspace);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

/* The one that was looked at is killed after another has come and gone. */
static void
test_looked_at_killed (Processes *processes, gconstpointer data)
{
  for (guint round = 0; round < N_KILLS; round++)
    {
      g_autofree char *prefix = g_strdup_printf ("r%02u-", round);
      KontorWorkspace *workspace;
      int said = 0;
      g_autofree char *line = NULL;
      Child child;

      start_child (&child, "commit-looked-at", processes->path, prefix);
      g_free (read_line (&child));
      workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
      workspace_add_contact (workspace, "beside");
      workspace_close (workspace);
      for (said = 1; said < 10 && (line = read_line (&child)) != NULL; said++)
        g_clear_pointer (&line, g_free);
      kill (child.pid, SIGKILL);
      for (; (line = read_line (&child)) != NULL; said++)
        g_clear_pointer (&line, g_free);
      end_child (&child, FALSE);
      workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
      assert_n_contacts (workspace, prefix, said, said + 1);
      assert_n_contacts (workspace, "beside", (int) round + 1, (int) round + 1);
      workspace_assert_sound (workspace);
      workspace_close (workspace);
    }
}

/* --- Beside one another ------------------------------------------------------------------- */

static void
count_changes_cb (KontorWorkspace *workspace, KontorChangeSet *changes, gpointer data)
{
  guint *n = data;

  if (kontor_change_set_touches_type (changes, &kontor_contact_type))
    (*n)++;
}

typedef struct
{
  KontorWorkspace *workspace;
  guint n_changes;
} Watched;

static gboolean
sees_all (gpointer data)
{
  Watched *watched = data;
  g_autofree char *count = NULL;

  if (watched->n_changes == 0)
    return FALSE;
  count = workspace_sql (watched->workspace, "SELECT count(*) FROM contact");
  return atoi (count) == 50;
}

static void
test_watch (Processes *processes, gconstpointer data)
{
  Watched watched = { workspace_open (processes->path, KONTOR_OPEN_DEFAULT), 0 };
  Child child;

  g_signal_connect (watched.workspace,
                    "changed",
                    G_CALLBACK (count_changes_cb),
                    &watched.n_changes);
  start_child (&child, "commit-some", processes->path, "other ");
  kontor_test_wait_until (sees_all, &watched, 20000);
  g_assert_cmpint (end_child (&child, FALSE), ==, 0);
  workspace_assert_sound (watched.workspace);
  workspace_close (watched.workspace);
}

/* A field that another process has made is one here too: for the writer, for readers, for windows.
 */
static void
test_custom_field (Processes *processes, gconstpointer data)
{
  KontorWorkspace *workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  g_autoptr(KontorStep) step = kontor_step_new ("New Person");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Anna");
  g_autoptr(KontorRecord) read = NULL;
  g_autoptr(KontorSchema) schema = NULL;
  g_autoptr(GPtrArray) fields = NULL;
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  const KontorFieldDef *field;
  KontorId id;
  Child child;

  start_child (&child, "field", processes->path, "");
  g_assert_cmpint (end_child (&child, FALSE), ==, 0);
  id = kontor_step_create (step, contact);
  kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
  g_assert_no_error (error);
  schema = kontor_workspace_ref_schema (workspace);
  fields = kontor_schema_get_custom_fields (schema, &kontor_contact_type);
  g_assert_cmpuint (fields->len, ==, 1);
  field = g_ptr_array_index (fields, 0);
  g_clear_pointer (&step, kontor_step_unref);
  step = kontor_step_new ("Shoe size");
  kontor_value_set_text (&value, "44");
  kontor_step_set (step, &kontor_contact_type, &id, field, &value);
  kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
  g_assert_no_error (error);
  read = kontor_workspace_get (workspace, &kontor_contact_type, &id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kontor_record_value_text (read, field), ==, "44");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

static void
test_write_at_once (Processes *processes, gconstpointer data)
{
  KontorWorkspace *workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  g_autofree char *count = NULL;
  Child children[2];

  start_child (&children[0], "commit-some", processes->path, "a");
  start_child (&children[1], "commit-some", processes->path, "b");
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      workspace_add_contact (workspace, name);
    }
  for (guint i = 0; i < 2; i++)
    {
      char *line;

      while ((line = read_line (&children[i])) != NULL)
        g_free (line);
      g_assert_cmpint (end_child (&children[i], FALSE), ==, 0);
    }
  count =
    workspace_sql (workspace,
                   "SELECT (SELECT count(*) FROM contact),(SELECT count(*) FROM change_tx)-1");
  g_assert_cmpstr (count, ==, "150|150\n");
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

/* With somebody else on the file an import keeps the indexes; alone it does without. */
static void
test_bulk_needs_lease (Processes *processes, gconstpointer data)
{
  gboolean alone = GPOINTER_TO_INT (data);
  KontorWorkspace *workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(KontorStep) part = kontor_step_new ("");
  g_autoptr(KontorRecord) contact = fixture_new_contact ("Imported");
  g_autofree char *mark = NULL;
  g_autoptr(GError) error = NULL;
  KontorLongStep *step;
  Child child;

  if (!alone)
    {
      start_child (&child, "hold", processes->path, "");
      g_free (read_line (&child));
    }
  step = kontor_workspace_begin_long (workspace,
                                      "Import",
                                      KONTOR_ORIGIN_IMPORT,
                                      KONTOR_LONG_BULK,
                                      &error);
  g_assert_no_error (error);
  mark = workspace_sql (workspace, "SELECT count(*) FROM meta WHERE k='bulk'");
  g_assert_cmpstr (mark, ==, alone ? "1\n" : "0\n");
  kontor_step_create (part, contact);
  g_assert_true (kontor_long_step_append (step, part, NULL, &error));
  commit = kontor_long_step_end (step, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit->n_ops, ==, 1);
  if (!alone)
    g_assert_cmpint (end_child (&child, FALSE), ==, 0);
  workspace_assert_sound (workspace);
  workspace_close (workspace);
}

/* Nobody takes an import that is under way for the remains of one that died. */
static void
test_leaves_running_import (Processes *processes, gconstpointer data)
{
  KontorWorkspace *workspace;
  g_autofree char *open_steps = NULL;
  g_autofree char *line = NULL;
  Child child;

  start_child (&child, "import", processes->path, "");
  line = read_line (&child);
  g_assert_nonnull (line);
  workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  do
    {
      g_free (line);
      line = read_line (&child);
    }
  while (line != NULL);
  g_assert_cmpint (end_child (&child, FALSE), ==, 0);
  open_steps = workspace_sql (workspace,
                              "SELECT (SELECT count(*) FROM step WHERE state=0),(SELECT count(*) "
                              "FROM contact)");
  g_assert_cmpstr (open_steps, ==, "0|4000\n");
  workspace_close (workspace);
}

/* An older file that another process has open is not changed under it. */
static void
test_migration_needs_lease (Processes *processes, gconstpointer data)
{
  Child child;
  g_autofree char *line = NULL;

  start_child (&child, "hold", processes->path, "");
  line = read_line (&child);
  file_exec (processes->path, "PRAGMA user_version=0");
  workspace_refuse (processes->path, KONTOR_OPEN_NO_WATCH, KONTOR_ERROR_BUSY);
  end_child (&child, TRUE);
  workspace_close (workspace_open (processes->path, KONTOR_OPEN_NO_WATCH));
}

/* The plain file comes with the last one. */
static void
test_last_closes (Processes *processes, gconstpointer data)
{
  KontorWorkspace *workspace = workspace_open (processes->path, KONTOR_OPEN_NO_WATCH);
  g_autofree char *wal = g_strconcat (processes->path, "-wal", NULL);
  g_autofree char *lease = g_strconcat (processes->path, "-lease", NULL);
  Child child;

  start_child (&child, "hold", processes->path, "");
  g_free (read_line (&child));
  workspace_add_contact (workspace, "Anna");
  workspace_close (workspace);
  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_cmpint (end_child (&child, FALSE), ==, 0);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (lease, G_FILE_TEST_EXISTS));
}

#define ADD(name, data, function)       \
  g_test_add ("/store/processes/" name, \
              Processes,                \
              data,                     \
              processes_set_up,         \
              function,                 \
              processes_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 5 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2], argv[3], argv[4]);
  self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  kontor_model_init ();
  ADD ("kill-commit", NULL, test_kill_commit);
  ADD ("kill-import", "import", test_kill_import);
  ADD ("kill-bulk", "bulk", test_kill_import);
  ADD ("looked-at", NULL, test_looked_at);
  ADD ("looked-at-killed", NULL, test_looked_at_killed);
  ADD ("watch", NULL, test_watch);
  ADD ("custom-field", NULL, test_custom_field);
  ADD ("write-at-once", NULL, test_write_at_once);
  ADD ("bulk-alone", GINT_TO_POINTER (TRUE), test_bulk_needs_lease);
  ADD ("bulk-beside", GINT_TO_POINTER (FALSE), test_bulk_needs_lease);
  ADD ("running-import", NULL, test_leaves_running_import);
  ADD ("migration-lease", NULL, test_migration_needs_lease);
  ADD ("last-closes", NULL, test_last_closes);
  return g_test_run ();
}
