/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list pane of an area. One model a view, one selection for list and table. */
#include "config.h"

#include "kontor-record-list-private.h"

#include "kontor-compat.h"
#include "kontor-date.h"
#include "kontor-error.h"
#include "kontor-number.h"
#include "kontor-record-row.h"
#include "kontor-view-state.h"
#include <glib/gi18n.h>

#define FOLLOW_MS 150
#define TABLE_LEAST_WIDTH 600

enum
{
  PROP_0,
  PROP_TABLE,
  PROP_VIEW,
  PROP_SORT,
  PROP_DESCENDING,
  N_PROPS
};

enum
{
  SIGNAL_SHOW,
  SIGNAL_OPEN,
  SIGNAL_MANY,
  SIGNAL_VIEW_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorRecordList, kontor_record_list, GTK_TYPE_WIDGET)

/* --- Rows ------------------------------------------------------------------------------------- */

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorRecordList *self)
{
  gtk_list_item_set_child (item, kontor_record_row_new (self->session));
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorRecordList *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  kontor_record_row_bind (KONTOR_RECORD_ROW (row), self->spec, gtk_list_item_get_item (item));
  g_object_set_data (G_OBJECT (row), KONTOR_ROW_OF_WIDGET, gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorRecordList *self)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), KONTOR_ROW_OF_WIDGET, NULL);
  kontor_record_row_unbind (KONTOR_RECORD_ROW (gtk_list_item_get_child (item)));
}

static void
open_position (KontorRecordList *self, guint position)
{
  g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  g_clear_handle_id (&self->follow_timer, g_source_remove);
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, row);
}

static void
row_activated_cb (GtkListView *list, guint position, KontorRecordList *self)
{
  open_position (self, position);
}

static void
table_activated_cb (KontorRecordTable *table, guint position, KontorRecordList *self)
{
  open_position (self, position);
}

static void
table_sorted_cb (KontorRecordTable *table, KontorRecordList *self)
{
  gboolean descending;
  const KontorFieldDef *field = kontor_record_table_get_sort (table, &descending);

  kontor_record_list_set_sort (self, field, descending);
}

/* --- Selection -------------------------------------------------------------------------------- */

static gboolean
follow_cb (gpointer data)
{
  KontorRecordList *self = data;
  guint n = kontor_selection_get_n_selected (self->selection);
  g_autoptr(KontorListRow) row = NULL;

  if (n == 1)
    row = g_list_model_get_item (G_LIST_MODEL (self->model),
                                 kontor_selection_get_first (self->selection));
  /* it is read in a moment */
  if (row != NULL && kontor_list_row_get_record (row) == NULL)
    return G_SOURCE_CONTINUE;
  self->follow_timer = 0;
  if (n > 1)
    {
      g_signal_emit (self, signals[SIGNAL_MANY], 0, n);
      return G_SOURCE_REMOVE;
    }
  g_signal_emit (self, signals[SIGNAL_SHOW], 0, row);
  return G_SOURCE_REMOVE;
}

void
kontor_record_list_selection_changed (KontorRecordList *self)
{
  guint n = kontor_selection_get_n_selected (self->selection);
  gint64 rid =
    n == 1 ? kontor_list_model_get_rid (self->model, kontor_selection_get_first (self->selection))
           : 0;

  /* what is being edited stays where it is, though the edit takes it out of the filter */
  if (rid != 0)
    kontor_list_model_keep_row (self->model, rid);
  kontor_record_list_update_actions (self, n);
  if (self->follow_timer == 0)
    self->follow_timer = g_timeout_add (FOLLOW_MS, follow_cb, self);
}

GtkWidget *
kontor_record_list_get_rows_widget (KontorRecordList *self)
{
  return self->is_table ? GTK_WIDGET (self->table_view) : GTK_WIDGET (self->list);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (object);

  switch (id)
    {
    case PROP_TABLE:
      g_value_set_boolean (value, self->is_table);
      break;
    case PROP_VIEW:
      g_value_take_string (value, kontor_record_list_dup_view (self));
      break;
    case PROP_SORT:
      g_value_set_string (value, self->sort != NULL ? self->sort->name : "");
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kontor_record_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (object);

  switch (id)
    {
    case PROP_TABLE:
      if (self->spec != NULL)
        kontor_view_state_set (self->spec->name,
                               "table",
                               g_variant_new_boolean (g_value_get_boolean (value)));
      kontor_record_list_set_table (self, g_value_get_boolean (value));
      break;
    case PROP_VIEW:
      kontor_record_list_set_view (self, g_value_get_string (value));
      break;
    case PROP_SORT:
      if (self->spec != NULL && g_value_get_string (value) != NULL)
        kontor_record_list_set_sort_by_name (self, g_value_get_string (value));
      break;
    case PROP_DESCENDING:
      if (self->spec != NULL)
        kontor_record_list_set_sort (self, self->sort, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
too_narrow_cb (gpointer data)
{
  KontorRecordList *self = data;

  self->narrow_idle = 0;
  kontor_record_list_set_folded (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* A table has the whole width for itself; where that is little, it is shown as a list. */
static void
kontor_record_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  GTK_WIDGET_CLASS (kontor_record_list_parent_class)
    ->size_allocate (widget, width, height, baseline);
  if (self->is_table && width < TABLE_LEAST_WIDTH && self->narrow_idle == 0)
    self->narrow_idle = g_idle_add (too_narrow_cb, self);
}

static gboolean
kontor_record_list_grab_focus (GtkWidget *widget)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "empty") == 0)
    return gtk_widget_grab_focus (self->empty_button) ||
           gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  return gtk_widget_grab_focus (kontor_record_list_get_rows_widget (self));
}

static void
kontor_record_list_dispose (GObject *object)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (object);

  g_clear_handle_id (&self->follow_timer, g_source_remove);
  g_clear_handle_id (&self->status_timer, g_source_remove);
  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  g_clear_handle_id (&self->narrow_idle, g_source_remove);
  g_clear_handle_id (&self->point_idle, g_source_remove);
  g_clear_pointer (&self->row_editor, gtk_widget_unparent);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_RECORD_LIST);
  g_clear_object (&self->session);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->new_menu);
  g_clear_object (&self->usual_items);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->asked_for, g_free);
  for (guint i = 0; self->view_rows != NULL && i < self->view_rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->view_rows, i), self);
  g_clear_pointer (&self->view_rows, g_ptr_array_unref);
  if (self->views != NULL)
    g_signal_handlers_disconnect_by_data (self->views, self);
  g_clear_object (&self->views);
  g_clear_object (&self->saved);
  g_clear_pointer (&self->filter, kontor_filter_free);
  g_clear_pointer (&self->wanted_view, g_free);
  g_clear_pointer (&self->left_view, g_free);
  g_clear_pointer (&self->whole_filter, g_free);
  g_clear_pointer (&self->pruned_filter, g_free);
  G_OBJECT_CLASS (kontor_record_list_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_TABLE] = g_param_spec_boolean ("table", NULL, NULL, FALSE, flags);
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, NULL, flags);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, NULL, flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static guint
new_signal (GType type, const char *name, GType argument)
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
                       argument);
}

static void
kontor_record_list_class_init (KontorRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kontor_record_list_dispose;
  object_class->get_property = kontor_record_list_get_property;
  object_class->set_property = kontor_record_list_set_property;
  widget_class->grab_focus = kontor_record_list_grab_focus;
  widget_class->size_allocate = kontor_record_list_size_allocate;
  install_properties (object_class);

  signals[SIGNAL_SHOW] = new_signal (type, "show-row", KONTOR_TYPE_LIST_ROW);
  signals[SIGNAL_OPEN] = new_signal (type, "open-row", KONTOR_TYPE_LIST_ROW);
  signals[SIGNAL_MANY] = new_signal (type, "many-selected", G_TYPE_UINT);
  signals[SIGNAL_VIEW_CHANGED] = kontor_signal_new (type, "view-changed");

  g_type_ensure (KONTOR_TYPE_JOB_BUTTON);
  g_type_ensure (KONTOR_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-record-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, header);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, view_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, new_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, job_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, count_label);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, spinner);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, sort_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, table_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, list);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, table_bin);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, empty_page);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, empty_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, action_bar);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, selected_label);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, select_all_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, change_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, trash_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, restore_button);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordList, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  kontor_record_list_bind_search (widget_class);
  kontor_record_list_bind_filter (widget_class);
  kontor_record_list_bind_saved (widget_class);
  kontor_record_list_install_actions (widget_class);
  kontor_record_list_install_edit (widget_class);
}

/* Keys that edit belong to the rows alone: as accelerators of the window they would fire while
 * somebody types. */
static void
add_row_keys (GtkWidget *rows)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Return, GDK_CONTROL_MASK, "records.own-window" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "records.own-window" },
    { GDK_KEY_Delete, 0, "records.delete" },
    { GDK_KEY_KP_Delete, 0, "records.delete" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "records.copy" },
    { GDK_KEY_Insert, GDK_CONTROL_MASK, "records.copy" },
    { GDK_KEY_v, GDK_CONTROL_MASK, "win.paste" },
    { GDK_KEY_Insert, GDK_SHIFT_MASK, "win.paste" },
    { GDK_KEY_a, GDK_CONTROL_MASK, "records.select-all" },
    { GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "records.unselect-all" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key,
                                                                                    keys[i]
                                                                                      .modifiers),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (rows, controller);
}

static void
kontor_record_list_init (KontorRecordList *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->search = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  self->table_view = g_object_new (KONTOR_TYPE_RECORD_TABLE, NULL);
  adw_bin_set_child (self->table_bin, GTK_WIDGET (self->table_view));
  g_signal_connect (self->table_view, "activate", G_CALLBACK (table_activated_cb), self);
  g_signal_connect (self->table_view, "sort-changed", G_CALLBACK (table_sorted_cb), self);
  kontor_record_list_add_filter_keys (self);
  add_row_keys (GTK_WIDGET (self->list));
  add_row_keys (GTK_WIDGET (self->table_view));
  kontor_record_list_add_row_menu (self, GTK_WIDGET (self->list));
  kontor_record_list_add_row_menu (self, GTK_WIDGET (self->table_view));
  kontor_record_list_watch_pencils (self);
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->stack));
}

/**
 * kontor_record_list_set_session:
 * @self: a list pane
 * @session: a session
 */
void
kontor_record_list_set_session (KontorRecordList *self, KontorSession *session)
{
  g_set_object (&self->session, session);
  kontor_record_table_set_session (self->table_view, session);
  kontor_job_button_set_session (self->job_button, session);
  kontor_record_list_watch_schema (self);
}

/**
 * kontor_record_list_get_spec:
 * @self: a list pane
 *
 * Returns: (transfer none): the view it shows
 */
const KontorListSpec *
kontor_record_list_get_spec (KontorRecordList *self)
{
  return self->spec;
}

/**
 * kontor_record_list_dup_view:
 * @self: a list pane
 *
 * Returns: (transfer full): name of the view it shows, also of a saved one; for
 *   kontor_record_list_set_view()
 */
char *
kontor_record_list_dup_view (KontorRecordList *self)
{
  if (self->wanted_view != NULL)
    return g_strdup (self->wanted_view);
  if (self->saved != NULL)
    return kontor_record_list_dup_saved_name (self->saved);
  return g_strdup (self->spec != NULL ? self->spec->name : "");
}

/**
 * kontor_record_list_get_model:
 * @self: a list pane
 *
 * Returns: (transfer none): its rows
 */
KontorListModel *
kontor_record_list_get_model (KontorRecordList *self)
{
  return self->model;
}

void
kontor_record_list_select_position (KontorRecordList *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  if (self->is_table)
    kontor_record_table_scroll_to (self->table_view, position);
  else
    kontor_list_view_scroll_to (self->list, position);
}

/**
 * kontor_record_list_select_rid:
 * @self: a list pane
 * @rid: row id of a record
 *
 * Selects the record and brings it into view, if the list has it.
 */
void
kontor_record_list_select_rid (KontorRecordList *self, gint64 rid)
{
  guint position;

  if (!kontor_list_model_find_rid (self->model, rid, &position))
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    kontor_record_list_select_position (self, position);
}

/**
 * kontor_record_list_follow_now:
 * @self: a list pane
 *
 * Tells at once what is selected, if that is still to be told: who acts on the selection means what
 * he has just selected.
 */
void
kontor_record_list_follow_now (KontorRecordList *self)
{
  if (self->follow_timer == 0)
    return;
  g_clear_handle_id (&self->follow_timer, g_source_remove);
  if (follow_cb (self) == G_SOURCE_CONTINUE)
    self->follow_timer = g_timeout_add (FOLLOW_MS, follow_cb, self);
}

/**
 * kontor_record_list_get_n_selected:
 * @self: a list pane
 *
 * Returns: how many rows are selected
 */
guint
kontor_record_list_get_n_selected (KontorRecordList *self)
{
  return self->selection != NULL ? kontor_selection_get_n_selected (self->selection) : 0;
}

/**
 * kontor_record_list_dup_selected:
 * @self: a list pane
 *
 * Returns: (transfer full) (nullable): the row that is selected, if it is one
 */
KontorListRow *
kontor_record_list_dup_selected (KontorRecordList *self)
{
  return kontor_record_list_get_n_selected (self) == 1
           ? g_list_model_get_item (G_LIST_MODEL (self->model),
                                    kontor_selection_get_first (self->selection))
           : NULL;
}

/**
 * kontor_record_list_step:
 * @self: a list pane
 * @by: 1 for the next row, -1 for the previous one
 *
 * Returns: whether there was one
 */
gboolean
kontor_record_list_step (KontorRecordList *self, int by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint first = kontor_selection_get_first (self->selection);
  guint position;

  if (n == 0)
    return FALSE;
  if (first == GTK_INVALID_LIST_POSITION)
    position = by > 0 ? 0 : n - 1;
  else if ((by < 0 && first == 0) || (by > 0 && first + 1 >= n))
    return FALSE;
  else
    position = by > 0 ? first + 1 : first - 1;
  kontor_record_list_select_position (self, position);
  return TRUE;
}

/**
 * kontor_record_list_is_table:
 * @self: a list pane
 *
 * Returns: whether it is shown as a table
 */
gboolean
kontor_record_list_is_table (KontorRecordList *self)
{
  return self->is_table;
}

/**
 * kontor_record_list_get_header:
 * @self: a list pane
 *
 * Returns: (transfer none): its header bar
 */
GtkWidget *
kontor_record_list_get_header (KontorRecordList *self)
{
  return GTK_WIDGET (self->header);
}

/**
 * kontor_record_list_set_new_menu:
 * @self: a list pane
 * @menu: what can be made new, by kind
 */
void
kontor_record_list_set_new_menu (KontorRecordList *self, GMenuModel *menu)
{
  g_set_object (&self->new_menu, menu);
  adw_split_button_set_menu_model (self->new_button, menu);
}
