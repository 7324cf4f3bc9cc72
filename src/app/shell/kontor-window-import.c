/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import assistant and the window: files handed over, and what came of them. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-import-window.h"

/**
 * kontor_window_import:
 * @self: a window
 * @file: (nullable): a file, or none to ask for one
 *
 * Opens the import assistant; while the workspace is not open yet, once it is.
 */
void
kontor_window_import (KontorWindow *self, GFile *file)
{
  GtkWidget *assistant;

  if (self->session == NULL)
    {
      g_set_object (&self->import_later, file);
      return;
    }
  assistant = kontor_import_window_new (self->session);
  gtk_window_set_transient_for (GTK_WINDOW (assistant), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (assistant));
  if (file != NULL)
    kontor_import_window_open (KONTOR_IMPORT_WINDOW (assistant), file);
}

static void
show_view_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autofree char *view = g_strconcat ("saved:", g_variant_get_string (parameter, NULL), NULL);

  if (self->contacts == NULL)
    return;
  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_show_view (self->contacts, view);
  gtk_widget_grab_focus (GTK_WIDGET (self->contacts));
}

void
kontor_window_install_import (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.show-view", "s", show_view_activated);
}
