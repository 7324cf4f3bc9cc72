/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A grid of labels and editors; what is wrong is said below the editor it is about. */
#include "config.h"

#include "kontor-form.h"

#include "kontor-error.h"
#include "kontor-link-entry.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define LABEL_WIDTH 112

struct _KontorForm
{
  GtkWidget parent_instance;

  KontorSession *session; /* owned */
  GPtrArray *rows;        /* (element-type Row) */
  gboolean enter_ends;
};

typedef struct
{
  GtkWidget *box;            /* borrowed: a child of the form */
  GtkWidget *widget;         /* borrowed */
  GtkLabel *caption;         /* borrowed */
  KontorFieldEditor *editor; /* borrowed (nullable) */
} Row;

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorForm, kontor_form, GTK_TYPE_WIDGET)

static Row *
find_row (KontorForm *self, GtkWidget *widget)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row->widget == widget)
        return row;
    }
  return NULL;
}

static void
set_caption (Row *row, const char *reason)
{
  gtk_label_set_text (row->caption, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (row->caption), reason != NULL);
  if (reason != NULL)
    gtk_widget_add_css_class (row->box, "error");
  else
    gtk_widget_remove_css_class (row->box, "error");
}

static void
editor_changed_cb (KontorFieldEditor *editor, KontorForm *self)
{
  Row *row = find_row (self, GTK_WIDGET (editor));

  set_caption (row, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, editor);
}

/* Enter goes on to the next editor, unless it ends. */
static void
editor_activated_cb (KontorFieldEditor *editor, KontorForm *self)
{
  Row *row = find_row (self, GTK_WIDGET (editor));
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;
  /* a text of many lines keeps Enter to itself: this was Ctrl+Enter */
  if (GTK_IS_TEXT_VIEW (kontor_field_editor_get_target (editor)))
    index = self->rows->len;
  for (index++; index < self->rows->len && !self->enter_ends; index++)
    {
      Row *next = g_ptr_array_index (self->rows, index);

      if (gtk_widget_get_mapped (next->widget) && gtk_widget_grab_focus (next->widget))
        return;
    }
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static Row *
add_row (KontorForm *self, GtkWidget *widget, const char *text)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *clamp = adw_clamp_new (); /* so wide and no wider, whatever stands in the row */
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  row->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  row->widget = widget;
  row->caption = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  adw_clamp_set_child (ADW_CLAMP (clamp), label);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), LABEL_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), LABEL_WIDTH);
  gtk_widget_set_size_request (clamp, LABEL_WIDTH, -1);
  gtk_widget_set_valign (clamp, GTK_ALIGN_START);
  gtk_widget_set_margin_top (clamp, 8);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_label_set_xalign (row->caption, 0);
  gtk_label_set_wrap (row->caption, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (row->caption), "caption");
  gtk_widget_set_visible (GTK_WIDGET (row->caption), FALSE);
  gtk_box_append (GTK_BOX (column), widget);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (row->caption));
  gtk_box_append (GTK_BOX (row->box), clamp);
  gtk_box_append (GTK_BOX (row->box), column);
  gtk_widget_add_css_class (row->box, "kontor-form-row");
  gtk_widget_set_parent (row->box, GTK_WIDGET (self));
  g_ptr_array_add (self->rows, row);
  return row;
}

static gboolean
kontor_form_grab_focus (GtkWidget *widget)
{
  KontorForm *self = KONTOR_FORM (widget);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_grab_focus (row->widget))
        return TRUE;
    }
  return FALSE;
}

static void
kontor_form_dispose (GObject *object)
{
  KontorForm *self = KONTOR_FORM (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kontor_form_parent_class)->dispose (object);
}

static void
kontor_form_finalize (GObject *object)
{
  g_ptr_array_unref (KONTOR_FORM (object)->rows);
  G_OBJECT_CLASS (kontor_form_parent_class)->finalize (object);
}

static void
kontor_form_class_init (KontorFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = kontor_form_finalize;
  widget_class->grab_focus = kontor_form_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          KONTOR_TYPE_FIELD_EDITOR);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kontor_form_init (KontorForm *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);
  self->rows = g_ptr_array_new_with_free_func (g_free);
}

/**
 * kontor_form_set_session:
 * @self: a form
 * @session: a session
 */
void
kontor_form_set_session (KontorForm *self, KontorSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * kontor_form_set_enter_ends:
 * @self: a form
 * @enter_ends: whether Enter in any editor emits "activate", not only in the last
 */
void
kontor_form_set_enter_ends (KontorForm *self, gboolean enter_ends)
{
  self->enter_ends = enter_ends;
}

/**
 * kontor_form_add_field:
 * @self: a form
 * @field: a field
 * @label: (nullable): what it is called here
 *
 * Returns: (transfer none): the new editor
 */
KontorFieldEditor *
kontor_form_add_field (KontorForm *self, const KontorFieldDef *field, const char *label)
{
  GtkWidget *editor = kontor_field_editor_new (self->session, field);
  const char *text = label != NULL ? label : kontor_field_get_label (field);
  Row *row = add_row (self, editor, text);

  row->editor = KONTOR_FIELD_EDITOR (editor);
  kontor_field_editor_set_label (row->editor, text);
  g_signal_connect_object (editor, "changed", G_CALLBACK (editor_changed_cb), self, 0);
  g_signal_connect_object (editor, "activate", G_CALLBACK (editor_activated_cb), self, 0);
  return row->editor;
}

/**
 * kontor_form_add_widget:
 * @self: a form
 * @widget: (transfer floating): an editor of another sort
 * @label: what it is called
 */
void
kontor_form_add_widget (KontorForm *self, GtkWidget *widget, const char *label)
{
  add_row (self, widget, label);
}

/**
 * kontor_form_find:
 * @self: a form
 * @field: a field
 *
 * Returns: (transfer none) (nullable): its editor
 */
KontorFieldEditor *
kontor_form_find (KontorForm *self, const KontorFieldDef *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row->editor != NULL && kontor_field_editor_get_field (row->editor) == field)
        return row->editor;
    }
  return NULL;
}

static gboolean
fill_field (KontorForm *self, Row *row, KontorRecord *record)
{
  const KontorFieldDef *field = kontor_field_editor_get_field (row->editor);
  g_auto(KontorValue) value = KONTOR_VALUE_INIT;
  g_autofree char *currency = NULL;
  g_autofree char *default_currency =
    kontor_workspace_dup_currency (kontor_session_get_workspace (self->session));
  g_autoptr(GError) error = NULL;

  if (!kontor_field_editor_parse (row->editor, default_currency, &value, &currency, &error))
    {
      set_caption (row, error->message);
      return FALSE;
    }
  /* an editor may stand for what becomes a record of its own */
  if (value.type == KONTOR_VALUE_NULL || !kontor_field_is_editable (field))
    return TRUE;
  kontor_record_set_value (record, field, &value);
  if (field->kind == KONTOR_FIELD_MONEY && field->companion != NULL)
    {
      const KontorFieldDef *companion =
        kontor_schema_find_field (kontor_session_get_schema (self->session),
                                  kontor_record_get_record_type (record),
                                  field->companion);
      g_auto(KontorValue) code = KONTOR_VALUE_INIT;

      kontor_value_set_text (&code, currency != NULL ? currency : default_currency);
      kontor_record_set_value (record, companion, &code);
    }
  return TRUE;
}

/**
 * kontor_form_fill_record:
 * @self: a form
 * @record: a draft
 *
 * Sets the fields of @record's type that have an editor here. What is wrong is said below its
 * editor, and the first of those gets the focus.
 *
 * Returns: whether all was right
 */
gboolean
kontor_form_fill_record (KontorForm *self, KontorRecord *record)
{
  const KontorRecordType *type = kontor_record_get_record_type (record);
  GtkWidget *wrong = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row->editor == NULL ||
          kontor_schema_find_field (kontor_session_get_schema (self->session),
                                    type,
                                    kontor_field_editor_get_field (row->editor)->name) !=
            kontor_field_editor_get_field (row->editor))
        continue;
      if (!fill_field (self, row, record) && wrong == NULL)
        wrong = row->widget;
    }
  if (wrong != NULL)
    gtk_widget_grab_focus (wrong);
  return wrong == NULL;
}

/**
 * kontor_form_load_record:
 * @self: a form
 * @record: a draft
 *
 * Shows what the fields of @record have already.
 */
void
kontor_form_load_record (KontorForm *self, KontorRecord *record)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);
      const KontorFieldDef *field =
        row->editor != NULL ? kontor_field_editor_get_field (row->editor) : NULL;

      if (field != NULL &&
          kontor_schema_find_field (kontor_session_get_schema (self->session),
                                    kontor_record_get_record_type (record),
                                    field->name) == field &&
          !kontor_record_value_is_null (record, field))
        kontor_field_editor_load (row->editor, record);
    }
}

/**
 * kontor_form_is_edited:
 * @self: a form
 *
 * Returns: whether anything was filled in
 */
gboolean
kontor_form_is_edited (KontorForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row->editor != NULL && kontor_field_editor_is_edited (row->editor))
        return TRUE;
    }
  return FALSE;
}

/**
 * kontor_form_show_error:
 * @self: a form
 * @widget: an editor of it
 * @reason: (nullable): what is wrong with it
 */
void
kontor_form_show_error (KontorForm *self, GtkWidget *widget, const char *reason)
{
  Row *row = find_row (self, widget);

  if (row != NULL)
    set_caption (row, reason);
}

/* --- Drafts ----------------------------------------------------------------------------------- */

/* Between the id of what was chosen and its title. */
#define LINK_END '\x01'

static char *
dup_link (KontorLinkEntry *entry)
{
  const char *text = kontor_link_entry_get_text (entry);
  char id_text[KONTOR_ID_TEXT_SIZE];
  KontorId id;

  if (!kontor_link_entry_get_link (entry, &id))
    return g_strdup (text);
  kontor_id_format (&id, id_text);
  return g_strdup_printf ("%s%c%s", id_text, LINK_END, text);
}

/* NULL: nothing was typed */
static char *
dup_row_text (const Row *row)
{
  if (row->editor != NULL)
    return kontor_field_editor_is_edited (row->editor) ? kontor_field_editor_dup_text (row->editor)
                                                       : NULL;
  return KONTOR_IS_LINK_ENTRY (row->widget) ? dup_link (KONTOR_LINK_ENTRY (row->widget)) : NULL;
}

/* The form may have other fields next time: of a field its name, of others their place among these.
 */
static char *
dup_row_key (KontorForm *self, const Row *row)
{
  guint n = 0;

  if (row->editor != NULL)
    {
      const KontorFieldDef *field = kontor_field_editor_get_field (row->editor);

      return g_strdup_printf ("%s.%s", kontor_field_get_type_of (field)->name, field->name);
    }
  for (guint i = 0; g_ptr_array_index (self->rows, i) != row; i++)
    if (((const Row *) g_ptr_array_index (self->rows, i))->editor == NULL)
      n++;
  return g_strdup_printf ("#%u", n);
}

static Row *
find_row_key (KontorForm *self, const char *key)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *other = dup_row_key (self, g_ptr_array_index (self->rows, i));

      if (g_str_equal (other, key))
        return g_ptr_array_index (self->rows, i);
    }
  return NULL;
}

static void
set_link (KontorLinkEntry *entry, const char *text)
{
  const char *title = strchr (text, LINK_END);
  g_autofree char *id_text = title != NULL ? g_strndup (text, title - text) : NULL;
  KontorId id;

  if (id_text != NULL && kontor_id_parse (id_text, &id))
    kontor_link_entry_set_link (entry, &id, title + 1);
  else
    kontor_link_entry_set_link (entry, NULL, text);
}

/**
 * kontor_form_dup_texts:
 * @self: a form
 *
 * Returns: (transfer full) (nullable): what was typed, for kontor_form_set_texts(); %NULL: nothing
 */
char *
kontor_form_dup_texts (KontorForm *self)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) texts = NULL;
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);
      g_autofree char *text = dup_row_text (row);
      g_autofree char *key = text != NULL ? dup_row_key (self, row) : NULL;

      if (text == NULL || *text == '\0')
        continue;
      g_variant_builder_add (&builder, "{ss}", key, text);
      n++;
    }
  texts = g_variant_ref_sink (g_variant_builder_end (&builder));
  return n > 0 ? g_variant_print (texts, TRUE) : NULL;
}

/**
 * kontor_form_set_texts:
 * @self: a form
 * @texts: what kontor_form_dup_texts() returned
 *
 * Fills in what was typed before.
 */
void
kontor_form_set_texts (KontorForm *self, const char *texts)
{
  g_autoptr(GVariant) values = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), texts, NULL, NULL, NULL);
  GVariantIter iter;
  const char *key, *text;

  if (values == NULL)
    return;
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &text))
    {
      Row *row = find_row_key (self, key);

      if (row != NULL && row->editor != NULL)
        kontor_field_editor_set_text (row->editor, text);
      else if (row != NULL && KONTOR_IS_LINK_ENTRY (row->widget))
        set_link (KONTOR_LINK_ENTRY (row->widget), text);
    }
}

/**
 * kontor_form_clear:
 * @self: a form
 *
 * Empties all editors.
 */
void
kontor_form_clear (KontorForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row->editor != NULL)
        kontor_field_editor_set_text (row->editor, "");
      set_caption (row, NULL);
    }
}
