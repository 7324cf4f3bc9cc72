/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and clicks of a field row: what begins editing, what ends it, and Tab to the next field. */
#include "config.h"

#include "kontor-field-row-private.h"

/* The rows of a page in order, so that Tab walks through fields while editing. */
static void
collect_rows (GtkWidget *widget, GPtrArray *rows)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (KONTOR_IS_FIELD_ROW (widget) && kontor_field_row_is_editable (KONTOR_FIELD_ROW (widget)))
    {
      g_ptr_array_add (rows, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static gboolean
edit_neighbour (KontorFieldRow *self, int by)
{
  GtkWidget *scope = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  guint index;

  if (scope == NULL)
    return FALSE;
  collect_rows (scope, rows);
  if (!g_ptr_array_find (rows, self, &index) || (by < 0 && index == 0) || index + by >= rows->len)
    return FALSE;
  kontor_field_row_edit (g_ptr_array_index (rows, index + by));
  return TRUE;
}

static gboolean
editing_key_pressed (KontorFieldRow *self, guint keyval, GdkModifierType state)
{
  gboolean backwards = keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;

  switch (keyval)
    {
    case GDK_KEY_Escape:
      if (self->keep_open && !kontor_field_editor_is_edited (self->editor))
        return GDK_EVENT_PROPAGATE;
      kontor_field_row_cancel (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      if ((state & GDK_CONTROL_MASK) != 0)
        return GDK_EVENT_PROPAGATE;
      if (!kontor_field_row_save (self))
        return GDK_EVENT_STOP;
      return edit_neighbour (self, backwards ? -1 : 1);

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
is_typing (guint keyval, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);

  return character != 0 && g_unichar_isprint (character) && character != ' ' &&
         (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;
}

/* To what takes keys within an editor: an entry itself does not. */
static gboolean
forward_to_focus (GtkEventControllerKey *controller, GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget) &&
         gtk_event_controller_key_forward (controller, focus);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorFieldRow *self)
{
  if (self->editor != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    return editing_key_pressed (self, keyval, state);
  if (!gtk_widget_has_focus (GTK_WIDGET (self)) || !kontor_field_row_is_editable (self))
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_F2:
    case GDK_KEY_space:
      if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
        return GDK_EVENT_PROPAGATE;
      kontor_field_row_edit (self);
      return GDK_EVENT_STOP;

    default:
      if (!is_typing (keyval, state))
        return GDK_EVENT_PROPAGATE;
      kontor_field_row_edit (self);
      return forward_to_focus (controller, GTK_WIDGET (self));
    }
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, KontorFieldRow *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (self->editor != NULL || !kontor_field_row_is_editable (self) ||
      gtk_label_get_current_uri (self->value) != NULL || picked == NULL ||
      gtk_widget_is_ancestor (picked, GTK_WIDGET (self->suffixes)))
    return;
  kontor_field_row_edit (self);
}

void
kontor_field_row_bind_input (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, key_pressed_cb);
  gtk_widget_class_bind_template_callback (klass, clicked_cb);
}
