/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind of a field is fixed in the file: another kind is another field in its place, which is
 * offered as long as nobody has a value to lose. */
#include "config.h"

#include "kontor-field-form.h"

#include "kontor-choice.h"
#include "kontor-form.h"
#include "kontor-pick-words.h"
#include "kontor-settings-pane.h"
#include <glib/gi18n.h>

struct _KontorFieldForm
{
  GtkWidget parent_instance;

  KontorForm *form; /* a child */
  KontorFieldEditor *label, *help;
  GtkDropDown *kind, *pick, *target;
  GtkWidget *values_frame;
  GtkTextView *values;
  GtkWidget *required, *in_list, *searched, *hidden;

  /* owned */
  KontorSession *session;
  KontorRecord *definition; /* (nullable): the field that is changed */
  GPtrArray *lists;         /* (element-type utf8): behind .pick, after "new" */
  GPtrArray *targets;       /* (element-type KontorRecordType): behind .target */

  const KontorRecordType *type;
  gboolean locked;
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorFieldForm, kontor_field_form, GTK_TYPE_WIDGET)

static const struct
{
  KontorFieldKind kind;
  const char *label;
} kinds[] = {
  { KONTOR_FIELD_TEXT, N_("Text, one line") },
  { KONTOR_FIELD_LONG_TEXT, N_("Text, many lines") },
  { KONTOR_FIELD_PICK, N_("Value of a list") },
  { KONTOR_FIELD_BOOLEAN, N_("Yes or no") },
  { KONTOR_FIELD_DATE, N_("Date") },
  { KONTOR_FIELD_INSTANT, N_("Date and time") },
  { KONTOR_FIELD_INTEGER, N_("Whole number") },
  { KONTOR_FIELD_DECIMAL, N_("Number with decimals") },
  { KONTOR_FIELD_PERCENT, N_("Percentage") },
  { KONTOR_FIELD_DURATION, N_("Duration") },
  { KONTOR_FIELD_LINK, N_("Link to a record") },
  { KONTOR_FIELD_PHONE, N_("Phone number") },
  { KONTOR_FIELD_MAIL, N_("E-mail address") },
  { KONTOR_FIELD_WEB, N_("Web address") },
  { KONTOR_FIELD_ADDRESS, N_("Postal address") },
  { KONTOR_FIELD_COUNTRY, N_("Country") },
  { KONTOR_FIELD_CURRENCY, N_("Currency") },
  /* of built-in fields alone */
  { KONTOR_FIELD_NAME, N_("Name") },
  { KONTOR_FIELD_MONEY, N_("Amount of money") },
  { KONTOR_FIELD_CHOICE, N_("Choice") },
  { KONTOR_FIELD_LINK_ANY, N_("Link to any record") },
  { KONTOR_FIELD_WALL_TIME, N_("Date and time") },
  { KONTOR_FIELD_ZONE, N_("Time zone") },
  { KONTOR_FIELD_TYPE, N_("Type of records") },
  { KONTOR_FIELD_FILE, N_("File") },
  { KONTOR_FIELD_JSON, N_("Data of programs") },
  { KONTOR_FIELD_TAGS, N_("Tags") },
};

#define N_CUSTOM_KINDS 17

/**
 * kontor_field_kind_label:
 * @field: a field
 *
 * Returns: what people call its kind
 */
const char *
kontor_field_kind_label (const KontorFieldDef *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == field->kind)
      return _(kinds[i].label);
  return "";
}

/* --- What depends on the kind ----------------------------------------------------------------- */

static KontorFieldKind
get_kind (KontorFieldForm *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);

  return selected < N_CUSTOM_KINDS ? kinds[selected].kind : KONTOR_FIELD_TEXT;
}

static void
show_row (GtkWidget *widget, gboolean visible)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_widget_get_parent (widget));

  gtk_widget_set_visible (row, visible);
}

static void
update (KontorFieldForm *self)
{
  KontorFieldKind kind = get_kind (self);
  gboolean new_list = kind == KONTOR_FIELD_PICK && gtk_drop_down_get_selected (self->pick) == 0;

  show_row (GTK_WIDGET (self->pick), kind == KONTOR_FIELD_PICK);
  show_row (self->values_frame, new_list && !self->locked);
  show_row (GTK_WIDGET (self->target), kind == KONTOR_FIELD_LINK);
  show_row (gtk_widget_get_parent (self->searched), kontor_field_kind_is_text (kind));
}

/**
 * kontor_field_form_set_locked:
 * @self: a form
 * @locked: whether there are values, so that the kind must stay
 */
void
kontor_field_form_set_locked (KontorFieldForm *self, gboolean locked)
{
  self->locked = locked;
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), !locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pick), !locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->target), !locked);
  update (self);
}

/* --- The step --------------------------------------------------------------------------------- */

static char *
dup_text (KontorFieldEditor *editor)
{
  return g_strstrip (kontor_field_editor_dup_text (editor));
}

static gboolean
check (KontorFieldForm *self, const char *label)
{
  g_autofree char *name =
    self->definition != NULL
      ? kontor_schema_custom_field_name (kontor_record_get_id (self->definition))
      : NULL;
  const KontorFieldDef *same =
    kontor_schema_find_label (kontor_session_get_schema (self->session), self->type, label, name);
  g_autofree char *reason = kontor_settings_check_text (self->label);

  if (reason == NULL && same != NULL)
    reason = g_strdup_printf (_("There is a field “%s” already. Choose another label."),
                              kontor_field_get_label (same));
  if (reason == NULL)
    return TRUE;
  kontor_form_show_error (self->form, GTK_WIDGET (self->label), reason);
  gtk_widget_grab_focus (GTK_WIDGET (self->label));
  return FALSE;
}

/* A new list is called like the field, unless another one is. */
static char *
dup_list (KontorFieldForm *self, const char *label)
{
  guint selected = gtk_drop_down_get_selected (self->pick);
  g_autofree char *name = NULL;
  guint n = 1;

  if (get_kind (self) != KONTOR_FIELD_PICK)
    return NULL;
  if (selected > 0 && selected - 1 < self->lists->len)
    return g_strdup (g_ptr_array_index (self->lists, selected - 1));
  name = g_utf8_strlen (label, -1) > 80 ? g_utf8_substring (label, 0, 80) : g_strdup (label);
  while (g_ptr_array_find_with_equal_func (self->lists, name, g_str_equal, NULL))
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", label, ++n);
    }
  return g_steal_pointer (&name);
}

static void
add_values (KontorFieldForm *self, KontorStep *step, const char *list)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->values);
  g_autoptr(KontorSchema) trial = kontor_schema_copy (kontor_session_get_schema (self->session));
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  GtkTextIter start, end;
  int position = 0;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *label = g_strstrip (lines[i]);
      g_autofree char *code = NULL;

      if (*label == '\0')
        continue;
      code = kontor_pick_code (trial, list, label);
      kontor_schema_add_pick_value (trial, list, code, label, position, NULL, TRUE);
      kontor_pick_add_value (step, list, code, label, position++);
    }
}

static void
set_text (KontorRecord *record, KontorFieldId field, const char *text)
{
  if (text != NULL && *text != '\0')
    kontor_record_set_text (record, field, text);
  else
    kontor_record_set_null (record, field);
}

static void
fill (KontorFieldForm *self, KontorRecord *record, const char *label, const char *list)
{
  KontorFieldKind kind = get_kind (self);
  guint target = gtk_drop_down_get_selected (self->target);
  g_autofree char *help = dup_text (self->help);

  kontor_record_set_text (record, KONTOR_CUSTOM_FIELD_LABEL, label);
  kontor_record_set_text (record, KONTOR_CUSTOM_FIELD_KIND, kontor_field_kind_name (kind));
  set_text (record, KONTOR_CUSTOM_FIELD_PICK, list);
  set_text (record,
            KONTOR_CUSTOM_FIELD_TARGET,
            kind == KONTOR_FIELD_LINK && target < self->targets->len
              ? ((const KontorRecordType *) g_ptr_array_index (self->targets, target))->name
              : NULL);
  set_text (record, KONTOR_CUSTOM_FIELD_HELP, help);
  kontor_record_set_integer (record,
                             KONTOR_CUSTOM_FIELD_REQUIRED,
                             gtk_switch_get_active (GTK_SWITCH (self->required)));
  kontor_record_set_integer (record,
                             KONTOR_CUSTOM_FIELD_IN_LIST,
                             gtk_switch_get_active (GTK_SWITCH (self->in_list)));
  kontor_record_set_integer (record,
                             KONTOR_CUSTOM_FIELD_SEARCHED,
                             kontor_field_kind_is_text (kind) &&
                               gtk_switch_get_active (GTK_SWITCH (self->searched)));
  kontor_record_set_integer (record,
                             KONTOR_CUSTOM_FIELD_HIDDEN,
                             gtk_switch_get_active (GTK_SWITCH (self->hidden)));
}

static KontorStep *
create_field (KontorFieldForm *self, const char *label, const char *list, gint64 position)
{
  g_autoptr(KontorRecord) record = kontor_record_new (&kontor_custom_field_type, NULL);
  g_autofree char *words = g_strdup_printf (_("Field “%s” added"), label);
  KontorStep *step = kontor_step_new (words);

  kontor_record_set_text (record, KONTOR_CUSTOM_FIELD_TYPE, self->type->name);
  kontor_record_set_integer (record, KONTOR_CUSTOM_FIELD_POSITION, position);
  fill (self, record, label, list);
  kontor_step_create (step, record);
  return step;
}

static gboolean
is_other_kind (KontorRecord *a, KontorRecord *b)
{
  return g_strcmp0 (kontor_record_get_text (a, KONTOR_CUSTOM_FIELD_KIND),
                    kontor_record_get_text (b, KONTOR_CUSTOM_FIELD_KIND)) != 0;
}

static KontorStep *
change_field (KontorFieldForm *self, const char *label, const char *list)
{
  g_autoptr(KontorRecord) record = kontor_record_copy (self->definition);
  g_autofree char *words = g_strdup_printf (_("Field “%s” changed"), label);
  g_autoptr(GPtrArray) fields =
    kontor_schema_get_fields (kontor_session_get_schema (self->session), &kontor_custom_field_type);
  KontorStep *step = kontor_step_new (words);

  fill (self, record, label, list);
  if (is_other_kind (record, self->definition))
    {
      kontor_record_set_id (record, &KONTOR_ID_NULL);
      kontor_record_set_row (record, 0, 0, FALSE, 0);
      kontor_step_trash (step, &kontor_custom_field_type, kontor_record_get_id (self->definition));
      kontor_step_create (step, record);
      return step;
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (fields, i);
      g_auto(KontorValue) value = KONTOR_VALUE_INIT;

      kontor_record_get_value (record, field, &value);
      kontor_session_add_field (kontor_session_get_schema (self->session),
                                step,
                                self->definition,
                                field,
                                &value,
                                NULL);
    }
  return step;
}

/**
 * kontor_field_form_build_step:
 * @self: a form
 * @position: place of a new field among those of its type
 *
 * Returns: (transfer full) (nullable): what makes or changes the field; %NULL after the form has
 *   said what is wrong
 */
KontorStep *
kontor_field_form_build_step (KontorFieldForm *self, gint64 position)
{
  g_autofree char *label = dup_text (self->label);
  g_autofree char *list = NULL;
  KontorStep *step;

  if (!check (self, label))
    return NULL;
  list = dup_list (self, label);
  step = self->definition != NULL ? change_field (self, label, list)
                                  : create_field (self, label, list, position);
  if (list != NULL && gtk_drop_down_get_selected (self->pick) == 0 && !self->locked)
    add_values (self, step, list);
  return step;
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_field_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KONTOR_FIELD_FORM (widget)->label));
}

static void
kontor_field_form_dispose (GObject *object)
{
  KontorFieldForm *self = KONTOR_FIELD_FORM (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_object (&self->definition);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  G_OBJECT_CLASS (kontor_field_form_parent_class)->dispose (object);
}

static void
kontor_field_form_class_init (KontorFieldFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_field_form_dispose;
  widget_class->grab_focus = kontor_field_form_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           0);
}

static void
kontor_field_form_init (KontorFieldForm *self)
{
  self->form = g_object_new (KONTOR_TYPE_FORM, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->form), GTK_WIDGET (self));
}

static GtkDropDown *
add_choice (KontorFieldForm *self, GtkStringList *words, const char *label)
{
  GtkWidget *choice = kontor_choice_new (G_LIST_MODEL (words));

  kontor_choice_set_label (GTK_DROP_DOWN (choice), label);
  kontor_form_add_widget (self->form, choice, label);
  g_signal_connect_object (choice,
                           "notify::selected",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (choice);
}

static void
add_kinds (KontorFieldForm *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < N_CUSTOM_KINDS; i++)
    gtk_string_list_append (words, _(kinds[i].label));
  self->kind = add_choice (self, words, _("Kind"));
}

static void
add_lists (KontorFieldForm *self)
{
  KontorSchema *schema = kontor_session_get_schema (self->session);
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  self->lists = kontor_pick_lists (schema);
  gtk_string_list_append (words, _("A new list"));
  for (guint i = 0; i < self->lists->len; i++)
    {
      g_autofree char *title = kontor_pick_list_title (schema, g_ptr_array_index (self->lists, i));

      gtk_string_list_append (words, title);
    }
  self->pick = add_choice (self, words, _("List"));
}

static void
add_values_editor (KontorFieldForm *self)
{
  GtkWidget *view = gtk_text_view_new ();

  self->values = GTK_TEXT_VIEW (view);
  gtk_text_view_set_accepts_tab (self->values, FALSE);
  gtk_text_view_set_top_margin (self->values, 6);
  gtk_text_view_set_bottom_margin (self->values, 6);
  gtk_text_view_set_left_margin (self->values, 9);
  gtk_text_view_set_right_margin (self->values, 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Values, one a line"),
                                  -1);
  self->values_frame = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (self->values_frame, "kontor-text-frame");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->values_frame), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->values_frame), 120);
  kontor_form_add_widget (self->form, self->values_frame, _("Values, one a line"));
}

static void
add_targets (KontorFieldForm *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  self->targets = g_ptr_array_new ();
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if ((type->flags &
           (KONTOR_TYPE_INTERNAL | KONTOR_TYPE_SET | KONTOR_TYPE_SINGLE | KONTOR_TYPE_CHILD)) != 0)
        continue;
      g_ptr_array_add (self->targets, (gpointer) type);
      gtk_string_list_append (words, kontor_record_type_get_label (type));
    }
  self->target = add_choice (self, words, _("Links to"));
}

static GtkWidget *
add_switch (KontorFieldForm *self, const char *label, const char *caption, gboolean active)
{
  GtkWidget *button = gtk_switch_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_label_new (caption);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_margin_top (box, 3);
  gtk_switch_set_active (GTK_SWITCH (button), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  kontor_form_add_widget (self->form, box, label);
  return button;
}

static void
form_activated_cb (KontorFieldForm *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
get_flag (KontorRecord *definition, KontorFieldId field, gboolean usual)
{
  return definition != NULL ? kontor_record_get_integer (definition, field) != 0 : usual;
}

static void
add_editors (KontorFieldForm *self, KontorRecord *definition)
{
  self->label =
    kontor_form_add_field (self->form, kontor_field_by_id (KONTOR_CUSTOM_FIELD_LABEL), NULL);
  add_kinds (self);
  add_lists (self);
  add_values_editor (self);
  add_targets (self);
  self->help =
    kontor_form_add_field (self->form, kontor_field_by_id (KONTOR_CUSTOM_FIELD_HELP), NULL);
  self->required = add_switch (self,
                               _("Required"),
                               _("New records must have a value"),
                               get_flag (definition, KONTOR_CUSTOM_FIELD_REQUIRED, FALSE));
  self->in_list = add_switch (self,
                              _("In lists"),
                              _("Tables offer it as a column"),
                              get_flag (definition, KONTOR_CUSTOM_FIELD_IN_LIST, TRUE));
  self->searched = add_switch (self,
                               _("Searched"),
                               _("The search finds records by it"),
                               get_flag (definition, KONTOR_CUSTOM_FIELD_SEARCHED, FALSE));
  self->hidden = add_switch (self,
                             _("Hidden"),
                             _("Nobody sees it; values stay"),
                             get_flag (definition, KONTOR_CUSTOM_FIELD_HIDDEN, FALSE));
}

static void
show_definition (KontorFieldForm *self)
{
  const char *kind = kontor_record_get_text (self->definition, KONTOR_CUSTOM_FIELD_KIND);
  const char *pick = kontor_record_get_text (self->definition, KONTOR_CUSTOM_FIELD_PICK);
  const char *target = kontor_record_get_text (self->definition, KONTOR_CUSTOM_FIELD_TARGET);

  kontor_field_editor_load (self->label, self->definition);
  kontor_field_editor_load (self->help, self->definition);
  for (guint i = 0; i < N_CUSTOM_KINDS; i++)
    if (g_strcmp0 (kontor_field_kind_name (kinds[i].kind), kind) == 0)
      gtk_drop_down_set_selected (self->kind, i);
  for (guint i = 0; i < self->lists->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->lists, i), pick) == 0)
      gtk_drop_down_set_selected (self->pick, i + 1);
  for (guint i = 0; i < self->targets->len; i++)
    if (g_strcmp0 (((const KontorRecordType *) g_ptr_array_index (self->targets, i))->name,
                   target) == 0)
      gtk_drop_down_set_selected (self->target, i);
}

/**
 * kontor_field_form_new:
 * @session: a session
 * @type: type of the records
 * @definition: (nullable): the custom_field record to change; %NULL: a new field
 *
 * Returns: (transfer full): a form
 */
GtkWidget *
kontor_field_form_new (KontorSession *session,
                       const KontorRecordType *type,
                       KontorRecord *definition)
{
  KontorFieldForm *self = g_object_new (KONTOR_TYPE_FIELD_FORM, NULL);

  self->session = g_object_ref (session);
  self->type = type;
  kontor_form_set_session (self->form, session);
  g_set_object (&self->definition, definition);
  add_editors (self, definition);
  if (definition != NULL)
    show_definition (self);
  g_signal_connect_object (self->form,
                           "activate",
                           G_CALLBACK (form_activated_cb),
                           self,
                           G_CONNECT_SWAPPED);
  /* until it is known whether there are values */
  kontor_field_form_set_locked (self, definition != NULL);
  return GTK_WIDGET (self);
}
