/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements are prepared once and get their values bound, as anybody would write it. */
#include "config.h"

#include "replay.h"
#include <string.h>

typedef struct
{
  int place;
  int type; /* of SQLite */
  gint64 integer;
  GString *bytes; /* text or blob */
} Bind;

typedef struct
{
  sqlite3_stmt *stmt; /* borrowed */
  GArray *binds;      /* (element-type Bind) */
} Run;

struct _Replay
{
  sqlite3 *db;
  GHashTable *statements; /* SQL → sqlite3_stmt */
  GArray *runs;           /* (element-type Run) */
};

void
replay_statement_clear (gpointer statement)
{
  ReplayStatement *self = statement;

  g_free (self->sql);
  sqlite3_free (self->expanded);
}

static void
clear_bind (gpointer data)
{
  Bind *bind = data;

  if (bind->bytes != NULL)
    g_string_free (bind->bytes, TRUE);
}

static void
clear_run (gpointer data)
{
  g_array_unref (((Run *) data)->binds);
}

static void
check (Replay *self, gboolean ok)
{
  if (!ok)
    g_error ("%s", sqlite3_errmsg (self->db));
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

/**
 * replay_open:
 * @path: a workspace
 * @vfs: the disk
 *
 * Returns: (transfer full): a connection with a writer's pragmas
 */
Replay *
replay_open (const char *path, const char *vfs)
{
  static const char pragmas[] =
    "PRAGMA journal_mode=WAL;PRAGMA wal_autocheckpoint=0;PRAGMA journal_size_limit=67108864;"
    "PRAGMA synchronous=FULL;PRAGMA cache_size=-32768;PRAGMA mmap_size=0;"
    "PRAGMA foreign_keys=OFF;PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;"
    "PRAGMA temp_store=FILE;PRAGMA secure_delete=FAST;";
  Replay *self = g_new0 (Replay, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

  check (self, sqlite3_open_v2 (path, &self->db, flags, vfs) == SQLITE_OK);
  check (self, sqlite3_exec (self->db, pragmas, NULL, NULL, NULL) == SQLITE_OK);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_array_set_clear_func (self->runs, clear_run);
  return self;
}

/**
 * replay_close:
 * @self: (transfer full): a connection
 */
void
replay_close (Replay *self)
{
  g_hash_table_unref (self->statements);
  g_array_unref (self->runs);
  sqlite3_close (self->db);
  g_free (self);
}

/* --- Values --------------------------------------------------------------------------------- */

static int
read_hex (char c)
{
  return g_ascii_xdigit_value (c);
}

/* The literal at @at; returns what is behind it. */
static const char *
read_literal (const char *at, Bind *bind)
{
  char *end = NULL;

  if (g_str_has_prefix (at, "NULL"))
    {
      bind->type = SQLITE_NULL;
      return at + strlen ("NULL");
    }
  if (*at == '\'')
    {
      bind->type = SQLITE_TEXT;
      bind->bytes = g_string_new (NULL);
      for (at++; at[0] != '\'' || at[1] == '\''; at += at[0] == '\'' ? 2 : 1)
        g_string_append_c (bind->bytes, *at);
      return at + 1;
    }
  if (at[0] == 'x' && at[1] == '\'')
    {
      bind->type = SQLITE_BLOB;
      bind->bytes = g_string_new (NULL);
      for (at += 2; *at != '\''; at += 2)
        g_string_append_c (bind->bytes, (char) (read_hex (at[0]) << 4 | read_hex (at[1])));
      return at + 1;
    }
  bind->type = SQLITE_INTEGER;
  bind->integer = g_ascii_strtoll (at, &end, 10);
  g_assert (end != at);
  return end;
}

/* A quoted piece stands in both texts. */
static const char *
skip_quoted (const char *at)
{
  const char quote = *at++;

  while (*at != quote)
    at++;
  return at + 1;
}

static GArray *
read_binds (const ReplayStatement *statement)
{
  GArray *binds = g_array_new (FALSE, FALSE, sizeof (Bind));
  const char *sql = statement->sql, *expanded = statement->expanded;
  int n = 0;

  g_array_set_clear_func (binds, clear_bind);
  while (*sql != '\0')
    {
      if (*sql == '?')
        {
          Bind bind = { .place = n + 1 };
          char *end = NULL;

          if (g_ascii_isdigit (sql[1]))
            bind.place = (int) strtol (sql + 1, &end, 10);
          sql = end != NULL ? end : sql + 1;
          expanded = read_literal (expanded, &bind);
          n = MAX (n, bind.place);
          g_array_append_val (binds, bind);
          continue;
        }
      if (*sql == '\'' || *sql == '"')
        {
          const char *behind = skip_quoted (sql);

          expanded += behind - sql;
          sql = behind;
          continue;
        }
      sql++;
      expanded++;
    }
  return binds;
}

static void
bind_value (sqlite3_stmt *stmt, const Bind *bind)
{
  int rc;

  if (bind->type == SQLITE_INTEGER)
    rc = sqlite3_bind_int64 (stmt, bind->place, bind->integer);
  else if (bind->type == SQLITE_TEXT)
    rc = sqlite3_bind_text (stmt,
                            bind->place,
                            bind->bytes->str,
                            (int) bind->bytes->len,
                            SQLITE_STATIC);
  else if (bind->type == SQLITE_BLOB)
    rc = sqlite3_bind_blob (stmt,
                            bind->place,
                            bind->bytes->str,
                            (int) bind->bytes->len,
                            SQLITE_STATIC);
  else
    rc = sqlite3_bind_null (stmt, bind->place);
  g_assert (rc == SQLITE_OK);
}

/* --- Running -------------------------------------------------------------------------------- */

static sqlite3_stmt *
get_statement (Replay *self, const char *sql)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt == NULL)
    {
      check (self,
             sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) ==
               SQLITE_OK);
      g_hash_table_insert (self->statements, g_strdup (sql), stmt);
    }
  return stmt;
}

/**
 * replay_prepare:
 * @self: a connection
 * @statements: (element-type ReplayStatement): what is run next
 */
void
replay_prepare (Replay *self, const GArray *statements)
{
  g_array_set_size (self->runs, 0);
  for (guint i = 0; i < statements->len; i++)
    {
      const ReplayStatement *statement = &g_array_index (statements, ReplayStatement, i);
      Run run = { get_statement (self, statement->sql), read_binds (statement) };

      g_array_append_val (self->runs, run);
    }
}

static void
run_one (Replay *self, const Run *run)
{
  int rc;

  for (guint i = 0; i < run->binds->len; i++)
    bind_value (run->stmt, &g_array_index (run->binds, Bind, i));
  while ((rc = sqlite3_step (run->stmt)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (run->stmt); i++)
      sqlite3_column_blob (run->stmt, i);
  check (self, rc == SQLITE_DONE);
  sqlite3_reset (run->stmt);
}

/**
 * replay_run:
 * @self: a connection
 *
 * Runs what was prepared last; to be measured.
 */
void
replay_run (Replay *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    run_one (self, &g_array_index (self->runs, Run, i));
}
