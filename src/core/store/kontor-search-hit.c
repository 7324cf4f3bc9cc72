/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hit shows: the record's title, and below it who it is or what was found. Reads one row of
 * the record's table; only what is found in children and long texts costs more. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-model.h"
#include "kontor-phone.h"
#include "kontor-search-private.h"
#include <string.h>

#define MAX_USUAL 3

/* The second line of a hit that was found by its title: the first that has something to say. */
static const struct
{
  const KontorRecordType *type;
  const char *fields[MAX_USUAL];
} usual_fields[] = {
  { &kontor_contact_type, { "position", "account_name", NULL } },
  { &kontor_contact_type, { "city", NULL } },
  { &kontor_contact_type, { "main_mail", NULL } },
  { &kontor_account_type, { "city", NULL } },
  { &kontor_account_type, { "main_mail", NULL } },
  { &kontor_employee_type, { "position", NULL } },
  { &kontor_employee_type, { "mail", NULL } },
  { &kontor_org_unit_type, { "region", NULL } },
};

/* What to read of a table, and elsewhere when that is not it. */
typedef struct
{
  const KontorRecordType *type;
  char *sql;
  GPtrArray *columns; /* (element-type KontorFieldDef): title first, then what may have matched */
  guint n_title;
  GPtrArray *points; /* (element-type utf8): SELECT of numbers and addresses by the owner's id */
  GPtrArray *others; /* (element-type utf8): SELECT of other children */
  char *texts;       /* (nullable): SELECT of its own long texts by rid */
} HitPlan;

static void
free_plan (gpointer data)
{
  HitPlan *plan = data;

  g_free (plan->sql);
  g_ptr_array_unref (plan->columns);
  g_ptr_array_unref (plan->points);
  g_ptr_array_unref (plan->others);
  g_free (plan->texts);
  g_free (plan);
}

static gboolean
is_shown (const KontorRecordType *type, const KontorFieldDef *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_fields); i++)
    if (usual_fields[i].type == type)
      for (guint k = 0; k < MAX_USUAL && usual_fields[i].fields[k] != NULL; k++)
        if (strcmp (usual_fields[i].fields[k], field->name) == 0)
          return TRUE;
  return FALSE;
}

/* Short texts the record can be found by, and those the second line is made of. */
static gboolean
is_read (const KontorRecordType *type, const KontorFieldDef *field)
{
  if (kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_TEXT ||
      field->kind == KONTOR_FIELD_LONG_TEXT || (field->flags & KONTOR_FIELD_TITLE) != 0)
    return FALSE;
  return (field->flags & KONTOR_FIELD_SEARCHED) != 0 || is_shown (type, field) ||
         ((field->flags & KONTOR_FIELD_COMPUTED) != 0 &&
          (field->kind == KONTOR_FIELD_PHONE || field->kind == KONTOR_FIELD_MAIL));
}

/* SELECT of the searched fields of @type; NULL where there are none. */
static char *
make_select (KontorDb *db, const KontorRecordType *type, gboolean is_long, const char *where)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (db->schema, type);
  g_autoptr(GString) sql = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if ((field->flags & KONTOR_FIELD_SEARCHED) == 0 ||
          kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_TEXT ||
          (is_long && field->kind != KONTOR_FIELD_LONG_TEXT))
        continue;
      g_string_append_printf (sql, "%s\"%s\"", sql->len > 0 ? "," : "SELECT ", field->name);
    }
  if (sql->len == 0)
    return NULL;
  g_string_append_printf (sql, " FROM \"%s\" WHERE %s", type->name, where);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
plan_children (KontorDb *db, HitPlan *plan)
{
  GPtrArray *children = kontor_work_child_types (plan->type);

  plan->points = g_ptr_array_new_with_free_func (g_free);
  plan->others = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < children->len; i++)
    {
      const KontorRecordType *child = g_ptr_array_index (children, i);
      gboolean is_point = child == &kontor_contact_point_type || child == &kontor_address_type;
      g_autofree char *where = g_strdup_printf ("\"%s\"=? AND hid=0 ORDER BY rid LIMIT 100",
                                                kontor_type_parent_field (child)->name);
      char *sql = make_select (db, child, FALSE, where);

      if (sql != NULL)
        g_ptr_array_add (is_point ? plan->points : plan->others, sql);
    }
}

static HitPlan *
make_plan (KontorDb *db, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = kontor_schema_get_fields (db->schema, type);
  HitPlan *plan = g_new0 (HitPlan, 1);
  GString *sql = g_string_new ("SELECT id");

  plan->type = type;
  plan->columns = g_ptr_array_new ();
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if ((field->flags & KONTOR_FIELD_TITLE) != 0 &&
          kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_TEXT)
        g_ptr_array_add (plan->columns, (gpointer) field);
    }
  plan->n_title = plan->columns->len;
  for (guint i = 0; i < fields->len; i++)
    if (is_read (type, g_ptr_array_index (fields, i)))
      g_ptr_array_add (plan->columns, g_ptr_array_index (fields, i));
  for (guint i = 0; i < plan->columns->len; i++)
    g_string_append_printf (sql,
                            ",\"%s\"",
                            ((const KontorFieldDef *) g_ptr_array_index (plan->columns, i))->name);
  g_string_append_printf (sql, " FROM \"%s\" WHERE rid=? AND hid=0", type->name);
  plan->sql = g_string_free (sql, FALSE);
  plan->texts = make_select (db, type, TRUE, "rid=?");
  plan_children (db, plan);
  return plan;
}

static HitPlan *
get_plan (KontorHitReader *self, const KontorRecordType *type)
{
  HitPlan *plan = g_hash_table_lookup (self->plans, type);

  if (plan == NULL)
    {
      plan = make_plan (self->db, type);
      g_hash_table_insert (self->plans, (gpointer) type, plan);
    }
  return plan;
}

/**
 * kontor_hit_reader_init:
 * @self: (out caller-allocates): a reader
 * @db: a connection
 * @query: what was asked
 */
void
kontor_hit_reader_init (KontorHitReader *self, KontorDb *db, const KontorSearchQuery *query)
{
  self->db = db;
  self->query = query;
  self->plans = g_hash_table_new_full (NULL, NULL, NULL, free_plan);
}

/**
 * kontor_hit_reader_clear:
 * @self: a reader
 */
void
kontor_hit_reader_clear (KontorHitReader *self)
{
  g_clear_pointer (&self->plans, g_hash_table_unref);
}

/* --- The row -------------------------------------------------------------------------------- */

static const char *
column_text (sqlite3_stmt *stmt, guint i)
{
  const char *text = (const char *) sqlite3_column_text (stmt, (int) i + 1);

  return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
column_of (const HitPlan *plan, sqlite3_stmt *stmt, const char *name)
{
  for (guint i = plan->n_title; i < plan->columns->len; i++)
    if (strcmp (((const KontorFieldDef *) g_ptr_array_index (plan->columns, i))->name, name) == 0)
      return column_text (stmt, i);
  return NULL;
}

static char *
dup_title (const HitPlan *plan, sqlite3_stmt *stmt)
{
  GString *title = g_string_new (NULL);

  for (guint i = 0; i < plan->n_title; i++)
    {
      const char *text = column_text (stmt, i);

      if (text != NULL && title->len > 0)
        g_string_append_c (title, ' ');
      if (text != NULL)
        g_string_append (title, text);
    }
  return g_string_free (title, FALSE);
}

static char *
dup_usual (const HitPlan *plan, sqlite3_stmt *stmt)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_fields); i++)
    {
      g_autoptr(GString) line = g_string_new (NULL);

      if (usual_fields[i].type != plan->type)
        continue;
      for (guint k = 0; k < MAX_USUAL && usual_fields[i].fields[k] != NULL; k++)
        {
          const char *text = column_of (plan, stmt, usual_fields[i].fields[k]);

          if (text != NULL)
            g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", text);
        }
      if (line->len > 0)
        return g_string_free (g_steal_pointer (&line), FALSE);
    }
  return NULL;
}

/* The field of the row that has most of the words; NULL: none. */
static const char *
find_matched (KontorHitReader *self, const HitPlan *plan, sqlite3_stmt *stmt, gboolean *is_name)
{
  const char *best = NULL;
  guint most = 0;

  *is_name = FALSE;
  for (guint i = plan->n_title; i < plan->columns->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (plan->columns, i);
      const char *text = column_text (stmt, i);
      guint n = text != NULL ? kontor_search_count_words (text, self->query->words) : 0;

      if (n <= most)
        continue;
      most = n;
      best = text;
      *is_name = field->kind == KONTOR_FIELD_NAME;
    }
  return best;
}

/* --- Children and long texts ---------------------------------------------------------------- */

typedef gboolean (*MatchText) (KontorHitReader *self, const char *text);

static gboolean
matches_words (KontorHitReader *self, const char *text)
{
  return kontor_search_count_words (text, self->query->words) > 0;
}

/* FALSE: @text has not the digits of any number that was asked for, the last ones of a long one. */
static gboolean
may_have_digits (KontorHitReader *self, const char *text)
{
  char digits[64];
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 128 || n == sizeof digits - 1)
        return TRUE;
      if (g_ascii_isdigit (*p))
        digits[n++] = *p;
    }
  digits[n] = '\0';
  for (guint i = 0; i < self->query->numbers->len; i++)
    {
      const char *number = g_ptr_array_index (self->query->numbers, i);
      gsize length = strlen (number);

      if (strstr (digits, number + length - MIN (length, KONTOR_PHONE_MATCH_DIGITS)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches_digits (KontorHitReader *self, const char *text)
{
  g_autofree char *digits = NULL;

  if (!may_have_digits (self, text) || !kontor_phone_looks_like (text))
    return FALSE;
  digits = kontor_phone_digits (text, self->db->country);
  for (guint i = 0; i < self->query->numbers->len; i++)
    {
      const char *number = g_ptr_array_index (self->query->numbers, i);

      if (strstr (digits, number) != NULL || kontor_phone_equal (digits, number))
        return TRUE;
    }
  return FALSE;
}

/* The first text of the rows @sql selects for @key that matches. */
static char *
find_in_rows (KontorHitReader *self,
              const char *sql,
              const KontorId *id,
              gint64 rid,
              MatchText matches,
              GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db, sql, error);
  g_autofree char *found = NULL;
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  if (id != NULL)
    kontor_db_bind_id (stmt, 1, id);
  else
    sqlite3_bind_int64 (stmt, 1, rid);
  while (row && found == NULL)
    {
      if (!kontor_db_step (self->db, stmt, &row, error))
        return NULL;
      for (int i = 0; row && found == NULL && i < sqlite3_column_count (stmt); i++)
        {
          const char *text = (const char *) sqlite3_column_text (stmt, i);

          if (text != NULL && matches (self, text))
            found = kontor_search_make_snippet (text, self->query->words);
        }
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&found);
}

static char *
find_in_children (KontorHitReader *self,
                  GPtrArray *selects,
                  const KontorId *id,
                  MatchText matches,
                  GError **error)
{
  for (guint i = 0; i < selects->len; i++)
    {
      GError *local_error = NULL;
      char *found =
        find_in_rows (self, g_ptr_array_index (selects, i), id, 0, matches, &local_error);

      if (found != NULL)
        return found;
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
    }
  return NULL;
}

/* Mails and addresses are what most is found by; then long texts, then what else hangs on it. */
static char *
find_elsewhere (KontorHitReader *self,
                const HitPlan *plan,
                gint64 rid,
                const KontorId *id,
                GError **error)
{
  GError *local_error = NULL;
  char *found = find_in_children (self, plan->points, id, matches_words, &local_error);

  if (found == NULL && local_error == NULL && plan->texts != NULL)
    found = find_in_rows (self, plan->texts, NULL, rid, matches_words, &local_error);
  if (found == NULL && local_error == NULL)
    found = find_in_children (self, plan->others, id, matches_words, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return found;
}

/* --- Activities ----------------------------------------------------------------------------- */

static char *
dup_about (KontorHitReader *self, const KontorId *id, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (self->db,
                                          "SELECT target_type,target FROM activity_link "
                                          "WHERE activity=? AND hid=0 ORDER BY rid LIMIT 1",
                                          error);
  const KontorRecordType *type = NULL;
  KontorId target;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kontor_db_bind_id (stmt, 1, id);
  if (!kontor_db_step (self->db, stmt, &row, error))
    return NULL;
  if (row && sqlite3_column_text (stmt, 0) != NULL && kontor_db_column_id (stmt, 1, &target))
    type = kontor_record_type_by_name ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return type != NULL ? kontor_rows_dup_title (self->db, type, &target) : NULL;
}

/* --- Hits ----------------------------------------------------------------------------------- */

static gboolean
is_by_title (KontorSearchFound found)
{
  return found == KONTOR_FOUND_BEGINNING || found == KONTOR_FOUND_TITLE_WORD ||
         found == KONTOR_FOUND_TITLE || found >= KONTOR_FOUND_NEAR;
}

static char *
dup_phone (KontorHitReader *self,
           const HitPlan *plan,
           sqlite3_stmt *stmt,
           const KontorId *id,
           GError **error)
{
  for (guint i = plan->n_title; i < plan->columns->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (plan->columns, i);
      const char *text = field->kind == KONTOR_FIELD_PHONE ? column_text (stmt, i) : NULL;

      if (text != NULL && matches_digits (self, text))
        return g_strdup (text);
    }
  return find_in_children (self, plan->points, id, matches_digits, error);
}

/* What of the record has the words. @usual: what would be shown otherwise. */
static char *
dup_found (KontorHitReader *self,
           const HitPlan *plan,
           sqlite3_stmt *stmt,
           const KontorSearchHit *hit,
           const char *usual,
           KontorSearchFound *found,
           GError **error)
{
  gboolean is_name;
  const char *matched = find_matched (self, plan, stmt, &is_name);

  if (is_name)
    *found = KONTOR_FOUND_NAME;
  if (usual != NULL && kontor_search_count_words (usual, self->query->words) > 0)
    return NULL;
  return matched != NULL ? g_strdup (matched)
                         : find_elsewhere (self, plan, hit->rid, &hit->id, error);
}

/* NULL without @error set: nothing to say. */
static char *
dup_detail (KontorHitReader *self,
            const HitPlan *plan,
            sqlite3_stmt *stmt,
            const KontorSearchHit *hit,
            KontorSearchFound *found,
            GError **error)
{
  g_autofree char *usual = dup_usual (plan, stmt);
  GError *local_error = NULL;
  char *detail = NULL;

  if (*found == KONTOR_FOUND_PHONE || *found == KONTOR_FOUND_DIGITS)
    detail = dup_phone (self, plan, stmt, &hit->id, &local_error);
  else if (!is_by_title (*found))
    detail = dup_found (self, plan, stmt, hit, usual, found, &local_error);
  if (detail == NULL && local_error == NULL && plan->type == &kontor_activity_type)
    detail = dup_about (self, &hit->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return detail != NULL ? detail : g_steal_pointer (&usual);
}

static KontorSearchHit *
make_hit (KontorHitReader *self,
          const HitPlan *plan,
          sqlite3_stmt *stmt,
          gint64 rid,
          KontorSearchFound *found,
          GError **error)
{
  KontorSearchHit *hit = g_new0 (KontorSearchHit, 1);
  GError *local_error = NULL;

  hit->type = plan->type;
  hit->rid = rid;
  kontor_db_column_id (stmt, 0, &hit->id);
  hit->title = dup_title (plan, stmt);
  hit->detail = dup_detail (self, plan, stmt, hit, found, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      kontor_search_hit_free (hit);
      return NULL;
    }
  return hit;
}

/**
 * kontor_hit_reader_read:
 * @self: a reader
 * @rowid: of a document
 * @found: (inout): how it was found; afterwards whether that was by a name
 * @hit: (out) (transfer full) (nullable): the hit; %NULL for a record that is gone or in the trash
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_hit_reader_read (KontorHitReader *self,
                        gint64 rowid,
                        KontorSearchFound *found,
                        KontorSearchHit **hit,
                        GError **error)
{
  const KontorRecordType *type = kontor_record_type_by_number (KONTOR_SEARCH_TYPE (rowid));
  gint64 rid = KONTOR_SEARCH_RID (rowid);
  const HitPlan *plan;
  sqlite3_stmt *stmt;
  gboolean row;

  *hit = NULL;
  if (type == NULL)
    return TRUE;
  plan = get_plan (self, type);
  stmt = kontor_db_prepare (self->db, plan->sql, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rid);
  if (!kontor_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *hit = make_hit (self, plan, stmt, rid, found, error);
  sqlite3_reset (stmt);
  if (*hit == NULL)
    return FALSE;
  /* A note without a subject is called by its first line. */
  if (*(*hit)->title == '\0')
    {
      g_free ((*hit)->title);
      (*hit)->title = kontor_rows_dup_title (self->db, type, &(*hit)->id);
      if ((*hit)->title == NULL)
        (*hit)->title = g_strdup ("");
    }
  return TRUE;
}
