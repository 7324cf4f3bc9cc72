/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read-only SQL for people and reports. What may be done is a list of what is allowed: reading
 * tables, functions without side effects. Sizes are bounded; time by cancelling. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-workspace-private.h"
#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_SQL 1000000
#define MAX_COLUMNS 2000
#define MAX_VALUE (64 * 1024 * 1024)

static const char *const forbidden_functions[] = {
  "load_extension", "writefile", "readfile", "edit", "fts3_tokenizer", "sqlite_offset",
};

static const char *const allowed_pragmas[] = {
  "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
};

static gboolean
is_in (const char *name, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (name != NULL && g_ascii_strcasecmp (name, list[i]) == 0)
      return TRUE;
  return FALSE;
}

static int
authorize_cb (void *data,
              int action,
              const char *a,
              const char *b,
              const char *database,
              const char *view)
{
  switch (action)
    {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return is_in (b, forbidden_functions, G_N_ELEMENTS (forbidden_functions)) ? SQLITE_DENY
                                                                                : SQLITE_OK;
    case SQLITE_UPDATE:
      /* SQLite asks for this when it first meets a table-valued function such as json_each(). A
       * statement that writes is refused for being one. */
      return g_strcmp0 (a, "sqlite_master") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
      return is_in (a, allowed_pragmas, G_N_ELEMENTS (allowed_pragmas)) ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
    }
}

static void
set_limits (KontorDb *db, int previous[3])
{
  previous[0] = sqlite3_limit (db->handle, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL);
  previous[1] = sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, 0);
  previous[2] = sqlite3_limit (db->handle, SQLITE_LIMIT_LENGTH, MAX_VALUE);
}

static void
restore_limits (KontorDb *db, const int previous[3])
{
  sqlite3_limit (db->handle, SQLITE_LIMIT_SQL_LENGTH, previous[0]);
  sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, previous[1]);
  sqlite3_limit (db->handle, SQLITE_LIMIT_LENGTH, previous[2]);
}

static void
set_sql_error (KontorDb *db, int rc, GError **error)
{
  switch (rc & 0xff)
    {
    case SQLITE_AUTH:
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_DENIED,
                        _("Only reading is allowed here: %s"),
                        sqlite3_errmsg (db->handle));
      break;
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
      kontor_set_error (error,
                        KONTOR_STORE_ERROR,
                        KONTOR_ERROR_INVALID,
                        _("This is not understood: %s"),
                        sqlite3_errmsg (db->handle));
      break;
    default:
      kontor_db_set_error (db, rc, error);
    }
}

static gboolean
give_row (sqlite3_stmt *stmt, const char *const *names, guint n, KontorSqlRow row, gpointer data)
{
  g_autofree const char **texts = g_new0 (const char *, n + 1);
  g_autofree int *types = g_new0 (int, n + 1);
  g_autoptr(GPtrArray) hex = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      types[i] = sqlite3_column_type (stmt, i);
      if (types[i] == SQLITE_BLOB)
        {
          /* Bytes are no text: they are shown as hex. */
          const guint8 *bytes = sqlite3_column_blob (stmt, i);
          int length = sqlite3_column_bytes (stmt, i);
          char *text = g_malloc ((gsize) length * 2 + 1);

          for (int k = 0; k < length; k++)
            g_snprintf (text + 2 * k, 3, "%02x", bytes[k]);
          text[2 * (gsize) length] = '\0';
          g_ptr_array_add (hex, text);
          texts[i] = text;
        }
      else if (types[i] != SQLITE_NULL)
        texts[i] = (const char *) sqlite3_column_text (stmt, i);
    }
  return row (n, names, texts, types, data);
}

static gboolean
run_statement (KontorDb *db, sqlite3_stmt *stmt, KontorSqlRow row, gpointer data, GError **error)
{
  guint n = sqlite3_column_count (stmt);
  g_autofree const char **names = g_new0 (const char *, n + 1);
  int rc;

  for (guint i = 0; i < n; i++)
    names[i] = sqlite3_column_name (stmt, i);
  while ((rc = sqlite3_step (stmt)) == SQLITE_ROW)
    if (!give_row (stmt, names, n, row, data))
      return TRUE;
  if (rc == SQLITE_DONE)
    return TRUE;
  set_sql_error (db, rc, error);
  return FALSE;
}

static gboolean
is_blank (const char *sql)
{
  return sql[strspn (sql, " \t\r\n;")] == '\0';
}

static gboolean
run_one (KontorDb *db, const char *sql, KontorSqlRow row, gpointer data, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  const char *rest = NULL;
  int rc = sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, &rest);
  gboolean ok = FALSE;

  if (rc != SQLITE_OK)
    set_sql_error (db, rc, error);
  else if (stmt == NULL || !is_blank (rest) || sqlite3_column_count (stmt) > MAX_COLUMNS)
    kontor_set_error (error,
                      KONTOR_STORE_ERROR,
                      KONTOR_ERROR_INVALID,
                      _("Give exactly one question (SELECT …)."));
  else if (!sqlite3_stmt_readonly (stmt))
    kontor_set_error (error,
                      KONTOR_STORE_ERROR,
                      KONTOR_ERROR_DENIED,
                      _("Only reading is allowed here."));
  else
    ok = run_statement (db, stmt, row, data, error);
  sqlite3_finalize (stmt);
  return ok;
}

/**
 * kontor_sql_run:
 * @db: a reading connection
 * @sql: one SELECT
 * @row: called for each row; %FALSE ends it
 * @row_data: for @row
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_sql_run (KontorDb *db, const char *sql, KontorSqlRow row, gpointer row_data, GError **error)
{
  int limits[3];
  gboolean ok;

  set_limits (db, limits);
  sqlite3_set_authorizer (db->handle, authorize_cb, NULL);
  ok = run_one (db, sql, row, row_data, error);
  sqlite3_set_authorizer (db->handle, NULL, NULL);
  restore_limits (db, limits);
  return ok;
}
