/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File choosers, questions and scrolling as GTK 4.8 and libadwaita 1.2 have them. */
#include "config.h"

#include "kontor-compat.h"

#include <glib/gi18n.h>

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- Files ------------------------------------------------------------------------------------ */

static void
add_filters (GtkFileChooser *chooser, const KontorFileFilter *filters)
{
  for (const KontorFileFilter *filter = filters; filter != NULL && filter->name != NULL; filter++)
    {
      g_autoptr(GtkFileFilter) gtk_filter = gtk_file_filter_new ();
      g_auto(GStrv) patterns = g_strsplit (filter->patterns, ";", -1);

      gtk_file_filter_set_name (gtk_filter, _(filter->name));
      for (char **pattern = patterns; *pattern != NULL; pattern++)
        if (g_str_has_prefix (*pattern, "*."))
          gtk_file_filter_add_suffix (gtk_filter, *pattern + 2);
        else
          gtk_file_filter_add_pattern (gtk_filter, *pattern);
      gtk_file_chooser_add_filter (chooser, gtk_filter);
    }
}

static void
chooser_response_cb (GtkNativeDialog *chooser, int response, GTask *task)
{
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task,
                           gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  g_object_unref (task);
  g_object_unref (chooser);
}

/**
 * kontor_choose_files_async:
 * @parent: (nullable): a widget of the window that asks
 * @mode: to open one file or many, or to save one
 * @title: title of the dialog
 * @accept: label of the button
 * @suggestion: (nullable): a file name to begin with
 * @filters: (nullable): what to show, the last with a NULL name
 * @callback: called when it is answered
 * @user_data: for @callback
 *
 * Asks for files.
 */
void
kontor_choose_files_async (GtkWidget *parent,
                           KontorChooseMode mode,
                           const char *title,
                           const char *accept,
                           const char *suggestion,
                           const KontorFileFilter *filters,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  static const GtkFileChooserAction actions[] = {
    [KONTOR_CHOOSE_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [KONTOR_CHOOSE_OPEN_MANY] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [KONTOR_CHOOSE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
    [KONTOR_CHOOSE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  GtkFileChooserNative *native =
    gtk_file_chooser_native_new (title, get_window (parent), actions[mode], accept, NULL);
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), mode == KONTOR_CHOOSE_OPEN_MANY);
  add_filters (GTK_FILE_CHOOSER (native), filters);
  if (suggestion != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), suggestion);
  g_signal_connect (native, "response", G_CALLBACK (chooser_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/**
 * kontor_choose_files_finish:
 * @result: of kontor_choose_files_async()
 * @error: (nullable): place for an error: %G_IO_ERROR_CANCELLED when nothing was chosen
 *
 * Returns: (transfer full) (nullable): the chosen #GFile s, or %NULL with @error set
 */
GListModel *
kontor_choose_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Questions -------------------------------------------------------------------------------- */

static void
message_response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  g_task_return_boolean (task, g_str_equal (response, "do"));
  g_object_unref (task);
}

/**
 * kontor_confirm_async:
 * @parent: (nullable): a widget of the window that asks
 * @heading: the question
 * @body: what it means, and that it can't be undone
 * @verb: label of the button that does it
 * @callback: called when it is answered
 * @user_data: for @callback
 *
 * Asks before something that can't be undone. Cancel is the default.
 */
void
kontor_confirm_async (GtkWidget *parent,
                      const char *heading,
                      const char *body,
                      const char *verb,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (parent), heading, body);
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _("_Cancel"),
                                    "do",
                                    verb,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "do",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (message_response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * kontor_confirm_finish:
 * @result: of kontor_confirm_async()
 *
 * Returns: whether it is to be done
 */
gboolean
kontor_confirm_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* --- Templates -------------------------------------------------------------------------------- */

/**
 * kontor_widget_dispose_template:
 * @widget: a widget with a template, derived from #GtkWidget itself
 * @type: its type
 *
 * gtk_widget_dispose_template(), which in GTK 4.8 forgets direct children that are not bound.
 */
void
kontor_widget_dispose_template (GtkWidget *widget, GType type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/* --- Names ------------------------------------------------------------------------------------ */

/**
 * kontor_signal_new:
 * @type: a class
 * @name: name of a signal
 *
 * Returns: a new signal of @type without arguments
 */
guint
kontor_signal_new (GType type, const char *name)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
empty_cb (gpointer data)
{
  GtkWidget *parent = gtk_widget_get_parent (data);

  if (ADW_IS_BIN (parent))
    adw_bin_set_child (ADW_BIN (parent), NULL);
  return G_SOURCE_REMOVE;
}

/**
 * kontor_bin_empty_soon:
 * @bin: a bin
 *
 * Takes the child out of @bin in a turn of the main loop of its own. While GTK tells widgets that
 * the focus leaves them it walks along their parents, and does not end if one is taken away.
 */
void
kontor_bin_empty_soon (AdwBin *bin)
{
  GtkWidget *child = adw_bin_get_child (bin);

  if (child != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, empty_cb, g_object_ref (child), g_object_unref);
}

static gboolean
grab_focus_cb (gpointer data)
{
  gtk_widget_grab_focus (data);
  return G_SOURCE_REMOVE;
}

/**
 * kontor_widget_grab_focus_soon:
 * @widget: a widget that an item of a menu has opened
 *
 * Moves the focus to @widget when the menu is gone. Until then a menu takes it back by the movement
 * of the pointer over it.
 */
void
kontor_widget_grab_focus_soon (GtkWidget *widget)
{
  g_idle_add_full (G_PRIORITY_LOW, grab_focus_cb, g_object_ref (widget), g_object_unref);
}

/**
 * kontor_widget_hand_on_focus:
 * @leaving: a widget that is about to be removed
 * @heir: a widget that stays
 *
 * Moves the focus from within @leaving to @heir, so that who works by keys stays where they are.
 */
void
kontor_widget_hand_on_focus (GtkWidget *leaving, GtkWidget *heir)
{
  GtkRoot *root = gtk_widget_get_root (leaving);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (focus == leaving || gtk_widget_is_ancestor (focus, leaving)))
    gtk_widget_grab_focus (heir);
}

/**
 * kontor_widget_name_buttons:
 * @widget: a widget of libadwaita's with buttons in it
 * @label: what screen readers say
 *
 * Names the buttons in @widget that show only an icon, which libadwaita 1.2 leaves without a name.
 */
void
kontor_widget_name_buttons (GtkWidget *widget, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child) && gtk_button_get_label (GTK_BUTTON (child)) == NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        label,
                                        -1);
      else
        kontor_widget_name_buttons (child, label);
    }
}

static void
tell_hidden_cb (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child),
                                 GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != shown,
                                 -1);
}

/**
 * kontor_stack_tell_hidden:
 * @stack: a stack
 *
 * Keeps screen readers from pages that are not shown, which GTK 4.8 offers them like the shown one.
 */
void
kontor_stack_tell_hidden (GtkStack *stack)
{
  g_autoptr(GtkSelectionModel) pages = gtk_stack_get_pages (stack);

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (tell_hidden_cb), NULL);
  g_signal_connect_object (pages,
                           "items-changed",
                           G_CALLBACK (tell_hidden_cb),
                           stack,
                           G_CONNECT_SWAPPED);
  tell_hidden_cb (stack);
}

/* --- Scrolling -------------------------------------------------------------------------------- */

/**
 * kontor_list_view_scroll_to:
 * @view: a list
 * @position: a row of it
 *
 * Brings the row into view.
 */
void
kontor_list_view_scroll_to (GtkListView *view, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "list.scroll-to-item", "u", position);
}

/**
 * kontor_column_view_scroll_to:
 * @view: a table
 * @position: a row of it
 *
 * Brings the row into view.
 */
void
kontor_column_view_scroll_to (GtkColumnView *view, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      {
        kontor_list_view_scroll_to (GTK_LIST_VIEW (child), position);
        return;
      }
}

/**
 * kontor_widget_open_uri:
 * @widget: where it was asked for
 * @uri: what to open: "tel:", "mailto:", "https:"
 * @callback: (nullable): called when it was handed over
 * @user_data: for @callback
 *
 * Hands @uri to the person's program for it; finish with
 * g_app_info_launch_default_for_uri_finish().
 */
void
kontor_widget_open_uri (GtkWidget *widget,
                        const char *uri,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr(GdkAppLaunchContext) context =
    gdk_display_get_app_launch_context (gtk_widget_get_display (widget));

  g_app_info_launch_default_for_uri_async (uri,
                                           G_APP_LAUNCH_CONTEXT (context),
                                           NULL,
                                           callback,
                                           user_data);
}

#define TOOLTIP "kontor-tooltip"
#define TOOLTIP_ASKED "kontor-tooltip-asked"

static gboolean
query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = g_object_get_data (G_OBJECT (widget), TOOLTIP);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/**
 * kontor_widget_set_tooltip:
 * @widget: a widget of a row, or of anything else that comes by hundreds
 * @text: (nullable): its tooltip
 *
 * As gtk_widget_set_tooltip_text(), which asks the X server each time where the pointer is, and
 * waits for the answer (GTK 4.8).
 */
void
kontor_widget_set_tooltip (GtkWidget *widget, const char *text)
{
  if (text != NULL && g_object_get_data (G_OBJECT (widget), TOOLTIP_ASKED) == NULL)
    {
      g_object_set_data (G_OBJECT (widget), TOOLTIP_ASKED, widget);
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
    }
  g_object_set_data_full (G_OBJECT (widget), TOOLTIP, g_strdup (text), g_free);
  gtk_widget_set_has_tooltip (widget, text != NULL);
}
