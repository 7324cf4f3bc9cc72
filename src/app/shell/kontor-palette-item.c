/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the command palette: records, and commands from the table of keys. */
#include "config.h"

#include "kontor-palette-item.h"

#include "kontor-fold.h"
#include "kontor-keys.h"
#include "kontor-recent.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define AVATAR_SIZE 28

static GVariant *
create_record_target (const KontorRecordType *type, const KontorId *id)
{
  char text[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (id, text);
  return g_variant_ref_sink (g_variant_new ("(ss)", type->name, text));
}

/**
 * kontor_palette_item_new_record:
 * @section: its heading
 * @title: its title
 * @detail: (nullable): what was found of it
 * @type: its type
 * @id: its id
 *
 * Returns: (transfer full): an item that opens the record
 */
KontorPaletteItem *
kontor_palette_item_new_record (const char *section,
                                const char *title,
                                const char *detail,
                                const KontorRecordType *type,
                                const KontorId *id)
{
  KontorPaletteItem *item = g_new0 (KontorPaletteItem, 1);

  item->section = section;
  item->title = g_strdup (title);
  item->detail = g_strdup (detail);
  item->action = g_strdup ("win.open-record");
  item->target = create_record_target (type, id);
  item->type = type;
  item->id = *id;
  return item;
}

/**
 * kontor_palette_item_new_for_record:
 * @title: what it does
 * @accel: its key in the palette
 * @action: an action of the window that takes a record
 * @type: the record's type
 * @id: its id
 *
 * Returns: (transfer full): a command on one record
 */
KontorPaletteItem *
kontor_palette_item_new_for_record (const char *title,
                                    const char *accel,
                                    const char *action,
                                    const KontorRecordType *type,
                                    const KontorId *id)
{
  KontorPaletteItem *item = g_new0 (KontorPaletteItem, 1);

  item->section = _("Commands");
  item->title = g_strdup (title);
  item->icon = g_strdup ("call-start-symbolic");
  item->accel = g_strdup (accel);
  item->action = g_strdup (action);
  item->target = create_record_target (type, id);
  return item;
}

/**
 * kontor_palette_item_new_create:
 * @type: type of the new record
 * @title: what it is called here
 * @name: name of the new record
 *
 * Returns: (transfer full): a command that begins a record called @name
 */
KontorPaletteItem *
kontor_palette_item_new_create (const KontorRecordType *type, const char *title, const char *name)
{
  KontorPaletteItem *item = g_new0 (KontorPaletteItem, 1);

  item->section = _("Commands");
  item->title = g_strdup (title);
  item->icon = g_strdup ("list-add-symbolic");
  item->action = g_strdup ("win.new-named");
  item->target = g_variant_ref_sink (g_variant_new ("(ss)", type->name, name));
  return item;
}

/**
 * kontor_palette_item_new_tag:
 * @name: name of a tag
 *
 * Returns: (transfer full): an item that shows who has the tag
 */
KontorPaletteItem *
kontor_palette_item_new_tag (const char *name)
{
  KontorPaletteItem *item = g_new0 (KontorPaletteItem, 1);

  item->section = _("Tags");
  item->title = g_strdup (name);
  item->icon = g_strdup ("user-bookmarks-symbolic");
  item->action = g_strdup ("win.show-tag");
  item->target = g_variant_ref_sink (g_variant_new_string (name));
  return item;
}

static KontorPaletteItem *
item_new_command (const KontorKey *key)
{
  KontorPaletteItem *item = g_new0 (KontorPaletteItem, 1);

  item->section = _("Commands");
  item->title = g_strdup (_(key->title));
  item->icon = g_strdup ("system-run-symbolic");
  item->command = key->action;
  if (key->accels != NULL)
    {
      g_auto(GStrv) accels = g_strsplit (key->accels, "|", -1);
      GdkModifierType modifiers;
      guint keyval;

      if (gtk_accelerator_parse (accels[0], &keyval, &modifiers))
        item->accel = gtk_accelerator_get_label (keyval, modifiers);
    }
  if (!g_action_parse_detailed_name (key->action, &item->action, &item->target, NULL))
    g_assert_not_reached ();
  return item;
}

/**
 * kontor_palette_item_free:
 * @item: (transfer full): an item
 */
void
kontor_palette_item_free (KontorPaletteItem *item)
{
  g_free (item->title);
  g_free (item->detail);
  g_free (item->icon);
  g_free (item->accel);
  g_free (item->action);
  g_clear_pointer (&item->target, g_variant_unref);
  g_free (item);
}

/* --- Commands --------------------------------------------------------------------------------- */

/* Whether each word that was typed begins one of the title. */
static gboolean
matches (const KontorKey *key, char **typed)
{
  g_auto(GStrv) words = kontor_fold_words (_(key->title));

  for (char **word = typed; *word != NULL; word++)
    {
      gboolean found = FALSE;

      for (char **in_title = words; !found && *in_title != NULL; in_title++)
        found = g_str_has_prefix (*in_title, *word);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static gboolean
needs_record (const KontorKey *key)
{
  return key->needs_record ||
         (key->area_action != NULL && g_str_has_prefix (key->area_action, "page."));
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  const KontorKey *one = *(const KontorKey *const *) a, *other = *(const KontorKey *const *) b;
  guint one_count = kontor_recent_get_command_count (one->action);
  guint other_count = kontor_recent_get_command_count (other->action);

  if (one_count != other_count)
    return one_count > other_count ? -1 : 1;
  return one < other ? -1 : one > other;
}

/**
 * kontor_palette_add_commands:
 * @items: (element-type KontorPaletteItem): where to
 * @text: what was typed
 * @has_record: whether a record is shown, for the commands that need one
 * @max: at most so many
 *
 * Adds commands whose titles have words that begin with those of @text, the most used first.
 */
void
kontor_palette_add_commands (GPtrArray *items, const char *text, gboolean has_record, guint max)
{
  g_auto(GStrv) typed = kontor_fold_words (text);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < kontor_n_keys; i++)
    if (kontor_key_is_command (&kontor_keys[i]) &&
        (has_record || !needs_record (&kontor_keys[i])) && matches (&kontor_keys[i], typed))
      g_ptr_array_add (found, (gpointer) &kontor_keys[i]);
  g_ptr_array_sort (found, compare_use);
  for (guint i = 0; i < found->len && i < max; i++)
    g_ptr_array_add (items, item_new_command (g_ptr_array_index (found, i)));
}

/* --- Rows ------------------------------------------------------------------------------------- */

static GtkWidget *
create_icon (const KontorPaletteItem *item)
{
  GtkWidget *icon;

  if (item->type != NULL)
    {
      icon = adw_avatar_new (AVATAR_SIZE, item->title, TRUE);
      adw_avatar_set_icon_name (ADW_AVATAR (icon), item->type->icon);
      return icon;
    }
  icon = gtk_image_new_from_icon_name (item->icon);
  gtk_widget_set_size_request (icon, AVATAR_SIZE, AVATAR_SIZE);
  return icon;
}

static GtkWidget *
create_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (dim)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

/**
 * kontor_palette_item_create_row:
 * @item: (transfer full): an item
 *
 * Returns: (transfer floating): a row of it
 */
GtkWidget *
kontor_palette_item_create_row (KontorPaletteItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = item->detail != NULL && *item->detail != '\0'
                            ? g_strdup_printf (_("%s, %s"), item->title, item->detail)
                            : g_strdup (item->title);

  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), create_label (item->title, FALSE));
  if (item->detail != NULL && *item->detail != '\0')
    gtk_box_append (GTK_BOX (texts), create_label (item->detail, TRUE));
  gtk_box_append (GTK_BOX (box), create_icon (item));
  gtk_box_append (GTK_BOX (box), texts);
  if (item->accel != NULL)
    gtk_box_append (GTK_BOX (box), create_label (item->accel, TRUE));
  gtk_widget_add_css_class (row, "kontor-palette-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "item", item, (GDestroyNotify) kontor_palette_item_free);
  return row;
}

/**
 * kontor_palette_item_of_row:
 * @row: a row
 *
 * Returns: (transfer none): what it stands for
 */
KontorPaletteItem *
kontor_palette_item_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

/**
 * kontor_palette_update_header:
 * @row: a row
 * @before: (nullable): the row above
 * @data: unused
 *
 * A #GtkListBoxUpdateHeaderFunc: a heading where a section begins.
 */
void
kontor_palette_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *section = kontor_palette_item_of_row (row)->section;
  GtkWidget *heading;

  if (before != NULL && g_strcmp0 (kontor_palette_item_of_row (before)->section, section) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  heading = create_label (section, TRUE);
  gtk_widget_add_css_class (heading, "kontor-palette-heading");
  gtk_list_box_row_set_header (row, heading);
}
