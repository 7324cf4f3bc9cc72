/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkDropDown is as wide as its longest word, a list of countries as wide as half a window. */
#include "config.h"

#include "kontor-choice.h"

#include <glib/gi18n.h>

/* Longer lists are searched. */
#define SEARCH_FROM 12

static void
setup_button_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_list_item_set_child (item, label);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* what people write may be longer than the screen is wide */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
create_factory (GCallback setup)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

/* --- Searching -------------------------------------------------------------------------------- */

static GtkWidget *
find_within (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_within (child, type);
  return found;
}

/* Enter takes the first word that begins with what was typed; the list may not show it yet. */
static void
search_activated_cb (GtkWidget *entry, GtkDropDown *choice)
{
  GtkWidget *popover = gtk_widget_get_ancestor (entry, GTK_TYPE_POPOVER);
  GListModel *words = gtk_drop_down_get_model (choice);
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (entry)), -1);

  for (guint i = 0; i < g_list_model_get_n_items (words); i++)
    {
      g_autoptr(GtkStringObject) word = g_list_model_get_item (words, i);
      g_autofree char *folded = g_utf8_casefold (gtk_string_object_get_string (word), -1);

      if (g_str_has_prefix (folded, typed))
        {
          gtk_drop_down_set_selected (choice, i);
          gtk_popover_popdown (GTK_POPOVER (popover));
          return;
        }
    }
}

static void
search_started_cb (GtkWidget *entry)
{
  gtk_widget_grab_focus (entry);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

/* GTK 4.8 leaves its search to those who click into it: typing begins it here. */
static void
take_typing (GtkDropDown *choice)
{
  GtkWidget *popover = find_within (GTK_WIDGET (choice), GTK_TYPE_POPOVER);
  GtkWidget *entry = popover != NULL ? find_within (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;

  if (entry == NULL || g_object_get_data (G_OBJECT (entry), "kontor-choice") != NULL)
    return;
  g_object_set_data (G_OBJECT (entry), "kontor-choice", choice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search"),
                                  -1);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (entry), popover);
  g_signal_connect (entry, "search-started", G_CALLBACK (search_started_cb), NULL);
  g_signal_connect (entry, "activate", G_CALLBACK (search_activated_cb), choice);
}

/**
 * kontor_choice_set_up:
 * @choice: a drop-down, of a template
 * @words: (transfer none): a #GtkStringList
 *
 * Has @choice offer @words.
 */
void
kontor_choice_set_up (GtkDropDown *choice, GListModel *words)
{
  g_autoptr(GtkListItemFactory) button = create_factory (G_CALLBACK (setup_button_cb));
  g_autoptr(GtkListItemFactory) row = create_factory (G_CALLBACK (setup_row_cb));
  g_autoptr(GtkExpression) text =
    gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_drop_down_set_expression (choice, text);
  gtk_drop_down_set_enable_search (choice, g_list_model_get_n_items (words) > SEARCH_FROM);
  gtk_drop_down_set_factory (choice, button);
  gtk_drop_down_set_list_factory (choice, row);
  gtk_drop_down_set_model (choice, words);
  /* without the entry in sight nobody would know why rows go */
  if (gtk_drop_down_get_enable_search (choice))
    take_typing (choice);
}

/**
 * kontor_choice_set_label:
 * @choice: a drop-down
 * @label: what screen readers say
 *
 * Names it and the button in it.
 */
void
kontor_choice_set_label (GtkDropDown *choice, const char *label)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (choice));

  gtk_accessible_update_property (GTK_ACCESSIBLE (choice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    label,
                                    -1);
}

/**
 * kontor_choice_new:
 * @words: (transfer none): a #GtkStringList
 *
 * Returns: (transfer full): a drop-down that offers @words
 */
GtkWidget *
kontor_choice_new (GListModel *words)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  kontor_choice_set_up (GTK_DROP_DOWN (choice), words);
  return choice;
}
