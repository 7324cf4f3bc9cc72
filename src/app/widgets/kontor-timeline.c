/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries come with the page, changes from the log; both are shown as one list. */
#include "config.h"

#include "kontor-timeline.h"

#include "kontor-compat.h"
#include "kontor-draft.h"
#include "kontor-error.h"
#include "kontor-timeline-item.h"
#include "kontor-timeline-row.h"
#include <glib/gi18n.h>

/* What is typed is kept so often. */
#define DRAFT_MS 500

struct _KontorTimeline
{
  GtkWidget parent_instance;

  /* template */
  GtkTextView *composer;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkWidget *composer_clamp;
  GtkWidget *log_button;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  GPtrArray *activities;
  GListStore *rows;
  guint draft_timer;
  GCancellable *cancellable;

  guint limit;
  gboolean loads_draft; /* the text is set by us */
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

/* --- The composer ----------------------------------------------------------------------------- */

static char *
dup_text (KontorTimeline *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

static char *
dup_draft_key (KontorRecord *record)
{
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (kontor_record_get_id (record), id);
  return g_strconcat ("note:", id, NULL);
}

/* What is waiting to be kept. */
static void
save_draft (KontorTimeline *self)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  if (self->draft_timer == 0)
    return;
  g_clear_handle_id (&self->draft_timer, g_source_remove);
  key = dup_draft_key (self->record);
  text = dup_text (self);
  kontor_draft_set (key, text);
}

static gboolean
draft_cb (gpointer data)
{
  KontorTimeline *self = data;

  save_draft (self);
  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (KontorTimeline *self)
{
  g_autofree char *text = dup_text (self);

  if (!self->loads_draft && self->record != NULL && self->draft_timer == 0)
    self->draft_timer = g_timeout_add (DRAFT_MS, draft_cb, self);

  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
  gtk_widget_set_sensitive (self->log_button, *text != '\0');
}

/* What was written comes back if it could not be stored. */
static void
logged_cb (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorTimeline *self = g_object_get_data (data, "timeline");

  const char *key = g_object_get_data (data, "key");
  g_autofree char *present = NULL;

  if (error == NULL)
    return;
  kontor_draft_set (key, g_object_get_data (data, "text"));
  present = self->buffer != NULL && self->record != NULL ? dup_draft_key (self->record) : NULL;
  if (g_strcmp0 (key, present) == 0 && gtk_text_buffer_get_char_count (self->buffer) == 0)
    gtk_text_buffer_set_text (self->buffer, g_object_get_data (data, "text"), -1);
  kontor_session_fail (session, error);
}

static void
log_note (KontorTimeline *self, const char *text)
{
  g_autoptr(KontorStep) step = kontor_step_new (_("Note added"));
  g_autoptr(KontorRecord) note = kontor_record_new (&kontor_activity_type, NULL);
  g_autoptr(KontorRecord) link = kontor_record_new (&kontor_activity_link_type, NULL);
  GObject *kept = g_object_new (G_TYPE_OBJECT, NULL);
  KontorId id;

  kontor_record_set_text (note, KONTOR_ACTIVITY_KIND, "note");
  kontor_record_set_text (note, KONTOR_ACTIVITY_TEXT, text);
  kontor_record_set_integer (note, KONTOR_ACTIVITY_AT, kontor_session_now (self->session));
  id = kontor_step_create (step, note);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_ACTIVITY, &id);
  kontor_record_set_text (link,
                          KONTOR_ACTIVITY_LINK_TARGET_TYPE,
                          kontor_record_get_record_type (self->record)->name);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_TARGET, kontor_record_get_id (self->record));
  kontor_step_link (step, link, TRUE);
  g_object_set_data_full (kept, "timeline", g_object_ref (self), g_object_unref);
  g_object_set_data_full (kept, "text", g_strdup (text), g_free);
  g_object_set_data_full (kept, "key", dup_draft_key (self->record), g_free);
  kontor_session_commit_then (self->session, step, logged_cb, kept, g_object_unref);
}

static void
log_clicked_cb (KontorTimeline *self)
{
  g_autofree char *text = dup_text (self);

  if (*text == '\0')
    return;
  log_note (self, text);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  save_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static gboolean
composer_key_pressed_cb (GtkEventControllerKey *controller,
                         guint keyval,
                         guint keycode,
                         GdkModifierType state,
                         KontorTimeline *self)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  log_clicked_cb (self);
  return GDK_EVENT_STOP;
}

/* A note that was begun stays with its record. */
static void
change_draft (KontorTimeline *self, KontorRecord *record)
{
  g_autofree char *key = dup_draft_key (record);
  g_autofree char *draft = kontor_draft_dup (key, NULL);

  save_draft (self);
  self->loads_draft = TRUE;
  gtk_text_buffer_set_text (self->buffer, draft != NULL ? draft : "", -1);
  self->loads_draft = FALSE;
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
  if (self->buffer != NULL)
    save_draft (self);
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
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, buffer);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, placeholder);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, composer_clamp);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, log_button);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorTimeline, list);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, composer_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_clicked_cb);
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

  if (!same)
    change_draft (self, record);
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
