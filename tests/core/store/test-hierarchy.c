/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links that must not go round in a circle: organisations, reporting lines, and relations between
 * parties that mean a hierarchy; however deep, however the circle is closed. */
#include "config.h"

#include "commit-fixture.h"

#define DEEP 10000

static KontorId
add_relation (KontorStep *step, const char *kind, const KontorId *left, const KontorId *right)
{
  g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_party_relation_type, &KONTOR_ID_NULL);

  kontor_record_set_text (draft, KONTOR_PARTY_RELATION_LEFT_TYPE, "account");
  kontor_record_set_link (draft, KONTOR_PARTY_RELATION_LEFT, left);
  kontor_record_set_text (draft, KONTOR_PARTY_RELATION_KIND, kind);
  kontor_record_set_text (draft, KONTOR_PARTY_RELATION_RIGHT_TYPE, "account");
  kontor_record_set_link (draft, KONTOR_PARTY_RELATION_RIGHT, right);
  return kontor_step_create (step, draft);
}

static KontorId
commit_relation (Fixture *fixture, const char *kind, const KontorId *left, const KontorId *right)
{
  KontorStep *step = kontor_step_new ("Relation");
  KontorId id = add_relation (step, kind, left, right);

  kontor_commit_free (fixture_commit (fixture, step));
  return id;
}

/* Takes @step and expects that it is refused for the circle @chain. */
static void
refuse_circle (Fixture *fixture, KontorStep *step, const char *chain)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = g_strdup_printf (": %s.", chain);

  g_assert_null (kontor_workspace_commit (fixture->workspace, step, NULL, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” does not name “%s”", error->message, chain);
  kontor_step_unref (step);
}

/* --- Organisations ---------------------------------------------------------------------------- */

static void
test_self (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Opora"));
  KontorStep *step = kontor_step_new ("Self");

  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &a);
  refuse_circle (fixture, step, "Opora → Opora");
}

/* Neither link is wrong by itself. */
static void
test_closed_together (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Opora"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("Glad"));
  KontorStep *step = kontor_step_new ("Both");

  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &b);
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_PARENT, &a);
  refuse_circle (fixture, step, "Opora → Glad → Opora");
}

/* A circle further up is found though the walk from another row passed there before. */
static void
test_behind_another_walk (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("A"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("B"));
  KontorId c = fixture_commit_new (fixture, fixture_new_account ("C"));
  KontorStep *step = kontor_step_new ("Three");

  kontor_step_set_link (step, &c, KONTOR_ACCOUNT_PARENT, &a);
  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_PARENT, &b);
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_PARENT, &a);
  refuse_circle (fixture, step, "A → B → A");
}

/* --- Depth ------------------------------------------------------------------------------------ */

static KontorStep *
make_chain (KontorId *ids, guint n)
{
  KontorStep *step = kontor_step_new ("Chain");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Level %u", i);
      g_autoptr(KontorRecord) draft = fixture_new_account (name);

      if (i > 0)
        kontor_record_set_link (draft, KONTOR_ACCOUNT_PARENT, &ids[i - 1]);
      ids[i] = kontor_step_create (step, draft);
    }
  return step;
}

/* Every link of a chain is checked in the end state of its transaction, each link once: with a walk
 * to the top for each it would be fifty million. */
static void
test_deep (Fixture *fixture, gconstpointer data)
{
  g_autofree KontorId *ids = g_new (KontorId, DEEP);
  KontorStep *step = make_chain (ids, DEEP);
  g_autoptr(GError) error = NULL;
  gint64 start, took;

  kontor_commit_free (fixture_commit (fixture, step));
  start = g_get_monotonic_time ();
  step = kontor_step_new ("Close");
  kontor_step_set_link (step, &ids[0], KONTOR_ACCOUNT_PARENT, &ids[DEEP - 1]);
  g_assert_null (kontor_workspace_commit (fixture->workspace, step, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "Level 0 → Level 9999 → Level 9998"));
  kontor_step_unref (step);
  took = g_get_monotonic_time () - start;
  g_test_minimized_result ((double) took / 1e3, "refused after %.1f ms", (double) took / 1e3);
  /* some ten thousand reads of one column; whole records took ten times that */
  g_assert_cmpint (took, <, 2 * G_USEC_PER_SEC);
  step = kontor_step_new ("Elsewhere");
  kontor_step_set_link (step, &ids[DEEP - 1], KONTOR_ACCOUNT_PARENT, &ids[0]);
  kontor_commit_free (fixture_commit (fixture, step));
}

/* --- Reporting lines -------------------------------------------------------------------------- */

/* An employment has no name: people are named. */
static void
test_reporting_line (Fixture *fixture, gconstpointer data)
{
  KontorId account = fixture_commit_new (fixture, fixture_new_account ("Opora"));
  KontorId anna = fixture_commit_new (fixture, fixture_new_contact ("Anna"));
  KontorId boris = fixture_commit_new (fixture, fixture_new_contact ("Boris"));
  KontorId a = fixture_commit_new (fixture, fixture_new_membership (&anna, &account));
  KontorId b = fixture_commit_new (fixture, fixture_new_membership (&boris, &account));
  KontorStep *step = kontor_step_new ("Anna below Boris");

  kontor_step_set_link (step, &a, KONTOR_ACCOUNT_CONTACT_REPORTS_TO, &b);
  kontor_commit_free (fixture_commit (fixture, step));
  step = kontor_step_new ("Boris below Anna");
  kontor_step_set_link (step, &b, KONTOR_ACCOUNT_CONTACT_REPORTS_TO, &a);
  refuse_circle (fixture, step, "Boris → Anna → Boris");
}

/* --- Relations -------------------------------------------------------------------------------- */

static void
test_relations (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Opora"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("Glad"));
  KontorId c = fixture_commit_new (fixture, fixture_new_account ("Trujillo"));
  KontorStep *step = kontor_step_new ("Self");
  KontorId partner;

  add_relation (step, "parent", &a, &a);
  refuse_circle (fixture, step, "Opora → Opora");
  commit_relation (fixture, "parent", &a, &b);
  /* several parents are fine, and so are circles of another kind */
  commit_relation (fixture, "parent", &c, &b);
  commit_relation (fixture, "supplier", &a, &b);
  commit_relation (fixture, "supplier", &b, &a);
  step = kontor_step_new ("Back");
  add_relation (step, "parent", &b, &a);
  refuse_circle (fixture, step, "Opora → Glad → Opora");
  /* by another kind that becomes one */
  partner = commit_relation (fixture, "partner", &b, &c);
  step = kontor_step_new ("Kind");
  kontor_step_set_text (step, &partner, KONTOR_PARTY_RELATION_KIND, "parent");
  refuse_circle (fixture, step, "Trujillo → Glad → Trujillo");
  /* two of one step */
  step = kontor_step_new ("Both");
  add_relation (step, "parent", &a, &c);
  add_relation (step, "parent", &c, &a);
  refuse_circle (fixture, step, "Trujillo → Opora → Trujillo");
}

/* Taking back what kept a circle from closing leaves that piece alone. */
static void
test_relation_undone (Fixture *fixture, gconstpointer data)
{
  KontorId a = fixture_commit_new (fixture, fixture_new_account ("Opora"));
  KontorId b = fixture_commit_new (fixture, fixture_new_account ("Glad"));
  KontorId relation = commit_relation (fixture, "parent", &a, &b);
  KontorStep *step = kontor_step_new ("Partner");
  g_autoptr(GError) error = NULL;
  KontorCommit *commit;
  KontorId turned;

  kontor_step_set_text (step, &relation, KONTOR_PARTY_RELATION_KIND, "partner");
  commit = fixture_commit (fixture, step);
  turned = commit->step;
  kontor_commit_free (commit);
  commit_relation (fixture, "parent", &b, &a);
  commit = kontor_workspace_undo_step (fixture->workspace, &turned, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commit->rest->len, ==, 1);
  kontor_commit_free (commit);
  fixture_assert_text (fixture, &relation, KONTOR_PARTY_RELATION_KIND, "partner");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
#define ADD(name, func) \
  g_test_add ("/store/hierarchy/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("self", test_self);
  ADD ("closed-together", test_closed_together);
  ADD ("behind-another-walk", test_behind_another_walk);
  ADD ("deep", test_deep);
  ADD ("reporting-line", test_reporting_line);
  ADD ("relations", test_relations);
  ADD ("relation-undone", test_relation_undone);
  return g_test_run ();
}
