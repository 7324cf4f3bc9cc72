/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list beside a page. The page follows the selection; in a table it opens in the table's place.
 */
#include "config.h"

#include "kontor-contacts-area.h"

#include "kontor-compat.h"
#include "kontor-contacts-layout.h"
#include "kontor-freshness.h"
#include "kontor-new-party-dialog.h"
#include "kontor-number.h"
#include "kontor-party-page.h"
#include "kontor-phone-book.h"
#include "kontor-record-list.h"
#include "kontor-split-view.h"
#include <adwaita.h>
#include <glib/gi18n.h>

#define LIST_WIDTH 340
#define ALONE_WIDTH 16384

struct _KontorContactsArea
{
  GtkWidget parent_instance;

  /* template */
  KontorSplitView *split;
  AdwClamp *list_clamp;
  KontorRecordList *list;
  GtkStack *stack;
  KontorPartyPage *page;
  AdwHeaderBar *nothing_header;
  AdwStatusPage *nothing_page;
  GtkWidget *nothing_back;

  /* owned */
  KontorSession *session;

  const KontorListSpec *specs;
  guint n_specs;
  const KontorRecordType *type; /* NULL: no record is shown */
  KontorId id;
  gboolean select_when_loaded;
  gboolean page_alone;
  const char *action_when_loaded; /* (nullable) */
  KontorId action_id;             /* the record it is for */
  gboolean window_can_go_back;
};

static void area_init (KontorAreaInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KontorContactsArea,
                               kontor_contacts_area,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (KONTOR_TYPE_AREA, area_init))

/* --- The page --------------------------------------------------------------------------------- */

static void
update_back (KontorContactsArea *self)
{
  gboolean alone = kontor_split_view_get_folded (self->split);
  gboolean can = self->window_can_go_back || alone;

  kontor_party_page_set_place (self->page, can, alone);
  gtk_widget_set_visible (self->nothing_back, can);
}

static void
show_nothing (KontorContactsArea *self, const char *title)
{
  self->type = NULL;
  adw_status_page_set_title (self->nothing_page, title);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  kontor_area_place_changed (KONTOR_AREA (self));
}

static gboolean
has_page (const KontorRecordType *type)
{
  return type == &kontor_contact_type || type == &kontor_account_type;
}

static void
show_record (KontorContactsArea *self, const KontorRecordType *type, const KontorId *id)
{
  if (self->type == type && kontor_id_equal (&self->id, id))
    return;
  self->type = type;
  self->id = *id;
  kontor_party_page_show (self->page, type, id);
  gtk_stack_set_visible_child_name (self->stack, "page");
  kontor_area_place_changed (KONTOR_AREA (self));
}

static void
page_loaded_cb (KontorPartyPage *page, KontorRecord *record, KontorContactsArea *self)
{
  const char *action = g_steal_pointer (&self->action_when_loaded);

  if (action != NULL && kontor_id_equal (kontor_record_get_id (record), &self->action_id))
    gtk_widget_activate_action (GTK_WIDGET (page), action, NULL);
  kontor_area_place_changed (KONTOR_AREA (self));
  if (!self->select_when_loaded ||
      kontor_record_get_record_type (record) != kontor_record_list_get_spec (self->list)->type)
    return;
  self->select_when_loaded = FALSE;
  kontor_record_list_select_rid (self->list, kontor_record_get_rid (record));
}

static void
page_gone_cb (KontorContactsArea *self)
{
  show_nothing (self, _("This record is no longer there"));
}

/* --- The list --------------------------------------------------------------------------------- */

/* Whom a row of the list is about, if there is a page of them. */
static gboolean
get_subject (KontorContactsArea *self,
             KontorListRow *row,
             const KontorRecordType **type,
             KontorId *id)
{
  KontorRecord *record = row != NULL ? kontor_list_row_get_record (row) : NULL;

  return record != NULL &&
         kontor_list_spec_get_subject (kontor_record_list_get_spec (self->list),
                                       record,
                                       type,
                                       id) &&
         has_page (*type);
}

static void
show_row_cb (KontorRecordList *list, KontorListRow *row, KontorContactsArea *self)
{
  const KontorRecordType *type;
  KontorId id;

  /* a table keeps the page out of sight until it is opened */
  if (kontor_split_view_get_folded (self->split))
    return;
  if (get_subject (self, row, &type, &id))
    show_record (self, type, &id);
  else if (row == NULL && self->type == NULL)
    show_nothing (self, _("Nothing selected"));
}

static void
open_row_cb (KontorRecordList *list, KontorListRow *row, KontorContactsArea *self)
{
  const KontorListSpec *spec = kontor_record_list_get_spec (list);
  const KontorRecordType *type;
  KontorId id;

  if (!get_subject (self, row, &type, &id))
    return;
  show_record (self, type, &id);
  if (spec->activate != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), spec->activate, NULL);
      return;
    }
  kontor_split_view_set_shows_second (self->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

/* --- A number that is selected ---------------------------------------------------------------- */

static KontorRecord *
dup_selected_number (KontorContactsArea *self)
{
  g_autoptr(KontorListRow) row = kontor_record_list_dup_selected (self->list);
  KontorRecord *record = row != NULL ? kontor_list_row_get_record (row) : NULL;

  return record != NULL && kontor_record_get_record_type (record) == &kontor_contact_point_type
           ? g_object_ref (record)
           : NULL;
}

static void
call_number (KontorContactsArea *self, gboolean anyway)
{
  g_autoptr(KontorRecord) point = dup_selected_number (self);

  if (point != NULL)
    kontor_phone_book_call (point, anyway, self->session, GTK_WIDGET (self));
}

/* Enter may be pressed too soon: who must not be called is not. */
static void
dial_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  call_number (KONTOR_CONTACTS_AREA (widget), FALSE);
}

static void
call_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  call_number (KONTOR_CONTACTS_AREA (widget), TRUE);
}

static void
copy_number_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (widget);
  g_autoptr(KontorRecord) point = dup_selected_number (self);

  if (point != NULL)
    kontor_phone_book_copy (point, self->session, widget);
}

/* Also where Enter means something else. */
static gboolean
show_selected (KontorContactsArea *self, KontorId *id)
{
  g_autoptr(KontorListRow) row = kontor_record_list_dup_selected (self->list);
  const KontorRecordType *type;

  if (!get_subject (self, row, &type, id))
    return FALSE;
  show_record (self, type, id);
  kontor_split_view_set_shows_second (self->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
  return TRUE;
}

static void
show_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorId id;

  show_selected (KONTOR_CONTACTS_AREA (widget), &id);
}

static gboolean activate_for_selected (KontorContactsArea *self, const char *action);

static void
mail_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_for_selected (KONTOR_CONTACTS_AREA (widget), "page.mail-or-tell");
}

static void
install_number_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "number.dial", NULL, dial_activated);
  gtk_widget_class_install_action (klass, "number.call", NULL, call_activated);
  gtk_widget_class_install_action (klass, "number.show", NULL, show_activated);
  gtk_widget_class_install_action (klass, "number.copy", NULL, copy_number_activated);
  gtk_widget_class_install_action (klass, "number.mail", NULL, mail_activated);
}

static void
many_selected_cb (KontorRecordList *list, guint n, KontorContactsArea *self)
{
  g_autofree char *number = kontor_integer_format (n);
  g_autofree char *title = g_strdup_printf (ngettext ("%s selected", "%s selected", n), number);

  if (!kontor_split_view_get_folded (self->split))
    show_nothing (self, title);
}

/* Beside a page the list keeps its width; alone it takes what there is. */
static void
update_list_width (KontorContactsArea *self)
{
  gboolean alone = kontor_split_view_get_folded (self->split);

  adw_clamp_set_maximum_size (self->list_clamp, alone ? ALONE_WIDTH : LIST_WIDTH);
  adw_clamp_set_tightening_threshold (self->list_clamp, alone ? ALONE_WIDTH : LIST_WIDTH);
}

static void
table_changed_cb (KontorContactsArea *self)
{
  kontor_split_view_set_single (self->split,
                                self->page_alone || kontor_record_list_is_table (self->list));
}

static void
view_changed_cb (KontorContactsArea *self)
{
  if (self->type == NULL)
    show_nothing (self, _("Nothing selected"));
  kontor_area_place_changed (KONTOR_AREA (self));
}

/* The list's table is only for wide windows; "folded" by a table itself does not count. */
static void
folded_changed_cb (KontorContactsArea *self)
{
  gboolean folded = kontor_split_view_get_folded (self->split);
  gboolean single = kontor_record_list_is_table (self->list);
  GtkWidget *list_header = kontor_record_list_get_header (self->list);

  if (!single)
    kontor_record_list_set_folded (self->list, folded);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (list_header), folded);
  update_list_width (self);
  update_back (self);
}

static void
pane_changed_cb (KontorContactsArea *self)
{
  kontor_area_place_changed (KONTOR_AREA (self));
}

/* --- KontorArea ------------------------------------------------------------------------------- */

static gboolean
area_can_open (KontorArea *area, const KontorRecordType *type)
{
  return has_page (type);
}

/* A list of numbers stays: whoever has one may be in it. */
static gboolean
shows_type (KontorContactsArea *self, const KontorRecordType *type)
{
  const KontorListSpec *spec = kontor_record_list_get_spec (self->list);

  return spec->type == type || spec->subject != 0;
}

static void
area_open_record (KontorArea *area, const KontorRecordType *type, const KontorId *id)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);

  if (!shows_type (self, type))
    for (guint i = 0; i < self->n_specs; i++)
      if (self->specs[i].type == type)
        {
          kontor_record_list_set_view (self->list, self->specs[i].name);
          break;
        }
  self->select_when_loaded = TRUE;
  show_record (self, type, id);
  kontor_split_view_set_shows_second (self->split, TRUE);
}

static gboolean
area_get_current (KontorArea *area, const KontorRecordType **type, KontorId *id)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);

  *type = self->type;
  *id = self->id;
  return self->type != NULL;
}

static void
area_set_view (KontorArea *area, guint n)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);

  if (n < self->n_specs)
    kontor_contacts_area_show_list (self, self->specs[n].name);
}

static void
area_search (KontorArea *area)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);

  kontor_split_view_set_shows_second (self->split, FALSE);
  kontor_record_list_focus_search (self->list);
}

static gboolean
area_go_back (KontorArea *area)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);

  if (!kontor_split_view_get_folded (self->split) ||
      !kontor_split_view_get_shows_second (self->split))
    return FALSE;
  kontor_split_view_set_shows_second (self->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return TRUE;
}

static gboolean
area_step (KontorArea *area, int by)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);
  gboolean folded = kontor_split_view_get_folded (self->split);

  return kontor_record_list_step (self->list, by) && !folded;
}

static gboolean
is_page_in_sight (KontorContactsArea *self)
{
  return self->type != NULL && (!kontor_split_view_get_folded (self->split) ||
                                kontor_split_view_get_shows_second (self->split));
}

/* What is meant by a key of the page while only the list is seen: the record that is selected. */
static gboolean
activate_for_selected (KontorContactsArea *self, const char *action)
{
  KontorId id;

  if (!show_selected (self, &id))
    return FALSE;
  kontor_contacts_area_activate_when_loaded (self, &id, g_intern_string (action));
  return TRUE;
}

static gboolean
area_activate (KontorArea *area, const char *action)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);
  const KontorListSpec *spec = kontor_record_list_get_spec (self->list);
  GtkWidget *list = GTK_WIDGET (self->list);

  kontor_record_list_follow_now (self->list);
  if (!g_str_has_prefix (action, "page."))
    {
      if (g_str_equal (action, "records.filter") || g_str_equal (action, "records.save-view"))
        kontor_split_view_set_shows_second (self->split, FALSE);
      return gtk_widget_activate_action (list, action, NULL);
    }
  if (kontor_record_list_get_n_selected (self->list) > 1 && !is_page_in_sight (self))
    return g_str_equal (action, "page.tags") &&
           gtk_widget_activate_action (list, "records.tag", NULL);
  /* a row of a table is edited where it is */
  if (!is_page_in_sight (self) && g_str_equal (action, "page.edit") &&
      kontor_record_list_is_table (self->list))
    return gtk_widget_activate_action (list, "records.edit-row", NULL);
  if (!is_page_in_sight (self) && g_str_equal (action, "page.call") && spec->activate != NULL)
    return gtk_widget_activate_action (GTK_WIDGET (self), spec->activate, NULL);
  if (!is_page_in_sight (self))
    return activate_for_selected (self, action);
  return gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL);
}

static void
area_set_can_go_back (KontorArea *area, gboolean can_go_back)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);

  self->window_can_go_back = can_go_back;
  update_back (self);
}

static guint
area_get_panes (KontorArea *area, GtkWidget **panes)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (area);
  gboolean folded = kontor_split_view_get_folded (self->split);
  gboolean second = kontor_split_view_get_shows_second (self->split);
  guint n = 0;

  if (!folded || !second)
    panes[n++] = GTK_WIDGET (self->list);
  if (!folded || second)
    panes[n++] = gtk_stack_get_visible_child (self->stack);
  return n;
}

static void
area_init (KontorAreaInterface *iface)
{
  iface->can_open = area_can_open;
  iface->open_record = area_open_record;
  iface->get_current = area_get_current;
  iface->set_view = area_set_view;
  iface->search = area_search;
  iface->go_back = area_go_back;
  iface->step = area_step;
  iface->activate = area_activate;
  iface->set_can_go_back = area_set_can_go_back;
  iface->get_panes = area_get_panes;
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_contacts_area_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KONTOR_CONTACTS_AREA (widget)->list));
}

static void
kontor_contacts_area_dispose (GObject *object)
{
  KontorContactsArea *self = KONTOR_CONTACTS_AREA (object);

  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_CONTACTS_AREA);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_contacts_area_parent_class)->dispose (object);
}

static void
kontor_contacts_area_class_init (KontorContactsAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_contacts_area_dispose;
  widget_class->grab_focus = kontor_contacts_area_grab_focus;
  g_type_ensure (KONTOR_TYPE_SPLIT_VIEW);
  g_type_ensure (KONTOR_TYPE_RECORD_LIST);
  g_type_ensure (KONTOR_TYPE_PARTY_PAGE);
  install_number_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH
                                               "/ui/contacts/kontor-contacts-area.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, split);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, list_clamp);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, list);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, page);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, nothing_header);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, KontorContactsArea, nothing_back);
  gtk_widget_class_bind_template_callback (widget_class, folded_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, many_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_gone_cb);
}

static void
kontor_contacts_area_init (KontorContactsArea *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
}

static KontorContactsArea *
area_new (KontorSession *session, const KontorListSpec *specs, guint n_specs)
{
  KontorContactsArea *self = g_object_new (KONTOR_TYPE_CONTACTS_AREA, NULL);

  self->session = g_object_ref (session);
  kontor_freshness_prepare (session);
  self->specs = specs;
  self->n_specs = n_specs;
  kontor_record_list_set_session (self->list, session);
  kontor_party_page_set_session (self->page, session);
  kontor_record_list_set_specs (self->list, specs, n_specs);
  return self;
}

/**
 * kontor_contacts_area_new:
 * @session: a session
 *
 * Returns: (transfer full): the area of people and organisations
 */
GtkWidget *
kontor_contacts_area_new (KontorSession *session)
{
  KontorContactsArea *self = area_new (session, kontor_contacts_views, kontor_n_contacts_views);
  g_autoptr(GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("New _person"), "win.new::contact");
  g_menu_append (menu, _("New _organisation"), "win.new::account");
  kontor_record_list_set_new_menu (self->list, G_MENU_MODEL (menu));
  return GTK_WIDGET (self);
}

/**
 * kontor_contacts_area_new_trash:
 * @session: a session
 *
 * Returns: (transfer full): the area of what is in the trash
 */
GtkWidget *
kontor_contacts_area_new_trash (KontorSession *session)
{
  return GTK_WIDGET (area_new (session, kontor_trash_views, kontor_n_trash_views));
}

static void
created_cb (KontorContactsArea *self, const KontorCommit *commit)
{
  if (commit->first_type != NULL && has_page (commit->first_type))
    area_open_record (KONTOR_AREA (self), commit->first_type, &commit->first_id);
}

static void
present_new (KontorContactsArea *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * kontor_contacts_area_create:
 * @self: an area
 * @type_name: (nullable): account or contact; by default what the present view shows
 * @name: (nullable): a name to begin with
 *
 * Asks for a new record.
 */
void
kontor_contacts_area_create (KontorContactsArea *self, const char *type_name, const char *name)
{
  const KontorRecordType *type =
    type_name != NULL && *type_name != '\0'
      ? kontor_record_type_by_name (type_name)
      : kontor_list_spec_get_new_type (kontor_record_list_get_spec (self->list));
  GtkWidget *dialog;

  if (type == NULL || !has_page (type) ||
      !kontor_session_can (self->session, type, NULL, KONTOR_RIGHT_WRITE))
    return;
  dialog = kontor_new_party_dialog_new (self->session, type);
  if (name != NULL)
    kontor_new_party_dialog_set_name (KONTOR_NEW_PARTY_DIALOG (dialog), name);
  present_new (self, dialog);
}

/**
 * kontor_contacts_area_create_person:
 * @self: an area
 * @texts: what is known already
 *
 * Asks for a new person, with what is known filled in.
 */
void
kontor_contacts_area_create_person (KontorContactsArea *self, const KontorNewPartyTexts *texts)
{
  GtkWidget *dialog;

  if (!kontor_session_can (self->session, &kontor_contact_type, NULL, KONTOR_RIGHT_WRITE))
    return;
  dialog = kontor_new_party_dialog_new (self->session, &kontor_contact_type);
  kontor_new_party_dialog_set_texts (KONTOR_NEW_PARTY_DIALOG (dialog), texts);
  present_new (self, dialog);
}

/**
 * kontor_contacts_area_dup_view:
 * @self: an area
 *
 * Returns: (transfer full): name of the view it shows
 */
char *
kontor_contacts_area_dup_view (KontorContactsArea *self)
{
  return kontor_record_list_dup_view (self->list);
}

/**
 * kontor_contacts_area_show_view:
 * @self: an area
 * @name: (nullable): name of a view
 */
void
kontor_contacts_area_show_view (KontorContactsArea *self, const char *name)
{
  kontor_record_list_set_view (self->list, name);
  kontor_split_view_set_shows_second (self->split, FALSE);
}

/**
 * kontor_contacts_area_show_list:
 * @self: an area
 * @view: name of a view
 *
 * Shows the list with this view, and gives it the focus.
 */
void
kontor_contacts_area_show_list (KontorContactsArea *self, const char *view)
{
  kontor_record_list_set_view (self->list, view);
  kontor_split_view_set_shows_second (self->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/**
 * kontor_contacts_area_set_page_alone:
 * @self: an area
 *
 * From now on the page has the whole width; the list is a step back.
 */
void
kontor_contacts_area_set_page_alone (KontorContactsArea *self)
{
  self->page_alone = TRUE;
  table_changed_cb (self);
}

/**
 * kontor_contacts_area_activate_when_loaded:
 * @self: an area that opens a record
 * @id: the record
 * @action: (transfer none): an action of the page; a string that stays
 *
 * Activates @action when the page shows the record, at once if it does already.
 */
void
kontor_contacts_area_activate_when_loaded (KontorContactsArea *self,
                                           const KontorId *id,
                                           const char *action)
{
  KontorRecord *record = kontor_party_page_get_record (self->page);

  self->action_when_loaded = NULL;
  if (record != NULL && kontor_id_equal (kontor_record_get_id (record), id))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL);
      return;
    }
  self->action_when_loaded = action;
  self->action_id = *id;
}

/**
 * kontor_contacts_area_dup_title:
 * @self: an area
 *
 * Returns: (transfer full) (nullable): title of the record it shows, once it is read
 */
char *
kontor_contacts_area_dup_title (KontorContactsArea *self)
{
  KontorRecord *record = self->type != NULL ? kontor_party_page_get_record (self->page) : NULL;

  return record != NULL && kontor_id_equal (kontor_record_get_id (record), &self->id)
           ? kontor_record_dup_title (record)
           : NULL;
}

/**
 * kontor_contacts_area_restore_record:
 * @self: an area that was just made
 * @type: type of the record that was shown last
 * @id: its id
 *
 * Shows it again beside the list, as it is; a narrow window begins with the list.
 */
void
kontor_contacts_area_restore_record (KontorContactsArea *self,
                                     const KontorRecordType *type,
                                     const KontorId *id)
{
  self->select_when_loaded = TRUE;
  show_record (self, type, id);
}

/**
 * kontor_contacts_area_show_tag:
 * @self: an area
 * @tag: name of a tag
 *
 * Filters the list by @tag.
 */
void
kontor_contacts_area_show_tag (KontorContactsArea *self, const char *tag)
{
  const KontorListSpec *spec = kontor_record_list_get_spec (self->list);
  const KontorRecordType *type = spec->subject != 0 ? &kontor_contact_type : spec->type;
  const KontorFieldDef *field = kontor_record_type_find_field (type, "tags");
  g_autoptr(KontorFilter) filter =
    field != NULL ? kontor_filter_new_compare (field, KONTOR_OP_EQ, tag) : NULL;

  if (filter == NULL)
    return;
  if (spec->type != type)
    kontor_record_list_set_view (self->list, self->specs[0].name);
  kontor_split_view_set_shows_second (self->split, FALSE);
  kontor_record_list_filter (self->list, filter);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}
