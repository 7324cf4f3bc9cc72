/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the country of a workspace changes, numbers dialled at home have other digits. Documents are
 * made anew in the background, a piece a job; where that is broken off, it begins again at the next
 * opening. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-workspace-private.h"
#include <string.h>

#define COUNTRY "search_country"

/**
 * kontor_search_note_country:
 * @db: the writing connection, in no transaction
 * @country: a country
 * @error: (nullable): place for an error
 *
 * Notes by which country the numbers in search were read.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_search_note_country (KontorDb *db, const char *country, GError **error)
{
  if (!kontor_db_begin (db, error))
    return FALSE;
  if (kontor_db_set_meta (db, COUNTRY, country, error) && kontor_db_commit (db, error))
    return TRUE;
  kontor_db_rollback (db);
  return FALSE;
}

/**
 * kontor_search_is_stale:
 * @db: a connection
 *
 * Returns: whether numbers in search may have been read by another country than that of @db
 */
gboolean
kontor_search_is_stale (KontorDb *db)
{
  g_autofree char *country = kontor_db_dup_meta (db, COUNTRY);

  return g_strcmp0 (country, db->country) != 0;
}

typedef struct
{
  KontorWorkspace *self; /* borrowed: the job holds it */
  char *country;
  KontorDerivePlace place;
} Refresh;

static void
free_refresh (gpointer data)
{
  Refresh *refresh = data;

  g_free (refresh->country);
  g_free (refresh);
}

static void queue_refresh (KontorWorkspace *self, const char *country, KontorDerivePlace place);

/* A country that changed again has a job of its own. An import has everything made anew. */
static gpointer
refresh_on_writer (KontorDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Refresh *refresh = data;
  guint n;

  if (db->bulk || strcmp (refresh->country, db->country) != 0 ||
      !kontor_derive_rebuild_piece (db, &refresh->place, &n, error))
    return NULL;
  if (n > 0)
    queue_refresh (refresh->self, refresh->country, refresh->place);
  else
    kontor_search_note_country (db, refresh->country, error);
  return NULL;
}

static void
queue_refresh (KontorWorkspace *self, const char *country, KontorDerivePlace place)
{
  Refresh *refresh = g_new0 (Refresh, 1);

  refresh->self = self;
  refresh->country = g_strdup (country);
  refresh->place = place;
  kontor_workspace_run_async (self,
                              KONTOR_LANE_WRITE,
                              KONTOR_PRIORITY_IDLE,
                              refresh_on_writer,
                              refresh,
                              free_refresh,
                              NULL,
                              NULL,
                              NULL,
                              NULL);
}

/**
 * kontor_search_refresh:
 * @self: a workspace
 * @country: its country
 *
 * Makes the documents of search anew in the background.
 */
void
kontor_search_refresh (KontorWorkspace *self, const char *country)
{
  queue_refresh (self, country, (KontorDerivePlace){ 0 });
}
