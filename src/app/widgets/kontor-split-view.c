/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AdwLeaflet, which libadwaita 1.4 replaces, behind the little that is used of it. */
#include "config.h"

#include "kontor-split-view.h"

#include <adwaita.h>

struct _KontorSplitView
{
  GtkWidget parent_instance;

  /* borrowed */
  AdwLeaflet *leaflet;
  GtkWidget *first;
  GtkWidget *second;
  AdwLeafletPage *separator;

  guint folded_idle;
};

enum
{
  PROP_0,
  PROP_FIRST,
  PROP_SECOND,
  PROP_FOLDED,
  PROP_SHOWS_SECOND,
  PROP_SINGLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KontorSplitView, kontor_split_view, GTK_TYPE_WIDGET)

static void
tell_hidden (GtkWidget *pane, gboolean hidden)
{
  if (pane != NULL && gtk_widget_get_visible (pane))
    gtk_accessible_update_state (GTK_ACCESSIBLE (pane), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

/* Keeps screen readers from the pane that is folded away. */
static void
tell_hidden_pane (KontorSplitView *self)
{
  gboolean folded = kontor_split_view_get_folded (self);
  gboolean shows_second = kontor_split_view_get_shows_second (self);

  tell_hidden (self->first, folded && shows_second);
  tell_hidden (self->second, folded && !shows_second);
}

static gboolean
folded_idle_cb (gpointer data)
{
  KontorSplitView *self = data;

  self->folded_idle = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

/* Folds happen while sizes are given out; who shows or hides widgets for it must do so after. */
static void
folded_changed_cb (KontorSplitView *self)
{
  tell_hidden_pane (self);
  if (self->folded_idle == 0)
    self->folded_idle = g_idle_add_full (G_PRIORITY_HIGH, folded_idle_cb, self, NULL);
}

static void
visible_changed_cb (KontorSplitView *self)
{
  tell_hidden_pane (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWS_SECOND]);
}

static void
set_first (KontorSplitView *self, GtkWidget *widget)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->first = widget;
  adw_leaflet_append (self->leaflet, widget);
  self->separator = adw_leaflet_append (self->leaflet, separator);
  adw_leaflet_page_set_navigatable (self->separator, FALSE);
}

static void
set_second (KontorSplitView *self, GtkWidget *widget)
{
  self->second = widget;
  adw_leaflet_append (self->leaflet, widget);
}

static void
kontor_split_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KontorSplitView *self = KONTOR_SPLIT_VIEW (object);

  switch (id)
    {
    case PROP_FIRST:
      set_first (self, g_value_get_object (value));
      break;
    case PROP_SECOND:
      set_second (self, g_value_get_object (value));
      break;
    case PROP_SHOWS_SECOND:
      kontor_split_view_set_shows_second (self, g_value_get_boolean (value));
      break;
    case PROP_SINGLE:
      kontor_split_view_set_single (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kontor_split_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KontorSplitView *self = KONTOR_SPLIT_VIEW (object);

  switch (id)
    {
    case PROP_FIRST:
      g_value_set_object (value, self->first);
      break;
    case PROP_SECOND:
      g_value_set_object (value, self->second);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, kontor_split_view_get_folded (self));
      break;
    case PROP_SHOWS_SECOND:
      g_value_set_boolean (value, kontor_split_view_get_shows_second (self));
      break;
    case PROP_SINGLE:
      g_value_set_boolean (value, !adw_leaflet_get_can_unfold (self->leaflet));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kontor_split_view_dispose (GObject *object)
{
  KontorSplitView *self = KONTOR_SPLIT_VIEW (object);
  GtkWidget *leaflet = GTK_WIDGET (self->leaflet);

  g_clear_handle_id (&self->folded_idle, g_source_remove);
  if (leaflet != NULL)
    g_signal_handlers_disconnect_by_data (leaflet, self);
  self->leaflet = NULL;
  g_clear_pointer (&leaflet, gtk_widget_unparent);
  G_OBJECT_CLASS (kontor_split_view_parent_class)->dispose (object);
}

static void
kontor_split_view_class_init (KontorSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kontor_split_view_dispose;
  object_class->set_property = kontor_split_view_set_property;
  object_class->get_property = kontor_split_view_get_property;
  properties[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SECOND] = g_param_spec_object ("second", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWS_SECOND] = g_param_spec_boolean ("shows-second", NULL, NULL, FALSE, flags);
  properties[PROP_SINGLE] = g_param_spec_boolean ("single", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kontor_split_view_init (KontorSplitView *self)
{
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->leaflet), GTK_WIDGET (self));
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_changed_cb), self);
  g_signal_connect_swapped (self->leaflet,
                            "notify::visible-child",
                            G_CALLBACK (visible_changed_cb),
                            self);
}

/**
 * kontor_split_view_get_folded:
 * @self: a split view
 *
 * Returns: whether only one pane is seen
 */
gboolean
kontor_split_view_get_folded (KontorSplitView *self)
{
  return self->leaflet != NULL && adw_leaflet_get_folded (self->leaflet);
}

/**
 * kontor_split_view_get_shows_second:
 * @self: a split view
 *
 * Returns: whether the second pane is the one that is seen while folded
 */
gboolean
kontor_split_view_get_shows_second (KontorSplitView *self)
{
  return self->leaflet != NULL && adw_leaflet_get_visible_child (self->leaflet) == self->second;
}

/**
 * kontor_split_view_set_shows_second:
 * @self: a split view
 * @shows_second: whether the second pane is seen while folded
 */
void
kontor_split_view_set_shows_second (KontorSplitView *self, gboolean shows_second)
{
  if (self->leaflet != NULL)
    adw_leaflet_set_visible_child (self->leaflet, shows_second ? self->second : self->first);
}

/**
 * kontor_split_view_set_single:
 * @self: a split view
 * @single: whether it always shows one pane
 */
void
kontor_split_view_set_single (KontorSplitView *self, gboolean single)
{
  if (self->leaflet == NULL || adw_leaflet_get_can_unfold (self->leaflet) == !single)
    return;
  adw_leaflet_set_can_unfold (self->leaflet, !single);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SINGLE]);
}
