/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clock and random source: the system's by default, any other in tests and the simulator. */
#include "config.h"

#include "kontor-env-private.h"

#include <string.h>

#include <sodium.h>

struct _KontorEnv
{
  gatomicrefcount references;

  KontorEnvNow now;
  KontorEnvRandom random;
  gpointer data;
  GDestroyNotify destroy;

  GMutex lock;
  gint64 offset; /* ms the clock was advanced by; guarded by lock */

  KontorEnvIds ids;
};

/* Clock that stands still and numbers that repeat, both decided by the seed. */
typedef struct
{
  GMutex lock;
  gint64 start;
  guint64 state; /* guarded by lock */
} Seeded;

/**
 * kontor_env_get_type:
 *
 * Returns: the boxed type of environments
 */
GType
kontor_env_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("KontorEnv"),
                                                     (GBoxedCopyFunc) kontor_env_ref,
                                                     (GBoxedFreeFunc) kontor_env_unref));

  return (GType) type;
}

static gint64
read_system_clock (gpointer data)
{
  return g_get_real_time () / 1000;
}

static void
read_system_random (gpointer data, void *buffer, gsize length)
{
  randombytes_buf (buffer, length);
}

static gint64
read_seeded_clock (gpointer data)
{
  const Seeded *seeded = data;

  return seeded->start;
}

/* SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014); written
 * byte by byte, so that a seed gives the same run on every machine. */
static void
read_seeded_random (gpointer data, void *buffer, gsize length)
{
  Seeded *seeded = data;
  guint8 *out = buffer;

  g_mutex_lock (&seeded->lock);
  for (gsize i = 0; i < length;)
    {
      guint64 word;

      seeded->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      word = seeded->state;
      word = (word ^ (word >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      word = (word ^ (word >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
      word ^= word >> 31;
      for (guint j = 0; j < 8 && i < length; j++, i++, word >>= 8)
        out[i] = (guint8) (word & 0xff);
    }
  g_mutex_unlock (&seeded->lock);
}

static void
free_seeded (gpointer data)
{
  Seeded *seeded = data;

  g_mutex_clear (&seeded->lock);
  g_free (seeded);
}

/**
 * kontor_env_new:
 * @now: tells the time in ms since 1970, UTC
 * @random: fills a buffer with random bytes
 * @data: for both
 * @destroy: (nullable): frees @data
 *
 * Both functions may be called from any thread, and from several at once.
 *
 * Returns: (transfer full): a new environment
 */
KontorEnv *
kontor_env_new (KontorEnvNow now, KontorEnvRandom random, gpointer data, GDestroyNotify destroy)
{
  KontorEnv *env;

  g_return_val_if_fail (now != NULL, NULL);
  g_return_val_if_fail (random != NULL, NULL);

  env = g_new0 (KontorEnv, 1);
  g_atomic_ref_count_init (&env->references);
  env->now = now;
  env->random = random;
  env->data = data;
  env->destroy = destroy;
  g_mutex_init (&env->lock);
  g_mutex_init (&env->ids.lock);

  return env;
}

/**
 * kontor_env_new_seeded:
 * @seed: decides the random bytes
 * @start_ms: what the clock shows, in ms since 1970
 *
 * An environment that gives the same run each time: its clock stands still until
 * kontor_env_advance(). Its random bytes are not secret.
 *
 * Returns: (transfer full): a new environment
 */
KontorEnv *
kontor_env_new_seeded (guint64 seed, gint64 start_ms)
{
  Seeded *seeded = g_new0 (Seeded, 1);

  g_mutex_init (&seeded->lock);
  seeded->start = start_ms;
  seeded->state = seed;

  return kontor_env_new (read_seeded_clock, read_seeded_random, seeded, free_seeded);
}

/**
 * kontor_env_get_default:
 *
 * Returns: (transfer none): the environment of the system's clock and random source, kept for the
 *   life of the process
 */
KontorEnv *
kontor_env_get_default (void)
{
  static gsize env;

  if (g_once_init_enter (&env))
    {
      if (sodium_init () < 0)
        g_error ("libsodium can't be initialised");
      g_once_init_leave (&env,
                         (gsize)
                           kontor_env_new (read_system_clock, read_system_random, NULL, NULL));
    }

  return (KontorEnv *) env;
}

/**
 * kontor_env_ref:
 * @env: an environment
 *
 * Returns: (transfer full): @env
 */
KontorEnv *
kontor_env_ref (KontorEnv *env)
{
  g_return_val_if_fail (env != NULL, NULL);

  g_atomic_ref_count_inc (&env->references);

  return env;
}

/**
 * kontor_env_unref:
 * @env: (transfer full): an environment
 */
void
kontor_env_unref (KontorEnv *env)
{
  g_return_if_fail (env != NULL);

  if (!g_atomic_ref_count_dec (&env->references))
    return;

  if (env->destroy != NULL)
    env->destroy (env->data);
  g_mutex_clear (&env->lock);
  g_mutex_clear (&env->ids.lock);
  g_free (env);
}

/**
 * kontor_env_now:
 * @env: an environment
 *
 * Returns: ms since 1970, UTC
 */
gint64
kontor_env_now (KontorEnv *env)
{
  gint64 offset;

  g_return_val_if_fail (env != NULL, 0);

  g_mutex_lock (&env->lock);
  offset = env->offset;
  g_mutex_unlock (&env->lock);

  return env->now (env->data) + offset;
}

/**
 * kontor_env_random:
 * @env: an environment
 * @buffer: (out caller-allocates): where the bytes go
 * @length: how many
 */
void
kontor_env_random (KontorEnv *env, void *buffer, gsize length)
{
  g_return_if_fail (env != NULL);
  g_return_if_fail (buffer != NULL || length == 0);

  if (length > 0)
    env->random (env->data, buffer, length);
}

/**
 * kontor_env_advance:
 * @env: an environment
 * @ms: by how much its clock goes forward; negative sets it back
 *
 * Moves the clock of @env for everybody who uses it.
 */
void
kontor_env_advance (KontorEnv *env, gint64 ms)
{
  g_return_if_fail (env != NULL);

  g_mutex_lock (&env->lock);
  env->offset += ms;
  g_mutex_unlock (&env->lock);
}

/* The state of the ids of an environment; lock it. */
KontorEnvIds *
kontor_env_get_ids (KontorEnv *env)
{
  return &env->ids;
}
