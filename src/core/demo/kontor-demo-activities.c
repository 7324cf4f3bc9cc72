/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done with the demo's people in the last months, what is planned for the next weeks, and
 * what is known about them: needs, consents, roles, checks of their data. */
#include "config.h"

#include "kontor-date.h"
#include "kontor-demo-private.h"
#include "kontor-model.h"

/* Above so many people only one in twenty has activities: lists grow, timelines stay as they are.
 */
#define SPARSE_CONTACTS 20000
#define MONTHS_BACK 180
#define WEEKS_AHEAD 24

static const KontorDemoText *
pick_text (const KontorDemoText *texts, KontorDemoRandom *random)
{
  guint n = 0;

  while (texts[n].subject != NULL)
    n++;
  return &texts[kontor_demo_random_below (random, n)];
}

static void
add_activity_link (KontorDemoFill *fill,
                   const KontorId *activity,
                   const KontorRecordType *type,
                   const KontorId *target,
                   const char *role)
{
  KontorRecord *link = kontor_record_new (&kontor_activity_link_type, &KONTOR_ID_NULL);

  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_ACTIVITY, activity);
  kontor_record_set_text (link, KONTOR_ACTIVITY_LINK_TARGET_TYPE, type->name);
  kontor_record_set_link (link, KONTOR_ACTIVITY_LINK_TARGET, target);
  kontor_record_set_text (link, KONTOR_ACTIVITY_LINK_ROLE, role);
  kontor_demo_add (fill, link);
}

static void
add_activity (KontorDemoFill *fill,
              KontorRecord *activity,
              const KontorDemoText *text,
              const KontorId *account,
              const KontorId *contact,
              KontorDemoRandom *random)
{
  KontorId id;

  kontor_record_set_text (activity, KONTOR_ACTIVITY_SUBJECT, text->subject);
  kontor_record_set_text (activity, KONTOR_ACTIVITY_TEXT, text->text);
  kontor_demo_set_owner (fill, activity, random);
  id = kontor_demo_add (fill, activity);
  add_activity_link (fill, &id, &kontor_contact_type, contact, "about");
  if (account != NULL)
    add_activity_link (fill, &id, &kontor_account_type, account, "customer");
}

static void
add_past (KontorDemoFill *fill,
          const KontorDemoData *data,
          const KontorId *account,
          const KontorId *contact,
          KontorDemoRandom *random)
{
  KontorRecord *activity = kontor_demo_new_record (fill, &kontor_activity_type);
  gboolean is_call = kontor_demo_random_chance (random, 55);
  gint64 at = kontor_demo_pick_time (fill, random, -MONTHS_BACK, 0);

  kontor_record_set_text (activity, KONTOR_ACTIVITY_KIND, is_call ? "call" : "note");
  kontor_record_set_integer (activity, KONTOR_ACTIVITY_AT, at);
  if (is_call)
    {
      kontor_record_set_text (activity,
                              KONTOR_ACTIVITY_DIRECTION,
                              kontor_demo_random_chance (random, 60) ? "out" : "in");
      kontor_record_set_integer (activity,
                                 KONTOR_ACTIVITY_DURATION,
                                 kontor_demo_random_between (random, 1, 25) * 60);
      kontor_demo_set_pick (fill, activity, KONTOR_ACTIVITY_RESULT, NULL, random);
    }
  kontor_demo_set_created (fill, activity, at);
  add_activity (fill,
                activity,
                pick_text (is_call ? data->calls : data->notes, random),
                account,
                contact,
                random);
}

static void
add_task (KontorDemoFill *fill,
          const KontorDemoData *data,
          const KontorId *account,
          const KontorId *contact,
          KontorDemoRandom *random)
{
  static const char *const priorities[] = { "low", "normal", "normal", "normal", "high", NULL };
  KontorRecord *activity = kontor_demo_new_record (fill, &kontor_activity_type);
  gboolean is_done = kontor_demo_random_chance (random, 40);
  g_autofree char *due = is_done ? kontor_demo_pick_day (fill, random, -90, -1)
                                 : kontor_demo_pick_day (fill, random, -6, WEEKS_AHEAD);

  kontor_record_set_text (activity, KONTOR_ACTIVITY_KIND, "task");
  kontor_record_set_text (activity, KONTOR_ACTIVITY_DUE, due);
  kontor_record_set_text (activity, KONTOR_ACTIVITY_STATE, is_done ? "done" : "open");
  kontor_record_set_text (activity,
                          KONTOR_ACTIVITY_PRIORITY,
                          kontor_demo_random_pick (random, priorities));
  if (is_done)
    kontor_record_set_integer (activity,
                               KONTOR_ACTIVITY_DONE_AT,
                               kontor_demo_pick_time (fill, random, -90, 0));
  kontor_demo_set_created (fill, activity, kontor_demo_pick_time (fill, random, -120, -91));
  add_activity (fill, activity, pick_text (data->tasks, random), account, contact, random);
}

/**
 * kontor_demo_add_activities:
 * @fill: a filling
 * @data: word lists
 * @account: (nullable): the person's organisation
 * @contact: a person
 * @random: a sequence
 */
void
kontor_demo_add_activities (KontorDemoFill *fill,
                            const KontorDemoData *data,
                            const KontorId *account,
                            const KontorId *contact,
                            KontorDemoRandom *random)
{
  int n;

  if (fill->options->contacts > SPARSE_CONTACTS && !kontor_demo_random_chance (random, 5))
    return;
  n = kontor_demo_random_chance (random, 10) ? kontor_demo_random_between (random, 6, 14)
                                             : kontor_demo_random_between (random, 0, 3);
  for (int i = 0; i < n; i++)
    add_past (fill, data, account, contact, random);
  if (kontor_demo_random_chance (random, 22))
    add_task (fill, data, account, contact, random);
}

/* --- What is known about a party ------------------------------------------------------------ */

static void
add_need (KontorDemoFill *fill,
          const KontorDemoData *data,
          const KontorRecordType *type,
          const KontorId *party,
          KontorDemoRandom *random)
{
  static const char *const strengths[] = { "low", "medium", "high", NULL };
  static const char *const states[] = { "open", "open", "met", "dropped", NULL };
  const KontorDemoText *text = pick_text (data->needs, random);
  KontorRecord *need = kontor_demo_new_record (fill, &kontor_need_type);

  kontor_record_set_text (need, KONTOR_NEED_PARTY_TYPE, type->name);
  kontor_record_set_link (need, KONTOR_NEED_PARTY, party);
  kontor_record_set_text (need, KONTOR_NEED_KIND, text->subject);
  kontor_record_set_text (need, KONTOR_NEED_TEXT, text->text);
  kontor_record_set_text (need, KONTOR_NEED_STRENGTH, kontor_demo_random_pick (random, strengths));
  kontor_record_set_text (need, KONTOR_NEED_STATE, kontor_demo_random_pick (random, states));
  kontor_demo_add (fill, need);
}

static void
add_consent (KontorDemoFill *fill,
             const KontorDemoData *data,
             const KontorRecordType *type,
             const KontorId *party,
             KontorDemoRandom *random)
{
  KontorRecord *consent = kontor_demo_new_record (fill, &kontor_consent_type);
  gint64 given = kontor_demo_pick_time (fill, random, -800, -100);

  kontor_record_set_text (consent, KONTOR_CONSENT_PARTY_TYPE, type->name);
  kontor_record_set_link (consent, KONTOR_CONSENT_PARTY, party);
  kontor_demo_set_pick (fill, consent, KONTOR_CONSENT_PURPOSE, NULL, random);
  kontor_record_set_integer (consent, KONTOR_CONSENT_GIVEN_AT, given);
  if (kontor_demo_random_chance (random, 12))
    kontor_record_set_integer (consent,
                               KONTOR_CONSENT_WITHDRAWN_AT,
                               kontor_demo_pick_time (fill, random, -90, -3));
  kontor_record_set_text (consent, KONTOR_CONSENT_SOURCE, data->consent_source);
  if (kontor_record_is_null (consent, KONTOR_CONSENT_PURPOSE))
    g_object_unref (consent);
  else
    kontor_demo_add (fill, consent);
}

/* Most checks are old: the demo has data that wants looking after. */
static void
add_verification (KontorDemoFill *fill,
                  const KontorRecordType *type,
                  const KontorId *party,
                  KontorDemoRandom *random)
{
  KontorRecord *check = kontor_demo_new_record (fill, &kontor_verification_type);
  gboolean is_stale = kontor_demo_random_chance (random, 60);
  gint64 at = kontor_demo_pick_time (fill, random, is_stale ? -800 : -120, is_stale ? -400 : -5);
  g_autofree char *next = is_stale ? kontor_demo_pick_day (fill, random, -300, -10)
                                   : kontor_demo_pick_day (fill, random, 60, 240);
  guint seller =
    g_array_index (fill->sellers, guint, kontor_demo_random_below (random, fill->sellers->len));

  kontor_record_set_text (check, KONTOR_VERIFICATION_PARTY_TYPE, type->name);
  kontor_record_set_link (check, KONTOR_VERIFICATION_PARTY, party);
  kontor_record_set_integer (check, KONTOR_VERIFICATION_CHECKED_AT, at);
  kontor_record_set_link (check,
                          KONTOR_VERIFICATION_CHECKED_BY,
                          &g_array_index (fill->employees, KontorId, seller));
  kontor_demo_set_pick (fill, check, KONTOR_VERIFICATION_RESULT, NULL, random);
  kontor_record_set_text (check, KONTOR_VERIFICATION_NEXT_CHECK, next);
  kontor_demo_add (fill, check);
}

static void
add_role (KontorDemoFill *fill,
          const KontorRecordType *type,
          const KontorId *party,
          KontorDemoRandom *random)
{
  KontorRecord *role = kontor_demo_new_record (fill, &kontor_party_role_type);
  g_autofree char *from = kontor_demo_pick_day (fill, random, -700, -30);

  kontor_record_set_text (role, KONTOR_PARTY_ROLE_PARTY_TYPE, type->name);
  kontor_record_set_link (role, KONTOR_PARTY_ROLE_PARTY, party);
  kontor_demo_set_pick (fill, role, KONTOR_PARTY_ROLE_ROLE, NULL, random);
  kontor_record_set_text (role, KONTOR_PARTY_ROLE_FROM_DATE, from);
  if (kontor_record_is_null (role, KONTOR_PARTY_ROLE_ROLE))
    g_object_unref (role);
  else
    kontor_demo_add (fill, role);
}

static void
add_profile (KontorDemoFill *fill, const KontorId *contact, KontorDemoRandom *random)
{
  KontorRecord *profile = kontor_demo_new_record (fill, &kontor_consumer_profile_type);

  kontor_record_set_link (profile, KONTOR_CONSUMER_PROFILE_CONTACT, contact);
  kontor_demo_set_pick (fill, profile, KONTOR_CONSUMER_PROFILE_AGE_BAND, NULL, random);
  kontor_demo_set_pick (fill, profile, KONTOR_CONSUMER_PROFILE_INCOME_BAND, NULL, random);
  kontor_record_set_integer (profile,
                             KONTOR_CONSUMER_PROFILE_CHILDREN,
                             kontor_demo_random_between (random, 0, 3));
  kontor_demo_add (fill, profile);
}

/**
 * kontor_demo_add_extras:
 * @fill: a filling
 * @data: word lists
 * @type: account or contact
 * @party: the organisation or person
 * @random: a sequence
 */
void
kontor_demo_add_extras (KontorDemoFill *fill,
                        const KontorDemoData *data,
                        const KontorRecordType *type,
                        const KontorId *party,
                        KontorDemoRandom *random)
{
  gboolean is_person = type == &kontor_contact_type;

  if (fill->options->contacts > SPARSE_CONTACTS && !kontor_demo_random_chance (random, 5))
    return;
  if (kontor_demo_random_chance (random, is_person ? 8 : 25))
    add_need (fill, data, type, party, random);
  if (is_person && kontor_demo_random_chance (random, 28))
    add_consent (fill, data, type, party, random);
  if (kontor_demo_random_chance (random, 12))
    add_verification (fill, type, party, random);
  if (kontor_demo_random_chance (random, is_person ? 6 : 15))
    add_role (fill, type, party, random);
  if (is_person && kontor_demo_random_chance (random, 5))
    add_profile (fill, party, random);
}
