/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One edit: how often the disk is waited for, and the database thread's CPU against the same
 * statements by hand.
 *
 *   bench-edit RECORDED MEASURED REPLAYED ROUNDS
 *
 * The arguments are three copies of one workspace. On the first the edits are made with every
 * statement written down; on the second they are made again and measured; on the third the
 * statements are run by hand and measured, in turn with the second. All are on the slow disk. */
#include "config.h"

#include "bench-clock.h"
#include "bench-disk.h"
#include "kontor-model.h"
#include "kontor-workspace-private.h"
#include "replay.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define WAL_PAGES 2048

/* What is edited: a field of a person that is searched; what he is called, which is sorted and
 * indexed; a number, from which the person's main one is computed. */
typedef enum
{
  EDIT_WEBSITE,
  EDIT_LAST_NAME,
  EDIT_PHONE,
  N_EDITS
} EditKind;

static const char *const edit_names[] = { "website", "last_name", "phone" };

typedef struct
{
  EditKind kind;
  KontorId id;
  guint number;
  GArray *statements; /* (element-type ReplayStatement) */
} Edit;

static void
clear_edit (gpointer data)
{
  g_array_unref (((Edit *) data)->statements);
}

/* --- Which records -------------------------------------------------------------------------- */

typedef struct
{
  GArray *edits; /* (element-type Edit) */
  EditKind kind;
} Collect;

static gboolean
collect_cb (guint n_columns,
            const char *const *names,
            const char *const *texts,
            const int *types,
            gpointer data)
{
  Collect *collect = data;
  Edit edit = { .kind = collect->kind, .number = collect->edits->len };

  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    edit.id.b[i] = (guint8) (g_ascii_xdigit_value (texts[0][2 * i]) << 4 |
                             g_ascii_xdigit_value (texts[0][2 * i + 1]));
  edit.statements = g_array_new (FALSE, FALSE, sizeof (ReplayStatement));
  g_array_set_clear_func (edit.statements, replay_statement_clear);
  g_array_append_val (collect->edits, edit);
  return TRUE;
}

/* Records all over the file, so that each edit has pages of its own. */
static GArray *
collect_edits (KontorWorkspace *workspace, int rounds)
{
  static const char *const queries[] = {
    "SELECT hex(id) FROM contact WHERE rid%%((SELECT max(rid) FROM contact)/%d+1)=1",
    "SELECT hex(id) FROM contact WHERE rid%%((SELECT max(rid) FROM contact)/%d+1)=2",
    "SELECT hex(id) FROM contact_point WHERE rid%%((SELECT max(rid) FROM contact_point)/%d+1)<4 "
    "AND kind='phone'",
  };
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  g_autoptr(GError) error = NULL;

  g_array_set_clear_func (edits, clear_edit);
  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autofree char *sql = g_strdup_printf (queries[i], rounds);
      Collect collect = { edits, i };

      if (!kontor_workspace_sql (workspace, sql, collect_cb, &collect, NULL, &error))
        bench_fail (sql, error);
    }
  return edits;
}

static KontorStep *
make_step (const Edit *edit)
{
  KontorStep *step = kontor_step_new ("Edit");
  g_autofree char *text = NULL;

  switch (edit->kind)
    {
    case EDIT_WEBSITE:
      text = g_strdup_printf ("https://www.edit-%u.example", edit->number);
      kontor_step_set_text (step, &edit->id, KONTOR_CONTACT_WEBSITE, text);
      break;
    case EDIT_LAST_NAME:
      text = g_strdup_printf ("Editson%c%c", 'a' + edit->number / 26 % 26, 'a' + edit->number % 26);
      kontor_step_set_text (step, &edit->id, KONTOR_CONTACT_LAST_NAME, text);
      break;
    case EDIT_PHONE:
    default:
      text = g_strdup_printf ("+49 30 7654%03u", edit->number % 1000);
      kontor_step_set_text (step, &edit->id, KONTOR_CONTACT_POINT_VALUE, text);
      break;
    }
  return step;
}

static void
commit (KontorWorkspace *workspace, const Edit *edit)
{
  g_autoptr(KontorStep) step = make_step (edit);
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCommit) done = kontor_workspace_commit (workspace, step, NULL, &error);

  if (done == NULL || done->n_ops == 0)
    bench_fail (edit_names[edit->kind], error);
}

/* --- On the writer's thread ----------------------------------------------------------------- */

static gpointer
find_clock (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  pthread_getcpuclockid (pthread_self (), data);
  return NULL;
}

static gpointer
checkpoint (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kontor_db_checkpoint (db, FALSE, error);
  return NULL;
}

/* When nothing is to do for a moment, or the WAL is long, Kontor checkpoints between two edits.
 * What it does then is not part of one, so it does it before the WAL is so long. */
static gpointer
look_at_wal (KontorDb *db, gpointer is_empty, GCancellable *cancellable, GError **error)
{
  if (g_atomic_int_get (&db->wal_pages) > WAL_PAGES)
    kontor_db_checkpoint (db, FALSE, error);
  *(gboolean *) is_empty = g_atomic_int_get (&db->wal_pages) == 0;
  return NULL;
}

/* Statements of FTS5 within another one are told as comments. */
static int
write_down_cb (unsigned int event, void *data, void *stmt, void *text)
{
  Edit *edit = data;
  ReplayStatement statement = { NULL, NULL };

  if (g_str_has_prefix (text, "--"))
    return 0;
  statement.sql = g_strdup (sqlite3_sql (stmt));
  statement.expanded = sqlite3_expanded_sql (stmt);
  g_array_append_val (edit->statements, statement);
  return 0;
}

static gpointer
begin_writing_down (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sqlite3_trace_v2 (db->handle, SQLITE_TRACE_STMT, write_down_cb, data);
  return NULL;
}

static gpointer
end_writing_down (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sqlite3_trace_v2 (db->handle, 0, NULL, NULL);
  return NULL;
}

static void
on_writer (KontorWorkspace *workspace, KontorDbFunc func, gpointer data)
{
  g_autoptr(GError) error = NULL;

  kontor_workspace_run (workspace,
                        KONTOR_LANE_WRITE,
                        KONTOR_PRIORITY_PERSON,
                        func,
                        data,
                        NULL,
                        &error);
  if (error != NULL)
    bench_fail ("writer", error);
}

/* --- Recording ------------------------------------------------------------------------------ */

/* The transaction; what Kontor looks at afterwards is not needed for the edit. */
static void
keep_transaction (GArray *statements)
{
  guint i = 0, end = 0;

  while (i < statements->len &&
         !g_str_has_prefix (g_array_index (statements, ReplayStatement, i).sql, "BEGIN"))
    i++;
  g_array_remove_range (statements, 0, i);
  while (end < statements->len &&
         !g_str_has_prefix (g_array_index (statements, ReplayStatement, end).sql, "COMMIT"))
    end++;
  if (end == statements->len)
    bench_fail ("no transaction was written down", NULL);
  g_array_remove_range (statements, end + 1, statements->len - end - 1);
}

static void
show_statements (const Edit *edit)
{
  for (guint i = 0; i < edit->statements->len; i++)
    g_printerr ("%s\n", g_array_index (edit->statements, ReplayStatement, i).expanded);
  g_printerr ("\n");
}

static void
record (KontorWorkspace *workspace, GArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    {
      Edit *edit = &g_array_index (edits, Edit, i);

      on_writer (workspace, begin_writing_down, edit);
      commit (workspace, edit);
      on_writer (workspace, end_writing_down, NULL);
      keep_transaction (edit->statements);
      if (g_getenv ("BENCH_VERBOSE") != NULL &&
          (i == 0 || g_array_index (edits, Edit, i - 1).kind != edit->kind))
        show_statements (edit);
    }
}

/* --- Measuring ------------------------------------------------------------------------------ */

typedef struct
{
  GArray *edit[N_EDITS], *replay[N_EDITS]; /* (element-type double): µs */
  guint first_syncs, max_syncs;
} Times;

static void
add_time (GArray *times, clockid_t clock, gint64 begin)
{
  double us = (double) (bench_cpu_ns (clock) - begin) / 1000;

  g_array_append_val (times, us);
}

/* The linker puts this in the place of the store's function (-Wl,--wrap): what comes after an edit
 * may sync again before the answer is seen here. */
gboolean __real_kontor_commit_step (KontorDb *db,
                                    KontorStep *step,
                                    KontorCommit *commit,
                                    KontorChangeSet *changes,
                                    GError **error);
gboolean __wrap_kontor_commit_step (KontorDb *db,
                                    KontorStep *step,
                                    KontorCommit *commit,
                                    KontorChangeSet *changes,
                                    GError **error);

static guint syncs_of_commit;

gboolean
__wrap_kontor_commit_step (KontorDb *db,
                           KontorStep *step,
                           KontorCommit *commit,
                           KontorChangeSet *changes,
                           GError **error)
{
  guint before = bench_disk_get_n_syncs ();
  gboolean ok = __real_kontor_commit_step (db, step, commit, changes, error);

  syncs_of_commit = bench_disk_get_n_syncs () - before;
  return ok;
}

static void
measure (KontorWorkspace *workspace, Replay *replay, GArray *edits, Times *times)
{
  clockid_t writer = CLOCK_THREAD_CPUTIME_ID;

  on_writer (workspace, find_clock, &writer);
  on_writer (workspace, checkpoint, NULL);
  for (guint i = 0; i < edits->len; i++)
    {
      const Edit *edit = &g_array_index (edits, Edit, i);
      gboolean is_first = FALSE;
      gint64 begin;

      on_writer (workspace, look_at_wal, &is_first);
      syncs_of_commit = 0;
      begin = bench_cpu_ns (writer);
      commit (workspace, edit);
      add_time (times->edit[edit->kind], writer, begin);
      if (syncs_of_commit == 0)
        bench_fail ("an edit was committed without a sync, or elsewhere", NULL);
      if (is_first)
        times->first_syncs = MAX (times->first_syncs, syncs_of_commit);
      else
        times->max_syncs = MAX (times->max_syncs, syncs_of_commit);
      replay_prepare (replay, edit->statements);
      begin = bench_cpu_ns (CLOCK_THREAD_CPUTIME_ID);
      replay_run (replay);
      add_time (times->replay[edit->kind], CLOCK_THREAD_CPUTIME_ID, begin);
    }
}

static void
tell (Times *times)
{
  double worst = 0;
  guint worst_kind = 0;

  for (guint i = 0; i < N_EDITS; i++)
    {
      double edit = bench_percentile (times->edit[i], 50);
      double replay = bench_percentile (times->replay[i], 50);

      g_print ("%s_us %.0f\n%s_replay_us %.0f\n", edit_names[i], edit, edit_names[i], replay);
      if (edit / replay <= worst)
        continue;
      worst = edit / replay;
      worst_kind = i;
    }
  bench_tell ("ratio", worst);
  g_print ("worst %s\n", edit_names[worst_kind]);
  bench_tell ("first_syncs", times->first_syncs);
  bench_tell ("syncs", times->max_syncs);
}

static KontorWorkspace *
open_workspace (const char *path)
{
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace = kontor_workspace_open (path, KONTOR_OPEN_NO_WATCH, NULL, &error);

  if (workspace == NULL)
    bench_fail (path, error);
  return workspace;
}

static void
close_workspace (KontorWorkspace *workspace)
{
  g_autoptr(GError) error = NULL;

  if (!kontor_workspace_close (workspace, &error))
    bench_fail ("close", error);
  g_object_unref (workspace);
}

int
main (int argc, char **argv)
{
  KontorWorkspace *workspace;
  Replay *replay;
  GArray *edits;
  Times times = { 0 };

  g_set_prgname ("bench-edit");
  if (argc != 5)
    bench_fail ("usage: bench-edit RECORDED MEASURED REPLAYED ROUNDS", NULL);
  kontor_model_init ();
  bench_disk_install ();
  kontor_store_set_vfs_for_testing (BENCH_DISK);
  for (guint i = 0; i < N_EDITS; i++)
    {
      times.edit[i] = g_array_new (FALSE, FALSE, sizeof (double));
      times.replay[i] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  workspace = open_workspace (argv[1]);
  edits = collect_edits (workspace, atoi (argv[4]));
  record (workspace, edits);
  close_workspace (workspace);
  workspace = open_workspace (argv[2]);
  replay = replay_open (argv[3], BENCH_DISK);
  measure (workspace, replay, edits, &times);
  replay_close (replay);
  close_workspace (workspace);
  tell (&times);
  g_array_unref (edits);
  for (guint i = 0; i < N_EDITS; i++)
    {
      g_array_unref (times.edit[i]);
      g_array_unref (times.replay[i]);
    }
  return 0;
}
