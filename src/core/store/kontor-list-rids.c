/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordered arrays of rids, eight bytes a row. Large ones are pages of their own: freed, they go back
 * to the system, whatever the allocator thinks of the pieces beside them. */
#include "config.h"

#include "kontor-list-private.h"
#include <string.h>
#include <sys/mman.h>

/* From so many rids on an array is mapped. */
#define MAPPED 16384
/* A part of the room that may stay unused. */
#define SPARE 16

static gboolean
is_mapped (gsize n)
{
  return n >= MAPPED;
}

static gint64 *
map (gsize n)
{
  void *memory =
    mmap (NULL, n * sizeof (gint64), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("No memory for %" G_GSIZE_FORMAT " rows", n);
  return memory;
}

static void
release (gint64 *rids, gsize allocated)
{
  if (is_mapped (allocated))
    munmap (rids, allocated * sizeof (gint64));
  else
    g_free (rids);
}

static void
resize (KontorRids *self, gsize allocated)
{
  gint64 *rids;

  if (!is_mapped (allocated) && !is_mapped (self->allocated))
    {
      self->rids = g_renew (gint64, self->rids, allocated);
      self->allocated = allocated;
      return;
    }
  rids = is_mapped (allocated) ? map (allocated) : g_new (gint64, allocated);
  if (self->n > 0)
    memcpy (rids, self->rids, self->n * sizeof (gint64));
  release (self->rids, self->allocated);
  self->rids = rids;
  self->allocated = allocated;
}

/**
 * kontor_rids_new:
 *
 * Returns: (transfer full): an empty array, to be filled before others have it
 */
KontorRids *
kontor_rids_new (void)
{
  KontorRids *self = g_new0 (KontorRids, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * kontor_rids_ref:
 * @self: an array
 *
 * Returns: (transfer full): @self
 */
KontorRids *
kontor_rids_ref (KontorRids *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * kontor_rids_unref:
 * @self: (transfer full): an array
 */
void
kontor_rids_unref (KontorRids *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  release (self->rids, self->allocated);
  g_free (self);
}

/**
 * kontor_rids_reserve:
 * @self: an array nobody else has yet
 * @n: how long it is going to be
 */
void
kontor_rids_reserve (KontorRids *self, guint n)
{
  if (n > self->allocated)
    resize (self, n);
}

/**
 * kontor_rids_append:
 * @self: an array nobody else has yet
 * @rids: (array length=n): what is added at its end
 * @n: how many
 */
void
kontor_rids_append (KontorRids *self, const gint64 *rids, guint n)
{
  if (n == 0)
    return;
  if (self->n + (gsize) n > self->allocated)
    resize (self, MAX (self->n + (gsize) n, MAX (64, self->allocated * 2)));
  memcpy (self->rids + self->n, rids, n * sizeof (gint64));
  self->n += n;
}

/**
 * kontor_rids_insert:
 * @self: an array nobody else has yet
 * @place: where, at most its length
 * @rid: what is put there
 */
void
kontor_rids_insert (KontorRids *self, guint place, gint64 rid)
{
  kontor_rids_append (self, &rid, 1);
  memmove (self->rids + place + 1,
           self->rids + place,
           (gsize) (self->n - 1 - place) * sizeof (gint64));
  self->rids[place] = rid;
}

/**
 * kontor_rids_trim:
 * @self: an array nobody else has yet
 *
 * Gives back the room that was not needed, unless it is little.
 */
void
kontor_rids_trim (KontorRids *self)
{
  if (self->n < self->allocated - self->allocated / SPARE)
    resize (self, self->n);
}

/**
 * kontor_rids_find:
 * @self: an array
 * @rid: what to look for
 * @position: (out) (optional): where it is
 *
 * Returns: whether it is there
 */
gboolean
kontor_rids_find (const KontorRids *self, gint64 rid, guint *position)
{
  for (guint i = 0; i < self->n; i++)
    if (self->rids[i] == rid)
      {
        if (position != NULL)
          *position = i;
        return TRUE;
      }
  return FALSE;
}

/* --- Sets ----------------------------------------------------------------------------------- */

/**
 * kontor_rid_set_new:
 *
 * Returns: (transfer full): an empty set
 */
KontorRidSet *
kontor_rid_set_new (void)
{
  KontorRidSet *self = g_new0 (KontorRidSet, 1);

  self->rids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * kontor_rid_set_free:
 * @self: (transfer full): a set
 */
void
kontor_rid_set_free (KontorRidSet *self)
{
  g_hash_table_unref (self->rids);
  g_free (self);
}

/**
 * kontor_rid_set_add:
 * @self: a set
 * @rid: what is of it from now on
 */
void
kontor_rid_set_add (KontorRidSet *self, gint64 rid)
{
  self->mask[rid >> 6 & 15] |= G_GUINT64_CONSTANT (1) << (rid & 63);
  g_hash_table_add (self->rids, g_memdup2 (&rid, sizeof rid));
}

/**
 * kontor_rid_set_has:
 * @self: a set
 * @rid: any rid
 *
 * Returns: whether it is of it
 */
gboolean
kontor_rid_set_has (const KontorRidSet *self, gint64 rid)
{
  return (self->mask[rid >> 6 & 15] >> (rid & 63) & 1) != 0 &&
         g_hash_table_contains (self->rids, &rid);
}

/**
 * kontor_rid_set_size:
 * @self: a set
 *
 * Returns: how many rids it has
 */
guint
kontor_rid_set_size (const KontorRidSet *self)
{
  return g_hash_table_size (self->rids);
}
