/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kontor from its start to the first frame with rows. Linked with reference/no-workspace.c and
 * reference/list-store.c it is the same window over 50 rows in memory.
 *
 *   bench-start WORKSPACE */
#include "config.h"

#include "bench-frame.h"
#include "kontor-application.h"
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr(KontorApplication) application = NULL;

  setlocale (LC_ALL, "");
  application = kontor_application_new ();
  bench_frame_end_at (GTK_APPLICATION (application), BENCH_FRAME_ROWS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
