/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field is removed by trashing its definition: its column and the values stay in the file. */
#include "config.h"

#include "kontor-fields-pane.h"

#include "kontor-compat.h"
#include "kontor-field-form.h"
#include "kontor-number.h"
#include "kontor-pick-words.h"
#include <glib/gi18n.h>

struct _KontorFieldsPane
{
  KontorSettingsPane parent_instance;

  const KontorRecordType *type;
  KontorFieldForm *form; /* borrowed (nullable) */
  KontorRecord *asked;   /* owned (nullable): whose values are being counted */
  GMenu *menu;           /* owned */
};

G_DEFINE_FINAL_TYPE (KontorFieldsPane, kontor_fields_pane, KONTOR_TYPE_SETTINGS_PANE)

static KontorSchema *
get_schema (KontorFieldsPane *self)
{
  return kontor_session_get_schema (kontor_settings_pane_get_session (KONTOR_SETTINGS_PANE (self)));
}

/* --- Counting values -------------------------------------------------------------------------- */

typedef struct
{
  KontorWorkspace *workspace;
  KontorQuery *query;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_object_unref (count->workspace);
  kontor_query_unref (count->query);
  g_free (count);
}

static void
count_values (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Count *count = data;
  g_autoptr(GError) error = NULL;
  gint64 n = kontor_workspace_count (count->workspace, count->query, cancellable, &error);

  if (n < 0)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, (gssize) n);
}

/* How many records have a value in the field, those in the trash too. */
static void
count_async (KontorFieldsPane *self, KontorRecord *definition, GAsyncReadyCallback callback)
{
  KontorSession *session = kontor_settings_pane_get_session (KONTOR_SETTINGS_PANE (self));
  g_autofree char *name = kontor_schema_custom_field_name (kontor_record_get_id (definition));
  const KontorFieldDef *field = kontor_schema_find_field (get_schema (self), self->type, name);
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, NULL);
  Count *count;

  g_set_object (&self->asked, definition);
  if (field == NULL)
    {
      g_task_return_int (task, 0);
      return;
    }
  count = g_new0 (Count, 1);
  count->workspace = g_object_ref (kontor_session_get_workspace (session));
  count->query = kontor_query_new (self->type);
  kontor_query_set_scope (count->query, KONTOR_QUERY_ALL);
  kontor_query_take_filter (count->query,
                            kontor_filter_new_compare (field, KONTOR_OP_NOT_EMPTY, NULL));
  g_task_set_task_data (task, count, count_free);
  g_task_run_in_thread (task, count_values);
}

/* --- Rows ------------------------------------------------------------------------------------- */

static void
append (GString *text, const char *word)
{
  g_string_append_printf (text, " · %s", word);
}

static char *
dup_subtitle (KontorFieldsPane *self, const KontorFieldDef *field)
{
  g_autoptr(GString) text = g_string_new (kontor_field_kind_label (field));
  const KontorRecordType *target =
    field->target != NULL ? kontor_record_type_by_name (field->target) : NULL;

  if (field->pick != NULL)
    {
      g_autofree char *list = kontor_pick_list_title (get_schema (self), field->pick);

      append (text, list);
    }
  if (target != NULL)
    append (text, kontor_record_type_get_label (target));
  if ((field->flags & KONTOR_FIELD_REQUIRED) != 0)
    append (text, _("required"));
  if ((field->flags & KONTOR_FIELD_CUSTOM) != 0 && (field->flags & KONTOR_FIELD_HIDDEN) != 0)
    append (text, _("hidden"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A definition this program can make nothing of. */
static const char *
unknown_subtitle (void)
{
  return _("Not understood by this version");
}

static void
add_heading (GPtrArray *items, const char *key, const char *title)
{
  KontorOrderItem *item = kontor_order_item_new (key, title, NULL);

  item->heading = item->fixed = item->plain = TRUE;
  g_ptr_array_add (items, item);
}

static void
add_custom (KontorFieldsPane *self, GPtrArray *items, KontorRecord *record)
{
  g_autofree char *key = kontor_settings_key (kontor_record_get_id (record));
  g_autofree char *name = kontor_schema_custom_field_name (kontor_record_get_id (record));
  const KontorFieldDef *field = kontor_schema_find_field (get_schema (self), self->type, name);
  g_autofree char *subtitle =
    field != NULL ? dup_subtitle (self, field) : g_strdup (unknown_subtitle ());
  const char *label = kontor_record_get_text (record, KONTOR_CUSTOM_FIELD_LABEL);
  KontorOrderItem *item = kontor_order_item_new (key, label != NULL ? label : "", subtitle);

  item->dim = kontor_record_get_integer (record, KONTOR_CUSTOM_FIELD_HIDDEN) != 0;
  g_ptr_array_add (items, item);
}

static void
add_built_in (KontorFieldsPane *self, GPtrArray *items)
{
  guint n;
  const KontorFieldDef *const *fields = kontor_record_type_get_fields (self->type, &n);

  for (guint i = 0; i < n; i++)
    if ((fields[i]->flags & KONTOR_FIELD_HIDDEN) == 0)
      {
        g_autofree char *subtitle = dup_subtitle (self, fields[i]);
        KontorOrderItem *item =
          kontor_order_item_new (fields[i]->name, kontor_field_get_label (fields[i]), subtitle);

        item->fixed = item->plain = TRUE;
        g_ptr_array_add (items, item);
      }
}

static void
kontor_fields_pane_show (KontorSettingsPane *pane, GPtrArray *records)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (pane);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  add_heading (items,
               "own",
               records->len > 0 ? _("Your own fields") : _("No fields of your own yet"));
  for (guint i = 0; i < records->len; i++)
    add_custom (self, items, g_ptr_array_index (records, i));
  add_heading (items, "built-in", _("Built-in fields"));
  add_built_in (self, items);
  kontor_settings_pane_set_rows (pane, items);
}

static KontorQuery *
kontor_fields_pane_build_query (KontorSettingsPane *pane)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (pane);
  KontorQuery *query = kontor_query_new (&kontor_custom_field_type);

  kontor_query_take_filter (query,
                            kontor_filter_new_compare (kontor_field_by_id (
                                                         KONTOR_CUSTOM_FIELD_TYPE),
                                                       KONTOR_OP_EQ,
                                                       self->type->name));
  kontor_query_add_sort (query, kontor_field_by_id (KONTOR_CUSTOM_FIELD_POSITION), FALSE);
  return query;
}

/* --- Adding and changing ---------------------------------------------------------------------- */

static void
form_activated_cb (KontorFieldsPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "settings.accept", NULL);
}

static void
show_form (KontorFieldsPane *self, KontorRecord *definition, const char *title, const char *verb)
{
  KontorSettingsPane *pane = KONTOR_SETTINGS_PANE (self);
  GtkWidget *form =
    kontor_field_form_new (kontor_settings_pane_get_session (pane), self->type, definition);

  g_set_weak_pointer (&self->form, KONTOR_FIELD_FORM (form));
  g_signal_connect_object (form,
                           "activate",
                           G_CALLBACK (form_activated_cb),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_settings_pane_show_form (pane, form, title, verb);
}

static void
kontor_fields_pane_add (KontorSettingsPane *pane)
{
  show_form (KONTOR_FIELDS_PANE (pane), NULL, _("New field"), _("_Add"));
}

static void
values_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (source);
  gssize n = g_task_propagate_int (G_TASK (result), NULL);
  g_autofree char *number = kontor_integer_format (n);
  g_autofree char *note = NULL;

  if (self->form == NULL)
    return;
  if (n > 0)
    note = g_strdup_printf (ngettext ("%s record has a value, so the kind can't be changed.",
                                      "%s records have a value, so the kind can't be changed.",
                                      (gulong) n),
                            number);
  kontor_field_form_set_locked (self->form, n != 0);
  kontor_settings_pane_set_form_note (KONTOR_SETTINGS_PANE (self), note);
}

static void
kontor_fields_pane_open (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (pane);
  KontorRecord *record = kontor_settings_pane_find_record (pane, item->key);

  if (record == NULL)
    return;
  show_form (self, record, _("Change field"), _("_Save"));
  count_async (self, record, values_counted_cb);
}

static gint64
next_position (GPtrArray *records)
{
  gint64 last = -1;

  for (guint i = 0; records != NULL && i < records->len; i++)
    last = MAX (last,
                kontor_record_get_integer (g_ptr_array_index (records, i),
                                           KONTOR_CUSTOM_FIELD_POSITION));
  return last + 1;
}

static void
kontor_fields_pane_accept (KontorSettingsPane *pane)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (pane);
  g_autoptr(KontorStep) step = NULL;

  if (self->form == NULL)
    return;
  step = kontor_field_form_build_step (self->form,
                                       next_position (kontor_settings_pane_get_records (pane)));
  if (step != NULL)
    kontor_settings_pane_commit_form (pane, step);
}

/* --- Order, hiding, removing ------------------------------------------------------------------ */

/**
 * kontor_settings_add_position:
 * @step: where to
 * @record: a record as it was read
 * @field: its field with the place
 * @position: its new place
 *
 * Adds what puts it there; nothing where it is already.
 */
void
kontor_settings_add_position (KontorStep *step,
                              KontorRecord *record,
                              KontorFieldId field,
                              gint64 position)
{
  if (kontor_record_is_null (record, field) ||
      kontor_record_get_integer (record, field) != position)
    kontor_step_set_integer (step, kontor_record_get_id (record), field, position);
}

static void
kontor_fields_pane_moved (KontorSettingsPane *pane, KontorOrderItem *moved)
{
  GListModel *items = kontor_order_list_get_items (kontor_settings_pane_get_list (pane));
  g_autofree char *label = g_strdup_printf (_("Field “%s” moved"), moved->title);
  g_autoptr(KontorStep) step = kontor_step_new (label);
  gint64 position = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(KontorOrderItem) item = g_list_model_get_item (items, i);
      KontorRecord *record = kontor_settings_pane_find_record (pane, item->key);

      if (record != NULL)
        kontor_settings_add_position (step, record, KONTOR_CUSTOM_FIELD_POSITION, position++);
    }
  kontor_settings_pane_commit (pane, step);
}

static void
hide_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorSettingsPane *pane = KONTOR_SETTINGS_PANE (widget);
  KontorOrderItem *item = kontor_order_list_get_selected (kontor_settings_pane_get_list (pane));
  KontorRecord *record = item != NULL ? kontor_settings_pane_find_record (pane, item->key) : NULL;
  g_autofree char *label = NULL;
  g_autoptr(KontorStep) step = NULL;
  gboolean hidden;

  if (record == NULL)
    return;
  hidden = kontor_record_get_integer (record, KONTOR_CUSTOM_FIELD_HIDDEN) != 0;
  label =
    g_strdup_printf (hidden ? _("Field “%s” shown again") : _("Field “%s” hidden"), item->title);
  step = kontor_step_new (label);
  kontor_step_set_integer (step,
                           kontor_record_get_id (record),
                           KONTOR_CUSTOM_FIELD_HIDDEN,
                           !hidden);
  kontor_settings_pane_commit (pane, step);
}

static void
remove_asked (KontorFieldsPane *self)
{
  const char *title = kontor_record_get_text (self->asked, KONTOR_CUSTOM_FIELD_LABEL);
  g_autofree char *label = g_strdup_printf (_("Field “%s” removed"), title);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_step_trash (step, &kontor_custom_field_type, kontor_record_get_id (self->asked));
  kontor_settings_pane_commit (KONTOR_SETTINGS_PANE (self), step);
}

static void
remove_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  if (kontor_confirm_finish (result))
    remove_asked (KONTOR_FIELDS_PANE (source));
}

static void
counted_to_remove_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (source);
  g_autoptr(GError) error = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &error);
  g_autofree char *number = kontor_integer_format (n);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  const char *label;

  if (error != NULL)
    {
      kontor_session_fail (kontor_settings_pane_get_session (KONTOR_SETTINGS_PANE (self)), error);
      return;
    }
  if (n == 0)
    {
      remove_asked (self);
      return;
    }
  label = kontor_record_get_text (self->asked, KONTOR_CUSTOM_FIELD_LABEL);
  heading = g_strdup_printf (_("Remove the field “%s”?"), label);
  body = g_strdup_printf (ngettext ("%s record has a value in it, which nobody will see any more. "
                                    "Undo brings it back.",
                                    "%s records have a value in it, which nobody will see any "
                                    "more. Undo brings them back.",
                                    (gulong) n),
                          number);
  kontor_confirm_async (GTK_WIDGET (self), heading, body, _("_Remove"), remove_confirmed_cb, NULL);
}

static void
kontor_fields_pane_remove (KontorSettingsPane *pane, KontorOrderItem *item)
{
  KontorRecord *record = kontor_settings_pane_find_record (pane, item->key);

  if (record != NULL)
    count_async (KONTOR_FIELDS_PANE (pane), record, counted_to_remove_cb);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_fields_pane_dispose (GObject *object)
{
  KontorFieldsPane *self = KONTOR_FIELDS_PANE (object);

  g_clear_weak_pointer (&self->form);
  g_clear_object (&self->asked);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (kontor_fields_pane_parent_class)->dispose (object);
}

static void
kontor_fields_pane_class_init (KontorFieldsPaneClass *klass)
{
  KontorSettingsPaneClass *pane_class = KONTOR_SETTINGS_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_fields_pane_dispose;
  pane_class->build_query = kontor_fields_pane_build_query;
  pane_class->show = kontor_fields_pane_show;
  pane_class->add = kontor_fields_pane_add;
  pane_class->open = kontor_fields_pane_open;
  pane_class->accept = kontor_fields_pane_accept;
  pane_class->moved = kontor_fields_pane_moved;
  pane_class->remove = kontor_fields_pane_remove;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "fields.hide", NULL, hide_activated);
}

static void
kontor_fields_pane_init (KontorFieldsPane *self)
{
  self->menu = g_menu_new ();
  g_menu_append (self->menu, _("_Change…"), "order.open");
  g_menu_append (self->menu, _("_Hide or show"), "fields.hide");
  g_menu_append (self->menu, _("Move _up"), "order.up");
  g_menu_append (self->menu, _("Move _down"), "order.down");
  g_menu_append (self->menu, _("_Remove"), "order.remove");
}

/**
 * kontor_fields_pane_new:
 * @session: a session
 * @type: a record type
 *
 * Returns: (transfer full): a page of its fields
 */
GtkWidget *
kontor_fields_pane_new (KontorSession *session, const KontorRecordType *type)
{
  KontorFieldsPane *self = g_object_new (KONTOR_TYPE_FIELDS_PANE, NULL);
  KontorSettingsPane *pane = KONTOR_SETTINGS_PANE (self);
  gboolean can = kontor_session_can (session, &kontor_custom_field_type, NULL, KONTOR_RIGHT_WRITE);

  self->type = type;
  if (can)
    kontor_order_list_set_menu (kontor_settings_pane_get_list (pane), G_MENU_MODEL (self->menu));
  kontor_settings_pane_set_words (pane,
                                  can ? _("_Add field") : NULL,
                                  _("Alt+Up and Alt+Down move a field of your own, Delete removes "
                                     "it."),
                                  "",
                                  "");
  kontor_settings_pane_set_up (pane,
                               session,
                               kontor_record_type_get_label_plural (type),
                               _("Fields"));
  return GTK_WIDGET (self);
}
