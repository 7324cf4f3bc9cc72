/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that were read for a list, by rid: the last pages stay, so that scrolling back needs no
 * reading. What changed is dropped; rows that are shown have it read again. */
#include "config.h"

#include "kontor-list-private.h"

#define MAX_PAGES 32

typedef struct _Page Page;

typedef struct
{
  gint64 rid;
  KontorRecord *record; /* NULL: dropped */
  Page *page;
} Entry;

/* One piece of memory for all that was read at once. */
struct _Page
{
  GList link; /* in .pages; .data is the page */
  guint n_entries;
  guint n_live;
  Entry entries[];
};

struct _KontorListRecords
{
  GHashTable *entries; /* (element-type Entry): by .rid */
  GQueue pages;        /* (element-type Page): the last used first */
  GPtrArray *gone; /* (element-type KontorRecord): dropped, to be given back when there is time */
};

/**
 * kontor_list_records_new:
 *
 * Returns: (transfer full): no records yet
 */
KontorListRecords *
kontor_list_records_new (void)
{
  KontorListRecords *self = g_new0 (KontorListRecords, 1);

  self->entries = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->pages);
  self->gone = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

static void
forget_entry (KontorListRecords *self, Entry *entry)
{
  g_hash_table_remove (self->entries, &entry->rid);
  g_ptr_array_add (self->gone, g_steal_pointer (&entry->record));
  entry->page->n_live--;
}

static void
drop_page (KontorListRecords *self, Page *page)
{
  for (guint i = 0; i < page->n_entries; i++)
    if (page->entries[i].record != NULL)
      forget_entry (self, &page->entries[i]);
  g_queue_unlink (&self->pages, &page->link);
  g_free (page);
}

/* The entry's page goes with its last entry. */
static void
drop_entry (KontorListRecords *self, Entry *entry)
{
  Page *page = entry->page;

  forget_entry (self, entry);
  if (page->n_live == 0)
    drop_page (self, page);
}

static void
drop_oldest (KontorListRecords *self)
{
  drop_page (self, g_queue_peek_tail (&self->pages));
}

/**
 * kontor_list_records_clear:
 * @self: records
 */
void
kontor_list_records_clear (KontorListRecords *self)
{
  while (!g_queue_is_empty (&self->pages))
    drop_oldest (self);
  g_ptr_array_set_size (self->gone, 0);
}

/**
 * kontor_list_records_free:
 * @self: (transfer full): records
 */
void
kontor_list_records_free (KontorListRecords *self)
{
  kontor_list_records_clear (self);
  g_hash_table_unref (self->entries);
  g_ptr_array_unref (self->gone);
  g_free (self);
}

static void
add_entry (KontorListRecords *self, Page *page, KontorRecord *record)
{
  gint64 rid = kontor_record_get_rid (record);
  Entry *old = g_hash_table_lookup (self->entries, &rid);
  Entry *entry = &page->entries[page->n_entries++];

  page->n_live++; /* before an old one goes: it may be the last of this page */
  if (old != NULL)
    drop_entry (self, old);
  entry->rid = rid;
  entry->record = g_object_ref (record);
  entry->page = page;
  g_hash_table_insert (self->entries, &entry->rid, entry);
}

/**
 * kontor_list_records_add_page:
 * @self: records
 * @records: (element-type KontorRecord): what was read at once; %NULL where a row is gone
 */
void
kontor_list_records_add_page (KontorListRecords *self, GPtrArray *records)
{
  Page *page = g_malloc (sizeof (Page) + records->len * sizeof (Entry));

  *page = (Page){ .link = { .data = page } };
  g_queue_push_head_link (&self->pages, &page->link);
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      add_entry (self, page, g_ptr_array_index (records, i));
  if (page->n_live == 0)
    drop_page (self, page);
}

/**
 * kontor_list_records_trim:
 * @self: records
 * @max: how many records to give back
 *
 * Forgets pages nobody has used for long, and gives back what was dropped. That takes its time:
 * somebody may be waiting for what was just read.
 *
 * Returns: whether there are more to give back
 */
gboolean
kontor_list_records_trim (KontorListRecords *self, guint max)
{
  while (g_queue_get_length (&self->pages) > MAX_PAGES)
    drop_oldest (self);
  g_ptr_array_set_size (self->gone, (int) (self->gone->len - MIN (self->gone->len, max)));
  return self->gone->len > 0;
}

/**
 * kontor_list_records_get:
 * @self: records
 * @rid: a row
 *
 * Returns: (transfer none) (nullable): its record, where it is still here; its page was used last
 */
KontorRecord *
kontor_list_records_get (KontorListRecords *self, gint64 rid)
{
  Entry *entry = g_hash_table_lookup (self->entries, &rid);

  if (entry == NULL)
    return NULL;
  if (self->pages.head != &entry->page->link)
    {
      g_queue_unlink (&self->pages, &entry->page->link);
      g_queue_push_head_link (&self->pages, &entry->page->link);
    }
  return entry->record;
}

/**
 * kontor_list_records_replace:
 * @self: records
 * @record: a record that was read again; nothing happens where it is not here
 */
void
kontor_list_records_replace (KontorListRecords *self, KontorRecord *record)
{
  gint64 rid = kontor_record_get_rid (record);
  Entry *entry = g_hash_table_lookup (self->entries, &rid);

  if (entry != NULL)
    g_set_object (&entry->record, record);
}

/* --- Changes -------------------------------------------------------------------------------- */

static const KontorRecordType *
find_target (KontorRecord *record, const KontorFieldDef *link)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  const KontorFieldDef *companion;

  if (link->kind == KONTOR_FIELD_LINK)
    return kontor_record_type_by_name (link->target);
  companion = kontor_record_type_find_field (type, link->companion);
  return companion != NULL
           ? kontor_record_type_by_name (kontor_record_value_text (record, companion))
           : NULL;
}

/* What a link shows is the title of another record. */
static gboolean
is_link_touched (KontorRecord *record, const KontorFieldDef *link, KontorChangeSet *changes)
{
  const KontorId *id = kontor_record_value_link (record, link);
  const KontorRecordType *target;

  if (id == NULL || kontor_id_is_null (id))
    return FALSE;
  target = find_target (record, link);
  return target != NULL && kontor_change_set_touches_type (changes, target) &&
         kontor_change_set_touches (changes, target, id);
}

/**
 * kontor_list_record_is_touched:
 * @record: a record as it was read
 * @changes: what changed since
 *
 * Returns: whether a list may show something else of it now
 */
gboolean
kontor_list_record_is_touched (KontorRecord *record, KontorChangeSet *changes)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  guint n;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n);

  if (kontor_change_set_touches (changes, type, kontor_record_get_id (record)) ||
      kontor_change_set_touches_schema (changes))
    return TRUE;
  for (guint i = 0; i < n; i++)
    if ((fields[i]->kind == KONTOR_FIELD_LINK || fields[i]->kind == KONTOR_FIELD_LINK_ANY) &&
        is_link_touched (record, fields[i], changes))
      return TRUE;
  return FALSE;
}

/**
 * kontor_list_records_drop_touched:
 * @self: records
 * @changes: what changed since they were read
 */
void
kontor_list_records_drop_touched (KontorListRecords *self, KontorChangeSet *changes)
{
  g_autoptr(GPtrArray) touched = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (kontor_list_record_is_touched (((Entry *) entry)->record, changes))
      g_ptr_array_add (touched, entry);
  for (guint i = 0; i < touched->len; i++)
    drop_entry (self, g_ptr_array_index (touched, i));
}

static gboolean
equal_field (KontorRecord *a, KontorRecord *b, const KontorFieldDef *field)
{
  const KontorId *left, *right;

  if (kontor_record_value_is_null (a, field) != kontor_record_value_is_null (b, field))
    return FALSE;
  switch (kontor_field_kind_storage (field->kind))
    {
    case KONTOR_STORAGE_INTEGER:
      return kontor_record_value_integer (a, field) == kontor_record_value_integer (b, field);
    case KONTOR_STORAGE_TEXT:
      return g_strcmp0 (kontor_record_value_text (a, field), kontor_record_value_text (b, field)) ==
             0;
    case KONTOR_STORAGE_ID:
      left = kontor_record_value_link (a, field);
      right = kontor_record_value_link (b, field);
      return (left == right || (left != NULL && right != NULL && kontor_id_equal (left, right))) &&
             g_strcmp0 (kontor_record_get_link_title (a, field),
                        kontor_record_get_link_title (b, field)) == 0;
    case KONTOR_STORAGE_NONE:
    default:
      return TRUE;
    }
}

/**
 * kontor_list_record_looks_same:
 * @a: a record
 * @b: the same as it was read at another time
 *
 * Returns: whether both show the same
 */
gboolean
kontor_list_record_looks_same (KontorRecord *a, KontorRecord *b)
{
  const KontorRecordType *type = kontor_record_get_record_type (a);
  guint n;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (type, &n);

  if (kontor_record_is_trashed (a) != kontor_record_is_trashed (b) || !kontor_record_equal (a, b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!equal_field (a, b, fields[i]))
      return FALSE;
  return TRUE;
}
