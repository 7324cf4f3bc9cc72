/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkDropDown is as wide as its longest word, a list of countries as wide as half a window. */
#include "config.h"

#include "kontor-choice.h"

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
