/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows a list pane shows: its view, query, order, and whether as list or table. */
#include "config.h"

#include "kontor-record-list-private.h"

#include "kontor-error.h"
#include "kontor-view-state.h"
#include <glib/gi18n.h>

#define SPINNER_MS 300

/* --- What the query is ------------------------------------------------------------------------ */

/* What holds for all rows of the view. */
static KontorFilter *
dup_own_filter (KontorRecordList *self)
{
  g_autofree char *text =
    self->spec->make_filter != NULL ? self->spec->make_filter (self->session) : NULL;
  g_autoptr(GError) error = NULL;
  KontorFilter *filter;

  if (text == NULL || self->saved != NULL)
    return NULL;
  filter =
    kontor_filter_parse (kontor_session_get_schema (self->session), self->spec->type, text, &error);
  if (filter == NULL)
    g_warning ("%s: %s", self->spec->name, error->message);
  return filter;
}

static KontorFilter *
dup_filter (KontorRecordList *self)
{
  g_autoptr(KontorFilter) own = dup_own_filter (self);
  KontorFilter *all = kontor_filter_new_group (KONTOR_FILTER_AND);

  if (own != NULL)
    kontor_filter_add (all, g_steal_pointer (&own));
  if (*self->search != '\0')
    kontor_filter_add (all, kontor_filter_new_search (self->search));
  if (self->filter != NULL)
    kontor_filter_add (all, kontor_filter_copy (self->filter));
  if (all->children->len > 1)
    return all;
  own = all->children->len == 1 ? kontor_filter_copy (g_ptr_array_index (all->children, 0)) : NULL;
  kontor_filter_free (all);
  return g_steal_pointer (&own);
}

/* What the rows are asked for with. */
KontorQuery *
kontor_record_list_build_query (KontorRecordList *self)
{
  KontorQuery *query = kontor_query_new (self->spec->type);

  kontor_query_set_scope (query, self->spec->scope);
  kontor_query_take_filter (query, dup_filter (self));
  kontor_query_add_sort (query, self->sort, self->descending);
  return query;
}

void
kontor_record_list_requery (KontorRecordList *self)
{
  g_autoptr(KontorQuery) query = kontor_record_list_build_query (self);

  self->selects_all = FALSE;
  g_clear_pointer (&self->waiting_action, g_free);
  kontor_list_model_set_query (self->model, query);
}

/* The filter and the order of a saved view. */
static void
load_saved (KontorRecordList *self)
{
  g_autoptr(KontorQuery) query = kontor_record_list_parse_saved (self, self->saved);
  const KontorSort *sorts;
  guint n;

  if (query == NULL || kontor_query_get_record_type (query) != self->spec->type)
    return;
  kontor_record_list_set_filter (self, kontor_query_get_filter (query));
  sorts = kontor_query_get_sort (query, &n);
  if (n == 0)
    return;
  self->sort = sorts[0].field;
  self->descending = sorts[0].descending;
}

/* The field that was chosen last, else the one that is shown, else the usual one, as far as they
 * are there. */
const KontorFieldDef *
kontor_record_list_find_sort (KontorRecordList *self, gboolean *descending)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);
  g_autofree char *view = kontor_record_list_dup_view (self);
  g_autoptr(GVariant) state = kontor_view_state_get (view, "sort", G_VARIANT_TYPE ("(sb)"));
  const KontorFieldDef *field = NULL;
  const char *name;

  if (state != NULL)
    {
      gboolean chosen;

      g_variant_get (state, "(&sb)", &name, &chosen);
      field = kontor_schema_find_field (schema, self->spec->type, name);
      if (field != NULL && kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_NONE &&
          (field->flags & KONTOR_FIELD_HIDDEN) == 0)
        {
          *descending = chosen;
          return field;
        }
    }
  field = kontor_schema_find_field (schema, self->spec->type, self->sort->name);
  if (field != NULL)
    return field;
  *descending = self->spec->descending;
  return kontor_field_by_id (self->spec->sort);
}

static void
load_sort (KontorRecordList *self)
{
  self->sort = kontor_field_by_id (self->spec->sort);
  self->descending = self->spec->descending;
  kontor_record_list_set_filter (self, NULL);
  if (self->saved != NULL)
    load_saved (self);
  self->sort = kontor_record_list_find_sort (self, &self->descending);
}

void
kontor_record_list_set_sort (KontorRecordList *self,
                             const KontorFieldDef *field,
                             gboolean descending)
{
  g_autofree char *view = kontor_record_list_dup_view (self);

  if (field == NULL || (field == self->sort && descending == self->descending))
    return;
  self->sort = field;
  self->descending = descending;
  kontor_view_state_set (view, "sort", g_variant_new ("(sb)", field->name, descending));
  kontor_record_table_set_sort (self->table_view, field, descending);
  kontor_record_list_requery (self);
  kontor_record_list_update_status (self);
  g_object_notify (G_OBJECT (self), "sort");
  g_object_notify (G_OBJECT (self), "descending");
}

/* --- What is shown ---------------------------------------------------------------------------- */

/* Only the view that is seen has the rows. */
static void
attach_model (KontorRecordList *self)
{
  GtkSelectionModel *rows = GTK_SELECTION_MODEL (self->selection);

  gtk_list_view_set_model (self->list, self->is_table ? NULL : rows);
  kontor_record_table_set_model (self->table_view, self->is_table ? rows : NULL);
}

void
kontor_record_list_set_table (KontorRecordList *self, gboolean is_table)
{
  gboolean wide = is_table && !self->folded;

  self->wants_table = is_table;
  if (wide == self->is_table)
    return;
  self->is_table = wide;
  if (self->spec != NULL)
    {
      attach_model (self);
      kontor_record_list_update_status (self);
      kontor_record_list_update_actions (self, kontor_record_list_get_n_selected (self));
    }
  g_object_notify (G_OBJECT (self), "table");
}

/* Rows of one type are never bound by the specification of another. */
static void
detach_model (KontorRecordList *self)
{
  g_clear_handle_id (&self->follow_timer, g_source_remove);
  g_clear_handle_id (&self->status_timer, g_source_remove);
  self->goes_in = FALSE;
  g_clear_pointer (&self->waiting_action, g_free);
  if (self->row_editor != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->row_editor));
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_list_view_set_model (self->list, NULL);
  kontor_record_table_set_model (self->table_view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  self->n_all = 0;
}

static gboolean
spinner_cb (gpointer data)
{
  KontorRecordList *self = data;

  self->spinner_timer = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  gtk_widget_add_css_class (GTK_WIDGET (self->stack), "kontor-waiting");
  return G_SOURCE_REMOVE;
}

static void
loading_changed_cb (KontorRecordList *self)
{
  gboolean loading = kontor_list_model_is_loading (self->model);

  if (loading && self->spinner_timer == 0)
    self->spinner_timer = g_timeout_add (SPINNER_MS, spinner_cb, self);
  if (!loading)
    {
      g_clear_handle_id (&self->spinner_timer, g_source_remove);
      gtk_spinner_stop (self->spinner);
      gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
      gtk_widget_remove_css_class (GTK_WIDGET (self->stack), "kontor-waiting");
      /* what was selected may not be among the rows any more */
      kontor_record_list_update_actions (self, kontor_selection_get_n_selected (self->selection));
    }
  kontor_record_list_update_status (self);
  if (!loading)
    {
      kontor_record_list_go_in (self);
      kontor_record_list_do_what_waited (self);
    }
}

static void
error_changed_cb (KontorRecordList *self)
{
  g_autoptr(GError) error = NULL;

  g_object_get (self->model, "error", &error, NULL);
  if (error != NULL)
    kontor_session_fail (self->session, error);
}

static void
selection_changed_cb (KontorRecordList *self)
{
  /* the person chose otherwise */
  if (!self->is_selecting && !kontor_selection_is_settling (self->selection))
    {
      self->selects_all = FALSE;
      g_clear_pointer (&self->waiting_action, g_free);
    }
  kontor_record_list_selection_changed (self);
}

static void
show_view (KontorRecordList *self)
{
  g_autofree char *title =
    self->saved != NULL ? kontor_record_dup_title (self->saved) : g_strdup (_(self->spec->title));
  g_autoptr(KontorQuery) query = NULL;
  g_autoptr(GVariant) state =
    kontor_view_state_get (self->spec->name, "table", G_VARIANT_TYPE_BOOLEAN);

  load_sort (self);
  query = kontor_record_list_build_query (self);
  self->model = kontor_list_model_new (kontor_session_get_workspace (self->session), query);
  self->selection = kontor_selection_new (self->model);
  g_object_connect (self->model,
                    "swapped-signal::items-changed",
                    kontor_record_list_update_status_soon,
                    self,
                    "swapped-signal::notify::loading",
                    loading_changed_cb,
                    self,
                    "swapped-signal::notify::complete",
                    kontor_record_list_update_status,
                    self,
                    "swapped-signal::notify::error",
                    error_changed_cb,
                    self,
                    NULL);
  g_signal_connect_swapped (self->selection,
                            "selection-changed",
                            G_CALLBACK (selection_changed_cb),
                            self);
  gtk_menu_button_set_label (self->view_button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  kontor_record_table_set_spec (self->table_view, self->spec);
  kontor_record_table_set_sort (self->table_view, self->sort, self->descending);
  kontor_record_list_build_sort_menu (self);
  kontor_record_list_build_row_menu (self);
  kontor_record_list_update_new_button (self);
  kontor_record_list_set_table (self,
                                state != NULL ? g_variant_get_boolean (state) : self->spec->table);
  attach_model (self);
  loading_changed_cb (self);
  kontor_record_list_selection_changed (self);
}

void
kontor_record_list_set_sort_by_name (KontorRecordList *self, const char *name)
{
  const KontorFieldDef *field =
    kontor_schema_find_field (kontor_session_get_schema (self->session), self->spec->type, name);

  if (field != NULL)
    /* times and numbers are mostly wanted from the newest and largest on */
    kontor_record_list_set_sort (self,
                                 field,
                                 field->kind == KONTOR_FIELD_INSTANT ||
                                   field->kind == KONTOR_FIELD_INTEGER);
}

/**
 * kontor_record_list_set_specs:
 * @self: a list pane
 * @specs: (array length=n): its views; the first is shown
 * @n: how many
 */
void
kontor_record_list_set_specs (KontorRecordList *self, const KontorListSpec *specs, guint n)
{
  self->specs = specs;
  self->n_specs = n;
  kontor_record_list_watch_saved (self);
}

static void
switch_view (KontorRecordList *self, const KontorListSpec *spec, KontorRecord *saved)
{
  detach_model (self);
  g_clear_pointer (&self->whole_filter, g_free);
  g_clear_pointer (&self->left_view, g_free);
  self->spec = spec;
  g_set_object (&self->saved, saved);
  g_free (self->search);
  self->search = g_strdup ("");
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  show_view (self);
  kontor_record_list_build_view_menu (self);
  g_object_notify (G_OBJECT (self), "view");
  g_object_notify (G_OBJECT (self), "sort");
  g_signal_emit_by_name (self, "view-changed");
}

/**
 * kontor_record_list_set_view:
 * @self: a list pane
 * @name: name of one of its views, or of a saved one; another name shows the first
 *
 * A saved view that is not read yet is shown once it is.
 */
void
kontor_record_list_set_view (KontorRecordList *self, const char *name)
{
  const KontorListSpec *spec = &self->specs[0];

  for (guint i = 0; i < self->n_specs; i++)
    if (g_strcmp0 (self->specs[i].name, name) == 0)
      spec = &self->specs[i];
  g_clear_pointer (&self->wanted_view, g_free);
  if (name != NULL && g_str_has_prefix (name, KONTOR_SAVED_VIEW_PREFIX))
    {
      self->wanted_view = g_strdup (name);
      kontor_record_list_show_wanted (self);
      if (self->spec != NULL)
        return;
    }
  if (spec != self->spec || self->saved != NULL)
    switch_view (self, spec, NULL);
}

/* Once it is read. */
void
kontor_record_list_show_wanted (KontorRecordList *self)
{
  g_autoptr(KontorQuery) query = NULL;
  KontorRecord *view =
    self->wanted_view != NULL ? kontor_record_list_find_saved (self, self->wanted_view) : NULL;
  const KontorListSpec *spec = view != NULL ? kontor_record_list_spec_of_saved (self, view) : NULL;

  if (spec == NULL)
    return;
  g_clear_pointer (&self->wanted_view, g_free);
  /* one that can't be read would show everybody under its name */
  query = kontor_record_list_parse_saved (self, view);
  if (query == NULL)
    return;
  if (self->saved == NULL ||
      !kontor_id_equal (kontor_record_get_id (self->saved), kontor_record_get_id (view)))
    switch_view (self, spec, view);
}

/* The saved view that is shown was renamed, or is gone: then its filter stays. */
void
kontor_record_list_follow_saved (KontorRecordList *self)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  KontorRecord *view;

  if (self->saved == NULL || !kontor_list_model_is_complete (self->views))
    return;
  name = kontor_record_list_dup_saved_name (self->saved);
  view = kontor_record_list_find_saved (self, name);
  if (view == NULL && kontor_record_list_is_reading_saved (self))
    return;
  if (view == NULL)
    {
      /* trashed, or undone: all that the view was made of is shown */
      switch_view (self, self->spec, NULL);
      return;
    }
  g_set_object (&self->saved, view);
  title = kontor_record_dup_title (view);
  gtk_menu_button_set_label (self->view_button, title);
}

/**
 * kontor_record_list_set_folded:
 * @self: a list pane
 * @folded: whether there is too little room for a table
 */
void
kontor_record_list_set_folded (KontorRecordList *self, gboolean folded)
{
  self->folded = folded;
  gtk_widget_set_visible (GTK_WIDGET (self->table_button), !folded);
  kontor_record_list_set_table (self, self->wants_table);
}
