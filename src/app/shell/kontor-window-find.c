/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The palette, what it does with a record, and the records that were seen last. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-palette.h"
#include "kontor-recent.h"
#include "kontor-record-list.h"

#define SEEN_MS 1500

/* --- Seen last -------------------------------------------------------------------------------- */

static gboolean
seen_cb (gpointer data)
{
  KontorWindow *self = data;
  const KontorRecordType *type;
  KontorId id;

  self->seen_timer = 0;
  if (self->contacts != NULL && kontor_area_get_current (kontor_window_get_area (self), &type, &id))
    kontor_recent_add (kontor_session_get_workspace (self->session), type, &id);
  return G_SOURCE_REMOVE;
}

/* A record that is only passed on the way through a list was not looked at. */
void
kontor_window_watch_seen (KontorWindow *self)
{
  g_clear_handle_id (&self->seen_timer, g_source_remove);
  self->seen_timer = g_timeout_add (SEEN_MS, seen_cb, self);
}

/* --- Commands --------------------------------------------------------------------------------- */

static void
palette_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts != NULL)
    gtk_window_present (GTK_WINDOW (kontor_palette_new (self->session, GTK_WINDOW (self))));
}

gboolean
kontor_window_parse_record (GVariant *parameter, const KontorRecordType **type, KontorId *id)
{
  const char *type_name, *text;

  g_variant_get (parameter, "(&s&s)", &type_name, &text);
  *type = kontor_record_type_by_name (type_name);
  return *type != NULL && kontor_id_parse (text, id);
}

static void
call_record_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  const KontorRecordType *type;
  KontorId id;

  if (self->contacts == NULL || !kontor_window_parse_record (parameter, &type, &id) ||
      !kontor_area_can_open (KONTOR_AREA (self->contacts), type))
    return;
  kontor_window_go_to_record (self, type, &id);
  kontor_contacts_area_activate_when_loaded (self->contacts, &id, "page.call");
}

static void
show_tag_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts == NULL)
    return;
  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_show_tag (self->contacts, g_variant_get_string (parameter, NULL));
}

static void
show_saved_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  g_autofree char *view =
    g_strconcat (KONTOR_SAVED_VIEW_PREFIX, g_variant_get_string (parameter, NULL), NULL);

  if (self->contacts == NULL)
    return;
  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_show_list (self->contacts, view);
}

static void
new_named_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  const char *type, *record_name;

  if (self->contacts == NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &type, &record_name);
  kontor_window_show_area (self, "contacts");
  kontor_contacts_area_create (self->contacts, type, record_name);
}

/* The record that is shown. */
static void
own_window_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  const KontorRecordType *type;
  char text[KONTOR_ID_TEXT_SIZE];
  KontorId id;

  if (self->contacts == NULL ||
      !kontor_area_get_current (kontor_window_get_area (self), &type, &id))
    return;
  kontor_id_format (&id, text);
  gtk_widget_activate_action (widget, "win.open-window", "(ss)", type->name, text);
}

void
kontor_window_install_finding (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.palette", NULL, palette_activated);
  gtk_widget_class_install_action (klass, "win.call-record", "(ss)", call_record_activated);
  gtk_widget_class_install_action (klass, "win.show-tag", "s", show_tag_activated);
  gtk_widget_class_install_action (klass, "win.show-saved", "s", show_saved_activated);
  gtk_widget_class_install_action (klass, "win.new-named", "(ss)", new_named_activated);
  gtk_widget_class_install_action (klass, "win.own-window", NULL, own_window_activated);
}
