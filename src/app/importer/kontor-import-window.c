/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the assistant and the way through them. */
#include "config.h"

#include "kontor-import-window-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-number.h"
#include "kontor-wrap-layout.h"
#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (KontorImportWindow, kontor_import_window, ADW_TYPE_WINDOW)

static const KontorFileFilter filters[] = {
  { N_("Tables and records"), "*.csv;*.tsv;*.txt;*.json;*.jsonl;*.ndjson;*.vcf" },
  { N_("All files"), "*" },
  { NULL, NULL },
};

/* --- Pages ------------------------------------------------------------------------------------ */

typedef struct
{
  const char *page;
  const char *subtitle;   /* N_() */
  const char *next_label; /* N_(), or NULL */
  gboolean can_go_back;
} Step;

static const Step steps[] = {
  { "file", N_("1 of 4 · File"), NULL, FALSE },
  { "match", N_("2 of 4 · Match columns"), N_("_Next"), TRUE },
  { "check", N_("3 of 4 · Check"), N_("_Import"), TRUE },
  { "rows", N_("3 of 4 · Rows"), NULL, TRUE },
  { "working", N_("4 of 4 · Importing"), NULL, FALSE },
  { "done", N_("4 of 4 · Done"), N_("_Close"), FALSE },
};

void
kontor_import_window_show_page (KontorImportWindow *self, const char *name)
{
  const Step *step = steps;

  while (!g_str_equal (step->page, name))
    step++;
  adw_window_title_set_title (self->window_title,
                              self->source != NULL ? kontor_import_source_get_name (self->source)
                                                   : _("Import"));
  adw_window_title_set_subtitle (self->window_title, _(step->subtitle));
  gtk_widget_set_visible (self->back_button, step->can_go_back);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), step->next_label != NULL);
  if (step->next_label != NULL)
    gtk_button_set_label (self->next_button, _(step->next_label));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), TRUE);
  gtk_stack_set_visible_child_name (self->pages, name);
  if (step->next_label != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

/* An error brings back the first page, with what to do. */
void
kontor_import_window_show_error (KontorImportWindow *self, const GError *error)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = kontor_error_describe (error);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_icon_name (self->file_page, "dialog-warning-symbolic");
  adw_status_page_set_title (self->file_page, _("The file can't be imported"));
  adw_status_page_set_description (self->file_page, escaped);
  kontor_import_window_show_page (self, "file");
  gtk_widget_grab_focus (self->choose_button);
}

static GtkWidget *
create_problem_row (const KontorImportProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = kontor_integer_format ((gint64) problem->line);
  g_autofree char *title = g_strdup_printf (_("Line %s"), line);
  g_autofree char *reason = g_markup_escape_text (problem->reason, -1);
  g_autofree char *text = NULL;

  if (problem->column != NULL && problem->value != NULL)
    {
      g_autofree char *escaped =
        g_markup_printf_escaped ("%s: %s", problem->column, problem->value);

      text = g_strdup_printf ("%s\n%s", reason, escaped);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text != NULL ? text : reason);
  return row;
}

/* What is to be known of the file as a whole, such as a photo that was too large. */
static void
append_warnings (GtkListBox *list, KontorImportReport *report)
{
  GPtrArray *warnings = kontor_import_report_get_warnings (report);

  for (guint i = 0; i < warnings->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = g_markup_escape_text (g_ptr_array_index (warnings, i), -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      gtk_list_box_append (list, row);
    }
}

void
kontor_import_window_fill_problems (GtkListBox *list, KontorImportReport *report, guint n_shown)
{
  GPtrArray *problems = kontor_import_report_get_problems (report);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  append_warnings (list, report);
  for (guint i = 0; i < problems->len && i < n_shown; i++)
    gtk_list_box_append (list, create_problem_row (g_ptr_array_index (problems, i)));
  if (problems->len > n_shown)
    {
      GtkWidget *more = adw_action_row_new ();
      guint64 n = kontor_import_report_get_counts (report)->failed - n_shown;
      g_autofree char *number = kontor_integer_format ((gint64) n);
      g_autofree char *title = g_strdup_printf (ngettext ("And %s more", "And %s more", n), number);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (more), title);
      gtk_list_box_append (list, more);
    }
}

/* --- Reading the file ------------------------------------------------------------------------- */

static void
set_reading (KontorImportWindow *self, gboolean reading)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), reading);
  gtk_widget_set_sensitive (self->choose_button, !reading);
  if (reading)
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

static void
inspected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KontorImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  KontorInspection *inspection = kontor_inspect_finish (result, &error);

  if (self->pages == NULL)
    {
      g_clear_pointer (&inspection, kontor_inspection_unref);
      return;
    }
  set_reading (self, FALSE);
  if (inspection == NULL)
    {
      kontor_import_window_show_error (self, error);
      return;
    }
  g_clear_pointer (&self->inspection, kontor_inspection_unref);
  self->inspection = inspection;
  kontor_import_row_model_forget (self->rows);
  kontor_import_window_show_match (self);
}

static void
files_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (source);
  g_autoptr(GListModel) files = kontor_choose_files_finish (result, NULL);
  g_autoptr(GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL)
    kontor_import_window_open (self, file);
}

static void
choose_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_choose_files_async (widget,
                             KONTOR_CHOOSE_OPEN,
                             _("Import"),
                             _("_Open"),
                             NULL,
                             filters,
                             files_chosen_cb,
                             NULL);
}

/* --- The way ---------------------------------------------------------------------------------- */

static void
back_clicked_cb (KontorImportWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);

  if (g_str_equal (page, "rows"))
    {
      kontor_import_window_leave_rows (self);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  kontor_import_window_show_page (self,
                                  g_str_equal (page, "check") && self->map != NULL ? "match"
                                                                                   : "file");
}

/* Escape: out of the rows, else out of the assistant. */
static void
leave_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->pages), "rows"))
    kontor_import_window_leave_rows (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
next_clicked_cb (KontorImportWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);

  if (g_str_equal (page, "match"))
    kontor_import_window_start_check (self);
  else if (g_str_equal (page, "check"))
    kontor_import_window_start (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
type_changed_cb (KontorImportWindow *self)
{
  if (self->settling)
    return;
  self->awaits_mapping = FALSE;
  kontor_import_window_type_changed (self);
}

static void
kontor_import_window_dispose (GObject *object)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->fill_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_IMPORT_WINDOW);
  if (self->names != NULL)
    kontor_import_names_stop (self->names);
  g_clear_object (&self->names);
  g_clear_object (&self->rows);
  g_clear_object (&self->tags);
  g_clear_object (&self->mappings);
  g_clear_object (&self->mapping_menu);
  g_clear_pointer (&self->mapping_rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_object (&self->target_names);
  g_clear_pointer (&self->source, kontor_import_source_unref);
  g_clear_pointer (&self->inspection, kontor_inspection_unref);
  g_clear_pointer (&self->map, kontor_import_map_unref);
  g_clear_pointer (&self->check, kontor_import_check_unref);
  g_clear_pointer (&self->result, kontor_import_result_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_import_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, window_title);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, back_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, next_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, pages);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, file_page);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, choose_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, spinner);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, match_bar);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, facts_label);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, type_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, columns);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, verdict_label);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, check_spinner);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, problem_group);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, problems);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, progress);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, progress_label);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, done_page);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, show_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, undo_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, save_faulty_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, done_problems);
}

static void
kontor_import_window_class_init (KontorImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_import_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/importer/kontor-import-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_changed_cb);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_activated);
  gtk_widget_class_install_action (widget_class, "import.leave", NULL, leave_activated);
  kontor_import_window_bind_mappings (widget_class);
  kontor_import_window_bind_options (widget_class);
  kontor_import_window_bind_rows (widget_class);
  kontor_import_window_install_actions (widget_class);
}

static void
kontor_import_window_init (KontorImportWindow *self)
{
  self->settling = TRUE;
  g_type_ensure (KONTOR_TYPE_LINK_ENTRY);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->match_bar, kontor_wrap_layout_new (12));
  kontor_stack_tell_hidden (self->pages);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.undo", FALSE);
  self->settling = FALSE;
  self->cancellable = g_cancellable_new ();
}

/**
 * kontor_import_window_new:
 * @session: a session
 *
 * Returns: (transfer full): the assistant, at its first page
 */
GtkWidget *
kontor_import_window_new (KontorSession *session)
{
  KontorImportWindow *self = g_object_new (KONTOR_TYPE_IMPORT_WINDOW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session,
                           "schema-changed",
                           G_CALLBACK (kontor_import_window_fields_changed),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_import_window_set_up_mappings (self);
  kontor_import_window_set_up_options (self);
  kontor_import_window_set_up_rows (self);
  kontor_import_window_show_page (self, "file");
  return GTK_WIDGET (self);
}

static void
open_source (KontorImportWindow *self, KontorImportSource *source)
{
  g_clear_pointer (&self->source, kontor_import_source_unref);
  self->source = source;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  kontor_import_window_show_page (self, "file");
  set_reading (self, TRUE);
  kontor_inspect_async (self->source,
                        kontor_session_get_schema (self->session),
                        NULL,
                        self->cancellable,
                        inspected_cb,
                        g_object_ref (self));
}

/**
 * kontor_import_window_open_stream:
 * @self: the assistant
 * @stream: bytes in memory
 * @name: what people call it
 *
 * Looks at @stream as at a file.
 */
void
kontor_import_window_open_stream (KontorImportWindow *self, GInputStream *stream, const char *name)
{
  g_autoptr(GError) error = NULL;
  KontorImportSource *source = kontor_import_source_new_for_stream (stream, name, NULL, &error);

  self->pasted = TRUE;
  if (source != NULL)
    open_source (self, source);
  else
    kontor_import_window_show_error (self, error);
}

/**
 * kontor_import_window_open:
 * @self: the assistant
 * @file: a file
 *
 * Looks at @file and goes to the second page, or says why it can't be imported.
 */
void
kontor_import_window_open (KontorImportWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr(GError) error = NULL;
  KontorImportSource *source;

  if (path == NULL)
    {
      error = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                                KONTOR_ERROR_NOT_FOUND,
                                _("Only files of this computer can be imported: save it first."));
      kontor_import_window_show_error (self, error);
      return;
    }
  source = kontor_import_source_new_for_path (path, NULL, &error);
  if (source == NULL)
    {
      kontor_import_window_show_error (self, error);
      return;
    }
  open_source (self, source);
}
