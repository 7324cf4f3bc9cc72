/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The new order from the old one where few records changed: a keystroke in a record page must not
 * have a million rows sorted. Each changed record is taken out and put in again where it belongs
 * now.
 *
 * The file may be ahead of the changes that are told, so that a row nobody has spoken of yet may
 * stand in the wrong place. Therefore every two rows that become neighbours are compared; where
 * they don't agree, all is asked anew. Rows that changed later are taken out later, and their
 * neighbours compared then: in the end each pair has been compared with the values it has. */
#include "config.h"

#include "kontor-list-private.h"

/* More changed records than that, and asking anew is quicker. */
#define MAX_CHANGED 64

typedef struct
{
  KontorDb *db;
  KontorListJob *job;
  const KontorRecordType *type;
  KontorRidSet *changed;
  KontorRids *rids; /* the new order, growing */
} Patch;

static void
found_cb (gint64 rid, gpointer data)
{
  g_array_append_val ((GArray *) data, rid);
}

static GArray *
ask_some (KontorDb *db,
          KontorQuery *query,
          const gint64 *rids,
          guint n,
          gboolean no_filter,
          gboolean no_scope)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  KontorQueryHow how = { .plan = KONTOR_PLAN_COLLECT,
                         .rids = rids,
                         .n_rids = n,
                         .no_filter = no_filter,
                         .no_scope = no_scope };

  return kontor_query_each (db, query, &how, found_cb, found, NULL) ? g_steal_pointer (&found)
                                                                    : NULL;
}

/* Whether the rows stand in this order; not where one of them is gone. */
static gboolean
are_in_order (KontorDb *db, KontorQuery *query, const gint64 *rids, guint n)
{
  g_autoptr(GArray) found = n > 1 ? ask_some (db, query, rids, n, TRUE, TRUE) : NULL;

  if (n < 2)
    return TRUE;
  if (found == NULL || found->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_array_index (found, gint64, i) != rids[i])
      return FALSE;
  return TRUE;
}

/* --- Placing one row ------------------------------------------------------------------------ */

/* FALSE where a row on the way is gone. */
static gboolean
find_place (KontorDb *db, KontorQuery *query, const KontorRids *rids, gint64 rid, guint *place)
{
  guint low = 0, high = rids->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 pair[] = { rids->rids[middle], rid };
      g_autoptr(GArray) found = ask_some (db, query, pair, 2, TRUE, TRUE);

      if (found == NULL || found->len != 2)
        return FALSE;
      if (g_array_index (found, gint64, 0) == rid)
        high = middle;
      else
        low = middle + 1;
    }
  *place = low;
  return TRUE;
}

/* Between its neighbours at @place of @rids. */
static gboolean
fits_between (KontorDb *db, KontorQuery *query, const KontorRids *rids, guint place, gint64 rid)
{
  gint64 three[3];
  guint n = 0;

  if (place > 0)
    three[n++] = rids->rids[place - 1];
  three[n++] = rid;
  if (place < rids->n)
    three[n++] = rids->rids[place];
  return are_in_order (db, query, three, n);
}

/* --- Which records changed ------------------------------------------------------------------ */

static gboolean
add_owner (Patch *patch, const KontorId *owner)
{
  sqlite3_stmt *stmt = kontor_db_prepare_printf (patch->db,
                                                 NULL,
                                                 "SELECT rid FROM \"%s\" WHERE id=?",
                                                 patch->type->name);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  kontor_db_bind_id (stmt, 1, owner);
  if (!kontor_db_step (patch->db, stmt, &row, NULL))
    return FALSE;
  if (row)
    kontor_rid_set_add (patch->changed, sqlite3_column_int64 (stmt, 0));
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
add_changed_of (Patch *patch, const KontorRecordType *type)
{
  guint n;
  const KontorChange *changes = kontor_change_set_get_changes (patch->job->changes, type, &n);

  for (guint i = 0; i < n; i++)
    {
      if (type == patch->type)
        kontor_rid_set_add (patch->changed, changes[i].rid);
      if (changes[i].owner_type == patch->type && !add_owner (patch, &changes[i].owner))
        return FALSE;
      if (kontor_rid_set_size (patch->changed) > MAX_CHANGED)
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_changed (Patch *patch)
{
  for (guint i = 0; i < kontor_record_type_count (); i++)
    if (!add_changed_of (patch, kontor_record_type_nth (i)))
      return FALSE;
  return TRUE;
}

/* --- Which of them are in the answer -------------------------------------------------------- */

static GArray *
list_changed (Patch *patch)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, patch->changed->rids);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    g_array_append_vals (rids, rid, 1);
  return rids;
}

static gboolean
has_rid (GArray *rids, gint64 rid)
{
  for (guint i = 0; i < rids->len; i++)
    if (g_array_index (rids, gint64, i) == rid)
      return TRUE;
  return FALSE;
}

/* Those of @rids that are kept, were shown, are not found any more but still in scope. */
static gboolean
add_strays (KontorDb *db, KontorListJob *job, GArray *rids, GArray *members)
{
  for (guint i = 0; i < rids->len; i++)
    {
      gint64 rid = g_array_index (rids, gint64, i);
      g_autoptr(GArray) in_scope = NULL;

      if (!has_rid (job->kept, rid) || has_rid (members, rid) ||
          !kontor_rids_find (job->base, rid, NULL))
        continue;
      in_scope = ask_some (db, job->query, &rid, 1, TRUE, FALSE);
      if (in_scope == NULL)
        return FALSE;
      if (in_scope->len > 0)
        g_array_append_val (job->strays, rid);
    }
  return TRUE;
}

/* Members in order, and strays among them where they would stand. */
static GArray *
find_members (Patch *patch)
{
  g_autoptr(GArray) changed = list_changed (patch);
  g_autoptr(GArray) members = NULL;
  const gint64 *rids = (const gint64 *) (gpointer) changed->data;

  if (changed->len == 0)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  members = ask_some (patch->db, patch->job->query, rids, changed->len, FALSE, FALSE);
  if (members == NULL || !add_strays (patch->db, patch->job, changed, members))
    return NULL;
  if (patch->job->strays->len == 0)
    return g_steal_pointer (&members);
  g_array_append_vals (members, patch->job->strays->data, patch->job->strays->len);
  rids = (const gint64 *) (gpointer) members->data;
  return ask_some (patch->db, patch->job->query, rids, members->len, TRUE, TRUE);
}

/* --- The new order -------------------------------------------------------------------------- */

/* The changed rows that are shown, and whether each still stands between its neighbours. */
static GArray *
find_shown (Patch *patch, gboolean *in_place)
{
  const KontorRids *base = patch->job->base;
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (gint64));

  *in_place = TRUE;
  for (guint i = 0; i < base->n; i++)
    {
      guint first = i > 0 ? i - 1 : 0;

      if (!kontor_rid_set_has (patch->changed, base->rids[i]))
        continue;
      g_array_append_val (shown, base->rids[i]);
      *in_place = *in_place && are_in_order (patch->db,
                                             patch->job->query,
                                             base->rids + first,
                                             MIN (i + 2, base->n) - first);
    }
  return shown;
}

static gboolean
are_same (GArray *a, GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!has_rid (b, g_array_index (a, gint64, i)))
      return FALSE;
  return TRUE;
}

/* Everything but the changed rows; those that become neighbours must be in order. */
static gboolean
take_out (Patch *patch)
{
  const KontorRids *base = patch->job->base;
  guint start = 0;

  kontor_rids_reserve (patch->rids, base->n + kontor_rid_set_size (patch->changed));
  for (guint i = 0; i <= base->n; i++)
    {
      if (i < base->n && !kontor_rid_set_has (patch->changed, base->rids[i]))
        continue;
      if (i > start)
        {
          gint64 pair[] = { patch->rids->n > 0 ? patch->rids->rids[patch->rids->n - 1] : 0,
                            base->rids[start] };

          if (patch->rids->n > 0 && !are_in_order (patch->db, patch->job->query, pair, 2))
            return FALSE;
          kontor_rids_append (patch->rids, base->rids + start, i - start);
        }
      start = i + 1;
    }
  return TRUE;
}

static gboolean
put_in (Patch *patch, GArray *members)
{
  for (guint i = 0; i < members->len; i++)
    {
      gint64 rid = g_array_index (members, gint64, i);
      guint place;

      if (!find_place (patch->db, patch->job->query, patch->rids, rid, &place) ||
          !fits_between (patch->db, patch->job->query, patch->rids, place, rid))
        return FALSE;
      kontor_rids_insert (patch->rids, place, rid);
    }
  return TRUE;
}

/* Mostly nothing moves: then the order is the old one. */
static gboolean
make_order (Patch *patch)
{
  g_autoptr(GArray) members = find_members (patch);
  g_autoptr(GArray) shown = NULL;
  gboolean in_place;

  if (members == NULL)
    return FALSE;
  shown = find_shown (patch, &in_place);
  if (in_place && are_same (shown, members))
    {
      kontor_rids_unref (patch->rids);
      patch->rids = kontor_rids_ref (patch->job->base);
      return TRUE;
    }
  return take_out (patch) && put_in (patch, members);
}

/* Strays whose records did not change stay what they are. */
static gboolean
keep_strays (Patch *patch)
{
  KontorListJob *job = patch->job;

  for (guint i = 0; i < job->kept->len; i++)
    {
      gint64 rid = g_array_index (job->kept, gint64, i);
      g_autoptr(GArray) found = NULL;

      if (kontor_rid_set_has (patch->changed, rid) || !kontor_rids_find (job->base, rid, NULL))
        continue;
      found = ask_some (patch->db, job->query, &rid, 1, FALSE, FALSE);
      if (found == NULL)
        return FALSE;
      if (found->len == 0)
        g_array_append_val (job->strays, rid);
    }
  return TRUE;
}

/**
 * kontor_list_patch:
 * @db: a connection
 * @job: a job with .changes
 *
 * Makes .rids and .strays.
 *
 * Returns: %FALSE where too much changed, or the order can't be trusted: all has to be asked anew
 */
gboolean
kontor_list_patch (KontorDb *db, KontorListJob *job)
{
  Patch patch = { .db = db,
                  .job = job,
                  .type = kontor_query_get_record_type (job->query),
                  .changed = kontor_rid_set_new (),
                  .rids = kontor_rids_new () };
  gboolean ok = find_changed (&patch) && make_order (&patch) && keep_strays (&patch);

  kontor_rid_set_free (patch.changed);
  if (ok)
    job->rids = patch.rids;
  else
    kontor_rids_unref (patch.rids);
  return ok;
}

/**
 * kontor_list_add_kept:
 * @db: a connection
 * @job: a job with the whole answer in .rids
 * @error: (nullable): place for an error
 *
 * Puts the rows that stay though the filter doesn't let them through where they belong.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_list_add_kept (KontorDb *db, KontorListJob *job, GError **error)
{
  g_autoptr(GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < job->kept->len; i++)
    {
      gint64 rid = g_array_index (job->kept, gint64, i);

      if (kontor_rids_find (job->rids, rid, NULL))
        g_array_append_val (members, rid);
    }
  if (!add_strays (db, job, job->kept, members))
    g_array_set_size (job->strays, 0);
  for (guint i = 0; i < job->strays->len; i++)
    {
      gint64 rid = g_array_index (job->strays, gint64, i);
      guint place;

      if (find_place (db, job->query, job->rids, rid, &place))
        kontor_rids_insert (job->rids, place, rid);
    }
  return !g_cancellable_set_error_if_cancelled (db->cancellable, error);
}
