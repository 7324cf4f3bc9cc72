/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lists of areas: the working ones above, trash at the bottom. */
#include "config.h"

#include "kontor-sidebar.h"

#include "kontor-compat.h"
#include "kontor-star-list.h"

#include <glib/gi18n.h>
#include <string.h>

/* Letters of a step in the menu. */
#define LABEL_MAX 28

struct _KontorSidebar
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *menu_button;
  GtkListBox *areas;
  GtkListBox *bottom;
  KontorStarList *stars;
  GMenu *undo_section;
};

enum
{
  SIGNAL_AREA_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorSidebar, kontor_sidebar, GTK_TYPE_WIDGET)

static const char *
get_name (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "area");
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, KontorSidebar *self)
{
  g_signal_emit (self, signals[SIGNAL_AREA_CHOSEN], 0, get_name (row));
}

static void
select_in (GtkListBox *list, const char *name)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_str_equal (get_name (row), name))
      gtk_list_box_select_row (list, row);
}

/* Its area first, not the menu before it. */
static gboolean
kontor_sidebar_grab_focus (GtkWidget *widget)
{
  KontorSidebar *self = KONTOR_SIDEBAR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->areas);

  if (row == NULL)
    row = gtk_list_box_get_selected_row (self->bottom);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
kontor_sidebar_dispose (GObject *object)
{
  kontor_widget_dispose_template (GTK_WIDGET (object), KONTOR_TYPE_SIDEBAR);
  G_OBJECT_CLASS (kontor_sidebar_parent_class)->dispose (object);
}

static void
kontor_sidebar_class_init (KontorSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_sidebar_dispose;
  widget_class->grab_focus = kontor_sidebar_grab_focus;
  signals[SIGNAL_AREA_CHOSEN] = g_signal_new ("area-chosen",
                                              G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              1,
                                              G_TYPE_STRING);
  g_type_ensure (KONTOR_TYPE_STAR_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KontorSidebar, areas);
  gtk_widget_class_bind_template_child (widget_class, KontorSidebar, bottom);
  gtk_widget_class_bind_template_child (widget_class, KontorSidebar, stars);
  gtk_widget_class_bind_template_child (widget_class, KontorSidebar, undo_section);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kontor_sidebar_init (KontorSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_sidebar_add_area:
 * @self: a sidebar
 * @name: name of the area
 * @title: what it is called
 * @icon: a symbolic icon
 * @key: its key, for the tooltip
 * @at_bottom: whether it stands at the bottom
 */
void
kontor_sidebar_add_area (KontorSidebar *self,
                         const char *name,
                         const char *title,
                         const char *icon,
                         const char *key,
                         gboolean at_bottom)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *tooltip = g_strdup_printf (_("%s (%s)"), title, key);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, tooltip);
  g_object_set_data_full (G_OBJECT (row), "area", g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (at_bottom ? self->bottom : self->areas, row);
}

/**
 * kontor_sidebar_select:
 * @self: a sidebar
 * @name: the area that is seen
 */
void
kontor_sidebar_select (KontorSidebar *self, const char *name)
{
  select_in (self->areas, name);
  select_in (self->bottom, name);
}

/**
 * kontor_sidebar_set_session:
 * @self: a sidebar
 * @session: (nullable): whose stars it shows
 */
void
kontor_sidebar_set_session (KontorSidebar *self, KontorSession *session)
{
  kontor_star_list_set_session (self->stars, session);
}

/* Underscores of a label are no mnemonics; a long one would make the menu wider than the window. */
static char *
dup_menu_label (const char *format, const char *label)
{
  g_autofree char *start = g_utf8_substring (label, 0, MIN (g_utf8_strlen (label, -1), LABEL_MAX));
  g_autofree char *cut = g_strconcat (start, strlen (start) < strlen (label) ? "…" : "", NULL);
  g_auto(GStrv) parts = g_strsplit (cut, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  return g_strdup_printf (format, escaped);
}

/**
 * kontor_sidebar_set_undo:
 * @self: a sidebar
 * @undo: (nullable): the step that Undo would take back
 * @redo: (nullable): the step that Redo would do again
 */
void
kontor_sidebar_set_undo (KontorSidebar *self, const char *undo, const char *redo)
{
  g_autofree char *undo_label = NULL;
  g_autofree char *redo_label = NULL;

  /* Translators: in the menu: %s is what a step did: Undo "Phone changed" */
  undo_label = undo != NULL ? dup_menu_label (_("_Undo “%s”"), undo) : g_strdup (_("_Undo"));
  redo_label = redo != NULL ? dup_menu_label (_("_Redo “%s”"), redo) : g_strdup (_("_Redo"));
  g_menu_remove_all (self->undo_section);
  g_menu_append (self->undo_section, undo_label, "win.undo");
  g_menu_append (self->undo_section, redo_label, "win.redo");
  g_menu_append (self->undo_section, _("_Steps…"), "win.steps");
}

/**
 * kontor_sidebar_open_menu:
 * @self: a sidebar
 */
void
kontor_sidebar_open_menu (KontorSidebar *self)
{
  gtk_menu_button_popup (self->menu_button);
}
