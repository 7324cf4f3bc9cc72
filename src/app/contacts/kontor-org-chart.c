/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the tree that was read and commits changes of it; reads it again when something changed,
 * and keeps what is unfolded and selected. */
#include "config.h"

#include "kontor-org-chart.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-field-text.h"
#include "kontor-link-entry.h"
#include "kontor-new-party-dialog.h"
#include "kontor-org-item.h"
#include <glib/gi18n.h>

#define UNFOLD_AT_MOST 200

struct _KontorOrgChart
{
  AdwWindow parent_instance;

  /* template */
  AdwToastOverlay *overlay;
  AdwWindowTitle *window_title;
  GtkWidget *box;
  GtkWidget *add_button;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  KontorSession *session;
  KontorRecord *account;
  GCancellable *cancellable;
  KontorOrgItem *root;
  GtkTreeListModel *tree;
  GtkSingleSelection *selection;
  GtkPopover *popover; /* a child of .box */
  AdwToast *toast;     /* (nullable): the last one */

  KontorLinkEntry *choice; /* borrowed: in .popover */
  gboolean people;
  gboolean loading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (KontorOrgChart, kontor_org_chart, ADW_TYPE_WINDOW)

static void load (KontorOrgChart *self);

/* One at a time: the newer replaces. */
static void
show_toast (KontorOrgChart *self, AdwToast *toast)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_object (&self->toast, toast);
  adw_toast_overlay_add_toast (self->overlay, toast);
}

static void
tell (KontorOrgChart *self, const char *text)
{
  show_toast (self, adw_toast_new (text));
}

/* --- Rows ------------------------------------------------------------------------------------- */

static char *
dup_detail (KontorOrgChart *self, KontorRecord *record)
{
  static const KontorFieldId people_fields[] = { KONTOR_ACCOUNT_CONTACT_POSITION,
                                                 KONTOR_ACCOUNT_CONTACT_DEPARTMENT,
                                                 KONTOR_ACCOUNT_CONTACT_DECISION_ROLE,
                                                 0 };
  static const KontorFieldId account_fields[] = { KONTOR_ACCOUNT_KIND, KONTOR_ACCOUNT_CITY, 0 };
  g_autoptr(GString) text = g_string_new (NULL);

  for (const KontorFieldId *id = self->people ? people_fields : account_fields; *id != 0; id++)
    {
      g_autofree char *value =
        kontor_field_text_full (self->session, record, kontor_field_by_id (*id));

      if (*value != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static KontorOrgItem *
get_item (GtkListItem *list_item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  KontorOrgItem *item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  /* the row holds it */
  if (item != NULL)
    g_object_unref (item);
  return item;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkListItem *list_item)
{
  KontorOrgItem *item = get_item (list_item);

  return item != NULL ? gdk_content_provider_new_typed (KONTOR_TYPE_ORG_ITEM, item) : NULL;
}

static void commit_parent (KontorOrgChart *self, KontorOrgItem *item, KontorOrgItem *parent);

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, GtkListItem *list_item)
{
  KontorOrgChart *self = g_object_get_data (G_OBJECT (target), "chart");
  KontorOrgItem *parent = get_item (list_item);
  KontorOrgItem *item = g_value_get_object (value);

  if (item == NULL || parent == NULL || item == parent)
    return FALSE;
  commit_parent (self, item, parent);
  return TRUE;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, KontorOrgChart *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_inscription_new (NULL);
  GtkWidget *detail = gtk_inscription_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (KONTOR_TYPE_ORG_ITEM, GDK_ACTION_MOVE);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (detail),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (name), 6);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (detail), 6);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (lines), name);
  gtk_box_append (GTK_BOX (lines), detail);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), count);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  /* the row has the focus, and the list the keys */
  gtk_widget_set_focusable (expander, FALSE);
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_object_set_data (G_OBJECT (drop), "chart", self);
  g_signal_connect (drag, "prepare", G_CALLBACK (drag_prepare_cb), list_item);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), list_item);
  gtk_widget_add_controller (expander, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (expander, GTK_EVENT_CONTROLLER (drop));
  gtk_list_item_set_child (list_item, expander);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, KontorOrgChart *self)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  KontorOrgItem *item = get_item (list_item);
  GtkWidget *lines = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget *name = gtk_widget_get_first_child (lines);
  GtkWidget *detail = gtk_widget_get_next_sibling (name);
  GtkWidget *count = gtk_widget_get_next_sibling (lines);
  g_autofree char *text = dup_detail (self, kontor_org_item_get_record (item));
  g_autofree char *number = g_strdup_printf ("%u", kontor_org_item_get_n_children (item));
  g_autofree char *label =
    g_strconcat (kontor_org_item_get_name (item), *text != '\0' ? ", " : "", text, NULL);

  gtk_tree_expander_set_list_row (expander, gtk_list_item_get_item (list_item));
  gtk_inscription_set_text (GTK_INSCRIPTION (name), kontor_org_item_get_name (item));
  gtk_inscription_set_text (GTK_INSCRIPTION (detail), text);
  gtk_widget_set_visible (detail, *text != '\0');
  gtk_label_set_text (GTK_LABEL (count), kontor_org_item_get_n_children (item) > 0 ? number : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, KontorOrgChart *self)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item)), NULL);
}

/* --- The selected row ------------------------------------------------------------------------- */

static GtkTreeListRow *
get_selected_row (KontorOrgChart *self)
{
  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

static KontorOrgItem *
get_selected (KontorOrgChart *self)
{
  GtkTreeListRow *row = get_selected_row (self);
  KontorOrgItem *item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (item != NULL)
    g_object_unref (item);
  return item;
}

static void
select_item (KontorOrgChart *self, const KontorId *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tree));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->tree), i);
      g_autoptr(KontorOrgItem) item = gtk_tree_list_row_get_item (row);

      if (!kontor_id_equal (kontor_record_get_id (kontor_org_item_get_record (item)), id))
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      kontor_list_view_scroll_to (self->list, i);
      return;
    }
}

/* --- The focus -------------------------------------------------------------------------------- */

/* The row itself: from the list the first arrow would only move the focus into it. */
static gboolean
focus_selected_cb (gpointer data)
{
  KontorOrgChart *self = data;
  guint selected;

  if (self->list == NULL || self->selection == NULL)
    return G_SOURCE_REMOVE;
  selected = gtk_single_selection_get_selected (self->selection);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *expander = gtk_widget_get_first_child (child);
      GtkTreeListRow *row =
        expander != NULL ? gtk_tree_expander_get_list_row (GTK_TREE_EXPANDER (expander)) : NULL;

      if (row != NULL && gtk_tree_list_row_get_position (row) == selected &&
          gtk_widget_grab_focus (child))
        return G_SOURCE_REMOVE;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return G_SOURCE_REMOVE;
}

static void
focus_selected_soon (KontorOrgChart *self)
{
  g_idle_add_full (G_PRIORITY_LOW, focus_selected_cb, g_object_ref (self), g_object_unref);
}

/* --- Showing the tree ------------------------------------------------------------------------- */

static GListModel *
create_children (gpointer item, gpointer data)
{
  return kontor_org_item_create_children (KONTOR_ORG_ITEM (item));
}

/* Ids of what is unfolded. */
static GHashTable *
list_unfolded (KontorOrgChart *self)
{
  GHashTable *ids = g_hash_table_new_full (kontor_id_hash, kontor_id_equal, g_free, NULL);
  guint n = self->tree != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->tree)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->tree), i);
      g_autoptr(KontorOrgItem) item = gtk_tree_list_row_get_item (row);

      if (gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (ids,
                          kontor_id_copy (
                            kontor_record_get_id (kontor_org_item_get_record (item))));
    }
  return ids;
}

/* What is selected stays in sight where it was moved to. */
static void
add_ancestors (GHashTable *ids, KontorOrgItem *item)
{
  for (item = item != NULL ? kontor_org_item_get_parent (item) : NULL;
       item != NULL && kontor_org_item_get_record (item) != NULL;
       item = kontor_org_item_get_parent (item))
    g_hash_table_add (ids,
                      kontor_id_copy (kontor_record_get_id (kontor_org_item_get_record (item))));
}

/* What was unfolded before, or at first as much as fits. */
static void
unfold (KontorOrgChart *self, GHashTable *ids)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr(GtkTreeListRow) row = NULL;
      g_autoptr(KontorOrgItem) item = NULL;

      if (ids == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->tree)) > UNFOLD_AT_MOST)
        return;
      row = g_list_model_get_item (G_LIST_MODEL (self->tree), i);
      item = gtk_tree_list_row_get_item (row);
      if (kontor_org_item_get_n_children (item) > 0 &&
          (ids == NULL ||
           g_hash_table_contains (ids, kontor_record_get_id (kontor_org_item_get_record (item)))))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
show_tree (KontorOrgChart *self, KontorOrgItem *root)
{
  g_autoptr(GHashTable) unfolded = self->tree != NULL ? list_unfolded (self) : NULL;
  KontorOrgItem *selected = get_selected (self);
  KontorId kept = selected != NULL ? *kontor_record_get_id (kontor_org_item_get_record (selected))
                                   : *kontor_record_get_id (self->account);
  GListModel *top = kontor_org_item_create_children (root);

  gtk_stack_set_visible_child_name (self->stack, top != NULL ? "tree" : "empty");
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_set_object (&self->root, root);
  if (top == NULL)
    return;
  self->tree = gtk_tree_list_model_new (top, FALSE, FALSE, create_children, NULL, NULL);
  if (unfolded != NULL)
    add_ancestors (unfolded, kontor_org_item_find (root, &kept));
  unfold (self, unfolded);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->tree)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  select_item (self, &kept);
  /* else a toast would take it when the rows go */
  focus_selected_soon (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorOrgChart *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorOrgItem) root = kontor_org_tree_read_finish (result, &error);

  self->loading = FALSE;
  if (root != NULL && self->list != NULL)
    {
      show_tree (self, root);
      if (self->stale)
        load (self);
    }
  else if (error != NULL && self->list != NULL &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      tell (self, error->message);
    }
  g_object_unref (self);
}

static void
load (KontorOrgChart *self)
{
  self->stale = FALSE;
  self->loading = TRUE;
  kontor_org_tree_read_async (self->session,
                              kontor_record_get_id (self->account),
                              self->people,
                              self->cancellable,
                              read_cb,
                              g_object_ref (self));
}

static void
workspace_changed_cb (KontorSession *session, KontorChangeSet *changes, KontorOrgChart *self)
{
  if (!kontor_change_set_touches_type (changes, &kontor_account_contact_type) &&
      !kontor_change_set_touches_type (changes, &kontor_account_type) &&
      !kontor_change_set_touches_type (changes, &kontor_contact_type))
    return;
  if (self->loading)
    self->stale = TRUE;
  else
    load (self);
}

/* --- Changing it ------------------------------------------------------------------------------ */

/* A toast has one line: of a circle it says who is in it. */
static void
tell_refused (KontorOrgChart *self, const GError *error)
{
  g_autoptr(GError) copy = g_error_copy (error);
  const KontorErrorDetail *detail = kontor_error_get_detail (copy);
  g_autofree char *text = NULL;

  if (detail == NULL || detail->value == NULL || strstr (detail->value, " → ") == NULL)
    {
      tell (self, error->message);
      return;
    }
  /* Translators: %s is a chain of titles: A → B → A */
  text = g_strdup_printf (_("This would go round in a circle: %s."), detail->value);
  tell (self, text);
}

static void
committed (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorOrgChart *self = data;

  if (self->list == NULL)
    return;
  if (error != NULL)
    {
      tell_refused (self, error);
      return;
    }
  {
    AdwToast *toast = adw_toast_new (commit->label);

    adw_toast_set_button_label (toast, _("_Undo"));
    adw_toast_set_action_name (toast, "chart.undo");
    adw_toast_set_timeout (toast, 8);
    show_toast (self, toast);
  }
}

/* The root as @parent: at the top. */
static void
commit_parent (KontorOrgChart *self, KontorOrgItem *item, KontorOrgItem *parent)
{
  KontorRecord *above = kontor_org_item_get_record (parent);
  KontorRecord *record = kontor_org_item_get_record (item);
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (kontor_org_item_get_parent (item) == parent)
    return;
  if (above == NULL)
    /* Translators: %s is a person or an organisation that has nobody above it now */
    label = g_strdup_printf (_("%s moved to the top"), kontor_org_item_get_name (item));
  else if (self->people)
    /* Translators: two people */
    label = g_strdup_printf (_("%s reports to %s"),
                             kontor_org_item_get_name (item),
                             kontor_org_item_get_name (parent));
  else
    /* Translators: two organisations */
    label = g_strdup_printf (_("%s is part of %s"),
                             kontor_org_item_get_name (item),
                             kontor_org_item_get_name (parent));
  step = kontor_step_new (label);
  kontor_step_set_link (step,
                        kontor_record_get_id (record),
                        self->people ? KONTOR_ACCOUNT_CONTACT_REPORTS_TO : KONTOR_ACCOUNT_PARENT,
                        above != NULL ? kontor_record_get_id (above) : NULL);
  kontor_session_commit_then (self->session, step, committed, g_object_ref (self), g_object_unref);
}

static void
up_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrgChart *self = KONTOR_ORG_CHART (widget);
  KontorOrgItem *item = get_selected (self);
  KontorOrgItem *parent = item != NULL ? kontor_org_item_get_parent (item) : NULL;

  if (parent != NULL && kontor_org_item_get_parent (parent) != NULL)
    commit_parent (self, item, kontor_org_item_get_parent (parent));
}

/* Below the one that stands before it on the same level. */
static void
down_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrgChart *self = KONTOR_ORG_CHART (widget);
  KontorOrgItem *item = get_selected (self);
  guint position = item != NULL ? gtk_single_selection_get_selected (self->selection) : 0;

  while (position-- > 0)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->tree), position);
      g_autoptr(KontorOrgItem) other = gtk_tree_list_row_get_item (row);

      if (kontor_org_item_get_parent (other) != kontor_org_item_get_parent (item))
        continue;
      gtk_tree_list_row_set_expanded (row, TRUE);
      commit_parent (self, item, other);
      return;
    }
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrgChart *self = KONTOR_ORG_CHART (widget);
  KontorOrgItem *item = get_selected (self);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const KontorId *id;
  char text[KONTOR_ID_TEXT_SIZE];

  if (item == NULL || parent == NULL)
    return;
  id = self->people ? kontor_record_get_link (kontor_org_item_get_record (item),
                                              KONTOR_ACCOUNT_CONTACT_CONTACT)
                    : kontor_record_get_id (kontor_org_item_get_record (item));
  if (id == NULL)
    return;
  kontor_id_format (id, text);
  gtk_widget_activate_action (GTK_WIDGET (parent),
                              "win.open-record",
                              "(ss)",
                              self->people ? "contact" : "account",
                              text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
row_activated_cb (GtkListView *list, guint position, KontorOrgChart *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "chart.open", NULL);
}

static void
add_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrgChart *self = KONTOR_ORG_CHART (widget);
  GtkWidget *dialog = kontor_new_party_dialog_new (self->session, &kontor_contact_type);
  g_autofree char *title = kontor_record_dup_title (self->account);

  kontor_new_party_dialog_set_account (KONTOR_NEW_PARTY_DIALOG (dialog),
                                       kontor_record_get_id (self->account),
                                       title);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_session_undo (KONTOR_ORG_CHART (widget)->session, NULL);
}

static void
redo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_session_redo (KONTOR_ORG_CHART (widget)->session);
}

/* --- "Reports to…" ---------------------------------------------------------------------------- */

static void
chosen_cb (KontorOrgChart *self)
{
  KontorOrgItem *item = get_selected (self);
  KontorOrgItem *parent;
  KontorId id;

  if (item == NULL)
    return;
  if (*kontor_link_entry_get_text (self->choice) == '\0')
    {
      gtk_popover_popdown (self->popover);
      commit_parent (self, item, self->root);
      return;
    }
  if (!kontor_link_entry_get_link (self->choice, &id))
    return;
  gtk_popover_popdown (self->popover);
  parent = self->people ? kontor_org_item_find_person (self->root, &id)
                        : kontor_org_item_find (self->root, &id);
  if (parent != NULL)
    commit_parent (self, item, parent);
  else
    tell (self,
          self->people ? _("This person does not work here.")
                       : _("This organisation does not belong to the structure."));
}

static void
create_popover (KontorOrgChart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (self->people ? _("Reports to") : _("Part of"));
  GtkWidget *entry =
    kontor_link_entry_new (self->session,
                           self->people ? &kontor_contact_type : &kontor_account_type);

  self->choice = KONTOR_LINK_ENTRY (entry);
  kontor_link_entry_set_label (self->choice, gtk_label_get_text (GTK_LABEL (label)));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_size_request (entry, 260, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, box);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), self->box);
  g_signal_connect_object (entry, "activate", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover,
                           "closed",
                           G_CALLBACK (focus_selected_soon),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
reports_to_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorOrgChart *self = KONTOR_ORG_CHART (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 100, 40);

  if (get_selected (self) == NULL)
    return;
  if (self->popover == NULL)
    create_popover (self);
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)) &&
      !gtk_widget_compute_bounds (focus, self->box, &bounds))
    return;
  kontor_link_entry_set_link (self->choice, NULL, "");
  gtk_popover_set_pointing_to (self->popover,
                               &(const GdkRectangle){ (int) bounds.origin.x + 40,
                                                      (int) bounds.origin.y,
                                                      1,
                                                      (int) bounds.size.height });
  gtk_popover_popup (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->choice));
}

/* --- Keys ------------------------------------------------------------------------------------- */

static gboolean
unfold_key_cb (GtkWidget *list, GVariant *args, gpointer data)
{
  KontorOrgChart *self = data;
  GtkTreeListRow *row = get_selected_row (self);

  if (row == NULL || !gtk_tree_list_row_is_expandable (row) || gtk_tree_list_row_get_expanded (row))
    return FALSE;
  gtk_tree_list_row_set_expanded (row, TRUE);
  return TRUE;
}

/* Folds, or goes to the one above. */
static gboolean
fold_key_cb (GtkWidget *list, GVariant *args, gpointer data)
{
  KontorOrgChart *self = data;
  GtkTreeListRow *row = get_selected_row (self);
  g_autoptr(GtkTreeListRow) parent = row != NULL ? gtk_tree_list_row_get_parent (row) : NULL;

  if (row != NULL && gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, FALSE);
      return TRUE;
    }
  if (parent == NULL)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self->list),
                              "list.scroll-to-item",
                              "u",
                              gtk_tree_list_row_get_position (parent));
  gtk_single_selection_set_selected (self->selection, gtk_tree_list_row_get_position (parent));
  return TRUE;
}

static void
add_list_key (GtkShortcutController *keys, const char *trigger, GtkShortcutAction *action)
{
  gtk_shortcut_controller_add_shortcut (keys,
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (
                                                            trigger),
                                                          action));
}

static void
add_list_keys (KontorOrgChart *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (keys);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_list_key (controller, "Right", gtk_callback_action_new (unfold_key_cb, self, NULL));
  add_list_key (controller, "Left", gtk_callback_action_new (fold_key_cb, self, NULL));
  add_list_key (controller, "<Control>Up", gtk_named_action_new ("chart.up"));
  add_list_key (controller, "<Control>Down", gtk_named_action_new ("chart.down"));
  add_list_key (controller, "Escape", gtk_named_action_new ("window.close"));
  add_list_key (controller, "F2", gtk_named_action_new ("chart.reports-to"));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/* --- The window ------------------------------------------------------------------------------- */

static void
kontor_org_chart_dispose (GObject *object)
{
  KontorOrgChart *self = KONTOR_ORG_CHART (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_ORG_CHART);
  g_clear_object (&self->toast);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->root);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_org_chart_parent_class)->dispose (object);
}

static void
kontor_org_chart_class_init (KontorOrgChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_org_chart_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/contacts/kontor-org-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorOrgChart, overlay);
  gtk_widget_class_bind_template_child (widget_class, KontorOrgChart, window_title);
  gtk_widget_class_bind_template_child (widget_class, KontorOrgChart, box);
  gtk_widget_class_bind_template_child (widget_class, KontorOrgChart, add_button);
  gtk_widget_class_bind_template_child (widget_class, KontorOrgChart, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorOrgChart, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "chart.open", NULL, open_activated);
  gtk_widget_class_install_action (widget_class, "chart.add", NULL, add_activated);
  gtk_widget_class_install_action (widget_class, "chart.up", NULL, up_activated);
  gtk_widget_class_install_action (widget_class, "chart.down", NULL, down_activated);
  gtk_widget_class_install_action (widget_class, "chart.reports-to", NULL, reports_to_activated);
  gtk_widget_class_install_action (widget_class, "chart.undo", NULL, undo_activated);
  gtk_widget_class_install_action (widget_class, "chart.redo", NULL, redo_activated);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_z,
                                       GDK_CONTROL_MASK,
                                       "chart.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_z,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "chart.redo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_n,
                                       GDK_CONTROL_MASK,
                                       "chart.add",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kontor_org_chart_init (KontorOrgChart *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
  self->cancellable = g_cancellable_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  add_list_keys (self);
}

/**
 * kontor_org_chart_new:
 * @session: a session
 * @account: an organisation
 * @people: its people by reporting line; else what it consists of and is part of
 *
 * Returns: (transfer full): the window, which reads its tree
 */
GtkWidget *
kontor_org_chart_new (KontorSession *session, KontorRecord *account, gboolean people)
{
  KontorOrgChart *self = g_object_new (KONTOR_TYPE_ORG_CHART, NULL);
  g_autofree char *title = kontor_record_dup_title (account);
  const char *what = people ? _("Org chart") : _("Structure");

  self->session = g_object_ref (session);
  self->account = g_object_ref (account);
  self->people = people;
  adw_window_title_set_title (self->window_title, what);
  adw_window_title_set_subtitle (self->window_title, title);
  gtk_window_set_title (GTK_WINDOW (self), what);
  gtk_widget_set_visible (self->add_button, people);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  what,
                                  -1);
  g_signal_connect_object (session, "changed", G_CALLBACK (workspace_changed_cb), self, 0);
  load (self);
  return GTK_WIDGET (self);
}
