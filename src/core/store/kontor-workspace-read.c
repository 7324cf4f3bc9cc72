/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading: records, queries, record pages, history, search, totals. What a person waits for goes to
 * reader 1, what may take long to reader 2. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-workspace-private.h"
#include <glib/gi18n-lib.h>

/* A query for more rows than a list shows at first goes to reader 2. */
#define SHORT_QUERY 1000

typedef struct
{
  const KontorRecordType *type;
  KontorId id;
  KontorReadFlags flags;
  const KontorFieldDef *field;
  const KontorValue *value;
  guint limit;
  gint64 x;
  KontorQuery *query;
  const gint64 *rids;
  guint n_rids;
  char *text;
  gint64 count;
  const char *total;
  gint64 *n, *sum;
} Read;

static void
free_read (gpointer data)
{
  Read *read = data;

  g_free (read->text);
  g_free (read);
}

static gpointer
run_read (KontorWorkspace *self, KontorDbFunc func, Read *read, GError **error)
{
  return kontor_workspace_run (self,
                               KONTOR_LANE_READ,
                               KONTOR_PRIORITY_PERSON,
                               func,
                               read,
                               NULL,
                               error);
}

static void
set_not_found (const KontorRecordType *type, GError **error)
{
  kontor_set_error (error,
                    KONTOR_STORE_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    /* Translators: %s is a kind of record, such as "Person". */
                    _("There is no such record (%s)."),
                    kontor_record_type_get_label (type));
}

/* --- Records ------------------------------------------------------------------------------ */

static gpointer
get_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;
  GError *local_error = NULL;
  KontorRecord *record = kontor_rows_get (db, read->type, &read->id, read->flags, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (record == NULL)
    set_not_found (read->type, error);
  return record;
}

/**
 * kontor_workspace_get:
 * @self: a workspace
 * @type: type of the record
 * @id: its id
 * @flags: what to read
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with @error set
 */
KontorRecord *
kontor_workspace_get (KontorWorkspace *self,
                      const KontorRecordType *type,
                      const KontorId *id,
                      KontorReadFlags flags,
                      GError **error)
{
  Read read = { .type = type, .id = *id, .flags = flags };

  return run_read (self, get_on_reader, &read, error);
}

static gpointer
find_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_rows_find (db, read->type, read->field, &read->id, read->flags, error);
}

/**
 * kontor_workspace_find:
 * @self: a workspace
 * @type: type of the records
 * @link: a link field of it
 * @target: id the link leads to
 * @flags: what to read
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorRecord) (nullable): the records, oldest first, or
 *   %NULL with @error set
 */
GPtrArray *
kontor_workspace_find (KontorWorkspace *self,
                       const KontorRecordType *type,
                       const KontorFieldDef *link,
                       const KontorId *target,
                       KontorReadFlags flags,
                       GError **error)
{
  Read read = { .type = type, .id = *target, .field = link, .flags = flags };

  return run_read (self, find_on_reader, &read, error);
}

static gpointer
find_value_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_rows_find_by_value (db, read->type, read->field, read->value, read->limit, error);
}

/**
 * kontor_workspace_find_by_value:
 * @self: a workspace
 * @type: type of the records
 * @field: a stored field of it
 * @value: the value; of text fields with a sort key any spelling that folds to the same
 * @limit: at most so many; 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorRecord) (nullable): the records outside the trash,
 *   oldest first, or %NULL with @error set
 */
GPtrArray *
kontor_workspace_find_by_value (KontorWorkspace *self,
                                const KontorRecordType *type,
                                const KontorFieldDef *field,
                                const KontorValue *value,
                                guint limit,
                                GError **error)
{
  Read read = { .type = type, .field = field, .value = value, .limit = limit };

  return run_read (self, find_value_on_reader, &read, error);
}

static gpointer
title_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_rows_dup_title (db, read->type, &read->id);
}

/**
 * kontor_workspace_dup_title:
 * @self: a workspace
 * @type: type of a record
 * @id: its id
 *
 * Returns: (transfer full) (nullable): its title, %NULL where there is none
 */
char *
kontor_workspace_dup_title (KontorWorkspace *self, const KontorRecordType *type, const KontorId *id)
{
  Read read = { .type = type, .id = *id };

  return run_read (self, title_on_reader, &read, NULL);
}

static gpointer
fetch_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_rows_fetch (db, read->type, read->rids, read->n_rids, read->flags, error);
}

/**
 * kontor_workspace_fetch:
 * @self: a workspace
 * @type: type of the records
 * @rids: (array length=n_rids): their row ids
 * @n_rids: how many
 * @flags: what to read
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorRecord) (nullable): the records in the order of
 *   @rids, %NULL in the place of those that are gone; or %NULL with @error set
 */
GPtrArray *
kontor_workspace_fetch (KontorWorkspace *self,
                        const KontorRecordType *type,
                        const gint64 *rids,
                        guint n_rids,
                        KontorReadFlags flags,
                        GError **error)
{
  Read read = { .type = type, .rids = rids, .n_rids = n_rids, .flags = flags };

  return run_read (self, fetch_on_reader, &read, error);
}

/* --- Queries ------------------------------------------------------------------------------ */

static gpointer
query_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_query_run (db, read->query, read->limit, error);
}

/**
 * kontor_workspace_query:
 * @self: a workspace
 * @query: what to ask
 * @limit: at most so many; 0 for all
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): row ids in order, or %NULL with @error
 *   set
 */
GArray *
kontor_workspace_query (KontorWorkspace *self,
                        KontorQuery *query,
                        guint limit,
                        GCancellable *cancellable,
                        GError **error)
{
  Read read = { .query = query, .limit = limit };
  gboolean is_short = limit != 0 && limit <= SHORT_QUERY;

  return kontor_workspace_run (self,
                               is_short ? KONTOR_LANE_READ : KONTOR_LANE_LONG,
                               KONTOR_PRIORITY_PERSON,
                               query_on_reader,
                               &read,
                               cancellable,
                               error);
}

static gpointer
count_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  read->count = kontor_query_count (db, read->query, error);
  return NULL;
}

/**
 * kontor_workspace_count:
 * @self: a workspace
 * @query: what to ask
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Returns: how many records there are, or -1 with @error set
 */
gint64
kontor_workspace_count (KontorWorkspace *self,
                        KontorQuery *query,
                        GCancellable *cancellable,
                        GError **error)
{
  Read read = { .query = query, .count = -1 };

  kontor_workspace_run (self,
                        KONTOR_LANE_LONG,
                        KONTOR_PRIORITY_PERSON,
                        count_on_reader,
                        &read,
                        cancellable,
                        error);
  return read.count;
}

/* --- History ------------------------------------------------------------------------------ */

static gpointer
steps_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kontor_history_steps (db, ((Read *) data)->limit, error);
}

/**
 * kontor_workspace_list_steps:
 * @self: a workspace
 * @limit: at most so many; 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorStepInfo) (nullable): steps, newest first, or %NULL
 *   with @error set
 */
GPtrArray *
kontor_workspace_list_steps (KontorWorkspace *self, guint limit, GError **error)
{
  Read read = { .limit = limit };

  return run_read (self, steps_on_reader, &read, error);
}

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

/**
 * kontor_workspace_list_steps_async:
 * @self: a workspace
 * @limit: at most so many; 0 for all
 * @cancellable: (nullable): to break off
 * @callback: called when they are read
 * @user_data: for @callback
 */
void
kontor_workspace_list_steps_async (KontorWorkspace *self,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Read *read = g_new0 (Read, 1);

  read->limit = limit;
  kontor_workspace_run_async (self,
                              KONTOR_LANE_READ,
                              KONTOR_PRIORITY_PERSON,
                              steps_on_reader,
                              read,
                              free_read,
                              unref_array,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_list_steps_finish:
 * @self: a workspace
 * @result: of kontor_workspace_list_steps_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorStepInfo) (nullable): as
 *   kontor_workspace_list_steps()
 */
GPtrArray *
kontor_workspace_list_steps_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}

static gpointer
history_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_history_of (db, read->type, &read->id, read->field, read->limit, error);
}

/**
 * kontor_workspace_get_history:
 * @self: a workspace
 * @type: type of a record
 * @id: its id
 * @field: (nullable): only what touches this field
 * @limit: at most so many; 0 for all
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorHistoryEntry) (nullable): entries, newest first, the
 *   record's children included, or %NULL with @error set
 */
GPtrArray *
kontor_workspace_get_history (KontorWorkspace *self,
                              const KontorRecordType *type,
                              const KontorId *id,
                              const KontorFieldDef *field,
                              guint limit,
                              GError **error)
{
  Read read = { .type = type, .id = *id, .field = field, .limit = limit };

  return run_read (self, history_on_reader, &read, error);
}

/**
 * kontor_workspace_get_history_async:
 * @self: a workspace
 * @type: type of a record
 * @id: its id
 * @limit: at most so many; 0 for all
 * @cancellable: (nullable): to break off
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
kontor_workspace_get_history_async (KontorWorkspace *self,
                                    const KontorRecordType *type,
                                    const KontorId *id,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Read *read = g_new0 (Read, 1);

  read->type = type;
  read->id = *id;
  read->limit = limit;
  kontor_workspace_run_async (self,
                              KONTOR_LANE_READ,
                              KONTOR_PRIORITY_WORK,
                              history_on_reader,
                              read,
                              free_read,
                              unref_array,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_get_history_finish:
 * @self: a workspace
 * @result: of kontor_workspace_get_history_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (element-type KontorHistoryEntry) (nullable): as
 *   kontor_workspace_get_history()
 */
GPtrArray *
kontor_workspace_get_history_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}

static gpointer
as_of_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;
  GError *local_error = NULL;
  KontorRecord *record = kontor_history_as_of (db, read->type, &read->id, read->x, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (record == NULL)
    set_not_found (read->type, error);
  return record;
}

/**
 * kontor_workspace_get_as_of:
 * @self: a workspace
 * @type: type of a record
 * @id: its id
 * @x: number of a transaction
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the record as it was after @x, or %NULL with @error set:
 *   %KONTOR_ERROR_NOT_FOUND where it was not there
 */
KontorRecord *
kontor_workspace_get_as_of (KontorWorkspace *self,
                            const KontorRecordType *type,
                            const KontorId *id,
                            gint64 x,
                            GError **error)
{
  Read read = { .type = type, .id = *id, .x = x };

  return run_read (self, as_of_on_reader, &read, error);
}

static gpointer
last_x_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;
  sqlite3_stmt *stmt = kontor_db_prepare (db, "SELECT coalesce(max(x),0) FROM change_tx", error);
  gboolean row;

  if (stmt == NULL || !kontor_db_step (db, stmt, &row, error))
    return NULL;
  read->x = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return NULL;
}

/**
 * kontor_workspace_get_last_x:
 * @self: a workspace
 * @error: (nullable): place for an error
 *
 * Returns: number of the last transaction, 0 where there is none, -1 with @error set
 */
gint64
kontor_workspace_get_last_x (KontorWorkspace *self, GError **error)
{
  Read read = { .x = -1 };

  run_read (self, last_x_on_reader, &read, error);
  return read.x;
}

/* --- Search ------------------------------------------------------------------------------- */

static gpointer
search_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;

  return kontor_search_run (db, read->text, read->type, read->limit, error);
}

static void
free_search_result (gpointer result)
{
  kontor_search_result_free (result);
}

/**
 * kontor_workspace_search:
 * @self: a workspace
 * @text: what was typed
 * @type: (nullable): only records of this type
 * @limit: at most so many
 * @cancellable: (nullable): to break off
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with @error set
 */
KontorSearchResult *
kontor_workspace_search (KontorWorkspace *self,
                         const char *text,
                         const KontorRecordType *type,
                         guint limit,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *copy = g_strdup (text);
  Read read = { .type = type, .text = copy, .limit = limit };

  return kontor_workspace_run (self,
                               KONTOR_LANE_READ,
                               KONTOR_PRIORITY_PERSON,
                               search_on_reader,
                               &read,
                               cancellable,
                               error);
}

/**
 * kontor_workspace_search_async:
 * @self: a workspace
 * @text: what was typed
 * @type: (nullable): only records of this type
 * @limit: at most so many
 * @cancellable: (nullable): to break off, as when another letter is typed
 * @callback: called when it is found
 * @user_data: for @callback
 */
void
kontor_workspace_search_async (KontorWorkspace *self,
                               const char *text,
                               const KontorRecordType *type,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Read *read = g_new0 (Read, 1);

  read->type = type;
  read->text = g_strdup (text);
  read->limit = limit;
  kontor_workspace_run_async (self,
                              KONTOR_LANE_READ,
                              KONTOR_PRIORITY_PERSON,
                              search_on_reader,
                              read,
                              free_read,
                              free_search_result,
                              cancellable,
                              callback,
                              user_data);
}

/**
 * kontor_workspace_search_finish:
 * @self: a workspace
 * @result: of kontor_workspace_search_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with @error set
 */
KontorSearchResult *
kontor_workspace_search_finish (KontorWorkspace *self, GAsyncResult *result, GError **error)
{
  return kontor_workspace_run_finish (self, result, error);
}

/* --- Totals ------------------------------------------------------------------------------- */

static gpointer
total_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *read = data;
  sqlite3_stmt *stmt =
    kontor_db_prepare (db, "SELECT n,sum FROM total WHERE def=? AND key=?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, read->total, -1, SQLITE_TRANSIENT);
  if (kontor_id_is_null (&read->id))
    sqlite3_bind_zeroblob (stmt, 2, 0);
  else
    kontor_db_bind_id (stmt, 2, &read->id);
  if (!kontor_db_step (db, stmt, &row, error))
    return NULL;
  if (read->n != NULL)
    *read->n = row ? sqlite3_column_int64 (stmt, 0) : 0;
  if (read->sum != NULL)
    *read->sum = row ? sqlite3_column_int64 (stmt, 1) : 0;
  sqlite3_reset (stmt);
  return read;
}

/**
 * kontor_workspace_get_total:
 * @self: a workspace
 * @total: name of a total of a record type
 * @key: (nullable): the group; %NULL for a total over all
 * @n: (out) (optional): how many records
 * @sum: (out) (optional): their sum
 * @error: (nullable): place for an error
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_workspace_get_total (KontorWorkspace *self,
                            const char *total,
                            const KontorId *key,
                            gint64 *n,
                            gint64 *sum,
                            GError **error)
{
  Read read = { .total = total, .id = key != NULL ? *key : KONTOR_ID_NULL, .n = n, .sum = sum };

  return run_read (self, total_on_reader, &read, error) != NULL;
}
