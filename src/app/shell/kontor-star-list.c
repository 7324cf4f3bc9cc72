/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list box filled anew when the stars change: there are twelve at most (ui.md 1). */
#include "config.h"

#include "kontor-star-list.h"

#include "kontor-compat.h"
#include "kontor-schema-data.h"
#include "kontor-stars.h"
#include <glib/gi18n.h>

#define MOST_SHOWN 12

struct _KontorStarList
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *heading;
  GtkListBox *list;
  GMenuModel *row_menu;

  GtkWidget *popover; /* borrowed: a child */
  KontorStars *stars; /* owned, (nullable) */
};

G_DEFINE_FINAL_TYPE (KontorStarList, kontor_star_list, GTK_TYPE_WIDGET)

/* --- Rows ------------------------------------------------------------------------------------- */

static void
activate_star (KontorStarList *self, guint n)
{
  KontorStar star;
  char id[KONTOR_ID_TEXT_SIZE];

  if (!kontor_stars_get_nth (self->stars, n, &star))
    return;
  kontor_id_format (&star.id, id);
  if (star.type == &kontor_saved_view_type)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-saved", "s", id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", star.type->name, id);
}

/* The place of a row among the stars; rows of stars that aren't read yet are left out. */
static guint
get_place (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "place"));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, KontorStarList *self)
{
  activate_star (self, get_place (row));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkListBoxRow *row)
{
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, KontorStarList *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *dragged = g_value_get_object (value);

  if (dragged == NULL || gtk_widget_get_parent (dragged) != GTK_WIDGET (self->list))
    return FALSE;
  kontor_stars_move (self->stars,
                     get_place (GTK_LIST_BOX_ROW (dragged)),
                     get_place (GTK_LIST_BOX_ROW (row)));
  return TRUE;
}

static void
add_dragging (KontorStarList *self, GtkWidget *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
append_row (KontorStarList *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  add_dragging (self, row);
  gtk_list_box_append (self->list, row);
  return row;
}

static void
show_star (GtkWidget *row, guint place, const KontorStar *star)
{
  GtkWidget *image =
    gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));

  gtk_image_set_from_icon_name (GTK_IMAGE (image), star->type->icon);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (image)), star->title);
  gtk_widget_set_tooltip_text (row, star->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  star->title,
                                  -1);
  g_object_set_data (G_OBJECT (row), "place", GUINT_TO_POINTER (place));
}

/* Rows are used again, so that the focus stays where it is. */
static void
fill (KontorStarList *self)
{
  guint n = kontor_stars_get_n (self->stars);
  GtkListBoxRow *row;
  int n_shown = 0;
  KontorStar star;

  for (guint i = 0; i < n && n_shown < MOST_SHOWN; i++)
    {
      /* one that is read in a moment keeps its row */
      if (!kontor_stars_get_nth (self->stars, i, &star))
        return;
      if (star.type == NULL || star.title == NULL)
        continue;
      row = gtk_list_box_get_row_at_index (self->list, n_shown++);
      show_star (row != NULL ? GTK_WIDGET (row) : append_row (self), i, &star);
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, n_shown)) != NULL)
    {
      if (gtk_widget_is_focus (GTK_WIDGET (row)) && n_shown > 0)
        gtk_widget_grab_focus (
          GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, n_shown - 1)));
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_shown > 0);
}

/* --- Keys and menu ---------------------------------------------------------------------------- */

static GtkListBoxRow *
get_focused (KontorStarList *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return row != NULL ? GTK_LIST_BOX_ROW (row) : gtk_list_box_get_selected_row (self->list);
}

static void
move_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorStarList *self = KONTOR_STAR_LIST (widget);
  GtkListBoxRow *row = get_focused (self);
  GtkListBoxRow *other;

  if (row == NULL)
    return;
  other = gtk_list_box_get_row_at_index (self->list,
                                         gtk_list_box_row_get_index (row) +
                                           g_variant_get_int32 (parameter));
  if (other == NULL)
    return;
  kontor_stars_move (self->stars, get_place (row), get_place (other));
  /* the focus goes with it */
  gtk_widget_grab_focus (GTK_WIDGET (other));
}

static void
remove_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorStarList *self = KONTOR_STAR_LIST (widget);
  GtkListBoxRow *row = get_focused (self);
  KontorStar star;

  if (row != NULL && kontor_stars_get_nth (self->stars, get_place (row), &star))
    kontor_stars_toggle (self->stars, star.type, &star.id, star.title);
}

static void
popup_menu (KontorStarList *self, GtkWidget *row)
{
  graphene_rect_t bounds;
  GdkRectangle at;

  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    return;
  gtk_widget_grab_focus (row);
  at.x = (int) bounds.origin.x;
  at.y = (int) bounds.origin.y;
  at.width = (int) bounds.size.width;
  at.height = (int) bounds.size.height;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
menu_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorStarList *self = KONTOR_STAR_LIST (widget);
  GtkListBoxRow *row = get_focused (self);

  if (row != NULL)
    popup_menu (self, GTK_WIDGET (row));
}

static void
pressed_cb (GtkGestureClick *gesture, int n, double x, double y, KontorStarList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (row != NULL)
    popup_menu (self, GTK_WIDGET (row));
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_star_list_dispose (GObject *object)
{
  KontorStarList *self = KONTOR_STAR_LIST (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_STAR_LIST);
  g_clear_object (&self->stars);
  G_OBJECT_CLASS (kontor_star_list_parent_class)->dispose (object);
}

static void
add_key (GtkShortcutController *controller,
         const char *trigger,
         const char *action,
         GVariant *target)
{
  GtkShortcut *shortcut =
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_named_action_new (action));

  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

/* Before the list's own: its Ctrl+Up moves the cursor. */
static void
add_keys (KontorStarList *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (keys, "<Control>Up", "stars.move", g_variant_new_int32 (-1));
  add_key (keys, "<Control>Down", "stars.move", g_variant_new_int32 (1));
  add_key (keys, "Delete", "stars.remove", NULL);
  add_key (keys, "<Shift>F10|Menu", "stars.menu", NULL);
  gtk_widget_add_controller (GTK_WIDGET (self->list), controller);
}

static void
kontor_star_list_class_init (KontorStarListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_star_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-star-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorStarList, heading);
  gtk_widget_class_bind_template_child (widget_class, KontorStarList, list);
  gtk_widget_class_bind_template_child (widget_class, KontorStarList, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_install_action (widget_class, "stars.move", "i", move_activated);
  gtk_widget_class_install_action (widget_class, "stars.remove", NULL, remove_activated);
  gtk_widget_class_install_action (widget_class, "stars.menu", NULL, menu_activated);
}

static void
kontor_star_list_init (KontorStarList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->popover = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  add_keys (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kontor_star_list_set_session:
 * @self: a list
 * @session: (nullable): whose stars it shows
 */
void
kontor_star_list_set_session (KontorStarList *self, KontorSession *session)
{
  if (self->stars != NULL)
    g_signal_handlers_disconnect_by_data (self->stars, self);
  g_clear_object (&self->stars);
  if (session != NULL)
    self->stars = g_object_ref (kontor_stars_get (session));
  if (self->stars == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  g_signal_connect_object (self->stars, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}
