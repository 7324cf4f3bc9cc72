/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows depends on what goes before: verbs on the field, the value on both. A condition the
 * builder has no words for is shown as it is written, and kept. */
#include "config.h"

#include "kontor-filter-row.h"

#include "kontor-choice.h"
#include "kontor-compat.h"
#include "kontor-date.h"
#include "kontor-filter-path.h"
#include <glib/gi18n.h>
#include <string.h>

struct _KontorFilterRow
{
  GtkWidget parent_instance;

  /* template */
  GtkDropDown *field;
  GtkLabel *raw;
  GtkWidget *second;
  GtkDropDown *verb;
  GtkEntry *entry;
  GtkDropDown *choice;

  /* owned */
  KontorSession *session;
  GPtrArray *paths;   /* (element-type KontorFilterPath) */
  GPtrArray *choices; /* (element-type utf8): values behind .choice */
  KontorFilter *kept; /* (nullable): what .raw shows */

  gboolean settling; /* changes are the program's */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorFilterRow, kontor_filter_row, GTK_TYPE_WIDGET)

static void
tell (KontorFilterRow *self)
{
  if (!self->settling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- What is chosen --------------------------------------------------------------------------- */

static const KontorFilterPath *
get_path (KontorFilterRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->field);

  return selected < self->paths->len ? g_ptr_array_index (self->paths, selected) : NULL;
}

static const KontorFieldDef *
get_field (KontorFilterRow *self)
{
  const KontorFilterPath *path = get_path (self);

  return path != NULL && path->fields->len > 0
           ? g_ptr_array_index (path->fields, path->fields->len - 1)
           : NULL;
}

static KontorFilterOp
get_op (KontorFilterRow *self)
{
  const KontorFilterPath *path = get_path (self);
  guint n, selected = gtk_drop_down_get_selected (self->verb);
  const KontorFilterVerb *verbs = kontor_filter_verbs (path->value, &n);

  return verbs[selected < n ? selected : 0].op;
}

/* --- The value -------------------------------------------------------------------------------- */

static void
add_choice (KontorFilterRow *self, GtkStringList *words, const char *value, const char *label)
{
  g_ptr_array_add (self->choices, g_strdup (value));
  gtk_string_list_append (words, label);
}

static void
offer_choices (KontorFilterRow *self, const KontorFieldDef *field)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->choices, 0);
  if (field->kind == KONTOR_FIELD_BOOLEAN)
    {
      add_choice (self, words, "yes", _("Yes"));
      add_choice (self, words, "no", _("No"));
    }
  for (const KontorChoice *choice = field->choices; choice != NULL && choice->value != NULL;
       choice++)
    add_choice (self, words, choice->value, kontor_field_choice_label (field, choice->value));
  if (field->kind == KONTOR_FIELD_PICK)
    {
      g_autoptr(GPtrArray) values =
        kontor_schema_get_pick_values (kontor_session_get_schema (self->session), field->pick);

      for (guint i = 0; values != NULL && i < values->len; i++)
        {
          const KontorPickValue *pick = g_ptr_array_index (values, i);

          add_choice (self, words, pick->code, pick->label);
        }
    }
  kontor_choice_set_up (self->choice, G_LIST_MODEL (words));
}

static const char *
find_hint (KontorFilterValue value, KontorFilterOp op)
{
  if (op == KONTOR_OP_IN)
    return _("One, another");
  if (value == KONTOR_FILTER_VALUE_DAY)
    return _("A day, today, today-7");
  if (value == KONTOR_FILTER_VALUE_LINK)
    return _("A name, or me");
  return NULL;
}

static gboolean
is_choice (KontorFilterValue value, KontorFilterOp op)
{
  return (value == KONTOR_FILTER_VALUE_CHOICE || value == KONTOR_FILTER_VALUE_BOOLEAN) &&
         op != KONTOR_OP_IN && kontor_filter_op_has_value (op);
}

static void
update_value (KontorFilterRow *self)
{
  const KontorFilterPath *path = get_path (self);
  KontorFilterOp op = get_op (self);
  gboolean choice = is_choice (path->value, op);

  gtk_widget_set_visible (GTK_WIDGET (self->choice), choice);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), !choice && kontor_filter_op_has_value (op));
  gtk_entry_set_placeholder_text (self->entry, find_hint (path->value, op));
}

static void
offer_verbs (KontorFilterRow *self)
{
  const KontorFilterPath *path = get_path (self);
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  guint n;
  const KontorFilterVerb *verbs = kontor_filter_verbs (path->value, &n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (words, _(verbs[i].label));
  kontor_choice_set_up (self->verb, G_LIST_MODEL (words));
  gtk_widget_set_visible (GTK_WIDGET (self->verb), n > 1);
  if (path->value == KONTOR_FILTER_VALUE_CHOICE || path->value == KONTOR_FILTER_VALUE_BOOLEAN)
    offer_choices (self, get_field (self));
}

/* --- What the person does --------------------------------------------------------------------- */

static void
field_chosen_cb (KontorFilterRow *self)
{
  gboolean settling = self->settling;

  if (self->paths == NULL || get_path (self) == NULL)
    return;
  self->settling = TRUE;
  offer_verbs (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  update_value (self);
  self->settling = settling;
  tell (self);
}

static void
verb_chosen_cb (KontorFilterRow *self)
{
  if (self->settling)
    return;
  update_value (self);
  tell (self);
}

static void
value_changed_cb (KontorFilterRow *self)
{
  tell (self);
}

static void
remove_clicked_cb (KontorFilterRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
kontor_filter_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KONTOR_FILTER_ROW (widget)->field));
}

static void
kontor_filter_row_dispose (GObject *object)
{
  KontorFilterRow *self = KONTOR_FILTER_ROW (object);

  self->settling = TRUE;
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_FILTER_ROW);
  g_clear_object (&self->session);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->kept, kontor_filter_free);
  G_OBJECT_CLASS (kontor_filter_row_parent_class)->dispose (object);
}

static void
kontor_filter_row_class_init (KontorFilterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_filter_row_dispose;
  widget_class->grab_focus = kontor_filter_row_grab_focus;
  signals[SIGNAL_CHANGED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "changed");
  signals[SIGNAL_REMOVED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "removed");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-filter-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorFilterRow, field);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterRow, raw);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterRow, second);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterRow, verb);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterRow, entry);
  gtk_widget_class_bind_template_child (widget_class, KontorFilterRow, choice);
  gtk_widget_class_bind_template_callback (widget_class, field_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, verb_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
kontor_filter_row_init (KontorFilterRow *self)
{
  self->choices = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_choice_set_label (self->field, _("Field"));
  kontor_choice_set_label (self->verb, _("Condition"));
  kontor_choice_set_label (self->choice, _("Value"));
}

/**
 * kontor_filter_row_new:
 * @session: a session
 * @type: type of the records
 *
 * Returns: (transfer full): a condition on the first field
 */
GtkWidget *
kontor_filter_row_new (KontorSession *session, const KontorRecordType *type)
{
  KontorFilterRow *self = g_object_new (KONTOR_TYPE_FILTER_ROW, NULL);
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  self->session = g_object_ref (session);
  self->settling = TRUE;
  self->paths = kontor_filter_path_list (kontor_session_get_schema (session), type);
  for (guint i = 0; i < self->paths->len; i++)
    gtk_string_list_append (words,
                            ((KontorFilterPath *) g_ptr_array_index (self->paths, i))->label);
  kontor_choice_set_up (self->field, G_LIST_MODEL (words));
  field_chosen_cb (self);
  self->settling = FALSE;
  return GTK_WIDGET (self);
}

/* --- To and from a filter --------------------------------------------------------------------- */

/* The word of the language of filters for a value, and what people write for it. */
static gboolean
find_word (KontorFilterValue value, const char **word, const char **written)
{
  if (value == KONTOR_FILTER_VALUE_DAY)
    {
      *word = "today";
      *written = C_("filter", "today");
    }
  else if (value == KONTOR_FILTER_VALUE_LINK)
    {
      *word = "me";
      *written = C_("filter", "me");
    }
  else
    {
      return FALSE;
    }
  return TRUE;
}

/* "today-7" is today with something behind it, "media" is not me. */
static gboolean
begins_with_word (const char *text, const char *word)
{
  gunichar next;

  if (!g_str_has_prefix (text, word))
    return FALSE;
  next = g_utf8_get_char (text + strlen (word));
  return next == 0 || !g_unichar_isalnum (next);
}

static char *
exchange (const char *text, const char *from, const char *to)
{
  return begins_with_word (text, from) ? g_strconcat (to, text + strlen (from), NULL)
                                       : g_strdup (text);
}

/* What the person reads is what is asked for: days in their own order become ISO 8601. */
static char *
dup_value (KontorFilterRow *self, const char *typed)
{
  const char *word, *written;

  if (find_word (get_path (self)->value, &word, &written) && begins_with_word (typed, written))
    return exchange (typed, written, word);
  if (get_path (self)->value == KONTOR_FILTER_VALUE_DAY)
    {
      g_autofree char *iso = kontor_date_parse_iso (typed, kontor_date_order_of_locale ());

      if (iso != NULL)
        return g_steal_pointer (&iso);
    }
  return g_strdup (typed);
}

/* Half of a day or a number, while it is typed, asks for nothing yet. */
static gboolean
is_whole (KontorFilterValue kind, const char *value)
{
  gboolean has_digit = strpbrk (value, "0123456789") != NULL;

  if (kind == KONTOR_FILTER_VALUE_NUMBER)
    return has_digit && g_ascii_isalnum (value[strlen (value) - 1]);
  if (kind == KONTOR_FILTER_VALUE_DAY)
    return g_str_equal (value, "today") || g_str_equal (value, "yesterday") ||
           g_str_equal (value, "tomorrow") || kontor_date_is_iso (value) ||
           (g_str_has_prefix (value, "today") && has_digit) || strchr (value, 'T') != NULL;
  return *value != '\0';
}

static gboolean
add_list (KontorFilterRow *self, KontorFilter *filter, const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  gboolean any = FALSE;

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *value = dup_value (self, g_strstrip (*part));

      if (*value == '\0')
        continue;
      kontor_filter_add_value (filter, value);
      any = TRUE;
    }
  return any;
}

static gboolean
add_values (KontorFilterRow *self, KontorFilter *filter)
{
  const KontorFilterPath *path = get_path (self);
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  guint selected = gtk_drop_down_get_selected (self->choice);

  if (!kontor_filter_op_has_value (filter->op))
    return TRUE;
  if (is_choice (path->value, filter->op))
    {
      if (selected >= self->choices->len)
        return FALSE;
      kontor_filter_add_value (filter, g_ptr_array_index (self->choices, selected));
      return TRUE;
    }
  if (filter->op == KONTOR_OP_IN)
    return add_list (self, filter, text);
  {
    g_autofree char *value = dup_value (self, text);

    if (!is_whole (path->value, value))
      return FALSE;
    kontor_filter_add_value (filter, value);
  }
  return TRUE;
}

/**
 * kontor_filter_row_dup_filter:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the condition, or %NULL while its value is missing
 */
KontorFilter *
kontor_filter_row_dup_filter (KontorFilterRow *self)
{
  const KontorFilterPath *path = get_path (self);
  g_autoptr(KontorFilter) filter = NULL;

  if (self->kept != NULL)
    return kontor_filter_copy (self->kept);
  if (path->value == KONTOR_FILTER_VALUE_SEARCH)
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

      return *text != '\0' ? kontor_filter_new_search (text) : NULL;
    }
  filter = kontor_filter_new_compare (get_field (self), get_op (self), NULL);
  for (guint i = path->fields->len - 1; i > 0; i--)
    g_ptr_array_insert (filter->path, 0, g_ptr_array_index (path->fields, i - 1));
  return add_values (self, filter) ? g_steal_pointer (&filter) : NULL;
}

static gboolean
select_path (KontorFilterRow *self, const KontorFilter *filter)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  GPtrArray *fields = filter->kind == KONTOR_FILTER_SEARCH ? none : filter->path;

  for (guint i = 0; i < self->paths->len; i++)
    if (kontor_filter_path_equal (g_ptr_array_index (self->paths, i), fields))
      {
        gtk_drop_down_set_selected (self->field, i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
select_verb (KontorFilterRow *self, const KontorFilter *filter)
{
  guint n;
  const KontorFilterVerb *verbs = kontor_filter_verbs (get_path (self)->value, &n);

  for (guint i = 0; i < n; i++)
    if (filter->kind == KONTOR_FILTER_SEARCH || verbs[i].op == filter->op)
      {
        gtk_drop_down_set_selected (self->verb, i);
        update_value (self);
        return TRUE;
      }
  return FALSE;
}

static gboolean
select_choice (KontorFilterRow *self, const char *value)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->choices, i), value) == 0)
      {
        gtk_drop_down_set_selected (self->choice, i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_value (KontorFilterRow *self, const KontorFilter *filter)
{
  g_autoptr(GString) text = g_string_new (filter->text);

  if (filter->kind == KONTOR_FILTER_COMPARE && is_choice (get_path (self)->value, filter->op))
    return filter->values != NULL && filter->values->len == 1 &&
           select_choice (self, g_ptr_array_index (filter->values, 0));
  for (guint i = 0; filter->values != NULL && i < filter->values->len; i++)
    {
      const char *value = g_ptr_array_index (filter->values, i);
      const char *word, *written;
      g_autofree char *shown = NULL;

      /* the comma parts values here */
      if (filter->op == KONTOR_OP_IN && strchr (value, ',') != NULL)
        return FALSE;
      shown = find_word (get_path (self)->value, &word, &written) ? exchange (value, word, written)
                                                                  : g_strdup (value);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", shown);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text->str);
  return TRUE;
}

/**
 * kontor_filter_row_set_filter:
 * @self: a row
 * @filter: a condition
 *
 * Shows @filter; in words, if there are some.
 */
void
kontor_filter_row_set_filter (KontorFilterRow *self, const KontorFilter *filter)
{
  gboolean known;

  self->settling = TRUE;
  known = (filter->kind == KONTOR_FILTER_COMPARE || filter->kind == KONTOR_FILTER_SEARCH) &&
          select_path (self, filter) && select_verb (self, filter) && set_value (self, filter);
  if (!known)
    {
      g_autofree char *text = filter->kind == KONTOR_FILTER_IMPORTED
                                ? g_strdup (_("Came with one import"))
                                : kontor_filter_to_text (filter);

      g_clear_pointer (&self->kept, kontor_filter_free);
      self->kept = kontor_filter_copy (filter);
      gtk_label_set_text (self->raw, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->field), known);
  gtk_widget_set_visible (self->second, known);
  gtk_widget_set_visible (GTK_WIDGET (self->raw), !known);
  self->settling = FALSE;
}
