/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a timeline: order, what stands on top, kinds, words, people and subsidiaries. */
#include "config.h"

#include "commit-fixture.h"
#include <string.h>

static KontorId
log_entry (Fixture *fixture,
           const char *kind,
           const char *subject,
           gint64 at,
           const KontorRecordType *type,
           const KontorId *target)
{
  KontorRecord *activity = fixture_new_activity (kind, subject);
  KontorStep *step = kontor_step_new ("Logged");
  g_autoptr(KontorRecord) link = NULL;
  KontorId id;

  kontor_record_set_integer (activity, KONTOR_ACTIVITY_AT, FIXTURE_START + at);
  id = kontor_step_create (step, activity);
  link = fixture_new_activity_link (&id, type, target);
  kontor_step_link (step, link, TRUE);
  kontor_commit_free (fixture_commit (fixture, step));
  g_object_unref (activity);
  return id;
}

static KontorTimelineData *
read_timeline (Fixture *fixture, const KontorId *id, const KontorTimelineFilter *filter)
{
  g_autoptr(GError) error = NULL;
  KontorTimelineData *data =
    kontor_workspace_read_timeline (fixture->workspace, id, filter, &error);

  g_assert_no_error (error);
  return data;
}

/* "Third Second First | 3 more", with the names of others behind "@". */
static void
check (Fixture *fixture,
       const KontorId *id,
       const KontorTimelineFilter *filter,
       const char *expected)
{
  g_autoptr(KontorTimelineData) data = read_timeline (fixture, id, filter);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < data->activities->len; i++)
    {
      const char *with = i < data->with->len ? g_ptr_array_index (data->with, i) : "";

      g_string_append_printf (text,
                              "%s%s%s ",
                              kontor_record_get_text (g_ptr_array_index (data->activities, i),
                                                      KONTOR_ACTIVITY_SUBJECT),
                              *with != '\0' ? "@" : "",
                              with);
    }
  g_string_append_printf (text, "| %d%s", (int) data->n, data->more ? " more" : "");
  g_assert_cmpstr (text->str, ==, expected);
}

#define THIS(limit)                                              \
  {                                                              \
    KONTOR_TIMELINE_THIS, KONTOR_TIMELINE_ALL_KINDS, NULL, limit \
  }

static guint
kind_bit (const char *kind)
{
  const KontorChoice *choices = kontor_field_by_id (KONTOR_ACTIVITY_KIND)->choices;

  for (guint i = 0; choices[i].value != NULL; i++)
    if (strcmp (choices[i].value, kind) == 0)
      return 1u << i;
  g_assert_not_reached ();
}

static void
test_newest_first (Fixture *fixture, gconstpointer data)
{
  KontorId anna = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId bert = fixture_commit_new (fixture, fixture_new_contact ("Bert"));
  KontorTimelineFilter two = THIS (2), all = THIS (50);
  KontorId first;

  check (fixture, &anna, &all, "| 0");
  first = log_entry (fixture, "note", "First", 1000, &kontor_contact_type, &anna);
  log_entry (fixture, "call", "Third", 3000, &kontor_contact_type, &anna);
  log_entry (fixture, "note", "Second", 2000, &kontor_contact_type, &anna);
  log_entry (fixture, "note", "Other", 2500, &kontor_contact_type, &bert);
  check (fixture, &anna, &all, "Third Second First | 3");
  check (fixture, &anna, &two, "Third Second | 3 more");
  fixture_commit_trash (fixture, &kontor_activity_type, &first);
  check (fixture, &anna, &two, "Third Second | 2");
  kontor_commit_free (fixture_undo (fixture));
  check (fixture, &anna, &two, "Third Second | 3 more");
}

/* What is pinned or still to be done is never too old to be seen. */
static void
test_on_top (Fixture *fixture, gconstpointer data)
{
  KontorId anna = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorTimelineFilter one = THIS (1);
  KontorId pinned = log_entry (fixture, "note", "Pinned", 1000, &kontor_contact_type, &anna);
  KontorId task = log_entry (fixture, "task", "Task", 2000, &kontor_contact_type, &anna);
  KontorStep *step = kontor_step_new ("Pin");

  log_entry (fixture, "note", "Old", 3000, &kontor_contact_type, &anna);
  log_entry (fixture, "note", "New", 4000, &kontor_contact_type, &anna);
  kontor_step_set_integer (step, &pinned, KONTOR_ACTIVITY_PINNED, 1);
  kontor_commit_free (fixture_commit (fixture, step));
  check (fixture, &anna, &one, "Task Pinned New | 4 more");
  fixture_commit_text (fixture, &task, KONTOR_ACTIVITY_STATE, "done");
  check (fixture, &anna, &one, "Pinned New | 4 more");
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  KontorId anna = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorTimelineFilter filter = THIS (50);
  KontorId note = log_entry (fixture, "note", "Ёлки", 1000, &kontor_contact_type, &anna);

  log_entry (fixture, "call", "Pumps", 2000, &kontor_contact_type, &anna);
  log_entry (fixture, "meeting", "Pumps_again", 3000, &kontor_contact_type, &anna);
  fixture_commit_text (fixture, &note, KONTOR_ACTIVITY_TEXT, "Wants a 100 % discount");
  filter.kinds = kind_bit ("call") | kind_bit ("note");
  check (fixture, &anna, &filter, "Pumps Ёлки | 2");
  filter.kinds = 0;
  check (fixture, &anna, &filter, "| 0");
  filter.kinds = KONTOR_TIMELINE_ALL_KINDS;
  filter.words = "pump";
  check (fixture, &anna, &filter, "Pumps_again Pumps | 2");
  filter.words = "ЕЛКИ";
  check (fixture, &anna, &filter, "Ёлки | 1");
  filter.words = "discount";
  check (fixture, &anna, &filter, "Ёлки | 1");
  filter.words = "'; DROP TABLE activity; --";
  check (fixture, &anna, &filter, "| 0");
  filter.words = "  ";
  filter.kinds = kind_bit ("call");
  check (fixture, &anna, &filter, "Pumps | 1");
}

static void
test_scope (Fixture *fixture, gconstpointer data)
{
  KontorId parent = fixture_commit_new (fixture, fixture_new_account ("Holding"));
  KontorId child = fixture_commit_new (fixture, fixture_new_account ("Branch"));
  KontorId anna = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId bert = fixture_commit_new (fixture, fixture_new_contact ("Bert"));
  KontorTimelineFilter filter = THIS (50);
  KontorStep *step = kontor_step_new ("Link");
  g_autoptr(KontorRecord) link = NULL;
  KontorId both;

  fixture_commit_new (fixture, fixture_new_membership (&anna, &parent));
  fixture_commit_new (fixture, fixture_new_membership (&bert, &child));
  kontor_step_set_link (step, &child, KONTOR_ACCOUNT_PARENT, &parent);
  kontor_commit_free (fixture_commit (fixture, step));
  log_entry (fixture, "note", "One", 1000, &kontor_account_type, &parent);
  both = log_entry (fixture, "note", "Two", 2000, &kontor_contact_type, &anna);
  log_entry (fixture, "note", "Three", 3000, &kontor_account_type, &child);
  log_entry (fixture, "note", "Four", 4000, &kontor_contact_type, &bert);
  step = kontor_step_new ("Link");
  link = fixture_new_activity_link (&both, &kontor_account_type, &parent);
  kontor_step_link (step, link, TRUE);
  kontor_commit_free (fixture_commit (fixture, step));

  check (fixture, &parent, &filter, "Two One | 2");
  filter.scope = KONTOR_TIMELINE_PEOPLE;
  check (fixture, &parent, &filter, "Two@Anna One | 2");
  filter.scope = KONTOR_TIMELINE_SUBSIDIARIES;
  check (fixture, &parent, &filter, "Four@Bert Three@Branch Two@Anna One | 4");
  check (fixture, &child, &filter, "Four@Bert Three | 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
#define ADD(name, func) \
  g_test_add ("/timeline/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("newest-first", test_newest_first);
  ADD ("on-top", test_on_top);
  ADD ("filter", test_filter);
  ADD ("scope", test_scope);
#undef ADD
  return g_test_run ();
}
