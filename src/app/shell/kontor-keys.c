/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of keys. Keys that edit text (Delete, Enter, arrows, Ctrl+A, C, X, V) are never here:
 * accelerators run before a text field's own keys. */
#include "config.h"

#include "kontor-keys.h"

#include <glib/gi18n.h>

const KontorKey kontor_keys[] = {
  { "win.palette", "<Control>k", N_("Find or do anything"), N_("Everywhere"), NULL },
  { "win.new::", "<Control>n", N_("New, of the kind in view"), N_("Everywhere"), NULL },
  { "win.search", "<Control>f", N_("Search in this list"), N_("Everywhere"), NULL },
  { "win.filter", "<Control><Shift>f", N_("Filter"), N_("Everywhere"), "records.filter" },
  { "win.save-view",
    "<Control><Shift>s",
    N_("Save as view"),
    N_("Everywhere"),
    "records.save-view" },
  { "win.import", "<Control>o", N_("Import a file"), N_("Everywhere"), NULL },
  { "win.paste", NULL, N_("Paste rows, cards or a signature"), N_("Everywhere"), NULL },
  { "win.new-from-text", NULL, N_("New person from copied text"), N_("Everywhere"), NULL },
  { "win.undo", "<Control>z", N_("Undo"), N_("Everywhere"), NULL },
  { "win.redo", "<Control><Shift>z", N_("Redo"), N_("Everywhere"), NULL },
  { "win.steps", "<Control><Alt>z", N_("List of steps to undo"), N_("Everywhere"), NULL },
  { "win.area(0)", "<Alt>1", N_("Contacts"), N_("Go to"), NULL },
  { "win.area(1)", "<Alt>2", N_("Trash"), N_("Go to"), NULL },
  { "win.view(0)", "<Control>1", N_("First view of the area"), N_("Go to"), NULL },
  { "win.view(1)", "<Control>2", N_("Second view"), N_("Go to"), NULL },
  { "win.view(2)", "<Control>3", N_("Third view"), N_("Go to"), NULL },
  { "win.view(3)", "<Control>4", N_("Fourth view"), N_("Go to"), NULL },
  { "win.view(4)", "<Control>5", N_("Fifth view"), N_("Go to"), NULL },
  { "win.back", "<Alt>Left", N_("Back"), N_("Go to"), NULL },
  { "win.forward", "<Alt>Right", N_("Forward"), N_("Go to"), NULL },
  { "win.step(-1)", "<Alt>Up", N_("Previous record of the list"), N_("Go to"), NULL },
  { "win.step(1)", "<Alt>Down", N_("Next record of the list"), N_("Go to"), NULL },
  { "win.pane(1)", "F6", N_("Next pane"), N_("Go to"), NULL },
  { "win.pane(-1)", "<Shift>F6", N_("Previous pane"), N_("Go to"), NULL },
  { "win.log", "<Control>l", N_("Log an entry"), N_("Record and list"), "page.log" },
  { "win.edit", "F2", N_("Edit all fields"), N_("Record and list"), "page.edit" },
  { "win.call",
    "<Control><Shift>c",
    N_("Call the main number"),
    N_("Record and list"),
    "page.call" },
  { "win.mail", "<Control><Shift>m", N_("Write an e-mail"), N_("Record and list"), "page.mail" },
  { "win.attach", "<Control><Alt>a", N_("Attach files"), N_("Record and list"), "page.attach" },
  { "win.tags", "<Control><Shift>t", N_("Tags"), N_("Record and list"), "page.tags" },
  { "win.star", "<Control>d", N_("Star or remove the star"), N_("Record and list"), "page.star" },
  { "win.assign",
    "<Control><Shift>o",
    N_("Assign to somebody"),
    N_("Record and list"),
    "records.assign" },
  { "win.change",
    NULL,
    N_("Change a field of the selected"),
    N_("Record and list"),
    "records.change" },
  { "win.copy", NULL, N_("Copy the selected"), N_("Record and list"), "records.copy" },
  { "win.export-list", NULL, N_("Export the list"), N_("Record and list"), "records.export" },
  { "win.history",
    "<Control>h",
    N_("History of the record"),
    N_("Record and list"),
    "page.history" },
  { "win.table",
    "<Control><Shift>l",
    N_("List or table"),
    N_("Record and list"),
    "records.table" },
  { "win.sidebar", "F9", N_("Sidebar"), N_("Window"), NULL },
  { "win.fullscreen", "F11", N_("Full screen"), N_("Window"), NULL },
  { "win.menu", "F10", N_("Main menu"), N_("Window"), NULL },
  { "win.preferences",
    "<Control>comma|<Control>Cyrillic_be",
    N_("Preferences"),
    N_("Window"),
    NULL },
  { "win.fields", NULL, N_("Fields, lists and layouts"), N_("Window"), NULL },
  { "win.shortcuts", "<Control>question|<Control>F1", N_("Keys"), N_("Window"), NULL },
  { "window.close", "<Control>w", N_("Close the window"), N_("Window"), NULL },
  { "win.new-window", NULL, N_("New window"), N_("Window"), NULL },
  { "win.own-window",
    NULL, /* Ctrl+Enter in lists: elsewhere it ends what is typed */
    N_("Open the record in its own window"),
    N_("Record and list"),
    NULL,
    TRUE },
  { "win.open-workspace", NULL, N_("Open a workspace"), N_("Window"), NULL },
  { "win.save-copy", NULL, N_("Save a copy of the workspace"), N_("Window"), NULL },
  { "win.about", NULL, N_("About Kontor"), N_("Window"), NULL },
  { "app.quit", "<Control>q", N_("Quit"), N_("Window"), NULL },
};

const guint kontor_n_keys = G_N_ELEMENTS (kontor_keys);

/**
 * kontor_keys_install:
 * @application: the application
 *
 * Sets the accelerators.
 */
void
kontor_keys_install (GtkApplication *application)
{
  for (guint i = 0; i < kontor_n_keys; i++)
    {
      g_auto(GStrv) accels = NULL;

      if (kontor_keys[i].accels == NULL)
        continue;
      accels = g_strsplit (kontor_keys[i].accels, "|", -1);
      gtk_application_set_accels_for_action (application,
                                             kontor_keys[i].action,
                                             (const char *const *) accels);
    }
}

static void
append_group (GString *xml, const char *group)
{
  g_autofree char *title = g_markup_escape_text (_(group), -1);

  g_string_append_printf (xml,
                          "<child><object class=\"GtkShortcutsGroup\">"
                          "<property name=\"title\">%s</property>",
                          title);
}

/**
 * kontor_keys_create_window:
 *
 * Returns: (transfer full): a window that shows all keys
 */
GtkWidget *
kontor_keys_create_window (void)
{
  g_autoptr(GString) xml = g_string_new (
    "<interface><object class=\"GtkShortcutsWindow\" id=\"window\">"
    "<property name=\"modal\">True</property><child><object class=\"GtkShortcutsSection\">"
    "<property name=\"max-height\">24</property>"
    "<property name=\"section-name\">keys</property>");
  g_autoptr(GtkBuilder) builder = NULL;
  const char *group = NULL;

  for (guint i = 0; i < kontor_n_keys; i++)
    {
      const KontorKey *key = &kontor_keys[i];
      g_autofree char *title = g_markup_escape_text (_(key->title), -1);
      g_autofree char *accel = NULL;
      g_auto(GStrv) accels = NULL;

      if (key->accels == NULL)
        continue;
      accels = g_strsplit (key->accels, "|", -1);
      accel = g_markup_escape_text (accels[0], -1);
      if (g_strcmp0 (group, key->group) != 0)
        {
          if (group != NULL)
            g_string_append (xml, "</object></child>");
          append_group (xml, key->group);
          group = key->group;
        }
      g_string_append_printf (xml,
                              "<child><object class=\"GtkShortcutsShortcut\">"
                              "<property name=\"accelerator\">%s</property>"
                              "<property name=\"title\">%s</property></object></child>",
                              accel,
                              title);
    }
  g_string_append (xml, "</object></child></object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, (gssize) xml->len);
  return g_object_ref (GTK_WIDGET (gtk_builder_get_object (builder, "window")));
}

/**
 * kontor_key_is_command:
 * @key: a key
 *
 * Returns: whether it makes sense to choose it by its title
 */
gboolean
kontor_key_is_command (const KontorKey *key)
{
  return !g_str_equal (key->action, "win.palette") &&
         !g_str_has_prefix (key->action, "win.step(") &&
         !g_str_has_prefix (key->action, "win.pane(");
}
