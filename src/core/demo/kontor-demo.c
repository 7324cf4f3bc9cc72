/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a workspace with the demo: one long step in parts, then a few edits so that there is
 * history, and a few records in the trash. */
#include "config.h"

#include "kontor-date.h"
#include "kontor-demo-private.h"
#include "kontor-model.h"
#include <glib/gi18n-lib.h>

/* Above so many people indexes and search are built afterwards. */
#define BULK_CONTACTS 5000
#define PART_OPS 900
#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)
#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)

/* --- What the parts of the generator share -------------------------------------------------- */

/**
 * kontor_demo_new_record:
 * @fill: a filling
 * @type: a record type
 *
 * Returns: (transfer full): a draft with the next id of the demo
 */
KontorRecord *
kontor_demo_new_record (KontorDemoFill *fill, const KontorRecordType *type)
{
  KontorId id = kontor_id_new (fill->env);

  return kontor_record_new (type, &id);
}

/**
 * kontor_demo_add:
 * @fill: a filling
 * @record: (transfer full): a draft
 *
 * Returns: the id of the record
 */
KontorId
kontor_demo_add (KontorDemoFill *fill, KontorRecord *record)
{
  KontorId id = kontor_step_create (fill->part, record);

  g_object_unref (record);
  return id;
}

/**
 * kontor_demo_flush:
 * @fill: a filling
 * @always: also when the part is not full
 * @error: (nullable): place for an error
 *
 * Hands the part over to the workspace.
 *
 * Returns: whether to go on
 */
gboolean
kontor_demo_flush (KontorDemoFill *fill, gboolean always, GError **error)
{
  gboolean appended;

  if (kontor_step_is_empty (fill->part) ||
      (!always && kontor_step_get_n_ops (fill->part) < PART_OPS))
    return TRUE;
  appended = kontor_long_step_append (fill->step, fill->part, fill->cancellable, error);
  kontor_step_unref (fill->part);
  fill->part = kontor_step_new (NULL);
  if (appended && fill->progress != NULL)
    fill->progress (fill->n_done,
                    fill->options->accounts + fill->options->contacts,
                    fill->progress_data);
  return appended;
}

/**
 * kontor_demo_set_pick:
 * @fill: a filling
 * @record: a draft
 * @field: a field with a pick list
 * @code: (nullable): the value that fits; %NULL takes any
 * @random: a sequence
 *
 * Pick lists are data: a value that is not there (any more) leaves the field empty.
 */
void
kontor_demo_set_pick (KontorDemoFill *fill,
                      KontorRecord *record,
                      KontorFieldId field,
                      const char *code,
                      KontorDemoRandom *random)
{
  const char *list = kontor_field_by_id (field)->pick;

  if (code == NULL)
    {
      g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (fill->schema, list);

      if (values == NULL || values->len == 0)
        return;
      code = ((const KontorPickValue *)
                g_ptr_array_index (values, kontor_demo_random_below (random, values->len)))
               ->code;
      kontor_record_set_text (record, field, code);
      return;
    }
  if (kontor_schema_find_pick (fill->schema, list, code) != NULL)
    kontor_record_set_text (record, field, code);
}

/**
 * kontor_demo_set_owner:
 * @fill: a filling with employees
 * @record: a draft of a type with an owner
 * @random: a sequence
 */
void
kontor_demo_set_owner (KontorDemoFill *fill, KontorRecord *record, KontorDemoRandom *random)
{
  guint seller =
    g_array_index (fill->sellers, guint, kontor_demo_random_below (random, fill->sellers->len));
  KontorFieldId field =
    KONTOR_COMMON_FIELD (kontor_record_get_record_type (record)->number, KONTOR_COMMON_OWNER);

  kontor_record_set_link (record, field, &g_array_index (fill->employees, KontorId, seller));
}

/**
 * kontor_demo_set_created:
 * @fill: a filling
 * @record: a draft
 * @at: when it was made, as the demo has it
 */
void
kontor_demo_set_created (KontorDemoFill *fill, KontorRecord *record, gint64 at)
{
  guint number = kontor_record_get_record_type (record)->number;

  kontor_record_set_integer (record, KONTOR_COMMON_FIELD (number, KONTOR_COMMON_CREATED_AT), at);
  kontor_record_set_link (record,
                          KONTOR_COMMON_FIELD (number, KONTOR_COMMON_CREATED_BY),
                          &fill->user);
}

/* Days from today, moved off weekends; 1970-01-01 was a Thursday. */
static gint64
pick_workday (KontorDemoFill *fill, KontorDemoRandom *random, int from, int to)
{
  gint64 day = fill->now / DAY_MS + kontor_demo_random_between (random, from, to);
  int weekday = (int) ((day + 3) % 7); /* Monday is 0 */

  if (weekday >= 5)
    day += to <= 0 ? 4 - weekday : 7 - weekday;
  return day;
}

/**
 * kontor_demo_pick_time:
 * @fill: a filling
 * @random: a sequence
 * @from: first day, counted from today
 * @to: last day
 *
 * Returns: a moment in office hours of a working day, in ms; with @to below 1 never in the future
 */
gint64
kontor_demo_pick_time (KontorDemoFill *fill, KontorDemoRandom *random, int from, int to)
{
  gint64 at = pick_workday (fill, random, from, to) * DAY_MS +
              kontor_demo_random_between (random, 7 * 12, 16 * 12 - 1) * (HOUR_MS / 12);

  return to <= 0 ? MIN (at, fill->now - HOUR_MS) : at;
}

/**
 * kontor_demo_pick_day:
 * @fill: a filling
 * @random: a sequence
 * @from: first day, counted from today
 * @to: last day
 *
 * Returns: (transfer full): a working day
 */
char *
kontor_demo_pick_day (KontorDemoFill *fill, KontorDemoRandom *random, int from, int to)
{
  return kontor_date_add ("1970-01-01", (int) pick_workday (fill, random, from, to));
}

/* --- Afterwards ----------------------------------------------------------------------------- */

static gboolean
commit_step (KontorDemoFill *fill, KontorStep *step, GError **error)
{
  g_autoptr(KontorCommit) commit =
    kontor_workspace_commit (fill->workspace, step, fill->cancellable, error);

  return commit != NULL;
}

static gboolean
edit_samples (KontorDemoFill *fill, GError **error)
{
  guint n = MIN (fill->samples->len / 2, 6);

  for (guint i = 0; i < n; i++)
    {
      const KontorId *id = &g_array_index (fill->samples, KontorId, i);
      g_autofree char *title =
        kontor_workspace_dup_title (fill->workspace, &kontor_contact_type, id);
      g_autofree char *label = g_strdup_printf (_("Change “%s”"), title != NULL ? title : "");
      g_autoptr(KontorStep) step = kontor_step_new (label);

      kontor_step_set_text (step,
                            id,
                            KONTOR_CONTACT_NOTES,
                            fill->data->remarks[i % g_strv_length ((char **) fill->data->remarks)]);
      kontor_step_set_text (step, id, KONTOR_CONTACT_STAGE, i % 2 == 0 ? "deal" : "after_sale");
      if (!commit_step (fill, step, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
trash_samples (KontorDemoFill *fill, GError **error)
{
  g_autoptr(KontorStep) step = kontor_step_new (_("Move to the trash"));
  guint n = MIN (fill->samples->len / 4, 3);

  for (guint i = 0; i < n; i++)
    kontor_step_trash (step,
                       &kontor_contact_type,
                       &g_array_index (fill->samples, KontorId, fill->samples->len - 1 - i));
  return kontor_step_is_empty (step) || commit_step (fill, step, error);
}

/* --- The filling ---------------------------------------------------------------------------- */

static void
init_fill (KontorDemoFill *fill,
           KontorWorkspace *workspace,
           const KontorDemoOptions *options,
           gint64 now)
{
  fill->options = options;
  fill->workspace = workspace;
  fill->data = kontor_demo_data_for (options->language, options->seed, 0);
  fill->schema = kontor_workspace_ref_schema (workspace);
  fill->env = kontor_env_new_seeded (options->seed, now);
  fill->user = *kontor_workspace_get_user (workspace);
  fill->now = now;
  fill->today = kontor_date_today (now);
  fill->part = kontor_step_new (NULL);
  fill->units = g_array_new (FALSE, FALSE, sizeof (KontorId));
  fill->teams = g_array_new (FALSE, FALSE, sizeof (KontorId));
  fill->employees = g_array_new (FALSE, FALSE, sizeof (KontorId));
  fill->sellers = g_array_new (FALSE, FALSE, sizeof (guint));
  fill->tags = g_array_new (FALSE, FALSE, sizeof (KontorId));
  fill->samples = g_array_new (FALSE, FALSE, sizeof (KontorId));
}

static void
clear_fill (KontorDemoFill *fill)
{
  g_clear_pointer (&fill->schema, kontor_schema_unref);
  g_clear_pointer (&fill->env, kontor_env_unref);
  g_clear_pointer (&fill->part, kontor_step_unref);
  g_clear_pointer (&fill->today, g_free);
  g_array_unref (fill->units);
  g_array_unref (fill->teams);
  g_array_unref (fill->employees);
  g_array_unref (fill->sellers);
  g_array_unref (fill->tags);
  g_array_unref (fill->samples);
}

static gboolean
fill_step (KontorDemoFill *fill, GError **error)
{
  KontorLongFlags flags =
    fill->options->contacts >= BULK_CONTACTS ? KONTOR_LONG_BULK : KONTOR_LONG_DEFAULT;
  g_autoptr(KontorCommit) commit = NULL;
  g_autoptr(GError) end_error = NULL;
  gboolean filled;

  fill->step = kontor_workspace_begin_long (fill->workspace,
                                            _("Fill with demo data"),
                                            KONTOR_ORIGIN_IMPORT,
                                            flags,
                                            error);
  if (fill->step == NULL)
    return FALSE;
  filled = kontor_demo_add_office (fill, error) && kontor_demo_add_parties (fill, error) &&
           kontor_demo_flush (fill, TRUE, error);
  commit = kontor_long_step_end (fill->step, filled, NULL, NULL, &end_error);
  fill->step = NULL;
  if (filled && commit == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&end_error));
      return FALSE;
    }
  return filled;
}

/**
 * kontor_demo_fill:
 * @workspace: a workspace, usually a new one
 * @options: how much, by which seed, in which language, as of when
 * @progress: (nullable) (scope call): told how many people and organisations are made
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it; what was written is taken back
 * @error: (nullable): place for an error
 *
 * Fills @workspace with people, organisations and what was done with them in the last months and
 * is planned for the next weeks. Waits for the database: not for a thread that draws.
 *
 * Returns: whether all is there; else nothing is
 */
gboolean
kontor_demo_fill (KontorWorkspace *workspace,
                  const KontorDemoOptions *options,
                  KontorProgress progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  KontorDemoFill fill = { .cancellable = cancellable,
                          .progress = progress,
                          .progress_data = progress_data };
  gint64 now =
    options->now_ms != 0 ? options->now_ms : kontor_env_now (kontor_workspace_get_env (workspace));
  gboolean filled;

  g_return_val_if_fail (KONTOR_IS_WORKSPACE (workspace), FALSE);

  if (!kontor_demo_check_options (options, error))
    return FALSE;
  init_fill (&fill, workspace, options, now);
  filled = fill_step (&fill, error) && edit_samples (&fill, error) && trash_samples (&fill, error);
  clear_fill (&fill);
  return filled;
}
