/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One node a record, made on the thread that reads; children are sorted when they are first asked
 * for. The root stands for the organisation and is not shown. */
#include "config.h"

#include "kontor-org-item.h"

#include "kontor-fold.h"

struct _KontorOrgItem
{
  GObject parent_instance;

  KontorRecord *record; /* owned; NULL of the root */
  char *name;
  char *key;           /* (nullable): to sort by */
  GPtrArray *children; /* (element-type KontorOrgItem) owned, (nullable) */
  KontorOrgItem *parent;
  GHashTable *by_id; /* of the root: id in the record → item, borrowed */
  gboolean sorted;
};

G_DEFINE_FINAL_TYPE (KontorOrgItem, kontor_org_item, G_TYPE_OBJECT)

static void
kontor_org_item_finalize (GObject *object)
{
  KontorOrgItem *self = KONTOR_ORG_ITEM (object);

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    ((KontorOrgItem *) g_ptr_array_index (self->children, i))->parent = NULL;
  g_clear_object (&self->record);
  g_free (self->name);
  g_free (self->key);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  G_OBJECT_CLASS (kontor_org_item_parent_class)->finalize (object);
}

static void
kontor_org_item_class_init (KontorOrgItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_org_item_finalize;
}

static void
kontor_org_item_init (KontorOrgItem *self)
{
}

static KontorOrgItem *
item_new (KontorRecord *record, const char *name)
{
  KontorOrgItem *self = g_object_new (KONTOR_TYPE_ORG_ITEM, NULL);

  self->record = record != NULL ? g_object_ref (record) : NULL;
  self->name = g_strdup (name != NULL ? name : "");
  return self;
}

/* Takes @child. */
static void
take_child (KontorOrgItem *self, KontorOrgItem *child)
{
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func (g_object_unref);
  child->parent = self;
  g_ptr_array_add (self->children, child);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const KontorOrgItem *first = *(KontorOrgItem *const *) a;
  const KontorOrgItem *second = *(KontorOrgItem *const *) b;

  return strcmp (first->key, second->key);
}

static void
sort_children (KontorOrgItem *self)
{
  if (self->sorted || self->children == NULL)
    return;
  for (guint i = 0; i < self->children->len; i++)
    {
      KontorOrgItem *child = g_ptr_array_index (self->children, i);

      if (child->key == NULL)
        child->key = kontor_fold_sort (child->name);
    }
  g_ptr_array_sort (self->children, compare_items);
  self->sorted = TRUE;
}

/* --- Reading ---------------------------------------------------------------------------------- */

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  KontorId account;
  gboolean people;
} TreeRead;

static void
tree_read_free (gpointer data)
{
  TreeRead *read = data;

  g_object_unref (read->workspace);
  g_free (read);
}

/* Who reports to nobody here stands at the top; so does one of a circle that came from elsewhere.
 */
static gboolean
is_below (KontorOrgItem *item, KontorOrgItem *other)
{
  for (; other != NULL; other = other->parent)
    if (other == item)
      return TRUE;
  return FALSE;
}

static void
hang_up (KontorOrgItem *root, GPtrArray *items, const KontorFieldDef *link)
{
  for (guint i = 0; i < items->len; i++)
    {
      KontorOrgItem *item = g_ptr_array_index (items, i);
      const KontorId *above = kontor_record_value_link (item->record, link);
      KontorOrgItem *parent = above != NULL ? g_hash_table_lookup (root->by_id, above) : NULL;

      take_child (parent != NULL && !is_below (item, parent) ? parent : root, g_object_ref (item));
    }
}

static void
add_items (KontorOrgItem *root, GPtrArray *items, GPtrArray *records, const KontorFieldDef *name)
{
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      KontorOrgItem *item;

      if (g_hash_table_contains (root->by_id, kontor_record_get_id (record)))
        continue;
      item = item_new (record,
                       name->kind == KONTOR_FIELD_LINK ? kontor_record_get_link_title (record, name)
                                                       : kontor_record_value_text (record, name));
      g_hash_table_insert (root->by_id, (gpointer) kontor_record_get_id (record), item);
      g_ptr_array_add (items, item);
    }
}

static gboolean
read_people (TreeRead *read, KontorOrgItem *root, GPtrArray *items, GError **error)
{
  g_autoptr(GPtrArray) records =
    kontor_workspace_find (read->workspace,
                           &kontor_account_contact_type,
                           kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_ACCOUNT),
                           &read->account,
                           KONTOR_READ_LINK_TITLES,
                           error);

  if (records == NULL)
    return FALSE;
  add_items (root, items, records, kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_CONTACT));
  hang_up (root, items, kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_REPORTS_TO));
  return TRUE;
}

/* The one at the top of all; chains have no circles, but a file from elsewhere may. */
static KontorRecord *
find_top (TreeRead *read, GError **error)
{
  g_autoptr(GHashTable) seen =
    g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  g_autoptr(KontorRecord) top =
    kontor_workspace_get (read->workspace, &kontor_account_type, &read->account, 0, error);

  while (top != NULL && g_hash_table_add (seen, kontor_id_copy (kontor_record_get_id (top))))
    {
      const KontorId *above = kontor_record_get_link (top, KONTOR_ACCOUNT_PARENT);
      KontorRecord *parent =
        above != NULL ? kontor_workspace_get (read->workspace, &kontor_account_type, above, 0, NULL)
                      : NULL;

      if (parent == NULL)
        break;
      g_object_unref (top);
      top = parent;
    }
  return g_steal_pointer (&top);
}

static gboolean
read_structure (TreeRead *read, KontorOrgItem *root, GPtrArray *items, GError **error)
{
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_ACCOUNT_NAME);
  const KontorFieldDef *link = kontor_field_by_id (KONTOR_ACCOUNT_PARENT);
  g_autoptr(GPtrArray) first = g_ptr_array_new_with_free_func (g_object_unref);
  KontorRecord *top = find_top (read, error);

  if (top == NULL)
    return FALSE;
  g_ptr_array_add (first, top);
  add_items (root, items, first, name);
  for (guint i = 0; i < items->len; i++)
    {
      KontorOrgItem *item = g_ptr_array_index (items, i);
      g_autoptr(GPtrArray) below = kontor_workspace_find (read->workspace,
                                                           &kontor_account_type,
                                                           link,
                                                           kontor_record_get_id (item->record),
                                                           0,
                                                           error);

      if (below == NULL)
        return FALSE;
      add_items (root, items, below, name);
    }
  hang_up (root, items, link);
  return TRUE;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TreeRead *read = data;
  g_autoptr(KontorOrgItem) root = item_new (NULL, NULL);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;

  root->by_id = g_hash_table_new (kontor_id_hash, kontor_id_equal);
  if (!(read->people ? read_people (read, root, items, &error)
                     : read_structure (read, root, items, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  sort_children (root);
  g_task_return_pointer (task, g_steal_pointer (&root), g_object_unref);
}

/**
 * kontor_org_tree_read_async:
 * @session: a session
 * @account: an organisation
 * @people: its people by reporting line; else the organisations it and its parents consist of
 * @cancellable: (nullable): to break off
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
kontor_org_tree_read_async (KontorSession *session,
                            const KontorId *account,
                            gboolean people,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (session, cancellable, callback, user_data);
  TreeRead *read = g_new0 (TreeRead, 1);

  read->workspace = g_object_ref (kontor_session_get_workspace (session));
  read->account = *account;
  read->people = people;
  g_task_set_task_data (task, read, tree_read_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * kontor_org_tree_read_finish:
 * @result: of kontor_org_tree_read_async()
 * @error: (nullable): place for an error
 *
 * Returns: (transfer full) (nullable): the root, which is not shown itself; %NULL with @error set
 */
KontorOrgItem *
kontor_org_tree_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Items ------------------------------------------------------------------------------------ */

/**
 * kontor_org_item_get_record:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the employment, or the organisation; %NULL of the root
 */
KontorRecord *
kontor_org_item_get_record (KontorOrgItem *self)
{
  return self->record;
}

/**
 * kontor_org_item_get_name:
 * @self: an item
 *
 * Returns: (transfer none): name of the person or the organisation
 */
const char *
kontor_org_item_get_name (KontorOrgItem *self)
{
  return self->name;
}

/**
 * kontor_org_item_get_parent:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the one above, at the top the root
 */
KontorOrgItem *
kontor_org_item_get_parent (KontorOrgItem *self)
{
  return self->parent;
}

/**
 * kontor_org_item_get_n_children:
 * @self: an item
 *
 * Returns: how many are below, in the next level
 */
guint
kontor_org_item_get_n_children (KontorOrgItem *self)
{
  return self->children != NULL ? self->children->len : 0;
}

/**
 * kontor_org_item_create_children:
 * @self: an item
 *
 * Returns: (transfer full) (nullable): those of the next level by name; %NULL: there are none
 */
GListModel *
kontor_org_item_create_children (KontorOrgItem *self)
{
  GListStore *store;

  if (self->children == NULL)
    return NULL;
  sort_children (self);
  store = g_list_store_new (KONTOR_TYPE_ORG_ITEM);
  g_list_store_splice (store, 0, 0, self->children->pdata, self->children->len);
  return G_LIST_MODEL (store);
}

/**
 * kontor_org_item_find:
 * @self: the root
 * @id: id of an employment, or an organisation
 *
 * Returns: (transfer none) (nullable): its item
 */
KontorOrgItem *
kontor_org_item_find (KontorOrgItem *self, const KontorId *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * kontor_org_item_find_person:
 * @self: the root of a tree of people
 * @contact: id of a person
 *
 * Returns: (transfer none) (nullable): the item of the person's employment here
 */
KontorOrgItem *
kontor_org_item_find_person (KontorOrgItem *self, const KontorId *contact)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      KontorRecord *record = ((KontorOrgItem *) item)->record;
      const KontorId *id = kontor_record_get_link (record, KONTOR_ACCOUNT_CONTACT_CONTACT);

      if (id != NULL && kontor_id_equal (id, contact))
        return item;
    }
  return NULL;
}
