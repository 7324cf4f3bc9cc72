/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mappings of columns that are kept: offered by themselves for files with the same columns, saved,
 * renamed and removed by steps. */
#include "config.h"

#include "kontor-import-window-private.h"

#include "kontor-compat.h"
#include "kontor-import-saved.h"
#include "kontor-model.h"
#include <glib/gi18n.h>

/* --- Which there are -------------------------------------------------------------------------- */

static KontorRecord *
get_nth (KontorImportWindow *self, guint i)
{
  return kontor_list_row_get_record (g_ptr_array_index (self->mapping_rows, i));
}

static KontorRecord *
find_by_id (KontorImportWindow *self, const KontorId *id)
{
  for (guint i = 0; i < self->mapping_rows->len; i++)
    {
      KontorRecord *record = get_nth (self, i);

      if (record != NULL && kontor_id_equal (kontor_record_get_id (record), id))
        return record;
    }
  return NULL;
}

/* The one that is in use; NULL: columns were matched by themselves. */
static KontorRecord *
get_current (KontorImportWindow *self)
{
  return kontor_id_is_null (&self->mapping) ? NULL : find_by_id (self, &self->mapping);
}

static const char *
get_name (KontorRecord *record)
{
  const char *name = kontor_record_get_text (record, KONTOR_IMPORT_MAPPING_NAME);

  return name != NULL ? name : "";
}

/* --- The menu --------------------------------------------------------------------------------- */

static void
append_choice (GMenu *menu, const char *name, const KontorId *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (name, NULL);
  char text[KONTOR_ID_TEXT_SIZE] = "";

  if (id != NULL)
    kontor_id_format (id, text);
  g_menu_item_set_action_and_target (item, "import.mapping", "s", text);
  g_menu_append_item (menu, item);
}

static void
append_own (KontorImportWindow *self, GMenu *menu)
{
  g_autoptr(GMenu) section = g_menu_new ();

  if (get_current (self) == NULL)
    return;
  g_menu_append (section, _("_Update this mapping"), "import.update-mapping");
  g_menu_append (section, _("_Rename this mapping…"), "import.rename-mapping");
  g_menu_append (section, _("Move this mapping to _trash"), "import.trash-mapping");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
show_mappings (KontorImportWindow *self)
{
  GMenu *menu = self->mapping_menu;
  g_autoptr(GMenu) automatic = g_menu_new ();
  g_autoptr(GMenu) saved = g_menu_new ();
  KontorRecord *current = get_current (self);
  g_autofree char *label = NULL;

  g_menu_remove_all (menu);
  append_choice (automatic, _("Found by itself"), NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (automatic));
  for (guint i = 0; i < self->mapping_rows->len; i++)
    if (get_nth (self, i) != NULL)
      append_choice (saved, get_name (get_nth (self, i)), kontor_record_get_id (get_nth (self, i)));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (saved));
  append_own (self, menu);
  if (current == NULL)
    label = g_strdup (_("Found by itself"));
  else if (self->mapping_changed)
    /* Translators: name of a mapping that was changed since it was saved */
    label = g_strdup_printf (_("%s, changed"), get_name (current));
  else
    label = g_strdup (get_name (current));
  gtk_label_set_text (self->mapping_label, label);
  kontor_widget_name_buttons (GTK_WIDGET (self->mapping_button), label);
}

/* --- Using one -------------------------------------------------------------------------------- */

static void
tell_lost (KontorImportWindow *self, GPtrArray *lost)
{
  g_autofree char *text = NULL;

  if (lost->len == 0)
    return;
  text = g_strdup_printf (_("The field that “%s” goes to is no longer there."),
                          (const char *) g_ptr_array_index (lost, 0));
  kontor_session_tell (self->session, text);
}

static gboolean
use_saved (KontorImportWindow *self, KontorRecord *record)
{
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  KontorImportMap *map = kontor_import_saved_make_map (record,
                                                       kontor_session_get_schema (self->session),
                                                       self->inspection,
                                                       lost,
                                                       &error);

  if (map == NULL)
    {
      g_prefix_error (&error, "%s: ", get_name (record));
      kontor_session_fail (self->session, error);
      return FALSE;
    }
  self->mapping = *kontor_record_get_id (record);
  self->mapping_changed = FALSE;
  self->awaits_mapping = FALSE;
  kontor_import_window_set_map (self, map);
  tell_lost (self, lost);
  show_mappings (self);
  return TRUE;
}

/**
 * kontor_import_window_offer_mapping:
 * @self: the assistant, with a table that was inspected
 *
 * Uses the newest mapping for files with the same columns.
 *
 * Returns: whether there is one
 */
gboolean
kontor_import_window_offer_mapping (KontorImportWindow *self)
{
  self->mapping = KONTOR_ID_NULL;
  self->mapping_changed = FALSE;
  /* they may still be read */
  self->awaits_mapping = TRUE;
  for (guint i = 0; i < self->mapping_rows->len; i++)
    {
      KontorRecord *record = get_nth (self, i);

      if (record != NULL && kontor_import_saved_fits (record, self->inspection) &&
          use_saved (self, record))
        return TRUE;
    }
  show_mappings (self);
  return FALSE;
}

/**
 * kontor_import_window_mapping_edited:
 * @self: the assistant
 *
 * A column goes elsewhere now.
 */
void
kontor_import_window_mapping_edited (KontorImportWindow *self)
{
  self->awaits_mapping = FALSE;
  self->mapping_changed = TRUE;
  show_mappings (self);
}

/**
 * kontor_import_window_forget_mapping:
 * @self: the assistant
 *
 * The columns are matched by themselves.
 */
void
kontor_import_window_forget_mapping (KontorImportWindow *self)
{
  self->mapping = KONTOR_ID_NULL;
  self->mapping_changed = FALSE;
  show_mappings (self);
}

static void
mapping_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);
  KontorRecord *record;
  KontorId id;

  if (!kontor_id_parse (g_variant_get_string (parameter, NULL), &id))
    {
      self->awaits_mapping = FALSE;
      kontor_import_window_type_changed (self);
      return;
    }
  record = find_by_id (self, &id);
  if (record != NULL)
    use_saved (self, record);
}

/* --- Changing them ---------------------------------------------------------------------------- */

static void
saved_cb (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorImportWindow *self = data;

  if (error != NULL)
    {
      kontor_session_fail (session, error);
      return;
    }
  if (self->pages == NULL)
    return;
  self->mapping = commit->first_id;
  self->mapping_changed = FALSE;
  show_mappings (self);
}

static void
save_new (KontorImportWindow *self, const char *name)
{
  g_autoptr(KontorRecord) record = kontor_record_new (&kontor_import_mapping_type, NULL);
  g_autofree char *label = g_strdup_printf (_("Mapping “%s” saved"), name);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_import_saved_fill (record, self->map, name);
  kontor_step_create (step, record);
  self->awaits_mapping = FALSE;
  kontor_session_commit_then (self->session, step, saved_cb, g_object_ref (self), g_object_unref);
}

/* The fields of @filled that differ from what is stored. */
static void
change_current (KontorImportWindow *self, KontorRecord *filled, const char *label)
{
  static const KontorFieldId fields[] = { KONTOR_IMPORT_MAPPING_NAME,
                                          KONTOR_IMPORT_MAPPING_KIND,
                                          KONTOR_IMPORT_MAPPING_HEADERS,
                                          KONTOR_IMPORT_MAPPING_MAPPING };
  KontorRecord *current = get_current (self);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = kontor_record_get_text (filled, fields[i]);

      if (text != NULL && g_strcmp0 (text, kontor_record_get_text (current, fields[i])) != 0)
        kontor_step_set_text (step, kontor_record_get_id (current), fields[i], text);
    }
  if (!kontor_step_is_empty (step))
    kontor_session_commit (self->session, step);
}

static void
rename_current (KontorImportWindow *self, const char *name)
{
  g_autoptr(KontorRecord) filled = kontor_record_new (&kontor_import_mapping_type, NULL);

  kontor_record_set_text (filled, KONTOR_IMPORT_MAPPING_NAME, name);
  change_current (self, filled, _("Mapping renamed"));
}

static void
update_mapping_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);
  g_autoptr(KontorRecord) filled = kontor_record_new (&kontor_import_mapping_type, NULL);
  g_autofree char *label = NULL;

  if (get_current (self) == NULL)
    return;
  kontor_import_saved_fill (filled, self->map, get_name (get_current (self)));
  label = g_strdup_printf (_("Mapping “%s” saved"), get_name (get_current (self)));
  change_current (self, filled, label);
  self->mapping_changed = FALSE;
  show_mappings (self);
}

static void
trash_mapping_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);
  KontorRecord *current = get_current (self);
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (current == NULL)
    return;
  label = g_strdup_printf (_("%s moved to trash"), get_name (current));
  step = kontor_step_new (label);
  kontor_step_trash (step, &kontor_import_mapping_type, kontor_record_get_id (current));
  kontor_session_commit (self->session, step);
  kontor_import_window_forget_mapping (self);
}

/* --- Its name --------------------------------------------------------------------------------- */

static void
ask_name (KontorImportWindow *self, gboolean renames)
{
  KontorRecord *current = renames ? get_current (self) : NULL;

  self->renames_mapping = current != NULL;
  gtk_editable_set_text (self->mapping_name, current != NULL ? get_name (current) : "");
  gtk_menu_button_popup (self->save_mapping_button);
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->mapping_name));
}

static void
rename_mapping_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_name (KONTOR_IMPORT_WINDOW (widget), TRUE);
}

static void
mapping_named_cb (KontorImportWindow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->mapping_name)));

  if (*name == '\0' || self->map == NULL)
    return;
  if (self->renames_mapping && get_current (self) != NULL)
    rename_current (self, name);
  else
    save_new (self, name);
  gtk_menu_button_popdown (self->save_mapping_button);
}

static void
mapping_name_changed_cb (KontorImportWindow *self)
{
  gtk_widget_set_sensitive (self->mapping_done_button,
                            *gtk_editable_get_text (self->mapping_name) != '\0');
}

/* Asked for by the button, not by Rename. */
static void
name_popover_closed_cb (KontorImportWindow *self)
{
  self->renames_mapping = FALSE;
  gtk_editable_set_text (self->mapping_name, "");
}

/* --- Setting up ------------------------------------------------------------------------------- */

static void
mapping_read_cb (KontorImportWindow *self)
{
  gboolean waits = self->awaits_mapping && self->map != NULL &&
                   g_str_equal (gtk_stack_get_visible_child_name (self->pages), "match");

  if (!waits || !kontor_import_window_offer_mapping (self))
    show_mappings (self);
}

static void
mappings_changed_cb (KontorImportWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->mappings));

  for (guint i = 0; i < self->mapping_rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->mapping_rows, i), self);
  g_ptr_array_set_size (self->mapping_rows, 0);
  for (guint i = 0; i < n; i++)
    {
      KontorListRow *row = g_list_model_get_item (G_LIST_MODEL (self->mappings), i);

      g_signal_connect_object (row,
                               "notify::record",
                               G_CALLBACK (mapping_read_cb),
                               self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->mapping_rows, row);
    }
  mapping_read_cb (self);
}

/**
 * kontor_import_window_set_up_mappings:
 * @self: a new assistant with a session
 *
 * Follows the mappings of the workspace.
 */
void
kontor_import_window_set_up_mappings (KontorImportWindow *self)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_import_mapping_type);

  /* of several that fit the one changed last */
  kontor_query_add_sort (query,
                         kontor_field_by_id (KONTOR_COMMON_FIELD (kontor_import_mapping_type.number,
                                                                  KONTOR_COMMON_MODIFIED_AT)),
                         TRUE);
  self->mapping_menu = g_menu_new ();
  gtk_menu_button_set_menu_model (self->mapping_button, G_MENU_MODEL (self->mapping_menu));
  self->mapping_rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->mappings = kontor_list_model_new (kontor_session_get_workspace (self->session), query);
  g_signal_connect_object (self->mappings,
                           "items-changed",
                           G_CALLBACK (mappings_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  mappings_changed_cb (self);
}

void
kontor_import_window_bind_mappings (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, mapping_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, mapping_label);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, save_mapping_button);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, mapping_name);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, mapping_done_button);
  gtk_widget_class_bind_template_callback (klass, mapping_named_cb);
  gtk_widget_class_bind_template_callback (klass, mapping_name_changed_cb);
  gtk_widget_class_bind_template_callback (klass, name_popover_closed_cb);
  gtk_widget_class_install_action (klass, "import.mapping", "s", mapping_activated);
  gtk_widget_class_install_action (klass, "import.update-mapping", NULL, update_mapping_activated);
  gtk_widget_class_install_action (klass, "import.rename-mapping", NULL, rename_mapping_activated);
  gtk_widget_class_install_action (klass, "import.trash-mapping", NULL, trash_mapping_activated);
}
