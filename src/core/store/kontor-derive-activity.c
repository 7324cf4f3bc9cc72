/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What activities say of the records they are about (C6): the time kept in each activity_link, the
 * last contact and the next step of people and organisations. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-date.h"
#include "kontor-model.h"
#include <string.h>

#define MS_A_DAY G_GINT64_CONSTANT (86400000)

/* When it is or was: "at", else noon of the day it is due, else when it was written down. */
static gint64
get_activity_time (KontorRecord *activity)
{
  const char *due;

  if (!kontor_record_is_null (activity, KONTOR_ACTIVITY_AT))
    return kontor_record_get_integer (activity, KONTOR_ACTIVITY_AT);
  due = kontor_record_get_text (activity, KONTOR_ACTIVITY_DUE);
  if (due != NULL && kontor_date_is_iso (due))
    return kontor_date_days_between ("1970-01-01", due) * MS_A_DAY + MS_A_DAY / 2;
  return kontor_record_get_integer (activity,
                                    KONTOR_COMMON_FIELD (kontor_activity_type.number,
                                                         KONTOR_COMMON_CREATED_AT));
}

static KontorActivityNews
get_news_of_kind (KontorRecord *activity)
{
  const char *kind =
    activity != NULL ? kontor_record_get_text (activity, KONTOR_ACTIVITY_KIND) : NULL;

  if (kind == NULL || strcmp (kind, "note") == 0)
    return 0;
  if (strcmp (kind, "task") == 0)
    return KONTOR_NEWS_TASKS;
  /* a meeting is a step while it is planned, and a contact afterwards */
  return KONTOR_NEWS_CALLS |
         (kontor_record_is_null (activity, KONTOR_ACTIVITY_DUE) ? 0 : KONTOR_NEWS_TASKS);
}

/**
 * kontor_derive_add_target:
 * @work: a working set
 * @target: a person or an organisation of it
 * @news: what its activities may say anew
 */
void
kontor_derive_add_target (KontorWork *work, KontorWorkRow *target, KontorActivityNews news)
{
  if (target->news == 0 && news != 0)
    g_ptr_array_add (work->targets, target);
  target->news |= news;
}

static gboolean
find_target (KontorWork *work, KontorWorkRow *link, KontorActivityNews news, GError **error)
{
  const KontorFieldDef *field = kontor_field_by_id (KONTOR_ACTIVITY_LINK_TARGET);
  const KontorRecordType *type = kontor_work_link_target (link->record, field);
  const KontorId *id = kontor_record_get_link (link->record, KONTOR_ACTIVITY_LINK_TARGET);
  KontorWorkRow *target;
  GError *local_error = NULL;

  if (news == 0 || type == NULL || id == NULL || (type->flags & KONTOR_TYPE_PARTY) == 0)
    return TRUE;
  if (work->db->bulk)
    {
      kontor_derive_remember (work->db, type, id, KONTOR_TODO_ACTIVITIES);
      return TRUE;
    }
  target = kontor_work_load (work, type, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (target != NULL)
    kontor_derive_add_target (work, target, news);
  return TRUE;
}

static gboolean
update_link (KontorWork *work, KontorWorkRow *link, GError **error)
{
  const KontorId *id = kontor_record_get_link (link->record, KONTOR_ACTIVITY_LINK_ACTIVITY);
  GError *local_error = NULL;
  KontorWorkRow *activity =
    id != NULL ? kontor_work_load (work, &kontor_activity_type, id, &local_error) : NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (activity == NULL)
    return find_target (work, link, KONTOR_NEWS_CALLS | KONTOR_NEWS_TASKS, error);
  if (!link->removed)
    kontor_work_set_computed_integer (link,
                                      KONTOR_ACTIVITY_LINK_AT,
                                      FALSE,
                                      get_activity_time (activity->record));
  return find_target (work,
                      link,
                      get_news_of_kind (activity->record) | get_news_of_kind (activity->before),
                      error);
}

static gboolean
update_links_of (KontorWork *work, KontorWorkRow *activity, GError **error)
{
  g_autoptr(GPtrArray) links = NULL;

  /* links made in this transaction are looked at by themselves */
  if (activity->is_new)
    return TRUE;
  if (work->db->bulk)
    {
      kontor_derive_remember (work->db, activity->type, &activity->id, KONTOR_TODO_ACTIVITIES);
      return TRUE;
    }
  links = kontor_rows_find (work->db,
                            &kontor_activity_link_type,
                            kontor_field_by_id (KONTOR_ACTIVITY_LINK_ACTIVITY),
                            &activity->id,
                            KONTOR_READ_TRASHED,
                            error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (links, i);

      if (!update_link (work, kontor_work_add_read (work, g_object_ref (record)), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kontor_derive_collect_targets:
 * @work: a working set
 * @row: a record of it that an operation changed
 * @error: (nullable): place for an error
 *
 * Of an activity or a link of one: brings the links' times up to date and notes whose last contact
 * and next step must be looked at. Other records are passed over.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_collect_targets (KontorWork *work, KontorWorkRow *row, GError **error)
{
  if (row->type == &kontor_activity_link_type)
    return update_link (work, row, error);
  if (row->type == &kontor_activity_type)
    return update_links_of (work, row, error);
  return TRUE;
}

/* The newest call, meeting, visit or letter that took place; the links' index on (target, at) makes
 * this one step down. */
static const char last_contact_sql[] =
  "SELECT l.at FROM activity_link l JOIN activity a ON a.id=l.activity "
  "WHERE l.target=? AND l.hid=0 AND a.hid=0 AND a.kind NOT IN ('note','task') AND a.at IS NOT "
  "NULL AND (a.state IS NULL OR a.state='done') ORDER BY l.at DESC LIMIT 1";
static const char next_step_sql[] =
  "SELECT a.due,a.subject FROM activity_link l JOIN activity a ON a.id=l.activity "
  "WHERE l.target=? AND l.hid=0 AND a.hid=0 AND a.kind<>'note' AND a.due IS NOT NULL "
  "AND (a.state='open' OR (a.state IS NULL AND a.kind='task')) ORDER BY a.due,a.rid LIMIT 1";

static gboolean
ask_target (KontorDb *db,
            const char *sql,
            KontorWorkRow *row,
            sqlite3_stmt **stmt,
            gboolean *found,
            GError **error)
{
  *stmt = kontor_db_prepare (db, sql, error);
  if (*stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (*stmt, 1, row->id.b, KONTOR_ID_SIZE, SQLITE_STATIC);
  return kontor_db_step (db, *stmt, found, error);
}

static gboolean
derive_last_contact (KontorWork *work, KontorWorkRow *row, GError **error)
{
  gboolean is_contact = row->type == &kontor_contact_type;
  sqlite3_stmt *stmt;
  gboolean found;

  if (!ask_target (work->db, last_contact_sql, row, &stmt, &found, error))
    return FALSE;
  kontor_work_set_computed_integer (row,
                                    is_contact ? KONTOR_CONTACT_LAST_CONTACT
                                               : KONTOR_ACCOUNT_LAST_CONTACT,
                                    !found,
                                    found ? sqlite3_column_int64 (stmt, 0) : 0);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
derive_next_step (KontorWork *work, KontorWorkRow *row, GError **error)
{
  gboolean is_contact = row->type == &kontor_contact_type;
  sqlite3_stmt *stmt;
  gboolean found;

  if (!ask_target (work->db, next_step_sql, row, &stmt, &found, error))
    return FALSE;
  kontor_work_set_computed_text (row,
                                 is_contact ? KONTOR_CONTACT_NEXT_STEP : KONTOR_ACCOUNT_NEXT_STEP,
                                 found ? (const char *) sqlite3_column_text (stmt, 0) : NULL);
  kontor_work_set_computed_text (row,
                                 is_contact ? KONTOR_CONTACT_NEXT_STEP_TEXT
                                            : KONTOR_ACCOUNT_NEXT_STEP_TEXT,
                                 found ? (const char *) sqlite3_column_text (stmt, 1) : NULL);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
derive_target (KontorWork *work, KontorWorkRow *row, GError **error)
{
  return ((row->news & KONTOR_NEWS_CALLS) == 0 || derive_last_contact (work, row, error)) &&
         ((row->news & KONTOR_NEWS_TASKS) == 0 || derive_next_step (work, row, error));
}

/**
 * kontor_derive_targets:
 * @work: a working set whose rows are written
 * @error: (nullable): place for an error
 *
 * Derives and writes last contact and next step of the records noted.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_targets (KontorWork *work, GError **error)
{
  for (guint i = 0; i < work->targets->len; i++)
    {
      KontorWorkRow *row = g_ptr_array_index (work->targets, i);
      KontorFieldSet written = row->changed;

      if (row->removed)
        continue;
      memset (&row->changed, 0, sizeof row->changed);
      if (!derive_target (work, row, error) ||
          !kontor_rows_update_set (work->db, row->record, &row->changed, error))
        return FALSE;
      for (guint k = 0; k < KONTOR_MASK_WORDS; k++)
        row->changed.words[k] |= written.words[k];
    }
  return TRUE;
}
