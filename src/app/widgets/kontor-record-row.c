/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Name, what tells two of the same name apart, and when somebody last talked to them. */
#include "config.h"

#include "kontor-record-row.h"

#include "kontor-compat.h"
#include "kontor-field-text.h"
#include "kontor-model.h"
#include <adwaita.h>
#include <glib/gi18n.h>

#define STALE_MS (G_GINT64_CONSTANT (14) * 24 * 60 * 60 * 1000)

struct _KontorRecordRow
{
  GtkWidget parent_instance;

  /* template */
  AdwAvatar *avatar;
  GtkInscription *line;
  GtkInscription *detail;
  GtkLabel *trailing;
  GtkWidget *warning_slot;
  GtkWidget *warning;

  /* owned */
  KontorSession *session;
  KontorListRow *row;

  const KontorListSpec *spec;
};

G_DEFINE_FINAL_TYPE (KontorRecordRow, kontor_record_row, GTK_TYPE_WIDGET)

static char *
dup_field (KontorRecordRow *self, KontorRecord *record, KontorFieldId field)
{
  if (field == 0)
    return g_strdup ("");
  return kontor_field_text_short (self->session, record, kontor_field_by_id (field));
}

static char *
dup_detail (KontorRecordRow *self, KontorRecord *record)
{
  g_autofree char *first = dup_field (self, record, self->spec->detail);
  g_autofree char *second = dup_field (self, record, self->spec->second_detail);

  if (*first != '\0' && *second != '\0')
    /* Translators: two facts that tell people of one name apart: position, organisation */
    return g_strdup_printf (_("%s · %s"), first, second);
  return *first != '\0' ? g_steal_pointer (&first) : g_steal_pointer (&second);
}

static gboolean
is_alarming (KontorRecordRow *self, KontorRecord *record)
{
  return self->spec->alarm != 0 && kontor_record_get_integer (record, self->spec->alarm) != 0;
}

static const char *
get_alarm (KontorRecordRow *self)
{
  return kontor_field_get_label (kontor_field_by_id (self->spec->alarm));
}

static void
describe (KontorRecordRow *self,
          KontorRecord *record,
          const char *line,
          const char *detail,
          const char *trailing)
{
  GString *name = g_string_new (line);
  const KontorRecordType *type;
  KontorId id;

  if (self->spec->subject != 0 && kontor_list_spec_get_subject (self->spec, record, &type, &id))
    g_string_append_printf (name, ", %s", kontor_record_type_get_label (type));
  if (*detail != '\0')
    g_string_append_printf (name, ", %s", detail);
  if (*trailing != '\0')
    {
      g_string_append (name, ", ");
      /* Translators: what a screen reader says: field, value: "Last contact yesterday" */
      g_string_append_printf (name,
                              _("%s %s"),
                              kontor_field_get_label (kontor_field_by_id (self->spec->trailing)),
                              trailing);
    }
  if (gtk_widget_get_visible (self->warning))
    g_string_append_printf (name,
                            ", %s",
                            is_alarming (self, record) ? get_alarm (self) : _("no next step"));
  if (kontor_list_row_is_stray (self->row))
    g_string_append_printf (name, ", %s", _("no longer in this list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name->str,
                                  -1);
  g_string_free (name, TRUE);
}

/* Rows are bound by hundreds: what stays the same is not set anew, since GTK measures anew. */
static void
set_icon (GtkWidget *image, const char *name)
{
  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (image)), name) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (image), name);
}

static void
set_tone (GtkWidget *widget, const char *tone)
{
  static const char *const tones[] = { "dim-label", "warning", "error" };

  if (gtk_widget_has_css_class (widget, tone))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    if (!g_str_equal (tones[i], tone))
      gtk_widget_remove_css_class (widget, tones[i]);
  gtk_widget_add_css_class (widget, tone);
}

/* No next step is worth a sign; with nobody having talked to them for long it is worth a colour. */
static void
show_warning (KontorRecordRow *self, KontorRecord *record)
{
  gboolean missing =
    self->spec->warning != 0 && kontor_record_is_null (record, self->spec->warning);
  gint64 last = self->spec->warning != 0 && self->spec->trailing != 0
                  ? kontor_record_get_integer (record, self->spec->trailing)
                  : 0;
  gboolean stale = last != 0 && kontor_session_now (self->session) - last > STALE_MS;

  /* where others have a sign its place is kept, so that what stands before it is in line */
  gtk_widget_set_visible (self->warning_slot, self->spec->warning != 0 || self->spec->alarm != 0);
  gtk_widget_set_visible (self->warning, missing);
  set_icon (self->warning, "dialog-warning-symbolic");
  kontor_widget_set_tooltip (self->warning, _("No next step"));
  set_tone (self->warning, stale ? "warning" : "dim-label");
}

/* What must not be done is told where it would be done from: with a word and an icon. */
static void
show_alarm (KontorRecordRow *self)
{
  gtk_label_set_text (self->trailing, get_alarm (self));
  set_tone (GTK_WIDGET (self->trailing), "error");
  set_icon (self->warning, "action-unavailable-symbolic");
  kontor_widget_set_tooltip (self->warning, get_alarm (self));
  gtk_widget_set_visible (self->warning, TRUE);
  set_tone (self->warning, "error");
}

/* Two letters of a person; of what is no person its icon where both are in one list. */
static void
show_avatar (KontorRecordRow *self, KontorRecord *record)
{
  const KontorRecordType *type;
  KontorId id;
  g_autofree char *avatar =
    self->spec->subject == 0
      ? kontor_field_text_avatar (record)
      : g_strdup (kontor_record_get_link_title (record, kontor_field_by_id (self->spec->subject)));

  if (!kontor_list_spec_get_subject (self->spec, record, &type, &id))
    type = self->spec->type;
  adw_avatar_set_show_initials (self->avatar,
                                self->spec->subject == 0 || type == &kontor_contact_type);
  adw_avatar_set_text (self->avatar, avatar);
  if (g_strcmp0 (adw_avatar_get_icon_name (self->avatar), type->icon) != 0)
    adw_avatar_set_icon_name (self->avatar, type->icon);
}

static void
show_record (KontorRecordRow *self, KontorRecord *record)
{
  g_autofree char *line = dup_field (self, record, self->spec->line);
  g_autofree char *detail = dup_detail (self, record);
  g_autofree char *trailing = dup_field (self, record, self->spec->trailing);

  show_avatar (self, record);
  gtk_inscription_set_text (self->line, line);
  gtk_inscription_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  gtk_label_set_text (self->trailing, trailing);
  set_tone (GTK_WIDGET (self->trailing), "dim-label");
  show_warning (self, record);
  if (is_alarming (self, record))
    show_alarm (self);
  describe (self, record, line, detail, trailing);
}

static void
show_nothing (KontorRecordRow *self)
{
  adw_avatar_set_text (self->avatar, NULL);
  gtk_inscription_set_text (self->line, NULL);
  gtk_inscription_set_text (self->detail, NULL);
  gtk_label_set_text (self->trailing, NULL);
  gtk_widget_set_visible (self->warning, FALSE);
}

static void
record_changed_cb (KontorRecordRow *self)
{
  KontorRecord *record = kontor_list_row_get_record (self->row);

  kontor_record_row_show_stray (GTK_WIDGET (self), self->row);
  if (record != NULL)
    show_record (self, record);
  else
    show_nothing (self);
}

static void
kontor_record_row_dispose (GObject *object)
{
  KontorRecordRow *self = KONTOR_RECORD_ROW (object);

  kontor_record_row_unbind (self);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_RECORD_ROW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_record_row_parent_class)->dispose (object);
}

static void
kontor_record_row_class_init (KontorRecordRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_record_row_dispose;
  gtk_widget_class_set_css_name (widget_class, "recordrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-record-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorRecordRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordRow, line);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordRow, detail);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordRow, trailing);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordRow, warning_slot);
  gtk_widget_class_bind_template_child (widget_class, KontorRecordRow, warning);
}

static void
kontor_record_row_init (KontorRecordRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_record_row_new:
 * @session: a session
 *
 * Returns: (transfer full): an empty row
 */
GtkWidget *
kontor_record_row_new (KontorSession *session)
{
  KontorRecordRow *self = g_object_new (KONTOR_TYPE_RECORD_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * kontor_record_row_bind:
 * @self: a row
 * @spec: what to show of it
 * @row: a row of the model, whose record may come later
 */
void
kontor_record_row_bind (KontorRecordRow *self, const KontorListSpec *spec, KontorListRow *row)
{
  kontor_record_row_unbind (self);
  self->spec = spec;
  self->row = g_object_ref (row);
  g_signal_connect_object (row,
                           "notify::record",
                           G_CALLBACK (record_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row,
                           "notify::stray",
                           G_CALLBACK (record_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  record_changed_cb (self);
}

/**
 * kontor_record_row_unbind:
 * @self: a row
 */
void
kontor_record_row_unbind (KontorRecordRow *self)
{
  if (self->row == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->row);
}

/**
 * kontor_record_row_show_stray:
 * @widget: what shows @row, or a cell of it
 * @row: a row
 *
 * Dims @widget while @row is kept though it left the filter.
 */
void
kontor_record_row_show_stray (GtkWidget *widget, KontorListRow *row)
{
  if (kontor_list_row_is_stray (row))
    gtk_widget_add_css_class (widget, "kontor-stray");
  else
    gtk_widget_remove_css_class (widget, "kontor-stray");
}
