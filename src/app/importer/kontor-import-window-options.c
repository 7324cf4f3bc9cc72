/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for all rows: what is done with known records, owner, tags. */
#include "config.h"

#include "kontor-import-window-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-model.h"
#include <glib/gi18n.h>
#include <string.h>

/* Tags that are offered; all can be typed. */
#define TAGS_SHOWN 30

static KontorImportMode
get_mode (KontorImportWindow *self)
{
  if (gtk_check_button_get_active (self->overwrite_choice))
    return KONTOR_IMPORT_OVERWRITE;
  /* asked for each: those that nothing is decided for are left as they are */
  if (gtk_check_button_get_active (self->skip_choice) ||
      gtk_check_button_get_active (self->ask_choice))
    return KONTOR_IMPORT_SKIP;
  if (gtk_check_button_get_active (self->add_choice))
    return KONTOR_IMPORT_ADD;
  return KONTOR_IMPORT_FILL;
}

/**
 * kontor_import_window_build_options:
 * @self: the assistant
 *
 * Returns: (transfer full): what is chosen for all rows
 */
KontorImportOptions *
kontor_import_window_build_options (KontorImportWindow *self)
{
  KontorImportOptions *options = kontor_import_options_new ();
  g_auto(GStrv) tags = g_strsplit (gtk_editable_get_text (self->tags_row), ",", -1);
  g_autoptr(GStrvBuilder) kept = g_strv_builder_new ();

  options->mode = get_mode (self);
  options->keep_view = TRUE;
  for (char **tag = tags; *tag != NULL; tag++)
    if (*g_strstrip (*tag) != '\0')
      g_strv_builder_add (kept, *tag);
  options->tags = g_strv_builder_end (kept);
  if (gtk_widget_get_visible (self->owner_row))
    kontor_link_entry_get_link (self->owner_entry, &options->owner);
  return options;
}

/**
 * kontor_import_window_check_options:
 * @self: the assistant
 *
 * Returns: whether all that was typed is understood; else it was said what is not
 */
gboolean
kontor_import_window_check_options (KontorImportWindow *self)
{
  const char *text = kontor_link_entry_get_text (self->owner_entry);
  g_autoptr(GError) error = NULL;
  KontorId owner;

  if (!gtk_widget_get_visible (self->owner_row) || *text == '\0' ||
      kontor_link_entry_get_link (self->owner_entry, &owner))
    return TRUE;
  error = kontor_error_new (KONTOR_EXCHANGE_ERROR,
                            KONTOR_ERROR_NOT_FOUND,
                            _("There is no employee “%s”. Choose one from the list."),
                            text);
  kontor_session_fail (self->session, error);
  gtk_widget_grab_focus (GTK_WIDGET (self->owner_entry));
  return FALSE;
}

/* --- Tags ------------------------------------------------------------------------------------- */

/* xgettext:no-c-format. Translators: %-e and %b are day and name of the month, as of
 * g_date_time_format(): "import 12 Mar" */
#define DEFAULT_TAG N_("import %-e %b")

static char *
dup_default_tag (KontorImportWindow *self)
{
  g_autoptr(GDateTime) now =
    g_date_time_new_from_unix_local (kontor_session_now (self->session) / 1000);

  return g_date_time_format (now, _(DEFAULT_TAG));
}

static void
append_tag (GMenu *menu, const char *name)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (name, NULL);

  g_menu_item_set_action_and_target (item, "import.add-tag", "s", name);
  g_menu_append_item (menu, item);
}

static void
create_tags_menu (GtkMenuButton *button, gpointer data)
{
  KontorImportWindow *self = data;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) own = g_menu_new ();
  g_autoptr(GMenu) present = g_menu_new ();
  g_autofree char *name = dup_default_tag (self);

  append_tag (own, name);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  for (guint i = 0; i < TAGS_SHOWN; i++)
    {
      g_autoptr(KontorListRow) row = g_list_model_get_item (G_LIST_MODEL (self->tags), i);
      KontorRecord *record = row != NULL ? kontor_list_row_get_record (row) : NULL;

      if (record != NULL && kontor_record_get_text (record, KONTOR_TAG_NAME) != NULL)
        append_tag (present, kontor_record_get_text (record, KONTOR_TAG_NAME));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (present));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static void
add_tag_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorImportWindow *self = KONTOR_IMPORT_WINDOW (widget);
  const char *tag = g_variant_get_string (parameter, NULL);
  g_autofree char *present = g_strstrip (g_strdup (gtk_editable_get_text (self->tags_row)));
  g_autofree char *text = NULL;

  text = *present != '\0' ? g_strdup_printf ("%s, %s", present, tag) : g_strdup (tag);
  gtk_editable_set_text (self->tags_row, text);
}

/* Held, so that they are read. */
static void
watch_tags (KontorImportWindow *self)
{
  g_autoptr(KontorQuery) query = kontor_query_new (&kontor_tag_type);

  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_TAG_NAME), FALSE);
  self->tags = kontor_list_model_new (kontor_session_get_workspace (self->session), query);
}

/* --- The page --------------------------------------------------------------------------------- */

static void
mode_changed_cb (KontorImportWindow *self)
{
  const char *page = self->pages != NULL ? gtk_stack_get_visible_child_name (self->pages) : NULL;

  /* a choice changes two buttons: the check begins anew with the second */
  if (g_strcmp0 (page, "check") == 0)
    kontor_import_window_start_check (self);
}

/**
 * kontor_import_window_show_options:
 * @self: the assistant, with a file that was inspected
 *
 * Shows what can be chosen for the file.
 */
void
kontor_import_window_show_options (KontorImportWindow *self)
{
  const KontorRecordType *type =
    self->map != NULL ? kontor_import_map_get_record_type (self->map) : &kontor_contact_type;

  /* JSON lines have tags and owners of their own */
  gtk_widget_set_visible (self->all_group, self->inspection->kind != KONTOR_FILE_JSON_LINES);
  gtk_widget_set_visible (self->owner_row, (type->flags & KONTOR_TYPE_OWNED) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_row),
                          kontor_record_type_find_field (type, "tags") != NULL);
}

/**
 * kontor_import_window_set_up_options:
 * @self: a new assistant with a session
 */
void
kontor_import_window_set_up_options (KontorImportWindow *self)
{
  kontor_link_entry_set_session (self->owner_entry, self->session, &kontor_employee_type);
  kontor_link_entry_set_label (self->owner_entry, _("Owner of new records"));
  watch_tags (self);
  gtk_menu_button_set_create_popup_func (self->tags_button, create_tags_menu, self, NULL);
  kontor_widget_name_buttons (GTK_WIDGET (self->tags_button), _("Choose a tag"));
}

void
kontor_import_window_bind_options (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, known_group);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, fill_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, overwrite_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, skip_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, ask_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, add_choice);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, all_group);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, owner_row);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, owner_entry);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, tags_row);
  gtk_widget_class_bind_template_child (klass, KontorImportWindow, tags_button);
  gtk_widget_class_bind_template_callback (klass, mode_changed_cb);
  gtk_widget_class_install_action (klass, "import.add-tag", "s", add_tag_activated);
}
