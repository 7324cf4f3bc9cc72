/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens by the icon in the entry or by Alt+Down, turned to the day that stands there; choosing a
 * day writes it out and returns to the entry. */
#include "config.h"

#include "kontor-day-popover.h"

#include "kontor-date.h"
#include <glib/gi18n.h>

struct _KontorDayPopover
{
  GtkPopover parent_instance;

  /* borrowed */
  GtkEntry *entry; /* the parent */
  GtkWidget *calendar;

  gboolean turning; /* the calendar to the entry's day, by us */
};

G_DEFINE_FINAL_TYPE (KontorDayPopover, kontor_day_popover, GTK_TYPE_POPOVER)

static void
day_selected_cb (KontorDayPopover *self)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *text = g_date_time_format (date, C_("date", "%-d %B %Y"));

  if (self->turning)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
open_calendar (KontorDayPopover *self)
{
  int year, month, day;

  if (kontor_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                         kontor_date_order_of_locale (),
                         &year,
                         &month,
                         &day))
    {
      g_autoptr(GDateTime) date = g_date_time_new_local (year, month, day, 0, 0, 0);

      self->turning = TRUE;
      if (date != NULL)
        gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
      self->turning = FALSE;
    }
  gtk_popover_popup (GTK_POPOVER (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorDayPopover *self)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || (state & GDK_ALT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  open_calendar (self);
  return GDK_EVENT_STOP;
}

/* A popover is a child that its parent knows nothing of. */
static void
entry_destroyed_cb (GtkWidget *entry, GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

static void
kontor_day_popover_class_init (KontorDayPopoverClass *klass)
{
}

static void
kontor_day_popover_init (KontorDayPopover *self)
{
  self->calendar = gtk_calendar_new ();
  gtk_popover_set_child (GTK_POPOVER (self), self->calendar);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
}

/**
 * kontor_day_popover_attach:
 * @entry: an entry for a day
 *
 * Gives @entry a calendar to choose from, which lives as long as it.
 */
void
kontor_day_popover_attach (GtkEntry *entry)
{
  KontorDayPopover *self = g_object_new (KONTOR_TYPE_DAY_POPOVER, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = entry;
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (entry));
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_SECONDARY, "x-office-calendar-symbolic");
  gtk_entry_set_icon_tooltip_text (entry, GTK_ENTRY_ICON_SECONDARY, _("Choose a day (Alt+Down)"));
  g_signal_connect_swapped (entry, "icon-press", G_CALLBACK (open_calendar), self);
  g_signal_connect (entry, "destroy", G_CALLBACK (entry_destroyed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}
