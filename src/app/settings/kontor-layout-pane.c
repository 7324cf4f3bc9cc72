/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list: headings of sections, their fields, and below "Not shown" the rest. Where a row stands
 * is what the layout says; its tick moves it. */
#include "config.h"

#include "kontor-layout-pane.h"

#include "kontor-form.h"
#include <string.h>
#include <glib/gi18n.h>

#define OFF_KEY "off"
#define FIELD_PREFIX "f:"
#define SECTION_PREFIX "s:"

static const char *const places[] = { KONTOR_LAYOUT_PAGE, KONTOR_LAYOUT_NEW, KONTOR_LAYOUT_LIST };

struct _KontorLayoutPane
{
  KontorSettingsPane parent_instance;

  const KontorLayoutSpec *spec;
  guint place;          /* of places */
  KontorLayout *layout; /* owned (nullable): as it is stored */
  GMenu *menu;          /* owned */

  /* borrowed */
  GtkWidget *toggles[G_N_ELEMENTS (places)];
  GtkWidget *reset;
  KontorForm *form;
  KontorFieldEditor *title;
  KontorOrderItem *section; /* owned (nullable): that is renamed */
  guint n_sections;         /* for keys */
  gboolean can;
};

G_DEFINE_FINAL_TYPE (KontorLayoutPane, kontor_layout_pane, KONTOR_TYPE_SETTINGS_PANE)

static KontorSession *
get_session (KontorLayoutPane *self)
{
  return kontor_settings_pane_get_session (KONTOR_SETTINGS_PANE (self));
}

static KontorSchema *
get_schema (KontorLayoutPane *self)
{
  return kontor_session_get_schema (get_session (self));
}

static gboolean
is_page (KontorLayoutPane *self)
{
  return self->place == 0;
}

/* --- Rows ------------------------------------------------------------------------------------- */

/* The name is what a record is known by: it is in each list and each window for new ones. */
static gboolean
is_always (KontorLayoutPane *self, const KontorFieldDef *field)
{
  return !is_page (self) && g_str_equal (field->name, "name");
}

static gboolean
can_offer (KontorLayoutPane *self, const KontorFieldDef *field)
{
  if ((field->flags & KONTOR_FIELD_HIDDEN) != 0 ||
      kontor_field_kind_storage (field->kind) == KONTOR_STORAGE_NONE)
    return FALSE;
  switch (field->kind)
    {
    case KONTOR_FIELD_JSON:
    case KONTOR_FIELD_FILE:
    case KONTOR_FIELD_TYPE:
    case KONTOR_FIELD_LINK_ANY:
      return FALSE;
    case KONTOR_FIELD_CURRENCY: /* stands beside the amount */
      if ((field->flags & KONTOR_FIELD_CUSTOM) == 0)
        return FALSE;
      break;
    default:
      break;
    }
  if (g_str_equal (places[self->place], KONTOR_LAYOUT_NEW))
    return kontor_field_is_editable (field) && !is_always (self, field);
  return !g_str_equal (places[self->place], KONTOR_LAYOUT_LIST) ||
         (field->flags & KONTOR_FIELD_IN_LIST) != 0;
}

static KontorOrderItem *
add_heading (KontorLayoutPane *self, GPtrArray *items, const char *key, const char *title)
{
  KontorOrderItem *item = kontor_order_item_new (key, title, NULL);

  item->heading = TRUE;
  item->fixed = item->plain = TRUE;
  item->passable = items->len > 0;
  g_ptr_array_add (items, item);
  return item;
}

/* The first one needs no title of its own. */
static void
add_section (KontorLayoutPane *self, GPtrArray *items, guint i, const char *title)
{
  g_autofree char *key = g_strdup_printf (SECTION_PREFIX "%u", i);
  static const char *const first[] = { N_("At the top"), N_("Shown at once"), N_("Columns") };
  KontorOrderItem *item;

  if (i == 0)
    add_heading (self, items, key, _(first[self->place]));
  else if (!is_page (self))
    add_heading (self, items, key, _("Under “More fields”"));
  else
    {
      item = add_heading (self, items, key, title != NULL ? title : _("Section without a title"));
      item->fixed = item->plain = FALSE;
    }
}

static void
add_field (KontorLayoutPane *self, GPtrArray *items, const KontorFieldDef *field, gboolean shown)
{
  g_autofree char *key = g_strconcat (FIELD_PREFIX, field->name, NULL);
  KontorOrderItem *item =
    kontor_order_item_new (key,
                           kontor_field_get_label (field),
                           (field->flags & KONTOR_FIELD_CUSTOM) != 0 ? _("Your own") : NULL);

  item->checkable = !is_always (self, field);
  item->checked = shown;
  item->dim = !shown;
  item->plain = FALSE;
  g_ptr_array_add (items, item);
}

static KontorLayoutAdd
get_add (KontorLayoutPane *self)
{
  return is_page (self)     ? KONTOR_LAYOUT_ADD_CUSTOM
         : self->place == 1 ? KONTOR_LAYOUT_ADD_REQUIRED
                            : KONTOR_LAYOUT_ADD_NONE;
}

static GPtrArray *
create_items (KontorLayoutPane *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(KontorLayout) usual = self->spec->usual (self->spec->type, places[self->place]);
  g_autoptr(GPtrArray) parts = kontor_layout_resolve (self->layout,
                                                       usual,
                                                       get_schema (self),
                                                       self->spec->type,
                                                       get_add (self));
  g_autoptr(GPtrArray) all = kontor_schema_get_fields (get_schema (self), self->spec->type);
  g_autoptr(GHashTable) shown = g_hash_table_new (NULL, NULL);
  guint least = g_str_equal (places[self->place], KONTOR_LAYOUT_NEW) ? 2 : 1;

  for (guint i = 0; i < MAX (parts->len, least); i++)
    {
      const KontorLayoutPart *part = i < parts->len ? g_ptr_array_index (parts, i) : NULL;

      if (i < 1 || is_page (self) || i < least)
        add_section (self, items, i, part != NULL ? part->title : NULL);
      for (guint j = 0; part != NULL && j < part->fields->len; j++)
        {
          const KontorFieldDef *field = g_ptr_array_index (part->fields, j);

          g_hash_table_add (shown, (gpointer) field);
          add_field (self, items, field, TRUE);
        }
    }
  self->n_sections = MAX (self->n_sections, parts->len);
  add_heading (self, items, OFF_KEY, _("Not shown"));
  for (guint i = 0; i < all->len; i++)
    if (can_offer (self, g_ptr_array_index (all, i)) &&
        !g_hash_table_contains (shown, g_ptr_array_index (all, i)))
      add_field (self, items, g_ptr_array_index (all, i), FALSE);
  return items;
}

/* The oldest one for everybody: the one that is shown. */
static KontorRecord *
find_layout (KontorLayoutPane *self)
{
  GPtrArray *records = kontor_settings_pane_get_records (KONTOR_SETTINGS_PANE (self));
  KontorRecord *found = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);

      if (g_strcmp0 (kontor_record_get_text (record, KONTOR_LAYOUT_PLACE), places[self->place]) ==
            0 &&
          kontor_record_is_null (record, KONTOR_LAYOUT_ROLE) &&
          (found == NULL || memcmp (kontor_record_get_id (record)->b,
                                    kontor_record_get_id (found)->b,
                                    KONTOR_ID_SIZE) < 0))
        found = record;
    }
  return found;
}

static void
show (KontorLayoutPane *self)
{
  KontorRecord *record = find_layout (self);
  g_autoptr(GPtrArray) items = NULL;

  g_clear_pointer (&self->layout, kontor_layout_unref);
  if (record != NULL)
    self->layout =
      kontor_layout_parse (kontor_record_get_text (record, KONTOR_LAYOUT_DEFINITION), NULL);
  items = create_items (self);
  /* keys go nowhere from a button that can't be pressed any more */
  if (record == NULL && gtk_widget_has_focus (self->reset))
    gtk_widget_grab_focus (
      GTK_WIDGET (kontor_settings_pane_get_list (KONTOR_SETTINGS_PANE (self))));
  gtk_widget_set_sensitive (self->reset, record != NULL && self->can);
  kontor_settings_pane_set_rows (KONTOR_SETTINGS_PANE (self), items);
}

static void
kontor_layout_pane_show (KontorSettingsPane *pane, GPtrArray *records)
{
  show (KONTOR_LAYOUT_PANE (pane));
}

static KontorQuery *
kontor_layout_pane_build_query (KontorSettingsPane *pane)
{
  KontorQuery *query = kontor_query_new (&kontor_layout_type);

  kontor_query_take_filter (query,
                            kontor_filter_new_compare (kontor_field_by_id (KONTOR_LAYOUT_TYPE),
                                                       KONTOR_OP_EQ,
                                                       KONTOR_LAYOUT_PANE (pane)
                                                         ->spec->type->name));
  return query;
}

/* --- From the rows to the layout -------------------------------------------------------------- */

/* Names nobody knows now come back with what they were of: a field whose removal is undone. */
static void
keep_unknown (KontorLayoutPane *self, GPtrArray *from, GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    {
      const char *name = g_ptr_array_index (from, i);
      const KontorFieldDef *field =
        kontor_schema_find_field (get_schema (self), self->spec->type, name);

      if (field == NULL || (field->flags & KONTOR_FIELD_HIDDEN) != 0)
        g_ptr_array_add (to, g_strdup (name));
    }
}

static void
keep_all_unknown (KontorLayoutPane *self, KontorLayout *layout)
{
  for (guint i = 0; self->layout != NULL && i < self->layout->sections->len; i++)
    {
      const KontorLayoutSection *from = g_ptr_array_index (self->layout->sections, i);
      KontorLayoutSection *to =
        g_ptr_array_index (layout->sections, MIN (i, layout->sections->len - 1));

      keep_unknown (self, from->fields, to->fields);
    }
  if (self->layout != NULL)
    keep_unknown (self, self->layout->off, layout->off);
}

static KontorLayout *
create_layout (KontorLayoutPane *self)
{
  GListModel *items =
    kontor_order_list_get_items (kontor_settings_pane_get_list (KONTOR_SETTINGS_PANE (self)));
  KontorLayout *layout = kontor_layout_new ();
  KontorLayoutSection *section = NULL;
  gboolean off = FALSE;

  layout->rest = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (item->key, OFF_KEY))
        off = TRUE;
      else if (g_str_has_prefix (item->key, SECTION_PREFIX))
        section = kontor_layout_add_section (layout, item->plain ? NULL : item->title);
      else
        g_ptr_array_add (off ? layout->off : section->fields,
                         g_strdup (item->key + strlen (FIELD_PREFIX)));
    }
  keep_all_unknown (self, layout);
  return layout;
}

static void
store (KontorLayoutPane *self, KontorLayout *layout)
{
  KontorRecord *record = find_layout (self);
  g_autofree char *definition = kontor_layout_to_text (layout);
  /* Translators: %s is a type of records: "Layout changed: People" */
  g_autofree char *label = g_strdup_printf (_("Layout changed: %s"),
                                            kontor_record_type_get_label_plural (self->spec->type));
  g_autoptr(KontorStep) step = kontor_step_new (label);

  if (record != NULL)
    kontor_step_set_text (step,
                          kontor_record_get_id (record),
                          KONTOR_LAYOUT_DEFINITION,
                          definition);
  else
    {
      g_autoptr(KontorRecord) draft = kontor_record_new (&kontor_layout_type, NULL);

      kontor_record_set_text (draft, KONTOR_LAYOUT_TYPE, self->spec->type->name);
      kontor_record_set_text (draft, KONTOR_LAYOUT_PLACE, places[self->place]);
      kontor_record_set_text (draft, KONTOR_LAYOUT_DEFINITION, definition);
      kontor_step_create (step, draft);
    }
  kontor_settings_pane_commit (KONTOR_SETTINGS_PANE (self), step);
}

static void
store_rows (KontorLayoutPane *self)
{
  g_autoptr(KontorLayout) layout = create_layout (self);

  store (self, layout);
}

/* --- What the person does --------------------------------------------------------------------- */

static guint
find_position (KontorLayoutPane *self, const char *key)
{
  GListModel *items =
    kontor_order_list_get_items (kontor_settings_pane_get_list (KONTOR_SETTINGS_PANE (self)));
  guint i = 0;

  for (; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (item->key, key))
        break;
    }
  return i;
}

static void
kontor_layout_pane_toggled (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (pane);
  guint off = find_position (self, OFF_KEY);
  guint at = find_position (self, item->key);

  if (item->checked && at > off)
    kontor_order_list_move (kontor_settings_pane_get_list (pane), item, off);
  else if (!item->checked && at < off)
    kontor_order_list_move (kontor_settings_pane_get_list (pane), item, off);
  store_rows (self);
}

static void
kontor_layout_pane_moved (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (pane);
  guint at = find_position (self, item->key);
  guint off = find_position (self, OFF_KEY);

  /* neither a section nor what is always there goes below */
  if (at > off && (item->heading || !item->checkable))
    show (self);
  else
    store_rows (self);
}

static void
title_activated_cb (KontorLayoutPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "settings.accept", NULL);
}

static void
ask_title (KontorLayoutPane *self, const char *title, const char *heading, const char *verb)
{
  self->form = g_object_new (KONTOR_TYPE_FORM, NULL);
  kontor_form_set_session (self->form, get_session (self));
  self->title =
    kontor_form_add_field (self->form, kontor_field_by_id (KONTOR_PICK_LIST_LABEL), _("Title"));
  kontor_field_editor_set_text (self->title, title);
  g_signal_connect_object (self->form,
                           "activate",
                           G_CALLBACK (title_activated_cb),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_settings_pane_show_form (KONTOR_SETTINGS_PANE (self),
                                  GTK_WIDGET (self->form),
                                  heading,
                                  verb);
}

static void
kontor_layout_pane_add (KontorSettingsPane *pane)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (pane);

  g_clear_object (&self->section);
  ask_title (self, "", _("New section"), _("_Add"));
}

static void
kontor_layout_pane_open (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (pane);

  if (!self->can)
    return;
  if (item->heading)
    {
      g_set_object (&self->section, item);
      ask_title (self, item->title, _("Rename section"), _("_Save"));
    }
  else if (item->checkable)
    gtk_widget_activate_action (GTK_WIDGET (kontor_settings_pane_get_list (pane)),
                                "order.toggle",
                                NULL);
}

/* A new section is empty, and stands last. */
static void
insert_section (KontorLayoutPane *self, const char *title)
{
  g_autoptr(KontorLayout) layout = create_layout (self);

  kontor_layout_add_section (layout, title);
  store (self, layout);
}

static void
kontor_layout_pane_accept (KontorSettingsPane *pane)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (pane);
  g_autofree char *title = g_strstrip (kontor_field_editor_dup_text (self->title));
  g_autofree char *wrong = kontor_settings_check_text (self->title);

  if (wrong != NULL)
    {
      kontor_form_show_error (self->form, GTK_WIDGET (self->title), wrong);
      return;
    }
  if (self->section == NULL)
    insert_section (self, title);
  else
    {
      g_free (self->section->title);
      self->section->title = g_strdup (title);
      store_rows (self);
    }
  kontor_settings_pane_close_form (pane);
}

/* Of a section: its fields go to the one above. Of a field: it is shown no more. */
static void
kontor_layout_pane_remove (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (pane);
  GListModel *items = kontor_order_list_get_items (kontor_settings_pane_get_list (pane));
  guint at;

  if (!self->can)
    return;
  if (!item->heading)
    {
      if (item->checkable && item->checked)
        kontor_layout_pane_open (pane, item);
      return;
    }
  at = find_position (self, item->key);
  g_list_store_remove (G_LIST_STORE (items), at);
  store_rows (self);
}

static void
reset_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (widget);
  KontorRecord *record = find_layout (self);
  g_autofree char *label = g_strdup_printf (_("Layout as usual again: %s"),
                                            kontor_record_type_get_label_plural (self->spec->type));
  g_autoptr(KontorStep) step = kontor_step_new (label);

  if (record == NULL)
    return;
  kontor_step_trash (step, &kontor_layout_type, kontor_record_get_id (record));
  kontor_settings_pane_commit (KONTOR_SETTINGS_PANE (self), step);
}

/* --- Places ----------------------------------------------------------------------------------- */

static void
update_words (KontorLayoutPane *self)
{
  static const char *const hints[] = {
    N_("Space shows or hides a field, Alt+Up and Alt+Down move it."),
    N_("Name, organisation, phone and e-mail are always there. Space shows or hides a field."),
    N_("What a list shows until somebody arranges its columns. Space shows or hides one."),
  };

  kontor_settings_pane_set_words (KONTOR_SETTINGS_PANE (self),
                                  is_page (self) && self->can ? _("_Add section") : NULL,
                                  _(hints[self->place]),
                                  "",
                                  "");
}

static void
place_toggled_cb (GtkToggleButton *button, KontorLayoutPane *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (self->toggles[i] == GTK_WIDGET (button))
      self->place = i;
  update_words (self);
  show (self);
}

static GtkWidget *
create_top (KontorLayoutPane *self)
{
  static const char *const labels[] = { N_("Page"), N_("New record"), N_("List") };
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (linked, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      self->toggles[i] = gtk_toggle_button_new_with_label (_(labels[i]));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->toggles[i]),
                                     GTK_TOGGLE_BUTTON (self->toggles[0]));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles[i]), i == 0);
      g_signal_connect (self->toggles[i], "toggled", G_CALLBACK (place_toggled_cb), self);
      gtk_box_append (GTK_BOX (linked), self->toggles[i]);
    }
  gtk_widget_set_hexpand (linked, TRUE);
  self->reset = gtk_button_new_with_mnemonic (_("_Reset to default"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->reset), "layout.reset");
  gtk_box_append (GTK_BOX (box), linked);
  gtk_box_append (GTK_BOX (box), self->reset);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_layout_pane_dispose (GObject *object)
{
  KontorLayoutPane *self = KONTOR_LAYOUT_PANE (object);

  g_clear_pointer (&self->layout, kontor_layout_unref);
  g_clear_object (&self->section);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (kontor_layout_pane_parent_class)->dispose (object);
}

static void
kontor_layout_pane_class_init (KontorLayoutPaneClass *klass)
{
  KontorSettingsPaneClass *pane_class = KONTOR_SETTINGS_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_layout_pane_dispose;
  pane_class->build_query = kontor_layout_pane_build_query;
  pane_class->show = kontor_layout_pane_show;
  pane_class->add = kontor_layout_pane_add;
  pane_class->open = kontor_layout_pane_open;
  pane_class->accept = kontor_layout_pane_accept;
  pane_class->moved = kontor_layout_pane_moved;
  pane_class->toggled = kontor_layout_pane_toggled;
  pane_class->remove = kontor_layout_pane_remove;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "layout.reset", NULL, reset_activated);
}

static void
kontor_layout_pane_init (KontorLayoutPane *self)
{
  self->menu = g_menu_new ();
  g_menu_append (self->menu, _("_Show, hide or rename"), "order.open");
  g_menu_append (self->menu, _("Move _up"), "order.up");
  g_menu_append (self->menu, _("Move _down"), "order.down");
  g_menu_append (self->menu, _("_Remove from here"), "order.remove");
}

/**
 * kontor_layout_pane_new:
 * @session: a session
 * @spec: the type, and its usual layouts
 *
 * Returns: (transfer full): a page of its layouts
 */
GtkWidget *
kontor_layout_pane_new (KontorSession *session, const KontorLayoutSpec *spec)
{
  KontorLayoutPane *self = g_object_new (KONTOR_TYPE_LAYOUT_PANE, NULL);
  KontorSettingsPane *pane = KONTOR_SETTINGS_PANE (self);
  KontorOrderList *list = kontor_settings_pane_get_list (pane);

  self->spec = spec;
  self->can = kontor_session_can (session, &kontor_layout_type, NULL, KONTOR_RIGHT_WRITE);
  if (self->can)
    kontor_order_list_set_menu (list, G_MENU_MODEL (self->menu));
  gtk_widget_set_sensitive (GTK_WIDGET (list), self->can);
  kontor_settings_pane_set_top (pane, create_top (self));
  kontor_settings_pane_set_up (pane,
                               session,
                               kontor_record_type_get_label_plural (spec->type),
                               _("Layout"));
  update_words (self);
  return GTK_WIDGET (self);
}
