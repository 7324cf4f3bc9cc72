/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search of a list pane: while typing, and the ways from it to the rows. */
#include "config.h"

#include "kontor-record-list-private.h"

static void
search_changed_cb (KontorRecordList *self)
{
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));

  if (self->model == NULL || g_str_equal (text, self->search))
    return;
  self->goes_in = FALSE;
  g_free (self->search);
  self->search = g_steal_pointer (&text);
  kontor_record_list_requery (self);
  kontor_record_list_update_status (self);
}

static void
search_stopped_cb (KontorRecordList *self)
{
  self->goes_in = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (kontor_record_list_get_rows_widget (self));
}

static gboolean
has_focus_within (gpointer widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/**
 * kontor_record_list_go_in:
 * @self: a list pane whose rows are those that were searched
 *
 * Goes from the search to its first hit, if somebody wanted to and is still there.
 */
void
kontor_record_list_go_in (KontorRecordList *self)
{
  GtkWidget *rows = kontor_record_list_get_rows_widget (self);

  if (!self->goes_in)
    return;
  self->goes_in = FALSE;
  if (!has_focus_within (self->search_entry) && !has_focus_within (rows))
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
      return;
    }
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  /* it may have been selected before, with another record shown since */
  kontor_record_list_selection_changed (self);
  gtk_widget_grab_focus (rows);
}

/* Who types and goes on at once means the rows that are still to come. The keys that follow are for
 * the rows at any rate. */
static void
search_activated_cb (KontorRecordList *self)
{
  if (self->model == NULL)
    return;
  search_changed_cb (self);
  self->goes_in = TRUE;
  if (!kontor_list_model_is_loading (self->model))
    {
      kontor_record_list_go_in (self);
      return;
    }
  kontor_record_list_update_actions (self, kontor_selection_get_n_selected (self->selection));
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_widget_grab_focus (kontor_record_list_get_rows_widget (self));
}

static gboolean
search_key_pressed_cb (GtkEventControllerKey *controller,
                       guint keyval,
                       guint keycode,
                       GdkModifierType state,
                       KontorRecordList *self)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  search_activated_cb (self);
  return GDK_EVENT_STOP;
}

/* Binds the template's callbacks of the search. */
void
kontor_record_list_bind_search (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, search_changed_cb);
  gtk_widget_class_bind_template_callback (klass, search_stopped_cb);
  gtk_widget_class_bind_template_callback (klass, search_activated_cb);
  gtk_widget_class_bind_template_callback (klass, search_key_pressed_cb);
}

/**
 * kontor_record_list_set_search:
 * @self: a list pane
 * @text: what to search
 */
void
kontor_record_list_set_search (KontorRecordList *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  search_changed_cb (self);
}

/**
 * kontor_record_list_focus_search:
 * @self: a list pane
 */
void
kontor_record_list_focus_search (KontorRecordList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}
