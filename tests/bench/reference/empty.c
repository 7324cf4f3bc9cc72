/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least a libadwaita program does: one window with a header bar, to its first frame. */
#include "config.h"

#include "bench-frame.h"
#include <adwaita.h>
#include <locale.h>

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  application = adw_application_new ("org.kontor.Empty", G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  bench_frame_end_at (GTK_APPLICATION (application), BENCH_FRAME_ANY);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
