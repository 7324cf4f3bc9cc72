/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Name, organisation, phone and mail: one step that creates the record and what hangs on it. Those
 * who may be the same are shown while name, phone or mail is typed. */
#include "config.h"

#include "kontor-new-party-dialog.h"

#include "kontor-contacts-layout.h"
#include "kontor-field-text.h"
#include "kontor-link-entry.h"
#include <glib/gi18n.h>
#include <string.h>

#define TYPING_MS 250
#define LIKELY_LIMIT 3

struct _KontorNewPartyDialog
{
  KontorNewDialog parent_instance;

  /* borrowed */
  KontorLinkEntry *account; /* of a person */
  KontorFieldEditor *position;
  KontorFieldEditor *phone;
  KontorFieldEditor *mail;
  KontorFieldEditor *name;
  KontorFieldEditor *mobile, *fax, *web;       /* (nullable): only with texts */
  KontorFieldEditor *street, *postcode, *city; /* (nullable): only with texts */
  KontorFieldEditor *edited; /* of name, phone and mail: by which others are looked for */

  /* owned */
  GCancellable *cancellable;
  guint timer;
};

G_DEFINE_FINAL_TYPE (KontorNewPartyDialog, kontor_new_party_dialog, KONTOR_TYPE_NEW_DIALOG)

/* --- The step --------------------------------------------------------------------------------- */

static void
add_point (KontorStep *step,
           const KontorRecordType *type,
           const KontorId *party,
           const char *kind,
           KontorFieldEditor *editor)
{
  g_autofree char *text =
    editor != NULL ? g_strstrip (kontor_field_editor_dup_text (editor)) : g_strdup ("");
  g_autoptr(KontorRecord) point = NULL;

  if (*text == '\0')
    return;
  point = kontor_record_new (&kontor_contact_point_type, NULL);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_PARTY_TYPE, type->name);
  kontor_record_set_link (point, KONTOR_CONTACT_POINT_PARTY, party);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_KIND, kind);
  kontor_record_set_text (point, KONTOR_CONTACT_POINT_VALUE, text);
  kontor_step_create (step, point);
}

static gboolean
set_part (KontorRecord *address, KontorFieldId field, KontorFieldEditor *editor)
{
  g_autofree char *text =
    editor != NULL ? g_strstrip (kontor_field_editor_dup_text (editor)) : g_strdup ("");

  if (*text != '\0')
    kontor_record_set_text (address, field, text);
  return *text != '\0';
}

static void
add_address (KontorNewPartyDialog *self,
             KontorStep *step,
             const KontorRecordType *type,
             const KontorId *party)
{
  g_autoptr(KontorRecord) address = kontor_record_new (&kontor_address_type, NULL);
  gboolean any = set_part (address, KONTOR_ADDRESS_STREET, self->street);

  any |= set_part (address, KONTOR_ADDRESS_POSTCODE, self->postcode);
  any |= set_part (address, KONTOR_ADDRESS_CITY, self->city);
  if (!any)
    return;
  kontor_record_set_text (address, KONTOR_ADDRESS_PARTY_TYPE, type->name);
  kontor_record_set_link (address, KONTOR_ADDRESS_PARTY, party);
  kontor_step_create (step, address);
}

/* The organisation that was chosen, or a new one of the name that was typed. */
static gboolean
find_account (KontorNewPartyDialog *self, KontorStep *step, KontorId *id)
{
  const char *name = kontor_link_entry_get_text (self->account);
  g_autoptr(KontorRecord) account = NULL;

  if (kontor_link_entry_get_link (self->account, id))
    return TRUE;
  if (*name == '\0')
    return FALSE;
  account = kontor_record_new (&kontor_account_type, NULL);
  kontor_record_set_text (account, KONTOR_ACCOUNT_NAME, name);
  *id = kontor_step_create (step, account);
  return TRUE;
}

static void
add_position (KontorNewPartyDialog *self, KontorStep *step, const KontorId *contact)
{
  g_autoptr(KontorRecord) position = NULL;
  g_autofree char *text = NULL;
  KontorId account;

  if (!find_account (self, step, &account))
    return;
  text = g_strstrip (kontor_field_editor_dup_text (self->position));
  position = kontor_record_new (&kontor_account_contact_type, NULL);
  kontor_record_set_link (position, KONTOR_ACCOUNT_CONTACT_CONTACT, contact);
  kontor_record_set_link (position, KONTOR_ACCOUNT_CONTACT_ACCOUNT, &account);
  kontor_record_set_text (position, KONTOR_ACCOUNT_CONTACT_POSITION, text);
  kontor_step_create (step, position);
}

static KontorStep *
kontor_new_party_dialog_build_step (KontorNewDialog *dialog)
{
  KontorNewPartyDialog *self = KONTOR_NEW_PARTY_DIALOG (dialog);
  const KontorRecordType *type = kontor_new_dialog_get_record_type (dialog);
  g_autoptr(KontorRecord) record = kontor_new_dialog_fill (dialog);
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  KontorStep *step;
  KontorId id;

  if (record == NULL)
    return NULL;
  title = kontor_record_dup_title (record);
  label = g_strdup_printf (_("%s added"), title);
  step = kontor_step_new (label);
  id = kontor_step_create (step, record);
  if (self->account != NULL)
    add_position (self, step, &id);
  add_point (step, type, &id, "phone", self->phone);
  add_point (step, type, &id, "mobile", self->mobile);
  add_point (step, type, &id, "fax", self->fax);
  add_point (step, type, &id, "mail", self->mail);
  add_point (step, type, &id, "web", self->web);
  add_address (self, step, type, &id);
  return step;
}

/* --- Likely duplicates ------------------------------------------------------------------------ */

static void
clear_hints (KontorNewPartyDialog *self)
{
  GtkBox *box = kontor_new_dialog_get_hint_box (KONTOR_NEW_DIALOG (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  gtk_widget_set_visible (GTK_WIDGET (box), FALSE);
}

static void
open_clicked_cb (GtkButton *button, KontorNewPartyDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *id = g_object_get_data (G_OBJECT (button), "id");

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent),
                                "win.open-record",
                                "(ss)",
                                kontor_new_dialog_get_record_type (KONTOR_NEW_DIALOG (self))->name,
                                id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_hint (KontorNewPartyDialog *self, GtkBox *box, const KontorSearchHit *hit)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label;
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Open instead"));
  g_autofree char *text = NULL;
  char id[KONTOR_ID_TEXT_SIZE];

  if (hit->detail != NULL && *hit->detail != '\0')
    text = g_strdup_printf (_("%s, %s"), hit->title, hit->detail);
  else
    text = g_strdup (hit->title);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  kontor_id_format (&hit->id, id);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_clicked_cb), self);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (box, row);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KontorNewPartyDialog *self = user_data;
  g_autoptr(KontorSearchResult) found =
    kontor_workspace_search_finish (KONTOR_WORKSPACE (source), result, NULL);

  if (found != NULL && self->name != NULL)
    {
      GtkBox *box = kontor_new_dialog_get_hint_box (KONTOR_NEW_DIALOG (self));
      GtkWidget *heading = gtk_label_new (_("Already there?"));

      clear_hints (self);
      if (found->hits->len > 0)
        {
          gtk_label_set_xalign (GTK_LABEL (heading), 0);
          gtk_widget_add_css_class (heading, "caption");
          gtk_widget_add_css_class (heading, "dim-label");
          gtk_box_append (box, heading);
          for (guint i = 0; i < found->hits->len; i++)
            add_hint (self, box, g_ptr_array_index (found->hits, i));
          gtk_widget_set_visible (GTK_WIDGET (box), TRUE);
        }
      else
        {
          g_object_unref (g_object_ref_sink (heading));
        }
    }
  g_object_unref (self);
}

static void
stop_looking (KontorNewPartyDialog *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* A number or an address that is half typed fits too many. */
static gboolean
is_worth_looking (KontorNewPartyDialog *self, const char *text)
{
  guint digits = 0;

  if (self->edited == self->name)
    return g_utf8_strlen (text, -1) >= 3;
  if (self->edited == self->mail)
    return strchr (text, '@') != NULL && strlen (text) >= 6;
  for (; *text != '\0'; text++)
    digits += g_ascii_isdigit (*text);
  return digits >= 6;
}

static gboolean
look_cb (gpointer data)
{
  KontorNewPartyDialog *self = data;
  KontorNewDialog *dialog = KONTOR_NEW_DIALOG (self);
  g_autofree char *text = g_strstrip (kontor_field_editor_dup_text (self->edited));

  self->timer = 0;
  if (!is_worth_looking (self, text))
    {
      clear_hints (self);
      return G_SOURCE_REMOVE;
    }
  self->cancellable = g_cancellable_new ();
  kontor_workspace_search_async (kontor_session_get_workspace (
                                   kontor_new_dialog_get_session (dialog)),
                                 text,
                                 kontor_new_dialog_get_record_type (dialog),
                                 LIKELY_LIMIT,
                                 self->cancellable,
                                 found_cb,
                                 g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
kontor_new_party_dialog_edited (KontorNewDialog *dialog, KontorFieldEditor *editor)
{
  KontorNewPartyDialog *self = KONTOR_NEW_PARTY_DIALOG (dialog);

  if (editor != self->name && editor != self->phone && editor != self->mail)
    return;
  stop_looking (self);
  self->edited = editor;
  self->timer = g_timeout_add (TYPING_MS, look_cb, self);
}

static void
kontor_new_party_dialog_cleared (KontorNewDialog *dialog)
{
  KontorNewPartyDialog *self = KONTOR_NEW_PARTY_DIALOG (dialog);

  stop_looking (self);
  clear_hints (self);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
kontor_new_party_dialog_dispose (GObject *object)
{
  KontorNewPartyDialog *self = KONTOR_NEW_PARTY_DIALOG (object);

  stop_looking (self);
  self->name = NULL;
  G_OBJECT_CLASS (kontor_new_party_dialog_parent_class)->dispose (object);
}

static void
kontor_new_party_dialog_class_init (KontorNewPartyDialogClass *klass)
{
  KontorNewDialogClass *dialog_class = KONTOR_NEW_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kontor_new_party_dialog_dispose;
  dialog_class->build_step = kontor_new_party_dialog_build_step;
  dialog_class->edited = kontor_new_party_dialog_edited;
  dialog_class->cleared = kontor_new_party_dialog_cleared;
}

static void
kontor_new_party_dialog_init (KontorNewPartyDialog *self)
{
}

static void
add_person_fields (KontorNewPartyDialog *self, KontorForm *form, KontorSession *session)
{
  GtkWidget *account = kontor_link_entry_new (session, &kontor_account_type);

  self->name = kontor_form_add_field (form, kontor_field_by_id (KONTOR_CONTACT_NAME), NULL);
  kontor_link_entry_set_can_create (KONTOR_LINK_ENTRY (account), TRUE);
  self->account = KONTOR_LINK_ENTRY (account);
  kontor_link_entry_set_label (self->account, _("Organisation"));
  kontor_form_add_widget (form, account, _("Organisation"));
  self->position =
    kontor_form_add_field (form, kontor_field_by_id (KONTOR_ACCOUNT_CONTACT_POSITION), NULL);
}

/* The name is there already; what can't be filled in is not asked for. */
static void
add_part (KontorNewDialog *dialog, GPtrArray *parts, guint i, gboolean more)
{
  const KontorLayoutPart *part = i < parts->len ? g_ptr_array_index (parts, i) : NULL;
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();

  for (guint j = 0; part != NULL && j < part->fields->len; j++)
    {
      const KontorFieldDef *field = g_ptr_array_index (part->fields, j);

      if (kontor_field_is_editable (field) && !g_str_equal (field->name, "name") &&
          kontor_field_kind_storage (field->kind) != KONTOR_STORAGE_NONE)
        g_ptr_array_add (fields, (gpointer) field);
    }
  kontor_new_dialog_add_field_defs (dialog, fields, more);
}

/**
 * kontor_new_party_dialog_new:
 * @session: a session
 * @type: account or contact
 *
 * Returns: (transfer full): a window for a new one
 */
GtkWidget *
kontor_new_party_dialog_new (KontorSession *session, const KontorRecordType *type)
{
  KontorNewPartyDialog *self = g_object_new (KONTOR_TYPE_NEW_PARTY_DIALOG, NULL);
  KontorNewDialog *dialog = KONTOR_NEW_DIALOG (self);
  KontorForm *form = kontor_new_dialog_get_form (dialog);
  gboolean is_person = type == &kontor_contact_type;
  g_autoptr(GPtrArray) parts =
    kontor_contacts_resolve (kontor_session_get_schema (session), type, KONTOR_LAYOUT_NEW);

  kontor_new_dialog_set_up (dialog,
                            session,
                            type,
                            is_person ? _("New person") : _("New organisation"));
  if (is_person)
    add_person_fields (self, form, session);
  else
    self->name = kontor_form_add_field (form, kontor_field_by_id (KONTOR_ACCOUNT_NAME), NULL);
  add_part (dialog, parts, 0, FALSE);
  self->phone = kontor_form_add_field (form,
                                       kontor_field_by_id (is_person ? KONTOR_CONTACT_MAIN_PHONE
                                                                     : KONTOR_ACCOUNT_MAIN_PHONE),
                                       _("Phone"));
  self->mail = kontor_form_add_field (form,
                                      kontor_field_by_id (is_person ? KONTOR_CONTACT_MAIN_MAIL
                                                                    : KONTOR_ACCOUNT_MAIN_MAIL),
                                      _("E-mail"));
  for (guint i = 1; i < parts->len; i++)
    add_part (dialog, parts, i, TRUE);
  return GTK_WIDGET (self);
}

/**
 * kontor_new_party_dialog_set_account:
 * @self: a window for a new person
 * @account: where they work
 * @title: its name
 */
void
kontor_new_party_dialog_set_account (KontorNewPartyDialog *self,
                                     const KontorId *account,
                                     const char *title)
{
  kontor_link_entry_set_link (self->account, account, title);
}

static KontorFieldEditor *
add_text (KontorNewPartyDialog *self, KontorFieldId field, const char *label, const char *text)
{
  KontorForm *form = kontor_new_dialog_get_form (KONTOR_NEW_DIALOG (self));
  KontorFieldEditor *editor;

  if (text == NULL)
    return NULL;
  editor = kontor_form_add_field (form, kontor_field_by_id (field), label);
  kontor_field_editor_set_text (editor, text);
  return editor;
}

static void
set_editor (KontorFieldEditor *editor, const char *text)
{
  if (text != NULL)
    kontor_field_editor_set_text (editor, text);
}

/**
 * kontor_new_party_dialog_set_texts:
 * @self: a window for a new person
 * @texts: what is known already
 *
 * Fills it in, to be looked at; what has no editor by itself gets one.
 */
void
kontor_new_party_dialog_set_texts (KontorNewPartyDialog *self, const KontorNewPartyTexts *texts)
{
  set_editor (self->name, texts->name);
  if (texts->account != NULL)
    kontor_link_entry_set_link (self->account, NULL, texts->account);
  set_editor (self->position, texts->position);
  set_editor (self->phone, texts->phone);
  set_editor (self->mail, texts->mail);
  self->mobile = add_text (self, KONTOR_CONTACT_MAIN_PHONE, _("Mobile"), texts->mobile);
  self->fax = add_text (self, KONTOR_CONTACT_MAIN_PHONE, _("Fax"), texts->fax);
  self->web = add_text (self, KONTOR_CONTACT_POINT_VALUE, _("Web"), texts->web);
  self->street = add_text (self, KONTOR_ADDRESS_STREET, NULL, texts->street);
  self->postcode = add_text (self, KONTOR_ADDRESS_POSTCODE, NULL, texts->postcode);
  self->city = add_text (self, KONTOR_ADDRESS_CITY, NULL, texts->city);
}

/**
 * kontor_new_party_dialog_set_name:
 * @self: a window
 * @name: the name to begin with
 */
void
kontor_new_party_dialog_set_name (KontorNewPartyDialog *self, const char *name)
{
  kontor_field_editor_set_text (self->name, name);
}
