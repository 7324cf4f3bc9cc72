/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window for a new record. */
#include "config.h"

#include "kontor-new-dialog.h"

#include "kontor-date.h"
#include "kontor-draft.h"
#include "kontor-error.h"
#include <glib/gi18n.h>

/* What is typed is kept so often. */
#define DRAFT_MS 500

typedef struct
{
  /* template */
  KontorForm *form;
  KontorForm *more_form;
  GtkBox *hint_box;
  GtkWidget *more_button;
  GtkButton *draft_button;
  GtkLabel *error_label;

  /* owned */
  KontorSession *session;
  KontorRecord *preset; /* what the record begins with: its owner, say */

  const KontorRecordType *type;
  gboolean another; /* after this one is created */
  guint draft_timer;
  char *offered; /* (nullable) owned: the draft that can be continued */
} KontorNewDialogPrivate;

enum
{
  SIGNAL_CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (KontorNewDialog, kontor_new_dialog, ADW_TYPE_WINDOW)

static KontorNewDialogPrivate *
get_private (KontorNewDialog *self)
{
  return kontor_new_dialog_get_instance_private (self);
}

static void
show_error (KontorNewDialog *self, const GError *error)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autofree char *text = error != NULL ? kontor_error_describe (error) : NULL;

  gtk_label_set_text (priv->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->error_label), text != NULL);
}

static void
start_another (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);

  kontor_form_clear (priv->form);
  kontor_form_clear (priv->more_form);
  if (KONTOR_NEW_DIALOG_GET_CLASS (self)->cleared != NULL)
    KONTOR_NEW_DIALOG_GET_CLASS (self)->cleared (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (priv->form));
}

static void forget_draft (KontorNewDialog *self);

static void
created_cb (KontorSession *session, const KontorCommit *commit, const GError *error, gpointer data)
{
  KontorNewDialog *self = data;

  if (commit == NULL)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
      show_error (self, error);
      return;
    }
  forget_draft (self);
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, commit);
  if (get_private (self)->another)
    start_another (self);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
create (KontorNewDialog *self, gboolean another)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autoptr(KontorStep) step = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self)))
    return;
  show_error (self, NULL);
  step = KONTOR_NEW_DIALOG_GET_CLASS (self)->build_step (self);
  if (step == NULL)
    return;
  priv->another = another;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  kontor_session_commit_then (priv->session, step, created_cb, g_object_ref (self), g_object_unref);
}

static void
create_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  create (KONTOR_NEW_DIALOG (widget), FALSE);
}

static void
create_another_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  create (KONTOR_NEW_DIALOG (widget), TRUE);
}

/* --- Drafts ----------------------------------------------------------------------------------- */

static char *
dup_draft_key (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);

  return g_strconcat ("new:",
                      priv->type->name,
                      ":",
                      kontor_workspace_get_path (kontor_session_get_workspace (priv->session)),
                      NULL);
}

/* Of both forms, a line each. */
static char *
dup_texts (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autofree char *first = kontor_form_dup_texts (priv->form);
  g_autofree char *more = kontor_form_dup_texts (priv->more_form);

  return first != NULL || more != NULL
           ? g_strdup_printf ("%s\n%s", first != NULL ? first : "", more != NULL ? more : "")
           : NULL;
}

static void
save_draft (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autofree char *key = NULL;
  g_autofree char *texts = NULL;

  if (priv->draft_timer == 0)
    return;
  g_clear_handle_id (&priv->draft_timer, g_source_remove);
  key = dup_draft_key (self);
  texts = dup_texts (self);
  /* what is typed and deleted again does not take the place of what is offered */
  kontor_draft_set (key, texts != NULL ? texts : priv->offered);
}

static gboolean
draft_cb (gpointer data)
{
  save_draft (data);
  return G_SOURCE_REMOVE;
}

static void
forget_draft (KontorNewDialog *self)
{
  g_autofree char *key = dup_draft_key (self);

  g_clear_handle_id (&get_private (self)->draft_timer, g_source_remove);
  kontor_draft_set (key, get_private (self)->offered);
}

static void
draft_clicked_cb (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autofree char *texts = g_steal_pointer (&priv->offered);
  g_auto(GStrv) lines = g_strsplit (texts, "\n", 2);

  kontor_form_set_texts (priv->form, lines[0]);
  if (lines[0] != NULL && lines[1] != NULL && *lines[1] != '\0')
    {
      gtk_widget_set_visible (priv->more_button, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (priv->more_form), TRUE);
      kontor_form_set_texts (priv->more_form, lines[1]);
    }
  gtk_widget_set_visible (GTK_WIDGET (priv->draft_button), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (priv->form));
}

static void
offer_draft (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autofree char *key = dup_draft_key (self);
  gint64 at = 0;
  g_autofree char *texts = kontor_draft_dup (key, &at);
  g_autofree char *when = NULL;
  g_autofree char *label = NULL;

  if (texts == NULL)
    return;
  g_free (priv->offered);
  priv->offered = g_steal_pointer (&texts);
  when = kontor_instant_format_short (at, kontor_session_now (priv->session));
  /* Translators: %s is a time, "10:12" */
  label = g_strdup_printf (_("Continue draft from %s"), when);
  gtk_button_set_label (priv->draft_button, label);
  gtk_widget_set_visible (GTK_WIDGET (priv->draft_button), TRUE);
}

static void
begin_draft (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);

  /* what it begins with was not typed */
  if (priv->draft_timer == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    priv->draft_timer = g_timeout_add (DRAFT_MS, draft_cb, self);
}

static void
more_changed_cb (KontorNewDialog *self)
{
  show_error (self, NULL);
  begin_draft (self);
}

static void
form_changed_cb (KontorNewDialog *self, KontorFieldEditor *editor)
{
  show_error (self, NULL);
  begin_draft (self);
  if (KONTOR_NEW_DIALOG_GET_CLASS (self)->edited != NULL)
    KONTOR_NEW_DIALOG_GET_CLASS (self)->edited (self, editor);
}

static void
form_activated_cb (KontorNewDialog *self)
{
  create (self, FALSE);
}

static void
more_clicked_cb (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);

  gtk_widget_set_visible (priv->more_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (priv->more_form), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (priv->more_form));
}

/* "Address added", by the type's name */
static KontorStep *
build_step (KontorNewDialog *self)
{
  g_autoptr(KontorRecord) record = kontor_new_dialog_fill (self);
  g_autofree char *label = NULL;
  KontorStep *step;

  if (record == NULL)
    return NULL;
  /* Translators: %s is a kind of record: "Address added". */
  label = g_strdup_printf (_("%s added"), kontor_record_type_get_label (get_private (self)->type));
  step = kontor_step_new (label);
  kontor_step_create (step, record);
  return step;
}

/* The header bar's first button would have it otherwise. */
static void
kontor_new_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kontor_new_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (get_private (KONTOR_NEW_DIALOG (widget))->form));
}

static void
kontor_new_dialog_dispose (GObject *object)
{
  KontorNewDialog *self = KONTOR_NEW_DIALOG (object);
  KontorNewDialogPrivate *priv = get_private (self);

  if (priv->session != NULL)
    save_draft (self);
  g_clear_object (&priv->session);
  g_clear_object (&priv->preset);
  g_clear_pointer (&priv->offered, g_free);
  G_OBJECT_CLASS (kontor_new_dialog_parent_class)->dispose (object);
}

static void
kontor_new_dialog_class_init (KontorNewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  klass->build_step = build_step;
  G_OBJECT_CLASS (klass)->dispose = kontor_new_dialog_dispose;
  widget_class->map = kontor_new_dialog_map;
  signals[SIGNAL_CREATED] = g_signal_new ("created",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_POINTER);
  g_type_ensure (KONTOR_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-new-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, KontorNewDialog, form);
  gtk_widget_class_bind_template_child_private (widget_class, KontorNewDialog, more_form);
  gtk_widget_class_bind_template_child_private (widget_class, KontorNewDialog, hint_box);
  gtk_widget_class_bind_template_child_private (widget_class, KontorNewDialog, more_button);
  gtk_widget_class_bind_template_child_private (widget_class, KontorNewDialog, draft_button);
  gtk_widget_class_bind_template_child_private (widget_class, KontorNewDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_install_action (widget_class, "dialog.create", NULL, create_activated);
  gtk_widget_class_install_action (widget_class,
                                   "dialog.create-another",
                                   NULL,
                                   create_another_activated);
}

static void
kontor_new_dialog_init (KontorNewDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kontor_new_dialog_new:
 * @session: a session
 * @type: type of the record to create
 * @title: title of the window, such as "New address"
 *
 * Returns: (transfer full): a window without fields yet
 */
GtkWidget *
kontor_new_dialog_new (KontorSession *session, const KontorRecordType *type, const char *title)
{
  KontorNewDialog *self = g_object_new (KONTOR_TYPE_NEW_DIALOG, NULL);

  kontor_new_dialog_set_up (self, session, type, title);
  return GTK_WIDGET (self);
}

/**
 * kontor_new_dialog_set_up:
 * @self: a window of a derived class
 * @session: a session
 * @type: type of the record to create
 * @title: title of the window
 */
void
kontor_new_dialog_set_up (KontorNewDialog *self,
                          KontorSession *session,
                          const KontorRecordType *type,
                          const char *title)
{
  KontorNewDialogPrivate *priv = get_private (self);

  g_set_object (&priv->session, session);
  priv->type = type;
  kontor_form_set_session (priv->form, session);
  kontor_form_set_session (priv->more_form, session);
  gtk_window_set_title (GTK_WINDOW (self), title);
  offer_draft (self);
}

/**
 * kontor_new_dialog_get_session:
 * @self: a window
 *
 * Returns: (transfer none): its session
 */
KontorSession *
kontor_new_dialog_get_session (KontorNewDialog *self)
{
  return get_private (self)->session;
}

/**
 * kontor_new_dialog_get_record_type:
 * @self: a window
 *
 * Returns: (transfer none): type of the record it creates
 */
const KontorRecordType *
kontor_new_dialog_get_record_type (KontorNewDialog *self)
{
  return get_private (self)->type;
}

/**
 * kontor_new_dialog_get_form:
 * @self: a window
 *
 * Returns: (transfer none): the fields that are seen at once
 */
KontorForm *
kontor_new_dialog_get_form (KontorNewDialog *self)
{
  return get_private (self)->form;
}

/**
 * kontor_new_dialog_get_hint_box:
 * @self: a window
 *
 * Returns: (transfer none): a hidden box below the fields, for likely duplicates
 */
GtkBox *
kontor_new_dialog_get_hint_box (KontorNewDialog *self)
{
  return get_private (self)->hint_box;
}

/**
 * kontor_new_dialog_add_fields:
 * @self: a window
 * @fields: (array zero-terminated=1): fields of its type
 * @more: whether they are only shown on request
 */
void
kontor_new_dialog_add_fields (KontorNewDialog *self, const KontorFieldId *fields, gboolean more)
{
  g_autoptr(GPtrArray) defs = g_ptr_array_new ();

  for (const KontorFieldId *field = fields; *field != 0; field++)
    g_ptr_array_add (defs, (gpointer) kontor_field_by_id (*field));
  kontor_new_dialog_add_field_defs (self, defs, more);
}

/**
 * kontor_new_dialog_add_field_defs:
 * @self: a window
 * @fields: (element-type KontorFieldDef): fields of its type, custom ones too
 * @more: whether they are only shown on request
 */
void
kontor_new_dialog_add_field_defs (KontorNewDialog *self, GPtrArray *fields, gboolean more)
{
  KontorNewDialogPrivate *priv = get_private (self);

  for (guint i = 0; i < fields->len; i++)
    kontor_form_add_field (more ? priv->more_form : priv->form,
                           g_ptr_array_index (fields, i),
                           NULL);
  if (more && fields->len > 0)
    gtk_widget_set_visible (priv->more_button, TRUE);
}

/**
 * kontor_new_dialog_add_required:
 * @self: a window
 *
 * Adds the custom fields without which no record of its type can be made.
 */
void
kontor_new_dialog_add_required (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autoptr(GPtrArray) custom =
    kontor_schema_get_custom_fields (kontor_session_get_schema (priv->session), priv->type);

  for (guint i = 0; i < custom->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (custom, i);

      if ((field->flags & (KONTOR_FIELD_REQUIRED | KONTOR_FIELD_HIDDEN)) == KONTOR_FIELD_REQUIRED &&
          kontor_form_find (priv->form, field) == NULL)
        kontor_form_add_field (priv->form, field, NULL);
    }
}

/**
 * kontor_new_dialog_set_preset:
 * @self: a window
 * @preset: (transfer none): a draft the new record begins as
 */
void
kontor_new_dialog_set_preset (KontorNewDialog *self, KontorRecord *preset)
{
  KontorNewDialogPrivate *priv = get_private (self);

  g_set_object (&priv->preset, preset);
  kontor_form_load_record (priv->form, preset);
  kontor_form_load_record (priv->more_form, preset);
}

/**
 * kontor_new_dialog_fill:
 * @self: a window
 *
 * Returns: (transfer full) (nullable): a draft with what was filled in; %NULL after the form has
 *   said what is wrong
 */
KontorRecord *
kontor_new_dialog_fill (KontorNewDialog *self)
{
  KontorNewDialogPrivate *priv = get_private (self);
  g_autoptr(KontorRecord) record =
    priv->preset != NULL ? kontor_record_copy (priv->preset) : kontor_record_new (priv->type, NULL);

  if (!kontor_form_fill_record (priv->form, record) ||
      !kontor_form_fill_record (priv->more_form, record))
    return NULL;
  return g_steal_pointer (&record);
}
