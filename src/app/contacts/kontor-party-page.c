/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads everything about a person or an organisation in one go and shows it; reads it again when
 * something of it changed. */
#include "config.h"

#include "kontor-party-page-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-field-row.h"
#include "kontor-field-text.h"
#include "kontor-freshness.h"
#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_EDITING,
  N_PROPS
};

enum
{
  SIGNAL_LOADED,
  SIGNAL_GONE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorPartyPage, kontor_party_page, GTK_TYPE_WIDGET)

static void load (KontorPartyPage *self);

/* --- Showing ---------------------------------------------------------------------------------- */

static void
add_section (KontorPartyPage *self, const KontorChildSpec *spec)
{
  GtkWidget *section = kontor_child_section_new (self->session, spec);

  gtk_box_append (self->facts, section);
  g_ptr_array_add (self->sections, section);
}

static void
build_fields (KontorPartyPage *self)
{
  g_autoptr(GPtrArray) parts = kontor_contacts_resolve (kontor_session_get_schema (self->session),
                                                         self->type,
                                                         KONTOR_LAYOUT_PAGE);

  kontor_field_list_set_parts (self->fields, parts);
}

/* A person's page has other sections than an organisation's. */
static void
build_sections (KontorPartyPage *self)
{
  const KontorChildSpec *const *specs = kontor_contacts_page_sections (self->type);

  for (guint i = 0; i < self->sections->len; i++)
    gtk_box_remove (self->facts, g_ptr_array_index (self->sections, i));
  g_ptr_array_set_size (self->sections, 0);
  self->section_specs = specs;
  for (; *specs != NULL; specs++)
    add_section (self, *specs);
  gtk_box_reorder_child_after (self->facts,
                               GTK_WIDGET (self->attachments),
                               gtk_widget_get_last_child (GTK_WIDGET (self->facts)));
}

static GPtrArray *
get_children (KontorPageData *data, const KontorRecordType *type)
{
  GPtrArray *children = g_hash_table_lookup (data->children, type->name);

  return children != NULL ? g_ptr_array_ref (children)
                          : g_ptr_array_new_with_free_func (g_object_unref);
}

static void
show_sections (KontorPartyPage *self, KontorPageData *data)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      const KontorChildSpec *spec = self->section_specs[i];
      g_autoptr(GPtrArray) children =
        spec->gather != NULL ? spec->gather (data) : get_children (data, spec->type);

      kontor_child_section_set_children (g_ptr_array_index (self->sections, i),
                                         data->record,
                                         children);
    }
}

/* "Owner at Trujillo Emparedados" with a link to the organisation. */
static void
show_person_subtitle (KontorPartyPage *self, KontorRecord *record)
{
  const char *position = kontor_record_get_text (record, KONTOR_CONTACT_POSITION);
  const char *account = kontor_record_get_text (record, KONTOR_CONTACT_ACCOUNT_NAME);
  const KontorId *link = kontor_record_get_link (record, KONTOR_CONTACT_ACCOUNT);
  g_autofree char *anchor = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *markup = NULL;

  if (account != NULL && link != NULL)
    {
      char id[KONTOR_ID_TEXT_SIZE];

      kontor_id_format (link, id);
      anchor = g_markup_printf_escaped ("<a href=\"account:%s\">%s</a>", id, account);
    }
  escaped = position != NULL ? g_markup_escape_text (position, -1) : NULL;
  if (escaped != NULL && anchor != NULL)
    /* Translators: position, organisation: "Owner at Trujillo Emparedados" */
    markup = g_strdup_printf (_("%s at %s"), escaped, anchor);
  else
    markup = g_strdup (anchor != NULL ? anchor : escaped);
  gtk_label_set_markup (self->subtitle, markup != NULL ? markup : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), markup != NULL);
}

static void
show_organisation_subtitle (KontorPartyPage *self, KontorRecord *record)
{
  g_autofree char *kind =
    kontor_field_text_full (self->session, record, kontor_field_by_id (KONTOR_ACCOUNT_KIND));
  g_autofree char *industry =
    kontor_field_text_full (self->session, record, kontor_field_by_id (KONTOR_ACCOUNT_INDUSTRY));
  g_autofree char *city =
    kontor_field_text_full (self->session, record, kontor_field_by_id (KONTOR_ACCOUNT_CITY));
  const char *parts[] = { kind, industry, city };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  gtk_label_set_text (self->subtitle, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), text->len > 0);
}

static void
show_head (KontorPartyPage *self, KontorRecord *record)
{
  g_autofree char *title = kontor_record_dup_title (record);
  g_autofree char *avatar = kontor_field_text_avatar (record);

  adw_window_title_set_title (self->window_title, title);
  adw_avatar_set_text (self->avatar, avatar);
  adw_avatar_set_icon_name (self->avatar, self->type->icon);
  gtk_label_set_text (self->name, title);
  if (self->type == &kontor_contact_type)
    show_person_subtitle (self, record);
  else
    show_organisation_subtitle (self, record);
}

/* "Checked 12 days ago", or a warning that stands out. */
static void
show_freshness (KontorPartyPage *self, KontorRecord *record)
{
  gboolean stale;
  g_autofree char *text = kontor_freshness_describe (self->session, record, &stale);

  gtk_label_set_text (self->freshness_label, text);
  gtk_widget_set_visible (self->freshness, !kontor_record_is_trashed (record));
  if (stale)
    {
      gtk_widget_add_css_class (self->freshness, "kontor-chip");
      gtk_widget_add_css_class (GTK_WIDGET (self->freshness_label), "warning");
      gtk_widget_remove_css_class (GTK_WIDGET (self->freshness_label), "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (self->freshness, "kontor-chip");
      gtk_widget_remove_css_class (GTK_WIDGET (self->freshness_label), "warning");
      gtk_widget_add_css_class (GTK_WIDGET (self->freshness_label), "dim-label");
    }
}

static void
show_data (KontorPartyPage *self, KontorPageData *data)
{
  g_autoptr(GPtrArray) points = get_children (data, &kontor_contact_point_type);
  g_autoptr(GPtrArray) checks = get_children (data, &kontor_verification_type);
  g_autoptr(GPtrArray) attachments = get_children (data, &kontor_attachment_type);
  gboolean trashed = kontor_record_is_trashed (data->record);

  g_set_object (&self->record, data->record);
  show_head (self, data->record);
  show_freshness (self, data->record);
  gtk_revealer_set_reveal_child (self->trash_banner, trashed);
  kontor_star_button_set_record (self->star, data->record);
  kontor_tag_box_set_record (self->tags, data->record, data->tags);
  kontor_point_list_set_points (self->points, data->record, points, checks);
  kontor_field_list_set_record (self->fields, data->record);
  show_sections (self, data);
  kontor_attachment_section_set_attachments (self->attachments, data->record, attachments);
  kontor_timeline_set_record (self->timeline, data->record);
  g_clear_pointer (&self->contact_points, g_ptr_array_unref);
  self->contact_points = g_ptr_array_ref (points);
  kontor_party_page_update_actions (self);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button),
                          !trashed && kontor_session_can (self->session,
                                                          self->type,
                                                          NULL,
                                                          KONTOR_RIGHT_WRITE));
  /* first, as who waited for the record may want the focus elsewhere */
  if (self->wants_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_LOADED], 0, data->record);
}

/* On what the page is about, not on a button above it; as soon as that is there. */
static gboolean
kontor_party_page_grab_focus (GtkWidget *widget)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);

  self->wants_focus = self->loading;
  return !self->loading &&
         (gtk_widget_child_focus (GTK_WIDGET (self->points), GTK_DIR_TAB_FORWARD) ||
          gtk_widget_child_focus (GTK_WIDGET (self->fields), GTK_DIR_TAB_FORWARD) ||
          gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorPartyPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KontorPageData) data =
    kontor_workspace_read_page_finish (KONTOR_WORKSPACE (source), result, &error);

  if (data != NULL && self->facts != NULL)
    {
      self->loading = FALSE;
      if (kontor_id_equal (kontor_record_get_id (data->record), &self->id))
        show_data (self, data);
      if (self->stale)
        load (self);
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->loading = FALSE;
      if (kontor_error_is (error, KONTOR_ERROR_NOT_FOUND))
        g_signal_emit (self, signals[SIGNAL_GONE], 0);
      else
        kontor_session_fail (self->session, error);
    }
  g_object_unref (self);
}

static void
cancel_loading (KontorPartyPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->loading = FALSE;
}

static void
load (KontorPartyPage *self)
{
  self->stale = FALSE;
  self->loading = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kontor_workspace_read_page_async (kontor_session_get_workspace (self->session),
                                    self->type,
                                    &self->id,
                                    0,
                                    self->cancellable,
                                    loaded_cb,
                                    g_object_ref (self));
}

/* Whether something that stands on the page changed: the record, what belongs to it, an entry. */
static gboolean
is_concerned (KontorPartyPage *self, KontorChangeSet *changes)
{
  return kontor_change_set_touches (changes, self->type, &self->id) ||
         kontor_change_set_touches_type (changes, &kontor_activity_type) ||
         kontor_change_set_touches_type (changes, &kontor_activity_link_type) ||
         kontor_change_set_touches_type (changes, &kontor_tag_type) ||
         kontor_change_set_touches_type (changes, &kontor_tag_link_type) ||
         kontor_change_set_touches_type (changes, &kontor_account_contact_type) ||
         kontor_change_set_touches_type (changes, &kontor_attachment_type) ||
         kontor_change_set_touches_type (changes, &kontor_party_relation_type) ||
         (self->type == &kontor_account_type &&
          kontor_change_set_touches_type (changes, &kontor_account_type)) ||
         kontor_change_set_is_wholesale (changes, self->type);
}

static void
workspace_changed_cb (KontorSession *session, KontorChangeSet *changes, KontorPartyPage *self)
{
  if (self->type == NULL || !is_concerned (self, changes))
    return;
  if (self->loading)
    self->stale = TRUE;
  else
    load (self);
}

static void
schema_changed_cb (KontorPartyPage *self)
{
  if (self->type == NULL)
    return;
  build_fields (self);
  if (self->record != NULL)
    kontor_field_list_set_record (self->fields, self->record);
  /* what was read knows nothing of the values of a new field */
  if (self->loading)
    self->stale = TRUE;
  else
    load (self);
}

/* --- Panes ------------------------------------------------------------------------------------ */

static void
pane_toggled_cb (KontorPartyPage *self)
{
  kontor_split_view_set_shows_second (self->split,
                                      gtk_toggle_button_get_active (self->timeline_button));
}

static void
folded_changed_cb (KontorPartyPage *self)
{
  gboolean folded = kontor_split_view_get_folded (self->split);

  gtk_widget_set_visible (self->switch_row, folded);
  if (folded)
    pane_toggled_cb (self);
}

static gboolean
subtitle_link_cb (GtkLabel *label, const char *uri, KontorPartyPage *self)
{
  if (g_str_has_prefix (uri, "account:"))
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "win.open-record",
                                "(ss)",
                                "account",
                                uri + strlen ("account:"));
  return TRUE;
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_party_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_EDITING)
    g_value_set_boolean (value, KONTOR_PARTY_PAGE (object)->editing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* F2 on a field, an attachment or an entry means that one. */
static gboolean
edit_focused (KontorPartyPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return FALSE;
  if (KONTOR_IS_FIELD_ROW (focus) && kontor_field_row_is_editable (KONTOR_FIELD_ROW (focus)))
    {
      kontor_field_row_edit (KONTOR_FIELD_ROW (focus));
      return TRUE;
    }
  row = gtk_widget_get_first_child (focus);
  return gtk_widget_activate_action (focus, "attachment.rename", NULL) ||
         (row != NULL && gtk_widget_activate_action (row, "entry.edit", NULL));
}

static void
kontor_party_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (object);

  if (id != PROP_EDITING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->editing == g_value_get_boolean (value) || (!self->editing && edit_focused (self)))
    return;
  self->editing = g_value_get_boolean (value);
  kontor_field_list_set_keep_open (self->fields, self->editing);
  if (self->editing)
    kontor_field_list_edit_field (self->fields, NULL);
  g_object_notify_by_pspec (object, properties[PROP_EDITING]);
}

static void
kontor_party_page_dispose (GObject *object)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (object);

  cancel_loading (self);
  g_clear_weak_pointer (&self->drop_row);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_PARTY_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->contact_points, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_party_page_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (KONTOR_TYPE_ATTACHMENT_SECTION);
  g_type_ensure (KONTOR_TYPE_FIELD_LIST);
  g_type_ensure (KONTOR_TYPE_POINT_LIST);
  g_type_ensure (KONTOR_TYPE_SPLIT_VIEW);
  g_type_ensure (KONTOR_TYPE_JOB_BUTTON);
  g_type_ensure (KONTOR_TYPE_STAR_BUTTON);
  g_type_ensure (KONTOR_TYPE_TAG_BOX);
  g_type_ensure (KONTOR_TYPE_TIMELINE);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, header);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, back_button);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, window_title);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, trash_banner);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, avatar);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, name);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, subtitle);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, star);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, jobs);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, job_button);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, tags);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, freshness);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, freshness_label);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, switch_row);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, timeline_button);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, split);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, facts);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, edit_button);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, points);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, fields);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, attachments);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, timeline);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, drop_frame);
  gtk_widget_class_bind_template_child (klass, KontorPartyPage, drop_label);
}

static void
kontor_party_page_class_init (KontorPartyPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kontor_party_page_dispose;
  widget_class->grab_focus = kontor_party_page_grab_focus;
  object_class->get_property = kontor_party_page_get_property;
  object_class->set_property = kontor_party_page_set_property;
  properties[PROP_EDITING] =
    g_param_spec_boolean ("editing",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded",
                                         type,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         KONTOR_TYPE_RECORD);
  signals[SIGNAL_GONE] =
    g_signal_new ("gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/contacts/kontor-party-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, pane_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, subtitle_link_cb);
  gtk_widget_class_install_property_action (widget_class, "page.edit", "editing");
  kontor_party_page_install_actions (widget_class);
}

static void
kontor_party_page_init (KontorPartyPage *self)
{
  self->sections = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_party_page_take_drops (self);
}

/**
 * kontor_party_page_set_session:
 * @self: a page
 * @session: a session
 */
void
kontor_party_page_set_session (KontorPartyPage *self, KontorSession *session)
{
  g_set_object (&self->session, session);
  kontor_star_button_set_session (self->star, session);
  kontor_job_button_set_session (self->job_button, session);
  kontor_tag_box_set_session (self->tags, session);
  kontor_point_list_set_session (self->points, session);
  kontor_field_list_set_session (self->fields, session);
  kontor_attachment_section_set_session (self->attachments, session);
  kontor_timeline_set_session (self->timeline, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (workspace_changed_cb), self, 0);
  g_signal_connect_object (session,
                           "schema-changed",
                           G_CALLBACK (schema_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * kontor_party_page_show:
 * @self: a page
 * @type: account or contact
 * @id: which
 *
 * Reads and shows a record; what was being edited is stored first.
 */
void
kontor_party_page_show (KontorPartyPage *self, const KontorRecordType *type, const KontorId *id)
{
  if (self->type == type && kontor_id_equal (&self->id, id))
    return;
  cancel_loading (self);
  if (self->editing)
    g_object_set (self, "editing", FALSE, NULL);
  self->id = *id;
  if (self->type != type)
    {
      self->type = type;
      g_clear_object (&self->record);
      build_fields (self);
      build_sections (self);
    }
  kontor_field_list_set_show_empty (self->fields, FALSE);
  load (self);
}

/**
 * kontor_party_page_get_record:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the record as it was last read
 */
KontorRecord *
kontor_party_page_get_record (KontorPartyPage *self)
{
  return self->record;
}

/**
 * kontor_party_page_get_header:
 * @self: a page
 *
 * Returns: (transfer none): its header bar
 */
GtkWidget *
kontor_party_page_get_header (KontorPartyPage *self)
{
  return GTK_WIDGET (self->header);
}

/**
 * kontor_party_page_set_place:
 * @self: a page
 * @can_go_back: whether there is anything to go back to
 * @alone: whether no list is beside it, whose header would show what the program is busy with
 */
void
kontor_party_page_set_place (KontorPartyPage *self, gboolean can_go_back, gboolean alone)
{
  gtk_widget_set_visible (self->back_button, can_go_back);
  gtk_widget_set_visible (self->jobs, alone);
}
