/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bench sees of a window: whether rows are on the screen, and when the first frame is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* So many rows with their texts are a list that a person sees. */
#define BENCH_ROWS 10

typedef enum
{
  BENCH_FRAME_ANY,
  BENCH_FRAME_ROWS,
} BenchFrame;

void bench_frame_end_at (GtkApplication *application, BenchFrame frame);
guint bench_frame_count_rows (GtkWidget *widget, guint most);
GtkWidget *bench_frame_find (GtkWidget *widget, GType type);

G_END_DECLS
