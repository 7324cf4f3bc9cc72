/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of arrays of rids, of what differs between two, and of what an answer depends on. */
#include "config.h"

#include "kontor-list-private.h"
#include "kontor-schema-contacts.h"
#include <string.h>

static KontorRids *
make_rids (const gint64 *rids, guint n)
{
  KontorRids *made = kontor_rids_new ();

  kontor_rids_append (made, rids, n);
  kontor_rids_trim (made);
  return made;
}

static KontorRids *
make_range (gint64 first, guint n)
{
  KontorRids *made = kontor_rids_new ();

  for (guint i = 0; i < n; i++)
    {
      gint64 rid = first + i;

      kontor_rids_append (made, &rid, 1);
    }
  return made;
}

static void
assert_equal (GArray *list, const KontorRids *rids)
{
  g_assert_cmpuint (list->len, ==, rids->n);
  if (rids->n > 0)
    g_assert_cmpmem (list->data,
                     list->len * sizeof (gint64),
                     rids->rids,
                     rids->n * sizeof (gint64));
}

/* Follows the edits as a view does. Returns how many rows were touched. */
static guint
replay (KontorRids *from, KontorRids *to, guint *n_edits)
{
  g_autoptr(GPtrArray) stages = kontor_rids_diff (from, to);
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_touched = 0;

  *n_edits = 0;
  if (from->n > 0)
    g_array_append_vals (list, from->rids, from->n);
  for (guint i = 0; i < stages->len; i++)
    {
      const KontorStage *stage = g_ptr_array_index (stages, i);

      g_assert_cmpuint (stage->edits->len, >, 0);
      for (guint k = 0; k < stage->edits->len; k++)
        {
          const KontorEdit *edit = &g_array_index (stage->edits, KontorEdit, k);

          g_assert_true (edit->removed > 0 || edit->added > 0);
          g_assert_false (edit->to == 0 && edit->removed == list->len && edit->added == list->len);
          if (edit->removed > 0)
            g_array_remove_range (list, edit->to, edit->removed);
          if (edit->added > 0)
            g_array_insert_vals (list, edit->to, stage->rids->rids + edit->to, edit->added);
          n_touched += edit->removed + edit->added;
          (*n_edits)++;
        }
      assert_equal (list, stage->rids);
    }
  assert_equal (list, to);
  return n_touched;
}

static guint
count_touched (const char *from, const char *to)
{
  g_autoptr(KontorRids) a = kontor_rids_new ();
  g_autoptr(KontorRids) b = kontor_rids_new ();
  guint n_edits;

  for (; *from != '\0'; from++)
    kontor_rids_append (a, &(gint64){ *from }, 1);
  for (; *to != '\0'; to++)
    kontor_rids_append (b, &(gint64){ *to }, 1);
  return replay (a, b, &n_edits);
}

static void
test_small (void)
{
  g_assert_cmpuint (count_touched ("", ""), ==, 0);
  g_assert_cmpuint (count_touched ("abc", "abc"), ==, 0);
  g_assert_cmpuint (count_touched ("", "abc"), ==, 3);
  g_assert_cmpuint (count_touched ("abc", ""), ==, 3);
  g_assert_cmpuint (count_touched ("abc", "abxc"), ==, 1);
  g_assert_cmpuint (count_touched ("abxc", "abc"), ==, 1);
  g_assert_cmpuint (count_touched ("abcdef", "bcdefa"), ==, 2);
  g_assert_cmpuint (count_touched ("abcdef", "fabcde"), ==, 2);
  g_assert_cmpuint (count_touched ("abcdef", "axcdyf"), ==, 4);
  g_assert_cmpuint (count_touched ("ab", "xy"), ==, 4);
  g_assert_cmpuint (count_touched ("ab", "ba"), ==, 2);
  g_assert_cmpuint (count_touched ("a", "b"), ==, 2);
  g_assert_cmpuint (count_touched ("abc", "xyzw"), ==, 7);
}

static void
shuffle (GRand *rand, GArray *rids)
{
  for (guint i = rids->len; i > 1; i--)
    {
      guint k = (guint) g_rand_int_range (rand, 0, (int) i);
      gint64 swap = g_array_index (rids, gint64, i - 1);

      g_array_index (rids, gint64, i - 1) = g_array_index (rids, gint64, k);
      g_array_index (rids, gint64, k) = swap;
    }
}

/* Removes, adds and moves some; now and then everything is mixed. */
static void
disturb (GRand *rand, GArray *rids)
{
  gint64 next = 1000000;

  for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    {
      guint at = (guint) g_rand_int_range (rand, 0, (int) rids->len + 1);
      gint64 rid = next++;

      if (g_rand_boolean (rand) && at < rids->len)
        {
          rid = g_array_index (rids, gint64, at);
          g_array_remove_index (rids, at);
          if (g_rand_boolean (rand))
            continue;
          at = (guint) g_rand_int_range (rand, 0, (int) rids->len + 1);
        }
      g_array_insert_val (rids, at, rid);
    }
  if (g_rand_int_range (rand, 0, 10) == 0)
    shuffle (rand, rids);
}

static void
test_random (void)
{
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(KontorRids) a = NULL;
      g_autoptr(KontorRids) b = NULL;
      guint n_edits;

      for (int i = g_rand_int_range (rand, 0, 60); i > 0; i--)
        g_array_append_val (rids, (gint64){ i });
      a = make_rids ((const gint64 *) (gpointer) rids->data, rids->len);
      disturb (rand, rids);
      b = make_rids ((const gint64 *) (gpointer) rids->data, rids->len);
      replay (a, b, &n_edits);
    }
  g_rand_free (rand);
}

static KontorRids *
without_every (const KontorRids *rids, guint nth)
{
  KontorRids *fewer = kontor_rids_new ();

  for (guint i = 0; i < rids->n; i++)
    if (i % nth != nth / 2)
      kontor_rids_append (fewer, &rids->rids[i], 1);
  return fewer;
}

/* A large list: one row moves, some go, many go, all are turned round. */
static void
test_large (void)
{
  g_autoptr(KontorRids) all = make_range (1, 200000);
  g_autoptr(KontorRids) moved = make_range (2, 199999);
  g_autoptr(KontorRids) some = without_every (all, 10000);
  g_autoptr(KontorRids) many = without_every (all, 1000);
  g_autoptr(KontorRids) most = without_every (all, 3);
  g_autoptr(KontorRids) reversed = kontor_rids_new ();
  guint n_edits;

  kontor_rids_append (moved, &(gint64){ 1 }, 1);
  g_assert_cmpuint (replay (all, moved, &n_edits), ==, 2);
  g_assert_cmpuint (replay (all, some, &n_edits), ==, 20);
  g_assert_cmpuint (n_edits, ==, 20);
  g_assert_cmpuint (replay (some, all, &n_edits), ==, 20);
  /* Too many to be told one by one, but a good part of the list is left alone. */
  g_assert_cmpuint (replay (all, many, &n_edits), <, 300000);
  g_assert_cmpuint (n_edits, <=, 128);
  replay (all, most, &n_edits);
  g_assert_cmpuint (n_edits, <=, 2);
  for (guint i = all->n; i > 0; i--)
    kontor_rids_append (reversed, &all->rids[i - 1], 1);
  replay (all, reversed, &n_edits);
}

static void
test_array (void)
{
  g_autoptr(KontorRids) rids = kontor_rids_new ();
  guint position;

  kontor_rids_trim (rids);
  for (gint64 i = 0; i < 100000; i++)
    kontor_rids_append (rids, &i, 1);
  kontor_rids_trim (rids);
  g_assert_cmpuint (rids->allocated, ==, 100000);
  for (gint64 i = 0; i < 100000; i++)
    g_assert_cmpint (rids->rids[i], ==, i);
  g_assert_true (kontor_rids_find (rids, 77777, &position));
  g_assert_cmpuint (position, ==, 77777);
  g_assert_false (kontor_rids_find (rids, -1, NULL));
  kontor_rids_insert (rids, 0, -5);
  kontor_rids_insert (rids, rids->n, -6);
  kontor_rids_insert (rids, 50001, -7);
  g_assert_cmpint (rids->rids[0], ==, -5);
  g_assert_cmpint (rids->rids[rids->n - 1], ==, -6);
  g_assert_cmpint (rids->rids[50001], ==, -7);
  g_assert_cmpint (rids->rids[50002], ==, 50000);
}

static void
test_set (void)
{
  g_autoptr(KontorRidSet) set = kontor_rid_set_new ();

  for (gint64 i = 1; i < 20000; i += 997)
    kontor_rid_set_add (set, i);
  for (gint64 i = -10; i < 20000; i++)
    g_assert_true (kontor_rid_set_has (set, i) == (i > 0 && (i - 1) % 997 == 0));
  g_assert_cmpuint (kontor_rid_set_size (set), ==, 21);
}

/* --- What an answer depends on ---------------------------------------------------------------- */

typedef struct
{
  const char *query;
  const char *type;  /* of a record that changed */
  const char *owner; /* (nullable): type of the record it belongs to */
  KontorEffect effect;
} Dependence;

static const Dependence dependences[] = {
  { "contact", "contact", NULL, KONTOR_EFFECT_RECORDS },
  { "contact", "account", NULL, KONTOR_EFFECT_NONE },
  { "contact sort name", "contact_point", "contact", KONTOR_EFFECT_NONE },
  { "contact sort owner", "employee", NULL, KONTOR_EFFECT_ALL },
  { "contact sort owner", "account", NULL, KONTOR_EFFECT_NONE },
  { "contact sort account", "account", NULL, KONTOR_EFFECT_NONE }, /* by the name beside it */
  { "contact where owner=Anna", "employee", NULL, KONTOR_EFFECT_ALL },
  { "contact where owner is empty", "employee", NULL, KONTOR_EFFECT_NONE },
  { "contact where owner=me", "user", NULL, KONTOR_EFFECT_ALL },
  { "contact where account.city=A", "account", NULL, KONTOR_EFFECT_ALL },
  { "contact where account.city is empty", "account", NULL, KONTOR_EFFECT_ALL },
  { "contact where account.city=A", "tag", NULL, KONTOR_EFFECT_NONE },
  { "account where parent.city=A", "account", NULL, KONTOR_EFFECT_ALL },
  { "account where parent=A", "account", NULL, KONTOR_EFFECT_ALL },
  { "contact where not (city=A or tags=VIP)", "tag", NULL, KONTOR_EFFECT_ALL },
  { "contact where tags=VIP", "tag_link", "contact", KONTOR_EFFECT_RECORDS },
  { "contact where tags=VIP", "tag_link", "account", KONTOR_EFFECT_NONE },
  { "contact where account.tags=VIP", "tag_link", "account", KONTOR_EFFECT_ALL },
  { "contact where search x", "contact_point", "contact", KONTOR_EFFECT_RECORDS },
  { "contact where search x", "contact_point", "account", KONTOR_EFFECT_NONE },
  { "contact where has activity", "activity_link", "contact", KONTOR_EFFECT_RECORDS },
  { "contact where has activity", "activity", NULL, KONTOR_EFFECT_ALL },
  { "contact where has contact_point (kind=phone)",
    "contact_point",
    "contact",
    KONTOR_EFFECT_RECORDS },
  { "account where has contact", "contact", NULL, KONTOR_EFFECT_ALL },
  { "account where has contact (owner.name=x)", "employee", NULL, KONTOR_EFFECT_ALL },
  { "account where has contact (tags=VIP)", "tag_link", "contact", KONTOR_EFFECT_ALL },
  { "activity_link where target=x", "contact", NULL, KONTOR_EFFECT_ALL },
  { "contact sort source", "pick_list", NULL, KONTOR_EFFECT_ALL },
};

static void
test_depends (void)
{
  g_autoptr(KontorSchema) schema = kontor_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (dependences); i++)
    {
      const Dependence *item = &dependences[i];
      const KontorRecordType *type = kontor_record_type_by_name (item->type);
      g_autoptr(GError) error = NULL;
      g_autoptr(KontorQuery) query = kontor_query_parse (schema, item->query, &error);
      g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
      g_autoptr(KontorChangeSet) many = kontor_change_set_new ();
      KontorChange change = { .kind = KONTOR_CHANGE_CHANGED, .id = { { 1 } }, .rid = 1 };

      g_assert_no_error (error);
      change.owner_type = kontor_record_type_by_name (item->owner);
      change.owner = (KontorId){ { 2 } };
      kontor_change_set_add (changes, type, &change);
      g_test_message ("%s: %s", item->query, item->type);
      g_assert_cmpint (kontor_query_effect_of (query, changes), ==, item->effect);
      /* Of a type of which so much changed that nothing is named, anything may have. */
      kontor_change_set_add_all (many, type);
      if (item->effect != KONTOR_EFFECT_NONE)
        g_assert_cmpint (kontor_query_effect_of (query, many), ==, KONTOR_EFFECT_ALL);
    }
}

/* A coarse set touches what a precise one touches, but for records it can't name. */
static void
test_coarse (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(KontorChangeSet) changes = kontor_change_set_new ();
      KontorChange change = { .kind = KONTOR_CHANGE_ADDED,
                              .id = { { 1 } },
                              .rid = 1,
                              .owner = { { 2 } },
                              .owner_type = &kontor_contact_type };
      const KontorId stranger = { { 3 } };
      gboolean coarse = i == 1;
      guint n_changes;

      if (coarse)
        kontor_change_set_set_coarse (changes);
      kontor_change_set_add (changes, &kontor_contact_point_type, &change);
      g_assert_true (kontor_change_set_touches_type (changes, &kontor_contact_point_type));
      g_assert_true (kontor_change_set_touches (changes, &kontor_contact_type, &change.owner));
      g_assert_false (kontor_change_set_touches_type (changes, &kontor_account_type));
      g_assert_cmpint (kontor_change_set_touches (changes, &kontor_contact_type, &stranger),
                       ==,
                       coarse);
      g_assert_cmpint (kontor_change_set_is_wholesale (changes, &kontor_contact_point_type),
                       ==,
                       coarse);
      kontor_change_set_get_changes (changes, &kontor_contact_point_type, &n_changes);
      g_assert_cmpuint (n_changes, ==, coarse ? 0 : 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);
  g_test_add_func ("/list-diff/small", test_small);
  g_test_add_func ("/list-diff/random", test_random);
  g_test_add_func ("/list-diff/large", test_large);
  g_test_add_func ("/list-diff/array", test_array);
  g_test_add_func ("/list-diff/set", test_set);
  g_test_add_func ("/list-diff/depends", test_depends);
  g_test_add_func ("/list-diff/coarse", test_coarse);
  return g_test_run ();
}
