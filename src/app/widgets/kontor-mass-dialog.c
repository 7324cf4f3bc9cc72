/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One small window for the three questions. */
#include "config.h"

#include "kontor-mass-dialog.h"

#include "kontor-choice.h"
#include "kontor-compat.h"
#include "kontor-error.h"
#include "kontor-field-editor.h"
#include "kontor-link-entry.h"
#include "kontor-number.h"
#include <glib/gi18n.h>

struct _KontorMassDialog
{
  AdwWindow parent_instance;

  /* template */
  AdwWindowTitle *title;
  GtkWidget *field_box;
  GtkDropDown *field;
  GtkDropDown *verb;
  AdwBin *bin;
  GtkLabel *error;

  /* owned */
  KontorSession *session;
  GPtrArray *fields; /* (element-type KontorFieldDef): behind .field */
  KontorMassAction *action;

  KontorFieldEditor *editor; /* borrowed: in .bin, for a field */
  KontorLinkEntry *tag;      /* borrowed: in .bin, for a tag */
  KontorMassAsk ask;
};

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KontorMassDialog, kontor_mass_dialog, ADW_TYPE_WINDOW)

static void
show_error (KontorMassDialog *self, const char *text)
{
  gtk_label_set_text (self->error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL);
}

/* --- Answers ---------------------------------------------------------------------------------- */

static KontorMassAction *
create_set (KontorMassDialog *self)
{
  g_autoptr(KontorMassAction) action = kontor_mass_action_new (KONTOR_MASS_SET);
  g_autoptr(GError) error = NULL;
  g_autofree char *currency = NULL;

  action->field = kontor_field_editor_get_field (self->editor);
  if (action->field->kind == KONTOR_FIELD_MONEY)
    currency = kontor_workspace_dup_currency (kontor_session_get_workspace (self->session));
  if (!kontor_field_editor_parse (self->editor,
                                  currency,
                                  &action->value,
                                  &action->currency,
                                  &error))
    {
      show_error (self, error->message);
      return NULL;
    }
  if (action->currency == NULL && action->value.type != KONTOR_VALUE_NULL)
    action->currency = g_steal_pointer (&currency);
  return g_steal_pointer (&action);
}

static KontorMassAction *
create_tag (KontorMassDialog *self)
{
  gboolean off = gtk_drop_down_get_selected (self->verb) == 1;
  g_autoptr(KontorMassAction) action =
    kontor_mass_action_new (off ? KONTOR_MASS_UNTAG : KONTOR_MASS_TAG);
  g_autofree char *text = g_strstrip (g_strdup (kontor_link_entry_get_text (self->tag)));

  if (kontor_link_entry_get_link (self->tag, &action->tag))
    return g_steal_pointer (&action);
  if (*text == '\0' || off)
    {
      show_error (self,
                  off ? _("Choose a tag that is there.") : _("Choose a tag, or name a new one."));
      return NULL;
    }
  action->new_tag = g_steal_pointer (&text);
  return g_steal_pointer (&action);
}

static void
apply_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorMassDialog *self = KONTOR_MASS_DIALOG (widget);

  g_clear_pointer (&self->action, kontor_mass_action_free);
  self->action = self->ask == KONTOR_MASS_ASK_TAG ? create_tag (self) : create_set (self);
  if (self->action == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
apply (KontorMassDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "dialog.apply", NULL);
}

static void
edited_cb (KontorMassDialog *self)
{
  show_error (self, NULL);
}

/* --- Questions -------------------------------------------------------------------------------- */

static void
show_editor (KontorMassDialog *self, const KontorFieldDef *field)
{
  GtkWidget *editor = kontor_field_editor_new (self->session, field);

  self->editor = KONTOR_FIELD_EDITOR (editor);
  kontor_field_editor_set_label (self->editor, kontor_field_get_label (field));
  g_signal_connect_object (editor, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "activate", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->bin, editor);
  show_error (self, NULL);
}

static void
field_chosen_cb (KontorMassDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->field);

  if (self->fields != NULL && selected < self->fields->len)
    show_editor (self, g_ptr_array_index (self->fields, selected));
}

static void
offer_fields (KontorMassDialog *self, const KontorRecordType *type)
{
  g_autoptr(GPtrArray) all =
    kontor_schema_get_fields (kontor_session_get_schema (self->session), type);
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  self->fields = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const KontorFieldDef *field = g_ptr_array_index (all, i);

      if (!kontor_field_is_editable (field) || field->kind == KONTOR_FIELD_TAGS ||
          field->kind == KONTOR_FIELD_CURRENCY || field->kind == KONTOR_FIELD_FILE ||
          !kontor_session_can (self->session, type, field, KONTOR_RIGHT_WRITE))
        continue;
      g_ptr_array_add (self->fields, (gpointer) field);
      gtk_string_list_append (words, kontor_field_get_label (field));
    }
  kontor_choice_set_up (self->field, G_LIST_MODEL (words));
  gtk_widget_set_visible (self->field_box, TRUE);
  field_chosen_cb (self);
}

static void
offer_tags (KontorMassDialog *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *entry = kontor_link_entry_new (self->session, &kontor_tag_type);

  gtk_string_list_append (words, _("Add the tag"));
  gtk_string_list_append (words, _("Remove the tag"));
  kontor_choice_set_up (self->verb, G_LIST_MODEL (words));
  kontor_choice_set_label (self->verb, _("Add or remove"));
  gtk_widget_set_visible (GTK_WIDGET (self->verb), TRUE);
  self->tag = KONTOR_LINK_ENTRY (entry);
  kontor_link_entry_set_label (self->tag, _("Tag"));
  g_signal_connect_object (entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->bin, entry);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_mass_dialog_dispose (GObject *object)
{
  KontorMassDialog *self = KONTOR_MASS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KONTOR_TYPE_MASS_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->action, kontor_mass_action_free);
  G_OBJECT_CLASS (kontor_mass_dialog_parent_class)->dispose (object);
}

static void
kontor_mass_dialog_class_init (KontorMassDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_mass_dialog_dispose;
  signals[SIGNAL_ANSWERED] = kontor_signal_new (G_TYPE_FROM_CLASS (klass), "answered");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               KONTOR_APP_PATH "/ui/widgets/kontor-mass-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KontorMassDialog, title);
  gtk_widget_class_bind_template_child (widget_class, KontorMassDialog, field_box);
  gtk_widget_class_bind_template_child (widget_class, KontorMassDialog, field);
  gtk_widget_class_bind_template_child (widget_class, KontorMassDialog, verb);
  gtk_widget_class_bind_template_child (widget_class, KontorMassDialog, bin);
  gtk_widget_class_bind_template_child (widget_class, KontorMassDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, field_chosen_cb);
  gtk_widget_class_install_action (widget_class, "dialog.apply", NULL, apply_activated);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Return,
                                       GDK_CONTROL_MASK,
                                       "dialog.apply",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kontor_mass_dialog_init (KontorMassDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kontor_choice_set_label (self->field, _("Field"));
}

/**
 * kontor_mass_dialog_new:
 * @session: a session
 * @type: type of the records
 * @ask: what to ask for
 * @n: how many records there are
 *
 * Returns: (transfer full): a question
 */
GtkWidget *
kontor_mass_dialog_new (KontorSession *session,
                        const KontorRecordType *type,
                        KontorMassAsk ask,
                        guint n)
{
  static const char *const titles[] = {
    [KONTOR_MASS_ASK_FIELD] = N_("Change"),
    [KONTOR_MASS_ASK_OWNER] = N_("Assign"),
    [KONTOR_MASS_ASK_TAG] = N_("Tag"),
  };
  KontorMassDialog *self = g_object_new (KONTOR_TYPE_MASS_DIALOG, "title", _(titles[ask]), NULL);
  g_autofree char *number = kontor_integer_format (n);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%s record", "%s records", n), number);

  self->session = g_object_ref (session);
  self->ask = ask;
  adw_window_title_set_title (self->title, _(titles[ask]));
  adw_window_title_set_subtitle (self->title, subtitle);
  if (ask == KONTOR_MASS_ASK_TAG)
    offer_tags (self);
  else if (ask == KONTOR_MASS_ASK_FIELD)
    offer_fields (self, type);
  else
    show_editor (self, kontor_record_type_find_field (type, "owner"));
  /* a window that has a focus before it is shown is no window for screen readers of GTK 4.8 */
  kontor_widget_grab_focus_soon (ask == KONTOR_MASS_ASK_FIELD ? GTK_WIDGET (self->field)
                                                              : adw_bin_get_child (self->bin));
  return GTK_WIDGET (self);
}

/**
 * kontor_mass_dialog_take_action:
 * @self: a question that was answered
 *
 * Returns: (transfer full) (nullable): what is wanted
 */
KontorMassAction *
kontor_mass_dialog_take_action (KontorMassDialog *self)
{
  return g_steal_pointer (&self->action);
}
