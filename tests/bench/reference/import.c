/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of an import: the rows a workspace has after it, put into an empty file by prepared
 * statements, then the same indexes, then FTS5's own rebuild. No log, no checks. Only this is
 * measured, not the reading of the rows.
 *
 *   reference-import WORKSPACE NEW-FILE
 *
 * The pragmas are those a bulk import has (docs/workspace.md); the WAL is checkpointed over 16 MiB
 * as Kontor does it. */
#include "config.h"

#include "bench-clock.h"
#include "bench-disk.h"
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#define ROWS_A_TRANSACTION 5000
#define WAL_LIMIT_PAGES 4096

static const char pragmas[] =
  "PRAGMA page_size=4096;PRAGMA auto_vacuum=INCREMENTAL;PRAGMA encoding='UTF-8';"
  "PRAGMA journal_mode=WAL;PRAGMA wal_autocheckpoint=0;PRAGMA journal_size_limit=67108864;"
  "PRAGMA synchronous=NORMAL;PRAGMA cache_size=-262144;PRAGMA mmap_size=0;"
  "PRAGMA foreign_keys=OFF;PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;"
  "PRAGMA temp_store=FILE;PRAGMA secure_delete=FAST;";

/* Without the log, and without what FTS5 keeps for itself. */
static const char is_row_table[] =
  "type='table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%' AND name NOT IN('step',"
  "'change_tx','change_op')";
static const char is_row_index[] =
  "type='index' AND sql IS NOT NULL AND tbl_name NOT IN('step','change_tx','change_op')";

typedef struct
{
  sqlite3 *source, *target;
  GPtrArray *values; /* (element-type sqlite3_value): of the rows that wait */
  int n_columns;
  int wal_pages;
  gint64 cpu_ns, begun_ns;
  gint64 n_rows;
} Import;

static void
begin (Import *self)
{
  self->begun_ns = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
}

static void
end (Import *self)
{
  self->cpu_ns += bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - self->begun_ns;
}

static void
check (sqlite3 *db, gboolean ok)
{
  if (!ok)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
run (sqlite3 *db, const char *sql)
{
  check (db, sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK);
  return stmt;
}

static int
count_wal_cb (void *data, sqlite3 *handle, const char *name, int pages)
{
  ((Import *) data)->wal_pages = pages;
  return SQLITE_OK;
}

static void
checkpoint_when_large (Import *self)
{
  if (self->wal_pages > WAL_LIMIT_PAGES)
    check (self->target,
           sqlite3_wal_checkpoint_v2 (self->target, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) ==
             SQLITE_OK);
}

/* --- Rows --------------------------------------------------------------------------------- */

static void
free_value (gpointer value)
{
  sqlite3_value_free (value);
}

/* Reads the next rows into memory; FALSE when there may be no more. */
static gboolean
read_rows (Import *self, sqlite3_stmt *select)
{
  int rc = SQLITE_ROW;

  g_ptr_array_set_size (self->values, 0);
  for (guint i = 0; i < ROWS_A_TRANSACTION; i++)
    {
      rc = sqlite3_step (select);
      if (rc != SQLITE_ROW)
        break;
      for (int k = 0; k < self->n_columns; k++)
        g_ptr_array_add (self->values, sqlite3_value_dup (sqlite3_column_value (select, k)));
    }
  check (self->source, rc == SQLITE_ROW || rc == SQLITE_DONE);
  return rc == SQLITE_ROW;
}

static void
bind (sqlite3_stmt *stmt, int i, sqlite3_value *value)
{
  switch (sqlite3_value_type (value))
    {
    case SQLITE_INTEGER:
      sqlite3_bind_int64 (stmt, i, sqlite3_value_int64 (value));
      break;
    case SQLITE_TEXT:
      sqlite3_bind_text (stmt,
                         i,
                         (const char *) sqlite3_value_text (value),
                         sqlite3_value_bytes (value),
                         SQLITE_STATIC);
      break;
    case SQLITE_BLOB:
      /* SQLite has no address for an empty one */
      sqlite3_bind_blob (stmt,
                         i,
                         sqlite3_value_bytes (value) > 0 ? sqlite3_value_blob (value) : "",
                         sqlite3_value_bytes (value),
                         SQLITE_STATIC);
      break;
    default:
      sqlite3_bind_null (stmt, i);
    }
}

static void
insert_rows (Import *self, sqlite3_stmt *insert)
{
  guint n = self->values->len / (guint) self->n_columns;

  begin (self);
  run (self->target, "BEGIN IMMEDIATE");
  for (guint i = 0; i < n; i++)
    {
      for (int k = 0; k < self->n_columns; k++)
        bind (insert,
              k + 1,
              g_ptr_array_index (self->values, i * (guint) self->n_columns + (guint) k));
      check (self->target, sqlite3_step (insert) == SQLITE_DONE);
      sqlite3_reset (insert);
    }
  run (self->target, "COMMIT");
  checkpoint_when_large (self);
  end (self);
  self->n_rows += n;
}

static void
copy_table (Import *self, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  sqlite3_stmt *select = prepare (self->source, sql), *insert;
  GString *into = g_string_new (NULL);
  gboolean more;

  self->n_columns = sqlite3_column_count (select);
  g_string_append_printf (into, "INSERT INTO \"%s\" VALUES(", table);
  for (int i = 0; i < self->n_columns; i++)
    g_string_append (into, i > 0 ? ",?" : "?");
  g_string_append_c (into, ')');
  insert = prepare (self->target, into->str);
  do
    {
      more = read_rows (self, select);
      insert_rows (self, insert);
    }
  while (more);
  sqlite3_finalize (select);
  sqlite3_finalize (insert);
  g_string_free (into, TRUE);
}

/* --- Schema ------------------------------------------------------------------------------- */

typedef void (*Each) (Import *self, const char *text);

static void
for_each (Import *self, const char *column, const char *where, Each each)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT %s FROM sqlite_schema WHERE %s ORDER BY rowid", column, where);
  sqlite3_stmt *stmt = prepare (self->source, sql);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    each (self, (const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
}

static void
create (Import *self, const char *sql)
{
  begin (self);
  run (self->target, sql);
  checkpoint_when_large (self);
  end (self);
}

static void
rebuild (Import *self, const char *table)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO \"%s\"(\"%s\") VALUES('rebuild')", table, table);

  create (self, sql);
}

static void
close_target (Import *self)
{
  begin (self);
  check (self->target,
         sqlite3_wal_checkpoint_v2 (self->target, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
           SQLITE_OK);
  run (self->target, "PRAGMA journal_mode=DELETE");
  sqlite3_close (self->target);
  end (self);
}

static void
open_files (Import *self, const char *source, const char *target)
{
  bench_disk_install ();
  check (self->source,
         sqlite3_open_v2 (source, &self->source, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
  check (self->target,
         sqlite3_open_v2 (target,
                          &self->target,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                          BENCH_DISK) == SQLITE_OK);
  run (self->target, pragmas);
  sqlite3_wal_hook (self->target, count_wal_cb, self);
}

int
main (int argc, char **argv)
{
  Import self = { 0 };
  gint64 rows_ns, indexes_ns;

  if (argc != 3)
    g_error ("usage: reference-import WORKSPACE NEW-FILE");
  self.values = g_ptr_array_new_with_free_func (free_value);
  open_files (&self, argv[1], argv[2]);
  for_each (&self, "sql", is_row_table, create);
  for_each (&self, "sql", "sql LIKE 'CREATE VIRTUAL TABLE%'", create);
  for_each (&self, "name", is_row_table, copy_table);
  rows_ns = self.cpu_ns;
  for_each (&self, "sql", is_row_index, create);
  indexes_ns = self.cpu_ns - rows_ns;
  for_each (&self, "name", "sql LIKE 'CREATE VIRTUAL TABLE%'", rebuild);
  close_target (&self);
  g_ptr_array_unref (self.values);
  sqlite3_close (self.source);
  bench_tell ("rows", (double) self.n_rows);
  bench_tell ("rows_s", (double) rows_ns / 1e9);
  bench_tell ("indexes_s", (double) indexes_ns / 1e9);
  bench_tell ("cpu_s", (double) self.cpu_ns / 1e9);
  return 0;
}
