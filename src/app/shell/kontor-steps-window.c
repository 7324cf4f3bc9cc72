/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last hundred steps, read anew whenever something changes. */
#include "config.h"

#include "kontor-steps-window.h"

#include "kontor-date.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

#define STEPS_SHOWN 100

struct _KontorStepsWindow
{
  AdwWindow parent_instance;

  /* template */
  GtkStack *stack;
  GtkListBox *list;

  /* owned */
  KontorSession *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KontorStepsWindow, kontor_steps_window, ADW_TYPE_WINDOW)

/* --- A row ------------------------------------------------------------------------------------ */

static char *
dup_title (const KontorStepInfo *info)
{
  const char *label = info->label != NULL ? info->label : "";

  return info->origin == KONTOR_ORIGIN_UNDO ? g_strdup_printf (_("Undone: %s"), label)
                                            : g_strdup (label);
}

static char *
dup_subtitle (KontorStepsWindow *self, const KontorStepInfo *info)
{
  g_autofree char *when =
    kontor_instant_format_short (info->at, kontor_session_now (self->session));
  g_autofree char *number = kontor_integer_format ((gint64) info->n_ops);
  g_autofree char *changes =
    g_strdup_printf (ngettext ("%s change", "%s changes", info->n_ops), number);
  const char *who = info->user_name != NULL ? info->user_name : _("Somebody");

  if (info->first_title == NULL || *info->first_title == '\0' || info->n_ops > 1)
    /* Translators: of a step: when, by whom, how much: "14:05 · Ivan Petrov · 3 changes" */
    return g_strdup_printf (C_("step", "%s · %s · %s"), when, who, changes);
  /* Translators: of a step: when, by whom, to what record: "14:05 · Ivan Petrov · Glad & Co" */
  return g_strdup_printf (C_("step", "%s · %s · %s"), when, who, info->first_title);
}

static gboolean
is_undo (const KontorStepInfo *info)
{
  return info->origin == KONTOR_ORIGIN_UNDO;
}

static GtkWidget *
create_button (const KontorStepInfo *info, const char *title)
{
  GtkWidget *button = gtk_button_new_with_label (is_undo (info) ? _("Redo") : _("Undo"));
  /* Translators: what a screen reader says of a button: "Undo" and the step */
  g_autofree char *name =
    g_strdup_printf (_("%s: %s"), is_undo (info) ? _("Redo") : _("Undo"), title);
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (&info->step, id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "steps.undo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
create_state (const KontorStepInfo *info)
{
  GtkWidget *label = gtk_label_new (is_undo (info) ? _("Done again") : _("Undone"));

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
create_row (KontorStepsWindow *self, const KontorStepInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (info);
  g_autofree char *subtitle = dup_subtitle (self, info);
  gboolean writable = !kontor_workspace_is_read_only (kontor_session_get_workspace (self->session));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (info->undone)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_state (info));
  else if (writable && info->origin != KONTOR_ORIGIN_MIGRATION)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (info, title));
  return row;
}

/* --- The list --------------------------------------------------------------------------------- */

static int
get_focused_row (KontorStepsWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

static void
fill (KontorStepsWindow *self, GPtrArray *steps)
{
  int focused = get_focused_row (self);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < steps->len; i++)
    gtk_list_box_append (self->list, create_row (self, g_ptr_array_index (steps, i)));
  gtk_stack_set_visible_child_name (self->stack, steps->len > 0 ? "list" : "empty");
  row = gtk_list_box_get_row_at_index (self->list, MAX (focused, 0));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KontorStepsWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) steps =
    kontor_workspace_list_steps_finish (KONTOR_WORKSPACE (source), result, &error);

  if (steps != NULL && self->list != NULL)
    fill (self, steps);
  else if (error != NULL && self->session != NULL)
    kontor_session_fail (self->session, error);
}

static void
read_steps (KontorStepsWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kontor_workspace_list_steps_async (kontor_session_get_workspace (self->session),
                                     STEPS_SHOWN,
                                     self->cancellable,
                                     read_cb,
                                     g_object_ref (self));
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorStepsWindow *self = KONTOR_STEPS_WINDOW (widget);
  KontorId step;

  if (kontor_id_parse (g_variant_get_string (parameter, NULL), &step))
    kontor_session_undo (self->session, &step);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_steps_window_dispose (GObject *object)
{
  KontorStepsWindow *self = KONTOR_STEPS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_STEPS_WINDOW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_steps_window_parent_class)->dispose (object);
}

static void
kontor_steps_window_class_init (KontorStepsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_steps_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-steps-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorStepsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorStepsWindow, list);
  gtk_widget_class_install_action (widget_class, "steps.undo", "s", undo_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_w,
                                       GDK_CONTROL_MASK,
                                       "window.close",
                                       NULL);
}

static void
kontor_steps_window_init (KontorStepsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_steps_window_new:
 * @session: a session
 *
 * Returns: (transfer full): a window of the last steps
 */
GtkWidget *
kontor_steps_window_new (KontorSession *session)
{
  KontorStepsWindow *self = g_object_new (KONTOR_TYPE_STEPS_WINDOW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_steps), self, G_CONNECT_SWAPPED);
  read_steps (self);
  return GTK_WIDGET (self);
}
