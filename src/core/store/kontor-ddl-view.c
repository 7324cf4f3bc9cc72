/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views for people: ids as text, titles of links, days and amounts as they are written. They work
 * in a plain sqlite3 shell, without functions of ours. */
#include "config.h"

#include "kontor-db-private.h"
#include "kontor-number.h"
#include <string.h>

/* Those that may have another number of digits than two. */
static const char *const odd_currencies[] = {
  "BHD", "BIF", "CLF", "CLP", "DJF", "GNF", "IQD", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD",
  "LYD", "OMR", "PYG", "RWF", "TND", "UGX", "UYI", "UYW", "VND", "VUV", "XAF", "XOF", "XPF",
};

static void
append_uuid (GString *sql, const char *table, const char *column)
{
  static const int parts[][2] = { { 1, 8 }, { 9, 4 }, { 13, 4 }, { 17, 4 }, { 21, 12 } };

  g_string_append (sql, "lower(");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (sql,
                            "%ssubstr(hex(%s.\"%s\"),%d,%d)",
                            i > 0 ? "||'-'||" : "",
                            table,
                            column,
                            parts[i][0],
                            parts[i][1]);
  g_string_append_c (sql, ')');
}

/* As text: a REAL would not keep the last digits of large amounts. */
static void
append_scaled (GString *sql, const char *column, guint digits)
{
  gint64 power = 1;

  for (guint i = 0; i < digits; i++)
    power *= 10;
  if (digits == 0)
    {
      g_string_append_printf (sql, "CAST(r.\"%s\" AS TEXT)", column);
      return;
    }
  g_string_append_printf (sql,
                          "printf('%%s%%d.%%0%ud',CASE WHEN r.\"%s\"<0 THEN '-' ELSE '' END,",
                          digits,
                          column);
  g_string_append_printf (sql, "abs(r.\"%s\"/%" G_GINT64_FORMAT "),", column, power);
  g_string_append_printf (sql, "abs(r.\"%s\"%%%" G_GINT64_FORMAT "))", column, power);
}

static void
append_money (GString *sql, const KontorFieldDef *field)
{
  g_string_append_printf (sql, "CASE WHEN r.\"%s\" IS NULL THEN NULL", field->name);
  for (guint digits = 0; digits <= 4 && field->companion != NULL; digits++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (odd_currencies); i++)
        {
          if (digits == 2 || kontor_currency_digits (odd_currencies[i]) != digits)
            continue;
          if (!any)
            g_string_append_printf (sql, " WHEN r.\"%s\" IN (", field->companion);
          g_string_append_printf (sql, "%s'%s'", any ? "," : "", odd_currencies[i]);
          any = TRUE;
        }
      if (any)
        {
          g_string_append (sql, ") THEN ");
          append_scaled (sql, field->name, digits);
        }
    }
  g_string_append (sql, " ELSE ");
  append_scaled (sql, field->name, 2);
  g_string_append (sql, " END");
}

static void
append_nullable_scaled (GString *sql, const KontorFieldDef *field, guint digits)
{
  g_string_append_printf (sql, "CASE WHEN r.\"%s\" IS NULL THEN NULL ELSE ", field->name);
  append_scaled (sql, field->name, digits);
  g_string_append (sql, " END");
}

/* The title of a record of @type, of the table alias @table; FALSE where it has none. */
static gboolean
append_title (GString *sql, const KontorRecordType *type, const char *table)
{
  guint n_fields;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n_fields);
  gboolean any = FALSE;

  for (guint i = 0; i < n_fields; i++)
    {
      if ((fields[i]->flags & KONTOR_FIELD_TITLE) == 0 ||
          kontor_field_kind_storage (fields[i]->kind) != KONTOR_STORAGE_TEXT)
        continue;
      g_string_append (sql, any ? "||coalesce(' '||" : "coalesce(");
      g_string_append_printf (sql, "%s.\"%s\",'')", table, fields[i]->name);
      any = TRUE;
    }
  return any;
}

static void
append_title_of (GString *sql, const KontorRecordType *target, const char *column)
{
  g_autoptr(GString) title = g_string_new (NULL);

  if (target == NULL || !append_title (title, target, "t"))
    {
      g_string_append (sql, "NULL");
      return;
    }
  g_string_append_printf (sql,
                          "(SELECT nullif(%s,'') FROM \"%s\" t WHERE t.id=r.\"%s\")",
                          title->str,
                          target->name,
                          column);
}

static void
append_link_title (GString *sql, const KontorFieldDef *field)
{
  if (field->kind != KONTOR_FIELD_LINK_ANY)
    {
      const KontorRecordType *target =
        field->target != NULL ? kontor_record_type_by_name (field->target) : NULL;

      append_title_of (sql, target, field->name);
    }
  else
    {
      g_string_append_printf (sql, "CASE r.\"%s\"", field->companion);
      for (guint i = 0; i < kontor_record_type_count (); i++)
        {
          const KontorRecordType *type = kontor_record_type_nth (i);
          g_autoptr(GString) title = g_string_new (NULL);

          if (!append_title (title, type, "t"))
            continue;
          g_string_append_printf (sql, " WHEN '%s' THEN ", type->name);
          append_title_of (sql, type, field->name);
        }
      g_string_append (sql, " END");
    }
  g_string_append_printf (sql, " AS \"%s_title\"", field->name);
}

static void
append_value (GString *sql, const KontorFieldDef *field)
{
  switch (field->kind)
    {
    case KONTOR_FIELD_LINK:
    case KONTOR_FIELD_LINK_ANY:
      g_string_append_printf (sql, "CASE WHEN r.\"%s\" IS NULL THEN NULL ELSE ", field->name);
      append_uuid (sql, "r", field->name);
      g_string_append (sql, " END");
      break;
    case KONTOR_FIELD_INSTANT:
      g_string_append_printf (sql,
                              "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ',r.\"%s\"/1000,'unixepoch')",
                              field->name);
      break;
    case KONTOR_FIELD_MONEY:
      append_money (sql, field);
      break;
    case KONTOR_FIELD_DECIMAL:
      append_nullable_scaled (sql, field, field->scale);
      break;
    case KONTOR_FIELD_PERCENT:
      append_nullable_scaled (sql, field, 2);
      break;
    default:
      g_string_append_printf (sql, "r.\"%s\"", field->name);
      return;
    }
  g_string_append_printf (sql, " AS \"%s\"", field->name);
}

/**
 * kontor_ddl_view:
 * @schema: fields, custom ones included
 * @type: a record type
 *
 * Returns: (transfer full): CREATE VIEW of the records of @type outside the trash
 */
char *
kontor_ddl_view (KontorSchema *schema, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (schema, type);
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "CREATE VIEW \"v_%s\" AS SELECT ", type->name);
  append_uuid (sql, "r", "id");
  g_string_append (sql, " AS \"id\"");
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE)
        continue;
      g_string_append_c (sql, ',');
      append_value (sql, field);
      if (field->kind == KONTOR_FIELD_LINK || field->kind == KONTOR_FIELD_LINK_ANY)
        {
          g_string_append_c (sql, ',');
          append_link_title (sql, field);
        }
    }
  g_string_append_printf (sql, " FROM \"%s\" r WHERE r.hid=0", type->name);
  return g_string_free (sql, FALSE);
}

/**
 * kontor_ddl_create_views:
 * @db: a writing connection, in a transaction
 * @error: (nullable): place for an error
 *
 * Makes the views anew, for all columns there are now.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_ddl_create_views (KontorDb *db, GError **error)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);
      g_autofree char *drop = g_strdup_printf ("DROP VIEW IF EXISTS \"v_%s\"", type->name);
      g_autofree char *create = kontor_ddl_view (db->schema, type);

      if (!kontor_db_exec (db, drop, error) || !kontor_db_exec (db, create, error))
        return FALSE;
    }
  return TRUE;
}
