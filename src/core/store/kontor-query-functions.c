/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions SQLite calls for what has no column of its own: folded text, digits of phones, digits
 * of currencies. Only queries use them; nothing in the file depends on them. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-number.h"
#include "kontor-phone.h"
#include "kontor-query-private.h"

static const char *
get_text (sqlite3_value *value)
{
  return (const char *) sqlite3_value_text (value);
}

/* kontor_fold (TEXT): the sort key of a text */
static void
fold_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = get_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, kontor_fold_sort (text), -1, g_free);
}

/* kontor_phone (TEXT): the digits of a number */
static void
phone_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  KontorDb *db = sqlite3_user_data (context);
  const char *text = get_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, kontor_phone_digits (text, db->country), -1, g_free);
}

/* kontor_phone_is (TEXT, DIGITS): whether they are one number */
static void
phone_is_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  KontorDb *db = sqlite3_user_data (context);
  const char *text = get_text (values[0]);
  g_autofree char *digits = NULL;

  if (text == NULL)
    return;
  digits = kontor_phone_digits (text, db->country);
  sqlite3_result_int (context, kontor_phone_equal (digits, get_text (values[1])));
}

/* kontor_unit (CURRENCY): ten-thousandths in the smallest unit of a currency */
static void
unit_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *code = get_text (values[0]);
  guint digits =
    code != NULL && kontor_currency_is_valid (code) ? kontor_currency_digits (code) : 2;
  int unit = 1;

  for (; digits < 4; digits++)
    unit *= 10;
  sqlite3_result_int (context, unit);
}

/**
 * kontor_query_ensure_functions:
 * @db: a connection
 * @error: (nullable): place for an error
 *
 * Makes the functions known to the connection, once.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_query_ensure_functions (KontorDb *db, GError **error)
{
  static const struct
  {
    const char *name;
    int n;
    void (*func) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "kontor_fold", 1, fold_cb },
    { "kontor_phone", 1, phone_cb },
    { "kontor_phone_is", 2, phone_is_cb },
    { "kontor_unit", 1, unit_cb },
  };

  if (db->has_functions)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      int rc = sqlite3_create_function_v2 (db->handle,
                                           functions[i].name,
                                           functions[i].n,
                                           SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                           db,
                                           functions[i].func,
                                           NULL,
                                           NULL,
                                           NULL);

      if (rc == SQLITE_OK)
        continue;
      kontor_db_set_error (db, rc, error);
      return FALSE;
    }
  db->has_functions = TRUE;
  return TRUE;
}
