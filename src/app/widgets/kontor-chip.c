/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A menu button and a button that drops. */
#include "config.h"

#include "kontor-chip.h"

#include "kontor-compat.h"
#include <glib/gi18n.h>

struct _KontorChip
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkLabel *text;
  GtkWidget *drop_button;
};

enum
{
  PROP_0,
  PROP_POPOVER,
  N_PROPS
};

enum
{
  SIGNAL_DROPPED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorChip, kontor_chip, GTK_TYPE_WIDGET)

static void
drop (KontorChip *self)
{
  if (gtk_widget_get_visible (self->drop_button))
    g_signal_emit (self, signals[SIGNAL_DROPPED], 0);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorChip *self)
{
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete && keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  drop (self);
  return GDK_EVENT_STOP;
}

static void
kontor_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_POPOVER)
    gtk_menu_button_set_popover (KONTOR_CHIP (object)->button, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kontor_chip_dispose (GObject *object)
{
  kontor_widget_dispose_template (GTK_WIDGET (object), KONTOR_TYPE_CHIP);
  G_OBJECT_CLASS (kontor_chip_parent_class)->dispose (object);
}

static void
kontor_chip_class_init (KontorChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kontor_chip_dispose;
  object_class->set_property = kontor_chip_set_property;
  properties[PROP_POPOVER] = g_param_spec_object ("popover",
                                                  NULL,
                                                  NULL,
                                                  GTK_TYPE_POPOVER,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_DROPPED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "dropped");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorChip, button);
  gtk_widget_class_bind_template_child (widget_class, KontorChip, text);
  gtk_widget_class_bind_template_child (widget_class, KontorChip, drop_button);
  gtk_widget_class_bind_template_callback (widget_class, drop);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
kontor_chip_init (KontorChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_chip_set_menu:
 * @self: a chip
 * @menu: (transfer none): the choice
 */
void
kontor_chip_set_menu (KontorChip *self, GMenuModel *menu)
{
  gtk_menu_button_set_menu_model (self->button, menu);
}

/**
 * kontor_chip_show:
 * @self: a chip
 * @text: what it says
 * @label: what screen readers say, with what it is about: "Kind: Call"
 * @can_drop: whether it may be dropped
 */
void
kontor_chip_show (KontorChip *self, const char *text, const char *label, gboolean can_drop)
{
  g_autofree char *drop_label = NULL;

  /* Translators: of a button: %s is what was understood of a line, such as "Kind: Call" */
  drop_label = g_strdup_printf (_("Leave out %s"), label);
  gtk_label_set_text (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  kontor_widget_name_buttons (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  drop_label,
                                  -1);
  gtk_widget_set_visible (self->drop_button, can_drop);
}

/**
 * kontor_chip_close:
 * @self: a chip
 *
 * Closes its choice.
 */
void
kontor_chip_close (KontorChip *self)
{
  gtk_menu_button_popdown (self->button);
}

/**
 * kontor_chip_focus_soon:
 * @self: a chip
 *
 * Moves the focus to it, after a menu has closed.
 */
void
kontor_chip_focus_soon (KontorChip *self)
{
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->button));
}
