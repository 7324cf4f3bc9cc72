/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows beside the first one: of a record alone, or of everything. Which there are is kept as
 * soon as it changes, so that they come back after any end. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-view-state.h"

#define RECORD_WIDTH 860
#define KEPT "a(sssii)" /* workspace, type and id of the record or "", width, height */

/* --- Kept ------------------------------------------------------------------------------------- */

static void
add_kept (GVariantBuilder *builder, KontorWindow *window)
{
  const KontorRecordType *type;
  char text[KONTOR_ID_TEXT_SIZE] = "";
  int width, height;
  KontorId id;

  if (window->alone && kontor_area_get_current (KONTOR_AREA (window->contacts), &type, &id))
    kontor_id_format (&id, text);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_variant_builder_add (builder,
                         "(sssii)",
                         window->path,
                         *text != '\0' ? type->name : "",
                         text,
                         width,
                         height);
}

/**
 * kontor_windows_save:
 * @application: the application
 *
 * Keeps which windows there are beside the first. When the program ends by closing all of them,
 * this is to be called before.
 */
void
kontor_windows_save (GtkApplication *application)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (KEPT));

  for (GList *l = g_list_last (gtk_application_get_windows (application)); l != NULL; l = l->prev)
    if (KONTOR_IS_WINDOW (l->data) && KONTOR_WINDOW (l->data)->beside &&
        KONTOR_WINDOW (l->data)->contacts != NULL)
      add_kept (&builder, l->data);
  g_settings_set_value (kontor_settings_get (), "windows", g_variant_builder_end (&builder));
}

/* --- Made ------------------------------------------------------------------------------------- */

static KontorWindow *
create_window (KontorWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  KontorWindow *window = kontor_window_new (ADW_APPLICATION (application));

  window->beside = TRUE;
  kontor_window_share (window, kontor_session_get_workspace (self->session));
  return window;
}

static void
present (KontorWindow *window)
{
  gtk_window_present (GTK_WINDOW (window));
  kontor_windows_save (gtk_window_get_application (GTK_WINDOW (window)));
}

static void
open_window_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  const KontorRecordType *type;
  KontorWindow *window;
  KontorId id;
  int width, height;

  if (self->contacts == NULL || !kontor_window_parse_record (parameter, &type, &id) ||
      !kontor_area_can_open (KONTOR_AREA (self->contacts), type))
    return;
  window = create_window (self);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), MIN (width, RECORD_WIDTH), height);
  kontor_window_show_record_alone (window, type, &id);
  present (window);
}

static void
new_window_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts != NULL)
    present (create_window (self));
}

static void
restore_one (KontorWindow *self, const char *type_name, const char *text, int width, int height)
{
  const KontorRecordType *type = kontor_record_type_by_name (type_name);
  gboolean alone = *text != '\0';
  KontorWindow *window;
  KontorId id;

  if (alone && (type == NULL || !kontor_id_parse (text, &id) ||
                !kontor_area_can_open (KONTOR_AREA (self->contacts), type)))
    return;
  window = create_window (self);
  if (width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (alone)
    kontor_window_show_record_alone (window, type, &id);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * kontor_window_restore_others:
 * @self: a window that shows a workspace
 *
 * Opens the windows there were beside the first, unless there are others already.
 */
void
kontor_window_restore_others (KontorWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr(GVariant) kept = g_settings_get_value (kontor_settings_get (), "windows");
  const char *path, *type, *id;
  GVariantIter iter;
  int width, height;
  guint n = 0;

  if (self->beside || g_list_length (gtk_application_get_windows (application)) > 1)
    return;
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s&sii)", &path, &type, &id, &width, &height))
    if (g_str_equal (path, self->path))
      {
        restore_one (self, type, id, width, height);
        n++;
      }
  if (n > 0)
    gtk_window_present (GTK_WINDOW (self));
}

void
kontor_window_install_beside (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open-window", "(ss)", open_window_activated);
  gtk_widget_class_install_action (klass, "win.new-window", NULL, new_window_activated);
}
