/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A menu button over the list of jobs: those under way, and what came of those that have ended. */
#include "config.h"

#include "kontor-job-button.h"

#include <glib/gi18n.h>

struct _KontorJobButton
{
  GtkWidget parent_instance;

  /* borrowed: children */
  GtkWidget *button;
  GtkListBox *list;

  /* owned */
  KontorSession *session;
  GListModel *jobs;
};

G_DEFINE_FINAL_TYPE (KontorJobButton, kontor_job_button, GTK_TYPE_WIDGET)

static void
fraction_changed_cb (KontorJob *job, GParamSpec *pspec, GtkProgressBar *bar)
{
  double fraction = kontor_job_get_fraction (job);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (bar, fraction);
  else
    gtk_progress_bar_pulse (bar);
}

static void
stop (GtkButton *button, KontorJob *job, gboolean keep)
{
  kontor_job_stop (job, keep);
  gtk_widget_set_sensitive (gtk_widget_get_parent (GTK_WIDGET (button)), FALSE);
}

static void
keep_clicked_cb (GtkButton *button, KontorJob *job)
{
  stop (button, job, TRUE);
}

static void
cancel_clicked_cb (GtkButton *button, KontorJob *job)
{
  stop (button, job, FALSE);
}

static void
dismiss_clicked_cb (GtkButton *button, KontorJobButton *self)
{
  kontor_session_dismiss_job (self->session, g_object_get_data (G_OBJECT (button), "job"));
}

/* What was done, instead of how far it is. */
static void
job_finished_cb (KontorJob *job, GParamSpec *pspec, GtkWidget *row)
{
  const char *outcome = kontor_job_get_outcome (job);

  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "bar"), FALSE);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "detail"), FALSE);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "stops"), FALSE);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "dismiss"), TRUE);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "title"),
                      outcome != NULL ? outcome : kontor_job_get_title (job));
}

static GtkWidget *
add_label (GtkWidget *row, GtkWidget *column, const char *key, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_box_append (GTK_BOX (column), label);
  g_object_set_data (G_OBJECT (row), key, label);
  return label;
}

static void
add_progress (GtkWidget *row, GtkWidget *column, KontorJob *job)
{
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *detail;

  gtk_widget_set_size_request (bar, 200, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kontor_job_get_title (job),
                                  -1);
  gtk_box_append (GTK_BOX (column), bar);
  g_object_set_data (G_OBJECT (row), "bar", bar);
  detail = add_label (row, column, "detail", NULL);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "numeric");
  g_object_bind_property (job, "detail", detail, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (job, "notify::fraction", G_CALLBACK (fraction_changed_cb), bar, 0);
  fraction_changed_cb (job, NULL, GTK_PROGRESS_BAR (bar));
}

static void
add_stop (GtkWidget *buttons, const char *label, GCallback clicked, KontorJob *job)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, job, 0);
  gtk_box_append (GTK_BOX (buttons), button);
}

/* Says what becomes of what is done, where there is a choice. */
static GtkWidget *
create_stops (KontorJob *job)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  if (kontor_job_can_keep (job))
    {
      add_stop (buttons, _("Stop and _keep"), G_CALLBACK (keep_clicked_cb), job);
      add_stop (buttons, _("Stop and take _back"), G_CALLBACK (cancel_clicked_cb), job);
    }
  else
    {
      add_stop (buttons, _("_Cancel"), G_CALLBACK (cancel_clicked_cb), job);
    }
  return buttons;
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  KontorJobButton *self = data;
  KontorJob *job = item;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *stops = create_stops (job);
  GtkWidget *dismiss = gtk_button_new_with_mnemonic (_("_Dismiss"));

  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  add_label (row, column, "title", kontor_job_get_title (job));
  add_progress (row, column, job);
  gtk_widget_set_valign (dismiss, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (dismiss, FALSE);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (row), stops);
  gtk_box_append (GTK_BOX (row), dismiss);
  g_object_set_data (G_OBJECT (row), "stops", stops);
  g_object_set_data (G_OBJECT (row), "dismiss", dismiss);
  g_object_set_data_full (G_OBJECT (dismiss), "job", g_object_ref (job), g_object_unref);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  g_signal_connect_object (dismiss, "clicked", G_CALLBACK (dismiss_clicked_cb), self, 0);
  g_signal_connect_object (job, "notify::finished", G_CALLBACK (job_finished_cb), row, 0);
  if (kontor_job_is_finished (job))
    job_finished_cb (job, NULL, row);
  return row;
}

static void
update_button (KontorJobButton *self)
{
  guint n = g_list_model_get_n_items (self->jobs);
  gboolean running = FALSE;
  const char *label;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorJob) job = g_list_model_get_item (self->jobs, i);

      running = running || !kontor_job_is_finished (job);
    }
  label = running ? _("Work under way") : _("Work that has ended");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button),
                                 running ? "emblem-synchronizing-symbolic" : "emblem-ok-symbolic");
  gtk_widget_set_tooltip_text (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  if (n == 0)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
jobs_changed_cb (GListModel *jobs,
                 guint position,
                 guint removed,
                 guint added,
                 KontorJobButton *self)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(KontorJob) job = g_list_model_get_item (jobs, position + i);

      g_signal_connect_object (job,
                               "notify::finished",
                               G_CALLBACK (update_button),
                               self,
                               G_CONNECT_SWAPPED);
    }
  update_button (self);
}

static void
kontor_job_button_dispose (GObject *object)
{
  KontorJobButton *self = KONTOR_JOB_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->jobs);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_job_button_parent_class)->dispose (object);
}

static void
kontor_job_button_class_init (KontorJobButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kontor_job_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kontor_job_button_init (KontorJobButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Work under way"),
                                  -1);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_widget_set_halign (popover, GTK_ALIGN_END); /* the button is near the edge */
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kontor_job_button_set_session:
 * @self: a button
 * @session: a session, whose jobs it shows
 */
void
kontor_job_button_set_session (KontorJobButton *self, KontorSession *session)
{
  g_set_object (&self->session, session);
  g_set_object (&self->jobs, kontor_session_get_jobs (session));
  gtk_list_box_bind_model (self->list, self->jobs, create_row, self, NULL);
  g_signal_connect_object (self->jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, 0);
  jobs_changed_cb (self->jobs, 0, 0, g_list_model_get_n_items (self->jobs), self);
}
