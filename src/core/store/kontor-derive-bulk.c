/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Computed columns and search documents of many records: what a bulk step left, or all of them. In
 * transactions of its own, without a trace in the log. */
#include "config.h"

#include "kontor-commit-private.h"
#include "kontor-model.h"

/* Records a transaction. */
#define CHUNK 500

typedef struct
{
  KontorId id;
  const KontorRecordType *type;
  KontorTodo what;
} Item;

/* The hash table's values. */
#define PACK_TODO(number, what) GUINT_TO_POINTER ((guint) (number) | (guint) (what) << 8)
#define TODO_NUMBER(value) (GPOINTER_TO_UINT (value) & 0xff)
#define TODO_WHAT(value) (GPOINTER_TO_UINT (value) >> 8)

/**
 * kontor_derive_remember:
 * @db: the writing connection
 * @type: a record type
 * @id: a record of it
 * @what: what of it waits for the end of the bulk step
 */
void
kontor_derive_remember (KontorDb *db,
                        const KontorRecordType *type,
                        const KontorId *id,
                        KontorTodo what)
{
  GHashTable *todo = kontor_rows_todo (db);
  gpointer value = g_hash_table_lookup (todo, id);

  if (value == NULL)
    g_hash_table_insert (todo, kontor_id_copy (id), PACK_TODO (type->number, what));
  else if ((TODO_WHAT (value) & what) != what)
    g_hash_table_insert (todo,
                         kontor_id_copy (id),
                         PACK_TODO (type->number, TODO_WHAT (value) | what));
}

/**
 * kontor_derive_forget:
 * @db: the writing connection
 *
 * Forgets what kontor_derive_remember() noted: everything is derived anew anyway.
 */
void
kontor_derive_forget (KontorDb *db)
{
  g_hash_table_remove_all (kontor_rows_todo (db));
}

static gboolean
count_people (KontorDb *db, const KontorId *account, GError **error)
{
  sqlite3_stmt *stmt = kontor_db_prepare (db,
                                          "UPDATE account SET people=(SELECT count(*) FROM contact "
                                          "WHERE account=?1 AND hid=0) "
                                          "WHERE id=?1",
                                          error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, account->b, KONTOR_ID_SIZE, SQLITE_STATIC);
  return kontor_db_run (db, stmt, error);
}

/* Contacts that show another name than their organisation has now are looked at too. */
static gboolean
find_misnamed (KontorWork *work, KontorWorkRow *account, GPtrArray *ids, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare (work->db,
                       "SELECT id FROM contact WHERE account=? AND hid=0 AND account_name IS NOT ?",
                       error);
  const char *name = kontor_record_get_text (account->record, KONTOR_ACCOUNT_NAME);
  gboolean found, ok;
  KontorId id;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, account->id.b, KONTOR_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, name, -1, SQLITE_STATIC);
  while ((ok = kontor_db_step (work->db, stmt, &found, error)) && found)
    if (kontor_db_column_id (stmt, 0, &id))
      g_ptr_array_add (ids, kontor_id_copy (&id));
  sqlite3_reset (stmt);
  return ok;
}

static gboolean
prepare_account (KontorWork *work, KontorWorkRow *account, GError **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!find_misnamed (work, account, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      KontorWorkRow *contact =
        kontor_work_load (work, &kontor_contact_type, g_ptr_array_index (ids, i), error);

      if (contact == NULL)
        return FALSE;
      contact->derive = contact->search = TRUE;
    }
  return TRUE;
}

static gboolean
prepare_row (KontorWork *work, KontorWorkRow *row, KontorTodo what, GError **error)
{
  gboolean is_party = (row->type->flags & KONTOR_TYPE_PARTY) != 0;

  if (row->type == &kontor_activity_type || row->type == &kontor_activity_link_type)
    if (!kontor_derive_collect_targets (work, row, error))
      return FALSE;
  if (is_party)
    kontor_derive_add_target (work, row, KONTOR_NEWS_CALLS | KONTOR_NEWS_TASKS);
  if ((what & KONTOR_TODO_ALL) == 0)
    return TRUE;
  row->search = (row->type->flags & KONTOR_TYPE_SEARCHED) != 0;
  row->replace_document = TRUE;
  row->derive = is_party;
  return row->type != &kontor_account_type || prepare_account (work, row, error);
}

static gboolean
prepare_item (KontorWork *work, const Item *item, GError **error)
{
  GError *local_error = NULL;
  KontorWorkRow *row;

  /* before the row is loaded: contacts that change their organisation now count by themselves */
  if (item->type == &kontor_account_type &&
      (item->what & (KONTOR_TODO_PEOPLE | KONTOR_TODO_ALL)) != 0 &&
      !count_people (work->db, &item->id, error))
    return FALSE;
  if (item->what == KONTOR_TODO_PEOPLE)
    return TRUE;
  row = kontor_work_load (work, item->type, &item->id, &local_error);
  if (row != NULL)
    return prepare_row (work, row, item->what, error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return local_error == NULL;
}

static gboolean
derive_chunk (KontorDb *db, const Item *items, guint n, GError **error)
{
  KontorWork *work;
  gboolean ok = TRUE;

  if (!kontor_db_begin (db, error))
    return FALSE;
  work = kontor_work_new (db);
  work->silent = TRUE;
  for (guint i = 0; ok && i < n; i++)
    ok = prepare_item (work, &items[i], error);
  ok = ok && kontor_work_finish (work, NULL, NULL, NULL, error);
  ok = ok && kontor_db_commit (db, error);
  if (!ok)
    kontor_db_rollback (db);
  kontor_work_free (work);
  return ok && kontor_db_keep_wal_short (db, error);
}

static GArray *
list_todo (KontorDb *db)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, kontor_rows_todo (db));
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      Item item = { .id = *(KontorId *) id,
                    .type = kontor_record_type_by_number (TODO_NUMBER (value)),
                    .what = TODO_WHAT (value) };

      g_array_append_val (items, item);
    }
  return items;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *item_a = a, *item_b = b;

  if (item_a->type != item_b->type)
    return item_a->type->number - item_b->type->number;
  return kontor_id_compare (&item_a->id, &item_b->id);
}

/**
 * kontor_derive_finish_bulk:
 * @db: the writing connection, with all indexes, in no transaction
 * @progress: (nullable): told how far it is
 * @data: for @progress
 * @error: (nullable): place for an error
 *
 * Derives what the bulk step that ends could not derive without indexes.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_finish_bulk (KontorDb *db, KontorProgress progress, gpointer data, GError **error)
{
  g_autoptr(GArray) items = list_todo (db);

  /* neighbours in the file are neighbours in memory; accounts come before contacts */
  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i += CHUNK)
    {
      if (!derive_chunk (db, &g_array_index (items, Item, i), MIN (CHUNK, items->len - i), error))
        return FALSE;
      if (progress != NULL)
        progress (MIN (i + CHUNK, items->len), items->len, data);
    }
  kontor_derive_forget (db);
  return TRUE;
}

/* The next records of @type beyond @rid. */
static gboolean
list_chunk (KontorDb *db, const KontorRecordType *type, gint64 *rid, GArray *items, GError **error)
{
  sqlite3_stmt *stmt =
    kontor_db_prepare_printf (db,
                              error,
                              "SELECT rid,id FROM \"%s\" WHERE rid>? ORDER BY rid LIMIT %d",
                              type->name,
                              CHUNK);
  gboolean found, ok;

  g_array_set_size (items, 0);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, *rid);
  while ((ok = kontor_db_step (db, stmt, &found, error)) && found)
    {
      Item item = { .type = type, .what = KONTOR_TODO_ALL };

      *rid = sqlite3_column_int64 (stmt, 0);
      if (kontor_db_column_id (stmt, 1, &item.id))
        g_array_append_val (items, item);
    }
  sqlite3_reset (stmt);
  return ok;
}

/**
 * kontor_derive_rebuild_piece:
 * @db: the writing connection, with all indexes, in no transaction
 * @place: (inout): where to go on; all zero at the beginning
 * @n: (out): how many records it were; 0 at the end
 * @error: (nullable): place for an error
 *
 * Derives computed columns and search documents of some records anew, in one transaction.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_rebuild_piece (KontorDb *db, KontorDerivePlace *place, guint *n, GError **error)
{
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

  *n = 0;
  for (; place->type < kontor_record_type_count (); place->type++, place->rid = 0)
    {
      const KontorRecordType *type = kontor_record_type_nth (place->type);

      if ((type->flags & KONTOR_TYPE_SEARCHED) == 0)
        continue;
      if (!list_chunk (db, type, &place->rid, items, error))
        return FALSE;
      *n = items->len;
      if (*n > 0)
        return derive_chunk (db, &g_array_index (items, Item, 0), *n, error);
    }
  return TRUE;
}

/**
 * kontor_derive_rebuild:
 * @db: the writing connection, with all indexes, in no transaction
 * @progress: (nullable): told how far it is
 * @data: for @progress
 * @error: (nullable): place for an error
 *
 * Derives all computed columns and search documents anew: after a bulk step that died, and for
 * repair. The search index is made anew afterwards.
 *
 * Returns: %FALSE with @error set
 */
gboolean
kontor_derive_rebuild (KontorDb *db, KontorProgress progress, gpointer data, GError **error)
{
  KontorDerivePlace place = { 0 };
  guint64 done = 0;
  guint n;

  kontor_derive_forget (db);
  if (!kontor_search_drop_orphans (db, error))
    return FALSE;
  do
    {
      if (!kontor_derive_rebuild_piece (db, &place, &n, error))
        return FALSE;
      done += n;
      if (progress != NULL)
        progress (done, 0, data);
    }
  while (n > 0);
  return kontor_search_note_country (db, db->country, error);
}
