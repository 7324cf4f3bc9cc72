/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a name and a country, nothing else. */
#include "config.h"

#include "kontor-welcome.h"

#include "kontor-choice.h"
#include "kontor-compat.h"
#include "kontor-country.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

struct _KontorWelcome
{
  GtkWidget parent_instance;

  /* template */
  GtkEditable *name_row;
  GtkDropDown *country;

  GPtrArray *codes; /* owned (element-type utf8): static strings, in the order of the list */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorWelcome, kontor_welcome, GTK_TYPE_WIDGET)

/* "ru_RU.UTF-8" → "RU"; without one: nothing is known. */
static char *
dup_locale_country (void)
{
  const char *locale = setlocale (LC_MESSAGES, NULL);
  const char *underscore = locale != NULL ? strchr (locale, '_') : NULL;

  return underscore != NULL && strlen (underscore) >= 3 ? g_strndup (underscore + 1, 2)
                                                        : g_strdup ("");
}

static void
fill_countries (KontorWelcome *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *here = dup_locale_country ();
  guint selected = 0;

  self->codes = kontor_country_list_codes ();
  g_ptr_array_insert (self->codes, 0, NULL);
  /* Translators: no country is chosen */
  gtk_string_list_append (names, _("Not chosen"));
  for (guint i = 1; i < self->codes->len; i++)
    {
      const char *code = g_ptr_array_index (self->codes, i);
      g_autofree char *name = kontor_country_name (code);

      gtk_string_list_append (names, name);
      if (g_str_equal (code, here))
        selected = i;
    }
  kontor_choice_set_up (self->country, G_LIST_MODEL (names));
  kontor_choice_set_label (self->country, _("Country"));
  gtk_drop_down_set_selected (self->country, selected);
}

static void
choose_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CHOSEN], 0, g_variant_get_string (parameter, NULL));
}

static void
kontor_welcome_dispose (GObject *object)
{
  KontorWelcome *self = KONTOR_WELCOME (object);

  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_WELCOME);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_welcome_parent_class)->dispose (object);
}

static void
kontor_welcome_class_init (KontorWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_welcome_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorWelcome, name_row);
  gtk_widget_class_bind_template_child (widget_class, KontorWelcome, country);
  gtk_widget_class_install_action (widget_class, "welcome.choose", "s", choose_activated);
}

static void
kontor_welcome_init (KontorWelcome *self)
{
  const char *real_name = g_get_real_name ();

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_countries (self);
  if (!g_str_equal (real_name, "Unknown"))
    gtk_editable_set_text (self->name_row, real_name);
}

/**
 * kontor_welcome_dup_name:
 * @self: the page
 *
 * Returns: (transfer full): the person's name, "" if none was given
 */
char *
kontor_welcome_dup_name (KontorWelcome *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

/**
 * kontor_welcome_get_country:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): code of the country
 */
const char *
kontor_welcome_get_country (KontorWelcome *self)
{
  guint selected = gtk_drop_down_get_selected (self->country);

  return selected < self->codes->len ? g_ptr_array_index (self->codes, selected) : NULL;
}
