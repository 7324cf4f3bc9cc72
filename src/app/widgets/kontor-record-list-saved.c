/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: records like any other, so that saving, renaming and trashing one is a step. */
#include "config.h"

#include "kontor-record-list-private.h"

#include "kontor-compat.h"
#include "kontor-stars.h"
#include <glib/gi18n.h>

/* --- Which there are -------------------------------------------------------------------------- */

/* Whether some are not read yet. */
gboolean
kontor_record_list_is_reading_saved (KontorRecordList *self)
{
  for (guint i = 0; i < self->view_rows->len; i++)
    if (kontor_list_row_get_record (g_ptr_array_index (self->view_rows, i)) == NULL)
      return TRUE;
  return FALSE;
}

static void
view_read_cb (KontorRecordList *self)
{
  kontor_record_list_show_wanted (self);
  kontor_record_list_follow_saved (self);
  kontor_record_list_build_view_menu (self);
}

static void
views_changed_cb (KontorRecordList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->views));

  for (guint i = 0; i < self->view_rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->view_rows, i), self);
  g_ptr_array_set_size (self->view_rows, 0);
  for (guint i = 0; i < n; i++)
    {
      KontorListRow *row = g_list_model_get_item (G_LIST_MODEL (self->views), i);

      g_signal_connect_swapped (row, "notify::record", G_CALLBACK (view_read_cb), self);
      g_ptr_array_add (self->view_rows, row);
    }
  view_read_cb (self);
}

/**
 * kontor_record_list_watch_saved:
 * @self: a list pane with a session
 *
 * Follows the saved views of the workspace.
 */
void
kontor_record_list_watch_saved (KontorRecordList *self)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_saved_view_type);

  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_SAVED_VIEW_NAME), FALSE);
  self->view_rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->views = kontor_list_model_new (kontor_session_get_workspace (self->session), query);
  g_signal_connect_swapped (self->views, "items-changed", G_CALLBACK (views_changed_cb), self);
  g_signal_connect_object (kontor_stars_get (self->session),
                           "changed",
                           G_CALLBACK (kontor_record_list_build_view_menu),
                           self,
                           G_CONNECT_SWAPPED);
  views_changed_cb (self);
}

/* The first view of records of its type; NULL: those are not shown here. */
const KontorListSpec *
kontor_record_list_spec_of_saved (KontorRecordList *self, KontorRecord *view)
{
  const char *type = kontor_record_get_text (view, KONTOR_SAVED_VIEW_TYPE);

  for (guint i = 0; i < self->n_specs; i++)
    if (g_strcmp0 (self->specs[i].type->name, type) == 0 &&
        self->specs[i].scope == KONTOR_QUERY_LIVE)
      return &self->specs[i];
  return NULL;
}

char *
kontor_record_list_dup_saved_name (KontorRecord *view)
{
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (kontor_record_get_id (view), id);
  return g_strconcat (KONTOR_SAVED_VIEW_PREFIX, id, NULL);
}

KontorRecord *
kontor_record_list_find_saved (KontorRecordList *self, const char *name)
{
  for (guint i = 0; self->view_rows != NULL && i < self->view_rows->len; i++)
    {
      KontorRecord *view = kontor_list_row_get_record (g_ptr_array_index (self->view_rows, i));
      g_autofree char *view_name = view != NULL ? kontor_record_list_dup_saved_name (view) : NULL;

      if (view_name != NULL && g_str_equal (view_name, name))
        return view;
    }
  return NULL;
}

/* NULL: it asks for what this version does not know; the window tells. */
KontorQuery *
kontor_record_list_parse_saved (KontorRecordList *self, KontorRecord *view)
{
  const char *text = kontor_record_get_text (view, KONTOR_SAVED_VIEW_QUERY);
  g_autoptr(GError) error = NULL;
  KontorQuery *query = NULL;

  if (text == NULL)
    return kontor_query_new (kontor_record_list_spec_of_saved (self, view)->type);
  query = kontor_query_parse (kontor_session_get_schema (self->session), text, &error);
  if (error != NULL)
    {
      g_prefix_error (&error, "%s: ", kontor_record_get_text (view, KONTOR_SAVED_VIEW_NAME));
      kontor_session_fail (self->session, error);
    }
  return query;
}

static void
append_own (KontorRecordList *self, GMenu *menu)
{
  g_autoptr(GMenu) section = g_menu_new ();

  if (self->saved != NULL)
    {
      g_menu_append (section, _("_Update this view"), "records.update-view");
      g_menu_append (section, _("_Rename this view…"), "records.rename-view");
      g_menu_append (section,
                     kontor_stars_contain (kontor_stars_get (self->session),
                                           kontor_record_get_id (self->saved))
                       ? _("Remove the _star of this view")
                       : _("_Star this view"),
                     "records.star-view");
      g_menu_append (section, _("Move this view to _trash"), "records.trash-view");
    }
  g_menu_append (section, _("_Save as view…"), "records.save-view");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

void
kontor_record_list_append_saved (KontorRecordList *self, GMenu *menu)
{
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; self->view_rows != NULL && i < self->view_rows->len; i++)
    {
      KontorRecord *view = kontor_list_row_get_record (g_ptr_array_index (self->view_rows, i));
      g_autoptr(GMenuItem) item = NULL;
      g_autofree char *name = NULL;
      const char *title;

      if (view == NULL || kontor_record_list_spec_of_saved (self, view) == NULL)
        continue;
      title = kontor_record_get_text (view, KONTOR_SAVED_VIEW_NAME);
      name = kontor_record_list_dup_saved_name (view);
      item = g_menu_item_new (title != NULL ? title : "", NULL);
      g_menu_item_set_action_and_target (item, "records.view", "s", name);
      g_menu_append_item (section, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  if (self->spec != NULL && self->spec->scope == KONTOR_QUERY_LIVE &&
      kontor_session_can (self->session, &kontor_saved_view_type, NULL, KONTOR_RIGHT_WRITE))
    append_own (self, menu);
}

/* --- Saving ----------------------------------------------------------------------------------- */

static char *
dup_query_text (KontorRecordList *self)
{
  /* what was searched is part of what is seen */
  g_autoptr(KontorQuery) query = kontor_record_list_build_query (self);

  return kontor_query_to_text (query);
}

static void
saved_cb (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorRecordList *self = data;
  g_autofree char *name = NULL;
  char id[KONTOR_ID_TEXT_SIZE];

  if (error != NULL)
    {
      kontor_session_fail (session, error);
      return;
    }
  if (self->views == NULL)
    return;
  kontor_id_format (&commit->first_id, id);
  name = g_strconcat (KONTOR_SAVED_VIEW_PREFIX, id, NULL);
  kontor_record_list_set_view (self, name);
}

static void
save_new (KontorRecordList *self, const char *name)
{
  g_autoptr(KontorRecord) view = kontor_record_new (&kontor_saved_view_type, NULL);
  g_autofree char *query = dup_query_text (self);
  g_autofree char *label = g_strdup_printf (_("View “%s” saved"), name);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_record_set_text (view, KONTOR_SAVED_VIEW_NAME, name);
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_KIND, "list");
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_TYPE, self->spec->type->name);
  kontor_record_set_text (view, KONTOR_SAVED_VIEW_QUERY, query);
  kontor_step_create (step, view);
  kontor_session_commit_then (self->session, step, saved_cb, g_object_ref (self), g_object_unref);
}

static void
set_field (KontorRecordList *self, KontorFieldId id, const char *text, const char *label)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autoptr(KontorStep) step = NULL;

  kontor_value_set_text (&value, text);
  step = kontor_session_step_field (self->session,
                                    self->saved,
                                    kontor_field_by_id (id),
                                    &value,
                                    NULL,
                                    label);
  if (step != NULL)
    kontor_session_commit (self->session, step);
}

static void
view_named_cb (KontorRecordList *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->view_name)));

  if (*name == '\0')
    return;
  if (self->renames && self->saved != NULL)
    set_field (self, KONTOR_SAVED_VIEW_NAME, name, _("View renamed"));
  else
    save_new (self, name);
  gtk_popover_popdown (self->filter_popover);
}

static void
view_name_changed_cb (KontorRecordList *self)
{
  gtk_widget_set_sensitive (self->save_view_button,
                            *gtk_editable_get_text (self->view_name) != '\0');
}

static void
ask_name (KontorRecordList *self, gboolean renames)
{
  const char *name = renames && self->saved != NULL
                       ? kontor_record_get_text (self->saved, KONTOR_SAVED_VIEW_NAME)
                       : NULL;

  self->renames = renames;
  gtk_editable_set_text (self->view_name, name != NULL ? name : "");
  gtk_menu_button_popup (self->filter_button);
  gtk_revealer_set_reveal_child (self->save_revealer, TRUE);
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->view_name));
}

static void
save_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  if (self->spec->scope == KONTOR_QUERY_LIVE)
    ask_name (self, FALSE);
}

static void
rename_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_name (KONTOR_RECORD_LIST (widget), TRUE);
}

static void
update_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  g_autofree char *query = dup_query_text (self);

  if (self->saved != NULL)
    set_field (self, KONTOR_SAVED_VIEW_QUERY, query, _("View updated"));
}

static void
star_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  g_autofree char *title = self->saved != NULL ? kontor_record_dup_title (self->saved) : NULL;

  if (title != NULL)
    kontor_stars_toggle (kontor_stars_get (self->session),
                         &kontor_saved_view_type,
                         kontor_record_get_id (self->saved),
                         title);
}

static void
trash_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (self->saved == NULL)
    return;
  title = kontor_record_dup_title (self->saved);
  label = g_strdup_printf (_("%s moved to trash"), title);
  step = kontor_step_new (label);
  kontor_step_trash (step, &kontor_saved_view_type, kontor_record_get_id (self->saved));
  kontor_session_commit (self->session, step);
  kontor_record_list_set_view (self, self->spec->name);
}

void
kontor_record_list_bind_saved (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorRecordList, save_revealer);
  gtk_widget_class_bind_template_child (klass, KontorRecordList, view_name);
  gtk_widget_class_bind_template_child (klass, KontorRecordList, save_view_button);
  gtk_widget_class_bind_template_callback (klass, view_named_cb);
  gtk_widget_class_bind_template_callback (klass, view_name_changed_cb);
  gtk_widget_class_install_action (klass, "records.save-view", NULL, save_view_activated);
  gtk_widget_class_install_action (klass, "records.rename-view", NULL, rename_view_activated);
  gtk_widget_class_install_action (klass, "records.update-view", NULL, update_view_activated);
  gtk_widget_class_install_action (klass, "records.star-view", NULL, star_view_activated);
  gtk_widget_class_install_action (klass, "records.trash-view", NULL, trash_view_activated);
}
