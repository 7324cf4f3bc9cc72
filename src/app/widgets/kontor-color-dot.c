/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dot in one of the nine hues values of a list may have. */
#include "config.h"

#include "kontor-order-list.h"
#include <glib/gi18n.h>

const char *const kontor_color_names[] = { "blue", "teal",   "green", "yellow", "orange",
                                           "red",  "purple", "brown", "grey",   NULL };

/**
 * kontor_color_label:
 * @name: (nullable): name of a colour
 *
 * Returns: (nullable): what people call it; %NULL for another one
 */
const char *
kontor_color_label (const char *name)
{
  static const char *const labels[] = { N_("Blue"),   N_("Teal"),   N_("Green"),
                                        N_("Yellow"), N_("Orange"), N_("Red"),
                                        N_("Purple"), N_("Brown"),  N_("Grey") };

  for (guint i = 0; kontor_color_names[i] != NULL; i++)
    if (g_strcmp0 (kontor_color_names[i], name) == 0)
      return _(labels[i]);
  return NULL;
}

/**
 * kontor_color_dot_set_color:
 * @dot: a dot
 * @name: (nullable): name of a colour
 *
 * Without one of the palette's there is no dot.
 */
void
kontor_color_dot_set_color (GtkWidget *dot, const char *name)
{
  for (guint i = 0; kontor_color_names[i] != NULL; i++)
    gtk_widget_remove_css_class (dot, kontor_color_names[i]);
  if (kontor_color_label (name) != NULL)
    gtk_widget_add_css_class (dot, name);
  gtk_widget_set_visible (dot, kontor_color_label (name) != NULL);
}

/**
 * kontor_color_dot_new:
 * @name: (nullable): name of a colour
 *
 * Returns: (transfer full): a dot; what it stands for must be said beside it
 */
GtkWidget *
kontor_color_dot_new (const char *name)
{
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                 "valign",
                                 GTK_ALIGN_CENTER,
                                 NULL);

  gtk_widget_add_css_class (dot, "kontor-dot");
  kontor_color_dot_set_color (dot, name);
  return dot;
}
