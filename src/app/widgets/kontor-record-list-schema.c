/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list pane when fields come and go: what it sorts and filters by is found again by name, what is
 * gone is left out, and comes back with its field. */
#include "config.h"

#include "kontor-record-list-private.h"

/* --- Filters ---------------------------------------------------------------------------------- */

static gboolean
knows_path (KontorSchema *schema, const KontorFilter *filter)
{
  for (guint i = 0; i < filter->path->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (filter->path, i);

      if (kontor_schema_find_field (schema, kontor_field_get_type_of (field), field->name) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* NULL: nothing is left of it. Of what is related something is asked even without a condition. */
static KontorFilter *
prune (KontorSchema *schema, const KontorFilter *filter)
{
  KontorFilter *pruned;

  if (filter->kind == KONTOR_FILTER_COMPARE && !knows_path (schema, filter))
    return NULL;
  if (filter->kind == KONTOR_FILTER_COMPARE || filter->kind == KONTOR_FILTER_SEARCH)
    return kontor_filter_copy (filter);
  pruned = kontor_filter_copy (filter);
  g_ptr_array_set_size (pruned->children, 0);
  for (guint i = 0; i < filter->children->len; i++)
    {
      KontorFilter *child = prune (schema, g_ptr_array_index (filter->children, i));

      if (child != NULL)
        kontor_filter_add (pruned, child);
    }
  if (pruned->children->len == 0 && filter->children->len > 0)
    g_clear_pointer (&pruned, kontor_filter_free);
  return pruned;
}

static KontorFilter *
parse (KontorRecordList *self, const char *text)
{
  return kontor_filter_parse (kontor_session_get_schema (self->session),
                              self->spec->type,
                              text,
                              NULL);
}

/* The whole filter, where a field of it was gone and nobody has changed what was left. */
static KontorFilter *
find_whole (KontorRecordList *self)
{
  g_autofree char *present = self->filter != NULL ? kontor_filter_to_text (self->filter) : NULL;

  if (self->whole_filter == NULL || g_strcmp0 (present, self->pruned_filter) != 0)
    return NULL;
  return parse (self, self->whole_filter);
}

static void
remember (KontorRecordList *self, const char *whole, const KontorFilter *pruned)
{
  g_free (self->whole_filter);
  g_free (self->pruned_filter);
  self->whole_filter = g_strdup (whole);
  self->pruned_filter = pruned != NULL ? kontor_filter_to_text (pruned) : NULL;
}

/* What is filtered by, in terms of the fields there are. */
static KontorFilter *
find_filter (KontorRecordList *self)
{
  g_autofree char *text = self->filter != NULL ? kontor_filter_to_text (self->filter) : NULL;
  KontorFilter *next = find_whole (self);

  if (next == NULL && text != NULL)
    next = parse (self, text);
  if (next != NULL || text == NULL)
    return next;
  next = prune (kontor_session_get_schema (self->session), self->filter);
  remember (self, text, next);
  return next;
}

/* While somebody is at the builder it stays as it is: a condition that is half made would be lost.
 */
void
kontor_record_list_renew_filter (KontorRecordList *self)
{
  g_autoptr(KontorFilter) next = find_filter (self);

  self->stale_builder = gtk_widget_get_mapped (GTK_WIDGET (self->filter_popover)) &&
                        kontor_filter_equal (next, self->filter);
  if (!self->stale_builder)
    kontor_record_list_set_filter (self, next);
}

/* --- Saved views ------------------------------------------------------------------------------ */

static gboolean
can_parse (KontorRecordList *self, KontorRecord *view)
{
  const char *text = kontor_record_get_text (view, KONTOR_SAVED_VIEW_QUERY);
  g_autoptr(KontorQuery) query =
    text != NULL ? kontor_query_parse (kontor_session_get_schema (self->session), text, NULL)
                 : NULL;

  return text == NULL || query != NULL;
}

/* One whose field is gone would show everybody under its name: it is left until the field is back.
 */
static gboolean
renew_saved (KontorRecordList *self)
{
  g_autofree char *name = NULL;
  KontorRecord *view;

  if (self->saved != NULL && !can_parse (self, self->saved))
    {
      name = kontor_record_list_dup_saved_name (self->saved);
      kontor_record_list_set_view (self, self->spec->name);
      g_free (self->left_view);
      self->left_view = g_steal_pointer (&name);
      return TRUE;
    }
  view = self->left_view != NULL && self->saved == NULL
           ? kontor_record_list_find_saved (self, self->left_view)
           : NULL;
  if (view == NULL || self->filter != NULL || !can_parse (self, view))
    return FALSE;
  name = g_steal_pointer (&self->left_view);
  kontor_record_list_set_view (self, name);
  return TRUE;
}

/* --- Order ------------------------------------------------------------------------------------ */

/* By the field that is called so now; by the usual one while it is gone. */
static void
renew_sort (KontorRecordList *self)
{
  const KontorFieldDef *field = kontor_record_list_find_sort (self, &self->descending);

  self->sort = field;
  kontor_record_table_set_sort (self->table_view, field, self->descending);
  g_object_notify (G_OBJECT (self), "sort");
  g_object_notify (G_OBJECT (self), "descending");
}

static void
schema_changed_cb (KontorRecordList *self)
{
  if (self->spec == NULL)
    return;
  if (renew_saved (self))
    return;
  kontor_record_list_renew_filter (self);
  renew_sort (self);
  kontor_record_list_build_sort_menu (self);
  kontor_record_list_requery (self);
  kontor_record_list_update_status (self);
}

void
kontor_record_list_watch_schema (KontorRecordList *self)
{
  g_signal_connect_object (self->session,
                           "schema-changed",
                           G_CALLBACK (schema_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}
