/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a file by their ids: an array and open addressing over it. */
#include "config.h"

#include "kontor-import-lines-private.h"
#include <sodium.h>
#include <string.h>

#define MIN_SLOTS 1024

struct _KontorLineIndex
{
  GArray *entries;                          /* (element-type KontorLineEntry) */
  guint32 *slots;                           /* 0: free; else the entry's position + 1 */
  guint n_slots;                            /* a power of two */
  guint8 secret[crypto_shorthash_KEYBYTES]; /* so that no file can be made to collide */
};

/**
 * kontor_line_index_new:
 *
 * Returns: (transfer full): an empty index
 */
KontorLineIndex *
kontor_line_index_new (void)
{
  KontorLineIndex *self = g_new0 (KontorLineIndex, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (KontorLineEntry));
  crypto_shorthash_keygen (self->secret);
  self->n_slots = MIN_SLOTS;
  self->slots = g_new0 (guint32, self->n_slots);
  return self;
}

/**
 * kontor_line_index_free:
 * @self: (transfer full) (nullable): an index
 */
void
kontor_line_index_free (KontorLineIndex *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_free (self->slots);
  g_free (self);
}

static guint32 *
find_slot (KontorLineIndex *self, const KontorId *id)
{
  guint8 hash[crypto_shorthash_BYTES];
  guint at;

  crypto_shorthash (hash, id->b, KONTOR_ID_SIZE, self->secret);
  memcpy (&at, hash, sizeof at);
  at &= self->n_slots - 1;
  while (self->slots[at] != 0 &&
         !kontor_id_equal (&kontor_line_index_nth (self, self->slots[at] - 1)->id, id))
    at = (at + 1) & (self->n_slots - 1);
  return &self->slots[at];
}

static void
grow (KontorLineIndex *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const KontorLineEntry *entry = kontor_line_index_nth (self, i);

      if (!kontor_id_is_null (&entry->id))
        *find_slot (self, &entry->id) = i + 1;
    }
}

/**
 * kontor_line_index_add:
 * @self: an index
 * @entry: a line; one with a null id can't be found again
 * @is_new: (out): %FALSE: there is a line with this id already
 *
 * Returns: the entry's position, or that of the line that has its id
 */
guint
kontor_line_index_add (KontorLineIndex *self, const KontorLineEntry *entry, gboolean *is_new)
{
  guint32 *slot = NULL;

  *is_new = TRUE;
  if (self->entries->len * 2 >= self->n_slots)
    grow (self);
  if (!kontor_id_is_null (&entry->id))
    {
      slot = find_slot (self, &entry->id);
      *is_new = *slot == 0;
      if (!*is_new)
        return *slot - 1;
    }
  g_array_append_vals (self->entries, entry, 1);
  if (slot != NULL)
    *slot = self->entries->len;
  return self->entries->len - 1;
}

/**
 * kontor_line_index_find:
 * @self: an index
 * @id: a record
 *
 * Returns: (transfer none) (nullable): its line, valid until one is added
 */
KontorLineEntry *
kontor_line_index_find (KontorLineIndex *self, const KontorId *id)
{
  const guint32 *slot = find_slot (self, id);

  return *slot != 0 ? kontor_line_index_nth (self, *slot - 1) : NULL;
}

/**
 * kontor_line_index_nth:
 * @self: an index
 * @i: position
 *
 * Returns: (transfer none): the line, valid until one is added
 */
KontorLineEntry *
kontor_line_index_nth (KontorLineIndex *self, guint i)
{
  return &g_array_index (self->entries, KontorLineEntry, i);
}

/**
 * kontor_line_index_get_size:
 * @self: an index
 *
 * Returns: number of lines
 */
guint
kontor_line_index_get_size (KontorLineIndex *self)
{
  return self->entries->len;
}
