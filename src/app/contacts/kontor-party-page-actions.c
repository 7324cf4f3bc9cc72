/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of a person or an organisation can do: call, write, log, copy, trash. */
#include "config.h"

#include "kontor-party-page-private.h"

#include "kontor-field-text.h"
#include "kontor-freshness.h"
#include "kontor-new-party-dialog.h"
#include "kontor-new-relation-dialog.h"
#include "kontor-org-chart.h"
#include "kontor-point-row.h"
#include "kontor-timeline-row.h"
#include <glib/gi18n.h>

static KontorRecord *
find_main_point (KontorPartyPage *self, gboolean phone)
{
  static const char *const phones[] = { "phone", "mobile", NULL };
  static const char *const mails[] = { "mail", NULL };
  KontorRecord *found = NULL;

  for (guint i = 0; self->contact_points != NULL && i < self->contact_points->len; i++)
    {
      KontorRecord *point = g_ptr_array_index (self->contact_points, i);
      const char *kind = kontor_record_get_text (point, KONTOR_CONTACT_POINT_KIND);

      if (kind == NULL || !g_strv_contains (phone ? phones : mails, kind) ||
          kontor_record_get_integer (point, KONTOR_CONTACT_POINT_INVALID) != 0)
        continue;
      if (found == NULL || kontor_record_get_integer (point, KONTOR_CONTACT_POINT_MAIN) != 0)
        found = point;
    }
  return found;
}

static void
open_main_point (KontorPartyPage *self, gboolean phone)
{
  KontorRecord *point = find_main_point (self, phone);
  g_autofree char *uri = point != NULL ? kontor_point_dup_uri (point) : NULL;

  if (uri != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-uri", "s", uri);
}

static void
call_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_main_point (KONTOR_PARTY_PAGE (widget), TRUE);
}

static void
mail_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_main_point (KONTOR_PARTY_PAGE (widget), FALSE);
}

/* From where it is not seen that there is no address. */
static void
mail_or_tell_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (find_main_point (self, FALSE) != NULL)
    {
      open_main_point (self, FALSE);
      return;
    }
  title = kontor_record_dup_title (self->record);
  /* Translators: %s is a name */
  text = g_strdup_printf (_("%s has no e-mail address"), title);
  kontor_session_tell (self->session, text);
}

/* Also where facts and timeline lie side by side: a page that was never seen doesn't know yet that
 * it will be folded, and would put the focus among the facts then. */
static void
show_timeline (KontorPartyPage *self)
{
  gtk_toggle_button_set_active (self->timeline_button, TRUE);
}

static void
log_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);

  show_timeline (self);
  kontor_timeline_focus_composer (self->timeline);
}

static void
history_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);

  show_timeline (self);
  gtk_widget_child_focus (GTK_WIDGET (self->timeline), GTK_DIR_TAB_FORWARD);
}

/* To the entry that has the focus, else to the person or organisation. */
static void
attach_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  KontorTimelineRow *row =
    kontor_timeline_row_find (root != NULL ? gtk_root_get_focus (root) : NULL);

  if (row != NULL && kontor_timeline_row_get_entry (row) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (row), "entry.attach", NULL);
  else
    kontor_attachment_section_add (self->attachments);
}

/* What is too long for where it was pasted. */
static void
take_text_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_party_page_take_text (KONTOR_PARTY_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
tags_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_tag_box_popup (KONTOR_PARTY_PAGE (widget)->tags);
}

static void
star_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kontor_star_button_toggle (KONTOR_PARTY_PAGE (widget)->star);
}

/* Name, organisation and how to reach them, a line each. */
static void
copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);
  g_autoptr(GString) text = g_string_new (gtk_label_get_text (self->name));

  if (gtk_widget_get_visible (GTK_WIDGET (self->subtitle)))
    g_string_append_printf (text, "\n%s", gtk_label_get_text (self->subtitle));
  for (guint i = 0; self->contact_points != NULL && i < self->contact_points->len; i++)
    {
      KontorRecord *point = g_ptr_array_index (self->contact_points, i);

      g_string_append_printf (
        text,
        "\n%s: %s",
        kontor_field_choice_label (kontor_field_by_id (KONTOR_CONTACT_POINT_KIND),
                                   kontor_record_get_text (point, KONTOR_CONTACT_POINT_KIND)),
        kontor_record_get_text (point, KONTOR_CONTACT_POINT_VALUE));
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
commit_whole (KontorPartyPage *self, gboolean trash)
{
  g_autofree char *title = kontor_record_dup_title (self->record);
  g_autofree char *label =
    g_strdup_printf (trash ? _("%s moved to trash") : _("%s restored"), title);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  if (trash)
    kontor_step_trash (step, self->type, &self->id);
  else
    kontor_step_restore (step, self->type, &self->id);
  kontor_session_commit (self->session, step);
}

static void
trash_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  commit_whole (KONTOR_PARTY_PAGE (widget), TRUE);
}

static void
restore_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  commit_whole (KONTOR_PARTY_PAGE (widget), FALSE);
}

static void
new_person_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);
  GtkWidget *dialog = kontor_new_party_dialog_new (self->session, &kontor_contact_type);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *title = kontor_record_dup_title (self->record);

  kontor_new_party_dialog_set_account (KONTOR_NEW_PARTY_DIALOG (dialog), &self->id, title);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_relation_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);
  GtkWidget *dialog = kontor_new_relation_dialog_new (self->session, self->record);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_chart (KontorPartyPage *self, gboolean people)
{
  GtkWidget *chart;

  if (self->type != &kontor_account_type)
    return;
  chart = kontor_org_chart_new (self->session, self->record, people);
  gtk_window_set_transient_for (GTK_WINDOW (chart),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (chart));
}

static void
org_chart_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_chart (KONTOR_PARTY_PAGE (widget), TRUE);
}

static void
structure_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_chart (KONTOR_PARTY_PAGE (widget), FALSE);
}

static void
confirm_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KontorPartyPage *self = KONTOR_PARTY_PAGE (widget);
  g_autofree char *title = kontor_record_dup_title (self->record);
  /* Translators: %s is a name: what is known of it was checked and is right */
  g_autofree char *label = g_strdup_printf (_("%s confirmed"), title);
  g_autoptr(KontorStep) step = kontor_step_new (label);

  kontor_freshness_add_confirmation (step, self->record, kontor_session_now (self->session));
  kontor_session_commit (self->session, step);
}

void
kontor_party_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "page.call", NULL, call_activated);
  gtk_widget_class_install_action (klass, "page.mail", NULL, mail_activated);
  gtk_widget_class_install_action (klass, "page.mail-or-tell", NULL, mail_or_tell_activated);
  gtk_widget_class_install_action (klass, "page.log", NULL, log_activated);
  gtk_widget_class_install_action (klass, "page.history", NULL, history_activated);
  gtk_widget_class_install_action (klass, "page.attach", NULL, attach_activated);
  gtk_widget_class_install_action (klass, "page.take-text", "s", take_text_activated);
  gtk_widget_class_install_action (klass, "page.tags", NULL, tags_activated);
  gtk_widget_class_install_action (klass, "page.star", NULL, star_activated);
  gtk_widget_class_install_action (klass, "page.copy", NULL, copy_activated);
  gtk_widget_class_install_action (klass, "page.trash", NULL, trash_activated);
  gtk_widget_class_install_action (klass, "page.restore", NULL, restore_activated);
  gtk_widget_class_install_action (klass, "page.new-person", NULL, new_person_activated);
  gtk_widget_class_install_action (klass, "page.new-relation", NULL, new_relation_activated);
  gtk_widget_class_install_action (klass, "page.confirm", NULL, confirm_activated);
  gtk_widget_class_install_action (klass, "page.org-chart", NULL, org_chart_activated);
  gtk_widget_class_install_action (klass, "page.structure", NULL, structure_activated);
}

void
kontor_party_page_update_actions (KontorPartyPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean trashed = kontor_record_is_trashed (self->record);
  gboolean may_delete = kontor_session_can (self->session, self->type, NULL, KONTOR_RIGHT_DELETE);
  gboolean may_write =
    !trashed && kontor_session_can (self->session, self->type, NULL, KONTOR_RIGHT_WRITE);

  gtk_widget_action_set_enabled (widget, "page.call", find_main_point (self, TRUE) != NULL);
  gtk_widget_action_set_enabled (widget, "page.mail", find_main_point (self, FALSE) != NULL);
  gtk_widget_action_set_enabled (widget, "page.log", may_write);
  gtk_widget_action_set_enabled (widget,
                                 "page.attach",
                                 kontor_attachment_section_can_add (self->attachments));
  gtk_widget_action_set_enabled (widget, "page.edit", may_write);
  gtk_widget_action_set_enabled (widget, "page.tags", may_write);
  gtk_widget_action_set_enabled (widget, "page.confirm", may_write);
  gtk_widget_action_set_enabled (widget, "page.org-chart", self->type == &kontor_account_type);
  gtk_widget_action_set_enabled (widget, "page.structure", self->type == &kontor_account_type);
  gtk_widget_action_set_enabled (widget, "page.trash", may_delete && !trashed);
  gtk_widget_action_set_enabled (widget, "page.restore", may_delete && trashed);
}
