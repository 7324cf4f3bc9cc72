/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of people or organisations as cards: what hangs on them is read for all at once. */
#include "config.h"

#include "kontor-error.h"
#include "kontor-export-card-private.h"
#include "kontor-import-source.h"
#include "kontor-model.h"
#include <string.h>

#define PAGE_CARDS 256

/* What is read for one page: hex id of a record → list. */
typedef struct
{
  GHashTable *points, *addresses, *jobs, *tags;
} Page;

static void
clear_page (Page *page)
{
  g_clear_pointer (&page->points, g_hash_table_unref);
  g_clear_pointer (&page->addresses, g_hash_table_unref);
  g_clear_pointer (&page->jobs, g_hash_table_unref);
  g_clear_pointer (&page->tags, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, clear_page)

static char *
dup_hex (const KontorId *id)
{
  char *hex = g_malloc (KONTOR_ID_SIZE * 2 + 1);

  for (guint i = 0; i < KONTOR_ID_SIZE; i++)
    g_snprintf (hex + 2 * i, 3, "%02X", id->b[i]);
  return hex;
}

static void
append_ids (GString *sql, GPtrArray *records)
{
  gboolean any = FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *hex = NULL;

      if (records->pdata[i] == NULL)
        continue;
      hex = dup_hex (kontor_record_get_id (records->pdata[i]));
      g_string_append_printf (sql, "%sx'%s'", any ? "," : "", hex);
      any = TRUE;
    }
}

static GPtrArray *
ensure_list (GHashTable *table, const char *hex, GDestroyNotify free_item)
{
  GPtrArray *list = g_hash_table_lookup (table, hex);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (free_item);
      g_hash_table_insert (table, g_strdup (hex), list);
    }
  return list;
}

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash,
                                g_str_equal,
                                g_free,
                                (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
tag_read_cb (guint n,
             const char *const *names,
             const char *const *texts,
             const int *types,
             gpointer data)
{
  if (texts[0] != NULL && texts[1] != NULL)
    g_ptr_array_add (ensure_list (data, texts[0], g_free), g_strdup (texts[1]));
  return TRUE;
}

static GHashTable *
read_tags (KontorWorkspace *workspace,
           GPtrArray *records,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr(GHashTable) tags = make_table ();
  g_autoptr(GString) sql =
    g_string_new ("SELECT hex(l.target),t.name FROM tag_link l JOIN tag t ON t.id=l.tag WHERE "
                  "l.hid=0 AND t.hid=0 AND l.target IN (");

  append_ids (sql, records);
  g_string_append (sql, ") ORDER BY l.rid");
  if (!kontor_workspace_sql (workspace, sql->str, tag_read_cb, tags, cancellable, error))
    return NULL;
  return g_steal_pointer (&tags);
}

static gboolean
rid_read_cb (guint n,
             const char *const *names,
             const char *const *texts,
             const int *types,
             gpointer data)
{
  gint64 rid = texts[0] != NULL ? g_ascii_strtoll (texts[0], NULL, 10) : 0;

  g_array_append_val ((GArray *) data, rid);
  return TRUE;
}

/* The children of all records of the page, in their order. */
static GHashTable *
read_children (KontorWorkspace *workspace,
               const KontorRecordType *type,
               const char *order,
               GPtrArray *records,
               GCancellable *cancellable,
               GError **error)
{
  const KontorFieldDef *parent = kontor_record_type_find_field (type, type->parent_field);
  g_autoptr(GHashTable) table = make_table ();
  g_autoptr(GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GPtrArray) children = NULL;

  g_string_append_printf (sql,
                          "SELECT rid FROM %s WHERE hid=0 AND \"%s\" IN (",
                          type->name,
                          parent->name);
  append_ids (sql, records);
  g_string_append_printf (sql, ") ORDER BY %s", order);
  if (!kontor_workspace_sql (workspace, sql->str, rid_read_cb, rids, cancellable, error))
    return NULL;
  children = kontor_workspace_fetch (workspace,
                                     type,
                                     (const gint64 *) (gpointer) rids->data,
                                     rids->len,
                                     KONTOR_READ_LINK_TITLES,
                                     error);
  if (children == NULL)
    return NULL;
  for (guint i = 0; i < children->len; i++)
    {
      KontorRecord *child = children->pdata[i];
      g_autofree char *hex =
        child != NULL ? dup_hex (kontor_record_value_link (child, parent)) : NULL;

      if (child != NULL)
        g_ptr_array_add (ensure_list (table, hex, g_object_unref), g_object_ref (child));
    }
  return g_steal_pointer (&table);
}

static gboolean
read_page (KontorWorkspace *workspace,
           const KontorRecordType *type,
           GPtrArray *records,
           Page *page,
           GCancellable *cancellable,
           GError **error)
{
  page->points = read_children (workspace,
                                &kontor_contact_point_type,
                                "position IS NULL,position,rid",
                                records,
                                cancellable,
                                error);
  if (page->points == NULL)
    return FALSE;
  page->addresses =
    read_children (workspace, &kontor_address_type, "rid", records, cancellable, error);
  if (page->addresses == NULL)
    return FALSE;
  page->tags = read_tags (workspace, records, cancellable, error);
  if (page->tags == NULL || type != &kontor_contact_type)
    return page->tags != NULL;
  page->jobs =
    read_children (workspace, &kontor_account_contact_type, "rid", records, cancellable, error);
  return page->jobs != NULL;
}

/**
 * kontor_export_append_cards:
 * @workspace: a workspace
 * @schema: its fields
 * @type: people or organisations
 * @records: (element-type KontorRecord): some, with the titles of their links; %NULL where one is
 *   gone
 * @version: 3.0 or 4.0
 * @own: also what only this program understands
 * @out: the cards are appended to it
 * @written: (nullable): called after each, and may empty @out
 * @data: for @written
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * Returns: whether what hangs on them could be read
 */
gboolean
kontor_export_append_cards (KontorWorkspace *workspace,
                            KontorSchema *schema,
                            const KontorRecordType *type,
                            GPtrArray *records,
                            KontorVcardVersion version,
                            gboolean own,
                            GString *out,
                            KontorCardWritten written,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto(Page) page = { NULL, NULL, NULL, NULL };

  if (!read_page (workspace, type, records, &page, cancellable, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = records->pdata[i];
      g_autofree char *hex = record != NULL ? dup_hex (kontor_record_get_id (record)) : NULL;
      KontorCardFacts facts = { .workspace = workspace,
                                .schema = schema,
                                .record = record,
                                .version = version,
                                .own = own };
      g_autoptr(KontorVcard) card = NULL;

      if (record == NULL)
        continue;
      facts.points = g_hash_table_lookup (page.points, hex);
      facts.addresses = g_hash_table_lookup (page.addresses, hex);
      facts.tags = g_hash_table_lookup (page.tags, hex);
      facts.jobs = page.jobs != NULL ? g_hash_table_lookup (page.jobs, hex) : NULL;
      card = kontor_export_make_card (&facts);
      kontor_vcard_append (card, out);
      if (written != NULL && !written (data, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
fetch (KontorWorkspace *workspace,
       const KontorRecordType *type,
       const KontorId *ids,
       guint n,
       GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      GError *local_error = NULL;
      KontorRecord *record =
        kontor_workspace_get (workspace, type, &ids[i], KONTOR_READ_LINK_TITLES, &local_error);

      if (record != NULL)
        g_ptr_array_add (records, record);
      else if (kontor_error_is (local_error, KONTOR_ERROR_NOT_FOUND))
        g_clear_error (&local_error);
      else
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
    }
  return g_steal_pointer (&records);
}

/**
 * kontor_export_cards_to_text:
 * @workspace: a workspace
 * @type: people or organisations
 * @ids: (array length=n_ids): whose cards
 * @n_ids: how many
 * @format: a version of vCards
 * @own: also what only this program understands: numbers, owners, value classes; not for strangers
 * @cancellable: (nullable): stops it
 * @error: (nullable): place for an error
 *
 * For the clipboard and to drag. Waits for a database thread. Records that are gone are passed
 * over.
 *
 * Returns: (transfer full) (nullable): the cards, or %NULL with @error set
 */
char *
kontor_export_cards_to_text (KontorWorkspace *workspace,
                             const KontorRecordType *type,
                             const KontorId *ids,
                             guint n_ids,
                             KontorExportFormat format,
                             gboolean own,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr(KontorSchema) schema = kontor_workspace_ref_schema (workspace);
  g_autoptr(GString) out = g_string_new (NULL);

  g_return_val_if_fail (kontor_export_can_be_cards (type), NULL);

  for (guint first = 0; first < n_ids; first += PAGE_CARDS)
    {
      g_autoptr(GPtrArray) records = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      records = fetch (workspace, type, ids + first, MIN (PAGE_CARDS, n_ids - first), error);
      if (records == NULL ||
          !kontor_export_append_cards (workspace,
                                       schema,
                                       type,
                                       records,
                                       format == KONTOR_EXPORT_VCARD_4 ? KONTOR_VCARD_4_0
                                                                       : KONTOR_VCARD_3_0,
                                       own,
                                       out,
                                       NULL,
                                       NULL,
                                       cancellable,
                                       error))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * kontor_export_can_be_cards:
 * @type: a record type
 *
 * Returns: whether its records have cards
 */
gboolean
kontor_export_can_be_cards (const KontorRecordType *type)
{
  return type == &kontor_contact_type || type == &kontor_account_type;
}
