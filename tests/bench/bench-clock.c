/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPU time and results. */
#include "config.h"

#include "bench-clock.h"
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

/**
 * bench_cpu_ns:
 * @clock: of a process or a thread
 *
 * Returns: its user and system CPU time in nanoseconds
 */
gint64
bench_cpu_ns (clockid_t clock)
{
  struct timespec time = { 0 };

  clock_gettime (clock, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

/**
 * bench_stay_on_one_processor:
 *
 * All threads of the process run where it runs now, so that both sides have the same caches. Called
 * before there are others; where it can't be done, nothing happens.
 */
void
bench_stay_on_one_processor (void)
{
  cpu_set_t set;
  int processor = sched_getcpu ();

  if (processor < 0 || processor >= CPU_SETSIZE)
    return;
  CPU_ZERO (&set);
  CPU_SET ((gsize) processor, &set);
  sched_setaffinity (0, sizeof set, &set);
}

/**
 * bench_tell:
 * @name: what was measured, one word
 * @value: the measurement
 */
void
bench_tell (const char *name, double value)
{
  printf ("%s %.9g\n", name, value);
  fflush (stdout);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/**
 * bench_percentile:
 * @values: (element-type double): measurements; they are sorted
 * @percent: 50 is the median
 *
 * Returns: the value that so many of a hundred don't exceed; 0 without any
 */
double
bench_percentile (GArray *values, double percent)
{
  guint at;

  if (values->len == 0)
    return 0;
  g_array_sort (values, compare_doubles);
  at = (guint) MAX (ceil (values->len * percent / 100), 1);
  return g_array_index (values, double, MIN (at, values->len) - 1);
}

/**
 * bench_fail:
 * @what: what went wrong
 * @error: (nullable): why
 *
 * Ends the program.
 */
void
bench_fail (const char *what, const GError *error)
{
  fprintf (stderr, "%s: %s: %s\n", g_get_prgname (), what, error != NULL ? error->message : "?");
  exit (1);
}
