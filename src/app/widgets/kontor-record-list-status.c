/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words around the rows: how many, sorted by what, what to do when there are none. */
#include "config.h"

#include "kontor-record-list-private.h"

#include "kontor-compat.h"
#include "kontor-field-text.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

/* Many changes of the rows in a row are told of once. */
#define STATUS_MS 20

static char *
dup_count (KontorRecordList *self, guint n)
{
  g_autofree char *shown = kontor_integer_format (n);
  g_autofree char *all = kontor_integer_format (self->n_all);

  if (kontor_record_list_is_narrowed (self) && self->n_all > 0)
    /* Translators: how many rows a search left, of how many: "12 of 1,204" */
    return g_strdup_printf (_("%s of %s"), shown, all);
  return g_steal_pointer (&shown);
}

static void
show_sort (KontorRecordList *self)
{
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;

  /* Translators: what a list is sorted by: "by Last contact" */
  label = g_strdup_printf (_("by %s"), kontor_field_get_label (self->sort));
  gtk_menu_button_set_label (self->sort_button, label);
  name = g_strdup_printf (self->descending ? _("Sorted by %s, descending") : _("Sorted by %s"),
                          kontor_field_get_label (self->sort));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sort_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
}

/* --- Nothing found ---------------------------------------------------------------------------- */

/* Without a name in between the old action would be asked for the new target. */
static void
set_empty_action (KontorRecordList *self, const char *name, GVariant *target)
{
  GtkActionable *button = GTK_ACTIONABLE (self->empty_button);

  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

static void
offer_suggestion (KontorRecordList *self, const char *word)
{
  /* Translators: below "Nobody found for ‘trujilo’": a word that is there */
  g_autofree char *text = g_strdup_printf (_("Did you mean “%s”?"), word);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *label = g_strdup_printf (_("Search “%s”"), word);

  adw_status_page_set_description (self->empty_page, escaped);
  gtk_button_set_use_underline (GTK_BUTTON (self->empty_button), FALSE);
  gtk_button_set_label (GTK_BUTTON (self->empty_button), label);
  set_empty_action (self, "records.search-for", g_variant_new_string (word));
}

static void
suggested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KontorRecordList) self = user_data;
  g_autoptr(KontorSearchResult) found =
    kontor_workspace_search_finish (KONTOR_WORKSPACE (source), result, NULL);

  if (found != NULL && found->suggestion != NULL && found->hits->len > 0 &&
      self->empty_page != NULL && g_strcmp0 (self->asked_for, self->search) == 0)
    offer_suggestion (self, found->suggestion);
}

/* The list finds what begins with the words; the search of the workspace forgives an error. */
static void
look_for_suggestion (KontorRecordList *self)
{
  if (g_strcmp0 (self->asked_for, self->search) == 0)
    return;
  g_free (self->asked_for);
  self->asked_for = g_strdup (self->search);
  kontor_workspace_search_async (kontor_session_get_workspace (self->session),
                                 self->search,
                                 self->spec->subject == 0 ? self->spec->type : NULL,
                                 1,
                                 NULL,
                                 suggested_cb,
                                 g_object_ref (self));
}

static void
show_nothing_found (KontorRecordList *self)
{
  g_autofree char *text = g_strdup_printf (_(self->spec->found_none), self->search);
  g_autofree char *title = g_markup_escape_text (text, -1);

  if (g_strcmp0 (self->asked_for, self->search) == 0)
    return;

  adw_status_page_set_icon_name (self->empty_page, "system-search-symbolic");
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, _("Try fewer letters, or only digits."));
  gtk_button_set_label (GTK_BUTTON (self->empty_button), _("Clear the search"));
  gtk_widget_set_visible (self->empty_button, TRUE);
  set_empty_action (self, "records.clear-search", NULL);
  look_for_suggestion (self);
}

static void
show_nothing_matches (KontorRecordList *self)
{
  guint n = kontor_record_list_count_conditions (self);
  g_autofree char *title =
    g_strdup_printf (ngettext ("Nothing matches %u condition", "Nothing matches %u conditions", n),
                     n);

  g_clear_pointer (&self->asked_for, g_free);
  adw_status_page_set_icon_name (self->empty_page, "system-search-symbolic");
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, NULL);
  gtk_button_set_use_underline (GTK_BUTTON (self->empty_button), TRUE);
  gtk_button_set_label (GTK_BUTTON (self->empty_button), _("_Clear the filter"));
  gtk_widget_set_visible (self->empty_button, TRUE);
  set_empty_action (self, "records.clear-filter", NULL);
}

static void
show_no_records (KontorRecordList *self)
{
  const KontorListSpec *spec = self->spec;

  adw_status_page_set_icon_name (self->empty_page, spec->empty_icon);
  adw_status_page_set_title (self->empty_page, _(spec->empty_title));
  adw_status_page_set_description (self->empty_page, _(spec->empty_text));
  gtk_widget_set_visible (self->empty_button, spec->empty_label != NULL);
  if (spec->empty_label == NULL)
    return;
  gtk_button_set_use_underline (GTK_BUTTON (self->empty_button), TRUE);
  gtk_button_set_label (GTK_BUTTON (self->empty_button), _(spec->empty_label));
  set_empty_action (self, spec->empty_action, NULL);
}

static void
show_page (KontorRecordList *self, guint n)
{
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, self->is_table ? "table" : "list");
  else if (!kontor_list_model_is_complete (self->model) ||
           kontor_list_model_is_loading (self->model))
    return;
  else if (self->filter != NULL)
    {
      show_nothing_matches (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else if (*self->search != '\0')
    {
      show_nothing_found (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else
    {
      show_no_records (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
}

void
kontor_record_list_update_status (KontorRecordList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean complete = kontor_list_model_is_complete (self->model);
  g_autofree char *count = NULL;

  if (complete && !kontor_record_list_is_narrowed (self) &&
      !kontor_list_model_is_loading (self->model))
    self->n_all = n;
  if (self->selects_all)
    kontor_record_list_select_all (self);
  count = complete ? dup_count (self, n) : g_strdup ("");
  gtk_label_set_text (self->count_label, count);
  show_sort (self);
  show_page (self, n);
  if (kontor_selection_get_n_selected (self->selection) > 1)
    kontor_record_list_update_actions (self, kontor_selection_get_n_selected (self->selection));
}

static gboolean
status_cb (gpointer data)
{
  KontorRecordList *self = data;

  self->status_timer = 0;
  kontor_record_list_update_status (self);
  return G_SOURCE_REMOVE;
}

/* After rows changed, which thousands do one after the other. */
void
kontor_record_list_update_status_soon (KontorRecordList *self)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean shows_rows = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack),
                                   self->is_table ? "table" : "list") == 0;

  if (has_rows != shows_rows)
    kontor_record_list_update_status (self);
  else if (self->status_timer == 0)
    self->status_timer = g_timeout_add (STATUS_MS, status_cb, self);
}

static void
name_new_button (KontorRecordList *self, const char *label)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->new_button));
  GtkWidget *menu = gtk_widget_get_last_child (GTK_WIDGET (self->new_button));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  kontor_widget_name_buttons (menu, _("New, by kind"));
}

void
kontor_record_list_update_new_button (KontorRecordList *self)
{
  const char *label = self->spec->new_label;
  g_autofree char *tooltip = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->new_button), label != NULL);
  if (label == NULL)
    return;
  /* the target first: a name without it would not fit the action */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->new_button),
                                    "s",
                                    kontor_list_spec_get_new_type (self->spec)->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->new_button), "win.new");
  /* Translators: tooltip of a button with its key: "New person (Ctrl+N)" */
  tooltip = g_strdup_printf (_("%s (%s)"), _(label), "Ctrl+N");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->new_button), tooltip);
  name_new_button (self, _(label));
}

void
kontor_record_list_build_view_menu (KontorRecordList *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) builtin = g_menu_new ();

  for (guint i = 0; i < self->n_specs; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(self->specs[i].title), NULL);

      g_menu_item_set_action_and_target (item, "records.view", "s", self->specs[i].name);
      g_menu_append_item (builtin, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (builtin));
  kontor_record_list_append_saved (self, menu);
  gtk_menu_button_set_menu_model (self->view_button, G_MENU_MODEL (menu));
}

static void
append_sort (GMenu *menu, const KontorFieldDef *field)
{
  g_autofree char *label = kontor_field_text_menu (field);
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "records.sort", "s", field->name);
  g_menu_append_item (menu, item);
}

/* Those a table offers as columns. */
static GMenuModel *
create_own_sorts (KontorRecordList *self)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);
  g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (schema, self->spec->type);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < custom->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (custom, i);

      if ((field->flags & (KONTOR_FIELD_IN_LIST | KONTOR_FIELD_HIDDEN)) == KONTOR_FIELD_IN_LIST &&
          field->kind != KONTOR_FIELD_LONG_TEXT && field->kind != KONTOR_FIELD_JSON)
        append_sort (menu, field);
    }
  return G_MENU_MODEL (menu);
}

void
kontor_record_list_build_sort_menu (KontorRecordList *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) fields = g_menu_new ();
  g_autoptr(GMenu) direction = g_menu_new ();
  g_autoptr(GMenuModel) own = create_own_sorts (self);

  for (const KontorFieldId *id = self->spec->sorts; *id != 0; id++)
    append_sort (fields, kontor_field_by_id (*id));
  if (g_menu_model_get_n_items (own) > 0)
    g_menu_append_submenu (fields, _("_Your own fields"), own);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fields));
  g_menu_append (direction, _("_Descending"), "records.descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (direction));
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
}
