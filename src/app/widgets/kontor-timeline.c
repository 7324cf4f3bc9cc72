/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries come with the page, changes from the log; both are shown as one list. */
#include "config.h"

#include "kontor-timeline.h"

#include "kontor-compat.h"
#include "kontor-composer.h"
#include "kontor-error.h"
#include "kontor-timeline-item.h"
#include "kontor-timeline-row.h"
#include <glib/gi18n.h>

struct _KontorTimeline
{
  GtkWidget parent_instance;

  /* template */
  KontorComposer *composer;
  GtkWidget *composer_clamp;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  GPtrArray *activities;
  GListStore *rows;
  GCancellable *cancellable;

  guint limit;
};

enum
{
  SIGNAL_LOAD_MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorTimeline, kontor_timeline, GTK_TYPE_WIDGET)

/* --- Rows ------------------------------------------------------------------------------------- */

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
    g_list_store_splice (self->rows,
                         first,
                         n_old - first - last,
                         rows->pdata + first,
                         rows->len - first - last);
  gtk_stack_set_visible_child_name (self->stack, rows->len > 0 ? "rows" : "empty");
}

static void
show (KontorTimeline *self, GPtrArray *history)
{
  gboolean more =
    self->activities->len >= self->limit || (history != NULL && history->len >= self->limit);
  g_autoptr(GPtrArray) rows =
    kontor_timeline_build (self->session, self->activities, history, more);

  replace_rows (self, rows);
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorTimeline *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) history =
    kontor_workspace_get_history_finish (KONTOR_WORKSPACE (source), result, &error);

  if (history != NULL && self->session != NULL)
    show (self, history);
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

static void
load_history (KontorTimeline *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  kontor_workspace_get_history_async (kontor_session_get_workspace (self->session),
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

  self->limit += KONTOR_TIMELINE_PAGE;
  g_signal_emit (self, signals[SIGNAL_LOAD_MORE], 0, self->limit);
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
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_timeline_parent_class)->dispose (object);
}

static void
kontor_timeline_class_init (KontorTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_timeline_dispose;
  g_type_ensure (KONTOR_TYPE_COMPOSER);
  signals[SIGNAL_LOAD_MORE] = g_signal_new ("load-more",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, composer);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, composer_clamp);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, list);
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
 * @activities: (element-type KontorRecord): its newest entries, kontor_timeline_get_limit() of them
 *
 * Shows the timeline of @record, or its present state.
 */
void
kontor_timeline_set_record (KontorTimeline *self, KontorRecord *record, GPtrArray *activities)
{
  gboolean same = self->record != NULL && kontor_id_equal (kontor_record_get_id (self->record),
                                                           kontor_record_get_id (record));
  gboolean may =
    !kontor_record_is_trashed (record) &&
    kontor_session_can (self->session, &kontor_activity_type, NULL, KONTOR_RIGHT_WRITE);

  kontor_composer_set_record (self->composer, record);
  g_set_object (&self->record, record);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  self->activities = g_ptr_array_ref (activities);
  gtk_widget_set_visible (self->composer_clamp, may);
  if (!same)
    {
      self->limit = KONTOR_TIMELINE_PAGE;
      show (self, NULL);
    }
  load_history (self);
}

/**
 * kontor_timeline_get_limit:
 * @self: a timeline
 *
 * Returns: how many entries it wants at most
 */
guint
kontor_timeline_get_limit (KontorTimeline *self)
{
  return self->limit;
}

/**
 * kontor_timeline_focus_composer:
 * @self: a timeline
 */
void
kontor_timeline_focus_composer (KontorTimeline *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * kontor_timeline_add_text:
 * @self: a timeline
 * @text: plain text, pasted or dropped on the page
 *
 * Adds @text to what is being written.
 */
void
kontor_timeline_add_text (KontorTimeline *self, const char *text)
{
  kontor_composer_add_text (self->composer, text);
}
