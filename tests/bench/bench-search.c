/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching as one types, against one MATCH with its rows and against one pass over the words.
 *
 *   bench-search WORKSPACE PREFIXES ROUNDS
 *
 * Each round asks for every line of the file, first Kontor, then the reference: were they to take
 * turns line by line, the second would find in the caches what the first has read. Of a line the
 * median of the rounds counts. */
#include "config.h"

#include "bench-clock.h"
#include "kontor-fold.h"
#include "kontor-model.h"
#include "kontor-search-private.h"
#include "rows.h"
#include <stdlib.h>
#include <string.h>

#define HITS 50

typedef struct
{
  const char *text;
  char *folded;
  gboolean corrected;            /* it took the step for typing errors */
  guint n_matches;               /* of the reference */
  GArray *search, *match, *scan; /* (element-type double): µs */
} Line;

static gint n_corrections; /* atomic: it happens on the reader's thread */

/* The linker puts these in the place of the store's function (-Wl,--wrap). */
GPtrArray *
__real_kontor_words_find_near (KontorDb *db, const char *word, guint max, GError **error);
GPtrArray *
__wrap_kontor_words_find_near (KontorDb *db, const char *word, guint max, GError **error);

GPtrArray *
__wrap_kontor_words_find_near (KontorDb *db, const char *word, guint max, GError **error)
{
  g_atomic_int_inc (&n_corrections);
  return __real_kontor_words_find_near (db, word, max, error);
}

static void
clear_line (gpointer data)
{
  Line *line = data;

  g_free (line->folded);
  g_array_unref (line->search);
  g_array_unref (line->match);
  g_array_unref (line->scan);
}

static GArray *
make_lines (char **texts)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (Line));

  g_array_set_clear_func (lines, clear_line);
  for (char **text = texts; *text != NULL; text++)
    {
      Line line = { .text = *text };

      if (**text == '\0' || **text == '#')
        continue;
      line.folded = kontor_fold_search (*text);
      line.search = g_array_new (FALSE, FALSE, sizeof (double));
      line.match = g_array_new (FALSE, FALSE, sizeof (double));
      line.scan = g_array_new (FALSE, FALSE, sizeof (double));
      g_array_append_val (lines, line);
    }
  return lines;
}

static void
note (GArray *times, gint64 begin)
{
  double us = (double) (bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - begin) / 1000;

  g_array_append_val (times, us);
}

static void
search (KontorWorkspace *workspace, Line *line)
{
  g_autoptr(GError) error = NULL;
  int before = g_atomic_int_get (&n_corrections);
  gint64 begin = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
  KontorSearchResult *result =
    kontor_workspace_search (workspace, line->text, NULL, HITS, NULL, &error);

  note (line->search, begin);
  if (result == NULL)
    bench_fail (line->text, error);
  kontor_search_result_free (result);
  line->corrected = g_atomic_int_get (&n_corrections) != before;
}

static void
match (Reference *reference, Line *line)
{
  gint64 begin = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);

  line->n_matches = reference_match (reference, line->folded, HITS);
  note (line->match, begin);
}

static void
scan (Reference *reference, Line *line)
{
  gint64 begin = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);

  reference_scan_words (reference, line->folded);
  note (line->scan, begin);
}

static void
run_round (KontorWorkspace *workspace, Reference *reference, GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    search (workspace, &g_array_index (lines, Line, i));
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

      match (reference, line);
      if (line->corrected)
        scan (reference, line);
    }
}

/* --- What it comes to ------------------------------------------------------------------------- */

typedef struct
{
  GArray *search, *near, *match, *scan; /* (element-type double) */
} Times;

static void
add_median (GArray *to, GArray *times)
{
  double median = bench_percentile (times, 50);

  g_array_append_val (to, median);
}

static void
tell_slowest (const Line *line)
{
  if (g_getenv ("BENCH_VERBOSE") != NULL)
    g_printerr ("%10.0f %6.0f %4u %d %s\n",
                bench_percentile (line->search, 50),
                bench_percentile (line->match, 50),
                line->n_matches,
                line->corrected,
                line->text);
}

/* Only a MATCH that finds as many as are shown is one the limit speaks of. */
static void
add_line (Times *times, Line *line)
{
  add_median (line->corrected ? times->near : times->search, line->search);
  if (line->n_matches == HITS)
    add_median (times->match, line->match);
  if (line->corrected)
    add_median (times->scan, line->scan);
  tell_slowest (line);
}

static void
tell_times (GArray *lines, guint n_words)
{
  Times times = {
    g_array_new (FALSE, FALSE, sizeof (double)),
    g_array_new (FALSE, FALSE, sizeof (double)),
    g_array_new (FALSE, FALSE, sizeof (double)),
    g_array_new (FALSE, FALSE, sizeof (double)),
  };

  for (guint i = 0; i < lines->len; i++)
    add_line (&times, &g_array_index (lines, Line, i));
  bench_tell ("n_lines", times.search->len);
  bench_tell ("n_near", times.near->len);
  bench_tell ("n_words", n_words);
  bench_tell ("search_us", bench_percentile (times.search, 95));
  bench_tell ("search_median_us", bench_percentile (times.search, 50));
  bench_tell ("match_us", bench_percentile (times.match, 50));
  bench_tell ("near_us", bench_percentile (times.near, 95));
  bench_tell ("scan_us", bench_percentile (times.scan, 50));
  g_array_unref (times.search);
  g_array_unref (times.near);
  g_array_unref (times.match);
  g_array_unref (times.scan);
}

static void
list_tables (const char **tables)
{
  for (guint i = 0; i < REFERENCE_N_TABLES; i++)
    {
      const KontorRecordType *type = kontor_record_type_by_number (i);

      tables[i] = type != NULL ? type->name : NULL;
    }
}

int
main (int argc, char **argv)
{
  const char *tables[REFERENCE_N_TABLES];
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorWorkspace) workspace = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) texts = NULL;
  GArray *lines;
  Reference *reference;

  g_set_prgname ("bench-search");
  bench_stay_on_one_processor ();
  if (argc != 4)
    bench_fail ("usage: bench-search WORKSPACE PREFIXES ROUNDS", NULL);
  kontor_model_init ();
  list_tables (tables);
  if (!g_file_get_contents (argv[2], &text, NULL, &error))
    bench_fail ("prefixes", error);
  texts = g_strsplit (text, "\n", -1);
  lines = make_lines (texts);
  workspace = kontor_workspace_open (argv[1], KONTOR_OPEN_NO_WATCH, NULL, &error);
  if (workspace == NULL)
    bench_fail ("open", error);
  reference = reference_open (argv[1], tables);
  for (int i = 0; i < atoi (argv[3]); i++)
    run_round (workspace, reference, lines);
  tell_times (lines, reference_get_n_words (reference));
  reference_close (reference);
  g_array_unref (lines);
  if (!kontor_workspace_close (workspace, &error))
    bench_fail ("close", error);
  return 0;
}
