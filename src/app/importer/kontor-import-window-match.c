/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column goes where: found by itself, changed by the person. */
#include "config.h"

#include "kontor-import-window-private.h"

#include "kontor-choice.h"
#include "kontor-error.h"
#include "kontor-model.h"
#include "kontor-number.h"
#include <glib/gi18n.h>
#include <string.h>

#define SAMPLE_VALUES 3

static const char *
find_delimiter_name (char delimiter)
{
  switch (delimiter)
    {
    case ';':
      return _("semicolon");
    case '\t':
      return _("tab");
    case '|':
      return _("vertical bar");
    default:
      return _("comma");
    }
}

static void
show_facts (KontorImportWindow *self)
{
  const KontorInspection *inspection = self->inspection;
  g_autofree char *number = kontor_integer_format ((gint64) inspection->n_rows);
  g_autofree char *rows = NULL;
  g_autofree char *text = NULL;

  if (inspection->n_rows_exact)
    rows = g_strdup_printf (ngettext ("%s row", "%s rows", inspection->n_rows), number);
  else
    /* Translators: an estimated number of rows */
    rows = g_strdup_printf (ngettext ("about %s row", "about %s rows", inspection->n_rows), number);
  if (inspection->kind == KONTOR_FILE_CSV)
    /* Translators: facts of a file: rows, encoding, what parts the columns */
    text = g_strdup_printf (_("%s · %s · %s"),
                            rows,
                            inspection->dialect.encoding,
                            find_delimiter_name (inspection->dialect.delimiter));
  else
    text = g_strdup_printf (_("%s · JSON lines"), rows);
  gtk_label_set_text (self->facts_label, text);
}

/* --- Types ------------------------------------------------------------------------------------ */

static void
fill_types (KontorImportWindow *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  const KontorRecordType *likely = self->inspection->type;
  guint selected = 0;

  /* what can't be told is most often people; rows that are pasted have no name of a file */
  if (likely == NULL || (self->pasted && likely == &kontor_employee_type))
    likely = &kontor_contact_type;
  g_clear_pointer (&self->types, g_ptr_array_unref);
  self->types = g_ptr_array_new ();
  for (guint i = 0; i < kontor_record_type_count (); i++)
    {
      const KontorRecordType *type = kontor_record_type_nth (i);

      if ((type->flags & (KONTOR_TYPE_INTERNAL | KONTOR_TYPE_SINGLE)) != 0)
        continue;
      if (type == likely)
        selected = self->types->len;
      g_ptr_array_add (self->types, (gpointer) type);
      gtk_string_list_append (names, kontor_record_type_get_label (type));
    }
  self->settling = TRUE;
  kontor_choice_set_up (self->type_choice, G_LIST_MODEL (names));
  kontor_choice_set_label (self->type_choice, _("Each row is"));
  gtk_drop_down_set_selected (self->type_choice, selected);
  self->settling = FALSE;
}

static void
fill_targets (KontorImportWindow *self, const KontorRecordType *type)
{
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_object (&self->target_names);
  self->targets = kontor_import_target_list (kontor_session_get_schema (self->session), type);
  self->target_names = gtk_string_list_new (NULL);
  /* Translators: a column of a file that goes nowhere */
  gtk_string_list_append (self->target_names, _("Do not import"));
  for (guint i = 0; i < self->targets->len; i++)
    {
      g_autofree char *label =
        kontor_import_target_dup_label (g_ptr_array_index (self->targets, i));

      gtk_string_list_append (self->target_names, label);
    }
}

/* --- Columns ---------------------------------------------------------------------------------- */

static char *
dup_sample (KontorImportWindow *self, guint column)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->inspection->sample->len && n < SAMPLE_VALUES; i++)
    {
      char **row = g_ptr_array_index (self->inspection->sample, i);
      const char *cell = column < g_strv_length (row) ? row[column] : "";

      if (*cell == '\0')
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", cell);
      n++;
    }
  g_strdelimit (text->str, "\r\n", ' ');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Row of the choice that stands for what the map says; a target that is not in the list is added.
 */
static guint
find_choice (KontorImportWindow *self, guint column)
{
  const KontorImportTarget *target = kontor_import_map_get_target (self->map, column);
  KontorImportTarget *copy;
  g_autofree char *label = NULL;

  if (target == NULL)
    return 0;
  for (guint i = 0; i < self->targets->len; i++)
    {
      const KontorImportTarget *candidate = g_ptr_array_index (self->targets, i);

      if (g_str_equal (candidate->path, target->path))
        return i + 1;
    }
  copy = kontor_import_target_parse (kontor_session_get_schema (self->session),
                                     kontor_import_map_get_record_type (self->map),
                                     target->path,
                                     NULL);
  if (copy == NULL)
    return 0;
  g_ptr_array_add (self->targets, copy);
  label = kontor_import_target_dup_label (copy);
  gtk_string_list_append (self->target_names, label);
  return self->targets->len;
}

static void
target_changed_cb (GtkDropDown *choice, GParamSpec *pspec, KontorImportWindow *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "column"));
  guint selected = gtk_drop_down_get_selected (choice);
  const KontorImportTarget *target = selected > 0 && selected <= self->targets->len
                                       ? g_ptr_array_index (self->targets, selected - 1)
                                       : NULL;
  g_autoptr(GError) error = NULL;

  if (self->settling)
    return;
  if (!kontor_import_map_set_target (self->map,
                                     column,
                                     target != NULL ? target->path : NULL,
                                     &error))
    kontor_session_fail (self->session, error);
  else
    kontor_import_window_mapping_edited (self);
}

static GtkWidget *
create_choice (KontorImportWindow *self, guint column, const char *name)
{
  GtkWidget *choice = kontor_choice_new (G_LIST_MODEL (self->target_names));
  g_autofree char *label = NULL;

  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), find_choice (self, column));
  g_object_set_data (G_OBJECT (choice), "column", GUINT_TO_POINTER (column));
  g_signal_connect (choice, "notify::selected", G_CALLBACK (target_changed_cb), self);
  /* Translators: of a choice: %s is the name of a column of the file */
  label = g_strdup_printf (_("“%s” goes to"), name);
  kontor_choice_set_label (GTK_DROP_DOWN (choice), label);
  return choice;
}

static void
append_row (KontorImportWindow *self, guint column)
{
  const char *name = g_ptr_array_index (self->inspection->columns, column);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *sample = dup_sample (self, column);
  g_autofree char *subtitle = g_markup_escape_text (sample, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_append (self->columns, row);
}

static void
append_choice (KontorImportWindow *self, guint column)
{
  GtkWidget *row = gtk_widget_get_last_child (GTK_WIDGET (self->columns));
  const char *name = g_ptr_array_index (self->inspection->columns, column);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_choice (self, column, name));
}

/* A row or its choice a turn: a file may have very many columns, and each takes milliseconds. */
static gboolean
fill_cb (gpointer data)
{
  KontorImportWindow *self = data;

  if (self->n_old_columns > 0)
    {
      gtk_list_box_remove (self->columns, gtk_widget_get_first_child (GTK_WIDGET (self->columns)));
      self->n_old_columns--;
      return G_SOURCE_CONTINUE;
    }
  if (self->n_choices < self->n_columns)
    append_choice (self, self->n_choices++);
  else if (self->n_columns < self->inspection->columns->len)
    append_row (self, self->n_columns++);
  if (self->n_choices < self->inspection->columns->len)
    return G_SOURCE_CONTINUE;
  self->fill_source = 0;
  return G_SOURCE_REMOVE;
}

static void
fill_columns (KontorImportWindow *self)
{
  g_clear_handle_id (&self->fill_source, g_source_remove);
  self->n_old_columns += self->n_columns;
  self->n_columns = self->n_choices = 0;
  /* before anything is painted */
  self->fill_source = g_idle_add_full (G_PRIORITY_DEFAULT, fill_cb, self, NULL);
}

/**
 * kontor_import_window_set_map:
 * @self: the assistant, with a table that was inspected
 * @map: (transfer full): where its columns go
 */
void
kontor_import_window_set_map (KontorImportWindow *self, KontorImportMap *map)
{
  const KontorRecordType *type = kontor_import_map_get_record_type (map);
  guint position;

  g_clear_pointer (&self->map, kontor_import_map_unref);
  self->map = map;
  self->settling = TRUE;
  if (g_ptr_array_find (self->types, type, &position))
    gtk_drop_down_set_selected (self->type_choice, position);
  self->settling = FALSE;
  fill_targets (self, type);
  fill_columns (self);
}

/* The columns are matched by themselves, to fields of the type that is chosen. */
void
kontor_import_window_type_changed (KontorImportWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->type_choice);

  if (selected >= self->types->len)
    return;
  kontor_import_window_forget_mapping (self);
  kontor_import_window_set_map (self,
                                kontor_import_map_guess (kontor_session_get_schema (self->session),
                                                         g_ptr_array_index (self->types, selected),
                                                         self->inspection));
}

/* What was chosen stays; a column may be of a field that is new. */
void
kontor_import_window_fields_changed (KontorImportWindow *self)
{
  KontorImportMap *map;

  if (self->map == NULL || self->inspection == NULL || self->inspection->kind != KONTOR_FILE_CSV ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "match") != 0)
    return;
  map = kontor_import_map_guess (kontor_session_get_schema (self->session),
                                 kontor_import_map_get_record_type (self->map),
                                 self->inspection);
  for (guint i = 0; i < kontor_import_map_get_n_columns (self->map); i++)
    {
      const KontorImportTarget *target = kontor_import_map_get_target (self->map, i);

      if (target != NULL)
        kontor_import_map_set_target (map, i, target->path, NULL);
    }
  kontor_import_window_set_map (self, map);
}

/* JSON lines and vCards say themselves what they are. */
void
kontor_import_window_show_match (KontorImportWindow *self)
{
  g_clear_handle_id (&self->fill_source, g_source_remove);
  if (self->inspection->kind != KONTOR_FILE_CSV)
    {
      g_clear_pointer (&self->map, kontor_import_map_unref);
      kontor_import_window_start_check (self);
      return;
    }
  show_facts (self);
  fill_types (self);
  if (!kontor_import_window_offer_mapping (self))
    kontor_import_window_type_changed (self);
  kontor_import_window_show_page (self, "match");
}
