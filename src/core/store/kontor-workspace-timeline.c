/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a timeline: of a record, or of an organisation with its people, by kind and words,
 * the newest of them, and those that stand on top whatever their age. */
#include "config.h"

#include "kontor-fold.h"
#include "kontor-query-private.h"
#include "kontor-schema-activity.h"
#include "kontor-workspace-private.h"
#include <string.h>

/* More would fill the screen with what is pinned. */
#define TOP_MAX 100

typedef struct
{
  KontorId id;
  KontorTimelineScope scope;
  guint kinds;
  guint limit;
  char *words; /* (nullable): folded */
} TimelineRequest;

static void
request_free (gpointer data)
{
  TimelineRequest *request = data;

  g_free (request->words);
  g_free (request);
}

/**
 * kontor_timeline_data_free:
 * @data: (nullable): entries of a timeline
 */
void
kontor_timeline_data_free (KontorTimelineData *data)
{
  if (data == NULL)
    return;
  g_clear_pointer (&data->activities, g_ptr_array_unref);
  g_clear_pointer (&data->with, g_ptr_array_unref);
  g_clear_pointer (&data->attachments, g_ptr_array_unref);
  g_free (data);
}

/* --- Which entries ---------------------------------------------------------------------------- */

static const char *
targets_sql (KontorTimelineScope scope)
{
  switch (scope)
    {
    case KONTOR_TIMELINE_PEOPLE:
      return "WITH target(id) AS (SELECT ?1 UNION SELECT contact FROM account_contact WHERE "
             "account=?1 AND hid=0) ";
    case KONTOR_TIMELINE_SUBSIDIARIES:
      return "WITH RECURSIVE org(id) AS (SELECT ?1 UNION SELECT a.id FROM account a JOIN org ON "
             "a.parent=org.id WHERE a.hid=0),target(id) AS (SELECT id FROM org UNION SELECT "
             "c.contact FROM account_contact c JOIN org ON c.account=org.id WHERE c.hid=0) ";
    case KONTOR_TIMELINE_THIS:
    default:
      return "";
    }
}

/* Kinds are those of the table, so that nothing has to be quoted. */
static void
append_kinds (GString *sql, guint kinds)
{
  const KontorChoice *choices = kontor_field_by_id (KONTOR_ACTIVITY_KIND)->choices;
  const char *comma = "";

  g_string_append (sql, " AND a.kind IN (");
  for (guint i = 0; choices[i].value != NULL; i++)
    if ((kinds & 1u << i) != 0)
      {
        g_string_append_printf (sql, "%s'%s'", comma, choices[i].value);
        comma = ",";
      }
  g_string_append_c (sql, ')');
}

/* One range of the index (target, at) for each target, newest first. */
static char *
dup_sql (const TimelineRequest *request)
{
  GString *sql = g_string_new (targets_sql (request->scope));

  g_string_append (sql,
                   "SELECT a.rid,a.pinned=1 OR a.state='open' OR (a.state IS NULL AND "
                   "a.kind='task') FROM ");
  if (request->scope != KONTOR_TIMELINE_THIS)
    g_string_append (sql, "target t CROSS JOIN ");
  g_string_append (sql, "activity_link l CROSS JOIN activity a ON a.id=l.activity WHERE l.target=");
  g_string_append (sql, request->scope != KONTOR_TIMELINE_THIS ? "t.id" : "?1");
  g_string_append (sql, " AND l.hid=0 AND l.\"on\"=1 AND a.hid=0");
  if (request->kinds != KONTOR_TIMELINE_ALL_KINDS)
    append_kinds (sql, request->kinds);
  if (request->words != NULL)
    g_string_append (sql,
                     " AND (instr(kontor_fold(a.text),?2)>0 OR "
                     "instr(kontor_fold(a.subject),?2)>0)");
  g_string_append (sql, " ORDER BY l.at DESC,l.rid DESC");
  return g_string_free (sql, FALSE);
}

typedef struct
{
  GArray *top, *newest; /* (element-type gint64): rids */
  GHashTable *seen;     /* (nullable): where an entry may come twice */
  guint64 n;
  gboolean more;
} Rids;

static void
take_row (const TimelineRequest *request, Rids *rids, gint64 rid, gboolean on_top)
{
  if (rids->seen != NULL)
    {
      gint64 *key = g_new (gint64, 1);

      *key = rid;
      if (!g_hash_table_add (rids->seen, key))
        return;
    }
  rids->n++;
  if (on_top && rids->top->len < TOP_MAX)
    g_array_append_val (rids->top, rid);
  else if (rids->newest->len < request->limit)
    g_array_append_val (rids->newest, rid);
  else
    rids->more = TRUE;
}

static gboolean
find_rids (KontorDb *db, const TimelineRequest *request, Rids *rids, GError **error)
{
  g_autofree char *sql = dup_sql (request);
  sqlite3_stmt *stmt = NULL;
  gboolean row = TRUE;

  if (kontor_query_ensure_functions (db, error))
    stmt = kontor_db_prepare (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, &request->id);
  if (request->words != NULL)
    sqlite3_bind_text (stmt, 2, request->words, -1, SQLITE_STATIC);
  while (row)
    {
      if (!kontor_db_step (db, stmt, &row, error))
        return FALSE;
      if (row)
        take_row (request, rids, sqlite3_column_int64 (stmt, 0), sqlite3_column_int (stmt, 1) != 0);
    }
  sqlite3_reset (stmt);
  return TRUE;
}

/* --- With whom -------------------------------------------------------------------------------- */

static char *
dup_with (KontorDb *db, const TimelineRequest *request, const KontorId *activity, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (db,
                       "SELECT target_type,target FROM activity_link WHERE activity=?1 AND hid=0 "
                       "AND \"on\"=1 AND target<>?2 ORDER BY rid LIMIT 3",
                       error);
  g_autoptr(GString) names = g_string_new (NULL);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  kontor_db_bind_id (stmt, 1, activity);
  kontor_db_bind_id (stmt, 2, &request->id);
  while (row)
    {
      const KontorRecordType *type = NULL;
      g_autofree char *title = NULL;
      KontorId id;

      if (!kontor_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        type = kontor_record_type_by_name ((const char *) sqlite3_column_text (stmt, 0));
      if (type == NULL || sqlite3_column_bytes (stmt, 1) != KONTOR_ID_SIZE)
        continue;
      memcpy (id.b, sqlite3_column_blob (stmt, 1), KONTOR_ID_SIZE);
      title = kontor_rows_dup_title (db, type, &id);
      if (title != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", title);
    }
  sqlite3_reset (stmt);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
add_with (KontorDb *db, const TimelineRequest *request, KontorTimelineData *data, GError **error)
{
  data->with = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < data->activities->len && request->scope != KONTOR_TIMELINE_THIS; i++)
    {
      KontorRecord *activity = g_ptr_array_index (data->activities, i);
      char *with = dup_with (db, request, kontor_record_get_id (activity), error);

      if (with == NULL)
        return FALSE;
      g_ptr_array_add (data->with, with);
    }
  return TRUE;
}

/* --- Files ------------------------------------------------------------------------------------ */

static void
unref_files (gpointer files)
{
  if (files != NULL)
    g_ptr_array_unref (files);
}

static gboolean
add_attachments (KontorDb *db, KontorTimelineData *data, GError **error)
{
  const KontorFieldDef *target = kontor_field_by_id (KONTOR_ATTACHMENT_TARGET);

  data->attachments = g_ptr_array_new_with_free_func (unref_files);
  for (guint i = 0; i < data->activities->len; i++)
    {
      KontorRecord *activity = g_ptr_array_index (data->activities, i);
      g_autoptr(GPtrArray) files = kontor_rows_find (db,
                                                      &kontor_attachment_type,
                                                      target,
                                                      kontor_record_get_id (activity),
                                                      KONTOR_READ_DEFAULT,
                                                      error);

      if (files == NULL)
        return FALSE;
      g_ptr_array_add (data->attachments, files->len > 0 ? g_steal_pointer (&files) : NULL);
    }
  return TRUE;
}

static gpointer
timeline_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const TimelineRequest *request = data;
  g_autoptr(KontorTimelineData) timeline = g_new0 (KontorTimelineData, 1);
  g_autoptr(GArray) top = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) newest = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Rids rids = { top, newest, request->scope != KONTOR_TIMELINE_THIS ? seen : NULL, 0, FALSE };

  if (!find_rids (db, request, &rids, error))
    return NULL;
  timeline->n = rids.n;
  timeline->more = rids.more;
  g_array_append_vals (top, newest->data, newest->len);
  timeline->activities = kontor_rows_fetch (db,
                                            &kontor_activity_type,
                                            (const gint64 *) (gpointer) top->data,
                                            top->len,
                                            KONTOR_READ_LINK_TITLES,
                                            error);
  if (timeline->activities == NULL || !add_with (db, request, timeline, error) ||
      !add_attachments (db, timeline, error))
    return NULL;
  return g_steal_pointer (&timeline);
}

static TimelineRequest *
request_new (const KontorId *id, const KontorTimelineFilter *filter)
{
  TimelineRequest *request = g_new0 (TimelineRequest, 1);

  request->id = *id;
  request->scope = filter->scope;
  request->kinds = filter->kinds;
  request->limit = filter->limit;
  if (filter->words != NULL)
    request->words = kontor_fold_sort (filter->words);
  if (request->words != NULL && *request->words == '\0')
    g_clear_pointer (&request->words, g_free);
  return request;
}

/**
 * kontor_workspace_read_timeline:
 * @self: a workspace
 * @id: of a record
 * @filter: which entries
 * @error: (nullable): place for an error
 *
 * Reads the newest entries of a timeline, and those that are pinned or still to be done.
 *
 * Returns: (transfer full) (nullable): them, or %NULL with @error set
 */
KontorTimelineData *
kontor_workspace_read_timeline (KontorWorkspace *self,
                                const KontorId *id,
                                const KontorTimelineFilter *filter,
                                GError **error)
{
  TimelineRequest *request = request_new (id, filter);
  KontorTimelineData *data = kontor_workspace_run (self,
                                                   KONTOR_LANE_READ,
                                                   KONTOR_PRIORITY_PERSON,
                                                   timeline_on_reader,
                                                   request,
                                                   NULL,
                                                   error);

  request_free (request);
  return data;
}

static void
free_timeline (gpointer data)
{
  kontor_timeline_data_free (data);
}

/**
 * kontor_workspace_read_timeline_async:
 * @self: a workspace
 * @id: of a record
 * @filter: which entries
 * @cancellable: (nullable): to break off
 * @callback: called when they are read
 * @user_data: for @callback
 */
void
kontor_workspace_read_timeline_async (KontorWorkspace *self,
                                      const KontorId *id,
                                      const KontorTimelineFilter *filter,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  kontor_workspace_run_async (self,
                              KONTOR_LANE_READ,
                              KONTOR_PRIORITY_PERSON,
                              timeline_on_reader,
                              request_new (id, filter),
                              request_free,
                              free_timeline,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_read_timeline_finish:
 * @self: a workspace
 * @result: of kontor_workspace_read_timeline_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): as kontor_workspace_read_timeline()
 */
KontorTimelineData *
kontor_workspace_read_timeline_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}
