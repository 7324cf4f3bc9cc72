/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going to records, back and forward. */
#include "config.h"

#include "kontor-window-private.h"

#define PLACES_KEPT 100

void
kontor_place_free (KontorPlace *place)
{
  g_free (place->area);
  g_free (place);
}

/* Where the window is now; NULL where nothing is shown. */
static KontorPlace *
dup_present (KontorWindow *self)
{
  KontorPlace *place = g_new0 (KontorPlace, 1);

  if (!kontor_area_get_current (kontor_window_get_area (self), &place->type, &place->id))
    {
      g_free (place);
      return NULL;
    }
  place->area = g_strdup (gtk_stack_get_visible_child_name (self->areas));
  return place;
}

static void
clear_places (GQueue *places)
{
  KontorPlace *place;

  while ((place = g_queue_pop_head (places)) != NULL)
    kontor_place_free (place);
}

static void
remember (GQueue *places, KontorPlace *place)
{
  if (place == NULL)
    return;
  g_queue_push_head (places, place);
  while (g_queue_get_length (places) > PLACES_KEPT)
    kontor_place_free (g_queue_pop_tail (places));
}

void
kontor_window_update_places (KontorWindow *self)
{
  gboolean can_go_back = !g_queue_is_empty (&self->back);

  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.forward",
                                 !g_queue_is_empty (&self->forward));
  if (self->contacts != NULL)
    kontor_area_set_can_go_back (kontor_window_get_area (self), can_go_back);
}

void
kontor_window_go_to_record (KontorWindow *self, const KontorRecordType *type, const KontorId *id)
{
  KontorPlace *present;

  if (self->contacts == NULL || !kontor_area_can_open (KONTOR_AREA (self->contacts), type))
    return;
  present = dup_present (self);
  if (present != NULL && present->type == type && kontor_id_equal (&present->id, id))
    g_clear_pointer (&present, kontor_place_free);
  remember (&self->back, present);
  clear_places (&self->forward);
  kontor_window_show_area (self, "contacts");
  kontor_area_open_record (KONTOR_AREA (self->contacts), type, id);
  kontor_window_update_places (self);
}

static void
go (KontorWindow *self, GQueue *from, GQueue *to)
{
  g_autofree KontorPlace *place = g_queue_pop_head (from);
  g_autofree char *area = NULL;

  if (place == NULL)
    return;
  area = place->area;
  remember (to, dup_present (self));
  kontor_window_show_area (self, area);
  kontor_area_open_record (kontor_window_get_area (self), place->type, &place->id);
  kontor_window_update_places (self);
}

static void
back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  if (self->contacts == NULL)
    return;
  if (!g_queue_is_empty (&self->back))
    go (self, &self->back, &self->forward);
  else
    kontor_area_go_back (kontor_window_get_area (self));
}

static void
forward_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);

  go (self, &self->forward, &self->back);
}

static void
open_record_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const KontorRecordType *type;
  const char *type_name, *id_text;
  KontorId id;

  g_variant_get (parameter, "(&s&s)", &type_name, &id_text);
  type = kontor_record_type_by_name (type_name);
  if (type != NULL && kontor_id_parse (id_text, &id))
    kontor_window_go_to_record (KONTOR_WINDOW (widget), type, &id);
}

/* --- Panes ------------------------------------------------------------------------------------ */

static void
pane_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorWindow *self = KONTOR_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *panes[KONTOR_AREA_MOST_PANES + 1];
  guint n = 0, present = 0;

  if (self->contacts == NULL)
    return;
  if (adw_flap_get_reveal_flap (self->flap))
    panes[n++] = GTK_WIDGET (self->sidebar);
  n += kontor_area_get_panes (kontor_window_get_area (self), panes + n);
  for (guint i = 0; i < n; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
      present = i;
  for (guint i = 1; i < n; i++)
    {
      guint next = g_variant_get_int32 (parameter) > 0 ? present + i : present + n - i;

      if (gtk_widget_grab_focus (panes[next % n]) ||
          gtk_widget_child_focus (panes[next % n], GTK_DIR_TAB_FORWARD))
        return;
    }
}

void
kontor_window_install_places (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.back", NULL, back_activated);
  gtk_widget_class_install_action (klass, "win.forward", NULL, forward_activated);
  gtk_widget_class_install_action (klass, "win.pane", "i", pane_activated);
  gtk_widget_class_install_action (klass, "win.open-record", "(ss)", open_record_activated);
}
