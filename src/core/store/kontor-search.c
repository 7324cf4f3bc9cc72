/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as you type, over all types of records (design 6, C7 to C9).
 *
 * What was typed is looked for in several ways, the best first: numbers, titles that begin with it,
 * words of titles, of names, of anything, and words with a typing error. So what very many
 * documents have costs as little as what few have, and is not ranked; a small number of hits is put
 * in order by title. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-fold.h"
#include "kontor-model.h"
#include "kontor-search-private.h"
#include <string.h>

#define MAX_LIMIT 10000
/* Hits that make looking for typing errors unnecessary. */
#define ENOUGH_HITS 10
/* Hits that are put in order by title. */
#define MAX_SORTED 128
/* So many digits are a number to call, not a house or a year. */
#define DIGITS_OF_NUMBER 7

typedef struct
{
  KontorSearchHit *hit; /* owned; NULL once it is in the result */
  KontorSearchFound found;
  char *key; /* (nullable) */
} Shown;

/**
 * kontor_search_hit_free:
 * @hit: (nullable): a hit
 */
void
kontor_search_hit_free (KontorSearchHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->title);
  g_free (hit->detail);
  g_free (hit);
}

/**
 * kontor_search_result_free:
 * @result: (nullable): what was found
 */
void
kontor_search_result_free (KontorSearchResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->hits);
  g_free (result->suggestion);
  g_free (result);
}

static void
free_hit (gpointer hit)
{
  kontor_search_hit_free (hit);
}

static void
free_shown (gpointer data)
{
  Shown *shown = data;

  kontor_search_hit_free (shown->hit);
  g_free (shown->key);
  g_free (shown);
}

static void
free_group (gpointer data)
{
  KontorSearchGroup *group = data;

  g_array_unref (group->candidates);
  g_ptr_array_unref (group->shown);
  g_free (group);
}

static gboolean
has_phones (KontorDb *db, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) fields = NULL;

  if ((type->flags & KONTOR_TYPE_PARTY) != 0)
    return TRUE;
  fields = kontor_schema_get_fields (db->schema, type);
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);

      if (field->kind == KONTOR_FIELD_PHONE && (field->flags & KONTOR_FIELD_SEARCHED) != 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_group (KontorSearch *self, const KontorRecordType *type)
{
  KontorSearchGroup *group;

  if ((type->flags & KONTOR_TYPE_SEARCHED) == 0)
    return;
  group = g_new0 (KontorSearchGroup, 1);
  group->type = type;
  group->has_phones = has_phones (self->db, type);
  group->candidates = g_array_new (FALSE, FALSE, sizeof (KontorSearchCandidate));
  group->shown = g_ptr_array_new_with_free_func (free_shown);
  g_ptr_array_add (self->groups, group);
  self->by_number[type->number] = group;
}

static void
init_search (KontorSearch *self,
             KontorDb *db,
             const char *text,
             const KontorRecordType *type,
             guint limit)
{
  memset (self, 0, sizeof *self);
  self->db = db;
  self->limit = CLAMP (limit, 1, MAX_LIMIT);
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->groups = g_ptr_array_new_with_free_func (free_group);
  kontor_search_query_init (&self->query, text, db->country);
  /* by their numbers, as the documents are */
  for (guint number = 0; number < G_N_ELEMENTS (self->by_number); number++)
    {
      const KontorRecordType *known = kontor_record_type_by_number (number);

      if (known != NULL && (type == NULL || known == type))
        add_group (self, known);
    }
}

static void
clear_search (KontorSearch *self)
{
  kontor_search_query_clear (&self->query);
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->seen);
  g_clear_pointer (&self->near, g_ptr_array_unref);
}

/* --- Finding -------------------------------------------------------------------------------- */

static gboolean
find_all (KontorSearch *self, const char *text, gboolean *corrected, GError **error)
{
  const KontorSearchQuery *query = &self->query;

  *corrected = FALSE;
  if (self->groups->len == 0 || (query->words->len == 0 && query->numbers->len == 0))
    return TRUE;
  if (!kontor_search_collect_numbers (self, error))
    return FALSE;
  /* a number to call was found: nothing else was meant */
  if (self->total > 0 && query->others->len == 0 &&
      strlen (g_ptr_array_index (query->numbers, 0)) >= DIGITS_OF_NUMBER)
    return TRUE;
  if (!kontor_search_collect_beginnings (self, text, error) ||
      !kontor_search_collect_words (self, error))
    return FALSE;
  if (self->total >= MIN (ENOUGH_HITS, self->limit))
    return TRUE;
  *corrected = self->total == 0;
  return kontor_search_collect_near (self, error);
}

/* --- Showing -------------------------------------------------------------------------------- */

static gboolean
load_hits (KontorHitReader *reader, KontorSearchGroup *group, guint max, GError **error)
{
  for (guint i = 0; i < group->candidates->len && group->shown->len < max; i++)
    {
      const KontorSearchCandidate *candidate =
        &g_array_index (group->candidates, KontorSearchCandidate, i);
      KontorSearchFound found = candidate->found;
      KontorSearchHit *hit;
      Shown *shown;

      if (!kontor_hit_reader_read (reader, candidate->rowid, &found, &hit, error))
        return FALSE;
      if (hit == NULL)
        continue;
      shown = g_new0 (Shown, 1);
      shown->hit = hit;
      shown->found = found;
      g_ptr_array_add (group->shown, shown);
    }
  return TRUE;
}

static int
compare_shown (gconstpointer a, gconstpointer b)
{
  const Shown *shown_a = *(Shown *const *) a, *shown_b = *(Shown *const *) b;
  int order;

  if (shown_a->found != shown_b->found)
    return shown_a->found < shown_b->found ? -1 : 1;
  order = strcmp (shown_a->key, shown_b->key);
  if (order != 0)
    return order;
  return shown_a->hit->rid < shown_b->hit->rid ? -1 : shown_a->hit->rid > shown_b->hit->rid;
}

static gboolean
load_sorted (KontorSearch *self, KontorHitReader *reader, GError **error)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      KontorSearchGroup *group = g_ptr_array_index (self->groups, i);

      if (!load_hits (reader, group, G_MAXUINT, error))
        return FALSE;
      for (guint k = 0; k < group->shown->len; k++)
        {
          Shown *shown = g_ptr_array_index (group->shown, k);

          shown->key = kontor_fold_sort (shown->hit->title);
        }
      g_ptr_array_sort (group->shown, compare_shown);
    }
  return TRUE;
}

static KontorSearchFound
get_best (const KontorSearchGroup *group)
{
  if (group->candidates->len == 0)
    return G_MAXINT;
  return g_array_index (group->candidates, KontorSearchCandidate, 0).found;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const KontorSearchGroup *group_a = *(KontorSearchGroup *const *) a;
  const KontorSearchGroup *group_b = *(KontorSearchGroup *const *) b;
  KontorSearchFound best_a = get_best (group_a), best_b = get_best (group_b);

  if (best_a != best_b)
    return best_a < best_b ? -1 : 1;
  return group_a->type->number - group_b->type->number;
}

/* One to each in turn, so that a type with very many hits leaves room for the others. */
static void
share_out (KontorSearch *self, gboolean are_loaded)
{
  guint left = self->limit, given;

  do
    {
      given = 0;
      for (guint i = 0; i < self->groups->len && left > 0; i++)
        {
          KontorSearchGroup *group = g_ptr_array_index (self->groups, i);

          if (group->share >= (are_loaded ? group->shown->len : group->candidates->len))
            continue;
          group->share++;
          left--;
          given++;
        }
    }
  while (given > 0);
}

static gboolean
load_all (KontorSearch *self, KontorSearchResult *result, GError **error)
{
  g_auto(KontorHitReader) reader = { 0 };
  gboolean sort = self->total <= MIN (self->limit, MAX_SORTED);

  kontor_hit_reader_init (&reader, self->db, &self->query);
  if (sort && !load_sorted (self, &reader, error))
    return FALSE;
  g_ptr_array_sort (self->groups, compare_groups);
  share_out (self, sort);
  for (guint i = 0; i < self->groups->len; i++)
    {
      KontorSearchGroup *group = g_ptr_array_index (self->groups, i);

      if (!sort && !load_hits (&reader, group, group->share, error))
        return FALSE;
      for (guint k = 0; k < MIN (group->share, group->shown->len); k++)
        {
          Shown *shown = g_ptr_array_index (group->shown, k);

          g_ptr_array_add (result->hits, g_steal_pointer (&shown->hit));
        }
      result->more |= group->share < (sort ? group->shown->len : group->candidates->len);
    }
  return TRUE;
}

/**
 * kontor_search_run:
 * @db: a connection
 * @text: (nullable): what was typed
 * @type: (nullable): only records of this type
 * @limit: at most so many hits
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): what was found, nothing of which is in the trash; %NULL with
 *   @error set
 */
KontorSearchResult *
kontor_search_run (KontorDb *db,
                   const char *text,
                   const KontorRecordType *type,
                   guint limit,
                   GError **error)
{
  KontorSearchResult *result = g_new0 (KontorSearchResult, 1);
  KontorSearch search;
  gboolean ok, corrected;

  result->hits = g_ptr_array_new_with_free_func (free_hit);
  init_search (&search, db, text, type, limit);
  ok = find_all (&search, text, &corrected, error) && load_all (&search, result, error);
  if (ok && corrected && result->hits->len > 0)
    result->suggestion =
      kontor_search_make_suggestion (&search, text, g_ptr_array_index (result->hits, 0));
  clear_search (&search);
  if (ok)
    return result;
  kontor_search_result_free (result);
  return NULL;
}

/* --- As a filter ---------------------------------------------------------------------------- */

static char *
make_filter_match (const KontorSearchQuery *query)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < query->words->len; i++)
    {
      if (i > 0)
        g_string_append (match, " AND ");
      kontor_search_append_prefix (match, g_ptr_array_index (query->words, i));
    }
  return g_string_free (match, FALSE);
}

static void
widen (KontorSearchReach *reach, const KontorRecordType *type)
{
  if (reach->last == 0)
    reach->first = KONTOR_SEARCH_FIRST (type);
  reach->first = MIN (reach->first, KONTOR_SEARCH_FIRST (type));
  reach->last = MAX (reach->last, KONTOR_SEARCH_LAST (type));
}

/* A record is found by its own document, a child by that of its owner. */
static void
init_reach (KontorSearchReach *reach, const KontorRecordType *type)
{
  const KontorFieldDef *parent = kontor_type_parent_field (type);

  *reach = (KontorSearchReach){ .rid = "d.rowid&1099511627775" };
  if ((type->flags & (KONTOR_TYPE_SEARCHED | KONTOR_TYPE_CHILD)) != KONTOR_TYPE_CHILD ||
      parent == NULL)
    {
      widen (reach, type);
      reach->join = g_strdup ("");
      return;
    }
  for (guint i = 0; i < kontor_record_type_count (); i++)
    if (kontor_type_owns (kontor_record_type_nth (i), type))
      widen (reach, kontor_record_type_nth (i));
  reach->rid = "c.rid";
  reach->number = type == &kontor_contact_point_type ? "value" : NULL;
  reach->join = g_strdup_printf (" CROSS JOIN \"%s\" c ON c.\"%s\"=d.id", type->name, parent->name);
}

/**
 * kontor_search_append_sql:
 * @db: a connection
 * @type: a record type
 * @text: (nullable): what was typed
 * @sql: where SQL is appended
 * @binds: (element-type utf8): where the values of its "?" are appended; the caller frees them
 *
 * Appends a SELECT of the rids of all records of @type that have all words of @text, or the phone
 * number in it; typing errors are not corrected. Children are found by the words of their owner,
 * contact points by their own number. Of a @text without letters and digits it finds nothing.
 */
void
kontor_search_append_sql (KontorDb *db,
                          const KontorRecordType *type,
                          const char *text,
                          GString *sql,
                          GPtrArray *binds)
{
  g_auto(KontorSearchQuery) query = { 0 };
  g_autofree char *phrases = NULL;
  KontorSearchReach reach;
  gboolean needs_document;

  kontor_search_query_init (&query, text, db->country);
  if (query.words->len == 0)
    {
      g_string_append (sql, "SELECT 0 WHERE 0");
      return;
    }
  init_reach (&reach, type);
  phrases = kontor_search_make_phrase_filter (&query);
  needs_document = *phrases != '\0' || *reach.join != '\0';
  g_string_append_printf (sql,
                          "SELECT %s FROM search_fts f%s%s WHERE "
                          "f.search_fts MATCH ? AND f.rowid BETWEEN %" G_GINT64_FORMAT
                          " AND %" G_GINT64_FORMAT "%s",
                          needs_document ? reach.rid : "f.rowid&1099511627775",
                          needs_document ? " CROSS JOIN search_doc d ON d.rowid=f.rowid" : "",
                          reach.join,
                          reach.first,
                          reach.last,
                          phrases);
  g_ptr_array_add (binds, make_filter_match (&query));
  kontor_search_append_number_sql (db, &query, &reach, sql);
  g_free (reach.join);
}
