/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change of many records as one step: CPU of the process against the same UPDATE and the same
 * rows of the log by prepared statements.
 *
 *   bench-change CHANGED BY_HAND COUNT FIELD VALUE
 *
 * The first two arguments are copies of one workspace. On the first Kontor makes the change; the
 * rows it wrote into its log are read back, and written with the same UPDATE by hand on the second.
 */
#include "config.h"

#include "bench-clock.h"
#include "kontor-mass-change.h"
#include "kontor-model.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Rows a transaction: what a workspace lets one take (design, C12). */
#define PART 1000

typedef struct
{
  gint64 rid;
  KontorId id;
  char *now, *was;
  int bits;
} Row;

typedef struct
{
  GMainLoop *loop;
  guint n;
} Change;

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_free (row->now);
  g_free (row->was);
}

/* --- Kontor ----------------------------------------------------------------------------------- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCommit) commit = kontor_mass_change_finish (result, &error);

  if (commit == NULL)
    bench_fail ("change", error);
  change->n = commit->n_ops;
  g_main_loop_quit (change->loop);
}

static GArray *
find_records (KontorWorkspace *workspace, guint n)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);
  g_autoptr(GError) error = NULL;
  GArray *rids = kontor_workspace_query (workspace, query, n, NULL, &error);

  if (rids == NULL)
    bench_fail ("records", error);
  return rids;
}

static double
change_by_kontor (const char *path, guint n, const char *field_name, const char *text)
{
  g_autoptr(GError) error = NULL;
  KontorWorkspace *workspace = kontor_workspace_open (path, KONTOR_OPEN_NO_WATCH, NULL, &error);
  g_autoptr(KontorSession) session = NULL;
  g_autoptr(GArray) rids = NULL;
  KontorMassAction *action = kontor_mass_action_new (KONTOR_MASS_SET);
  Change change = { g_main_loop_new (NULL, FALSE), 0 };
  gint64 begin;
  double ms;

  if (workspace == NULL)
    bench_fail (path, error);
  session = kontor_session_new (workspace);
  rids = find_records (workspace, n);
  action->field = kontor_record_type_find_field (&kontor_contact_type, field_name);
  if (action->field == NULL || !kontor_value_parse (action->field, text, &action->value, &error))
    bench_fail (field_name, error);
  begin = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
  kontor_mass_change_async (session,
                            action,
                            &kontor_contact_type,
                            rids,
                            "Change",
                            NULL,
                            changed_cb,
                            &change);
  g_main_loop_run (change.loop);
  g_main_loop_unref (change.loop);
  if (!kontor_workspace_close (workspace, &error))
    bench_fail ("close", error);
  ms = (double) (bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - begin) / 1e6;
  g_clear_object (&session);
  g_object_unref (workspace);
  return ms;
}

/* --- By hand ---------------------------------------------------------------------------------- */

static sqlite3 *
open_by_hand (const char *path)
{
  static const char pragmas[] =
    "PRAGMA journal_mode=WAL;PRAGMA wal_autocheckpoint=0;PRAGMA journal_size_limit=67108864;"
    "PRAGMA synchronous=FULL;PRAGMA cache_size=-32768;PRAGMA mmap_size=0;"
    "PRAGMA foreign_keys=OFF;PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;"
    "PRAGMA temp_store=FILE;PRAGMA secure_delete=FAST;";
  sqlite3 *db;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
      sqlite3_exec (db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return db;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return stmt;
}

static void
run (sqlite3 *db, sqlite3_stmt *stmt)
{
  if (sqlite3_step (stmt) != SQLITE_DONE || sqlite3_reset (stmt) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

/* The last step's rows of the log. */
static GArray *
read_log (const char *path, GBytes **value, const char *field)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM contact WHERE rid=?1", field);
  sqlite3 *db = open_by_hand (path);
  sqlite3_stmt *stmt =
    prepare (db,
             "SELECT c.rid,o.id,o.now,o.was,o.b FROM change_op o JOIN contact c "
             "ON c.id=o.id WHERE x IN (SELECT x FROM change_tx WHERE step=(SELECT "
             "step FROM change_tx ORDER BY x DESC LIMIT 1))");
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));

  g_array_set_clear_func (rows, clear_row);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      Row row = { .rid = sqlite3_column_int64 (stmt, 0),
                  .now = g_strdup ((const char *) sqlite3_column_text (stmt, 2)),
                  .was = g_strdup ((const char *) sqlite3_column_text (stmt, 3)),
                  .bits = sqlite3_column_int (stmt, 4) };

      memcpy (row.id.b, sqlite3_column_blob (stmt, 1), KONTOR_ID_SIZE);
      g_array_append_val (rows, row);
    }
  sqlite3_finalize (stmt);
  stmt = prepare (db, sql);
  sqlite3_bind_int64 (stmt, 1, g_array_index (rows, Row, 0).rid);
  sqlite3_step (stmt);
  *value = g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return rows;
}

typedef struct
{
  KontorEnv *env;
  sqlite3 *db;
  sqlite3_stmt *begin, *tx, *update, *log, *commit;
  gint64 x;
} Hand;

static void
begin_part (Hand *hand)
{
  KontorId txid;

  run (hand->db, hand->begin);
  hand->x++;
  txid = kontor_id_new (hand->env);
  sqlite3_bind_int64 (hand->tx, 1, hand->x);
  sqlite3_bind_blob (hand->tx, 2, txid.b, KONTOR_ID_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (hand->tx, 3, g_get_real_time () / 1000);
  run (hand->db, hand->tx);
}

static void
write_row (Hand *hand, const Row *row, guint i)
{
  sqlite3_bind_int64 (hand->update, 1, row->rid);
  run (hand->db, hand->update);
  sqlite3_bind_int64 (hand->log, 1, hand->x);
  sqlite3_bind_int (hand->log, 2, (int) i);
  sqlite3_bind_blob (hand->log, 3, row->id.b, KONTOR_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_int (hand->log, 4, row->bits);
  sqlite3_bind_text (hand->log, 5, row->now, -1, SQLITE_STATIC);
  sqlite3_bind_text (hand->log, 6, row->was, -1, SQLITE_STATIC);
  run (hand->db, hand->log);
}

static gint64
read_last_x (sqlite3 *db)
{
  sqlite3_stmt *stmt = prepare (db, "SELECT max(x) FROM change_tx");
  gint64 x = sqlite3_step (stmt) == SQLITE_ROW ? sqlite3_column_int64 (stmt, 0) : 0;

  sqlite3_finalize (stmt);
  return x;
}

static double
change_by_hand (const char *path, GArray *rows, const char *field, GBytes *value, gboolean is_blob)
{
  g_autofree char *update =
    g_strdup_printf ("UPDATE contact SET \"%s\"=?2,modified_at=?3,modified_by=(SELECT id FROM user "
                     "LIMIT 1) "
                     "WHERE rid=?1",
                     field);
  Hand hand = { .env = kontor_env_ref (kontor_env_get_default ()), .db = open_by_hand (path) };
  gint64 begin = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
  gsize size;
  const void *bytes = g_bytes_get_data (value, &size);

  hand.x = read_last_x (hand.db);
  hand.begin = prepare (hand.db, "BEGIN IMMEDIATE");
  hand.commit = prepare (hand.db, "COMMIT");
  hand.tx =
    prepare (hand.db,
             "INSERT INTO change_tx(x,txid,step,at,base,schema) VALUES(?1,?2,zeroblob(16),?3,"
             "0,1)");
  hand.update = prepare (hand.db, update);
  hand.log = prepare (hand.db,
                      "INSERT INTO change_op(x,i,o,type,id,b,now,was) "
                      "VALUES(?1,?2,'set','contact',?3,?4,?5,?6)");
  if (is_blob)
    sqlite3_bind_blob (hand.update, 2, bytes, (int) size, SQLITE_STATIC);
  else
    sqlite3_bind_text (hand.update, 2, bytes, (int) size, SQLITE_STATIC);
  sqlite3_bind_int64 (hand.update, 3, g_get_real_time () / 1000);
  for (guint i = 0; i < rows->len; i++)
    {
      if (i % PART == 0)
        begin_part (&hand);
      write_row (&hand, &g_array_index (rows, Row, i), i % PART);
      if (i % PART == PART - 1 || i + 1 == rows->len)
        run (hand.db, hand.commit);
    }
  sqlite3_finalize (hand.begin);
  sqlite3_finalize (hand.commit);
  sqlite3_finalize (hand.tx);
  sqlite3_finalize (hand.update);
  sqlite3_finalize (hand.log);
  sqlite3_wal_checkpoint_v2 (hand.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_close (hand.db);
  kontor_env_unref (hand.env);
  return (double) (bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - begin) / 1e6;
}

int
main (int argc, char **argv)
{
  g_autoptr(GBytes) value = NULL;
  g_autoptr(GArray) rows = NULL;
  const KontorFieldDef *field;

  g_set_prgname ("bench-change");
  if (argc != 6)
    bench_fail ("usage: bench-change CHANGED BY_HAND COUNT FIELD VALUE", NULL);
  kontor_model_init ();
  field = kontor_record_type_find_field (&kontor_contact_type, argv[4]);
  bench_tell ("kontor_ms", change_by_kontor (argv[1], (guint) atoi (argv[3]), argv[4], argv[5]));
  rows = read_log (argv[1], &value, argv[4]);
  bench_tell ("rows", rows->len);
  bench_tell ("hand_ms",
              change_by_hand (argv[2], rows, argv[4], value, field->kind == KONTOR_FIELD_LINK));
  return 0;
}
