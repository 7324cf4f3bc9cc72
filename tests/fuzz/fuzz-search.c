/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what is typed into a search field. Whatever it is, SQLite must accept what is made
 * of it, and lists must find what search finds. */
#include "config.h"

#include <string.h>

#include "kontor-model.h"
#include "kontor-search-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
put (KontorDb *db, gint64 rid, const char *title, const char *text, const char *phone)
{
  const char *phones[] = { phone, NULL };
  const KontorSearchDoc doc = { .type = &kontor_contact_type,
                                .rid = rid,
                                .title = title,
                                .text = text,
                                .phones = phones };
  g_autoptr(GError) error = NULL;

  kontor_search_put (db, &doc, TRUE, &error);
  g_assert_no_error (error);
}

static KontorDb *
open_db (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, 1700000000000);
  KontorDb *db;

  kontor_model_init ();
  db = kontor_db_open_for_test (NULL, env);
  put (db, 1001, "Ana Trujillo", "asked for the list", "+49 30 1234567");
  put (db, 1002, "Юрий Щербаков", "王小明", "8 495 123-45-67");
  put (db, 1003, "Watson & Søns", "a b c", NULL);
  return db;
}

static void
run_filter (KontorDb *db, const char *text)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GPtrArray) binds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *stmt;

  kontor_search_append_sql (db, &kontor_contact_type, text, sql, binds);
  stmt = kontor_db_prepare (db, sql->str, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_bind_parameter_count (stmt), ==, (int) binds->len);
  for (guint i = 0; i < binds->len; i++)
    sqlite3_bind_text (stmt, (int) i + 1, g_ptr_array_index (binds, i), -1, SQLITE_STATIC);
  kontor_db_run (db, stmt, &error);
  g_assert_no_error (error);
  g_hash_table_remove_all (db->statements);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static KontorDb *db;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(KontorSearchResult) result = NULL;
  g_autoptr(KontorSearchResult) people = NULL;
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *snippet = NULL;
  g_autoptr(GError) error = NULL;

  if (db == NULL)
    db = open_db ();
  result = kontor_search_run (db, text, NULL, 20, &error);
  g_assert_no_error (error);
  people = kontor_search_run (db, text, &kontor_contact_type, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->hits->len, <=, 1);
  g_assert_true (result->suggestion == NULL || g_utf8_validate (result->suggestion, -1, NULL));
  run_filter (db, text);

  g_ptr_array_add (words, (gpointer) "ana");
  snippet = kontor_search_make_snippet (valid, words);
  g_assert_true (g_utf8_validate (snippet, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (snippet, -1), <=, 123);

  return 0;
}
