/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One widget a kind: an entry, a text of many lines, a list of choices, a day with a calendar, or a
 * record that is found by typing. All of them speak text, which kontor_value_parse() reads. */
#include "config.h"

#include "kontor-field-editor.h"

#include "kontor-choice.h"
#include "kontor-country.h"
#include "kontor-day-popover.h"
#include "kontor-error.h"
#include "kontor-field-text.h"
#include "kontor-link-entry.h"
#include <glib/gi18n.h>
#include <string.h>

struct _KontorFieldEditor
{
  GtkWidget parent_instance;

  /* owned */
  KontorSession *session;
  GPtrArray *codes; /* of a choice: what each row of the drop-down means; the first is none */
  char *loaded;     /* the text it began with */

  /* borrowed: the one that is used */
  GtkWidget *entry; /* also the one inside a day */
  GtkWidget *text;
  GtkWidget *choice;
  GtkWidget *link;

  const KontorFieldDef *field;
  gboolean loading;
};

#define LINE_MAX_BYTES 16384

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorFieldEditor, kontor_field_editor, GTK_TYPE_WIDGET)

static void
changed_cb (KontorFieldEditor *self)
{
  if (!self->loading)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activated_cb (KontorFieldEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* --- An entry, and a day ---------------------------------------------------------------------- */

static GtkInputPurpose
find_purpose (KontorFieldKind kind)
{
  switch (kind)
    {
    case KONTOR_FIELD_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case KONTOR_FIELD_MAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case KONTOR_FIELD_WEB:
      return GTK_INPUT_PURPOSE_URL;
    case KONTOR_FIELD_NAME:
      return GTK_INPUT_PURPOSE_NAME;
    case KONTOR_FIELD_INTEGER:
    case KONTOR_FIELD_DECIMAL:
    case KONTOR_FIELD_MONEY:
      return GTK_INPUT_PURPOSE_NUMBER;
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

/* A line of a megabyte would keep the window for minutes. What is left of it is still far longer
 * than a value may be, so that it is refused with a reason. */
static void
insert_text_cb (GtkEditable *delegate, const char *text, int length, int *position, gpointer data)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  const char *end;

  if (size <= LINE_MAX_BYTES)
    return;
  end = g_utf8_find_prev_char (text, text + LINE_MAX_BYTES);
  g_signal_stop_emission_by_name (delegate, "insert-text");
  gtk_editable_insert_text (delegate, text, (int) (end - text), position);
}

static void
create_entry (KontorFieldEditor *self)
{
  /* without a length: what is too long is refused with a reason, and what is typed may be longer
   * than what is stored, as "12 September 1980" is than "1980-09-12" */
  self->entry = gtk_entry_new ();
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), find_purpose (self->field->kind));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)),
                    "insert-text",
                    G_CALLBACK (insert_text_cb),
                    NULL);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activated_cb), self);
}

static void
create_day (KontorFieldEditor *self)
{
  create_entry (self);
  kontor_day_popover_attach (GTK_ENTRY (self->entry));
}

/* --- A text of many lines --------------------------------------------------------------------- */

static gboolean
text_key_pressed_cb (GtkEventControllerKey *controller,
                     guint keyval,
                     guint keycode,
                     GdkModifierType state,
                     KontorFieldEditor *self)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  activated_cb (self);
  return GDK_EVENT_STOP;
}

static void
create_text (KontorFieldEditor *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  gboolean is_long = self->field->kind == KONTOR_FIELD_LONG_TEXT;

  self->text = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->text), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->text), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->text), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->text), 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->text);
  gtk_widget_add_css_class (scrolled, "kontor-text-frame");
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), is_long ? 96 : 54);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (text_key_pressed_cb), self);
  gtk_widget_add_controller (self->text, keys);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)),
                            "changed",
                            G_CALLBACK (changed_cb),
                            self);
}

/* --- Choices ---------------------------------------------------------------------------------- */

static void
add_choice (KontorFieldEditor *self, GtkStringList *labels, const char *code, const char *label)
{
  g_ptr_array_add (self->codes, g_strdup (code));
  gtk_string_list_append (labels, label);
}

static void
add_countries (KontorFieldEditor *self, GtkStringList *labels)
{
  g_autoptr(GPtrArray) codes = kontor_country_list_codes ();

  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *name = kontor_country_name (g_ptr_array_index (codes, i));

      add_choice (self, labels, g_ptr_array_index (codes, i), name);
    }
}

static void
add_choices (KontorFieldEditor *self, GtkStringList *labels)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);

  switch (self->field->kind)
    {
    case KONTOR_FIELD_CHOICE:
      for (const KontorChoice *choice = self->field->choices; choice->value != NULL; choice++)
        add_choice (self,
                    labels,
                    choice->value,
                    kontor_field_choice_label (self->field, choice->value));
      break;

    case KONTOR_FIELD_PICK:
      {
        g_autoptr(GPtrArray) values = kontor_schema_get_pick_values (schema, self->field->pick);

        for (guint i = 0; i < values->len; i++)
          {
            const KontorPickValue *value = g_ptr_array_index (values, i);

            if (value->active)
              add_choice (self, labels, value->code, value->label);
          }
        break;
      }

    case KONTOR_FIELD_BOOLEAN:
      add_choice (self, labels, "1", _("Yes"));
      add_choice (self, labels, "0", _("No"));
      break;

    case KONTOR_FIELD_COUNTRY:
    default:
      add_countries (self, labels);
      break;
    }
}

static void
create_choice (KontorFieldEditor *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  self->codes = g_ptr_array_new_with_free_func (g_free);
  /* Translators: the choice of no value in a list of values */
  add_choice (self, labels, "", _("None"));
  add_choices (self, labels);
  self->choice = kontor_choice_new (G_LIST_MODEL (labels));
  gtk_widget_set_parent (self->choice, GTK_WIDGET (self));
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (changed_cb), self);
}

/* A value that is no longer in its list stays choosable where it is set. */
static void
select_code (KontorFieldEditor *self, const char *code)
{
  for (guint i = 0; i < self->codes->len; i++)
    if (g_str_equal (g_ptr_array_index (self->codes, i), code))
      {
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), i);
        return;
      }
  add_choice (self,
              GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (self->choice))),
              code,
              code);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), self->codes->len - 1);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
create_link (KontorFieldEditor *self)
{
  self->link =
    kontor_link_entry_new (self->session, kontor_record_type_by_name (self->field->target));
  gtk_widget_set_parent (self->link, GTK_WIDGET (self));
  g_signal_connect_swapped (self->link, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->link, "activate", G_CALLBACK (activated_cb), self);
}

static void
create_child (KontorFieldEditor *self)
{
  switch (self->field->kind)
    {
    case KONTOR_FIELD_LONG_TEXT:
    case KONTOR_FIELD_ADDRESS:
    case KONTOR_FIELD_JSON:
      create_text (self);
      break;

    case KONTOR_FIELD_CHOICE:
    case KONTOR_FIELD_PICK:
    case KONTOR_FIELD_BOOLEAN:
    case KONTOR_FIELD_COUNTRY:
      create_choice (self);
      break;

    case KONTOR_FIELD_DATE:
      create_day (self);
      break;

    case KONTOR_FIELD_LINK:
      create_link (self);
      break;

    default:
      create_entry (self);
      break;
    }
}

static gboolean
kontor_field_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (kontor_field_editor_get_target (KONTOR_FIELD_EDITOR (widget)));
}

static void
kontor_field_editor_dispose (GObject *object)
{
  KontorFieldEditor *self = KONTOR_FIELD_EDITOR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->entry = self->text = self->choice = self->link = NULL;
  g_clear_object (&self->session);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->loaded, g_free);
  G_OBJECT_CLASS (kontor_field_editor_parent_class)->dispose (object);
}

static void
kontor_field_editor_class_init (KontorFieldEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_field_editor_dispose;
  widget_class->grab_focus = kontor_field_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fieldeditor");

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kontor_field_editor_init (KontorFieldEditor *self)
{
  self->loaded = g_strdup ("");
}

/**
 * kontor_field_editor_new:
 * @session: a session
 * @field: a field with a column
 *
 * Returns: (transfer full): an empty editor of the field's kind
 */
GtkWidget *
kontor_field_editor_new (KontorSession *session, const KontorFieldDef *field)
{
  KontorFieldEditor *self = g_object_new (KONTOR_TYPE_FIELD_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->field = field;
  create_child (self);
  gtk_widget_set_hexpand (kontor_field_editor_get_target (self), TRUE);
  kontor_field_editor_set_label (self, kontor_field_get_label (field));
  return GTK_WIDGET (self);
}

/**
 * kontor_field_editor_get_field:
 * @self: an editor
 *
 * Returns: (transfer none): its field
 */
const KontorFieldDef *
kontor_field_editor_get_field (KontorFieldEditor *self)
{
  return self->field;
}

/**
 * kontor_field_editor_get_target:
 * @self: an editor
 *
 * Returns: (transfer none): the widget that takes the focus
 */
GtkWidget *
kontor_field_editor_get_target (KontorFieldEditor *self)
{
  GtkWidget *const children[] = { self->entry, self->text, self->choice, self->link };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if (children[i] != NULL)
      return children[i];
  return NULL;
}

/**
 * kontor_field_editor_set_label:
 * @self: an editor
 * @label: what screen readers say
 */
void
kontor_field_editor_set_label (KontorFieldEditor *self, const char *label)
{
  if (self->choice != NULL)
    kontor_choice_set_label (GTK_DROP_DOWN (self->choice), label);
  else if (self->link != NULL)
    kontor_link_entry_set_label (KONTOR_LINK_ENTRY (self->link), label);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (kontor_field_editor_get_target (self)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    label,
                                    -1);
}

/**
 * kontor_field_editor_set_placeholder:
 * @self: an editor
 * @placeholder: what stands in it while it is empty
 */
void
kontor_field_editor_set_placeholder (KontorFieldEditor *self, const char *placeholder)
{
  if (self->entry != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
}

/**
 * kontor_field_editor_load:
 * @self: an editor
 * @record: a record of the field's type
 *
 * Begins with the record's value.
 */
void
kontor_field_editor_load (KontorFieldEditor *self, KontorRecord *record)
{
  g_autofree char *text = kontor_field_text_edit (self->session, record, self->field);

  self->loading = TRUE;
  if (self->link != NULL)
    {
      kontor_link_entry_set_link (KONTOR_LINK_ENTRY (self->link),
                                  kontor_record_value_link (record, self->field),
                                  kontor_record_get_link_title (record, self->field));
      g_free (self->loaded);
      self->loaded = kontor_field_editor_dup_text (self);
    }
  else
    {
      kontor_field_editor_set_text (self, text);
      g_free (self->loaded);
      self->loaded = kontor_field_editor_dup_text (self);
    }
  self->loading = FALSE;
}

/**
 * kontor_field_editor_set_text:
 * @self: an editor
 * @text: a value as text, of a choice its code
 */
void
kontor_field_editor_set_text (KontorFieldEditor *self, const char *text)
{
  if (self->entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  else if (self->text != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text, -1);
  else if (self->choice != NULL)
    select_code (self, text);
  else
    kontor_link_entry_set_link (KONTOR_LINK_ENTRY (self->link), NULL, text);
}

/**
 * kontor_field_editor_dup_text:
 * @self: an editor
 *
 * Returns: (transfer full): what stands in it, as kontor_field_editor_set_text() takes it
 */
char *
kontor_field_editor_dup_text (KontorFieldEditor *self)
{
  if (self->entry != NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (self->text != NULL)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  if (self->choice != NULL)
    {
      guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

      return g_strdup (selected < self->codes->len ? g_ptr_array_index (self->codes, selected)
                                                   : "");
    }
  return g_strdup (kontor_link_entry_get_text (KONTOR_LINK_ENTRY (self->link)));
}

static gboolean
check_required (KontorFieldEditor *self, GError **error)
{
  if ((self->field->flags & KONTOR_FIELD_REQUIRED) == 0)
    return TRUE;
  kontor_set_error (error,
                    KONTOR_MODEL_ERROR,
                    KONTOR_ERROR_INVALID,
                    _("This is missing. Fill it in."));
  return FALSE;
}

static gboolean
parse_link (KontorFieldEditor *self, KontorValue *value, GError **error)
{
  KontorLinkEntry *link = KONTOR_LINK_ENTRY (self->link);
  const char *text = kontor_link_entry_get_text (link);
  KontorId id;

  kontor_value_clear (value);
  if (kontor_link_entry_get_link (link, &id))
    {
      kontor_value_set_id (value, &id);
      return TRUE;
    }
  if (*text == '\0')
    return check_required (self, error);
  kontor_set_error (error,
                    KONTOR_MODEL_ERROR,
                    KONTOR_ERROR_NOT_FOUND,
                    /* Translators: %s is what was typed where a record is to be chosen. */
                    _("Choose “%s” from the list."),
                    text);
  return FALSE;
}

/**
 * kontor_field_editor_parse:
 * @self: an editor
 * @companion: (nullable): the record's currency
 * @value: (inout): set to what stands in the editor
 * @currency: (out) (nullable) (transfer full): the currency that was typed with an amount
 * @error: (nullable): place for an error that says what is wrong with it
 *
 * Returns: whether it is a value of the field
 */
gboolean
kontor_field_editor_parse (KontorFieldEditor *self,
                           const char *companion,
                           KontorValue *value,
                           char **currency,
                           GError **error)
{
  g_autofree char *text = NULL;

  if (self->link != NULL)
    return parse_link (self, value, error);
  text = g_strstrip (kontor_field_editor_dup_text (self));
  if (*text == '\0')
    {
      kontor_value_clear (value);
      return check_required (self, error);
    }
  return kontor_value_parse_with (self->field, text, companion, value, currency, error) &&
         kontor_validate_value (kontor_session_get_schema (self->session),
                                self->field,
                                value,
                                error);
}

/**
 * kontor_field_editor_is_edited:
 * @self: an editor
 *
 * Returns: whether its content differs from what was loaded
 */
gboolean
kontor_field_editor_is_edited (KontorFieldEditor *self)
{
  g_autofree char *text = kontor_field_editor_dup_text (self);

  return !g_str_equal (text, self->loaded);
}

/**
 * kontor_field_editor_select_all:
 * @self: an editor
 *
 * Selects what stands in it, so that typing replaces it.
 */
void
kontor_field_editor_select_all (KontorFieldEditor *self)
{
  if (self->entry != NULL)
    gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
