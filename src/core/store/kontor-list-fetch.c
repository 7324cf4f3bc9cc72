/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a list's rows: read by pages of 64 around the row that was asked for last, while
 * somebody holds it. Scrolling past asks for thousands of rows that are gone a moment later; those
 * leave the queue with the row. Records that changed are read again and replaced in place. */
#include "config.h"

#include "kontor-list-private.h"
#include "kontor-workspace-private.h"

/* µs of handing records to rows at once. */
#define DELIVER_US 3000
#define MAX_STALE 256

typedef struct
{
  GWeakRef model;
  GCancellable *cancellable; /* of this request */
  const KontorRecordType *type;
  GArray *rids; /* (element-type gint64) */
  gboolean page;
} Fetch;

static void
free_fetch (Fetch *fetch)
{
  g_weak_ref_clear (&fetch->model);
  g_object_unref (fetch->cancellable);
  g_array_unref (fetch->rids);
  g_free (fetch);
}

static gpointer
fetch_on_reader (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Fetch *fetch = data;

  return kontor_rows_fetch (db,
                            fetch->type,
                            (const gint64 *) (gpointer) fetch->rids->data,
                            fetch->rids->len,
                            KONTOR_READ_LINK_TITLES | KONTOR_READ_TRASHED,
                            error);
}

static void schedule_dispatch (KontorListModel *self);

/* --- Rows that wait ------------------------------------------------------------------------- */

static gboolean
is_waiting (KontorListModel *self, KontorListRow *row)
{
  GList *link = kontor_list_row_peek_link (row);

  return link->prev != NULL || link->next != NULL || self->wanted.head == link;
}

static void
stop_waiting (KontorListModel *self, KontorListRow *row)
{
  if (is_waiting (self, row))
    g_queue_unlink (&self->wanted, kontor_list_row_peek_link (row));
}

/**
 * kontor_list_fetch_want:
 * @self: a model
 * @row: a row without a record that somebody just asked for
 */
void
kontor_list_fetch_want (KontorListModel *self, KontorListRow *row)
{
  if (self->disposed)
    return;
  stop_waiting (self, row);
  g_queue_push_head_link (&self->wanted, kontor_list_row_peek_link (row));
  schedule_dispatch (self);
}

/* --- Handing over --------------------------------------------------------------------------- */

static void
deliver_one (KontorListModel *self, KontorRecord *record)
{
  gint64 rid = kontor_record_get_rid (record);
  KontorListRow *row = g_hash_table_lookup (self->rows, &rid);
  KontorRecord *old = row != NULL ? kontor_list_row_get_record (row) : NULL;

  if (row == NULL)
    return;
  stop_waiting (self, row);
  if (old == NULL || !kontor_list_record_looks_same (old, record))
    kontor_list_row_set_record (row, record);
}

/* Records first; what they replaced is given back in turns of its own. */
static gboolean
deliver_cb (gpointer data)
{
  KontorListModel *self = g_object_ref (data);
  gint64 end = g_get_monotonic_time () + DELIVER_US;
  gboolean delivers = self->deliver == NULL || !g_queue_is_empty (&self->delivery);
  gboolean more;

  while (!self->disposed && !g_queue_is_empty (&self->delivery) && g_get_monotonic_time () < end)
    {
      g_autoptr(KontorRecord) record = g_queue_pop_head (&self->delivery);

      deliver_one (self, record);
    }
  more = !self->disposed && !g_queue_is_empty (&self->delivery);
  if (!more && !self->disposed)
    more = kontor_list_records_trim (self->records, delivers ? 0 : KONTOR_LIST_GIVEN_BACK);
  if (more && self->deliver == NULL)
    self->deliver = kontor_list_model_add_source (self, 0, deliver_cb);
  if (!more)
    kontor_list_model_clear_source (&self->deliver);
  g_object_unref (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * kontor_list_fetch_add_records:
 * @self: a model
 * @records: (element-type KontorRecord): a page that was read
 */
void
kontor_list_fetch_add_records (KontorListModel *self, GPtrArray *records)
{
  kontor_list_records_add_page (self->records, records);
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      gint64 rid = record != NULL ? kontor_record_get_rid (record) : 0;

      if (record != NULL && g_hash_table_contains (self->rows, &rid))
        g_queue_push_tail (&self->delivery, g_object_ref (record));
    }
  deliver_cb (self);
}

/* --- Answers -------------------------------------------------------------------------------- */

static void
add_stale (KontorListModel *self, gint64 rid)
{
  g_hash_table_add (self->stale, g_memdup2 (&rid, sizeof rid));
}

static gboolean
is_out_of_date (KontorListModel *self, KontorRecord *record)
{
  return self->meanwhile != NULL && kontor_list_record_is_touched (record, self->meanwhile);
}

/* A row that is gone waits no more. */
static void
take_record (KontorListModel *self, gint64 rid, KontorRecord *record, GPtrArray *fresh)
{
  KontorListRow *row = g_hash_table_lookup (self->rows, &rid);

  if (record == NULL)
    {
      if (row != NULL)
        stop_waiting (self, row);
      return;
    }
  if (is_out_of_date (self, record))
    {
      if (row != NULL)
        add_stale (self, rid);
      return;
    }
  g_ptr_array_add (fresh, record);
}

static void
take_records (KontorListModel *self, Fetch *fetch, GPtrArray *records)
{
  g_autoptr(GPtrArray) fresh = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    take_record (self,
                 g_array_index (fetch->rids, gint64, i),
                 g_ptr_array_index (records, i),
                 fresh);
  g_clear_pointer (&self->meanwhile, kontor_change_set_unref);
  kontor_list_fetch_add_records (self, fresh);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = data;
  g_autoptr(KontorListModel) self = g_weak_ref_get (&fetch->model);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records =
    kontor_workspace_run_finish (KONTOR_WORKSPACE (source), result, &error);

  if (self != NULL && !self->disposed && self->fetching == fetch->cancellable)
    {
      g_clear_object (&self->fetching);
      if (records != NULL)
        {
          take_records (self, fetch, records);
          schedule_dispatch (self);
        }
      else
        kontor_list_model_take_error (self, g_steal_pointer (&error));
    }
  free_fetch (fetch);
}

/* --- Questions ------------------------------------------------------------------------------ */

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

static void
start_fetch (KontorListModel *self, GArray *rids)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  g_weak_ref_init (&fetch->model, self);
  self->fetching = g_cancellable_new ();
  fetch->cancellable = g_object_ref (self->fetching);
  fetch->type = kontor_query_get_record_type (self->query);
  fetch->rids = rids;
  g_clear_pointer (&self->meanwhile, kontor_change_set_unref);
  kontor_workspace_run_async (self->workspace,
                              KONTOR_LANE_READ,
                              KONTOR_PRIORITY_PERSON,
                              fetch_on_reader,
                              fetch,
                              NULL,
                              unref_array,
                              self->fetching,
                              fetched_cb,
                              fetch);
}

/* Rows that are shown and out of date. */
static GArray *
take_stale (KontorListModel *self)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, self->stale);
  while (rids->len < MAX_STALE && g_hash_table_iter_next (&iter, &rid, NULL))
    {
      if (g_hash_table_contains (self->rows, rid))
        g_array_append_vals (rids, rid, 1);
      g_hash_table_iter_remove (&iter);
    }
  return rids;
}

/* The page around the row that was asked for last; rows that are not in the list any more alone. */
static GArray *
take_page (KontorListModel *self)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  KontorListRow *row = g_queue_peek_head (&self->wanted);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));
  guint position, first;
  gint64 rid;

  if (row == NULL)
    return rids;
  rid = kontor_list_row_get_rid (row);
  if (!kontor_list_model_find_near (self, rid, kontor_list_row_get_hint (row), &position))
    {
      g_array_append_val (rids, rid);
      return rids;
    }
  first = position - position % KONTOR_LIST_PAGE;
  for (guint i = first; i < MIN (n, first + KONTOR_LIST_PAGE); i++)
    {
      rid = kontor_list_model_get_rid (self, i);
      if (kontor_list_records_get (self->records, rid) == NULL)
        g_array_append_val (rids, rid);
    }
  /* It came with another page meanwhile. */
  if (rids->len == 0)
    deliver_one (self, kontor_list_records_get (self->records, kontor_list_row_get_rid (row)));
  return rids;
}

static gboolean
dispatch_cb (gpointer data)
{
  KontorListModel *self = data;
  GArray *rids;

  kontor_list_model_clear_source (&self->dispatch);
  if (self->fetching != NULL)
    return G_SOURCE_REMOVE;
  rids = take_stale (self);
  if (rids->len == 0)
    {
      g_array_unref (rids);
      rids = take_page (self);
    }
  if (rids->len > 0)
    {
      start_fetch (self, rids);
      return G_SOURCE_REMOVE;
    }
  g_array_unref (rids);
  schedule_dispatch (self);
  return G_SOURCE_REMOVE;
}

/* In the next turn, when a view has asked for all it shows. */
static void
schedule_dispatch (KontorListModel *self)
{
  if (self->dispatch != NULL || self->fetching != NULL || self->disposed ||
      (g_queue_is_empty (&self->wanted) && g_hash_table_size (self->stale) == 0))
    return;
  self->dispatch = kontor_list_model_add_source (self, 0, dispatch_cb);
}

/* --- Changes -------------------------------------------------------------------------------- */

/**
 * kontor_list_fetch_note:
 * @self: a model
 * @changes: what changed
 *
 * Forgets the records that are touched, and has those of rows that are shown read again.
 */
void
kontor_list_fetch_note (KontorListModel *self, KontorChangeSet *changes)
{
  GHashTableIter iter;
  gpointer row;

  if (self->fetching != NULL)
    {
      if (self->meanwhile == NULL)
        self->meanwhile = kontor_change_set_new ();
      kontor_change_set_merge (self->meanwhile, changes);
    }
  kontor_list_records_drop_touched (self->records, changes);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      KontorRecord *record = kontor_list_row_get_record (row);

      if (record != NULL && kontor_list_record_is_touched (record, changes))
        add_stale (self, kontor_list_row_get_rid (row));
    }
  schedule_dispatch (self);
}

/**
 * kontor_list_fetch_stop:
 * @self: a model
 *
 * No record is wanted any more.
 */
void
kontor_list_fetch_stop (KontorListModel *self)
{
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->meanwhile, kontor_change_set_unref);
  kontor_list_model_clear_source (&self->dispatch);
  kontor_list_model_clear_source (&self->deliver);
  while (!g_queue_is_empty (&self->wanted))
    g_queue_unlink (&self->wanted, self->wanted.head);
  g_hash_table_remove_all (self->stale);
  g_queue_clear_full (&self->delivery, g_object_unref);
}
