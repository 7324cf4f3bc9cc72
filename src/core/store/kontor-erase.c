/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is purged must be gone from the file: free pages are overwritten, the full-text indexes are
 * merged until no old piece is left, the WAL is emptied. The commit itself does not wait for it. */
#include "config.h"

#include "kontor-workspace-private.h"

#define MERGE_PAGES 256
#define MARK "erasing"

static gboolean
erases (KontorStep *step)
{
  for (guint i = 0; i < kontor_step_get_n_ops (step); i++)
    if (kontor_step_get_op (step, i)->kind == KONTOR_OP_KIND_PURGE)
      return TRUE;
  return FALSE;
}

static GPtrArray *
list_indexes (KontorDb *db)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'",
                       NULL);
  gboolean row = stmt != NULL;

  while (row && kontor_db_step (db, stmt, &row, NULL) && row)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return names;
}

/* One bounded piece of merging an index into one segment; TRUE: there is more to do. */
static gboolean
merge_piece (KontorDb *db, const char *index, gboolean first)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO \"%s\"(\"%s\",rank) VALUES('merge',%d)",
                                          index,
                                          index,
                                          first ? -MERGE_PAGES : MERGE_PAGES);
  int before = sqlite3_total_changes (db->handle);

  if (!kontor_db_begin (db, NULL))
    return FALSE;
  if (kontor_db_exec (db, sql, NULL) && kontor_db_commit (db, NULL))
    return sqlite3_total_changes (db->handle) - before >= 2;
  kontor_db_rollback (db);
  return FALSE;
}

typedef struct
{
  KontorWorkspace *self; /* borrowed: the job holds it */
  GPtrArray *indexes;
  guint at;
  gboolean begun;
} Erase;

static void
free_erase (gpointer data)
{
  Erase *erase = data;

  g_clear_pointer (&erase->indexes, g_ptr_array_unref);
  g_free (erase);
}

static void queue_erase (KontorWorkspace *self, Erase *erase);

/* Until it is done it is begun again at each opening. */
static void
set_mark (KontorDb *db, gboolean on)
{
  if (!kontor_db_begin (db, NULL))
    return;
  if (!kontor_db_set_meta (db, MARK, on ? "1" : NULL, NULL) || !kontor_db_commit (db, NULL))
    kontor_db_rollback (db);
}

/* A piece a job, so that nobody waits for more than one. */
static gpointer
erase_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Erase *erase = data;
  Erase *next;

  if (erase->indexes == NULL)
    {
      erase->indexes = list_indexes (db);
      set_mark (db, TRUE);
    }
  if (erase->at >= erase->indexes->len)
    {
      set_mark (db, FALSE);
      kontor_db_checkpoint (db, TRUE, NULL);
      return NULL;
    }
  kontor_db_exec (db, "PRAGMA secure_delete=ON", NULL);
  erase->begun = merge_piece (db, g_ptr_array_index (erase->indexes, erase->at), !erase->begun);
  kontor_db_exec (db, "PRAGMA secure_delete=FAST", NULL);
  if (!erase->begun)
    erase->at++;
  next = g_new0 (Erase, 1);
  *next = (Erase){ erase->self, g_ptr_array_ref (erase->indexes), erase->at, erase->begun };
  queue_erase (erase->self, next);
  return NULL;
}

static void
queue_erase (KontorWorkspace *self, Erase *erase)
{
  kontor_workspace_run_async (self,
                              KONTOR_LANE_WRITE,
                              KONTOR_PRIORITY_IDLE,
                              erase_on_writer,
                              erase,
                              free_erase,
                              NULL,
                              NULL,
                              NULL,
                              NULL);
}

/**
 * kontor_erase_begin:
 * @db: the writing connection
 * @step: a step that is to be committed
 *
 * Returns: whether it purges; then kontor_erase_end() belongs after it
 */
gboolean
kontor_erase_begin (KontorDb *db, KontorStep *step)
{
  return erases (step) && kontor_db_exec (db, "PRAGMA secure_delete=ON", NULL);
}

/**
 * kontor_erase_is_due:
 * @db: a connection
 *
 * Returns: whether clearing was begun and not finished
 */
gboolean
kontor_erase_is_due (KontorDb *db)
{
  return kontor_db_get_meta_integer (db, MARK, 0) != 0;
}

/**
 * kontor_erase_resume:
 * @self: a workspace
 *
 * Goes on with clearing in the background.
 */
void
kontor_erase_resume (KontorWorkspace *self)
{
  Erase *erase = g_new0 (Erase, 1);

  erase->self = self;
  queue_erase (self, erase);
}

/**
 * kontor_erase_end:
 * @self: a workspace
 * @db: its writing connection, in no transaction
 *
 * Begins to clear what a purge has left in the full-text indexes and the WAL.
 */
void
kontor_erase_end (KontorWorkspace *self, KontorDb *db)
{
  kontor_db_exec (db, "PRAGMA secure_delete=FAST", NULL);
  kontor_erase_resume (self);
}
