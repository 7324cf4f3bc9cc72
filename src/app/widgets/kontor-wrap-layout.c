/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line breaker for chips; libadwaita has one from 1.7 on. */
#include "config.h"

#include "kontor-wrap-layout.h"

struct _KontorWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (KontorWrapLayout, kontor_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
measure_child (GtkWidget *child, int width, int *child_width, int *child_height)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *child_width = MAX (minimum, MIN (natural, width));
  gtk_widget_measure (child,
                      GTK_ORIENTATION_VERTICAL,
                      *child_width,
                      &minimum,
                      &natural,
                      NULL,
                      NULL);
  *child_height = natural;
}

/* Lays the children out for @width; places them when @place. Returns the height. */
static int
lay_out (KontorWrapLayout *self, GtkWidget *widget, int width, gboolean place)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int child_width, child_height;

      measure_child (child, width, &child_width, &child_height);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line + self->spacing;
          line = 0;
        }
      if (place)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation){ rtl ? width - x - child_width : x,
                                                    y,
                                                    child_width,
                                                    child_height },
                                  -1);
      x += child_width + self->spacing;
      line = MAX (line, child_height);
    }
  return y + line;
}

static void
measure_width (KontorWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child,
                          GTK_ORIENTATION_HORIZONTAL,
                          -1,
                          &child_minimum,
                          &child_natural,
                          NULL,
                          NULL);
      widest = MAX (widest, child_minimum);
      all += child_natural + (all > 0 ? self->spacing : 0);
    }
  *minimum = widest;
  *natural = MAX (widest, all);
}

static GtkSizeRequestMode
kontor_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kontor_wrap_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  KontorWrapLayout *self = KONTOR_WRAP_LAYOUT (manager);
  int least, wished;

  measure_width (self, widget, &least, &wished);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wished;
      return;
    }
  *minimum = lay_out (self, widget, for_size < 0 ? wished : MAX (for_size, least), FALSE);
  *natural = *minimum;
}

static void
kontor_wrap_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget *widget,
                             int width,
                             int height,
                             int baseline)
{
  lay_out (KONTOR_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
kontor_wrap_layout_class_init (KontorWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = kontor_wrap_layout_get_request_mode;
  layout_class->measure = kontor_wrap_layout_measure;
  layout_class->allocate = kontor_wrap_layout_allocate;
}

static void
kontor_wrap_layout_init (KontorWrapLayout *self)
{
  self->spacing = 6;
}

/**
 * kontor_wrap_layout_new:
 * @spacing: pixels between children and between lines
 *
 * Returns: (transfer full): a layout manager
 */
GtkLayoutManager *
kontor_wrap_layout_new (int spacing)
{
  KontorWrapLayout *self = g_object_new (KONTOR_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
