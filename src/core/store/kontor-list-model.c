/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KontorListModel: which rows there are as rids, and the rows somebody holds. What changes is told
 * in small edits, a few milliseconds of them at a time. Asking the workspace is in
 * kontor-list-update.c and kontor-list-fetch.c. */
#include "config.h"

#include "kontor-list-private.h"

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void init_list_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KontorListModel,
                               kontor_list_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

/* --- Sources -------------------------------------------------------------------------------- */

GSource *
kontor_list_model_add_source (KontorListModel *self, guint delay_ms, GSourceFunc func)
{
  GSource *source = delay_ms > 0 ? g_timeout_source_new (delay_ms) : g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, self, NULL);
  g_source_set_static_name (source, "kontor-list-model");
  g_source_attach (source, self->context);
  return source;
}

void
kontor_list_model_clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* --- State ---------------------------------------------------------------------------------- */

void
kontor_list_model_set_state (KontorListModel *self, gboolean loading, gboolean complete)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (self->loading != loading)
    g_object_notify_by_pspec (object, properties[PROP_LOADING]);
  if (self->complete != complete)
    g_object_notify_by_pspec (object, properties[PROP_COMPLETE]);
  self->loading = loading;
  self->complete = complete;
  g_object_thaw_notify (object);
}

void
kontor_list_model_take_error (KontorListModel *self, GError *error)
{
  if (error == NULL && self->error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
add_rid (GHashTable *set, gint64 rid)
{
  g_hash_table_add (set, g_memdup2 (&rid, sizeof rid));
}

void
kontor_list_model_set_strays (KontorListModel *self, GArray *strays)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_remove_all (self->strays);
  for (guint i = 0; i < strays->len; i++)
    add_rid (self->strays, g_array_index (strays, gint64, i));
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    kontor_list_row_set_stray (row,
                               g_hash_table_contains (self->strays,
                                                      kontor_list_row_peek_rid (row)));
}

/* --- Rows ----------------------------------------------------------------------------------- */

void
kontor_list_model_forget_row (KontorListModel *self, KontorListRow *row)
{
  GList *link = kontor_list_row_peek_link (row);

  if (link->prev != NULL || link->next != NULL || self->wanted.head == link)
    g_queue_unlink (&self->wanted, link);
  g_hash_table_remove (self->rows, kontor_list_row_peek_rid (row));
}

static GType
get_item_type (GListModel *model)
{
  return KONTOR_TYPE_LIST_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return kontor_list_model_count (KONTOR_LIST_MODEL (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  KontorListModel *self = KONTOR_LIST_MODEL (model);
  KontorListRow *row;
  gint64 rid;

  if (position >= kontor_list_model_count (self))
    return NULL;
  rid = kontor_list_model_peek (self, position);
  row = g_hash_table_lookup (self->rows, &rid);
  if (row != NULL)
    g_object_ref (row);
  else
    {
      row = kontor_list_row_new (self,
                                 rid,
                                 kontor_list_records_get (self->records, rid),
                                 g_hash_table_contains (self->strays, &rid));
      g_hash_table_insert (self->rows, (gpointer) kontor_list_row_peek_rid (row), row);
    }
  kontor_list_row_set_hint (row, position);
  if (kontor_list_row_get_record (row) == NULL)
    kontor_list_fetch_want (self, row);
  return row;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- The object ----------------------------------------------------------------------------- */

static void
changed_cb (KontorWorkspace *workspace, KontorChangeSet *changes, gpointer data)
{
  KontorListModel *self = data;

  kontor_list_fetch_note (self, changes);
  kontor_list_update_note (self, changes);
}

static void
kontor_list_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorListModel *self = KONTOR_LIST_MODEL (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
detach_rows (KontorListModel *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    kontor_list_row_detach (row);
  g_hash_table_remove_all (self->rows);
}

static void
kontor_list_model_dispose (GObject *object)
{
  KontorListModel *self = KONTOR_LIST_MODEL (object);

  if (!self->disposed)
    {
      self->disposed = TRUE;
      g_clear_signal_handler (&self->changed_handler, self->workspace);
      kontor_list_model_clear_source (&self->emission);
      kontor_list_update_stop (self);
      kontor_list_fetch_stop (self);
      detach_rows (self);
    }
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (kontor_list_model_parent_class)->dispose (object);
}

static void
kontor_list_model_finalize (GObject *object)
{
  KontorListModel *self = KONTOR_LIST_MODEL (object);

  g_queue_clear_full (&self->stages, kontor_stage_free);
  g_clear_pointer (&self->head, kontor_rids_unref);
  g_clear_pointer (&self->tail, kontor_rids_unref);
  g_array_unref (self->pieces);
  g_ptr_array_unref (self->old_rids);
  g_clear_pointer (&self->query, kontor_query_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->records, kontor_list_records_free);
  g_clear_pointer (&self->pending, kontor_change_set_unref);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->strays);
  g_hash_table_unref (self->stale);
  g_clear_error (&self->error);
  g_free (self->today);
  G_OBJECT_CLASS (kontor_list_model_parent_class)->finalize (object);
}

static void
kontor_list_model_class_init (KontorListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kontor_list_model_get_property;
  object_class->dispose = kontor_list_model_dispose;
  object_class->finalize = kontor_list_model_finalize;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
unref_rids (gpointer rids)
{
  kontor_rids_unref (rids);
}

static void
kontor_list_model_init (KontorListModel *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->head = kontor_rids_new ();
  self->records = kontor_list_records_new ();
  self->rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->strays = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->stages);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (KontorPiece));
  self->old_rids = g_ptr_array_new_with_free_func (unref_rids);
  g_queue_init (&self->wanted);
  g_queue_init (&self->delivery);
}

/**
 * kontor_list_model_new:
 * @workspace: where the records are
 * @query: which ones
 *
 * The rows come a moment later. Everything happens in the thread's main context, which should be
 * the one the workspace was opened in.
 *
 * Returns: (transfer full): a model
 */
KontorListModel *
kontor_list_model_new (KontorWorkspace *workspace, KontorQuery *query)
{
  KontorListModel *self;

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (KONTOR_TYPE_LIST_MODEL, NULL);
  self->workspace = g_object_ref (workspace);
  self->query = kontor_query_ref (query);
  self->changed_handler = g_signal_connect (workspace, "changed", G_CALLBACK (changed_cb), self);
  kontor_list_update_begin (self);
  return self;
}

/**
 * kontor_list_model_set_query:
 * @self: a model
 * @query: what to show instead; of the same record type or another
 *
 * The old rows stay until there are new ones. The same query again is asked again only where it
 * failed.
 */
void
kontor_list_model_set_query (KontorListModel *self, KontorQuery *query)
{
  gboolean other_type;

  g_return_if_fail (KONTOR_IS_LIST_MODEL (self));
  g_return_if_fail (query != NULL);

  if (kontor_query_equal (self->query, query) && self->error == NULL)
    return;
  other_type = kontor_query_get_record_type (self->query) != kontor_query_get_record_type (query);
  kontor_query_ref (query);
  kontor_query_unref (self->query);
  self->query = query;
  g_hash_table_remove_all (self->kept);
  if (other_type)
    {
      /* A rid means another record now. */
      kontor_list_update_stop (self);
      kontor_list_fetch_stop (self);
      kontor_list_model_show_nothing (self);
      detach_rows (self);
      kontor_list_records_clear (self->records);
    }
  kontor_list_update_begin (self);
}

/**
 * kontor_list_model_get_query:
 * @self: a model
 *
 * Returns: (transfer none): what it shows
 */
KontorQuery *
kontor_list_model_get_query (KontorListModel *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_MODEL (self), NULL);

  return self->query;
}

/**
 * kontor_list_model_is_loading:
 * @self: a model
 *
 * Returns: whether the answer to its query is under way
 */
gboolean
kontor_list_model_is_loading (KontorListModel *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_MODEL (self), FALSE);

  return self->loading;
}

/**
 * kontor_list_model_is_complete:
 * @self: a model
 *
 * Returns: whether all rows of the answer are there, and not only the first
 */
gboolean
kontor_list_model_is_complete (KontorListModel *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_MODEL (self), FALSE);

  return self->complete;
}

/**
 * kontor_list_model_get_rid:
 * @self: a model
 * @position: a position
 *
 * Returns: the row id at @position, 0 where there is none; no row is made
 */
gint64
kontor_list_model_get_rid (KontorListModel *self, guint position)
{
  g_return_val_if_fail (KONTOR_IS_LIST_MODEL (self), 0);

  return position < kontor_list_model_count (self) ? kontor_list_model_peek (self, position) : 0;
}

/**
 * kontor_list_model_keep_row:
 * @self: a model
 * @rid: a row id
 *
 * Keeps the row in the list when its record is changed so that the filter doesn't let it through
 * any more: nobody wants what he edits to vanish. It goes when another query is set, or its record
 * goes to the trash.
 */
void
kontor_list_model_keep_row (KontorListModel *self, gint64 rid)
{
  g_return_if_fail (KONTOR_IS_LIST_MODEL (self));

  add_rid (self->kept, rid);
}

/**
 * kontor_list_model_get_n_loaded:
 * @self: a model
 *
 * Returns: how many rows somebody holds
 */
guint
kontor_list_model_get_n_loaded (KontorListModel *self)
{
  g_return_val_if_fail (KONTOR_IS_LIST_MODEL (self), 0);

  return g_hash_table_size (self->rows);
}
