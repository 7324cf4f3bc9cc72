/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting a list by each indexed field, up and down, against the same SELECT.
 *
 *   bench-sort WORKSPACE ROUNDS [FIELD]
 *
 * The list shows all rows in another order when a sort is asked for, and the reference has passed
 * over them; the list has answered when it has told its new first rows and holds their records.
 * Kontor and the reference go in turn; of a sort the median of the rounds counts, and of all sorts
 * the worst ratio. */
#include "config.h"

#include "bench-clock.h"
#include "kontor-list-model.h"
#include "kontor-model.h"
#include "rows.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_ROWS 200
#define REST_US 20000

typedef struct
{
  const KontorRecordType *type;
  const KontorFieldDef *field;
  gboolean descending;
  char *sql;
  GArray *list, *select; /* (element-type double): µs */
} Sort;

typedef struct
{
  GListModel *model;
  const GArray *expected; /* (element-type gint64) */
  gint64 begin_ns;
  double us; /* 0: not yet */
} Wait;

static const char *const type_names[] = { "contact", "account" };

static void
clear_sort (gpointer data)
{
  Sort *sort = data;

  g_free (sort->sql);
  g_array_unref (sort->list);
  g_array_unref (sort->select);
}

static void
add_sort (GArray *sorts,
          const KontorRecordType *type,
          const KontorFieldDef *field,
          gboolean descending)
{
  const char *direction = descending ? " DESC" : "";
  Sort sort = { .type = type, .field = field, .descending = descending };

  sort.sql = g_strdup_printf ("SELECT rid,* FROM \"%s\" WHERE hid=0 ORDER BY \"%s%s\"%s NULLS "
                              "LAST,rid%s LIMIT %d",
                              type->name,
                              field->name,
                              (field->flags & KONTOR_FIELD_SORTED) != 0 ? "__s" : "",
                              direction,
                              direction,
                              FIRST_ROWS);
  sort.list = g_array_new (FALSE, FALSE, sizeof (double));
  sort.select = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (sorts, sort);
}

/* Links are sorted by titles, which is another SELECT. */
static GArray *
make_sorts (const char *only)
{
  GArray *sorts = g_array_new (FALSE, TRUE, sizeof (Sort));

  g_array_set_clear_func (sorts, clear_sort);
  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    {
      const KontorRecordType *type = kontor_record_type_by_name (type_names[i]);
      guint n;
      const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n);

      for (guint k = 0; k < n; k++)
        if ((fields[k]->flags & KONTOR_FIELD_INDEXED) != 0 &&
            fields[k]->kind != KONTOR_FIELD_LINK && fields[k]->kind != KONTOR_FIELD_LINK_ANY &&
            (only == NULL || strcmp (only, fields[k]->name) == 0))
          {
            add_sort (sorts, type, fields[k], FALSE);
            add_sort (sorts, type, fields[k], TRUE);
          }
    }
  return sorts;
}

/* --- The list ------------------------------------------------------------------------------- */

static gboolean
has_first_rows (Wait *wait)
{
  KontorListModel *model = KONTOR_LIST_MODEL (wait->model);
  guint n = wait->expected->len;

  /* mostly the answer is no, and looking is measured too */
  if (n > 0 &&
      kontor_list_model_get_rid (model, n - 1) != g_array_index (wait->expected, gint64, n - 1))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorListRow) row = NULL;

      if (kontor_list_model_get_rid (model, i) != g_array_index (wait->expected, gint64, i))
        return FALSE;
      row = g_list_model_get_item (wait->model, i);
      if (kontor_list_row_get_record (row) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Wait *wait = data;
  gint64 now = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);

  if (wait->us == 0 && has_first_rows (wait))
    wait->us = (double) (now - wait->begin_ns) / 1000;
}

static KontorQuery *
make_query (const Sort *sort)
{
  KontorQuery *query = kontor_query_new (sort->type);

  kontor_query_add_sort (query, sort->field, sort->descending);
  return query;
}

static void
run_list (KontorListModel *model, const Sort *sort, const GArray *expected)
{
  Wait wait = { .model = G_LIST_MODEL (model), .expected = expected };
  gulong handler = g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &wait);
  KontorQuery *query = make_query (sort);

  wait.begin_ns = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
  kontor_list_model_set_query (model, query);
  while (kontor_list_model_is_loading (model))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (model, handler);
  kontor_query_unref (query);
  if (wait.us == 0)
    bench_fail (sort->sql, NULL);
  g_array_append_val (sort->list, wait.us);
}

static void
run_select (Reference *reference, const Sort *sort, GArray *rids)
{
  gint64 begin = bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
  double us;

  reference_sort (reference, sort->sql, rids);
  us = (double) (bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - begin) / 1000;
  g_array_append_val (sort->select, us);
}

/* What the list is sorted by before: by name, as the window has it, else by another field. */
static const KontorFieldDef *
find_other_field (const Sort *sort)
{
  gboolean is_name = strstr (sort->field->name, "name") != NULL;

  return kontor_record_type_find_field (sort->type, is_name ? "modified_at" : "name");
}

/* The threads come to rest: what they clear away belongs to this order and not to the next. */
static void
set_other_order (KontorListModel *model, const Sort *sort)
{
  KontorQuery *query = kontor_query_new (sort->type);

  kontor_query_add_sort (query, find_other_field (sort), FALSE);
  kontor_list_model_set_query (model, query);
  while (kontor_list_model_is_loading (model))
    g_main_context_iteration (NULL, TRUE);
  kontor_query_unref (query);
  g_usleep (REST_US);
}

static void
walk_other_order (Reference *reference, const Sort *sort)
{
  const KontorFieldDef *field = find_other_field (sort);
  g_autofree char *sql =
    g_strdup_printf ("SELECT rid FROM \"%s\" WHERE hid=0 ORDER BY \"%s%s\" NULLS LAST,rid",
                     sort->type->name,
                     field->name,
                     (field->flags & KONTOR_FIELD_SORTED) != 0 ? "__s" : "");

  reference_walk (reference, sql);
}

static void
run_rounds (KontorWorkspace *workspace, Reference *reference, GArray *sorts, int rounds)
{
  KontorQuery *query = kontor_query_new (kontor_record_type_by_name ("contact"));
  g_autoptr(KontorListModel) model = kontor_list_model_new (workspace, query);

  kontor_query_unref (query);
  for (int i = 0; i < rounds; i++)
    for (guint k = 0; k < sorts->len; k++)
      {
        const Sort *sort = &g_array_index (sorts, Sort, k);
        g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

        set_other_order (model, sort);
        walk_other_order (reference, sort);
        run_select (reference, sort, rids);
        run_list (model, sort, rids);
      }
}

static void
tell_worst (GArray *sorts)
{
  double worst = 0;
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < sorts->len; i++)
    {
      const Sort *sort = &g_array_index (sorts, Sort, i);
      double list = bench_percentile (sort->list, 50), select = bench_percentile (sort->select, 50);

      if (g_getenv ("BENCH_VERBOSE") != NULL)
        g_printerr ("%8.0f %8.0f %5.2f %s %s %d\n",
                    list,
                    select,
                    list / select,
                    sort->type->name,
                    sort->field->name,
                    sort->descending);
      if (list / select <= worst)
        continue;
      worst = list / select;
      g_string_printf (name,
                       "%s.%s%s",
                       sort->type->name,
                       sort->field->name,
                       sort->descending ? "-desc" : "");
    }
  bench_tell ("n_sorts", sorts->len);
  bench_tell ("ratio", worst);
  g_print ("worst %s\n", name->str);
  g_string_free (name, TRUE);
}

int
main (int argc, char **argv)
{
  const char *tables[REFERENCE_N_TABLES] = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorWorkspace) workspace = NULL;
  Reference *reference;
  GArray *sorts;

  g_set_prgname ("bench-sort");
  bench_stay_on_one_processor ();
  if (argc < 3 || argc > 4)
    bench_fail ("usage: bench-sort WORKSPACE ROUNDS [FIELD]", NULL);
  kontor_model_init ();
  sorts = make_sorts (argv[3]);
  workspace = kontor_workspace_open (argv[1], KONTOR_OPEN_NO_WATCH, NULL, &error);
  if (workspace == NULL)
    bench_fail ("open", error);
  reference = reference_open (argv[1], tables);
  run_rounds (workspace, reference, sorts, atoi (argv[2]));
  tell_worst (sorts);
  reference_close (reference);
  g_array_unref (sorts);
  if (!kontor_workspace_close (workspace, &error))
    bench_fail ("close", error);
  return 0;
}
