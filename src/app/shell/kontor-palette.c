/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry over a list. The entry keeps the focus; arrows move the choice. */
#include "config.h"

#include "kontor-palette.h"

#include "kontor-area.h"
#include "kontor-palette-item.h"
#include "kontor-recent.h"
#include <glib/gi18n.h>

#define RECENT_SHOWN 8
#define FOUND_SHOWN 24
#define COMMANDS_SHOWN 8
#define PAGE_ROWS 6

struct _KontorPalette
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget *entry;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListBox *list;

  /* owned */
  KontorSession *session;
  GCancellable *cancellable; /* of what was asked last */

  gboolean pending; /* the list is not yet what was typed */
  gboolean enters;  /* Enter was pressed meanwhile, with .enter_state */
  GdkModifierType enter_state;
};

G_DEFINE_FINAL_TYPE (KontorPalette, kontor_palette, ADW_TYPE_WINDOW)

static const char *
get_text (KontorPalette *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* ">" asks for commands alone. */
static gboolean
is_command_text (const char *text)
{
  return *text == '>';
}

/* --- The list --------------------------------------------------------------------------------- */

static void
select_row (KontorPalette *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;
  double top, bottom;

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    return;
  top = bounds.origin.y;
  bottom = top + bounds.size.height;
  if (gtk_list_box_row_get_index (row) == 0)
    top = 0; /* with its heading */
  gtk_adjustment_clamp_page (adjustment, top, bottom);
}

static void
move (KontorPalette *self, int by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int index = selected != NULL ? gtk_list_box_row_get_index (selected) + by : 0;
  GtkListBoxRow *row;

  for (index = MAX (index, 0); index >= 0; index--)
    if ((row = gtk_list_box_get_row_at_index (self->list, index)) != NULL)
      {
        select_row (self, row);
        return;
      }
}

static void activate_selected (KontorPalette *self, GdkModifierType state);

static void
show_items (KontorPalette *self, GPtrArray *items)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < items->len; i++)
    gtk_list_box_append (self->list, kontor_palette_item_create_row (g_ptr_array_index (items, i)));
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "nothing");
  select_row (self, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->pending = FALSE;
  if (self->enters)
    activate_selected (self, self->enter_state);
}

static void
typed_cb (KontorPalette *self)
{
  self->pending = TRUE;
  self->enters = FALSE;
}

static gboolean
has_record (KontorPalette *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  gboolean shown = FALSE;

  if (window != NULL)
    g_object_get (window, "has-record", &shown, NULL);
  return shown;
}

static void
add_commands (KontorPalette *self, GPtrArray *items, const char *text)
{
  kontor_palette_add_commands (items,
                               text,
                               has_record (self),
                               is_command_text (get_text (self)) ? G_MAXUINT : COMMANDS_SHOWN);
}

/* --- Nothing typed: what was used last ---------------------------------------------------------
 */

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  GArray *recent;             /* owned, (element-type KontorRecent) */
} Recent;

static void
recent_free (gpointer data)
{
  Recent *recent = data;

  g_object_unref (recent->workspace);
  g_array_unref (recent->recent);
  g_free (recent);
}

static void
read_recent (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Recent *recent = data;
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < recent->recent->len && records->len < RECENT_SHOWN; i++)
    {
      const KontorRecent *one = &g_array_index (recent->recent, KontorRecent, i);
      KontorRecord *record =
        kontor_workspace_get (recent->workspace, one->type, &one->id, KONTOR_READ_DEFAULT, NULL);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

static void
recent_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorPalette *self = KONTOR_PALETTE (source);
  g_autoptr(GPtrArray) records = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  if (records == NULL || self->list == NULL)
    return;
  for (guint i = 0; i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      const KontorRecordType *type = kontor_record_get_record_type (record);
      g_autofree char *title = kontor_record_dup_title (record);

      g_ptr_array_add (items,
                       kontor_palette_item_new_record (_("Seen last"),
                                                       title,
                                                       kontor_record_type_get_label (type),
                                                       type,
                                                       kontor_record_get_id (record)));
    }
  add_commands (self, items, "");
  show_items (self, items);
}

static void
ask_recent (KontorPalette *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, recent_read_cb, NULL);
  Recent *recent = g_new0 (Recent, 1);

  recent->workspace = g_object_ref (kontor_session_get_workspace (self->session));
  /* some may be in the trash */
  recent->recent = kontor_recent_list (recent->workspace, 2 * RECENT_SHOWN);
  g_task_set_task_data (task, recent, recent_free);
  g_task_run_in_thread (task, read_recent);
}

/* --- Something typed -------------------------------------------------------------------------- */

static void
add_call (GPtrArray *items, const KontorSearchHit *hit)
{
  g_autofree char *title = NULL;

  if (hit->type != &kontor_contact_type && hit->type != &kontor_account_type)
    return;
  /* Translators: a command: %s is a person or an organisation */
  title = g_strdup_printf (_("Call %s"), hit->title);
  g_ptr_array_add (items,
                   kontor_palette_item_new_for_record (title,
                                                       _("Alt+Enter"),
                                                       "win.call-record",
                                                       hit->type,
                                                       &hit->id));
}

static void
add_new (GPtrArray *items, const char *text)
{
  g_autofree char *person = g_strdup_printf (_("New person “%s”"), text);
  g_autofree char *organisation = g_strdup_printf (_("New organisation “%s”"), text);

  g_ptr_array_add (items, kontor_palette_item_new_create (&kontor_contact_type, person, text));
  g_ptr_array_add (items,
                   kontor_palette_item_new_create (&kontor_account_type, organisation, text));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KontorPalette) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorSearchResult) found =
    kontor_workspace_search_finish (KONTOR_WORKSPACE (source), result, &error);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;
  if (found == NULL)
    kontor_session_fail (self->session, error);
  for (guint i = 0; found != NULL && i < found->hits->len; i++)
    {
      const KontorSearchHit *hit = g_ptr_array_index (found->hits, i);

      g_ptr_array_add (items,
                       kontor_palette_item_new_record (kontor_record_type_get_label_plural (
                                                         hit->type),
                                                       hit->title,
                                                       hit->detail,
                                                       hit->type,
                                                       &hit->id));
    }
  text = g_strstrip (g_strdup (get_text (self)));
  if (found != NULL && found->hits->len > 0)
    add_call (items, g_ptr_array_index (found->hits, 0));
  add_commands (self, items, text);
  add_new (items, text);
  show_items (self, items);
}

/* --- "#": tags -------------------------------------------------------------------------------- */

typedef struct
{
  KontorWorkspace *workspace; /* owned */
  KontorQuery *query;         /* owned */
} TagQuestion;

static void
tag_question_free (gpointer data)
{
  TagQuestion *question = data;

  g_object_unref (question->workspace);
  kontor_query_unref (question->query);
  g_free (question);
}

static void
read_tags (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TagQuestion *question = data;
  GError *error = NULL;
  g_autoptr(GArray) rids =
    kontor_workspace_query (question->workspace, question->query, FOUND_SHOWN, cancellable, &error);
  GPtrArray *tags = NULL;

  if (rids != NULL)
    tags = kontor_workspace_fetch (question->workspace,
                                   &kontor_tag_type,
                                   (const gint64 *) rids->data,
                                   rids->len,
                                   KONTOR_READ_DEFAULT,
                                   &error);
  if (tags != NULL)
    g_task_return_pointer (task, tags, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
tags_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorPalette *self = KONTOR_PALETTE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) tags = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  if (self->list == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (tags == NULL)
    kontor_session_fail (self->session, error);
  for (guint i = 0; tags != NULL && i < tags->len; i++)
    if (g_ptr_array_index (tags, i) != NULL)
      {
        g_autofree char *title = kontor_record_dup_title (g_ptr_array_index (tags, i));

        g_ptr_array_add (items, kontor_palette_item_new_tag (title));
      }
  show_items (self, items);
}

static void
ask_tags (KontorPalette *self, const char *text)
{
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_TAG_NAME);
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, tags_read_cb, NULL);
  TagQuestion *question = g_new0 (TagQuestion, 1);

  question->workspace = g_object_ref (kontor_session_get_workspace (self->session));
  question->query = kontor_query_new (&kontor_tag_type);
  if (*text != '\0')
    kontor_query_take_filter (question->query,
                              kontor_filter_new_compare (name, KONTOR_OP_STARTS, text));
  kontor_query_add_sort (question->query, name, FALSE);
  g_task_set_task_data (task, question, tag_question_free);
  g_task_run_in_thread (task, read_tags);
}

static void
ask (KontorPalette *self)
{
  g_autofree char *text = g_strstrip (g_strdup (get_text (self)));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (*text == '\0')
    {
      ask_recent (self);
    }
  else if (is_command_text (text))
    {
      g_autoptr(GPtrArray) items = g_ptr_array_new ();

      add_commands (self, items, text + 1);
      show_items (self, items);
    }
  else if (*text == '#')
    {
      ask_tags (self, text + 1);
    }
  else
    {
      kontor_workspace_search_async (kontor_session_get_workspace (self->session),
                                     text,
                                     NULL,
                                     FOUND_SHOWN,
                                     self->cancellable,
                                     found_cb,
                                     g_object_ref (self));
    }
}

/* --- Doing ------------------------------------------------------------------------------------ */

static void
do_action (KontorPalette *self, const char *action, GVariant *target)
{
  g_autoptr(GtkWindow) window = NULL;
  g_autofree char *name = g_strdup (action);
  g_autoptr(GVariant) with = target != NULL ? g_variant_ref (target) : NULL;

  g_set_object (&window, gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_destroy (GTK_WINDOW (self));
  if (window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (window), name, with);
}

static void
activate_item (KontorPalette *self, KontorPaletteItem *item)
{
  if (item->command != NULL)
    kontor_recent_count_command (item->command);
  do_action (self, item->action, item->target);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, KontorPalette *self)
{
  activate_item (self, kontor_palette_item_of_row (row));
}

static void
activate_selected (KontorPalette *self, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  KontorPaletteItem *item = row != NULL ? kontor_palette_item_of_row (row) : NULL;

  self->enters = self->pending;
  self->enter_state = state;
  if (item == NULL || self->pending)
    return;
  if (item->type != NULL && (state & GDK_ALT_MASK) != 0)
    do_action (self, "win.call-record", item->target);
  else if (item->type != NULL && (state & GDK_CONTROL_MASK) != 0)
    do_action (self, "win.open-window", item->target);
  else
    activate_item (self, item);
}

static void
entered_cb (KontorPalette *self)
{
  activate_selected (self, 0);
}

/* What the entry leaves, after an input method had its turn. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorPalette *self)
{
  switch (keyval)
    {
    case GDK_KEY_Down:
      move (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      move (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move (self, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move (self, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      activate_selected (self, state);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_palette_dispose (GObject *object)
{
  KontorPalette *self = KONTOR_PALETTE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_PALETTE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_palette_parent_class)->dispose (object);
}

static void
kontor_palette_class_init (KontorPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_palette_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/shell/kontor-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, KontorPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorPalette, scroller);
  gtk_widget_class_bind_template_child (widget_class, KontorPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
kontor_palette_init (KontorPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, kontor_palette_update_header, NULL, NULL);
}

/**
 * kontor_palette_new:
 * @session: a session
 * @window: the window whose commands it does
 *
 * Returns: (transfer full): a command palette
 */
GtkWidget *
kontor_palette_new (KontorSession *session, GtkWindow *window)
{
  KontorPalette *self = g_object_new (KONTOR_TYPE_PALETTE, "transient-for", window, NULL);

  self->session = g_object_ref (session);
  ask (self);
  return GTK_WIDGET (self);
}
