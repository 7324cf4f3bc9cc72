/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list view over a store whose items the person moves; their owner is told and makes it a step.
 */
#include "config.h"

#include "kontor-order-list.h"

#include "kontor-compat.h"
#include "kontor-order-row.h"
#include <string.h>

/* --- The list --------------------------------------------------------------------------------- */

struct _KontorOrderList
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;           /* a child */
  GtkListView *view;             /* borrowed */
  GListStore *store;             /* owned */
  GtkCustomFilter *filter;       /* owned */
  GtkSingleSelection *selection; /* owned */
  GMenuModel *menu;              /* owned (nullable) */
  char *search;                  /* (nullable) folded */
  guint focus_idle;
};

enum
{
  SIGNAL_OPEN,
  SIGNAL_REMOVE,
  SIGNAL_TOGGLED,
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorOrderList, kontor_order_list, GTK_TYPE_WIDGET)

static guint
find_shown (KontorOrderList *self, KontorOrderItem *item)
{
  GListModel *shown = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (shown);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorOrderItem) other = g_list_model_get_item (shown, i);

      if (other == item)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
find_row (KontorOrderList *self, KontorOrderItem *item)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (KONTOR_IS_ORDER_ROW (row) && kontor_order_row_get_item (KONTOR_ORDER_ROW (row)) == item)
        return row;
    }
  return NULL;
}

static gboolean
focus_cb (gpointer data)
{
  KontorOrderList *self = data;
  KontorOrderItem *item = kontor_order_list_get_selected (self);
  GtkWidget *row = item != NULL ? find_row (self, item) : NULL;

  self->focus_idle = 0;
  if (row != NULL)
    gtk_widget_grab_focus (gtk_widget_get_parent (row));
  return G_SOURCE_REMOVE;
}

/* Once the view has made its row. */
static void
focus_item_soon (KontorOrderList *self, KontorOrderItem *item)
{
  guint position = find_shown (self, item);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  kontor_list_view_scroll_to (self->view, position);
  if (self->focus_idle == 0)
    self->focus_idle = g_idle_add_full (G_PRIORITY_LOW, focus_cb, self, NULL);
}

static void
move_in_store (KontorOrderList *self, guint from, guint to)
{
  g_autoptr(KontorOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), from);

  g_list_store_remove (self->store, from);
  g_list_store_insert (self->store, to, item);
  focus_item_soon (self, item);
}

/* Nothing goes past what stays where it is, but for a heading that says so. */
static gboolean
may_stand_at (KontorOrderList *self, guint position)
{
  g_autoptr(KontorOrderItem) there = g_list_model_get_item (G_LIST_MODEL (self->store), position);

  return there != NULL && (!there->fixed || (there->passable && position > 0));
}

static void
move_to (KontorOrderList *self, KontorOrderItem *item, guint to)
{
  guint from;

  if (item == NULL || item->fixed || self->search != NULL ||
      !g_list_store_find (self->store, item, &from) || from == to || !may_stand_at (self, to))
    return;
  g_object_ref (item);
  move_in_store (self, from, to);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, item);
  g_object_unref (item);
}

static void
move_by (KontorOrderList *self, int by)
{
  KontorOrderItem *item = kontor_order_list_get_selected (self);
  guint from;

  if (item == NULL || !g_list_store_find (self->store, item, &from) || (by < 0 && from == 0))
    return;
  move_to (self, item, from + (guint) by);
}

/* --- Rows ------------------------------------------------------------------------------------- */

static void
select_item (KontorOrderList *self, KontorOrderItem *item)
{
  guint position = find_shown (self, item);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
row_pressed_cb (KontorOrderRow *row, KontorOrderList *self)
{
  select_item (self, kontor_order_row_get_item (row));
}

static void
row_toggled_cb (KontorOrderRow *row, KontorOrderList *self)
{
  g_autoptr(KontorOrderItem) item = g_object_ref (kontor_order_row_get_item (row));

  select_item (self, item);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0, item);
}

static void
row_dropped_cb (KontorOrderRow *row, KontorOrderItem *item, gboolean below, KontorOrderList *self)
{
  guint from, to;

  if (!g_list_store_find (self->store, item, &from) ||
      !g_list_store_find (self->store, kontor_order_row_get_item (row), &to))
    return;
  if (below && to < from)
    to++;
  else if (!below && to > from)
    to--;
  move_to (self, item, to);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, KontorOrderList *self)
{
  GtkWidget *row = kontor_order_row_new (self->menu);

  g_signal_connect_object (row, "pressed", G_CALLBACK (row_pressed_cb), self, 0);
  g_signal_connect_object (row, "toggled", G_CALLBACK (row_toggled_cb), self, 0);
  g_signal_connect_object (row, "dropped", G_CALLBACK (row_dropped_cb), self, 0);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  kontor_order_row_bind (KONTOR_ORDER_ROW (gtk_list_item_get_child (list_item)),
                         gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  kontor_order_row_unbind (KONTOR_ORDER_ROW (gtk_list_item_get_child (list_item)));
}

static void
activate_cb (GtkListView *view, guint position, KontorOrderList *self)
{
  g_autoptr(KontorOrderItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL && !item->plain)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, item);
}

static gboolean
matches (gpointer item, gpointer data)
{
  KontorOrderList *self = data;
  g_autofree char *folded = NULL;

  if (self->search == NULL || KONTOR_ORDER_ITEM (item)->heading)
    return TRUE;
  folded = g_utf8_casefold (KONTOR_ORDER_ITEM (item)->title, -1);
  return strstr (folded, self->search) != NULL;
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
emit_selected (KontorOrderList *self, guint signal)
{
  KontorOrderItem *item = kontor_order_list_get_selected (self);

  if (item == NULL || item->plain)
    return;
  g_object_ref (item);
  g_signal_emit (self, signals[signal], 0, item);
  g_object_unref (item);
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_selected (KONTOR_ORDER_LIST (widget), SIGNAL_OPEN);
}

static void
remove_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  emit_selected (KONTOR_ORDER_LIST (widget), SIGNAL_REMOVE);
}

static void
up_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (KONTOR_ORDER_LIST (widget), -1);
}

static void
down_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (KONTOR_ORDER_LIST (widget), 1);
}

static void
toggle_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrderList *self = KONTOR_ORDER_LIST (widget);
  KontorOrderItem *item = kontor_order_list_get_selected (self);

  if (item == NULL || !item->checkable)
    return;
  g_object_ref (item);
  item->checked = !item->checked;
  g_signal_emit_by_name (item, "changed");
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0, item);
  g_object_unref (item);
}

static void
menu_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrderList *self = KONTOR_ORDER_LIST (widget);
  KontorOrderItem *item = kontor_order_list_get_selected (self);
  GtkWidget *row = item != NULL ? find_row (self, item) : NULL;

  if (row != NULL)
    kontor_order_row_popup (KONTOR_ORDER_ROW (row));
}

static void
add_keys (KontorOrderList *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, GDK_ALT_MASK, "order.up" },
    { GDK_KEY_KP_Up, GDK_ALT_MASK, "order.up" },
    { GDK_KEY_Down, GDK_ALT_MASK, "order.down" },
    { GDK_KEY_KP_Down, GDK_ALT_MASK, "order.down" },
    { GDK_KEY_Delete, 0, "order.remove" },
    { GDK_KEY_KP_Delete, 0, "order.remove" },
    { GDK_KEY_F2, 0, "order.open" },
    { GDK_KEY_space, 0, "order.toggle" },
    { GDK_KEY_Menu, 0, "order.menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "order.menu" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key,
                                                                                    keys[i]
                                                                                      .modifiers),
                                                            gtk_named_action_new (keys[i].action)));
  /* before the view, which takes Space for its own */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

/* --- The widget ------------------------------------------------------------------------------- */

/* On the row that is selected, not where the view would begin. */
static gboolean
kontor_order_list_grab_focus (GtkWidget *widget)
{
  KontorOrderList *self = KONTOR_ORDER_LIST (widget);
  KontorOrderItem *item = kontor_order_list_get_selected (self);
  GtkWidget *row = item != NULL ? find_row (self, item) : NULL;

  return gtk_widget_grab_focus (row != NULL ? gtk_widget_get_parent (row)
                                            : GTK_WIDGET (self->view));
}

static void
kontor_order_list_dispose (GObject *object)
{
  KontorOrderList *self = KONTOR_ORDER_LIST (object);

  g_clear_handle_id (&self->focus_idle, g_source_remove);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (kontor_order_list_parent_class)->dispose (object);
}

static guint
new_item_signal (GType type, const char *name)
{
  return g_signal_new (name,
                       type,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       KONTOR_TYPE_ORDER_ITEM);
}

static void
kontor_order_list_class_init (KontorOrderListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_order_list_dispose;
  widget_class->grab_focus = kontor_order_list_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_OPEN] = new_item_signal (type, "open-item");
  signals[SIGNAL_REMOVE] = new_item_signal (type, "remove-item");
  signals[SIGNAL_TOGGLED] = new_item_signal (type, "toggled");
  signals[SIGNAL_MOVED] = new_item_signal (type, "moved");
  gtk_widget_class_install_action (widget_class, "order.open", NULL, open_activated);
  gtk_widget_class_install_action (widget_class, "order.remove", NULL, remove_activated);
  gtk_widget_class_install_action (widget_class, "order.up", NULL, up_activated);
  gtk_widget_class_install_action (widget_class, "order.down", NULL, down_activated);
  gtk_widget_class_install_action (widget_class, "order.toggle", NULL, toggle_activated);
  gtk_widget_class_install_action (widget_class, "order.menu", NULL, menu_activated);
}

static void
create_model (KontorOrderList *self)
{
  GtkFilterListModel *filtered;

  self->store = g_list_store_new (KONTOR_TYPE_ORDER_ITEM);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->store)),
                                        GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
}

static void
kontor_order_list_init (KontorOrderList *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  create_model (self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "kontor-order-list");
  g_signal_connect (self->view, "activate", G_CALLBACK (activate_cb), self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  add_keys (self);
}

static KontorOrderItem *
find_by_key (KontorOrderList *self, const char *key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_str_equal (item->key, key))
        return item;
    }
  return NULL;
}

/* What is there already stays the same object. */
static GPtrArray *
take_over (KontorOrderList *self, GPtrArray *items)
{
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *next = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      g_hash_table_insert (present, item->key, item);
    }
  for (guint i = 0; i < items->len; i++)
    {
      KontorOrderItem *item = g_ptr_array_index (items, i);
      KontorOrderItem *old = g_hash_table_lookup (present, item->key);

      if (old != NULL)
        kontor_order_item_update (old, item);
      g_ptr_array_add (next, g_object_ref (old != NULL ? old : item));
    }
  return next;
}

/* The first that something can be done with. */
static void
select_first (KontorOrderList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item->plain)
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      return;
    }
}

/**
 * kontor_order_list_set_items:
 * @self: a list
 * @items: (element-type KontorOrderItem): what to show
 *
 * Shows these; rows of the same key stay, with the focus and what is selected.
 */
void
kontor_order_list_set_items (KontorOrderList *self, GPtrArray *items)
{
  g_autoptr(GPtrArray) next = take_over (self, items);
  g_autoptr(KontorOrderItem) selected = NULL;
  guint selected_at = gtk_single_selection_get_selected (self->selection);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  guint first = 0, last = 0;

  g_set_object (&selected, kontor_order_list_get_selected (self));
  for (; first < MIN (n, next->len); first++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), first);

      if (item != g_ptr_array_index (next, first))
        break;
    }
  for (; last < MIN (n, next->len) - first; last++)
    {
      g_autoptr(KontorOrderItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->store), n - 1 - last);

      if (item != g_ptr_array_index (next, next->len - 1 - last))
        break;
    }
  if (n == next->len && first == n)
    return;
  g_list_store_splice (self->store,
                       first,
                       n - first - last,
                       next->pdata + first,
                       next->len - first - last);
  if (selected == NULL || find_shown (self, selected) == GTK_INVALID_LIST_POSITION)
    {
      guint left = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

      g_clear_object (&selected);
      if (left > 0 && selected_at != GTK_INVALID_LIST_POSITION)
        selected =
          g_list_model_get_item (G_LIST_MODEL (self->selection), MIN (selected_at, left - 1));
    }
  if (n == 0)
    select_first (self);
  else if (selected != NULL && focused)
    focus_item_soon (self, selected);
  else if (selected != NULL)
    select_item (self, selected);
}

/**
 * kontor_order_list_get_items:
 * @self: a list
 *
 * Returns: (transfer none): a list of #KontorOrderItem, also of those the search hides
 */
GListModel *
kontor_order_list_get_items (KontorOrderList *self)
{
  return G_LIST_MODEL (self->store);
}

/**
 * kontor_order_list_get_selected:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the item that is selected
 */
KontorOrderItem *
kontor_order_list_get_selected (KontorOrderList *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/**
 * kontor_order_list_select:
 * @self: a list
 * @key: key of an item
 *
 * Selects it and moves the focus there, if it is shown.
 */
void
kontor_order_list_select (KontorOrderList *self, const char *key)
{
  KontorOrderItem *item = find_by_key (self, key);

  if (item != NULL)
    focus_item_soon (self, item);
}

/**
 * kontor_order_list_move:
 * @self: a list
 * @item: an item of it
 * @position: where it is to stand
 *
 * Moves it without telling.
 */
void
kontor_order_list_move (KontorOrderList *self, KontorOrderItem *item, guint position)
{
  guint from;

  if (g_list_store_find (self->store, item, &from) && from != position)
    move_in_store (self, from, position);
}

/**
 * kontor_order_list_set_menu:
 * @self: a list without rows yet
 * @menu: what can be done with a row
 */
void
kontor_order_list_set_menu (KontorOrderList *self, GMenuModel *menu)
{
  g_set_object (&self->menu, menu);
}

/**
 * kontor_order_list_set_label:
 * @self: a list
 * @label: what screen readers say
 */
void
kontor_order_list_set_label (KontorOrderList *self, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

/**
 * kontor_order_list_set_search:
 * @self: a list
 * @text: what titles must contain; while there is any, rows can't be moved
 */
void
kontor_order_list_set_search (KontorOrderList *self, const char *text)
{
  g_clear_pointer (&self->search, g_free);
  if (*text != '\0')
    self->search = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}
