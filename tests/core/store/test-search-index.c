/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search index by itself, on one connection in memory: kept up to date it is what it is when it
 * is made anew; the check finds what is wrong with it; words within one typing error are those of
 * the definition; the filter of lists finds what search finds. */
#include "config.h"

#include "commit-fixture.h"
#include "kontor-commit-private.h"
#include "kontor-fold.h"
#include "kontor-search-private.h"
#include <string.h>

typedef struct
{
  KontorEnv *env;
  KontorDb *db;
  GRand *rand;
  GArray *contacts, *accounts, *points; /* (element-type KontorId) */
} Index;

static void
index_set_up (Index *self, gconstpointer data)
{
  kontor_model_init ();
  self->env = kontor_env_new_seeded (11, FIXTURE_START);
  self->db = kontor_db_open_for_test (NULL, self->env);
  self->rand = g_rand_new_with_seed (3);
  self->contacts = g_array_new (FALSE, FALSE, sizeof (KontorId));
  self->accounts = g_array_new (FALSE, FALSE, sizeof (KontorId));
  self->points = g_array_new (FALSE, FALSE, sizeof (KontorId));
}

static void
index_tear_down (Index *self, gconstpointer data)
{
  kontor_db_free (self->db);
  kontor_env_unref (self->env);
  g_rand_free (self->rand);
  g_array_unref (self->contacts);
  g_array_unref (self->accounts);
  g_array_unref (self->points);
}

static guint
below (Index *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (int) n);
}

/* Few words, so that many records share them. */
static char *
make_text (Index *self, guint max_words)
{
  static const char *const words[] = {
    "Ana",    "Anna",  "Ann",    "Schmidt", "Шмидт", "Юрий",     "Yuri",   "王小明", "Berlin",
    "Bern",   "Bergé", "Watson", "Ватсон",  "4711",  "Meridian", "merida", "x",      "O'Neil",
    "a@b.de", "Łódź",  "und",    "K",       "Kh",    "Trujillo", "12",     "ﬁsh",    "1234567",
    "tst",    "ts",    "s",      "Müller",  "j",     "Jürgen",   "Jr.",    "陳",     "2024-01",
  };
  GString *text = g_string_new (NULL);
  guint n = 1 + below (self, max_words);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s%s",
                            i > 0 ? " " : "",
                            words[below (self, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static gboolean
commit (Index *self, KontorStep *step)
{
  g_autoptr(KontorStep) owned G_GNUC_UNUSED = step;
  g_autoptr(KontorCommit) done = g_new0 (KontorCommit, 1);
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autoptr(GError) error = NULL;

  kontor_env_advance (self->env, 1000);
  /* What is in the trash can't be changed: that is refused, and leaves nothing. */
  if (kontor_commit_step (self->db, step, done, changes, &error))
    return TRUE;
  g_assert_nonnull (error);
  return FALSE;
}

static const KontorId *
pick (Index *self, GArray *ids)
{
  return &g_array_index (ids, KontorId, below (self, ids->len));
}

static void
create (Index *self, KontorRecord *draft, GArray *ids)
{
  g_autoptr(KontorRecord) owned G_GNUC_UNUSED = draft;
  KontorStep *step = kontor_step_new ("New");
  KontorId id = kontor_step_create (step, draft);

  if (commit (self, step))
    g_array_append_val (ids, id);
}

static void
create_party (Index *self)
{
  g_autofree char *name = make_text (self, 3);

  if (below (self, 3) == 0)
    create (self, fixture_new_account (name), self->accounts);
  else
    create (self, fixture_new_contact (name), self->contacts);
}

static void
create_child (Index *self)
{
  g_autofree char *number = g_strdup_printf ("+49 30 %u", 10000 + below (self, 100000));
  const KontorId *contact = pick (self, self->contacts);

  if (below (self, 2) == 0)
    create (self,
            fixture_new_point (&kontor_contact_type,
                               contact,
                               below (self, 4) > 0 ? "phone" : "mail",
                               number),
            self->points);
  else
    {
      g_autoptr(GArray) members = g_array_new (FALSE, FALSE, sizeof (KontorId));

      create (self, fixture_new_membership (contact, pick (self, self->accounts)), members);
    }
}

static void
change (Index *self)
{
  static const KontorFieldId fields[] = { KONTOR_CONTACT_NAME,       KONTOR_CONTACT_NICKNAME,
                                          KONTOR_CONTACT_NOTES,      KONTOR_CONTACT_NUMBER,
                                          KONTOR_ACCOUNT_NAME,       KONTOR_ACCOUNT_NOTES,
                                          KONTOR_CONTACT_POINT_VALUE };
  KontorFieldId field = fields[below (self, G_N_ELEMENTS (fields))];
  GArray *ids = field >> 8 == kontor_account_type.number         ? self->accounts
                : field >> 8 == kontor_contact_point_type.number ? self->points
                                                                 : self->contacts;
  g_autofree char *text = make_text (self, 4);
  KontorStep *step;

  if (ids->len == 0)
    return;
  step = kontor_step_new ("Change");
  kontor_step_set_text (step, pick (self, ids), field, text);
  commit (self, step);
}

static void
hide (Index *self)
{
  const KontorRecordType *types[] = { &kontor_contact_type,
                                      &kontor_account_type,
                                      &kontor_contact_point_type };
  GArray *ids[] = { self->contacts, self->accounts, self->points };
  guint i = below (self, 3);
  KontorStep *step;

  if (ids[i]->len == 0)
    return;
  step = kontor_step_new ("Trash");
  if (below (self, 2) == 0)
    kontor_step_trash (step, types[i], pick (self, ids[i]));
  else
    kontor_step_restore (step, types[i], pick (self, ids[i]));
  commit (self, step);
}

static void
take_back (Index *self)
{
  g_autoptr(KontorCommit) done = g_new0 (KontorCommit, 1);
  g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
  g_autoptr(GError) error = NULL;
  KontorUndoPoint point;

  if (!kontor_undo_peek (self->db, below (self, 2) == 0, &point, &error))
    return;
  kontor_undo_apply (self->db, &point.step, done, changes, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_free (point.label);
}

static void
fill (Index *self, guint n)
{
  static void (*const moves[]) (Index *) = { create_party, create_child, change,
                                             change,       hide,         take_back };

  for (guint i = 0; i < 12; i++)
    create_party (self);
  while (self->accounts->len == 0 || self->contacts->len == 0)
    create_party (self);
  for (guint i = 0; i < n; i++)
    moves[below (self, G_N_ELEMENTS (moves))](self);
}

/* --- Up to date ----------------------------------------------------------------------------- */

static char *
dump (Index *self)
{
  static const char *const selects[] = {
    "SELECT rowid,type,hex(id),title,names,points,phones,text FROM search_doc ORDER BY rowid",
    "SELECT w,n FROM word ORDER BY w",
    "SELECT digits,doc FROM phone_digits ORDER BY digits,doc",
    "SELECT term,doc FROM temp.words ORDER BY 1,2",
    "SELECT term,doc FROM temp.titles ORDER BY 1,2",
    "SELECT term,doc FROM temp.threes ORDER BY 1,2",
    NULL
  };
  GString *out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  kontor_db_exec (self->db,
                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search_fts, "
                  "instance);"
                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.titles USING fts5vocab(main, title_fts, "
                  "instance);"
                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.threes USING fts5vocab(main, phone_fts, "
                  "instance)",
                  &error);
  g_assert_no_error (error);
  for (guint i = 0; selects[i] != NULL; i++)
    {
      sqlite3_stmt *stmt = kontor_db_prepare (self->db, selects[i], &error);
      gboolean row = TRUE;

      g_assert_no_error (error);
      while (kontor_db_step (self->db, stmt, &row, &error) && row)
        for (int k = 0; k < sqlite3_column_count (stmt); k++)
          g_string_append_printf (out,
                                  "%s%c",
                                  (const char *) sqlite3_column_text (stmt, k),
                                  k + 1 < sqlite3_column_count (stmt) ? '|' : '\n');
      g_assert_no_error (error);
      sqlite3_reset (stmt);
    }
  return g_string_free (out, FALSE);
}

/* SQLite's own check knows the beginnings of words too. */
static void
assert_indexes (Index *self)
{
  static const char *const checks[] = {
    "INSERT INTO search_fts(search_fts,rank) VALUES('integrity-check',1)",
    "INSERT INTO title_fts(title_fts,rank) VALUES('integrity-check',1)",
    "INSERT INTO phone_fts(phone_fts,rank) VALUES('integrity-check',1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr(GError) error = NULL;

      kontor_db_exec (self->db, checks[i], &error);
      g_assert_no_error (error);
    }
}

static void
assert_sound (Index *self)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  kontor_search_check (self->db, problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
count_progress_cb (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  (*(guint *) data)++;
}

static void
rebuild (Index *self)
{
  g_autoptr(GError) error = NULL;
  guint n = 0;

  self->db->search_later = TRUE;
  kontor_derive_rebuild (self->db, NULL, NULL, &error);
  g_assert_no_error (error);
  kontor_search_rebuild_index (self->db, count_progress_cb, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 0);
  g_assert_false (self->db->search_later);
  g_assert_true (kontor_db_set_meta (self->db, "bulk", NULL, NULL));
}

static void
test_equals_rebuilt (Index *self, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *kept = NULL, *made = NULL;

      fill (self, 120);
      assert_sound (self);
      assert_indexes (self);
      kept = dump (self);
      rebuild (self);
      made = dump (self);
      g_assert_cmpstr (kept, ==, made);
      assert_sound (self);
    }
}

/* An edit that changes nothing search knows of writes nothing there. */
static void
test_writes_little (Index *self, gconstpointer data)
{
  KontorStep *step;
  const KontorId *id;
  int before;

  create (self, fixture_new_contact ("Ana Trujillo"), self->contacts);
  id = pick (self, self->contacts);
  step = kontor_step_new ("Change");
  kontor_step_set_text (step, id, KONTOR_CONTACT_NICKNAME, "ANA");
  before = sqlite3_total_changes (self->db->handle);
  commit (self, step);
  /* the record, the log (step, transaction, operation): no document */
  g_assert_cmpint (sqlite3_total_changes (self->db->handle) - before, <=, 6);
  assert_sound (self);
}

/* --- What is wrong -------------------------------------------------------------------------- */

static void
test_check (Index *self, gconstpointer data)
{
  static const char *const harms[] = {
    "UPDATE search_doc SET title='other' WHERE rowid=(SELECT max(rowid) FROM search_doc)",
    "UPDATE search_doc SET id=zeroblob(16) WHERE rowid=(SELECT max(rowid) FROM search_doc)",
    "DELETE FROM search_doc WHERE rowid=(SELECT max(rowid) FROM search_doc)",
    "INSERT INTO search_doc VALUES(11<<40|99999,11,zeroblob(16),'a','','','','')",
    "INSERT INTO search_doc VALUES(200<<40|1,200,zeroblob(16),'a','','','','')",
    "UPDATE contact SET name='Somebody' WHERE rid=(SELECT max(rid) FROM contact WHERE hid=0)",
    "UPDATE contact SET hid=1 WHERE rid=(SELECT max(rid) FROM contact WHERE hid=0)",
    "INSERT INTO search_fts(search_fts) VALUES('delete-all')",
    "INSERT INTO search_fts(rowid,title,names,points,text) VALUES(5,'more','','','')",
    "INSERT INTO search_fts(search_fts,rowid,title,names,points,text) SELECT 'delete',rowid,title,"
    "names,points,text FROM search_doc LIMIT 1",
    "INSERT INTO title_fts(title_fts) VALUES('delete-all')",
    "INSERT INTO title_fts(rowid,title) VALUES(5,'more')",
    "INSERT INTO phone_fts(phone_fts) VALUES('delete-all')",
    "INSERT INTO phone_fts(rowid,phones) VALUES(5,'12345')",
    "DELETE FROM phone_digits WHERE doc=(SELECT max(doc) FROM phone_digits)",
    "INSERT INTO phone_digits VALUES('12345',5)",
    "UPDATE word SET n=n+1 WHERE no=(SELECT max(no) FROM word)",
    "DELETE FROM word WHERE no=(SELECT min(no) FROM word)",
    "INSERT INTO word(w,n) VALUES('stranger',1)",
  };

  fill (self, 100);
  create (self,
          fixture_new_point (&kontor_contact_type, pick (self, self->contacts), "phone", "555123"),
          self->points);
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GError) error = NULL;

      assert_sound (self);
      g_test_message ("%s", harms[i]);
      g_assert_true (kontor_db_exec (self->db, harms[i], &error));
      g_assert_no_error (error);
      g_assert_true (kontor_search_check (self->db, problems, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, >=, 1);
      rebuild (self);
    }
  assert_sound (self);
}

/* A rebuild that is broken off leaves the mark, and can be begun again. */
static gboolean
fail_at_once (Index *self)
{
  g_autoptr(GError) error = NULL;
  gboolean ok;

  g_atomic_int_set (&self->db->stopping, TRUE);
  ok = kontor_search_rebuild_index (self->db, NULL, NULL, &error);
  g_atomic_int_set (&self->db->stopping, FALSE);
  if (!ok)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return !ok;
}

static void
test_broken_off (Index *self, gconstpointer data)
{
  gboolean failed;

  fill (self, 2000);
  failed = fail_at_once (self);
  if (failed)
    {
      g_assert_cmpint (kontor_db_get_meta_integer (self->db, "bulk", 0), ==, 1);
      g_assert_true (self->db->search_later);
    }
  g_assert_true (failed);
  rebuild (self);
  assert_sound (self);
}

/* --- Words ---------------------------------------------------------------------------------- */

static char *
make_word (Index *self)
{
  guint n = 1 + below (self, 12);
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_c (word, "abd"[below (self, 3)]);
  return g_string_free (word, FALSE);
}

static void
put_title (Index *self, gint64 rid, const char *title)
{
  const KontorSearchDoc doc = { .type = &kontor_contact_type, .rid = rid, .title = title };
  g_autoptr(GError) error = NULL;

  kontor_search_put (self->db, &doc, TRUE, &error);
  g_assert_no_error (error);
}

/* By the definition: not the beginning of the word, but the beginning of it with one error. */
static gboolean
is_near (const char *typed, const char *word)
{
  gsize n = strlen (typed), length = strlen (word);

  if (g_str_has_prefix (word, typed))
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    if (kontor_word_within_one (typed, n, word, i))
      return TRUE;
  return FALSE;
}

static void
test_near_words (Index *self, gconstpointer data)
{
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gint64 i = 1; i <= 1500; i++)
    {
      char *word = make_word (self);

      put_title (self, i, word);
      g_hash_table_add (words, word);
    }
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *typed = make_word (self);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) near = kontor_words_find_near (self->db, typed, 10000, &error);
      GHashTableIter iter;
      gpointer word;

      g_assert_no_error (error);
      for (guint k = 0; k < near->len; k++)
        g_assert_true (is_near (typed, g_ptr_array_index (near, k)));
      g_hash_table_iter_init (&iter, words);
      while (g_hash_table_iter_next (&iter, &word, NULL))
        if (is_near (typed, word) &&
            !g_ptr_array_find_with_equal_func (near, word, g_str_equal, NULL))
          g_error ("%s is not near %s", (char *) word, typed);
    }
}

/* Whole words before beginnings, then what is there more often. */
static void
test_best_words (Index *self, gconstpointer data)
{
  static const char *const titles[] = { "Marina", "Martins", "Marton", "Marton",
                                        "Martin", "Martin",  "Martin", "Karten" };
  static const char *const best[] = { "martin", "marton", "martins" };
  g_autoptr(GPtrArray) near = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    put_title (self, i + 1, titles[i]);
  near = kontor_words_find_near (self->db, "martxn", 16, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (near->len, ==, G_N_ELEMENTS (best));
  for (guint i = 0; i < G_N_ELEMENTS (best); i++)
    g_assert_cmpstr (g_ptr_array_index (near, i), ==, best[i]);
}

static void
test_prefix_words (Index *self, gconstpointer data)
{
  static const char *const titles[] = { "Ana", "Anna", "An", "Bea", "Anno", "Aпp", "Ωmega" };
  g_autoptr(GPtrArray) all = NULL, some = NULL, none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    put_title (self, i + 1, titles[i]);
  all = kontor_words_find_prefix (self->db, "an", 16, NULL);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (all, 0), ==, "an");
  some = kontor_words_find_prefix (self->db, "an", 2, NULL);
  g_assert_cmpuint (some->len, ==, 2);
  none = kontor_words_find_prefix (self->db, "anz", 2, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- As a filter ---------------------------------------------------------------------------- */

static GHashTable *
find_by_filter (Index *self, const char *text)
{
  GHashTable *rids = g_hash_table_new (NULL, NULL);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GPtrArray) binds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  kontor_search_append_sql (self->db, &kontor_contact_type, text, sql, binds);
  stmt = kontor_db_prepare (self->db, sql->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((guint) sqlite3_bind_parameter_count (stmt), ==, binds->len);
  for (guint i = 0; i < binds->len; i++)
    sqlite3_bind_text (stmt, (int) i + 1, g_ptr_array_index (binds, i), -1, SQLITE_STATIC);
  while (kontor_db_step (self->db, stmt, &row, &error) && row)
    g_hash_table_add (rids, GSIZE_TO_POINTER ((gsize) sqlite3_column_int64 (stmt, 0)));
  g_assert_no_error (error);
  sqlite3_reset (stmt);
  return rids;
}

/* Search does not look for all words of a single letter, nor for words once it has a number. */
static gboolean
is_complete (const char *text)
{
  g_auto(GStrv) words = kontor_fold_words (text);

  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) < 2 || g_str_has_prefix (words[i], "1234567"))
      return FALSE;
  return TRUE;
}

static void
test_filter (Index *self, gconstpointer data)
{
  guint n_found = 0;

  fill (self, 400);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *whole = make_text (self, 2);
      glong length = g_utf8_strlen (whole, -1);
      g_autofree char *text = g_utf8_substring (whole, 0, 2 + (glong) below (self, (guint) length));
      g_autoptr(GHashTable) filtered = find_by_filter (self, text);
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorSearchResult) result =
        kontor_search_run (self->db, text, &kontor_contact_type, 10000, &error);

      g_assert_no_error (error);
      n_found += g_hash_table_size (filtered);
      for (guint k = 0; k < result->hits->len; k++)
        {
          const KontorSearchHit *hit = g_ptr_array_index (result->hits, k);

          /* few hits: words with a typing error may be among them */
          if (g_hash_table_size (filtered) >= 10 &&
              !g_hash_table_contains (filtered, GSIZE_TO_POINTER ((gsize) hit->rid)))
            g_error ("“%s” finds “%s”, but the filter does not", text, hit->title);
        }
      if (is_complete (text) && result->hits->len < g_hash_table_size (filtered))
        g_error ("“%s” finds %u, the filter %u",
                 text,
                 result->hits->len,
                 g_hash_table_size (filtered));
    }
  g_assert_cmpuint (n_found, >, 500);
}

static void
test_filter_of_nothing (Index *self, gconstpointer data)
{
  static const char *const texts[] = { NULL, "", "  ", "\"*()", "zzzz", "ana' OR 1" };

  create (self, fixture_new_contact ("Ana Trujillo"), self->contacts);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GHashTable) found = find_by_filter (self, texts[i]);

      g_assert_cmpuint (g_hash_table_size (found), ==, 0);
    }
}

/* --- Snippets ------------------------------------------------------------------------------- */

static char *
snip (const char *text, const char *word)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  g_ptr_array_add (words, (gpointer) word);
  return kontor_search_make_snippet (text, words);
}

static void
test_snippets (void)
{
  g_autofree char *many = g_strnfill (400, 'a');
  g_autofree char *whole = snip ("Short text", "tex");
  g_autofree char *lines = snip ("One\n\n  two\tthree", "none");
  g_autofree char *signs = snip ("報價單:王小明先生", "王");
  g_autofree char *long_word = snip (many, "aaa");
  g_autofree char *behind = g_strconcat (many, " ", "end", NULL);
  g_autofree char *end = snip (behind, "end");
  gsize start, length;

  g_assert_cmpstr (whole, ==, "Short text");
  g_assert_cmpstr (lines, ==, "One two three");
  g_assert_cmpstr (signs, ==, "報價單:王小明先生");
  g_assert_true (g_str_has_suffix (long_word, "…"));
  g_assert_cmpint (g_utf8_strlen (long_word, -1), ==, 121);
  g_assert_cmpstr (end, ==, "…end");
  g_assert_true (kontor_search_locate ("Ivan O’Neil", "neil", &start, &length));
  g_assert_cmpuint (start, ==, strlen ("Ivan O’"));
  g_assert_cmpuint (length, ==, 4);
  g_assert_false (kontor_search_locate ("Ivan", "van", &start, &length));
}

#define ADD(name, func) \
  g_test_add ("/store/search-index/" name, Index, NULL, index_set_up, func, index_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  ADD ("equals-rebuilt", test_equals_rebuilt);
  ADD ("writes-little", test_writes_little);
  ADD ("check", test_check);
  ADD ("broken-off", test_broken_off);
  ADD ("near-words", test_near_words);
  ADD ("best-words", test_best_words);
  ADD ("prefix-words", test_prefix_words);
  ADD ("filter", test_filter);
  ADD ("filter-of-nothing", test_filter_of_nothing);
  g_test_add_func ("/store/search-index/snippets", test_snippets);
  return g_test_run ();
}
