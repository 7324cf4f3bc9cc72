/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds while typing, in the workspace's search; the arrow keys walk through what was found. */
#include "config.h"

#include "kontor-link-entry.h"

#include "kontor-compat.h"

#include <glib/gi18n.h>

#define FOUND_LIMIT 12
#define TYPING_MS 120

struct _KontorLinkEntry
{
  GtkWidget parent_instance;

  /* template */
  GtkEntry *entry;
  GtkPopover *popover;
  GtkListBox *list;

  /* owned */
  KontorSession *session;
  GCancellable *cancellable; /* (nullable): of the search that goes on */
  guint timer;

  const KontorRecordType *type;
  gboolean can_create;
  gboolean has_link;
  KontorId link;
  gboolean settling; /* the text is being set by us */
  gboolean enters;   /* Enter was pressed before what was typed was looked for */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorLinkEntry, kontor_link_entry, GTK_TYPE_WIDGET)

static void
set_text (KontorLinkEntry *self, const char *text)
{
  self->settling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->settling = FALSE;
}

static void
clear_list (KontorLinkEntry *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
add_row (KontorLinkEntry *self, const char *title, const char *detail, const KontorId *id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *second = gtk_label_new (detail);

      gtk_label_set_xalign (GTK_LABEL (second), 0);
      gtk_label_set_ellipsize (GTK_LABEL (second), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (second, "caption");
      gtk_widget_add_css_class (second, "dim-label");
      gtk_box_append (GTK_BOX (box), second);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  if (id != NULL)
    {
      g_object_set_data_full (G_OBJECT (row), "id", kontor_id_copy (id), g_free);
      g_object_set_data_full (G_OBJECT (row), "title", g_strdup (title), g_free);
    }
  gtk_list_box_append (self->list, row);
}

static void
add_create_row (KontorLinkEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *label = NULL;

  if (!self->can_create || *text == '\0')
    return;
  /* Translators: offered below the records that were found: New "Acme" */
  label = g_strdup_printf (_("New “%s”"), text);
  add_row (self, label, kontor_record_type_get_label (self->type), NULL);
}

static void entry_activated_cb (KontorLinkEntry *self);

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorLinkEntry *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorSearchResult) found =
    kontor_workspace_search_finish (KONTOR_WORKSPACE (source), result, &error);

  if (found != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_object (&self->cancellable);
  if (found != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      clear_list (self);
      for (guint i = 0; i < found->hits->len; i++)
        {
          const KontorSearchHit *hit = g_ptr_array_index (found->hits, i);

          add_row (self, hit->title, hit->detail, &hit->id);
        }
      add_create_row (self);
      if (gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL)
        gtk_popover_popup (self->popover);
      else
        gtk_popover_popdown (self->popover);
      if (self->enters)
        entry_activated_cb (self);
    }
  else if (error != NULL && self->session != NULL)
    {
      kontor_session_fail (self->session, error);
    }
  g_object_unref (self);
}

static void
cancel_search (KontorLinkEntry *self)
{
  self->enters = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
search_cb (gpointer user_data)
{
  KontorLinkEntry *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  self->timer = 0;
  self->cancellable = g_cancellable_new ();
  kontor_workspace_search_async (kontor_session_get_workspace (self->session),
                                 text,
                                 self->type,
                                 FOUND_LIMIT,
                                 self->cancellable,
                                 found_cb,
                                 g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (KontorLinkEntry *self)
{
  if (self->settling)
    return;
  cancel_search (self);
  self->has_link = FALSE;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    self->timer = g_timeout_add (TYPING_MS, search_cb, self);
  else
    gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
choose_row (KontorLinkEntry *self, GtkListBoxRow *row)
{
  const KontorId *id = g_object_get_data (G_OBJECT (row), "id");

  cancel_search (self);
  if (id != NULL)
    {
      self->has_link = TRUE;
      self->link = *id;
      set_text (self, g_object_get_data (G_OBJECT (row), "title"));
    }
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, KontorLinkEntry *self)
{
  choose_row (self, row);
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* Who types and goes on at once means what is still to be found. */
static void
entry_activated_cb (KontorLinkEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->timer != 0)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      search_cb (self);
    }
  self->enters = self->cancellable != NULL;
  if (self->enters)
    return;
  if (!self->has_link && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      if (row == NULL)
        row = gtk_list_box_get_row_at_index (self->list, 0);
      if (row != NULL)
        choose_row (self, row);
    }
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
move_selection (KontorLinkEntry *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : (by > 0 ? 0 : -1);
  GtkListBoxRow *next = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorLinkEntry *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      gtk_popover_popdown (self->popover);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
kontor_link_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KontorLinkEntry *self = KONTOR_LINK_ENTRY (widget);

  GTK_WIDGET_CLASS (kontor_link_entry_parent_class)
    ->size_allocate (widget, width, height, baseline);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), width, -1);
  gtk_popover_present (self->popover);
}

static gboolean
kontor_link_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KONTOR_LINK_ENTRY (widget)->entry));
}

static void
kontor_link_entry_unmap (GtkWidget *widget)
{
  KontorLinkEntry *self = KONTOR_LINK_ENTRY (widget);

  cancel_search (self);
  gtk_popover_popdown (self->popover);
  GTK_WIDGET_CLASS (kontor_link_entry_parent_class)->unmap (widget);
}

static void
kontor_link_entry_dispose (GObject *object)
{
  KontorLinkEntry *self = KONTOR_LINK_ENTRY (object);

  cancel_search (self);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_LINK_ENTRY);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_link_entry_parent_class)->dispose (object);
}

static void
kontor_link_entry_class_init (KontorLinkEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kontor_link_entry_dispose;
  widget_class->size_allocate = kontor_link_entry_size_allocate;
  widget_class->grab_focus = kontor_link_entry_grab_focus;
  widget_class->unmap = kontor_link_entry_unmap;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-link-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorLinkEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, KontorLinkEntry, popover);
  gtk_widget_class_bind_template_child (widget_class, KontorLinkEntry, list);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
kontor_link_entry_init (KontorLinkEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_link_entry_new:
 * @session: a session
 * @type: type of the records to find
 *
 * Returns: (transfer full): an empty entry
 */
GtkWidget *
kontor_link_entry_new (KontorSession *session, const KontorRecordType *type)
{
  KontorLinkEntry *self = g_object_new (KONTOR_TYPE_LINK_ENTRY, NULL);

  kontor_link_entry_set_session (self, session, type);
  return GTK_WIDGET (self);
}

/**
 * kontor_link_entry_set_session:
 * @self: an entry, of a template
 * @session: a session
 * @type: type of the records to find
 */
void
kontor_link_entry_set_session (KontorLinkEntry *self,
                               KontorSession *session,
                               const KontorRecordType *type)
{
  g_set_object (&self->session, session);
  self->type = type;
}

/**
 * kontor_link_entry_set_label:
 * @self: an entry
 * @label: what screen readers say
 */
void
kontor_link_entry_set_label (KontorLinkEntry *self, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

/**
 * kontor_link_entry_set_can_create:
 * @self: an entry
 * @can_create: whether it offers a new record by the name that was typed
 */
void
kontor_link_entry_set_can_create (KontorLinkEntry *self, gboolean can_create)
{
  self->can_create = can_create;
}

/**
 * kontor_link_entry_set_link:
 * @self: an entry
 * @id: (nullable): a record, or none
 * @title: (nullable): its title
 */
void
kontor_link_entry_set_link (KontorLinkEntry *self, const KontorId *id, const char *title)
{
  self->has_link = id != NULL && !kontor_id_is_null (id);
  if (self->has_link)
    self->link = *id;
  set_text (self, title != NULL ? title : "");
}

/**
 * kontor_link_entry_get_link:
 * @self: an entry
 * @id: (out): the record
 *
 * Returns: whether one is chosen; with a text and none the text is a name nobody has
 */
gboolean
kontor_link_entry_get_link (KontorLinkEntry *self, KontorId *id)
{
  if (self->has_link)
    *id = self->link;
  return self->has_link;
}

/**
 * kontor_link_entry_get_text:
 * @self: an entry
 *
 * Returns: (transfer none): what stands in it
 */
const char *
kontor_link_entry_get_text (KontorLinkEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}
