/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline from the entries of a record and its log: merged by time, changes of one step in one
 * row, a heading a day. */
#include "config.h"

#include "kontor-timeline-item.h"

#include "kontor-date.h"
#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (KontorTimelineItem, kontor_timeline_item, G_TYPE_OBJECT)

static void
kontor_timeline_item_finalize (GObject *object)
{
  KontorTimelineItem *self = KONTOR_TIMELINE_ITEM (object);

  g_free (self->title);
  g_free (self->who);
  g_free (self->with);
  g_free (self->text);
  g_clear_object (&self->activity);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_timeline_item_parent_class)->finalize (object);
}

static void
kontor_timeline_item_class_init (KontorTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kontor_timeline_item_finalize;
}

static void
kontor_timeline_item_init (KontorTimelineItem *self)
{
}

static KontorTimelineItem *
item_new (KontorTimelineKind kind, gint64 at)
{
  KontorTimelineItem *item = g_object_new (KONTOR_TYPE_TIMELINE_ITEM, NULL);

  item->kind = kind;
  item->at = at;
  return item;
}

/* --- Entries ---------------------------------------------------------------------------------- */

/**
 * kontor_timeline_is_plan:
 * @activity: an entry
 *
 * Returns: whether it is something to do, or was
 */
gboolean
kontor_timeline_is_plan (KontorRecord *activity)
{
  return kontor_record_get_text (activity, KONTOR_ACTIVITY_STATE) != NULL ||
         g_strcmp0 (kontor_record_get_text (activity, KONTOR_ACTIVITY_KIND), "task") == 0;
}

/**
 * kontor_timeline_is_open:
 * @activity: an entry
 *
 * Returns: whether it is still to be done
 */
gboolean
kontor_timeline_is_open (KontorRecord *activity)
{
  const char *state = kontor_record_get_text (activity, KONTOR_ACTIVITY_STATE);

  return kontor_timeline_is_plan (activity) && (state == NULL || g_str_equal (state, "open"));
}

/* "Meeting · Meeting with Ana" says it twice. */
static gboolean
begins_with (const char *subject, const char *kind)
{
  g_autofree char *folded_subject = g_utf8_casefold (subject, -1);
  g_autofree char *folded_kind = g_utf8_casefold (kind, -1);

  return g_str_has_prefix (folded_subject, folded_kind);
}

/* "Call · Reached" */
static char *
dup_entry_title (KontorSession *session, KontorRecord *activity)
{
  const KontorFieldDef *kind = kontor_field_by_id (KONTOR_ACTIVITY_KIND);
  const KontorFieldDef *result = kontor_field_by_id (KONTOR_ACTIVITY_RESULT);
  const char *subject = kontor_record_get_text (activity, KONTOR_ACTIVITY_SUBJECT);
  const char *code = kontor_record_get_text (activity, KONTOR_ACTIVITY_RESULT);
  const char *kind_label =
    kontor_field_choice_label (kind, kontor_record_get_text (activity, KONTOR_ACTIVITY_KIND));
  GString *title = g_string_new (kind_label);
  const char *label =
    code != NULL
      ? kontor_schema_pick_label (kontor_session_get_schema (session), result->pick, code)
      : NULL;

  if (label != NULL)
    g_string_append_printf (title, " · %s", label);
  if (subject != NULL && label == NULL && begins_with (subject, kind_label))
    g_string_assign (title, subject);
  else if (subject != NULL)
    g_string_append_printf (title, " · %s", subject);
  return g_string_free (title, FALSE);
}

/* When it was; what was to be done stands where it was done. */
static gint64
find_time (KontorRecord *activity)
{
  gint64 at = 0;

  if (kontor_timeline_is_plan (activity))
    at = kontor_record_get_integer (activity, KONTOR_ACTIVITY_DONE_AT);
  if (at == 0)
    at = kontor_record_get_integer (activity, KONTOR_ACTIVITY_AT);
  if (at == 0)
    at = kontor_record_get_integer (activity, KONTOR_ACTIVITY_DONE_AT);
  if (at == 0)
    at = kontor_record_get_integer (activity,
                                    KONTOR_COMMON_FIELD (kontor_activity_type.number,
                                                         KONTOR_COMMON_CREATED_AT));
  return at;
}

static KontorTimelineItem *
build_entry (KontorSession *session,
             KontorRecord *activity,
             const char *with,
             GPtrArray *attachments)
{
  KontorTimelineItem *item = item_new (KONTOR_TIMELINE_ENTRY, find_time (activity));
  const KontorFieldDef *owner =
    kontor_field_by_id (KONTOR_COMMON_FIELD (kontor_activity_type.number, KONTOR_COMMON_OWNER));
  const KontorFieldDef *author = kontor_field_by_id (
    KONTOR_COMMON_FIELD (kontor_activity_type.number, KONTOR_COMMON_CREATED_BY));
  const char *who = kontor_record_get_link_title (activity, owner);

  item->activity = g_object_ref (activity);
  item->attachments = attachments != NULL ? g_ptr_array_ref (attachments) : NULL;
  item->with = with != NULL && *with != '\0' ? g_strdup (with) : NULL;
  item->title = dup_entry_title (session, activity);
  item->text = g_strdup (kontor_record_get_text (activity, KONTOR_ACTIVITY_TEXT));
  item->who = g_strdup (who != NULL ? who : kontor_record_get_link_title (activity, author));
  return item;
}

/* --- Changes ---------------------------------------------------------------------------------- */

static void
append_field (GString *text, const KontorHistoryField *field)
{
  const char *label = kontor_field_get_label (field->field);
  gboolean had = field->was_text != NULL && *field->was_text != '\0';
  gboolean has = field->now_text != NULL && *field->now_text != '\0';
  g_autofree char *line = NULL;

  if ((field->field->flags & KONTOR_FIELD_HIDDEN) != 0 || field->field->merge == KONTOR_MERGE_SET)
    return;
  if (had && has)
    /* Translators: a changed field: label, old value, new value */
    line = g_strdup_printf (_("%s: %s → %s"), label, field->was_text, field->now_text);
  else if (has)
    /* Translators: a field that was filled in: label, value */
    line = g_strdup_printf (_("%s: %s"), label, field->now_text);
  else if (had)
    /* Translators: a field that was emptied: label, old value */
    line = g_strdup_printf (_("%s: %s removed"), label, field->was_text);
  else
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static gboolean
same_step (GPtrArray *history, guint a, guint b)
{
  const KontorHistoryEntry *first = g_ptr_array_index (history, a);
  const KontorHistoryEntry *second = g_ptr_array_index (history, b);

  return kontor_id_equal (&first->step, &second->step);
}

/* Entries of the timeline stand there themselves; that they were linked is no news. */
static gboolean
is_news (GPtrArray *history, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      const KontorHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->type != &kontor_activity_link_type && entry->type != &kontor_activity_type)
        return TRUE;
    }
  return FALSE;
}

/* The entries from @from on that belong to one step, as one row, or none; @next is behind them. */
static KontorTimelineItem *
build_change (GPtrArray *history, guint from, guint *next)
{
  const KontorHistoryEntry *first = g_ptr_array_index (history, from);
  g_autoptr(GString) text = g_string_new (NULL);
  KontorTimelineItem *item;

  for (*next = from; *next < history->len && same_step (history, from, *next);)
    ++*next;
  if (!is_news (history, from, *next))
    return NULL;
  item = item_new (KONTOR_TIMELINE_CHANGE, first->at);
  if (first->origin == KONTOR_ORIGIN_UNDO)
    item->title = g_strdup_printf (_("Undone: %s"), first->label);
  else
    item->title = g_strdup (first->label);
  item->who = g_strdup (first->user_name);
  item->step = first->step;
  item->history = g_ptr_array_ref (history);
  item->first = from;
  item->last = *next;
  for (guint i = from; i < *next; i++)
    {
      const KontorHistoryEntry *entry = g_ptr_array_index (history, i);

      for (guint j = 0; entry->fields != NULL && j < entry->fields->len; j++)
        append_field (text, &g_array_index (entry->fields, KontorHistoryField, j));
    }
  item->text = text->len > 0 ? g_strdup (text->str) : NULL;
  return item;
}

/* --- The whole -------------------------------------------------------------------------------- */

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const KontorTimelineItem *first = *(KontorTimelineItem *const *) a;
  const KontorTimelineItem *second = *(KontorTimelineItem *const *) b;

  return (first->at < second->at) - (first->at > second->at);
}

static gboolean
is_pinned (const KontorTimelineItem *item)
{
  return item->activity != NULL &&
         kontor_record_get_integer (item->activity, KONTOR_ACTIVITY_PINNED) != 0;
}

static gboolean
is_planned (const KontorTimelineItem *item)
{
  return item->activity != NULL && !is_pinned (item) && kontor_timeline_is_open (item->activity);
}

/* What is due first; what has no date comes last. */
static int
compare_due (gconstpointer a, gconstpointer b)
{
  const KontorTimelineItem *first = *(KontorTimelineItem *const *) a;
  const KontorTimelineItem *second = *(KontorTimelineItem *const *) b;
  const char *first_due = kontor_record_get_text (first->activity, KONTOR_ACTIVITY_DUE);
  const char *second_due = kontor_record_get_text (second->activity, KONTOR_ACTIVITY_DUE);
  int order = g_strcmp0 (first_due, second_due);

  if ((first_due == NULL) != (second_due == NULL))
    return first_due == NULL ? 1 : -1;
  return order != 0 ? order : (first->at > second->at) - (first->at < second->at);
}

static char *
dup_day (gint64 at)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");
}

static void
append_day (GPtrArray *rows, const char *day, gint64 at, const char *today)
{
  KontorTimelineItem *heading = item_new (KONTOR_TIMELINE_DAY, at);
  int days = kontor_date_days_between (day, today);

  if (days == 0)
    heading->title = g_strdup (_("Today"));
  else if (days == 1)
    heading->title = g_strdup (_("Yesterday"));
  else
    heading->title = kontor_date_format_full (day);
  g_ptr_array_add (rows, heading);
}

/* Of what was not read to its end, nothing older than that end is shown: it would look as if there
 * had been nothing else. */
static gint64
find_horizon (KontorTimelineData *data, GPtrArray *history, guint limit)
{
  gint64 horizon = G_MININT64;

  if (data->more && data->activities->len > 0)
    horizon = find_time (g_ptr_array_index (data->activities, data->activities->len - 1));
  if (history != NULL && history->len >= limit)
    {
      const KontorHistoryEntry *oldest = g_ptr_array_index (history, history->len - 1);

      horizon = MAX (horizon, oldest->at);
    }
  return horizon;
}

/* Whatever is meant by @belongs, in the order of @compare. */
static void
append_top (GPtrArray *rows,
            GPtrArray *items,
            gboolean (*belongs) (const KontorTimelineItem *),
            GCompareFunc compare,
            const char *heading)
{
  g_autoptr(GPtrArray) top = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    if (belongs (g_ptr_array_index (items, i)))
      g_ptr_array_add (top, g_ptr_array_index (items, i));
  if (top->len > 0 && heading != NULL)
    {
      KontorTimelineItem *item = item_new (KONTOR_TIMELINE_DAY, 0);

      item->title = g_strdup (heading);
      g_ptr_array_add (rows, item);
    }
  g_ptr_array_sort (top, compare);
  for (guint i = 0; i < top->len; i++)
    g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (top, i)));
}

static void
append_days (KontorSession *session, GPtrArray *rows, GPtrArray *items, gint64 horizon)
{
  g_autofree char *today = kontor_session_today (session);
  g_autofree char *last_day = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      KontorTimelineItem *item = g_ptr_array_index (items, i);
      g_autofree char *day = NULL;

      if (is_pinned (item) || is_planned (item) || item->at < horizon)
        continue;
      day = dup_day (item->at);
      if (g_strcmp0 (day, last_day) != 0)
        append_day (rows, day, item->at, today);
      g_free (last_day);
      last_day = g_steal_pointer (&day);
      g_ptr_array_add (rows, g_object_ref (item));
    }
}

/**
 * kontor_timeline_build:
 * @session: a session
 * @data: entries of the record
 * @history: (element-type KontorHistoryEntry) (nullable): its log, newest first
 * @limit: how many of each were asked for
 *
 * Returns: (transfer full) (element-type KontorTimelineItem): pinned notes, what is planned, then
 *   everything from the newest on, with a heading a day
 */
GPtrArray *
kontor_timeline_build (KontorSession *session,
                       KontorTimelineData *data,
                       GPtrArray *history,
                       guint limit)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < data->activities->len; i++)
    g_ptr_array_add (items,
                     build_entry (session,
                                  g_ptr_array_index (data->activities, i),
                                  i < data->with->len ? g_ptr_array_index (data->with, i) : NULL,
                                  g_ptr_array_index (data->attachments, i)));
  for (guint i = 0; history != NULL && i < history->len;)
    {
      KontorTimelineItem *change = build_change (history, i, &i);

      if (change != NULL)
        g_ptr_array_add (items, change);
    }
  g_ptr_array_sort (items, compare_items);
  append_top (rows, items, is_pinned, compare_items, NULL);
  /* Translators: a heading over what is still to be done */
  append_top (rows, items, is_planned, compare_due, C_("timeline", "Planned"));
  append_days (session, rows, items, find_horizon (data, history, limit));
  if (data->more || (history != NULL && history->len >= limit))
    g_ptr_array_add (rows, item_new (KONTOR_TIMELINE_MORE, 0));
  return rows;
}

static gboolean
is_set (const KontorHistoryEntry *entry)
{
  return entry->kind == KONTOR_OP_KIND_SET && entry->fields != NULL && entry->fields->len > 0;
}

/**
 * kontor_timeline_item_can_restore:
 * @self: a row
 *
 * Returns: whether it changed fields that can be set back; what was added or removed is undone in
 *   the list of steps
 */
gboolean
kontor_timeline_item_can_restore (KontorTimelineItem *self)
{
  for (guint i = self->first; i < self->last; i++)
    if (is_set (g_ptr_array_index (self->history, i)))
      return TRUE;
  return FALSE;
}

/**
 * kontor_timeline_item_restore:
 * @self: a row that can be restored
 *
 * Only of this record: the step may have changed many.
 *
 * Returns: (transfer full): a step that sets the fields back to what they were before
 */
KontorStep *
kontor_timeline_item_restore (KontorTimelineItem *self)
{
  g_autofree char *label = NULL;
  KontorStep *step;

  /* Translators: %s is what a step did: "Restored what was before: Phone changed" */
  label = g_strdup_printf (_("Restored what was before: %s"), self->title);
  step = kontor_step_new (label);
  /* the log is newest first: the oldest value of a field is set last, and stands */
  for (guint i = self->first; i < self->last; i++)
    {
      const KontorHistoryEntry *entry = g_ptr_array_index (self->history, i);

      for (guint j = 0; is_set (entry) && j < entry->fields->len; j++)
        {
          const KontorHistoryField *field = &g_array_index (entry->fields, KontorHistoryField, j);

          kontor_step_set (step, entry->type, &entry->id, field->field, &field->was);
        }
    }
  return step;
}

static gboolean
same_attachments (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!kontor_record_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

/**
 * kontor_timeline_item_equal:
 * @a: a row
 * @b: another
 *
 * Returns: whether both show the same
 */
gboolean
kontor_timeline_item_equal (KontorTimelineItem *a, KontorTimelineItem *b)
{
  return a->kind == b->kind && a->at == b->at && kontor_id_equal (&a->step, &b->step) &&
         g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->who, b->who) == 0 &&
         g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->with, b->with) == 0 &&
         (a->activity == NULL) == (b->activity == NULL) &&
         same_attachments (a->attachments, b->attachments) &&
         (a->activity == NULL || (kontor_id_equal (kontor_record_get_id (a->activity),
                                                   kontor_record_get_id (b->activity)) &&
                                  kontor_record_equal (a->activity, b->activity)));
}
