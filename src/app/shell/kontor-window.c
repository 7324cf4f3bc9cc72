/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: waiting, welcome, an error, or the areas of a workspace. */
#include "config.h"

#include "kontor-window-private.h"

#include "kontor-compat.h"
#include "kontor-view-state.h"
#include <glib/gi18n.h>

#define SIDEBAR_LEAST_WIDTH 1000

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_HAS_RECORD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KontorWindow, kontor_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Areas ------------------------------------------------------------------------------------ */

KontorArea *
kontor_window_get_area (KontorWindow *self)
{
  return KONTOR_AREA (gtk_stack_get_visible_child (self->areas));
}

/* Made when somebody looks into it. */
static void
create_trash (KontorWindow *self)
{
  GtkWidget *trash = kontor_contacts_area_new_trash (self->session);

  gtk_stack_add_named (self->areas, trash, "trash");
  kontor_contacts_area_show_view (KONTOR_CONTACTS_AREA (trash), NULL);
}

void
kontor_window_show_area (KontorWindow *self, const char *name)
{
  if (g_str_equal (name, "trash") && gtk_stack_get_child_by_name (self->areas, "trash") == NULL)
    create_trash (self);
  gtk_stack_set_visible_child_name (self->areas, name);
  kontor_sidebar_select (self->sidebar, name);
  if (!self->alone)
    g_settings_set_string (kontor_settings_get (), "area", name);
  if (self->narrow)
    adw_flap_set_reveal_flap (self->flap, FALSE);
  kontor_window_update_places (self);
}

static void
area_chosen_cb (KontorSidebar *sidebar, const char *name, KontorWindow *self)
{
  kontor_window_show_area (self, name);
  gtk_widget_grab_focus (GTK_WIDGET (kontor_window_get_area (self)));
}

/* Of a window with one record its name, to be told from others. */
static void
show_title (KontorWindow *self)
{
  g_autofree char *title = self->alone ? kontor_contacts_area_dup_title (self->contacts) : NULL;

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Kontor");
}

static void
place_changed_cb (KontorWindow *self)
{
  if (self->contacts == NULL)
    return;
  if (!self->alone)
    {
      g_autofree char *view = kontor_contacts_area_dup_view (self->contacts);

      g_settings_set_string (kontor_settings_get (), "contacts-view", view);
    }
  show_title (self);
  kontor_window_watch_seen (self);
}

/* The record that was shown last, where it is one of this workspace. */
static void
restore_record (KontorWindow *self)
{
  const KontorRecordType *type;
  const char *type_name, *text;
  g_autoptr(GVariant) kept = g_settings_get_value (kontor_settings_get (), "record");
  g_autofree char *path = g_settings_get_string (kontor_settings_get (), "workspace");
  KontorId id;

  g_variant_get (kept, "(&s&s)", &type_name, &text);
  type = kontor_record_type_by_name (type_name);
  if (type != NULL && kontor_id_parse (text, &id) && g_str_equal (path, self->path) &&
      kontor_area_can_open (KONTOR_AREA (self->contacts), type))
    kontor_contacts_area_restore_record (self->contacts, type, &id);
}

static void
save_record (KontorWindow *self)
{
  const KontorRecordType *type;
  char text[KONTOR_ID_TEXT_SIZE] = "";
  KontorId id;

  if (kontor_area_get_current (KONTOR_AREA (self->contacts), &type, &id))
    kontor_id_format (&id, text);
  g_settings_set (kontor_settings_get (), "record", "(ss)", *text != '\0' ? type->name : "", text);
}

void
kontor_window_create_areas (KontorWindow *self)
{
  GtkWidget *contacts = kontor_contacts_area_new (self->session);
  g_autofree char *view = g_settings_get_string (kontor_settings_get (), "contacts-view");
  g_autofree char *area = g_settings_get_string (kontor_settings_get (), "area");

  self->contacts = KONTOR_CONTACTS_AREA (contacts);
  gtk_stack_add_named (self->areas, contacts, "contacts");
  kontor_contacts_area_show_view (self->contacts, view);
  g_signal_connect_object (contacts,
                           "place-changed",
                           G_CALLBACK (place_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_window_show_area (self, g_str_equal (area, "trash") ? "trash" : "contacts");
  restore_record (self);
}

void
kontor_window_remove_areas (KontorWindow *self)
{
  GtkWidget *area;

  self->contacts = NULL;
  while ((area = gtk_widget_get_first_child (GTK_WIDGET (self->areas))) != NULL)
    gtk_stack_remove (self->areas, area);
}

/* --- Width ------------------------------------------------------------------------------------ */

static void
set_narrow (KontorWindow *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  adw_flap_set_fold_policy (self->flap,
                            narrow ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_reveal_flap (self->flap, !narrow);
}

static gboolean
width_changed_cb (gpointer data)
{
  KontorWindow *self = data;

  self->width_idle = 0;
  set_narrow (self, self->width < SIDEBAR_LEAST_WIDTH);
  return G_SOURCE_REMOVE;
}

/* libadwaita would fold the list before the sidebar, so the width decides. */
static void
surface_layout_cb (GdkSurface *surface, int width, int height, KontorWindow *self)
{
  if (width == self->width)
    return;
  self->width = width;
  if (self->width_idle == 0)
    self->width_idle = g_idle_add (width_changed_cb, self);
}

static void
kontor_window_realize (GtkWidget *widget)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  set_narrow (self, width < SIDEBAR_LEAST_WIDTH);
  GTK_WIDGET_CLASS (kontor_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)),
                           "layout",
                           G_CALLBACK (surface_layout_cb),
                           self,
                           0);
}

/* --- Kept per device -------------------------------------------------------------------------- */

static void
restore_size (KontorWindow *self)
{
  GSettings *settings = kontor_settings_get ();

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (KontorWindow *self)
{
  GSettings *settings = kontor_settings_get ();
  int width, height;

  if (self->beside)
    return;
  if (self->contacts != NULL)
    save_record (self);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings,
                          "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
kontor_window_close_request (GtkWindow *window)
{
  KontorWindow *self = KONTOR_WINDOW (window);

  save_size (self);
  /* what is being edited is stored when it loses the focus */
  gtk_window_set_focus (window, NULL);
  return GTK_WINDOW_CLASS (kontor_window_parent_class)->close_request (window);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
banner_closed_cb (KontorWindow *self)
{
  kontor_window_hide_banner (self);
}

static void
kontor_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorWindow *self = KONTOR_WINDOW (object);
  const KontorRecordType *type;
  KontorId record;

  if (id == PROP_SIDEBAR)
    g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
  else if (id == PROP_HAS_RECORD)
    g_value_set_boolean (value,
                         self->contacts != NULL &&
                           kontor_area_get_current (kontor_window_get_area (self), &type, &record));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kontor_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SIDEBAR)
    adw_flap_set_reveal_flap (KONTOR_WINDOW (object)->flap, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
flap_revealed_cb (KontorWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDEBAR]);
}

static void
kontor_window_dispose (GObject *object)
{
  KontorWindow *self = KONTOR_WINDOW (object);
  KontorPlace *place;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->waiting_timer, g_source_remove);
  g_clear_handle_id (&self->width_idle, g_source_remove);
  g_clear_handle_id (&self->seen_timer, g_source_remove);
  g_clear_handle_id (&self->backup_timer, g_source_remove);
  while ((place = g_queue_pop_head (&self->back)) != NULL)
    kontor_place_free (place);
  while ((place = g_queue_pop_head (&self->forward)) != NULL)
    kontor_place_free (place);
  self->contacts = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->imports, g_object_unref);
  g_clear_pointer (&self->action_later, g_free);
  g_clear_object (&self->toast);
  g_clear_error (&self->restore_error);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (kontor_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorWindow, toasts);
  gtk_widget_class_bind_template_child (klass, KontorWindow, pages);
  gtk_widget_class_bind_template_child (klass, KontorWindow, waiting_box);
  gtk_widget_class_bind_template_child (klass, KontorWindow, waiting_spinner);
  gtk_widget_class_bind_template_child (klass, KontorWindow, waiting_label);
  gtk_widget_class_bind_template_child (klass, KontorWindow, waiting_progress);
  gtk_widget_class_bind_template_child (klass, KontorWindow, error_page);
  gtk_widget_class_bind_template_child (klass, KontorWindow, read_only_button);
  gtk_widget_class_bind_template_child (klass, KontorWindow, banner);
  gtk_widget_class_bind_template_child (klass, KontorWindow, banner_label);
  gtk_widget_class_bind_template_child (klass, KontorWindow, banner_button);
  gtk_widget_class_bind_template_child (klass, KontorWindow, own_button);
  gtk_widget_class_bind_template_child (klass, KontorWindow, flap);
  gtk_widget_class_bind_template_child (klass, KontorWindow, sidebar);
  gtk_widget_class_bind_template_child (klass, KontorWindow, areas);
}

static void
kontor_window_class_init (KontorWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kontor_window_dispose;
  object_class->get_property = kontor_window_get_property;
  object_class->set_property = kontor_window_set_property;
  widget_class->realize = kontor_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = kontor_window_close_request;
  properties[PROP_SIDEBAR] =
    g_param_spec_boolean ("sidebar",
                          NULL,
                          NULL,
                          TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* whether a record is shown, for commands that need one */
  properties[PROP_HAS_RECORD] = g_param_spec_boolean ("has-record",
                                                      NULL,
                                                      NULL,
                                                      FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KONTOR_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, area_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_closed_cb);
  gtk_widget_class_install_property_action (widget_class, "win.sidebar", "sidebar");
  kontor_window_install_actions (widget_class);
  kontor_window_install_places (widget_class);
  kontor_window_install_finding (widget_class);
  kontor_window_install_beside (widget_class);
  kontor_window_install_restore (widget_class);
  kontor_window_install_import (widget_class);
}

static void
kontor_window_init (KontorWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->imports);
  kontor_window_set_up_drop (self);
  kontor_stack_tell_hidden (self->pages);
  kontor_stack_tell_hidden (self->areas);
  self->cancellable = g_cancellable_new ();
  kontor_sidebar_add_area (self->sidebar,
                           "contacts",
                           _("Contacts"),
                           "x-office-address-book-symbolic",
                           "Alt+1",
                           FALSE);
  kontor_sidebar_add_area (self->sidebar,
                           "trash",
                           _("Trash"),
                           "user-trash-symbolic",
                           "Alt+2",
                           TRUE);
  g_signal_connect_object (self->flap,
                           "notify::reveal-flap",
                           G_CALLBACK (flap_revealed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.forward", FALSE);
  restore_size (self);
}

/**
 * kontor_window_new:
 * @application: the application
 *
 * Returns: (transfer floating): a window without a workspace yet
 */
KontorWindow *
kontor_window_new (AdwApplication *application)
{
  return g_object_new (KONTOR_TYPE_WINDOW, "application", application, NULL);
}

/**
 * kontor_window_get_workspace:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the workspace it shows
 */
KontorWorkspace *
kontor_window_get_workspace (KontorWindow *self)
{
  return self->session != NULL ? kontor_session_get_workspace (self->session) : NULL;
}

/**
 * kontor_window_show_record_alone:
 * @self: a window that shares a workspace
 * @type: type of a record
 * @id: its id
 *
 * Shows a record without sidebar and list; both are a key away.
 */
void
kontor_window_show_record_alone (KontorWindow *self,
                                 const KontorRecordType *type,
                                 const KontorId *id)
{
  self->alone = TRUE;
  kontor_window_show_area (self, "contacts");
  adw_flap_set_reveal_flap (self->flap, FALSE);
  kontor_contacts_area_set_page_alone (self->contacts);
  kontor_area_open_record (KONTOR_AREA (self->contacts), type, id);
}

/**
 * kontor_window_activate:
 * @self: a window
 * @action: detailed name of an action
 *
 * Does a command; while the workspace is not open yet, once it is.
 */
void
kontor_window_activate (KontorWindow *self, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (self->session == NULL)
    {
      g_free (self->action_later);
      self->action_later = g_strdup (action);
    }
  else if (g_action_parse_detailed_name (action, &name, &target, NULL))
    {
      gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
    }
}
