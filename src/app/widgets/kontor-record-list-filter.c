/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter of a list pane: what the builder says is asked for at once. */
#include "config.h"

#include "kontor-record-list-private.h"

#include <glib/gi18n.h>

static guint
count_conditions (const KontorFilter *filter)
{
  guint n = 0;

  if (filter == NULL)
    return 0;
  if (filter->kind == KONTOR_FILTER_COMPARE || filter->kind == KONTOR_FILTER_SEARCH ||
      filter->kind == KONTOR_FILTER_IMPORTED)
    return 1;
  for (guint i = 0; i < filter->children->len; i++)
    n += count_conditions (g_ptr_array_index (filter->children, i));
  return filter->kind == KONTOR_FILTER_RELATED ? MAX (n, 1) : n;
}

guint
kontor_record_list_count_conditions (KontorRecordList *self)
{
  return count_conditions (self->filter);
}

gboolean
kontor_record_list_is_narrowed (KontorRecordList *self)
{
  return *self->search != '\0' || self->filter != NULL;
}

static void
show_count (KontorRecordList *self)
{
  guint n = count_conditions (self->filter);
  g_autofree char *label = NULL;

  /* Translators: on a button: how many conditions the filter has */
  label = n > 0 ? g_strdup_printf (_("Filter %u"), n) : g_strdup (_("Filter"));
  gtk_menu_button_set_label (self->filter_button, label);
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "kontor-filtered");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "kontor-filtered");
}

static void
take_filter (KontorRecordList *self, KontorFilter *filter)
{
  g_clear_pointer (&self->filter, kontor_filter_free);
  self->filter = filter;
  show_count (self);
}

static void
builder_changed_cb (KontorRecordList *self)
{
  KontorFilter *filter = kontor_filter_group_dup_filter (self->filter_group);

  /* it grows with its conditions */
  if (gtk_widget_get_mapped (GTK_WIDGET (self->filter_popover)))
    gtk_popover_present (self->filter_popover);
  if (kontor_filter_equal (filter, self->filter))
    {
      g_clear_pointer (&filter, kontor_filter_free);
      return;
    }
  take_filter (self, filter);
  kontor_record_list_requery (self);
  kontor_record_list_update_status (self);
}

/**
 * kontor_record_list_set_filter:
 * @self: a list pane with a view
 * @filter: (nullable): a filter on its records
 *
 * Shows @filter in the builder; the rows are asked for by who calls.
 */
void
kontor_record_list_set_filter (KontorRecordList *self, const KontorFilter *filter)
{
  GtkWidget *group = kontor_filter_group_new (self->session, self->spec->type);

  take_filter (self, filter != NULL ? kontor_filter_copy (filter) : NULL);
  self->filter_group = KONTOR_FILTER_GROUP (group);
  kontor_filter_group_set_filter (self->filter_group, filter);
  g_signal_connect_object (group,
                           "changed",
                           G_CALLBACK (builder_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->filter_bin, group);
}

/**
 * kontor_record_list_filter:
 * @self: a list pane with a view
 * @filter: (nullable): a filter on its records
 *
 * Shows those alone, in place of what was searched and filtered.
 */
void
kontor_record_list_filter (KontorRecordList *self, const KontorFilter *filter)
{
  kontor_record_list_set_search (self, "");
  kontor_record_list_set_filter (self, filter);
  kontor_record_list_requery (self);
  kontor_record_list_update_status (self);
}

static void
filter_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  gtk_menu_button_popup (self->filter_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_group));
}

static void
clear_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecordList *self = KONTOR_RECORD_LIST (widget);

  if (self->filter == NULL)
    return;
  kontor_record_list_set_filter (self, NULL);
  kontor_record_list_requery (self);
  kontor_record_list_update_status (self);
}

/* Accelerators of the window do not reach into a popover. */
void
kontor_record_list_add_filter_keys (KontorRecordList *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s,
                                                                                  GDK_CONTROL_MASK |
                                                                                    GDK_SHIFT_MASK),
                                                          gtk_named_action_new (
                                                            "records.save-view")));
  gtk_widget_add_controller (GTK_WIDGET (self->filter_popover), controller);
}

static void
filter_closed_cb (KontorRecordList *self)
{
  gtk_revealer_set_reveal_child (self->save_revealer, FALSE);
  if (self->stale_builder)
    kontor_record_list_renew_filter (self);
}

void
kontor_record_list_bind_filter (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorRecordList, filter_button);
  gtk_widget_class_bind_template_child (klass, KontorRecordList, filter_popover);
  gtk_widget_class_bind_template_child (klass, KontorRecordList, filter_bin);
  gtk_widget_class_bind_template_callback (klass, filter_closed_cb);
  gtk_widget_class_install_action (klass, "records.filter", NULL, filter_activated);
  gtk_widget_class_install_action (klass, "records.clear-filter", NULL, clear_activated);
}
