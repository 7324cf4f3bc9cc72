/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button, not a toggle: what it shows follows the workspace, not the pointer. */
#include "config.h"

#include "kontor-star-button.h"

#include "kontor-stars.h"
#include <glib/gi18n.h>

struct _KontorStarButton
{
  GtkWidget parent_instance;

  GtkWidget *button; /* borrowed: a child */

  /* owned */
  KontorStars *stars;
  KontorRecord *record; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (KontorStarButton, kontor_star_button, GTK_TYPE_WIDGET)

static void
update (KontorStarButton *self)
{
  gboolean starred = self->stars != NULL && self->record != NULL &&
                     kontor_stars_contain (self->stars, kontor_record_get_id (self->record));
  const char *label = starred ? _("Remove star") : _("Star");
  /* Translators: what a button does and its key: "Star (Ctrl+D)" */
  g_autofree char *tooltip = g_strdup_printf (_("%s (Ctrl+D)"), label);

  gtk_button_set_icon_name (GTK_BUTTON (self->button),
                            starred ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self), self->record != NULL);
}

static void
kontor_star_button_dispose (GObject *object)
{
  KontorStarButton *self = KONTOR_STAR_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->stars);
  g_clear_object (&self->record);
  G_OBJECT_CLASS (kontor_star_button_parent_class)->dispose (object);
}

static void
kontor_star_button_class_init (KontorStarButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kontor_star_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kontor_star_button_init (KontorStarButton *self)
{
  self->button = gtk_button_new ();
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (kontor_star_button_toggle), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  update (self);
}

/**
 * kontor_star_button_set_session:
 * @self: a button
 * @session: a session
 */
void
kontor_star_button_set_session (KontorStarButton *self, KontorSession *session)
{
  g_set_object (&self->stars, kontor_stars_get (session));
  gtk_widget_set_sensitive (self->button,
                            kontor_session_can (session,
                                                kontor_record_type_by_name ("star"),
                                                NULL,
                                                KONTOR_RIGHT_WRITE));
  g_signal_connect_object (self->stars, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * kontor_star_button_set_record:
 * @self: a button
 * @record: (nullable): what it is about
 */
void
kontor_star_button_set_record (KontorStarButton *self, KontorRecord *record)
{
  g_set_object (&self->record, record);
  update (self);
}

/**
 * kontor_star_button_toggle:
 * @self: a button
 *
 * Does what pressing it does.
 */
void
kontor_star_button_toggle (KontorStarButton *self)
{
  g_autofree char *title = self->record != NULL ? kontor_record_dup_title (self->record) : NULL;

  if (title != NULL && gtk_widget_is_sensitive (self->button))
    kontor_stars_toggle (self->stars,
                         kontor_record_get_record_type (self->record),
                         kontor_record_get_id (self->record),
                         title);
}
