/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a window after each frame it has painted. */
#include "config.h"

#include "bench-frame.h"

#include "bench-clock.h"
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROW_TYPE "KontorRecordRow"

/**
 * bench_frame_find:
 * @widget: a widget
 * @type: what is looked for
 *
 * Returns: (transfer none) (nullable): the first one that is on the screen, depth first
 */
GtkWidget *
bench_frame_find (GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = bench_frame_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A row has a text once it has its record. */
static gboolean
has_text (GtkWidget *row)
{
  GtkWidget *line = bench_frame_find (row, GTK_TYPE_INSCRIPTION);
  const char *text = line != NULL ? gtk_inscription_get_text (GTK_INSCRIPTION (line)) : NULL;

  return text != NULL && *text != '\0' && gtk_widget_get_height (row) > 0;
}

/**
 * bench_frame_count_rows:
 * @widget: a widget
 * @most: enough
 *
 * Returns: how many rows below it are laid out and have their record; at most @most
 */
guint
bench_frame_count_rows (GtkWidget *widget, guint most)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), ROW_TYPE))
    return has_text (widget) ? 1 : 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && n < most;
       child = gtk_widget_get_next_sibling (child))
    n += bench_frame_count_rows (child, most - n);
  return n;
}

/* What comes after the first frame is not measured, not even an orderly end. */
static void
end (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  bench_tell ("user_s", (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec / 1e6);
  bench_tell ("cpu_s", (double) bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) / 1e9);
  _exit (0);
}

static void
painted_cb (GdkFrameClock *clock, GtkWidget *window)
{
  BenchFrame frame = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (window), "bench-frame"));

  if (gtk_widget_get_mapped (window) &&
      (frame == BENCH_FRAME_ANY || bench_frame_count_rows (window, BENCH_ROWS) >= BENCH_ROWS))
    end ();
}

static void
realized_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window),
                           "after-paint",
                           G_CALLBACK (painted_cb),
                           window,
                           0);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, gpointer frame)
{
  g_object_set_data (G_OBJECT (window), "bench-frame", frame);
  g_signal_connect_after (window, "realize", G_CALLBACK (realized_cb), NULL);
}

/**
 * bench_frame_end_at:
 * @application: an application that has not started yet
 * @frame: which frame
 *
 * Ends the program right after its first window has painted @frame, and tells what it took.
 */
void
bench_frame_end_at (GtkApplication *application, BenchFrame frame)
{
  g_signal_connect (application,
                    "window-added",
                    G_CALLBACK (window_added_cb),
                    GUINT_TO_POINTER (frame));
}
