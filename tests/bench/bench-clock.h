/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs of the bench share: CPU time, and how they tell what they measured. Each prints
 * lines "NAME VALUE" for tests/bench/bench.py, which makes the ratios. */
#pragma once

#include <glib.h>
#include <time.h>

G_BEGIN_DECLS

gint64 bench_cpu_ns (clockid_t clock); /* CLOCK_PROCESS_CPUTIME_ID or a thread's */
void bench_stay_on_one_processor (void);
void bench_tell (const char *name, double value);
double bench_percentile (GArray *values, double percent); /* (element-type double) */
void bench_fail (const char *what, const GError *error) G_GNUC_NORETURN;

G_END_DECLS
