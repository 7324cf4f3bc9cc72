/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkSelectionModel over positions that remembers row ids. GtkMultiSelection asks for every row
 * of a range that changes; this one asks for numbers. */
#include "config.h"

#include "kontor-selection.h"

#include "kontor-ranges.h"

struct _KontorSelection
{
  GObject parent_instance;

  KontorListModel *model; /* owned */
  KontorRanges *selected; /* owned: positions */
  GHashTable *rids;       /* owned: the same as row ids, unless there are too many */
  gboolean settling;      /* telling of rows that are gone */
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KontorSelection,
                               kontor_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_init))

/* --- Keeping by record ------------------------------------------------------------------------ */

static GArray *
list_rids (KontorSelection *self)
{
  guint n_ranges, n = kontor_ranges_get_size (self->selected);
  const KontorRange *ranges = kontor_ranges_get (self->selected, &n_ranges);
  GArray *rids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n_ranges; i++)
    for (guint position = ranges[i].first; position < ranges[i].end; position++)
      {
        gint64 rid = kontor_list_model_get_rid (self->model, position);

        if (rid != 0)
          g_array_append_val (rids, rid);
      }
  return rids;
}

static void
remember (KontorSelection *self)
{
  g_autoptr(GArray) rids = NULL;

  g_hash_table_remove_all (self->rids);
  if (kontor_ranges_get_size (self->selected) > KONTOR_SELECTION_KEEP)
    return;
  rids = list_rids (self);
  for (guint i = 0; i < rids->len; i++)
    g_hash_table_add (self->rids, g_memdup2 (&g_array_index (rids, gint64, i), sizeof (gint64)));
}

/* Which of the remembered rows stand in a range. */
static void
find_again (KontorSelection *self, guint position, guint n, guint n_wanted)
{
  for (guint i = position; i < position + n && n_wanted > 0; i++)
    {
      gint64 rid = kontor_list_model_get_rid (self->model, i);

      if (g_hash_table_contains (self->rids, &rid))
        {
          kontor_ranges_set (self->selected, i, i + 1, TRUE);
          n_wanted--;
        }
    }
}

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  KontorSelection *self)
{
  guint n_kept;

  kontor_ranges_splice (self->selected, position, removed, added);
  n_kept = kontor_ranges_get_size (self->selected);
  if (g_hash_table_size (self->rids) > n_kept)
    find_again (self, position, added, g_hash_table_size (self->rids) - n_kept);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* What did not come back with the answer to a query is gone from the selection. */
static void
loading_changed_cb (KontorListModel *model, GParamSpec *pspec, KontorSelection *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  if (kontor_list_model_is_loading (model) ||
      g_hash_table_size (self->rids) <= kontor_ranges_get_size (self->selected))
    return;
  remember (self);
  /* of no rows it can't be told, and there is nothing to tell */
  if (n == 0)
    return;
  self->settling = TRUE;
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
  self->settling = FALSE;
}

static void
tell (KontorSelection *self, const KontorRanges *before)
{
  guint first, last;

  if (!kontor_ranges_find_difference (before, self->selected, &first, &last))
    return;
  remember (self);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
}

/* --- GtkSelectionModel ------------------------------------------------------------------------ */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return kontor_ranges_contain (KONTOR_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  guint n, end = position + MIN (n_items, G_MAXUINT - position);
  const KontorRange *ranges = kontor_ranges_get (KONTOR_SELECTION (model)->selected, &n);
  GtkBitset *selected = gtk_bitset_new_empty ();

  for (guint i = 0; i < n; i++)
    {
      guint first = MAX (ranges[i].first, position), last = MIN (ranges[i].end, end);

      if (first < last)
        gtk_bitset_add_range (selected, first, last - first);
    }
  return selected;
}

/* The first range of @set at or behind @from. */
static gboolean
find_run (GtkBitset *set, guint from, guint n, KontorRange *run)
{
  GtkBitsetIter iter;
  guint low, high;

  if (!gtk_bitset_iter_init_at (&iter, set, from, &run->first) || run->first >= n)
    return FALSE;
  /* the last position up to which all are in it */
  low = run->first;
  high = n - 1;
  while (low < high)
    {
      guint middle = high - (high - low) / 2;

      if (gtk_bitset_get_size_in_range (set, run->first, middle) ==
          (guint64) middle - run->first + 1)
        low = middle;
      else
        high = middle - 1;
    }
  run->end = low + 1;
  return TRUE;
}

static void
set_selected_of_run (KontorSelection *self, GtkBitset *selected, KontorRange run)
{
  KontorRange part;

  kontor_ranges_set (self->selected, run.first, run.end, FALSE);
  for (guint from = run.first; find_run (selected, from, run.end, &part); from = part.end)
    {
      kontor_ranges_set (self->selected, part.first, part.end, TRUE);
      if (part.end == run.end)
        break;
    }
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  KontorSelection *self = KONTOR_SELECTION (model);
  g_autoptr(KontorRanges) before = kontor_ranges_copy (self->selected);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  KontorRange run;

  for (guint from = 0; n > 0 && from < n && find_run (mask, from, n, &run); from = run.end)
    set_selected_of_run (self, selected, run);
  tell (self, before);
  return TRUE;
}

/* --- GListModel ------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return KONTOR_TYPE_LIST_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (KONTOR_SELECTION (model)->model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (KONTOR_SELECTION (model)->model), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

static void
kontor_selection_dispose (GObject *object)
{
  KontorSelection *self = KONTOR_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->selected, kontor_ranges_free);
  g_clear_pointer (&self->rids, g_hash_table_unref);
  G_OBJECT_CLASS (kontor_selection_parent_class)->dispose (object);
}

static void
kontor_selection_class_init (KontorSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kontor_selection_dispose;
}

static void
kontor_selection_init (KontorSelection *self)
{
  self->selected = kontor_ranges_new ();
  self->rids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * kontor_selection_new:
 * @model: rows
 *
 * Returns: (transfer full): a selection of rows of @model, empty
 */
KontorSelection *
kontor_selection_new (KontorListModel *model)
{
  KontorSelection *self = g_object_new (KONTOR_TYPE_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect (model, "notify::loading", G_CALLBACK (loading_changed_cb), self);
  return self;
}

/**
 * kontor_selection_get_model:
 * @self: a selection
 *
 * Returns: (transfer none): the rows it selects from
 */
KontorListModel *
kontor_selection_get_model (KontorSelection *self)
{
  return self->model;
}

/**
 * kontor_selection_is_settling:
 * @self: a selection
 *
 * Returns: in "selection-changed": whether nobody chose otherwise, and rows that were selected did
 *   not come back with the answer to a query
 */
gboolean
kontor_selection_is_settling (KontorSelection *self)
{
  return self->settling;
}

/**
 * kontor_selection_get_n_selected:
 * @self: a selection
 *
 * Returns: how many rows are selected
 */
guint
kontor_selection_get_n_selected (KontorSelection *self)
{
  return kontor_ranges_get_size (self->selected);
}

/**
 * kontor_selection_get_first:
 * @self: a selection
 *
 * Returns: position of the first selected row, or %GTK_INVALID_LIST_POSITION
 */
guint
kontor_selection_get_first (KontorSelection *self)
{
  guint n;
  const KontorRange *ranges = kontor_ranges_get (self->selected, &n);

  return n > 0 ? ranges[0].first : GTK_INVALID_LIST_POSITION;
}

/**
 * kontor_selection_get_rids:
 * @self: a selection
 *
 * Returns: (transfer full) (element-type gint64): the selected rows, in order
 */
GArray *
kontor_selection_get_rids (KontorSelection *self)
{
  return list_rids (self);
}
