/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of label and value that becomes an editor by click, F2, Enter or typing. Enter, Tab and
 * leaving store the value as one step; Escape brings the old one back. */
#include "config.h"

#include "kontor-field-row-private.h"

#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-field-text.h"
#include "kontor-order-list.h"
#include <glib/gi18n.h>

#define SHOWN_CHARS 700
#define SHOWN_LINES 20

enum
{
  SIGNAL_EDITING_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorFieldRow, kontor_field_row, GTK_TYPE_WIDGET)

/* --- Showing ---------------------------------------------------------------------------------- */

static void
show_caption (KontorFieldRow *self, const char *text, gboolean is_error)
{
  gtk_widget_set_visible (GTK_WIDGET (self->caption_box), text != NULL);
  gtk_label_set_text (self->caption, text != NULL ? text : "");
  gtk_widget_set_visible (self->use_button, text != NULL && !is_error);
  if (is_error && text != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                                   GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID);
    }
}

static char *
dup_uri (KontorFieldRow *self)
{
  const KontorId *link;

  if (self->uri != NULL)
    return g_strdup (self->uri);
  if (self->field->kind != KONTOR_FIELD_LINK)
    return kontor_field_text_uri (self->record, self->field);
  link = kontor_record_value_link (self->record, self->field);
  /* only people and organisations have pages */
  if (link == NULL ||
      (kontor_record_type_by_name (self->field->target)->flags & KONTOR_TYPE_PARTY) == 0)
    return NULL;
  {
    char id[KONTOR_ID_TEXT_SIZE];

    kontor_id_format (link, id);
    return g_strdup_printf ("record:%s:%s", self->field->target, id);
  }
}

static void
show_text (KontorFieldRow *self, const char *text)
{
  g_autofree char *uri = self->field->kind != KONTOR_FIELD_PHONE ? dup_uri (self) : NULL;

  if (uri != NULL && *text != '\0')
    {
      g_autofree char *markup =
        g_markup_printf_escaped ("<a href=\"%s\" title=\"%s\">%s</a>", uri, text, text);

      gtk_label_set_markup (self->value, markup);
    }
  else
    {
      gtk_label_set_text (self->value, text);
    }
}

/* The beginning of a text that is very long: laying out all of it takes seconds. Its editor has the
 * whole. */
static char *
dup_beginning (const char *text)
{
  const char *at = text;

  for (guint n = 0, lines = 0; *at != '\0' && n < SHOWN_CHARS && lines < SHOWN_LINES; n++)
    {
      lines += *at == '\n';
      at = g_utf8_next_char (at);
    }
  if (*at == '\0')
    return g_strdup (text);
  return g_strdup_printf ("%.*s…", (int) (at - text), text);
}

/* The hue of a value of a list. */
static void
show_dot (KontorFieldRow *self)
{
  const char *code = self->field->kind == KONTOR_FIELD_PICK
                       ? kontor_record_value_text (self->record, self->field)
                       : NULL;
  const KontorPickValue *value =
    code != NULL
      ? kontor_schema_find_pick (kontor_session_get_schema (self->session), self->field->pick, code)
      : NULL;

  kontor_color_dot_set_color (self->dot, value != NULL ? value->color : NULL);
}

static void
describe (KontorFieldRow *self, const char *text)
{
  g_autofree char *name = NULL;

  if (!kontor_field_row_is_editable (self))
    /* Translators: what a screen reader says of a field that can't be edited: label, value */
    name = g_strdup_printf (_("%s: %s, locked"), self->text, text);
  else if (*text == '\0')
    /* Translators: what a screen reader says of a field without a value */
    name = g_strdup_printf (_("%s: empty"), self->text);
  else
    /* Translators: what a screen reader says of a field: label, value */
    name = g_strdup_printf (_("%s: %s"), self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
refresh (KontorFieldRow *self)
{
  g_autofree char *whole = kontor_field_text_full (self->session, self->record, self->field);
  g_autofree char *text = dup_beginning (whole);
  gboolean locked = kontor_field_is_editable (self->field) && !kontor_field_row_is_editable (self);

  gtk_label_set_text (self->label, self->text);
  gtk_widget_set_visible (self->lock, locked);
  kontor_widget_set_tooltip (self->lock, locked ? _("You can't change this") : NULL);
  show_dot (self);
  show_text (self, text);
  describe (self, text);
}

/* --- Editing ---------------------------------------------------------------------------------- */

/* Whether it has the focus and is not just losing it. */
static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* Moving the focus would store what was typed, so the editor is forgotten first. */
static void
close_editor (KontorFieldRow *self)
{
  gboolean had_focus = has_focus_within (GTK_WIDGET (self->slot));

  self->editor = NULL;
  gtk_stack_set_visible_child_name (self->stack, "value");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "editing");
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  kontor_bin_empty_soon (self->slot);
}

static void
end_editing (KontorFieldRow *self)
{
  show_caption (self, NULL, FALSE);
  g_clear_pointer (&self->begun_with, g_free);
  if (self->keep_open)
    {
      kontor_field_editor_load (self->editor, self->record);
      self->begun_with = kontor_field_text_edit (self->session, self->record, self->field);
    }
  else
    {
      close_editor (self);
    }
  g_signal_emit (self, signals[SIGNAL_EDITING_ENDED], 0);
}

static void
commit_done (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorFieldRow *self = data;

  self->saving = FALSE;
  if (error == NULL || self->record == NULL)
    return;
  refresh (self);
  kontor_field_row_edit (self);
  show_caption (self, error->message, TRUE);
}

static void
editor_changed_cb (KontorFieldRow *self)
{
  GtkWidget *target = kontor_field_editor_get_target (self->editor);

  if (gtk_widget_has_css_class (GTK_WIDGET (self), "error"))
    show_caption (self, NULL, FALSE);
  if (GTK_IS_DROP_DOWN (target))
    kontor_field_row_save (self);
}

static void
editor_activated_cb (KontorFieldRow *self)
{
  if (kontor_field_row_save (self) && !self->keep_open)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
focus_left_cb (KontorFieldRow *self)
{
  if (self->editor != NULL && !self->saving)
    kontor_field_row_save (self);
}

static void
use_theirs_cb (KontorFieldRow *self)
{
  if (self->editor != NULL)
    kontor_field_editor_load (self->editor, self->record);
  end_editing (self);
}

static gboolean
link_activated_cb (GtkLabel *label, const char *uri, KontorFieldRow *self)
{
  if (g_str_has_prefix (uri, "record:"))
    {
      g_auto(GStrv) parts = g_strsplit (uri, ":", 3);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", parts[1], parts[2]);
    }
  else
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-uri", "s", uri);
    }
  return TRUE;
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_field_row_dispose (GObject *object)
{
  KontorFieldRow *self = KONTOR_FIELD_ROW (object);

  self->editor = NULL;
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_FIELD_ROW);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->begun_with, g_free);
  G_OBJECT_CLASS (kontor_field_row_parent_class)->dispose (object);
}

static void
kontor_field_row_class_init (KontorFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_field_row_dispose;
  signals[SIGNAL_EDITING_ENDED] = g_signal_new ("editing-ended",
                                                G_TYPE_FROM_CLASS (klass),
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_set_css_name (widget_class, "fieldrow");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, stack);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, dot);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, value);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, slot);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, caption_box);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, caption);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, use_button);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, lock);
  gtk_widget_class_bind_template_child (widget_class, KontorFieldRow, suffixes);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_theirs_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_activated_cb);
  kontor_field_row_bind_input (widget_class);
}

static void
kontor_field_row_init (KontorFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_stack_tell_hidden (self->stack);
}

/**
 * kontor_field_row_new:
 * @session: a session
 * @field: a field
 *
 * Returns: (transfer full): a row of @field, without a record yet
 */
GtkWidget *
kontor_field_row_new (KontorSession *session, const KontorFieldDef *field)
{
  KontorFieldRow *self = g_object_new (KONTOR_TYPE_FIELD_ROW, NULL);

  self->session = g_object_ref (session);
  self->field = field;
  self->text = g_strdup (kontor_field_get_label (field));
  if (kontor_field_text_is_number (field) || field->kind == KONTOR_FIELD_PHONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  gtk_label_set_text (self->label, self->text);
  return GTK_WIDGET (self);
}

/**
 * kontor_field_row_get_field:
 * @self: a row
 *
 * Returns: (transfer none): its field
 */
const KontorFieldDef *
kontor_field_row_get_field (KontorFieldRow *self)
{
  return self->field;
}

/**
 * kontor_field_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the record it shows
 */
KontorRecord *
kontor_field_row_get_record (KontorFieldRow *self)
{
  return self->record;
}

/* Somebody else set the field while it is being edited: nothing is overwritten, both are shown. */
static void
offer_theirs (KontorFieldRow *self)
{
  g_autofree char *now = kontor_field_text_edit (self->session, self->record, self->field);
  g_autofree char *shown = NULL;
  g_autofree char *caption = NULL;

  if (g_strcmp0 (now, self->begun_with) == 0)
    return;
  shown = kontor_field_text_full (self->session, self->record, self->field);
  if (*shown != '\0')
    /* Translators: below a field that is being edited, when its value changed: %s is that value */
    caption = g_strdup_printf (_("Just set to %s"), shown);
  else
    caption = g_strdup (_("Just emptied"));
  show_caption (self, caption, FALSE);
}

/**
 * kontor_field_row_set_record:
 * @self: a row
 * @record: a stored record
 *
 * Shows @record's value. What is being typed stays, if @record is a newer state of the same record;
 * of another one it is stored first.
 */
void
kontor_field_row_set_record (KontorFieldRow *self, KontorRecord *record)
{
  gboolean same = self->record != NULL && kontor_id_equal (kontor_record_get_id (self->record),
                                                           kontor_record_get_id (record));

  if (!same && self->editor != NULL && !kontor_field_row_save (self))
    kontor_field_row_cancel (self);
  g_set_object (&self->record, record);
  refresh (self);
  if (self->editor == NULL)
    return;
  if (!kontor_field_editor_is_edited (self->editor) || !same)
    {
      kontor_field_editor_load (self->editor, record);
      g_free (self->begun_with);
      self->begun_with = kontor_field_text_edit (self->session, record, self->field);
    }
  else
    {
      offer_theirs (self);
    }
}

/**
 * kontor_field_row_set_label:
 * @self: a row
 * @label: what the field is called here, "Mobile" of a contact point
 */
void
kontor_field_row_set_label (KontorFieldRow *self, const char *label)
{
  g_free (self->text);
  self->text = g_strdup (label);
  gtk_label_set_text (self->label, label);
}

/**
 * kontor_field_row_set_uri:
 * @self: a row
 * @uri: (nullable): what the value leads to, where the field's kind does not say it
 */
void
kontor_field_row_set_uri (KontorFieldRow *self, const char *uri)
{
  g_free (self->uri);
  self->uri = g_strdup (uri);
}

/**
 * kontor_field_row_add_suffix:
 * @self: a row
 * @widget: (transfer floating): a widget for its end
 */
void
kontor_field_row_add_suffix (KontorFieldRow *self, GtkWidget *widget)
{
  gtk_box_append (self->suffixes, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->suffixes), TRUE);
}

/**
 * kontor_field_row_is_empty:
 * @self: a row
 *
 * Returns: whether its record has no value here
 */
gboolean
kontor_field_row_is_empty (KontorFieldRow *self)
{
  return self->record == NULL || kontor_field_text_is_empty (self->record, self->field);
}

/**
 * kontor_field_row_is_editable:
 * @self: a row
 *
 * Returns: whether the person may change the value
 */
gboolean
kontor_field_row_is_editable (KontorFieldRow *self)
{
  return self->record != NULL && kontor_field_is_editable (self->field) &&
         !kontor_record_is_trashed (self->record) &&
         kontor_session_can (self->session,
                             kontor_record_get_record_type (self->record),
                             self->field,
                             KONTOR_RIGHT_WRITE);
}

/**
 * kontor_field_row_is_editing:
 * @self: a row
 *
 * Returns: whether it shows an editor
 */
gboolean
kontor_field_row_is_editing (KontorFieldRow *self)
{
  return self->editor != NULL;
}

/**
 * kontor_field_row_has_unsaved_text:
 * @self: a row
 *
 * Returns: whether something was typed that is not stored
 */
gboolean
kontor_field_row_has_unsaved_text (KontorFieldRow *self)
{
  return self->editor != NULL && kontor_field_editor_is_edited (self->editor);
}

static void
open_editor (KontorFieldRow *self)
{
  self->editor = KONTOR_FIELD_EDITOR (kontor_field_editor_new (self->session, self->field));
  kontor_field_editor_set_label (self->editor, self->text);
  kontor_field_editor_load (self->editor, self->record);
  self->begun_with = kontor_field_text_edit (self->session, self->record, self->field);
  g_signal_connect_object (self->editor,
                           "changed",
                           G_CALLBACK (editor_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor,
                           "activate",
                           G_CALLBACK (editor_activated_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->editor));
  gtk_stack_set_visible_child_name (self->stack, "edit");
  gtk_widget_add_css_class (GTK_WIDGET (self), "editing");
}

/**
 * kontor_field_row_edit:
 * @self: a row
 *
 * Opens the editor and moves the focus there; does nothing where the field is locked.
 */
void
kontor_field_row_edit (KontorFieldRow *self)
{
  if (!kontor_field_row_is_editable (self))
    return;
  if (self->editor == NULL)
    open_editor (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
  kontor_field_editor_select_all (self->editor);
}

static const char *
find_currency (KontorFieldRow *self)
{
  const KontorFieldDef *companion;

  if (self->field->kind != KONTOR_FIELD_MONEY || self->field->companion == NULL)
    return NULL;
  companion = kontor_schema_find_field (kontor_session_get_schema (self->session),
                                        kontor_record_get_record_type (self->record),
                                        self->field->companion);
  return companion != NULL ? kontor_record_value_text (self->record, companion) : NULL;
}

/* The new value is shown at once; the store's answer makes it true or brings the old one back. */
static void
store (KontorFieldRow *self, KontorStep *step, const KontorValue *value, const char *currency)
{
  g_autofree char *typed = kontor_field_editor_dup_text (self->editor);
  g_autofree char *shown = kontor_value_display (kontor_session_get_schema (self->session),
                                                 self->field,
                                                 value,
                                                 currency,
                                                 typed);

  self->saving = TRUE;
  end_editing (self);
  show_text (self, shown);
  kontor_session_commit_then (self->session,
                              step,
                              commit_done,
                              g_object_ref (self),
                              g_object_unref);
}

/**
 * kontor_field_row_save:
 * @self: a row
 *
 * Stores what was typed as one step and closes the editor. What is no value of the field stays
 * open, with the reason below.
 *
 * Returns: whether the editor has nothing left to store
 */
gboolean
kontor_field_row_save (KontorFieldRow *self)
{
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autofree char *typed_currency = NULL;
  g_autofree char *default_currency = NULL;
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;
  g_autoptr(GError) error = NULL;
  const char *currency;

  if (self->editor == NULL)
    return TRUE;
  if (!kontor_field_editor_is_edited (self->editor))
    {
      if (!self->keep_open)
        end_editing (self);
      return TRUE;
    }
  currency = find_currency (self);
  if (currency == NULL && self->field->kind == KONTOR_FIELD_MONEY)
    currency = default_currency =
      kontor_workspace_dup_currency (kontor_session_get_workspace (self->session));
  if (!kontor_field_editor_parse (self->editor, currency, &value, &typed_currency, &error))
    {
      show_caption (self, error->message, TRUE);
      return FALSE;
    }
  if (typed_currency == NULL && value.type != KONTOR_VALUE_NULL)
    typed_currency = g_strdup (default_currency);
  label = kontor_field_text_changed (self->text);
  step = kontor_session_step_field (self->session,
                                    self->record,
                                    self->field,
                                    &value,
                                    typed_currency,
                                    label);
  if (step != NULL)
    store (self, step, &value, typed_currency != NULL ? typed_currency : currency);
  else
    end_editing (self);
  return TRUE;
}

/**
 * kontor_field_row_cancel:
 * @self: a row
 *
 * Closes the editor; the stored value stays.
 */
void
kontor_field_row_cancel (KontorFieldRow *self)
{
  if (self->editor != NULL)
    end_editing (self);
}

/**
 * kontor_field_row_set_keep_open:
 * @self: a row
 * @keep_open: whether the editor is there all the time
 */
void
kontor_field_row_set_keep_open (KontorFieldRow *self, gboolean keep_open)
{
  if (self->keep_open == keep_open)
    return;
  self->keep_open = keep_open;
  if (!keep_open)
    {
      if (!kontor_field_row_save (self))
        kontor_field_row_cancel (self);
    }
  else if (kontor_field_row_is_editable (self) && self->editor == NULL)
    {
      open_editor (self);
    }
}
