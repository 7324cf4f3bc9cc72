/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the environment and of the ids made with it. */
#include "config.h"

#include <string.h>

#include "kontor-id.h"

#define START_MS G_GINT64_CONSTANT (1741788000000) /* 2025-03-12T14:00:00Z */

static guint64
read_ms (const KontorId *id)
{
  guint64 ms = 0;

  for (guint i = 0; i < 6; i++)
    ms = ms << 8 | id->b[i];

  return ms;
}

static void
test_shape (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (1, START_MS);

  for (int i = 0; i < 1000; i++)
    {
      KontorId id = kontor_id_new (env);

      g_assert_cmpuint (read_ms (&id), ==, (guint64) START_MS);
      g_assert_cmpuint (id.b[6] & 0xf0, ==, 0x70);
      g_assert_cmpuint (id.b[8] & 0xc0, ==, 0x80);
      g_assert_false (kontor_id_is_derived (&id));
      g_assert_false (kontor_id_is_null (&id));
    }
}

static void
test_seeds (void)
{
  g_autoptr(KontorEnv) a = kontor_env_new_seeded (7, START_MS);
  g_autoptr(KontorEnv) b = kontor_env_new_seeded (7, START_MS);
  g_autoptr(KontorEnv) c = kontor_env_new_seeded (8, START_MS);
  KontorId id_a = kontor_id_new (a), id_b = kontor_id_new (b), id_c = kontor_id_new (c);
  guint8 bytes[3];

  g_assert_true (kontor_id_equal (&id_a, &id_b));
  g_assert_false (kontor_id_equal (&id_a, &id_c));

  g_assert_cmpint (kontor_env_now (a), ==, START_MS);
  g_assert_cmpint (kontor_env_now (a), ==, START_MS);
  kontor_env_advance (a, 250);
  g_assert_cmpint (kontor_env_now (a), ==, START_MS + 250);
  kontor_env_advance (a, -1000);
  g_assert_cmpint (kontor_env_now (a), ==, START_MS - 750);

  /* SplitMix64 of seed 0, whose first number is published as 0xe220a8397b1dcdaf. */
  {
    g_autoptr(KontorEnv) zero = kontor_env_new_seeded (0, 0);

    kontor_env_random (zero, bytes, sizeof (bytes));
    g_assert_cmpmem (bytes, sizeof (bytes), "\xaf\xcd\x1d", 3);
  }
}

static void
test_grows_while_clock_jumps (void)
{
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (42, START_MS);
  g_autoptr(GRand) rand = g_rand_new_with_seed (42);
  KontorId last = KONTOR_ID_NULL;

  for (int i = 0; i < 100000; i++)
    {
      KontorId id = kontor_id_new (env);

      g_assert_cmpint (kontor_id_compare (&last, &id), <, 0);
      last = id;
      if (g_rand_int_range (rand, 0, 10) == 0)
        kontor_env_advance (env, g_rand_int_range (rand, -5000, 4000));
    }
}

static void
fill_with_ones (gpointer data, void *buffer, gsize length)
{
  memset (buffer, 0xff, length);
}

static gint64
tell_time (gpointer data)
{
  return *(gint64 *) data;
}

static void
test_random_part_runs_over (void)
{
  gint64 now = START_MS;
  g_autoptr(KontorEnv) env = kontor_env_new (tell_time, fill_with_ones, &now, NULL);
  KontorId last = kontor_id_new (env);

  /* All random bits are set at once: the time has to lend a ms. */
  for (int i = 0; i < 100; i++)
    {
      KontorId id = kontor_id_new (env);

      g_assert_cmpint (kontor_id_compare (&last, &id), <, 0);
      g_assert_cmpuint (id.b[6] & 0xf0, ==, 0x70);
      g_assert_cmpuint (id.b[8] & 0xc0, ==, 0x80);
      last = id;
    }
  g_assert_cmpuint (read_ms (&last), ==, (guint64) START_MS + 100);
}

static void
test_odd_clocks (void)
{
  gint64 now = -5;
  g_autoptr(KontorEnv) env = kontor_env_new (tell_time, fill_with_ones, &now, NULL);
  KontorId id = kontor_id_new (env);

  g_assert_cmpuint (read_ms (&id), ==, 0);
  now = G_MAXINT64;
  id = kontor_id_new (env);
  g_assert_cmpuint (read_ms (&id), ==, (G_GUINT64_CONSTANT (1) << 48) - 1);
}

typedef struct
{
  KontorEnv *env;
  KontorId ids[5000];
} Maker;

static gpointer
make_ids (gpointer data)
{
  Maker *maker = data;

  for (gsize i = 0; i < G_N_ELEMENTS (maker->ids); i++)
    maker->ids[i] = kontor_id_new (maker->env);

  return NULL;
}

static void
test_threads (void)
{
  g_autofree Maker *makers = g_new0 (Maker, 4);
  g_autoptr(GHashTable) seen = g_hash_table_new (kontor_id_hash, kontor_id_equal);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      makers[i].env = kontor_env_get_default ();
      threads[i] = g_thread_new ("ids", make_ids, &makers[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (makers[i].ids); j++)
        {
          g_assert_true (g_hash_table_add (seen, &makers[i].ids[j]));
          if (j > 0)
            g_assert_cmpint (kontor_id_compare (&makers[i].ids[j - 1], &makers[i].ids[j]), <, 0);
        }
    }
}

static void
test_default_environment (void)
{
  KontorEnv *env = kontor_env_get_default ();
  gint64 before = g_get_real_time () / 1000;
  gint64 now = kontor_env_now (env);
  guint8 a[32] = { 0 }, b[32] = { 0 };

  g_assert_true (env == kontor_env_get_default ());
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time () / 1000);
  kontor_env_random (env, a, sizeof (a));
  kontor_env_random (env, b, sizeof (b));
  g_assert_cmpint (memcmp (a, b, sizeof (a)), !=, 0);
  kontor_env_random (env, NULL, 0);
}

static void
test_boxed (void)
{
  KontorEnv *env = kontor_env_new_seeded (1, 2);
  GValue value = G_VALUE_INIT;

  g_value_init (&value, KONTOR_TYPE_ENV);
  g_value_set_boxed (&value, env);
  g_assert_true (g_value_get_boxed (&value) == env);
  kontor_env_unref (env);
  g_assert_cmpint (kontor_env_now (g_value_get_boxed (&value)), ==, 2);
  g_value_unset (&value);
}

static void
test_derived (void)
{
  KontorId left, right, id, same, swapped, other, text;
  g_autofree char *shown = NULL;

  g_assert_true (kontor_id_parse ("01956a3c-5d00-7000-8000-000000000001", &left));
  g_assert_true (kontor_id_parse ("01956a3c-5d00-7000-8000-000000000002", &right));
  id = kontor_id_derive ("tag_link", &left, &right);
  same = kontor_id_derive ("tag_link", &left, &right);
  swapped = kontor_id_derive ("tag_link", &right, &left);
  other = kontor_id_derive ("activity_link", &left, &right);
  text = kontor_id_derive_text ("pick_list", "industry/it");

  g_assert_true (kontor_id_is_derived (&id));
  g_assert_true (kontor_id_is_derived (&text));
  g_assert_true (kontor_id_equal (&id, &same));
  g_assert_false (kontor_id_equal (&id, &swapped));
  g_assert_false (kontor_id_equal (&id, &other));
  g_assert_false (kontor_id_is_derived (&left));

  /* Every device must get this one for ever: computed apart, with Python's hashlib.blake2b. */
  shown = kontor_id_to_string (&id);
  g_assert_cmpstr (shown, ==, "d4d5f8bc-df78-86d4-8381-1383a074db95");
  g_clear_pointer (&shown, g_free);
  shown = kontor_id_to_string (&text);
  g_assert_cmpstr (shown, ==, "efb02d88-7d53-8e78-9116-8ca4101f3938");
}

static void
test_text (void)
{
  static const char *const wrong[] = {
    "",
    "01956a3c",
    "01956A3C-5d00-7000-8000-000000000001",
    "01956a3c-5d00-7000-8000-00000000000",
    "01956a3c-5d00-7000-8000-0000000000011",
    "01956a3c-5d00-7000-8000-000000000001 ",
    " 1956a3c-5d00-7000-8000-000000000001",
    "01956a3c05d00-7000-8000-000000000001",
    "01956a3c-5d00-7000-8000-00000000000g",
    "{1956a3c-5d00-7000-8000-000000000001",
    "01956a3c5d0070008000000000000001",
    "01956a3c-5d00-7000-8000-0000000000\xc3\xa4",
  };
  g_autoptr(KontorEnv) env = kontor_env_new_seeded (3, START_MS);
  KontorId id = KONTOR_ID_NULL;

  g_assert_false (kontor_id_parse (NULL, &id));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (kontor_id_parse (wrong[i], &id));
  g_assert_true (kontor_id_is_null (&id));

  for (int i = 0; i < 1000; i++)
    {
      KontorId made = kontor_id_new (env);
      g_autofree char *text = kontor_id_to_string (&made);
      g_autofree KontorId *copy = kontor_id_copy (&made);
      char buffer[KONTOR_ID_TEXT_SIZE];

      g_assert_cmpuint (strlen (text), ==, 36);
      g_assert_true (kontor_id_parse (text, &id));
      g_assert_true (kontor_id_equal (&id, &made));
      g_assert_true (kontor_id_equal (copy, &made));
      g_assert_cmpuint (kontor_id_hash (copy), ==, kontor_id_hash (&made));
      kontor_id_format (&made, buffer);
      g_assert_cmpstr (buffer, ==, text);
    }
}

static void
test_compare (void)
{
  KontorId small = KONTOR_ID_NULL, great = KONTOR_ID_NULL;

  great.b[0] = 0x80; /* bytes are unsigned */
  small.b[0] = 0x7f;
  g_assert_cmpint (kontor_id_compare (&small, &great), <, 0);
  g_assert_cmpint (kontor_id_compare (&great, &small), >, 0);
  g_assert_cmpint (kontor_id_compare (&great, &great), ==, 0);
  g_assert_true (kontor_id_is_null (NULL));
  g_assert_true (kontor_id_is_null (&KONTOR_ID_NULL));
  g_assert_false (kontor_id_is_null (&small));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, KONTOR_TEST_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/id/shape", test_shape);
  g_test_add_func ("/base/id/seeds", test_seeds);
  g_test_add_func ("/base/id/grows-while-clock-jumps", test_grows_while_clock_jumps);
  g_test_add_func ("/base/id/random-part-runs-over", test_random_part_runs_over);
  g_test_add_func ("/base/id/odd-clocks", test_odd_clocks);
  g_test_add_func ("/base/id/threads", test_threads);
  g_test_add_func ("/base/id/default-environment", test_default_environment);
  g_test_add_func ("/base/id/boxed", test_boxed);
  g_test_add_func ("/base/id/derived", test_derived);
  g_test_add_func ("/base/id/text", test_text);
  g_test_add_func ("/base/id/compare", test_compare);

  return g_test_run ();
}
