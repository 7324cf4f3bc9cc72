/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries come with the page, changes from the log; both are shown as one list. */
#include "config.h"

#include "kontor-timeline-private.h"

#include "kontor-compat.h"
#include "kontor-timeline-item.h"
#include "kontor-timeline-row.h"

G_DEFINE_FINAL_TYPE (KontorTimeline, kontor_timeline, GTK_TYPE_WIDGET)

/* --- Rows ------------------------------------------------------------------------------------- */

/* A list keeps in place what was at its top, so that what is new above it would not be seen. */
static gboolean
is_read_from_the_top (KontorTimeline *self)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  GtkStateFlags state = gtk_widget_get_state_flags (GTK_WIDGET (self->list));

  return place != NULL && gtk_adjustment_get_value (place) <= gtk_adjustment_get_lower (place) &&
         (state & GTK_STATE_FLAG_FOCUS_WITHIN) == 0;
}

/* Replaces only what differs, so that nothing jumps. */
static void
replace_rows (KontorTimeline *self, GPtrArray *rows)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint first = 0, last = 0;

  while (first < n_old && first < rows->len)
    {
      g_autoptr(KontorTimelineItem) old = g_list_model_get_item (G_LIST_MODEL (self->rows), first);

      if (!kontor_timeline_item_equal (old, g_ptr_array_index (rows, first)))
        break;
      first++;
    }
  while (last < n_old - first && last < rows->len - first)
    {
      g_autoptr(KontorTimelineItem) old =
        g_list_model_get_item (G_LIST_MODEL (self->rows), n_old - 1 - last);

      if (!kontor_timeline_item_equal (old, g_ptr_array_index (rows, rows->len - 1 - last)))
        break;
      last++;
    }
  if (n_old - first - last > 0 || rows->len - first - last > 0)
    {
      gboolean follows = is_read_from_the_top (self);

      g_list_store_splice (self->rows,
                           first,
                           n_old - first - last,
                           rows->pdata + first,
                           rows->len - first - last);
      if (follows && rows->len > 0)
        kontor_list_view_scroll_to (self->list, 0);
    }
  gtk_stack_set_visible_child_name (self->stack,
                                    rows->len > 0                        ? "rows"
                                    : kontor_timeline_is_filtered (self) ? "nothing"
                                                                         : "empty");
}

static gboolean
is_heading (GPtrArray *rows, guint i)
{
  return ((KontorTimelineItem *) g_ptr_array_index (rows, i))->kind == KONTOR_TIMELINE_DAY;
}

/* What a step changed, where it is asked for; no day without anything. */
static GPtrArray *
filter_rows (KontorTimeline *self, GPtrArray *rows)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      KontorTimelineItem *item = g_ptr_array_index (rows, i);

      if (item->kind != KONTOR_TIMELINE_CHANGE ||
          kontor_timeline_history_matches (self, item->title) ||
          kontor_timeline_history_matches (self, item->text))
        g_ptr_array_add (found, g_object_ref (item));
    }
  for (guint i = found->len; i > 0; i--)
    if (is_heading (found, i - 1) && (i == found->len || is_heading (found, i)))
      g_ptr_array_remove_index (found, i - 1);
  return found;
}

static void
show (KontorTimeline *self)
{
  GPtrArray *history = self->shows_changes ? self->history : NULL;
  g_autoptr(GPtrArray) built = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (self->data == NULL)
    return;
  self->more = self->data->more || (history != NULL && history->len >= self->limit);
  built = kontor_timeline_build (self->session, self->data, history, self->limit);
  rows = kontor_timeline_is_filtered (self) ? filter_rows (self, built) : g_ptr_array_ref (built);
  replace_rows (self, rows);
  kontor_timeline_show_filter (self);
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorTimeline *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) history =
    kontor_workspace_get_history_finish (KONTOR_WORKSPACE (source), result, &error);

  if (history != NULL && self->session != NULL)
    {
      g_clear_pointer (&self->history, g_ptr_array_unref);
      self->history = g_steal_pointer (&history);
      show (self);
    }
  else if (error != NULL && self->session != NULL)
    kontor_session_fail (self->session, error);
  g_object_unref (self);
}

static void
entries_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorTimeline *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorTimelineData) data =
    kontor_workspace_read_timeline_finish (KONTOR_WORKSPACE (source), result, &error);

  if (data != NULL && self->session != NULL)
    {
      kontor_timeline_data_free (self->data);
      self->data = g_steal_pointer (&data);
      show (self);
    }
  else if (error != NULL && self->session != NULL)
    kontor_session_fail (self->session, error);
  g_object_unref (self);
}

static void
cancel (KontorTimeline *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
kontor_timeline_load (KontorTimeline *self)
{
  KontorWorkspace *workspace = kontor_session_get_workspace (self->session);
  KontorTimelineFilter filter;

  cancel (self);
  self->cancellable = g_cancellable_new ();
  kontor_timeline_get_filter (self, &filter);
  kontor_workspace_read_timeline_async (workspace,
                                        kontor_record_get_id (self->record),
                                        &filter,
                                        self->cancellable,
                                        entries_cb,
                                        g_object_ref (self));
  if (!self->shows_changes)
    return;
  kontor_workspace_get_history_async (workspace,
                                      kontor_record_get_record_type (self->record),
                                      kontor_record_get_id (self->record),
                                      self->limit,
                                      self->cancellable,
                                      history_cb,
                                      g_object_ref (self));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTimeline *self)
{
  gtk_list_item_set_child (item, kontor_timeline_row_new (self->session));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTimeline *self)
{
  kontor_timeline_row_set_item (KONTOR_TIMELINE_ROW (gtk_list_item_get_child (item)),
                                gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTimeline *self)
{
  kontor_timeline_row_set_item (KONTOR_TIMELINE_ROW (gtk_list_item_get_child (item)), NULL);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
more_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorTimeline *self = KONTOR_TIMELINE (widget);

  if (!self->more)
    return;
  self->more = FALSE;
  self->limit += KONTOR_TIMELINE_PAGE;
  kontor_timeline_load (self);
}

static void
edge_reached_cb (GtkScrolledWindow *scrolled, GtkPositionType edge, KontorTimeline *self)
{
  if (edge == GTK_POS_BOTTOM)
    more_activated (GTK_WIDGET (self), NULL, NULL);
}

/* Space ticks, F2 edits and Delete removes the entry that has the focus. */
static gboolean
list_key_pressed_cb (GtkEventControllerKey *controller,
                     guint keyval,
                     guint keycode,
                     GdkModifierType state,
                     KontorTimeline *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  const char *action = keyval == GDK_KEY_space    ? "entry.done"
                       : keyval == GDK_KEY_F2     ? "entry.edit"
                       : keyval == GDK_KEY_Delete ? "entry.trash"
                                                  : NULL;

  if (!KONTOR_IS_TIMELINE_ROW (row) || action == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (row, action, NULL);
  return GDK_EVENT_STOP;
}

static void
kontor_timeline_dispose (GObject *object)
{
  KontorTimeline *self = KONTOR_TIMELINE (object);

  cancel (self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_TIMELINE);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->data, kontor_timeline_data_free);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_timeline_parent_class)->dispose (object);
}

static void
kontor_timeline_class_init (KontorTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_timeline_dispose;
  g_type_ensure (KONTOR_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, composer);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, composer_clamp);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, list);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_key_pressed_cb);
  kontor_timeline_bind_filter (widget_class);
  gtk_widget_class_install_action (widget_class, "timeline.more", NULL, more_activated);
}

static void
kontor_timeline_init (KontorTimeline *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkNoSelection) selection = NULL;

  self->limit = KONTOR_TIMELINE_PAGE;
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
  kontor_timeline_set_up_filter (self);
  self->rows = g_list_store_new (KONTOR_TYPE_TIMELINE_ITEM);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

/**
 * kontor_timeline_set_session:
 * @self: a timeline
 * @session: a session
 */
void
kontor_timeline_set_session (KontorTimeline *self, KontorSession *session)
{
  g_set_object (&self->session, session);
  kontor_composer_set_session (self->composer, session);
}

/**
 * kontor_timeline_set_record:
 * @self: a timeline
 * @record: a stored record
 *
 * Shows the timeline of @record, or its present state.
 */
void
kontor_timeline_set_record (KontorTimeline *self, KontorRecord *record)
{
  gboolean same = self->record != NULL && kontor_id_equal (kontor_record_get_id (self->record),
                                                           kontor_record_get_id (record));
  gboolean may =
    !kontor_record_is_trashed (record) &&
    kontor_session_can (self->session, &kontor_activity_type, NULL, KONTOR_RIGHT_WRITE);

  kontor_composer_set_record (self->composer, record);
  g_set_object (&self->record, record);
  gtk_widget_set_visible (self->composer_clamp, may);
  if (!same)
    {
      g_clear_pointer (&self->data, kontor_timeline_data_free);
      g_clear_pointer (&self->history, g_ptr_array_unref);
      g_list_store_remove_all (self->rows);
      self->limit = KONTOR_TIMELINE_PAGE;
    }
  kontor_timeline_load (self);
}

/**
 * kontor_timeline_focus_composer:
 * @self: a timeline
 */
void
kontor_timeline_focus_composer (KontorTimeline *self)
{
  kontor_composer_focus (self->composer);
}

/**
 * kontor_timeline_log_text:
 * @self: a timeline
 * @text: plain text, pasted or dropped on the page
 *
 * Adds a note with @text.
 */
void
kontor_timeline_log_text (KontorTimeline *self, const char *text)
{
  kontor_composer_log_text (self->composer, text);
}
