/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kind, said from the side of the party whose page it is, and the other party. */
#include "config.h"

#include "kontor-new-relation-dialog.h"

#include "kontor-choice.h"
#include "kontor-link-entry.h"
#include "kontor-relations.h"
#include <glib/gi18n.h>

struct _KontorNewRelationDialog
{
  KontorNewDialog parent_instance;

  /* borrowed */
  GtkDropDown *kind;
  KontorLinkEntry *account;
  KontorLinkEntry *contact;

  /* owned */
  KontorRecord *party;
  GArray *kinds; /* (element-type Kind): behind .kind */
};

typedef struct
{
  const char *code; /* interned */
  gboolean inverse; /* the party is the second one */
} Kind;

G_DEFINE_FINAL_TYPE (KontorNewRelationDialog, kontor_new_relation_dialog, KONTOR_TYPE_NEW_DIALOG)

/* --- The step --------------------------------------------------------------------------------- */

static void
set_side (KontorRecord *relation, gboolean left, const KontorRecordType *type, const KontorId *id)
{
  kontor_record_set_text (relation,
                          left ? KONTOR_PARTY_RELATION_LEFT_TYPE : KONTOR_PARTY_RELATION_RIGHT_TYPE,
                          type->name);
  kontor_record_set_link (relation,
                          left ? KONTOR_PARTY_RELATION_LEFT : KONTOR_PARTY_RELATION_RIGHT,
                          id);
}

/* Between organisations a hierarchy is the field that trees are made of. */
static void
add_relation (KontorNewRelationDialog *self,
              KontorStep *step,
              const Kind *kind,
              const KontorRecordType *type,
              const KontorId *other,
              KontorRecord *draft)
{
  const KontorId *id = kontor_record_get_id (self->party);
  const KontorRecordType *own = kontor_record_get_record_type (self->party);

  if (kontor_relation_kind_is_hierarchy (kind->code) && own == &kontor_account_type && type == own)
    {
      kontor_step_set_link (step,
                            kind->inverse ? id : other,
                            KONTOR_ACCOUNT_PARENT,
                            kind->inverse ? other : id);
      return;
    }
  set_side (draft, !kind->inverse, own, id);
  set_side (draft, kind->inverse, type, other);
  kontor_record_set_text (draft, KONTOR_PARTY_RELATION_KIND, kind->code);
  kontor_step_create (step, draft);
}

static KontorStep *
kontor_new_relation_dialog_build_step (KontorNewDialog *dialog)
{
  KontorNewRelationDialog *self = KONTOR_NEW_RELATION_DIALOG (dialog);
  KontorForm *form = kontor_new_dialog_get_form (dialog);
  const Kind *kind = &g_array_index (self->kinds, Kind, gtk_drop_down_get_selected (self->kind));
  g_autoptr(KontorRecord) draft = kontor_new_dialog_fill (dialog);
  KontorStep *step;
  KontorId other;
  gboolean is_account = kontor_link_entry_get_link (self->account, &other);

  if (draft == NULL)
    return NULL;
  if (!is_account && !kontor_link_entry_get_link (self->contact, &other))
    {
      kontor_form_show_error (form,
                              GTK_WIDGET (self->account),
                              _("Choose an organisation or a person from the list."));
      gtk_widget_grab_focus (GTK_WIDGET (self->account));
      return NULL;
    }
  step = kontor_step_new (_("Relation added"));
  add_relation (self,
                step,
                kind,
                is_account ? &kontor_account_type : &kontor_contact_type,
                &other,
                draft);
  return step;
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
add_kind (KontorNewRelationDialog *self,
          GtkStringList *labels,
          KontorSession *session,
          const char *code,
          gboolean inverse)
{
  g_autofree char *label = kontor_relation_label (session, code, inverse);
  const Kind kind = { g_intern_string (code), inverse };

  g_array_append_val (self->kinds, kind);
  gtk_string_list_append (labels, label);
}

static void
add_kinds (KontorNewRelationDialog *self, KontorForm *form, KontorSession *session)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr(GPtrArray) values =
    kontor_schema_get_pick_values (kontor_session_get_schema (session), "relation_kind");
  GtkWidget *choice;

  for (guint i = 0; i < values->len; i++)
    {
      const KontorPickValue *value = g_ptr_array_index (values, i);

      if (!value->active)
        continue;
      add_kind (self, labels, session, value->code, FALSE);
      if (kontor_relation_kind_get_inverse (value->code) != NULL)
        add_kind (self, labels, session, value->code, TRUE);
    }
  choice = kontor_choice_new (G_LIST_MODEL (labels));
  self->kind = GTK_DROP_DOWN (choice);
  kontor_choice_set_label (self->kind, _("Kind"));
  kontor_form_add_widget (form, choice, _("Kind"));
}

static KontorLinkEntry *
add_party (KontorForm *form, KontorSession *session, const KontorRecordType *type)
{
  GtkWidget *entry = kontor_link_entry_new (session, type);

  kontor_link_entry_set_label (KONTOR_LINK_ENTRY (entry), kontor_record_type_get_label (type));
  kontor_form_add_widget (form, entry, kontor_record_type_get_label (type));
  return KONTOR_LINK_ENTRY (entry);
}

static void
kontor_new_relation_dialog_dispose (GObject *object)
{
  KontorNewRelationDialog *self = KONTOR_NEW_RELATION_DIALOG (object);

  g_clear_object (&self->party);
  g_clear_pointer (&self->kinds, g_array_unref);
  G_OBJECT_CLASS (kontor_new_relation_dialog_parent_class)->dispose (object);
}

static void
kontor_new_relation_dialog_class_init (KontorNewRelationDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kontor_new_relation_dialog_dispose;
  KONTOR_NEW_DIALOG_CLASS (klass)->build_step = kontor_new_relation_dialog_build_step;
}

static void
kontor_new_relation_dialog_init (KontorNewRelationDialog *self)
{
  self->kinds = g_array_new (FALSE, FALSE, sizeof (Kind));
}

/**
 * kontor_new_relation_dialog_new:
 * @session: a session
 * @party: whose relation it is
 *
 * Returns: (transfer full): a window for a new relation
 */
GtkWidget *
kontor_new_relation_dialog_new (KontorSession *session, KontorRecord *party)
{
  static const KontorFieldId more_fields[] = { KONTOR_PARTY_RELATION_FROM_DATE,
                                               KONTOR_PARTY_RELATION_TO_DATE,
                                               KONTOR_PARTY_RELATION_NOTE,
                                               0 };
  KontorNewRelationDialog *self = g_object_new (KONTOR_TYPE_NEW_RELATION_DIALOG, NULL);
  KontorNewDialog *dialog = KONTOR_NEW_DIALOG (self);
  KontorForm *form = kontor_new_dialog_get_form (dialog);

  self->party = g_object_ref (party);
  kontor_new_dialog_set_up (dialog, session, &kontor_party_relation_type, _("New relation"));
  add_kinds (self, form, session);
  self->account = add_party (form, session, &kontor_account_type);
  self->contact = add_party (form, session, &kontor_contact_type);
  kontor_new_dialog_add_fields (dialog, more_fields, TRUE);
  return GTK_WIDGET (self);
}
