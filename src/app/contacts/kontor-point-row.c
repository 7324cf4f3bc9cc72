/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field row with a mark of a check and a button with its menu. There may be hundreds of them on a
 * page: what did not change is not shown anew. */
#include "config.h"

#include "kontor-point-row.h"

#include "kontor-compat.h"
#include "kontor-field-row.h"
#include <glib/gi18n.h>
#include <string.h>

#define PARTS "kontor-point-row"

/* Beside the field row. */
typedef struct
{
  GtkWidget *mark;   /* borrowed */
  GtkWidget *button; /* borrowed */
  gboolean is_main;
  gboolean has_menu;
  gboolean is_editable;
  char *checked; /* (nullable) */
} Parts;

static void
parts_free (gpointer data)
{
  Parts *parts = data;

  g_free (parts->checked);
  g_free (parts);
}

/* --- What a point is -------------------------------------------------------------------------- */

/**
 * kontor_point_get_kind:
 * @point: a contact point
 *
 * Returns: (transfer none): code of its kind
 */
const char *
kontor_point_get_kind (KontorRecord *point)
{
  const char *kind = kontor_record_get_text (point, KONTOR_CONTACT_POINT_KIND);

  return kind != NULL ? kind : "phone";
}

/**
 * kontor_point_is_phone:
 * @point: a contact point
 *
 * Returns: whether it can be called
 */
gboolean
kontor_point_is_phone (KontorRecord *point)
{
  const char *kind = kontor_point_get_kind (point);

  return g_str_equal (kind, "phone") || g_str_equal (kind, "mobile");
}

/**
 * kontor_point_dup_label:
 * @point: a contact point
 *
 * Returns: (transfer full): what it is called: its own label, or "Phone", "E-mail" …
 */
char *
kontor_point_dup_label (KontorRecord *point)
{
  const char *own = kontor_record_get_text (point, KONTOR_CONTACT_POINT_LABEL);

  return g_strdup (own != NULL
                     ? own
                     : kontor_field_choice_label (kontor_field_by_id (KONTOR_CONTACT_POINT_KIND),
                                                  kontor_point_get_kind (point)));
}

/**
 * kontor_point_dup_uri:
 * @point: a contact point
 *
 * Returns: (transfer full) (nullable): what opens it: a call, a mail, a page
 */
char *
kontor_point_dup_uri (KontorRecord *point)
{
  const char *value = kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE);
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return NULL;
  if (kontor_point_is_phone (point))
    {
      escaped = g_uri_escape_string (value, "+", TRUE);
      return g_strconcat ("tel:", escaped, NULL);
    }
  if (g_str_equal (kontor_point_get_kind (point), "mail"))
    {
      escaped = g_uri_escape_string (value, "@+", TRUE);
      return g_strconcat ("mailto:", escaped, NULL);
    }
  if (!g_str_equal (kontor_point_get_kind (point), "web"))
    return NULL;
  if (strstr (value, "://") == NULL)
    return g_strconcat ("https://", value, NULL);
  return g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")
           ? g_strdup (value)
           : NULL;
}

/* --- Its row ---------------------------------------------------------------------------------- */

static GtkWidget *
create_mark (void)
{
  GtkWidget *mark = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name",
                                  "object-select-symbolic",
                                  "visible",
                                  FALSE,
                                  NULL);

  gtk_widget_add_css_class (mark, "success");
  return mark;
}

/**
 * kontor_point_row_new:
 * @session: a session
 * @create_menu: gives the button of the row its menu when it is pressed: menus cost far more than
 *   all else of a row
 * @data: for @create_menu
 *
 * Returns: (transfer full): a #KontorFieldRow without a point yet
 */
GtkWidget *
kontor_point_row_new (KontorSession *session,
                      GtkMenuButtonCreatePopupFunc create_menu,
                      gpointer data)
{
  GtkWidget *row = kontor_field_row_new (session, kontor_field_by_id (KONTOR_CONTACT_POINT_VALUE));
  Parts *parts = g_new0 (Parts, 1);

  parts->mark = create_mark ();
  parts->button = gtk_menu_button_new ();
  gtk_widget_add_css_class (parts->button, "flat");
  gtk_widget_add_css_class (parts->button, "kontor-small-button");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (parts->button), create_menu, data, NULL);
  kontor_field_row_add_suffix (KONTOR_FIELD_ROW (row), parts->mark);
  kontor_field_row_add_suffix (KONTOR_FIELD_ROW (row), parts->button);
  g_object_set_data_full (G_OBJECT (row), PARTS, parts, parts_free);
  return row;
}

/* The main one is marked for good; the menu of the others shows where somebody looks. */
static void
show_star (GtkMenuButton *button, gboolean is_main)
{
  gtk_menu_button_set_icon_name (button, is_main ? "starred-symbolic" : "view-more-symbolic");
  if (is_main)
    gtk_widget_remove_css_class (GTK_WIDGET (button), "kontor-hover");
  else
    gtk_widget_add_css_class (GTK_WIDGET (button), "kontor-hover");
}

static void
name_button (GtkWidget *button, const char *label, gboolean is_main)
{
  g_autofree char *name =
    /* Translators: of a button: %s is "Phone", "E-mail" … */
    g_strdup_printf (is_main ? _("Actions for %s, the main one") : _("Actions for %s"), label);

  kontor_widget_set_tooltip (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_checked (GtkWidget *row, Parts *parts)
{
  gtk_widget_set_visible (parts->mark, parts->checked != NULL);
  kontor_widget_set_tooltip (parts->mark, parts->checked);
  if (parts->checked != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    parts->checked,
                                    -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static gboolean
is_shown (GtkWidget *row, const Parts *parts, KontorRecord *point, const KontorPointLook *look)
{
  KontorRecord *shown = kontor_field_row_get_record (KONTOR_FIELD_ROW (row));

  return shown != NULL && parts->is_main == look->is_main && parts->has_menu == look->has_menu &&
         parts->is_editable == kontor_field_row_is_editable (KONTOR_FIELD_ROW (row)) &&
         g_strcmp0 (parts->checked, look->checked) == 0 &&
         kontor_id_equal (kontor_record_get_id (shown), kontor_record_get_id (point)) &&
         kontor_record_equal (shown, point);
}

/**
 * kontor_point_row_show:
 * @row: of kontor_point_row_new()
 * @point: a contact point
 * @look: how it is shown
 */
void
kontor_point_row_show (GtkWidget *row, KontorRecord *point, const KontorPointLook *look)
{
  Parts *parts = g_object_get_data (G_OBJECT (row), PARTS);
  g_autofree char *label = NULL;
  g_autofree char *uri = NULL;

  if (is_shown (row, parts, point, look))
    return;
  parts->is_main = look->is_main;
  parts->has_menu = look->has_menu;
  g_free (parts->checked);
  parts->checked = g_strdup (look->checked);
  label = kontor_point_dup_label (point);
  uri = kontor_point_is_phone (point) ? NULL : kontor_point_dup_uri (point);
  kontor_field_row_set_label (KONTOR_FIELD_ROW (row), label);
  kontor_field_row_set_uri (KONTOR_FIELD_ROW (row), uri);
  kontor_field_row_set_record (KONTOR_FIELD_ROW (row), point);
  parts->is_editable = kontor_field_row_is_editable (KONTOR_FIELD_ROW (row));
  if (kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0)
    gtk_widget_add_css_class (row, "kontor-invalid");
  else
    gtk_widget_remove_css_class (row, "kontor-invalid");
  show_star (GTK_MENU_BUTTON (parts->button), look->is_main);
  gtk_widget_set_visible (parts->button, look->has_menu);
  name_button (parts->button, label, look->is_main);
  show_checked (row, parts);
}
