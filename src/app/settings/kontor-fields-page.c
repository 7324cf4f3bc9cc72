/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that lead on; what they say of fields and lists follows the workspace. */
#include "config.h"

#include "kontor-fields-page.h"

#include "kontor-compat.h"
#include "kontor-fields-pane.h"
#include "kontor-layout-pane.h"
#include "kontor-number.h"
#include "kontor-pick-words.h"
#include "kontor-picks-pane.h"
#include <glib/gi18n.h>

struct _KontorFieldsPage
{
  AdwPreferencesPage parent_instance;

  /* template */
  AdwPreferencesGroup *fields;
  AdwPreferencesGroup *layouts;
  AdwPreferencesGroup *lists;

  /* owned */
  KontorSession *session;
  GPtrArray *field_rows; /* (element-type AdwActionRow) borrowed: in .fields */
  GPtrArray *list_rows;  /* (element-type AdwActionRow) borrowed: in .lists */
};

G_DEFINE_FINAL_TYPE (KontorFieldsPage, kontor_fields_page, ADW_TYPE_PREFERENCES_PAGE)

/* --- Leading on ------------------------------------------------------------------------------- */

static void
pane_left_cb (GtkWidget *pane, GtkWidget *row)
{
  kontor_widget_grab_focus_soon (row);
}

/* The focus comes back to the row that led there. */
static void
present (KontorFieldsPage *self, AdwActionRow *row, GtkWidget *pane)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!ADW_IS_PREFERENCES_WINDOW (root))
    {
      g_object_unref (g_object_ref_sink (pane));
      return;
    }
  g_signal_connect_object (pane, "unmap", G_CALLBACK (pane_left_cb), row, 0);
  adw_preferences_window_present_subpage (ADW_PREFERENCES_WINDOW (root), pane);
  gtk_widget_grab_focus (pane);
}

static void
fields_activated_cb (AdwActionRow *row, KontorFieldsPage *self)
{
  present (self,
           row,
           kontor_fields_pane_new (self->session, g_object_get_data (G_OBJECT (row), "type")));
}

static void
list_activated_cb (AdwActionRow *row, KontorFieldsPage *self)
{
  present (self,
           row,
           kontor_picks_pane_new (self->session, g_object_get_data (G_OBJECT (row), "list")));
}

static void
layout_activated_cb (AdwActionRow *row, KontorFieldsPage *self)
{
  present (self,
           row,
           kontor_layout_pane_new (self->session, g_object_get_data (G_OBJECT (row), "spec")));
}

static GtkWidget *
create_row (const char *title, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *title, const char *icon)
{
  GtkWidget *row = create_row (title, icon);

  adw_preferences_group_add (group, row);
  return row;
}

/* --- Fields ----------------------------------------------------------------------------------- */

static void
show_fields (KontorFieldsPage *self)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);

  for (guint i = 0; i < self->field_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->field_rows, i);
      const KontorRecordType *type = g_object_get_data (G_OBJECT (row), "type");
      g_autoptr(GPtrArray) custom = kontor_schema_get_custom_fields (schema, type);
      g_autofree char *number = kontor_integer_format (custom->len);
      g_autofree char *text = custom->len > 0 ? g_strdup_printf (ngettext ("%s field of your own",
                                                                           "%s fields of your own",
                                                                           custom->len),
                                                                 number)
                                              : g_strdup ("");

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
}

static void
add_type (KontorFieldsPage *self, const KontorRecordType *type, AdwExpanderRow *others)
{
  GtkWidget *row = create_row (kontor_record_type_get_label_plural (type), type->icon);

  if (others != NULL)
    adw_expander_row_add_row (others, row);
  else
    adw_preferences_group_add (self->fields, row);
  g_object_set_data (G_OBJECT (row), "type", (gpointer) type);
  g_signal_connect_object (row, "activated", G_CALLBACK (fields_activated_cb), self, 0);
  g_ptr_array_add (self->field_rows, row);
}

/* Those people work with every day come first. */
static void
add_types (KontorFieldsPage *self)
{
  const KontorRecordType *const first[] = { &kontor_contact_type,
                                            &kontor_account_type,
                                            &kontor_activity_type };

  GtkWidget *others = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (others), _("Other records"));
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    add_type (self, first[i], NULL);
  adw_preferences_group_add (self->fields, others);
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if ((type->flags & (KONTOR_TYPE_INTERNAL | KONTOR_TYPE_SET | KONTOR_TYPE_SINGLE)) == 0 &&
          type != first[0] && type != first[1] && type != first[2])
        add_type (self, type, ADW_EXPANDER_ROW (others));
    }
}

/* --- Lists ------------------------------------------------------------------------------------ */

static void
show_list (KontorFieldsPage *self, GtkWidget *row, const char *list)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);
  g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (schema, list);
  g_autofree char *number = kontor_integer_format (values->len);
  g_autofree char *count =
    g_strdup_printf (ngettext ("%s value", "%s values", values->len), number);
  g_autofree char *users = kontor_pick_list_users (schema, list);
  g_autofree char *subtitle =
    /* Translators: where a list is used, and how many values it has */
    *users != '\0' ? g_strdup_printf (_("%s · %s"), users, count) : g_strdup (count);
  g_autofree char *title = kontor_pick_list_title (schema, list);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* a subtitle is markup, without a way to say no in 1.2 */
  g_free (g_steal_pointer (&number));
  number = g_markup_escape_text (subtitle, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), number);
}

/* The rows are made anew only where there are other lists. */
static gboolean
has_lists (KontorFieldsPage *self, GPtrArray *lists)
{
  if (self->list_rows->len != lists->len)
    return FALSE;
  for (guint i = 0; i < lists->len; i++)
    if (g_strcmp0 (g_object_get_data (g_ptr_array_index (self->list_rows, i), "list"),
                   g_ptr_array_index (lists, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
add_list (KontorFieldsPage *self, const char *list)
{
  GtkWidget *row = add_row (self->lists, list, NULL);

  g_object_set_data_full (G_OBJECT (row), "list", g_strdup (list), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (list_activated_cb), self, 0);
  g_ptr_array_add (self->list_rows, row);
}

static void
show_lists (KontorFieldsPage *self)
{
  g_autoptr(GPtrArray) lists = kontor_pick_lists (kontor_session_get_schema (self->session));

  if (!has_lists (self, lists))
    {
      for (guint i = 0; i < self->list_rows->len; i++)
        adw_preferences_group_remove (self->lists, g_ptr_array_index (self->list_rows, i));
      g_ptr_array_set_size (self->list_rows, 0);
      for (guint i = 0; i < lists->len; i++)
        add_list (self, g_ptr_array_index (lists, i));
    }
  for (guint i = 0; i < self->list_rows->len; i++)
    show_list (self, g_ptr_array_index (self->list_rows, i), g_ptr_array_index (lists, i));
}

static void
show (KontorFieldsPage *self)
{
  show_fields (self);
  show_lists (self);
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_fields_page_grab_focus (GtkWidget *widget)
{
  KontorFieldsPage *self = KONTOR_FIELDS_PAGE (widget);

  return self->field_rows->len > 0 &&
         gtk_widget_grab_focus (g_ptr_array_index (self->field_rows, 0));
}

static void
kontor_fields_page_dispose (GObject *object)
{
  KontorFieldsPage *self = KONTOR_FIELDS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_FIELDS_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->field_rows, g_ptr_array_unref);
  g_clear_pointer (&self->list_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_fields_page_parent_class)->dispose (object);
}

static void
kontor_fields_page_class_init (KontorFieldsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_fields_page_dispose;
  widget_class->grab_focus = kontor_fields_page_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/settings/kontor-fields-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorFieldsPage, fields);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldsPage, layouts);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldsPage, lists);
}

static void
kontor_fields_page_init (KontorFieldsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->field_rows = g_ptr_array_new ();
  self->list_rows = g_ptr_array_new ();
}

/**
 * kontor_fields_page_set_up:
 * @self: a page, of a template
 * @session: a session
 * @layouts: (array length=n_layouts): the types whose layout can be changed; static
 * @n_layouts: how many there are
 */
void
kontor_fields_page_set_up (KontorFieldsPage *self,
                           KontorSession *session,
                           const KontorLayoutSpec *layouts,
                           guint n_layouts)
{
  self->session = g_object_ref (session);
  add_types (self);
  for (guint i = 0; i < n_layouts; i++)
    {
      GtkWidget *row = add_row (self->layouts,
                                kontor_record_type_get_label_plural (layouts[i].type),
                                layouts[i].type->icon);

      g_object_set_data (G_OBJECT (row), "spec", (gpointer) &layouts[i]);
      g_signal_connect_object (row, "activated", G_CALLBACK (layout_activated_cb), self, 0);
    }
  show (self);
  g_signal_connect_object (session, "schema-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}
