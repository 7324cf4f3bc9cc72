/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for the age of a check, and the records that say a check was made. */
#include "config.h"

#include "kontor-freshness.h"

#include "kontor-date.h"
#include "kontor-list-model.h"
#include <glib/gi18n.h>

#define DAYS_A_MONTH 30.44
#define DEFAULT_MONTHS 12
#define NEVER 36500 /* 0 months: nothing is ever stale */
#define CONFIRMED "confirmed"
#define SETTINGS "kontor-workspace-settings"

/* The settings of the workspace, kept with its session. */
static void
settings_read_cb (KontorListModel *model)
{
  g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (model), 0);

  /* held, so that its record is read and stays */
  g_object_set_data_full (G_OBJECT (model), "row", g_steal_pointer (&row), g_object_unref);
}

/**
 * kontor_freshness_prepare:
 * @session: a session
 *
 * Begins to read how long details count as fresh here.
 */
void
kontor_freshness_prepare (KontorSession *session)
{
  g_autoptr(KontorQuery) query = NULL;
  KontorListModel *model;

  if (g_object_get_data (G_OBJECT (session), SETTINGS) != NULL)
    return;
  query = kontor_query_new (&kontor_workspace_settings_type);
  model = kontor_list_model_new (kontor_session_get_workspace (session), query);
  g_signal_connect (model, "items-changed", G_CALLBACK (settings_read_cb), NULL);
  settings_read_cb (model);
  g_object_set_data_full (G_OBJECT (session), SETTINGS, model, g_object_unref);
}

static int
get_stale_days (KontorSession *session)
{
  GObject *model = g_object_get_data (G_OBJECT (session), SETTINGS);
  KontorListRow *row = model != NULL ? g_object_get_data (model, "row") : NULL;
  KontorRecord *settings = row != NULL ? kontor_list_row_get_record (row) : NULL;
  gint64 months = DEFAULT_MONTHS;

  if (settings != NULL && !kontor_record_is_null (settings, KONTOR_WORKSPACE_SETTINGS_STALE_MONTHS))
    months = kontor_record_get_integer (settings, KONTOR_WORKSPACE_SETTINGS_STALE_MONTHS);
  return months > 0 ? (int) ((double) months * DAYS_A_MONTH + .5) : NEVER;
}

static const KontorFieldDef *
get_field (const KontorRecordType *type)
{
  return kontor_record_type_find_field (type, "checked_on");
}

/**
 * kontor_freshness_knows:
 * @type: a record type
 *
 * Returns: whether records of it are checked from time to time
 */
gboolean
kontor_freshness_knows (const KontorRecordType *type)
{
  return (type->flags & KONTOR_TYPE_PARTY) != 0 && get_field (type) != NULL;
}

/* "12 days", "14 months"; the first two months are told by the day. */
static char *
dup_age (int days)
{
  int months = (int) (days / DAYS_A_MONTH);

  if (months < 2)
    return g_strdup_printf (ngettext ("%d day", "%d days", days), days);
  return g_strdup_printf (ngettext ("%d month", "%d months", months), months);
}

static char *
dup_checked (int days)
{
  g_autofree char *age = NULL;

  if (days == 0)
    return g_strdup (_("Checked today"));
  age = dup_age (days);
  /* Translators: %s is an age, "12 days" */
  return g_strdup_printf (_("Checked %s ago"), age);
}

/**
 * kontor_freshness_describe:
 * @session: a session
 * @record: a record of a type that is checked
 * @stale: (out): whether it should be checked again
 *
 * Returns: (transfer full): "Checked 12 days ago", "Not checked for 14 months"
 */
char *
kontor_freshness_describe (KontorSession *session, KontorRecord *record, gboolean *stale)
{
  const char *checked =
    kontor_record_value_text (record, get_field (kontor_record_get_record_type (record)));
  g_autofree char *today = kontor_session_today (session);
  g_autofree char *created = NULL;
  g_autofree char *age = NULL;
  int days;

  if (checked == NULL)
    {
      created = kontor_date_today (
        kontor_record_get_integer (record,
                                   KONTOR_COMMON_FIELD (kontor_record_get_record_type (record)
                                                          ->number,
                                                        KONTOR_COMMON_CREATED_AT)));
      *stale = kontor_date_days_between (created, today) > get_stale_days (session);
      return g_strdup (_("Never checked"));
    }
  days = MAX (0, kontor_date_days_between (checked, today));
  *stale = days > get_stale_days (session);
  if (!*stale)
    return dup_checked (days);
  age = dup_age (days);
  /* Translators: %s is an age, "14 months" */
  return g_strdup_printf (_("Not checked for %s"), age);
}

/* Of the newest check of the point, if that found it right; 0: never. One of all there is counts as
 * long as the point is as it was then. */
static gint64
find_check (GPtrArray *checks, KontorRecord *point)
{
  const char *value = kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE);
  gint64 modified =
    kontor_record_get_integer (point,
                               KONTOR_COMMON_FIELD (kontor_contact_point_type.number,
                                                    KONTOR_COMMON_MODIFIED_AT));
  gint64 newest = 0;
  gboolean right = FALSE;

  for (guint i = 0; i < checks->len; i++)
    {
      KontorRecord *check = g_ptr_array_index (checks, i);
      const char *what = kontor_record_get_text (check, KONTOR_VERIFICATION_WHAT);
      gint64 at = kontor_record_get_integer (check, KONTOR_VERIFICATION_CHECKED_AT);

      if (at < newest || (what != NULL ? g_strcmp0 (what, value) != 0 : at < modified))
        continue;
      newest = at;
      right =
        g_strcmp0 (kontor_record_get_text (check, KONTOR_VERIFICATION_RESULT), CONFIRMED) == 0;
    }
  return right ? newest : 0;
}

/**
 * kontor_freshness_describe_point:
 * @session: a session
 * @checks: (element-type KontorRecord): the checks of whom it belongs to
 * @point: a contact point
 *
 * Returns: (transfer full) (nullable): "Checked 12 days ago"; %NULL where that is too long ago, or
 *   nobody did, or it is wrong
 */
char *
kontor_freshness_describe_point (KontorSession *session, GPtrArray *checks, KontorRecord *point)
{
  gint64 at = find_check (checks, point);
  g_autofree char *day = NULL;
  g_autofree char *today = NULL;
  int days;

  if (at == 0 || kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0)
    return NULL;
  day = kontor_date_today (at);
  today = kontor_session_today (session);
  days = MAX (0, kontor_date_days_between (day, today));
  return days <= get_stale_days (session) ? dup_checked (days) : NULL;
}

/**
 * kontor_freshness_dup_stale_filter:
 * @session: a session
 *
 * Returns: (transfer full): filter of the records that should be checked again
 */
char *
kontor_freshness_dup_stale_filter (KontorSession *session)
{
  int days = get_stale_days (session);

  return g_strdup_printf ("checked_on<today-%d or (checked_on is empty and created_at<today-%d)",
                          days,
                          days);
}

/**
 * kontor_freshness_add_check:
 * @step: where to
 * @record: a person or an organisation
 * @what: (nullable): what of it was checked; %NULL: all of it
 * @now: the present, in ms
 *
 * Adds the record of a check that found all as it was. On any thread.
 */
void
kontor_freshness_add_check (KontorStep *step, KontorRecord *record, const char *what, gint64 now)
{
  g_autoptr(KontorRecord) check = kontor_record_begin_child (record, &kontor_verification_type);

  if (what != NULL)
    kontor_record_set_text (check, KONTOR_VERIFICATION_WHAT, what);
  kontor_record_set_integer (check, KONTOR_VERIFICATION_CHECKED_AT, now);
  kontor_record_set_text (check, KONTOR_VERIFICATION_RESULT, CONFIRMED);
  kontor_step_create (step, check);
}

/**
 * kontor_freshness_add_confirmation:
 * @step: where to
 * @record: a record of a type that is checked
 * @now: the present, in ms
 *
 * Adds that all of @record was checked now. On any thread.
 */
void
kontor_freshness_add_confirmation (KontorStep *step, KontorRecord *record, gint64 now)
{
  g_autofree char *today = kontor_date_today (now);
  const KontorRecordType *type = kontor_record_get_record_type (record);

  kontor_freshness_add_check (step, record, NULL, now);
  kontor_step_set_text (step, kontor_record_get_id (record), get_field (type)->id, today);
}
