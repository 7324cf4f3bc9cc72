/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window at work: how long its callbacks keep the main loop, and what memory it takes.
 *
 *   bench-window scroll WORKSPACE RECORDS STEPS       from end to end, a frame each step
 *   bench-window search WORKSPACE PREFIXES N          every Nth line, letter by letter
 *   bench-window import WORKSPACE FILE.csv            by the assistant, with the list beside it
 *   bench-window trash WORKSPACE N                    the first N to the trash, and undone
 *   bench-window change WORKSPACE N                   one field of the first N, which stay selected
 *   bench-window timeline WORKSPACE ENTRIES ROUNDS    pages of two people it adds, one with a
 *                                                     hundred entries, in turns
 *   bench-window chart WORKSPACE ID                   the org chart of an organisation: CPU
 *   bench-window points WORKSPACE NUMBERS             the page of a person it adds: all numbers
 *                                                     unfolded, one of them changed */
#include "config.h"

#include "bench-calls.h"
#include "bench-clock.h"
#include "bench-frame.h"
#include "kontor-application.h"
#include "kontor-mass-change.h"
#include "kontor-model.h"
#include "kontor-view-state.h"
#include "kontor-window.h"
#include "kontor-workspace.h"
#include <locale.h>
#include <string.h>

#define FRAME_MS 100
#define LETTER_MS 130
#define REST_MS 600
#define PATIENCE_S 900

typedef gboolean (*Condition) (GtkWidget *window, gpointer data);

/* --- The main loop ---------------------------------------------------------------------------- */

static gboolean
quit_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
spin (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, quit_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for (const char *what, Condition condition, GtkWidget *window, gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (!condition (window, data))
    {
      if (g_get_monotonic_time () > end)
        bench_fail (what, NULL);
      spin (5);
    }
}

static gboolean
has_rows (GtkWidget *window, gpointer data)
{
  return bench_frame_count_rows (window, BENCH_ROWS) >= BENCH_ROWS;
}

static GtkWidget *
open_window (KontorApplication *application, const char *path)
{
  g_autoptr(GError) error = NULL;
  KontorWindow *window;

  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    bench_fail ("register", error);
  /* the view of the run before may have few rows */
  g_settings_reset (kontor_settings_get (), "contacts-view");
  window = kontor_window_new (ADW_APPLICATION (application));
  kontor_window_open (window, path, KONTOR_OPENER_EXISTING, KONTOR_OPEN_DEFAULT, NULL);
  gtk_window_present (GTK_WINDOW (window));
  wait_for ("rows", has_rows, GTK_WIDGET (window), NULL);
  return GTK_WIDGET (window);
}

/* --- Results ---------------------------------------------------------------------------------- */

static double
get_anonymous_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "RssAnon:");
  return line != NULL ? g_ascii_strtod (line + strlen ("RssAnon:"), NULL) * 1024 : 0;
}

static void
tell (void)
{
  g_autofree char *name = NULL;
  double longest = bench_calls_get_longest (&name);

  bench_tell ("longest_ms", longest);
  g_print ("longest %s\n", name != NULL ? name : "?");
  bench_tell ("n_callbacks", (double) bench_calls_get_count ());
  bench_tell ("memory", get_anonymous_memory ());
}

/* --- Scrolling -------------------------------------------------------------------------------- */

static GListModel *
get_rows (GtkWidget *window)
{
  GtkWidget *list = bench_frame_find (window, GTK_TYPE_LIST_VIEW);

  return list != NULL ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))) : NULL;
}

static gboolean
has_all (GtkWidget *window, gpointer data)
{
  GListModel *rows = get_rows (window);

  return rows != NULL && g_list_model_get_n_items (rows) >= *(guint *) data;
}

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
wait_for_frame (GtkWidget *window)
{
  gboolean painted = FALSE;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gint64 end = g_get_monotonic_time () + FRAME_MS * G_TIME_SPAN_MILLISECOND;

  while (!painted && g_get_monotonic_time () < end)
    spin (1);
  g_signal_handler_disconnect (clock, handler);
}

static void
scroll (GtkWidget *window, const char *records, guint steps)
{
  guint n = (guint) g_ascii_strtoull (records, NULL, 10);
  GtkAdjustment *place;

  wait_for ("all rows", has_all, window, &n);
  spin (REST_MS);
  bench_calls_reset ();
  place =
    gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench_frame_find (window, GTK_TYPE_LIST_VIEW)));
  for (guint i = 1; i <= steps; i++)
    {
      double end = gtk_adjustment_get_upper (place) - gtk_adjustment_get_page_size (place);

      gtk_adjustment_set_value (place, end * i / steps);
      wait_for_frame (window);
    }
  wait_for ("the last rows", has_rows, window, NULL);
  spin (REST_MS);
}

/* --- Searching -------------------------------------------------------------------------------- */

static void
type (GtkEditable *entry, const char *text)
{
  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end))
    {
      g_autofree char *begun = g_strndup (text, (gsize) (end - text));

      gtk_editable_set_text (entry, begun);
      spin (LETTER_MS);
      if (*end == '\0')
        break;
    }
  spin (REST_MS);
  gtk_editable_set_text (entry, "");
  spin (REST_MS);
}

static void
search (GtkWidget *window, const char *path, guint every)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = NULL;
  GtkEditable *entry = GTK_EDITABLE (bench_frame_find (window, GTK_TYPE_SEARCH_ENTRY));
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, &error))
    bench_fail ("prefixes", error);
  lines = g_strsplit (text, "\n", -1);
  spin (REST_MS);
  bench_calls_reset ();
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && **line != '#' && n++ % every == 0)
      type (entry, *line);
}

/* --- Importing -------------------------------------------------------------------------------- */

static GtkWidget *
find_assistant (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "KontorImportWindow"))
      return l->data;
  return NULL;
}

/* The button that goes on is the suggested one. */
static GtkWidget *
find_suggested (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_mapped (child) ? find_suggested (child) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_at_page (GtkWidget *window, gpointer name)
{
  GtkWidget *assistant = find_assistant ();
  GtkWidget *pages = assistant != NULL ? bench_frame_find (assistant, GTK_TYPE_STACK) : NULL;

  return pages != NULL &&
         g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (pages)), name) == 0;
}

static gboolean
can_go_on (GtkWidget *window, gpointer name)
{
  GtkWidget *button = is_at_page (window, name) ? find_suggested (find_assistant ()) : NULL;

  return button != NULL && gtk_widget_is_sensitive (button);
}

static void
go_on (GtkWidget *window, const char *page)
{
  wait_for (page, can_go_on, window, (gpointer) page);
  g_signal_emit_by_name (find_suggested (find_assistant ()), "clicked");
}

static void
import (GtkWidget *window, const char *path, guint unused)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  spin (REST_MS);
  bench_calls_reset ();
  kontor_window_import (KONTOR_WINDOW (window), file);
  go_on (window, "match");
  go_on (window, "check");
  wait_for ("the import", is_at_page, window, (gpointer) "done");
  spin (REST_MS);
}

/* --- Changing many ---------------------------------------------------------------------------- */

static gboolean
has_exactly (GtkWidget *window, gpointer data)
{
  GListModel *rows = get_rows (window);

  return rows != NULL && g_list_model_get_n_items (rows) == *(guint *) data;
}

/* Returns the list. */
static GtkWidget *
select_first (GtkWidget *window, guint n)
{
  GtkWidget *list = bench_frame_find (window, GTK_TYPE_LIST_VIEW);

  wait_for ("all rows", has_all, window, &n);
  spin (REST_MS);
  bench_calls_reset ();
  gtk_selection_model_select_range (gtk_list_view_get_model (GTK_LIST_VIEW (list)), 0, n, TRUE);
  return list;
}

static void
trash (GtkWidget *window, const char *count, guint unused)
{
  guint n = (guint) g_ascii_strtoull (count, NULL, 10);
  GtkWidget *list = select_first (window, n);
  guint all = g_list_model_get_n_items (get_rows (window));
  guint rest = all - n;

  if (!gtk_widget_activate_action (list, "records.trash", NULL))
    bench_fail ("records.trash", NULL);
  wait_for ("the trash", has_exactly, window, &rest);
  spin (REST_MS);
  gtk_widget_activate_action (window, "win.undo", NULL);
  wait_for ("the undo", has_exactly, window, &all);
  spin (REST_MS);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer is_done)
{
  g_autoptr(GError) error = NULL;
  KontorCommit *commit = kontor_mass_change_finish (result, &error);

  if (commit == NULL)
    bench_fail ("change", error);
  kontor_commit_free (commit);
  *(gboolean *) is_done = TRUE;
}

static gboolean
is_set (GtkWidget *window, gpointer is_done)
{
  return *(gboolean *) is_done;
}

static void
change (GtkWidget *window, const char *count, guint unused)
{
  guint n = (guint) g_ascii_strtoull (count, NULL, 10);
  KontorWorkspace *workspace = kontor_window_get_workspace (KONTOR_WINDOW (window));
  g_autoptr(KontorSession) session = kontor_session_new (workspace);
  KontorMassAction *action = kontor_mass_action_new (KONTOR_MASS_SET);
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_contact_type);
  g_autoptr(GArray) rids = NULL;
  gboolean is_done = FALSE;

  select_first (window, n);
  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_CONTACT_NAME), FALSE);
  rids = kontor_workspace_query (workspace, query, n, NULL, NULL);
  action->field = kontor_record_type_find_field (&kontor_contact_type, "language");
  kontor_value_set_text (&action->value, "German");
  kontor_mass_change_async (session,
                            action,
                            &kontor_contact_type,
                            rids,
                            "Change",
                            NULL,
                            changed_cb,
                            &is_done);
  wait_for ("the change", is_set, window, &is_done);
  spin (REST_MS);
}

/* --- Timelines -------------------------------------------------------------------------------- */

#define FEW 100
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define ROW_TYPE "KontorTimelineRow"

typedef struct
{
  const char *marker; /* every entry begins with it */
  double cpu_s;       /* at the frame that shows entries; 0 until then */
} Shown;

static KontorId people[2]; /* with few entries, with many */

static void
add_entry (KontorStep *step, const KontorId *person, const char *text, gint64 at)
{
  g_autoptr(KontorRecord) entry = kontor_record_new (&kontor_activity_type, NULL);
  g_autoptr(KontorRecord) link = kontor_record_new (&kontor_activity_link_type, NULL);
  KontorId id;

  kontor_record_set_text (entry, KONTOR_ACTIVITY_KIND, "note");
  kontor_record_set_text (entry, KONTOR_ACTIVITY_TEXT, text);
  kontor_record_set_integer (entry, KONTOR_ACTIVITY_AT, at);
  id = kontor_step_create (step, entry);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_ACTIVITY, &id);
  kontor_record_set_text (link, KONTOR_ACTIVITY_LINK_TARGET_TYPE, kontor_contact_type.name);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_TARGET, person);
  kontor_step_link (step, link, TRUE);
}

static KontorId
add_person (KontorWorkspace *workspace, const char *name, guint n_entries)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Person with entries");
  g_autoptr(KontorRecord) person = kontor_record_new (&kontor_contact_type, NULL);
  g_autoptr(GError) error = NULL;
  KontorId id;

  kontor_record_set_text (person, KONTOR_CONTACT_LAST_NAME, name);
  id = kontor_step_create (step, person);
  for (guint i = 0; i < n_entries; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", name, i);

      add_entry (step, &id, text, g_get_real_time () / 1000 - i * HOUR_MS);
    }
  kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
  if (error != NULL)
    bench_fail ("entries", error);
  return id;
}

static void
prepare_timelines (const char *path, guint n_entries)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorWorkspace) workspace =
    kontor_workspace_open (path, KONTOR_OPEN_DEFAULT, NULL, &error);

  if (workspace == NULL)
    bench_fail ("workspace", error);
  people[0] = add_person (workspace, "Few", FEW);
  people[1] = add_person (workspace, "Many", n_entries);
  kontor_workspace_close (workspace, NULL);
}

/* Entries of the person that are laid out. */
static guint
count_entries (GtkWidget *widget, const char *marker)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_LABEL (widget) &&
      gtk_widget_get_ancestor (widget, g_type_from_name (ROW_TYPE)) != NULL)
    return g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), marker);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_entries (child, marker);
  return n;
}

static void
shown_cb (GdkFrameClock *clock, Shown *shown)
{
  GtkWidget *window = g_object_get_data (G_OBJECT (clock), "bench-window");

  if (shown->cpu_s <= 0 && count_entries (window, shown->marker) >= BENCH_ROWS / 2)
    shown->cpu_s = (double) bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) / 1e9;
}

static gboolean
is_shown (GtkWidget *window, gpointer shown)
{
  return ((Shown *) shown)->cpu_s > 0;
}

static double
open_page (GtkWidget *window, const KontorId *person, const char *marker)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Shown shown = { marker, 0 };
  char id[KONTOR_ID_TEXT_SIZE];
  double begun;
  gulong handler;

  kontor_id_format (person, id);
  g_object_set_data (G_OBJECT (clock), "bench-window", window);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (shown_cb), &shown);
  begun = (double) bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) / 1e9;
  gtk_widget_activate_action (window, "win.open-record", "(ss)", "contact", id);
  wait_for (marker, is_shown, window, &shown);
  g_signal_handler_disconnect (clock, handler);
  spin (REST_MS);
  return shown.cpu_s - begun;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* The first time of each builds what is kept. */
static void
timeline (GtkWidget *window, const char *unused, guint rounds)
{
  g_autoptr(GArray) few = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) many = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i <= rounds; i++)
    {
      double few_s = open_page (window, &people[0], "Few ");
      double many_s = open_page (window, &people[1], "Many ");

      if (i > 0)
        {
          g_array_append_val (few, few_s);
          g_array_append_val (many, many_s);
        }
    }
  g_array_sort (few, compare_doubles);
  g_array_sort (many, compare_doubles);
  bench_tell ("few_s", g_array_index (few, double, few->len / 2));
  bench_tell ("many_s", g_array_index (many, double, many->len / 2));
}

/* --- Contact points --------------------------------------------------------------------------- */

#define POINT_TYPE "KontorPointList"

static guint
count_points (GtkWidget *widget)
{
  guint n = g_str_equal (G_OBJECT_TYPE_NAME (widget), "KontorFieldRow") ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_points (child);
  return n;
}

static gboolean
has_points (GtkWidget *window, gpointer n)
{
  GType type = g_type_from_name (POINT_TYPE);
  GtkWidget *points = type != 0 ? bench_frame_find (window, type) : NULL;

  return points != NULL && count_points (points) >= *(guint *) n;
}

/* Returns the first of them. */
static KontorId
add_points (KontorWorkspace *workspace, const KontorId *person, guint n)
{
  g_autoptr(KontorStep) step = kontor_step_new ("Person with numbers");
  g_autoptr(GError) error = NULL;
  KontorId first = KONTOR_ID_NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KontorRecord) point = kontor_record_new (&kontor_contact_point_type, NULL);
      g_autofree char *number = g_strdup_printf ("0171 %06u", i);
      KontorId id;

      kontor_record_set_text (point, KONTOR_CONTACT_POINT_PARTY_TYPE, kontor_contact_type.name);
      kontor_record_set_link (point, KONTOR_CONTACT_POINT_PARTY, person);
      kontor_record_set_text (point, KONTOR_CONTACT_POINT_KIND, "mobile");
      kontor_record_set_text (point, KONTOR_CONTACT_POINT_VALUE, number);
      id = kontor_step_create (step, point);
      first = i == 0 ? id : first;
    }
  kontor_commit_free (kontor_workspace_commit (workspace, step, NULL, &error));
  if (error != NULL)
    bench_fail ("numbers", error);
  return first;
}

static void
prepare_points (const char *path, guint n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorWorkspace) workspace =
    kontor_workspace_open (path, KONTOR_OPEN_DEFAULT, NULL, &error);

  if (workspace == NULL)
    bench_fail ("workspace", error);
  people[0] = add_person (workspace, "Numbers", 1);
  people[1] = add_points (workspace, &people[0], n);
  kontor_workspace_close (workspace, NULL);
}

static void
tell_part (const char *name)
{
  g_autofree char *callback = NULL;

  bench_tell (name, bench_calls_get_longest (&callback));
  g_print ("%s %s\n", name, callback != NULL ? callback : "?");
}

static void
points (GtkWidget *window, const char *count, guint unused)
{
  guint n = (guint) g_ascii_strtoull (count, NULL, 10), few = 5;
  GtkWidget *list, *more;
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (&people[0], id);
  spin (REST_MS);
  bench_calls_reset ();
  gtk_widget_activate_action (window, "win.open-record", "(ss)", "contact", id);
  wait_for ("the first numbers", has_points, window, &few);
  spin (REST_MS);
  tell_part ("open_ms");
  list = bench_frame_find (window, g_type_from_name (POINT_TYPE));
  more = bench_frame_find (list, g_type_from_name ("KontorMoreRows"));
  bench_calls_reset ();
  g_signal_emit_by_name (more, "clicked");
  wait_for ("all numbers", has_points, window, &n);
  spin (REST_MS);
  tell_part ("unfold_ms");
  bench_calls_reset ();
  kontor_id_format (&people[1], id);
  gtk_widget_activate_action (list, "points.main", "s", id);
  spin (REST_MS);
  tell_part ("change_ms");
}

/* --- The org chart ---------------------------------------------------------------------------- */

static GtkWidget *
find_chart (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "KontorOrgChart"))
      return l->data;
  return NULL;
}

static gboolean
has_chart_rows (GtkWidget *window, gpointer data)
{
  GtkWidget *chart = find_chart ();
  GtkWidget *row = chart != NULL ? bench_frame_find (chart, GTK_TYPE_TREE_EXPANDER) : NULL;

  return row != NULL && gtk_widget_get_mapped (row) && gtk_widget_get_height (row) > 0;
}

/* A page that is not read yet opens none. */
static gboolean
opens_chart (GtkWidget *window, gpointer page)
{
  return find_chart () != NULL ||
         (gtk_widget_activate_action (page, "page.org-chart", NULL) && find_chart () != NULL);
}

/* All that the process has used until the first frame with people. */
static void
chart (GtkWidget *window, const char *id, guint unused)
{
  GtkWidget *page;

  gtk_widget_activate_action (window, "win.open-record", "(ss)", "account", id);
  spin (REST_MS);
  page = bench_frame_find (window, g_type_from_name ("KontorPartyPage"));
  bench_calls_reset ();
  if (page == NULL)
    bench_fail ("org chart", NULL);
  wait_for ("the org chart", opens_chart, window, page);
  wait_for ("the people", has_chart_rows, window, NULL);
  wait_for_frame (find_chart ());
  bench_tell ("cpu", (double) bench_cpu_ns (CLOCK_PROCESS_CPUTIME_ID));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (GtkWidget *window, const char *argument, guint number);
  } kinds[] = { { "scroll", scroll },     { "search", search }, { "import", import },
                { "change", change },     { "trash", trash },   { "chart", chart },
                { "timeline", timeline }, { "points", points } };
  g_autoptr(KontorApplication) application = NULL;
  GtkWidget *window;
  guint number = argc > 4 ? (guint) g_ascii_strtoull (argv[4], NULL, 10) : 1;

  setlocale (LC_ALL, "");
  g_set_prgname ("bench-window");
  if (argc < 4)
    bench_fail ("usage: bench-window KIND WORKSPACE ARGUMENT [N]", NULL);
  if (g_str_equal (argv[1], "timeline"))
    prepare_timelines (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  if (g_str_equal (argv[1], "points"))
    prepare_points (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  application = kontor_application_new ();
  window = open_window (application, argv[2]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (argv[1], kinds[i].name))
      kinds[i].run (window, argv[3], MAX (number, 1));
  tell ();
  gtk_window_close (GTK_WINDOW (window));
  spin (REST_MS);
  return 0;
}
