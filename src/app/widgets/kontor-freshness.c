/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for the age of a check, and the records that say a check was made. */
#include "config.h"

#include "kontor-freshness.h"

#include "kontor-date.h"
#include "kontor-view-state.h"
#include <glib/gi18n.h>

#define DAYS_A_MONTH 30.44
#define CONFIRMED "confirmed"

static int
get_stale_days (void)
{
  return (int) (g_settings_get_int (kontor_settings_get (), "stale-after-months") * DAYS_A_MONTH +
                .5);
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
      *stale = kontor_date_days_between (created, today) > get_stale_days ();
      return g_strdup (_("Never checked"));
    }
  days = MAX (0, kontor_date_days_between (checked, today));
  *stale = days > get_stale_days ();
  if (days == 0)
    return g_strdup (_("Checked today"));
  age = dup_age (days);
  /* Translators: %s is an age, "14 months" */
  return *stale ? g_strdup_printf (_("Not checked for %s"), age)
                /* Translators: %s is an age, "12 days" */
                : g_strdup_printf (_("Checked %s ago"), age);
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
  int days = get_stale_days ();

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
