/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text and its draft. */
#include "config.h"

#include "kontor-composer-private.h"

#include "kontor-compat.h"
#include "kontor-draft.h"
#include <glib/gi18n.h>

/* What is typed is kept so often; a long text, which is written whole, less often. */
#define DRAFT_MS 500
#define LONG_DRAFT_MS 5000
#define LONG_TEXT 50000

G_DEFINE_FINAL_TYPE (KontorComposer, kontor_composer, GTK_TYPE_WIDGET)

char *
kontor_composer_dup_text (KontorComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

/* --- The draft -------------------------------------------------------------------------------- */

char *
kontor_composer_dup_draft_key (KontorRecord *record)
{
  char id[KONTOR_ID_TEXT_SIZE];

  kontor_id_format (kontor_record_get_id (record), id);
  return g_strconcat ("note:", id, NULL);
}

/* What is waiting to be kept. */
static void
save_draft (KontorComposer *self)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  if (self->draft_timer == 0)
    return;
  g_clear_handle_id (&self->draft_timer, g_source_remove);
  key = kontor_composer_dup_draft_key (self->record);
  text = kontor_composer_dup_text (self);
  kontor_draft_set (key, text);
}

static gboolean
draft_cb (gpointer data)
{
  save_draft (data);
  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (KontorComposer *self)
{
  int length = gtk_text_buffer_get_char_count (self->buffer);

  if (!self->loads_draft && self->record != NULL && self->draft_timer == 0)
    self->draft_timer =
      g_timeout_add (length > LONG_TEXT ? LONG_DRAFT_MS : DRAFT_MS, draft_cb, self);
  gtk_widget_set_visible (self->placeholder, length == 0);
  if (length == 0 && !self->loads_draft)
    save_draft (self);
  kontor_composer_understand (self);
}

static gboolean
pass_on_cb (gpointer data)
{
  GtkWidget *self = g_object_get_data (data, "composer");

  gtk_widget_activate_action (self, "page.take-text", "s", g_object_get_data (data, "text"));
  return G_SOURCE_REMOVE;
}

/* What is immense is left to the page, as text that is dropped on it. */
static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter *at,
                char *text,
                int length,
                KontorComposer *self)
{
  GObject *pasted;

  if (length <= KONTOR_COMPOSER_PASTE_MAX || self->loads_draft)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  pasted = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data_full (pasted, "composer", g_object_ref (self), g_object_unref);
  g_object_set_data_full (pasted, "text", g_strndup (text, (gsize) length), g_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, pass_on_cb, pasted, g_object_unref);
}

/* An entry that was begun stays with its record. */
static void
change_draft (KontorComposer *self, KontorRecord *record)
{
  g_autofree char *key = kontor_composer_dup_draft_key (record);
  g_autofree char *draft = kontor_draft_dup (key, NULL);

  save_draft (self);
  kontor_composer_reset (self);
  self->loads_draft = TRUE;
  gtk_text_buffer_set_text (self->buffer, draft != NULL ? draft : "", -1);
  self->loads_draft = FALSE;
}

/* --- The widget ------------------------------------------------------------------------------- */

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KontorComposer *self)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  kontor_composer_log (self);
  return GDK_EVENT_STOP;
}

static void
kontor_composer_dispose (GObject *object)
{
  KontorComposer *self = KONTOR_COMPOSER (object);

  if (self->buffer != NULL)
    save_draft (self);
  kontor_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_COMPOSER);
  g_clear_object (&self->session);
  g_clear_object (&self->record);
  g_clear_pointer (&self->quick, kontor_quick_entry_free);
  g_clear_pointer (&self->me_name, g_free);
  kontor_composer_entry_clear (&self->chosen);
  kontor_composer_entry_clear (&self->before);
  G_OBJECT_CLASS (kontor_composer_parent_class)->dispose (object);
}

static void
kontor_composer_class_init (KontorComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_composer_dispose;
  g_type_ensure (KONTOR_TYPE_CHIP);
  g_type_ensure (KONTOR_TYPE_LINK_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorComposer, text);
  gtk_widget_class_bind_template_child (widget_class, KontorComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, KontorComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, KontorComposer, log_button);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kontor_composer_log);
  kontor_composer_bind_chips (widget_class);
  kontor_composer_bind_popovers (widget_class);
  kontor_composer_install_actions (widget_class);
}

static void
kontor_composer_init (KontorComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_composer_set_up_chips (self);
  kontor_composer_set_up_popovers (self);
}

/* Who "me" is. */
static void
user_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorComposer *self = user_data;
  g_autoptr(KontorPageData) data =
    kontor_workspace_read_page_finish (KONTOR_WORKSPACE (source), result, NULL);
  const KontorFieldDef *employee = kontor_field_by_id (KONTOR_USER_EMPLOYEE);
  const KontorId *me = data != NULL ? kontor_record_value_link (data->record, employee) : NULL;

  if (me != NULL && self->session != NULL)
    {
      self->me = *me;
      self->has_me = TRUE;
      g_free (self->me_name);
      self->me_name = g_strdup (kontor_record_get_link_title (data->record, employee));
      kontor_composer_understand (self);
    }
  g_object_unref (self);
}

/* The first time that somebody may write: a window without a page does without. */
static void
prepare (KontorComposer *self)
{
  KontorWorkspace *workspace = kontor_session_get_workspace (self->session);

  kontor_link_entry_set_session (self->owner_entry, self->session, &kontor_employee_type);
  kontor_composer_build_menus (self);
  g_signal_connect_object (self->session,
                           "schema-changed",
                           G_CALLBACK (kontor_composer_build_menus),
                           self,
                           G_CONNECT_SWAPPED);
  kontor_workspace_read_page_async (workspace,
                                    &kontor_user_type,
                                    kontor_workspace_get_user (workspace),
                                    0,
                                    NULL,
                                    user_read_cb,
                                    g_object_ref (self));
}

/**
 * kontor_composer_set_session:
 * @self: a composer
 * @session: a session
 */
void
kontor_composer_set_session (KontorComposer *self, KontorSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * kontor_composer_set_record:
 * @self: a composer with a session
 * @record: whose timeline is written in, or its present state
 */
void
kontor_composer_set_record (KontorComposer *self, KontorRecord *record)
{
  gboolean same = self->record != NULL && kontor_id_equal (kontor_record_get_id (self->record),
                                                           kontor_record_get_id (record));

  if (self->record == NULL)
    prepare (self);
  if (!same)
    change_draft (self, record);
  g_set_object (&self->record, record);
}

/**
 * kontor_composer_focus:
 * @self: a composer
 *
 * Moves the focus to the text. Not by grab_focus(): GTK would call that when the focus is to leave
 * backwards.
 */
void
kontor_composer_focus (KontorComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
