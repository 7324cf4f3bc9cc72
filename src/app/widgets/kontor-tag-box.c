/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chips of tags, and a popover that finds tags while typing and makes new ones. */
#include "config.h"

#include "kontor-tag-box.h"

#include "kontor-compat.h"
#include "kontor-list-model.h"
#include "kontor-wrap-layout.h"
#include <glib/gi18n.h>

struct _KontorTagBox
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *add_button;
  GtkPopover *popover;
  GtkEditable *entry;
  GtkListView *list;
  GtkButton *create_button;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  GPtrArray *tags; /* (element-type KontorRecord): on the record */
  KontorListModel *model;
  char *asked; /* what the tags in the list are called */

  gboolean enters; /* Enter was pressed before they were there */
};

G_DEFINE_FINAL_TYPE (KontorTagBox, kontor_tag_box, GTK_TYPE_WIDGET)

/* --- Steps ------------------------------------------------------------------------------------ */

static void
set_tag (KontorTagBox *self, const KontorId *tag, const char *name, gboolean on)
{
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (on)
    /* Translators: %s is the name of a tag */
    label = g_strdup_printf (_("Tagged “%s”"), name);
  else
    /* Translators: %s is the name of a tag */
    label = g_strdup_printf (_("Tag “%s” removed"), name);
  step = kontor_step_new (label);
  kontor_step_tag (step,
                   tag,
                   kontor_record_get_record_type (self->record),
                   kontor_record_get_id (self->record),
                   on);
  kontor_session_commit (self->session, step);
}

static void
create_tag (KontorTagBox *self, const char *name)
{
  g_autofree char *label = g_strdup_printf (_("Tagged “%s”"), name);
  g_autoptr(KontorStep) step = kontor_step_new (label);
  g_autoptr(KontorRecord) tag = kontor_record_new (&kontor_tag_type, NULL);
  KontorId id;

  kontor_record_set_text (tag, KONTOR_TAG_NAME, name);
  id = kontor_step_create (step, tag);
  kontor_step_tag (step,
                   &id,
                   kontor_record_get_record_type (self->record),
                   kontor_record_get_id (self->record),
                   TRUE);
  kontor_session_commit (self->session, step);
}

/* --- Chips ------------------------------------------------------------------------------------ */

static void
remove_clicked_cb (GtkButton *button, KontorTagBox *self)
{
  KontorRecord *tag = g_object_get_data (G_OBJECT (button), "tag");

  set_tag (self, kontor_record_get_id (tag), kontor_record_get_text (tag, KONTOR_TAG_NAME), FALSE);
}

static GtkWidget *
create_chip (KontorTagBox *self, KontorRecord *tag, gboolean removable)
{
  const char *name = kontor_record_get_text (tag, KONTOR_TAG_NAME);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button;
  g_autofree char *tooltip = NULL;

  gtk_widget_add_css_class (chip, "kontor-chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (chip), label);
  if (!removable)
    return chip;
  button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  tooltip = g_strdup_printf (_("Remove tag “%s”"), name);
  kontor_widget_set_tooltip (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "tag", g_object_ref (tag), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static gboolean
can_tag (KontorTagBox *self)
{
  return !kontor_record_is_trashed (self->record) &&
         kontor_session_can (self->session,
                             kontor_record_get_record_type (self->record),
                             NULL,
                             KONTOR_RIGHT_WRITE);
}

static gboolean
has_tag (KontorTagBox *self, const KontorId *id)
{
  for (guint i = 0; self->tags != NULL && i < self->tags->len; i++)
    if (kontor_id_equal (kontor_record_get_id (g_ptr_array_index (self->tags, i)), id))
      return TRUE;
  return FALSE;
}

static void
show_chips (KontorTagBox *self)
{
  gboolean removable = can_tag (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != GTK_WIDGET (self->add_button))
    gtk_widget_unparent (child);
  for (guint i = 0; i < self->tags->len; i++)
    gtk_widget_insert_before (create_chip (self, g_ptr_array_index (self->tags, i), removable),
                              GTK_WIDGET (self),
                              GTK_WIDGET (self->add_button));
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), removable);
}

/* --- The popover ------------------------------------------------------------------------------ */

static char *
dup_typed (KontorTagBox *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static KontorQuery *
build_query (const char *text)
{
  KontorQuery *query = kontor_query_new (&kontor_tag_type);
  const KontorFieldDef *name = kontor_field_by_id (KONTOR_TAG_NAME);

  if (*text != '\0')
    kontor_query_take_filter (query, kontor_filter_new_compare (name, KONTOR_OP_CONTAINS, text));
  kontor_query_add_sort (query, name, FALSE);
  return query;
}

/* The record of a row that is loaded, else NULL. */
static KontorRecord *
get_record (KontorTagBox *self, guint position)
{
  g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  return row != NULL ? kontor_list_row_get_record (row) : NULL;
}

static void
update_create_button (KontorTagBox *self)
{
  g_autofree char *text = dup_typed (self);
  gboolean exists = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)) && i < 50; i++)
    {
      KontorRecord *tag = get_record (self, i);

      exists =
        exists || (tag != NULL &&
                   g_ascii_strcasecmp (kontor_record_get_text (tag, KONTOR_TAG_NAME), text) == 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->create_button), *text != '\0' && !exists);
  if (*text != '\0')
    {
      g_autofree char *label = g_strdup_printf (_("New tag “%s”"), text);

      gtk_button_set_label (self->create_button, label);
    }
}

static void
text_changed_cb (KontorTagBox *self)
{
  g_autofree char *text = dup_typed (self);
  g_autoptr(KontorQuery) query = NULL;

  if (self->model == NULL || g_str_equal (text, self->asked))
    return;
  self->enters = FALSE;
  query = build_query (text);
  g_free (self->asked);
  self->asked = g_steal_pointer (&text);
  kontor_list_model_set_query (self->model, query);
  update_create_button (self);
}

static void choose_typed (KontorTagBox *self);

static void
loading_changed_cb (KontorTagBox *self)
{
  if (!kontor_list_model_is_loading (self->model) && self->enters)
    choose_typed (self);
}

static void
popover_shown_cb (KontorTagBox *self)
{
  g_autoptr(KontorQuery) query = build_query ("");
  GtkSelectionModel *selection;

  gtk_editable_set_text (self->entry, "");
  g_free (self->asked);
  self->asked = g_strdup ("");
  self->enters = FALSE;
  g_clear_object (&self->model);
  self->model = kontor_list_model_new (kontor_session_get_workspace (self->session), query);
  g_signal_connect_object (self->model,
                           "items-changed",
                           G_CALLBACK (update_create_button),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model,
                           "notify::loading",
                           G_CALLBACK (loading_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  selection =
    GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model))));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (selection), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (selection), TRUE);
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (selection);
  update_create_button (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
choose_tag (KontorTagBox *self, guint position)
{
  KontorRecord *tag = get_record (self, position);

  if (tag == NULL)
    return;
  gtk_popover_popdown (self->popover);
  set_tag (self,
           kontor_record_get_id (tag),
           kontor_record_get_text (tag, KONTOR_TAG_NAME),
           !has_tag (self, kontor_record_get_id (tag)));
}

static void
tag_activated_cb (GtkListView *list, guint position, KontorTagBox *self)
{
  choose_tag (self, position);
}

static void
create_clicked_cb (KontorTagBox *self)
{
  g_autofree char *text = dup_typed (self);

  gtk_popover_popdown (self->popover);
  create_tag (self, text);
}

static void
choose_typed (KontorTagBox *self)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list));
  guint selected = gtk_single_selection_get_selected (selection);

  self->enters = FALSE;
  update_create_button (self);
  if (selected != GTK_INVALID_LIST_POSITION)
    choose_tag (self, selected);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->create_button)))
    create_clicked_cb (self);
  else
    choose_tag (self, 0);
}

/* Who types and goes on at once means the tags that are still to come. */
static void
entry_activated_cb (KontorTagBox *self)
{
  text_changed_cb (self);
  if (kontor_list_model_is_loading (self->model))
    self->enters = TRUE;
  else
    choose_typed (self);
}

static void
search_stopped_cb (KontorTagBox *self)
{
  self->enters = FALSE;
  gtk_popover_popdown (self->popover);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorTagBox *self)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list));
  guint selected = gtk_single_selection_get_selected (selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));

  if (keyval == GDK_KEY_Down && n > 0)
    selected = selected == GTK_INVALID_LIST_POSITION ? 0 : MIN (selected + 1, n - 1);
  else if (keyval == GDK_KEY_Up && n > 0 && selected != GTK_INVALID_LIST_POSITION)
    selected = selected == 0 ? GTK_INVALID_LIST_POSITION : selected - 1;
  else
    return GDK_EVENT_PROPAGATE;
  gtk_single_selection_set_selected (selection, selected);
  return GDK_EVENT_STOP;
}

/* --- Rows of the popover ---------------------------------------------------------------------- */

static void
record_loaded_cb (KontorListRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *label = gtk_widget_get_first_child (box);
  GtkWidget *check = gtk_widget_get_last_child (box);
  KontorTagBox *self = KONTOR_TAG_BOX (g_object_get_data (G_OBJECT (item), "tag-box"));
  KontorRecord *tag = kontor_list_row_get_record (row);

  gtk_label_set_text (GTK_LABEL (label),
                      tag != NULL ? kontor_record_get_text (tag, KONTOR_TAG_NAME) : "");
  gtk_widget_set_visible (check, tag != NULL && has_tag (self, kontor_record_get_id (tag)));
  update_create_button (self);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTagBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
  g_object_set_data (G_OBJECT (item), "tag-box", self);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTagBox *self)
{
  KontorListRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "notify::record", G_CALLBACK (record_loaded_cb), item, 0);
  record_loaded_cb (row, NULL, item);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KontorTagBox *self)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_tag_box_dispose (GObject *object)
{
  KontorTagBox *self = KONTOR_TAG_BOX (object);
  GtkWidget *child;

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_TAG_BOX);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  g_clear_object (&self->model);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_tag_box_parent_class)->dispose (object);
}

static void
kontor_tag_box_class_init (KontorTagBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_tag_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, KONTOR_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-tag-box.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorTagBox, add_button);
  gtk_widget_class_bind_template_child (widget_class, KontorTagBox, popover);
  gtk_widget_class_bind_template_child (widget_class, KontorTagBox, entry);
  gtk_widget_class_bind_template_child (widget_class, KontorTagBox, list);
  gtk_widget_class_bind_template_child (widget_class, KontorTagBox, create_button);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
}

static void
kontor_tag_box_init (KontorTagBox *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * kontor_tag_box_set_session:
 * @self: a tag box
 * @session: a session
 */
void
kontor_tag_box_set_session (KontorTagBox *self, KontorSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * kontor_tag_box_set_record:
 * @self: a tag box
 * @record: a stored record
 * @tags: (element-type KontorRecord): the tags on it
 */
void
kontor_tag_box_set_record (KontorTagBox *self, KontorRecord *record, GPtrArray *tags)
{
  g_set_object (&self->record, record);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  self->tags = g_ptr_array_ref (tags);
  show_chips (self);
}

/**
 * kontor_tag_box_popup:
 * @self: a tag box
 *
 * Opens the list of tags to choose from.
 */
void
kontor_tag_box_popup (KontorTagBox *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->add_button)))
    gtk_menu_button_popup (self->add_button);
}
