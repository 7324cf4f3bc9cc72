/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child record: a button with its summary that unfolds its fields. */
#include "config.h"

#include "kontor-child-row.h"

#include "kontor-compat.h"
#include "kontor-field-list.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

struct _KontorChildRow
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *button;
  GtkLabel *line;
  GtkLabel *detail;
  GtkToggleButton *unfold;
  GtkRevealer *revealer;
  AdwBin *slot;
  GtkWidget *remove_button;

  /* owned */
  KontorSession *session;
  KontorRecord *record;
  KontorRecord *page;

  const KontorChildSpec *spec;
  KontorFieldList *fields; /* borrowed, once it was unfolded */
};

G_DEFINE_FINAL_TYPE (KontorChildRow, kontor_child_row, GTK_TYPE_WIDGET)

/* Those of the area, then the custom ones. */
static void
show_fields (KontorChildRow *self)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);
  g_autoptr(KontorLayout) usual = kontor_layout_new ();
  g_autoptr(GPtrArray) parts = NULL;

  usual->rest = TRUE;
  kontor_layout_add_ids (usual, self->spec->fields);
  parts = kontor_layout_resolve (NULL, usual, schema, self->spec->type, KONTOR_LAYOUT_ADD_CUSTOM);
  kontor_field_list_set_parts (self->fields, parts);
}

static void
schema_changed_cb (KontorChildRow *self)
{
  if (self->fields == NULL)
    return;
  show_fields (self);
  kontor_field_list_set_record (self->fields, self->record);
}

static void
create_fields (KontorChildRow *self)
{
  self->fields = KONTOR_FIELD_LIST (kontor_field_list_new (self->session));
  show_fields (self);
  g_signal_connect_object (self->session,
                           "schema-changed",
                           G_CALLBACK (schema_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_field_list_set_show_empty (self->fields, TRUE);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->fields));
}

static void
toggled_cb (KontorChildRow *self)
{
  gboolean open = gtk_toggle_button_get_active (self->unfold);

  /* of a record that only stands here its own page has the fields */
  if (open && self->fields == NULL &&
      kontor_record_get_record_type (self->record) == self->spec->type)
    {
      create_fields (self);
      kontor_field_list_set_record (self->fields, self->record);
    }
  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_button_set_icon_name (GTK_BUTTON (self->unfold),
                            open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->unfold),
                               GTK_ACCESSIBLE_STATE_EXPANDED,
                               open,
                               -1);
}

static void
remove_clicked_cb (KontorChildRow *self)
{
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;

  if (self->spec->make_removal != NULL)
    {
      step = self->spec->make_removal (self->record, self->page);
      kontor_session_commit (self->session, step);
      return;
    }
  /* Translators: %s is a kind of record: "Address removed". */
  label = g_strdup_printf (_("%s removed"), kontor_record_type_get_label (self->spec->type));
  step = kontor_step_new (label);
  kontor_step_trash (step, self->spec->type, kontor_record_get_id (self->record));
  kontor_session_commit (self->session, step);
}

static gboolean
find_target (KontorChildRow *self, const char **type, KontorId *id)
{
  const KontorFieldDef *link;
  const KontorId *target;

  if (self->spec->find_target != NULL)
    return self->spec->find_target (self->record, self->page, type, id);
  if (self->spec->open_link == 0)
    return FALSE;
  link = kontor_field_by_id (self->spec->open_link);
  target = kontor_record_value_link (self->record, link);
  if (target == NULL)
    return FALSE;
  *type = link->target;
  *id = *target;
  return TRUE;
}

/* The record it leads to, or its own fields. */
static void
clicked_cb (KontorChildRow *self)
{
  const char *type;
  KontorId id;
  char text[KONTOR_ID_TEXT_SIZE];

  if (!find_target (self, &type, &id))
    {
      gtk_toggle_button_set_active (self->unfold, !gtk_toggle_button_get_active (self->unfold));
      return;
    }
  kontor_id_format (&id, text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", type, text);
}

static void
kontor_child_row_dispose (GObject *object)
{
  KontorChildRow *self = KONTOR_CHILD_ROW (object);

  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_CHILD_ROW);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  g_clear_object (&self->page);
  G_OBJECT_CLASS (kontor_child_row_parent_class)->dispose (object);
}

static void
kontor_child_row_class_init (KontorChildRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_child_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-child-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, button);
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, line);
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, detail);
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, unfold);
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, slot);
  gtk_widget_class_bind_template_child (widget_class, KontorChildRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
kontor_child_row_init (KontorChildRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_child_row_new:
 * @session: a session
 * @spec: what its section shows
 *
 * Returns: (transfer full): a folded row without a record yet
 */
GtkWidget *
kontor_child_row_new (KontorSession *session, const KontorChildSpec *spec)
{
  KontorChildRow *self = g_object_new (KONTOR_TYPE_CHILD_ROW, NULL);

  self->session = g_object_ref (session);
  self->spec = spec;
  return GTK_WIDGET (self);
}

static void
name_buttons (KontorChildRow *self, const char *lines)
{
  g_auto(GStrv) parts = g_strsplit (lines, "\n", 2);
  g_autofree char *summary =
    parts[1] != NULL && *parts[1] != '\0' ? g_strjoinv (", ", parts) : g_strdup (parts[0]);
  const char *type;
  KontorId id;
  g_autofree char *open = NULL;
  g_autofree char *remove = NULL;
  g_autofree char *unfold = NULL;

  if (find_target (self, &type, &id))
    {
      /* Translators: opens the page of the record that is named: "Open Ana Trujillo" */
      open = g_strdup_printf (_("Open %s"), parts[0]);
    }
  kontor_widget_set_tooltip (self->button, open);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary,
                                  -1);
  /* Translators: of a button: %s is what a row shows, an address, say */
  remove = g_strdup_printf (_("Remove %s"), summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove,
                                  -1);
  /* Translators: of a button: %s is what a row shows, an address, say */
  unfold = g_strdup_printf (_("Fields of %s"), summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfold),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  unfold,
                                  -1);
}

/**
 * kontor_child_row_set_record:
 * @self: a row
 * @record: a child record
 * @page: the record whose page it stands on
 */
void
kontor_child_row_set_record (KontorChildRow *self, KontorRecord *record, KontorRecord *page)
{
  g_autofree char *summary = self->spec->summarize_for != NULL
                               ? self->spec->summarize_for (self->session, record, page)
                               : self->spec->summarize (self->session, record);
  char *end = strchr (summary, '\n');

  g_set_object (&self->record, record);
  g_set_object (&self->page, page);
  name_buttons (self, summary);
  if (end != NULL)
    *end = '\0';
  gtk_label_set_text (self->line, summary);
  gtk_label_set_text (self->detail, end != NULL ? end + 1 : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), end != NULL && end[1] != '\0');
  gtk_widget_set_visible (self->remove_button,
                          kontor_session_can (self->session,
                                              self->spec->type,
                                              NULL,
                                              KONTOR_RIGHT_DELETE));
  if (self->fields != NULL)
    kontor_field_list_set_record (self->fields, record);
}

/**
 * kontor_child_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): its record
 */
KontorRecord *
kontor_child_row_get_record (KontorChildRow *self)
{
  return self->record;
}
