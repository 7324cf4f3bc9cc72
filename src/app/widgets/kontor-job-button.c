/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A menu button over the list of running jobs. */
#include "config.h"

#include "kontor-job-button.h"

#include <glib/gi18n.h>

struct _KontorJobButton
{
  GtkWidget parent_instance;

  /* borrowed: children */
  GtkWidget *button;
  GtkListBox *list;

  GListModel *jobs; /* owned */
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
cancel_clicked_cb (GtkButton *button, KontorJob *job)
{
  g_cancellable_cancel (kontor_job_get_cancellable (job));
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  KontorJob *job = item;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (kontor_job_get_title (job));
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *detail = gtk_label_new (NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_widget_set_size_request (bar, 240, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kontor_job_get_title (job),
                                  -1);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), title);
  gtk_box_append (GTK_BOX (column), bar);
  gtk_box_append (GTK_BOX (column), detail);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (row), cancel);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  g_object_bind_property (job, "detail", detail, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (job, "notify::fraction", G_CALLBACK (fraction_changed_cb), bar, 0);
  fraction_changed_cb (job, NULL, GTK_PROGRESS_BAR (bar));
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_clicked_cb), job, 0);
  return row;
}

static void
jobs_changed_cb (KontorJobButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (self->jobs) > 0);
}

static void
kontor_job_button_dispose (GObject *object)
{
  KontorJobButton *self = KONTOR_JOB_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->jobs);
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
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "emblem-synchronizing-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_tooltip_text (self->button, _("Work under way"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Work under way"),
                                  -1);
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
  g_set_object (&self->jobs, kontor_session_get_jobs (session));
  gtk_list_box_bind_model (self->list, self->jobs, create_row, NULL, NULL);
  g_signal_connect_object (self->jobs,
                           "items-changed",
                           G_CALLBACK (jobs_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  jobs_changed_cb (self);
}
