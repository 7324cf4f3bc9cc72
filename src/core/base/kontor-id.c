/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record ids (RFC 9562): UUIDv7 that grow within a process, UUIDv8 derived from what they join. */
#include "config.h"

#include "kontor-id.h"

#include <string.h>

#include <sodium.h>

#include "kontor-env-private.h"

#define MS_MAX ((G_GUINT64_CONSTANT (1) << 48) - 1)
#define HIGH_MAX 0xfff
#define LOW_MAX ((G_GUINT64_CONSTANT (1) << 62) - 1)
#define TEXT_LENGTH (KONTOR_ID_TEXT_SIZE - 1)

const KontorId KONTOR_ID_NULL = { { 0 } };

/* Asking the kernel for 10 bytes at a time is most of the price of an id. */
static guint64
take_random (KontorEnv *env, KontorEnvIds *ids, guint bytes)
{
  guint64 value = 0;

  if (ids->left < bytes)
    {
      kontor_env_random (env, ids->pool, sizeof (ids->pool));
      ids->left = sizeof (ids->pool);
    }
  for (guint i = 0; i < bytes; i++)
    {
      gsize at = sizeof (ids->pool) - ids->left--;

      value = value << 8 | ids->pool[at];
      ids->pool[at] = 0;
    }

  return value;
}

static void
start_ms (KontorEnv *env, KontorEnvIds *ids, guint64 ms)
{
  ids->started = TRUE;
  ids->last_ms = ms;
  ids->high = take_random (env, ids, 2) & HIGH_MAX;
  ids->low = take_random (env, ids, 8) & LOW_MAX;
}

/* RFC 9562, 6.2, method 2: within one ms, and while the clock is behind, the random part grows by
 * a random step, so that ids are neither repeated nor guessed. */
static void
step_random (KontorEnv *env, KontorEnvIds *ids)
{
  guint64 step = take_random (env, ids, 4) + 1;

  if (ids->low <= LOW_MAX - step)
    {
      ids->low += step;
      return;
    }
  if (ids->high < HIGH_MAX)
    {
      ids->high++;
      ids->low = ids->low + step - LOW_MAX - 1;
      return;
    }

  start_ms (env, ids, ids->last_ms + 1);
}

/**
 * kontor_id_new:
 * @env: gives time and random bytes
 *
 * A new UUIDv7: 48 bits of ms, 74 random bits. Within one environment each id is greater than the
 * one before, also when the clock goes back. Safe from any thread.
 *
 * Returns: the id
 */
KontorId
kontor_id_new (KontorEnv *env)
{
  KontorId id;
  KontorEnvIds *ids;
  gint64 now;
  guint64 ms;

  g_return_val_if_fail (env != NULL, KONTOR_ID_NULL);

  ids = kontor_env_get_ids (env);
  now = kontor_env_now (env);
  ms = now > 0 ? MIN ((guint64) now, MS_MAX) : 0;

  g_mutex_lock (&ids->lock);
  if (!ids->started || ms > ids->last_ms)
    start_ms (env, ids, ms);
  else
    step_random (env, ids);

  for (guint i = 0; i < 6; i++)
    id.b[i] = (guint8) (ids->last_ms >> (40 - 8 * i));
  id.b[6] = (guint8) (0x70 | ids->high >> 8);
  id.b[7] = (guint8) (ids->high & 0xff);
  for (guint i = 0; i < 8; i++)
    id.b[8 + i] = (guint8) (ids->low >> (56 - 8 * i));
  id.b[8] = (guint8) (0x80 | (id.b[8] & 0x3f));
  g_mutex_unlock (&ids->lock);

  return id;
}

static void
init_sodium (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      if (sodium_init () < 0)
        g_error ("libsodium can't be initialised");
      g_once_init_leave (&ready, 1);
    }
}

static KontorId
derive_from (const char *kind, const void *a, gsize a_length, const void *b, gsize b_length)
{
  KontorId id;
  crypto_generichash_state state;

  init_sodium ();
  crypto_generichash_init (&state, NULL, 0, sizeof (id.b));
  crypto_generichash_update (&state, (const guint8 *) kind, strlen (kind) + 1);
  crypto_generichash_update (&state, a, a_length);
  if (b_length > 0)
    crypto_generichash_update (&state, b, b_length);
  crypto_generichash_final (&state, id.b, sizeof (id.b));
  id.b[6] = (guint8) (0x80 | (id.b[6] & 0x0f));
  id.b[8] = (guint8) (0x80 | (id.b[8] & 0x3f));

  return id;
}

/**
 * kontor_id_derive:
 * @kind: what is derived, "tag_link"; names one use only
 * @left: one side
 * @right: the other side; the order matters
 *
 * The UUIDv8 every device gets for the same pair: BLAKE2b-128 (@kind, 0, @left, @right).
 *
 * Returns: the id
 */
KontorId
kontor_id_derive (const char *kind, const KontorId *left, const KontorId *right)
{
  g_return_val_if_fail (kind != NULL && left != NULL && right != NULL, KONTOR_ID_NULL);

  return derive_from (kind, left->b, sizeof (left->b), right->b, sizeof (right->b));
}

/**
 * kontor_id_derive_text:
 * @kind: what is derived, "pick_list"; names one use only
 * @text: what the id stands for, "industry/it"
 *
 * The UUIDv8 every device gets for the same text: BLAKE2b-128 (@kind, 0, @text).
 *
 * Returns: the id
 */
KontorId
kontor_id_derive_text (const char *kind, const char *text)
{
  g_return_val_if_fail (kind != NULL && text != NULL, KONTOR_ID_NULL);

  return derive_from (kind, text, strlen (text), NULL, 0);
}

/**
 * kontor_id_is_derived:
 * @id: an id
 *
 * Returns: %TRUE for ids of kontor_id_derive() and kontor_id_derive_text()
 */
gboolean
kontor_id_is_derived (const KontorId *id)
{
  g_return_val_if_fail (id != NULL, FALSE);

  return (id->b[6] & 0xf0) == 0x80 && (id->b[8] & 0xc0) == 0x80;
}

static int
read_hex_digit (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;

  return -1;
}

/**
 * kontor_id_parse:
 * @text: (nullable): a text
 * @id: (out): the id, unchanged on failure
 *
 * Reads the one text form of an id: 36 characters, hexadecimal digits in lower case.
 *
 * Returns: %FALSE for everything else
 */
gboolean
kontor_id_parse (const char *text, KontorId *id)
{
  KontorId parsed;
  gsize at = 0;

  g_return_val_if_fail (id != NULL, FALSE);

  if (text == NULL)
    return FALSE;

  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    {
      int high, low;

      if (i == 4 || i == 6 || i == 8 || i == 10)
        {
          if (text[at++] != '-')
            return FALSE;
        }
      high = read_hex_digit (text[at]);
      if (high < 0)
        return FALSE;
      low = read_hex_digit (text[at + 1]);
      if (low < 0)
        return FALSE;
      parsed.b[i] = (guint8) (high << 4 | low);
      at += 2;
    }
  if (text[at] != '\0')
    return FALSE;

  *id = parsed;

  return TRUE;
}

/**
 * kontor_id_format:
 * @id: an id
 * @text: (out caller-allocates): its 36 characters and the NUL
 */
void
kontor_id_format (const KontorId *id, char text[KONTOR_ID_TEXT_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  gsize at = 0;

  g_return_if_fail (id != NULL && text != NULL);

  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        text[at++] = '-';
      text[at++] = digits[id->b[i] >> 4];
      text[at++] = digits[id->b[i] & 0x0f];
    }
  text[at] = '\0';
}

/**
 * kontor_id_to_string:
 * @id: an id
 *
 * Returns: (transfer full): its text
 */
char *
kontor_id_to_string (const KontorId *id)
{
  char *text;

  g_return_val_if_fail (id != NULL, NULL);

  text = g_malloc (KONTOR_ID_TEXT_SIZE);
  kontor_id_format (id, text);

  return text;
}

/**
 * kontor_id_equal:
 * @a: a #KontorId
 * @b: a #KontorId
 *
 * Returns: %TRUE when they are the same id; for hash tables
 */
gboolean
kontor_id_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, KONTOR_ID_SIZE) == 0;
}

/**
 * kontor_id_hash:
 * @id: a #KontorId
 *
 * Returns: a hash of it; for hash tables
 */
guint
kontor_id_hash (gconstpointer id)
{
  const guint8 *bytes = ((const KontorId *) id)->b;
  guint32 words[2];

  /* The first half is mostly the clock; the randomness is in the second one. */
  memcpy (words, bytes + 8, sizeof (words));

  return (words[0] * 0x9e3779b1u) ^ words[1];
}

/**
 * kontor_id_compare:
 * @a: a #KontorId
 * @b: a #KontorId
 *
 * Returns: below, at or above 0, by the order of the bytes (which is the order of time for ids
 *   made here)
 */
int
kontor_id_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, KONTOR_ID_SIZE);
}

/**
 * kontor_id_is_null:
 * @id: (nullable): an id
 *
 * Returns: %TRUE when it is %NULL or all zeros
 */
gboolean
kontor_id_is_null (const KontorId *id)
{
  return id == NULL || kontor_id_equal (id, &KONTOR_ID_NULL);
}

/**
 * kontor_id_copy:
 * @id: an id
 *
 * Returns: (transfer full): a copy on the heap, for g_free()
 */
KontorId *
kontor_id_copy (const KontorId *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_memdup2 (id, sizeof (*id));
}
