/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the selected rows: to the trash, out of it, for good. */
#include "config.h"

#include "kontor-record-list-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-freshness.h"
#include "kontor-mass-dialog.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

/* Changes of more records are shown as a job. */
#define JOB_FROM 500

/* "214 people moved to trash", "Ana Trujillo moved to trash" */
static char *
dup_label (KontorRecordList *self, const KontorMassAction *action, guint n)
{
  g_autoptr(KontorListRow) row =
    g_list_model_get_item (G_LIST_MODEL (self->model),
                           kontor_selection_get_first (self->selection));
  KontorRecord *record = row != NULL ? kontor_list_row_get_record (row) : NULL;
  g_autofree char *title = NULL;

  if (n == 1 && record != NULL)
    {
      title = kontor_list_spec_dup_name (self->spec, record);
      if (action->kind == KONTOR_MASS_TRASH)
        return g_strdup_printf (_("%s moved to trash"), title);
      if (action->kind == KONTOR_MASS_RESTORE)
        return g_strdup_printf (_("%s restored"), title);
      return g_strdup_printf (_("%s deleted for good"), title);
    }
  return kontor_mass_action_dup_label (action, n);
}

static void
finish_job (KontorJob *job, const KontorCommit *commit, const GError *error)
{
  g_autofree char *text = NULL;

  if (commit != NULL)
    text = g_strdup (commit->label);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_("Cancelled, nothing was changed"));
  else
    text = kontor_error_describe (error);
  kontor_job_finish (job, text);
}

/* @user_data: (nullable) (transfer full): the job it is shown as */
static void
mass_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorSession *session = KONTOR_SESSION (source);
  g_autoptr(KontorJob) job = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorCommit) commit = kontor_mass_change_finish (result, &error);

  if (job != NULL)
    finish_job (job, commit, error);
  if (commit != NULL)
    kontor_session_announce (session, commit);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kontor_session_fail (session, error);
  else
    kontor_session_tell (session, _("Cancelled, nothing was changed"));
}

static void
run_action (KontorRecordList *self, KontorMassAction *action, GArray *rids, const char *label)
{
  g_autofree char *number = kontor_integer_format (rids->len);
  g_autofree char *title =
    g_strdup_printf (ngettext ("Changing %s record", "Changing %s records", rids->len), number);
  KontorJob *job = rids->len > JOB_FROM ? kontor_job_new (title) : NULL;

  if (job != NULL)
    {
      kontor_job_set_can_keep (job);
      kontor_session_add_job (self->session, job);
    }
  kontor_mass_change_async (self->session,
                            action,
                            self->spec->type,
                            rids,
                            label,
                            job,
                            mass_changed_cb,
                            job);
}

static void
change_selected (KontorRecordList *self, KontorMassKind kind)
{
  g_autoptr(GArray) rids = kontor_selection_get_rids (self->selection);
  KontorMassAction *action;
  g_autofree char *label = NULL;

  if (rids->len == 0)
    return;
  action = kontor_mass_action_new (kind);
  label = dup_label (self, action, rids->len);
  run_action (self, action, rids, label);
}

/* --- A field, an owner, a tag -------------------------------------------------------------------
 */

static void
answered_cb (KontorMassDialog *dialog, KontorRecordList *self)
{
  KontorMassAction *action = kontor_mass_dialog_take_action (dialog);
  GArray *rids = g_object_get_data (G_OBJECT (dialog), "rids");
  g_autofree char *label = kontor_mass_action_dup_label (action, rids->len);

  run_action (self, action, rids, label);
}

static void
ask (KontorRecordList *self, KontorMassAsk what)
{
  g_autoptr(GArray) rids = kontor_selection_get_rids (self->selection);
  GtkWidget *dialog;

  if (rids->len == 0)
    return;
  dialog = kontor_mass_dialog_new (self->session, self->spec->type, what, rids->len);
  /* those that the question was about, whatever is selected when it is answered */
  g_object_set_data_full (G_OBJECT (dialog),
                          "rids",
                          g_steal_pointer (&rids),
                          (GDestroyNotify) g_array_unref);
  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "answered", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
change_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (KONTOR_RECORD_LIST (widget), KONTOR_MASS_ASK_FIELD);
}

static void
assign_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (KONTOR_RECORD_LIST (widget), KONTOR_MASS_ASK_OWNER);
}

static void
tag_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (KONTOR_RECORD_LIST (widget), KONTOR_MASS_ASK_TAG);
}

static void
confirm_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  g_autoptr(GArray) rids = kontor_selection_get_rids (self->selection);
  KontorMassAction *action;
  g_autofree char *label = NULL;

  if (rids->len == 0)
    return;
  action = kontor_mass_action_new (KONTOR_MASS_CONFIRM);
  label = kontor_mass_action_dup_label (action, rids->len);
  run_action (self, action, rids, label);
}

/* --- Export ----------------------------------------------------------------------------------- */

static void
hand_over (KontorRecordList *self, const char *action, KontorQuery *query, GArray *rids)
{
  g_autofree char *text = kontor_query_to_text (query);

  gtk_widget_activate_action (GTK_WIDGET (self),
                              action,
                              "(s@ax)",
                              text,
                              g_variant_new_fixed_array (G_VARIANT_TYPE_INT64,
                                                         rids != NULL ? rids->data : NULL,
                                                         rids != NULL ? rids->len : 0,
                                                         sizeof (gint64)));
}

/* Without a selection all rows. */
static void
export_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  g_autoptr(GArray) rids = kontor_selection_get_rids (self->selection);
  g_autoptr(KontorQuery) query = kontor_record_list_build_query (self);

  hand_over (self, "win.export", query, rids->len > 1 ? rids : NULL);
}

/* The columns of the table as they are arranged, whether it is shown or not. */
static void
copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  g_autoptr(GArray) rids = kontor_selection_get_rids (self->selection);
  g_autoptr(GPtrArray) columns = kontor_record_table_get_fields (self->table_view);
  g_autoptr(KontorQuery) query = kontor_record_list_build_query (self);

  for (guint i = 0; i < columns->len; i++)
    kontor_query_add_column (query, g_ptr_array_index (columns, i));
  if (rids->len > 0)
    hand_over (self, "win.copy-records", query, rids);
}

/* --- Trash ------------------------------------------------------------------------------------ */

static void
trash_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_selected (KONTOR_RECORD_LIST (widget), KONTOR_MASS_TRASH);
}

static void
restore_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_selected (KONTOR_RECORD_LIST (widget), KONTOR_MASS_RESTORE);
}

static void
purge_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  if (kontor_confirm_finish (result))
    change_selected (KONTOR_RECORD_LIST (source), KONTOR_MASS_PURGE);
}

static void
purge_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  guint n = kontor_selection_get_n_selected (self->selection);
  g_autofree char *heading = NULL;

  if (n == 0)
    return;
  heading =
    g_strdup_printf (ngettext ("Delete %u record for good?", "Delete %u records for good?", n), n);
  kontor_confirm_async (widget,
                        heading,
                        _("Notes and files go too. This can't be undone."),
                        _("_Delete"),
                        purge_confirmed_cb,
                        NULL);
}

/* Delete: of what is in the trash for good, after a question. */
static void
delete_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  if (self->spec->scope == KONTOR_QUERY_TRASHED)
    purge_selected (widget, name, parameter);
  else
    trash_selected (widget, name, parameter);
}

/* Rows that are still being read are meant too. */
void
kontor_record_list_select_all (KontorRecordList *self)
{
  self->goes_in = FALSE;
  self->selects_all = kontor_list_model_is_loading (self->model);
  self->is_selecting = TRUE;
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
  self->is_selecting = FALSE;
}

static void
select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_record_list_select_all (KONTOR_RECORD_LIST (widget));
}

static void
unselect_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  self->selects_all = FALSE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

static void
open_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(KontorListRow) row = kontor_record_list_dup_selected (KONTOR_RECORD_LIST (widget));
  KontorRecord *record = row != NULL ? kontor_list_row_get_record (row) : NULL;
  const KontorRecordType *type;
  KontorId id;
  char text[KONTOR_ID_TEXT_SIZE];

  if (record == NULL ||
      !kontor_list_spec_get_subject (KONTOR_RECORD_LIST (widget)->spec, record, &type, &id))
    return;
  kontor_id_format (&id, text);
  gtk_widget_activate_action (widget, "win.open-window", "(ss)", type->name, text);
}

static void
clear_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  kontor_record_list_set_search (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
search_for (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  kontor_record_list_set_search (self, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} for_selected[] = {
  { "records.change", change_activated }, { "records.assign", assign_activated },
  { "records.tag", tag_activated },       { "records.confirm", confirm_activated },
  { "records.export", export_activated }, { "records.copy", copy_activated },
  { "records.trash", trash_selected },    { "records.restore", restore_selected },
  { "records.purge", purge_selected },    { "records.delete", delete_selected },
};

/* Where all are wanted and not all are there yet, it is done when they are. */
static void
selected_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  if (self->selects_all && kontor_list_model_is_loading (self->model))
    {
      g_free (self->waiting_action);
      self->waiting_action = g_strdup (name);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (for_selected); i++)
    if (g_str_equal (for_selected[i].name, name))
      for_selected[i].activate (widget, name, parameter);
}

/**
 * kontor_record_list_do_what_waited:
 * @self: a list pane whose rows are all there
 */
void
kontor_record_list_do_what_waited (KontorRecordList *self)
{
  g_autofree char *action = g_steal_pointer (&self->waiting_action);

  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

void
kontor_record_list_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (for_selected); i++)
    gtk_widget_class_install_action (klass, for_selected[i].name, NULL, selected_activated);
  gtk_widget_class_install_property_action (klass, "records.view", "view");
  gtk_widget_class_install_property_action (klass, "records.sort", "sort");
  gtk_widget_class_install_property_action (klass, "records.descending", "descending");
  gtk_widget_class_install_property_action (klass, "records.table", "table");
  gtk_widget_class_install_action (klass, "records.select-all", NULL, select_all);
  gtk_widget_class_install_action (klass, "records.unselect-all", NULL, unselect_all);
  gtk_widget_class_install_action (klass, "records.own-window", NULL, open_selected);
  gtk_widget_class_install_action (klass, "records.clear-search", NULL, clear_search);
  gtk_widget_class_install_action (klass, "records.search-for", "s", search_for);
}

static gboolean
can_tag (KontorRecordList *self)
{
  const KontorFieldDef *tags = kontor_record_type_find_field (self->spec->type, "tags");

  return tags != NULL && tags->kind == KONTOR_FIELD_TAGS;
}

void
kontor_record_list_update_actions (KontorRecordList *self, guint n_selected)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean trashed = self->spec->scope == KONTOR_QUERY_TRASHED;
  gboolean may = kontor_session_can (self->session, self->spec->type, NULL, KONTOR_RIGHT_DELETE);
  gboolean may_write =
    !trashed && kontor_session_can (self->session, self->spec->type, NULL, KONTOR_RIGHT_WRITE);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "records.edit-row", self->is_table && may_write);
  gtk_widget_action_set_enabled (widget, "records.change", n_selected > 0 && may_write);
  gtk_widget_action_set_enabled (widget,
                                 "records.confirm",
                                 n_selected > 0 && may_write &&
                                   kontor_freshness_knows (self->spec->type));
  gtk_widget_action_set_enabled (widget,
                                 "records.tag",
                                 n_selected > 0 && may_write && can_tag (self));
  gtk_widget_action_set_enabled (widget,
                                 "records.assign",
                                 n_selected > 0 && may_write &&
                                   (self->spec->type->flags & KONTOR_TYPE_OWNED) != 0);
  gtk_widget_action_set_enabled (widget,
                                 "records.copy",
                                 n_selected > 0 && kontor_session_can (self->session,
                                                                       self->spec->type,
                                                                       NULL,
                                                                       KONTOR_RIGHT_EXPORT));
  gtk_widget_action_set_enabled (widget,
                                 "records.export",
                                 kontor_session_can (self->session,
                                                     self->spec->type,
                                                     NULL,
                                                     KONTOR_RIGHT_EXPORT));
  gtk_widget_set_visible (self->change_button, !trashed);
  gtk_widget_action_set_enabled (widget, "records.trash", n_selected > 0 && may && !trashed);
  gtk_widget_action_set_enabled (widget, "records.restore", n_selected > 0 && may && trashed);
  gtk_widget_action_set_enabled (widget, "records.purge", n_selected > 0 && may && trashed);
  gtk_widget_action_set_enabled (widget, "records.delete", n_selected > 0 && may);
  gtk_widget_action_set_enabled (widget, "records.select-all", n_selected < n || self->goes_in);
  gtk_widget_set_visible (self->trash_button, !trashed);
  gtk_widget_set_visible (self->restore_button, trashed);
  gtk_action_bar_set_revealed (self->action_bar, n_selected > 1 || (trashed && n_selected > 0));
  if (n_selected > 0)
    {
      g_autofree char *number = kontor_integer_format (n_selected);
      g_autofree char *label =
        g_strdup_printf (ngettext ("%s selected", "%s selected", n_selected), number);
      g_autofree char *all = kontor_integer_format (n);
      /* Translators: %s is a number with the digits grouped */
      g_autofree char *all_label =
        g_strdup_printf (ngettext ("Select %s", "Select all %s", n), all);

      gtk_label_set_text (self->selected_label, label);
      gtk_button_set_label (self->select_all_button, all_label);
      kontor_widget_set_tooltip (GTK_WIDGET (self->select_all_button), all_label);
      /* else the bar, though hidden, would make the list wider and fold the page beside it */
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->select_all_button)),
                               PANGO_ELLIPSIZE_END);
      gtk_widget_set_visible (GTK_WIDGET (self->select_all_button), n_selected < n);
    }
}
