/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing over hashes of 64 bits (SipHash with a key of its own, so that no file can be
 * made to collide). Of a million keys two are taken for one another once in 37 million imports. */
#include "config.h"

#include "kontor-key-table-private.h"

#include <sodium.h>
#include <string.h>

#define MIN_SLOTS 1024

typedef struct
{
  guint64 hash; /* 0: free */
  KontorId id;  /* null: removed */
} Slot;

struct _KontorKeyTable
{
  guint8 secret[crypto_shorthash_KEYBYTES];
  Slot *slots;
  gsize n_slots; /* a power of two */
  gsize n_used;  /* removed ones too */
  gsize n_keys;
};

G_STATIC_ASSERT (crypto_shorthash_BYTES == sizeof (guint64));

/**
 * kontor_key_table_new:
 *
 * Returns: (transfer full): an empty table
 */
KontorKeyTable *
kontor_key_table_new (void)
{
  KontorKeyTable *self = g_new0 (KontorKeyTable, 1);

  crypto_shorthash_keygen (self->secret);
  self->n_slots = MIN_SLOTS;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

/**
 * kontor_key_table_free:
 * @self: (transfer full) (nullable): a table
 */
void
kontor_key_table_free (KontorKeyTable *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_free (self);
}

static guint64
make_hash (KontorKeyTable *self, const char *key)
{
  guint8 bytes[crypto_shorthash_BYTES];
  guint64 hash;

  crypto_shorthash (bytes, (const guint8 *) key, strlen (key), self->secret);
  memcpy (&hash, bytes, sizeof hash);
  return hash != 0 ? hash : 1;
}

/* The slot of a hash, or the free one where it would stand. */
static Slot *
find_slot (Slot *slots, gsize n_slots, guint64 hash)
{
  gsize at = hash & (n_slots - 1);

  while (slots[at].hash != 0 && slots[at].hash != hash)
    at = (at + 1) & (n_slots - 1);
  return &slots[at];
}

static void
grow (KontorKeyTable *self)
{
  gsize n_slots = self->n_keys * 2 > self->n_slots / 2 ? self->n_slots * 2 : self->n_slots;
  Slot *slots = g_new0 (Slot, n_slots);

  self->n_used = 0;
  for (gsize i = 0; i < self->n_slots; i++)
    if (self->slots[i].hash != 0 && !kontor_id_is_null (&self->slots[i].id))
      {
        *find_slot (slots, n_slots, self->slots[i].hash) = self->slots[i];
        self->n_used++;
      }
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
}

/**
 * kontor_key_table_lookup:
 * @self: a table
 * @key: a key
 * @id: (out): the record
 *
 * Returns: whether the key is there
 */
gboolean
kontor_key_table_lookup (KontorKeyTable *self, const char *key, KontorId *id)
{
  const Slot *slot = find_slot (self->slots, self->n_slots, make_hash (self, key));

  if (slot->hash == 0 || kontor_id_is_null (&slot->id))
    return FALSE;
  *id = slot->id;
  return TRUE;
}

/**
 * kontor_key_table_add:
 * @self: a table
 * @key: a key
 * @id: the record
 *
 * Returns: %FALSE if the key was there: it keeps its record
 */
gboolean
kontor_key_table_add (KontorKeyTable *self, const char *key, const KontorId *id)
{
  guint64 hash = make_hash (self, key);
  Slot *slot;

  if ((self->n_used + 1) * 4 > self->n_slots * 3)
    grow (self);
  slot = find_slot (self->slots, self->n_slots, hash);
  if (slot->hash != 0 && !kontor_id_is_null (&slot->id))
    return FALSE;
  self->n_used += slot->hash == 0;
  self->n_keys++;
  slot->hash = hash;
  slot->id = *id;
  return TRUE;
}

/**
 * kontor_key_table_remove:
 * @self: a table
 * @key: a key, there or not
 */
void
kontor_key_table_remove (KontorKeyTable *self, const char *key)
{
  Slot *slot = find_slot (self->slots, self->n_slots, make_hash (self, key));

  if (slot->hash == 0 || kontor_id_is_null (&slot->id))
    return;
  slot->id = KONTOR_ID_NULL;
  self->n_keys--;
}

/**
 * kontor_key_table_get_size:
 * @self: a table
 *
 * Returns: number of keys
 */
gsize
kontor_key_table_get_size (KontorKeyTable *self)
{
  return self->n_keys;
}
