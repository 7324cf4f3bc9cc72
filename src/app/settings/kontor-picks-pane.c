/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records keep codes: renaming a value changes what is shown, and one that is removed is still
 * shown where it was chosen. */
#include "config.h"

#include "kontor-picks-pane.h"

#include "kontor-choice.h"
#include "kontor-fields-pane.h"
#include "kontor-fold.h"
#include "kontor-form.h"
#include "kontor-pick-words.h"
#include <glib/gi18n.h>

struct _KontorPicksPane
{
  KontorSettingsPane parent_instance;

  char *name;          /* of the list */
  GtkWidget *entry;    /* borrowed: a new value */
  GMenu *menu;         /* owned */
  KontorRecord *value; /* owned (nullable): what the form is about */

  /* borrowed: of the form */
  KontorForm *form;
  KontorFieldEditor *label;
  GtkDropDown *color;
  GtkWidget *inactive;
};

G_DEFINE_FINAL_TYPE (KontorPicksPane, kontor_picks_pane, KONTOR_TYPE_SETTINGS_PANE)

static KontorSession *
get_session (KontorPicksPane *self)
{
  return kontor_settings_pane_get_session (KONTOR_SETTINGS_PANE (self));
}

/* --- Rows ------------------------------------------------------------------------------------- */

static KontorOrderItem *
create_item (KontorRecord *value)
{
  g_autofree char *key = kontor_settings_key (kontor_record_get_id (value));
  const char *label = kontor_record_get_text (value, KONTOR_PICK_LIST_LABEL);
  const char *code = kontor_record_get_text (value, KONTOR_PICK_LIST_CODE);
  gboolean inactive = kontor_record_get_integer (value, KONTOR_PICK_LIST_INACTIVE) != 0;
  KontorOrderItem *item = kontor_order_item_new (key,
                                                 label != NULL ? label : code,
                                                 inactive ? _("No longer offered") : NULL);

  item->color = g_strdup (kontor_record_get_text (value, KONTOR_PICK_LIST_COLOR));
  item->dim = inactive;
  return item;
}

static void
kontor_picks_pane_show (KontorSettingsPane *pane, GPtrArray *records)
{
  KontorPicksPane *self = KONTOR_PICKS_PANE (pane);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  KontorSchema *schema = kontor_session_get_schema (get_session (self));
  g_autofree char *title = kontor_pick_list_title (schema, self->name);
  g_autofree char *users = kontor_pick_list_users (schema, self->name);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (items, create_item (g_ptr_array_index (records, i)));
  kontor_settings_pane_set_titles (pane, title, users);
  kontor_settings_pane_set_rows (pane, items);
}

static KontorQuery *
kontor_picks_pane_build_query (KontorSettingsPane *pane)
{
  KontorPicksPane *self = KONTOR_PICKS_PANE (pane);
  KontorQuery *query = kontor_query_new (&kontor_pick_list_type);

  kontor_query_take_filter (query,
                            kontor_filter_new_compare (kontor_field_by_id (KONTOR_PICK_LIST_LIST),
                                                       KONTOR_OP_EQ,
                                                       self->name));
  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_PICK_LIST_POSITION), FALSE);
  return query;
}

/* --- Adding ----------------------------------------------------------------------------------- */

/* A value called @label in any case, but for @except. */
static KontorRecord *
find_label (KontorPicksPane *self, const char *label, KontorRecord *except)
{
  GPtrArray *records = kontor_settings_pane_get_records (KONTOR_SETTINGS_PANE (self));
  g_autofree char *folded = kontor_fold_sort (label);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      KontorRecord *record = g_ptr_array_index (records, i);
      const char *text = kontor_record_get_text (record, KONTOR_PICK_LIST_LABEL);
      g_autofree char *other = kontor_fold_sort (text != NULL ? text : "");

      if (record != except && g_str_equal (folded, other))
        return record;
    }
  return NULL;
}

static char *
dup_refusal (KontorPicksPane *self, const char *label, KontorRecord *except)
{
  if (*label == '\0')
    return g_strdup (_("This is missing. Fill it in."));
  if (find_label (self, label, except) != NULL)
    return g_strdup_printf (_("The list has “%s” already."), label);
  return NULL;
}

static gint64
next_position (KontorPicksPane *self)
{
  GPtrArray *records = kontor_settings_pane_get_records (KONTOR_SETTINGS_PANE (self));
  gint64 last = -1;

  for (guint i = 0; records != NULL && i < records->len; i++)
    last =
      MAX (last,
           kontor_record_get_integer (g_ptr_array_index (records, i), KONTOR_PICK_LIST_POSITION));
  return last + 1;
}

static void
entry_changed_cb (KontorPicksPane *self)
{
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_set_tooltip_text (self->entry, NULL);
}

/* Enter adds, and waits for the next one. */
static void
entry_activated_cb (KontorPicksPane *self)
{
  g_autofree char *label =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *refusal = dup_refusal (self, label, NULL);
  g_autofree char *words = NULL;
  g_autofree char *code = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (*label == '\0')
    return;
  if (refusal != NULL)
    {
      gtk_widget_add_css_class (self->entry, "error");
      gtk_widget_set_tooltip_text (self->entry, refusal);
      kontor_session_tell (get_session (self), refusal);
      return;
    }
  words = g_strdup_printf (_("“%s” added to the list"), label);
  step = kontor_step_new (words);
  code = kontor_pick_code (kontor_session_get_schema (get_session (self)), self->name, label);
  kontor_pick_add_value (step, self->name, code, label, next_position (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  kontor_settings_pane_commit (KONTOR_SETTINGS_PANE (self), step);
}

static void
kontor_picks_pane_add (KontorSettingsPane *pane)
{
  gtk_widget_grab_focus (KONTOR_PICKS_PANE (pane)->entry);
}

static GtkWidget *
create_entry (KontorPicksPane *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 255);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("New value"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("New value"),
                                  -1);
  gtk_widget_set_margin_top (self->entry, 12);
  gtk_widget_set_margin_start (self->entry, 12);
  gtk_widget_set_margin_end (self->entry, 12);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activated_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_changed_cb), self);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->entry);
  return clamp;
}

/* --- Changing --------------------------------------------------------------------------------- */

static GtkWidget *
create_color (KontorPicksPane *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  const char *present = kontor_record_get_text (self->value, KONTOR_PICK_LIST_COLOR);
  GtkWidget *choice;
  guint selected = 0;

  gtk_string_list_append (words, _("None"));
  for (guint i = 0; kontor_color_names[i] != NULL; i++)
    {
      gtk_string_list_append (words, kontor_color_label (kontor_color_names[i]));
      if (g_strcmp0 (kontor_color_names[i], present) == 0)
        selected = i + 1;
    }
  choice = kontor_choice_new (G_LIST_MODEL (words));
  kontor_choice_set_label (GTK_DROP_DOWN (choice), _("Colour"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  return choice;
}

static void
accept (KontorPicksPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "settings.accept", NULL);
}

static void
kontor_picks_pane_open (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorPicksPane *self = KONTOR_PICKS_PANE (pane);
  KontorRecord *value = kontor_settings_pane_find_record (pane, item->key);

  if (value == NULL)
    return;
  g_set_object (&self->value, value);
  self->form = g_object_new (KONTOR_TYPE_FORM, NULL);
  kontor_form_set_session (self->form, get_session (self));
  self->label =
    kontor_form_add_field (self->form, kontor_field_by_id (KONTOR_PICK_LIST_LABEL), NULL);
  kontor_field_editor_load (self->label, value);
  self->color = GTK_DROP_DOWN (create_color (self));
  kontor_form_add_widget (self->form, GTK_WIDGET (self->color), _("Colour"));
  self->inactive = gtk_check_button_new_with_mnemonic (_("_No longer offered"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->inactive),
                               kontor_record_get_integer (value, KONTOR_PICK_LIST_INACTIVE) != 0);
  kontor_form_add_widget (self->form, self->inactive, "");
  g_signal_connect_object (self->form, "activate", G_CALLBACK (accept), self, G_CONNECT_SWAPPED);
  kontor_settings_pane_show_form (pane, GTK_WIDGET (self->form), _("Change value"), _("_Save"));
}

static const char *
get_color (KontorPicksPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->color);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? kontor_color_names[selected - 1]
                                                               : NULL;
}

static void
kontor_picks_pane_accept (KontorSettingsPane *pane)
{
  KontorPicksPane *self = KONTOR_PICKS_PANE (pane);
  g_autofree char *label = g_strstrip (kontor_field_editor_dup_text (self->label));
  g_autofree char *refusal = dup_refusal (self, label, self->value);
  g_autofree char *wrong = kontor_settings_check_text (self->label);
  g_autofree char *words = g_strdup_printf (_("Value “%s” changed"), label);
  g_autoptr(KontorStep) step = kontor_step_new (words);
  const KontorId *id = kontor_record_get_id (self->value);
  gboolean inactive = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->inactive));

  if (wrong != NULL || refusal != NULL)
    {
      kontor_form_show_error (self->form,
                              GTK_WIDGET (self->label),
                              wrong != NULL ? wrong : refusal);
      return;
    }
  if (g_strcmp0 (kontor_record_get_text (self->value, KONTOR_PICK_LIST_LABEL), label) != 0)
    kontor_step_set_text (step, id, KONTOR_PICK_LIST_LABEL, label);
  if (g_strcmp0 (kontor_record_get_text (self->value, KONTOR_PICK_LIST_COLOR), get_color (self)) !=
      0)
    kontor_step_set_text (step, id, KONTOR_PICK_LIST_COLOR, get_color (self));
  if ((kontor_record_get_integer (self->value, KONTOR_PICK_LIST_INACTIVE) != 0) != inactive)
    kontor_step_set_integer (step, id, KONTOR_PICK_LIST_INACTIVE, inactive);
  kontor_settings_pane_commit_form (pane, step);
}

/* --- Order, offering, removing ---------------------------------------------------------------- */

static void
kontor_picks_pane_moved (KontorSettingsPane *pane, KontorOrderItem *moved)
{
  GListModel *items = kontor_order_list_get_items (kontor_settings_pane_get_list (pane));
  GPtrArray *records = kontor_settings_pane_get_records (pane);
  g_autofree char *label = g_strdup_printf (_("Value “%s” moved"), moved->title);
  g_autoptr(KontorStep) step = kontor_step_new (label);
  g_autoptr(GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < records->len; i++)
    g_hash_table_insert (by_key,
                         kontor_settings_key (
                           kontor_record_get_id (g_ptr_array_index (records, i))),
                         g_ptr_array_index (records, i));
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (items, i);
      KontorRecord *record = g_hash_table_lookup (by_key, item->key);

      if (record != NULL)
        kontor_settings_add_position (step, record, KONTOR_PICK_LIST_POSITION, i);
    }
  kontor_settings_pane_commit (pane, step);
}

static void
offer_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorSettingsPane *pane = KONTOR_SETTINGS_PANE (widget);
  KontorOrderItem *item = kontor_order_list_get_selected (kontor_settings_pane_get_list (pane));
  KontorRecord *value = item != NULL ? kontor_settings_pane_find_record (pane, item->key) : NULL;
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;
  gboolean inactive;

  if (value == NULL)
    return;
  inactive = kontor_record_get_integer (value, KONTOR_PICK_LIST_INACTIVE) != 0;
  label = g_strdup_printf (inactive ? _("“%s” is offered again") : _("“%s” is no longer offered"),
                           item->title);
  step = kontor_step_new (label);
  kontor_step_set_integer (step,
                           kontor_record_get_id (value),
                           KONTOR_PICK_LIST_INACTIVE,
                           !inactive);
  kontor_settings_pane_commit (pane, step);
}

static void
kontor_picks_pane_remove (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorRecord *value = kontor_settings_pane_find_record (pane, item->key);
  g_autofree char *label = g_strdup_printf (_("“%s” removed from the list"), item->title);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  if (value == NULL)
    return;
  kontor_step_trash (step, &kontor_pick_list_type, kontor_record_get_id (value));
  kontor_settings_pane_commit (pane, step);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_picks_pane_dispose (GObject *object)
{
  KontorPicksPane *self = KONTOR_PICKS_PANE (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->menu);
  g_clear_object (&self->value);
  G_OBJECT_CLASS (kontor_picks_pane_parent_class)->dispose (object);
}

static void
kontor_picks_pane_class_init (KontorPicksPaneClass *klass)
{
  KontorSettingsPaneClass *pane_class = KONTOR_SETTINGS_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_picks_pane_dispose;
  pane_class->build_query = kontor_picks_pane_build_query;
  pane_class->show = kontor_picks_pane_show;
  pane_class->add = kontor_picks_pane_add;
  pane_class->open = kontor_picks_pane_open;
  pane_class->accept = kontor_picks_pane_accept;
  pane_class->moved = kontor_picks_pane_moved;
  pane_class->remove = kontor_picks_pane_remove;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "picks.offer", NULL, offer_activated);
}

static void
kontor_picks_pane_init (KontorPicksPane *self)
{
  self->menu = g_menu_new ();
  g_menu_append (self->menu, _("_Change…"), "order.open");
  g_menu_append (self->menu, _("_Offer or no longer offer"), "picks.offer");
  g_menu_append (self->menu, _("Move _up"), "order.up");
  g_menu_append (self->menu, _("Move _down"), "order.down");
  g_menu_append (self->menu, _("_Remove"), "order.remove");
}

/**
 * kontor_picks_pane_new:
 * @session: a session
 * @list: name of a pick list
 *
 * Returns: (transfer full): a page of its values
 */
GtkWidget *
kontor_picks_pane_new (KontorSession *session, const char *list)
{
  KontorPicksPane *self = g_object_new (KONTOR_TYPE_PICKS_PANE, NULL);
  KontorSettingsPane *pane = KONTOR_SETTINGS_PANE (self);
  gboolean can = kontor_session_can (session, &kontor_pick_list_type, NULL, KONTOR_RIGHT_WRITE);

  self->name = g_strdup (list);
  if (can)
    {
      kontor_order_list_set_menu (kontor_settings_pane_get_list (pane), G_MENU_MODEL (self->menu));
      kontor_settings_pane_set_top (pane, create_entry (self));
    }
  kontor_settings_pane_set_words (pane,
                                  can ? _("_Add value") : NULL,
                                  _("Alt+Up and Alt+Down move a value, Delete removes it. Records "
                                     "that have it keep it."),
                                  _("No values yet"),
                                  _("Type one above."));
  kontor_settings_pane_set_up (pane, session, list, NULL);
  return GTK_WIDGET (self);
}
