/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking without writing, then writing as a job that goes on when the window is closed. */
#include "config.h"

#include "kontor-import-window-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

#define SHOWN_AS "kontor-job" /* of an import job: in the header bar */

/* Problems that are named; the rows have a page of their own. */
#define PROBLEMS_BEFORE 3
#define PROBLEMS_AFTER 100

/* --- Checking --------------------------------------------------------------------------------- */

typedef struct
{
  KontorWorkspace *workspace;
  KontorImportSource *source;
  KontorInspection *inspection;
  KontorImportMap *map;
  KontorImportOptions *options;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_object_unref (check->workspace);
  kontor_import_source_unref (check->source);
  kontor_inspection_unref (check->inspection);
  g_clear_pointer (&check->map, kontor_import_map_unref);
  kontor_import_options_free (check->options);
  g_free (check);
}

static void
free_answer (gpointer answer)
{
  kontor_import_check_unref (answer);
}

static void
run_check (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Check *check = data;
  GError *error = NULL;
  KontorImportCheck *answer = kontor_import_check (check->workspace,
                                                   check->source,
                                                   check->inspection,
                                                   check->map,
                                                   check->options,
                                                   NULL,
                                                   NULL,
                                                   cancellable,
                                                   &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, free_answer);
  else
    g_task_return_error (task, error);
}

static void
append_count (GString *text, guint64 n, const char *format)
{
  g_autofree char *number = kontor_integer_format ((gint64) n);
  g_autofree char *part = NULL;

  if (n == 0)
    return;
  part = g_strdup_printf (format, number);
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Enter goes on, unless a choice on the page is being made. */
static void
focus_next (KontorImportWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages)))
    gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

static void
show_verdict (KontorImportWindow *self)
{
  const KontorImportCheck *check = self->check;

  gtk_widget_set_visible (self->problem_group,
                          check->n_faulty > 0 ||
                            kontor_import_report_get_warnings (check->report)->len > 0);
  gtk_widget_set_visible (self->known_group,
                          check->n_update + check->n_known + check->n_duplicates > 0 ||
                            gtk_check_button_get_active (self->add_choice));
  kontor_import_window_fill_problems (self->problems, check->report, PROBLEMS_BEFORE);
  kontor_import_window_show_checked (self);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (source);
  g_autoptr(GError) error = NULL;
  KontorImportCheck *check = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->pages == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&check, kontor_import_check_unref);
      return;
    }
  gtk_spinner_stop (self->check_spinner);
  if (check == NULL)
    {
      kontor_import_window_show_error (self, error);
      return;
    }
  g_clear_pointer (&self->check, kontor_import_check_unref);
  self->check = check;
  show_verdict (self);
  focus_next (self);
}

void
kontor_import_window_start_check (KontorImportWindow *self)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  Check *check;

  if (self->map != NULL && !kontor_import_map_check (self->map, &error))
    {
      kontor_session_fail (self->session, error);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  check = g_new0 (Check, 1);
  check->workspace = g_object_ref (kontor_session_get_workspace (self->session));
  check->source = kontor_import_source_ref (self->source);
  check->inspection = kontor_inspection_ref (self->inspection);
  check->map = self->map != NULL ? kontor_import_map_ref (self->map) : NULL;
  check->options = kontor_import_window_build_options (self);
  kontor_import_window_show_options (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "check") != 0)
    kontor_import_window_show_page (self, "check");
  gtk_label_set_text (self->verdict_label, _("Looking at the rows…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), FALSE);
  gtk_widget_set_visible (self->problem_group, FALSE);
  gtk_spinner_start (self->check_spinner);
  task = g_task_new (self, self->cancellable, checked_cb, NULL);
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, run_check);
}

/* --- Writing ---------------------------------------------------------------------------------- */

/* The job in the header bar, and the window while it is open. */
typedef struct
{
  KontorImportWindow *window; /* owned */
  KontorSession *session;     /* owned */
  KontorJob *shown;           /* owned */
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->window);
  g_object_unref (run->session);
  g_object_unref (run->shown);
  g_free (run);
}

static const char *
find_phase_name (KontorImportPhase phase)
{
  switch (phase)
    {
    case KONTOR_IMPORT_FINISHING:
      return _("Finishing");
    case KONTOR_IMPORT_TAKING_BACK:
      return _("Taking back");
    case KONTOR_IMPORT_READING:
    default:
      return _("Importing…");
    }
}

static void
progress_cb (KontorImportJob *job, const KontorImportState *state, KontorJob *shown)
{
  kontor_job_report ((guint64) (state->fraction * 1000), 1000, shown);
}

static void
window_progress_cb (KontorImportJob *job, const KontorImportState *state, KontorImportWindow *self)
{
  g_autofree char *rows = kontor_integer_format ((gint64) state->rows);
  g_autofree char *text = g_strdup_printf (ngettext ("%s row", "%s rows", state->rows), rows);

  if (self->pages == NULL)
    return;
  gtk_progress_bar_set_fraction (self->progress, state->fraction);
  gtk_label_set_text (self->progress_label,
                      state->phase == KONTOR_IMPORT_READING ? text
                                                            : find_phase_name (state->phase));
}

static char *
dup_done_title (const KontorImportCounts *counts)
{
  guint64 n = counts->created + counts->updated;
  g_autofree char *imported = kontor_integer_format ((gint64) n);
  g_autofree char *left_out = kontor_integer_format ((gint64) counts->failed);

  if (counts->failed > 0)
    /* Translators: numbers of rows of an import: "1,191 imported, 4 not" */
    return g_strdup_printf (_("%s imported, %s not"), imported, left_out);
  return g_strdup_printf (ngettext ("%s imported", "%s imported", n), imported);
}

static void
show_done (KontorImportWindow *self)
{
  const KontorImportCounts *counts = kontor_import_report_get_counts (self->result->report);
  g_autofree char *title = dup_done_title (counts);
  g_autoptr(GString) text = g_string_new (NULL);

  append_count (text, counts->created, ngettext ("%s new", "%s new", counts->created));
  append_count (text,
                counts->updated,
                ngettext ("%s record changed", "%s records changed", counts->updated));
  append_count (text,
                counts->skipped,
                ngettext ("%s known already", "%s known already", counts->skipped));
  append_count (text,
                counts->others,
                ngettext ("%s linked record added", "%s linked records added", counts->others));
  adw_status_page_set_icon_name (self->done_page,
                                 counts->failed > 0 ? "dialog-warning-symbolic"
                                                    : "emblem-ok-symbolic");
  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, text->str);
  gtk_widget_set_visible (self->save_faulty_button, counts->failed > 0);
  gtk_widget_set_visible (self->show_button, !kontor_id_is_null (&self->result->view));
  gtk_widget_set_visible (self->undo_button, counts->created + counts->updated > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->done_problems),
                          counts->failed > 0 ||
                            kontor_import_report_get_warnings (self->result->report)->len > 0);
  kontor_import_window_fill_problems (self->done_problems, self->result->report, PROBLEMS_AFTER);
  kontor_import_window_show_page (self, "done");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.undo", TRUE);
}

static void
announce (KontorSession *session, KontorImportResult *result)
{
  const KontorImportCounts *counts = kontor_import_report_get_counts (result->report);
  KontorCommit commit = { .step = result->step };
  g_autofree char *title = dup_done_title (counts);

  if (counts->created + counts->updated == 0)
    return;
  commit.label = title;
  kontor_session_announce (session, &commit);
}

static void
finish_shown (KontorJob *shown, const KontorImportResult *answer, const GError *error)
{
  g_autofree char *text = NULL;

  if (answer != NULL)
    text = dup_done_title (kontor_import_report_get_counts (answer->report));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_("Cancelled, nothing was imported"));
  else
    text = kontor_error_describe (error);
  kontor_job_finish (shown, text);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  KontorImportWindow *self = run->window;
  g_autoptr(GError) error = NULL;
  KontorImportResult *answer =
    kontor_import_job_run_finish (KONTOR_IMPORT_JOB (source), result, &error);
  gboolean open = self->pages != NULL;

  finish_shown (run->shown, answer, error);
  if (answer == NULL)
    {
      if (open && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kontor_import_window_show_page (self, "check");
      else if (open)
        kontor_import_window_show_error (self, error);
      else
        kontor_session_fail (run->session, error);
    }
  else
    {
      announce (run->session, answer);
      g_clear_pointer (&self->result, kontor_import_result_free);
      self->result = answer;
      if (open)
        show_done (self);
      else
        g_clear_pointer (&self->result, kontor_import_result_free);
    }
  run_free (run);
}

static void
shown_cancelled_cb (GCancellable *cancellable, KontorImportJob *job)
{
  kontor_import_job_stop (job, kontor_job_keeps (g_object_get_data (G_OBJECT (job), SHOWN_AS)));
}

void
kontor_import_window_start (KontorImportWindow *self)
{
  g_autoptr(KontorImportOptions) options = NULL;
  g_autofree char *title = NULL;
  Run *run;

  if (!kontor_import_window_check_options (self))
    return;
  options = kontor_import_window_build_options (self);
  kontor_import_row_model_add_to (self->rows, options);
  run = g_new0 (Run, 1);
  /* Translators: %s is a file */
  title = g_strdup_printf (_("Importing %s"), kontor_import_source_get_name (self->source));
  g_clear_object (&self->job);
  self->job = kontor_import_job_new (kontor_session_get_workspace (self->session),
                                     self->source,
                                     self->inspection,
                                     self->map,
                                     options);
  run->window = g_object_ref (self);
  run->session = g_object_ref (self->session);
  run->shown = kontor_job_new (title);
  kontor_job_set_can_keep (run->shown);
  g_object_set_data_full (G_OBJECT (self->job),
                          SHOWN_AS,
                          g_object_ref (run->shown),
                          g_object_unref);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (progress_cb), run->shown, 0);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (window_progress_cb), self, 0);
  g_signal_connect_object (kontor_job_get_cancellable (run->shown),
                           "cancelled",
                           G_CALLBACK (shown_cancelled_cb),
                           self->job,
                           0);
  kontor_session_add_job (self->session, run->shown);
  kontor_import_window_show_page (self, "working");
  kontor_import_job_run_async (self->job, ran_cb, run);
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
stop_keep_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);

  if (self->job != NULL)
    kontor_import_job_stop (self->job, TRUE);
}

static void
stop_back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);

  if (self->job != NULL)
    kontor_import_job_stop (self->job, FALSE);
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);

  if (self->result == NULL)
    return;
  kontor_session_undo (self->session, &self->result->step);
  gtk_window_close (GTK_WINDOW (self));
}

/* The view of what came, in the window the assistant belongs to. */
static void
show_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  char id[KONTOR_ID_TEXT_SIZE];

  if (self->result == NULL || kontor_id_is_null (&self->result->view) || parent == NULL)
    return;
  kontor_id_format (&self->result->view, id);
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-view", "s", id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
faulty_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL || self->result == NULL)
    return;
  if (!kontor_import_report_save_faulty (self->result->report, path, NULL, &error))
    kontor_session_fail (self->session, error);
}

static void
save_faulty_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);
  /* Translators: suggested name of a file with the rows that could not be imported */
  g_autofree char *suggestion =
    g_strdup_printf (_("left out of %s"), kontor_import_source_get_name (self->source));

  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_SAVE,
                             _("Save the rows left out"),
                             _("_Save"),
                             suggestion,
                             NULL,
                             faulty_chosen_cb,
                             NULL);
}

void
kontor_import_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "import.stop-keep", NULL, stop_keep_activated);
  gtk_widget_class_install_action (klass, "import.stop-back", NULL, stop_back_activated);
  gtk_widget_class_install_action (klass, "import.undo", NULL, undo_activated);
  gtk_widget_class_install_action (klass, "import.show", NULL, show_activated);
  gtk_widget_class_install_action (klass, "import.save-faulty", NULL, save_faulty_activated);
}
