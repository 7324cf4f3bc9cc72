/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field row a contact point, with a menu of what can be done with it. */
#include "config.h"

#include "kontor-point-list.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-field-row.h"
#include "kontor-freshness.h"
#include "kontor-more-rows.h"
#include "kontor-point-row.h"
#include <glib/gi18n.h>

struct _KontorPointList
{
  GtkWidget parent_instance;

  /* template */
  GtkBox *rows;
  KontorMoreRows *more_rows;
  GtkWidget *new_row;
  GtkLabel *new_label;
  GtkEditable *new_entry;
  GtkWidget *add_button;

  /* owned */
  KontorSession *session;
  KontorRecord *party;
  GPtrArray *points; /* (element-type KontorRecord): all of them, in order */
  GPtrArray *checks; /* (element-type KontorRecord): of the party */
  char *new_kind;

  guint n_shown;
};

G_DEFINE_FINAL_TYPE (KontorPointList, kontor_point_list, GTK_TYPE_WIDGET)

/* --- What is done with a point ---------------------------------------------------------------- */

static KontorFieldRow *
find_row (KontorPointList *self, const char *id_text)
{
  KontorId id;

  if (!kontor_id_parse (id_text, &id))
    return NULL;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (kontor_id_equal (kontor_record_get_id (
                           kontor_field_row_get_record (KONTOR_FIELD_ROW (row))),
                         &id))
      return KONTOR_FIELD_ROW (row);
  return NULL;
}

static KontorRecord *
find_point (KontorPointList *self, GVariant *parameter)
{
  KontorFieldRow *row = find_row (self, g_variant_get_string (parameter, NULL));

  return row != NULL ? kontor_field_row_get_record (row) : NULL;
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecord *point = find_point (KONTOR_POINT_LIST (widget), parameter);
  g_autofree char *uri = point != NULL ? kontor_point_dup_uri (point) : NULL;

  if (uri != NULL)
    gtk_widget_activate_action (widget, "win.open-uri", "s", uri);
}

static void
copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorRecord *point = find_point (KONTOR_POINT_LIST (widget), parameter);

  if (point != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                            kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE));
}

/* One main phone, one main mail: the others of the kind step back. */
static void
add_step_back (KontorPointList *self, KontorStep *step, KontorRecord *main)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      KontorRecord *other = g_ptr_array_index (self->points, i);

      if (other != main && kontor_point_is_phone (other) == kontor_point_is_phone (main) &&
          (kontor_point_is_phone (main) ||
           g_str_equal (kontor_point_get_kind (other), kontor_point_get_kind (main))) &&
          kontor_record_get_integer (other, KONTOR_CONTACT_POINT_MAIN) != 0)
        kontor_step_set_integer (step, kontor_record_get_id (other), KONTOR_CONTACT_POINT_MAIN, 0);
    }
}

static void
main_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPointList *self = KONTOR_POINT_LIST (widget);
  KontorRecord *point = find_point (self, parameter);
  g_autoptr(KontorStep) step = NULL;

  if (point == NULL)
    return;
  step = kontor_step_new (kontor_point_is_phone (point) ? _("Main phone changed")
                                                        : _("Main contact changed"));
  kontor_step_set_integer (step, kontor_record_get_id (point), KONTOR_CONTACT_POINT_MAIN, 1);
  add_step_back (self, step, point);
  kontor_session_commit (self->session, step);
}

/* Somebody tried it and it is right. */
static void
checked_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPointList *self = KONTOR_POINT_LIST (widget);
  KontorRecord *point = find_point (self, parameter);
  g_autofree char *kind = point != NULL ? kontor_point_dup_label (point) : NULL;
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (point == NULL)
    return;
  /* Translators: %s is "Phone", "E-mail" …: somebody made sure that it is right */
  label = g_strdup_printf (_("%s checked"), kind);
  step = kontor_step_new (label);
  kontor_freshness_add_check (step,
                              self->party,
                              kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE),
                              kontor_session_now (self->session));
  if (kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0)
    kontor_step_set_integer (step, kontor_record_get_id (point), KONTOR_CONTACT_POINT_INVALID, 0);
  kontor_session_commit (self->session, step);
}

static void
invalid_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPointList *self = KONTOR_POINT_LIST (widget);
  KontorRecord *point = find_point (self, parameter);
  g_autoptr(KontorStep) step = NULL;
  gboolean invalid;

  if (point == NULL)
    return;
  invalid = kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0;
  step = kontor_step_new (invalid ? _("Marked as valid") : _("Marked as no longer valid"));
  kontor_step_set_integer (step,
                           kontor_record_get_id (point),
                           KONTOR_CONTACT_POINT_INVALID,
                           invalid ? 0 : 1);
  kontor_session_commit (self->session, step);
}

static void
remove_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPointList *self = KONTOR_POINT_LIST (widget);
  KontorRecord *point = find_point (self, parameter);
  g_autofree char *kind = NULL;
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (point == NULL)
    return;
  kind = kontor_point_dup_label (point);
  label = g_strdup_printf (_("%s removed"), kind);
  step = kontor_step_new (label);
  kontor_step_trash (step, &kontor_contact_point_type, kontor_record_get_id (point));
  kontor_session_commit (self->session, step);
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_menu (KontorPointList *self, KontorRecord *point)
{
  g_autoptr(GMenu) use = g_menu_new ();
  g_autoptr(GMenu) change = g_menu_new ();
  GMenu *menu = g_menu_new ();
  g_autofree char *uri = kontor_point_dup_uri (point);
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (kontor_record_get_id (point), id);
  if (uri != NULL)
    append_item (use,
                 kontor_point_is_phone (point)                         ? _("_Call")
                 : g_str_equal (kontor_point_get_kind (point), "mail") ? _("_Write")
                                                                       : _("_Open"),
                 "points.open",
                 id);
  append_item (use, _("C_opy"), "points.copy", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (use));
  if (!kontor_session_can (self->session, &kontor_contact_point_type, NULL, KONTOR_RIGHT_WRITE))
    return G_MENU_MODEL (menu);
  if (kontor_record_get_integer (point, KONTOR_CONTACT_POINT_MAIN) == 0)
    append_item (change, _("Make _main"), "points.main", id);
  append_item (change, _("C_hecked, is right"), "points.checked", id);
  append_item (change,
               kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0
                 ? _("_Valid again")
                 : _("No longer _valid"),
               "points.invalid",
               id);
  append_item (change, _("_Remove"), "points.remove", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  return G_MENU_MODEL (menu);
}

static void
create_popup (GtkMenuButton *button, gpointer self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), KONTOR_TYPE_FIELD_ROW);
  g_autoptr(GMenuModel) menu =
    create_menu (self, kontor_field_row_get_record (KONTOR_FIELD_ROW (row)));

  gtk_menu_button_set_menu_model (button, menu);
}

/* --- Rows ------------------------------------------------------------------------------------- */

/* Whether there is another one to tell the main one from. */
static gboolean
has_rival (GPtrArray *points, KontorRecord *point)
{
  for (guint i = 0; i < points->len; i++)
    {
      KontorRecord *other = g_ptr_array_index (points, i);

      if (other != point &&
          ((kontor_point_is_phone (other) && kontor_point_is_phone (point)) ||
           g_str_equal (kontor_point_get_kind (other), kontor_point_get_kind (point))))
        return TRUE;
    }
  return FALSE;
}

static void
show_point (KontorPointList *self, GtkWidget *row, KontorRecord *point)
{
  g_autofree char *checked = kontor_freshness_describe_point (self->session, self->checks, point);
  const KontorPointLook look = {
    .is_main = kontor_record_get_integer (point, KONTOR_CONTACT_POINT_MAIN) != 0 &&
               has_rival (self->points, point),
    .has_menu = !kontor_record_is_trashed (self->party),
    .checked = checked,
  };

  kontor_point_row_show (row, point, &look);
}

static int
rank_point (KontorRecord *point)
{
  static const char *const order[] = { "phone", "mobile", "mail", "messenger", "web", "fax", NULL };
  int rank = 0;

  while (order[rank] != NULL && !g_str_equal (order[rank], kontor_point_get_kind (point)))
    rank++;
  return rank * 2 + (kontor_record_get_integer (point, KONTOR_CONTACT_POINT_MAIN) != 0 ? 0 : 1);
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  KontorRecord *first = *(KontorRecord *const *) a;
  KontorRecord *second = *(KontorRecord *const *) b;
  int by_rank = rank_point (first) - rank_point (second);
  gint64 positions[2] = { kontor_record_get_integer (first, KONTOR_CONTACT_POINT_POSITION),
                          kontor_record_get_integer (second, KONTOR_CONTACT_POINT_POSITION) };

  if (by_rank != 0)
    return by_rank;
  if (positions[0] != positions[1])
    return positions[0] < positions[1] ? -1 : 1;
  return kontor_id_compare (kontor_record_get_id (first), kontor_record_get_id (second));
}

/* Id of a point to its row. */
static GHashTable *
index_rows (KontorPointList *self)
{
  GHashTable *rows = g_hash_table_new (kontor_id_hash, kontor_id_equal);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    g_hash_table_insert (rows,
                         (gpointer) kontor_record_get_id (
                           kontor_field_row_get_record (KONTOR_FIELD_ROW (row))),
                         row);
  return rows;
}

static void
update_rows (KontorPointList *self)
{
  g_autoptr(GHashTable) left = index_rows (self);
  GtkWidget *last = NULL;
  GHashTableIter iter;
  gpointer gone;

  self->n_shown = kontor_more_rows_update (self->more_rows, self->points->len);
  for (guint i = 0; i < self->n_shown; i++)
    {
      KontorRecord *point = g_ptr_array_index (self->points, i);
      GtkWidget *row = g_hash_table_lookup (left, kontor_record_get_id (point));

      if (row == NULL)
        {
          row = kontor_point_row_new (self->session, create_popup, self);
          gtk_box_insert_child_after (self->rows, row, last);
        }
      else
        {
          g_hash_table_remove (left, kontor_record_get_id (point));
          gtk_box_reorder_child_after (self->rows, row, last);
        }
      show_point (self, row, point);
      last = row;
    }
  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, NULL, &gone))
    {
      kontor_widget_hand_on_focus (gone, self->add_button);
      gtk_box_remove (self->rows, gone);
    }
}

/* Those that are there stay as they are. */
static void
append_rows (KontorPointList *self)
{
  guint n = kontor_more_rows_update (self->more_rows, self->points->len);

  for (guint i = self->n_shown; i < n; i++)
    {
      GtkWidget *row = kontor_point_row_new (self->session, create_popup, self);

      gtk_box_append (self->rows, row);
      show_point (self, row, g_ptr_array_index (self->points, i));
    }
  self->n_shown = n;
}

/* --- Adding ----------------------------------------------------------------------------------- */

static void
end_new (KontorPointList *self, gboolean focus)
{
  g_clear_pointer (&self->new_kind, g_free);
  gtk_widget_set_visible (self->new_row, FALSE);
  if (focus)
    gtk_widget_grab_focus (self->add_button);
}

static void
create_point (KontorPointList *self, const char *value)
{
  g_autoptr(KontorRecord) point = kontor_record_new (&kontor_contact_point_type, NULL);
  const char *kind =
    kontor_field_choice_label (kontor_field_by_id (KONTOR_CONTACT_POINT_KIND), self->new_kind);
  g_autofree char *label = g_strdup_printf (_("%s added"), kind);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_record_set_text (point,
                          KONTOR_CONTACT_POINT_PARTY_TYPE,
                          kontor_record_get_record_type (self->party)->name);
  kontor_record_set_link (point, KONTOR_CONTACT_POINT_PARTY, kontor_record_get_id (self->party));
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_KIND, self->new_kind);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_VALUE, value);
  kontor_step_create (step, point);
  kontor_session_commit (self->session, step);
}

static void
save_new (KontorPointList *self, gboolean focus)
{
  g_autofree char *value = g_strstrip (g_strdup (gtk_editable_get_text (self->new_entry)));

  if (self->new_kind == NULL)
    return;
  if (*value != '\0')
    create_point (self, value);
  end_new (self, focus);
}

static void
new_activated_cb (KontorPointList *self)
{
  save_new (self, TRUE);
}

static void
new_left_cb (KontorPointList *self)
{
  save_new (self, FALSE);
}

static gboolean
new_key_pressed_cb (GtkEventControllerKey *controller,
                    guint keyval,
                    guint keycode,
                    GdkModifierType state,
                    KontorPointList *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end_new (self, TRUE);
  return GDK_EVENT_STOP;
}

static void
add_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_point_list_add (KONTOR_POINT_LIST (widget), g_variant_get_string (parameter, NULL));
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_point_list_dispose (GObject *object)
{
  KontorPointList *self = KONTOR_POINT_LIST (object);

  g_clear_pointer (&self->new_kind, g_free);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_POINT_LIST);
  g_clear_object (&self->session);
  g_clear_object (&self->party);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_point_list_parent_class)->dispose (object);
}

static void
kontor_point_list_class_init (KontorPointListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_point_list_dispose;
  g_type_ensure (KONTOR_TYPE_MORE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/contacts/kontor-point-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorPointList, rows);
  gtk_widget_class_bind_template_child (widget_class, KontorPointList, more_rows);
  gtk_widget_class_bind_template_child (widget_class, KontorPointList, new_row);
  gtk_widget_class_bind_template_child (widget_class, KontorPointList, new_label);
  gtk_widget_class_bind_template_child (widget_class, KontorPointList, new_entry);
  gtk_widget_class_bind_template_child (widget_class, KontorPointList, add_button);
  gtk_widget_class_bind_template_callback (widget_class, append_rows);
  gtk_widget_class_bind_template_callback (widget_class, new_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "points.add", "s", add_activated);
  gtk_widget_class_install_action (widget_class, "points.open", "s", open_activated);
  gtk_widget_class_install_action (widget_class, "points.copy", "s", copy_activated);
  gtk_widget_class_install_action (widget_class, "points.main", "s", main_activated);
  gtk_widget_class_install_action (widget_class, "points.invalid", "s", invalid_activated);
  gtk_widget_class_install_action (widget_class, "points.checked", "s", checked_activated);
  gtk_widget_class_install_action (widget_class, "points.remove", "s", remove_activated);
}

static void
kontor_point_list_init (KontorPointList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_point_list_set_session:
 * @self: a list
 * @session: a session
 */
void
kontor_point_list_set_session (KontorPointList *self, KontorSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * kontor_point_list_set_points:
 * @self: a list
 * @party: who is reached by them
 * @points: (element-type KontorRecord): the contact points; sorted here
 * @checks: (element-type KontorRecord): what was made sure of
 */
void
kontor_point_list_set_points (KontorPointList *self,
                              KontorRecord *party,
                              GPtrArray *points,
                              GPtrArray *checks)
{
  gboolean same = self->party != NULL && kontor_id_equal (kontor_record_get_id (self->party),
                                                          kontor_record_get_id (party));

  if (!same && self->party != NULL)
    save_new (self, FALSE);
  g_set_object (&self->party, party);
  g_ptr_array_sort (points, compare_points);
  if (!same)
    kontor_more_rows_fold (self->more_rows);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  self->points = g_ptr_array_ref (points);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = g_ptr_array_ref (checks);
  update_rows (self);
  gtk_widget_set_visible (self->add_button,
                          !kontor_record_is_trashed (party) &&
                            kontor_session_can (self->session,
                                                &kontor_contact_point_type,
                                                NULL,
                                                KONTOR_RIGHT_WRITE));
}

/**
 * kontor_point_list_add:
 * @self: a list
 * @kind: kind of the new contact point
 *
 * Opens an entry for a new one.
 */
void
kontor_point_list_add (KontorPointList *self, const char *kind)
{
  const char *label =
    kontor_field_choice_label (kontor_field_by_id (KONTOR_CONTACT_POINT_KIND), kind);

  g_free (self->new_kind);
  self->new_kind = g_strdup (kind);
  gtk_label_set_text (self->new_label, label);
  gtk_editable_set_text (self->new_entry, "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_set_visible (self->new_row, TRUE);
  kontor_widget_grab_focus_soon (GTK_WIDGET (self->new_entry));
}
