/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts rows; shows none itself. */
#include "config.h"

#include "kontor-more-rows.h"

#include "kontor-number.h"
#include <glib/gi18n.h>

#define FIRST_ROWS 12
#define PRESS_ROWS 500 /* a press of the button shows so many more */
#define PORTION 8      /* rows that are made before the window is drawn again */

struct _KontorMoreRows
{
  GtkButton parent_instance;

  guint n_rows;
  guint n_shown;
  guint n_wanted;
  guint idle;
};

enum
{
  SIGNAL_MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorMoreRows, kontor_more_rows, GTK_TYPE_BUTTON)

static gboolean
portion_cb (gpointer data)
{
  KontorMoreRows *self = data;

  self->n_shown = MIN (self->n_shown + PORTION, self->n_wanted);
  self->idle = self->n_shown < self->n_wanted ? self->idle : 0;
  g_signal_emit (self, signals[SIGNAL_MORE], 0);
  return self->idle != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
kontor_more_rows_clicked (GtkButton *button)
{
  KontorMoreRows *self = KONTOR_MORE_ROWS (button);

  self->n_wanted = MIN (self->n_shown + PRESS_ROWS, self->n_rows);
  if (self->idle == 0)
    self->idle = g_idle_add (portion_cb, self);
}

static void
kontor_more_rows_dispose (GObject *object)
{
  g_clear_handle_id (&KONTOR_MORE_ROWS (object)->idle, g_source_remove);
  G_OBJECT_CLASS (kontor_more_rows_parent_class)->dispose (object);
}

static void
kontor_more_rows_class_init (KontorMoreRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kontor_more_rows_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = kontor_more_rows_clicked;
  signals[SIGNAL_MORE] = g_signal_new ("more",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       0);
}

static void
kontor_more_rows_init (KontorMoreRows *self)
{
  self->n_wanted = FIRST_ROWS;
  self->n_shown = FIRST_ROWS;
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kontor-unfold");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kontor_more_rows_new:
 *
 * Returns: (transfer full): a hidden button
 */
GtkWidget *
kontor_more_rows_new (void)
{
  return g_object_new (KONTOR_TYPE_MORE_ROWS, NULL);
}

/**
 * kontor_more_rows_update:
 * @self: a button
 * @n_rows: how many rows there are
 *
 * Shows itself where not all of them are to be shown. A single row is never left out.
 *
 * Returns: how many to show
 */
guint
kontor_more_rows_update (KontorMoreRows *self, guint n_rows)
{
  guint n_left = n_rows > self->n_shown + 1 ? n_rows - self->n_shown : 0;
  guint n_next = MIN (n_left, PRESS_ROWS);
  g_autofree char *number = kontor_integer_format (n_next < n_left ? n_next : n_rows);
  g_autofree char *label = NULL;

  self->n_rows = n_rows;
  gtk_widget_set_visible (GTK_WIDGET (self), n_left > 0);
  if (n_left == 0)
    return n_rows;
  if (n_next < n_left)
    /* Translators: a button below the first of very many rows; %s is a number */
    label = g_strdup_printf (ngettext ("Show %s more", "Show %s more", n_next), number);
  else
    /* Translators: a button below the first of many rows; %s is a number */
    label = g_strdup_printf (ngettext ("Show all %s", "Show all %s", n_rows), number);
  gtk_button_set_label (GTK_BUTTON (self), label);
  return self->n_shown;
}

/**
 * kontor_more_rows_fold:
 * @self: a button
 *
 * Goes back to the first rows: they are of something else now.
 */
void
kontor_more_rows_fold (KontorMoreRows *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  self->n_shown = self->n_wanted = FIRST_ROWS;
}
