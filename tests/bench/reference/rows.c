/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions put to SQLite by hand. */
#include "config.h"

#include "rows.h"
#include <sqlite3.h>
#include <string.h>

/* Documents have the number of the record's type above its rowid (docs/workspace.md). */
#define TYPE_BITS 40
#define MAX_WORD 64

struct _Reference
{
  sqlite3 *db;
  sqlite3_stmt *match;
  const char *const *tables;
  sqlite3_stmt *by_rowid[REFERENCE_N_TABLES];
  GHashTable *sorts; /* SQL → sqlite3_stmt */
  GString *words;    /* each ended by NUL */
  guint n_words;
};

static void
check (Reference *self, gboolean ok)
{
  if (!ok)
    g_error ("%s", sqlite3_errmsg (self->db));
}

static sqlite3_stmt *
prepare (Reference *self, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  check (self, sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL) == SQLITE_OK);
  return stmt;
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static void
read_words (Reference *self)
{
  sqlite3_stmt *stmt = prepare (self, "SELECT w FROM word ORDER BY no");

  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *word = (const char *) sqlite3_column_text (stmt, 0);

      g_string_append_len (self->words, word, sqlite3_column_bytes (stmt, 0) + 1);
      self->n_words++;
    }
  sqlite3_finalize (stmt);
}

/**
 * reference_open:
 * @path: a workspace
 * @tables: (array length=256) (element-type utf8): tables by the number of their type, or NULL
 *
 * Returns: (transfer full): a connection with a reader's pragmas
 */
Reference *
reference_open (const char *path, const char *const *tables)
{
  static const char pragmas[] = "PRAGMA query_only=ON;PRAGMA cache_size=-8192;PRAGMA mmap_size=0;"
                                "PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;"
                                "PRAGMA temp_store=FILE;";
  Reference *self = g_new0 (Reference, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

  self->tables = tables;
  check (self, sqlite3_open_v2 (path, &self->db, flags, NULL) == SQLITE_OK);
  check (self, sqlite3_exec (self->db, pragmas, NULL, NULL, NULL) == SQLITE_OK);
  self->match = prepare (self, "SELECT rowid FROM search_fts WHERE search_fts MATCH ?1 LIMIT ?2");
  self->sorts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  self->words = g_string_new (NULL);
  read_words (self);
  return self;
}

/**
 * reference_close:
 * @self: (transfer full): a connection
 */
void
reference_close (Reference *self)
{
  sqlite3_finalize (self->match);
  for (guint i = 0; i < REFERENCE_N_TABLES; i++)
    sqlite3_finalize (self->by_rowid[i]);
  g_hash_table_unref (self->sorts);
  g_string_free (self->words, TRUE);
  sqlite3_close (self->db);
  g_free (self);
}

/* --- Beginnings of words ------------------------------------------------------------------- */

/* As SQLite has it in memory: nobody copies what is read. */
static void
read_columns (sqlite3_stmt *stmt)
{
  int n = sqlite3_column_count (stmt);

  for (int i = 0; i < n; i++)
    if (sqlite3_column_type (stmt, i) == SQLITE_INTEGER)
      sqlite3_column_int64 (stmt, i);
    else
      sqlite3_column_blob (stmt, i);
}

static void
read_row (Reference *self, gint64 rowid)
{
  guint type = (guint) (rowid >> TYPE_BITS);
  sqlite3_stmt **stmt = &self->by_rowid[type];

  if (*stmt == NULL)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT * FROM \"%s\" WHERE rid=?", self->tables[type]);

      *stmt = prepare (self, sql);
    }
  sqlite3_bind_int64 (*stmt, 1, rowid & ((G_GINT64_CONSTANT (1) << TYPE_BITS) - 1));
  if (sqlite3_step (*stmt) == SQLITE_ROW)
    read_columns (*stmt);
  sqlite3_reset (*stmt);
}

/**
 * reference_match:
 * @self: a connection
 * @folded: the beginning of a word, as it is in the index
 * @limit: at most so many
 *
 * Asks for documents with a word that begins so, and for each one's record by its rowid.
 *
 * Returns: how many there were
 */
guint
reference_match (Reference *self, const char *folded, guint limit)
{
  g_autofree char *match = g_strdup_printf ("\"%s\"*", folded);
  guint found = 0;

  sqlite3_bind_text (self->match, 1, match, -1, SQLITE_STATIC);
  sqlite3_bind_int (self->match, 2, (int) limit);
  while (sqlite3_step (self->match) == SQLITE_ROW)
    {
      read_row (self, sqlite3_column_int64 (self->match, 0));
      found++;
    }
  sqlite3_reset (self->match);
  return found;
}

/* --- Sorted rows ---------------------------------------------------------------------------- */

/**
 * reference_sort:
 * @self: a connection
 * @sql: a SELECT with the rowid in its first column
 * @rids: (element-type gint64): the rowids are added
 *
 * Reads all columns of all rows.
 */
void
reference_sort (Reference *self, const char *sql, GArray *rids)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->sorts, sql);

  if (stmt == NULL)
    {
      stmt = prepare (self, sql);
      g_hash_table_insert (self->sorts, g_strdup (sql), stmt);
    }
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (stmt, 0);

      read_columns (stmt);
      g_array_append_val (rids, rid);
    }
  sqlite3_reset (stmt);
}

/**
 * reference_walk:
 * @self: a connection
 * @sql: a SELECT of rowids
 *
 * Passes over all of them, so that the connection has in its cache what one has that has just
 * listed them.
 */
void
reference_walk (Reference *self, const char *sql)
{
  sqlite3_stmt *stmt = prepare (self, sql);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
}

/* --- Words ---------------------------------------------------------------------------------- */

/* Myers 1999, with the whole pattern in one machine word: the distance of the pattern and the word
 * after each letter. */
static guint
get_distance (const guint64 *letters, guint length, const guchar *word)
{
  guint64 above = ~G_GUINT64_CONSTANT (0), below = 0;
  const guint64 last = G_GUINT64_CONSTANT (1) << (length - 1);
  guint distance = length;

  for (; *word != '\0'; word++)
    {
      guint64 equal = letters[*word];
      guint64 vertical = equal | below;
      guint64 horizontal = (((equal & above) + above) ^ above) | equal;
      guint64 more = below | ~(horizontal | above);
      guint64 less = above & horizontal;

      if ((more & last) != 0)
        distance++;
      else if ((less & last) != 0)
        distance--;
      more = more << 1 | 1;
      less = less << 1;
      above = less | ~(vertical | more);
      below = more & vertical;
    }
  return distance;
}

/**
 * reference_scan_words:
 * @self: a connection
 * @folded: a word, of at most 64 bytes
 *
 * Passes over all words of titles and names.
 *
 * Returns: how many differ by one error or none
 */
guint
reference_scan_words (Reference *self, const char *folded)
{
  guint64 letters[256] = { 0 };
  guint length = (guint) MIN (strlen (folded), MAX_WORD), near = 0;
  const char *word = self->words->str, *end = word + self->words->len;

  g_return_val_if_fail (length > 0, 0);
  for (guint i = 0; i < length; i++)
    letters[(guchar) folded[i]] |= G_GUINT64_CONSTANT (1) << i;
  for (; word < end; word += strlen (word) + 1)
    near += get_distance (letters, length, (const guchar *) word) <= 1;
  return near;
}

/**
 * reference_get_n_words:
 * @self: a connection
 *
 * Returns: how many words a scan passes over
 */
guint
reference_get_n_words (Reference *self)
{
  return self->n_words;
}
