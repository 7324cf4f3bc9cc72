/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The random sequence of the demo: the same on every machine, and one of its own for each thing
 * made, so that changing one leaves the others as they were. */
#include "config.h"

#include "kontor-demo-private.h"

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint64
next_number (KontorDemoRandom *random)
{
  random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return mix (random->state);
}

/**
 * kontor_demo_random_init:
 * @random: a sequence
 * @seed: of the whole demo
 * @stream: of the thing that is made
 */
void
kontor_demo_random_init (KontorDemoRandom *random, guint64 seed, guint64 stream)
{
  random->state = mix (seed + mix (stream + 1));
}

/**
 * kontor_demo_random_below:
 * @random: a sequence
 * @n: at least 1
 *
 * Returns: a number from 0 to @n - 1
 */
guint32
kontor_demo_random_below (KontorDemoRandom *random, guint32 n)
{
  return (guint32) (((next_number (random) >> 32) * n) >> 32);
}

/**
 * kontor_demo_random_between:
 * @random: a sequence
 * @low: least
 * @high: greatest
 *
 * Returns: a number from @low to @high
 */
int
kontor_demo_random_between (KontorDemoRandom *random, int low, int high)
{
  return low + (int) kontor_demo_random_below (random, high - low + 1);
}

/**
 * kontor_demo_random_chance:
 * @random: a sequence
 * @percent: 0 to 100
 *
 * Returns: %TRUE in so many of a hundred cases
 */
gboolean
kontor_demo_random_chance (KontorDemoRandom *random, guint percent)
{
  return kontor_demo_random_below (random, 100) < percent;
}

/**
 * kontor_demo_random_pick:
 * @random: a sequence
 * @list: words, at least one, ends with %NULL
 *
 * Returns: one of @list
 */
const char *
kontor_demo_random_pick (KontorDemoRandom *random, const char *const *list)
{
  guint n = 0;

  while (list[n] != NULL)
    n++;
  return list[kontor_demo_random_below (random, n)];
}

/**
 * kontor_demo_random_pattern:
 * @random: a sequence
 * @out: where the text is appended
 * @pattern: '#' becomes a digit, of a group of digits the first never 0 or 1; '@' a capital letter
 *   that postcodes use
 */
void
kontor_demo_random_pattern (KontorDemoRandom *random, GString *out, const char *pattern)
{
  static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";

  for (const char *p = pattern; *p != '\0'; p++)
    if (*p == '#' && (out->len == 0 || !g_ascii_isdigit (out->str[out->len - 1])))
      g_string_append_c (out, '2' + kontor_demo_random_below (random, 8));
    else if (*p == '#')
      g_string_append_c (out, '0' + kontor_demo_random_below (random, 10));
    else if (*p == '@')
      g_string_append_c (out, letters[kontor_demo_random_below (random, sizeof letters - 1)]);
    else
      g_string_append_c (out, *p);
}
