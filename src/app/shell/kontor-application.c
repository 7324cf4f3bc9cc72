/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command line, windows, and closing workspaces at the end. */
#include "config.h"

#include "kontor-application.h"

#include "kontor-keys.h"
#include "kontor-preferences.h"
#include "kontor-view-state.h"
#include "kontor-window-private.h"
#include <glib/gi18n.h>

struct _KontorApplication
{
  AdwApplication parent_instance;

  GHashTable *workspaces; /* (element-type KontorWorkspace): all that windows have shown */
  gboolean quitting;
};

G_DEFINE_FINAL_TYPE (KontorApplication, kontor_application, ADW_TYPE_APPLICATION)

static KontorWindow *
find_window (KontorApplication *self, const char *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      KontorWorkspace *workspace =
        KONTOR_IS_WINDOW (l->data) ? kontor_window_get_workspace (l->data) : NULL;

      if (workspace != NULL && g_strcmp0 (kontor_workspace_get_path (workspace), path) == 0)
        return l->data;
    }
  return NULL;
}

static KontorWindow *
create_window (KontorApplication *self)
{
  KontorWindow *window = kontor_window_new (ADW_APPLICATION (self));

  if (g_str_has_suffix (KONTOR_APP_ID, ".Devel"))
    gtk_widget_add_css_class (GTK_WIDGET (window), "devel");
  return window;
}

/* Without a window it is still open while a job goes on. */
static KontorWorkspace *
find_workspace (KontorApplication *self, const char *path)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, &workspace, NULL))
    if (g_strcmp0 (kontor_workspace_get_path (workspace), path) == 0)
      return workspace;
  return NULL;
}

/**
 * kontor_application_forget:
 * @self: the application
 * @workspace: a workspace that is about to be closed
 */
void
kontor_application_forget (KontorApplication *self, KontorWorkspace *workspace)
{
  g_hash_table_remove (self->workspaces, workspace);
}

/* A workspace that is open already is brought to the front. */
static KontorWindow *
open_path (KontorApplication *self, const char *path, KontorOpenerMode mode)
{
  KontorWindow *window = find_window (self, path);

  if (window == NULL)
    {
      KontorWorkspace *workspace = find_workspace (self, path);

      window = create_window (self);
      if (workspace != NULL)
        kontor_window_share (window, workspace);
      else
        kontor_window_open (window, path, mode, KONTOR_OPEN_DEFAULT, NULL);
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
kontor_application_activate (GApplication *application)
{
  KontorApplication *self = KONTOR_APPLICATION (application);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *last = NULL;
  g_autofree char *path = NULL;

  self->quitting = FALSE;
  if (active != NULL)
    {
      gtk_window_present (active);
      return;
    }
  last = g_settings_get_string (kontor_settings_get (), "workspace");
  path = *last != '\0' && g_file_test (last, G_FILE_TEST_EXISTS) ? g_strdup (last)
                                                                 : kontor_workspace_default_path ();
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      open_path (self, path, KONTOR_OPENER_EXISTING);
    }
  else
    {
      KontorWindow *window = create_window (self);

      kontor_window_welcome (window);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static KontorWindow *
find_any_window (KontorApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (KONTOR_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* Workspaces are opened; everything else is a file to import. */
static void
open_file (KontorApplication *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  KontorWindow *window;

  if (path != NULL && g_str_has_suffix (path, KONTOR_WORKSPACE_SUFFIX))
    {
      open_path (self, path, KONTOR_OPENER_EXISTING);
      return;
    }
  /* presenting the window would put it before the assistant with an earlier file */
  if (find_any_window (self) == NULL)
    kontor_application_activate (G_APPLICATION (self));
  window = find_any_window (self);
  if (window != NULL)
    kontor_window_import (window, file);
}

/* What the actions of the desktop file ask for. */
static const struct
{
  const char *option;
  const char *action;
} commands[] = {
  { "new-window", "win.new-window" },
  { "find", "win.palette" },
  { "new-person", "win.new::contact" },
};

/* The first window is a new one already. */
static void
run_commands (KontorApplication *self, GVariantDict *options, gboolean is_first)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (KONTOR_IS_WINDOW (window) && g_variant_dict_contains (options, commands[i].option) &&
        !(is_first && g_str_equal (commands[i].option, "new-window")))
      kontor_window_activate (KONTOR_WINDOW (window), commands[i].action);
}

static int
kontor_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  KontorApplication *self = KONTOR_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_auto(GStrv) arguments = g_application_command_line_get_arguments (line, NULL);
  gboolean is_first = gtk_application_get_windows (GTK_APPLICATION (self)) == NULL;

  if (g_variant_dict_contains (options, "demo"))
    {
      g_autofree char *path = kontor_opener_dup_demo_path ();

      open_path (self, path, KONTOR_OPENER_DEMO);
    }
  else if (g_strv_length (arguments) < 2)
    {
      kontor_application_activate (application);
    }
  for (guint i = 1; i < g_strv_length (arguments); i++)
    {
      g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (line, arguments[i]);

      open_file (self, file);
    }
  run_commands (self, options, is_first);
  return 0;
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (application));

  kontor_windows_save (application);
  KONTOR_APPLICATION (application)->quitting = TRUE;
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
kontor_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit_activated } };

  G_APPLICATION_CLASS (kontor_application_parent_class)->startup (application);
  kontor_model_init ();
  gtk_window_set_default_icon_name (KONTOR_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   actions,
                                   G_N_ELEMENTS (actions),
                                   application);
  kontor_keys_install (GTK_APPLICATION (application));
  kontor_preferences_apply_appearance ();
}

static void
kontor_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  KontorApplication *self = KONTOR_APPLICATION (application);
  KontorWorkspace *workspace =
    KONTOR_IS_WINDOW (window) ? kontor_window_get_workspace (KONTOR_WINDOW (window)) : NULL;

  if (workspace != NULL)
    {
      g_settings_set_string (kontor_settings_get (),
                             "workspace",
                             kontor_workspace_get_path (workspace));
      g_hash_table_add (self->workspaces, g_object_ref (workspace));
    }
  GTK_APPLICATION_CLASS (kontor_application_parent_class)->window_removed (application, window);
  if (KONTOR_IS_WINDOW (window) && !self->quitting)
    kontor_windows_save (application);
}

/* After the last window: the file is put together and closed before the process ends. */
static void
kontor_application_shutdown (GApplication *application)
{
  KontorApplication *self = KONTOR_APPLICATION (application);
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, &workspace, NULL))
    {
      g_autoptr(GError) error = NULL;

      if (!kontor_workspace_close (workspace, &error))
        g_warning ("Closing the workspace: %s", error->message);
    }
  g_hash_table_remove_all (self->workspaces);
  G_APPLICATION_CLASS (kontor_application_parent_class)->shutdown (application);
}

static int
kontor_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Kontor %s\n", KONTOR_VERSION);
      return 0;
    }
  return -1;
}

static void
kontor_application_finalize (GObject *object)
{
  g_hash_table_unref (KONTOR_APPLICATION (object)->workspaces);
  G_OBJECT_CLASS (kontor_application_parent_class)->finalize (object);
}

static void
kontor_application_class_init (KontorApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kontor_application_finalize;
  application_class->activate = kontor_application_activate;
  application_class->command_line = kontor_application_command_line;
  application_class->startup = kontor_application_startup;
  application_class->shutdown = kontor_application_shutdown;
  application_class->handle_local_options = kontor_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = kontor_application_window_removed;
}

static void
kontor_application_init (KontorApplication *self)
{
  static const GOptionEntry options[] = {
    { "demo",
      0,
      0,
      G_OPTION_ARG_NONE,
      NULL,
      N_("Open a workspace filled with demo data, kept apart from your own"),
      NULL },
    { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open another window"), NULL },
    { "find", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Find or do anything"), NULL },
    { "new-person", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Create a person"), NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  self->workspaces = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
}

/**
 * kontor_application_new:
 *
 * Returns: (transfer full): the application
 */
KontorApplication *
kontor_application_new (void)
{
  return g_object_new (KONTOR_TYPE_APPLICATION,
                       "application-id",
                       KONTOR_APP_ID,
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path",
                       KONTOR_APP_PATH,
                       NULL);
}
